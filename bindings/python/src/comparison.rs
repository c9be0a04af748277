//! A comparison and its parts.

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyDate;
use relocost::PathwayFigures;

use crate::convert::{date, money, premium};
use crate::failure::OrRaise;
use crate::result::result_methods;
use crate::table::Table;

/// A comparison of two pathways, with the figures of all.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Comparison {
    pub(crate) scenario: relocost::Scenario,
    pub(crate) comparison: relocost::Comparison,
}

/// The package's own Python asked for a figure or a table that there is not.
pub(crate) fn unknown() -> PyErr {
    PyKeyError::new_err("there is no such figure or table")
}

impl Comparison {
    fn value(&self) -> &relocost::Comparison {
        &self.comparison
    }

    fn figures(&self, pathway: &str) -> PyResult<&PathwayFigures> {
        self.comparison.pathways().get(pathway).ok_or_else(|| PyKeyError::new_err("there is no such pathway"))
    }
}

result_methods!(Comparison, |it, style| relocost_report::comparison(&it.comparison, &it.scenario, style), |it| {
    relocost_report::figures_csv(&it.comparison)
});

#[pymethods]
impl Comparison {
    #[getter]
    fn currency(&self) -> &'static str {
        self.comparison.currency().code()
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.comparison.start())
    }

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.comparison.horizon_months()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.comparison.basis().name()
    }

    /// How many lines are charged, and how many of them say that their amount only illustrates.
    #[getter]
    fn illustrative_lines(&self) -> (usize, usize) {
        self.comparison.illustrative_lines()
    }

    #[getter]
    fn base(&self) -> &str {
        self.comparison.base()
    }

    #[getter]
    fn alternative(&self) -> &str {
        self.comparison.alternative()
    }

    #[getter]
    fn extra<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.comparison.extra())
    }

    #[getter]
    fn premium<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        premium(py, self.comparison.premium())
    }

    #[getter]
    fn band(&self) -> Option<&'static str> {
        self.comparison.band().map(relocost::Band::name)
    }

    #[getter]
    fn residual<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.comparison.attribution().residual())
    }

    #[getter]
    fn pathways(&self) -> Vec<&str> {
        self.comparison.pathways().keys().map(relocost::Id::as_str).collect()
    }

    fn entries(&self, pathway: &str) -> PyResult<usize> {
        Ok(self.figures(pathway)?.entries)
    }

    /// A figure of a pathway: `total`, `constant` or `present_value`.
    fn figure<'py>(&self, py: Python<'py>, pathway: &str, which: &str) -> PyResult<Bound<'py, PyAny>> {
        let figures = self.figures(pathway)?;
        money(
            py,
            match which {
                "constant" => figures.constant,
                "present_value" => figures.present_value,
                "total" => figures.total,
                _ => return Err(unknown()),
            },
        )
    }

    /// A pathway's amounts by `category`, `fiscal_year`, `fund` or `line`.
    fn amounts(&self, pathway: &str, by: &str) -> PyResult<Table> {
        let figures = self.figures(pathway)?;
        let currency = self.comparison.currency();
        let named = match by {
            "fiscal_year" => {
                let years = &figures.by_fiscal_year;
                return Ok(Table::new(currency, years.len())
                    .whole(by, years.keys().copied())
                    .money("amount", years.values().copied()));
            }
            "fund" => &figures.by_fund,
            "line" => &figures.by_line,
            "category" => &figures.by_category,
            _ => return Err(unknown()),
        };
        Ok(Table::amounts(currency, by, named.iter()))
    }

    /// All differences: the total, and by category, fiscal year and fund.
    fn table(&self) -> Table {
        let it = &self.comparison;
        let total = std::iter::once(("total", String::new(), it.difference()));
        let categories = it.by_category().iter().map(|(id, row)| ("category", id.to_string(), row));
        let years = it.by_fiscal_year().iter().map(|(year, row)| ("fiscal_year", year.to_string(), row));
        let funds = it.by_fund().iter().map(|(id, row)| ("fund", id.to_string(), row));
        let rows: Vec<_> = total.chain(categories).chain(years).chain(funds).collect();
        Table::new(it.currency(), rows.len())
            .text("by", rows.iter().map(|row| row.0))
            .text("name", rows.iter().map(|row| &row.1))
            .differences(rows.iter().map(|row| row.2))
    }

    /// The differences by `category`, `fiscal_year` or `fund`, or by the `months` of shorter horizons.
    fn differences(&self, by: &str) -> PyResult<Table> {
        let currency = self.comparison.currency();
        let named = match by {
            "fiscal_year" => {
                let years = self.comparison.by_fiscal_year();
                return Ok(Table::new(currency, years.len())
                    .whole(by, years.keys().copied())
                    .differences(years.values()));
            }
            "months" => {
                let curve = self.comparison.premium_curve();
                return Ok(Table::new(currency, curve.len())
                    .whole(by, 1..=self.comparison.horizon_months())
                    .differences(curve.iter()));
            }
            "fund" => self.comparison.by_fund(),
            "category" => self.comparison.by_category(),
            _ => return Err(unknown()),
        };
        Ok(Table::new(currency, named.len()).text(by, named.keys()).differences(named.values()))
    }

    /// What each entitlement explains, alone would save, and saves as the last one.
    fn attribution(&self) -> Table {
        let attribution = self.comparison.attribution();
        Table::amounts(self.comparison.currency(), "entitlement", attribution.shares().iter())
            .money("alone", attribution.alone().values().copied())
            .money("last", attribution.last().values().copied())
    }
}
