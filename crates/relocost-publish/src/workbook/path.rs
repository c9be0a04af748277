//! A pathway of a workbook: its rows, the sheets on which they stand, and its figures.

use std::ops::Range;

use relocost::comparison::PathwayFigures;
use relocost::{Currency, Id, IndexMap, Lang, Money, Scenario};

use super::book::{cell, range};
use super::entries::Column;
use super::names::Names;
use super::rows::Row;

/// A pathway that is compared.
pub(super) struct Path<'l> {
    pub(super) id: &'l str,
    /// Its id, and what it is called.
    pub(super) title: String,
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

    /// The sum of a year and a category; 0 where nothing feeds it.
    pub(super) fn figure(&self, year: i32, category: &Id, currency: Currency) -> Money {
        let found = self.by_year.get(&year).and_then(|year| year.get(category));
        found.copied().unwrap_or(Money::zero(currency))
    }
}

/// What a pathway is called: its id, and of a solution its label.
pub(super) fn title(scenario: &Scenario, id: &str, lang: Lang) -> String {
    match scenario.solutions().get(id) {
        Some(solution) => format!("{id} ({})", solution.label.text(lang)),
        None => id.to_owned(),
    }
}

/// A value rounded to minor units, a half to even, as a formula. A value so close to a half that binary numbers cannot tell
/// counts as one: `digits` are the decimals of a minor unit that they can.
pub(super) fn half_even(value: &str, currency: Currency, digits: u32) -> String {
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
