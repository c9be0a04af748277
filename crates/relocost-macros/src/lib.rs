//! Macros of `relocost::testing`, which documents and re-exports them.
//!
//! In: literals. Out: tests that embed the files they are about, and values that were checked when they were compiled.
//! Nothing is evaluated here: a scenario is only looked at for the names of its expectations.
#![forbid(unsafe_code)]

mod literals;
mod scenarios;

use proc_macro::TokenStream;
use syn::{LitStr, parse_macro_input};

/// A test for each expectation of each scenario file in a folder (see `relocost::testing`).
#[proc_macro]
pub fn scenario_tests(input: TokenStream) -> TokenStream {
    let folder = parse_macro_input!(input as LitStr);
    scenarios::tests(&folder).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// A month that was checked when it was compiled (see `relocost::testing`).
#[proc_macro]
pub fn month(input: TokenStream) -> TokenStream {
    let text = parse_macro_input!(input as LitStr);
    literals::month(&text).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// An amount of money that was checked when it was compiled (see `relocost::testing`).
#[proc_macro]
pub fn money(input: TokenStream) -> TokenStream {
    let text = parse_macro_input!(input as LitStr);
    literals::money(&text).unwrap_or_else(|error| error.to_compile_error()).into()
}
