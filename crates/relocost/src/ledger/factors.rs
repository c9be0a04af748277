//! The price of one unit of a line in a month as the engine uses it: unit price, index factor and exchange rate, each with
//! a bound on its error.

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use super::exact_price::{base_of, factor_of, in_force};
use super::timetable::Timetables;
use crate::approx::Approx;
use crate::error::Error;
use crate::names::Basis;
use crate::scenario::{Index, Inner, Line, Price, Priced};
use crate::types::{Amount, Currency, Id, Month};
use crate::watch::Pulse;

/// For each line and period, the price of a tenth of a unit in minor units, before relief, level and percentages.
#[derive(Debug)]
pub(crate) struct Factors {
    pub(crate) basis: Basis,
    /// By line, then by period.
    prices: Vec<UnitPrice>,
    /// Where a line's prices begin.
    firsts: Vec<usize>,
}

/// The price of a tenth of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UnitPrice {
    /// A rate or an amount is missing.
    Missing,
    Nothing,
    Cost(Approx),
    Credit(Approx),
}

impl UnitPrice {
    fn times(self, factor: Option<Approx>) -> Self {
        match (self, factor) {
            (_, None) => Self::Missing,
            (Self::Cost(price), Some(factor)) => Self::Cost(price.times(factor)),
            (Self::Credit(price), Some(factor)) => Self::Credit(price.times(factor)),
            (same, Some(_)) => same,
        }
    }
}

/// Index factors of index years from a price base on; `None` where a rate is missing.
struct Growth<'s> {
    index: &'s Id,
    base: i32,
    factors: Vec<Option<Approx>>,
}

impl Factors {
    /// The prices of a scenario's lines in the periods of their timetables.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(
        scenario: &Inner,
        timetables: &Timetables,
        basis: Basis,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let periods = timetables.of_line.iter().map(|&table| timetables.tables[table].firsts.len());
        let (mut prices, mut firsts) = (Vec::with_capacity(periods.sum()), Vec::with_capacity(scenario.lines.len()));
        let mut exchange: Vec<(Currency, usize, Vec<Option<Approx>>)> = Vec::new();
        let mut indices: Vec<Growth<'_>> = Vec::new();
        for (place, line) in scenario.lines.values().enumerate() {
            pulse.beat()?;
            firsts.push(prices.len());
            let (Some(priced), timetable) = (line.priced(), timetables.of_line[place]) else { continue };
            let periods = &timetables.tables[timetable].firsts;
            let rates = (priced.currency != scenario.currency).then(|| {
                let same = |(currency, table, _): &(_, usize, _)| (*currency, *table) == (priced.currency, timetable);
                exchange.iter().position(same).unwrap_or_else(|| {
                    let rates = exchange_rates(scenario, priced.currency, periods);
                    exchange.push((priced.currency, timetable, rates));
                    exchange.len() - 1
                })
            });
            let index = priced.index.as_ref().filter(|_| basis == Basis::Nominal);
            let table = index.map(|_| timetables.index_of_line[place].map(|index| &scenario.rates.index[index]));
            // Of what is not dated, the same in every month.
            let mut unit = match &priced.price {
                Price::Dated(_) => None,
                Price::Amount(amount) => Some((None, unit_price_in_minor(scenario, line, priced, Some(*amount)))),
                Price::Event { .. } => Some((None, unit_price_in_minor(scenario, line, priced, None))),
            };
            if let (Some((_, price)), None, None) = (unit, rates, index) {
                prices.resize(prices.len() + periods.len(), price);
                continue;
            }
            let is_dated = unit.is_none();
            let mut growth = None;
            for (period, &first) in periods.iter().enumerate() {
                let month = month_of(scenario, first);
                if is_dated {
                    let price = in_force(scenario, priced, basis, month);
                    unit = price.map(|(amount, since)| match unit {
                        Some((known, tenth)) if known == since => (since, tenth),
                        _ => (since, unit_price_in_minor(scenario, line, priced, amount)),
                    });
                }
                let Some((since, mut price)) = unit else {
                    prices.push(UnitPrice::Missing);
                    continue;
                };
                if let Some(rates) = rates {
                    price = price.times(exchange[rates].2[period]);
                }
                if let (Some(index), Some(table)) = (index, table) {
                    let Some(table) = table else {
                        prices.push(UnitPrice::Missing);
                        continue;
                    };
                    let base = base_of(table, priced, since);
                    let same = |growth: &Growth<'_>| growth.index == index && growth.base == base;
                    let known = growth.filter(|&known: &usize| indices[known].base == base);
                    let known = known.or_else(|| indices.iter().position(same)).unwrap_or_else(|| {
                        indices.push(Growth { index, base, factors: index_factors(scenario, table, base, timetables) });
                        indices.len() - 1
                    });
                    growth = Some(known);
                    let year = table.year_of(month) - first_index_year(scenario);
                    let year = usize::try_from(year).unwrap_or(0);
                    price = price.times(indices[known].factors.get(year).copied().flatten());
                }
                prices.push(price);
            }
        }
        Ok(Self { basis, prices, firsts })
    }

    /// The prices of a tenth of a unit of a line in minor units, by period.
    pub(super) fn prices(&self, line: usize) -> &[UnitPrice] {
        let end = self.firsts.get(line + 1).copied().unwrap_or(self.prices.len());
        &self.prices[self.firsts[line]..end]
    }
}

fn month_of(scenario: &Inner, offset: u32) -> Month {
    scenario.start.plus(i32::try_from(offset).unwrap_or(i32::MAX))
}

/// The earliest index year of a horizon.
fn first_index_year(scenario: &Inner) -> i32 {
    scenario.start.year() - 1
}

fn approx(value: Decimal) -> Approx {
    Approx::quotient(value.mantissa().unsigned_abs(), 10_u128.pow(value.scale()))
}

fn approx_of(value: &BigRational) -> Approx {
    Approx::big_quotient(value.numer().magnitude(), value.denom().magnitude())
}

/// Exchange rates of periods, where they are given.
fn exchange_rates(scenario: &Inner, currency: Currency, periods: &[u32]) -> Vec<Option<Approx>> {
    let table = scenario.rates.fx.get(&currency);
    let factor = scenario.rates.fx_factors.get(&currency).map_or(Approx::ONE, approx_of);
    let rate = |&first| Some(approx(table?.get(month_of(scenario, first))?.to_decimal()).times(factor));
    periods.iter().map(rate).collect()
}

/// The price of a tenth of a unit of a line in minor units of its own currency.
fn unit_price_in_minor(scenario: &Inner, line: &Line, priced: &Priced, amount: Option<Amount>) -> UnitPrice {
    let (factor, decimals) = (factor_of(scenario, line), scenario.currency.decimals());
    if factor.as_deref().is_some_and(Zero::is_zero) {
        return UnitPrice::Nothing;
    }
    let scaled = |tenth: Approx| factor.as_deref().map_or(tenth, |factor| tenth.times(approx_of(factor)));
    if let Some(amount) = amount {
        let value = amount.to_decimal();
        // Below 10^27 × 10^4 over 10^13: both fit.
        let size = value.mantissa().unsigned_abs() * 10_u128.pow(decimals);
        if size == 0 {
            return UnitPrice::Nothing;
        }
        let tenth = scaled(Approx::quotient(size, 10_u128.pow(value.scale() + 1)));
        return if value.is_sign_negative() { UnitPrice::Credit(tenth) } else { UnitPrice::Cost(tenth) };
    }
    let Price::Event { per_year, severity } = &priced.price else { return UnitPrice::Nothing };
    let rate = per_year.to_decimal();
    match severity.mean().filter(BigRational::is_positive) {
        // A month has a twelfth of a year's events.
        Some(mean) if !rate.is_zero() => {
            let tenth = approx_of(&mean).times(approx(rate)).times(Approx::quotient(10_u128.pow(decimals), 120));
            UnitPrice::Cost(scaled(tenth))
        }
        _ => UnitPrice::Nothing,
    }
}

/// The index factors of the index years of a horizon, from that of the first month's calendar year less one on, where
/// all their increases are given.
fn index_factors(scenario: &Inner, index: &Index, base: i32, timetables: &Timetables) -> Vec<Option<Approx>> {
    // Numerator and denominator of 1 + r, both above 0: r has at most 15 digits before the point and 12 after.
    let growth = |year: i32| {
        let increase = index.increases.get(year)?.to_decimal();
        let one = 10_i128.pow(increase.scale());
        Some(((one + increase.mantissa()).unsigned_abs(), one.unsigned_abs()))
    };
    let months = timetables.tables.first().map_or(0, |table| table.of_month.len());
    let last_month = month_of(scenario, u32::try_from(months.max(1) - 1).unwrap_or(0));
    let (first, last) = (first_index_year(scenario), last_month.year());
    let mut factors = vec![None; usize::try_from(last - first + 1).unwrap_or(0)];
    let mut keep = |year: i32, factor| {
        if let Some(place) = usize::try_from(year - first).ok().and_then(|place| factors.get_mut(place)) {
            *place = factor;
        }
    };
    let mut factor = Some(Approx::ONE);
    keep(base, factor);
    for year in base + 1..=last {
        factor = factor.zip(growth(year)).map(|(factor, (n, d))| factor.times(Approx::quotient(n, d)));
        keep(year, factor);
    }
    factor = Some(Approx::ONE);
    for year in (first..base).rev() {
        factor = factor.zip(growth(year + 1)).map(|(factor, (n, d))| factor.times(Approx::quotient(d, n)));
        keep(year, factor);
    }
    factors
}
