//! Scenarios: read, written and changed.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::path::{Path, PathBuf};

use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Amount, Code, Error, Loader, Parameter, Scenario, limits, message};
use relocost_files::LoadOptions as Reach;

use crate::boundary::{Caller, Kind, NO_ERROR, ask, call, free, give};
use crate::figure::{
    RELOCOST_FIGURE_CURRENCY, RELOCOST_FIGURE_FISCAL_YEAR_START, RELOCOST_FIGURE_HORIZON_MONTHS, RELOCOST_FIGURE_START,
    RELOCOST_FIGURE_TITLE, Value,
};
use crate::findings::{ErrorHandle, Errors};
use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, RELOCOST_UNKNOWN_CHOICE, RELOCOST_WRONG_LENGTH, wrong};
use crate::table::TableHandle;
use crate::tables;
use crate::types::{LoadOptions, RELOCOST_JSON, RELOCOST_TOML, Status};

/// The name in errors of a text that is no file.
pub(crate) const IN_MEMORY: &str = "scenario";

/// A checked scenario, standing by itself. It never changes, and may be used by several threads at once.
pub struct ScenarioHandle {
    _opaque: (),
}

impl Kind for ScenarioHandle {
    type Value = Scenario;
    const TAG: u64 = 0x7265_6c6f_5ce7_a210;
}

fn bytes_of_a_scenario(caller: Caller<'_>, text: *const c_char, length: usize) -> CallResult<&[u8]> {
    caller.bytes(text, length, limits::FILE_BYTES, "text").map_err(|fault| {
        if fault.status() != RELOCOST_WRONG_LENGTH {
            return fault;
        }
        let message = message!(
            "has more than {most} bytes, which is as much as is read",
            "a plus de {most} octets, soit plus qu'il n'en est lu",
            most = limits::FILE_BYTES,
        );
        Error::of_file(Code::TooLarge, IN_MEMORY, message).into()
    })
}

/// The text of a scenario that is in memory, no longer than any that is read.
pub(crate) fn text_of_a_scenario(caller: Caller<'_>, text: *const c_char, length: usize) -> CallResult<&str> {
    bytes_of_a_scenario(caller, text, length)?;
    caller.long_text(text, length, "text")
}

/// A scenario from a text that is in memory: it reaches no file.
pub(crate) fn read_text(
    caller: Caller<'_>,
    text: *const c_char,
    length: usize,
    options: &LoadOptions,
) -> CallResult<Scenario> {
    let bytes = bytes_of_a_scenario(caller, text, length)?;
    let show_values = options.show_values != 0;
    if options.catalogue.data.is_null() {
        let reach = Reach::default().show_values(show_values);
        return Ok(relocost_files::load_text(bytes.to_vec(), IN_MEMORY, &reach)?);
    }
    let own = caller.long_text(text, length, "text")?;
    let prices = caller.long_text(options.catalogue.data, options.catalogue.length, "options.catalogue")?;
    let format = Format::of("", prices);
    let prices = CatalogueText { name: "catalogue".to_owned(), text: prices.to_owned(), format };
    let loader = Loader::new().show_values(show_values).instead_of_any(prices);
    Ok(loader.load(Source { name: IN_MEMORY, text: own, format: Format::of("", own) })?)
}

/// The options for what a file may reach and show.
pub(crate) fn reach(caller: Caller<'_>, options: &LoadOptions) -> CallResult<Reach> {
    let folders =
        caller.names(options.catalogue_folders, options.catalogue_folder_count, "options.catalogue_folders")?;
    let catalogue_folders = folders.into_iter().map(PathBuf::from).collect();
    Ok(Reach::default()
        .catalogue_folders(catalogue_folders)
        .show_values(options.show_values != 0)
        .folders_option("options.catalogue_folders"))
}

fn read_file(caller: Caller<'_>, path: &str, options: &LoadOptions) -> CallResult<Scenario> {
    let reach = reach(caller, options)?;
    let scenario = match caller.name_if_given(options.catalogue, "options.catalogue")? {
        Some(catalogue) => relocost_files::load_over(Path::new(path), Path::new(catalogue), &reach)?,
        None => relocost_files::load(Path::new(path), &reach)?,
    };
    Ok(scenario)
}

/// Reads a scenario from `length` bytes of TOML or JSON in memory. It can name the catalogue "reference" only, which is
/// built in; it reaches no file. `options` may be NULL.
///
/// Gives `scenario` a handle, to be freed with relocost_scenario_free.
/// Errors: everything that is wrong with the text, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_from_text(
    text: *const c_char,
    length: usize,
    options: *const LoadOptions,
    scenario: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((scenario, "scenario"), error, |caller| read_text(caller, text, length, &caller.options(options, "options")?))
}

/// Reads a scenario from a file, with the catalogue that it names: a regular file in its own folder or below it, or in
/// one of the folders of `options`, which may be NULL. No error shows a path.
///
/// Gives `scenario` a handle, to be freed with relocost_scenario_free.
/// Errors: everything that is wrong with either file, at once; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_from_file(
    path: *const c_char,
    length: usize,
    options: *const LoadOptions,
    scenario: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((scenario, "scenario"), error, |caller| {
        let options = caller.options(options, "options")?;
        read_file(caller, caller.name(path, length, "path")?, &options)
    })
}

/// Copies the scenario into `buffer` as RELOCOST_TOML or RELOCOST_JSON, standing by itself: written to a file it needs
/// no other.
///
/// Errors: a wrong handle; RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; RELOCOST_CONFLICT for a scenario with a
/// factor that no file can say.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_write(
    scenario: *const ScenarioHandle,
    form: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
    error: *mut *mut ErrorHandle,
) -> Status {
    call(error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let text = match form {
            RELOCOST_TOML => scenario.to_toml()?,
            RELOCOST_JSON => scenario.to_json()?,
            _ => return wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
        };
        caller.copy(&text, buffer, capacity, required)
    })
}

/// Gives `changed` a scenario that differs in one parameter. `path` is one that may be uncertain, such as
/// "lines.rent.amount" or "rates.fx.USD.factor", but for those that are drawn anew for each year; or "rates.fx.USD",
/// "rates.fx.USD.2027", "rates.fx.USD.2027-04", "rates.index.general.2027" or ".default", "rates.level.<place>.<category>",
/// "lines.<id>.amounts.2027-04", "lines.<id>.percentage.share", "start" or "horizon_months". `value` is a decimal, of
/// "start" a month. The scenario itself stays as it is.
///
/// Errors: RELOCOST_UNKNOWN_NAME, RELOCOST_BAD_DECIMAL, RELOCOST_WRONG_KIND, RELOCOST_OUT_OF_RANGE, RELOCOST_CONFLICT; a
/// wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_with(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    path_length: usize,
    value: *const c_char,
    value_length: usize,
    changed: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((changed, "changed"), error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let path = caller.name(path, path_length, "path")?;
        let parameter: Parameter = path.parse()?;
        let value = parameter.value(caller.name(value, value_length, "value")?)?;
        Ok(scenario.with(&[(parameter, value)])?)
    })
}

/// Copies the value of a parameter into `buffer`, a decimal, of "start" a month; `path` as of relocost_scenario_with.
///
/// Errors: RELOCOST_UNKNOWN_NAME; RELOCOST_SHORT_BUFFER; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_parameter(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    path_length: usize,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
    error: *mut *mut ErrorHandle,
) -> Status {
    call(error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let parameter: Parameter = caller.name(path, path_length, "path")?.parse()?;
        caller.copy(&scenario.parameter(&parameter)?.to_string(), buffer, capacity, required)
    })
}

/// Gives `variant` the scenario in the variant of a name that it declares.
///
/// Errors: RELOCOST_UNKNOWN_NAME; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_variant(
    scenario: *const ScenarioHandle,
    name: *const c_char,
    length: usize,
    variant: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((variant, "variant"), error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        Ok(scenario.variant(caller.name(name, length, "name")?)?)
    })
}

/// Gives `at_means` the scenario with every uncertain parameter at the mean of its distribution, to 12 decimals, moved into
/// its domain, months rounded.
///
/// Errors: RELOCOST_TOO_LARGE_FIGURE for a mean with more digits than a parameter can take; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_at_means(
    scenario: *const ScenarioHandle,
    at_means: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((at_means, "at_means"), error, |caller| Ok(caller.handle(scenario, "scenario")?.at_means()?))
}

/// Gives `warnings` what is odd but harmless in the scenario, as an error object of none or more findings, to be freed
/// with relocost_error_free.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_warnings(
    scenario: *const ScenarioHandle,
    warnings: *mut *mut ErrorHandle,
) -> Status {
    give((warnings, "warnings"), NO_ERROR, |caller| {
        Ok(Errors::of_warnings(&caller.handle(scenario, "scenario")?.warnings()))
    })
}

/// Copies a figure of the scenario into `buffer`: RELOCOST_FIGURE_CURRENCY, _START, _TITLE, _HORIZON_MONTHS or
/// _FISCAL_YEAR_START.
///
/// Errors: RELOCOST_NO_VALUE for a scenario without a title; RELOCOST_NOT_OF_THIS_RESULT; RELOCOST_SHORT_BUFFER; a
/// wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_text(
    scenario: *const ScenarioHandle,
    figure: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let value = value(caller.handle(scenario, "scenario")?, figure)?;
        caller.copy(&value.text()?, buffer, capacity, required)
    })
}

/// Puts into `value` a figure of the scenario that is a whole number: RELOCOST_FIGURE_HORIZON_MONTHS or
/// _FISCAL_YEAR_START (a month, 1 to 12).
///
/// Errors: RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_integer(scenario: *const ScenarioHandle, figure: u32, integer: *mut i64) -> Status {
    ask(|caller| {
        let value = value(caller.handle(scenario, "scenario")?, figure)?;
        caller.put(integer, value.integer()?, "integer")
    })
}

/// Gives `table` a table of what the scenario has: RELOCOST_TABLE_PATHWAYS, _SOLUTIONS, _ENTITLEMENTS, _CATEGORIES,
/// _FUNDS, _LINES or _VARIANTS; to be freed with relocost_table_free.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_table(
    scenario: *const ScenarioHandle,
    which: u32,
    table: *mut *mut TableHandle,
) -> Status {
    give((table, "table"), NO_ERROR, |caller| tables::of(caller.handle(scenario, "scenario")?, which))
}

/// Frees a scenario; results of it stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_free(scenario: *mut ScenarioHandle) {
    free(scenario);
}

fn value(scenario: &Scenario, figure: u32) -> CallResult<Value> {
    Ok(match figure {
        RELOCOST_FIGURE_CURRENCY => Value::text_of(scenario.currency().code()),
        RELOCOST_FIGURE_START => Value::text_of(&scenario.start()),
        RELOCOST_FIGURE_TITLE => Value::Text(scenario.title().map(ToString::to_string)),
        RELOCOST_FIGURE_HORIZON_MONTHS => Value::Integer(scenario.horizon_months().into()),
        RELOCOST_FIGURE_FISCAL_YEAR_START => Value::Integer(scenario.fiscal_year_start().into()),
        _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "figure"),
    })
}

/// A decimal of the core from its text.
pub(crate) fn amount(text: &str, key: &str) -> Result<Amount, Error> {
    text.parse()
        .map_err(|error: relocost::types::DecimalError| Error::single(Code::BadDecimal, key, error.explain(text)))
}
