//! One future of a programme: its grants, its arrivals and its prices, run with every set of agreements that is asked about.
//!
//! In: a draw. Out: a number in each column of figures. What a household costs depends on itself, its arrival and its route
//! alone, so each is costed once; a run with one agreement left out is the planned one and the cases that move otherwise.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::ops::Range;

use num_rational::BigRational;

use super::arrivals::{self, Arrived, Arriving};
use super::layout::{EXTRA, Layout};
use super::naming;
use super::offers::{self, Chance, Uncertainty};
use super::people::{Outcome, Profiles};
use crate::error::{Code, Error};
use crate::exact::{power_of_ten, ratio};
use crate::ledger::{Leg, ONE_SHARE, Route};
use crate::message;
use crate::names::{ProgrammeCount, Sampling, SolutionKind};
use crate::programme::Inner;
use crate::programme::case::{Case, CaseCourse};
use crate::programme::costs::{PLANNED, SETTLED, SIGNED};
use crate::programme::counts::{Counts, Standing};
use crate::programme::queue::{Course, PlaceEvent, Queue, Run, Set, Terms};
use crate::programme::run::{settles, standing};
use crate::programme::values::all;
use crate::programme::waiting::within;
use crate::scenario::{Line, Price};
use crate::simulation::block::{BLOCK, Column};
use crate::simulation::costing::{CostFactors, CostGround, FactorsAt, HouseholdEvent, OwnPrices, own_prices};
use crate::simulation::numbers::binary::{count, float};
use crate::simulation::parameters::{ParameterBlock, ParameterDraws};
use crate::simulation::sampling::Stream;
use crate::types::Parameter;
use crate::watch::Pulse;

/// Bytes that the costs of households may take in a thread.
const BYTES: usize = 256 << 20;

/// What all threads share: nothing of it changes.
pub(super) struct Prepared<'p> {
    pub(super) inner: &'p Inner,
    stream: Stream,
    pub(super) parameters: ParameterDraws,
    agreements: Vec<Uncertainty>,
    agreed: Vec<Terms>,
    signed: Set,
    /// The declared cases: first those that queue, by arrival, then the others. Of each its household and its numbers.
    declared: Vec<(u32, Stream)>,
    queueing: usize,
    has_events: bool,
    pub(super) layout: Layout,
    /// By line of the programme: who pays.
    payers: Vec<Vec<(usize, f64)>>,
    /// The number of minor units in a unit of the currency.
    units: f64,
}

impl<'p> Prepared<'p> {
    pub(super) fn new(inner: &'p Inner, seed: u64, sampling: Sampling) -> Self {
        let (stream, first) = (Stream::new(seed), inner.first_month());
        let name = |parameter: &Parameter| match parameter {
            Parameter::AgreementSlip(id) => Some(naming::of_agreement(id.as_str())),
            _ => None,
        };
        let parameters = ParameterDraws::new(&inner.setting, &stream, sampling, name);
        let mut declared = Vec::new();
        for (place, case) in (0..).zip(&inner.cases) {
            for copy in 0..case.copies {
                let numbers = stream.named(naming::of_case(&case.numbers, case.first_copy + copy));
                declared.push((place, case, numbers));
            }
        }
        let queues = |case: &Case| matches!(case.course, CaseCourse::Queues { .. });
        // Stable: those of a month as declared.
        declared.sort_by_key(|(_, case, _)| {
            (!queues(case), if queues(case) { case.arrives.months_since(first) } else { 0 })
        });
        let queueing = declared.iter().filter(|(_, case, _)| queues(case)).count();
        let declared = declared.into_iter().map(|(place, _, numbers)| (place, numbers)).collect();
        let signed = inner.agreements.iter().enumerate().filter(|(_, agreement)| agreement.signed);
        let share = |(fund, share): &(usize, i128)| (*fund, float(&ratio(*share, ONE_SHARE)));
        let is_event = |line: &Line| matches!(line.price(), Some(Price::Event { .. }));
        Self {
            inner,
            parameters,
            agreements: offers::of_agreements(inner),
            agreed: inner.agreements.iter().map(|agreement| agreement.terms(first)).collect(),
            signed: signed.fold(0, |set, (place, _)| set | 1 << place),
            declared,
            queueing,
            has_events: inner.setting.lines().values().any(is_event),
            layout: Layout::new(inner),
            payers: inner.lines.iter().map(|line| line.payers.iter().map(share).collect()).collect(),
            units: float(&BigRational::from_integer(power_of_ten(inner.setting.currency().decimals()))),
            stream,
        }
    }

    fn ground(&self) -> CostGround<'_> {
        let inner = self.inner;
        let earlier = |case: &Case| inner.first_month().months_since(case.arrives);
        let earlier = inner.cases.iter().map(earlier).max().unwrap_or(0).max(0);
        CostGround::new(&inner.setting, &self.parameters, inner.fiscal_years, u32::try_from(earlier).unwrap_or(0))
    }
}

/// What a thread has costed, which others can start from.
#[derive(Clone)]
pub(super) struct Known {
    factors: CostFactors,
    profiles: Profiles,
    overhead: OwnPrices,
}

/// Someone in a future: a household, and the place of its numbers.
#[derive(Clone, Copy)]
struct Person {
    profile: u32,
    numbers: u32,
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
    /// Those who queue, by arrival, and then the others.
    people: Vec<Person>,
    numbers: Vec<Stream>,
    stream_of: Vec<u32>,
    arrived: Vec<Arrived>,
    events: Vec<Vec<HouseholdEvent>>,
    cache: Vec<Vec<(usize, usize)>>,
    arena: Vec<f64>,
    refusals: Vec<u32>,
    planned: Vec<Course>,
    counts: Counts,
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
            people: Vec::new(),
            numbers: prepared.declared.iter().map(|(_, numbers)| numbers.clone()).collect(),
            stream_of: Vec::new(),
            arrived: Vec::new(),
            events: Vec::new(),
            cache: Vec::new(),
            arena: Vec::new(),
            refusals: Vec::new(),
            planned: Vec::new(),
            counts: Counts::new(months),
            columns: vec![[0.0; BLOCK]; prepared.layout.len()],
            prepared,
        })
    }

    /// What it has costed.
    pub(super) fn known(&self) -> Known {
        self.known.clone()
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

    /// Runs the queue of the future with some agreements. Tells which agreements made an offer.
    fn go(&mut self, with: Set, draw: u64, lapsed: &mut [u64], refused: &mut [u64]) -> Set {
        self.refusals.clear();
        let mut chance = Chance {
            agreements: &self.prepared.agreements,
            streams: &self.numbers,
            stream_of: &self.stream_of,
            draw,
            refusals: &mut self.refusals,
            offered: 0,
            refused,
        };
        self.queue.run_offering(&mut self.run, with, &mut chance, |agreement, _, event| {
            if let PlaceEvent::Lapsed(places) = event {
                lapsed[agreement] += u64::from(places);
            }
        });
        chance.offered
    }

    /// Computes a future. Tells false if routes are wanted that are not costed yet.
    fn future(&mut self, place: usize, draw: u64) -> Result<bool, Error> {
        self.begin(place, draw)?;
        let layout = &self.prepared.layout;
        let (inner, width) = (self.prepared.inner, layout.width());
        let agreements = inner.agreements.len();
        let (mut lapsed, mut refused) = (vec![0; agreements], vec![0; agreements]);
        let everything = all(agreements);
        let offered = self.go(everything, draw, &mut lapsed, &mut refused);
        self.planned.clone_from(&self.run.courses);
        let mut complete = true;
        let mut lines = vec![0.0; (EXTRA + 1) * width];
        // Cases that do not queue cost the same in every line.
        let mut base = vec![0.0; width];
        for person in self.queue.cases.len()..self.people.len() {
            complete &= self.add(person, None, 1.0, place, &mut base);
        }
        for line in lines.chunks_mut(width.max(1)).take(EXTRA) {
            line.copy_from_slice(&base);
        }
        for person in 0..self.queue.cases.len() {
            let outcome = self.outcome(self.planned[person]);
            complete &= self.add(person, outcome, 1.0, place, &mut lines[PLANNED * width..(PLANNED + 1) * width]);
            let arrives = self.known.profiles.all[self.people[person].profile as usize].arrives;
            let outcome = Profiles::settled(inner, arrives);
            complete &= self.add(person, outcome, 1.0, place, &mut lines[SETTLED * width..(SETTLED + 1) * width]);
        }
        let own_lines = !inner.lines.is_empty();
        let mut own = vec![0.0; width];
        if own_lines && complete {
            self.count(Some(everything), place, &mut own);
            for (sum, own) in lines[PLANNED * width..].iter_mut().zip(&own) {
                *sum += own;
            }
            let mut settled = vec![0.0; width];
            self.count(None, place, &mut settled);
            for (sum, own) in lines[SETTLED * width..].iter_mut().zip(&settled) {
                *sum += own;
            }
        }
        // What other sets of agreements cost more than all.
        let mut difference = vec![0.0; width];
        let mut unheard = (vec![0; agreements], vec![0; agreements]);
        let signed = self.prepared.signed;
        for (number, set) in
            [signed, 0].into_iter().chain((0..agreements).map(|left| everything & !(1 << left))).enumerate()
        {
            difference.fill(0.0);
            if offered & !set == 0 {
                self.run.courses.clone_from(&self.planned);
            } else {
                self.go(set, draw, &mut unheard.0, &mut unheard.1);
                for person in 0..self.queue.cases.len() {
                    let [before, now] =
                        [self.planned[person], self.run.courses[person]].map(|course| self.outcome(course));
                    if before != now {
                        complete &= self.add(person, now, 1.0, place, &mut difference);
                        complete &= self.add(person, before, -1.0, place, &mut difference);
                    }
                }
            }
            // With the same courses only what is paid for agreements can differ.
            let counts_agreements = || inner.lines.iter().any(|line| line.count == ProgrammeCount::Agreements);
            let same = offered & !set == 0 && !counts_agreements();
            if own_lines && complete && !same {
                let mut other = vec![0.0; width];
                self.count(Some(set), place, &mut other);
                for (difference, (other, own)) in difference.iter_mut().zip(other.iter().zip(&own)) {
                    *difference += other - own;
                }
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
        self.tell(place, &lines[PLANNED * width..(PLANNED + 1) * width], &lapsed, &refused);
        Ok(true)
    }

    /// Writes ceilings, waiting and places.
    fn tell(&mut self, place: usize, planned: &[f64], lapsed: &[u64], refused: &[u64]) {
        let layout = &self.prepared.layout;
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

    fn outcome(&self, course: Course) -> Outcome {
        let inner = self.prepared.inner;
        let given = course.given()?;
        Profiles::outcome(inner, inner.agreements[given.agreement].solution, given.moves)
    }

    /// Adds the cost of someone's route, so many times. Tells false if it is not costed yet.
    fn add(&mut self, person: usize, outcome: Outcome, times: f64, place: usize, sums: &mut [f64]) -> bool {
        let Self { known: Known { profiles, factors, .. }, people, cache, arena, block, events, prepared, .. } = self;
        let profile = people[person].profile;
        let Some(route) = profiles.route(profile, outcome) else { return false };
        let known = cache[person].iter().find(|(known, _)| *known == route).map(|(_, offset)| *offset);
        let offset = known.unwrap_or_else(|| {
            let offset = arena.len();
            arena.resize(offset + sums.len(), 0.0);
            let at: FactorsAt<'_> = factors.at(block, place);
            let happened = if prepared.has_events { &events[person][..] } else { &[] };
            profiles.all[profile as usize].costs.cost(route, &at, happened, &mut arena[offset..]);
            cache[person].push((route, offset));
            offset
        });
        for (sum, cost) in sums.iter_mut().zip(&arena[offset..]) {
            *sum += times * cost;
        }
        true
    }

    /// What the programme's own lines cost in the present run with a set of agreements, or if all are settled.
    fn count(&mut self, with: Option<Set>, place: usize, sums: &mut [f64]) {
        let Self { prepared, known, people, queue, run, counts, block, .. } = self;
        let inner = prepared.inner;
        let kind = |kind: SolutionKind| usize::from(kind == SolutionKind::Temporary);
        let kinds: Vec<usize> = inner.setting.solutions().values().map(|solution| kind(solution.kind)).collect();
        counts.clear();
        for (number, person) in people.iter().enumerate() {
            let profile = &known.profiles.all[person.profile as usize];
            let (outcome, standing) = match (queue.cases.get(number), with) {
                (Some(_), Some(_)) => {
                    let course = run.courses[number];
                    let outcome = course.given().and_then(|given| {
                        Profiles::outcome(inner, inner.agreements[given.agreement].solution, given.moves)
                    });
                    (outcome, standing(course))
                }
                (Some(_), None) => {
                    let moves = settles(profile.arrives);
                    let standing = Standing::Settled { given: profile.arrives.max(0), moves };
                    (Profiles::settled(inner, profile.arrives), standing)
                }
                (None, _) => (None, profile.standing(inner)),
            };
            let Some(route) = profile.route(outcome) else { continue };
            counts.add(1, (profile.arrives, standing), &profile.stages[route], &profile.persons, &kinds);
        }
        counts.count_agreements(&queue.agreements, with.unwrap_or(Set::MAX), inner.months());
        let at = known.factors.at(block, place);
        let funds = prepared.layout.funds;
        for ((line, months), payers) in inner.lines.iter().zip(&known.overhead).zip(&prepared.payers) {
            for (month, price, factor) in months {
                let units = counts.of(line.count, line.kind, *month as usize).div_ceil(line.per);
                let cost = f64::from(units) * price * at.factor(*factor);
                for (fund, share) in payers {
                    sums[*month as usize / 12 * funds + fund] += cost * share;
                }
            }
        }
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
