//! The exact price of one unit of a line in a month, and the factors of which it is the product.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::missing::missing_rate;
use crate::error::Error;
use crate::exact::{from_decimal, times};
use crate::names::Basis;
use crate::scenario::unit_price::{factor_of, in_force};
use crate::scenario::{Index, Inner, Line, Price, Priced, Scenario};
use crate::types::{Increase, Month};

/// The month from which the amount holds that a dated line charges in a month.
pub(super) fn tariff_month(scenario: &Inner, priced: &Priced, basis: Basis, month: Month) -> Option<Month> {
    in_force(scenario.without_household(), priced, basis, month)?.1
}

/// The exact price of one unit of a line's driver in a month, in the line's currency and prices; `None` before the first
/// of its amounts.
pub(crate) fn unit_price(scenario: &Inner, line: &Line, basis: Basis, month: Month) -> Option<BigRational> {
    let priced = line.priced()?;
    let (amount, _) = in_force(scenario.without_household(), priced, basis, month)?;
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
    let (amount, since) = in_force(scenario.without_household(), priced, basis, month)?;
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
        let (base, year) = (table.base_year(priced, since), table.year_of(month));
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

/// The price of one unit of a line in a month in the scenario's currency, exactly and not reduced: unit price × index
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
    let (_, since) = in_force(scenario.without_household(), priced, basis, month)?;
    Some((table, table.base_year(priced, since), table.year_of(month)))
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
