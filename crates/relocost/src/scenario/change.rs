//! A scenario with parameters set by their paths: the what-if behind variants and bindings.
//!
//! What replaces, replaces; what scales the same thing, multiplies; a shift of an index is added to every year. The
//! domains are those of uncertain parameters, and a value outside is refused rather than moved.

use std::sync::Arc;

use num_rational::BigRational;
use rust_decimal::Decimal;

use super::household::Household;
use super::line::{Price, Priced};
use super::{Scenario, Setting};
use crate::error::{Code, Error};
use crate::exact::from_decimal;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::{closest, did_you_mean};
use crate::types::{Amount, Id, Increase, Parameter};

/// The least that a shifted increase may come to.
pub(crate) const LEAST_INCREASE: Decimal = Decimal::from_parts(99, 0, 0, true, 2);
/// The least that an exchange rate may be multiplied by.
pub(crate) const LEAST_RATE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
/// The least stretch of a profile.
pub(crate) const LEAST_STRETCH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

impl Scenario {
    /// The scenario with parameters set. Of a scenario that was made by `with` it goes on from there: an amount is
    /// replaced again, factors of the same thing multiply, shifts of an index add up.
    ///
    /// What scales (factors, exchange rates, the stretch of a profile) is kept beside what a file can say, since the
    /// product need not fit its decimals: [`Scenario::to_toml`] and [`Scenario::to_json`] refuse a scenario that has any.
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
                return Err(Error::single(
                    Code::Duplicate,
                    parameter.to_string(),
                    message!("is set twice", "est fixé deux fois"),
                ));
            }
            let refused = set(setting, parameter, *value);
            refused.map_err(|refusal| explained(&self.inner().setting, parameter, refusal))?;
        }
        Ok(Self::from_inner(changed))
    }

    /// The value of a parameter as the scenario stands: an amount, events a year, months of a stage, or the stretch of
    /// a profile.
    ///
    /// A factor is 1 and the shift of an index 0 however the scenario came about: what [`Scenario::with`] sets them to
    /// is multiplied by, or added to, what an earlier `with` made of the scenario.
    ///
    /// ```
    /// use relocost::Parameter;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let (amount, factor): (Parameter, Parameter) = ("lines.rent.amount".parse()?, "lines.rent.factor".parse()?);
    /// let changed = scenario.with(&[(amount.clone(), "1100".parse()?), (factor.clone(), "1.2".parse()?)])?;
    /// assert_eq!(changed.parameter(&amount)?, "1100".parse()?);
    /// assert_eq!(changed.parameter(&factor)?, "1".parse()?); // a second 1.2 would make it 1.44 times as dear
    /// assert!(scenario.parameter(&"lines.rnt.amount".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The scenario has no such parameter.
    pub fn parameter(&self, parameter: &Parameter) -> Result<Amount, Error> {
        let setting = &self.inner().setting;
        standing(setting, parameter).map_err(|refusal| explained(setting, parameter, refusal))
    }

    /// The scenario with another household from the same month on.
    pub(crate) fn with_members(&self, change: impl FnOnce(&mut Household)) -> Self {
        let mut household = self.household().clone();
        change(&mut household);
        self.with_household(household, self.start())
    }
}

/// Why a parameter cannot be set.
type Refusal = (Code, Message);

/// The error of a refusal; of a parameter that the scenario lacks, with the nearest that it has.
fn explained(setting: &Setting, parameter: &Parameter, (code, message): Refusal) -> Error {
    let near = if code == Code::UnknownName { nearest(setting, parameter) } else { None };
    let hint = did_you_mean(near.map(|path| path.to_string()).as_deref());
    Error::single(code, parameter.to_string(), message!("{message}{hint}", "{message}{hint}", message, hint))
}

/// The parameter of the same kind whose name is close.
fn nearest(setting: &Setting, parameter: &Parameter) -> Option<Parameter> {
    let close = |id: &Id, ids: &mut dyn Iterator<Item = &Id>| {
        let found = closest(id.as_str(), ids.map(Id::as_str))?;
        Id::parse(found).ok()
    };
    Some(match parameter {
        Parameter::LineAmount(id) => Parameter::LineAmount(close(id, &mut setting.lines.keys())?),
        Parameter::LineFactor(id) => Parameter::LineFactor(close(id, &mut setting.lines.keys())?),
        Parameter::EventRate(id) => Parameter::EventRate(close(id, &mut setting.lines.keys())?),
        Parameter::SeverityFactor(id) => Parameter::SeverityFactor(close(id, &mut setting.lines.keys())?),
        Parameter::CategoryFactor(id) => {
            Parameter::CategoryFactor(close(id, &mut setting.categories.iter().map(|category| &category.id))?)
        }
        Parameter::Index(name) => Parameter::Index(close(name, &mut setting.rates.index.keys())?),
        Parameter::ProfileStretch(name) => Parameter::ProfileStretch(close(name, &mut setting.profiles.keys())?),
        Parameter::StageMonths(name, stage) => {
            Parameter::StageMonths(close(name, &mut setting.pathways.keys())?, *stage)
        }
        Parameter::ExchangeRate(_) => return None,
    })
}

fn unknown() -> Refusal {
    (Code::UnknownName, message!("the scenario has no such parameter", "le scénario n'a pas ce paramètre"))
}

fn no_amount() -> Refusal {
    (
        Code::Conflict,
        message!("the line has something else instead of one amount", "le poste a autre chose qu'un montant unique"),
    )
}

fn no_event() -> Refusal {
    (
        Code::Conflict,
        message!("the line has an amount instead of an event", "le poste a un montant au lieu d'un événement"),
    )
}

/// The value of a parameter, whether it stands in a file or is the one that changes nothing.
fn standing(setting: &Setting, parameter: &Parameter) -> Result<Amount, Refusal> {
    let price = |id| setting.lines.get(id).ok_or_else(unknown)?.price().ok_or_else(no_amount);
    let known = |is_known: bool, value| if is_known { Ok(value) } else { Err(unknown()) };
    match parameter {
        Parameter::LineAmount(id) => match price(id)? {
            Price::Amount(amount) => Ok(*amount),
            Price::Event { .. } | Price::Dated(_) => Err(no_amount()),
        },
        Parameter::EventRate(id) | Parameter::SeverityFactor(id) => match (price(id)?, parameter) {
            (Price::Amount(_) | Price::Dated(_), _) => Err(no_event()),
            (Price::Event { per_year, .. }, Parameter::EventRate(_)) => Ok(*per_year),
            (Price::Event { .. }, _) => Ok(Amount::ONE),
        },
        Parameter::LineFactor(id) => price(id).map(|_| Amount::ONE),
        Parameter::CategoryFactor(id) => {
            known(setting.categories.iter().any(|category| category.id == *id), Amount::ONE)
        }
        Parameter::Index(name) => known(setting.rates.index.contains_key(name), whole(0)?),
        Parameter::ExchangeRate(currency) => known(setting.rates.fx.contains_key(currency), Amount::ONE),
        Parameter::ProfileStretch(name) => {
            setting.profiles.get(name).map(|profile| profile.stretch).ok_or_else(unknown)
        }
        Parameter::StageMonths(name, stage) => {
            let stage = setting.pathways.get(name).and_then(|pathway| pathway.stages.get(*stage));
            whole(stage.and_then(|stage| stage.months).ok_or_else(unknown)?)
        }
    }
}

fn whole(number: u32) -> Result<Amount, Refusal> {
    Amount::new(Decimal::from(number)).map_err(|error| (Code::BadDecimal, error.explain("")))
}

/// The price of a line, if it has one.
fn priced<'s>(setting: &'s mut Setting, id: &Id) -> Result<Option<&'s mut Priced>, Refusal> {
    Ok(setting.lines.get_mut(id).ok_or_else(unknown)?.priced_mut())
}

fn set(setting: &mut Setting, parameter: &Parameter, value: Amount) -> Result<(), Refusal> {
    let number = value.to_decimal();
    let outside =
        |expected: Message| (Code::OutOfRange, message!("expected {expected}", "attendu : {expected}", expected));
    let not_negative = || {
        if number < Decimal::ZERO { Err(outside(message!("0 or more", "0 ou plus"))) } else { Ok(from_decimal(number)) }
    };
    match parameter {
        Parameter::LineAmount(id) => {
            match priced(setting, id)?.map(|priced| &mut priced.price).ok_or_else(no_amount)? {
                Price::Event { .. } | Price::Dated(_) => Err(no_amount()),
                Price::Amount(amount) if amount.to_decimal() > Decimal::ZERO && number < Decimal::ZERO => {
                    Err(outside(message!("0 or more", "0 ou plus")))
                }
                Price::Amount(amount) if amount.to_decimal() < Decimal::ZERO && number > Decimal::ZERO => Err(outside(
                    message!("0 or less, since the line is a credit", "0 ou moins, car le poste est un crédit"),
                )),
                Price::Amount(amount) => {
                    *amount = value;
                    Ok(())
                }
            }
        }
        Parameter::LineFactor(id) => {
            setting.lines.get_mut(id).ok_or_else(unknown)?.factor *= not_negative()?;
            Ok(())
        }
        Parameter::CategoryFactor(id) => {
            let factor = not_negative()?;
            setting.categories.iter().find(|category| category.id == *id).ok_or_else(unknown)?;
            let known = setting.category_factors.entry(id.clone());
            *known.or_insert_with(|| BigRational::from_integer(1.into())) *= factor;
            Ok(())
        }
        Parameter::EventRate(id) | Parameter::SeverityFactor(id) => {
            let factor = not_negative()?;
            let line = setting.lines.get_mut(id).ok_or_else(unknown)?;
            match (line.priced_mut().map(|priced| &mut priced.price), parameter) {
                (Some(Price::Event { per_year, .. }), Parameter::EventRate(_)) => *per_year = value,
                (Some(Price::Event { .. }), _) => line.factor *= factor,
                _ => return Err(no_event()),
            }
            Ok(())
        }
        Parameter::Index(name) => {
            let table = setting.rates.index.get_mut(name).ok_or_else(unknown)?;
            let shift = |increase: &mut Increase| {
                let sum = increase.to_decimal().checked_add(number).filter(|sum| *sum >= LEAST_INCREASE);
                *increase = sum.and_then(|sum| Increase::new(sum).ok()).ok_or_else(|| {
                    outside(message!(
                        "no increase of the table to come below -0.99",
                        "aucune hausse de la table inférieure à -0.99"
                    ))
                })?;
                Ok::<(), Refusal>(())
            };
            table.increases.default.iter_mut().chain(table.increases.years.values_mut()).try_for_each(shift)
        }
        Parameter::ExchangeRate(currency) => {
            setting.rates.fx.get(currency).ok_or_else(unknown)?;
            if number < LEAST_RATE {
                return Err(outside(message!("0.000001 or more", "0.000001 ou plus")));
            }
            let factor =
                setting.rates.fx_factors.entry(*currency).or_insert_with(|| BigRational::from_integer(1.into()));
            *factor *= from_decimal(number);
            Ok(())
        }
        Parameter::ProfileStretch(name) => {
            let profile = setting.profiles.get_mut(name).ok_or_else(unknown)?;
            let fits = number >= LEAST_STRETCH && number.mantissa() < 10_i128.pow(18);
            if !fits {
                return Err(outside(message!(
                    "0.01 or more, with at most 18 digits",
                    "0.01 ou plus, avec au plus 18 chiffres"
                )));
            }
            profile.stretch = value;
            Ok(())
        }
        Parameter::StageMonths(name, stage) => {
            let horizon = setting.horizon_months.min(limits::HORIZON_MONTHS);
            let stages = &mut setting.pathways.get_mut(name).ok_or_else(unknown)?.stages;
            let months = stages.get_mut(*stage).and_then(|stage| stage.months.as_mut()).ok_or_else(unknown)?;
            let whole = u32::try_from(number.mantissa()).ok().filter(|whole| number.scale() == 0 && *whole <= horizon);
            *months = whole.ok_or_else(|| {
                outside(message!(
                    "a whole number of months from 0 to the horizon",
                    "un nombre entier de mois de 0 à l'horizon"
                ))
            })?;
            Ok(())
        }
    }
}
