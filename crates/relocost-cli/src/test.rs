//! The command `test`: the expectations of scenarios and programmes, run and reported as a test runner does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use relocost::expectations::ExpectationOutcome;
use relocost::message::counted;
use relocost::{Error, Lang, Message, message};
use relocost_files::{FoundFile, LoadOptions, Loaded};
use relocost_report::{expectations_summary, outcome_line};
use serde_json::json;

use crate::args::files::CheckFormat;
use crate::failure::{Failure, report_error};
use crate::output::{print, to_json};
use crate::progress::follow;

/// A file and what came of its expectations.
struct Run {
    name: String,
    outcomes: Result<Vec<ExpectationOutcome>, Error>,
}

pub(crate) fn test(
    paths: &[PathBuf],
    junit: Option<&Path>,
    options: &LoadOptions,
    format: CheckFormat,
    lang: Lang,
) -> Result<u8, Failure> {
    let (scenarios, others): (Vec<FoundFile>, Vec<FoundFile>) =
        relocost_files::find(paths).into_iter().partition(FoundFile::may_be_asked);
    if scenarios.is_empty() {
        return Err(Failure::Call(message!(
            "no scenario and no programme was found among {files}",
            "aucun scénario ni programme n'a été trouvé parmi {files}",
            files = counted(others.len(), ["file", "files"], ["fichier", "fichiers"]),
        )));
    }
    let names = names(&scenarios);
    let run = |(found, name): (&FoundFile, String)| {
        let outcomes = found.load(options).and_then(|loaded| {
            let bar = follow();
            match loaded {
                Loaded::Programme(programme) => programme.watched(bar.watch()).run_expectations(),
                Loaded::Scenario(scenario) => scenario.watched(bar.watch()).run_expectations(),
                _ => Ok(Vec::new()),
            }
        });
        Run { name, outcomes }
    };
    let runs: Vec<Run> = scenarios.iter().zip(names).map(run).collect();
    let all = || runs.iter().filter_map(|run| run.outcomes.as_ref().ok()).flatten();
    let (passed, failed) =
        (all().filter(|outcome| outcome.passed).count(), all().filter(|outcome| !outcome.passed).count());
    let errors = runs.iter().filter(|run| run.outcomes.is_err()).count();
    // Before anything is printed, which can fail.
    if let Some(file) = junit {
        let report = to_junit(&runs)
            .to_string()
            .map_err(|error| Failure::Write(junit_report(), std::io::Error::other(error)))?;
        relocost_files::write(file, report.as_bytes(), true).map_err(|error| Failure::Write(junit_report(), error))?;
    }
    match format {
        CheckFormat::Json => {
            let file = |run: &Run| match &run.outcomes {
                Ok(outcomes) => json!({ "file": run.name, "outcomes": outcomes, "errors": [] }),
                Err(error) => json!({ "file": run.name, "outcomes": [], "errors": error.findings() }),
            };
            let files: Vec<_> = runs.iter().map(file).collect();
            print(&to_json(&json!({
                "internal": true, "passed": passed, "failed": failed, "errors": errors, "files": files
            })))?;
        }
        CheckFormat::Text => {
            print_text(&runs, others.len(), &expectations_summary(passed, failed, errors, lang), lang)?;
        }
    }
    Ok(u8::from(failed + errors > 0))
}

fn junit_report() -> Message {
    message!("the JUnit report", "le rapport JUnit")
}

/// Files by their own names, never by their paths; those of one name are numbered.
fn names(scenarios: &[FoundFile]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut name = |found: &FoundFile| {
        let name = relocost_files::display_name(&found.path);
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { name } else { format!("{name} ({count})") }
    };
    scenarios.iter().map(&mut name).collect()
}

fn print_text(runs: &[Run], others: usize, summary: &str, lang: Lang) -> Result<(), Failure> {
    for run in runs {
        match &run.outcomes {
            Ok(outcomes) if outcomes.is_empty() => {
                let name = &run.name;
                print(message!("{name}: no expectations\n", "{name} : aucune attente\n").text(lang))?
            }
            Ok(outcomes) => {
                let lines: Vec<String> = outcomes
                    .iter()
                    .enumerate()
                    .map(|(index, outcome)| outcome_line(&run.name, index, outcome, lang))
                    .collect();
                print(&(lines.join("\n") + "\n"))?
            }
            Err(error) => {
                report_error(error, lang);
                let name = &run.name;
                print(message!("test {name} ... ERROR\n", "test {name} ... ERREUR\n").text(lang))?
            }
        };
    }
    if others > 0 {
        let files = counted(others, ["file", "files"], ["fichier", "fichiers"]);
        let line = message!(
            "passed over, being no scenarios and no programmes: {files}\n",
            "laissés de côté, n'étant ni des scénarios ni des programmes : {files}\n",
            files
        );
        print(line.text(lang))?;
    }
    print(&format!("{summary}\n"))?;
    Ok(())
}

fn to_junit(runs: &[Run]) -> Report {
    let mut report = Report::new("relocost");
    for run in runs {
        let mut suite = TestSuite::new(run.name.as_str());
        suite.add_property(("internal", "true"));
        match &run.outcomes {
            Ok(outcomes) => suite.add_test_cases(outcomes.iter().enumerate().map(|(index, outcome)| {
                let status = if outcome.passed {
                    TestCaseStatus::success()
                } else {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    status.set_message(format!("{outcome} ({})", relocost_report::internal().en()));
                    status
                };
                TestCase::new(format!("{} {}", index + 1, outcome.name()), status)
            })),
            Err(error) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                status.set_message(error.to_string());
                suite.add_test_cases([TestCase::new("load", status)])
            }
        };
        report.add_test_suite(suite);
    }
    report
}
