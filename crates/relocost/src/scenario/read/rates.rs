//! Reading profiles, indices, exchange rates and the discount rate.

use std::collections::BTreeMap;

use super::part::{Part, optional_text};
use super::reader::{Path, Reader};
use crate::error::Code;
use crate::files::{At, Node, Value};
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::scenario::rates::{Profile, RateTable};
use crate::types::{Amount, Currency, DecimalError, Id, Increase, Share};

pub(super) fn profile(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Profile> {
    let fields = reader.fields(node, path, &["knots", "source"])?;
    let source = optional_text(reader, &fields, path, "source");
    let expected = || message!("a list of [month, share]", "une liste de [mois, part]");
    let list = reader.need(&fields, path, "knots", expected())?;
    let path = path.key("knots");
    let nodes = reader.list(list, &path, limits::KNOTS, expected())?;
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
            reader.refuse::<()>(Code::WrongKind, node, &path, expected);
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

pub(super) fn share(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Share> {
    reader.decimal(node, path, Message::of(Share::EXPECTED), Share::new)
}

/// What `rates` gives.
#[derive(Default)]
pub(super) struct RateParts {
    pub(super) discount: Option<Increase>,
    pub(super) discount_at: Option<At>,
    pub(super) index: Vec<Part<RateTable<Increase>>>,
    pub(super) fx: Vec<(Currency, At, RateTable<Amount>)>,
    /// Indices that are declared and could not be read.
    pub(super) unreadable: Vec<Id>,
}

pub(super) fn rates(reader: &mut Reader, node: &Node, path: &Path<'_>) -> RateParts {
    let mut parts = RateParts::default();
    let Some(fields) = reader.fields(node, path, &["discount", "index", "fx"]) else { return parts };
    if let Some(node) = fields.get("discount") {
        parts.discount = increase(
            reader,
            node,
            &path.key("discount"),
            message!("a discount rate above -1", "un taux d'actualisation supérieur à -1"),
        );
        parts.discount_at = Some(node.at);
    }
    let index = path.key("index");
    if let Some(table) = fields.get("index").and_then(|node| reader.open(node, &index)) {
        for entry in table.entries().iter().take(limits::DECLARED) {
            let path = index.key(&entry.key);
            let name = reader.name(&entry.key, entry.at, &path);
            let read = |reader: &mut Reader, node: &Node, path: &Path<'_>| {
                increase(reader, node, path, Message::of(Increase::EXPECTED))
            };
            let table = rate_table(reader, &entry.node, &path, read);
            match (name, table) {
                (Some(id), Some(value)) => parts.index.push(Part { id, at: entry.at, value, references: Vec::new() }),
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
            let table = rate_table(reader, &entry.node, &path, |reader, node, path| {
                let above_zero = |value: rust_decimal::Decimal| {
                    if value > rust_decimal::Decimal::ZERO {
                        Amount::new(value)
                    } else {
                        Err(DecimalError::Range(["", ""]))
                    }
                };
                reader.decimal(
                    node,
                    path,
                    message!("an exchange rate above 0", "un taux de change supérieur à 0"),
                    above_zero,
                )
            });
            if let (Some(currency), Some(table)) = (currency, table) {
                parts.fx.push((currency, entry.at, table));
            }
        }
    }
    parts
}

fn increase(reader: &mut Reader, node: &Node, path: &Path<'_>, expected: Message) -> Option<Increase> {
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
                message!(
                    "unknown key; expected a calendar year from 1800 to 2999, default or source",
                    "clé inconnue ; attendu : une année civile de 1800 à 2999, default ou source"
                ),
            ),
        }
    }
    Some(RateTable { default, years, source })
}
