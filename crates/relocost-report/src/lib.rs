//! Reports: results as text, HTML and Markdown for people to read, in English and French.
//!
//! In: results of the library. Out: text. A report is made of blocks once and written in the form that a [`Style`] asks
//! for, so that all of them say the same. No figure is computed here but shares of a whole for a reader's eye, and
//! nothing is printed.
#![forbid(unsafe_code)]

mod assumptions;
mod block;
mod budget;
mod caseload;
mod charts;
mod comparison;
mod delay;
mod document;
mod estimate;
mod expectations;
mod explanation;
mod futures;
mod heads;
mod html;
mod ledger;
mod markdown;
mod month;
pub mod number;
mod pair;
mod payments;
mod prices;
mod programme;
mod publication;
mod scenario;
mod simulation;
mod sobol;
mod table;
mod tornado;
mod typed;
mod typeset;
mod variants;
mod what_ifs;
mod word;
mod words;

pub use self::assumptions::assumptions;
pub use self::budget::{budget_diff, budget_line};
pub use self::caseload::caseload;
pub use self::charts::{AxisLabel, axis_label, chart_words};
pub use self::comparison::{HORIZONS, comparison};
pub use self::delay::delay;
pub use self::estimate::{calibration, estimate};
pub use self::expectations::{expectations_summary, internal, outcome_line};
pub use self::explanation::{explanation, explanation_under};
pub use self::futures::futures;
pub use self::heads::{declared_label, pathway_head};
pub use self::ledger::{ledger, ledger_under, ledger_years};
pub use self::month::{between_months, month_in_words, since};
pub use self::pair::shares_by_label;
pub use self::payments::{payment_causes, payments, price_estimates};
pub use self::prices::prices;
pub use self::programme::{programme, programme_agreements, programme_budget, programme_waiting};
pub use self::publication::publication;
pub use self::scenario::scenario;
pub use self::simulation::simulation;
pub use self::sobol::sobol;
pub use self::tornado::tornado;
pub use self::typed::{table, table_under};
pub use self::typeset::{capital, typeset};
pub use self::variants::{diff, variants};
pub use self::what_ifs::what_ifs;
pub use self::word::{escaped as word_escaped, pairs as word_pairs, paragraph as word_paragraph};
pub use relocost::Lang;

/// The style of a report: its language, form and length.
///
/// ```
/// use relocost_report::{Form, Style};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let comparison = scenario.compare()?;
/// let text = relocost_report::comparison(&comparison, &scenario, Style::default());
/// let html = relocost_report::comparison(&comparison, &scenario, Style { form: Form::Html, ..Style::default() });
/// assert!(text.starts_with("Relocation costs over 24 months"));
/// assert!(html.starts_with("<div class=\"relocost\">") && html.contains("<h4>Relocation costs over 24 months"));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// The form.
    pub form: Form,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Lines of text.
    #[default]
    Plain,
    /// Lines of text for a console: of a table of more than 40 rows the first and the last 20, and no others are made. It
    /// shows no pseudonym of a household, as what a program prints of a value may stand in a log.
    Brief,
    /// Lines of text with bold headings, for a terminal.
    Bold,
    /// A fragment of HTML, `<div class="relocost">`, for a notebook. Of a table of more than 40 rows it shows the first
    /// and the last 20.
    Html,
    /// A fragment of HTML for a section of a page that has a style of its own: the title is a paragraph, headings are of the
    /// third level, and what a page says once is left to it. Long tables are cut as in [`Form::Html`].
    Section,
    /// Paragraphs and tables for the body of a Word document that has the styles they name; as a section of it, as
    /// [`Form::Section`] is of a page.
    Word,
    /// Markdown with tables, for a page or a ticket.
    Markdown,
}

impl Form {
    /// Whether it is a part of something that says for all its parts what is to be said once.
    pub(crate) fn is_section(self) -> bool {
        matches!(self, Self::Section | Self::Word)
    }
}

impl Style {
    /// The pseudonym of a household, where this form shows one.
    pub(crate) fn pseudonym(self, reference: String) -> String {
        if self.form == Form::Brief { "(not shown)".to_owned() } else { reference }
    }

    pub(crate) fn heading(self, text: &str) -> String {
        if self.form == Form::Bold { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// When a budget year begins, where it is not in January.
pub fn budget_year(first_month: u32, lang: Lang) -> Option<String> {
    use words::Sentences as _;
    lang.budget_year(first_month)
}

/// The line that says how many of a scenario's amounts only illustrate, if any do.
pub fn illustrative(scenario: &relocost::Scenario, lang: Lang) -> Option<String> {
    let marked = scenario.lines().values().filter(|line| line.is_illustrative()).count();
    (marked > 0).then(|| illustrative_lines(lang, scenario.lines().len(), marked))
}

fn illustrative_lines(lang: Lang, all: usize, marked: usize) -> String {
    match lang {
        Lang::En => format!(
            "{marked} of the scenario's {all} lines have illustrative amounts: these figures show the method and are no budget."
        ),
        Lang::Fr => format!(
            "{marked} des {all} postes du scénario ont des montants illustratifs : ces chiffres montrent la méthode et ne sont pas un budget."
        ),
    }
}
