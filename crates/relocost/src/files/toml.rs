//! TOML to the tree, with every syntax error of the text.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{At, Entry, Node, SyntaxError, Value};
use crate::error::Code;

pub(super) fn parse(text: &str) -> Result<Node, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let at = At::offset(0); // the span of the whole document is empty
        return Ok(Node { value: Value::Table(entries(table.get_ref())), at });
    }
    Err(errors
        .iter()
        .map(|error| {
            let code = match error.message() {
                message if message.contains("duplicate") => Code::DuplicateKey,
                message if message.contains("recurs") => Code::TooDeep,
                _ => Code::Syntax,
            };
            let span = error.span().unwrap_or(0..0);
            let key = match code {
                Code::DuplicateKey => {
                    super::shown_key(text.get(span.clone()).unwrap_or("").trim_matches(['"', '\'', ' ']))
                }
                _ => String::new(),
            };
            SyntaxError { code, offset: span.start, key, message: format!("not TOML: {}", error.message()) }
        })
        .collect())
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Entry {
        key: ToString::to_string(key.get_ref()),
        at: At::offset(key.span().start),
        node: node(value),
    };
    table.iter().map(entry).collect()
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let at = At::offset(value.span().start);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => match i128::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(number) => Value::Whole(number),
            Err(_) => Value::Float(whole.to_string()),
        },
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Boolean(boolean) => Value::Bool(*boolean),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(nodes) => Value::List(nodes.iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node { value, at }
}
