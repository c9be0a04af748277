//! Tables as people have them: what a spreadsheet saves as text, and rows of cells from code.
//!
//! In: a text of cells separated by commas, semicolons or tabs, or rows whose cells are texts; and the columns that are
//! read. Out: rows one by one, each with the line at which an editor shows it, whose cells are read by one grammar
//! ([`cell`]). What is unambiguous is read; what is not is named, with what to do about it.
//!
//! ```text
//! bytes --form--> separator --rows--> cells of a row --heads--> columns --reader--> months, numbers, texts
//! ```

mod cell;
mod form;
mod heads;
mod reader;
mod rows;

use std::io::{Chain, Cursor, Read};
use std::sync::Arc;

pub(crate) use self::cell::{DecimalComma, is_midnight, month, number};
use self::form::Form;
use self::heads::Heads;
pub(crate) use self::heads::{Column, OtherColumns};
pub(crate) use self::reader::RowReader;
pub(crate) use self::rows::Row;
use self::rows::{RowError, Rows};
use crate::error::{Error, Place};

/// Gives the rows of two public tables, a text's and one in cells, as `$read` reads them, with a `Debug` form that shows
/// none of them.
macro_rules! row_iterators {
    ($table:ident, $rows:ident: $row:ty, $read:path) => {
        impl<R: std::io::Read> Iterator for $table<R> {
            type Item = Result<$row, crate::error::Error>;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next_read($read)
            }
        }

        impl<I> Iterator for $rows<I>
        where
            crate::spreadsheet::CellRows<I>: crate::spreadsheet::Source,
        {
            type Item = Result<$row, crate::error::Error>;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next_read($read)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (0, self.0.most())
            }
        }

        impl<R> std::fmt::Debug for $table<R> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($table), "(not shown)"))
            }
        }

        impl<I> std::fmt::Debug for $rows<I> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($rows), "(not shown)"))
            }
        }
    };
}
pub(crate) use row_iterators;

/// A table whose heads are read, and whose rows are read one by one.
pub(crate) struct Spreadsheet<S> {
    rows: S,
    heads: Heads,
    /// True if nothing more can be read.
    ended: bool,
}

/// The rows of a table after its heads.
pub(crate) trait Source: Iterator<Item = Result<Row, RowError>> {
    /// Takes back a row that nobody needs any more.
    fn reuse(&mut self, row: Row);
}

impl<R: Read> Source for Rows<R> {
    fn reuse(&mut self, row: Row) {
        self.spare = row;
    }
}

impl<I> Source for CellRows<I>
where
    Self: Iterator<Item = Result<Row, RowError>>,
{
    fn reuse(&mut self, row: Row) {
        self.spare = row;
    }
}

/// The rows of a text.
pub(crate) type TextRows<R> = Rows<Chain<Cursor<Vec<u8>>, R>>;

/// Rows from code.
pub(crate) struct CellRows<I> {
    rows: I,
    /// The number of rows taken so far.
    taken: u32,
    /// A row that nobody needs any more, for the next one.
    spare: Row,
}

impl<I> Iterator for CellRows<I>
where
    I: Iterator,
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::Item: AsRef<str>,
{
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let cells = self.rows.next()?;
        self.taken = self.taken.saturating_add(1);
        Some(Ok(Row::of(cells, self.taken, std::mem::take(&mut self.spare))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<R: Read> Spreadsheet<TextRows<R>> {
    /// Opens a text. `name` is what errors call it, never a path.
    ///
    /// # Errors
    /// It is no such text, or its heads are wrong.
    pub(crate) fn of_text(
        text: R,
        name: &str,
        columns: &'static [Column],
        others: OtherColumns,
    ) -> Result<Self, Error> {
        let file: Arc<str> = name.into();
        let Form { separator, line, text } = form::of(text, columns).map_err(|error| error.in_table(&file))?;
        let mut rows = Rows::new(text, separator, line);
        let heads = rows.find(|row| !row.as_ref().is_ok_and(Row::is_blank));
        let heads = heads
            .unwrap_or_else(|| Ok(Row::of::<&str>([], 1, Row::default())))
            .map_err(|error| error.in_table(&file))?;
        let heads = Heads::read(&heads, columns, others, file, DecimalComma::of(separator))?;
        Ok(Self { rows, heads, ended: false })
    }
}

impl<I> Spreadsheet<CellRows<I>>
where
    CellRows<I>: Source,
{
    /// Opens rows from code. The line of a row is its number, counted from 1 without the heads; that of the heads is 0.
    ///
    /// # Errors
    /// The heads are wrong.
    pub(crate) fn of_cells(
        heads: &[&str],
        rows: I,
        name: &str,
        columns: &'static [Column],
        others: OtherColumns,
    ) -> Result<Self, Error> {
        let heads = Heads::read(&Row::of(heads, 0, Row::default()), columns, others, name.into(), DecimalComma::Never)?;
        Ok(Self { rows: CellRows { rows, taken: 0, spare: Row::default() }, heads, ended: false })
    }

    /// The largest possible number of rows, where it is known.
    pub(crate) fn most(&self) -> Option<usize> {
        self.rows.size_hint().1
    }
}

impl<S: Source> Spreadsheet<S> {
    /// The next row, read from its cells and its place; everything that is wrong with it is one error.
    pub(crate) fn next_read<T>(
        &mut self,
        read: impl FnOnce(RowReader<'_>, Place) -> Result<T, Error>,
    ) -> Option<Result<T, Error>> {
        Some(self.next_row()?.and_then(|row| {
            let found = read(self.read(&row), self.place(&row));
            self.rows.reuse(row);
            found
        }))
    }

    /// The next row that says anything, to be read cell by cell; what is wrong with it as a row comes instead.
    pub(crate) fn next_row(&mut self) -> Option<Result<Row, Error>> {
        while !self.ended {
            match self.rows.next()? {
                Ok(row) if row.is_blank() => {}
                Ok(row) => return Some(self.heads.fits(&row).map(|()| row)),
                Err(error) => {
                    self.ended = error.ends;
                    return Some(Err(error.in_table(self.heads.file())));
                }
            }
        }
        None
    }
}

impl<S> Spreadsheet<S> {
    /// Reads the cells of a row of this table.
    pub(crate) fn read<'r>(&'r self, row: &'r Row) -> RowReader<'r> {
        RowReader::new(&self.heads, row)
    }

    /// The place of a row.
    pub(crate) fn place(&self, row: &Row) -> Place {
        place(self.heads.file(), row.line())
    }
}

/// A line of a table.
fn place(file: &Arc<str>, line: u32) -> Place {
    Place { file: Arc::clone(file), line, column: 0 }
}
