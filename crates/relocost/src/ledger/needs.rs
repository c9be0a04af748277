//! Every rate that some charge needs and that is not given, for whoever mends the tables.

use indexmap::IndexSet;

use super::engine::Engine;
use super::missing;
use super::route::{Grant, Route};
use crate::error::{Error, Finding};
use crate::limits;
use crate::names::Basis;
use crate::scenario::Scenario;

/// The tables of rates in which the charges on these routes lack one, each once with the first year that it lacks; `None` if they lack none.
///
/// # Errors
/// The watch cancels it.
pub(crate) fn missing_rates(
    scenario: &Scenario,
    engine: &Engine<'_>,
    routes: &[&Route],
    basis: Basis,
) -> Result<Option<Error>, Error> {
    let (mut findings, mut more) = (Vec::<Finding>::new(), 0);
    let mut seen = IndexSet::new();
    for (place, line) in scenario.lines().values().enumerate().filter(|(_, line)| line.priced().is_some()) {
        let item = engine.item_of(place);
        let conditions = engine.conditions(item);
        let (period_of, _) = engine.periods(place);
        // The first month of each period in which the line is charged.
        let mut charged_in: Vec<(u32, u32)> = Vec::new();
        for charged in routes.iter().flat_map(|route| engine.timing(item).charged(route, Grant::NONE)) {
            engine.pulse().beat()?;
            for month in charged.months.iter(engine.first_calendar()).filter(|&month| conditions.units(month) > 0) {
                let period = period_of.get(month as usize).copied().unwrap_or(0);
                match charged_in.iter_mut().rev().find(|(known, _)| *known == period) {
                    Some((_, first)) => *first = month.min(*first),
                    None => charged_in.push((period, month)),
                }
            }
        }
        charged_in.sort_unstable();
        for (_, month) in charged_in {
            engine.pulse().beat()?;
            let errors = missing::missing(scenario, line, basis, engine.month(month));
            for finding in errors.iter().flat_map(Error::findings) {
                if !seen.insert(finding.key.clone()) {
                    continue;
                }
                if findings.len() < limits::FINDINGS { findings.push(finding.clone()) } else { more += 1 }
            }
        }
    }
    // In an order that does not tell which charge came first.
    findings.sort_by(|a, b| a.key.cmp(&b.key));
    Ok((!findings.is_empty()).then(|| Error::new(findings, more)))
}
