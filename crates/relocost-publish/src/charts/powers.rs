//! Curves over two axes of powers of ten: how a time grows with a size.
//!
//! For this repository's own documents, not for reports: it is there with the feature `testing` alone.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use relocost::Lang;

use super::frame::PALETTE;
use super::{Axis, Chart, Curve, Curves, Kind, Mark};

/// How a power of ten or a value is written.
pub type Written = fn(f64) -> String;

/// A chart of positive values over positive sizes, both by powers of ten, with a curve for each name.
///
/// Axes are named, and their values written, first across and then upwards.
pub fn powers(
    name: &'static str,
    title: &str,
    text: &str,
    [across, upwards]: [(&str, Written); 2],
    curves: Vec<(String, Vec<(f64, f64)>)>,
) -> Chart {
    let of_powers = |(name, written): (&str, Written)| {
        let shown = move |power: f64| {
            if (power - power.round()).abs() < 1e-6 { written(10_f64.powf(power.round())) } else { String::new() }
        };
        Axis { name: name.to_owned(), shown: Box::new(shown) }
    };
    let lines = curves.into_iter().zip(PALETTE).map(|((name, values), colour)| {
        let points: Vec<(f64, f64)> = values.iter().map(|(size, value)| (size.log10(), value.log10())).collect();
        let last = points.len().saturating_sub(1);
        let marks = points.iter().zip(&values).enumerate().map(|(place, (at, (size, value)))| {
            let value = (upwards.1)(*value);
            Mark {
                at: *at,
                title: format!("{name}, {}: {value}", (across.1)(*size)),
                label: if place == last { value } else { String::new() },
            }
        });
        Curve { colour, marks: marks.collect(), name, points }
    });
    let curves = Curves {
        kind: Kind { name, mark: "internal", lang: Lang::En },
        title: title.to_owned(),
        text: text.to_owned(),
        lines: lines.collect(),
        band: None,
        x: of_powers(across),
        y: of_powers(upwards),
    };
    // Nobody's figures: it has no mark.
    Chart { mark: String::new(), ..curves.draw() }
}
