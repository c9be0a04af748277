//! A chart as an `svg` element: for a page that has its title and its text, or by itself.

use quick_xml::escape::escape;

use super::Chart;
use super::frame::{INK, LETTERS, WIDTH, wrapped};

/// The letters of a line of the title, and of the mark, in the widest of usual fonts.
const TITLE_LETTERS: usize = 72;
const MARK_LETTERS: usize = 98;
/// The height of a line of the title, and the size of its letters.
const TITLE: i32 = 44;
const TITLE_SIZE: i32 = 32;
/// The height of a line of the mark.
const MARK: i32 = 36;
/// What is left free around the picture.
const MARGIN: i32 = 24;

/// A line of letters at the left.
fn written(y: i32, size: i32, weight: &str, line: &str) -> String {
    let (r, g, b, line) = (INK.0, INK.1, INK.2, escape(line));
    format!("<text x=\"0\" y=\"{y}\" font-size=\"{size}\"{weight} fill=\"#{r:02x}{g:02x}{b:02x}\">{line}</text>\n")
}

impl Chart {
    /// The picture: one `svg` element, whose title and description are those of the chart.
    pub fn svg(&self) -> String {
        let size = (0, 0, WIDTH, self.height);
        self.element(size, "", "")
    }

    /// The picture by itself, as a file or in a notebook: on white, with its title above and its mark below.
    ///
    /// ```
    /// use relocost::Lang;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
    /// let picture = relocost_publish::charts::causes(&scenario.compare()?, Lang::En).picture();
    /// assert!(picture.contains(">What causes the extra cost over 24 months</text>"));
    /// assert!(picture.contains(">Internal: exact figures of one household. Not for publication.</text>"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn picture(&self) -> String {
        let lines = |text: &str, most| wrapped(text, most, 3);
        let (title, mark) = (lines(&self.title, TITLE_LETTERS), lines(&self.mark, MARK_LETTERS));
        let height = |lines: &[String], each: i32| i32::try_from(lines.len()).unwrap_or(0) * each;
        let (above, below) = (height(&title, TITLE) + 12, height(&mark, MARK) + 12);
        let (left, top) = (-MARGIN, -above - MARGIN);
        let (width, high) = (WIDTH + 2 * MARGIN, above + self.height + below + 2 * MARGIN);
        let mut behind =
            format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{high}\" fill=\"#ffffff\"/>\n");
        for (number, line) in (0..).zip(title) {
            let y = -above + number * TITLE + TITLE_SIZE;
            behind.push_str(&written(y, TITLE_SIZE, " font-weight=\"bold\"", &line));
        }
        let mut under = String::new();
        for (number, line) in (0..).zip(mark) {
            let y = self.height + 12 + number * MARK + LETTERS;
            under.push_str(&written(y, LETTERS, "", &line));
        }
        self.element((left, top, width, high), &behind, &under)
    }

    fn element(&self, (left, top, width, height): (i32, i32, i32, i32), behind: &str, under: &str) -> String {
        let (title, text, marks) = (escape(&self.title), escape(&self.text), &self.marks);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {top} {width} {height}\" role=\"img\" font-family=\"sans-serif\">\n<title>{title}</title>\n<desc>{text}</desc>\n{behind}{marks}{under}</svg>\n"
        )
    }
}
