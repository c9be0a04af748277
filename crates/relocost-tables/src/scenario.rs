//! Tables of what a scenario declares.

use relocost::scenario::{Declared, DriverCount, Price};
use relocost::types::Label;
use relocost::{Error, Id, Scenario};

use crate::columns::{self, Def, of};
use crate::head::{Head, What};
use crate::questions::{LINES, VARIANTS};
use crate::{Table, Tables};

const PATHWAYS: What = What::new("pathways", "Pathways", "Parcours");
const ENTITLEMENTS: What = What::new("entitlements", "Entitlements", "Droits");
const CATEGORIES: What = What::new("categories", "Categories", "Catégories");
const FUNDS: What = What::new("funds", "Funds", "Fonds");
const PLACES: What = What::new("places", "Places", "Lieux");
const DRIVERS: What = What::new("drivers", "Drivers", "Unités de charge");
const SOLUTIONS: What = What::new("solutions", "Solutions", "Solutions");

impl Tables for Scenario {
    fn tables(&self) -> &'static [What] {
        &[LINES, PATHWAYS, VARIANTS, ENTITLEMENTS, CATEGORIES, FUNDS, SOLUTIONS, PLACES, DRIVERS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of_currency(self.currency());
        Ok(Some(match name {
            "lines" => lines(self, head),
            "pathways" => {
                let names = self.pathway_names();
                Table::new(PATHWAYS, head, self.pathway_names().count()).ids(&columns::PATHWAY, names)
            }
            "variants" => {
                Table::new(VARIANTS, head, self.variants().len()).ids(&columns::VARIANT, self.variants().keys())
            }
            "entitlements" => declared(ENTITLEMENTS, &columns::ENTITLEMENT, head, self.entitlements()),
            "categories" => declared(CATEGORIES, &columns::CATEGORY, head, self.categories()),
            "funds" => declared(FUNDS, &columns::FUND, head, self.funds()),
            "places" => declared(PLACES, &columns::PLACE, head, self.places()),
            "drivers" => drivers(self, head),
            "solutions" => {
                let rows = self.solutions().iter().map(|(id, solution)| (id, &solution.label));
                labels(SOLUTIONS, &columns::SOLUTION, head, rows)
            }
            _ => return Ok(None),
        }))
    }
}

fn declared(what: What, column: &Def<of::Id>, head: Head, declared: &[Declared]) -> Table {
    labels(what, column, head, declared.iter().map(|each| (&each.id, &each.label)))
}

fn labels<'s>(
    what: What,
    column: &Def<of::Id>,
    head: Head,
    rows: impl ExactSizeIterator<Item = (&'s Id, &'s Label)> + Clone,
) -> Table {
    Table::new(what, head, rows.len())
        .ids(column, rows.clone().map(|(id, _)| id))
        .texts(&columns::LABEL_EN, rows.clone().map(|(_, label)| label.en.as_str()))
        .texts(&columns::LABEL_FR, rows.map(|(_, label)| label.fr.as_str()))
}

/// The drivers that the scenario declares, each with what it counts.
fn drivers(it: &Scenario, head: Head) -> Table {
    let counts = it.drivers().values().map(|driver| match &driver.count {
        DriverCount::Of(driver) => driver.name(),
        _ => "members",
    });
    Table::new(DRIVERS, head, it.drivers().len())
        .ids(&columns::OWN_DRIVER, it.drivers().keys())
        .texts(&columns::COUNTS, counts)
}

fn lines(it: &Scenario, head: Head) -> Table {
    let lines = it.lines().values();
    let amount = |line: &relocost::scenario::Line| match line.price() {
        Some(Price::Amount(amount)) => Some(*amount),
        _ => None,
    };
    // A percentage or a refund has none.
    let priced = || lines.clone().map(relocost::scenario::Line::priced);
    Table::new(LINES, head, lines.len())
        .ids(&columns::LINE, lines.clone().map(|line| &line.id))
        .some_ids(&columns::CATEGORY, lines.clone().map(|line| line.category.as_ref()))
        .texts(&columns::LABEL_EN, lines.clone().map(|line| line.label.en.as_str()))
        .texts(&columns::LABEL_FR, lines.clone().map(|line| line.label.fr.as_str()))
        .some_texts(&columns::DRIVER, priced().map(|priced| priced.map(|priced| &priced.driver)))
        .some_texts(&columns::SCHEDULE, priced().map(|priced| priced.map(|priced| priced.schedule.name())))
        .ratios(&columns::LINE_AMOUNT, lines.clone().map(amount))
        .some_texts(&columns::CURRENCY, priced().map(|priced| priced.map(|priced| priced.currency)))
        .some_ids(&columns::INDEX, priced().map(|priced| priced?.index.as_ref()))
        .some_years(&columns::PRICE_BASE_YEAR, priced().map(|priced| priced?.price_base_year))
        .texts(&columns::SOURCE, lines.map(|line| line.source.as_str()))
}
