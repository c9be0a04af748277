//! The path of a key as findings give it, and whether what stands under it may be shown.
//!
//! A key that stands in the wrong table is as private as in the right one, so what decides are the keys themselves: a
//! value is shown under those of [`OPEN_KEYS`] alone, and under nothing that a household has.

use std::fmt;
use std::sync::Arc;

use crate::names::{DistributionName, KEYS, Named, OPEN_KEYS, PRIVATE_KEYS, ScheduleName, USUAL_WORDS, closest};
use crate::types::{Id, Month, Parameter};

/// The stand-in for a key that is not shown.
pub(crate) const NOT_SHOWN: &str = "(not shown)";

/// The path of a key. Its `Display` form shows no key that could identify.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
    /// A key that nothing reads and that is near one that is read: a slip.
    Slip(&'p Path<'p>, &'p str),
}

impl<'p> Path<'p> {
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The path with every key, for who asked to see them.
    pub(crate) fn revealed(&self) -> String {
        let mut shown = String::new();
        // Writing into a text does not fail.
        let _ = self.write(&mut shown, true);
        shown
    }

    /// True if the value under it may be shown.
    pub(crate) fn shows_values(&self) -> bool {
        let open = match self {
            Self::Root => false,
            Self::Index(parent, _) => return parent.shows_values(),
            Self::Key(parent, key) | Self::Slip(parent, key) => {
                OPEN_KEYS.contains(key)
                    || is_date(key) && (parent.is_within("rates") || parent.is_within("amounts"))
                    || is_parameter(key)
            }
        };
        open && !self.is_private()
    }

    /// True if it lies at or below a key that tells of a household or names a file.
    pub(crate) fn is_private(&self) -> bool {
        self.has(|key| PRIVATE_KEYS.contains(&key))
    }

    fn is_within(&self, key: &str) -> bool {
        self.has(|known| known == key)
    }

    fn has(&self, wanted: impl Fn(&str) -> bool + Copy) -> bool {
        match self {
            Self::Root => false,
            Self::Index(parent, _) => parent.has(wanted),
            Self::Key(parent, key) | Self::Slip(parent, key) => wanted(key) || parent.has(wanted),
        }
    }

    /// True if a key of the table at this path may be shown: the files' own words always, well-formed names where they
    /// tell of nobody.
    pub(crate) fn shows_key(&self, key: &str) -> bool {
        let word = KEYS.contains(&key)
            || USUAL_WORDS.contains(&key)
            || ScheduleName::NAMES.contains(&key)
            || DistributionName::NAMES.contains(&key);
        let is_of = |name| matches!(self, Self::Key(_, key) if *key == name);
        let name = || {
            Id::parse(key).is_ok()
                || is_date(key)
                || is_parameter(key)
                || is_of("fx") && key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        // The keys of `rates.level` are places, also where that is misspelt.
        let of_places = matches!(self, Self::Key(_, key) | Self::Slip(_, key) if closest(key, ["level"]).is_some());
        word || !self.is_private() && !of_places && name()
    }

    fn write(&self, f: &mut impl fmt::Write, revealed: bool) -> fmt::Result {
        let (parent, key) = match self {
            Self::Root => return Ok(()),
            Self::Index(parent, index) => {
                parent.write(f, revealed)?;
                return write!(f, "[{index}]");
            }
            Self::Key(parent, key) if revealed || parent.shows_key(key) => (parent, *key),
            Self::Key(parent, _) => (parent, NOT_SHOWN),
            Self::Slip(parent, key) => (parent, *key),
        };
        parent.write(f, revealed)?;
        if !matches!(parent, Self::Root) {
            f.write_char('.')?;
        }
        f.write_str(&super::excerpt(key))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)
    }
}

/// A path that outlives what it leads to, for a finding that may come later: no text is made of it before. Cheap to clone.
#[derive(Clone)]
pub(crate) struct KeptPath(Arc<Kept>);

/// The keys and steps of a path.
struct Kept {
    /// Every key, one after another.
    keys: String,
    steps: Vec<KeptStep>,
}

#[derive(Clone, Copy)]
enum KeptStep {
    /// A key, by where it ends.
    Key(usize),
    Slip(usize),
    Index(usize),
}

impl Kept {
    fn push(&mut self, path: &Path<'_>) {
        let step = match path {
            Path::Root => return,
            Path::Key(parent, key) | Path::Slip(parent, key) => {
                self.push(parent);
                self.keys.push_str(key);
                let end = self.keys.len();
                if matches!(path, Path::Key(..)) { KeptStep::Key(end) } else { KeptStep::Slip(end) }
            }
            Path::Index(parent, index) => {
                self.push(parent);
                KeptStep::Index(*index)
            }
        };
        self.steps.push(step);
    }

    /// Has the rest of the path from a step on shown, below the steps before it.
    fn show(&self, f: &mut fmt::Formatter<'_>, path: &Path<'_>, steps: &[KeptStep], begin: usize) -> fmt::Result {
        let Some((step, rest)) = steps.split_first() else { return fmt::Display::fmt(path, f) };
        let key = |end: usize| self.keys.get(begin..end).unwrap_or_default();
        match *step {
            KeptStep::Key(end) => self.show(f, &path.key(key(end)), rest, end),
            KeptStep::Slip(end) => self.show(f, &Path::Slip(path, key(end)), rest, end),
            KeptStep::Index(index) => self.show(f, &path.index(index), rest, begin),
        }
    }
}

impl From<&Path<'_>> for KeptPath {
    fn from(path: &Path<'_>) -> Self {
        let mut kept = Kept { keys: String::with_capacity(48), steps: Vec::with_capacity(6) };
        kept.push(path);
        Self(Arc::new(kept))
    }
}

impl fmt::Display for KeptPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f, &Path::Root, &self.0.steps, 0)
    }
}

/// True if a key is the path of a parameter, and names no place and no agreement.
fn is_parameter(key: &str) -> bool {
    let tells = |parameter: &Parameter| {
        matches!(parameter, Parameter::LevelFactor(_) | Parameter::Level(..) | Parameter::AgreementSlip(_))
    };
    Parameter::parse(key).is_some_and(|parameter| !tells(&parameter))
}

/// True if a key is a year or a month, as in tables of rates.
fn is_date(key: &str) -> bool {
    let year = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    year || key.parse::<Month>().is_ok()
}

/// One step of the path of a key.
#[derive(Clone, Copy)]
pub enum KeyStep<'k> {
    /// A key of a table.
    Key(&'k str),
    /// A place in a list, from 0.
    Index(usize),
}

/// The path of a key as a finding may show it: keys that could tell of a household are left out. For bindings that refuse
/// a value before the library sees it.
///
/// ```
/// use relocost::reading::{KeyStep::{Index, Key}, shown_path};
/// assert_eq!(shown_path(&[Key("lines"), Index(3), Key("amount")]), "lines[3].amount");
/// assert_eq!(shown_path(&[Key("household"), Key("Jane")]), "household.(not shown)");
/// ```
pub fn shown_path(steps: &[KeyStep<'_>]) -> String {
    fn below(path: &Path<'_>, steps: &[KeyStep<'_>]) -> String {
        match steps.split_first() {
            None => path.to_string(),
            Some((KeyStep::Key(key), rest)) => below(&path.key(key), rest),
            Some((KeyStep::Index(index), rest)) => below(&path.index(*index), rest),
        }
    }
    // No path that is read is longer.
    below(&Path::Root, steps.get(..2 * crate::limits::DEPTH).unwrap_or(steps))
}
