//! Blocks as the body of a Word document: paragraphs in its styles, and its own tables, whose heads repeat on each page.
//!
//! A document that takes these has the styles `Heading2`, `ListBullet`, `Figures` (of tables), `Cell`, `CellNumber`,
//! `CellHead` and `CellHeadNumber`, and a list with the number 1.

use std::fmt::Write as _;

use relocost::Lang;
use unicode_width::UnicodeWidthChar as _;

use crate::block::Block;
use crate::table::{Bar, Cell, ReportTable, Row};
use crate::typeset::{capital, typeset};
use crate::words::Sentences as _;

/// The width of a page between its margins, in twentieths of a point: A4 less 2 cm on each side.
const PAGE: usize = 9_638;
/// The width of a cell's margins, and of the narrowest column of text, in the same.
const MARGINS: usize = 170;
const NARROWEST: usize = 1_100;
/// The longest piece of a text that is kept in one line.
const LONGEST_PIECE: usize = 2_500;
/// The longest bar of a column, in blocks: where there is little room, and where there is enough.
const SHORT_BAR: usize = 4;
const BAR: usize = 12;
/// How far the first cell of a row that belongs under another is set in.
const INNER: usize = 170;
/// The width of a block, of which bars are made.
const BLOCK: usize = 130;

/// What a cell of a head has: a line below it, by which all of them stand.
const HEAD: &str = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"1B1B1B\"/></w:tcBorders><w:vAlign w:val=\"bottom\"/>";

/// A report as a section of a document, whose headings are of the second level. Texts are set as the language's printers do.
pub(crate) fn section(blocks: &[Block], lang: Lang) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => out.push_str(&paragraph("Lead", text, lang)),
            // A heading of a document begins as a sentence does.
            Block::Heading(text) => out.push_str(&paragraph("Heading2", &capital(text), lang)),
            Block::Paragraph(lines) => out.push_str(&paragraph("BodyText", &lines.join(" "), lang)),
            Block::List(items) => out.extend(items.iter().map(|item| paragraph("ListBullet", item, lang))),
            Block::Table(table) => self::table(&mut out, table, lang),
            Block::Gap => {}
        }
    }
    out
}

/// A paragraph in one of the document's styles, its text set as the language's printers do.
///
/// ```
/// use relocost_report::{Lang, word_paragraph};
/// let paragraph = word_paragraph("BodyText", "a < b : « oui »", Lang::Fr);
/// assert!(paragraph.contains("<w:pStyle w:val=\"BodyText\"/>") && paragraph.contains("a &lt; b\u{202f}: «\u{202f}oui\u{202f}»"));
/// ```
pub fn paragraph(style: &str, text: &str, lang: Lang) -> String {
    let text = escaped(&typeset(text.trim(), lang));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>\n"
    )
}

/// A text with all that could be markup made harmless, and without what no XML may have.
///
/// ```
/// assert_eq!(relocost_report::word_escaped("a\u{1} & \"b\""), "a\u{fffd} &amp; &quot;b&quot;");
/// ```
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// Names and their figures, one a row, as a table.
pub fn pairs(rows: &[(String, String)], lang: Lang) -> String {
    let mut table = ReportTable::new(crate::Style { lang, form: crate::Form::Word }, 1);
    for (name, figure) in rows {
        table.row([name.clone(), figure.clone()]);
    }
    let mut out = String::new();
    self::table(&mut out, &table, lang);
    out
}

/// A bar of a column that is so wide.
fn bar(bar: &Bar, width: usize) -> String {
    let longest = (width.saturating_sub(MARGINS) / BLOCK).clamp(SHORT_BAR, BAR);
    let block = if bar.part < 0 { "░" } else { "█" };
    block.repeat(bar.length(u32::try_from(longest).unwrap_or(0)))
}

/// What a column needs: the room of its longest cell, and of the longest piece that does not break.
#[derive(Clone, Copy, Default)]
struct Needs {
    whole: usize,
    piece: usize,
    inner: usize,
}

impl Needs {
    fn head(&mut self, text: &str) {
        // A head is set in lines, and in bold letters, which are wider by an eighth.
        self.piece = self.piece.max(longest_piece(text) * 9 / 8 + MARGINS);
    }

    fn text(&mut self, text: &str) {
        self.whole = self.whole.max(room(text) + MARGINS);
        self.piece = self.piece.max(longest_piece(text).min(LONGEST_PIECE) + MARGINS);
    }

    fn number(&mut self, text: &str) {
        self.piece = self.piece.max(room(text) + MARGINS);
    }

    fn bar(&mut self) {
        self.whole = self.whole.max(BAR * BLOCK + MARGINS);
        self.piece = self.piece.max(SHORT_BAR * BLOCK + MARGINS);
    }
}

/// The room of a text in the letters of a table: no less than that of `DejaVu Sans`, which stands for Calibri where that is
/// not installed, and is wider.
fn room(text: &str) -> usize {
    let letter = |letter: char| match letter {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | 'I' | 'J' | 'î' | 'ï' | ' ' | '\u{a0}' | '\u{202f}' => 66,
        '\'' | '’' | ',' | '.' | ':' | ';' | '!' | '-' | '/' | '(' | ')' | '[' | ']' => 72,
        'm' | 'w' | 'M' | 'W' | 'œ' | 'Œ' | '%' | '…' => 164,
        'A'..='Z' | '&' | '+' | '<'..='>' | '−' => 135,
        other => other.width().unwrap_or(0) * 106,
    };
    text.chars().map(letter).sum()
}

/// The room of the longest piece of a text between places where a line may end.
fn longest_piece(text: &str) -> usize {
    text.split_inclusive([' ', '-']).map(|piece| room(piece.trim_end())).max().unwrap_or(0)
}

/// The widths of the columns: as wide as their cells while there is room, which columns of text share otherwise.
fn widths(table: &ReportTable, columns: usize, lang: Lang) -> Vec<usize> {
    let mut needs = vec![Needs::default(); columns];
    for (need, head) in needs.iter_mut().zip(&table.heads) {
        need.head(&typeset(head, lang));
    }
    for row in &table.rows {
        let Row::Cells { cells, inner } = row else { continue };
        if let Some(need) = needs.first_mut().filter(|_| *inner) {
            need.inner = INNER;
        }
        for (column, (need, cell)) in needs.iter_mut().zip(cells).enumerate() {
            match cell {
                Cell::Text(text) if table.class(column).is_empty() => need.text(&typeset(text, lang)),
                Cell::Text(text) => need.number(&typeset(text, lang)),
                Cell::Bar(_) => need.bar(),
            }
        }
    }
    for (column, need) in needs.iter_mut().enumerate() {
        need.whole = need.whole.max(need.piece) + need.inner;
        need.piece += need.inner;
        if table.class(column).is_empty() {
            need.piece = need.piece.max(NARROWEST.min(need.whole));
        }
    }
    let total: usize = needs.iter().map(|need| need.whole).sum();
    if total <= PAGE {
        return needs.iter().map(|need| need.whole).collect();
    }
    let fixed: usize = needs.iter().map(|need| need.piece).sum();
    if fixed >= PAGE {
        // Nothing is given up but room for margins: the table is set as wide as the page, in proportion.
        return needs.iter().map(|need| need.piece * PAGE / fixed.max(1)).collect();
    }
    let (room, wanted) = (PAGE - fixed, total - fixed);
    needs.iter().map(|need| need.piece + (need.whole - need.piece) * room / wanted.max(1)).collect()
}

fn table(out: &mut String, table: &ReportTable, lang: Lang) {
    let cells = |row: &Row| if let Row::Cells { cells, .. } = row { cells.len() } else { 1 };
    let columns = table.rows.iter().map(cells).max().unwrap_or(1).max(table.heads.len());
    let widths = widths(table, columns, lang);
    let total: usize = widths.iter().sum();
    // Whether the first row is a head, for who hears a table.
    let (first, look) = if table.heads.is_empty() { ("0", "0600") } else { ("1", "0620") };
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"{look}\" w:firstRow=\"{first}\" w:firstColumn=\"0\" w:lastRow=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
    ); // a text takes all
    out.extend(widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")));
    out.push_str("</w:tblGrid>\n");
    if !table.heads.is_empty() {
        out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in widths.iter().enumerate() {
            let head = table.heads.get(column).map_or("", String::as_str);
            let style = if table.class(column).is_empty() { "CellHead" } else { "CellHeadNumber" };
            cell(out, (*width, 1), HEAD, &paragraph(style, head, lang));
        }
        out.push_str("</w:tr>\n");
    }
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        match row {
            Row::Group(name) => cell(out, (total, columns), "", &paragraph("CellHead", name, lang)),
            Row::LeftOut(count) => cell(out, (total, columns), "", &paragraph("Cell", &lang.left_out(*count), lang)),
            Row::Cells { inner, cells } => {
                for (column, width) in widths.iter().enumerate() {
                    let (style, text) = match cells.get(column) {
                        Some(Cell::Text(text)) if column == 0 && *inner => ("CellInner", text.clone()),
                        Some(Cell::Text(text)) if !table.class(column).is_empty() => ("CellNumber", text.clone()),
                        Some(Cell::Text(text)) => ("Cell", text.clone()),
                        Some(Cell::Bar(bar)) => ("Cell", self::bar(bar, *width)),
                        None => ("Cell", String::new()),
                    };
                    cell(out, (*width, 1), "", &paragraph(style, &text, lang));
                }
            }
        }
        out.push_str("</w:tr>\n");
    }
    out.push_str("</w:tbl>\n");
    // Two tables that follow each other are one without a paragraph between them.
    out.push_str(&paragraph("After", "", lang));
}

fn cell(out: &mut String, (width, columns): (usize, usize), kind: &str, paragraph: &str) {
    let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{kind}</w:tcPr>{paragraph}</w:tc>"); // a text takes all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Form, Style};

    fn table_of(cells: &[&str]) -> ReportTable {
        let mut table = ReportTable::new(Style { lang: Lang::En, form: Form::Word }, 2);
        table.heads(cells.iter().map(|_| "Head"));
        table.row(cells.iter().map(|cell| (*cell).to_owned()));
        table
    }

    #[test]
    fn a_table_is_never_wider_than_the_page() {
        let long = "a text of several words that goes on and on ".repeat(4);
        for cells in
            [vec!["a", "b", "1"], vec![&long, &long, "1,234,567.00"], vec!["unbreakable".repeat(20).leak(); 12]]
        {
            let widths = widths(&table_of(&cells), cells.len(), Lang::En);
            assert_eq!(widths.len(), cells.len());
            assert!(widths.iter().sum::<usize>() <= PAGE && widths.iter().all(|width| *width > 0), "{widths:?}");
        }
        let widths = widths(&table_of(&[&long, &long, "1,234,567.00"]), 3, Lang::En);
        assert_eq!(widths[2], room("1,234,567.00") + MARGINS, "a number does not break");
    }

    #[test]
    fn heads_have_room_for_their_bold_letters_and_bars_take_what_is_left() {
        let mut table = ReportTable::new(Style { lang: Lang::En, form: Form::Word }, 1);
        let drawn = || Cell::Bar(Bar { part: -7, longest: 7, width: 24 });
        table.heads(["", "premium (P10)", "swing"]);
        table.row([Cell::Text("a".to_owned()), Cell::Text("1".to_owned()), Cell::Text("2".to_owned()), drawn()]);
        let room_of = |table: &ReportTable| widths(table, 4, Lang::En);
        let wide = room_of(&table);
        assert_eq!(wide[1], room("premium") * 9 / 8 + MARGINS, "the longest word of a head, and no more");
        assert_eq!(wide[3], BAR * BLOCK + MARGINS);
        let Row::Cells { cells, .. } = &mut table.rows[0] else { unreachable!("a row of cells") };
        cells[0] = Cell::Text("several words ".repeat(20));
        cells[1] = Cell::Text("1".repeat(60));
        let narrow = room_of(&table);
        assert_eq!((narrow[1], narrow[2]), (60 * room("1") + MARGINS, wide[2]));
        let longest = |width| bar(&Bar { part: -7, longest: 7, width: 24 }, width);
        assert_eq!(longest(wide[3]), "░".repeat(12));
        assert!(narrow[3] < wide[3] && longest(narrow[3]).chars().count() * BLOCK + MARGINS <= narrow[3]);
    }

    #[test]
    fn heads_repeat_and_two_tables_stay_two() {
        let mut out = String::new();
        table(&mut out, &table_of(&["a", "b"]), Lang::En);
        assert_eq!(out.matches("<w:tblHeader/>").count(), 1);
        assert!(out.ends_with("</w:p>\n") && out.contains("</w:tbl>\n<w:p>"));
    }
}
