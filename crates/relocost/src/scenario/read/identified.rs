//! An entry of a file by its id, and the names that it refers to.

use std::sync::Arc;

use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::Driver;
use crate::reading::{Fields, KeptPath, Path, Reader};
use crate::scenario::driver::DriverName;
use crate::scenario::line::Line;
use crate::syntax::{At, Node, Value};
use crate::types::{Id, Text};

/// The kind of declaration that a name needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Entitlement,
    Place,
    Category,
    Fund,
    Driver,
    Index,
    Profile,
    Solution,
    Pathway,
    Line,
}

impl Kind {
    pub(super) const ALL: [Self; 10] = [
        Self::Entitlement,
        Self::Place,
        Self::Category,
        Self::Fund,
        Self::Driver,
        Self::Index,
        Self::Profile,
        Self::Solution,
        Self::Pathway,
        Self::Line,
    ];

    /// True if names of this kind tell of a household, so that no finding shows one: its places.
    pub(super) fn is_private(self) -> bool {
        match self {
            Self::Place => true,
            Self::Entitlement
            | Self::Category
            | Self::Fund
            | Self::Driver
            | Self::Index
            | Self::Profile
            | Self::Solution
            | Self::Pathway
            | Self::Line => false,
        }
    }

    /// A name of this kind as a finding shows it.
    pub(super) fn shown(self, name: &Id) -> Message {
        if self.is_private() { message!("this name", "ce nom") } else { message!("\"{name}\"", "« {name} »") }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Entitlement => "entitlement",
            Self::Place => "place",
            Self::Driver => "driver",
            Self::Category => "category",
            Self::Fund => "fund",
            Self::Index => "index",
            Self::Profile => "profile",
            Self::Solution => "solution",
            Self::Pathway => "pathway",
            Self::Line => "line",
        }
    }
}

/// A name that something else must declare.
#[derive(Clone)]
pub(crate) struct Reference {
    pub(crate) kind: Kind,
    pub(crate) name: Id,
    pub(crate) at: At,
    pub(crate) key: KeptPath,
}

/// An entry of a file by its id.
#[derive(Clone)]
pub(super) struct Identified<T> {
    pub(super) id: Id,
    pub(super) at: At,
    pub(super) value: T,
    pub(super) references: Vec<Reference>,
}

/// An entry of `lines`.
#[derive(Clone)]
pub(super) enum LineEntry {
    /// One that stands by itself.
    Line(Arc<WholeLine>),
    /// Keys that replace those of the line below; the rest of it stays.
    Patch(Patch),
    /// The line below is dropped.
    Drop,
}

/// A line with the text that it was read from, on which a later file may build.
#[derive(Clone)]
pub(super) struct WholeLine {
    pub(super) line: Line,
    pub(super) node: Node,
    /// The price base of the file that gives its price.
    pub(super) base: Option<i32>,
}

/// The values that a line with `inherit = true` gives.
#[derive(Clone)]
pub(super) struct Patch {
    pub(super) node: Node,
    /// The price base of its file.
    pub(super) base: Option<i32>,
}

/// The rule on a name that a list gives twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    Refused,
    /// Once is as good as twice.
    Ignored,
}

/// A list of names that something else declares and that sets a condition: it is left out or has an entry.
pub(super) fn condition(
    reader: &mut Reader,
    fields: &Fields<'_>,
    path: &Path<'_>,
    (key, kind): (&str, Kind),
    repeats: Repeats,
    references: &mut Vec<Reference>,
) -> Option<Vec<Id>> {
    let Some(node) = fields.get(key) else { return Some(Vec::new()) };
    let path = path.key(key);
    if matches!(&node.value, Value::List(nodes) if nodes.is_empty()) {
        let what = kind.noun();
        let message = message!(
            "is empty; expected at least one {what}, or the key left out",
            "est vide ; attendu : au moins un élément ({what}), ou l'absence de la clé"
        );
        reader.fail(Code::OutOfRange, node.at, &path, message);
        return None;
    }
    names(reader, node, &path, kind, repeats, references)
}

/// A list of names that something else declares.
pub(super) fn names(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    kind: Kind,
    repeats: Repeats,
    references: &mut Vec<Reference>,
) -> Option<Vec<Id>> {
    let nodes = reader.list(node, path, limits::DECLARED, &message!("a list of ids", "une liste d'identifiants"))?;
    let (mut ids, mut complete) = (Vec::with_capacity(nodes.len()), true);
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let id = reader.id(node, &path);
        complete &= id.is_some();
        if let Some(id) = id {
            if ids.contains(&id) {
                if repeats == Repeats::Refused {
                    complete = false;
                    let message = message!("{id} is listed twice", "{id} figure deux fois", id = kind.shown(&id));
                    reader.fail(Code::Duplicate, node.at, &path, message);
                }
                continue;
            }
            references.push(Reference { kind, name: id.clone(), at: node.at, key: (&path).into() });
            ids.push(id);
        }
    }
    complete.then_some(ids)
}

/// A driver: one of the model, or one that the files declare.
pub(super) fn driver(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<DriverName> {
    match &node.value {
        Value::Text(text) if Driver::from_name(text).is_none() && Id::parse(text).is_ok() => {
            reference(reader, node, path, Kind::Driver, references).map(DriverName::Own)
        }
        _ => reader.named(node, path).map(DriverName::Standard),
    }
}

/// A name that something else declares.
pub(crate) fn reference(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    kind: Kind,
    references: &mut Vec<Reference>,
) -> Option<Id> {
    let id = reader.id(node, path)?;
    references.push(Reference { kind, name: id.clone(), at: node.at, key: path.into() });
    Some(id)
}

/// An optional text: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
pub(super) fn optional_text(
    reader: &mut Reader,
    fields: &Fields<'_>,
    path: &Path<'_>,
    key: &str,
) -> Option<Option<Text>> {
    match fields.get(key) {
        Some(node) => reader.text(node, &path.key(key)).map(Some),
        None => Some(None),
    }
}
