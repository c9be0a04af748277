//! The result of a simulation.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::layout::{EXTRA, OutputFigure, PREMIUM};
use super::ledgers::Ledgers;
use super::numbers::binary;
use super::numbers::binary::float;
use super::options::SimulateOptions;
use super::part::{SimulationPart, is_kept};
use super::run::Setup;
use super::statistics::Statistics;
use super::table::By;
use crate::about::{About, Pair, about_methods, pair_methods};
use crate::error::Error;
use crate::names::{Figures, Sampling};
use crate::scenario::Scenario;
use crate::types::{Id, Parameter};
use crate::watch::Pulse;

/// A figure in total and in the parts that were wanted. Keys that are 0 in every draw are left out; of the extra cost and the premium, those that
/// are so in both pathways.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimulatedFigures<T> {
    /// In total.
    pub total: T,
    /// By fiscal year, ascending.
    pub by_fiscal_year: IndexMap<i32, T>,
    /// By category, in the order declared.
    pub by_category: IndexMap<Id, T>,
    /// By fund, in the order declared; no part is rounded.
    pub by_fund: IndexMap<Id, T>,
}

/// The probability of each verdict on the premium: shares of the draws, which add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BandShares {
    /// Below the band.
    pub below: f64,
    /// Within it, ends included.
    pub within: f64,
    /// Above it.
    pub above: f64,
    /// Without a premium, the base being not above 0.
    pub none: f64,
}

/// The draws of a parameter that were moved into its domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MovedDraws {
    /// The parameter's path.
    #[serde(serialize_with = "path")]
    pub parameter: Parameter,
    /// The number of such draws.
    pub moved: u64,
}

fn path<S: Serializer>(parameter: &Parameter, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(parameter)
}

/// Why two of the three figures differ: the ledger's, the ledger's at the means, the simulated mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MeanLessLedger {
    /// The ledger's at the means less the ledger's: the assumptions are not centred on the values that the scenario gives.
    pub assumptions: f64,
    /// The simulated mean less the ledger's at the means: figures that bend with a parameter (products, growth over years,
    /// months, ratios), draws moved into the domain, and chance.
    pub curvature: f64,
    /// The part that chance may explain: twice the standard error of the mean, 95 per cent of the time.
    pub chance: f64,
}

/// The draws of an output.
#[derive(Clone)]
#[non_exhaustive]
pub struct KeptDraws {
    /// The figure: a pathway's name, `extra` or `premium`; of a pathway with one of these names, `pathways.<name>`.
    pub figure: String,
    /// `total`, a fiscal year, a category or `by_fund.<id>`.
    pub key: String,
    /// A number for each draw, in their order; of a premium not a number where there is none.
    pub draws: Arc<[f64]>,
}

impl PartialEq for KeptDraws {
    fn eq(&self, other: &Self) -> bool {
        let bits = |of: &Self| of.draws.iter().map(|draw| draw.to_bits()).collect::<Vec<_>>();
        (&self.figure, &self.key) == (&other.figure, &other.key) && bits(self) == bits(other)
    }
}

impl fmt::Debug for KeptDraws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptDraws({} {}, {} draws)", self.figure, self.key, self.draws.len())
    }
}

/// A simulation: what every figure comes to over the draws.
#[derive(Clone, PartialEq)]
pub struct Simulation {
    about: About,
    pair: Pair,
    draws: u64,
    seed: u64,
    sampling: Sampling,
    figures: Figures,
    pathways: IndexMap<Id, SimulatedFigures<Statistics>>,
    extra: SimulatedFigures<Statistics>,
    premium: SimulatedFigures<Option<Statistics>>,
    band: BandShares,
    moved: Vec<MovedDraws>,
    kept: Vec<KeptDraws>,
}

about_methods!(Simulation);
pair_methods!(Simulation);

impl Simulation {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    pub(super) fn new(
        scenario: &Scenario,
        options: &SimulateOptions,
        setup: &Setup<'_>,
        part: &SimulationPart,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let ledger = Ledgers::of(scenario, options.basis, &pulse.part())?;
        // The means may be too large, or too fine, for a ledger; the simulation is none the worse for it.
        let at_means = match scenario.at_means().map(|scenario| Ledgers::of(&scenario, options.basis, &pulse.part())) {
            Ok(Err(error)) if error.is_interruption() => return Err(error),
            ledger => ledger.ok().and_then(Result::ok),
        };
        let (outputs, (fiscal_years, categories, funds)) = (&setup.outputs, &setup.keys);
        let names: Vec<Id> = scenario.pathway_names().cloned().collect();
        let category = |place: usize| scenario.categories()[categories[place]].id.clone();
        let fund = |place: usize| scenario.funds()[funds[place]].id.clone();
        let key = |by: By| match by {
            By::Total => "total".to_owned(),
            By::Year(place) => fiscal_years[place].to_string(),
            By::Category(place) => category(place).to_string(),
            By::Fund(place) => format!("by_fund.{}", fund(place)), // which may be called like a category
        };
        let figure = |of: OutputFigure| match of {
            OutputFigure::Pathway(place) => Self::figure_name(names[place].as_str()).into_owned(),
            OutputFigure::Extra => EXTRA.to_owned(),
            OutputFigure::Premium => PREMIUM.to_owned(),
        };
        let mut columns = part.columns()?.into_iter();
        let (mut kept, mut told) = (Vec::new(), Vec::with_capacity(outputs.len()));
        for ((of, by), tally) in outputs.iter().zip(&part.tallies) {
            pulse.beat()?;
            let draws = if is_kept(options.keep, *by) { columns.next() } else { None };
            let ledger = [Some(&ledger), at_means.as_ref()]
                .map(|ledger| ledger?.figure(scenario, (*of, *by), setup.pair, [categories, funds]));
            // A premium is reported only where every draw has one.
            let statistics =
                (tally.draws() == part.draws()).then(|| Statistics::new(Arc::clone(tally), draws.as_deref(), ledger));
            if let Some(draws) = draws {
                kept.push(KeptDraws { figure: figure(*of), key: key(*by), draws: draws.into() });
            }
            let nothing = tally.is_nothing();
            told.push((*of, *by, statistics, nothing));
        }
        // A fund that pays alone has the total, for which nothing was summed or counted.
        if funds.len() == 1 && options.figures.by_fund() {
            let totals: Vec<_> = told.iter().filter(|(_, by, ..)| *by == By::Total).cloned().collect();
            for (of, _, statistics, nothing) in totals {
                told.push((of, By::Fund(0), statistics, nothing));
                let total = kept.iter().rposition(|kept| kept.figure == figure(of) && kept.key == "total");
                if let Some(place) = total.filter(|_| is_kept(options.keep, By::Fund(0))) {
                    let (key, draws) = (key(By::Fund(0)), Arc::clone(&kept[place].draws));
                    let end =
                        kept.iter().rposition(|kept| kept.figure == figure(of)).map_or(kept.len(), |last| last + 1);
                    kept.insert(end, KeptDraws { figure: figure(of), key, draws });
                }
            }
        }
        // Amounts that either pathway of the pair has stay, also where both cancel out.
        let pair = setup.pair.map(OutputFigure::Pathway);
        let something: Vec<By> =
            told.iter().filter(|(of, _, _, nothing)| pair.contains(of) && !nothing).map(|(_, by, ..)| *by).collect();
        for (of, by, _, nothing) in &mut told {
            if matches!(of, OutputFigure::Extra | OutputFigure::Premium) {
                *nothing = !something.contains(by);
            }
        }
        let take = |sought: OutputFigure| {
            let each = told.iter().filter(move |(of, by, _, nothing)| *of == sought && (*by == By::Total || !nothing));
            let mut figures = SimulatedFigures {
                total: None,
                by_fiscal_year: IndexMap::new(),
                by_category: IndexMap::new(),
                by_fund: IndexMap::new(),
            };
            for (_, by, statistics, _) in each {
                match by {
                    By::Total => figures.total.clone_from(statistics),
                    By::Year(place) => {
                        figures.by_fiscal_year.insert(fiscal_years[*place], statistics.clone());
                    }
                    By::Category(place) => {
                        figures.by_category.insert(category(*place), statistics.clone());
                    }
                    By::Fund(place) => {
                        figures.by_fund.insert(fund(*place), statistics.clone());
                    }
                }
            }
            // In the order declared, which is not that in which the lines name them.
            let rank = |id: &Id| scenario.funds().iter().position(|fund| fund.id == *id);
            figures.by_fund.sort_by_cached_key(|id, _| rank(id));
            figures
        };
        let (premium, extra) = (take(OutputFigure::Premium), whole(take(OutputFigure::Extra)));
        let share = |count: u64| binary::count(count) / binary::count(part.draws().max(1));
        let [below, within, above] = part.band;
        let none = part.draws().saturating_sub(below + within + above);
        let moved = scenario.uncertain().iter().zip(&part.moved);
        Ok(Self {
            about: About::new(scenario, options.basis),
            pair: options.pair.clone(),
            draws: part.draws(),
            seed: options.seed,
            sampling: options.sampling,
            figures: options.figures,
            pathways: names
                .iter()
                .enumerate()
                .map(|(place, name)| (name.clone(), whole(take(OutputFigure::Pathway(place)))))
                .collect(),
            extra,
            premium,
            band: BandShares { below: share(below), within: share(within), above: share(above), none: share(none) },
            moved: moved
                .map(|(uncertain, moved)| MovedDraws { parameter: uncertain.parameter.clone(), moved: *moved })
                .collect(),
            kept,
        })
    }

    /// True if the standard errors of both pathways' means and of their 50, 80 and 95 per cent quantiles are at most a
    /// share of them: the aim of [`SimulateOptions::precision`], which the most draws may not reach.
    pub fn is_precise(&self, share: f64) -> bool {
        let pair = [self.alternative(), self.base()].into_iter().filter_map(|name| self.pathways.get(name));
        let within = |error: f64, value: f64| error <= share * value.abs();
        pair.map(|figures| &figures.total).all(|total| {
            let quoted = total.quantiles().filter(|it| [0.5, 0.8, 0.95].contains(&it.share));
            within(total.se(), total.mean()) && quoted.into_iter().all(|it| within(it.error, it.value))
        })
    }

    /// The number of draws.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The placement of the draws in the unit cube.
    pub fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// The figures that were wanted: parts of other kinds are empty.
    pub fn figures(&self) -> Figures {
        self.figures
    }

    /// The cost of every pathway, in units of the currency.
    pub fn pathways(&self) -> &IndexMap<Id, SimulatedFigures<Statistics>> {
        &self.pathways
    }

    /// The alternative's cost less the base's.
    pub fn extra(&self) -> &SimulatedFigures<Statistics> {
        &self.extra
    }

    /// The extra as a share of the base; none where some draw's base is not above 0.
    pub fn premium(&self) -> &SimulatedFigures<Option<Statistics>> {
        &self.premium
    }

    /// The probability of each verdict on the premium.
    pub fn band(&self) -> BandShares {
        self.band
    }

    /// The draws of each parameter that were moved into its domain, in the order declared.
    pub fn moved(&self) -> &[MovedDraws] {
        &self.moved
    }

    /// The draws that were kept.
    pub fn kept(&self) -> &[KeptDraws] {
        &self.kept
    }

    /// The draws of one figure under one of its keys; none where they were not kept.
    pub fn kept_draws(&self, figure: &str, key: &str) -> Option<&KeptDraws> {
        self.kept.iter().find(|kept| kept.figure == figure && kept.key == key)
    }
}

impl Statistics {
    /// Why the ledger's figure, the one at the means and the simulated mean differ; none where there is no such figure.
    pub fn gap(&self) -> Option<MeanLessLedger> {
        let (ledger, at_means) = (self.ledger()?, self.ledger_at_means()?);
        Some(MeanLessLedger {
            assumptions: float(&(at_means.exact() - ledger.exact())),
            curvature: self.mean() - at_means.to_f64(),
            chance: 2.0 * self.se(),
        })
    }
}

/// Figures of which every one is told.
fn whole(figures: SimulatedFigures<Option<Statistics>>) -> SimulatedFigures<Statistics> {
    let SimulatedFigures { total, by_fiscal_year, by_category, by_fund } = figures;
    let nothing = || Statistics::new(Arc::new(super::tally::Tally::nothing()), None, [None, None]);
    SimulatedFigures {
        total: total.unwrap_or_else(nothing),
        by_fiscal_year: by_fiscal_year.into_iter().filter_map(|(year, told)| Some((year, told?))).collect(),
        by_category: by_category.into_iter().filter_map(|(category, told)| Some((category, told?))).collect(),
        by_fund: by_fund.into_iter().filter_map(|(fund, told)| Some((fund, told?))).collect(),
    }
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { draws, seed, sampling, about, .. } = self;
        write!(f, "Simulation({draws} draws, seed {seed}, {sampling}, {} months)", about.horizon_months())
    }
}

impl Serialize for Simulation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let is_all = self.figures == Figures::All;
        let mut out = serializer.serialize_struct("Simulation", usize::from(!is_all) + 7 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("draws", &self.draws)?;
        out.serialize_field("seed", &self.seed)?;
        out.serialize_field("sampling", &self.sampling)?;
        if !is_all {
            out.serialize_field("figures", &self.figures)?;
        }
        out.serialize_field("pathways", &self.pathways)?;
        out.serialize_field("comparison", &Compared(self))?;
        out.serialize_field("moved", &self.moved)?;
        out.end()
    }
}

/// The part of a simulation's JSON that is about the pair.
struct Compared<'s>(&'s Simulation);

/// Extra and premium of a key.
#[derive(Serialize)]
struct Both<'s> {
    extra: &'s Statistics,
    premium: Option<&'s Statistics>,
}

impl Serialize for Compared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Simulation { pair, extra, premium, band, .. } = self.0;
        let years: IndexMap<_, _> = extra
            .by_fiscal_year
            .iter()
            .map(|(year, extra)| {
                (year, Both { extra, premium: premium.by_fiscal_year.get(year).and_then(Option::as_ref) })
            })
            .collect();
        let categories: IndexMap<_, _> = extra
            .by_category
            .iter()
            .map(|(id, extra)| (id, Both { extra, premium: premium.by_category.get(id).and_then(Option::as_ref) }))
            .collect();
        let funds: IndexMap<_, _> = extra
            .by_fund
            .iter()
            .map(|(id, extra)| (id, Both { extra, premium: premium.by_fund.get(id).and_then(Option::as_ref) }))
            .collect();
        let mut out = serializer.serialize_struct("Compared", 8)?;
        pair.write(&mut out)?;
        out.serialize_field("extra", &extra.total)?;
        out.serialize_field("premium", &premium.total)?;
        out.serialize_field("band", band)?;
        out.serialize_field("by_fiscal_year", &years)?;
        out.serialize_field("by_category", &categories)?;
        out.serialize_field("by_fund", &funds)?;
        out.end()
    }
}
