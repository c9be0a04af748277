//! The sheet of totals: by pathway, category and fiscal year, and the present value.

use std::collections::BTreeSet;
use std::str::FromStr;

use relocost::scenario::Declared;
use relocost::{Currency, Decimal, Money};
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell, quoted};
use super::charts::Grid;
use super::names::{Name, Names};
use super::path::{Path, across, down, half_even};
use super::terms::{Terms, decimal};
use super::words::{self, Words};

/// The discount factors of fiscal years.
pub(super) fn discount_factors(terms: &mut Terms<'_>, years: &[i32]) -> Vec<Name> {
    let scenario = terms.scenario;
    let start = scenario.start().fiscal_year(scenario.fiscal_year_start());
    let mut named = Vec::with_capacity(years.len());
    for &year in years {
        let factor = scenario.discount_factor(year).map_or_else(String::new, |factor| decimal(&factor));
        named.push(terms.discount(year - start, year, &factor));
    }
    named
}

/// Where the sums of a pathway stand.
pub(super) struct Block {
    first: u32,
    last_column: u16,
    categories: usize,
    pub(super) present_value: Option<u32>,
}

/// The layout of the sheet: what the rows and columns are.
pub(super) struct Layout<'s> {
    pub(super) sheet: String,
    /// What the blocks are of.
    pub(super) what: &'static str,
    pub(super) currency: Currency,
    pub(super) categories: Vec<&'s Declared>,
    pub(super) years: Vec<i32>,
    /// The discount factor of each year; none where there is no present value.
    pub(super) discount: Option<Vec<Name>>,
}

/// The row of the heads.
const HEAD: u32 = 2;
/// The column of the first year.
const FIRST: u16 = 2;

impl<'s> Layout<'s> {
    /// The categories that any charge is in, as declared, and the fiscal years of any charge.
    pub(super) fn of(declared: &'s [Declared], paths: &[Path<'_>]) -> (Vec<&'s Declared>, Vec<i32>) {
        let rows = || paths.iter().flat_map(|path| &path.rows);
        let charged: BTreeSet<&str> = rows().map(|row| row.entry.category().as_str()).collect();
        let categories = declared.iter().filter(|category| charged.contains(category.id.as_str())).collect();
        let years: BTreeSet<i32> = rows().map(|row| row.entry.fiscal_year()).collect();
        (categories, years.into_iter().collect())
    }

    fn last_column(&self) -> u16 {
        FIRST + u16::try_from(self.years.len()).unwrap_or(0)
    }

    /// The cells of the sums of a pathway, by its place: of a category, of a year, of all.
    pub(super) fn blocks(&self, paths: usize) -> Vec<Block> {
        let height = self.categories.len() + 3 + if self.discount.is_some() { 3 } else { 0 };
        let block = |place: usize| {
            let first = HEAD + 2 + u32::try_from(place * height).unwrap_or(0);
            let total = first + u32::try_from(self.categories.len()).unwrap_or(0);
            let present_value = self.discount.as_ref().map(|_| total + 3);
            Block { first, last_column: self.last_column(), categories: self.categories.len(), present_value }
        };
        (0..paths).map(block).collect()
    }

    /// Writes the sheet; `totals` and `values` are the names of each pathway's total and present value.
    pub(super) fn write(
        &self,
        book: &mut Book,
        names: &Names,
        paths: &[Path<'_>],
        named: &[(String, String)],
    ) -> Result<(), XlsxError> {
        let lang = book.lang;
        let mut sheet = Sheet::new(&self.sheet)?;
        sheet.text(0, 0, &self.sheet, &book.styles.title)?;
        sheet.text(1, 0, lang.totals_about(), &book.styles.text)?;
        sheet.text(HEAD, 0, lang.category(), &book.styles.head)?;
        sheet.text(HEAD, 1, lang.label(), &book.styles.head)?;
        for (column, year) in (FIRST..).zip(&self.years) {
            sheet.number(HEAD, column, &year.to_string(), &book.styles.head_right)?;
            sheet.widths(&[(column, 15)])?;
        }
        let last = self.last_column();
        sheet.text(HEAD, last, lang.total(), &book.styles.head_right)?;
        sheet.widths(&[(0, 18), (1, 34), (last, 16)])?;
        sheet.cells.set_freeze_panes(HEAD + 1, FIRST)?;
        sheet.cells.set_repeat_rows(HEAD, HEAD)?;
        for ((path, block), named) in paths.iter().zip(self.blocks(paths.len())).zip(named) {
            self.path(book, &mut sheet, path, &block)?;
            sheet.define(&named.0, (block.total(), last), (block.total(), last));
            if let Some(row) = block.present_value {
                self.present_value(book, &mut sheet, names, path, &block)?;
                sheet.define(&named.1, (row, last), (row, last));
            }
        }
        book.add(sheet)
    }

    fn path(&self, book: &Book, sheet: &mut Sheet, path: &Path<'_>, block: &Block) -> Result<(), XlsxError> {
        let (lang, styles, decimals) = (book.lang, &book.styles, self.currency.decimals());
        let title = words::of(lang, self.what, &path.title());
        sheet.text(block.first - 1, 0, &title, &styles.section)?;
        let last = block.last_column;
        for (row, category) in (block.first..).zip(&self.categories) {
            sheet.text(row, 0, category.id.as_str(), &styles.text)?;
            sheet.text(row, 1, category.label.text(lang), &styles.text)?;
            for (column, year) in (FIRST..).zip(&self.years) {
                let (of_year, of_category) =
                    (format!("{}${}", super::book::column_name(column), HEAD + 1), cell(row, 0));
                let sum = path.sum(|part| format!("{},{of_year},{},${of_category}", part.years, part.categories));
                let figure = path.figures.of_category(*year, &category.id);
                let formula = format!("=ROUND({sum},{decimals})");
                sheet.formula((row, column), formula, figure.to_string(), &styles.money)?;
            }
            let sum = format!("=ROUND(SUM({}),{decimals})", across(row, FIRST, last - 1));
            let figure = path.figures.by_category.get(&category.id).copied();
            sheet.formula((row, last), sum, self.written(figure), &styles.money)?;
        }
        let total = block.total();
        sheet.text(total, 0, lang.total(), &styles.sum_label)?;
        sheet.text(total, 1, "", &styles.sum_label)?;
        for (column, figure) in (FIRST..).zip(self.by_year(path).chain([Some(path.figures.total)])) {
            let sum = if self.categories.is_empty() {
                "=0".to_owned()
            } else {
                format!("=ROUND(SUM({}),{decimals})", down(column, block.first, total - 1))
            };
            sheet.formula((total, column), sum, self.written(figure), &styles.sum)?;
        }
        Ok(())
    }

    fn by_year(&self, path: &Path<'_>) -> impl Iterator<Item = Option<Money>> {
        self.years.iter().map(|year| path.figures.by_fiscal_year.get(year).copied())
    }

    fn written(&self, figure: Option<Money>) -> String {
        figure.unwrap_or(Money::zero(self.currency)).to_string()
    }

    fn present_value(
        &self,
        book: &Book,
        sheet: &mut Sheet,
        names: &Names,
        path: &Path<'_>,
        block: &Block,
    ) -> Result<(), XlsxError> {
        let (lang, styles, total) = (book.lang, &book.styles, block.total());
        sheet.text(total + 1, 0, lang.discount_factor(), &styles.text)?;
        sheet.text(total + 2, 0, lang.exact(), &styles.text)?;
        sheet.text(total + 3, 0, lang.present_value(), &styles.sum_label)?;
        for column in 1..block.last_column {
            sheet.text(total + 3, column, "", &styles.sum_label)?;
        }
        let factors = self.discount.iter().flatten().map(|&name| names.get(name));
        for ((column, named), figure) in (FIRST..).zip(factors).zip(self.by_year(path)) {
            sheet.formula((total + 1, column), format!("={}", named.name), &named.value, &styles.factor)?;
            let product = format!("={}*{}", cell(total, column), cell(total + 1, column));
            let figure = figure.unwrap_or(Money::zero(self.currency)).to_decimal();
            let value = Decimal::from_str(&named.value).ok().and_then(|factor| figure.checked_mul(factor));
            let value = value.map_or_else(String::new, |value| value.normalize().to_string());
            sheet.formula((total + 2, column), product, value, &styles.factor)?;
        }
        let last = block.last_column;
        let sum =
            if self.years.is_empty() { "0".to_owned() } else { format!("SUM({})", across(total + 2, FIRST, last - 1)) };
        let value = path.figures.present_value;
        let formula = half_even(&sum, self.currency, self.by_year(path).flatten().chain([value]));
        sheet.formula((total + 3, last), formula, value.to_string(), &styles.sum)
    }

    /// The sums of a pathway by category and year; none where there are none.
    pub(super) fn grid(&self, block: &Block) -> Option<Grid<'_>> {
        let filled = !self.categories.is_empty() && !self.years.is_empty();
        filled.then(|| Grid {
            sheet: &self.sheet,
            head: HEAD,
            labels: 1,
            rows: (block.first, block.total() - 1),
            columns: (FIRST, block.last_column - 1),
        })
    }

    /// The cell of the sum of a category, by its place, from other sheets.
    pub(super) fn of_category(&self, block: &Block, category: usize) -> String {
        let row = block.first + u32::try_from(category).unwrap_or(0);
        format!("{}!{}", quoted(&self.sheet), cell(row, block.last_column))
    }

    /// The cell of the sum of a year, by its place, from other sheets.
    pub(super) fn of_year(&self, block: &Block, year: usize) -> String {
        let column = FIRST + u16::try_from(year).unwrap_or(0);
        format!("{}!{}", quoted(&self.sheet), cell(block.total(), column))
    }
}

impl Block {
    fn total(&self) -> u32 {
        self.first + u32::try_from(self.categories).unwrap_or(0)
    }
}
