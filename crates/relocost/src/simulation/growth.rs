//! Index factors of calendar years, where the increases of an index are uncertain.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::block::{BLOCK, Column};
use super::numbers::binary::float;
use crate::exact::from_decimal;
use crate::scenario::Scenario;
use crate::types::{Id, Increase};

/// An index of which the increases are uncertain, from a price base.
#[derive(Debug)]
pub(super) struct Growth {
    /// The parameter that is added to every increase.
    pub(super) parameter: usize,
    pub(super) base: i32,
    /// `1 +` the increases of the years after the base, ascending.
    up: Vec<f64>,
    /// `1 +` the increases of the base and of the years before it, descending, down to the one after the start's.
    down: Vec<f64>,
    /// Which calendar years of the horizon have their increases.
    pub(super) known: Vec<bool>,
    first: i32,
}

impl Growth {
    pub(super) fn new(scenario: &Scenario, index: &Id, base: i32, parameter: usize, years: usize) -> Self {
        let table = scenario.rates().index.get(index);
        let increase = |year: i32| table.and_then(|table| table.increases.get(year)).map(Increase::to_decimal);
        let first = scenario.start().year();
        let last = first + i32::try_from(years).unwrap_or(1) - 1;
        // A year that is not given is not charged either: any number will do.
        let growth = |year: i32| increase(year).map_or(1.0, |increase| 1.0 + float(&from_decimal(increase)));
        let given = |year: i32| (base.min(year) + 1..=base.max(year)).all(|between| increase(between).is_some());
        Self {
            parameter,
            base,
            up: (base + 1..=last).map(growth).collect(),
            down: (first + 1..=base).rev().map(growth).collect(),
            known: (first..=last).map(given).collect(),
            first,
        }
    }

    /// The index factors of the calendar years of the horizon, a column each, at shifts of the increases.
    pub(super) fn fill(&self, shifts: &Column, years: &mut [Column]) {
        let mut product = [1.0; BLOCK];
        let place = |year: i32| usize::try_from(year - self.first).ok();
        if let Some(column) = place(self.base).and_then(|place| years.get_mut(place)) {
            *column = product;
        }
        for (year, growth) in (self.base + 1..).zip(&self.up) {
            for (product, shift) in product.iter_mut().zip(shifts) {
                *product *= growth + shift;
            }
            if let Some(column) = place(year).and_then(|place| years.get_mut(place)) {
                *column = product;
            }
        }
        product = [1.0; BLOCK];
        for (year, growth) in (self.first..self.base).rev().zip(&self.down) {
            for (product, shift) in product.iter_mut().zip(shifts) {
                *product *= growth + shift;
            }
            if let Some(column) = place(year).and_then(|place| years.get_mut(place)) {
                for (factor, product) in column.iter_mut().zip(&product) {
                    *factor = 1.0 / product;
                }
            }
        }
    }
}
