//! Every rate that some charge needs and that is not given, for whoever mends the tables.

use indexmap::IndexSet;

use super::engine::Engine;
use super::factors;
use super::route::Route;
use crate::error::{Error, Finding};
use crate::limits;
use crate::names::Basis;
use crate::scenario::Scenario;

/// The tables of rates in which the charges on these routes lack one, each once with the first year that it lacks; `None` if they lack none.
///
/// # Errors
/// It is to break off.
pub(crate) fn missing_rates(
    scenario: &Scenario,
    engine: &Engine<'_>,
    routes: &[&Route],
    basis: Basis,
) -> Result<Option<Error>, Error> {
    let (mut findings, mut more) = (Vec::<Finding>::new(), 0);
    let mut seen = IndexSet::new();
    for (place, line) in scenario.lines().values().enumerate() {
        let conditions = engine.conditions(place);
        let mut years: Vec<i32> = Vec::new();
        for charged in routes.iter().flat_map(|route| engine.timing(place).charged(route, 0)) {
            engine.pulse().beat()?;
            let months = charged.months.iter(engine.first_calendar()).filter(|&month| conditions.tenths(month) > 0);
            let year = |month| scenario.start().plus(i32::try_from(month).unwrap_or(0)).year();
            for year in months.map(year) {
                if !years.contains(&year) {
                    years.push(year);
                }
            }
        }
        years.sort_unstable();
        for year in years {
            engine.pulse().beat()?;
            let mut errors = Vec::from_iter(factors::missing_increase(scenario, line, basis, year));
            if factors::exchange_rate(scenario.inner(), line, year).is_none() {
                errors.push(factors::missing_exchange_rate(scenario, line, year));
            }
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
