//! A scenario as sums of products: what a draw of the uncertain parameters multiplies, summed beforehand.
//!
//! In: a scenario. Out: for each pathway a [`Table`] of weights by calendar and fiscal year, so that an evaluation costs a
//! handful of operations for each group of lines and year, whatever the months. Lines are one group where the same
//! parameters scale them.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::HashMap;

use num_rational::BigRational;
use num_traits::Zero;

use super::cells::{Cell, cells};
use super::growth::Growth;
use super::numbers::binary::float;
use super::relief::{self, ReliefClock, Stretch};
use super::table::{By, Dense, Group, Paid, Table};
use crate::error::{Code, Error};
use crate::exact::from_decimal;
use crate::ledger::{
    Engine, Grant, Route, Staged, exchange_rate, growth_of, index_factor, missing_rate, price_factor, unit_price,
};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::Basis;
use crate::scenario::{Charge, Distribution, Price, Scenario};
use crate::types::{Id, Month, Parameter};

/// What event lines cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    /// Their expectation, as in the ledger.
    Expected,
    /// What the events that are drawn cost.
    Drawn,
}

/// A line as the simulation charges it.
#[derive(Debug)]
struct Priced {
    group: usize,
    /// The price of a unit by period of the line, without what is uncertain; `None` where a rate is missing.
    prices: Vec<Option<f64>>,
    /// The line with the price, by its place in the scenario.
    base: usize,
    profile: Option<usize>,
    stretch: Option<usize>,
    event: Option<usize>,
}

/// A line whose events are drawn.
#[derive(Debug)]
pub(super) struct EventLine {
    /// The place of the line in the scenario, which names its random numbers.
    pub(super) line: u16,
    pub(super) group: usize,
    pub(super) stretch: Option<usize>,
    /// Events a year, for each unit of the driver: a parameter, or a number.
    pub(super) rate: Result<usize, f64>,
    pub(super) severity: Distribution,
    /// Units of the driver by month, over the whole horizon.
    pub(super) units: Vec<f64>,
}

/// How long a stage lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    ToTheHorizon,
    Months(u32),
    Uncertain(usize),
}

/// A pathway.
#[derive(Debug)]
pub(super) struct ModelPathway {
    /// Each a solution, a place where that is not the solution's, and how long it lasts.
    stages: Vec<(Id, Option<Id>, Lasts)>,
    /// The parameters that are months of its stages.
    pub(super) months: Vec<usize>,
}

/// A scenario made ready for many draws.
pub(super) struct Model<'s> {
    scenario: &'s Scenario,
    engine: Engine<'s>,
    pub(super) cells: Vec<Cell>,
    cell_of: Vec<usize>,
    /// The fiscal years of the horizon.
    pub(super) fiscal_years: Vec<i32>,
    /// The calendar years of the horizon.
    pub(super) calendar_years: usize,
    /// The places, in the scenario, of the categories that some line has.
    pub(super) categories: Vec<usize>,
    /// Parameters that are multiplied with one another; the first product is empty.
    pub(super) products: Vec<Vec<usize>>,
    pub(super) growths: Vec<Growth>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) groups: Vec<Group>,
    lines: Vec<Priced>,
    /// What is needed after 0, 1, 2, ... months of relief, by profile whose stretch is certain.
    needed: Vec<Vec<f64>>,
    pub(super) events: Vec<EventLine>,
    pub(super) ways: Vec<ModelPathway>,
}

/// Index factors by the months of which they are, of an index from a price base; `None` where a rate is missing.
type Indices = HashMap<(Id, i32, Month), Option<f64>>;

/// The place of a value in a list, which it joins if it is new.
fn place_of<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}

/// A decimal as a binary number; whole and tenths without an error.
fn decimal(value: rust_decimal::Decimal) -> f64 {
    float(&from_decimal(value))
}

/// Refuses what a simulation does not know yet.
fn unknown(scenario: &Scenario, engine: &Engine<'_>) -> Result<(), Error> {
    let refuse = |key: String, what: Message| {
        let message =
            message!("a simulation does not know {what} yet", "une simulation ne connaît pas encore {what}", what);
        Err(Error::single(Code::Conflict, key, message))
    };
    for line in scenario.lines().values() {
        let key = format!("lines.{}", line.id);
        if matches!(line.charge, Charge::Refund(_)) {
            return refuse(key, message!("refunds", "les remboursements"));
        }
        let Some(priced) = line.priced() else { continue };
        let Some(index) = &priced.index else { continue };
        let monthly = scenario.rates().index.get(index).is_some_and(|index| index.month > 1);
        let shifted =
            scenario.uncertain().iter().any(|uncertain| uncertain.parameter == Parameter::Index(index.clone()));
        if shifted && (monthly || matches!(priced.price, Price::Dated(_))) {
            return refuse(key, message!("a shift of such an index", "un décalage d'un tel indice"));
        }
    }
    let is_event = |base: usize| {
        scenario
            .lines()
            .get_index(base)
            .and_then(|(_, line)| line.price())
            .is_some_and(|price| matches!(price, Price::Event { .. }))
    };
    let of_event =
        (0..engine.items()).map(|item| engine.item(item)).find(|item| !item.over.is_empty() && is_event(item.base));
    match of_event {
        Some(_) => refuse("lines".to_owned(), message!("percentages of events", "les pourcentages d'événements")),
        None => Ok(()),
    }
}

impl<'s> Model<'s> {
    /// # Errors
    /// A rate of the horizon is missing where stage months are uncertain, or it is to break off.
    pub(super) fn new(engine: Engine<'s>, scenario: &'s Scenario, basis: Basis, events: Events) -> Result<Self, Error> {
        let inner = scenario.inner();
        let (horizon, first) = (scenario.horizon_months(), engine.first_calendar());
        let calendar_years = ((first + horizon.max(1) - 1) / 12 + 1) as usize;
        let (cells, cell_of) = cells(scenario);
        let first_fiscal = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let fiscal_years = cells.last().map_or(0, |cell| cell.fiscal + 1);
        let fiscal_years = (first_fiscal..).take(fiscal_years).collect();
        let mut model = Self {
            scenario,
            engine,
            cells,
            cell_of,
            fiscal_years,
            calendar_years,
            categories: Vec::new(),
            products: vec![Vec::new()],
            growths: Vec::new(),
            stretches: Vec::new(),
            groups: Vec::new(),
            lines: Vec::with_capacity(inner.lines.len()),
            needed: Vec::with_capacity(inner.profiles.len()),
            events: Vec::new(),
            ways: Vec::new(),
        };
        for (place, (name, profile)) in inner.profiles.iter().enumerate() {
            if let Some(parameter) = model.parameter(&Parameter::ProfileStretch(name.clone())) {
                model.stretches.push(Stretch::new(parameter, place, profile));
                model.needed.push(Vec::new());
            } else {
                let used = inner.lines.values().any(|line| {
                    line.priced().and_then(|priced| priced.relief.as_ref()).is_some_and(|r| r.profile == *name)
                });
                let quotient = |(numerator, denominator)| float(&crate::exact::ratio(numerator, denominator));
                let needed = (0..if used { horizon } else { 0 }).map(|months| quotient(profile.needed(months)));
                model.needed.push(needed.collect());
            }
        }
        let mut indices = Indices::new();
        unknown(scenario, &model.engine)?;
        for item in 0..model.engine.items() {
            model.engine.pulse().beat()?;
            model.add(item, basis, events, &mut indices);
        }
        for name in scenario.pathway_names() {
            let way = model.way(name);
            if !way.months.is_empty() {
                model.all_rates(&way, basis)?;
            }
            model.ways.push(way);
        }
        Ok(model)
    }

    fn parameter(&self, sought: &Parameter) -> Option<usize> {
        self.scenario.uncertain().iter().position(|uncertain| uncertain.parameter == *sought)
    }

    fn add(&mut self, item: usize, basis: Basis, events: Events, indices: &mut Indices) {
        let inner = self.scenario.inner();
        let charged = self.engine.item(item).clone();
        let Some((_, line)) = inner.lines.get_index(charged.base) else { return };
        let Some(priced) = line.priced() else { return };
        // What scales a category scales a charge once.
        let mut factors = vec![Parameter::SeverityFactor(line.id.clone()), Parameter::ExchangeRate(priced.currency)];
        for &place in [charged.base].iter().chain(&charged.over) {
            let Some((id, link)) = inner.lines.get_index(place) else { continue };
            factors.push(Parameter::LineFactor(id.clone()));
            let category = link.category.iter().map(|category| Parameter::CategoryFactor(category.clone()));
            factors.extend(category.filter(|factor| !factors.contains(factor)).collect::<Vec<_>>());
        }
        let mut product: Vec<usize> = factors.iter().filter_map(|parameter| self.parameter(parameter)).collect();
        let amount = self.parameter(&Parameter::LineAmount(line.id.clone()));
        let mut rate = Ok(0);
        product.extend(amount);
        if let Price::Event { per_year, .. } = &priced.price {
            let per_year = from_decimal(per_year.to_decimal());
            rate = self.parameter(&Parameter::EventRate(line.id.clone())).ok_or_else(|| float(&per_year));
            if let (Events::Expected, Ok(parameter)) = (events, rate) {
                product.push(parameter);
            }
        }
        product.sort_unstable();
        // What is certain of the price, exactly.
        let certain = |month: Month| match &priced.price {
            Price::Amount(_) if amount.is_some() => Some(price_factor(inner, line)),
            Price::Event { severity, .. } => match (events, rate) {
                (Events::Drawn, _) => Some(price_factor(inner, line)),
                (Events::Expected, Err(_)) => unit_price(inner, line, basis, month),
                (Events::Expected, Ok(_)) => {
                    let mean = severity.mean().unwrap_or_else(BigRational::zero);
                    Some(mean / BigRational::from_integer(12.into()) * price_factor(inner, line))
                }
            },
            _ => unit_price(inner, line, basis, month),
        };
        let shifted = priced.index.as_ref().filter(|_| basis == Basis::Nominal).and_then(|index| {
            self.parameter(&Parameter::Index(index.clone())).map(|parameter| (index.clone(), parameter))
        });
        let growth = shifted.map(|(index, parameter)| {
            let base = priced.price_base_year.unwrap_or(0); // with a shift no amounts are dated
            Growth::new(self.scenario, &index, base, parameter, self.calendar_years)
        });
        let multiplier = self.engine.multiplier(item).map_or(1.0, float);
        let (_, firsts) = self.engine.periods(charged.base);
        let prices = firsts
            .iter()
            .map(|&first| {
                let month = self.engine.month(first);
                let rate = float(&exchange_rate(inner, line, month)?);
                let grown = match &growth {
                    Some(growth) => {
                        let year = usize::try_from(month.year() - self.scenario.start().year()).ok()?;
                        growth.known.get(year).copied()?.then_some(1.0)?
                    }
                    // Lines of one index and price base share its factors, which take long where the base is far.
                    None => match growth_of(inner, line, basis, month).zip(priced.index.as_ref()) {
                        None => 1.0,
                        Some(((_, base, _), index)) => {
                            (*indices.entry((index.clone(), base, month)).or_insert_with(|| {
                                index_factor(inner, line, basis, month).ok().map(|factor| float(&factor))
                            }))?
                        }
                    },
                };
                Some(float(&certain(month)?) * multiplier * rate * grown)
            })
            .collect();
        let growth = growth.map(|growth| self.place_of_growth(growth));
        let category = place_of(&mut self.categories, self.engine.category(item));
        let product = place_of(&mut self.products, product);
        let group = place_of(&mut self.groups, Group { category, product, growth });
        let profile = priced.relief.as_ref().and_then(|relief| inner.profiles.get_index_of(&relief.profile));
        let stretch = profile.and_then(|profile| self.stretches.iter().position(|known| known.profile == profile));
        let event = match &priced.price {
            Price::Event { severity, .. } if events == Events::Drawn => {
                let conditions = self.engine.conditions(item);
                let units = (0..self.scenario.horizon_months()).map(|month| decimal(conditions.quantity(month)));
                let (units, severity) = (units.collect(), severity.clone());
                let line = u16::try_from(charged.base).unwrap_or(u16::MAX); // lines are fewer
                self.events.push(EventLine { line, group, stretch, rate, severity, units });
                Some(self.events.len() - 1)
            }
            _ => None,
        };
        self.lines.push(Priced { group, prices, base: charged.base, profile, stretch, event });
    }

    fn place_of_growth(&mut self, growth: Growth) -> usize {
        let same = |known: &Growth| (known.parameter, known.base) == (growth.parameter, growth.base);
        self.growths.iter().position(same).unwrap_or_else(|| {
            self.growths.push(growth);
            self.growths.len() - 1
        })
    }

    fn way(&self, name: &Id) -> ModelPathway {
        let Some(pathway) = self.scenario.pathways().get(name) else {
            return ModelPathway { stages: vec![(name.clone(), None, Lasts::ToTheHorizon)], months: Vec::new() };
        };
        let lasts = |(place, months): (usize, Option<u32>)| match (
            months,
            self.parameter(&Parameter::StageMonths(name.clone(), place)),
        ) {
            (None, _) => Lasts::ToTheHorizon,
            (Some(_), Some(parameter)) => Lasts::Uncertain(parameter),
            (Some(months), None) => Lasts::Months(months),
        };
        let stages: Vec<_> = pathway
            .stages
            .iter()
            .enumerate()
            .map(|(place, stage)| (stage.solution.clone(), stage.place.clone(), lasts((place, stage.months))))
            .collect();
        let uncertain = |(.., lasts): &(Id, Option<Id>, Lasts)| match lasts {
            Lasts::Uncertain(parameter) => Some(*parameter),
            _ => None,
        };
        let months = stages.iter().filter_map(uncertain).collect();
        ModelPathway { stages, months }
    }

    /// Where stage months are uncertain, the rates of every year of the horizon are needed.
    fn all_rates(&self, way: &ModelPathway, basis: Basis) -> Result<(), Error> {
        for (item, line) in self.lines.iter().enumerate() {
            self.engine.pulse().beat()?;
            if self.applies(way, item)
                && let Some(missing) = line.prices.iter().position(Option::is_none)
            {
                return Err(self.missing(line, basis, missing));
            }
        }
        Ok(())
    }

    /// Whether a line applies to some stage of a pathway, whenever that is.
    fn applies(&self, way: &ModelPathway, line: usize) -> bool {
        let inner = self.scenario.inner();
        way.stages.iter().any(|(solution, place, _)| {
            let route = Route::new(inner, &[(solution, place.as_ref(), None)], self.scenario.horizon_months());
            !self.engine.timing(line).pattern(&route, Grant::NONE).is_empty()
        })
    }

    /// The fiscal years and categories that a table feeds.
    pub(super) fn feeds(&self, table: &Table) -> Vec<By> {
        let events: Vec<usize> = self.events.iter().map(|event| event.group).collect();
        table.feeds(&self.groups, &self.cells, &events)
    }

    /// The categories that a pathway may feed, by place among those of the model.
    pub(super) fn may_feed(&self, way: &ModelPathway) -> Vec<usize> {
        let mut fed: Vec<usize> = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            if self.applies(way, place) {
                place_of(&mut fed, self.groups[line.group].category);
            }
        }
        fed.sort_unstable();
        fed
    }

    /// The weights of a pathway whose uncertain stages have these months, in the order of [`ModelPathway::months`].
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or it is to break off.
    pub(super) fn table(&self, way: &ModelPathway, months: &[u32], basis: Basis) -> Result<Table, Error> {
        let mut months = months.iter().copied();
        let stages: Vec<Staged<'_>> = way
            .stages
            .iter()
            .map(|(solution, place, lasts)| {
                let months = match lasts {
                    Lasts::ToTheHorizon => None,
                    Lasts::Months(months) => Some(*months),
                    Lasts::Uncertain(_) => Some(months.next().unwrap_or(0)),
                };
                (solution, place.as_ref(), months)
            })
            .collect();
        let horizon = self.scenario.horizon_months();
        let route = Route::new(self.scenario.inner(), &stages, horizon);
        let mut dense = vec![Vec::new(); self.groups.len()];
        let mut clocks: Vec<ReliefClock> = Vec::new();
        let mut events: Vec<Paid> = Vec::with_capacity(self.events.len());
        for event in &self.events {
            let relief = if event.stretch.is_some() { vec![None; horizon as usize] } else { Vec::new() };
            events.push(Paid { prices: vec![0.0; horizon as usize], relief });
        }
        for (place, line) in self.lines.iter().enumerate() {
            self.engine.pulse().beat()?;
            let conditions = self.engine.conditions(place);
            let (period_of, _) = self.engine.periods(line.base);
            for charged in self.engine.timing(place).charged(&route, Grant::NONE) {
                let level = decimal(self.engine.exact_level(self.engine.level(place, charged.place)));
                for month in charged.months.iter(self.engine.first_calendar()) {
                    if conditions.units(month) == 0 {
                        continue;
                    }
                    let cell = self.cell_of[month as usize];
                    let period = period_of[month as usize] as usize;
                    let Some(mut price) = line.prices[period].map(|price| price * level) else {
                        return Err(self.missing(line, basis, period));
                    };
                    let relief = conditions.relief_months(charged.relief_start, month);
                    let stretched = line.stretch.filter(|_| relief.is_some());
                    if stretched.is_none() {
                        let needed = relief.zip(line.profile).and_then(|(r, p)| self.needed[p].get(r as usize));
                        price *= needed.unwrap_or(&1.0);
                    }
                    if let Some(paid) = line.event.and_then(|event| events.get_mut(event)) {
                        paid.prices[month as usize] = price;
                        if stretched.is_some() {
                            paid.relief[month as usize] = relief;
                        }
                        continue;
                    }
                    let cost = price * decimal(conditions.quantity(month));
                    if let Some((stretch, start)) = stretched.zip(charged.relief_start) {
                        relief::add(&mut clocks, (stretch, start, line.group), (month, cell, horizon), cost);
                    } else {
                        let cells: &mut Vec<f64> = &mut dense[line.group];
                        cells.resize(self.cells.len(), 0.0);
                        cells[cell] += cost;
                    }
                }
            }
        }
        clocks.iter_mut().for_each(ReliefClock::sum_up);
        Ok(self.fold(dense, clocks, events))
    }

    fn fold(&self, dense: Vec<Vec<f64>>, clocks: Vec<ReliefClock>, events: Vec<Paid>) -> Table {
        let mut table = Table {
            years: vec![0.0; self.fiscal_years.len()],
            categories: vec![0.0; self.categories.len()],
            dense: Vec::new(),
            clocks,
            events,
        };
        for (place, cells) in dense.into_iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            let group = &self.groups[place];
            let sum = cells.iter().sum();
            let mut years = vec![0.0; self.fiscal_years.len()];
            for (cell, weight) in self.cells.iter().zip(&cells) {
                years[cell.fiscal] += weight;
            }
            if group.product == 0 && group.growth.is_none() {
                for (year, weight) in table.years.iter_mut().zip(&years) {
                    *year += weight;
                }
                table.categories[group.category] += sum;
                continue;
            }
            let weights = if group.growth.is_some() { cells } else { years };
            let weights = weights.into_iter().enumerate().filter(|(_, weight)| *weight != 0.0).collect();
            table.dense.push(Dense { group: place, weights, sum });
        }
        table
    }

    fn missing(&self, line: &Priced, basis: Basis, period: usize) -> Error {
        let first = self.engine.periods(line.base).1.get(period).copied().unwrap_or(0);
        match self.scenario.lines().get_index(line.base) {
            Some((_, line)) => missing_rate(self.scenario, line, basis, self.engine.month(first)),
            None => Error::single(Code::MissingRate, "rates", message!("a rate is missing", "un taux manque")),
        }
    }

    /// The months of the horizon.
    pub(super) fn horizon(&self) -> u32 {
        self.scenario.horizon_months().min(limits::HORIZON_MONTHS)
    }

    /// The cell of a month.
    pub(super) fn cell(&self, month: u32) -> Cell {
        self.cells[self.cell_of[month as usize]]
    }

    pub(super) fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// # Errors
    /// It is to break off.
    pub(super) fn beat(&self) -> Result<(), Error> {
        self.engine.pulse().beat()
    }
}
