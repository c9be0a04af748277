//! The family of five, and variants of it.

use std::path::{Path, PathBuf};

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Loader, Scenario};
use serde_json::Value;

/// Its event line.
const EVENTS: &str = "hospital-uninsured";

pub(crate) struct Inputs {
    pub(crate) scenario_file: PathBuf,
    pub(crate) catalogue_file: PathBuf,
    scenario: String,
    catalogue: String,
}

impl Inputs {
    pub(crate) fn family() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let scenario_file = root.join("tests/golden/family-of-five.toml");
        let catalogue_file = root.join("tests/golden/reference-catalogue.toml");
        let read = |path: &Path| std::fs::read_to_string(path).expect("a file of the repository");
        Self { scenario: read(&scenario_file), catalogue: read(&catalogue_file), scenario_file, catalogue_file }
    }

    pub(crate) fn load(&self) -> Scenario {
        self.read(&self.scenario)
    }

    pub(crate) fn with_months(&self, months: u32) -> Scenario {
        let head = "horizon_months = ";
        let (before, after) = self.scenario.split_once(head).expect("a horizon");
        let (_, after) = after.split_once('\n').expect("further lines");
        self.read(&format!("{before}{head}{months}\n{after}"))
    }

    /// Without the line whose events happen at random.
    pub(crate) fn without_events(&self) -> Scenario {
        self.without(&[EVENTS])
    }

    /// Without what makes a figure jump: events, and months that are rounded.
    pub(crate) fn smooth(&self) -> Scenario {
        self.without(&[EVENTS, "months"])
    }

    /// Random numbers that a draw takes: one for each parameter and for each event line's count, and two for each event.
    pub(crate) fn numbers_per_draw(&self) -> f64 {
        let scenario = self.load();
        let ledger = scenario.ledger("temporary").expect("a ledger");
        let tree = tree(&scenario);
        let lines = tree["lines"].as_array().expect("lines");
        let line = lines.iter().find(|line| line["id"] == EVENTS).expect("the event line");
        let per_year: f64 = line["event"]["per_year"].as_str().and_then(|text| text.parse().ok()).expect("a number");
        let units: f64 = ledger
            .entries()
            .filter(|entry| entry.line().id.to_string() == EVENTS)
            .map(|entry| entry.quantity().expect("no refund").to_string().parse::<f64>().expect("a number"))
            .sum();
        scenario.uncertain().len() as f64 + 1.0 + 2.0 * per_year / 12.0 * units
    }

    /// Without these lines, and without parameters of which a part has one of these names.
    fn without(&self, names: &[&str]) -> Scenario {
        let mut tree = tree(&self.load());
        let is_kept = |text: &str| !text.split('.').any(|part| names.contains(&part));
        let mut retain = |list: &str, key: &str| {
            let list = tree[list].as_array_mut().expect("a list");
            list.retain(|each| is_kept(each[key].as_str().expect("a text")));
        };
        retain("lines", "id");
        retain("uncertain", "parameter");
        tree.as_object_mut().expect("a table").remove("expect");
        Scenario::parse_json(&tree.to_string()).expect("it loads")
    }

    fn read(&self, scenario: &str) -> Scenario {
        let catalogue =
            |name: &str| Ok(CatalogueText { name: name.into(), text: self.catalogue.clone(), format: Format::Toml });
        Loader::new().catalogues(catalogue).load(Source::toml("family", scenario)).expect("it loads")
    }
}

fn tree(scenario: &Scenario) -> Value {
    serde_json::from_str(&scenario.to_json().expect("a scenario of a file")).expect("it is JSON")
}
