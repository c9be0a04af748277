//! Workbooks with live formulas.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use relocost::Pair;
use relocost_publish::workbook::{self, WorkbookOptions};

use crate::convert::{basis, lang};
use crate::failure::OrRaise;
use crate::scenario::Scenario;

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
        let (basis, lang) = (basis(on).or_raise()?, lang(language).or_raise()?);
        let options = WorkbookOptions::default().pair(Pair::new(base, alternative)).basis(basis).lang(lang);
        let bytes = py.detach(|| workbook::workbook(&self.0, &options)).or_raise()?;
        Ok(PyBytes::new(py, &bytes))
    }
}
