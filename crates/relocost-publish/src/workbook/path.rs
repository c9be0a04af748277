//! A pathway of a workbook: its rows, the sheets on which they stand, and its figures.

use std::ops::Range;

use relocost::comparison::PathwayFigures;
use relocost::{Currency, Id, IndexMap, Money};

use super::book::{cell, range};
use super::entries::Column;
use super::names::Names;
use super::rows::Row;

/// A pathway that is compared.
pub(super) struct Path<'l> {
    pub(super) id: &'l str,
    /// What it is called, as in reports.
    pub(super) head: String,
    pub(super) rows: Vec<Row<'l>>,
    pub(super) sheets: Vec<Part>,
    pub(super) figures: &'l PathwayFigures,
    pub(super) by_year: IndexMap<i32, IndexMap<Id, Money>>,
}

/// The rows of a pathway on one sheet, and the names of their columns.
pub(super) struct Part {
    pub(super) sheet: String,
    pub(super) rows: Range<usize>,
    pub(super) amounts: String,
    pub(super) years: String,
    pub(super) categories: String,
    pub(super) months: String,
}

/// The rows above the first entry.
pub(super) const HEADS: u32 = 1;

impl Part {
    pub(super) fn new(sheet: String, rows: Range<usize>, path: &str, names: &mut Names) -> Self {
        let mut of = |what: &str| names.mint(&format!("{what}_{path}"));
        let (amounts, years, categories, months) = (of("amount"), of("year"), of("category"), of("month"));
        Self { sheet, rows, amounts, years, categories, months }
    }

    /// The row of the sheet, from 0, in which an entry stands.
    pub(super) fn row(&self, entry: usize) -> u32 {
        u32::try_from(entry - self.rows.start).unwrap_or(0) + HEADS
    }
}

impl Path<'_> {
    /// The ranges of the amounts of some entries, as arguments of a function.
    pub(super) fn amounts(&self, entries: &Range<usize>) -> String {
        let column = Column::Amount.place();
        let parts = self.sheets.iter().filter_map(|part| {
            let (first, end) = (entries.start.max(part.rows.start), entries.end.min(part.rows.end));
            (first < end).then(|| range(&part.sheet, (part.row(first), column), (part.row(end - 1), column)))
        });
        parts.collect::<Vec<_>>().join(",")
    }

    /// The formula of a sum over the entries that meet conditions; each is a column and a cell that it must equal.
    pub(super) fn sum(&self, conditions: impl Fn(&Part) -> String) -> String {
        let of = |part: &Part| format!("SUMIFS({},{})", part.amounts, conditions(part));
        self.sheets.iter().map(of).collect::<Vec<_>>().join("+")
    }

    /// Its id, by which formulas name it, and what it is called.
    pub(super) fn title(&self) -> String {
        if self.head == self.id { self.head.clone() } else { format!("{} ({})", self.id, self.head) }
    }

    /// The sum of a year and a category; 0 where nothing feeds it.
    pub(super) fn figure(&self, year: i32, category: &Id, currency: Currency) -> Money {
        let found = self.by_year.get(&year).and_then(|year| year.get(category));
        found.copied().unwrap_or(Money::zero(currency))
    }
}

/// The decimals of a minor unit by which a value counts as a half, 8 at most: with those before the point 14 digits, which
/// are right in a product of binary numbers. `sizes` are the amounts of which it is made.
fn decimals_of_half(sizes: impl IntoIterator<Item = Money>) -> u32 {
    let largest = sizes.into_iter().map(|amount| amount.minor().unsigned_abs()).max().unwrap_or(0);
    14_u32.saturating_sub(largest.checked_ilog10().map_or(0, |digits| digits + 1)).clamp(1, 8)
}

/// A value of about these amounts, rounded to minor units, a half to even, as a formula. A value so close to a half that
/// binary numbers cannot tell counts as one.
pub(super) fn half_even(value: &str, currency: Currency, sizes: impl IntoIterator<Item = Money>) -> String {
    let digits = decimals_of_half(sizes);
    let unit = 10_u64.pow(currency.decimals());
    let (minor, back) =
        if unit == 1 { (value.to_owned(), String::new()) } else { (format!("{value}*{unit}"), format!("/{unit}")) };
    let near = format!("ROUND({minor},{digits})");
    format!("=IF(ABS({near}-TRUNC({near}))=0.5,2*ROUND({minor}/2,0),ROUND({minor},0)){back}")
}

/// The cells of a row from one column to another, as in `B3:D3`.
pub(super) fn across(row: u32, first: u16, last: u16) -> String {
    format!("{}:{}", cell(row, first), cell(row, last))
}

/// The cells of a column from one row to another.
pub(super) fn down(column: u16, first: u32, last: u32) -> String {
    format!("{}:{}", cell(first, column), cell(last, column))
}
