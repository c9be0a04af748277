//! The results of the analyst's other questions: delay, calibration, variants, what-ifs, differences, an estimate.

use pyo3::prelude::*;
use relocost::{Amount, DelayFigures, Error, EstimateOptions, Known, Money, ReportedBand};

use crate::convert::{amount, currency, decimal, money, premium};
use crate::failure::OrRaise;
use crate::result::result_methods;
use crate::scenario::Scenario;
use crate::table::Table;

/// What a wait costs.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Delay {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) delay: relocost::Delay,
}

/// One of the two sums of a wait.
type Side = fn(&relocost::DelayRow) -> &DelayFigures;

impl Delay {
    fn value(&self) -> &relocost::Delay {
        &self.delay
    }
}

result_methods!(Delay, |it, style| relocost_report::delay(&it.delay, &it.scenario, style), |it| {
    relocost_report::delay_csv(&it.delay)
});

#[pymethods]
impl Delay {
    #[getter]
    fn currency(&self) -> &'static str {
        self.delay.currency().code()
    }

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.delay.horizon_months()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.delay.basis().name()
    }

    #[getter]
    fn base(&self) -> &str {
        self.delay.base()
    }

    #[getter]
    fn alternative(&self) -> &str {
        self.delay.alternative()
    }

    fn table(&self) -> Table {
        let rows = self.delay.rows();
        let mut table =
            Table::new(self.delay.currency(), rows.len()).whole("months", rows.iter().map(|row| row.months));
        let sides: [(&str, Side); 2] =
            [("within_horizon", |row| &row.within_horizon), ("full_course", |row| &row.full_course)];
        for (name, side) in sides {
            table = table
                .money(&format!("{name}_total"), rows.iter().map(|row| side(row).total))
                .money(&format!("{name}_extra"), rows.iter().map(|row| side(row).extra))
                .money(&format!("{name}_month"), rows.iter().map(|row| side(row).month));
        }
        table
    }
}

/// A factor on the amounts of lines.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Calibration {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) calibration: relocost::Calibration,
}

impl Calibration {
    fn value(&self) -> &relocost::Calibration {
        &self.calibration
    }
}

result_methods!(Calibration, |it, style| relocost_report::calibration(&it.calibration, &it.scenario, style), |it| {
    relocost_report::figures_csv(&it.calibration)
});

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

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.calibration.horizon_months()
    }

    /// The scenario with the amounts scaled.
    fn scenario(&self) -> PyResult<Scenario> {
        self.scenario.calibrated(&self.calibration).map(Scenario).or_raise()
    }
}

/// A scenario as it stands and in its variants.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Variants(pub(crate) relocost::VariantTable);

impl Variants {
    fn value(&self) -> &relocost::VariantTable {
        &self.0
    }
}

result_methods!(Variants, |it, style| relocost_report::variants(&it.0, style), |it| relocost_report::figures_csv(
    &it.0
));

#[pymethods]
impl Variants {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.0.horizon_months()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.0.basis().name()
    }

    #[getter]
    fn base(&self) -> &str {
        self.0.base()
    }

    #[getter]
    fn alternative(&self) -> &str {
        self.0.alternative()
    }

    /// The scenario as it stands, without a name, and then its variants.
    fn table(&self) -> Table {
        let zero = Money::zero(self.0.currency());
        let names = std::iter::once(None).chain(self.0.variants.keys().map(Some));
        let differences =
            std::iter::once(&self.0.as_it_stands).chain(self.0.variants.values().map(|it| &it.difference));
        let changes = |change: fn(&relocost::VariantFigures) -> Money| {
            std::iter::once(zero).chain(self.0.variants.values().map(change))
        };
        Table::new(self.0.currency(), self.0.variants.len() + 1)
            .some_text("variant", names)
            .differences(differences)
            .money("change_of_base", changes(|it| it.change_of_base))
            .money("change_of_alternative", changes(|it| it.change_of_alternative))
            .money("change_of_extra", changes(|it| it.change_of_extra))
    }
}

/// A scenario as it stands and with sets of changes.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct WhatIfs(pub(crate) relocost::WhatIfTable);

impl WhatIfs {
    fn value(&self) -> &relocost::WhatIfTable {
        &self.0
    }
}

result_methods!(WhatIfs, |it, style| relocost_report::what_ifs(&it.0, style), |it| relocost_report::figures_csv(&it.0));

#[pymethods]
impl WhatIfs {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.0.horizon_months()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.0.basis().name()
    }

    #[getter]
    fn base(&self) -> &str {
        self.0.base()
    }

    #[getter]
    fn alternative(&self) -> &str {
        self.0.alternative()
    }

    /// The parameters that some row sets, each with its value as the scenario stands.
    #[getter]
    fn parameters(&self) -> Vec<String> {
        self.0.parameters.iter().map(|(parameter, _)| parameter.to_string()).collect()
    }

    /// The scenario as it stands, and then each set of changes: a column for each parameter, and the figures.
    fn table(&self) -> Table {
        let zero = Money::zero(self.0.currency());
        let rows = &self.0.rows;
        let mut table = Table::new(self.0.currency(), rows.len() + 1);
        for (parameter, standing) in &self.0.parameters {
            let set = |row: &relocost::WhatIf| {
                let found = row.changes.iter().find(|(changed, _)| changed == parameter);
                Some(found.map_or(*standing, |(_, value)| *value))
            };
            let values = std::iter::once(Some(*standing)).chain(rows.iter().map(set));
            table = table.decimals(&parameter.to_string(), values);
        }
        let differences = std::iter::once(&self.0.as_it_stands).chain(rows.iter().map(|row| &row.figures.difference));
        let changes = |change: fn(&relocost::VariantFigures) -> Money| {
            std::iter::once(zero).chain(rows.iter().map(move |row| change(&row.figures)))
        };
        table
            .differences(differences)
            .money("change_of_base", changes(|it| it.change_of_base))
            .money("change_of_alternative", changes(|it| it.change_of_alternative))
            .money("change_of_extra", changes(|it| it.change_of_extra))
    }
}

/// What lies between two scenarios.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Diff(pub(crate) relocost::ScenarioDiff);

impl Diff {
    fn value(&self) -> &relocost::ScenarioDiff {
        &self.0
    }
}

result_methods!(Diff, |it, style| relocost_report::diff(&it.0, style), |it| relocost_report::figures_csv(&it.0));

/// A change of a value: its path within its entry, the old value and the new one.
type DetailParts = (String, Option<String>, Option<String>);

#[pymethods]
impl Diff {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.0.basis().name()
    }

    /// The totals of pathways before and after.
    fn totals(&self) -> Table {
        let names: Vec<_> =
            self.0.old.keys().chain(self.0.new.keys().filter(|id| !self.0.old.contains_key(*id))).collect();
        let zero = Money::zero(self.0.currency());
        Table::new(self.0.currency(), names.len())
            .text("pathway", names.iter())
            .money("old", names.iter().map(|id| self.0.old.get(*id).copied().unwrap_or(zero)))
            .money("new", names.iter().map(|id| self.0.new.get(*id).copied().unwrap_or(zero)))
    }

    /// The changes, in order: the key, and its details.
    fn changes(&self) -> Vec<(String, Vec<DetailParts>)> {
        let detail = |it: &relocost::Detail| (it.key.clone(), it.old.clone(), it.new.clone());
        self.0.changes.iter().map(|change| (change.key.clone(), change.details.iter().map(detail).collect())).collect()
    }

    /// What each change adds to each pathway.
    fn table(&self) -> Table {
        let changes = self.0.changes.iter();
        let rows: Vec<_> = changes
            .flat_map(|change| change.effects.iter().map(move |(id, effect)| (change.key.as_str(), id, *effect)))
            .collect();
        Table::new(self.0.currency(), rows.len())
            .text("key", rows.iter().map(|row| row.0))
            .text("pathway", rows.iter().map(|row| row.1))
            .money("effect", rows.iter().map(|row| row.2))
    }
}

/// What a band of premiums implies of a known cost.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Estimate(relocost::Estimate);

impl Estimate {
    fn value(&self) -> &relocost::Estimate {
        &self.0
    }
}

result_methods!(Estimate, |it, style| relocost_report::estimate(&it.0, style), |it| relocost_report::figures_csv(
    &it.0
));

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
        let known = if of_temporary { Known::Temporary(cost) } else { Known::Permanent(cost) };
        let end = |text: &str| amount(text, "band");
        let band = reported_band(end(&band.0)?, end(&band.1)?)?;
        EstimateOptions { months, band, ..EstimateOptions::new(known, currency(in_currency)?) }.estimate()
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

    /// Which cost was known.
    #[getter]
    fn known(&self) -> &'static str {
        self.0.known
    }

    #[getter]
    fn cost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.0.cost)
    }

    #[getter]
    fn rests_on(&self) -> &'static str {
        self.0.rests_on
    }

    /// The lower end, the middle and the upper end of the band.
    fn table(&self) -> Table {
        let points = self.0.points.iter();
        Table::new(self.0.currency(), self.0.points.len())
            .decimals("premium", points.clone().map(|point| Some(&point.premium)))
            .money("permanent", points.clone().map(|point| point.permanent))
            .money("temporary", points.clone().map(|point| point.temporary))
            .money("extra", points.map(|point| point.extra))
    }
}
