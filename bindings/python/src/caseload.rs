//! Caseloads.

use std::num::NonZeroUsize;

use pyo3::prelude::*;
use pyo3::types::PyList;
use relocost::caseload::{Case, CaseTable, CaseloadOptions};
use relocost::{Code, Error, Pair, message};

use crate::convert::{basis, money, premium};
use crate::failure::{OrRaise, all_parts, unknown};
use crate::given::{Given, NoText, Source, or_no_text};
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

/// The rows of a table of households.
pub(crate) fn cases(households: Source) -> Result<Box<dyn Iterator<Item = Result<Case, Error>>>, Error> {
    households.open(
        |table, name| Ok(Box::new(CaseTable::new(table, name)?) as Box<dyn Iterator<Item = _>>),
        |heads, rows| Ok(Box::new(CaseTable::of_rows(heads, rows, "households")?)),
    )
}

/// What changed from one caseload to another.
pub(crate) fn diff_caseload(
    py: Python<'_>,
    (old, households): (&relocost::Scenario, Given),
    (new, new_households): (&relocost::Scenario, Given),
    asked: Asked,
    show: Option<Py<PyAny>>,
) -> PyResult<BudgetDiff> {
    let options = options(asked).or_raise()?;
    let no_text = NoText::default();
    let [households, new_households] = [households, new_households].map(|given| given.source(py, &no_text));
    let diff = ask(py, old, show, |old| old.diff_caseload(cases(households)?, new, cases(new_households)?, &options));
    or_no_text(py, &no_text, diff).map(BudgetDiff)
}

/// The bookings of a caseload on a pathway.
pub(crate) fn postings(
    py: Python<'_>,
    scenario: &relocost::Scenario,
    households: Given,
    (pathway, threads): (&str, Option<usize>),
    show: Option<Py<PyAny>>,
) -> PyResult<Postings> {
    let no_text = NoText::default();
    let households = households.source(py, &no_text);
    let threads = threads.and_then(NonZeroUsize::new);
    let postings = ask(py, scenario, show, |scenario| scenario.caseload_postings(cases(households)?, pathway, threads));
    or_no_text(py, &no_text, postings).map(Postings)
}

/// What may be published of a caseload.
pub(crate) fn publish(
    py: Python<'_>,
    scenario: &relocost::Scenario,
    households: Given,
    question: Asked,
    asked: &publication::Asked,
    show: Option<Py<PyAny>>,
) -> PyResult<Publication> {
    let options = options(question).or_raise()?;
    let no_text = NoText::default();
    let households = households.source(py, &no_text);
    let made =
        ask(py, scenario, show, |scenario| published(|| scenario.microdata(cases(households)?, &options), asked));
    or_no_text(py, &no_text, made).map(Publication::new)
}

impl Caseload {
    pub(crate) fn of(
        py: Python<'_>,
        scenario: &relocost::Scenario,
        households: Given,
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let (options, no_text) = (options(asked).or_raise()?, NoText::default());
        let households = households.source(py, &no_text);
        let caseload = ask(py, scenario, show, |scenario| scenario.caseload_of(cases(households)?, &options));
        or_no_text(py, &no_text, caseload).map(|caseload| Self::new(scenario, caseload))
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
