//! A scenario built in code, and what a unit test would assert of it.
//!
//! ```text
//! cargo run --example scenario_in_code
//! ```

use relocost::names::{Driver, SolutionKind};
use relocost::scenario::Schedule;
use relocost::scenario::build::{line, member, scenario, solution, stage};

fn main() -> Result<(), relocost::Error> {
    let s = scenario("EUR", "2026-01", 24)
        .price_base_year(2026)
        .categories(["housing", "education", "travel"])
        .funds(["regular_budget", "host_state"])
        .entitlements(["long_term_housing", "public_schooling"])
        .member(member().age(38))
        .member(member().age(9))
        .solution(
            "permanent",
            solution(SolutionKind::Permanent)
                .entitlements(["long_term_housing", "public_schooling"])
                .funded_by("regular_budget", "0.6")
                .funded_by("host_state", "0.4"),
        )
        .solution("temporary", solution(SolutionKind::Temporary))
        .pathway("delayed", [stage("temporary").months(6), stage("permanent")])
        .line(line("rent", "housing").driver(Driver::Household).amount(900, "EUR").when(["long_term_housing"]))
        .line(line("short-let", "housing").driver(Driver::Household).amount(1250, "EUR").unless(["long_term_housing"]))
        .line(
            line("school-fees", "education").driver(Driver::SchoolAge).amount(520, "EUR").unless(["public_schooling"]),
        )
        .line(line("move", "travel").schedule(&Schedule::OnExit).amount("350.50", "EUR"))
        .build()?;

    let comparison = s.compare()?;
    assert_eq!(comparison.extra().to_string(), "20880.00"); // 24 x (1250 - 900 + 520)
    let shares = comparison.attribution().shares();
    assert_eq!(shares["long_term_housing"].to_string(), "8400.00"); // 24 x (1250 - 900)
    assert_eq!(shares["public_schooling"].to_string(), "12480.00"); // 24 x 520
    assert!(comparison.attribution().residual().is_zero());

    // Waiting six months: 6 x (1250 + 520) + 2 x 350.50 + 18 x 900.
    let delayed = s.ledger("delayed")?;
    assert_eq!(delayed.total().to_string(), "27521.00");
    for entry in delayed.entries().filter(|entry| entry.line().id.as_str() == "move") {
        println!("{} {}: {} = {}", entry.month(), entry.line().id, entry.unrounded(), entry.amount());
    }
    println!("{comparison:?}");
    Ok(())
}
