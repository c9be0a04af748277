//! The model's and the payments' sums by line and month, and the pairs of those that stand on one side only.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::subject::Subject;
use super::table::Paid;
use super::variance::{Effects, Kind, Part};
use crate::exact;
use crate::ledger::Entry;

/// The line and the category of a cell, by their places in the scenario.
pub(super) type Owner = (Option<usize>, usize);

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
#[derive(Default)]
pub(super) struct Cells(BTreeMap<Owner, BTreeMap<u32, Cell>>);

impl Cells {
    fn cell(&mut self, owner: Owner, month: u32) -> &mut Cell {
        self.0.entry(owner).or_default().entry(month).or_default()
    }

    /// Adds the model's charge of a line in a month, in minor units.
    pub(super) fn add_model(&mut self, owner: Owner, month: u32, minor: i128, quantity: Option<BigRational>) {
        let model = &mut self.cell(owner, month).model;
        match model {
            Some(model) => {
                model.minor += minor;
                model.quantity = model.quantity.take().zip(quantity).map(|(one, other)| one + other);
            }
            None => *model = Some(Modelled { minor, quantity }),
        }
    }

    /// Adds an entry of a ledger, so many times.
    pub(super) fn add_entry(&mut self, subject: &Subject, entry: &Entry<'_>, month: u32, times: u32) {
        let line = subject.line(entry.line().id.as_str()).map(|(place, _)| place);
        let Some(category) = subject.category(entry.category()) else { return };
        let own = entry.line().priced().and(entry.quantity());
        let times = i128::from(times);
        let quantity =
            own.map(|quantity| exact::from_decimal(quantity.to_decimal()) * BigRational::from_integer(times.into()));
        self.add_model((line, category), month, entry.amount().minor() * times, quantity);
    }

    /// Adds a payment.
    pub(super) fn add_paid(&mut self, paid: &Paid) {
        let sum = &mut self.cell((paid.line, paid.category), paid.month).paid;
        match sum {
            Some(sum) => {
                sum.minor += paid.minor;
                sum.exchange += paid.exchange;
                sum.quantity = sum.quantity.take().zip(paid.quantity.as_ref()).map(|(one, other)| one + other);
            }
            None => {
                *sum = Some(Sum { minor: paid.minor, exchange: paid.exchange, quantity: paid.quantity.clone() });
            }
        }
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
