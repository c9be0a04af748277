//! Charts as SVG: bars and curves of whatever they are given, each with a title and its figures in words.
//!
//! In: labels, figures and colours. Out: an `svg` element that stands by itself. Floating point is used for places in the
//! picture alone: what is written in it comes as text from who knows the figures.

mod bars;
mod budget;
mod curves;
mod frame;
mod scenario;
mod svg;
mod waterfall;
pub(crate) mod words;

pub(crate) use self::bars::{Bars, Row, Segment};
pub use self::budget::{
    agreements, avoidable, caseload_causes, caseload_years, futures, futures_total, payment_categories, payment_causes,
    programme_categories, programme_years, waiting,
};
pub(crate) use self::curves::{Axis, Band, Curve, Curves, Mark};
pub(crate) use self::frame::{Colour, GREY, LESS, MORE, PALETTE};
pub use self::scenario::{causes, delay, fiscal_years, horizons, reserve, tornado};

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// Its main figures in words, for who does not see it.
    pub text: String,
    /// The picture: one `svg` element, whose title and description are the two above.
    pub svg: String,
}
