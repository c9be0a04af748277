//! The months of a stage in which a line is charged.

use std::ops::Range;

use super::route::{Grant, Leg, Route, Whereabouts};
use crate::names::Clock;
use crate::scenario::charging::{ANY_MONTH, Applies, Charging, Course};
use crate::scenario::{Inner, Schedule, Valid};
use crate::types::Month;

impl Applies {
    fn to(&self, leg: &Leg, grant: Grant) -> bool {
        let holds = leg.held(grant);
        holds & self.when == self.when
            && holds & self.unless == 0
            && (self.solutions.is_empty() || self.solutions.get(leg.solution) == Some(&true))
            && (self.places.is_empty() || leg.place(grant).is_some_and(|place| self.places.get(place) == Some(&true)))
    }
}

impl Course {
    /// True if a move to a stage interrupts the clock.
    fn moved(&self, route: &Route, grant: Grant, stage: usize) -> bool {
        self.clock == Clock::Place
            && stage
                .checked_sub(1)
                .is_some_and(|before| route.legs[before].place(grant) != route.legs[stage].place(grant))
    }

    /// True if the run of stages that the clock counts ends with one to which the line applies, before the horizon.
    fn ends_with(&self, route: &Route, grant: Grant, stage: usize) -> bool {
        let Some(next) = route.legs.get(stage + 1) else { return route.legs.get(stage).is_some_and(|leg| leg.ends) };
        match self.clock {
            Clock::Pathway => false,
            Clock::Stage => next.begin == next.start,
            Clock::Entitled | Clock::Place => !self.applies.to(next, grant) || self.moved(route, grant, stage + 1),
        }
    }

    /// The runs that end before the horizon, each from its first stage to its last.
    pub(crate) fn ends(&self, route: &Route, grant: Grant) -> impl Iterator<Item = (usize, usize)> {
        let mut since = None;
        (0..route.legs.len()).filter_map(move |stage| {
            let leg = &route.legs[stage];
            let breaks = self.clock == Clock::Stage && leg.begin == leg.start;
            let goes_on = since.filter(|_| !breaks && !self.moved(route, grant, stage));
            since = self.applies.to(leg, grant).then(|| goes_on.unwrap_or(stage));
            let first = if self.clock == Clock::Pathway { since.map(|_| 0) } else { since }?;
            self.ends_with(route, grant, stage).then_some((first, stage))
        })
    }
}

/// How an item is charged over a horizon from a start on.
#[derive(Debug)]
pub(crate) struct Timing<'s> {
    pub(crate) charging: &'s Charging,
    /// `None` of a refund, which is charged where a run of its line ends.
    pub(crate) schedule: Option<&'s Schedule>,
    /// The months of the schedule, since the start.
    pub(crate) dates: Vec<u32>,
    /// The months since the start in which a charge may fall.
    pub(crate) valid: Range<u32>,
}

/// A run of months `first`, `first + step`, ... below `end`, of which only those of the calendar and the dates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Months<'t> {
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) step: u32,
    pub(crate) calendar: u16,
    /// All where there are none.
    pub(crate) dates: &'t [u32],
}

/// A stage to which a line applies, with the months in which it is charged and the start of its relief's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charged<'t> {
    pub(crate) stage: usize,
    pub(crate) months: Months<'t>,
    pub(crate) relief_start: Option<u32>,
    pub(crate) place: Option<usize>,
}

/// All that a line's charges depend on beside the route: one bit a stage for where it applies, where the percentages
/// over it do and where its relief runs; and the place, where that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    pub(crate) applies: u64,
    over: u64,
    relieved: u64,
    place: Whereabouts,
}

impl Pattern {
    /// True if it is charged nowhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.applies == 0 || self.over == 0
    }
}

/// Months since the start of months of the calendar; those before the start are left out.
pub(crate) fn offsets(start: Month, months: &[Month]) -> Vec<u32> {
    months.iter().filter_map(|month| u32::try_from(month.months_since(start)).ok()).collect()
}

impl<'s> Timing<'s> {
    pub(crate) fn new(scenario: &'s Inner, charging: &'s Charging, horizon: u32) -> Self {
        let line = scenario.lines.get_index(charging.item.base).filter(|_| charging.refunded().is_none());
        let schedule = line.and_then(|(_, line)| Some(&line.priced()?.schedule));
        let offset = |month: Month| u32::try_from(month.months_since(scenario.start)).unwrap_or(0);
        let Valid { from, until } = charging.valid;
        let dates = match schedule {
            Some(Schedule::Dates { months }) => offsets(scenario.start, months),
            _ => Vec::new(),
        };
        Self { charging, schedule, dates, valid: from.map_or(0, offset)..until.map_or(horizon, offset).min(horizon) }
    }

    fn relieves(&self, leg: &Leg, grant: Grant) -> bool {
        let holds = leg.held(grant);
        self.charging.requires.is_some_and(|requires| holds & requires == requires)
    }

    fn over(&self, leg: &Leg, grant: Grant) -> bool {
        self.charging.over.iter().all(|over| over.to(leg, grant))
    }

    /// True if its calendar and its dates include every month.
    pub(super) fn in_every_month(&self) -> bool {
        self.charging.calendar == ANY_MONTH && self.dates.is_empty()
    }

    /// The months among some that its calendar and its dates include.
    pub(super) fn included(&self, months: Range<u32>) -> Months<'_> {
        let Range { start: first, end } = months;
        Months { first, end, step: 1, calendar: self.charging.calendar, dates: &self.dates }
    }

    /// The conditions on which its charges depend.
    pub(crate) fn pattern(&self, route: &Route, grant: Grant) -> Pattern {
        let place = if self.charging.by_place { grant.place } else { Whereabouts::AsWritten };
        let mut pattern = Pattern { applies: 0, over: 0, relieved: 0, place };
        for (stage, leg) in route.legs.iter().enumerate() {
            pattern.applies |= u64::from(self.charging.course.applies.to(leg, grant)) << stage;
            pattern.over |= u64::from(self.over(leg, grant)) << stage;
            pattern.relieved |= u64::from(self.relieves(leg, grant)) << stage;
        }
        pattern
    }

    /// The stages in which the line is charged; those of a refund are in [`Timing::ends`].
    pub(crate) fn charged<'t>(&'t self, route: &'t Route, grant: Grant) -> impl Iterator<Item = Charged<'t>> {
        let (mut since, mut relief_start) = (None, None);
        let course = &self.charging.course;
        route.legs.iter().enumerate().filter_map(move |(stage, leg)| {
            relief_start = self.relieves(leg, grant).then(|| relief_start.unwrap_or(leg.start));
            let goes_on = since.filter(|_| !course.moved(route, grant, stage));
            since = course.applies.to(leg, grant).then(|| goes_on.unwrap_or(leg.start));
            let origin = match course.clock {
                Clock::Entitled | Clock::Place => since?,
                Clock::Stage => since.map(|_| leg.begin)?,
                Clock::Pathway => since.map(|_| 0)?,
            };
            let months = self.schedule.filter(|_| self.over(leg, grant))?;
            let months = self.months(months, leg, origin, || course.ends_with(route, grant, stage));
            Some(Charged { stage, months, relief_start, place: leg.place(grant) })
        })
    }

    /// The runs of its line that end before the horizon, each from its first stage to its last.
    pub(crate) fn ends(&self, route: &Route, grant: Grant) -> impl Iterator<Item = (usize, usize)> {
        self.charging.course.ends(route, grant)
    }

    /// True if the percentages over a refund apply in a stage and its last month.
    pub(crate) fn returned_in(&self, leg: &Leg, grant: Grant) -> bool {
        self.over(leg, grant) && self.valid.contains(&(leg.end - 1))
    }

    fn months<'t>(&'t self, schedule: &Schedule, leg: &Leg, origin: u32, ends: impl FnOnce() -> bool) -> Months<'t> {
        let run = |from: u32, until: Option<u32>, step, calendar| {
            let after = leg.start.max(self.valid.start).saturating_sub(origin).saturating_sub(from);
            let first = origin + from + if step == 1 { after } else { after.div_ceil(step) * step };
            let end = until.map_or(leg.end, |until| leg.end.min(origin.saturating_add(until)));
            Months { first, end: end.min(self.valid.end), step, calendar, dates: &[] }
        };
        let single = |is_charged: bool| {
            let month = leg.end - 1;
            let end = if is_charged && self.valid.contains(&month) { leg.end } else { month };
            Months { end, ..Months::single(month) }
        };
        match schedule {
            Schedule::Monthly { from, until } => run(*from, *until, 1, ANY_MONTH),
            Schedule::Once { at } => run(*at, Some(at + 1), 1, ANY_MONTH),
            Schedule::Every { months, from, until } => run(*from, *until, *months, ANY_MONTH),
            Schedule::Calendar { from, until, .. } => run(*from, *until, 1, self.charging.calendar),
            // Its list is empty where all its months lie before the start.
            Schedule::Dates { .. } if self.dates.is_empty() => single(false),
            Schedule::Dates { .. } => Months { dates: &self.dates, ..run(leg.start - origin, None, 1, ANY_MONTH) },
            Schedule::OnExit => single(leg.followed),
            Schedule::OnEnd => single(ends()),
            Schedule::OnJoin => {
                let first = leg.start.max(1).max(self.valid.start);
                Months { first, end: leg.end.min(self.valid.end), step: 1, calendar: ANY_MONTH, dates: &[] }
            }
            Schedule::OnLeave => run(leg.start - origin, None, 1, ANY_MONTH),
        }
    }
}

impl Months<'_> {
    /// One month.
    pub(super) fn single(month: u32) -> Self {
        Self { first: month, end: month + 1, step: 1, calendar: ANY_MONTH, dates: &[] }
    }

    /// Those of them that lie in a window.
    pub(super) fn within(self, window: &Range<u32>) -> Self {
        let before = window.start.saturating_sub(self.first);
        let before = if self.step == 1 { before } else { before.div_ceil(self.step) * self.step };
        Self { first: self.first + before, end: self.end.min(window.end), ..self }
    }

    /// The months since the start; `first_calendar` is the calendar month of month 0, from 0.
    pub(crate) fn iter(self, first_calendar: u32) -> impl Iterator<Item = u32> {
        (self.first..self.end).step_by(self.step as usize).filter(move |&month| self.has(month, first_calendar))
    }

    /// Visits the months in a row among months one after another, the first and the end: those that the calendar or the
    /// dates include. A schedule has one or the other.
    pub(super) fn each_row(self, first_calendar: u32, mut visit: impl FnMut(u32, u32)) {
        let mut month = self.first;
        while month < self.end {
            let row = if self.dates.is_empty() {
                calendar_row(self.calendar, first_calendar, month)
            } else {
                dates_row(self.dates, month)
            };
            let (first, end) = (row.start, row.end.min(self.end));
            if first < end {
                visit(first, end);
            }
            month = row.end;
        }
    }

    /// True if the calendar and the dates include a month.
    fn has(&self, month: u32, first_calendar: u32) -> bool {
        (self.calendar == ANY_MONTH || self.calendar >> ((first_calendar + month) % 12) & 1 == 1)
            && (self.dates.is_empty() || self.dates.binary_search(&month).is_ok())
    }
}

/// The first months in a row of the calendar from a month on; at most a year of them.
fn calendar_row(calendar: u16, first_calendar: u32, month: u32) -> Range<u32> {
    // From that month on, and from then on again.
    let months = (u32::from(calendar) | u32::from(calendar) << 12) >> ((first_calendar + month) % 12);
    let before = months.trailing_zeros().min(12);
    month + before..month + before + (months >> before).trailing_ones().min(12)
}

/// The first dates in a row from a month on; none at the end of time where there are no more.
fn dates_row(dates: &[u32], month: u32) -> Range<u32> {
    let later = &dates[dates.partition_point(|&date| date < month)..];
    let Some(&first) = later.first() else { return u32::MAX..u32::MAX };
    let in_row = (first..).zip(later).take_while(|(month, date)| month == *date);
    first..in_row.last().map_or(first, |(month, _)| month) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_the_months_of_the_calendar_and_the_dates() {
        let rows = |calendar: u16, dates: &[u32], months: Range<u32>| {
            let (first, end) = (months.start, months.end);
            let mut rows = Vec::new();
            Months { first, end, step: 1, calendar, dates }.each_row(11, |first, end| rows.push((first, end)));
            rows
        };
        // January and February, from December on.
        let calendar = 0b11;
        assert_eq!(rows(calendar, &[], 0..15), [(1, 3), (13, 15)]);
        assert_eq!(rows(calendar, &[], 2..14), [(2, 3), (13, 14)]);
        assert_eq!(rows(calendar, &[], 3..13), []);
        assert_eq!(rows(ANY_MONTH, &[2, 5, 6], 2..9), [(2, 3), (5, 7)]);
        assert_eq!(rows(ANY_MONTH, &[2, 5, 6], 3..6), [(5, 6)]);
        // November to January, from March on.
        assert_eq!(rows(0b1100_0000_0001, &[], 3..40), [(11, 14), (23, 26), (35, 38)]);
        assert_eq!(rows(0, &[], 0..40), []);
    }
}
