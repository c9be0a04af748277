//! The figures of one pathway.

use indexmap::IndexMap;
use serde::Serialize;

use super::Prices;
use crate::error::Error;
use crate::ledger::{Engine, Route, Totals, money, present_value};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::{Id, Money};

/// The figures of one pathway: each table adds up to the total. Keys that no entry feeds are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PathwayFigures {
    /// How many entries the ledger has.
    pub entries: usize,
    /// The sum of the entries, on the basis chosen.
    pub total: Money,
    /// The total in constant prices: a ledger of its own, rounded by itself.
    pub constant: Money,
    /// The nominal totals by fiscal year, discounted to the start's, rounded once.
    pub present_value: Money,
    /// By category, in the order declared.
    pub by_category: IndexMap<Id, Money>,
    /// By fiscal year, ascending.
    pub by_fiscal_year: IndexMap<i32, Money>,
    /// By fund, in the order declared.
    pub by_fund: IndexMap<Id, Money>,
    /// By line, in the order declared.
    pub by_line: IndexMap<Id, Money>,
}

impl PathwayFigures {
    pub(super) fn of(
        scenario: &Scenario,
        engine: &Engine<'_>,
        route: &Route,
        prices: &Prices,
    ) -> Result<(Totals, Self), Error> {
        let nominal = Totals::of(scenario, engine, route, &prices.nominal)?;
        let present_value = present_value(scenario, &nominal.by_year)?;
        let constant = Totals::of(scenario, engine, route, &prices.constant)?;
        let currency = scenario.currency();
        let constant_total = money(constant.total, currency)?;
        let totals = match prices.basis {
            Basis::Nominal => nominal,
            Basis::Constant => constant,
        };
        let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let fed = |sum: &Option<i128>| sum.map(|minor| money(minor, currency));
        fn keyed<K: std::hash::Hash + Eq>(
            keys: impl Iterator<Item = K>,
            sums: impl Iterator<Item = Option<Result<Money, Error>>>,
        ) -> Result<IndexMap<K, Money>, Error> {
            keys.zip(sums).filter_map(|(key, sum)| sum.map(|sum| Ok((key, sum?)))).collect()
        }
        let figures = Self {
            entries: totals.entries,
            total: money(totals.total, currency)?,
            constant: constant_total,
            present_value,
            by_category: keyed(
                scenario.categories().iter().map(|category| category.id.clone()),
                totals.by_category.iter().map(fed),
            )?,
            by_fiscal_year: keyed(first.., totals.by_year.iter().map(fed))?,
            by_fund: keyed(scenario.funds().iter().map(|fund| fund.id.clone()), totals.by_fund.iter().map(fed))?,
            by_line: keyed(scenario.lines().keys().cloned(), totals.by_line.iter().map(fed))?,
        };
        Ok((totals, figures))
    }
}
