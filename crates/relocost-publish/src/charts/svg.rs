//! A surface for `plotters` that writes SVG.
//!
//! Text stays text, and a mark has a title that is shown when it is pointed at; the surface of `plotters` itself has no
//! titles. Places are whole numbers, so that the same input gives the same bytes on every processor.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{FontStyle, FontTransform};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use quick_xml::escape::escape;
use relocost::Lang;
use relocost_report::typeset;

/// What has been drawn, shared by the surface and by who gives marks their titles.
#[derive(Clone)]
pub(super) struct Canvas {
    drawn: Rc<RefCell<String>>,
    /// The language of its texts.
    pub(super) lang: Lang,
}

impl Canvas {
    pub(super) fn new(lang: Lang) -> Self {
        Self { drawn: Rc::default(), lang }
    }

    /// Draws a mark with its title.
    ///
    /// As everything written in the picture, the title is set as the language's printers do.
    pub(super) fn titled<R>(&self, title: &str, draw: impl FnOnce() -> R) -> R {
        let _ = write!(self.drawn.borrow_mut(), "<g><title>{}</title>", self.text(title)); // a text takes all
        let drawn = draw();
        self.drawn.borrow_mut().push_str("</g>\n");
        drawn
    }

    /// A text as it stands in the picture.
    pub(super) fn text(&self, text: &str) -> String {
        escape(typeset(text, self.lang)).into_owned()
    }

    pub(super) fn taken(&self) -> String {
        self.drawn.take()
    }
}

/// A surface of a size.
pub(super) struct Surface {
    pub(super) canvas: Canvas,
    pub(super) size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Surface {
    fn put(&self, element: std::fmt::Arguments<'_>) {
        let mut out = self.canvas.drawn.borrow_mut();
        let _ = out.write_fmt(element); // a text takes all
        out.push('\n');
    }
}

/// A colour as an attribute, with its opacity where it is not whole.
fn paint(name: &str, colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    let mut out = format!("{name}=\"#{r:02x}{g:02x}{b:02x}\"");
    if colour.alpha < 1.0 {
        let _ = write!(out, " {name}-opacity=\"{:.2}\"", colour.alpha);
    }
    out
}

fn stroke(style: &impl BackendStyle) -> String {
    let width = style.stroke_width();
    let width = if width == 1 { String::new() } else { format!(" stroke-width=\"{width}\"") };
    paint("stroke", style.color()) + &width
}

fn places(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

impl DrawingBackend for Surface {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.put(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" {}/>", paint("fill", colour)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        let ((a, b), (c, d)) = (from, to);
        self.put(format_args!("<line x1=\"{a}\" y1=\"{b}\" x2=\"{c}\" y2=\"{d}\" {}/>", stroke(style)));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (width, height) = (from.0.abs_diff(to.0), from.1.abs_diff(to.1));
        let paint = if fill { paint("fill", style.color()) } else { format!("fill=\"none\" {}", stroke(style)) };
        self.put(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>"));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        self.put(format_args!("<polyline points=\"{}\" fill=\"none\" {}/>", places(path), stroke(style)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let paint = if fill { paint("fill", style.color()) } else { format!("fill=\"none\" {}", stroke(style)) };
        self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>"));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.put(format_args!("<polygon points=\"{}\" {}/>", places(path), paint("fill", style.color())));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // How far the line of letters is below the place that is meant.
        let below = match style.anchor().v_pos {
            VPos::Top => "0.76em",
            VPos::Center => "0.34em",
            VPos::Bottom => "-0.22em",
        };
        let turned = match style.transform() {
            FontTransform::None => String::new(),
            FontTransform::Rotate90 => format!(" transform=\"rotate(90 {x} {y})\""),
            FontTransform::Rotate180 => format!(" transform=\"rotate(180 {x} {y})\""),
            FontTransform::Rotate270 => format!(" transform=\"rotate(270 {x} {y})\""),
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"bold\"" } else { "" };
        let (size, paint) = (style.size(), paint("fill", style.color()));
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" dy=\"{below}\" text-anchor=\"{anchor}\" font-size=\"{size}\"{weight} {paint}{turned}>{}</text>",
            self.canvas.text(text)
        ));
        Ok(())
    }
}
