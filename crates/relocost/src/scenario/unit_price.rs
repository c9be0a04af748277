//! The price of one unit of a line before indices and exchange rates: a fast product with a bound on its error.

use std::borrow::Cow;

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::line::{Line, Price, Priced};
use super::{Setting, SettingFrom};
use crate::approx::Approx;
use crate::names::Basis;
use crate::types::{Amount, Month};

/// The price of a tenth of a unit, or of several tenths.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UnitPrice {
    /// A rate or an amount is missing.
    Missing,
    Nothing,
    Cost(Approx),
    Credit(Approx),
}

impl UnitPrice {
    /// That of a line whose amounts are not dated, in minor units of its own currency: the same on every basis and in
    /// every month. `None` of another line.
    pub(super) fn undated(setting: &Setting, line: &Line) -> Option<Self> {
        let priced = line.priced()?;
        match &priced.price {
            Price::Dated(_) => None,
            Price::Amount(amount) => Some(Self::of(setting, line, priced, Some(*amount))),
            Price::Event { .. } => Some(Self::of(setting, line, priced, None)),
        }
    }

    /// That of a line at an amount in its own currency; an event line has an amount of its own.
    pub(crate) fn of(setting: &Setting, line: &Line, priced: &Priced, amount: Option<Amount>) -> Self {
        let (factor, decimals) = (factor_of(setting, line), setting.currency.decimals());
        if factor.as_deref().is_some_and(Zero::is_zero) {
            return Self::Nothing;
        }
        let scaled = |tenth: Approx| factor.as_deref().map_or(tenth, |factor| tenth.times(Approx::of_ratio(factor)));
        if let Some(amount) = amount {
            let value = amount.to_decimal();
            // Below 10^27 × 10^4 over 10^13: both fit.
            let size = value.mantissa().unsigned_abs() * 10_u128.pow(decimals);
            if size == 0 {
                return Self::Nothing;
            }
            let tenth = scaled(Approx::quotient(size, 10_u128.pow(value.scale() + 1)));
            return if value.is_sign_negative() { Self::Credit(tenth) } else { Self::Cost(tenth) };
        }
        let Price::Event { per_year, severity } = &priced.price else { return Self::Nothing };
        let rate = per_year.to_decimal();
        match severity.mean().filter(BigRational::is_positive) {
            // A month has a twelfth of a year's events.
            Some(mean) if !rate.is_zero() => {
                let of_a_year = Approx::of_ratio(&mean).times(Approx::of_decimal(rate));
                Self::Cost(scaled(of_a_year.times(Approx::quotient(10_u128.pow(decimals), 120))))
            }
            _ => Self::Nothing,
        }
    }

    pub(crate) fn times(self, factor: Approx) -> Self {
        match self {
            Self::Cost(price) => Self::Cost(price.times(factor)),
            Self::Credit(price) => Self::Credit(price.times(factor)),
            same => same,
        }
    }

    /// The product with a rate; missing where that is.
    pub(crate) fn at(self, rate: Option<Approx>) -> Self {
        rate.map_or(Self::Missing, |rate| self.times(rate))
    }
}

/// The factor on a line's price.
pub(crate) fn price_factor(setting: &Setting, line: &Line) -> BigRational {
    factor_of(setting, line).map_or_else(BigRational::one, Cow::into_owned)
}

/// The factor on a line's price, where that is not 1: its own factor times its category's.
pub(crate) fn factor_of<'s>(setting: &'s Setting, line: &'s Line) -> Option<Cow<'s, BigRational>> {
    let category = line.category.as_ref().and_then(|category| setting.category_factors.get(category));
    match (category, line.factor.is_one()) {
        (None, true) => None,
        (None, false) => Some(Cow::Borrowed(&line.factor)),
        (Some(category), _) => Some(Cow::Owned(category * &line.factor)),
    }
}

/// The amount of a line that holds in a month, with the month from which it does where it is dated: on the constant
/// basis that of the start, or the first. `None` where none holds yet; an event has an amount of its own.
pub(crate) fn in_force(
    setting: SettingFrom<'_>,
    priced: &Priced,
    basis: Basis,
    month: Month,
) -> Option<(Option<Amount>, Option<Month>)> {
    match &priced.price {
        Price::Amount(amount) => Some((Some(*amount), None)),
        Price::Event { .. } => Some((None, None)),
        Price::Dated(tariffs) => {
            let tariff = match basis {
                Basis::Nominal => priced.price.tariff(month),
                Basis::Constant => {
                    let first = || tariffs.first_key_value().map(|(&from, &amount)| (from, amount));
                    priced.price.tariff(setting.tariffs_at.unwrap_or(setting.start)).or_else(first)
                }
            };
            tariff.map(|(since, amount)| (Some(amount), Some(since)))
        }
    }
}
