//! The command `relocost`: arguments in, results of the library out.
//!
//! Figures go to standard output, what is wrong or odd to standard error. Nothing is computed here.
#![forbid(unsafe_code)]

mod args;
mod failure;
mod output;
mod questions;
mod run;
mod test;

use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

fn main() -> ExitCode {
    match args::Cli::try_parse() {
        Ok(cli) => match run::run(cli.command) {
            Ok(status) => status,
            Err(failure) => failure.report(),
        },
        Err(error) => wrong_call(&error),
    }
}

/// A call that is wrong, or that asks for help. A stray argument is not repeated: it may be a path that says too much.
fn wrong_call(error: &clap::Error) -> ExitCode {
    let stray = match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(argument))) => !argument.starts_with('-'),
        _ => false,
    };
    if stray {
        failure::say("error", format_args!("one argument too many; see relocost --help"));
        return ExitCode::from(2);
    }
    // The reader may be gone; then there is nobody to tell.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
