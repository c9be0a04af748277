//! The command as a user runs it: what it prints, where, and with which exit status.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod beginning;
mod calls;
mod checking;
mod comparing;
mod differences;
mod papers;
mod questions;
#[path = "../support/mod.rs"]
mod support;
mod uncertainty;
