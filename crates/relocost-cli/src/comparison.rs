//! The main questions: comparison, ledger, explanation.

use std::num::NonZeroUsize;
use std::sync::Arc;

use relocost::expectations::ExpectationOutcome;
use relocost::explanation::Selection;
use relocost::{CompareOptions, Lang, Scenario, message};
use relocost_tables::Traced;

use crate::args::{Format, Input, Output, Sides};
use crate::failure::{Failure, Kind, say, say_warnings, unknown_is_call, unknown_side};
use crate::input::load;
use crate::output::{show, style};
use crate::progress::follow;

pub(crate) fn compare(input: &Input, variants: bool, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = CompareOptions::default().pair(pair).basis(output.basis.into());
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    if variants {
        if scenario.variants().is_empty() {
            return Err(Failure::Call(message!(
                "the scenario has no variants; write some under [variants.NAME]",
                "le scénario n'a pas de variantes ; en écrire sous [variants.NOM]"
            )));
        }
        let table = watched.compare_variants(&options).map_err(|error| unknown_side(error, chosen))?;
        drop(bar);
        // A report says them itself.
        if matches!(output.format, Format::Json | Format::Csv) {
            say_warnings(&table.warnings, 0, output.lang.into());
        }
        return show(output.format, output.lang, &table, |it| relocost_report::variants(it, style(output)));
    }
    let comparison = watched.compare_with(&options).map_err(|error| unknown_side(error, chosen))?;
    drop(bar);
    let printed =
        show(output.format, output.lang, &comparison, |it| relocost_report::comparison(it, &scenario, style(output)))?;
    say_failed_expectations(&scenario, output.lang.into());
    Ok(printed)
}

/// Warns on standard error of each of the scenario's own expectations that fails.
fn say_failed_expectations(scenario: &Scenario, lang: Lang) {
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let outcomes = watched.run_expectations();
    drop(bar);
    if let Ok(outcomes) = outcomes {
        say_failed(&outcomes, lang);
    }
}

/// Warns of each expectation that fails.
pub(crate) fn say_failed(outcomes: &[ExpectationOutcome], lang: Lang) {
    for outcome in outcomes.iter().filter(|outcome| !outcome.passed) {
        let message = message!(
            "an expectation of the file fails ({internal}): {outcome}",
            "une attente du fichier échoue ({internal}) : {outcome}",
            internal = relocost_report::internal(),
            outcome = outcome.message(),
        );
        say(Kind::Warning, lang, &message);
    }
}

pub(crate) fn ledger(input: &Input, pathway: &str, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let ledger = watched.ledger_on(pathway, output.basis.into()).map_err(unknown_is_call)?;
    drop(bar);
    show(output.format, output.lang, &Arc::new(ledger), |it| relocost_report::ledger(it, style(output)))
}

pub(crate) fn explain(
    input: &Input,
    pathway: &str,
    selection: &Selection,
    entry: Option<NonZeroUsize>,
    output: &Output,
) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let bar = follow();
    let watched = scenario.watched(bar.watch());
    let ledger = Arc::new(watched.ledger_on(pathway, output.basis.into()).map_err(unknown_is_call)?);
    let traced = Traced::new(Arc::clone(&ledger), selection.clone(), bar.watch()).map_err(unknown_is_call)?;
    drop(bar);
    let explanation = ledger.explain(selection)?;
    let entry = entry.map(|entry| explanation.entry(entry.get())).transpose().map_err(unknown_is_call)?;
    show(output.format, output.lang, &traced, |_| relocost_report::explanation(&explanation, entry, style(output)))
}
