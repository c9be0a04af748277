//! Months in a row in which an item has the same terms, so that its amount is rounded once for all of them.

use super::exposure::Units;

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

/// The spans of a horizon: `firsts` are the first months of the periods of a timetable, `changes` the months from which
/// a quantity may be another, both from 0 on; `at` gives period, units and earning of a month.
pub(super) fn spans(
    horizon: u32,
    firsts: &[u32],
    changes: &[u32],
    at: impl Fn(u32) -> (u32, Units, bool),
) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(firsts.len() + changes.len());
    let (mut firsts, mut changes) = (firsts.iter().copied().peekable(), changes.iter().copied().peekable());
    let mut first = 0;
    while first < horizon {
        while firsts.next_if(|&it| it <= first).is_some() {}
        while changes.next_if(|&it| it <= first).is_some() {}
        let next = |cut: Option<&u32>| cut.map_or(horizon, |&cut| cut.min(horizon));
        let end = next(firsts.peek()).min(next(changes.peek()));
        let (period, units, earns) = at(first);
        match spans.last_mut() {
            Some(last) if (last.period, last.units, last.earns) == (period, units, earns) => last.end = end,
            _ => spans.push(Span { first, end, period, units, earns }),
        }
        first = end;
    }
    spans
}

/// Cuts spans where a relief whose clock runs from `start` goes on to another share, and visits what comes of it: the
/// months and the terms. `changes` are the months of relief, from 0, at which the share that is still needed changes.
pub(super) fn relieved(spans: &[Span], start: u32, changes: &[u32], mut visit: impl FnMut(u32, u32, Terms)) {
    let mut next = changes;
    for span in spans.iter().filter(|span| span.end > start) {
        let mut first = span.first.max(start);
        if !span.earns {
            visit(first, span.end, Terms { period: span.period, units: span.units, relief_months: None });
            continue;
        }
        while first < span.end {
            let months = first - start;
            while let [change, later @ ..] = next
                && *change <= months
            {
                next = later;
            }
            let end = next.first().map_or(span.end, |change| start.saturating_add(*change).min(span.end));
            visit(first, end, Terms { period: span.period, units: span.units, relief_months: Some(months) });
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
        let ends: Vec<u32> = spans(7, &[0, 3], &[0, 1, 2, 4, 5], at).iter().map(|span| span.end).collect();
        assert_eq!(ends, [1, 2, 3, 5, 7]);
    }

    #[test]
    fn a_relief_cuts_spans_from_its_start_on_where_its_share_changes_and_somebody_earns() {
        let plain = spans(8, &[0, 4], &[0, 6], |month| (u32::from(month >= 4), 10, month < 6));
        let mut seen = Vec::new();
        relieved(&plain, 2, &[0, 1, 5], |first, end, terms| seen.push((first, end, terms.period, terms.relief_months)));
        assert_eq!(seen, [(2, 3, 0, Some(0)), (3, 4, 0, Some(1)), (4, 6, 1, Some(2)), (6, 8, 1, None)]);
    }
}
