//! Word documents: the words of the page in the same order, charts with their texts, and nothing that is not XML.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod subjects;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use relocost::{Lang, Scenario, Watch};
use relocost_publish::report::{self, word};

use self::subjects::{FAMILY, Subjects, options, subjects};

/// The name of each kind, its page and its document.
fn reports(lang: Lang) -> Vec<(&'static str, String, Vec<u8>)> {
    let Subjects { scenario, caseload, programme, payments } = subjects();
    let (watch, options) = (Watch::default(), options(lang));
    let page = report::scenario(&scenario, &options, &watch).unwrap();
    let budget = report::programme(&programme, &options, &watch).unwrap();
    vec![
        ("scenario", page, word::scenario(&scenario, &options, &watch).unwrap()),
        ("caseload", report::caseload(&caseload, lang), word::caseload(&caseload, lang).unwrap()),
        ("programme", budget, word::programme(&programme, &options, &watch).unwrap()),
        ("payments", report::payments(&payments, lang), word::payments(&payments, lang).unwrap()),
    ]
}

/// The parts of a document by their names.
fn parts(document: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let count = archive.len();
    let part = |place: usize| {
        let mut part = archive.by_index(place).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..count).map(part).collect()
}

fn text<'a>(parts: &'a BTreeMap<String, Vec<u8>>, name: &str) -> &'a str {
    std::str::from_utf8(&parts[name]).unwrap()
}

fn is_picture(name: &str) -> bool {
    name.starts_with("word/media/")
}

/// The words of a markup in order, without what stands in some elements; fails where it is not well formed. A paragraph or a
/// cell ends a word.
fn words(markup: &str, without: &[&str]) -> Vec<String> {
    let mut reader = Reader::from_str(markup);
    reader.config_mut().check_end_names = true;
    let (mut said, mut open) = (String::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("not well formed: {error}")) {
            Event::Eof => break,
            Event::Start(start) => open.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap()),
            Event::End(_) => {
                let name = open.pop().unwrap();
                if !["w:t", "w:r", "w:fldSimple", "w:hyperlink", "code"].contains(&name.as_str()) {
                    said.push(' ');
                }
            }
            event if open.iter().any(|name| without.contains(&name.as_str())) => drop(event),
            Event::Text(text) => said.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) => said.push_str(match &*name.decode().unwrap() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "#39" => "'",
                other => panic!("&{other};"),
            }),
            _ => {}
        }
    }
    assert!(open.is_empty());
    // A narrow space is a letter here, so that both are set alike. Bars are drawn as blocks.
    said.split([' ', '\n']).filter(|word| !word.trim_matches(['█', '░']).is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_document_says_what_the_page_says_in_the_same_order() {
    for lang in Lang::ALL.iter().copied() {
        for (kind, page, document) in reports(lang) {
            let body = page[page.find("<header>").unwrap()..page.find("</body>").unwrap()].to_owned();
            let on_page = words(&format!("<body>{body}</body>"), &["svg"]);
            let in_document = words(text(&parts(&document), "word/document.xml"), &["w:instrText"]);
            // A page names its contents for those who hear it.
            let contents = if lang == Lang::Fr { "Sommaire" } else { "Contents" };
            let in_document: Vec<String> = in_document.into_iter().filter(|word| word != contents).collect();
            assert!(on_page.len() > 300, "{kind}");
            for (place, (page, document)) in on_page.iter().zip(&in_document).enumerate() {
                assert_eq!(page, document, "{kind}: after {:?}", &on_page[place.saturating_sub(8)..place]);
            }
            assert_eq!(on_page.len(), in_document.len(), "{kind}");
        }
    }
}

#[test]
fn every_part_is_well_formed_and_named_and_the_same_each_time() {
    for lang in Lang::ALL.iter().copied() {
        for ((kind, page, document), (_, _, again)) in reports(lang).into_iter().zip(reports(lang)) {
            assert!(document == again, "{kind}: the same bytes");
            let parts = parts(&document);
            for (name, content) in &parts {
                if is_picture(name) {
                    assert!(content.starts_with(b"\x89PNG"), "{name}");
                } else {
                    words(std::str::from_utf8(content).unwrap(), &[]);
                }
            }
            let body = text(&parts, "word/document.xml");
            // One picture for each chart, with its own text.
            let charts = page.matches("<svg").count();
            let pictures = parts.keys().filter(|name| is_picture(name)).count();
            assert_eq!((pictures, body.matches("<w:drawing>").count()), (charts, charts), "{kind}");
            assert_eq!(body.matches("<wp:docPr ").count(), charts);
            assert!(!body.contains("descr=\"\"") && !body.contains("title=\"\""), "{kind}");
            // Styles that are used are there, and heads of tables repeat.
            let styles = text(&parts, "word/styles.xml");
            for style in body.split("<w:pStyle w:val=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
                assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{kind}: {style}");
            }
            assert_eq!(body.matches("w:firstRow=\"1\"").count(), body.matches("<w:tblHeader/>").count());
            assert!(body.matches("<w:tblHeader/>").count() >= 2, "{kind}");
            let relations = text(&parts, "word/_rels/document.xml.rels");
            for id in body.split("r:embed=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
                assert!(relations.contains(&format!("Id=\"{id}\"")), "{kind}: {id}");
            }
            let language = if lang == Lang::Fr { "fr-FR" } else { "en-GB" };
            assert!(styles.contains(&format!("<w:lang w:val=\"{language}\"")), "{kind}");
            let mark = if lang == Lang::Fr { "Interne" } else { "Internal" };
            for part in ["word/header.xml", "word/document.xml", "docProps/core.xml"] {
                assert!(text(&parts, part).contains(mark), "{kind}: {part}");
            }
            assert!(text(&parts, "word/footer.xml").contains(" NUMPAGES "), "{kind}");
        }
    }
}

#[test]
fn labels_cannot_be_markup() {
    let (top, rest) = FAMILY.split_at(FAMILY.find("[[uncertain]]").unwrap());
    let label = "<b>R&D</b> \\\"x\\\" ]]>";
    let solutions = format!(
        "[solutions.permanent]\nkind = \"permanent\"\nlabel = \"{label}\"\nentitlements = [\"work\"]\n\n\
         [solutions.temporary]\nkind = \"temporary\"\nlabel = \"T\"\nentitlements = []\n\n"
    );
    let scenario = Scenario::parse(&format!("{top}{solutions}{rest}")).unwrap_or_else(|error| panic!("{error}"));
    let document = word::scenario(&scenario, &options(Lang::En), &Watch::default()).unwrap();
    for (name, content) in parts(&document) {
        if !is_picture(&name) {
            let content = String::from_utf8(content).unwrap();
            words(&content, &[]);
            assert!(!content.contains("<b>"), "{name}");
        }
    }
}
