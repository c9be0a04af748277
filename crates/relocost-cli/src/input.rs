//! Files that the command reads, or standard input for one of them.

use std::io::{self, Read};
use std::path::Path;

use relocost::{Code, Error, Programme, Scenario, message};
use relocost_files::{LoadOptions, Loaded};

use crate::args::{Input, Reach};
use crate::failure::Failure;

/// The name of standard input in errors.
pub(crate) const STDIN: &str = "standard input";

/// True for the name that stands for standard input.
pub(crate) fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The options of the library for what the command line allows to reach and to show.
pub(crate) fn options(reach: &Reach) -> LoadOptions {
    LoadOptions::default()
        .catalogue_folders(reach.catalogues.clone())
        .show_values(reach.show_values)
        .folders_option("--catalogues")
}

/// Loads the scenario of a question, as the variant asked for has it. Its warnings describe the household, so only
/// `check` prints them.
pub(crate) fn load(input: &Input) -> Result<Scenario, Failure> {
    in_variant(input, load_file(&input.file, &input.reach)?)
}

/// The scenario as the variant asked for has it.
pub(crate) fn in_variant(input: &Input, scenario: Scenario) -> Result<Scenario, Failure> {
    let Some(name) = &input.variant else { return Ok(scenario) };
    scenario.variant(name).map_err(|error| match error.code() {
        Code::UnknownName => Failure::Call(message!(
            "--variant: the scenario has no variant of this name",
            "--variant : le scénario n'a pas de variante de ce nom"
        )),
        _ => error.into(),
    })
}

/// The failure of a call that asks for a variant of a programme.
pub(crate) fn variant_of_programme() -> Failure {
    Failure::Call(message!("--variant: a programme has none", "--variant : un programme n'en a pas"))
}

fn load_file(file: &Path, reach: &Reach) -> Result<Scenario, Error> {
    if is_stdin(file) {
        return relocost_files::load_text(stdin()?, STDIN, &options(reach));
    }
    relocost_files::load(file, &options(reach))
}

/// Loads a programme from a file, or from standard input.
pub(crate) fn load_programme(file: &Path, reach: &Reach) -> Result<Programme, Error> {
    if is_stdin(file) {
        return relocost_files::load_programme_text(stdin()?, STDIN, &options(reach));
    }
    relocost_files::load_programme(file, &options(reach))
}

/// Loads a scenario or a programme from a file, or from standard input.
pub(crate) fn load_any(file: &Path, reach: &Reach) -> Result<Loaded, Error> {
    if is_stdin(file) {
        return relocost_files::load_any_text(stdin()?, STDIN, &options(reach));
    }
    relocost_files::load_any(file, &options(reach))
}

/// Opens a table beside a scenario, from a file or from standard input, with the name by which errors call it.
pub(crate) fn open_table(table: &Path, scenario: &Path) -> Result<(String, Box<dyn Read>), Failure> {
    if is_stdin(scenario) && is_stdin(table) {
        return Err(Failure::Call(message!(
            "standard input can be the scenario or the table, not both",
            "l'entrée standard peut être le scénario ou le tableau, pas les deux"
        )));
    }
    if is_stdin(table) {
        return Ok((STDIN.to_owned(), relocost_files::table(io::stdin().lock(), STDIN)?));
    }
    Ok(relocost_files::open_table(table)?)
}

/// The bytes of standard input.
fn stdin() -> Result<Vec<u8>, Error> {
    let failed = |error: io::Error| Error::of_file(Code::Unreadable, STDIN, relocost_files::unreadable(&error));
    relocost_files::bounded(io::stdin().lock().by_ref()).map_err(failed)
}
