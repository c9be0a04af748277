//! Programmes: read and run.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::path::Path;

use relocost::{Programme, ProgrammeOptions, limits};

use crate::boundary::{Kind, free, give};
use crate::findings::ErrorHandle;
use crate::progress::watch;
use crate::questions::threads;
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::reach;
use crate::status::{RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::types::{LoadOptions, Options, Status};

/// The name in errors of a programme that is no file.
const IN_MEMORY: &str = "programme";

/// A checked programme: the budget of many cases over several fiscal years. It never changes, and may be used by several
/// threads at once.
pub struct ProgrammeHandle {
    _opaque: (),
}

impl Kind for ProgrammeHandle {
    type Value = Programme;
    const TAG: u64 = 0x7265_6c6f_b0d6_e7a1;
}

/// As what relocost_programme_run is to give: what agreements are worth and what steps would save.
pub const RELOCOST_PROGRAMME_VALUES: u32 = 1;
/// As what relocost_programme_run is to give: rows of single cases, which tell where households live.
pub const RELOCOST_PROGRAMME_CASES: u32 = 2;

/// Reads a programme from `length` bytes of TOML or JSON in memory. It can name the catalogue "reference" only, and its
/// cases have their members in the text. Of `options`, which may be NULL: `show_values`.
///
/// Gives `programme` a handle, to be freed with relocost_programme_free.
/// Errors: everything that is wrong with the text, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_from_text(
    text: *const c_char,
    length: usize,
    options: *const LoadOptions,
    programme: *mut *mut ProgrammeHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((programme, "programme"), error, |caller| {
        let options = caller.options::<LoadOptions>(options, "options")?;
        let bytes = caller.bytes(text, length, limits::FILE_BYTES, "text")?;
        let reach = relocost_files::LoadOptions::default().show_values(options.show_values != 0);
        Ok(relocost_files::load_programme_text(bytes.to_vec(), IN_MEMORY, &reach)?)
    })
}

/// Reads a programme from a file, with its catalogue and the files of households that it names: regular files in its own
/// folder or below it, or in one of the folders of `options`, which may be NULL. `catalogue` of the options is not looked
/// at. No error shows a path or a value of a household.
///
/// Gives `programme` a handle, to be freed with relocost_programme_free.
/// Errors: everything that is wrong with any of the files, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_from_file(
    path: *const c_char,
    length: usize,
    options: *const LoadOptions,
    programme: *mut *mut ProgrammeHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((programme, "programme"), error, |caller| {
        let options = caller.options(options, "options")?;
        let path = caller.name(path, length, "path")?;
        Ok(relocost_files::load_programme(Path::new(path), &reach(caller, &options)?)?)
    })
}

/// Runs a programme: its tables from RELOCOST_TABLE_BUDGET on, its forms, RELOCOST_FIGURE_TOTAL (of the line `as_planned`),
/// RELOCOST_FIGURE_EXTRA and RELOCOST_FIGURE_RESIDUAL. `parts` is a sum of RELOCOST_PROGRAMME_VALUES and
/// RELOCOST_PROGRAMME_CASES, or 0. Of `options`: `threads`, `progress`. relocost_result_warnings says what is odd about it.
///
/// Errors: RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE for other parts;
/// a wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_run(
    programme: *const ProgrammeHandle,
    parts: u32,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<Options>(options, "options")?;
        if parts & !(RELOCOST_PROGRAMME_VALUES | RELOCOST_PROGRAMME_CASES) != 0 {
            return wrong(RELOCOST_UNKNOWN_CHOICE, "parts");
        }
        let asked = ProgrammeOptions::default()
            .values(parts & RELOCOST_PROGRAMME_VALUES != 0)
            .cases(parts & RELOCOST_PROGRAMME_CASES != 0)
            .threads(threads(&given));
        let watch = watch(given.progress, given.user);
        let run = programme.watched(&watch).run_with(&asked)?;
        let result = AnyResult::Programme(Box::new((programme.clone(), run)));
        Ok(Answer { scenario: Some(programme.setting().clone()), result })
    })
}

/// Runs the expectations that the programme carries, as relocost_run_expectations does those of a scenario. Of `options`:
/// `progress`.
///
/// Errors: as of relocost_programme_run.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_run_expectations(
    programme: *const ProgrammeHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<Options>(options, "options")?;
        let watch = watch(given.progress, given.user);
        let result = AnyResult::Expectations(programme.watched(&watch).run_expectations()?);
        Ok(Answer { scenario: Some(programme.setting().clone()), result })
    })
}

/// The differences between the programme `old` and the programme `changed`: what each cause adds to each line, by fiscal year and
/// fund, so that the old figure and all causes add up to the new one. Gives RELOCOST_TABLE_BUDGET_CAUSES and the tables after
/// it. Of `options`: `threads`, `progress`.
///
/// Errors: RELOCOST_CONFLICT for programmes in two currencies; as of relocost_programme_run.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_diff(
    old: *const ProgrammeHandle,
    changed: *const ProgrammeHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let old = caller.handle(old, "old")?;
        let changed = caller.handle(changed, "changed")?;
        let given = caller.options::<Options>(options, "options")?;
        let watch = watch(given.progress, given.user);
        let diff = old.watched(&watch).diff_with(changed, &ProgrammeOptions::default().threads(threads(&given)))?;
        Ok(Answer { scenario: Some(old.setting().clone()), result: AnyResult::BudgetDiff(Box::new(diff)) })
    })
}

/// Frees a programme; its results stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_free(programme: *mut ProgrammeHandle) {
    free(programme);
}
