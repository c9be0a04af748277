//! The ledger, and the engine of simulations, have the entries of the slow ledger.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use relocost::scenario::Schedule;
use relocost::{Basis, CompareOptions};

use super::shared::{assert_same, cases, names, parse, read};
use crate::support::{random, rich};

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
