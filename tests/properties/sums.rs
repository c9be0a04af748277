//! Entries add up to every table, and tables to the differences of a pair.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use relocost::explanation::Selection;
use relocost::{Basis, Comparison, Scenario};

use super::shared::{cases, names, parse};
use crate::support::oracle::{self, Oracle};
use crate::support::{options, random};

/// A table has the sums of the entries by key, no other key, and keeps the order of the declarations.
fn assert_table<F: ToString>(table: impl Iterator<Item = (F, i128)>, entries: &[(String, i128)], order: &[String]) {
    let table: Vec<(String, i128)> = table.map(|(key, amount)| (key.to_string(), amount)).collect();
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    for (key, amount) in entries {
        *sums.entry(key.clone()).or_default() += amount;
    }
    assert_eq!(table.iter().cloned().collect::<BTreeMap<_, _>>(), sums);
    let places: Vec<_> = table.iter().map(|(key, _)| order.iter().position(|name| name == key)).collect();
    assert!(places.is_sorted(), "{table:?} is not in the order of {order:?}");
}

fn assert_foots(scenario: &Scenario, comparison: &Comparison, basis: Basis) {
    for (pathway, figures) in comparison.pathways() {
        let oracle = |basis| Oracle::new(scenario, pathway.as_str(), basis).entries().unwrap();
        let (nominal, constant) = (oracle(Basis::Nominal), oracle(Basis::Constant));
        let entries = if basis == Basis::Nominal { &nominal } else { &constant };
        let sum = |entries: &[oracle::Charge]| entries.iter().map(|entry| entry.amount).sum::<i128>();
        assert_eq!(figures.entries, entries.len());
        assert_eq!(figures.total.minor(), sum(entries));
        assert_eq!(figures.constant.minor(), sum(&constant));
        assert_eq!(figures.present_value.minor(), oracle::present_value(scenario, &nominal));
        let by = |key: &dyn Fn(&oracle::Charge) -> String| -> Vec<(String, i128)> {
            entries.iter().map(|entry| (key(entry), entry.amount)).collect()
        };
        let ids = |declared: &[relocost::scenario::Declared]| {
            declared.iter().map(|one| one.id.to_string()).collect::<Vec<_>>()
        };
        let categories = by(&|entry| entry.category.clone());
        let table = figures.by_category.iter().map(|(key, money)| (key, money.minor()));
        assert_table(table, &categories, &ids(scenario.categories()));
        let years = by(&|entry| oracle::fiscal_year(scenario, entry.month).to_string());
        let table = figures.by_fiscal_year.iter().map(|(key, money)| (key, money.minor()));
        assert_table(table, &years, &(2000..2100).map(|year| year.to_string()).collect::<Vec<_>>());
        let lines = by(&|entry| entry.line.clone());
        let table = figures.by_line.iter().map(|(key, money)| (key, money.minor()));
        assert_table(table, &lines, &scenario.lines().keys().map(ToString::to_string).collect::<Vec<_>>());
        // A fund that always gets nothing is not in the table.
        let funds: Vec<(String, i128)> = entries.iter().flat_map(|entry| oracle::funds(scenario, entry)).collect();
        let funds: Vec<(String, i128)> = funds.into_iter().filter(|(_, part)| *part != 0).collect();
        let table = figures.by_fund.iter().map(|(key, money)| (key, money.minor()));
        assert_table(table, &funds, &ids(scenario.funds()));
    }
}

/// Every figure of a pathway's tables is the sum of the entries to which it is traced.
fn assert_traced(scenario: &Scenario, comparison: &Comparison, basis: Basis) {
    for (pathway, figures) in comparison.pathways() {
        let ledger = scenario.ledger_on(pathway.as_str(), basis).unwrap();
        let assert_sum = |selection: Selection, figure: relocost::Money| {
            let found = ledger.explain(&selection).unwrap();
            assert_eq!(found.total(), figure, "{pathway}, {selection:?}");
            assert_eq!(found.entries().iter().map(|it| it.part.minor()).sum::<i128>(), figure.minor());
        };
        assert_sum(Selection::default(), figures.total);
        for (category, figure) in &figures.by_category {
            assert_sum(Selection::default().category(category.to_string()), *figure);
        }
        for (line, figure) in &figures.by_line {
            assert_sum(Selection::default().line(line.to_string()), *figure);
        }
        for (year, figure) in &figures.by_fiscal_year {
            assert_sum(Selection::default().fiscal_year(*year), *figure);
        }
        for (fund, figure) in &figures.by_fund {
            assert_sum(Selection::default().fund(fund.to_string()), *figure);
        }
    }
}

/// Extra costs of the pair: of each table, and month by month.
fn assert_differences(scenario: &Scenario, comparison: &Comparison, basis: Basis) {
    let of = |pathway: &str| Oracle::new(scenario, pathway, basis).entries().unwrap();
    let (a, b) = (of(comparison.alternative()), of(comparison.base()));
    let sum = |entries: &[oracle::Charge], months: u32| -> i128 {
        entries.iter().filter(|entry| entry.month < months).map(|entry| entry.amount).sum()
    };
    assert_eq!(comparison.premium_curve().len(), scenario.horizon_months() as usize);
    for (months, difference) in (1..).zip(comparison.premium_curve()) {
        assert_eq!(difference.alternative.minor(), sum(&a, months));
        assert_eq!(difference.base.minor(), sum(&b, months));
        assert_eq!(difference.extra.minor(), sum(&a, months) - sum(&b, months));
        assert_eq!(difference.premium().ratio().is_some(), sum(&b, months) > 0);
    }
    assert_eq!(comparison.premium_curve().last(), Some(comparison.difference()));
    for tables in [
        comparison.by_category().values().collect::<Vec<_>>(),
        comparison.by_fund().values().collect(),
        comparison.by_fiscal_year().values().collect(),
    ] {
        assert_eq!(tables.iter().map(|one| one.extra.minor()).sum::<i128>(), comparison.extra().minor());
        for one in tables {
            assert_eq!(one.alternative.minor() - one.base.minor(), one.extra.minor());
        }
    }
}

proptest! {
    #![proptest_config(cases(50))]

    /// Entries add up to every table of every pathway: by category, fiscal year, fund and line, and in total. No table
    /// has a key that nothing feeds, and keys stand as declared.
    #[test]
    fn every_table_foots(draft in random::small(), constant in any::<bool>(), pair in any::<[Index; 2]>()) {
        let scenario = parse(&draft);
        let basis = if constant { Basis::Constant } else { Basis::Nominal };
        let names = names(&scenario);
        let [base, alternative] = pair.map(|index| index.get(&names));
        let comparison = scenario.compare_with(&options(base, alternative, basis)).unwrap();
        assert_foots(&scenario, &comparison, basis);
        assert_traced(&scenario, &comparison, basis);
        assert_differences(&scenario, &comparison, basis);
    }
}
