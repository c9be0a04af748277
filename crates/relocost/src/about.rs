//! The head of results: which scenario they are about, on which basis of prices, and which pathways are compared.
//!
//! Options of questions hold a [`Pair`]; results hold the same pair, and an [`About`]. Both are read by methods, so that
//! no result is seen without its horizon and none can be given another's.

use std::fmt;

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::{Currency, Month};

/// Two pathways: the extra cost is the alternative's cost less the base's.
///
/// ```
/// use relocost::{CompareOptions, Pair};
/// assert_eq!(Pair::default(), Pair::new("permanent", "temporary"));
/// let options = CompareOptions::default().pair(Pair::new("permanent", "delayed"));
/// assert_eq!(options.pair.alternative, "delayed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Pair {
    /// The name of the pathway compared against.
    pub base: String,
    /// The name of the pathway whose extra cost is asked for.
    pub alternative: String,
}

impl Pair {
    /// A pair of pathways by name.
    pub fn new(base: impl Into<String>, alternative: impl Into<String>) -> Self {
        Self { base: base.into(), alternative: alternative.into() }
    }

    pub(crate) fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("base", &self.base)?;
        out.serialize_field("alternative", &self.alternative)
    }
}

impl Default for Pair {
    fn default() -> Self {
        Self::new("permanent", "temporary")
    }
}

/// The head of a result. Two heads are equal if they say the same, whatever else their scenarios hold.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let comparison = scenario.compare()?;
/// let about = comparison.about();
/// assert_eq!((about.currency().code(), about.horizon_months(), about.fiscal_year_start()), ("EUR", 24, 1));
/// assert_eq!(about.scenario(), &scenario);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct About {
    pub(crate) scenario: Scenario,
    basis: Basis,
}

impl About {
    /// The number of fields that [`About::write`] writes.
    pub(crate) const FIELDS: usize = 6;

    pub(crate) fn new(scenario: &Scenario, basis: Basis) -> Self {
        Self { scenario: scenario.clone(), basis }
    }

    /// The scenario that was asked about.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The currency of every figure.
    pub fn currency(&self) -> Currency {
        self.scenario.currency()
    }

    /// The first month.
    pub fn start(&self) -> Month {
        self.scenario.start()
    }

    /// The horizon in months: no premium means anything without it.
    pub fn horizon_months(&self) -> u32 {
        self.scenario.horizon_months()
    }

    /// The month with which a fiscal year begins, 1 to 12.
    pub fn fiscal_year_start(&self) -> u32 {
        self.scenario.fiscal_year_start()
    }

    /// The basis of prices.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Writes the head of a result's JSON. Every result has exact figures of a household, so that all are internal.
    pub(crate) fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("internal", &true)?;
        out.serialize_field("currency", &self.currency())?;
        out.serialize_field("start", &self.start())?;
        out.serialize_field("horizon_months", &self.horizon_months())?;
        out.serialize_field("fiscal_year_start", &self.fiscal_year_start())?;
        out.serialize_field("basis", &self.basis)
    }
}

impl PartialEq for About {
    fn eq(&self, other: &Self) -> bool {
        let told = |of: &Self| (of.currency(), of.start(), of.horizon_months(), of.fiscal_year_start(), of.basis);
        told(self) == told(other)
    }
}

impl Eq for About {}

impl fmt::Debug for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "About({} months, {}, {})", self.horizon_months(), self.currency(), self.basis)
    }
}

/// The methods by which the head of a result is read: `about`, and what it says.
macro_rules! about_methods {
    ($result:ty) => {
        impl $result {
            /// The scenario, the basis of prices, and what follows from them.
            pub fn about(&self) -> &$crate::about::About {
                &self.about
            }

            /// The currency of every figure.
            pub fn currency(&self) -> $crate::types::Currency {
                self.about.currency()
            }

            /// The first month.
            pub fn start(&self) -> $crate::types::Month {
                self.about.start()
            }

            /// The horizon in months: no premium means anything without it.
            pub fn horizon_months(&self) -> u32 {
                self.about.horizon_months()
            }

            /// The basis of prices.
            pub fn basis(&self) -> $crate::names::Basis {
                self.about.basis()
            }
        }
    };
}

/// The methods by which the pair of a result is read.
macro_rules! pair_methods {
    ($result:ty) => {
        impl $result {
            /// The pathways compared.
            pub fn pair(&self) -> &$crate::about::Pair {
                &self.pair
            }

            /// The name of the pathway compared against.
            pub fn base(&self) -> &str {
                &self.pair.base
            }

            /// The name of the pathway whose extra cost is asked for.
            pub fn alternative(&self) -> &str {
                &self.pair.alternative
            }
        }
    };
}

pub(crate) use {about_methods, pair_methods};
