//! Documents that the command holds: the files to start from, the JSON Schemas, completions and man pages.

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
/// The commented catalogue that `init --catalogue` writes.
const INIT_CATALOGUE: &str = include_str!("catalogue.toml");
/// The commented programme that `init --programme` writes, and the table of households that it names.
const INIT_PROGRAMME: &str = include_str!("programme.toml");
const INIT_HOUSEHOLDS: &str = include_str!("programme.csv");
/// The name of that table in the programme.
const PROGRAMME_HOUSEHOLDS: &str = "programme-households.csv";

/// A single file to start from.
#[derive(Clone, Copy)]
pub(crate) enum Start {
    /// A scenario.
    Scenario,
    /// A table of households.
    Caseload,
    /// A catalogue.
    Catalogue,
}

/// Writes a file to start from: to the file named, or to standard output.
pub(crate) fn init(file: Option<&Path>, start: Start, force: bool) -> Result<u8, Failure> {
    let content = match start {
        Start::Scenario => INIT,
        Start::Caseload => INIT_CASELOAD,
        Start::Catalogue => INIT_CATALOGUE,
    };
    let Some(file) = file else { return print(content) };
    refuse_json(file)?;
    write_new(file, content, force)?;
    print(&format!("{} is written\n", relocost_files::display_name(file)))
}

/// Writes a programme to start from, and the table of households that it names, beside each other; to standard output the
/// programme alone.
pub(crate) fn init_programme(file: Option<&Path>, force: bool) -> Result<u8, Failure> {
    let Some(file) = file else { return print(INIT_PROGRAMME) };
    refuse_json(file)?;
    let households = file.with_file_name(PROGRAMME_HOUSEHOLDS);
    if households == *file {
        return Err(Failure::Call(message!(
            "this is the name of the table of households that stands beside a programme; name the programme otherwise",
            "c'est le nom du tableau des ménages qui accompagne un programme ; nommer le programme autrement"
        )));
    }
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    let had_programme = is_there(file);
    if !force && (had_programme || is_there(&households)) {
        return Err(Failure::Call(file_exists()));
    }
    write_new(file, INIT_PROGRAMME, force)?;
    write_new(&households, INIT_HOUSEHOLDS, force).inspect_err(|_| {
        if !had_programme {
            // Both or neither; whoever cannot write the one is told that.
            let _ = std::fs::remove_file(file);
        }
    })?;
    print(&format!("{} and {PROGRAMME_HOUSEHOLDS} are written\n", relocost_files::display_name(file)))
}

fn refuse_json(file: &Path) -> Result<(), Failure> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Err(Failure::Call(message!(
            "`init` writes no JSON; name a file that ends in .toml (or .csv)",
            "`init` n'écrit pas de JSON ; nommer un fichier qui se termine par .toml (ou .csv)"
        )));
    }
    Ok(())
}

fn write_new(file: &Path, content: &str, force: bool) -> Result<(), Failure> {
    relocost_files::write(file, content.as_bytes(), force)
        .map_err(|error| Failure::of_writing(message!("the file", "le fichier"), error))
}

/// Prints a JSON Schema.
pub(crate) fn schema(kind: FileKind) -> Result<u8, Failure> {
    print(&to_json(&relocost::schema::json_schema(kind)))
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
