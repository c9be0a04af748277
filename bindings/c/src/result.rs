//! Results: what a question gives, with its figures, forms and tables.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::borrow::Cow;
use std::ffi::c_char;
use std::sync::Arc;

use relocost::calibration::Calibration;
use relocost::caseload::Caseload;
use relocost::comparison::Difference;
use relocost::delay::Delay;
use relocost::diff::ScenarioDiff;
use relocost::estimate::Estimate;
use relocost::simulation::{SobolIndices, Tornado};
use relocost::variants::{VariantTable, WhatIfTable};
use relocost::{About, Comparison, Ledger, Pair, Premium, Scenario};
use relocost_report::{Form, Lang, Style};
use relocost_tables::{Data, Outcomes, Traced};

use crate::boundary::{Kind, NO_ERROR, ask, call, free, give};
use crate::errors::{ErrorHandle, Errors};
use crate::scenario::ScenarioHandle;
use crate::status::{
    Outcome, RELOCOST_BEYOND_INT64, RELOCOST_DEFECT, RELOCOST_NO_VALUE, RELOCOST_NOT_OF_THIS_RESULT,
    RELOCOST_OTHER_KIND, RELOCOST_UNKNOWN_CHOICE, wrong,
};
use crate::table::TableHandle;
use crate::tables;
use crate::types::{
    Money, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR, RELOCOST_JSON, RELOCOST_TEXT_EN,
    RELOCOST_TEXT_FR, Status,
};

/// Money: the base's total. Of comparisons, caseloads, variants and what-ifs (the scenario as it stands).
pub const RELOCOST_FIGURE_BASE_TOTAL: u32 = 1;
/// Money: the alternative's total. Of the same.
pub const RELOCOST_FIGURE_ALTERNATIVE_TOTAL: u32 = 2;
/// Money: what the alternative costs more. Of the same.
pub const RELOCOST_FIGURE_EXTRA: u32 = 3;
/// Money: what no entitlement explains. Of comparisons and caseloads.
pub const RELOCOST_FIGURE_RESIDUAL: u32 = 4;
/// Money: the total. Of ledgers and explanations.
pub const RELOCOST_FIGURE_TOTAL: u32 = 5;
/// Money: the cost that was known. Of estimates.
pub const RELOCOST_FIGURE_COST: u32 = 6;

/// Decimal: the extra as a share of the base, with 12 decimals; no value unless the base is above 0. Of comparisons,
/// caseloads, variants and what-ifs (the scenario as it stands), and calibrations.
pub const RELOCOST_FIGURE_PREMIUM: u32 = 20;
/// Decimal: the factor on the lines' amounts. Of calibrations.
pub const RELOCOST_FIGURE_FACTOR: u32 = 21;
/// Decimal: the premium that was to be met. Of calibrations.
pub const RELOCOST_FIGURE_TARGET: u32 = 22;

/// Text: the currency's ISO 4217 code. Of all but expectations; of scenarios.
pub const RELOCOST_FIGURE_CURRENCY: u32 = 40;
/// Text: "nominal" or "constant". Of all but estimates and expectations.
pub const RELOCOST_FIGURE_BASIS: u32 = 41;
/// Text: the base's name. Of comparisons, delays, calibrations, caseloads, variants, what-ifs, tornados, Sobol' indices
/// and simulations.
pub const RELOCOST_FIGURE_BASE: u32 = 42;
/// Text: the alternative's name. Of the same.
pub const RELOCOST_FIGURE_ALTERNATIVE: u32 = 43;
/// Text: the pathway's name. Of ledgers and explanations.
pub const RELOCOST_FIGURE_PATHWAY: u32 = 44;
/// Text: "below", "within" or "above" the band that the Court reported in 2015; no value where there is no premium. Of
/// comparisons and caseloads.
pub const RELOCOST_FIGURE_BAND: u32 = 45;
/// Text: the first month, such as "2026-03". Of all but estimates and expectations (of a diff of the new scenario); of
/// scenarios.
pub const RELOCOST_FIGURE_START: u32 = 46;
/// Text: what the figures rest on. Of estimates.
pub const RELOCOST_FIGURE_RESTS_ON: u32 = 47;
/// Text: the title, which may say something of a household; no value if there is none. Of scenarios.
pub const RELOCOST_FIGURE_TITLE: u32 = 48;
/// Text: which cost was known, "permanent" or "temporary". Of estimates.
pub const RELOCOST_FIGURE_KNOWN: u32 = 49;

/// Integer: months of the horizon. As of RELOCOST_FIGURE_START.
pub const RELOCOST_FIGURE_HORIZON_MONTHS: u32 = 60;
/// Integer: entries. Of ledgers and explanations.
pub const RELOCOST_FIGURE_ENTRIES: u32 = 61;
/// Integer: households, each row as often as it counts. Of caseloads.
pub const RELOCOST_FIGURE_HOUSEHOLDS: u32 = 62;
/// Integer: lines that are charged. Of comparisons.
pub const RELOCOST_FIGURE_LINES_CHARGED: u32 = 63;
/// Integer: those of them whose amounts only illustrate. Of comparisons.
pub const RELOCOST_FIGURE_LINES_ILLUSTRATIVE: u32 = 64;
/// Integer: expectations that hold.
pub const RELOCOST_FIGURE_PASSED: u32 = 65;
/// Integer: expectations that fail.
pub const RELOCOST_FIGURE_FAILED: u32 = 66;
/// Integer: the month with which a fiscal year begins, 1 to 12. As of RELOCOST_FIGURE_START.
pub const RELOCOST_FIGURE_FISCAL_YEAR_START: u32 = 67;

/// A comparison, ledger, delay or other answer. It never changes, and may be used by several threads at once.
pub struct ResultHandle {
    _opaque: (),
}

impl Kind for ResultHandle {
    type Value = Answer;
    const TAG: u64 = 0x7265_6c6f_4e5a_1707;
}

/// What a question gave, with the scenario that it was asked of.
#[derive(Clone)]
pub struct Answer {
    pub(crate) scenario: Option<Scenario>,
    pub(crate) found: Found,
}

#[derive(Clone)]
pub(crate) enum Found {
    Comparison(Box<Comparison>),
    Ledger(Arc<Ledger>),
    Explanation(Traced),
    Delay(Box<Delay>),
    Calibration(Box<Calibration>),
    Estimate(Box<Estimate>),
    Caseload(Box<Caseload>),
    Variants(Box<VariantTable>),
    WhatIfs(Box<WhatIfTable>),
    Diff(Box<ScenarioDiff>),
    Expectations(Vec<relocost::expectations::ExpectationOutcome>),
    Tornado(Box<Tornado>),
    Sobol(Box<SobolIndices>),
}

/// A figure.
pub(crate) enum Value {
    Integer(i64),
    Money(relocost::Money),
    Decimal(Option<String>),
    Text(Option<String>),
}

impl Value {
    pub(crate) fn text_of(value: &(impl ToString + ?Sized)) -> Self {
        Self::Text(Some(value.to_string()))
    }

    fn count(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    fn premium(premium: Premium) -> Self {
        Self::Decimal(premium.ratio().map(|ratio| ratio.to_string()))
    }

    pub(crate) fn text(self) -> Outcome<String> {
        match self {
            Self::Integer(value) => Ok(value.to_string()),
            Self::Money(value) => Ok(value.to_string()),
            Self::Decimal(Some(text)) | Self::Text(Some(text)) => Ok(text),
            Self::Decimal(None) | Self::Text(None) => wrong(RELOCOST_NO_VALUE, "figure"),
        }
    }

    pub(crate) fn integer(&self) -> Outcome<i64> {
        if let Self::Integer(value) = self { Ok(*value) } else { wrong(RELOCOST_OTHER_KIND, "figure") }
    }

    fn money(&self) -> Outcome<Money> {
        if let Self::Money(value) = self { money(*value) } else { wrong(RELOCOST_OTHER_KIND, "figure") }
    }

    fn double(self) -> Outcome<f64> {
        if matches!(self, Self::Text(_)) { wrong(RELOCOST_OTHER_KIND, "figure") } else { double(&self.text()?) }
    }
}

/// Money as C has it.
pub(crate) fn money(value: relocost::Money) -> Outcome<Money> {
    let Ok(minor) = i64::try_from(value.minor()) else {
        return wrong(RELOCOST_BEYOND_INT64, "money");
    };
    let mut currency = [0; 4];
    for (to, from) in currency.iter_mut().take(3).zip(value.currency().code().bytes()) {
        *to = c_char::try_from(from).unwrap_or_default(); // capitals of ASCII
    }
    Ok(Money { minor, decimals: value.currency().decimals(), currency })
}

/// A figure as near as binary floating point comes to it, for a chart and nothing else.
pub(crate) fn double(text: &str) -> Outcome<f64> {
    text.parse().or_else(|_| wrong(RELOCOST_OTHER_KIND, "figure"))
}

/// The style of a report.
pub(crate) fn style(form: u32) -> Outcome<Style> {
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
    fn scenario(&self) -> Outcome<&Scenario> {
        self.scenario.as_ref().map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"), Ok)
    }

    /// The answer in one of the forms.
    pub(crate) fn write(&self, form: u32) -> Outcome<String> {
        match form {
            RELOCOST_JSON => self.data(json),
            RELOCOST_CSV => self.data(|data| Ok(data.to_csv(Lang::En)?)),
            RELOCOST_CSV_FR => self.data(|data| Ok(data.to_csv(Lang::Fr)?)),
            _ => self.report(style(form)?),
        }
    }

    /// Asks the result as data, whatever it is.
    pub(crate) fn data<T>(&self, ask: impl FnOnce(&dyn Data) -> Outcome<T>) -> Outcome<T> {
        match &self.found {
            Found::Comparison(it) => ask(&**it),
            Found::Ledger(it) => ask(it),
            Found::Explanation(it) => ask(it),
            Found::Delay(it) => ask(&**it),
            Found::Calibration(it) => ask(&**it),
            Found::Estimate(it) => ask(&**it),
            Found::Caseload(it) => ask(&**it),
            Found::Variants(it) => ask(&**it),
            Found::WhatIfs(it) => ask(&**it),
            Found::Diff(it) => ask(&**it),
            Found::Expectations(outcomes) => ask(&Outcomes { scenario: self.scenario()?, outcomes }),
            Found::Tornado(it) => ask(&**it),
            Found::Sobol(it) => ask(&**it),
        }
    }

    fn report(&self, style: Style) -> Outcome<String> {
        Ok(match &self.found {
            Found::Comparison(it) => relocost_report::comparison(it, self.scenario()?, style),
            Found::Ledger(it) => relocost_report::ledger(it, style),
            Found::Explanation(Traced { ledger, selection }) => {
                relocost_report::explanation(&ledger.explain(selection)?, 1, style)
            }
            Found::Delay(it) => relocost_report::delay(it, self.scenario()?, style),
            Found::Calibration(it) => relocost_report::calibration(it, self.scenario()?, style),
            Found::Estimate(it) => relocost_report::estimate(it, style),
            Found::Caseload(it) => relocost_report::caseload(it, self.scenario()?, style),
            Found::Variants(it) => relocost_report::variants(it, style),
            Found::WhatIfs(it) => relocost_report::what_ifs(it, style),
            Found::Diff(it) => relocost_report::diff(it, style),
            Found::Expectations(outcomes) if style.form == Form::Plain => {
                let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
                let line =
                    |(index, outcome)| relocost_report::outcome_line("scenario", index, outcome, style.lang) + "\n";
                let lines: String = outcomes.iter().enumerate().map(line).collect();
                lines + &relocost_report::expectations_summary(passed, outcomes.len() - passed, 0, style.lang) + "\n"
            }
            Found::Expectations(_) => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "form"),
            Found::Tornado(it) => relocost_report::tornado(it, self.scenario()?, style),
            Found::Sobol(it) => relocost_report::sobol(it, self.scenario()?, style),
        })
    }

    fn figure(&self, figure: u32) -> Outcome<Value> {
        let (found, about, pair) = match &self.found {
            Found::Comparison(it) => (of_comparison(it, figure), Some(it.about()), Some(it.pair())),
            Found::Ledger(it) => (of_ledger(it, figure, it.total(), it.len()), Some(it.about()), None),
            Found::Explanation(Traced { ledger, selection }) => {
                let traced = ledger.explain(selection)?;
                (of_ledger(ledger, figure, traced.total(), traced.entries().len()), Some(ledger.about()), None)
            }
            Found::Delay(it) => (None, Some(it.about()), Some(it.pair())),
            Found::Calibration(it) => (of_calibration(it, figure), Some(it.about()), Some(it.pair())),
            Found::Estimate(it) => (of_estimate(it, figure), None, None),
            Found::Caseload(it) => (of_caseload(it, figure), Some(it.about()), Some(it.pair())),
            Found::Variants(it) => (of_difference(&it.as_it_stands, figure), Some(it.about()), Some(it.pair())),
            Found::WhatIfs(it) => (of_difference(&it.as_it_stands, figure), Some(it.about()), Some(it.pair())),
            Found::Diff(it) => (None, Some(it.about()), None),
            Found::Expectations(it) => (of_expectations(it, figure), None, None),
            Found::Tornado(it) => (None, Some(it.about()), Some(it.pair())),
            Found::Sobol(it) => (None, Some(it.about()), Some(it.pair())),
        };
        let found = found.or_else(|| about.and_then(|about| head(figure, about, pair)));
        found.map_or_else(|| wrong(RELOCOST_NOT_OF_THIS_RESULT, "figure"), Ok)
    }
}

/// A result as JSON.
pub(crate) fn json(data: &dyn Data) -> Outcome<String> {
    data.to_json().or_else(|_| wrong(RELOCOST_DEFECT, ""))
}

/// What a result says of itself.
pub(crate) fn head(figure: u32, about: &About, pair: Option<&Pair>) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_CURRENCY => Value::text_of(&about.currency()),
        RELOCOST_FIGURE_BASIS => Value::text_of(&about.basis()),
        RELOCOST_FIGURE_START => Value::text_of(&about.start()),
        RELOCOST_FIGURE_HORIZON_MONTHS => Value::Integer(about.horizon_months().into()),
        RELOCOST_FIGURE_FISCAL_YEAR_START => Value::Integer(about.fiscal_year_start().into()),
        RELOCOST_FIGURE_BASE => Value::text_of(&pair?.base),
        RELOCOST_FIGURE_ALTERNATIVE => Value::text_of(&pair?.alternative),
        _ => return None,
    })
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
    let (charged, illustrative) = it.illustrative_lines();
    Some(match figure {
        RELOCOST_FIGURE_RESIDUAL => Value::Money(it.attribution().residual()),
        RELOCOST_FIGURE_BAND => Value::Text(it.band().map(|band| band.to_string())),
        RELOCOST_FIGURE_LINES_CHARGED => Value::count(charged),
        RELOCOST_FIGURE_LINES_ILLUSTRATIVE => Value::count(illustrative),
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

fn of_expectations(it: &[relocost::expectations::ExpectationOutcome], figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_PASSED => Value::count(it.iter().filter(|outcome| outcome.passed).count()),
        RELOCOST_FIGURE_FAILED => Value::count(it.iter().filter(|outcome| !outcome.passed).count()),
        _ => return None,
    })
}

fn of_caseload(it: &Caseload, figure: u32) -> Option<Value> {
    Some(match figure {
        RELOCOST_FIGURE_RESIDUAL => Value::Money(it.residual),
        RELOCOST_FIGURE_BAND => Value::Text(it.band().map(|band| band.to_string())),
        RELOCOST_FIGURE_HOUSEHOLDS => Value::Integer(i64::try_from(it.count).unwrap_or(i64::MAX)),
        _ => return of_difference(&it.difference, figure),
    })
}

/// Copies the result into `buffer` in one of the forms RELOCOST_JSON, RELOCOST_CSV, RELOCOST_CSV_FR, RELOCOST_TEXT_EN, RELOCOST_TEXT_FR,
/// RELOCOST_HTML_EN, RELOCOST_HTML_FR. A result of relocost_expectations has no form in HTML.
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

/// Copies a figure of any kind into `buffer`: money and ratios as exact decimals ("950.00", "0.610594121442").
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

/// Gives `warnings` what is odd but harmless in the rows of a caseload, by their lines, as an error object of none or
/// more findings, to be freed with relocost_error_free.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_warnings(result: *const ResultHandle, warnings: *mut *mut ErrorHandle) -> Status {
    give((warnings, "warnings"), NO_ERROR, |caller| match &caller.handle(result, "result")?.found {
        Found::Caseload(it) => Ok(Errors::of_warnings(&it.warnings)),
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
/// amounts scaled, of another result the one that was asked about (of a diff the old one).
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for an estimate; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_scenario(
    result: *const ResultHandle,
    scenario: *mut *mut ScenarioHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((scenario, "scenario"), error, |caller| {
        let answer = caller.handle(result, "result")?;
        let asked = answer.scenario()?;
        Ok(match &answer.found {
            Found::Calibration(it) => asked.calibrated(it)?,
            _ => asked.clone(),
        })
    })
}

/// Frees a result; its tables stay. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_free(result: *mut ResultHandle) {
    free(result);
}
