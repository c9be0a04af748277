//! The command `report`: a page for a committee.

use std::path::Path;

use relocost::message;
use relocost_publish::report::{self, ReportOptions};

use crate::failure::{Failure, file_exists, wrong_number};
use crate::output::print;
use crate::progress::follow;
use crate::subject::{Asked, Subject};

pub(crate) fn report(asked: &Asked, options: ReportOptions, write: Option<(&Path, bool)>) -> Result<u8, Failure> {
    // A file that is there is refused before anything is computed.
    if let Some((file, false)) = write
        && file.symlink_metadata().is_ok()
    {
        return Err(Failure::Call(file_exists()));
    }
    let page = page(asked, options)?;
    let Some((file, force)) = write else { return print(&page) };
    relocost_files::write_private(file, page.as_bytes(), force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the report", "le rapport"), error))
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
