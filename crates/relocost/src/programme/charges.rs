//! The charges of a line of the programme, added up as they come, in minor units.

use std::ops::Range;

use super::Inner;
use crate::ledger::{ByMonth, times};

/// The place of the programme's own costs among kinds and among origins.
pub(crate) const OWN: usize = 2;
/// Kinds: permanent, temporary, and the programme's own.
pub(crate) const KINDS: usize = 3;
/// Origins: older cases, new ones, and the programme's own.
pub(crate) const ORIGINS: usize = 3;

/// The sums that a charge enters.
#[derive(Clone, Copy)]
pub(crate) struct ChargeKey {
    pub(crate) category: usize,
    /// The place of the solution, or one after the last for the programme's own.
    pub(crate) solution: usize,
    pub(crate) place: Option<usize>,
    pub(crate) kind: usize,
    pub(crate) origin: usize,
}

/// Sums of a line up to the end of the run-off. `None` is what nothing feeds.
#[derive(Clone)]
pub(crate) struct Charges {
    pub(super) total: ByMonth,
    pub(super) constant: ByMonth,
    /// By fund, and then by kind; `None` where there is no charge.
    pub(super) by_fund_and_kind: Vec<Option<ByMonth>>,
    pub(super) by_origin: [ByMonth; ORIGINS],
    /// Within the programme, by fiscal year, and then by category.
    pub(super) by_year_and_category: Vec<Vec<Option<i128>>>,
    /// Within the programme, by solution, and last the programme's own.
    pub(super) by_solution: Vec<Option<i128>>,
    /// Within the programme.
    pub(super) by_place: Vec<Option<i128>>,
    /// The months of the programme, and of its run-off too.
    within: usize,
    horizon: usize,
}

pub(crate) fn feed(sum: &mut Option<i128>, minor: i128) {
    *sum = Some(sum.unwrap_or(0) + minor);
}

/// Months by fiscal year: the place of each, with the number of its months.
fn by_year(months: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
    let years = months.start / 12..months.end.div_ceil(12);
    years.map(move |year| (year, months.end.min(12 * year + 12) - months.start.max(12 * year)))
}

fn join(sums: &mut [Option<i128>], others: &[Option<i128>]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        if let Some(minor) = other {
            feed(sum, *minor);
        }
    }
}

impl Charges {
    pub(crate) fn new(inner: &Inner) -> Self {
        let setting = &inner.setting;
        let [within, horizon] = [inner.months(), inner.horizon()].map(|months| usize::try_from(months).unwrap_or(0));
        let nothing = ByMonth::new(horizon);
        Self {
            total: nothing.clone(),
            constant: nothing.clone(),
            by_fund_and_kind: vec![None; setting.funds().len() * KINDS],
            by_origin: std::array::from_fn(|_| nothing.clone()),
            by_year_and_category: vec![vec![None; setting.categories().len()]; within / 12],
            by_solution: vec![None; setting.solutions().len() + 1],
            by_place: vec![None; setting.places().len()],
            within,
            horizon,
        }
    }

    /// Adds the same charge in each of some months, divided among funds, with so many copies.
    pub(crate) fn add(
        &mut self,
        of: ChargeKey,
        months: Range<usize>,
        minor: i128,
        parts: &[(usize, i128)],
        copies: i128,
    ) {
        let (minor, Range { start, end }) = (minor * copies, months);
        self.total.add(start, end, minor);
        for &(fund, part) in parts {
            let sum = &mut self.by_fund_and_kind[fund * KINDS + of.kind];
            sum.get_or_insert_with(|| ByMonth::new(self.horizon)).add(start, end, part * copies);
        }
        self.by_origin[of.origin].add(start, end, minor);
        let end = end.min(self.within);
        if start < end {
            for (year, count) in by_year(start..end) {
                feed(&mut self.by_year_and_category[year][of.category], times(minor, count));
            }
            let all = times(minor, end - start);
            feed(&mut self.by_solution[of.solution], all);
            if let Some(place) = of.place {
                feed(&mut self.by_place[place], all);
            }
        }
    }

    /// Adds the same charge in each of some months, in constant prices.
    pub(crate) fn add_constant(&mut self, months: Range<usize>, minor: i128) {
        self.constant.add(months.start, months.end, minor);
    }

    /// Adds the charges of other cases.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.total.merge(&other.total);
        self.constant.merge(&other.constant);
        for (sum, other) in self.by_fund_and_kind.iter_mut().zip(&other.by_fund_and_kind) {
            if let Some(other) = other {
                sum.get_or_insert_with(|| ByMonth::new(self.horizon)).merge(other);
            }
        }
        for (sum, other) in self.by_origin.iter_mut().zip(&other.by_origin) {
            sum.merge(other);
        }
        for (sums, others) in self.by_year_and_category.iter_mut().zip(&other.by_year_and_category) {
            join(sums, others);
        }
        join(&mut self.by_solution, &other.by_solution);
        join(&mut self.by_place, &other.by_place);
    }

    /// The months of the programme.
    pub(super) fn within(&self) -> usize {
        self.within
    }
}
