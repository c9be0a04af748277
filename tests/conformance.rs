//! Random scenarios with the exact results of an independent implementation: every figure, to the cent.

mod support;

use std::path::{Path, PathBuf};

use relocost::Code;
use relocost::calibration::CalibrateOptions;
use relocost::delay::DelayOptions;
use support::{compare, contains, expected, files, load};

/// The scenario whose results a file holds.
fn scenario_of(expected: &Path) -> PathBuf {
    let name = expected.file_name().unwrap().to_string_lossy().replace(".expected.json", ".toml");
    expected.with_file_name(name)
}

#[test]
fn random_scenarios() {
    let files = files("conformance", ".expected.json");
    assert_eq!(files.len(), 120);
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", "");
        let scenario = load(&path.with_file_name(format!("{name}.toml")));
        let expected = expected(&path);
        for pair in expected["comparisons"].as_array().unwrap() {
            let found = compare(&scenario, pair["base"].as_str().unwrap(), pair["alternative"].as_str().unwrap());
            wrong.extend(contains(&found["comparison"], pair, &format!("{name}.comparison")));
            wrong.extend(contains(&found["pathways"], &expected["pathways"], &format!("{name}.pathways")));
        }
    }
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// `full_course` runs beyond the horizon, for which a random scenario need not give rates; where it does, every row.
#[test]
fn the_cost_of_delay() {
    let mut checked = 0;
    for path in files("conformance", ".expected.json") {
        let scenario = load(&scenario_of(&path));
        for expected in expected(&path)["delay"].as_array().unwrap() {
            let months = u32::try_from(expected["months"].as_u64().unwrap()).unwrap();
            let options = DelayOptions::default().months(months);
            let delay = serde_json::to_value(scenario.delay_with(&options).unwrap()).unwrap();
            let rows = delay["delay"].as_array().unwrap();
            assert_eq!(rows.last().unwrap(), expected, "{}", path.display());
            assert_eq!(rows.len(), months as usize + 1);
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked} waits");
}

#[test]
fn calibrations() {
    let (mut found, mut none) = (0, 0);
    for path in files("conformance", ".expected.json") {
        let scenario = load(&scenario_of(&path));
        let expected = &expected(&path)["calibrate"];
        let lines = expected["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        let options = CalibrateOptions::new(expected["target"].as_str().unwrap().parse().unwrap(), lines);
        match (scenario.calibrate(&options), expected["result"]["factor"].as_str()) {
            (Ok(calibration), Some(factor)) => {
                let written = serde_json::to_value(&calibration).unwrap();
                assert_eq!(written["factor"], factor, "{}", path.display());
                assert_eq!(written["premium"], expected["result"]["premium"], "{}", path.display());
                found += 1;
            }
            (Err(error), None) => {
                assert_eq!(error.code(), Code::NoSolution, "{error}");
                none += 1;
            }
            (found, expected) => panic!("{}: {found:?} instead of {expected:?}", path.display()),
        }
    }
    assert_eq!(found + none, 120);
    assert!(none > 5);
}
