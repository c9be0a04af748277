//! Tables: rows of typed columns, read cell by cell or a column at a time.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::fmt::{Display, Write};
use std::sync::LazyLock;

use relocost::{Currency, Difference, Id};

use crate::boundary::{Kind, ask, free};
use crate::errors::ZeroEnded;
use crate::result::{double, money};
use crate::status::{
    Fault, Outcome, RELOCOST_BEYOND_INT64, RELOCOST_NO_SUCH_PLACE, RELOCOST_NO_VALUE, RELOCOST_OTHER_KIND,
    RELOCOST_UNKNOWN_NAME, wrong,
};
use crate::types::{Money, RELOCOST_DECIMAL, RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_TEXT, Status, Text};

/// Of comparisons: pathway, entries, total, constant, present_value. Of scenarios: pathway.
pub const RELOCOST_TABLE_PATHWAYS: u32 = 1;
/// Of comparisons and caseloads: category, base, alternative, extra, premium.
pub const RELOCOST_TABLE_BY_CATEGORY: u32 = 2;
/// Of the same: fiscal_year (integer), base, alternative, extra, premium.
pub const RELOCOST_TABLE_BY_FISCAL_YEAR: u32 = 3;
/// Of the same: fund, base, alternative, extra, premium.
pub const RELOCOST_TABLE_BY_FUND: u32 = 4;
/// Of comparisons, a row for each shorter horizon: months (integer), base, alternative, extra, premium.
pub const RELOCOST_TABLE_PREMIUM_CURVE: u32 = 5;
/// Of comparisons, what each entitlement explains, would save if granted alone, and saves if all others are granted:
/// entitlement, amount, alone, last. Of caseloads: entitlement, amount.
pub const RELOCOST_TABLE_ATTRIBUTION: u32 = 6;
/// Of comparisons, the amounts of every pathway: pathway, category, amount.
pub const RELOCOST_TABLE_PATHWAY_CATEGORIES: u32 = 7;
/// Of comparisons: pathway, fiscal_year (integer), amount.
pub const RELOCOST_TABLE_PATHWAY_FISCAL_YEARS: u32 = 8;
/// Of comparisons: pathway, fund, amount.
pub const RELOCOST_TABLE_PATHWAY_FUNDS: u32 = 9;
/// Of comparisons: pathway, line, amount.
pub const RELOCOST_TABLE_PATHWAY_LINES: u32 = 10;
/// Of ledgers and explanations: month, month_index, fiscal_year, stage (integers), solution, line, category, quantity,
/// unit_price, currency (of the price), index_factor, exchange_rate, relief (decimals), amount, fund_ID for each fund
/// of the scenario, source. Of explanations also part: what of the entry's amount the figure sums.
pub const RELOCOST_TABLE_ENTRIES: u32 = 20;
/// Of ledgers: fiscal_year (integer), category, amount.
pub const RELOCOST_TABLE_YEARS_AND_CATEGORIES: u32 = 21;
/// Of explanations: key, source (no value where the file gives none).
pub const RELOCOST_TABLE_SOURCES: u32 = 22;
/// Of delays, a row for each wait: months (integer), within_horizon_total, within_horizon_extra, within_horizon_month,
/// full_course_total, full_course_extra, full_course_month.
pub const RELOCOST_TABLE_WAITS: u32 = 30;
/// Of caseloads: reference, count (integer), base, alternative, extra, premium, band.
pub const RELOCOST_TABLE_HOUSEHOLDS: u32 = 31;
/// Of results of relocost_variants, first the scenario as it stands, whose variant is no value: variant, base,
/// alternative, extra, premium, change_of_base, change_of_alternative, change_of_extra. Of scenarios: variant.
pub const RELOCOST_TABLE_VARIANTS: u32 = 32;
/// Of diffs: pathway, old, new.
pub const RELOCOST_TABLE_TOTALS: u32 = 33;
/// Of diffs, what each change adds to each pathway: key, pathway, effect.
pub const RELOCOST_TABLE_EFFECTS: u32 = 34;
/// Of diffs, what changed: key, detail, old, new (no value where there was or is none).
pub const RELOCOST_TABLE_DETAILS: u32 = 35;
/// Of estimates, the lower end, middle and upper end of the band: premium, permanent, temporary, extra.
pub const RELOCOST_TABLE_POINTS: u32 = 36;
/// Of results of relocost_expectations: figure, expected, found, passed (0 or 1), why, line (0: in no file).
pub const RELOCOST_TABLE_EXPECTATIONS: u32 = 37;
/// Of calibrations: line. Of scenarios: line, category, label_en, label_fr, driver, schedule, amount (no value for an
/// event's), currency, price_base_year (integer), source.
pub const RELOCOST_TABLE_LINES: u32 = 38;
/// Of scenarios: entitlement, label_en, label_fr.
pub const RELOCOST_TABLE_ENTITLEMENTS: u32 = 40;
/// Of scenarios: category, label_en, label_fr.
pub const RELOCOST_TABLE_CATEGORIES: u32 = 41;
/// Of scenarios: fund, label_en, label_fr.
pub const RELOCOST_TABLE_FUNDS: u32 = 42;
/// Of scenarios: solution, label_en, label_fr.
pub const RELOCOST_TABLE_SOLUTIONS: u32 = 43;

/// Of tornados, first the scenario as it stands, whose parameter and value are no value, then the uncertain parameters
/// from the widest swing of the extra cost to the narrowest: parameter, swing, low_value, low_extra, low_premium,
/// high_value, high_extra, high_premium. Here and in the tables below, decimals are those that a double is written with.
pub const RELOCOST_TABLE_TORNADO: u32 = 50;
/// Of Sobol' indices: figure, factor, first_order, first_order_low, first_order_high, total, total_low, total_high,
/// sd_first_order, sd_total.
pub const RELOCOST_TABLE_INDICES: u32 = 51;
/// Of Sobol' indices, the rank correlation (Spearman) of each parameter with each figure, no value where one of them
/// does not vary: figure, parameter, spearman.
pub const RELOCOST_TABLE_RANKS: u32 = 52;
/// Of simulations, every figure, of a premium that not every draw has without values: figure, key, draws (integer), mean,
/// sd, se, least, most, p5, p10, p50, p80, p90, p95, se_p5, se_p10, se_p50, se_p80, se_p90, se_p95, shortfall95, ledger,
/// ledger_at_means (the exact figures of the ledger as the scenario stands, and with every uncertain parameter at its
/// mean).
pub const RELOCOST_TABLE_STATISTICS: u32 = 53;
/// Of simulations, how many draws of each uncertain parameter were moved into its domain: parameter, moved (integer).
pub const RELOCOST_TABLE_MOVED: u32 = 54;

/// Rows of typed columns. It never changes, and may be used by several threads at once.
pub struct TableHandle {
    _opaque: (),
}

impl Kind for TableHandle {
    type Value = Table;
    const TAG: u64 = 0x7265_6c6f_7ab1_e000;
}

/// What a table handle holds.
pub struct Table {
    currency: Currency,
    rows: usize,
    columns: Vec<Column>,
}

struct Column {
    name: ZeroEnded,
    kind: u32,
    /// Some columns of a large ledger are dear, and nobody may ask for them.
    cells: LazyLock<Cells, Box<dyn FnOnce() -> Cells + Send>>,
}

/// The cells of a column.
pub(crate) enum Cells {
    Integers(Vec<i64>),
    Money(Vec<relocost::Money>),
    Texts(Texts),
}

/// Texts one after another, each with a zero byte after it.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: String,
    places: Vec<Option<(usize, usize)>>,
}

impl Texts {
    fn push(&mut self, text: Option<impl Display>) {
        let place = text.map(|text| {
            let start = self.bytes.len();
            _ = write!(self.bytes, "{text}"); // a String takes everything
            let end = self.bytes.len();
            self.bytes.push('\0');
            (start, end)
        });
        self.places.push(place);
    }

    fn get(&self, row: usize) -> Option<&str> {
        let (start, end) = (*self.places.get(row)?)?;
        self.bytes.get(start..end)
    }

    fn view(&self, row: usize) -> Text {
        self.get(row).map_or(Text { data: std::ptr::null(), length: 0 }, |text| Text {
            data: text.as_ptr().cast(),
            length: text.len(),
        })
    }
}

impl<T: Display> FromIterator<Option<T>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(values: I) -> Self {
        let mut texts = Self::default();
        values.into_iter().for_each(|value| texts.push(value));
        texts
    }
}

impl Cells {
    pub(crate) fn texts<T: Display>(values: impl IntoIterator<Item = Option<T>>) -> Self {
        Self::Texts(values.into_iter().collect())
    }

    pub(crate) fn integers<T: TryInto<i64>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::Integers(values.into_iter().map(|value| value.try_into().unwrap_or(i64::MAX)).collect())
    }
}

impl Table {
    pub(crate) fn new(currency: Currency, rows: usize) -> Self {
        Self { currency, rows, columns: Vec::new() }
    }

    /// A column that is made when it is first asked for.
    pub(crate) fn later(mut self, name: &str, kind: u32, cells: impl FnOnce() -> Cells + Send + 'static) -> Self {
        self.columns.push(Column { name: ZeroEnded::new(name), kind, cells: LazyLock::new(Box::new(cells)) });
        self
    }

    fn now(self, name: &str, kind: u32, cells: Cells) -> Self {
        self.later(name, kind, move || cells)
    }

    pub(crate) fn integers<T: TryInto<i64>>(self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.now(name, RELOCOST_INTEGER, Cells::integers(values))
    }

    pub(crate) fn money(self, name: &str, values: impl IntoIterator<Item = relocost::Money>) -> Self {
        self.now(name, RELOCOST_MONEY, Cells::Money(values.into_iter().collect()))
    }

    pub(crate) fn texts<T: Display>(self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.some_texts(name, values.into_iter().map(Some))
    }

    pub(crate) fn some_texts<T: Display>(self, name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        self.now(name, RELOCOST_TEXT, Cells::texts(values))
    }

    pub(crate) fn decimals<T: Display>(self, name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        self.now(name, RELOCOST_DECIMAL, Cells::texts(values))
    }

    pub(crate) fn differences<'d>(self, rows: impl Iterator<Item = &'d Difference> + Clone) -> Self {
        self.money("base", rows.clone().map(|row| row.base))
            .money("alternative", rows.clone().map(|row| row.alternative))
            .money("extra", rows.clone().map(|row| row.extra))
            .decimals("premium", rows.map(|row| row.premium().ratio()))
    }

    pub(crate) fn amounts<'m>(
        currency: Currency,
        name: &str,
        rows: impl ExactSizeIterator<Item = (&'m Id, &'m relocost::Money)> + Clone,
    ) -> Self {
        Self::new(currency, rows.len())
            .texts(name, rows.clone().map(|(id, _)| id))
            .money("amount", rows.map(|(_, amount)| *amount))
    }

    fn column(&self, index: usize) -> Outcome<&Column> {
        self.columns.get(index).map_or_else(|| wrong(RELOCOST_NO_SUCH_PLACE, "column"), Ok)
    }

    /// The cells of a column, with the row checked.
    fn cells(&self, row: usize, column: usize) -> Outcome<&Cells> {
        let column = self.column(column)?;
        if row < self.rows { Ok(&column.cells) } else { wrong(RELOCOST_NO_SUCH_PLACE, "row") }
    }

    fn money_at(&self, row: usize, column: usize) -> Outcome<relocost::Money> {
        match self.cells(row, column)? {
            Cells::Money(cells) => cells.get(row).copied().ok_or(Fault::Own(RELOCOST_NO_SUCH_PLACE, "row")),
            _ => wrong(RELOCOST_OTHER_KIND, "column"),
        }
    }

    /// Any cell as text; no value where there is none.
    fn text_at(&self, row: usize, column: usize) -> Outcome<String> {
        let text = match self.cells(row, column)? {
            Cells::Integers(cells) => cells.get(row).map(ToString::to_string),
            Cells::Money(cells) => cells.get(row).map(ToString::to_string),
            Cells::Texts(texts) => texts.get(row).map(str::to_owned),
        };
        text.ok_or(Fault::Own(RELOCOST_NO_VALUE, "row"))
    }

    fn double_at(&self, row: usize, column: usize) -> Outcome<f64> {
        if self.column(column)?.kind == RELOCOST_TEXT {
            return wrong(RELOCOST_OTHER_KIND, "column");
        }
        double(&self.text_at(row, column)?)
    }
}

/// Puts into `rows` how many rows there are.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_rows(table: *const TableHandle, rows: *mut usize) -> Status {
    ask(|caller| caller.put(rows, caller.handle(table, "table")?.rows, "rows"))
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
        let found = table.columns.iter().position(|known| known.name.as_str() == name);
        caller.put(column, found.ok_or(Fault::Own(RELOCOST_UNKNOWN_NAME, "name"))?, "column")
    })
}

/// Puts into `name` the name of a column, which lives as long as the table.
///
/// Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_column_name(table: *const TableHandle, column: usize, name: *mut Text) -> Status {
    ask(|caller| caller.put(name, caller.handle(table, "table")?.column(column)?.name.view(), "name"))
}

/// Puts into `kind` the kind of a column: RELOCOST_INTEGER, RELOCOST_MONEY, RELOCOST_DECIMAL or RELOCOST_TEXT.
///
/// Errors: RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_column_kind(table: *const TableHandle, column: usize, kind: *mut u32) -> Status {
    ask(|caller| caller.put(kind, caller.handle(table, "table")?.column(column)?.kind, "kind"))
}

/// Puts into `zero` no money at all in the currency of the table's money: its decimals and its code, which all columns
/// of money share.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_currency(table: *const TableHandle, zero: *mut Money) -> Status {
    ask(|caller| {
        let currency = caller.handle(table, "table")?.currency;
        caller.put(zero, money(relocost::Money::zero(currency))?, "zero")
    })
}

/// Puts into `value` a cell of a column of money.
///
/// Errors: RELOCOST_BEYOND_INT64; RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_money(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut Money,
) -> Status {
    ask(|caller| caller.put(value, money(caller.handle(table, "table")?.money_at(row, column)?)?, "value"))
}

/// Puts into `value` a cell of a column of integers.
///
/// Errors: RELOCOST_OTHER_KIND; RELOCOST_NO_SUCH_PLACE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_integer(
    table: *const TableHandle,
    row: usize,
    column: usize,
    value: *mut i64,
) -> Status {
    ask(|caller| match caller.handle(table, "table")?.cells(row, column)? {
        Cells::Integers(cells) => {
            let cell = cells.get(row).ok_or(Fault::Own(RELOCOST_NO_SUCH_PLACE, "row"))?;
            caller.put(value, *cell, "value")
        }
        _ => wrong(RELOCOST_OTHER_KIND, "column"),
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
    ask(|caller| match caller.handle(table, "table")?.cells(row, column)? {
        Cells::Texts(texts) => caller.put(value, texts.view(row), "value"),
        _ => wrong(RELOCOST_OTHER_KIND, "column"),
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

/// Fills `buffer`, an array of `capacity` places, with the minor units of a whole column of money.
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
    let minor =
        |cell: &relocost::Money| i64::try_from(cell.minor()).or_else(|_| wrong(RELOCOST_BEYOND_INT64, "column"));
    fill(table, column, (buffer, capacity, required), |cells| match cells {
        Cells::Money(cells) => Some(Box::new(cells.iter().map(minor))),
        _ => None,
    })
}

/// Fills `buffer`, an array of `capacity` places, with a whole column of integers.
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
    fill(table, column, (buffer, capacity, required), |cells| match cells {
        Cells::Integers(cells) => Some(Box::new(cells.iter().map(|cell| Ok(*cell)))),
        _ => None,
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
    fill(table, column, (buffer, capacity, required), |cells| match cells {
        Cells::Texts(texts) => Some(Box::new((0..texts.places.len()).map(|row| Ok(texts.view(row))))),
        _ => None,
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
        if table.rows > 0 {
            one(0)?; // a column of another kind is one whatever the buffer
        }
        caller.fill((buffer, capacity, required), (0..table.rows).map(one))
    })
}

/// Frees a table. NULL is accepted.
///
/// Errors: a wrong handle, which is then not freed.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_table_free(table: *mut TableHandle) -> Status {
    free(table)
}

/// The cells of a column in their order.
type InOrder<'c, T> = Box<dyn ExactSizeIterator<Item = Outcome<T>> + 'c>;

/// Fills an array with the cells of a column, unless it is of another kind.
fn fill<T: Copy>(
    table: *const TableHandle,
    column: usize,
    array: (*mut T, usize, *mut usize),
    cells: impl FnOnce(&Cells) -> Option<InOrder<'_, T>>,
) -> Status {
    ask(|caller| {
        let column = caller.handle(table, "table")?.column(column)?;
        let Some(cells) = cells(&column.cells) else { return wrong(RELOCOST_OTHER_KIND, "column") };
        caller.fill(array, cells)
    })
}
