//! The model's and the payments' sums by line and month, and the pairs of those that stand on one side only.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::table::Paid;
use super::variance::{Effects, Kind, Part};
use crate::exact;
use crate::ledger::Ledger;

/// The line and the category of a cell, by their places in the scenario.
type Owner = (Option<usize>, usize);

/// The model's sum of a line in a month.
struct Modelled {
    minor: i128,
    /// Units of the line's driver; `None` of a percentage or a refund.
    quantity: Option<BigRational>,
}

/// The payments of a line in a month.
struct Sum {
    minor: i128,
    /// The part of it that comes from the payments' own rates.
    exchange: i128,
    /// The sum of their quantities; `None` where one gives none.
    quantity: Option<BigRational>,
}

#[derive(Default)]
struct Cell {
    model: Option<Modelled>,
    paid: Option<Sum>,
}

/// Cells by line and month.
pub(super) struct Cells(BTreeMap<Owner, BTreeMap<u32, Cell>>);

impl Cells {
    pub(super) fn new<'p>(
        ledger: &Ledger,
        paid: impl IntoIterator<Item = &'p Paid>,
        months: RangeInclusive<u32>,
    ) -> Self {
        let scenario = ledger.scenario();
        let mut cells: BTreeMap<Owner, BTreeMap<u32, Cell>> = BTreeMap::new();
        for entry in ledger.entries().filter(|entry| months.contains(&entry.month_index())) {
            let line = scenario.lines().get_index_of(&entry.line().id);
            let category = scenario.categories().iter().position(|declared| declared.id == *entry.category());
            let Some(category) = category else { continue };
            let cell = cells.entry((line, category)).or_default().entry(entry.month_index()).or_default();
            let own = entry.line().priced().and(entry.quantity());
            let quantity = own.map(|quantity| exact::from_decimal(quantity.to_decimal()));
            match &mut cell.model {
                Some(model) => {
                    model.minor += entry.amount().minor();
                    model.quantity = model.quantity.take().zip(quantity).map(|(one, other)| one + other);
                }
                None => cell.model = Some(Modelled { minor: entry.amount().minor(), quantity }),
            }
        }
        for paid in paid {
            let cell = cells.entry((paid.line, paid.category)).or_default().entry(paid.month).or_default();
            match &mut cell.paid {
                Some(sum) => {
                    sum.minor += paid.minor;
                    sum.exchange += paid.exchange;
                    sum.quantity = sum.quantity.take().zip(paid.quantity.as_ref()).map(|(one, other)| one + other);
                }
                None => {
                    cell.paid =
                        Some(Sum { minor: paid.minor, exchange: paid.exchange, quantity: paid.quantity.clone() });
                }
            }
        }
        Self(cells)
    }

    /// The parts of the difference, cell by cell.
    pub(super) fn parts(&self, window: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        for (&(line, category), months) in &self.0 {
            let part = |month, model, effects| Part { line, category, month, model, effects };
            let mut waiting: Vec<(u32, &Sum)> = Vec::new();
            let mut unpaid: Vec<(u32, i128)> = Vec::new();
            for (&month, cell) in months {
                match (&cell.model, &cell.paid) {
                    (Some(model), Some(sum)) => {
                        let volume = volume(model, sum);
                        let price = sum.minor - model.minor - volume - sum.exchange;
                        let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Volume, volume)];
                        parts.push(part(month, model.minor, Effects::of(effects)));
                    }
                    (Some(model), None) => unpaid.push((month, model.minor)),
                    (None, Some(sum)) => waiting.push((month, sum)),
                    (None, None) => {}
                }
            }
            for (month, model) in unpaid {
                let near = |(at, _): &(u32, &Sum)| line.is_some() && at.abs_diff(month) <= window;
                let Some(place) = waiting.iter().position(near) else {
                    parts.push(part(month, model, Effects::of([(Kind::NotPaid, -model)])));
                    continue;
                };
                let (paid_in, sum) = waiting.remove(place);
                parts.push(part(month, model, Effects::of([(Kind::Timing, -model)])));
                let price = sum.minor - model - sum.exchange;
                let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Timing, model)];
                parts.push(part(paid_in, 0, Effects::of(effects)));
            }
            for (month, sum) in waiting {
                parts.push(part(month, 0, Effects::of([(Kind::NotPlanned, sum.minor)])));
            }
        }
        parts
    }
}

/// The part that comes from quantities, rounded half to even: (Q - q) × M / q.
fn volume(model: &Modelled, sum: &Sum) -> i128 {
    let (Some(expected), Some(quantity)) = (&model.quantity, &sum.quantity) else { return 0 };
    if expected.is_zero() {
        return 0;
    }
    let exact = (quantity - expected) * BigRational::from_integer(model.minor.into()) / expected;
    exact::scaled_half_even(&exact, 0).to_i128().unwrap_or(0)
}
