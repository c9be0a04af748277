//! The scenario with every uncertain parameter at the mean of its distribution.

use num_rational::BigRational;
use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::assumptions::{domain, shift_beside};
use super::numbers::Quantile;
use super::numbers::binary::rational;
use super::years::Years;
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
        let years = Years::new(self);
        let mut changes = Vec::with_capacity(self.uncertain().len());
        let mut increases = Vec::new();
        for (place, uncertain) in self.uncertain().iter().enumerate() {
            // Yearly draws have a domain together with the shift of their index.
            let shift = shift_beside(self, place).map(|shift| mean(self, &self.uncertain()[shift], Decimal::ZERO));
            let shift = shift.transpose()?.map_or(Decimal::ZERO, Amount::to_decimal);
            let mean = mean(self, uncertain, shift)?;
            match &uncertain.parameter {
                Parameter::IndexYearly(name) => increases.push((place, name, mean.to_decimal())),
                Parameter::ExchangeYearly(currency) if mean != Amount::ONE => {
                    let Some(table) = self.rates().fx.get(currency) else { continue };
                    let mut factor = from_decimal(Decimal::ONE);
                    for (year, _) in years.columns(place) {
                        factor *= from_decimal(mean.to_decimal());
                        let scaled = |rate: Amount| {
                            let scaled = decimal(&(from_decimal(rate.to_decimal()) * &factor), DECIMALS);
                            scaled.and_then(|rate| Amount::new(rate).ok()).ok_or_else(|| too_large(uncertain))
                        };
                        if let Some(rate) = table.by_year.get(year) {
                            changes.push((Parameter::ExchangeRateOfYear(*currency, year), scaled(rate)?.into()));
                        }
                        for (month, rate) in table.months.iter().filter(|(month, _)| month.year() == year) {
                            changes.push((Parameter::ExchangeRateOfMonth(*currency, *month), scaled(*rate)?.into()));
                        }
                    }
                }
                Parameter::ExchangeYearly(_) => {}
                parameter => changes.push((parameter.clone(), mean.into())),
            }
        }
        // On the increases as they are shifted: without the shift they may be none.
        let shifted = self.with(&changes)?;
        let mut changes = Vec::new();
        for (place, name, mean) in increases {
            let table = shifted.rates().index.get(name).map(|index| &index.increases);
            for (year, _) in years.columns(place) {
                let Some(increase) = table.and_then(|table| table.get(year)) else { continue };
                let sum = increase.to_decimal().checked_add(mean).and_then(|sum| Amount::new(sum).ok());
                let sum = sum.ok_or_else(|| too_large(&self.uncertain()[place]))?;
                changes.push((Parameter::Increase(name.clone(), Some(year)), sum.into()));
            }
        }
        shifted.with(&changes)
    }
}

/// The mean of a parameter, moved into its domain less what is added to it.
fn mean(scenario: &Scenario, uncertain: &Uncertain, added: Decimal) -> Result<Amount, Error> {
    let Uncertain { parameter, distribution } = uncertain;
    // The mean of a lognormal distribution by quantiles is irrational.
    let exact = distribution.mean().or_else(|| rational(Quantile::new(distribution).mean()));
    let too_large = || too_large(uncertain);
    let edge = |edge: f64| rational(edge).map(|edge| decimal(&edge, DECIMALS));
    let exact = exact.ok_or_else(too_large)?;
    let whole = matches!(parameter, Parameter::StageMonths(..));
    let mut value = decimal(&exact, DECIMALS).ok_or_else(too_large)?;
    let [low, high] = domain(scenario, parameter).map(edge);
    if let Some(low) = low {
        let low = low.ok_or_else(too_large)?.checked_sub(added).ok_or_else(too_large)?;
        value = value.max(low);
    }
    if let Some(high) = high {
        value = value.min(high.ok_or_else(too_large)?);
    }
    if whole {
        value = decimal(&from_decimal(value), 0).ok_or_else(too_large)?;
    }
    Amount::new(value).map_err(|_| too_large())
}

fn too_large(uncertain: &Uncertain) -> Error {
    Error::single(
        Code::TooLargeFigure,
        uncertain.parameter.shown(),
        message!("the mean is too large to write", "la moyenne est trop grande pour être écrite"),
    )
}

/// A number with so many decimals, half to even.
fn decimal(value: &BigRational, decimals: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(scaled_half_even(value, decimals).to_i128()?, decimals).ok()
}
