//! A page as HTML. It loads nothing, and has its style within.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use relocost::message;
use relocost_report::typeset;

use super::page::{Page, Part};

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn html(page: &Page) -> String {
    let lang = page.lang;
    let text = |text: &str| escape(typeset(text.trim(), lang)).into_owned();
    let (mut contents, mut body, mut figures) = (String::new(), String::new(), 0_u32);
    for part in &page.parts {
        // A text takes all that is written to it.
        let _ = match part {
            Part::Section { id, heading } => {
                let heading = text(heading);
                let end = if contents.is_empty() { "" } else { "</section>\n" };
                let _ = writeln!(contents, "<li><a href=\"#{id}\">{heading}</a></li>");
                writeln!(body, "{end}<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>")
            }
            Part::Paragraph(sentence) => writeln!(body, "<p>{}</p>", text(sentence)),
            Part::List(items) => {
                body.push_str("<ul>\n");
                for item in items {
                    let _ = writeln!(body, "<li>{}</li>", text(item));
                }
                writeln!(body, "</ul>")
            }
            Part::KeyFigures(rows) => {
                body.push_str("<table class=\"key\">\n<tbody>\n");
                for (name, figure) in rows {
                    let (name, figure) = (text(name), text(figure));
                    let _ = writeln!(body, "<tr><th scope=\"row\">{name}</th><td class=\"n\">{figure}</td></tr>");
                }
                writeln!(body, "</tbody>\n</table>")
            }
            Part::Figure(chart) => {
                figures += 1;
                let (title, told, svg) = (escape(&chart.title), escape(&chart.text), chart.svg());
                writeln!(
                    body,
                    "<figure>\n<figcaption>Figure {figures}. {title}</figcaption>\n{svg}<p class=\"told\">{told}</p>\n</figure>"
                )
            }
            Part::Fragment(written) => body.write_str(written),
            Part::Code(name, code) => writeln!(body, "<p>{} <code>{}</code></p>", text(name), escape(code)),
        };
    }
    if !contents.is_empty() {
        body.push_str("</section>\n");
    }
    let named = message!("Contents", "Sommaire");
    let pages = message!(
        "\"Page \" counter(page) \" of \" counter(pages)",
        "\"Page \" counter(page) \" sur \" counter(pages)",
    );
    let (code, version) = (lang.code(), env!("CARGO_PKG_VERSION"));
    let [mark, title, about] = [&page.mark, &page.title, &page.about].map(|it| text(it));
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
