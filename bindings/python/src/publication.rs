//! Tables that may be published.

use std::path::PathBuf;

use pyo3::prelude::*;
use relocost::microdata::Microdata;
use relocost::{Code, Error, limits};
use relocost_disclosure::{Dimension, Earlier, PublishOptions};

use crate::failure::OrRaise;
use crate::result::{head_methods, result_methods};

/// Tables of many cases, with their audit.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Publication(relocost_disclosure::Publication);

/// An earlier publication: the path of its JSON, or the JSON.
#[derive(FromPyObject)]
pub(crate) struct Before(Option<PathBuf>, String);

/// The tables, each as names that commas separate; the threshold; and earlier publications.
pub(crate) type Asked = (Vec<String>, u64, Vec<Before>);

impl Before {
    fn read(&self) -> Result<Earlier, Error> {
        match &self.0 {
            None => Earlier::parse(&self.1, "publication"),
            Some(path) => {
                let (name, text) = relocost_files::read_text(path, limits::FILE_BYTES)?;
                Earlier::parse(&text, &name)
            }
        }
    }
}

/// Makes what may be published of cases, which are computed once it is known what is asked.
pub(crate) fn published(
    cases: impl FnOnce() -> Result<Microdata, Error>,
    (tables, threshold, before): &Asked,
) -> Result<relocost_disclosure::Publication, Error> {
    let parsed =
        |text: &String| Dimension::parse_table(text).map_err(|message| Error::single(Code::OutOfRange, "by", message));
    let tables = tables.iter().map(parsed).collect::<Result<_, Error>>()?;
    let before: Vec<Earlier> = before.iter().map(Before::read).collect::<Result<_, Error>>()?;
    let options = PublishOptions::default().threshold(*threshold).tables(tables);
    relocost_disclosure::publish(&cases()?, &options, &before)
}

impl Publication {
    pub(crate) fn new(publication: relocost_disclosure::Publication) -> Self {
        Self(publication)
    }

    fn value(&self) -> &relocost_disclosure::Publication {
        &self.0
    }
}

result_methods!(Publication, |it, style| relocost_report::publication(&it.0, style));
head_methods!(Publication);

#[pymethods]
impl Publication {
    #[getter]
    fn threshold(&self) -> u64 {
        self.0.threshold
    }

    #[getter]
    fn suppressed(&self) -> usize {
        self.0.audit.suppressed
    }
}
