//! Reports for a committee: pages of HTML, and Word documents.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use relocost::Pair;
use relocost_publish::report::{self, ReportOptions, word};

use crate::caseload::Caseload;
use crate::convert::{basis, lang};
use crate::failure::OrRaise;
use crate::payments::Payments;
use crate::programme::Programme;
use crate::scenario::Scenario;
use crate::simulation::threads;
use crate::watch::call;

/// The language, the draws, the seed and the threads of a report.
pub(crate) type Options = (String, u64, u64, Option<usize>);

pub(crate) fn options((language, draws, seed, number): Options) -> Result<ReportOptions, relocost::Error> {
    Ok(ReportOptions::new(lang(&language)?).draws(draws).seed(seed).threads(threads(number)?))
}

#[pymethods]
impl Scenario {
    /// The page of a scenario.
    fn page(
        &self,
        py: Python<'_>,
        given: Options,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<String> {
        let options = options(given).or_raise()?.pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        call(py, show, |watch| report::scenario(&self.0, &options, watch))
    }

    /// The Word document of a scenario.
    fn document<'py>(
        &self,
        py: Python<'py>,
        given: Options,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(given).or_raise()?.pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        Ok(PyBytes::new(py, &call(py, show, |watch| word::scenario(&self.0, &options, watch))?))
    }
}

#[pymethods]
impl Programme {
    /// The page of a programme.
    fn page(&self, py: Python<'_>, given: Options, show: Option<Py<PyAny>>) -> PyResult<String> {
        let options = options(given).or_raise()?;
        call(py, show, |watch| report::programme(&self.0, &options, watch))
    }

    /// The Word document of a programme.
    fn document<'py>(&self, py: Python<'py>, given: Options, show: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(given).or_raise()?;
        Ok(PyBytes::new(py, &call(py, show, |watch| word::programme(&self.0, &options, watch))?))
    }
}

#[pymethods]
impl Caseload {
    /// The page of a caseload.
    fn page(&self, py: Python<'_>, language: &str) -> PyResult<String> {
        let language = lang(language).or_raise()?;
        Ok(py.detach(|| report::caseload(self.value(), language)))
    }

    /// The Word document of a caseload.
    fn document<'py>(&self, py: Python<'py>, language: &str) -> PyResult<Bound<'py, PyBytes>> {
        let language = lang(language).or_raise()?;
        Ok(PyBytes::new(py, &py.detach(|| word::caseload(self.value(), language)).or_raise()?))
    }
}

#[pymethods]
impl Payments {
    /// The page of payments beside the budget.
    fn page(&self, py: Python<'_>, language: &str) -> PyResult<String> {
        let language = lang(language).or_raise()?;
        Ok(py.detach(|| report::payments(self.value(), language)))
    }

    /// The Word document of payments beside the budget.
    fn document<'py>(&self, py: Python<'py>, language: &str) -> PyResult<Bound<'py, PyBytes>> {
        let language = lang(language).or_raise()?;
        Ok(PyBytes::new(py, &py.detach(|| word::payments(self.value(), language)).or_raise()?))
    }
}
