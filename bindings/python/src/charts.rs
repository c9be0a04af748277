//! Charts: those of a report, and those of results, as pictures that stand by themselves.

use pyo3::prelude::*;
use relocost::Pair;
use relocost_publish::charts::{self, Chart};
use relocost_publish::report;

use crate::caseload::Caseload;
use crate::comparison::Comparison;
use crate::convert::{basis, lang};
use crate::failure::OrRaise;
use crate::futures::ProgrammeSimulation;
use crate::ledger::Ledger;
use crate::payments::Payments;
use crate::programme::{Programme, ProgrammeRun};
use crate::questions::Delay;
use crate::report::{Options, options};
use crate::scenario::Scenario;
use crate::simulation::{Simulation, Tornado};
use crate::watch::call;

/// Its name, its title, its text, its mark, and the picture.
type Parts = (&'static str, String, String, String, String);

fn parts(charts: Vec<Chart>) -> Vec<Parts> {
    let parts = |it: Chart| {
        let picture = it.picture();
        (it.name, it.title, it.text, it.mark, picture)
    };
    charts.into_iter().map(parts).collect()
}

/// The charts of a result: `$charts` gives those of its own value in a language.
macro_rules! charts_method {
    ($class:ident, $charts:expr) => {
        #[pymethods]
        impl $class {
            /// Its charts in a language.
            fn charts(&self, py: Python<'_>, language: &str) -> PyResult<Vec<Parts>> {
                let language = lang(language).or_raise()?;
                let charts: fn(&Self, relocost::Lang) -> Vec<Chart> = $charts;
                Ok(py.detach(|| parts(charts(self, language))))
            }
        }
    };
}

charts_method!(Comparison, |it, lang| charts::comparison(it.value(), lang));
charts_method!(Delay, |it, lang| vec![charts::delay(it.value(), lang)]);
charts_method!(Simulation, |it, lang| vec![charts::reserve(it.value(), lang)]);
charts_method!(Tornado, |it, lang| charts::tornado(it.value(), lang).into_iter().collect());
charts_method!(Caseload, |it, lang| charts::caseload(it.value(), lang));
charts_method!(Payments, |it, lang| charts::payments(it.value(), lang));
charts_method!(ProgrammeSimulation, |it, lang| charts::programme_simulation(it.value(), lang));

#[pymethods]
impl Ledger {
    /// Its charts in a language.
    fn charts(&self, py: Python<'_>, language: &str) -> PyResult<Vec<Parts>> {
        let language = lang(language).or_raise()?;
        py.detach(|| charts::fiscal_years(&[self.value()], language).map(|chart| parts(vec![chart]))).or_raise()
    }
}

#[pymethods]
impl ProgrammeRun {
    /// Its charts in a language.
    fn charts(&self, py: Python<'_>, language: &str) -> PyResult<Vec<Parts>> {
        let language = lang(language).or_raise()?;
        call(py, None, |watch| charts::programme_run(self.value(), self.programme(), watch, language).map(parts))
    }
}

#[pymethods]
impl Scenario {
    /// The charts of a scenario's report.
    fn charts(
        &self,
        py: Python<'_>,
        given: Options,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Parts>> {
        let options = options(given).or_raise()?.pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        call(py, show, |watch| report::scenario_charts(&self.0, &options, watch).map(parts))
    }
}

#[pymethods]
impl Programme {
    /// The charts of a programme's report.
    fn charts(&self, py: Python<'_>, given: Options, show: Option<Py<PyAny>>) -> PyResult<Vec<Parts>> {
        let options = options(given).or_raise()?;
        call(py, show, |watch| report::programme_charts(&self.0, &options, watch).map(parts))
    }
}
