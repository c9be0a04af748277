//! Loading a scenario together with the catalogue that it names.

use std::fmt;

use super::catalogue::Catalogue;
use super::{Scenario, read};
use crate::error::{Code, Error};
use crate::files::{self, Format, Node, Source, Value};

/// The name by which a scenario asks for the catalogue that is built in.
pub(crate) const REFERENCE: &str = "reference";

/// The text of a catalogue that a scenario names, as the caller brings it.
#[derive(Clone)]
pub struct CatalogueText {
    /// What errors call it: the file's own name, never its path.
    pub name: String,
    /// The text.
    pub text: String,
    /// How it is written.
    pub format: Format,
}

impl fmt::Debug for CatalogueText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CatalogueText({:?}, {} bytes)", self.format, self.text.len())
    }
}

/// Brings a catalogue by its name, or says in a sentence without any path why not.
type Resolve<'r> = dyn Fn(&str) -> Result<CatalogueText, String> + 'r;

/// Loads scenarios. The library reads no files: whoever calls it brings the catalogue that a scenario names.
///
/// ```
/// use relocost::{Catalogue, CatalogueText, Format, Loader, Source};
/// let mine = Catalogue::reference().text().replace("950", "1100");
/// let loader = Loader::new().catalogues(|_name| {
///     Ok(CatalogueText { name: "mine.toml".into(), text: mine.clone(), format: Format::Toml })
/// });
/// let scenario = loader.load(Source::toml("family", r#"
///     schema = 1
///     catalogue = "mine.toml"
///     start = "2026-03"
///     horizon_months = 12
///     household = { members = [{ age = 34 }] }
/// "#))?;
/// assert_eq!(scenario.lines().len(), 17);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Default)]
pub struct Loader<'r> {
    resolve: Option<Box<Resolve<'r>>>,
    reveal: bool,
}

impl<'r> Loader<'r> {
    /// A loader that knows the built-in catalogue only.
    pub fn new() -> Self {
        Self::default()
    }

    /// How a catalogue other than `"reference"` is brought, by the name that the scenario gives.
    #[must_use]
    pub fn catalogues(mut self, resolve: impl Fn(&str) -> Result<CatalogueText, String> + 'r) -> Self {
        self.resolve = Some(Box::new(resolve));
        self
    }

    /// Whether errors may show values that could identify a household. For use on one's own machine only.
    #[must_use]
    pub fn show_values(mut self, show: bool) -> Self {
        self.reveal = show;
        self
    }

    /// Reads and checks a scenario.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario and its catalogue, with file, line, column and key.
    pub fn load(&self, source: Source<'_>) -> Result<Scenario, Error> {
        let (root, positions) = files::read(&source)?;
        let refused = |node: &Node, message: String| {
            let place =
                node.at.offset.and_then(|offset| usize::try_from(offset).ok()).map(|offset| positions.place(offset));
            Error::at(Code::Catalogue, place, "catalogue", message)
        };
        let catalogue = match named_catalogue(&root) {
            None => None,
            Some((_, REFERENCE)) => Some(Catalogue::reference()),
            Some((node, name)) => {
                let Some(resolve) = &self.resolve else {
                    return Err(refused(
                        node,
                        "a text that did not come from a file can name \"reference\" only".to_owned(),
                    ));
                };
                let found = resolve(name).map_err(|message| refused(node, message))?;
                Some(Catalogue::unchecked(Source { name: &found.name, text: &found.text, format: found.format })?)
            }
        };
        let reader = read::Reader::new(
            Some(positions),
            catalogue.as_ref().map(|catalogue| catalogue.positions().clone()),
            self.reveal,
        );
        read::scenario(reader, &root, catalogue.as_ref().map(Catalogue::root))
    }
}

impl fmt::Debug for Loader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").field("catalogues", &self.resolve.is_some()).finish_non_exhaustive()
    }
}

/// The catalogue that a scenario names, and where. One of another kind than a text is left to the validator.
pub(crate) fn named_catalogue(root: &Node) -> Option<(&Node, &str)> {
    let Value::Table(entries) = &root.value else { return None };
    let entry = entries.iter().find(|entry| entry.key == "catalogue")?;
    match &entry.node.value {
        Value::Text(name) => Some((&entry.node, name)),
        _ => None,
    }
}

/// Whether a text is meant as a scenario: it has a household or a horizon, which no catalogue has.
///
/// ```
/// use relocost::{Catalogue, Source, is_scenario};
/// assert!(!is_scenario(Source::toml("prices", Catalogue::reference().text()))?);
/// assert!(is_scenario(Source::toml("family", "horizon_months = 60"))?);
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// The text cannot be read.
pub fn is_scenario(source: Source<'_>) -> Result<bool, Error> {
    let (root, _) = files::read(&source)?;
    let Value::Table(entries) = &root.value else { return Ok(false) };
    Ok(entries.iter().any(|entry| entry.key == "household" || entry.key == "horizon_months"))
}
