//! TOML to the tree, with every syntax error of the text.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{At, Entry, Node, Origin, SyntaxError, Value};
use crate::error::Code;
use crate::message;
use crate::message::Message;

pub(super) fn parse(text: &str, origin: Origin) -> Result<Node, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let at = At::offset(origin, 0); // the span of the whole document is empty
        return Ok(Node { value: Value::of_entries(entries(table.get_ref(), origin)), at });
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
            SyntaxError { code, offset: span.start, key, message: said(error.message()) }
        })
        .collect())
}

/// The parser's messages, none of which has anything of the text, in both languages.
const SAID: &[(&str, &str)] = &[
    ("`_` may only go between digits", "« _ » ne peut se trouver qu'entre des chiffres"),
    ("cannot recurse further; max recursion depth met", "trop d'imbrications"),
    ("carriage return must be followed by newline", "un retour chariot doit être suivi d'un saut de ligne"),
    ("duplicate key", "clé en double"),
    ("extra `=`", "« = » en trop"),
    ("extra assignment between key-value pairs", "« = » en trop entre une clé et sa valeur"),
    ("extra comma in array", "virgule en trop dans une liste"),
    ("extra comma in inline table", "virgule en trop dans une table en ligne"),
    ("integers with a radix cannot be signed", "un entier avec une base ne peut pas avoir de signe"),
    ("invalid basic string", "texte entre guillemets incorrect"),
    ("invalid binary number", "nombre binaire incorrect"),
    ("invalid boolean", "booléen incorrect"),
    ("invalid comment character", "caractère incorrect dans un commentaire"),
    ("invalid exponent", "exposant incorrect"),
    ("invalid float", "nombre à virgule flottante incorrect"),
    ("invalid fraction", "partie décimale incorrecte"),
    ("invalid hexadecimal number", "nombre hexadécimal incorrect"),
    ("invalid inline table element", "élément incorrect dans une table en ligne"),
    ("invalid integer number", "nombre entier incorrect"),
    ("invalid key", "clé incorrecte"),
    ("invalid key-value pair", "paire clé-valeur incorrecte"),
    ("invalid literal string", "texte entre apostrophes incorrect"),
    ("invalid mantissa", "mantisse incorrecte"),
    ("invalid multi-line basic string", "texte de plusieurs lignes incorrect"),
    ("invalid multi-line literal string", "texte de plusieurs lignes incorrect"),
    ("invalid octal number", "nombre octal incorrect"),
    ("invalid string", "texte incorrect"),
    ("invalid table", "table incorrecte"),
    ("invalid unquoted key", "clé sans guillemets incorrecte"),
    ("invalid value", "valeur incorrecte"),
    ("key with no value", "clé sans valeur"),
    ("keys cannot be multi-line basic strings", "une clé ne peut pas être un texte de plusieurs lignes"),
    ("keys cannot be multi-line literal strings", "une clé ne peut pas être un texte de plusieurs lignes"),
    ("missing array opening", "crochet ouvrant manquant"),
    ("missing assignment between key-value pairs", "« = » manquant entre une clé et sa valeur"),
    ("missing comma between array elements", "virgule manquante entre les éléments d'une liste"),
    ("missing comma between key-value pairs", "virgule manquante entre des paires clé-valeur"),
    ("missing comment start", "début de commentaire manquant"),
    ("missing escaped value", "échappement incomplet"),
    ("missing inline table opening", "accolade ouvrante manquante"),
    ("missing key for inline table element", "clé manquante dans une table en ligne"),
    ("missing opening quote", "guillemet ouvrant manquant"),
    ("missing table open", "crochet ouvrant manquant"),
    ("missing value", "valeur manquante"),
    ("missing value for key", "valeur manquante pour une clé"),
    ("radix must be lowercase", "la base s'écrit en minuscules"),
    ("recursion limit", "trop d'imbrications"),
    ("redundant integer number prefix", "préfixe de nombre entier en trop"),
    ("redundant numeric sign", "signe en trop"),
    ("string values must be quoted", "un texte s'écrit entre guillemets"),
    ("too few unicode value digits", "trop peu de chiffres dans un échappement Unicode"),
    ("unclosed array", "liste non fermée"),
    ("unclosed array table", "en-tête de tables non fermé"),
    ("unclosed inline table", "table en ligne non fermée"),
    ("unclosed table", "en-tête de table non fermé"),
    ("unexpected `=` in array", "« = » inattendu dans une liste"),
    ("unexpected content", "contenu inattendu"),
    ("unexpected content between comment and newline", "contenu inattendu entre un commentaire et la fin de la ligne"),
    ("unexpected key or value", "clé ou valeur inattendue"),
    ("unexpected leading zero", "zéro inattendu au début d'un nombre"),
    ("unexpected sign", "signe inattendu"),
    ("unquoted keys cannot be empty", "une clé sans guillemets ne peut pas être vide"),
];

/// The parser's expectations; words in backquotes are the same in both languages.
const EXPECTED: &[(&str, &str)] = &[
    ("basic string", "un texte entre guillemets"),
    ("characters", "des caractères"),
    ("digits", "des chiffres"),
    ("key", "une clé"),
    ("letters", "des lettres"),
    ("literal string", "un texte entre apostrophes"),
    ("newline", "un saut de ligne"),
    ("non-double-quote visible characters", "des caractères visibles sauf le guillemet"),
    ("non-single-quote characters", "des caractères sauf l'apostrophe"),
    ("non-single-quote visible characters", "des caractères visibles sauf l'apostrophe"),
    ("nothing", "rien"),
    ("numbers", "des chiffres"),
    ("printable characters", "des caractères imprimables"),
    ("unicode hexadecimal value", "un numéro Unicode hexadécimal"),
    ("value", "une valeur"),
];

/// The parser's expectation, in French.
fn accepted(expected: &str) -> Option<String> {
    let item = |item: &str| {
        let same = item.len() > 1 && item.starts_with('`') && item.ends_with('`');
        if same { Some(item.to_owned()) } else { french(EXPECTED, item).map(str::to_owned) }
    };
    expected.split(", ").map(item).collect::<Option<Vec<_>>>().map(|items| items.join(", "))
}

fn french(table: &[(&str, &'static str)], english: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == english).map(|(_, french)| *french)
}

/// The parser's finding, and its most frequent cause.
fn said(found: &str) -> Message {
    // The parser of dates says which part of one is wrong, in many ways.
    if ["invalid date", "invalid time", "invalid offset"].iter().any(|begin| found.starts_with(begin)) {
        return message!(
            "not TOML: no whole date, and not in quotation marks; a month is written such as \"2026-03\"",
            "pas du TOML : ni une date entière, ni entre guillemets ; un mois s'écrit par exemple \"2026-03\""
        );
    }
    let (fault, expected) = found.split_once(", expected ").map_or((found, None), |(a, b)| (a, Some(b)));
    let mut french = french(SAID, fault).unwrap_or("syntaxe incorrecte").to_owned();
    if let Some(accepted) = expected.and_then(accepted) {
        french = format!("{french} ; attendu : {accepted}");
    }
    let hint = match fault {
        "invalid date-time"
        | "invalid integer number"
        | "invalid float"
        | "invalid fraction"
        | "invalid mantissa"
        | "string values must be quoted"
        | "unexpected leading zero"
        | "invalid value"
        | "unexpected content"
        | "unexpected key or value" => message!(
            "; a month and a decimal are written in quotation marks, such as \"2026-03\" and \"0.025\"",
            " ; un mois et un nombre décimal s'écrivent entre guillemets, comme \"2026-03\" et \"0.025\""
        ),
        _ => Message::default(),
    };
    message!("not TOML: {found}{hint}", "pas du TOML : {french}{hint}", hint)
}

fn entries(table: &DeTable<'_>, origin: Origin) -> Vec<Entry> {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Entry {
        key: ToString::to_string(key.get_ref()),
        at: At::offset(origin, key.span().start),
        node: node(value, origin),
    };
    table.iter().map(entry).collect()
}

fn node(value: &Spanned<DeValue<'_>>, origin: Origin) -> Node {
    let at = At::offset(origin, value.span().start);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => match i128::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(number) => Value::Whole(number),
            Err(_) => Value::Float(whole.to_string()),
        },
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Boolean(boolean) => Value::Bool(*boolean),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(nodes) => Value::of_nodes(nodes.iter().map(|value| node(value, origin)).collect()),
        DeValue::Table(table) => Value::of_entries(entries(table, origin)),
    };
    Node { value, at }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Something of every kind that TOML has.
    const WHOLE: &str = "a = 1\n\"b c\" = 'x' # c\n[t.u]\nd = [1, 2]\ne = { f = 1, g = true }\nh = \"\"\"x\ny\"\"\"\n\
                         i = '''x'''\nj = 0x1F\nk = -1.5e+3\nl = 2026-03-01T10:00:00Z\nm = \"\\u00e9\\n\"\n[[v]]\nn = 0b1\n\
                         o = 0o7\np = 1_000\nq = inf\n";

    /// Texts whose faults no single change of another makes.
    const FURTHER: &[&str] =
        &["a = -0x1", "a = 0X1", "a = ++1", "a = x", "a = 1\na = 2", "a = \"\\", "a", "a =", "= 1"];

    /// The parser's messages for a text and for every change of it by one character.
    fn provoked() -> BTreeSet<String> {
        let mut texts: Vec<String> = FURTHER.iter().map(|&text| text.to_owned()).collect();
        for at in 0..WHOLE.len() {
            let (before, after) = WHOLE.split_at(at);
            texts.push(before.to_owned());
            texts.push(format!("{before}{}", &after[1..]));
            for put in "=,[]{}\"'#_-+.0x9\n\r\\ é\u{0}".chars() {
                texts.push(format!("{before}{put}{after}"));
                texts.push(format!("{before}{put}{}", &after[1..]));
            }
        }
        let messages = |text: &String| {
            DeTable::parse_recoverable(text).1.iter().map(|error| error.message().to_owned()).collect::<Vec<_>>()
        };
        texts.iter().flat_map(messages).collect()
    }

    #[test]
    fn whatever_the_parser_says_has_its_french() {
        let provoked = provoked();
        assert!(provoked.len() > 30, "few faults are found: {provoked:?}");
        let unknown: Vec<_> = provoked.iter().filter(|found| said(found).fr().contains("syntaxe incorrecte")).collect();
        assert!(unknown.is_empty(), "no French of {unknown:?}");
        let quoted = said("string values must be quoted, expected literal string");
        assert!(quoted.en().contains("such as \"2026-03\"") && quoted.fr().contains("s'écrivent entre guillemets"));
        for found in provoked {
            let (en, fr) = (said(&found).en().to_owned(), said(&found).fr().to_owned());
            assert!(en.starts_with("not TOML: ") && fr.starts_with("pas du TOML : ") && !fr.contains(&found), "{fr}");
            let whole = !found.contains(", expected ") || fr.contains("attendu : ") || fr.contains("ni une date");
            assert!(whole, "what is expected has no French: {found}");
        }
    }
}
