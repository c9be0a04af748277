//! Drawing blocks of parameters: points of the unit cube, turned into values and moved into their domains.
//!
//! In: a sampling plan and a draw. Out: a column of values for each parameter or year of one.

use std::ops::Range;

use super::assumptions::Assumptions;
use super::block::{BLOCK, Column};
use super::sampling::{Sampler, Stream};
use super::years::Slot;
use crate::names::Sampling;
use crate::scenario::Scenario;
use crate::types::Parameter;

/// Draws whose points are made at a time: the orders of a Latin hypercube are those of a whole chunk.
const CHUNK: usize = 8 * BLOCK;

/// The points of a block of draws, kept for a whole chunk where it is a Latin hypercube's.
#[derive(Default)]
pub(super) struct Points {
    first: Option<u64>,
    /// A column of a chunk's draws for each parameter.
    columns: Vec<f64>,
}

impl Points {
    /// Fills the columns of the block that begins at a draw.
    pub(super) fn fill(&mut self, sampler: &Sampler, sampling: Sampling, draw: u64, columns: &mut [Column]) {
        if sampling != Sampling::LatinHypercube {
            sampler.fill(draw, BLOCK, BLOCK, columns.as_flattened_mut());
            return;
        }
        let first = draw / CHUNK as u64 * CHUNK as u64;
        if self.first != Some(first) {
            self.columns.resize(columns.len() * CHUNK, 0.0);
            sampler.fill(first, CHUNK, CHUNK, &mut self.columns);
            self.first = Some(first);
        }
        let place = usize::try_from(draw - first).unwrap_or(0);
        for (column, points) in columns.iter_mut().zip(self.columns.chunks(CHUNK)) {
            column.copy_from_slice(&points[place..place + BLOCK]);
        }
    }
}

/// Counts the draws of a block, at these places, that were moved into their domains: by parameter, each draw once, however
/// many of its years were moved.
pub(super) fn count_moved(slots: &[Slot], moved: &[[bool; BLOCK]], range: Range<usize>, counts: &mut [u64]) {
    for (parameter, count) in counts.iter_mut().enumerate() {
        let mut of_any_year = [false; BLOCK];
        for (_, moved) in slots.iter().zip(moved).filter(|(slot, _)| slot.parameter == parameter) {
            for (any, moved) in of_any_year.iter_mut().zip(moved) {
                *any |= moved;
            }
        }
        *count += of_any_year[range.clone()].iter().map(|moved| u64::from(*moved)).sum::<u64>();
    }
}

/// The uncertain parameters of a setting in which some have numbers of their own, by a name.
pub(crate) struct ParameterDraws {
    pub(super) assumptions: Assumptions,
    sampling: Sampling,
    sampler: Sampler,
    /// The columns that the plan fills, in their order.
    planned: Vec<usize>,
    /// The columns with numbers of their own: what is drawn by name changes with nothing that is declared beside it.
    named: Vec<(usize, Sampler)>,
}

/// A thread's block of parameters.
pub(crate) struct ParameterBlock {
    pub(super) columns: Vec<Column>,
    moved: Vec<[bool; BLOCK]>,
    planned: Vec<Column>,
    points: Points,
    named: Vec<Points>,
}

impl ParameterBlock {
    /// A parameter's value in a draw of the block.
    pub(crate) fn value(&self, parameter: usize, draw: usize) -> f64 {
        self.columns.get(parameter).map_or(0.0, |column| column[draw])
    }
}

impl ParameterDraws {
    /// `name` gives the name of a parameter with numbers of its own. The points of such a parameter are independent ones or,
    /// under any other plan, those of a Latin hypercube: a Sobol' point is one of a whole cube.
    pub(crate) fn new(
        scenario: &Scenario,
        stream: &Stream,
        sampling: Sampling,
        name: impl Fn(&Parameter) -> Option<u64>,
    ) -> Self {
        let assumptions = Assumptions::new(scenario);
        let own = match sampling {
            Sampling::Random => Sampling::Random,
            Sampling::LatinHypercube | Sampling::Sobol => Sampling::LatinHypercube,
        };
        let names: Vec<Option<u64>> = scenario.uncertain().iter().map(|uncertain| name(&uncertain.parameter)).collect();
        let (mut planned, mut named) = (Vec::new(), Vec::new());
        for (column, slot) in assumptions.years.slots.iter().enumerate() {
            match names.get(slot.parameter).copied().flatten() {
                Some(name) => named.push((column, Sampler::of(stream.named(name), own, 1))),
                None => planned.push(column),
            }
        }
        let sampler = Sampler::of(stream.clone(), sampling, planned.len());
        Self { assumptions, sampling, sampler, planned, named }
    }

    /// The number of parameters.
    pub(crate) fn parameters(&self) -> usize {
        self.assumptions.years.slots.iter().map(|slot| slot.parameter + 1).max().unwrap_or(0)
    }

    /// Room for a block.
    pub(crate) fn block(&self) -> ParameterBlock {
        let columns = self.assumptions.each.len();
        ParameterBlock {
            columns: vec![[0.0; BLOCK]; columns],
            moved: vec![[false; BLOCK]; columns],
            planned: vec![[0.0; BLOCK]; self.planned.len()],
            points: Points::default(),
            named: self.named.iter().map(|_| Points::default()).collect(),
        }
    }

    /// Draws the block that begins at a draw.
    pub(crate) fn fill(&self, first: u64, block: &mut ParameterBlock) {
        block.points.fill(&self.sampler, self.sampling, first, &mut block.planned);
        for (column, points) in self.planned.iter().zip(&block.planned) {
            block.columns[*column] = *points;
        }
        let own = if self.sampling == Sampling::Random { Sampling::Random } else { Sampling::LatinHypercube };
        for ((column, sampler), points) in self.named.iter().zip(&mut block.named) {
            points.fill(sampler, own, first, std::slice::from_mut(&mut block.columns[*column]));
        }
        self.assumptions.values(&mut block.columns, &mut block.moved);
    }

    /// Counts the draws of a block that were moved into their domains.
    pub(crate) fn count_moved(&self, block: &ParameterBlock, range: Range<usize>, counts: &mut [u64]) {
        count_moved(&self.assumptions.years.slots, &block.moved, range, counts);
    }
}
