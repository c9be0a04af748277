//! Numbers in the notations that people use (`0,03`, `85 000,00`, `70%`), and the decimal that a file needs instead.

use rust_decimal::Decimal;

use super::decimal::{DECIMALS, WHOLE_DIGITS, parse_decimal};
use crate::message;
use crate::message::Message;

/// The end of a message about a number in another notation: the notation that is expected, and the decimal itself where
/// the text can mean only one.
pub(crate) fn how_to_write(text: &str) -> Message {
    let usual = message!(
        ", with a decimal point and without separators or signs (70% is 0.70)",
        ", avec un point décimal, sans séparateurs ni signes (70 % s'écrit 0.70)"
    );
    match meant(text) {
        Some(meant) => {
            message!("{usual}; did you mean \"{meant}\"?", "{usual} ; vouliez-vous dire \"{meant}\" ?", usual)
        }
        None => usual,
    }
}

/// The decimal that a text can only mean.
fn meant(text: &str) -> Option<String> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '_');
    let (per_cent, number) = match text.trim().strip_suffix('%') {
        Some(number) => (true, number.trim_end()),
        None => (false, text.trim()),
    };
    if number.len() > 2 * (WHOLE_DIGITS + DECIMALS) {
        return None;
    }
    let number: String = number.replace('\u{2212}', "-").chars().filter(|c| !is_space(*c)).collect();
    let unsigned = number.trim_start_matches(['+', '-']);
    let sign = if number.starts_with('-') { "-" } else { "" };
    let last = unsigned.rfind(['.', ',']);
    let (whole, fraction) = match last.map(|at| (&unsigned[..at], &unsigned[at..=at], &unsigned[at + 1..])) {
        None => (unsigned.to_owned(), ""),
        // 1,200 and 1.200.000: thousands, or nobody knows.
        Some((before, point, _)) if before.contains(point) => (unsigned.replace(point, ""), ""),
        Some((before, ",", after))
            if after.len() == 3 && !before.contains('.') && !before.trim_matches('0').is_empty() =>
        {
            return None;
        }
        Some((before, point, after)) => {
            let other = if point == "." { "," } else { "." };
            (before.replace(other, ""), after)
        }
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(&whole) || !digits(fraction) {
        return None;
    }
    let value = parse_decimal(&format!(
        "{}.{}",
        if whole.is_empty() { "0" } else { &whole },
        if fraction.is_empty() { "0" } else { fraction }
    ))
    .ok()?;
    let written = if per_cent {
        value.checked_div(Decimal::ONE_HUNDRED)?.to_string()
    } else if fraction.is_empty() {
        whole
    } else {
        value.to_string()
    };
    parse_decimal(&written).is_ok().then(|| format!("{sign}{written}"))
}
