//! The head of a table.

use relocost::names::Sampling;
use relocost::{About, Currency, Lang, Pair};

/// The identity of a table: its name on every face, and its label in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct What {
    /// The name.
    pub name: &'static str,
    en: &'static str,
    fr: &'static str,
}

impl What {
    /// An identity by its name and its labels.
    pub const fn new(name: &'static str, en: &'static str, fr: &'static str) -> Self {
        Self { name, en, fr }
    }

    /// The label, for a reader.
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }
}

/// The sampling of a simulated table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sampled {
    /// The number of draws.
    pub draws: u64,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The placement of the draws; `None` where the question leaves no choice.
    pub sampling: Option<Sampling>,
}

/// The head of a table: everything without which its figures mean nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    currency: Currency,
    about: Option<About>,
    pair: Option<Pair>,
    sampled: Option<Sampled>,
    /// True if its figures are those that others have published, or made for publication.
    published: bool,
}

impl Head {
    /// The head of a table that is about no scenario.
    pub(crate) fn of_currency(currency: Currency) -> Self {
        Self { currency, about: None, pair: None, sampled: None, published: false }
    }

    /// The head of a table of figures that others have published.
    pub(crate) fn published(currency: Currency) -> Self {
        Self { published: true, ..Self::of_currency(currency) }
    }

    /// The head of a table that is made for publication: its figures are of many cases, rounded, and cannot give one away.
    pub fn for_publication(about: &About, pair: Option<&Pair>) -> Self {
        Self { published: true, ..Self::of(about, pair) }
    }

    pub(crate) fn of(about: &About, pair: Option<&Pair>) -> Self {
        Self { about: Some(about.clone()), pair: pair.cloned(), ..Self::of_currency(about.currency()) }
    }

    pub(crate) fn sampled_by(self, draws: u64, seed: u64, sampling: Option<Sampling>) -> Self {
        Self { sampled: Some(Sampled { draws, seed, sampling }), ..self }
    }

    /// The currency of what is money.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The scenario and the basis of prices, from which start, horizon and the first month of the fiscal year follow;
    /// none for an estimate, and for a scenario's own tables.
    pub fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// The pathways compared, if any are.
    pub fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }

    /// The sampling, if the table is simulated.
    pub fn sampled(&self) -> Option<Sampled> {
        self.sampled
    }

    /// True if the table is internal: all tables of exact figures are, and none of these may be published; but for rates that
    /// others have published, and for what is made for publication.
    pub fn is_internal(&self) -> bool {
        !self.published
    }

    /// The version of the library that computed the figures.
    pub fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The digest of the catalogue on which the figures rest; it covers nothing of a household.
    pub fn catalogue(&self) -> Option<String> {
        self.about.as_ref().map(|about| about.scenario().catalogue_digest())
    }
}
