//! The figures of one pathway.

use indexmap::IndexMap;
use serde::Serialize;

use super::pair::Other;
use crate::error::Error;
use crate::ledger::{Totals, by_fiscal_year, money, present_value};
use crate::scenario::Scenario;
use crate::types::{Id, Money};

/// The figures of one pathway: each table adds up to the total. Keys that no entry feeds are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PathwayFigures {
    /// The number of entries of the ledger.
    pub entries: usize,
    /// The sum of the entries, on the basis chosen.
    pub total: Money,
    /// The total in constant prices: a ledger of its own, rounded by itself.
    pub constant: Money,
    /// The nominal totals by fiscal year, discounted to the start's, rounded once.
    pub present_value: Money,
    /// By category, in the order declared.
    pub by_category: IndexMap<Id, Money>,
    /// By place, in the order declared; stages without one are in none.
    pub by_place: IndexMap<Id, Money>,
    /// By fiscal year, ascending.
    pub by_fiscal_year: IndexMap<i32, Money>,
    /// By fund, in the order declared.
    pub by_fund: IndexMap<Id, Money>,
    /// By line, in the order declared.
    pub by_line: IndexMap<Id, Money>,
}

impl PathwayFigures {
    /// The figures of totals on the basis chosen, and of what is asked for on the other.
    pub(super) fn of(scenario: &Scenario, totals: &Totals, other: &Other) -> Result<Self, Error> {
        let currency = scenario.currency();
        let years = totals.by_fiscal_year(scenario.inner());
        let (constant, present_value) = match other {
            Other::Constant(total) => (*total, present_value(scenario, &years)?),
            Other::Nominal(by_month) => {
                let by_month: Vec<Option<i128>> = by_month.sums().collect();
                let nominal = by_fiscal_year(scenario.inner(), &by_month);
                (totals.total, present_value(scenario, &nominal)?)
            }
        };
        let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let fed = |sum: &Option<i128>| sum.map(|minor| money(minor, currency));
        Ok(Self {
            entries: totals.entries,
            total: money(totals.total, currency)?,
            constant: money(constant, currency)?,
            present_value,
            by_category: keyed(
                scenario.categories().iter().map(|category| category.id.clone()),
                totals.by_category.iter().map(fed),
            )?,
            by_place: keyed(scenario.places().iter().map(|place| place.id.clone()), totals.by_place.iter().map(fed))?,
            by_fiscal_year: keyed(first.., years.iter().map(fed))?,
            by_fund: keyed(scenario.funds().iter().map(|fund| fund.id.clone()), totals.by_fund.iter().map(fed))?,
            by_line: keyed(scenario.lines().keys().cloned(), totals.by_line.iter().map(fed))?,
        })
    }
}

/// A table of what is fed.
fn keyed<K: std::hash::Hash + Eq>(
    keys: impl Iterator<Item = K>,
    sums: impl Iterator<Item = Option<Result<Money, Error>>>,
) -> Result<IndexMap<K, Money>, Error> {
    let mut map = IndexMap::with_capacity(sums.size_hint().0);
    for (key, sum) in keys.zip(sums) {
        if let Some(sum) = sum {
            map.insert(key, sum?);
        }
    }
    Ok(map)
}
