//! The sheets of inputs and of the rates that follow from them.

use relocost::Lang;
use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};

use super::book::{Book, Sheet};
use super::names::{Kind, Names, RateKind};
use super::words::Words;

/// The rows above the first section.
const HEADS: u32 = 3;

fn begin(book: &Book, name: &str, about: &str, heads: &[(&str, u16)]) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, about, &book.styles.text)?;
    for (column, (head, width)) in (0..).zip(heads) {
        let style = if column == 1 { &book.styles.head_right } else { &book.styles.head };
        sheet.text(2, column, head, style)?;
        sheet.widths(&[(column, *width)])?;
    }
    sheet.cells.set_freeze_panes(HEADS, 1)?;
    sheet.cells.set_repeat_rows(2, 2)?;
    Ok(sheet)
}

/// Of a cell that can be changed: texts and dates among numbers are mistakes.
pub(super) fn numbers_only(lang: Lang) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(-1e15, 1e15))
        .set_input_message(lang.change_here())?
        .set_error_message(lang.numbers_only())
}

/// Writes the sheet of the inputs.
pub(super) fn inputs(book: &mut Book, name: &str, names: &Names) -> Result<(), XlsxError> {
    let lang = book.lang;
    let heads = [
        (lang.input(), 60),
        (lang.value(), 16),
        (lang.unit(), 24),
        (lang.name(), 34),
        (lang.key(), 40),
        (lang.source(), 70),
    ];
    let mut sheet = begin(book, name, lang.inputs_about(), &heads)?;
    let is_number = numbers_only(lang)?;
    let mut row = HEADS;
    let mut kind = None;
    for (named, input) in names.inputs() {
        if kind != Some(input.kind) {
            row += u32::from(kind.is_some());
            sheet.text(row, 0, section(book, input.kind), &book.styles.section)?;
            (row, kind) = (row + 1, Some(input.kind));
        }
        let styles = &book.styles;
        sheet.text(row, 0, &input.what, &styles.text)?;
        let is_growth = matches!(input.kind, Kind::Growth | Kind::Discount);
        sheet.number(row, 1, &named.value, if is_growth { &styles.input_percent } else { &styles.input })?;
        sheet.cells.add_data_validation(row, 1, row, 1, &is_number)?;
        sheet.define(&named.name, (row, 1), (row, 1));
        sheet.text(row, 2, &input.unit, &styles.indented)?;
        sheet.text(row, 3, &named.name, &styles.text)?;
        sheet.text(row, 4, &input.path, &styles.text)?;
        let source = input.source.as_deref().unwrap_or(lang.no_source());
        sheet.text(row, 5, source, &styles.text)?;
        row += 1;
    }
    book.add(sheet)
}

fn section(book: &Book, kind: Kind) -> &'static str {
    let lang = book.lang;
    match kind {
        Kind::Price => lang.prices(),
        Kind::Event => lang.events(),
        Kind::Share => lang.shares(),
        Kind::Exchange => lang.exchange(),
        Kind::Growth => lang.growth(),
        Kind::Level => lang.levels(),
        Kind::Relief => lang.relief(),
        Kind::Fund => lang.fund_shares(),
        Kind::Discount => lang.discount(),
    }
}

/// Writes the sheet of the rates.
pub(super) fn rates(book: &mut Book, name: &str, names: &Names) -> Result<(), XlsxError> {
    let lang = book.lang;
    let mut sheet = begin(book, name, lang.rates_about(), &[(lang.what(), 46), (lang.value(), 16), (lang.name(), 40)])?;
    let mut row = HEADS;
    let mut kind = None;
    for (named, rate) in names.rates() {
        if kind != Some(rate.kind) {
            row += u32::from(kind.is_some());
            let section = match rate.kind {
                RateKind::Index => lang.index_factors(),
                RateKind::Need => lang.needs(),
                RateKind::Expectation => lang.expectations(),
                RateKind::Discount => lang.discount(),
            };
            sheet.text(row, 0, section, &book.styles.section)?;
            (row, kind) = (row + 1, Some(rate.kind));
        }
        sheet.text(row, 0, &rate.what, &book.styles.text)?;
        sheet.formula((row, 1), &rate.formula, &named.value, &book.styles.factor)?;
        sheet.define(&named.name, (row, 1), (row, 1));
        sheet.text(row, 2, &named.name, &book.styles.indented)?;
        row += 1;
    }
    book.add(sheet)
}
