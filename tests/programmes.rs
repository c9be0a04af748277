//! Programmes with the results of an independent implementation: every figure, to the cent.
//!
//! `tests/programmes/FORMAT.md` says what the figures are, and `CHOICES.md` how the model's text was read where it can be
//! read in two ways.

use std::path::{Path, PathBuf};

use relocost::ProgrammeOptions;
use relocost_files::{LoadOptions, load_programme};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes")
}

/// Each programme with its expected figures.
fn programmes() -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("programme.toml").exists() {
            found.push((folder.join("programme.toml"), folder.join("expected.json")));
        }
    }
    for entry in std::fs::read_dir(folder().join("hand")).unwrap() {
        let path = entry.unwrap().path();
        if let Some(name) = path.to_string_lossy().strip_suffix(".expected.json") {
            found.push((PathBuf::from(format!("{name}.toml")), path.clone()));
        }
    }
    found.sort();
    found
}

/// True if a cell has no value: a cell that is not there is zero.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.trim_matches(['0', '.']).is_empty(),
        Value::Object(table) => table.values().all(is_nothing),
        Value::Array(list) => list.is_empty(),
        Value::Bool(_) => false,
    }
}

fn differences(found: &Value, expected: &Value, path: &str, wrong: &mut Vec<String>) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for key in found.keys().chain(expected.keys().filter(|key| !found.contains_key(*key))) {
                if ["note", "warnings"].contains(&key.as_str()) {
                    continue;
                }
                let path = format!("{path}.{key}");
                match (found.get(key), expected.get(key)) {
                    (Some(found), Some(expected)) => differences(found, expected, &path, wrong),
                    (found, expected) => {
                        if !found.or(expected).is_some_and(is_nothing) {
                            wrong.push(format!("{path}: {found:?} instead of {expected:?}"));
                        }
                    }
                }
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            if found.len() != expected.len() {
                wrong.push(format!("{path}: {} instead of {}", found.len(), expected.len()));
            }
            for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
                differences(found, expected, &format!("{path}.{place}"), wrong);
            }
        }
        _ if found == expected => {}
        _ => wrong.push(format!("{path}: {found} instead of {expected}")),
    }
}

/// The subsets of the agreements of `court` take too long where nothing is optimised: its values stand in a test of their own.
fn hold(path: &Path, expected: &Path, values: bool) -> Vec<String> {
    let name = path.strip_prefix(folder()).unwrap().to_string_lossy().into_owned();
    let programme = match load_programme(path, &LoadOptions::default()) {
        Ok(programme) => programme,
        Err(error) => return vec![format!("{name}: {error}")],
    };
    let options = ProgrammeOptions::default().cases(true).values(values);
    let run = match programme.run_with(&options) {
        Ok(run) => run,
        Err(error) => return vec![format!("{name}: {error}")],
    };
    let mut found = serde_json::to_value(&run).unwrap();
    let mut expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
    let table = found.as_object_mut().unwrap();
    assert_eq!((table.remove("schema"), table.remove("internal")), (Some(1.into()), Some(true.into())));
    if !values {
        expected.as_object_mut().unwrap().retain(|key, _| key != "values" && key != "steps");
    }
    let mut wrong = Vec::new();
    differences(&found, &expected, &name, &mut wrong);
    wrong.extend(
        programme
            .run_expectations()
            .unwrap()
            .iter()
            .filter(|outcome| !outcome.passed)
            .map(|it| format!("{name}: {it}")),
    );
    wrong
}

#[test]
fn every_figure_of_every_programme() {
    let programmes = programmes();
    assert_eq!(programmes.len(), 53);
    let mut wrong = Vec::new();
    for (path, expected) in &programmes {
        wrong.extend(hold(path, expected, !path.parent().unwrap().ends_with("court")));
    }
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

#[test]
fn every_value_of_the_programme_of_fifteen_agreements() {
    let folder = folder().join("court");
    let wrong = hold(&folder.join("programme.toml"), &folder.join("expected.json"), true);
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}
