//! The command `payments`: what was paid beside the model, and why it differs.

use std::path::Path;

use relocost::payments::{PaymentOptions, PaymentTable};
use relocost::{Code, Message, message};
use relocost_files::Loaded;

use crate::args::{Format, Input, LangArg};
use crate::failure::{Failure, unknown_is_call};
use crate::input::{in_variant, load_any, open_table};
use crate::output::{show, style_of};

pub(crate) fn payments(
    input: &Input,
    table: &Path,
    options: &PaymentOptions,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
    let (name, table) = open_table(table, &input.file)?;
    let table = PaymentTable::new(table, &name);
    let payments = match load_any(&input.file, &input.reach)? {
        Loaded::Programme(_) if input.variant.is_some() => {
            return Err(Failure::Call(message!(
                "--variant: a programme has none",
                "--variant : un programme n'en a pas"
            )));
        }
        Loaded::Programme(programme) => programme.payments(table?, options),
        Loaded::Scenario(scenario) => in_variant(input, scenario)?.payments(table?, options),
        _ => {
            return Err(Failure::Call(message!(
                "expected a scenario or a programme",
                "un scénario ou un programme est attendu"
            )));
        }
    };
    let payments = payments.map_err(|error| {
        // What has no place is about the command line.
        let placed = error.findings().iter().any(|finding| finding.place.is_some());
        let of_call = matches!(error.code(), Code::MissingKey | Code::Conflict) && !placed;
        if of_call {
            Failure::Call(Message::from(&error))
        } else if placed {
            error.into()
        } else {
            unknown_is_call(error)
        }
    })?;
    show(format, lang, &payments, |it| relocost_report::payments(it, style_of(format, lang)))
}
