//! The names of pathways, and of what a scenario declares, for readers: in the heads of columns, in sentences and on axes.

use relocost::scenario::Declared;
use relocost::{Id, Scenario};

use crate::words::{Lang, Sentences as _};

/// The name of a pathway: the label of the solution it consists of, or its own name if it has several stages. Where two
/// pathways of a scenario would have the same label, each has its name behind it.
///
/// ```
/// use relocost_report::{Lang, pathway_head};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// assert_eq!(pathway_head(&scenario, "permanent", Lang::En), "Permanent relocation");
/// assert_eq!(pathway_head(&scenario, "permanent", Lang::Fr), "Réinstallation permanente");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn pathway_head(scenario: &Scenario, pathway: &str, lang: Lang) -> String {
    let label = |name| scenario.solutions().get(name).map_or(name, |solution| lang.label(&solution.label));
    let called = label(pathway);
    let alike = scenario.pathway_names().filter(|name| label(name.as_str()) == called).count();
    if alike > 1 { format!("{called} ({pathway})") } else { called.to_owned() }
}

/// The label of what is declared under an id, such as a category or a fund; the id itself where nothing is.
///
/// ```
/// use relocost_report::{Lang, declared_label};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// assert_eq!(declared_label(scenario.categories(), &"medical".parse().unwrap(), Lang::Fr), "Soins médicaux");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn declared_label(declared: &[Declared], id: &Id, lang: Lang) -> String {
    let known = declared.iter().find(|known| known.id == *id);
    known.map_or_else(|| id.to_string(), |known| lang.label(&known.label).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_are_alike_are_told_apart_by_the_names() {
        let scenario = Scenario::parse(
            "schema = 1\nstart = \"2026-03\"\nhorizon_months = 24\ncatalogue = \"reference\"\n\
             household = { members = [{ age = 34 }] }\n\
             [solutions.permanent]\nkind = \"permanent\"\nentitlements = [\"work\"]\n\
             label = { en = \"delayed\", fr = \"Réinstallation\" }\n\
             [solutions.temporary]\nkind = \"temporary\"\nentitlements = []\n\
             label = { en = \"Temporary\", fr = \"Réinstallation\" }\n\
             [pathways]\ndelayed = { stages = [{ solution = \"temporary\", months = 6 }, { solution = \"permanent\" }] }",
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let heads = |lang| ["permanent", "temporary", "delayed"].map(|name| pathway_head(&scenario, name, lang));
        assert_eq!(heads(Lang::En), ["delayed (permanent)", "Temporary", "delayed (delayed)"]);
        assert_eq!(heads(Lang::Fr), ["Réinstallation (permanent)", "Réinstallation (temporary)", "delayed"]);
    }
}
