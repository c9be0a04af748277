//! Tables as JSON: the head, the columns, and rows of values.

use std::io;

use relocost::{Error, Watch};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::Table;
use crate::cells::Cell;
use crate::head::Head;

/// Money and decimals are texts with every digit, binary floating point and whole numbers are numbers, and no value is
/// null.
///
/// ```
/// use relocost_tables::Tables;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let years = scenario.compare()?.table("by_fiscal_year")?.expect("a table of comparisons");
/// let json = serde_json::to_value(&years).unwrap_or_default();
/// assert_eq!((&json["table"], &json["internal"]), (&"by_fiscal_year".into(), &true.into()));
/// assert_eq!((&json["columns"][0]["type"], &json["rows"][0][0]), (&"year".into(), &2026.into()));
/// # Ok::<(), relocost::Error>(())
/// ```
impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("table", self.what().name)?;
        for (key, value) in head(self.head()) {
            out.serialize_entry(key, &value)?;
        }
        let columns = self.columns().map(|column| {
            json!({
                "name": column.name(),
                "type": column.kind().name(),
                "unit": column.unit().name(),
                "label": { "en": column.label(relocost::Lang::En), "fr": column.label(relocost::Lang::Fr) },
                "about": column.about(),
            })
        });
        out.serialize_entry("columns", &columns.collect::<Vec<_>>())?;
        out.serialize_entry("rows", &Rows(self))?;
        out.end()
    }
}

/// The head of a table as keys and values, in order; what does not apply is left out.
pub fn head(head: &Head) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("internal", head.is_internal().into()),
        ("version", head.version().into()),
        ("currency", head.currency().code().into()),
    ];
    if let Some(about) = head.about() {
        all.extend([
            ("start", about.start().to_string().into()),
            ("horizon_months", about.horizon_months().into()),
            ("fiscal_year_start", about.fiscal_year_start().into()),
            ("basis", about.basis().name().into()),
        ]);
    }
    all.extend(head.catalogue().map(|digest| ("catalogue", digest.into())));
    if let Some(pair) = head.pair() {
        all.extend([("base", pair.base.clone().into()), ("alternative", pair.alternative.clone().into())]);
    }
    if let Some(sampled) = head.sampled() {
        all.extend([("draws", sampled.draws.into()), ("seed", sampled.seed.into())]);
        all.extend(sampled.sampling.map(|sampling| ("sampling", sampling.name().into())));
    }
    all
}

impl Serialize for Head {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(head(self))
    }
}

/// A result as JSON on one line, as the command writes it. The watch is called many times a row, without a count:
/// that of what is written as text nobody knows.
///
/// ```
/// use relocost::Watch;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let text = relocost_tables::json::text(&scenario.compare()?, &Watch::default())?;
/// assert!(text.starts_with("{\"schema\":1,\"internal\":true,\"currency\":\"EUR\""));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// The watch cancels it.
pub fn text(result: &impl Serialize, watch: &Watch<'_>) -> Result<String, Error> {
    let mut out = Watched { bytes: Vec::new(), watch, told: Ok(()) };
    // Besides what the watch says nothing can fail: every result has a form as JSON.
    let _ = serde_json::to_writer(&mut out, result);
    out.told?;
    Ok(String::from_utf8(out.bytes).unwrap_or_default())
}

/// Memory to write to, as long as the watch goes on.
struct Watched<'w, 's> {
    bytes: Vec<u8>,
    watch: &'w Watch<'s>,
    told: Result<(), Error>,
}

impl io::Write for Watched<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.told = self.watch.tell(0, 0);
        if self.told.is_err() {
            return Err(io::ErrorKind::Other.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Rows<'t>(&'t Table);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::{Error as _, SerializeSeq};
        let mut out = serializer.serialize_seq(Some(self.0.rows()))?;
        for part in self.0.parts(0..self.0.rows(), &Watch::default()) {
            let (_, part) = part.map_err(S::Error::custom)?;
            for row in 0..part.rows() {
                out.serialize_element(&part.row(row).collect::<Vec<Cell<'_>>>())?;
            }
        }
        out.end()
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Whole(whole) => serializer.serialize_i64(*whole),
            Self::Binary(value) => serializer.serialize_f64(*value),
            Self::Decimal(text) | Self::Text(text) => serializer.serialize_str(text),
            Self::Month(_) | Self::Money(_) | Self::Premium(_) => serializer.collect_str(self),
        }
    }
}
