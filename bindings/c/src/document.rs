//! Documents: reports and workbooks, which are handed on as files of their own.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;

use relocost::Lang;
use relocost_publish::report::{self, ReportOptions, word};
use relocost_publish::workbook::{self, WorkbookOptions};

use crate::boundary::{Kind, ask, free, give};
use crate::findings::ErrorHandle;
use crate::programme::ProgrammeHandle;
use crate::progress::watch;
use crate::questions::{basis, pair};
use crate::result::{Answer, AnyResult, ResultHandle};
use crate::scenario::ScenarioHandle;
use crate::simulation::threads;
use crate::status::{CallResult, RELOCOST_NOT_OF_THIS_RESULT, RELOCOST_UNKNOWN_CHOICE, wrong};
use crate::types::{
    Options, RELOCOST_DOCX_EN, RELOCOST_DOCX_FR, RELOCOST_HTML_EN, RELOCOST_HTML_FR, RELOCOST_XLSX_EN,
    RELOCOST_XLSX_FR, SimulateOptions, Status, Text,
};

/// A report or a workbook: the bytes of a file. It never changes, and may be used by several threads at once.
pub struct DocumentHandle {
    _opaque: (),
}

impl Kind for DocumentHandle {
    type Value = Document;
    const TAG: u64 = 0x7265_6c6f_d0c5_11e7;
}

/// The content of a document's handle: its bytes, and a zero byte that is none of them.
pub struct Document(Vec<u8>);

impl Document {
    fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let mut bytes = bytes.into();
        bytes.push(0);
        Self(bytes)
    }

    fn view(&self) -> Text {
        Text { data: self.0.as_ptr().cast::<c_char>(), length: self.0.len().saturating_sub(1) }
    }
}

/// A report as a page or as a Word document.
enum Paper {
    Page,
    Word,
}

/// The kind and the language of a report of a form.
fn of_report(form: u32) -> CallResult<(Paper, Lang)> {
    match form {
        RELOCOST_HTML_EN => Ok((Paper::Page, Lang::En)),
        RELOCOST_HTML_FR => Ok((Paper::Page, Lang::Fr)),
        RELOCOST_DOCX_EN => Ok((Paper::Word, Lang::En)),
        RELOCOST_DOCX_FR => Ok((Paper::Word, Lang::Fr)),
        _ => wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
    }
}

/// The language of a workbook of a form.
fn of_workbook(form: u32) -> CallResult<Lang> {
    match form {
        RELOCOST_XLSX_EN => Ok(Lang::En),
        RELOCOST_XLSX_FR => Ok(Lang::Fr),
        _ => wrong(RELOCOST_UNKNOWN_CHOICE, "form"),
    }
}

/// What is drawn by chance in a report, and how.
fn drawn(lang: Lang, given: &SimulateOptions) -> ReportOptions {
    let draws = if given.draws == 0 { ReportOptions::DRAWS } else { given.draws };
    ReportOptions::new(lang).draws(draws).seed(given.seed).threads(threads(given.threads))
}

/// A report for a committee about a scenario: a page of HTML that stands by itself, with charts, opens offline, needs no
/// scripts and prints on A4; or a Word document of the same. `form` is RELOCOST_HTML_EN, _HTML_FR, _DOCX_EN or _DOCX_FR.
/// Of `options`, which may be NULL: `base`, `alternative`, `basis`, `draws` (0 for 10,000), `seed`, `threads`,
/// `progress`, which hears one question of the report after another. The same scenario and options give the same bytes,
/// which are those of the command `relocost report`.
///
/// Gives `document` a handle, to be freed with relocost_document_free.
/// Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE, RELOCOST_TOO_LARGE_FIGURE, RELOCOST_INTERRUPTED;
/// RELOCOST_OUT_OF_RANGE for more than 2^36 draws; RELOCOST_UNKNOWN_CHOICE for a form that no report has; a wrong handle; a
/// NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_report(
    scenario: *const ScenarioHandle,
    form: u32,
    options: *const SimulateOptions,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let given = caller.options::<SimulateOptions>(options, "options")?;
        let pair = pair(caller, given.base, given.alternative)?;
        let (paper, lang) = of_report(form)?;
        let options = drawn(lang, &given).pair(pair).basis(basis(given.basis)?);
        let watch = watch(given.progress, given.user);
        Ok(match paper {
            Paper::Page => Document::new(report::scenario(scenario, &options, &watch)?),
            Paper::Word => Document::new(word::scenario(scenario, &options, &watch)?),
        })
    })
}

/// As relocost_report, about a programme: what it costs by year and fund, its ceilings, agreements, waiting and chance. Of
/// `options`: `draws` (0 for 10,000), `seed`, `threads`, `progress`.
///
/// Errors: RELOCOST_TOO_MANY for more cases than a programme may have; as of relocost_report.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_report(
    programme: *const ProgrammeHandle,
    form: u32,
    options: *const SimulateOptions,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<SimulateOptions>(options, "options")?;
        let (paper, lang) = of_report(form)?;
        let (options, watch) = (drawn(lang, &given), watch(given.progress, given.user));
        Ok(match paper {
            Paper::Page => Document::new(report::programme(programme, &options, &watch)?),
            Paper::Word => Document::new(word::programme(programme, &options, &watch)?),
        })
    })
}

/// As relocost_report, about a result: a caseload, or payments beside what was planned.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_UNKNOWN_CHOICE; a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_report(
    result: *const ResultHandle,
    form: u32,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let Answer { result, .. } = caller.handle(result, "result")?;
        let (paper, lang) = of_report(form)?;
        Ok(match (result, paper) {
            (AnyResult::Caseload(it), Paper::Page) => Document::new(report::caseload(it, lang)),
            (AnyResult::Caseload(it), Paper::Word) => Document::new(word::caseload(it, lang)?),
            (AnyResult::Payments(it), Paper::Page) => Document::new(report::payments(it, lang)),
            (AnyResult::Payments(it), Paper::Word) => Document::new(word::payments(it, lang)?),
            _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"),
        })
    })
}

/// A workbook of a scenario with live formulas from inputs to totals: who changes a rent, a rate or a share sees the premium
/// move. `form` is RELOCOST_XLSX_EN or _XLSX_FR. Of `options`, which may be NULL: `base`, `alternative`, `basis`. The same scenario
/// and options give the same bytes, which are those of the command `relocost workbook`.
///
/// Gives `document` a handle, to be freed with relocost_document_free.
/// Errors: RELOCOST_UNKNOWN_PATHWAY, RELOCOST_MISSING_RATE; RELOCOST_TOO_LARGE_FIGURE, also for an amount with more digits than a
/// cell holds; RELOCOST_TOO_MANY for more than a workbook holds; RELOCOST_UNKNOWN_CHOICE for a form that no workbook has; a
/// wrong handle; a NULL pointer; RELOCOST_WRONG_SIZE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_workbook(
    scenario: *const ScenarioHandle,
    form: u32,
    options: *const Options,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let scenario = caller.handle(scenario, "scenario")?;
        let given = caller.options::<Options>(options, "options")?;
        let pair = pair(caller, given.base, given.alternative)?;
        let options = WorkbookOptions::default().pair(pair).basis(basis(given.basis)?).lang(of_workbook(form)?);
        Ok(Document::new(workbook::workbook(scenario, &options)?))
    })
}

/// As relocost_workbook, of a programme as planned: who changes a price sees the budget move. Of `options`: `progress`.
///
/// Errors: RELOCOST_INTERRUPTED; as of relocost_workbook and relocost_programme_run.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_programme_workbook(
    programme: *const ProgrammeHandle,
    form: u32,
    options: *const Options,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let programme = caller.handle(programme, "programme")?;
        let given = caller.options::<Options>(options, "options")?;
        let options = WorkbookOptions::default().lang(of_workbook(form)?);
        Ok(Document::new(workbook::programme(programme, &options, &watch(given.progress, given.user))?))
    })
}

/// As relocost_workbook, of a result: a caseload, or payments beside what was planned. Of `options`: `progress`, of payments.
///
/// Errors: RELOCOST_NOT_OF_THIS_RESULT for another result; RELOCOST_INTERRUPTED; as of relocost_workbook.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_result_workbook(
    result: *const ResultHandle,
    form: u32,
    options: *const Options,
    document: *mut *mut DocumentHandle,
    error: *mut *mut ErrorHandle,
) -> Status {
    give((document, "document"), error, |caller| {
        let Answer { result, .. } = caller.handle(result, "result")?;
        let given = caller.options::<Options>(options, "options")?;
        let asked = |form| Ok(WorkbookOptions::default().lang(of_workbook(form)?)) as CallResult<WorkbookOptions>;
        Ok(Document::new(match result {
            AnyResult::Caseload(it) => workbook::caseload(it, &asked(form)?)?,
            AnyResult::Payments(it) => workbook::payments(it, &asked(form)?, &watch(given.progress, given.user))?,
            _ => return wrong(RELOCOST_NOT_OF_THIS_RESULT, "result"),
        }))
    })
}

/// Puts into `bytes` the bytes of a document, as its file has them: of HTML a text in UTF-8, of a workbook or a Word
/// document an archive. They live as long as the document; a zero byte follows them, and some of them may be zero.
///
/// Errors: a wrong handle; a NULL pointer.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_document_bytes(document: *const DocumentHandle, bytes: *mut Text) -> Status {
    ask(|caller| caller.put(bytes, caller.handle(document, "document")?.view(), "bytes"))
}

/// Frees a document, and its bytes. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_document_free(document: *mut DocumentHandle) {
    free(document);
}
