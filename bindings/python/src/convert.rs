//! Values across the border: money and ratios as `decimal.Decimal`, months as dates, texts into the library's types.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyType};
use relocost::types::ParameterValue;
use relocost::{Amount, Basis, Code, Currency, Error, Money, Month, Parameter, Premium, message};
use relocost_report::{Form, Lang, Style};

/// A decimal from its text.
pub(crate) fn decimal<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((text,))
}

/// Money as a decimal with the currency's decimals.
pub(crate) fn money(py: Python<'_>, amount: Money) -> PyResult<Bound<'_, PyAny>> {
    decimal(py, &amount.to_string())
}

/// A premium as the package's own decimal, which carries the exact ratio; nothing where there is none.
pub(crate) fn premium(py: Python<'_>, premium: Premium) -> PyResult<Option<Bound<'_, PyAny>>> {
    static PREMIUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let Some(ratio) = premium.ratio() else { return Ok(None) };
    let (numerator, denominator) = ratio.to_fraction();
    PREMIUM.import(py, "relocost.table", "Premium")?.call1((ratio.to_string(), numerator, denominator)).map(Some)
}

/// A month as its first day, which is what data frames take.
pub(crate) fn date(py: Python<'_>, month: Month) -> PyResult<Bound<'_, PyDate>> {
    let number = u8::try_from(month.month()).unwrap_or(1); // 1 to 12
    PyDate::new(py, month.year(), number, 1)
}

/// A month from its text.
pub(crate) fn month(text: &str, key: &str) -> Result<Month, Error> {
    text.parse().map_err(|_| {
        let message = message!("expected a month such as 2026-03", "attendu : un mois tel que 2026-03");
        Error::single(Code::WrongKind, key, message)
    })
}

/// A decimal of the library from its text.
pub(crate) fn amount(text: &str, key: &str) -> Result<Amount, Error> {
    text.parse()
        .map_err(|error: relocost::types::DecimalError| Error::single(Code::BadDecimal, key, error.explain(text)))
}

/// A currency from its code.
pub(crate) fn currency(code: &str) -> Result<Currency, Error> {
    Currency::from_code(code).ok_or_else(|| {
        let message =
            message!("expected a currency of ISO 4217, such as EUR", "attendu : une monnaie ISO 4217, telle que EUR");
        Error::single(Code::WrongKind, "currency", message)
    })
}

/// A basis of prices from its name.
pub(crate) fn basis(name: &str) -> Result<Basis, Error> {
    Basis::from_name(name).ok_or_else(|| {
        let message = message!("expected \"nominal\" or \"constant\"", "attendu : \"nominal\" ou \"constant\"");
        Error::single(Code::WrongKind, "basis", message)
    })
}

/// Changes of parameters, each by its path and its value.
pub(crate) fn changes(given: &[(String, String)]) -> Result<Vec<(Parameter, ParameterValue)>, Error> {
    let change = |(path, value): &(String, String)| {
        let parameter: Parameter = path.parse()?;
        let value = parameter.value(value)?;
        Ok((parameter, value))
    };
    given.iter().map(change).collect()
}

/// A language from its code.
pub(crate) fn lang(code: &str) -> Result<Lang, Error> {
    match code {
        "en" => Ok(Lang::En),
        "fr" => Ok(Lang::Fr),
        _ => Err(Error::single(
            Code::WrongKind,
            "lang",
            message!("expected \"en\" or \"fr\"", "attendu : \"en\" ou \"fr\""),
        )),
    }
}

/// The style of a report, in a language, as text or as HTML.
pub(crate) fn style(code: &str, html: bool) -> Result<Style, Error> {
    Ok(Style { lang: lang(code)?, form: if html { Form::Html } else { Form::Plain } })
}
