//! Expectations: the unit tests that a scenario carries, and the one table of the figures they can name.

use std::fmt;

use crate::types::{Amount, Text};

/// What a figure of a comparison's JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FigureKind {
    Number,
    Text,
}

/// Every figure of a comparison by its path. What stands in `<>` is a name that the scenario declares, a fiscal year,
/// or a number of months.
const FIGURES: &[(&str, FigureKind)] = &[
    ("pathways.<pathway>.entries", FigureKind::Number),
    ("pathways.<pathway>.total", FigureKind::Number),
    ("pathways.<pathway>.constant", FigureKind::Number),
    ("pathways.<pathway>.present_value", FigureKind::Number),
    ("pathways.<pathway>.by_category.<category>", FigureKind::Number),
    ("pathways.<pathway>.by_fiscal_year.<year>", FigureKind::Number),
    ("pathways.<pathway>.by_fund.<fund>", FigureKind::Number),
    ("pathways.<pathway>.by_line.<line>", FigureKind::Number),
    ("comparison.base", FigureKind::Text),
    ("comparison.alternative", FigureKind::Text),
    ("comparison.extra", FigureKind::Number),
    ("comparison.premium", FigureKind::Number),
    ("comparison.band", FigureKind::Text),
    ("comparison.residual", FigureKind::Number),
    ("comparison.attribution.<entitlement>", FigureKind::Number),
    ("comparison.alone.<entitlement>", FigureKind::Number),
    ("comparison.last.<entitlement>", FigureKind::Number),
    ("comparison.by_category.<category>.<difference>", FigureKind::Number),
    ("comparison.by_fiscal_year.<year>.<difference>", FigureKind::Number),
    ("comparison.by_fund.<fund>.<difference>", FigureKind::Number),
    ("comparison.premium_curve.<months>.<difference>", FigureKind::Number),
];

/// The figures of a difference.
const DIFFERENCES: &[&str] = &["base", "alternative", "extra", "premium"];

/// A figure of a comparison by the path of its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    segments: Vec<String>,
}

impl Figure {
    /// The segments of the path.
    pub(crate) fn segments(&self) -> &[String] {
        &self.segments
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("."))
    }
}

/// The names that a scenario declares, by what they are.
pub(crate) trait Names {
    /// The names of a kind: `pathway`, `category`, `fund`, `line` or `entitlement`.
    fn of(&self, kind: &str) -> Vec<&str>;
    /// The horizon in months.
    fn horizon(&self) -> u32;
    /// Whether a name of a kind is declared, as far as can be known.
    fn has(&self, kind: &str, name: &str) -> bool;
}

/// Why a path names no figure: what would be accepted instead.
pub(crate) fn parse_figure(path: &str, names: &dyn Names) -> Result<(Figure, FigureKind), String> {
    let segments: Vec<&str> = path.split('.').collect();
    let mut unknown = None;
    for &(form, kind) in FIGURES {
        let parts: Vec<&str> = form.split('.').collect();
        if parts.len() != segments.len() {
            continue;
        }
        let wrong = parts.iter().zip(&segments).find(|&(part, segment)| !fits(part, segment, names));
        match wrong {
            None => {
                return Ok((Figure { segments: segments.iter().map(ToString::to_string).collect() }, kind));
            }
            Some((part, segment)) if part.starts_with('<') => unknown = Some((*part, *segment)),
            Some(_) => {}
        }
    }
    Err(match unknown {
        Some(("<year>", _)) => "the fiscal year must be four digits".to_owned(),
        Some(("<months>", _)) => format!("the number of months must lie in 1..={}", names.horizon()),
        Some((part, segment)) => {
            let kind = part.trim_matches(['<', '>']);
            let known = if kind == "difference" { DIFFERENCES.to_vec() } else { names.of(kind) };
            let hint = crate::names::closest(segment, known.iter().copied())
                .map_or(String::new(), |name| format!("; did you mean \"{name}\"?"));
            format!("no {kind} of that name{hint}")
        }
        None => {
            let forms: Vec<&str> = FIGURES.iter().map(|(form, _)| *form).collect();
            let hint = crate::names::closest(path, forms.iter().copied()).map_or_else(
                || format!("expected one of {}", forms.join(", ")),
                |form| format!("did you mean \"{form}\"?"),
            );
            format!("the comparison has no such figure; {hint}")
        }
    })
}

fn fits(part: &str, segment: &str, names: &dyn Names) -> bool {
    match part {
        "<year>" => segment.len() == 4 && segment.bytes().all(|b| b.is_ascii_digit()),
        "<months>" => {
            segment.parse::<u32>().is_ok_and(|n| (1..=names.horizon()).contains(&n) && n.to_string() == segment)
        }
        "<difference>" => DIFFERENCES.contains(&segment),
        _ => match part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
            Some(kind) => names.has(kind, segment),
            None => part == segment,
        },
    }
}

/// What a figure should be.
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

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equals(value) => write!(f, "{value}"),
            Self::Is(text) => write!(f, "{text}"),
            Self::Within(low, high) => write!(f, "{low} to {high}"),
            Self::AtMost(value) => write!(f, "at most {value}"),
            Self::AtLeast(value) => write!(f, "at least {value}"),
        }
    }
}

/// A unit test that a scenario carries. It changes no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expectation {
    /// Which figure.
    pub figure: Figure,
    /// What it should be.
    pub bound: Bound,
    /// Why.
    pub why: Option<Text>,
}
