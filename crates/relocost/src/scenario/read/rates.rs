//! Reading profiles, indices, exchange rates and the discount rate.

use std::collections::BTreeMap;

use super::identified::{Identified, Kind, Reference, optional_text};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::reading::{Path, Reader};
use crate::scenario::rates::{ExchangeRates, PriceLevels, Profile, RateTable};
use crate::syntax::{At, Entry, Node, Value};
use crate::types::{Amount, Currency, DecimalError, Id, Increase, Month, Share};

pub(super) fn profile(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Profile> {
    let fields = reader.fields(node, path, &["knots", "source"])?;
    let source = optional_text(reader, &fields, path, "source");
    let expected = || message!("a list of [month, share]", "une liste de [mois, part]");
    let list = reader.need(&fields, path, "knots", &expected())?;
    let path = path.key("knots");
    let nodes = reader.list(list, &path, limits::KNOTS, &expected())?;
    if nodes.is_empty() {
        reader.fail(
            Code::OutOfRange,
            list.at,
            &path,
            message!("is empty; expected at least one [month, share]", "est vide ; attendu : au moins un [mois, part]"),
        );
    }
    let mut knots: Vec<(u32, Share)> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Value::List(pair) = &node.value else {
            let expected =
                message!("[month, share], such as [24, \"0.20\"]", "[mois, part], par exemple [24, \"0.20\"]");
            reader.refuse::<()>(Code::WrongKind, node, &path, &expected);
            continue;
        };
        let [month, level] = &pair[..] else {
            reader.fail(
                Code::WrongKind,
                node.at,
                &path,
                message!(
                    "has {entries}; expected [month, share]",
                    "contient {entries} ; attendu : [mois, part]",
                    entries = counted(pair.len(), ["entry", "entries"], ["élément", "éléments"]),
                ),
            );
            continue;
        };
        let month_at = month.at;
        let (month, level) =
            (reader.whole(month, &path.index(0), 0, limits::MONTHS), share(reader, level, &path.index(1)));
        let (Some(month), Some(level)) = (month, level) else { continue };
        if knots.last().is_some_and(|&(last, _)| month <= last) {
            reader.fail(
                Code::OutOfRange,
                month_at,
                &path,
                message!("the months of knots must increase", "les mois des points doivent croître"),
            );
        }
        knots.push((month, level));
    }
    (!knots.is_empty()).then_some(Profile { knots, source: source?, stretch: Amount::ONE })
}

pub(crate) fn share(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Share> {
    reader.decimal(node, path, &Message::of(Share::EXPECTED), Share::new)
}

/// The contents of `rates`.
#[derive(Clone, Default)]
pub(super) struct GivenRates {
    pub(super) discount: Option<Increase>,
    pub(super) discount_at: Option<At>,
    pub(super) index: Vec<Identified<GivenIndex>>,
    pub(super) fx: Vec<GivenFx>,
    pub(super) level: Vec<Identified<PriceLevels>>,
    /// Indices that are declared and could not be read.
    pub(super) unreadable: Vec<Id>,
}

/// An index as a file gives it.
#[derive(Clone)]
pub(super) struct GivenIndex {
    pub(super) increases: RateTable<Increase>,
    pub(super) month: Option<u32>,
}

/// Exchange rates of a currency as a file gives them.
#[derive(Clone)]
pub(super) struct GivenFx {
    pub(super) currency: Currency,
    pub(super) at: At,
    pub(super) rates: ExchangeRates,
}

pub(super) fn rates(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> GivenRates {
    let mut parts = GivenRates::default();
    let Some(fields) = reader.fields(node, path, RATE_KEYS) else { return parts };
    if let Some(node) = fields.get("discount") {
        parts.discount = increase(
            reader,
            node,
            &path.key("discount"),
            &message!("a discount rate above -1", "un taux d'actualisation supérieur à -1"),
        );
        parts.discount_at = Some(node.at);
    }
    let index = path.key("index");
    if let Some(table) = fields.get("index").and_then(|node| reader.open(node, &index)) {
        for entry in table.entries().iter().take(limits::DECLARED) {
            let path = index.key(&entry.key);
            let name = reader.name(&entry.key, entry.at, &path);
            match (name, self::index(reader, &entry.node, &path)) {
                (Some(id), Some(value)) => {
                    parts.index.push(Identified { id, at: entry.at, value, references: Vec::new() });
                }
                (id, _) => parts.unreadable.extend(id),
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
                    message!(
                        "no such currency; expected a code of ISO 4217, such as USD",
                        "monnaie inconnue ; attendu : un code ISO 4217, tel que USD"
                    ),
                );
            }
            let rates = exchange_rates(reader, &entry.node, &path);
            if let (Some(currency), Some(rates)) = (currency, rates) {
                parts.fx.push(GivenFx { currency, at: entry.at, rates });
            }
        }
    }
    let level = path.key("level");
    if let Some(table) = fields.get("level").and_then(|node| reader.open(node, &level)) {
        for entry in table.entries().iter().take(limits::DECLARED) {
            let path = level.key(&entry.key); // a path shows no place
            let Some(id) = reader.name(&entry.key, entry.at, &path) else { continue };
            let mut own = vec![Reference { kind: Kind::Place, name: id.clone(), at: entry.at, key: (&path).into() }];
            match levels(reader, &entry.node, &path, &mut own) {
                Some(value) => parts.level.push(Identified { id, at: entry.at, value, references: own }),
                None => references.append(&mut own),
            }
        }
    }
    parts
}

/// The keys of `rates`.
pub(crate) const RATE_KEYS: &[&str] = &["discount", "index", "fx", "level"];

fn increase(reader: &mut Reader, node: &Node, path: &Path<'_>, expected: &Message) -> Option<Increase> {
    reader.decimal(node, path, expected, Increase::new)
}

/// A decimal above 0.
pub(super) fn above_zero(reader: &mut Reader, node: &Node, path: &Path<'_>, expected: &Message) -> Option<Amount> {
    reader.decimal(node, path, expected, |value| {
        if value > rust_decimal::Decimal::ZERO { Amount::new(value) } else { Err(DecimalError::Range(["", ""])) }
    })
}

fn index(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<GivenIndex> {
    let mut month = None;
    let read = |reader: &mut Reader, node: &Node, path: &Path<'_>| {
        increase(reader, node, path, &Message::of(Increase::EXPECTED))
    };
    let increases = rate_table(reader, node, path, read, |reader, entry, path| {
        let known = entry.key == "month";
        if known {
            month = reader.whole(&entry.node, path, 1, 12);
        }
        known
    })?;
    Some(GivenIndex { increases, month })
}

fn exchange_rates(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<ExchangeRates> {
    let rate = |reader: &mut Reader, node: &Node, path: &Path<'_>| {
        above_zero(reader, node, path, &message!("an exchange rate above 0", "un taux de change supérieur à 0"))
    };
    let mut months = BTreeMap::new();
    let by_year = rate_table(reader, node, path, rate, |reader, entry, path| {
        let month = entry.key.parse::<Month>().ok();
        if let Some((month, rate)) = month.and_then(|month| Some((month, rate(reader, &entry.node, path)?))) {
            months.insert(month, rate);
        }
        month.is_some()
    })?;
    Some(ExchangeRates { by_year, months })
}

/// A table of rates by year; `other` reads keys that only some tables have, and says whether it knows them.
fn rate_table<T>(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    read: impl Fn(&mut Reader, &Node, &Path<'_>) -> Option<T>,
    mut other: impl FnMut(&mut Reader, &Entry, &Path<'_>) -> bool,
) -> Option<RateTable<T>> {
    let table = reader.open(node, path)?;
    let mut rates = RateTable::default();
    for entry in table.entries() {
        let path = path.key(&entry.key);
        let year = entry.key.parse().ok().filter(|year| entry.key.len() == 4 && (1800..=2999).contains(year));
        match (entry.key.as_str(), year) {
            ("source", _) => rates.source = reader.text(&entry.node, &path),
            ("default", _) => rates.default = read(reader, &entry.node, &path),
            (_, Some(year)) => {
                if let Some(rate) = read(reader, &entry.node, &path) {
                    rates.years.insert(year, rate);
                }
            }
            _ if other(reader, entry, &path) => {}
            _ => reader.fail(
                Code::UnknownKey,
                entry.at,
                &path,
                message!(
                    "unknown key; expected a calendar year from 1800 to 2999, default or source; an index may have `month`, a \
                     currency months such as \"2026-07\"",
                    "clé inconnue ; attendu : une année civile de 1800 à 2999, default ou source ; un indice peut avoir `month`, \
                     une monnaie des mois tels que \"2026-07\""
                ),
            ),
        }
    }
    Some(rates)
}

/// Price levels of a place by category.
fn levels(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<PriceLevels> {
    let table = reader.open(node, path)?;
    let mut levels = PriceLevels::default();
    for entry in table.entries() {
        let path = path.key(&entry.key);
        if entry.key == "source" {
            levels.source = reader.text(&entry.node, &path);
            continue;
        }
        let category = reader.name(&entry.key, entry.at, &path);
        let expected = message!(
            "a price level above 0, 1 for that of the amounts",
            "un niveau de prix supérieur à 0, 1 pour celui des montants"
        );
        let level = above_zero(reader, &entry.node, &path, &expected);
        if let Some(name) = &category {
            let key = (&path).into();
            references.push(Reference { kind: Kind::Category, name: name.clone(), at: entry.at, key });
        }
        levels.by_category.extend(category.zip(level));
    }
    Some(levels)
}
