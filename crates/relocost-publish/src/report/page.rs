//! The page of a report: its head, its sections with figures and tables, and its style. It loads nothing.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use relocost::{Lang, Message, message};
use relocost_report::typeset;

use crate::charts::Chart;

const STYLE: &str = include_str!("style.css");

/// A page that is being written.
pub(super) struct Page {
    pub(super) lang: Lang,
    mark: String,
    title: String,
    about: String,
    contents: Vec<(String, String)>,
    body: String,
    figures: u32,
}

/// Text as it stands in the page.
fn text(text: &str, lang: Lang) -> String {
    escape(typeset(text.trim(), lang)).into_owned()
}

impl Page {
    /// A page with its mark, its title and the line below it.
    pub(super) fn new(lang: Lang, mark: &str, title: &Message, about: &str) -> Self {
        Self {
            lang,
            mark: text(mark, lang),
            title: text(title.text(lang), lang),
            about: text(about, lang),
            contents: Vec::new(),
            body: String::new(),
            figures: 0,
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(text); // a text takes all
    }

    /// Begins a section; the one before ends.
    pub(super) fn section(&mut self, id: &str, heading: &Message) {
        if !self.contents.is_empty() {
            self.body.push_str("</section>\n");
        }
        let heading = text(heading.text(self.lang), self.lang);
        self.put(format_args!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n"));
        self.contents.push((id.to_owned(), heading));
    }

    pub(super) fn paragraph(&mut self, sentence: &str) {
        let sentence = text(sentence, self.lang);
        self.put(format_args!("<p>{sentence}</p>\n"));
    }

    pub(super) fn list(&mut self, items: &[String]) {
        self.body.push_str("<ul>\n");
        for item in items {
            let item = text(item, self.lang);
            self.put(format_args!("<li>{item}</li>\n"));
        }
        self.body.push_str("</ul>\n");
    }

    /// Names and figures, one a row.
    pub(super) fn key_figures(&mut self, rows: &[(String, String)]) {
        self.body.push_str("<table class=\"key\">\n<tbody>\n");
        for (name, figure) in rows {
            let (name, figure) = (text(name, self.lang), text(figure, self.lang));
            self.put(format_args!("<tr><th scope=\"row\">{name}</th><td class=\"n\">{figure}</td></tr>\n"));
        }
        self.body.push_str("</tbody>\n</table>\n");
    }

    /// A chart under its number, with its figures in words.
    pub(super) fn figure(&mut self, chart: &Chart) {
        self.figures += 1;
        let (number, title, told) = (self.figures, escape(&chart.title), escape(&chart.text));
        let svg = &chart.svg;
        self.put(format_args!(
            "<figure>\n<figcaption>Figure {number}. {title}</figcaption>\n{svg}<p class=\"told\">{told}</p>\n</figure>\n"
        ));
    }

    /// A part that another report has written as markup.
    pub(super) fn fragment(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// A digest or another text to be copied.
    pub(super) fn code(&mut self, name: &str, code: &str) {
        let (name, code) = (text(name, self.lang), escape(code));
        self.put(format_args!("<p>{name} <code>{code}</code></p>\n"));
    }

    /// The whole page.
    pub(super) fn finish(mut self) -> String {
        if !self.contents.is_empty() {
            self.body.push_str("</section>\n");
        }
        let lang = self.lang;
        let contents: String = self.contents.iter().fold(String::new(), |mut out, (id, heading)| {
            let _ = writeln!(out, "<li><a href=\"#{id}\">{heading}</a></li>"); // a text takes all
            out
        });
        let named = message!("Contents", "Sommaire");
        let pages = message!(
            "\"Page \" counter(page) \" of \" counter(pages)",
            "\"Page \" counter(page) \" sur \" counter(pages)",
        );
        let (code, version, mark, title, about, body) =
            (lang.code(), env!("CARGO_PKG_VERSION"), &self.mark, &self.title, &self.about, &self.body);
        let (named, pages) = (named.text(lang), pages.text(lang));
        // In a style sheet a text stands in quotation marks.
        let plain = mark.replace(['"', '\\'], "");
        format!(
            "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"generator\" content=\"relocost {version}\"/>\n<title>{title}</title>\n<style>\n{STYLE}\
             @page {{ size: A4; margin: 20mm 15mm 18mm; @top-left {{ content: \"{plain}\"; font: 8pt sans-serif; color: #8f1d14; }} \
             @bottom-right {{ content: {pages}; font: 8pt sans-serif; }} }}\n</style>\n</head>\n<body>\n\
             <header>\n<p class=\"mark\">{mark}</p>\n<h1>{title}</h1>\n<p class=\"about\">{about}</p>\n</header>\n\
             <nav aria-label=\"{named}\">\n<ol>\n{contents}</ol>\n</nav>\n<main>\n{body}</main>\n</body>\n</html>\n"
        )
    }
}
