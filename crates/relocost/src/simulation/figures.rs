//! The figures of a simulation that are no pathways': columns of numbers, summed and counted in parts as those of pathways.

use std::sync::Arc;

use super::ledgers::LedgerFigure;
use super::part::SimulationPart;
use super::statistics::Statistics;
use super::tally::{PILOT, Scale, Tally};
use crate::error::Error;
use crate::names::Sampling;
use crate::room;

/// The draws that set the steps in which figures are summed.
pub(crate) const PILOT_DRAWS: u64 = PILOT;

/// What every part of a simulation shares.
pub(crate) struct TalliedFigures {
    digest: [u8; 32],
    scales: Vec<Scale>,
    replicated: bool,
    parameters: usize,
}

impl TalliedFigures {
    /// `pilot` has a column of the first draws for each figure, with the least step that matters. `digest` tells the
    /// simulation from others.
    pub(crate) fn new(digest: [u8; 32], pilot: Vec<(Vec<f64>, f64)>, sampling: Sampling, parameters: usize) -> Self {
        let scales = pilot.into_iter().map(|(column, least)| Scale::of(column, least)).collect();
        Self { digest, scales, replicated: sampling != Sampling::Random, parameters }
    }

    /// A part that holds no draw.
    pub(crate) fn empty(&self) -> SimulationPart {
        SimulationPart::new(self.digest, &self.scales, self.replicated, self.parameters)
    }

    /// True if a part is of this simulation.
    pub(crate) fn owns(&self, part: &SimulationPart) -> bool {
        let same = |(tally, scale): (&Arc<Tally>, &Scale)| tally.has(scale, self.replicated);
        part.digest == self.digest
            && part.tallies.len() == self.scales.len()
            && part.moved.len() == self.parameters
            && part.tallies.iter().zip(&self.scales).all(same)
    }

    /// Asks for the memory of so many parts.
    ///
    /// # Errors
    /// There is less.
    pub(crate) fn have_room(&self, parts: usize) -> Result<(), Error> {
        let tallies: u64 = self.scales.iter().map(|scale| Tally::bytes(scale, self.replicated)).sum();
        room::tried::<u8>(tallies.saturating_mul(parts as u64))
    }
}

impl SimulationPart {
    /// The statistics of a figure, by its place, beside a figure without chance.
    pub(crate) fn statistics(&self, place: usize, without_chance: Option<LedgerFigure>) -> Statistics {
        let tally = self.tallies.get(place).map_or_else(|| Arc::new(Tally::nothing()), Arc::clone);
        Statistics::new(tally, None, [without_chance, None])
    }

    /// The number of draws that have a figure.
    pub(crate) fn draws_of(&self, place: usize) -> u64 {
        self.tallies.get(place).map_or(0, |tally| tally.draws())
    }

    /// True if a figure is 0 in every draw.
    pub(crate) fn is_nothing(&self, place: usize) -> bool {
        self.tallies.get(place).is_none_or(|tally| tally.is_nothing())
    }
}
