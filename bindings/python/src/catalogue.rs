//! Catalogues: read, written, and brought up to date from a price list.

use std::path::PathBuf;

use pyo3::prelude::*;
use relocost::prices::PriceTable;
use relocost::syntax::{Format, Source};

use crate::failure::{OrRaise, placeless};
use crate::result::result_methods;

/// A checked catalogue.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Catalogue(pub(crate) relocost::Catalogue);

#[pymethods]
impl Catalogue {
    /// The one built in.
    #[staticmethod]
    fn reference() -> Self {
        Self(relocost::Catalogue::reference())
    }

    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        py.detach(|| relocost_files::load_catalogue(&path)).map(Self).or_raise()
    }

    /// From TOML or JSON; `own` says that the package wrote the text from a dictionary.
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str, own: bool) -> PyResult<Self> {
        let source = Source { name: "catalogue", text, format: Format::of("", text) };
        let read = py.detach(|| relocost::Catalogue::from_source(source));
        read.map(Self).map_err(|error| if own { placeless(&error) } else { error }).or_raise()
    }

    /// The text that it was read from.
    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    fn to_json(&self) -> String {
        self.0.to_json()
    }

    fn to_toml(&self) -> String {
        self.0.to_toml()
    }

    /// With the prices of a list in a file.
    fn update_prices_file(&self, py: Python<'_>, path: PathBuf) -> PyResult<PriceUpdate> {
        let update = || {
            let (name, table) = relocost_files::open_table(&path)?;
            self.0.update_prices(PriceTable::new(table, &name)?)
        };
        py.detach(update).map(PriceUpdate).or_raise()
    }

    /// With the prices of a list in rows.
    fn update_prices_rows(&self, py: Python<'_>, heads: Vec<String>, rows: Vec<Vec<String>>) -> PyResult<PriceUpdate> {
        let update = || {
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            self.0.update_prices(PriceTable::of_rows(&heads, rows, "prices")?)
        };
        py.detach(update).map(PriceUpdate).or_raise()
    }
}

/// What a price list does to a catalogue.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct PriceUpdate(relocost::prices::PriceUpdate);

impl PriceUpdate {
    fn value(&self) -> &relocost::prices::PriceUpdate {
        &self.0
    }
}

result_methods!(PriceUpdate, |it, style| relocost_report::prices(&it.0, style));

#[pymethods]
impl PriceUpdate {
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    /// The catalogue with the new prices.
    #[getter]
    fn catalogue(&self) -> Catalogue {
        Catalogue(self.0.catalogue().clone())
    }
}
