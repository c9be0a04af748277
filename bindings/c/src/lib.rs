//! The C library of Relocost: what `include/relocost.h` declares.
//!
//! In: pointers, lengths and numbers of a C program. Out: statuses, texts and columns in its own memory, and handles.
//! Nothing is computed here. [`boundary`] is the only module that reads or writes through a pointer, and the only one
//! that an unwinding panic reaches; each other module exports functions that ask it for checked values.
//!
//! The header is made from this source by cbindgen: the order of the modules is the order of its
//! sections, and blank lines keep the formatter from sorting them.

pub mod types;

pub mod status;

pub mod library;

pub mod findings;

pub mod errors;

pub mod scenario;

pub mod questions;

pub mod figure;

pub mod result;

pub mod table;

pub mod simulation;

pub mod programme;

pub mod catalogue;

pub mod payments;

pub mod document;

pub mod postings;

pub mod publication;

mod boundary;
mod host;
mod progress;
mod simulated;
mod tables;
