//! The sheets of entries: one row for each charge.

use std::str::FromStr;

use relocost::scenario::Declared;
use relocost::{Decimal, Scenario};
use relocost_report::declared_label;
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::funds::{Divided, FundColumns, repeated};
use super::names::{Name, Names};
use super::path::{HEADS, Part, Path, across, half_even};
use super::rows::Row;
use super::terms::decimal;
use super::words::{self, Words};

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
    /// Where charges that are alike have one row: their number, and the sum.
    Times,
    Sum,
}

impl Column {
    pub(super) const fn place(self) -> u16 {
        self as u16
    }
}

/// The columns of a sheet after those of the factors.
pub(super) struct Shape<'s> {
    /// True where charges that are alike have one row.
    pub(super) has_times: bool,
    /// The funds that pay any of them, as declared.
    pub(super) funds: Vec<&'s Declared>,
}

impl<'s> Shape<'s> {
    /// The shape of rows.
    pub(super) fn of(scenario: &'s Scenario, rows: &[&[Row<'_>]], has_times: bool) -> Self {
        let pays = |fund: &&Declared| rows.iter().copied().flatten().any(|row| row.payers.has(&fund.id));
        Self { has_times, funds: scenario.funds().iter().filter(pays).collect() }
    }

    /// The column of what is summed.
    pub(super) fn amount(&self) -> u16 {
        if self.has_times { Column::Sum.place() } else { Column::Amount.place() }
    }

    fn of_funds(&self) -> FundColumns<'s> {
        FundColumns { first: self.amount() + 1, funds: self.funds.iter().map(|fund| &fund.id).collect() }
    }
}

/// Writes the sheets of the entries of several.
pub(super) fn sheets(book: &mut Book, scenario: &Scenario, names: &Names, paths: &[Path<'_>]) -> Result<(), XlsxError> {
    for path in paths {
        for part in &path.sheets {
            sheet(book, scenario, names, path, part)?;
        }
    }
    Ok(())
}

/// Writes the sheet of a part of the entries.
fn sheet(book: &mut Book, scenario: &Scenario, names: &Names, path: &Path<'_>, part: &Part) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(&part.sheet)?;
    let funds = path.shape.of_funds();
    heads(book, &mut sheet, scenario, &path.shape)?;
    for (place, row) in path.rows.iter().enumerate().take(part.rows.end).skip(part.rows.start) {
        let at = part.row(place);
        facts(book, &mut sheet, scenario, at, row, path.shape.has_times)?;
        factors(book, &mut sheet, names, path, at, row)?;
        amount(book, &mut sheet, scenario, at, row, &path.shape)?;
        let times = path.shape.has_times.then_some((Column::Times.place(), row.times));
        let (amount, value, parts) = (Column::Amount.place(), row.entry.amount(), row.parts.as_slice());
        funds.write(book, &mut sheet, &Divided { row: at, amount, times, value, parts }, &row.payers)?;
    }
    let last = part.row(part.rows.end.max(part.rows.start + 1) - 1);
    let mut define = |name: &str, column: u16| sheet.define(name, (HEADS, column), (last, column));
    define(&part.amounts, path.shape.amount());
    define(&part.years, Column::Year.place());
    define(&part.categories, Column::Category.place());
    define(&part.months, Column::Month.place());
    for (place, name) in part.funds.iter().enumerate() {
        define(name, funds.part(place));
    }
    sheet.cells.autofilter(0, 0, last, funds.end() - 1)?;
    book.add(sheet)
}

fn heads(book: &Book, sheet: &mut Sheet, scenario: &Scenario, shape: &Shape<'_>) -> Result<(), XlsxError> {
    use Column as C;
    let lang = book.lang;
    let code = scenario.currency().code();
    let [amount, sum] = [lang.amount(), lang.sum()].map(|head| format!("{head} ({code})"));
    let heads: [(C, &str, u16); 22] = [
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
        (C::Times, lang.times(), 10),
        (C::Sum, &sum, 16),
    ];
    for (column, head, width) in heads.into_iter().filter(|(column, ..)| column.place() <= shape.amount()) {
        let is_number = column.place() >= C::Quantity.place();
        sheet.text(0, column.place(), head, if is_number { &book.styles.head_right } else { &book.styles.head })?;
        sheet.widths(&[(column.place(), width)])?;
    }
    fund_heads(book, sheet, 0, shape)?;
    sheet.cells.set_row_height(0, 48)?;
    sheet.cells.set_freeze_panes(HEADS, C::Year.place())?;
    sheet.cells.set_repeat_rows(0, 0)?;
    Ok(())
}

/// The heads of what funds pay.
fn fund_heads(book: &Book, sheet: &mut Sheet, row: u32, shape: &Shape<'_>) -> Result<(), XlsxError> {
    let columns = shape.of_funds();
    for (place, fund) in shape.funds.iter().enumerate() {
        let (label, column) = (fund.label.text(book.lang), columns.part(place));
        sheet.text(row, column - 1, &words::undivided(book.lang, label), &book.styles.head_right)?;
        sheet.text(row, column, label, &book.styles.head_right)?;
        sheet.widths(&[(column - 1, 16), (column, 16)])?;
    }
    Ok(())
}

/// What an entry is: its month, its line, its category.
fn facts(
    book: &Book,
    sheet: &mut Sheet,
    scenario: &Scenario,
    at: u32,
    row: &Row<'_>,
    has_times: bool,
) -> Result<(), XlsxError> {
    use Column as C;
    let (entry, styles, lang) = (&row.entry, &book.styles, book.lang);
    let text = &styles.text;
    sheet.month(at, C::Month.place(), entry.month(), &styles.month)?;
    sheet.number(at, C::Year.place(), &entry.fiscal_year().to_string(), &styles.year)?;
    if row.is_own {
        sheet.text(at, C::Solution.place(), lang.own_line(), text)?;
    } else {
        sheet.text(at, C::Solution.place(), entry.solution(), text)?;
        if !has_times {
            sheet.number(at, C::Stage.place(), &(entry.stage() + 1).to_string(), &styles.year)?;
        }
    }
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
    if let Some(fixed) = &row.fixed {
        sheet.number(at, C::Returned.place(), &decimal(fixed), &styles.money)?;
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

fn amount(
    book: &Book,
    sheet: &mut Sheet,
    scenario: &Scenario,
    at: u32,
    row: &Row<'_>,
    shape: &Shape<'_>,
) -> Result<(), XlsxError> {
    let exact = (at, Column::Exact.place());
    let product = format!("=PRODUCT({})", across(at, Column::Quantity.place(), Column::Share.place()));
    sheet.formula(exact, product, decimal(&row.unrounded), &book.styles.factor)?;
    let formula = half_even(&cell(exact.0, exact.1), scenario.currency(), [row.entry.amount()]);
    let amount = (at, Column::Amount.place());
    sheet.formula(amount, formula, row.entry.amount().to_string(), &book.styles.money)?;
    if shape.has_times {
        let times = (at, Column::Times.place());
        sheet.number(times.0, times.1, &row.times.to_string(), &book.styles.number)?;
        let formula = format!("=ROUND({}*{},{})", cell(amount.0, amount.1), cell(times.0, times.1), book.decimals);
        let sum = repeated(row.entry.amount(), row.times).to_string();
        sheet.formula((at, Column::Sum.place()), formula, sum, &book.styles.money)?;
    }
    Ok(())
}
