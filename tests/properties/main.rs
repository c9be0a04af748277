//! Properties of every scenario: the library against a slow ledger of its own, tables that add up, and changes that
//! must not change a figure.

mod attribution;
mod catalogues;
mod changed_texts;
mod ledgers;
mod no_effect;
mod rules;
mod shared;
mod silence;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod ties;
mod written;
