//! The run of a programme: who waits, who is given which place, and when each case moves (MODEL.md, 11.2).
//!
//! In: cases that queue and agreements that grant places, on the clock of the programme, whose month 0 is its first. Out:
//! for each case its place or none, and the account of each agreement's places. Nothing here knows what anything costs, so
//! that a run of a few cases takes microseconds and the value of an agreement can be had from all subsets. Who wants to know
//! more of a run than its courses listens to it; the record of one lets another go on in its middle.

mod calendar;
mod record;

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use self::calendar::Calendar;
pub(crate) use self::record::RunRecord;
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
    #[inline]
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

    /// The months in which it is in force, of the first so many; `programme` is how many months the programme has.
    pub(crate) fn in_force_within(&self, programme: i32, months: usize) -> Range<usize> {
        let at = |month: i32| usize::try_from(month.max(0)).unwrap_or(0).min(months);
        let until = self.until.map_or(months, at);
        match self.in_force {
            Some(first) if first < programme => at(first).min(until)..until,
            _ => 0..0,
        }
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
    fn refused(&mut self, case: usize, agreement: usize, terms: &Terms, places: u32) -> Option<u32>;
}

/// Hears what happens in a run.
pub(crate) trait Listener {
    /// A month begins, with so many places left of each agreement, and the first of its grants that is still to come.
    fn begins(&mut self, _left: &[u32], _next: &[usize]) {}

    /// Something happens to the places of an agreement.
    fn places(&mut self, _agreement: usize, _month: i32, _event: PlaceEvent) {}

    /// So many wait in a month before places are given.
    fn waits(&mut self, _month: i32, _waiting: &[usize]) {}

    /// An agreement offers a case a place in a month. A case that refuses can be given another in the month `again`.
    fn offers(&mut self, _month: i32, _agreement: usize, _case: usize, _again: Option<i32>) {}
}

/// Hears nothing.
impl Listener for () {}

/// Without chance: nobody refuses, and processing takes what the agreement says.
pub(crate) struct AsAgreed;

impl Offers for AsAgreed {
    fn processing(&mut self, _: usize, _: usize, terms: &Terms) -> u32 {
        terms.processing
    }

    fn refused(&mut self, _: usize, _: usize, _: &Terms, _: u32) -> Option<u32> {
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
    /// The first month in which one of those who refused can, if places are left.
    wake: i32,
    /// The months in which more happens than arrivals.
    calendar: Calendar,
}

impl Queue {
    /// Runs the programme with some of its agreements.
    pub(crate) fn run(&self, run: &mut Run, with: Set) {
        run.begin(self, with);
        self.go_on(0, 0, (run, with), &mut AsAgreed, &mut ());
    }

    /// Runs the programme with all of its agreements, with chance or without.
    pub(crate) fn run_all(&self, run: &mut Run, offers: &mut impl Offers, listener: &mut impl Listener) {
        run.begin(self, ALL);
        self.go_on(0, 0, (run, ALL), offers, listener);
    }

    /// Runs the programme with some of its agreements as [`Queue::run_all`] does, and goes on from the beginning of a month
    /// of that run, of which these are the record and the courses, and which `run` has run last with all agreements. What was
    /// refused before that month is no news to `offers`.
    pub(crate) fn run_on(
        &self,
        run: &mut Run,
        (with, from): (Set, i32),
        (record, courses): (&RunRecord, &[Course]),
        offers: &mut impl Offers,
    ) {
        run.resume(self, (with, from), record, courses);
        let arriving = self.cases.partition_point(|case| from > 0 && case.arrives < from);
        self.go_on(from, arriving, (run, with), offers, &mut ());
    }

    /// Tells of cases one after another whether each is given a place when it is alone in the queue.
    pub(crate) fn ways(&self) -> impl Iterator<Item = bool> {
        let mut alone = Self { cases: Vec::new(), agreements: self.agreements.clone(), ..*self };
        let mut run = Run::default();
        self.cases.iter().map(move |case| {
            alone.cases = vec![case.clone()];
            alone.run(&mut run, ALL);
            run.courses.iter().any(|course| course.given().is_some())
        })
    }

    /// From a month on, where a case is the first of those who are still to arrive.
    fn go_on(
        &self,
        from: i32,
        mut arriving: usize,
        (run, with): (&mut Run, Set),
        offers: &mut impl Offers,
        listener: &mut impl Listener,
    ) {
        for month in from..self.months {
            listener.begins(&run.left, &run.next);
            let marks = run.calendar.marks(month);
            self.grant(run, marks.places & with, month, listener);
            let before = arriving;
            let mut leaves = marks.leaves;
            while let Some(case) = self.cases.get(arriving).filter(|case| case.arrives <= month) {
                leaves |= case.leaves_at() <= month;
                run.waiting.push(arriving);
                arriving += 1;
            }
            if leaves {
                self.leave(run, month);
            }
            listener.waits(month, &run.waiting);
            // In another month nobody can take what nobody could take in the month before.
            if arriving > before || marks.leaves || marks.places & with != 0 || run.wake <= month {
                run.wake = i32::MAX;
                if !run.waiting.is_empty() && run.left.iter().any(|left| *left > 0) {
                    self.rank(run, month);
                    self.give(run, month, offers, listener);
                }
            }
        }
    }

    /// Step 1: places of some agreements lapse and are granted.
    fn grant(&self, run: &mut Run, mut due: Set, month: i32, listener: &mut impl Listener) {
        while due != 0 {
            let place = due.trailing_zeros() as usize;
            due &= due - 1;
            let terms = &self.agreements[place];
            let left = &mut run.left[place];
            let grant = terms.grants.get(run.next[place]).filter(|(due, _)| *due == month);
            run.next[place] += usize::from(grant.is_some());
            let over = terms.until.is_some_and(|until| until <= month);
            if over || (grant.is_some() && !terms.carry_over) {
                let lapsed = std::mem::take(left);
                if lapsed > 0 {
                    listener.places(place, month, PlaceEvent::Lapsed(lapsed));
                }
            }
            if let Some(&(_, granted)) = grant.filter(|_| !over) {
                *left = left.saturating_add(granted);
                listener.places(place, month, PlaceEvent::Granted(granted));
            }
        }
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
    fn give(&self, run: &mut Run, month: i32, offers: &mut impl Offers, listener: &mut impl Listener) {
        let Run { courses, left, waiting, again, wake, .. } = run;
        let mut open: Set = 0;
        for (place, (terms, left)) in self.agreements.iter().zip(&*left).enumerate() {
            open |= Set::from(*left > 0 && terms.is_open(month)) << place;
        }
        if open == 0 {
            return;
        }
        waiting.retain(|&case| {
            let queueing = &self.cases[case];
            let mut suited = queueing.suits & open;
            if suited == 0 {
                return true;
            }
            if again[case] > month {
                *wake = again[case].min(*wake);
                return true;
            }
            let persons = queueing.persons(month);
            while suited != 0 {
                let agreement = suited.trailing_zeros() as usize;
                suited &= suited - 1;
                let terms = &self.agreements[agreement];
                let places = terms.places_for(persons);
                if places > left[agreement]
                    || !terms.may_take_in(queueing, persons, month, || offers.processing(case, agreement, terms))
                {
                    continue;
                }
                left[agreement] -= places;
                open &= !(Set::from(left[agreement] == 0) << agreement);
                let processing = offers.processing(case, agreement, terms);
                let refused = offers.refused(case, agreement, terms, places);
                let next = refused.map(|months| month.saturating_add_unsigned(months));
                listener.offers(month, agreement, case, next);
                if let Some(next) = next {
                    again[case] = next;
                    *wake = next.min(*wake);
                    return true;
                }
                let moves = month.saturating_add_unsigned(processing);
                courses[case] = Course::Given(Given { month, agreement, persons, places, moves });
                return false;
            }
            true
        });
    }
}

impl Run {
    fn begin(&mut self, queue: &Queue, with: Set) {
        self.calendar.mark(queue);
        self.begin_marked(queue, with);
    }

    /// As [`Run::begin`], where the calendar is that of the queue.
    fn begin_marked(&mut self, queue: &Queue, with: Set) {
        self.courses.clear();
        self.courses.resize(queue.cases.len(), Course::Waiting);
        self.left.clear();
        self.left.extend(queue.agreements.iter().map(|terms| terms.in_hand));
        self.only(with);
        self.next.clear();
        self.next.resize(queue.agreements.len(), 0);
        self.waiting.clear();
        self.again.clear();
        self.again.resize(queue.cases.len(), 0);
        self.wake = 0;
    }

    /// Takes the places of agreements away that are not in a set.
    fn only(&mut self, with: Set) {
        for (place, left) in self.left.iter_mut().enumerate() {
            *left *= u32::from(with >> place & 1 == 1);
        }
    }

    /// As it was at the beginning of a month of its last run with all agreements, but for those that are not in a set.
    fn resume(&mut self, queue: &Queue, (with, from): (Set, i32), record: &RunRecord, courses: &[Course]) {
        self.begin_marked(queue, with);
        self.wake = from;
        record.at(from, &mut self.left, &mut self.next);
        self.only(with);
        for (place, (case, course)) in queue.cases.iter().zip(courses).enumerate() {
            if case.joins() >= from {
                break; // cases stand by arrival
            }
            match *course {
                Course::Given(Given { month, .. }) | Course::Left(month) if month < from => {
                    self.courses[place] = *course;
                }
                _ => self.waiting.push(place),
            }
        }
        for refused in record.refused_before(from) {
            self.again[refused.case] = refused.again;
        }
    }

    /// The places of each agreement that are left at the end.
    pub(crate) fn left(&self) -> &[u32] {
        &self.left
    }
}
