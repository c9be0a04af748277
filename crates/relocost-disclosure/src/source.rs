//! Records of cases as records of cells: names become places on dimensions.

use std::collections::BTreeSet;

use relocost::microdata::{CaseAmount, Microdata};
use relocost::names::SolutionKind;

use crate::cells::{Cells, Record};
use crate::dimension::Dimension;
use crate::key::{DIMENSIONS, Key};
use crate::publication::CellNames;

/// Households of so many persons and more are one class.
const LARGE: u32 = 5;

/// The names of the places on each dimension, in order.
pub(crate) struct Names([Vec<String>; DIMENSIONS]);

fn size(persons: u32) -> String {
    if persons >= LARGE { format!("{LARGE}+") } else { persons.to_string() }
}

impl Names {
    pub(crate) fn of(microdata: &Microdata) -> Self {
        let scenario = microdata.about().scenario();
        let amounts = || microdata.records().iter().flat_map(|record| &record.amounts);
        let years: BTreeSet<i32> = amounts().map(|amount| amount.fiscal_year).collect();
        let declared = |declared: &[relocost::scenario::Declared], of: &dyn Fn(&CaseAmount) -> &str| {
            let used: BTreeSet<&str> = amounts().map(of).collect();
            let names = declared.iter().map(|one| one.id.as_str()).filter(|id| used.contains(id));
            names.map(str::to_owned).collect()
        };
        let sizes: BTreeSet<u32> = microdata.records().iter().map(|record| record.persons.min(LARGE)).collect();
        Self([
            years.iter().map(ToString::to_string).collect(),
            declared(scenario.categories(), &|amount| amount.category.as_str()),
            declared(scenario.funds(), &|amount| amount.fund.as_str()),
            [SolutionKind::Permanent, SolutionKind::Temporary].map(|kind| kind.name().to_owned()).into(),
            sizes.into_iter().map(size).collect(),
        ])
    }

    fn place(&self, dimension: Dimension, name: &str) -> Option<u16> {
        let place = self.0[dimension.place()].iter().position(|known| known == name)?;
        u16::try_from(place).ok()
    }

    /// The cell of some names; `None` if one is not known.
    pub(crate) fn key<'n>(&self, names: impl IntoIterator<Item = (Dimension, &'n str)>) -> Option<Key> {
        names.into_iter().try_fold(Key::TOTAL, |key, (dimension, name)| {
            Some(key.with(dimension.place(), self.place(dimension, name)?))
        })
    }

    /// The place of a cell among others; `None` if it is not one of them.
    pub(crate) fn find(&self, cells: &Cells, names: &CellNames) -> Option<usize> {
        cells.find(self.key(names.iter().map(|(dimension, name)| (*dimension, name.as_str())))?)
    }

    /// The names of a cell, in the order of dimensions.
    pub(crate) fn names(&self, key: Key) -> Vec<(Dimension, &str)> {
        let name = |dimension: &Dimension| {
            let place = key.get(dimension.place())?;
            Some((*dimension, self.0[dimension.place()].get(usize::from(place))?.as_str()))
        };
        Dimension::ALL.iter().filter_map(name).collect()
    }

    pub(crate) fn records(&self, microdata: &Microdata) -> Vec<Record> {
        let record = |record: &relocost::microdata::CaseRecord| {
            let size = size(record.persons);
            let amount = |amount: &CaseAmount| {
                let year = amount.fiscal_year.to_string();
                let places = [
                    self.place(Dimension::FiscalYear, &year)?,
                    self.place(Dimension::Category, amount.category.as_str())?,
                    self.place(Dimension::Fund, amount.fund.as_str())?,
                    self.place(Dimension::Kind, amount.kind.name())?,
                    self.place(Dimension::Size, &size)?,
                ];
                Some((places, [amount.base, amount.alternative]))
            };
            Record { count: record.count.into(), amounts: record.amounts.iter().filter_map(amount).collect() }
        };
        microdata.records().iter().map(record).collect()
    }
}
