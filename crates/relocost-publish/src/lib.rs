//! What is handed on: entries for a ledger of accounts, reports for a committee and their charts, workbooks with live
//! formulas.
//!
//! In: results of the library and their tables. Out: text or bytes, for a caller to write to a file. No cost is computed
//! here, and nothing is read or written on disk.
#![forbid(unsafe_code)]

pub mod charts;
pub mod journal;
pub mod report;
pub mod workbook;
