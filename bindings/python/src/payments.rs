//! Payments beside the model, and the prices that they imply.

use pyo3::prelude::*;
use pyo3::types::PyDate;
use relocost::Error;
use relocost::payments::{Payment, PaymentOptions, PaymentTable, PriceEstimateOptions};

use crate::convert::{date, money, month};
use crate::failure::{OrRaise, unknown};
use crate::given::{Given, NoText, Source, or_no_text};
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
pub(crate) type Months = (Option<String>, Option<String>, u32);

impl PaidFor<'_> {
    fn options(self, (from, until, window): Months) -> Result<PaymentOptions, Error> {
        let given = |text: Option<String>, key: &str| text.map(|text| month(&text, key)).transpose();
        let pathway = match self {
            Self::Scenario(_, pathway) => Some(pathway.to_owned()),
            Self::Programme(_) => None,
        };
        let options = PaymentOptions::default().pathway(pathway).window(window);
        Ok(options.from(given(from, "from_")?).until(given(until, "until")?))
    }

    /// Asks for them, beside payments of a file or of columns.
    pub(crate) fn payments(
        self,
        py: Python<'_>,
        payments: Given,
        months: Months,
        show: Option<Py<PyAny>>,
    ) -> PyResult<Payments> {
        let (options, no_text) = (self.options(months).or_raise()?, NoText::default());
        let source = payments.source(py, &no_text);
        let paid = call(py, show, |watch| {
            let paid = paid(source)?;
            match self {
                Self::Scenario(scenario, _) => scenario.watched(watch).payments(paid, &options),
                Self::Programme(programme) => programme.watched(watch).payments(paid, &options),
            }
        });
        or_no_text(py, &no_text, paid).map(Payments)
    }
}

/// The rows of a table of payments.
fn paid(payments: Source) -> Result<Box<dyn Iterator<Item = Result<Payment, Error>>>, Error> {
    payments.open(
        |table, name| Ok(Box::new(PaymentTable::new(table, name)?) as Box<dyn Iterator<Item = _>>),
        |heads, rows| Ok(Box::new(PaymentTable::of_rows(heads, rows, "payments")?)),
    )
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
