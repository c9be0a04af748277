//! The first sheet: what the workbook is, how it is used, and whether anything in it was changed.

use relocost::{Basis, Comparison};
use rust_xlsxwriter::{Url, XlsxError};

use super::book::{Book, Sheet, cell, quoted};
use super::path::Path;
use super::premium::Named;
use super::words::{self, Words, internal};

/// The other sheets, each with what stands on it.
pub(super) type Contents<'b> = [(&'b str, &'static str)];

/// Writes the first sheet; `rows` is the number of entries that a sheet holds, where the entries of a pathway are on several.
pub(super) fn sheet(
    book: &mut Book,
    name: &str,
    contents: &Contents<'_>,
    comparison: &Comparison,
    paths: &[Path<'_>],
    named: &Named,
    rows: Option<usize>,
) -> Result<(), XlsxError> {
    let (lang, mut sheet) = (book.lang, Sheet::new(name)?);
    sheet.widths(&[(0, 46), (1, 26), (2, 26), (3, 16)])?;
    sheet.cells.set_screen_gridlines(false);
    sheet.text(0, 0, lang.title(), &book.styles.title)?;
    sheet.text(1, 0, &internal(lang), &book.styles.warning)?;
    let about = comparison.about();
    sheet.text(2, 0, &words::made(lang, about.currency().code(), about.basis()), &book.styles.text)?;
    let sides = [(lang.base(), &paths[0]), (lang.alternative(), &paths[1])];
    let mut row = 3;
    for (side, path) in sides {
        sheet.text(
            row,
            0,
            &words::of(lang, &format!("{} ({side})", lang.pathway()), &path.title()),
            &book.styles.text,
        )?;
        row += 1;
    }
    row = check(book, &mut sheet, row + 1, comparison, paths, named)? + 1;
    sheet.text(row, 0, lang.how(), &book.styles.section)?;
    row += 1;
    let split = rows.map(|entries| words::split(lang, entries));
    let notes = [lang.change(), lang.fixed(), lang.halves(), lang.zero(), lang.names(), lang.not_here()];
    for note in notes.into_iter().chain(split.as_deref()) {
        sheet.cells.merge_range(row, 0, row, 3, "", &book.styles.wrapped)?;
        sheet.text(row, 0, note, &book.styles.wrapped)?;
        // As many lines as the text takes across the merged cells.
        let lines = u16::try_from(note.chars().count() / 118 + 1).unwrap_or(1);
        sheet.cells.set_row_height(row, 15 * lines + 3)?;
        row += 1;
    }
    row += 1;
    sheet.text(row, 0, lang.sheets(), &book.styles.section)?;
    for (name, about) in contents {
        row += 1;
        let link = Url::new(format!("internal:{}!A1", quoted(name))).set_text(*name);
        sheet.cells.write_url(row, 0, link)?;
        sheet.text(row, 1, about, &book.styles.text)?;
    }
    book.add(sheet)
}

/// The main figures as they were computed and as they are now; the next row.
fn check(
    book: &Book,
    sheet: &mut Sheet,
    row: u32,
    comparison: &Comparison,
    paths: &[Path<'_>],
    named: &Named,
) -> Result<u32, XlsxError> {
    let (lang, styles) = (book.lang, &book.styles);
    let heads = [lang.check(), lang.as_computed(), lang.now(), lang.difference()];
    for (column, head) in (0..).zip(heads) {
        sheet.text(row, column, head, if column == 0 { &styles.head } else { &styles.head_right })?;
    }
    let of = |what: &str, path: &Path<'_>| words::of(lang, what, &path.head);
    let figures = comparison.difference();
    let mut checked = vec![
        (of(lang.total(), &paths[0]), figures.base.to_string(), &named.totals[0].0),
        (of(lang.total(), &paths[1]), figures.alternative.to_string(), &named.totals[1].0),
        (lang.extra().to_owned(), figures.extra.to_string(), &named.extra),
    ];
    if comparison.about().basis() == Basis::Nominal {
        for (path, named) in paths.iter().zip(&named.totals) {
            checked.push((of(lang.present_value(), path), path.figures.present_value.to_string(), &named.1));
        }
    }
    let mut at = row + 1;
    for (what, computed, name) in checked {
        sheet.text(at, 0, &what, &styles.text)?;
        sheet.number(at, 1, &computed, &styles.money)?;
        sheet.formula((at, 2), format!("={name}"), &computed, &styles.money)?;
        let formula = format!("=ROUND({}-{},{})", cell(at, 2), cell(at, 1), book.decimals);
        sheet.formula((at, 3), formula, "0", &styles.money)?;
        at += 1;
    }
    let premium = comparison.premium().ratio().map_or_else(String::new, |ratio| ratio.to_string());
    sheet.text(at, 0, lang.premium(), &styles.text)?;
    sheet.number(at, 1, &premium, &styles.percent)?;
    sheet.formula((at, 2), format!("={}", named.premium), &premium, &styles.percent)?;
    Ok(at + 1)
}
