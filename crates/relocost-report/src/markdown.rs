//! Blocks as Markdown with tables, for a page, a ticket or a repository.
//!
//! All that comes from outside is escaped, so that a label is no markup.

use crate::block::Block;
use crate::table::{Cell, ReportTable, Row};
use crate::words::{Lang, Sentences as _};

/// The whole of a report.
pub(crate) fn text(blocks: &[Block], lang: Lang) -> String {
    let parts = blocks.iter().filter_map(|block| match block {
        Block::Title(text) => Some(format!("# {}\n", escaped(text))),
        Block::Heading(text) => Some(format!("## {}\n", escaped(text))),
        Block::Paragraph(lines) => Some(format!("{}\n", block_of(&lines.join(" ")))),
        Block::List(items) => {
            Some(items.iter().flat_map(|item| ["- ".to_owned(), block_of(item), "\n".to_owned()]).collect())
        }
        Block::Table(table) => Some(self::table(table, lang)),
        Block::Gap => None,
    });
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text on one line with all that could be markup made harmless, and nothing else touched: what is pasted into a word
/// processor shows every backslash.
fn escaped(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let (mut before, mut rest, mut in_tag) = (' ', text.chars(), false);
    while let Some(character) = rest.next() {
        let after = rest.as_str().chars().next().unwrap_or(' ');
        let is_markup = match character {
            // Within a word an underscore is a letter, as in `public_schooling`.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            // A tag or an address begins with a letter; a comparison has a blank or a digit there.
            '<' => {
                in_tag = after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?');
                in_tag
            }
            '>' => std::mem::take(&mut in_tag),
            '&' => rest.as_str().split_once(';').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '#')
            }),
            '~' => before == '~' || after == '~',
            '\\' | '`' | '*' | '[' | ']' | '|' | '$' => true,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(character);
        before = character;
    }
    out
}

/// A text that stands at the beginning of a line, where a first character can also begin a list, a heading or a quotation.
fn block_of(text: &str) -> String {
    let text = escaped(text);
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let (marker, rest) = text.split_at(number);
    let is_item = number > 0 && [". ", ") "].iter().any(|end| rest.starts_with(end));
    let is_marker = ['-', '+', '#', '='].iter().any(|mark| {
        let rest = text.trim_start_matches(*mark);
        rest.len() < text.len() && (rest.is_empty() || rest.starts_with(' '))
    });
    if is_item {
        format!("{marker}\\{rest}")
    } else if is_marker || text.starts_with('>') {
        format!("\\{text}")
    } else {
        text
    }
}

fn table(table: &ReportTable, lang: Lang) -> String {
    let cells = |row: &Row| if let Row::Cells { cells, .. } = row { cells.len() } else { 1 };
    let columns = table.rows.iter().map(cells).max().unwrap_or(1).max(table.heads.len());
    let mut out = String::new();
    let mut line = |texts: Vec<String>| {
        let padded = texts.into_iter().chain(std::iter::repeat(String::new())).take(columns);
        out.extend(["| ", &padded.collect::<Vec<_>>().join(" | "), " |\n"]);
    };
    line(table.heads.iter().map(|head| escaped(head)).collect());
    line((0..columns).map(|column| if table.class(column).is_empty() { ":--" } else { "--:" }.to_owned()).collect());
    for row in &table.rows {
        line(match row {
            Row::Group(name) => vec![format!("**{}**", escaped(name))],
            Row::LeftOut(count) => vec![escaped(&lang.left_out(*count))],
            Row::Cells { cells, .. } => cells.iter().map(cell).collect(),
        });
    }
    out
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escaped(text),
        Cell::Bar(bar) => bar.text().trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Style;

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(
            escaped("  a <b> &amp; | *c*\n_d_ $1$ ~~e~~"),
            "a \\<b\\> \\&amp; \\| \\*c\\* \\_d\\_ \\$1\\$ \\~\\~e\\~\\~"
        );
        for (text, block) in [
            ("- no list - at all", "\\- no list - at all"),
            ("# no heading", "\\# no heading"),
            ("### no heading", "\\### no heading"),
            ("> no quotation", "\\> no quotation"),
            ("---", "\\---"),
            ("12. no list", "12\\. no list"),
        ] {
            assert_eq!(block_of(text), block);
        }
    }

    #[test]
    fn a_word_processor_is_shown_no_backslash() {
        let plain = "-8,000.00 +12 950 -> 1000 lines.public_schooling R&D < 5 & more 12.5% ~3";
        for text in plain.split(' ').chain([plain]) {
            assert_eq!(escaped(text), text);
        }
        assert_eq!(block_of("-8,000.00 in all"), "-8,000.00 in all");
        assert_eq!(block_of("12.5 in all"), "12.5 in all");
    }

    #[test]
    fn every_row_has_every_column() {
        let mut table = ReportTable::new(Style::default(), 1);
        table.heads(["", "a"]);
        table.group("g");
        table.inner(["x".to_owned(), "1".to_owned()]);
        assert_eq!(self::table(&table, Lang::En), "|  | a |\n| :-- | --: |\n| **g** |  |\n| x | 1 |\n");
    }
}
