//! Sobol' indices: which share of the variance of a figure each uncertain parameter, or group of them, explains.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::fmt;
use std::num::NonZeroUsize;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::estimators::{Evaluations, Interval};
use super::ranks::{correlation, ranks};
use crate::about::{About, Pair, about_methods, pair_methods};
use crate::error::{Code, Error};
use crate::ledger::Engine;
use crate::message;
use crate::message::counted;
use crate::names::{Basis, Figures, Sampling};
use crate::options::setters;
use crate::room;
use crate::scenario::{Price, Scenario};
use crate::simulation::Simulation;
use crate::simulation::assumptions::Assumptions;
use crate::simulation::block::{BLOCK, Column};
use crate::simulation::evaluate::Evaluator;
use crate::simulation::events::Draws;
use crate::simulation::layout::{EXTRA, PREMIUM, places_of_pair};
use crate::simulation::model::{Events, Model};
use crate::simulation::sampling::Stream;
use crate::threads::on_threads;
use crate::watch::{Pulse, Watch};

/// Draws that an analysis may have: every one is kept, of each factor.
const MOST_DRAWS: u64 = 1 << 22;
/// Numbers that it may keep (2 GiB).
const MOST_NUMBERS: u64 = 1 << 28;

/// The options of the estimation. The default is 16,384 draws of each matrix and 1,000 resamples, of `temporary` and
/// `permanent`, in prices of each year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SobolOptions {
    /// Draws of each of the two matrices, 2 or more; the model is evaluated (factors + 2) times as often. They are
    /// independent draws, so that they can be resampled.
    pub draws: u64,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The number of times that the draws are resampled for the intervals, at most 100,000; 0 for intervals without
    /// width.
    pub resamples: u32,
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices.
    pub basis: Basis,
    /// Threads, by default one for each core. They change no bit.
    pub threads: Option<NonZeroUsize>,
}

setters!(SobolOptions {
    /// Sets the draws of each of the two matrices.
    draws: u64,
    /// Sets the seed of the random numbers.
    seed: u64,
    /// Sets how often the draws are resampled for the intervals.
    resamples: u32,
    /// Sets the pathways compared.
    pair: Pair,
    /// Sets the basis of prices.
    basis: Basis,
    /// Sets how many threads work; all cores by default.
    threads?: NonZeroUsize,
});

impl Default for SobolOptions {
    fn default() -> Self {
        Self { draws: 1 << 14, seed: 0, resamples: 1_000, pair: Pair::default(), basis: Basis::Nominal, threads: None }
    }
}

/// An independent source of uncertainty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Factor {
    /// Its name: the parameters' paths, joined by ` + ` where correlations tie them; `lines.<id>.events` for the number
    /// of a line's events and the cost of each.
    pub name: String,
    /// The parameters' paths; none for events.
    pub parameters: Vec<String>,
}

/// The share of a figure's variance that a factor explains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FactorIndex {
    /// The factor.
    #[serde(flatten)]
    pub factor: Factor,
    /// The share of the variance that goes if the factor is known: of better data, the value.
    pub first_order: Interval,
    /// The share of the variance that stays if all but the factor are known.
    pub total: Interval,
    /// The amount at stake, in the unit of the figure: the standard deviation that the factor alone causes.
    pub sd_first_order: f64,
    /// The same with what it does together with others.
    pub sd_total: f64,
}

/// The indices of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FigureIndices {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Every factor, from the largest total index to the smallest; none where the figure does not vary.
    pub factors: Vec<FactorIndex>,
    /// The rank correlation (Spearman) of each parameter with the figure, by path; none where one of them does not vary.
    pub spearman: IndexMap<String, Option<f64>>,
}

/// Sobol' indices of the totals of all pathways, the extra cost and the premium.
#[derive(Clone, PartialEq)]
pub struct SobolIndices {
    about: About,
    pair: Pair,
    draws: u64,
    seed: u64,
    resamples: u32,
    /// By pathway, then `extra` and `premium`; a pathway with one of these names is `pathways.<name>`.
    figures: IndexMap<String, FigureIndices>,
}

/// The results of a block: figures by matrix, then figure; and the parameters of the first.
struct Block {
    first: usize,
    figures: Vec<Vec<Column>>,
    parameters: Vec<Column>,
}

impl Scenario {
    /// Estimates which share of the variance of each total, of the extra cost and of the premium each factor explains.
    ///
    /// Parameters tied by correlations are one factor, and so are the events of a line.
    ///
    /// ```
    /// use relocost::simulation::SobolOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { uniform = { low = \"700\", high = \"1200\" } }\n[[uncertain]]\nparameter = \"lines.subsistence.amount\"\ndistribution = { uniform = { low = \"690\", high = \"710\" } }")?;
    /// let indices = scenario.sobol(&SobolOptions::default().draws(1 << 10).resamples(100))?;
    /// let first = &indices.figures()["permanent"].factors[0];
    /// assert_eq!(first.factor.name, "lines.rent.amount");
    /// assert!(first.first_order.value > 0.9);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The scenario lacks a pathway of the options or a rate, the options ask for too few or too many draws or resamples.
    pub fn sobol(&self, options: &SobolOptions) -> Result<SobolIndices, Error> {
        self.sobol_under(options, None)
    }

    pub(crate) fn sobol_under(&self, options: &SobolOptions, watch: Option<&Watch<'_>>) -> Result<SobolIndices, Error> {
        let pair = places_of_pair(self, &options.pair)?;
        let assumptions = Assumptions::new(self);
        let factors = factors(self, &assumptions);
        let names: Vec<String> = self
            .pathway_names()
            .map(|name| Simulation::figure_name(name.as_str()).into_owned())
            .chain([EXTRA.to_owned(), PREMIUM.to_owned()])
            .collect();
        check(options, (factors.len() + 2) * names.len() + assumptions.each.len())?;
        let blocks = options.draws.div_ceil(BLOCK as u64);
        let pulse = Pulse::of(watch, usize::try_from(options.draws).ok());
        let told =
            |blocks: u64| pulse.step(usize::try_from((blocks * BLOCK as u64).min(options.draws)).unwrap_or(usize::MAX));
        let stream = Stream::new(options.seed);
        let parts = on_threads(options.threads, &(0..blocks), &pulse, told, |pulse, next| {
            let engine = Engine::new(self, self.horizon_months(), pulse)?;
            let model = Model::new(engine, self, &assumptions.years, options.basis, Events::Drawn)?;
            let mut evaluator = Evaluator::new(&model, options.basis, Figures::Totals)?;
            let mut done = Vec::new();
            while let Some(block) = next()? {
                pulse.beat()?;
                done.push(evaluate(&assumptions, &mut evaluator, &factors, (options, &stream, block), pair)?);
            }
            Ok(done)
        })?;
        let mut blocks: Vec<Block> = parts.into_iter().flatten().collect();
        blocks.sort_by_key(|block| block.first);
        let draws = usize::try_from(options.draws).unwrap_or(usize::MAX);
        let column = |get: &dyn Fn(&Block) -> Column| -> Vec<f64> { blocks.iter().flat_map(get).take(draws).collect() };
        // Yearly draws are ranked by their sum over the years.
        let summed = |place: usize| {
            column(&|block: &Block| {
                let mut sum = [0.0; BLOCK];
                let slots = assumptions.years.slots.iter().zip(&block.parameters);
                for (_, column) in slots.filter(|(slot, _)| slot.parameter == place) {
                    sum.iter_mut().zip(column).for_each(|(sum, value)| *sum += value);
                }
                sum
            })
        };
        let parameters: Vec<Vec<f64>> = (0..self.uncertain().len()).map(|place| ranks(&summed(place))).collect();
        let mut figures = IndexMap::with_capacity(names.len());
        for (place, name) in names.into_iter().enumerate() {
            pulse.beat()?;
            let of_matrix = |matrix: usize| column(&|block: &Block| block.figures[matrix][place]);
            let (first, second) = (of_matrix(0), of_matrix(1));
            let exchanged: Vec<Vec<f64>> = (0..factors.len()).map(|factor| of_matrix(factor + 2)).collect();
            let missing = |list: &[f64]| list.iter().any(|value| value.is_nan());
            if name == PREMIUM && (missing(&first) || missing(&second) || exchanged.iter().any(|list| missing(list))) {
                continue; // some draw has no premium, and so the premium no variance
            }
            let evaluations = Evaluations { first: &first, second: &second, exchanged: &exchanged };
            let found = evaluations.indices(options.resamples, &stream, &pulse)?;
            let of_figure = ranks(&first);
            let spearman = self.uncertain().iter().zip(&parameters).map(|(uncertain, parameter)| {
                let varies = found.sd > 0.0;
                (uncertain.parameter.to_string(), varies.then(|| correlation(parameter, &of_figure)).flatten())
            });
            let sd = found.sd;
            let mut told: Vec<FactorIndex> = factors
                .iter()
                .zip(found.factors)
                .filter_map(|((factor, _), indices)| {
                    let [first_order, total] = indices?;
                    Some(FactorIndex {
                        factor: factor.clone(),
                        first_order,
                        total,
                        sd_first_order: sd * first_order.value.max(0.0).sqrt(),
                        sd_total: sd * total.value.max(0.0).sqrt(),
                    })
                })
                .collect();
            told.sort_by(|one, other| other.total.value.total_cmp(&one.total.value));
            figures.insert(name, FigureIndices { mean: found.mean, sd, factors: told, spearman: spearman.collect() });
        }
        pulse.end()?;
        let SobolOptions { draws, seed, resamples, .. } = *options;
        let (about, pair) = (About::new(self, options.basis), options.pair.clone());
        Ok(SobolIndices { about, pair, draws, seed, resamples, figures })
    }
}

/// The columns or events that a factor exchanges.
enum Exchanges {
    Parameters(Vec<usize>),
    /// By place among the lines with events.
    Events(usize),
}

/// The factors: parameters and groups of tied ones by the first of each, then event lines.
fn factors(scenario: &Scenario, assumptions: &Assumptions) -> Vec<(Factor, Exchanges)> {
    let mut factors = Vec::new();
    let slots = &assumptions.years.slots;
    // By parameter, the first that it is tied with; of what is drawn for each year, in any year.
    let mut first: Vec<usize> = (0..scenario.uncertain().len()).collect();
    for group in &assumptions.groups {
        let roots: Vec<usize> = group.iter().map(|column| first[slots[*column].parameter]).collect();
        let least = roots.iter().copied().min().unwrap_or(0);
        first.iter_mut().filter(|root| roots.contains(*root)).for_each(|root| *root = least);
    }
    for place in (0..first.len()).filter(|place| first[*place] == *place) {
        let members = (0..first.len()).filter(|member| first[*member] == place);
        let parameters: Vec<String> =
            members.map(|member| scenario.uncertain()[member].parameter.to_string()).collect();
        let columns = (0..slots.len()).filter(|column| first[slots[*column].parameter] == place).collect();
        factors.push((Factor { name: parameters.join(" + "), parameters }, Exchanges::Parameters(columns)));
    }
    let events = scenario.lines().values().filter(|line| matches!(line.price(), Some(Price::Event { .. })));
    for (place, line) in events.enumerate() {
        let factor = Factor { name: format!("lines.{}.events", line.id), parameters: Vec::new() };
        factors.push((factor, Exchanges::Events(place)));
    }
    factors
}

fn check(options: &SobolOptions, columns: usize) -> Result<(), Error> {
    let numbers = options.draws.saturating_mul(columns as u64);
    if !(2..=MOST_DRAWS).contains(&options.draws) || numbers > MOST_NUMBERS {
        let most = (MOST_NUMBERS / columns.max(1) as u64).min(MOST_DRAWS);
        let message = message!(
            "asks for {draws}; expected 2 to {most}",
            "demande {draws} ; attendu : de 2 à {most}",
            draws = counted(options.draws, ["draw", "draws"], ["tirage", "tirages"]),
        );
        return Err(Error::single(Code::OutOfRange, "draws", message));
    }
    if options.resamples > 100_000 {
        let message = message!(
            "asks for {resamples}; expected at most 100000",
            "en demande {resamples} ; au plus 100000 sont admis",
            resamples = options.resamples,
        );
        return Err(Error::single(Code::OutOfRange, "resamples", message));
    }
    room::tried::<f64>(numbers)
}

/// Every figure of a block of draws, of both matrices and of each exchange.
fn evaluate(
    assumptions: &Assumptions,
    evaluator: &mut Evaluator<'_>,
    factors: &[(Factor, Exchanges)],
    (options, stream, block): (&SobolOptions, &Stream, u64),
    [alternative, base]: [usize; 2],
) -> Result<Block, Error> {
    let first = block * BLOCK as u64;
    let sampler = assumptions.sampler(options.seed, Sampling::Random);
    let parameters = assumptions.each.len();
    let mut moved = vec![[false; BLOCK]; parameters];
    let [mut a, mut b] = [vec![[0.0; BLOCK]; parameters], vec![[0.0; BLOCK]; parameters]];
    sampler.fill(first, BLOCK, BLOCK, a.as_flattened_mut());
    sampler.second(first, BLOCK, BLOCK, b.as_flattened_mut());
    assumptions.values(&mut a, &mut moved);
    assumptions.values(&mut b, &mut moved);
    let lines = evaluator.event_lines();
    let mut figures = Vec::with_capacity(factors.len() + 2);
    let mut add = |columns: &[Column], second: &[bool]| {
        evaluator.evaluate(columns, &Draws { stream, first, end: options.draws, second })?;
        evaluator.check(0..usize::try_from(options.draws - first).unwrap_or(BLOCK).min(BLOCK))?;
        let mut totals: Vec<Column> = evaluator.outputs.iter().map(|way| way.total).collect();
        let (mut extra, mut premium) = ([0.0; BLOCK], [0.0; BLOCK]);
        crate::simulation::part::extra(&totals[alternative], &totals[base], &mut extra);
        crate::simulation::part::premium(&totals[alternative], &totals[base], &mut premium);
        totals.extend([extra, premium]);
        figures.push(totals);
        Ok::<(), Error>(())
    };
    add(&a, &vec![false; lines])?;
    add(&b, &vec![true; lines])?;
    for (_, exchanges) in factors {
        match exchanges {
            Exchanges::Parameters(places) => {
                let mut columns = a.clone();
                for place in places {
                    columns[*place] = b[*place];
                }
                add(&columns, &vec![false; lines])?;
            }
            Exchanges::Events(line) => {
                let second: Vec<bool> = (0..lines).map(|place| place == *line).collect();
                add(&a, &second)?;
            }
        }
    }
    Ok(Block { first: usize::try_from(first).unwrap_or(usize::MAX), figures, parameters: a })
}

about_methods!(SobolIndices);
pair_methods!(SobolIndices);

impl Serialize for SobolIndices {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("SobolIndices", 7 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("draws", &self.draws)?;
        out.serialize_field("seed", &self.seed)?;
        out.serialize_field("resamples", &self.resamples)?;
        out.serialize_field("figures", &self.figures)?;
        out.end()
    }
}

impl SobolIndices {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// Draws of each matrix.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The number of resamples for the intervals.
    pub fn resamples(&self) -> u32 {
        self.resamples
    }

    /// By pathway, then `extra`, and `premium` where every draw has one; a pathway with one of these names is
    /// `pathways.<name>`.
    pub fn figures(&self) -> &IndexMap<String, FigureIndices> {
        &self.figures
    }
}

impl fmt::Debug for SobolIndices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SobolIndices({} draws, {} figures)", self.draws, self.figures.len())
    }
}
