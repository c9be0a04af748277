//! What the charts say of figures: amounts and shares on axes, months in words, labels of what a scenario declares.

use relocost::scenario::Declared;
use relocost::{Currency, Id, Lang, Money, Month, message};
use relocost_report::number::{in_currency, share, whole};

use super::Axis;

/// An amount in units of its currency, for its place in a picture.
pub(crate) fn units(amount: Money) -> f64 {
    amount.to_string().parse().unwrap_or_default()
}

/// An axis of amounts.
pub(super) fn amount_axis(currency: Currency, lang: Lang) -> Axis {
    Axis { name: currency.code().to_owned(), shown: Box::new(move |value| whole(value, lang)) }
}

/// An axis of shares in per cent.
pub(super) fn share_axis(name: String, lang: Lang) -> Axis {
    Axis { name, shown: Box::new(move |value| share(value, 0, lang)) }
}

/// An axis of whole numbers.
pub(super) fn whole_axis(name: String, lang: Lang) -> Axis {
    Axis { name, shown: Box::new(move |value| whole(value, lang)) }
}

/// A simulated amount in whole units, with its currency.
pub(crate) fn about(value: f64, currency: Currency, lang: Lang) -> String {
    in_currency(&whole(value, lang), currency, lang)
}

/// The label of what is declared under an id.
pub(crate) fn label_of(declared: &[Declared], id: &Id, lang: Lang) -> String {
    let known = declared.iter().find(|known| known.id == *id);
    known.map_or_else(|| id.to_string(), |known| known.label.text(lang).to_owned())
}

/// A month in words.
pub(crate) fn month(month: Month, lang: Lang) -> String {
    let name = match month.month() {
        1 => message!("January", "janvier"),
        2 => message!("February", "février"),
        3 => message!("March", "mars"),
        4 => message!("April", "avril"),
        5 => message!("May", "mai"),
        6 => message!("June", "juin"),
        7 => message!("July", "juillet"),
        8 => message!("August", "août"),
        9 => message!("September", "septembre"),
        10 => message!("October", "octobre"),
        11 => message!("November", "novembre"),
        _ => message!("December", "décembre"),
    };
    format!("{} {}", name.text(lang), month.year())
}

/// A word of the charts, and a mark that reports and charts share.
pub(crate) fn word(name: &str, lang: Lang) -> String {
    relocost_report::chart_words(lang).find(|(known, _)| *known == name).map_or("", |(_, text)| text).to_owned()
}

/// Things in one sentence.
pub(crate) fn listed(things: &[String], lang: Lang) -> String {
    things.join(message!("; ", " ; ").text(lang))
}

/// A first letter as at the beginning of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
