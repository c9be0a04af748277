//! Unit tests of scenarios (with the feature `testing`).
//!
//! A scenario carries its own tests as `[[expect]]` tables; [`scenario_tests!`] makes a Rust test of each of them, so
//! that `cargo test` runs a folder of scenarios beside the code. A whole test file:
//!
//! ```text
//! // tests/scenarios.rs; Cargo.toml has: [dev-dependencies] relocost = { ..., features = ["testing"] }
//!
//! // One test for each file in `scenarios/`, and one for each of its expectations.
//! relocost::testing::scenario_tests!("scenarios/");
//! ```
//!
//! Code can express more than a file: figures with their entries behind a failure, months and money that were checked
//! when they were compiled, and the difference of two ledgers.
//!
//! ```
//! use relocost::scenario::build::{line, member, scenario, solution};
//! use relocost::testing::{LedgerDiff, assert_figure, money, month};
//! use relocost::explanation::Selection;
//! use relocost::names::{Driver, SolutionKind};
//!
//! let rented = |rent: &str| {
//!     scenario("EUR", month!("2026-01"), 12)
//!         .price_base_year(2026)
//!         .categories(["housing"])
//!         .funds(["regular_budget"])
//!         .member(member().born(month!("1990-05")))
//!         .solution("permanent", solution(SolutionKind::Permanent))
//!         .line(line("rent", "housing").driver(Driver::Household).amount(rent, "EUR"))
//!         .build()
//! };
//! let (old, new) = (rented("900")?.ledger("permanent")?, rented("950")?.ledger("permanent")?);
//!
//! // On failure this prints the entries that the figure sums.
//! assert_figure(&old, &Selection::default().line("rent"), money!("10800.00 EUR"));
//!
//! let diff = LedgerDiff::of(&old, &new);
//! assert_eq!(diff.lines().len(), 12);
//! assert_eq!(diff.lines()[0].to_string(), "2026-01 rent: 900.00 -> 950.00 (+50.00)");
//! # Ok::<(), relocost::Error>(())
//! ```
//!
//! [`strategies`] has random households and scenarios for `proptest`.
#![expect(clippy::panic, reason = "what fails in a test panics: that is how a test fails")]

mod ledgers;
pub mod strategies;

pub use relocost_macros::{money, month, scenario_tests};

pub use self::ledgers::{LedgerDiff, LedgerDiffLine};
use crate::expectations::ExpectationOutcome;
use crate::explanation::{Selection, TracedEntry};
use crate::ledger::Ledger;
use crate::message;
use crate::scenario::{CatalogueText, Loader, Scenario};
use crate::syntax::{Format, Source};
use crate::types::{Currency, Money, Month};

/// A scenario file that was embedded into a test, with the catalogue that it names.
#[derive(Clone, Copy)]
pub struct ScenarioFile {
    /// The file's own name.
    pub name: &'static str,
    /// The text of the file.
    pub text: &'static str,
    /// The text of the catalogue that it names, unless it is the one built in.
    pub catalogue: Option<&'static str>,
}

/// The texts of the files are not shown.
impl std::fmt::Debug for ScenarioFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ScenarioFile({} bytes)", self.text.len())
    }
}

impl ScenarioFile {
    /// The scenario.
    ///
    /// # Panics
    /// With everything that is wrong with it.
    #[track_caller]
    pub fn load(&self) -> Scenario {
        let format = Format::of(self.name, self.text);
        let loader = Loader::new().catalogues(|name| {
            let text = self
                .catalogue
                .ok_or_else(|| message!("the catalogue is not embedded", "le catalogue n'est pas intégré"))?
                .to_owned();
            let format = Format::of(name, &text);
            Ok(CatalogueText { name: "catalogue".to_owned(), text, format })
        });
        let loaded = loader.load(Source { name: self.name, text: self.text, format });
        loaded.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Checks one expectation, counted from 0.
    ///
    /// # Panics
    /// If it fails, with what was expected, what came and why it was expected.
    #[track_caller]
    pub fn check(&self, index: usize) {
        let outcomes = self.load().run_expectations().unwrap_or_else(|error| panic!("{error}"));
        match outcomes.get(index) {
            Some(ExpectationOutcome { passed: true, .. }) => {}
            Some(outcome) => panic!("{outcome}"),
            None => panic!("{} has no expectation {}", self.name, index + 1),
        }
    }
}

/// Asserts what the selected entries of a ledger sum to.
///
/// # Panics
/// If they sum to something else, with the entries.
#[track_caller]
pub fn assert_figure(ledger: &Ledger, selection: &Selection, expected: Money) {
    let found = ledger.explain(selection).unwrap_or_else(|error| panic!("{error}"));
    if found.total() == expected {
        return;
    }
    let entries: Vec<String> = found
        .entries()
        .iter()
        .map(|TracedEntry { entry, part }| {
            let (month, line, unrounded) = (entry.month(), &entry.line().id, entry.unrounded());
            let Some(quantity) = entry.quantity() else { return format!("  {month} {line}: {unrounded} = {part}") };
            let [price, index, relief] = [entry.unit_price(), entry.index_factor(), entry.relief()]
                .map(|factor| factor.map_or_else(String::new, |factor| factor.to_string()));
            format!("  {month} {line}: {quantity} x {price} x {index}, relief {relief} = {part}")
        })
        .collect();
    panic!(
        "expected {expected:?}, found {:?} from {} entries of \"{}\":\n{}",
        found.total(),
        entries.len(),
        ledger.pathway(),
        entries.join("\n")
    );
}

/// A month of which a macro has checked the numbers.
#[doc(hidden)]
#[track_caller]
pub fn checked_month(year: i32, month: u32) -> Month {
    Month::new(year, month).unwrap_or_else(|| panic!("no such month"))
}

/// Money of which a macro has checked the amount and the currency.
#[doc(hidden)]
#[track_caller]
pub fn checked_money(minor: i128, code: &str) -> Money {
    let currency = Currency::from_code(code).unwrap_or_else(|| panic!("no such currency"));
    Money::from_minor(minor, currency).unwrap_or_else(|| panic!("too large"))
}
