//! Catalogues: read, written, and brought up to date from a price list.

use std::path::PathBuf;

use pyo3::prelude::*;
use relocost::Error;
use relocost::prices::{ListedPrice, PriceTable};
use relocost::syntax::{self, Format};

use crate::failure::{OrRaise, placeless};
use crate::given::{Given, NoText, Source, or_no_text};
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
        let source = syntax::Source { name: "catalogue", text, format: Format::of("", text) };
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

    /// With the prices of a list.
    fn update_prices(&self, py: Python<'_>, prices: Given) -> PyResult<PriceUpdate> {
        let no_text = NoText::default();
        let source = prices.source(py, &no_text);
        let update = py.detach(|| self.0.update_prices(listed(source)?)).map(PriceUpdate).or_raise();
        or_no_text(py, &no_text, update)
    }
}

/// The rows of a price list.
fn listed(prices: Source) -> Result<Box<dyn Iterator<Item = Result<ListedPrice, Error>>>, Error> {
    prices.open(
        |table, name| Ok(Box::new(PriceTable::new(table, name)?) as Box<dyn Iterator<Item = _>>),
        |heads, rows| Ok(Box::new(PriceTable::of_rows(heads, rows, "prices")?)),
    )
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
