//! What bars and curves share: the size of a picture, its colours and letters, the legend, and the `svg` element itself.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, IntoFont, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, TextStyle};
use relocost::Lang;
use relocost_report::typeset;

use super::svg::{Canvas, Surface};
use super::words::word;
use super::{Chart, Kind};

/// The width of every picture, in its own units; a page shows it as wide as there is room.
pub(super) const WIDTH: i32 = 1_600;
/// The size of letters.
pub(super) const LETTERS: i32 = 26;
/// The width of a letter, a little more than that of most fonts on average.
pub(super) const LETTER: usize = 14;
/// The height of a line of the legend.
const LEGEND: i32 = 44;

/// A colour of a mark.
pub(crate) type Colour = RGBColor;
pub(super) type Area = DrawingArea<Surface, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// Colours that are told apart in print and by those who do not see all of them; on white each has a contrast of 3 or more.
pub(crate) const PALETTE: [Colour; 10] = [
    RGBColor(0x0b, 0x53, 0x94),
    RGBColor(0xc1, 0x44, 0x0e),
    RGBColor(0x00, 0x79, 0x5c),
    RGBColor(0x8e, 0x3a, 0x80),
    RGBColor(0x8a, 0x6d, 0x00),
    RGBColor(0x3c, 0x3c, 0x3c),
    RGBColor(0x2a, 0x7f, 0x9e),
    RGBColor(0xb0, 0x30, 0x5c),
    RGBColor(0x5f, 0x74, 0x1a),
    RGBColor(0x80, 0x80, 0x80),
];
/// Totals.
pub(crate) const GREY: Colour = RGBColor(0x5a, 0x5a, 0x5a);
/// What adds to a cost.
pub(crate) const MORE: Colour = PALETTE[1];
/// What lowers a cost.
pub(crate) const LESS: Colour = PALETTE[0];
/// Letters.
pub(super) const INK: Colour = RGBColor(0x1b, 0x1b, 0x1b);
/// Lines of the mesh.
pub(super) const MESH: Colour = RGBColor(0xd9, 0xd9, 0xd9);

/// The style of letters at a side of their place.
pub(super) fn letters(h: HPos, v: VPos) -> TextStyle<'static> {
    ("sans-serif", LETTERS).into_font().color(&INK).pos(Pos::new(h, v))
}

/// A text in lines of at most so many letters; what has no room in so many lines is left out behind an ellipsis.
pub(super) fn wrapped(text: &str, most: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let full = out.len() >= lines;
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push('…');
                break;
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// A picture that is being drawn.
pub(super) struct Frame {
    pub(super) canvas: Canvas,
    pub(super) root: Area,
    height: i32,
    /// What is left below the legend begins here.
    pub(super) top: i32,
}

impl Frame {
    /// A picture with its legend, and so much room below that.
    pub(super) fn new(room: i32, legend: &[(Colour, String)], lang: Lang) -> Self {
        let rows = legend_rows(legend);
        let top = i32::try_from(rows.len()).unwrap_or(0) * LEGEND;
        let (canvas, height) = (Canvas::new(lang), room + top);
        let surface = Surface { canvas: canvas.clone(), size: (WIDTH.unsigned_abs(), height.unsigned_abs()) };
        let frame = Self { canvas, root: surface.into_drawing_area(), height, top };
        let _ = frame.legend(&rows); // the surface takes all
        frame
    }

    fn legend(&self, rows: &[Vec<&(Colour, String)>]) -> Drawn {
        let mut y = LEGEND / 2;
        for row in rows {
            let mut x = 8;
            for (colour, name) in row.iter().copied() {
                self.root.draw(&Rectangle::new([(x, y - 12), (x + 24, y + 12)], colour.filled()))?;
                self.root.draw(&Text::new(name.clone(), (x + 34, y), letters(HPos::Left, VPos::Center)))?;
                x += entry_width(name);
            }
            y += LEGEND;
        }
        Ok(())
    }

    /// The area below the legend.
    pub(super) fn below(&self) -> Area {
        self.root.split_vertically(self.top).1
    }

    /// The whole picture.
    pub(super) fn finish(self, kind: Kind, title: &str, text: &str) -> Chart {
        let _ = self.root.present(); // the surface takes all
        let Kind { name, mark, lang } = kind;
        let [title, text, mark] = [title, text, &word(mark, lang)].map(|it| typeset(it, lang));
        Chart { name, title, text, mark, marks: self.canvas.taken(), height: self.height }
    }
}

fn entry_width(name: &str) -> i32 {
    34 + i32::try_from(name.chars().count() * LETTER).unwrap_or(WIDTH) + 30
}

/// The entries of a legend in rows as wide as the picture.
fn legend_rows(legend: &[(Colour, String)]) -> Vec<Vec<&(Colour, String)>> {
    let mut rows: Vec<Vec<&(Colour, String)>> = Vec::new();
    let mut room = 0;
    for entry in legend {
        let width = entry_width(&entry.1);
        match rows.last_mut() {
            Some(row) if width <= room => row.push(entry),
            _ => {
                rows.push(vec![entry]);
                room = WIDTH;
            }
        }
        room -= width;
    }
    rows
}

#[cfg(test)]
#[expect(clippy::float_arithmetic, reason = "a contrast is a ratio")]
mod tests {
    use super::*;

    /// The contrast of a colour with white, as WCAG 2 defines it.
    fn contrast(colour: Colour) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        1.05 / (0.05 + 0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2))
    }

    #[test]
    fn colours_are_seen_on_white() {
        assert!((contrast(RGBColor(0, 0, 0)) - 21.0).abs() < 1e-9);
        for colour in PALETTE.into_iter().chain([GREY]) {
            assert!(contrast(colour) >= 3.0, "{colour:?}: {}", contrast(colour));
        }
        assert!(contrast(INK) >= 4.5);
        for (place, colour) in PALETTE.iter().enumerate() {
            assert!(!PALETTE[..place].contains(colour), "twice: {colour:?}");
        }
    }

    #[test]
    fn long_labels_are_wrapped_and_cut() {
        assert_eq!(wrapped("one two three", 8, 2), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 5, 2), ["one", "two…"]);
        assert_eq!(wrapped("unbreakable", 4, 2), ["unbreakable"]);
    }

    #[test]
    fn a_legend_has_rows_as_wide_as_the_picture() {
        let entries: Vec<(Colour, String)> = (0..9).map(|_| (GREY, "fourteen chars".to_owned())).collect();
        let rows = legend_rows(&entries);
        assert!(rows.len() > 1 && rows.iter().map(Vec::len).sum::<usize>() == entries.len());
        for row in rows {
            assert!(row.iter().map(|(_, name)| entry_width(name)).sum::<i32>() <= WIDTH);
        }
    }
}
