//! A ledger, its entries, and figures traced to them.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyList};
use relocost::{Entry, Error, Money, Selection};

use crate::convert::{date, money, month};
use crate::failure::OrRaise;
use crate::result::result_methods;
use crate::table::Table;
use crate::watch::call;

/// The ledger of one pathway.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Ledger(pub(crate) Arc<relocost::Ledger>);

/// A figure of a ledger traced to its entries.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Explanation {
    ledger: Arc<relocost::Ledger>,
    selection: Selection,
}

impl Ledger {
    fn value(&self) -> &relocost::Ledger {
        &self.0
    }
}

result_methods!(Ledger, |it, style| relocost_report::ledger(&it.0, style), |it| relocost_report::ledger_csv(&it.0));

/// The columns of entries, as their JSON names them, with the fiscal year.
fn entries_table<'l>(ledger: &relocost::Ledger, entries: impl ExactSizeIterator<Item = Entry<'l>> + Clone) -> Table {
    let each = || entries.clone();
    let mut table = Table::new(ledger.currency(), entries.len())
        .months("month", each().map(|entry| entry.month()))
        .whole("fiscal_year", each().map(|entry| entry.fiscal_year()))
        .whole("stage", each().map(|entry| i64::try_from(entry.stage()).unwrap_or(i64::MAX)))
        .text("solution", each().map(|entry| entry.solution()))
        .text("line", each().map(|entry| &entry.line().id))
        .text("category", each().map(|entry| entry.category()))
        .decimals("quantity", each().map(|entry| Some(entry.quantity())))
        .decimals("unit_price", each().map(|entry| Some(entry.unit_price())))
        .text("currency", each().map(|entry| entry.currency().code()))
        .decimals("index_factor", each().map(|entry| Some(entry.index_factor())))
        .decimals("exchange_rate", each().map(|entry| Some(entry.exchange_rate())))
        .decimals("relief", each().map(|entry| Some(entry.relief())))
        .money("amount", each().map(|entry| entry.amount()));
    for fund in ledger.scenario().funds() {
        let paid = |entry: &Entry<'_>| {
            let part = entry.funds().into_iter().find(|(id, _)| **id == fund.id);
            part.map_or(Money::zero(ledger.currency()), |(_, part)| part)
        };
        table = table.money(&format!("fund_{}", fund.id), each().map(|entry| paid(&entry)));
    }
    table
}

/// An entry as a dictionary: decimals as such, what may need more digits as a fraction's text.
fn entry_parts<'py>(py: Python<'py>, entry: &Entry<'_>) -> PyResult<Bound<'py, PyDict>> {
    let parts = PyDict::new(py);
    parts.set_item("month", date(py, entry.month())?)?;
    parts.set_item("month_index", entry.month_index())?;
    parts.set_item("fiscal_year", entry.fiscal_year())?;
    parts.set_item("stage", entry.stage())?;
    parts.set_item("solution", entry.solution())?;
    parts.set_item("line", entry.line().id.as_str())?;
    parts.set_item("category", entry.category().as_str())?;
    parts.set_item("quantity", entry.quantity().to_string())?;
    parts.set_item("unit_price", entry.unit_price().to_fraction())?;
    parts.set_item("currency", entry.currency().code())?;
    parts.set_item("index_factor", entry.index_factor().to_fraction())?;
    let years: Vec<(i32, String)> = entry.index_years().map(|(year, increase)| (year, increase.to_string())).collect();
    parts.set_item("index_years", years)?;
    parts.set_item("exchange_rate", entry.exchange_rate().to_fraction())?;
    parts.set_item("relief_months", entry.relief_months())?;
    parts.set_item("relief", entry.relief().to_fraction())?;
    parts.set_item("unrounded", entry.unrounded().to_fraction())?;
    parts.set_item("amount", money(py, entry.amount())?)?;
    let funds = PyDict::new(py);
    for (id, part) in entry.funds() {
        funds.set_item(id.as_str(), money(py, part)?)?;
    }
    parts.set_item("funds", funds)?;
    parts.set_item("source", entry.line().source.as_str())?;
    Ok(parts)
}

#[pymethods]
impl Ledger {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    #[getter]
    fn pathway(&self) -> &str {
        self.0.pathway().as_str()
    }

    #[getter]
    fn basis(&self) -> &'static str {
        self.0.basis().name()
    }

    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        date(py, self.0.scenario().start())
    }

    #[getter]
    fn horizon_months(&self) -> u32 {
        self.0.scenario().horizon_months()
    }

    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.0.total())
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// The entry at a place from 0; nothing beyond the last.
    fn entry<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.0.get(place).map(|entry| entry_parts(py, &entry)).transpose()
    }

    fn table(&self, py: Python<'_>) -> Table {
        py.detach(|| entries_table(&self.0, self.0.entries()))
    }

    /// Sums by fiscal year and category.
    fn by_fiscal_year_and_category(&self) -> PyResult<Table> {
        let years = self.0.by_fiscal_year_and_category().or_raise()?;
        let rows: Vec<_> = years
            .iter()
            .flat_map(|(year, amounts)| amounts.iter().map(move |(id, amount)| (*year, id, *amount)))
            .collect();
        Ok(Table::new(self.0.currency(), rows.len())
            .whole("fiscal_year", rows.iter().map(|row| row.0))
            .text("category", rows.iter().map(|row| row.1))
            .money("amount", rows.iter().map(|row| row.2)))
    }

    fn explain(
        &self,
        py: Python<'_>,
        category: Option<String>,
        line: Option<String>,
        fiscal_year: Option<i32>,
        in_month: Option<&str>,
        fund: Option<String>,
    ) -> PyResult<Explanation> {
        let in_month = in_month.map(|text| month(text, "month")).transpose().or_raise()?;
        let selection = Selection { category, line, fiscal_year, month: in_month, fund };
        call(py, None, || self.0.explain(&selection).map(drop))?;
        Ok(Explanation { ledger: Arc::clone(&self.0), selection })
    }
}

impl Explanation {
    /// The figure traced; it was traced once already, when this was made.
    fn traced(&self) -> Result<relocost::Explanation<'_>, Error> {
        self.ledger.explain(&self.selection)
    }
}

#[pymethods]
impl Explanation {
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = crate::result::style(lang, html).or_raise()?;
        call(py, None, || Ok(relocost_report::explanation(&self.traced()?, 1, style)))
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, || Ok(crate::result::json(&self.traced()?)))
    }

    fn csv(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, || Ok(relocost_report::explanation_csv(&self.traced()?)))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            self.selection == other.selection && self.ledger == other.ledger
        })
    }

    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, call(py, None, || Ok(self.traced()?.total()))?)
    }

    /// The entries, each with the part of it that the figure sums.
    fn entries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let traced = call(py, None, || self.traced())?;
        let parts = |(entry, part): &(Entry<'_>, Money)| Ok((entry_parts(py, entry)?, money(py, *part)?));
        PyList::new(py, traced.entries().iter().map(parts).collect::<PyResult<Vec<_>>>()?)
    }

    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        call(py, None, || {
            let traced = self.traced()?;
            let entries = traced.entries().iter().map(|(entry, _)| *entry);
            Ok(entries_table(&self.ledger, entries)
                .text("unrounded", traced.entries().iter().map(|(entry, _)| entry.unrounded().to_fraction()))
                .money("part", traced.entries().iter().map(|(_, part)| *part)))
        })
    }

    /// Where the amounts and rates come from: the path of each, and its source.
    fn sources(&self, py: Python<'_>) -> PyResult<Vec<(String, Option<String>)>> {
        call(py, None, || {
            let traced = self.traced()?;
            Ok(traced.sources().iter().map(|source| (source.key.clone(), source.source.clone())).collect())
        })
    }
}
