//! The command `report`: a page for a committee, or a Word document of the same.

use std::path::Path;

use relocost::message;
use relocost_publish::report::{self, ReportOptions, word};

use crate::failure::{Failure, wrong_number};
use crate::output::print;
use crate::progress::follow;
use crate::subject::{Asked, Subject};
use crate::target;

pub(crate) fn report(asked: &Asked, options: ReportOptions, write: Option<(&Path, bool)>) -> Result<u8, Failure> {
    if let Some(file) = write {
        let expected = message!(
            "a report is a page (.html, .htm) or a Word document (.docx), and the name of the file ends otherwise; a browser prints a page as PDF",
            "un rapport est une page (.html, .htm) ou un document Word (.docx), et le nom du fichier se termine autrement ; un navigateur imprime une page en PDF",
        );
        target::check(file, &["html", "htm", "docx"], expected)?;
    }
    let is_word = write.is_some_and(|(file, _)| is_word(file));
    let written = if is_word { document(asked, options)? } else { page(asked, options)?.into_bytes() };
    let Some((file, force)) = write else { return print(&String::from_utf8_lossy(&written)) };
    relocost_files::write_private(file, &written, force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the report", "le rapport"), error))
}

/// Whether a file is to be a Word document, by its name.
fn is_word(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
}

fn page(asked: &Asked, options: ReportOptions) -> Result<String, Failure> {
    let (bar, chosen) = (follow(), asked.chosen);
    let options = options.pair(asked.pair.clone());
    match asked.subject(bar.watch())? {
        Subject::Programme(programme) => {
            report::programme(&programme, &options, bar.watch()).map_err(|error| wrong_number(error, chosen))
        }
        Subject::Scenario(scenario) => {
            report::scenario(&scenario, &options, bar.watch()).map_err(|error| wrong_number(error, chosen))
        }
        Subject::Caseload(caseload) => Ok(report::caseload(&caseload, asked.lang)),
        Subject::Payments(payments) => Ok(report::payments(&payments, asked.lang)),
    }
}

fn document(asked: &Asked, options: ReportOptions) -> Result<Vec<u8>, Failure> {
    let (bar, chosen) = (follow(), asked.chosen);
    let options = options.pair(asked.pair.clone());
    let written = match asked.subject(bar.watch())? {
        Subject::Programme(programme) => word::programme(&programme, &options, bar.watch()),
        Subject::Scenario(scenario) => word::scenario(&scenario, &options, bar.watch()),
        Subject::Caseload(caseload) => word::caseload(&caseload, asked.lang),
        Subject::Payments(payments) => word::payments(&payments, asked.lang),
    };
    written.map_err(|error| wrong_number(error, chosen))
}
