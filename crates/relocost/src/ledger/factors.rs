//! What one unit of a line costs in a month: unit price, index factor, exchange rate, fast and exact.

use std::borrow::Cow;
use std::collections::BTreeMap;

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
use crate::scenario::{Index, Inner, Line, Price, Priced, Scenario};
use crate::types::{Amount, Currency, Id, Increase, Month};
use crate::watch::Pulse;

/// Months of a horizon by periods in which a line's price stays the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timetable {
    /// The period of each month.
    pub(crate) of_month: Vec<u32>,
    /// The first month of each period, since the start.
    pub(crate) firsts: Vec<u32>,
}

/// What makes a line's price change within a calendar year.
#[derive(Clone, Copy, PartialEq)]
struct Changes<'s> {
    /// The month of the index, where it is not January.
    index: Option<u32>,
    /// The currency whose months have rates of their own.
    currency: Option<Currency>,
    tariffs: Option<&'s BTreeMap<Month, Amount>>,
}

/// The timetables of a scenario's lines, each once.
#[derive(Debug)]
pub(crate) struct Timetables {
    tables: Vec<Timetable>,
    /// By line.
    of_line: Vec<usize>,
}

impl Timetables {
    pub(crate) fn new(scenario: &Inner, horizon: u32) -> Self {
        let mut known: Vec<Changes<'_>> = Vec::new();
        let of_line = scenario.lines.values().map(|line| {
            let changes = Changes::of(scenario, line);
            known.iter().position(|other| *other == changes).unwrap_or_else(|| {
                known.push(changes);
                known.len() - 1
            })
        });
        let of_line = of_line.collect();
        let tables = known.iter().map(|changes| changes.timetable(scenario, horizon)).collect();
        Self { tables, of_line }
    }

    /// The timetable of a line.
    pub(crate) fn of(&self, line: usize) -> &Timetable {
        &self.tables[self.of_line[line]]
    }
}

impl<'s> Changes<'s> {
    fn of(scenario: &'s Inner, line: &'s Line) -> Self {
        let Some(priced) = line.priced() else { return Self { index: None, currency: None, tariffs: None } };
        let index = priced.index.as_ref().and_then(|index| scenario.rates.index.get(index));
        let months = scenario.rates.fx.get(&priced.currency).is_some_and(|rates| !rates.months.is_empty());
        Self {
            index: index.map(|index| index.month).filter(|&month| month > 1),
            currency: (months && priced.currency != scenario.currency).then_some(priced.currency),
            tariffs: match &priced.price {
                Price::Dated(tariffs) => Some(tariffs),
                _ => None,
            },
        }
    }

    fn timetable(&self, scenario: &Inner, horizon: u32) -> Timetable {
        let rates = self.currency.and_then(|currency| scenario.rates.fx.get(&currency));
        let mut table = Timetable { of_month: Vec::with_capacity(horizon as usize), firsts: Vec::new() };
        for offset in 0..horizon {
            let month = scenario.start.plus(i32::try_from(offset).unwrap_or(i32::MAX));
            let own_rate = |month: Month| rates.is_some_and(|rates| rates.months.contains_key(&month));
            let changes = offset == 0
                || month.month() == 1
                || self.index == Some(month.month())
                || own_rate(month)
                || own_rate(month.plus(-1))
                || self.tariffs.is_some_and(|tariffs| tariffs.contains_key(&month));
            if changes {
                table.firsts.push(offset);
            }
            table.of_month.push(u32::try_from(table.firsts.len() - 1).unwrap_or(u32::MAX));
        }
        table
    }
}

/// For each line and period, the price of a tenth of a unit in minor units, before relief, level and percentages.
#[derive(Debug)]
pub(crate) struct Factors {
    pub(crate) basis: Basis,
    /// By line, then by period.
    prices: Vec<UnitPrice>,
    /// Where a line's prices begin.
    firsts: Vec<usize>,
}

/// What a tenth of a unit costs.
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
    /// It is to break off.
    pub(crate) fn new(
        scenario: &Inner,
        timetables: &Timetables,
        basis: Basis,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let (mut prices, mut firsts) = (Vec::new(), Vec::with_capacity(scenario.lines.len()));
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
            let mut unit = None;
            for (period, &first) in periods.iter().enumerate() {
                let month = month_of(scenario, first);
                let price = in_force(scenario, priced, basis, month);
                let Some((amount, since)) = price else {
                    prices.push(UnitPrice::Missing);
                    continue;
                };
                let tenth = match unit {
                    Some((known, tenth)) if known == amount => tenth,
                    _ => unit_price_in_minor(scenario, line, priced, amount),
                };
                unit = Some((amount, tenth));
                let mut price = tenth;
                if let Some(rates) = rates {
                    price = price.times(exchange[rates].2[period]);
                }
                if let (Some(index), Basis::Nominal) = (&priced.index, basis) {
                    let Some(table) = scenario.rates.index.get(index) else {
                        prices.push(UnitPrice::Missing);
                        continue;
                    };
                    let base = base_of(table, priced, since);
                    let same = |growth: &Growth<'_>| growth.index == index && growth.base == base;
                    let known = indices.iter().position(same).unwrap_or_else(|| {
                        indices.push(Growth { index, base, factors: index_factors(scenario, table, base, timetables) });
                        indices.len() - 1
                    });
                    let year = table.year_of(month) - first_index_year(scenario);
                    let year = usize::try_from(year).unwrap_or(0);
                    price = price.times(indices[known].factors.get(year).copied().flatten());
                }
                prices.push(price);
            }
        }
        Ok(Self { basis, prices, firsts })
    }

    /// The price of a tenth of a unit of a line in minor units.
    pub(crate) fn price(&self, line: usize, period: u32) -> UnitPrice {
        self.prices[self.firsts[line] + period as usize]
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

/// What a line's price is multiplied by.
pub(crate) fn price_factor(scenario: &Inner, line: &Line) -> BigRational {
    factor_of(scenario, line).map_or_else(BigRational::one, Cow::into_owned)
}

/// What a line's price is multiplied by, where that is not 1: its own factor and its category's.
fn factor_of<'s>(scenario: &'s Inner, line: &'s Line) -> Option<Cow<'s, BigRational>> {
    let category = line.category.as_ref().and_then(|category| scenario.category_factors.get(category));
    match (category, line.factor.is_one()) {
        (None, true) => None,
        (None, false) => Some(Cow::Borrowed(&line.factor)),
        (Some(category), _) => Some(Cow::Owned(category * &line.factor)),
    }
}

/// The amount of a line that holds in a month, with the month from which it does where it is dated: on the constant
/// basis that of the start, or the first. `None` where none holds yet; an event has an amount of its own.
fn in_force(scenario: &Inner, priced: &Priced, basis: Basis, month: Month) -> Option<(Option<Amount>, Option<Month>)> {
    match &priced.price {
        Price::Amount(amount) => Some((Some(*amount), None)),
        Price::Event { .. } => Some((None, None)),
        Price::Dated(tariffs) => {
            let tariff = match basis {
                Basis::Nominal => priced.price.tariff(month),
                Basis::Constant => {
                    let first = || tariffs.first_key_value().map(|(&from, &amount)| (from, amount));
                    priced.price.tariff(scenario.tariffs_at.unwrap_or(scenario.start)).or_else(first)
                }
            };
            tariff.map(|(since, amount)| (Some(amount), Some(since)))
        }
    }
}

/// The month from which the amount holds that a dated line charges in a month.
pub(super) fn tariff_month(scenario: &Inner, priced: &Priced, basis: Basis, month: Month) -> Option<Month> {
    in_force(scenario, priced, basis, month)?.1
}

/// The index year of a line's prices: that of the month from which a dated amount holds, or of its price base.
fn base_of(index: &Index, priced: &Priced, since: Option<Month>) -> i32 {
    match since {
        Some(month) => index.year_of(month),
        None => index.year_of_base(priced.price_base_year.unwrap_or(0)), // only dated amounts have none
    }
}

/// What a tenth of a unit of a line costs in minor units of its own currency.
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

/// The exact price of one unit of a line's driver in a month, in the line's currency and prices; `None` before the first
/// of its amounts.
pub(crate) fn unit_price(scenario: &Inner, line: &Line, basis: Basis, month: Month) -> Option<BigRational> {
    let priced = line.priced()?;
    let (amount, _) = in_force(scenario, priced, basis, month)?;
    let price = match (&priced.price, amount) {
        (Price::Event { per_year, severity }, _) => {
            let mean = severity.mean().unwrap_or_else(BigRational::zero); // reading refused what has no rational mean
            from_decimal(per_year.to_decimal()) / BigInt::from(12_u8) * mean
        }
        (_, amount) => from_decimal(amount?.to_decimal()),
    };
    Some(match factor_of(scenario, line) {
        Some(factor) => times(&price, &factor),
        None => price,
    })
}

/// The size of what a unit of a line costs in a month, in minor units, as a quotient that is not reduced; `None` for an
/// event line, one with a factor on price or rate, without a rate, or beyond 128 bits.
pub(crate) fn quotient_of_price(scenario: &Inner, line: &Line, basis: Basis, month: Month) -> Option<(u128, u128)> {
    let priced = line.priced()?;
    let (amount, since) = in_force(scenario, priced, basis, month)?;
    factor_of(scenario, line).is_none().then_some(())?;
    let rate = if priced.currency == scenario.currency {
        Decimal::ONE
    } else {
        scenario.rates.fx_factors.get(&priced.currency).is_none().then_some(())?;
        scenario.rates.fx.get(&priced.currency)?.get(month)?.to_decimal()
    };
    let amount = amount?.to_decimal();
    let size = amount.mantissa().unsigned_abs().checked_mul(10_u128.pow(scenario.currency.decimals()))?;
    let mut quotient = (
        size.checked_mul(rate.mantissa().unsigned_abs())?,
        10_u128.pow(amount.scale()).checked_mul(10_u128.pow(rate.scale()))?,
    );
    if let (Some(index), Basis::Nominal) = (&priced.index, basis) {
        let table = scenario.rates.index.get(index)?;
        let (base, year) = (base_of(table, priced, since), table.year_of(month));
        for each in base.min(year) + 1..=base.max(year) {
            let increase = table.increases.get(each)?.to_decimal();
            let one = 10_i128.pow(increase.scale());
            let (up, down) = ((one + increase.mantissa()).unsigned_abs(), one.unsigned_abs());
            let (up, down) = if year < base { (down, up) } else { (up, down) };
            quotient = (quotient.0.checked_mul(up)?, quotient.1.checked_mul(down)?);
        }
    }
    Some(quotient)
}

/// What one unit of a line costs in a month in the scenario's currency, exactly and not reduced: unit price × index
/// factor × exchange rate.
///
/// # Errors
/// A rate or an amount that the charge needs is missing.
pub(crate) fn exact_price(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Result<BigRational, Error> {
    let missing = || missing_rate(scenario, line, basis, month);
    let unit = unit_price(scenario.inner(), line, basis, month).ok_or_else(missing)?;
    let growth = index_factor(scenario.inner(), line, basis, month).map_err(|_| missing())?;
    let rate = exchange_rate(scenario.inner(), line, month).ok_or_else(missing)?;
    Ok(times(&times(&unit, &growth), &rate))
}

/// The index of a line with the index year of its prices and that of a month; `None` where nothing grows.
pub(crate) fn growth_of<'s>(
    scenario: &'s Inner,
    line: &Line,
    basis: Basis,
    month: Month,
) -> Option<(&'s Index, i32, i32)> {
    let priced = line.priced()?;
    let index = priced.index.as_ref().filter(|_| basis == Basis::Nominal)?;
    let table = scenario.rates.index.get(index)?;
    let (_, since) = in_force(scenario, priced, basis, month)?;
    Some((table, base_of(table, priced, since), table.year_of(month)))
}

/// The exact index factor of a line in a month, not reduced, or the year whose increase is missing.
pub(crate) fn index_factor(scenario: &Inner, line: &Line, basis: Basis, month: Month) -> Result<BigRational, i32> {
    let Some((table, base, year)) = growth_of(scenario, line, basis, month) else { return Ok(BigRational::one()) };
    let mut product = (BigInt::one(), BigInt::one());
    let mut years = (base.min(year) + 1..=base.max(year)).peekable();
    while let Some(year) = years.next() {
        let increase: Increase = table.increases.get(year).ok_or(year)?;
        // Years of one increase, mostly those of the default, are one power.
        let mut count = 1_u32;
        while years.next_if(|next| table.increases.get(*next) == Some(increase)).is_some() {
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

/// The exchange rate of a line in a month: units of the scenario's currency for one of the line's.
pub(crate) fn exchange_rate(scenario: &Inner, line: &Line, month: Month) -> Option<BigRational> {
    let currency = line.priced()?.currency;
    if currency == scenario.currency {
        return Some(BigRational::one());
    }
    let rate = from_decimal(scenario.rates.fx.get(&currency)?.get(month)?.to_decimal());
    Some(match scenario.rates.fx_factors.get(&currency) {
        Some(factor) => rate * factor,
        None => rate,
    })
}

/// Every rate and amount that a charge of a line in a month needs and does not have.
///
/// None of these errors says when a line is charged, and none of a rate which: that tells of the household.
pub(super) fn missing(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Vec<Error> {
    let inner = scenario.inner();
    let Some(priced) = line.priced() else { return Vec::new() };
    let mut errors = Vec::new();
    if in_force(inner, priced, basis, month).is_none() {
        let key = format!("lines.{}", line.id);
        let message = message!(
            "missing; a charge comes before the first amount: give one that holds from an earlier month",
            "manque ; une imputation vient avant le premier montant : en donner un qui vaut dès un mois antérieur"
        );
        errors.push(Error::at(Code::MissingRate, scenario.place(&key).cloned(), format!("{key}.amounts"), message));
    }
    errors.extend(missing_increase(scenario, line, basis, month));
    if exchange_rate(inner, line, month).is_none() {
        errors.push(missing_exchange_rate(scenario, priced.currency, month));
    }
    errors
}

/// Which rate a charge of a line in a month needs and does not have.
pub(crate) fn missing_rate(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Error {
    missing(scenario, line, basis, month).into_iter().next().unwrap_or_else(no_rate)
}

/// The error of a rate that nothing tells of.
pub(super) fn no_rate() -> Error {
    Error::single(Code::MissingRate, "rates", message!("a rate is missing", "un taux manque"))
}

/// The error of an increase that a charge of a line in a month needs; `None` if it has all. The year is the first that
/// the table lacks.
fn missing_increase(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Option<Error> {
    let index = line.priced()?.index.as_ref()?;
    let (table, base, year) = growth_of(scenario.inner(), line, basis, month)?;
    let lacks = |year: &i32| table.increases.get(*year).is_none();
    // From the price base on, towards the charge.
    let missing = if year < base { (year + 1..=base).rev().find(lacks) } else { (base + 1..=year).find(lacks) }?;
    let table = format!("rates.index.{index}");
    let what = message!("the increase of the index \"{index}\"", "l'augmentation de l'indice « {index} »");
    let names_it = |line: &&Line| line.priced().is_some_and(|priced| priced.index.as_ref() == Some(index));
    Some(missing_from(scenario, &table, Some(missing), &what, names_it))
}

/// The error of an exchange rate that a charge in a month needs and does not have.
fn missing_exchange_rate(scenario: &Scenario, currency: Currency, month: Month) -> Error {
    let inner = scenario.inner();
    let is_in = |line: &&Line| line.priced().is_some_and(|priced| priced.currency == currency);
    if let (Some(quoted), None) = (inner.quoted_in, inner.rates.fx.get(&currency)) {
        // Of the table, not of each year: all of it is missing, for one reason. The line is the first in that currency,
        // charged or not.
        let first = scenario.lines().values().find(is_in);
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
    let given = scenario.rates().fx.get(&currency).map(|table| &table.by_year.years).filter(|years| !years.is_empty());
    let missing = given.and_then(|years| {
        let (first, _) = years.first_key_value()?;
        let lacks = |year: &i32| !years.contains_key(year);
        if month.year() < *first { Some(first - 1) } else { (*first..=month.year()).find(lacks) }
    });
    let what = message!("an exchange rate of {currency}", "un taux de change de {currency}");
    missing_from(scenario, &format!("rates.fx.{currency}"), missing, &what, is_in)
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
