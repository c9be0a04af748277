//! A catalogue: what many scenarios share.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::read;
use crate::error::Error;
use crate::reading::Reader;
use crate::syntax::{self, Format, Node, Origin, Positions, Source};

/// The text of the reference catalogue, built in.
const REFERENCE: &str = include_str!("../reference-catalogue.toml");

/// A catalogue that has been read and checked for itself. Cheap to clone.
///
/// ```
/// use relocost::Catalogue;
/// assert!(Catalogue::reference().text().contains("illustrative"));
/// assert!(Catalogue::parse("lines = []").is_err()); // no schema number
/// ```
#[derive(Clone)]
pub struct Catalogue(Arc<Inner>);

struct Inner {
    root: Node,
    positions: Positions,
    text: Arc<str>,
    format: Format,
    /// What it says, of one that is sound for itself; scenarios over it need not read it again.
    contents: Option<read::Contents>,
}

/// Two catalogues are equal if they say the same, wherever it was written.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        self.0.root == other.0.root
    }
}

impl Eq for Catalogue {}

impl Catalogue {
    /// The names of the catalogues that are built in.
    pub const BUILT_IN: &[&str] = &[super::loader::REFERENCE];

    /// The catalogue that is built in under a name.
    ///
    /// ```
    /// use relocost::Catalogue;
    /// assert!(Catalogue::BUILT_IN.iter().all(|name| Catalogue::built_in(name).is_some()));
    /// assert!(Catalogue::built_in("another").is_none());
    /// ```
    pub fn built_in(name: &str) -> Option<Self> {
        (name == super::loader::REFERENCE).then(Self::reference)
    }

    /// The reference catalogue: prices of 2026 in EUR, every amount sourced or marked illustrative.
    pub fn reference() -> Self {
        /// Read once, by whoever asks first.
        static READ: LazyLock<Catalogue> = LazyLock::new(|| {
            // A test holds that it is sound.
            Catalogue::from_source(Source::toml("reference catalogue", REFERENCE)).unwrap_or_else(|_| {
                Catalogue(Arc::new(Inner {
                    root: Node::table(),
                    positions: Positions::new("", ""),
                    text: "".into(),
                    format: Format::Toml,
                    contents: None,
                }))
            })
        });
        READ.clone()
    }

    /// Reads a catalogue in TOML.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::from_source(Source::toml("catalogue", text))
    }

    /// Reads a catalogue from a text with a name.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line, column and key.
    pub fn from_source(source: Source<'_>) -> Result<Self, Error> {
        let mut inner = Inner::unchecked(source)?;
        let reader = Reader::new(None, vec![inner.positions.clone()], false);
        inner.contents = Some(read::check_catalogue(reader, &inner.root)?);
        Ok(Self(Arc::new(inner)))
    }

    /// A catalogue whose content is checked together with a scenario's.
    pub(crate) fn unchecked(source: Source<'_>) -> Result<Self, Error> {
        Inner::unchecked(source).map(|inner| Self(Arc::new(inner)))
    }

    /// The text that it was read from.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The format of the text.
    pub fn format(&self) -> Format {
        self.0.format
    }

    /// The catalogue in TOML, without its comments.
    pub fn to_toml(&self) -> String {
        syntax::to_toml(&self.0.root)
    }

    /// The catalogue in JSON, for tools that change a table of it.
    ///
    /// ```
    /// use relocost::Catalogue;
    /// use relocost::syntax::Source;
    /// let json = Catalogue::reference().to_json();
    /// let again = Catalogue::from_source(Source::json("prices", &json))?;
    /// assert_eq!(again.to_json(), json);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        syntax::to_json(&self.0.root)
    }

    pub(crate) fn root(&self) -> &Node {
        &self.0.root
    }

    /// The root of the catalogue at a place in a list, from 0.
    pub(crate) fn root_at(&self, place: usize) -> Node {
        let mut root = self.0.root.clone();
        if place > 0 {
            root.stamp(Origin::Catalogue(u8::try_from(place).unwrap_or(u8::MAX))); // lists are shorter
        }
        root
    }

    pub(crate) fn positions(&self) -> &Positions {
        &self.0.positions
    }

    /// What it says as the first of a list, if it has been read for itself already.
    pub(crate) fn contents(&self) -> Option<&read::Contents> {
        self.0.contents.as_ref()
    }
}

impl Inner {
    fn unchecked(source: Source<'_>) -> Result<Self, Error> {
        let (root, positions) = syntax::read(&source, Origin::Catalogue(0))?;
        Ok(Self { root, positions, text: source.text.into(), format: source.format, contents: None })
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catalogue({} bytes)", self.0.text.len())
    }
}
