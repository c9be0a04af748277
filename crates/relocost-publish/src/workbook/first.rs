//! The first sheet: what the workbook is, how it is used, and whether anything in it was changed.

use rust_xlsxwriter::{Url, XlsxError};

use super::book::{Book, Sheet, cell, quoted};
use super::words::Words;

/// A figure as it was computed, and the name of the cell in which it stands now.
pub(super) struct Check {
    pub(super) what: String,
    pub(super) computed: String,
    pub(super) name: String,
}

/// What stands on the first sheet.
#[derive(Default)]
pub(super) struct First {
    /// What the workbook is of.
    pub(super) about: Vec<String>,
    /// Amounts.
    pub(super) checks: Vec<Check>,
    /// Shares.
    pub(super) ratios: Vec<Check>,
    pub(super) notes: Vec<String>,
    /// The other sheets, each with what stands on it.
    pub(super) contents: Vec<(String, &'static str)>,
}

impl First {
    /// Adds an amount that is checked.
    pub(super) fn check(&mut self, what: impl Into<String>, computed: &impl ToString, name: &str) {
        self.checks.push(Check { what: what.into(), computed: computed.to_string(), name: name.to_owned() });
    }

    /// Writes the sheet.
    pub(super) fn write(&self, book: &mut Book, name: &str) -> Result<(), XlsxError> {
        let (lang, mut sheet) = (book.lang, Sheet::new(name)?);
        sheet.widths(&[(0, 46), (1, 26), (2, 26), (3, 16)])?;
        sheet.cells.set_screen_gridlines(false);
        sheet.text(0, 0, lang.title(), &book.styles.title)?;
        sheet.text(1, 0, &book.mark, &book.styles.warning)?;
        let mut row = 2;
        for about in &self.about {
            sheet.text(row, 0, about, &book.styles.text)?;
            row += 1;
        }
        row = self.checked(book, &mut sheet, row + 1)? + 1;
        sheet.text(row, 0, lang.how(), &book.styles.section)?;
        row += 1;
        for note in &self.notes {
            sheet.cells.merge_range(row, 0, row, 3, "", &book.styles.wrapped)?;
            sheet.text(row, 0, note, &book.styles.wrapped)?;
            // As many lines as the text takes across the merged cells.
            let lines = u16::try_from(note.chars().count() / 118 + 1).unwrap_or(1);
            sheet.cells.set_row_height(row, 15 * lines + 3)?;
            row += 1;
        }
        row += 1;
        sheet.text(row, 0, lang.sheets(), &book.styles.section)?;
        for (name, about) in &self.contents {
            row += 1;
            let link = Url::new(format!("internal:{}!A1", quoted(name))).set_text(name.as_str());
            sheet.cells.write_url(row, 0, link)?;
            sheet.text(row, 1, about, &book.styles.text)?;
        }
        book.add(sheet)
    }

    /// The main figures as they were computed and as they are now; the next row.
    fn checked(&self, book: &Book, sheet: &mut Sheet, row: u32) -> Result<u32, XlsxError> {
        let (lang, styles) = (book.lang, &book.styles);
        let heads = [lang.check(), lang.as_computed(), lang.now(), lang.difference()];
        for (column, head) in (0..).zip(heads) {
            sheet.text(row, column, head, if column == 0 { &styles.head } else { &styles.head_right })?;
        }
        let mut at = row + 1;
        for (check, is_ratio) in
            self.checks.iter().map(|check| (check, false)).chain(self.ratios.iter().map(|check| (check, true)))
        {
            let format = if is_ratio { &styles.percent } else { &styles.money };
            sheet.text(at, 0, &check.what, &styles.text)?;
            sheet.number(at, 1, &check.computed, format)?;
            sheet.formula((at, 2), format!("={}", check.name), &check.computed, format)?;
            if !is_ratio {
                let formula = format!("=ROUND({}-{},{})", cell(at, 2), cell(at, 1), book.decimals);
                sheet.formula((at, 3), formula, "0", &styles.money)?;
            }
            at += 1;
        }
        Ok(at)
    }
}
