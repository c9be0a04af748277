//! The command `workbook`: an XLSX workbook with live formulas from inputs to totals.

use std::path::PathBuf;

use relocost::message;
use relocost_publish::workbook::{self, WorkbookOptions};

use crate::failure::{Failure, unknown_side};
use crate::progress::follow;
use crate::subject::{Asked, Subject};
use crate::target;

pub(crate) fn workbook(asked: &Asked, (file, force): (&PathBuf, bool)) -> Result<u8, Failure> {
    let expected = message!(
        "a workbook is an .xlsx file, and the name of the file ends otherwise",
        "un classeur est un fichier .xlsx, et le nom du fichier se termine autrement",
    );
    target::check((file, force), &["xlsx"], expected)?;
    let (bar, chosen) = (follow(), asked.chosen);
    let options = WorkbookOptions::default().basis(asked.basis).lang(asked.lang).pair(asked.pair.clone());
    let bytes = match asked.subject(bar.watch())? {
        Subject::Scenario(scenario) => workbook::workbook(&scenario, &options),
        Subject::Programme(programme) => workbook::programme(&programme, &options, bar.watch()),
        Subject::Caseload(caseload) => workbook::caseload(&caseload, &options),
        Subject::Payments(payments) => workbook::payments(&payments, &options, bar.watch()),
    };
    let bytes = bytes.map_err(|error| unknown_side(error, chosen))?;
    drop(bar);
    relocost_files::write_private(file, &bytes, force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the workbook", "le classeur"), error))
}
