//! Uncertainty: a scenario's pathways on many draws of its uncertain parameters.
//!
//! In: a checked scenario, a seed, how many draws. Out: for every figure its mean, spread, quantiles and worst cases.
//! Data passes through the modules in this order: `sampling` places draws in the unit cube, `assumptions` turns them into
//! values by the quantile functions of `numbers`, `model` has summed beforehand what they multiply into a `table` for
//! each pathway (`growth` of prices and `relief` where they are uncertain), `events` draws what happens at random,
//! `evaluate` costs a block of draws, `tally` keeps exact sums and counts, `part` merges them, `run` drives threads,
//! `statistics` and `result` tell what came of it. `sensitivity` asks of the same model which parameters matter.
//! `wide` lets loops run in wide vectors, where the processor has them.
//!
//! Here, and only here, figures are binary floating point, and none is rounded to minor units.

#![expect(clippy::inline_always, reason = "what is not inlined does not run in wide vectors")]

mod assumptions;
pub(crate) mod block;
mod cells;
pub(crate) mod costing;
mod evaluate;
mod events;
pub(crate) mod figures;
mod growth;
mod layout;
mod ledgers;
mod means;
mod model;
pub(crate) mod numbers;
mod options;
pub(crate) mod parameters;
mod part;
mod poisson;
mod relief;
mod result;
mod run;
pub(crate) mod sampling;
mod sensitivity;
mod statistics;
mod table;
mod tally;
mod wide;
mod years;

use std::ops::Range;

pub(crate) use self::assumptions::leaves_domain;
pub use self::ledgers::LedgerFigure;
pub use self::options::SimulateOptions;
pub use self::part::SimulationPart;
pub(crate) use self::poisson::poisson;
pub use self::result::{BandShares, KeptDraws, MeanLessLedger, MovedDraws, SimulatedFigures, Simulation};
use self::run::Setup;
pub use self::sensitivity::{
    Factor, FactorIndex, FigureIndices, Interval, SobolIndices, SobolOptions, Tornado, TornadoBar, TornadoPoint,
};
pub use self::statistics::{Quantile, Statistics};
use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::message::counted;
use crate::scenario::Scenario;
use crate::watch::{Pulse, Watch};

/// Draws after which a precision is first looked at; then at twice as many, and so on.
const FIRST_CHECK: u64 = 1 << 14;

impl Scenario {
    /// Simulates every pathway on draws of the uncertain parameters, the same for all.
    ///
    /// ```
    /// use relocost::SimulateOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"950\", sd = \"100\" } }")?;
    /// let simulation = scenario.simulate(&SimulateOptions::default().draws(10_000))?;
    /// let permanent = &simulation.pathways()["permanent"].total;
    /// assert!(permanent.quantile(0.8) > permanent.quantile(0.5)); // what suffices in four years out of five
    /// assert_eq!(permanent.ledger(), Some(relocost::simulation::LedgerFigure::Amount(scenario.ledger("permanent")?.total())));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The scenario lacks a pathway of the options or a rate, the options ask for no draw or for too many, a figure is too
    /// large.
    pub fn simulate(&self, options: &SimulateOptions) -> Result<Simulation, Error> {
        self.simulate_under(options, None)
    }

    pub(crate) fn simulate_under(
        &self,
        options: &SimulateOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Simulation, Error> {
        check(options)?;
        let pulse = Pulse::of(watch, usize::try_from(options.draws).ok());
        let setup = Setup::new(self, options, &pulse)?;
        let Some(precision) = options.precision else {
            let part = setup.run(0..options.draws, &pulse, 0)?;
            let simulation = Simulation::new(self, options, &setup, &part, &pulse)?;
            return pulse.end().map(|()| simulation);
        };
        let (mut part, mut done, mut next) = (setup.empty(), 0, FIRST_CHECK.min(options.draws));
        loop {
            part.merge(setup.run(done..next, &pulse, done)?)?;
            done = next;
            let simulation = Simulation::new(self, options, &setup, &part, &pulse)?;
            if done == options.draws || simulation.is_precise(precision) {
                return pulse.end().map(|()| simulation);
            }
            next = done.saturating_mul(2).min(options.draws);
        }
    }

    /// Simulates a range of the draws of a simulation: a part, which can be written, taken elsewhere and merged.
    ///
    /// # Errors
    /// As [`Scenario::simulate`]; the range lies beyond the draws of the options.
    pub fn simulate_range(&self, options: &SimulateOptions, range: Range<u64>) -> Result<SimulationPart, Error> {
        self.simulate_range_under(options, range, None)
    }

    pub(crate) fn simulate_range_under(
        &self,
        options: &SimulateOptions,
        range: Range<u64>,
        watch: Option<&Watch<'_>>,
    ) -> Result<SimulationPart, Error> {
        check(options)?;
        check_range(&range, options.draws)?;
        let pulse = Pulse::of(watch, usize::try_from(range.end - range.start).ok());
        Setup::new(self, options, &pulse)?.run(range, &pulse, 0)
    }

    /// The simulation of merged parts, which hold every draw of the options.
    ///
    /// # Errors
    /// As [`Scenario::simulate`]; the part is of another simulation, or some draws are missing.
    pub fn simulation_of_part(&self, options: &SimulateOptions, part: &SimulationPart) -> Result<Simulation, Error> {
        self.simulation_of_part_under(options, part, None)
    }

    pub(crate) fn simulation_of_part_under(
        &self,
        options: &SimulateOptions,
        part: &SimulationPart,
        watch: Option<&Watch<'_>>,
    ) -> Result<Simulation, Error> {
        check(options)?;
        let pulse = Pulse::of(watch, None);
        let setup = Setup::new(self, options, &pulse)?;
        if !setup.owns(part) {
            return Err(part_of_another());
        }
        check_whole(part, options.draws)?;
        Simulation::new(self, options, &setup, part, &pulse)
    }
}

fn check(options: &SimulateOptions) -> Result<(), Error> {
    check_draws(options.draws)?;
    if options.precision.is_some_and(|precision| !(precision > 0.0 && precision <= 1.0)) {
        return Err(Error::single(
            Code::OutOfRange,
            "precision",
            message!("expected a share above 0, at most 1", "attendu : une part supérieure à 0, au plus 1"),
        ));
    }
    Ok(())
}

/// # Errors
/// No draw is asked for, or too many are.
pub(crate) fn check_draws(draws: u64) -> Result<(), Error> {
    if (1..=limits::DRAWS).contains(&draws) {
        return Ok(());
    }
    let message = message!(
        "asks for {draws}; expected 1 to 2^36",
        "demande {draws} ; attendu : de 1 à 2^36",
        draws = counted(draws, ["draw", "draws"], ["tirage", "tirages"]),
    );
    Err(Error::single(Code::OutOfRange, "draws", message))
}

/// # Errors
/// A range is none of so many draws.
pub(crate) fn check_range(range: &Range<u64>, draws: u64) -> Result<(), Error> {
    if range.start < range.end && range.end <= draws {
        return Ok(());
    }
    let message = message!(
        "expected draws a to b, a below b, b at most {draws}",
        "attendu : les tirages a à b, a inférieur à b, b au plus {draws}",
    );
    Err(Error::single(Code::OutOfRange, "range", message))
}

/// # Errors
/// A part lacks some of so many draws.
pub(crate) fn check_whole(part: &SimulationPart, draws: u64) -> Result<(), Error> {
    if part.ranges().first() == Some(&(0..draws)) && part.draws() == draws {
        return Ok(());
    }
    let message = message!(
        "holds {held} of {draws}; expected every one",
        "contient {held} sur {draws} ; tous sont attendus",
        held = counted(part.draws(), ["draw", "draws"], ["tirage", "tirages"]),
    );
    Err(Error::single(Code::OutOfRange, "part", message))
}

/// The error of a part that belongs elsewhere.
pub(crate) fn part_of_another() -> Error {
    let message = message!(
        "belongs to another simulation: the scenario, the version and the options must be the same",
        "appartient à une autre simulation : le scénario, la version et les options doivent être les mêmes"
    );
    Error::single(Code::Conflict, "part", message)
}
