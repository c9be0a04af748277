//! The values in which two settings differ, each under its cause.

use indexmap::{IndexMap, IndexSet};

use super::{BudgetChange, ValueChange, compare};
use crate::names::BudgetCause;
use crate::scenario::{AgeRange, Household};
use crate::syntax::{Node, Value};

/// The tables of a setting by their path, with the cause to which what they say belongs.
const TABLES: [(&str, BudgetCause); 11] = [
    ("entitlements", BudgetCause::Policy),
    ("places", BudgetCause::Policy),
    ("funds", BudgetCause::Policy),
    ("solutions", BudgetCause::Policy),
    ("pathways", BudgetCause::Policy),
    ("categories", BudgetCause::Lines),
    ("drivers", BudgetCause::Lines),
    ("profiles", BudgetCause::Lines),
    ("rates.index", BudgetCause::Indices),
    ("rates.fx", BudgetCause::ExchangeRates),
    ("rates.level", BudgetCause::ExchangeRates),
];

/// The keys of a line that are its price, by the first part of their path or by the whole.
const PRICES: [&str; 9] = [
    "amount",
    "amounts",
    "event",
    "currency",
    "index",
    "price_base_year",
    "percentage.share",
    "refund.share",
    "factor",
];

/// The changes of a setting, from the trees from which both are written.
pub(crate) fn setting_changes(old: &Node, new: &Node) -> Vec<BudgetChange> {
    let mut changes = Vec::new();
    for (table, cause) in TABLES {
        each_entry(old, new, table, |id, old, new| {
            let change = |leaf: ValueChange| change(cause, &format!("{table}.{id}"), leaf);
            changes.extend(leaves(old, new).into_iter().map(change));
        });
    }
    changes.extend(line_changes(old, new, "lines"));
    let year = |tree: &Node| tree.get("price_base_year").map(super::shown);
    let (old, new) = (year(old), year(new));
    if old != new {
        changes.push(BudgetChange { cause: BudgetCause::Prices, key: "price_base_year".to_owned(), old, new });
    }
    changes
}

/// The changes of the lines of two trees, which a reader knows as those of `table`.
pub(crate) fn line_changes(old: &Node, new: &Node, table: &str) -> Vec<BudgetChange> {
    let mut changes = Vec::new();
    each_entry(old, new, "lines", |id, old, new| {
        // A line that is charged in another way is another line.
        let alike = |key| old.and_then(|line| line.get(key)).is_some() == new.and_then(|line| line.get(key)).is_some();
        let alike = ["percentage", "refund", "event"].into_iter().all(alike);
        for leaf in leaves(old, new) {
            let first = leaf.key.split('.').next().unwrap_or_default();
            let is_price = PRICES.contains(&first) || PRICES.contains(&leaf.key.as_str());
            let cause = if is_price && alike { BudgetCause::Prices } else { BudgetCause::Lines };
            changes.push(change(cause, &format!("{table}.{id}"), leaf));
        }
    });
    changes
}

/// The changes of the ages that are the same for every household.
pub(crate) fn ages_changes(old: &Household, new: &Household) -> Vec<BudgetChange> {
    let ages = |range: AgeRange| Some(format!("{} to {}", range.from, range.to));
    let both = [("school_age", old.school_age, new.school_age), ("working_age", old.working_age, new.working_age)];
    let changed = both.into_iter().filter(|(_, old, new)| old != new);
    let change = |(key, old, new)| BudgetChange {
        cause: BudgetCause::Lines,
        key: format!("household.{key}"),
        old: ages(old),
        new: ages(new),
    };
    changed.map(change).collect()
}

/// The values of an entry that differ. Its label and its source change no figure.
fn leaves(old: Option<&Node>, new: Option<&Node>) -> Vec<ValueChange> {
    let mut leaves = Vec::new();
    compare(old, new, "", false, &mut leaves);
    leaves.retain(|leaf| !matches!(leaf.key.split('.').next(), Some("label" | "source")));
    leaves
}

fn change(cause: BudgetCause, entry: &str, ValueChange { key, old, new }: ValueChange) -> BudgetChange {
    let key = if key.is_empty() { entry.to_owned() } else { format!("{entry}.{key}") };
    BudgetChange { cause, key, old, new }
}

/// Visits each entry of a table of two trees by its id: those of the older one, and then those that only the newer has.
fn each_entry<'n>(
    old: &'n Node,
    new: &'n Node,
    table: &str,
    mut visit: impl FnMut(&str, Option<&'n Node>, Option<&'n Node>),
) {
    let of = |tree: &'n Node| {
        let table = table.split('.').try_fold(tree, |node, key| node.get(key));
        let entries: IndexMap<&'n str, &'n Node> = match table.map(|node| &node.value) {
            Some(Value::Table(entries)) => entries.iter().map(|entry| (entry.key.as_str(), &entry.node)).collect(),
            Some(Value::List(nodes)) => nodes.iter().filter_map(|node| Some((id_of(node)?, node))).collect(),
            _ => IndexMap::new(),
        };
        entries
    };
    let (old, new) = (of(old), of(new));
    for id in old.keys().chain(new.keys()).copied().collect::<IndexSet<_>>() {
        visit(id, old.get(id).copied(), new.get(id).copied());
    }
}

fn id_of(node: &Node) -> Option<&str> {
    match &node.get("id")?.value {
        Value::Text(id) => Some(id),
        _ => None,
    }
}
