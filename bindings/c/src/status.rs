//! Statuses: the codes of the core's findings by their numbers, and the library's own from 9000.

use relocost::Message;

use crate::types::Status;

macro_rules! own {
    ($($name:ident => $text:literal, $message:literal, $french:literal;)*) => {
        /// The library's own statuses with their names, and what a finding of each says.
        const OWN: &[(Status, &str, [&str; 2])] = &[$(($name, $text, [$message, $french]),)*];
    };
}

/// Done.
pub const RELOCOST_OK: Status = 0;

/// The text is longer than a file may be (4 MiB).
pub const RELOCOST_TOO_LARGE: Status = 1001;
/// The text of a file is not UTF-8.
pub const RELOCOST_NOT_UTF8: Status = 1002;
/// The text is not TOML, or not JSON.
pub const RELOCOST_SYNTAX: Status = 1003;
/// Tables or lists are nested too deep.
pub const RELOCOST_TOO_DEEP: Status = 1004;
/// A key stands twice in one table.
pub const RELOCOST_DUPLICATE_KEY: Status = 1005;
/// A file cannot be read.
pub const RELOCOST_UNREADABLE: Status = 1006;
/// The catalogue cannot be had.
pub const RELOCOST_CATALOGUE: Status = 1007;
/// A key that nothing reads.
pub const RELOCOST_UNKNOWN_KEY: Status = 2001;
/// A key that must be there is not.
pub const RELOCOST_MISSING_KEY: Status = 2002;
/// A value of another kind than the key takes.
pub const RELOCOST_WRONG_KIND: Status = 2003;
/// A number that is no decimal of a file.
pub const RELOCOST_BAD_DECIMAL: Status = 2004;
/// A number outside its range.
pub const RELOCOST_OUT_OF_RANGE: Status = 2005;
/// A name that nothing declares.
pub const RELOCOST_UNKNOWN_NAME: Status = 2006;
/// An id or name given twice.
pub const RELOCOST_DUPLICATE: Status = 2007;
/// Two values that cannot stand together.
pub const RELOCOST_CONFLICT: Status = 2008;
/// An id or name with other characters than it may have.
pub const RELOCOST_BAD_NAME: Status = 2009;
/// A text with hidden characters, or too long.
pub const RELOCOST_BAD_TEXT: Status = 2010;
/// More of something than there may be.
pub const RELOCOST_TOO_MANY: Status = 2011;
/// Correlations that no distribution can have together.
pub const RELOCOST_NOT_POSITIVE: Status = 2012;
/// A rate that a charge needs is not given.
pub const RELOCOST_MISSING_RATE: Status = 3001;
/// A figure too large to write.
pub const RELOCOST_TOO_LARGE_FIGURE: Status = 3002;
/// A pathway that the scenario does not have.
pub const RELOCOST_UNKNOWN_PATHWAY: Status = 3003;
/// No factor meets the target of a calibration.
pub const RELOCOST_NO_SOLUTION: Status = 3004;
/// The progress function broke the question off.
pub const RELOCOST_INTERRUPTED: Status = 3005;
/// The system has not the memory that a question or a copy needs.
pub const RELOCOST_OUT_OF_MEMORY: Status = 3006;
/// What would be published could disclose a case.
pub const RELOCOST_DISCLOSURE: Status = 3007;
/// A figure that the comparison does not have.
pub const RELOCOST_UNKNOWN_FIGURE: Status = 4001;
/// A warning: something that never takes effect.
pub const RELOCOST_NEVER_USED: Status = 5001;
/// A warning: an entitlement both in `when` and in `unless`.
pub const RELOCOST_CONTRADICTION: Status = 5002;
/// A warning: an uncertain parameter of which draws are moved into its domain.
pub const RELOCOST_LEAVES_DOMAIN: Status = 5003;
/// A warning: minors who stay when no adult counts.
pub const RELOCOST_MINORS_ALONE: Status = 5004;
/// A warning: two rows of a caseload with one reference.
pub const RELOCOST_SAME_REFERENCE: Status = 5005;
/// A warning: a share or rate that can only be a percentage.
pub const RELOCOST_PER_CENT: Status = 5006;

/// A pointer is NULL that must not be.
pub const RELOCOST_NULL_POINTER: Status = 9001;
/// A handle of another kind, or no handle.
pub const RELOCOST_WRONG_HANDLE: Status = 9002;
/// A pointer that is not aligned for what it points to.
pub const RELOCOST_MISALIGNED: Status = 9003;
/// The buffer is too short; nothing was written to it, and `required` says what is needed. No error object is made.
pub const RELOCOST_SHORT_BUFFER: Status = 9004;
/// An argument is not UTF-8, or its length cuts a character.
pub const RELOCOST_ARGUMENT_NOT_UTF8: Status = 9005;
/// A length beyond what memory or an argument can have (a name or path: 4096 bytes).
pub const RELOCOST_WRONG_LENGTH: Status = 9006;
/// The `size` of an options struct is none, or it has members set that this version does not know.
pub const RELOCOST_WRONG_SIZE: Status = 9007;
/// A number that is none of the named ones: of a basis, a form, a figure, a table.
pub const RELOCOST_UNKNOWN_CHOICE: Status = 9008;
/// There is no such row, column or finding.
pub const RELOCOST_NO_SUCH_PLACE: Status = 9009;
/// A value of another kind than was asked for, such as money of a column of text.
pub const RELOCOST_OTHER_KIND: Status = 9010;
/// There is no such value here: the premium on a base of 0, the name of a scenario as it stands.
pub const RELOCOST_NO_VALUE: Status = 9011;
/// More minor units than an int64_t holds; ask for the text.
pub const RELOCOST_BEYOND_INT64: Status = 9012;
/// This result has no such figure, table or form.
pub const RELOCOST_NOT_OF_THIS_RESULT: Status = 9013;
/// A defect of the library. It can be used further; please report it.
pub const RELOCOST_DEFECT: Status = 9099;

own! {
    RELOCOST_NULL_POINTER => "null_pointer", "is NULL, which it must not be", "est NULL, ce qui n'est pas permis";
    RELOCOST_WRONG_HANDLE => "wrong_handle", "is a handle of another kind, or none", "est un descripteur d'une autre sorte, ou n'en est pas un";
    RELOCOST_MISALIGNED => "misaligned", "is not aligned for what it points to", "n'est pas aligné pour ce qu'il désigne";
    RELOCOST_SHORT_BUFFER => "short_buffer", "is too short", "est trop court";
    RELOCOST_ARGUMENT_NOT_UTF8 => "argument_not_utf8", "is not UTF-8, or its length cuts a character", "n'est pas en UTF-8, ou sa longueur coupe un caractère";
    RELOCOST_WRONG_LENGTH => "wrong_length", "has a length that it cannot have", "a une longueur qu'il ne peut pas avoir";
    RELOCOST_WRONG_SIZE => "wrong_size", "has no size, or members set that this version of the library does not know", "n'a pas de taille, ou a des membres que cette version de la bibliothèque ne connaît pas";
    RELOCOST_UNKNOWN_CHOICE => "unknown_choice", "is none of the named numbers", "n'est aucun des nombres nommés";
    RELOCOST_NO_SUCH_PLACE => "no_such_place", "lies beyond the end", "est au-delà de la fin";
    RELOCOST_OTHER_KIND => "other_kind", "is of another kind than was asked for", "est d'une autre sorte que demandé";
    RELOCOST_NO_VALUE => "no_value", "has no value here", "n'a pas de valeur ici";
    RELOCOST_BEYOND_INT64 => "beyond_int64", "has more minor units than an int64_t holds; ask for its text", "a plus d'unités mineures qu'un int64_t n'en contient ; demander son texte";
    RELOCOST_NOT_OF_THIS_RESULT => "not_of_this_result", "is not to be had of this kind of result", "n'existe pas pour cette sorte de résultat";
    RELOCOST_DEFECT => "defect", "a defect of the library; please report it", "un défaut de la bibliothèque ; merci de le signaler";
}

/// Every status with its name.
pub(crate) fn names() -> impl Iterator<Item = (Status, &'static str)> {
    let core = relocost::Code::ALL.iter().map(|code| (code.number(), code.name()));
    std::iter::once((RELOCOST_OK, "ok")).chain(core).chain(OWN.iter().map(|own| (own.0, own.1)))
}

/// The name of a status; nothing for a number that is none.
pub(crate) fn name(status: Status) -> Option<&'static str> {
    names().find(|(number, _)| *number == status).map(|(_, name)| name)
}

/// The message of one of the library's own statuses.
pub(crate) fn message(status: Status) -> Message {
    OWN.iter().find(|own| own.0 == status).map_or_else(Message::default, |own| Message::of(own.2))
}

/// Why a call fails.
pub(crate) enum Fault {
    /// Findings of the core.
    Core(relocost::Error),
    /// A fault of the call, with the argument or value that it is about.
    Own(Status, &'static str),
}

impl Fault {
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Core(error) => error.code().number(),
            Self::Own(status, _) => *status,
        }
    }
}

impl From<relocost::Error> for Fault {
    fn from(error: relocost::Error) -> Self {
        Self::Core(error)
    }
}

/// The result of a step of a call.
pub(crate) type CallResult<T> = Result<T, Fault>;

/// A call that is wrong, about an argument.
pub(crate) fn wrong<T>(status: Status, about: &'static str) -> CallResult<T> {
    Err(Fault::Own(status, about))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The constants of this file, as the header has them.
    fn constants() -> Vec<(String, u32)> {
        let source = include_str!("status.rs");
        let one = |line: &str| {
            let (name, number) = line.strip_prefix("pub const RELOCOST_")?.split_once(": Status = ")?;
            Some((name.to_lowercase(), number.trim_end_matches(';').parse().unwrap()))
        };
        source.lines().filter_map(one).collect()
    }

    #[test]
    fn every_code_of_the_core_has_its_constant_and_no_other_number() {
        let core: Vec<_> = relocost::Code::ALL.iter().map(|code| (code.name().to_owned(), code.number())).collect();
        let here: Vec<_> = constants().into_iter().filter(|(_, number)| (1..9000).contains(number)).collect();
        assert_eq!(here, core);
    }

    #[test]
    fn every_own_status_has_its_name() {
        let own: Vec<_> = OWN.iter().map(|own| (own.1.to_owned(), own.0)).collect();
        let here: Vec<_> = constants().into_iter().filter(|(_, number)| *number >= 9000).collect();
        assert_eq!(here, own);
        assert!(constants().iter().all(|(constant, number)| name(*number) == Some(constant)));
        assert_eq!(name(9000), None);
    }
}
