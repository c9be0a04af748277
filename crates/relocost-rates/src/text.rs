//! A publisher's file as text, with the place of everything that is read from it.
//!
//! Rows are read by the `csv` crate, which gives the byte at which a row begins; the column of a cell is only looked for
//! where an error needs it.

use relocost::error::Place;
use relocost::{Code, Error, Message, message};

/// A file's text, and the name by which errors call it.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Text<'t> {
    /// The text without the mark of its encoding.
    pub(crate) fn new(name: &'t str, text: &'t str) -> Self {
        Self { name, text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    /// The place of a byte: line and column from 1.
    fn place(self, byte: usize) -> Place {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        Place { file: self.name.into(), line: whole(line), column: whole(column) }
    }

    /// An error at a byte.
    pub(crate) fn fail(self, byte: usize, code: Code, message: Message) -> Error {
        Error::at(code, Some(self.place(byte)), "", message)
    }

    /// An error about the file as a whole.
    pub(crate) fn fail_whole(self, code: Code, message: Message) -> Error {
        Error::of_file(code, self.name, message)
    }
}

/// The rows of a text whose cells are separated.
pub(crate) struct Rows<'t> {
    text: Text<'t>,
    separator: u8,
    quoting: bool,
    reader: csv::Reader<&'t [u8]>,
}

/// A row: its cells, and the byte at which it begins.
pub(crate) struct Row {
    cells: csv::StringRecord,
    start: usize,
}

impl Row {
    /// A cell without the blanks around it; empty where the row is shorter.
    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).unwrap_or_default().trim()
    }

    /// The cells without the blanks around them.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(str::trim)
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The place of a head, whatever its capitals.
    pub(crate) fn find(&self, head: &str) -> Option<usize> {
        self.cells().position(|cell| cell.eq_ignore_ascii_case(head))
    }
}

impl<'t> Rows<'t> {
    /// The rows of cells between separators, of which some may stand in quotation marks.
    pub(crate) fn quoted(text: Text<'t>, separator: u8) -> Self {
        Self::new(text, separator, true)
    }

    /// The rows of cells between tabs, in which a quotation mark means nothing.
    pub(crate) fn tabbed(text: Text<'t>) -> Self {
        Self::new(text, b'\t', false)
    }

    fn new(text: Text<'t>, separator: u8, quoting: bool) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .quoting(quoting)
            .from_reader(text.text.as_bytes());
        Self { text, separator, quoting, reader }
    }

    /// The next row that says anything.
    ///
    /// # Errors
    /// The library cannot read it.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row>, Error> {
        loop {
            let mut cells = csv::StringRecord::new();
            let start = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
            let more = self.reader.read_record(&mut cells).map_err(|_| {
                self.text.fail(
                    start,
                    Code::Syntax,
                    message!("cannot be read as a row", "ne peut pas être lu comme ligne"),
                )
            })?;
            if !more {
                return Ok(None);
            }
            let row = Row { cells, start };
            if row.cells().any(|cell| !cell.is_empty()) {
                return Ok(Some(row));
            }
        }
    }

    /// An error at a cell of a row.
    pub(crate) fn fail(&self, row: &Row, cell: usize, code: Code, message: Message) -> Error {
        self.text.fail(self.start_of(row, cell), code, message)
    }

    /// The byte at which a cell begins.
    fn start_of(&self, row: &Row, cell: usize) -> usize {
        let bytes = self.text.text.as_bytes();
        let mut at = row.start;
        while matches!(bytes.get(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        let (mut left, mut within) = (cell, false);
        while left > 0 {
            match bytes.get(at) {
                None => break,
                Some(b'\n') if !within => break,
                Some(b'"') if self.quoting => within = !within,
                Some(byte) if *byte == self.separator && !within => left -= 1,
                Some(_) => {}
            }
            at += 1;
        }
        at
    }
}

/// The content of a cell as an error shows it, if it is short.
pub(crate) fn shown(cell: &str) -> String {
    let short: String = cell.chars().filter(|it| !it.is_control()).take(40).collect();
    if short.len() < cell.len() { format!("\"{short}…\"") } else { format!("\"{short}\"") }
}
