//! Sums over the rows of a caseload, in whole minor units and by places in the scenario.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::table::Case;
use super::{CaseResult, Caseload, CaseloadOptions};
use crate::about::About;
use crate::comparison::{Difference, PairSums, cause};
use crate::error::Error;
use crate::ledger::{Totals, money, too_large};
use crate::reading::Findings;
use crate::room;
use crate::scenario::{Declared, Scenario};
use crate::types::{Currency, is_reference};

/// Base and alternative.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
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
#[derive(Default)]
#[cfg_attr(test, derive(Clone, Debug, PartialEq, Eq))]
pub(super) struct CaseSums {
    pub(super) alternative: SideSums,
    pub(super) base: SideSums,
    /// The attribution of each cause that there is, by its place.
    pub(super) shares: Vec<(usize, i128)>,
}

/// The sums of a household on one side, in minor units. `None` where nothing feeds them.
#[derive(Default)]
#[cfg_attr(test, derive(Clone, Debug, PartialEq, Eq))]
pub(super) struct SideSums {
    pub(super) total: i128,
    pub(super) by_category: Vec<Option<i128>>,
    pub(super) by_fund: Vec<Option<i128>>,
    /// From the fiscal year of the start on.
    pub(super) by_fiscal_year: Vec<Option<i128>>,
}

impl CaseSums {
    /// Those of a pair of pathways of a scenario.
    pub(super) fn of(pair: PairSums) -> Self {
        let side = |totals: Totals| SideSums {
            by_fiscal_year: totals.by_fiscal_year,
            total: totals.total,
            by_category: totals.by_category,
            by_fund: totals.by_fund,
        };
        Self { alternative: side(pair.alternative), base: side(pair.base), shares: pair.shares }
    }
}

/// Sums of some rows, which can be merged in their order. `None` where nothing feeds them.
#[derive(Clone)]
pub(super) struct Sums {
    pub(super) households: Vec<CaseResult>,
    count: u64,
    total: SumsOfSides,
    by_category: Vec<Option<SumsOfSides>>,
    by_fiscal_year: BTreeMap<i32, SumsOfSides>,
    by_fund: Vec<Option<SumsOfSides>>,
    attribution: Vec<Option<i128>>,
    /// Warnings about the rows.
    pub(super) odd: Findings,
}

/// Sums as they are written, without the warnings.
#[derive(Serialize, Deserialize)]
pub(super) struct WrittenSums {
    /// The code of the currency; none without households.
    currency: Option<String>,
    /// Each household's reference, count, and figures in minor units.
    households: Vec<(String, u32, SumsOfSides)>,
    by_category: Vec<Option<SumsOfSides>>,
    by_fiscal_year: Vec<(i32, SumsOfSides)>,
    by_fund: Vec<Option<SumsOfSides>>,
    attribution: Vec<Option<i128>>,
}

/// No sum that is read is larger: no table that can be read has one, and some such can be added without a look.
const MOST: i128 = 1 << 116;

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

    /// Adds the sums of a household, whose reference goes with them.
    pub(super) fn add(&mut self, case: &mut Case, scenario: &Scenario, of_case: &CaseSums) -> Result<(), Error> {
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
        self.households.push(CaseResult { reference: case.take_reference(), count, difference });
        Ok(())
    }

    /// Adds the sums of the rows that follow.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), Error> {
        room::more(&mut self.households, other.households.len())?;
        self.households.extend(other.households);
        self.count = self.count.checked_add(other.count).ok_or_else(too_large)?;
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

    /// True if they are of the same setting as others, and of a currency.
    pub(super) fn fits(&self, other: &Self, currency: Currency) -> bool {
        let lengths = |sums: &Self| (sums.by_category.len(), sums.by_fund.len(), sums.attribution.len());
        lengths(self) == lengths(other)
            && self.households.first().is_none_or(|row| row.difference.base.currency() == currency)
    }

    pub(super) fn write(&self) -> WrittenSums {
        let row = |row: &CaseResult| {
            let Difference { base, alternative, .. } = &row.difference;
            (row.reference.clone(), row.count, SumsOfSides(base.minor(), alternative.minor()))
        };
        WrittenSums {
            currency: self.households.first().map(|row| row.difference.base.currency().code().to_owned()),
            households: self.households.iter().map(row).collect(),
            by_category: self.by_category.clone(),
            by_fiscal_year: self.by_fiscal_year.iter().map(|(year, sum)| (*year, *sum)).collect(),
            by_fund: self.by_fund.clone(),
            attribution: self.attribution.clone(),
        }
    }

    /// What was written, with the warnings; `None` if no sums can have been written so.
    pub(super) fn read(written: WrittenSums, odd: Findings) -> Option<Self> {
        let WrittenSums { currency, households, by_category, by_fiscal_year, by_fund, attribution } = written;
        let mut sums = Self {
            households: Vec::with_capacity(households.len()),
            count: 0,
            total: SumsOfSides::default(),
            by_category,
            by_fiscal_year: by_fiscal_year.into_iter().collect(),
            by_fund,
            attribution,
            odd,
        };
        for (reference, count, SumsOfSides(base, alternative)) in households {
            let sound = is_reference(&reference) && (1..=super::table::MOST).contains(&count);
            let currency = currency.as_deref().and_then(Currency::from_code).filter(|_| sound)?;
            let small = |minor: i128| (-MOST..=MOST).contains(&minor);
            let both = small(base) && small(alternative);
            let difference = both.then(|| Difference::of(alternative, base, currency).ok()).flatten()?;
            sums.count = sums.count.checked_add(u64::from(count))?;
            sums.total.add(Some(base), Some(alternative), count).ok()?;
            sums.households.push(CaseResult { reference, count, difference });
        }
        sums.is_small().then_some(sums)
    }

    /// True if no sum is so large that adding some such could overflow.
    fn is_small(&self) -> bool {
        let declared = self.by_category.iter().chain(&self.by_fund).flatten();
        let sides = declared.chain(self.by_fiscal_year.values()).chain([&self.total]).flat_map(|each| [each.0, each.1]);
        sides.chain(self.attribution.iter().flatten().copied()).all(|minor| (-MOST..=MOST).contains(&minor))
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
        let extra = add(self.total.1, -self.total.0)?;
        let residual = self.attribution.iter().flatten().try_fold(extra, |rest, share| add(rest, -share))?;
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
