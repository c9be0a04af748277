//! The command line: its subcommands by families, and the arguments and options that several of them take.

pub(crate) mod budgets;
pub(crate) mod files;
pub(crate) mod papers;
pub(crate) mod pathways;
pub(crate) mod prices;
pub(crate) mod tables;
pub(crate) mod uncertainty;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use budgets::BudgetCommand;
use files::FileCommand;
use papers::PaperCommand;
use pathways::PathwayCommand;
use prices::PriceCommand;
use tables::TableCommand;
use uncertainty::UncertaintyCommand;

/// The cost of permanent and temporary relocation of a protected witness's household, the premium, and its causes: to
/// the cent, every figure traceable to its entries and their sources.
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

/// The subcommands by families, in the order of the help.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    #[command(flatten)]
    Pathways(PathwayCommand),
    #[command(flatten)]
    Uncertainty(UncertaintyCommand),
    #[command(flatten)]
    Tables(TableCommand),
    #[command(flatten)]
    Papers(PaperCommand),
    #[command(flatten)]
    Budgets(BudgetCommand),
    #[command(flatten)]
    Prices(PriceCommand),
    #[command(flatten)]
    Files(FileCommand),
}

impl Command {
    /// The language in which errors are told.
    pub(crate) fn lang(&self) -> relocost::Lang {
        let lang = match self {
            Self::Pathways(command) => command.lang(),
            Self::Uncertainty(command) => command.lang(),
            Self::Tables(command) => command.lang(),
            Self::Papers(command) => command.lang(),
            Self::Budgets(command) => command.lang(),
            Self::Prices(command) => command.lang(),
            Self::Files(command) => command.lang(),
        };
        lang.into()
    }
}

/// The scenario that is asked about.
#[derive(Args, Debug)]
pub(crate) struct Input {
    /// The scenario's file, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Ask of this variant of the scenario instead of the scenario as it stands
    #[arg(long, value_name = "NAME")]
    pub(crate) variant: Option<String>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// The catalogues that may be used, and the values that may be shown.
#[derive(Args, Debug)]
pub(crate) struct Reach {
    /// A further folder in which catalogues may lie (beside the scenario's own)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) catalogues: Vec<PathBuf>,
    /// Show values in errors that could identify a household; for your own screen only
    #[arg(long)]
    pub(crate) show_values: bool,
}

/// The two pathways that are compared.
#[derive(Args, Debug)]
pub(crate) struct Sides {
    /// The pathway compared against [default: permanent]
    #[arg(long, value_name = "PATHWAY")]
    pub(crate) base: Option<String>,
    /// The pathway whose extra cost is asked for [default: temporary]
    #[arg(long, value_name = "PATHWAY")]
    pub(crate) alternative: Option<String>,
}

impl Sides {
    /// True if either was named on the command line.
    pub(crate) fn chosen(&self) -> bool {
        self.base.is_some() || self.alternative.is_some()
    }

    /// The pair: what is named, and otherwise the usual pathways.
    pub(crate) fn pair(self) -> relocost::Pair {
        let usual = relocost::Pair::default();
        relocost::Pair::new(self.base.unwrap_or(usual.base), self.alternative.unwrap_or(usual.alternative))
    }
}

/// The values of an option that has the names of the library.
fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|each| name(*each)))
        .try_map(move |given| all.iter().copied().find(|each| name(*each) == given).ok_or("no such name"))
}

/// The form in which a result is printed.
#[derive(Args, Debug)]
pub(crate) struct Output {
    /// Prices of each year, or constant prices
    #[arg(long, value_enum, default_value_t = BasisArg::Nominal)]
    pub(crate) basis: BasisArg,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The language of tables, errors and warnings
    #[arg(long, value_enum, default_value_t = LangArg::En)]
    pub(crate) lang: LangArg,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    #[value(alias = "table")]
    Text,
    Json,
    Csv,
    Html,
    Markdown,
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

impl From<LangArg> for relocost::Lang {
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

#[cfg(test)]
mod tests;
