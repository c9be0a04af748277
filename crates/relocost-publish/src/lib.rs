//! What is handed on: entries for a ledger of accounts, and tables that may be published.
//!
//! In: results of the library and their tables. Out: text and bytes, for a caller to write to a file. No cost is computed
//! here, and nothing is read or written on disk.
#![forbid(unsafe_code)]

pub mod journal;
