//! Evaluating routes, and holding one of them against another.

use indexmap::IndexMap;

use super::attribution::{Attribution, Causes};
use super::difference::{Difference, Differences};
use crate::about::Pair;
use crate::error::Error;
use crate::ledger::{ByMonth, Costs, Engine, Prices, Route, Run, Totals};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::scenario::price_tables::Factors;
use crate::types::Id;
use crate::watch::Pulse;

/// An alternative against a base.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PairFigures {
    pub(crate) difference: Difference,
    pub(crate) by_category: IndexMap<Id, Difference>,
    pub(crate) by_fiscal_year: IndexMap<i32, Difference>,
    pub(crate) by_fund: IndexMap<Id, Difference>,
    pub(crate) premium_curve: Vec<Difference>,
    pub(crate) attribution: Attribution,
}

/// The totals of several routes.
pub(super) struct Evaluated {
    /// On the basis chosen.
    pub(super) chosen: Vec<Totals>,
    /// On the other, if asked for.
    pub(super) other: Vec<Other>,
}

/// The figures that are asked for on the other basis.
#[derive(Clone)]
pub(super) enum Other {
    /// The total in constant prices.
    Constant(i128),
    /// Sums by month in the prices of each year, for the present value.
    Nominal(ByMonth),
}

/// A pair in minor units, by places in the scenario, for sums over many households.
pub(crate) struct PairSums {
    pub(crate) alternative: Totals,
    pub(crate) base: Totals,
    /// The attribution of entitlements, by their places in the scenario.
    pub(crate) shares: Vec<(usize, i128)>,
}

/// Evaluates routes, and holds the first of `pair`, by its place among them, against the second.
///
/// # Errors
/// A rate that a charge needs is missing, a figure is too large to write, or the watch cancels it.
pub(super) fn compare(
    scenario: &Scenario,
    engine: &Engine<'_>,
    chosen: &Factors,
    other: Option<&Factors>,
    routes: &[&Route],
    pair: (usize, usize),
) -> Result<(Evaluated, PairFigures), Error> {
    let (totals, causes) = evaluate_pair(scenario, engine, chosen, other, routes, pair)?;
    let (a, b) = (&totals.chosen[pair.0], &totals.chosen[pair.1]);
    let Differences { total, by_category, by_fiscal_year, by_fund, cumulative } = Differences::of(scenario, a, b)?;
    let attribution = Attribution::of(scenario, &causes, a.total - b.total)?;
    let figures =
        PairFigures { difference: total, by_category, by_fiscal_year, by_fund, premium_curve: cumulative, attribution };
    Ok((totals, figures))
}

fn evaluate_pair<'r>(
    scenario: &Scenario,
    engine: &Engine<'_>,
    chosen: &Factors,
    other: Option<&Factors>,
    routes: &[&'r Route],
    (alternative, base): (usize, usize),
) -> Result<(Evaluated, Causes<'r>), Error> {
    let mut causes = Causes::new(scenario, engine, routes[alternative], routes[base]);
    let totals = evaluate(scenario, engine, chosen, other, routes, |item, costs, sums| {
        causes.add(engine.timing(item), costs, sums[if causes.of_base { base } else { alternative }])
    })?;
    Ok((totals, causes))
}

impl PairSums {
    /// One route against another.
    ///
    /// # Errors
    /// As `compare`.
    pub(crate) fn of(
        scenario: &Scenario,
        alternative: &Route,
        base: &Route,
        basis: Basis,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let engine = Engine::new(scenario, scenario.horizon_months(), pulse)?;
        let factors = engine.factors(basis)?;
        let (totals, causes) = evaluate_pair(scenario, &engine, factors, None, &[alternative, base], (0, 1))?;
        let mut both = totals.chosen.into_iter();
        let (alternative, base) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
        Ok(Self { alternative, base, shares: causes.shares() })
    }
}

impl PairFigures {
    /// One pathway against another and nothing else, as a part of a computation.
    ///
    /// # Errors
    /// As `compare`, or there is no such pathway.
    pub(crate) fn of(scenario: &Scenario, pair: &Pair, basis: Basis, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let horizon = scenario.horizon_months();
        let route = |name: &str| Ok::<_, Error>(Route::of(scenario, name, horizon)?.1);
        let routes = [route(&pair.alternative)?, route(&pair.base)?];
        let engine = Engine::new(scenario, horizon, pulse)?;
        let factors = engine.factors(basis)?;
        Ok(compare(scenario, &engine, factors, None, &[&routes[0], &routes[1]], (0, 1))?.1)
    }
}

/// Item by item, so that what a month costs is rounded once for all routes, and for what `then` asks about the item
/// on the basis chosen, with its sums on the routes.
fn evaluate(
    scenario: &Scenario,
    engine: &Engine<'_>,
    chosen: &Factors,
    other: Option<&Factors>,
    routes: &[&Route],
    mut then: impl FnMut(usize, &mut Costs<'_>, &[i128]) -> Result<(), Error>,
) -> Result<Evaluated, Error> {
    let inner = scenario.inner();
    let nothing = other.map(|factors| match factors.basis {
        Basis::Constant => Other::Constant(0),
        Basis::Nominal => Other::Nominal(ByMonth::new(engine.horizon())),
    });
    let mut others = nothing.map_or_else(Vec::new, |nothing| vec![nothing; routes.len()]);
    let also = |place: usize, run: &Run<'_>| match &mut others[place] {
        Other::Constant(total) => *total += run.sum(),
        Other::Nominal(by_month) => run.each_piece(|first, end, minor| by_month.add(first, end, minor)),
    };
    let chosen = Totals::of(engine, Prices { chosen, other }, routes, also, |item, costs, sums| {
        engine.pulse().step(engine.item(item).line)?;
        then(item, costs, sums)
    })?;
    engine.pulse().step(inner.lines.len())?;
    Ok(Evaluated { chosen, other: others })
}
