//! The rows of charges, each with the cells of its factors.

use std::collections::HashMap;
use std::ops::Range;

use relocost::ledger::Exact;
use relocost::programme::{PlannedCharge, PlannedCharges};
use relocost::{Entry, Id, Ledger, Money};

use super::funds::Payers;
use super::names::Name;
use super::terms::{Terms, root};

/// A charge with the cells of its factors.
pub(super) struct Row<'l> {
    pub(super) entry: Entry<'l>,
    /// The number of charges that are alike.
    pub(super) times: u32,
    /// True of a programme's own lines.
    pub(super) is_own: bool,
    pub(super) price: Option<Name>,
    pub(super) level: Option<Name>,
    pub(super) index: Option<Name>,
    pub(super) exchange: Option<Name>,
    pub(super) needed: Option<Name>,
    pub(super) shares: Vec<Name>,
    /// Of a refund, the rows that it returns.
    pub(super) returned: Option<Range<usize>>,
    /// Of a refund of charges that are not here one by one, the amount that it returns, with a minus.
    pub(super) fixed: Option<Exact>,
    /// The value before its rounding.
    pub(super) unrounded: Exact,
    pub(super) payers: Payers<'l>,
    /// What each fund pays of one such charge.
    pub(super) parts: Vec<(&'l Id, Money)>,
}

/// The charges of a ledger, line by line and within a line by month, so that what a refund returns stands together.
pub(super) fn rows<'l>(ledger: &'l Ledger, terms: &mut Terms<'_>) -> Vec<Row<'l>> {
    let lines = ledger.scenario().lines();
    let mut entries: Vec<(Option<usize>, Entry<'l>)> =
        ledger.entries().map(|entry| (lines.get_index_of(&entry.line().id), entry)).collect();
    entries.sort_by_key(|(line, _)| *line);
    let returned = |entry: &Entry<'l>| {
        let (stages, line) = (entry.stages_returned()?, lines.get_index_of(&root(entry).id));
        let first = entries.partition_point(|(of, each)| (*of, each.stage()) < (line, *stages.start()));
        let end = entries.partition_point(|(of, each)| (*of, each.stage()) <= (line, *stages.end()));
        Some(first..end)
    };
    let row = |(_, entry): &(Option<usize>, Entry<'l>)| Row {
        entry: *entry,
        times: 1,
        is_own: false,
        price: terms.price(entry),
        level: terms.level(entry),
        index: terms.index(entry),
        exchange: terms.exchange(entry),
        needed: terms.needed(entry),
        shares: terms.shares(entry),
        returned: returned(entry),
        fixed: None,
        unrounded: entry.unrounded(),
        payers: terms.payers(ledger.scenario(), entry.solution(), entry.category()),
        parts: entry.funds(),
    };
    entries.iter().map(row).collect()
}

/// The charges of a programme as planned, line by line and within a line by month; those that are alike in one row.
pub(super) fn planned<'l>(charges: &'l PlannedCharges, terms: &mut Terms<'_>) -> Vec<Row<'l>> {
    let places: HashMap<&Id, usize> = charges.lines().zip(0..).map(|(line, place)| (&line.id, place)).collect();
    let mut found: Vec<PlannedCharge<'l>> = charges.iter().collect();
    // In a month by category, so that charges of one line, month and category stand together.
    let category = |charge: &PlannedCharge<'l>| charge.entry.category().to_string();
    found.sort_by_cached_key(|charge| {
        (places.get(&charge.entry.line().id).copied(), charge.entry.month(), category(charge))
    });
    let row = |charge: PlannedCharge<'l>| {
        let entry = charge.entry;
        Row {
            entry,
            times: charge.times,
            is_own: charge.is_own,
            price: terms.price(&entry),
            level: terms.level(&entry),
            index: terms.index(&entry),
            exchange: terms.exchange(&entry),
            needed: terms.needed(&entry),
            shares: terms.shares(&entry),
            returned: None,
            fixed: charge.returned,
            unrounded: charge.unrounded,
            payers: if charge.is_own {
                terms.own_payers(charges, entry.line())
            } else {
                terms.payers(charges.setting(), entry.solution(), entry.category())
            },
            parts: charge.funds,
        }
    };
    found.into_iter().map(row).collect()
}
