//! The time of a simulation by months, lines, parameters and threads, and what a hundred million draws take.
//!
//! ```text
//! cargo bench --bench sizes > docs/measured/sizes.csv
//! cargo bench --bench sizes -- --hundred-million > docs/measured/samplings.csv
//! ```
//!
//! Sizes are of the family of five: with other horizons, with its lines again and again under other names, and with
//! further parameters. Before anything is measured every size must give the same bits on one thread and on several. Each
//! time is the median of several rounds, with the least and the greatest beside it. The second form runs 10^8 draws by each
//! sampling, every one in a process of its own, whose peak memory it tells. The guide makes its tables and its chart of
//! what is printed: `RELOCOST_DRAW=1 cargo test -p relocost-cli --test guide`.

#![expect(
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark stops loudly and prints times"
)]

mod inputs;
#[path = "../programme/memory.rs"]
mod memory;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Instant;

use inputs::Inputs;
use relocost::names::Sampling;
use relocost::{Scenario, SimulateOptions};

const ROUNDS: usize = 7;
/// The draws of a round take about so many seconds.
const SECONDS: f64 = 0.3;
/// Every simulation makes as many draws first, to find the steps of its sums.
const FIRST: u64 = 1_024;
/// For a first guess of a draw's time.
const SOME: u64 = 20_000;
const MOST: u64 = 500_000;
/// The largest size that is checked where nothing is timed: larger ones take long where nothing is optimised.
const CHECKED: u32 = 100;
const HUNDRED_MILLION: u64 = 100_000_000;

/// What is made larger, and how large it is.
type Size = (&'static str, u32);

const SIZES: [Size; 11] = [
    ("months", 12),
    ("months", 60),
    ("months", 240),
    ("months", 600),
    ("lines", 10),
    ("lines", 100),
    ("lines", 1_000),
    ("lines", 5_000),
    ("parameters and 200 lines", 11),
    ("parameters and 200 lines", 50),
    ("parameters and 200 lines", 200),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(job) = arguments.iter().find_map(|argument| argument.strip_prefix(memory::JOB)) {
        return memory::tell(|| hundred_million(job));
    }
    let timed = arguments.iter().any(|argument| argument == "--bench");
    let inputs = Inputs::family();
    let most = if timed { u32::MAX } else { CHECKED };
    let sizes: Vec<(Size, Scenario)> =
        SIZES.into_iter().filter(|(_, size)| *size <= most).map(|size| (size, of_size(&inputs, size))).collect();
    for ((what, size), scenario) in &sizes {
        let [one, several] = [1, 2].map(|threads| {
            let options = SimulateOptions::default().draws(2 * FIRST).threads(NonZeroUsize::new(threads));
            serde_json::to_string(&scenario.simulate(&options).expect("it simulates")).expect("it is JSON")
        });
        assert_eq!(one, several, "{size} {what}: the same bits on any number of threads");
    }
    eprintln!("{} sizes give the same bits on one thread and on two.", sizes.len());
    if !timed {
        return; // run as a test: nothing is timed
    }
    if arguments.iter().any(|argument| argument == "--hundred-million") {
        println!("sampling,seconds,mebibytes");
        for sampling in Sampling::ALL {
            println!("{sampling},{}", memory::of(sampling.name()));
        }
        return;
    }
    println!("what,size,threads,nanoseconds a draw,least,greatest,microseconds before");
    let mut threads = vec![1, 2, std::thread::available_parallelism().map_or(1, NonZeroUsize::get)];
    threads.sort_unstable();
    threads.dedup();
    for ((what, size), scenario) in &sizes {
        for threads in &threads {
            println!("{what},{size},{threads},{}", times(scenario, *threads));
        }
    }
}

fn of_size(inputs: &Inputs, (what, size): Size) -> Scenario {
    match what {
        "months" => inputs.with_months(size),
        "lines" => inputs.with_lines(size),
        _ => inputs.with_parameters(size),
    }
}

/// The time of a draw in nanoseconds, with the least and the greatest; and that of what comes before the draws, in
/// microseconds.
fn times(scenario: &Scenario, threads: usize) -> String {
    let seconds = |draws: u64| {
        let options = SimulateOptions::default().draws(draws).threads(NonZeroUsize::new(threads));
        let begin = Instant::now();
        black_box(scenario.simulate(&options).expect("it simulates"));
        begin.elapsed().as_secs_f64()
    };
    let of_a_draw = |draws: u64| {
        let few = seconds(FIRST);
        (few, (seconds(draws) - few) / (draws - FIRST) as f64)
    };
    let (_, guess) = of_a_draw(SOME);
    let draws = ((SECONDS / guess.max(1e-9)) as u64).clamp(SOME, MOST);
    let rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| of_a_draw(draws)).collect();
    let sorted = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values
    };
    let each = sorted(rounds.iter().map(|(_, draw)| draw * 1e9).collect());
    let before = sorted(rounds.iter().map(|(few, draw)| (few - FIRST as f64 * draw).max(0.0) * 1e6).collect());
    let middle = ROUNDS / 2;
    format!("{:.0},{:.0},{:.0},{:.0}", each[middle], each[0], each[ROUNDS - 1], before[middle])
}

/// Simulates by a sampling of this name, and tells the seconds.
fn hundred_million(sampling: &str) {
    let family = Inputs::family().with_months(60);
    let options =
        SimulateOptions::default().draws(HUNDRED_MILLION).sampling(Sampling::from_name(sampling).expect("a sampling"));
    let begin = Instant::now();
    black_box(family.simulate(&options).expect("it simulates"));
    print!("{:.0},", begin.elapsed().as_secs_f64());
}
