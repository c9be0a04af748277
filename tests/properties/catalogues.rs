//! A list of catalogues equals one catalogue with all in it.

use num_rational::BigRational;
use proptest::prelude::*;
use proptest::sample::Index;
use relocost::scenario::CatalogueText;
use relocost::syntax::Source;
use relocost::{Loader, Scenario};
use serde_json::{Value, json};

use super::shared::{cases, names, read, rows};
use crate::support::{files, load, rich};

/// The tables that a catalogue may have.
const CATALOGUE: [&str; 12] = [
    "currency",
    "price_base_year",
    "entitlements",
    "places",
    "categories",
    "funds",
    "drivers",
    "profiles",
    "rates",
    "solutions",
    "pathways",
    "lines",
];

/// A scenario over catalogues.
fn over(scenario: &Value, catalogues: &[Value]) -> Scenario {
    let names: Vec<String> = (0..catalogues.len()).map(|number| format!("{number}.json")).collect();
    let texts: Vec<String> = catalogues.iter().map(ToString::to_string).collect();
    let mut scenario = scenario.clone();
    scenario["catalogue"] = names.clone().into();
    let bring = move |name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        Ok(CatalogueText { name: name.to_owned(), text: texts[at].clone(), format: relocost::syntax::Format::Json })
    };
    let loaded = Loader::new().catalogues(bring).load(Source::json("scenario", &scenario.to_string()));
    loaded.unwrap_or_else(|error| panic!("{error}\n{catalogues:#?}"))
}

proptest! {
    #![proptest_config(cases(48))]

    /// A list of catalogues, the later of which replace, drop, inherit and complete what the earlier give, equals one
    /// catalogue with all in it.
    #[test]
    fn a_list_of_catalogues_is_one_with_all_in_it(text in rich::small(), cut in any::<Index>(), again in any::<Index>()) {
        let whole = read(&text);
        let tree: Value = serde_json::from_str(&whole.to_json().unwrap()).unwrap();
        let (mut scenario, mut all) = (json!({}), json!({ "schema": 1 }));
        for (key, value) in tree.as_object().unwrap() {
            let part = if CATALOGUE.contains(&key.as_str()) { &mut all } else { &mut scenario };
            part[key] = value.clone();
        }
        // The first gives what is not meant, the second what is.
        let (mut first, mut second, mut third) = (all.clone(), json!({ "schema": 1 }), json!({ "schema": 1 }));
        if let Some(drivers) = first.as_object_mut().unwrap().remove("drivers") {
            third["drivers"] = drivers;
        }
        first["solutions"]["temporary"]["label"] = "not meant".into();
        second["solutions"]["temporary"] = all["solutions"]["temporary"].clone();
        for (name, table) in all["rates"]["index"].as_object().into_iter().flatten() {
            if let Some(meant) = table.get("default") {
                first["rates"]["index"][name]["default"] = "0.5".into();
                second["rates"]["index"][name]["default"] = meant.clone();
            }
        }
        let lines = all["lines"].as_array().cloned().unwrap_or_default();
        let cut = cut.index(lines.len() + 1);
        let mut early = lines[..cut].to_vec();
        let mut later = vec![json!({ "id": "not-meant", "drop": true })];
        if cut > 0 {
            let at = again.index(cut);
            early[at]["label"] = "not meant".into();
            early[at]["source"] = "not meant".into();
            later.push(json!({ "id": lines[at]["id"], "inherit": true, "label": lines[at]["label"], "source": "x" }));
            third["lines"] = vec![lines[at].clone()].into();
        }
        early.push(json!({
            "id": "not-meant", "category": "housing", "label": "x", "driver": "person", "schedule": "monthly",
            "amount": 1, "currency": whole.currency().code(), "source": "x",
        }));
        later.extend_from_slice(&lines[cut..]);
        (first["lines"], second["lines"]) = (early.into(), later.into());
        let one = over(&scenario, &[all]);
        let listed = over(&scenario, &[first, second, third]);
        prop_assert!(one == whole);
        prop_assert!(listed == one);
        for name in names(&whole) {
            prop_assert_eq!(rows_or_nothing(&listed, &name), rows_or_nothing(&whole, &name));
        }
    }
}

/// The rows of a pathway's ledger; nothing where a rate is missing.
fn rows_or_nothing(scenario: &Scenario, pathway: &str) -> Option<Vec<(u32, String, BigRational, i128)>> {
    scenario.ledger(pathway).ok().map(|ledger| rows(&ledger))
}

/// So are the lists of the conformance files, which are written whole.
#[test]
fn a_list_of_catalogues_is_written_as_one_scenario() {
    for path in files("conformance", ".toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.contains("catalogue.toml") || name.contains(".catalogue-") || !name.starts_with("catalogue2") {
            continue;
        }
        let whole = load(&path);
        assert!(read(&whole.to_toml().unwrap()) == whole, "{name}");
    }
}
