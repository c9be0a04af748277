//! The cost of a line of the programme, by fiscal year and by what was paid for, in minor units.

use std::ops::Range;

use crate::ledger::times;
use crate::programme::Inner;

/// The place of the programme's own costs among kinds and among origins.
pub(crate) const OWN: usize = 2;
/// Kinds: permanent, temporary, and the programme's own.
pub(crate) const KINDS: usize = 3;

/// Sums of a line, up to the end of the run-off. `None` is what nothing feeds.
#[derive(Clone)]
pub(crate) struct Tables {
    /// Every fiscal year that has a month.
    pub(crate) years: Vec<Year>,
    /// Months from the first on.
    pub(crate) by_month: Vec<i128>,
    /// Within the programme, by solution, and last the programme's own.
    pub(crate) by_solution: Vec<Option<i128>>,
    /// Within the programme.
    pub(crate) by_place: Vec<Option<i128>>,
    /// Within the programme, by month, then fund, then kind (permanent, temporary, the programme's own).
    pub(crate) by_month_fund_and_kind: Vec<Option<i128>>,
    /// The number of months of the programme.
    months: usize,
}

/// Sums of a fiscal year.
#[derive(Clone, Default)]
pub(crate) struct Year {
    pub(crate) total: Option<i128>,
    pub(crate) constant: Option<i128>,
    pub(crate) by_category: Vec<Option<i128>>,
    pub(crate) by_fund: Vec<Option<i128>>,
    /// Permanent, temporary, and the programme's own.
    pub(crate) by_kind: [Option<i128>; 3],
    /// Older cases, new ones, and the programme's own.
    pub(crate) by_origin: [Option<i128>; 3],
}

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

pub(crate) fn feed(sum: &mut Option<i128>, minor: i128) {
    *sum = Some(sum.unwrap_or(0) + minor);
}

/// Months by fiscal year: the place of each, with its months.
fn by_year(months: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> {
    let years = months.start / 12..months.end.div_ceil(12);
    years.map(move |year| (year, months.start.max(12 * year)..months.end.min(12 * year + 12)))
}

fn join(sums: &mut [Option<i128>], others: &[Option<i128>]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        if let Some(minor) = other {
            feed(sum, *minor);
        }
    }
}

impl Tables {
    pub(crate) fn new(inner: &Inner) -> Self {
        let setting = &inner.setting;
        let year = Year {
            by_category: vec![None; setting.categories().len()],
            by_fund: vec![None; setting.funds().len()],
            ..Year::default()
        };
        Self {
            years: vec![year; inner.years()],
            by_month: vec![0; usize::try_from(inner.horizon()).unwrap_or(0)],
            by_solution: vec![None; setting.solutions().len() + 1],
            by_place: vec![None; setting.places().len()],
            by_month_fund_and_kind: vec![
                None;
                usize::try_from(inner.months()).unwrap_or(0) * setting.funds().len() * KINDS
            ],
            months: usize::try_from(inner.months()).unwrap_or(0),
        }
    }

    /// Adds the same charge in each of some months, divided among funds, with so many copies.
    pub(crate) fn charge(
        &mut self,
        of: ChargeKey,
        months: Range<usize>,
        minor: i128,
        parts: &[(usize, i128)],
        copies: i128,
    ) {
        let minor = minor * copies;
        for (place, months) in by_year(months) {
            let Some(year) = self.years.get_mut(place) else { return };
            let count = months.len();
            let all = times(minor, count);
            feed(&mut year.total, all);
            for &(fund, part) in parts {
                feed(&mut year.by_fund[fund], times(part * copies, count));
            }
            for sum in &mut self.by_month[months.clone()] {
                *sum += minor;
            }
            // A programme ends with a fiscal year.
            if months.start < self.months {
                feed(&mut year.by_category[of.category], all);
                feed(&mut year.by_kind[of.kind], all);
                feed(&mut year.by_origin[of.origin], all);
                feed(&mut self.by_solution[of.solution], all);
                if let Some(place) = of.place {
                    feed(&mut self.by_place[place], all);
                }
                let funds = year.by_fund.len();
                for &(fund, part) in parts {
                    let part = part * copies;
                    for month in months.clone() {
                        feed(&mut self.by_month_fund_and_kind[(month * funds + fund) * KINDS + of.kind], part);
                    }
                }
            }
        }
    }

    /// Adds the same charge in each of some months, in constant prices.
    pub(crate) fn constant(&mut self, months: Range<usize>, minor: i128) {
        for (place, months) in by_year(months) {
            if let Some(year) = self.years.get_mut(place) {
                feed(&mut year.constant, times(minor, months.len()));
            }
        }
    }

    /// Adds the sums of other cases.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (year, other) in self.years.iter_mut().zip(&other.years) {
            join(&mut year.by_category, &other.by_category);
            join(&mut year.by_fund, &other.by_fund);
            join(&mut year.by_kind, &other.by_kind);
            join(&mut year.by_origin, &other.by_origin);
            join(std::slice::from_mut(&mut year.total), &[other.total]);
            join(std::slice::from_mut(&mut year.constant), &[other.constant]);
        }
        for (sum, other) in self.by_month.iter_mut().zip(&other.by_month) {
            *sum += other;
        }
        join(&mut self.by_solution, &other.by_solution);
        join(&mut self.by_place, &other.by_place);
        join(&mut self.by_month_fund_and_kind, &other.by_month_fund_and_kind);
    }

    /// The fiscal years of the programme.
    pub(crate) fn within(&self) -> &[Year] {
        self.years.get(..self.months / 12).unwrap_or_default()
    }
}
