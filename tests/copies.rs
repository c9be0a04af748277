//! Files that stand in more than one place are the same everywhere.

mod support;

use std::path::Path;

use relocost::Catalogue;
use relocost::caseload::CaseloadOptions;

/// The golden files have a catalogue of their own, with simpler lines, so that their figures stand.
#[test]
fn the_reference_catalogue_is_the_one_that_is_built_in() {
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/reference-catalogue.toml");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), Catalogue::reference().text());
}

/// The sentence in the catalogue's head about the example's caseload.
#[test]
fn the_catalogue_says_what_its_caseload_costs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios");
    let family = support::load(&folder.join("family-of-five.toml"));
    let table = std::fs::read(folder.join("caseload-of-28.csv")).unwrap();
    let caseload = family.caseload(table.as_slice(), &CaseloadOptions::default()).unwrap();
    assert!(caseload.warnings.is_empty(), "{:?}", caseload.warnings);
    let difference = &caseload.difference;
    let per_cent = (100 * difference.extra.minor() + difference.base.minor() / 2) / difference.base.minor();
    let said = format!("costs {per_cent} per cent more");
    let head: String = Catalogue::reference().text().lines().take(4).map(|line| line.trim_start_matches('#')).collect();
    assert!(head.contains(&said), "{said}");
}

#[test]
fn the_examples_are_the_golden_scenarios() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["family-of-five.toml", "single-witness.toml"] {
        let [example, golden] = ["examples/scenarios", "tests/golden"]
            .map(|folder| std::fs::read_to_string(root.join(folder).join(name)).unwrap());
        assert_eq!(example, golden, "{name}");
    }
}

#[test]
fn the_reference_catalogue_is_right() {
    Catalogue::parse(Catalogue::reference().text()).unwrap();
}
