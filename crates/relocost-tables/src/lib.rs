//! Results as typed tables: the one place that turns results into rows and columns.
//!
//! In: results of the library. Out: [`Table`]s, each with its [`Head`] (what it is about) and columns that are declared
//! once, in [`columns`]: name, type, unit, label in English and French, and a line of documentation. Reports, CSV, JSON,
//! Arrow, the columns of the C library and the tables of SQL read these, so that a table has the same columns on every
//! face. No figure is computed here, and nothing is printed.
//!
//! Data passes through the modules in this order: [`columns`] declares columns, [`cells`] hold values, [`table`] brings
//! both together under a [`head`]; one module for each kind of result makes its tables; [`csv`] and [`json`] write any.
//!
//! ```
//! use relocost_tables::{Tables, Type};
//! # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
//! let comparison = scenario.compare()?;
//! let years = comparison.table("by_fiscal_year")?.expect("a table of comparisons");
//! let names: Vec<&str> = years.columns().map(|column| column.name()).collect();
//! assert_eq!(names, ["fiscal_year", "base", "alternative", "extra", "premium"]);
//! assert_eq!(years.column("extra").map(|column| column.kind()), Some(Type::Money));
//! assert_eq!(years.head().currency().code(), "EUR");
//! # Ok::<(), relocost::Error>(())
//! ```
#![forbid(unsafe_code)]

mod budget;
mod caseload;
pub mod cells;
pub mod columns;
mod comparison;
pub mod csv;
mod futures;
pub mod head;
pub mod json;
mod ledger;
mod payments;
mod postings;
mod programme;
mod questions;
mod rates;
mod scenario;
mod simulation;
pub mod table;

use relocost::{Error, Lang, Watch};
use serde::Serialize;

pub use self::cells::{Cell, Cells, Texts};
pub use self::columns::{Column, Type, Unit};
pub use self::head::{Head, Sampled, What};
pub use self::ledger::Traced;
pub use self::questions::Outcomes;
pub use self::table::Table;

/// A result that has tables.
pub trait Tables {
    /// Its tables; the first is the one that stands for the result where only one can.
    fn tables(&self) -> &'static [What];

    /// A table by its name; `None` where the result has none of that name.
    ///
    /// # Errors
    /// A sum of a table is too large to write, or the watch of a ledger cancels it.
    fn table(&self, name: &str) -> Result<Option<Table>, Error>;

    /// The table that is the result's CSV; of a result without one, the CSV has every figure by its path.
    fn csv_table(&self) -> Option<What> {
        None
    }
}

/// A result as data: its tables, its JSON, its CSV. Every result of the library is one, whatever its type.
pub trait Data: Tables {
    /// As the JSON of the command, on one line.
    ///
    /// # Errors
    /// The watch of an explanation stopped it while its entries were traced again.
    fn to_json(&self) -> Result<String, serde_json::Error>;

    /// As the CSV of the command.
    ///
    /// # Errors
    /// As [`Tables::table`].
    fn to_csv(&self, lang: Lang) -> Result<String, Error>;
}

impl<R: Tables + Serialize> Data for R {
    fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    fn to_csv(&self, lang: Lang) -> Result<String, Error> {
        csv::result(self, lang, &Watch::default())
    }
}
