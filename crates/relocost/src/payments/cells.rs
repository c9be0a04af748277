//! The model's and the payments' sums by line and month, and the pairs of those that stand on one side only.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::subject::Subject;
use super::table::Paid;
use super::variance::{Effects, Kind, Met, Part};
use crate::error::Error;
use crate::exact;
use crate::ledger::Entry;
use crate::postings::Owner;
use crate::types::Month;
use crate::watch::Pulse;

/// What a charge of a line depends on within a month: the quantity, and where a share of the price is charged, the months
/// on the clock of the relief and the place of the household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Terms {
    quantity: Decimal,
    relief_months: Option<u32>,
    place: Option<usize>,
}

/// Charges of the same terms.
struct Alike {
    times: u64,
    /// The share of the price that is charged for a unit: price level × (1 - relief).
    share: BigRational,
}

/// The model's sum of a line in a month.
#[derive(Default)]
struct Modelled {
    minor: i128,
    /// Charges by their terms, which many cases share; of a percentage or a refund there are none.
    units: BTreeMap<Terms, Alike>,
    /// True if one of its charges has no quantity.
    unpriced: bool,
}

impl Modelled {
    fn add(&mut self, terms: Terms, times: u32, share: impl FnOnce() -> BigRational) {
        let alike = self.units.entry(terms).or_insert_with(|| Alike { times: 0, share: share() });
        alike.times += u64::from(times);
    }

    /// Units of the line's driver; none of a percentage or a refund.
    fn quantity(&self) -> Option<BigRational> {
        let units = self.units.iter().map(|(terms, alike)| exact::from_decimal(terms.quantity) * whole(alike.times));
        (!self.unpriced).then(|| units.sum())
    }

    /// The prices that are charged, in prices of the month: quantity × price level × (1 - relief).
    fn charged(&self) -> Option<BigRational> {
        let units = self
            .units
            .iter()
            .map(|(terms, alike)| exact::from_decimal(terms.quantity) * whole(alike.times) * &alike.share);
        (!self.unpriced).then(|| units.sum())
    }
}

fn whole(times: u64) -> BigRational {
    BigRational::from_integer(times.into())
}

/// Units of a line's driver in a month, and what the model would charge for them if the price were 1.
pub(super) struct Exposed {
    pub(super) quantity: BigRational,
    pub(super) per_price: BigRational,
}

/// The price of a unit that a paid cell implies.
pub(super) struct Implied {
    /// The place of the line.
    pub(super) line: usize,
    /// The month in which it was paid.
    pub(super) paid_in: u32,
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

    /// Adds a charge of one of a programme's own lines, of so many units.
    pub(super) fn add_own(&mut self, owner: Owner, month: u32, units: u32, minor: i128) {
        let model = self.cell(owner, month).model.get_or_insert_default();
        model.minor += minor;
        let terms = Terms { quantity: units.into(), relief_months: None, place: None };
        model.add(terms, 1, BigRational::one);
    }

    /// Adds an entry of a ledger, so many times.
    pub(super) fn add_entry(&mut self, owner: Owner, entry: &Entry<'_>, month: u32, times: u32) {
        let model = self.cell(owner, month).model.get_or_insert_default();
        model.minor += entry.amount().minor() * i128::from(times);
        match entry.quantity().filter(|_| entry.line().priced().is_some()) {
            Some(quantity) => {
                let (relief_months, place) = (entry.relief_months(), entry.place_index());
                let terms = Terms { quantity: quantity.to_decimal(), relief_months, place };
                model.add(terms, times, || entry.share_of_price());
            }
            None => model.unpriced = true,
        }
    }

    /// The units of a line, and what the model would charge for them if its price were 1, by month.
    pub(super) fn exposures(&self, subject: &Subject, line: usize) -> BTreeMap<u32, Exposed> {
        let owned = self.0.iter().filter(|(owner, _)| owner.line == Some(line));
        let cells = owned.flat_map(|(_, months)| months);
        let exposed = cells.filter_map(|(&month, cell)| {
            let model = cell.model.as_ref()?;
            let quantity = model.quantity()?;
            Some((month, Exposed { quantity, per_price: model.charged()? * subject.growth(line, month)? }))
        });
        exposed.collect()
    }

    /// Adds a payment.
    pub(super) fn add_paid(&mut self, paid: &Paid) {
        let owner = Owner { category: paid.category, line: paid.line };
        let sum = &mut self.cell(owner, paid.month).paid;
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

    /// The parts of the difference, cell by cell, and the prices that paid cells imply.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn parts(
        &self,
        subject: &Subject,
        window: u32,
        pulse: &Pulse<'_>,
    ) -> Result<(Vec<Part>, Vec<Implied>), Error> {
        let (mut parts, mut implied) = (Vec::new(), Vec::new());
        for (&owner, months) in &self.0 {
            pulse.beat()?;
            let part = |month, met, model, effects| Part { owner, month, met, quantities: None, model, effects };
            let mut waiting: Vec<(u32, &Sum)> = Vec::new();
            let mut unpaid: Vec<(u32, &Modelled)> = Vec::new();
            let mut imply = |month, paid_in, model, sum| {
                let Some(line) = owner.line else { return };
                let price =
                    subject.growth(line, month).and_then(|growth| price(model, &growth, sum, subject.decimals()));
                let tariff = || subject.tariff(line, month);
                implied.extend(price.map(|price| Implied { line, paid_in, tariff: tariff(), price }));
            };
            for (&month, cell) in months {
                match (&cell.model, &cell.paid) {
                    (Some(model), Some(sum)) => {
                        let quantities = quantities(model, sum);
                        let volume = quantities.as_ref().map_or(0, |quantities| volume(model, quantities));
                        let price = sum.minor - model.minor - volume - sum.exchange;
                        let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Volume, volume)];
                        parts.push(Part { quantities, ..part(month, Met::Both, model.minor, Effects::of(effects)) });
                        imply(month, month, model, sum);
                    }
                    (Some(model), None) => unpaid.push((month, model)),
                    (None, Some(sum)) => waiting.push((month, sum)),
                    (None, None) => {}
                }
            }
            for (month, model) in unpaid {
                let near = |(at, _): &(u32, &Sum)| owner.line.is_some() && at.abs_diff(month) <= window;
                let minor = model.minor;
                let Some(place) = waiting.iter().position(near) else {
                    parts.push(part(month, Met::NotPaid, minor, Effects::of([(Kind::NotPaid, -minor)])));
                    continue;
                };
                let (paid_in, sum) = waiting.remove(place);
                parts.push(part(month, Met::PaidIn(paid_in), minor, Effects::of([(Kind::Timing, -minor)])));
                let price = sum.minor - minor - sum.exchange;
                let effects = [(Kind::Exchange, sum.exchange), (Kind::Price, price), (Kind::Timing, minor)];
                parts.push(part(paid_in, Met::ModelIn(month), 0, Effects::of(effects)));
                imply(month, paid_in, model, sum);
            }
            for (month, sum) in waiting {
                parts.push(part(month, Met::NotPlanned, 0, Effects::of([(Kind::NotPlanned, sum.minor)])));
            }
        }
        Ok((parts, implied))
    }
}

/// The price of a unit that payments imply, at the model's exchange rates: A / (q × L × I × fx × (1 - s)), and × q / Q
/// where every payment gives its quantity. Of a cell in which as much or more was paid back as paid there is none.
fn price(model: &Modelled, growth: &BigRational, sum: &Sum, decimals: u32) -> Option<BigRational> {
    let per_price = model.charged().map(|charged| charged * growth).filter(|value| !value.is_zero())?;
    let minor = sum.minor - sum.exchange;
    if minor.signum() != model.minor.signum() {
        return None;
    }
    let paid = BigRational::new(minor.into(), exact::power_of_ten(decimals));
    let price = paid / per_price;
    match (model.quantity(), &sum.quantity) {
        (Some(expected), Some(quantity)) if !quantity.is_zero() => Some(price * expected / quantity),
        _ => Some(price),
    }
}

/// The model's quantity and that of the payments, where every payment gives its own.
fn quantities(model: &Modelled, sum: &Sum) -> Option<(BigRational, BigRational)> {
    let quantity = sum.quantity.clone()?;
    model.quantity().filter(|expected| !expected.is_zero()).map(|expected| (expected, quantity))
}

/// The part that comes from quantities, rounded half to even: (Q - q) × M / q.
fn volume(model: &Modelled, (expected, quantity): &(BigRational, BigRational)) -> i128 {
    let exact = (quantity - expected) * BigRational::from_integer(model.minor.into()) / expected;
    exact::scaled_half_even(&exact, 0).to_i128().unwrap_or(0)
}
