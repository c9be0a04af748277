//! Running ranges of draws on several threads.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::assumptions::Assumptions;
use super::evaluate::Evaluator;
use super::events::Draws;
use super::layout::{By, Layout, Of};
use super::model::{Events, Model};
use super::options::SimulateOptions;
use super::part::{self, Kept, SimulationPart};
use super::sampling::{Sampler, Stream};
use super::tally::{PILOT, Scale};
use super::{BLOCK, Column};
use crate::error::{Code, Error};
use crate::ledger::{Engine, Route};
use crate::limits;
use crate::names::{Keep, Sampling};
use crate::scenario::Scenario;
use crate::watch::Pulse;

/// Draws that a thread takes at a time.
const CHUNK: u64 = 16 * BLOCK as u64;
/// How often a watch is asked while other threads work.
const WAIT: Duration = Duration::from_millis(5);

/// What all threads share of a simulation.
pub(super) struct Setup<'s> {
    scenario: &'s Scenario,
    options: &'s SimulateOptions,
    pub(super) assumptions: Assumptions,
    sampler: Sampler,
    stream: Stream,
    scales: Vec<Scale>,
    digest: [u8; 32],
    places: (usize, usize),
}

impl<'s> Setup<'s> {
    /// # Errors
    /// The scenario lacks a pathway of the options, a rate that a charge needs is missing, or it is to break off.
    pub(super) fn new(scenario: &'s Scenario, options: &'s SimulateOptions, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let place = |name: &str| {
            Route::of(scenario, name, scenario.horizon_months())?; // which says what there is
            Ok(scenario.pathway_names().position(|known| known.as_str() == name).unwrap_or(0))
        };
        let places = (place(&options.alternative)?, place(&options.base)?);
        let assumptions = Assumptions::new(scenario);
        let sampler = assumptions.sampler(options.seed, options.sampling);
        let stream = Stream::new(options.seed);
        let digest = digest(scenario, options);
        let mut setup =
            Self { scenario, options, assumptions, sampler, stream, scales: Vec::new(), digest, places };
        setup.scales = setup.pilot(pulse)?;
        Ok(setup)
    }

    /// The steps of every output, from the first draws.
    fn pilot(&self, pulse: &Pulse<'_>) -> Result<Vec<Scale>, Error> {
        let mut kept = Kept { first: 0, columns: Vec::new() };
        let part = self.work(pulse, |worker| {
            let columns = worker.layout.outputs.len();
            kept.columns = vec![Vec::new(); columns];
            worker.part = SimulationPart::new(self.digest, &vec![Scale::of([].into_iter(), 1.0); columns], false, 0);
            let blocks = (0..PILOT).step_by(BLOCK);
            let kept = &mut kept;
            blocks.into_iter().try_for_each(|first| worker.block(first, 0..BLOCK, Some((Keep::Everything, kept))))?;
            Ok(worker.layout.outputs.clone())
        })?;
        let least = |of: &Of| if *of == Of::Premium { 1e-3 } else { 1.0 };
        let scale = |((of, _), column): (&(Of, By), &Vec<f64>)| Scale::of(column.iter().copied(), least(of));
        Ok(part.iter().zip(&kept.columns).map(scale).collect())
    }

    /// Makes a thread's own model and lets it work.
    fn work<T>(
        &self,
        pulse: &Pulse<'_>,
        work: impl FnOnce(&mut Worker<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let engine = Engine::new(self.scenario, self.scenario.horizon_months(), pulse)?;
        let model = Model::new(engine, self.scenario, self.options.basis, Events::Drawn)?;
        let evaluator = Evaluator::new(&model, self.options.basis)?;
        let layout = Layout::new(&model, &evaluator, self.places.0, self.places.1)?;
        let parameters = self.assumptions.each.len();
        let part = self.empty();
        let mut worker = Worker {
            setup: self,
            evaluator,
            layout,
            columns: vec![[0.0; BLOCK]; parameters],
            moved: vec![[false; BLOCK]; parameters],
            part,
        };
        work(&mut worker)
    }

    pub(super) fn empty(&self) -> SimulationPart {
        let replicated = self.options.sampling != Sampling::Random;
        SimulationPart::new(self.digest, &self.scales, replicated, self.assumptions.each.len())
    }

    /// The outputs of the simulation.
    ///
    /// # Errors
    /// As [`Setup::new`].
    pub(super) fn layout(&self, pulse: &Pulse<'_>) -> Result<(Layout, Vec<i32>, Vec<usize>), Error> {
        let engine = Engine::new(self.scenario, self.scenario.horizon_months(), pulse)?;
        let model = Model::new(engine, self.scenario, self.options.basis, Events::Drawn)?;
        let evaluator = Evaluator::new(&model, self.options.basis)?;
        let layout = Layout::new(&model, &evaluator, self.places.0, self.places.1)?;
        Ok((layout, model.fiscal_years.clone(), model.categories.clone()))
    }

    /// Whether a part is of this simulation.
    pub(super) fn owns(&self, part: &SimulationPart) -> bool {
        part.digest == self.digest && part.tallies.len() == self.scales.len()
    }

    /// Runs a range of draws; so many were done before it.
    ///
    /// # Errors
    /// It is to break off, a draw has too many events, or the system gives no more threads.
    pub(super) fn run(&self, range: Range<u64>, pulse: &Pulse<'_>, before: u64) -> Result<SimulationPart, Error> {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let chunks = (range.end.div_ceil(CHUNK)) - (range.start / CHUNK);
        let most = usize::try_from(chunks).unwrap_or(usize::MAX).max(1);
        let threads = self.options.threads.unwrap_or_else(cores).get().min(most).min(limits::THREADS);
        let (next, done) = (AtomicU64::new(range.start / CHUNK), AtomicU64::new(0));
        let shared = (&range, &next, &done);
        let told = |done: u64| pulse.step(usize::try_from(before + done).unwrap_or(usize::MAX));
        let mut whole = self.empty();
        if threads == 1 {
            whole = self.chunks(&pulse.part(), shared, &told)?;
        } else {
            let stop = AtomicBool::new(false);
            let parts: Vec<Result<SimulationPart, Error>> = std::thread::scope(|scope| {
                let _guard = crate::watch::StopAtEnd(&stop);
                // A thread lives as long as it holds its sender, whatever ends it.
                let (alive, ended) = channel::<()>();
                let mut workers = Vec::with_capacity(threads);
                for _ in 0..threads {
                    let (alive, stop) = (alive.clone(), &stop);
                    let work = move || {
                        let _alive = alive;
                        let part = self.chunks(&Pulse::stopped_by(stop), shared, &|_| Ok(()));
                        if part.is_err() {
                            stop.store(true, Ordering::Relaxed);
                        }
                        part
                    };
                    let refused =
                        |_| Error::single(Code::TooMany, "threads", "the system gives no more; ask for fewer");
                    workers.push(std::thread::Builder::new().spawn_scoped(scope, work).map_err(refused)?);
                }
                drop(alive);
                while pulse.is_heard() && ended.recv_timeout(WAIT) == Err(RecvTimeoutError::Timeout) {
                    told(done.load(Ordering::Relaxed))?; // which stops the others, and the scope waits for them
                }
                let lost = |_| Err(Error::single(Code::Interrupted, "", "a thread was lost"));
                Ok::<_, Error>(workers.into_iter().map(|worker| worker.join().unwrap_or_else(lost)).collect())
            })?;
            // What went wrong says more than that the others were stopped.
            let first_cause = parts.iter().filter_map(|part| part.as_ref().err());
            if let Some(cause) = first_cause.min_by_key(|error| error.code() == Code::Interrupted) {
                return Err(cause.clone());
            }
            for part in parts.into_iter().flatten() {
                whole.merge(part)?;
            }
        }
        told(range.end - range.start)?;
        whole.holds(range);
        Ok(whole)
    }

    /// A thread's share: one chunk after another, until none is left.
    fn chunks(
        &self,
        pulse: &Pulse<'_>,
        (range, next, done): (&Range<u64>, &AtomicU64, &AtomicU64),
        told: &dyn Fn(u64) -> Result<(), Error>,
    ) -> Result<SimulationPart, Error> {
        self.work(pulse, |worker| {
            loop {
                let chunk = next.fetch_add(1, Ordering::Relaxed);
                let (first, end) = (chunk.saturating_mul(CHUNK), chunk.saturating_add(1).saturating_mul(CHUNK));
                let (from, to) = (first.max(range.start), end.min(range.end));
                if from >= to {
                    return Ok(std::mem::replace(&mut worker.part, self.empty()));
                }
                worker.chunk(from..to, pulse)?;
                told(done.fetch_add(to - from, Ordering::Relaxed) + (to - from))?;
            }
        })
    }
}

/// A thread's own state.
struct Worker<'w> {
    setup: &'w Setup<'w>,
    evaluator: Evaluator<'w>,
    layout: Layout,
    columns: Vec<Column>,
    moved: Vec<[bool; BLOCK]>,
    part: SimulationPart,
}

impl Worker<'_> {
    fn chunk(&mut self, range: Range<u64>, pulse: &Pulse<'_>) -> Result<(), Error> {
        let keep = self.setup.options.keep;
        let columns = self.layout.outputs.iter().filter(|(_, by)| part::is_kept(keep, *by)).count();
        let mut kept = Kept { first: range.start, columns: vec![Vec::new(); columns] };
        let mut first = range.start / BLOCK as u64 * BLOCK as u64;
        while first < range.end {
            pulse.beat()?;
            let place = |draw: u64| usize::try_from(draw.saturating_sub(first)).unwrap_or(BLOCK).min(BLOCK);
            let keep = (columns > 0).then_some((keep, &mut kept));
            self.block(first, place(range.start)..place(range.end), keep)?;
            first += BLOCK as u64;
        }
        if columns > 0 {
            self.part.kept.push(kept);
        }
        Ok(())
    }

    /// Evaluates the block that begins at a draw, and adds what lies at these places of it.
    fn block(&mut self, first: u64, range: Range<usize>, keep: Option<(Keep, &mut Kept)>) -> Result<(), Error> {
        let Setup { sampler, assumptions, stream, .. } = self.setup;
        sampler.fill(first, BLOCK, BLOCK, self.columns.as_flattened_mut());
        assumptions.values(&mut self.columns, &mut self.moved);
        self.evaluator.evaluate(&self.columns, &Draws { stream, first, second: &[] })?;
        for (count, moved) in self.part.moved.iter_mut().zip(&self.moved) {
            *count += moved[range.clone()].iter().filter(|moved| **moved).count() as u64;
        }
        self.part.add(&self.layout, &self.evaluator.outputs, range, keep)
    }
}

/// What identifies a simulation: its scenario, the version, and the options that change what is drawn or counted.
fn digest(scenario: &Scenario, options: &SimulateOptions) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let SimulateOptions { seed, sampling, base, alternative, basis, keep, .. } = options;
    let mut hasher = Sha256::new();
    hasher.update(format!("{} {seed} {sampling} {basis} {keep} ", env!("CARGO_PKG_VERSION")));
    hasher.update(format!("{base} {alternative} "));
    hasher.update(crate::scenario::text_of(scenario));
    hasher.finalize().into()
}
