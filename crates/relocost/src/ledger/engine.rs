//! The engine: every charge of a line on a route, rounded once.
//!
//! What does not change between evaluations is computed once: quantities, the share of each month of relief that is
//! still needed, and the price of a unit in each year.

use num_rational::BigRational;

use super::charges::{ANY_MONTH, Timing};
use super::exposure::Exposure;
use super::factors::{self, Factors, Sign};
use super::route::{Route, bits};
use crate::approx::Approx;
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::names::{Basis, Driver};
use crate::scenario::{Profile, Scenario, Schedule};
use crate::watch::Pulse;

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
#[derive(Default)]
struct Needed {
    /// `None` where nothing is.
    shares: Vec<Option<Approx>>,
    /// Equal shares in a row have one number, above 0, so that a flat stretch of a profile is seen as such.
    numbers: Vec<u32>,
}

/// What the amount of a line on a basis depends on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// The calendar year, from that of the start.
    year: u32,
    pub(super) tenths: u32,
    /// The number of the share that is still needed; 0 for all.
    share: u32,
}

/// What decides the amounts of a line, month by month, beside the line and the basis.
pub(crate) struct Conditions<'e> {
    first_calendar: u32,
    tenths: &'e [u32],
    relieved: bool,
    /// Units of the driver without which there is no relief.
    earning: Option<&'e [u32]>,
    /// The numbers of the shares by month of relief.
    shares: &'e [u32],
}

impl Conditions<'_> {
    /// The terms of a month in which the clock of the relief runs from `start`.
    pub(super) fn terms(&self, month: u32, start: Option<u32>) -> Terms {
        let relieved = self.relief_months(start, month).and_then(|months| self.shares.get(months as usize));
        Terms {
            year: (self.first_calendar + month) / 12,
            tenths: self.tenths(month),
            share: relieved.copied().unwrap_or(0),
        }
    }

    /// Tenths of a unit of the line's driver.
    pub(crate) fn tenths(&self, month: u32) -> u32 {
        self.tenths.get(month as usize).copied().unwrap_or(0)
    }

    /// Months on the clock of the relief, from its start; `None` where nothing is relieved.
    pub(crate) fn relief_months(&self, start: Option<u32>, month: u32) -> Option<u32> {
        let earns = self.earning.is_none_or(|tenths| tenths.get(month as usize).is_some_and(|&tenths| tenths > 0));
        (self.relieved && earns).then(|| start.map(|start| month - start))?
    }
}

/// Charges of lines over a horizon.
pub(crate) struct Engine<'s> {
    scenario: &'s Scenario,
    exposure: Exposure,
    lines: Vec<Charging<'s>>,
    /// By profile; empty for one that no line uses.
    needed: Vec<Needed>,
    pulse: &'s Pulse<'s>,
    /// The calendar month of month 0, from 0.
    first_calendar: u32,
    horizon: u32,
}

impl<'s> Engine<'s> {
    /// An engine for the months `0..horizon` of a scenario, which may lie beyond the scenario's own.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn new(scenario: &'s Scenario, horizon: u32, pulse: &'s Pulse<'s>) -> Result<Self, Error> {
        let inner = scenario.inner();
        let mut lines = Vec::with_capacity(inner.lines.len());
        for line in inner.lines.values() {
            pulse.beat()?;
            lines.push(Charging {
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
            });
        }
        let mut needed: Vec<Needed> = inner.profiles.values().map(|_| Needed::default()).collect();
        for relief in lines.iter().filter_map(|line| line.relief.as_ref()) {
            if let (Some(table), Some((_, profile))) =
                (needed.get_mut(relief.profile), inner.profiles.get_index(relief.profile))
                && table.shares.is_empty()
            {
                pulse.beat()?;
                *table = needed_by_month(profile, horizon);
            }
        }
        let exposure = Exposure::new(&inner.household, inner.start, horizon, pulse)?;
        Ok(Self { scenario, exposure, lines, needed, pulse, first_calendar: inner.start.month() - 1, horizon })
    }

    /// The prices of the horizon's calendar years on a basis.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn factors(&self, basis: Basis) -> Result<Factors, Error> {
        let inner = self.scenario.inner();
        let years = (self.first_calendar + self.horizon.max(1) - 1) / 12 + 1;
        let constant = Factors::constant(inner, inner.start.year(), years as usize, self.pulse)?;
        match basis {
            Basis::Constant => Ok(constant),
            Basis::Nominal => constant.nominal(inner, self.pulse),
        }
    }

    /// How many lines there are.
    pub(crate) fn lines(&self) -> usize {
        self.lines.len()
    }

    /// When a line is charged.
    pub(crate) fn timing(&self, line: usize) -> &Timing<'s> {
        &self.lines[line].timing
    }

    pub(super) fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// What every loop over many charges beats.
    pub(crate) fn pulse(&self) -> &'s Pulse<'s> {
        self.pulse
    }

    /// The months of a horizon.
    pub(crate) fn horizon(&self) -> usize {
        self.horizon as usize
    }

    /// The calendar month of month 0, from 0.
    pub(crate) fn first_calendar(&self) -> u32 {
        self.first_calendar
    }

    /// Whether a line is charged anywhere on a route, whatever the amount.
    pub(crate) fn is_charged(&self, line: usize, route: &Route) -> bool {
        let conditions = self.conditions(line);
        self.timing(line)
            .charged(route, 0)
            .any(|charged| charged.months.iter(self.first_calendar).any(|month| conditions.tenths(month) > 0))
    }

    /// What decides the amounts of a line.
    pub(crate) fn conditions(&self, line: usize) -> Conditions<'_> {
        let Charging { driver, joining, relief, .. } = &self.lines[line];
        Conditions {
            first_calendar: self.first_calendar,
            tenths: self.exposure.tenths(*driver, *joining),
            relieved: relief.is_some(),
            earning: relief.as_ref().and_then(|relief| Some(self.exposure.tenths(relief.needs?, false))),
            shares: self.table(line).map_or(&[], |table| &table.numbers),
        }
    }

    /// The amount of a line on the terms of a month, rounded once.
    ///
    /// # Errors
    /// A rate that the charge needs is missing, the amount is too large to write, or it is to break off.
    pub(super) fn round(
        &self,
        line: usize,
        factors: &Factors,
        terms: Terms,
        relief_months: Option<u32>,
    ) -> Result<i128, Error> {
        let Some(price) = factors.price(line, terms.year as usize) else {
            return Err(self.missing_rate(line, factors.basis, terms.year as usize));
        };
        let price = match relief_months.map(|months| self.needed(line, months)) {
            None => price,
            Some(Some(share)) => price.times(share),
            Some(None) => return Ok(0),
        };
        let sign = factors.sign(line);
        if sign == Sign::Nothing {
            return Ok(0);
        }
        let mut size = price.round(terms.tenths).map(i128::from);
        if size.is_none() {
            self.pulse.beat()?; // the exact ways are slow
            size = self.exact_in_128_bits(line, factors.basis, terms, relief_months);
        }
        match size {
            Some(size) if sign == Sign::Credit => Ok(-size),
            Some(size) => Ok(size),
            None => self.exact_minor(line, factors.basis, terms.year as usize, terms.tenths, relief_months),
        }
    }

    fn table(&self, line: usize) -> Option<&Needed> {
        self.needed.get(self.lines[line].relief.as_ref()?.profile)
    }

    /// The share that is still needed, if any.
    fn needed(&self, line: usize, months: u32) -> Option<Approx> {
        self.table(line).and_then(|table| table.shares.get(months as usize).copied()).flatten()
    }

    fn missing_rate(&self, line: usize, basis: Basis, year: usize) -> Error {
        let year = self.scenario.start().year() + i32::try_from(year).unwrap_or(0);
        match self.scenario.lines().get_index(line) {
            Some((_, line)) => factors::missing_rate(self.scenario, line, basis, year),
            None => Error::single(Code::MissingRate, "rates", message!("a rate is missing", "un taux manque")),
        }
    }

    /// The size of an amount by an exact quotient, for what the fast way cannot tell, which is mostly a tie; `None`
    /// where that takes more than 128 bits.
    fn exact_in_128_bits(&self, line: usize, basis: Basis, terms: Terms, relief_months: Option<u32>) -> Option<i128> {
        let (scenario, (_, priced)) = (self.scenario.inner(), self.scenario.lines().get_index(line)?);
        let year = self.scenario.start().year() + i32::try_from(terms.year).ok()?;
        let needed = match (relief_months, &self.lines[line].relief) {
            (Some(months), Some(relief)) => {
                let (numerator, denominator) = scenario.profiles.get_index(relief.profile)?.1.needed(months);
                (numerator.unsigned_abs(), denominator.unsigned_abs())
            }
            _ => (1, 1),
        };
        let price = factors::quotient_of_price(scenario, priced, basis, year)?;
        let numerator = price.0.checked_mul(u128::from(terms.tenths))?.checked_mul(needed.0)?;
        exact::divide_half_even_u128(numerator, price.1.checked_mul(10)?.checked_mul(needed.1)?)
    }

    /// The amount by exact rationals, whatever their size.
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
        let price = factors::exact_price(self.scenario, priced, basis, calendar_year)?;
        let mut value = exact::times(&exact::ratio(i128::from(tenths), 10), &price);
        if let (Some(months), Some(relief)) = (relief_months, &self.lines[line].relief)
            && let Some((_, profile)) = scenario.profiles.get_index(relief.profile)
        {
            let (numerator, denominator) = profile.needed(months);
            value = exact::times(&value, &exact::ratio(numerator, denominator));
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
                message!(
                    "an amount of this line is too large to write",
                    "un montant de ce poste est trop grand pour être écrit"
                ),
            )
        })
    }
}

/// What is still needed after 0, 1, 2, ... months of relief.
fn needed_by_month(profile: &Profile, horizon: u32) -> Needed {
    let mut table = Needed::default();
    let (mut last, mut share, mut number) = (None, None, 0);
    for months in 0..horizon {
        let (numerator, denominator) = profile.needed(months);
        if last.replace((numerator, denominator)) != Some((numerator, denominator)) {
            number += 1;
            share = (numerator != 0).then(|| Approx::quotient(numerator.unsigned_abs(), denominator.unsigned_abs()));
        }
        table.shares.push(share);
        table.numbers.push(number);
    }
    table
}
