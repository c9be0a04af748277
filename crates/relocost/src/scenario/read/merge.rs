//! Laying a file's entries over those of the files below it: whole and in place, new ones after them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::contents::Contents;
use super::identified::{Identified, LineEntry};
use super::line;
use super::rates::{GivenFx, GivenIndex, GivenRates};
use crate::error::Code;
use crate::message;
use crate::reading::Reader;
use crate::scenario::line::Line;
use crate::scenario::rates::{PriceLevels, RateTable};
use crate::types::Id;

/// Lays the contents of a file over those below it. Exchange rates stay apart, by the currency in which they are
/// quoted.
pub(super) fn lay(reader: &mut Reader, below: Contents, own: Contents) -> Contents {
    let joined = |mut below: Vec<_>, own| {
        below.extend(own);
        below
    };
    Contents {
        currency: own.currency.or(below.currency),
        price_base_year: own.price_base_year.or(below.price_base_year),
        entitlements: merge(below.entitlements, own.entitlements),
        places: merge(below.places, own.places),
        categories: merge(below.categories, own.categories),
        funds: merge(below.funds, own.funds),
        drivers: merge(below.drivers, own.drivers),
        profiles: merge(below.profiles, own.profiles),
        rates: GivenRates {
            discount: own.rates.discount.or(below.rates.discount),
            discount_at: own.rates.discount_at.or(below.rates.discount_at),
            index: merge_with(below.rates.index, own.rates.index, |old, new| Identified {
                value: merge_index(old.value, new.value),
                ..new
            }),
            fx: own.rates.fx,
            level: merge_with(below.rates.level, own.rates.level, merge_levels),
            unreadable: Vec::new(),
        },
        quoted: below.quoted.into_iter().chain(own.quoted).collect(),
        solutions: merge(below.solutions, own.solutions),
        pathways: merge(below.pathways, own.pathways),
        lines: merge_lines(reader, below.lines, own.lines),
        unreadable: [below.unreadable, own.unreadable].concat(),
        unreadable_kinds: [below.unreadable_kinds, own.unreadable_kinds].concat(),
        loose: joined(below.loose, own.loose),
    }
}

/// Replaces entries by id.
fn merge<T>(below: Vec<Identified<T>>, own: Vec<Identified<T>>) -> Vec<Identified<T>> {
    merge_with(below, own, |_, new| new)
}

fn merge_index(old: GivenIndex, new: GivenIndex) -> GivenIndex {
    GivenIndex { increases: merge_table(old.increases, new.increases), month: new.month.or(old.month) }
}

fn merge_levels(old: Identified<PriceLevels>, new: Identified<PriceLevels>) -> Identified<PriceLevels> {
    let mut by_category = old.value.by_category;
    by_category.extend(new.value.by_category);
    let value = PriceLevels { by_category, source: new.value.source.or(old.value.source) };
    let references = old.references.into_iter().chain(new.references).collect();
    Identified { value, references, ..new }
}

/// Merges exchange rates key by key; a year's rate takes the place of its months' too.
pub(super) fn merge_fx(below: &mut Vec<GivenFx>, own: Vec<GivenFx>) {
    for new in own {
        match below.iter_mut().find(|known| known.currency == new.currency) {
            Some(old) => {
                let mut months = std::mem::take(&mut old.rates.months);
                months.retain(|month, _| !new.rates.by_year.years.contains_key(&month.year()));
                months.extend(new.rates.months);
                old.rates.months = months;
                old.rates.by_year = merge_table(std::mem::take(&mut old.rates.by_year), new.rates.by_year);
                old.at = new.at;
            }
            None => below.push(new),
        }
    }
}

/// Merges rates year by year, `default` and `source` being keys like any other.
fn merge_table<T>(mut old: RateTable<T>, new: RateTable<T>) -> RateTable<T> {
    old.years.extend(new.years);
    RateTable { default: new.default.or(old.default), years: old.years, source: new.source.or(old.source) }
}

/// Replaces lines by id, puts those that inherit on the line below, and leaves out those that are dropped.
fn merge_lines(
    reader: &mut Reader,
    below: Vec<Identified<LineEntry>>,
    own: Vec<Identified<LineEntry>>,
) -> Vec<Identified<LineEntry>> {
    let known: HashSet<Id> = below.iter().map(|part| part.id.clone()).collect();
    let whole = |reader: &mut Reader, part: Identified<LineEntry>| match part.value {
        LineEntry::Line(_) => Some(part),
        LineEntry::Drop | LineEntry::Patch(_) => {
            if !known.contains(&part.id) {
                nothing_below(reader, &part);
            }
            None
        }
    };
    let merged = merge_with(below, own, |old, new| match (&new.value, &old.value) {
        (LineEntry::Patch(patch), LineEntry::Line(line)) => {
            let mut references = Vec::new();
            match line::inherited(reader, &new.id, line, patch, &mut references) {
                Some(line) => Identified { value: LineEntry::Line(Arc::new(line)), references, ..new },
                None => Identified { value: LineEntry::Drop, ..new }, // reported
            }
        }
        _ => new,
    });
    merged.into_iter().filter_map(|part| whole(reader, part)).collect()
}

/// The lines themselves.
pub(super) fn lines(parts: Vec<Identified<LineEntry>>) -> Vec<Identified<Line>> {
    let line = |part: Identified<LineEntry>| match part.value {
        LineEntry::Line(whole) => {
            let line = Arc::try_unwrap(whole).map_or_else(|shared| shared.line.clone(), |whole| whole.line);
            Some(Identified { id: part.id, at: part.at, value: line, references: part.references })
        }
        LineEntry::Patch(_) | LineEntry::Drop => None,
    };
    parts.into_iter().filter_map(line).collect()
}

fn nothing_below(reader: &mut Reader, part: &Identified<LineEntry>) {
    let message = match part.value {
        LineEntry::Patch(_) => message!(
            "inherits from a line that no file below it has",
            "hérite d'un poste qu'aucun fichier précédent ne contient"
        ),
        _ => message!("drops a line that the catalogue does not have", "supprime un poste que le catalogue n'a pas"),
    };
    reader.fail_key(Code::UnknownName, part.at, format!("lines.{}", part.id), message);
}

fn merge_with<T>(
    below: Vec<Identified<T>>,
    own: Vec<Identified<T>>,
    mut join: impl FnMut(Identified<T>, Identified<T>) -> Identified<T>,
) -> Vec<Identified<T>> {
    if own.is_empty() || below.is_empty() {
        return if own.is_empty() { below } else { own };
    }
    let mut own: Vec<Option<Identified<T>>> = own.into_iter().map(Some).collect();
    let indices: HashMap<Id, usize> =
        own.iter().flatten().enumerate().map(|(index, part)| (part.id.clone(), index)).collect();
    let mut merged: Vec<Identified<T>> = below
        .into_iter()
        .map(|old| match indices.get(&old.id).and_then(|&index| own.get_mut(index)?.take()) {
            Some(new) => join(old, new),
            None => old,
        })
        .collect();
    merged.extend(own.into_iter().flatten());
    merged
}
