//! The time of the command from its start to its end, beside that of an interpreter which only imports pandas.
//!
//! ```text
//! RELOCOST_PYTHON=path/to/venv/bin/python cargo bench -p relocost-cli --bench process
//! ```
//!
//! The command compares the example family of five, and must print the library's own comparison before it is timed. Where
//! no interpreter has pandas, it is timed alone.

#![expect(clippy::expect_used, clippy::float_arithmetic, reason = "a benchmark stops loudly, and prints times")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use relocost_files::{LoadOptions, load};
use serde_json::Value;

/// Each process is run so often, in turn with the others.
const TURNS: usize = 40;

fn main() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios/family-of-five.toml");
    check(&file);
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // run as a test: nothing is timed
    }
    let python = std::env::var_os("RELOCOST_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let interpreter = |code: &str| {
        let mut command = Command::new(&python);
        command.args(["-c", code]);
        command
    };
    let mut processes = vec![("relocost compare, the family of five", compare(&file))];
    if quietly(&mut interpreter("import pandas")) {
        processes.push(("python -c \"import pandas\"", interpreter("import pandas")));
        processes.push(("python -c \"pass\"", interpreter("pass")));
    } else {
        println!("missing: pandas; RELOCOST_PYTHON names an interpreter that has it\n");
    }
    let mut times = vec![Vec::with_capacity(TURNS); processes.len()];
    for _ in 0..TURNS {
        for ((what, process), times) in processes.iter_mut().zip(&mut times) {
            let begin = Instant::now();
            assert!(quietly(process), "{what} fails");
            times.push(begin.elapsed().as_secs_f64() * 1e3);
        }
    }
    println!("{:<44}{:>12}{:>24}", "from start to end", "median", "quartiles");
    for ((what, _), times) in processes.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let quartiles = format!("{:.1} to {:.1} ms", times[TURNS / 4], times[TURNS * 3 / 4]);
        println!("{what:<44}{:>9.1} ms{quartiles:>24}", times[TURNS / 2]);
    }
}

fn compare(file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
    command.arg("compare").arg(file).args(["--format", "json"]);
    command
}

/// Stops unless the command prints the library's own figures.
fn check(file: &Path) {
    let scenario = load(file, &LoadOptions::default()).expect("the example loads");
    let expected = serde_json::to_value(scenario.compare().expect("it compares")).expect("it is JSON");
    let output = compare(file).output().expect("the command runs");
    assert!(output.status.success(), "the command fails");
    let found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(found, expected, "the command prints the library's comparison");
    println!("The command prints the library's comparison of the family of five.\n");
}

/// Runs a process without its output; true if it succeeds.
fn quietly(process: &mut Command) -> bool {
    process.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
