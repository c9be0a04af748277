//! The one error type of the crate, with stable numbered codes.
//!
//! Findings are written for the person who must mend the input: where, which key, what was found and what would be
//! accepted. None shows a value given under `household`, a `title`, a `reference` or a path.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::limits;
use crate::message;
use crate::message::{Lang, Message, counted};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// The kind of a finding, with a number that never changes. Numbers come in blocks: 1000 reading, 2000 the
        /// content of a file, 3000 evaluation, 4000 expectations, 5000 warnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $name = $number,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number.
            pub const fn number(self) -> u32 {
                self as u32
            }

            /// The name, for programs: small letters and underscores.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is longer than a file may be.
    TooLarge = 1001, "too_large";
    /// The text is not UTF-8.
    NotUtf8 = 1002, "not_utf8";
    /// The text is not TOML, or not JSON.
    Syntax = 1003, "syntax";
    /// Tables or lists are nested too deep.
    TooDeep = 1004, "too_deep";
    /// A key stands twice in one table.
    DuplicateKey = 1005, "duplicate_key";
    /// A file cannot be read.
    Unreadable = 1006, "unreadable";
    /// The catalogue cannot be had.
    Catalogue = 1007, "catalogue";
    /// A key that nothing reads.
    UnknownKey = 2001, "unknown_key";
    /// A key that must be there is not.
    MissingKey = 2002, "missing_key";
    /// A value of another kind than the key takes.
    WrongKind = 2003, "wrong_kind";
    /// A number that is no decimal of a file.
    BadDecimal = 2004, "bad_decimal";
    /// A number outside its range.
    OutOfRange = 2005, "out_of_range";
    /// A name that nothing declares.
    UnknownName = 2006, "unknown_name";
    /// An id or name given twice.
    Duplicate = 2007, "duplicate";
    /// Two values that cannot stand together.
    Conflict = 2008, "conflict";
    /// An id or name with other characters than it may have.
    BadName = 2009, "bad_name";
    /// A text with hidden characters, or too long.
    BadText = 2010, "bad_text";
    /// More of something than there may be.
    TooMany = 2011, "too_many";
    /// Correlations that no distribution can have together.
    NotPositive = 2012, "not_positive";
    /// A rate that a charge needs is not given.
    MissingRate = 3001, "missing_rate";
    /// A figure too large to write.
    TooLargeFigure = 3002, "too_large_figure";
    /// A pathway that the scenario does not have.
    UnknownPathway = 3003, "unknown_pathway";
    /// No factor meets the target of a calibration.
    NoSolution = 3004, "no_solution";
    /// The caller broke a long computation off.
    Interrupted = 3005, "interrupted";
    /// The system has not the memory that a computation needs.
    OutOfMemory = 3006, "out_of_memory";
    /// What would be published could disclose a case.
    Disclosure = 3007, "disclosure";
    /// A figure that the comparison does not have.
    UnknownFigure = 4001, "unknown_figure";
    /// Odd but harmless: something that never takes effect.
    NeverUsed = 5001, "never_used";
    /// Odd but harmless: an entitlement both in `when` and in `unless`.
    Contradiction = 5002, "contradiction";
    /// Odd but harmless: an uncertain parameter of which draws are moved into its domain.
    LeavesDomain = 5003, "leaves_domain";
    /// Odd but harmless: minors who stay when no adult counts.
    MinorsAlone = 5004, "minors_alone";
    /// Odd but harmless: two rows of a caseload with one reference.
    SameReference = 5005, "same_reference";
    /// Odd but harmless: a share or a rate that can only be a number of per cents.
    PerCent = 5006, "per_cent";
}

/// A place in a file: the name that the caller gave it, and line and column from 1 (0 for the file or line
/// as a whole).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's name as the caller gave it (never a path).
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line if self.column == 0 => write!(f, "{}:{line}", self.file),
            line => write!(f, "{}:{line}:{}", self.file, self.column),
        }
    }
}

/// One thing found in an input, wrong or odd.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// Where, if it came from a text.
    pub place: Option<Place>,
    /// The path of the key, such as `lines.rent.amount`; empty for the whole text.
    pub key: String,
    /// The value found and the values accepted.
    pub message: Message,
}

impl Finding {
    /// The finding as a line of text: its place and key, which are the same in every language, and its message.
    ///
    /// ```
    /// use relocost::{Code, Error, Lang, message};
    /// let error = Error::single(Code::OutOfRange, "draws", message!("expected at least 1", "au moins 1 est attendu"));
    /// assert_eq!(error.findings()[0].text(Lang::En), "draws: expected at least 1");
    /// assert_eq!(error.findings()[0].text(Lang::Fr), "draws: au moins 1 est attendu");
    /// ```
    pub fn text(&self, lang: Lang) -> String {
        let place = self.place.as_ref().map_or(String::new(), |place| format!("{place}: "));
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        place + &key + self.message.text(lang)
    }
}

impl From<&Error> for Message {
    /// All that was found, as a message that says it in a sentence of another.
    fn from(error: &Error) -> Self {
        Self::new(error.text(Lang::En), error.text(Lang::Fr))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Finding", 8)?;
        out.serialize_field("code", &self.code.number())?;
        out.serialize_field("name", self.code.name())?;
        out.serialize_field("file", &self.place.as_ref().map(|place| &place.file))?;
        out.serialize_field("line", &self.place.as_ref().map(|place| place.line))?;
        out.serialize_field("column", &self.place.as_ref().map(|place| place.column))?;
        out.serialize_field("key", &self.key)?;
        out.serialize_field("message", self.message.en())?;
        out.serialize_field("message_fr", self.message.fr())?;
        out.end()
    }
}

/// Everything that is wrong with an input, or the reason why a figure cannot be computed. Cheap to clone.
///
/// ```
/// let error = relocost::Scenario::parse("horizon_months = 0").unwrap_err();
/// assert!(error.findings().len() > 1); // all at once
/// let first = &error.findings()[0];
/// assert_eq!(first.place.as_ref().map(|place| place.line), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub struct Error(Arc<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    findings: Vec<Finding>,
    /// The number of findings beyond those kept.
    more: usize,
}

impl Error {
    pub(crate) fn new(findings: Vec<Finding>, more: usize) -> Self {
        Self(Arc::new(Inner { findings, more }))
    }

    /// An error of one finding that has no place in a text.
    pub fn single(code: Code, key: impl Into<String>, message: Message) -> Self {
        Self::at(code, None, key, message)
    }

    /// An error about a file as a whole, by the name that the caller gives it (never a path).
    pub fn of_file(code: Code, file: &str, message: Message) -> Self {
        Self::at(code, Some(Place { file: file.into(), line: 0, column: 0 }), "", message)
    }

    /// An error of one finding at a place.
    pub fn at(code: Code, place: Option<Place>, key: impl Into<String>, message: Message) -> Self {
        Self::new(vec![Finding { code, place, key: key.into(), message }], 0)
    }

    /// The same findings by their keys alone, for a text that no user wrote or sees.
    ///
    /// ```
    /// let error = relocost::Scenario::parse("schema = 2").unwrap_err().without_places();
    /// assert!(error.findings().iter().all(|finding| finding.place.is_none() && !finding.key.is_empty()));
    /// ```
    #[must_use]
    pub fn without_places(&self) -> Self {
        let findings = self.0.findings.iter().map(|finding| Finding { place: None, ..finding.clone() });
        Self::new(findings.collect(), self.0.more)
    }

    /// The findings, in the order of the text; at least one.
    pub fn findings(&self) -> &[Finding] {
        &self.0.findings
    }

    /// The number of findings beyond those kept (at most [`limits::FINDINGS`] are).
    pub fn more(&self) -> usize {
        self.0.more
    }

    /// The code of the first finding.
    pub fn code(&self) -> Code {
        self.0.findings.first().map_or(Code::Syntax, |finding| finding.code)
    }

    /// True if a rate is missing that a charge needs.
    pub fn is_missing_rate(&self) -> bool {
        self.code() == Code::MissingRate
    }

    /// True if a watch cancelled what was computed.
    pub(crate) fn is_interruption(&self) -> bool {
        self.code() == Code::Interrupted
    }

    /// True if the input could not be read at all (blocks 1000).
    pub fn is_unreadable(&self) -> bool {
        self.code().number() < 2000
    }

    /// Every finding on a line of its own.
    ///
    /// ```
    /// use relocost::{Code, Error, Lang, message};
    /// let error = Error::single(Code::OutOfRange, "draws", message!("expected at least 1", "au moins 1 est attendu"));
    /// assert_eq!(error.text(Lang::En), error.to_string());
    /// assert_eq!(error.text(Lang::Fr), "draws: au moins 1 est attendu");
    /// ```
    pub fn text(&self, lang: Lang) -> String {
        let mut lines: Vec<String> = self.0.findings.iter().map(|finding| finding.text(lang)).collect();
        if self.0.more > 0 {
            lines.push(self.beyond().text(lang).to_owned());
        }
        lines.join("\n")
    }

    /// The number of findings beyond those kept, in words.
    pub fn beyond(&self) -> Message {
        message!(
            "and {more} beyond the first {kept}",
            "et {more} au-delà des {kept} premiers",
            more = counted(self.0.more, ["more finding", "more findings"], ["autre", "autres"]),
            kept = limits::FINDINGS,
        )
    }
}
