//! The program `relocost`, which is the command of [`relocost_cli`] and nothing else.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    relocost_cli::run(std::env::args_os()).into()
}
