//! Earlier publications, as they are read back from their JSON.

use relocost::{Code, Error, message};
use serde::Deserialize;

use crate::difference::Shown;
use crate::dimension::Dimension;
use crate::publication::CellNames;

/// An earlier publication.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    schema: u32,
    pub(crate) version: String,
    pub(crate) catalogue: String,
    pub(crate) currency: String,
    pub(crate) start: String,
    pub(crate) horizon_months: u32,
    pub(crate) fiscal_year_start: u32,
    pub(crate) basis: String,
    pub(crate) pair: Option<EarlierPair>,
    pub(crate) tables: Vec<Vec<Dimension>>,
    pub(crate) cells: Vec<EarlierCell>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct EarlierPair {
    pub(crate) base: String,
    pub(crate) alternative: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EarlierCell {
    pub(crate) names: CellNames,
    suppressed: bool,
    cases: Option<u64>,
    #[serde(alias = "cost")]
    base: Option<String>,
    alternative: Option<String>,
}

/// An amount in thousands, none of which is beyond what can be published.
fn thousands(amount: &str) -> Option<i128> {
    let whole: i128 = amount.split('.').next()?.parse().ok()?;
    i64::try_from(whole / 1_000).ok().map(i128::from)
}

impl EarlierCell {
    /// The cases and figures, in thousands; `None` if it was suppressed.
    pub(crate) fn figures(&self) -> Option<Shown> {
        let alternative = self.alternative.as_deref().map_or(Some(0), thousands)?;
        let cases = self.cases.filter(|_| !self.suppressed)?;
        Some((cases, [thousands(self.base.as_deref()?)?, alternative]))
    }
}

impl Earlier {
    /// Reads the JSON of a publication; errors call it by `name`.
    ///
    /// # Errors
    /// It is not the JSON of a publication of this version's form.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        let is_whole = |read: &Self| {
            let is_told =
                |cell: &EarlierCell| cell.figures().is_some() && cell.alternative.is_some() == read.pair.is_some();
            let cells = || read.cells.iter().all(|cell| cell.suppressed != is_told(cell));
            read.schema == crate::Publication::SCHEMA && cells()
        };
        serde_json::from_str::<Self>(text).ok().filter(is_whole).ok_or_else(|| {
            let message = message!(
                "expected what `relocost publish --format json` wrote",
                "ce que `relocost publish --format json` a écrit est attendu",
            );
            Error::of_file(Code::WrongKind, name, message)
        })
    }
}
