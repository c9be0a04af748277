//! Postings: what each fund pays for each line by month, from which journals are written.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::io::Read;

use relocost::Scenario;
use relocost::caseload::CaseTable;
use relocost::postings::Postings;

use crate::boundary::{Caller, give};
use crate::findings::ErrorHandle;
use crate::programme::ProgrammeHandle;
use crate::progress::watch;
use crate::questions::{households, rows, threads};
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::ScenarioHandle;
use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, wrong};
use crate::types::{Options, Status};

fn answer(scenario: Option<&Scenario>, postings: Postings) -> Answer {
    Answer { scenario: scenario.cloned(), result: AnyResult::Postings(Box::new(postings)) }
}

/// The postings of a result, which is a ledger or payments: what each fund pays for each line in each month, of payments also
/// what was paid. Gives RELOCOST_TABLE_POSTINGS; relocost_result_write gives the journal, as RELOCOST_HLEDGER_EN and the
/// like, or as RELOCOST_CSV for any other ledger: the bytes of the command `relocost journal`.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_TOO_LARGE_FIGURE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_postings(
    result: *const ResultHandle,
    postings: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((postings, "postings"), error, |caller| {
        let Answer { scenario, result } = caller.handle(result, "result")?;
        let found = match result {
            AnyResult::Ledger(it) => it.postings()?,
            AnyResult::Payments(it) => it.postings().clone(),
            _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"),
        };
        Ok(answer(scenario.as_ref(), found))
    })
}

/// As relocost_result_postings, of a programme as planned. Of `options`, which may be NULL: `progress`.
///
/// Errors: as of relocost_programme_run.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_postings(
    programme: *const ProgrammeHandle,
    options: *const Options,
    postings: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((postings, "postings"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<Options>(options, "options")?;
        let watch = watch(given.progress, given.user);
        Ok(answer(Some(programme.setting()), programme.watched(&watch).postings()?))
    })
}

/// What a caseload costs on a pathway.
fn of_caseload(
    caller: Caller<'_>,
    scenario: *const ScenarioHandle,
    (pathway, length): (*const c_char, usize),
    options: *const Options,
    cases: CaseTable<impl Read>,
) -> CallResult<Answer> {
    let scenario = caller.handle(scenario, "scenario")?;
    let pathway = caller.name(pathway, length, "pathway")?;
    let given = caller.options::<Options>(options, "options")?;
    let watch = watch(given.progress, given.user);
    let postings = scenario.watched(&watch).caseload_postings(cases, pathway, threads(&given))?;
    Ok(answer(Some(scenario), postings))
}

/// As relocost_result_postings, of many households on a pathway in the setting of one scenario. They are `length` bytes of CSV in
/// memory, as of relocost_caseload_text. Of `options`, which may be NULL: `threads`, `progress`.
///
/// Errors: RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows; as of relocost_ledger.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_caseload_postings_text(
    scenario: *const ScenarioHandle,
    csv: *const c_char,
    length: usize,
    pathway: *const c_char,
    pathway_length: usize,
    options: *const Options,
    postings: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((postings, "postings"), error, |caller| {
        of_caseload(caller, scenario, (pathway, pathway_length), options, rows(caller, csv, length)?)
    })
}

/// As relocost_caseload_postings_text, from a file, of which only a part is in memory at a time.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_caseload_postings_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_caseload_postings_file(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    length: usize,
    pathway: *const c_char,
    pathway_length: usize,
    options: *const Options,
    postings: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((postings, "postings"), error, |caller| {
        let cases = households(caller.name(path, length, "path")?)?;
        of_caseload(caller, scenario, (pathway, pathway_length), options, cases)
    })
}
