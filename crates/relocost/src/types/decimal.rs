//! Decimal inputs: at most 15 digits before the point and 12 after, never a binary floating-point number.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::notation::how_to_write;
use crate::error::{Code, Error};
use crate::message;
use crate::message::Message;

/// Digits allowed before the point.
pub(super) const WHOLE_DIGITS: usize = 15;
/// Digits allowed after the point.
pub(super) const DECIMALS: usize = 12;

/// Why a text is no decimal of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// Something other than an optional minus, digits, and a point with digits.
    #[error("expected a decimal such as \"0.025\" or \"-1200\"")]
    Syntax,
    /// More digits than a figure of this model can need.
    #[error("expected at most 15 digits before the point and 12 after")]
    Digits,
    /// A decimal, but not in the range of its type: what is expected, in English and in French.
    #[error("expected {}", .0[0])]
    Range([&'static str; 2]),
}

impl DecimalError {
    /// The fault of a text, in both languages.
    pub fn explain(self, text: &str) -> Message {
        match self {
            Self::Syntax => message!(
                "expected a decimal such as \"0.025\" or \"-1200\"{how}",
                "attendu : un nombre décimal tel que \"0.025\" ou \"-1200\"{how}",
                how = how_to_write(text),
            ),
            Self::Digits => message!(
                "expected at most 15 digits before the point and 12 after",
                "attendu : au plus 15 chiffres avant le point et 12 après"
            ),
            Self::Range([en, fr]) => message!("expected {en}", "attendu : {fr}"),
        }
    }
}

/// The error of a text that is no decimal, without a key.
///
/// ```
/// use relocost::{Amount, Code, Error};
///
/// fn rent(text: &str) -> Result<Amount, Error> {
///     Ok(text.parse()?)
/// }
/// assert_eq!(rent("950,00").unwrap_err().code(), Code::BadDecimal);
/// ```
impl From<DecimalError> for Error {
    fn from(error: DecimalError) -> Self {
        let code = if matches!(error, DecimalError::Range(_)) { Code::OutOfRange } else { Code::BadDecimal };
        Self::single(code, "", error.explain(""))
    }
}

/// Reads a decimal as files and interfaces write it.
pub(crate) fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(DecimalError::Syntax),
        None => (unsigned, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(DecimalError::Syntax);
    }
    if whole.len() > WHOLE_DIGITS || fraction.len() > DECIMALS {
        return Err(DecimalError::Digits);
    }
    let all = whole.bytes().chain(fraction.bytes());
    let digits = all.fold(0_i128, |number, digit| number * 10 + i128::from(digit - b'0')); // at most 27
    let scale = u32::try_from(fraction.len()).map_err(|_| DecimalError::Digits)?;
    let signed = if unsigned.len() < text.len() { -digits } else { digits };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| DecimalError::Digits)
}

/// A decimal with no more digits than a file can give; zero has no sign.
fn few_digits(value: Decimal) -> Result<Decimal, DecimalError> {
    let most = 10_u128.checked_pow(value.scale().saturating_add(15)).filter(|_| value.scale() <= 12);
    match most {
        Some(most) if value.mantissa().unsigned_abs() < most => Ok(if value.is_zero() { Decimal::ZERO } else { value }),
        _ => Err(DecimalError::Digits),
    }
}

/// A whole number as a decimal.
pub(crate) fn decimal_from_whole(whole: i128) -> Result<Decimal, DecimalError> {
    if whole.unsigned_abs() >= 10_u128.pow(15) {
        return Err(DecimalError::Digits);
    }
    Decimal::try_from_i128_with_scale(whole, 0).map_err(|_| DecimalError::Digits)
}

macro_rules! checked_decimal {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $attendu:literal, $test:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// The values that a file may give here.
            pub(crate) const EXPECTED: [&'static str; 2] = [$expected, $attendu];

            /// Checks a decimal. Zeros at its end are dropped, so that equal values are written alike.
            ///
            /// # Errors
            /// Too many digits, or outside the range of the type.
            pub fn new(value: Decimal) -> Result<Self, DecimalError> {
                let value = few_digits(value)?;
                let test: fn(Decimal) -> bool = $test;
                if test(value) { Ok(Self(value.normalize())) } else { Err(DecimalError::Range(Self::EXPECTED)) }
            }

            /// The value as a decimal.
            pub const fn to_decimal(self) -> Decimal {
                self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = DecimalError;

            fn from_str(text: &str) -> Result<Self, DecimalError> {
                Self::new(parse_decimal(text)?)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
    };
}

checked_decimal!(
    /// A decimal of a file, of any sign: a price, a parameter of a distribution, a correlation.
    ///
    /// ```
    /// use relocost::Amount;
    /// assert_eq!("1250.50".parse::<Amount>()?, "1250.5".parse()?);
    /// assert!("1e30".parse::<Amount>().is_err());
    /// # Ok::<(), relocost::types::DecimalError>(())
    /// ```
    Amount,
    "a decimal",
    "un nombre décimal",
    |_| true
);

impl Amount {
    /// With so many decimals, half to even.
    ///
    /// ```
    /// use relocost::Amount;
    /// assert_eq!("1250.125".parse::<Amount>()?.to_fixed(2), "1250.12");
    /// # Ok::<(), relocost::types::DecimalError>(())
    /// ```
    pub fn to_fixed(self, decimals: u32) -> String {
        crate::exact::fixed(&crate::exact::from_decimal(self.0), decimals)
    }
}
checked_decimal!(
    /// A share of 1, from 0 to 1, both included.
    ///
    /// ```
    /// use relocost::types::Share;
    /// assert!("0.6".parse::<Share>().is_ok());
    /// assert!("1.1".parse::<Share>().is_err());
    /// ```
    Share,
    "a share from 0 to 1 (0.7 is 70 per cent)",
    "une part de 0 à 1 (0.7 vaut 70 pour cent)",
    |value| !value.is_sign_negative_nonzero() && value <= Decimal::ONE
);
checked_decimal!(
    /// A relative change in a year, above -1: `0.025` is 2.5 per cent more.
    Increase,
    "an increase above -1 (0.025 is 2.5 per cent a year)",
    "une hausse supérieure à -1 (0.025 vaut 2,5 pour cent par an)",
    |value| value > Decimal::NEGATIVE_ONE
);

impl Amount {
    pub(crate) const ONE: Self = Self(Decimal::ONE);
}

/// A test that `Decimal` lacks: a negative number that is not a negative zero.
trait Sign {
    fn is_sign_negative_nonzero(&self) -> bool;
}

impl Sign for Decimal {
    fn is_sign_negative_nonzero(&self) -> bool {
        self.is_sign_negative() && !self.is_zero()
    }
}
