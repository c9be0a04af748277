//! Tables of rates, as a scenario or a catalogue has them under `rates`.

use std::collections::BTreeMap;
use std::fmt;

use relocost::{Currency, Id};
use serde::{Serialize, Serializer};

/// The period for which a rate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Key {
    /// A year.
    Year(i32),
    /// A month of a year, 1 to 12.
    Month(i32, u32),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
        }
    }
}

/// The subject of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// Units of the scenario's currency for one unit of this one.
    Exchange(Currency),
    /// Increases of an index of this name, that come in this month of the year.
    Index(Id, u32),
}

/// One table of rates, with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateTable {
    /// The subject.
    pub subject: Subject,
    /// The rates as decimals, in order of time.
    pub values: Vec<(Key, String)>,
    /// Publisher, series, date of the file, and what was done.
    pub source: String,
}

impl RateTable {
    pub(crate) fn exchange(currency: Currency, values: BTreeMap<Key, String>, source: &str) -> Self {
        Self { subject: Subject::Exchange(currency), values: values.into_iter().collect(), source: bounded(source) }
    }

    pub(crate) fn index(name: Id, month: u32, values: BTreeMap<Key, String>, source: &str) -> Self {
        Self { subject: Subject::Index(name, month), values: values.into_iter().collect(), source: bounded(source) }
    }
}

/// A source that a file may hold: one line of at most so many characters.
fn bounded(source: &str) -> String {
    let most = relocost::limits::TEXT_CHARACTERS;
    let hidden = |it: char| {
        it.is_control()
            || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
    };
    source.chars().map(|it| if hidden(it) { ' ' } else { it }).take(most).collect()
}

impl Subject {
    /// The path of the table under `rates`: `fx.USD`, `index.housing`.
    pub fn key(&self) -> String {
        match self {
            Self::Exchange(currency) => format!("fx.{currency}"),
            Self::Index(name, _) => format!("index.{name}"),
        }
    }
}

/// The tables as a file has them, with the currency and the number of the form.
impl Serialize for RateTables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("schema", &Self::SCHEMA)?;
        out.serialize_entry("internal", &false)?; // they are published
        out.serialize_entry("currency", &self.currency)?;
        for (key, value) in &self.file() {
            out.serialize_entry(key, value)?;
        }
        out.end()
    }
}

/// Tables of rates from published files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTables {
    /// The scenario's currency.
    pub currency: Currency,
    /// The tables, in order of their names.
    pub tables: Vec<RateTable>,
}

impl RateTables {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The tables as a file of a scenario or a catalogue has them.
    fn file(&self) -> toml::Table {
        let (mut exchange, mut index) = (toml::Table::new(), toml::Table::new());
        for table in &self.tables {
            let mut rates = toml::Table::new();
            if let Subject::Index(_, month) = &table.subject
                && *month > 1
            {
                rates.insert("month".to_owned(), i64::from(*month).into());
            }
            for (key, value) in &table.values {
                rates.insert(key.to_string(), value.clone().into());
            }
            rates.insert("source".to_owned(), table.source.clone().into());
            match &table.subject {
                Subject::Exchange(currency) => exchange.insert(currency.code().to_owned(), rates.into()),
                Subject::Index(name, _) => index.insert(name.to_string(), rates.into()),
            };
        }
        let mut rates = toml::Table::new();
        for (key, tables) in [("index", index), ("fx", exchange)] {
            if !tables.is_empty() {
                rates.insert(key.to_owned(), tables.into());
            }
        }
        let mut file = toml::Table::new();
        file.insert("rates".to_owned(), rates.into());
        file
    }

    /// The tables as TOML: what stands under `rates` in a scenario or a catalogue.
    pub fn to_toml(&self) -> String {
        let text = toml::to_string(&self.file()).unwrap_or_default();
        let has_exchange = self.tables.iter().any(|table| matches!(table.subject, Subject::Exchange(_)));
        if has_exchange {
            format!("# Units of {} for one unit of each currency.\n{text}", self.currency.code())
        } else {
            text
        }
    }
}
