//! Calendar months, the unit of time of the model.
//!
//! A month is a count of months, so that no day, time zone or leap year can enter a figure.

use std::fmt;

use crate::error::{Code, Error};
use serde::{Serialize, Serializer};

/// A calendar month, written `YYYY-MM`, of the years 1800 to 2999.
///
/// ```
/// use relocost::Month;
/// let start: Month = "2026-03".parse()?;
/// assert_eq!(start.plus(10).to_string(), "2027-01");
/// assert_eq!(start.plus(10).months_since(start), 10);
/// assert!("2026-13".parse::<Month>().is_err());
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    pub(crate) const EPOCH: Self = Self(2000 * 12);
    pub(crate) const FIRST_YEAR: i32 = 1800;
    pub(crate) const LAST_YEAR: i32 = 2999;

    /// The month of a calendar year (1800 to 2999) and a number from 1 to 12; `None` outside.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let index = i32::try_from(month.checked_sub(1)?).ok()?;
        ((Self::FIRST_YEAR..=Self::LAST_YEAR).contains(&year) && index < 12).then(|| Self(year * 12 + index))
    }

    /// The month `months` later (earlier if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The number of months from `earlier` to this one (negative if this one comes first).
    pub fn months_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The number of the month in its year, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The fiscal year of this month where fiscal years begin in month `first` (1 to 12) and are named after the
    /// calendar year in which they begin.
    pub fn fiscal_year(self, first: u32) -> i32 {
        self.year() - i32::from(self.month() < first)
    }
}

impl std::str::FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            (digits(year, 4) && digits(month, 2)).then_some(())?;
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| {
            Error::single(
                Code::WrongKind,
                "month",
                crate::message!(
                    "expected a month such as \"2026-03\", of the years 1800 to 2999",
                    "attendu : un mois tel que \"2026-03\", des années 1800 à 2999"
                ),
            )
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
