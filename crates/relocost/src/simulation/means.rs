//! The scenario with every uncertain parameter at the mean of its distribution.

use num_rational::BigRational;
use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::assumptions::domain;
use super::numbers::Quantile;
use super::numbers::binary::rational;
use crate::error::{Code, Error};
use crate::exact::{from_decimal, scaled_half_even};
use crate::message;
use crate::scenario::{Scenario, Uncertain};
use crate::types::{Amount, Parameter};

/// Decimals of a mean.
const DECIMALS: u32 = 12;

impl Scenario {
    /// This scenario with every uncertain parameter at the mean of its distribution: to 12 decimals, moved into the
    /// domain, months rounded half to even.
    ///
    /// # Errors
    /// A mean has more digits than a parameter can take.
    pub fn at_means(&self) -> Result<Self, Error> {
        let mean = |uncertain: &Uncertain| Ok((uncertain.parameter.clone(), mean(self, uncertain)?));
        self.with(&self.uncertain().iter().map(mean).collect::<Result<Vec<_>, Error>>()?)
    }
}

fn mean(scenario: &Scenario, uncertain: &Uncertain) -> Result<Amount, Error> {
    let Uncertain { parameter, distribution } = uncertain;
    // The mean of a lognormal distribution by quantiles is irrational.
    let exact = distribution.mean().or_else(|| rational(Quantile::new(distribution).mean()));
    let too_large = || {
        Error::single(
            Code::TooLargeFigure,
            parameter.to_string(),
            message!("the mean is too large to write", "la moyenne est trop grande pour être écrite"),
        )
    };
    let edge = |edge: f64| rational(edge).map(|edge| decimal(&edge, DECIMALS));
    let exact = exact.ok_or_else(too_large)?;
    let whole = matches!(parameter, Parameter::StageMonths(..));
    let mut value = decimal(&exact, DECIMALS).ok_or_else(too_large)?;
    let [low, high] = domain(scenario, parameter).map(edge);
    if let Some(low) = low {
        value = value.max(low.ok_or_else(too_large)?);
    }
    if let Some(high) = high {
        value = value.min(high.ok_or_else(too_large)?);
    }
    if whole {
        value = decimal(&from_decimal(value), 0).ok_or_else(too_large)?;
    }
    Amount::new(value).map_err(|_| too_large())
}

/// A number with so many decimals, half to even.
fn decimal(value: &BigRational, decimals: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(scaled_half_even(value, decimals).to_i128()?, decimals).ok()
}
