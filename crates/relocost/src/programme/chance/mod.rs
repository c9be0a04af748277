//! A programme under chance: many futures of its arrivals, grants, refusals, processing times, events and prices (MODEL.md,
//! 11.8).
//!
//! In: a checked programme, a seed, how many draws. Out: for every figure its mean, spread and quantiles, beside the figure
//! without chance. Data passes through the modules in this order: `naming` names what has numbers of its own, `arrivals`
//! and `offers` draw who comes and what becomes of places, `people` has what each household costs on each route, `own`
//! what the programme's own lines cost, `layout` the figures, `prepared` what all threads share of these; `future` runs one
//! draw with every set of agreements, `run` drives threads, `result` tells what came of it.

mod arrivals;
mod future;
mod layout;
mod naming;
mod offers;
mod own;
mod people;
mod prepared;
mod result;
mod run;

pub use self::result::{
    ProgrammeSimulation, SimulatedCeiling, SimulatedFigure, SimulatedLine, SimulatedPlaces, SimulatedSaving,
    SimulatedWaiting,
};
pub use self::run::ProgrammeSimulateOptions;
