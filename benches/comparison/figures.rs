//! The check that a peer gives the library's figures.

use serde_json::Value;

/// The fields that the library writes and the peers do not compute: the setting, not a figure.
const SETTING: [&str; 9] = [
    "schema",
    "internal",
    "currency",
    "start",
    "horizon_months",
    "fiscal_year_start",
    "basis",
    "charged_lines",
    "illustrative_lines",
];

/// Stops unless every figure is the same on both sides; how many there are.
pub(crate) fn same(ours: &Value, theirs: &Value, name: &str) -> usize {
    let mut different = Vec::new();
    let count = walk(ours, theirs, "", &mut different);
    assert!(
        different.is_empty(),
        "{name} gives other figures, so that no time of it means anything:\n{}",
        different.join("\n")
    );
    count
}

fn walk(ours: &Value, theirs: &Value, path: &str, different: &mut Vec<String>) -> usize {
    if let (Value::Object(ours), Value::Object(theirs)) = (ours, theirs) {
        let keys = ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(*key)));
        keys.filter(|key| !(SETTING.contains(&key.as_str()) || path == ".comparison" && is_name(key)))
            .map(|key| {
                let get = |side: &serde_json::Map<String, Value>| side.get(key).cloned().unwrap_or(Value::Null);
                walk(&get(ours), &get(theirs), &format!("{path}.{key}"), different)
            })
            .sum()
    } else {
        // A table that nothing feeds, such as that by place, may be left out.
        let empty = theirs.is_null() && ours.as_object().is_some_and(serde_json::Map::is_empty);
        if ours != theirs && !empty {
            different.push(format!("{path}: {ours} here, {theirs} there"));
        }
        1
    }
}

/// The names of the pair compared.
fn is_name(key: &str) -> bool {
    matches!(key, "base" | "alternative")
}
