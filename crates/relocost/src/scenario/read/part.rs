//! An entry of a file by its id, and the names that it refers to.

use super::reader::{Fields, Path, Reader};
use crate::error::Code;
use crate::files::{At, Node};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::scenario::line::Line;
use crate::types::{Id, Text};

/// What a name must be declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Entitlement,
    Category,
    Fund,
    Index,
    Profile,
    Solution,
    Pathway,
    Line,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Entitlement,
        Self::Category,
        Self::Fund,
        Self::Index,
        Self::Profile,
        Self::Solution,
        Self::Pathway,
        Self::Line,
    ];

    /// Whether names of this kind tell of a household, so that no finding shows one: where it lives.
    pub(super) fn is_private(self) -> bool {
        match self {
            Self::Entitlement
            | Self::Category
            | Self::Fund
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
pub(super) struct Reference {
    pub(super) kind: Kind,
    pub(super) name: Id,
    pub(super) at: At,
    pub(super) key: String,
}

/// An entry of a file by its id.
pub(super) struct Part<T> {
    pub(super) id: Id,
    pub(super) at: At,
    pub(super) value: T,
    pub(super) references: Vec<Reference>,
}

/// An entry of `lines`.
pub(super) enum LineEntry {
    Line(Box<Line>),
    Drop,
}

/// A list of names that something else declares.
pub(super) fn names(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    kind: Kind,
    references: &mut Vec<Reference>,
) -> Option<Vec<Id>> {
    let nodes = reader.list(node, path, limits::DECLARED, message!("a list of ids", "une liste d'identifiants"))?;
    let mut ids = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        if let Some(id) = reader.id(node, &path) {
            if ids.contains(&id) {
                let message = message!("{id} is listed twice", "{id} figure deux fois", id = kind.shown(&id));
                reader.fail(Code::Duplicate, node.at, &path, message);
                continue;
            }
            references.push(Reference { kind, name: id.clone(), at: node.at, key: path.to_string() });
            ids.push(id);
        }
    }
    (ids.len() == nodes.len()).then_some(ids)
}

/// A name that something else declares.
pub(super) fn reference(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    kind: Kind,
    references: &mut Vec<Reference>,
) -> Option<Id> {
    let id = reader.id(node, path)?;
    references.push(Reference { kind, name: id.clone(), at: node.at, key: path.to_string() });
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
