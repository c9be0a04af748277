//! The form of a table's text, from its first bytes: the separator of its cells, or the kind of file that it is
//! instead.

use std::io::{Chain, Cursor, Read};

use super::heads::Column;
use super::rows::{Row, RowError, Rows};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::Message;

/// The separators of cells that are known; the first where nothing decides.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text whose separator is known.
pub(super) struct Form<R> {
    pub(super) separator: u8,
    /// The line at which `text` begins.
    pub(super) line: u32,
    pub(super) text: Chain<Cursor<Vec<u8>>, R>,
}

/// Reads as much as the heads can have, and tells the form.
///
/// # Errors
/// It is something else than a text, or says that a character separates cells which may not.
pub(super) fn of<R: Read>(mut text: R, columns: &[Column]) -> Result<Form<R>, RowError> {
    let mut start = Vec::new();
    text.by_ref().take(limits::ROW_BYTES as u64).read_to_end(&mut start).map_err(|error| {
        let kind = error.kind();
        RowError::last(Code::Unreadable, 0, message!("cannot be read: {kind}", "ne peut pas être lu : {kind}"))
    })?;
    if let Some((code, message)) = foreign(&start) {
        return Err(RowError::last(code, 0, message));
    }
    if start.starts_with(MARK) {
        start.drain(..MARK.len());
    }
    let (separator, line) = match declared(&start)? {
        Some((separator, length)) => {
            start.drain(..length);
            (separator, 2)
        }
        None => (guessed(&start, columns), 1),
    };
    Ok(Form { separator, line, text: Cursor::new(start).chain(text) })
}

/// The separator that a first line such as `sep=;` declares, and how long that line is.
fn declared(start: &[u8]) -> Result<Option<(u8, usize)>, RowError> {
    let length = start.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(start.len());
    let line = start.get(..length).unwrap_or_default();
    let bare = line.strip_prefix(b"\"").unwrap_or(line);
    let said = match bare.split_at_checked(4) {
        Some((key, said)) if key.eq_ignore_ascii_case(b"sep=") => said,
        _ => return Ok(None),
    };
    let separator = said.first().copied().filter(|byte| SEPARATORS.contains(byte));
    let rest = said.get(1..).unwrap_or_default();
    match separator {
        Some(separator) if matches!(rest, b"" | b"\"") => {
            let ending = start.get(length..).unwrap_or_default();
            let ending = if ending.starts_with(b"\r\n") { 2 } else { ending.len().min(1) };
            Ok(Some((separator, length + ending)))
        }
        _ => Err(RowError::last(
            Code::Syntax,
            1,
            message!(
                "names no separator that is read; expected a comma, a semicolon, a tab or \"|\" after sep=",
                "ne nomme aucun séparateur qui soit lu ; une virgule, un point-virgule, une tabulation ou « | » est attendu après sep=",
            ),
        )),
    }
}

/// The separator that finds most of the columns among the heads, or else most cells.
fn guessed(start: &[u8], columns: &[Column]) -> u8 {
    let found = |separator: u8| {
        let heads = Rows::new(start, separator, 1).find(|row| !row.as_ref().is_ok_and(Row::is_blank));
        match heads {
            Some(Ok(row)) => {
                let known = |head: &&str| columns.iter().any(|column| column.is_called(head));
                (row.cells().filter(known).count(), row.len())
            }
            // The fault is a quotation mark, which has a meaning only at the beginning of a cell.
            Some(Err(_)) => (1, 1),
            None => (0, 0),
        }
    };
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let found = found(separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    best.0
}

/// Files that are often taken for a table, by their first bytes.
const SIGNATURES: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Workbook),
    (b"PK\x05\x06", Kind::Workbook),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldWorkbook),
    (b"\x1F\x8B", Kind::Compressed("gzip")),
    (b"\x28\xB5\x2F\xFD", Kind::Compressed("zstd")),
    (b"\xFD7zXZ\x00", Kind::Compressed("xz")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Compressed("7z")),
    (b"BZh", Kind::Compressed("bzip2")),
    (b"%PDF", Kind::Other("PDF")),
    (b"PAR1", Kind::Other("Parquet")),
    (b"ARROW1", Kind::Other("Arrow")),
    (b"SQLite format 3\x00", Kind::Other("SQLite")),
    (b"{\\rtf", Kind::Other("RTF")),
    (b"\xFF\xFE", Kind::Utf16),
    (b"\xFE\xFF", Kind::Utf16),
];

#[derive(Clone, Copy)]
enum Kind {
    Workbook,
    OldWorkbook,
    Compressed(&'static str),
    Utf16,
    Markup,
    Other(&'static str),
}

/// The kind of file that is no text, and the remedy.
fn foreign(start: &[u8]) -> Option<(Code, Message)> {
    let signed = SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)).map(|(_, kind)| *kind);
    let kind = signed.or_else(|| utf16(start).then_some(Kind::Utf16)).or_else(|| markup(start).then_some(Kind::Markup));
    Some(match kind? {
        Kind::Workbook => (
            Code::Syntax,
            message!(
                "is a workbook of a spreadsheet (xlsx or ods) or another ZIP archive; save its sheet as \"CSV UTF-8\"",
                "est un classeur de tableur (xlsx ou ods) ou une autre archive ZIP ; enregistrez sa feuille en « CSV UTF-8 »",
            ),
        ),
        Kind::OldWorkbook => (
            Code::Syntax,
            message!(
                "is a workbook of a spreadsheet (xls, or one with a password); save its sheet as \"CSV UTF-8\"",
                "est un classeur de tableur (xls, ou protégé par un mot de passe) ; enregistrez sa feuille en « CSV UTF-8 »",
            ),
        ),
        Kind::Compressed(form) => (
            Code::Syntax,
            message!("is compressed ({form}); unpack it first", "est compressé ({form}) ; décompressez-le d'abord",),
        ),
        Kind::Utf16 => (
            Code::NotUtf8,
            message!(
                "is UTF-16, which some spreadsheets call Unicode text; save the table as \"CSV UTF-8\"",
                "est en UTF-16, que certains tableurs appellent texte Unicode ; enregistrez le tableau en « CSV UTF-8 »",
            ),
        ),
        Kind::Markup => (
            Code::Syntax,
            message!(
                "is HTML or XML; save the table as \"CSV UTF-8\"",
                "est du HTML ou du XML ; enregistrez le tableau en « CSV UTF-8 »",
            ),
        ),
        Kind::Other(form) => (
            Code::Syntax,
            message!(
                "is a file in the form of {form}; save the table as \"CSV UTF-8\"",
                "est un fichier au format {form} ; enregistrez le tableau en « CSV UTF-8 »",
            ),
        ),
    })
}

/// True if every other byte is null, as in text in UTF-16 without a byte order mark.
fn utf16(start: &[u8]) -> bool {
    let pairs: Vec<(bool, bool)> =
        start.chunks_exact(2).take(32).filter_map(|pair| Some((*pair.first()? == 0, *pair.last()? == 0))).collect();
    pairs.len() > 1
        && (pairs.iter().all(|pair| *pair == (false, true)) || pairs.iter().all(|pair| *pair == (true, false)))
}

fn markup(start: &[u8]) -> bool {
    let text = start.strip_prefix(MARK).unwrap_or(start).trim_ascii_start();
    let tag = text.get(1..).and_then(|rest| rest.first());
    text.starts_with(b"<") && tag.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'?' | b'!'))
}
