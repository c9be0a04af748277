//! Names, labels and free texts.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::error::{Code, Error};
use crate::limits;
use crate::message::{Lang, Message};

/// An id or name: `[a-z0-9][a-z0-9_-]*`, at most 64 characters. Cheap to clone.
///
/// ```
/// use relocost::Id;
/// assert_eq!("short-let".parse::<Id>()?.as_str(), "short-let");
/// assert!("Short let".parse::<Id>().is_err());
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdProblem {
    Empty,
    Long,
    Character,
}

impl Id {
    pub(crate) fn parse(text: &str) -> Result<Self, IdProblem> {
        check(text, |b| b.is_ascii_lowercase() || b.is_ascii_digit())?;
        Ok(Self(text.into()))
    }

    /// The name of a household's place among the causes of an extra cost, which no entitlement has.
    pub(crate) fn place() -> Self {
        Self("place".into())
    }

    /// The name of what is the programme's own in tables by solution or kind, which no solution has.
    pub(crate) fn programme() -> Self {
        Self("programme".into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, first: impl Fn(u8) -> bool) -> Result<(), IdProblem> {
    if text.len() > limits::ID_CHARACTERS {
        return Err(IdProblem::Long);
    }
    let (&head, tail) = text.as_bytes().split_first().ok_or(IdProblem::Empty)?;
    let fine = first(head) && tail.iter().all(|&b| first(b) || b == b'_' || b == b'-');
    if fine { Ok(()) } else { Err(IdProblem::Character) }
}

/// True if a text may be a household's reference: an id that may have capitals.
pub(crate) fn is_reference(text: &str) -> bool {
    check(text, |b| b.is_ascii_alphanumeric()).is_ok()
}

impl std::str::FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).map_err(|_| {
            Error::single(
                Code::BadName,
                "id",
                crate::message!(
                    "expected small letters, digits, \"-\" and \"_\", a letter or digit first, at most 64",
                    "attendu : minuscules sans accent, chiffres, « - » et « _ », avec d'abord une lettre ou un chiffre, 64 au plus"
                ),
            )
        })
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A free text of one line, without control or bidirectional characters, at most 2,000 characters. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The text, or `None` where it has a character that could hide what it says, or is too long.
    pub fn new(text: &str) -> Option<Self> {
        let hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        // The usual text, without a look at characters.
        let is_plain = text.len() <= limits::TEXT_CHARACTERS && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let is_fine = is_plain || text.chars().count() <= limits::TEXT_CHARACTERS && !text.chars().any(hidden);
        is_fine.then(|| Self(text.into()))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Id> for Text {
    fn from(id: &Id) -> Self {
        Self(id.0.clone())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The text is not shown: it may be a title.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A label in English and French.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// English.
    pub en: Text,
    /// French.
    pub fr: Text,
}

impl Label {
    /// One text for both languages.
    pub fn both(text: Text) -> Self {
        Self { en: text.clone(), fr: text }
    }

    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => self.en.as_str(),
            Lang::Fr => self.fr.as_str(),
        }
    }
}

impl From<&Label> for Message {
    fn from(label: &Label) -> Self {
        Self::new(label.en.to_string(), label.fr.to_string())
    }
}
