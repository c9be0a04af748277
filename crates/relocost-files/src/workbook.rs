//! A workbook of a spreadsheet (xlsx) as the text of its only table.
//!
//! In: the bytes of a workbook. Out: the text that a spreadsheet would save of its sheet, cells separated by commas, so
//! that a table is read in one way whatever it came from. A row of the sheet is the line of the same number, so that
//! errors name the row that a spreadsheet shows. What a text could not say, or would hide, is refused with its place: a
//! second sheet, merged cells, a formula whose value is not stored.

use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Sheet, SheetType, Xlsx, XlsxError};
use relocost::error::Place;
use relocost::{Code, Error, Message, message};
use zip::ZipArchive;

/// The first bytes of a workbook, and of every other ZIP archive that is not empty.
pub(crate) const SIGNATURE: &[u8] = b"PK\x03\x04";
/// The bytes of a workbook that are read at most.
pub(crate) const BYTES: usize = 16 << 20;
/// The bytes of all that is in a workbook, and of the text of its sheet, at most.
const UNPACKED: u64 = 64 << 20;

/// The text of a workbook's sheet.
///
/// # Errors
/// It is too large, no workbook, or no single table.
pub(crate) fn text(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    if bytes.len() > BYTES || unpacked(&bytes).ok_or_else(|| no_workbook(name))? > UNPACKED {
        return Err(too_large(name));
    }
    // The library counts without looking where a file is damaged; a build with checks of overflow stops at that.
    let read = std::panic::catch_unwind(|| of_book(bytes, name));
    read.unwrap_or_else(|_| Err(broken(name)))
}

fn of_book(bytes: Vec<u8>, name: &str) -> Result<String, Error> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_: XlsxError| no_workbook(name))?;
    let sheets = book.sheets_metadata().to_vec();
    let mut found: Option<String> = None;
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let Some((first, text)) = of_sheet(&mut book, sheet, name)? else { continue };
        if found.is_some() {
            let message = message!(
                "a second sheet has cells, too, from here on; expected a workbook of one sheet",
                "une seconde feuille a aussi des cellules, à partir d'ici ; un classeur d'une seule feuille est attendu",
            );
            return Err(at(name, first, message));
        }
        found = Some(text);
    }
    Ok(found.unwrap_or_default())
}

/// The true size of all that is in an archive, as far as it matters; `None` if it is no archive.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut size = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).ok()?;
        size += io::copy(&mut entry.take(UNPACKED - size + 1), &mut io::sink()).ok()?;
        if size > UNPACKED {
            break;
        }
    }
    Some(size)
}

/// The row and the column of a cell, counted from 0.
type Position = (u32, u32);

/// The text of a sheet, with the position of its first cell that says anything; nothing if none does.
fn of_sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &Sheet, name: &str) -> Result<Option<(Position, String)>, Error> {
    let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(|_| broken(name))?;
    let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| broken(name))?;
    let mut text = Text::default();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| broken(name))? {
        let value = written(&cell.value);
        if value.is_empty() && cell.formula.is_some() && !is_text(&cell.value) {
            let message = message!(
                "has a formula whose value is not stored; open the workbook in a spreadsheet and save it again",
                "a une formule dont la valeur n'est pas enregistrée ; ouvrez le classeur dans un tableur et enregistrez-le à nouveau",
            );
            return Err(at(name, cell.pos, message));
        }
        if !value.trim().is_empty() && !text.add(cell.pos, &value) {
            let message = message!(
                "stands after a cell that it should stand before; open the workbook in a spreadsheet and save it again",
                "se trouve après une cellule qu'elle devrait précéder ; ouvrez le classeur dans un tableur et enregistrez-le à nouveau",
            );
            return Err(at(name, cell.pos, message));
        }
        if text.all.len() as u64 > UNPACKED {
            return Err(too_large(name));
        }
    }
    let Some(first) = text.first else { return Ok(None) };
    if let Some(merged) = merged.first() {
        let message = message!(
            "is merged with its neighbours; expected every cell by itself",
            "est fusionnée avec ses voisines ; chaque cellule est attendue pour elle-même",
        );
        return Err(at(name, merged.start, message));
    }
    Ok(Some((first, text.finish())))
}

/// Rows as lines, in the order in which cells come.
#[derive(Default)]
struct Text {
    all: String,
    /// The position of the first cell.
    first: Option<Position>,
    /// The row of the line that is being written.
    row: u32,
    /// The cells of that line so far.
    cells: u32,
    /// The number of cells of the heads, which every later row has at least.
    heads: u32,
}

impl Text {
    /// Adds a cell; false if it does not come after the last one.
    fn add(&mut self, (row, column): Position, value: &str) -> bool {
        if row < self.row || (row == self.row && column < self.cells) {
            return false;
        }
        if row > self.row {
            self.end_row();
            self.all.extend(std::iter::repeat_n('\n', (row - self.row) as usize));
            (self.row, self.cells) = (row, 0);
        }
        self.first.get_or_insert((row, column));
        // A cell that is not the first of its row follows a comma.
        let commas = column - self.cells.saturating_sub(1);
        self.all.extend(std::iter::repeat_n(',', if self.cells == 0 { column } else { commas } as usize));
        self.cells = column + 1;
        let value = value.replace(['\r', '\n'], " ");
        if value.contains([',', ';', '\t', '|', '"']) {
            self.all.extend(["\"", &value.replace('"', "\"\""), "\""]);
        } else {
            self.all.push_str(&value);
        }
        true
    }

    /// Fills the row up to the width of the heads.
    fn end_row(&mut self) {
        if self.cells > 0 {
            if self.heads == 0 {
                self.heads = self.cells;
            }
            self.all.extend(std::iter::repeat_n(',', self.heads.saturating_sub(self.cells) as usize));
        }
    }

    fn finish(mut self) -> String {
        self.end_row();
        self.all.push('\n');
        self.all
    }
}

fn is_text(value: &DataRef<'_>) -> bool {
    matches!(value, DataRef::String(_) | DataRef::SharedString(_))
}

/// The text of a cell: numbers without separators, days as `2026-03-01`.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => of_number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(day) if day.is_datetime() => match day.to_ymd_hms_milli() {
            (year, month, day, 0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
            (year, month, day, hour, minute, second, milli) => {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}")
            }
        },
        DataRef::DateTime(duration) => of_number(duration.as_f64()),
    }
}

/// A number with the 15 digits that a spreadsheet shows, so that 0.1 + 0.2 is 0.3; never with an exponent.
fn of_number(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn at(name: &str, (row, column): Position, message: Message) -> Error {
    let place = Place { file: name.into(), line: row.saturating_add(1), column: column.saturating_add(1) };
    Error::at(Code::Syntax, Some(place), "", message)
}

fn no_workbook(name: &str) -> Error {
    let message = message!(
        "is no workbook that is read, which is xlsx; save it as such, or its sheet as \"CSV UTF-8\"",
        "n'est pas un classeur qui soit lu, c'est-à-dire xlsx ; enregistrez-le comme tel, ou sa feuille en « CSV UTF-8 »",
    );
    Error::of_file(Code::Syntax, name, message)
}

fn broken(name: &str) -> Error {
    let message = message!(
        "is a workbook with a sheet that cannot be read; open it in a spreadsheet and save it again",
        "est un classeur dont une feuille ne peut pas être lue ; ouvrez-le dans un tableur et enregistrez-le à nouveau",
    );
    Error::of_file(Code::Syntax, name, message)
}

fn too_large(name: &str) -> Error {
    let (packed, most) = (BYTES >> 20, UNPACKED >> 20);
    let message = message!(
        "is a workbook of more than {packed} MiB, or of more than {most} MiB once unpacked; save its sheet as \"CSV UTF-8\"",
        "est un classeur de plus de {packed} Mio, ou de plus de {most} Mio une fois décompressé ; enregistrez sa feuille en « CSV UTF-8 »",
    );
    Error::of_file(Code::TooLarge, name, message)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

    fn archive(parts: &[(&str, String)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// A workbook of sheets, each the rows of its data and what follows them. Style 1 is that of a day.
    fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
        let each = |of: &dyn Fn(usize) -> String| (1..=sheets.len()).map(of).collect::<String>();
        let named = each(&|at| format!("<sheet name=\"Secret {at}\" sheetId=\"{at}\" r:id=\"r{at}\"/>"));
        let related = each(&|at| {
            format!("<Relationship Id=\"r{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>")
        });
        let mut parts = vec![
            (
                "xl/workbook.xml".to_owned(),
                format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{named}</sheets></workbook>"),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!("<Relationships xmlns=\"{PACKAGE}\">{related}</Relationships>"),
            ),
            (
                "_rels/.rels".to_owned(),
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/styles.xml".to_owned(),
                format!(
                    "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
                ),
            ),
        ];
        for (at, (rows, after)) in sheets.iter().enumerate() {
            let text = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{after}</worksheet>");
            parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), text));
        }
        let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        archive(&parts)
    }

    fn refused(bytes: Vec<u8>) -> String {
        let shown = text(bytes, "t.xlsx").unwrap_err().to_string();
        assert!(!shown.contains("Secret"), "{shown}");
        shown
    }

    const HEADS: &str = "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>month</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>amount</t></is></c></row>";

    #[test]
    fn a_row_is_the_line_of_its_number() {
        let rows = "<row r=\"4\"><c r=\"B4\" s=\"1\"><v>46082</v></c><c r=\"C4\"><v>0.30000000000000004</v></c></row>\
                    <row r=\"5\"><c r=\"B5\" s=\"1\"><v>46082.5</v></c><c r=\"C5\"><f>1/3</f><v>0.333333333333333</v></c></row>\
                    <row r=\"6\"><c r=\"B6\" t=\"inlineStr\"><is><t>a, \"b\"\nc</t></is></c></row>\
                    <row r=\"7\"><c r=\"C7\"><v>1E+15</v></c><c r=\"E7\" t=\"e\"><v>#N/A</v></c></row>";
        let sheet = format!("{HEADS}{rows}");
        let expected = "\n,month,amount\n\n,2026-03-01,0.3\n,2026-03-01 12:00:00.000,0.333333333333333\n\
                        ,\"a, \"\"b\"\" c\",\n,,1000000000000000,,#N/A\n";
        assert_eq!(text(book(&[("", ""), (&sheet, "")]), "t.xlsx").unwrap(), expected);
        assert_eq!(text(book(&[("", "")]), "t.xlsx").unwrap(), "");
    }

    #[test]
    fn what_a_text_could_not_say_is_refused_with_its_place() {
        let two = refused(book(&[(HEADS, ""), (HEADS, "")]));
        assert!(two.starts_with("t.xlsx:2:2: a second sheet has cells"), "{two}");
        let merged = refused(book(&[(HEADS, "<mergeCells count=\"1\"><mergeCell ref=\"C3:D4\"/></mergeCells>")]));
        assert!(merged.starts_with("t.xlsx:3:3: is merged"), "{merged}");
        let formula = format!("{HEADS}<row r=\"3\"><c r=\"C3\"><f>SUM(A1:A2)</f></c></row>");
        let formula = refused(book(&[(&formula, "")]));
        assert!(formula.starts_with("t.xlsx:3:3: has a formula"), "{formula}");
        let back = format!("{HEADS}<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
        assert!(refused(book(&[(&back, "")])).starts_with("t.xlsx:1:1: stands after"));
    }

    #[test]
    fn what_is_no_workbook_or_too_large_is_said() {
        let other = archive(&[("content.xml", "<a/>".to_owned())]);
        assert!(refused(other).starts_with("t.xlsx: is no workbook that is read"));
        assert!(refused(b"PK\x03\x04 and no more".to_vec()).starts_with("t.xlsx: is no workbook"));
        // Little as it lies there, and too much once unpacked.
        let blanks = " ".repeat(usize::try_from(UNPACKED).unwrap() + 1);
        let large = archive(&[("xl/workbook.xml", blanks)]);
        assert!(large.len() < BYTES);
        assert!(refused(large).starts_with("t.xlsx: is a workbook of more than"));
        assert!(refused(vec![0; BYTES + 1]).contains("16 MiB"));
        let cell = |row: u32| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>");
        let wide = (3..6_000).map(cell).fold(HEADS.to_owned(), |all, row| all + &row);
        assert!(refused(book(&[(&wide, "")])).contains("64 MiB"));
    }

    /// Damage of any one byte gives a text or an error, and nothing else.
    #[test]
    fn damage_is_an_error_or_harmless() {
        let rows = format!(
            "{HEADS}<row r=\"3\"><c r=\"B3\" s=\"1\"><v>46082</v></c><c r=\"C3\"><f t=\"shared\" ref=\"C3:C4\" si=\"0\">1</f><v>5</v></c></row>"
        );
        for at in 0..rows.len() {
            for byte in [b'"', b'<', b'9', b' '] {
                let mut damaged = rows.clone().into_bytes();
                damaged[at] = byte;
                let damaged = String::from_utf8(damaged).unwrap();
                let _ = text(book(&[(&damaged, "")]), "t.xlsx");
            }
        }
        let whole = book(&[(&rows, "")]);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let _ = text(damaged, "t.xlsx");
        }
    }
}
