//! The page of a report as it is made: its head, and its sections with figures and tables, in the order of reading. It is
//! written as HTML or as a Word document.

use relocost::{Lang, Message};
use relocost_report::{Form, Style};

use crate::charts::Chart;

/// A page.
pub(super) struct Page {
    pub(super) lang: Lang,
    form: Form,
    pub(super) mark: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a page.
pub(super) enum Part {
    /// Begins a section; the one before ends.
    Section { id: String, heading: String },
    /// A sentence or more.
    Paragraph(String),
    /// Sentences, an item each.
    List(Vec<String>),
    /// Names and figures, one a row.
    KeyFigures(Vec<(String, String)>),
    /// A chart under its number, with its figures in words.
    Figure(Chart),
    /// What another report has written in the page's form.
    Fragment(String),
    /// A digest or another text to be copied, behind its name.
    Code(String, String),
}

impl Page {
    /// A page in a form that has its reports as sections, with its mark, its title and the line below it.
    pub(super) fn new((lang, form): (Lang, Form), mark: &str, title: &Message, about: &str) -> Self {
        let [mark, title, about] = [mark, title.text(lang), about].map(str::to_owned);
        Self { lang, form, mark, title, about, parts: Vec::new() }
    }

    /// How other reports are written for it.
    pub(super) fn style(&self) -> Style {
        Style { lang: self.lang, form: self.form }
    }

    pub(super) fn section(&mut self, id: &str, heading: &Message) {
        self.parts.push(Part::Section { id: id.to_owned(), heading: heading.text(self.lang).to_owned() });
    }

    pub(super) fn paragraph(&mut self, sentence: &str) {
        self.parts.push(Part::Paragraph(sentence.to_owned()));
    }

    pub(super) fn list(&mut self, items: Vec<String>) {
        self.parts.push(Part::List(items));
    }

    pub(super) fn key_figures(&mut self, rows: Vec<(String, String)>) {
        self.parts.push(Part::KeyFigures(rows));
    }

    pub(super) fn figure(&mut self, chart: Chart) {
        self.parts.push(Part::Figure(chart));
    }

    pub(super) fn figures(&mut self, charts: impl IntoIterator<Item = Chart>) {
        self.parts.extend(charts.into_iter().map(Part::Figure));
    }

    pub(super) fn fragment(&mut self, written: String) {
        self.parts.push(Part::Fragment(written));
    }

    pub(super) fn code(&mut self, name: &str, code: &str) {
        self.parts.push(Part::Code(name.to_owned(), code.to_owned()));
    }
}
