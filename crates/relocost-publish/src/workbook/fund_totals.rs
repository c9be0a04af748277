//! The sheet of what funds pay: by fund and fiscal year.

use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell, column_name, quoted};
use super::charts::Grid;
use super::names::Names;
use super::path::{Path, across, down};
use super::words::{self, Words};

/// The row of the heads.
const HEAD: u32 = 2;
/// The column of the first year.
const FIRST: u16 = 2;

/// The sheet of what funds pay of charges, one block for each of several.
pub(super) struct FundTotals<'s> {
    pub(super) sheet: String,
    /// What the blocks are of.
    pub(super) what: &'static str,
    pub(super) years: &'s [i32],
    /// The names of the totals, by block and fund.
    pub(super) named: Vec<Vec<String>>,
}

impl<'s> FundTotals<'s> {
    /// Of paths, whose totals by fund get names.
    pub(super) fn new(
        sheet: &str,
        what: &'static str,
        years: &'s [i32],
        paths: &[Path<'_>],
        names: &mut Names,
    ) -> Self {
        let mut named = |path: &Path<'_>| -> Vec<String> {
            path.shape.funds.iter().map(|fund| names.mint(&format!("total_{}_{}", fund.id, path.id))).collect()
        };
        let named = paths.iter().map(&mut named).collect();
        Self { sheet: sheet.to_owned(), what, years, named }
    }

    /// The first row of a block.
    fn block(paths: &[Path<'_>], block: usize) -> u32 {
        let heights = paths.iter().take(block).map(|path| path.shape.funds.len() + 4);
        HEAD + 2 + u32::try_from(heights.sum::<usize>()).unwrap_or(0)
    }

    /// The cell of the total of a fund, from other sheets.
    pub(super) fn total(&self, paths: &[Path<'_>], block: usize, fund: usize) -> String {
        let row = Self::block(paths, block) + u32::try_from(fund).unwrap_or(0);
        format!("{}!{}", quoted(&self.sheet), cell(row, self.last()))
    }

    /// What funds pay by year, of a block; none where there are none.
    pub(super) fn grid(&self, paths: &[Path<'_>], block: usize) -> Option<Grid<'_>> {
        let funds = u32::try_from(paths.get(block)?.shape.funds.len()).unwrap_or(0);
        let first = Self::block(paths, block);
        (funds > 0 && !self.years.is_empty()).then(|| Grid {
            sheet: &self.sheet,
            head: HEAD,
            labels: 1,
            rows: (first, first + funds - 1),
            columns: (FIRST, self.last() - 1),
        })
    }

    fn last(&self) -> u16 {
        FIRST + u16::try_from(self.years.len()).unwrap_or(0)
    }

    /// Writes the sheet; `totals` are the names of the paths' own totals, from which the funds' may differ where shares do
    /// not add up to 1.
    pub(super) fn write(&self, book: &mut Book, paths: &[Path<'_>], totals: &[&str]) -> Result<(), XlsxError> {
        let (lang, last) = (book.lang, self.last());
        let mut sheet = Sheet::new(&self.sheet)?;
        sheet.text(0, 0, &self.sheet, &book.styles.title)?;
        sheet.text(1, 0, lang.funds_about(), &book.styles.text)?;
        sheet.text(HEAD, 0, lang.fund(), &book.styles.head)?;
        sheet.text(HEAD, 1, lang.label(), &book.styles.head)?;
        for (column, year) in (FIRST..).zip(self.years) {
            sheet.number(HEAD, column, &year.to_string(), &book.styles.head_right)?;
            sheet.widths(&[(column, 15)])?;
        }
        sheet.text(HEAD, last, lang.total(), &book.styles.head_right)?;
        sheet.widths(&[(0, 30), (1, 34), (last, 16)])?;
        sheet.cells.set_freeze_panes(HEAD + 1, FIRST)?;
        sheet.cells.set_repeat_rows(HEAD, HEAD)?;
        for (block, (path, total)) in paths.iter().zip(totals).enumerate() {
            self.of_path(book, &mut sheet, (block, Self::block(paths, block)), path, total)?;
        }
        book.add(sheet)
    }

    fn of_path(
        &self,
        book: &Book,
        sheet: &mut Sheet,
        (block, first): (usize, u32),
        path: &Path<'_>,
        of_total: &str,
    ) -> Result<(), XlsxError> {
        let (lang, styles, decimals, last) = (book.lang, &book.styles, book.decimals, self.last());
        sheet.text(first - 1, 0, &words::of(lang, self.what, &path.title()), &styles.section)?;
        for ((row, fund), (place, name)) in (first..).zip(&path.shape.funds).zip(self.named[block].iter().enumerate()) {
            sheet.text(row, 0, fund.id.as_str(), &styles.text)?;
            sheet.text(row, 1, fund.label.text(lang), &styles.text)?;
            for (column, year) in (FIRST..).zip(self.years) {
                let head = format!("{}${}", column_name(column), HEAD + 1);
                let sum = path.sum_of(|part| &part.funds[place], |part| format!("{},{head}", part.years));
                let figure = path.figures.of_fund(*year, &fund.id).to_string();
                sheet.formula((row, column), format!("=ROUND({sum},{decimals})"), figure, &styles.money)?;
            }
            let figure = path.figures.by_fund.get(&fund.id).map_or_else(|| "0".to_owned(), ToString::to_string);
            let sum = format!("=ROUND(SUM({}),{decimals})", across(row, FIRST, last - 1));
            sheet.formula((row, last), sum, figure, &styles.money)?;
            sheet.define(name, (row, last), (row, last));
        }
        let total = first + u32::try_from(path.shape.funds.len()).unwrap_or(0);
        sheet.text(total, 0, lang.total(), &styles.sum_label)?;
        for column in 1..last {
            sheet.text(total, column, "", &styles.sum_label)?;
        }
        let sum = if total == first { "0".to_owned() } else { format!("SUM({})", down(last, first, total - 1)) };
        let of_all = if total == first { "0".to_owned() } else { path.figures.total.to_string() };
        sheet.formula((total, last), format!("=ROUND({sum},{decimals})"), of_all, &styles.sum)?;
        sheet.text(total + 1, 0, lang.funds_left(), &styles.text)?;
        let rest = format!("=ROUND({of_total}-{},{decimals})", cell(total, last));
        let left = if total == first { path.figures.total.to_string() } else { "0".to_owned() };
        sheet.formula((total + 1, last), rest, left, &styles.money)
    }
}
