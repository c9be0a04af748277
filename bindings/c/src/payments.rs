//! Payments beside what a scenario or a programme costs, and the prices that they imply.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::io::Read;
use std::path::Path;

use relocost::payments::{PaymentTable, Payments, PriceEstimateOptions};
use relocost::{Code, Error, Month, Programme, Scenario, Watch, message};

use crate::boundary::{Caller, give};
use crate::findings::ErrorHandle;
use crate::programme::ProgrammeHandle;
use crate::progress::watch;
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::ScenarioHandle;
use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, wrong};
use crate::types::{PaymentOptions, Status, Text};

/// The name in errors of payments that are no file.
const IN_MEMORY: &str = "payments";

/// What is paid for.
#[derive(Clone, Copy)]
enum PaidFor<'p> {
    Scenario(&'p Scenario),
    Programme(&'p Programme),
}

impl PaidFor<'_> {
    fn answer(self, table: impl Read, name: &str, (options, watch): &Asked) -> CallResult<Answer> {
        let table = PaymentTable::new(table, name)?;
        let (paid, scenario): (Payments, &Scenario) = match self {
            Self::Scenario(scenario) => (scenario.watched(watch).payments(table, options)?, scenario),
            Self::Programme(programme) => (programme.watched(watch).payments(table, options)?, programme.setting()),
        };
        Ok(Answer { scenario: Some(scenario.clone()), result: AnyResult::Payments(Box::new(paid)) })
    }

    fn of_text(
        self,
        caller: Caller<'_>,
        (text, length): (*const c_char, usize),
        options: *const PaymentOptions,
    ) -> CallResult<Answer> {
        let asked = asked(caller, options)?;
        let bytes = caller.bytes(text, length, isize::MAX.unsigned_abs(), "text")?;
        self.answer(relocost_files::table(bytes, IN_MEMORY)?, IN_MEMORY, &asked)
    }

    fn of_file(
        self,
        caller: Caller<'_>,
        (path, length): (*const c_char, usize),
        options: *const PaymentOptions,
    ) -> CallResult<Answer> {
        let asked = asked(caller, options)?;
        let (name, table) = relocost_files::open_table(Path::new(caller.name(path, length, "path")?))?;
        self.answer(table, &name, &asked)
    }
}

/// Payments beside the ledger of a pathway, from `length` bytes in memory of a table with the columns `month`, `amount`,
/// `currency`, `line` or `category`, and if wanted `rate`, `quantity` and `reference`; other columns are not read, and it
/// may be a workbook (xlsx). `options` names the pathway. Gives RELOCOST_TABLE_FIGURES, _LINES, _BY_CATEGORY,
/// _BY_FISCAL_YEAR and _BY_FUND.
///
/// Errors: RELOCOST_MISSING_KEY without a pathway; RELOCOST_UNKNOWN_PATHWAY; everything that is wrong with the rows, such as
/// RELOCOST_UNKNOWN_NAME for a line that the scenario does not have; RELOCOST_OUT_OF_RANGE for a month outside those that are
/// compared, and RELOCOST_WRONG_KIND for one that is none; RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE,
/// RELOCOST_INTERRUPTED; a wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_payments_text(
    scenario: *const ScenarioHandle,
    text: *const c_char,
    length: usize,
    options: *const PaymentOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        PaidFor::Scenario(caller.handle(scenario, "scenario")?).of_text(caller, (text, length), options)
    })
}

/// As relocost_payments_text, from a file.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_payments_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_payments_file(
    scenario: *const ScenarioHandle,
    path: *const c_char,
    length: usize,
    options: *const PaymentOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        PaidFor::Scenario(caller.handle(scenario, "scenario")?).of_file(caller, (path, length), options)
    })
}

/// As relocost_payments_text, beside what a programme costs as planned: its cases and its own lines, within its fiscal years.
/// `options` names no pathway, and may be NULL.
///
/// Errors: RELOCOST_CONFLICT for a pathway; as of relocost_payments_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_payments_text(
    programme: *const ProgrammeHandle,
    text: *const c_char,
    length: usize,
    options: *const PaymentOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        PaidFor::Programme(caller.handle(programme, "programme")?).of_text(caller, (text, length), options)
    })
}

/// As relocost_programme_payments_text, from a file.
///
/// Errors: RELOCOST_UNREADABLE; as of relocost_programme_payments_text.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_payments_file(
    programme: *const ProgrammeHandle,
    path: *const c_char,
    length: usize,
    options: *const PaymentOptions,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        PaidFor::Programme(caller.handle(programme, "programme")?).of_file(caller, (path, length), options)
    })
}

/// The prices that payments imply; `payments` is a result of one of the four functions above. `credibility` is the number of
/// payments for which the catalogue's amount counts where there are fewer than 8; the command's is 4, and 0 leaves it out.
/// Gives RELOCOST_TABLE_ESTIMATES; RELOCOST_TOML is a catalogue to lie over the one that was paid for.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for a result that is no payments; RELOCOST_TOO_LARGE_FIGURE; a wrong handle; a NULL
/// pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_payments_estimate(
    payments: *const ResultHandle,
    credibility: u32,
    result: *mut *mut ResultHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((result, "result"), error, |caller| {
        let Answer { scenario, result: AnyResult::Payments(payments) } = caller.handle(payments, "payments")? else {
            return wrong(RELOCOST_NOT_OF_THIS_RESULT, "payments");
        };
        let estimates = payments.estimate(&PriceEstimateOptions::default().credibility(credibility))?;
        Ok(Answer { scenario: scenario.clone(), result: AnyResult::PriceEstimates(Box::new(estimates)) })
    })
}

/// Checked options, and what hears the progress.
type Asked = (relocost::payments::PaymentOptions, Watch<'static>);

fn asked(caller: Caller<'_>, options: *const PaymentOptions) -> CallResult<Asked> {
    let given = caller.options(options, "options")?;
    let month = |text: Text, about| {
        let month = caller.name_if_given(text, about)?.map(str::parse::<Month>).transpose();
        month.map_err(|_| {
            let message = message!("expected a month such as 2026-03", "attendu : un mois tel que 2026-03");
            Error::single(Code::WrongKind, about, message).into()
        }) as CallResult<Option<Month>>
    };
    let pathway = caller.name_if_given(given.pathway, "options.pathway")?.map(str::to_owned);
    let mut options = relocost::payments::PaymentOptions::default()
        .pathway(pathway)
        .from(month(given.from, "options.from")?)
        .until(month(given.until, "options.until")?);
    if given.same_month != 0 {
        options.window = 0;
    } else if given.window != 0 {
        options.window = given.window;
    }
    Ok((options, watch(given.progress, given.user)))
}
