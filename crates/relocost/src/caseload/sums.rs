//! Sums over the rows of a caseload, in whole minor units.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::table::Case;
use super::{CaseResult, Caseload};
use crate::comparison::{Difference, PairFigures};
use crate::error::{Code, Error};
use crate::ledger::money;
use crate::names::Basis;
use crate::scenario::{Declared, Scenario};
use crate::types::{Id, Money};

/// Base and alternative.
#[derive(Clone, Copy, Default)]
struct Pair(i128, i128);

impl Pair {
    fn add(&mut self, difference: &Difference, count: u32) -> Result<(), Error> {
        self.0 = times_and_add(self.0, difference.base, count)?;
        self.1 = times_and_add(self.1, difference.alternative, count)?;
        Ok(())
    }
}

fn times_and_add(sum: i128, money: Money, count: u32) -> Result<i128, Error> {
    let product = money.minor().checked_mul(i128::from(count));
    product
        .and_then(|product| sum.checked_add(product))
        .ok_or_else(|| Error::single(Code::TooLargeFigure, "", "a sum is too large to write"))
}

pub(super) struct Sums {
    households: Vec<CaseResult>,
    count: u64,
    total: Pair,
    by_category: IndexMap<Id, Pair>,
    by_fiscal_year: BTreeMap<i32, Pair>,
    by_fund: IndexMap<Id, Pair>,
    attribution: IndexMap<Id, i128>,
    residual: i128,
}

impl Sums {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            households: Vec::new(),
            count: 0,
            total: Pair::default(),
            by_category: IndexMap::with_capacity(scenario.categories().len()),
            by_fiscal_year: BTreeMap::new(),
            by_fund: IndexMap::with_capacity(scenario.funds().len()),
            attribution: IndexMap::new(),
            residual: 0,
        }
    }

    pub(super) fn add(&mut self, case: &Case, figures: &PairFigures) -> Result<(), Error> {
        let count = case.count();
        self.count += u64::from(count);
        self.total.add(&figures.difference, count)?;
        for (id, difference) in &figures.by_category {
            self.by_category.entry(id.clone()).or_default().add(difference, count)?;
        }
        for (year, difference) in &figures.by_fiscal_year {
            self.by_fiscal_year.entry(*year).or_default().add(difference, count)?;
        }
        for (id, difference) in &figures.by_fund {
            self.by_fund.entry(id.clone()).or_default().add(difference, count)?;
        }
        for (id, share) in figures.attribution.shares() {
            let sum = self.attribution.entry(id.clone()).or_default();
            *sum = times_and_add(*sum, *share, count)?;
        }
        self.residual = times_and_add(self.residual, figures.attribution.residual(), count)?;
        self.households.push(CaseResult {
            reference: case.reference().to_owned(),
            count,
            difference: figures.difference,
        });
        Ok(())
    }

    pub(super) fn finish(
        self,
        scenario: &Scenario,
        basis: Basis,
        base: Id,
        alternative: Id,
    ) -> Result<Caseload, Error> {
        let currency = scenario.currency();
        let difference = |Pair(base, alternative): Pair| Difference::of(alternative, base, currency);
        let declared = |declared: &[Declared], sums: &IndexMap<Id, Pair>| {
            let fed = declared.iter().filter_map(|each| sums.get(&each.id).map(|sum| (each.id.clone(), *sum)));
            fed.map(|(id, sum)| Ok((id, difference(sum)?))).collect::<Result<IndexMap<_, _>, Error>>()
        };
        Ok(Caseload {
            currency,
            horizon_months: scenario.horizon_months(),
            basis,
            base,
            alternative,
            count: self.count,
            difference: difference(self.total)?,
            by_category: declared(scenario.categories(), &self.by_category)?,
            by_fiscal_year: self
                .by_fiscal_year
                .into_iter()
                .map(|(year, sum)| Ok((year, difference(sum)?)))
                .collect::<Result<_, Error>>()?,
            by_fund: declared(scenario.funds(), &self.by_fund)?,
            attribution: self
                .attribution
                .into_iter()
                .map(|(id, sum)| Ok((id, money(sum, currency)?)))
                .collect::<Result<_, Error>>()?,
            residual: money(self.residual, currency)?,
            households: self.households,
        })
    }
}
