//! Exact ratios of two amounts.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// A ratio as the difference of two amounts over one of them, kept exact: a premium.
///
/// It is written with 12 decimals, half to even.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignedRatio {
    numerator: i128,
    denominator: i128,
}

impl SignedRatio {
    /// `numerator / denominator` of a denominator above 0.
    pub(crate) fn new(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator > 0).then_some(Self { numerator, denominator })
    }

    /// The exact value against a decimal.
    pub fn compare(self, other: Decimal) -> std::cmp::Ordering {
        crate::exact::ratio(self.numerator, self.denominator).cmp(&crate::exact::from_decimal(other))
    }

    /// The exact value: a numerator, and a denominator above 0, not reduced.
    ///
    /// ```
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let comparison = scenario.compare()?;
    /// let fraction = comparison.premium().ratio().map(|ratio| ratio.to_fraction());
    /// assert_eq!(fraction, Some((3_980_627, 11_973_614))); // the extra cost over the base, in cents
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub const fn to_fraction(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// The ratio to 12 decimals, half to even; `None` where it is too large for a decimal (beyond some 10^16).
    pub fn to_decimal(self) -> Option<Decimal> {
        self.to_string().parse().ok()
    }

    /// The ratio in per cent with so many decimals, half to even; `None` beyond 10 decimals.
    pub fn to_percent(self, decimals: u32) -> Option<String> {
        (decimals <= 10).then(|| {
            let hundredfold = crate::exact::ratio(self.numerator, self.denominator) * num_bigint::BigInt::from(100_u8);
            crate::exact::fixed(&hundredfold, decimals)
        })
    }
}

impl fmt::Display for SignedRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::exact::ratio_12(self.numerator, self.denominator))
    }
}

impl fmt::Debug for SignedRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for SignedRatio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
