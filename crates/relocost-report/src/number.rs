//! Numbers as each language writes them.

use relocost::{Decimal, Money, Premium, SignedRatio};

use crate::words::Lang;

/// An amount with thousands separators.
pub(crate) fn money(amount: Money, lang: Lang) -> String {
    grouped(&amount.to_string(), lang)
}

/// A decimal as written, with thousands separators.
pub(crate) fn grouped(number: &str, lang: Lang) -> String {
    let (thousand, point) = match lang {
        Lang::En => (',', '.'),
        Lang::Fr => ('\u{202f}', ','),
    };
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |unsigned| ("-", unsigned));
    let (whole, fraction) =
        unsigned.split_once('.').map_or((unsigned, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(thousand);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// A premium in per cent with one decimal, or a dash.
pub(crate) fn premium(premium: Premium, lang: Lang) -> String {
    premium.ratio().map_or_else(|| "–".to_owned(), |ratio| percent(ratio, lang))
}

/// A ratio in per cent with one decimal, half to even.
pub(crate) fn percent(ratio: SignedRatio, lang: Lang) -> String {
    ratio.to_percent(1).map_or_else(|| "–".to_owned(), |percent| with_sign(&percent, lang))
}

/// A share of 1 in whole per cent.
pub(crate) fn whole_percent(share: Decimal, lang: Lang) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).normalize();
    with_sign(&percent.to_string(), lang)
}

fn with_sign(percent: &str, lang: Lang) -> String {
    let number = grouped(percent, lang);
    match lang {
        Lang::En => format!("{number}%"),
        Lang::Fr => format!("{number}\u{202f}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_as_the_language_does() {
        for (number, en, fr) in [
            ("405795.44", "405,795.44", "405\u{202f}795,44"),
            ("-1234567", "-1,234,567", "-1\u{202f}234\u{202f}567"),
            ("999.000", "999.000", "999,000"),
            ("-100.5", "-100.5", "-100,5"),
        ] {
            assert_eq!((grouped(number, Lang::En).as_str(), grouped(number, Lang::Fr).as_str()), (en, fr));
        }
    }
}
