//! The time of programmes: one of 40 cases and 15 agreements over five years with its values, which are 2^15 runs of the
//! queue; 10,000 cases without values; and futures of 40 cases, beside those of Python code by an expert and of a
//! discrete-event model.
//!
//! ```text
//! RELOCOST_PYTHON=path/to/venv/bin/python cargo bench --bench programme
//! ```
//!
//! One and two threads are measured in turn, and must give the same figures. Before the futures are timed, all must give the
//! same figures but for chance, or the run stops. Peak memory is that of a process of its own. A time fails nothing:
//! machines differ. Without `RELOCOST_PYTHON` there are no peers.

#![expect(
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark stops loudly and prints times"
)]

mod inputs;
mod memory;
mod peer;
mod routes;

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use inputs::Futures;
use relocost::{Programme, ProgrammeOptions, ProgrammeSimulateOptions};

/// The number of measurements for each number of threads.
const ROUNDS: usize = 5;
/// The same for futures, which take longer.
const ROUNDS_OF_FUTURES: usize = 3;
/// Futures whose time is told.
const FUTURES: u64 = 100_000;
/// Futures that are held against the peers' where nothing is timed.
const FEW: u64 = 2_000;
const THREADS: usize = 2;

fn main() {
    let job = std::env::args().find_map(|argument| Some(argument.strip_prefix(memory::JOB)?.to_owned()));
    if let Some(job) = job {
        return memory::tell(|| memory_of(&job));
    }
    let timed = std::env::args().any(|argument| argument == "--bench");
    // Without --bench it runs as a test, and nothing is timed: 2^15 subsets take long where nothing is optimised.
    let many = inputs::many(if timed { 10_000 } else { 200 });
    for (name, programme, values) in
        [("15 agreements with values", &inputs::court(), timed), ("no values", &many, false)]
    {
        let options = ProgrammeOptions::default().values(values);
        let run = |threads| {
            let options = options.clone().threads(NonZeroUsize::new(threads));
            measured(|| programme.run_with(&options).expect("every rate is given"))
        };
        let ([one, two], name) =
            ([1, THREADS].map(|threads| run(threads).0), format!("{} cases, {name}", programme.cases()));
        assert_eq!(one, two, "the result does not depend on the number of threads");
        println!("{name}: one thread and two give the same figures.");
        if timed {
            times(&run, ROUNDS);
        }
    }
    if timed {
        println!("10,000 cases, no values: peak memory {} MiB", memory::of("cases"));
        println!("15 agreements with values: peak memory {} MiB\n", memory::of("values"));
    }
    futures(timed);
}

/// The futures, and those of the peers.
fn futures(timed: bool) {
    let futures = Futures::new(timed);
    let has_peers = std::env::var_os("RELOCOST_PYTHON").is_some();
    let peers = has_peers.then(|| peer::check(&futures, if timed { FUTURES } else { FEW }, timed));
    if !timed {
        return;
    }
    let simulate = |threads| {
        let options = ProgrammeSimulateOptions::default().draws(FUTURES).threads(NonZeroUsize::new(threads));
        measured(|| futures.programme.simulate(&options).expect("it simulates"))
    };
    println!("{FUTURES} futures of {} cases, each with every agreement left out", futures.programme.cases());
    let [_, best] = times(&simulate, ROUNDS_OF_FUTURES);
    println!("  peak memory {} MiB", memory::of("futures"));
    if let Some(peers) = peers {
        peer::compare(FUTURES as f64 / best.as_secs_f64(), &peers);
    }
}

/// The work whose memory is told.
fn memory_of(job: &str) {
    let run = |programme: &Programme, values| {
        programme.run_with(&ProgrammeOptions::default().values(values)).expect("every rate is given");
    };
    match job {
        "values" => run(&inputs::court(), true),
        "cases" => run(&inputs::many(10_000), false),
        "futures" => {
            let options = ProgrammeSimulateOptions::default().draws(FUTURES);
            Futures::new(true).programme.simulate(&options).expect("it simulates");
        }
        _ => unreachable!("no such job"),
    }
}

/// Measures on one thread and on two; gives the best of each.
fn times<T>(run: &dyn Fn(usize) -> (T, Duration), rounds: usize) -> [Duration; 2] {
    [1, THREADS].map(|threads| {
        let mut durations: Vec<Duration> = (0..rounds).map(|_| run(threads).1).collect();
        durations.sort();
        println!("  threads: {threads}, median: {:.1?}, best: {:.1?}", durations[rounds / 2], durations[0]);
        durations[0]
    })
}

fn measured<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}
