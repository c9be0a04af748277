//! Everything that the command prints or writes says that it is internal, as `tests/outputs.txt` has it. The outputs are
//! found in the command's own definition: one that is not in the list fails.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{err, golden, out, relocost_in, root};

/// The command's lines of the list, and how each output is marked.
fn listed() -> BTreeMap<String, String> {
    let list = std::fs::read_to_string(root().join("tests/outputs.txt")).unwrap();
    let lines = list.lines().filter_map(|line| line.strip_prefix("command "));
    lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(output, mark)| (output.to_owned(), mark.to_owned()))
        .collect()
}

/// The values that may follow an option, where they are known.
fn values(argument: &clap::Arg) -> Vec<String> {
    argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// Every output: each format of each command, what else it prints, and each option that names a file.
fn outputs() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for command in relocost_cli::definition().get_subcommands() {
        let name = command.get_name();
        let forms = |argument: &&clap::Arg| argument.get_id() == "format" || argument.get_long() == Some("for");
        let formats = command.get_arguments().find(forms).map(values);
        match formats {
            Some(formats) => found.extend(formats.iter().map(|format| format!("{name} {format}"))),
            None => assert!(found.insert(name.to_owned())),
        }
        let files = command.get_arguments().filter(|argument| {
            argument.get_value_names().is_some_and(|names| names.iter().any(|value| *value == "FILE"))
        });
        let options = files.filter_map(|file| file.get_long().map(|option| format!("{name} --{option}")));
        found.extend(options);
    }
    found
}

/// The arguments with which a command has figures to show.
fn call(command: &str) -> Vec<&'static str> {
    match command {
        "compare" | "delay" | "tornado" => vec!["family.toml"],
        "ledger" | "explain" => vec!["family.toml", "--pathway", "temporary"],
        "calibrate" => vec!["family.toml", "--target", "0.7", "--lines", "short-let"],
        "simulate" => vec!["family.toml", "--draws", "200"],
        "sobol" => vec!["family.toml", "--draws", "64", "--resamples", "5"],
        "caseload" => vec!["family.toml", "households.csv"],
        "payments" => vec!["family.toml", "payments.csv", "--pathway", "temporary"],
        "journal" => vec!["family.toml", "--pathway", "temporary", "--payments", "payments.csv"],
        "report" => vec!["family.toml", "--draws", "64"],
        "diff" => vec!["family.toml", "dearer.toml"],
        "programme" => vec!["budget.toml", "--cases"],
        "estimate" => vec!["--permanent", "112000"],
        "prices" => vec!["prices.toml", "list.csv"],
        "test" => vec!["wrong.toml"],
        other => panic!("say in this test how {other} is called"),
    }
}

/// A programme whose expectation fails.
const BUDGET: &str = "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 1 }\n\
    cases = [{ caseload = \"households.csv\", arrives = \"2026-01\" }]\n\
    agreements = [{ id = \"a\", label = \"A\", grants = [{ month = \"2026-03\", places = 1 }] }]\n\
    expect = [{ figure = \"lines.as_planned.total\", equals = \"163544.00\" }]\n";

/// A folder with a scenario, one whose rent is dearer, one whose expectation fails, a table of households, and a programme.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let family = std::fs::read_to_string(golden("family-of-five.toml")).unwrap();
    let family = family.replace("\"reference-catalogue.toml\"", "\"reference\"");
    write("family.toml", &family);
    write("prices.toml", relocost::Catalogue::reference().text());
    write("list.csv", "id,amount,currency,source\nrent,1000,EUR,list\n");
    write("households.csv", "reference,members\nHH-1,34 6\n");
    write("payments.csv", "month,line,amount,currency\n2026-03,short-let,1500,EUR\n");
    write("budget.toml", BUDGET);
    let (top, tables) = family.split_at(family.find("\n[").unwrap());
    write("dearer.toml", &format!("{}{tables}", top.replace("horizon_months = 60", "horizon_months = 59")));
    write("wrong.toml", &format!("{family}\n[[expect]]\nfigure = \"comparison.extra\"\nequals = \"1.00\"\n"));
    folder
}

const LANGUAGES: [(&str, &str); 2] = [("en", "nternal"), ("fr", "nterne")];

fn is_marked(text: &str, mark: &str, (lang, word): (&str, &str)) -> bool {
    match mark {
        "sentence" => text.contains(word),
        "key" => serde_json::from_str::<Value>(text).is_ok_and(|value| value["internal"] == true),
        "column" => {
            let comma = if lang == "fr" { ';' } else { ',' };
            let mut lines = text.trim_start_matches('\u{feff}').lines();
            let heads = lines.next().unwrap_or_default();
            heads.ends_with(&format!("{comma}internal")) && lines.all(|line| line.ends_with(&format!("{comma}true")))
                || heads == format!("figure{comma}value") && lines.any(|line| line == format!("internal{comma}true"))
        }
        "property" => text.contains("<property name=\"internal\" value=\"true\"/>"),
        other => panic!("{other} is no mark of the command"),
    }
}

#[test]
fn every_output_of_the_command_is_listed() {
    let listed = listed();
    let missing: Vec<String> = outputs().iter().filter(|output| !listed.contains_key(*output)).cloned().collect();
    assert!(missing.is_empty(), "say in tests/outputs.txt how these are marked: {missing:#?}");
    let gone: Vec<&String> = listed.keys().filter(|output| !outputs().contains(*output)).collect();
    assert!(gone.is_empty(), "there is no such output: {gone:#?}");
}

#[test]
fn every_output_of_the_command_is_marked() {
    let folder = folder();
    let mut checked = 0;
    for (output, mark) in listed().into_iter().filter(|(_, mark)| !mark.starts_with("none: ")) {
        // A command of one form has no option for it.
        let (command, form) = output.split_once(' ').unwrap_or((output.as_str(), ""));
        for language in LANGUAGES {
            let written = folder.path().join("written");
            // Some refuse to replace what they wrote in the other language; where it was not written, it is not there.
            let _ = std::fs::remove_file(&written);
            let mut arguments = vec![command];
            arguments.extend(call(command));
            arguments.extend(["--lang", language.0]);
            let option = if command == "journal" { "--for" } else { "--format" };
            match form.strip_prefix("--") {
                Some(_) => arguments.extend([form, "written"]),
                None if form.is_empty() => {}
                None => arguments.extend([option, form]),
            }
            if output == "journal --write" {
                arguments.extend([option, "beancount"]);
            }
            let printed = relocost_in(folder.path(), &arguments);
            let text = match form.strip_prefix("--") {
                Some(_) => std::fs::read_to_string(&written).unwrap(),
                None => out(&printed),
            };
            assert!(is_marked(&text, &mark, language), "{arguments:?} has no {mark}:\n{text}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

/// The message of a failed expectation on standard error has figures, too.
#[test]
fn the_warning_of_a_failed_expectation_is_marked() {
    let folder = folder();
    let text = std::fs::read_to_string(folder.path().join("wrong.toml")).unwrap();
    let extra = relocost::Scenario::parse(&text).unwrap().compare().unwrap().extra().to_string();
    for (lang, word) in LANGUAGES {
        for (call, figure) in [(["compare", "wrong.toml"], extra.as_str()), (["programme", "budget.toml"], "163544")] {
            let said = err(&relocost_in(folder.path(), &[&call[..], &["--lang", lang]].concat()));
            assert!(said.contains(figure.split('.').next().unwrap()) && said.contains(word), "{said}");
        }
    }
}
