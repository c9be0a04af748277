//! The analyst's other questions: delay, calibration, caseload, estimate.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use relocost::{
    Amount, CalibrateOptions, CaseTable, CaseloadOptions, Code, Currency, DelayOptions, EstimateOptions, Known,
    ReportedBand,
};
use relocost_files::LoadOptions;
use relocost_report::Style;

use crate::args::{Format, Input, KindArg, KnownCost, LangArg, Output, Sides};
use crate::failure::Failure;
use crate::output::show;
use crate::run::{load, style, unknown_side};

pub(crate) fn delay(input: &Input, months: Option<u32>, sides: Sides, output: &Output) -> Result<ExitCode, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let (base, alternative) = sides.names();
    let options = DelayOptions { base, alternative, months, basis: output.basis.into() };
    let delay = scenario.delay_with(&options).map_err(|error| match error.code() {
        Code::OutOfRange => Failure::Call(error.to_string()),
        _ => unknown_side(error, chosen),
    })?;
    show(output.format, &delay, |it| relocost_report::delay(it, &scenario, style(output)), relocost_report::delay_csv)
}

pub(crate) fn calibrate(
    input: &Input,
    target: Amount,
    lines: Vec<String>,
    write: Option<(&Path, bool)>,
    sides: Sides,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let (base, alternative) = sides.names();
    let options = CalibrateOptions { target, lines, base, alternative, basis: output.basis.into() };
    let calibration = scenario.calibrate(&options).map_err(|error| match error.code() {
        Code::UnknownName => Failure::Call(error.to_string()),
        _ => unknown_side(error, chosen),
    })?;
    if let Some((file, force)) = write {
        let text = scenario.calibrated(&calibration)?.to_toml();
        relocost_files::write(file, text.as_bytes(), force).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::Call("there is such a file already; --force replaces it".to_owned())
            }
            _ => Failure::Write("the calibrated scenario", error),
        })?;
    }
    show(
        output.format,
        &calibration,
        |it| relocost_report::calibration(it, &scenario, style(output)),
        relocost_report::figures_csv,
    )
}

pub(crate) fn caseload(
    input: &Input,
    households: &Path,
    threads: Option<NonZeroUsize>,
    sides: Sides,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let (base, alternative) = sides.names();
    let options = CaseloadOptions { base, alternative, basis: output.basis.into(), threads };
    let (name, table) = relocost_files::open_table(households)?;
    let progress = Progress::new();
    let caseload = scenario.caseload_of(CaseTable::new(table, &name)?, &options, |rows| progress.show(rows));
    progress.finish();
    let caseload = caseload.map_err(|error| unknown_side(error, chosen))?;
    show(
        output.format,
        &caseload,
        |it| relocost_report::caseload(it, &scenario, style(output)),
        relocost_report::caseload_csv,
    )
}

pub(crate) fn estimate(
    known: &KnownCost,
    months: Option<u32>,
    of: KindArg,
    currency: Currency,
    band: ReportedBand,
    format: Format,
    lang: LangArg,
) -> Result<ExitCode, Failure> {
    let known = match (known.permanent, known.temporary, known.monthly, of) {
        (Some(amount), ..) | (_, _, Some(amount), KindArg::Permanent) => Known::Permanent(amount),
        (_, Some(amount), ..) | (_, _, Some(amount), KindArg::Temporary) => Known::Temporary(amount),
        _ => return Err(Failure::Call("expected a known cost".to_owned())),
    };
    let options = EstimateOptions { months, band, ..EstimateOptions::new(known, currency) };
    let estimate = options.estimate().map_err(|error| Failure::Call(error.to_string()))?;
    show(
        format,
        &estimate,
        |it| relocost_report::estimate(it, Style { lang: lang.into(), ..Style::default() }),
        relocost_report::figures_csv,
    )
}

pub(crate) fn diff(
    old: &Path,
    new: &Path,
    scenario: Option<&Path>,
    options: &LoadOptions,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let alone = scenario.is_none() && relocost_files::is_catalogue(old)? && relocost_files::is_catalogue(new)?;
    let load = |path: &Path| match scenario {
        Some(scenario) => relocost_files::load_over(scenario, path, options),
        None if alone => relocost_files::load_catalogue_alone(path, options),
        None => relocost_files::load(path, options),
    };
    let diff = load(old)?.diff(&load(new)?, output.basis.into())?;
    show(output.format, &diff, |it| relocost_report::diff(it, style(output)), relocost_report::figures_csv)
}

/// The progress of a long table: on a terminal only, and only once it has taken a second.
struct Progress {
    begun: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new() -> Self {
        Self { begun: Instant::now(), bar: std::io::stderr().is_terminal().then(ProgressBar::new_spinner) }
    }

    fn show(&self, rows: u64) -> ControlFlow<()> {
        if let Some(bar) = self.bar.as_ref().filter(|_| self.begun.elapsed() > Duration::from_secs(1)) {
            bar.set_message(format!("{rows} rows"));
            bar.tick();
        }
        ControlFlow::Continue(())
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
