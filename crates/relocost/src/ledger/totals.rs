//! Sums of a ledger without the ledger: by line, category, fund, month and fiscal year.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::costs::{self, Costs};
use super::engine::Engine;
use super::factors::Factors;
use super::funding::{self, Payers};
use super::route::{Grant, Route};
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::scenario::{Inner, Scenario};
use crate::types::{Currency, Money};

/// Sums in minor units; `None` where nothing feeds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) entries: usize,
    pub(crate) total: i128,
    pub(crate) by_line: Vec<Option<i128>>,
    pub(crate) by_place: Vec<Option<i128>>,
    pub(crate) by_category: Vec<Option<i128>>,
    pub(crate) by_fund: Vec<Option<i128>>,
    pub(crate) by_month: Vec<i128>,
    /// True if anything feeds a month.
    pub(crate) fed: Vec<bool>,
}

fn feed(sum: &mut Option<i128>, minor: i128) {
    *sum = Some(sum.unwrap_or(0) + minor);
}

impl Totals {
    pub(crate) fn by_fiscal_year(&self, scenario: &Inner) -> Vec<Option<i128>> {
        by_fiscal_year(scenario, &self.by_month, |month| self.fed[month])
    }

    /// The sums of nothing yet.
    fn new(scenario: &Inner, horizon: usize) -> Self {
        Self {
            entries: 0,
            total: 0,
            by_line: vec![None; scenario.lines.len()],
            by_place: vec![None; scenario.places.len()],
            by_category: vec![None; scenario.categories.len()],
            by_fund: vec![None; scenario.funds.len()],
            by_month: vec![0; horizon],
            fed: vec![false; horizon],
        }
    }

    /// The sums of routes, item by item; `then` gets each item with its sums on the routes.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, the watch cancels it, or those of `then`.
    pub(crate) fn of<'e>(
        engine: &'e Engine<'e>,
        factors: &'e Factors,
        routes: &[&Route],
        mut then: impl FnMut(usize, &mut Costs<'e>, &[i128]) -> Result<(), Error>,
    ) -> Result<Vec<Self>, Error> {
        let scenario = engine.scenario().inner();
        let payers = Payers::new(scenario, engine.pulse())?;
        let mut totals = vec![Self::new(scenario, engine.horizon()); routes.len()];
        let mut sums = vec![0; routes.len()];
        costs::each_item(engine, factors, 0..u32::MAX, |item, costs| {
            let of = (engine.item(item).line, engine.category(item));
            for ((route, totals), sum) in routes.iter().zip(&mut totals).zip(&mut sums) {
                *sum = totals.add(of, costs, route, &payers)?;
            }
            then(item, costs, &sums)
        })?;
        Ok(totals)
    }

    /// Adds an item, by its line and category, to which `costs` has come, on a route, and gives its sum. Amounts stay
    /// below 2^96 and there are fewer than 2^26 of them: no sum overflows.
    fn add(
        &mut self,
        (line, category): (usize, usize),
        costs: &mut Costs<'_>,
        route: &Route,
        payers: &Payers,
    ) -> Result<i128, Error> {
        let (mut sum, mut count) = (0, 0);
        let mut shares = route.legs.iter().map(|leg| payers.of(leg.solution, category));
        // All of one fund, the usual case: the sum goes to it at once.
        let single = match shares.next().map(Vec::as_slice) {
            Some(&[(fund, _)]) if shares.all(|other| matches!(other[..], [(same, _)] if same == fund)) => Some(fund),
            _ => None,
        };
        let Self { by_month, fed, by_fund, by_place, .. } = self;
        let (pulse, mut going_on) = (costs.pulse(), Ok(()));
        costs.runs(route, Grant::NONE, |run| {
            let leg = &route.legs[run.stage];
            let shares = payers.of(leg.solution, category);
            let (before, mut in_stage) = (count, 0);
            run.each(|month, minor| {
                in_stage += minor;
                count += 1;
                by_month[month] += minor;
                fed[month] = true;
                if single.is_none() && going_on.is_ok() {
                    going_on = pulse.beat(); // there may be many funds
                    funding::allot(minor, shares, |fund, part| {
                        if part != 0 {
                            feed(&mut by_fund[fund], part);
                        }
                    });
                }
            });
            sum += in_stage;
            if let Some(place) = leg.place.filter(|_| count > before) {
                feed(&mut by_place[place], in_stage);
            }
        })?;
        going_on?;
        if count > 0 {
            self.entries += count;
            self.total += sum;
            feed(&mut self.by_line[line], sum);
            feed(&mut self.by_category[category], sum);
            if let Some(fund) = single {
                feed(&mut self.by_fund[fund], sum);
            }
        }
        Ok(sum)
    }
}

/// Sums by fiscal year, from that of the start, of the months that anything feeds.
pub(crate) fn by_fiscal_year(scenario: &Inner, by_month: &[i128], fed: impl Fn(usize) -> bool) -> Vec<Option<i128>> {
    // Months of the start's fiscal year that lie before the start.
    let before = (scenario.start.month() + 12 - scenario.fiscal_year_start) as usize % 12;
    let mut sums = vec![None; (before + by_month.len().max(1) - 1) / 12 + 1];
    for (month, &minor) in by_month.iter().enumerate().filter(|(month, _)| fed(*month)) {
        feed(&mut sums[(before + month) / 12], minor);
    }
    sums
}

/// The present value of totals by fiscal year, rounded once.
pub(crate) fn present_value(scenario: &Scenario, by_year: &[Option<i128>]) -> Result<Money, Error> {
    let currency = scenario.currency();
    let Some(rate) = scenario.rates().discount.filter(|rate| !rate.to_decimal().is_zero()) else {
        return money(by_year.iter().flatten().sum(), currency);
    };
    // Horner's scheme in 1 / (1 + d) = unit / growth, as a fraction that is never reduced.
    let unit = 10_i128.pow(rate.to_decimal().scale());
    let growth = BigInt::from(unit + rate.to_decimal().mantissa());
    let (mut numerator, mut denominator) = (BigInt::zero(), BigInt::one());
    for total in by_year.iter().rev() {
        // total + (unit / growth) × numerator / denominator
        denominator *= &growth;
        numerator = numerator * unit + &denominator * total.unwrap_or(0);
    }
    let minor = i128::try_from(exact::divide_half_even(&numerator, &denominator)).ok();
    minor.and_then(|minor| Money::from_minor(minor, currency)).ok_or_else(|| {
        let place = scenario.place("rates.discount").cloned();
        let message = message!(
            "with this rate the present value of a pathway is too large to write (2^96 minor units)",
            "avec ce taux la valeur actualisée d'un parcours est trop grande pour être écrite (2^96 unités mineures)"
        );
        Error::at(Code::TooLargeFigure, place, "rates.discount", message)
    })
}

/// A sum as money.
pub(crate) fn money(minor: i128, currency: Currency) -> Result<Money, Error> {
    Money::from_minor(minor, currency).ok_or_else(too_large)
}

/// The error of a sum that cannot be written.
pub(crate) fn too_large() -> Error {
    Error::single(
        Code::TooLargeFigure,
        "",
        message!("a sum is too large to write", "une somme est trop grande pour être écrite"),
    )
}
