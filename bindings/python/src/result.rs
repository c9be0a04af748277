//! The methods that all results have: text, HTML, JSON and CSV, and equality.

use relocost::Lang;
use relocost_report::{Form, Style};

/// The style in which a console shows a result.
pub(crate) const BRIEF: Style = Style { lang: Lang::En, form: Form::Brief };

/// The methods that every result has: `$report` is a function of the result's own value.
macro_rules! result_methods {
    ($class:ident, $report:expr) => {
        $crate::result::data_methods!($class);

        #[pymethods]
        impl $class {
            /// As a reader sees it, in a language: text, or a fragment of HTML.
            fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
                let style = $crate::convert::style(lang, html).or_raise()?;
                let report: fn(&Self, relocost_report::Style) -> String = $report;
                Ok(py.detach(|| report(self, style)))
            }

            /// As a console shows it: of a long table both ends.
            fn brief(&self, py: Python<'_>) -> String {
                let report: fn(&Self, relocost_report::Style) -> String = $report;
                py.detach(|| report(self, $crate::result::BRIEF))
            }
        }
    };
}

/// The data of results: tables, CSV, JSON, equality.
macro_rules! data_methods {
    ($class:ident) => {
        $crate::result::table_methods!($class);

        #[pymethods]
        impl $class {
            /// As the JSON of the command.
            fn json(&self, py: Python<'_>) -> PyResult<String> {
                $crate::watch::call(py, None, |watch| relocost_tables::json::text(&self.value(), watch))
            }

            fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
                other.cast::<Self>().is_ok_and(|other| self.value() == other.get().value())
            }
        }
    };
}

/// The tables of a result, and the CSV of the command, which is one of them or has every figure by its path.
macro_rules! table_methods {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            /// As the CSV of the command.
            fn csv(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
                let lang = $crate::convert::lang(lang).or_raise()?;
                $crate::watch::call(py, None, |watch| relocost_tables::csv::result(self.value(), lang, watch))
            }

            /// A table by its name.
            fn table(&self, py: Python<'_>, name: &str) -> PyResult<$crate::table::Table> {
                $crate::table::Table::of(py, self.value(), name)
            }

            /// The names of the tables, the main one first.
            #[getter]
            fn tables(&self) -> Vec<&'static str> {
                relocost_tables::Tables::tables(self.value()).iter().map(|what| what.name).collect()
            }
        }
    };
}

/// The head of a result and, if pathways are compared, its pair.
macro_rules! head_methods {
    ($class:ident) => {
        #[pymethods]
        impl $class {
            /// The code of the currency.
            #[getter]
            fn currency(&self) -> &'static str {
                self.value().about().currency().code()
            }

            /// The first month.
            #[getter]
            fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyDate>> {
                $crate::convert::date(py, self.value().about().start())
            }

            #[getter]
            fn horizon_months(&self) -> u32 {
                self.value().about().horizon_months()
            }

            /// The month with which a fiscal year begins.
            #[getter]
            fn fiscal_year_start(&self) -> u32 {
                self.value().about().fiscal_year_start()
            }

            #[getter]
            fn basis(&self) -> &'static str {
                self.value().about().basis().name()
            }
        }
    };
    ($class:ident, pair) => {
        $crate::result::head_methods!($class);

        #[pymethods]
        impl $class {
            #[getter]
            fn base(&self) -> &str {
                self.value().base()
            }

            #[getter]
            fn alternative(&self) -> &str {
                self.value().alternative()
            }
        }
    };
}
pub(crate) use {data_methods, head_methods, result_methods, table_methods};
