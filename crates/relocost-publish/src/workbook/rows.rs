//! The rows of a pathway: its charges, each with the cells of its factors.

use std::ops::Range;

use relocost::{Entry, Ledger};

use super::names::Name;
use super::terms::{Terms, root};

/// A charge with the cells of its factors.
pub(super) struct Row<'l> {
    pub(super) entry: Entry<'l>,
    pub(super) price: Option<Name>,
    pub(super) level: Option<Name>,
    pub(super) index: Option<Name>,
    pub(super) exchange: Option<Name>,
    pub(super) needed: Option<Name>,
    pub(super) shares: Vec<Name>,
    /// Of a refund, the rows that it returns.
    pub(super) returned: Option<Range<usize>>,
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
        price: terms.price(entry),
        level: terms.level(entry),
        index: terms.index(entry),
        exchange: terms.exchange(entry),
        needed: terms.needed(entry),
        shares: terms.shares(entry),
        returned: returned(entry),
    };
    entries.iter().map(row).collect()
}
