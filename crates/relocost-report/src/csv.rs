//! Results as CSV: figures by the path of their JSON, entries row by row.

use relocost::{Caseload, Delay, Entry, Explanation, Ledger, Money, ReportedBand};
use serde_json::Value;

fn flatten(value: &Value, path: String, rows: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                flatten(value, if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, rows);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                flatten(value, format!("{path}.{index}"), rows);
            }
        }
        Value::Null => rows.push(vec![path, String::new()]),
        Value::String(text) => rows.push(vec![path, text.clone()]),
        other => rows.push(vec![path, other.to_string()]),
    }
}

/// The columns of an entry, as its JSON calls them.
const ENTRY: [&str; 12] = [
    "month",
    "stage",
    "solution",
    "line",
    "category",
    "quantity",
    "unit_price",
    "currency",
    "index_factor",
    "exchange_rate",
    "relief",
    "amount",
];

fn cells(entry: &Entry<'_>) -> Vec<String> {
    let value = serde_json::to_value(entry).unwrap_or_default();
    let cell = |key: &str| match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    ENTRY.iter().map(|key| cell(key)).collect()
}

/// A ledger, one entry a row.
pub fn ledger_csv(ledger: &Ledger) -> String {
    let mut rows = vec![ENTRY.map(str::to_owned).to_vec()];
    rows.extend(ledger.entries().map(|entry| cells(&entry)));
    write(&rows)
}

/// The entries of a traced figure, with the exact product before rounding and the part that the figure sums.
pub fn explanation_csv(explanation: &Explanation<'_>) -> String {
    let mut rows =
        vec![[ENTRY.as_slice(), &["unrounded", "part"]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>()];
    let more = |(entry, part): &(Entry<'_>, Money)| {
        [cells(entry), vec![entry.unrounded().to_fraction(), part.to_string()]].concat()
    };
    rows.extend(explanation.entries().iter().map(more));
    write(&rows)
}

/// The cost of delay, one wait a row.
pub fn delay_csv(delay: &Delay) -> String {
    let columns = ["total", "extra", "month"];
    let heads =
        ["within_horizon", "full_course"].iter().flat_map(|side| columns.map(|column| format!("{side}_{column}")));
    let mut rows = vec![std::iter::once("months".to_owned()).chain(heads).collect::<Vec<_>>()];
    rows.extend(delay.rows().iter().map(|row| {
        let figures = [row.within_horizon, row.full_course].map(|side| [side.total, side.extra, side.month]);
        std::iter::once(row.months.to_string())
            .chain(figures.into_iter().flatten().map(|figure| figure.to_string()))
            .collect()
    }));
    write(&rows)
}

/// The rows of a caseload.
pub fn caseload_csv(caseload: &Caseload) -> String {
    let heads = ["reference", "count", "base", "alternative", "extra", "premium", "band"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(caseload.households.iter().map(|row| {
        let premium = row.difference.premium();
        let band = premium.band(ReportedBand::COURT_2015).map_or(String::new(), |band| band.to_string());
        vec![
            row.reference.clone(),
            row.count.to_string(),
            row.difference.base.to_string(),
            row.difference.alternative.to_string(),
            row.difference.extra.to_string(),
            premium.ratio().map_or(String::new(), |ratio| ratio.to_string()),
            band,
        ]
    }));
    write(&rows)
}

/// Every figure of a result, one a row: its path in the result's JSON, as expectations name it, and its value.
pub fn figures_csv(result: &impl serde::Serialize) -> String {
    let mut rows = vec![vec!["figure".to_owned(), "value".to_owned()]];
    flatten(&serde_json::to_value(result).unwrap_or_default(), String::new(), &mut rows);
    write(&rows)
}

fn write(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and every row has as many cells as the first.
        if writer.write_record(row).is_err() {
            return String::new();
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
