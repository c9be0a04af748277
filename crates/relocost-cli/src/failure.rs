//! Why the command did not do what was asked, and the exit status that says so.

use std::fmt;
use std::io::{self, Write};

use relocost::error::Finding;
use relocost::message::counted;
use relocost::{Code, Error, Lang, Message, message};

/// The reason for a failure.
pub(crate) enum Failure {
    /// An input that is wrong: status 1.
    Input(Error),
    /// A call that is wrong: status 2.
    Call(Message),
    /// A file, as a sentence calls it, could not be written: status 1.
    Write(Message, io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl Failure {
    /// A file, as a sentence calls it, that could not be written: one that is there already makes the call wrong.
    pub(crate) fn of_writing(what: Message, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Call(file_exists()),
            _ => Self::Write(what, error),
        }
    }

    /// Says it on standard error.
    pub(crate) fn report(self, lang: Lang) -> u8 {
        match self {
            Self::Input(error) => {
                report_error(&error, lang);
                1
            }
            Self::Call(message) => {
                say(Kind::Error, lang, &message);
                2
            }
            Self::Write(what, error) => {
                let message = message!(
                    "{what} cannot be written: {why}",
                    "impossible d'écrire {what} : {why}",
                    what,
                    why = relocost_files::describe(&error),
                );
                say(Kind::Error, lang, &message);
                1
            }
        }
    }
}

/// The kind of a message on standard error.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// An error: the command did not do what was asked.
    Error,
    /// A warning.
    Warning,
}

/// Says something on standard error; if nobody listens, there is nobody to tell.
pub(crate) fn say(kind: Kind, lang: Lang, what: &Message) {
    say_text(kind, lang, what.text(lang));
}

/// Says a text that is in the language already.
pub(crate) fn say_text(kind: Kind, lang: Lang, what: impl fmt::Display) {
    let kind = match (kind, lang) {
        (Kind::Error, Lang::En) => "error:",
        (Kind::Warning, Lang::En) => "warning:",
        (Kind::Error, Lang::Fr) => "erreur :",
        (Kind::Warning, Lang::Fr) => "avertissement :",
    };
    let _ = writeln!(io::stderr(), "{kind} {what}");
}

/// Says warnings that a result carries, and how many more there are.
pub(crate) fn say_warnings(warnings: &[Finding], more: usize, lang: Lang) {
    for warning in warnings {
        say_text(Kind::Warning, lang, warning.text(lang));
    }
    if more > 0 {
        let more = counted(more, ["more warning", "more warnings"], ["autre avertissement", "autres avertissements"]);
        say(Kind::Warning, lang, &message!("and {more}", "et {more}", more));
    }
}

/// Every finding on a line of its own.
pub(crate) fn report_error(error: &Error, lang: Lang) {
    for finding in error.findings() {
        say_text(Kind::Error, lang, finding.text(lang));
    }
    if error.more() > 0 {
        say(Kind::Error, lang, &error.beyond());
    }
}

/// A pathway named on the command line that the scenario lacks makes the call wrong; a scenario that lacks the usual
/// two is an input that does not fit the question.
pub(crate) fn unknown_side(error: Error, chosen: bool) -> Failure {
    match error.code() {
        Code::UnknownPathway if chosen => Failure::Call(Message::from(&error)),
        Code::UnknownPathway => {
            let found = error.findings().first().map(|finding| finding.message.clone()).unwrap_or_default();
            let message = message!(
                "{found} (choose others with --base and --alternative)",
                "{found} (en choisir d'autres avec --base et --alternative)",
                found,
            );
            Failure::Input(Error::single(Code::UnknownPathway, "pathways", message))
        }
        _ => Failure::Input(error),
    }
}

/// A name or a time on the command line that the scenario does not have makes the call wrong, not the scenario.
pub(crate) fn unknown_is_call(error: Error) -> Failure {
    match error.code() {
        Code::UnknownPathway | Code::UnknownName | Code::OutOfRange => Failure::Call(Message::from(&error)),
        _ => Failure::Input(error),
    }
}

/// A number of draws, a precision or the like that cannot be makes the call wrong, not the scenario.
pub(crate) fn wrong_number(error: Error, chosen: bool) -> Failure {
    match error.code() {
        Code::OutOfRange => Failure::Call(Message::from(&error)),
        _ => unknown_side(error, chosen),
    }
}

/// The message about a file that exists and was not to be replaced.
pub(crate) fn file_exists() -> Message {
    message!("there is such a file already; --force replaces it", "il y a déjà un tel fichier ; --force le remplace")
}

/// The failure of a command for scenarios and programmes that is given something else.
pub(crate) fn neither() -> Failure {
    Failure::Call(message!("expected a scenario or a programme", "un scénario ou un programme est attendu"))
}
