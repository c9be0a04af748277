//! The workbook that is being written: its sheets, its styles and its names.

use relocost::{Currency, Lang, Month};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::styles::Styles;
use super::words::Words;

/// Sheets of one workbook.
pub(super) struct Book {
    pub(super) lang: Lang,
    pub(super) styles: Styles,
    /// The decimals of an amount.
    pub(super) decimals: u32,
    /// Says that it is internal.
    pub(super) mark: String,
    workbook: Workbook,
    names: Vec<String>,
}

/// The characters of a sheet's name.
const NAME: usize = 31;

impl Book {
    pub(super) fn new(lang: Lang, currency: Currency, mark: String) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // Always the same, so that the same input gives the same bytes.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_title(lang.title()).set_creation_datetime(&made));
        let (styles, decimals) = (Styles::new(lang, currency), currency.decimals());
        Ok(Self { lang, styles, decimals, mark, workbook, names: Vec::new() })
    }

    /// A name for a sheet that no other has.
    pub(super) fn sheet_name(&mut self, wish: &str) -> String {
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!(" ({number})") };
            let mut name: String = wish.chars().take(NAME - end.len()).collect();
            name.push_str(&end);
            if !self.names.iter().any(|taken| taken.to_lowercase() == name.to_lowercase()) {
                self.names.push(name.clone());
                return name;
            }
            number += 1;
        }
    }

    /// Adds a sheet, which prints across a page, with the number of the page at its foot.
    pub(super) fn add(&mut self, mut sheet: Sheet) -> Result<(), XlsxError> {
        sheet.cells.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        let (page, of) = (self.lang.page(), self.lang.of_pages());
        sheet.cells.set_footer(format!("&L{}&R{page} &P {of} &N", self.mark));
        for (name, range) in sheet.defined {
            self.workbook.define_name(name, &range)?;
        }
        self.workbook.push_worksheet(sheet.cells);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}

/// A sheet that is being written.
pub(super) struct Sheet {
    pub(super) cells: Worksheet,
    name: String,
    defined: Vec<(String, String)>,
}

impl Sheet {
    pub(super) fn new(name: &str) -> Result<Self, XlsxError> {
        let mut cells = Worksheet::new();
        cells.set_name(name)?;
        // An empty result is a text without letters, and not 0.
        cells.set_formula_result_default("");
        Ok(Self { cells, name: name.to_owned(), defined: Vec::new() })
    }

    /// Gives a cell or a range a name.
    pub(super) fn define(&mut self, name: &str, first: (u32, u16), last: (u32, u16)) {
        let range = range(&self.name, first, last);
        self.defined.push((name.to_owned(), format!("={range}")));
    }

    /// A text, whatever it begins with: never a formula.
    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.cells.write_string_with_format(row, column, text, format).map(|_| ())
    }

    /// A decimal as a number.
    pub(super) fn number(&mut self, row: u32, column: u16, decimal: &str, format: &Format) -> Result<(), XlsxError> {
        match decimal.parse::<f64>() {
            Ok(number) => self.cells.write_number_with_format(row, column, number, format).map(|_| ()),
            Err(_) => self.text(row, column, decimal, format),
        }
    }

    /// A month as the date of its first day, or as a text where there is no such date.
    pub(super) fn month(&mut self, row: u32, column: u16, month: Month, format: &Format) -> Result<(), XlsxError> {
        let (year, number) = (u16::try_from(month.year()), u8::try_from(month.month()));
        // Dates of spreadsheets begin in 1900.
        let date = year.ok().filter(|year| *year >= 1900).zip(number.ok());
        let Some((year, number)) = date else { return self.text(row, column, &month.to_string(), format) };
        let date = ExcelDateTime::from_ymd(year, number, 1)?;
        self.cells.write_datetime_with_format(row, column, &date, format).map(|_| ())
    }

    /// A formula with the result that it has.
    pub(super) fn formula(
        &mut self,
        (row, column): (u32, u16),
        formula: impl AsRef<str>,
        result: impl Into<String>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result);
        self.cells.write_formula_with_format(row, column, formula, format).map(|_| ())
    }

    pub(super) fn widths(&mut self, widths: &[(u16, u16)]) -> Result<(), XlsxError> {
        for &(column, width) in widths {
            self.cells.set_column_width(column, width)?;
        }
        Ok(())
    }
}

/// A sheet's name as formulas have it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// A range of a sheet, or a cell.
pub(super) fn range(sheet: &str, first: (u32, u16), last: (u32, u16)) -> String {
    let (sheet, cells) = (quoted(sheet), fixed(first));
    if first == last { format!("{sheet}!{cells}") } else { format!("{sheet}!{cells}:{}", fixed(last)) }
}

/// A cell, as in `$B$3`.
fn fixed((row, column): (u32, u16)) -> String {
    format!("${}${}", column_name(column), row + 1)
}

/// A cell, as in `B3`.
pub(super) fn cell(row: u32, column: u16) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The letters of a column.
pub(super) fn column_name(column: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}
