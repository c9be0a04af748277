//! Parts of caseloads, computed anywhere and merged.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use relocost::caseload::CaseloadPart as Part;

use crate::caseload::{Asked, Caseload, cases, options};
use crate::failure::OrRaise;
use crate::given::{Given, NoText, or_no_text};
use crate::scenario::Scenario;
use crate::watch::{ask, call};

/// The result of some parts of a caseload's table.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct CaseloadPart(Part);

#[pymethods]
impl Scenario {
    /// `part` is its number, and how many there are.
    fn caseload_part(
        &self,
        py: Python<'_>,
        households: Given,
        part: (u32, u32),
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<CaseloadPart> {
        let (options, no_text) = (options(asked).or_raise()?, NoText::default());
        let households = households.source(py, &no_text);
        let made = ask(py, &self.0, show, |scenario| scenario.caseload_part(cases(households)?, part, &options));
        or_no_text(py, &no_text, made).map(CaseloadPart)
    }

    fn caseload_of_part(
        &self,
        py: Python<'_>,
        part: &Bound<'_, CaseloadPart>,
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Caseload> {
        let (options, part) = (options(asked).or_raise()?, &part.get().0);
        let caseload = ask(py, &self.0, show, |scenario| scenario.caseload_of_part(&options, part))?;
        Ok(Caseload::new(&self.0, caseload))
    }
}

#[pymethods]
impl CaseloadPart {
    #[getter]
    fn numbers(&self) -> Vec<u32> {
        self.0.numbers().collect()
    }

    #[getter]
    fn of(&self) -> u32 {
        self.0.of()
    }

    #[getter]
    fn rows(&self) -> u64 {
        self.0.rows()
    }

    fn after(&self, py: Python<'_>, lines: u32) -> Self {
        Self(py.detach(|| self.0.clone().after(lines)))
    }

    /// A part of what this one and others hold.
    fn merge(&self, py: Python<'_>, others: Vec<Bound<'_, Self>>) -> PyResult<Self> {
        let others: Vec<&Part> = others.iter().map(|other| &other.get().0).collect();
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
        py.detach(|| Part::from_bytes(bytes)).map(Self).or_raise()
    }
}
