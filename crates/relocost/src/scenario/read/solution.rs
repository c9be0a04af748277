//! Reading solutions, who pays for them, and pathways.

use indexmap::IndexMap;

use super::identified::{Kind, Reference, Repeats, names, optional_text, reference};
use super::rates::share;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::reading::{Fields, Path, Reader};
use crate::scenario::pathway::{Funding, Pathway, Shares, Solution, Stage};
use crate::syntax::Node;
use crate::types::Id;

pub(super) fn solution(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<Solution> {
    let fields = reader.fields(node, path, &["label", "kind", "entitlements", "place", "funding", "source"])?;
    let label = reader
        .need(&fields, path, "label", &message!("a text", "un texte"))
        .and_then(|node| reader.label(node, &path.key("label")));
    let kind = reader
        .need(&fields, path, "kind", &message!("permanent or temporary", "permanent ou temporary"))
        .and_then(|node| reader.named(node, &path.key("kind")));
    let entitlements = reader
        .need(&fields, path, "entitlements", &message!("a list of entitlements", "une liste de droits"))
        .and_then(|node| {
            names(reader, node, &path.key("entitlements"), Kind::Entitlement, Repeats::Refused, references)
        });
    let place = place(reader, &fields, path, references);
    let funding = match fields.get("funding") {
        Some(node) => funding(reader, node, &path.key("funding"), references),
        None => Some(Funding::default()),
    };
    let source = optional_text(reader, &fields, path, "source");
    Some(Solution {
        label: label?,
        kind: kind?,
        entitlements: entitlements?,
        place: place?,
        funding: funding?,
        source: source?,
    })
}

/// Where a household lives: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
fn place(
    reader: &mut Reader,
    fields: &Fields<'_>,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<Option<Id>> {
    match fields.get("place") {
        Some(node) => reference(reader, node, &path.key("place"), Kind::Place, references).map(Some),
        None => Some(None),
    }
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
                key: (&path).into(),
            });
            if let Some(shares) = self::shares(reader, &table, &path, "", references) {
                by_category.insert(category, shares);
            }
        }
    }
    Some(Funding { shares: shares?, by_category })
}

pub(crate) fn shares(
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
        references.push(Reference { kind: Kind::Fund, name: fund.clone(), at: entry.at, key: (&path).into() });
        shares.insert(fund, share);
    }
    if !complete {
        return None;
    }
    let sum = shares.values().try_fold(rust_decimal::Decimal::ZERO, |sum, share| sum.checked_add(share.to_decimal()));
    if sum != Some(rust_decimal::Decimal::ONE) {
        let message = match sum {
            Some(sum) => message!(
                "the shares add up to {sum}; expected exactly 1",
                "la somme des parts est {sum} ; attendu : exactement 1",
                sum = sum.normalize(),
            ),
            None => message!("the shares do not add up to 1", "la somme des parts n'est pas 1"),
        };
        reader.fail(Code::OutOfRange, table.at, path, message);
        return None;
    }
    Some(shares)
}

pub(super) fn pathway(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<Pathway> {
    let fields = reader.fields(node, path, &["stages"])?;
    let expected = || {
        message!(
            "a list of {{ solution = \"...\", months = ... }}",
            "une liste de {{ solution = \"...\", months = ... }}"
        )
    };
    let list = reader.need(&fields, path, "stages", &expected())?;
    let path = path.key("stages");
    let nodes = reader.list(list, &path, limits::STAGES, &expected())?;
    if nodes.is_empty() {
        reader.fail(
            Code::OutOfRange,
            list.at,
            &path,
            message!("is empty; expected at least one stage", "est vide ; attendu : au moins une étape"),
        );
    }
    let mut stages = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reader.fields(node, &path, &["solution", "place", "months"]) else { continue };
        let solution = reader
            .need(&fields, &path, "solution", &message!("the name of a solution", "le nom d'une solution"))
            .and_then(|node| reference(reader, node, &path.key("solution"), Kind::Solution, references));
        let place = place(reader, &fields, &path, references);
        let months = match fields.get("months") {
            Some(node) => reader.whole(node, &path.key("months"), 1, limits::MONTHS).map(Some),
            None if index + 1 < nodes.len() => {
                reader.fail(
                    Code::MissingKey,
                    node.at,
                    &path.key("months"),
                    message!(
                        "missing; only the last stage may leave its months out",
                        "manque ; seule la dernière étape peut omettre ses mois"
                    ),
                );
                None
            }
            None => Some(None),
        };
        if let (Some(solution), Some(place), Some(months)) = (solution, place, months) {
            stages.push(Stage { solution, place, months });
        }
    }
    (stages.len() == nodes.len() && !stages.is_empty()).then_some(Pathway { stages })
}
