//! The door between the library, which knows no disk, and the files of a user.
//!
//! In: paths. Out: checked scenarios, or errors that name a file but never its path; files written whole or not at all.
//! Every face of the library that reads files (the command, and bindings) comes in through here, so that a scenario
//! can reach the same catalogues from all of them, and no others.
#![forbid(unsafe_code)]

mod find;
mod workbook;
mod write;

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

pub use self::find::{FoundFile, Sort, find, sort_of};
pub use self::write::{write, write_private};
use relocost::error::Place;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Catalogue, Code, Error, Loader, Message, Programme, Scenario, limits, message};

/// The options for loading scenarios. By default a scenario may name catalogues of its own folder only.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct LoadOptions {
    /// Further folders in which a catalogue may lie, or below which.
    pub catalogue_folders: Vec<PathBuf>,
    /// True if errors may show values that could identify a household, on one's own machine.
    pub show_values: bool,
    /// The option by which the caller's user names such a folder, for messages: `--catalogues` in the command.
    pub folders_option: Option<&'static str>,
}

impl LoadOptions {
    /// Sets further folders in which a catalogue may lie.
    #[must_use]
    pub fn catalogue_folders(mut self, catalogue_folders: Vec<PathBuf>) -> Self {
        self.catalogue_folders = catalogue_folders;
        self
    }

    /// Sets whether errors may show values that could identify a household.
    #[must_use]
    pub fn show_values(mut self, show_values: bool) -> Self {
        self.show_values = show_values;
        self
    }

    /// Sets what the caller's user writes to name such a folder.
    #[must_use]
    pub fn folders_option(mut self, folders_option: impl Into<Option<&'static str>>) -> Self {
        self.folders_option = folders_option.into();
        self
    }
}

/// The folders, which are paths, are not shown.
impl fmt::Debug for LoadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folders = self.catalogue_folders.len();
        write!(f, "LoadOptions({folders} folders, show_values: {})", self.show_values)
    }
}

/// Loads a scenario from a file, with the catalogue that it names.
///
/// The catalogue is `"reference"`, or a regular file in the scenario's own folder or below it, links resolved, or in
/// one of the folders of the options.
///
/// # Errors
/// Everything that is wrong with either file. The file is called by its own name, never by its path.
pub fn load(path: &Path, options: &LoadOptions) -> Result<Scenario, Error> {
    let file = read(path)?;
    let resolve = |name: &str| catalogue(path, name, options);
    let loader = Loader::new().show_values(options.show_values).catalogues(resolve);
    loader.load(Source { name: &file.name, text: &file.text, format: file.format })
}

/// Loads a programme from a file, with its catalogue and the households that it names, which are reached as catalogues are.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn load_programme(path: &Path, options: &LoadOptions) -> Result<Programme, Error> {
    let file = read(path)?;
    let loader = Loader::new()
        .show_values(options.show_values)
        .catalogues(|name| catalogue(path, name, options))
        .households(|name| beside(path, name, options, &households()));
    loader.load_programme(Source { name: &file.name, text: &file.text, format: file.format })
}

/// Loads a programme from a text that did not come from a file: it can name the catalogue `"reference"` only.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn load_programme_text(bytes: Vec<u8>, name: &str, options: &LoadOptions) -> Result<Programme, Error> {
    let text = utf8(name, bytes, limits::FILE_BYTES)?;
    let format = Format::of("", &text);
    Loader::new().show_values(options.show_values).load_programme(Source { name, text: &text, format })
}

/// A file that can be asked about: a scenario or a programme.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Loaded {
    /// A scenario.
    Scenario(Scenario),
    /// A programme.
    Programme(Programme),
}

/// Loads a scenario or a programme from a file, as [`load`] and [`load_programme`] do.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn load_any(path: &Path, options: &LoadOptions) -> Result<Loaded, Error> {
    // A text that cannot be read is reported as a scenario with errors.
    if is_programme(path)? {
        return load_programme(path, options).map(Loaded::Programme);
    }
    load(path, options).map(Loaded::Scenario)
}

/// Loads a scenario or a programme from a text, as [`load_text`] and [`load_programme_text`] do.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn load_any_text(bytes: Vec<u8>, name: &str, options: &LoadOptions) -> Result<Loaded, Error> {
    let text = utf8(name, bytes.clone(), limits::FILE_BYTES)?;
    let source = Source { name, text: &text, format: Format::of("", &text) };
    if relocost::scenario::is_programme(source).unwrap_or(false) {
        return load_programme_text(bytes, name, options).map(Loaded::Programme);
    }
    load_text(bytes, name, options).map(Loaded::Scenario)
}

/// Loads a scenario over another catalogue than the one that it names.
///
/// # Errors
/// As [`load`]; or the scenario names no catalogue, so that there is none to replace.
pub fn load_over(path: &Path, catalogue: &Path, options: &LoadOptions) -> Result<Scenario, Error> {
    let (file, prices) = (read(path)?, read(catalogue)?);
    let loader = Loader::new().show_values(options.show_values).instead_of_any(prices);
    loader.load(Source { name: &file.name, text: &file.text, format: file.format })
}

/// Loads a catalogue as the scenario of nobody, so that two of them can be compared.
///
/// # Errors
/// As [`load`]; a catalogue that leaves something to its scenarios, such as the funds, cannot stand alone.
pub fn load_catalogue_alone(path: &Path, options: &LoadOptions) -> Result<Scenario, Error> {
    const NOBODY: &str =
        "schema = 1\ncatalogue = \"reference\"\nstart = \"2000-01\"\nhorizon_months = 1\nhousehold = { members = [] }";
    let loader = Loader::new().show_values(options.show_values).instead_of_any(read(path)?);
    loader.load(Source::toml("scenario of nobody", NOBODY))
}

/// True if a file is a catalogue rather than a scenario.
///
/// # Errors
/// It cannot be read.
pub fn is_catalogue(path: &Path) -> Result<bool, Error> {
    let CatalogueText { name, text, format } = read(path)?;
    Ok(!relocost::scenario::is_scenario(Source { name: &name, text: &text, format })?)
}

/// True if a file is a programme. What cannot be parsed is one if it seems to be.
///
/// # Errors
/// It cannot be read.
pub fn is_programme(path: &Path) -> Result<bool, Error> {
    let CatalogueText { name, text, format } = read(path)?;
    Ok(relocost::scenario::is_programme(Source { name: &name, text: &text, format }).unwrap_or(false))
}

/// Loads a scenario from a text that did not come from a file: it can name the catalogue `"reference"` only.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn load_text(bytes: Vec<u8>, name: &str, options: &LoadOptions) -> Result<Scenario, Error> {
    let text = utf8(name, bytes, limits::FILE_BYTES)?;
    let format = Format::of("", &text);
    Loader::new().show_values(options.show_values).load(Source { name, text: &text, format })
}

/// Loads a catalogue from a file and checks it for itself.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn load_catalogue(path: &Path) -> Result<Catalogue, Error> {
    let file = read(path)?;
    Catalogue::from_source(Source { name: &file.name, text: &file.text, format: file.format })
}

/// Opens a table (of households, payments or prices), whose rows are read one by one, with the name by which errors call
/// it: a text, or a workbook (xlsx), as [`table()`].
///
/// # Errors
/// It is no regular file, cannot be read, or is a workbook that is no single table.
pub fn open_table(path: &Path) -> Result<(String, Box<dyn Read>), Error> {
    let name = display_name(path);
    let file = open_regular(path, &name)?;
    let table = table(file, &name)?;
    Ok((name, table))
}

/// The text of a table: that of the source itself, or that of a workbook's sheet, each of whose rows is the line of the
/// same number. What a source is, its first bytes say. A workbook is read as a whole, a text is not.
///
/// ```
/// # use std::io::Read;
/// let mut text = String::new();
/// relocost_files::table("month,amount".as_bytes(), "table")?.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "month,amount");
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// It cannot be read; or it is a workbook that cannot be read, has cells on two sheets, merged cells, formulas without
/// values, or more than is read.
pub fn table<'r>(mut source: impl Read + 'r, name: &str) -> Result<Box<dyn Read + 'r>, Error> {
    let failed = |error: io::Error| Error::of_file(Code::Unreadable, name, unreadable(&error));
    let mut start = Vec::new();
    source.by_ref().take(workbook::SIGNATURE.len() as u64).read_to_end(&mut start).map_err(failed)?;
    let whole = Cursor::new(start.clone()).chain(source);
    if start != workbook::SIGNATURE {
        return Ok(Box::new(whole));
    }
    let bytes = at_most(whole, workbook::BYTES).map_err(failed)?;
    Ok(Box::new(Cursor::new(workbook::text(bytes, name)?)))
}

/// Reads a text that is neither scenario nor catalogue, of so many bytes at most, with the name by which errors call it.
///
/// # Errors
/// It is no regular file, cannot be read, is too large or is not UTF-8.
pub fn read_text(path: &Path, most: usize) -> Result<(String, String), Error> {
    let name = display_name(path);
    let file = open_regular(path, &name)?;
    let text = text_of(file, &name, most)?;
    Ok((name, text))
}

/// Reads a text from a source that `name` names in errors.
///
/// # Errors
/// It cannot be read, is too large or is not UTF-8.
pub fn text_of(source: impl Read, name: &str, most: usize) -> Result<String, Error> {
    let failed = |error: io::Error| Error::of_file(Code::Unreadable, name, unreadable(&error));
    let bytes = at_most(source, most).map_err(failed)?;
    utf8(name, bytes, most)
}

/// The name by which errors call a file: its own, without its folders. What is no name of a file, such as the text of one
/// that was given for its path, is not shown.
pub fn display_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    name.filter(|name| name.len() <= LONGEST_NAME && !name.contains(char::is_control)).unwrap_or("(file)".to_owned())
}

/// Bytes of a file's name, as file systems have it.
const LONGEST_NAME: usize = 255;

/// Reads a file of a scenario or a catalogue.
///
/// # Errors
/// It cannot be read, is too large or is not UTF-8.
fn read(path: &Path) -> Result<CatalogueText, Error> {
    let name = display_name(path);
    let failed = |error: io::Error| Error::of_file(Code::Unreadable, &name, unreadable(&error));
    let file = open_regular(path, &name)?;
    let bytes = bounded(file).map_err(failed)?;
    let text = utf8(&name, bytes, limits::FILE_BYTES)?;
    let format = Format::of(&name, &text);
    Ok(CatalogueText { name, text, format })
}

/// Opens a file that is one: no folder, and nothing like a pipe that could keep a reader waiting.
fn open_regular(path: &Path, name: &str) -> Result<File, Error> {
    let wrong = |message: Message| Error::of_file(Code::Unreadable, name, message);
    let failed = |error: io::Error| wrong(unreadable(&error));
    let kind = path.metadata().map_err(failed)?;
    if kind.is_dir() {
        return Err(wrong(is_a_folder()));
    }
    if !kind.is_file() {
        return Err(wrong(message!(
            "is no regular file; expected one",
            "n'est pas un fichier ordinaire ; un tel fichier est attendu"
        )));
    }
    File::open(path).map_err(failed)
}

/// Reads no more than tells that it is too much.
///
/// # Errors
/// The source cannot be read.
pub fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    at_most(source, limits::FILE_BYTES)
}

fn at_most(source: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn utf8(name: &str, bytes: Vec<u8>, most: usize) -> Result<String, Error> {
    if bytes.len() > most {
        return Err(Error::of_file(
            Code::TooLarge,
            name,
            message!(
                "has more than {most} bytes, which is as much as is read",
                "a plus de {most} octets, soit plus qu'il n'en est lu",
            ),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let place = Place { file: name.into(), line: whole(line), column: whole(column) };
        let message = message!(
            "is not UTF-8; save the file in that encoding",
            "n'est pas en UTF-8 ; enregistrer le fichier dans ce codage"
        );
        Error::at(Code::NotUtf8, Some(place), "", message)
    })
}

/// The failure of reading a file, without the path that some messages of the system carry.
pub fn describe(error: &io::Error) -> Message {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => message!("there is no such file or folder", "il n'y a pas de tel fichier ou dossier"),
        Kind::PermissionDenied => message!("no permission", "accès refusé"),
        Kind::IsADirectory => message!("is a folder", "est un dossier"),
        Kind::NotADirectory => message!("a part of the path is no folder", "une partie du chemin n'est pas un dossier"),
        Kind::AlreadyExists => message!("there is such a file already", "il y a déjà un tel fichier"),
        Kind::StorageFull => message!("no storage space", "espace disque épuisé"),
        Kind::ReadOnlyFilesystem => {
            message!("the file system is read-only", "le système de fichiers est en lecture seule")
        }
        Kind::InvalidInput | Kind::InvalidFilename => message!("not a possible name", "ce nom n'est pas possible"),
        Kind::Unsupported => message!("is no regular file", "n'est pas un fichier ordinaire"),
        kind => Message::new(kind.to_string(), format!("erreur du système ({kind:?})")),
    }
}

/// The message that a file cannot be read, and why.
pub fn unreadable(error: &io::Error) -> Message {
    message!("cannot be read: {why}", "ne peut pas être lu : {why}", why = describe(error))
}

fn is_a_folder() -> Message {
    message!("is a folder; expected a file", "est un dossier ; attendu : un fichier")
}

/// The names that a catalogue may have.
fn catalogues() -> Message {
    message!(
        "\"reference\", the catalogue built in, or a regular file",
        "\"reference\", le catalogue intégré, ou un fichier ordinaire"
    )
}

/// The files in which households may be.
fn households() -> Message {
    message!("a regular file", "un fichier ordinaire")
}

/// The catalogue that a scenario names, if it may have it.
fn catalogue(scenario: &Path, name: &str, options: &LoadOptions) -> Result<CatalogueText, Message> {
    beside(scenario, name, options, &catalogues())
}

/// The file that a scenario or a programme names, if it may have it.
fn beside(scenario: &Path, name: &str, options: &LoadOptions, expected: &Message) -> Result<CatalogueText, Message> {
    let scenario = scenario
        .canonicalize()
        .map_err(|_| message!("the scenario's own folder cannot be found", "le dossier du scénario est introuvable"))?;
    let own = scenario.parent().unwrap_or(Path::new("/")).to_owned();
    let folders = std::iter::once(Ok(own)).chain(options.catalogue_folders.iter().map(|folder| folder.canonicalize()));
    for folder in folders {
        let folder = folder.map_err(|_| {
            message!(
                "a folder named for catalogues cannot be found",
                "un dossier indiqué pour les catalogues est introuvable"
            )
        })?;
        let Ok(found) = folder.join(name).canonicalize() else { continue };
        if found == scenario {
            return Err(message!(
                "names the scenario itself; expected the file of a catalogue",
                "désigne le scénario lui-même ; attendu : le fichier d'un catalogue"
            ));
        }
        if !found.starts_with(&folder) || !found.is_file() {
            continue;
        }
        return read(&found).map(|text| CatalogueText { name: display_name(Path::new(name)), ..text }).map_err(
            |error| error.findings().first().map_or_else(Message::default, |finding| finding.message.clone()),
        );
    }
    // One answer whether or not a file out of reach exists, so that nobody learns that here.
    let option = options.folders_option.map_or_else(Message::default, |option| message!(" ({option})", " ({option})"));
    Err(message!(
        "cannot be had; expected {expected} in the scenario's own folder or below it, or in a further folder that is named for catalogues{option}",
        "inaccessible ; attendu : {expected} dans le dossier du scénario ou plus bas, ou dans un autre dossier indiqué pour les catalogues{option}",
        expected,
        option,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str =
        "schema = 1\nstart = \"2026-01\"\nhorizon_months = 1\nhousehold = { members = [] }\ncatalogue = ";

    fn message(path: &Path, options: &LoadOptions) -> String {
        load(path, options).unwrap_err().to_string()
    }

    #[test]
    fn a_catalogue_is_reached_below_the_scenario_and_in_named_folders_only() {
        let home = tempfile::tempdir().unwrap();
        let (inside, outside) = (home.path().join("inside"), home.path().join("outside"));
        std::fs::create_dir_all(inside.join("below")).unwrap();
        std::fs::create_dir_all(&outside).unwrap();
        for folder in [&inside.join("below"), &outside] {
            std::fs::write(folder.join("prices.toml"), Catalogue::reference().text()).unwrap();
        }
        let scenario = inside.join("scenario.toml");
        let named = |name: &str| std::fs::write(&scenario, format!("{SCENARIO}{name:?}")).unwrap();
        let (plain, wide) = (LoadOptions::default(), LoadOptions::default().catalogue_folders(vec![outside.clone()]));

        let lines = Catalogue::reference().text().matches("[[lines]]").count();
        named("below/prices.toml");
        assert_eq!(load(&scenario, &plain).unwrap().lines().len(), lines);
        named("prices.toml");
        assert!(message(&scenario, &plain).contains("cannot be had"));
        assert_eq!(load(&scenario, &wide).unwrap().lines().len(), lines);
        for name in ["../outside/prices.toml", &outside.join("prices.toml").to_string_lossy(), "below", ""] {
            named(name);
            let message = message(&scenario, &plain);
            assert!(
                message.starts_with("scenario.toml:5:13: catalogue: cannot be had; expected \"reference\""),
                "{message}"
            );
            assert!(!message.contains("outside") && !message.contains("prices"), "{message}");
        }
        named("scenario.toml");
        assert!(message(&scenario, &plain).contains("names the scenario itself"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.join("prices.toml"), inside.join("link.toml")).unwrap();
            named("link.toml");
            assert!(message(&scenario, &plain).contains("cannot be had"));
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_without_its_path() {
        let home = tempfile::tempdir().unwrap();
        let secret = home.path().join("a-witness");
        std::fs::create_dir(&secret).unwrap();
        assert_eq!(
            message(&secret.join("none.toml"), &LoadOptions::default()),
            "none.toml: cannot be read: there is no such file or folder"
        );
        assert_eq!(message(&secret, &LoadOptions::default()), "a-witness: is a folder; expected a file");
        let latin = secret.join("latin.toml");
        std::fs::write(&latin, b"schema = 1\ntitle = \"caf\xe9\"").unwrap();
        assert_eq!(
            message(&latin, &LoadOptions::default()),
            "latin.toml:2:13: is not UTF-8; save the file in that encoding"
        );
        let large = secret.join("large.toml");
        std::fs::write(&large, vec![b'['; limits::FILE_BYTES + 1]).unwrap();
        assert!(message(&large, &LoadOptions::default()).starts_with("large.toml: has more than"));
    }

    #[test]
    fn a_text_given_for_a_path_is_not_shown() {
        let text = "schema = 1\ntitle = \"secret\"";
        for wrong in [text.to_owned(), "secret".repeat(100)] {
            let shown = load(Path::new(&wrong), &LoadOptions::default()).unwrap_err().to_string();
            assert!(shown.starts_with("(file): cannot be read") && !shown.contains("secret"), "{shown}");
        }
    }
}
