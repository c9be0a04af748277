//! Tables that Python gives: the path of a file, or lists of texts, one for each column, as rows of cells.
//!
//! Some rows are taken at a time, since a long table would hold Python's lock, and Ctrl-C, for too long. Their texts are
//! copied one after another into one text, without a string of its own for each cell.

use std::io::Read;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};
use relocost::Error;

/// Rows that are taken together, in a millisecond or less.
const AHEAD: usize = 512;
/// The stand-in for a cell that is no text, which no column takes.
const NO_TEXT: &str = "?";

/// Why a cell is no text, once one is none.
pub(crate) type NoText = Arc<OnceLock<PyErr>>;

/// A table that Python gives.
pub(crate) enum Given {
    /// The path of a file.
    File(PathBuf),
    /// Heads and columns of texts.
    Columns(Vec<String>, Vec<Py<PyList>>),
}

impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;

    /// A pair is a table, so that the error of a head that is no text is kept; all else is a path.
    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyTuple>() {
            let (heads, columns) = given.extract()?;
            return Ok(Self::Columns(heads, columns));
        }
        given.extract().map(Self::File)
    }
}

/// A table that Python gave, to be read without its lock.
pub(crate) enum Source {
    File(PathBuf),
    Rows(Vec<String>, Rows),
}

impl Given {
    /// The table to be read; a cell that is no text is told to `no_text`.
    pub(crate) fn source(self, py: Python<'_>, no_text: &NoText) -> Source {
        match self {
            Self::File(path) => Source::File(path),
            Self::Columns(heads, columns) => Source::Rows(heads, Rows::new(py, columns, Arc::clone(no_text))),
        }
    }
}

impl Source {
    /// What reads it: `of_file` a file with the name by which errors call it, `of_rows` heads and rows.
    ///
    /// # Errors
    /// Those of opening the file, and of what reads it.
    pub(crate) fn open<T>(
        self,
        of_file: impl FnOnce(Box<dyn Read>, &str) -> Result<T, Error>,
        of_rows: impl FnOnce(&[&str], Rows) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::File(path) => {
                let (name, table) = relocost_files::open_table(&path)?;
                of_file(table, &name)
            }
            Self::Rows(heads, rows) => of_rows(&heads.iter().map(String::as_str).collect::<Vec<_>>(), rows),
        }
    }
}

/// A cell that is no text is an error, whatever the library made of the rows.
pub(crate) fn or_no_text<T>(py: Python<'_>, no_text: &NoText, result: PyResult<T>) -> PyResult<T> {
    no_text.get().map_or(result, |why| Err(why.clone_ref(py)))
}

/// The rows of columns.
pub(crate) struct Rows {
    columns: Vec<Py<PyList>>,
    /// The rows in all, and those that were taken from Python.
    length: usize,
    taken: usize,
    /// The rows that were taken last, and the next of them.
    ahead: Arc<Texts>,
    next: usize,
    no_text: NoText,
}

/// The cells of some rows, row by row.
#[derive(Default)]
struct Texts {
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

/// A row: its cells one by one.
pub(crate) struct Row {
    texts: Arc<Texts>,
    left: Range<usize>,
}

/// A cell.
pub(crate) struct Cell {
    texts: Arc<Texts>,
    place: usize,
}

impl Rows {
    /// Takes columns of one length. A cell that is no text, which a text of half a character is not, is told to `no_text`.
    fn new(py: Python<'_>, columns: Vec<Py<PyList>>, no_text: NoText) -> Self {
        let length = columns.iter().map(|column| column.bind(py).len()).min().unwrap_or(0);
        Self { columns, length, taken: 0, ahead: Arc::default(), next: 0, no_text }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// The rows that were taken and not given yet.
    fn left_ahead(&self) -> usize {
        self.ahead.ends.len() / self.width().max(1) - self.next
    }

    /// Takes the next rows.
    fn take(&mut self) {
        let rows = self.taken..(self.taken + AHEAD).min(self.length);
        self.taken = rows.end;
        let mut texts = Texts::default();
        Python::attach(|py| {
            for row in rows {
                for column in &self.columns {
                    if let Err(error) = texts.take(column.bind(py), row) {
                        self.no_text.get_or_init(|| error);
                        texts.push(NO_TEXT);
                    }
                }
            }
        });
        (self.ahead, self.next) = (Arc::new(texts), 0);
    }
}

impl Texts {
    /// Takes the cell of a row.
    ///
    /// # Errors
    /// It is no text.
    fn take(&mut self, column: &Bound<'_, PyList>, row: usize) -> PyResult<()> {
        self.push(column.get_item(row)?.cast::<PyString>()?.to_str()?);
        Ok(())
    }

    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.left_ahead() == 0 {
            if self.taken == self.length {
                return None;
            }
            self.take();
        }
        let first = self.next * self.width();
        self.next += 1;
        Some(Row { texts: Arc::clone(&self.ahead), left: first..first + self.width() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.length - self.taken + self.left_ahead();
        (left, Some(left))
    }
}

impl Iterator for Row {
    type Item = Cell;

    fn next(&mut self) -> Option<Cell> {
        self.left.next().map(|place| Cell { texts: Arc::clone(&self.texts), place })
    }
}

impl AsRef<str> for Cell {
    fn as_ref(&self) -> &str {
        let Texts { text, ends } = &*self.texts;
        let first = self.place.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        ends.get(self.place).and_then(|end| text.get(first..*end)).unwrap_or(NO_TEXT)
    }
}
