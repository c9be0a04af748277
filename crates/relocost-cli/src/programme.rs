//! The command `programme`: the budget of many cases, and what agreements are worth.

use std::path::Path;

use relocost::{ProgrammeOptions, Watch, message};
use relocost_tables::{Tables as _, csv};

use crate::args::{Format, LangArg, Reach};
use crate::comparison::say_failed;
use crate::failure::{Failure, Kind, say_text};
use crate::input::load_programme;
use crate::output::{print, show, style_of};
use crate::progress::follow;

pub(crate) fn programme(
    file: &Path,
    reach: &Reach,
    options: &ProgrammeOptions,
    months: bool,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
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
    drop(bar);
    for warning in &run.programme.warnings {
        say_text(Kind::Warning, lang.into(), warning.text(lang.into()));
    }
    let alone = match (options.cases, months) {
        (true, _) => Some("cases"),
        (_, true) => Some("months"),
        _ => None,
    };
    let printed = match alone.filter(|_| format == Format::Csv).map(|name| run.table(name)).transpose()?.flatten() {
        Some(table) => print(&csv::table(&table, lang.into(), &Watch::default())?)?,
        None => {
            show(format, lang, &run, |it| relocost_report::programme(it, &programme, months, style_of(format, lang)))?
        }
    };
    say_failed(&outcomes, lang.into());
    Ok(printed)
}
