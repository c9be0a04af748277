//! The sheet of totals of payments: model, paid and why they differ, by line, category, budget year and fund.

use relocost::payments::{Payments, Variance};
use relocost::scenario::Declared;
use relocost::{Lang, Money, Month};
use relocost_report::declared_label;
use rust_xlsxwriter::{Chart, XlsxError};

use super::book::{Book, Sheet, cell};
use super::cells::{self, FIGURES, NO_LINE, PART_REASON, PARTS, figure_heads};
use super::charts::{self, Grid};
use super::names::Names;
use super::path::Path;
use super::split::{Piece, Split};
use super::words::Words;

/// The row of the heads.
const HEAD: u32 = 2;
const ID: u16 = 0;
const LABEL: u16 = 1;
const CATEGORY: u16 = 2;
/// The first figure.
const FIRST: u16 = 3;
/// The figures of a row: model, paid, difference, and its parts.
const COUNT: u16 = 9;

/// The names of the figures of the whole, and of the months compared.
pub(super) struct Named {
    /// Model, paid and difference, then the parts.
    pub(super) figures: Vec<String>,
    pub(super) rest: String,
    pub(super) forecast: String,
    pub(super) from: String,
    pub(super) until: String,
}

impl Named {
    pub(super) fn new(names: &mut Names) -> Self {
        let wishes =
            ["model", "paid", "difference", "exchange", "price", "volume", "timing", "not_paid", "not_planned"];
        let figures = wishes.iter().map(|wish| names.mint(wish)).collect();
        let [rest, forecast, from, until] =
            ["rest", "forecast", "compared_from", "compared_until"].map(|w| names.mint(w));
        Self { figures, rest, forecast, from, until }
    }
}

/// The rows that are summed.
pub(super) struct Summed<'a, 'p> {
    pub(super) cells: &'a Split,
    /// What funds pay of parts: the reason, then each fund.
    pub(super) parts: &'a Split,
    /// The funds of the parts.
    pub(super) funds: &'a [&'a Declared],
    pub(super) model: &'a Path<'p>,
}

/// The figures of a variance, in the order of the columns.
fn written(variance: &Variance) -> Vec<Money> {
    let sides = [variance.model, variance.paid, variance.difference];
    sides.into_iter().chain(PARTS.iter().map(|(_, of)| of(variance))).collect()
}

/// The first and last row of the categories and of the years, where there are any.
pub(super) struct Places {
    categories: Option<(u32, u32)>,
    years: Option<(u32, u32)>,
}

/// Why both differ, and the model beside the payments by budget year and category.
pub(super) fn drawn(book: &Book, sheet: &str, places: &Places) -> Vec<Chart> {
    let (lang, both) = (book.lang, (FIRST, FIRST + 1));
    let grid = |labels, rows, columns| Grid { sheet, head: HEAD, labels, rows, columns };
    let parts = grid(ID, (HEAD + 1, HEAD + 1), (FIRST + 3, FIRST + COUNT - 1)).by_row();
    let mut all = vec![charts::alone(charts::columns(book, lang.chart_parts(), &parts))];
    all.extend(places.years.map(|at| charts::columns(book, lang.chart_paid_years(), &grid(ID, at, both).by_column())));
    let categories = |at| charts::bars(book, lang.chart_paid_categories(), &grid(LABEL, at, both).by_column());
    all.extend(places.categories.map(categories));
    all
}

/// Writes the sheet; where its tables stand.
pub(super) fn sheet(
    book: &mut Book,
    name: &str,
    payments: &Payments,
    summed: &Summed<'_, '_>,
    named: &Named,
) -> Result<Places, XlsxError> {
    let (lang, scenario) = (book.lang, payments.about().scenario());
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.variance_about(), &book.styles.text)?;
    let heads = ["", lang.label(), lang.category()].into_iter().chain(figure_heads(book));
    for (column, head) in (0..).zip(heads) {
        sheet.text(HEAD, column, head, if column < FIRST { &book.styles.head } else { &book.styles.head_right })?;
    }
    sheet.widths(&[(ID, 28), (LABEL, 34), (CATEGORY, 16)])?;
    for column in FIRST..FIRST + COUNT {
        sheet.widths(&[(column, 16)])?;
    }
    sheet.cells.set_row_height(HEAD, 32)?;
    sheet.cells.set_freeze_panes(HEAD + 1, FIRST)?;
    sheet.cells.set_repeat_rows(HEAD, HEAD)?;
    let mut row = whole(book, &mut sheet, payments, summed, named)? + 1;
    let section = |book: &Book, sheet: &mut Sheet, title: &str, row: &mut u32| {
        *row += 2;
        sheet.text(*row - 1, ID, title, &book.styles.section)
    };
    section(book, &mut sheet, lang.by_line(), &mut row)?;
    for line in payments.lines() {
        let category = declared_label(scenario.categories(), &line.category, lang);
        let id = line.line.as_ref().map_or(NO_LINE, relocost::Id::as_str);
        let label = line.line.as_ref().and_then(|id| payments.line_label(id)).map(|label| label.text(lang));
        let texts = [id, label.unwrap_or(&category), line.category.as_str()];
        let (of, in_) = (cell(row, ID), cell(row, CATEGORY));
        let conditions =
            |piece: &Piece| format!("{},{of},{},{in_}", piece.names[cells::LINES], piece.names[cells::CATEGORIES]);
        write(book, &mut sheet, row, texts, summed, &written(&line.variance), conditions)?;
        row += 1;
    }
    section(book, &mut sheet, lang.by_category(), &mut row)?;
    let first = row;
    for (id, variance) in payments.categories() {
        let label = declared_label(scenario.categories(), id, lang);
        let of = cell(row, ID);
        let conditions = |piece: &Piece| format!("{},{of}", piece.names[cells::CATEGORIES]);
        write(book, &mut sheet, row, [id.as_str(), &label, ""], summed, &written(variance), conditions)?;
        row += 1;
    }
    let categories = (row > first).then(|| (first, row - 1));
    section(book, &mut sheet, lang.by_year(), &mut row)?;
    let first = row;
    for (year, variance) in payments.fiscal_years() {
        sheet.number(row, ID, &year.to_string(), &book.styles.year)?;
        let of = cell(row, ID);
        let conditions = |piece: &Piece| format!("{},{of}", piece.names[cells::YEARS]);
        write(book, &mut sheet, row, ["", "", ""], summed, &written(variance), conditions)?;
        row += 1;
    }
    let years = (row > first).then(|| (first, row - 1));
    section(book, &mut sheet, lang.by_fund(), &mut row)?;
    for (id, variance) in payments.funds() {
        let found = summed.funds.iter().enumerate().find(|(_, fund)| fund.id == *id);
        let Some((place, declared)) = found else { continue };
        fund(book, &mut sheet, row, (place, declared), summed, (variance, named))?;
        row += 1;
    }
    book.add(sheet)?;
    Ok(Places { categories, years })
}

fn write(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    texts: [&str; 3],
    summed: &Summed<'_, '_>,
    figures: &[Money],
    conditions: impl Fn(&Piece) -> String,
) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
        sheet.text(row, column, text, &book.styles.text)?;
    }
    for ((place, column), figure) in (0..).zip(FIRST..).zip(figures) {
        let sum = summed.cells.sum_if(FIGURES + place, &conditions);
        let formula = format!("=ROUND({sum},{})", book.decimals);
        sheet.formula((row, column), formula, figure.to_string(), &book.styles.money)?;
    }
    Ok(())
}

/// The total, what is to come, and the months compared; the last row.
fn whole(
    book: &Book,
    sheet: &mut Sheet,
    payments: &Payments,
    summed: &Summed<'_, '_>,
    named: &Named,
) -> Result<u32, XlsxError> {
    let (lang, styles, decimals): (Lang, _, _) = (book.lang, &book.styles, book.decimals);
    let row = HEAD + 1;
    sheet.text(row, ID, lang.total(), &styles.sum_label)?;
    for column in [LABEL, CATEGORY] {
        sheet.text(row, column, "", &styles.sum_label)?;
    }
    for (((place, column), figure), name) in (0..).zip(FIRST..).zip(written(payments.total())).zip(&named.figures) {
        let formula = format!("=ROUND({},{decimals})", summed.cells.sum(FIGURES + place));
        sheet.formula((row, column), formula, figure.to_string(), &styles.sum)?;
        sheet.define(name, (row, column), (row, column));
    }
    let (from, until) = payments.months();
    let month = |sheet: &mut Sheet, row: u32, what: &str, month: Month, name: &str| {
        sheet.text(row, ID, what, &styles.text)?;
        sheet.month(row, LABEL, month, &styles.month)?;
        sheet.define(name, (row, LABEL), (row, LABEL));
        Ok::<(), XlsxError>(())
    };
    month(sheet, row + 1, lang.compared_from(), from, &named.from)?;
    month(sheet, row + 2, lang.compared_until(), until, &named.until)?;
    sheet.text(row + 3, ID, lang.rest(), &styles.text)?;
    let rest = summed.model.sum(|part| format!("{},\">\"&{}", part.months, named.until));
    let (at, paid) = ((row + 3, FIRST), cell(row, FIRST + 1));
    sheet.formula(at, format!("=ROUND({rest},{decimals})"), payments.rest().to_string(), &styles.money)?;
    sheet.define(&named.rest, at, at);
    sheet.text(row + 4, ID, lang.forecast(), &styles.text)?;
    let formula = format!("=ROUND({paid}+{},{decimals})", cell(at.0, at.1));
    let at = (row + 4, FIRST + 1);
    sheet.formula(at, formula, payments.forecast().to_string(), &styles.money)?;
    sheet.define(&named.forecast, at, at);
    Ok(row + 4)
}

/// What a fund, by its place among those of the parts, pays: of the model's charges in the months compared, and of each
/// part.
fn fund(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    (place, fund): (usize, &Declared),
    summed: &Summed<'_, '_>,
    (variance, named): (&Variance, &Named),
) -> Result<(), XlsxError> {
    let (styles, decimals) = (&book.styles, book.decimals);
    sheet.text(row, ID, fund.id.as_str(), &styles.text)?;
    sheet.text(row, LABEL, fund.label.text(book.lang), &styles.text)?;
    let in_model = summed.model.shape.funds.iter().position(|known| known.id == fund.id);
    let model = in_model.map_or_else(
        || "0".to_owned(),
        |place| {
            let within = |months: &str| format!("{months},\">=\"&{},{months},\"<=\"&{}", named.from, named.until);
            summed.model.sum_of(|part| &part.funds[place], |part| within(&part.months))
        },
    );
    let figures = written(variance);
    let mut put = |column: u16, formula: String| {
        let figure = figures.get(usize::from(column - FIRST)).map(ToString::to_string);
        sheet.formula((row, column), format!("=ROUND({formula},{decimals})"), figure.unwrap_or_default(), &styles.money)
    };
    put(FIRST, model)?;
    let (model, paid) = (cell(row, FIRST), cell(row, FIRST + 1));
    let parts = format!("{}:{}", cell(row, FIRST + 3), cell(row, FIRST + COUNT - 1));
    put(FIRST + 1, format!("{model}+SUM({parts})"))?;
    put(FIRST + 2, format!("{paid}-{model}"))?;
    for column in FIRST + 3..FIRST + COUNT {
        let head = format!("{}${}", super::book::column_name(column), HEAD + 1);
        put(column, summed.parts.sum_if(1 + place, |piece| format!("{},{head}", piece.names[PART_REASON])))?;
    }
    Ok(())
}
