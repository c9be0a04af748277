//! The guide under `docs/src`, run: what its blocks write is written, what its commands print is compared, and a
//! figure in its prose must stand in a block of the same chapter.
//!
//! - `toml file=NAME`, `csv file=NAME`: written to NAME in one temporary folder, which all chapters share in order.
//! - `sh`: lines `relocost ...`, run there; `# exit N` at a line's end says which status is expected, else 0.
//! - `text`: what the `sh` block before it printed, errors and warnings included; `...` stands for lines left out.
//! - `rust`: a documentation test of the library, which includes the chapter.
//! - a picture under `<!-- drawn: NAME of FILE -->`: the chart that is drawn of that file, see `drawn`.
//! - `python`: run by the tests of the Python package, which name the chapter.
//! - a table under `<!-- computed: pairs -->`: equal to the one that this test computes from the published pairs; one
//!   under another name: of what a benchmark printed, see `measured`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod drawn;
mod measured;
mod support;

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};

use num_rational::Ratio;
use relocost::estimate::{EstimateOptions, KnownCost};
use support::root;

/// Figures that prose may name without a block: published ones, each with its source. Thousands without their comma.
const PUBLISHED: &[(&str, &str)] = &[
    ("0.45", "Report of the Court on cooperation, ICC-ASP/14, 2015, para. 41"),
    ("0.75", "Report of the Court on cooperation, ICC-ASP/14, 2015, para. 41"),
    ("45", "Report of the Court on cooperation, ICC-ASP/14, 2015, para. 41 (per cent)"),
    ("75", "Report of the Court on cooperation, ICC-ASP/14, 2015, para. 41 (per cent)"),
    ("13", "United Nations, ST/AI/286: programme support of a trust fund (per cent)"),
    ("0.13", "United Nations, ST/AI/286: programme support of a trust fund"),
    ("112000", "Office of the Inspector General, report I-2001-002, appendix: a family of four, US dollars a year"),
    ("45000", "Office of the Inspector General, report I-2001-002, appendix: one person, US dollars a year"),
];

/// Published figures of the Netherlands, with their sources; chapters find them in a folder of this name.
const NETHERLANDS: &str = "netherlands";

/// Files that chapters find in the folder from the beginning.
const EXAMPLES: &[&str] = &[
    "family-of-five.toml",
    "reference-catalogue.toml",
    "caseload-of-28.csv",
    "two-countries.toml",
    "changing-family.toml",
    "tariff-in-april.toml",
    "trust-fund.toml",
];

/// A block between fences, with its first line's number.
struct Block {
    line: usize,
    language: String,
    file: Option<String>,
    text: String,
}

struct Chapter {
    name: String,
    blocks: Vec<Block>,
    /// Lines outside blocks, with their numbers.
    prose: Vec<(usize, String)>,
}

impl Chapter {
    fn parse(name: &str, text: &str) -> Self {
        let mut chapter = Self { name: name.to_owned(), blocks: Vec::new(), prose: Vec::new() };
        let mut open: Option<Block> = None;
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(name) = line.strip_prefix("<!-- computed: ").and_then(|rest| rest.strip_suffix(" -->")) {
                open = Some(Block {
                    line: number,
                    language: "table".to_owned(),
                    file: Some(name.to_owned()),
                    text: String::new(),
                });
                continue;
            }
            if let Some(asked) = line.strip_prefix("<!-- drawn: ").and_then(|rest| rest.strip_suffix(" -->")) {
                open = Some(Block {
                    line: number,
                    language: "picture".to_owned(),
                    file: Some(asked.to_owned()),
                    text: String::new(),
                });
                continue;
            }
            if line.starts_with("![") {
                let block = open.as_mut().filter(|block| block.language == "picture");
                block.unwrap_or_else(|| panic!("{name}:{number}: a picture that nothing draws")).text.push_str(line);
                chapter.blocks.extend(open.take());
                continue;
            }
            if open.as_ref().is_some_and(|block| block.language == "table" && !line.starts_with('|')) {
                chapter.blocks.extend(open.take());
            }
            match (&mut open, line.strip_prefix("```")) {
                (Some(_), Some(rest)) => {
                    assert!(rest.trim().is_empty(), "{name}:{number}: a fence inside a block");
                    chapter.blocks.extend(open.take());
                }
                (None, Some(kind)) => {
                    let mut words = kind.split_whitespace();
                    let language = words.next().unwrap_or_default().to_owned();
                    let file = words.next().map(|word| word.strip_prefix("file=").unwrap_or_default().to_owned());
                    open = Some(Block { line: number, language, file, text: String::new() });
                }
                (Some(block), None) => block.text.extend([line, "\n"]),
                (None, None) => {
                    let code = line.contains("```")
                        || line.contains("~~~")
                        || line.starts_with("    ")
                        || line.starts_with('\t');
                    assert!(!code, "{name}:{number}: a block that nothing runs");
                    chapter.prose.push((number, line.to_owned()));
                }
            }
        }
        assert!(open.is_none(), "{name}: a block is not closed");
        chapter
    }

    fn at(&self, block: &Block) -> String {
        format!("{}:{}", self.name, block.line)
    }
}

/// The chapters in the summary's order; every page of the folder must be one.
fn chapters() -> Vec<Chapter> {
    let folder = root().join("docs/src");
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).unwrap();
    let names: Vec<&str> = summary.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "SUMMARY.md" || name == drawn::PICTURES || names.contains(&name.as_str()),
            "{name} is not in the summary"
        );
    }
    assert!(names.len() >= 12, "chapters are missing from the summary");
    names.iter().map(|name| Chapter::parse(name, &fs::read_to_string(folder.join(name)).unwrap())).collect()
}

/// The words of a command line, quoted with ' or " where they hold blanks.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    assert!(quote.is_none(), "a quotation is not closed: {line}");
    words.extend(word);
    words
}

/// The output of a command, errors and warnings where they come, and its exit status.
fn run(folder: &Path, arguments: &[String]) -> (String, i32) {
    let mut printed = tempfile::tempfile().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_relocost"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(printed.try_clone().unwrap())
        .stderr(printed.try_clone().unwrap())
        .status()
        .unwrap();
    let mut text = String::new();
    printed.rewind().unwrap();
    printed.read_to_string(&mut text).unwrap();
    (text, status.code().unwrap())
}

/// Runs a block's commands, and gives what they print.
fn run_block(folder: &Path, at: &str, block: &str) -> String {
    let mut all = String::new();
    for line in block.lines() {
        let (command, expected) = match line.split_once("# exit ") {
            Some((command, status)) => (command, status.trim().parse().unwrap()),
            None => (line, 0),
        };
        let words = words(command);
        assert_eq!(words.first().map(String::as_str), Some("relocost"), "{at}: only relocost is run");
        let (printed, status) = run(folder, &words[1..]);
        assert_eq!(status, expected, "{at}: the exit status of `{}`:\n{printed}", command.trim());
        all.push_str(&printed);
    }
    all
}

/// Asserts that lines are those printed, in order and all of them, `...` standing for any.
fn assert_printed(at: &str, shown: &str, printed: &str) {
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let shown: Vec<&str> = shown.lines().map(str::trim_end).collect();
    let mut from = 0;
    let parts: Vec<&[&str]> = shown.split(|line| line.trim() == "...").collect();
    for (index, part) in parts.iter().enumerate() {
        let last = printed.len().saturating_sub(part.len());
        let first = if index + 1 == parts.len() && index > 0 { last.max(from) } else { from };
        let found = if index == 0 { 0..=0 } else { first..=last };
        let place = found.into_iter().find(|&start| printed[start..].starts_with(part));
        let all = printed.join("\n");
        from =
            place.unwrap_or_else(|| panic!("{at}: not printed here:\n{}\nbut:\n{all}", part.join("\n"))) + part.len();
    }
    assert!(from == printed.len() || shown.last() == Some(&"..."), "{at}: more is printed:\n{}", printed.join("\n"));
}

/// The numbers in a text without their thousands' commas, and whether each is a figure to check: one with a decimal
/// point or a comma, of money, or a percentage.
fn numbers(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest[..start].chars().next_back();
        let tail = &rest[start..];
        let end = tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(tail.len());
        let number = tail[..end].trim_end_matches(['.', ',']);
        let after = &tail[number.len()..];
        let unit = ["%", " %", " per cent", " EUR", " USD", " CHF", " euro", " dollar"];
        let figure = number.contains(['.', ',']) || before == Some('$') || unit.iter().any(|u| after.starts_with(u));
        found.push((number.replace(',', ""), figure));
        rest = &tail[end..];
    }
    found
}

/// The published pairs of a temporary and a lasting cost, each beside what the reported band makes of the lasting one.
fn table_of_pairs() -> String {
    let mut table =
        "| case | lasting | temporary, by the band | temporary, published | more |\n|---|--:|--:|--:|--:|\n".to_owned();
    let mut pairs = csv::Reader::from_path(root().join("examples").join(NETHERLANDS).join("pairs.csv")).unwrap();
    for pair in pairs.records() {
        let pair = pair.unwrap();
        let [case, temporary, lasting] = [0, 1, 2].map(|column| &pair[column]);
        let known = KnownCost::Permanent(lasting.parse().unwrap());
        let points = EstimateOptions::new(known, "EUR".parse().unwrap()).estimate().unwrap().points;
        let [low, _, high] = points.map(|point| point.temporary.to_string());
        let exact = |text: &str| {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            let scale = 10_i64.pow(u32::try_from(decimals.len()).unwrap());
            Ratio::new(format!("{whole}{decimals}").parse::<i64>().unwrap(), scale)
        };
        let more = ((exact(temporary) / exact(lasting) - 1) * 100).round();
        writeln!(table, "| {case} | {lasting} | {low} to {high} | {temporary} | {more}% |").unwrap();
    }
    table
}

fn check_prose(chapter: &Chapter) {
    let mut known: HashSet<String> = PUBLISHED.iter().map(|(figure, _)| (*figure).to_owned()).collect();
    known.extend(chapter.blocks.iter().flat_map(|block| numbers(&block.text)).map(|(number, _)| number));
    for (line, text) in &chapter.prose {
        for (number, figure) in numbers(text) {
            assert!(!figure || known.contains(&number), "{}:{line}: {number} stands in no block here", chapter.name);
        }
    }
}

#[test]
fn every_block_of_the_guide_is_run() {
    let folder = tempfile::tempdir().unwrap();
    for name in EXAMPLES {
        fs::copy(root().join("examples/scenarios").join(name), folder.path().join(name)).unwrap();
    }
    fs::create_dir(folder.path().join(NETHERLANDS)).unwrap();
    for entry in fs::read_dir(root().join("examples").join(NETHERLANDS)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(NETHERLANDS).join(path.file_name().unwrap())).unwrap();
    }
    let library = fs::read_to_string(root().join("crates/relocost/src/lib.rs")).unwrap();
    let package = fs::read_to_string(root().join("bindings/python/tests/test_documentation.py")).unwrap();
    let (guide, mut pictures) = (root().join("docs/src"), BTreeSet::new());
    for chapter in chapters() {
        let mut ran = 0;
        let mut printed = None;
        for block in &chapter.blocks {
            let at = chapter.at(block);
            let before = printed.take();
            match (block.language.as_str(), &block.file) {
                ("toml" | "csv", Some(file)) => {
                    let plain = !file.is_empty() && !file.contains(['/', '\\']);
                    assert!(plain && !EXAMPLES.contains(&file.as_str()), "{at}: not a name for a file");
                    fs::write(folder.path().join(file), &block.text).unwrap();
                }
                ("sh", None) => {
                    printed = Some(run_block(folder.path(), &at, &block.text));
                    ran += 1;
                }
                ("text", None) => {
                    let before = before.unwrap_or_else(|| panic!("{at}: no command stands before this"));
                    assert_printed(&at, &block.text, &before);
                }
                ("picture", Some(asked)) => {
                    pictures.insert(drawn::check(folder.path(), &guide, &chapter.name, asked, &block.text));
                }
                ("table", Some(name)) => {
                    let table = if name == "pairs" { Some(table_of_pairs()) } else { measured::table(name) };
                    let table = table.unwrap_or_else(|| panic!("{at}: a table that nothing computes"));
                    drawn::check_table(&guide, &chapter.name, name, &block.text, &table);
                }
                ("rust", None) => {
                    let included = format!("docs/src/{}\"", chapter.name);
                    assert!(library.contains(&included), "{at}: the library does not include this chapter as a test");
                    ran += 1;
                }
                ("python", None) => {
                    let named = format!("\"{}\"", chapter.name);
                    assert!(package.contains(&named), "{at}: the tests of the Python package do not name this chapter");
                    ran += 1;
                }
                (other, _) => panic!("{at}: a block of a kind that nothing runs: {other:?}"),
            }
        }
        assert!(ran > 0 || chapter.name == "glossary.md", "{}: nothing is run", chapter.name);
        check_prose(&chapter);
    }
    let stored = fs::read_dir(guide.join(drawn::PICTURES)).unwrap().map(|entry| entry.unwrap().file_name());
    let stored: BTreeSet<String> =
        stored.map(|name| format!("{}/{}", drawn::PICTURES, name.into_string().unwrap())).collect();
    assert_eq!(stored, pictures, "every picture stands in a chapter");
}

#[test]
fn what_is_shown_must_be_what_is_printed() {
    let matches =
        |shown: &str, printed: &str| std::panic::catch_unwind(|| assert_printed("here", shown, printed)).is_ok();
    assert!(matches("a\nb\n", "a\nb\n") && matches("a\n...\nc\n", "a\nb\nc\n") && matches("...\nc\n", "a\nc\nc\n"));
    assert!(matches("...\nb\n...\n", "a\nb\nc\n") && matches("a\n...\n", "a\n"));
    assert!(!matches("a\n", "a\nb\n") && !matches("b\n", "a\nb\n") && !matches("a\n...\nb\n", "a\nb\nc\n"));
    assert!(!matches("...\nb\na\n...\n", "a\nb\n") && !matches("a\n...\na\n", "a\n"));
}

#[test]
fn figures_in_prose_are_found() {
    let figures = |text| numbers(text).into_iter().filter(|(_, figure)| *figure).map(|(number, _)| number);
    assert!(figures("In 2026-03 5 people, para. 41, ICC-ASP/14, of 2015.").next().is_none());
    assert!(figures("3.5, $12 or 1,234.50 EUR; 60 per cent, 7%.").eq(["3.5", "12", "1234.50", "60", "7"]));
    assert_eq!(words("relocost a 'b c' \"d\" ''"), ["relocost", "a", "b c", "d", ""]);
}
