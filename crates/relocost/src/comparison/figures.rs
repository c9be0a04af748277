//! The figures of one pathway.

use std::hash::Hash;

use indexmap::IndexMap;
use serde::Serialize;

use super::pair::Other;
use crate::error::Error;
use crate::ledger::{Totals, by_fiscal_year, money, present_value};
use crate::scenario::{Declared, Scenario};
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
    /// The figures of totals on the basis chosen, and of what is asked for on the other, in tables of nothing.
    pub(super) fn of(scenario: &Scenario, tables: &Tables, totals: &Totals, other: &Other) -> Result<Self, Error> {
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
        Ok(Self {
            entries: totals.entries,
            total: money(totals.total, currency)?,
            constant: money(constant, currency)?,
            present_value,
            by_category: fed(&tables.categories, &totals.by_category)?,
            by_place: fed(&tables.places, &totals.by_place)?,
            by_fiscal_year: fed(&tables.years, &years)?,
            by_fund: fed(&tables.funds, &totals.by_fund)?,
            by_line: fed(&tables.lines, &totals.by_line)?,
        })
    }
}

/// The tables of any pathway, of nothing: each key is hashed once for all of them.
pub(super) struct Tables {
    categories: IndexMap<Id, Money>,
    places: IndexMap<Id, Money>,
    years: IndexMap<i32, Money>,
    funds: IndexMap<Id, Money>,
    lines: IndexMap<Id, Money>,
}

impl Tables {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let nothing = Money::zero(scenario.currency());
        let declared = |declared: &[Declared]| declared.iter().map(|each| (each.id.clone(), nothing)).collect();
        let last = scenario.start().plus(i32::try_from(scenario.horizon_months()).unwrap_or(i32::MAX)).plus(-1);
        let [first, last] = [scenario.start(), last].map(|month| month.fiscal_year(scenario.fiscal_year_start()));
        Self {
            categories: declared(scenario.categories()),
            places: declared(scenario.places()),
            years: (first..=last).map(|year| (year, nothing)).collect(),
            funds: declared(scenario.funds()),
            lines: scenario.lines().keys().map(|id| (id.clone(), nothing)).collect(),
        }
    }
}

/// A table of nothing with the sums that are fed, and without the others.
fn fed<K: Clone + Hash + Eq>(table: &IndexMap<K, Money>, sums: &[Option<i128>]) -> Result<IndexMap<K, Money>, Error> {
    let mut table = table.clone();
    for (money, minor) in table.values_mut().zip(sums).filter_map(|(money, sum)| Some((money, (*sum)?))) {
        *money = self::money(minor, money.currency())?;
    }
    let mut sums = sums.iter();
    table.retain(|_, _| sums.next().is_some_and(Option::is_some));
    Ok(table)
}
