//! What is published: rounded figures, which cells are suppressed, and the report of the audit.

use std::collections::BTreeMap;

use relocost::{About, Currency, Money, Pair};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::dimension::Dimension;

/// Tables that may be published. Nothing of it is internal: every figure is of at least so many cases, rounded to thousands.
///
/// Cells in which no case has an amount are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Publication {
    pub(crate) about: About,
    pub(crate) pair: Option<Pair>,
    /// A figure is of at least so many cases.
    pub threshold: u64,
    /// The dimensions of each table. Its margins are published with it.
    pub tables: Vec<Vec<Dimension>>,
    /// Every cell of the tables, each once: the total first, then margins, then what has more names.
    pub cells: Vec<PublishedCell>,
    /// The greatest difference between a published figure and the sum of those of which it is the sum, where all are
    /// published.
    pub footing: Money,
    /// The audit.
    pub audit: Audit,
}

/// The names of a cell on the dimensions that divide it from others.
pub type CellNames = BTreeMap<Dimension, String>;

/// A published cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedCell {
    /// Its names. What has no name on a dimension is added up over it.
    pub names: CellNames,
    /// Its figures; `None` if it is suppressed.
    pub figures: Option<PublishedFigures>,
}

/// The figures of a published cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedFigures {
    /// The number of cases with an amount in it.
    pub cases: u64,
    /// The cost, to the thousand; of a caseload that of the base.
    pub base: Money,
    /// The cost of the alternative, to the thousand; `None` for a programme.
    pub alternative: Option<Money>,
    /// By how many per cent the alternative costs more, of the two figures as published; `None` if the base is not above 0.
    pub premium_per_cent: Option<i64>,
}

/// What the audit found: the intervals in which a reader can place suppressed cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Audit {
    /// The number of suppressed cells.
    pub suppressed: usize,
    /// The number of earlier publications of the same cases that were audited together with this one.
    pub jointly: usize,
    /// The number of earlier publications of other cases whose differences from this one were looked at.
    pub differences: usize,
    /// The number of those whose figures differ for every case, as the catalogue, version, start or horizon is another: only
    /// numbers of cases were compared.
    pub incomparable: usize,
    /// The interval of each suppressed cell and each of its figures.
    pub intervals: Vec<Interval>,
}

/// The interval in which a reader can place a figure of a suppressed cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Interval {
    /// The names of the cell.
    pub names: CellNames,
    /// `cost`, `base` or `alternative`.
    pub figure: &'static str,
    /// Its low end, to the thousand outwards; `None` if there is none in sight.
    pub low: Option<Money>,
    /// Its high end.
    pub high: Option<Money>,
}

impl Publication {
    /// The number of the form in which publications are written.
    pub const SCHEMA: u32 = 1;

    /// The setting, from which the currency, the basis of prices and the horizon follow.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The currency of every figure.
    pub fn currency(&self) -> Currency {
        self.about.currency()
    }

    /// The pathways that are compared; `None` for a programme.
    pub fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }

    /// The digest of the catalogue and the version on which the figures rest. It covers nothing of a household. No figure is
    /// drawn by chance, so that there is no seed.
    pub fn digest(&self) -> String {
        self.about.scenario().catalogue_digest()
    }

    /// The cells of a table in the order of its dimensions, each name before what adds up over it; `None` if there is no
    /// such table.
    pub fn table_of(&self, table: usize) -> Option<Vec<&PublishedCell>> {
        let dimensions = self.tables.get(table)?;
        let of_table = |cell: &&PublishedCell| cell.names.keys().all(|dimension| dimensions.contains(dimension));
        let mut cells: Vec<&PublishedCell> = self.cells.iter().filter(of_table).collect();
        let order: Vec<BTreeMap<&str, usize>> = dimensions
            .iter()
            .map(|dimension| {
                let mut places = BTreeMap::new();
                for name in self.cells.iter().filter_map(|cell| cell.names.get(dimension)) {
                    let next = places.len();
                    places.entry(name.as_str()).or_insert(next);
                }
                places
            })
            .collect();
        let place = |cell: &&PublishedCell| -> Vec<usize> {
            let name = |(dimension, places): (&Dimension, &BTreeMap<&str, usize>)| {
                cell.names.get(dimension).and_then(|name| places.get(name.as_str()).copied()).unwrap_or(usize::MAX)
            };
            dimensions.iter().zip(&order).map(name).collect()
        };
        cells.sort_by_key(place);
        Some(cells)
    }
}

/// The JSON, which is also what a later publication is audited against.
impl Serialize for Publication {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Publication", 16)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        out.serialize_field("internal", &false)?;
        out.serialize_field("version", env!("CARGO_PKG_VERSION"))?;
        out.serialize_field("catalogue", &self.digest())?;
        out.serialize_field("currency", &self.currency())?;
        out.serialize_field("start", &self.about.start())?;
        out.serialize_field("horizon_months", &self.about.horizon_months())?;
        out.serialize_field("fiscal_year_start", &self.about.fiscal_year_start())?;
        out.serialize_field("basis", &self.about.basis())?;
        out.serialize_field("pair", &self.pair)?;
        out.serialize_field("threshold", &self.threshold)?;
        out.serialize_field("rounded_to", &1_000)?;
        out.serialize_field("tables", &self.tables)?;
        out.serialize_field("cells", &self.cells)?;
        out.serialize_field("footing", &self.footing)?;
        out.serialize_field("audit", &self.audit)?;
        out.end()
    }
}

impl Serialize for PublishedCell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("PublishedCell", 6)?;
        out.serialize_field("names", &self.names)?;
        out.serialize_field("suppressed", &self.figures.is_none())?;
        if let Some(figures) = &self.figures {
            out.serialize_field("cases", &figures.cases)?;
            match figures.alternative {
                None => out.serialize_field("cost", &figures.base)?,
                Some(alternative) => {
                    out.serialize_field("base", &figures.base)?;
                    out.serialize_field("alternative", &alternative)?;
                    out.serialize_field("premium_per_cent", &figures.premium_per_cent)?;
                }
            }
        }
        out.end()
    }
}
