//! The numbers of cases and persons of a programme in each month, and their changes (MODEL.md, 11.4).

use crate::names::{ProgrammeCount, SolutionKind};
use crate::programme::queue::{Set, Terms};
use crate::programme::route::CaseStage;

/// Counts by month, taken after places are given, over the cases under support in which somebody counts.
#[derive(Clone, Debug, Default)]
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
        }
    }

    /// No case again.
    pub(crate) fn clear(&mut self) {
        let Self { arrivals, given, moves, ended, waiting, processing, cases, persons, agreements } = self;
        let lists = [arrivals, given, moves, ended, waiting, processing, agreements];
        for list in lists.into_iter().chain(cases).chain(persons) {
            list.fill(0);
        }
    }

    /// Adds alike cases that arrive in a month. `persons` are those who count in each month of the programme, and `kinds`
    /// says of each solution whether it is permanent (0) or temporary (1).
    pub(crate) fn add(
        &mut self,
        times: u32,
        (arrives, standing): (i32, Standing),
        stages: &[CaseStage],
        persons: &[u32],
        kinds: &[usize],
    ) {
        let months = self.arrivals.len();
        let until = stages.last().map_or(Some(arrives), |stage| stage.until);
        let clock = |month: i32| usize::try_from(month).ok().filter(|month| *month < months);
        let supported = |month: i32| arrives <= month && until.is_none_or(|until| month < until);
        let counted = |month: i32| {
            clock(month).filter(|place| supported(month) && persons.get(*place).is_some_and(|persons| *persons > 0))
        };
        let at = |list: &mut [u32], month: i32| {
            if let Some(place) = counted(month) {
                list[place] += times;
            }
        };
        at(&mut self.arrivals, arrives);
        if let Some(place) = until.and_then(clock).filter(|_| !stages.is_empty()) {
            self.ended[place] += times;
        }
        let last = i32::try_from(months).unwrap_or(i32::MAX);
        let stretch = |list: &mut [u32], from: i32, until: i32| {
            for month in from.max(0)..until.min(last) {
                at(list, month);
            }
        };
        match standing {
            Standing::Waits => stretch(&mut self.waiting, arrives, last),
            Standing::Given { given, moves } => {
                stretch(&mut self.waiting, arrives, given);
                stretch(&mut self.processing, given, moves);
                at(&mut self.given, given);
                at(&mut self.moves, moves);
            }
            Standing::Settled { given, moves } => {
                stretch(&mut self.processing, given, moves);
                at(&mut self.given, given);
                at(&mut self.moves, moves);
            }
            Standing::Placed { moves } => {
                stretch(&mut self.processing, arrives, moves);
                at(&mut self.moves, moves);
            }
            Standing::Pathway => {
                for stage in stages.iter().skip(1) {
                    at(&mut self.moves, stage.from);
                }
            }
        }
        for stage in stages {
            let kind = kinds.get(stage.solution).copied().unwrap_or(0);
            let (from, until) = (clock(stage.from.max(0)), stage.until.map_or(last, |until| until.min(last)));
            let until = usize::try_from(until).unwrap_or(0);
            let stretch = from.unwrap_or(months)..until.max(from.unwrap_or(months));
            let [cases, all] = [&mut self.cases[kind], &mut self.persons[kind]];
            let rows = cases[stretch.clone()].iter_mut().zip(&mut all[stretch.clone()]).zip(&persons[stretch]);
            for ((cases, all), &persons) in rows.filter(|(_, persons)| **persons > 0) {
                *cases += times;
                *all = all.saturating_add(times * persons);
            }
        }
    }

    /// Counts the agreements in force, of a programme of so many months.
    pub(crate) fn count_agreements(&mut self, agreements: &[Terms], with: Set, programme: i32) {
        for (month, count) in (0..).zip(&mut self.agreements) {
            let in_force = agreements.iter().enumerate().filter(|(place, _)| with >> place & 1 == 1);
            *count =
                u32::try_from(in_force.filter(|(_, terms)| terms.is_in_force(month, programme)).count()).unwrap_or(0);
        }
    }

    /// A count of a month.
    pub(crate) fn of(&self, count: ProgrammeCount, kind: Option<SolutionKind>, month: usize) -> u32 {
        let by_kind = |[permanent, temporary]: &[Vec<u32>; 2]| match kind {
            Some(SolutionKind::Permanent) => permanent[month],
            Some(SolutionKind::Temporary) => temporary[month],
            None => permanent[month].saturating_add(temporary[month]),
        };
        match count {
            ProgrammeCount::Programme => 1,
            ProgrammeCount::Cases => by_kind(&self.cases),
            ProgrammeCount::Persons => by_kind(&self.persons),
            ProgrammeCount::Waiting => self.waiting[month],
            ProgrammeCount::Processing => self.processing[month],
            ProgrammeCount::Arrivals => self.arrivals[month],
            ProgrammeCount::Given => self.given[month],
            ProgrammeCount::Moves => self.moves[month],
            ProgrammeCount::Agreements => self.agreements[month],
        }
    }
}
