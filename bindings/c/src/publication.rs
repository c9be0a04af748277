//! Publications: tables of many cases that may be published, with the audit that nobody can derive what few of them cost.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::io::Read;

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::microdata::Microdata;
use relocost::{Code, Error};
use relocost_disclosure::{Dimension, Earlier, LEAST_THRESHOLD};

use crate::boundary::{Caller, give};
use crate::findings::ErrorHandle;
use crate::programme::ProgrammeHandle;
use crate::progress::watch;
use crate::questions::{basis, households, pair, rows};
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::ScenarioHandle;
use crate::simulation::threads;
use crate::status::CallResult;
use crate::types::{PublishOptions, Status, Text};

/// The name in errors of an earlier publication, which is no file.
const IN_MEMORY: &str = "publication";

/// Makes what may be published of cases, which are computed once it is known what is asked.
fn published(
    caller: Caller<'_>,
    given: &PublishOptions,
    cases: impl FnOnce() -> CallResult<Microdata>,
) -> CallResult<Answer> {
    let table = |names: &&str| {
        Dimension::parse_table(names).map_err(|message| Error::single(Code::OutOfRange, "options.tables", message))
    };
    let tables = caller.names(given.tables, given.table_count, "options.tables")?;
    let tables = tables.iter().map(table).collect::<Result<_, Error>>()?;
    let earlier = |text: &Text| {
        let text = caller.long_text(text.data, text.length, "options.beside")?;
        Ok(Earlier::parse(text, IN_MEMORY)?)
    };
    let beside = caller.array(given.beside, given.beside_count, "options.beside")?;
    let beside = beside.iter().map(earlier).collect::<CallResult<Vec<Earlier>>>()?;
    let threshold = if given.threshold == 0 { LEAST_THRESHOLD } else { given.threshold };
    let options = relocost_disclosure::PublishOptions::default().threshold(threshold).tables(tables);
    let publication = relocost_disclosure::publish(&cases()?, &options, &beside)?;
    // Nothing of it is internal, and no scenario is had from it.
    Ok(Answer { scenario: None, result: AnyResult::Publication(Box::new(publication)) })
}

/// What may be published of a programme's cases as planned: tables of figures in thousands, those of too few cases suppressed, and
/// so many others with them that no reader can place a suppressed one closer than 20 per cent, with the audit that proves it.
/// Of `options`, which may be NULL: `threshold`, `tables`, `beside`, `progress`. Gives RELOCOST_TABLE_PUBLISHED and
/// _AUDIT; as RELOCOST_JSON it is what a later publication is made beside. Nothing of it is internal.
///
/// Errors: RELOCOST_DISCLOSURE where the cases, or the difference from an earlier publication, are fewer than the threshold, or
/// a figure cannot be protected; RELOCOST_OUT_OF_RANGE for a threshold below 3 and for a table of no dimensions or more than
/// three; RELOCOST_TOO_MANY for more cells than can be audited; RELOCOST_CONFLICT for tables that cannot be audited together,
/// and for an earlier publication of something else; RELOCOST_WRONG_KIND for a text that is no publication;
/// RELOCOST_INTERRUPTED; as of relocost_programme_run.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_publish(
    programme: *const ProgrammeHandle,
    options: *const PublishOptions,
    publication: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((publication, "publication"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<PublishOptions>(options, "options")?;
        let watch = watch(given.progress, given.user);
        published(caller, &given, || Ok(programme.watched(&watch).microdata()?))
    })
}

/// What may be published of a caseload.
fn of_caseload<R: Read>(
    caller: Caller<'_>,
    scenario: *const ScenarioHandle,
    options: *const PublishOptions,
    cases: impl FnOnce() -> CallResult<CaseTable<R>>,
) -> CallResult<Answer> {
    let scenario = caller.handle(scenario, "scenario")?;
    let given = caller.options::<PublishOptions>(options, "options")?;
    let watch = watch(given.progress, given.user);
    let caseload = CaseloadOptions::default()
        .pair(pair(caller, given.base, given.alternative)?)
        .basis(basis(given.basis)?)
        .threads(threads(given.threads));
    published(caller, &given, || Ok(scenario.watched(&watch).microdata(cases()?, &caseload)?))
}

/// As relocost_programme_publish, of many households in the setting of one scenario, of which two pathways are compared. They
/// are `length` bytes of CSV in memory, as of relocost_caseload_text. Of `options` all.
///
/// Errors: RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows; as of relocost_programme_publish.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_publish_text(
    scenario: *const ScenarioHandle,
    csv: *const c_char,
    length: usize,
    options: *const PublishOptions,
    publication: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((publication, "publication"), error, |caller| {
        of_caseload(caller, scenario, options, || rows(caller, csv, length))
    })
}

/// As relocost_publish_text, from a file, of which only a part is in memory at a time.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_publish_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_publish_file(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    length: usize,
    options: *const PublishOptions,
    publication: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((publication, "publication"), error, |caller| {
        of_caseload(caller, scenario, options, || Ok(households(caller.name(path, length, "path")?)?))
    })
}
