//! A scenario with parameters set by their paths: the what-if behind variants and bindings.
//!
//! What replaces, replaces; what scales the same thing, multiplies; a shift of an index is added to every year. The
//! domains are those of uncertain parameters, and a value outside is refused rather than moved.

use std::sync::Arc;

use num_rational::BigRational;
use rust_decimal::Decimal;

use super::household::Household;
use super::line::Price;
use super::uncertain::Parameter;
use super::{Scenario, Setting};
use crate::error::{Code, Error};
use crate::exact::from_decimal;
use crate::limits;
use crate::types::{Amount, Increase};

/// The least that a shifted increase may come to.
const LEAST_INCREASE: Decimal = Decimal::from_parts(99, 0, 0, true, 2);

impl Scenario {
    /// The scenario with parameters set.
    ///
    /// ```
    /// use relocost::Parameter;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let dearer = scenario.with(&[("lines.rent.amount".parse()?, "1100".parse()?)])?;
    /// assert!(dearer.ledger("permanent")?.total().minor() > scenario.ledger("permanent")?.total().minor());
    /// assert!(scenario.with(&[("lines.rent.amount".parse()?, "-1".parse()?)]).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The scenario has no such parameter, one is set twice, or a value lies outside its domain.
    pub fn with(&self, changes: &[(Parameter, Amount)]) -> Result<Self, Error> {
        let mut changed = self.inner().clone();
        let setting = Arc::make_mut(&mut changed.setting);
        for (index, (parameter, value)) in changes.iter().enumerate() {
            if changes[..index].iter().any(|(earlier, _)| earlier == parameter) {
                return Err(Error::single(Code::Duplicate, parameter.to_string(), "is set twice"));
            }
            set(setting, parameter, *value)
                .map_err(|(code, message)| Error::single(code, parameter.to_string(), message))?;
        }
        Ok(Self::from_inner(changed))
    }

    /// The scenario with another household from the same month on.
    pub(crate) fn with_members(&self, change: impl FnOnce(&mut Household)) -> Self {
        let mut household = self.household().clone();
        change(&mut household);
        self.with_household(household, self.start())
    }
}

/// Why a parameter cannot be set.
type Refusal = (Code, String);

fn set(setting: &mut Setting, parameter: &Parameter, value: Amount) -> Result<(), Refusal> {
    let number = value.to_decimal();
    let unknown = || (Code::UnknownName, "the scenario has no such parameter".to_owned());
    let outside = |expected: &str| (Code::OutOfRange, format!("expected {expected}"));
    let not_negative = || if number < Decimal::ZERO { Err(outside("0 or more")) } else { Ok(from_decimal(number)) };
    match parameter {
        Parameter::LineAmount(id) => match &mut setting.lines.get_mut(id).ok_or_else(unknown)?.price {
            Price::Event { .. } => Err((Code::Conflict, "the line has an event instead of an amount".to_owned())),
            Price::Amount(amount) if amount.to_decimal() > Decimal::ZERO && number < Decimal::ZERO => {
                Err(outside("0 or more"))
            }
            Price::Amount(amount) if amount.to_decimal() < Decimal::ZERO && number > Decimal::ZERO => {
                Err(outside("0 or less, since the line is a credit"))
            }
            Price::Amount(amount) => {
                *amount = value;
                Ok(())
            }
        },
        Parameter::LineFactor(id) => {
            setting.lines.get_mut(id).ok_or_else(unknown)?.factor *= not_negative()?;
            Ok(())
        }
        Parameter::CategoryFactor(id) => {
            let factor = not_negative()?;
            setting.categories.iter().find(|category| category.id == *id).ok_or_else(unknown)?;
            for line in setting.lines.values_mut().filter(|line| line.category == *id) {
                line.factor *= &factor;
            }
            Ok(())
        }
        Parameter::EventRate(id) | Parameter::SeverityFactor(id) => {
            let factor = not_negative()?;
            let line = setting.lines.get_mut(id).ok_or_else(unknown)?;
            match (&mut line.price, parameter) {
                (Price::Amount(_), _) => {
                    return Err((Code::Conflict, "the line has an amount instead of an event".to_owned()));
                }
                (Price::Event { per_year, .. }, Parameter::EventRate(_)) => *per_year = value,
                (Price::Event { .. }, _) => line.factor *= factor,
            }
            Ok(())
        }
        Parameter::Index(name) => {
            let table = setting.rates.index.get_mut(name).ok_or_else(unknown)?;
            let shift = |increase: &mut Increase| {
                let sum = increase.to_decimal().checked_add(number).filter(|sum| *sum >= LEAST_INCREASE);
                *increase = sum
                    .and_then(|sum| Increase::new(sum).ok())
                    .ok_or_else(|| outside("no increase of the table to come below -0.99"))?;
                Ok::<(), Refusal>(())
            };
            table.default.iter_mut().chain(table.years.values_mut()).try_for_each(shift)
        }
        Parameter::ExchangeRate(currency) => {
            setting.rates.fx.get(currency).ok_or_else(unknown)?;
            if number < Decimal::from_parts(1, 0, 0, false, 6) {
                return Err(outside("0.000001 or more"));
            }
            let factor =
                setting.rates.fx_factors.entry(*currency).or_insert_with(|| BigRational::from_integer(1.into()));
            *factor *= from_decimal(number);
            Ok(())
        }
        Parameter::ProfileStretch(name) => {
            let profile = setting.profiles.get_mut(name).ok_or_else(unknown)?;
            let fits = number >= Decimal::from_parts(1, 0, 0, false, 2)
                && number.scale() <= 6
                && number < Decimal::from(1_000_000_000_u32);
            if !fits {
                return Err(outside("0.01 or more, below a thousand million, with at most 6 decimals"));
            }
            profile.stretch = value;
            Ok(())
        }
        Parameter::StageMonths(name, stage) => {
            let horizon = setting.horizon_months.min(limits::HORIZON_MONTHS);
            let stages = &mut setting.pathways.get_mut(name).ok_or_else(unknown)?.stages;
            let months = stages.get_mut(*stage).and_then(|stage| stage.months.as_mut()).ok_or_else(unknown)?;
            let whole = u32::try_from(number.mantissa()).ok().filter(|whole| number.scale() == 0 && *whole <= horizon);
            *months = whole.ok_or_else(|| outside("a whole number of months from 0 to the horizon"))?;
            Ok(())
        }
    }
}

impl std::str::FromStr for Parameter {
    type Err = Error;

    fn from_str(path: &str) -> Result<Self, Error> {
        Self::parse(path).ok_or_else(|| {
            let forms = super::uncertain::PARAMETER_FORMS.join(", ");
            Error::single(Code::UnknownName, "parameter", format!("expected a path of one of the forms {forms}"))
        })
    }
}
