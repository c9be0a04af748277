//! A comparison and its parts.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use relocost::comparison::PathwayFigures;

use crate::convert::{money, premium};
use crate::failure::{OrRaise, unknown};
use crate::result::{head_methods, result_methods};

/// A comparison of two pathways, with the figures of all.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Comparison {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) comparison: relocost::Comparison,
}

impl Comparison {
    pub(crate) fn value(&self) -> &relocost::Comparison {
        &self.comparison
    }

    fn figures(&self, pathway: &str) -> PyResult<&PathwayFigures> {
        self.comparison.pathways().get(pathway).ok_or_else(|| PyKeyError::new_err("there is no such pathway"))
    }
}

result_methods!(Comparison, |it, style| relocost_report::comparison(&it.comparison, &it.scenario, style));
head_methods!(Comparison, pair);

#[pymethods]
impl Comparison {
    #[getter]
    fn charged_lines(&self) -> usize {
        self.comparison.charged_lines()
    }

    #[getter]
    fn illustrative_lines(&self) -> usize {
        self.comparison.illustrative_lines()
    }

    #[getter]
    fn extra<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.comparison.extra())
    }

    #[getter]
    fn premium<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        premium(py, self.comparison.premium())
    }

    #[getter]
    fn band(&self) -> Option<&'static str> {
        self.comparison.band().map(relocost::names::Band::name)
    }

    #[getter]
    fn residual<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.comparison.attribution().residual())
    }

    #[getter]
    fn pathways(&self) -> Vec<&str> {
        self.comparison.pathways().keys().map(relocost::Id::as_str).collect()
    }

    fn entries(&self, pathway: &str) -> PyResult<usize> {
        Ok(self.figures(pathway)?.entries)
    }

    /// A figure of a pathway: `total`, `constant` or `present_value`.
    fn figure<'py>(&self, py: Python<'py>, pathway: &str, which: &str) -> PyResult<Bound<'py, PyAny>> {
        let figures = self.figures(pathway)?;
        money(
            py,
            match which {
                "constant" => figures.constant,
                "present_value" => figures.present_value,
                "total" => figures.total,
                _ => return Err(unknown()),
            },
        )
    }
}
