//! Standard output: results in the format asked for, and the style of reports.

use std::io::{self, IsTerminal, Write};

use relocost::{Watch, message};
use relocost_report::{Form, Style};
use relocost_tables::{Tables, csv};
use serde::Serialize;

use crate::args::{Format, LangArg, Output};
use crate::failure::Failure;

/// A result as indented JSON.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Prints a result in the format asked for; `text` writes what people read, in the form of the caller's style.
pub(crate) fn show<R: Tables + Serialize>(
    format: Format,
    lang: LangArg,
    result: &R,
    text: impl FnOnce(&R) -> String,
) -> Result<u8, Failure> {
    print(&match format {
        Format::Text | Format::Html | Format::Markdown => text(result),
        Format::Json => to_json(result),
        Format::Csv => csv::result(result, lang.into(), &Watch::default())?,
    })
}

/// Prints to standard output. A reader who has left is no failure: what else is to be done is done, and the status says
/// what came of it.
pub(crate) fn print(text: &str) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(0),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(error) => Err(Failure::Write(message!("standard output", "sur la sortie standard"), error)),
    }
}

/// The style of a report on a scenario.
pub(crate) fn style(output: &Output) -> Style {
    style_of(output.format, output.lang)
}

/// The style of a report. Headings are bold on a terminal only.
pub(crate) fn style_of(format: Format, lang: LangArg) -> Style {
    let bold = || io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let form = match format {
        Format::Html => Form::Html,
        Format::Markdown => Form::Markdown,
        _ if bold() => Form::Bold,
        _ => Form::Plain,
    };
    Style { lang: lang.into(), form }
}
