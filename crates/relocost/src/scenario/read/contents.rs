//! The contents of one file, a scenario's or a catalogue's, read and checked for itself, names not yet looked up.

use std::collections::HashSet;

use super::identified::{Identified, Kind, LineEntry, Reference};
use super::line::FileBase;
use super::rates::{GivenFx, GivenRates};
use super::{Declarations, driver, line, rates, solution};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::names::Driver;
use crate::reading::{Fields, Path, Reader};
use crate::scenario::driver::OwnDriver;
use crate::scenario::pathway::{Pathway, Solution};
use crate::scenario::rates::Profile;
use crate::syntax::{Node, Value};
use crate::types::{Currency, Id, Label, Text};

/// Keys that a catalogue gives and a scenario may give too.
pub(crate) const SHARED_KEYS: &[&str] = &[
    "schema",
    "currency",
    "price_base_year",
    "entitlements",
    "places",
    "categories",
    "funds",
    "drivers",
    "profiles",
    "rates",
    "solutions",
    "pathways",
    "lines",
];

/// What a file says that a catalogue may say too.
#[derive(Clone, Default)]
pub(crate) struct Contents {
    pub(super) currency: Option<Currency>,
    pub(super) price_base_year: Option<i32>,
    pub(super) entitlements: Vec<Identified<Label>>,
    pub(super) places: Vec<Identified<Label>>,
    pub(super) categories: Vec<Identified<Label>>,
    pub(super) funds: Vec<Identified<Label>>,
    pub(super) drivers: Vec<Identified<OwnDriver>>,
    pub(super) profiles: Vec<Identified<Profile>>,
    pub(super) rates: GivenRates,
    /// Exchange rates of catalogues, with the currency in which they are quoted.
    pub(super) quoted: Vec<(Currency, Vec<GivenFx>)>,
    pub(super) solutions: Vec<Identified<Solution>>,
    pub(super) pathways: Vec<Identified<Pathway>>,
    pub(super) lines: Vec<Identified<LineEntry>>,
    /// Names that are declared by entries which could not be read: whoever uses them has done nothing wrong.
    pub(super) unreadable: Vec<(Kind, Id)>,
    /// Kinds of which some entry could not be read at all.
    pub(super) unreadable_kinds: Vec<Kind>,
    /// The references of entries that could not be read.
    pub(super) loose: Vec<Reference>,
}

impl Contents {
    /// Forgets every reference to what it declares itself: whatever is laid over it declares that too. A line alone can be
    /// dropped.
    pub(super) fn drop_references_to_its_own(&mut self) {
        fn each<T>(parts: &mut [Identified<T>], open: impl Fn(&Reference) -> bool) {
            for part in parts {
                part.references.retain(&open);
            }
        }
        let own = Declarations { complete: true, ..Declarations::of(self) };
        let open = |reference: &Reference| reference.kind == Kind::Line || !own.has(reference.kind, &reference.name);
        each(&mut self.solutions, open);
        each(&mut self.pathways, open);
        each(&mut self.lines, open);
        each(&mut self.rates.level, open);
        self.loose.retain(open);
    }
}

/// Reads the keys of `SHARED_KEYS`; `inherited` is the catalogue's price base where a scenario is read.
pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>, inherited: Option<i32>) -> Contents {
    let root = Path::Root;
    let mut parts = Contents::default();
    if let Some(node) = reader.need(
        fields,
        &root,
        "schema",
        &message!("the number of the file format, 1", "le numéro du format de fichier, 1"),
    ) {
        reader.whole(node, &root.key("schema"), 1, 1);
    }
    parts.currency = fields.get("currency").and_then(|node| reader.currency(node, &root.key("currency")));
    parts.entitlements =
        declared(reader, fields, "entitlements", Kind::Entitlement, limits::ENTITLEMENTS, &mut parts.unreadable_kinds);
    parts.places = declared(reader, fields, "places", Kind::Place, limits::DECLARED, &mut parts.unreadable_kinds);
    parts.categories =
        declared(reader, fields, "categories", Kind::Category, limits::DECLARED, &mut parts.unreadable_kinds);
    parts.funds = declared(reader, fields, "funds", Kind::Fund, limits::DECLARED, &mut parts.unreadable_kinds);
    for (parts, key, reserved) in [
        (&parts.entitlements, "entitlements", &["place"][..]),
        (&parts.categories, "categories", &["default", "factor", "source"][..]),
    ] {
        for part in parts.iter().filter(|part| reserved.contains(&part.id.as_str())) {
            let name = &part.id;
            let message = message!(
                "may not be called \"{name}\", which is a word of the files",
                "ne peut s'appeler « {name} », qui est un mot des fichiers"
            );
            reader.fail(Code::BadName, part.at, &root.key(key), message);
        }
    }
    for fund in parts.funds.iter().filter(|fund| fund.id.as_str() == "by_category") {
        reader.fail(
            Code::BadName,
            fund.at,
            &root.key("funds"),
            message!(
                "a fund may not be called \"by_category\", which `funding` uses as a key",
                "un fonds ne peut pas s'appeler « by_category », que `funding` utilise comme clé"
            ),
        );
    }
    parts.drivers = by_name(reader, fields, "drivers", Kind::Driver, &mut parts, |reader, node, path, _| {
        driver::driver(reader, node, path)
    });
    for part in parts.drivers.iter().filter(|part| Driver::from_name(part.id.as_str()).is_some()) {
        let name = &part.id;
        let message = message!(
            "is a driver of the model; an own driver needs another name",
            "est un inducteur du modèle ; un inducteur propre a un autre nom"
        );
        reader.fail(Code::Conflict, part.at, &root.key("drivers").key(name.as_str()), message);
    }
    parts.profiles = by_name(reader, fields, "profiles", Kind::Profile, &mut parts, |reader, node, path, _| {
        rates::profile(reader, node, path)
    });
    parts.solutions = by_name(reader, fields, "solutions", Kind::Solution, &mut parts, solution::solution);
    parts.pathways = by_name(reader, fields, "pathways", Kind::Pathway, &mut parts, solution::pathway);
    if let Some(node) = fields.get("rates") {
        parts.rates = rates::rates(reader, node, &root.key("rates"), &mut parts.loose);
        parts.unreadable.extend(parts.rates.unreadable.drain(..).map(|id| (Kind::Index, id)));
    }
    let given = fields.get("price_base_year");
    parts.price_base_year = given.and_then(|node| reader.year(node, &root.key("price_base_year")));
    parts.price_base_year = parts.price_base_year.or(inherited);
    let base = parts.price_base_year.or(given.map(|_| 1800)); // an unreadable one is reported once
    parts.lines = lines(reader, fields, base, &mut parts);
    parts
}

fn declared(
    reader: &mut Reader,
    fields: &Fields<'_>,
    key: &str,
    kind: Kind,
    most: usize,
    unreadable: &mut Vec<Kind>,
) -> Vec<Identified<Label>> {
    let (root, mut parts, mut seen) = (Path::Root, Vec::new(), HashSet::new());
    let path = root.key(key);
    let Some(node) = fields.get(key) else { return parts };
    let expected = message!(
        "a list of ids, or of {{ id = \"...\", label = ... }}",
        "une liste d'identifiants, ou de {{ id = \"...\", label = ... }}"
    );
    let Some(nodes) = reader.list(node, &path, most, &expected) else {
        unreadable.push(kind);
        return parts;
    };
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let part = match &node.value {
            Value::Text(_) => reader.id(node, &path).map(|id| (Label::both(Text::from(&id)), id)),
            Value::Table(_) => reader.fields(node, &path, &["id", "label"]).and_then(|fields| {
                let id = reader
                    .need(&fields, &path, "id", &message!("an id", "un identifiant"))
                    .and_then(|node| reader.id(node, &path.key("id")));
                let label = match fields.get("label") {
                    Some(node) => reader.label(node, &path.key("label")),
                    None => id.as_ref().map(|id| Label::both(Text::from(id))),
                };
                Some((label?, id?))
            }),
            _ => reader.refuse(
                Code::WrongKind,
                node,
                &path,
                &message!(
                    "an id, or {{ id = \"...\", label = ... }}",
                    "un identifiant, ou {{ id = \"...\", label = ... }}"
                ),
            ),
        };
        let Some((label, id)) = part else {
            unreadable.push(kind);
            continue;
        };
        if seen.insert(id.clone()) {
            parts.push(Identified { id, at: node.at, value: label, references: Vec::new() });
        } else {
            let message = message!("{id} is declared twice", "{id} est déclaré deux fois", id = kind.shown(&id));
            reader.fail(Code::Duplicate, node.at, &path, message);
        }
    }
    parts
}

fn by_name<T>(
    reader: &mut Reader,
    fields: &Fields<'_>,
    key: &str,
    kind: Kind,
    whole: &mut Contents,
    read: impl Fn(&mut Reader, &Node, &Path<'_>, &mut Vec<Reference>) -> Option<T>,
) -> Vec<Identified<T>> {
    let (root, mut parts) = (Path::Root, Vec::new());
    let path = root.key(key);
    let Some(node) = fields.get(key) else { return parts };
    let Some(table) = reader.open(node, &path) else {
        whole.unreadable_kinds.push(kind);
        return parts;
    };
    if table.entries().len() > limits::DECLARED {
        reader.too_many(table.at, &path, table.entries().len(), limits::DECLARED);
        return parts;
    }
    for entry in table.entries() {
        let path = path.key(&entry.key);
        let id = reader.name(&entry.key, entry.at, &path);
        let mut references = Vec::new();
        let value = read(reader, &entry.node, &path, &mut references);
        match (id, value) {
            (Some(id), Some(value)) => parts.push(Identified { id, at: entry.at, value, references }),
            (id, _) => {
                whole.unreadable.extend(id.map(|id| (kind, id)));
                whole.loose.append(&mut references);
            }
        }
    }
    parts
}

fn lines(
    reader: &mut Reader,
    fields: &Fields<'_>,
    year: Option<i32>,
    whole: &mut Contents,
) -> Vec<Identified<LineEntry>> {
    let (root, mut parts, mut seen) = (Path::Root, Vec::new(), HashSet::new());
    let path = root.key("lines");
    let Some(node) = fields.get("lines") else { return parts };
    let Some(nodes) = reader.list(node, &path, limits::LINES, &message!("a list of lines", "une liste de postes"))
    else {
        return parts;
    };
    let mut base = FileBase { year, missing: false };
    for (index, node) in nodes.iter().enumerate() {
        let (id, entry, mut references) = line::read(reader, node, &path, index, &mut base);
        if let Some(id) = &id
            && !seen.insert(id.clone())
        {
            let path = path.index(index);
            let message = message!(
                "another line of this file has the id \"{id}\"",
                "un autre poste de ce fichier a l'identifiant « {id} »"
            );
            reader.fail(Code::Duplicate, node.at, &path.key("id"), message);
            continue;
        }
        match (id, entry) {
            (Some(id), Some(value)) => parts.push(Identified { id, at: node.at, value, references }),
            (id, _) => {
                whole.unreadable.extend(id.map(|id| (Kind::Line, id)));
                whole.loose.append(&mut references);
            }
        }
    }
    if base.missing {
        reader.need(
            fields,
            &root,
            "price_base_year",
            &message!(
                "the calendar year of whose prices the amounts of this file's lines are",
                "l'année civile aux prix de laquelle sont les montants des postes de ce fichier"
            ),
        );
    }
    parts
}
