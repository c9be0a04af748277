//! Loading a scenario together with the catalogue that it names.

use std::fmt;

use super::catalogue::Catalogue;
use super::{Scenario, read};
use crate::error::Error;
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::reading::Reader;
use crate::syntax::{self, Format, Node, Origin, Positions, Source, Value};

/// The name by which a scenario asks for the catalogue that is built in.
pub(crate) const REFERENCE: &str = "reference";

/// The text of a catalogue that a scenario names, as the caller brings it.
#[derive(Clone)]
pub struct CatalogueText {
    /// The name in errors: the file's own name, never its path.
    pub name: String,
    /// The text.
    pub text: String,
    /// The format of the text.
    pub format: Format,
}

impl fmt::Debug for CatalogueText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CatalogueText({:?}, {} bytes)", self.format, self.text.len())
    }
}

/// Brings a catalogue by its name, or says in a sentence without any path why not.
type Resolve<'r> = dyn Fn(&str) -> Result<CatalogueText, Message> + 'r;

/// The catalogue over which every scenario is laid.
enum Instead {
    Text(CatalogueText),
    Read(Catalogue),
}

/// Loads scenarios. The library reads no files: whoever calls it brings the catalogue that a scenario names.
///
/// ```
/// use relocost::{Catalogue, Loader};
/// use relocost::scenario::CatalogueText;
/// use relocost::syntax::{Format, Source};
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
/// assert!(scenario.lines().contains_key("rent"));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Default)]
pub struct Loader<'r> {
    resolve: Option<Box<Resolve<'r>>>,
    /// Brings the households that a programme names.
    pub(crate) households: Option<Box<Resolve<'r>>>,
    instead: Option<Instead>,
    pub(crate) reveal: bool,
}

impl<'r> Loader<'r> {
    /// A loader that knows the built-in catalogue only.
    pub fn new() -> Self {
        Self::default()
    }

    /// The source of catalogues other than `"reference"`, by the name that the scenario gives.
    #[must_use]
    pub fn catalogues(mut self, resolve: impl Fn(&str) -> Result<CatalogueText, Message> + 'r) -> Self {
        self.resolve = Some(Box::new(resolve));
        self
    }

    /// The source of the scenarios and tables of households that a programme names, by name.
    #[must_use]
    pub fn households(mut self, resolve: impl Fn(&str) -> Result<CatalogueText, Message> + 'r) -> Self {
        self.households = Some(Box::new(resolve));
        self
    }

    /// Lays scenarios over this catalogue, whichever they name, the built-in one too.
    #[must_use]
    pub fn instead_of_any(mut self, catalogue: CatalogueText) -> Self {
        self.instead = Some(Instead::Text(catalogue));
        self
    }

    /// Lays scenarios over this catalogue, which has been read already, whichever they name, the built-in one too. For many
    /// scenarios over one catalogue: it is not read again for each.
    ///
    /// ```
    /// use relocost::{Catalogue, Loader};
    /// use relocost::syntax::Source;
    /// let prices = Catalogue::parse(&Catalogue::reference().text().replace("950", "1100"))?;
    /// let loader = Loader::new().over(prices);
    /// let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\nhousehold = { members = [{ age = 34 }] }";
    /// assert_ne!(loader.load(Source::toml("family", text))?, relocost::Scenario::parse(text)?);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    #[must_use]
    pub fn over(mut self, catalogue: Catalogue) -> Self {
        self.instead = Some(Instead::Read(catalogue));
        self
    }

    /// Lets errors show values that could identify a household. For use on one's own machine only.
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
        let (root, positions) = syntax::read(&source, Origin::Scenario)?;
        self.over_catalogues(&root, positions, |reader, base| read::scenario(reader, &root, base))
    }

    /// Brings the catalogues that a file names, and has it read on top of them.
    pub(crate) fn over_catalogues<T>(
        &self,
        root: &Node,
        positions: Positions,
        read: impl FnOnce(Reader, read::Base<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (mut catalogues, mut missing, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
        let mut bring = |place: Option<usize>, name: &str| {
            let given = match (&self.instead, &self.resolve) {
                (Some(Instead::Read(catalogue)), _) => return catalogues.push(catalogue.clone()),
                (Some(Instead::Text(text)), _) => Ok(text.clone()),
                (None, _) if name == REFERENCE => return catalogues.push(Catalogue::reference()),
                (None, Some(resolve)) => resolve(name),
                (None, None) => Err(message!(
                    "a text that did not come from a file can name \"reference\" only, the catalogue built in; save it as a file beside its catalogue to name another",
                    "un texte qui ne vient pas d'un fichier ne peut nommer que \"reference\", le catalogue intégré ; pour en nommer un autre, l'enregistrer comme fichier à côté de son catalogue"
                )),
            };
            let read = given.map(|given| {
                let source = Source { name: &given.name, text: &given.text, format: given.format };
                Catalogue::unchecked(source)
            });
            match read {
                Ok(Ok(catalogue)) => catalogues.push(catalogue),
                Ok(Err(error)) => {
                    unreadable.push(error);
                    let why = message!(
                        "cannot be read; its own errors are reported too",
                        "ne peut pas être lu ; ses propres erreurs sont signalées aussi"
                    );
                    missing.push((place, why));
                }
                Err(why) => missing.push((place, why)),
            }
        };
        // A `catalogue` of another kind than a text or a list of texts is left to the validator.
        match root.get("catalogue").map(|node| &node.value) {
            Some(Value::Text(name)) => bring(None, name),
            Some(Value::List(_)) if self.instead.is_some() => bring(None, ""),
            Some(Value::List(names)) if names.len() <= limits::CATALOGUES => {
                for (place, name) in names.iter().enumerate() {
                    match &name.value {
                        Value::Text(name)
                            if !names[..place]
                                .iter()
                                .any(|earlier| matches!(&earlier.value, Value::Text(known) if known == name)) =>
                        {
                            bring(Some(place), name);
                        }
                        // Another kind, or a second one: the validator reports it.
                        _ => {}
                    }
                }
            }
            _ if self.instead.is_some() => {
                let why = message!(
                    "missing; the scenario names no catalogue, so that none can be replaced",
                    "manque ; le scénario ne nomme aucun catalogue, il n'y en a donc aucun à remplacer"
                );
                missing.push((None, why));
            }
            _ => {}
        }
        let base = match (missing.is_empty(), catalogues.is_empty()) {
            (false, _) => read::Base::Missing(&missing),
            (true, false) => read::Base::Catalogues(&catalogues),
            (true, true) => read::Base::Nothing,
        };
        let other_positions = catalogues.iter().map(|catalogue| catalogue.positions().clone()).collect();
        let loaded = read(Reader::new(Some(positions), other_positions, self.reveal), base);
        loaded.map_err(|error| {
            let all = || std::iter::once(&error).chain(&unreadable);
            Error::new(all().flat_map(Error::findings).cloned().collect(), all().map(Error::more).sum())
        })
    }
}

impl fmt::Debug for Loader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").field("catalogues", &self.resolve.is_some()).finish_non_exhaustive()
    }
}

/// True if a text is meant as a scenario: it has a household or a horizon, which no catalogue has.
///
/// ```
/// use relocost::Catalogue;
/// use relocost::scenario::is_scenario;
/// use relocost::syntax::Source;
/// assert!(!is_scenario(Source::toml("prices", Catalogue::reference().text()))?);
/// assert!(is_scenario(Source::toml("family", "horizon_months = 60"))?);
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// The text cannot be read.
pub fn is_scenario(source: Source<'_>) -> Result<bool, Error> {
    let (root, _) = syntax::read(&source, Origin::Scenario)?;
    Ok(root.get("programme").is_none() && root.get("household").or(root.get("horizon_months")).is_some())
}

/// True if a text is a programme's: it has a `programme`.
///
/// ```
/// use relocost::scenario::is_programme;
/// use relocost::syntax::Source;
/// assert!(is_programme(Source::toml("budget", "programme = { first_fiscal_year = 2026, fiscal_years = 1 }"))?);
/// assert!(!is_programme(Source::toml("family", "horizon_months = 60"))?);
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// The text cannot be read.
pub fn is_programme(source: Source<'_>) -> Result<bool, Error> {
    let (root, _) = syntax::read(&source, Origin::Scenario)?;
    Ok(root.get("programme").is_some())
}
