//! Workbooks (XLSX) with live formulas from inputs to totals: an auditor changes a rent, a rate or a share and sees the
//! premium move.
//!
//! In: a [`Scenario`]. Out: the bytes of a workbook. Prices, rates and shares are cells with names (`names`, `terms`); a
//! charge is a row whose factors refer to them (`rows`, `entries`); totals, the premium and charts are formulas over the
//! rows (`totals`, `premium`, `charts`). The structure is fixed: which charges there are, in which months and for how many
//! units, is what the library computed, and the first sheet says so.
//!
//! Each formula carries the library's own result, so that a viewer that does not recalculate shows exact figures. Nothing
//! but formulas of this module is a formula: a text that begins like one is written as a text.

mod book;
mod charts;
mod entries;
mod first;
mod inputs;
mod names;
mod path;
mod premium;
mod rows;
mod styles;
mod terms;
mod totals;
mod words;

use relocost::{Basis, Code, CompareOptions, Comparison, Error, Lang, Ledger, Pair, Scenario, message};
use relocost_report::pathway_head;
use rust_xlsxwriter::XlsxError;

use self::book::Book;
use self::charts::Sources;
use self::names::Names;
use self::path::{HEADS, Part, Path};
use self::premium::Named;
use self::terms::{Terms, decimal};
use self::totals::Layout;
use self::words::Words;

/// What a workbook shows, and in which language.
///
/// ```
/// use relocost::{Lang, Pair};
/// use relocost_publish::workbook::WorkbookOptions;
/// let options = WorkbookOptions::default().pair(Pair::new("permanent", "delayed")).lang(Lang::Fr);
/// assert_eq!((options.pair.alternative.as_str(), options.lang), ("delayed", Lang::Fr));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkbookOptions {
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices. The present value, which is of nominal prices, is left out on the constant one.
    pub basis: Basis,
    /// The language of everything that a person reads.
    pub lang: Lang,
    /// The number of rows of a sheet, heads included: 1,048,576 in the programs of today. The entries of a pathway that
    /// has more are split over several sheets. Fewer than 2, or more than there are, count as the nearest that does.
    pub rows_per_sheet: u32,
}

/// The rows of a sheet.
const ROWS: u32 = 1_048_576;

impl Default for WorkbookOptions {
    fn default() -> Self {
        Self { pair: Pair::default(), basis: Basis::Nominal, lang: Lang::En, rows_per_sheet: ROWS }
    }
}

impl WorkbookOptions {
    /// Sets the pathways compared.
    #[must_use]
    pub fn pair(mut self, pair: Pair) -> Self {
        self.pair = pair;
        self
    }

    /// Sets the basis of prices.
    #[must_use]
    pub fn basis(mut self, basis: Basis) -> Self {
        self.basis = basis;
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Sets the number of rows of a sheet, for a program that holds fewer.
    #[must_use]
    pub fn rows_per_sheet(mut self, rows: u32) -> Self {
        self.rows_per_sheet = rows;
        self
    }
}

/// Writes the workbook of a scenario: two pathways, and the premium between them. The same scenario gives the same bytes.
///
/// ```
/// use relocost_publish::workbook::{WorkbookOptions, workbook};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let bytes = workbook(&scenario, &WorkbookOptions::default())?;
/// assert!(bytes.starts_with(b"PK")); // an archive, as every XLSX file is
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// As [`Scenario::compare_with`]; or an amount has more digits than a cell holds.
pub fn workbook(scenario: &Scenario, options: &WorkbookOptions) -> Result<Vec<u8>, Error> {
    let compared = CompareOptions::default().pair(options.pair.clone()).basis(options.basis);
    let comparison = scenario.compare_with(&compared)?;
    let sides = [&options.pair.base, &options.pair.alternative];
    let mut ledgers = Vec::with_capacity(sides.len());
    for side in sides {
        ledgers.push(scenario.charges_on(side, options.basis)?);
    }
    refuse_too_large(&ledgers)?;
    write(scenario, options, &comparison, &ledgers).map_err(|error| failed(&error))
}

/// The largest amount that a cell holds to the minor unit, in minor units: 15 digits.
const LARGEST: i128 = 999_999_999_999_999;

fn refuse_too_large(ledgers: &[Ledger]) -> Result<(), Error> {
    let amounts = ledgers.iter().flat_map(Ledger::entries).map(|entry| entry.amount());
    let mut all = amounts.chain(ledgers.iter().map(Ledger::total));
    if all.any(|amount| amount.minor().abs() > LARGEST) {
        let message = message!(
            "an amount has more digits than a cell of a spreadsheet holds (15)",
            "un montant a plus de chiffres que n'en contient une cellule de tableur (15)"
        );
        return Err(Error::single(Code::TooLargeFigure, "", message));
    }
    Ok(())
}

/// What the writer of workbooks refuses.
fn failed(error: &XlsxError) -> Error {
    let why = error.to_string();
    let message = message!("the workbook cannot be written: {why}", "le classeur ne peut pas être écrit : {why}");
    Error::single(Code::TooMany, "", message)
}

fn write(
    scenario: &Scenario,
    options: &WorkbookOptions,
    comparison: &Comparison,
    ledgers: &[Ledger],
) -> Result<Vec<u8>, XlsxError> {
    let lang = options.lang;
    let mut book = Book::new(lang, scenario.currency())?;
    let mut terms = Terms { scenario, lang, names: Names::default() };
    let [first, inputs, rates] = [lang.sheet_first(), lang.sheet_inputs(), lang.sheet_rates()];
    let [totals, premium, months, charts] =
        [lang.sheet_totals(), lang.sheet_premium(), lang.sheet_months(), lang.sheet_charts()];
    for name in [first, inputs, rates, totals, premium, months, charts] {
        book.sheet_name(name);
    }
    let per_sheet = (options.rows_per_sheet.clamp(HEADS + 1, ROWS) - HEADS) as usize;
    let mut paths = Vec::with_capacity(ledgers.len());
    for ledger in ledgers {
        paths.push(path(&mut book, &mut terms, comparison, ledger, per_sheet));
    }
    let (categories, years) = Layout::of(scenario.categories(), &paths);
    let discount = (options.basis == Basis::Nominal).then(|| {
        let start = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let mut named = Vec::with_capacity(years.len());
        for &year in &years {
            let factor = scenario.discount_factor(year).map_or_else(String::new, |factor| decimal(&factor));
            named.push(terms.discount(year - start, year, &factor));
        }
        named
    });
    let mut names = terms.names;
    let named = Named {
        totals: paths.iter().map(|path| named_totals(&mut names, path.id)).collect(),
        extra: names.mint("extra"),
        premium: names.mint("premium"),
    };
    let layout = Layout { sheet: totals.to_owned(), currency: scenario.currency(), categories, years, discount };

    let parts: Vec<&str> = paths.iter().flat_map(|path| &path.sheets).map(|part| part.sheet.as_str()).collect();
    let mut contents = vec![(inputs, lang.inputs_about()), (rates, lang.rates_about())];
    contents.extend(parts.iter().map(|&part| (part, lang.entries_about())));
    contents.extend([
        (totals, lang.totals_about()),
        (premium, lang.premium_about()),
        (months, lang.months_about()),
        (charts, lang.charts_about()),
    ]);
    let split = (parts.len() > paths.len()).then_some(per_sheet);
    first::sheet(&mut book, first, &contents, comparison, &paths, &named, split)?;
    inputs::inputs(&mut book, inputs, &names)?;
    inputs::rates(&mut book, rates, &names)?;
    for path in &paths {
        for part in &path.sheets {
            entries::sheet(&mut book, scenario, &names, path, part)?;
        }
    }
    layout.write(&mut book, &names, &paths, &named.totals)?;
    let places = premium::premium(&mut book, premium, &layout, comparison, &paths, &named)?;
    let count = premium::months(&mut book, months, comparison, &paths)?;
    charts::sheet(&mut book, charts, &Sources { premium, months, count }, &places)?;
    book.finish()
}

fn named_totals(names: &mut Names, path: &str) -> (String, String) {
    (names.mint(&format!("total_{path}")), names.mint(&format!("present_value_{path}")))
}

/// A pathway with its rows, on as many sheets as they take.
fn path<'l>(
    book: &mut Book,
    terms: &mut Terms<'_>,
    comparison: &'l Comparison,
    ledger: &'l Ledger,
    per_sheet: usize,
) -> Path<'l> {
    let (id, rows) = (ledger.pathway().as_str(), rows::rows(ledger, terms));
    let mut sheets = Vec::new();
    let mut start = 0;
    while start < rows.len() || sheets.is_empty() {
        let end = rows.len().min(start + per_sheet);
        let name = book.sheet_name(&format!("{} {id}", terms.lang.sheet_entries()));
        sheets.push(Part::new(name, start..end, id, &mut terms.names));
        start = end.max(start + 1);
    }
    let head = pathway_head(ledger.scenario(), id, terms.lang);
    let by_year = ledger.by_fiscal_year_and_category().unwrap_or_default(); // the comparison has the same sums
    Path { id, head, rows, sheets, figures: &comparison.pathways()[id], by_year }
}
