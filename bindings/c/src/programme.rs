//! Programmes: read, run, compared and simulated.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::path::Path;

use relocost::{Error, Programme, ProgrammeOptions, ProgrammeSimulateOptions, ProgrammeSimulation, Watched, limits};

use crate::boundary::{Caller, Kind, free, give};
use crate::findings::ErrorHandle;
use crate::progress::watch;
use crate::questions::threads;
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::reach;
use crate::simulated::Simulated;
use crate::simulation::{self, PartHandle, SimulationHandle, sampling};
use crate::status::{CallResult, RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::types::{LoadOptions, Options, SimulateOptions, Status};

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

/// Asks about a programme with options of a simulation.
fn simulated<T>(
    caller: Caller<'_>,
    programme: *const ProgrammeHandle,
    options: *const SimulateOptions,
    ask: impl FnOnce(&Watched<'_, '_, Programme>, &ProgrammeSimulateOptions) -> Result<T, Error>,
) -> CallResult<(T, Programme)> {
    let programme = caller.handle(programme, "programme")?;
    let given = caller.options::<SimulateOptions>(options, "options")?;
    let defaults = ProgrammeSimulateOptions::default();
    let asked = ProgrammeSimulateOptions::default()
        .draws(if given.draws == 0 { defaults.draws } else { given.draws })
        .seed(given.seed)
        .sampling(sampling(given.sampling)?)
        .threads(simulation::threads(given.threads));
    let watch = watch(given.progress, given.user);
    Ok((ask(&programme.watched(&watch), &asked)?, programme.clone()))
}

fn of_futures((futures, programme): (ProgrammeSimulation, Programme)) -> Simulated {
    Simulated::of_programme(programme, futures)
}

/// Simulates futures of a programme: arrivals, slips, processing times, refusals, events and uncertain parameters are drawn
/// anew for each, and each is run with all agreements, with those that are signed, with none, with each left out, and
/// with all cases settled. Fields of `options`, which may be NULL: `draws` (0 for 10,000), `seed`, `sampling`, `threads`,
/// `progress`. The same seed gives the same bits, on any machine and with any number of threads. The progress counts draws.
///
/// Gives `simulation` a handle, to be freed with relocost_simulation_free.
/// Errors: RELOCOST_OUT_OF_RANGE for more than 2^36 draws; RELOCOST_TOO_MANY for more cases than a programme may have;
/// RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE; RELOCOST_INTERRUPTED; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a NULL
/// pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_simulate(
    programme: *const ProgrammeHandle,
    options: *const SimulateOptions,
    simulation: *mut *mut SimulationHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((simulation, "simulation"), error, |caller| {
        let all =
            |programme: &Watched<'_, '_, Programme>, options: &ProgrammeSimulateOptions| programme.simulate(options);
        simulated(caller, programme, options, all).map(of_futures)
    })
}

/// Simulates `count` of the futures of a programme, from the draw `first` on, counted from 0: a part as of
/// relocost_simulate_range. Its options are those of the whole simulation, `draws` included.
///
/// Gives `part` a handle, to be freed with relocost_part_free.
/// Errors: RELOCOST_OUT_OF_RANGE for no draws, or such as the simulation does not have; as of relocost_programme_simulate.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_simulate_range(
    programme: *const ProgrammeHandle,
    first: u64,
    count: u64,
    options: *const SimulateOptions,
    part: *mut *mut PartHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((part, "part"), error, |caller| {
        let (part, _) = simulated(caller, programme, options, |programme, options| {
            programme.simulate_range(options, first..first.saturating_add(count))
        })?;
        Ok(part.into())
    })
}

/// Gives `simulation` the simulation of merged parts of a programme, which hold every draw of the options: the same bits as
/// relocost_programme_simulate.
///
/// Errors: RELOCOST_CONFLICT for a part of another simulation; RELOCOST_OUT_OF_RANGE if draws are missing; as of
/// relocost_programme_simulate.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_simulation_of_part(
    programme: *const ProgrammeHandle,
    options: *const SimulateOptions,
    part: *const PartHandle,
    simulation: *mut *mut SimulationHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((simulation, "simulation"), error, |caller| {
        let part = caller.handle(part, "part")?;
        let of_part = |programme: &Watched<'_, '_, Programme>, options: &ProgrammeSimulateOptions| {
            programme.simulation_of_part(options, &part.part)
        };
        simulated(caller, programme, options, of_part).map(of_futures)
    })
}

/// Frees a programme; its results stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_free(programme: *mut ProgrammeHandle) {
    free(programme);
}
