//! What a line costs in each month, rounded once for all routes that charge it.
//!
//! On a basis, an amount depends on its month and on the months of relief, and so on the route only through the month
//! in which the clock of the relief started. Pathways and grants that share it share the amounts.

use std::ops::Range;

use super::charges::{Charged, Months};
use super::engine::{Engine, Terms};
use super::factors::Factors;
use super::route::{Entitlements, Route};
use crate::error::Error;
use crate::names::Basis;
use crate::watch::Pulse;

/// The rounded amounts of one line at a time.
pub(crate) struct Costs<'e> {
    engine: &'e Engine<'e>,
    factors: &'e Factors,
    line: usize,
    /// Those of the line come first; the others wait to be used again.
    strips: Vec<Strip>,
    used: usize,
}

/// The amounts by month while a relief runs from one start.
struct Strip {
    relief_start: Option<u32>,
    known: Vec<Amount>,
    /// Months without a gap that are all known.
    whole: Range<u32>,
    /// The last that was rounded: neighbouring months mostly have the same terms.
    last: Option<(Terms, Amount)>,
}

/// In minor units; below 2^96 but for one not asked for before.
type Amount = i128;

const UNKNOWN: Amount = Amount::MIN;

/// The amounts of a line in a stage.
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

/// Visits every line of the engine's scenario, in order, with its rounded amounts: the one loop over lines.
///
/// # Errors
/// Those of `visit`.
pub(crate) fn each_line<'e>(
    engine: &'e Engine<'e>,
    factors: &'e Factors,
    mut visit: impl FnMut(usize, &mut Costs<'e>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut costs = Costs::new(engine, factors);
    for line in 0..engine.lines() {
        engine.pulse().beat()?;
        costs.begin(line);
        visit(line, &mut costs)?;
    }
    Ok(())
}

/// The totals of routes in minor units, where nothing else is asked of them; `step` is told each line.
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
    each_line(engine, &factors, |line, costs| {
        step(line)?;
        routes.iter().zip(&mut totals).try_for_each(|(route, total)| {
            *total += costs.sum(route, 0)?;
            Ok(())
        })
    })?;
    Ok(totals)
}

impl<'e> Costs<'e> {
    pub(crate) fn new(engine: &'e Engine<'e>, factors: &'e Factors) -> Self {
        Self { engine, factors, line: 0, strips: Vec::new(), used: 0 }
    }

    /// What every loop over many charges beats.
    pub(crate) fn pulse(&self) -> &'e Pulse<'e> {
        self.engine.pulse()
    }

    /// Goes on to another line.
    pub(crate) fn begin(&mut self, line: usize) {
        (self.line, self.used) = (line, 0);
    }

    /// Visits the stages of a route in which the line is charged. `grant` is held in every stage beside what its
    /// solution grants.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or it is to break off.
    pub(crate) fn runs(
        &mut self,
        route: &Route,
        grant: Entitlements,
        mut visit: impl FnMut(&Run<'_>),
    ) -> Result<(), Error> {
        let (engine, factors, line) = (self.engine, self.factors, self.line);
        engine.pulse().beat()?;
        for Charged { stage, months, relief_start } in engine.timing(line).charged(route, grant) {
            if months.first < months.end {
                let strip = self.strip(relief_start);
                strip.fill(engine, factors, line, months)?;
                let (first, step) = (months.first as usize, months.step as usize);
                let amounts = strip.known.get(first..months.end as usize).unwrap_or_default();
                visit(&Run { stage, relief_start, first, step, amounts });
            }
        }
        Ok(())
    }

    /// The line's total on a route.
    ///
    /// # Errors
    /// As [`Costs::runs`].
    pub(crate) fn sum(&mut self, route: &Route, grant: Entitlements) -> Result<i128, Error> {
        let mut sum = 0;
        self.runs(route, grant, |run| sum += run.sum())?;
        Ok(sum)
    }

    fn strip(&mut self, relief_start: Option<u32>) -> &mut Strip {
        let place = self.strips.iter().take(self.used).position(|strip| strip.relief_start == relief_start);
        let place = place.unwrap_or(self.used);
        if place == self.used {
            self.used += 1;
            if place == self.strips.len() {
                self.strips.push(Strip { relief_start, known: Vec::new(), whole: 0..0, last: None });
            }
            self.strips[place].begin(relief_start, self.engine.horizon());
        }
        &mut self.strips[place]
    }
}

impl Strip {
    fn begin(&mut self, relief_start: Option<u32>, horizon: usize) {
        self.relief_start = relief_start;
        (self.whole, self.last) = (0..0, None);
        self.known.clear();
        self.known.resize(horizon, UNKNOWN);
    }

    /// Rounds the amounts of months as far as they were not asked for before.
    fn fill(&mut self, engine: &Engine<'_>, factors: &Factors, line: usize, months: Months) -> Result<(), Error> {
        if self.whole.start <= months.first && months.end <= self.whole.end {
            return Ok(());
        }
        let conditions = engine.conditions(line);
        let (start, first_calendar) = (self.relief_start, engine.first_calendar());
        let mut last = self.last;
        for month in (months.first..months.end).step_by(months.step as usize) {
            let Some(place) = self.known.get_mut(month as usize) else { break };
            if *place != UNKNOWN {
                continue;
            }
            let terms = conditions.terms(month, start);
            *place = match last {
                _ if terms.tenths == 0 || !months.has(month, first_calendar) => 0,
                Some((known, minor)) if known == terms => minor,
                _ => {
                    let minor = engine.round(line, factors, terms, conditions.relief_months(start, month))?;
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
