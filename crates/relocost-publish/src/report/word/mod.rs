//! A page as a Word document (DOCX): its own headings, lists and tables, and charts as pictures with a text for each.
//!
//! Written here, because no crate at hand writes what a committee's paper needs: `docx-rs` gives every picture the same name
//! and no text, and a document no language.

mod package;
mod picture;

use std::fmt::Write as _;

use relocost::caseload::Caseload;
use relocost::payments::Payments;
use relocost::{Code, Error, Lang, Programme, Scenario, Watch, message};
use relocost_report::{Form, typeset, word_escaped, word_pairs, word_paragraph};

use self::package::Package;
use self::picture::{Picture, picture};
use super::page::{Page, Part};
use super::{ReportOptions, budget};
use crate::charts::Chart;

/// The width of a picture, and the most of its height, in English Metric Units: 17 by 22 cm.
const PICTURE: (u64, u64) = (6_120_000, 7_920_000);

/// A scenario's report as a Word document, with the sections of [`report::scenario`](super::scenario()).
///
/// ```
/// use relocost::{Lang, Watch};
/// use relocost_publish::report::{ReportOptions, word};
/// # let family = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 6\nhousehold = { members = [{ age = 34 }] }")?;
/// let document = word::scenario(&family, &ReportOptions::new(Lang::Fr).draws(20), &Watch::default())?;
/// assert!(document.starts_with(b"PK")); // an archive, as every DOCX is
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// As [`report::scenario`](super::scenario()).
pub fn scenario(scenario: &Scenario, options: &ReportOptions, watch: &Watch<'_>) -> Result<Vec<u8>, Error> {
    document(&super::scenario::page(scenario, options, Form::Word, watch)?)
}

/// A programme's report as a Word document, with the sections of [`report::programme`](super::programme()).
///
/// # Errors
/// As [`report::programme`](super::programme()).
pub fn programme(programme: &Programme, options: &ReportOptions, watch: &Watch<'_>) -> Result<Vec<u8>, Error> {
    document(&budget::programme_page(programme, options, Form::Word, watch)?)
}

/// A caseload's report as a Word document, with the sections of [`report::caseload`](super::caseload()).
///
/// # Errors
/// The document is larger than an archive may be.
pub fn caseload(caseload: &Caseload, lang: Lang) -> Result<Vec<u8>, Error> {
    document(&budget::caseload_page(caseload, (lang, Form::Word)))
}

/// The report of payments as a Word document, with the sections of [`report::payments`](super::payments()).
///
/// # Errors
/// As [`caseload`].
pub fn payments(payments: &Payments, lang: Lang) -> Result<Vec<u8>, Error> {
    document(&budget::payments_page(payments, (lang, Form::Word)))
}

fn document(page: &Page) -> Result<Vec<u8>, Error> {
    let lang = page.lang;
    let mut package = Package::default();
    let mut body = String::new();
    let (mut sections, mut figures) = (0_u32, 0_u32);
    head(&mut body, page);
    for part in &page.parts {
        match part {
            Part::Section { heading, .. } => {
                sections += 1;
                body.push_str(&section_heading(sections, heading, lang));
            }
            Part::Paragraph(sentence) => body.push_str(&word_paragraph("BodyText", sentence, lang)),
            Part::List(items) => body.extend(items.iter().map(|item| word_paragraph("ListBullet", item, lang))),
            Part::KeyFigures(rows) => body.push_str(&word_pairs(rows, lang)),
            Part::Figure(chart) => {
                figures += 1;
                figure(&mut body, &mut package, figures, chart);
            }
            Part::Fragment(written) => body.push_str(written),
            Part::Code(name, code) => {
                body.push_str(&word_paragraph("Lead", name, lang));
                body.push_str(&word_paragraph("Digest", code, lang));
            }
        }
    }
    package.finish(page, &body).map_err(|error| {
        let why = error.to_string();
        let message =
            message!("the Word document cannot be written: {why}", "le document Word ne peut pas être écrit : {why}");
        Error::single(Code::TooMany, "", message)
    })
}

/// The mark, the title, the line below it, and the contents.
fn head(body: &mut String, page: &Page) {
    let lang = page.lang;
    body.push_str(&word_paragraph("Mark", &page.mark, lang));
    body.push_str(&word_paragraph("Title", &page.title, lang));
    body.push_str(&word_paragraph("Subtitle", &page.about, lang));
    body.push_str(&word_paragraph("TOCHeading", message!("Contents", "Sommaire").text(lang), lang));
    let headings = page.parts.iter().filter_map(|part| match part {
        Part::Section { heading, .. } => Some(word_escaped(&typeset(heading, lang))),
        _ => None,
    });
    let headings: Vec<String> = headings.collect();
    for (number, heading) in (1..).zip(&headings) {
        // Word's own contents, without the numbers of pages, which only Word knows.
        let begin = if number == 1 {
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-1\" \\n \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        } else {
            ""
        };
        let end = if number == headings.len() { "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" } else { "" };
        let _ = writeln!(
            body,
            "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>{begin}<w:hyperlink w:anchor=\"_Toc{number}\" w:history=\"1\"><w:r><w:t xml:space=\"preserve\">{heading}</w:t></w:r></w:hyperlink>{end}</w:p>"
        ); // a text takes all
    }
}

fn section_heading(number: u32, heading: &str, lang: Lang) -> String {
    let heading = word_escaped(&typeset(heading, lang));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:bookmarkStart w:id=\"{number}\" w:name=\"_Toc{number}\"/><w:r><w:t xml:space=\"preserve\">{heading}</w:t></w:r><w:bookmarkEnd w:id=\"{number}\"/></w:p>\n"
    )
}

/// A chart: its number and title, the picture with its text, and the text to read.
fn figure(body: &mut String, package: &mut Package, number: u32, chart: &Chart) {
    let [title, told] = [&chart.title, &chart.text].map(|text| word_escaped(text));
    let _ = writeln!(
        body,
        "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Figure </w:t></w:r><w:fldSimple w:instr=\" SEQ Figure \\* ARABIC \"><w:r><w:t>{number}</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\">. {title}</w:t></w:r></w:p>"
    ); // a text takes all
    let drawn = picture(&chart.svg());
    debug_assert!(drawn.is_some(), "a chart of ours is a picture");
    if let Some(Picture { png, size: (width, height) }) = drawn {
        let (wide, high) = fitted(u64::from(width), u64::from(height));
        let id = package.add(png);
        let _ = writeln!(
            body,
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{told}\" title=\"{title}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"Figure {number}\" descr=\"{told}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        );
    }
    let _ = writeln!(
        body,
        "<w:p><w:pPr><w:pStyle w:val=\"Told\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{told}</w:t></w:r></w:p>"
    );
}

/// The size of a picture on the page, of its own proportions.
fn fitted(width: u64, height: u64) -> (u64, u64) {
    let (wide, most) = PICTURE;
    let high = height * wide / width.max(1);
    if high <= most { (wide, high) } else { (width * most / height.max(1), most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_as_wide_as_the_page_and_no_higher() {
        assert_eq!(fitted(1_600, 800), (6_120_000, 3_060_000));
        assert_eq!(fitted(1_600, 16_000), (792_000, 7_920_000));
    }
}
