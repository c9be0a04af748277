//! Laying a scenario's entries over its catalogue's: whole and in place, new ones after them.

use std::collections::{HashMap, HashSet};

use super::part::{LineEntry, Part};
use super::reader::Reader;
use crate::error::Code;
use crate::files::At;
use crate::message;
use crate::scenario::line::Line;
use crate::scenario::rates::RateTable;
use crate::types::Id;

/// Replaces entries by id.
pub(super) fn merge<T>(base: Vec<Part<T>>, own: Vec<Part<T>>) -> Vec<Part<T>> {
    merge_with(base, own, |_, new| new)
}

/// Merges rate tables year by year, `default` and `source` being keys like any other.
pub(super) fn merge_rates<T>(base: Vec<Part<RateTable<T>>>, own: Vec<Part<RateTable<T>>>) -> Vec<Part<RateTable<T>>> {
    merge_with(base, own, |old, new| Part { value: merge_table(old.value, new.value), ..new })
}

/// Merges exchange rates year by year.
pub(super) fn merge_fx<K: PartialEq, T>(
    mut base: Vec<(K, At, RateTable<T>)>,
    own: Vec<(K, At, RateTable<T>)>,
) -> Vec<(K, At, RateTable<T>)> {
    for (currency, at, table) in own {
        match base.iter().position(|(known, ..)| *known == currency) {
            Some(index) => {
                let (_, _, old) = base.remove(index);
                base.insert(index, (currency, at, merge_table(old, table)));
            }
            None => base.push((currency, at, table)),
        }
    }
    base
}

fn merge_table<T>(mut old: RateTable<T>, new: RateTable<T>) -> RateTable<T> {
    old.years.extend(new.years);
    RateTable { default: new.default.or(old.default), years: old.years, source: new.source.or(old.source) }
}

/// Replaces lines by id, and leaves out those that are dropped.
pub(super) fn merge_lines(
    reader: &mut Reader,
    base: Vec<Part<LineEntry>>,
    own: Vec<Part<LineEntry>>,
) -> Vec<Part<Line>> {
    let known: HashSet<Id> = base.iter().map(|part| part.id.clone()).collect();
    for part in base.iter().filter(|part| matches!(part.value, LineEntry::Drop)) {
        nothing_to_drop(reader, part);
    }
    for part in own.iter().filter(|part| matches!(part.value, LineEntry::Drop) && !known.contains(&part.id)) {
        nothing_to_drop(reader, part);
    }
    let line = |part: Part<LineEntry>| match part.value {
        LineEntry::Line(line) => Some(Part { id: part.id, at: part.at, value: *line, references: part.references }),
        LineEntry::Drop => None,
    };
    merge(base, own).into_iter().filter_map(line).collect()
}

fn nothing_to_drop(reader: &mut Reader, part: &Part<LineEntry>) {
    reader.fail_key(
        Code::UnknownName,
        part.at,
        format!("lines.{}", part.id),
        message!("drops a line that the catalogue does not have", "supprime un poste que le catalogue n'a pas"),
    );
}

fn merge_with<T>(base: Vec<Part<T>>, own: Vec<Part<T>>, join: impl Fn(Part<T>, Part<T>) -> Part<T>) -> Vec<Part<T>> {
    let mut own: Vec<Option<Part<T>>> = own.into_iter().map(Some).collect();
    let indices: HashMap<Id, usize> =
        own.iter().flatten().enumerate().map(|(index, part)| (part.id.clone(), index)).collect();
    let mut merged: Vec<Part<T>> = base
        .into_iter()
        .map(|old| match indices.get(&old.id).and_then(|&index| own.get_mut(index)?.take()) {
            Some(new) => join(old, new),
            None => old,
        })
        .collect();
    merged.extend(own.into_iter().flatten());
    merged
}
