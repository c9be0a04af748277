//! The outputs of a simulation, in their order.

use std::borrow::Cow;

use super::evaluate::Evaluator;
use super::model::Model;
use super::result::Simulation;
use super::table::By;
use crate::about::Pair;
use crate::error::{Code, Error};
use crate::ledger::Route;
use crate::message;
use crate::names::Figures;
use crate::scenario::Scenario;

/// Outputs that a simulation may have: each is summed and counted by itself.
const MOST: usize = 20_000;

/// The figure that an output gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputFigure {
    /// The cost of a pathway, by its place.
    Pathway(usize),
    /// The alternative's less the base's.
    Extra,
    /// The extra as a share of the base.
    Premium,
}

/// The name of the extra cost, beside pathways.
pub(super) const EXTRA: &str = "extra";
/// Likewise.
pub(super) const PREMIUM: &str = "premium";

impl Simulation {
    /// The name of a pathway's figure beside the extra cost and the premium: the pathway's own name, or
    /// `pathways.<name>` where that is one of theirs.
    ///
    /// ```
    /// use relocost::Simulation;
    /// assert_eq!(Simulation::figure_name("permanent"), "permanent");
    /// assert_eq!(Simulation::figure_name("extra"), "pathways.extra");
    /// ```
    pub fn figure_name(pathway: &str) -> Cow<'_, str> {
        match pathway {
            EXTRA | PREMIUM => format!("pathways.{pathway}").into(),
            _ => pathway.into(),
        }
    }
}

/// The places of the alternative and of the base among all pathways.
///
/// # Errors
/// The scenario lacks one of them.
pub(super) fn places_of_pair(scenario: &Scenario, pair: &Pair) -> Result<[usize; 2], Error> {
    let place = |name: &str| -> Result<usize, Error> {
        Route::of(scenario, name, scenario.horizon_months())?; // which says what there is
        Ok(scenario.pathway_names().position(|known| known.as_str() == name).unwrap_or(0))
    };
    Ok([place(&pair.alternative)?, place(&pair.base)?])
}

/// One of a simulation's outputs.
pub(super) type Output = (OutputFigure, By);

/// The outputs, those of one figure together: the total, fiscal years, categories and funds, as far as they are wanted.
pub(super) struct Layout {
    pub(super) outputs: Vec<Output>,
    pub(super) alternative: usize,
    pub(super) base: usize,
}

impl Layout {
    /// # Errors
    /// There are more outputs than can be.
    pub(super) fn new(
        model: &Model<'_>,
        evaluator: &Evaluator<'_>,
        alternative: usize,
        base: usize,
        figures: Figures,
    ) -> Result<Self, Error> {
        let mut fed = Vec::with_capacity(model.ways.len());
        for (place, way) in model.ways.iter().enumerate() {
            fed.push(match evaluator.certain(place) {
                Some(table) => model.feeds(table),
                None => model.may_feed(way).into_iter().chain(all_years(model)).collect(),
            });
        }
        let mut pair: Vec<By> = fed[alternative].iter().chain(&fed[base]).copied().collect();
        pair.dedup();
        let mut outputs = Vec::new();
        let ways = fed.iter().enumerate().map(|(place, fed)| (OutputFigure::Pathway(place), fed));
        for (of, fed) in ways.chain([(OutputFigure::Extra, &pair), (OutputFigure::Premium, &pair)]) {
            outputs.push((of, By::Total));
            let years = all_years(model).filter(|_| figures.by_fiscal_year());
            let categories = (0..model.categories.len()).map(By::Category).filter(|_| figures.by_category());
            let funds = (0..model.funds.len()).map(By::Fund).filter(|_| figures.by_fund());
            let parts = years.chain(categories).chain(funds).filter(|by| fed.contains(by));
            outputs.extend(parts.map(|by| (of, by)));
        }
        if outputs.len() > MOST {
            let message = message!(
                "the simulation would have {figures} figures by pathway, fiscal year, category and fund; expected at most {MOST}",
                "la simulation aurait {figures} chiffres par parcours, exercice, catégorie et fonds ; au plus {MOST} sont admis",
                figures = outputs.len(),
            );
            return Err(Error::single(Code::TooMany, "pathways", message));
        }
        Ok(Self { outputs, alternative, base })
    }
}

fn all_years(model: &Model<'_>) -> impl Iterator<Item = By> {
    (0..model.fiscal_years.len()).map(By::Year)
}
