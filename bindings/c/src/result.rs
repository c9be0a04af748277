//! Results: what a question gives, with its figures, forms and tables.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::borrow::Cow;
use std::ffi::c_char;
use std::sync::Arc;

use relocost::calibration::Calibration;
use relocost::caseload::Caseload;
use relocost::comparison::Difference;
use relocost::delay::Delay;
use relocost::diff::{BudgetDiff, Diff};
use relocost::estimate::Estimate;
use relocost::payments::{Payments, PriceEstimates};
use relocost::postings::Postings;
use relocost::prices::PriceUpdate;
use relocost::simulation::{SobolIndices, Tornado};
use relocost::variants::{Variants, WhatIfs};
use relocost::{Comparison, Currency, Ledger, Programme, ProgrammeRun, Scenario, Watch};
use relocost_disclosure::Publication;
use relocost_publish::journal::{self, JournalFormat};
use relocost_rates::RateTables;
use relocost_report::{Form, Lang, Style};
use relocost_tables::{Data, Outcomes, Traced};

use crate::boundary::{Kind, NO_ERROR, ask, call, free, give};
use crate::figure::{
    RELOCOST_FIGURE_ALTERNATIVE_TOTAL, RELOCOST_FIGURE_BAND, RELOCOST_FIGURE_BASE_TOTAL, RELOCOST_FIGURE_CHARGED_LINES,
    RELOCOST_FIGURE_COST, RELOCOST_FIGURE_COUNT, RELOCOST_FIGURE_CURRENCY, RELOCOST_FIGURE_ENTRIES,
    RELOCOST_FIGURE_EXTRA, RELOCOST_FIGURE_FACTOR, RELOCOST_FIGURE_FAILED, RELOCOST_FIGURE_ILLUSTRATIVE_LINES,
    RELOCOST_FIGURE_KNOWN, RELOCOST_FIGURE_PASSED, RELOCOST_FIGURE_PATHWAY, RELOCOST_FIGURE_PREMIUM,
    RELOCOST_FIGURE_RESIDUAL, RELOCOST_FIGURE_RESTS_ON, RELOCOST_FIGURE_TARGET, RELOCOST_FIGURE_TOTAL, Value, head,
};
use crate::findings::{ErrorHandle, Errors};
use crate::scenario::ScenarioHandle;
use crate::status::{CallResult, RELOCOST_DEFECT, RELOCOST_NOT_OF_THIS_RESULT, RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::table::TableHandle;
use crate::tables;
use crate::types::{
    Money, RELOCOST_BEANCOUNT_EN, RELOCOST_BEANCOUNT_FR, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_HLEDGER_EN,
    RELOCOST_HLEDGER_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR, RELOCOST_JSON, RELOCOST_TEXT_EN, RELOCOST_TEXT_FR,
    RELOCOST_TOML, Status,
};

/// A comparison, ledger, delay or other answer. It never changes, and may be used by several threads at once.
pub struct ResultHandle {
    _opaque: (),
}

impl Kind for ResultHandle {
    type Value = Answer;
    const TAG: u64 = 0x7265_6c6f_4e5a_1707;
}

/// The result of a question, with the scenario that it was asked of.
#[derive(Clone)]
pub struct Answer {
    pub(crate) scenario: Option<Scenario>,
    pub(crate) result: AnyResult,
}

#[derive(Clone)]
pub(crate) enum AnyResult {
    Comparison(Box<Comparison>),
    Ledger(Arc<Ledger>),
    Explanation(Traced),
    Delay(Box<Delay>),
    Calibration(Box<Calibration>),
    Estimate(Box<Estimate>),
    Caseload(Box<Caseload>),
    Variants(Box<Variants>),
    WhatIfs(Box<WhatIfs>),
    Diff(Box<Diff>),
    Expectations(Vec<relocost::expectations::ExpectationOutcome>),
    Tornado(Box<Tornado>),
    Sobol(Box<SobolIndices>),
    Programme(Box<(Programme, ProgrammeRun)>),
    Prices(Box<PriceUpdate>),
    Rates(Box<RateTables>),
    Payments(Box<Payments>),
    PriceEstimates(Box<PriceEstimates>),
    BudgetDiff(Box<BudgetDiff>),
    Postings(Box<Postings>),
    Publication(Box<Publication>),
}

/// The style of a report.
pub(crate) fn style(form: u32) -> CallResult<Style> {
    let (lang, form) = match form {
        RELOCOST_TEXT_EN => (Lang::En, Form::Plain),
        RELOCOST_TEXT_FR => (Lang::Fr, Form::Plain),
        RELOCOST_HTML_EN => (Lang::En, Form::Html),
        RELOCOST_HTML_FR => (Lang::Fr, Form::Html),
        _ => return wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
    };
    Ok(Style { lang, form })
}

impl Answer {
    fn scenario(&self) -> CallResult<&Scenario> {
        self.scenario.as_ref().map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"), Ok)
    }

    /// The answer in one of the forms.
    pub(crate) fn write(&self, form: u32) -> CallResult<String> {
        match form {
            RELOCOST_JSON => self.data(json),
            RELOCOST_CSV => self.data(|data| Ok(data.to_csv(Lang::En)?)),
            RELOCOST_CSV_FR => self.data(|data| Ok(data.to_csv(Lang::Fr)?)),
            RELOCOST_TOML => match &self.result {
                AnyResult::Prices(it) => Ok(it.catalogue().text().to_owned()),
                AnyResult::Rates(it) => Ok(it.to_toml()),
                AnyResult::PriceEstimates(it) => Ok(it.to_catalogue()),
                _ => wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
            },
            RELOCOST_HLEDGER_EN => self.journal(JournalFormat::Hledger, Lang::En),
            RELOCOST_HLEDGER_FR => self.journal(JournalFormat::Hledger, Lang::Fr),
            RELOCOST_BEANCOUNT_EN => self.journal(JournalFormat::Beancount, Lang::En),
            RELOCOST_BEANCOUNT_FR => self.journal(JournalFormat::Beancount, Lang::Fr),
            _ => self.report(style(form)?),
        }
    }

    /// The journal of postings, which no other result has.
    fn journal(&self, program: JournalFormat, lang: Lang) -> CallResult<String> {
        match &self.result {
            AnyResult::Postings(it) => Ok(journal::journal(it, program, lang)?),
            _ => wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
        }
    }

    /// Asks the result as data, whatever it is.
    pub(crate) fn data<T>(&self, ask: impl FnOnce(&dyn Data) -> CallResult<T>) -> CallResult<T> {
        match &self.result {
            AnyResult::Comparison(it) => ask(&**it),
            AnyResult::Ledger(it) => ask(it),
            AnyResult::Explanation(it) => ask(it),
            AnyResult::Delay(it) => ask(&**it),
            AnyResult::Calibration(it) => ask(&**it),
            AnyResult::Estimate(it) => ask(&**it),
            AnyResult::Caseload(it) => ask(&**it),
            AnyResult::Variants(it) => ask(&**it),
            AnyResult::WhatIfs(it) => ask(&**it),
            AnyResult::Diff(it) => ask(&**it),
            AnyResult::Expectations(outcomes) => ask(&Outcomes { scenario: self.scenario()?, outcomes }),
            AnyResult::Tornado(it) => ask(&**it),
            AnyResult::Sobol(it) => ask(&**it),
            AnyResult::Programme(it) => ask(&it.1),
            AnyResult::Prices(it) => ask(&**it),
            AnyResult::Rates(it) => ask(&**it),
            AnyResult::Payments(it) => ask(&**it),
            AnyResult::PriceEstimates(it) => ask(&**it),
            AnyResult::BudgetDiff(it) => ask(&**it),
            AnyResult::Postings(it) => ask(&**it),
            AnyResult::Publication(it) => ask(&**it),
        }
    }

    fn report(&self, style: Style) -> CallResult<String> {
        Ok(match &self.result {
            AnyResult::Comparison(it) => relocost_report::comparison(it, self.scenario()?, style),
            AnyResult::Ledger(it) => relocost_report::ledger(it, style),
            AnyResult::Explanation(it) => {
                relocost_report::explanation(&it.ledger().explain(it.selection())?, None, style)
            }
            AnyResult::Delay(it) => relocost_report::delay(it, self.scenario()?, style),
            AnyResult::Calibration(it) => relocost_report::calibration(it, self.scenario()?, style),
            AnyResult::Estimate(it) => relocost_report::estimate(it, style),
            AnyResult::Caseload(it) => relocost_report::caseload(it, self.scenario()?, style),
            AnyResult::Variants(it) => relocost_report::variants(it, style),
            AnyResult::WhatIfs(it) => relocost_report::what_ifs(it, style),
            AnyResult::Diff(it) => relocost_report::diff(it, style),
            AnyResult::Expectations(outcomes) if style.form == Form::Plain => {
                let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
                let line =
                    |(index, outcome)| relocost_report::outcome_line("scenario", index, outcome, style.lang) + "\n";
                let lines: String = outcomes.iter().enumerate().map(line).collect();
                lines + &relocost_report::expectations_summary(passed, outcomes.len() - passed, 0, style.lang) + "\n"
            }
            AnyResult::Expectations(_) | AnyResult::Rates(_) => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "form"),
            AnyResult::Tornado(it) => relocost_report::tornado(it, self.scenario()?, style),
            AnyResult::Sobol(it) => relocost_report::sobol(it, self.scenario()?, style),
            AnyResult::Programme(it) => relocost_report::programme(&it.1, &it.0, false, style),
            AnyResult::Prices(it) => relocost_report::prices(it, style),
            AnyResult::Payments(it) => relocost_report::payments(it, style),
            AnyResult::PriceEstimates(it) => relocost_report::price_estimates(it, style),
            AnyResult::BudgetDiff(it) => relocost_report::budget_diff(it, style),
            AnyResult::Postings(it) => table_of(&**it, style)?,
            AnyResult::Publication(it) => relocost_report::publication(it, style),
        })
    }

    fn figure(&self, figure: u32) -> CallResult<Value> {
        let (found, about, pair) = match &self.result {
            AnyResult::Comparison(it) => (of_comparison(it, figure), Some(it.about()), Some(it.pair())),
            AnyResult::Ledger(it) => (of_ledger(it, figure, it.total(), it.len()), Some(it.about()), None),
            AnyResult::Explanation(it) => {
                let ledger = it.ledger();
                (of_ledger(ledger, figure, it.total(), it.count()), Some(ledger.about()), None)
            }
            AnyResult::Delay(it) => (None, Some(it.about()), Some(it.pair())),
            AnyResult::Calibration(it) => (of_calibration(it, figure), Some(it.about()), Some(it.pair())),
            AnyResult::Estimate(it) => (of_estimate(it, figure), None, None),
            AnyResult::Caseload(it) => (of_caseload(it, figure), Some(it.about()), Some(it.pair())),
            AnyResult::Variants(it) => (of_difference(&it.as_it_stands, figure), Some(it.about()), Some(it.pair())),
            AnyResult::WhatIfs(it) => (of_difference(&it.as_it_stands, figure), Some(it.about()), Some(it.pair())),
            AnyResult::Diff(it) => (None, Some(it.about()), None),
            AnyResult::Expectations(it) => (of_expectations(it, figure), None, None),
            AnyResult::Tornado(it) => (None, Some(it.about()), Some(it.pair())),
            AnyResult::Sobol(it) => (None, Some(it.about()), Some(it.pair())),
            AnyResult::Programme(it) => (of_programme(&it.1, figure), Some(it.1.about()), None),
            AnyResult::Prices(it) => (of_no_scenario(it.currency(), figure), None, None),
            AnyResult::Rates(it) => (of_no_scenario(it.currency, figure), None, None),
            AnyResult::Payments(it) => (of_payments(it, figure), Some(it.about()), None),
            AnyResult::PriceEstimates(it) => (None, Some(it.about()), None),
            AnyResult::BudgetDiff(it) => (None, Some(it.about()), None),
            AnyResult::Postings(it) => (of_postings(it, figure), Some(it.about()), None),
            AnyResult::Publication(it) => (None, Some(it.about()), it.pair()),
        };
        let found = found.or_else(|| about.and_then(|about| head(figure, about, pair)));
        found.map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "figure"), Ok)
    }
}

/// A result that is no more than its table, as a report.
fn table_of(result: &dyn Data, style: Style) -> CallResult<String> {
    let name = result.tables().first().map_or("", |what| what.name);
    let table = result.table(name)?;
    Ok(table.map_or(Ok(String::new()), |table| relocost_report::table_under(&table, style, &Watch::default()))?)
}

/// A result as JSON.
pub(crate) fn json(data: &dyn Data) -> CallResult<String> {
    data.to_json().or_else(|_| wrong(RELOCOST_DEFECT, ""))
}

fn of_difference(it: &Difference, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_BASE_TOTAL => Value::Money(it.base),
        RELOCOST_FIGURE_ALTERNATIVE_TOTAL => Value::Money(it.alternative),
        RELOCOST_FIGURE_EXTRA => Value::Money(it.extra),
        RELOCOST_FIGURE_PREMIUM => Value::premium(it.premium()),
        _ => return None,
    })
}

fn of_comparison(it: &Comparison, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_RESIDUAL => Value::Money(it.attribution().residual()),
        RELOCOST_FIGURE_BAND => Value::Text(it.band().map(|band| band.to_string())),
        RELOCOST_FIGURE_CHARGED_LINES => Value::count(it.charged_lines()),
        RELOCOST_FIGURE_ILLUSTRATIVE_LINES => Value::count(it.illustrative_lines()),
        _ => return of_difference(it.difference(), figure),
    })
}

fn of_ledger(it: &Ledger, figure: u32, total: relocost::Money, entries: usize) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_TOTAL => Value::Money(total),
        RELOCOST_FIGURE_ENTRIES => Value::count(entries),
        RELOCOST_FIGURE_PATHWAY => Value::text_of(it.pathway()),
        _ => return None,
    })
}

fn of_calibration(it: &Calibration, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_PREMIUM => Value::premium(it.premium),
        RELOCOST_FIGURE_FACTOR => Value::Decimal(Some(it.factor.to_string())),
        RELOCOST_FIGURE_TARGET => Value::Decimal(Some(it.target.to_string())),
        _ => return None,
    })
}

fn of_estimate(it: &Estimate, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_COST => Value::Money(it.cost),
        RELOCOST_FIGURE_CURRENCY => Value::text_of(&it.currency()),
        RELOCOST_FIGURE_RESTS_ON => Value::text_of(it.rests_on.text(relocost::Lang::En)),
        RELOCOST_FIGURE_KNOWN => Value::text_of(it.known.name()),
        _ => return None,
    })
}

fn of_no_scenario(currency: Currency, figure: u32) -> Option<Value> {
    (figure == RELOCOST_FIGURE_CURRENCY).then(|| Value::text_of(currency.code()))
}

fn of_expectations(it: &[relocost::expectations::ExpectationOutcome], figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_PASSED => Value::count(it.iter().filter(|outcome| outcome.passed).count()),
        RELOCOST_FIGURE_FAILED => Value::count(it.iter().filter(|outcome| !outcome.passed).count()),
        _ => return None,
    })
}

fn of_programme(it: &ProgrammeRun, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_TOTAL => Value::Money(it.lines.get("as_planned")?.total),
        RELOCOST_FIGURE_EXTRA => Value::Money(it.extra.total),
        RELOCOST_FIGURE_RESIDUAL => Value::Money(it.extra.residual),
        _ => return None,
    })
}

fn of_payments(it: &Payments, figure: u32) -> Option<Value> {
    (figure == RELOCOST_FIGURE_PATHWAY).then(|| Value::Text(it.pathway().map(ToString::to_string)))
}

fn of_postings(it: &Postings, figure: u32) -> Option<Value> {
    (figure == RELOCOST_FIGURE_PATHWAY).then(|| Value::Text(it.pathway().map(ToString::to_string)))
}

fn of_caseload(it: &Caseload, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_RESIDUAL => Value::Money(it.residual),
        RELOCOST_FIGURE_BAND => Value::Text(it.band().map(|band| band.to_string())),
        RELOCOST_FIGURE_COUNT => Value::Integer(i64::try_from(it.count).unwrap_or(i64::MAX)),
        _ => return of_difference(&it.difference, figure),
    })
}

/// Copies the result into `buffer` in one of the forms RELOCOST_JSON, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_TEXT_EN, RELOCOST_TEXT_FR,
/// RELOCOST_HTML_EN, RELOCOST_HTML_FR; new prices, estimates of prices and published rates also as RELOCOST_TOML; postings also as a
/// journal, RELOCOST_HLEDGER_EN and the like, which as RELOCOST_CSV they are for any other ledger. A result of
/// relocost_run_expectations has no form in HTML, and published rates have neither text nor HTML.
///
/// Errors: RELOCOST_SHORT_BUFFER; RELOCOST_UNKNOWN_CHOICE; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_write(
    result: *const ResultHandle,
    form: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
    error: *mut *mut ErrorHandle,
) -> Status {
    call(error, |caller| {
        let text = caller.handle(result, "result")?.write(form)?;
        caller.copy(&text, buffer, capacity, required)
    })
}

/// Puts into `value` a figure that is money: RELOCOST_FIGURE_EXTRA and the like.
///
/// Errors: RELOCOST_BEYOND_INT64; RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_money(result: *const ResultHandle, figure: u32, value: *mut Money) -> Status {
    ask(|caller| caller.put(value, caller.handle(result, "result")?.figure(figure)?.money()?, "value"))
}

/// Copies a figure of any kind into `buffer`: money and ratios as exact decimals ("950.00", "0.630343604033").
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_SHORT_BUFFER; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_text(
    result: *const ResultHandle,
    figure: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| {
        let text: Cow<'_, str> = caller.handle(result, "result")?.figure(figure)?.text()?.into();
        caller.copy(&text, buffer, capacity, required)
    })
}

/// Gives `warnings` what is odd but harmless in a programme, in the rows of a caseload, by their lines, or in what variants,
/// what-ifs and a grid set: shares and rates that can only be per cents. An error object of none or more findings, to be
/// freed with relocost_error_free.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_warnings(result: *const ResultHandle, warnings: *mut *mut ErrorHandle) -> Status {
    give((warnings, "warnings"), NO_ERROR, |caller| match &caller.handle(result, "result")?.result {
        AnyResult::Caseload(it) => Ok(Errors::of_warnings(&it.warnings)),
        AnyResult::Variants(it) => Ok(Errors::of_warnings(&it.warnings)),
        AnyResult::WhatIfs(it) => Ok(Errors::of_warnings(&it.warnings)),
        AnyResult::Programme(it) => Ok(Errors::of_warnings(&it.1.programme.warnings)),
        _ => wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"),
    })
}

/// Puts into `value` a figure that is a whole number.
///
/// Errors: RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_integer(result: *const ResultHandle, figure: u32, value: *mut i64) -> Status {
    ask(|caller| caller.put(value, caller.handle(result, "result")?.figure(figure)?.integer()?, "value"))
}

/// Puts into `value` a figure (money in whole units of the currency, a ratio, a whole number) as near as a double comes
/// to it: for charts, never for sums.
///
/// Errors: RELOCOST_NO_VALUE; RELOCOST_OTHER_KIND; RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_double_for_charts(
    result: *const ResultHandle,
    figure: u32,
    value: *mut f64,
) -> Status {
    ask(|caller| caller.put(value, caller.handle(result, "result")?.figure(figure)?.double()?, "value"))
}

/// Gives `table` one of the result's tables, RELOCOST_TABLE_BY_CATEGORY and the like, to be freed with
/// relocost_table_free. It stands by itself: the result may be freed before.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_table(
    result: *const ResultHandle,
    which: u32,
    table: *mut *mut TableHandle,
) -> Status {
    give((table, "table"), NO_ERROR, |caller| caller.handle(result, "result")?.data(|data| tables::of(data, which)))
}

/// Gives `scenario` the scenario of a result, to be freed with relocost_scenario_free: of a calibration with its lines'
/// amounts scaled, of another result the one that was asked about (of a diff the old one, of a programme, its
/// diff, its payments and its postings its setting as the scenario of nobody).
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for an estimate, new prices, published rates and a publication; a wrong handle; a NULL
/// pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_scenario(
    result: *const ResultHandle,
    scenario: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((scenario, "scenario"), error, |caller| {
        let answer = caller.handle(result, "result")?;
        let asked = answer.scenario()?;
        Ok(match &answer.result {
            AnyResult::Calibration(it) => asked.calibrated(it)?,
            _ => asked.clone(),
        })
    })
}

/// Frees a result; its tables stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_free(result: *mut ResultHandle) {
    free(result);
}
