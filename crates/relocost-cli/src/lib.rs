//! The command `relocost`: arguments in, results of the library out.
//!
//! Figures go to standard output, what is wrong or odd to standard error. Nothing is computed here. A package in another
//! language gives the same command by calling [`run`].
#![forbid(unsafe_code)]

mod args;
mod check;
mod comparison;
mod diff;
mod documents;
mod failure;
mod input;
mod journal;
mod output;
mod payments;
mod prices;
mod programme;
mod progress;
mod publish;
mod questions;
mod rates;
mod report;
mod run;
mod subject;
mod target;
mod test;
mod uncertainty;
mod workbook;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

/// Runs the command with these arguments, the program's name first, and gives its exit status: 0 when done, 1 for an
/// input that is wrong or an expectation that fails, 2 for a call that is wrong.
///
/// ```
/// assert_eq!(relocost_cli::run(["relocost", "estimate", "--permanent", "112000", "--currency", "USD"]), 0);
/// assert_eq!(relocost_cli::run(["relocost", "no-such-command"]), 2);
/// ```
pub fn run<I, T>(arguments: I) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    match args::Cli::try_parse_from(arguments) {
        Ok(cli) => {
            let lang = cli.command.lang();
            run::run(cli.command).unwrap_or_else(|failure| failure.report(lang))
        }
        Err(error) => wrong_call(error),
    }
}

/// The command's definition: its subcommands, arguments and help, for what is made of them, as man pages are.
///
/// ```
/// assert!(relocost_cli::definition().find_subcommand("compare").is_some());
/// ```
pub fn definition() -> clap::Command {
    args::Cli::command()
}

/// A call that is wrong, or that asks for help. Nothing that was given is repeated: it may be a path that says too much.
fn wrong_call(mut error: clap::Error) -> u8 {
    let hidden = || ContextValue::String("(not shown)".to_owned());
    let given: Vec<ContextKind> = error
        .context()
        .filter(|(kind, value)| match kind {
            // A value that is left out is reported as an empty one.
            ContextKind::InvalidValue => *value != &ContextValue::String(String::new()),
            ContextKind::InvalidSubcommand => true,
            // For any other error this is the name of an option that exists.
            ContextKind::InvalidArg => error.kind() == ErrorKind::UnknownArgument,
            _ => false,
        })
        .map(|(kind, _)| kind)
        .collect();
    for kind in given {
        error.insert(kind, hidden());
    }
    // Advice in which the argument stands again.
    error.insert(ContextKind::Suggested, ContextValue::None);
    // The reader may be gone; then there is nobody to tell.
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(2)
}
