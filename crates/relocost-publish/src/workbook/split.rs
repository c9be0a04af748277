//! Rows that stand on as many sheets as they take, with names for their columns.

use std::ops::Range;

use super::book::{Book, Sheet, range};
use super::names::Names;

/// Rows on one or more sheets.
pub(super) struct Split {
    pub(super) pieces: Vec<Piece>,
    /// The rows above the first.
    heads: u32,
}

/// The rows of one sheet.
pub(super) struct Piece {
    pub(super) sheet: String,
    pub(super) rows: Range<usize>,
    /// The names of columns, in the order in which they were asked for.
    pub(super) names: Vec<String>,
}

impl Split {
    /// So many rows; `columns` are wishes for the names of columns.
    pub(super) fn new(
        book: &mut Book,
        names: &mut Names,
        (sheet, columns): (&str, &[&str]),
        (rows, heads, per_sheet): (usize, u32, usize),
    ) -> Self {
        let (mut pieces, mut start) = (Vec::new(), 0);
        while start < rows || pieces.is_empty() {
            let end = rows.min(start + per_sheet);
            let names = columns.iter().map(|column| names.mint(column)).collect();
            pieces.push(Piece { sheet: book.sheet_name(sheet), rows: start..end, names });
            start = end.max(start + 1);
        }
        Self { pieces, heads }
    }

    /// The row of a sheet, from 0, in which an item stands.
    pub(super) fn row(&self, piece: &Piece, item: usize) -> u32 {
        u32::try_from(item - piece.rows.start).unwrap_or(0) + self.heads
    }

    /// The cell of an item, from any sheet.
    pub(super) fn cell(&self, item: usize, column: u16) -> String {
        let piece = self.pieces.iter().find(|piece| piece.rows.contains(&item)).unwrap_or(&self.pieces[0]);
        let at = (self.row(piece, item), column);
        range(&piece.sheet, at, at)
    }

    /// Names the columns of a sheet.
    pub(super) fn define(&self, sheet: &mut Sheet, piece: &Piece, columns: impl IntoIterator<Item = u16>) {
        let last = self.row(piece, piece.rows.end.max(piece.rows.start + 1) - 1);
        for (name, column) in piece.names.iter().zip(columns) {
            sheet.define(name, (self.heads, column), (last, column));
        }
    }

    /// The formula of a sum over the rows of all sheets that meet conditions.
    pub(super) fn sum_if(&self, column: usize, conditions: impl Fn(&Piece) -> String) -> String {
        let of = |piece: &Piece| format!("SUMIFS({},{})", piece.names[column], conditions(piece));
        self.pieces.iter().map(of).collect::<Vec<_>>().join("+")
    }

    /// The formula of a sum over all rows.
    pub(super) fn sum(&self, column: usize) -> String {
        let names: Vec<&str> = self.pieces.iter().map(|piece| piece.names[column].as_str()).collect();
        format!("SUM({})", names.join(","))
    }
}
