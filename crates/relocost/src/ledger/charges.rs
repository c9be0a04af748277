//! The months of a stage in which a line is charged.

use crate::ledger::route::{Entitlements, Leg, Route};
use crate::names::Clock;
use crate::scenario::Schedule;

/// What of a line decides when it is charged.
#[derive(Debug)]
pub(crate) struct Timing<'s> {
    pub(crate) schedule: &'s Schedule,
    pub(crate) clock: Clock,
    pub(crate) when: Entitlements,
    pub(crate) unless: Entitlements,
    /// What the line's relief requires, if it has one.
    pub(crate) requires: Option<Entitlements>,
    /// The calendar months of the schedule as bits 0 to 11.
    pub(crate) calendar: u16,
}

/// A run of months `first`, `first + step`, ... below `end`, of which only those of the calendar count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Months {
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) step: u32,
    pub(crate) calendar: u16,
}

/// Every calendar month.
pub(crate) const ANY_MONTH: u16 = 0xFFF;

/// A stage to which a line applies, with the months in which it is charged and the start of its relief's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charged {
    pub(crate) stage: usize,
    pub(crate) months: Months,
    pub(crate) relief_start: Option<u32>,
}

impl Timing<'_> {
    /// Whether the line applies where these entitlements are held.
    pub(crate) fn applies(&self, holds: Entitlements) -> bool {
        holds & self.when == self.when && holds & self.unless == 0
    }

    /// Every entitlement that the line names.
    pub(crate) fn named(&self) -> Entitlements {
        self.when | self.unless | self.requires.unwrap_or(0)
    }

    fn relieves(&self, holds: Entitlements) -> bool {
        self.requires.is_some_and(|requires| holds & requires == requires)
    }

    /// In which stages the line applies and in which its relief runs, one bit a stage: with the route, all that the
    /// charges depend on. `grant` is held in every stage beside what its solution grants.
    pub(crate) fn pattern(&self, route: &Route, grant: Entitlements) -> (u64, u64) {
        let mut pattern = (0, 0);
        for (stage, leg) in route.legs.iter().enumerate() {
            let holds = leg.holds | grant;
            pattern.0 |= u64::from(self.applies(holds)) << stage;
            pattern.1 |= u64::from(self.relieves(holds)) << stage;
        }
        pattern
    }

    /// The stages in which the line is charged.
    pub(crate) fn charged(&self, route: &Route, grant: Entitlements) -> impl Iterator<Item = Charged> {
        let (mut since, mut relief_start) = (None, None);
        route.legs.iter().enumerate().filter_map(move |(stage, leg)| {
            let holds = leg.holds | grant;
            relief_start = self.relieves(holds).then(|| relief_start.unwrap_or(leg.start));
            since = self.applies(holds).then(|| since.unwrap_or(leg.start));
            let origin = match self.clock {
                Clock::Entitled => since?,
                Clock::Stage => since.map(|_| leg.start)?,
                Clock::Pathway => since.map(|_| 0)?,
            };
            Some(Charged { stage, months: self.months(leg, origin), relief_start })
        })
    }

    fn months(&self, leg: &Leg, origin: u32) -> Months {
        let run = |from: u32, until: Option<u32>, step, calendar| {
            let begin = leg.start.saturating_sub(origin).max(from);
            let first = origin + from + (begin - from).div_ceil(step) * step;
            let end = until.map_or(leg.end, |until| leg.end.min(origin.saturating_add(until)));
            Months { first, end, step, calendar }
        };
        match self.schedule {
            Schedule::Monthly { from, until } => run(*from, *until, 1, ANY_MONTH),
            Schedule::Once { at } => run(*at, Some(at + 1), 1, ANY_MONTH),
            Schedule::Every { months, from, until } => run(*from, *until, *months, ANY_MONTH),
            Schedule::Calendar { from, until, .. } => run(*from, *until, 1, self.calendar),
            Schedule::OnExit if leg.followed => {
                Months { first: leg.end - 1, end: leg.end, step: 1, calendar: ANY_MONTH }
            }
            Schedule::OnExit => Months { first: leg.end, end: leg.end, step: 1, calendar: ANY_MONTH },
            Schedule::OnJoin => Months { first: leg.start.max(1), end: leg.end, step: 1, calendar: ANY_MONTH },
        }
    }
}

impl Months {
    /// The months since the start; `first_calendar` is the calendar month of month 0, from 0.
    pub(crate) fn iter(self, first_calendar: u32) -> impl Iterator<Item = u32> {
        (self.first..self.end).step_by(self.step as usize).filter(move |&month| self.has(month, first_calendar))
    }

    /// Whether the calendar has a month.
    pub(super) fn has(self, month: u32, first_calendar: u32) -> bool {
        self.calendar == ANY_MONTH || self.calendar >> ((first_calendar + month) % 12) & 1 == 1
    }
}
