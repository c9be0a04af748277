//! Charges of a workbook: their rows, the sheets on which they stand, and their figures.

use std::collections::BTreeMap;
use std::ops::Range;

use relocost::scenario::Declared;
use relocost::{Currency, Error, Id, IndexMap, Ledger, Money};

use super::book::{Book, cell, range};
use super::entries::Shape;
use super::names::Names;
use super::rows::Row;

/// Charges that are summed: those of a pathway, or of a programme.
pub(super) struct Path<'l> {
    pub(super) id: &'l str,
    /// What it is called, as in reports.
    pub(super) head: String,
    pub(super) rows: Vec<Row<'l>>,
    pub(super) shape: Shape<'l>,
    pub(super) sheets: Vec<Part>,
    pub(super) figures: &'l Figures,
}

/// The figures that the library has of charges.
pub(super) struct Figures {
    pub(super) total: Money,
    pub(super) present_value: Money,
    pub(super) by_category: IndexMap<Id, Money>,
    pub(super) by_fiscal_year: IndexMap<i32, Money>,
    pub(super) by_fund: IndexMap<Id, Money>,
    pub(super) by_year_and_category: BTreeMap<i32, IndexMap<Id, Money>>,
    pub(super) by_year_and_fund: BTreeMap<i32, IndexMap<Id, Money>>,
}

/// The rows on one sheet, and the names of their columns.
pub(super) struct Part {
    pub(super) sheet: String,
    pub(super) rows: Range<usize>,
    pub(super) amounts: String,
    pub(super) years: String,
    pub(super) categories: String,
    pub(super) months: String,
    /// By the place of the fund in the shape.
    pub(super) funds: Vec<String>,
}

/// The rows above the first entry.
pub(super) const HEADS: u32 = 1;

impl Part {
    fn new(sheet: String, rows: Range<usize>, path: &str, funds: &[&Declared], names: &mut Names) -> Self {
        let mut of = |what: &str| names.mint(&format!("{what}_{path}"));
        let (amounts, years, categories, months) = (of("amount"), of("year"), of("category"), of("month"));
        let funds = funds.iter().map(|fund| of(&format!("paid_by_{}", fund.id))).collect();
        Self { sheet, rows, amounts, years, categories, months, funds }
    }

    /// The row of the sheet, from 0, in which an entry stands.
    pub(super) fn row(&self, entry: usize) -> u32 {
        u32::try_from(entry - self.rows.start).unwrap_or(0) + HEADS
    }
}

impl<'l> Path<'l> {
    /// Charges on as many sheets as they take.
    pub(super) fn new(
        book: &mut Book,
        names: &mut Names,
        (id, head): (&'l str, String),
        (rows, shape): (Vec<Row<'l>>, Shape<'l>),
        figures: &'l Figures,
        per_sheet: usize,
    ) -> Self {
        let mut sheets = Vec::new();
        let mut start = 0;
        while start < rows.len() || sheets.is_empty() {
            let end = rows.len().min(start + per_sheet);
            let name = book.sheet_name(&format!("{} {id}", super::words::Words::sheet_entries(book.lang)));
            sheets.push(Part::new(name, start..end, id, &shape.funds, names));
            start = end.max(start + 1);
        }
        Self { id, head, rows, shape, sheets, figures }
    }

    /// The ranges of the amounts of some entries, as arguments of a function.
    pub(super) fn amounts(&self, entries: &Range<usize>) -> String {
        let column = self.shape.amount();
        let parts = self.sheets.iter().filter_map(|part| {
            let (first, end) = (entries.start.max(part.rows.start), entries.end.min(part.rows.end));
            (first < end).then(|| range(&part.sheet, (part.row(first), column), (part.row(end - 1), column)))
        });
        parts.collect::<Vec<_>>().join(",")
    }

    /// The formula of a sum over the entries that meet conditions; each is a column and a cell that it must equal.
    pub(super) fn sum(&self, conditions: impl Fn(&Part) -> String) -> String {
        self.sum_of(|part| &part.amounts, conditions)
    }

    /// As [`Path::sum`], of another column.
    pub(super) fn sum_of<'p>(
        &'p self,
        column: impl Fn(&'p Part) -> &'p str,
        conditions: impl Fn(&Part) -> String,
    ) -> String {
        let of = |part: &'p Part| format!("SUMIFS({},{})", column(part), conditions(part));
        self.sheets.iter().map(of).collect::<Vec<_>>().join("+")
    }

    /// Its id, by which formulas name it, and what it is called.
    pub(super) fn title(&self) -> String {
        if self.head == self.id { self.head.clone() } else { format!("{} ({})", self.id, self.head) }
    }
}

impl Figures {
    /// None: where no sheet has them.
    pub(super) fn none(zero: Money) -> Self {
        Self {
            total: zero,
            present_value: zero,
            by_category: IndexMap::new(),
            by_fiscal_year: IndexMap::new(),
            by_fund: IndexMap::new(),
            by_year_and_category: BTreeMap::new(),
            by_year_and_fund: BTreeMap::new(),
        }
    }

    /// The sum of a year and a category; 0 where nothing feeds it.
    pub(super) fn of_category(&self, year: i32, category: &Id) -> Money {
        of(&self.by_year_and_category, year, category, self.total.currency())
    }

    /// The sum of a year and a fund; 0 where nothing feeds it.
    pub(super) fn of_fund(&self, year: i32, fund: &Id) -> Money {
        of(&self.by_year_and_fund, year, fund, self.total.currency())
    }
}

fn of(sums: &BTreeMap<i32, IndexMap<Id, Money>>, year: i32, id: &Id, currency: Currency) -> Money {
    let found = sums.get(&year).and_then(|year| year.get(id));
    found.copied().unwrap_or(Money::zero(currency))
}

/// What each fund pays of a ledger's entries, by fiscal year.
///
/// # Errors
/// As [`Ledger::postings`].
pub(super) fn by_year_and_fund(ledger: &Ledger) -> Result<BTreeMap<i32, IndexMap<Id, Money>>, Error> {
    let mut sums: BTreeMap<i32, IndexMap<Id, Money>> = BTreeMap::new();
    let start = ledger.about().fiscal_year_start();
    for posting in ledger.postings()?.iter() {
        let Some(model) = posting.model else { continue };
        let year = sums.entry(posting.month.fiscal_year(start)).or_default();
        let sum = year.entry(posting.fund.clone()).or_insert(Money::zero(model.currency()));
        *sum = sum.checked_add(model).unwrap_or(*sum); // the ledger has the same sums
    }
    Ok(sums)
}

/// The decimals of a minor unit by which a value counts as a half, 8 at most: with those before the point 14 digits, which
/// are right in a product of binary numbers. `sizes` are the amounts of which it is made.
pub(super) fn decimals_of_half(sizes: impl IntoIterator<Item = Money>) -> u32 {
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
