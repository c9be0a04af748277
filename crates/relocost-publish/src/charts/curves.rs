//! Curves over an axis of numbers, with a band behind them and marks on them.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use plotters::prelude::{ChartBuilder, Circle, LabelAreaPosition, PathElement, Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::frame::{Colour, Drawn, Frame, MESH, letters};
use super::{Chart, Kind};

/// The height of the plot with its axes.
const HEIGHT: i32 = 760;
/// The width of the labels at the left.
const LABELS: i32 = 190;
/// The height of the axis and its name.
const AXIS: i32 = 104;

/// An axis: its name, and how its values are written.
pub(crate) struct Axis {
    pub(crate) name: String,
    pub(crate) shown: Box<dyn Fn(f64) -> String>,
}

/// Curves.
pub(crate) struct Curves {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) band: Option<Band>,
    pub(crate) lines: Vec<Curve>,
}

/// A band of values behind the curves.
pub(crate) struct Band {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) name: String,
}

/// A curve through its points.
pub(crate) struct Curve {
    pub(crate) name: String,
    pub(crate) colour: Colour,
    pub(crate) points: Vec<(f64, f64)>,
    pub(crate) marks: Vec<Mark>,
}

/// A point of a curve that is marked; a label stands beside it, its title is shown when it is pointed at.
pub(crate) struct Mark {
    pub(crate) at: (f64, f64),
    pub(crate) label: String,
    pub(crate) title: String,
}

impl Curves {
    /// Draws them.
    pub(crate) fn draw(self) -> Chart {
        let band = self.band.iter().map(|band| (MESH, band.name.clone()));
        let curves = self.lines.iter().map(|curve| (curve.colour, curve.name.clone()));
        let legend: Vec<(Colour, String)> = curves.chain(band).filter(|(_, name)| !name.is_empty()).collect();
        let frame = Frame::new(HEIGHT, &legend, self.kind.lang);
        let _ = self.marks(&frame); // the surface takes all
        frame.finish(self.kind, &self.title, &self.text)
    }

    /// The least and the greatest value of both axes.
    fn ends(&self) -> [(f64, f64); 2] {
        let points = || self.lines.iter().flat_map(|curve| curve.points.iter().copied());
        let band = self.band.iter().flat_map(|band| [band.low, band.high]);
        let of = |values: &mut dyn Iterator<Item = f64>, margin: f64| {
            let (low, high) = values
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
            if !low.is_finite() {
                return (0.0, 1.0);
            }
            let span = if high > low { high - low } else { high.abs().max(1.0) };
            (if low == 0.0 { 0.0 } else { low - span * margin }, high.max(low + span) + span * margin)
        };
        [of(&mut points().map(|(x, _)| x), 0.0), of(&mut points().map(|(_, y)| y).chain(band), 0.04)]
    }

    fn marks(&self, frame: &Frame) -> Drawn {
        let [(left, right), (low, high)] = self.ends();
        let area = frame.below();
        let mut chart = ChartBuilder::on(&area)
            .margin_top(36)
            .margin_left(6)
            .margin_right(70)
            .set_label_area_size(LabelAreaPosition::Left, LABELS)
            .set_label_area_size(LabelAreaPosition::Bottom, AXIS)
            .build_cartesian_2d(left..right, low..high)?;
        if let Some(band) = &self.band {
            let ends = [(left, band.low), (right, band.high)].map(|at| chart.plotting_area().map_coordinate(&at));
            let area = Rectangle::new(ends, MESH.mix(0.6).filled());
            frame.canvas.titled(&band.name, || frame.root.draw(&area))?;
        }
        chart
            .configure_mesh()
            .x_labels(8)
            .y_labels(8)
            .max_light_lines(1)
            .bold_line_style(MESH.stroke_width(2))
            .light_line_style(MESH.stroke_width(2))
            .axis_style(MESH.stroke_width(2))
            .x_label_style(letters(HPos::Center, VPos::Top))
            .y_label_style(letters(HPos::Right, VPos::Center))
            .x_label_formatter(&|value| (self.x.shown)(*value))
            .y_label_formatter(&|value| (self.y.shown)(*value))
            .x_desc(self.x.name.clone())
            .y_desc(self.y.name.clone())
            .axis_desc_style(letters(HPos::Center, VPos::Top))
            .draw()?;
        let place = |at: &(f64, f64)| chart.plotting_area().map_coordinate(at);
        for curve in &self.lines {
            let line: Vec<_> = curve.points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).map(place).collect();
            frame
                .canvas
                .titled(&curve.name, || frame.root.draw(&PathElement::new(line, curve.colour.stroke_width(5))))?;
        }
        for curve in &self.lines {
            for mark in &curve.marks {
                let (x, y) = place(&mark.at);
                let labelled = !mark.label.is_empty();
                let dot = Circle::new((x, y), if labelled { 10 } else { 6 }, curve.colour.filled());
                frame.canvas.titled(&mark.title, || frame.root.draw(&dot))?;
                if labelled {
                    // Below a curve that rises; where it would leave the picture, above.
                    let (at, side) = if x > 1_280 {
                        ((x - 14, y - 14), letters(HPos::Right, VPos::Bottom))
                    } else {
                        ((x + 18, y + 6), letters(HPos::Left, VPos::Top))
                    };
                    frame.root.draw(&Text::new(mark.label.clone(), at, side))?;
                }
            }
        }
        Ok(())
    }
}
