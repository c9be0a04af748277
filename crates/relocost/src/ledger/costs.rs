//! The cost of an item in each month, rounded once for all routes that charge it.
//!
//! On a basis, an amount depends on its month, the price level and the months of relief, and so on the route only through
//! the level of the stage and the month in which the clock of the relief started. Pathways and grants that share these
//! share the amounts.

use std::ops::Range;

use super::charges::{Charged, Months};
use super::engine::{Engine, Terms};
use super::factors::Factors;
use super::route::{Grant, Leg, Route};
use crate::error::Error;
use crate::names::Basis;
use crate::watch::Pulse;

/// The rounded amounts of one item at a time.
pub(crate) struct Costs<'e> {
    engine: &'e Engine<'e>,
    factors: &'e Factors,
    item: usize,
    strips: Strips,
    /// The months whose charges are asked for.
    window: Range<u32>,
    /// Sums of a refunded item by stage.
    by_stage: Vec<Amount>,
}

/// The amounts of an item with a price.
#[derive(Default)]
struct Strips {
    item: usize,
    /// Those of the item come first; the others wait to be used again.
    all: Vec<Strip>,
    used: usize,
}

/// The amounts by month while a relief runs from one start, at one price level.
struct Strip {
    relief_start: Option<u32>,
    level: u32,
    known: Vec<Amount>,
    /// Months without a gap that are all known.
    whole: Range<u32>,
    /// The last that was rounded: neighbouring months mostly have the same terms.
    last: Option<(Terms, Amount)>,
}

/// In minor units; below 2^96 but for one not asked for before.
type Amount = i128;

const UNKNOWN: Amount = Amount::MIN;

/// The amounts of an item in a stage.
pub(crate) struct Run<'c> {
    pub(crate) stage: usize,
    /// Where the clock of the line's relief started.
    pub(crate) relief_start: Option<u32>,
    first: usize,
    step: usize,
    /// From the first month to the last; those between two steps mean nothing.
    amounts: &'c [Amount],
}

impl Run<'_> {
    /// Visits month and amount of every charge that does not round to nothing.
    pub(crate) fn each(&self, mut visit: impl FnMut(usize, Amount)) {
        let mut place = 0;
        while let Some(&amount) = self.amounts.get(place) {
            if amount != 0 {
                visit(self.first + place, amount);
            }
            place += self.step;
        }
    }

    fn sum(&self) -> Amount {
        match self.step {
            1 => self.amounts.iter().sum(),
            step => self.amounts.iter().step_by(step).sum(),
        }
    }
}

/// Visits every item of the engine's scenario, in order, with its rounded amounts in a window: the one loop over lines.
///
/// # Errors
/// Those of `visit`.
pub(crate) fn each_item<'e>(
    engine: &'e Engine<'e>,
    factors: &'e Factors,
    window: Range<u32>,
    mut visit: impl FnMut(usize, &mut Costs<'e>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut costs = Costs::new(engine, factors).within(window);
    for item in 0..engine.items() {
        engine.pulse().beat()?;
        costs.begin(item);
        visit(item, &mut costs)?;
    }
    Ok(())
}

/// The totals of routes in minor units, where nothing else is asked of them; `step` gets the line of each item.
///
/// # Errors
/// As [`Costs::runs`], or those of `step`.
pub(crate) fn totals(
    engine: &Engine<'_>,
    basis: Basis,
    routes: &[Route],
    step: impl Fn(usize) -> Result<(), Error>,
) -> Result<Vec<i128>, Error> {
    let factors = engine.factors(basis)?;
    let mut totals = vec![0; routes.len()];
    each_item(engine, &factors, 0..u32::MAX, |item, costs| {
        step(engine.item(item).line)?;
        routes.iter().zip(&mut totals).try_for_each(|(route, total)| {
            *total += costs.sum(route, Grant::NONE)?;
            Ok(())
        })
    })?;
    Ok(totals)
}

impl<'e> Costs<'e> {
    pub(crate) fn new(engine: &'e Engine<'e>, factors: &'e Factors) -> Self {
        Self { engine, factors, item: 0, strips: Strips::default(), window: 0..u32::MAX, by_stage: Vec::new() }
    }

    /// Leaves out charges in other months: they need no rates, but for those that a refund within the window returns.
    pub(crate) fn within(mut self, window: Range<u32>) -> Self {
        self.window = window;
        self
    }

    /// The pulse that every loop over many charges beats.
    pub(crate) fn pulse(&self) -> &'e Pulse<'e> {
        self.engine.pulse()
    }

    /// Goes on to another item.
    pub(crate) fn begin(&mut self, item: usize) {
        self.item = item;
        let priced = self.engine.refunded(item).unwrap_or(item);
        if self.strips.item != priced {
            (self.strips.item, self.strips.used) = (priced, 0);
        }
    }

    /// Visits the stages of a route in which the item is charged. `grant` is held in every stage beside what its
    /// solution grants.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or the watch cancels it.
    pub(crate) fn runs(&mut self, route: &Route, grant: Grant, mut visit: impl FnMut(&Run<'_>)) -> Result<(), Error> {
        let (engine, factors, item) = (self.engine, self.factors, self.item);
        engine.pulse().beat()?;
        let Self { strips, window, by_stage, .. } = self;
        match engine.refunded(item) {
            None => strips.runs(engine, factors, (route, grant), window, visit),
            Some(of) => {
                let timing = engine.timing(item);
                let is_asked = |leg: &Leg| window.contains(&(leg.end - 1)) && timing.returned_in(leg, grant);
                if !engine.timing(of).ends(route, grant).any(|(_, last)| is_asked(&route.legs[last])) {
                    return Ok(());
                }
                by_stage.clear();
                by_stage.resize(route.legs.len(), 0);
                let all = 0..u32::MAX;
                strips.runs(engine, factors, (route, grant), &all, |run| by_stage[run.stage] += run.sum())?;
                for (first, last) in engine.timing(of).ends(route, grant) {
                    let leg = &route.legs[last];
                    if is_asked(leg) {
                        let amount = engine.refund(item, by_stage[first..=last].iter().sum())?;
                        let first = leg.end as usize - 1;
                        visit(&Run { stage: last, relief_start: None, first, step: 1, amounts: &[amount] });
                    }
                }
                Ok(())
            }
        }
    }

    /// The item's total on a route.
    ///
    /// # Errors
    /// As [`Costs::runs`].
    pub(crate) fn sum(&mut self, route: &Route, grant: Grant) -> Result<i128, Error> {
        let mut sum = 0;
        self.runs(route, grant, |run| sum += run.sum())?;
        Ok(sum)
    }
}

impl Strips {
    fn runs(
        &mut self,
        engine: &Engine<'_>,
        factors: &Factors,
        (route, grant): (&Route, Grant),
        window: &Range<u32>,
        mut visit: impl FnMut(&Run<'_>),
    ) -> Result<(), Error> {
        let item = self.item;
        for Charged { stage, months, relief_start, place } in engine.timing(item).charged(route, grant) {
            let months = months.within(window);
            if months.first < months.end {
                let strip = self.strip(relief_start, engine.level(item, place), engine.horizon());
                strip.fill(engine, factors, item, months)?;
                let (first, step) = (months.first as usize, months.step as usize);
                let amounts = strip.known.get(first..months.end as usize).unwrap_or_default();
                visit(&Run { stage, relief_start, first, step, amounts });
            }
        }
        Ok(())
    }

    fn strip(&mut self, relief_start: Option<u32>, level: u32, horizon: usize) -> &mut Strip {
        let same = |strip: &Strip| strip.relief_start == relief_start && strip.level == level;
        let place = self.all.iter().take(self.used).position(same).unwrap_or(self.used);
        if place == self.used {
            self.used += 1;
            if place == self.all.len() {
                self.all.push(Strip { relief_start, level, known: Vec::new(), whole: 0..0, last: None });
            }
            self.all[place].begin(relief_start, level, horizon);
        }
        &mut self.all[place]
    }
}

impl Strip {
    fn begin(&mut self, relief_start: Option<u32>, level: u32, horizon: usize) {
        (self.relief_start, self.level) = (relief_start, level);
        (self.whole, self.last) = (0..0, None);
        self.known.clear();
        self.known.resize(horizon, UNKNOWN);
    }

    /// Rounds the amounts of months as far as they were not asked for before.
    fn fill(&mut self, engine: &Engine<'_>, factors: &Factors, item: usize, months: Months<'_>) -> Result<(), Error> {
        if self.whole.start <= months.first && months.end <= self.whole.end {
            return Ok(());
        }
        let conditions = engine.conditions(item);
        let (start, level, first_calendar) = (self.relief_start, self.level, engine.first_calendar());
        let mut last = self.last;
        for month in (months.first..months.end).step_by(months.step as usize) {
            let Some(place) = self.known.get_mut(month as usize) else { break };
            if *place != UNKNOWN {
                continue;
            }
            let terms = conditions.terms(month, start);
            *place = match last {
                _ if terms.units == 0 || !months.has(month, first_calendar) => 0,
                Some((known, minor)) if known == terms => minor,
                _ => {
                    let minor = engine.round(item, factors, terms, level, conditions.relief_months(start, month))?;
                    last = Some((terms, minor));
                    minor
                }
            };
        }
        self.last = last;
        if months.step == 1 {
            self.whole = months.first..months.end;
        }
        Ok(())
    }
}
