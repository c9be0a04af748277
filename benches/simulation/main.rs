//! The time of a simulation, beside that of Python code by experts and an analyst, and beside the bare random numbers.
//!
//! ```text
//! RELOCOST_PYTHON=path/to/venv/bin/python cargo bench --bench simulation
//! ```
//!
//! The family of five over 60 months with its three pathways, 11 uncertain parameters, two correlations and its event
//! line. Before anything is measured, all must give the same means and quantiles but for chance, or the run stops. The
//! library and the experts' peers are asked once for all figures and once for totals alone. As in the other benchmarks
//! everything is measured in several rounds, in turn, and the best of each counts.

#![expect(
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark stops loudly and prints times"
)]

mod convergence;
mod floor;
mod inputs;
mod peer;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Instant;

use inputs::Inputs;
use peer::PEERS;
use relocost::names::Figures;
use relocost::{Scenario, SimulateOptions};

const DRAWS: u64 = 1_000_000;
/// For the figures about one draw.
const SOME: u64 = 200_000;
/// Where nothing is timed.
const FEW: u64 = 30_000;
const THREADS: usize = 2;
/// Everything is measured in so many rounds, and the best of each counts.
const ROUNDS: usize = 4;

fn main() {
    let inputs = Inputs::family();
    let timed = std::env::args().any(|argument| argument == "--bench");
    floor::check();
    peer::check(&inputs, if timed { DRAWS } else { FEW });
    if !timed {
        return; // run as a test: nothing is timed
    }

    let family = inputs.load();
    let per_draw = inputs.numbers_per_draw();
    let numbers = numbers(per_draw);
    let round = || {
        let ours = [Figures::All, Figures::Totals].map(|figures| best(|| seconds(&family, DRAWS, THREADS, figures)));
        let ours = ours.into_iter().chain([best(|| floor(DRAWS, numbers, THREADS))]);
        ours.chain(PEERS.iter().map(|peer| peer.seconds(&inputs, DRAWS))).collect::<Vec<_>>()
    };
    let first = round();
    let best =
        (1..ROUNDS).fold(first, |best, _| best.into_iter().zip(round()).map(|(best, again)| best.min(again)).collect());
    let labels = ["the library", "the library, totals only", &format!("floor: {numbers} normal values a draw")];
    println!("{:<44}{:>8}{:>18}{:>14}", format!("{DRAWS} draws"), "workers", "draws a second", "times ours");
    for (place, seconds) in best.iter().enumerate() {
        let (label, workers) = match place.checked_sub(labels.len()) {
            None => (labels[place], THREADS),
            Some(peer) => (PEERS[peer].label, PEERS[peer].workers),
        };
        println!("{label:<44}{workers:>8}{:>18.0}{:>14.2}", DRAWS as f64 / seconds, seconds / best[0]);
    }
    println!();
    growth(&inputs);
    spent(&inputs, numbers);
    convergence::report(&inputs.smooth());
}

/// The time of a draw by horizon and by threads.
fn growth(inputs: &Inputs) {
    println!("{:<20}{:>16}{:>16}", "time of a draw", "1 thread", "2 threads");
    for months in [12, 60, 240, 600] {
        let scenario = inputs.with_months(months);
        let each =
            [1, THREADS].map(|threads| best(|| seconds(&scenario, SOME, threads, Figures::All)) / SOME as f64 * 1e9);
        println!("{:<20}{:>13.0} ns{:>13.0} ns", format!("{months} months"), each[0], each[1]);
    }
    println!();
}

/// Where the time of one thread goes, as far as leaving things out can tell.
fn spent(inputs: &Inputs, numbers: u32) {
    let (family, quiet) = (inputs.load(), inputs.without_events());
    let seconds = |scenario: &Scenario| best(|| seconds(scenario, SOME, 1, Figures::All));
    let all = seconds(&family);
    let parameters = u32::try_from(family.uncertain().len()).expect("a few");
    let normals = best(|| floor(SOME, parameters, 1));
    let normals_of_events = best(|| floor(SOME, numbers - parameters, 1));
    let events = all - seconds(&quiet);
    println!("where the time goes, by leaving things out (one thread)");
    let row = |what: &str, seconds: f64| println!("{what:<52}{:>6.0} %", seconds / all * 100.0);
    row("normal values of the parameters, from the floor", normals);
    row("events, with the rate's own parameter", events);
    row("  of them as many normal values, from the floor", normals_of_events);
    row("the rest: quantile functions, model, sums, counts", all - normals - events);
    println!();
}

fn seconds(scenario: &Scenario, draws: u64, threads: usize, figures: Figures) -> f64 {
    let options = SimulateOptions::default().draws(draws).figures(figures).threads(NonZeroUsize::new(threads));
    time(|| scenario.simulate(&options).expect("it simulates"))
}

fn floor(draws: u64, numbers: u32, threads: usize) -> f64 {
    let threads = NonZeroUsize::new(threads).expect("a thread");
    time(|| floor::normal_values(draws, numbers, threads))
}

fn best(mut measured: impl FnMut() -> f64) -> f64 {
    (0..ROUNDS).map(|_| measured()).fold(f64::INFINITY, f64::min)
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let begin = Instant::now();
    black_box(work());
    begin.elapsed().as_secs_f64()
}

/// A whole number of numbers.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few, above 0")]
fn numbers(per_draw: f64) -> u32 {
    per_draw.round() as u32
}
