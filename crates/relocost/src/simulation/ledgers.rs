//! The ledger's figures beside those of a simulation: exact, and on the simulation's basis alone.

use std::fmt;

use num_rational::BigRational;
use serde::{Serialize, Serializer};

use super::layout::{Output, OutputFigure};
use super::numbers::binary::float;
use super::table::By;
use crate::comparison::Premium;
use crate::error::Error;
use crate::exact;
use crate::ledger::{Engine, Route, Totals, money};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::{Money, SignedRatio};
use crate::watch::Pulse;

/// A figure of the ledger beside a simulated one: exact, and written as ledgers and comparisons write it.
///
/// ```
/// use relocost::SimulateOptions;
/// use relocost::simulation::LedgerFigure;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let simulation = scenario.simulate(&SimulateOptions::default().draws(16))?;
/// let ledger = simulation.pathways()["permanent"].total.ledger();
/// assert_eq!(ledger, Some(LedgerFigure::Amount(scenario.ledger("permanent")?.total())));
/// assert_eq!(ledger.map(|figure| figure.to_string()).as_deref(), Some("119736.14"));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFigure {
    /// A cost.
    Amount(Money),
    /// A premium, or another share.
    Ratio(SignedRatio),
    /// A number of cases or of places, in a programme.
    Count(u64),
}

impl LedgerFigure {
    /// The nearest binary number, in units of the currency or as a share of the base.
    pub fn to_f64(self) -> f64 {
        float(&self.exact())
    }

    pub(super) fn exact(self) -> BigRational {
        match self {
            Self::Amount(money) => {
                BigRational::new(money.minor().into(), exact::power_of_ten(money.currency().decimals()))
            }
            Self::Ratio(ratio) => {
                let (numerator, denominator) = ratio.to_fraction();
                exact::ratio(numerator, denominator)
            }
            Self::Count(number) => BigRational::from_integer(number.into()),
        }
    }
}

impl fmt::Display for LedgerFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(money) => fmt::Display::fmt(money, f),
            Self::Ratio(ratio) => fmt::Display::fmt(ratio, f),
            Self::Count(number) => fmt::Display::fmt(number, f),
        }
    }
}

impl Serialize for LedgerFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The sums of every pathway's ledger.
pub(super) struct Ledgers(Vec<Totals>);

impl Ledgers {
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or the watch cancels it.
    pub(super) fn of(scenario: &Scenario, basis: Basis, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let horizon = scenario.horizon_months();
        let engine = Engine::new(scenario, horizon, pulse)?;
        let factors = engine.factors(basis)?;
        let route = |name| Route::of(scenario, name, horizon).map(|(_, route)| route);
        let routes: Vec<Route> =
            scenario.pathway_names().map(|name| route(name.as_str())).collect::<Result<_, Error>>()?;
        let totals = Totals::of(&engine, factors, &routes.iter().collect::<Vec<_>>(), |_, _| {}, |_, _, _| Ok(()))?;
        Ok(Self(totals))
    }

    /// A figure; none of a premium whose base is not above 0. `categories` and `funds` have the places of the
    /// simulation's in the scenario.
    pub(super) fn figure(
        &self,
        scenario: &Scenario,
        (of, by): Output,
        [alternative, base]: [usize; 2],
        [categories, funds]: [&[usize]; 2],
    ) -> Option<LedgerFigure> {
        let minor = |way: usize| match by {
            By::Total => Some(self.0.get(way)?.total),
            By::Year(place) => self.0.get(way)?.by_fiscal_year.get(place).copied().flatten().or(Some(0)),
            By::Fund(place) => self.0.get(way)?.by_fund.get(*funds.get(place)?).copied().flatten().or(Some(0)),
            By::Category(place) => {
                self.0.get(way)?.by_category.get(*categories.get(place)?).copied().flatten().or(Some(0))
            }
        };
        let amount = |minor: i128| money(minor, scenario.currency()).ok().map(LedgerFigure::Amount);
        match of {
            OutputFigure::Pathway(way) => amount(minor(way)?),
            OutputFigure::Extra => amount(minor(alternative)? - minor(base)?),
            OutputFigure::Premium => Premium::of(minor(alternative)?, minor(base)?).ratio().map(LedgerFigure::Ratio),
        }
    }
}
