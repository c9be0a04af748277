//! Currencies of ISO 4217 with their minor units.

use std::fmt;

use serde::{Serialize, Serializer};

use super::withdrawn::withdrawn;
use crate::error::{Code, Error};

/// A currency of ISO 4217 that has a minor unit (0 to 4 decimals), in use or withdrawn.
///
/// ```
/// use relocost::Currency;
/// let yen: Currency = "JPY".parse()?;
/// assert_eq!((yen.code(), yen.decimals()), ("JPY", 0));
/// assert_eq!("DEM".parse::<Currency>()?.decimals(), 2); // for old price lists
/// assert!("XAU".parse::<Currency>().is_err()); // gold has no minor unit
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    code: &'static str,
    decimals: u8,
}

impl Currency {
    /// The euro, in which the reference catalogue is priced.
    pub const EUR: Self = Self { code: "EUR", decimals: 2 };

    /// The currency of a three-letter code in capitals; `None` where ISO 4217 has none, or none with a minor unit.
    pub fn from_code(code: &str) -> Option<Self> {
        let (code, decimals) = match iso_currency::Currency::from_code(code) {
            Some(current) => (current.code(), u8::try_from(current.exponent()?).ok()?),
            None => withdrawn(code)?,
        };
        Some(Self { code, decimals })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The number of decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for TND.
    pub fn decimals(self) -> u32 {
        u32::from(self.decimals)
    }
}

impl std::str::FromStr for Currency {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::from_code(code).ok_or_else(|| {
            Error::single(
                Code::UnknownName,
                "currency",
                crate::message!(
                    "expected the code of a currency of ISO 4217 with a minor unit, such as \"EUR\"",
                    "attendu : le code d'une monnaie ISO 4217 qui a une unité mineure, tel que \"EUR\""
                ),
            )
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
