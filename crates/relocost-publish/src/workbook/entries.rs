//! The sheets of entries: one row for each charge.

use std::str::FromStr;

use relocost::{Decimal, Scenario};
use relocost_report::declared_label;
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::names::{Name, Names};
use super::path::{HEADS, Part, Path, across, half_even};
use super::rows::Row;
use super::terms::decimal;
use super::words::Words;

/// A column of the sheets of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Month,
    Year,
    Stage,
    Solution,
    Place,
    Line,
    Label,
    Category,
    CategoryLabel,
    Currency,
    Quantity,
    Price,
    Level,
    Index,
    Exchange,
    Needed,
    Returned,
    Share,
    Exact,
    Amount,
}

impl Column {
    pub(super) const fn place(self) -> u16 {
        self as u16
    }
}

/// Writes the sheet of a part of a pathway's entries.
pub(super) fn sheet(
    book: &mut Book,
    scenario: &Scenario,
    names: &Names,
    path: &Path<'_>,
    part: &Part,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(&part.sheet)?;
    heads(book, &mut sheet, scenario)?;
    for (place, row) in path.rows.iter().enumerate().take(part.rows.end).skip(part.rows.start) {
        let at = part.row(place);
        facts(book, &mut sheet, scenario, at, row)?;
        factors(book, &mut sheet, names, path, at, row)?;
        amount(book, &mut sheet, scenario, at, row)?;
    }
    let last = part.row(part.rows.end.max(part.rows.start + 1) - 1);
    let mut define = |name: &str, column: Column| {
        sheet.define(name, (HEADS, column.place()), (last, column.place()));
    };
    define(&part.amounts, Column::Amount);
    define(&part.years, Column::Year);
    define(&part.categories, Column::Category);
    define(&part.months, Column::Month);
    sheet.cells.autofilter(0, 0, last, Column::Amount.place())?;
    book.add(sheet)
}

fn heads(book: &Book, sheet: &mut Sheet, scenario: &Scenario) -> Result<(), XlsxError> {
    use Column as C;
    let lang = book.lang;
    let amount = format!("{} ({})", lang.amount(), scenario.currency().code());
    let heads: [(C, &str, u16); 20] = [
        (C::Month, lang.month(), 11),
        (C::Year, lang.year(), 10),
        (C::Stage, lang.stage(), 8),
        (C::Solution, lang.solution(), 13),
        (C::Place, lang.place(), 12),
        (C::Line, lang.line(), 20),
        (C::Label, lang.label(), 34),
        (C::Category, lang.category(), 14),
        (C::CategoryLabel, lang.label(), 24),
        (C::Currency, lang.currency(), 10),
        (C::Quantity, lang.quantity(), 10),
        (C::Price, lang.unit_price(), 12),
        (C::Level, lang.price_level(), 10),
        (C::Index, lang.index_factor(), 11),
        (C::Exchange, lang.exchange_rate(), 12),
        (C::Needed, lang.needed(), 12),
        (C::Returned, lang.returned(), 14),
        (C::Share, lang.share(), 10),
        (C::Exact, lang.exact(), 16),
        (C::Amount, &amount, 15),
    ];
    for (column, head, width) in heads {
        let is_number = column.place() >= C::Quantity.place();
        sheet.text(0, column.place(), head, if is_number { &book.styles.head_right } else { &book.styles.head })?;
        sheet.widths(&[(column.place(), width)])?;
    }
    sheet.cells.set_row_height(0, 32)?;
    sheet.cells.set_freeze_panes(HEADS, C::Year.place())?;
    sheet.cells.set_repeat_rows(0, 0)?;
    Ok(())
}

/// What an entry is: its month, its line, its category.
fn facts(book: &Book, sheet: &mut Sheet, scenario: &Scenario, at: u32, row: &Row<'_>) -> Result<(), XlsxError> {
    use Column as C;
    let (entry, styles, lang) = (&row.entry, &book.styles, book.lang);
    let text = &styles.text;
    sheet.month(at, C::Month.place(), entry.month(), &styles.month)?;
    sheet.number(at, C::Year.place(), &entry.fiscal_year().to_string(), &styles.year)?;
    sheet.number(at, C::Stage.place(), &(entry.stage() + 1).to_string(), &styles.year)?;
    sheet.text(at, C::Solution.place(), entry.solution(), text)?;
    if let Some(place) = entry.place() {
        sheet.text(at, C::Place.place(), place.as_str(), text)?;
    }
    sheet.text(at, C::Line.place(), entry.line().id.as_str(), text)?;
    sheet.text(at, C::Label.place(), entry.line().label.text(lang), text)?;
    sheet.text(at, C::Category.place(), entry.category().as_str(), text)?;
    sheet.text(at, C::CategoryLabel.place(), &declared_label(scenario.categories(), entry.category(), lang), text)?;
    if let Some(currency) = entry.currency() {
        sheet.text(at, C::Currency.place(), currency.code(), text)?;
    }
    Ok(())
}

/// The factors of its amount. One that an entry does not have is left empty, and so leaves the product as it is.
fn factors(
    book: &Book,
    sheet: &mut Sheet,
    names: &Names,
    path: &Path<'_>,
    at: u32,
    row: &Row<'_>,
) -> Result<(), XlsxError> {
    use Column as C;
    let (entry, styles) = (&row.entry, &book.styles);
    if let Some(quantity) = entry.quantity() {
        sheet.number(at, C::Quantity.place(), &quantity.to_string(), &styles.number)?;
    }
    let of_cell = [
        (C::Price, row.price, &styles.number),
        (C::Level, row.level, &styles.number),
        (C::Index, row.index, &styles.factor),
        (C::Exchange, row.exchange, &styles.number),
        (C::Needed, row.needed, &styles.factor),
    ];
    for (column, name, format) in of_cell {
        if let Some(named) = name.map(|name| names.get(name)) {
            let place = (at, column.place());
            sheet.formula(place, format!("={}", named.name), &named.value, format)?;
        }
    }
    if let Some(returned) = &row.returned {
        let amounts = path.amounts(returned);
        let formula = if amounts.is_empty() { "=0".to_owned() } else { format!("=-SUM({amounts})") };
        sheet.formula((at, C::Returned.place()), formula, decimal(&entry.returned()), &styles.money)?;
    }
    if !row.shares.is_empty() {
        let texts: Vec<&str> = row.shares.iter().map(|&name| names.text(name)).collect();
        let (place, formula) = ((at, C::Share.place()), format!("={}", texts.join("*")));
        sheet.formula(place, formula, product(names, &row.shares), &styles.number)?;
    }
    Ok(())
}

/// The product of shares, to as many digits as a spreadsheet holds and more.
fn product(names: &Names, shares: &[Name]) -> String {
    let values = shares.iter().map(|&name| Decimal::from_str(&names.get(name).value).ok());
    let product = values.reduce(|one, other| one?.checked_mul(other?)).flatten();
    product.map_or_else(String::new, |product| product.normalize().to_string())
}

fn amount(book: &Book, sheet: &mut Sheet, scenario: &Scenario, at: u32, row: &Row<'_>) -> Result<(), XlsxError> {
    let exact = (at, Column::Exact.place());
    let product = format!("=PRODUCT({})", across(at, Column::Quantity.place(), Column::Share.place()));
    sheet.formula(exact, product, decimal(&row.entry.unrounded()), &book.styles.factor)?;
    let formula = half_even(&cell(exact.0, exact.1), scenario.currency(), [row.entry.amount()]);
    let amount = (at, Column::Amount.place());
    sheet.formula(amount, formula, row.entry.amount().to_string(), &book.styles.money)
}
