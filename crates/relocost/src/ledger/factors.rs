//! What one unit of a line costs in a calendar year: unit price, index factor, exchange rate, fast and exact.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use crate::approx::Approx;
use crate::error::{Code, Error};
use crate::exact::{from_decimal, times};
use crate::message;
use crate::message::Message;
use crate::names::Basis;
use crate::scenario::{Inner, Line, Price, Scenario};
use crate::types::{Currency, Id, Increase};
use crate::watch::Pulse;

/// For each line and calendar year of the horizon, the price of a tenth of a unit in minor units, before relief.
#[derive(Debug)]
pub(crate) struct Factors {
    pub(crate) basis: Basis,
    /// The first calendar year, and how many there are.
    first: i32,
    years: usize,
    /// By line, then by year; `None` where a rate is missing.
    prices: Vec<Option<Approx>>,
    signs: Vec<Sign>,
}

/// A factor of each calendar year; `None` where a rate is missing.
type ByYear = Vec<Option<Approx>>;

/// The sign of a line's price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Nothing,
    Cost,
    Credit,
}

impl Factors {
    /// The factors of the calendar years `first..first + years` in constant prices.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn constant(scenario: &Inner, first: i32, years: usize, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let mut prices = Vec::with_capacity(scenario.lines.len() * years);
        let mut signs = Vec::with_capacity(scenario.lines.len());
        let mut exchange: Vec<(Currency, ByYear)> = Vec::new();
        for line in scenario.lines.values() {
            pulse.beat()?;
            let (sign, price) = unit_price_in_minor(line, scenario.currency.decimals());
            signs.push(sign);
            if line.currency == scenario.currency {
                prices.extend(std::iter::repeat_n(Some(price), years));
                continue;
            }
            let place = exchange.iter().position(|(known, _)| *known == line.currency).unwrap_or_else(|| {
                exchange.push((line.currency, exchange_rates(scenario, line.currency, first, years)));
                exchange.len() - 1
            });
            prices.extend(exchange[place].1.iter().map(|rate| rate.map(|rate| price.times(rate))));
        }
        Ok(Self { basis: Basis::Constant, first, years, prices, signs })
    }

    /// These factors in the prices of each year.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn nominal(&self, scenario: &Inner, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let mut indices: Vec<((&Id, i32), ByYear)> = Vec::new();
        let mut prices = Vec::with_capacity(self.prices.len());
        for (line, constant) in scenario.lines.values().zip(self.prices.chunks(self.years)) {
            pulse.beat()?;
            let first = prices.len();
            prices.extend_from_slice(constant);
            let Some(index) = &line.index else { continue };
            let key = (index, line.price_base_year);
            let place = indices.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
                indices.push((key, index_factors(scenario, index, line.price_base_year, self.first, self.years)));
                indices.len() - 1
            });
            for (price, growth) in prices[first..].iter_mut().zip(&indices[place].1) {
                *price = price.zip(*growth).map(|(price, growth)| price.times(growth));
            }
        }
        Ok(Self { basis: Basis::Nominal, first: self.first, years: self.years, prices, signs: self.signs.clone() })
    }

    pub(crate) fn sign(&self, line: usize) -> Sign {
        self.signs[line]
    }

    /// The price of a tenth of a unit in minor units, where all its rates are given.
    pub(crate) fn price(&self, line: usize, year: usize) -> Option<Approx> {
        self.prices[line * self.years + year]
    }
}

fn approx(value: Decimal) -> Approx {
    Approx::quotient(value.mantissa().unsigned_abs(), 10_u128.pow(value.scale()))
}

/// Exchange rates of calendar years, where they are given.
fn exchange_rates(scenario: &Inner, currency: Currency, first: i32, years: usize) -> ByYear {
    let table = scenario.rates.fx.get(&currency);
    let factor = scenario
        .rates
        .fx_factors
        .get(&currency)
        .map_or(Approx::ONE, |factor| Approx::big_quotient(factor.numer().magnitude(), factor.denom().magnitude()));
    let rate = |year| Some(approx(table?.get(year)?.to_decimal()).times(factor));
    (first..).take(years).map(rate).collect()
}

/// The sign of a line's unit price, and a tenth of its size in minor units (1 where it is nothing).
fn unit_price_in_minor(line: &Line, decimals: u32) -> (Sign, Approx) {
    let (sign, price) = price_in_minor(line, decimals);
    if line.factor.is_one() {
        (sign, price)
    } else if line.factor.is_positive() {
        (sign, price.times(Approx::big_quotient(line.factor.numer().magnitude(), line.factor.denom().magnitude())))
    } else {
        (Sign::Nothing, Approx::ONE)
    }
}

/// The same before the line's factor.
fn price_in_minor(line: &Line, decimals: u32) -> (Sign, Approx) {
    match &line.price {
        Price::Amount(amount) => {
            let value = amount.to_decimal();
            let sign = if value.is_zero() {
                Sign::Nothing
            } else if value.is_sign_negative() {
                Sign::Credit
            } else {
                Sign::Cost
            };
            // Below 10^27 × 10^4 over 10^13: both fit.
            let size = value.mantissa().unsigned_abs().max(1) * 10_u128.pow(decimals);
            (sign, Approx::quotient(size, 10_u128.pow(value.scale() + 1)))
        }
        Price::Event { per_year, severity } => {
            let rate = per_year.to_decimal();
            match severity.mean().filter(BigRational::is_positive) {
                // A month has a twelfth of a year's events.
                Some(mean) if !rate.is_zero() => {
                    let mean = Approx::big_quotient(mean.numer().magnitude(), mean.denom().magnitude());
                    (Sign::Cost, mean.times(approx(rate)).times(Approx::quotient(10_u128.pow(decimals), 120)))
                }
                _ => (Sign::Nothing, Approx::ONE),
            }
        }
    }
}

/// The index factors of calendar years, where all their increases are given.
fn index_factors(scenario: &Inner, index: &Id, base: i32, first: i32, years: usize) -> ByYear {
    let table = scenario.rates.index.get(index);
    // Numerator and denominator of 1 + r, both above 0: r has at most 15 digits before the point and 12 after.
    let growth = |year: i32| {
        let increase = table?.get(year)?.to_decimal();
        let one = 10_i128.pow(increase.scale());
        Some(((one + increase.mantissa()).unsigned_abs(), one.unsigned_abs()))
    };
    let last = first + i32::try_from(years).unwrap_or(0) - 1;
    let mut factors = vec![None; years];
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

/// The exact price of one unit of a line's driver, in the line's currency and prices.
pub(crate) fn unit_price(line: &Line) -> BigRational {
    let price = match &line.price {
        Price::Amount(amount) => from_decimal(amount.to_decimal()),
        Price::Event { per_year, severity } => {
            let mean = severity.mean().unwrap_or_else(BigRational::zero); // reading refused what has no rational mean
            from_decimal(per_year.to_decimal()) / BigInt::from(12_u8) * mean
        }
    };
    if line.factor.is_one() { price } else { times(&price, &line.factor) }
}

/// The size of what a unit of a line costs in a calendar year, in minor units, as a quotient that is not reduced;
/// `None` for an event line, one with a factor on price or rate, without a rate, or beyond
/// 128 bits.
pub(crate) fn quotient_of_price(scenario: &Inner, line: &Line, basis: Basis, year: i32) -> Option<(u128, u128)> {
    let Price::Amount(amount) = &line.price else { return None };
    line.factor.is_one().then_some(())?;
    let rate = if line.currency == scenario.currency {
        Decimal::ONE
    } else {
        scenario.rates.fx_factors.get(&line.currency).is_none().then_some(())?;
        scenario.rates.fx.get(&line.currency)?.get(year)?.to_decimal()
    };
    let amount = amount.to_decimal();
    let size = amount.mantissa().unsigned_abs().checked_mul(10_u128.pow(scenario.currency.decimals()))?;
    let mut quotient = (
        size.checked_mul(rate.mantissa().unsigned_abs())?,
        10_u128.pow(amount.scale()).checked_mul(10_u128.pow(rate.scale()))?,
    );
    if let (Some(index), Basis::Nominal) = (&line.index, basis) {
        let table = scenario.rates.index.get(index)?;
        let base = line.price_base_year;
        for each in base.min(year) + 1..=base.max(year) {
            let increase = table.get(each)?.to_decimal();
            let one = 10_i128.pow(increase.scale());
            let (up, down) = ((one + increase.mantissa()).unsigned_abs(), one.unsigned_abs());
            let (up, down) = if year < base { (down, up) } else { (up, down) };
            quotient = (quotient.0.checked_mul(up)?, quotient.1.checked_mul(down)?);
        }
    }
    Some(quotient)
}

/// What one unit of a line costs in a calendar year in the scenario's currency, exactly and not reduced: unit price ×
/// index factor × exchange rate.
///
/// # Errors
/// A rate that the charge needs is missing.
pub(crate) fn exact_price(scenario: &Scenario, line: &Line, basis: Basis, year: i32) -> Result<BigRational, Error> {
    let missing = || missing_rate(scenario, line, basis, year);
    let growth = index_factor(scenario.inner(), line, basis, year).map_err(|_| missing())?;
    let rate = exchange_rate(scenario.inner(), line, year).ok_or_else(missing)?;
    Ok(times(&times(&unit_price(line), &growth), &rate))
}

/// The exact index factor of a line in a calendar year, not reduced, or the year whose increase is missing.
pub(crate) fn index_factor(scenario: &Inner, line: &Line, basis: Basis, year: i32) -> Result<BigRational, i32> {
    let (Some(index), Basis::Nominal) = (&line.index, basis) else { return Ok(BigRational::one()) };
    let table = scenario.rates.index.get(index);
    let base = line.price_base_year;
    let mut product = (BigInt::one(), BigInt::one());
    let mut years = (base.min(year) + 1..=base.max(year)).peekable();
    while let Some(year) = years.next() {
        let increase: Increase = table.and_then(|table| table.get(year)).ok_or(year)?;
        // Years of one increase, mostly those of the default, are one power.
        let mut count = 1_u32;
        while years.next_if(|next| table.and_then(|table| table.get(*next)) == Some(increase)).is_some() {
            count += 1;
        }
        let growth = BigRational::one() + from_decimal(increase.to_decimal());
        product = (product.0 * growth.numer().pow(count), product.1 * growth.denom().pow(count));
    }
    Ok(if year < base {
        BigRational::new_raw(product.1, product.0)
    } else {
        BigRational::new_raw(product.0, product.1)
    })
}

/// The exchange rate of a line in a calendar year: units of the scenario's currency for one of the line's.
pub(crate) fn exchange_rate(scenario: &Inner, line: &Line, year: i32) -> Option<BigRational> {
    if line.currency == scenario.currency {
        return Some(BigRational::one());
    }
    let rate = from_decimal(scenario.rates.fx.get(&line.currency)?.get(year)?.to_decimal());
    Some(match scenario.rates.fx_factors.get(&line.currency) {
        Some(factor) => rate * factor,
        None => rate,
    })
}

/// Which rate a charge of a line in a calendar year needs and does not have.
pub(crate) fn missing_rate(scenario: &Scenario, line: &Line, basis: Basis, year: i32) -> Error {
    missing_increase(scenario, line, basis, year).unwrap_or_else(|| missing_exchange_rate(scenario, line, year))
}

/// The error of an increase that a charge of a line in a calendar year needs; `None` if it has all.
///
/// Neither this error nor that of an exchange rate says which line is charged, or when: that tells of the household. The
/// year is the first that the table lacks.
pub(super) fn missing_increase(scenario: &Scenario, line: &Line, basis: Basis, year: i32) -> Option<Error> {
    let (Some(index), Basis::Nominal) = (&line.index, basis) else { return None };
    let table = scenario.rates().index.get(index);
    let base = line.price_base_year;
    let lacks = |year: &i32| table.is_none_or(|table| table.get(*year).is_none());
    // From the price base on, towards the charge.
    let missing = if year < base { (year + 1..=base).rev().find(lacks) } else { (base + 1..=year).find(lacks) }?;
    let table = format!("rates.index.{index}");
    let what = message!("the increase of the index \"{index}\"", "l'augmentation de l'indice « {index} »");
    let names_it = |line: &&Line| line.index.as_ref() == Some(index);
    Some(missing_from(scenario, &table, Some(missing), &what, names_it))
}

/// The error of an exchange rate that a charge of a line in a calendar year needs and does not have.
pub(super) fn missing_exchange_rate(scenario: &Scenario, line: &Line, year: i32) -> Error {
    let currency = line.currency;
    let inner = scenario.inner();
    if let (Some(quoted), None) = (inner.quoted_in, inner.rates.fx.get(&currency)) {
        // Of the table, not of each year: all of it is missing, for one reason. The line is the first in that currency,
        // charged or not.
        let first = scenario.lines().values().find(|line| line.currency == currency);
        let key = format!("rates.fx.{currency}");
        let message = message!(
            "missing; line \"{id}\" is in {currency} and the scenario in {own}: the catalogue's exchange rates are quoted in {quoted} and are not inherited, so give [{key}] in {own} for one {currency}",
            "manque ; le poste « {id} » est en {currency} et le scénario en {own} : les taux de change du catalogue sont cotés en {quoted} et ne sont pas repris ; donner [{key}] en {own} pour un {currency}",
            id = first.map_or("", |line| line.id.as_str()),
            own = scenario.currency(),
        );
        let place = first.and_then(|line| scenario.place(&format!("lines.{}", line.id))).cloned();
        return Error::at(Code::MissingRate, place, key, message);
    }
    let given = scenario.rates().fx.get(&currency).map(|table| &table.years).filter(|years| !years.is_empty());
    let missing = given.and_then(|years| {
        let (first, _) = years.first_key_value()?;
        let lacks = |year: &i32| !years.contains_key(year);
        if year < *first { Some(first - 1) } else { (*first..=year).find(lacks) }
    });
    let what = message!("an exchange rate of {currency}", "un taux de change de {currency}");
    missing_from(scenario, &format!("rates.fx.{currency}"), missing, &what, |line| line.currency == currency)
}

fn missing_from(
    scenario: &Scenario,
    table: &str,
    missing: Option<i32>,
    what: &Message,
    names_it: impl Fn(&&Line) -> bool,
) -> Error {
    // Where there is no table, the first line that names it, charged or not.
    let line = || scenario.place(&format!("lines.{}", scenario.lines().values().find(names_it)?.id));
    let place = scenario.place(table).or_else(line).cloned();
    let (key, message) = match missing {
        Some(year) => (
            format!("{table}.{year}"),
            message!(
                "missing; {what} is needed and {year} is the first year without one: give it and those beyond it, or a default",
                "manque ; il faut {what} et {year} est la première année sans valeur : la donner avec les suivantes, ou une valeur par défaut",
                what,
            ),
        ),
        None => (
            table.to_owned(),
            message!(
                "missing; {what} is needed and no year has one: give years, or a default",
                "manque ; il faut {what} et aucune année n'en a : donner des années, ou une valeur par défaut",
                what,
            ),
        ),
    };
    Error::at(Code::MissingRate, place, key, message)
}
