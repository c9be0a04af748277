//! The cost of a line of the programme, by fiscal year and by what was paid for, in minor units.

use super::charges::{Charges, KINDS, ORIGINS, feed};
use crate::ledger::ByMonth;

/// Sums of a line, up to the end of the run-off. `None` is what nothing feeds.
pub(crate) struct Tables {
    /// Every fiscal year that has a month.
    pub(crate) years: Vec<Year>,
    /// Months from the first on.
    pub(crate) by_month: Vec<Option<i128>>,
    /// Within the programme, by solution, and last the programme's own.
    pub(crate) by_solution: Vec<Option<i128>>,
    /// Within the programme.
    pub(crate) by_place: Vec<Option<i128>>,
    /// Within the programme, by month, then fund, then kind (permanent, temporary, the programme's own).
    pub(crate) by_month_fund_and_kind: Vec<Option<i128>>,
    /// The number of fiscal years of the programme.
    within: usize,
}

/// Sums of a fiscal year.
#[derive(Clone, Default)]
pub(crate) struct Year {
    pub(crate) total: Option<i128>,
    pub(crate) by_fund: Vec<Option<i128>>,
    /// The others are within the programme.
    pub(crate) constant: Option<i128>,
    pub(crate) by_category: Vec<Option<i128>>,
    /// Permanent, temporary, and the programme's own.
    pub(crate) by_kind: [Option<i128>; KINDS],
    /// Older cases, new ones, and the programme's own.
    pub(crate) by_origin: [Option<i128>; ORIGINS],
}

impl Tables {
    /// Those of the charges of a line.
    pub(crate) fn of(charges: &Charges) -> Self {
        let by_month: Vec<Option<i128>> = charges.total.sums().collect();
        let (months, funds) = (charges.within(), charges.by_fund_and_kind.len() / KINDS);
        let mut years = vec![Year::default(); by_month.len().div_ceil(12)];
        for year in &mut years {
            year.by_fund = vec![None; funds];
            year.by_category = vec![None; charges.by_year_and_category.first().map_or(0, Vec::len)];
        }
        for (year, by_category) in years.iter_mut().zip(&charges.by_year_and_category) {
            year.by_category.clone_from(by_category);
        }
        each_month(&charges.total, |month, minor| feed(&mut years[month / 12].total, minor));
        each_month(&charges.constant, |month, minor| feed(&mut years[month / 12].constant, minor));
        for (origin, sums) in charges.by_origin.iter().enumerate() {
            each_month(sums, |month, minor| {
                if month < months {
                    feed(&mut years[month / 12].by_origin[origin], minor);
                }
            });
        }
        let mut by_month_fund_and_kind = vec![None; months * funds * KINDS];
        for (place, sums) in charges.by_fund_and_kind.iter().enumerate() {
            let Some(sums) = sums else { continue };
            let (fund, kind) = (place / KINDS, place % KINDS);
            each_month(sums, |month, minor| {
                let year = &mut years[month / 12];
                feed(&mut year.by_fund[fund], minor);
                if month < months {
                    feed(&mut year.by_kind[kind], minor);
                    by_month_fund_and_kind[month * funds * KINDS + place] = Some(minor);
                }
            });
        }
        Self {
            years,
            by_month,
            by_solution: charges.by_solution.clone(),
            by_place: charges.by_place.clone(),
            by_month_fund_and_kind,
            within: months / 12,
        }
    }

    /// The fiscal years of the programme.
    pub(crate) fn within(&self) -> &[Year] {
        self.years.get(..self.within).unwrap_or_default()
    }
}

/// Visits the months that anything feeds.
fn each_month(sums: &ByMonth, mut visit: impl FnMut(usize, i128)) {
    for (month, sum) in sums.sums().enumerate() {
        if let Some(minor) = sum {
            visit(month, minor);
        }
    }
}
