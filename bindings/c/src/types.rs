//! The values that cross the border as they are.

use std::ffi::{c_char, c_int, c_void};

/// The version of the binary interface: programs built for one number work with every library of that number.
pub const RELOCOST_ABI_VERSION: u32 = 1;
/// RELOCOST_VERSION as a number that grows: the major version times 1000000, the minor one times 1000, and the patch.
pub const RELOCOST_VERSION_NUMBER: u32 = 1000;

/// As a length: the text ends at its first zero byte. (The header's own line says it, since C has no literal for it.)
pub(crate) const ZERO_ENDED: usize = usize::MAX;

/// The outcome of a call: RELOCOST_OK, or the number of its first finding.
pub type Status = u32;

/// A text: UTF-8 (of a document its bytes), not owned by this struct. What the library gives is followed by a zero byte that `length` does not
/// count, and lives as long as the handle that it came from; `data` is NULL where there is no such value. What a
/// program gives needs no zero byte, and may have the length RELOCOST_ZERO_ENDED; NULL means that it is not given.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    /// The first byte.
    pub data: *const c_char,
    /// The number of bytes.
    pub length: usize,
}

/// An amount of money: `minor` units (cents for EUR) of the currency `currency`, an ISO 4217 code with a zero at its
/// end, of which 10 to the power of `decimals` make one unit. The amount 950.00 EUR is {95000, 2, "EUR"}.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Money {
    /// Whole minor units.
    pub minor: i64,
    /// Decimals of the currency: 2 for EUR, 0 for JPY, 3 for TND.
    pub decimals: u32,
    /// The code and a zero byte.
    pub currency: [c_char; 4],
}

/// The function that hears the progress of a question, on the thread that asked: many times a millisecond where that thread does the work, and
/// otherwise every few milliseconds; it should do little, and look at a clock itself. `done` never goes back and ends at
/// `total`, which is 0 where it is not known before the end. Any answer but 0 ends the question with RELOCOST_INTERRUPTED. It may call the library; it must return (no longjmp, no exception).
pub type Progress = Option<extern "C" fn(user: *mut c_void, done: u64, total: u64) -> c_int>;

/// The options for loading a scenario. Set all of it to zero, then `size` to sizeof(relocost_load_options). NULL
/// instead of a pointer to it means that nothing is set.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LoadOptions {
    /// sizeof(relocost_load_options); tells the library which version of the struct this is.
    pub size: usize,
    /// Not 0: errors may show values that could identify a household, for one's own screen only.
    pub show_values: u32,
    /// Keep 0.
    pub reserved: u32,
    /// Further folders in which a catalogue may lie (of a file: beside its own folder). May be NULL if there are none.
    pub catalogue_folders: *const Text,
    /// The number of folders.
    pub catalogue_folder_count: usize,
    /// A catalogue that replaces the one that the scenario names: of a file the path, of a text the text. May be left
    /// out.
    pub catalogue: Text,
}

/// The options of a question. Set all of it to zero, then `size` to sizeof(relocost_options). NULL instead of a pointer
/// to it means that nothing is set. A question ignores the fields that it has no use for.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Options {
    /// sizeof(relocost_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The pathway compared against; "permanent" if left out.
    pub base: Text,
    /// The pathway whose extra cost is asked for; "temporary" if left out.
    pub alternative: Text,
    /// RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
    pub basis: u32,
    /// The longest wait of a delay, in months; 0 for the horizon.
    pub months: u32,
    /// Threads of a caseload; 0 for all cores. The figures do not depend on it.
    pub threads: u32,
    /// Keep 0.
    pub reserved: u32,
    /// The function that hears the progress, unless NULL.
    pub progress: Progress,
    /// The first argument of `progress`; the library does not look at it.
    pub user: *mut c_void,
}

/// The known cost of an estimate. Set all of it to zero, then `size` to sizeof(relocost_estimate_options).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct EstimateOptions {
    /// sizeof(relocost_estimate_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The currency, an ISO 4217 code; "EUR" if left out.
    pub currency: Text,
    /// Not 0: the cost is of a temporary solution, not of a permanent one.
    pub of_temporary: u32,
    /// Not 0: the cost is of one month, and this many are meant.
    pub months: u32,
    /// The lower end of the band of premiums, a decimal; the Court's "0.45" if left out. Both ends or neither.
    pub low: Text,
    /// Its upper end; the Court's "0.75" if left out.
    pub high: Text,
}

/// The options of published rates. Set all of it to zero, then `size` to sizeof(relocost_rate_options). Names and meanings are
/// those of the command `relocost rates`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RateOptions {
    /// sizeof(relocost_rate_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The scenario's currency, an ISO 4217 code; "EUR" if left out.
    pub currency: Text,
    /// What is taken of a year: "average", "end" or "month"; "average" if left out.
    pub of: Text,
    /// The first year wanted; 0 for the whole years of the files.
    pub first_year: i32,
    /// The last year wanted; 0 for the first alone.
    pub last_year: i32,
    /// The month, 1 to 12, in which the increase of an index by month comes; else 0.
    pub month: u32,
    /// Not 0: years and months without figures are left out, and said.
    pub allow_gaps: u32,
    /// The currencies, series or columns wanted, such as "USD" or "rents=housing"; all if there are none.
    pub columns: *const Text,
    /// The number of columns.
    pub column_count: usize,
    /// Only series with these values of dimensions, such as "geo=NL".
    pub filters: *const Text,
    /// The number of filters.
    pub filter_count: usize,
}

/// The options of payments. Set all of it to zero, then `size` to sizeof(relocost_payment_options). NULL instead of a pointer
/// to it means that nothing is set.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PaymentOptions {
    /// sizeof(relocost_payment_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The pathway, or the solution, that is paid for; left out of a programme, which is paid for as planned.
    pub pathway: Text,
    /// The first month compared, such as "2026-03"; that of the scenario or the programme if left out.
    pub from: Text,
    /// The last month compared; that of the latest payment if left out.
    pub until: Text,
    /// The greatest number of months between a charge and its payment; 0 for 2.
    pub window: u32,
    /// Not 0: a charge and its payment are of one month, whatever `window` is.
    pub same_month: u32,
    /// The function that hears the progress, unless NULL: of payments read, and then of a programme's cases.
    pub progress: Progress,
    /// The first argument of `progress`; the library does not look at it.
    pub user: *mut c_void,
}

/// The options of a publication. Set all of it to zero, then `size` to sizeof(relocost_publish_options). NULL instead of a
/// pointer to it means that nothing is set. That of a programme ignores the pathways, the basis and the threads.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PublishOptions {
    /// sizeof(relocost_publish_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The pathway compared against; "permanent" if left out.
    pub base: Text,
    /// The pathway whose extra cost is asked for; "temporary" if left out.
    pub alternative: Text,
    /// The dimensions of each table, one to three names that commas separate, of "fiscal_year", "category", "fund", "kind" and
    /// "size" (persons in the household), such as "fiscal_year,fund". The usual tables if there are none.
    pub tables: *const Text,
    /// The number of tables.
    pub table_count: usize,
    /// Earlier publications, each its text as RELOCOST_JSON: no reader who has them learns more. May be NULL if there are none.
    pub beside: *const Text,
    /// The number of earlier publications.
    pub beside_count: usize,
    /// A figure is of at least so many cases; 0 for 3, which is the least.
    pub threshold: u64,
    /// RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
    pub basis: u32,
    /// Threads; 0 for all cores. The figures do not depend on it.
    pub threads: u32,
    /// The function that hears the progress of the cases, unless NULL.
    pub progress: Progress,
    /// The first argument of `progress`; the library does not look at it.
    pub user: *mut c_void,
}

/// The entries of a ledger that are meant. Set all of it to zero, then `size` to sizeof(relocost_selection). Entries
/// must meet everything that is set.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Selection {
    /// sizeof(relocost_selection); tells the library which version of the struct this is.
    pub size: usize,
    /// Only entries of this category.
    pub category: Text,
    /// Only entries of this line.
    pub line: Text,
    /// Only entries of this month, such as "2029-03".
    pub month: Text,
    /// Only what this fund pays.
    pub fund: Text,
    /// Only entries of this fiscal year; 0 for any.
    pub fiscal_year: i32,
    /// Keep 0.
    pub reserved: u32,
}

/// A parameter set to a value in one of several sets of changes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Change {
    /// The number of the set, from 0.
    pub set: usize,
    /// The parameter's path, as of relocost_scenario_with.
    pub path: Text,
    /// The value, a decimal.
    pub value: Text,
}

/// A parameter, and the values that it takes in a grid.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Axis {
    /// The parameter's path, as of relocost_scenario_with.
    pub path: Text,
    /// The values, decimals. May be NULL if there are none.
    pub values: *const Text,
    /// The number of values.
    pub value_count: usize,
}

/// The options of a simulation. Set all of it to zero, then `size` to sizeof(relocost_simulate_options). NULL instead
/// of a pointer to it means that nothing is set. A question ignores the fields that it has no use for.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SimulateOptions {
    /// sizeof(relocost_simulate_options); tells the library which version of the struct this is.
    pub size: usize,
    /// The number of draws, with a precision the most draws; 0 for 100,000, of Sobol' indices for 16,384, of a programme and of
    /// a report for 10,000.
    pub draws: u64,
    /// The seed of the random numbers. What is simulated follows from the scenario, the seed, the options and the version
    /// of the library alone.
    pub seed: u64,
    /// Stops at the first of 2^14, 2^15, ... draws at which the standard errors of the mean, of the 50, 80 and 95 per cent
    /// quantiles of both pathways' totals are at most this share of them: above 0, at most 1; 0 for all draws.
    pub precision: f64,
    /// The pathway compared against; "permanent" if left out.
    pub base: Text,
    /// The pathway whose extra cost is asked for; "temporary" if left out.
    pub alternative: Text,
    /// RELOCOST_SAMPLING_RANDOM, _LATIN_HYPERCUBE or _SOBOL.
    pub sampling: u32,
    /// RELOCOST_NOMINAL (prices of each year) or RELOCOST_CONSTANT.
    pub basis: u32,
    /// Whose draws are kept, 8 bytes for each: RELOCOST_KEEP_NOTHING, _TOTALS or _EVERYTHING.
    pub keep: u32,
    /// Threads; 0 for all cores. They change no bit.
    pub threads: u32,
    /// The number of resamples for the intervals of Sobol' indices, at most 100,000; 0 for 1,000.
    pub resamples: u32,
    /// The figures of a scenario's simulation: RELOCOST_FIGURES_ALL, or totals with parts of one kind or none, which take less
    /// time and have the same bits: RELOCOST_FIGURES_TOTALS, _BY_FISCAL_YEAR, _BY_CATEGORY or _BY_FUND.
    pub figures: u32,
    /// The function that hears the progress, unless NULL.
    pub progress: Progress,
    /// The first argument of `progress`; the library does not look at it.
    pub user: *mut c_void,
}

/// A figure over the draws of a simulation, in units of the currency or, of a premium, as a share of the base. Set `size`
/// to sizeof(relocost_statistics) before the call; it stays, and members of later versions get 0.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Statistics {
    /// sizeof(relocost_statistics); tells the library which version of the struct this is.
    pub size: usize,
    /// The number of draws that have the figure.
    pub draws: u64,
    /// The mean of the draws.
    pub mean: f64,
    /// Their standard deviation, with N - 1.
    pub sd: f64,
    /// The standard error of the mean, 0 of a single draw; of Latin hypercubes and Sobol' points from 16 independent
    /// randomisations.
    pub se: f64,
    /// The smallest draw.
    pub least: f64,
    /// The largest draw.
    pub most: f64,
    /// The 5 per cent quantile: at or below it lie 5 per cent of the draws. As of relocost_simulation_quantile.
    pub p5: f64,
    /// The 10 per cent quantile.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// The 80 per cent quantile: what suffices in four cases out of five.
    pub p80: f64,
    /// The 90 per cent quantile.
    pub p90: f64,
    /// The 95 per cent quantile.
    pub p95: f64,
    /// The standard error of `p5`.
    pub se_p5: f64,
    /// The standard error of `p10`.
    pub se_p10: f64,
    /// The standard error of `p50`.
    pub se_p50: f64,
    /// The standard error of `p80`.
    pub se_p80: f64,
    /// The standard error of `p90`.
    pub se_p90: f64,
    /// The standard error of `p95`.
    pub se_p95: f64,
    /// The mean of the worst 5 per cent of the draws.
    pub expected_shortfall_95: f64,
}

/// The probability of each verdict on the premium, the band being the one that the Court reported in 2015: shares of
/// the draws, which add up to 1. Set `size` to sizeof(relocost_band_shares) before the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BandShares {
    /// sizeof(relocost_band_shares); tells the library which version of the struct this is.
    pub size: usize,
    /// Below the band.
    pub below: f64,
    /// Within it, ends included.
    pub within: f64,
    /// Above it.
    pub above: f64,
    /// Without a premium, the base being not above 0.
    pub none: f64,
}

/// Draws that are independent of one another.
pub const RELOCOST_SAMPLING_RANDOM: u32 = 0;
/// Latin hypercubes: each parameter stratified within blocks of 256 draws of each of 16 randomisations.
pub const RELOCOST_SAMPLING_LATIN_HYPERCUBE: u32 = 1;
/// Sobol' points, Owen-scrambled in 16 independent randomisations.
pub const RELOCOST_SAMPLING_SOBOL: u32 = 2;

/// No draws are kept, only what summarises them.
pub const RELOCOST_KEEP_NOTHING: u32 = 0;
/// The draws of the totals of pathways, of the extra cost and of the premium are kept.
pub const RELOCOST_KEEP_TOTALS: u32 = 1;
/// Those by fiscal year and category are kept too.
pub const RELOCOST_KEEP_EVERYTHING: u32 = 2;
/// Figures of a simulation: totals, and parts of all kinds.
pub const RELOCOST_FIGURES_ALL: u32 = 0;
/// Figures of a simulation: totals, no parts.
pub const RELOCOST_FIGURES_TOTALS: u32 = 1;
/// Figures of a simulation: totals, and parts by fiscal year.
pub const RELOCOST_FIGURES_BY_FISCAL_YEAR: u32 = 2;
/// Figures of a simulation: totals, and parts by category.
pub const RELOCOST_FIGURES_BY_CATEGORY: u32 = 3;
/// Figures of a simulation: totals, and parts by fund.
pub const RELOCOST_FIGURES_BY_FUND: u32 = 4;

/// Prices of each year.
pub const RELOCOST_NOMINAL: u32 = 0;
/// Prices of the price base year.
pub const RELOCOST_CONSTANT: u32 = 1;

/// The JSON of the command `relocost`.
pub const RELOCOST_JSON: u32 = 0;
/// The CSV of the command.
pub const RELOCOST_CSV: u32 = 1;
/// A report of lines of text, in English.
pub const RELOCOST_TEXT_EN: u32 = 2;
/// A report of lines of text, in French.
pub const RELOCOST_TEXT_FR: u32 = 3;
/// A report in HTML, in English: a fragment, or of relocost_report and its like a page that stands by itself.
pub const RELOCOST_HTML_EN: u32 = 4;
/// The same in French.
pub const RELOCOST_HTML_FR: u32 = 5;
/// TOML: of a scenario, of published rates, of estimates of prices a catalogue, and of new prices the text of their
/// catalogue, which is JSON where that was.
pub const RELOCOST_TOML: u32 = 6;
/// The CSV of the command for a spreadsheet set to French: semicolons, decimal commas, a byte order mark.
pub const RELOCOST_CSV_FR: u32 = 7;
/// A workbook (XLSX) with live formulas, in English.
pub const RELOCOST_XLSX_EN: u32 = 8;
/// A workbook (XLSX) with live formulas, in French.
pub const RELOCOST_XLSX_FR: u32 = 9;
/// A journal for hledger, and programs that read its journals, in English.
pub const RELOCOST_HLEDGER_EN: u32 = 10;
/// The same in French.
pub const RELOCOST_HLEDGER_FR: u32 = 11;
/// A journal for Beancount, and with it Fava, in English.
pub const RELOCOST_BEANCOUNT_EN: u32 = 12;
/// The same in French.
pub const RELOCOST_BEANCOUNT_FR: u32 = 13;
/// A report as a Word document (DOCX), in English: of relocost_report and its like.
pub const RELOCOST_DOCX_EN: u32 = 14;
/// The same in French.
pub const RELOCOST_DOCX_FR: u32 = 15;

/// Whole numbers: int64_t.
pub const RELOCOST_INTEGER: u32 = 1;
/// Money: relocost_money.
pub const RELOCOST_MONEY: u32 = 2;
/// Exact decimals, as text such as "0.630343604033".
pub const RELOCOST_DECIMAL: u32 = 3;
/// Other text: names, labels, months such as "2029-03".
pub const RELOCOST_TEXT: u32 = 4;
