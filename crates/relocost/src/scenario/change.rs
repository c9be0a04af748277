//! A scenario with parameters set by their paths: the what-if behind variants and bindings.
//!
//! A replacement replaces; two factors on the same thing multiply; a shift of an index is added to every year. The
//! domains are those of uncertain parameters, and a value outside is refused rather than moved.

use num_rational::BigRational;
use rust_decimal::Decimal;

use super::household::Household;
use super::line::{Charge, Price, Priced};
use super::{Inner, Scenario, Setting};
use crate::error::{Code, Error, Finding, Place};
use crate::exact::from_decimal;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::{closest, did_you_mean};
use crate::reading::Findings;
use crate::types::{Amount, Id, Increase, Month, Parameter, ParameterValue};

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
    /// Factors (on prices, exchange rates, the stretch of a profile) are kept beside the values that a file can hold,
    /// since the product need not fit its decimals: [`Scenario::to_toml`] and [`Scenario::to_json`] refuse a scenario
    /// that has any.
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
    pub fn with(&self, changes: &[(Parameter, ParameterValue)]) -> Result<Self, Error> {
        self.changed(changes, |_, key| (key, None))
    }

    /// As [`Scenario::with`]. What is refused of a change has the key and the place that `named` gives, from its place among
    /// the changes and the parameter's path.
    pub(super) fn changed(
        &self,
        changes: &[(Parameter, ParameterValue)],
        named: impl Fn(usize, String) -> (String, Option<Place>),
    ) -> Result<Self, Error> {
        let refused = |place: usize, (code, message): Refusal| {
            let (key, place) = named(place, changes[place].0.shown());
            Finding { code, place, key, message }
        };
        let mut ordered: Vec<(usize, &(Parameter, ParameterValue))> = changes.iter().enumerate().collect();
        if let Some(&(place, _)) =
            ordered.iter().find(|(place, (set, _))| changes[..*place].iter().any(|it| it.0 == *set))
        {
            let twice = (Code::Duplicate, message!("is set twice", "est fixé deux fois"));
            return Err(Error::new(vec![refused(place, twice)], 0));
        }
        ordered.sort_by_key(|(_, (parameter, _))| rank(parameter));
        let mut changed = self.inner().clone();
        let (mut wrong, mut unset): (_, Vec<&Parameter>) = (Findings::default(), Vec::new());
        for (place, (parameter, value)) in ordered {
            // What may only look wrong is looked at once the other is mended.
            if unset.iter().any(|earlier| bounds(earlier, parameter)) {
                continue;
            }
            let set = match (parameter, value) {
                (Parameter::Start, ParameterValue::Month(month)) => begin(&mut changed, *month),
                (Parameter::Start, _) => Err(no_month()),
                (_, ParameterValue::Month(_)) => Err(no_number()),
                (_, ParameterValue::Number(value)) => set(changed.setting_mut(), parameter, *value),
            };
            if let Err(refusal) = set {
                unset.push(parameter);
                wrong.add(place, || refused(place, explained(&self.inner().setting, parameter, refusal)));
            }
        }
        wrong.finish()?;
        Ok(Self::from_inner(changed))
    }

    /// The value of a parameter as the scenario stands: an amount, events a year, months of a stage, the stretch of a
    /// profile, a rate, a share, the start. `rates.fx.<currency>` is the rate of the first month.
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
    pub fn parameter(&self, parameter: &Parameter) -> Result<ParameterValue, Error> {
        let (inner, setting) = (self.inner(), &self.inner().setting);
        let value = match parameter {
            Parameter::Start => Ok(inner.start.into()),
            _ => standing(setting, parameter, inner.start).map(Into::into),
        };
        value.map_err(|refusal| {
            let (code, message) = explained(setting, parameter, refusal);
            Error::single(code, parameter.shown(), message)
        })
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

/// A refusal as it is told; of a parameter that the scenario lacks, with the nearest that it has.
fn explained(setting: &Setting, parameter: &Parameter, (code, message): Refusal) -> Refusal {
    let near = if code == Code::UnknownName { nearest(setting, parameter) } else { None };
    let hint = did_you_mean(near.map(|path| path.to_string()).as_deref());
    (code, message!("{message}{hint}", "{message}{hint}", message, hint))
}

/// True if a parameter's value decides which values another can have.
fn bounds(parameter: &Parameter, other: &Parameter) -> bool {
    match (parameter, other) {
        (Parameter::HorizonMonths, Parameter::StageMonths(..)) => true,
        (Parameter::Increase(of, _), Parameter::IndexShift(name)) => of == name,
        _ => false,
    }
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
        Parameter::IndexShift(name) => Parameter::IndexShift(close(name, &mut setting.rates.index.keys())?),
        Parameter::Increase(name, year) => Parameter::Increase(close(name, &mut setting.rates.index.keys())?, *year),
        Parameter::Tariff(id, month) => Parameter::Tariff(close(id, &mut setting.lines.keys())?, *month),
        Parameter::PercentageShare(id) => Parameter::PercentageShare(close(id, &mut setting.lines.keys())?),
        Parameter::ProfileStretch(name) => Parameter::ProfileStretch(close(name, &mut setting.profiles.keys())?),
        Parameter::StageMonths(name, stage) => {
            Parameter::StageMonths(close(name, &mut setting.pathways.keys())?, *stage)
        }
        // For a place not even the right name is shown.
        _ => return None,
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

fn no_percentage() -> Refusal {
    (Code::Conflict, message!("the line is no percentage", "le poste n'est pas un pourcentage"))
}

fn no_tariffs() -> Refusal {
    (Code::Conflict, message!("the line has no amounts by month", "le poste n'a pas de montants par mois"))
}

fn no_month() -> Refusal {
    (Code::WrongKind, message!("expected a month such as 2026-03", "attendu : un mois tel que 2026-03"))
}

fn no_number() -> Refusal {
    (Code::WrongKind, message!("expected a number", "attendu : un nombre"))
}

fn drawn_anew() -> Refusal {
    (
        Code::Conflict,
        message!(
            "is drawn anew for each year; set the rates of years instead",
            "est tiré à nouveau chaque année ; fixer plutôt les taux des années"
        ),
    )
}

/// The rank of a change: replacements come before factors and shifts, and of two rates that overlap the wider one comes
/// first, so that the narrower holds.
fn rank(parameter: &Parameter) -> u8 {
    match parameter {
        Parameter::Start | Parameter::HorizonMonths => 0,
        Parameter::ExchangeRate(_) => 1,
        Parameter::ExchangeRateOfYear(..) => 2,
        Parameter::IndexShift(_) => 4,
        _ => 3,
    }
}

/// Lets a scenario begin in another month; births stay.
fn begin(scenario: &mut Inner, month: Month) -> Result<(), Refusal> {
    let oldest = month.plus(-12 * i32::try_from(limits::AGE_YEARS + 1).unwrap_or(0));
    if scenario.household.members.iter().any(|member| member.born <= oldest) {
        let message = message!(
            "somebody would be older than {most} years",
            "quelqu'un aurait plus de {most} ans",
            most = limits::AGE_YEARS
        );
        return Err((Code::OutOfRange, message));
    }
    scenario.start = month;
    Ok(())
}

/// The value of a parameter, whether it stands in a file or is the one that changes nothing.
fn standing(setting: &Setting, parameter: &Parameter, start: Month) -> Result<Amount, Refusal> {
    let rates = |currency| setting.rates.fx.get(currency).ok_or_else(unknown);
    let no_rate = || (Code::MissingRate, message!("no rate is given there", "aucun taux n'y est donné"));
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
        Parameter::LineFactor(id) => known(setting.lines.contains_key(id), Amount::ONE),
        Parameter::CategoryFactor(id) => {
            known(setting.categories.iter().any(|category| category.id == *id), Amount::ONE)
        }
        Parameter::IndexShift(name) => known(setting.rates.index.contains_key(name), whole(0)?),
        Parameter::IndexYearly(_) | Parameter::ExchangeYearly(_) => Err(drawn_anew()),
        Parameter::AgreementSlip(_) => Err(unknown()),
        Parameter::Increase(name, year) => {
            let table = &setting.rates.index.get(name).ok_or_else(unknown)?.increases;
            let increase = year.map_or(table.default, |year| table.get(year)).ok_or_else(no_rate)?;
            Amount::new(increase.to_decimal()).map_err(|error| (Code::BadDecimal, error.explain("")))
        }
        Parameter::ExchangeFactor(currency) => rates(currency).map(|_| Amount::ONE),
        Parameter::ExchangeRate(currency) => rates(currency)?.get(start).ok_or_else(no_rate),
        Parameter::ExchangeRateOfYear(currency, year) => rates(currency)?.by_year.get(*year).ok_or_else(no_rate),
        Parameter::ExchangeRateOfMonth(currency, month) => rates(currency)?.get(*month).ok_or_else(no_rate),
        Parameter::LevelFactor(place) => known(setting.places.iter().any(|known| known.id == *place), Amount::ONE),
        Parameter::Level(place, category) => {
            let levels = setting.rates.level.get(place);
            let level = levels.and_then(|levels| levels.by_category.get(category)).copied();
            let is_declared = setting.places.iter().any(|known| known.id == *place)
                && setting.categories.iter().any(|known| known.id == *category);
            known(is_declared, level.unwrap_or(Amount::ONE))
        }
        Parameter::Tariff(id, month) => {
            let price = setting.lines.get(id).ok_or_else(unknown)?.price().ok_or_else(no_tariffs)?;
            let Price::Dated(tariffs) = price else { return Err(no_tariffs()) };
            let first = tariffs.values().next().copied();
            price.tariff(*month).map(|(_, amount)| amount).or(first).ok_or_else(no_tariffs)
        }
        Parameter::PercentageShare(id) => match &setting.lines.get(id).ok_or_else(unknown)?.charge {
            Charge::Percentage(percentage) => Ok(percentage.share),
            _ => Err(no_percentage()),
        },
        Parameter::Start => Err(no_number()), // a month
        Parameter::HorizonMonths => whole(setting.horizon_months),
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
    let above_0 = || {
        if number > Decimal::ZERO {
            Ok(value)
        } else {
            Err(outside(message!("a number above 0", "un nombre supérieur à 0")))
        }
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
        Parameter::IndexShift(name) => {
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
        Parameter::ExchangeFactor(currency) => {
            setting.rates.fx.get(currency).ok_or_else(unknown)?;
            if number < LEAST_RATE {
                return Err(outside(message!("0.000001 or more", "0.000001 ou plus")));
            }
            let factor =
                setting.rates.fx_factors.entry(*currency).or_insert_with(|| BigRational::from_integer(1.into()));
            *factor *= from_decimal(number);
            Ok(())
        }
        Parameter::IndexYearly(_) | Parameter::ExchangeYearly(_) => Err(drawn_anew()),
        Parameter::AgreementSlip(_) => Err(unknown()),
        Parameter::ExchangeRate(currency) => {
            let rates = setting.rates.fx.get_mut(currency).ok_or_else(unknown)?;
            rates.by_year.default = Some(above_0()?);
            rates.by_year.years.clear();
            rates.months.clear();
            Ok(())
        }
        Parameter::ExchangeRateOfYear(currency, year) => {
            let rates = setting.rates.fx.get_mut(currency).ok_or_else(unknown)?;
            rates.by_year.years.insert(*year, above_0()?);
            rates.months.retain(|month, _| month.year() != *year);
            Ok(())
        }
        Parameter::ExchangeRateOfMonth(currency, month) => {
            let rates = setting.rates.fx.get_mut(currency).ok_or_else(unknown)?;
            rates.months.insert(*month, above_0()?);
            Ok(())
        }
        Parameter::Increase(name, year) => {
            let table = &mut setting.rates.index.get_mut(name).ok_or_else(unknown)?.increases;
            let increase = Increase::new(number)
                .map_err(|_| outside(message!("a number above -1", "un nombre supérieur à -1")))?;
            match year {
                Some(year) => drop(table.years.insert(*year, increase)),
                None => table.default = Some(increase),
            }
            Ok(())
        }
        Parameter::LevelFactor(place) => {
            let factor = not_negative()?;
            setting.places.iter().find(|known| known.id == *place).ok_or_else(unknown)?;
            let known = setting.rates.level_factors.entry(place.clone());
            *known.or_insert_with(|| BigRational::from_integer(1.into())) *= factor;
            Ok(())
        }
        Parameter::Level(place, category) => {
            let level = above_0()?;
            setting.places.iter().find(|known| known.id == *place).ok_or_else(unknown)?;
            setting.categories.iter().find(|known| known.id == *category).ok_or_else(unknown)?;
            setting.rates.level.entry(place.clone()).or_default().by_category.insert(category.clone(), level);
            Ok(())
        }
        Parameter::Tariff(id, month) => {
            let line = setting.lines.get_mut(id).ok_or_else(unknown)?;
            let Some(Priced { price: Price::Dated(tariffs), credit, .. }) = line.priced_mut() else {
                return Err(no_tariffs());
            };
            match (*credit, number) {
                (false, number) if number < Decimal::ZERO => Err(outside(message!("0 or more", "0 ou plus"))),
                (true, number) if number > Decimal::ZERO => Err(outside(message!(
                    "0 or less, since the line is a credit",
                    "0 ou moins, car le poste est un crédit"
                ))),
                _ => {
                    tariffs.insert(*month, value);
                    Ok(())
                }
            }
        }
        Parameter::PercentageShare(id) => {
            let share = above_0()?;
            match &mut setting.lines.get_mut(id).ok_or_else(unknown)?.charge {
                Charge::Percentage(percentage) => percentage.share = share,
                _ => return Err(no_percentage()),
            }
            Ok(())
        }
        Parameter::Start => Err(no_month()),
        Parameter::HorizonMonths => {
            let most = limits::HORIZON_MONTHS;
            let whole = u32::try_from(number.mantissa()).ok();
            let whole = whole.filter(|whole| number.scale() == 0 && (1..=most).contains(whole));
            setting.horizon_months = whole.ok_or_else(|| {
                outside(message!("a whole number of months from 1 to {most}", "un nombre entier de mois de 1 à {most}"))
            })?;
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
