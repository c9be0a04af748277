//! Tiny scenarios worked by hand: one rule of the model or two each, and the sums beside them.

mod support;

use relocost::calibration::CalibrateOptions;
use relocost::caseload::CaseloadOptions;
use relocost::delay::DelayOptions;
use serde_json::Value;
use support::{compare, contains, expected, files, load};

#[test]
fn what_was_worked_by_hand() {
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for path in files("hand", ".json") {
        let number = path.file_stem().unwrap().to_string_lossy().into_owned();
        let scenario = files("hand", ".toml").into_iter().find(|file| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            name.starts_with(&format!("{number}-")) && std::fs::read_to_string(file).unwrap().contains("[household]")
        });
        let scenario = load(&scenario.unwrap());
        for (question, answer) in expected(&path).as_object().unwrap() {
            let words: Vec<&str> = question.split(' ').collect();
            let found: Value = match words[..] {
                ["compare"] => compare(&scenario, "permanent", "temporary"),
                ["compare", base, alternative] => compare(&scenario, base, alternative),
                ["delay", months] => {
                    let options = DelayOptions::default().months(months.parse().ok());
                    serde_json::to_value(scenario.delay_with(&options).unwrap()).unwrap()
                }
                ["calibrate", target, lines] => {
                    let options = CalibrateOptions::new(target.parse().unwrap(), lines.split(','));
                    serde_json::to_value(scenario.calibrate(&options).unwrap()).unwrap()
                }
                ["caseload", file] => {
                    let rows = std::fs::read(path.with_file_name(file)).unwrap();
                    let caseload = scenario.caseload(&rows[..], &CaseloadOptions::default()).unwrap();
                    serde_json::to_value(caseload).unwrap()
                }
                _ => panic!("a question unknown to this test: {question}"),
            };
            asked += 1;
            wrong.extend(holds(&found, answer, &format!("{number}: {question}")));
        }
    }
    assert_eq!(asked, 16);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The differences of `found` from the expected value; tables may have further keys.
fn holds(found: &Value, expected: &Value, path: &str) -> Vec<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let part = |(key, value): (&String, &Value)| match found.get(key) {
                Some(found) => holds(found, value, &format!("{path}, {key}")),
                None => vec![format!("{path}, {key}: missing")],
            };
            expected.iter().flat_map(part).collect()
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            found.iter().zip(expected).flat_map(|(found, expected)| holds(found, expected, path)).collect()
        }
        _ => contains(found, expected, path),
    }
}
