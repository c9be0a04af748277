//! The parameters of a scenario that a question can set and that can be uncertain, by the paths of their keys.

use std::fmt;
use std::str::FromStr;

use super::{Currency, Id};
use crate::error::{Code, Error};
use crate::message;

/// A parameter of a scenario, by its path.
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
    /// `rates.index.<name>`: is added to every year's increase.
    Index(Id),
    /// `rates.fx.<currency>`: scales all years.
    ExchangeRate(Currency),
    /// `profiles.<name>.stretch`: scales the months of the knots.
    ProfileStretch(Id),
    /// `pathways.<name>.<stage>.months`: replaces the months of a stage, counted from 0 as written.
    StageMonths(Id, usize),
}

/// The forms of a parameter's path, in the order of [`Parameter`].
pub(crate) const PARAMETER_FORMS: &[&str] = &[
    "lines.<id>.amount",
    "lines.<id>.factor",
    "categories.<id>.factor",
    "lines.<id>.event.per_year",
    "lines.<id>.event.severity.factor",
    "rates.index.<name>",
    "rates.fx.<currency>",
    "profiles.<name>.stretch",
    "pathways.<name>.<stage>.months",
];

impl Parameter {
    /// The parameter of a path, whether or not a scenario has it.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let id = |name: &str| Id::parse(name).ok();
        match path.split('.').collect::<Vec<_>>()[..] {
            ["lines", line, "amount"] => id(line).map(Self::LineAmount),
            ["lines", line, "factor"] => id(line).map(Self::LineFactor),
            ["categories", category, "factor"] => id(category).map(Self::CategoryFactor),
            ["lines", line, "event", "per_year"] => id(line).map(Self::EventRate),
            ["lines", line, "event", "severity", "factor"] => id(line).map(Self::SeverityFactor),
            ["rates", "index", name] => id(name).map(Self::Index),
            ["rates", "fx", code] => Currency::from_code(code).map(Self::ExchangeRate),
            ["profiles", name, "stretch"] => id(name).map(Self::ProfileStretch),
            ["pathways", name, stage, "months"] => {
                let index: usize = stage.parse().ok()?;
                (index.to_string() == stage).then(|| id(name).map(|name| Self::StageMonths(name, index)))?
            }
            _ => None,
        }
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
            Self::Index(name) => write!(f, "rates.index.{name}"),
            Self::ExchangeRate(currency) => write!(f, "rates.fx.{currency}"),
            Self::ProfileStretch(name) => write!(f, "profiles.{name}.stretch"),
            Self::StageMonths(name, stage) => write!(f, "pathways.{name}.{stage}.months"),
        }
    }
}

impl FromStr for Parameter {
    type Err = Error;

    fn from_str(path: &str) -> Result<Self, Error> {
        Self::parse(path).ok_or_else(|| {
            let forms = PARAMETER_FORMS.join(", ");
            Error::single(
                Code::UnknownName,
                "parameter",
                message!(
                    "expected a path of one of the forms {forms}",
                    "attendu : un chemin de l'une des formes {forms}"
                ),
            )
        })
    }
}
