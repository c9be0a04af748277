//! Drivers: what a line's amount is paid for, one of the seven of the model or one that a file declares.

use std::fmt;

use serde::{Serialize, Serializer};

use super::household::AgeRange;
use crate::names::{Driver, Role};
use crate::types::{Amount, Id};

/// The driver that a line or a relief names.
///
/// ```
/// use relocost::names::Driver;
/// use relocost::scenario::DriverName;
/// assert_eq!(DriverName::from(Driver::Person).as_str(), "person");
/// assert_eq!(DriverName::Own("rooms".parse()?).to_string(), "rooms");
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DriverName {
    /// One of the model.
    Standard(Driver),
    /// One that the scenario declares under `drivers`.
    Own(Id),
}

impl DriverName {
    /// The name in files.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(driver) => driver.name(),
            Self::Own(id) => id.as_str(),
        }
    }
}

impl From<Driver> for DriverName {
    fn from(driver: Driver) -> Self {
        Self::Standard(driver)
    }
}

impl fmt::Display for DriverName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for DriverName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A driver that a file declares: a way to count, and a way to turn the count into a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnDriver {
    /// Who is counted.
    pub count: DriverCount,
    /// The quantity of a count.
    pub quantity: DriverQuantity,
}

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriverCount {
    /// Members by role and age.
    Members {
        /// The roles, of which a member has one; any or none where there are none.
        roles: Vec<Role>,
        /// Ages in completed years, both ends included.
        age: AgeRange,
    },
    /// The units of a driver of the model, other than the equivalence scale.
    Of(Driver),
}

impl DriverCount {
    /// True if the count depends on roles.
    pub(crate) fn needs_roles(&self) -> bool {
        matches!(self, Self::Members { roles, .. } if !roles.is_empty())
    }
}

/// The quantity of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriverQuantity {
    /// The count itself.
    Count,
    /// The count divided by a number of 1 or more, rounded up.
    Per(u32),
    /// The decimal of the last step whose number is not above the count; 0 below the first.
    Steps(Vec<(u32, Amount)>),
}

impl DriverQuantity {
    /// The quantity of a count.
    ///
    /// ```
    /// use relocost::scenario::DriverQuantity;
    /// let flat = DriverQuantity::Steps(vec![(1, "1".parse()?), (3, "1.35".parse()?)]);
    /// assert_eq!(flat.of(4).to_string(), "1.35");
    /// assert_eq!(DriverQuantity::Per(2).of(3).to_string(), "2");
    /// # Ok::<(), relocost::types::DecimalError>(())
    /// ```
    pub fn of(&self, count: u32) -> rust_decimal::Decimal {
        match self {
            Self::Count => count.into(),
            Self::Per(per) => count.div_ceil((*per).max(1)).into(),
            Self::Steps(steps) => {
                let after = steps.partition_point(|&(number, _)| number <= count);
                let step = after.checked_sub(1).and_then(|place| steps.get(place));
                step.map_or(rust_decimal::Decimal::ZERO, |(_, quantity)| quantity.to_decimal())
            }
        }
    }
}
