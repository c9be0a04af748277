//! The command `payments`: what was paid beside the model, and why it differs.

use std::path::Path;

use relocost::payments::{PaymentOptions, PaymentTable};

use crate::args::{Format, Input, LangArg};
use crate::failure::{Failure, unknown_is_call};
use crate::input::{load, open_table};
use crate::output::{show, style_of};

pub(crate) fn payments(
    input: &Input,
    table: &Path,
    options: &PaymentOptions,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
    let (name, table) = open_table(table, &input.file)?;
    let scenario = load(input)?;
    let payments = scenario.payments(PaymentTable::new(table, &name)?, options).map_err(|error| {
        // What has no place is about the command line.
        let placed = error.findings().iter().any(|finding| finding.place.is_some());
        if placed { Failure::Input(error) } else { unknown_is_call(error) }
    })?;
    show(format, lang, &payments, |it| relocost_report::payments(it, &scenario, style_of(format, lang)))
}
