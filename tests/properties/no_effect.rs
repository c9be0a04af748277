//! What has no effect on a figure, and the warnings that say so.

use std::collections::BTreeSet;

use num_rational::BigRational;
use proptest::prelude::*;
use proptest::sample::Index;
use relocost::Basis;
use relocost::scenario::Schedule;

use super::shared::{cases, names, parse, rows};
use crate::support::compare;
use crate::support::oracle::{self, Oracle};
use crate::support::random::{self, Draft, PathwayDraft};

proptest! {
    #![proptest_config(cases(60))]

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
}
