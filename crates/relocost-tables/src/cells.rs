//! The values of columns.

use std::collections::HashMap;
use std::fmt::{Display, Write};

use relocost::{Money, Month, Premium};

/// The values of a column, one for each row.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Cells {
    /// Values of [`Type::Month`](crate::Type::Month).
    Months(Vec<Option<Month>>),
    /// Values of [`Type::Year`](crate::Type::Year).
    Years(Vec<Option<i32>>),
    /// Values of [`Type::Count`](crate::Type::Count).
    Counts(Vec<Option<i64>>),
    /// Values of [`Type::Money`](crate::Type::Money).
    Money(Vec<Option<Money>>),
    /// Premiums, with the exact ratio: of [`Type::Ratio`](crate::Type::Ratio).
    Premiums(Vec<Premium>),
    /// Decimals as they are written: of [`Type::Ratio`](crate::Type::Ratio) and [`Type::Share`](crate::Type::Share).
    Decimals(Texts),
    /// Values of [`Type::Id`](crate::Type::Id) and [`Type::Text`](crate::Type::Text).
    Texts(Texts),
    /// Values of [`Type::Binary`](crate::Type::Binary).
    Binary(Vec<Option<f64>>),
}

/// One value. Its `Display` form is the value as data: a decimal point, no separators, every digit.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'t> {
    /// No value.
    None,
    /// A month.
    Month(Month),
    /// A year or another whole number.
    Whole(i64),
    /// Money.
    Money(Money),
    /// A premium, which has a value.
    Premium(Premium),
    /// A decimal as it is written.
    Decimal(&'t str),
    /// A text.
    Text(&'t str),
    /// Binary floating point.
    Binary(f64),
}

impl Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Month(month) => month.fmt(f),
            Self::Whole(whole) => whole.fmt(f),
            Self::Money(money) => money.fmt(f),
            Self::Premium(premium) => premium.ratio().map_or(Ok(()), |ratio| ratio.fmt(f)),
            Self::Decimal(text) | Self::Text(text) => f.write_str(text),
            Self::Binary(value) => value.fmt(f),
        }
    }
}

impl Cells {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Months(values) => values.len(),
            Self::Years(values) => values.len(),
            Self::Counts(values) => values.len(),
            Self::Money(values) => values.len(),
            Self::Premiums(values) => values.len(),
            Self::Decimals(values) | Self::Texts(values) => values.len(),
            Self::Binary(values) => values.len(),
        }
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row; no value beyond the last.
    pub fn get(&self, row: usize) -> Cell<'_> {
        let found = match self {
            Self::Months(values) => values.get(row).copied().flatten().map(Cell::Month),
            Self::Years(values) => values.get(row).copied().flatten().map(|year| Cell::Whole(year.into())),
            Self::Counts(values) => values.get(row).copied().flatten().map(Cell::Whole),
            Self::Money(values) => values.get(row).copied().flatten().map(Cell::Money),
            Self::Premiums(values) => {
                values.get(row).filter(|premium| premium.ratio().is_some()).copied().map(Cell::Premium)
            }
            Self::Decimals(values) => values.get(row).map(Cell::Decimal),
            Self::Texts(values) => values.get(row).map(Cell::Text),
            Self::Binary(values) => values.get(row).copied().flatten().map(Cell::Binary),
        };
        found.unwrap_or(Cell::None)
    }

    /// The values of some rows, in their order.
    pub(crate) fn pick(&self, rows: impl IntoIterator<Item = usize>) -> Self {
        fn each<T: Clone>(values: &[T], rows: impl Iterator<Item = usize>) -> Vec<T> {
            rows.filter_map(|row| values.get(row).cloned()).collect()
        }
        let rows = rows.into_iter();
        match self {
            Self::Months(values) => Self::Months(each(values, rows)),
            Self::Years(values) => Self::Years(each(values, rows)),
            Self::Counts(values) => Self::Counts(each(values, rows)),
            Self::Money(values) => Self::Money(each(values, rows)),
            Self::Premiums(values) => Self::Premiums(each(values, rows)),
            Self::Decimals(values) => Self::Decimals(rows.map(|row| values.get(row)).collect()),
            Self::Texts(values) => Self::Texts(rows.map(|row| values.get(row)).collect()),
            Self::Binary(values) => Self::Binary(each(values, rows)),
        }
    }
}

/// Texts of rows, each different text kept once: names repeat from row to row.
///
/// Each is followed by a zero byte, so that a host whose texts end with one can read it where it lies.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    bytes: String,
    /// Where each different text lies.
    distinct: Vec<(usize, usize)>,
    /// The text of each row, by its place.
    rows: Vec<Option<u32>>,
}

impl Texts {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of a row; none where there is no value. In memory a zero byte follows it.
    pub fn get(&self, row: usize) -> Option<&str> {
        let place = usize::try_from((*self.rows.get(row)?)?).ok()?;
        let (start, end) = *self.distinct.get(place)?;
        self.bytes.get(start..end)
    }
}

impl<T: Display> FromIterator<Option<T>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(values: I) -> Self {
        let (mut texts, mut places, mut buffer) = (Self::default(), HashMap::<String, u32>::new(), String::new());
        for value in values {
            let place = value.and_then(|value| {
                buffer.clear();
                _ = write!(buffer, "{value}"); // a String takes everything
                if let Some(place) = places.get(buffer.as_str()) {
                    return Some(*place);
                }
                let place = u32::try_from(texts.distinct.len()).ok()?;
                let start = texts.bytes.len();
                texts.bytes.push_str(&buffer);
                texts.distinct.push((start, texts.bytes.len()));
                texts.bytes.push('\0');
                places.insert(buffer.clone(), place);
                Some(place)
            });
            texts.rows.push(place);
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_ends_with_a_zero_byte() {
        let texts: Texts = [Some("rent"), None, Some(""), Some("rent")].into_iter().collect();
        let got: Vec<Option<&str>> = (0..5).map(|row| texts.get(row)).collect();
        assert_eq!(got, [Some("rent"), None, Some(""), Some("rent"), None]);
        assert_eq!((texts.bytes.as_str(), texts.distinct.len()), ("rent\0\0", 2));
    }
}
