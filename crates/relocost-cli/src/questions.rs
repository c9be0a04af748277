//! Further questions: delay, calibration, caseload, estimate.

use std::num::NonZeroUsize;
use std::path::Path;

use relocost::calibration::CalibrateOptions;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::comparison::ReportedBand;
use relocost::delay::DelayOptions;
use relocost::estimate::{EstimateOptions, KnownCost};
use relocost::{Amount, Code, Currency, Message, message};

use crate::args::prices::{KindArg, KnownCostArgs};
use crate::args::{Format, Input, LangArg, Output, Sides};
use crate::failure::{Failure, say_warnings, unknown_side};
use crate::input::{load, open_table};
use crate::output::{show, style, style_of};
use crate::progress::follow;

pub(crate) fn delay(input: &Input, months: Option<u32>, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = DelayOptions::default().pair(pair).months(months).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let delay = watched.delay_with(&options).map_err(|error| match error.code() {
        Code::OutOfRange => Failure::Call(Message::from(&error)),
        _ => unknown_side(error, chosen),
    })?;
    drop(bar);
    show(output.format, output.lang, &delay, |it| relocost_report::delay(it, &scenario, style(output)))
}

pub(crate) fn calibrate(
    input: &Input,
    target: Amount,
    lines: Vec<String>,
    write: Option<(&Path, bool)>,
    sides: Sides,
    output: &Output,
) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = CalibrateOptions::new(target, lines).pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let calibration =
        options.no_per_cent().and_then(|()| watched.calibrate(&options)).map_err(|error| match error.code() {
            Code::UnknownName | Code::OutOfRange => Failure::Call(Message::from(&error)),
            _ => unknown_side(error, chosen),
        })?;
    drop(bar);
    if let Some((file, force)) = write {
        let text = scenario.calibrated(&calibration)?.to_toml()?;
        relocost_files::write_private(file, text.as_bytes(), force)
            .map_err(|error| Failure::of_writing(message!("the calibrated scenario", "le scénario calibré"), error))?;
    }
    show(output.format, output.lang, &calibration, |it| relocost_report::calibration(it, &scenario, style(output)))
}

pub(crate) fn caseload(
    input: &Input,
    households: &Path,
    threads: Option<NonZeroUsize>,
    sides: Sides,
    output: &Output,
) -> Result<u8, Failure> {
    let (name, table) = open_table(households, &input.file)?;
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = CaseloadOptions::default().pair(pair).basis(output.basis.into()).threads(threads);
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let caseload = CaseTable::new(table, &name).and_then(|table| watched.caseload_of(table, &options));
    let caseload = caseload.map_err(|error| unknown_side(error, chosen))?;
    drop(bar);
    // A mistyped year of birth makes a row cost nothing, and nothing else shows it.
    say_warnings(&caseload.warnings, caseload.more_warnings, output.lang.into());
    show(output.format, output.lang, &caseload, |it| relocost_report::caseload(it, &scenario, style(output)))
}

pub(crate) fn estimate(
    known: &KnownCostArgs,
    months: Option<u32>,
    of: KindArg,
    currency: Currency,
    band: ReportedBand,
    format: Format,
    lang: LangArg,
) -> Result<u8, Failure> {
    let known = match (known.permanent, known.temporary, known.monthly, of) {
        (Some(amount), ..) | (_, _, Some(amount), KindArg::Permanent) => KnownCost::Permanent(amount),
        (_, Some(amount), ..) | (_, _, Some(amount), KindArg::Temporary) => KnownCost::Temporary(amount),
        _ => return Err(Failure::Call(message!("expected a known cost", "attendu : un coût connu"))),
    };
    let options = EstimateOptions::new(known, currency).months(months).band(band);
    let estimate = options.estimate().map_err(|error| Failure::Call(Message::from(&error)))?;
    show(format, lang, &estimate, |it| relocost_report::estimate(it, style_of(format, lang)))
}
