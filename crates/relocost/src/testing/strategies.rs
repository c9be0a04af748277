//! Random households and scenarios for `proptest`, to build on.
//!
//! ```
//! use proptest::prelude::*;
//! use relocost::testing::strategies;
//!
//! proptest!(ProptestConfig::with_cases(16), |(scenario in strategies::scenario())| {
//!     let ledger = scenario.ledger("temporary")?;
//!     let sum: i128 = ledger.entries().map(|entry| entry.amount().minor()).sum();
//!     prop_assert_eq!(sum, ledger.total().minor());
//! });
//! ```

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::scenario::build::{MemberBuilder, ScenarioBuilder, member, scenario as begin, stage};
use crate::scenario::{Catalogue, Scenario};
use crate::types::Month;

/// Months of some years, as scenarios have them.
pub fn month(years: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = Month> {
    (years, 1_u32..=12).prop_filter_map("a month of the years 1800 to 2999", |(year, number)| Month::new(year, number))
}

/// A member of a household at the start or joining, leaving or being born later.
pub fn any_member() -> impl Strategy<Value = MemberBuilder> {
    let born = month(1940..=2030);
    (born, option::weighted(0.2, month(2026..=2029)), option::weighted(0.2, 1_i32..40)).prop_map(
        |(born, joins, stays)| {
            let built = member().born(born);
            let built = joins.map_or_else(|| built.clone(), |joins| built.clone().joins(joins));
            let from = joins.unwrap_or(born).max(born);
            stays.map_or_else(|| built.clone(), |months| built.clone().leaves(from.plus(months)))
        },
    )
}

/// A household of 1 to 7 members.
pub fn household() -> impl Strategy<Value = Vec<MemberBuilder>> {
    vec(any_member(), 1..=7)
}

/// A scenario on its way, over the reference catalogue: a household, a start, a horizon, and a pathway `delayed`.
pub fn scenario_builder() -> impl Strategy<Value = ScenarioBuilder> {
    (household(), month(2026..=2030), 1_u32..=72, 1_u32..=48).prop_map(|(members, start, horizon, wait)| {
        let built = begin("EUR", start, horizon)
            .catalogue(Catalogue::reference())
            .pathway("delayed", [stage("temporary").months(wait), stage("permanent")]);
        members.into_iter().fold(built, ScenarioBuilder::member)
    })
}

/// A scenario over the reference catalogue.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    scenario_builder().prop_filter_map("a scenario that is right", |built| built.build().ok())
}
