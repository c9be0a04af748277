//! The dimensions by which published tables may divide. Places and solutions are none: they say where a household is.

use std::fmt;

use relocost::{Lang, Message, message};
use serde::{Deserialize, Serialize};

/// The most dimensions of a table.
const MOST_OF_TABLE: usize = 3;

/// A dimension of published tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Dimension {
    /// The fiscal year.
    FiscalYear,
    /// The category of costs.
    Category,
    /// The fund that pays.
    Fund,
    /// The kind of solution: permanent or temporary.
    Kind,
    /// The number of persons in a household, the last class open.
    Size,
}

impl Dimension {
    /// Every dimension, in the order in which tables name them.
    pub const ALL: &[Self] = &[Self::FiscalYear, Self::Category, Self::Fund, Self::Kind, Self::Size];

    /// The name on every face.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FiscalYear => "fiscal_year",
            Self::Category => "category",
            Self::Fund => "fund",
            Self::Kind => "kind",
            Self::Size => "size",
        }
    }

    /// The dimension of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.name() == name)
    }

    /// The dimension in words, for a reader.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::FiscalYear, Lang::En) => "budget year",
            (Self::FiscalYear, Lang::Fr) => "exercice",
            (Self::Category, Lang::En) => "category",
            (Self::Category, Lang::Fr) => "catégorie",
            (Self::Fund, Lang::En) => "fund",
            (Self::Fund, Lang::Fr) => "fonds",
            (Self::Kind, Lang::En) => "kind of solution",
            (Self::Kind, Lang::Fr) => "nature de la solution",
            (Self::Size, Lang::En) => "persons in the household",
            (Self::Size, Lang::Fr) => "personnes dans le ménage",
        }
    }

    pub(crate) fn place(self) -> usize {
        self as usize
    }

    /// The dimensions of a table in the order of all: one to three, each once.
    ///
    /// # Errors
    /// One stands twice, there is none, or there are too many. The message says what is expected.
    pub(crate) fn table(mut dimensions: Vec<Self>) -> Result<Vec<Self>, Message> {
        let named = dimensions.len();
        dimensions.sort_unstable();
        dimensions.dedup();
        if !(1..=MOST_OF_TABLE).contains(&named) || dimensions.len() < named {
            let all = Self::ALL.iter().map(|dimension| dimension.name()).collect::<Vec<_>>().join(", ");
            return Err(message!(
                "expected one to three of {all}, each once",
                "une à trois de {all}, chacune une fois, sont attendues",
            ));
        }
        Ok(dimensions)
    }

    /// The dimensions of a table, from names that commas separate: one to three, each once, in the order of all.
    ///
    /// # Errors
    /// A name is that of no dimension or stands twice, or there are too many. The message says what is expected.
    pub fn parse_table(text: &str) -> Result<Vec<Self>, Message> {
        let named: Option<Vec<Self>> = text.split(',').map(|name| Self::from_name(name.trim())).collect();
        Self::table(named.unwrap_or_default()).map_err(|expected| {
            message!("{expected}, separated by commas", "{expected}, séparées par des virgules", expected)
        })
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
