//! What leaves the house: results as text that people read, in English and French, and as CSV.
//!
//! In: results of the library. Out: text. No figure is computed here but shares of a whole for a reader's eye, and
//! nothing is printed.
#![forbid(unsafe_code)]

mod caseload;
mod comparison;
mod csv;
mod delay;
mod estimate;
mod expectations;
mod explanation;
mod ledger;
mod number;
mod pair;
mod table;
mod variants;
mod words;

pub use self::caseload::caseload;
pub use self::comparison::comparison;
pub use self::csv::{caseload_csv, delay_csv, explanation_csv, figures_csv, ledger_csv};
pub use self::delay::delay;
pub use self::estimate::{calibration, estimate};
pub use self::expectations::{expectations_summary, outcome_line};
pub use self::explanation::explanation;
pub use self::ledger::ledger;
pub use self::variants::{diff, variants};
pub use self::words::Lang;

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// Whether headings are bold, for a terminal.
    pub bold: bool,
}

impl Style {
    pub(crate) fn heading(self, text: &str) -> String {
        if self.bold { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The line that says how many of a scenario's amounts only illustrate, if any do.
pub(crate) fn illustrative(scenario: &relocost::Scenario, lang: Lang) -> Option<String> {
    let marked = scenario.lines().values().filter(|line| line.is_illustrative()).count();
    (marked > 0).then(|| lang.illustrative_scenario(scenario.lines().len(), marked))
}

/// A count with its noun, in English: `1 file`, `2 files`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
