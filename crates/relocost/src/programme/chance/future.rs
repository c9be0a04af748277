//! One future of a programme: its grants, its arrivals and its prices, run with every set of agreements that is asked about.
//!
//! In: a draw. Out: a number in each column of figures. What a household costs depends on itself, its arrival and its route
//! alone, so each is costed once; a run with one agreement left out goes on from the month in which the agreement made its
//! first offer, and costs what the cases that move otherwise cost more.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::ops::Range;

use super::arrivals::{self, Arrived, Arriving};
use super::layout::{EXTRA, Layout};
use super::offers::{Chance, Outcomes};
use super::own::OwnCounts;
use super::people::{Outcome, Profile, Profiles};
use super::prepared::Prepared;
use crate::error::{Code, Error};
use crate::exact::ratio;
use crate::ledger::{Leg, Route};
use crate::message;
use crate::programme::Inner;
use crate::programme::costs::{PLANNED, SETTLED, SIGNED};
use crate::programme::queue::{Course, Queue, Run, RunRecord, Set};
use crate::programme::values::all;
use crate::programme::waiting::within;
use crate::simulation::block::{BLOCK, Column};
use crate::simulation::costing::{CostFactors, CostGround, FactorsAt, HouseholdEvent, OwnPrices, own_prices};
use crate::simulation::numbers::binary::{count, float};
use crate::simulation::parameters::ParameterBlock;
use crate::simulation::sampling::Stream;
use crate::watch::Pulse;

/// Bytes that the costs of households may take in a thread.
const BYTES: usize = 256 << 20;

/// What a thread has costed, which others can start from.
pub(super) struct Known {
    factors: CostFactors,
    profiles: Profiles,
    overhead: OwnPrices,
}

impl Known {
    /// A copy for another thread.
    pub(super) fn apart(&self) -> Self {
        Self { factors: self.factors.clone(), profiles: self.profiles.apart(), overhead: self.overhead.clone() }
    }
}

/// Someone in a future: a household, and the place of its numbers.
#[derive(Clone, Copy)]
struct Person {
    profile: u32,
    numbers: u32,
}

/// A route that is costed.
#[derive(Clone, Copy)]
struct Routed {
    route: usize,
    /// Where in the arena its cost is.
    cost: usize,
}

/// A thread's own state.
pub(super) struct Worker<'w> {
    prepared: &'w Prepared<'w>,
    ground: CostGround<'w>,
    known: Known,
    block: ParameterBlock,
    arriving: Vec<Arriving>,
    queue: Queue,
    run: Run,
    record: RunRecord,
    /// Those who queue, by arrival, and then the others.
    people: Vec<Person>,
    numbers: Vec<Stream>,
    stream_of: Vec<u32>,
    arrived: Vec<Arrived>,
    events: Vec<Vec<HouseholdEvent>>,
    /// Of each person the routes that are costed in this future, and where in the arena.
    cache: Vec<Vec<(usize, usize)>>,
    arena: Vec<f64>,
    outcomes: Outcomes,
    /// By case, then by agreement: the offers that a run refused so far.
    refusals: Vec<u32>,
    /// The courses of those who queue with all agreements.
    planned: Vec<Course>,
    /// Of each person the route with all agreements.
    routes: Vec<Routed>,
    /// Those whose course is another in the present run, with their route there.
    changed: Vec<(usize, Routed)>,
    counts: OwnCounts,
    /// A column for each figure.
    pub(super) columns: Vec<Column>,
}

impl<'w> Worker<'w> {
    /// # Errors
    /// A rate that a charge of the programme's own lines needs is missing, or the watch cancels it.
    pub(super) fn new(prepared: &'w Prepared<'w>, known: Option<Known>, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let (inner, ground) = (prepared.inner, prepared.ground());
        let known = if let Some(known) = known {
            known
        } else {
            let mut factors = CostFactors::new(&ground);
            let overhead = overhead(inner, &ground, &mut factors, pulse)?;
            Known { factors, profiles: Profiles::new(inner, &ground), overhead }
        };
        let months = usize::try_from(inner.months()).unwrap_or(0);
        Ok(Self {
            ground,
            known,
            block: prepared.parameters.block(),
            arriving: arrivals::of_programme(inner, &prepared.stream),
            queue: Queue {
                months: inner.months(),
                order: inner.order,
                cases: Vec::new(),
                agreements: prepared.agreed.clone(),
            },
            run: Run::default(),
            record: RunRecord::default(),
            people: Vec::new(),
            numbers: prepared.declared.iter().map(|(_, numbers)| numbers.clone()).collect(),
            stream_of: Vec::new(),
            arrived: Vec::new(),
            events: Vec::new(),
            cache: Vec::new(),
            arena: Vec::new(),
            outcomes: Outcomes::default(),
            refusals: Vec::new(),
            planned: Vec::new(),
            routes: Vec::new(),
            changed: Vec::new(),
            counts: OwnCounts::new(months),
            columns: vec![[0.0; BLOCK]; prepared.layout.len()],
            prepared,
        })
    }

    /// What it has costed.
    pub(super) fn known(self) -> Known {
        self.known
    }

    /// Computes the futures of a block, which begins at a draw, at these places.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, a figure is too large, or the watch cancels it.
    pub(super) fn block(&mut self, first: u64, range: Range<usize>, pulse: &Pulse<'_>) -> Result<(), Error> {
        let inner = self.prepared.inner;
        self.known.profiles.forget_beyond(inner, &self.ground, BYTES);
        self.prepared.parameters.fill(first, &mut self.block);
        let mut wanted: Vec<usize> = range.clone().collect();
        while !wanted.is_empty() {
            self.known.factors.fill(&self.block);
            let mut again = Vec::new();
            for place in wanted {
                pulse.beat()?;
                if !self.future(place, first + place as u64)? {
                    again.push(place);
                }
            }
            wanted = again;
            let Known { factors, profiles, .. } = &mut self.known;
            profiles.complete(inner, &self.ground, factors, pulse)?;
        }
        let large = |column: &Column| column[range.clone()].iter().any(|value| value.abs() >= 1e300);
        if self.columns.iter().any(large) {
            let message = message!(
                "a draw exceeds 10^300; check prices, rates and spreads",
                "un tirage dépasse 10^300 ; vérifier les prix, les taux et les dispersions"
            );
            return Err(Error::single(Code::TooLargeFigure, "uncertain", message));
        }
        Ok(())
    }

    /// Counts the draws of the block whose parameters were moved into their domains.
    pub(super) fn count_moved(&self, range: Range<usize>, counts: &mut [u64]) {
        self.prepared.parameters.count_moved(&self.block, range, counts);
    }

    /// Who is there in a future, and the terms of the agreements.
    fn begin(&mut self, place: usize, draw: u64) -> Result<(), Error> {
        let Self { prepared, ground, known, block, arriving, queue, people, numbers, stream_of, arrived, .. } = self;
        let (inner, profiles) = (prepared.inner, &mut known.profiles);
        for (uncertain, (agreed, terms)) in
            prepared.agreements.iter().zip(prepared.agreed.iter().zip(&mut queue.agreements))
        {
            uncertain.slipped(agreed, |parameter| block.value(parameter, place), terms);
        }
        numbers.truncate(prepared.declared.len());
        arrived.clear();
        for (entry, arriving) in arriving.iter_mut().enumerate() {
            arriving.draw(inner, &prepared.stream, (entry, draw), arrived);
        }
        arrived.sort_by_key(|arrived| arrived.month); // stable: as they are declared, then as drawn
        people.clear();
        queue.cases.clear();
        let (queueing, others) = prepared.declared.split_at(prepared.queueing);
        let mut coming = arrived.drain(..).peekable();
        let mut arrives =
            |profiles: &mut Profiles, people: &mut Vec<Person>, queue: &mut Queue, before: Option<i32>| {
                while let Some(next) = coming.next_if(|next| before.is_none_or(|before| next.month < before)) {
                    let at = (next.entry, next.household, next.month);
                    let profile = profiles.arriving(inner, ground, at, inner.setting.household());
                    queue.cases.extend(profiles.all[profile as usize].queueing.clone());
                    people.push(Person { profile, numbers: u32::try_from(numbers.len()).unwrap_or(0) });
                    numbers.push(next.numbers);
                }
            };
        for (place, (profile, _)) in (0..).zip(queueing) {
            let arrival = profiles.all[*profile as usize].arrives;
            arrives(profiles, people, queue, Some(arrival));
            queue.cases.extend(profiles.all[*profile as usize].queueing.clone());
            people.push(Person { profile: *profile, numbers: place });
        }
        arrives(profiles, people, queue, None);
        stream_of.clear();
        stream_of.extend(people.iter().map(|person| person.numbers));
        for (place, (profile, _)) in (0..).zip(others) {
            people.push(Person { profile: *profile, numbers: u32::try_from(prepared.queueing).unwrap_or(0) + place });
        }
        self.cache.iter_mut().for_each(Vec::clear);
        self.cache.resize(self.people.len().max(self.cache.len()), Vec::new());
        self.arena.clear();
        if self.prepared.has_events {
            self.events.resize(self.people.len().max(self.events.len()), Vec::new());
            let at = self.known.factors.at(&self.block, place);
            for (person, events) in self.people.iter().zip(&mut self.events) {
                let costs = &self.known.profiles.all[person.profile as usize].costs;
                costs.draw_events(&self.ground, (&self.numbers[person.numbers as usize], draw), &at, events)?;
            }
        }
        Ok(())
    }

    /// Runs the queue of the future with all agreements. Tells the places that were refused, by agreement.
    fn plan(&mut self, draw: u64) -> Vec<u64> {
        let Self { prepared, queue, run, record, outcomes, refusals, numbers, stream_of, planned, .. } = self;
        let agreements = prepared.agreements.len();
        outcomes.begin(queue.cases.len(), agreements);
        refusals.clear();
        refusals.resize(queue.cases.len() * agreements, 0);
        record.begin(agreements);
        let mut refused = vec![0; agreements];
        let (streams, refused_places) = (&numbers[..], &mut refused[..]);
        let agreements = &prepared.agreements;
        let mut chance = Chance { agreements, streams, stream_of, draw, refusals, outcomes, refused: refused_places };
        queue.run_all(run, &mut chance, record);
        planned.clone_from(&run.courses);
        refused
    }

    /// Runs the queue of the future with some agreements, from the month on in which that matters.
    fn leave_out(&mut self, (with, from): (Set, i32), draw: u64, unheard: &mut [u64]) {
        let Self { prepared, queue, run, record, outcomes, refusals, numbers, stream_of, planned, .. } = self;
        refusals.fill(0);
        for refused in record.refused_before(from) {
            refusals[refused.case * prepared.agreements.len() + refused.agreement] += 1;
        }
        let (agreements, streams) = (&prepared.agreements[..], &numbers[..]);
        let mut chance = Chance { agreements, streams, stream_of, draw, refusals, outcomes, refused: unheard };
        queue.run_on(run, (with, from), (record, planned), &mut chance);
    }

    /// Computes a future. Tells false if routes are wanted that are not costed yet.
    fn future(&mut self, place: usize, draw: u64) -> Result<bool, Error> {
        self.begin(place, draw)?;
        let inner = self.prepared.inner;
        let (width, agreements) = (self.prepared.layout.width(), inner.agreements.len());
        let refused = self.plan(draw);
        let mut lines = vec![0.0; (EXTRA + 1) * width];
        let mut complete = self.add_lines(place, &mut lines);
        // What other sets of agreements cost more than all.
        let mut difference = vec![0.0; width];
        let (everything, signed) = (all(agreements), self.prepared.signed);
        let mut unheard = vec![0; agreements];
        for (number, set) in
            [signed, 0].into_iter().chain((0..agreements).map(|left| everything & !(1 << left))).enumerate()
        {
            difference.fill(0.0);
            let from = self.record.differs_from(set);
            if let Some(from) = from {
                self.leave_out((set, from), draw, &mut unheard);
                complete &= self.add_difference(place, &mut difference);
            }
            if !complete {
                continue; // only to learn which routes are wanted
            }
            if !self.prepared.own.is_empty() {
                self.add_own_difference((set, from), place, &mut difference);
            }
            let layout = &self.prepared.layout;
            match number {
                0 => {
                    for slot in 0..width {
                        lines[SIGNED * width + slot] = lines[PLANNED * width + slot] + difference[slot];
                    }
                }
                1 => write(&mut self.columns, layout, layout.joint(), place, &difference, false),
                left => write(&mut self.columns, layout, layout.last(left - 2), place, &difference, false),
            }
        }
        if !complete {
            return Ok(false);
        }
        for slot in 0..width {
            lines[EXTRA * width + slot] = lines[PLANNED * width + slot] - lines[SETTLED * width + slot];
        }
        for (line, sums) in lines.chunks(width.max(1)).enumerate() {
            let layout = &self.prepared.layout;
            write(&mut self.columns, layout, layout.line(line), place, sums, true);
        }
        self.tell(place, &lines[PLANNED * width..(PLANNED + 1) * width], &refused);
        Ok(true)
    }

    /// Writes ceilings, waiting and places.
    fn tell(&mut self, place: usize, planned: &[f64], refused: &[u64]) {
        let (layout, lapsed) = (&self.prepared.layout, &self.record.lapsed[..]);
        for (number, (fund, year, ceiling)) in layout.ceilings.iter().enumerate() {
            let ceiling = float(&ratio(*ceiling, 1)) / self.prepared.units;
            self.columns[layout.excess(number)][place] = (planned[year * layout.funds + fund] - ceiling).max(0.0);
        }
        let cases = &self.queue.cases;
        for (number, [given, joined]) in within(cases, &self.planned, self.queue.months).into_iter().enumerate() {
            // Not a number where nobody joined that early.
            self.columns[layout.within(number)][place] = f64::from(given) / f64::from(joined);
        }
        let still = self.planned.iter().filter(|course| **course == Course::Waiting).count();
        self.columns[layout.still_waiting()][place] = count(still as u64);
        for (first, places) in [(layout.lapsed(), lapsed), (layout.refused(), refused)] {
            self.columns[first][place] = count(places.iter().sum());
            for (number, places) in (1..).zip(places) {
                self.columns[first + number][place] = count(*places);
            }
        }
    }

    /// Adds what the lines cost, but for that with the signed agreements. Tells false if a route is not costed yet.
    fn add_lines(&mut self, place: usize, lines: &mut [f64]) -> bool {
        let prepared = self.prepared;
        let (inner, width) = (prepared.inner, prepared.layout.width());
        let mut complete = true;
        let both = [PLANNED, SETTLED].map(|line| line * width..(line + 1) * width);
        let Ok([planned, settled]) = lines.get_disjoint_mut(both) else { return false };
        self.routes.clear();
        for person in 0..self.people.len() {
            let queues = self.planned.get(person).copied();
            let outcome = queues.and_then(|course| Profiles::of_course(inner, course));
            let found = self.add(person, outcome, place, planned);
            complete &= found.is_some();
            self.routes.extend(found); // where one lacks, no sum is used
            let outcome = queues.and_then(|_| Profiles::settled(inner, self.profile(person).arrives));
            complete &= self.add(person, outcome, place, settled).is_some();
        }
        if !prepared.own.is_empty() && complete {
            let Self { known, people, counts, block, queue, planned: courses, routes, .. } = self;
            let profiles = || people.iter().map(|person| &known.profiles.all[person.profile as usize]);
            let (agreements, prices) = (&queue.agreements[..], (&known.overhead, &known.factors.at(block, place)));
            let courses = courses.iter().copied().map(Some).chain(std::iter::repeat(None));
            let people = profiles().zip(courses).zip(routes).map(|((profile, course), at)| (profile, course, at.route));
            prepared.own.plan(counts, people, agreements, prices, planned);
            prepared.own.settle(counts, (profiles(), queue.cases.len()), agreements, prices, settled);
        }
        complete
    }

    fn profile(&self, person: usize) -> &Profile {
        &self.known.profiles.all[self.people[person].profile as usize]
    }

    /// Adds what the present run costs more than the planned one: the cases that move otherwise. Tells false if a route is
    /// not costed yet.
    fn add_difference(&mut self, place: usize, difference: &mut [f64]) -> bool {
        let inner = self.prepared.inner;
        let mut complete = true;
        self.changed.clear();
        for person in 0..self.planned.len() {
            let (before, now) = (self.planned[person], self.run.courses[person]);
            if before == now {
                continue;
            }
            let found = self.cost(person, Profiles::of_course(inner, now), place, difference.len());
            let (Some(found), Some(known)) = (found, self.routes.get(person)) else {
                complete = false;
                continue;
            };
            self.changed.push((person, found));
            if found.route != known.route {
                let (now, before) = (&self.arena[found.cost..], &self.arena[known.cost..]);
                for (sum, (now, before)) in difference.iter_mut().zip(now.iter().zip(before)) {
                    *sum += now - before;
                }
            }
        }
        complete
    }

    /// Adds what the programme's own lines cost more in the present run, which differs from a month on.
    fn add_own_difference(&mut self, (set, from): (Set, Option<i32>), place: usize, difference: &mut [f64]) {
        let Self { prepared, known, people, counts, block, queue, planned, run, routes, changed, .. } = self;
        let changed = if from.is_some() { &changed[..] } else { &[] };
        let changes = changed.iter().map(|&(person, now)| {
            let both = [(planned[person], routes[person].route), (run.courses[person], now.route)];
            (&known.profiles.all[people[person].profile as usize], both)
        });
        let prices = (&known.overhead, &known.factors.at(block, place));
        prepared.own.differ(counts, changes, (&queue.agreements, set, from), prices, difference);
    }

    /// Adds the cost of someone's route; none if it is not costed yet.
    fn add(&mut self, person: usize, outcome: Outcome, place: usize, sums: &mut [f64]) -> Option<Routed> {
        let found = self.cost(person, outcome, place, sums.len())?;
        for (sum, cost) in sums.iter_mut().zip(&self.arena[found.cost..]) {
            *sum += cost;
        }
        Some(found)
    }

    /// Costs someone's route in this future; none if it is not costed for any.
    fn cost(&mut self, person: usize, outcome: Outcome, place: usize, width: usize) -> Option<Routed> {
        let Self { known: Known { profiles, factors, .. }, people, cache, arena, block, events, prepared, .. } = self;
        let profile = people[person].profile;
        let route = profiles.route(profile, outcome)?;
        if let Some((_, cost)) = cache[person].iter().find(|(known, _)| *known == route) {
            return Some(Routed { route, cost: *cost });
        }
        let cost = arena.len();
        arena.resize(cost + width, 0.0);
        let at: FactorsAt<'_> = factors.at(block, place);
        let happened = if prepared.has_events { &events[person][..] } else { &[] };
        profiles.all[profile as usize].costs.cost(route, &at, happened, &mut arena[cost..]);
        cache[person].push((route, cost));
        Some(Routed { route, cost })
    }
}

/// Writes a sum by year and fund into the columns of its total, years and funds, and of funds by year.
fn write(columns: &mut [Column], layout: &Layout, first: usize, place: usize, sums: &[f64], by_both: bool) {
    let (years, funds) = (layout.years, layout.funds);
    let mut by_fund = vec![0.0; funds];
    let mut total = 0.0;
    for (year, by_year) in sums.chunks(funds.max(1)).enumerate() {
        let mut sum = 0.0;
        for (fund, cost) in by_year.iter().enumerate() {
            sum += cost;
            by_fund[fund] += cost;
            if by_both {
                columns[first + 1 + years + funds + year * funds + fund][place] = *cost;
            }
        }
        columns[first + 1 + year][place] = sum;
        total += sum;
    }
    columns[first][place] = total;
    for (fund, cost) in by_fund.iter().enumerate() {
        columns[first + 1 + years + fund][place] = *cost;
    }
}

/// The prices of the programme's own lines.
fn overhead(
    inner: &Inner,
    ground: &CostGround<'_>,
    factors: &mut CostFactors,
    pulse: &Pulse<'_>,
) -> Result<OwnPrices, Error> {
    if inner.lines.is_empty() {
        return Ok(Vec::new());
    }
    let end = u32::try_from(inner.months()).unwrap_or(0);
    own_prices(ground, &inner.own, &Route { legs: vec![Leg::whole(end)] }, factors, pulse)
}
