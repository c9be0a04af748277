//! Exact sums of charges that are not rounded, for questions that are asked of amounts rather than of a ledger.

use num_rational::BigRational;
use num_traits::Zero;

use super::engine::Engine;
use super::factors;
use super::route::Route;
use crate::error::Error;
use crate::exact::ratio;
use crate::names::Basis;

impl Engine<'_> {
    /// The exact sum of all charges of a line on a route, in units of the scenario's currency.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or it is to break off.
    pub(crate) fn unrounded(&self, line: usize, route: &Route, basis: Basis) -> Result<BigRational, Error> {
        let scenario = self.scenario();
        let Some((_, priced)) = scenario.lines().get_index(line) else { return Ok(BigRational::zero()) };
        let conditions = self.conditions(line);
        let profile = priced.relief.as_ref().and_then(|relief| scenario.profiles().get(&relief.profile));
        // Units by calendar year, since a year's charges share all other factors.
        let mut units: Vec<(i32, BigRational)> = Vec::new();
        for charged in self.timing(line).charged(route, 0) {
            self.pulse().beat()?;
            for month in charged.months.iter(self.first_calendar()) {
                let tenths = conditions.tenths(month);
                if tenths == 0 {
                    continue;
                }
                let year = scenario.start().plus(i32::try_from(month).unwrap_or(0)).year();
                let (numerator, denominator) = conditions
                    .relief_months(charged.relief_start, month)
                    .zip(profile)
                    .map_or((1, 1), |(months, profile)| profile.needed(months));
                let needed = ratio(i128::from(tenths), 10) * ratio(numerator, denominator);
                match units.last_mut() {
                    Some((known, sum)) if *known == year => *sum += needed,
                    _ => {
                        self.pulse().beat()?;
                        units.push((year, needed));
                    }
                }
            }
        }
        let mut total = BigRational::zero();
        for (year, units) in units {
            self.pulse().beat()?;
            total += units * factors::exact_price(scenario, priced, basis, year)?;
        }
        Ok(total)
    }
}
