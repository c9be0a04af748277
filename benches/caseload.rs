//! The number of entries a second that caseloads of 10,000 and of 1,000,000 households evaluate, attribution included, and
//! the gain from a second core.
//!
//! ```text
//! cargo bench --bench caseload
//! ```
//!
//! One and two threads are measured in turn, and must give the same caseload. A time fails nothing: machines differ.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a benchmark stops loudly and prints times")]

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use relocost::Scenario;
use relocost::caseload::{Caseload, CaseloadOptions};
use relocost_files::LoadOptions;

/// Households, and how often each number of threads is measured.
const SIZES: [(u32, usize); 2] = [(10_000, 5), (1_000_000, 3)];
/// Households where nothing is timed.
const FEW: u32 = 200;

fn main() {
    let family = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml");
    let scenario = relocost_files::load(&family, &LoadOptions::default()).expect("the example loads");
    let timed = std::env::args().any(|argument| argument == "--bench");
    check(&scenario, &table(FEW));
    if !timed {
        return; // run as a test: nothing is timed
    }
    for (households, rounds) in SIZES {
        let table = table(households);
        check(&scenario, &table);
        let entries = f64::from(households) * entries_of_a_household(&scenario, &table);
        let best = |threads| (0..rounds).map(|_| run(&scenario, &table, threads).1).min().expect("a round");
        let (one, two) = (best(1), best(2));
        for (threads, time) in [(1, one), (2, two)] {
            let seconds = time.as_secs_f64();
            println!(
                "{threads} thread{}: {:.1} ms, {:.0} households and {:.1} million entries of the two pathways a second",
                if threads == 1 { " " } else { "s" },
                seconds * 1e3,
                f64::from(households) / seconds,
                entries / seconds / 1e6,
            );
        }
        println!("two threads are {:.2} times as fast as one", one.as_secs_f64() / two.as_secs_f64());
    }
}

/// Stops unless one thread and two give the same caseload.
fn check(scenario: &Scenario, table: &str) {
    let [one, two] = [1, 2].map(|threads| run(scenario, table, threads).0);
    assert_eq!(one, two, "the result does not depend on the number of threads");
    println!("One thread and two give the same caseload of {} households.", one.count);
}

/// Households of one to seven people.
fn table(households: u32) -> String {
    let row = |row: u32| {
        let others =
            ["", " 38", " 38 12", " 36 7 3", " 38 14 9 5", " 45 17 15 11 3", " 41 17 14 9 4 1"][row as usize % 7];
        format!("HH-{row},{}{others}\n", 20 + row % 45)
    };
    std::iter::once("reference,members\n".to_owned()).chain((0..households).map(row)).collect()
}

fn run(scenario: &Scenario, table: &str, threads: usize) -> (Caseload, Duration) {
    let options = CaseloadOptions::default().threads(NonZeroUsize::new(threads));
    let begun = Instant::now();
    let caseload = scenario.caseload(table.as_bytes(), &options).expect("a caseload");
    (caseload, begun.elapsed())
}

/// Entries of the two pathways' ledgers, on average over the households: the attribution rounds some more and is not
/// counted.
fn entries_of_a_household(scenario: &Scenario, table: &str) -> f64 {
    let ages = table.lines().skip(1).take(315).map(|row| row.split(',').nth(1).expect("members").to_owned());
    let count = |members: String| {
        let each: Vec<String> = members.split(' ').map(|age| format!("{{ age = {age} }}")).collect();
        let text = format!(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"{}\"\nhorizon_months = {}\nhousehold = {{ members = [{}] }}",
            scenario.start(),
            scenario.horizon_months(),
            each.join(", ")
        );
        let one = Scenario::parse(&text).expect("a household");
        ["permanent", "temporary"].map(|pathway| one.ledger(pathway).expect("a ledger").len()).iter().sum::<usize>()
    };
    // The table repeats itself after 7 x 45 rows.
    let (sum, rows) = ages.map(count).fold((0, 0), |(sum, rows), count| (sum + count, rows + 1));
    f64::from(u32::try_from(sum).expect("small")) / f64::from(rows)
}
