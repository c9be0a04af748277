//! The deterministic run: the queue with the agreements that are signed, with all, and with every change that is asked
//! about; what each case costs on the routes that come out; and all the figures of a programme.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use super::case::{Case, CaseCourse};
use super::costs::{self, Asked, Costed, Ground, PLANNED, SETTLED, SIGNED, Sums};
use super::counts::{Counts, Present, Standing, present};
use super::overhead::{Overhead, OwnCharge};
use super::queue::{ALL, AsAgreed, Course, Given, Listener, PlaceEvent, Queue, Run, Set, Terms};
use super::result::{self, ProgrammeRun};
use super::route::{CaseStage, ledger_route, of_solution, stages};
use super::steps::{self, Step};
use super::values::{self, VALUED_AGREEMENTS};
use super::waiting::Waiting;
use super::{Inner, Programme};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::names::Basis;
use crate::options::setters;
use crate::threads::{Next, on_threads};
use crate::types::Month;
use crate::watch::{Pulse, Watch};

/// Cases that a thread takes at a time.
const CHUNK: usize = 16;

/// The options of a programme's run.
///
/// ```
/// use relocost::ProgrammeOptions;
/// assert!(!ProgrammeOptions::default().values(false).values);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProgrammeOptions {
    /// True to compute the values of agreements and the savings of steps.
    pub values: bool,
    /// True to give rows of single cases, which show where each household is.
    pub cases: bool,
    /// Threads; all cores if left out. The result does not depend on it.
    pub threads: Option<NonZeroUsize>,
}

setters!(ProgrammeOptions {
    /// True to compute the values of agreements and the savings of steps.
    values: bool,
    /// True to give rows of single cases.
    cases: bool,
    /// On so many threads; all cores if none.
    threads?: NonZeroUsize,
});

impl Default for ProgrammeOptions {
    fn default() -> Self {
        Self { values: true, cases: false, threads: None }
    }
}

/// A place in the queue: which case, and what became of it.
pub(super) struct Runs<'p> {
    pub(super) inner: &'p Inner,
    pub(super) queue: Queue,
    /// The case of each place in the queue.
    pub(super) of_case: Vec<usize>,
    pub(super) planned: Vec<Course>,
    pub(super) signed: Vec<Course>,
    /// The events of agreements' places, month by month.
    pub(super) events: Vec<(usize, i32, PlaceEvent)>,
    /// The places that are left at the end.
    pub(super) left: Vec<u32>,
    pub(super) waiting: Waiting,
    pub(super) steps: Vec<Step>,
    /// The runs with few agreements or with all but one, by their set.
    pub(super) with: Vec<(Set, Vec<Course>)>,
}

/// A case with what its routes cost.
pub(super) struct CaseCosts {
    pub(super) routes: Vec<Costed>,
    pub(super) asked: Vec<Asked>,
    /// The route of each solution and month of the move.
    pub(super) outcomes: HashMap<(usize, i32), usize>,
    /// When somebody counts.
    pub(super) present: Vec<Present>,
    pub(super) arrives: i32,
}

impl CaseCosts {
    /// The route that a course in the queue leads to; the first is that of waiting.
    pub(super) fn route(&self, inner: &Inner, course: Course) -> usize {
        course.given().and_then(|given| self.outcomes.get(&outcome(inner, &given)).copied()).unwrap_or(0)
    }
}

fn outcome(inner: &Inner, given: &Given) -> (usize, i32) {
    (inner.agreements[given.agreement].solution, given.moves)
}

/// The standing of a case in the queue.
pub(super) fn standing(course: Course) -> Standing {
    match course {
        Course::Given(Given { month, moves, .. }) => Standing::Given { given: month, moves },
        Course::Waiting | Course::Left(_) => Standing::Waits,
    }
}

impl Programme {
    /// Runs the programme: every figure but rows of single cases.
    ///
    /// # Errors
    /// A rate that a charge needs is not given, or a figure is too large to write.
    pub fn run(&self) -> Result<ProgrammeRun, Error> {
        self.run_with(&ProgrammeOptions::default())
    }

    /// Runs the programme.
    ///
    /// # Errors
    /// As [`Programme::run`].
    pub fn run_with(&self, options: &ProgrammeOptions) -> Result<ProgrammeRun, Error> {
        self.run_under(options, None)
    }

    pub(crate) fn run_under(
        &self,
        options: &ProgrammeOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<ProgrammeRun, Error> {
        let inner = self.inner();
        let steps = inner.cases.len() + subsets(inner, options);
        self.run_as_part(options, &Pulse::of(watch, Some(steps)))
    }

    /// The same as a part of a computation.
    pub(crate) fn run_as_part(&self, options: &ProgrammeOptions, pulse: &Pulse<'_>) -> Result<ProgrammeRun, Error> {
        let inner = self.inner();
        let subsets = subsets(inner, options);
        let ground = Ground::new(inner, pulse)?;
        let runs = Runs::new(inner, options.values, pulse)?;
        let (cases, mut sums) = cost_all(&ground, &runs, subsets > 0, options, pulse)?;
        let counts = three_counts(&ground, &runs, &cases);
        let mut overhead = Overhead::new(inner, pulse)?;
        let mut own = [0; 3];
        for ((charges, counts), own) in sums.charges.iter_mut().zip(&counts).zip(&mut own) {
            *own = overhead.charge(counts, charges)?;
        }
        let worth = options
            .values
            .then(|| values::worth(&ground, &runs, &cases, options, pulse, inner.cases.len()))
            .transpose()?;
        let saved = options.values.then(|| steps::saved(&ground, &runs, &cases, &mut overhead)).transpose()?;
        pulse.step(inner.cases.len() + subsets)?;
        result::of(self, &runs, &cases, &sums, &counts, own, worth, saved, options.cases)
    }
}

impl Programme {
    /// Visits the ledgers of the cases as planned, each with the number of cases that it stands for, and the charges of the
    /// programme's own lines. Charges before the programme, after its end and in its run-off are left out.
    ///
    /// # Errors
    /// As [`Programme::run`]; or the watch cancels it.
    pub(crate) fn each_planned(
        &self,
        pulse: &Pulse<'_>,
        mut case: impl FnMut(&Ledger, u32) -> Result<(), Error>,
        own: impl FnMut(usize, OwnCharge<'_>),
    ) -> Result<(), Error> {
        let inner = self.inner();
        let ground = Ground::new(inner, pulse)?;
        let runs = Runs::new(inner, false, pulse)?;
        let cases = asked(&runs, false);
        for (place, (of, costs)) in inner.cases.iter().zip(&cases).enumerate() {
            pulse.step(place)?;
            let scenario = inner.setting.with_household(of.household.clone(), of.arrives);
            let since_arrival = |month: i32| u32::try_from(month.saturating_sub(costs.arrives)).unwrap_or(0);
            // One month more than the programme has, so that a move right after its last month is known as one.
            let (first, end) = (since_arrival(0), since_arrival(inner.months()));
            for asked in costs.asked.iter().filter(|asked| asked.uses[PLANNED] > 0) {
                let route = ledger_route(scenario.inner(), &asked.stages, costs.arrives, end + 1);
                let Some((name, _)) = inner.setting.solutions().get_index(inner.waiting) else { continue };
                let named = (name.clone(), route);
                let ledger = Ledger::of_route(&scenario, named, first..end, Basis::Nominal, pulse, |_| Ok(()))?;
                case(&ledger, asked.uses[PLANNED])?;
            }
        }
        let mut counts = Counts::new(usize::try_from(inner.horizon()).unwrap_or(0));
        count(&ground, &runs, &cases, &runs.planned, &mut counts);
        counts.count_agreements(&runs.queue.agreements, ALL, inner.months());
        Overhead::new(inner, pulse)?.each(&counts, own)
    }
}

/// The number of sets of agreements that are run, each for the values of all.
fn subsets(inner: &Inner, options: &ProgrammeOptions) -> usize {
    let valued = options.values && inner.agreements.len() <= VALUED_AGREEMENTS;
    if valued { 1_usize << inner.agreements.len() } else { 0 }
}

/// What is told of the run with all agreements.
struct Told<'r> {
    queue: &'r Queue,
    events: &'r mut Vec<(usize, i32, PlaceEvent)>,
    largest: &'r mut steps::Largest,
}

impl Listener for Told<'_> {
    fn places(&mut self, agreement: usize, month: i32, event: PlaceEvent) {
        self.events.push((agreement, month, event));
    }

    fn waits(&mut self, month: i32, waiting: &[usize]) {
        self.largest.see(self.queue, month, waiting);
    }
}

impl<'p> Runs<'p> {
    fn new(inner: &'p Inner, values: bool, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let first = inner.first_month();
        let mut queueing: Vec<_> = (0..)
            .zip(&inner.cases)
            .filter_map(|(place, case)| Some((place, case.copies, case.queueing(first)?)))
            .flat_map(|(place, copies, case)| (0..copies).map(move |_| (place, case.clone())))
            .collect();
        queueing.sort_by_key(|(_, case)| case.arrives); // stable: those of a month as declared
        let (of_case, queueing): (Vec<usize>, Vec<_>) = queueing.into_iter().unzip();
        let agreements: Vec<Terms> = inner.agreements.iter().map(|agreement| agreement.terms(first)).collect();
        let queue = Queue { months: inner.months(), order: inner.order, cases: queueing, agreements };
        let (mut run, mut events) = (Run::default(), Vec::new());
        let mut largest = steps::Largest::new(&queue);
        queue.run_all(&mut run, &mut AsAgreed, &mut Told { queue: &queue, events: &mut events, largest: &mut largest });
        let (planned, left) = (run.courses.clone(), run.left().to_vec());
        let mut courses = |with: Set| {
            pulse.beat()?;
            queue.run(&mut run, with);
            Ok::<_, Error>(run.courses.clone())
        };
        let signed = inner.agreements.iter().enumerate().filter(|(_, agreement)| agreement.signed);
        let signed = courses(signed.fold(0, |set, (place, _)| set | 1 << place))?;
        let mut with = Vec::new();
        if values {
            for set in values::sets(inner.agreements.len()) {
                with.push((set, courses(set)?));
            }
        }
        let steps = if values { steps::runs(inner, &queue, &largest, pulse)? } else { Vec::new() };
        let mut without_way = 0;
        for way in queue.ways() {
            pulse.beat()?;
            without_way += u32::from(!way);
        }
        let waiting = Waiting::of(&queue.cases, &planned, queue.months, without_way);
        Ok(Self { inner, queue, of_case, planned, signed, events, left, waiting, steps, with })
    }

    /// Every run by what becomes of its cases.
    fn all(&self) -> impl Iterator<Item = &Vec<Course>> {
        let steps = self.steps.iter().map(|step| &step.courses);
        [&self.planned, &self.signed].into_iter().chain(steps).chain(self.with.iter().map(|(_, courses)| courses))
    }
}

/// The stages of a case that waits and then moves to a solution.
pub(super) fn settling(inner: &Inner, case: &Case, moved: Option<(usize, i32)>) -> Vec<CaseStage> {
    let setting = inner.setting.inner();
    let first = inner.first_month();
    let arrives = case.arrives.months_since(first);
    let waits = moved.map(|(_, moves)| u32::try_from(moves.saturating_sub(arrives)).unwrap_or(0));
    let waiting = of_solution(setting, inner.waiting, waits);
    let settled = moved.map(|(solution, _)| of_solution(setting, solution, None));
    stages(arrives, [Some(waiting), settled].into_iter().flatten(), ends(case, first), &inner.support)
}

/// The stages of a case without a place of an agreement.
pub(super) fn own_stages(inner: &Inner, case: &Case) -> Vec<CaseStage> {
    let first = inner.first_month();
    match &case.course {
        CaseCourse::Queues { .. } => settling(inner, case, None),
        CaseCourse::Placed { solution, moves } => settling(inner, case, Some((*solution, moves.months_since(first)))),
        CaseCourse::Pathway { stages: planned, .. } => {
            stages(case.arrives.months_since(first), planned.iter().copied(), ends(case, first), &inner.support)
        }
    }
}

fn ends(case: &Case, first: Month) -> Option<i32> {
    case.ends.map(|ends| ends.months_since(first))
}

/// The month in which a queueing case settles if all are settled: at its arrival, or in the second month.
pub(super) fn settles(arrives: i32) -> i32 {
    if arrives < 0 { 1 } else { arrives }
}

/// The routes that are asked for of each case, before any is costed.
fn asked(runs: &Runs<'_>, valued: bool) -> Vec<CaseCosts> {
    let inner = runs.inner;
    let first = inner.first_month();
    let mut cases: Vec<CaseCosts> = Vec::with_capacity(inner.cases.len());
    for case in &inner.cases {
        let arrives = case.arrives.months_since(first);
        let persons = |month: i32| if month < arrives { 0 } else { case.members(first.plus(month)) };
        let present = present((0..inner.horizon()).map(persons));
        let stages = own_stages(inner, case);
        let of_all = if matches!(case.course, CaseCourse::Queues { .. }) { 0 } else { case.copies };
        let asked = vec![Asked { stages, uses: [of_all; 3] }];
        cases.push(CaseCosts { routes: Vec::new(), asked, outcomes: HashMap::new(), present, arrives });
    }
    let mut ask = |case: usize, outcome: Option<(usize, i32)>| {
        let costs = &mut cases[case];
        let Some(outcome) = outcome else { return 0 };
        *costs.outcomes.entry(outcome).or_insert_with(|| {
            costs.asked.push(Asked { stages: settling(inner, &inner.cases[case], Some(outcome)), uses: [0; 3] });
            costs.asked.len() - 1
        })
    };
    let mut uses = Vec::new();
    for (run, courses) in runs.all().enumerate() {
        for (case, course) in runs.of_case.iter().zip(courses) {
            let route = ask(*case, course.given().map(|given| outcome(inner, &given)));
            match run {
                0 => uses.push((*case, route, PLANNED)),
                1 => uses.push((*case, route, SIGNED)),
                _ => {}
            }
        }
    }
    let mut seen = usize::MAX;
    for (place, case) in runs.of_case.iter().copied().enumerate() {
        let route = ask(case, Some((inner.settled, settles(cases_arrive(inner, case)))));
        uses.push((case, route, SETTLED));
        if valued && case != seen {
            for possible in possible(runs, place) {
                ask(case, Some(possible));
            }
        }
        seen = case;
    }
    for (case, route, line) in uses {
        cases[case].asked[route].uses[line] += 1;
    }
    cases
}

fn cases_arrive(inner: &Inner, case: usize) -> i32 {
    inner.cases[case].arrives.months_since(inner.first_month())
}

/// Every solution and month of a move that some set of agreements could give a case in the queue.
fn possible(runs: &Runs<'_>, place: usize) -> Vec<(usize, i32)> {
    let (queue, inner) = (&runs.queue, runs.inner);
    let case = &queue.cases[place];
    let mut found = Vec::new();
    for (place, terms) in queue.agreements.iter().enumerate().filter(|(place, _)| case.suits >> place & 1 == 1) {
        let from = match terms.in_hand {
            0 => terms.grants.iter().find(|(_, places)| *places > 0).map(|(month, _)| *month),
            _ => Some(0),
        };
        let Some(from) = from else { continue };
        for month in from.max(case.joins())..queue.months {
            let persons = case.persons(month);
            if persons == 0 {
                break;
            }
            if terms.may_take(case, persons, month) {
                found.push((inner.agreements[place].solution, month.saturating_add_unsigned(terms.processing)));
            }
        }
    }
    found
}

/// Costs every route that is asked for.
fn cost_all(
    ground: &Ground<'_>,
    runs: &Runs<'_>,
    valued: bool,
    options: &ProgrammeOptions,
    pulse: &Pulse<'_>,
) -> Result<(Vec<CaseCosts>, Sums), Error> {
    let inner = ground.inner;
    let mut cases = asked(runs, valued);
    let chunks = 0..cases.len().div_ceil(CHUNK) as u64;
    let work = |pulse: &Pulse<'_>, next: Next<'_>| {
        let (mut sums, mut found) = (Sums::new(inner), Vec::new());
        while let Some(chunk) = next()? {
            let from = usize::try_from(chunk).unwrap_or(0) * CHUNK;
            for (place, (case, costs)) in inner.cases.iter().zip(&cases).enumerate().skip(from).take(CHUNK) {
                let settled = (inner.settled, settles(costs.arrives));
                let against = costs.outcomes.get(&settled).map(|route| (*route, settled.1));
                found.push((place, costs::cost(ground, case, &costs.asked, against, &mut sums, pulse)?));
            }
        }
        Ok((sums, found))
    };
    // The last chunk may be shorter than the others.
    let told = |done: u64| pulse.step((usize::try_from(done).unwrap_or(0) * CHUNK).min(inner.cases.len()));
    let mut parts = on_threads(options.threads, &chunks, pulse, told, work)?.into_iter();
    let (mut sums, found) = parts.next().unwrap_or_else(|| (Sums::new(inner), Vec::new()));
    let mut all = vec![found];
    for (part, found) in parts {
        sums.merge(&part);
        all.push(found);
    }
    for (place, routes) in all.into_iter().flatten() {
        cases[place].routes = routes;
    }
    Ok((cases, sums))
}

/// Counts the cases of a run, and those that do not queue.
pub(super) fn count(
    ground: &Ground<'_>,
    runs: &Runs<'_>,
    cases: &[CaseCosts],
    courses: &[Course],
    counts: &mut Counts,
) {
    let inner = runs.inner;
    counts.clear();
    for (case, costs) in inner.cases.iter().zip(cases) {
        let standing = match &case.course {
            CaseCourse::Queues { .. } => continue,
            CaseCourse::Placed { moves, .. } => Standing::Placed { moves: moves.months_since(inner.first_month()) },
            CaseCourse::Pathway { .. } => Standing::Pathway,
        };
        counts.add(case.copies, (costs.arrives, standing), &costs.asked[0].stages, &costs.present, &ground.kinds);
    }
    for (case, course) in runs.of_case.iter().zip(courses) {
        let costs = &cases[*case];
        let stages = &costs.asked[costs.route(inner, *course)].stages;
        counts.add(1, (costs.arrives, standing(*course)), stages, &costs.present, &ground.kinds);
    }
    counts.sum();
}

/// The counts of the three lines.
fn three_counts(ground: &Ground<'_>, runs: &Runs<'_>, cases: &[CaseCosts]) -> [Counts; 3] {
    let inner = runs.inner;
    let months = usize::try_from(inner.horizon()).unwrap_or(0);
    let none = || Counts::new(months);
    let mut three = [none(), none(), none()];
    let signed = inner.agreements.iter().enumerate().filter(|(_, agreement)| agreement.signed);
    let signed = signed.fold(0, |set, (place, _)| set | 1 << place);
    count(ground, runs, cases, &runs.signed, &mut three[SIGNED]);
    count(ground, runs, cases, &runs.planned, &mut three[PLANNED]);
    count(ground, runs, cases, &[], &mut three[SETTLED]);
    for case in &runs.of_case {
        let costs = &cases[*case];
        let moves = settles(costs.arrives);
        let route = costs.outcomes.get(&(inner.settled, moves)).copied().unwrap_or(0);
        let standing = Standing::Settled { given: costs.arrives.max(0), moves };
        let at = (costs.arrives, standing);
        three[SETTLED].add(1, at, &costs.asked[route].stages, &costs.present, &ground.kinds);
    }
    three[SETTLED].sum();
    for (counts, with) in three.iter_mut().zip([signed, ALL, ALL]) {
        counts.count_agreements(&runs.queue.agreements, with, inner.months());
    }
    three
}

/// The sums of a run: cases and the programme's own lines, as `costs` has them.
///
/// # Errors
/// A rate that a charge needs is missing, or an amount is too large to write.
pub(super) fn totals(
    ground: &Ground<'_>,
    runs: &Runs<'_>,
    cases: &[CaseCosts],
    (courses, agreements, with): (&[Course], &[Terms], Set),
    (overhead, counts): (&mut Overhead<'_>, &mut Counts),
    sums: &mut [i128],
) -> Result<(), Error> {
    let inner = runs.inner;
    sums.fill(0);
    let mut add = |costed: &Costed, times: i128| {
        let route = costed.sums.as_ref().map_err(Clone::clone)?;
        for (sum, minor) in sums.iter_mut().zip(route.iter()) {
            *sum += minor * times;
        }
        Ok::<_, Error>(())
    };
    for (case, costs) in inner.cases.iter().zip(cases) {
        if !matches!(case.course, CaseCourse::Queues { .. }) {
            add(&costs.routes[0], i128::from(case.copies))?;
        }
    }
    for (case, course) in runs.of_case.iter().zip(courses) {
        let costs = &cases[*case];
        add(&costs.routes[costs.route(inner, *course)], 1)?;
    }
    if !inner.lines.is_empty() {
        count(ground, runs, cases, courses, counts);
        counts.count_agreements(agreements, with, inner.months());
        overhead.add_to(counts, sums)?;
    }
    Ok(())
}
