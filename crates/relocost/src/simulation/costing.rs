//! The cost of any route of many households in one setting, by fiscal year and fund, at any values of the parameters.
//!
//! In: households, each from its own first month, and the routes that are asked for. Out: what a draw of the parameters
//! multiplies, summed beforehand by fiscal year and fund. What depends on the parameters alone, the [`CostFactors`], is
//! computed once for a draw, however many households and routes share it.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::block::{BLOCK, Column};
use super::cells::{Cell, cells};
use super::events::{EventMonths, too_many};
use super::growth::Growth;
use super::model::{Events, Model, Sums};
use super::numbers::Quantile;
use super::parameters::{ParameterBlock, ParameterDraws};
use super::relief::{ReliefClock, Stretch};
use super::sampling::Stream;
use super::years::Years;
use crate::error::Error;
use crate::ledger::{Engine, Grant, Route};
use crate::names::Basis;
use crate::scenario::{Price, Scenario};
use crate::watch::Pulse;

/// The setting of all households, and the window of months in which they are costed.
pub(crate) struct CostGround<'s> {
    years: &'s Years,
    /// The setting from the month in which the first household arrives.
    earliest: Scenario,
    /// The pieces of time from there to the end.
    cells: Vec<Cell>,
    first_fiscal: i32,
    fiscal_years: usize,
    funds: usize,
    /// By event line of the setting.
    severities: Vec<Quantile>,
}

impl<'s> CostGround<'s> {
    /// `setting` begins in the first month of the window, and `earlier` is the number of months by which a household may
    /// have arrived before.
    pub(crate) fn new(setting: &Scenario, draws: &'s ParameterDraws, fiscal_years: u32, earlier: u32) -> Self {
        let first = setting.start();
        let start = first.plus(-i32::try_from(earlier).unwrap_or(0));
        let earliest = setting.with_household(setting.household().clone(), start);
        // One month more than is costed, so that a move right after the last month is known as one.
        let (cells, _) = cells(&earliest, earlier + 12 * fiscal_years + 1);
        let severity = |line: &crate::scenario::Line| match line.price() {
            Some(Price::Event { severity, .. }) => Some(Quantile::new(severity)),
            _ => None,
        };
        Self {
            years: &draws.assumptions.years,
            cells,
            first_fiscal: first.fiscal_year(setting.fiscal_year_start()),
            fiscal_years: fiscal_years as usize,
            funds: setting.funds().len(),
            severities: setting.lines().values().filter_map(severity).collect(),
            earliest,
        }
    }

    /// The number of sums of a route: by fiscal year, then by fund.
    pub(crate) fn width(&self) -> usize {
        self.fiscal_years * self.funds
    }

    fn horizon(&self) -> u32 {
        self.cells.last().map_or(0, |cell| cell.months[1])
    }

    /// The first of the sums of a fiscal year, counted from that of a household's first month.
    fn slot(&self, scenario: &Scenario, fiscal: usize) -> usize {
        let year = scenario.start().fiscal_year(scenario.fiscal_year_start()) - self.first_fiscal;
        let year = usize::try_from(year + i32::try_from(fiscal).unwrap_or(0)).unwrap_or(0);
        year.min(self.fiscal_years.saturating_sub(1)) * self.funds
    }
}

/// What a draw of the parameters multiplies: products of parameters, and prices of a year where their growth is uncertain.
#[derive(Clone)]
pub(crate) struct CostFactors {
    products: Vec<Vec<usize>>,
    growths: Vec<Growth>,
    stretches: Vec<Stretch>,
    /// Each a product, and the column of a growth. The first is 1.
    factors: Vec<(usize, Option<usize>)>,
    known: HashMap<(usize, Option<usize>), u32>,
    horizon: u32,
    columns: Vec<Column>,
    /// By draw of the block, then by factor.
    rows: Vec<f64>,
    reach: Vec<[u32; BLOCK]>,
    inverses: Vec<Column>,
}

impl CostFactors {
    pub(crate) fn new(ground: &CostGround<'_>) -> Self {
        Self {
            products: vec![Vec::new()],
            growths: Vec::new(),
            stretches: Vec::new(),
            factors: vec![(0, None)],
            known: HashMap::from([((0, None), 0)]),
            horizon: ground.horizon(),
            columns: Vec::new(),
            rows: Vec::new(),
            reach: Vec::new(),
            inverses: Vec::new(),
        }
    }

    fn product(&mut self, parameters: &[usize]) -> usize {
        self.products.iter().position(|known| known == parameters).unwrap_or_else(|| {
            self.products.push(parameters.to_vec());
            self.products.len() - 1
        })
    }

    /// The place of the factor of a group of a model in a cell of it.
    fn place(&mut self, ground: &CostGround<'_>, model: &Model<'_>, group: usize, cell: usize) -> u32 {
        let group = &model.groups[group];
        let product = self.product(&model.products[group.product]);
        let column = group.growth.and_then(|growth| {
            let own = &model.growths[growth];
            let place = self.growths.iter().position(|known| known.drift == own.drift).unwrap_or_else(|| {
                let first = self.growths.last().map_or(0, |growth| growth.first + growth.columns());
                let drift = own.drift.clone();
                self.growths.push(Growth::new(&ground.earliest, ground.years, &ground.cells, drift, first));
                self.growths.len() - 1
            });
            self.growths[place].column_of(own.year_of(cell))
        });
        let factors = &mut self.factors;
        *self.known.entry((product, column)).or_insert_with(|| {
            factors.push((product, column));
            u32::try_from(factors.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Computes every factor at the parameters of a block.
    pub(crate) fn fill(&mut self, parameters: &ParameterBlock) {
        let parameters = &parameters.columns;
        let mut products = vec![[1.0; BLOCK]; self.products.len()];
        for (product, of) in products.iter_mut().zip(&self.products) {
            for parameter in of {
                for (product, value) in product.iter_mut().zip(&parameters[*parameter]) {
                    *product *= value;
                }
            }
        }
        let columns = self.growths.last().map_or(0, |growth| growth.first + growth.columns());
        self.columns.resize(columns, [1.0; BLOCK]);
        for growth in &self.growths {
            growth.fill(parameters, &mut self.columns[growth.first..growth.first + growth.columns()]);
        }
        self.rows.resize(self.factors.len() * BLOCK, 1.0);
        let width = self.factors.len();
        for (place, (product, column)) in self.factors.iter().enumerate() {
            for (draw, product) in products[*product].iter().enumerate() {
                let growth = column.map_or(1.0, |column| self.columns[column][draw]);
                self.rows[draw * width + place] = product * growth;
            }
        }
        self.reach.resize(self.stretches.len(), [0; BLOCK]);
        self.inverses.resize(self.stretches.len(), [1.0; BLOCK]);
        for (stretch, (reach, inverses)) in self.stretches.iter().zip(self.reach.iter_mut().zip(&mut self.inverses)) {
            stretch.fill(&parameters[stretch.parameter], self.horizon, reach, inverses);
        }
    }

    /// The factors of a draw of the block.
    pub(crate) fn at<'f>(&'f self, parameters: &'f ParameterBlock, draw: usize) -> FactorsAt<'f> {
        let width = self.factors.len();
        FactorsAt { row: &self.rows[draw * width..(draw + 1) * width], of: self, parameters, draw }
    }
}

/// The factors of one draw.
#[derive(Clone, Copy)]
pub(crate) struct FactorsAt<'f> {
    row: &'f [f64],
    of: &'f CostFactors,
    parameters: &'f ParameterBlock,
    draw: usize,
}

impl FactorsAt<'_> {
    /// A factor.
    pub(crate) fn factor(&self, place: u32) -> f64 {
        self.row[place as usize]
    }
}

/// An amount that a factor multiplies, and the sum to which it is added.
#[derive(Clone, Copy, Debug)]
struct Term {
    factor: u32,
    slot: u32,
    weight: f64,
}

/// What is relieved on a profile of uncertain stretch, from one month on.
#[derive(Clone, Debug)]
struct Relieved {
    clock: ReliefClock,
    runs: Box<[RelievedRun]>,
}

#[derive(Clone, Debug)]
struct RelievedRun {
    /// By cell, from the first in which the relief runs: the factor, and the first sum of the fiscal year.
    cells: Box<[(u32, usize)]>,
    funding: usize,
}

/// What a household pays for an event, by itself or through a percentage: by month of the window a price, its factor and who
/// pays.
#[derive(Clone, Debug)]
struct PaidEvent {
    months: Box<[(f64, u32, usize)]>,
    /// The profile of uncertain stretch, with the months of relief.
    relief: Option<(usize, Box<[Option<u32>]>)>,
}

/// The cost of a route.
#[derive(Clone, Debug)]
struct RouteCosts {
    /// By factor, as the household's lines name them; in one piece, since most of the time is taken by fetching them.
    terms: Box<[Term]>,
    relieved: Box<[Relieved]>,
    /// By event line.
    events: Box<[Box<[PaidEvent]>]>,
}

/// Something that happened to a household in a draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HouseholdEvent {
    /// By place among the event lines.
    line: usize,
    /// From the household's first month.
    month: u32,
    /// Before anything that scales it.
    cost: f64,
}

/// A household whose routes are costed.
#[derive(Clone, Debug)]
pub(crate) struct HouseholdCosts {
    /// The months of the window, from the household's first month.
    window: Range<u32>,
    /// The month of the whole window in which the household's begins.
    begins: usize,
    funds: usize,
    /// By event line: its place among all lines, its rate a year, and the months in which events happen.
    events: Vec<(u16, Result<usize, f64>, EventMonths)>,
    fundings: Vec<Vec<(usize, f64)>>,
    cells: Arc<[Cell]>,
    routes: Vec<RouteCosts>,
}

impl HouseholdCosts {
    /// `window` has the months that are costed, from the household's first month.
    pub(crate) fn new(ground: &CostGround<'_>, window: Range<u32>) -> Self {
        let begins = (12 * ground.fiscal_years).saturating_sub(window.len());
        Self {
            window,
            begins,
            funds: ground.funds,
            events: Vec::new(),
            fundings: Vec::new(),
            cells: Arc::default(),
            routes: Vec::new(),
        }
    }

    /// Costs routes of the household, which come after those that it has. `scenario` has the household from its first month
    /// on.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(crate) fn add(
        &mut self,
        ground: &CostGround<'_>,
        scenario: &Scenario,
        routes: &[Route],
        factors: &mut CostFactors,
        pulse: &Pulse<'_>,
    ) -> Result<(), Error> {
        let engine = Engine::new(scenario, self.window.end + 1, pulse)?;
        let mut model = Model::of_lines(engine, scenario, ground.years, Basis::Nominal, Events::Drawn)?;
        if factors.stretches.is_empty() {
            factors.stretches = std::mem::take(&mut model.stretches);
        }
        if self.cells.is_empty() {
            self.cells = model.cells.clone().into();
            // A fund that pays alone stands in no list of the model.
            self.fundings = if let [only] = model.funds[..] {
                vec![vec![(only, 1.0)]; model.fundings.len()]
            } else {
                let fund = |(fund, share): &(usize, f64)| (model.funds[*fund], *share);
                model.fundings.iter().map(|paid| paid.iter().map(fund).collect()).collect()
            };
            let first = self.window.start as usize;
            self.events = model
                .events
                .iter()
                .map(|event| {
                    let within = event.units.iter().enumerate().take(self.window.end as usize);
                    let units: Vec<f64> =
                        within.map(|(month, units)| if month < first { 0.0 } else { *units }).collect();
                    (event.line, event.rate, EventMonths::new(&units))
                })
                .collect();
        }
        for route in routes {
            pulse.beat()?;
            let sums = model.charges(route, Basis::Nominal, self.window.clone())?;
            let route = self.folded(ground, (scenario, &model), sums, factors);
            self.routes.push(route);
        }
        Ok(())
    }

    fn folded(
        &self,
        ground: &CostGround<'_>,
        (scenario, model): (&Scenario, &Model<'_>),
        sums: Sums,
        factors: &mut CostFactors,
    ) -> RouteCosts {
        // In the order in which the household's own lines name them, so that no sum depends on what was costed before.
        let mut by_factor: Vec<(u32, Vec<f64>)> = vec![(0, vec![0.0; ground.width()])];
        for ((group, booked), weights) in &sums.dense {
            for (cell, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
                let slot = ground.slot(scenario, booked.unwrap_or(model.cells[cell].fiscal));
                let factor = factors.place(ground, model, *group, cell);
                let known = by_factor.iter().position(|(known, _)| *known == factor).unwrap_or_else(|| {
                    by_factor.push((factor, vec![0.0; ground.width()]));
                    by_factor.len() - 1
                });
                for (fund, share) in &self.fundings[model.groups[*group].funding] {
                    by_factor[known].1[slot + fund] += weight * share;
                }
            }
        }
        let terms = by_factor.into_iter().flat_map(|(factor, sums)| {
            (0..).zip(sums).map(move |(slot, weight)| Term { factor, slot, weight }).filter(|term| term.weight != 0.0)
        });
        let terms = terms.collect();
        let mut relieved = Vec::with_capacity(sums.clocks.len());
        for clock in sums.clocks {
            let mut runs = Vec::new();
            for (group, booked) in clock.groups() {
                let of_cell = |cell: usize| {
                    let slot = ground.slot(scenario, booked.unwrap_or(model.cells[cell].fiscal));
                    (factors.place(ground, model, group, cell), slot)
                };
                let cells = (clock.first..model.cells.len()).map(of_cell).collect();
                runs.push(RelievedRun { cells, funding: model.groups[group].funding });
            }
            relieved.push(Relieved { clock, runs: runs.into() });
        }
        let (first, last) = (self.window.start as usize, self.window.end as usize);
        let mut events = Vec::with_capacity(sums.events.len());
        for line in sums.events {
            let mut paid = Vec::with_capacity(line.len());
            for event in line {
                let of_month = |month: usize| {
                    let (price, group) = event.prices[month];
                    if price == 0.0 {
                        return (0.0, 0, 0);
                    }
                    let cell = model.cell(u32::try_from(month).unwrap_or(0));
                    (price, factors.place(ground, model, group, cell), model.groups[group].funding)
                };
                let months = (first..last).map(of_month).collect();
                let relief = event.stretch.map(|stretch| (stretch, event.relief[first..last].into()));
                paid.push(PaidEvent { months, relief });
            }
            events.push(paid.into());
        }
        RouteCosts { terms, relieved: relieved.into(), events: events.into() }
    }

    /// Draws what happens to the household in a draw, from its own numbers.
    ///
    /// # Errors
    /// More happens than can.
    pub(crate) fn draw_events(
        &self,
        ground: &CostGround<'_>,
        (stream, draw): (&Stream, u64),
        at: &FactorsAt<'_>,
        events: &mut Vec<HouseholdEvent>,
    ) -> Result<(), Error> {
        events.clear();
        for (line, ((place, rate, months), severity)) in self.events.iter().zip(&ground.severities).enumerate() {
            let rate = rate.map_or_else(|rate| rate, |parameter| at.parameters.value(parameter, at.draw));
            let take = |month: u32, how_much: f64| {
                let mut cost = [how_much];
                severity.of_uniforms(&mut cost);
                events.push(HouseholdEvent { line, month, cost: cost[0] });
            };
            months.of_draw((*place, rate), (stream, draw), take).ok_or_else(|| too_many(&ground.earliest, *place))?;
        }
        Ok(())
    }

    /// The cost of a route, by its place, by fiscal year and then by fund.
    pub(crate) fn cost(&mut self, route: usize, at: &FactorsAt<'_>, events: &[HouseholdEvent], sums: &mut [f64]) {
        let Self { window, begins, funds, fundings, cells, routes, .. } = self;
        let RouteCosts { terms, relieved, events: paid } = &mut routes[route];
        sums.fill(0.0);
        for Term { factor, slot, weight } in &*terms {
            sums[*slot as usize] += at.row[*factor as usize] * weight;
        }
        for Relieved { clock, runs } in relieved {
            let place = clock.stretch;
            let stretch = at.parameters.value(at.of.stretches[place].parameter, at.draw);
            let (reach, inverse) = (at.of.reach[place][at.draw], at.of.inverses[place][at.draw]);
            let rows = clock.row((&at.of.stretches, cells), reach, stretch);
            for ((_, _, weights), run) in rows.zip(&*runs) {
                for ([standing, stretched], (factor, slot)) in weights.iter().zip(&run.cells) {
                    let cost = at.row[*factor as usize] * (standing + stretched * inverse);
                    for (fund, share) in &fundings[run.funding] {
                        sums[slot + fund] += cost * share;
                    }
                }
            }
        }
        for event in events {
            let place = (event.month - window.start) as usize;
            for paid in &paid[event.line] {
                let (price, factor, funding) = paid.months[place];
                if price == 0.0 {
                    continue;
                }
                let mut cost = event.cost * price * at.row[factor as usize];
                if let Some((stretch, months)) = &paid.relief
                    && let Some(months) = months[place]
                {
                    let stretch = &at.of.stretches[*stretch];
                    cost *= stretch.needed(months, at.parameters.value(stretch.parameter, at.draw));
                }
                for (fund, share) in &fundings[funding] {
                    sums[(*begins + place) / 12 * *funds + fund] += cost * share;
                }
            }
        }
    }

    /// The approximate number of bytes that it holds.
    pub(crate) fn size(&self) -> usize {
        let of_route = |route: &RouteCosts| {
            let terms = size_of_val(&route.terms[..]);
            let clocks: usize = route.relieved.iter().map(|relieved| 8 * relieved.clock.size()).sum();
            let events: usize = route.events.iter().flatten().map(|paid| 40 * paid.months.len()).sum();
            terms + clocks + events + 128
        };
        self.routes.iter().map(of_route).sum::<usize>() + 512
    }
}

/// The prices of lines that no household pays: by line, of each month of its charges the price of a unit, and its factor.
pub(crate) type OwnPrices = Vec<Vec<(u32, f64, u32)>>;

/// The prices of the lines of a scenario that is of nobody, along a route of the window.
///
/// # Errors
/// A rate that a charge needs is missing, or the watch cancels it.
pub(crate) fn own_prices(
    ground: &CostGround<'_>,
    own: &Scenario,
    route: &Route,
    factors: &mut CostFactors,
    pulse: &Pulse<'_>,
) -> Result<OwnPrices, Error> {
    let months = u32::try_from(12 * ground.fiscal_years).unwrap_or(0);
    let engine = Engine::new(own, months, pulse)?;
    let mut lines = Vec::with_capacity(own.lines().len());
    for line in 0..own.lines().len() {
        let charged = engine.timing(engine.item_of(line)).charged(route, Grant::NONE);
        let charged = charged.flat_map(|charged| charged.months.iter(engine.first_calendar()));
        lines.push((engine.item_of(line), charged.collect::<Vec<u32>>()));
    }
    let model = Model::of_lines(engine, own, ground.years, Basis::Nominal, Events::Expected)?;
    let mut prices = Vec::with_capacity(lines.len());
    for (item, months) in lines {
        let mut of_line = Vec::with_capacity(months.len());
        for month in months {
            let (group, price) = model.unit(item, 0, month, Basis::Nominal)?;
            of_line.push((month, price, factors.place(ground, &model, group, model.cell(month))));
        }
        prices.push(of_line);
    }
    Ok(prices)
}
