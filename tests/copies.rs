//! Files that stand in more than one place are the same everywhere.

use std::path::Path;

use relocost::Catalogue;

#[test]
fn the_reference_catalogue_is_the_one_that_is_built_in() {
    for folder in ["examples/scenarios", "tests/golden"] {
        let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("reference-catalogue.toml");
        assert_eq!(std::fs::read_to_string(copy).unwrap(), Catalogue::reference().text(), "{folder}");
    }
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
