//! The time of a comparison, beside that of Python code by an analyst and by an expert, and beside the bare arithmetic.
//!
//! ```text
//! cargo bench --bench comparison
//! ```
//!
//! Before anything is measured, the library and both peers must give the same figures, or the run stops. Each time is
//! the median of many samples, with the quartiles beside it. A missed target is reported and fails nothing: a time
//! depends on who else uses the computer. For the same reason everything is measured in several rounds, in turn, and the
//! best of its medians counts.

#![expect(
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "a benchmark stops loudly, prints times, and cuts wide numbers on purpose"
)]

mod figures;
mod floor;
mod inputs;
mod peer;
mod sample;

use std::path::Path;

use inputs::Inputs;
use sample::{Sample, sample, sample_of, time};

/// The limits: for a first comparison, times faster than the plain peer and than the expert's; for those after it, times the
/// floor.
const OVER_PLAIN: f64 = 300.0;
const OVER_EXPERT: f64 = 30.0;
const OVER_FLOOR: f64 = 3.0;

/// Everything is measured in so many rounds, and the best median of each counts.
const ROUNDS: usize = 4;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inputs = Inputs::family(root);
    let family = inputs.load();
    let json = family.to_json().expect("a scenario of a file");
    let catalogue = inputs.catalogue();
    assert_eq!(family, inputs.load_over(&catalogue), "a catalogue that has been read says the same");

    let found = serde_json::to_value(family.compare().expect("the family compares")).expect("it is JSON");
    let scripts = root.join("benches/peers");
    let check = |name| figures::same(&found, &peer::run(&scripts, name, 0, &json).figures, name);
    let figures = check("plain.py");
    assert_eq!(figures, check("expert.py"), "both peers are checked on the same figures");
    println!("The library and both peers give the same {figures} figures of the family of five over 60 months.\n");
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // run as a test: nothing is timed
    }

    let counts = floor::Counts::of(&family);
    let round = || {
        let plain = peer::run(&scripts, "plain.py", 3, &json);
        let expert = peer::run(&scripts, "expert.py", 151, &json);
        [
            sample(200, || inputs.load()),
            sample(200, || inputs.load_over(&catalogue)),
            sample(1_000, || family.ledger("temporary").expect("a ledger")),
            sample_of(
                1_000,
                || inputs.load_over(&catalogue),
                |scenario| scenario.ledger("temporary").expect("a ledger"),
            ),
            sample(1_000, || family.compare().expect("a comparison")),
            sample_of(1_000, || inputs.load_over(&catalogue), |scenario| scenario.compare().expect("a comparison")),
            sample(1_000, || floor::round(counts.of_a_ledger)),
            sample(1_000, || floor::round(counts.separate)),
            sample(1_000, || floor::round(counts.shared)),
            plain.ledger,
            plain.compare,
            expert.ledger,
            expert.compare,
        ]
    };
    let first = round();
    let [
        load,
        over,
        ledger,
        first_ledger,
        compare,
        first_compare,
        of_a_ledger,
        separate,
        shared,
        plain_ledger,
        plain,
        expert_ledger,
        expert,
    ] = (1..ROUNDS).fold(first, |best, _| {
        let again = round();
        std::array::from_fn(|place| best[place].better(again[place]))
    });

    println!("{:<58}{:>12}{:>25}{:>12}", "family of five, 60 months", "median", "quartiles", "times ours");
    let row = |what: &str, sample: Sample, ours: Sample| {
        println!(
            "{what:<58}{:>12}{:>25}{:>12}",
            time(sample.median),
            format!("{} to {}", time(sample.low), time(sample.high)),
            format!("{:.2}", sample.median / ours.median)
        );
    };
    row("loading and validating the file and its catalogue", load, load);
    row("  the same over a catalogue that has been read", over, load);
    row("ledger of one pathway", ledger, ledger);
    row(&format!("  floor: {} roundings, one an entry", counts.of_a_ledger), of_a_ledger, ledger);
    // The peers make all that they need anew each time, as the first question does.
    row("the first question of a scenario, a ledger", first_ledger, first_ledger);
    row("  plain Python with decimal", plain_ledger, first_ledger);
    row("  expert's Python", expert_ledger, first_ledger);
    row("full comparison with attribution", compare, compare);
    row(&format!("  floor: {} roundings, evaluations apart", counts.separate), separate, compare);
    row(&format!("  floor: {} roundings, all work shared", counts.shared), shared, compare);
    row("the first question of a scenario, a comparison", first_compare, first_compare);
    row("  plain Python with decimal", plain, first_compare);
    row("  expert's Python, same sharing of work", expert, first_compare);
    println!();
    targets(compare, first_compare, [plain, expert], [separate, shared]);
    growth(&inputs);
}

fn targets(compare: Sample, first: Sample, [plain, expert]: [Sample; 2], [separate, shared]: [Sample; 2]) {
    let verdict = |reached: bool| if reached { "reached" } else { "MISSED" };
    let at_least = |what: &str, peer: Sample, target: f64| {
        let ratio = peer.median / first.median;
        println!("{what:<58}{ratio:>9.0} times, target at least {target:.0}: {}", verdict(ratio >= target));
    };
    at_least("first comparison, faster than the plain peer", plain, OVER_PLAIN);
    at_least("first comparison, faster than the expert's", expert, OVER_EXPERT);
    let at_most = |what: &str, floor: Sample| {
        let ratio = compare.median / floor.median;
        println!("{what:<58}{ratio:>9.2} times, target at most {OVER_FLOOR:.0}: {}", verdict(ratio <= OVER_FLOOR));
    };
    at_most("full comparison, of the floor of evaluations apart", separate);
    at_most("full comparison, of the floor with all work shared", shared);
    println!();
}

/// A linear cost shows as a cost for each month, or each line, that does not grow, and as an exponent of at most 1 (below
/// it where a fixed cost still weighs). These are lower quartiles: the larger sizes are long enough to be interrupted.
fn growth(inputs: &Inputs) {
    println!(
        "{:<12}{:>10}{:>12}{:>12}{:>12}{:>15}{:>15}{:>15}",
        "growth", "entries", "load", "ledger", "compare", "load each", "ledger each", "compare each"
    );
    let months = [12, 60, 120, 240, 600].map(|months| grown("months", months, &inputs.with_months(months)));
    exponents(&months);
    let lines = [10, 30, 100, 300, 1_000].map(|lines| grown("lines", lines, &inputs.with_lines(lines as usize)));
    exponents(&lines);
}

/// A size, and the times of loading, of a ledger and of a comparison.
type Grown = (u32, [f64; 3]);

fn grown(what: &str, number: u32, inputs: &Inputs) -> Grown {
    let scenario = inputs.load();
    let samples = (60_000 / number.max(60)).clamp(40, 300);
    let times = [
        sample(samples, || inputs.load()).low,
        sample(samples, || scenario.ledger("temporary").expect("a ledger")).low,
        sample(samples, || scenario.compare().expect("a comparison")).low,
    ];
    let entries = scenario.ledger("temporary").expect("a ledger").len();
    print!("{:<12}{entries:>10}", format!("{number} {what}"));
    for seconds in times {
        print!("{:>12}", time(seconds));
    }
    for seconds in times {
        print!("{:>15}", time(seconds / f64::from(number)));
    }
    println!();
    (number, times)
}

/// The powers of the size with which the times grow between the middle size and the largest.
fn exponents(grown: &[Grown; 5]) {
    let [_, _, (from, first), _, (to, last)] = grown;
    let steps = (f64::from(*to) / f64::from(*from)).ln();
    let powers = first.iter().zip(last).map(|(first, last)| format!("{:>12.2}", (last / first).ln() / steps));
    println!("{:<22}{}", format!("exponent {from} to {to}"), powers.collect::<String>());
}
