//! Questions about what is uncertain.

use clap::Subcommand;
use relocost::names::{Figures, Sampling};

use super::{Input, LangArg, Output, Sides, named};

#[derive(Subcommand, Debug)]
pub(crate) enum UncertaintyCommand {
    /// The range of costs of each pathway where parameters are uncertain: the amount to set aside, and how sure the
    /// premium is
    ///
    /// All pathways are costed on the same draws of the parameters under [[uncertain]], and of the events that happen at
    /// random. Draws follow from the file, the seed and the version alone: threads change no bit.
    #[command(
        after_help = "Examples:\n  relocost simulate family.toml\n  relocost simulate family.toml --draws 1000000 --sampling sobol --precision 0.001\n  relocost simulate family.toml --format markdown > reserve.md\n  relocost simulate family.toml --base permanent --alternative delayed --format json"
    )]
    Simulate {
        #[command(flatten)]
        input: Input,
        /// Number of draws; with --precision, the most draws
        #[arg(long, value_name = "N", default_value_t = 100_000, allow_hyphen_values = true)]
        draws: u64,
        /// The seed of the random numbers: another one gives other draws
        #[arg(long, value_name = "S", default_value_t = 0, allow_hyphen_values = true)]
        seed: u64,
        /// Placement of the draws: independent, stratified by parameter, or scrambled Sobol' points
        #[arg(long, default_value_t = Sampling::Random, value_parser = named(Sampling::ALL, Sampling::name))]
        sampling: Sampling,
        /// Figures beside the totals: the fewer, the faster; no figure depends on it
        #[arg(long, default_value_t = Figures::All, value_parser = named(Figures::ALL, Figures::name))]
        figures: Figures,
        /// Stop once the standard errors of both pathways' means, P50, P80 and P95 are within this share of them
        #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
        precision: Option<f64>,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
    /// The swing of the extra cost with each uncertain parameter alone, the widest first
    ///
    /// Each parameter stands once at its 10 and once at its 90 per cent quantile, all others as the scenario gives them.
    #[command(after_help = "Example:\n  relocost tornado family.toml")]
    Tornado {
        #[command(flatten)]
        input: Input,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
    /// The share of each figure's variance that each uncertain factor explains
    ///
    /// First-order and total indices of Sobol' with bootstrap intervals, what is at stake in the currency, and rank
    /// correlations. Parameters tied by correlations are one factor, and so are the events of a line.
    #[command(
        after_help = "Examples:\n  relocost sobol family.toml\n  relocost sobol family.toml --draws 65536 --resamples 2000 --format json"
    )]
    Sobol {
        #[command(flatten)]
        input: Input,
        /// Draws of each of the two matrices; the scenario is costed (factors + 2) times as often
        #[arg(long, value_name = "N", default_value_t = 16_384, allow_hyphen_values = true)]
        draws: u64,
        /// The seed of the random numbers: another one gives other draws
        #[arg(long, value_name = "S", default_value_t = 0, allow_hyphen_values = true)]
        seed: u64,
        /// Number of resamples of the draws for the intervals; 0 for none
        #[arg(long, value_name = "R", default_value_t = 1_000, allow_hyphen_values = true)]
        resamples: u32,
        /// Threads; all cores if left out. The figures do not depend on it
        #[arg(long, value_name = "N")]
        threads: Option<std::num::NonZeroUsize>,
        #[command(flatten)]
        sides: Sides,
        #[command(flatten)]
        output: Output,
    },
}

impl UncertaintyCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Simulate { output, .. } | Self::Tornado { output, .. } | Self::Sobol { output, .. } => output.lang,
        }
    }
}
