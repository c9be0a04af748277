//! Tables as CSV.
//!
//! In English: commas, decimal points. In French, for a spreadsheet set to French: semicolons, decimal commas, and a
//! byte order mark, without which the spreadsheet takes the text for another encoding. The names of columns are the
//! same in both. The last column, `internal`, is `true` in every row: it marks the table as not for publication, and
//! stays with rows that are copied.

use relocost::{Error, Lang, Watch};
use serde_json::Value;

use crate::cells::Cell;
use crate::columns::{Column, Type};
use crate::{Table, Tables};

/// The column that marks a table, after its own.
pub const INTERNAL: &str = "internal";

/// A result as CSV: its table of all figures or, where it has none, every figure by its path.
///
/// # Errors
/// As [`Tables::table`]; the watch, which is called for each row, cancels it.
pub fn result<R: Tables + serde::Serialize>(result: &R, lang: Lang, watch: &Watch<'_>) -> Result<String, Error> {
    match result.csv_table().map(|what| result.table(what.name)).transpose()?.flatten() {
        Some(found) => table(&found, lang, watch),
        None => Ok(figures(result, lang)),
    }
}

/// A table as CSV.
///
/// ```
/// use relocost::{Error, Lang, Watch};
/// use relocost_tables::{Tables, csv};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let years = scenario.compare()?.table("by_fiscal_year")?.expect("a table of comparisons");
/// let text = csv::table(&years, Lang::En, &Watch::default())?;
/// assert!(text.starts_with("fiscal_year,base,alternative,extra,premium,internal\n2026,"));
/// let french = csv::table(&years, Lang::Fr, &Watch::default())?;
/// assert!(french.starts_with("\u{feff}fiscal_year;base;alternative;extra;premium;internal\n2026;"));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// The watch, which is called for each row, cancels it.
pub fn table(table: &Table, lang: Lang, watch: &Watch<'_>) -> Result<String, Error> {
    let mark = table.head().is_internal().then_some(INTERNAL);
    let heads = table.columns().map(Column::name).chain(mark);
    let mut out = Writer::new(lang);
    out.row(heads.map(|name| (name, false)));
    let kinds: Vec<Type> = table.columns().map(Column::kind).collect();
    for part in table.parts(0..table.rows(), watch) {
        let (first, part) = part?;
        for row in 0..part.rows() {
            watch.tell(first + row, table.rows())?;
            let cells: Vec<(String, bool)> =
                part.row(row).zip(&kinds).map(|(cell, kind)| (text(cell, *kind), kind.is_number())).collect();
            let mark = mark.map(|_| ("true", false));
            out.row(cells.iter().map(|(text, number)| (text.as_str(), *number)).chain(mark));
        }
    }
    watch.tell(table.rows(), table.rows())?;
    Ok(out.finish())
}

/// A cell as text. Free text that a spreadsheet would take for a formula gets an apostrophe before it.
fn text(cell: Cell<'_>, kind: Type) -> String {
    let text = cell.to_string();
    if kind == Type::Text && text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// Every figure of a result, one a row: its path in the result's JSON, as expectations name it, and its value.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let text = relocost_tables::csv::figures(&scenario.compare()?, relocost::Lang::En);
/// assert!(text.starts_with("figure,value\nschema,1\ninternal,true\ncurrency,EUR\n"));
/// assert!(text.contains("\ncomparison.extra,39806.27\n"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn figures(result: &impl serde::Serialize, lang: Lang) -> String {
    let mut out = Writer::new(lang);
    out.row([("figure", false), ("value", false)]);
    flatten(&serde_json::to_value(result).unwrap_or_default(), "", &mut out);
    out.finish()
}

fn flatten(value: &Value, path: &str, out: &mut Writer) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                flatten(value, &below(key), out);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                flatten(value, &below(&index.to_string()), out);
            }
        }
        Value::Null => out.row([(path, false), ("", false)]),
        Value::String(text) => out.row([(path, false), (text, is_decimal(text))]),
        other => out.row([(path, false), (&other.to_string(), other.is_number())]),
    }
}

/// True if a text is a decimal as figures are written: `-12.50`.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    digits(whole.strip_prefix('-').unwrap_or(whole)) && fraction.is_none_or(digits)
}

/// Rows of a dialect.
struct Writer {
    rows: ::csv::Writer<Vec<u8>>,
    lang: Lang,
}

impl Writer {
    fn new(lang: Lang) -> Self {
        let (start, delimiter) = match lang {
            Lang::En => ("", b','),
            Lang::Fr => ("\u{feff}", b';'),
        };
        let rows = ::csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(start.into());
        Self { rows, lang }
    }

    /// A row of texts, each with whether it is a number. Writing to memory cannot fail.
    fn row<'t>(&mut self, cells: impl IntoIterator<Item = (&'t str, bool)>) {
        for (text, number) in cells {
            _ = if number && self.lang == Lang::Fr {
                self.rows.write_field(text.replace('.', ","))
            } else {
                self.rows.write_field(text)
            };
        }
        _ = self.rows.write_record(None::<&[u8]>);
    }

    fn finish(self) -> String {
        self.rows.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_decimals_get_a_comma() {
        for (text, is) in [
            ("12.50", true),
            ("-0.1", true),
            ("7", true),
            ("2026-03", false),
            ("1.2.3", false),
            ("EUR", false),
            ("", false),
            (".5", false),
        ] {
            assert_eq!(is_decimal(text), is, "{text}");
        }
    }

    #[test]
    fn a_text_is_no_formula() {
        assert_eq!(text(Cell::Text("=1+1"), Type::Text), "'=1+1");
        assert_eq!(text(Cell::Decimal("-1.5"), Type::Ratio), "-1.5");
    }
}
