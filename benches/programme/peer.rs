//! A peer: a Python script that reads the programme by itself, is given what households cost on their routes, and gives its
//! figures and its own time.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use relocost::ProgrammeSimulateOptions;
use relocost::programme::{ProgrammeSimulation, SimulatedFigure, SimulatedLine, SimulatedSaving};
use serde_json::Value;

use crate::inputs::Futures;
use crate::routes;

/// The largest distance of a mean or a quantile from ours, in standard errors of the difference.
const FAR: f64 = 5.0;
/// Quantiles that are held against each other.
const SHARES: [(f64, &str); 3] = [(0.5, "p50"), (0.8, "p80"), (0.95, "p95")];
/// The largest relative error of what has no spread: amounts in the table of routes are rounded, draws are not.
const ROUNDING: f64 = 1e-5;
/// The relative width of the buckets in which the library counts.
const BUCKET: f64 = 1.0 / 1024.0;

struct Peer {
    script: &'static str,
    label: &'static str,
    /// Processes or threads.
    workers: usize,
    /// Of so many futures of the library it runs one, but some at least.
    slower: u64,
    /// The number of repetitions where it is timed.
    repeats: u32,
}

/// The futures of the slowest peer.
const LEAST: u64 = 200;

const PEERS: [Peer; 2] = [
    Peer { script: "programme_compiled.py", label: "expert's Numba", workers: 2, slower: 1, repeats: 3 },
    Peer { script: "programme_events.py", label: "SimPy", workers: 2, slower: 500, repeats: 1 },
];

/// The table of routes in a file, which goes with it.
struct Table(PathBuf);

impl Table {
    fn new(futures: &Futures) -> Self {
        let file = std::env::temp_dir().join(format!("relocost-routes-{}", std::process::id()));
        std::fs::write(&file, routes::table(futures)).expect("the folder of temporary files can be written");
        Self(file)
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Peer {
    fn run(&self, futures: &Futures, table: &Table, draws: u64, repeats: u32) -> Value {
        let python = std::env::var("RELOCOST_PYTHON").expect("it is set");
        let years = futures.tree["programme"]["fiscal_years"].to_string();
        let output = Command::new(python)
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.script))
            .args([&futures.file, &futures.catalogue_file, &table.0])
            .args([years, draws.to_string(), "1".to_owned(), self.workers.to_string(), repeats.to_string()])
            .stderr(Stdio::inherit())
            .output()
            .expect("RELOCOST_PYTHON names an interpreter of Python");
        let needs = "RELOCOST_PYTHON must name an interpreter, 3.11 or later, that has NumPy, Numba and SimPy";
        assert!(output.status.success(), "{} failed; {needs}", self.script);
        serde_json::from_slice(&output.stdout).expect("the peer prints JSON")
    }
}

/// Stops unless every peer gives the library's figures, but for chance; says how near they come. Gives the futures a second
/// of each.
pub(crate) fn check(futures: &Futures, draws: u64, timed: bool) -> Vec<f64> {
    let table = Table::new(futures);
    let options = ProgrammeSimulateOptions::default().draws(draws);
    let simulation = futures.programme.simulate(&options).expect("it simulates");
    let ours = figures(&simulation);
    let (mut wrong, mut rates) = (Vec::new(), Vec::new());
    for peer in &PEERS {
        let own = (draws / peer.slower).max(LEAST);
        let told = peer.run(futures, &table, own, if timed { peer.repeats } else { 1 });
        let distances = distances(&ours, draws, &told);
        let farthest = distances.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are figures");
        println!(
            "{:<16}{:>7} futures, {} figures as the library's; the farthest, {}, by {:.1} standard errors",
            peer.label,
            own,
            distances.len(),
            farthest.0,
            farthest.1
        );
        let far = distances.iter().filter(|(_, distance)| distance.is_nan() || *distance > FAR);
        wrong.extend(far.map(|(figure, distance)| format!("{}: {figure} by {distance:.1}", peer.label)));
        rates.push(own as f64 / told["seconds"].as_f64().expect("seconds"));
    }
    assert!(
        wrong.is_empty(),
        "figures lie more than {FAR} standard errors apart, so that no time means anything:\n{}",
        wrong.join("\n")
    );
    println!();
    rates
}

/// Prints the peers' futures a second beside the library's.
pub(crate) fn compare(ours: f64, theirs: &[f64]) {
    println!("{:<24}{:>8}{:>20}{:>14}", "", "workers", "futures a second", "times ours");
    let peers = PEERS.iter().zip(theirs).map(|(peer, rate)| (peer.label, peer.workers, *rate));
    for (label, workers, rate) in std::iter::once(("the library", crate::THREADS, ours)).chain(peers) {
        println!("{label:<24}{workers:>8}{rate:>20.1}{:>14.1}", ours / rate);
    }
}

/// The library's figures under the peers' names.
fn figures(ours: &ProgrammeSimulation) -> Vec<(String, &SimulatedFigure)> {
    let mut told = Vec::new();
    for (name, line) in
        ours.lines.iter().map(|(name, line)| (name.clone(), line)).chain([("extra".to_owned(), &ours.extra)])
    {
        of_line(&name, line, &mut told);
    }
    of_saving("joint", &ours.joint, &mut told);
    for (id, saving) in &ours.last {
        of_saving(&format!("last.{id}"), saving, &mut told);
    }
    for (months, figure) in relocost::programme::WITHIN_MONTHS.iter().zip(&ours.waiting.given_within) {
        told.extend(figure.iter().map(|figure| (format!("within.{months}"), figure)));
    }
    let waiting = &ours.waiting;
    for (name, figure) in
        [("still_waiting", &waiting.still_waiting), ("lapsed", &waiting.lapsed), ("refused", &waiting.refused)]
    {
        told.push((name.to_owned(), figure));
    }
    for (id, places) in &ours.agreements {
        told.push((format!("lapsed.{id}"), &places.lapsed));
        told.push((format!("refused.{id}"), &places.refused));
    }
    told
}

fn of_line<'f>(name: &str, line: &'f SimulatedLine, told: &mut Vec<(String, &'f SimulatedFigure)>) {
    parts(name, (&line.total, &line.by_fiscal_year, &line.by_fund), told);
    for (year, funds) in &line.by_fiscal_year_and_fund {
        told.extend(funds.iter().map(|(fund, figure)| (format!("{name}.{year}.{fund}"), figure)));
    }
}

fn of_saving<'f>(name: &str, saving: &'f SimulatedSaving, told: &mut Vec<(String, &'f SimulatedFigure)>) {
    parts(name, (&saving.total, &saving.by_fiscal_year, &saving.by_fund), told);
}

type Parts<'f> = (
    &'f SimulatedFigure,
    &'f std::collections::BTreeMap<i32, SimulatedFigure>,
    &'f relocost::IndexMap<relocost::Id, SimulatedFigure>,
);

fn parts<'f>(name: &str, (total, years, funds): Parts<'f>, told: &mut Vec<(String, &'f SimulatedFigure)>) {
    told.push((name.to_owned(), total));
    told.extend(years.iter().map(|(year, figure)| (format!("{name}.{year}"), figure)));
    told.extend(funds.iter().map(|(fund, figure)| (format!("{name}.{fund}"), figure)));
}

/// The distances of means, spreads and quantiles from ours, in standard errors of the difference.
fn distances(ours: &[(String, &SimulatedFigure)], draws: u64, told: &Value) -> Vec<(String, f64)> {
    let theirs = told["futures"].as_f64().expect("a number");
    let roots = [draws as f64, theirs].map(f64::sqrt);
    let names = told["figures"].as_object().expect("figures").keys();
    assert_eq!(names.len(), ours.len(), "the peer has as many figures");
    let mut distances = Vec::new();
    for (name, figure) in ours {
        let number = |key: &str| told["figures"][name][key].as_f64().unwrap_or(f64::NAN);
        let least = ROUNDING * figure.mean().abs().max(1.0);
        // The peer's own spread does not tell it where what is rare happens in none of its futures.
        let error = figure.se().hypot(number("sd").max(figure.sd()) / roots[1]).max(least);
        distances.push((format!("mean {name}"), (figure.mean() - number("mean")).abs() / error));
        // The spread and the quantiles of totals, where a normal distribution is near enough for their errors.
        if !["as_signed", "as_planned", "all_settled"].contains(&name.as_str()) {
            continue;
        }
        let error = figure.sd() * (0.5 / (draws as f64) + 0.5 / theirs).sqrt() * 1.5;
        distances.push((format!("sd {name}"), (figure.sd() - number("sd")).abs() / error));
        for (share, key) in SHARES {
            // Of the quantile of a normal distribution, sqrt(p (1 - p)) / density, is at most 2.2 sd here.
            let error =
                (2.2 * figure.sd() / roots[0]).hypot(2.2 * figure.sd() / roots[1]).hypot(BUCKET * figure.mean() / 4.0);
            distances.push((format!("{key} {name}"), (figure.quantile(share) - number(key)).abs() / error));
        }
    }
    distances
}
