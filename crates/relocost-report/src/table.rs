//! Tables: texts to the left, numbers to the right, bars; and how they line up as text.

use std::ops::Range;

use relocost::{Error, Watch};
use unicode_width::UnicodeWidthStr;

use crate::words::Sentences as _;
use crate::{Form, Style};

/// The number of rows that HTML and a console show at each end of a long table.
const END: usize = 20;

/// Heads and rows. The first `texts` columns are aligned to the left, the others to the right.
pub(crate) struct ReportTable {
    style: Style,
    texts: usize,
    /// True if a row's first cell names the row.
    pub(crate) named: bool,
    indented: bool,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
pub(crate) enum Row {
    /// A heading over the rows that follow.
    Group(String),
    /// Cells; whether they belong under the row or heading before.
    Cells { inner: bool, cells: Vec<Cell> },
    /// In place of rows that are left out, so many.
    LeftOut(usize),
}

/// A cell of a table.
pub(crate) enum Cell {
    /// A text or a number, as its column says.
    Text(String),
    /// A part of the longest bar.
    Bar(Bar),
}

/// A bar as long as an amount is large, hollow for what lowers the extra cost.
pub(crate) struct Bar {
    /// In minor units of the currency, or whatever the longest bar is counted in.
    pub(crate) part: i128,
    /// The longest bar.
    pub(crate) longest: u128,
    /// The characters of the longest bar as text.
    pub(crate) width: usize,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Bar> for Cell {
    fn from(bar: Bar) -> Self {
        Self::Bar(bar)
    }
}

impl Bar {
    /// The length in so many parts of the longest bar, to the nearest.
    pub(crate) fn length(&self, parts: u32) -> usize {
        let most = parts as usize;
        let scaled = self.part.unsigned_abs().saturating_mul(u128::from(parts)).saturating_add(self.longest / 2);
        usize::try_from(scaled.checked_div(self.longest).unwrap_or(0)).unwrap_or(most).min(most)
    }

    /// Blocks, padded, since the column is aligned to the right.
    pub(crate) fn text(&self) -> String {
        let length = self.length(u32::try_from(self.width).unwrap_or(0));
        let block = if self.part < 0 { "░" } else { "█" };
        format!("{}{}", block.repeat(length), " ".repeat(self.width - length))
    }
}

impl ReportTable {
    pub(crate) fn new(style: Style, texts: usize) -> Self {
        Self { style, texts, named: true, indented: false, heads: Vec::new(), rows: Vec::new() }
    }

    /// Sets all of the table in from the margin, as text.
    pub(crate) fn indented(self) -> Self {
        Self { indented: true, ..self }
    }

    /// For rows whose first cell does not name them.
    pub(crate) fn unnamed(self) -> Self {
        Self { named: false, ..self }
    }

    pub(crate) fn heads(&mut self, heads: impl IntoIterator<Item = impl Into<String>>) {
        self.heads = heads.into_iter().map(Into::into).collect();
    }

    pub(crate) fn group(&mut self, name: &str) {
        self.rows.push(Row::Group(name.to_owned()));
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<Cell>>) {
        self.rows.push(Row::Cells { inner: false, cells: cells.into_iter().map(Into::into).collect() });
    }

    /// A row under a group, or that adds to the row before.
    pub(crate) fn inner(&mut self, cells: impl IntoIterator<Item = impl Into<Cell>>) {
        self.rows.push(Row::Cells { inner: true, cells: cells.into_iter().map(Into::into).collect() });
    }

    /// A row for each item; of a long table, HTML and a console have the first and the last, and the others are never
    /// written.
    pub(crate) fn rows<T>(&mut self, items: impl ExactSizeIterator<Item = T>, cells: impl Fn(T) -> Vec<String>) {
        let _ = self.rows_under(items, cells, &Watch::default()); // which never cancels
    }

    /// As [`ReportTable::rows`], with a watch that is called for each row.
    pub(crate) fn rows_under<T>(
        &mut self,
        mut items: impl ExactSizeIterator<Item = T>,
        cells: impl Fn(T) -> Vec<String>,
        watch: &Watch<'_>,
    ) -> Result<(), Error> {
        let total = items.len();
        let [first, last] = self.shown(total);
        for (row, item) in items.by_ref().take(first.len()).enumerate() {
            watch.tell(row, total)?;
            self.row(cells(item));
        }
        self.left_out(last.start - first.end);
        for (row, item) in (last.start..total).zip(items.skip(last.start - first.end)) {
            watch.tell(row, total)?;
            self.row(cells(item));
        }
        Ok(())
    }

    /// The rows that are shown, of so many: the first, and the last.
    pub(crate) fn shown(&self, rows: usize) -> [Range<usize>; 2] {
        let is_cut =
            (matches!(self.style.form, Form::Html | Form::Brief) || self.style.form.is_section()) && rows > 2 * END;
        if is_cut { [0..END, rows - END..rows] } else { [0..rows, rows..rows] }
    }

    /// Says that so many rows are left out here, if any are.
    pub(crate) fn left_out(&mut self, rows: usize) {
        if rows > 0 {
            self.rows.push(Row::LeftOut(rows));
        }
    }

    /// The class of a column's cells in HTML.
    pub(crate) fn class(&self, column: usize) -> &'static str {
        if column < self.texts { "" } else { "n" }
    }

    /// The rows as lines, each cut of blanks at its end; the watch is called for each row.
    pub(crate) fn lines(&self, watch: &Watch<'_>) -> Result<Vec<String>, Error> {
        let margin = |inner: bool| if inner || self.indented { "  " } else { "" };
        let heads = (!self.heads.is_empty()).then(|| {
            let mut heads = self.heads.clone();
            heads[0].insert_str(0, margin(false));
            heads
        });
        let row = |row: &Row| match row {
            Row::Group(name) => vec![self.style.heading(name)],
            Row::LeftOut(count) => vec![self.style.lang.left_out(*count)],
            Row::Cells { inner, cells } => {
                let texts = cells.iter().map(|cell| match cell {
                    Cell::Text(text) => text.clone(),
                    Cell::Bar(bar) => bar.text(),
                });
                let mut texts: Vec<String> = texts.collect();
                if let Some(first) = texts.first_mut() {
                    first.insert_str(0, margin(*inner));
                }
                texts
            }
        };
        let told = |(place, each): (usize, &Row)| watch.tell(place, self.rows.len()).map(|()| row(each));
        let rows = self.rows.iter().enumerate().map(told);
        self.aligned(&heads.map(Ok).into_iter().chain(rows).collect::<Result<Vec<_>, _>>()?, watch)
    }

    fn aligned(&self, rows: &[Vec<String>], watch: &Watch<'_>) -> Result<Vec<String>, Error> {
        let mut widths: Vec<usize> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            watch.tell(place, rows.len())?;
            widths.resize(widths.len().max(row.len()), 0);
            // A row of one cell is a heading and does not widen the column.
            for (width, cell) in widths.iter_mut().zip(row.iter().filter(|_| row.len() > 1)) {
                *width = (*width).max(cell.width());
            }
        }
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let blank = " ".repeat(widths.get(column).map_or(0, |width| width.saturating_sub(cell.width())));
                if column < self.texts { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        rows.iter().enumerate().map(|(place, row)| watch.tell(place, rows.len()).map(|()| line(row))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_push_columns() {
        let mut table = ReportTable::new(Style::default(), 1);
        table.row(["Scolarité".to_owned(), "1".to_owned()]);
        table.row(["Sante".to_owned(), "1 000".to_owned()]);
        assert_eq!(table.lines(&Watch::default()).unwrap(), ["Scolarité      1", "Sante      1 000"]);
    }

    #[test]
    fn html_and_a_console_leave_out_the_middle_of_a_long_table() {
        for (form, items, shown) in [
            (Form::Plain, 41, 41),
            (Form::Html, 40, 40),
            (Form::Html, 41, 41), // twenty, a row that says that one is left out, and twenty
            (Form::Html, 5_000, 41),
            (Form::Brief, 40, 40),
            (Form::Brief, 5_000, 41),
        ] {
            let mut table = ReportTable::new(Style { form, ..Style::default() }, 0);
            let made = std::cell::Cell::new(0);
            table.rows(0..items, |item| {
                made.set(made.get() + 1);
                vec![item.to_string()]
            });
            assert!(made.get() <= shown, "{form:?} of {items} makes rows that it does not show");
            assert_eq!(table.rows.len(), shown, "{form:?} of {items}");
            let last = table.lines(&Watch::default()).unwrap().last().map(|line| line.trim().to_owned());
            assert_eq!(last, Some((items - 1).to_string()));
        }
    }
}
