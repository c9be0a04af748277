//! Blocks as Markdown with tables, for a page, a ticket or a repository.
//!
//! All that comes from outside is escaped, so that a label is no markup.

use crate::document::Block;
use crate::table::{Cell, Row, Table};
use crate::words::{Lang, Sentences as _};

/// The whole of a report.
pub(crate) fn text(blocks: &[Block], lang: Lang) -> String {
    let parts = blocks.iter().filter_map(|block| match block {
        Block::Title(text) => Some(format!("# {}\n", escaped(text))),
        Block::Heading(text) => Some(format!("## {}\n", escaped(text))),
        Block::Paragraph(lines) => Some(format!("{}\n", escaped(&lines.join(" ")))),
        Block::List(items) => {
            Some(items.iter().flat_map(|item| ["- ".to_owned(), escaped(item), "\n".to_owned()]).collect())
        }
        Block::Table(table) => Some(self::table(table, lang)),
        Block::Gap => None,
    });
    parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text on one line with all that could be markup made harmless.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, character) in text.split_whitespace().collect::<Vec<_>>().join(" ").chars().enumerate() {
        // What begins a list or a heading does so at the beginning of a line alone.
        let begins = place == 0 && matches!(character, '-' | '+' | '#');
        if begins || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '$' | '~' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn table(table: &Table, lang: Lang) -> String {
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
        assert_eq!(escaped("  a <b> & | *c*\n_d_ $1$"), "a \\<b\\> \\& \\| \\*c\\* \\_d\\_ \\$1\\$");
        assert_eq!(escaped("- no list - at all"), "\\- no list - at all");
    }

    #[test]
    fn every_row_has_every_column() {
        let mut table = Table::new(Style::default(), 1);
        table.heads(["", "a"]);
        table.group("g");
        table.inner(["x".to_owned(), "1".to_owned()]);
        assert_eq!(self::table(&table, Lang::En), "|  | a |\n| :-- | --: |\n| **g** |  |\n| x | 1 |\n");
    }
}
