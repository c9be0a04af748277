//! Running the futures of a programme on several threads, in parts that merge to the same bits.

use std::num::NonZeroUsize;
use std::ops::Range;

use rust_decimal::Decimal;

use super::future::{Known, Worker};
use super::prepared::Prepared;
use super::result::{self, ProgrammeSimulation};
use crate::error::{Code, Error};
use crate::exact::from_decimal;
use crate::limits;
use crate::message;
use crate::names::Sampling;
use crate::options::setters;
use crate::programme::{Inner, Programme};
use crate::simulation::block::BLOCK;
use crate::simulation::figures::{PILOT_DRAWS, TalliedFigures};
use crate::simulation::{SimulationPart, check_draws, check_range, check_whole, part_of_another};
use crate::threads::{Next, on_threads, wanted};
use crate::watch::{Pulse, Watch};

/// Draws of a block.
const BLOCK_DRAWS: u64 = BLOCK as u64;

/// The options of a programme's simulation.
///
/// ```
/// use relocost::ProgrammeSimulateOptions;
/// let options = ProgrammeSimulateOptions::default().draws(1_000).seed(7);
/// assert_eq!((options.draws, options.seed), (1_000, 7));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProgrammeSimulateOptions {
    /// The number of futures, 1 or more.
    pub draws: u64,
    /// The seed of the random numbers. What is simulated follows from the programme, the seed and the version alone.
    pub seed: u64,
    /// The placement of the uncertain parameters in the unit cube; all else is drawn independently.
    pub sampling: Sampling,
    /// Threads, by default one for each core. They change no bit.
    pub threads: Option<NonZeroUsize>,
}

setters!(ProgrammeSimulateOptions {
    /// Sets the number of futures.
    draws: u64,
    /// Sets the seed of the random numbers.
    seed: u64,
    /// Sets how the uncertain parameters lie in the unit cube.
    sampling: Sampling,
    /// Sets how many threads work; all cores by default.
    threads?: NonZeroUsize,
});

impl Default for ProgrammeSimulateOptions {
    fn default() -> Self {
        Self { draws: 10_000, seed: 0, sampling: Sampling::Random, threads: None }
    }
}

impl Programme {
    /// Simulates futures of the programme: each with all agreements, with those that are signed, with none, with each left
    /// out, and with all cases settled.
    ///
    /// ```
    /// use relocost::{Programme, ProgrammeSimulateOptions};
    /// let programme = Programme::parse(r#"
    ///     schema = 1
    ///     catalogue = "reference"
    ///     programme = { first_fiscal_year = 2026, fiscal_years = 2 }
    ///     cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
    ///     arrivals = [{ per_year = 4, members = [{ age = 30 }] }]
    ///     agreements = [{ id = "a", label = "A", from = "2026-01", places_per_year = 2 }]
    /// "#)?;
    /// let simulation = programme.simulate(&ProgrammeSimulateOptions::default().draws(200))?;
    /// let planned = &simulation.lines["as_planned"].by_fiscal_year[&2027];
    /// assert!(planned.quantile(0.8) > planned.mean()); // what suffices in four years out of five
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The options ask for no draw or for too many, a rate that a charge needs is missing, a figure is too large, or more
    /// cases arrive than a programme may have.
    pub fn simulate(&self, options: &ProgrammeSimulateOptions) -> Result<ProgrammeSimulation, Error> {
        self.simulate_under(options, None)
    }

    pub(crate) fn simulate_under(
        &self,
        options: &ProgrammeSimulateOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<ProgrammeSimulation, Error> {
        check(self.inner(), options)?;
        let pulse = Pulse::of(watch, usize::try_from(options.draws).ok());
        let setup = Setup::new(self.inner(), options, &pulse)?;
        let part = setup.run(0..options.draws, &pulse)?;
        let simulation = result::of(self, options, &setup.prepared, &part, &pulse)?;
        pulse.end().map(|()| simulation)
    }

    /// Simulates a range of the draws of a simulation: a part, which can be written, taken elsewhere and merged.
    ///
    /// # Errors
    /// As [`Programme::simulate`]; the range lies beyond the draws of the options.
    pub fn simulate_range(
        &self,
        options: &ProgrammeSimulateOptions,
        range: Range<u64>,
    ) -> Result<SimulationPart, Error> {
        self.simulate_range_under(options, range, None)
    }

    pub(crate) fn simulate_range_under(
        &self,
        options: &ProgrammeSimulateOptions,
        range: Range<u64>,
        watch: Option<&Watch<'_>>,
    ) -> Result<SimulationPart, Error> {
        check(self.inner(), options)?;
        check_range(&range, options.draws)?;
        let pulse = Pulse::of(watch, usize::try_from(range.end - range.start).ok());
        Setup::new(self.inner(), options, &pulse)?.run(range, &pulse)
    }

    /// The simulation of merged parts, which hold every draw of the options.
    ///
    /// # Errors
    /// As [`Programme::simulate`]; the part is of another simulation, or some draws are missing.
    pub fn simulation_of_part(
        &self,
        options: &ProgrammeSimulateOptions,
        part: &SimulationPart,
    ) -> Result<ProgrammeSimulation, Error> {
        self.simulation_of_part_under(options, part, None)
    }

    pub(crate) fn simulation_of_part_under(
        &self,
        options: &ProgrammeSimulateOptions,
        part: &SimulationPart,
        watch: Option<&Watch<'_>>,
    ) -> Result<ProgrammeSimulation, Error> {
        check(self.inner(), options)?;
        let pulse = Pulse::of(watch, None);
        let setup = Setup::new(self.inner(), options, &pulse)?;
        if !setup.figures.owns(part) {
            return Err(part_of_another());
        }
        check_whole(part, options.draws)?;
        result::of(self, options, &setup.prepared, part, &pulse)
    }
}

fn check(inner: &Inner, options: &ProgrammeSimulateOptions) -> Result<(), Error> {
    check_draws(options.draws)?;
    let most = Decimal::from(limits::CASES);
    for (place, arrival) in inner.arrivals.iter().enumerate() {
        let years = Decimal::from(inner.fiscal_years);
        if from_decimal(arrival.per_year.to_decimal()) * from_decimal(years) > from_decimal(most) {
            let key = format!("arrivals[{place}].per_year");
            let message = message!(
                "means more than {most} cases within the programme on average; expected fewer a year",
                "signifie plus de {most} dossiers pendant le programme en moyenne ; attendu : moins par an",
                most = limits::CASES,
            );
            return Err(Error::at(Code::TooMany, inner.setting.place(&key).cloned(), key, message));
        }
    }
    Ok(())
}

/// What all threads of a simulation share.
struct Setup<'p> {
    prepared: Prepared<'p>,
    threads: Option<NonZeroUsize>,
    figures: TalliedFigures,
    /// What the first draws have costed.
    known: Known,
}

impl<'p> Setup<'p> {
    /// # Errors
    /// A rate that a charge needs is missing, a figure is too large, or the watch cancels it.
    fn new(inner: &'p Inner, options: &ProgrammeSimulateOptions, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let prepared = Prepared::new(inner, options.seed, options.sampling);
        let mut columns = vec![Vec::new(); prepared.layout.len()];
        let part = pulse.part();
        let mut worker = Worker::new(&prepared, None, &part)?;
        let pilot = PILOT_DRAWS.min(options.draws);
        for first in (0..pilot).step_by(BLOCK) {
            let wanted = usize::try_from(pilot - first).unwrap_or(BLOCK).min(BLOCK);
            worker.block(first, 0..wanted, &part)?;
            for (column, block) in columns.iter_mut().zip(&worker.columns) {
                column.extend_from_slice(&block[..wanted]);
            }
        }
        let known = worker.known();
        let scales = columns.into_iter().enumerate().map(|(place, column)| (column, prepared.layout.least(place)));
        let parameters = prepared.parameters.parameters();
        let figures = TalliedFigures::new(digest(inner, options), scales.collect(), options.sampling, parameters);
        Ok(Self { prepared, threads: options.threads, figures, known })
    }

    /// Runs a range of draws.
    ///
    /// # Errors
    /// As [`Setup::new`]; there is no memory for what is counted.
    fn run(&self, range: Range<u64>, pulse: &Pulse<'_>) -> Result<SimulationPart, Error> {
        let blocks = range.start / BLOCK_DRAWS..range.end.div_ceil(BLOCK_DRAWS);
        self.figures.have_room(wanted(self.threads, &blocks) + 1)?;
        let all = range.end - range.start;
        let told = |blocks: u64| {
            pulse.step(usize::try_from(blocks.saturating_mul(BLOCK_DRAWS).min(all)).unwrap_or(usize::MAX))
        };
        let work = |pulse: &Pulse<'_>, next: Next<'_>| {
            let mut part = self.figures.empty();
            let mut worker = Worker::new(&self.prepared, Some(self.known.apart()), pulse)?;
            while let Some(block) = next()? {
                let first = block * BLOCK_DRAWS;
                let place = |draw: u64| usize::try_from(draw.saturating_sub(first)).unwrap_or(BLOCK).min(BLOCK);
                let places = place(range.start)..place(range.end);
                worker.block(first, places.clone(), pulse)?;
                part.add_columns(&worker.columns, places.clone())?;
                worker.count_moved(places, &mut part.moved);
            }
            Ok(part)
        };
        let mut parts = on_threads(self.threads, &blocks, pulse, told, work)?.into_iter();
        let mut whole = parts.next().unwrap_or_else(|| self.figures.empty());
        for part in parts {
            whole.merge(part)?;
        }
        pulse.step(usize::try_from(all).unwrap_or(usize::MAX))?;
        whole.holds(range);
        Ok(whole)
    }
}

/// The digest that identifies a simulation: the programme with all that it names, the version, and the options that change
/// the draws.
fn digest(inner: &Inner, options: &ProgrammeSimulateOptions) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    hasher.update(format!("{} programme {} {} ", env!("CARGO_PKG_VERSION"), options.seed, options.sampling));
    hasher.update(inner.digest);
    hasher.update(crate::scenario::text_of(&inner.setting));
    hasher.finalize().into()
}
