//! Code that several test files share: files with expected figures, a slow ledger to compare the library with, random
//! scenarios, workbooks that were written.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod oracle;
pub(crate) mod random;
pub(crate) mod results;
pub(crate) mod rich;
pub(crate) mod xlsx;

use std::path::{Path, PathBuf};

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Basis, CompareOptions, Loader, Pair, Programme, Scenario};
use serde_json::{Value, json};

/// Reads a scenario and the catalogue beside it.
pub(crate) fn load(path: &Path) -> Scenario {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    read(Source::toml(&name, &text), path.parent().unwrap()).unwrap_or_else(|error| panic!("{name}:\n{error}"))
}

/// Reads the text of a scenario, and the catalogues that it names in a folder.
pub(crate) fn read(scenario: Source<'_>, folder: &Path) -> Result<Scenario, relocost::Error> {
    let loader = Loader::new().catalogues(|name| {
        let text = std::fs::read_to_string(folder.join(name))
            .map_err(|_| relocost::message!("cannot be read", "ne peut pas être lu"))?;
        Ok(CatalogueText { name: name.to_owned(), text, format: Format::Toml })
    });
    loader.load(scenario)
}

/// A programme of two years in the setting of a scenario, with whatever a programme can have figures of.
pub(crate) fn programme(scenario: &Scenario, label: &str) -> Programme {
    let mut value: Value = serde_json::from_str(&scenario.to_json().unwrap()).unwrap();
    let entries = value.as_object_mut().unwrap();
    for key in ["title", "start", "horizon_months", "variants", "expect", "household"] {
        entries.remove(key);
    }
    let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
    let month = |months: i32| scenario.start().plus(months).to_string();
    let fund = scenario.funds()[0].id.to_string();
    entries.insert(
        "programme".to_owned(),
        json!({
            "first_fiscal_year": first,
            "fiscal_years": 2,
            "run_off_months": 6,
            "ceiling": { fund: { "default": "50000" } },
            "lines": [{
                "id": "officers",
                "category": scenario.categories()[0].id.to_string(),
                "label": label,
                "driver": { "count": "cases", "per": 2 },
                "schedule": "monthly",
                "amount": "300",
                "currency": scenario.currency().code(),
                "source": "x",
            }],
        }),
    );
    entries.insert(
        "cases".to_owned(),
        json!([
            { "members": [{ "role": "witness", "age": 34 }, { "role": "child", "age": 6 }], "reference": "HH-1",
                "arrives": month(-9) },
            { "members": [{ "age": 41 }], "arrives": month(2), "count": 3, "every_months": 2 },
        ]),
    );
    entries.insert(
        "agreements".to_owned(),
        json!([
            { "id": "north", "label": label, "signed": true, "grants": [{ "month": month(1), "places": 1 }] },
            { "id": "south", "label": label, "unit": "person", "from": month(3), "places_per_year": 2 },
        ]),
    );
    Programme::parse_json(&value.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads expected figures.
pub(crate) fn expected(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The differences of `found` from `expected`: every figure of `expected` is in `found`, and no table has a key more.
pub(crate) fn contains(found: &Value, expected: &Value, path: &str) -> Vec<String> {
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

/// The JSON of a comparison in prices of each year.
pub(crate) fn compare(scenario: &Scenario, base: &str, alternative: &str) -> Value {
    serde_json::to_value(scenario.compare_with(&options(base, alternative, Basis::Nominal)).unwrap()).unwrap()
}

/// The options of a comparison.
pub(crate) fn options(base: &str, alternative: &str, basis: Basis) -> CompareOptions {
    CompareOptions::default().pair(Pair::new(base, alternative)).basis(basis)
}

/// The files of a folder beside this one whose names have an ending, in order.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(ending));
    files.sort();
    files
}

/// Payments for the first months of the temporary pathway, with a part of the difference of each kind but timing.
pub(crate) fn payments(scenario: &Scenario) -> relocost::payments::Payments {
    use relocost::payments::{PaymentOptions, PaymentTable};
    let [first, second] = [0, 1].map(|months| scenario.start().plus(months));
    let rows = [
        [&first.to_string(), "short-let", "", "2500", "EUR", "", "2"],
        [&second.to_string(), "short-let", "", "1400", "USD", "0.95", "1"],
        [&second.to_string(), "", "housing", "60", "EUR", "", ""],
    ];
    let heads = ["month", "line", "category", "amount", "currency", "rate", "quantity"];
    let table = PaymentTable::of_rows(&heads, rows, "payments").unwrap();
    scenario.payments(table, &PaymentOptions::new("temporary")).unwrap()
}
