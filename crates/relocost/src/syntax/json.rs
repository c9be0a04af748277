//! JSON to the tree. Comments, trailing commas and the like are refused: the text must be JSON for everyone.

use std::collections::HashSet;

use jsonc_parser::ast;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{At, Entry, Node, Origin, SyntaxError, Value};
use crate::error::Code;
use crate::message;
use crate::message::Message;

pub(super) fn parse(text: &str, origin: Origin) -> Result<Node, Vec<SyntaxError>> {
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
    let failed = |code, offset, why: Message| {
        let message = message!("not JSON: {why}", "pas du JSON : {why}", why);
        vec![SyntaxError { code, offset, key: String::new(), message }]
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict).map_err(|error| {
        let too_deep = matches!(error.kind(), ParseErrorKind::NestingDepthExceeded);
        let code = if too_deep { Code::TooDeep } else { Code::Syntax };
        failed(code, error.range().start, said(error.kind()))
    })?;
    let Some(value) = parsed.value else {
        return Err(failed(Code::Syntax, 0, message!("the text is empty", "le texte est vide")));
    };
    // The parser above takes some white space that JSON does not have.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        return Err(failed(
            Code::Syntax,
            line + error.column().saturating_sub(1),
            message!("a character that may not stand here", "un caractère qui ne peut pas se trouver ici"),
        ));
    }
    let mut duplicates = Vec::new();
    let node = node(&value, origin, &mut duplicates);
    if duplicates.is_empty() { Ok(node) } else { Err(duplicates) }
}

/// The parser's finding, without anything of the text.
fn said(kind: &ParseErrorKind) -> Message {
    use ParseErrorKind as Kind;
    match kind {
        Kind::BareDecimalPointNumbersNotAllowed => {
            message!("a number with a point at its beginning or end", "un nombre avec un point au début ou à la fin")
        }
        Kind::CommentsNotAllowed => message!("a comment, which JSON does not have", "un commentaire, que JSON n'a pas"),
        Kind::ExpectedColonAfterObjectKey => {
            message!("expected a colon after a key", "attendu : un deux-points après une clé")
        }
        Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => message!("expected a digit", "attendu : un chiffre"),
        Kind::ExpectedObjectValue => message!("expected a value after a key", "attendu : une valeur après une clé"),
        Kind::ExpectedStringObjectProperty => {
            message!("expected a key in quotation marks", "attendu : une clé entre guillemets")
        }
        Kind::HexadecimalNumbersNotAllowed => message!("a hexadecimal number", "un nombre hexadécimal"),
        Kind::ExpectedComma => message!("expected a comma", "attendu : une virgule"),
        Kind::MultipleRootJsonValues => message!("more than one value", "plus d'une valeur"),
        Kind::NonFiniteNumbersNotAllowed => message!("a number that is not finite", "un nombre qui n'est pas fini"),
        Kind::SingleQuotedStringsNotAllowed => {
            message!("a text in single quotation marks", "un texte entre apostrophes")
        }
        Kind::String(_) => message!(
            "a text that does not end, or has an escape that JSON does not have",
            "un texte qui ne se termine pas, ou qui a un échappement que JSON n'a pas"
        ),
        Kind::TrailingCommasNotAllowed => {
            message!("a comma after the last entry", "une virgule après le dernier élément")
        }
        Kind::UnaryPlusNumbersNotAllowed => message!("a number with a plus sign", "un nombre avec un signe plus"),
        Kind::UnexpectedCloseBrace => message!("unexpected closing brace", "accolade fermante inattendue"),
        Kind::UnexpectedCloseBracket => message!("unexpected closing bracket", "crochet fermant inattendu"),
        Kind::UnexpectedColon => message!("unexpected colon", "deux-points inattendu"),
        Kind::UnexpectedComma => message!("unexpected comma", "virgule inattendue"),
        Kind::UnexpectedToken | Kind::UnexpectedTokenInObject => {
            message!("unexpected token", "élément inattendu")
        }
        Kind::UnexpectedWord => {
            message!(
                "unexpected word; a text stands in quotation marks",
                "mot inattendu ; un texte s'écrit entre guillemets"
            )
        }
        Kind::UnterminatedArray => message!("unterminated array", "liste non terminée"),
        Kind::UnterminatedCommentBlock => message!("unterminated comment block", "commentaire non terminé"),
        Kind::UnterminatedObject => message!("unterminated object", "objet non terminé"),
        Kind::NestingDepthExceeded => message!("maximum nesting depth exceeded", "trop d'imbrications"),
    }
}

fn node(value: &ast::Value<'_>, origin: Origin, duplicates: &mut Vec<SyntaxError>) -> Node {
    use jsonc_parser::common::Ranged;
    let at = At::offset(origin, value.range().start);
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => match number.value.parse() {
            Ok(whole) => Value::Whole(whole),
            Err(_) => Value::Float(number.value.to_owned()),
        },
        ast::Value::BooleanLit(boolean) => Value::Bool(boolean.value),
        ast::Value::NullKeyword(_) => Value::Nothing,
        ast::Value::Array(array) => {
            Value::of_nodes(array.elements.iter().map(|value| node(value, origin, duplicates)).collect())
        }
        ast::Value::Object(object) => {
            let mut seen = HashSet::new();
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in &object.properties {
                let key = property.name.as_str();
                let offset = property.name.range().start;
                if !seen.insert(key) {
                    let message = message!(
                        "not JSON as it is read here: this key stands twice in one object",
                        "pas du JSON tel qu'il est lu ici : cette clé figure deux fois dans un objet"
                    );
                    duplicates.push(SyntaxError {
                        code: Code::DuplicateKey,
                        offset,
                        key: super::shown_key(key),
                        message,
                    });
                }
                let node = node(&property.value, origin, duplicates);
                entries.push(Entry { key: key.to_owned(), at: At::offset(origin, offset), node });
            }
            Value::of_entries(entries)
        }
    };
    Node { value, at }
}
