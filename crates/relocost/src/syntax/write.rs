//! The tree as TOML or JSON.

use serde::{Serialize, Serializer};

use super::{Node, Value};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Nothing => serializer.serialize_unit(),
            Value::Bool(boolean) => serializer.serialize_bool(*boolean),
            Value::Whole(whole) => match i64::try_from(*whole) {
                Ok(whole) => serializer.serialize_i64(whole),
                Err(_) => serializer.collect_str(whole),
            },
            Value::Float(text) | Value::Date(text) | Value::Text(text) => serializer.serialize_str(text),
            Value::List(nodes) => serializer.collect_seq(nodes.iter()),
            Value::Table(entries) => serializer.collect_map(entries.iter().map(|entry| (&entry.key, &entry.node))),
        }
    }
}

/// The tree as TOML.
pub(crate) fn to_toml(node: &Node) -> String {
    // A tree built from a scenario has only tables with text keys at its root and no nulls: writing it cannot fail.
    toml::to_string(node).unwrap_or_default()
}

/// A value in one line of TOML; what is neither a table, a list nor a number is a text.
pub(crate) fn to_inline_toml(node: &Node) -> String {
    match &node.value {
        Value::Table(entries) => {
            let entry = |entry: &super::Entry| format!("{} = {}", entry.key, to_inline_toml(&entry.node));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::List(nodes) => format!("[{}]", nodes.iter().map(to_inline_toml).collect::<Vec<_>>().join(", ")),
        Value::Whole(whole) => whole.to_string(),
        Value::Text(text) => toml_edit::Value::from(text.as_str()).to_string(),
        _ => "\"\"".to_owned(),
    }
}

/// The tree as JSON, indented.
pub(crate) fn to_json(node: &Node) -> String {
    serde_json::to_string_pretty(node).unwrap_or_default()
}
