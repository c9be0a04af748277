//! Where the parts of a scenario stand in their files.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use crate::error::Place;
use crate::reading::Sources;
use crate::syntax::At;
use crate::types::{Currency, Id};

/// The places of parts by the paths of their keys. They are worked out when one is first asked for: most scenarios never
/// are.
#[derive(Clone, Default)]
pub(crate) struct Places {
    sources: Sources,
    parts: Vec<(Part, At)>,
    by_key: OnceLock<HashMap<String, Place>>,
}

/// A part of a scenario that has a place.
#[derive(Clone)]
pub(crate) enum Part {
    Line(Id),
    Pathway(Id),
    Index(Id),
    ExchangeRates(Currency),
    Discount,
    Members,
    Member(usize),
    Expectation(usize),
    /// The value of a parameter in a variant, by its place among the variant's parameters: a path need not show all names.
    VariantValue(Id, usize),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(id) => write!(f, "lines.{id}"),
            Self::Pathway(id) => write!(f, "pathways.{id}"),
            Self::Index(id) => write!(f, "rates.index.{id}"),
            Self::ExchangeRates(currency) => write!(f, "rates.fx.{currency}"),
            Self::Discount => f.write_str("rates.discount"),
            Self::Members => f.write_str("household.members"),
            Self::Member(place) => write!(f, "household.members[{place}]"),
            Self::Expectation(place) => write!(f, "expect[{place}]"),
            Self::VariantValue(variant, place) => write!(f, "variants.{variant}[{place}]"),
        }
    }
}

impl Places {
    /// No part yet, of a scenario of these texts.
    pub(crate) fn of(sources: Sources) -> Self {
        Self { sources, ..Self::default() }
    }

    pub(crate) fn note(&mut self, part: Part, at: At) {
        self.parts.push((part, at));
    }

    /// Where the value of a parameter of a variant stands, by its place among the variant's parameters.
    pub(crate) fn of_variant(&self, variant: &str, place: usize) -> Option<&Place> {
        self.get(&format!("variants.{variant}[{place}]"))
    }

    /// The place of the part with a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Place> {
        let place = |(part, at): &(Part, At)| Some((part.to_string(), self.sources.place(*at)?));
        self.by_key.get_or_init(|| self.parts.iter().filter_map(place).collect()).get(key)
    }
}
