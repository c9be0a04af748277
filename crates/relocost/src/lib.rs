//! x
#![forbid(unsafe_code)]
mod approx;
mod comparison;
mod error;
mod exact;
mod files;
mod ledger;
pub mod limits;
mod names;
mod scenario;
mod types;
pub use comparison::*;
pub use error::*;
pub use files::{Format, Source};
pub use ledger::{Entry, Exact, Ledger, Quantity};
pub use names::*;
pub use scenario::*;
pub use types::*;
