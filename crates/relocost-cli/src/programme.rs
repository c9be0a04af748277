//! The command `programme`: the budget of many cases, and what agreements are worth.

use std::path::Path;

use relocost::{ProgrammeOptions, ProgrammeRun, ProgrammeSimulateOptions, ProgrammeSimulation, Watch, message};
use relocost_tables::{Tables as _, csv};
use serde::Serialize;

use crate::args::{Format, LangArg, Reach};
use crate::comparison::say_failed;
use crate::failure::{Failure, Kind, say_text, wrong_number};
use crate::input::load_programme;
use crate::output::{print, show, style_of, to_json};
use crate::progress::follow;

/// The run of a programme, and its futures under a key of their own.
#[derive(Serialize)]
struct WithFutures<'r> {
    #[serde(flatten)]
    run: &'r ProgrammeRun,
    futures: &'r ProgrammeSimulation,
}

pub(crate) fn programme(
    file: &Path,
    reach: &Reach,
    (options, chance): (&ProgrammeOptions, Option<&ProgrammeSimulateOptions>),
    months: bool,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
    if format == Format::Csv && chance.is_some() && (options.cases || months) {
        return Err(Failure::Call(message!(
            "CSV is one table: ask for --draws, for --cases or for --month",
            "le CSV est un seul tableau : demander --draws, --cases ou --month"
        )));
    }
    if format == Format::Csv && options.cases && months {
        return Err(Failure::Call(message!(
            "CSV is one table: ask for --cases or for --month",
            "le CSV est un seul tableau : demander --cases ou --month"
        )));
    }
    let programme = load_programme(file, reach)?;
    let bar = follow();
    let watched = programme.watched(bar.watch());
    let run = watched.run_with(options)?;
    let outcomes = watched.run_expectations()?;
    let simulated = chance.map(|chance| watched.simulate(chance).map_err(|error| wrong_number(error, false)));
    let simulated = simulated.transpose()?;
    drop(bar);
    for warning in &run.programme.warnings {
        say_text(Kind::Warning, lang.into(), warning.text(lang.into()));
    }
    let alone = match (options.cases, months) {
        (true, _) => Some("cases"),
        (_, true) => Some("months"),
        _ => None,
    };
    if let Some(futures) = &simulated {
        let style = || style_of(format, lang);
        let printed = match format {
            Format::Json => print(&to_json(&WithFutures { run: &run, futures }))?,
            Format::Csv => print(&csv::result(futures, lang.into(), &Watch::default())?)?,
            Format::Text | Format::Html | Format::Markdown => {
                let gap = if format == Format::Text || format == Format::Markdown { "\n" } else { "" };
                let certain = relocost_report::programme(&run, &programme, months, style());
                print(&format!("{certain}{gap}{}", relocost_report::futures(futures, &programme, style())))?
            }
        };
        say_failed(&outcomes, lang.into());
        return Ok(printed);
    }
    let printed = match alone.filter(|_| format == Format::Csv).map(|name| run.table(name)).transpose()?.flatten() {
        Some(table) => print(&csv::table(&table, lang.into(), &Watch::default())?)?,
        None => {
            show(format, lang, &run, |it| relocost_report::programme(it, &programme, months, style_of(format, lang)))?
        }
    };
    say_failed(&outcomes, lang.into());
    Ok(printed)
}
