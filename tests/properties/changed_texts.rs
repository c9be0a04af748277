//! Texts with random changes, none of which brings the library down.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use relocost::{Basis, Scenario};

use super::shared::{cases, names, parse};
use crate::support::{files, options, random};

/// One change of a text.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Delete(Index, Index),
    Insert(Index, char),
    SwapLines(Index, Index),
    RepeatLine(Index, Index),
    /// A run of digits becomes another.
    Number(Index, &'static str),
    /// A quoted text becomes another one of the same text.
    Text(Index, Index),
}

pub(super) fn change() -> impl Strategy<Value = Change> {
    let numbers = vec![
        "0",
        "1",
        "-1",
        "12",
        "13",
        "1200",
        "1201",
        "99999",
        "100000",
        "100001",
        "999999999999999",
        "2999",
        "9999999999999999",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
        "0.5",
        "1e400",
        "2999-12",
    ];
    let odd = proptest::sample::select(vec![
        '"', '\'', '[', ']', '{', '}', '=', ',', '\n', '#', '.', '-', '\\', 'é', '0', '\0',
    ]);
    prop_oneof![
        2 => any::<[Index; 2]>().prop_map(|[at, length]| Change::Delete(at, length)),
        2 => (any::<Index>(), odd).prop_map(|(at, new)| Change::Insert(at, new)),
        1 => any::<[Index; 2]>().prop_map(|[one, other]| Change::SwapLines(one, other)),
        1 => any::<[Index; 2]>().prop_map(|[from, to]| Change::RepeatLine(from, to)),
        4 => (any::<Index>(), proptest::sample::select(numbers)).prop_map(|(at, new)| Change::Number(at, new)),
        4 => any::<[Index; 2]>().prop_map(|[from, to]| Change::Text(from, to)),
    ]
}

/// Runs of characters of which something is true, as byte ranges.
fn runs(text: &str, is: impl Fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is(*c)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs
}

pub(super) fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    match change {
        Change::Delete(at, length) if !text.is_empty() => {
            let mut bytes = text.as_bytes().to_vec();
            let from = at.index(bytes.len());
            let to = (from + 1 + length.index(8)).min(bytes.len());
            bytes.drain(from..to);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Change::Insert(at, new) => {
            let mut at = at.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            format!("{}{new}{}", &text[..at], &text[at..])
        }
        Change::SwapLines(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.join("\n")
        }
        Change::RepeatLine(from, to) => {
            let line = *from.get(&lines);
            lines.insert(to.index(lines.len()), line);
            lines.join("\n")
        }
        Change::Number(at, new) => {
            let numbers = runs(text, |c| c.is_ascii_digit());
            if numbers.is_empty() {
                return text.to_owned();
            }
            let run = at.get(&numbers);
            format!("{}{new}{}", &text[..run.start], &text[run.end..])
        }
        Change::Text(from, to) => {
            let quoted: Vec<_> = runs(text, |c| c.is_ascii_alphanumeric() || "-_.".contains(c))
                .into_iter()
                .filter(|run| text[..run.start].ends_with('"') && text[run.end..].starts_with('"'))
                .collect();
            if quoted.is_empty() {
                return text.to_owned();
            }
            let (new, old) = (from.get(&quoted), to.get(&quoted));
            format!("{}{}{}", &text[..old.start], &text[new.clone()], &text[old.end..])
        }
        Change::Delete(..) => text.to_owned(),
    }
}

/// Reads a text that may be wrong. What comes of it is a scenario or an error, never a panic, and so for its figures.
fn try_everything(scenario: Result<Scenario, relocost::Error>) {
    let Ok(scenario) = scenario else { return };
    let names = names(&scenario);
    drop(scenario.compare());
    for name in &names {
        drop(scenario.ledger(name).map(|ledger| ledger.entries().for_each(|entry| drop(entry.funds()))));
    }
    if let (Some(first), Some(last)) = (names.first(), names.last()) {
        drop(scenario.compare_with(&options(first, last, Basis::Constant)));
        drop(scenario.compare_with(&options(last, first, Basis::Nominal)).map(|found| serde_json::to_string(&found)));
    }
    drop((scenario.warnings(), scenario.run_expectations()));
    let written = scenario.to_toml().unwrap();
    match Scenario::parse(&written) {
        Ok(again) => assert!(again == scenario, "read back as another scenario:\n{written}"),
        Err(error) => panic!("what was written cannot be read:\n{error}\n\n{written}"),
    }
}

/// A scenario with uncertain parameters, correlations and expectations, over the built-in catalogue.
fn family() -> String {
    let path = files("golden", "family-of-five.toml").remove(0);
    std::fs::read_to_string(path).unwrap().replace("reference-catalogue.toml", "reference")
}

proptest! {
    #![proptest_config(cases(200))]

    /// A valid text with a few random changes never brings the library down.
    #[test]
    fn changed_toml_never_panics(draft in random::small(), changes in vec(change(), 1..=4)) {
        let text = changes.iter().fold(draft.toml(), |text, one| changed(&text, one));
        try_everything(Scenario::parse(&text));
    }

    /// The same for JSON.
    #[test]
    fn changed_json_never_panics(draft in random::small(), changes in vec(change(), 1..=4)) {
        let text = changes.iter().fold(parse(&draft).to_json().unwrap(), |text, one| changed(&text, one));
        try_everything(Scenario::parse_json(&text));
    }

    /// The same for a scenario over the built-in catalogue with assumptions and expectations.
    #[test]
    fn a_changed_family_never_panics(changes in vec(change(), 1..=3)) {
        let text = changes.iter().fold(family(), |text, one| changed(&text, one));
        try_everything(Scenario::parse(&text));
    }

    /// No text at all brings the library down.
    #[test]
    fn any_text_never_panics(text in ".{0,80}") {
        drop(Scenario::parse(&text));
        drop(Scenario::parse_json(&text));
        drop(relocost::Catalogue::parse(&text));
    }
}

/// Nor does a text that is nested without end, or one that repeats what need not end.
#[test]
fn nesting_without_end_never_panics() {
    for depth in [10, 100, 100_000] {
        let (open, shut, tables) = ("[".repeat(depth), "]".repeat(depth), "{a = ".repeat(depth));
        drop(Scenario::parse(&format!("title = {open}{shut}")));
        drop(Scenario::parse(&format!("household = {tables}1{}", "}".repeat(depth))));
        drop(Scenario::parse(&format!("{} = 1", vec!["a"; depth].join("."))));
        drop(Scenario::parse(&format!("[{}]", vec!["household"; depth].join("."))));
        drop(Scenario::parse(&"[[lines]]\n".repeat(depth)));
        drop(Scenario::parse(&open));
        drop(Scenario::parse_json(&format!("{{\"title\": {open}{shut}}}")));
        drop(Scenario::parse_json(&format!("{}1{}", "{\"a\": ".repeat(depth), "}".repeat(depth))));
        drop(Scenario::parse_json(&open));
    }
}
