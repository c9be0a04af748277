//! Findings as texts of C: what an error object holds.

use relocost::{Lang, Message, message as told};
use serde_json::{Value, json};

use crate::status::{CallResult, Fault, RELOCOST_UNKNOWN_CHOICE, message, name, wrong};
use crate::types::{RELOCOST_JSON, RELOCOST_TEXT_EN, RELOCOST_TEXT_FR, Status, Text};

/// The findings of a failed call, or the warnings of a scenario. Owned by the program; used by one thread at a time.
pub struct ErrorHandle {
    _opaque: (),
}

/// A text with a zero byte after it.
pub(crate) struct ZeroEnded(Box<[u8]>);

impl ZeroEnded {
    pub(crate) fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
        Self(bytes.into_boxed_slice())
    }

    pub(crate) fn view(&self) -> Text {
        Text { data: self.0.as_ptr().cast(), length: self.0.len() - 1 }
    }
}

/// The content of an error object.
pub struct Errors {
    pub(crate) findings: Vec<FindingTexts>,
    pub(crate) more: usize,
    /// All findings, a line for each.
    pub(crate) text: Message,
    /// All findings, in both languages.
    json: String,
}

pub(crate) struct FindingTexts {
    pub(crate) number: Status,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) name: ZeroEnded,
    pub(crate) message: ZeroEnded,
    pub(crate) file: Option<ZeroEnded>,
    pub(crate) key: ZeroEnded,
}

impl FindingTexts {
    fn of(finding: &relocost::error::Finding) -> Self {
        let place = finding.place.as_ref();
        Self {
            number: finding.code.number(),
            line: place.map_or(0, |place| place.line),
            column: place.map_or(0, |place| place.column),
            name: ZeroEnded::new(finding.code.name()),
            message: ZeroEnded::new(finding.message.en()),
            file: place.map(|place| ZeroEnded::new(&place.file)),
            key: ZeroEnded::new(&finding.key),
        }
    }
}

impl Errors {
    pub(crate) fn of(fault: &Fault) -> Self {
        match fault {
            Fault::Core(error) => Self {
                findings: error.findings().iter().map(FindingTexts::of).collect(),
                more: error.more(),
                text: error.into(),
                json: json(&json!(error.findings())),
            },
            Fault::Own(status, about) => {
                let sentence = message(*status);
                let found = FindingTexts {
                    number: *status,
                    line: 0,
                    column: 0,
                    name: ZeroEnded::new(name(*status).unwrap_or_default()),
                    message: ZeroEnded::new(sentence.en()),
                    file: None,
                    key: ZeroEnded::new(about),
                };
                let text = match *about {
                    "" => sentence.clone(),
                    about => told!("{about}: {sentence}", "{about}: {sentence}", sentence = &sentence),
                };
                let json = json(&json!([{
                    "code": *status,
                    "name": name(*status),
                    "file": null,
                    "line": null,
                    "column": null,
                    "key": about,
                    "message": sentence.en(),
                    "message_fr": sentence.fr(),
                }]));
                Self { findings: vec![found], more: 0, text, json }
            }
        }
    }

    pub(crate) fn of_warnings(warnings: &[relocost::error::Finding]) -> Self {
        let lines = |lang| warnings.iter().map(|found| found.text(lang)).collect::<Vec<_>>().join("\n");
        let text = Message::new(lines(Lang::En), lines(Lang::Fr));
        Self { findings: warnings.iter().map(FindingTexts::of).collect(), more: 0, text, json: json(&json!(warnings)) }
    }

    pub(crate) fn write(&self, form: u32) -> CallResult<&str> {
        match form {
            RELOCOST_JSON => Ok(&self.json),
            RELOCOST_TEXT_EN => Ok(self.text.en()),
            RELOCOST_TEXT_FR => Ok(self.text.fr()),
            _ => wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
        }
    }
}

fn json(findings: &Value) -> String {
    serde_json::to_string_pretty(findings).unwrap_or_default()
}
