//! What permanent and temporary relocation of protected witnesses cost, and why they differ, to the cent.
//!
//! # The idea
//!
//! What a host State grants is a set of *entitlements*: to work, to insurance, to the public school. A cost line says
//! which of them switch it on, switch it off, or let it taper. A permanent solution holds the entitlements, a temporary
//! one lacks them: **the premium is the price of the missing entitlements**, and can be attributed to them.
//!
//! # Where to begin
//!
//! | to | use |
//! |---|---|
//! | read a scenario | [`Scenario::parse`], or a [`Loader`] that brings its catalogue |
//! | write one in code | [`mod@build`] |
//! | compare two pathways | [`Scenario::compare`], which gives a [`Comparison`] |
//! | see every charge | [`Scenario::ledger`], which gives a [`Ledger`] of [`Entry`]s |
//! | trace a figure | [`Ledger::explain`] |
//! | say how sure a figure is | [`Scenario::simulate`], which gives a [`Simulation`] of [`Statistics`] |
//! | find the assumption that matters | [`Scenario::tornado`], [`Scenario::sobol`] |
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
//! assert_eq!(premium.as_deref(), Some("0.610594121442"));
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
mod calibration;
mod caseload;
mod comparison;
mod delay;
mod diff;
mod error;
mod estimate;
mod exact;
mod expectations;
mod explanation;
mod ledger;
pub mod limits;
mod message;
mod names;
mod programme;
mod reading;
mod review;
mod room;
mod scenario;
mod schema;
mod simulation;
mod spreadsheet;
mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
mod threads;
mod types;
mod variants;
mod watch;
mod watched;

pub use about::{About, Pair};
pub use calibration::{CalibrateOptions, Calibration};
pub use caseload::{Case, CaseResult, CaseRows, CaseTable, Caseload, CaseloadOptions};
pub use comparison::{Attribution, CompareOptions, Comparison, Difference, PathwayFigures, Premium, ReportedBand};
pub use delay::{Delay, DelayFigures, DelayOptions, DelayRow};
pub use diff::{DIFF_ORDER, EntryChange, ScenarioDiff, ValueChange};
pub use error::{Code, Error, Finding, Place};
pub use estimate::{BandOrigin, Estimate, EstimateOptions, EstimatePoint, KnownCost};
pub use expectations::ExpectationOutcome;
pub use explanation::{Explanation, Provenance, Selection};
pub use ledger::{Entry, Exact, Ledger, Quantity};
pub use message::{Lang, Message, counted};
pub use names::{
    Band, Basis, Clock, DistributionName, Driver, Keep, PlaceUnit, ProgrammeCount, QueueOrder, Role, Sampling,
    ScheduleName, SolutionKind,
};
pub use programme::{
    AgreementAccount, AgreementSteps, AgreementValue, AgreementYear, ById, ByYear, CaseRow, CaseStageRow, Ceiling,
    Extra, Kinds, LineWithRunOff, MonthRow, Programme, ProgrammeHead, ProgrammeLine, ProgrammeOptions, ProgrammeRun,
    ProgrammeSteps, ProgrammeValues, Saving, StepOfPlaces, VALUED_AGREEMENTS, Values, WITHIN_MONTHS, Waiting,
    WithRunOff,
};
pub use reading::{KeyStep, shown_path};
pub use rust_decimal::Decimal;
pub use scenario::build;
pub use scenario::{
    AgeRange, Bound, Catalogue, CatalogueText, Charge, Correlation, Declared, Distribution, DriverCount, DriverName,
    DriverQuantity, ExchangeRates, Expectation, Figure, Funding, Household, Index, Line, Loader, Member, OwnDriver,
    Pathway, Percentage, Price, PriceLevels, Priced, Profile, RateTable, Rates, Refund, Relief, Scenario, Schedule,
    Shares, Solution, Stage, Uncertain, Valid, Variant, is_scenario,
};
pub use schema::{FileKind, json_schema};
pub use simulation::{
    BandShares, Factor, FactorIndex, FigureIndices, Interval, KeptDraws, LedgerFigure, MeanLessLedger, MovedDraws,
    SimulateOptions, SimulatedFigures, Simulation, SimulationPart, SobolIndices, SobolOptions, Statistics, Tornado,
    TornadoBar, TornadoPoint,
};
pub use syntax::{Format, Source};
pub use threads::THREAD_NAME;
pub use types::{
    Amount, Currency, DecimalError, Id, Increase, Label, Money, Month, Parameter, Share, SignedRatio, Text,
};

pub use variants::{VariantFigures, VariantTable, WhatIf, WhatIfTable};
pub use watch::{Progress, Watch};
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
}
