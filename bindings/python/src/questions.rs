//! The results of the analyst's other questions: delay, calibration, variants, what-ifs, differences, an estimate.

use pyo3::prelude::*;
use pyo3::types::PyList;
use relocost::comparison::ReportedBand;
use relocost::estimate::{EstimateOptions, KnownCost};
use relocost::{Amount, Error};

use crate::convert::{amount, currency, decimal, money, premium};
use crate::failure::{OrRaise, all_parts};
use crate::result::{head_methods, result_methods};

/// The cost of a wait.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Delay {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) delay: relocost::delay::Delay,
}

impl Delay {
    pub(crate) fn value(&self) -> &relocost::delay::Delay {
        &self.delay
    }
}

result_methods!(Delay, |it, style| relocost_report::delay(&it.delay, &it.scenario, style));
head_methods!(Delay, pair);

/// A factor on the amounts of lines.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Calibration {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) calibration: relocost::calibration::Calibration,
}

impl Calibration {
    fn value(&self) -> &relocost::calibration::Calibration {
        &self.calibration
    }
}

result_methods!(Calibration, |it, style| relocost_report::calibration(&it.calibration, &it.scenario, style));
head_methods!(Calibration, pair);

#[pymethods]
impl Calibration {
    #[getter]
    fn target<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        decimal(py, &self.calibration.target.to_string())
    }

    #[getter]
    fn lines(&self) -> Vec<&str> {
        self.calibration.lines.iter().map(relocost::Id::as_str).collect()
    }

    #[getter]
    fn factor<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        decimal(py, &self.calibration.factor.to_string())
    }

    #[getter]
    fn premium<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        premium(py, self.calibration.premium)
    }
}

/// A scenario as it stands and in its variants.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Variants(pub(crate) relocost::variants::Variants);

impl Variants {
    fn value(&self) -> &relocost::variants::Variants {
        &self.0
    }
}

result_methods!(Variants, |it, style| relocost_report::variants(&it.0, style));
head_methods!(Variants, pair);

#[pymethods]
impl Variants {
    /// Shares and rates of a variant that can only be per cents.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        all_parts(py, &self.0.warnings)
    }
}

/// A scenario as it stands and with sets of changes.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct WhatIfs(pub(crate) relocost::variants::WhatIfs);

impl WhatIfs {
    fn value(&self) -> &relocost::variants::WhatIfs {
        &self.0
    }
}

result_methods!(WhatIfs, |it, style| relocost_report::what_ifs(&it.0, style));
head_methods!(WhatIfs, pair);

#[pymethods]
impl WhatIfs {
    /// The parameters that some row sets, each with its value as the scenario stands.
    #[getter]
    fn parameters(&self) -> Vec<String> {
        self.0.parameters.iter().map(|(parameter, _)| parameter.to_string()).collect()
    }

    /// Shares and rates that are set to what can only be per cents.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        all_parts(py, &self.0.warnings)
    }
}

/// The differences between two scenarios.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Diff(pub(crate) relocost::diff::Diff);

impl Diff {
    fn value(&self) -> &relocost::diff::Diff {
        &self.0
    }
}

result_methods!(Diff, |it, style| relocost_report::diff(&it.0, style));
head_methods!(Diff);

/// A change of a value: its path within its entry, the old value and the new one.
type DetailParts = (String, Option<String>, Option<String>);

#[pymethods]
impl Diff {
    /// The changes, in order: the key, and its details.
    fn changes(&self) -> Vec<(String, Vec<DetailParts>)> {
        let detail = |it: &relocost::diff::ValueChange| (it.key.clone(), it.old.clone(), it.new.clone());
        self.0.changes.iter().map(|change| (change.key.clone(), change.details.iter().map(detail).collect())).collect()
    }
}

/// The differences between two budgets.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct BudgetDiff(pub(crate) relocost::diff::BudgetDiff);

impl BudgetDiff {
    fn value(&self) -> &relocost::diff::BudgetDiff {
        &self.0
    }
}

result_methods!(BudgetDiff, |it, style| relocost_report::budget_diff(&it.0, style));
head_methods!(BudgetDiff);

#[pymethods]
impl BudgetDiff {
    /// The sort of the two budgets.
    #[getter]
    fn of(&self) -> &'static str {
        self.0.of
    }

    /// The names of the lines.
    #[getter]
    fn lines(&self) -> Vec<&str> {
        self.0.lines.keys().map(String::as_str).collect()
    }

    /// The name of a line in a language, as reports have it.
    fn line_head(&self, line: &str, lang: &str) -> PyResult<String> {
        Ok(relocost_report::budget_line(&self.0, line, crate::convert::lang(lang).or_raise()?))
    }
}

/// The costs that a band of premiums implies for a known cost.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Estimate(relocost::estimate::Estimate);

impl Estimate {
    fn value(&self) -> &relocost::estimate::Estimate {
        &self.0
    }
}

result_methods!(Estimate, |it, style| relocost_report::estimate(&it.0, style));

/// Carries a band of premiums over to a cost that is known.
#[pyfunction]
pub(crate) fn estimate(
    cost: &str,
    of_temporary: bool,
    months: Option<u32>,
    in_currency: &str,
    band: (String, String),
) -> PyResult<Estimate> {
    let estimate = || {
        let cost = amount(cost, "cost")?;
        let known = if of_temporary { KnownCost::Temporary(cost) } else { KnownCost::Permanent(cost) };
        let end = |text: &str| amount(text, "band");
        let band = reported_band(end(&band.0)?, end(&band.1)?)?;
        EstimateOptions::new(known, currency(in_currency)?).months(months).band(band).estimate()
    };
    estimate().map(Estimate).or_raise()
}

fn reported_band(low: Amount, high: Amount) -> Result<ReportedBand, Error> {
    ReportedBand::new(low, high).ok_or_else(|| {
        Error::single(
            relocost::Code::OutOfRange,
            "band",
            relocost::message!("expected -1 < low <= high", "attendu : -1 < bas <= haut"),
        )
    })
}

#[pymethods]
impl Estimate {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    /// The cost that was known.
    #[getter]
    fn known(&self) -> &'static str {
        self.0.known.name()
    }

    #[getter]
    fn cost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.0.cost)
    }

    #[getter]
    fn rests_on(&self) -> &'static str {
        self.0.rests_on.text(relocost::Lang::En)
    }
}
