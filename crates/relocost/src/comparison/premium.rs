//! The premium and the band that the Court reported.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::names::Band;
use crate::types::{Amount, SignedRatio};

/// An extra cost as a share of the base: a ratio, or none where the base is not above 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Premium(Option<SignedRatio>);

impl Premium {
    /// The premium of two totals in minor units.
    pub(crate) fn of(alternative: i128, base: i128) -> Self {
        Self(SignedRatio::new(alternative - base, base))
    }

    /// The ratio, exact; written with 12 decimals.
    pub fn ratio(self) -> Option<SignedRatio> {
        self.0
    }

    /// The verdict against a band, on the exact ratio, ends included.
    pub fn band(self, band: ReportedBand) -> Option<Band> {
        let ratio = self.0?;
        Some(if ratio.compare(band.low).is_lt() {
            Band::Below
        } else if ratio.compare(band.high).is_gt() {
            Band::Above
        } else {
            Band::Within
        })
    }
}

impl fmt::Display for Premium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(ratio) => fmt::Display::fmt(&ratio, f),
            None => f.pad("none"),
        }
    }
}

impl fmt::Debug for Premium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Premium {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A band of premiums, ends included. It is an average over households, so that for one of them it only orients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedBand {
    /// The lower end, a share of the base.
    pub low: Decimal,
    /// The upper end.
    pub high: Decimal,
}

impl ReportedBand {
    /// A band; `None` unless `-1 < low <= high`.
    pub fn new(low: Amount, high: Amount) -> Option<Self> {
        let (low, high) = (low.to_decimal(), high.to_decimal());
        (Decimal::NEGATIVE_ONE < low && low <= high).then_some(Self { low, high })
    }

    /// Temporary solutions cost on average 45 to 75 per cent more than permanent ones (Report of the Court on
    /// cooperation, ICC-ASP/14, 2015, para. 41).
    pub const COURT_2015: Self =
        Self { low: Decimal::from_parts(45, 0, 0, false, 2), high: Decimal::from_parts(75, 0, 0, false, 2) };
}
