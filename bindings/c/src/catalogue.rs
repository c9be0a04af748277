//! Catalogues that many scenarios lie over, and what belongs into one: new prices from a list, and published rates.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::path::Path;

use relocost::prices::PriceTable;
use relocost::syntax::{Format as TextFormat, Source};
use relocost::{Catalogue, Code, Currency, Error, Loader, message};
use relocost_rates::{Column, FILE_BYTES, Format, PeriodRate, SourceText};

use crate::boundary::{Caller, Kind, free, give};
use crate::findings::ErrorHandle;
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::{IN_MEMORY, ScenarioHandle, text_of_a_scenario};
use crate::status::CallResult;
use crate::types::{LoadOptions, RateOptions, Status, Text};

/// A catalogue that has been read and checked. It never changes, and may be used by several threads at once.
pub struct CatalogueHandle {
    _opaque: (),
}

impl Kind for CatalogueHandle {
    type Value = Catalogue;
    const TAG: u64 = 0x7265_6c6f_ca7a_1093;
}

fn catalogue_of(caller: Caller<'_>, text: *const c_char, length: usize, about: &'static str) -> CallResult<Catalogue> {
    let text = caller.long_text(text, length, about)?;
    Ok(Catalogue::from_source(Source { name: "catalogue", text, format: TextFormat::of("", text) })?)
}

/// Reads a catalogue from `length` bytes of TOML or JSON in memory, for relocost_scenario_over: who reads many scenarios over
/// one catalogue reads it once.
///
/// Gives `catalogue` a handle, to be freed with relocost_catalogue_free.
/// Errors: everything that is wrong with the text, at once; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_catalogue_from_text(
    text: *const c_char,
    length: usize,
    catalogue: *mut *mut CatalogueHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((catalogue, "catalogue"), error, |caller| catalogue_of(caller, text, length, "text"))
}

/// As relocost_catalogue_from_text, from a file.
///
/// Gives `catalogue` a handle, to be freed with relocost_catalogue_free.
/// Errors: RELOCOST_UNREADABLE; everything that is wrong with the file, at once; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_catalogue_from_file(
    path: *const c_char,
    length: usize,
    catalogue: *mut *mut CatalogueHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((catalogue, "catalogue"), error, |caller| {
        Ok(relocost_files::load_catalogue(Path::new(caller.name(path, length, "path")?))?)
    })
}

/// Reads a scenario from `length` bytes of TOML or JSON in memory, over a catalogue that has been read, whichever it names,
/// "reference" too. It reaches no file. Of `options`, which may be NULL, only `show_values` is looked at. The scenario stands
/// by itself: the catalogue may be freed before it.
///
/// Gives `scenario` a handle, to be freed with relocost_scenario_free.
/// Errors: everything that is wrong with the text, at once; RELOCOST_CATALOGUE for one that names no catalogue; a wrong handle;
/// a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_scenario_over(
    catalogue: *const CatalogueHandle,
    text: *const c_char,
    length: usize,
    options: *const LoadOptions,
    scenario: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((scenario, "scenario"), error, |caller| {
        let catalogue = caller.handle(catalogue, "catalogue")?;
        let options = caller.options(options, "options")?;
        let text = text_of_a_scenario(caller, text, length)?;
        let loader = Loader::new().show_values(options.show_values != 0).over(catalogue.clone());
        Ok(loader.load(Source { name: IN_MEMORY, text, format: TextFormat::of("", text) })?)
    })
}

/// Frees a catalogue; scenarios over it stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_catalogue_free(catalogue: *mut CatalogueHandle) {
    free(catalogue);
}

/// Brings a catalogue's amounts and tariffs up to date from a price list: `catalogue_length` bytes of TOML or JSON, and
/// `list_length` bytes of a table with the columns `id`, `amount`, `currency`, `source`, and if wanted `from`, both in memory;
/// a list may be a workbook (xlsx). Gives RELOCOST_TABLE_PRICES; RELOCOST_TOML is the catalogue with the new prices, its
/// comments and its order as they are.
///
/// Errors: everything that is wrong with the catalogue or the rows; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_update_prices_text(
    catalogue: *const c_char,
    catalogue_length: usize,
    list: *const c_char,
    list_length: usize,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let catalogue = catalogue_of(caller, catalogue, catalogue_length, "catalogue")?;
        let list = caller.bytes(list, list_length, isize::MAX.unsigned_abs(), "list")?;
        let table = relocost_files::table(list, "prices")?;
        let update = catalogue.update_prices(PriceTable::new(table, "prices")?)?;
        Ok(Answer { scenario: None, result: AnyResult::Prices(Box::new(update)) })
    })
}

/// As relocost_update_prices_text, from the files of the catalogue and of the list. Nothing is written.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_update_prices_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_update_prices_file(
    catalogue: *const c_char,
    catalogue_length: usize,
    list: *const c_char,
    list_length: usize,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let path = |data, length, about| Ok(Path::new(caller.name(data, length, about)?)) as CallResult<&Path>;
        let catalogue = relocost_files::load_catalogue(path(catalogue, catalogue_length, "catalogue")?)?;
        let (name, table) = relocost_files::open_table(path(list, list_length, "list")?)?;
        let update = catalogue.update_prices(PriceTable::new(table, &name)?)?;
        Ok(Answer { scenario: None, result: AnyResult::Prices(Box::new(update)) })
    })
}

/// Published exchange rates or price indices as tables of rates, each with its source, from `length` bytes of a publisher's
/// file in memory. `format` is the publisher, as of the command: "ecb", "un", "imf", "eurostat", "oecd", "world-bank", "bls" or
/// "csv". `options` may be NULL. Gives RELOCOST_TABLE_RATES; RELOCOST_TOML is what stands under `rates` in a catalogue.
///
/// Errors: RELOCOST_UNKNOWN_NAME for another format; RELOCOST_SYNTAX and others for a text that is not in it;
/// RELOCOST_MISSING_RATE for a gap; RELOCOST_CONFLICT for an option that means nothing for the format; a NULL pointer;
/// RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_rates_text(
    format: *const c_char,
    format_length: usize,
    text: *const c_char,
    length: usize,
    options: *const RateOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let format = caller.name(format, format_length, "format")?.parse()?;
        let options = asked(caller, options)?;
        let bytes = caller.bytes(text, length, FILE_BYTES, "text")?;
        let text = relocost_files::text_of(bytes, "text", FILE_BYTES)?;
        answer(format, &[("text".to_owned(), text)], &options)
    })
}

/// As relocost_rates_text, from `path_count` files of one publisher.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_rates_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_rates_files(
    format: *const c_char,
    format_length: usize,
    paths: *const Text,
    path_count: usize,
    options: *const RateOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let format = caller.name(format, format_length, "format")?.parse()?;
        let options = asked(caller, options)?;
        let paths = caller.names(paths, path_count, "paths")?;
        let read = |path: &&str| relocost_files::read_text(Path::new(path), FILE_BYTES);
        answer(format, &paths.iter().map(read).collect::<Result<Vec<_>, Error>>()?, &options)
    })
}

fn answer(format: Format, texts: &[(String, String)], options: &relocost_rates::RateOptions) -> CallResult<Answer> {
    let sources: Vec<SourceText<'_>> = texts.iter().map(|(name, text)| SourceText { name, text }).collect();
    let tables = relocost_rates::rates(format, &sources, options)?;
    Ok(Answer { scenario: None, result: AnyResult::Rates(Box::new(tables)) })
}

/// Checked options.
fn asked(caller: Caller<'_>, options: *const RateOptions) -> CallResult<relocost_rates::RateOptions> {
    let given = caller.options(options, "options")?;
    let code = caller.name_if_given(given.currency, "options.currency")?.unwrap_or("EUR");
    let currency = Currency::from_code(code).ok_or_else(|| {
        let message =
            message!("expected a currency of ISO 4217, such as EUR", "attendu : une monnaie ISO 4217, telle que EUR");
        Error::single(Code::WrongKind, "options.currency", message)
    })?;
    let of: Option<PeriodRate> = caller.name_if_given(given.of, "options.of")?.map(str::parse).transpose()?;
    let columns = caller.names(given.columns, given.column_count, "options.columns")?;
    let filters = caller.names(given.filters, given.filter_count, "options.filters")?;
    let filter = |filter: &&str| {
        let (dimension, value) = filter.split_once('=').ok_or_else(|| {
            let message =
                message!("expected DIMENSION=VALUE, such as geo=NL", "attendu : DIMENSION=VALEUR, tel que geo=NL");
            Error::single(Code::WrongKind, "options.filters", message)
        })?;
        Ok((dimension.to_owned(), value.to_owned()))
    };
    let mut options = relocost_rates::RateOptions::default()
        .currency(currency)
        .of(of.unwrap_or_default())
        .columns(columns.into_iter().map(str::parse).collect::<Result<Vec<Column>, Error>>()?)
        .filters(filters.iter().map(filter).collect::<Result<_, Error>>()?);
    let last = if given.last_year == 0 { given.first_year } else { given.last_year };
    options.years = (given.first_year != 0).then_some((given.first_year, last));
    options.month = Some(given.month).filter(|month| *month > 0);
    options.allow_gaps = given.allow_gaps != 0;
    Ok(options)
}
