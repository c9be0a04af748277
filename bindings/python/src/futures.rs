//! The futures of programmes: simulations under chance, their parts and their figures, in binary floating point.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use relocost::programme::{SimulatedCeiling, SimulatedFigure, SimulatedLine, SimulatedSaving, WITHIN_MONTHS};
use relocost::{Error, Id, ProgrammeSimulateOptions};

use crate::convert::money;
use crate::failure::{OrRaise, unknown};
use crate::programme::Programme;
use crate::result::{head_methods, result_methods};
use crate::simulation::{Figure, SimulationPart, sampling, threads};
use crate::watch::call;

/// Draws, seed, sampling, threads.
type Options = (u64, u64, String, Option<usize>);

fn options(given: Options) -> Result<ProgrammeSimulateOptions, Error> {
    let (draws, seed, placement, number) = given;
    let options = ProgrammeSimulateOptions::default().draws(draws).seed(seed);
    Ok(options.sampling(sampling(&placement)?).threads(threads(number)?))
}

/// A simulation of a programme.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct ProgrammeSimulation {
    programme: relocost::Programme,
    simulation: relocost::ProgrammeSimulation,
}

#[pymethods]
impl Programme {
    fn simulate(&self, py: Python<'_>, given: Options, show: Option<Py<PyAny>>) -> PyResult<ProgrammeSimulation> {
        let options = options(given).or_raise()?;
        let simulation = call(py, show, |watch| self.0.watched(watch).simulate(&options))?;
        Ok(ProgrammeSimulation { programme: self.0.clone(), simulation })
    }

    fn simulate_range(
        &self,
        py: Python<'_>,
        given: Options,
        first: u64,
        end: u64,
        show: Option<Py<PyAny>>,
    ) -> PyResult<SimulationPart> {
        let options = options(given).or_raise()?;
        call(py, show, |watch| self.0.watched(watch).simulate_range(&options, first..end)).map(SimulationPart)
    }

    fn simulation_of_part(
        &self,
        py: Python<'_>,
        given: Options,
        part: &Bound<'_, SimulationPart>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<ProgrammeSimulation> {
        let (options, part) = (options(given).or_raise()?, &part.get().0);
        let simulation = call(py, show, |watch| self.0.watched(watch).simulation_of_part(&options, part))?;
        Ok(ProgrammeSimulation { programme: self.0.clone(), simulation })
    }
}

impl ProgrammeSimulation {
    pub(crate) fn value(&self) -> &relocost::ProgrammeSimulation {
        &self.simulation
    }
}

result_methods!(ProgrammeSimulation, |it, style| relocost_report::futures(&it.simulation, &it.programme, style));
head_methods!(ProgrammeSimulation);

/// Figures by their keys.
type By<K> = Vec<(K, Figure)>;
/// A total, and by fiscal year and by fund.
type Saving<'s> = (Figure, By<i32>, By<&'s str>);
/// The same, and by both.
type Line<'s> = (Saving<'s>, Vec<(i32, By<&'s str>)>);
/// A fund, its years: each a ceiling, the share of the futures above it, the excess, and its mean above.
type Ceilings<'s, 'py> = Vec<(&'s str, Vec<(i32, Bound<'py, PyAny>, f64, Figure, Option<f64>)>)>;

fn figure(of: &SimulatedFigure) -> Figure {
    Figure(of.statistics().clone())
}

fn by_fund<'s>(funds: impl IntoIterator<Item = (&'s Id, &'s SimulatedFigure)>) -> By<&'s str> {
    funds.into_iter().map(|(id, told)| (id.as_str(), figure(told))).collect()
}

fn saving(of: &SimulatedSaving) -> Saving<'_> {
    let years = of.by_fiscal_year.iter().map(|(year, told)| (*year, figure(told)));
    (figure(&of.total), years.collect(), by_fund(&of.by_fund))
}

fn line(of: &SimulatedLine) -> Line<'_> {
    let years = of.by_fiscal_year.iter().map(|(year, told)| (*year, figure(told)));
    let both = of.by_fiscal_year_and_fund.iter().map(|(year, funds)| (*year, by_fund(funds)));
    ((figure(&of.total), years.collect(), by_fund(&of.by_fund)), both.collect())
}

#[pymethods]
impl ProgrammeSimulation {
    #[getter]
    fn draws(&self) -> u64 {
        self.simulation.draws
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.simulation.seed
    }

    #[getter]
    fn sampling(&self) -> &'static str {
        self.simulation.sampling.name()
    }

    /// The names of the lines.
    #[getter]
    fn lines(&self) -> Vec<&str> {
        self.simulation.lines.keys().map(String::as_str).collect()
    }

    /// A line by its name, or `extra`.
    fn line(&self, name: &str) -> PyResult<Line<'_>> {
        let simulation = &self.simulation;
        let found = if name == "extra" { Some(&simulation.extra) } else { simulation.lines.get(name) };
        found.map(line).ok_or_else(unknown)
    }

    /// What an agreement saves as the last one, or all of them together.
    fn saving(&self, agreement: Option<&str>) -> PyResult<Saving<'_>> {
        let found = agreement.map_or(Some(&self.simulation.joint), |id| self.simulation.last.get(id));
        found.map(saving).ok_or_else(unknown)
    }

    /// The ceilings, by fund and fiscal year.
    fn ceiling<'py>(&self, py: Python<'py>) -> PyResult<Ceilings<'_, 'py>> {
        let row = |(year, row): (&i32, &SimulatedCeiling)| {
            Ok((*year, money(py, row.ceiling)?, row.above, figure(&row.excess), row.mean_excess_above))
        };
        let years = |years: &BTreeMap<i32, SimulatedCeiling>| years.iter().map(row).collect::<PyResult<_>>();
        self.simulation.ceiling.iter().map(|(id, rows)| Ok((id.as_str(), years(rows)?))).collect()
    }

    /// Months with the share that was given a place within so many, then those still waiting, lapsed and refused places.
    #[getter]
    fn waiting(&self) -> (Vec<(u32, Option<Figure>)>, Figure, Figure, Figure) {
        let waiting = &self.simulation.waiting;
        let within = WITHIN_MONTHS.into_iter().zip(&waiting.given_within);
        let within = within.map(|(months, told)| (months, told.as_ref().map(figure)));
        (within.collect(), figure(&waiting.still_waiting), figure(&waiting.lapsed), figure(&waiting.refused))
    }

    /// The lapsed and refused places of each agreement.
    #[getter]
    fn agreements(&self) -> Vec<(&str, Figure, Figure)> {
        let agreements = self.simulation.agreements.iter();
        agreements.map(|(id, places)| (id.as_str(), figure(&places.lapsed), figure(&places.refused))).collect()
    }

    /// Parameters and how many of their draws were moved into the domain.
    #[getter]
    fn moved(&self) -> Vec<(String, u64)> {
        self.simulation.moved.iter().map(|moved| (moved.parameter.to_string(), moved.moved)).collect()
    }

    /// What the figures without chance leave out, in English and in French.
    #[getter]
    fn note(&self) -> (&str, &str) {
        (self.simulation.note.en(), self.simulation.note.fr())
    }
}
