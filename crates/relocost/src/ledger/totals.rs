//! Sums of a ledger without the ledger: by line, category, fiscal year, fund and month.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::engine::Engine;
use super::factors::Factors;
use super::funding::{self, FundShares};
use super::route::Route;
use crate::error::{Code, Error};
use crate::exact;
use crate::scenario::{Inner, Scenario};
use crate::types::{Currency, Money};

/// Sums in minor units; `None` where nothing feeds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) entries: usize,
    pub(crate) total: i128,
    pub(crate) by_line: Vec<Option<i128>>,
    pub(crate) by_category: Vec<Option<i128>>,
    pub(crate) by_fund: Vec<Option<i128>>,
    /// By fiscal year, from that of the start.
    pub(crate) by_year: Vec<Option<i128>>,
    pub(crate) by_month: Vec<i128>,
}

fn feed(sum: &mut Option<i128>, minor: i128) {
    *sum = Some(sum.unwrap_or(0) + minor);
}

impl Totals {
    /// The sums of a route. Amounts stay below 2^96 and there are fewer than 2^24 of them: no sum overflows.
    pub(crate) fn of(
        scenario: &Scenario,
        engine: &Engine<'_>,
        route: &Route,
        factors: &Factors,
    ) -> Result<Self, Error> {
        let inner = scenario.inner();
        let horizon = route.legs.last().map_or(0, |leg| leg.end);
        let years = fiscal_year(inner, horizon.max(1) - 1) + 1;
        let mut totals = Self {
            entries: 0,
            total: 0,
            by_line: vec![None; inner.lines.len()],
            by_category: vec![None; inner.categories.len()],
            by_fund: vec![None; inner.funds.len()],
            by_year: vec![None; years],
            by_month: vec![0; horizon as usize],
        };
        let mut fed = vec![false; horizon as usize];
        let mut shares: Vec<FundShares> = Vec::new();
        for (line, charged) in inner.lines.values().enumerate() {
            shares.clear();
            shares.extend(route.legs.iter().filter_map(|leg| {
                let (_, solution) = inner.solutions.get_index(leg.solution)?;
                Some(funding::shares_of(inner, solution, &charged.category))
            }));
            let (mut sum, mut count) = (0, 0);
            // All of one fund, the usual case: the sum goes to it at once.
            let single = match shares.split_first() {
                Some((first, rest)) if first.len() == 1 && rest.iter().all(|other| other == first) => first.first(),
                _ => None,
            };
            engine.charge(line, route, 0, factors, |row| {
                sum += row.minor;
                count += 1;
                totals.by_month[row.month as usize] += row.minor;
                fed[row.month as usize] = true;
                if single.is_none() {
                    funding::allot(row.minor, &shares[row.stage as usize], |fund, part| {
                        if part != 0 {
                            feed(&mut totals.by_fund[fund], part);
                        }
                    });
                }
            })?;
            if count > 0 {
                totals.entries += count;
                totals.total += sum;
                totals.by_line[line] = Some(sum);
                if let Some(category) = inner.categories.iter().position(|category| category.id == charged.category) {
                    feed(&mut totals.by_category[category], sum);
                }
                if let Some(&(fund, _)) = single {
                    feed(&mut totals.by_fund[fund], sum);
                }
            }
        }
        for (month, (&minor, _)) in totals.by_month.iter().zip(&fed).enumerate().filter(|(_, (_, fed))| **fed) {
            feed(&mut totals.by_year[fiscal_year(inner, u32::try_from(month).unwrap_or(0))], minor);
        }
        Ok(totals)
    }
}

/// The fiscal year of a month, counted from that of the start.
fn fiscal_year(scenario: &Inner, month: u32) -> usize {
    let first = scenario.start.fiscal_year(scenario.fiscal_year_start);
    let year = scenario.start.plus(i32::try_from(month).unwrap_or(0)).fiscal_year(scenario.fiscal_year_start);
    usize::try_from(year - first).unwrap_or(0)
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
    minor.map_or_else(|| Err(too_large()), |minor| money(minor, currency))
}

/// A sum as money.
pub(crate) fn money(minor: i128, currency: Currency) -> Result<Money, Error> {
    Money::from_minor(minor, currency).ok_or_else(too_large)
}

fn too_large() -> Error {
    Error::single(Code::TooLargeFigure, "", "a sum is too large to write")
}
