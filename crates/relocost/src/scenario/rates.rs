//! Indices, exchange rates, the discount rate, and the profiles off which relief is read.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use num_rational::BigRational;

use super::line::Priced;
use crate::exact::from_decimal;
use crate::types::{Amount, Currency, Id, Increase, Month, Share, Text};

/// A rate by year, with one for all other years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateTable<T> {
    /// The rate of a year that has none of its own.
    pub default: Option<T>,
    /// Rates by year.
    pub years: BTreeMap<i32, T>,
    /// Where they come from.
    pub source: Option<Text>,
}

impl<T> Default for RateTable<T> {
    fn default() -> Self {
        Self { default: None, years: BTreeMap::new(), source: None }
    }
}

impl<T: Copy> RateTable<T> {
    /// The rate of a year, if the table gives one.
    pub fn get(&self, year: i32) -> Option<T> {
        self.years.get(&year).copied().or(self.default)
    }
}

/// An index: annual increases of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Index {
    /// The increases by index year.
    pub increases: RateTable<Increase>,
    /// The calendar month, 1 to 12, in which an increase comes; 1 where the table does not say.
    pub month: u32,
}

impl Index {
    /// The index year of a month: its calendar year from the month of the increase on, else the year before.
    pub fn year_of(&self, month: Month) -> i32 {
        if month.month() >= self.month { month.year() } else { month.year() - 1 }
    }

    /// The index year of a price base: that of its January.
    pub fn year_of_base(&self, year: i32) -> i32 {
        if self.month > 1 { year - 1 } else { year }
    }

    /// The index year of a line's prices: that of the month from which a dated amount holds, or of its price base.
    pub(crate) fn base_year(&self, priced: &Priced, since: Option<Month>) -> i32 {
        match since {
            Some(month) => self.year_of(month),
            None => self.year_of_base(priced.price_base_year.unwrap_or(0)), // only dated amounts have none
        }
    }
}

/// Exchange rates of a currency: units of the scenario's currency for one unit of it, above 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeRates {
    /// The rates by calendar year.
    pub by_year: RateTable<Amount>,
    /// Rates of single months, which go before their year's.
    pub months: BTreeMap<Month, Amount>,
}

impl ExchangeRates {
    /// The rate of a month, if the table gives one: its own, else its year's, else the default.
    pub fn get(&self, month: Month) -> Option<Amount> {
        self.months.get(&month).copied().or_else(|| self.by_year.get(month.year()))
    }
}

/// The price levels at a place, as shares of the prices for which the amounts stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriceLevels {
    /// By category, above 0; 1 of a category that is not given.
    pub by_category: IndexMap<Id, Amount>,
    /// Where they come from.
    pub source: Option<Text>,
}

/// All rates of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rates {
    /// The discount rate by fiscal year; 0 where none is given.
    pub discount: Option<Increase>,
    /// Annual increases of prices, by name of the index.
    pub index: IndexMap<Id, Index>,
    /// Units of the scenario's currency for one unit of another one.
    pub fx: IndexMap<Currency, ExchangeRates>,
    /// Price levels by place.
    pub level: IndexMap<Id, PriceLevels>,
    /// The factors on all rates of a currency, where a question sets them.
    pub(crate) fx_factors: IndexMap<Currency, BigRational>,
    /// The factors on the price levels of all categories at a place, where a question sets them.
    pub(crate) level_factors: IndexMap<Id, BigRational>,
}

impl Rates {
    /// The price level of a category at a place, as a share of the prices for which the amounts stand, with the factor
    /// that a question sets; `None` where none is given, and it is 1.
    pub(crate) fn level_at(&self, place: &Id, category: &Id) -> Option<BigRational> {
        let given = self.level.get(place).and_then(|levels| levels.by_category.get(category));
        let given = given.map(|level| from_decimal(level.to_decimal()));
        match (given, self.level_factors.get(place)) {
            (Some(level), Some(factor)) => Some(level * factor),
            (level, factor) => level.or_else(|| factor.cloned()),
        }
    }
}

/// A profile: the share of a cost that the household no longer needs, by months since it could earn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// Months and shares, months strictly increasing; linear between, constant outside.
    pub knots: Vec<(u32, Share)>,
    /// Where they come from.
    pub source: Option<Text>,
    /// The factor on the months of the knots: 1 unless a question sets another; at most 18 digits.
    pub(crate) stretch: Amount,
}

impl Profile {
    /// The factor on the months of the knots: 1 unless a question sets another.
    pub const fn stretch(&self) -> Amount {
        self.stretch
    }

    /// How many of the knots are not after `months`, stretched where a question stretches the profile.
    pub fn knots_reached(&self, months: u32) -> usize {
        let (unit, width) = self.parts_of_month();
        self.knots.partition_point(|&(knot, _)| i128::from(knot) * width <= i128::from(months) * unit)
    }

    /// Months are compared in parts of the stretch's last decimal: so many for a month, and so many for one of the knots.
    fn parts_of_month(&self) -> (i128, i128) {
        let stretch = self.stretch.to_decimal();
        (10_i128.pow(stretch.scale()), stretch.mantissa())
    }

    /// The share that is still needed, `1 - share`, after `months`: an exact quotient (numerator, denominator above 0).
    pub(crate) fn needed(&self, months: u32) -> (i128, i128) {
        self.segment(months).needed(months)
    }

    /// The same after 0, 1, 2, ... months.
    pub(crate) fn needed_by_month(&self) -> impl Iterator<Item = (i128, i128)> {
        let mut segment = self.segment(0);
        (0..).map(move |months| {
            if segment.until.is_some_and(|until| segment.at(months) >= until) {
                segment = self.segment(months);
            }
            segment.needed(months)
        })
    }

    /// The segment in which a number of months lies.
    fn segment(&self, months: u32) -> Segment {
        let (unit, width_of_month) = self.parts_of_month();
        let at = |knot: u32| i128::from(knot) * width_of_month;
        let after = self.knots_reached(months);
        let (last, next) = (after.checked_sub(1).and_then(|i| self.knots.get(i)), self.knots.get(after));
        let until = next.map(|&(knot, _)| at(knot));
        // Shares over the smallest power of ten that does, so that products of them stay small.
        let rest = |share: Share, scale: u32| {
            let share = share.to_decimal();
            10_i128.pow(scale) - share.mantissa() * 10_i128.pow(scale - share.scale())
        };
        let level = |share: Share| {
            let scale = share.to_decimal().scale();
            Segment { unit, start: 0, until, from: (rest(share, scale), 10_i128.pow(scale)), slope: None }
        };
        match (last, next) {
            (None, None) => Segment { unit, start: 0, until, from: (1, 1), slope: None },
            (Some(&(_, share)), None) | (None, Some(&(_, share))) => level(share),
            (Some(&(_, from)), Some(&(_, to))) if from == to => level(from),
            (Some(&(start, from)), Some(&(end, to))) => {
                let scale = from.to_decimal().scale().max(to.to_decimal().scale());
                let (width, falls) = (at(end) - at(start), rest(from, scale) - rest(to, scale));
                let slope = Some((rest(from, scale) * width, falls, 10_i128.pow(scale) * width));
                Segment { start: at(start), slope, ..level(from) }
            }
        }
    }
}

/// A part of a profile between two knots, or before the first, or after the last.
struct Segment {
    /// The parts of a month.
    unit: i128,
    /// Its first knot, in parts of a month.
    start: i128,
    /// Its last; none after the last of the profile.
    until: Option<i128>,
    /// The share that is still needed at its first knot, as a quotient.
    from: (i128, i128),
    /// Where that changes: the share times the width, what a part of a month takes off, and the denominator of both.
    slope: Option<(i128, i128, i128)>,
}

impl Segment {
    fn at(&self, months: u32) -> i128 {
        i128::from(months) * self.unit
    }

    fn needed(&self, months: u32) -> (i128, i128) {
        let along = self.at(months) - self.start;
        match self.slope {
            Some((share, falls, denominator)) if along != 0 => (share - falls * along, denominator),
            _ => self.from,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{ratio, shortest};

    #[test]
    fn a_profile_is_linear_between_knots_and_constant_outside() {
        let knots = [(2, "0.1"), (5, "0.1"), (8, "0.7")].map(|(k, share)| (k, share.parse().unwrap()));
        let profile = Profile { knots: knots.to_vec(), source: None, stretch: Amount::ONE };
        for (months, needed) in [(0, "0.9"), (2, "0.9"), (4, "0.9"), (6, "0.7"), (7, "0.5"), (8, "0.3"), (900, "0.3")] {
            let (n, d) = profile.needed(months);
            assert_eq!(shortest(&ratio(n, d)), needed, "after {months} months");
        }
        // Stretched to one and a half, the knots lie at 3, 7.5 and 12.
        let stretched = Profile { stretch: "1.5".parse().unwrap(), ..profile };
        for (months, needed) in [(7, "0.9"), (9, "0.7"), (12, "0.3")] {
            let (n, d) = stretched.needed(months);
            assert_eq!(shortest(&ratio(n, d)), needed, "after {months} months, stretched");
        }
    }
}
