//! Reading solutions, who pays for them, and pathways.

use indexmap::IndexMap;

use super::part::{Kind, Reference, names, optional_text, reference};
use super::rates::share;
use super::reader::{Fields, Path, Reader};
use crate::error::Code;
use crate::files::Node;
use crate::limits;
use crate::scenario::pathway::{Funding, Pathway, Shares, Solution, Stage};

pub(super) fn solution(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<Solution> {
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

pub(super) fn pathway(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<Pathway> {
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
