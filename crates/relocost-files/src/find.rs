//! Scenarios and programmes among other files.
//!
//! In: paths. Out: what lies there and whether it is a scenario or a programme. Nothing is passed over that may be one: what cannot be
//! read is found too, so that loading it says why.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use relocost::syntax::{Format, Source};
use relocost::{Code, Error, limits, message};

use crate::{LoadOptions, Loaded, bounded, describe, display_name, load_any, open_regular, utf8};

/// The kind that a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A scenario, or a text that cannot be read as a whole and has a scenario's words.
    Scenario,
    /// A programme, or a text that cannot be read as a whole and has a programme's word.
    Programme,
    /// A text that is neither TOML nor JSON, and has no word of a scenario or a programme.
    Unclear,
    /// A file or folder that cannot be read.
    Unreadable,
    /// Something else: a catalogue, or another program's file.
    Other,
}

impl Sort {
    /// The name, for programs: small letters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::Programme => "programme",
            Self::Unclear => "unclear",
            Self::Unreadable => "unreadable",
            Self::Other => "other",
        }
    }
}

/// A file found at a path.
#[derive(Clone)]
pub struct FoundFile {
    /// The path.
    pub path: PathBuf,
    /// The kind that it seems to be.
    pub sort: Sort,
    /// Why it could not be looked into.
    trouble: Option<Error>,
}

/// The path is not shown.
impl fmt::Debug for FoundFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FoundFile({:?})", self.sort)
    }
}

impl FoundFile {
    /// True if it is a scenario or a programme, or may be meant as one.
    pub fn may_be_asked(&self) -> bool {
        self.sort != Sort::Other
    }

    /// Loads it.
    ///
    /// # Errors
    /// As [`load_any`]; or it is a folder that cannot be looked into.
    pub fn load(&self, options: &LoadOptions) -> Result<Loaded, Error> {
        self.trouble.as_ref().map_or_else(|| load_any(&self.path, options), |trouble| Err(trouble.clone()))
    }
}

/// The files named, and those with the ending `toml` or `json` in the folders named and below, in a stable order. Links
/// are followed; a folder that cannot be looked into is found itself.
pub fn find(paths: &[PathBuf]) -> Vec<FoundFile> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(FoundFile { path: path.clone(), sort: Sort::Scenario, trouble: None });
            continue;
        }
        for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let path = entry.into_path();
                    if is_named(&path) {
                        found.push(FoundFile { sort: sort_of(&path), path, trouble: None });
                    }
                }
                Err(error) => found.extend(not_looked_into(&error)),
            }
        }
    }
    found
}

/// The kind of a folder or a link that could not be followed; nothing where nothing is missed.
fn not_looked_into(error: &walkdir::Error) -> Option<FoundFile> {
    let path = error.path()?;
    let is_folder = path.symlink_metadata().is_ok_and(|known| known.is_dir());
    // The target of a link back is searched already, and a link that leads nowhere matters if it has a scenario's name.
    if error.loop_ancestor().is_some() || !(is_folder || is_named(path)) {
        return None;
    }
    let why = error.io_error().map_or_else(|| message!("it cannot be followed", "elle ne peut être suivie"), describe);
    let message = message!("cannot be read: {why}", "ne peut être lu : {why}", why);
    let trouble = Error::of_file(Code::Unreadable, &display_name(path), message);
    Some(FoundFile { path: path.to_owned(), sort: Sort::Unreadable, trouble: Some(trouble) })
}

fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["toml", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The kind that a file seems to be: by its content as far as it can be read, otherwise by its words.
pub fn sort_of(path: &Path) -> Sort {
    let name = display_name(path);
    let read = open_regular(path, &name).ok().map(bounded).and_then(io::Result::ok);
    let Some(bytes) = read else { return Sort::Unreadable };
    let (word, too_large) = (word_of(&bytes), bytes.len() > limits::FILE_BYTES);
    let parsed = utf8(&name, bytes, limits::FILE_BYTES).and_then(|text| {
        let source = || Source { name: &name, text: &text, format: Format::of(&name, &text) };
        Ok([relocost::scenario::is_programme(source())?, relocost::scenario::is_scenario(source())?])
    });
    match (parsed, word) {
        (Ok([true, _]), _) => Sort::Programme,
        (Ok([_, true]), _) => Sort::Scenario,
        (Ok(_), _) => Sort::Other,
        (Err(_), Some(sort)) => sort,
        // The beginning of a text that large has shown its kind.
        (Err(_), None) if too_large => Sort::Other,
        (Err(_), None) => Sort::Unclear,
    }
}

/// Words that every programme and every scenario has and hardly another file, in whatever encoding of ASCII.
const WORDS: [(&[u8], Sort); 3] =
    [(b"first_fiscal_year", Sort::Programme), (b"horizon_months", Sort::Scenario), (b"household", Sort::Scenario)];

/// The kind of a text that has the word of a programme or a scenario.
fn word_of(bytes: &[u8]) -> Option<Sort> {
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let has = |(word, _): &&(&[u8], Sort)| letters.windows(word.len()).any(|part| part == *word);
    WORDS.iter().find(has).map(|(_, sort)| *sort)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str =
        "schema = 1\nstart = \"2026-01\"\nhorizon_months = 1\nhousehold = { members = [] }\ncatalogue = \"reference\"";

    fn sorts(folder: &Path) -> Vec<(String, Sort)> {
        let found = find(&[folder.to_owned()]);
        found.iter().map(|found| (display_name(&found.path), found.sort)).collect()
    }

    fn one(sort: Sort, name: &str, content: &[u8]) {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(name), content).unwrap();
        assert_eq!(sorts(home.path()), [(name.to_owned(), sort)]);
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        one(Sort::Scenario, "a.toml", SCENARIO.as_bytes());
        one(Sort::Scenario, "A.TOML", SCENARIO.as_bytes());
        one(Sort::Scenario, "a.json", b"{ \"horizon_months\": 1 }");
        one(Sort::Programme, "p.toml", b"programme = { first_fiscal_year = 2026, fiscal_years = 1 }\nhousehold = {}");
        one(Sort::Programme, "p.toml", b"[programme]\nfirst_fiscal_year = = 2026");
        one(Sort::Other, "prices.toml", relocost::Catalogue::reference().text().as_bytes());
        one(Sort::Other, "package.json", b"{ \"name\": \"x\" }");
    }

    #[test]
    fn what_cannot_be_read_may_be_a_scenario() {
        one(Sort::Scenario, "cut.json", b"{ \"schema\": 1, \"household\": { \"mem");
        one(Sort::Unclear, "cut.json", b"{ \"schema\": 1, \"tit");
        one(Sort::Scenario, "cut.toml", b"horizon_months = = 1");
        one(Sort::Unclear, "empty.json", b"");
        let wide: Vec<u8> = SCENARIO.encode_utf16().flat_map(u16::to_le_bytes).collect();
        one(Sort::Scenario, "wide.toml", &wide);
    }

    #[test]
    fn a_large_file_is_a_scenario_if_it_begins_as_one() {
        let mut large = b"{ \"data\": [".to_vec();
        large.resize(limits::FILE_BYTES + 2, b' ');
        one(Sort::Other, "large.json", &large);
        large[2..20].copy_from_slice(b"\"horizon_months\": ");
        one(Sort::Scenario, "large.json", &large);
    }

    #[test]
    #[cfg(unix)]
    fn links_are_followed_and_those_that_lead_nowhere_are_found() {
        use std::os::unix::fs::symlink;
        let (home, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let scenario = away.path().join("scenario.toml");
        std::fs::write(&scenario, SCENARIO).unwrap();
        symlink(&scenario, home.path().join("link.toml")).unwrap();
        symlink(away.path(), home.path().join("folder")).unwrap();
        symlink(home.path(), home.path().join("round")).unwrap();
        symlink("nowhere.toml", home.path().join("nowhere.toml")).unwrap();
        symlink("nowhere", home.path().join("nowhere")).unwrap();
        let expected = [
            ("scenario.toml".to_owned(), Sort::Scenario),
            ("link.toml".to_owned(), Sort::Scenario),
            ("nowhere.toml".to_owned(), Sort::Unreadable),
        ];
        assert_eq!(sorts(home.path()), expected);
        let nowhere = find(&[home.path().to_owned()]).pop().unwrap();
        assert!(
            nowhere.load(&LoadOptions::default()).unwrap_err().to_string().starts_with("nowhere.toml: cannot be read")
        );
    }
}
