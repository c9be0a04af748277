//! Questions about the pathways of one scenario.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Input, LangArg, Output, Sides, month};

#[derive(Subcommand, Debug)]
pub(crate) enum PathwayCommand {
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
        /// Compare in every variant of the scenario instead
        #[arg(long, conflicts_with = "variant")]
        variants: bool,
        #[command(flatten)]
        sides: Sides,
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
        after_help = "Examples:\n  relocost explain family.toml --pathway temporary --category education --fiscal-year 2027\n  relocost explain family.toml --pathway permanent --line rent --month 2029-03"
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
        #[arg(long, alias = "year", value_name = "YYYY", allow_hyphen_values = true)]
        fiscal_year: Option<i32>,
        /// Only entries of this month
        #[arg(long, value_name = "YYYY-MM", value_parser = month)]
        month: Option<relocost::Month>,
        /// Only what this fund pays
        #[arg(long, value_name = "ID")]
        fund: Option<String>,
        /// The entry to calculate step by step, counted from 1 [default: 1]
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        entry: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        output: Output,
    },
    /// The cost of each further month of waiting for an agreement
    ///
    /// Two columns, because a fixed horizon flatters long waits: what this budget pays within the horizon, and the full
    /// course, in which the household gets all months of the base afterwards.
    #[command(after_help = "Example:\n  relocost delay family.toml --months 24")]
    Delay {
        #[command(flatten)]
        input: Input,
        /// The longest wait; the horizon if left out
        #[arg(long, value_name = "N")]
        months: Option<u32>,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
    /// The factor on some lines' amounts at which the premium meets a target
    #[command(
        after_help = "Example:\n  relocost calibrate family.toml --target 0.60 --lines short-let,international-school --write calibrated.toml"
    )]
    Calibrate {
        #[command(flatten)]
        input: Input,
        /// The premium to meet, such as 0.60
        #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
        target: relocost::Amount,
        /// The lines whose amounts are scaled
        #[arg(long, value_name = "ID,ID", value_delimiter = ',', required = true)]
        lines: Vec<String>,
        /// Write a scenario with the calibrated amounts, standing by itself
        #[arg(short = 'o', long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// Replace that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
}

impl PathwayCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Compare { output, .. }
            | Self::Ledger { output, .. }
            | Self::Explain { output, .. }
            | Self::Delay { output, .. }
            | Self::Calibrate { output, .. } => output.lang,
        }
    }
}
