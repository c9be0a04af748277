//! The engine: every charge of a line on a route, rounded once.
//!
//! What does not depend on the household is the setting's: how items are charged, price levels, prices by period, and what
//! relief leaves. Quantities, and the months in a row in which they and the prices stay the same, are found here.

use std::sync::Arc;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use rust_decimal::Decimal;

use super::charges::Timing;
use super::exposure::{Decimals, Exposure, State, Units};
use super::rounding::{Rounding, Scales, too_large};
use super::route::{Grant, Route};
use super::spans::{self, Span, SpanLists, Terms};
use crate::approx::Factor;
use crate::error::Error;
use crate::exact;
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::scenario::charging::{Charging, Drivers, Kind, Who};
use crate::scenario::items::{ChargedItems, Item};
use crate::scenario::price_tables::{Factors, Needed, PriceTables};
use crate::types::{Money, Month};
use crate::watch::Pulse;

/// The conditions that decide the amounts of an item, month by month, beside the line and the basis.
pub(crate) struct Conditions<'e> {
    units: &'e [Units],
    relieved: bool,
    /// Units of the driver without which there is no relief.
    earning: Option<&'e [Units]>,
    decimals: &'e Decimals,
}

impl Conditions<'_> {
    /// Units of the line's driver, as a number.
    pub(crate) fn units(&self, month: u32) -> Units {
        self.units.get(month as usize).copied().unwrap_or(0)
    }

    /// Units of the line's driver.
    pub(crate) fn quantity(&self, month: u32) -> Decimal {
        self.decimals.value(self.units(month))
    }

    /// Months on the clock of the relief, from its start; `None` where nothing is relieved.
    pub(crate) fn relief_months(&self, start: Option<u32>, month: u32) -> Option<u32> {
        let earns = self.earning.is_none_or(|units| units.get(month as usize).is_some_and(|&units| units > 0));
        (self.relieved && earns).then(|| start.map(|start| month - start))?
    }
}

/// Charges of lines over a horizon.
pub(crate) struct Engine<'s> {
    scenario: &'s Scenario,
    charged: &'s ChargedItems,
    /// By item.
    timings: Vec<Timing<'s>>,
    exposure: Exposure,
    tables: Arc<PriceTables>,
    spans: SpanLists,
    pulse: &'s Pulse<'s>,
    /// The calendar month of month 0, from 0.
    first_calendar: u32,
    horizon: u32,
}

impl<'s> Engine<'s> {
    /// An engine for the months `0..horizon` of a scenario, which may lie beyond the scenario's own.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(scenario: &'s Scenario, horizon: u32, pulse: &'s Pulse<'s>) -> Result<Self, Error> {
        let inner = scenario.inner();
        let charged = inner.charged(pulse)?;
        let mut timings = Vec::with_capacity(charged.items.len());
        for item in &charged.items {
            pulse.beat()?;
            timings.push(Timing::new(inner, item, horizon));
        }
        let tables = inner.without_household().price_tables(horizon, charged, pulse)?;
        let exposure = Exposure::new(inner, horizon, pulse)?;
        let spans = SpanLists::new(priced(charged), &exposure, tables.timetables(), pulse)?;
        let first_calendar = inner.start.month() - 1;
        Ok(Self { scenario, charged, timings, exposure, tables, spans, pulse, first_calendar, horizon })
    }

    /// Goes on to a household of the same quantities in every month, which has no units of any other driver.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn hold(&mut self, drivers: Drivers, state: State) -> Result<(), Error> {
        self.exposure = Exposure::constant(self.scenario.inner(), self.horizon, drivers, state);
        self.spans = SpanLists::new(priced(self.charged), &self.exposure, self.tables.timetables(), self.pulse)?;
        Ok(())
    }

    /// The prices of the horizon on a basis.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn factors(&self, basis: Basis) -> Result<&Factors, Error> {
        self.tables.factors(self.scenario.inner().without_household(), self.charged, basis, self.pulse)
    }

    /// The number of items.
    pub(crate) fn items(&self) -> usize {
        self.timings.len()
    }

    /// An item.
    pub(crate) fn item(&self, item: usize) -> &Item {
        &self.charging(item).item
    }

    fn charging(&self, item: usize) -> &'s Charging {
        &self.charged.items[item]
    }

    /// True if the amount of a line is only an illustration.
    pub(crate) fn is_illustrative(&self, line: usize) -> bool {
        self.charged.illustrative[line]
    }

    /// The item of a line that is no percentage.
    pub(crate) fn item_of(&self, line: usize) -> usize {
        self.charged.of_line[line]
    }

    /// The line with the price of which an item is a charge, a percentage or a refund.
    pub(crate) fn priced_line(&self, item: usize) -> usize {
        self.refunded(item).map_or(self.item(item).base, |of| self.item(of).line)
    }

    /// The place of an item's category in the scenario.
    pub(crate) fn category(&self, item: usize) -> usize {
        self.charging(item).category
    }

    /// The item of which an item is a refund, or a percentage of one.
    pub(crate) fn refunded(&self, item: usize) -> Option<usize> {
        self.charging(item).refunded()
    }

    /// The drivers of an item with a price.
    pub(crate) fn drivers(&self, item: usize) -> Option<Drivers> {
        self.charging(item).drivers()
    }

    /// When an item is charged.
    pub(crate) fn timing(&self, item: usize) -> &Timing<'s> {
        &self.timings[item]
    }

    pub(crate) fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    pub(crate) fn decimals(&self) -> &Decimals {
        self.exposure.decimals()
    }

    /// The pulse that every loop over many charges beats.
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

    /// The calendar month of a month since the start.
    pub(crate) fn month(&self, offset: u32) -> Month {
        self.scenario.inner().without_household().month(offset)
    }

    /// The first months, since the start, of the periods of a line.
    pub(crate) fn periods(&self, line: usize) -> (&[u32], &[u32]) {
        let timetable = self.tables.timetables().of(line);
        (&timetable.of_month, &timetable.firsts)
    }

    /// True if an item is charged anywhere on a route, whatever the amount.
    pub(crate) fn is_charged(&self, item: usize, route: &Route) -> bool {
        let timing = self.timing(item);
        if let Some(of) = self.refunded(item) {
            let mut ends = self.timing(of).ends(route, Grant::NONE);
            return ends.any(|(_, stage)| timing.returned_in(&route.legs[stage], Grant::NONE));
        }
        let conditions = self.conditions(item);
        timing
            .charged(route, Grant::NONE)
            .any(|charged| charged.months.iter(self.first_calendar).any(|month| conditions.units(month) > 0))
    }

    /// The conditions that decide the amounts of an item with a price.
    pub(crate) fn conditions(&self, item: usize) -> Conditions<'_> {
        let (charging, decimals) = (self.charging(item), self.exposure.decimals());
        match charging.drivers() {
            Some(Drivers { driver, who, needs }) => Conditions {
                units: self.exposure.units(driver, who),
                relieved: charging.profile().is_some(),
                earning: needs.map(|needs| self.exposure.units(needs, Who::All)),
                decimals,
            },
            None => Conditions { units: &[], relieved: false, earning: None, decimals },
        }
    }

    /// The number of spans of an item with a price, at most.
    pub(super) fn most_spans(&self) -> usize {
        let of = |item: usize| self.spans.of(item).len() + self.table(item).map_or(0, |needed| needed.changes.len());
        (0..self.items()).map(of).max().unwrap_or(0)
    }

    /// Visits the spans of an item with a price: of the horizon, or from the start of its relief on.
    pub(super) fn each_span(&self, item: usize, relief_start: Option<u32>, mut visit: impl FnMut(u32, u32, Terms)) {
        let spans = self.spans.of(item);
        match relief_start.zip(self.table(item)) {
            Some((start, needed)) => spans::relieved(spans, start, &needed.changes, visit),
            None => spans.iter().for_each(|&Span { first, end, period, units, .. }| {
                visit(first, end, Terms { period, units, relief_months: None });
            }),
        }
    }

    /// The number of the price level of an item at a place; 0 for that of its amounts.
    pub(crate) fn level(&self, item: usize, place: Option<usize>) -> u32 {
        match (&self.charging(item).kind, place) {
            (Kind::Priced { levels, .. }, Some(place)) => levels.get(place).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn level_of(&self, number: u32) -> Option<&Factor> {
        self.charged.levels.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The price level of a number.
    pub(crate) fn exact_level(&self, number: u32) -> BigRational {
        self.level_of(number).map_or_else(BigRational::one, |level| level.exact.clone())
    }

    /// The factor of percentages on the price of an item.
    pub(crate) fn multiplier(&self, item: usize) -> Option<&BigRational> {
        self.charging(item).multiplier.as_ref().map(|multiplier| &multiplier.exact)
    }

    /// The way to the amounts of an item with a price, at the price level of a number.
    pub(super) fn rounding<'e>(&'e self, item: usize, factors: &'e Factors, level: u32) -> Rounding<'e> {
        let (charging, table) = (self.charging(item), self.table(item));
        Rounding {
            scenario: self.scenario,
            pulse: self.pulse,
            basis: factors.basis,
            line: charging.item.line,
            base: charging.item.base,
            prices: factors.prices(charging.item.base),
            months: &self.tables.timetables().of(charging.item.base).firsts,
            shares: table.map_or(&[], |table| &table.shares),
            exact_shares: table.map_or(&[], |table| &table.exact),
            scales: Scales::new([self.level_of(level), charging.multiplier.as_ref()]),
            decimals: self.exposure.decimals(),
        }
    }

    /// The amount of so many whole units in a month, of an item without relief at no place.
    ///
    /// # Errors
    /// A rate that the charge needs is missing, the amount is too large to write, or the watch cancels it.
    pub(crate) fn round_units(&self, item: usize, basis: Basis, month: u32, units: u32) -> Result<i128, Error> {
        let period = self.period(item, month);
        // Beyond the tenths that a number of units holds.
        let tenths = units.checked_mul(10).filter(|tenths| tenths >> 31 == 0);
        let tenths = tenths.ok_or_else(|| too_large(self.scenario, self.item(item).line))?;
        self.rounding(item, self.factors(basis)?, 0).amount(Terms { period, units: tenths, relief_months: None })
    }

    /// The period of a month in the timetable of an item's line.
    pub(crate) fn period(&self, item: usize, month: u32) -> u32 {
        self.tables.timetables().of(self.item(item).base).of_month.get(month as usize).copied().unwrap_or(0)
    }

    /// The refund of a sum of minor units, in minor units.
    ///
    /// # Errors
    /// It is too large to write.
    pub(super) fn refund(&self, item: usize, sum: i128) -> Result<i128, Error> {
        let Some(exact) = self.multiplier(item) else { return Ok(0) };
        let rounded = exact::divide_half_even(&(exact.numer() * BigInt::from(-sum)), exact.denom());
        let currency = self.scenario.currency();
        i128::try_from(rounded)
            .ok()
            .and_then(|minor| Money::from_minor(minor, currency))
            .map(Money::minor)
            .ok_or_else(|| too_large(self.scenario, self.item(item).line))
    }

    fn table(&self, item: usize) -> Option<&Needed> {
        self.tables.needed(self.charging(item).profile()?)
    }

    /// The share that is still needed after months of relief, as a quotient.
    pub(super) fn exact_needed(&self, item: usize, months: Option<u32>) -> (i128, i128) {
        let share = months.and_then(|months| self.table(item)?.exact.get(months as usize));
        share.copied().unwrap_or((1, 1))
    }
}

/// By item the line with the price and the drivers; `None` of a refund.
fn priced(charged: &ChargedItems) -> impl ExactSizeIterator<Item = Option<(usize, Drivers)>> {
    charged.items.iter().map(|charging| Some((charging.item.base, charging.drivers()?)))
}
