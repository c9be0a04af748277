//! Charts as SVG: bars and curves of whatever they are given, each with a title and its figures in words.
//!
//! In: labels, figures and colours. Out: an `svg` element that stands by itself. Floating point is used for places in the
//! picture alone: what is written in it comes as text from who knows the figures.

mod bars;
mod behind;
mod budget;
mod curves;
mod frame;
mod picture;
#[cfg(feature = "testing")]
mod powers;
mod scenario;
mod svg;
mod waterfall;
pub(crate) mod words;

use relocost::Lang;

pub(crate) use self::bars::{Bars, Row, Segment};
pub use self::budget::{
    agreements, avoidable, caseload, caseload_causes, caseload_years, futures, futures_total, payment_categories,
    payment_causes, payments, programme_categories, programme_run, programme_simulation, programme_years, waiting,
};
pub(crate) use self::curves::{Axis, Band, Curve, Curves, Mark};
pub(crate) use self::frame::{Colour, GREY, LESS, MORE, PALETTE};
#[cfg(feature = "testing")]
pub use self::powers::{Written, powers};
pub use self::scenario::{causes, comparison, delay, fiscal_years, horizons, reserve, tornado};

/// What a chart is called, how it is marked, and its language.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    /// Its name among the charts of a subject.
    pub(crate) name: &'static str,
    /// The name of the words that say that it is internal.
    pub(crate) mark: &'static str,
    pub(crate) lang: Lang,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Chart {
    /// Its name among the charts of its subject, such as `causes`; the same in every language.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// Its main figures in words, for who does not see it.
    pub text: String,
    /// That its figures are internal, in words.
    pub mark: String,
    /// What is drawn, and how high it is.
    marks: String,
    height: i32,
}
