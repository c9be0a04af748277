//! Blocks as a fragment of HTML, for a notebook or a page of one's own.
//!
//! No colour is fixed, so that it reads on light and dark grounds. All that comes from outside is escaped.

use crate::block::Block;
use crate::table::{Bar, Cell, ReportTable, Row};
use crate::typeset::{capital, typeset};
use crate::words::{Lang, Sentences as _};

/// Every rule begins with the fragment's own class, so that nothing else on a page is touched.
const STYLE: &str = "\
.relocost table{border-collapse:collapse;margin:0 0 1.2em}
.relocost h5{margin:1.2em 0 .4em}
.relocost table th,.relocost table td{padding:.15em .6em;text-align:left;vertical-align:top;font-weight:normal}
.relocost table thead th,.relocost table .g{font-weight:bold;border-bottom:1px solid}
.relocost table .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.relocost table .i{padding-left:1.8em}
.relocost table .b{min-width:14em}
.relocost table .b span{display:block;height:.9em;box-sizing:border-box;border:1px solid;opacity:.6}
.relocost table .b .more{background:currentColor}
";

/// The whole of a report. Dollar signs in it are no formulas: the inner classes say so to a notebook's typesetter.
pub(crate) fn fragment(blocks: &[Block], lang: Lang) -> String {
    let code = lang.code();
    let mut out = format!(
        "<div class=\"relocost\">\n<style>\n{STYLE}</style>\n<div class=\"mathjax_ignore tex2jax_ignore\" lang=\"{code}\">\n"
    );
    write(
        &mut out,
        blocks,
        &Names { title: "h4", heading: "h5", text: &|text| escaped(text), is_section: false },
        lang,
    );
    out.push_str("</div>\n</div>\n");
    out
}

/// A report as a section of a page with a style of its own, whose headings are those of the third level. Texts are set as
/// the language's printers do, and a wide table scrolls by itself.
pub(crate) fn section(blocks: &[Block], lang: Lang) -> String {
    let mut out = String::new();
    let text = |text: &str| escaped(&typeset(text.trim(), lang));
    write(&mut out, blocks, &Names { title: "p", heading: "h3", text: &text, is_section: true }, lang);
    out
}

/// The elements of a report, and how texts are written in them.
struct Names<'a> {
    title: &'static str,
    heading: &'static str,
    text: &'a dyn Fn(&str) -> String,
    is_section: bool,
}

fn write(out: &mut String, blocks: &[Block], names: &Names<'_>, lang: Lang) {
    let element = |out: &mut String, name: &str, text: &str| {
        tag(out, name, &[], &(names.text)(text));
        out.push('\n');
    };
    for block in blocks {
        match block {
            Block::Title(text) => element(out, names.title, text),
            // A heading of a page begins as a sentence does.
            Block::Heading(text) if names.is_section => element(out, names.heading, &capital(text)),
            Block::Heading(text) => element(out, names.heading, text),
            Block::Paragraph(lines) => element(out, "p", &lines.join(" ")),
            Block::List(items) => {
                out.push_str("<ul>\n");
                for item in items {
                    element(out, "li", item);
                }
                out.push_str("</ul>\n");
            }
            Block::Table(table) => self::table(out, table, names, lang),
            Block::Gap => {}
        }
    }
}

/// An element of content that is markup already; attributes without a value are left out.
fn tag(out: &mut String, name: &str, attributes: &[(&str, &str)], content: &str) {
    out.extend(["<", name]);
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        out.extend([" ", key, "=\"", value, "\""]);
    }
    out.extend([">", content, "</", name, ">"]);
}

/// A text with all that could be markup made harmless, between tags and within quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn table(out: &mut String, table: &ReportTable, names: &Names<'_>, lang: Lang) {
    let cells = |row: &Row| if let Row::Cells { cells, .. } = row { cells.len() } else { 1 };
    let columns = table.rows.iter().map(cells).max().unwrap_or(1).max(table.heads.len());
    if names.is_section {
        // Who has no mouse reaches it with the keyboard.
        out.push_str("<div class=\"wide\" role=\"group\" tabindex=\"0\">\n");
    }
    out.push_str("<table>\n");
    if !table.heads.is_empty() {
        out.push_str("<thead>\n<tr>");
        for (column, head) in table.heads.iter().enumerate() {
            // A head that says nothing is no head.
            let (name, scope) = if head.is_empty() { ("td", "") } else { ("th", "col") };
            tag(out, name, &[("scope", scope), ("class", table.class(column))], &(names.text)(head));
        }
        out.push_str("</tr>\n</thead>\n");
    }
    out.push_str("<tbody>\n");
    let mut grouped = false;
    for (place, each) in table.rows.iter().enumerate() {
        // A body for each group, and one for what comes after the last.
        let begins = matches!(each, Row::Group(_));
        let ends = grouped && matches!(each, Row::Cells { inner: false, .. });
        if place > 0 && (begins || ends) {
            out.push_str("</tbody>\n<tbody>\n");
        }
        grouped = begins || (grouped && !ends);
        row(out, each, (table, names), columns, lang);
    }
    out.push_str("</tbody>\n</table>\n");
    if names.is_section {
        out.push_str("</div>\n");
    }
}

fn row(out: &mut String, row: &Row, (table, names): (&ReportTable, &Names<'_>), columns: usize, lang: Lang) {
    let all = columns.to_string();
    out.push_str("<tr>");
    match row {
        Row::Group(name) => {
            tag(out, "th", &[("scope", "rowgroup"), ("class", "g"), ("colspan", &all)], &(names.text)(name));
        }
        Row::LeftOut(count) => tag(out, "td", &[("colspan", &all)], &(names.text)(&lang.left_out(*count))),
        Row::Cells { inner, cells } => {
            for (column, content) in cells.iter().enumerate() {
                let (name, scope) = if column == 0 && table.named { ("th", "row") } else { ("td", "") };
                match content {
                    Cell::Text(text) => {
                        let class = if column == 0 && *inner { "i" } else { table.class(column) };
                        tag(out, name, &[("scope", scope), ("class", class)], &(names.text)(text));
                    }
                    Cell::Bar(bar) => tag(out, "td", &[("class", "b")], &self::bar(bar)),
                }
            }
            for _ in cells.len()..columns {
                tag(out, "td", &[], "");
            }
        }
    }
    out.push_str("</tr>\n");
}

/// A bar as wide as its length. The figure stands beside it: a bar is for the eye alone.
fn bar(bar: &Bar) -> String {
    let length = bar.length(1_000);
    let class = if bar.part < 0 { "less" } else { "more" };
    match (length / 10, length % 10) {
        (0, 0) => String::new(),
        (percent, tenth) => {
            format!("<span class=\"{class}\" style=\"width:{percent}.{tenth}%\" aria-hidden=\"true\"></span>")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(escaped("  a <b> & \"c\" 'd'"), "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    }
}
