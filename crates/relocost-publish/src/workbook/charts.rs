//! The sheet of charts, drawn by the program that opens the workbook, from the figures of other sheets.

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill,
    ChartType, Color, XlsxError,
};

use super::book::{Book, Sheet, quoted};
use super::premium::{Places, rows_of_months};
use super::words::Words;

/// The sheets on which the figures stand.
pub(super) struct Sources<'b> {
    pub(super) premium: &'b str,
    pub(super) months: &'b str,
    pub(super) count: u32,
}

/// The colours of the base, of the alternative and of the premium; told apart in grey, too.
const COLOURS: [u32; 3] = [0x001F_4E79, 0x00E0_8A1E, 0x0054_7A3D];

/// The charts are so wide and high, in pixels.
const SIZE: (u32, u32) = (760, 360);
/// The rows and columns from one chart to the next.
const STEP: (u32, u16) = (20, 12);

/// Writes the sheet of charts.
pub(super) fn sheet(book: &mut Book, name: &str, sources: &Sources<'_>, places: &Places) -> Result<(), XlsxError> {
    let lang = book.lang;
    let mut sheet = Sheet::new(name)?;
    sheet.text(0, 0, name, &book.styles.title)?;
    sheet.text(1, 0, lang.charts_about(), &book.styles.text)?;
    let mut place = 0;
    let mut insert = |sheet: &mut Sheet, chart: &Chart| -> Result<(), XlsxError> {
        let at = (3 + STEP.0 * (place / 2), STEP.1 * u16::try_from(place % 2).unwrap_or(0));
        place += 1;
        sheet.cells.insert_chart(at.0, at.1, chart).map(|_| ())
    };
    let source = |rows: Option<(u32, u32)>, sheet, of: &'static str, columns: [&'static str; 2]| {
        rows.map(|rows| Source { sheet, rows, of, columns })
    };
    if let Some(source) = source(places.years, sources.premium, "$A", ["$C", "$D"]) {
        insert(&mut sheet, &both(book, ChartType::Column, lang.chart_years(), &source))?;
    }
    if let Some(source) = source(places.categories, sources.premium, "$B", ["$C", "$D"]) {
        let mut chart = both(book, ChartType::Bar, lang.chart_categories(), &source);
        // Of bars the categories are on the axis of y: from above, as they are declared.
        chart.y_axis().set_reverse();
        chart.x_axis().set_num_format(&book.styles.whole_code);
        insert(&mut sheet, &chart)?;
    }
    if let Some(source) = source(rows_of_months(sources.count), sources.months, "$A", ["$B", "$C"]) {
        let mut chart = both(book, ChartType::Line, lang.chart_cumulative(), &source);
        by_month(book, &mut chart, sources.count);
        insert(&mut sheet, &chart)?;
        let mut chart = framed(book, ChartType::Line, lang.chart_premium());
        let series = chart.add_series();
        series.set_categories(source.range("$A").as_str()).set_values(source.range("$E").as_str());
        series.set_name(lang.premium()).set_format(&mut line(2));
        by_month(book, &mut chart, sources.count);
        chart.y_axis().set_num_format(&book.styles.percent_code);
        chart.legend().set_hidden();
        insert(&mut sheet, &chart)?;
    }
    book.add(sheet)
}

/// Months below the axis: some ten of them, where nothing hides them.
fn by_month(book: &Book, chart: &mut Chart, count: u32) {
    let axis = chart.x_axis();
    axis.set_date_axis(true).set_num_format(&book.styles.month_code).set_label_position(ChartAxisLabelPosition::Low);
    axis.set_major_unit(count.div_ceil(10).max(1)).set_major_unit_date_type(ChartAxisDateUnitType::Months);
}

/// The rows of a sheet that a chart shows.
struct Source<'b> {
    sheet: &'b str,
    rows: (u32, u32),
    /// The column of what stands below the axis.
    of: &'static str,
    /// Those of the base and of the alternative.
    columns: [&'static str; 2],
}

impl Source<'_> {
    fn range(&self, column: &str) -> String {
        format!("={}!{column}${}:{column}${}", quoted(self.sheet), self.rows.0 + 1, self.rows.1 + 1)
    }
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

/// A chart of both pathways.
fn both(book: &Book, kind: ChartType, title: &str, source: &Source<'_>) -> Chart {
    let mut chart = framed(book, kind, title);
    for (place, column) in source.columns.iter().enumerate() {
        let name = format!("={}!{column}$3", quoted(source.sheet));
        let series = chart.add_series();
        series.set_categories(source.range(source.of).as_str()).set_values(source.range(column).as_str());
        series.set_name(name.as_str());
        if kind == ChartType::Line {
            series.set_format(&mut line(place));
        } else {
            let fill = ChartSolidFill::new().set_color(Color::RGB(COLOURS[place])).clone();
            series.set_format(ChartFormat::new().set_solid_fill(&fill));
        }
    }
    chart
}

fn line(place: usize) -> ChartFormat {
    let line = ChartLine::new().set_color(Color::RGB(COLOURS[place])).set_width(2.25).clone();
    ChartFormat::new().set_line(&line).clone()
}
