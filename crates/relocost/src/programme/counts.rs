//! The numbers of cases and persons of a programme in each month, and their changes (MODEL.md, 11.4).

use crate::names::{ProgrammeCount, SolutionKind};
use crate::programme::queue::{Set, Terms};
use crate::programme::route::CaseStage;

/// Counts by month, taken after places are given, over the cases under support in which somebody counts. Cases are added as
/// changes from one month to the next, so that a case costs a few steps; [`Counts::sum`] makes counts of them.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    pub(crate) arrivals: Vec<u32>,
    pub(crate) given: Vec<u32>,
    pub(crate) moves: Vec<u32>,
    /// Cases under support the month before and not in this one, also those in which nobody counted.
    pub(crate) ended: Vec<u32>,
    pub(crate) waiting: Vec<u32>,
    pub(crate) processing: Vec<u32>,
    /// Permanent, then temporary.
    pub(crate) cases: [Vec<u32>; 2],
    pub(crate) persons: [Vec<u32>; 2],
    pub(crate) agreements: Vec<u32>,
    changes: Changes,
}

/// The changes of lists from month to month, each with one month more than it has; they wrap.
#[derive(Clone, Debug)]
struct Changes {
    months: usize,
    lists: Vec<u32>,
}

/// Some of the lists of which there are changes, one bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lists(u32);

impl Lists {
    /// These and those that a count needs.
    pub(crate) fn with(self, count: ProgrammeCount, kind: Option<SolutionKind>) -> Self {
        let by_kind = |first: usize| match kind {
            Some(SolutionKind::Permanent) => 1 << first,
            Some(SolutionKind::Temporary) => 2 << first,
            None => 3 << first,
        };
        Self(
            self.0
                | match count {
                    ProgrammeCount::Programme | ProgrammeCount::Agreements => 0,
                    ProgrammeCount::Cases => by_kind(CASES),
                    ProgrammeCount::Persons => by_kind(PERSONS),
                    ProgrammeCount::Waiting => 1 << WAITING,
                    ProgrammeCount::Processing => 1 << PROCESSING,
                    ProgrammeCount::Arrivals => 1 << ARRIVALS,
                    ProgrammeCount::Given => 1 << GIVEN,
                    ProgrammeCount::Moves => 1 << MOVES,
                },
        )
    }
}

/// The lists of which there are changes.
const ARRIVALS: usize = 0;
const GIVEN: usize = 1;
const MOVES: usize = 2;
const ENDED: usize = 3;
const WAITING: usize = 4;
const PROCESSING: usize = 5;
/// Permanent, then temporary.
const CASES: usize = 6;
const PERSONS: usize = 8;
const LISTS: usize = 10;

/// Months in which the same number of persons of a case count, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    from: i32,
    until: i32,
    persons: u32,
}

/// The months in which somebody counts, from the numbers of persons by month.
pub(crate) fn present(persons: impl IntoIterator<Item = u32>) -> Vec<Present> {
    let mut found: Vec<Present> = Vec::new();
    for (month, persons) in (0..).zip(persons) {
        match found.last_mut() {
            Some(last) if last.persons == persons && last.until == month => last.until += 1,
            _ if persons > 0 => found.push(Present { from: month, until: month + 1, persons }),
            _ => {}
        }
    }
    found
}

/// The standing of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It waits without a place.
    Waits,
    /// It was given a place and moves.
    Given { given: i32, moves: i32 },
    /// It is settled without a queue: it counts as given from the first, and never waits.
    Settled { given: i32, moves: i32 },
    /// It was placed.
    Placed { moves: i32 },
    /// It follows a pathway, and moves with each stage but the first.
    Pathway,
}

impl Changes {
    /// Adds so many to a list in a stretch of months, and so many for each person to another.
    fn add(&mut self, list: usize, persons: Option<usize>, times: u32, (from, until): (i32, i32), present: &[Present]) {
        let last = i32::try_from(self.months).unwrap_or(i32::MAX);
        for present in present {
            let (from, until) = (from.max(present.from).max(0), until.min(present.until).min(last));
            if from < until {
                self.step(list, (from, until), times);
                if let Some(list) = persons {
                    self.step(list, (from, until), times.wrapping_mul(present.persons));
                }
            }
        }
    }

    fn step(&mut self, list: usize, (from, until): (i32, i32), times: u32) {
        let first = list * (self.months + 1);
        for (month, times) in [(from, times), (until, times.wrapping_neg())] {
            if let Some(change) = self.lists.get_mut(first + usize::try_from(month).unwrap_or(0)) {
                *change = change.wrapping_add(times);
            }
        }
    }
}

impl Counts {
    /// No case, over so many months.
    pub(crate) fn new(months: usize) -> Self {
        let none = || vec![0; months];
        Self {
            arrivals: none(),
            given: none(),
            moves: none(),
            ended: none(),
            waiting: none(),
            processing: none(),
            cases: [none(), none()],
            persons: [none(), none()],
            agreements: none(),
            changes: Changes { months, lists: vec![0; LISTS * (months + 1)] },
        }
    }

    /// No case again.
    pub(crate) fn clear(&mut self) {
        self.changes.lists.fill(0);
    }

    fn lists(&mut self) -> ([&mut [u32]; LISTS], &Changes) {
        let Self { arrivals, given, moves, ended, waiting, processing, cases, persons, changes, .. } = self;
        let [[cases0, cases1], [persons0, persons1]] = [cases, persons];
        ([arrivals, given, moves, ended, waiting, processing, cases0, cases1, persons0, persons1], changes)
    }

    /// Makes counts of all that was added.
    pub(crate) fn sum(&mut self) {
        let (lists, changes) = self.lists();
        for (list, changes) in lists.into_iter().zip(changes.lists.chunks(changes.months + 1)) {
            let mut sum = 0_u32;
            for (count, change) in list.iter_mut().zip(changes) {
                sum = sum.wrapping_add(*change);
                *count = sum;
            }
        }
    }

    /// Makes counts of those of others and of what was added, from a month on, before which nothing was; only those of some
    /// lists.
    pub(crate) fn sum_onto(&mut self, others: &mut Self, from: usize, wanted: Lists) {
        let (others, _) = others.lists();
        let (lists, changes) = self.lists();
        let changes = changes.lists.chunks(changes.months + 1);
        for (place, ((list, others), changes)) in lists.into_iter().zip(others).zip(changes).enumerate() {
            if wanted.0 >> place & 1 == 0 {
                continue;
            }
            let mut sum = 0_u32;
            for ((count, other), change) in list.iter_mut().zip(others).zip(changes).skip(from) {
                sum = sum.wrapping_add(*change);
                *count = other.wrapping_add(sum);
            }
        }
    }

    /// Takes a case away that was added.
    pub(crate) fn take(&mut self, case: (i32, Standing), stages: &[CaseStage], present: &[Present], kinds: &[usize]) {
        self.add(1_u32.wrapping_neg(), case, stages, present, kinds);
    }

    /// Adds alike cases that arrive in a month. `present` says when somebody counts, and `kinds` of each solution whether it is
    /// permanent (0) or temporary (1).
    pub(crate) fn add(
        &mut self,
        times: u32,
        (arrives, standing): (i32, Standing),
        stages: &[CaseStage],
        present: &[Present],
        kinds: &[usize],
    ) {
        let changes = &mut self.changes;
        let ends = stages.last().map_or(Some(arrives), |stage| stage.until);
        if let Some(ends) =
            ends.filter(|ends| !stages.is_empty() && usize::try_from(*ends).is_ok_and(|ends| ends < changes.months))
        {
            changes.step(ENDED, (ends, ends + 1), times);
        }
        let last = ends.unwrap_or(i32::MAX);
        let mut stretch = |list: usize, from: i32, until: i32| {
            changes.add(list, None, times, (from.max(arrives), until.min(last)), present);
        };
        stretch(ARRIVALS, arrives, arrives.saturating_add(1));
        match standing {
            Standing::Waits => stretch(WAITING, arrives, i32::MAX),
            Standing::Given { given, moves } => {
                stretch(WAITING, arrives, given);
                stretch(PROCESSING, given, moves);
                stretch(GIVEN, given, given.saturating_add(1));
                stretch(MOVES, moves, moves.saturating_add(1));
            }
            Standing::Settled { given, moves } => {
                stretch(PROCESSING, given, moves);
                stretch(GIVEN, given, given.saturating_add(1));
                stretch(MOVES, moves, moves.saturating_add(1));
            }
            Standing::Placed { moves } => {
                stretch(PROCESSING, arrives, moves);
                stretch(MOVES, moves, moves.saturating_add(1));
            }
            Standing::Pathway => {
                for stage in stages.iter().skip(1) {
                    stretch(MOVES, stage.from, stage.from.saturating_add(1));
                }
            }
        }
        for stage in stages {
            let kind = kinds.get(stage.solution).copied().unwrap_or(0).min(1);
            let months = (stage.from, stage.until.unwrap_or(i32::MAX));
            changes.add(CASES + kind, Some(PERSONS + kind), times, months, present);
        }
    }

    /// Counts the agreements in force, of a programme of so many months.
    pub(crate) fn count_agreements(&mut self, agreements: &[Terms], with: Set, programme: i32) {
        self.agreements.fill(0);
        let months = self.agreements.len();
        for (_, terms) in agreements.iter().enumerate().filter(|(place, _)| with >> place & 1 == 1) {
            for count in &mut self.agreements[terms.in_force_within(programme, months)] {
                *count += 1;
            }
        }
    }

    /// A count of a month.
    pub(crate) fn of(&self, count: ProgrammeCount, kind: Option<SolutionKind>, month: usize) -> u32 {
        if count == ProgrammeCount::Programme {
            return 1;
        }
        let [one, other] = self.lists_of(count, kind).map(|list| list.get(month).copied().unwrap_or(0));
        one.saturating_add(other)
    }

    /// The lists whose sum a count is, by month; none of the programme itself, which is always one.
    pub(crate) fn lists_of(&self, count: ProgrammeCount, kind: Option<SolutionKind>) -> [&[u32]; 2] {
        fn by_kind([permanent, temporary]: &[Vec<u32>; 2], kind: Option<SolutionKind>) -> [&[u32]; 2] {
            match kind {
                Some(SolutionKind::Permanent) => [permanent, &[]],
                Some(SolutionKind::Temporary) => [temporary, &[]],
                None => [permanent, temporary],
            }
        }
        match count {
            ProgrammeCount::Programme => [&[], &[]],
            ProgrammeCount::Cases => by_kind(&self.cases, kind),
            ProgrammeCount::Persons => by_kind(&self.persons, kind),
            ProgrammeCount::Waiting => [&self.waiting, &[]],
            ProgrammeCount::Processing => [&self.processing, &[]],
            ProgrammeCount::Arrivals => [&self.arrivals, &[]],
            ProgrammeCount::Given => [&self.given, &[]],
            ProgrammeCount::Moves => [&self.moves, &[]],
            ProgrammeCount::Agreements => [&self.agreements, &[]],
        }
    }
}
