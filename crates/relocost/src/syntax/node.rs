//! The tree that both formats are read into, and from which both are written.

use std::sync::Arc;

use super::Origin;
use crate::types::{Amount, Currency, Id, Increase, Month, Share, Text};

/// Where something stands: in which text, at which byte. `None` for what was built in code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) origin: Origin,
    pub(crate) offset: Option<u32>,
}

impl At {
    pub(crate) fn offset(origin: Origin, offset: usize) -> Self {
        Self { origin, offset: u32::try_from(offset).ok() }
    }
}

/// A value and where it stands.
#[derive(Clone, Default)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) at: At,
}

/// Nodes are equal if they say the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A key of a table, where it stands, and its value.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: At,
    pub(crate) node: Node,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.node == other.node
    }
}

/// A value with its kind. Numbers are kept as written. Copies share lists and tables until one of them is changed.
#[derive(Clone, Default, PartialEq)]
pub(crate) enum Value {
    /// JSON's null, and what TOML's parser could not read.
    #[default]
    Nothing,
    Bool(bool),
    Whole(i128),
    /// A binary floating-point number, or a whole one beyond any use, as written.
    Float(String),
    /// A date or time without quotes, as written.
    Date(String),
    Text(String),
    List(Arc<Vec<Node>>),
    Table(Arc<Vec<Entry>>),
}

impl Value {
    pub(crate) fn of_nodes(nodes: Vec<Node>) -> Self {
        Self::List(Arc::new(nodes))
    }

    pub(crate) fn of_entries(entries: Vec<Entry>) -> Self {
        Self::Table(Arc::new(entries))
    }

    /// The entries of a table, to change them.
    pub(crate) fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        match self {
            Self::Table(entries) => Some(Arc::make_mut(entries)),
            _ => None,
        }
    }

    /// The nodes of a list, to change them.
    pub(crate) fn nodes_mut(&mut self) -> Option<&mut Vec<Node>> {
        match self {
            Self::List(nodes) => Some(Arc::make_mut(nodes)),
            _ => None,
        }
    }
}

impl Node {
    pub(crate) fn table() -> Self {
        Value::of_entries(Vec::new()).into()
    }

    /// The value of a key of a table.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Table(entries) = &self.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The entries of a table.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The nodes of a list.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// Takes a key out of a table.
    pub(crate) fn remove(&mut self, key: &str) {
        if let Some(entries) = self.value.entries_mut() {
            entries.retain(|entry| entry.key != key);
        }
    }

    /// Puts an entry into a table, in the place of one with its key.
    pub(crate) fn put(&mut self, entry: Entry) {
        if let Some(entries) = self.value.entries_mut() {
            match entries.iter_mut().find(|known| known.key == entry.key) {
                Some(known) => *known = entry,
                None => entries.push(entry),
            }
        }
    }

    /// Sets a key of a table, replacing what it had.
    pub(crate) fn set(&mut self, key: &str, node: impl Into<Self>) {
        if let Some(entries) = self.value.entries_mut() {
            let node = node.into();
            match entries.iter_mut().find(|entry| entry.key == key) {
                Some(entry) => entry.node = node,
                None => entries.push(Entry { key: key.to_owned(), at: At::default(), node }),
            }
        }
    }

    /// Sets a key where there is something to set.
    pub(crate) fn set_some(&mut self, key: &str, node: Option<impl Into<Self>>) {
        if let Some(node) = node {
            self.set(key, node);
        }
    }

    /// The value of a key of a table, made a table if it is not there.
    pub(crate) fn child(&mut self, key: &str) -> Option<&mut Self> {
        let entries = self.value.entries_mut()?;
        let index = entries.iter().position(|entry| entry.key == key).unwrap_or_else(|| {
            entries.push(Entry { key: key.to_owned(), at: At::default(), node: Self::table() });
            entries.len() - 1
        });
        entries.get_mut(index).map(|entry| &mut entry.node)
    }

    /// Appends to a list under a key of a table.
    pub(crate) fn push(&mut self, key: &str, node: impl Into<Self>) {
        if let Some(list) = self.child(key) {
            match list.value.nodes_mut() {
                Some(nodes) => nodes.push(node.into()),
                None => list.value = Value::of_nodes(vec![node.into()]),
            }
        }
    }

    /// Marks the whole tree as coming from one text.
    pub(crate) fn stamp(&mut self, origin: Origin) {
        self.at.origin = origin;
        for node in self.value.nodes_mut().into_iter().flatten() {
            node.stamp(origin);
        }
        for entry in self.value.entries_mut().into_iter().flatten() {
            entry.at.origin = origin;
            entry.node.stamp(origin);
        }
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { value, at: At::default() }
    }
}

macro_rules! texts {
    ($($type:ty),*) => {$(
        impl From<$type> for Node {
            fn from(value: $type) -> Self {
                Value::Text(value.to_string()).into()
            }
        }
    )*};
}

texts!(&str, String, &Id, &Text, Month, Currency, Amount, Share, Increase);

macro_rules! wholes {
    ($($type:ty),*) => {$(
        impl From<$type> for Node {
            fn from(value: $type) -> Self {
                Value::Whole(i128::from(value)).into()
            }
        }
    )*};
}

wholes!(i32, u32, i64);

impl<T: Into<Node>> From<Vec<T>> for Node {
    fn from(values: Vec<T>) -> Self {
        Value::of_nodes(values.into_iter().map(Into::into).collect()).into()
    }
}
