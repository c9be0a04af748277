//! The value to which a parameter is set.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{Amount, DecimalError, Month, Parameter};
use crate::error::{Code, Error};
use crate::message;

/// The value to which a parameter is set: a number, or the month that `start` takes.
///
/// ```
/// use relocost::types::ParameterValue;
/// assert_eq!("0.95".parse::<ParameterValue>()?, ParameterValue::Number("0.95".parse()?));
/// assert_eq!("2027-04".parse::<ParameterValue>()?, ParameterValue::Month("2027-04".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterValue {
    /// A number.
    Number(Amount),
    /// A month.
    Month(Month),
}

impl ParameterValue {
    /// The number, unless it is a month.
    pub fn number(self) -> Option<Amount> {
        match self {
            Self::Number(number) => Some(number),
            Self::Month(_) => None,
        }
    }
}

impl Parameter {
    /// The value that a text gives: for `start` a month, for every other parameter a decimal.
    ///
    /// ```
    /// let (start, rent): (relocost::Parameter, relocost::Parameter) = ("start".parse()?, "lines.rent.amount".parse()?);
    /// assert_eq!(start.value("2027-04")?, relocost::Month::new(2027, 4).unwrap().into());
    /// assert_eq!(start.value("2027").unwrap_err().to_string(), "start: expected a month such as 2026-03");
    /// assert!(rent.value("1100,00").unwrap_err().to_string().contains("did you mean \"1100.00\"?"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The text is neither, under the parameter's path; a place is not shown.
    pub fn value(&self, text: &str) -> Result<ParameterValue, Error> {
        if matches!(self, Self::Start) {
            let wrong = message!("expected a month such as 2026-03", "attendu : un mois tel que 2026-03");
            let month = text.parse().map(ParameterValue::Month);
            return month.map_err(|_| Error::single(Code::WrongKind, self.shown(), wrong));
        }
        let number = text.parse().map(ParameterValue::Number);
        number.map_err(|error: DecimalError| Error::single(Code::BadDecimal, self.shown(), error.explain(text)))
    }
}

impl From<Amount> for ParameterValue {
    fn from(number: Amount) -> Self {
        Self::Number(number)
    }
}

impl From<Month> for ParameterValue {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}

impl FromStr for ParameterValue {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        if let Ok(month) = text.parse() {
            return Ok(Self::Month(month));
        }
        text.parse().map(Self::Number)
    }
}

impl fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Month(month) => month.fmt(f),
        }
    }
}

impl Serialize for ParameterValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Month(month) => serializer.collect_str(month),
        }
    }
}
