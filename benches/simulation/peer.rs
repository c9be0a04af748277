//! A peer: a Python script that reads the files by itself, and gives its figures and its own time.

use std::path::Path;
use std::process::{Command, Stdio};

use relocost::{Keep, SimulateOptions, Simulation, Statistics};
use serde_json::Value;

use crate::inputs::Inputs;

/// How far a figure may lie from ours, in standard errors of the difference.
const FAR: f64 = 5.0;

/// The quantiles of the premium that are held against each other.
const SHARES: [f64; 3] = [0.1, 0.5, 0.9];

/// A script, and what it is.
pub(crate) struct Peer {
    pub(crate) script: &'static str,
    pub(crate) label: &'static str,
    /// Processes or threads.
    pub(crate) workers: usize,
    /// How often the work is repeated in one run of the script.
    pub(crate) repeats: u32,
}

pub(crate) const PEERS: [Peer; 3] = [
    Peer { script: "simulation_compiled.py", label: "expert's Numba, totals only", workers: 2, repeats: 5 },
    Peer { script: "simulation_vectors.py", label: "expert's NumPy, totals only", workers: 2, repeats: 5 },
    Peer { script: "simulation_months.py", label: "analyst's NumPy, totals only", workers: 1, repeats: 1 },
];

impl Peer {
    /// Runs the script: its figures, and the seconds of its quickest repetition.
    pub(crate) fn run(&self, inputs: &Inputs, draws: u64, repeats: u32) -> (Value, f64) {
        let python = std::env::var("RELOCOST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let numbers = [draws, 1, self.workers as u64, u64::from(repeats)].map(|number| number.to_string());
        let output = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.script))
            .args([&inputs.scenario_file, &inputs.catalogue_file])
            .args(numbers)
            .stderr(Stdio::inherit())
            .output()
            .expect("RELOCOST_PYTHON names an interpreter of Python");
        let needs = "RELOCOST_PYTHON must name an interpreter, 3.11 or later, that has NumPy, SciPy and Numba";
        assert!(output.status.success(), "{} failed; {needs}", self.script);
        let result: Value = serde_json::from_slice(&output.stdout).expect("the peer prints JSON");
        (result["figures"].clone(), result["seconds"].as_f64().expect("seconds"))
    }
}

/// Stops unless every peer gives the library's figures, but for chance; says how near they come.
pub(crate) fn check(inputs: &Inputs, draws: u64) {
    // With the draws kept, quantiles are exact.
    let options = SimulateOptions { draws, keep: Keep::Totals, ..SimulateOptions::default() };
    let ours = inputs.load().simulate(&options).expect("it simulates");
    let mut wrong = Vec::new();
    for peer in &PEERS {
        let (theirs, _) = peer.run(inputs, draws, 1);
        let distances = distances(&ours, &theirs);
        let farthest = distances.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are figures");
        println!(
            "{:<32}{} figures as the library's; the farthest, {}, by {:.1} standard errors",
            peer.label,
            distances.len(),
            farthest.0,
            farthest.1
        );
        let far = distances.iter().filter(|(_, distance)| distance.is_nan() || *distance > FAR);
        wrong.extend(far.map(|(figure, distance)| format!("{}: {figure} by {distance:.1}", peer.script)));
    }
    assert!(
        wrong.is_empty(),
        "figures lie more than {FAR} standard errors apart, so that no time means anything:\n{}",
        wrong.join("\n")
    );
    println!();
}

/// How far each mean, and each quantile of the premium, lies from ours, in standard errors of the difference.
fn distances(ours: &Simulation, theirs: &Value) -> Vec<(String, f64)> {
    let premium = ours.premium().total.as_ref().expect("every draw has a premium");
    let ways = ours.pathways().iter().map(|(name, figures)| (name.to_string(), &figures.total));
    let figures = ways.chain([("extra".to_owned(), &ours.extra().total), ("premium".to_owned(), premium)]);
    let root = (ours.draws() as f64).sqrt();
    let mut distances: Vec<(String, f64)> = figures
        .map(|(name, figure): (String, &Statistics)| {
            let number = |key: &str| theirs[&name][key].as_f64().unwrap_or(f64::NAN);
            let distance = (figure.mean() - number("mean")).abs() / figure.se().hypot(number("sd") / root);
            (format!("mean {name}"), distance)
        })
        .collect();
    for (place, share) in SHARES.into_iter().enumerate() {
        let (_, value, error) =
            premium.quantiles().find(|(told, ..)| (told - share).abs() < 1e-9).expect("a share that is told");
        let other = theirs["premium"]["quantiles"][place].as_f64().unwrap_or(f64::NAN);
        distances.push((format!("P{:.0} premium", share * 100.0), (value - other).abs() / error.hypot(error)));
    }
    distances
}
