//! Running ranges of draws on several threads.

use std::ops::Range;
use std::sync::Arc;

use super::assumptions::Assumptions;
use super::block::{BLOCK, Column};
use super::evaluate::Evaluator;
use super::events::Draws;
use super::layout::{Layout, Output, OutputFigure, places_of_pair};
use super::model::{Events, Model};
use super::options::SimulateOptions;
use super::parameters::{Points, count_moved};
use super::part::{self, KeptRange, SimulationPart};
use super::sampling::{Sampler, Stream};
use super::tally::{PILOT, Scale, Tally};
use crate::about::Pair;
use crate::error::{Code, Error};
use crate::ledger::Engine;
use crate::limits;
use crate::message;
use crate::names::{Keep, Sampling};
use crate::room;
use crate::scenario::Scenario;
use crate::threads::{on_threads, wanted};
use crate::watch::Pulse;

/// Draws that a thread takes at a time.
const CHUNK: u64 = 8 * BLOCK as u64;

/// The data of a simulation that all threads share.
pub(super) struct Setup<'s> {
    scenario: &'s Scenario,
    options: &'s SimulateOptions,
    pub(super) assumptions: Assumptions,
    sampler: Sampler,
    stream: Stream,
    pub(super) outputs: Vec<Output>,
    /// The fiscal years, and the places in the scenario of the categories and of the funds.
    pub(super) keys: (Vec<i32>, Vec<usize>, Vec<usize>),
    scales: Vec<Scale>,
    digest: [u8; 32],
    /// The places of the alternative and of the base.
    pub(super) pair: [usize; 2],
}

impl<'s> Setup<'s> {
    /// # Errors
    /// The scenario lacks a pathway of the options, a rate that a charge needs is missing, or the watch cancels it.
    pub(super) fn new(scenario: &'s Scenario, options: &'s SimulateOptions, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let pair = places_of_pair(scenario, &options.pair)?;
        let assumptions = Assumptions::new(scenario);
        let sampler = assumptions.sampler(options.seed, options.sampling);
        let stream = Stream::new(options.seed);
        let digest = digest(scenario, options);
        let (outputs, keys, scales) = (Vec::new(), (Vec::new(), Vec::new(), Vec::new()), Vec::new());
        let mut setup = Self { scenario, options, assumptions, sampler, stream, outputs, keys, scales, digest, pair };
        setup.pilot(pulse)?;
        Ok(setup)
    }

    /// Sets the outputs, their keys and their steps, from the first draws.
    fn pilot(&mut self, pulse: &Pulse<'_>) -> Result<(), Error> {
        let mut columns = Vec::new();
        let (outputs, keys) = self.work(pulse, |model, worker| {
            columns = vec![Vec::new(); worker.layout.outputs.len()];
            for first in (0..PILOT.min(self.options.draws)).step_by(BLOCK) {
                pulse.beat()?;
                let wanted = usize::try_from(self.options.draws - first).unwrap_or(BLOCK).min(BLOCK);
                worker.evaluate(first, 0..wanted)?;
                let mut columns = columns.iter_mut();
                part::each_figure(&worker.layout, &worker.evaluator.outputs, |_, values, _| {
                    columns
                        .next()
                        .into_iter()
                        .for_each(|column: &mut Vec<f64>| column.extend_from_slice(&values[..wanted]));
                    Ok(())
                })?;
            }
            Ok((
                worker.layout.outputs.clone(),
                (model.fiscal_years.clone(), model.categories.clone(), model.funds.clone()),
            ))
        })?;
        let least = |of: &OutputFigure| if *of == OutputFigure::Premium { 1e-3 } else { 1.0 };
        let scale = |((of, _), column): (&Output, Vec<f64>)| Scale::of(column, least(of));
        self.scales = outputs.iter().zip(columns).map(scale).collect();
        (self.outputs, self.keys) = (outputs, keys);
        Ok(())
    }

    /// Makes a thread's own model and lets it work.
    fn work<T>(
        &self,
        pulse: &Pulse<'_>,
        work: impl FnOnce(&Model<'_>, &mut Worker<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let engine = Engine::new(self.scenario, self.scenario.horizon_months(), pulse)?;
        let model = Model::new(engine, self.scenario, &self.assumptions.years, self.options.basis, Events::Drawn)?;
        let evaluator = Evaluator::new(&model, self.options.basis, self.options.figures)?;
        let layout = Layout::new(&model, &evaluator, self.pair[0], self.pair[1], self.options.figures)?;
        let parameters = self.assumptions.each.len();
        let part = self.empty();
        let mut worker = Worker {
            setup: self,
            evaluator,
            layout,
            columns: vec![[0.0; BLOCK]; parameters],
            points: Points::default(),
            moved: vec![[false; BLOCK]; parameters],
            part,
        };
        work(&model, &mut worker)
    }

    pub(super) fn empty(&self) -> SimulationPart {
        let replicated = self.options.sampling != Sampling::Random;
        SimulationPart::new(self.digest, &self.scales, replicated, self.scenario.uncertain().len())
    }

    /// The count of numbers kept of each draw.
    fn kept_columns(&self) -> u64 {
        let keep = self.options.keep;
        self.outputs.iter().filter(|(_, by)| part::is_kept(keep, *by)).count() as u64
    }

    /// True if a part is of this simulation.
    pub(super) fn owns(&self, part: &SimulationPart) -> bool {
        let replicated = self.options.sampling != Sampling::Random;
        let same = |(tally, scale): (&Arc<Tally>, &Scale)| tally.has(scale, replicated);
        part.digest == self.digest
            && part.tallies.len() == self.scales.len()
            && part.tallies.iter().zip(&self.scales).all(same)
    }

    /// Runs a range of draws; so many were done before it.
    ///
    /// # Errors
    /// The watch cancels it, a draw has too many events, or there is no memory for what is to be kept and counted.
    pub(super) fn run(&self, range: Range<u64>, pulse: &Pulse<'_>, before: u64) -> Result<SimulationPart, Error> {
        let kept = self.kept_columns().saturating_mul(range.end - range.start);
        if kept > limits::KEPT {
            let message = message!(
                "would hold {kept} numbers; expected at most {most}: keep less, or fewer draws",
                "contiendrait {kept} nombres ; au plus {most} sont admis : en conserver moins, ou moins de tirages",
                most = limits::KEPT,
            );
            return Err(Error::single(Code::TooMany, "keep", message));
        }
        room::tried::<f64>(kept.saturating_mul(2))?; // in parts, and whole when they are put together
        // The tallies of each thread, and of what they come to.
        let chunks = range.start / CHUNK..range.end.div_ceil(CHUNK);
        let replicated = self.options.sampling != Sampling::Random;
        let tallies: u64 = self.scales.iter().map(|scale| Tally::bytes(scale, replicated)).sum();
        room::tried::<u8>(tallies.saturating_mul(wanted(self.options.threads, &chunks) as u64 + 1))?;
        let told = |draws: u64| pulse.step(usize::try_from(before + draws).unwrap_or(usize::MAX));
        let of_chunks = |chunks: u64| told(chunks.saturating_mul(CHUNK).min(range.end - range.start));
        let parts = on_threads(self.options.threads, &chunks, pulse, of_chunks, |pulse, next| {
            self.work(pulse, |_, worker| {
                while let Some(chunk) = next()? {
                    let (first, end) = (chunk * CHUNK, (chunk + 1) * CHUNK);
                    worker.chunk(first.max(range.start)..end.min(range.end), pulse)?;
                }
                Ok(std::mem::replace(&mut worker.part, self.empty()))
            })
        })?;
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_else(|| self.empty());
        for part in parts {
            whole.merge(part)?;
        }
        told(range.end - range.start)?;
        whole.holds(range);
        Ok(whole)
    }
}

/// A thread's own state.
struct Worker<'w> {
    setup: &'w Setup<'w>,
    evaluator: Evaluator<'w>,
    layout: Layout,
    columns: Vec<Column>,
    points: Points,
    moved: Vec<[bool; BLOCK]>,
    part: SimulationPart,
}

impl Worker<'_> {
    fn chunk(&mut self, range: Range<u64>, pulse: &Pulse<'_>) -> Result<(), Error> {
        let keep = self.setup.options.keep;
        let columns = self.layout.outputs.iter().filter(|(_, by)| part::is_kept(keep, *by)).count();
        let mut kept = KeptRange { first: range.start, columns: vec![Vec::new(); columns] };
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

    /// Evaluates the block that begins at a draw, and looks at what lies at these places of it.
    fn evaluate(&mut self, first: u64, range: Range<usize>) -> Result<(), Error> {
        let Setup { sampler, assumptions, stream, options, .. } = self.setup;
        self.points.fill(sampler, options.sampling, first, &mut self.columns);
        assumptions.values(&mut self.columns, &mut self.moved);
        self.evaluator.evaluate(&self.columns, &Draws { stream, first, end: options.draws, second: &[] })?;
        self.evaluator.check(range)
    }

    /// Evaluates a block, and adds what lies at these places of it.
    fn block(&mut self, first: u64, range: Range<usize>, keep: Option<(Keep, &mut KeptRange)>) -> Result<(), Error> {
        self.evaluate(first, range.clone())?;
        count_moved(&self.setup.assumptions.years.slots, &self.moved, range.clone(), &mut self.part.moved);
        self.part.add(&self.layout, &self.evaluator.outputs, range, keep)
    }
}
/// The digest that identifies a simulation: its scenario, the version, and the options that change the draws or the
/// counts.
fn digest(scenario: &Scenario, options: &SimulateOptions) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let SimulateOptions { seed, sampling, pair: Pair { base, alternative }, basis, figures, keep, .. } = options;
    let mut hasher = Sha256::new();
    hasher.update(format!("{} {seed} {sampling} {basis} {figures} {keep} ", env!("CARGO_PKG_VERSION")));
    hasher.update(format!("{base} {alternative} "));
    hasher.update(crate::scenario::text_of(scenario));
    hasher.finalize().into()
}
