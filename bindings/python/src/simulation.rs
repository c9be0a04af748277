//! Simulations, their parts and their draws, tornados and Sobol' indices: binary floating point, as the library gives it.

use std::num::NonZeroUsize;
use std::sync::Arc;

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use relocost::names::{Figures, Keep, Sampling};
use relocost::simulation::{SimulatedFigures, SobolOptions, Statistics, TornadoPoint};
use relocost::{Code, CompareOptions, Error, Id, Pair, SimulateOptions, message};

use crate::convert::{basis, decimal};
use crate::failure::{OrRaise, unknown};
use crate::result::{head_methods, result_methods};
use crate::scenario::Scenario;
use crate::watch::{ask, call};

/// Draws, seed, sampling, base, alternative, basis, figures, what is kept, precision, threads.
type Options = (u64, u64, String, String, String, String, String, String, Option<f64>, Option<usize>);

/// The one of a closed set that has a name.
fn named<T: Copy>(key: &str, given: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, Error> {
    all.iter().copied().find(|each| name(*each) == given).ok_or_else(|| {
        let names = all.iter().map(|each| format!("{:?}", name(*each))).collect::<Vec<_>>().join(", ");
        Error::single(Code::WrongKind, key, message!("expected one of {names}", "attendu : l'un de {names}"))
    })
}

/// The number of threads, which is not 0.
pub(crate) fn threads(number: Option<usize>) -> Result<Option<NonZeroUsize>, Error> {
    let none = || {
        Error::single(
            Code::OutOfRange,
            "threads",
            message!("expected 1 or more, or None for all cores", "attendu : 1 ou plus, ou None pour tous les cœurs"),
        )
    };
    number.map(|threads| NonZeroUsize::new(threads).ok_or_else(none)).transpose()
}

/// A placement of draws from its name.
pub(crate) fn sampling(name: &str) -> Result<Sampling, Error> {
    named("sampling", name, Sampling::ALL, Sampling::name)
}

fn options(given: Options) -> Result<SimulateOptions, Error> {
    let (draws, seed, placement, base, alternative, on, figures, keep, precision, number) = given;
    let threads = threads(number)?;
    Ok(SimulateOptions::default()
        .draws(draws)
        .seed(seed)
        .sampling(sampling(&placement)?)
        .pair(Pair::new(base, alternative))
        .basis(basis(&on)?)
        .figures(named("figures", &figures, Figures::ALL, Figures::name)?)
        .keep(named("keep", &keep, Keep::ALL, Keep::name)?)
        .precision(precision)
        .threads(threads))
}

/// A simulation.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Simulation {
    scenario: relocost::Scenario,
    simulation: relocost::Simulation,
}

/// The result of ranges of a simulation's draws.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct SimulationPart(pub(crate) relocost::simulation::SimulationPart);

/// A figure over the draws.
#[pyclass(frozen, module = "relocost._relocost", name = "Statistics")]
pub(crate) struct Figure(pub(crate) Statistics);

/// The draws of a figure, in the library's own memory, which lives as long as this.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Draws(Arc<[f64]>);

#[pymethods]
impl Scenario {
    fn simulate(&self, py: Python<'_>, given: Options, show: Option<Py<PyAny>>) -> PyResult<Simulation> {
        let options = options(given).or_raise()?;
        let simulation = ask(py, &self.0, show, |scenario| scenario.simulate(&options))?;
        Ok(Simulation { scenario: self.0.clone(), simulation })
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
        ask(py, &self.0, show, |scenario| scenario.simulate_range(&options, first..end)).map(SimulationPart)
    }

    fn simulation_of_part(
        &self,
        py: Python<'_>,
        given: Options,
        part: &Bound<'_, SimulationPart>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Simulation> {
        let (options, part) = (options(given).or_raise()?, &part.get().0);
        let simulation = ask(py, &self.0, show, |scenario| scenario.simulation_of_part(&options, part))?;
        Ok(Simulation { scenario: self.0.clone(), simulation })
    }

    fn at_means(&self, py: Python<'_>) -> PyResult<Self> {
        py.detach(|| self.0.at_means()).map(Self).or_raise()
    }

    fn tornado(
        &self,
        py: Python<'_>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Tornado> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let tornado = ask(py, &self.0, show, |scenario| scenario.tornado(&options))?;
        Ok(Tornado { scenario: self.0.clone(), tornado })
    }

    /// `sizes` are the draws, the seed and the resamples.
    #[expect(clippy::too_many_arguments, reason = "the package's own Python passes every option of the question")]
    fn sobol(
        &self,
        py: Python<'_>,
        sizes: (u64, u64, u32),
        base: String,
        alternative: String,
        on: &str,
        number: Option<usize>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<SobolIndices> {
        let (draws, seed, resamples) = sizes;
        let (basis, threads) = (basis(on).or_raise()?, threads(number).or_raise()?);
        let options = SobolOptions::default()
            .draws(draws)
            .seed(seed)
            .resamples(resamples)
            .pair(Pair::new(base, alternative))
            .basis(basis)
            .threads(threads);
        let indices = ask(py, &self.0, show, |scenario| scenario.sobol(&options))?;
        Ok(SobolIndices { scenario: self.0.clone(), indices })
    }
}

/// A part of a figure: `None` for the total.
enum Key {
    Total,
    Year(i32),
    Category(String),
    Fund(String),
}

fn key(by: &str, name: &str) -> PyResult<Key> {
    match by {
        "total" => Ok(Key::Total),
        "fiscal_year" => name.parse().map(Key::Year).map_err(|_| unknown()),
        "category" => Ok(Key::Category(name.to_owned())),
        "fund" => Ok(Key::Fund(name.to_owned())),
        _ => Err(unknown()),
    }
}

fn find<'f, T>(figures: &'f SimulatedFigures<T>, key: &Key) -> Option<&'f T> {
    match key {
        Key::Total => Some(&figures.total),
        Key::Year(year) => figures.by_fiscal_year.get(year),
        Key::Category(id) => figures.by_category.get(id.as_str()),
        Key::Fund(id) => figures.by_fund.get(id.as_str()),
    }
}

/// The fiscal years, the categories and the funds of a figure.
type Keys<'f> = (Vec<i32>, Vec<&'f str>, Vec<&'f str>);

fn keys<T>(figures: &SimulatedFigures<T>) -> Keys<'_> {
    let categories = figures.by_category.keys().map(Id::as_str).collect();
    let funds = figures.by_fund.keys().map(Id::as_str).collect();
    (figures.by_fiscal_year.keys().copied().collect(), categories, funds)
}

impl Simulation {
    pub(crate) fn value(&self) -> &relocost::Simulation {
        &self.simulation
    }
}

result_methods!(Simulation, |it, style| relocost_report::simulation(&it.simulation, &it.scenario, style));
head_methods!(Simulation, pair);

#[pymethods]
impl Simulation {
    #[getter]
    fn draws(&self) -> u64 {
        self.simulation.draws()
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.simulation.seed()
    }

    #[getter]
    fn sampling(&self) -> &'static str {
        self.simulation.sampling().name()
    }

    #[getter]
    fn figures(&self) -> &'static str {
        self.simulation.figures().name()
    }

    #[getter]
    fn pathways(&self) -> Vec<&str> {
        self.simulation.pathways().keys().map(Id::as_str).collect()
    }

    /// The fiscal years, categories and funds of a figure: `pathway` of a name, `extra` or `premium`.
    fn keys(&self, figure: &str, name: &str) -> PyResult<Keys<'_>> {
        Ok(match figure {
            "pathway" => keys(self.simulation.pathways().get(name).ok_or_else(unknown)?),
            "extra" => keys(self.simulation.extra()),
            "premium" => keys(self.simulation.premium()),
            _ => return Err(unknown()),
        })
    }

    /// The statistics of a part of a figure; `None` for a premium that some draw lacks.
    fn statistics(&self, figure: &str, name: &str, by: &str, which: &str) -> PyResult<Option<Figure>> {
        let key = key(by, which)?;
        let found = match figure {
            "pathway" => self.simulation.pathways().get(name).and_then(|figures| find(figures, &key)),
            "extra" => find(self.simulation.extra(), &key),
            "premium" => match find(self.simulation.premium(), &key) {
                Some(premium) => return Ok(premium.clone().map(Figure)),
                None => None,
            },
            _ => None,
        };
        found.map(|statistics| Some(Figure(statistics.clone()))).ok_or_else(unknown)
    }

    /// The probabilities of the verdicts: below, within, above, none.
    #[getter]
    fn band(&self) -> (f64, f64, f64, f64) {
        let band = self.simulation.band();
        (band.below, band.within, band.above, band.none)
    }

    /// Parameters and how many of their draws were moved into the domain.
    #[getter]
    fn moved(&self) -> Vec<(String, u64)> {
        self.simulation.moved().iter().map(|moved| (moved.parameter.to_string(), moved.moved)).collect()
    }

    /// The kept draws: figures and their keys.
    #[getter]
    fn kept(&self) -> Vec<(&str, &str)> {
        self.simulation.kept().iter().map(|kept| (kept.figure.as_str(), kept.key.as_str())).collect()
    }

    /// The draws of a figure, not copied.
    fn kept_draws(&self, figure: &str, key: &str) -> PyResult<Draws> {
        self.simulation.kept_draws(figure, key).map(|kept| Draws(Arc::clone(&kept.draws))).ok_or_else(unknown)
    }
}

#[pymethods]
impl SimulationPart {
    /// The ranges of draws, each from one up to and without another.
    #[getter]
    fn ranges(&self) -> Vec<(u64, u64)> {
        self.0.ranges().iter().map(|range| (range.start, range.end)).collect()
    }

    #[getter]
    fn draws(&self) -> u64 {
        self.0.draws()
    }

    /// A part of this one's draws and of others'.
    fn merge(&self, py: Python<'_>, others: Vec<Bound<'_, Self>>) -> PyResult<Self> {
        let others: Vec<&relocost::simulation::SimulationPart> = others.iter().map(|other| &other.get().0).collect();
        let merged = call(py, None, |_| {
            let mut whole = self.0.clone();
            for other in others {
                whole.merge(other.clone())?;
            }
            Ok(whole)
        });
        merged.map(Self)
    }

    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes = py.detach(|| self.0.to_bytes());
        PyBytes::new(py, &bytes)
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, bytes: &[u8]) -> PyResult<Self> {
        py.detach(|| relocost::simulation::SimulationPart::from_bytes(bytes)).map(Self).or_raise()
    }
}

#[pymethods]
impl Figure {
    #[getter]
    fn draws(&self) -> u64 {
        self.0.draws()
    }

    #[getter]
    fn mean(&self) -> f64 {
        self.0.mean()
    }

    #[getter]
    fn sd(&self) -> f64 {
        self.0.sd()
    }

    #[getter]
    fn se(&self) -> f64 {
        self.0.se()
    }

    #[getter]
    fn least(&self) -> f64 {
        self.0.least()
    }

    #[getter]
    fn most(&self) -> f64 {
        self.0.most()
    }

    fn quantile(&self, py: Python<'_>, share: f64) -> f64 {
        py.detach(|| self.0.quantile(share))
    }

    /// Shares, values and standard errors.
    fn quantiles(&self) -> Vec<(f64, f64, f64)> {
        self.0.quantiles().map(|it| (it.share, it.value, it.error)).collect()
    }

    fn exceedance(&self, py: Python<'_>, value: f64) -> f64 {
        py.detach(|| self.0.exceedance(value))
    }

    fn expected_shortfall(&self, py: Python<'_>, share: f64) -> f64 {
        py.detach(|| self.0.expected_shortfall(share))
    }

    #[getter]
    fn ledger<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.ledger().map(|figure| decimal(py, &figure.to_string())).transpose()
    }

    #[getter]
    fn ledger_at_means<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.ledger_at_means().map(|figure| decimal(py, &figure.to_string())).transpose()
    }

    /// The parts of the difference that the assumptions, the curvature and chance explain.
    #[getter]
    fn gap(&self) -> Option<(f64, f64, f64)> {
        self.0.gap().map(|gap| (gap.assumptions, gap.curvature, gap.chance))
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, |watch| relocost_tables::json::text(&self.0, watch))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }
}

#[pymethods]
impl Draws {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The interface of arrays: where the numbers lie, which may be read and not written.
    #[getter]
    fn __array_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let interface = PyDict::new(py);
        interface.set_item("version", 3)?;
        interface.set_item("shape", PyTuple::new(py, [self.0.len()])?)?;
        interface.set_item("typestr", if cfg!(target_endian = "little") { "<f8" } else { ">f8" })?;
        interface.set_item("data", (self.0.as_ptr().addr(), true))?;
        Ok(interface)
    }
}

/// A tornado.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Tornado {
    scenario: relocost::Scenario,
    tornado: relocost::simulation::Tornado,
}

/// A value, the cost of each pathway, the extra cost and the premium.
type Point = (Option<f64>, Vec<(String, f64)>, f64, Option<f64>);

fn point(point: &TornadoPoint) -> Point {
    let pathways = point.pathways.iter().map(|(name, cost)| (name.to_string(), *cost));
    (point.value, pathways.collect(), point.extra, point.premium)
}

impl Tornado {
    pub(crate) fn value(&self) -> &relocost::simulation::Tornado {
        &self.tornado
    }
}

result_methods!(Tornado, |it, style| relocost_report::tornado(&it.tornado, &it.scenario, style));
head_methods!(Tornado, pair);

#[pymethods]
impl Tornado {
    #[getter]
    fn standing(&self) -> Point {
        point(self.tornado.standing())
    }

    /// Parameters, what everything costs at either end, and how far the extra cost moves.
    #[getter]
    fn bars(&self) -> Vec<(String, Point, Point, f64)> {
        let bar = |bar: &relocost::simulation::TornadoBar| {
            (bar.parameter.to_string(), point(&bar.low), point(&bar.high), bar.swing())
        };
        self.tornado.bars().iter().map(bar).collect()
    }

    /// The parameters with the swing of a pathway's own total, the widest first.
    fn bars_of(&self, pathway: &str) -> PyResult<Vec<(String, Point, Point, f64)>> {
        let bars = self.tornado.bars_of(pathway).ok_or_else(unknown)?;
        let told = |bar: &relocost::simulation::TornadoBar| {
            Some((bar.parameter.to_string(), point(&bar.low), point(&bar.high), bar.swing_of(pathway)?))
        };
        Ok(bars.into_iter().filter_map(told).collect())
    }
}

/// Sobol' indices.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct SobolIndices {
    scenario: relocost::Scenario,
    indices: relocost::simulation::SobolIndices,
}

/// A value with the ends of its interval.
type Interval = (f64, f64, f64);
/// A factor's name and parameters, its first-order and total index, and what is at stake by either.
type Factor<'s> = (&'s str, &'s [String], Interval, Interval, f64, f64);

fn interval(of: &relocost::simulation::Interval) -> Interval {
    (of.value, of.low, of.high)
}

fn factor(of: &relocost::simulation::FactorIndex) -> Factor<'_> {
    let relocost::simulation::FactorIndex { factor, first_order, total, sd_first_order, sd_total, .. } = of;
    (&factor.name, &factor.parameters, interval(first_order), interval(total), *sd_first_order, *sd_total)
}

impl SobolIndices {
    fn value(&self) -> &relocost::simulation::SobolIndices {
        &self.indices
    }
}

result_methods!(SobolIndices, |it, style| relocost_report::sobol(&it.indices, &it.scenario, style));
head_methods!(SobolIndices, pair);

#[pymethods]
impl SobolIndices {
    #[getter]
    fn draws(&self) -> u64 {
        self.indices.draws()
    }

    #[getter]
    fn figures(&self) -> Vec<&str> {
        self.indices.figures().keys().map(String::as_str).collect()
    }

    /// The mean, the standard deviation, the factors, and the rank correlations of a figure.
    #[expect(clippy::type_complexity, reason = "the package's own Python gives the parts their names")]
    fn figure(&self, name: &str) -> PyResult<(f64, f64, Vec<Factor<'_>>, Vec<(&str, Option<f64>)>)> {
        let missing = || PyKeyError::new_err("there is no such figure");
        let figure = self.indices.figures().get(name).ok_or_else(missing)?;
        let spearman = figure.spearman.iter().map(|(parameter, value)| (parameter.as_str(), *value)).collect();
        Ok((figure.mean, figure.sd, figure.factors.iter().map(factor).collect(), spearman))
    }
}
