//! The time of a programme: 40 cases and 15 agreements over five years with their values, which are 2^15 runs of the
//! queue, and 10,000 cases without values.
//!
//! ```text
//! cargo bench --bench programme
//! ```
//!
//! One and two threads are measured in turn, and must give the same figures. A time fails nothing: machines differ.

#![expect(clippy::expect_used, reason = "a benchmark stops loudly")]

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use relocost::{Programme, ProgrammeOptions, ProgrammeRun};
use relocost_files::LoadOptions;

/// The number of measurements for each number of threads.
const ROUNDS: usize = 5;

fn main() {
    let timed = std::env::args().any(|argument| argument == "--bench");
    let court = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes/court/programme.toml");
    let court = relocost_files::load_programme(&court, &LoadOptions::default()).expect("the programme loads");
    let many = Programme::parse(&many(if timed { 10_000 } else { 200 })).expect("the programme is well formed");
    // Without --bench it runs as a test, and nothing is timed: 2^15 subsets take long where nothing is optimised.
    for (name, programme, values) in [("15 agreements with values", &court, timed), ("no values", &many, false)] {
        let options = ProgrammeOptions::default().values(values);
        let [one, two] = [1, 2].map(|threads| run(programme, &options, threads).0);
        assert_eq!(one, two, "the result does not depend on the number of threads");
        println!("{} cases, {name}: one thread and two give the same figures.", programme.cases());
        if !timed {
            continue;
        }
        for threads in [1, 2] {
            let mut durations: Vec<Duration> = (0..ROUNDS).map(|_| run(programme, &options, threads).1).collect();
            durations.sort();
            println!("  threads: {threads}, median: {:.0?}, best: {:.0?}", durations[ROUNDS / 2], durations[0]);
        }
    }
}

fn run(programme: &Programme, options: &ProgrammeOptions, threads: usize) -> (ProgrammeRun, Duration) {
    let options = options.clone().threads(NonZeroUsize::new(threads));
    let start = Instant::now();
    let run = programme.run_with(&options).expect("every rate is given");
    (run, start.elapsed())
}

/// A programme of five years with so many cases, no two alike, that arrive month by month.
fn many(cases: usize) -> String {
    let mut text =
        "schema = 1\ncatalogue = \"reference\"\n[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 5\n".to_owned();
    for case in 0..cases {
        let others = ["", ", { age = 38 }", ", { age = 38 }, { age = 12 }"][case % 3];
        let (year, month) = (2024 + case / 12 % 7, case % 12 + 1);
        let _ = writeln!(
            text,
            "[[cases]]\nmembers = [{{ age = {} }}{others}]\narrives = \"{year}-{month:02}\"",
            20 + case % 45
        );
    }
    for agreement in 0..15 {
        let _ = writeln!(
            text,
            "[[agreements]]\nid = \"a{agreement}\"\nlabel = \"A\"\nfrom = \"2026-{:02}\"\nplaces_per_year = 60",
            agreement % 12 + 1
        );
    }
    text
}
