//! A typed table for a reader, in any form of a report.

use relocost::{Error, Lang, Watch, message};
use relocost_tables::{Cell, Column, Type};

use crate::Style;
use crate::document::Document;
use crate::number::{NONE, grouped, money, percent, significant, whole};
use crate::table::ReportTable;
use crate::words::Words as _;

/// Below this, a number of a simulation is shown by its digits instead of in whole units.
const SMALL: f64 = 1000.0;

/// A typed table for a reader: what it is, what its money is in, and its rows under labels.
///
/// ```
/// use relocost_report::{Style, table};
/// use relocost_tables::Tables;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let years = scenario.compare()?.table("by_fiscal_year")?.expect("a table of comparisons");
/// let text = table(&years, Style::default());
/// assert!(text.starts_with("By budget year, in EUR\nInternal: exact figures"));
/// assert!(text.contains("budget year       base  alternative      extra  premium"), "{text}");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn table(typed: &relocost_tables::Table, style: Style) -> String {
    table_under(typed, style, &Watch::default()).unwrap_or_default() // which never cancels
}

/// As [`table`], with a watch that is called for each row.
///
/// # Errors
/// The watch cancels it.
pub fn table_under(typed: &relocost_tables::Table, style: Style, watch: &Watch<'_>) -> Result<String, Error> {
    let lang = style.lang;
    let mut out = Document::new(style);
    let (what, code) = (typed.what().label(lang), typed.head().currency().code());
    out.title(message!("{what}, in {code}", "{what}, en {code}").text(lang).to_owned());
    if typed.head().is_internal() {
        out.notice(lang.internal());
    }
    let begins = typed.head().about().map_or(1, relocost::About::fiscal_year_start);
    if begins != 1 && typed.columns().any(|column| column.name() == "fiscal_year") {
        let line = message!("Budget years begin in month {begins}.", "Les exercices commencent au mois {begins}.");
        out.line(line.text(lang));
    }
    out.gap();
    let rows = rows_of(typed, style, watch)?;
    out.table(rows);
    out.finish_under(watch)
}

/// The rows of a typed table under the labels of its columns.
pub(crate) fn rows_of(typed: &relocost_tables::Table, style: Style, watch: &Watch<'_>) -> Result<ReportTable, Error> {
    let lang = style.lang;
    // Texts stand at the left of a layout; a table may have some between its numbers.
    let texts = typed.columns().take_while(|column| !column.kind().is_number()).count();
    let mut rows = ReportTable::new(style, texts).unnamed();
    rows.heads(typed.columns().map(|column| column.label(lang)));
    let columns: Vec<&Column> = typed.columns().collect();
    let [first, last] = rows.shown(typed.rows());
    let left_out = last.start - first.end;
    for (place, range) in [first, last].into_iter().enumerate() {
        for part in typed.parts(range, watch) {
            let (_, part) = part?;
            for row in 0..part.rows() {
                let cells = part.row(row).zip(&columns).map(|(cell, column)| {
                    let text = shown(cell, column.kind(), lang);
                    if column.name() == "reference" { style.pseudonym(text) } else { text }
                });
                rows.row(cells.collect::<Vec<_>>());
            }
        }
        rows.left_out(if place == 0 { left_out } else { 0 });
    }
    Ok(rows)
}

/// A value as reports show it; the table itself has all of it.
fn shown(cell: Cell<'_>, kind: Type, lang: Lang) -> String {
    match cell {
        Cell::None => NONE.to_owned(),
        Cell::Money(amount) => money(amount, lang),
        Cell::Premium(premium) => premium.ratio().map_or_else(|| NONE.to_owned(), |ratio| percent(ratio, lang)),
        Cell::Decimal(text) => grouped(text, lang),
        Cell::Whole(number) if kind == Type::Count => grouped(&number.to_string(), lang),
        Cell::Binary(value) if value.abs() < SMALL => significant(value, 4, lang),
        Cell::Binary(value) => whole(value, lang),
        other => other.to_string(),
    }
}
