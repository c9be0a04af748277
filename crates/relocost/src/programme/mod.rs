//! A programme: the budget of many cases over several fiscal years, and what an agreement is worth (MODEL.md, section 11).
//!
//! In: a file with a setting, cases and agreements (`read`). Out: what the cases cost with the agreements that are signed,
//! with all that are planned, and if all were settled; who waits; what each agreement is worth. Data passes through the
//! modules in this order: `queue` gives places to cases, `route` lays a case's stages out, `costs` has what they cost,
//! `counts` and `overhead` what the programme costs beside them, `tables` sums, `run` asks for all of it, `values`
//! and `steps` say what agreements are worth, `result` is what comes out. `diff` runs programmes made of parts of two.

mod agreement;
mod arrival;
mod case;
mod chance;
mod charges;
mod costs;
mod counts;
mod diff;
mod expectations;
mod overhead;
mod planned;
mod postings;
mod queue;
mod read;
mod result;
mod route;
mod run;
mod steps;
mod tables;
mod values;
mod waiting;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use self::agreement::Agreement;
use self::arrival::Arrival;
use self::case::Case;
pub use self::chance::{
    ProgrammeSimulateOptions, ProgrammeSimulation, SimulatedCeiling, SimulatedFigure, SimulatedLine, SimulatedPlaces,
    SimulatedSaving, SimulatedWaiting,
};
use self::overhead::ProgrammeCost;
pub use self::planned::{PlannedCharge, PlannedCharges};
pub(crate) use self::read::{
    AGREEMENT_KEYS, ARRIVAL_KEYS, CASE_KEYS, PROGRAMME_FILE_KEYS, PROGRAMME_KEYS, PROGRAMME_LINE_KEYS,
};
pub use self::result::{
    AgreementAccount, AgreementSteps, AgreementValue, AgreementYear, ById, ByYear, CaseRow, CaseStageRow, Ceiling,
    Extra, Kinds, LineWithRunOff, MonthAndFundRow, MonthRow, ProgrammeHead, ProgrammeLine, ProgrammeRun,
    ProgrammeSteps, ProgrammeValues, Saving, StepOfPlaces, Values, WithRunOff,
};
pub use self::run::ProgrammeOptions;
pub use self::values::VALUED_AGREEMENTS;
pub use self::waiting::{WITHIN_MONTHS, Waiting};
use crate::error::{Error, Finding};
use crate::names::QueueOrder;
use crate::scenario::{Expectation, Loader, Scenario};
use crate::syntax::Source;
use crate::types::{Currency, Id, Label, Month};

/// A checked programme. Cheap to clone. Its `Debug` form shows nothing that could identify a household.
///
/// ```
/// use relocost::Programme;
/// let programme = Programme::parse(r#"
///     schema = 1
///     catalogue = "reference"
///     programme = { first_fiscal_year = 2026, fiscal_years = 5 }
///     cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
///     agreements = [{ id = "a", label = "A", grants = [{ month = "2026-03", places = 1 }] }]
/// "#)?;
/// let run = programme.run()?;
/// assert!(run.lines["as_planned"].total.minor() < run.lines["as_signed"].total.minor());
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct Programme(Arc<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    /// The setting, as the scenario of nobody from the programme's first month on.
    pub(crate) setting: Scenario,
    /// The same setting with the programme's own lines in place of those of households.
    pub(crate) own: Scenario,
    pub(crate) fiscal_years: u32,
    pub(crate) order: QueueOrder,
    /// The solution of those who wait, by its place in the setting.
    pub(crate) waiting: usize,
    /// The solution of those who are settled.
    pub(crate) settled: usize,
    /// The most months of support, by solution.
    pub(crate) support: Vec<Option<u32>>,
    pub(crate) run_off_months: u32,
    /// Minor units, by fund and fiscal year.
    pub(crate) ceilings: IndexMap<Id, BTreeMap<i32, i128>>,
    pub(crate) agreements: Vec<Agreement>,
    /// Cases that arrive at random, where chance is asked for.
    pub(crate) arrivals: Vec<Arrival>,
    /// Cases that arrive before the programme's end, in the order of their numbers.
    pub(crate) cases: Vec<Case>,
    /// The number of cases that arrive later.
    pub(crate) left_out: u32,
    /// Those of them that a later budget can have.
    pub(crate) later: Vec<Case>,
    /// The programme's own lines, each with the count for which it is paid.
    pub(crate) lines: Vec<ProgrammeCost>,
    pub(crate) expectations: Vec<Expectation>,
    pub(crate) warnings: Vec<Finding>,
    /// A digest of its text, and of the files with its households.
    pub(crate) digest: [u8; 32],
}

impl Programme {
    /// Reads a programme in TOML. Its `catalogue` can only be `"reference"`, and its cases have their members in the text;
    /// [`Loader::load_programme`] brings other files.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Loader::new().load_programme(Source::toml("programme", text))
    }

    /// Reads a programme in JSON with the same keys.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn parse_json(text: &str) -> Result<Self, Error> {
        Loader::new().load_programme(Source::json("programme", text))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The currency of every figure.
    pub fn currency(&self) -> Currency {
        self.0.setting.currency()
    }

    /// The first month.
    pub fn start(&self) -> Month {
        self.0.setting.start()
    }

    /// The month after the last.
    pub fn until(&self) -> Month {
        self.0.until()
    }

    /// The calendar month (1 to 12) in which a fiscal year begins.
    pub fn fiscal_year_start(&self) -> u32 {
        self.0.setting.fiscal_year_start()
    }

    /// The fiscal years, ascending.
    pub fn fiscal_years(&self) -> Vec<i32> {
        (0..self.0.fiscal_years).map(|place| self.0.year(place as usize)).collect()
    }

    /// The number of cases that run, copies included.
    pub fn cases(&self) -> u32 {
        self.0.cases.iter().map(|case| case.copies).sum()
    }

    /// The ids of the agreements, in the order declared.
    pub fn agreements(&self) -> impl ExactSizeIterator<Item = &Id> {
        self.0.agreements.iter().map(|agreement| &agreement.id)
    }

    /// The label of an agreement; `None` if none has this id. It tells where households live.
    pub fn agreement_label(&self, id: &Id) -> Option<&Label> {
        self.0.agreements.iter().find(|agreement| agreement.id == *id).map(|agreement| &agreement.label)
    }

    /// The setting of the cases, as the scenario of nobody, without the programme's expectations.
    pub fn setting(&self) -> &Scenario {
        &self.0.setting
    }

    /// The expectations that the programme carries.
    pub fn expectations(&self) -> &[Expectation] {
        &self.0.expectations
    }

    /// The warnings about the file.
    pub fn warnings(&self) -> &[Finding] {
        &self.0.warnings
    }
}

impl Inner {
    /// The programme's first month.
    pub(crate) fn first_month(&self) -> Month {
        self.setting.start()
    }

    /// The month after the last.
    pub(crate) fn until(&self) -> Month {
        self.first_month().plus(self.months())
    }

    /// The number of months of the programme.
    pub(crate) fn months(&self) -> i32 {
        i32::try_from(12 * self.fiscal_years).unwrap_or(i32::MAX)
    }

    /// The programme as if some agreements, by their places, had been left out, though their names stay.
    pub(crate) fn without(&self, agreements: &[usize]) -> Self {
        let mut changed = self.clone();
        for place in agreements {
            if let Some(agreement) = changed.agreements.get_mut(*place) {
                agreement.grants.clear();
                (agreement.first_grant, agreement.in_hand) = (None, 0);
            }
        }
        changed
    }

    /// The number of months that are costed, with the run-off.
    pub(crate) fn horizon(&self) -> i32 {
        self.months().saturating_add_unsigned(self.run_off_months)
    }

    /// A fiscal year by its place, from that of the first month.
    pub(crate) fn year(&self, place: usize) -> i32 {
        let first = self.first_month().fiscal_year(self.setting.fiscal_year_start());
        first + i32::try_from(place).unwrap_or(0)
    }
}

impl fmt::Debug for Programme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Programme")
            .field("currency", &self.currency())
            .field("fiscal_years", &self.0.fiscal_years)
            .field("cases", &self.cases())
            .field("agreements", &self.0.agreements.len())
            .finish_non_exhaustive()
    }
}
