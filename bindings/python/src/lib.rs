//! The compiled part of the Python package: the library's questions and results as values of Python.
//!
//! In: texts, whole numbers and paths, as the package's own Python passes them. Out: results as opaque values that can
//! be asked for their figures, as exact decimals, and for tables. Nothing is computed here, and nothing here is for
//! users: the package `relocost` gives it names, types and documentation.

mod caseload;
mod caseload_part;
mod catalogue;
mod charts;
mod comparison;
mod convert;
mod failure;
mod futures;
mod given;
mod ledger;
mod payments;
mod postings;
mod programme;
mod publication;
mod questions;
mod rates;
mod report;
mod result;
mod scenario;
mod simulation;
mod table;
mod watch;
mod workbook;

use pyo3::prelude::*;

/// The compiled part of the package.
#[pymodule]
mod _relocost {
    use std::borrow::Cow;
    use std::collections::HashMap;
    use std::ffi::OsString;
    use std::io::ErrorKind;
    use std::path::PathBuf;

    use pyo3::exceptions::{PyFileExistsError, PyFileNotFoundError, PyIsADirectoryError, PyOSError, PyPermissionError};
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::caseload::Caseload;
    #[pymodule_export]
    use crate::caseload_part::CaseloadPart;
    #[pymodule_export]
    use crate::catalogue::{Catalogue, PriceUpdate};
    #[pymodule_export]
    use crate::comparison::Comparison;
    use crate::failure::OrRaise;
    #[pymodule_export]
    use crate::futures::ProgrammeSimulation;
    #[pymodule_export]
    use crate::ledger::{Explanation, Ledger};
    #[pymodule_export]
    use crate::payments::{Payments, PriceEstimates};
    #[pymodule_export]
    use crate::postings::Postings;
    #[pymodule_export]
    use crate::programme::{Programme, ProgrammeRun};
    #[pymodule_export]
    use crate::publication::Publication;
    #[pymodule_export]
    use crate::questions::{BudgetDiff, Calibration, Delay, Diff, Estimate, Variants, WhatIfs, estimate};
    #[pymodule_export]
    use crate::rates::{Rates, rates};
    #[pymodule_export]
    use crate::scenario::{Scenario, calibrated};
    #[pymodule_export]
    use crate::simulation::{Draws, Figure, Simulation, SimulationPart, SobolIndices, Tornado};
    #[pymodule_export]
    use crate::table::Table;

    /// The version of the library and of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// The command, as the program `relocost`; gives its exit status.
    #[pyfunction]
    fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| relocost_cli::run(arguments))
    }

    /// Every code of an error: its number and its name.
    #[pyfunction]
    fn codes() -> Vec<(u32, &'static str)> {
        relocost::Code::ALL.iter().map(|code| (code.number(), code.name())).collect()
    }

    /// The band of premiums that the Court reported in 2015, low and high, as decimals.
    #[pyfunction]
    fn reported_band() -> (String, String) {
        let relocost::comparison::ReportedBand { low, high, .. } = relocost::comparison::ReportedBand::COURT_2015;
        (low.to_string(), high.to_string())
    }

    /// The names of the usual pair: the base and the alternative.
    #[pyfunction]
    fn usual_pair() -> (String, String) {
        let relocost::Pair { base, alternative } = relocost::Pair::default();
        (base, alternative)
    }

    /// Refuses a target that can only be a number of per cents.
    #[pyfunction]
    fn no_per_cent(target: &str) -> PyResult<()> {
        let target = crate::convert::amount(target, "target").or_raise()?;
        relocost::calibration::CalibrateOptions::new(target, [""; 0]).no_per_cent().or_raise()
    }

    /// The words of charts in a language, by name.
    #[pyfunction]
    fn chart_words(lang: &str) -> PyResult<HashMap<Cow<'static, str>, &'static str>> {
        Ok(relocost_report::chart_words(crate::convert::lang(lang).or_raise()?).collect())
    }

    /// The kind that a file seems to be: `scenario`, `programme`, `unclear`, `unreadable` or `other`.
    #[pyfunction]
    fn sort_of_file(py: Python<'_>, path: PathBuf) -> &'static str {
        py.detach(|| relocost_files::sort_of(&path).name())
    }

    /// One step of the path of a key.
    #[derive(FromPyObject)]
    enum Step {
        Index(usize),
        Key(String),
    }

    /// The path of a key as an error may show it.
    #[pyfunction]
    #[expect(clippy::needless_pass_by_value, reason = "what Python passes is taken over")]
    fn shown_path(steps: Vec<Step>) -> String {
        let steps = steps.iter().map(|step| match step {
            Step::Index(place) => relocost::reading::KeyStep::Index(*place),
            Step::Key(key) => relocost::reading::KeyStep::Key(key),
        });
        relocost::reading::shown_path(&steps.collect::<Vec<_>>())
    }

    /// Writes a file, whole or not at all; a new one that is private is for its owner alone, and one that is there is replaced
    /// only by force.
    #[pyfunction]
    fn write(py: Python<'_>, path: PathBuf, content: &[u8], private: bool, force: bool) -> PyResult<()> {
        let write = if private { relocost_files::write_private } else { relocost_files::write };
        let written = py.detach(|| write(&path, content, force));
        written.map_err(|error| {
            let name = relocost_files::display_name(&path);
            let message = format!("{name} cannot be written: {}", relocost_files::describe(&error).en());
            // Errors that Python has classes for.
            match error.kind() {
                ErrorKind::NotFound => PyFileNotFoundError::new_err(message),
                ErrorKind::AlreadyExists => PyFileExistsError::new_err(message),
                ErrorKind::PermissionDenied => PyPermissionError::new_err(message),
                ErrorKind::IsADirectory => PyIsADirectoryError::new_err(message),
                _ => PyOSError::new_err(message),
            }
        })
    }
}
