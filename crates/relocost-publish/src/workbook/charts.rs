//! Charts of the spreadsheet program, drawn by it from the figures of other sheets, and the sheet on which they stand.

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill,
    ChartType, Color, XlsxError,
};

use super::book::{Book, Sheet, range};
use super::words::Words;
use crate::charts::PALETTE;

/// Figures under a row of heads, with their labels in a column.
pub(super) struct Grid<'b> {
    pub(super) sheet: &'b str,
    /// The row of the heads.
    pub(super) head: u32,
    /// The column of the labels.
    pub(super) labels: u16,
    /// The first and last row of the figures.
    pub(super) rows: (u32, u32),
    /// Their first and last column.
    pub(super) columns: (u16, u16),
}

/// The names and the values of what is drawn, and what stands below the axis, as ranges.
pub(super) struct Drawn {
    below: String,
    series: Vec<(String, String)>,
}

impl Grid<'_> {
    /// Each column drawn, over the labels.
    pub(super) fn by_column(&self) -> Drawn {
        let of = |column| {
            (
                self.range((self.head, column), (self.head, column)),
                self.range((self.rows.0, column), (self.rows.1, column)),
            )
        };
        let below = self.range((self.rows.0, self.labels), (self.rows.1, self.labels));
        Drawn { below, series: (self.columns.0..=self.columns.1).map(of).collect() }
    }

    /// Each row drawn, over the heads.
    pub(super) fn by_row(&self) -> Drawn {
        let of = |row| {
            (
                self.range((row, self.labels), (row, self.labels)),
                self.range((row, self.columns.0), (row, self.columns.1)),
            )
        };
        let below = self.range((self.head, self.columns.0), (self.head, self.columns.1));
        Drawn { below, series: (self.rows.0..=self.rows.1).map(of).collect() }
    }

    fn range(&self, first: (u32, u16), last: (u32, u16)) -> String {
        format!("={}", range(self.sheet, first, last))
    }
}

/// The colours of the base, of the alternative and of the premium; told apart in grey, too.
const COLOURS: [u32; 3] = [0x001F_4E79, 0x00E0_8A1E, 0x0054_7A3D];

/// The charts are so wide and high, in pixels.
const SIZE: (u32, u32) = (760, 360);
/// The rows and columns from one chart to the next.
const STEP: (u32, u16) = (20, 12);

/// Writes the sheet of charts, two beside each other.
pub(super) fn sheet(book: &mut Book, name: &str, charts: &[Chart]) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, book.lang.charts_about(), &book.styles.text)?;
    for (place, chart) in (0..).zip(charts) {
        let row = 3 + STEP.0 * (place / 2);
        sheet.cells.insert_chart(row, if place % 2 == 0 { 0 } else { STEP.1 }, chart)?;
    }
    book.add(sheet)
}

/// Columns beside each other, two or three of them.
pub(super) fn columns(book: &Book, title: &str, drawn: &Drawn) -> Chart {
    filled(book, ChartType::Column, title, drawn, &COLOURS.map(Color::RGB))
}

/// Columns of parts that add up.
pub(super) fn stacked(book: &Book, title: &str, drawn: &Drawn) -> Chart {
    let colours = PALETTE.map(|it| Color::RGB(u32::from_be_bytes([0, it.0, it.1, it.2])));
    filled(book, ChartType::ColumnStacked, title, drawn, &colours)
}

/// Bars beside each other, from above in the order of the rows.
pub(super) fn bars(book: &Book, title: &str, drawn: &Drawn) -> Chart {
    let mut chart = filled(book, ChartType::Bar, title, drawn, &COLOURS.map(Color::RGB));
    // Of bars the labels are on the axis of y.
    chart.y_axis().set_reverse();
    chart.x_axis().set_num_format(&book.styles.whole_code);
    chart
}

/// Lines over months.
pub(super) fn lines(book: &Book, title: &str, drawn: &Drawn, months: u32) -> Chart {
    traced(book, title, drawn, months, &COLOURS)
}

/// One line of shares over months.
pub(super) fn shares(book: &Book, title: &str, drawn: &Drawn, months: u32) -> Chart {
    let mut chart = traced(book, title, drawn, months, &COLOURS[2..]);
    chart.y_axis().set_num_format(&book.styles.percent_code);
    chart.legend().set_hidden();
    chart
}

/// A chart of one thing, which its title names.
pub(super) fn alone(mut chart: Chart) -> Chart {
    chart.legend().set_hidden();
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart
}

/// Months below the axis: some ten of them, where nothing hides them.
fn by_month(book: &Book, chart: &mut Chart, count: u32) {
    let axis = chart.x_axis();
    axis.set_date_axis(true).set_num_format(&book.styles.month_code).set_label_position(ChartAxisLabelPosition::Low);
    axis.set_major_unit(count.div_ceil(10).max(1)).set_major_unit_date_type(ChartAxisDateUnitType::Months);
}

fn framed(book: &Book, kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title);
    chart.set_width(SIZE.0).set_height(SIZE.1).set_alt_text(title);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    let grid = ChartLine::new().set_color(Color::RGB(0x00D9_D9D9)).clone();
    chart.y_axis().set_num_format(&book.styles.whole_code).set_major_gridlines_line(&grid);
    chart
}

fn traced(book: &Book, title: &str, drawn: &Drawn, months: u32, colours: &[u32]) -> Chart {
    let mut chart = framed(book, ChartType::Line, title);
    for ((name, values), colour) in drawn.series.iter().zip(colours.iter().cycle()) {
        let line = ChartLine::new().set_color(Color::RGB(*colour)).set_width(2.25).clone();
        add(&mut chart, drawn, name, values).set_format(ChartFormat::new().set_line(&line));
    }
    by_month(book, &mut chart, months);
    chart
}

fn filled(book: &Book, kind: ChartType, title: &str, drawn: &Drawn, colours: &[Color]) -> Chart {
    let mut chart = framed(book, kind, title);
    for ((name, values), colour) in drawn.series.iter().zip(colours.iter().cycle()) {
        let fill = ChartSolidFill::new().set_color(*colour).clone();
        add(&mut chart, drawn, name, values).set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    chart
}

fn add<'c>(chart: &'c mut Chart, drawn: &Drawn, name: &str, values: &str) -> &'c mut rust_xlsxwriter::ChartSeries {
    chart.add_series().set_categories(drawn.below.as_str()).set_values(values).set_name(name)
}
