//! Documents that the command holds: the files to start from, the JSON Schemas, completions and man pages.

use std::io;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;
use relocost::message;
use relocost::schema::FileKind;

use crate::args::Cli;
use crate::failure::{Failure, file_exists};
use crate::output::{print, to_json};

/// The commented scenario that `init` writes.
const INIT: &str = include_str!("init.toml");
/// The table of households that `init --caseload` writes.
const INIT_CASELOAD: &str = include_str!("init.csv");

/// Writes a file to start from: to the file named, or to standard output.
pub(crate) fn init(file: Option<&Path>, caseload: bool, force: bool) -> Result<u8, Failure> {
    let content = if caseload { INIT_CASELOAD } else { INIT };
    let Some(file) = file else { return print(content) };
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Err(Failure::Call(message!(
            "`init` writes no JSON; name a file that ends in .toml (or .csv)",
            "`init` n'écrit pas de JSON ; nommer un fichier qui se termine par .toml (ou .csv)"
        )));
    }
    relocost_files::write(file, content.as_bytes(), force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Call(file_exists()),
        _ => Failure::Write(message!("the file", "le fichier"), error),
    })?;
    print(&format!("{} is written\n", relocost_files::display_name(file)))
}

/// Prints the JSON Schema of scenarios or catalogues.
pub(crate) fn schema(catalogue: bool) -> Result<u8, Failure> {
    print(&to_json(&relocost::schema::json_schema(if catalogue { FileKind::Catalogue } else { FileKind::Scenario })))
}

/// Prints completions for a shell.
pub(crate) fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "relocost", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints the man page of the command, or of the subcommand named.
pub(crate) fn man(command: Option<&str>) -> Result<u8, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Failure::Call(message!(
                    "there is no such command; see relocost --help",
                    "il n'y a pas de telle commande ; voir relocost --help"
                ))
            })?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut text)
        .map_err(|error| Failure::Write(message!("the man page", "la page de manuel"), error))?;
    print(&String::from_utf8_lossy(&text))
}
