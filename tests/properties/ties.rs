//! Halves of a minor unit, which go to the even side.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use relocost::{Basis, Scenario};

use super::shared::{assert_same, names, parse};
use crate::support::oracle::Oracle;
use crate::support::random;

/// Halves of a minor unit go to the even side, of both signs, and also where a factor is a third.
#[test]
fn ties_go_to_even() {
    let text = r#"
        schema = 1
        currency = "EUR"
        start = "2026-01"
        horizon_months = 1
        price_base_year = 2026
        categories = ["housing"]
        funds = ["regular_budget"]
        household = { members = [{ age = 40 }] }
        [rates.index.half]
        default = "0.5"
        [rates.fx.USD]
        default = "0.333333333333"
        [profiles.thirds]
        knots = [[0, "0.333333333333"], [3, "0.333333333333"]]
        [solutions.permanent]
        label = "permanent"
        kind = "permanent"
        entitlements = []
        [solutions.temporary]
        label = "temporary"
        kind = "temporary"
        entitlements = []
    "#;
    let line = |number: usize, rest: &str| {
        format!(
            "[[lines]]\nid = \"l{number}\"\ncategory = \"housing\"\nlabel = \"x\"\ndriver = \"person\"\n\
             source = \"made up\"\n{rest}\n"
        )
    };
    let amount = |amount: &str, rest: &str| {
        format!("schedule = {{ monthly = {{}} }}\ncurrency = \"EUR\"\namount = \"{amount}\"\n{rest}")
    };
    // A price of 2027 in 2026 is divided by 1.5, so two thirds of it are left.
    let earlier = "index = \"half\"\nprice_base_year = 2027";
    let event = |per_year: &str, severity: &str| {
        format!("currency = \"EUR\"\nevent = {{ per_year = \"{per_year}\", severity = {severity} }}")
    };
    let cases = [
        (amount("0.005", ""), 0),
        (amount("0.015", ""), 2),
        (amount("0.025", ""), 2),
        (amount("33.335", ""), 3334),
        (amount("33.345", ""), 3334),
        (amount("-0.005", ""), 0),
        (amount("-0.015", ""), -2),
        (amount("-0.025", ""), -2),
        (amount("-0.035", ""), -4),
        // 0.0225 × 2/3 = 0.015 and 0.0375 × 2/3 = 0.025
        (amount("0.0225", earlier), 2),
        (amount("0.0375", earlier), 2),
        (amount("-0.0225", earlier), -2),
        (amount("-0.0525", earlier), -4),
        // A third of a uniform severity: 0.36 / 12 × (0 + 1) / 2 = 0.015
        (event("0.36", r#"{ uniform = { low = "0", high = "1" } }"#), 2),
        // 1 / 12 × (0 + 0.3 + 0.6) / 3 = 0.025
        (event("1", r#"{ triangular = { low = "0", mode = "0.3", high = "0.6" } }"#), 2),
        // Just above a tie: a third cut off at 12 digits leaves more than two thirds. On the tie they would be 2 and -2.
        (amount("0.0375", "relief = { profile = \"thirds\" }"), 3),
        (amount("-0.0375", "relief = { profile = \"thirds\" }"), -3),
    ];
    let lines: String = cases.iter().enumerate().map(|(number, (rest, _))| line(number, rest)).collect();
    let scenario = Scenario::parse(&format!("{text}\n{lines}")).unwrap();
    let charges = Oracle::new(&scenario, "permanent", Basis::Nominal).charges().unwrap();
    let found: BTreeMap<String, i128> = scenario
        .ledger("permanent")
        .unwrap()
        .entries()
        .map(|entry| (entry.line().id.to_string(), entry.amount().minor()))
        .collect();
    for (number, (rest, minor)) in cases.iter().enumerate() {
        assert_eq!(found.get(&format!("l{number}")).copied().unwrap_or(0), *minor, "{rest}");
        assert_eq!(charges[number].amount, *minor, "{rest}");
    }
    assert_eq!(charges.iter().filter(|charge| charge.is_tie()).count(), cases.len() - 2);
    assert_same(&scenario, "permanent", Basis::Nominal);
}

/// Relief between knots 3 and 7 months apart leaves thirds and sevenths, which bring exact ties too.
#[test]
fn ties_after_thirds_and_sevenths() {
    let text = r#"
        schema = 1
        currency = "EUR"
        start = "2026-01"
        horizon_months = 12
        price_base_year = 2026
        categories = ["housing"]
        funds = ["regular_budget"]
        household = { members = [{ age = 40 }] }
        [profiles.thirds]
        knots = [[0, "0"], [3, "1"]]
        [profiles.sevenths]
        knots = [[0, "1"], [7, "0"]]
        [solutions.only]
        label = "only"
        kind = "permanent"
        entitlements = []
        [[lines]]
        id = "thirds"
        category = "housing"
        label = "x"
        driver = "person"
        source = "made up"
        currency = "EUR"
        schedule = { monthly = {} }
        amount = "0.0225"
        relief = { profile = "thirds" }
        [[lines]]
        id = "sevenths"
        category = "housing"
        label = "x"
        driver = "person"
        source = "made up"
        currency = "EUR"
        schedule = { monthly = {} }
        amount = "0.175"
        relief = { profile = "sevenths" }
    "#;
    let scenario = Scenario::parse(text).unwrap();
    let of = |line: &str| -> Vec<i128> {
        let ledger = scenario.ledger("only").unwrap();
        ledger.entries().filter(|entry| entry.line().id.as_str() == line).map(|entry| entry.amount().minor()).collect()
    };
    // 0.0225, then two thirds of it, 0.015, a tie, then a third, 0.0075, and nothing once all is met.
    assert_eq!(of("thirds"), [2, 2, 1]);
    // Nothing, then 0.025 for each seventh: 0.025, 0.05, 0.075, 0.1, 0.125, 0.15 and 0.175 from then on.
    assert_eq!(of("sevenths"), [2, 5, 8, 10, 12, 15, 18, 18, 18, 18, 18]);
    let charges = Oracle::new(&scenario, "only", Basis::Nominal).charges().unwrap();
    assert!(charges.iter().filter(|charge| charge.is_tie()).count() >= 5);
    assert_same(&scenario, "only", Basis::Nominal);
}

/// The random scenarios do have ties, some of them after a division by 3 or 7: otherwise they would prove little.
#[test]
fn random_scenarios_have_ties() {
    let mut runner = TestRunner::deterministic();
    let (mut ties, mut charges, mut relieved) = (0, 0, 0);
    for _ in 0..100 {
        let scenario = parse(&random::scenario().new_tree(&mut runner).unwrap().current());
        for pathway in names(&scenario) {
            for charge in Oracle::new(&scenario, &pathway, Basis::Constant).charges().unwrap() {
                charges += 1;
                if charge.is_tie() {
                    ties += 1;
                    relieved += u32::from(
                        scenario.lines()[charge.line.as_str()].priced().is_some_and(|priced| priced.relief.is_some()),
                    );
                }
            }
        }
    }
    assert!(ties > 100 && relieved > 10, "{ties} ties, {relieved} with relief, in {charges} charges");
}
