//! Scenarios: read, written, changed, and asked.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyList};
use relocost::calibration::CalibrateOptions;
use relocost::delay::DelayOptions;
use relocost::syntax::{Format, Source};
use relocost::{CompareOptions, Error, Loader, Pair, Parameter};
use relocost_files::LoadOptions;

use crate::caseload::{self, Caseload, diff_caseload};
use crate::catalogue::Catalogue;
use crate::comparison::Comparison;
use crate::convert::{amount, basis, changes, date, lang, style};
use crate::failure::{OrRaise, all_parts, placeless};
use crate::given::Given;
use crate::ledger::Ledger;
use crate::payments::{Months, PaidFor, Payments};
use crate::postings::Postings;
use crate::publication::{Asked, Publication};
use crate::questions::{BudgetDiff, Calibration, Delay, Diff, Variants, WhatIfs};
use crate::table::Table;
use crate::watch::ask;

/// The name in errors of a scenario that did not come from a file.
const IN_CODE: &str = "scenario";

/// A checked scenario.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Scenario(pub(crate) relocost::Scenario);

/// The parts of an outcome: figure, expected, found, passed, why, line of the file, and a sentence.
pub(crate) type OutcomeParts = (String, String, Option<String>, bool, Option<String>, Option<u32>, String, String);

/// The parts of an outcome, which the package's own Python gives their names.
pub(crate) fn outcome_parts(outcome: &relocost::expectations::ExpectationOutcome) -> OutcomeParts {
    (
        outcome.figure.to_string(),
        outcome.expected.to_string(),
        outcome.found.clone(),
        outcome.passed,
        outcome.why.as_ref().map(ToString::to_string),
        outcome.place.as_ref().map(|place| place.line),
        outcome.to_string(),
        outcome.name(),
    )
}

pub(crate) fn options(catalogues: Vec<PathBuf>, show_values: bool) -> LoadOptions {
    LoadOptions::default().catalogue_folders(catalogues).show_values(show_values).folders_option("catalogues=[...]")
}

#[pymethods]
impl Scenario {
    #[staticmethod]
    fn load(
        py: Python<'_>,
        path: PathBuf,
        catalogue: Option<PathBuf>,
        catalogues: Vec<PathBuf>,
        show_values: bool,
    ) -> PyResult<Self> {
        let options = options(catalogues, show_values);
        let load = || match &catalogue {
            Some(prices) => relocost_files::load_over(&path, prices, &options),
            None => relocost_files::load(&path, &options),
        };
        py.detach(load).map(Self).or_raise()
    }

    /// From TOML or JSON; `own` says that the package wrote the text from a dictionary.
    #[staticmethod]
    fn parse(
        py: Python<'_>,
        text: &str,
        catalogue: Option<&Bound<'_, Catalogue>>,
        show_values: bool,
        own: bool,
    ) -> PyResult<Self> {
        let source = Source { name: IN_CODE, text, format: Format::of("", text) };
        let prices = catalogue.map(|catalogue| catalogue.get().0.clone());
        let read = py.detach(|| {
            let mut loader = Loader::new().show_values(show_values);
            if let Some(prices) = prices {
                loader = loader.over(prices);
            }
            loader.load(source)
        });
        read.map(Self).map_err(|error| if own { placeless(&error) } else { error }).or_raise()
    }

    #[getter]
    fn title(&self) -> Option<String> {
        self.0.title().map(ToString::to_string)
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
    fn horizon_months(&self) -> u32 {
        self.0.horizon_months()
    }

    #[getter]
    fn fiscal_year_start(&self) -> u32 {
        self.0.fiscal_year_start()
    }

    /// The fiscal years of the horizon, with the number of months that each has within it.
    #[getter]
    fn fiscal_years(&self) -> Vec<(i32, u32)> {
        self.0.months_by_fiscal_year().into_iter().collect()
    }

    /// As a reader sees it, in a language: text, or a fragment of HTML.
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = style(lang, html).or_raise()?;
        Ok(py.detach(|| relocost_report::scenario(&self.0, style)))
    }

    /// The label in a chart for a path: the text, the unit of its values, their currency.
    fn axis_label(&self, path: &str, in_lang: &str) -> PyResult<Option<(String, Option<&'static str>, &'static str)>> {
        let label = relocost_report::axis_label(&self.0, path, lang(in_lang).or_raise()?);
        Ok(label.map(|label| (label.text, label.unit, label.currency)))
    }

    /// The name of a pathway in reports and charts.
    fn pathway_head(&self, pathway: &str, in_lang: &str) -> PyResult<String> {
        Ok(relocost_report::pathway_head(&self.0, pathway, lang(in_lang).or_raise()?))
    }

    /// The names of the pathways: the solutions, then the others.
    #[getter]
    fn pathways(&self) -> Vec<&str> {
        self.0.pathway_names().map(relocost::Id::as_str).collect()
    }

    #[getter]
    fn solutions(&self) -> Vec<&str> {
        self.0.solutions().keys().map(relocost::Id::as_str).collect()
    }

    #[getter]
    fn variants(&self) -> Vec<&str> {
        self.0.variants().keys().map(relocost::Id::as_str).collect()
    }

    /// The declarations of a kind: ids with their labels in English and French.
    fn labels(&self, kind: &str) -> Vec<(String, String, String)> {
        let declared = match kind {
            "entitlements" => self.0.entitlements(),
            "categories" => self.0.categories(),
            "funds" => self.0.funds(),
            "places" => self.0.places(),
            _ => &[],
        };
        if kind == "solutions" {
            let named =
                |(id, it): (&'_ relocost::Id, &'_ relocost::scenario::Solution)| (id.to_string(), it.label.clone());
            let labels = self.0.solutions().iter().map(named);
            return labels.map(|(id, label)| (id, label.en.to_string(), label.fr.to_string())).collect();
        }
        declared
            .iter()
            .map(|each| (each.id.to_string(), each.label.en.to_string(), each.label.fr.to_string()))
            .collect()
    }

    /// A table of what is declared, by its name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        Table::of(py, &self.0, name)
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.0.to_json()).or_raise()
    }

    fn to_toml(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.0.to_toml()).or_raise()
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = &other.get().0;
            py.detach(|| self.0 == *other)
        })
    }

    fn __hash__(&self, py: Python<'_>) -> u64 {
        py.detach(|| {
            let mut hasher = DefaultHasher::new();
            self.0.hash(&mut hasher);
            hasher.finish()
        })
    }

    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let warnings = py.detach(|| self.0.warnings());
        all_parts(py, &warnings)
    }

    /// The value of a parameter as the scenario stands.
    fn parameter(&self, path: &str) -> PyResult<String> {
        let value = path.parse::<Parameter>().and_then(|parameter| self.0.parameter(&parameter));
        value.map(|value| value.to_string()).or_raise()
    }

    fn with_changes(&self, given: Vec<(String, String)>) -> PyResult<Self> {
        changes(&given).and_then(|changes| self.0.with(&changes)).map(Self).or_raise()
    }

    fn variant(&self, name: &str) -> PyResult<Self> {
        self.0.variant(name).map(Self).or_raise()
    }

    fn ledger(&self, py: Python<'_>, pathway: &str, on: &str, show: Option<Py<PyAny>>) -> PyResult<Ledger> {
        let on = basis(on).or_raise()?;
        let ledger = ask(py, &self.0, show, |scenario| scenario.ledger_on(pathway, on))?;
        Ok(Ledger(Arc::new(ledger)))
    }

    fn compare(
        &self,
        py: Python<'_>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Comparison> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let comparison = ask(py, &self.0, show, |scenario| scenario.compare_with(&options))?;
        Ok(Comparison { scenario: self.0.clone(), comparison })
    }

    fn compare_variants(
        &self,
        py: Python<'_>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Variants> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        ask(py, &self.0, show, |scenario| scenario.compare_variants(&options)).map(Variants)
    }

    fn what_ifs(
        &self,
        py: Python<'_>,
        rows: Vec<Vec<(String, String)>>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<WhatIfs> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let rows = rows.iter().map(|row| changes(row)).collect::<Result<Vec<_>, Error>>().or_raise()?;
        ask(py, &self.0, show, |scenario| scenario.what_ifs(rows, &options)).map(WhatIfs)
    }

    fn grid(
        &self,
        py: Python<'_>,
        axes: Vec<(String, Vec<String>)>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<WhatIfs> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let one = |(path, values): &(String, Vec<String>)| {
            let parameter: Parameter = path.parse()?;
            let values = values.iter().map(|value| parameter.value(value)).collect::<Result<Vec<_>, Error>>()?;
            Ok((parameter, values))
        };
        let axes = axes.iter().map(one).collect::<Result<Vec<_>, Error>>().or_raise()?;
        ask(py, &self.0, show, |scenario| scenario.grid(&axes, &options)).map(WhatIfs)
    }

    fn delay(
        &self,
        py: Python<'_>,
        base: String,
        alternative: String,
        months: Option<u32>,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Delay> {
        let options =
            DelayOptions::default().pair(Pair::new(base, alternative)).months(months).basis(basis(on).or_raise()?);
        let delay = ask(py, &self.0, show, |scenario| scenario.delay_with(&options))?;
        Ok(Delay { scenario: self.0.clone(), delay })
    }

    #[expect(clippy::too_many_arguments, reason = "the package's own Python passes every option of the question")]
    fn calibrate(
        &self,
        py: Python<'_>,
        target: &str,
        lines: Vec<String>,
        base: String,
        alternative: String,
        on: &str,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Calibration> {
        let target = amount(target, "target").or_raise()?;
        let options =
            CalibrateOptions::new(target, lines).pair(Pair::new(base, alternative)).basis(basis(on).or_raise()?);
        let calibration = ask(py, &self.0, show, |scenario| scenario.calibrate(&options))?;
        Ok(Calibration { scenario: self.0.clone(), calibration })
    }

    fn diff(&self, py: Python<'_>, new: &Bound<'_, Self>, on: &str, show: Option<Py<PyAny>>) -> PyResult<Diff> {
        let (new, on) = (&new.get().0, basis(on).or_raise()?);
        ask(py, &self.0, show, |scenario| scenario.diff(new, on)).map(Diff)
    }

    /// The outcomes of the expectations.
    fn run_expectations(&self, py: Python<'_>, show: Option<Py<PyAny>>) -> PyResult<Vec<OutcomeParts>> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method is not general enough in its lifetimes"
        )]
        let outcomes = ask(py, &self.0, show, |scenario| scenario.run_expectations())?;
        Ok(outcomes.iter().map(outcome_parts).collect())
    }

    /// Payments beside a pathway.
    fn payments(
        &self,
        py: Python<'_>,
        payments: Given,
        pathway: &str,
        months: Months,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Payments> {
        PaidFor::Scenario(&self.0, pathway).payments(py, payments, months, show)
    }

    fn caseload(
        &self,
        py: Python<'_>,
        households: Given,
        asked: caseload::Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Caseload> {
        Caseload::of(py, &self.0, households, asked, show)
    }

    fn diff_caseload(
        &self,
        py: Python<'_>,
        households: Given,
        new: &Bound<'_, Self>,
        new_households: Given,
        asked: caseload::Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<BudgetDiff> {
        diff_caseload(py, (&self.0, households), (&new.get().0, new_households), asked, show)
    }

    fn caseload_postings(
        &self,
        py: Python<'_>,
        households: Given,
        pathway: &str,
        threads: Option<usize>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Postings> {
        caseload::postings(py, &self.0, households, (pathway, threads), show)
    }

    #[expect(clippy::needless_pass_by_value, reason = "what Python passes is taken over")]
    fn publish(
        &self,
        py: Python<'_>,
        households: Given,
        question: caseload::Asked,
        asked: Asked,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Publication> {
        caseload::publish(py, &self.0, households, question, &asked, show)
    }
}

/// The scenario of a calibration with the amounts scaled.
#[pyfunction]
pub(crate) fn calibrated(calibration: &Bound<'_, Calibration>) -> PyResult<Scenario> {
    let Calibration { scenario, calibration } = calibration.get();
    scenario.calibrated(calibration).map(Scenario).or_raise()
}
