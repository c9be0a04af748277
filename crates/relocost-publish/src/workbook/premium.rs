//! The sheets of the premium: in total, by category and year, and up to each month.

use relocost::comparison::{Difference, ReportedBand};
use relocost::names::Band;
use relocost::{Comparison, Currency, Decimal, Money};
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::fund_totals::FundTotals;
use super::path::Path;
use super::totals::{Block, Layout};
use super::words::{self, Words};

/// The row of the heads.
pub(super) const HEAD: u32 = 2;
pub(super) const BASE: u16 = 2;
pub(super) const ALTERNATIVE: u16 = 3;
pub(super) const EXTRA: u16 = 4;
pub(super) const PREMIUM: u16 = 5;

/// The names of both totals and both present values, of the extra cost and of the premium.
pub(super) struct Named {
    pub(super) totals: Vec<(String, String)>,
    pub(super) extra: String,
    pub(super) premium: String,
}

/// Where things stand on the sheet, for charts.
pub(super) struct Places {
    /// The first and last row of the categories.
    pub(super) categories: Option<(u32, u32)>,
    /// The first and last row of the years.
    pub(super) years: Option<(u32, u32)>,
}

/// Writes the sheet of the premium.
pub(super) fn premium(
    book: &mut Book,
    name: &str,
    (layout, funds): (&Layout<'_>, &FundTotals<'_>),
    comparison: &Comparison,
    paths: &[Path<'_>],
    named: &Named,
) -> Result<Places, XlsxError> {
    let (lang, mut sheet) = (book.lang, Sheet::new(name)?);
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.premium_about(), &book.styles.text)?;
    let sides = heads(book, paths);
    for (column, head) in (0..).zip(["", ""].into_iter().chain(sides.iter().map(String::as_str))) {
        sheet.text(HEAD, column, head, &book.styles.head_right)?;
    }
    sheet.widths(&[(0, 20), (1, 34), (BASE, 24), (ALTERNATIVE, 24), (EXTRA, 18), (PREMIUM, 14)])?;
    sheet.cells.set_row_height(HEAD, 32)?;
    sheet.cells.set_freeze_panes(HEAD + 1, BASE)?;
    sheet.cells.set_repeat_rows(HEAD, HEAD)?;
    let first = HEAD + 1;
    let sources = [format!("={}", named.totals[0].0), format!("={}", named.totals[1].0)];
    sheet.text(first, 0, lang.total(), &book.styles.text)?;
    difference(book, &mut sheet, first, &sources, &written(comparison.difference()))?;
    sheet.define(&named.extra, (first, EXTRA), (first, EXTRA));
    sheet.define(&named.premium, (first, PREMIUM), (first, PREMIUM));
    let mut row = first + 1;
    if layout.discount.is_some() {
        let sources = [format!("={}", named.totals[0].1), format!("={}", named.totals[1].1)];
        sheet.text(row, 0, lang.present_value(), &book.styles.text)?;
        let (base, alternative) = (paths[0].figures.present_value, paths[1].figures.present_value);
        difference(book, &mut sheet, row, &sources, &of_values(base, alternative))?;
        row += 1;
    }
    row = band(book, &mut sheet, row + 1, comparison.band(), &cell(first, PREMIUM))? + 1;
    let blocks = layout.blocks(paths.len());
    let categories = section(book, &mut sheet, row, lang.by_category(), layout.categories.len())?;
    for (place, category) in layout.categories.iter().enumerate() {
        let at = row + 1 + u32::try_from(place).unwrap_or(0);
        sheet.text(at, 0, category.id.as_str(), &book.styles.text)?;
        sheet.text(at, 1, category.label.text(lang), &book.styles.text)?;
        let source = |block: &Block| format!("={}", layout.of_category(block, place));
        let of_category = comparison.by_category().get(&category.id);
        let figures = of_category.map_or_else(|| nothing(layout.currency), written);
        difference(book, &mut sheet, at, &[source(&blocks[0]), source(&blocks[1])], &figures)?;
    }
    row += u32::try_from(layout.categories.len()).unwrap_or(0) + 2;
    let years = section(book, &mut sheet, row, lang.by_year(), layout.years.len())?;
    for (place, year) in layout.years.iter().enumerate() {
        let at = row + 1 + u32::try_from(place).unwrap_or(0);
        sheet.number(at, 0, &year.to_string(), &book.styles.year)?;
        let source = |block: &Block| format!("={}", layout.of_year(block, place));
        let of_year = comparison.by_fiscal_year().get(year);
        let figures = of_year.map_or_else(|| nothing(layout.currency), written);
        difference(book, &mut sheet, at, &[source(&blocks[0]), source(&blocks[1])], &figures)?;
    }
    row += u32::try_from(layout.years.len()).unwrap_or(0) + 2;
    let declared = &paths[0].shape.funds; // both have the same
    section(book, &mut sheet, row, lang.by_fund(), declared.len())?;
    for (place, fund) in declared.iter().enumerate() {
        let at = row + 1 + u32::try_from(place).unwrap_or(0);
        sheet.text(at, 0, fund.id.as_str(), &book.styles.text)?;
        sheet.text(at, 1, fund.label.text(lang), &book.styles.text)?;
        let sources = [0, 1].map(|block| format!("={}", funds.total(paths, block, place)));
        let of_fund = comparison.by_fund().get(&fund.id);
        let figures = of_fund.map_or_else(|| nothing(layout.currency), written);
        difference(book, &mut sheet, at, &sources, &figures)?;
    }
    book.add(sheet)?;
    Ok(Places { categories, years })
}

fn section(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    title: &str,
    rows: usize,
) -> Result<Option<(u32, u32)>, XlsxError> {
    sheet.text(row, 0, title, &book.styles.section)?;
    let rows = u32::try_from(rows).unwrap_or(0);
    Ok((rows > 0).then_some((row + 1, row + rows)))
}

/// The heads of the columns of a difference.
fn heads(book: &Book, paths: &[Path<'_>]) -> [String; 4] {
    let lang = book.lang;
    [
        format!("{} ({})", paths[0].head, lang.base()),
        format!("{} ({})", paths[1].head, lang.alternative()),
        lang.extra().to_owned(),
        lang.premium().to_owned(),
    ]
}

/// Both sides, the extra cost and the premium, as decimals; no premium is an empty text.
pub(super) type Figures = [String; 4];

pub(super) fn written(figures: &Difference) -> Figures {
    let premium = figures.premium().ratio().map_or_else(String::new, |ratio| ratio.to_string());
    [figures.base.to_string(), figures.alternative.to_string(), figures.extra.to_string(), premium]
}

/// Of what nothing feeds.
fn nothing(currency: Currency) -> Figures {
    let zero = || Money::zero(currency).to_string();
    [zero(), zero(), zero(), String::new()]
}

/// Of two present values.
fn of_values(base: Money, alternative: Money) -> Figures {
    let extra = alternative.checked_sub(base).unwrap_or(Money::zero(base.currency()));
    let ratio = (base.minor() > 0).then(|| alternative.to_decimal().checked_div(base.to_decimal())).flatten();
    let premium = ratio.and_then(|ratio| ratio.checked_sub(Decimal::ONE)).map(|ratio| ratio.to_string());
    [base.to_string(), alternative.to_string(), extra.to_string(), premium.unwrap_or_default()]
}

/// Both sides of a row, and what lies between them.
fn difference(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    sources: &[String; 2],
    figures: &Figures,
) -> Result<(), XlsxError> {
    let styles = &book.styles;
    sheet.formula((row, BASE), &sources[0], &figures[0], &styles.money)?;
    sheet.formula((row, ALTERNATIVE), &sources[1], &figures[1], &styles.money)?;
    between(book, sheet, row, [BASE, ALTERNATIVE, EXTRA, PREMIUM], figures)
}

/// The extra cost and the premium of two cells.
pub(super) fn between(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    [base, alternative, extra, premium]: [u16; 4],
    figures: &Figures,
) -> Result<(), XlsxError> {
    let (b, a) = (cell(row, base), cell(row, alternative));
    let formula = format!("=ROUND({a}-{b},{})", book.decimals);
    sheet.formula((row, extra), formula, &figures[2], &book.styles.money)?;
    sheet.formula((row, premium), format!("=IF({b}>0,{a}/{b}-1,\"\")"), &figures[3], &book.styles.percent)
}

/// The verdict against the reported band; the next row.
pub(super) fn band(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    verdict: Option<Band>,
    premium: &str,
) -> Result<u32, XlsxError> {
    let lang = book.lang;
    let (low, high) = (ReportedBand::COURT_2015.low, ReportedBand::COURT_2015.high);
    let (below, within, above) = (lang.below(), lang.within(), lang.above());
    // Binary numbers miss the ends, which are within.
    let rounded = format!("ROUND({premium},12)");
    let formula = format!(
        "=IF({premium}=\"\",\"\",IF({rounded}<{low},\"{below}\",IF({rounded}<={high},\"{within}\",\"{above}\")))"
    );
    let verdict = match verdict {
        None => "",
        Some(Band::Below) => below,
        Some(Band::Within) => within,
        Some(_) => above,
    };
    sheet.text(row, 0, &words::band(lang, low, high), &book.styles.text)?;
    sheet.formula((row, PREMIUM), formula, verdict, &book.styles.text)?;
    Ok(row + 1)
}

/// Writes the sheet of both pathways up to each month; the number of months.
pub(super) fn months(
    book: &mut Book,
    name: &str,
    comparison: &Comparison,
    paths: &[Path<'_>],
) -> Result<u32, XlsxError> {
    let (lang, mut sheet) = (book.lang, Sheet::new(name)?);
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.months_about(), &book.styles.text)?;
    sheet.text(HEAD, 0, lang.month(), &book.styles.head)?;
    for (column, head) in (1..).zip(heads(book, paths)) {
        sheet.text(HEAD, column, &format!("{head}, {}", lang.cumulative()), &book.styles.head_right)?;
    }
    sheet.widths(&[(0, 12), (1, 24), (2, 24), (3, 20), (4, 20)])?;
    sheet.cells.set_row_height(HEAD, 32)?;
    sheet.cells.set_freeze_panes(HEAD + 1, 1)?;
    sheet.cells.set_repeat_rows(HEAD, HEAD)?;
    let decimals = book.decimals;
    let (start, mut month, mut row) = (comparison.about().start(), 0, HEAD + 1);
    for figures in comparison.premium_curve() {
        sheet.month(row, 0, start.plus(month), &book.styles.month)?;
        for (column, path, figure) in [(1, &paths[0], figures.base), (2, &paths[1], figures.alternative)] {
            let sum = path.sum(|part| format!("{},$A{}", part.months, row + 1));
            let before = if month == 0 { String::new() } else { format!("{}+", cell(row - 1, column)) };
            let formula = format!("=ROUND({before}{sum},{decimals})");
            sheet.formula((row, column), formula, figure.to_string(), &book.styles.money)?;
        }
        between(book, &mut sheet, row, [1, 2, 3, 4], &written(figures))?;
        (month, row) = (month + 1, row + 1);
    }
    book.add(sheet)?;
    Ok(row - HEAD - 1)
}

/// The rows of the months, first and last.
pub(super) fn rows_of_months(months: u32) -> Option<(u32, u32)> {
    (months > 0).then_some((HEAD + 1, HEAD + months))
}
