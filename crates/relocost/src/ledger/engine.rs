//! The engine: every charge of a line on a route, rounded once.
//!
//! Values that do not change between evaluations are computed once: quantities, the share of each month of relief that
//! is still needed, price levels, and the price of a unit in each period.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use rust_decimal::Decimal;

use super::charges::{ANY_MONTH, Applies, Timing, offsets};
use super::exposure::{Decimals, DriverPlace, Drivers, Exposure, State, Units, Who};
use super::factors::{Factors, UnitPrices};
use super::missing;
use super::rounding::{Rounding, Scales, too_large};
use super::route::{Grant, Route, bits};
use super::spans::{self, Span, SpanLists, Terms};
use super::timetable::Timetables;
use crate::approx::{Factor, Part};
use crate::error::Error;
use crate::exact;
use crate::names::{Basis, Clock};
use crate::scenario::items::{ChargedItems, Item};
use crate::scenario::{Charge, Inner, Line, Priced, Profile, Scenario, Schedule};
use crate::types::{Money, Month};
use crate::watch::Pulse;

/// The data of an item that the engine needs month by month.
struct Charging<'s> {
    item: &'s Item,
    /// The place of its category in the scenario.
    category: usize,
    timing: Timing<'s>,
    kind: Kind,
    /// The factor of its percentages and refunds on the price, without its sign.
    multiplier: Option<&'s Factor>,
}

/// The source of an item's charges.
enum Kind {
    /// Units at a price.
    Priced { driver: DriverPlace, who: Who, relief: Option<Relief>, levels: Vec<u32> },
    /// The charges of another item, by its place.
    Refund(usize),
}

impl Kind {
    fn refunded(&self) -> Option<usize> {
        match self {
            Self::Refund(of) => Some(*of),
            Self::Priced { .. } => None,
        }
    }
}

struct Relief {
    /// The place of the profile in the scenario.
    profile: usize,
    needs: Option<DriverPlace>,
}

/// The share that is still needed after each number of months of relief.
#[derive(Default)]
struct Needed {
    shares: Vec<Part>,
    /// The same as quotients.
    exact: Vec<(i128, i128)>,
    /// The months of relief at which the share changes, the first included.
    changes: Vec<u32>,
}

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
    exposure: Exposure,
    items: Vec<Charging<'s>>,
    /// The item of each line that is no percentage.
    of_line: &'s [usize],
    /// By profile; empty for one that no line uses.
    needed: Vec<Needed>,
    timetables: Timetables,
    units: UnitPrices,
    spans: SpanLists,
    /// Price levels other than 1, from number 1 on.
    levels: Vec<Factor>,
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
        let ChargedItems { items, of_line, multipliers } = inner.charged(pulse)?;
        let mut levels = Vec::new();
        let mut charging = Vec::with_capacity(items.len());
        for (item, multiplier) in items.iter().zip(multipliers) {
            pulse.beat()?;
            let item = Charging::new(inner, (item, multiplier.as_ref()), horizon, of_line, &mut levels);
            charging.push(item.ok_or_else(missing::no_rate)?);
        }
        let mut needed: Vec<Needed> = inner.profiles.values().map(|_| Needed::default()).collect();
        for relief in charging.iter().filter_map(Charging::relief) {
            if let (Some(table), Some((_, profile))) =
                (needed.get_mut(relief.profile), inner.profiles.get_index(relief.profile))
                && table.shares.is_empty()
            {
                pulse.beat()?;
                *table = needed_by_month(profile, horizon);
            }
        }
        let exposure = Exposure::new(inner, horizon, pulse)?;
        let (timetables, units) = (Timetables::new(inner, horizon), UnitPrices::new(inner));
        let spans = SpanLists::new(charging.iter().map(Charging::priced), &exposure, &timetables, pulse)?;
        let first_calendar = inner.start.month() - 1;
        Ok(Self {
            scenario,
            exposure,
            items: charging,
            of_line,
            needed,
            timetables,
            units,
            spans,
            levels,
            pulse,
            first_calendar,
            horizon,
        })
    }

    /// Goes on to a household of the same quantities in every month, which has no units of any other driver.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn hold(&mut self, drivers: Drivers, state: State) -> Result<(), Error> {
        self.exposure = Exposure::constant(self.scenario.inner(), self.horizon, drivers, state);
        let priced = self.items.iter().map(Charging::priced);
        self.spans = SpanLists::new(priced, &self.exposure, &self.timetables, self.pulse)?;
        Ok(())
    }

    /// The prices of the horizon on a basis.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn factors(&self, basis: Basis) -> Result<Factors, Error> {
        Factors::new(self.scenario.inner(), &self.timetables, &self.units, basis, self.pulse)
    }

    /// The number of items.
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }

    /// An item.
    pub(crate) fn item(&self, item: usize) -> &Item {
        self.items[item].item
    }

    /// The item of a line that is no percentage.
    pub(crate) fn item_of(&self, line: usize) -> usize {
        self.of_line[line]
    }

    /// The line with the price of which an item is a charge, a percentage or a refund.
    pub(crate) fn priced_line(&self, item: usize) -> usize {
        self.items[item].kind.refunded().map_or(self.items[item].item.base, |of| self.items[of].item.line)
    }

    /// The place of an item's category in the scenario.
    pub(crate) fn category(&self, item: usize) -> usize {
        self.items[item].category
    }

    /// The item of which an item is a refund, or a percentage of one.
    pub(crate) fn refunded(&self, item: usize) -> Option<usize> {
        self.items[item].kind.refunded()
    }

    /// The drivers of an item with a price.
    pub(crate) fn drivers(&self, item: usize) -> Option<Drivers> {
        self.items[item].drivers()
    }

    /// When an item is charged.
    pub(crate) fn timing(&self, item: usize) -> &Timing<'s> {
        &self.items[item].timing
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
        self.scenario.start().plus(i32::try_from(offset).unwrap_or(i32::MAX))
    }

    /// The first months, since the start, of the periods of a line.
    pub(crate) fn periods(&self, line: usize) -> (&[u32], &[u32]) {
        let timetable = self.timetables.of(line);
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
        let charging = &self.items[item];
        let decimals = self.exposure.decimals();
        match &charging.kind {
            Kind::Priced { driver, who, relief, .. } => Conditions {
                units: self.exposure.units(*driver, *who),
                relieved: relief.is_some(),
                earning: relief.as_ref().and_then(|relief| Some(self.exposure.units(relief.needs?, Who::All))),
                decimals,
            },
            Kind::Refund(_) => Conditions { units: &[], relieved: false, earning: None, decimals },
        }
    }

    /// The number of spans of an item with a price, at most.
    pub(super) fn most_spans(&self, item: usize) -> usize {
        self.spans.of(item).len() + self.table(item).map_or(0, |needed| needed.changes.len())
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
        match (&self.items[item].kind, place) {
            (Kind::Priced { levels, .. }, Some(place)) => levels.get(place).copied().unwrap_or(0),
            _ => 0,
        }
    }

    fn level_of(&self, number: u32) -> Option<&Factor> {
        self.levels.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The price level of a number.
    pub(crate) fn exact_level(&self, number: u32) -> BigRational {
        self.level_of(number).map_or_else(BigRational::one, |level| level.exact.clone())
    }

    /// The factor of percentages on the price of an item.
    pub(crate) fn multiplier(&self, item: usize) -> Option<&BigRational> {
        self.items[item].multiplier.as_ref().map(|multiplier| &multiplier.exact)
    }

    /// The way to the amounts of an item with a price, at the price level of a number.
    pub(super) fn rounding<'e>(&'e self, item: usize, factors: &'e Factors, level: u32) -> Rounding<'e> {
        let (charging, table) = (&self.items[item], self.table(item));
        Rounding {
            scenario: self.scenario,
            pulse: self.pulse,
            basis: factors.basis,
            line: charging.item.line,
            base: charging.item.base,
            prices: factors.prices(charging.item.base),
            months: &self.timetables.of(charging.item.base).firsts,
            shares: table.map_or(&[], |table| &table.shares),
            exact_shares: table.map_or(&[], |table| &table.exact),
            scales: Scales::new([self.level_of(level), charging.multiplier]),
            decimals: self.exposure.decimals(),
        }
    }

    /// The amount of so many whole units in a month, of an item without relief at no place.
    ///
    /// # Errors
    /// A rate that the charge needs is missing, the amount is too large to write, or the watch cancels it.
    pub(crate) fn round_units(&self, item: usize, factors: &Factors, month: u32, units: u32) -> Result<i128, Error> {
        let period = self.period(item, month);
        // Beyond the tenths that a number of units holds.
        let tenths = units.checked_mul(10).filter(|tenths| tenths >> 31 == 0);
        let tenths = tenths.ok_or_else(|| too_large(self.scenario, self.items[item].item.line))?;
        self.rounding(item, factors, 0).amount(Terms { period, units: tenths, relief_months: None })
    }

    /// The period of a month in the timetable of an item's line.
    pub(crate) fn period(&self, item: usize, month: u32) -> u32 {
        self.timetables.of(self.items[item].item.base).of_month.get(month as usize).copied().unwrap_or(0)
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
            .ok_or_else(|| too_large(self.scenario, self.items[item].item.line))
    }

    fn table(&self, item: usize) -> Option<&Needed> {
        self.needed.get(self.items[item].relief()?.profile)
    }

    /// The share that is still needed after months of relief, as a quotient.
    pub(super) fn exact_needed(&self, item: usize, months: Option<u32>) -> (i128, i128) {
        let share = months.and_then(|months| self.table(item)?.exact.get(months as usize));
        share.copied().unwrap_or((1, 1))
    }
}

impl<'s> Charging<'s> {
    fn new(
        scenario: &'s Inner,
        (item, multiplier): (&'s Item, Option<&'s Factor>),
        horizon: u32,
        of_line: &[usize],
        levels: &mut Vec<Factor>,
    ) -> Option<Self> {
        let line_at = |place: usize| scenario.lines.get_index(place).map(|(_, line)| line);
        let base = line_at(item.base)?;
        let over: Vec<&Line> = item.over.iter().filter_map(|&place| line_at(place)).collect();
        // The line whose charges there are: of a refund that of which it is one.
        let (charged, refunds) = match &base.charge {
            Charge::Refund(refund) => {
                let place = scenario.lines.get_index_of(&refund.of)?;
                (line_at(place)?, Some(of_line.get(place).copied()?))
            }
            _ => (base, None),
        };
        let priced = charged.priced()?;
        let kind = match refunds {
            Some(of) => Kind::Refund(of),
            None => Kind::Priced {
                driver: DriverPlace::of(scenario, &priced.driver),
                who: Who::of(&priced.schedule),
                relief: priced.relief.as_ref().and_then(|relief| {
                    let needs = relief.needs.as_ref().map(|name| DriverPlace::of(scenario, name));
                    Some(Relief { profile: scenario.profiles.get_index_of(&relief.profile)?, needs })
                }),
                levels: levels_of(scenario, base, levels),
            },
        };
        let windows = over.iter().copied().chain(refunds.is_none().then_some(base)).map(|line| line.valid);
        let mut valid = 0..horizon;
        for window in windows {
            let offset = |month: Month| u32::try_from(month.months_since(scenario.start)).unwrap_or(0);
            valid.start = valid.start.max(window.from.map_or(0, offset));
            valid.end = valid.end.min(window.until.map_or(horizon, offset));
        }
        let timing = Timing {
            schedule: refunds.is_none().then_some(&priced.schedule),
            clock: priced.clock,
            requires: priced.relief.as_ref().map(|relief| bits(scenario, &relief.requires)),
            calendar: match &priced.schedule {
                Schedule::Calendar { months, .. } => months.iter().fold(0, |bits, month| bits | 1 << (month - 1)),
                _ => ANY_MONTH,
            },
            dates: match &priced.schedule {
                Schedule::Dates { months } => offsets(scenario.start, months),
                _ => Vec::new(),
            },
            valid,
            by_place: by_place(scenario, charged, priced) || over.iter().any(|line| !line.places.is_empty()),
            applies: Applies::new(scenario, charged),
            over: over.iter().map(|line| Applies::new(scenario, line)).collect(),
        };
        let category = scenario.categories.iter().position(|category| category.id == item.category).unwrap_or(0);
        Some(Self { item, category, timing, kind, multiplier })
    }

    fn drivers(&self) -> Option<Drivers> {
        match &self.kind {
            Kind::Priced { driver, who, relief, .. } => {
                let needs = relief.as_ref().and_then(|relief| relief.needs);
                Some(Drivers { driver: *driver, who: *who, needs })
            }
            Kind::Refund(_) => None,
        }
    }

    /// The line with the price and the drivers; `None` of a refund.
    fn priced(&self) -> Option<(usize, Drivers)> {
        self.drivers().map(|drivers| (self.item.base, drivers))
    }

    fn relief(&self) -> Option<&Relief> {
        match &self.kind {
            Kind::Priced { relief, .. } => relief.as_ref(),
            Kind::Refund(_) => None,
        }
    }
}

/// True if the cost of a line depends on the place.
fn by_place(scenario: &Inner, line: &Line, priced: &Priced) -> bool {
    let has_level = |levels: &crate::scenario::PriceLevels| {
        line.category.as_ref().is_some_and(|category| levels.by_category.contains_key(category))
    };
    !line.places.is_empty()
        || priced.clock == Clock::Place
        || !scenario.rates.level_factors.is_empty()
        || scenario.rates.level.values().any(has_level)
}

/// The numbers of a line's price levels by place; empty where all are 1.
fn levels_of(scenario: &Inner, line: &Line, levels: &mut Vec<Factor>) -> Vec<u32> {
    let Some(category) = line.category.as_ref().filter(|_| line.places.is_empty()) else { return Vec::new() };
    if !scenario.places.iter().any(|place| scenario.rates.level_at(&place.id, category).is_some()) {
        return Vec::new();
    }
    let numbers = scenario.places.iter().map(|place| {
        let Some(level) = scenario.rates.level_at(&place.id, category).filter(|level| !level.is_one()) else {
            return 0;
        };
        let known = levels.iter().position(|known| known.exact == level).unwrap_or_else(|| {
            levels.push(Factor::of(level));
            levels.len() - 1
        });
        u32::try_from(known + 1).unwrap_or(0)
    });
    numbers.collect()
}

/// The share that is still needed after 0, 1, 2, ... months of relief.
fn needed_by_month(profile: &Profile, horizon: u32) -> Needed {
    let months = horizon as usize;
    let mut table =
        Needed { shares: Vec::with_capacity(months), exact: Vec::with_capacity(months), changes: Vec::new() };
    for (month, exact) in (0..horizon).zip(profile.needed_by_month()) {
        let share = match (table.exact.last(), table.shares.last()) {
            (Some(last), Some(&share)) if *last == exact => share,
            _ => {
                table.changes.push(month);
                Part::quotient(exact.0.unsigned_abs(), exact.1.unsigned_abs())
            }
        };
        table.exact.push(exact);
        table.shares.push(share);
    }
    table
}
