//! The model's and the payments' sums by line and month, and the pairs of those that stand on one side only.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::subject::Subject;
use super::table::Paid;
use super::variance::{Effects, Kind, Part};
use crate::exact;
use crate::ledger::Entry;
use crate::types::Month;

/// The line and the category of a cell, by their places in the scenario.
pub(super) type Owner = (Option<usize>, usize);

/// The model's sum of a line in a month.
struct Modelled {
    minor: i128,
    /// Units of the line's driver; `None` of a percentage or a refund.
    quantity: Option<BigRational>,
    /// What the model would charge if the price were 1, in units of the scenario's currency; `None` likewise.
    per_price: Option<BigRational>,
    /// The month from which the price holds, of dated amounts.
    tariff: Option<Month>,
}

/// A charge of the model: minor units, and how they follow from the price.
pub(super) struct Charged {
    pub(super) minor: i128,
    pub(super) quantity: Option<BigRational>,
    pub(super) per_price: Option<BigRational>,
    pub(super) tariff: Option<Month>,
}

/// The price of a unit that a paid cell implies.
pub(super) struct Implied {
    /// The place of the line.
    pub(super) line: usize,
    /// The month from which the model's price holds, of dated amounts.
    pub(super) tariff: Option<Month>,
    pub(super) price: BigRational,
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

    /// Adds the model's charge of a line in a month.
    pub(super) fn add_model(&mut self, owner: Owner, month: u32, charged: Charged) {
        let add = |sum: &mut Option<BigRational>, more| *sum = sum.take().zip(more).map(|(one, other)| one + other);
        let Charged { minor, quantity, per_price, tariff } = charged;
        let model = &mut self.cell(owner, month).model;
        match model {
            Some(model) => {
                model.minor += minor;
                add(&mut model.quantity, quantity);
                // Charges of two prices imply no one price.
                add(&mut model.per_price, per_price.filter(|_| model.tariff == tariff));
            }
            None => *model = Some(Modelled { minor, quantity, per_price, tariff }),
        }
    }

    /// Adds an entry of a ledger, so many times.
    pub(super) fn add_entry(&mut self, subject: &Subject, entry: &Entry<'_>, month: u32, times: u32) {
        let line = subject.line(entry.line().id.as_str()).map(|(place, _)| place);
        let Some(category) = subject.category(entry.category()) else { return };
        let own = entry.line().priced().and(entry.quantity());
        let whole = BigRational::from_integer(times.into());
        let charged = Charged {
            minor: entry.amount().minor() * i128::from(times),
            quantity: own.map(|quantity| exact::from_decimal(quantity.to_decimal()) * &whole),
            per_price: entry.per_price().map(|value| value * whole),
            tariff: entry.tariff_month(),
        };
        self.add_model((line, category), month, charged);
    }

    /// The units of a line's driver and what the model would charge if its price were 1, by month.
    pub(super) fn exposures(&self, line: usize) -> impl Iterator<Item = (u32, &BigRational, &BigRational)> {
        let cells = self.0.iter().filter(move |(owner, _)| owner.0 == Some(line)).flat_map(|(_, months)| months);
        cells.filter_map(|(&month, cell)| {
            let model = cell.model.as_ref()?;
            Some((month, model.quantity.as_ref()?, model.per_price.as_ref()?))
        })
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

    /// The parts of the difference, cell by cell, and the prices that paid cells imply; `decimals` are those of the
    /// currency.
    pub(super) fn parts(&self, window: u32, decimals: u32) -> (Vec<Part>, Vec<Implied>) {
        let (mut parts, mut implied) = (Vec::new(), Vec::new());
        for (&(line, category), months) in &self.0 {
            let part = |month, model, effects| Part { line, category, month, model, effects };
            let mut waiting: Vec<(u32, &Sum)> = Vec::new();
            let mut unpaid: Vec<(u32, &Modelled)> = Vec::new();
            let mut imply = |model, sum| {
                let price = price(model, sum, decimals);
                implied.extend(line.zip(price).map(|(line, price)| Implied { line, tariff: model.tariff, price }));
            };
            for (&month, cell) in months {
                match (&cell.model, &cell.paid) {
                    (Some(model), Some(sum)) => {
                        let volume = volume(model, sum);
                        let price = sum.minor - model.minor - volume - sum.exchange;
                        let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Volume, volume)];
                        parts.push(part(month, model.minor, Effects::of(effects)));
                        imply(model, sum);
                    }
                    (Some(model), None) => unpaid.push((month, model)),
                    (None, Some(sum)) => waiting.push((month, sum)),
                    (None, None) => {}
                }
            }
            for (month, model) in unpaid {
                let near = |(at, _): &(u32, &Sum)| line.is_some() && at.abs_diff(month) <= window;
                let minor = model.minor;
                let Some(place) = waiting.iter().position(near) else {
                    parts.push(part(month, minor, Effects::of([(Kind::NotPaid, -minor)])));
                    continue;
                };
                let (paid_in, sum) = waiting.remove(place);
                parts.push(part(month, minor, Effects::of([(Kind::Timing, -minor)])));
                let price = sum.minor - minor - sum.exchange;
                let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Timing, minor)];
                parts.push(part(paid_in, 0, Effects::of(effects)));
                imply(model, sum);
            }
            for (month, sum) in waiting {
                parts.push(part(month, 0, Effects::of([(Kind::NotPlanned, sum.minor)])));
            }
        }
        (parts, implied)
    }
}

/// The price of a unit that payments imply, at the model's exchange rates: A / (q × L × I × fx × (1 - s)), and × q / Q
/// where every payment gives its quantity. Of a cell in which as much or more was paid back as paid there is none.
fn price(model: &Modelled, sum: &Sum, decimals: u32) -> Option<BigRational> {
    let per_price = model.per_price.as_ref().filter(|value| !value.is_zero())?;
    let minor = sum.minor - sum.exchange;
    if minor.signum() != model.minor.signum() {
        return None;
    }
    let paid = BigRational::new(minor.into(), exact::power_of_ten(decimals));
    let price = paid / per_price;
    match (&model.quantity, &sum.quantity) {
        (Some(expected), Some(quantity)) if !quantity.is_zero() => Some(price * expected / quantity),
        _ => Some(price),
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
