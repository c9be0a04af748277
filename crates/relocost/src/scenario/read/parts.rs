//! What one file gives: a scenario's or a catalogue's, read and checked for itself, names not yet looked up.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;

use super::line;
use super::reader::{Fields, Path, Reader};
use crate::error::Code;
use crate::files::{At, Node, Value};
use crate::limits;
use crate::scenario::line::Line;
use crate::scenario::pathway::{Funding, Pathway, Shares, Solution, Stage};
use crate::scenario::rates::{Profile, RateTable};
use crate::types::{Amount, Currency, DecimalError, Id, Increase, Label, Share, Text};

/// Keys that a catalogue gives and a scenario may give too.
pub(crate) const SHARED_KEYS: &[&str] = &[
    "schema",
    "currency",
    "price_base_year",
    "entitlements",
    "categories",
    "funds",
    "profiles",
    "rates",
    "solutions",
    "pathways",
    "lines",
];

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

#[derive(Default)]
pub(super) struct Parts {
    pub(super) currency: Option<Currency>,
    pub(super) price_base_year: Option<i32>,
    pub(super) entitlements: Vec<Part<Label>>,
    pub(super) categories: Vec<Part<Label>>,
    pub(super) funds: Vec<Part<Label>>,
    pub(super) profiles: Vec<Part<Profile>>,
    pub(super) discount: Option<Increase>,
    pub(super) index: Vec<Part<RateTable<Increase>>>,
    pub(super) fx: Vec<(Currency, At, RateTable<Amount>)>,
    pub(super) solutions: Vec<Part<Solution>>,
    pub(super) pathways: Vec<Part<Pathway>>,
    pub(super) lines: Vec<Part<LineEntry>>,
    /// Names that are declared by entries which could not be read: whoever uses them has done nothing wrong.
    pub(super) unreadable: Vec<(Kind, Id)>,
    /// What entries that could not be read refer to.
    pub(super) loose: Vec<Reference>,
}

/// Reads the keys of `SHARED_KEYS`; `inherited` is the catalogue's price base where a scenario is read.
pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>, inherited: Option<i32>) -> Parts {
    let root = Path::Root;
    let mut parts = Parts::default();
    if let Some(node) = reader.need(fields, &root, "schema", "the number of the file format, 1") {
        reader.whole(node, &root.key("schema"), 1, 1);
    }
    parts.currency = fields.get("currency").and_then(|node| reader.currency(node, &root.key("currency")));
    parts.entitlements = declared(reader, fields, "entitlements", limits::ENTITLEMENTS);
    parts.categories = declared(reader, fields, "categories", limits::DECLARED);
    parts.funds = declared(reader, fields, "funds", limits::DECLARED);
    for fund in parts.funds.iter().filter(|fund| fund.id.as_str() == "by_category") {
        reader.fail(
            Code::BadName,
            fund.at,
            &root.key("funds"),
            "a fund may not be called \"by_category\", which `funding` uses as a key",
        );
    }
    parts.profiles = by_name(reader, fields, "profiles", Kind::Profile, &mut parts, |reader, node, path, _| {
        profile(reader, node, path)
    });
    parts.solutions = by_name(reader, fields, "solutions", Kind::Solution, &mut parts, solution);
    parts.pathways = by_name(reader, fields, "pathways", Kind::Pathway, &mut parts, pathway);
    if let Some(node) = fields.get("rates") {
        rates(reader, node, &root.key("rates"), &mut parts);
    }
    let given = fields.get("price_base_year");
    parts.price_base_year = given.and_then(|node| reader.year(node, &root.key("price_base_year")));
    let base = parts.price_base_year.or(inherited).or(given.map(|_| 1800)); // an unreadable one is reported once
    parts.lines = lines(reader, fields, base, &mut parts);
    parts
}

fn declared(reader: &mut Reader, fields: &Fields<'_>, key: &str, most: usize) -> Vec<Part<Label>> {
    let (root, mut parts, mut seen) = (Path::Root, Vec::new(), HashSet::new());
    let path = root.key(key);
    let Some(node) = fields.get(key) else { return parts };
    let Some(nodes) = reader.list(node, &path, most, "a list of ids, or of { id = \"...\", label = ... }") else {
        return parts;
    };
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let part = match &node.value {
            Value::Text(_) => reader.id(node, &path).map(|id| (Label::both(Text::from(&id)), id)),
            _ => reader.fields(node, &path, &["id", "label"]).and_then(|fields| {
                let id = reader.need(&fields, &path, "id", "an id").and_then(|node| reader.id(node, &path.key("id")));
                let label = match fields.get("label") {
                    Some(node) => reader.label(node, &path.key("label")),
                    None => id.as_ref().map(|id| Label::both(Text::from(id))),
                };
                Some((label?, id?))
            }),
        };
        let Some((label, id)) = part else { continue };
        if seen.insert(id.clone()) {
            parts.push(Part { id, at: node.at, value: label, references: Vec::new() });
        } else {
            reader.fail(Code::Duplicate, node.at, &path, format!("\"{id}\" is declared twice"));
        }
    }
    parts
}

fn by_name<T>(
    reader: &mut Reader,
    fields: &Fields<'_>,
    key: &str,
    kind: Kind,
    whole: &mut Parts,
    read: impl Fn(&mut Reader, &Node, &Path<'_>, &mut Vec<Reference>) -> Option<T>,
) -> Vec<Part<T>> {
    let (root, mut parts) = (Path::Root, Vec::new());
    let path = root.key(key);
    let Some(table) = fields.get(key).and_then(|node| reader.open(node, &path)) else { return parts };
    if table.entries().len() > limits::DECLARED {
        reader.fail(
            Code::TooMany,
            table.at,
            &path,
            format!("has {} entries; expected at most {}", table.entries().len(), limits::DECLARED),
        );
        return parts;
    }
    for entry in table.entries() {
        let path = path.key(&entry.key);
        let id = reader.name(&entry.key, entry.at, &path);
        let mut references = Vec::new();
        let value = read(reader, &entry.node, &path, &mut references);
        match (id, value) {
            (Some(id), Some(value)) => parts.push(Part { id, at: entry.at, value, references }),
            (id, _) => {
                whole.unreadable.extend(id.map(|id| (kind, id)));
                whole.loose.append(&mut references);
            }
        }
    }
    parts
}

/// A list of names that something else declares.
pub(super) fn names(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    kind: Kind,
    references: &mut Vec<Reference>,
) -> Option<Vec<Id>> {
    let nodes = reader.list(node, path, limits::DECLARED, "a list of ids")?;
    let mut ids = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        if let Some(id) = reader.id(node, &path) {
            if ids.contains(&id) {
                reader.fail(Code::Duplicate, node.at, &path, format!("\"{id}\" is listed twice"));
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

fn profile(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Profile> {
    let fields = reader.fields(node, path, &["knots", "source"])?;
    let source = optional_text(reader, &fields, path, "source");
    let list = reader.need(&fields, path, "knots", "a list of [month, share]")?;
    let path = path.key("knots");
    let nodes = reader.list(list, &path, limits::KNOTS, "a list of [month, share]")?;
    if nodes.is_empty() {
        reader.fail(Code::OutOfRange, list.at, &path, "is empty; expected at least one [month, share]");
    }
    let mut knots: Vec<(u32, Share)> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Value::List(pair) = &node.value else {
            reader.refuse::<()>(Code::WrongKind, node, &path, "[month, share], such as [24, \"0.20\"]");
            continue;
        };
        let [month, level] = &pair[..] else {
            reader.fail(
                Code::WrongKind,
                node.at,
                &path,
                format!("has {} entries; expected [month, share]", pair.len()),
            );
            continue;
        };
        let month_at = month.at;
        let (month, level) =
            (reader.whole(month, &path.index(0), 0, limits::MONTHS), share(reader, level, &path.index(1)));
        let (Some(month), Some(level)) = (month, level) else { continue };
        if knots.last().is_some_and(|&(last, _)| month <= last) {
            reader.fail(Code::OutOfRange, month_at, &path, "the months of knots must increase");
        }
        knots.push((month, level));
    }
    (!knots.is_empty()).then_some(Profile { knots, source: source? })
}

fn share(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Share> {
    reader.decimal(node, path, Share::EXPECTED, Share::new)
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

fn solution(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Solution> {
    let fields = reader.fields(node, path, &["label", "kind", "entitlements", "funding", "source"])?;
    let label = reader.need(&fields, path, "label", "a text").and_then(|node| reader.label(node, &path.key("label")));
    let kind = reader
        .need(&fields, path, "kind", "permanent or temporary")
        .and_then(|node| reader.named(node, &path.key("kind")));
    let entitlements = reader
        .need(&fields, path, "entitlements", "a list of entitlements")
        .and_then(|node| names(reader, node, &path.key("entitlements"), Kind::Entitlement, references));
    let funding = match fields.get("funding") {
        Some(node) => funding(reader, node, &path.key("funding"), references),
        None => Some(Funding::default()),
    };
    let source = optional_text(reader, &fields, path, "source");
    Some(Solution { label: label?, kind: kind?, entitlements: entitlements?, funding: funding?, source: source? })
}

fn funding(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Funding> {
    let table = reader.open(node, path)?;
    let given = table.entries().iter().any(|entry| entry.key != "by_category");
    let shares = if given { shares(reader, &table, path, "by_category", references).map(Some) } else { Some(None) };
    let mut by_category = IndexMap::new();
    if let Some(node) = table.get("by_category") {
        let path = path.key("by_category");
        for entry in reader.open(node, &path)?.entries() {
            let path = path.key(&entry.key);
            let category = reader.name(&entry.key, entry.at, &path);
            let table = reader.open(&entry.node, &path);
            let (Some(category), Some(table)) = (category, table) else { continue };
            references.push(Reference {
                kind: Kind::Category,
                name: category.clone(),
                at: entry.at,
                key: path.to_string(),
            });
            if let Some(shares) = self::shares(reader, &table, &path, "", references) {
                by_category.insert(category, shares);
            }
        }
    }
    Some(Funding { shares: shares?, by_category })
}

fn shares(
    reader: &mut Reader,
    table: &Fields<'_>,
    path: &Path<'_>,
    except: &str,
    references: &mut Vec<Reference>,
) -> Option<Shares> {
    let mut shares = Shares::new();
    let mut complete = true;
    for entry in table.entries().iter().filter(|entry| entry.key != except) {
        let path = path.key(&entry.key);
        let (fund, share) = (reader.name(&entry.key, entry.at, &path), share(reader, &entry.node, &path));
        let (Some(fund), Some(share)) = (fund, share) else {
            complete = false;
            continue;
        };
        references.push(Reference { kind: Kind::Fund, name: fund.clone(), at: entry.at, key: path.to_string() });
        shares.insert(fund, share);
    }
    if !complete {
        return None;
    }
    let sum = shares.values().try_fold(rust_decimal::Decimal::ZERO, |sum, share| sum.checked_add(share.to_decimal()));
    if sum != Some(rust_decimal::Decimal::ONE) {
        let sum = sum.map_or(String::new(), |sum| format!(" to {}", sum.normalize()));
        reader.fail(Code::OutOfRange, table.at, path, format!("the shares add up{sum}; expected exactly 1"));
        return None;
    }
    Some(shares)
}

fn pathway(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Pathway> {
    let fields = reader.fields(node, path, &["stages"])?;
    let list = reader.need(&fields, path, "stages", "a list of { solution = \"...\", months = ... }")?;
    let path = path.key("stages");
    let nodes = reader.list(list, &path, limits::STAGES, "a list of { solution = \"...\", months = ... }")?;
    if nodes.is_empty() {
        reader.fail(Code::OutOfRange, list.at, &path, "is empty; expected at least one stage");
    }
    let mut stages = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reader.fields(node, &path, &["solution", "months"]) else { continue };
        let solution = reader
            .need(&fields, &path, "solution", "the name of a solution")
            .and_then(|node| reference(reader, node, &path.key("solution"), Kind::Solution, references));
        let months = match fields.get("months") {
            Some(node) => reader.whole(node, &path.key("months"), 1, limits::MONTHS).map(Some),
            None if index + 1 < nodes.len() => {
                reader.fail(
                    Code::MissingKey,
                    node.at,
                    &path.key("months"),
                    "missing; only the last stage may leave its months out",
                );
                None
            }
            None => Some(None),
        };
        if let (Some(solution), Some(months)) = (solution, months) {
            stages.push(Stage { solution, months });
        }
    }
    (stages.len() == nodes.len() && !stages.is_empty()).then_some(Pathway { stages })
}

fn rates(reader: &mut Reader, node: &Node, path: &Path<'_>, parts: &mut Parts) {
    let Some(fields) = reader.fields(node, path, &["discount", "index", "fx"]) else { return };
    parts.discount = fields
        .get("discount")
        .and_then(|node| increase(reader, node, &path.key("discount"), "a discount rate above -1"));
    let index = path.key("index");
    if let Some(table) = fields.get("index").and_then(|node| reader.open(node, &index)) {
        for entry in table.entries().iter().take(limits::DECLARED) {
            let path = index.key(&entry.key);
            let name = reader.name(&entry.key, entry.at, &path);
            let read =
                |reader: &mut Reader, node: &Node, path: &Path<'_>| increase(reader, node, path, Increase::EXPECTED);
            let table = rate_table(reader, &entry.node, &path, read);
            match (name, table) {
                (Some(id), Some(value)) => parts.index.push(Part { id, at: entry.at, value, references: Vec::new() }),
                (id, _) => parts.unreadable.extend(id.map(|id| (Kind::Index, id))),
            }
        }
    }
    let fx = path.key("fx");
    if let Some(table) = fields.get("fx").and_then(|node| reader.open(node, &fx)) {
        for entry in table.entries() {
            let path = fx.key(&entry.key);
            let currency = Currency::from_code(&entry.key);
            if currency.is_none() {
                reader.fail(
                    Code::UnknownName,
                    entry.at,
                    &path,
                    "no such currency; expected a code of ISO 4217, such as USD",
                );
            }
            let table = rate_table(reader, &entry.node, &path, |reader, node, path| {
                let above_zero = |value: rust_decimal::Decimal| {
                    if value > rust_decimal::Decimal::ZERO { Amount::new(value) } else { Err(DecimalError::Range("")) }
                };
                reader.decimal(node, path, "an exchange rate above 0", above_zero)
            });
            if let (Some(currency), Some(table)) = (currency, table) {
                parts.fx.push((currency, entry.at, table));
            }
        }
    }
}

fn increase(reader: &mut Reader, node: &Node, path: &Path<'_>, expected: &str) -> Option<Increase> {
    reader.decimal(node, path, expected, Increase::new)
}

fn rate_table<T>(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    read: impl Fn(&mut Reader, &Node, &Path<'_>) -> Option<T>,
) -> Option<RateTable<T>> {
    let table = reader.open(node, path)?;
    let (mut default, mut years, mut source) = (None, BTreeMap::new(), None);
    for entry in table.entries() {
        let path = path.key(&entry.key);
        let year = entry.key.parse().ok().filter(|year| entry.key.len() == 4 && (1800..=2999).contains(year));
        match (entry.key.as_str(), year) {
            ("source", _) => source = reader.text(&entry.node, &path),
            ("default", _) => default = read(reader, &entry.node, &path),
            (_, Some(year)) => {
                if let Some(rate) = read(reader, &entry.node, &path) {
                    years.insert(year, rate);
                }
            }
            _ => reader.fail(
                Code::UnknownKey,
                entry.at,
                &path,
                "unknown key; expected a calendar year such as 2027, default or source",
            ),
        }
    }
    Some(RateTable { default, years, source })
}

fn lines(reader: &mut Reader, fields: &Fields<'_>, base: Option<i32>, whole: &mut Parts) -> Vec<Part<LineEntry>> {
    let (root, mut parts, mut seen) = (Path::Root, Vec::new(), HashSet::new());
    let path = root.key("lines");
    let Some(node) = fields.get("lines") else { return parts };
    let Some(nodes) = reader.list(node, &path, limits::LINES, "a list of lines") else { return parts };
    let mut without_base = false;
    for (index, node) in nodes.iter().enumerate() {
        let (id, part) = line::read(reader, node, &path, index, base, &mut without_base, whole);
        if let Some(id) = id
            && !seen.insert(id.clone())
        {
            let path = path.index(index);
            let message = format!("another line of this file has the id \"{id}\"");
            reader.fail(Code::Duplicate, node.at, &path.key("id"), message);
            continue;
        }
        parts.extend(part);
    }
    if without_base {
        reader.need(
            fields,
            &root,
            "price_base_year",
            "the calendar year of whose prices the amounts of this file's lines are",
        );
    }
    parts
}
