//! XML as a publisher writes it: elements with their attributes, one after another.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use relocost::{Code, Error, message};

use crate::text::Text;

/// Elements inside one another.
const DEPTH: usize = 32;

/// An event of a document.
pub(super) enum Step {
    /// An element begins.
    Open { name: String, attributes: Vec<(String, String)> },
    /// It ends, with the text that stood directly in it.
    Close { name: String, text: String },
}

/// Reads a document and passes each step with the byte at which it stands.
///
/// # Errors
/// It is no XML, is cut off, nests too deep, or what is made of a step fails.
pub(super) fn read(text: Text<'_>, mut step: impl FnMut(usize, Step) -> Result<(), Error>) -> Result<(), Error> {
    let mut reader = Reader::from_str(text.text);
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = || text.fail(at, Code::Syntax, message!("is not well-formed XML", "n'est pas du XML bien formé"));
        match reader.read_event().map_err(|_| wrong())? {
            Event::Start(start) => {
                if open.len() >= DEPTH {
                    return Err(text.fail(
                        at,
                        Code::TooDeep,
                        message!("nests too deep", "est imbriqué trop profondément"),
                    ));
                }
                let (name, attributes) = element(&start).ok_or_else(wrong)?;
                open.push((name.clone(), String::new()));
                step(at, Step::Open { name, attributes })?;
            }
            Event::Empty(start) => {
                let (name, attributes) = element(&start).ok_or_else(wrong)?;
                step(at, Step::Open { name: name.clone(), attributes })?;
                step(at, Step::Close { name, text: String::new() })?;
            }
            Event::End(_) => {
                let (name, text) = open.pop().ok_or_else(wrong)?;
                step(at, Step::Close { name, text })?;
            }
            Event::Text(part) => {
                if let (Some((_, text)), Ok(part)) = (open.last_mut(), part.decode()) {
                    text.push_str(&part);
                }
            }
            Event::DocType(_) => {
                return Err(text.fail(
                    at,
                    Code::Syntax,
                    message!(
                        "declares a document type, which no publisher's file does",
                        "déclare un type de document, ce que ne fait le fichier d'aucun éditeur"
                    ),
                ));
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => {
                return Err(text.fail(at, Code::Syntax, message!("is cut off", "est tronqué")));
            }
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::GeneralRef(_) => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Option<(String, Vec<(String, String)>)> {
    let name = String::from_utf8(start.local_name().as_ref().to_vec()).ok()?;
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.ok()?;
        let name = String::from_utf8(attribute.key.as_ref().to_vec()).ok()?;
        Some((name, String::from_utf8(attribute.value.to_vec()).ok()?))
    });
    Some((name, attributes.collect::<Option<Vec<_>>>()?))
}
