//! The savings of single steps: one more place, a month's delay, faster processing, another order of the queue.

use super::costs::Ground;
use super::counts::Counts;
use super::overhead::Overhead;
use super::queue::{ALL, Course, Queue, Run, Terms};
use super::run::{CaseCosts, Runs, totals};
use crate::error::Error;
use crate::names::QueueOrder;
use crate::programme::Inner;
use crate::watch::Pulse;

/// A change of a programme by one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProgrammeStep {
    /// So many more places in a grant of an agreement.
    MorePlaces { agreement: usize, month: i32, places: u32 },
    /// The grants of an agreement from the first month on come a month later.
    MonthLater(usize),
    /// The processing of every agreement takes a month less, at least one.
    Processing,
    /// Another order of the queue.
    Order(QueueOrder),
}

/// A changed run.
pub(super) struct Step {
    pub(super) change: ProgrammeStep,
    agreements: Vec<Terms>,
    pub(super) courses: Vec<Course>,
}

/// The largest case that stands in the queue in the month of each agreement's first grant, and may take a place of it.
pub(super) struct Largest {
    /// The first grant that falls in the programme and before the agreement's end.
    grants: Vec<Option<i32>>,
    persons: Vec<Option<u32>>,
}

impl Largest {
    pub(super) fn new(queue: &Queue) -> Self {
        let grant = |terms: &Terms| {
            let (month, _) = terms.grants.first()?;
            (*month < queue.months && terms.until.is_none_or(|until| *month < until)).then_some(*month)
        };
        Self { grants: queue.agreements.iter().map(grant).collect(), persons: vec![None; queue.agreements.len()] }
    }

    /// Hears who stands in the queue of a month.
    pub(super) fn see(&mut self, queue: &Queue, month: i32, waiting: &[usize]) {
        for (place, terms) in queue.agreements.iter().enumerate() {
            if self.grants[place] != Some(month) {
                continue;
            }
            let suited = waiting.iter().map(|&case| &queue.cases[case]).filter(|case| case.suits >> place & 1 == 1);
            let taken = suited.filter(|case| terms.may_take(case, case.persons(month), month));
            self.persons[place] = taken.map(|case| case.persons(month)).max();
        }
    }

    /// The month of the grant, and how many more places make one more.
    fn more(&self, place: usize, terms: &Terms) -> Option<(i32, u32)> {
        let places = if terms.by_person { self.persons[place]? } else { 1 };
        Some((self.grants[place]?, places))
    }
}

/// Runs every step.
///
/// # Errors
/// The watch cancels it.
pub(super) fn runs(inner: &Inner, queue: &Queue, largest: &Largest, pulse: &Pulse<'_>) -> Result<Vec<Step>, Error> {
    let (mut steps, mut run) = (Vec::new(), Run::default());
    let mut step = |change: ProgrammeStep, changed: Queue| {
        pulse.beat()?;
        changed.run(&mut run, ALL);
        steps.push(Step { change, agreements: changed.agreements, courses: run.courses.clone() });
        Ok::<_, Error>(())
    };
    let agreements = inner.agreements.len();
    for place in 0..agreements {
        if let Some((month, places)) = largest.more(place, &queue.agreements[place]) {
            let mut changed = queue.clone();
            if let Some((_, granted)) = changed.agreements[place].grants.first_mut() {
                *granted = granted.saturating_add(places);
            }
            step(ProgrammeStep::MorePlaces { agreement: place, month, places }, changed)?;
        }
        let mut changed = queue.clone();
        let terms = &mut changed.agreements[place];
        for (month, _) in &mut terms.grants {
            *month += 1;
        }
        terms.in_force = terms.in_force.map(|first| if first >= 0 { first + 1 } else { first });
        step(ProgrammeStep::MonthLater(place), changed)?;
    }
    let mut changed = queue.clone();
    for terms in &mut changed.agreements {
        terms.processing = terms.processing.saturating_sub(1).max(1);
    }
    step(ProgrammeStep::Processing, changed)?;
    for &order in QueueOrder::ALL.iter().filter(|order| **order != queue.order) {
        step(ProgrammeStep::Order(order), Queue { order, ..queue.clone() })?;
    }
    Ok(steps)
}

/// The saving of each step, within the programme and after it, in minor units.
///
/// # Errors
/// A rate that a charge needs is missing, or an amount is too large to write.
pub(super) fn saved(
    ground: &Ground<'_>,
    runs: &Runs<'_>,
    cases: &[CaseCosts],
    overhead: &mut Overhead<'_>,
) -> Result<Vec<(ProgrammeStep, i128, i128)>, Error> {
    let mut counts = Counts::new(usize::try_from(runs.inner.horizon()).unwrap_or(0));
    let mut sums = vec![0; ground.width()];
    let half = sums.len() / 2;
    let mut of = |courses: &[Course], agreements: &[Terms]| {
        totals(ground, runs, cases, (courses, agreements, ALL), (overhead, &mut counts), &mut sums)?;
        Ok::<_, Error>((sums[0], sums[half]))
    };
    let planned = of(&runs.planned, &runs.queue.agreements)?;
    let mut saved = Vec::with_capacity(runs.steps.len());
    for step in &runs.steps {
        let (within, after) = of(&step.courses, &step.agreements)?;
        saved.push((step.change, planned.0 - within, planned.1 - after));
    }
    Ok(saved)
}
