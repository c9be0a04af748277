//! What all results have: their text, HTML, JSON and CSV, and equality.

use relocost_report::{Form, Lang, Style};
use serde::Serialize;

use relocost::{Code, Error};

/// A language from its code.
pub(crate) fn lang(code: &str) -> Result<Lang, Error> {
    match code {
        "en" => Ok(Lang::En),
        "fr" => Ok(Lang::Fr),
        _ => Err(Error::single(
            Code::WrongKind,
            "lang",
            relocost::message!("expected \"en\" or \"fr\"", "attendu : \"en\" ou \"fr\""),
        )),
    }
}

/// How a report is written, in a language, as text or as HTML.
pub(crate) fn style(code: &str, html: bool) -> Result<Style, Error> {
    Ok(Style { lang: lang(code)?, form: if html { Form::Html } else { Form::Plain } })
}

/// A result as the JSON that the command writes.
pub(crate) fn json(result: &impl Serialize) -> String {
    serde_json::to_string(result).unwrap_or_default()
}

/// The methods that every result has: `$report` and `$csv` are functions of the result's own value.
macro_rules! result_methods {
    ($class:ident, $report:expr, $csv:expr) => {
        #[pymethods]
        impl $class {
            /// As a reader sees it, in a language: text, or a fragment of HTML.
            fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
                let style = $crate::result::style(lang, html).or_raise()?;
                let report: fn(&Self, relocost_report::Style) -> String = $report;
                Ok(py.detach(|| report(self, style)))
            }

            /// As the JSON of the command.
            fn json(&self, py: Python<'_>) -> String {
                py.detach(|| $crate::result::json(&self.value()))
            }

            /// As the CSV of the command.
            fn csv(&self, py: Python<'_>) -> String {
                let csv: fn(&Self) -> String = $csv;
                py.detach(|| csv(self))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| self.value() == other.get().value())
            }
        }
    };
}
pub(crate) use result_methods;
