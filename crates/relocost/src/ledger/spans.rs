//! Months in a row in which an item has the same terms, so that its amount is rounded once for all of them.

use std::ops::Range;

use super::exposure::{Exposure, Units};
use crate::error::Error;
use crate::scenario::charging::{Drivers, Who};
use crate::scenario::price_tables::Timetables;
use crate::watch::Pulse;

/// The conditions on which the amount of an item depends, beside the line, the basis and the price level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The period of the line's timetable.
    pub(super) period: u32,
    pub(super) units: Units,
    /// Months on the clock of the relief; `None` where nothing is relieved. Of a span whose months of relief need the
    /// same share, the first.
    pub(super) relief_months: Option<u32>,
}

/// The months `first..end`, in which the terms are the same whenever nothing is relieved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) period: u32,
    pub(super) units: Units,
    /// True if the quantity without which there is no relief is above 0.
    pub(super) earns: bool,
}

/// Adds the spans of a horizon to those of others: `firsts` are the first months of the periods of a timetable, `changes`
/// the months from which a quantity may be another, both from 0 on; `at` gives period, units and earning of a month.
fn add_spans(
    spans: &mut Vec<Span>,
    horizon: u32,
    (firsts, changes): (&[u32], &[u32]),
    at: impl Fn(u32) -> (u32, Units, bool),
) {
    let others = spans.len();
    // The first of some cuts after a month, to which `place` goes on.
    let next = |cuts: &[u32], place: &mut usize, month: u32| {
        while cuts.get(*place).is_some_and(|&cut| cut <= month) {
            *place += 1;
        }
        cuts.get(*place).map_or(horizon, |&cut| cut.min(horizon))
    };
    let (mut first, mut at_period, mut at_change) = (0, 0, 0);
    while first < horizon {
        let end = next(firsts, &mut at_period, first).min(next(changes, &mut at_change, first));
        let (period, units, earns) = at(first);
        match spans[others..].last_mut() {
            Some(last) if (last.period, last.units, last.earns) == (period, units, earns) => last.end = end,
            _ => spans.push(Span { first, end, period, units, earns }),
        }
        first = end;
    }
}

/// The spans of items with a price.
pub(super) struct SpanLists {
    /// List after list, each once, by timetable and drivers.
    all: Vec<Span>,
    /// By item, where its list lies; nowhere of a refund.
    of_item: Vec<Range<usize>>,
}

impl SpanLists {
    /// Those of items by the line with their price and their drivers, where they have any.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn new(
        items: impl ExactSizeIterator<Item = Option<(usize, Drivers)>>,
        exposure: &Exposure,
        timetables: &Timetables,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let (mut known, mut all) = (Vec::with_capacity(items.len()), Vec::with_capacity(8 * items.len()));
        let mut of_item = Vec::with_capacity(items.len());
        for priced in items {
            let Some((line, drivers)) = priced else {
                of_item.push(0..0);
                continue;
            };
            let timetable = timetables.of_line[line];
            let same = |other: &&(usize, Drivers, Range<usize>)| (other.0, other.1) == (timetable, drivers);
            let place = if let Some((_, _, place)) = known.iter().find(same) {
                place.clone()
            } else {
                pulse.beat()?;
                let Drivers { driver, who, needs } = drivers;
                let (table, units) = (&timetables.tables[timetable], exposure.units(driver, who));
                let earning = needs.map(|needs| exposure.units(needs, Who::All));
                let horizon = u32::try_from(table.of_month.len()).unwrap_or(0);
                // Those of members who join or leave hold those of all, of which the earning is.
                let changes = exposure.changes(who);
                let first = all.len();
                add_spans(&mut all, horizon, (&table.firsts, changes), |month| {
                    let at = |table: &[u32]| table.get(month as usize).copied().unwrap_or(0);
                    (at(&table.of_month), at(units), earning.is_none_or(|earning| at(earning) > 0))
                });
                known.push((timetable, drivers, first..all.len()));
                first..all.len()
            };
            of_item.push(place);
        }
        Ok(Self { all, of_item })
    }

    /// Those of an item; none of a refund.
    pub(super) fn of(&self, item: usize) -> &[Span] {
        &self.all[self.of_item[item].clone()]
    }
}

/// Cuts spans where a relief whose clock runs from `start` goes on to another share, and visits what comes of it: the
/// months and the terms. `changes` are the months of relief, from 0, at which the share that is still needed changes.
pub(super) fn relieved(spans: &[Span], start: u32, changes: &[u32], mut visit: impl FnMut(u32, u32, Terms)) {
    let mut cuts = changes.iter().map(|&change| start.saturating_add(change));
    // The month of the next change, or the last one of all.
    let mut cut = 0;
    for span in spans.iter().filter(|span| span.end > start) {
        let mut first = span.first.max(start);
        while first < span.end {
            let (mut end, mut relief_months) = (span.end, None);
            if span.earns {
                while cut <= first {
                    cut = cuts.next().unwrap_or(u32::MAX);
                }
                (end, relief_months) = (end.min(cut), Some(first - start));
            }
            visit(first, end, Terms { period: span.period, units: span.units, relief_months });
            first = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_where_period_units_or_earning_change() {
        let (units, earns) = ([10, 10, 20, 20, 20, 20, 20], [false, true, true, true, true, false, false]);
        let at = |month: u32| (u32::from(month >= 3), units[month as usize], earns[month as usize]);
        let mut spans = vec![Span { first: 0, end: 7, period: 0, units: 10, earns: false }];
        add_spans(&mut spans, 7, (&[0, 3], &[0, 1, 2, 4, 5]), at);
        assert_eq!(spans.iter().map(|span| span.end).collect::<Vec<_>>(), [7, 1, 2, 3, 5, 7]);
    }

    #[test]
    fn a_relief_cuts_spans_from_its_start_on_where_its_share_changes_and_somebody_earns() {
        let mut plain = Vec::new();
        add_spans(&mut plain, 8, (&[0, 4], &[0, 6]), |month| (u32::from(month >= 4), 10, month < 6));
        let mut seen = Vec::new();
        relieved(&plain, 2, &[0, 1, 5], |first, end, terms| seen.push((first, end, terms.period, terms.relief_months)));
        assert_eq!(seen, [(2, 3, 0, Some(0)), (3, 4, 0, Some(1)), (4, 6, 1, Some(2)), (6, 8, 1, None)]);
    }
}
