//! Money: whole minor units of one currency.
//!
//! | operation | result |
//! |---|---|
//! | `checked_add(Money)`, `checked_sub(Money)` | `Option<Money>`; `None` for two currencies or out of range |
//! | `checked_neg()` | `Option<Money>` |
//! | `to_decimal()` | `Decimal` with the currency's decimals |
//! | `to_string()` | the decimal and nothing else, never `-0.00` |
//!
//! There is no product or quotient: those need a rounding, which only the ledger does.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::Currency;

/// The largest number of minor units: what a `Decimal` holds (96 bits).
const LIMIT: i128 = (1 << 96) - 1;

/// An amount of money: minor units and their currency.
///
/// ```
/// use relocost::{Currency, Money};
/// let rent = Money::from_minor(95_000, Currency::EUR).ok_or("too large")?;
/// assert_eq!(rent.to_string(), "950.00");
/// assert_eq!(rent.checked_sub(rent), Some(Money::zero(Currency::EUR)));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i128,
    currency: Currency,
}

impl Money {
    /// No money at all.
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// So many minor units (cents for EUR); `None` beyond 96 bits, some 10^28.
    pub fn from_minor(minor: i128, currency: Currency) -> Option<Self> {
        (-LIMIT..=LIMIT).contains(&minor).then_some(Self { minor, currency })
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i128 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// True if the amount is 0.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The sum, of one currency.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| Self::from_minor(self.minor.checked_add(other.minor)?, self.currency))?
    }

    /// The difference, of one currency.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The same amount owed the other way (the range is symmetric, so this always exists).
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: -self.minor, currency: self.currency }
    }

    /// As a decimal with the currency's decimals.
    pub fn to_decimal(self) -> Decimal {
        Decimal::try_from_i128_with_scale(self.minor, self.currency.decimals()).unwrap_or_default()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::exact::fixed_point(self.minor, self.currency.decimals()))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
