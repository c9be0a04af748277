//! Expectations: the unit tests that a scenario carries, and the one table of the figures they can name.

use std::fmt;
use std::ops::RangeInclusive;

use crate::message;
use crate::message::Message;
use crate::names::{closest, did_you_mean};
use crate::reading::NOT_SHOWN;
use crate::types::{Amount, Id, Text};

/// The kind of a figure of a comparison's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FigureKind {
    /// A sum or a count: one that no entry feeds counts as 0.
    Amount,
    /// A share of something: one that does not exist is not 0.
    Ratio,
    /// A verdict or a name.
    Text,
}

/// Every figure of a comparison by its path. What stands in `<>` is a name that the scenario declares, a fiscal year,
/// or a number of months.
const FIGURES: &[(&str, FigureKind)] = &[
    ("pathways.<pathway>.entries", FigureKind::Amount),
    ("pathways.<pathway>.total", FigureKind::Amount),
    ("pathways.<pathway>.constant", FigureKind::Amount),
    ("pathways.<pathway>.present_value", FigureKind::Amount),
    ("pathways.<pathway>.by_category.<category>", FigureKind::Amount),
    ("pathways.<pathway>.by_place.<place>", FigureKind::Amount),
    ("pathways.<pathway>.by_fiscal_year.<year>", FigureKind::Amount),
    ("pathways.<pathway>.by_fund.<fund>", FigureKind::Amount),
    ("pathways.<pathway>.by_line.<line>", FigureKind::Amount),
    ("comparison.base", FigureKind::Text),
    ("comparison.alternative", FigureKind::Text),
    ("comparison.extra", FigureKind::Amount),
    ("comparison.premium", FigureKind::Ratio),
    ("comparison.band", FigureKind::Text),
    ("comparison.residual", FigureKind::Amount),
    ("comparison.attribution.<entitlement>", FigureKind::Amount),
    ("comparison.alone.<entitlement>", FigureKind::Amount),
    ("comparison.last.<entitlement>", FigureKind::Amount),
    ("comparison.by_category.<category>.<difference>", FigureKind::Amount),
    ("comparison.by_fiscal_year.<year>.<difference>", FigureKind::Amount),
    ("comparison.by_fund.<fund>.<difference>", FigureKind::Amount),
    ("comparison.premium_curve.<months>.<difference>", FigureKind::Amount),
];

/// The figures of a difference.
const DIFFERENCES: &[&str] = &["base", "alternative", "extra", "premium"];

/// A figure of a comparison by the path of its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    segments: Vec<String>,
    kind: FigureKind,
    /// The fiscal year of which it is, if it is of one.
    fiscal_year: Option<i32>,
    /// The first months of which it is, if it is of these.
    months: Option<u32>,
}

impl Figure {
    /// A figure that is of no fiscal year or months that could lie outside.
    pub(crate) fn new(path: &str, kind: FigureKind) -> Self {
        Self { segments: path.split('.').map(str::to_owned).collect(), kind, fiscal_year: None, months: None }
    }

    /// The segments of the path.
    pub(crate) fn segments(&self) -> &[String] {
        &self.segments
    }

    /// The kind of the figure.
    pub(crate) fn kind(&self) -> FigureKind {
        self.kind
    }

    /// Why no scenario of this horizon has it.
    pub(crate) fn outside(&self, fiscal_years: &RangeInclusive<i32>, horizon: u32) -> Option<Message> {
        if self.fiscal_year.is_some_and(|year| !fiscal_years.contains(&year)) {
            return Some(year_outside(fiscal_years));
        }
        self.months.is_some_and(|months| months > horizon).then(|| months_outside(horizon))
    }
}

fn year_outside(fiscal_years: &RangeInclusive<i32>) -> Message {
    message!(
        "the fiscal year lies outside the horizon, which has {first} to {last}",
        "l'exercice budgétaire est hors de l'horizon, qui va de {first} à {last}",
        first = fiscal_years.start(),
        last = fiscal_years.end(),
    )
}

fn months_outside(horizon: u32) -> Message {
    message!(
        "the number of months must lie from 1 to {horizon}",
        "le nombre de mois doit être compris entre 1 et {horizon}"
    )
}

impl Figure {
    /// The path as an error or a log shows it: without the place or the agreement that it names.
    pub(crate) fn shown(&self) -> String {
        let mut parts: Vec<&str> = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let names = |key: &&str| ["by_place", "agreements"].contains(key);
            parts.push(if parts.last().is_some_and(names) { NOT_SHOWN } else { segment });
        }
        parts.join(".")
    }

    /// True if its value is a reference, a place or an agreement, which no error and no log shows.
    pub(crate) fn is_private(&self) -> bool {
        self.segments.last().is_some_and(|last| ["reference", "place", "agreement"].contains(&last.as_str()))
            && self.kind == FigureKind::Text
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("."))
    }
}

/// The names that a scenario declares, by what they are.
pub(crate) trait Names {
    /// The names of a kind: `pathway`, `solution`, `place`, `category`, `fund`, `line` or `entitlement`.
    fn of(&self, kind: &str) -> Vec<&str>;
    /// The horizon in months.
    fn horizon(&self) -> u32;
    /// The fiscal years of the horizon, where start and horizon are known.
    fn fiscal_years(&self) -> Option<RangeInclusive<i32>>;
    /// True if a name of a kind is declared, as far as can be known.
    fn has(&self, kind: &str, name: &str) -> bool;
}

/// Why a path names no figure: what would be accepted instead.
pub(crate) fn parse_figure(path: &str, names: &dyn Names) -> Result<Figure, Message> {
    let segments: Vec<&str> = path.split('.').collect();
    let mut unknown = None;
    for &(form, kind) in FIGURES {
        let parts = || form.split('.').zip(&segments);
        if form.split('.').count() != segments.len() {
            continue;
        }
        let wrong = parts().find(|&(part, segment)| !fits(part, segment, names));
        match wrong {
            None => {
                let of = |part| parts().find(|(known, _)| *known == part).map(|(_, segment)| *segment);
                return Ok(Figure {
                    kind: if of("<difference>") == Some("premium") { FigureKind::Ratio } else { kind },
                    fiscal_year: of("<year>").and_then(|year| year.parse().ok()),
                    months: of("<months>").and_then(|months| months.parse().ok()),
                    segments: segments.iter().map(ToString::to_string).collect(),
                });
            }
            Some((part, segment)) if part.starts_with('<') => unknown = Some((part, *segment)),
            Some(_) => {}
        }
    }
    Err(match unknown {
        Some(("<year>", segment)) => match names.fiscal_years() {
            Some(years) if is_year(segment) => year_outside(&years),
            _ => message!("the fiscal year must be four digits", "l'exercice budgétaire s'écrit en quatre chiffres"),
        },
        Some(("<months>", _)) => months_outside(names.horizon()),
        Some((part, segment)) => {
            let kind = part.trim_matches(['<', '>']);
            let known = match kind {
                "difference" => DIFFERENCES.to_vec(),
                "place" => Vec::new(), // which there are tells where a household is
                kind => names.of(kind),
            };
            no_such(kind, &did_you_mean(closest(segment, known.iter().copied())))
        }
        None => {
            let forms: Vec<&str> = FIGURES.iter().map(|(form, _)| *form).collect();
            let hint = if let Some(form) = closest(path, forms.iter().copied()) {
                message!("did you mean \"{form}\"?", "vouliez-vous dire « {form} » ?")
            } else {
                let forms = forms.join(", ");
                message!("expected one of {forms}", "attendu : l'un de {forms}")
            };
            message!("the comparison has no such figure; {hint}", "la comparaison n'a pas ce chiffre ; {hint}", hint)
        }
    })
}

/// The noun for a kind of name in messages.
pub(crate) fn noun(kind: &str) -> Message {
    match kind {
        "entitlement" => message!("entitlement", "droit"),
        "place" => message!("place", "lieu"),
        "driver" => message!("driver", "driver"),
        "category" => message!("category", "catégorie"),
        "fund" => message!("fund", "fonds"),
        "index" => message!("index", "indice"),
        "profile" => message!("profile", "profil"),
        "solution" => message!("solution", "solution"),
        "pathway" => message!("pathway", "parcours"),
        "line" => message!("line", "poste"),
        "difference" => message!("difference", "différence"),
        _ => message!("name", "nom"),
    }
}

/// The error of a name that nothing of this kind has, with a hint at its end.
pub(crate) fn no_such(kind: &str, hint: &Message) -> Message {
    let what = noun(kind);
    message!("no {what} of that name{hint}", "rien de ce nom comme {what}{hint}", what, hint)
}

fn fits(part: &str, segment: &str, names: &dyn Names) -> bool {
    match part {
        "<year>" => {
            let outside = |year| names.fiscal_years().is_some_and(|years| !years.contains(&year));
            is_year(segment) && segment.parse().is_ok_and(|year| !outside(year))
        }
        "<months>" => {
            segment.parse::<u32>().is_ok_and(|n| (1..=names.horizon()).contains(&n) && n.to_string() == segment)
        }
        "<difference>" => DIFFERENCES.contains(&segment),
        // The place is a cause, too.
        "<entitlement>" if segment == Id::place().as_str() => true,
        _ => match part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
            Some(kind) => names.has(kind, segment),
            None => part == segment,
        },
    }
}

pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// The value that a figure should have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// Exactly this number.
    Equals(Amount),
    /// Exactly this text.
    Is(Text),
    /// From the first to the second, both included.
    Within(Amount, Amount),
    /// No more than this.
    AtMost(Amount),
    /// No less than this.
    AtLeast(Amount),
}

impl Bound {
    /// The value that the figure should have, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Equals(value) => message!("{value}", "{value}"),
            Self::Is(text) => message!("{text}", "{text}"),
            Self::Within(low, high) => message!("{low} to {high}", "{low} à {high}"),
            Self::AtMost(value) => message!("at most {value}", "au plus {value}"),
            Self::AtLeast(value) => message!("at least {value}", "au moins {value}"),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().en())
    }
}

/// A unit test that a scenario carries. It changes no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expectation {
    /// The figure.
    pub figure: Figure,
    /// The value that it should have.
    pub bound: Bound,
    /// Why.
    pub why: Option<Text>,
}
