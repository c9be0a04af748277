//! Published exchange rates and price indices as tables of rates.

use std::io;
use std::path::PathBuf;

use relocost::{Code, Error, Message, message};
use relocost_rates::{FILE_BYTES, Format, RateOptions, SourceText};

use crate::failure::Failure;
use crate::input::{STDIN, is_stdin};
use crate::output::print;

pub(crate) fn rates(format: Format, files: &[PathBuf], options: &RateOptions) -> Result<u8, Failure> {
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(Failure::Call(message!(
            "standard input can be one file only",
            "l'entrée standard ne peut être qu'un seul fichier"
        )));
    }
    let read = |file: &PathBuf| {
        if is_stdin(file) {
            let text = relocost_files::text_of(io::stdin().lock(), STDIN, FILE_BYTES)?;
            return Ok((STDIN.to_owned(), text));
        }
        relocost_files::read_text(file, FILE_BYTES)
    };
    let texts = files.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    let sources: Vec<SourceText<'_>> = texts.iter().map(|(name, text)| SourceText { name, text }).collect();
    let tables = relocost_rates::rates(format, &sources, options).map_err(|error| {
        // An error without a place in a file, other than a missing figure, is about the command line.
        let placed = error.findings().iter().any(|finding| finding.place.is_some());
        match error.code() {
            Code::MissingRate | Code::TooLargeFigure => Failure::Input(error),
            _ if placed => Failure::Input(error),
            _ => Failure::Call(Message::from(&error)),
        }
    })?;
    print(&tables.to_toml())
}
