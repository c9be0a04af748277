//! The figures of one pathway.

use std::hash::Hash;

use indexmap::IndexMap;
use serde::Serialize;

use super::pair::Other;
use crate::error::Error;
use crate::ledger::{Totals, by_fiscal_year, money, present_value};
use crate::scenario::{EmptyTables, Scenario};
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
    pub(super) fn of(
        scenario: &Scenario,
        empty_years: &IndexMap<i32, Money>,
        totals: &Totals,
        other: &Other,
    ) -> Result<Self, Error> {
        let currency = scenario.currency();
        let EmptyTables { categories, places, funds, lines } = scenario.inner().empty_tables();
        let years = &totals.by_fiscal_year;
        let (constant, present_value) = match other {
            Other::Constant(total) => (*total, present_value(scenario, years)?),
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
            by_category: fed(categories, &totals.by_category)?,
            by_place: fed(places, &totals.by_place)?,
            by_fiscal_year: fed(empty_years, years)?,
            by_fund: fed(funds, &totals.by_fund)?,
            by_line: fed(lines, &totals.by_line)?,
        })
    }
}

/// A table of nothing, with a key for each fiscal year of the horizon.
pub(super) fn empty_years(scenario: &Scenario) -> IndexMap<i32, Money> {
    let nothing = Money::zero(scenario.currency());
    scenario.fiscal_years().map(|year| (year, nothing)).collect()
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
