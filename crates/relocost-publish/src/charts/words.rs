//! What the charts say of figures: amounts and shares on axes, and sentences.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use relocost::message::counted;
use relocost::{Currency, Lang, Message, Money, message};
use relocost_report::capital;
use relocost_report::number::{in_currency, share, whole};

use super::Axis;

/// An amount in units of its currency, for its place in a picture.
pub(crate) fn units(amount: Money) -> f64 {
    amount.to_string().parse().unwrap_or_default()
}

/// An axis of amounts.
pub(super) fn amount_axis(currency: Currency, lang: Lang) -> Axis {
    whole_axis(currency.code().to_owned(), lang)
}

/// An axis of shares in per cent.
pub(super) fn share_axis(name: String, lang: Lang) -> Axis {
    Axis { name, shown: Box::new(move |value| share(value, 0, lang)) }
}

/// An axis of whole numbers: what lies between two of them has a line and no number.
pub(super) fn whole_axis(name: String, lang: Lang) -> Axis {
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    Axis { name, shown: Box::new(move |value| if is_whole(value) { whole(value, lang) } else { String::new() }) }
}

/// A simulated amount in whole units, with its currency.
pub(crate) fn about(value: f64, currency: Currency, lang: Lang) -> String {
    in_currency(&whole(value, lang), currency, lang)
}

/// A number of months.
pub(crate) fn span(months: u32) -> Message {
    counted(months, ["month", "months"], ["mois", "mois"])
}

/// A word that reports and charts share, by its name.
pub(crate) fn word(name: &str, lang: Lang) -> String {
    let known = relocost_report::chart_words(lang).find(|(known, _)| *known == name);
    debug_assert!(known.is_some(), "the charts have no word {name}");
    known.map_or(name, |(_, text)| text).to_owned()
}

/// Things in one sentence; a dash where there are none.
pub(crate) fn listed(things: &[String], lang: Lang) -> String {
    if things.is_empty() { "–".to_owned() } else { things.join(message!("; ", " ; ").text(lang)) }
}

/// Things as a sentence by themselves.
pub(super) fn sentence(things: &[String], lang: Lang) -> String {
    format!("{}.", capital(&listed(things, lang)))
}
