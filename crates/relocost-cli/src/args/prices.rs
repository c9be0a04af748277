//! What is known from elsewhere: a cost, published rates, lists of prices, and the catalogues built in.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use relocost_rates::PeriodRate;

use super::{Format, LangArg, named};

#[derive(Subcommand, Debug)]
pub(crate) enum PriceCommand {
    /// The first hour, without a catalogue: what the Court's reported average implies for a known cost
    #[command(
        after_help = "Examples:\n  relocost estimate --permanent 112000 --currency USD\n  relocost estimate --temporary 180000\n  relocost estimate --monthly 3750 --months 12 --band 0.45..0.75"
    )]
    Estimate {
        #[command(flatten)]
        known: KnownCostArgs,
        /// For how many months, with --monthly
        #[arg(
            long,
            value_name = "N",
            requires = "monthly",
            // A required option is not asked for where it conflicts with one that is given.
            conflicts_with_all = ["permanent", "temporary"],
            value_parser = clap::value_parser!(u32).range(1..)
        )]
        months: Option<u32>,
        /// The solution of which the cost is known, with --monthly
        #[arg(
            long,
            value_enum,
            default_value_t = KindArg::Permanent,
            requires = "monthly",
            conflicts_with_all = ["permanent", "temporary"]
        )]
        of: KindArg,
        /// The currency
        #[arg(long, default_value = "EUR", value_parser = currency)]
        currency: relocost::Currency,
        /// The band of premiums
        #[arg(long, value_name = "LOW..HIGH", default_value = "0.45..0.75", value_parser = band, allow_hyphen_values = true)]
        band: relocost::comparison::ReportedBand,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The language of tables, errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Write published exchange rates or price indices as tables of rates, each with its source
    ///
    /// The output stands under `rates` in a scenario or a catalogue. Exchange rates are units of the scenario's
    /// currency for one unit of each other, inverted and crossed exactly; levels of an index become yearly increases.
    /// Files of one publisher may be given together. A year or month without figures is an error unless gaps are allowed.
    #[command(
        after_help = "Examples:\n  relocost rates ecb eurofxref-hist.csv --column USD --column GBP --years 2020..2025\n  relocost rates un un-2026-*.xml --of month --years 2026 --allow-gaps\n  relocost rates eurostat prc_hicp_midx.tsv --where geo=NL --column M.I15.CP041.NL=rent --of month --month 7"
    )]
    Rates {
        /// The publisher
        #[arg(value_parser = rate_format())]
        format: relocost_rates::Format,
        /// The publisher's files, or - for one on standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The scenario's currency
        #[arg(long, default_value = "EUR", value_parser = currency)]
        currency: relocost::Currency,
        /// The years wanted, such as 2020..2027 or 2026 [default: the whole years of the files]
        #[arg(long, value_name = "YEAR..YEAR", value_parser = years)]
        years: Option<(i32, i32)>,
        /// The mean of the year, its end (of an index December over December), or by month
        #[arg(long, default_value = "average", value_parser = named(PeriodRate::ALL, PeriodRate::name))]
        of: relocost_rates::PeriodRate,
        /// With --of month, for an index: the month in which its increase comes, 1 to 12
        #[arg(long, value_name = "N", requires = "of")]
        month: Option<u32>,
        /// Only this currency, series or column, and the name of an index; can be repeated [default: all]
        #[arg(long, value_name = "SERIES[=NAME]")]
        column: Vec<relocost_rates::Column>,
        /// Only series with this value of a dimension; can be repeated
        #[arg(long = "where", value_name = "DIMENSION=VALUE", value_parser = dimension)]
        filters: Vec<(String, String)>,
        /// Leave out years and months without figures, or take what there is of a year, and say so
        #[arg(long)]
        allow_gaps: bool,
        /// The language of errors
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Bring a catalogue's prices up to date from a list: what changes, what is missing, what is unknown
    ///
    /// A list is a table, CSV or a workbook (xlsx), with the columns `id` (of a line), `amount`, `currency`, `source`, and if
    /// wanted `from`, the month from which the amount holds. Other columns are not read. A row with a month sets a tariff
    /// of the line, and all earlier charges stay as they were; an amount without one is in prices of the line's price base
    /// year. Rows whose id no line has are reported, and change nothing.
    #[command(
        after_help = "Examples:\n  relocost prices prices.toml list-2027.xlsx\n  relocost prices prices.toml list-2027.csv --write prices-2027.toml\n  relocost diff prices.toml prices-2027.toml --scenario family.toml"
    )]
    Prices {
        /// The catalogue's file
        catalogue: PathBuf,
        /// The list, or - for one on standard input
        list: PathBuf,
        /// Write the catalogue with the new prices, comments and order as they are
        #[arg(short = 'o', long, value_name = "FILE")]
        write: Option<PathBuf>,
        /// Replace that file if there is one
        #[arg(long, requires = "write")]
        force: bool,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The language of tables, errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// List the catalogues that are built in, or print one
    #[command(after_help = "Example:\n  relocost catalogue reference > prices.toml")]
    Catalogue {
        /// The catalogue to print
        name: Option<String>,
    },
}

impl PriceCommand {
    /// The language in which errors are told.
    pub(super) fn lang(&self) -> LangArg {
        match self {
            Self::Estimate { lang, .. } | Self::Rates { lang, .. } | Self::Prices { lang, .. } => *lang,
            Self::Catalogue { .. } => LangArg::En,
        }
    }
}

/// A cost that is known, exactly one.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(crate) struct KnownCostArgs {
    /// The cost of a permanent solution
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) permanent: Option<relocost::Amount>,
    /// The cost of a temporary one
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) temporary: Option<relocost::Amount>,
    /// The cost of a month
    #[arg(long, value_name = "AMOUNT", requires = "months")]
    pub(crate) monthly: Option<relocost::Amount>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindArg {
    Permanent,
    Temporary,
}

fn currency(code: &str) -> Result<relocost::Currency, String> {
    relocost::Currency::from_code(code).ok_or_else(|| "expected a currency of ISO 4217, such as EUR".to_owned())
}

fn band(text: &str) -> Result<relocost::comparison::ReportedBand, String> {
    let parse = || {
        let (low, high) = text.split_once("..")?;
        relocost::comparison::ReportedBand::new(low.parse().ok()?, high.parse().ok()?)
    };
    parse().ok_or_else(|| "expected a band such as 0.45..0.75".to_owned())
}

/// The publishers, each with the versions of its files.
fn rate_format() -> impl TypedValueParser<Value = relocost_rates::Format> {
    use relocost_rates::Format;
    let names = Format::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(names).map(|name| Format::from_name(&name).unwrap_or(Format::Csv))
}

fn years(text: &str) -> Result<(i32, i32), String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let year = |text: &str| text.parse().map_err(|_| "expected years such as 2020..2027 or 2026".to_owned());
    Ok((year(first)?, year(last)?))
}

fn dimension(text: &str) -> Result<(String, String), String> {
    let (name, value) =
        text.split_once('=').ok_or_else(|| "expected a dimension and its value, as geo=NL".to_owned())?;
    Ok((name.to_owned(), value.to_owned()))
}
