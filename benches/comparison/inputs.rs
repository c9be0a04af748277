//! The family of five, and the same with other horizons and more lines.

use std::fmt::Write;
use std::path::Path;

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Catalogue, Loader, Scenario};

#[derive(Clone)]
pub(crate) struct Inputs {
    scenario: String,
    catalogue: String,
}

impl Inputs {
    pub(crate) fn family(root: &Path) -> Self {
        let read = |name: &str| std::fs::read_to_string(root.join("tests/golden").join(name)).expect("a golden file");
        Self { scenario: read("family-of-five.toml"), catalogue: read("reference-catalogue.toml") }
    }

    /// Reads and checks both texts.
    pub(crate) fn load(&self) -> Scenario {
        let catalogue =
            |name: &str| Ok(CatalogueText { name: name.into(), text: self.catalogue.clone(), format: Format::Toml });
        Loader::new().catalogues(catalogue).load(Source::toml("family", &self.scenario)).expect("it loads")
    }

    /// The catalogue, read once for many scenarios.
    pub(crate) fn catalogue(&self) -> Catalogue {
        Catalogue::parse(&self.catalogue).expect("it is read")
    }

    /// Reads and checks the scenario's text over a catalogue that has been read.
    pub(crate) fn load_over(&self, catalogue: &Catalogue) -> Scenario {
        Loader::new().over(catalogue.clone()).load(Source::toml("family", &self.scenario)).expect("it loads")
    }

    pub(crate) fn with_months(&self, months: u32) -> Self {
        let scenario = self.scenario.replace("horizon_months = 60", &format!("horizon_months = {months}"));
        assert!(months == 60 || scenario != self.scenario, "the horizon is written as expected");
        Self { scenario, ..self.clone() }
    }

    /// The first lines of the catalogue, or all of them again and again under new ids.
    pub(crate) fn with_lines(&self, lines: usize) -> Self {
        let (head, tables) = self.catalogue.split_once("[[lines]]").expect("the catalogue has lines");
        let tables: Vec<&str> = tables.split("[[lines]]").collect();
        let mut catalogue = head.to_owned();
        for number in 0..lines {
            let table = tables[number % tables.len()];
            let copy = number / tables.len();
            let text = if copy == 0 {
                table.to_owned()
            } else {
                table.replacen("id = \"", &format!("id = \"copy-{copy}-"), 1)
            };
            write!(catalogue, "[[lines]]{text}").expect("a string takes any text");
        }
        // The scenario's statements about single lines are left out: some lines may be missing.
        let scenario = self.scenario.split("[[uncertain]]").next().unwrap_or_default().to_owned();
        Self { scenario, catalogue }
    }
}
