//! The archive of a document: its parts, and what each says of the others. No date stands in it, so that the same document
//! has the same bytes.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use relocost::{Lang, message};
use relocost_report::{typeset, word_escaped};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::super::page::Page;

const TYPES: &str = include_str!("types.xml");
const PACKAGE: &str = include_str!("package.rels");
const STYLES: &str = include_str!("styles.xml");
const NUMBERING: &str = include_str!("numbering.xml");
const SETTINGS: &str = include_str!("settings.xml");
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// What the body of a document, a header and a footer are written in.
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// A4, with margins of 2 cm.
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>";

/// The pictures of a document that is being written.
#[derive(Default)]
pub(super) struct Package {
    pictures: Vec<Vec<u8>>,
}

impl Package {
    /// Takes a picture, and says by which name the body shows it.
    pub(super) fn add(&mut self, png: Vec<u8>) -> String {
        self.pictures.push(png);
        format!("picture{}", self.pictures.len())
    }

    /// The whole archive.
    pub(super) fn finish(self, page: &Page, body: &str) -> Result<Vec<u8>, ZipError> {
        let lang = page.lang;
        let (language, decimal) = match lang {
            Lang::En => ("en-GB", "."),
            Lang::Fr => ("fr-FR", ","),
        };
        let in_language = |part: &str| part.replace("LANGUAGE", language).replace("DECIMAL", decimal);
        let mut relations =
            format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for part in ["styles", "numbering", "settings", "header", "footer"] {
            let _ =
                write!(relations, "<Relationship Id=\"{part}\" Type=\"{RELATIONS}/{part}\" Target=\"{part}.xml\"/>"); // a text takes all
        }
        for number in 1..=self.pictures.len() {
            let _ = write!(
                relations,
                "<Relationship Id=\"picture{number}\" Type=\"{RELATIONS}/image\" Target=\"media/picture{number}.png\"/>"
            );
        }
        relations.push_str("</Relationships>\n");
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", PACKAGE.to_owned()),
            ("docProps/core.xml", core(page, language)),
            ("docProps/app.xml", app()),
            (
                "word/document.xml",
                format!("{XML}<w:document {NAMES}><w:body>\n{body}{SECTION}</w:body></w:document>\n"),
            ),
            ("word/_rels/document.xml.rels", relations),
            ("word/styles.xml", in_language(STYLES)),
            ("word/numbering.xml", NUMBERING.to_owned()),
            ("word/settings.xml", in_language(SETTINGS)),
            ("word/header.xml", header(page)),
            ("word/footer.xml", footer(lang)),
        ];
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for (name, content) in parts {
            archive.start_file(name, options)?;
            archive.write_all(content.as_bytes())?;
        }
        let stored = options.compression_method(zip::CompressionMethod::Stored); // pictures are compressed already
        for (number, picture) in (1..).zip(&self.pictures) {
            archive.start_file(format!("word/media/picture{number}.png"), stored)?;
            archive.write_all(picture)?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn text(text: &str, lang: Lang) -> String {
    word_escaped(&typeset(text, lang))
}

fn core(page: &Page, language: &str) -> String {
    let [title, mark] = [&page.title, &page.mark].map(|it| text(it, page.lang));
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title><dc:subject>{mark}</dc:subject><dc:creator>Relocost</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>\n"
    )
}

fn app() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Relocost {version}</Application></Properties>\n"
    )
}

fn header(page: &Page) -> String {
    let mark = relocost_report::word_paragraph("Header", &page.mark, page.lang);
    format!("{XML}<w:hdr {NAMES}>{mark}</w:hdr>\n")
}

/// The number of the page, and of all pages.
fn footer(lang: Lang) -> String {
    let of = message!(" of ", " sur ");
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let said = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    format!(
        "{XML}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}{}{}{}</w:p></w:ftr>\n",
        said("Page "),
        field("PAGE"),
        said(of.text(lang)),
        field("NUMPAGES"),
    )
}
