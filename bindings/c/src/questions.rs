//! Questions: what is asked of a scenario, and gives a result.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use relocost::calibration::CalibrateOptions;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::comparison::ReportedBand;
use relocost::delay::DelayOptions;
use relocost::estimate::KnownCost;
use relocost::{
    Basis, Code, CompareOptions, Currency, Error, Pair, Parameter, Scenario, Watch, Watched, limits, message,
};

use relocost_tables::Traced;

use crate::boundary::{Caller, call, give};
use crate::findings::ErrorHandle;
use crate::progress::watch;
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::{ScenarioHandle, amount, read_text};
use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::types::{
    Axis, Change, EstimateOptions, LoadOptions, Options, RELOCOST_CONSTANT, RELOCOST_NOMINAL, Selection, Status, Text,
};

/// The first thing to try, and all that many programs need: compares the pathways "temporary" and "permanent" of a
/// scenario, given as `length` bytes of TOML or JSON in memory, and copies the comparison into `buffer` in the form
/// that is asked for (RELOCOST_JSON, RELOCOST_CSV, RELOCOST_TEXT_EN, ...). The scenario reaches no file; the catalogue
/// "reference" is built in.
///
/// Called with a NULL buffer it still computes: a buffer of 64 KiB is enough for most scenarios at once.
/// Errors: everything that is wrong with the scenario; RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_compare_text(
    text: *const c_char,
    length: usize,
    form: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
    error: *mut *mut ErrorHandle,
) -> Status {
    call(error, |caller| {
        let scenario = read_text(caller, text, length, &caller.options::<LoadOptions>(std::ptr::null(), "")?)?;
        let comparison = scenario.compare()?;
        let answer = Answer { scenario: Some(scenario), result: AnyResult::Comparison(Box::new(comparison)) };
        caller.copy(&answer.write(form)?, buffer, capacity, required)
    })
}

/// Asks a question about a scenario.
fn question(
    (scenario, options): (*const ScenarioHandle, *const Options),
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
    ask: impl FnOnce(Caller<'_>, &Watched<'_, '_, Scenario>, Asked) -> CallResult<AnyResult>,
) -> Status {
    give((result, "result"), error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let given = caller.options(options, "options")?;
        let asked = Asked::of(caller, &given)?;
        let watch = watch(given.progress, given.user);
        let result = ask(caller, &scenario.watched(&watch), asked)?;
        Ok(Answer { scenario: Some(scenario.clone()), result })
    })
}

/// The threads of a question; none for all cores.
pub(crate) fn threads(given: &Options) -> Option<NonZeroUsize> {
    usize::try_from(given.threads).ok().and_then(NonZeroUsize::new)
}

/// The pathways of options; the usual ones where they are left out.
pub(crate) fn pair(caller: Caller<'_>, base: Text, alternative: Text) -> CallResult<Pair> {
    let usual = Pair::default();
    let name = |text, about, or| caller.name_if_given(text, about).map(|name| name.map_or(or, str::to_owned));
    Ok(Pair::new(name(base, "options.base", usual.base)?, name(alternative, "options.alternative", usual.alternative)?))
}

/// The basis of prices by its number.
pub(crate) fn basis(given: u32) -> CallResult<Basis> {
    match given {
        RELOCOST_NOMINAL => Ok(Basis::Nominal),
        RELOCOST_CONSTANT => Ok(Basis::Constant),
        _ => wrong(RELOCOST_UNKNOWN_CHOICE, "options.basis"),
    }
}

/// Checked options.
struct Asked {
    compare: CompareOptions,
    months: Option<u32>,
    threads: Option<NonZeroUsize>,
}

impl Asked {
    fn of(caller: Caller<'_>, given: &Options) -> CallResult<Self> {
        let basis = basis(given.basis)?;
        Ok(Self {
            compare: CompareOptions::default().pair(pair(caller, given.base, given.alternative)?).basis(basis),
            months: Some(given.months).filter(|months| *months > 0),
            threads: threads(given),
        })
    }

    fn caseload(self) -> CaseloadOptions {
        let CompareOptions { pair, basis, .. } = self.compare;
        CaseloadOptions::default().pair(pair).basis(basis).threads(self.threads)
    }
}

/// Compares two pathways: totals, extra cost, premium, and what causes it. Of `options`: `base`, `alternative`, `basis`,
/// `progress`.
///
/// Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED; those of
/// every question: a wrong handle, a NULL pointer, RELOCOST_WRONG_SIZE, RELOCOST_UNKNOWN_CHOICE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_compare(
    scenario: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |_, scenario, asked| {
        Ok(AnyResult::Comparison(Box::new(scenario.compare_with(&asked.compare)?)))
    })
}

/// Every charge of a pathway. Of `options`: `basis`, `progress`.
///
/// Errors: as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_ledger(
    scenario: *const ScenarioHandle,
    pathway: *const c_char,
    pathway_length: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        let pathway = caller.name(pathway, pathway_length, "pathway")?;
        Ok(AnyResult::Ledger(Arc::new(scenario.ledger_on(pathway, asked.compare.basis)?)))
    })
}

/// Traces a figure of a ledger, which is a result of relocost_ledger, to its entries and their sources. `selection` may
/// be NULL for the total.
///
/// Errors: RELOCOST_UNKNOWN_NAME; RELOCOST_WRONG_KIND for a month that is none; RELOCOST_NOT_OF_THIS_RESULT for a
/// result that is no ledger; as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_explain(
    ledger: *const ResultHandle,
    selection: *const Selection,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let Answer { scenario, result: AnyResult::Ledger(ledger) } = caller.handle(ledger, "ledger")? else {
            return wrong(RELOCOST_NOT_OF_THIS_RESULT, "ledger");
        };
        let given = caller.options(selection, "selection")?;
        let owned = |text, about| caller.name_if_given(text, about).map(|name| name.map(str::to_owned));
        let month = caller.name_if_given(given.month, "selection.month")?;
        let mut selection = relocost::explanation::Selection::default();
        selection.category = owned(given.category, "selection.category")?;
        selection.line = owned(given.line, "selection.line")?;
        selection.fiscal_year = Some(given.fiscal_year).filter(|year| *year != 0);
        selection.month = month.map(str::parse).transpose().map_err(|_| {
            Error::single(
                Code::WrongKind,
                "selection.month",
                message!("expected a month such as 2026-03", "attendu : un mois tel que 2026-03"),
            )
        })?;
        selection.fund = owned(given.fund, "selection.fund")?;
        let result = AnyResult::Explanation(Traced::new(Arc::clone(ledger), selection, &Watch::default())?);
        Ok(Answer { scenario: scenario.clone(), result })
    })
}

/// The cost of each month of waiting for a permanent solution. Fields of `options`: `base`, `alternative`, `months`,
/// `basis`, `progress`.
///
/// Errors: RELOCOST_OUT_OF_RANGE for a wait that is too long; as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_delay(
    scenario: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |_, scenario, asked| {
        let CompareOptions { pair, basis, .. } = asked.compare;
        let options = DelayOptions::default().pair(pair).months(asked.months).basis(basis);
        Ok(AnyResult::Delay(Box::new(scenario.delay_with(&options)?)))
    })
}

/// The factor on the amounts of `line_count` lines at which the premium is `target`, a decimal such as "0.60". Of
/// `options`: `base`, `alternative`, `basis`, `progress`. The scenario with the amounts scaled is had from
/// relocost_result_scenario.
///
/// Errors: RELOCOST_NO_SOLUTION, RELOCOST_BAD_DECIMAL, RELOCOST_UNKNOWN_NAME; as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_calibrate(
    scenario: *const ScenarioHandle,
    target: *const c_char,
    target_length: usize,
    lines: *const Text,
    line_count: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        let target = amount(caller.name(target, target_length, "target")?, "target")?;
        let lines = caller.names(lines, line_count, "lines")?;
        let CompareOptions { pair, basis, .. } = asked.compare;
        let options = CalibrateOptions::new(target, lines).pair(pair).basis(basis);
        Ok(AnyResult::Calibration(Box::new(scenario.calibrate(&options)?)))
    })
}

/// The costs that the Court's reported average implies for one known cost, a decimal such as "112000", without any
/// scenario.
/// `options` may be NULL: a permanent cost in EUR.
///
/// Errors: RELOCOST_BAD_DECIMAL, RELOCOST_OUT_OF_RANGE, RELOCOST_WRONG_KIND for a currency that is none; a NULL
/// pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_estimate(
    cost: *const c_char,
    cost_length: usize,
    options: *const EstimateOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let cost = amount(caller.name(cost, cost_length, "cost")?, "cost")?;
        let given = caller.options(options, "options")?;
        let code = caller.name_if_given(given.currency, "options.currency")?.unwrap_or("EUR");
        let currency = Currency::from_code(code).ok_or_else(|| {
            Error::single(
                Code::WrongKind,
                "options.currency",
                message!(
                    "expected a currency of ISO 4217, such as EUR",
                    "attendu : une monnaie ISO 4217, telle que EUR"
                ),
            )
        })?;
        let low = caller.name_if_given(given.low, "options.low")?;
        let high = caller.name_if_given(given.high, "options.high")?;
        let refused = || {
            Error::single(
                Code::OutOfRange,
                "options.low",
                message!("expected -1 < low <= high, both or neither", "attendu : -1 < bas <= haut, les deux ou aucun"),
            )
        };
        let band = match (low, high) {
            (None, None) => ReportedBand::COURT_2015,
            (Some(low), Some(high)) => {
                let (low, high) = (amount(low, "options.low")?, amount(high, "options.high")?);
                ReportedBand::new(low, high).ok_or_else(refused)?
            }
            _ => return Err(refused().into()),
        };
        let known = if given.of_temporary == 0 { KnownCost::Permanent(cost) } else { KnownCost::Temporary(cost) };
        let months = Some(given.months).filter(|months| *months > 0);
        let options = relocost::estimate::EstimateOptions::new(known, currency).months(months).band(band);
        Ok(Answer { scenario: None, result: AnyResult::Estimate(Box::new(options.estimate()?)) })
    })
}

/// Many households in the setting of one scenario, from `length` bytes of CSV in memory with the columns `reference`
/// and `members`, and if wanted `count`, `start` and `ages_at`; cells are separated by commas, semicolons or tabs. Of
/// `options`: `base`, `alternative`, `basis`, `threads`, `progress`.
///
/// Errors: everything that is wrong with the rows; as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_caseload_text(
    scenario: *const ScenarioHandle,
    csv: *const c_char,
    length: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        let caseload = scenario.caseload_of(rows(caller, csv, length)?, &asked.caseload())?;
        Ok(AnyResult::Caseload(Box::new(caseload)))
    })
}

/// As relocost_caseload_text, from a file, of which only a part is in memory at a time.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_caseload_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_caseload_file(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    length: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        let cases = households(caller.name(path, length, "path")?)?;
        let caseload = scenario.caseload_of(cases, &asked.caseload())?;
        Ok(AnyResult::Caseload(Box::new(caseload)))
    })
}

/// The households of a text.
pub(crate) fn rows(caller: Caller<'_>, csv: *const c_char, length: usize) -> CallResult<CaseTable<impl Read>> {
    Ok(CaseTable::new(caller.bytes(csv, length, isize::MAX.unsigned_abs(), "csv")?, "households")?)
}

/// The households of a file.
pub(crate) fn households(path: &str) -> Result<CaseTable<impl Read>, Error> {
    let (name, table) = relocost_files::open_table(Path::new(path))?;
    CaseTable::new(table, &name)
}

/// The scenario as it stands and in each of its variants. Of `options`: `base`, `alternative`, `basis`, `progress`.
///
/// Errors: as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_compare_variants(
    scenario: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |_, scenario, asked| {
        Ok(AnyResult::Variants(Box::new(scenario.compare_variants(&asked.compare)?)))
    })
}

/// The scenario with each of `set_count` sets of changes, each set made on the scenario as it stands; a set that no change
/// is of changes nothing. Gives RELOCOST_TABLE_WHAT_IFS. Of `options`: `base`, `alternative`, `basis`, `progress`.
///
/// Errors: RELOCOST_OUT_OF_RANGE for a set beyond `set_count`, and for a value that a parameter cannot take;
/// RELOCOST_TOO_MANY for more than 100,000 sets; RELOCOST_DUPLICATE for a parameter that a set has twice; as of
/// relocost_scenario_with and relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_what_ifs(
    scenario: *const ScenarioHandle,
    changes: *const Change,
    change_count: usize,
    set_count: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        // The core refuses one more than it takes, and needs no others for that.
        let mut sets = vec![Vec::new(); set_count.min(limits::WHAT_IFS + 1)];
        for change in caller.array(changes, change_count, "changes")? {
            if change.set >= set_count {
                let message = message!(
                    "expected the number of a set, from 0 and below set_count",
                    "attendu : le numéro d'un ensemble, à partir de 0 et inférieur à set_count"
                );
                return Err(Error::single(Code::OutOfRange, "changes.set", message).into());
            }
            let path = caller.name(change.path.data, change.path.length, "changes.path")?;
            let parameter: Parameter = path.parse()?;
            let value = parameter.value(caller.name(change.value.data, change.value.length, "changes.value")?)?;
            if let Some(set) = sets.get_mut(change.set) {
                set.push((parameter, value));
            }
        }
        Ok(AnyResult::WhatIfs(Box::new(scenario.what_ifs(sets, &asked.compare)?)))
    })
}

/// The scenario with every combination of the values of `axis_count` parameters; those of the last one vary fastest. An
/// axis without values leaves no combination. Gives RELOCOST_TABLE_WHAT_IFS. Of `options`: `base`, `alternative`,
/// `basis`, `progress`.
///
/// Errors: RELOCOST_TOO_MANY for more than 100,000 combinations; RELOCOST_DUPLICATE for two axes of one parameter; as of
/// relocost_what_ifs.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_grid(
    scenario: *const ScenarioHandle,
    axes: *const Axis,
    axis_count: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |caller, scenario, asked| {
        let axis = |axis: &Axis| {
            let path = caller.name(axis.path.data, axis.path.length, "axes.path")?;
            let values = caller.names(axis.values, axis.value_count, "axes.values")?;
            let parameter: Parameter = path.parse()?;
            let values = values.into_iter().map(|value| parameter.value(value)).collect::<Result<Vec<_>, Error>>()?;
            Ok((parameter, values))
        };
        let axes = caller.array(axes, axis_count, "axes")?.iter().map(axis).collect::<CallResult<Vec<_>>>()?;
        Ok(AnyResult::WhatIfs(Box::new(scenario.grid(&axes, &asked.compare)?)))
    })
}

/// The changes from the scenario `old` to the scenario `changed`, and the effect of each change on each total. Fields
/// of `options`: `basis`, `progress`.
///
/// Errors: as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_diff(
    old: *const ScenarioHandle,
    changed: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((old, options), result, error, |caller, old, asked| {
        Ok(AnyResult::Diff(Box::new(old.diff(caller.handle(changed, "changed")?, asked.compare.basis)?)))
    })
}

/// The differences between the caseload `csv` in the setting of the scenario `old` and the caseload `changed_csv` in that of the
/// scenario `changed`, both as of relocost_caseload_text: what each cause adds to both pathways, by fiscal year and fund, so
/// that the old figure and all causes add up to the new one. Households are the same if they have one reference. Gives
/// RELOCOST_TABLE_BUDGET_CAUSES and the tables after it. Fields of `options`: `base`, `alternative`, `basis`, `threads`,
/// `progress`.
///
/// Errors: RELOCOST_CONFLICT for scenarios in two currencies; everything that is wrong with the rows of both; as of
/// relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_diff_caseload_text(
    old: *const ScenarioHandle,
    csv: *const c_char,
    length: usize,
    changed: *const ScenarioHandle,
    changed_csv: *const c_char,
    changed_length: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((old, options), result, error, |caller, old, asked| {
        let changed = caller.handle(changed, "changed")?;
        let rows = |data, length, about| caller.bytes(data, length, isize::MAX.unsigned_abs(), about);
        let cases = CaseTable::new(rows(csv, length, "csv")?, "households")?;
        let new_cases = CaseTable::new(rows(changed_csv, changed_length, "changed_csv")?, "changed households")?;
        let diff = old.diff_caseload(cases, changed, new_cases, &asked.caseload())?;
        Ok(AnyResult::BudgetDiff(Box::new(diff)))
    })
}

/// As relocost_diff_caseload_text, from files.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_diff_caseload_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_diff_caseload_file(
    old: *const ScenarioHandle,
    path: *const c_char,
    length: usize,
    changed: *const ScenarioHandle,
    changed_path: *const c_char,
    changed_length: usize,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((old, options), result, error, |caller, old, asked| {
        let changed = caller.handle(changed, "changed")?;
        let cases = households(caller.name(path, length, "path")?)?;
        let new_cases = households(caller.name(changed_path, changed_length, "changed_path")?)?;
        let diff = old.diff_caseload(cases, changed, new_cases, &asked.caseload())?;
        Ok(AnyResult::BudgetDiff(Box::new(diff)))
    })
}

/// The swing of the figures with each uncertain parameter: each in turn at its 10 and 90 per cent quantiles, the others
/// as the scenario stands. Gives RELOCOST_TABLE_TORNADO. Fields of `options`: `base`, `alternative`, `basis`,
/// `progress`.
///
/// Errors: as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_tornado(
    scenario: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |_, scenario, asked| {
        Ok(AnyResult::Tornado(Box::new(scenario.tornado(&asked.compare)?)))
    })
}

/// Runs the expectations that the scenario carries. Of `options`: `progress`. An expectation that fails is a result,
/// not an error: see RELOCOST_FIGURE_FAILED.
///
/// Errors: as of relocost_compare.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_run_expectations(
    scenario: *const ScenarioHandle,
    options: *const Options,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    question((scenario, options), result, error, |_, scenario, _| {
        Ok(AnyResult::Expectations(scenario.run_expectations()?))
    })
}
