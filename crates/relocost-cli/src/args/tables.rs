//! Questions about a table beside a scenario: of households, or of payments.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Format, Input, LangArg, Output, Sides, month};

#[derive(Subcommand, Debug)]
pub(crate) enum TableCommand {
    /// Many households in the setting of one scenario, and their premium against the reported band
    #[command(
        after_help = "Example:\n  relocost caseload family.toml households.csv\n\n`relocost init --caseload households.csv` writes a table to start from."
    )]
    Caseload {
        #[command(flatten)]
        input: Input,
        /// A table of households (CSV or xlsx): `reference`, `members`, and if wanted `count`, `start` and `ages_at`; - for
        /// standard input
        households: PathBuf,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
    /// What was paid beside what a pathway, or a programme, was expected to cost, and why they differ
    ///
    /// Payments and the model's entries are compared by line and month. Their difference is split, to the cent, into what
    /// comes from the payments' own exchange rates, prices, quantities and months, what was not paid, and what was not
    /// planned. Other columns than those named below are not read, and no text of a payment is shown.
    #[command(
        after_help = "Examples:\n  relocost payments family.toml payments.csv --pathway temporary\n  relocost payments family.toml payments.xlsx --pathway temporary --until 2027-02 --format html > paid.html\n  relocost payments budget.toml payments.csv\n  relocost payments family.toml payments.csv --pathway temporary --estimate --write estimated.toml"
    )]
    Payments {
        #[command(flatten)]
        input: Input,
        /// A table of payments (CSV or xlsx): `month`, `amount`, `currency`, `line` or `category`, and if wanted `rate`,
        /// `quantity` and `reference`; - for standard input
        payments: PathBuf,
        /// The pathway, or solution, that is paid for; none of a programme, which is paid for as planned
        #[arg(long, value_name = "PATHWAY")]
        pathway: Option<String>,
        /// The first month compared [default: the first of all]
        #[arg(long, value_name = "YYYY-MM", value_parser = month)]
        from: Option<relocost::Month>,
        /// The last month compared [default: that of the latest payment]
        #[arg(long, value_name = "YYYY-MM", value_parser = month)]
        until: Option<relocost::Month>,
        /// The greatest number of months between a charge and its payment
        #[arg(long, value_name = "N", default_value_t = 2, allow_hyphen_values = true)]
        window: u32,
        /// Say what the payments imply for the catalogue's prices instead: unit prices by line, and amounts
        #[arg(long)]
        estimate: bool,
        /// With --estimate, the number of payments for which the catalogue's amount counts where there are fewer than 8
        #[arg(long, value_name = "K", default_value_t = 4, requires = "estimate", allow_hyphen_values = true)]
        credibility: u32,
        /// With --estimate, write a catalogue with the amounts, to lie over the one that was paid for; with --force one that
        /// is there is changed where it stands, and its comments stay
        #[arg(short = 'o', long, value_name = "FILE", requires = "estimate")]
        write: Option<PathBuf>,
        /// Change that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The language of tables, errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
}

impl TableCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Caseload { output, .. } => output.lang,
            Self::Payments { lang, .. } => *lang,
        }
    }
}
