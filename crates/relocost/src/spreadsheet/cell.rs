//! The grammar of cells: months and numbers as spreadsheets write them.
//!
//! The value of a cell is never shown; a message names the form in which it is written, and the form that is read.

use rust_decimal::Decimal;

use crate::message;
use crate::message::Message;
use crate::types::{DecimalError, Month, parse_decimal};

/// The decimal sign of a table's numbers: the comma, or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalComma {
    /// It separates cells, or the cells come from code.
    Never,
    /// It is, where it cannot separate thousands.
    Possibly,
    /// It is: cells are separated by semicolons for its sake.
    Always,
}

impl DecimalComma {
    /// In a table whose cells are separated by this byte.
    pub(super) fn of(separator: u8) -> Self {
        match separator {
            b',' => Self::Never,
            b';' => Self::Always,
            _ => Self::Possibly,
        }
    }
}

/// A month: `2026-03`, or a day of it as in `2026-03-01`, at midnight if there is a time.
///
/// # Errors
/// The error says the likely form of the cell and the remedy, if they are known.
pub(crate) fn month(text: &str) -> Result<Month, Option<Message>> {
    let found = text.parse().ok().or_else(|| date(text));
    found.ok_or_else(|| {
        Some(if is_named_month(text) {
            message!(
                "is what a spreadsheet makes of a month such as 2026-09; format the column as text, and write the month again",
                "est ce qu'un tableur fait d'un mois tel que 2026-09 ; mettez la colonne au format texte, et réécrivez le mois",
            )
        } else if is_day_number(text) {
            message!(
                "is a spreadsheet's own number of a day; format the column as text, and write a month such as 2026-09",
                "est le numéro d'un jour propre aux tableurs ; mettez la colonne au format texte, et écrivez un mois tel que 2026-09",
            )
        } else if is_other_date(text) {
            message!(
                "is a date in a form that is not read; write year and month as in 2026-09",
                "est une date dans une forme qui n'est pas lue ; écrivez l'année et le mois comme dans 2026-09",
            )
        } else {
            return None;
        })
    })
}

/// The month of a day such as `2026-03-01`, `2026-03-01 00:00:00` or `2026-03-01T00:00`.
fn date(text: &str) -> Option<Month> {
    let (day, time) = text.split_once(['T', ' ']).map_or((text, None), |(day, time)| (day, Some(time)));
    let (month, day) = day.rsplit_once('-')?;
    let month: Month = month.parse().ok()?;
    let day: u32 = (day.len() == 2 && day.bytes().all(|byte| byte.is_ascii_digit())).then(|| day.parse().ok())??;
    ((1..=days(month)).contains(&day) && time.is_none_or(is_midnight)).then_some(month)
}

/// True if a text is midnight, such as `00:00:00`.
pub(crate) fn is_midnight(text: &str) -> bool {
    let bare = text.strip_suffix('Z').unwrap_or(text);
    let (time, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    matches!(time, "00:00" | "00:00:00") && fraction.bytes().all(|byte| byte == b'0')
}

fn days(month: Month) -> u32 {
    let year = month.year();
    match month.month() {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The parts of a date.
fn parts(text: &str) -> Vec<&str> {
    text.split(['-', '/', '.', ' ', '\u{2010}', '\u{2011}', '\u{2013}']).filter(|part| !part.is_empty()).collect()
}

fn is_number(part: &str) -> bool {
    part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// True if it is like `Sep-26`, `26-Sep`, `sept.-26` or `1 September 2026`.
fn is_named_month(text: &str) -> bool {
    let parts = parts(text);
    let (names, numbers): (Vec<&str>, Vec<&str>) = parts.iter().partition(|part| part.chars().all(char::is_alphabetic));
    matches!((names.as_slice(), numbers.len()), ([name], 1..=2) if (3..=12).contains(&name.chars().count()))
        && numbers.into_iter().all(is_number)
}

/// True if it is like `46266`, the days since the end of 1899.
fn is_day_number(text: &str) -> bool {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole.len() == 5 && whole.bytes().all(|byte| byte.is_ascii_digit())
}

/// True if it is like `01/09/2026`, `09/2026`, `2026-9` or `1.9.26`.
fn is_other_date(text: &str) -> bool {
    let parts = parts(text);
    let has_year = parts.iter().any(|part| part.len() == 4);
    (parts.len() == 3 || (parts.len() == 2 && has_year)) && parts.into_iter().all(is_number)
}

/// A number: `1234.50`, or in a table of decimal commas `1234,50`. What could be either a decimal sign or a separator of
/// thousands is refused.
///
/// # Errors
/// The error says the likely form of the cell, if it is known, and the form that is read.
pub(crate) fn number(text: &str, commas: DecimalComma) -> Result<Decimal, Message> {
    // Whole numbers, such as ages, are most of what tables have.
    if let Some(whole) = small_whole(text) {
        return Ok(whole.into());
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let count = |sign: char| unsigned.matches(sign).count();
    let sign = match (count('.'), count(',')) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) if commas != DecimalComma::Never => Some(','),
        _ => return Err(no_number(unsigned)),
    };
    let doubtful = match (sign, commas) {
        (Some('.'), DecimalComma::Always) | (Some(','), DecimalComma::Possibly) => may_be_thousands(unsigned),
        _ => false,
    };
    if doubtful {
        return Err(message!(
            "has a point or comma that may separate thousands or decimals; write the number without separators of thousands",
            "a un point ou une virgule qui peut séparer des milliers ou des décimales ; écrivez le nombre sans séparateur de milliers",
        ));
    }
    let plain = text.strip_prefix('+').unwrap_or(text);
    parse_decimal(&plain.replace(',', ".")).map_err(|error| match error {
        DecimalError::Digits => error.explain(""),
        _ => no_number(unsigned),
    })
}

/// A number of one to nine digits and nothing else.
fn small_whole(text: &str) -> Option<u32> {
    let is_small = text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_small { text.parse().ok() } else { None }
}

/// True if a number with one sign in it is like `1.234`: a group of three digits after one to three that begin with
/// none.
fn may_be_thousands(unsigned: &str) -> bool {
    let (before, after) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0')
}

fn no_number(unsigned: &str) -> Message {
    let grouped = |sign: char| sign.is_ascii_digit() || sign.is_whitespace() || ".,'’".contains(sign);
    if unsigned.ends_with('%') {
        message!(
            "is a percentage; write a share of 1, such as 0.70 for 70 per cent",
            "est un pourcentage ; écrivez une part de 1, comme 0.70 pour 70 pour cent",
        )
    } else if unsigned.starts_with(|sign: char| sign.is_ascii_digit())
        && unsigned.contains(|sign: char| !sign.is_ascii_digit())
        && unsigned.chars().all(grouped)
    {
        message!(
            "has a decimal comma or separators of thousands; write a number such as 1234.50",
            "a une virgule décimale ou des séparateurs de milliers ; écrivez un nombre tel que 1234.50",
        )
    } else {
        message!("expected a number such as 1234.50", "un nombre tel que 1234.50 est attendu")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_as_spreadsheets_write_them() {
        for text in [
            "2026-03",
            "2026-03-01",
            "2026-03-31",
            "2026-03-09 00:00:00",
            "2026-03-01T00:00:00.000",
            "2026-03-01T00:00Z",
        ] {
            assert_eq!(month(text).ok(), Month::new(2026, 3), "{text}");
        }
        for (text, named) in [
            ("Sep-26", "makes of a month"),
            ("26-Sep", "makes of a month"),
            ("sept.-26", "makes of a month"),
            ("août-26", "makes of a month"),
            ("1 September 2026", "makes of a month"),
            ("46266", "number of a day"),
            ("46266.0", "number of a day"),
            ("01/09/2026", "a form that is not read"),
            ("09.2026", "a form that is not read"),
            ("2026-9", "a form that is not read"),
            ("2026-02-29", "a form that is not read"),
            ("2026-13", "a form that is not read"),
        ] {
            let told = month(text).unwrap_err().unwrap();
            assert!(told.en().contains(named), "{text}: {}", told.en());
        }
        for text in ["2026-03-01 12:00:00", "2026", "soon", "", "-", "é-é"] {
            assert_eq!(month(text), Err(None), "{text}");
        }
        assert_eq!(month("2028-02-29").ok(), Month::new(2028, 2));
    }

    #[test]
    fn numbers_are_read_where_their_signs_mean_one_thing() {
        use DecimalComma::{Always, Never, Possibly};
        for (text, commas, number) in [
            ("4", Never, Some("4")),
            ("4.0", Never, Some("4")),
            ("+4", Never, Some("4")),
            ("1.234", Never, Some("1.234")),
            ("1,234", Never, None),
            ("4,0", Never, None),
            ("4,0", Always, Some("4")),
            ("-85,50", Always, Some("-85.5")),
            ("1,234", Always, Some("1.234")),
            ("4.0", Always, Some("4")),
            ("0.125", Always, Some("0.125")),
            ("1234.500", Always, Some("1234.5")),
            ("1.234", Always, None),
            ("4,0", Possibly, Some("4")),
            ("1,234", Possibly, None),
            ("0,125", Possibly, Some("0.125")),
            ("1.234", Possibly, Some("1.234")),
            ("1.234,50", Always, None),
            ("1 234", Always, None),
            ("1'234.50", Never, None),
            ("70%", Never, None),
            ("1e3", Never, None),
            ("-", Never, None),
            ("--4", Never, None),
            ("", Never, None),
        ] {
            let found = super::number(text, commas).ok();
            assert_eq!(found, number.map(|number| number.parse().unwrap()), "{text}");
        }
        assert!(super::number("85 000,00", Never).unwrap_err().en().contains("1234.50"));
        assert!(super::number("70%", Never).unwrap_err().en().contains("0.70"));
        for text in ["four", ".5", "1e3"] {
            assert!(super::number(text, Never).unwrap_err().en().contains("expected a number"), "{text}");
        }
        for text in ["1234567890123456", "1234567890123456.5", "0.1234567890123"] {
            assert!(super::number(text, Never).unwrap_err().en().contains("at most 15 digits"), "{text}");
        }
    }
}
