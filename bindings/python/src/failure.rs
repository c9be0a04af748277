//! Errors of the library as the package's exceptions.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use relocost::Error;
use relocost::error::Finding;

/// A finding as Python takes it: code, file, line, column, key and message in English and French.
pub(crate) type Parts<'f> = (u32, Option<&'f str>, Option<u32>, Option<u32>, Option<&'f str>, &'f str, &'f str);

/// The parts of a finding; a line or column of 0 stands for the whole, and an empty key for none.
pub(crate) fn parts(finding: &Finding) -> Parts<'_> {
    let place = finding.place.as_ref();
    let some = |number: u32| (number > 0).then_some(number);
    (
        finding.code.number(),
        place.map(|place| &*place.file),
        place.and_then(|place| some(place.line)),
        place.and_then(|place| some(place.column)),
        Some(finding.key.as_str()).filter(|key| !key.is_empty()),
        finding.message.en(),
        finding.message.fr(),
    )
}

/// The parts of each finding of a list.
pub(crate) fn all_parts<'py>(py: Python<'py>, findings: &[Finding]) -> PyResult<Bound<'py, PyList>> {
    PyList::new(py, findings.iter().map(parts).collect::<Vec<Parts<'_>>>())
}

/// The exception of an error: the class of its code's block, with everything that was found.
pub(crate) fn exception(error: &Error) -> PyErr {
    Python::attach(|py| {
        let build = || {
            let findings = PyList::new(py, error.findings().iter().map(parts))?;
            py.import("relocost.errors")?.call_method1("_exception", (findings, error.more()))
        };
        build().map_or_else(|failed| failed, PyErr::from_value)
    })
}

/// An error of a text that the package wrote itself: its lines mean nothing to a user.
pub(crate) fn placeless(error: &Error) -> Error {
    error.without_places()
}

/// A result of the library as one of Python.
pub(crate) trait OrRaise<T> {
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| exception(&error))
    }
}

/// The exception where the package's own Python asks for a figure or a table that the result lacks.
pub(crate) fn unknown() -> PyErr {
    PyKeyError::new_err("there is no such figure or table")
}
