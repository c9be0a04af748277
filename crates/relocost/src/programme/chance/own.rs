//! What the programme's own lines cost in a future: with all agreements, and what other sets of them cost more.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::people::{Outcome, Profile, Profiles};
use crate::names::{ProgrammeCount, SolutionKind};
use crate::programme::Inner;
use crate::programme::counts::{Counts, Lists, Standing};
use crate::programme::queue::{Course, Set, Terms};
use crate::programme::run::{settles, standing};
use crate::simulation::costing::{FactorsAt, OwnPrices};

/// What is the same in every future.
pub(super) struct OwnLines<'p> {
    inner: &'p Inner,
    /// By line: who pays.
    payers: Vec<Vec<(usize, f64)>>,
    /// Of each solution whether it is permanent (0) or temporary (1).
    kinds: Vec<usize>,
    /// The lists of counts that the lines need.
    wanted: Lists,
    /// True if some line counts agreements.
    counts_agreements: bool,
    funds: usize,
}

/// The counts of a future.
pub(super) struct OwnCounts {
    planned: Counts,
    other: Counts,
}

impl OwnCounts {
    pub(super) fn new(months: usize) -> Self {
        Self { planned: Counts::new(months), other: Counts::new(months) }
    }
}

impl<'p> OwnLines<'p> {
    pub(super) fn new(inner: &'p Inner, payers: Vec<Vec<(usize, f64)>>) -> Self {
        let kind = |kind: SolutionKind| usize::from(kind == SolutionKind::Temporary);
        Self {
            inner,
            payers,
            kinds: inner.setting.solutions().values().map(|solution| kind(solution.kind)).collect(),
            wanted: inner.lines.iter().fold(Lists::default(), |wanted, line| wanted.with(line.count, line.kind)),
            counts_agreements: inner.lines.iter().any(|line| line.count == ProgrammeCount::Agreements),
            funds: inner.setting.funds().len(),
        }
    }

    /// True if there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.inner.lines.is_empty()
    }

    /// Counts the cases of a future with all agreements: those that queue with their courses, and then the others, each with
    /// its route. Adds what the lines cost by fiscal year and fund.
    pub(super) fn plan<'c>(
        &self,
        counts: &mut OwnCounts,
        people: impl Iterator<Item = (&'c Profile, Option<Course>, usize)>,
        agreements: &[Terms],
        prices: (&OwnPrices, &FactorsAt<'_>),
        sums: &mut [f64],
    ) {
        let planned = &mut counts.planned;
        planned.clear();
        for (profile, course, route) in people {
            let standing = course.map_or_else(|| profile.standing(self.inner), standing);
            planned.add(1, (profile.arrives, standing), &profile.stages[route], &profile.present, &self.kinds);
        }
        planned.sum();
        planned.count_agreements(agreements, Set::MAX, self.inner.months());
        self.add_all(planned, prices, sums);
    }

    /// Adds what the lines cost if all cases are settled.
    pub(super) fn settle<'c>(
        &self,
        counts: &mut OwnCounts,
        (people, queueing): (impl Iterator<Item = &'c Profile>, usize),
        agreements: &[Terms],
        prices: (&OwnPrices, &FactorsAt<'_>),
        sums: &mut [f64],
    ) {
        let settled = &mut counts.other;
        settled.clear();
        for (place, profile) in people.enumerate() {
            let (outcome, standing): (Outcome, _) = if place < queueing {
                let moves = settles(profile.arrives);
                let standing = Standing::Settled { given: profile.arrives.max(0), moves };
                (Profiles::settled(self.inner, profile.arrives), standing)
            } else {
                (None, profile.standing(self.inner))
            };
            let Some(route) = profile.route(outcome) else { continue };
            settled.add(1, (profile.arrives, standing), &profile.stages[route], &profile.present, &self.kinds);
        }
        settled.sum();
        settled.count_agreements(agreements, Set::MAX, self.inner.months());
        self.add_all(settled, prices, sums);
    }

    /// Adds what the lines cost more with a set of agreements than with all, where these cases, each with its course and route
    /// before and after, are the only ones that differ, from a month on.
    pub(super) fn differ<'c>(
        &self,
        counts: &mut OwnCounts,
        changes: impl Iterator<Item = (&'c Profile, [(Course, usize); 2])>,
        (agreements, with, from): (&[Terms], Set, Option<i32>),
        (prices, at): (&OwnPrices, &FactorsAt<'_>),
        sums: &mut [f64],
    ) {
        // With the same courses only what is paid for agreements can differ.
        let Some(from) = from.or(self.counts_agreements.then_some(i32::MAX)) else { return };
        let OwnCounts { planned, other } = counts;
        other.clear();
        for (profile, [before, after]) in changes {
            let stages = |route: usize| &profile.stages[route][..];
            let case = |course: Course| (profile.arrives, standing(course));
            other.take(case(before.0), stages(before.1), &profile.present, &self.kinds);
            other.add(1, case(after.0), stages(after.1), &profile.present, &self.kinds);
        }
        other.sum_onto(planned, usize::try_from(from).unwrap_or(0), self.wanted);
        if self.counts_agreements {
            other.count_agreements(agreements, with, self.inner.months());
        }
        for ((line, months), payers) in self.inner.lines.iter().zip(prices).zip(&self.payers) {
            let from = if line.count == ProgrammeCount::Agreements { 0 } else { u32::try_from(from).unwrap_or(0) };
            let skipped = months.partition_point(|(month, _, _)| *month < from);
            let (lists, others) = (planned.lists_of(line.count, line.kind), other.lists_of(line.count, line.kind));
            for (month, price, factor) in &months[skipped..] {
                let of = |[one, other]: [&[u32]; 2]| {
                    let of = |list: &[u32]| list.get(*month as usize).copied().unwrap_or(0);
                    of(one).saturating_add(of(other))
                };
                let (before, now) = (of(lists), of(others));
                if now != before {
                    let [before, now] = [before, now].map(|count| f64::from(count.div_ceil(line.per)));
                    self.pay((now - before) * price * at.factor(*factor), payers, *month, sums);
                }
            }
        }
    }

    fn add_all(&self, counts: &Counts, (prices, at): (&OwnPrices, &FactorsAt<'_>), sums: &mut [f64]) {
        for ((line, months), payers) in self.inner.lines.iter().zip(prices).zip(&self.payers) {
            for (month, price, factor) in months {
                let units = counts.of(line.count, line.kind, *month as usize).div_ceil(line.per);
                self.pay(f64::from(units) * price * at.factor(*factor), payers, *month, sums);
            }
        }
    }

    fn pay(&self, cost: f64, payers: &[(usize, f64)], month: u32, sums: &mut [f64]) {
        let first = month as usize / 12 * self.funds;
        for (fund, share) in payers {
            sums[first + fund] += cost * share;
        }
    }
}
