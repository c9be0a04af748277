//! Properties of every scenario: the library against a slow ledger of its own, tables that add up, and changes that
//! must not change a figure.

#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{FileFailurePersistence, TestRunner};
use relocost::explanation::Selection;
use relocost::scenario::{CatalogueText, Schedule};
use relocost::syntax::Source;
use relocost::{Basis, CompareOptions, Comparison, Ledger, Loader, Scenario};
use serde_json::{Value, json};
use support::oracle::{self, Oracle};
use support::random::{self, Draft, PathwayDraft};
use support::{compare, files, load, options, rich};

/// So many cases; `PROPTEST_CASES` scales them (256, its default, leaves them as they are).
fn cases(cases: u32) -> ProptestConfig {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions/properties.txt");
    ProptestConfig {
        cases: (cases * ProptestConfig::default().cases / 256).max(1),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        max_shrink_time: 60_000,
        ..ProptestConfig::default()
    }
}

fn parse(draft: &Draft) -> Scenario {
    let text = draft.toml();
    Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}\n\n{text}"))
}

fn names(scenario: &Scenario) -> Vec<String> {
    scenario.pathway_names().map(ToString::to_string).collect()
}

fn read(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Units of the driver; 0 of a refund.
fn quantity(entry: &relocost::Entry<'_>) -> BigRational {
    entry.quantity().map_or_else(BigRational::zero, |quantity| oracle::decimal(&quantity))
}

/// Month, line, quantity and amount of every entry.
fn rows(ledger: &Ledger) -> Vec<(u32, String, BigRational, i128)> {
    let row = |entry: relocost::Entry<'_>| {
        (entry.month_index(), entry.line().id.to_string(), quantity(&entry), entry.amount().minor())
    };
    ledger.entries().map(row).collect()
}

/// A table in minor units.
fn minor<'t>(table: impl IntoIterator<Item = (&'t relocost::Id, &'t relocost::Money)>) -> Vec<(String, i128)> {
    table.into_iter().map(|(id, money)| (id.to_string(), money.minor())).collect()
}

/// Every entry of the library is one of the slow ledger's, in the same order, and nothing else is.
fn assert_same(scenario: &Scenario, pathway: &str, basis: Basis) {
    let expected = Oracle::new(scenario, pathway, basis).entries();
    let found = scenario.ledger_on(pathway, basis);
    let (expected, found) = match (expected, found) {
        (Ok(expected), Ok(found)) => (expected, found),
        (Err(_), Err(error)) => {
            assert!(error.is_missing_rate(), "{error}");
            return;
        }
        (expected, found) => panic!("{pathway}, {basis}: expected {expected:?}, found {found:?}"),
    };
    let minor = BigRational::from_integer(BigInt::from(10).pow(scenario.currency().decimals()));
    for (entry, expected) in found.entries().zip(&expected) {
        let key = format!("{pathway}, {basis}, {expected:?}");
        assert_eq!(entry.month_index(), expected.month, "{key}");
        assert_eq!(entry.stage(), expected.stage, "{key}");
        assert_eq!(entry.solution(), expected.solution, "{key}");
        assert_eq!(entry.line().id.as_str(), expected.line, "{key}");
        assert_eq!(quantity(&entry), expected.quantity, "{key}");
        assert_eq!(entry.category().as_str(), expected.category, "{key}");
        assert_eq!(entry.amount().minor(), expected.amount, "{key}");
        assert_eq!(entry.unrounded().to_fraction(), (&expected.exact / &minor).to_string(), "{key}");
        assert_eq!(entry.fiscal_year(), oracle::fiscal_year(scenario, expected.month), "{key}");
        let funds: Vec<(String, i128)> =
            entry.funds().into_iter().map(|(fund, part)| (fund.to_string(), part.minor())).collect();
        assert_eq!(funds.iter().map(|(_, part)| part).sum::<i128>(), expected.amount, "{key}");
        assert_eq!(funds, oracle::funds(scenario, expected), "{key}");
    }
    assert_eq!(found.len(), expected.len(), "{pathway}, {basis}");
    assert_eq!(found.total().minor(), expected.iter().map(|entry| entry.amount).sum::<i128>());
}

proptest! {
    #![proptest_config(cases(150))]

    /// The library's ledger and the slow one have the same entries to the cent, on both bases, and divide each entry
    /// among the funds alike, so that the parts add up to it.
    #[test]
    fn the_ledger_is_that_of_the_model(draft in random::scenario()) {
        let scenario = parse(&draft);
        for pathway in names(&scenario) {
            assert_same(&scenario, &pathway, Basis::Nominal);
            assert_same(&scenario, &pathway, Basis::Constant);
        }
    }

    /// The same with places, levels, own drivers, tariffs, percentages, refunds and rates by month.
    #[test]
    fn the_ledger_is_that_of_the_whole_model(text in rich::scenario()) {
        let scenario = read(&text);
        for pathway in names(&scenario) {
            assert_same(&scenario, &pathway, Basis::Nominal);
            assert_same(&scenario, &pathway, Basis::Constant);
        }
    }

    /// A rate or a tariff is missed where a charge needs it.
    #[test]
    fn a_rate_or_a_tariff_is_missed_where_a_charge_needs_it(text in rich::with_gaps()) {
        let scenario = read(&text);
        for pathway in names(&scenario) {
            assert_same(&scenario, &pathway, Basis::Nominal);
            assert_same(&scenario, &pathway, Basis::Constant);
        }
    }

    /// The attribution, to the place too, equals the definition over all subsets.
    #[test]
    fn the_attribution_of_the_whole_model_is_that_over_all_subsets(text in rich::small()) {
        let scenario = read(&text);
        for (alternative, base) in [("temporary", "permanent"), ("permanent", "temporary"), ("way0", "permanent")] {
            if !names(&scenario).contains(&alternative.to_owned()) {
                continue;
            }
            let Ok(expected) = oracle::attributed(&scenario, alternative, base, Basis::Nominal) else { continue };
            let found = match scenario.compare_with(&options(base, alternative, Basis::Nominal)) {
                Ok(found) => found,
                Err(error) => {
                    prop_assert!(error.is_missing_rate(), "{}", error);
                    continue;
                }
            };
            let causes: Vec<String> = found.attribution().shares().keys().map(ToString::to_string).collect();
            prop_assert_eq!(causes, expected.players);
            let minor = |table| minor(table).into_iter().map(|(_, money)| money).collect::<Vec<i128>>();
            prop_assert_eq!(minor(found.attribution().shares()), expected.shares);
            prop_assert_eq!(minor(found.attribution().alone()), expected.alone);
            prop_assert_eq!(minor(found.attribution().last()), expected.last);
            prop_assert_eq!(found.attribution().residual().minor(), expected.residual);
        }
    }

    /// A scenario that is written is read as the same.
    #[test]
    fn the_whole_model_is_written_and_read_again(text in rich::small()) {
        let scenario = read(&text);
        prop_assert!(read(&scenario.to_toml().unwrap()) == scenario);
        prop_assert!(Scenario::parse_json(&scenario.to_json().unwrap()).unwrap() == scenario);
    }

    /// Where tables lack years, a ledger comes or does not come as the model says: only for want of a rate that a
    /// charge needs.
    #[test]
    fn a_rate_is_missed_where_a_charge_needs_it(draft in random::with_gaps()) {
        let scenario = parse(&draft);
        for pathway in names(&scenario) {
            assert_same(&scenario, &pathway, Basis::Nominal);
            assert_same(&scenario, &pathway, Basis::Constant);
        }
    }
}

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

proptest! {
    #![proptest_config(cases(60))]

    /// Attribution is the Shapley value over all subsets of the missing entitlements, allotted by largest remainder;
    /// with the residual it adds up to the extra cost, for any two pathways.
    #[test]
    fn attribution_is_the_shapley_value(draft in random::small(), pair in any::<[Index; 2]>(), basis in any::<bool>()) {
        let scenario = parse(&draft);
        let basis = if basis { Basis::Constant } else { Basis::Nominal };
        let names = names(&scenario);
        let chosen = pair.map(|index| index.get(&names).as_str());
        for [base, alternative] in [["permanent", "temporary"], chosen] {
            let comparison = scenario.compare_with(&options(base, alternative, basis)).unwrap();
            let expected = oracle::attributed(&scenario, alternative, base, basis).unwrap();
            let found = comparison.attribution();
            let named = |values: &[i128]| -> Vec<(String, i128)> {
                expected.players.iter().cloned().zip(values.iter().copied()).collect()
            };
            prop_assert_eq!(minor(found.shares()), named(&expected.shares));
            prop_assert_eq!(minor(found.alone()), named(&expected.alone));
            prop_assert_eq!(minor(found.last()), named(&expected.last));
            prop_assert_eq!(found.residual().minor(), expected.residual);
            let explained: i128 = found.shares().values().map(|share| share.minor()).sum();
            prop_assert_eq!(explained + found.residual().minor(), comparison.extra().minor());
        }
    }

    /// Where tables lack years, a comparison comes just where no ledger that it rests on misses a rate: those of every
    /// pathway on both bases, and those of the attribution, whose stages hold more than they do otherwise.
    #[test]
    fn a_comparison_misses_a_rate_where_one_of_its_ledgers_does(draft in random::with_gaps()) {
        let scenario = parse(&draft);
        let ledgers = names(&scenario).iter().all(|name| {
            Oracle::new(&scenario, name, Basis::Nominal).total().is_ok()
                && Oracle::new(&scenario, name, Basis::Constant).total().is_ok()
        });
        let attributed = oracle::attributed(&scenario, "temporary", "permanent", Basis::Nominal);
        match scenario.compare() {
            Ok(found) => {
                prop_assert!(ledgers);
                let shares: Vec<i128> = found.attribution().shares().values().map(|share| share.minor()).collect();
                prop_assert_eq!(Ok(shares), attributed.map(|attributed| attributed.shares));
            }
            Err(error) => prop_assert!(error.is_missing_rate() && !(ledgers && attributed.is_ok()), "{}", error),
        }
    }

    /// Warnings are given of odd but harmless input, and of nothing else: members who never count, stages beyond the
    /// horizon, lines that are never charged in any pathway.
    #[test]
    fn warnings_name_what_has_no_effect(draft in random::small()) {
        let scenario = parse(&draft);
        let mut expected = BTreeSet::new();
        for (number, member) in scenario.household().members.iter().enumerate() {
            if (0..draft.horizon).all(|month| !oracle::counts_in(&scenario, member, month)) {
                expected.insert(format!("household.members[{number}]"));
            }
        }
        if (0..draft.horizon).any(|month| oracle::minors_alone(&scenario, month)) {
            expected.insert("household.members".to_owned());
        }
        for pathway in &draft.pathways {
            let mut start = 0;
            for (number, (_, months)) in pathway.stages.iter().enumerate() {
                if start >= draft.horizon {
                    expected.insert(format!("pathways.{}.stages[{number}]", pathway.name));
                }
                start += months.unwrap_or(draft.horizon);
            }
        }
        let charges = names(&scenario).into_iter().flat_map(|name| {
            Oracle::new(&scenario, &name, Basis::Nominal).charges().unwrap()
        });
        let charged: BTreeSet<String> = charges.map(|charge| charge.line).collect();
        expected.extend(
            scenario.lines().keys().filter(|id| !charged.contains(id.as_str())).map(|id| format!("lines.{id}")),
        );
        // Shares that can only be per cents are another question.
        let found = scenario.warnings().into_iter().filter(|warning| warning.code != relocost::Code::PerCent);
        let found = found.map(|warning| warning.key.trim_end_matches(".unless").to_owned());
        prop_assert_eq!(found.collect::<BTreeSet<_>>(), expected);
    }

    /// Where one side holds all that the other holds, swapping the two changes the signs of the extra cost, of the
    /// attribution (`alone` and `last` too) and of the residual, and nothing else of them.
    #[test]
    fn swapping_the_sides_changes_the_signs(mut draft in random::small(), all in any::<bool>()) {
        if all {
            draft.solutions[0].entitlements.clone_from(&draft.entitlements);
        }
        let scenario = parse(&draft);
        let names = names(&scenario);
        for a in &names {
            for b in &names {
                let (forth, back) = (oracle::missing(&scenario, a, b), oracle::missing(&scenario, b, a));
                if !forth.is_empty() && !back.is_empty() {
                    continue;
                }
                let there = scenario.compare_with(&options(a, b, Basis::Nominal)).unwrap();
                let back = scenario.compare_with(&options(b, a, Basis::Nominal)).unwrap();
                prop_assert_eq!(there.extra(), back.extra().negated());
                let (there, back) = (there.attribution(), back.attribution());
                prop_assert_eq!(there.residual(), back.residual().negated());
                for (there, back) in [
                    (there.shares(), back.shares()),
                    (there.alone(), back.alone()),
                    (there.last(), back.last()),
                ] {
                    let negated: Vec<_> = back.iter().map(|(id, money)| (id, money.negated())).collect();
                    prop_assert_eq!(there.iter().map(|(id, money)| (id, *money)).collect::<Vec<_>>(), negated);
                }
            }
        }
    }

    /// The order in which members are written changes no figure.
    #[test]
    fn the_order_of_members_does_not_matter(
        (draft, members) in random::small().prop_flat_map(|draft| {
            let members = Just(draft.members.clone()).prop_shuffle();
            (Just(draft), members)
        })
    ) {
        let shuffled = Draft { members, ..draft.clone() };
        let (one, other) = (parse(&draft), parse(&shuffled));
        prop_assert_eq!(compare(&one, "permanent", "temporary"), compare(&other, "permanent", "temporary"));
    }

    /// A pathway of one solution cut into two stages differs only in lines that count from the stage or are due on an
    /// exit: a move between two stages alike restarts nothing else.
    #[test]
    fn a_cut_changes_only_what_counts_from_the_stage(
        draft in random::small().prop_filter("one month cannot be cut", |draft| draft.horizon > 1),
        place in any::<Index>(),
        solution in any::<Index>(),
    ) {
        let solution = solution.index(draft.solutions.len());
        let months = 1 + u32::try_from(place.index(draft.horizon as usize - 1)).unwrap();
        let mut draft = draft;
        let pathway = |name: &str, stages| PathwayDraft { name: name.to_owned(), stages };
        draft.pathways.push(pathway("whole", vec![(solution, None)]));
        draft.pathways.push(pathway("cut", vec![(solution, Some(months)), (solution, None)]));
        let scenario = parse(&draft);
        let [alone, whole, cut] =
            [draft.solutions[solution].name, "whole", "cut"].map(|name| rows(&scenario.ledger(name).unwrap()));
        prop_assert_eq!(&alone, &whole);
        let unmoved = |(_, id, ..): &&(u32, String, BigRational, i128)| {
            let line = &scenario.lines()[id.as_str()];
            line.priced().is_some_and(|priced| priced.clock != relocost::names::Clock::Stage && priced.schedule != Schedule::OnExit)
        };
        prop_assert_eq!(whole.iter().filter(unmoved).collect::<Vec<_>>(), cut.iter().filter(unmoved).collect::<Vec<_>>());
    }

    /// Granting an entitlement that no line mentions changes nothing but that it may be listed, as the price of nothing.
    #[test]
    fn an_entitlement_that_nothing_mentions_changes_nothing(draft in random::small(), holder in any::<Index>()) {
        let mut granted = draft.clone();
        granted.entitlements.push("unmentioned".to_owned());
        let holder = holder.index(granted.solutions.len());
        granted.solutions[holder].entitlements.push("unmentioned".to_owned());
        let (before, after) = (parse(&draft), parse(&granted));
        for pathway in names(&before) {
            prop_assert_eq!(rows(&before.ledger(&pathway).unwrap()), rows(&after.ledger(&pathway).unwrap()));
        }
        let [mut before_json, mut after_json] = [&before, &after].map(|scenario| compare(scenario, "permanent", "temporary"));
        prop_assert_eq!(&before_json["pathways"], &after_json["pathways"]);
        // Where nothing else is missing, the new one decides from which side the model looks.
        let forth = oracle::missing(&before, "temporary", "permanent");
        let back = oracle::missing(&before, "permanent", "temporary");
        let tables = ["attribution", "alone", "last"];
        if !forth.is_empty() || back.is_empty() || oracle::missing(&after, "temporary", "permanent").is_empty() {
            for table in tables {
                if let Some(value) = after_json["comparison"][table].as_object_mut().unwrap().shift_remove("unmentioned") {
                    prop_assert!(["0", "0.00", "0.000"].contains(&value.as_str().unwrap()), "{}", value);
                }
            }
        } else {
            for json in [&mut before_json, &mut after_json] {
                let comparison = json["comparison"].as_object_mut().unwrap();
                tables.iter().chain(&["residual"]).for_each(|key| drop(comparison.remove(*key)));
            }
        }
        prop_assert_eq!(before_json, after_json);
    }

    /// A scenario that is written and read again is the same, in TOML and in JSON, and has the same figures.
    #[test]
    fn what_is_written_is_read_again(draft in random::small()) {
        let scenario = parse(&draft);
        let (toml, json) = (scenario.to_toml().unwrap(), scenario.to_json().unwrap());
        let from_toml = Scenario::parse(&toml).unwrap_or_else(|error| panic!("{error}\n\n{toml}"));
        let from_json = Scenario::parse_json(&json).unwrap_or_else(|error| panic!("{error}\n\n{json}"));
        prop_assert!(from_toml == scenario && from_json == scenario);
        prop_assert_eq!(from_json.to_toml().unwrap(), toml);
        prop_assert_eq!(from_toml.to_json().unwrap(), json);
        let [one, other] = [&scenario, &from_toml].map(|scenario| compare(scenario, "permanent", "temporary"));
        prop_assert_eq!(one, other);
    }
}

/// The same for the scenarios of files, which have catalogues, uncertain parameters and expectations too. What is
/// written stands by itself.
#[test]
fn files_are_written_and_read_again() {
    for folder in ["conformance", "golden"] {
        for path in files(folder, ".toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.contains("catalogue.toml") || name.contains(".catalogue-") {
                continue;
            }
            let scenario = load(&path);
            assert!(Scenario::parse(&scenario.to_toml().unwrap()).unwrap() == scenario, "{name}");
            assert!(Scenario::parse_json(&scenario.to_json().unwrap()).unwrap() == scenario, "{name}");
        }
    }
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Change {
    Delete(Index, Index),
    Insert(Index, char),
    SwapLines(Index, Index),
    RepeatLine(Index, Index),
    /// A run of digits becomes another.
    Number(Index, &'static str),
    /// A quoted text becomes another one of the same text.
    Text(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let numbers = vec![
        "0",
        "1",
        "-1",
        "12",
        "13",
        "1200",
        "1201",
        "99999",
        "100000",
        "100001",
        "999999999999999",
        "2999",
        "9999999999999999",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
        "0.5",
        "1e400",
        "2999-12",
    ];
    let odd = proptest::sample::select(vec![
        '"', '\'', '[', ']', '{', '}', '=', ',', '\n', '#', '.', '-', '\\', 'é', '0', '\0',
    ]);
    prop_oneof![
        2 => any::<[Index; 2]>().prop_map(|[at, length]| Change::Delete(at, length)),
        2 => (any::<Index>(), odd).prop_map(|(at, new)| Change::Insert(at, new)),
        1 => any::<[Index; 2]>().prop_map(|[one, other]| Change::SwapLines(one, other)),
        1 => any::<[Index; 2]>().prop_map(|[from, to]| Change::RepeatLine(from, to)),
        4 => (any::<Index>(), proptest::sample::select(numbers)).prop_map(|(at, new)| Change::Number(at, new)),
        4 => any::<[Index; 2]>().prop_map(|[from, to]| Change::Text(from, to)),
    ]
}

/// Runs of characters of which something is true, as byte ranges.
fn runs(text: &str, is: impl Fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is(*c)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}

fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    match change {
        Change::Delete(at, length) if !text.is_empty() => {
            let mut bytes = text.as_bytes().to_vec();
            let from = at.index(bytes.len());
            let to = (from + 1 + length.index(8)).min(bytes.len());
            bytes.drain(from..to);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Change::Insert(at, new) => {
            let mut at = at.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            format!("{}{new}{}", &text[..at], &text[at..])
        }
        Change::SwapLines(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.join("\n")
        }
        Change::RepeatLine(from, to) => {
            let line = *from.get(&lines);
            lines.insert(to.index(lines.len()), line);
            lines.join("\n")
        }
        Change::Number(at, new) => {
            let numbers = runs(text, |c| c.is_ascii_digit());
            if numbers.is_empty() {
                return text.to_owned();
            }
            let run = at.get(&numbers);
            format!("{}{new}{}", &text[..run.start], &text[run.end..])
        }
        Change::Text(from, to) => {
            let quoted: Vec<_> = runs(text, |c| c.is_ascii_alphanumeric() || "-_.".contains(c))
                .into_iter()
                .filter(|run| text[..run.start].ends_with('"') && text[run.end..].starts_with('"'))
                .collect();
            if quoted.is_empty() {
                return text.to_owned();
            }
            let (new, old) = (from.get(&quoted), to.get(&quoted));
            format!("{}{}{}", &text[..old.start], &text[new.clone()], &text[old.end..])
        }
        Change::Delete(..) => text.to_owned(),
    }
}

/// Reads a text that may be wrong. What comes of it is a scenario or an error, never a panic, and so for its figures.
fn try_everything(scenario: Result<Scenario, relocost::Error>) {
    let Ok(scenario) = scenario else { return };
    let names = names(&scenario);
    drop(scenario.compare());
    for name in &names {
        drop(scenario.ledger(name).map(|ledger| ledger.entries().for_each(|entry| drop(entry.funds()))));
    }
    if let (Some(first), Some(last)) = (names.first(), names.last()) {
        drop(scenario.compare_with(&options(first, last, Basis::Constant)));
        drop(scenario.compare_with(&options(last, first, Basis::Nominal)).map(|found| serde_json::to_string(&found)));
    }
    drop((scenario.warnings(), scenario.run_expectations()));
    let written = scenario.to_toml().unwrap();
    match Scenario::parse(&written) {
        Ok(again) => assert!(again == scenario, "read back as another scenario:\n{written}"),
        Err(error) => panic!("what was written cannot be read:\n{error}\n\n{written}"),
    }
}

/// A scenario with uncertain parameters, correlations and expectations, over the built-in catalogue.
fn family() -> String {
    let path = files("golden", "family-of-five.toml").remove(0);
    std::fs::read_to_string(path).unwrap().replace("reference-catalogue.toml", "reference")
}

proptest! {
    #![proptest_config(cases(200))]

    /// A valid text with a few random changes never brings the library down.
    #[test]
    fn changed_toml_never_panics(draft in random::small(), changes in vec(change(), 1..=4)) {
        let text = changes.iter().fold(draft.toml(), |text, one| changed(&text, one));
        try_everything(Scenario::parse(&text));
    }

    /// The same for JSON.
    #[test]
    fn changed_json_never_panics(draft in random::small(), changes in vec(change(), 1..=4)) {
        let text = changes.iter().fold(parse(&draft).to_json().unwrap(), |text, one| changed(&text, one));
        try_everything(Scenario::parse_json(&text));
    }

    /// The same for a scenario over the built-in catalogue with assumptions and expectations.
    #[test]
    fn a_changed_family_never_panics(changes in vec(change(), 1..=3)) {
        let text = changes.iter().fold(family(), |text, one| changed(&text, one));
        try_everything(Scenario::parse(&text));
    }

    /// No text at all brings the library down.
    #[test]
    fn any_text_never_panics(text in ".{0,80}") {
        drop(Scenario::parse(&text));
        drop(Scenario::parse_json(&text));
        drop(relocost::Catalogue::parse(&text));
    }
}

/// Nor does a text that is nested without end, or one that repeats what need not end.
#[test]
fn nesting_without_end_never_panics() {
    for depth in [10, 100, 100_000] {
        let (open, shut, tables) = ("[".repeat(depth), "]".repeat(depth), "{a = ".repeat(depth));
        drop(Scenario::parse(&format!("title = {open}{shut}")));
        drop(Scenario::parse(&format!("household = {tables}1{}", "}".repeat(depth))));
        drop(Scenario::parse(&format!("{} = 1", vec!["a"; depth].join("."))));
        drop(Scenario::parse(&format!("[{}]", vec!["household"; depth].join("."))));
        drop(Scenario::parse(&"[[lines]]\n".repeat(depth)));
        drop(Scenario::parse(&open));
        drop(Scenario::parse_json(&format!("{{\"title\": {open}{shut}}}")));
        drop(Scenario::parse_json(&format!("{}1{}", "{\"a\": ".repeat(depth), "}".repeat(depth))));
        drop(Scenario::parse_json(&open));
    }
}

/// Texts that no message may show.
const MARKERS: [&str; 2] = ["Zq7Marker", "987654"];

/// Values of a household, a title or a catalogue's name with a marker in each: right ones, wrong ones, wrong kinds.
const HEADS: &[&str] = &[
    r#"title = "Zq7Marker""#,
    r#"title = "Zq7Marker \u0007""#,
    r#"title = ["Zq7Marker"]"#,
    r#"title = { en = "Zq7Marker", fr = "Zq7Marker" }"#,
    "title = 987654",
    "title = 987654.25",
    "title = \"Zq7Marker\"\ncatalogue = \"Zq7Marker.toml\"",
    r#"catalogue = "../Zq7Marker/Zq7Marker.toml""#,
    r#"catalogue = ["Zq7Marker"]"#,
    "catalogue = 987654",
    "title = \"Zq7Marker\"\ntitle = \"Zq7Marker\"",
    "title = Zq7Marker",
    "title = 987654-Zq7Marker",
    "title = \"Zq7Marker",
    "title = 'Zq7Marker' Zq7Marker",
    r#"title = "Zq7Marker \x""#,
    r#"title = { Zq7Marker, "Zq7Marker" }"#,
];
const HOUSEHOLDS: &[&str] = &[
    r#"reference = "Zq7Marker""#,
    r#"reference = "Zq7Marker with blanks""#,
    r#"reference = ["Zq7Marker"]"#,
    r#"reference = { name = "Zq7Marker" }"#,
    "reference = 987654",
    r#"school_age = { from = "Zq7Marker", to = 987654 }"#,
    r#"school_age = "Zq7Marker""#,
    "working_age = [987654]",
    r"working_age = { from = 12, to = 987654 }",
    r#"name = "Zq7Marker""#,
    "reference = \"Zq7Marker\"\nreference = \"Zq7Marker\"",
    "reference = Zq7Marker",
    "reference = 987654e",
    r#"reference = "Zq7Marker" "Zq7Marker""#,
];
const MEMBERS: &[&str] = &[
    r#"{ born = "Zq7Marker" }"#,
    r#"{ born = "1987-13", role = "Zq7Marker" }"#,
    r#"{ age = "Zq7Marker" }"#,
    "{ age = 987654 }",
    "{ age = -987654 }",
    "{ age = 987654.5 }",
    r#"{ age = 40, role = "Zq7Marker" }"#,
    r#"{ age = 40, joins = "Zq7Marker", leaves = "987654" }"#,
    r#"{ age = 40, joins = 987654, leaves = ["Zq7Marker"] }"#,
    r#"{ age = 40, name = "Zq7Marker" }"#,
    r#"{ born = "1984-01", age = 987654 }"#,
    r#"{ role = "Zq7Marker" }"#,
    r#""Zq7Marker""#,
    r#"["Zq7Marker", 987654]"#,
    "987654",
    "{ age = 40 }",
    "{ age = Zq7Marker }",
    "{ born = 987654-13 }",
    "{ born = \"1984-01\" Zq7Marker }",
    "{ role = 'Zq7Marker }",
];

/// A text with markers, and whether each line is one that must stay whole.
fn marked(draft: &Draft, head: &str, household: &str, members: &[&str]) -> Vec<(String, bool)> {
    let mut draft = draft.clone();
    let without_title = draft.head.lines().filter(|line| !line.starts_with("title")).collect::<Vec<_>>().join("\n");
    draft.head = format!("{without_title}\n{head}");
    draft.members.clear();
    draft.household = format!("{household}\n");
    let text = draft.toml().replace("members = [\n]", &format!("members = [{}]", members.join(", ")));
    text.lines().map(|line| (line.to_owned(), MARKERS.iter().any(|marker| line.contains(marker)))).collect()
}

/// Changes lines that hold no marker, and moves any.
fn spoilt(mut lines: Vec<(String, bool)>, changes: &[Change]) -> String {
    for change in changes {
        let places: Vec<usize> = (0..lines.len()).filter(|place| !lines[*place].1).collect();
        match change {
            Change::SwapLines(one, other) => {
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
            }
            Change::RepeatLine(from, to) => {
                let line = from.get(&lines).clone();
                lines.insert(to.index(lines.len()), line);
            }
            Change::Delete(at, _) | Change::Insert(at, _) | Change::Number(at, _) | Change::Text(at, _) => {
                let place = *at.get(&places);
                lines[place].0 = changed(&lines[place].0, change);
            }
        }
    }
    lines.into_iter().map(|(line, _)| line + "\n").collect()
}

fn assert_silent(result: Result<Scenario, relocost::Error>) {
    let mut said = String::new();
    let mut say = |error: &relocost::Error| {
        let json = serde_json::to_string(error.findings()).unwrap();
        writeln!(said, "{error}\n{error:?}\n{json}").unwrap();
    };
    match result {
        Err(error) => say(&error),
        Ok(scenario) => {
            for name in names(&scenario) {
                scenario.ledger(&name).map_or_else(|error| say(&error), drop);
            }
            scenario.compare().map_or_else(|error| say(&error), drop);
            scenario.ledger("no-such-pathway").map_or_else(|error| say(&error), drop);
            scenario.run_expectations().map_or_else(|error| say(&error), drop);
            for warning in scenario.warnings() {
                writeln!(said, "{warning}\n{warning:?}").unwrap();
            }
            let household = scenario.household();
            write!(said, "{scenario:?}{household:?}{:?}", household.members).unwrap();
            drop(scenario.compare().map(|comparison| write!(said, "{comparison:?}").unwrap()));
        }
    }
    for marker in MARKERS {
        assert!(!said.contains(marker), "a message shows what it must not:\n{said}");
    }
}

proptest! {
    #![proptest_config(cases(250))]

    /// Whatever else is wrong with a text, no message shows a value of the household, a title, or a catalogue's name.
    #[test]
    fn no_message_identifies_anyone(
        draft in random::with_gaps(),
        head in proptest::sample::select(HEADS),
        household in proptest::sample::select(HOUSEHOLDS),
        members in vec(proptest::sample::select(MEMBERS), 0..=3),
        changes in vec(change(), 0..=3),
    ) {
        let text = spoilt(marked(&draft, head, household, &members), &changes);
        assert_silent(Scenario::parse(&text));
    }

    /// The same for JSON.
    #[test]
    fn no_message_about_json_identifies_anyone(
        draft in random::with_gaps(),
        key in proptest::sample::select(vec!["title", "catalogue", "household"]),
        within in proptest::sample::select(vec!["reference", "members", "school_age", "working_age", "name"]),
        value in proptest::sample::select(vec![
            r#""Zq7Marker""#, "987654", "987654.5", r#"["Zq7Marker"]"#, r#"{"name": "Zq7Marker"}"#,
            r#"[{"born": "Zq7Marker"}, {"age": 987654}, {"role": "Zq7Marker", "age": 3}, ["Zq7Marker"], "Zq7Marker"]"#,
            r#""Zq7Marker \u0007""#,
        ]),
        unquoted in prop::bool::weighted(0.2),
        changes in vec(change(), 0..=3),
    ) {
        let mut json: Value = serde_json::from_str(&parse(&draft).to_json().unwrap()).unwrap();
        let value: Value = serde_json::from_str(value).unwrap();
        if key == "household" {
            json["household"][within] = value.clone();
        }
        json[if key == "household" { "title" } else { key }] = value;
        let mut text = serde_json::to_string_pretty(&json).unwrap();
        if unquoted {
            text = text.replace("\"Zq7Marker\"", "Zq7Marker");
        }
        let lines = text.lines().map(|line| (line.to_owned(), MARKERS.iter().any(|marker| line.contains(marker))));
        // Moving a line of JSON moves a value under another key, so lines stay where they are.
        let stay: Vec<Change> =
            changes.into_iter().filter(|one| !matches!(one, Change::SwapLines(..) | Change::RepeatLine(..))).collect();
        assert_silent(Scenario::parse_json(&spoilt(lines.collect(), &stay)));
    }
}

/// The name that a scenario gives its catalogue may say whom it is about: no message shows it, whether the catalogue
/// cannot be had or is wrong. What the caller calls the file is another matter.
#[test]
fn no_message_names_the_catalogue() {
    let scenario = "schema = 1\ncatalogue = \"Zq7Marker.toml\"\nstart = \"2026-13\"\nhorizon_months = 0";
    let broken = |text: &'static str| {
        Loader::new().catalogues(move |_| {
            Ok(CatalogueText { name: "catalogue".into(), text: text.into(), format: relocost::syntax::Format::Toml })
        })
    };
    assert_silent(Loader::new().load(Source::toml("scenario", scenario)));
    assert_silent(
        Loader::new()
            .catalogues(|_| Err(relocost::message!("cannot be had", "inaccessible")))
            .load(Source::toml("scenario", scenario)),
    );
    for text in ["", "schema = 2\nlines = 3", "title = \"x\"\nschema =", "schema = 1\ncurrency = \"XXX\""] {
        let error = broken(text).load(Source::toml("scenario", scenario));
        assert!(error.is_err());
        assert_silent(error);
    }
}

#[test]
fn scenarios_that_say_the_same_are_equal_however_their_decimals_are_written() {
    let text = include_str!("../golden/family-of-five.toml").replace("\"reference-catalogue.toml\"", "\"reference\"");
    let other = text.replace("low = \"900\"", "low = \"900.000\"").replace("high = \"2200\"", "high = 2200");
    assert_ne!(text, other);
    assert_eq!(Scenario::parse(&text).unwrap(), Scenario::parse(&other).unwrap());
}

proptest! {
    #![proptest_config(cases(60))]

    /// At the values that the scenario gives, the engine of simulations costs every pathway as its ledger does, to half a
    /// minor unit for each charge, on both bases.
    #[test]
    fn the_engine_of_simulations_agrees_with_the_ledger(draft in random::scenario(), constant in any::<bool>()) {
        let scenario = parse(&draft);
        let basis = if constant { Basis::Constant } else { Basis::Nominal };
        let tornado = scenario.tornado(&CompareOptions::default().basis(basis));
        let ledgers: Result<Vec<_>, _> =
            names(&scenario).iter().map(|name| scenario.ledger_on(name, basis)).collect();
        match (tornado, ledgers) {
            (Ok(tornado), Ok(ledgers)) => {
                let minor = 0.1_f64.powi(i32::try_from(scenario.currency().decimals()).unwrap());
                for ledger in ledgers {
                    let found = tornado.standing().pathways[ledger.pathway()];
                    let exact: f64 = ledger.total().to_string().parse().unwrap();
                    // Charges that round to nothing are no entries; there may be as many as months and lines.
                    let charges = ledger.len() + scenario.lines().len() * scenario.horizon_months() as usize;
                    let within = minor / 2.0 * f64::from(u32::try_from(charges).unwrap()) + exact.abs() * 1e-11;
                    prop_assert!((found - exact).abs() <= within, "{}: {found} for {exact}", ledger.pathway());
                }
            }
            (Err(simulated), Err(exact)) => prop_assert_eq!(simulated.code(), exact.code()),
            (simulated, exact) => prop_assert!(false, "{simulated:?}, {exact:?}"),
        }
    }
}

/// The random scenarios of the whole model charge what they are for.
#[test]
fn random_scenarios_have_every_rule() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..250 {
        let scenario = read(&rich::scenario().new_tree(&mut runner).unwrap().current());
        for pathway in names(&scenario) {
            let Ok(ledger) = scenario.ledger(&pathway) else { continue };
            for entry in ledger.entries() {
                let is_percentage =
                    |line: &relocost::scenario::Line| matches!(line.charge, relocost::scenario::Charge::Percentage(_));
                let has = [
                    ("refunds", entry.quantity().is_none() && entry.of().is_some_and(|of| of.priced().is_some())),
                    ("percentages", is_percentage(entry.line())),
                    (
                        "percentages of percentages",
                        is_percentage(entry.line()) && entry.of().is_some_and(is_percentage),
                    ),
                    ("percentages of refunds", is_percentage(entry.line()) && entry.quantity().is_none()),
                    ("levels", entry.has_level()),
                    ("tariffs", entry.tariff_month().is_some()),
                    (
                        "own drivers",
                        entry.priced().is_some_and(|it| matches!(it.driver, relocost::scenario::DriverName::Own(_))),
                    ),
                    ("parts of units", entry.quantity().is_some_and(|quantity| quantity.to_decimal().scale() > 1)),
                    ("ends", entry.priced().is_some_and(|priced| priced.schedule == Schedule::OnEnd)),
                    ("leaving", entry.priced().is_some_and(|priced| priced.schedule == Schedule::OnLeave)),
                    ("clocks of places", entry.priced().is_some_and(|it| it.clock == relocost::names::Clock::Place)),
                    ("limited lines", entry.line().valid != relocost::scenario::Valid::default()),
                ];
                for (what, _) in has.into_iter().filter(|(_, has)| *has) {
                    *seen.entry(what).or_default() += 1;
                }
            }
        }
    }
    assert!(seen.len() == 12 && seen.values().all(|count| *count >= 10), "{seen:?}");
}

/// A family in one pathway, with room for lines.
fn one_way(head: &str, lines: &str) -> Scenario {
    read(&format!(
        r#"
        schema = 1
        currency = "EUR"
        start = "2026-02"
        horizon_months = 30
        price_base_year = 2025
        categories = ["housing", "fees"]
        funds = ["f"]
        entitlements = ["work"]
        places = ["x1"]
        [solutions.permanent]
        label = "p"
        kind = "permanent"
        entitlements = ["work"]
        place = "x1"
        {head}
        {lines}
        "#
    ))
}

fn a_line(id: &str, category: &str, rest: &str) -> String {
    format!(
        "[[lines]]\nid = {id:?}\ncategory = {category:?}\nlabel = \"x\"\nsource = \"x\"\ndriver = \"person\"\n\
         schedule = {{ every = {{ months = 2 }} }}\n{rest}\n"
    )
}

fn total(scenario: &Scenario) -> i128 {
    scenario.ledger("permanent").unwrap().total().minor()
}

const FAMILY: &str = "household = { members = [{ born = \"1984-03\" }, { born = \"2012-05\", leaves = \"2027-09\" }] }";

/// FAMILY as a table after others.
fn members() -> String {
    FAMILY.replace("household = { ", "[household]\n").replace(" }] }", " }]")
}

proptest! {
    #![proptest_config(cases(40))]

    /// A percentage equals the line that it is of, scaled and in its category.
    #[test]
    fn a_percentage_is_a_line_scaled(cents in 1..99_999_i32, thousandths in 1..3000_i32) {
        let amount = |product: i64, decimals: usize| {
            let digits = format!("{product:0>width$}", width = decimals + 1);
            let (whole, part) = digits.split_at(digits.len() - decimals);
            format!("{whole}.{part}")
        };
        let rent = a_line("rent", "housing", &format!("amount = \"{}\"\ncurrency = \"EUR\"", amount(cents.into(), 2)));
        let share = amount(thousandths.into(), 3);
        let percentage = format!("[[lines]]\nid = \"fee\"\ncategory = \"fees\"\nlabel = \"x\"\nsource = \"x\"\n\
                                  percentage = {{ share = \"{share}\" }}\n");
        let product = amount(i64::from(cents) * i64::from(thousandths), 5);
        let line = a_line("fee", "fees", &format!("amount = \"{product}\"\ncurrency = \"EUR\""));
        let [by_share, by_amount] = [&percentage, &line].map(|fee| one_way(&members(), &format!("{rent}{fee}")));
        prop_assert_eq!(rows(&by_share.ledger("permanent").unwrap()), rows(&by_amount.ledger("permanent").unwrap()));
    }

    /// Dated amounts equal one line for each tariff, valid while it holds.
    #[test]
    fn dated_amounts_are_lines_that_are_valid(first in 1..9999_i32, second in 1..9999_i32, after in 1..28_i32) {
        let month = |after: i32| format!("{:04}-{:02}", 2026 + (1 + after).div_euclid(12), (1 + after).rem_euclid(12) + 1);
        let at = month(after);
        let dated = a_line("rent", "housing", &format!(
            "amounts = {{ \"2026-01\" = {first}, \"{at}\" = {second} }}\ncurrency = \"EUR\""));
        let each = a_line("rent", "housing", &format!(
            "amount = {first}\ncurrency = \"EUR\"\nvalid = {{ until = \"{at}\" }}"))
            + &a_line("rent-2", "housing", &format!(
                "amount = {second}\ncurrency = \"EUR\"\nvalid = {{ from = \"{at}\" }}"));
        prop_assert_eq!(total(&one_way(&members(), &dated)), total(&one_way(&members(), &each)));
    }

    /// A place with a level equals the amounts scaled; equal rates of months equal that of their year.
    #[test]
    fn levels_scale_and_equal_months_are_a_year(cents in 1..99_999_i32, level in 1..300_i32) {
        let line = |amount: String, currency: &str| {
            a_line("rent", "housing", &format!("amount = \"{amount}\"\ncurrency = {currency:?}"))
        };
        let (whole, hundredths) = (format!("{}.{:02}", cents / 100, cents % 100), format!("{}.{:02}", level / 100, level % 100));
        let product = i64::from(cents) * i64::from(level);
        let scaled = format!("{}.{:04}", product / 10_000, product % 10_000);
        let at = format!("{}\n[rates.level.x1]\nhousing = \"{hundredths}\"\n", members());
        let by_level = one_way(&at, &line(whole.clone(), "EUR"));
        prop_assert_eq!(total(&by_level), total(&one_way(&members(), &line(scaled, "EUR"))));
        let year = format!("{}\n[rates.fx.USD]\ndefault = 1\n2027 = \"{hundredths}\"\n", members());
        let months: Vec<String> = (1..=12).map(|month| format!("\"2027-{month:02}\" = \"{hundredths}\"")).collect();
        let months = months.join("\n");
        let months = format!("{}\n[rates.fx.USD]\ndefault = 1\n{months}", members());
        prop_assert_eq!(total(&one_way(&year, &line(whole.clone(), "USD"))), total(&one_way(&months, &line(whole, "USD"))));
    }

    /// A refund of share 1 leaves nothing of what it is of, where its run ends before the horizon.
    #[test]
    fn a_whole_refund_leaves_nothing(cents in 1..99_999_i32, months in 1..29_u32) {
        let line = a_line("deposit", "housing", &format!("amount = \"{}.{:02}\"\ncurrency = \"EUR\"", cents / 100, cents % 100));
        let refund = "[[lines]]\nid = \"back\"\ncategory = \"housing\"\nlabel = \"x\"\nsource = \"x\"\n\
                      refund = { of = \"deposit\", share = 1 }\n";
        let way = format!("{}\n[pathways.way]\nstages = [{{ solution = \"permanent\", months = {months} }}]\n", members());
        let ledger = one_way(&way, &format!("{line}{refund}")).ledger("way").unwrap();
        prop_assert!(ledger.total().is_zero() && ledger.len() > 1);
    }
}

/// Ages of another month are the births that they mean.
#[test]
fn ages_at_another_month_are_births() {
    let line = a_line("school", "housing", "amount = 7\ncurrency = \"EUR\"").replace("\"person\"", "\"school_age\"");
    let by_age = one_way("[household]\nages_at = \"2025-05\"\nmembers = [{ age = 16 }, { age = 2 }]", &line);
    let by_birth = one_way("[household]\nmembers = [{ born = \"2009-05\" }, { born = \"2023-05\" }]", &line);
    assert!(by_age == by_birth && total(&by_age) > 0);
}

/// The tables that a catalogue may have.
const CATALOGUE: [&str; 12] = [
    "currency",
    "price_base_year",
    "entitlements",
    "places",
    "categories",
    "funds",
    "drivers",
    "profiles",
    "rates",
    "solutions",
    "pathways",
    "lines",
];

/// A scenario over catalogues.
fn over(scenario: &Value, catalogues: &[Value]) -> Scenario {
    let names: Vec<String> = (0..catalogues.len()).map(|number| format!("{number}.json")).collect();
    let texts: Vec<String> = catalogues.iter().map(ToString::to_string).collect();
    let mut scenario = scenario.clone();
    scenario["catalogue"] = names.clone().into();
    let bring = move |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        Ok(CatalogueText { name: name.to_owned(), text: texts[at].clone(), format: relocost::syntax::Format::Json })
    };
    let loaded = Loader::new().catalogues(bring).load(Source::json("scenario", &scenario.to_string()));
    loaded.unwrap_or_else(|error| panic!("{error}\n{catalogues:#?}"))
}

proptest! {
    #![proptest_config(cases(48))]

    /// A list of catalogues, the later of which replace, drop, inherit and complete what the earlier give, equals one
    /// catalogue with all in it.
    #[test]
    fn a_list_of_catalogues_is_one_with_all_in_it(text in rich::small(), cut in any::<Index>(), again in any::<Index>()) {
        let whole = read(&text);
        let tree: Value = serde_json::from_str(&whole.to_json().unwrap()).unwrap();
        let (mut scenario, mut all) = (json!({}), json!({ "schema": 1 }));
        for (key, value) in tree.as_object().unwrap() {
            let part = if CATALOGUE.contains(&key.as_str()) { &mut all } else { &mut scenario };
            part[key] = value.clone();
        }
        // The first gives what is not meant, the second what is.
        let (mut first, mut second, mut third) = (all.clone(), json!({ "schema": 1 }), json!({ "schema": 1 }));
        if let Some(drivers) = first.as_object_mut().unwrap().remove("drivers") {
            third["drivers"] = drivers;
        }
        first["solutions"]["temporary"]["label"] = "not meant".into();
        second["solutions"]["temporary"] = all["solutions"]["temporary"].clone();
        for (name, table) in all["rates"]["index"].as_object().into_iter().flatten() {
            if let Some(meant) = table.get("default") {
                first["rates"]["index"][name]["default"] = "0.5".into();
                second["rates"]["index"][name]["default"] = meant.clone();
            }
        }
        let lines = all["lines"].as_array().cloned().unwrap_or_default();
        let cut = cut.index(lines.len() + 1);
        let mut early = lines[..cut].to_vec();
        let mut later = vec![json!({ "id": "not-meant", "drop": true })];
        if cut > 0 {
            let at = again.index(cut);
            early[at]["label"] = "not meant".into();
            early[at]["source"] = "not meant".into();
            later.push(json!({ "id": lines[at]["id"], "inherit": true, "label": lines[at]["label"], "source": "x" }));
            third["lines"] = vec![lines[at].clone()].into();
        }
        early.push(json!({
            "id": "not-meant", "category": "housing", "label": "x", "driver": "person", "schedule": "monthly",
            "amount": 1, "currency": whole.currency().code(), "source": "x",
        }));
        later.extend_from_slice(&lines[cut..]);
        (first["lines"], second["lines"]) = (early.into(), later.into());
        let one = over(&scenario, &[all]);
        let listed = over(&scenario, &[first, second, third]);
        prop_assert!(one == whole);
        prop_assert!(listed == one);
        for name in names(&whole) {
            prop_assert_eq!(rows_or_nothing(&listed, &name), rows_or_nothing(&whole, &name));
        }
    }
}

/// The rows of a pathway's ledger; nothing where a rate is missing.
fn rows_or_nothing(scenario: &Scenario, pathway: &str) -> Option<Vec<(u32, String, BigRational, i128)>> {
    scenario.ledger(pathway).ok().map(|ledger| rows(&ledger))
}

/// So are the lists of the conformance files, which are written whole.
#[test]
fn a_list_of_catalogues_is_written_as_one_scenario() {
    for path in files("conformance", ".toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.contains("catalogue.toml") || name.contains(".catalogue-") || !name.starts_with("catalogue2") {
            continue;
        }
        let whole = load(&path);
        assert!(read(&whole.to_toml().unwrap()) == whole, "{name}");
    }
}
