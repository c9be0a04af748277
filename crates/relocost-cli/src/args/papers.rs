//! What is handed on: workbooks, journals, reports and publications.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use relocost::payments::PaymentOptions;

use super::{BasisArg, Input, LangArg, Output, Sides, month};

#[derive(Subcommand, Debug)]
pub(crate) enum PaperCommand {
    /// Write an XLSX workbook with live formulas from inputs to totals, for an audit
    ///
    /// Of a scenario; of a programme as planned; with --households of a caseload; with --payments of what was paid beside the
    /// model. Prices, exchange rates, growth, shares, the discount rate and payments are cells that can be changed; charges,
    /// totals, the premium and the variance follow. Members, stages, months and quantities are fixed, as the first sheet says.
    #[command(
        after_help = "Examples:\n  relocost workbook family.toml -o audit.xlsx\n  relocost workbook family.toml --alternative delayed --lang fr -o audit.xlsx --force\n  relocost workbook budget.toml -o budget.xlsx\n  relocost workbook family.toml --households households.csv -o caseload.xlsx\n  relocost workbook family.toml --payments payments.csv --pathway temporary -o paid.xlsx"
    )]
    Workbook {
        #[command(flatten)]
        input: Input,
        /// The workbook to write, for its owner alone
        #[arg(short = 'o', long, value_name = "FILE")]
        write: PathBuf,
        /// Replace that file if there is one
        #[arg(long)]
        force: bool,
        /// A table of households (CSV or xlsx): the workbook is of all of them in the setting of the scenario
        #[arg(long, value_name = "TABLE", conflicts_with = "payments")]
        households: Option<PathBuf>,
        /// A table of payments (CSV or xlsx): the workbook is of what was paid beside the model
        #[arg(long, value_name = "TABLE")]
        payments: Option<PathBuf>,
        /// With --payments, the pathway, or solution, that is paid for; none of a programme
        #[arg(long, value_name = "PATHWAY", requires = "payments")]
        pathway: Option<String>,
        #[command(flatten)]
        compared: ComparedMonths,
        /// With --households, threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N", requires = "households")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        /// Prices of each year, or constant prices
        #[arg(long, value_enum, default_value_t = BasisArg::Nominal)]
        basis: BasisArg,
        /// The language of the workbook, and of errors
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Write double entry for hledger, Beancount or any other ledger: by month, line, category and fund
    ///
    /// Of a pathway; of a programme as planned; with --households of a caseload; with --payments of what was paid, with the
    /// model beside it as the budget, so that `hledger balance --budget` shows the variance. The charge of a line is a debit
    /// of Expenses:CATEGORY:LINE against Equity:Funds:FUND, on the first day of its month.
    #[command(
        after_help = "Examples:\n  relocost journal family.toml --pathway temporary --for hledger > family.journal\n  relocost journal budget.toml --for beancount --write budget.beancount\n  relocost journal family.toml --pathway temporary --payments paid.csv --for hledger --write paid.journal\n  hledger -f paid.journal balance --budget Expenses"
    )]
    Journal {
        #[command(flatten)]
        input: Input,
        /// The program
        #[arg(long = "for", value_name = "PROGRAM", value_parser = journal_format())]
        program: relocost_publish::journal::JournalFormat,
        /// The pathway, or solution; none of a programme, which is booked as planned
        #[arg(long, value_name = "PATHWAY")]
        pathway: Option<String>,
        /// A table of households (CSV or xlsx), each on the pathway in the setting of the scenario, times its count
        #[arg(long, value_name = "TABLE", conflicts_with = "payments")]
        households: Option<PathBuf>,
        /// A table of payments (CSV or xlsx): the entries are what was paid, and the model is the budget
        #[arg(long, value_name = "TABLE")]
        payments: Option<PathBuf>,
        #[command(flatten)]
        compared: ComparedMonths,
        /// Write to this file, for its owner alone, instead of standard output
        #[arg(short = 'o', long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// Replace that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        /// The language of labels, and of errors
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Write a report for a committee: one page of HTML with charts, that opens offline and prints, or a Word document
    ///
    /// Of a scenario; of a programme with its agreements and its queue; with --households of a caseload; with --payments of
    /// what was paid beside the budget. Figures, charts, assumptions with their sources, and how it was made: the same input,
    /// version and seed give the same bytes.
    #[command(
        after_help = "Examples:\n  relocost report family.toml -o paper.html\n  relocost report family.toml -o rapport.docx --lang fr\n  relocost report budget.toml -o budget.html --draws 20000\n  relocost report family.toml --households households.csv -o caseload.html\n  relocost report family.toml --payments payments.csv --pathway temporary -o paid.html"
    )]
    Report {
        #[command(flatten)]
        input: Input,
        /// Write to this file, for its owner alone, instead of standard output: a page (.html, .htm) or a Word document (.docx)
        #[arg(short = 'o', long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// Replace that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        /// A table of households (CSV or xlsx): the report is of all of them in the setting of the scenario
        #[arg(long, value_name = "TABLE", conflicts_with = "payments")]
        households: Option<PathBuf>,
        /// A table of payments (CSV or xlsx): the report is of what was paid beside the model
        #[arg(long, value_name = "TABLE")]
        payments: Option<PathBuf>,
        /// With --payments, the pathway, or solution, that is paid for; none of a programme
        #[arg(long, value_name = "PATHWAY", requires = "payments")]
        pathway: Option<String>,
        #[command(flatten)]
        compared: ComparedMonths,
        /// Draws of what is uncertain, of a scenario or a programme
        #[arg(long, value_name = "N", default_value_t = relocost_publish::report::ReportOptions::DRAWS, conflicts_with_all = ["households", "payments"], allow_hyphen_values = true)]
        draws: u64,
        /// The seed of the random numbers: another one gives other draws
        #[arg(long, value_name = "S", default_value_t = 0, conflicts_with_all = ["households", "payments"], allow_hyphen_values = true)]
        seed: u64,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N", conflicts_with = "payments")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        /// Prices of each year, or constant prices
        #[arg(long, value_enum, default_value_t = BasisArg::Nominal)]
        basis: BasisArg,
        /// The language of the report, and of errors
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Tables of many cases that may be published: rounded, and with so much suppressed that no case can be derived
    ///
    /// Figures of fewer cases than the threshold are suppressed, and enough others with them that nobody can place a
    /// suppressed figure closer than 20 per cent of it, whatever tables, margins and earlier publications are taken together.
    /// One household is never published.
    #[command(
        after_help = "Examples:\n  relocost publish family.toml households.csv\n  relocost publish budget.toml --format json --write published-2026.json\n  relocost publish budget.toml --beside published-2026.json --by fiscal_year,fund --by size\n  relocost publish budget.toml --lang fr --format html > publication.html"
    )]
    Publish {
        #[command(flatten)]
        input: Input,
        /// A table of households (CSV or xlsx) in the setting of a scenario; none for a programme, which names its own
        households: Option<PathBuf>,
        /// The dimensions of a table, one to three of `fiscal_year`, `category`, `fund`, `kind` and `size`. Repeat for further tables
        #[arg(long, value_name = "DIMENSION,DIMENSION", value_parser = published_table)]
        by: Vec<PublishedTable>,
        /// A figure is of at least so many cases; at least 3
        #[arg(long, value_name = "N", default_value_t = 3, allow_hyphen_values = true)]
        threshold: u64,
        /// The JSON of an earlier publication, which readers have too. Repeat for further ones
        #[arg(long, value_name = "FILE")]
        beside: Vec<PathBuf>,
        /// Write to this file instead of standard output
        #[arg(short = 'o', long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// Replace that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
}

/// The months of payments and how late one may be, where a table of payments is given.
#[derive(Args, Debug)]
pub(crate) struct ComparedMonths {
    /// With --payments, the first month [default: the first of all]
    #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
    from: Option<relocost::Month>,
    /// With --payments, the last month [default: that of the latest payment]
    #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
    until: Option<relocost::Month>,
    /// With --payments, the greatest number of months between a charge and its payment, as `relocost payments` has it
    #[arg(long, value_name = "N", default_value_t = 2, requires = "payments", allow_hyphen_values = true)]
    window: u32,
}

impl ComparedMonths {
    /// How payments are compared with a pathway, or with a programme.
    pub(crate) fn options(self, pathway: Option<String>) -> PaymentOptions {
        PaymentOptions::default().pathway(pathway).from(self.from).until(self.until).window(self.window)
    }
}

impl PaperCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Publish { output, .. } => output.lang,
            Self::Workbook { lang, .. } | Self::Journal { lang, .. } | Self::Report { lang, .. } => *lang,
        }
    }
}

/// The dimensions of a published table.
type PublishedTable = Vec<relocost_disclosure::Dimension>;

fn journal_format() -> impl TypedValueParser<Value = relocost_publish::journal::JournalFormat> {
    use relocost_publish::journal::JournalFormat;
    let names = JournalFormat::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(names).map(|name| JournalFormat::from_name(&name).unwrap_or(JournalFormat::Csv))
}

fn published_table(text: &str) -> Result<PublishedTable, String> {
    let parsed = relocost_disclosure::Dimension::parse_table(text);
    parsed.map_err(|message| message.text(relocost::Lang::En).to_owned())
}
