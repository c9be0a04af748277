//! The periods of a horizon in which a line's price stays the same.

use std::collections::BTreeMap;

use super::line::{Line, Price};
use super::{Setting, SettingFrom};
use crate::error::Error;
use crate::types::{Amount, Currency, Id, Month};
use crate::watch::Pulse;

/// Months of a horizon by periods in which a line's price stays the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Timetable {
    /// The period of each month.
    pub(crate) of_month: Vec<u32>,
    /// The first month of each period, since the start.
    pub(crate) firsts: Vec<u32>,
}

/// The reasons for which a line's price changes within a calendar year.
#[derive(Clone, Copy, PartialEq)]
struct PriceChanges<'s> {
    /// The month of the index, where it is not January.
    index: Option<u32>,
    /// The currency whose months have rates of their own.
    currency: Option<Currency>,
    tariffs: Option<&'s BTreeMap<Month, Amount>>,
}

/// The timetables of a setting's lines, each once.
#[derive(Debug)]
pub(crate) struct Timetables {
    pub(crate) tables: Vec<Timetable>,
    /// By line.
    pub(crate) of_line: Vec<usize>,
    /// By line, the place of its index in the setting, if it has one that is given.
    pub(super) index_of_line: Vec<Option<usize>>,
}

impl Timetables {
    /// # Errors
    /// The watch cancels it.
    pub(super) fn new<'s>(from: SettingFrom<'s>, horizon: u32, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let setting = from.setting;
        // Lines in a row mostly have the same index.
        let mut last: Option<(&Id, Option<usize>)> = None;
        let mut index_of = |line: &'s Line| {
            let id = line.priced()?.index.as_ref()?;
            let place = match last {
                Some((known, place)) if known == id => place,
                _ => setting.rates.index.get_index_of(id),
            };
            last = Some((id, place));
            place
        };
        let index_of_line: Vec<Option<usize>> = setting.lines.values().map(&mut index_of).collect();
        let mut known: Vec<PriceChanges<'_>> = Vec::new();
        let of_line = setting.lines.values().zip(&index_of_line).map(|(line, &index)| {
            pulse.beat()?;
            let changes = PriceChanges::of(setting, line, index);
            Ok(known.iter().position(|other| *other == changes).unwrap_or_else(|| {
                known.push(changes);
                known.len() - 1
            }))
        });
        let of_line = of_line.collect::<Result<_, Error>>()?;
        let tables = known.iter().map(|changes| changes.timetable(from, horizon)).collect();
        Ok(Self { tables, of_line, index_of_line })
    }

    /// The timetable of a line.
    pub(crate) fn of(&self, line: usize) -> &Timetable {
        &self.tables[self.of_line[line]]
    }
}

impl<'s> PriceChanges<'s> {
    fn of(setting: &'s Setting, line: &'s Line, index: Option<usize>) -> Self {
        let Some(priced) = line.priced() else { return Self { index: None, currency: None, tariffs: None } };
        let index = index.map(|index| &setting.rates.index[index]);
        let foreign = (priced.currency != setting.currency).then_some(priced.currency);
        let months = |currency: &Currency| setting.rates.fx.get(currency).is_some_and(|rates| !rates.months.is_empty());
        Self {
            index: index.map(|index| index.month).filter(|&month| month > 1),
            currency: foreign.filter(months),
            tariffs: match &priced.price {
                Price::Dated(tariffs) => Some(tariffs),
                _ => None,
            },
        }
    }

    fn timetable(&self, from: SettingFrom<'_>, horizon: u32) -> Timetable {
        let rates = self.currency.and_then(|currency| from.rates.fx.get(&currency));
        let mut table = Timetable {
            of_month: Vec::with_capacity(horizon as usize),
            firsts: Vec::with_capacity(2 * (horizon as usize).div_ceil(12) + 1), // two changes a year are the most usual
        };
        for offset in 0..horizon {
            let month = from.month(offset);
            let own_rate = |month: Month| rates.is_some_and(|rates| rates.months.contains_key(&month));
            let changes = offset == 0
                || month.month() == 1
                || self.index == Some(month.month())
                || own_rate(month)
                || own_rate(month.plus(-1))
                || self.tariffs.is_some_and(|tariffs| tariffs.contains_key(&month));
            if changes {
                table.firsts.push(offset);
            }
            table.of_month.push(u32::try_from(table.firsts.len() - 1).unwrap_or(u32::MAX));
        }
        table
    }
}
