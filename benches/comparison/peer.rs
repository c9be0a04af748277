//! A peer: a Python script that reads the resolved scenario, and gives its figures and its own times.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::sample::Sample;

pub(crate) struct Peer {
    pub(crate) figures: Value,
    pub(crate) ledger: Sample,
    pub(crate) compare: Sample,
}

/// Runs a script; without samples it only gives its figures.
pub(crate) fn run(folder: &Path, script: &str, samples: u32, json: &str) -> Peer {
    let mut child = Command::new("python3")
        .arg(folder.join(script))
        .arg(samples.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the peers need python3");
    child.stdin.take().expect("a pipe").write_all(json.as_bytes()).expect("the peer reads its scenario");
    let output = child.wait_with_output().expect("the peer ends");
    assert!(output.status.success(), "{script} failed");
    let result: Value = serde_json::from_slice(&output.stdout).expect("the peer prints JSON");
    let sample = |key: &str| {
        let seconds = |each: &str| result[key][each].as_f64().unwrap_or(f64::NAN);
        Sample { median: seconds("median"), low: seconds("low"), high: seconds("high") }
    };
    Peer { ledger: sample("ledger"), compare: sample("compare"), figures: result["figures"].clone() }
}
