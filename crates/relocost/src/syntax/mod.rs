//! From a text to a tree with positions, and back.
//!
//! In: TOML or JSON as text, with the name that the caller gives it. Out: one `Node` whose every key and value knows
//! its place, or all the syntax errors of the text. Nothing here touches a disk, or knows what the keys mean.

mod depth;
mod json;
mod node;
mod source;
mod toml;
mod usual;
mod write;

use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::message::Message;

pub(crate) use node::{At, Entry, Node, Value};
pub use source::{Format, Source};
pub(crate) use source::{Origin, Positions};
pub(crate) use write::{to_inline_toml, to_json, to_toml};

/// Reads a text into its tree, which is marked as coming from there.
pub(crate) fn read(source: &Source<'_>, origin: Origin) -> Result<(Node, Positions), Error> {
    if source.text.len() > limits::FILE_BYTES {
        let message = message!(
            "the text has {bytes} bytes; at most {most} are read",
            "le texte a {bytes} octets ; au plus {most} sont lus",
            bytes = source.text.len(),
            most = limits::FILE_BYTES,
        );
        return Err(Error::single(Code::TooLarge, "", message));
    }
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    let positions = Positions::new(source.name, text);
    let root = match source.format {
        Format::Toml => usual::parse(text, origin).map_or_else(
            || depth::of_toml(text).map_or_else(|| toml::parse(text, origin), |error| Err(vec![error])),
            Ok,
        ),
        Format::Json => depth::of_json(text).map_or_else(|| json::parse(text, origin), |error| Err(vec![error])),
    };
    match root.and_then(|root| too_deep(&root).map_or(Ok(root), |error| Err(vec![error]))) {
        Ok(root) => Ok((root, positions)),
        Err(mut errors) => {
            // A text that ends inside many brackets gets an error for each at the same place.
            errors.dedup_by(|a, b| a.offset == b.offset && a.message == b.message);
            let more = errors.len().saturating_sub(limits::FINDINGS);
            let findings = errors.into_iter().take(limits::FINDINGS).map(|error| positions.finding(error)).collect();
            Err(Error::new(findings, more))
        }
    }
}

/// A key as an error may show it before anyone knows what it is a key of: one of the files' own words, or nothing, for
/// a key can carry a name.
fn shown_key(key: &str) -> String {
    if crate::names::KEYS.contains(&key) { key.to_owned() } else { String::new() }
}

/// The first value that lies in more tables and lists than any key takes.
fn too_deep(root: &Node) -> Option<SyntaxError> {
    fn first_below(node: &Node, depth: usize) -> Option<u32> {
        let Some(depth) = depth.checked_sub(1) else { return Some(node.at.offset.unwrap_or(0)) };
        match &node.value {
            Value::List(nodes) => nodes.iter().filter_map(|node| first_below(node, depth)).min(),
            Value::Table(entries) => entries.iter().filter_map(|entry| first_below(&entry.node, depth)).min(),
            _ => None,
        }
    }
    first_below(root, limits::DEPTH + 1).map(|offset| nested_too_deep(offset as usize))
}

fn nested_too_deep(offset: usize) -> SyntaxError {
    let message = message!(
        "lies in more than {most} tables and lists inside one another",
        "se trouve dans plus de {most} tables et listes imbriquées",
        most = limits::DEPTH,
    );
    SyntaxError { code: Code::TooDeep, offset, key: String::new(), message }
}

/// A syntax error at an offset of the text.
pub(crate) struct SyntaxError {
    code: Code,
    offset: usize,
    key: String,
    message: Message,
}
