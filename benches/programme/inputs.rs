//! The programmes that are measured.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Loader, Programme};
use relocost_files::LoadOptions;
use serde_json::Value;

/// A programme whose futures are simulated.
pub(crate) struct Futures {
    /// The file that the peers read, too.
    pub(crate) file: PathBuf,
    pub(crate) catalogue_file: PathBuf,
    /// The file, with as many fiscal years as are run.
    pub(crate) tree: Value,
    pub(crate) programme: Programme,
}

impl Futures {
    /// Over its five years, or, where nothing is timed, over its first two.
    pub(crate) fn new(whole: bool) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = root.join("benches/programme/futures.toml");
        let text = std::fs::read_to_string(&file).expect("a file of the repository");
        let mut tree: Value = toml::from_str(&text).expect("it is TOML");
        if !whole {
            tree["programme"]["fiscal_years"] = 2.into();
        }
        let catalogue_file = root.join("tests/programmes/court/reference-catalogue.toml");
        let programme = loader(&catalogue_file).load_programme(Source::json("futures", &tree.to_string()));
        Self { file, programme: programme.expect("it loads"), catalogue_file, tree }
    }
}

/// Takes one file for every catalogue.
pub(crate) fn loader(catalogue: &Path) -> Loader<'_> {
    Loader::new().catalogues(move |name| {
        let text = std::fs::read_to_string(catalogue).expect("a file of the repository");
        Ok(CatalogueText { name: name.to_owned(), text, format: Format::Toml })
    })
}

/// The programme of the conformance pack with 40 cases and 15 agreements.
pub(crate) fn court() -> Programme {
    let court = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes/court/programme.toml");
    relocost_files::load_programme(&court, &LoadOptions::default()).expect("the programme loads")
}

/// A programme of five years with so many cases, no two alike, that arrive month by month.
pub(crate) fn many(cases: usize) -> Programme {
    let mut text =
        "schema = 1\ncatalogue = \"reference\"\n[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 5\n".to_owned();
    for case in 0..cases {
        let others = ["", ", { age = 38 }", ", { age = 38 }, { age = 12 }"][case % 3];
        let (year, month) = (2024 + case / 12 % 7, case % 12 + 1);
        let _ = writeln!(
            text,
            "[[cases]]\nmembers = [{{ age = {} }}{others}]\narrives = \"{year}-{month:02}\"",
            20 + case % 45
        );
    }
    for agreement in 0..15 {
        let _ = writeln!(
            text,
            "[[agreements]]\nid = \"a{agreement}\"\nlabel = \"A\"\nfrom = \"2026-{:02}\"\nplaces_per_year = 60",
            agreement % 12 + 1
        );
    }
    Programme::parse(&text).expect("the programme is well formed")
}
