//! Sums over the rows of a caseload, in whole minor units and by places in the scenario.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::table::Case;
use super::{CaseResult, Caseload, CaseloadOptions};
use crate::about::About;
use crate::comparison::{Difference, PairSums, cause};
use crate::error::Error;
use crate::ledger::{Totals, money, too_large};
use crate::reading::Findings;
use crate::room;
use crate::scenario::{Declared, Scenario};

/// Base and alternative.
#[derive(Clone, Copy, Default)]
struct SumsOfSides(i128, i128);

impl SumsOfSides {
    fn add(&mut self, base: Option<i128>, alternative: Option<i128>, count: u32) -> Result<(), Error> {
        self.0 = times_and_add(self.0, base.unwrap_or(0), count)?;
        self.1 = times_and_add(self.1, alternative.unwrap_or(0), count)?;
        Ok(())
    }

    fn merge(&mut self, other: Self) -> Result<(), Error> {
        self.0 = add(self.0, other.0)?;
        self.1 = add(self.1, other.1)?;
        Ok(())
    }
}

fn add(sum: i128, more: i128) -> Result<i128, Error> {
    sum.checked_add(more).ok_or_else(too_large)
}

fn times_and_add(sum: i128, minor: i128, count: u32) -> Result<i128, Error> {
    add(sum, minor.checked_mul(i128::from(count)).ok_or_else(too_large)?)
}

/// The sums of one household, by places in the scenario.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(super) struct CaseSums {
    pub(super) alternative: SideSums,
    pub(super) base: SideSums,
    /// The attribution of each cause that there is, by its place.
    pub(super) shares: Vec<(usize, i128)>,
}

/// The sums of a household on one side, in minor units. `None` where nothing feeds them.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(super) struct SideSums {
    pub(super) total: i128,
    pub(super) by_category: Vec<Option<i128>>,
    pub(super) by_fund: Vec<Option<i128>>,
    /// From the fiscal year of the start on.
    pub(super) by_fiscal_year: Vec<Option<i128>>,
}

impl CaseSums {
    /// Those of a pair of pathways of a scenario.
    pub(super) fn of(scenario: &Scenario, pair: PairSums) -> Self {
        let side = |totals: Totals| SideSums {
            by_fiscal_year: totals.by_fiscal_year(scenario.inner()),
            total: totals.total,
            by_category: totals.by_category,
            by_fund: totals.by_fund,
        };
        Self { alternative: side(pair.alternative), base: side(pair.base), shares: pair.shares }
    }
}

/// Sums of some rows, which can be merged in their order. `None` where nothing feeds them.
pub(super) struct Sums {
    households: Vec<CaseResult>,
    count: u64,
    total: SumsOfSides,
    by_category: Vec<Option<SumsOfSides>>,
    by_fiscal_year: BTreeMap<i32, SumsOfSides>,
    by_fund: Vec<Option<SumsOfSides>>,
    attribution: Vec<Option<i128>>,
    /// Warnings about the rows.
    pub(super) odd: Findings,
}

impl Sums {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            households: Vec::new(),
            count: 0,
            total: SumsOfSides::default(),
            by_category: vec![None; scenario.categories().len()],
            by_fiscal_year: BTreeMap::new(),
            by_fund: vec![None; scenario.funds().len()],
            attribution: vec![None; scenario.entitlements().len() + 1], // and the place
            odd: Findings::default(),
        }
    }

    pub(super) fn add(&mut self, case: &Case, scenario: &Scenario, of_case: &CaseSums) -> Result<(), Error> {
        let (count, CaseSums { alternative, base, shares }) = (case.count(), of_case);
        let difference = Difference::of(alternative.total, base.total, scenario.currency())?;
        self.count += u64::from(count);
        self.total.add(Some(base.total), Some(alternative.total), count)?;
        let tables = [
            (&mut self.by_category, &base.by_category, &alternative.by_category),
            (&mut self.by_fund, &base.by_fund, &alternative.by_fund),
        ];
        for (sums, base, alternative) in tables {
            for ((sum, &base), &alternative) in sums.iter_mut().zip(base).zip(alternative) {
                if base.is_some() || alternative.is_some() {
                    sum.get_or_insert_default().add(base, alternative, count)?;
                }
            }
        }
        let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
        for ((year, &base), &alternative) in (first..).zip(&base.by_fiscal_year).zip(&alternative.by_fiscal_year) {
            if base.is_some() || alternative.is_some() {
                self.by_fiscal_year.entry(year).or_default().add(base, alternative, count)?;
            }
        }
        for &(place, share) in shares {
            let sum = self.attribution[place].get_or_insert_default();
            *sum = times_and_add(*sum, share, count)?;
        }
        room::more(&mut self.households, 1)?;
        self.households.push(CaseResult { reference: case.reference().to_owned(), count, difference });
        Ok(())
    }

    /// Adds the sums of the rows that follow.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), Error> {
        room::more(&mut self.households, other.households.len())?;
        self.households.extend(other.households);
        self.count += other.count;
        self.total.merge(other.total)?;
        for (sums, others) in [(&mut self.by_category, other.by_category), (&mut self.by_fund, other.by_fund)] {
            for (sum, other) in sums.iter_mut().zip(others) {
                if let Some(other) = other {
                    sum.get_or_insert_default().merge(other)?;
                }
            }
        }
        for (year, pair) in other.by_fiscal_year {
            self.by_fiscal_year.entry(year).or_default().merge(pair)?;
        }
        for (sum, other) in self.attribution.iter_mut().zip(other.attribution) {
            if let Some(other) = other {
                let sum = sum.get_or_insert_default();
                *sum = add(*sum, other)?;
            }
        }
        self.odd.merge(other.odd);
        Ok(())
    }

    pub(super) fn finish(
        self,
        mut odd: Findings,
        scenario: &Scenario,
        options: &CaseloadOptions,
    ) -> Result<Caseload, Error> {
        odd.merge(self.odd);
        let currency = scenario.currency();
        let difference = |SumsOfSides(base, alternative): SumsOfSides| Difference::of(alternative, base, currency);
        let table = |declared: &[Declared], sums: Vec<Option<SumsOfSides>>| {
            let fed = declared.iter().zip(sums).filter_map(|(each, sum)| sum.map(|sum| (each.id.clone(), sum)));
            fed.map(|(id, sum)| Ok((id, difference(sum)?))).collect::<Result<IndexMap<_, _>, Error>>()
        };
        let years = self.by_fiscal_year.into_iter();
        let shares = self.attribution.iter().enumerate();
        let shares = shares.filter_map(|(place, share)| share.map(|share| (cause(scenario, place), share)));
        // Attribution and residual of each row add up to its extra cost, and so do their sums.
        let extra = self.total.1 - self.total.0;
        let residual = extra - self.attribution.iter().flatten().sum::<i128>();
        Ok(Caseload {
            about: About::new(scenario, options.basis),
            pair: options.pair.clone(),
            count: self.count,
            difference: difference(self.total)?,
            by_category: table(scenario.categories(), self.by_category)?,
            by_fiscal_year: years.map(|(year, sum)| Ok((year, difference(sum)?))).collect::<Result<_, Error>>()?,
            by_fund: table(scenario.funds(), self.by_fund)?,
            attribution: shares.map(|(id, share)| Ok((id, money(share, currency)?))).collect::<Result<_, Error>>()?,
            residual: money(residual, currency)?,
            households: self.households,
            more_warnings: odd.more(),
            warnings: odd.by_line(),
        })
    }
}
