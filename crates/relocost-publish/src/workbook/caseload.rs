//! The workbook of a caseload: a row for each household, and the whole.

use relocost::caseload::{CaseResult, Caseload};
use relocost::comparison::Difference;
use relocost::{Decimal, Error, Money};
use relocost_report::{declared_label, pathway_head};
use relocost_tables::{Table, Tables};
use rust_xlsxwriter::{Chart, XlsxError};

use super::book::{Book, Sheet, cell};
use super::charts::{self, Grid};
use super::first::{Check, First};
use super::inputs::numbers_only;
use super::names::Names;
use super::path::down;
use super::premium::{ALTERNATIVE, BASE, EXTRA, PREMIUM, band, between, written};
use super::split::{Piece, Split};
use super::words::{self, Words};
use super::{WorkbookOptions, failed, given, per_sheet, refuse_too_large};

/// The rows above the first household.
const HEADS: u32 = 1;
const REFERENCE: u16 = 0;
const COUNT: u16 = 1;
/// The columns of households that have names, and the wishes for these.
const NAMED: [&str; 3] = ["households", "household_base", "household_alternative"];

/// Writes the workbook of a caseload: a row for each household with formulas to the sums, the means and the premium of all,
/// and to the tables by category, budget year and fund. The options' pair and basis are those of the caseload.
///
/// ```
/// use relocost::caseload::CaseloadOptions;
/// use relocost_publish::workbook::{self, WorkbookOptions};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [] }")?;
/// let caseload = scenario.caseload("reference,members\nHH-1,34\n".as_bytes(), &CaseloadOptions::default())?;
/// let bytes = workbook::caseload(&caseload, &WorkbookOptions::default())?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// An amount has more digits than a cell holds.
pub fn caseload(caseload: &Caseload, options: &WorkbookOptions) -> Result<Vec<u8>, Error> {
    let sides = |difference: &Difference| [difference.base, difference.alternative, difference.extra];
    let all = caseload.households.iter().map(|row| &row.difference).chain([&caseload.difference]);
    refuse_too_large(all.flat_map(sides))?;
    let causes = given::made([caseload.table("attribution")?])?;
    write(caseload, options, &causes).map_err(|error| failed(&error))
}

/// The names of the figures of the whole.
struct Whole {
    count: String,
    base: String,
    alternative: String,
    extra: String,
    premium: String,
}

fn write(caseload: &Caseload, options: &WorkbookOptions, causes: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let lang = options.lang;
    let mut book = Book::new(lang, caseload.currency(), words::mark(lang, "internal_rows"))?;
    let mut names = Names::default();
    let [first, totals, delivered] = [lang.sheet_first(), lang.sheet_totals(), lang.sheet_causes()];
    let pictures = lang.sheet_charts();
    for name in [first, totals, delivered, pictures] {
        book.sheet_name(name);
    }
    let (rows, per_sheet) = (caseload.households.len(), per_sheet(options));
    let columns = (lang.sheet_households(), NAMED.as_slice());
    let split = Split::new(&mut book, &mut names, columns, (rows, HEADS, per_sheet));
    let [count, base, alternative, extra, premium] =
        ["total_households", "total_base", "total_alternative", "extra", "premium"].map(|wish| names.mint(wish));
    let whole = Whole { count, base, alternative, extra, premium };

    let scenario = caseload.about().scenario();
    let sides = [(lang.base(), caseload.base()), (lang.alternative(), caseload.alternative())]
        .map(|(side, id)| words::of(lang, &format!("{} ({side})", lang.pathway()), &pathway_head(scenario, id, lang)));
    let mut about = First::default();
    about.about.push(words::made(lang, caseload.currency().code(), caseload.basis()));
    about.about.extend(sides);
    let of = &caseload.difference;
    about.check(lang.base(), &of.base, &whole.base);
    about.check(lang.alternative(), &of.alternative, &whole.alternative);
    about.check(lang.extra(), &of.extra, &whole.extra);
    let computed = of.premium().ratio().map_or_else(String::new, |ratio| ratio.to_string());
    about.ratios.push(Check { what: lang.premium().to_owned(), computed, name: whole.premium.clone() });
    about.notes = [lang.change_caseload(), lang.fixed_caseload(), lang.names()].map(String::from).to_vec();
    about.notes.extend((split.pieces.len() > 1).then(|| words::split(lang, per_sheet)));
    about.contents = vec![(totals.to_owned(), lang.caseload_about())];
    about.contents.extend(split.pieces.iter().map(|piece| (piece.sheet.clone(), lang.households_about())));
    about.contents.extend((!causes.is_empty()).then(|| (delivered.to_owned(), lang.causes_about())));
    about.contents.push((pictures.to_owned(), lang.charts_about()));
    about.write(&mut book, first)?;
    let rows = self::totals(&mut book, totals, caseload, &split, &whole)?;
    for piece in &split.pieces {
        households(&mut book, &split, piece, &caseload.households)?;
    }
    if !causes.is_empty() {
        given::sheet(&mut book, delivered, lang.causes_about(), causes)?;
    }
    let drawn = drawn(&book, totals, rows);
    charts::sheet(&mut book, pictures, &drawn)?;
    book.finish()
}

/// Both pathways of all households, and by budget year and category.
fn drawn(book: &Book, sheet: &str, [categories, years, _]: [Option<(u32, u32)>; 3]) -> Vec<Chart> {
    let lang = book.lang;
    let grid = |labels, rows| Grid { sheet, head: HEAD, labels, rows, columns: (BASE, ALTERNATIVE) };
    let whole = grid(0, (TOTAL, TOTAL)).by_row();
    let mut all = vec![charts::alone(charts::columns(book, lang.chart_households(), &whole))];
    all.extend(years.map(|rows| charts::columns(book, lang.chart_years_given(), &grid(0, rows).by_column())));
    all.extend(categories.map(|rows| charts::bars(book, lang.chart_categories_given(), &grid(1, rows).by_column())));
    all
}

/// The heads of the columns of figures.
fn heads(book: &Book) -> [&'static str; 4] {
    let lang = book.lang;
    [lang.base(), lang.alternative(), lang.extra(), lang.premium()]
}

fn households(book: &mut Book, split: &Split, piece: &Piece, rows: &[CaseResult]) -> Result<(), XlsxError> {
    let (lang, mut sheet) = (book.lang, Sheet::new(&piece.sheet)?);
    sheet.text(0, REFERENCE, lang.reference(), &book.styles.head)?;
    let heads = std::iter::once(lang.times()).chain(heads(book));
    for (column, head) in (COUNT..).zip(heads) {
        sheet.text(0, column, head, &book.styles.head_right)?;
        sheet.widths(&[(column, 18)])?;
    }
    sheet.widths(&[(REFERENCE, 24), (COUNT, 12)])?;
    sheet.cells.set_freeze_panes(HEADS, COUNT)?;
    sheet.cells.set_repeat_rows(0, 0)?;
    for (place, of) in rows.iter().enumerate().take(piece.rows.end).skip(piece.rows.start) {
        let (at, styles) = (split.row(piece, place), &book.styles);
        sheet.text(at, REFERENCE, &of.reference, &styles.text)?;
        sheet.number(at, COUNT, &of.count.to_string(), &styles.input_whole)?;
        sheet.number(at, BASE, &of.difference.base.to_string(), &styles.input_money)?;
        sheet.number(at, ALTERNATIVE, &of.difference.alternative.to_string(), &styles.input_money)?;
        between(book, &mut sheet, at, [BASE, ALTERNATIVE, EXTRA, PREMIUM], &written(&of.difference))?;
    }
    let last = split.row(piece, piece.rows.end.max(piece.rows.start + 1) - 1);
    sheet.cells.add_data_validation(HEADS, COUNT, last, ALTERNATIVE, &numbers_only(lang)?)?;
    split.define(&mut sheet, piece, [COUNT, BASE, ALTERNATIVE]);
    sheet.cells.autofilter(0, 0, last, PREMIUM)?;
    book.add(sheet)
}

/// The row of the heads of the totals, and that of the sums of all households.
const HEAD: u32 = 2;
const TOTAL: u32 = HEAD + 2;

/// A table of the whole: its title, and rows with id, label and figures.
type Section = (&'static str, Vec<(String, String, Difference)>);

/// Writes the sheet of totals; the rows of its tables, where these have any.
fn totals(
    book: &mut Book,
    name: &str,
    caseload: &Caseload,
    split: &Split,
    whole: &Whole,
) -> Result<[Option<(u32, u32)>; 3], XlsxError> {
    let (lang, scenario) = (book.lang, caseload.about().scenario());
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.caseload_about(), &book.styles.text)?;
    let heads = ["", ""].into_iter().chain(heads(book));
    for (column, head) in (0..).zip(heads) {
        sheet.text(HEAD, column, head, &book.styles.head_right)?;
    }
    sheet.widths(&[(0, 36), (1, 34), (BASE, 22), (ALTERNATIVE, 22), (EXTRA, 20), (PREMIUM, 14)])?;
    sheet.cells.set_freeze_panes(HEAD + 1, BASE)?;
    sheet.cells.set_repeat_rows(HEAD, HEAD)?;
    let mut row = of_all(book, &mut sheet, caseload, split, whole)? + 1;
    let categories = caseload
        .by_category
        .iter()
        .map(|(id, of)| (id.to_string(), declared_label(scenario.categories(), id, lang), *of));
    let years = caseload.by_fiscal_year.iter().map(|(year, of)| (year.to_string(), String::new(), *of));
    let funds =
        caseload.by_fund.iter().map(|(id, of)| (id.to_string(), declared_label(scenario.funds(), id, lang), *of));
    let sections: [Section; 3] = [
        (lang.by_category(), categories.collect()),
        (lang.by_year(), years.collect()),
        (lang.by_fund(), funds.collect()),
    ];
    let mut places = [None; 3];
    for ((title, rows), place) in sections.into_iter().zip(&mut places) {
        let (first, count) = (row + 2, u32::try_from(rows.len()).unwrap_or(0));
        *place = (count > 0).then(|| (first, first + count - 1));
        row = section(book, &mut sheet, row + 1, (title, rows), caseload, whole)?;
    }
    book.add(sheet)?;
    Ok(places)
}

/// The number of households, their sums and their means; the next row.
fn of_all(book: &Book, sheet: &mut Sheet, caseload: &Caseload, split: &Split, whole: &Whole) -> Result<u32, XlsxError> {
    let (lang, styles, decimals) = (book.lang, &book.styles, book.decimals);
    let (difference, row) = (&caseload.difference, HEAD + 1);
    sheet.text(row, 0, lang.households(), &styles.text)?;
    sheet.formula((row, BASE), format!("={}", split.sum(0)), caseload.count.to_string(), &styles.number)?;
    sheet.define(&whole.count, (row, BASE), (row, BASE));
    let row = TOTAL;
    sheet.text(row, 0, lang.total(), &styles.sum_label)?;
    let weighted = |column: usize| {
        let of = |piece: &Piece| format!("SUMPRODUCT({},{})", piece.names[0], piece.names[column]);
        let all = split.pieces.iter().map(of).collect::<Vec<_>>().join("+");
        format!("=ROUND({all},{decimals})")
    };
    let figures = written(difference);
    sheet.formula((row, BASE), weighted(1), &figures[0], &styles.sum)?;
    sheet.formula((row, ALTERNATIVE), weighted(2), &figures[1], &styles.sum)?;
    between(book, sheet, row, [BASE, ALTERNATIVE, EXTRA, PREMIUM], &figures)?;
    for (name, column) in
        [(&whole.base, BASE), (&whole.alternative, ALTERNATIVE), (&whole.extra, EXTRA), (&whole.premium, PREMIUM)]
    {
        sheet.define(name, (row, column), (row, column));
    }
    let mean = |amount: Money| {
        let mean = amount.to_decimal().checked_div(Decimal::from(caseload.count));
        mean.map_or_else(String::new, |mean| mean.normalize().to_string())
    };
    sheet.text(row + 1, 0, lang.mean(), &styles.text)?;
    for (column, amount) in [(BASE, difference.base), (ALTERNATIVE, difference.alternative), (EXTRA, difference.extra)]
    {
        let formula = format!("=IF({count}>0,{}/{count},\"\")", cell(row, column), count = whole.count);
        sheet.formula((row + 1, column), formula, mean(amount), &styles.money)?;
    }
    band(book, sheet, row + 3, caseload.band(), &cell(row, PREMIUM))
}

/// A table; the next row.
fn section(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    (title, rows): Section,
    caseload: &Caseload,
    whole: &Whole,
) -> Result<u32, XlsxError> {
    let (lang, styles, decimals) = (book.lang, &book.styles, book.decimals);
    sheet.text(row, 0, title, &styles.section)?;
    let first = row + 1;
    let mut at = first;
    for (id, label, of) in &rows {
        match id.parse::<i32>() {
            Ok(_) => sheet.number(at, 0, id, &styles.year)?,
            Err(_) => sheet.text(at, 0, id, &styles.text)?,
        }
        sheet.text(at, 1, label, &styles.text)?;
        let figures = written(of);
        sheet.number(at, BASE, &figures[0], &styles.money)?;
        sheet.number(at, ALTERNATIVE, &figures[1], &styles.money)?;
        between(book, sheet, at, [BASE, ALTERNATIVE, EXTRA, PREMIUM], &figures)?;
        at += 1;
    }
    sheet.text(at, 0, lang.total(), &styles.sum_label)?;
    sheet.text(at, 1, "", &styles.sum_label)?;
    let figures = written(&caseload.difference);
    for (column, figure) in [(BASE, &figures[0]), (ALTERNATIVE, &figures[1])] {
        let sum = if at == first { "0".to_owned() } else { format!("SUM({})", down(column, first, at - 1)) };
        sheet.formula((at, column), format!("=ROUND({sum},{decimals})"), figure, &styles.sum)?;
    }
    between(book, sheet, at, [BASE, ALTERNATIVE, EXTRA, PREMIUM], &figures)?;
    sheet.text(at + 1, 0, lang.not_of_households(), &styles.text)?;
    for (column, name) in [(BASE, &whole.base), (ALTERNATIVE, &whole.alternative)] {
        let formula = format!("=ROUND({name}-{},{decimals})", cell(at, column));
        sheet.formula((at + 1, column), formula, "0", &styles.money)?;
    }
    Ok(at + 2)
}
