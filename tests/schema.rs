//! The JSON Schema accepts every scenario and catalogue that the reader accepts here, and refuses what has a wrong form.

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use relocost::schema::{FileKind, json_schema};
use serde_json::Value;

fn validator(kind: FileKind) -> Validator {
    jsonschema::validator_for(&json_schema(kind)).unwrap()
}

/// Files and what they say, as JSON.
type Files = Vec<(PathBuf, Value)>;

/// The TOML files of the tests and examples: catalogues, then scenarios.
fn files() -> (Files, Files) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/conformance", "tests/golden", "examples/scenarios"];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let paths =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "toml"));
    paths
        .map(|path| {
            let value: Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (path, value)
        })
        .partition(|(_, value)| value.get("household").is_none())
}

#[test]
fn every_file_of_the_tests_fits_the_schema() {
    let (catalogues, scenarios) = files();
    assert!(catalogues.len() >= 32 && scenarios.len() >= 62);
    for (kind, files) in [(FileKind::Catalogue, catalogues), (FileKind::Scenario, scenarios)] {
        let validator = validator(kind);
        for (path, value) in files {
            if let Some(error) = validator.iter_errors(&value).next() {
                panic!("{}: {error} at {}", path.display(), error.instance_path());
            }
        }
    }
}

/// The programmes of the tests.
fn programmes() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|end| end == "toml") {
                let value: Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                found.push((path, value));
            }
        }
    }
    found.retain(|(_, value)| value.get("programme").is_some());
    found
}

#[test]
fn every_programme_of_the_tests_fits_the_schema() {
    let (programmes, validator) = (programmes(), validator(FileKind::Programme));
    assert_eq!(programmes.len(), 53);
    for (path, value) in programmes {
        if let Some(error) = validator.iter_errors(&value).next() {
            panic!("{}: {error} at {}", path.display(), error.instance_path());
        }
    }
}

#[test]
fn what_has_a_wrong_form_does_not() {
    let validator = validator(FileKind::Scenario);
    let (_, scenarios) = files();
    let (_, right) = scenarios.into_iter().find(|(path, _)| path.ends_with("conformance/plain-01.toml")).unwrap();
    assert!(validator.is_valid(&right));
    for (pointer, wrong) in [
        ("/horizon_months", Value::from(0)),
        ("/start", Value::from("2026-13")),
        ("/lines/0/driver", Value::from("no driver")),
        ("/lines/0/source", Value::from(1)),
        ("/household/members/0", Value::from(1)),
        ("/rates/discount", Value::from(0.5)),
    ] {
        let mut changed = right.clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = wrong;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
    let mut more = right.clone();
    more["colour"] = Value::from(1);
    assert!(!validator.is_valid(&more));
    // A scenario that is written out fits too.
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/plain-01.toml")).unwrap();
    let written: Value = serde_json::from_str(&relocost::Scenario::parse(&text).unwrap().to_json().unwrap()).unwrap();
    assert!(validator.is_valid(&written));
}

/// An editor shows what a key means: every key has a description, wherever it stands.
#[test]
fn every_key_says_what_it_means() {
    fn undescribed(schema: &Value, path: &str, found: &mut Vec<String>) {
        match schema {
            Value::Array(list) => list.iter().for_each(|schema| undescribed(schema, path, found)),
            Value::Object(keys) => {
                for (word, value) in keys {
                    let Some(properties) = value.as_object().filter(|_| word.to_lowercase().ends_with("properties"))
                    else {
                        undescribed(value, path, found);
                        continue;
                    };
                    if word == "additionalProperties" {
                        undescribed(value, path, found);
                        continue;
                    }
                    for (key, schema) in properties {
                        let path = format!("{path}.{key}");
                        if schema["description"].as_str().is_none_or(|text| !text.ends_with('.')) {
                            found.push(path.clone());
                        }
                        undescribed(schema, &path, found);
                    }
                }
            }
            _ => {}
        }
    }
    for kind in [FileKind::Scenario, FileKind::Catalogue, FileKind::Programme] {
        let mut found = Vec::new();
        undescribed(&json_schema(kind), "", &mut found);
        assert!(found.is_empty(), "keys without a description in schema/descriptions.rs: {found:?}");
    }
}
