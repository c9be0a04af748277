//! The engine: every charge of a line on a route, rounded once.
//!
//! What does not change between evaluations is computed once: quantities, the share of each month of relief that is
//! still needed, and the price of a unit in each year.

use num_rational::BigRational;

use super::Row;
use super::charges::{ANY_MONTH, Timing};
use super::exposure::Exposure;
use super::factors::{self, Factors, Sign};
use super::route::{Entitlements, Route, bits};
use crate::approx::Approx;
use crate::error::{Code, Error};
use crate::exact::{self, from_decimal};
use crate::names::{Basis, Driver};
use crate::scenario::{Profile, Scenario, Schedule};

/// What of a line the engine needs month by month.
struct Charging<'s> {
    driver: Driver,
    joining: bool,
    timing: Timing<'s>,
    relief: Option<Relief>,
}

struct Relief {
    /// The place of the profile in the scenario.
    profile: usize,
    needs: Option<Driver>,
}

/// What is still needed after so many months of relief.
#[derive(Clone, Copy)]
enum Needed {
    Nothing,
    /// A share above 0; equal shares have one number, so that a flat stretch of a profile is seen as such.
    Share(Approx, u32),
}

/// Charges of lines over a horizon.
pub(crate) struct Engine<'s> {
    scenario: &'s Scenario,
    exposure: Exposure,
    lines: Vec<Charging<'s>>,
    /// By profile and month; empty for a profile that no line uses.
    needed: Vec<Vec<Needed>>,
    /// The calendar month of month 0, from 0.
    first_calendar: u32,
    horizon: u32,
}

impl<'s> Engine<'s> {
    /// An engine for the months `0..horizon` of a scenario, which may lie beyond the scenario's own.
    pub(crate) fn new(scenario: &'s Scenario, horizon: u32) -> Self {
        let inner = scenario.inner();
        let lines: Vec<_> = inner
            .lines
            .values()
            .map(|line| Charging {
                driver: line.driver,
                joining: line.schedule == Schedule::OnJoin,
                timing: Timing {
                    schedule: &line.schedule,
                    clock: line.clock,
                    when: bits(inner, &line.when),
                    unless: bits(inner, &line.unless),
                    requires: line.relief.as_ref().map(|relief| bits(inner, &relief.requires)),
                    calendar: match &line.schedule {
                        Schedule::Calendar { months, .. } => {
                            months.iter().fold(0, |bits, month| bits | 1 << (month - 1))
                        }
                        _ => ANY_MONTH,
                    },
                },
                relief: line.relief.as_ref().and_then(|relief| {
                    Some(Relief { profile: inner.profiles.get_index_of(&relief.profile)?, needs: relief.needs })
                }),
            })
            .collect();
        let mut needed = vec![Vec::new(); inner.profiles.len()];
        for relief in lines.iter().filter_map(|line| line.relief.as_ref()) {
            if let (Some(table), Some((_, profile))) =
                (needed.get_mut(relief.profile), inner.profiles.get_index(relief.profile))
                && table.is_empty()
            {
                *table = needed_by_month(profile, horizon);
            }
        }
        let exposure = Exposure::new(&inner.household, inner.start, horizon);
        Self { scenario, exposure, lines, needed, first_calendar: inner.start.month() - 1, horizon }
    }

    /// The prices of the horizon's calendar years on a basis.
    pub(crate) fn factors(&self, basis: Basis) -> Factors {
        let inner = self.scenario.inner();
        let years = (self.first_calendar + self.horizon.max(1) - 1) / 12 + 1;
        Factors::new(inner, basis, inner.start.year(), years as usize)
    }

    /// When a line is charged.
    pub(crate) fn timing(&self, line: usize) -> &Timing<'s> {
        &self.lines[line].timing
    }

    /// Whether a line is charged anywhere on a route, whatever the amount.
    pub(crate) fn is_charged(&self, line: usize, route: &Route) -> bool {
        let charging = &self.lines[line];
        charging.timing.charged(route, 0).any(|charged| {
            charged
                .months
                .iter(self.first_calendar)
                .any(|month| self.exposure.tenths(charging.driver, charging.joining, month) > 0)
        })
    }

    /// Visits every charge of a line on a route that does not round to nothing, by month. `grant` is held in every
    /// stage beside what its solution grants.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or an amount is too large to write.
    pub(crate) fn charge(
        &self,
        line: usize,
        route: &Route,
        grant: Entitlements,
        factors: &Factors,
        mut visit: impl FnMut(Row),
    ) -> Result<(), Error> {
        let charging = &self.lines[line];
        let sign = factors.sign(line);
        // Neighbouring months mostly have the same factors, and so the same amount.
        let mut last: Option<((usize, u32, u32), i128)> = None;
        for charged in charging.timing.charged(route, grant) {
            for month in charged.months.iter(self.first_calendar) {
                let tenths = self.exposure.tenths(charging.driver, charging.joining, month);
                if tenths == 0 {
                    continue;
                }
                let year = ((self.first_calendar + month) / 12) as usize;
                let Some(price) = factors.price(line, year) else {
                    return Err(self.missing_rate(line, factors.basis, year));
                };
                let relief_months = self.relief_months(charging, charged.relief_start, month);
                let (price, share) = match relief_months.map(|months| self.needed(charging, months)) {
                    None => (price, 0),
                    Some(Needed::Nothing) => continue,
                    Some(Needed::Share(share, number)) => (price.times(share), number + 1),
                };
                if sign == Sign::Nothing {
                    continue;
                }
                let key = (year, tenths, share);
                let minor = match last {
                    Some((known, minor)) if known == key => minor,
                    _ => {
                        let size = match price.round(tenths) {
                            Some(size) if sign == Sign::Credit => -i128::from(size),
                            Some(size) => i128::from(size),
                            None => self.exact_minor(line, factors.basis, year, tenths, relief_months)?,
                        };
                        last = Some((key, size));
                        size
                    }
                };
                if minor != 0 {
                    visit(Row { month, stage: charged.stage as u32, line: line as u32, tenths, relief_months, minor });
                }
            }
        }
        Ok(())
    }

    /// Months on the clock of a line's relief in a month; `None` where nothing is relieved.
    fn relief_months(&self, charging: &Charging<'_>, start: Option<u32>, month: u32) -> Option<u32> {
        let relief = charging.relief.as_ref()?;
        let earns = relief.needs.is_none_or(|needs| self.exposure.tenths(needs, false, month) > 0);
        earns.then(|| start.map(|start| month - start))?
    }

    fn needed(&self, charging: &Charging<'_>, months: u32) -> Needed {
        let table = charging.relief.as_ref().and_then(|relief| self.needed.get(relief.profile));
        table.and_then(|table| table.get(months as usize)).copied().unwrap_or(Needed::Share(Approx::ONE, 0))
    }

    fn missing_rate(&self, line: usize, basis: Basis, year: usize) -> Error {
        let year = self.scenario.start().year() + i32::try_from(year).unwrap_or(0);
        match self.scenario.lines().get_index(line) {
            Some((_, line)) => factors::missing_rate(self.scenario, line, basis, year),
            None => Error::single(Code::MissingRate, "rates", "a rate is missing"),
        }
    }

    /// The amount by exact rationals, for what the fast way cannot tell.
    fn exact_minor(
        &self,
        line: usize,
        basis: Basis,
        year: usize,
        tenths: u32,
        relief_months: Option<u32>,
    ) -> Result<i128, Error> {
        let (scenario, calendar_year) =
            (self.scenario.inner(), self.scenario.start().year() + i32::try_from(year).unwrap_or(0));
        let Some((_, priced)) = scenario.lines.get_index(line) else { return Ok(0) };
        let missing = || self.missing_rate(line, basis, year);
        let mut value = exact::ratio(i128::from(tenths), 10) * factors::unit_price(priced);
        value *= factors::index_factor(scenario, priced, basis, calendar_year).map_err(|_| missing())?;
        value *= from_decimal(factors::exchange_rate(scenario, priced, calendar_year).ok_or_else(missing)?);
        if let (Some(months), Some(relief)) = (relief_months, &self.lines[line].relief)
            && let Some((_, profile)) = scenario.profiles.get_index(relief.profile)
        {
            let (numerator, denominator) = profile.needed(months);
            value *= exact::ratio(numerator, denominator);
        }
        self.in_minor(line, &value)
    }

    fn in_minor(&self, line: usize, value: &BigRational) -> Result<i128, Error> {
        let currency = self.scenario.currency();
        let minor =
            exact::to_minor(value, currency.decimals()).and_then(|minor| crate::Money::from_minor(minor, currency));
        minor.map(crate::Money::minor).ok_or_else(|| {
            let key = self.scenario.lines().get_index(line).map_or(String::new(), |(id, _)| format!("lines.{id}"));
            Error::at(
                Code::TooLargeFigure,
                self.scenario.place(&key).cloned(),
                key,
                "an amount of this line is too large to write",
            )
        })
    }
}

/// What is still needed after 0, 1, 2, ... months of relief.
fn needed_by_month(profile: &Profile, horizon: u32) -> Vec<Needed> {
    let mut number = 0;
    let mut last = None;
    let needed = |months| {
        let (numerator, denominator) = profile.needed(months);
        if last.replace((numerator, denominator)) != Some((numerator, denominator)) {
            number += 1;
        }
        if numerator == 0 {
            Needed::Nothing
        } else {
            Needed::Share(Approx::quotient(numerator.unsigned_abs(), denominator.unsigned_abs()), number)
        }
    };
    (0..horizon).map(needed).collect()
}
