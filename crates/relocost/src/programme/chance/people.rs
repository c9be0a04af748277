//! The households of futures: of each its routes, and what they cost.

use std::collections::{BTreeSet, HashMap};

use crate::error::Error;
use crate::programme::Inner;
use crate::programme::case::{Case, CaseCourse, CaseName};
use crate::programme::counts::{Present, Standing, present};
use crate::programme::queue::{Course, Queueing};
use crate::programme::route::{CaseStage, ledger_route};
use crate::programme::run::{own_stages, settles, settling};
use crate::scenario::Household;
use crate::simulation::costing::{CostFactors, CostGround, HouseholdCosts};
use crate::watch::Pulse;

/// What becomes of a case: a solution and the month of the move, or nothing else than how it began.
pub(super) type Outcome = Option<(usize, i32)>;

/// A household that arrives in a month.
#[derive(Clone)]
pub(super) struct Profile {
    case: Case,
    /// The month of arrival on the programme's clock.
    pub(super) arrives: i32,
    pub(super) queueing: Option<Queueing>,
    /// When members count, in the months of the programme.
    pub(super) present: Vec<Present>,
    /// The place of each route, by its outcome, ascending.
    places: Vec<(Outcome, usize)>,
    /// The stages of each route that is costed.
    pub(super) stages: Vec<Vec<CaseStage>>,
    pub(super) costs: HouseholdCosts,
}

/// The households that came up, each with the routes that did. They do not depend on the seed.
#[derive(Default)]
pub(super) struct Profiles {
    pub(super) all: Vec<Profile>,
    /// Those that arrive at random: by entry, household and month.
    arrived: HashMap<(usize, usize, i32), u32>,
    /// The routes that are wanted and not costed yet.
    missing: BTreeSet<(u32, Outcome)>,
}

impl Profile {
    fn new(inner: &Inner, ground: &CostGround<'_>, case: Case) -> Self {
        let first = inner.first_month();
        let arrives = case.arrives.months_since(first);
        let months = inner.months();
        let persons = |month: i32| if month < arrives { 0 } else { case.members(first.plus(month)) };
        let since_arrival = |month: i32| u32::try_from(month.saturating_sub(arrives)).unwrap_or(0);
        Self {
            arrives,
            queueing: case.queueing(first),
            present: present((0..months).map(persons)),
            places: Vec::new(),
            stages: Vec::new(),
            costs: HouseholdCosts::new(ground, since_arrival(0)..since_arrival(months)),
            case,
        }
    }

    /// The standing of a case that does not queue.
    pub(super) fn standing(&self, inner: &Inner) -> Standing {
        match &self.case.course {
            CaseCourse::Queues { .. } => Standing::Waits,
            CaseCourse::Placed { moves, .. } => Standing::Placed { moves: moves.months_since(inner.first_month()) },
            CaseCourse::Pathway { .. } => Standing::Pathway,
        }
    }

    /// The place of a route; `None` if it is not costed yet.
    pub(super) fn route(&self, outcome: Outcome) -> Option<usize> {
        let place = self.places.binary_search_by_key(&outcome, |(known, _)| *known).ok()?;
        self.places.get(place).map(|(_, route)| *route)
    }

    fn add_route(&mut self, outcome: Outcome, stages: Vec<CaseStage>) {
        let place = self.places.partition_point(|(known, _)| *known < outcome);
        self.places.insert(place, (outcome, self.stages.len()));
        self.stages.push(stages);
    }

    /// A copy that shares nothing, so that threads do not wait for each other's counts of owners.
    fn apart(&self) -> Self {
        let queueing = self
            .queueing
            .as_ref()
            .map(|queueing| Queueing { leaves: queueing.leaves.to_vec().into(), ..queueing.clone() });
        Self { queueing, ..self.clone() }
    }
}

impl Profiles {
    /// The declared cases.
    pub(super) fn new(inner: &Inner, ground: &CostGround<'_>) -> Self {
        let all = inner.cases.iter().map(|case| Profile::new(inner, ground, case.clone())).collect();
        Self { all, ..Self::default() }
    }

    /// The place of a household that arrives at random.
    pub(super) fn arriving(
        &mut self,
        inner: &Inner,
        ground: &CostGround<'_>,
        at: (usize, usize, i32),
        nobody: &Household,
    ) -> u32 {
        if let Some(known) = self.arrived.get(&at) {
            return *known;
        }
        let (entry, household, month) = at;
        let arrival = &inner.arrivals[entry];
        let month = inner.first_month().plus(month);
        let case = Case {
            number: 0,
            copies: 1,
            name: CaseName::Place(0),
            numbers: "".into(),
            first_copy: 1,
            household: arrival.households[household].1.arriving(month, nobody),
            arrives: month,
            ends: None,
            course: CaseCourse::Queues { priority: arrival.priority, suits: arrival.suits },
        };
        self.all.push(Profile::new(inner, ground, case));
        let place = u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX);
        self.arrived.insert(at, place);
        place
    }

    /// The place of a route of a household; where it is not costed yet, that is noted.
    pub(super) fn route(&mut self, profile: u32, outcome: Outcome) -> Option<usize> {
        let found = self.all[profile as usize].route(outcome);
        if found.is_none() {
            self.missing.insert((profile, outcome));
        }
        found
    }

    /// Costs the routes that were wanted. Tells whether there were any.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(super) fn complete(
        &mut self,
        inner: &Inner,
        ground: &CostGround<'_>,
        factors: &mut CostFactors,
        pulse: &Pulse<'_>,
    ) -> Result<bool, Error> {
        let missing: Vec<(u32, Outcome)> = std::mem::take(&mut self.missing).into_iter().collect();
        for wanted in missing.chunk_by(|one, other| one.0 == other.0) {
            let Some((place, _)) = wanted.first() else { continue };
            let profile = &mut self.all[*place as usize];
            let case = &profile.case;
            let scenario = inner.setting.with_household(case.household.clone(), case.arrives);
            let horizon = u32::try_from(inner.months().saturating_sub(profile.arrives)).unwrap_or(0) + 1;
            let (mut routes, mut found) = (Vec::with_capacity(wanted.len()), Vec::with_capacity(wanted.len()));
            for (_, outcome) in wanted {
                let stages = match (&case.course, outcome) {
                    (CaseCourse::Queues { .. }, outcome) => settling(inner, case, *outcome),
                    _ => own_stages(inner, case),
                };
                routes.push(ledger_route(scenario.inner(), &stages, profile.arrives, horizon));
                found.push((*outcome, stages));
            }
            for (outcome, stages) in found {
                profile.add_route(outcome, stages);
            }
            profile.costs.add(ground, &scenario, &routes, factors, pulse)?;
        }
        Ok(!missing.is_empty())
    }

    /// A copy for another thread.
    pub(super) fn apart(&self) -> Self {
        Self { all: self.all.iter().map(Profile::apart).collect(), arrived: self.arrived.clone(), ..Self::default() }
    }

    /// Forgets households that arrived at random, and routes, where they hold more than so many bytes.
    pub(super) fn forget_beyond(&mut self, inner: &Inner, ground: &CostGround<'_>, bytes: usize) {
        let size = |profile: &Profile| profile.costs.size() + size_of_val(&profile.present[..]);
        if self.all.iter().map(size).sum::<usize>() > bytes {
            *self = Self::new(inner, ground);
        }
    }

    /// The outcome of a case that moves in a month: beyond the end no move is seen.
    pub(super) fn outcome(inner: &Inner, solution: usize, moves: i32) -> Outcome {
        (moves <= inner.months()).then_some((solution, moves))
    }

    /// The outcome of a course.
    pub(super) fn of_course(inner: &Inner, course: Course) -> Outcome {
        course.given().and_then(|given| Self::outcome(inner, inner.agreements[given.agreement].solution, given.moves))
    }

    /// The outcome of a queueing case if all are settled.
    pub(super) fn settled(inner: &Inner, arrives: i32) -> Outcome {
        Self::outcome(inner, inner.settled, settles(arrives))
    }
}
