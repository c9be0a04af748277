//! Why the command did not do what was asked, and the exit status that says so.

use std::fmt;
use std::io::{self, Write};

use relocost::Error;

/// What went wrong.
pub(crate) enum Failure {
    /// An input that is wrong: status 1.
    Input(Error),
    /// A call that is wrong: status 2.
    Call(String),
    /// A file could not be written: status 1.
    Write(&'static str, io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl Failure {
    /// Says it on standard error.
    pub(crate) fn report(self) -> u8 {
        match self {
            Self::Input(error) => {
                report_error(&error);
                1
            }
            Self::Call(message) => {
                say("error", format_args!("{message}"));
                2
            }
            Self::Write(what, error) => {
                say("error", format_args!("{what} cannot be written: {}", relocost_files::describe(&error).en()));
                1
            }
        }
    }
}

/// Says something on standard error; if nobody listens, there is nobody to tell.
pub(crate) fn say(kind: &str, what: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{kind}: {what}");
}

/// Every finding on a line of its own.
pub(crate) fn report_error(error: &Error) {
    for finding in error.findings() {
        say("error", format_args!("{finding}"));
    }
    if error.more() > 0 {
        say("error", format_args!("and {} more", error.more()));
    }
}
