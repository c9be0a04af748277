//! The run of a programme: who waits, who is given which place, and when each case moves (MODEL.md, 11.2).
//!
//! In: cases that queue and agreements that grant places, on the clock of the programme, whose month 0 is its first. Out:
//! for each case its place or none, and the account of each agreement's places. Nothing here knows what anything costs, so
//! that a run of a few cases takes microseconds and the value of an agreement can be had from all subsets.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use crate::names::QueueOrder;

/// A set of agreements, one bit each, in the order declared.
pub(crate) type Set = u64;

/// Every agreement.
pub(crate) const ALL: Set = Set::MAX;

/// A case that queues.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queueing {
    /// The month of arrival; negative before the programme.
    pub(crate) arrives: i32,
    /// The month from which it has no support.
    pub(crate) ends: Option<i32>,
    /// The lower, the earlier, under [`QueueOrder::Priority`].
    pub(crate) priority: i32,
    /// The agreements that suit it.
    pub(crate) suits: Set,
    /// For each person who ever counts the month of leaving, ascending; those who never leave come last, with `i32::MAX`.
    pub(crate) leaves: Arc<[i32]>,
}

impl Queueing {
    /// The persons who count in a month or will count later.
    pub(crate) fn persons(&self, month: i32) -> u32 {
        let gone = self.leaves.partition_point(|&leaves| leaves <= month);
        u32::try_from(self.leaves.len() - gone).unwrap_or(u32::MAX)
    }

    /// The month from which it has no support or no persons.
    fn leaves_at(&self) -> i32 {
        let last = self.leaves.last().copied().unwrap_or(i32::MIN);
        self.ends.map_or(last, |ends| ends.min(last))
    }

    /// The month in which it joins the queue.
    pub(crate) fn joins(&self) -> i32 {
        self.arrives.max(0)
    }
}

/// An agreement as the queue sees it.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// Month and places of each grant from the programme's first month on, by ascending month.
    pub(crate) grants: Vec<(i32, u32)>,
    /// The month of the first grant that is declared, before the programme or in it.
    pub(crate) in_force: Option<i32>,
    /// The month from which nothing is granted and places lapse.
    pub(crate) until: Option<i32>,
    /// True if places that are left stay when more are granted.
    pub(crate) carry_over: bool,
    /// Places left over from before the programme.
    pub(crate) in_hand: u32,
    /// Months from a place to the move, 1 or more.
    pub(crate) processing: u32,
    /// Months `from..until` in which no place is given.
    pub(crate) pauses: Vec<(i32, i32)>,
    /// The largest case that it takes.
    pub(crate) max_persons: Option<u32>,
    /// True if a case takes as many places as it has persons, instead of one.
    pub(crate) by_person: bool,
}

impl Terms {
    /// True if places can be given in a month.
    fn is_open(&self, month: i32) -> bool {
        self.until.is_none_or(|until| month < until)
            && !self.pauses.iter().any(|&(from, until)| (from..until).contains(&month))
    }

    /// True if it is in force in a month of a programme of so many months.
    pub(crate) fn is_in_force(&self, month: i32, months: i32) -> bool {
        self.in_force.is_some_and(|first| first < months && first <= month)
            && self.until.is_none_or(|until| month < until)
    }

    /// The places that a case of so many persons takes.
    pub(crate) fn places_for(&self, persons: u32) -> u32 {
        if self.by_person { persons } else { 1 }
    }

    /// True if a case may take a place in a month, if there is room: all but the places themselves.
    pub(crate) fn may_take(&self, case: &Queueing, persons: u32, month: i32) -> bool {
        self.may_take_in(case, persons, month, || self.processing)
    }

    /// The same with another number of months from the place to the move.
    fn may_take_in(&self, case: &Queueing, persons: u32, month: i32, processing: impl FnOnce() -> u32) -> bool {
        self.is_open(month)
            && self.max_persons.is_none_or(|most| persons <= most)
            && case.ends.is_none_or(|ends| month.saturating_add_unsigned(processing()) < ends)
    }
}

/// A place that a case was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// The month of the place.
    pub(crate) month: i32,
    /// The agreement's place among those declared.
    pub(crate) agreement: usize,
    /// The persons who count then or later.
    pub(crate) persons: u32,
    /// The places that it took.
    pub(crate) places: u32,
    /// The month of the move.
    pub(crate) moves: i32,
}

/// The course of a case within the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// It waits at the end of the programme.
    Waiting,
    /// It was given a place.
    Given(Given),
    /// It left the queue in a month.
    Left(i32),
}

impl Course {
    /// The place that it was given, if any.
    pub(crate) fn given(self) -> Option<Given> {
        match self {
            Self::Given(given) => Some(given),
            Self::Waiting | Self::Left(_) => None,
        }
    }
}

/// An event of an agreement's places in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceEvent {
    /// So many are granted.
    Granted(u32),
    /// So many lapse.
    Lapsed(u32),
}

/// The fate of places that are offered to cases.
pub(crate) trait Offers {
    /// The months from a place of an agreement to the move of a case; the same until the case refuses one of its places.
    fn processing(&mut self, case: usize, agreement: usize, terms: &Terms) -> u32;

    /// The months for which a case that refuses so many places is given no others; `None` if it takes them.
    fn refused(&mut self, case: usize, agreement: usize, places: u32) -> Option<u32>;
}

/// Without chance: nobody refuses, and processing takes what the agreement says.
pub(crate) struct AsAgreed;

impl Offers for AsAgreed {
    fn processing(&mut self, _: usize, _: usize, terms: &Terms) -> u32 {
        terms.processing
    }

    fn refused(&mut self, _: usize, _: usize, _: u32) -> Option<u32> {
        None
    }
}

/// A programme's cases and agreements on its own clock.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    /// The number of months of the programme.
    pub(crate) months: i32,
    /// Who comes first.
    pub(crate) order: QueueOrder,
    /// The cases, by arrival and then as declared.
    pub(crate) cases: Vec<Queueing>,
    /// The agreements, as declared.
    pub(crate) agreements: Vec<Terms>,
}

/// The results of a run and its working memory: kept from one run to the next, so that a run allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// The course of each case, in the order of the queue's cases.
    pub(crate) courses: Vec<Course>,
    /// The places left of each agreement.
    left: Vec<u32>,
    /// The first grant of each agreement that is still to come.
    next: Vec<usize>,
    /// The cases that wait, by rank.
    waiting: Vec<usize>,
    /// The first month in which a case that refused a place can be given another.
    again: Vec<i32>,
}

impl Queue {
    /// Runs the programme with some of its agreements.
    pub(crate) fn run(&self, run: &mut Run, with: Set) {
        self.run_offering(run, with, &mut AsAgreed, |_, _, _| {});
    }

    /// Runs the programme with some of its agreements and with chance. `note` hears of each agreement, by its place, what
    /// happens to its places in a month.
    pub(crate) fn run_offering(
        &self,
        run: &mut Run,
        with: Set,
        offers: &mut impl Offers,
        note: impl FnMut(usize, i32, PlaceEvent),
    ) {
        self.run_of(0..self.cases.len(), (run, with), offers, note, |_, _| {});
    }

    /// Runs the programme with all of its agreements. `note` hears of each agreement, by its place, what happens to its
    /// places in a month; `queue` hears who stands in the queue of a month before places are given.
    pub(crate) fn run_watched(
        &self,
        run: &mut Run,
        note: impl FnMut(usize, i32, PlaceEvent),
        queue: impl FnMut(i32, &[usize]),
    ) {
        self.run_of(0..self.cases.len(), (run, ALL), &mut AsAgreed, note, queue);
    }

    /// True if a case is given a place when it is alone in the queue.
    pub(crate) fn has_a_way(&self, case: usize, run: &mut Run) -> bool {
        self.run_of(case..case + 1, (run, ALL), &mut AsAgreed, |_, _, _| {}, |_, _| {});
        run.courses.get(case).is_some_and(|course| course.given().is_some())
    }

    fn run_of(
        &self,
        cases: Range<usize>,
        (run, with): (&mut Run, Set),
        offers: &mut impl Offers,
        mut note: impl FnMut(usize, i32, PlaceEvent),
        mut queue: impl FnMut(i32, &[usize]),
    ) {
        run.begin(self);
        let mut arriving = cases.start;
        for month in 0..self.months {
            let places = self.grant(run, with, month, &mut note);
            while arriving < cases.end && self.cases[arriving].arrives <= month {
                run.waiting.push(arriving);
                arriving += 1;
            }
            self.leave(run, month);
            queue(month, &run.waiting);
            if places && !run.waiting.is_empty() {
                self.rank(run, month);
                self.give(run, month, offers);
            }
        }
    }

    /// Step 1: places lapse and are granted. Tells whether any are left.
    fn grant(&self, run: &mut Run, with: Set, month: i32, note: &mut impl FnMut(usize, i32, PlaceEvent)) -> bool {
        let mut any = false;
        for (place, terms) in self.agreements.iter().enumerate() {
            if with >> place & 1 == 0 {
                run.left[place] = 0;
                continue;
            }
            let left = &mut run.left[place];
            let grant = terms.grants.get(run.next[place]).filter(|(due, _)| *due == month);
            run.next[place] += usize::from(grant.is_some());
            let over = terms.until.is_some_and(|until| until <= month);
            if over || (grant.is_some() && !terms.carry_over) {
                let lapsed = std::mem::take(left);
                if lapsed > 0 {
                    note(place, month, PlaceEvent::Lapsed(lapsed));
                }
            }
            if let Some(&(_, granted)) = grant.filter(|_| !over) {
                *left = left.saturating_add(granted);
                note(place, month, PlaceEvent::Granted(granted));
            }
            any |= *left > 0;
        }
        any
    }

    /// Step 3: who has no support or no persons leaves.
    fn leave(&self, run: &mut Run, month: i32) {
        let Run { courses, waiting, .. } = run;
        waiting.retain(|&case| {
            let leaves = self.cases[case].leaves_at() <= month;
            if leaves {
                courses[case] = Course::Left(month);
            }
            !leaves
        });
    }

    /// The order of step 4. Cases stand by arrival and as declared, which decides among equals.
    fn rank(&self, run: &mut Run, month: i32) {
        let persons = |case: &usize| self.cases[*case].persons(month);
        match self.order {
            QueueOrder::Arrival => {}
            QueueOrder::Priority => run.waiting.sort_by_key(|&case| (self.cases[case].priority, case)),
            QueueOrder::Smallest => run.waiting.sort_by_key(|case| (persons(case), *case)),
            QueueOrder::Largest => run.waiting.sort_by_key(|case| (Reverse(persons(case)), *case)),
        }
    }

    /// Step 4: each case takes the first agreement that has room for it.
    fn give(&self, run: &mut Run, month: i32, offers: &mut impl Offers) {
        let Run { courses, left, waiting, again, .. } = run;
        let open = self
            .agreements
            .iter()
            .zip(&*left)
            .enumerate()
            .filter(|(_, (terms, left))| **left > 0 && terms.is_open(month));
        let open = open.fold(0, |set: Set, (place, _)| set | 1 << place);
        waiting.retain(|&case| {
            let queueing = &self.cases[case];
            let suited = queueing.suits & open;
            if suited == 0 || again[case] > month {
                return true;
            }
            let persons = queueing.persons(month);
            let found = self.agreements.iter().enumerate().find(|&(place, terms)| {
                suited >> place & 1 == 1
                    && left[place] > 0
                    && terms.places_for(persons) <= left[place]
                    && terms.may_take_in(queueing, persons, month, || offers.processing(case, place, terms))
            });
            if let Some((agreement, terms)) = found {
                let places = terms.places_for(persons);
                left[agreement] -= places;
                let processing = offers.processing(case, agreement, terms);
                if let Some(months) = offers.refused(case, agreement, places) {
                    again[case] = month.saturating_add_unsigned(months);
                    return true;
                }
                let moves = month.saturating_add_unsigned(processing);
                courses[case] = Course::Given(Given { month, agreement, persons, places, moves });
            }
            found.is_none()
        });
    }
}

impl Run {
    fn begin(&mut self, queue: &Queue) {
        self.courses.clear();
        self.courses.resize(queue.cases.len(), Course::Waiting);
        self.left.clear();
        self.left.extend(queue.agreements.iter().map(|terms| terms.in_hand));
        self.next.clear();
        self.next.resize(queue.agreements.len(), 0);
        self.waiting.clear();
        self.again.clear();
        self.again.resize(queue.cases.len(), 0);
    }

    /// The places of each agreement that are left at the end.
    pub(crate) fn left(&self) -> &[u32] {
        &self.left
    }
}
