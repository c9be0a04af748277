//! The command line: commands, arguments and options.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use relocost::names::{Figures, Sampling};
use relocost_rates::PeriodRate;

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
        /// With --payments, the first month [default: the first of all]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        from: Option<relocost::Month>,
        /// With --payments, the last month [default: that of the latest payment]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        until: Option<relocost::Month>,
        /// With --payments, the greatest number of months between a charge and its payment, as `relocost payments` has it
        #[arg(long, value_name = "N", default_value_t = 2, requires = "payments", allow_hyphen_values = true)]
        window: u32,
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
        /// With --payments, the first month [default: the first of all]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        from: Option<relocost::Month>,
        /// With --payments, the last month [default: that of the latest payment]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        until: Option<relocost::Month>,
        /// With --payments, the greatest number of months between a charge and its payment, as `relocost payments` has it
        #[arg(long, value_name = "N", default_value_t = 2, requires = "payments", allow_hyphen_values = true)]
        window: u32,
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
        /// With --payments, the first month [default: the first of all]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        from: Option<relocost::Month>,
        /// With --payments, the last month [default: that of the latest payment]
        #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "payments")]
        until: Option<relocost::Month>,
        /// With --payments, the greatest number of months between a charge and its payment, as `relocost payments` has it
        #[arg(long, value_name = "N", default_value_t = 2, requires = "payments", allow_hyphen_values = true)]
        window: u32,
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
    /// Check files without printing figures: all errors at once, and what is odd
    Check {
        /// Scenario and programme files, or - for one on standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The files are catalogues
        #[arg(long)]
        catalogue: bool,
        #[command(flatten)]
        reach: Reach,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// The language of errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Run the expectations that scenarios and programmes carry
    #[command(after_help = "Example:\n  relocost test scenarios --junit report.xml")]
    Test {
        /// Scenario and programme files, and folders that are searched for them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Write a `JUnit` XML report to this file too
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
        #[command(flatten)]
        reach: Reach,
        /// Form of the output
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// The language of errors and warnings
        #[arg(long, value_enum, default_value_t = LangArg::En)]
        lang: LangArg,
    },
    /// Print the JSON Schema of scenario files, for editors that complete and check as you type
    Schema {
        /// Catalogue files instead
        #[arg(long)]
        catalogue: bool,
        /// Programme files instead
        #[arg(long, conflicts_with = "catalogue")]
        programme: bool,
    },
    /// Write a commented scenario to start from
    Init {
        /// The file to write; standard output if left out
        file: Option<PathBuf>,
        /// A table of households instead
        #[arg(long)]
        caseload: bool,
        /// A catalogue instead
        #[arg(long, conflicts_with = "caseload")]
        catalogue: bool,
        /// A programme instead, with the table of its households beside it
        #[arg(long, conflicts_with_all = ["caseload", "catalogue"])]
        programme: bool,
        /// Replace the file if there is one
        #[arg(long, requires = "file")]
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

impl Command {
    /// The language in which errors are told.
    pub(crate) fn lang(&self) -> relocost::Lang {
        match self {
            Self::Compare { output, .. }
            | Self::Ledger { output, .. }
            | Self::Explain { output, .. }
            | Self::Delay { output, .. }
            | Self::Calibrate { output, .. }
            | Self::Simulate { output, .. }
            | Self::Tornado { output, .. }
            | Self::Sobol { output, .. }
            | Self::Caseload { output, .. }
            | Self::Publish { output, .. }
            | Self::Diff { output, .. } => output.lang.into(),
            Self::Payments { lang, .. }
            | Self::Journal { lang, .. }
            | Self::Report { lang, .. }
            | Self::Workbook { lang, .. }
            | Self::Programme { lang, .. }
            | Self::Estimate { lang, .. }
            | Self::Rates { lang, .. }
            | Self::Prices { lang, .. }
            | Self::Check { lang, .. }
            | Self::Test { lang, .. } => (*lang).into(),
            Self::Catalogue { .. }
            | Self::Schema { .. }
            | Self::Init { .. }
            | Self::Completions { .. }
            | Self::Man { .. } => relocost::Lang::En,
        }
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

fn journal_format() -> impl TypedValueParser<Value = relocost_publish::journal::JournalFormat> {
    use relocost_publish::journal::JournalFormat;
    let names = JournalFormat::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(names).map(|name| JournalFormat::from_name(&name).unwrap_or(JournalFormat::Csv))
}

/// The values of an option that has the names of the library.
fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|each| name(*each)))
        .try_map(move |given| all.iter().copied().find(|each| name(*each) == given).ok_or("no such name"))
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

impl From<LangArg> for relocost::Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::Fr => Self::Fr,
        }
    }
}

/// The dimensions of a published table.
pub(crate) type PublishedTable = Vec<relocost_disclosure::Dimension>;

fn published_table(text: &str) -> Result<PublishedTable, String> {
    let parsed = relocost_disclosure::Dimension::parse_table(text);
    parsed.map_err(|message| message.text(relocost::Lang::En).to_owned())
}

fn month(text: &str) -> Result<relocost::Month, String> {
    text.parse().map_err(|_| "expected a month such as 2029-03".to_owned())
}

#[cfg(test)]
mod tests;
