//! The extra cost by its causes: the Shapley value over all subsets of what is missing.

use proptest::prelude::*;
use proptest::sample::Index;
use relocost::Basis;

use super::shared::{cases, minor, names, parse, read};
use crate::support::oracle::{self, Oracle};
use crate::support::{options, random, rich};

proptest! {
    #![proptest_config(cases(150))]

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
}
