//! Messages for people, in every language at once.
//!
//! A [`Message`] is written where it is raised, in both languages side by side by the macro [`message!`](crate::message!),
//! so that none can be missing in one of them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// A language of reports, errors and warnings.
///
/// ```
/// use relocost::Lang;
/// assert_eq!(Lang::from_code("fr"), Some(Lang::Fr));
/// assert_eq!(Lang::from_code("de"), None);
/// assert_eq!(Lang::default().code(), "en");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Every language.
    pub const ALL: &[Self] = &[Self::En, Self::Fr];

    /// The language of a code, `en` or `fr`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lang| lang.code() == code)
    }

    /// The code of the language.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

/// A sentence, or a part of one, in English and French.
///
/// ```
/// use relocost::{Lang, Message, message};
/// use relocost::message::counted;
///
/// let rows = counted(1, ["row", "rows"], ["ligne", "lignes"]);
/// let told: Message = message!("{rows} too many", "{rows} de trop", rows);
/// assert_eq!(told.en(), "1 row too many");
/// assert_eq!(told.text(Lang::Fr), "1 ligne de trop");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Message {
    en: Cow<'static, str>,
    fr: Cow<'static, str>,
}

impl Message {
    /// A message of its two texts; [`message!`](crate::message!) writes them beside each other.
    pub fn new(en: impl Into<Cow<'static, str>>, fr: impl Into<Cow<'static, str>>) -> Self {
        Self { en: en.into(), fr: fr.into() }
    }

    /// A message of its English and its French.
    pub fn of([en, fr]: [&'static str; 2]) -> Self {
        Self::new(en, fr)
    }

    /// The English text.
    pub fn en(&self) -> &str {
        &self.en
    }

    /// The French text.
    pub fn fr(&self) -> &str {
        &self.fr
    }

    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// True if it is empty.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.fr.is_empty()
    }
}

/// A part of a message: something that reads differently in each language, or the same in all.
pub trait Part {
    /// Writes it as the language has it.
    ///
    /// # Errors
    /// The formatter's own.
    fn write(&self, lang: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<T: fmt::Display> Part for T {
    fn write(&self, _: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Part for Message {
    fn write(&self, lang: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(lang))
    }
}

impl Part for &Message {
    fn write(&self, lang: Lang, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(lang))
    }
}

/// A part as one language has it.
struct In<'p, P: ?Sized>(Lang, &'p P);

impl<P: Part + ?Sized> fmt::Display for In<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.write(self.0, f)
    }
}

/// The constructor behind [`message!`](crate::message!).
#[doc(hidden)]
impl Message {
    /// A part as one language has it.
    pub fn part<P: Part + ?Sized>(part: &P, lang: Lang) -> impl fmt::Display + '_ {
        In(lang, part)
    }

    /// A text that is not copied if nothing stands in it.
    pub fn written(what: fmt::Arguments<'_>) -> Cow<'static, str> {
        what.as_str().map_or_else(|| Cow::Owned(fmt::format(what)), Cow::Borrowed)
    }
}

/// A [`Message`] from its English and its French, written as for [`format!`]. After them come the names that read
/// differently in each language (other messages), and those that stand for an expression, `name = expression`.
///
/// ```
/// use relocost::message;
///
/// let (found, expected) = ("x", message!("a whole number", "un nombre entier"));
/// let told = message!(
///     "found \"{found}\"; expected {expected}, at most {most}",
///     "trouvé « {found} » ; attendu : {expected}, au plus {most}",
///     expected, most = 2 + 2,
/// );
/// assert_eq!(told.en(), "found \"x\"; expected a whole number, at most 4");
/// assert_eq!(told.fr(), "trouvé « x » ; attendu : un nombre entier, au plus 4");
/// ```
#[macro_export]
macro_rules! message {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($en:literal, $fr:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        match ($(&$crate::message!(@value $name $($value)?),)*) {
            ($($name,)*) => $crate::Message::new(
                {
                    $(let $name = $crate::Message::part($name, $crate::Lang::En);)*
                    $crate::Message::written(::core::format_args!($en))
                },
                {
                    $(let $name = $crate::Message::part($name, $crate::Lang::Fr);)*
                    $crate::Message::written(::core::format_args!($fr))
                },
            ),
        }
    };
}

/// A count with its noun, one and many: English has the singular for 1, French below 2.
///
/// ```
/// use relocost::message::counted;
/// assert_eq!(counted(0, ["row", "rows"], ["ligne", "lignes"]).en(), "0 rows");
/// assert_eq!(counted(0, ["row", "rows"], ["ligne", "lignes"]).fr(), "0 ligne");
/// ```
pub fn counted<N>(count: N, en: [&str; 2], fr: [&str; 2]) -> Message
where
    N: Copy + fmt::Display + TryInto<u64>,
{
    let whole: u64 = count.try_into().unwrap_or(u64::MAX);
    let [[one, many], [un, plusieurs]] = [en, fr];
    let (noun, nom) = (if whole == 1 { one } else { many }, if whole < 2 { un } else { plusieurs });
    Message::new(format!("{count} {noun}"), format!("{count} {nom}"))
}
