//! The cost of a case on each route that some run gives it: its ledger, seen through the window of the programme.

use super::Inner;
use super::case::Case;
use super::charges::{ChargeKey, Charges, feed};
use super::route::{CaseStage, ledger_route};
use crate::comparison::Causes;
use crate::error::Error;
use crate::ledger::{Costs, Engine, Grant, Payers, Route, allot, times};
use crate::names::{Basis, SolutionKind};
use crate::watch::Pulse;

/// The three lines by their places.
pub(crate) const SIGNED: usize = 0;
pub(crate) const PLANNED: usize = 1;
pub(crate) const SETTLED: usize = 2;

/// The data that is the same for every case.
pub(crate) struct Ground<'p> {
    pub(crate) inner: &'p Inner,
    payers: Payers,
    /// The kind of each solution: permanent (0) or temporary (1).
    pub(crate) kinds: Vec<usize>,
}

/// A route that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) stages: Vec<CaseStage>,
    /// In how many cases it stands in each of the three lines.
    pub(crate) uses: [u32; 3],
}

/// The cost of a route, in minor units.
pub(crate) struct Costed {
    /// The total and what each fund pays, within the programme and then after it; or the reason why it is not known, which matters
    /// only if the route is taken.
    pub(crate) sums: Result<Box<[i128]>, Error>,
    /// Within the programme, by stage.
    pub(crate) by_stage: Vec<i128>,
}

/// The sums over cases.
pub(crate) struct Sums {
    /// By line.
    pub(crate) charges: [Charges; 3],
    /// By fiscal year, what `as_planned` pays after it for cases that had arrived.
    pub(crate) after: Vec<i128>,
    /// The causes of the extra cost: entitlements by their places, and after them the place. `None` of those that no case
    /// has.
    pub(crate) attribution: Vec<Option<i128>>,
}

impl<'p> Ground<'p> {
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(inner: &'p Inner, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let kind = |kind| usize::from(kind == SolutionKind::Temporary);
        let kinds = inner.setting.solutions().values().map(|solution| kind(solution.kind)).collect();
        Ok(Self { inner, payers: Payers::new(inner.setting.inner(), pulse)?, kinds })
    }

    /// The number of sums of a route.
    pub(crate) fn width(&self) -> usize {
        2 * (1 + self.inner.setting.funds().len())
    }
}

impl Sums {
    pub(crate) fn new(inner: &Inner) -> Self {
        let charges = Charges::new(inner);
        Self {
            charges: [charges.clone(), charges.clone(), charges],
            after: vec![0; inner.fiscal_years as usize],
            attribution: vec![None; inner.setting.entitlements().len() + 1],
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (charges, other) in self.charges.iter_mut().zip(&other.charges) {
            charges.merge(other);
        }
        for (sum, other) in self.after.iter_mut().zip(&other.after) {
            *sum += other;
        }
        for (sum, other) in self.attribution.iter_mut().zip(&other.attribution) {
            if let Some(minor) = other {
                feed(sum, *minor);
            }
        }
    }
}

/// Against which route the planned ones of a queueing case are held, and the month from which both count.
pub(crate) type Against = (usize, i32);

/// Costs the routes of a case, and adds those that stand in a line to the sums.
///
/// # Errors
/// A rate that a charge of a line needs is missing, an amount is too large to write, or the watch cancels it.
pub(crate) fn cost(
    ground: &Ground<'_>,
    case: &Case,
    asked: &[Asked],
    against: Option<Against>,
    sums: &mut Sums,
    pulse: &Pulse<'_>,
) -> Result<Vec<Costed>, Error> {
    let inner = ground.inner;
    let scenario = inner.setting.with_household(case.household.clone(), case.arrives);
    let arrives = case.arrives.months_since(inner.first_month());
    let since_arrival = |month: i32| u32::try_from(month.saturating_sub(arrives)).unwrap_or(0);
    // One month more than is costed, so that a move right after the last month is known as one. Where causes are asked for,
    // every stage has a month: what one holds that begins later can be a cause.
    let stages = asked.iter().flat_map(|asked| &asked.stages);
    let last = if against.is_some() { stages.map(|stage| stage.from).max() } else { None };
    let horizon = since_arrival(inner.horizon().max(last.unwrap_or(0))) + 1;
    let first = since_arrival(0);
    let (until, end) = (since_arrival(inner.months()), since_arrival(inner.horizon()));
    let engine = Engine::new(&scenario, horizon, pulse)?;
    let nominal = engine.factors(Basis::Nominal)?;
    let used = |asked: &Asked| asked.uses.iter().any(|uses| *uses > 0);
    let constant = if asked.iter().any(used) { Some(engine.factors(Basis::Constant)?) } else { None };
    let routes: Vec<Route> =
        asked.iter().map(|asked| ledger_route(scenario.inner(), &asked.stages, arrives, horizon)).collect();

    // The planned routes and the settled one, of which no month changes before they count.
    let fixed: Vec<Route> = match against {
        Some((_, from)) => routes.iter().map(|route| route.fixed_before(since_arrival(from))).collect(),
        None => Vec::new(),
    };
    let mut causes = Vec::new();
    if let Some((settled, _)) = against {
        for (place, asked) in asked.iter().enumerate().filter(|(_, asked)| asked.uses[PLANNED] > 0) {
            let both = (&fixed[place], &fixed[settled]);
            causes.push((asked.uses[PLANNED], both, Causes::new(&scenario, &engine, both.0, both.1)));
        }
    }

    let mut costed: Vec<Costed> = routes
        .iter()
        .map(|route| Costed {
            sums: Ok(vec![0; ground.width()].into_boxed_slice()),
            by_stage: vec![0; route.legs.len()],
        })
        .collect();
    let mut planned_by_month = vec![0; if inner.run_off_months > 0 { (end - first) as usize } else { 0 }];
    let since_first = usize::try_from(arrives).unwrap_or(0);
    let mut costs = Costs::new(&engine, nominal).within(first..end);
    let mut causing = Costs::new(&engine, nominal).within(first..until);
    let mut constants = constant.map(|factors| Costs::new(&engine, factors).within(first..until));
    let mut parts: Vec<(usize, i128)> = Vec::new();
    for item in 0..engine.items() {
        pulse.beat()?;
        costs.begin(item);
        let category = engine.category(item);
        for ((asked, route), costed) in asked.iter().zip(&routes).zip(&mut costed) {
            let Ok(route_sums) = &mut costed.sums else { continue };
            let half = route_sums.len() / 2;
            let mut last = None;
            let done = costs.runs(route, Grant::NONE, |run| {
                let leg = &route.legs[run.stage];
                let shares = ground.payers.of(leg.solution, category);
                let of = ChargeKey {
                    category,
                    solution: leg.solution,
                    place: leg.place,
                    kind: ground.kinds[leg.solution],
                    origin: usize::from(arrives >= 0),
                };
                run.each_piece(|from, to, minor| {
                    if last != Some((leg.solution, minor)) {
                        parts.clear();
                        allot(minor, shares, |fund, part| parts.push((fund, part)));
                        last = Some((leg.solution, minor));
                    }
                    let ends = to.min(until as usize).max(from);
                    for (sums, months) in route_sums.chunks_mut(half).zip([ends - from, to - ends]) {
                        sums[0] += times(minor, months);
                        for &(fund, part) in &parts {
                            sums[1 + fund] += times(part, months);
                        }
                    }
                    costed.by_stage[run.stage] += times(minor, ends - from);
                    let places = from - first as usize..to - first as usize;
                    let months = since_first + places.start..since_first + places.end;
                    for (charges, uses) in sums.charges.iter_mut().zip(asked.uses).filter(|(_, uses)| *uses > 0) {
                        charges.add(of, months.clone(), minor, &parts, i128::from(uses));
                    }
                    for sum in planned_by_month.get_mut(places).unwrap_or_default() {
                        *sum += minor * i128::from(asked.uses[PLANNED]);
                    }
                });
            });
            match done {
                Ok(()) => {}
                // What cannot be computed of a route that nobody takes is said if someone asks for it; a stop is one at once.
                Err(error) if used(asked) || error.is_interruption() => return Err(error),
                Err(error) => costed.sums = Err(error),
            }
        }
        if let Some(constants) = &mut constants {
            constants.begin(item);
            for (asked, route) in asked.iter().zip(&routes).filter(|(asked, _)| used(asked)) {
                constants.runs(route, Grant::NONE, |run| {
                    run.each_piece(|from, to, minor| {
                        let months = since_first + from - first as usize..since_first + to - first as usize;
                        for (charges, uses) in sums.charges.iter_mut().zip(asked.uses).filter(|(_, uses)| *uses > 0) {
                            charges.add_constant(months.clone(), minor * i128::from(uses));
                        }
                    });
                })?;
            }
        }
        if !causes.is_empty() {
            causing.begin(item);
            for (_, (planned, settled), causes) in &mut causes {
                let known = causing.sum(if causes.of_base { settled } else { planned }, Grant::NONE)?;
                causes.add(engine.timing(item), &mut causing, known)?;
            }
        }
    }
    for (uses, _, causes) in &causes {
        for (place, minor) in causes.shares() {
            if let Some(sum) = sums.attribution.get_mut(place) {
                feed(sum, minor * i128::from(*uses));
            }
        }
    }
    if inner.run_off_months > 0 {
        for (year, sum) in sums.after.iter_mut().enumerate() {
            let ends = 12 * (year + 1);
            if i64::from(arrives) < i64::try_from(ends).unwrap_or(i64::MAX) {
                *sum += planned_by_month.iter().skip(ends.saturating_sub(since_first)).sum::<i128>();
            }
        }
    }
    Ok(costed)
}
