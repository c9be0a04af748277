//! The growth of prices where rates are uncertain: index factors and exchange rates, relative to the scenario's rates.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::assumptions::domain;
use super::block::{BLOCK, Column};
use super::cells::Cell;
use super::numbers::binary::of_decimal;
use super::years::Years;
use crate::scenario::Scenario;
use crate::types::{Id, Increase, Parameter};

/// The uncertain rates of a line: of its index a shift and the yearly draws, of its currency the yearly draws.
#[derive(Debug)]
pub(super) struct Drifts {
    pub(super) index: Option<(Id, Option<usize>, Option<usize>)>,
    pub(super) exchange: Option<usize>,
}

/// The same of prices of an index year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drift {
    index: Option<OfIndex>,
    exchange: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct OfIndex {
    name: Id,
    base: i32,
    /// The parameter that is added to every increase.
    shift: Option<usize>,
    /// The parameter that is drawn anew for each year and added to its increase.
    yearly: Option<usize>,
}

impl Drifts {
    /// The growth of prices with an index year; `None` where nothing is uncertain.
    pub(super) fn at(&self, base: Option<i32>) -> Option<Drift> {
        let index = self.index.as_ref().zip(base).map(|((name, shift, yearly), base)| OfIndex {
            name: name.clone(),
            base,
            shift: *shift,
            yearly: *yearly,
        });
        (index.is_some() || self.exchange.is_some()).then_some(Drift { index, exchange: self.exchange })
    }
}

/// A step from one index year to the next: 1 + the increase, and the columns that are added to it.
type Step = (f64, [Option<usize>; 2]);

/// The growth of a price over the horizon.
#[derive(Clone, Debug)]
pub(super) struct Growth {
    pub(super) drift: Drift,
    /// Where its columns begin among those of all.
    pub(super) first: usize,
    /// The index year and the calendar year of each column.
    years: Vec<(i32, i32)>,
    /// The column of each cell, by its place among those of all.
    of_cell: Vec<usize>,
    /// The steps after the price base, ascending.
    up: Vec<(i32, Step)>,
    /// The steps into the price base and into the years before it, descending, each with the year before it.
    down: Vec<(i32, Step)>,
    /// The least that may be added to an increase.
    floor: f64,
    /// The columns by which exchange rates are multiplied from a calendar year on.
    rates: Vec<(i32, usize)>,
}

impl Growth {
    pub(super) fn new(scenario: &Scenario, years: &Years, cells: &[Cell], drift: Drift, first: usize) -> Self {
        let index = drift.index.as_ref();
        let table = index.and_then(|index| scenario.rates().index.get(&index.name));
        let (mut columns, mut of_cell) = (Vec::new(), Vec::with_capacity(cells.len()));
        for cell in cells {
            let month = scenario.start().plus(i32::try_from(cell.months[0]).unwrap_or(0));
            let year = (table.map_or(0, |table| table.year_of(month)), drift.exchange.map_or(0, |_| month.year()));
            let place = columns.iter().position(|known| *known == year).unwrap_or_else(|| {
                columns.push(year);
                columns.len() - 1
            });
            of_cell.push(first + place);
        }
        let step = |year: i32| {
            // A year that is not given is not charged either: any number will do.
            let increase = table.and_then(|table| table.increases.get(year)).map(Increase::to_decimal);
            let growth = increase.map_or(1.0, |increase| 1.0 + of_decimal(increase));
            let yearly = index.and_then(|index| index.yearly).and_then(|parameter| years.column(parameter, year));
            (growth, [index.and_then(|index| index.shift), yearly])
        };
        let base = index.map_or(0, |index| index.base);
        let ends = |pick: fn(i32, i32) -> i32| columns.iter().map(|(year, _)| *year).reduce(pick).unwrap_or(base);
        let (earliest, latest) = (ends(i32::min), ends(i32::max));
        let (up, down) = match index {
            Some(_) => (
                (base + 1..=latest).map(|year| (year, step(year))).collect(),
                (earliest + 1..=base).rev().map(|year| (year - 1, step(year))).collect(),
            ),
            None => (Vec::new(), Vec::new()),
        };
        let floor = index.map(|index| domain(scenario, &Parameter::IndexShift(index.name.clone()))[0]);
        let floor = floor.unwrap_or(f64::NEG_INFINITY);
        let rates = drift.exchange.map(|parameter| years.columns(parameter)).unwrap_or_default();
        Self { drift, first, years: columns, of_cell, up, down, floor, rates }
    }

    /// The number of columns.
    pub(super) fn columns(&self) -> usize {
        self.years.len()
    }

    /// The place of the column of a cell among those of all.
    pub(super) fn column(&self, cell: usize) -> usize {
        self.of_cell[cell]
    }

    /// The index year and the calendar year of a cell.
    pub(super) fn year_of(&self, cell: usize) -> (i32, i32) {
        self.years[self.of_cell[cell] - self.first]
    }

    /// The place, among those of all, of the column of an index year and a calendar year.
    pub(super) fn column_of(&self, year: (i32, i32)) -> Option<usize> {
        self.years.iter().position(|known| *known == year).map(|place| self.first + place)
    }

    /// Fills the growth of prices in each of its years, at values of the parameters, into columns of its own.
    #[inline(always)]
    pub(super) fn fill(&self, parameters: &[Column], columns: &mut [Column]) {
        for column in columns.iter_mut() {
            *column = [1.0; BLOCK];
        }
        let mut product = [1.0; BLOCK];
        for (year, step) in &self.up {
            take(*step, self.floor, parameters, &mut product);
            for (column, _) in columns.iter_mut().zip(&self.years).filter(|(_, (index, _))| index == year) {
                *column = product;
            }
        }
        product = [1.0; BLOCK];
        for (year, step) in &self.down {
            take(*step, self.floor, parameters, &mut product);
            for (column, _) in columns.iter_mut().zip(&self.years).filter(|(_, (index, _))| index == year) {
                for (factor, product) in column.iter_mut().zip(&product) {
                    *factor = 1.0 / product;
                }
            }
        }
        for (year, parameter) in &self.rates {
            for (column, _) in columns.iter_mut().zip(&self.years).filter(|(_, (_, calendar))| calendar >= year) {
                for (factor, drawn) in column.iter_mut().zip(&parameters[*parameter]) {
                    *factor *= drawn;
                }
            }
        }
    }
}

/// Multiplies by a step.
#[inline(always)]
fn take((growth, added): Step, floor: f64, parameters: &[Column], product: &mut Column) {
    match added {
        [Some(shift), Some(yearly)] => {
            // Sobol' indices exchange either for another draw's, with which the sum may leave the domain.
            for ((product, shift), yearly) in product.iter_mut().zip(&parameters[shift]).zip(&parameters[yearly]) {
                *product *= growth + (shift + yearly).max(floor);
            }
        }
        [Some(column), None] | [None, Some(column)] => {
            for (product, added) in product.iter_mut().zip(&parameters[column]) {
                *product *= growth + added;
            }
        }
        [None, None] => product.iter_mut().for_each(|product| *product *= growth),
    }
}
