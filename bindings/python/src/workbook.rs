//! Workbooks with live formulas.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use relocost::Pair;
use relocost_publish::workbook::{self, WorkbookOptions};

use crate::caseload::Caseload;
use crate::convert::{basis, lang};
use crate::failure::OrRaise;
use crate::payments::Payments;
use crate::programme::Programme;
use crate::scenario::Scenario;
use crate::watch::call;

fn options(language: &str) -> Result<WorkbookOptions, relocost::Error> {
    Ok(WorkbookOptions::default().lang(lang(language)?))
}

#[pymethods]
impl Scenario {
    /// The workbook of a scenario.
    fn workbook<'py>(
        &self,
        py: Python<'py>,
        base: String,
        alternative: String,
        on: &str,
        language: &str,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(language).or_raise()?.pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let bytes = py.detach(|| workbook::workbook(&self.0, &options)).or_raise()?;
        Ok(PyBytes::new(py, &bytes))
    }
}

#[pymethods]
impl Programme {
    /// The workbook of a programme.
    fn workbook<'py>(&self, py: Python<'py>, language: &str, show: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(language).or_raise()?;
        let bytes = call(py, show, |watch| workbook::programme(&self.0, &options, watch))?;
        Ok(PyBytes::new(py, &bytes))
    }
}

#[pymethods]
impl Caseload {
    /// The workbook of a caseload.
    fn workbook<'py>(&self, py: Python<'py>, language: &str) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(language).or_raise()?;
        let bytes = py.detach(|| workbook::caseload(self.value(), &options)).or_raise()?;
        Ok(PyBytes::new(py, &bytes))
    }
}

#[pymethods]
impl Payments {
    /// The workbook of payments beside the model.
    fn workbook<'py>(&self, py: Python<'py>, language: &str) -> PyResult<Bound<'py, PyBytes>> {
        let options = options(language).or_raise()?;
        let bytes = call(py, None, |watch| workbook::payments(self.value(), &options, watch))?;
        Ok(PyBytes::new(py, &bytes))
    }
}
