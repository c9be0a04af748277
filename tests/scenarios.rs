//! The golden scenarios as a user of the library would test her own: one macro for a folder.

relocost::testing::scenario_tests!("tests/golden");

mod tools {
    use proptest::prelude::*;
    use relocost::explanation::Selection;
    use relocost::testing::{LedgerDiff, ScenarioFile, assert_figure, money, month, strategies};

    const FAMILY: ScenarioFile = ScenarioFile {
        name: "family.toml",
        text: include_str!("golden/family-of-five.toml"),
        catalogue: Some(include_str!("golden/reference-catalogue.toml")),
    };

    #[test]
    fn figures_are_asserted_with_their_entries() {
        let ledger = FAMILY.load().ledger("permanent").unwrap();
        let rent = |month| Selection::default().line("rent").month(month);
        assert_figure(&ledger, &rent(month!("2029-03")), money!("639.40 EUR"));
        let failed =
            std::panic::catch_unwind(|| assert_figure(&ledger, &rent(month!("2029-03")), money!("639.41 EUR")));
        let message = *failed.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("expected 639.41 EUR, found 639.40 EUR from 1 entries of \"permanent\""), "{message}");
        assert!(message.contains("2029-03 rent: 1 x 950 x 1.076890625, relief 0.375 = 639.40"), "{message}");
    }

    #[test]
    fn a_failed_expectation_says_what_came_and_why() {
        let text =
            include_str!("golden/family-of-five.toml").replace("within = [\"0.45\", \"0.75\"]", "at_most = \"0.5\"");
        let file = ScenarioFile { text: Box::leak(text.into_boxed_str()), ..FAMILY };
        let message = *std::panic::catch_unwind(|| file.check(0)).unwrap_err().downcast::<String>().unwrap();
        assert_eq!(
            message,
            "comparison.premium: expected at most 0.5, found 0.675100356481; why: The Court reported 45 to 75 per cent as the average"
        );
    }

    #[test]
    fn two_ledgers_differ_where_they_do() {
        let family = FAMILY.load();
        let dearer =
            family.with(&[("lines.deposit-and-furniture.amount".parse().unwrap(), "6000".parse().unwrap())]).unwrap();
        let [old, new] = [&family, &dearer].map(|scenario| scenario.ledger("permanent").unwrap());
        assert_eq!(
            LedgerDiff::of(&old, &new).to_string(),
            "2026-03 deposit-and-furniture: 5200.00 -> 6000.00 (+800.00)\n"
        );
        assert!(LedgerDiff::of(&old, &old).lines().is_empty());
        let temporary = family.ledger("temporary").unwrap();
        assert!(LedgerDiff::of(&old, &temporary).to_string().contains("2026-03 short-let: nothing -> 1250.00\n"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Strategies of the library make scenarios of every kind that can be compared.
        #[test]
        fn random_scenarios_compare(scenario in strategies::scenario()) {
            let comparison = scenario.compare().unwrap();
            let attributed: i128 = comparison.attribution().shares().values().map(|share| share.minor()).sum();
            prop_assert_eq!(attributed + comparison.attribution().residual().minor(), comparison.extra().minor());
        }
    }
}
