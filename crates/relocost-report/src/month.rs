//! Months in words.

use relocost::{Lang, Message, Month};

const NAMES: [[&str; 2]; 12] = [
    ["January", "janvier"],
    ["February", "février"],
    ["March", "mars"],
    ["April", "avril"],
    ["May", "mai"],
    ["June", "juin"],
    ["July", "juillet"],
    ["August", "août"],
    ["September", "septembre"],
    ["October", "octobre"],
    ["November", "novembre"],
    ["December", "décembre"],
];

/// The name of a month of the calendar, from 1.
pub(crate) fn month_name(month: u32, lang: Lang) -> Option<&'static str> {
    let [english, french] = NAMES.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    Some(match lang {
        Lang::En => english,
        Lang::Fr => french,
    })
}

/// A month in words.
///
/// ```
/// use relocost_report::{Lang, month_in_words};
/// assert_eq!(month_in_words("2026-08".parse()?, Lang::Fr), "août 2026");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn month_in_words(month: Month, lang: Lang) -> String {
    format!("{} {}", month_name(month.month(), lang).unwrap_or_default(), month.year())
}

/// A French word after `de`, which loses its vowel before another.
pub(crate) fn de(word: &str) -> String {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'é']) { format!("d'{word}") } else { format!("de {word}") }
}

/// From when something is counted, for the middle of a sentence.
///
/// ```
/// use relocost_report::{Lang, since};
/// let start = "2026-04".parse()?;
/// assert_eq!((since(start).en(), since(start).text(Lang::Fr)), ("from April 2026", "à partir d'avril 2026"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn since(month: Month) -> Message {
    let [en, fr] = [Lang::En, Lang::Fr].map(|lang| month_in_words(month, lang));
    Message::new(format!("from {en}"), format!("à partir {}", de(&fr)))
}

/// From a month to another, both included, for the beginning of a sentence.
///
/// ```
/// use relocost_report::{Lang, between_months};
/// let (from, until) = ("2026-10".parse()?, "2027-01".parse()?);
/// assert_eq!(between_months(from, until).en(), "October 2026 to January 2027");
/// assert_eq!(between_months(from, until).text(Lang::Fr), "D'octobre 2026 à janvier 2027");
/// assert_eq!(between_months(from, from).text(Lang::Fr), "Octobre 2026");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn between_months(from: Month, until: Month) -> Message {
    let words = |lang| [from, until].map(|month| month_in_words(month, lang));
    let ([from_en, until_en], [from_fr, until_fr]) = (words(Lang::En), words(Lang::Fr));
    if from == until {
        return Message::new(from_en, crate::capital(&from_fr));
    }
    let french = format!("{} à {until_fr}", de(&from_fr));
    Message::new(format!("{from_en} to {until_en}"), crate::capital(&french))
}
