//! Random scenarios with the exact results of an independent implementation: every figure, to the cent.

use std::path::{Path, PathBuf};

use relocost::{CatalogueText, CompareOptions, Format, Loader, Scenario, Source};
use serde_json::Value;

fn load(path: &Path) -> Scenario {
    let text = std::fs::read_to_string(path).unwrap();
    let folder = path.parent().unwrap().to_owned();
    let loader = Loader::new().catalogues(|name| {
        let text = std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
        Ok(CatalogueText { name: name.to_owned(), text, format: Format::Toml })
    });
    loader.load(Source::toml("scenario", &text)).unwrap_or_else(|error| panic!("{}:\n{error}", path.display()))
}

/// Every figure of `expected` stands in `found`, and no table has a key more.
fn contains(found: &Value, expected: &Value, path: &str) -> Vec<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let table = path.ends_with("by_category")
                || path.contains(".by_")
                || ["attribution", "alone", "last", "pathways"].iter().any(|end| path.ends_with(end));
            let more = found
                .keys()
                .filter(|key| table && !expected.contains_key(*key))
                .map(|key| format!("{path}.{key}: not expected"));
            let inner = expected.iter().flat_map(|(key, value)| match found.get(key) {
                Some(found) => contains(found, value, &format!("{path}.{key}")),
                None => vec![format!("{path}.{key}: missing")],
            });
            more.chain(inner).collect()
        }
        _ if found == expected => Vec::new(),
        _ => vec![format!("{path}: {found} instead of {expected}")],
    }
}

fn compare(scenario: &Scenario, base: &str, alternative: &str) -> Value {
    let options = CompareOptions { base: base.into(), alternative: alternative.into(), ..Default::default() };
    serde_json::to_value(scenario.compare_with(&options).unwrap()).unwrap()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".expected.json"));
    files.sort();
    files
}

#[test]
fn random_scenarios() {
    let files = files("conformance");
    assert_eq!(files.len(), 60);
    let mut wrong = Vec::new();
    for expected in files {
        let name = expected.file_name().unwrap().to_string_lossy().replace(".expected.json", "");
        let scenario = load(&expected.with_file_name(format!("{name}.toml")));
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(&expected).unwrap()).unwrap();
        for pair in expected["comparisons"].as_array().unwrap() {
            let found = compare(&scenario, pair["base"].as_str().unwrap(), pair["alternative"].as_str().unwrap());
            wrong.extend(contains(&found["comparison"], pair, &format!("{name}.comparison")));
            wrong.extend(contains(&found["pathways"], &expected["pathways"], &format!("{name}.pathways")));
        }
    }
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
