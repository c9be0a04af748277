//! TOML as it is mostly written, straight to the tree.
//!
//! The events of the parser under `toml` are made into nodes as they come, without its tables between. Dotted keys, dates,
//! a table that is opened once more, very long and very deep tables and whatever is wrong are left to `toml`, which knows
//! all rules and says what is not kept.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span};

use super::{At, Entry, Node, Origin, Value};
use crate::limits;

/// The entries of a table up to which a key is looked for among those before it.
const ENTRIES: usize = 256;

/// The tree of a text that has nothing unusual and nothing wrong.
pub(super) fn parse(text: &str, origin: Origin) -> Option<Node> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut builder = Builder::new(text, origin);
    let mut wrong = false;
    let mut errors = |_: ParseError| wrong = true;
    parse_document(&tokens, &mut ValidateWhitespace::new(&mut builder, source), &mut errors);
    let root = builder.finish();
    root.filter(|_| !wrong)
}

/// What is open: a table or list that is written within brackets, or the table of the last header.
enum Open {
    Table { at: At, entries: Vec<Entry>, key: Option<(String, At)> },
    List { at: At, nodes: Vec<Node> },
}

/// The head of a table: the keys that lead to it.
struct Header {
    at: At,
    keys: Vec<(String, At)>,
    is_list: bool,
}

struct Builder<'t> {
    text: &'t str,
    origin: Origin,
    root: Vec<Entry>,
    /// The table of the last header first, then what is open within it.
    open: Vec<Open>,
    /// The header of that table; `None` for the keys before every header.
    header: Option<Header>,
    in_header: bool,
    /// Where the tables and lists stand that headers made, in increasing order.
    made: Vec<u32>,
    /// True if something is left to `toml`.
    unusual: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, origin: Origin) -> Self {
        let at = At::offset(origin, 0); // the span of the whole document is empty
        let open = vec![Open::Table { at, entries: Vec::new(), key: None }];
        Self { text, origin, root: Vec::new(), open, header: None, in_header: false, made: Vec::new(), unusual: false }
    }

    fn finish(mut self) -> Option<Node> {
        self.close_table();
        let at = At::offset(self.origin, 0);
        (!self.unusual).then_some(Node { value: Value::of_entries(self.root), at })
    }

    fn at(&self, span: Span) -> At {
        At::offset(self.origin, span.start())
    }

    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Raw<'t> {
        Raw::new_unchecked(self.text.get(span.start()..span.end()).unwrap_or_default(), encoding, span)
    }

    fn open_table(&mut self, span: Span, is_list: bool) {
        self.close_table();
        self.in_header = true;
        self.header = Some(Header { at: self.at(span), keys: Vec::new(), is_list });
    }

    /// Puts the table of the last header where it belongs.
    fn close_table(&mut self) {
        let entries = match self.open.pop() {
            Some(Open::Table { entries, key: None, .. }) if self.open.is_empty() => entries,
            _ => return self.unusual = true,
        };
        match self.header.take() {
            None => self.root = entries,
            Some(header) => self.unusual |= put(&mut self.root, &mut self.made, header, entries).is_none(),
        }
        self.open = vec![Open::Table { at: At::default(), entries: Vec::new(), key: None }];
    }

    /// Opens a table or list within brackets, unless it lies deeper than any key takes: the parser recurses into it.
    fn open_within(&mut self, open: Open) -> bool {
        let of_header = self.header.as_ref().map_or(0, |header| header.keys.len());
        let is_deep = of_header + self.open.len() > limits::DEPTH;
        if is_deep {
            self.unusual = true;
        } else {
            self.open.push(open);
        }
        !is_deep
    }

    fn add(&mut self, node: Node) {
        let added = match self.open.last_mut() {
            Some(Open::List { nodes, .. }) => {
                nodes.push(node);
                Some(())
            }
            Some(Open::Table { entries, key, .. }) => key.take().and_then(|key| insert(entries, key, node)),
            None => None,
        };
        self.unusual |= added.is_none();
    }
}

/// Puts the table of a header where its keys lead, from the root. `None` if that is unusual.
fn put(root: &mut Vec<Entry>, made: &mut Vec<u32>, header: Header, entries: Vec<Entry>) -> Option<()> {
    let Header { at, mut keys, is_list } = header;
    let last = keys.pop()?;
    let before = made.len();
    let mut table = root;
    for key in keys {
        let known = table.iter().position(|entry| entry.key == key.0);
        let place = known.unwrap_or(table.len());
        if known.is_none() {
            made.push(key.1.offset?);
            let node = Node { value: Value::of_entries(Vec::new()), at: key.1 };
            insert(table, key, node)?;
        }
        let node = &mut table.get_mut(place)?.node;
        is_made(made, node)?;
        table = match &mut node.value {
            value @ Value::Table(_) => value.entries_mut()?,
            value => value.nodes_mut()?.last_mut()?.value.entries_mut()?,
        };
    }
    let node = Node { value: Value::of_entries(entries), at };
    match table.iter_mut().find(|entry| entry.key == last.0) {
        Some(known) if is_list => {
            is_made(made, &known.node)?;
            known.node.value.nodes_mut()?.push(node);
        }
        Some(_) => return None, // opened once more
        None => {
            made.insert(before, at.offset?); // the header begins before its keys
            let node = if is_list { Node { value: Value::of_nodes(vec![node]), at } } else { node };
            insert(table, last, node)?;
        }
    }
    Some(())
}

/// `None` for a table or list that is written within brackets, to which nothing is added.
fn is_made(made: &[u32], node: &Node) -> Option<()> {
    made.binary_search(&node.at.offset?).ok().map(|_| ())
}

/// Puts an entry at the end of a table; `None` if its key is there already, or the table too long to see.
fn insert(entries: &mut Vec<Entry>, (key, at): (String, At), node: Node) -> Option<()> {
    if entries.len() >= ENTRIES || entries.iter().any(|entry| entry.key == key) {
        return None;
    }
    entries.push(Entry { key, at, node });
    Some(())
}

impl EventReceiver for Builder<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.open_table(span, false);
    }

    fn std_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.in_header = false;
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.open_table(span, true);
    }

    fn array_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.in_header = false;
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open_within(Open::Table { at: self.at(span), entries: Vec::new(), key: None })
    }

    fn inline_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::Table { at, entries, key: None }) => self.add(Node { value: Value::of_entries(entries), at }),
            _ => self.unusual = true,
        }
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.open_within(Open::List { at: self.at(span), nodes: Vec::new() })
    }

    fn array_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        match self.open.pop() {
            Some(Open::List { at, nodes }) => self.add(Node { value: Value::of_nodes(nodes), at }),
            _ => self.unusual = true,
        }
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let mut decoded = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut decoded, errors);
        let named = (decoded.into_owned(), self.at(span));
        match (self.in_header, &mut self.header, self.open.last_mut()) {
            (true, Some(header), _) if header.keys.len() < limits::DEPTH => header.keys.push(named),
            (false, _, Some(Open::Table { key: key @ None, .. })) => *key = Some(named),
            _ => self.unusual = true, // a dotted key, or a header that leads deeper than any
        }
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let mut decoded = Cow::Borrowed("");
        let value = match self.raw(span, encoding).decode_scalar(&mut decoded, errors) {
            ScalarKind::String => Some(Value::Text(decoded.into_owned())),
            ScalarKind::Integer(radix) => i128::from_str_radix(&decoded, radix.value()).ok().map(Value::Whole),
            ScalarKind::Float => Some(Value::Float(decoded.into_owned())),
            ScalarKind::Boolean(boolean) => Some(Value::Bool(boolean)),
            ScalarKind::DateTime => None,
        };
        match value {
            Some(value) => self.add(Node { value, at: self.at(span) }),
            None => self.unusual = true,
        }
    }

    fn error(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.unusual = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::toml;

    /// True if two trees say the same at the same places.
    fn same(one: &Node, other: &Node) -> bool {
        let entries =
            |one: &Entry, other: &Entry| one.key == other.key && one.at == other.at && same(&one.node, &other.node);
        one.at == other.at
            && match (&one.value, &other.value) {
                (Value::List(one), Value::List(other)) => {
                    one.len() == other.len() && one.iter().zip(&**other).all(|(one, other)| same(one, other))
                }
                (Value::Table(one), Value::Table(other)) => {
                    one.len() == other.len() && one.iter().zip(&**other).all(|(one, other)| entries(one, other))
                }
                (one, other) => one == other,
            }
    }

    /// True if a text is read: then as `toml` reads it, at the same places, and never what that refuses.
    fn agrees(text: &str) -> bool {
        let read = parse(text, Origin::Scenario);
        if let Some(read) = &read {
            let Ok(expected) = toml::parse(text, Origin::Scenario) else { panic!("wrong, and read: {text}") };
            assert!(same(read, &expected), "another tree: {text}");
        }
        read.is_some()
    }

    const USUAL: &[&str] = &[
        "",
        "a = 1 # x\n\"b c\" = 'x'\n",
        "[a]\n[a.b]\nx = 1\n[a.b.c]\n[a.d]\ny = [1, [2, '3'], { z = true }]\n",
        "k = 0x1F\nl = 1_000\nm = 1.5e3\nn = \"\\u00e9\\n\"\no = \"\"\"x\ny\"\"\"\np = '''\nz'''\n",
        "[[v]]\nn = 0b1\n[v.w]\nx = 1\n[[v.u]]\n[[v.u]]\ny = 2\n[[v]]\n[v.w]\n[x.y.z]\n[[x.q]]\n",
        "a = [\n  { b = 1 }, # x\n]\n",
    ];

    const UNUSUAL: &[&str] = &[
        "a.b = 1",
        "a = { b.c = 1 }",
        "[a.b]\n[a]\nx = 1",
        "d = 2026-03-01",
        "a = 170141183460469231731687303715884105728",
        // wrong
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = {}\n[a.b]",
        "a = []\n[[a]]",
        "a = [[1]]\n[[a]]",
        "a = [{}]\n[a.b]",
        "[[a]]\n[a]",
        "[a]\n[[a]]",
        "a = 1\n[a.b]",
        "a = { b = 1, b = 2 }",
        "[]",
        "a = ",
        "a = [1",
        "a = { b = 1",
        "a = x",
    ];

    #[test]
    fn the_usual_is_read_as_by_the_library_and_all_else_is_left_to_it() {
        for text in USUAL {
            assert!(agrees(text), "not read: {text}");
        }
        for text in UNUSUAL {
            assert!(!agrees(text), "read: {text}");
        }
        let long = (0..=ENTRIES).map(|number| format!("k{number} = 1\n")).collect::<Vec<_>>().concat();
        assert!(!agrees(&long));
        for deep in [10_000, 200_000] {
            assert!(parse(&format!("a = {}", "[".repeat(deep)), Origin::Scenario).is_none());
            assert!(parse(&format!("a = {}", "{ b = ".repeat(deep)), Origin::Scenario).is_none());
            assert!(parse(&format!("[{}]", vec!["a"; deep].join(".")), Origin::Scenario).is_none());
        }
    }

    #[test]
    fn a_text_that_is_changed_by_a_character_is_read_as_by_the_library_or_left_to_it() {
        let mut read = 0;
        for text in USUAL.iter().chain(UNUSUAL) {
            for (at, _) in text.char_indices() {
                let (before, after) = text.split_at(at);
                let rest = after.chars().next().map_or("", |first| &after[first.len_utf8()..]);
                read += usize::from(agrees(before)) + usize::from(agrees(&format!("{before}{rest}")));
                for put in "=,.[]{}\"'#_-+0abvx\n\r\\ é\u{0}".chars() {
                    read += usize::from(agrees(&format!("{before}{put}{after}")));
                    read += usize::from(agrees(&format!("{before}{put}{rest}")));
                }
            }
        }
        assert!(read > 500, "{read}");
    }

    #[test]
    fn the_reference_catalogue_is_usual() {
        assert!(agrees(crate::Catalogue::reference().text()));
    }
}
