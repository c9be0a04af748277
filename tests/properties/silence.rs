//! No message shows what could say whom a file is about.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use relocost::scenario::CatalogueText;
use relocost::syntax::Source;
use relocost::{Loader, Scenario};
use serde_json::Value;

use super::changed_texts::{Change, change, changed};
use super::shared::{cases, names, parse};
use crate::support::random::{self, Draft};

/// Texts that no message may show.
const MARKERS: [&str; 2] = ["Zq7Marker", "987654"];

/// Values of a household, a title or a catalogue's name with a marker in each: right ones, wrong ones, wrong kinds.
const HEADS: &[&str] = &[
    r#"title = "Zq7Marker""#,
    r#"title = "Zq7Marker \u0007""#,
    r#"title = ["Zq7Marker"]"#,
    r#"title = { en = "Zq7Marker", fr = "Zq7Marker" }"#,
    "title = 987654",
    "title = 987654.25",
    "title = \"Zq7Marker\"\ncatalogue = \"Zq7Marker.toml\"",
    r#"catalogue = "../Zq7Marker/Zq7Marker.toml""#,
    r#"catalogue = ["Zq7Marker"]"#,
    "catalogue = 987654",
    "title = \"Zq7Marker\"\ntitle = \"Zq7Marker\"",
    "title = Zq7Marker",
    "title = 987654-Zq7Marker",
    "title = \"Zq7Marker",
    "title = 'Zq7Marker' Zq7Marker",
    r#"title = "Zq7Marker \x""#,
    r#"title = { Zq7Marker, "Zq7Marker" }"#,
];
const HOUSEHOLDS: &[&str] = &[
    r#"reference = "Zq7Marker""#,
    r#"reference = "Zq7Marker with blanks""#,
    r#"reference = ["Zq7Marker"]"#,
    r#"reference = { name = "Zq7Marker" }"#,
    "reference = 987654",
    r#"school_age = { from = "Zq7Marker", to = 987654 }"#,
    r#"school_age = "Zq7Marker""#,
    "working_age = [987654]",
    r"working_age = { from = 12, to = 987654 }",
    r#"name = "Zq7Marker""#,
    "reference = \"Zq7Marker\"\nreference = \"Zq7Marker\"",
    "reference = Zq7Marker",
    "reference = 987654e",
    r#"reference = "Zq7Marker" "Zq7Marker""#,
];
const MEMBERS: &[&str] = &[
    r#"{ born = "Zq7Marker" }"#,
    r#"{ born = "1987-13", role = "Zq7Marker" }"#,
    r#"{ age = "Zq7Marker" }"#,
    "{ age = 987654 }",
    "{ age = -987654 }",
    "{ age = 987654.5 }",
    r#"{ age = 40, role = "Zq7Marker" }"#,
    r#"{ age = 40, joins = "Zq7Marker", leaves = "987654" }"#,
    r#"{ age = 40, joins = 987654, leaves = ["Zq7Marker"] }"#,
    r#"{ age = 40, name = "Zq7Marker" }"#,
    r#"{ born = "1984-01", age = 987654 }"#,
    r#"{ role = "Zq7Marker" }"#,
    r#""Zq7Marker""#,
    r#"["Zq7Marker", 987654]"#,
    "987654",
    "{ age = 40 }",
    "{ age = Zq7Marker }",
    "{ born = 987654-13 }",
    "{ born = \"1984-01\" Zq7Marker }",
    "{ role = 'Zq7Marker }",
];

/// A text with markers, and whether each line is one that must stay whole.
fn marked(draft: &Draft, head: &str, household: &str, members: &[&str]) -> Vec<(String, bool)> {
    let mut draft = draft.clone();
    let without_title = draft.head.lines().filter(|line| !line.starts_with("title")).collect::<Vec<_>>().join("\n");
    draft.head = format!("{without_title}\n{head}");
    draft.members.clear();
    draft.household = format!("{household}\n");
    let text = draft.toml().replace("members = [\n]", &format!("members = [{}]", members.join(", ")));
    text.lines().map(|line| (line.to_owned(), MARKERS.iter().any(|marker| line.contains(marker)))).collect()
}

/// Changes lines that hold no marker, and moves any.
fn spoilt(mut lines: Vec<(String, bool)>, changes: &[Change]) -> String {
    for change in changes {
        let places: Vec<usize> = (0..lines.len()).filter(|place| !lines[*place].1).collect();
        match change {
            Change::SwapLines(one, other) => {
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
            }
            Change::RepeatLine(from, to) => {
                let line = from.get(&lines).clone();
                lines.insert(to.index(lines.len()), line);
            }
            Change::Delete(at, _) | Change::Insert(at, _) | Change::Number(at, _) | Change::Text(at, _) => {
                let place = *at.get(&places);
                lines[place].0 = changed(&lines[place].0, change);
            }
        }
    }
    lines.into_iter().map(|(line, _)| line + "\n").collect()
}

fn assert_silent(result: Result<Scenario, relocost::Error>) {
    let mut said = String::new();
    let mut say = |error: &relocost::Error| {
        let json = serde_json::to_string(error.findings()).unwrap();
        writeln!(said, "{error}\n{error:?}\n{json}").unwrap();
    };
    match result {
        Err(error) => say(&error),
        Ok(scenario) => {
            for name in names(&scenario) {
                scenario.ledger(&name).map_or_else(|error| say(&error), drop);
            }
            scenario.compare().map_or_else(|error| say(&error), drop);
            scenario.ledger("no-such-pathway").map_or_else(|error| say(&error), drop);
            scenario.run_expectations().map_or_else(|error| say(&error), drop);
            for warning in scenario.warnings() {
                writeln!(said, "{warning}\n{warning:?}").unwrap();
            }
            let household = scenario.household();
            write!(said, "{scenario:?}{household:?}{:?}", household.members).unwrap();
            drop(scenario.compare().map(|comparison| write!(said, "{comparison:?}").unwrap()));
        }
    }
    for marker in MARKERS {
        assert!(!said.contains(marker), "a message shows what it must not:\n{said}");
    }
}

proptest! {
    #![proptest_config(cases(250))]

    /// Whatever else is wrong with a text, no message shows a value of the household, a title, or a catalogue's name.
    #[test]
    fn no_message_identifies_anyone(
        draft in random::with_gaps(),
        head in proptest::sample::select(HEADS),
        household in proptest::sample::select(HOUSEHOLDS),
        members in vec(proptest::sample::select(MEMBERS), 0..=3),
        changes in vec(change(), 0..=3),
    ) {
        let text = spoilt(marked(&draft, head, household, &members), &changes);
        assert_silent(Scenario::parse(&text));
    }

    /// The same for JSON.
    #[test]
    fn no_message_about_json_identifies_anyone(
        draft in random::with_gaps(),
        key in proptest::sample::select(vec!["title", "catalogue", "household"]),
        within in proptest::sample::select(vec!["reference", "members", "school_age", "working_age", "name"]),
        value in proptest::sample::select(vec![
            r#""Zq7Marker""#, "987654", "987654.5", r#"["Zq7Marker"]"#, r#"{"name": "Zq7Marker"}"#,
            r#"[{"born": "Zq7Marker"}, {"age": 987654}, {"role": "Zq7Marker", "age": 3}, ["Zq7Marker"], "Zq7Marker"]"#,
            r#""Zq7Marker \u0007""#,
        ]),
        unquoted in prop::bool::weighted(0.2),
        changes in vec(change(), 0..=3),
    ) {
        let mut json: Value = serde_json::from_str(&parse(&draft).to_json().unwrap()).unwrap();
        let value: Value = serde_json::from_str(value).unwrap();
        if key == "household" {
            json["household"][within] = value.clone();
        }
        json[if key == "household" { "title" } else { key }] = value;
        let mut text = serde_json::to_string_pretty(&json).unwrap();
        if unquoted {
            text = text.replace("\"Zq7Marker\"", "Zq7Marker");
        }
        let lines = text.lines().map(|line| (line.to_owned(), MARKERS.iter().any(|marker| line.contains(marker))));
        // Moving a line of JSON moves a value under another key, so lines stay where they are.
        let stay: Vec<Change> =
            changes.into_iter().filter(|one| !matches!(one, Change::SwapLines(..) | Change::RepeatLine(..))).collect();
        assert_silent(Scenario::parse_json(&spoilt(lines.collect(), &stay)));
    }
}

/// The name that a scenario gives its catalogue may say whom it is about: no message shows it, whether the catalogue
/// cannot be had or is wrong. What the caller calls the file is another matter.
#[test]
fn no_message_names_the_catalogue() {
    let scenario = "schema = 1\ncatalogue = \"Zq7Marker.toml\"\nstart = \"2026-13\"\nhorizon_months = 0";
    let broken = |text: &'static str| {
        Loader::new().catalogues(move |_| {
            Ok(CatalogueText { name: "catalogue".into(), text: text.into(), format: relocost::syntax::Format::Toml })
        })
    };
    assert_silent(Loader::new().load(Source::toml("scenario", scenario)));
    assert_silent(
        Loader::new()
            .catalogues(|_| Err(relocost::message!("cannot be had", "inaccessible")))
            .load(Source::toml("scenario", scenario)),
    );
    for text in ["", "schema = 2\nlines = 3", "title = \"x\"\nschema =", "schema = 1\ncurrency = \"XXX\""] {
        let error = broken(text).load(Source::toml("scenario", scenario));
        assert!(error.is_err());
        assert_silent(error);
    }
}
