//! Payments beside the model, and the prices that they imply.

use std::path::Path;

use pyo3::prelude::*;
use pyo3::types::PyDate;
use relocost::payments::{Payment, PaymentOptions, PaymentTable, PriceEstimateOptions};
use relocost::{Error, Watch};

use crate::convert::{date, money, month};
use crate::failure::{OrRaise, unknown};
use crate::postings::Postings;
use crate::result::{head_methods, result_methods};
use crate::watch::call;

/// Payments beside the model.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Payments(relocost::payments::Payments);

/// The prices that payments imply.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct PriceEstimates(relocost::payments::PriceEstimates);

/// What is paid for.
#[derive(Clone, Copy)]
pub(crate) enum PaidFor<'p> {
    Scenario(&'p relocost::Scenario, &'p str),
    Programme(&'p relocost::Programme),
}

/// The months that are compared, as texts, and the window.
pub(crate) type Months<'m> = (Option<&'m str>, Option<&'m str>, u32);

impl PaidFor<'_> {
    fn options(self, (from, until, window): Months<'_>) -> Result<PaymentOptions, Error> {
        let given = |text: Option<&str>, key: &str| text.map(|text| month(text, key)).transpose();
        let pathway = match self {
            Self::Scenario(_, pathway) => Some(pathway.to_owned()),
            Self::Programme(_) => None,
        };
        let options = PaymentOptions::default().pathway(pathway).window(window);
        Ok(options.from(given(from, "from_")?).until(given(until, "until")?))
    }

    fn answer(
        self,
        table: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
        watch: &Watch<'_>,
    ) -> Result<relocost::payments::Payments, Error> {
        match self {
            Self::Scenario(scenario, _) => scenario.watched(watch).payments(table, options),
            Self::Programme(programme) => programme.watched(watch).payments(table, options),
        }
    }

    pub(crate) fn of_file(
        self,
        py: Python<'_>,
        path: &Path,
        months: Months<'_>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Payments> {
        let paid = |watch: &Watch<'_>| {
            let options = self.options(months)?;
            let (name, table) = relocost_files::open_table(path)?;
            self.answer(PaymentTable::new(table, &name)?, &options, watch)
        };
        call(py, show, paid).map(Payments)
    }

    pub(crate) fn of_rows(
        self,
        py: Python<'_>,
        heads: &[String],
        rows: Vec<Vec<String>>,
        months: Months<'_>,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Payments> {
        let paid = |watch: &Watch<'_>| {
            let options = self.options(months)?;
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            self.answer(PaymentTable::of_rows(&heads, rows, "payments")?, &options, watch)
        };
        call(py, show, paid).map(Payments)
    }
}

impl Payments {
    pub(crate) fn value(&self) -> &relocost::payments::Payments {
        &self.0
    }
}

result_methods!(Payments, |it, style| relocost_report::payments(&it.0, style));
head_methods!(Payments);

#[pymethods]
impl Payments {
    #[getter]
    fn pathway(&self) -> Option<&str> {
        self.0.pathway().map(relocost::Id::as_str)
    }

    /// The first and the last month compared.
    #[getter]
    fn months<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyDate>, Bound<'py, PyDate>)> {
        let (from, until) = self.0.months();
        Ok((date(py, from)?, date(py, until)?))
    }

    #[getter]
    fn window(&self) -> u32 {
        self.0.window()
    }

    /// A figure of the whole by its name.
    fn figure<'py>(&self, py: Python<'py>, which: &str) -> PyResult<Bound<'py, PyAny>> {
        let total = self.0.total();
        let figure = match which {
            "model" => total.model,
            "paid" => total.paid,
            "difference" => total.difference,
            "exchange" => total.exchange,
            "price" => total.price,
            "volume" => total.volume,
            "timing" => total.timing,
            "not_paid" => total.not_paid,
            "not_planned" => total.not_planned,
            "rest" => self.0.rest(),
            "forecast" => self.0.forecast(),
            _ => return Err(unknown()),
        };
        money(py, figure)
    }

    fn postings(&self) -> Postings {
        Postings(self.0.postings().clone())
    }

    fn estimate(&self, py: Python<'_>, credibility: u32) -> PyResult<PriceEstimates> {
        let options = PriceEstimateOptions::default().credibility(credibility);
        py.detach(|| self.0.estimate(&options)).map(PriceEstimates).or_raise()
    }
}

impl PriceEstimates {
    fn value(&self) -> &relocost::payments::PriceEstimates {
        &self.0
    }
}

result_methods!(PriceEstimates, |it, style| relocost_report::price_estimates(&it.0, style));
head_methods!(PriceEstimates);

#[pymethods]
impl PriceEstimates {
    #[getter]
    fn credibility(&self) -> u32 {
        self.0.credibility
    }

    fn to_catalogue(&self) -> String {
        self.0.to_catalogue()
    }
}
