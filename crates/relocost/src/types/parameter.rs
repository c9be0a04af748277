//! The parameters of a scenario that a question can set and that can be uncertain, by the paths of their keys.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::{Currency, Id, Month};
use crate::error::{Code, Error};
use crate::message;
use crate::message::Message;
use crate::names::closest;

/// The years of which a rate may be: those of months.
const YEARS: RangeInclusive<i32> = 1800..=2999;

/// A parameter of a scenario, by its path. Those of the first group may be uncertain; what-ifs set all but the two that
/// are drawn anew for each year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameter {
    /// `lines.<id>.amount`: replaces the amount.
    LineAmount(Id),
    /// `lines.<id>.factor`: scales the line.
    LineFactor(Id),
    /// `categories.<id>.factor`: scales every line of the category.
    CategoryFactor(Id),
    /// `lines.<id>.event.per_year`: replaces the rate of events.
    EventRate(Id),
    /// `lines.<id>.event.severity.factor`: scales the cost of each event.
    SeverityFactor(Id),
    /// `rates.index.<name>.shift`: is added to every year's increase.
    IndexShift(Id),
    /// `rates.index.<name>.yearly`: is drawn anew for each year after the start's, and added to its increase.
    IndexYearly(Id),
    /// `rates.fx.<currency>.factor`: scales the rates of all months.
    ExchangeFactor(Currency),
    /// `rates.fx.<currency>.yearly`: is drawn anew for each year after the start's, and scales the rates from then on.
    ExchangeYearly(Currency),
    /// `rates.level.<place>.factor`: scales the price level of every category at a place.
    LevelFactor(Id),
    /// `profiles.<name>.stretch`: scales the months of the knots.
    ProfileStretch(Id),
    /// `pathways.<name>.<stage>.months`: replaces the months of a stage, counted from 0 as written.
    StageMonths(Id, usize),
    /// `agreements.<id>.slip`: the months by which an agreement's grants come later, of a programme; nothing but chance
    /// sets it, and what it is drawn from stands with the agreement.
    AgreementSlip(Id),
    /// `rates.fx.<currency>`: the rate of all months.
    ExchangeRate(Currency),
    /// `rates.fx.<currency>.<year>`: the rate of a year and of its months.
    ExchangeRateOfYear(Currency, i32),
    /// `rates.fx.<currency>.<month>`: the rate of a month.
    ExchangeRateOfMonth(Currency, Month),
    /// `rates.index.<name>.<year>`, or `default`: the increase of a year, or of those that have none of their own.
    Increase(Id, Option<i32>),
    /// `rates.level.<place>.<category>`: the price level of a category at a place.
    Level(Id, Id),
    /// `lines.<id>.amounts.<month>`: the amount from a month on.
    Tariff(Id, Month),
    /// `lines.<id>.percentage.share`: the share of a percentage line.
    PercentageShare(Id),
    /// `start`: the first month; births stay.
    Start,
    /// `horizon_months`: how many months are costed.
    HorizonMonths,
}

/// The forms of the path of a parameter that may be uncertain, in the order of [`Parameter`].
pub(crate) const PARAMETER_FORMS: &[&str] = &[
    "lines.<id>.amount",
    "lines.<id>.factor",
    "categories.<id>.factor",
    "lines.<id>.event.per_year",
    "lines.<id>.event.severity.factor",
    "rates.index.<name>.shift",
    "rates.index.<name>.yearly",
    "rates.fx.<currency>.factor",
    "rates.fx.<currency>.yearly",
    "rates.level.<place>.factor",
    "profiles.<name>.stretch",
    "pathways.<name>.<stage>.months",
];

/// The forms of the path of what only what-ifs, grids and variants set.
pub(crate) const SET_FORMS: &[&str] = &[
    "rates.fx.<currency>",
    "rates.fx.<currency>.<year or month>",
    "rates.index.<name>.<year or default>",
    "rates.level.<place>.<category>",
    "lines.<id>.amounts.<month>",
    "lines.<id>.percentage.share",
    "start",
    "horizon_months",
];

impl Parameter {
    /// The parameter of a path, whether or not a scenario has it.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let id = |name: &str| Id::parse(name).ok();
        let year = |text: &str| text.parse().ok().filter(|year: &i32| YEARS.contains(year) && year.to_string() == text);
        match path.split('.').collect::<Vec<_>>()[..] {
            ["lines", line, "amount"] => id(line).map(Self::LineAmount),
            ["lines", line, "factor"] => id(line).map(Self::LineFactor),
            ["lines", line, "amounts", month] => Some(Self::Tariff(id(line)?, month.parse().ok()?)),
            ["lines", line, "percentage", "share"] => id(line).map(Self::PercentageShare),
            ["categories", category, "factor"] => id(category).map(Self::CategoryFactor),
            ["lines", line, "event", "per_year"] => id(line).map(Self::EventRate),
            ["lines", line, "event", "severity", "factor"] => id(line).map(Self::SeverityFactor),
            ["rates", "index", name, "shift"] => id(name).map(Self::IndexShift),
            ["rates", "index", name, "yearly"] => id(name).map(Self::IndexYearly),
            ["rates", "index", name, "default"] => Some(Self::Increase(id(name)?, None)),
            ["rates", "index", name, of] => Some(Self::Increase(id(name)?, Some(year(of)?))),
            ["rates", "fx", code] => Currency::from_code(code).map(Self::ExchangeRate),
            ["rates", "fx", code, of] => {
                let currency = Currency::from_code(code)?;
                match of {
                    "factor" => Some(Self::ExchangeFactor(currency)),
                    "yearly" => Some(Self::ExchangeYearly(currency)),
                    _ => match year(of) {
                        Some(year) => Some(Self::ExchangeRateOfYear(currency, year)),
                        None => Some(Self::ExchangeRateOfMonth(currency, of.parse().ok()?)),
                    },
                }
            }
            ["rates", "level", place, "factor"] => id(place).map(Self::LevelFactor),
            ["rates", "level", place, category] => {
                Some(Self::Level(id(place)?, id(category).filter(|category| category.as_str() != "source")?))
            }
            ["profiles", name, "stretch"] => id(name).map(Self::ProfileStretch),
            ["pathways", name, stage, "months"] => {
                let index: usize = stage.parse().ok()?;
                (index.to_string() == stage).then(|| id(name).map(|name| Self::StageMonths(name, index)))?
            }
            ["agreements", agreement, "slip"] => id(agreement).map(Self::AgreementSlip),
            ["start"] => Some(Self::Start),
            ["horizon_months"] => Some(Self::HorizonMonths),
            _ => None,
        }
    }

    /// True if a scenario may declare it uncertain.
    pub fn may_be_uncertain(&self) -> bool {
        !matches!(
            self,
            Self::ExchangeRate(_)
                | Self::ExchangeRateOfYear(..)
                | Self::ExchangeRateOfMonth(..)
                | Self::Increase(..)
                | Self::Level(..)
                | Self::Tariff(..)
                | Self::PercentageShare(_)
                | Self::Start
                | Self::HorizonMonths
        )
    }

    /// True if it is drawn anew for each year, so that nothing but chance sets it.
    ///
    /// ```
    /// let yearly: relocost::Parameter = "rates.index.housing.yearly".parse()?;
    /// assert!(yearly.is_yearly() && yearly.may_be_uncertain());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn is_yearly(&self) -> bool {
        matches!(self, Self::IndexYearly(_) | Self::ExchangeYearly(_))
    }

    /// The path as an error shows it: without a place, which tells where a household is.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::LevelFactor(_) => "rates.level.(not shown).factor".to_owned(),
            Self::AgreementSlip(_) => "agreements.(not shown).slip".to_owned(),
            Self::Level(_, category) => format!("rates.level.(not shown).{category}"),
            _ => self.to_string(),
        }
    }
}

/// True if a path, well formed or not, may name a place or an agreement, which tells where households live.
pub(crate) fn may_name_place(path: &str) -> bool {
    path.split('.').any(|part| closest(part, ["level", "agreements"]).is_some())
}

/// The present name of a path that earlier versions had.
pub(crate) fn renamed(path: &str) -> Option<String> {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["rates", "index", name] if Id::parse(name).is_ok() => Some(format!("{path}.shift")),
        ["rates", "fx", code] if Currency::from_code(code).is_some() => Some(format!("{path}.factor")),
        _ => None,
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LineAmount(id) => write!(f, "lines.{id}.amount"),
            Self::LineFactor(id) => write!(f, "lines.{id}.factor"),
            Self::CategoryFactor(id) => write!(f, "categories.{id}.factor"),
            Self::EventRate(id) => write!(f, "lines.{id}.event.per_year"),
            Self::SeverityFactor(id) => write!(f, "lines.{id}.event.severity.factor"),
            Self::IndexShift(name) => write!(f, "rates.index.{name}.shift"),
            Self::IndexYearly(name) => write!(f, "rates.index.{name}.yearly"),
            Self::ExchangeFactor(currency) => write!(f, "rates.fx.{currency}.factor"),
            Self::ExchangeYearly(currency) => write!(f, "rates.fx.{currency}.yearly"),
            Self::LevelFactor(place) => write!(f, "rates.level.{place}.factor"),
            Self::ProfileStretch(name) => write!(f, "profiles.{name}.stretch"),
            Self::StageMonths(name, stage) => write!(f, "pathways.{name}.{stage}.months"),
            Self::AgreementSlip(id) => write!(f, "agreements.{id}.slip"),
            Self::ExchangeRate(currency) => write!(f, "rates.fx.{currency}"),
            Self::ExchangeRateOfYear(currency, year) => write!(f, "rates.fx.{currency}.{year}"),
            Self::ExchangeRateOfMonth(currency, month) => write!(f, "rates.fx.{currency}.{month}"),
            Self::Increase(name, None) => write!(f, "rates.index.{name}.default"),
            Self::Increase(name, Some(year)) => write!(f, "rates.index.{name}.{year}"),
            Self::Level(place, category) => write!(f, "rates.level.{place}.{category}"),
            Self::Tariff(id, month) => write!(f, "lines.{id}.amounts.{month}"),
            Self::PercentageShare(id) => write!(f, "lines.{id}.percentage.share"),
            Self::Start => f.write_str("start"),
            Self::HorizonMonths => f.write_str("horizon_months"),
        }
    }
}

impl FromStr for Parameter {
    type Err = Error;

    fn from_str(path: &str) -> Result<Self, Error> {
        Self::parse(path).ok_or_else(|| Error::single(Code::UnknownName, "parameter", no_path(path, true)))
    }
}

/// The message for a path that no parameter has; for a path of earlier versions, with its present name.
pub(crate) fn no_path(path: &str, sets: bool) -> Message {
    if let Some(now) = renamed(path) {
        return message!("the path is now \"{now}\"", "le chemin est désormais « {now} »");
    }
    let mut forms = PARAMETER_FORMS.to_vec();
    if sets {
        forms.retain(|form| !form.ends_with(".yearly"));
        forms.extend(SET_FORMS);
    }
    let forms = forms.join(", ");
    message!("expected a path of one of the forms {forms}", "attendu : un chemin de l'une des formes {forms}")
}
