//! The command `payments`: what was paid beside the model, and why it differs.

use std::path::Path;

use relocost::payments::{PaymentOptions, PaymentTable, Payments, PriceEstimateOptions, PriceEstimates};
use relocost::{Code, Message, message};
use relocost_files::Loaded;

use crate::args::{Format, Input, LangArg};
use crate::failure::{Failure, neither, unknown_is_call};
use crate::input::{in_variant, load_any, open_table, variant_of_programme};
use crate::output::{show, style_of};
use crate::progress::follow;

/// What is asked of an estimate.
pub(crate) struct Estimate<'a> {
    pub(crate) options: PriceEstimateOptions,
    /// The file of the catalogue to write, and whether one that is there may be changed.
    pub(crate) write: Option<(&'a Path, bool)>,
}

pub(crate) fn payments(
    input: &Input,
    table: &Path,
    options: &PaymentOptions,
    estimate: Option<&Estimate<'_>>,
    (format, lang): (Format, LangArg),
) -> Result<u8, Failure> {
    let payments = compared(input, table, options)?;
    if let Some(Estimate { options, write }) = estimate {
        let estimates = payments.estimate(options)?;
        if let Some((file, force)) = write {
            write_catalogue(&estimates, file, *force)?;
        }
        return show(format, lang, &estimates, |it| relocost_report::price_estimates(it, style_of(format, lang)));
    }
    show(format, lang, &payments, |it| relocost_report::payments(it, style_of(format, lang)))
}

/// Payments of a table beside the model of a file.
pub(crate) fn compared(input: &Input, table: &Path, options: &PaymentOptions) -> Result<Payments, Failure> {
    let (name, table) = open_table(table, &input.file)?;
    let table = PaymentTable::new(table, &name);
    let bar = follow();
    let payments = match load_any(&input.file, &input.reach)? {
        Loaded::Programme(_) if input.variant.is_some() => {
            return Err(variant_of_programme());
        }
        Loaded::Programme(programme) => programme.watched(bar.watch()).payments(table?, options),
        Loaded::Scenario(scenario) => in_variant(input, scenario)?.watched(bar.watch()).payments(table?, options),
        _ => {
            return Err(neither());
        }
    };
    drop(bar);
    payments.map_err(|error| {
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
    })
}

/// Writes a catalogue with the estimated amounts: a new one, or that which is there, changed where the amounts stand.
fn write_catalogue(estimates: &PriceEstimates, file: &Path, force: bool) -> Result<(), Failure> {
    let text = if force && file.exists() {
        relocost_files::load_catalogue(file)?.with_estimates(estimates)?.text().to_owned()
    } else {
        estimates.to_catalogue()
    };
    // It says what was paid for single households.
    relocost_files::write_private(file, text.as_bytes(), force)
        .map_err(|error| Failure::of_writing(message!("the catalogue", "le catalogue"), error))
}
