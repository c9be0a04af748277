//! Published exchange rates and price indices, as tables of rates.

use std::path::PathBuf;

use pyo3::prelude::*;
use relocost::Error;
use relocost_rates::{Column, FILE_BYTES, Format, PeriodRate, RateOptions, RateTables, SourceText};

use crate::convert::currency;
use crate::failure::OrRaise;
use crate::result::data_methods;

/// Tables of published rates.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Rates(RateTables);

impl Rates {
    fn value(&self) -> &RateTables {
        &self.0
    }
}

data_methods!(Rates);

#[pymethods]
impl Rates {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency.code()
    }

    fn to_toml(&self) -> String {
        self.0.to_toml()
    }
}

/// Reads publishers' files of one format.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the package's own Python passes every option")]
pub(crate) fn rates(
    py: Python<'_>,
    format: &str,
    files: Vec<PathBuf>,
    in_currency: &str,
    years: Option<(i32, i32)>,
    of: &str,
    month: Option<u32>,
    columns: Vec<String>,
    filters: Vec<(String, String)>,
    allow_gaps: bool,
) -> PyResult<Rates> {
    let read = || {
        let (format, of): (Format, PeriodRate) = (format.parse()?, of.parse()?);
        let columns = columns.iter().map(|column| column.parse()).collect::<Result<Vec<Column>, Error>>()?;
        let mut options = RateOptions::default().currency(currency(in_currency)?).of(of).columns(columns);
        options.filters = filters;
        (options.years, options.month, options.allow_gaps) = (years, month, allow_gaps);
        let read = |file: &PathBuf| relocost_files::read_text(file, FILE_BYTES);
        let texts = files.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        let sources: Vec<SourceText<'_>> = texts.iter().map(|(name, text)| SourceText { name, text }).collect();
        relocost_rates::rates(format, &sources, &options)
    };
    py.detach(read).map(Rates).or_raise()
}
