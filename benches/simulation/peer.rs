//! A peer: a Python script that reads the files by itself, and gives its figures and its own time.

use std::path::Path;
use std::process::{Command, Stdio};

use relocost::names::Keep;
use relocost::simulation::{SimulatedFigures, Statistics};
use relocost::{SimulateOptions, Simulation};
use serde_json::Value;

use crate::inputs::Inputs;

/// The largest distance of a figure from ours, in standard errors of the difference.
const FAR: f64 = 5.0;

/// The quantiles of the premium that are held against each other.
const SHARES: [f64; 3] = [0.1, 0.5, 0.9];

/// The largest relative error of a constant: rounding.
const ROUNDING: f64 = 1e-9;

/// A script, and what is asked of it.
pub(crate) struct Peer {
    script: &'static str,
    pub(crate) label: &'static str,
    /// True if figures by year and category are asked for, as the library gives them.
    all: bool,
    /// Processes or threads.
    pub(crate) workers: usize,
    /// The number of repetitions in one run of the script.
    repeats: u32,
}

pub(crate) const PEERS: [Peer; 5] = [
    Peer { script: "simulation_compiled.py", label: "expert's Numba", all: true, workers: 2, repeats: 5 },
    Peer { script: "simulation_vectors.py", label: "expert's NumPy", all: true, workers: 2, repeats: 5 },
    Peer { script: "simulation_compiled.py", label: "expert's Numba, totals only", all: false, workers: 2, repeats: 5 },
    Peer { script: "simulation_vectors.py", label: "expert's NumPy, totals only", all: false, workers: 2, repeats: 5 },
    Peer { script: "simulation_months.py", label: "analyst's NumPy, totals only", all: false, workers: 1, repeats: 1 },
];

impl Peer {
    /// The seconds of the quickest repetition.
    pub(crate) fn seconds(&self, inputs: &Inputs, draws: u64) -> f64 {
        self.run(inputs, draws, self.repeats)["seconds"].as_f64().expect("seconds")
    }

    fn run(&self, inputs: &Inputs, draws: u64, repeats: u32) -> Value {
        let python = std::env::var("RELOCOST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let numbers = [draws, 1, self.workers as u64, u64::from(repeats)].map(|number| number.to_string());
        let output = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.script))
            .args([&inputs.scenario_file, &inputs.catalogue_file])
            .args(numbers)
            .arg(if self.all { "all" } else { "totals" })
            .stderr(Stdio::inherit())
            .output()
            .expect("RELOCOST_PYTHON names an interpreter of Python");
        let needs = "RELOCOST_PYTHON must name an interpreter, 3.11 or later, that has NumPy, SciPy and Numba";
        assert!(output.status.success(), "{} failed; {needs}", self.script);
        serde_json::from_slice(&output.stdout).expect("the peer prints JSON")
    }
}

/// Stops unless every peer gives the library's figures, but for chance; says how near they come.
pub(crate) fn check(inputs: &Inputs, draws: u64) {
    // With the draws kept, quantiles are exact.
    let options = SimulateOptions::default().draws(draws).keep(Keep::Totals);
    let ours = inputs.load().simulate(&options).expect("it simulates");
    let mut wrong = Vec::new();
    for peer in &PEERS {
        let distances = distances(&ours, &peer.run(inputs, draws, 1)["figures"], peer.all);
        let farthest = distances.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are figures");
        println!(
            "{:<32}{:>4} figures as the library's; the farthest, {}, by {:.1} standard errors",
            peer.label,
            distances.len(),
            farthest.0,
            farthest.1
        );
        let far = distances.iter().filter(|(_, distance)| distance.is_nan() || *distance > FAR);
        wrong.extend(far.map(|(figure, distance)| format!("{}: {figure} by {distance:.1}", peer.label)));
    }
    assert!(
        wrong.is_empty(),
        "figures lie more than {FAR} standard errors apart, so that no time means anything:\n{}",
        wrong.join("\n")
    );
    println!();
}

/// The distance of each mean, and of each quantile of the premium, from ours, in standard errors of the difference.
fn distances(ours: &Simulation, theirs: &Value, all: bool) -> Vec<(String, f64)> {
    let root = (ours.draws() as f64).sqrt();
    // A figure that a peer leaves out is 0 in every draw; were it not, it would be far from ours.
    let number = |name: &str, key: &str| theirs[name][key].as_f64().unwrap_or(0.0);
    let mut distances = Vec::new();
    let mut told = |name: &str, figure: &Statistics| {
        let error = figure.se().hypot(number(name, "sd") / root).max(ROUNDING * figure.mean().abs().max(1.0));
        distances.push((format!("mean {name}"), (figure.mean() - number(name, "mean")).abs() / error));
    };
    let ways = ours.pathways().iter().map(|(name, figures)| (name.to_string(), figures));
    for (name, figures) in ways.chain([("extra".to_owned(), ours.extra())]) {
        for (name, figure) in parts(&name, figures, all) {
            told(&name, figure);
        }
    }
    for (name, figure) in parts("premium", ours.premium(), all) {
        if let Some(figure) = figure {
            told(&name, figure);
        }
    }
    let premium = ours.premium().total.as_ref().expect("every draw has a premium");
    for (place, share) in SHARES.into_iter().enumerate() {
        let relocost::simulation::Quantile { value, error, .. } =
            premium.quantiles().find(|told| (told.share - share).abs() < ROUNDING).expect("a share that is told");
        let other = theirs["premium"]["quantiles"][place].as_f64().unwrap_or(f64::NAN);
        distances.push((format!("P{:.0} premium", share * 100.0), (value - other).abs() / error.hypot(error)));
    }
    distances
}

/// The total and, where they are asked for, the years and categories, under the peers' names.
fn parts<'f, T>(name: &str, figures: &'f SimulatedFigures<T>, all: bool) -> Vec<(String, &'f T)> {
    let mut parts = vec![(name.to_owned(), &figures.total)];
    if all {
        parts.extend(figures.by_fiscal_year.iter().map(|(year, figure)| (format!("{name}.{year}"), figure)));
        parts.extend(figures.by_category.iter().map(|(category, figure)| (format!("{name}.{category}"), figure)));
    }
    parts
}
