//! Reading what others wrote: typed values out of trees, and everything that is wrong with them at once.
//!
//! In: the nodes of a text. Out: checked values, or findings with their places. `path` decides what a finding may show;
//! `Findings` is the one collector, also of the rows of tables.

mod findings;
mod path;
mod reader;

pub(crate) use self::findings::Findings;
pub(crate) use self::path::{KeptPath, NOT_SHOWN, Path};
pub use self::path::{KeyStep, shown_path};
pub(crate) use self::reader::{Fields, Reader, Sources, excerpt};
