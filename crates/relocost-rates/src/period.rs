//! Days, and the periods for which levels are published.

use std::fmt;

/// The years of a rate that a file can hold.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2999;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day on which a rate is quoted.
#[expect(clippy::struct_field_names, reason = "a day of a month is called so")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Day {
    fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (YEARS.contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// `2026-10-30`.
    pub(crate) fn iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)
    }

    /// `01 Oct 2026`, `30 October 2026`.
    pub(crate) fn day_first(text: &str) -> Option<Self> {
        let mut parts = text.split_whitespace();
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || day.len() > 2 {
            return None;
        }
        Self::new(digits(year, 4)?, month_named(month)?, digits(day, day.len())?)
    }

    /// `March 02, 2026`.
    pub(crate) fn month_first(text: &str) -> Option<Self> {
        let (month_and_day, year) = text.split_once(',')?;
        let (month, day) = month_and_day.trim().split_once(' ')?;
        let day = day.trim();
        if day.len() > 2 {
            return None;
        }
        Self::new(digits(year.trim(), 4)?, month_named(month)?, digits(day, day.len())?)
    }
}

/// A month's English name, in full or its first three letters.
fn month_named(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    let found = MONTHS.iter().position(|name| *name == text || (text.len() == 3 && name.starts_with(&text)))?;
    u32::try_from(found + 1).ok()
}

/// A whole number of so many digits.
fn digits<N: std::str::FromStr>(text: &str, length: usize) -> Option<N> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The part of a year for which a level is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Year,
    Quarter(u32),
    Month(u32),
}

/// A period for which a level is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Period {
    pub(crate) year: i32,
    pub(crate) part: Part,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{:04}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}-Q{quarter}", self.year),
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

impl Period {
    pub(crate) fn new(year: i32, part: Part) -> Option<Self> {
        let fits = match part {
            Part::Year => true,
            Part::Quarter(quarter) => (1..=4).contains(&quarter),
            Part::Month(month) => (1..=12).contains(&month),
        };
        (YEARS.contains(&year) && fits).then_some(Self { year, part })
    }

    /// `2026`, `2026-03`, `2026M03`, `2026-M03`, `2026-Q1`, `2026Q1`, `2026-03-01` (its month).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(day) = Day::iso(text) {
            return Self::new(day.year, Part::Month(day.month));
        }
        let year: i32 = digits(text.get(..4)?, 4)?;
        let rest = text.get(4..)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let part = match rest.as_bytes().first() {
            None if text.len() == 4 => Part::Year,
            Some(b'M' | b'm') => Part::Month(digits(rest.get(1..)?, 2)?),
            Some(b'Q' | b'q') => Part::Quarter(digits(rest.get(1..)?, 1)?),
            Some(_) if text.len() == 7 => Part::Month(digits(rest, 2)?),
            _ => return None,
        };
        Self::new(year, part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_of_their_publishers() {
        let day = Some(Day { year: 2026, month: 3, day: 2 });
        assert_eq!(Day::iso("2026-03-02"), day);
        assert_eq!(Day::day_first("02 Mar 2026"), day);
        assert_eq!(Day::day_first("2 March 2026"), day);
        assert_eq!(Day::month_first("March 02, 2026"), day);
        assert_eq!(Day::iso("2024-02-29").map(|day| day.day), Some(29));
        for text in ["2026-02-29", "2026-3-2", "2026-03", "02/03/2026", "1700-01-01", "", "2026-03-02-01"] {
            assert_eq!(Day::iso(text), None, "{text}");
        }
        for text in ["Mar 02 2026", "02 Mai 2026", "002 Mar 2026", "02 Mar 26", "31 Jun 2026"] {
            assert_eq!(Day::day_first(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_years_quarters_and_months() {
        for (text, shown) in [
            ("2026", "2026"),
            ("2026-03", "2026-03"),
            ("2026M03", "2026-03"),
            ("2026-M03", "2026-03"),
            ("2026-03-31", "2026-03"),
            ("2026Q2", "2026-Q2"),
            ("2026-Q2", "2026-Q2"),
        ] {
            assert_eq!(Period::parse(text).map(|period| period.to_string()).as_deref(), Some(shown));
        }
        for text in ["", "26", "2026-", "2026-13", "2026Q5", "2026-S1", "202603", "2026-3", "é026"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
