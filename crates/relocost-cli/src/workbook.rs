//! The command `workbook`: an XLSX workbook with live formulas from inputs to totals.

use std::path::PathBuf;

use relocost::message;
use relocost_publish::workbook::{self, WorkbookOptions};

use crate::args::{Input, Sides};
use crate::failure::{Failure, unknown_side};
use crate::input::load;

pub(crate) fn workbook(
    input: &Input,
    sides: Sides,
    options: WorkbookOptions,
    (file, force): (&PathBuf, bool),
) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let options = options.pair(sides.pair());
    let bytes = workbook::workbook(&scenario, &options).map_err(|error| unknown_side(error, chosen))?;
    relocost_files::write_private(file, &bytes, force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the workbook", "le classeur"), error))
}
