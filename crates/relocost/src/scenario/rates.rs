//! Indices, exchange rates, the discount rate, and the profiles off which relief is read.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use num_rational::BigRational;

use crate::types::{Amount, Currency, Id, Increase, Share, Text};

/// A rate by calendar year, with one for all other years.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateTable<T> {
    /// The rate of a year that has none of its own.
    pub default: Option<T>,
    /// Rates by calendar year.
    pub years: BTreeMap<i32, T>,
    /// Where they come from.
    pub source: Option<Text>,
}

impl<T: Copy> RateTable<T> {
    /// The rate of a calendar year, if the table gives one.
    pub fn get(&self, year: i32) -> Option<T> {
        self.years.get(&year).copied().or(self.default)
    }
}

/// All rates of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rates {
    /// The discount rate by fiscal year; 0 where none is given.
    pub discount: Option<Increase>,
    /// Annual increases of prices, by name of the index.
    pub index: IndexMap<Id, RateTable<Increase>>,
    /// Units of the scenario's currency for one unit of another one, above 0.
    pub fx: IndexMap<Currency, RateTable<Amount>>,
    /// What all years of a currency are multiplied by, where a question asks for another rate.
    pub(crate) fx_factors: IndexMap<Currency, BigRational>,
}

/// A profile: the share of a cost that the household no longer needs, by months since it could earn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// Months and shares, months strictly increasing; linear between, constant outside.
    pub knots: Vec<(u32, Share)>,
    /// Where they come from.
    pub source: Option<Text>,
    /// What the knots' months are multiplied by: 1 unless a question asks for another; at most 18 digits.
    pub(crate) stretch: Amount,
}

impl Profile {
    /// What is still needed, `1 - share`, after `months`: an exact quotient (numerator, denominator above 0).
    pub(crate) fn needed(&self, months: u32) -> (i128, i128) {
        // Over the smallest power of ten that does, so that products of it stay small.
        let rest = |share: Share, scale: u32| {
            let share = share.to_decimal();
            10_i128.pow(scale) - share.mantissa() * 10_i128.pow(scale - share.scale())
        };
        let level = |share: Share| (rest(share, share.to_decimal().scale()), 10_i128.pow(share.to_decimal().scale()));
        // Months are compared in parts of the stretch's last decimal: months / stretch against the knot.
        let stretch = self.stretch.to_decimal();
        let (unit, width_of_month) = (10_i128.pow(stretch.scale()), stretch.mantissa());
        let (now, at) = (i128::from(months) * unit, |knot: u32| i128::from(knot) * width_of_month);
        let after = self.knots.partition_point(|&(knot, _)| at(knot) <= now);
        match (after.checked_sub(1).and_then(|i| self.knots.get(i)), self.knots.get(after)) {
            (None, None) => (1, 1),
            (Some(&(_, share)), None) | (None, Some(&(_, share))) => level(share),
            (Some(&(start, from)), Some(&(_, to))) if from == to || at(start) == now => level(from),
            (Some(&(start, from)), Some(&(end, to))) => {
                let scale = from.to_decimal().scale().max(to.to_decimal().scale());
                let (width, along) = (at(end) - at(start), now - at(start));
                let (from, to) = (rest(from, scale), rest(to, scale));
                (from * width - (from - to) * along, 10_i128.pow(scale) * width)
            }
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
