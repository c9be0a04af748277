//! A ledger, its entries, and figures traced to them.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use relocost::explanation::{Selection, TracedEntry};
use relocost::{Entry, Error, Watch};
use relocost_tables::Traced;

use crate::convert::{date, money, month, style};
use crate::failure::OrRaise;
use crate::postings::Postings;
use crate::result::{BRIEF, data_methods, head_methods, table_methods};
use crate::watch::{call, list};

/// The ledger of one pathway.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Ledger(pub(crate) Arc<relocost::Ledger>);

/// A figure of a ledger traced to its entries.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Explanation(Traced);

impl Ledger {
    pub(crate) fn value(&self) -> &Arc<relocost::Ledger> {
        &self.0
    }
}

data_methods!(Ledger);
head_methods!(Ledger);

/// An entry as a dictionary: decimals as such, what may need more digits as a fraction's text.
fn entry_parts<'py>(py: Python<'py>, entry: &Entry<'_>) -> PyResult<Bound<'py, PyDict>> {
    let parts = PyDict::new(py);
    parts.set_item("month", date(py, entry.month())?)?;
    parts.set_item("month_index", entry.month_index())?;
    parts.set_item("fiscal_year", entry.fiscal_year())?;
    parts.set_item("stage", entry.stage())?;
    parts.set_item("solution", entry.solution())?;
    parts.set_item("place", entry.place().map(relocost::Id::as_str))?;
    parts.set_item("line", entry.line().id.as_str())?;
    parts.set_item("of", entry.of().map(|line| line.id.as_str()))?;
    let fraction = |factor: Option<relocost::ledger::Exact>| factor.map(|factor| factor.to_fraction());
    parts.set_item("share", fraction(entry.share()))?;
    parts.set_item("category", entry.category().as_str())?;
    parts.set_item("quantity", entry.quantity().map(|quantity| quantity.to_string()))?;
    parts.set_item("unit_price", fraction(entry.unit_price()))?;
    parts.set_item("currency", entry.currency().map(relocost::Currency::code))?;
    parts.set_item("tariff", entry.tariff_month().map(|month| date(py, month)).transpose()?)?;
    parts.set_item("price_level", fraction(entry.price_level()))?;
    parts.set_item("index_factor", fraction(entry.index_factor()))?;
    let years: Vec<(i32, String)> = entry.index_years().map(|(year, increase)| (year, increase.to_string())).collect();
    parts.set_item("index_years", years)?;
    parts.set_item("exchange_rate", fraction(entry.exchange_rate()))?;
    parts.set_item("relief_months", entry.relief_months())?;
    parts.set_item("relief", fraction(entry.relief()))?;
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
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = style(lang, html).or_raise()?;
        call(py, None, |watch| relocost_report::ledger_under(&self.0, style, watch))
    }

    fn brief(&self, py: Python<'_>) -> String {
        py.detach(|| relocost_report::ledger(&self.0, BRIEF))
    }

    #[getter]
    fn pathway(&self) -> &str {
        self.0.pathway().as_str()
    }

    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.0.total())
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn postings(&self, py: Python<'_>) -> PyResult<Postings> {
        py.detach(|| self.0.postings()).map(Postings).or_raise()
    }

    /// The entry at a place from 0; nothing beyond the last.
    fn entry<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.0.get(place).map(|entry| entry_parts(py, &entry)).transpose()
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
        let mut selection = Selection::default();
        selection.month = in_month.map(|text| month(text, "month")).transpose().or_raise()?;
        (selection.category, selection.line, selection.fund) = (category, line, fund);
        selection.fiscal_year = fiscal_year;
        let ledger = Arc::clone(&self.0);
        call(py, None, |watch| Traced::new(ledger, selection, watch)).map(Explanation)
    }
}

table_methods!(Explanation);

impl Explanation {
    fn value(&self) -> &Traced {
        &self.0
    }

    /// The figure traced; it was traced once already, when this was made.
    fn traced(&self, watch: &Watch<'_>) -> Result<relocost::explanation::Explanation<'_>, Error> {
        self.0.ledger().watched(watch).explain(self.0.selection())
    }
}

#[pymethods]
impl Explanation {
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = style(lang, html).or_raise()?;
        call(py, None, |watch| relocost_report::explanation_under(&self.traced(watch)?, None, style, watch))
    }

    fn brief(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, |watch| relocost_report::explanation_under(&self.traced(watch)?, None, BRIEF, watch))
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, |watch| relocost_tables::json::text(&self.traced(watch)?, watch))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }

    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        money(py, self.0.total())
    }

    /// The entries, each with the part of it that the figure sums.
    fn entries<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let traced = call(py, None, |watch| self.traced(watch))?;
        let parts = |it: &TracedEntry<'_>| Ok((entry_parts(py, &it.entry)?, money(py, it.part)?));
        list(py, traced.entries().iter().map(parts))
    }
}
