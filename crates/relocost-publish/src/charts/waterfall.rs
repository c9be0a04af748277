//! From one total to another by the parts of their difference: the figure of every kind of causes.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use relocost::{Lang, Money, message};
use relocost_report::number::money_in;

use super::words::{amount_axis, listed, units};
use super::{Bars, Chart, GREY, Kind, LESS, MORE, Row, Segment};

/// Draws the parts between two totals, in the order given; parts of 0 are left out.
pub(super) fn waterfall(
    kind: Kind,
    title: String,
    (first, from): (String, Money),
    parts: Vec<(String, Money)>,
    (last, to): (String, Money),
) -> Chart {
    let lang = kind.lang;
    let parts: Vec<(String, Money)> = parts.into_iter().filter(|(_, part)| part.minor() != 0).collect();
    let total = |label: &str, amount: Money| Row {
        label: label.to_owned(),
        figure: money_in(amount, lang),
        segments: vec![Segment {
            from: 0.0,
            to: units(amount),
            colour: GREY,
            title: titled(label, &money_in(amount, lang), lang),
        }],
    };
    let mut rows = vec![total(&first, from)];
    let mut at = units(from);
    for (label, part) in &parts {
        let step = units(*part);
        rows.push(Row {
            label: label.clone(),
            figure: signed(*part, lang),
            segments: vec![Segment {
                from: at,
                to: at + step,
                colour: if step < 0.0 { LESS } else { MORE },
                title: titled(label, &signed(*part, lang), lang),
            }],
        });
        at += step;
    }
    rows.push(total(&last, to));
    let told: Vec<String> = parts.iter().map(|(label, part)| format!("{label} {}", signed(*part, lang))).collect();
    let text = message!(
        "{first} {from}, {last} {to}. Between them: {told}.",
        "{first} {from}, {last} {to}. Entre les deux : {told}.",
        first,
        last,
        from = money_in(from, lang),
        to = money_in(to, lang),
        told = listed(&told, lang),
    );
    Bars {
        kind,
        title,
        text: text.text(lang).to_owned(),
        axis: amount_axis(from.currency(), lang),
        legend: Vec::new(),
        rows,
        standing: None,
        from_zero: true,
    }
    .draw()
}

/// A label and its figure.
pub(super) fn titled(label: &str, figure: &str, lang: Lang) -> String {
    message!("{label}: {figure}", "{label} : {figure}").text(lang).to_owned()
}

fn signed(amount: Money, lang: Lang) -> String {
    let sign = if amount.minor() > 0 { "+" } else { "" };
    format!("{sign}{}", money_in(amount, lang))
}
