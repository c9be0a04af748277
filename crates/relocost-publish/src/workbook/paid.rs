//! The sheet of payments: one row for each, with what it is worth.

use relocost::Lang;
use relocost::payments::PaymentWorth;
use relocost::scenario::Declared;
use relocost_report::declared_label;
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::inputs::numbers_only;
use super::names::{Name, Names};
use super::path::half_even;
use super::split::{Piece, Split};
use super::terms::{Terms, decimal};
use super::words::Words;

/// The rows above the first payment.
pub(super) const HEADS: u32 = 1;

const NO: u16 = 0;
const MONTH: u16 = 1;
const LINE: u16 = 2;
const LABEL: u16 = 3;
const CATEGORY: u16 = 4;
const CURRENCY: u16 = 5;
const AMOUNT: u16 = 6;
const RATE: u16 = 7;
const MODEL_RATE: u16 = 8;
const QUANTITY: u16 = 9;
const EXACT: u16 = 10;
const WORTH: u16 = 11;
const EXCHANGE: u16 = 12;

/// The columns that have names, and the wishes for these.
pub(super) const NAMED: [&str; 4] = ["payment_cell", "payment_worth", "payment_exchange", "payment_quantity"];
pub(super) const CELL: usize = 0;
pub(super) const WORTHS: usize = 1;
pub(super) const EXCHANGES: usize = 2;
pub(super) const QUANTITIES: usize = 3;

/// A payment, the number of its cell, and the model's exchange rate.
pub(super) struct Paid<'p> {
    pub(super) worth: PaymentWorth<'p>,
    pub(super) cell: usize,
    pub(super) rate: Option<Name>,
}

impl<'p> Paid<'p> {
    /// A payment with its rate among the names.
    pub(super) fn of(worth: PaymentWorth<'p>, cell: usize, terms: &mut Terms<'_>) -> Self {
        let value = worth.model_rate.map(|rate| rate.normalize().to_string());
        let rate = value.and_then(|value| terms.rate_of(worth.currency, worth.month, &value));
        Self { worth, cell, rate }
    }

    /// True if its own rate makes a part of what it is worth.
    pub(super) fn has_exchange(&self) -> bool {
        self.rate.is_some() && self.worth.rate.is_some()
    }
}

/// Writes the sheets.
pub(super) fn sheets(
    book: &mut Book,
    names: &Names,
    split: &Split,
    paid: &[Paid<'_>],
    categories: &[Declared],
) -> Result<(), XlsxError> {
    for piece in &split.pieces {
        let mut sheet = Sheet::new(&piece.sheet)?;
        heads(book, &mut sheet)?;
        for (place, paid) in paid.iter().enumerate().take(piece.rows.end).skip(piece.rows.start) {
            row(book, &mut sheet, names, split.row(piece, place), paid, categories)?;
        }
        finish(book, sheet, split, piece)?;
    }
    Ok(())
}

fn heads(book: &Book, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let lang = book.lang;
    let heads = [
        (NO, lang.cell_number(), 10),
        (MONTH, lang.month(), 11),
        (LINE, lang.line(), 20),
        (LABEL, lang.label(), 34),
        (CATEGORY, lang.category(), 16),
        (CURRENCY, lang.currency(), 10),
        (AMOUNT, lang.amount_paid(), 15),
        (RATE, lang.rate_used(), 14),
        (MODEL_RATE, lang.rate_of_model(), 14),
        (QUANTITY, lang.quantity(), 11),
        (EXACT, lang.exact(), 16),
        (WORTH, lang.worth(), 16),
        (EXCHANGE, lang.of_exchange(), 16),
    ];
    for (column, head, width) in heads {
        sheet.text(0, column, head, if column >= AMOUNT { &book.styles.head_right } else { &book.styles.head })?;
        sheet.widths(&[(column, width)])?;
    }
    sheet.cells.set_row_height(0, 48)?;
    sheet.cells.set_freeze_panes(HEADS, LINE)?;
    sheet.cells.set_repeat_rows(0, 0)?;
    Ok(())
}

fn finish(book: &mut Book, mut sheet: Sheet, split: &Split, piece: &Piece) -> Result<(), XlsxError> {
    split.define(&mut sheet, piece, [NO, WORTH, EXCHANGE, QUANTITY]);
    let last = split.row(piece, piece.rows.end.max(piece.rows.start + 1) - 1);
    sheet.cells.autofilter(0, 0, last, EXCHANGE)?;
    book.add(sheet)
}

fn row(
    book: &Book,
    sheet: &mut Sheet,
    names: &Names,
    at: u32,
    paid: &Paid<'_>,
    categories: &[Declared],
) -> Result<(), XlsxError> {
    let (worth, styles, lang): (_, _, Lang) = (&paid.worth, &book.styles, book.lang);
    sheet.number(at, NO, &(paid.cell + 1).to_string(), &styles.year)?;
    sheet.month(at, MONTH, worth.month, &styles.month)?;
    let category = declared_label(categories, worth.category, lang);
    match worth.line {
        Some(line) => {
            sheet.text(at, LINE, line.id.as_str(), &styles.text)?;
            sheet.text(at, LABEL, line.label.text(lang), &styles.text)?;
        }
        None => sheet.text(at, LABEL, &category, &styles.text)?,
    }
    sheet.text(at, CATEGORY, worth.category.as_str(), &styles.text)?;
    sheet.text(at, CURRENCY, worth.currency.code(), &styles.text)?;
    let mut input = |column: u16, value: String| {
        sheet.number(at, column, &value, &styles.input)?;
        sheet.cells.add_data_validation(at, column, at, column, &numbers_only(lang)?).map(|_| ())
    };
    input(AMOUNT, worth.amount.to_string())?;
    if let Some(quantity) = &worth.quantity {
        input(QUANTITY, decimal(quantity))?;
    }
    let (amount, mut product) = (cell(at, AMOUNT), cell(at, AMOUNT));
    // Of a payment in the model's currency a rate can only be 1.
    let is_foreign = worth.currency != worth.worth.currency();
    let rate = worth.rate.filter(|_| is_foreign);
    if let Some(rate) = rate {
        input(RATE, rate.to_string())?;
    }
    if let Some(named) = paid.rate.map(|name| names.get(name)) {
        let column = if rate.is_some() { MODEL_RATE } else { RATE };
        sheet.formula((at, column), format!("={}", named.name), &named.value, &styles.number)?;
    }
    if is_foreign {
        product = format!("{amount}*{}", cell(at, RATE));
    }
    let used = rate.or(worth.model_rate).filter(|_| is_foreign).unwrap_or(relocost::Decimal::ONE);
    let exact = worth.amount.checked_mul(used).map_or_else(String::new, |exact| exact.normalize().to_string());
    sheet.formula((at, EXACT), format!("={product}"), exact, &styles.factor)?;
    let currency = worth.worth.currency();
    let rounded = half_even(&cell(at, EXACT), currency, [worth.worth]);
    sheet.formula((at, WORTH), rounded, worth.worth.to_string(), &styles.money)?;
    if is_foreign && paid.has_exchange() {
        let part = format!("({amount}*({}-{}))", cell(at, RATE), cell(at, MODEL_RATE));
        let rounded = half_even(&part, currency, [worth.worth, worth.exchange]);
        sheet.formula((at, EXCHANGE), rounded, worth.exchange.to_string(), &styles.money)?;
    }
    Ok(())
}
