//! Horizontal bars of one or more segments: causes from one total to another, categories that add up, ends of a tornado.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use plotters::prelude::{ChartBuilder, LabelAreaPosition, PathElement, Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::frame::{Colour, Drawn, Frame, GREY, INK, LETTER, LETTERS, MESH, WIDTH, letters, wrapped};
use super::{Axis, Chart, Kind};

/// The height of a row.
const ROW: i32 = 64;
/// The width of the labels at the left.
const LABELS: i32 = 500;
/// The letters of a line of a label, in the widest of usual fonts.
const LABEL_LETTERS: usize = 31;
/// What is left free at the right, for half of the axis' last number.
const RIGHT: i32 = 70;
/// The height of the axis and its name.
const AXIS: i32 = 104;

/// A bar chart.
pub(crate) struct Bars {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) axis: Axis,
    pub(crate) legend: Vec<(Colour, String)>,
    pub(crate) rows: Vec<Row>,
    /// A line through all rows, where a figure stands.
    pub(crate) standing: Option<f64>,
    /// Whether the axis begins at 0.
    pub(crate) from_zero: bool,
}

/// A row of segments with its label at the left and its figure at the right.
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) figure: String,
    pub(crate) segments: Vec<Segment>,
}

/// A segment between two values; its title is shown when it is pointed at.
pub(crate) struct Segment {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) colour: Colour,
    pub(crate) title: String,
}

impl Bars {
    /// Draws them.
    pub(crate) fn draw(self) -> Chart {
        let rows = i32::try_from(self.rows.len()).unwrap_or(i32::MAX / ROW / 2);
        let frame = Frame::new(rows * ROW + AXIS, &self.legend, self.kind.lang);
        let _ = self.marks(&frame); // the surface takes all
        frame.finish(self.kind, &self.title, &self.text)
    }

    /// The least and the greatest value of the axis, with room for figures at the right.
    fn ends(&self, figures: f64) -> (f64, f64) {
        let values = || self.rows.iter().flat_map(|row| &row.segments).flat_map(|each| [each.from, each.to]);
        let all = || values().chain(self.standing).chain(self.from_zero.then_some(0.0));
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        if !low.is_finite() || !high.is_finite() {
            return (0.0, 1.0);
        }
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let low = if self.from_zero && low >= 0.0 { low } else { low - span * 0.03 };
        (low, low + (high - low).max(span) / (1.0 - figures))
    }

    fn marks(&self, frame: &Frame) -> Drawn {
        let widest = self.rows.iter().map(|row| row.figure.chars().count()).max().unwrap_or(0);
        let room = f64::from(i32::try_from(widest * LETTER).unwrap_or(0) + 30) / f64::from(WIDTH - LABELS - RIGHT);
        let (low, high) = self.ends(room.min(0.5));
        let count = f64::from(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        let area = frame.below();
        let mut chart = ChartBuilder::on(&area)
            .margin_right(RIGHT)
            .set_label_area_size(LabelAreaPosition::Left, LABELS)
            .set_label_area_size(LabelAreaPosition::Bottom, AXIS)
            .build_cartesian_2d(low..high, 0.0..count)?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .y_labels(0)
            .x_labels(6)
            .x_max_light_lines(1)
            .bold_line_style(MESH.stroke_width(2))
            .light_line_style(MESH.stroke_width(2))
            .axis_style(MESH.stroke_width(2))
            .x_label_style(letters(HPos::Center, VPos::Top))
            .x_label_formatter(&|value| (self.axis.shown)(*value))
            .x_desc(self.axis.name.clone())
            .axis_desc_style(letters(HPos::Center, VPos::Top))
            .draw()?;
        let plane = chart.plotting_area();
        let place = |value: f64, y: f64| plane.map_coordinate(&(value, y));
        let mut middle = count - 0.5;
        for row in &self.rows {
            let (left, y) = place(low, middle);
            let lines = wrapped(&row.label, LABEL_LETTERS, 2);
            let first = y - (i32::try_from(lines.len()).unwrap_or(1) - 1) * (LETTERS + 2) / 2;
            for (number, line) in (0..).zip(lines) {
                let at = (left - 14, first + number * (LETTERS + 2));
                frame.root.draw(&Text::new(line, at, letters(HPos::Right, VPos::Center)))?;
            }
            let mut end = place(low, middle).0;
            for each in &row.segments {
                let (from, to) = (place(each.from, middle).0, place(each.to, middle).0);
                end = end.max(from).max(to);
                // A line of white between segments tells them apart without their colours; what is not 0 is seen.
                let (from, to) = (from.min(to), from.max(to));
                let to = if to - from > 4 { to - 2 } else { to.max(from + 2) };
                let bar = Rectangle::new([(from, y - 20), (to, y + 20)], each.colour.filled());
                frame.canvas.titled(&each.title, || frame.root.draw(&bar))?;
            }
            let figure = Text::new(row.figure.clone(), (end + 12, y), letters(HPos::Left, VPos::Center));
            frame.root.draw(&figure)?;
            middle -= 1.0;
        }
        let upright = |value: f64, colour: Colour| {
            let (x, bottom) = place(value, 0.0);
            PathElement::new(vec![(x, bottom), (x, frame.top)], colour.stroke_width(2))
        };
        if low <= 0.0 && self.standing.is_none() {
            frame.root.draw(&upright(0.0, GREY))?;
        }
        if let Some(value) = self.standing {
            frame.root.draw(&upright(value, INK))?;
        }
        Ok(())
    }
}
