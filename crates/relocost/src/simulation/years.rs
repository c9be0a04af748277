//! The columns of parameters: one each, and of those that are drawn anew for each year one for each year.

use crate::scenario::Scenario;
use crate::types::{Id, Parameter};

/// A column of draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The parameter, by its place.
    pub(super) parameter: usize,
    /// The index year or calendar year, of what is drawn anew for each.
    pub(super) year: Option<i32>,
}

/// The columns of a scenario's parameters.
#[derive(Debug)]
pub(super) struct Years {
    /// First one for each parameter, in order; then further years, so that a longer horizon changes no number.
    pub(super) slots: Vec<Slot>,
}

impl Years {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let spans: Vec<Option<[i32; 2]>> =
            scenario.uncertain().iter().map(|uncertain| span(scenario, &uncertain.parameter)).collect();
        let first = |(parameter, span): (usize, &Option<[i32; 2]>)| Slot { parameter, year: span.map(|span| span[0]) };
        let mut slots: Vec<Slot> = spans.iter().enumerate().map(first).collect();
        let longest = spans.iter().flatten().map(|[first, last]| last - first).max().unwrap_or(0);
        for further in 1..=longest {
            let further = |(parameter, span): (usize, &Option<[i32; 2]>)| {
                let [first, last] = (*span)?;
                (first + further <= last).then_some(Slot { parameter, year: Some(first + further) })
            };
            slots.extend(spans.iter().enumerate().filter_map(further));
        }
        Self { slots }
    }

    /// The columns of a parameter, each with its year, ascending.
    pub(super) fn columns(&self, parameter: usize) -> Vec<(i32, usize)> {
        let own = self.slots.iter().enumerate().filter(|(_, slot)| slot.parameter == parameter);
        own.filter_map(|(column, slot)| Some((slot.year?, column))).collect()
    }

    /// The column of a parameter in a year; none where nothing is drawn for it.
    pub(super) fn column(&self, parameter: usize, year: i32) -> Option<usize> {
        self.slots.iter().position(|slot| *slot == Slot { parameter, year: Some(year) })
    }
}

/// The first and the last year for which a parameter is drawn; `None` of one that is drawn once.
fn span(scenario: &Scenario, parameter: &Parameter) -> Option<[i32; 2]> {
    let start = scenario.start();
    let end = start.plus(i32::try_from(scenario.horizon_months()).unwrap_or(0) - 1);
    match parameter {
        Parameter::ExchangeYearly(_) => Some([start.year() + 1, end.year().max(start.year() + 1)]),
        Parameter::IndexYearly(name) => {
            let index = scenario.rates().index.get(name)?;
            let first = index.year_of(start) + 1;
            // Prices of later years are those of the years between.
            let follows = |of: &Id| of == name;
            let bases = scenario.lines().values().filter_map(|line| line.priced());
            let bases = bases.filter(|priced| priced.index.as_ref().is_some_and(follows));
            let bases = bases.filter_map(|priced| priced.price_base_year).map(|base| index.year_of_base(base));
            Some([first, bases.fold(index.year_of(end), i32::max).max(first)])
        }
        _ => None,
    }
}
