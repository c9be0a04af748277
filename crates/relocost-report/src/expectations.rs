//! Expectations as a test runner prints them.

use relocost::Outcome;

use crate::counted;

/// One line for one expectation of a file.
pub fn outcome_line(file: &str, index: usize, outcome: &Outcome) -> String {
    if outcome.passed {
        format!("test {file} {} {} ... ok", index + 1, outcome.figure)
    } else {
        let place = outcome.place.as_ref().map_or(String::new(), |place| format!("\n    at {place}"));
        format!("test {file} {} {} ... FAILED\n    {outcome}{place}", index + 1, outcome.figure)
    }
}

/// The last line of a run.
pub fn expectations_summary(passed: usize, failed: usize, errors: usize) -> String {
    let verdict = if failed + errors == 0 { "ok" } else { "FAILED" };
    format!("result: {verdict}. {passed} passed; {failed} failed; {} with errors", counted(errors, "file"))
}
