//! Numbers as each language writes them.

use relocost::message::counted;
use relocost::types::SignedRatio;
use relocost::{Currency, Decimal, Money, Premium};

use crate::words::Lang;

/// An amount with thousands separators.
pub fn money(amount: Money, lang: Lang) -> String {
    grouped(&amount.to_string(), lang)
}

/// An amount with its currency where the language writes it: before it in English, after it in French. The euro has its sign,
/// every other currency its code.
///
/// ```
/// use relocost::{Currency, Money};
/// use relocost_report::{Lang, number::money_in};
/// let amount = Money::from_minor(123_456, Currency::EUR).unwrap();
/// assert_eq!(money_in(amount, Lang::En), "€1,234.56");
/// assert_eq!(money_in(amount, Lang::Fr), "1\u{202f}234,56\u{202f}€");
/// ```
pub fn money_in(amount: Money, lang: Lang) -> String {
    in_currency(&money(amount, lang), amount.currency(), lang)
}

/// A number as written with its currency, as [`money_in`] does.
pub fn in_currency(number: &str, currency: Currency, lang: Lang) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    match (currency == Currency::EUR, lang) {
        (true, Lang::En) => format!("{sign}€{digits}"),
        (false, Lang::En) => format!("{sign}{} {digits}", currency.code()),
        (true, Lang::Fr) => format!("{number}\u{202f}€"),
        (false, Lang::Fr) => format!("{number}\u{202f}{}", currency.code()),
    }
}

/// A count with its noun, one and many, its thousands separated.
pub(crate) fn many(count: u64, en: [&str; 2], fr: [&str; 2], lang: Lang) -> String {
    let digits = count.to_string();
    counted(count, en, fr).text(lang).replacen(&digits, &grouped(&digits, lang), 1)
}

/// A decimal as written, with thousands separators.
pub fn grouped(number: &str, lang: Lang) -> String {
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
pub fn premium(premium: Premium, lang: Lang) -> String {
    premium.ratio().map_or_else(|| "–".to_owned(), |ratio| percent(ratio, lang))
}

/// A ratio in per cent with one decimal, half to even.
pub fn percent(ratio: SignedRatio, lang: Lang) -> String {
    ratio.to_percent(1).map_or_else(|| "–".to_owned(), |percent| with_sign(&percent, lang))
}

/// A share of 1 in whole per cent.
pub fn whole_percent(share: Decimal, lang: Lang) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).normalize();
    with_sign(&percent.to_string(), lang)
}

fn with_sign(percent: &str, lang: Lang) -> String {
    with_percent(&grouped(percent, lang), lang)
}

pub(crate) fn with_percent(number: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{number}%"),
        Lang::Fr => format!("{number}\u{202f}%"),
    }
}

/// The sign where there is no number.
pub(crate) const NONE: &str = "–";

/// A simulated number with so many decimals.
pub(crate) fn fixed(value: f64, decimals: usize, lang: Lang) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let text = format!("{value:.decimals$}");
    // A number that rounds to 0 has no sign.
    let unsigned = text.trim_start_matches('-');
    grouped(if unsigned.bytes().all(|byte| matches!(byte, b'0' | b'.')) { unsigned } else { &text }, lang)
}

/// A simulated amount in whole units of its currency.
pub fn whole(value: f64, lang: Lang) -> String {
    fixed(value, 0, lang)
}

/// A number with so many significant digits, those before the point all kept and no 0 at its end.
pub(crate) fn significant(value: f64, digits: usize, lang: Lang) -> String {
    let scientific = format!("{value:.0$e}", digits.saturating_sub(1));
    let exponent: i64 = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0);
    let wanted = i64::try_from(digits).unwrap_or(1) - 1 - exponent;
    let text = fixed(value, usize::try_from(wanted).unwrap_or(0).min(12), lang);
    let point = if lang == Lang::Fr { ',' } else { '.' };
    if wanted > 0 && text.contains(point) {
        text.trim_end_matches('0').trim_end_matches(point).to_owned()
    } else {
        text
    }
}

/// A simulated share in per cent with so many decimals.
#[expect(clippy::float_arithmetic, reason = "a simulated share is binary floating point by design")]
pub fn share(share: f64, decimals: usize, lang: Lang) -> String {
    if share.is_finite() { with_percent(&fixed(share * 100.0, decimals, lang), lang) } else { NONE.to_owned() }
}

/// A probability in per cent with one decimal: what happens in some draw is not shown as 0, nor what does not in some as 100.
#[expect(clippy::float_arithmetic, reason = "a simulated share is binary floating point by design")]
pub(crate) fn probability(value: f64, lang: Lang) -> String {
    const LEAST: f64 = 0.000_5;
    if value > 0.0 && value < LEAST {
        format!("< {}", share(0.001, 1, lang))
    } else if value < 1.0 && value > 1.0 - LEAST {
        format!("> {}", share(0.999, 1, lang))
    } else {
        share(value, 1, lang)
    }
}

/// The standard error of a share: two significant digits, since it is far smaller than the share.
#[expect(clippy::float_arithmetic, reason = "a simulated share is binary floating point by design")]
pub(crate) fn error_of_share(share: f64, lang: Lang) -> String {
    if share.is_finite() { with_percent(&significant(share * 100.0, 2, lang), lang) } else { NONE.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simulated_numbers_are_shown_as_they_are_worth() {
        for (value, digits, shown) in [
            (1045.0, 6, "1,045"),
            (1_045.234_567, 6, "1,045.23"),
            (0.013_416_2, 6, "0.0134162"),
            (38.4, 2, "38"),
            (3.84, 2, "3.8"),
            (100.0, 6, "100"),
            (1234.6, 2, "1,235"),
            (-0.5, 2, "-0.5"),
            (0.0, 2, "0"),
            (f64::NAN, 2, "–"),
        ] {
            assert_eq!(significant(value, digits, Lang::En), shown);
        }
        assert_eq!(significant(1045.5, 6, Lang::Fr), "1\u{202f}045,5");
        assert_eq!((whole(-0.2, Lang::En).as_str(), whole(1_234_567.5, Lang::En).as_str()), ("0", "1,234,568"));
        assert_eq!((share(0.675_1, 1, Lang::En).as_str(), share(f64::NAN, 1, Lang::Fr).as_str()), ("67.5%", "–"));
        let shown = [0.0, 1e-9, 0.5, 0.999_9, 1.0].map(|value| probability(value, Lang::En));
        assert_eq!(shown, ["0.0%", "< 0.1%", "50.0%", "> 99.9%", "100.0%"]);
        assert_eq!(error_of_share(0.000_512, Lang::Fr), "0,051\u{202f}%");
    }

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
