//! Programmes: read and run. What chance does to them is in `futures`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyList};
use relocost::Loader;
use relocost::ProgrammeOptions;
use relocost::syntax::{Format, Source};

use crate::convert::{date, money};
use crate::failure::{OrRaise, Parts, parts, placeless, unknown};
use crate::given::Given;
use crate::payments::{Months, PaidFor, Payments};
use crate::postings::Postings;
use crate::publication::{Asked, Publication, published};
use crate::questions::BudgetDiff;
use crate::result::{head_methods, result_methods};
use crate::scenario::{OutcomeParts, Scenario, options, outcome_parts};
use crate::watch::call;

/// A checked programme.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Programme(pub(crate) relocost::Programme);

/// The result of a run of a programme.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct ProgrammeRun {
    programme: relocost::Programme,
    run: relocost::ProgrammeRun,
}

#[pymethods]
impl Programme {
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf, catalogues: Vec<PathBuf>, show_values: bool) -> PyResult<Self> {
        let options = options(catalogues, show_values);
        py.detach(|| relocost_files::load_programme(&path, &options)).map(Self).or_raise()
    }

    /// From TOML or JSON; `own` says that the package wrote the text from a dictionary.
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str, show_values: bool, own: bool) -> PyResult<Self> {
        let source = Source { name: "programme", text, format: Format::of("", text) };
        let read = py.detach(|| Loader::new().show_values(show_values).load_programme(source));
        read.map(Self).map_err(|error| if own { placeless(&error) } else { error }).or_raise()
    }

    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.0.start())
    }

    #[getter]
    fn until<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.0.until())
    }

    #[getter]
    fn fiscal_year_start(&self) -> u32 {
        self.0.fiscal_year_start()
    }

    #[getter]
    fn fiscal_years(&self) -> Vec<i32> {
        self.0.fiscal_years()
    }

    #[getter]
    fn cases(&self) -> u32 {
        self.0.cases()
    }

    /// The agreements: ids with their labels in English and French.
    fn agreements(&self) -> Vec<(String, String, String)> {
        let label = |id: &relocost::Id| {
            let label = self.0.agreement_label(id)?;
            Some((id.to_string(), label.en.to_string(), label.fr.to_string()))
        };
        self.0.agreements().filter_map(label).collect()
    }

    /// The setting of the cases, as the scenario of nobody.
    fn setting(&self) -> Scenario {
        Scenario(self.0.setting().clone())
    }

    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.0.warnings().iter().map(parts).collect::<Vec<Parts<'_>>>())
    }

    fn run(
        &self,
        py: Python<'_>,
        values: bool,
        cases: bool,
        threads: Option<usize>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<ProgrammeRun> {
        let threads = threads.and_then(NonZeroUsize::new);
        let options = ProgrammeOptions::default().values(values).cases(cases).threads(threads);
        let run = call(py, show, |watch| self.0.watched(watch).run_with(&options))?;
        Ok(ProgrammeRun { programme: self.0.clone(), run })
    }

    /// Payments beside what the programme costs as planned.
    fn payments(
        &self,
        py: Python<'_>,
        payments: Given,
        _pathway: Option<&str>,
        months: Months,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Payments> {
        PaidFor::Programme(&self.0).payments(py, payments, months, show)
    }

    fn postings(&self, py: Python<'_>, show: Option<Py<PyAny>>) -> PyResult<Postings> {
        call(py, show, |watch| self.0.watched(watch).postings()).map(Postings)
    }

    #[expect(clippy::needless_pass_by_value, reason = "what Python passes is taken over")]
    fn publish(&self, py: Python<'_>, asked: Asked, show: Option<Py<PyAny>>) -> PyResult<Publication> {
        let publication = call(py, show, |watch| published(|| self.0.watched(watch).microdata(), &asked))?;
        Ok(Publication::new(publication))
    }

    /// What changed from this programme to a newer one.
    fn diff(
        &self,
        py: Python<'_>,
        new: &Bound<'_, Self>,
        threads: Option<usize>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<BudgetDiff> {
        let (new, options) = (&new.get().0, ProgrammeOptions::default().threads(threads.and_then(NonZeroUsize::new)));
        call(py, show, |watch| self.0.watched(watch).diff_with(new, &options)).map(BudgetDiff)
    }

    /// The outcomes of the expectations.
    fn run_expectations(&self, py: Python<'_>, show: Option<Py<PyAny>>) -> PyResult<Vec<OutcomeParts>> {
        let outcomes = call(py, show, |watch| self.0.watched(watch).run_expectations())?;
        Ok(outcomes.iter().map(outcome_parts).collect())
    }
}

impl ProgrammeRun {
    pub(crate) fn value(&self) -> &relocost::ProgrammeRun {
        &self.run
    }

    pub(crate) fn programme(&self) -> &relocost::Programme {
        &self.programme
    }
}

result_methods!(ProgrammeRun, |it, style| relocost_report::programme(&it.run, &it.programme, false, style));
head_methods!(ProgrammeRun);

#[pymethods]
impl ProgrammeRun {
    /// The total of a line of the programme.
    fn total<'py>(&self, py: Python<'py>, line: &str) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.run.lines.get(line).ok_or_else(unknown)?.total)
    }

    /// A figure of the extra cost: `total`, `residual` or `programme`.
    fn extra<'py>(&self, py: Python<'py>, which: &str) -> PyResult<Bound<'py, PyAny>> {
        let extra = &self.run.extra;
        money(
            py,
            match which {
                "total" => extra.total,
                "residual" => extra.residual,
                "programme" => extra.programme,
                _ => return Err(unknown()),
            },
        )
    }

    /// The saving of all agreements together within the programme, and with the run-off.
    fn joint<'py>(&self, py: Python<'py>, with_run_off: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        let values = self.run.values.as_ref();
        let values = values.and_then(|it| if with_run_off { it.with_run_off.as_ref() } else { Some(&it.within) });
        values.map(|values| money(py, values.joint)).transpose()
    }

    /// Warnings about the programme.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.run.programme.warnings.iter().map(parts).collect::<Vec<Parts<'_>>>())
    }
}
