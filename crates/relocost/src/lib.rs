//! The cost of permanent and temporary relocation of protected witnesses, and the reasons for the difference, to the
//! cent.
//!
//! # The idea
//!
//! A host State grants a set of *entitlements*: to work, to insurance, to the public school. A cost line says which of
//! them switch it on, switch it off, or let it taper. A permanent solution holds the entitlements, a temporary one
//! lacks them: **the premium is the price of the missing entitlements**, and can be attributed to them.
//!
//! # Where to begin
//!
//! | to | use |
//! |---|---|
//! | read a scenario | [`Scenario::parse`], or a [`Loader`] that brings its catalogue |
//! | write one in code | [`scenario::build`] |
//! | compare two pathways | [`Scenario::compare`], which gives a [`Comparison`] |
//! | see every charge | [`Scenario::ledger`], which gives a [`Ledger`] of [`Entry`]s |
//! | trace a figure | [`Ledger::explain`] |
//! | say how sure a figure is | [`Scenario::simulate`], which gives a [`Simulation`] of [`Statistics`](simulation::Statistics) |
//! | find the assumption that matters | [`Scenario::tornado`], [`Scenario::sobol`] |
//! | bring a catalogue's prices up to date | [`Catalogue::update_prices`] |
//! | run a scenario's own tests | [`Scenario::run_expectations`] |
//! | hear what is odd | [`Scenario::warnings`] |
//! | stop or follow something long | [`Watch`] |
//!
//! ```
//! use relocost::Scenario;
//!
//! let scenario = Scenario::parse(r#"
//!     schema = 1
//!     catalogue = "reference"      # the one built in; its amounts are illustrative
//!     start = "2026-03"
//!     horizon_months = 60
//!
//!     [household]
//!     members = [{ age = 41 }, { age = 39 }, { age = 13 }, { age = 9 }]
//! "#)?;
//!
//! let comparison = scenario.compare()?;
//! let premium = comparison.premium().ratio().map(|ratio| ratio.to_string());
//! assert_eq!(premium.as_deref(), Some("0.630343604033"));
//! assert_eq!(comparison.attribution().shares()["public_schooling"].to_string(), "44279.90");
//!
//! // An error says where, what was found and what would be accepted, all of a text's errors at once.
//! let error = Scenario::parse("schema = 1\nstart = \"2026-13\"").unwrap_err();
//! assert!(error.to_string().contains("scenario:2:9: start: found \"2026-13\"; expected a month"));
//! # Ok::<(), relocost::Error>(())
//! ```
//!
//! # What it promises
//!
//! - **Every entry is correctly rounded**: the exact rational value, rounded once, half to even, to the currency's
//!   minor unit. Every total is a sum of entries. Binary floating point enters no figure.
//! - It reads no file, prints nothing, knows no clock and has no global state; the same input gives the same result.
//! - Nothing panics on any input. Inputs are bounded by [`limits`].
//! - No error and no `Debug` form shows a value of a household, a title, a reference or a path.
#![forbid(unsafe_code)]

#[cfg(feature = "testing")]
extern crate self as relocost; // the macros name the crate by its name, in its own documentation tests too

// DESIGN.md has them in the order in which they may import each other.
mod about;
mod approx;
pub mod calibration;
pub mod caseload;
pub mod comparison;
pub mod delay;
pub mod diff;
pub mod error;
pub mod estimate;
mod exact;
pub mod expectations;
pub mod explanation;
pub mod ledger;
pub mod limits;
pub mod message;
pub mod microdata;
pub mod names;
mod options;
pub mod payments;
mod per_cent;
pub mod postings;
pub mod prices;
pub mod programme;
pub mod reading;
mod review;
mod room;
pub mod scenario;
pub mod schema;
pub mod simulation;
mod spreadsheet;
pub mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
mod threads;
pub mod types;
pub mod variants;
pub mod watch;
mod watched;

pub use about::{About, Pair};
#[doc(inline)]
pub use comparison::{CompareOptions, Comparison, Premium};
#[doc(inline)]
pub use error::{Code, Error};
pub use indexmap::IndexMap;
#[doc(inline)]
pub use ledger::{Entry, Ledger};
#[doc(inline)]
pub use message::{Lang, Message};
#[doc(inline)]
pub use names::Basis;
#[doc(inline)]
pub use programme::{Programme, ProgrammeOptions, ProgrammeRun, ProgrammeSimulateOptions, ProgrammeSimulation};
pub use rust_decimal::Decimal;
#[doc(inline)]
pub use scenario::{Catalogue, Loader, Scenario};
#[doc(inline)]
pub use simulation::{SimulateOptions, Simulation};
#[doc(inline)]
pub use types::{Amount, Currency, Id, Money, Month, Parameter};
#[doc(inline)]
pub use watch::Watch;
pub use watched::Watched;

/// The README's own code, run as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The guide's own code, run as documentation tests.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../../docs/src/ledger.md")]
    struct Ledger;
    #[doc = include_str!("../../../docs/src/premium.md")]
    struct Premium;
    #[doc = include_str!("../../../docs/src/scale.md")]
    struct Scale;
}
