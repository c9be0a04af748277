//! A scenario as sums of products: what a draw of the uncertain parameters multiplies, summed beforehand.
//!
//! In: a scenario. Out: for each pathway a [`WeightTable`] of weights by calendar and fiscal year, so that an evaluation costs a
//! handful of operations for each group of lines and year, whatever the months. Lines are one group where the same
//! parameters scale them.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use num_rational::BigRational;
use num_traits::Zero;

use super::cells::{Cell, cells};
use super::growth::{Drift, Drifts, Growth};
use super::numbers::binary::{float, of_decimal};
use super::relief::{self, ReliefClock, Stretch};
use super::table::{By, Dense, EventPrice, EventPrices, Group, WeightTable};
use super::years::Years;
use crate::error::{Code, Error};
use crate::exact::{from_decimal, ratio};
use crate::ledger::{
    Charged, Engine, Grant, ONE_SHARE, Route, Staged, exchange_rate, growth_of as growth_of_line, index_factor,
    missing_rate, shares_of, unit_price,
};
use crate::limits;
use crate::message;
use crate::names::Basis;
use crate::scenario::unit_price::price_factor;
use crate::scenario::{Distribution, Line, Price, Scenario};
use crate::types::{Id, Month, Parameter};

/// The treatment of event lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    /// Their expectation, as in the ledger.
    Expected,
    /// The events are drawn.
    Drawn,
}

/// A line as the simulation charges it.
#[derive(Debug)]
struct Priced {
    /// The groups in which it is charged: by how its price grows, then by site.
    groups: Vec<Vec<usize>>,
    /// The growth of its price, by period of the line.
    growth_of: Vec<usize>,
    /// The price of a unit by period of the line, without what is uncertain; `None` where a rate is missing.
    prices: Vec<Option<f64>>,
    /// The line with the price, by its place in the scenario.
    base: usize,
    profile: Option<usize>,
    stretch: Option<usize>,
    event: Option<usize>,
    /// The item of which it returns the charges.
    returns: Option<usize>,
}

/// A line whose events are drawn.
#[derive(Debug)]
pub(super) struct EventLine {
    /// The place of the line in the scenario, which names its random numbers.
    pub(super) line: u16,
    /// Events a year, for each unit of the driver: a parameter, or a number.
    pub(super) rate: Result<usize, f64>,
    pub(super) severity: Distribution,
    /// Units of the driver by month, over the whole horizon.
    pub(super) units: Vec<f64>,
    /// The charges that an event brings: the line's own, then those of percentages on it. Of each the items's place.
    items: Vec<usize>,
}

/// The duration of a stage.
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
    /// The columns of what is drawn anew for each year.
    years: &'s Years,
    engine: Engine<'s>,
    pub(super) cells: Vec<Cell>,
    cell_of: Vec<usize>,
    /// The fiscal years of the horizon.
    pub(super) fiscal_years: Vec<i32>,
    /// The places, in the scenario, of the categories that some line has.
    pub(super) categories: Vec<usize>,
    /// Parameters that are multiplied with one another; the first product is empty.
    pub(super) products: Vec<Vec<usize>>,
    pub(super) growths: Vec<Growth>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) groups: Vec<Group>,
    /// The places, in the scenario, of the funds that pay for some line.
    pub(super) funds: Vec<usize>,
    /// Who pays: funds by their places among those of the model, with their shares; nobody where there is one fund.
    pub(super) fundings: Vec<Vec<(usize, f64)>>,
    /// Places of which the price level is uncertain, with the parameter.
    levels: Vec<(usize, usize)>,
    lines: Vec<Priced>,
    /// The share still needed after 0, 1, 2, ... months of relief, by profile whose stretch is certain.
    needed: Vec<Vec<f64>>,
    pub(super) events: Vec<EventLine>,
    pub(super) ways: Vec<ModelPathway>,
}

/// What is paid for an event of a line, by itself or through a percentage.
pub(super) struct Paid {
    /// For one event by month, before what is uncertain, and the group; 0 where the line is not charged.
    pub(super) prices: Vec<(f64, usize)>,
    /// The profile of uncertain stretch on which it is relieved.
    pub(super) stretch: Option<usize>,
    /// Months of relief by month, where its stretch is uncertain.
    pub(super) relief: Vec<Option<u32>>,
}

/// The sums for a table.
pub(super) struct Sums {
    /// By group, and the fiscal year in which it is booked where that is another than the charge's: what is charged in
    /// each cell.
    pub(super) dense: BTreeMap<(usize, Option<usize>), Vec<f64>>,
    pub(super) clocks: Vec<ReliefClock>,
    pub(super) events: Vec<Vec<Paid>>,
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

impl<'s> Model<'s> {
    /// # Errors
    /// A rate of the horizon is missing where stage months are uncertain, or the watch cancels it.
    pub(super) fn new(
        engine: Engine<'s>,
        scenario: &'s Scenario,
        years: &'s Years,
        basis: Basis,
        events: Events,
    ) -> Result<Self, Error> {
        let mut model = Self::of_lines(engine, scenario, years, basis, events)?;
        for name in scenario.pathway_names() {
            let way = model.way(name);
            if !way.months.is_empty() {
                model.all_rates(&way, basis)?;
            }
            model.ways.push(way);
        }
        Ok(model)
    }

    /// The model of lines alone, without a pathway.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn of_lines(
        engine: Engine<'s>,
        scenario: &'s Scenario,
        years: &'s Years,
        basis: Basis,
        events: Events,
    ) -> Result<Self, Error> {
        let inner = scenario.inner();
        let horizon = u32::try_from(engine.horizon()).unwrap_or(u32::MAX);
        let (cells, cell_of) = cells(scenario, horizon);
        let first_fiscal = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let fiscal_years = cells.last().map_or(0, |cell| cell.fiscal + 1);
        let fiscal_years = (first_fiscal..).take(fiscal_years).collect();
        let mut model = Self {
            scenario,
            years,
            engine,
            cells,
            cell_of,
            fiscal_years,
            categories: Vec::new(),
            products: vec![Vec::new()],
            growths: Vec::new(),
            stretches: Vec::new(),
            groups: Vec::new(),
            funds: Vec::new(),
            fundings: Vec::new(),
            levels: Vec::new(),
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
                let months = if used { horizon as usize } else { 0 };
                let needed = profile.needed_by_month().take(months).map(quotient);
                model.needed.push(needed.collect());
            }
        }
        for (place, declared) in inner.places.iter().enumerate() {
            let factor = model.parameter(&Parameter::LevelFactor(declared.id.clone()));
            model.levels.extend(factor.map(|parameter| (place, parameter)));
        }
        let mut indices = Indices::new();
        if events == Events::Drawn {
            model.event_lines();
        }
        for item in 0..model.engine.items() {
            model.engine.pulse().beat()?;
            model.add(item, basis, events, &mut indices);
        }
        // One fund pays the total: nothing is summed or counted for it.
        if model.funds.len() == 1 {
            model.fundings.iter_mut().for_each(Vec::clear);
        }
        Ok(model)
    }

    fn parameter(&self, sought: &Parameter) -> Option<usize> {
        self.scenario.uncertain().iter().position(|uncertain| uncertain.parameter == *sought)
    }

    fn add(&mut self, item: usize, basis: Basis, events: Events, indices: &mut Indices) {
        let inner = self.scenario.inner();
        let charged = self.engine.item(item).clone();
        let base = self.engine.priced_line(item);
        let Some((_, line)) = inner.lines.get_index(base) else { return };
        let Some(priced) = line.priced() else { return };
        // A factor on a category scales a charge once.
        let mut factors = vec![Parameter::SeverityFactor(line.id.clone()), Parameter::ExchangeFactor(priced.currency)];
        let refund = (charged.base != base).then_some(charged.base);
        for &place in [base].iter().chain(&refund).chain(&charged.over) {
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
        // The certain part of the price, exactly.
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
        let drifts = self.drifts(priced, basis);
        let multiplier = self.engine.multiplier(item).map_or(1.0, float);
        let sign = if refund.is_some() { -1.0 } else { 1.0 };
        let firsts = self.engine.periods(base).1.to_vec();
        let (mut prices, mut growth_of) = (Vec::with_capacity(firsts.len()), Vec::with_capacity(firsts.len()));
        let mut growths: Vec<Option<usize>> = Vec::new();
        for first in firsts {
            let month = self.engine.month(first);
            let index = growth_of_line(inner, line, basis, month);
            let drift = drifts.at(index.as_ref().map(|(_, base, _)| *base));
            let growth = drift.map(|drift| self.place_of_growth(drift));
            growth_of.push(place_of(&mut growths, growth));
            let mut price = || {
                let rate = float(&exchange_rate(inner, line, month)?);
                let grown = match (index, &priced.index) {
                    (Some((table, base, year)), Some(_)) if drifts.index.is_some() => {
                        let mut between = base.min(year) + 1..=base.max(year);
                        between.all(|year| table.increases.get(year).is_some()).then_some(1.0)?
                    }
                    // Lines of one index and price base share its factors, which take long where the base is far.
                    (Some((_, base, _)), Some(name)) => {
                        (*indices.entry((name.clone(), base, month)).or_insert_with(|| {
                            index_factor(inner, line, basis, month).ok().map(|factor| float(&factor))
                        }))?
                    }
                    _ => 1.0,
                };
                Some(float(&certain(month)?) * multiplier * sign * rate * grown)
            };
            prices.push(price());
        }
        let groups = growths.into_iter().map(|growth| self.groups_of(item, line, &product, growth)).collect();
        let profile = priced.relief.as_ref().and_then(|relief| inner.profiles.get_index_of(&relief.profile));
        let stretch = profile.and_then(|profile| self.stretches.iter().position(|known| known.profile == profile));
        let event = match &priced.price {
            Price::Event { .. } if events == Events::Drawn => {
                let known = self.events.iter().position(|event| usize::from(event.line) == base);
                if let Some(known) = known {
                    self.events[known].items.push(item);
                }
                known
            }
            _ => None,
        };
        let returns = self.engine.refunded(item);
        self.lines.push(Priced { groups, growth_of, prices, base, profile, stretch, event, returns });
    }

    /// The lines whose events are drawn, in the order of the scenario.
    fn event_lines(&mut self) {
        for (place, line) in self.scenario.lines().values().enumerate() {
            let Some(Price::Event { per_year, severity }) = line.price() else { continue };
            let rate = self.parameter(&Parameter::EventRate(line.id.clone()));
            let rate = rate.ok_or_else(|| of_decimal(per_year.to_decimal()));
            let conditions = self.engine.conditions(self.engine.item_of(place));
            let units = (0..self.months()).map(|month| of_decimal(conditions.quantity(month)));
            let (units, severity) = (units.collect(), severity.clone());
            let line = u16::try_from(place).unwrap_or(u16::MAX); // lines are fewer
            self.events.push(EventLine { line, rate, severity, units, items: Vec::new() });
        }
    }

    /// The groups of an item by site: by who pays, and by the price levels that are uncertain.
    fn groups_of(&mut self, item: usize, line: &Line, product: &[usize], growth: Option<usize>) -> Vec<usize> {
        let inner = self.scenario.inner();
        let place = self.engine.category(item);
        let category = place_of(&mut self.categories, place);
        let own_places = !line.places.is_empty();
        let mut groups = Vec::with_capacity(inner.solutions.len() * (self.levels.len() + 1));
        for solution in inner.solutions.values() {
            let shares = match inner.categories.get(place) {
                Some(category) => shares_of(inner, solution, &category.id),
                None => Vec::new(),
            };
            let mut paid = Vec::with_capacity(shares.len());
            for &(fund, share) in shares.iter().filter(|(_, share)| *share != 0) {
                paid.push((place_of(&mut self.funds, fund), float(&ratio(share, ONE_SHARE))));
            }
            let funding = place_of(&mut self.fundings, paid);
            for level in std::iter::once(None).chain(self.levels.iter().map(Some)) {
                let mut product = product.to_vec();
                product.extend(level.filter(|_| !own_places).map(|(_, parameter)| *parameter));
                product.sort_unstable();
                let product = place_of(&mut self.products, product);
                groups.push(place_of(&mut self.groups, Group { category, product, growth, funding }));
            }
        }
        groups
    }

    /// The site of a solution and a place.
    fn site(&self, solution: usize, place: Option<usize>) -> usize {
        let level = place.and_then(|place| self.levels.iter().position(|(known, _)| *known == place));
        solution * (self.levels.len() + 1) + level.map_or(0, |level| level + 1)
    }

    /// The uncertain rates of a line.
    fn drifts(&self, priced: &crate::scenario::Priced, basis: Basis) -> Drifts {
        let index = priced.index.as_ref().filter(|_| basis == Basis::Nominal).and_then(|index| {
            let shift = self.parameter(&Parameter::IndexShift(index.clone()));
            let yearly = self.parameter(&Parameter::IndexYearly(index.clone()));
            (shift.is_some() || yearly.is_some()).then(|| (index.clone(), shift, yearly))
        });
        Drifts { index, exchange: self.parameter(&Parameter::ExchangeYearly(priced.currency)) }
    }

    fn place_of_growth(&mut self, drift: Drift) -> usize {
        self.growths.iter().position(|known| known.drift == drift).unwrap_or_else(|| {
            let first = self.growths.last().map_or(0, |growth| growth.first + growth.columns());
            self.growths.push(Growth::new(self.scenario, self.years, &self.cells, drift, first));
            self.growths.len() - 1
        })
    }

    /// The columns of all growths.
    pub(super) fn growth_columns(&self) -> usize {
        self.growths.last().map_or(0, |growth| growth.first + growth.columns())
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

    /// True if a line applies to some stage of a pathway, at any time.
    fn applies(&self, way: &ModelPathway, line: usize) -> bool {
        let inner = self.scenario.inner();
        way.stages.iter().any(|(solution, place, _)| {
            let route = Route::new(inner, &[(solution, place.as_ref(), None)], self.scenario.horizon_months());
            let timed = self.engine.refunded(line).unwrap_or(line);
            !self.engine.timing(timed).pattern(&route, Grant::NONE).is_empty()
        })
    }

    /// The fiscal years, categories and funds that a table feeds.
    pub(super) fn feeds(&self, table: &WeightTable) -> Vec<By> {
        table.feeds(&self.groups, &self.fundings, &self.cells)
    }

    /// The categories and funds that a pathway may feed, by place among those of the model.
    pub(super) fn may_feed(&self, way: &ModelPathway) -> Vec<By> {
        let mut fed: Vec<By> = Vec::new();
        let inner = self.scenario.inner();
        for (item, line) in self.lines.iter().enumerate().filter(|(item, _)| self.applies(way, *item)) {
            let timed = line.returns.unwrap_or(item);
            for (name, place, _) in &way.stages {
                let route = Route::new(inner, &[(name, place.as_ref(), None)], self.scenario.horizon_months());
                let Some(solution) = inner.solutions.get_index_of(name) else { continue };
                if self.engine.timing(timed).pattern(&route, Grant::NONE).is_empty() {
                    continue;
                }
                for groups in &line.groups {
                    let group = &self.groups[groups[self.site(solution, None)]];
                    place_of(&mut fed, By::Category(group.category));
                    for (fund, _) in &self.fundings[group.funding] {
                        place_of(&mut fed, By::Fund(*fund));
                    }
                }
            }
        }
        fed
    }

    /// The weights of a pathway whose uncertain stages have these months, in the order of [`ModelPathway::months`].
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(super) fn table(&self, way: &ModelPathway, months: &[u32], basis: Basis) -> Result<WeightTable, Error> {
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
        let horizon = self.months();
        let route = Route::new(self.scenario.inner(), &stages, horizon);
        Ok(self.fold(self.charges(&route, basis, 0..horizon)?))
    }

    /// The charges of a route that are booked in a window of months.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(super) fn charges(&self, route: &Route, basis: Basis, window: Range<u32>) -> Result<Sums, Error> {
        let horizon = self.months();
        let mut sums = Sums {
            dense: BTreeMap::new(),
            clocks: Vec::new(),
            events: self
                .events
                .iter()
                .map(|event| {
                    let paid = |item: &usize| Paid {
                        prices: vec![(0.0, 0); horizon as usize],
                        stretch: self.lines[*item].stretch,
                        relief: if event.items.iter().any(|&item| self.lines[item].stretch.is_some()) {
                            vec![None; horizon as usize]
                        } else {
                            Vec::new()
                        },
                    };
                    event.items.iter().map(paid).collect()
                })
                .collect(),
        };
        for (item, line) in self.lines.iter().enumerate() {
            self.engine.pulse().beat()?;
            let Some(of) = line.returns else {
                for charged in self.engine.timing(item).charged(route, Grant::NONE) {
                    self.charge(item, item, &charged, (route, None), (basis, &window), &mut sums)?;
                }
                continue;
            };
            for (first, last) in self.engine.timing(of).ends(route, Grant::NONE) {
                let leg = &route.legs[last];
                if !window.contains(&(leg.end - 1)) || !self.engine.timing(item).returned_in(leg, Grant::NONE) {
                    continue;
                }
                let run = self.engine.timing(of).charged(route, Grant::NONE);
                for charged in run.filter(|charged| (first..=last).contains(&charged.stage)) {
                    self.charge(item, of, &charged, (route, Some(last)), (basis, &window), &mut sums)?;
                }
            }
        }
        sums.clocks.iter_mut().for_each(ReliefClock::sum_up);
        Ok(sums)
    }

    /// The group and the price of a unit of an item in a month of a stage, without what is uncertain.
    ///
    /// # Errors
    /// A rate is missing.
    pub(super) fn unit(&self, item: usize, solution: usize, month: u32, basis: Basis) -> Result<(usize, f64), Error> {
        let line = &self.lines[item];
        let period = self.engine.periods(line.base).0[month as usize] as usize;
        let price = line.prices[period].ok_or_else(|| self.missing(line, basis, period))?;
        Ok((line.groups[line.growth_of[period]][self.site(solution, None)], price))
    }

    /// The months of its engine.
    fn months(&self) -> u32 {
        u32::try_from(self.engine.horizon()).unwrap_or(u32::MAX)
    }

    /// Adds what an item costs in a stage; of a refund, what another item cost that is returned at the end of a stage.
    fn charge(
        &self,
        item: usize,
        of: usize,
        charged: &Charged<'_>,
        (route, returned): (&Route, Option<usize>),
        (basis, window): (Basis, &Range<u32>),
        sums: &mut Sums,
    ) -> Result<(), Error> {
        let (line, conditions, horizon) = (&self.lines[item], self.engine.conditions(of), self.months());
        let (period_of, _) = self.engine.periods(line.base);
        let level = match self.engine.level(of, charged.place) {
            0 => 1.0,
            level => float(&self.engine.exact_level(level)),
        };
        let paying = &route.legs[returned.unwrap_or(charged.stage)];
        let site = self.site(paying.solution, charged.place);
        // A refund is booked where it is paid, not where the charges were.
        let booked = returned.map(|_| self.cells[self.cell_of[paying.end as usize - 1]].fiscal);
        for month in charged.months.iter(self.engine.first_calendar()) {
            if conditions.units(month) == 0 || (returned.is_none() && !window.contains(&month)) {
                continue;
            }
            let cell = self.cell_of[month as usize];
            let period = period_of[month as usize] as usize;
            let Some(mut price) = line.prices[period].map(|price| price * level) else {
                return Err(self.missing(line, basis, period));
            };
            let group = line.groups[line.growth_of[period]][site];
            let relief = conditions.relief_months(charged.relief_start, month);
            let stretched = line.stretch.filter(|_| relief.is_some());
            if stretched.is_none() {
                let needed = relief.zip(line.profile).and_then(|(r, p)| self.needed[p].get(r as usize));
                price *= needed.unwrap_or(&1.0);
            }
            if let Some(event) = line.event {
                let number = self.events[event].items.iter().position(|known| *known == item).unwrap_or(0);
                let paid = &mut sums.events[event][number];
                paid.prices[month as usize] = (price, group);
                if stretched.is_some() {
                    paid.relief[month as usize] = relief;
                }
                continue;
            }
            let cost = price * of_decimal(conditions.quantity(month));
            if let Some((stretch, start)) = stretched.zip(charged.relief_start) {
                relief::add(&mut sums.clocks, (stretch, start, group, booked), (month, cell, horizon), cost);
            } else {
                let cells = sums.dense.entry((group, booked)).or_insert_with(|| vec![0.0; self.cells.len()]);
                cells[cell] += cost;
            }
        }
        Ok(())
    }

    fn fold(&self, Sums { dense, clocks, events }: Sums) -> WeightTable {
        let mut table = WeightTable {
            years: vec![0.0; self.fiscal_years.len()],
            categories: vec![0.0; self.categories.len()],
            funds: vec![0.0; self.funds.len()],
            dense: Vec::new(),
            clocks,
            events: events.iter().map(|line| self.event_prices(line)).collect(),
        };
        for ((place, booked), cells) in dense {
            let group = &self.groups[place];
            let sum: f64 = cells.iter().sum();
            let mut years = vec![0.0; self.fiscal_years.len()];
            for (cell, weight) in self.cells.iter().zip(&cells) {
                years[booked.unwrap_or(cell.fiscal)] += weight;
            }
            if group.product == 0 && group.growth.is_none() {
                for (year, weight) in table.years.iter_mut().zip(&years) {
                    *year += weight;
                }
                table.categories[group.category] += sum;
                for (fund, share) in &self.fundings[group.funding] {
                    table.funds[*fund] += sum * share;
                }
                continue;
            }
            let weights = if group.growth.is_some() { cells } else { years };
            let weights = weights.into_iter().enumerate().filter(|(_, weight)| *weight != 0.0).collect();
            table.dense.push(Dense { group: place, booked, weights, sum });
        }
        table
    }

    /// The payments for one event of a line by month, without those that are 0.
    fn event_prices(&self, line: &[Paid]) -> EventPrices {
        let payment = |paid: &Paid, month: usize, cell: usize| {
            let (price, group) = paid.prices[month];
            let group = &self.groups[group];
            (price != 0.0).then(|| EventPrice {
                price,
                product: group.product,
                growth: group.growth.map(|growth| self.growths[growth].column(cell)),
                relief: paid.stretch.zip(paid.relief.get(month).copied().flatten()),
                fiscal: self.cells[cell].fiscal,
                category: group.category,
                funding: group.funding,
            })
        };
        let months = self.cell_of.iter().enumerate().take(self.engine.horizon());
        EventPrices::new(months.map(|(month, cell)| line.iter().filter_map(move |paid| payment(paid, month, *cell))))
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

    /// The place of the cell of a month.
    pub(super) fn cell(&self, month: u32) -> usize {
        self.cell_of[month as usize]
    }

    pub(super) fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// # Errors
    /// The watch cancels it.
    pub(super) fn beat(&self) -> Result<(), Error> {
        self.engine.pulse().beat()
    }
}
