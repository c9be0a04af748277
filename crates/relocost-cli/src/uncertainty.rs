//! Uncertainty: the simulation, the tornado and the Sobol' indices.

use relocost::message::counted;
use relocost::simulation::SobolOptions;
use relocost::{CompareOptions, SimulateOptions, message};

use crate::args::{Input, Output, Sides};
use crate::failure::{Failure, Kind, say, unknown_side, wrong_number};
use crate::input::load;
use crate::output::{show, style};
use crate::progress::follow;

pub(crate) fn simulate(input: &Input, options: &SimulateOptions, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = options.clone().pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let simulation = watched.simulate(&options).map_err(|error| wrong_number(error, chosen))?;
    drop(bar);
    let printed =
        show(output.format, output.lang, &simulation, |it| relocost_report::simulation(it, &scenario, style(output)))?;
    if options.precision.is_some_and(|precision| !simulation.is_precise(precision)) {
        let message = message!(
            "the precision was not reached within {draws}",
            "la précision n'a pas été atteinte en {draws}",
            draws = counted(simulation.draws(), ["draw", "draws"], ["tirage", "tirages"]),
        );
        say(Kind::Warning, output.lang.into(), &message);
    }
    Ok(printed)
}

pub(crate) fn tornado(input: &Input, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = CompareOptions::default().pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let tornado = watched.tornado(&options).map_err(|error| unknown_side(error, chosen))?;
    drop(bar);
    show(output.format, output.lang, &tornado, |it| relocost_report::tornado(it, &scenario, style(output)))
}

pub(crate) fn sobol(input: &Input, options: &SobolOptions, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = options.clone().pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let indices = watched.sobol(&options).map_err(|error| wrong_number(error, chosen))?;
    drop(bar);
    show(output.format, output.lang, &indices, |it| relocost_report::sobol(it, &scenario, style(output)))
}
