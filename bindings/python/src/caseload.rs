//! Caseloads.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyList;
use relocost::caseload::{Case, CaseTable, CaseloadOptions};
use relocost::{Code, Error, Pair, message};

use crate::convert::{basis, money, premium};
use crate::failure::{OrRaise, all_parts, unknown};
use crate::given::{NoText, Rows};
use crate::postings::Postings;
use crate::publication::{self, Publication, published};
use crate::questions::BudgetDiff;
use crate::result::{head_methods, result_methods};
use crate::watch::ask;

/// The results of a table of households.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Caseload {
    scenario: relocost::Scenario,
    caseload: relocost::caseload::Caseload,
}

/// The pair of pathways, the basis, and the number of threads.
pub(crate) type Asked = ((String, String), String, Option<usize>);

pub(crate) fn options(((base, alternative), on, threads): Asked) -> Result<CaseloadOptions, Error> {
    let none = || {
        Error::single(
            Code::OutOfRange,
            "threads",
            message!("expected 1 or more, or None for all cores", "attendu : 1 ou plus, ou None pour tous les cœurs"),
        )
    };
    let threads = threads.map(|threads| NonZeroUsize::new(threads).ok_or_else(none)).transpose()?;
    Ok(CaseloadOptions::default().pair(Pair::new(base, alternative)).basis(basis(&on)?).threads(threads))
}

/// A table of households: the path of a file, or heads and columns of texts.
#[derive(FromPyObject)]
pub(crate) enum Households {
    /// A file.
    File(PathBuf),
    /// Heads and columns.
    Columns(Vec<String>, Vec<Py<PyList>>),
}

/// The rows of a table of households.
type Cases = Box<dyn Iterator<Item = Result<Case, Error>>>;

impl Households {
    /// Where the rows are read; a cell that is no text is told to `no_text`.
    pub(crate) fn cases(
        self,
        py: Python<'_>,
        no_text: &NoText,
    ) -> impl FnOnce() -> Result<Cases, Error> + Send + use<> {
        let rows = match self {
            Self::File(path) => Err(path),
            Self::Columns(heads, columns) => Ok((heads, Rows::new(py, columns, Arc::clone(no_text)))),
        };
        move || match rows {
            Err(path) => {
                let (name, table) = relocost_files::open_table(&path)?;
                Ok(Box::new(CaseTable::new(table, &name)?) as Cases)
            }
            Ok((heads, rows)) => {
                let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
                Ok(Box::new(CaseTable::of_rows(&heads, rows, "households")?) as Cases)
            }
        }
    }
}

/// A cell that is no text is an error, whatever the library made of the rows.
pub(crate) fn or_no_text<T>(py: Python<'_>, no_text: &NoText, result: PyResult<T>) -> PyResult<T> {
    no_text.get().map_or(result, |why| Err(why.clone_ref(py)))
}

/// What changed from one caseload to another.
pub(crate) fn diff_caseload(
    py: Python<'_>,
    (old, households): (&relocost::Scenario, Households),
    (new, new_households): (&relocost::Scenario, Households),
    asked: Asked,
    show: Option<Py<PyAny>>,
) -> PyResult<BudgetDiff> {
    let options = options(asked).or_raise()?;
    let no_text = NoText::default();
    let (cases, new_cases) = (households.cases(py, &no_text), new_households.cases(py, &no_text));
    let diff = ask(py, old, show, |old| old.diff_caseload(cases()?, new, new_cases()?, &options));
    or_no_text(py, &no_text, diff).map(BudgetDiff)
}

/// The bookings of a caseload on a pathway.
pub(crate) fn postings(
    py: Python<'_>,
    scenario: &relocost::Scenario,
    households: Households,
    (pathway, threads): (&str, Option<usize>),
    show: Option<Py<PyAny>>,
) -> PyResult<Postings> {
    let no_text = NoText::default();
    let cases = households.cases(py, &no_text);
    let threads = threads.and_then(NonZeroUsize::new);
    let postings = ask(py, scenario, show, |scenario| scenario.caseload_postings(cases()?, pathway, threads));
    or_no_text(py, &no_text, postings).map(Postings)
}

/// What may be published of a caseload.
pub(crate) fn publish(
    py: Python<'_>,
    scenario: &relocost::Scenario,
    households: Households,
    question: Asked,
    asked: &publication::Asked,
    show: Option<Py<PyAny>>,
) -> PyResult<Publication> {
    let options = options(question).or_raise()?;
    let no_text = NoText::default();
    let cases = households.cases(py, &no_text);
    let made = ask(py, scenario, show, |scenario| published(|| scenario.microdata(cases()?, &options), asked));
    or_no_text(py, &no_text, made).map(Publication::new)
}

impl Caseload {
    pub(crate) fn of_file(
        py: Python<'_>,
        scenario: &relocost::Scenario,
        path: &Path,
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let options = options(asked).or_raise()?;
        let caseload = ask(py, scenario, show, |scenario| {
            let (name, table) = relocost_files::open_table(path)?;
            scenario.caseload_of(CaseTable::new(table, &name)?, &options)
        })?;
        Ok(Self::new(scenario, caseload))
    }

    pub(crate) fn of_columns(
        py: Python<'_>,
        scenario: &relocost::Scenario,
        heads: &[String],
        columns: Vec<Py<PyList>>,
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let options = options(asked).or_raise()?;
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let no_text = NoText::default();
        let rows = Rows::new(py, columns, Arc::clone(&no_text));
        let caseload = ask(py, scenario, show, |scenario| {
            scenario.caseload_of(CaseTable::of_rows(&heads, rows, "households")?, &options)
        });
        let caseload = or_no_text(py, &no_text, caseload)?;
        Ok(Self::new(scenario, caseload))
    }

    pub(crate) fn new(scenario: &relocost::Scenario, caseload: relocost::caseload::Caseload) -> Self {
        Self { scenario: scenario.clone(), caseload }
    }

    pub(crate) fn value(&self) -> &relocost::caseload::Caseload {
        &self.caseload
    }
}

result_methods!(Caseload, |it, style| relocost_report::caseload(&it.caseload, &it.scenario, style));
head_methods!(Caseload, pair);

#[pymethods]
impl Caseload {
    #[getter]
    fn count(&self) -> u64 {
        self.caseload.count
    }

    #[getter]
    fn extra<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.caseload.difference.extra)
    }

    /// A figure of the whole: `base`, `alternative` or `residual`.
    fn figure<'py>(&self, py: Python<'py>, which: &str) -> PyResult<Bound<'py, PyAny>> {
        let difference = &self.caseload.difference;
        money(
            py,
            match which {
                "alternative" => difference.alternative,
                "residual" => self.caseload.residual,
                "base" => difference.base,
                _ => return Err(unknown()),
            },
        )
    }

    #[getter]
    fn premium<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        premium(py, self.caseload.premium())
    }

    #[getter]
    fn band(&self) -> Option<&'static str> {
        self.caseload.band().map(relocost::names::Band::name)
    }

    /// The warnings about rows.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        all_parts(py, &self.caseload.warnings)
    }
}
