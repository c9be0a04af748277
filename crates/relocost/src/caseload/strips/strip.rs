//! The sums by month of what items of the same drivers come to in one state.

use std::ops::Range;

use super::Question;
use super::plan::{ALTERNATIVE, BASE, Columns, Group, Plan, Row};
use crate::error::Error;
use crate::ledger::{Costs, Engine, Grant, Route, allot};

/// Sums above are computed household by household: far beyond any budget, and so small that the sum over all months does
/// not overflow.
const LARGEST: i64 = 1 << 50;

pub(super) struct Strip {
    /// By month, the first and one beyond the last included, the sums of all months before it: a row of the group's
    /// columns.
    until: Vec<i64>,
    /// By month, a bit for each sum that an amount feeds.
    fed: Vec<u64>,
}

impl Strip {
    /// The strip of a group in the state that an engine [holds](Engine::hold); `None` where sums are too large.
    ///
    /// # Errors
    /// Of an amount that cannot be computed, or the watch cancels it.
    pub(super) fn new(
        plan: &Plan,
        group: &Group,
        engine: &Engine<'_>,
        question: &Question<'_>,
    ) -> Result<Option<Self>, Error> {
        let mut costs = Costs::new(engine, engine.factors(question.basis)?);
        let mut rows = Rows::new(plan, group);
        for &item in &group.items {
            costs.begin(item);
            for side in [BASE, ALTERNATIVE] {
                rows.add_side(engine.category(item), &mut costs, question.route(side), side)?;
            }
            let lacking = if plan.of_base { BASE } else { ALTERNATIVE };
            for weighted in &plan.games[item] {
                costs.runs(question.route(lacking), weighted.grant, |run| {
                    run.each_piece(|first, end, minor| {
                        for &(player, weight) in &weighted.weights {
                            rows.add(first..end, plan.columns.player(player), minor.checked_mul(weight));
                        }
                    });
                })?;
            }
            for (place, refund) in plan.refunds.iter().enumerate().filter(|(_, refund)| refund.of == item) {
                costs.runs(question.route(refund.route), refund.grant, |run| {
                    if refund.stages.contains(&run.stage) {
                        run.each_piece(|first, end, minor| {
                            rows.add(first..end, plan.columns.refund(place), Some(minor));
                        });
                    }
                })?;
            }
        }
        Ok(rows.finish())
    }

    /// Adds the sums of some months to those of a household: `sums` has the group's columns.
    pub(super) fn add(&self, plan: &Plan, months: Range<usize>, sums: &mut [i64], row: &mut Row) {
        let width = sums.len();
        let until = |month: usize| &self.until[month * width..][..width];
        for ((sum, until), before) in sums.iter_mut().zip(until(months.end)).zip(until(months.start)) {
            *sum += until - before;
        }
        let mut first = months.start;
        while first < months.end {
            let year = plan.years[first];
            let end = plan.ends_of_years[year].min(months.end);
            let fed = self.fed[first..end].iter().fold(0, |fed, month| fed | month);
            let (totals, fed_in_year) = &mut row.years[year];
            for (side, total) in totals.iter_mut().enumerate() {
                *total += i128::from(until(end)[side] - until(first)[side]);
            }
            *fed_in_year |= fed;
            row.fed |= fed;
            first = end;
        }
    }
}

/// The sums of each month while they are added up.
struct Rows<'p> {
    plan: &'p Plan,
    columns: &'p [usize],
    /// By month, the amounts of the group's columns.
    sums: Vec<i64>,
    fed: Vec<u64>,
    /// True once one does not fit.
    too_large: bool,
}

impl<'p> Rows<'p> {
    fn new(plan: &'p Plan, group: &'p Group) -> Self {
        let (months, columns) = (plan.months(), &group.columns);
        Self { plan, columns, sums: vec![0; (months + 1) * columns.len()], fed: vec![0; months], too_large: false }
    }

    /// Adds an amount in each of some months; one that is missing does not fit.
    fn add(&mut self, months: Range<usize>, column: usize, amount: Option<i128>) {
        let Some(amount) = amount.and_then(|amount| i64::try_from(amount).ok()) else {
            self.too_large = true;
            return;
        };
        let (width, Ok(column)) = (self.columns.len(), self.columns.binary_search(&column)) else { return };
        for month in months {
            // One row later, so that the running total is of the months before.
            let sum = &mut self.sums[(month + 1) * width + column];
            match sum.checked_add(amount) {
                Some(next) => *sum = next,
                None => self.too_large = true,
            }
        }
    }

    fn feed(&mut self, months: Range<usize>, column: usize, amount: i128) {
        self.fed[months.clone()].iter_mut().for_each(|fed| *fed |= 1 << column);
        self.add(months, column, Some(amount));
    }

    /// Adds what an item, to which `costs` has come, feeds on the route of a side.
    fn add_side(&mut self, category: usize, costs: &mut Costs<'_>, route: &Route, side: usize) -> Result<(), Error> {
        let (payers, columns) = (&self.plan.payers, self.plan.columns);
        costs.runs(route, Grant::NONE, |run| {
            let shares = payers.of(route.legs[run.stage].solution, category);
            run.each_piece(|first, end, minor| {
                self.feed(first..end, Columns::total(side), minor);
                self.feed(first..end, Columns::category(category, side), minor);
                allot(minor, shares, |fund, part| self.feed(first..end, columns.fund(fund, side), part));
            });
        })
    }

    fn finish(mut self) -> Option<Strip> {
        let width = self.columns.len();
        for month in 1..=self.fed.len() {
            let (before, from) = self.sums.split_at_mut(month * width);
            for (sum, before) in from[..width].iter_mut().zip(&before[(month - 1) * width..]) {
                *sum = sum.checked_add(*before)?;
            }
        }
        let fits = !self.too_large && self.sums.iter().all(|sum| sum.unsigned_abs() <= LARGEST.unsigned_abs());
        fits.then_some(Strip { until: self.sums, fed: self.fed })
    }
}
