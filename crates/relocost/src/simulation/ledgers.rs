//! What the ledger says of a simulation's figures: exact, and on the simulation's basis alone.

use super::layout::{Output, OutputFigure};
use super::table::By;
use crate::comparison::Premium;
use crate::error::Error;
use crate::ledger::{Engine, Route, Totals, money};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::watch::Pulse;

/// The sums of every pathway's ledger.
pub(super) struct Ledgers {
    totals: Vec<Totals>,
    /// By pathway, then by fiscal year from that of the start.
    years: Vec<Vec<Option<i128>>>,
}

impl Ledgers {
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or it is to break off.
    pub(super) fn of(scenario: &Scenario, basis: Basis, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let (inner, horizon) = (scenario.inner(), scenario.horizon_months());
        let engine = Engine::new(scenario, horizon, pulse)?;
        let factors = engine.factors(basis)?;
        let route = |name| Route::of(scenario, name, horizon).map(|(_, route)| route);
        let routes: Vec<Route> =
            scenario.pathway_names().map(|name| route(name.as_str())).collect::<Result<_, Error>>()?;
        let totals = Totals::of(&engine, &factors, &routes.iter().collect::<Vec<_>>(), |_, _, _| Ok(()))?;
        let years = totals.iter().map(|totals| totals.by_fiscal_year(inner)).collect();
        Ok(Self { totals, years })
    }

    /// A figure as ledgers write it; none of a premium whose base is not above 0. `categories` has the places of the
    /// simulation's in the scenario.
    pub(super) fn figure(
        &self,
        scenario: &Scenario,
        (of, by): Output,
        [alternative, base]: [usize; 2],
        categories: &[usize],
    ) -> Option<String> {
        let minor = |way: usize| match by {
            By::Total => Some(self.totals.get(way)?.total),
            By::Year(place) => self.years.get(way)?.get(place).copied().flatten().or(Some(0)),
            By::Category(place) => {
                self.totals.get(way)?.by_category.get(*categories.get(place)?).copied().flatten().or(Some(0))
            }
        };
        let written = |minor: i128| money(minor, scenario.currency()).ok().map(|money| money.to_string());
        match of {
            OutputFigure::Pathway(way) => written(minor(way)?),
            OutputFigure::Extra => written(minor(alternative)? - minor(base)?),
            OutputFigure::Premium => {
                Premium::of(minor(alternative)?, minor(base)?).ratio().map(|ratio| ratio.to_string())
            }
        }
    }
}
