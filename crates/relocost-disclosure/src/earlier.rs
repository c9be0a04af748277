//! Earlier publications, as they are read back from their JSON.

use std::collections::BTreeSet;

use relocost::{Code, Decimal, Error, message};
use serde::Deserialize;

use crate::difference::Shown;
use crate::dimension::Dimension;
use crate::publication::CellNames;

/// An earlier publication.
#[derive(Clone, Debug, Deserialize)]
pub struct Earlier {
    /// The name by which errors call it.
    #[serde(skip)]
    pub(crate) name: String,
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
#[serde(try_from = "WrittenCell")]
pub(crate) struct EarlierCell {
    pub(crate) names: CellNames,
    /// The cases and the figures, in thousands; `None` if it was suppressed.
    pub(crate) shown: Option<Shown>,
    /// True if one of these figures is an alternative's.
    has_alternative: bool,
}

/// A cell as its JSON has it.
#[derive(Deserialize)]
struct WrittenCell {
    names: CellNames,
    suppressed: bool,
    cases: Option<u64>,
    #[serde(alias = "cost")]
    base: Option<String>,
    alternative: Option<String>,
}

/// An amount of whole thousands, in thousands. Far beyond any budget it is none, so that sums of many cannot overflow.
fn thousands(amount: &str) -> Option<i128> {
    let amount = Decimal::from_str_exact(amount).ok()?;
    let is_whole = amount.checked_rem(Decimal::ONE_THOUSAND)?.is_zero();
    let thousands = amount.checked_div(Decimal::ONE_THOUSAND).filter(|_| is_whole)?;
    i64::try_from(thousands).ok().map(i128::from)
}

impl TryFrom<WrittenCell> for EarlierCell {
    type Error = &'static str;

    fn try_from(cell: WrittenCell) -> Result<Self, Self::Error> {
        let has_alternative = cell.alternative.is_some();
        let shown = match (cell.suppressed, cell.cases, cell.base, cell.alternative) {
            (true, None, None, None) => None,
            (false, Some(cases), Some(base), alternative) => {
                let alternative = alternative.map_or(Some(0), |amount| thousands(&amount));
                let figures = thousands(&base).zip(alternative).ok_or("expected whole thousands")?;
                Some((cases, figures.into()))
            }
            _ => return Err("expected figures, or a suppressed cell without"),
        };
        Ok(Self { names: cell.names, shown, has_alternative })
    }
}

impl Earlier {
    /// Reads the JSON of a publication; errors call it by `name`.
    ///
    /// # Errors
    /// It is not the JSON of a publication of this version's form.
    pub fn parse(text: &str, name: &str) -> Result<Self, Error> {
        let read = serde_json::from_str::<Self>(text).ok().filter(Self::is_whole).ok_or_else(|| {
            let message = message!(
                "expected what `relocost publish --format json` wrote",
                "ce que `relocost publish --format json` a écrit est attendu",
            );
            Error::of_file(Code::WrongKind, name, message)
        })?;
        Ok(Self { name: name.to_owned(), ..read })
    }

    /// True if it has all that a publication has: tables, a total that is shown, and cells of these tables, each once.
    fn is_whole(&self) -> bool {
        let is_table = |table: &Vec<Dimension>| Dimension::table(table.clone()).as_ref() == Ok(table);
        let is_of = |names: &CellNames, table: &Vec<Dimension>| names.keys().all(|dimension| table.contains(dimension));
        let is_cell = |cell: &EarlierCell| {
            self.tables.iter().any(|table| is_of(&cell.names, table))
                && (cell.shown.is_none() || cell.has_alternative == self.pair.is_some())
        };
        let once: BTreeSet<&CellNames> = self.cells.iter().map(|cell| &cell.names).collect();
        self.schema == crate::Publication::SCHEMA
            && self.tables.iter().all(is_table)
            && self.cells.iter().all(is_cell)
            && self.cells.iter().any(|cell| cell.names.is_empty() && cell.shown.is_some())
            && once.len() == self.cells.len()
    }
}
