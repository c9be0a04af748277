//! A report for a committee: one page of HTML that stands by itself, in English or French, or a [Word document](word).
//!
//! The page opens offline, needs no scripts, prints on A4, and has a text for every picture. Its sections have the same words and
//! figures as the reports of the command, whose tables it takes; its charts are those of [`charts`](crate::charts). The
//! same input gives the same bytes.

mod budget;
mod html;
mod page;
mod scenario;
pub mod word;
mod words;

use std::num::NonZeroUsize;

use relocost::{Basis, Lang, Pair};

pub use self::budget::{caseload, payments, programme, programme_charts};
pub use self::scenario::{scenario, scenario_charts};

/// What a report is asked for.
///
/// ```
/// use relocost::{Lang, Watch};
/// use relocost_publish::report::{self, ReportOptions};
/// # let family = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let page = report::scenario(&family, &ReportOptions::new(Lang::Fr).draws(200), &Watch::default())?;
/// assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportOptions {
    /// The language.
    pub lang: Lang,
    /// The pathways that are compared, of a scenario.
    pub pair: Pair,
    /// Prices of each year, or constant prices, of a scenario; a programme is in prices of each year.
    pub basis: Basis,
    /// The draws of what is uncertain; 10,000 unless set. The indices of a variance take 4,096 of them at most.
    pub draws: u64,
    /// The seed of the random numbers.
    pub seed: u64,
    /// Threads; all cores if left out. The figures do not depend on it.
    pub threads: Option<NonZeroUsize>,
}

impl ReportOptions {
    /// The draws unless set.
    pub const DRAWS: u64 = 10_000;

    /// A report in a language, of the usual pathways in prices of each year.
    pub fn new(lang: Lang) -> Self {
        Self { lang, pair: Pair::default(), basis: Basis::Nominal, draws: Self::DRAWS, seed: 0, threads: None }
    }

    /// With another pair of pathways.
    #[must_use]
    pub fn pair(self, pair: Pair) -> Self {
        Self { pair, ..self }
    }

    /// On another basis.
    #[must_use]
    pub fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// With so many draws.
    #[must_use]
    pub fn draws(self, draws: u64) -> Self {
        Self { draws, ..self }
    }

    /// With another seed.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// On so many threads.
    #[must_use]
    pub fn threads(self, threads: impl Into<Option<NonZeroUsize>>) -> Self {
        Self { threads: threads.into(), ..self }
    }
}
