//! The convergence of means: the error over several seeds, with independent draws and with scrambled Sobol' points.

use relocost::names::Sampling;
use relocost::{Scenario, SimulateOptions};

const POWERS: std::ops::RangeInclusive<u32> = 8..=14;
/// Seeds of which the error is the root of the mean square.
const SEEDS: u64 = 32;
/// Draws of what counts as exact: Sobol' points of another seed, as a power of 2.
const EXACT: u32 = 20;

/// The mean premium and the mean total of the alternative.
type Means = [f64; 2];

pub(crate) fn report(scenario: &Scenario) {
    let exact = means(scenario, Sampling::Sobol, EXACT, SEEDS);
    println!("convergence: RMS error of means over {SEEDS} seeds, relative; without events and rounded months");
    println!("{:<12}{:>30}{:>36}", "", "mean premium", "mean total, temporary");
    let columns = format!("{:>12}{:>12}{:>12}", "random", "sobol", "ratio");
    println!("{:<12}{columns}{columns}", "draws");
    let mut ends = Vec::new();
    for power in POWERS {
        let errors = [Sampling::Random, Sampling::Sobol].map(|sampling| {
            let mut squares = [0.0; 2];
            for seed in 0..SEEDS {
                let found = means(scenario, sampling, power, seed);
                for (place, square) in squares.iter_mut().enumerate() {
                    *square += (found[place] / exact[place] - 1.0).powi(2);
                }
            }
            squares.map(|square| (square / SEEDS as f64).sqrt())
        });
        let [random, sobol] = errors;
        print!("{:<12}", 1_u64 << power);
        for place in 0..2 {
            print!("{:>12.2e}{:>12.2e}{:>12.1}", random[place], sobol[place], random[place] / sobol[place]);
        }
        println!();
        ends.push(errors);
    }
    let (first, last) = (ends[0], ends[ends.len() - 1]);
    let steps = f64::from(POWERS.end() - POWERS.start());
    let exponent = |method: usize, place: usize| (last[method][place] / first[method][place]).log2() / steps;
    print!("{:<12}", "exponent");
    for place in 0..2 {
        print!("{:>12.2}{:>12.2}{:>12}", exponent(0, place), exponent(1, place), "");
    }
    println!("\n");
    let better = (0..2).all(|place| last[1][place] < last[0][place]);
    println!("scrambled Sobol' points err less than independent draws: {}\n", if better { "yes" } else { "NO" });
}

fn means(scenario: &Scenario, sampling: Sampling, power: u32, seed: u64) -> Means {
    let options = SimulateOptions::default().draws(1 << power).seed(seed).sampling(sampling);
    let simulation = scenario.simulate(&options).expect("it simulates");
    let premium = simulation.premium().total.as_ref().expect("every draw has a premium");
    [premium.mean(), simulation.pathways()["temporary"].total.mean()]
}
