//! Exact sums of charges that are not rounded, for questions that are asked of amounts rather than of a ledger.

use num_rational::BigRational;
use num_traits::Zero;

use super::engine::Engine;
use super::exact_price;
use super::route::{Grant, Route};
use crate::error::Error;
use crate::exact::{from_decimal, ratio};
use crate::names::Basis;

impl Engine<'_> {
    /// The exact sum of all charges of an item on a route, in units of the scenario's currency. A refund is of charges
    /// that are not rounded.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(crate) fn unrounded(&self, item: usize, route: &Route, basis: Basis) -> Result<BigRational, Error> {
        let mut total = BigRational::zero();
        if let Some(of) = self.refunded(item) {
            let by_stage = self.unrounded_by_stage(of, route, basis)?;
            for (first, last) in self.timing(of).ends(route, Grant::NONE) {
                if self.timing(item).returned_in(&route.legs[last], Grant::NONE) {
                    total -= by_stage[first..=last].iter().sum::<BigRational>();
                }
            }
        } else {
            total = self.unrounded_by_stage(item, route, basis)?.into_iter().sum();
        }
        Ok(match self.multiplier(item) {
            Some(multiplier) => total * multiplier,
            None => total,
        })
    }

    /// The exact sums of an item with a price by stage, before its percentages.
    fn unrounded_by_stage(&self, item: usize, route: &Route, basis: Basis) -> Result<Vec<BigRational>, Error> {
        let (scenario, base) = (self.scenario(), self.item(item).base);
        let mut sums = vec![BigRational::zero(); route.legs.len()];
        let Some((_, line)) = scenario.lines().get_index(base) else { return Ok(sums) };
        let conditions = self.conditions(item);
        let (period_of, firsts) = self.periods(base);
        for charged in self.timing(item).charged(route, Grant::NONE) {
            self.pulse().beat()?;
            let level = self.exact_level(self.level(item, charged.place));
            // Units by period, since the charges of one share all other factors.
            let mut units: Vec<(u32, BigRational)> = Vec::new();
            for month in charged.months.iter(self.first_calendar()) {
                let quantity = conditions.quantity(month);
                if quantity.is_zero() {
                    continue;
                }
                let period = period_of.get(month as usize).copied().unwrap_or(0);
                let relief = conditions.relief_months(charged.relief_start, month);
                let (numerator, denominator) = self.exact_needed(item, relief);
                let needed = from_decimal(quantity) * ratio(numerator, denominator);
                match units.last_mut() {
                    Some((known, sum)) if *known == period => *sum += needed,
                    _ => {
                        self.pulse().beat()?;
                        units.push((period, needed));
                    }
                }
            }
            for (period, units) in units {
                self.pulse().beat()?;
                let month = self.month(firsts.get(period as usize).copied().unwrap_or(0));
                sums[charged.stage] += units * &level * exact_price::exact_price(scenario, line, basis, month)?;
            }
        }
        Ok(sums)
    }
}
