//! The command `diff`: what changed between two files of one sort, and what each change adds.

use std::path::{Path, PathBuf};

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::diff::BudgetDiff;
use relocost::{Pair, ProgrammeOptions, message};
use relocost_files::{LoadOptions, open_table};

use crate::args::{BasisArg, Output};
use crate::failure::{Failure, unknown_side};
use crate::output::{show, style};
use crate::progress::follow;

/// Compares two files, after what they are.
pub(crate) fn diff(
    (old, new): (&Path, &Path),
    scenario: Option<&Path>,
    (households, pathways): (&[PathBuf], &[String]),
    options: &LoadOptions,
    output: &Output,
) -> Result<u8, Failure> {
    let is_programme = |path: &Path| relocost_files::is_programme(path);
    if let [old_table, new_table] = households {
        return caseloads((old, old_table), (new, new_table), pathways, options, output);
    }
    match (scenario, is_programme(old)?, is_programme(new)?) {
        (None, true, true) => programmes((old, new), options, output),
        (_, false, false) => scenarios((old, new), scenario, options, output),
        _ => Err(Failure::Call(message!(
            "a programme is compared with a programme; expected two files of one sort",
            "un programme se compare avec un programme ; attendu : deux fichiers d'une même sorte"
        ))),
    }
}

fn scenarios(
    (old, new): (&Path, &Path),
    scenario: Option<&Path>,
    options: &LoadOptions,
    output: &Output,
) -> Result<u8, Failure> {
    let alone = scenario.is_none() && relocost_files::is_catalogue(old)? && relocost_files::is_catalogue(new)?;
    let load = |path: &Path| match scenario {
        Some(scenario) => relocost_files::load_over(scenario, path, options),
        None if alone => relocost_files::load_catalogue_alone(path, options),
        None => relocost_files::load(path, options),
    };
    let (old, new) = (load(old)?, load(new)?);
    let bar = follow();
    let watched = old.watched(bar.watch());
    let diff = watched.diff(&new, output.basis.into())?;
    drop(bar);
    show(output.format, output.lang, &diff, |it| relocost_report::diff(it, style(output)))
}

fn programmes((old, new): (&Path, &Path), options: &LoadOptions, output: &Output) -> Result<u8, Failure> {
    if output.basis != BasisArg::Nominal {
        return Err(Failure::Call(message!(
            "--basis: programmes are compared in prices of each year",
            "--basis : les programmes se comparent aux prix de chaque année"
        )));
    }
    let load = |path: &Path| relocost_files::load_programme(path, options);
    let (old, new) = (load(old)?, load(new)?);
    let bar = follow();
    let watched = old.watched(bar.watch());
    let diff = watched.diff_with(&new, &ProgrammeOptions::default())?;
    drop(bar);
    told(&diff, output)
}

fn caseloads(
    (old, old_table): (&Path, &Path),
    (new, new_table): (&Path, &Path),
    pathways: &[String],
    options: &LoadOptions,
    output: &Output,
) -> Result<u8, Failure> {
    let load = |path: &Path| relocost_files::load(path, options);
    let (old, new) = (load(old)?, load(new)?);
    let ((old_name, old_table), (new_name, new_table)) = (open_table(old_table)?, open_table(new_table)?);
    let pair = match pathways {
        [base, alternative] => Pair::new(base, alternative),
        _ => Pair::default(),
    };
    let caseload = CaseloadOptions::default().pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = old.watched(bar.watch());
    let tables = CaseTable::new(old_table, &old_name).and_then(|old| Ok((old, CaseTable::new(new_table, &new_name)?)));
    let diff = tables.and_then(|(old, newer)| watched.diff_caseload(old, &new, newer, &caseload));
    let diff = diff.map_err(|error| unknown_side(error, !pathways.is_empty()))?;
    drop(bar);
    told(&diff, output)
}

fn told(diff: &BudgetDiff, output: &Output) -> Result<u8, Failure> {
    show(output.format, output.lang, diff, |it| relocost_report::budget_diff(it, style(output)))
}
