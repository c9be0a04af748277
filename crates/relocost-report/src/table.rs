//! Tables whose columns line up: texts to the left, numbers to the right.

use unicode_width::UnicodeWidthStr;

/// Rows of cells. The first `texts` columns are aligned to the left, the others to the right.
pub(crate) struct Table {
    texts: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(texts: usize) -> Self {
        Self { texts, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The rows as lines, each cut of blanks at its end.
    pub(crate) fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            // A row of one cell is a heading and does not widen the column.
            let cells = self.rows.iter().filter(|row| row.len() > 1).filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let blank = " ".repeat(widths.get(column).map_or(0, |width| width.saturating_sub(cell.width())));
                if column < self.texts { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_push_columns() {
        let mut table = Table::new(1);
        table.row(["Scolarité".to_owned(), "1".to_owned()]);
        table.row(["Sante".to_owned(), "1 000".to_owned()]);
        assert_eq!(table.lines(), ["Scolarité      1", "Sante      1 000"]);
    }
}
