//! What may be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// What permanent and temporary relocation of a protected witness's household cost, what the premium is, and what
/// causes it: to the cent, every figure traceable to its entries and their sources.
///
/// A scenario is a TOML or JSON file that names a household (no names, ages only), a horizon, and the catalogue of
/// prices that it lies over. Begin with `relocost init family.toml` and `relocost compare family.toml`.
///
/// Exit status: 0 when done, 1 for an input that is wrong or an expectation that fails, 2 for a call that is wrong.
#[derive(Parser, Debug)]
#[command(name = "relocost", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Compare an alternative with a base: costs, premium, what causes it (the main job)
    ///
    /// The premium depends heavily on the horizon, so it is never shown without it, and the premium curve gives it for
    /// shorter ones. "What causes it" is the price of each entitlement that the alternative lacks: its Shapley value,
    /// so that the parts add up to the extra cost, to the cent.
    #[command(
        after_help = "Examples:\n  relocost compare family.toml\n  relocost compare family.toml --base permanent --alternative delayed --format json\n  relocost compare family.toml --basis constant --lang fr"
    )]
    Compare {
        #[command(flatten)]
        input: Input,
        /// The pathway to which the other is held
        #[arg(long, value_name = "PATHWAY")]
        base: Option<String>,
        /// The pathway whose extra cost is asked for
        #[arg(long, value_name = "PATHWAY")]
        alternative: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Print every entry of a pathway's ledger, with each factor of its amount
    #[command(after_help = "Example:\n  relocost ledger family.toml --pathway temporary --format csv > ledger.csv")]
    Ledger {
        #[command(flatten)]
        input: Input,
        /// The pathway, or solution
        #[arg(long, value_name = "PATHWAY")]
        pathway: String,
        #[command(flatten)]
        output: Output,
    },
    /// Trace one figure back to its entries, one entry's calculation, and the sources
    #[command(
        after_help = "Examples:\n  relocost explain family.toml --pathway temporary --category education --year 2027\n  relocost explain family.toml --pathway permanent --line rent --month 2029-03"
    )]
    Explain {
        #[command(flatten)]
        input: Input,
        /// The pathway, or solution
        #[arg(long, value_name = "PATHWAY")]
        pathway: String,
        /// Only entries of this category
        #[arg(long, value_name = "ID")]
        category: Option<String>,
        /// Only entries of this line
        #[arg(long, value_name = "ID")]
        line: Option<String>,
        /// Only entries of this fiscal year
        #[arg(long, value_name = "YYYY", allow_hyphen_values = true)]
        year: Option<i32>,
        /// Only entries of this month
        #[arg(long, value_name = "YYYY-MM", value_parser = month)]
        month: Option<relocost::Month>,
        /// Only what this fund pays
        #[arg(long, value_name = "ID")]
        fund: Option<String>,
        /// Which of the entries to calculate step by step, counted from 1
        #[arg(long, value_name = "N", default_value_t = 1)]
        entry: usize,
        #[command(flatten)]
        output: Output,
    },
    /// Check files without printing figures: all errors at once, and what is odd
    Check {
        /// Scenario files, or - for a scenario on standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The files are catalogues
        #[arg(long)]
        catalogue: bool,
        #[command(flatten)]
        reach: Reach,
        /// How to print
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
    },
    /// Run the expectations that scenarios carry
    #[command(after_help = "Example:\n  relocost test scenarios --junit report.xml")]
    Test {
        /// Scenario files, and folders that are searched for them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write a `JUnit` XML report to this file too
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
        #[command(flatten)]
        reach: Reach,
        /// How to print
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
    },
    /// Print the JSON Schema of scenario files, for editors that complete and check as you type
    Schema {
        /// Of catalogue files instead
        #[arg(long)]
        catalogue: bool,
    },
    /// Write a commented scenario to start from
    Init {
        /// The file to write; standard output if left out
        file: Option<PathBuf>,
        /// Replace the file if there is one
        #[arg(long)]
        force: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, of one command if named
    Man {
        /// The command
        command: Option<String>,
    },
}

/// The scenario that is asked about.
#[derive(Args, Debug)]
pub(crate) struct Input {
    /// The scenario's file, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// What may be reached and shown.
#[derive(Args, Debug)]
pub(crate) struct Reach {
    /// A further folder in which catalogues may lie (beside the scenario's own)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) catalogues: Vec<PathBuf>,
    /// Show values in errors that could identify a household; for your own screen only
    #[arg(long)]
    pub(crate) show_values: bool,
}

/// How a result is printed.
#[derive(Args, Debug)]
pub(crate) struct Output {
    /// Prices of each year, or constant prices
    #[arg(long, value_enum, default_value_t = BasisArg::Nominal)]
    pub(crate) basis: BasisArg,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of tables
    #[arg(long, value_enum, default_value_t = LangArg::En)]
    pub(crate) lang: LangArg,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Csv,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckFormat {
    Text,
    Json,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BasisArg {
    Nominal,
    Constant,
}

impl From<BasisArg> for relocost::Basis {
    fn from(basis: BasisArg) -> Self {
        match basis {
            BasisArg::Nominal => Self::Nominal,
            BasisArg::Constant => Self::Constant,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LangArg {
    En,
    Fr,
}

impl From<LangArg> for relocost_report::Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::Fr => Self::Fr,
        }
    }
}

fn month(text: &str) -> Result<relocost::Month, String> {
    text.parse().map_err(|_| "expected a month such as 2029-03".to_owned())
}
