//! Bookings, and the journals that are written from them.

use pyo3::prelude::*;
use relocost::{Code, Error, Watch, message};
use relocost_publish::journal::{JournalFormat, journal};
use relocost_tables::Tables;

use crate::convert::{lang, money, style};
use crate::failure::{OrRaise, unknown};
use crate::result::{BRIEF, data_methods, head_methods};
use crate::watch::call;

/// What each fund pays for each line by month.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Postings(pub(crate) relocost::postings::Postings);

impl Postings {
    fn value(&self) -> &relocost::postings::Postings {
        &self.0
    }

    fn written(&self, style: relocost_report::Style, watch: &Watch<'_>) -> Result<String, Error> {
        let name = self.0.tables().first().map_or("", |what| what.name);
        let table = self.0.table(name)?;
        table.map_or(Ok(String::new()), |table| relocost_report::table_under(&table, style, watch))
    }
}

data_methods!(Postings);
head_methods!(Postings);

#[pymethods]
impl Postings {
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = style(lang, html).or_raise()?;
        call(py, None, |watch| self.written(style, watch))
    }

    fn brief(&self, py: Python<'_>) -> PyResult<String> {
        call(py, None, |watch| self.written(BRIEF, watch))
    }

    #[getter]
    fn pathway(&self) -> Option<&str> {
        self.0.pathway().map(relocost::Id::as_str)
    }

    #[getter]
    fn has_payments(&self) -> bool {
        self.0.has_payments()
    }

    /// A sum: `model` or `paid`.
    fn figure<'py>(&self, py: Python<'py>, which: &str) -> PyResult<Bound<'py, PyAny>> {
        money(
            py,
            match which {
                "model" => self.0.model(),
                "paid" => self.0.paid(),
                _ => return Err(unknown()),
            },
        )
    }

    /// The journal for a program, in a language.
    fn journal(&self, py: Python<'_>, program: &str, language: &str) -> PyResult<String> {
        let language = lang(language).or_raise()?;
        let format = JournalFormat::from_name(program).ok_or_else(|| {
            let names = JournalFormat::ALL.map(JournalFormat::name).join(", ");
            let message = message!("expected one of {names}", "l'un de {names} est attendu");
            Error::single(Code::OutOfRange, "program", message)
        });
        let format = format.or_raise()?;
        py.detach(|| journal(&self.0, format, language)).or_raise()
    }
}
