//! What several of the properties need: how many cases, scenarios of a text, and a ledger beside the slow one.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use relocost::{Basis, Ledger, Scenario};

use crate::support::oracle::{self, Oracle};
use crate::support::random::Draft;

/// So many cases; `PROPTEST_CASES` scales them (256, its default, leaves them as they are).
pub(super) fn cases(cases: u32) -> ProptestConfig {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions/properties.txt");
    ProptestConfig {
        cases: (cases * ProptestConfig::default().cases / 256).max(1),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        max_shrink_time: 60_000,
        ..ProptestConfig::default()
    }
}

pub(super) fn parse(draft: &Draft) -> Scenario {
    let text = draft.toml();
    Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}\n\n{text}"))
}

pub(super) fn names(scenario: &Scenario) -> Vec<String> {
    scenario.pathway_names().map(ToString::to_string).collect()
}

pub(super) fn read(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Units of the driver; 0 of a refund.
fn quantity(entry: &relocost::Entry<'_>) -> BigRational {
    entry.quantity().map_or_else(BigRational::zero, |quantity| oracle::decimal(&quantity))
}

/// Month, line, quantity and amount of every entry.
pub(super) fn rows(ledger: &Ledger) -> Vec<(u32, String, BigRational, i128)> {
    let row = |entry: relocost::Entry<'_>| {
        (entry.month_index(), entry.line().id.to_string(), quantity(&entry), entry.amount().minor())
    };
    ledger.entries().map(row).collect()
}

/// A table in minor units.
pub(super) fn minor<'t>(
    table: impl IntoIterator<Item = (&'t relocost::Id, &'t relocost::Money)>,
) -> Vec<(String, i128)> {
    table.into_iter().map(|(id, money)| (id.to_string(), money.minor())).collect()
}

/// Every entry of the library is one of the slow ledger's, in the same order, and nothing else is.
pub(super) fn assert_same(scenario: &Scenario, pathway: &str, basis: Basis) {
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
