//! The budget of many cases, and what changed from one to the next.

use std::path::PathBuf;

use clap::Subcommand;
use relocost::names::Sampling;

use super::{Format, LangArg, Output, Reach, named};

#[derive(Subcommand, Debug)]
pub(crate) enum BudgetCommand {
    /// The budget of many cases over several fiscal years, who waits, and what agreements are worth
    ///
    /// A programme is a TOML or JSON file with cases and relocation agreements. Every fiscal year and fund is shown with the
    /// agreements that are signed, with all that are planned, and as if every case were settled from its arrival.
    #[command(
        after_help = "Examples:\n  relocost programme budget.toml\n  relocost programme budget.toml --month --format csv > months.csv\n  relocost programme budget.toml --cases\n  relocost programme budget.toml --draws 10000 --seed 7\n\n`relocost init --programme budget.toml` writes a programme to start from."
    )]
    Programme {
        /// The programme's file, or - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Show single cases too; CSV has them alone. They tell where households live
        #[arg(long)]
        cases: bool,
        /// Show the months too; CSV has them alone, and JSON always
        #[arg(long)]
        month: bool,
        /// Leave out what agreements are worth and what steps would save
        #[arg(long)]
        no_values: bool,
        /// Add so many futures: arrivals, slips, refusals, events and prices by chance. CSV has them alone
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        draws: Option<u64>,
        /// The seed of the random numbers: another one gives other futures
        #[arg(long, value_name = "S", default_value_t = 0, requires = "draws", allow_hyphen_values = true)]
        seed: u64,
        /// Placement of the uncertain parameters: independent, stratified, or scrambled Sobol' points
        #[arg(
            long,
            default_value_t = Sampling::Random,
            value_parser = named(Sampling::ALL, Sampling::name),
            requires = "draws"
        )]
        sampling: Sampling,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        reach: Reach,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The language of tables, errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// The changes between two scenarios, catalogues, programmes or caseloads, and what each adds
    ///
    /// Changes are applied one after another in a stated order, so that their effects add up to the difference of the
    /// totals, to the cent; of two programmes, and of two caseloads, in every fiscal year and fund. Two catalogues alone are
    /// compared for nobody: what changed is listed, and costs nothing.
    #[command(
        after_help = "Examples:\n  relocost diff last-year.toml this-year.toml\n  relocost diff prices-2026.toml prices-2027.toml --scenario family.toml\n  relocost diff setting-2026.toml setting-2027.toml --households cases-2026.csv cases-2027.csv"
    )]
    Diff {
        /// The older scenario, catalogue or programme
        old: PathBuf,
        /// The newer one
        new: PathBuf,
        /// The files are catalogues: what changes for this scenario, whatever catalogue it names
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// Tables of households: what changed from one caseload to the other, each in the setting of its scenario
        #[arg(long, num_args = 2, value_names = ["OLD_TABLE", "NEW_TABLE"], conflicts_with = "scenario")]
        households: Vec<PathBuf>,
        /// The pathways of the caseloads [default: permanent temporary]
        #[arg(long, num_args = 2, value_names = ["BASE", "ALTERNATIVE"], requires = "households")]
        pathways: Vec<String>,
        #[command(flatten)]
        reach: Reach,
        #[command(flatten)]
        output: Output,
    },
}

impl BudgetCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Diff { output, .. } => output.lang,
            Self::Programme { lang, .. } => *lang,
        }
    }
}
