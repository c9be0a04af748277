//! Tables: rows of typed columns, read cell by cell or a column at a time.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::sync::OnceLock;

use relocost_tables::{Cell, Cells, Column, Texts, Type};

use crate::boundary::{Kind, ask, free};
use crate::figure::{double, money};
use crate::findings::ZeroEnded;
use crate::status::{
    CallResult, Fault, RELOCOST_BEYOND_INT64, RELOCOST_NO_SUCH_PLACE, RELOCOST_NO_VALUE, RELOCOST_OTHER_KIND,
    RELOCOST_UNKNOWN_NAME, wrong,
};
use crate::types::{Money, RELOCOST_DECIMAL, RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_TEXT, Status, Text};

/// Rows of typed columns. It never changes, and may be used by several threads at once.
pub struct TableHandle {
    _opaque: (),
}

impl Kind for TableHandle {
    type Value = Table;
    const TAG: u64 = 0x7265_6c6f_7ab1_e000;
}

/// The content of a table handle.
pub struct Table {
    table: relocost_tables::Table,
    columns: Vec<Named>,
}

/// The column as C needs it, beside the column itself.
struct Named {
    name: ZeroEnded,
    /// Values as text, made when they are first read so, of what is kept otherwise: months, premiums, doubles.
    texts: OnceLock<Texts>,
}

impl From<relocost_tables::Table> for Table {
    fn from(table: relocost_tables::Table) -> Self {
        let named = |column: &Column| Named { name: ZeroEnded::new(column.name()), texts: OnceLock::new() };
        let columns = table.columns().map(named).collect();
        Self { table, columns }
    }
}

/// The kind of a column as C has it.
fn kind(column: &Column) -> u32 {
    match column.kind() {
        Type::Year | Type::Count => RELOCOST_INTEGER,
        Type::Money => RELOCOST_MONEY,
        Type::Ratio | Type::Share | Type::Binary => RELOCOST_DECIMAL,
        _ => RELOCOST_TEXT,
    }
}

impl Table {
    fn column(&self, index: usize) -> CallResult<(&Column, &Cells)> {
        self.table.at(index).map_or_else(|| wrong(RELOCOST_NO_SUCH_PLACE, "column"), Ok)
    }

    /// A cell, with row and column checked.
    fn cell(&self, row: usize, column: usize) -> CallResult<Cell<'_>> {
        let (_, cells) = self.column(column)?;
        if row < self.table.rows() { Ok(cells.get(row)) } else { wrong(RELOCOST_NO_SUCH_PLACE, "row") }
    }

    /// The cells of a column of text or decimals, as texts.
    fn texts(&self, column: usize) -> CallResult<&Texts> {
        match self.column(column)?.1 {
            Cells::Texts(texts) | Cells::Decimals(texts) => Ok(texts),
            Cells::Years(_) | Cells::Counts(_) | Cells::Money(_) => wrong(RELOCOST_OTHER_KIND, "column"),
            cells => {
                let named = self.columns.get(column).ok_or(Fault::Own(RELOCOST_NO_SUCH_PLACE, "column"))?;
                let text = |row| Some(cells.get(row)).filter(|cell| *cell != Cell::None);
                Ok(named.texts.get_or_init(|| (0..cells.len()).map(text).collect()))
            }
        }
    }

    /// Any cell as text; no value where there is none.
    fn text_at(&self, row: usize, column: usize) -> CallResult<String> {
        match self.cell(row, column)? {
            Cell::None => wrong(RELOCOST_NO_VALUE, "row"),
            cell => Ok(cell.to_string()),
        }
    }

    fn double_at(&self, row: usize, column: usize) -> CallResult<f64> {
        if kind(self.column(column)?.0) == RELOCOST_TEXT {
            return wrong(RELOCOST_OTHER_KIND, "column");
        }
        double(&self.text_at(row, column)?)
    }
}

fn view(texts: &Texts, row: usize) -> Text {
    texts.get(row).map_or(Text { data: std::ptr::null(), length: 0 }, |text| Text {
        data: text.as_ptr().cast(), // a zero byte follows it
        length: text.len(),
    })
}

/// Puts into `rows` how many rows there are.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_rows(table: *const TableHandle, rows: *mut usize) -> Status {
    ask(|caller| caller.put(rows, caller.handle(table, "table")?.table.rows(), "rows"))
}

/// Puts into `columns` how many columns there are. Later versions may have more, after those that there are now.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_columns(table: *const TableHandle, columns: *mut usize) -> Status {
    ask(|caller| caller.put(columns, caller.handle(table, "table")?.columns.len(), "columns"))
}

/// Puts into `column` the place, from 0, of the column of a name.
///
/// Errors: RELOCOST_UNKNOWN_NAME; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_find(
    table: *const TableHandle,
    name: *const c_char,
    length: usize,
    column: *mut usize,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        let name = caller.name(name, length, "name")?;
        caller.put(column, table.table.find(name).ok_or(Fault::Own(RELOCOST_UNKNOWN_NAME, "name"))?, "column")
    })
}

/// Puts into `name` the name of a column, which lives as long as the table.
///
/// Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_column_name(table: *const TableHandle, column: usize, name: *mut Text) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        let named = table.columns.get(column).ok_or(Fault::Own(RELOCOST_NO_SUCH_PLACE, "column"))?;
        caller.put(name, named.name.view(), "name")
    })
}

/// Puts into `kind` the kind of a column: RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_DECIMAL or RELOCOST_TEXT.
///
/// Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_column_kind(table: *const TableHandle, column: usize, kind: *mut u32) -> Status {
    ask(|caller| caller.put(kind, self::kind(caller.handle(table, "table")?.column(column)?.0), "kind"))
}

/// Puts into `zero` no money at all in the currency of the table's money: its decimals and its code, which all columns
/// of money share.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_currency(table: *const TableHandle, zero: *mut Money) -> Status {
    ask(|caller| {
        let currency = caller.handle(table, "table")?.table.head().currency();
        caller.put(zero, money(relocost::Money::zero(currency))?, "zero")
    })
}

/// Copies into `buffer` what the table is about, as an object of JSON: that it is internal, the version, currency, start,
/// horizon, basis and pair, as far as they apply. Whatever is made of its rows is to say that it is internal, too.
///
/// Errors: RELOCOST_SHORT_BUFFER; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_head(
    table: *const TableHandle,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let head = serde_json::to_string(caller.handle(table, "table")?.table.head()).unwrap_or_default();
        caller.copy(&head, buffer, capacity, required)
    })
}

/// Puts into `value` a cell of a column of money.
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_BEYOND_INT64; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL
/// pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_money(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut Money,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        match (kind(table.column(column)?.0), table.cell(row, column)?) {
            (_, Cell::Money(amount)) => caller.put(value, money(amount)?, "value"),
            (RELOCOST_MONEY, _) => wrong(RELOCOST_NO_VALUE, "row"),
            _ => wrong(RELOCOST_OTHER_KIND, "column"),
        }
    })
}

/// Puts into `value` a cell of a column of integers.
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_integer(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut i64,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        match (kind(table.column(column)?.0), table.cell(row, column)?) {
            (_, Cell::Whole(whole)) => caller.put(value, whole, "value"),
            (RELOCOST_INTEGER, _) => wrong(RELOCOST_NO_VALUE, "row"),
            _ => wrong(RELOCOST_OTHER_KIND, "column"),
        }
    })
}

/// Puts into `value` a cell of a column of text or of decimals, which lives as long as the table; `data` is NULL where
/// there is no value.
///
/// Errors: RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_text(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut Text,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        table.cell(row, column)?;
        caller.put(value, view(table.texts(column)?, row), "value")
    })
}

/// Copies any cell into `buffer` as text: money as a decimal such as "950.00".
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_SHORT_BUFFER; RELOCOST_NO_SUCH_PLACE; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_copy_text(
    table: *const TableHandle,
    row: usize,
    column: usize,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let text = caller.handle(table, "table")?.text_at(row, column)?;
        caller.copy(&text, buffer, capacity, required)
    })
}

/// Puts into `value` a cell of money (in whole units of the currency), decimals or integers as near as a double comes
/// to it: for charts, never for sums.
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_double_for_charts(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut f64,
) -> Status {
    ask(|caller| caller.put(value, caller.handle(table, "table")?.double_at(row, column)?, "value"))
}

/// Fills `buffer`, an array of `capacity` places, with the minor units of a whole column of money; 0 where there is no
/// value.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_BEYOND_INT64, with nothing written;
/// RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_fill_minor(
    table: *const TableHandle,
    column: usize,
    buffer: *mut i64,
    capacity: usize,
    required: *mut usize,
) -> Status {
    let minor = |cell: &Option<relocost::Money>| {
        i64::try_from(cell.map_or(0, relocost::Money::minor)).or_else(|_| wrong(RELOCOST_BEYOND_INT64, "column"))
    };
    fill(table, column, (buffer, capacity, required), |table, column| match table.column(column)?.1 {
        Cells::Money(cells) => Ok(Box::new(cells.iter().map(minor))),
        _ => wrong(RELOCOST_OTHER_KIND, "column"),
    })
}

/// Fills `buffer`, an array of `capacity` places, with a whole column of integers; 0 where there is no value.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
/// wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_fill_integers(
    table: *const TableHandle,
    column: usize,
    buffer: *mut i64,
    capacity: usize,
    required: *mut usize,
) -> Status {
    fill(table, column, (buffer, capacity, required), |table, column| match table.column(column)?.1 {
        Cells::Years(years) => Ok(Box::new(years.iter().map(|year| Ok(year.map_or(0, i64::from))))),
        Cells::Counts(counts) => Ok(Box::new(counts.iter().map(|count| Ok(count.unwrap_or(0))))),
        _ => wrong(RELOCOST_OTHER_KIND, "column"),
    })
}

/// Fills `buffer`, an array of `capacity` places, with a whole column of text or decimals. The texts live as long as
/// the table.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
/// wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_fill_texts(
    table: *const TableHandle,
    column: usize,
    buffer: *mut Text,
    capacity: usize,
    required: *mut usize,
) -> Status {
    fill(table, column, (buffer, capacity, required), |table, column| {
        let texts = table.texts(column)?;
        Ok(Box::new((0..texts.len()).map(|row| Ok(view(texts, row)))))
    })
}

/// Fills `buffer`, an array of `capacity` places, with a whole column of money, decimals or integers as near as doubles
/// come to it: for charts, never for sums. Where there is no value it puts NaN.
///
/// Errors: RELOCOST_SHORT_BUFFER (`required` gets the number of rows); RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a
/// wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_fill_doubles_for_charts(
    table: *const TableHandle,
    column: usize,
    buffer: *mut f64,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        table.column(column)?;
        let one = |row| match table.double_at(row, column) {
            Err(Fault::Own(RELOCOST_NO_VALUE, _)) => Ok(f64::NAN),
            other => other,
        };
        if table.table.rows() > 0 {
            one(0)?; // a column of another kind is one whatever the buffer
        }
        caller.fill((buffer, capacity, required), (0..table.table.rows()).map(one))
    })
}

/// Frees a table. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_free(table: *mut TableHandle) {
    free(table);
}

/// The cells of a column in their order.
type InOrder<'c, T> = Box<dyn ExactSizeIterator<Item = CallResult<T>> + 'c>;

/// Fills an array with the cells of a column, unless it is of another kind.
fn fill<T: Copy>(
    table: *const TableHandle,
    column: usize,
    array: (*mut T, usize, *mut usize),
    cells: impl FnOnce(&Table, usize) -> CallResult<InOrder<'_, T>>,
) -> Status {
    ask(|caller| {
        let table = caller.handle(table, "table")?;
        caller.fill(array, cells(table, column)?)
    })
}
