//! A text into rows of cells.
//!
//! Written here rather than taken from a library, because a row must know the line at which an editor shows it (whatever
//! ends a line, also within quotation marks), a quotation mark that is never closed must be told from the end of the
//! text, and no row may take more memory than is stated.

use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::sync::Arc;

use super::place;
use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::message::Message;

/// The cells of a row, one after another in one text.
#[derive(Default)]
pub(crate) struct Row {
    line: u32,
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl Row {
    /// A row of cells from code, in the memory of one that nobody needs any more.
    pub(super) fn of<C: AsRef<str>>(cells: impl IntoIterator<Item = C>, line: u32, spare: Self) -> Self {
        let Self { mut text, mut ends, .. } = spare;
        text.clear();
        ends.clear();
        for cell in cells {
            text.push_str(cell.as_ref());
            ends.push(text.len());
        }
        Self { line, text, ends }
    }

    /// The line at which an editor shows its beginning.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// The number of cells.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell without the blanks around it; nothing beyond the last.
    pub(super) fn cell(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let end = self.ends.get(place).copied();
        start.zip(end).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default().trim()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.cell(place))
    }

    /// True if every cell is empty.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The fault of a row as a row.
#[derive(Debug)]
pub(crate) struct RowError {
    code: Code,
    line: u32,
    message: Message,
    /// True if nothing after it can be read either.
    pub(super) ends: bool,
}

impl RowError {
    /// An error after which nothing can be read.
    pub(super) fn last(code: Code, line: u32, message: Message) -> Self {
        Self { code, line, message, ends: true }
    }

    pub(super) fn in_table(self, file: &Arc<str>) -> Error {
        Error::at(self.code, Some(place(file, self.line)), "", self.message)
    }
}

/// Where in a cell the reader is.
#[derive(Clone, Copy)]
enum State {
    /// Only blanks so far.
    Start,
    /// Within a cell that no quotation mark opened.
    Plain,
    /// Within quotation marks.
    Quoted,
    /// After a quotation mark within quotation marks: their end, or half of a doubled one.
    Closed,
}

/// The rows of a text, read one by one.
pub(crate) struct Rows<R> {
    text: BufReader<R>,
    separator: u8,
    /// The line of the next byte.
    line: u32,
    /// True if the last byte was a carriage return, to which a line feed after it belongs.
    after_return: bool,
    state: State,
    /// The line of the last quotation mark that opened a cell.
    opened: u32,
    /// The text of the row so far, without quotation marks and separators.
    row: Vec<u8>,
    ends: Vec<usize>,
    /// The memory of a row that nobody needs any more, for the next one.
    pub(super) spare: Row,
    /// The length of the row so far, in bytes.
    length: usize,
    /// True if something follows a closing quotation mark.
    loose: bool,
    ended: bool,
}

impl<R: Read> Rows<R> {
    /// Reads from this line on.
    pub(super) fn new(text: R, separator: u8, line: u32) -> Self {
        Self {
            text: BufReader::new(text),
            separator,
            line,
            after_return: false,
            state: State::Start,
            opened: 0,
            row: Vec::new(),
            ends: Vec::new(),
            spare: Row::default(),
            length: 0,
            loose: false,
            ended: false,
        }
    }

    /// Takes a byte; whether it ends the row.
    fn take(&mut self, byte: u8) -> bool {
        let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        let completes = byte == b'\n' && after_return;
        let breaks = matches!(byte, b'\r' | b'\n') && !completes;
        if breaks {
            self.line = self.line.saturating_add(1);
        }
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::Closed,
            (State::Quoted, _) => self.row.push(byte),
            (State::Closed, b'"') => {
                self.row.push(byte);
                self.state = State::Quoted;
            }
            (_, b'\r' | b'\n') => return breaks,
            (_, byte) if byte == self.separator => self.end_cell(),
            (State::Start, b'"') => {
                self.row.truncate(self.ends.last().copied().unwrap_or(0)); // blanks before it
                (self.state, self.opened) = (State::Quoted, self.line);
            }
            (State::Start, b' ' | b'\t') => self.row.push(byte),
            (State::Start | State::Plain, _) => {
                self.row.push(byte);
                self.state = State::Plain;
            }
            (State::Closed, b' ' | b'\t') => {}
            (State::Closed, _) => self.loose = true,
        }
        false
    }

    fn end_cell(&mut self) {
        self.ends.push(self.row.len());
        self.state = State::Start;
    }

    /// The row that has been read, which began in this line.
    fn finish(&mut self, line: u32) -> Result<Row, RowError> {
        self.end_cell();
        let Row { text, mut ends, .. } = std::mem::take(&mut self.spare);
        let mut row = text.into_bytes();
        row.clear();
        ends.clear();
        let (bytes, ends) = (std::mem::replace(&mut self.row, row), std::mem::replace(&mut self.ends, ends));
        let loose = std::mem::take(&mut self.loose);
        self.length = 0;
        match String::from_utf8(bytes) {
            Ok(text) if !loose => Ok(Row { line, text, ends }),
            Ok(_) => {
                let message = message!(
                    "has a text after a closing quotation mark; write a quotation mark within a cell twice",
                    "a un texte après un guillemet fermant ; dans une cellule, un guillemet s'écrit deux fois",
                );
                Err(RowError { code: Code::Syntax, line, message, ends: false })
            }
            Err(error) => Err(self.fail(Code::NotUtf8, line, encoding(error.as_bytes()))),
        }
    }

    fn fail(&mut self, code: Code, line: u32, message: Message) -> RowError {
        self.ended = true;
        RowError { code, line, message, ends: true }
    }

    fn too_long(&mut self, line: u32) -> RowError {
        let most = limits::ROW_BYTES;
        if matches!(self.state, State::Quoted) {
            let message = message!(
                "a quotation mark opens a cell here, and none closes it within the {most} bytes that a row may have",
                "un guillemet ouvre ici une cellule, et aucun ne la ferme dans les {most} octets qu'une ligne peut avoir",
            );
            return self.fail(Code::TooLarge, self.opened, message);
        }
        let message = message!(
            "is a row of more than {most} bytes, which is as much as is read",
            "est une ligne de plus de {most} octets, le maximum qui soit lu",
        );
        self.fail(Code::TooLarge, line, message)
    }

    /// The last row, at the end of the text.
    fn rest(&mut self, line: u32) -> Option<Result<Row, RowError>> {
        self.ended = true;
        if matches!(self.state, State::Quoted) {
            let message = message!(
                "a quotation mark opens a cell here, and the table ends before one closes it: is it cut off?",
                "un guillemet ouvre ici une cellule, et le tableau finit avant qu'un autre ne la ferme : est-il tronqué ?",
            );
            return Some(Err(self.fail(Code::Syntax, self.opened, message)));
        }
        (self.length > 0).then(|| self.finish(line))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let line = self.line;
        loop {
            let byte = match self.text.fill_buf() {
                Ok(chunk) => chunk.first().copied(),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    let kind = error.kind();
                    let message = message!("cannot be read: {kind}", "ne peut pas être lu : {kind}");
                    return Some(Err(self.fail(Code::Unreadable, self.line, message)));
                }
            };
            let Some(byte) = byte else { return self.rest(line) };
            self.text.consume(1);
            self.length += 1;
            if byte == 0 {
                let message = message!(
                    "has a null character, so that it is no text; save the table as \"CSV UTF-8\"",
                    "a un caractère nul, ce n'est donc pas un texte ; enregistrez le tableau en « CSV UTF-8 »",
                );
                return Some(Err(self.fail(Code::Syntax, self.line, message)));
            }
            if self.take(byte) {
                return Some(self.finish(line));
            }
            if self.length > limits::ROW_BYTES {
                return Some(Err(self.too_long(line)));
            }
        }
    }
}

/// The probable encoding of a text that is not UTF-8.
fn encoding(bytes: &[u8]) -> Message {
    // Windows-1252 leaves five bytes free, and a text has no control characters.
    let is_text = |byte: u8| match byte {
        b'\t' | b'\r' | b'\n' => true,
        0x81 | 0x8D | 0x8F | 0x90 | 0x9D | 0x7F => false,
        _ => byte >= 0x20,
    };
    if bytes.iter().copied().all(is_text) {
        message!(
            "is not UTF-8, but probably Windows-1252, which spreadsheets on Windows save as plain CSV; save the table as \"CSV UTF-8\"",
            "n'est pas en UTF-8, mais probablement en Windows-1252, que les tableurs sous Windows écrivent en simple CSV ; enregistrez le tableau en « CSV UTF-8 »",
        )
    } else {
        message!(
            "is not UTF-8; save the table as \"CSV UTF-8\"",
            "n'est pas en UTF-8 ; enregistrez le tableau en « CSV UTF-8 »",
        )
    }
}
