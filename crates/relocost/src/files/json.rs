//! JSON to the tree. Comments, trailing commas and the like are refused: the text must be JSON for everyone.

use std::collections::HashSet;

use jsonc_parser::ast;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{At, Entry, Node, SyntaxError, Value};
use crate::error::Code;

pub(super) fn parse(text: &str) -> Result<Node, Vec<SyntaxError>> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let failed = |code, offset, message: &str| {
        vec![SyntaxError { code, offset, key: String::new(), message: format!("not JSON: {message}") }]
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict).map_err(|error| {
        let too_deep = matches!(error.kind(), ParseErrorKind::NestingDepthExceeded);
        let code = if too_deep { Code::TooDeep } else { Code::Syntax };
        failed(code, error.range().start, &error.kind().to_string().to_lowercase())
    })?;
    let Some(value) = parsed.value else { return Err(failed(Code::Syntax, 0, "the text is empty")) };
    // The parser above takes some white space that JSON does not have.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        return Err(failed(
            Code::Syntax,
            line + error.column().saturating_sub(1),
            "a character that may not stand here",
        ));
    }
    let mut duplicates = Vec::new();
    let node = node(&value, &mut duplicates);
    if duplicates.is_empty() { Ok(node) } else { Err(duplicates) }
}

fn node(value: &ast::Value<'_>, duplicates: &mut Vec<SyntaxError>) -> Node {
    use jsonc_parser::common::Ranged;
    let at = At::offset(value.range().start);
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => match number.value.parse() {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Float(number.value.to_owned()),
        },
        ast::Value::BooleanLit(boolean) => Value::Bool(boolean.value),
        ast::Value::NullKeyword(_) => Value::Nothing,
        ast::Value::Array(array) => Value::List(array.elements.iter().map(|value| node(value, duplicates)).collect()),
        ast::Value::Object(object) => {
            let mut seen = HashSet::new();
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in &object.properties {
                let key = property.name.as_str();
                let offset = property.name.range().start;
                if !seen.insert(key) {
                    let message = "not JSON as it is read here: this key stands twice in one object".to_owned();
                    duplicates.push(SyntaxError {
                        code: Code::DuplicateKey,
                        offset,
                        key: super::shown_key(key),
                        message,
                    });
                }
                let node = node(&property.value, duplicates);
                entries.push(Entry { key: key.to_owned(), at: At::offset(offset), node });
            }
            Value::Table(entries)
        }
    };
    Node { value, at }
}
