//! Sheets of figures as they were delivered: tables of the library, with their heads.

use relocost::{Error, Watch};
use relocost_tables::{Cell, Column, Table, Type};
use rust_xlsxwriter::{Format, XlsxError};

use super::book::{Book, Sheet};
use super::words::Words;

/// The rows of a sheet's head.
const HEADS: u32 = 3;

/// Makes the values of tables.
///
/// # Errors
/// A sum is too large to write.
pub(super) fn made(tables: impl IntoIterator<Item = Option<Table>>) -> Result<Vec<Table>, Error> {
    let made = |table: Table| {
        let watch = Watch::default();
        (0..table.columns().len()).try_for_each(|column| table.make(column, &watch))?;
        Ok(table)
    };
    tables.into_iter().flatten().filter(|table| table.rows() > 0).map(made).collect()
}

/// Writes tables one below the other. Nothing on the sheet follows a change.
pub(super) fn sheet(book: &mut Book, name: &str, about: &str, tables: &[Table]) -> Result<(), XlsxError> {
    let lang = book.lang;
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, about, &book.styles.text)?;
    sheet.text(2, 0, lang.as_delivered(), &book.styles.warning)?;
    sheet.widths(&[(0, 34), (1, 22)])?;
    let widest = tables.iter().map(|table| table.columns().len()).max().unwrap_or(0);
    for column in 2..u16::try_from(widest).unwrap_or(2).max(2) {
        sheet.widths(&[(column, 18)])?;
    }
    let mut row = HEADS + 1;
    for table in tables {
        sheet.text(row, 0, table.what().label(lang), &book.styles.section)?;
        let columns: Vec<&Column> = table.columns().collect();
        for (at, column) in (0..).zip(&columns) {
            let is_number = column.kind().is_number();
            let style = if is_number { &book.styles.head_right } else { &book.styles.head };
            sheet.text(row + 1, at, column.label(lang), style)?;
        }
        for place in 0..table.rows() {
            let at = row + 2 + u32::try_from(place).unwrap_or(0);
            for ((column, cell), of) in (0..).zip(table.row(place)).zip(&columns) {
                write(book, &mut sheet, (at, column), cell, of.kind())?;
            }
        }
        row += 3 + u32::try_from(table.rows()).unwrap_or(0);
    }
    book.add(sheet)
}

fn write(
    book: &Book,
    sheet: &mut Sheet,
    (row, column): (u32, u16),
    value: Cell<'_>,
    kind: Type,
) -> Result<(), XlsxError> {
    let styles = &book.styles;
    let format: &Format = match kind {
        Type::Money => &styles.money,
        Type::Year => &styles.year,
        Type::Share => &styles.percent,
        _ => &styles.number,
    };
    match value {
        Cell::None => Ok(()),
        Cell::Month(month) => sheet.month(row, column, month, &styles.month),
        Cell::Premium(_) => sheet.number(row, column, &value.to_string(), &styles.percent),
        Cell::Text(text) => sheet.text(row, column, text, &styles.text),
        other => sheet.number(row, column, &other.to_string(), format),
    }
}
