//! What a run of the queue with all agreements was like month by month, so that a run without some of them need not begin
//! anew: an agreement that has made no offer yet has changed nothing.

use super::{Listener, PlaceEvent, Set};

/// The record of a run.
#[derive(Debug, Default)]
pub(crate) struct RunRecord {
    /// By month, then by agreement: the places left at its beginning, and the first grant that was still to come.
    months: Vec<(u32, usize)>,
    /// The places that were refused, in their order.
    refused: Vec<Refused>,
    /// The month of each agreement's first offer; `i32::MAX` without one.
    first_offers: Vec<i32>,
    /// The places of each agreement that lapsed.
    pub(crate) lapsed: Vec<u64>,
}

/// A place that was refused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    month: i32,
    pub(crate) case: usize,
    pub(crate) agreement: usize,
    /// The first month in which the case can be given another.
    pub(crate) again: i32,
}

impl RunRecord {
    /// Empties it for a run with so many agreements.
    pub(crate) fn begin(&mut self, agreements: usize) {
        self.months.clear();
        self.refused.clear();
        self.first_offers.clear();
        self.first_offers.resize(agreements, i32::MAX);
        self.lapsed.clear();
        self.lapsed.resize(agreements, 0);
    }

    /// The month from which a run with some of the agreements differs from the recorded run; none if it does not.
    pub(crate) fn differs_from(&self, with: Set) -> Option<i32> {
        let lacking = self.first_offers.iter().enumerate().filter(|(place, _)| with >> place & 1 == 0);
        lacking.map(|(_, month)| *month).min().filter(|month| *month < i32::MAX)
    }

    /// What was refused before a month.
    pub(crate) fn refused_before(&self, month: i32) -> impl Iterator<Item = &Refused> {
        self.refused.iter().take_while(move |refused| refused.month < month)
    }

    /// Sets the places left and the grants still to come at the beginning of a month.
    pub(super) fn at(&self, month: i32, left: &mut [u32], next: &mut [usize]) {
        let first = usize::try_from(month).unwrap_or(0) * left.len();
        let known = self.months.iter().skip(first);
        for ((left, next), (of_left, of_next)) in left.iter_mut().zip(next).zip(known) {
            (*left, *next) = (*of_left, *of_next);
        }
    }
}

impl Listener for RunRecord {
    fn begins(&mut self, left: &[u32], next: &[usize]) {
        self.months.extend(left.iter().copied().zip(next.iter().copied()));
    }

    fn places(&mut self, agreement: usize, _: i32, event: PlaceEvent) {
        if let PlaceEvent::Lapsed(places) = event {
            self.lapsed[agreement] += u64::from(places);
        }
    }

    fn offers(&mut self, month: i32, agreement: usize, case: usize, again: Option<i32>) {
        self.first_offers[agreement] = self.first_offers[agreement].min(month);
        self.refused.extend(again.map(|again| Refused { month, case, agreement, again }));
    }
}
