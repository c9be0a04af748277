//! The family of five in other sizes, without what it expects.

use std::fmt::Write;
use std::path::Path;

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Loader, Scenario};

/// Lines of the scenarios with more parameters.
const LINES: u32 = 200;
/// Parameters of the family itself.
const OWN: u32 = 11;

pub(crate) struct Inputs {
    scenario: String,
    head: String,
    /// The text of each line of the catalogue, and its id.
    lines: Vec<(String, String)>,
}

impl Inputs {
    pub(crate) fn family() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a golden file");
        let (scenario, catalogue) = (read("family-of-five.toml"), read("reference-catalogue.toml"));
        let (head, lines) = catalogue.split_once("[[lines]]").expect("the catalogue has lines");
        let id = |text: &str| text.split('"').nth(1).expect("an id").to_owned();
        Self {
            scenario: scenario.split("[[expect]]").next().unwrap_or_default().to_owned(),
            head: head.to_owned(),
            lines: lines.split("[[lines]]").map(|text| (text.to_owned(), id(text))).collect(),
        }
    }

    pub(crate) fn with_months(&self, months: u32) -> Scenario {
        let scenario = self.scenario.replace("horizon_months = 60", &format!("horizon_months = {months}"));
        assert!(months == 60 || scenario != self.scenario, "the horizon is written as expected");
        load(&scenario, &self.catalogue(self.lines.len()).0)
    }

    /// The first lines of the catalogue, or all of them again and again under new ids; the parameters are the family's.
    pub(crate) fn with_lines(&self, lines: u32) -> Scenario {
        load(&self.scenario, &self.catalogue(lines as usize).0)
    }

    /// The family's parameters and factors of further lines.
    pub(crate) fn with_parameters(&self, parameters: u32) -> Scenario {
        let (catalogue, ids) = self.catalogue(LINES as usize);
        let mut scenario = self.scenario.clone();
        for id in ids.iter().rev().take((parameters - OWN) as usize) {
            writeln!(
                scenario,
                "[[uncertain]]\nparameter = \"lines.{id}.factor\"\n\
                 distribution = {{ pert = {{ low = \"0.8\", mode = \"1\", high = \"1.3\" }} }}"
            )
            .expect("a string takes any text");
        }
        let scenario = load(&scenario, &catalogue);
        assert_eq!(scenario.uncertain().len(), parameters as usize, "as many parameters");
        scenario
    }

    /// A catalogue of so many lines, and their ids.
    fn catalogue(&self, lines: usize) -> (String, Vec<String>) {
        let (mut catalogue, mut ids) = (self.head.clone(), Vec::with_capacity(lines));
        for number in 0..lines {
            let ((text, id), copy) = (&self.lines[number % self.lines.len()], number / self.lines.len());
            let own = if copy == 0 { id.clone() } else { format!("copy-{copy}-{id}") };
            let text = text.replacen(&format!("\"{id}\""), &format!("\"{own}\""), 1);
            write!(catalogue, "[[lines]]{text}").expect("a string takes any text");
            ids.push(own);
        }
        (catalogue, ids)
    }
}

fn load(scenario: &str, catalogue: &str) -> Scenario {
    let catalogue =
        |name: &str| Ok(CatalogueText { name: name.into(), text: catalogue.to_owned(), format: Format::Toml });
    Loader::new().catalogues(catalogue).load(Source::toml("family", scenario)).expect("it loads")
}
