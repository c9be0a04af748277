//! The time that the Python package adds to the library's own work, call by call; and a caseload from a frame of
//! pandas, beside the code that an expert of pandas writes for it.
//!
//! ```text
//! RELOCOST_PYTHON=path/to/venv/bin/python cargo bench --bench binding
//! ```
//!
//! The interpreter must have the package, built for release, and pandas. Before anything is measured, the library, the
//! package and the expert's code must give the same figures, or the run stops. As in the other benchmarks everything is
//! measured in several rounds, in turn, the best median of each counts, and a missed target fails nothing.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a benchmark stops loudly and prints times")]

#[path = "comparison/figures.rs"]
mod figures;
#[path = "comparison/sample.rs"]
mod sample;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Stdio};

use relocost::caseload::{Caseload, CaseloadOptions};
use relocost::{Comparison, Parameter, Scenario};
use relocost_files::LoadOptions;
use sample::{Sample, sample, time};
use serde_json::{Value, json};

/// The limit for a call that returns one figure, in seconds; and the limit for what the package adds to a comparison.
const ONE_FIGURE: f64 = 20e-6;
const ADDED: f64 = 0.10;

/// Everything is measured in so many rounds, and the best median of each counts.
const ROUNDS: usize = 4;
const HOUSEHOLDS: u64 = 10_000;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let family = root.join("tests/golden/family-of-five.toml");
    let load = || relocost_files::load(&family, &LoadOptions::default()).expect("the example loads");
    let scenario = load();
    let timed = std::env::args().any(|argument| argument == "--bench");
    let table = table(if timed { HOUSEHOLDS } else { 300 });
    let peers = Peers {
        folder: root.join("benches/peers"),
        package: json!({ "scenario": family, "households": table }).to_string(),
        expert: json!({ "scenario": tree(&scenario.to_json().expect("a scenario of a file")), "households": table })
            .to_string(),
    };
    check(&scenario, &table, &peers);
    if !timed {
        return; // run as a test: nothing is timed
    }

    let round = || {
        let package = peers.package(1_000)["times"].take();
        let expert = peers.expert(7)["times"].take();
        let core = json!({
            "load": write(sample(200, load)),
            "ledger": write(sample(1_000, || scenario.ledger("temporary").expect("a ledger"))),
            "compare": write(sample(1_000, || scenario.compare().expect("a comparison"))),
            "caseload_of_one": write(sample(3, || caseload(&scenario, &table, NonZeroUsize::new(1)))),
            "caseload_of_all": write(sample(3, || caseload(&scenario, &table, None))),
        });
        json!({ "core": core, "package": package, "expert": expert })
    };
    let first = round();
    report(&(1..ROUNDS).fold(first, |best, _| better(best, round())));
}

/// Stops unless the library, the package and the expert's code give the same figures.
fn check(scenario: &Scenario, table: &str, peers: &Peers) {
    let compared = scenario.compare().expect("the family compares");
    let (calls, first) = single_figures(scenario, &compared);
    let caseload = caseload(scenario, table, None);
    let every = asked(&caseload);
    let found = json!({
        "comparison": serde_json::to_value(&compared).expect("it is JSON"),
        "calls": calls,
        "first": first,
        "caseload": every,
    });
    let package = figures::same(&found, &peers.package(0)["figures"], "the package");
    let expert = figures::same(&every, &peers.expert(0)["figures"], "caseload_frame.py");
    println!("The library and its package give the same {package} figures, the library and the expert's code the same");
    println!("{expert} figures of {} households.\n", caseload.households.len());
}

/// The figures that the measured calls return, on what was asked before and on what was not.
fn single_figures(scenario: &Scenario, compared: &Comparison) -> (Value, Value) {
    let attribution = compared.attribution().shares()["work"].to_string();
    let housing = compared.by_category()["housing"].extra.to_string();
    let base = &compared.pathways()[compared.base()];
    let rent = "lines.rent.amount".parse::<Parameter>().and_then(|rent| scenario.parameter(&rent));
    let calls = json!({
        "c.extra": compared.extra().to_string(),
        "c.premium": compared.premium().ratio().map(|ratio| ratio.to_string()),
        "c.band": compared.band().map(relocost::names::Band::name),
        "c.base.total": base.total.to_string(),
        "ledger.total": scenario.ledger("temporary").expect("a ledger").total().to_string(),
        "s.parameter(\"lines.rent.amount\")": rent.expect("the rent").to_string(),
        "c.attribution[\"work\"]": attribution,
        "c.by_category[\"housing\"].extra": housing,
    });
    let first = json!({
        "c.attribution[\"work\"]": attribution,
        "c.by_category[\"housing\"].extra": housing,
        "c.by_fiscal_year[2027].extra": compared.by_fiscal_year()[&2027].extra.to_string(),
        "c.premium_curve[12].premium": compared.premium_curve()[11].premium().ratio().map(|ratio| ratio.to_string()),
        "c.base.by_line[\"rent\"]": base.by_line["rent"].to_string(),
    });
    (calls, first)
}

fn caseload(scenario: &Scenario, table: &str, threads: Option<NonZeroUsize>) -> Caseload {
    let options = CaseloadOptions::default().threads(threads);
    scenario.caseload(table.as_bytes(), &options).expect("a caseload")
}

/// The figures of a caseload that both peers give, its rows by reference.
fn asked(caseload: &Caseload) -> Value {
    let keep = |value: &Value, keys: &[&str]| -> Value {
        keys.iter().map(|key| ((*key).to_owned(), value[key].clone())).collect::<serde_json::Map<_, _>>().into()
    };
    let all = serde_json::to_value(caseload).expect("it is JSON");
    let difference = ["base", "alternative", "extra", "premium"];
    let row = |row: &Value| (row["reference"].as_str().expect("a text").to_owned(), keep(row, &difference));
    let sums = ["by_category", "by_fiscal_year", "attribution", "residual"];
    json!({
        "households": all["households"].as_array().expect("rows").iter().map(row).collect::<serde_json::Map<_, _>>(),
        "caseload": keep(&all["caseload"], &[&difference[..], &sums].concat()),
    })
}

/// Households of one to seven people, hardly two of them alike; some children are born within the horizon.
fn table(households: u64) -> String {
    let mut state = 0_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let mut row = |row: u64| {
        let born: Vec<String> = (0..=row % 7)
            .map(|place| {
                // Months before 2029-01: an adult, perhaps two, and the others.
                let grown = place == 0 || (place == 1 && !row.is_multiple_of(3));
                let month = 2029 * 12 - 1 - if grown { 21 * 12 + below(50 * 12) } else { below(24 * 12) };
                format!("{}-{:02}", month / 12, month % 12 + 1)
            })
            .collect();
        format!("HH-{row},{}\n", born.join(" "))
    };
    std::iter::once("reference,members\n".to_owned()).chain((0..households).map(&mut row)).collect()
}

/// The Python scripts, and what each reads.
struct Peers {
    folder: std::path::PathBuf,
    package: String,
    expert: String,
}

impl Peers {
    fn package(&self, samples: u32) -> Value {
        self.run("binding.py", samples, &self.package)
    }

    fn expert(&self, samples: u32) -> Value {
        self.run("caseload_frame.py", samples, &self.expert)
    }

    /// Runs a script; without samples it only gives its figures.
    fn run(&self, script: &str, samples: u32, input: &str) -> Value {
        let python = std::env::var("RELOCOST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(python)
            .arg(self.folder.join(script))
            .arg(samples.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("RELOCOST_PYTHON names an interpreter of Python");
        // Input that cannot be written was not read, because the script has failed: its status says so below.
        drop(child.stdin.take().expect("a pipe").write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("the peer ends");
        let needs = "RELOCOST_PYTHON must name an interpreter that has the package and pandas";
        assert!(output.status.success(), "{script} failed; {needs}");
        serde_json::from_slice(&output.stdout).expect("the peer prints JSON")
    }
}

fn tree(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn write(sample: Sample) -> Value {
    json!({ "median": sample.median, "low": sample.low, "high": sample.high })
}

fn read(times: &Value) -> Sample {
    let seconds = |key: &str| times[key].as_f64().unwrap_or(f64::NAN);
    Sample { median: seconds("median"), low: seconds("low"), high: seconds("high") }
}

/// The better sample of each measurement, in trees of the same form.
fn better(best: Value, again: Value) -> Value {
    match (best, again) {
        (Value::Object(best), Value::Object(mut again)) if !best.contains_key("median") => best
            .into_iter()
            .map(|(key, value)| {
                let other = again.remove(&key).unwrap_or_default();
                (key, better(value, other))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        (best, again) => write(read(&best).better(read(&again))),
    }
}

fn report(times: &Value) {
    let (core, package) = (&times["core"], &times["package"]);
    let quartiles = |sample: Sample| format!("{} to {}", time(sample.low), time(sample.high));
    let verdict = |reached: bool| if reached { "reached" } else { "MISSED" };

    println!("{:<44}{:>12}{:>12}{:>25}{:>8}", "family of five, 60 months", "library", "package", "quartiles", "adds");
    let beside = |what: &str, ours: &Value, theirs: &Value| {
        let (ours, theirs) = (read(ours), read(theirs));
        let added = theirs.median / ours.median - 1.0;
        let times = (time(ours.median), time(theirs.median), quartiles(theirs));
        print!("{what:<44}{:>12}{:>12}{:>25}{:>7.0}%", times.0, times.1, times.2, added * 100.0);
        added
    };
    beside("loading and validating the file", &core["load"], &package["load"]);
    beside("\nledger of one pathway", &core["ledger"], &package["ledger"]);
    let added = beside("\nfull comparison with attribution", &core["compare"], &package["compare"]);
    println!("  target below {:.0}%: {}\n", ADDED * 100.0, verdict(added < ADDED));

    println!("{:<44}{:>12}{:>25}", "calls that return one figure", "package", "quartiles");
    for (kind, when) in [("calls", ""), ("first", ", first time")] {
        for (name, sample) in package[kind].as_object().into_iter().flatten() {
            let sample = read(sample);
            let reached = verdict(sample.median < ONE_FIGURE);
            let times = (time(sample.median), quartiles(sample), time(ONE_FIGURE));
            println!(
                "{:<44}{:>12}{:>25}  target below {}: {reached}",
                format!("{name}{when}"),
                times.0,
                times.1,
                times.2
            );
        }
    }

    println!("\n{:<44}{:>12}{:>12}{:>25}{:>8}", "caseload of 10,000", "library", "package", "quartiles", "adds");
    beside("one thread, from a frame", &core["caseload_of_one"], &package["caseload_of_one"]);
    beside("\nall threads, from a frame", &core["caseload_of_all"], &package["caseload_of_all"]);
    beside("\nall threads, from a frame and into one", &core["caseload_of_all"], &package["caseload_to_frame"]);
    let expert = read(&times["expert"]["caseload"]);
    println!("\n{:<44}{:>24}{:>25}", "expert's NumPy, for this catalogue only", time(expert.median), quartiles(expert));
    for (what, key) in [("one thread", "caseload_of_one"), ("all threads", "caseload_of_all")] {
        let ratio = expert.median / read(&package[key]).median;
        println!("{:<44}{ratio:>24.2} times as fast as the expert's", format!("the package, {what}"));
    }
}
