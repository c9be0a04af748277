//! A scenario as sums of products: what a draw of the uncertain parameters multiplies, summed beforehand.
//!
//! In: a scenario. Out: for each pathway a [`Table`] of weights by calendar and fiscal year, so that an evaluation costs a
//! handful of operations for each group of lines and year, whatever the months. Lines are one group where the same
//! parameters scale them.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use num_rational::BigRational;
use num_traits::Zero;

use super::layout::By;
use super::numbers::binary::float;
use super::{BLOCK, Column};
use crate::error::Error;
use crate::exact::from_decimal;
use crate::ledger::{Engine, Route, exchange_rate, index_factor, missing_rate};
use crate::limits;
use crate::names::Basis;
use crate::scenario::{Distribution, Line, Parameter, Price, Profile, Scenario};
use crate::types::{Id, Increase};

/// What event lines cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    /// Their expectation, as in the ledger.
    Expected,
    /// What the events that are drawn cost.
    Drawn,
}

/// Months that share a calendar year and a fiscal year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// The calendar year, from that of the start.
    pub(super) calendar: usize,
    /// The fiscal year, from that of the start.
    pub(super) fiscal: usize,
    /// The first month, and the one after the last.
    pub(super) months: [u32; 2],
}

/// An index of which the increases are uncertain, from a price base.
#[derive(Debug)]
pub(super) struct Growth {
    /// The parameter that is added to every increase.
    pub(super) parameter: usize,
    base: i32,
    /// `1 +` the increases of the years after the base, ascending.
    up: Vec<f64>,
    /// `1 +` the increases of the base and of the years before it, descending, down to the one after the start's.
    down: Vec<f64>,
    /// Which calendar years of the horizon have their increases.
    known: Vec<bool>,
    first: i32,
}

impl Growth {
    fn new(scenario: &Scenario, index: &Id, base: i32, parameter: usize, years: usize) -> Self {
        let table = scenario.rates().index.get(index);
        let increase = |year: i32| table.and_then(|table| table.get(year)).map(Increase::to_decimal);
        let first = scenario.start().year();
        let last = first + i32::try_from(years).unwrap_or(1) - 1;
        let growth = |year: i32| increase(year).map_or(f64::NAN, |increase| 1.0 + float(&from_decimal(increase)));
        let given = |year: i32| (base.min(year) + 1..=base.max(year)).all(|between| increase(between).is_some());
        Self {
            parameter,
            base,
            up: (base + 1..=last).map(growth).collect(),
            down: (first + 1..=base).rev().map(growth).collect(),
            known: (first..=last).map(given).collect(),
            first,
        }
    }

    /// The index factors of the calendar years of the horizon, a column each, at shifts of the increases.
    pub(super) fn fill(&self, shifts: &Column, years: &mut [Column]) {
        let mut product = [1.0; BLOCK];
        let place = |year: i32| usize::try_from(year - self.first).ok();
        if let Some(column) = place(self.base).and_then(|place| years.get_mut(place)) {
            *column = product;
        }
        for (year, growth) in (self.base + 1..).zip(&self.up) {
            for (product, shift) in product.iter_mut().zip(shifts) {
                *product *= growth + shift;
            }
            if let Some(column) = place(year).and_then(|place| years.get_mut(place)) {
                *column = product;
            }
        }
        product = [1.0; BLOCK];
        for (year, growth) in (self.first..self.base).rev().zip(&self.down) {
            for (product, shift) in product.iter_mut().zip(shifts) {
                *product *= growth + shift;
            }
            if let Some(column) = place(year).and_then(|place| years.get_mut(place)) {
                for (factor, product) in column.iter_mut().zip(&product) {
                    *factor = 1.0 / product;
                }
            }
        }
    }
}

/// A profile of which the stretch is uncertain.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) parameter: usize,
    profile: usize,
    /// Months, what is needed there, and by how much it changes a month up to the next knot.
    knots: Vec<[f64; 3]>,
    /// Level and slope up to each knot and after the last.
    pieces: Vec<[f64; 2]>,
}

impl Stretch {
    fn new(parameter: usize, profile: usize, of: &Profile) -> Self {
        let needed =
            |place: usize| of.knots.get(place).map(|(_, share)| 1.0 - float(&from_decimal(share.to_decimal())));
        let knot = |place: usize| {
            let (month, _) = *of.knots.get(place)?;
            let (month, here) = (f64::from(month), needed(place)?);
            let slope = match (of.knots.get(place + 1), needed(place + 1)) {
                (Some((next, _)), Some(there)) => (there - here) / (f64::from(*next) - month),
                _ => 0.0,
            };
            Some([month, here, slope])
        };
        let knots: Vec<[f64; 3]> = (0..).map_while(knot).collect();
        Self { parameter, profile, pieces: Self::pieces(&knots), knots }
    }

    /// What is still needed after months of relief, at a stretch.
    pub(super) fn needed(&self, months: u32, stretch: f64) -> f64 {
        let months = f64::from(months) / stretch;
        let after = self.knots.partition_point(|knot| knot[0] <= months);
        match after.checked_sub(1).and_then(|place| self.knots.get(place)) {
            Some([knot, needed, slope]) => needed + slope * (months - knot),
            None => self.knots.first().map_or(1.0, |knot| knot[1]),
        }
    }

    /// For each draw of a block the sum, over the knots, of the whole months of relief within the horizon that reach them;
    /// and the inverses of the stretches.
    ///
    /// Each of these months grows with the stretch, and so does their sum: where two stretches have the same sum, every knot
    /// lies between the same months.
    pub(super) fn fill(&self, stretches: &Column, horizon: u32, reach: &mut [u32; BLOCK], inverses: &mut Column) {
        for (inverse, stretch) in inverses.iter_mut().zip(stretches) {
            *inverse = 1.0 / stretch;
        }
        *reach = [0; BLOCK];
        for knot in &self.knots {
            for (reach, stretch) in reach.iter_mut().zip(stretches) {
                *reach += reached(knot[0] * stretch, horizon);
            }
        }
    }

    /// What is needed after months of relief, up to each knot in turn and after the last: `level + slope × months`, the
    /// slope at a stretch of 1.
    fn pieces(knots: &[[f64; 3]]) -> Vec<[f64; 2]> {
        let first = knots.first().map_or(1.0, |knot| knot[1]);
        let from = knots.iter().map(|[knot, needed, slope]| [needed - slope * knot, *slope]);
        std::iter::once([first, 0.0]).chain(from).collect()
    }
}

/// The first whole month at or after a moment, within the horizon.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and the horizon")]
#[expect(clippy::cast_sign_loss, reason = "neither is below 0")]
#[inline]
fn reached(moment: f64, horizon: u32) -> u32 {
    // By conversion to a signed number: anything else would be a call, or slow, where processors are old.
    let below = moment.min(f64::from(horizon)) as i32;
    below as u32 + u32::from(f64::from(below) < moment && (below as u32) < horizon)
}

/// Lines of a category that the same parameters scale.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The place of the category among those of the model.
    pub(super) category: usize,
    /// The place of the product of parameters that scales it; 0 for none.
    pub(super) product: usize,
    /// The index that it follows, where that is uncertain.
    pub(super) growth: Option<usize>,
}

/// A line as the simulation charges it.
#[derive(Debug)]
struct Priced {
    group: usize,
    /// The price of a unit by calendar year of the horizon, without what is uncertain; `None` where a rate is missing.
    prices: Vec<Option<f64>>,
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
pub(super) struct Way {
    stages: Vec<(Id, Lasts)>,
    /// The parameters that are months of its stages.
    pub(super) months: Vec<usize>,
}

/// The weights of a group.
#[derive(Debug)]
pub(super) struct Dense {
    pub(super) group: usize,
    /// Where no index is uncertain, by fiscal year; otherwise by cell. Without those that are 0.
    pub(super) weights: Vec<(usize, f64)>,
    /// Their sum.
    pub(super) sum: f64,
}

/// Relief that runs from a month, on a profile of uncertain stretch.
#[derive(Debug)]
pub(super) struct ReliefClock {
    pub(super) stretch: usize,
    start: u32,
    /// The first cell in which it runs.
    pub(super) first: usize,
    runs: Vec<Run>,
    rows: Rows,
}

/// What a group would cost without relief, as sums over the months of the horizon before each: of the cost, and of the
/// cost times the months of relief.
#[derive(Debug)]
struct Run {
    group: usize,
    sums: Vec<[f64; 2]>,
}

/// What is paid, for every group and cell, as long as the knots of the profile lie between the same months: the one part
/// as it stands, the other over the stretch. Rows are made when they are first needed; how many there are depends on the
/// months of the knots, and not on the horizon.
#[derive(Debug, Default)]
struct Rows {
    /// By [reach](Stretch::fill), 1 + the place of the row; 0 without.
    places: Vec<u32>,
    weights: Vec<[f64; 2]>,
}

impl ReliefClock {
    /// The groups, and of each the weights by cell, from the first in which the relief runs.
    pub(super) fn row(
        &mut self,
        model: &Model<'_>,
        reach: u32,
        stretch: f64,
    ) -> impl Iterator<Item = (usize, &[[f64; 2]])> {
        let cells = model.cells.len() - self.first;
        let reach = reach as usize;
        if self.rows.places.len() <= reach {
            self.rows.places.resize(reach + 1, 0);
        }
        if self.rows.places[reach] == 0 {
            self.add_row(model, stretch);
            let rows = self.rows.weights.len() / (cells * self.runs.len()).max(1);
            self.rows.places[reach] = u32::try_from(rows).unwrap_or(u32::MAX);
        }
        let first = (self.rows.places[reach] as usize - 1) * cells * self.runs.len();
        self.runs.iter().map(|run| run.group).zip(self.rows.weights[first..].chunks(cells))
    }

    #[cold]
    fn add_row(&mut self, model: &Model<'_>, stretch: f64) {
        let Stretch { knots, pieces, .. } = &model.stretches[self.stretch];
        let horizon = model.horizon();
        let ends: Vec<u32> = knots
            .iter()
            .map(|knot| (self.start + reached(knot[0] * stretch, horizon)).min(horizon))
            .chain([horizon])
            .collect();
        for run in &self.runs {
            for cell in &model.cells[self.first..] {
                let (mut from, mut weights) = (cell.months[0].max(self.start), [0.0; 2]);
                for (end, [level, slope]) in ends.iter().zip(pieces) {
                    let to = cell.months[1].min(*end);
                    if from < to {
                        let [before, until] = [run.sums[from as usize], run.sums[to as usize]];
                        weights[0] += level * (until[0] - before[0]);
                        weights[1] += slope * (until[1] - before[1]);
                        from = to;
                    }
                }
                self.rows.weights.push(weights);
            }
        }
    }

    /// How many numbers it holds, more or less.
    pub(super) fn size(&self) -> usize {
        let sums = self.runs.iter().map(|run| 2 * run.sums.len()).sum::<usize>();
        sums + 2 * self.rows.weights.len() + self.rows.places.len() / 2
    }

    /// Forgets the rows.
    pub(super) fn clear(&mut self) {
        self.rows = Rows::default();
    }
}

/// What a pathway pays for the events of a line.
#[derive(Debug)]
pub(super) struct Paid {
    /// For one event by month, before what is uncertain; 0 where the line is not charged.
    pub(super) prices: Vec<f64>,
    /// Months of relief by month, where its stretch is uncertain.
    pub(super) relief: Vec<Option<u32>>,
}

/// A pathway's weights, at certain months of its stages.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What no parameter touches, by fiscal year.
    pub(super) years: Vec<f64>,
    /// The same by category.
    pub(super) categories: Vec<f64>,
    pub(super) dense: Vec<Dense>,
    pub(super) clocks: Vec<ReliefClock>,
    /// By event line.
    pub(super) events: Vec<Paid>,
}

impl Table {
    /// The fiscal years and categories that something feeds.
    pub(super) fn feeds(&self, model: &Model<'_>) -> Vec<By> {
        let mut fed = Vec::new();
        let mut feed = |by: By| {
            if !fed.contains(&by) {
                fed.push(by);
            }
        };
        let filled = |list: &[f64]| (0..list.len()).filter(|place| list[*place] != 0.0).collect::<Vec<_>>();
        for year in filled(&self.years) {
            feed(By::Year(year));
        }
        for category in filled(&self.categories) {
            feed(By::Category(category));
        }
        let mut feed_group = |group: &Group, cells: &mut dyn Iterator<Item = Cell>| {
            feed(By::Category(group.category));
            cells.for_each(|cell| feed(By::Year(cell.fiscal)));
        };
        for dense in &self.dense {
            let group = &model.groups[dense.group];
            let by_cell = group.growth.is_some();
            let cell =
                |place: usize| if by_cell { model.cells[place] } else { Cell { fiscal: place, ..Cell::default() } };
            feed_group(group, &mut dense.weights.iter().map(|(place, _)| cell(*place)));
        }
        for run in self.clocks.iter().flat_map(|clock| &clock.runs) {
            let sum = |month: u32| run.sums[month as usize].map(f64::to_bits);
            let charged = |cell: &&Cell| sum(cell.months[0]) != sum(cell.months[1]);
            feed_group(&model.groups[run.group], &mut model.cells.iter().filter(charged).copied());
        }
        for (paid, event) in self.events.iter().zip(&model.events) {
            let charged = (0..).zip(&paid.prices).filter(|(_, price)| **price != 0.0);
            let mut cells = charged.map(|(month, _)| model.cell(month)).peekable();
            if cells.peek().is_some() {
                feed_group(&model.groups[event.group], &mut cells);
            }
        }
        fed
    }

    /// How many numbers it holds, more or less.
    pub(super) fn size(&self) -> usize {
        let clocks = self.clocks.iter().map(ReliefClock::size);
        let dense = self.dense.iter().map(|dense| 2 * dense.weights.len() + 8);
        let events = self.events.iter().map(|paid| paid.prices.len() + paid.relief.len());
        self.years.len() + self.categories.len() + clocks.chain(dense).chain(events).sum::<usize>() + 32
    }
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
    pub(super) ways: Vec<Way>,
}

/// The place of a value in a list, which it joins if it is new.
fn place_of<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
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
                let used = inner.lines.values().any(|line| line.relief.as_ref().is_some_and(|r| r.profile == *name));
                let quotient = |(numerator, denominator)| float(&crate::exact::ratio(numerator, denominator));
                let needed = (0..if used { horizon } else { 0 }).map(|months| quotient(profile.needed(months)));
                model.needed.push(needed.collect());
            }
        }
        for (place, line) in inner.lines.values().enumerate() {
            model.engine.pulse().beat()?;
            model.add(place, line, basis, events);
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

    fn add(&mut self, place: usize, line: &Line, basis: Basis, events: Events) {
        let inner = self.scenario.inner();
        let years =
            || (0..i32::try_from(self.calendar_years).unwrap_or(0)).map(|year| self.scenario.start().year() + year);
        let factors = [
            Parameter::LineFactor(line.id.clone()),
            Parameter::CategoryFactor(line.category.clone()),
            Parameter::SeverityFactor(line.id.clone()),
            Parameter::ExchangeRate(line.currency),
        ];
        let mut product: Vec<usize> = factors.iter().filter_map(|parameter| self.parameter(parameter)).collect();
        // What is certain of the price, exactly.
        let mut price = line.factor.clone();
        let mut rate = Ok(0);
        match &line.price {
            Price::Amount(amount) => match self.parameter(&Parameter::LineAmount(line.id.clone())) {
                Some(parameter) => product.push(parameter),
                None => price *= from_decimal(amount.to_decimal()),
            },
            Price::Event { per_year, severity } => {
                let per_year = from_decimal(per_year.to_decimal());
                rate = self.parameter(&Parameter::EventRate(line.id.clone())).ok_or_else(|| float(&per_year));
                if events == Events::Expected {
                    price *= severity.mean().unwrap_or_else(BigRational::zero) / BigRational::from_integer(12.into());
                    match rate {
                        Ok(parameter) => product.push(parameter),
                        Err(_) => price *= per_year,
                    }
                }
            }
        }
        product.sort_unstable();
        let shifted = line.index.as_ref().filter(|_| basis == Basis::Nominal).and_then(|index| {
            self.parameter(&Parameter::Index(index.clone())).map(|parameter| (index.clone(), parameter))
        });
        let growth = shifted.map(|(index, parameter)| {
            Growth::new(self.scenario, &index, line.price_base_year, parameter, self.calendar_years)
        });
        let prices = years()
            .enumerate()
            .map(|(place, year)| {
                let rate = exchange_rate(inner, line, year)?;
                let index = match &growth {
                    Some(growth) => growth.known.get(place).copied()?.then(|| BigRational::from_integer(1.into()))?,
                    None => index_factor(inner, line, basis, year).ok()?,
                };
                Some(float(&crate::exact::times(&crate::exact::times(&price, &rate), &index)))
            })
            .collect();
        let category = inner.categories.iter().position(|category| category.id == line.category).unwrap_or(0);
        let growth = growth.map(|growth| self.place_of_growth(growth));
        let category = place_of(&mut self.categories, category);
        let product = place_of(&mut self.products, product);
        let group = place_of(&mut self.groups, Group { category, product, growth });
        let profile = line.relief.as_ref().and_then(|relief| inner.profiles.get_index_of(&relief.profile));
        let stretch = profile.and_then(|profile| self.stretches.iter().position(|known| known.profile == profile));
        let event = match &line.price {
            Price::Event { severity, .. } if events == Events::Drawn => {
                let conditions = self.engine.conditions(place);
                let units = (0..self.scenario.horizon_months()).map(|month| f64::from(conditions.tenths(month)) / 10.0);
                let (units, severity) = (units.collect(), severity.clone());
                let line = u16::try_from(place).unwrap_or(u16::MAX); // lines are fewer
                self.events.push(EventLine { line, group, stretch, rate, severity, units });
                Some(self.events.len() - 1)
            }
            _ => None,
        };
        self.lines.push(Priced { group, prices, profile, stretch, event });
    }

    fn place_of_growth(&mut self, growth: Growth) -> usize {
        let same = |known: &Growth| (known.parameter, known.base) == (growth.parameter, growth.base);
        self.growths.iter().position(same).unwrap_or_else(|| {
            self.growths.push(growth);
            self.growths.len() - 1
        })
    }

    fn way(&self, name: &Id) -> Way {
        let Some(pathway) = self.scenario.pathways().get(name) else {
            return Way { stages: vec![(name.clone(), Lasts::ToTheHorizon)], months: Vec::new() };
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
            .map(|(place, stage)| (stage.solution.clone(), lasts((place, stage.months))))
            .collect();
        let uncertain = |(_, lasts): &(Id, Lasts)| match lasts {
            Lasts::Uncertain(parameter) => Some(*parameter),
            _ => None,
        };
        let months = stages.iter().filter_map(uncertain).collect();
        Way { stages, months }
    }

    /// Where stage months are uncertain, the rates of every year of the horizon are needed.
    fn all_rates(&self, way: &Way, basis: Basis) -> Result<(), Error> {
        for (place, line) in self.scenario.lines().values().enumerate() {
            self.engine.pulse().beat()?;
            if self.applies(way, place)
                && let Some(missing) = self.lines[place].prices.iter().position(Option::is_none)
            {
                let year = self.scenario.start().year() + i32::try_from(missing).unwrap_or(0);
                return Err(missing_rate(self.scenario, line, basis, year));
            }
        }
        Ok(())
    }

    /// Whether a line applies to some stage of a pathway, whenever that is.
    fn applies(&self, way: &Way, line: usize) -> bool {
        let inner = self.scenario.inner();
        way.stages.iter().any(|(solution, _)| {
            let route = Route::new(inner, &[(solution, None)], self.scenario.horizon_months());
            self.engine.timing(line).pattern(&route, 0).0 != 0
        })
    }

    /// The categories that a pathway may feed, by place among those of the model.
    pub(super) fn may_feed(&self, way: &Way) -> Vec<usize> {
        let mut fed: Vec<usize> = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            if self.applies(way, place) {
                place_of(&mut fed, self.groups[line.group].category);
            }
        }
        fed.sort_unstable();
        fed
    }

    /// The weights of a pathway whose uncertain stages have these months, in the order of [`Way::months`].
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or it is to break off.
    pub(super) fn table(&self, way: &Way, months: &[u32], basis: Basis) -> Result<Table, Error> {
        let mut months = months.iter().copied();
        let stages: Vec<(&Id, Option<u32>)> = way
            .stages
            .iter()
            .map(|(solution, lasts)| {
                let months = match lasts {
                    Lasts::ToTheHorizon => None,
                    Lasts::Months(months) => Some(*months),
                    Lasts::Uncertain(_) => Some(months.next().unwrap_or(0)),
                };
                (solution, months)
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
            for charged in self.engine.timing(place).charged(&route, 0) {
                for month in charged.months.iter(self.engine.first_calendar()) {
                    let tenths = conditions.tenths(month);
                    if tenths == 0 {
                        continue;
                    }
                    let cell = self.cell_of[month as usize];
                    let year = self.cells[cell].calendar;
                    let Some(mut price) = line.prices[year] else {
                        return Err(self.missing(place, basis, year));
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
                    let cost = price * (f64::from(tenths) / 10.0);
                    if let Some((stretch, start)) = stretched.zip(charged.relief_start) {
                        let sums = run(&mut clocks, (stretch, start, cell), line.group, horizon);
                        let sum = &mut sums[month as usize + 1];
                        sum[0] += cost;
                        sum[1] += cost * f64::from(month - start);
                    } else {
                        let cells: &mut Vec<f64> = &mut dense[line.group];
                        cells.resize(self.cells.len(), 0.0);
                        cells[cell] += cost;
                    }
                }
            }
        }
        for run in clocks.iter_mut().flat_map(|clock| &mut clock.runs) {
            let mut sum = [0.0; 2];
            for each in &mut run.sums {
                sum = [sum[0] + each[0], sum[1] + each[1]];
                *each = sum;
            }
        }
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

    fn missing(&self, line: usize, basis: Basis, year: usize) -> Error {
        let year = self.scenario.start().year() + i32::try_from(year).unwrap_or(0);
        match self.scenario.lines().get_index(line) {
            Some((_, line)) => missing_rate(self.scenario, line, basis, year),
            None => Error::single(crate::Code::MissingRate, "rates", "a rate is missing"),
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
}

/// The sums of a group on the clock of a relief, which runs at least from a cell on.
fn run(
    clocks: &mut Vec<ReliefClock>,
    (stretch, start, cell): (usize, u32, usize),
    group: usize,
    horizon: u32,
) -> &mut [[f64; 2]] {
    let place = clocks.iter().position(|clock| clock.stretch == stretch && clock.start == start);
    let place = place.unwrap_or_else(|| {
        clocks.push(ReliefClock { stretch, start, first: cell, runs: Vec::new(), rows: Rows::default() });
        clocks.len() - 1
    });
    let clock = &mut clocks[place];
    clock.first = clock.first.min(cell);
    let place = clock.runs.iter().position(|run| run.group == group).unwrap_or_else(|| {
        clock.runs.push(Run { group, sums: vec![[0.0; 2]; horizon as usize + 1] });
        clock.runs.len() - 1
    });
    &mut clock.runs[place].sums
}

/// The cells of the horizon, and the cell of each month.
fn cells(scenario: &Scenario) -> (Vec<Cell>, Vec<usize>) {
    let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
    let (mut cells, mut cell_of) = (Vec::<Cell>::new(), Vec::new());
    for month in 0..scenario.horizon_months() {
        let at = scenario.start().plus(i32::try_from(month).unwrap_or(0));
        let since = |year: i32, from: i32| usize::try_from(year - from).unwrap_or(0);
        let (calendar, fiscal) =
            (since(at.year(), scenario.start().year()), since(at.fiscal_year(scenario.fiscal_year_start()), first));
        match cells.last_mut() {
            Some(cell) if (cell.calendar, cell.fiscal) == (calendar, fiscal) => cell.months[1] = month + 1,
            _ => cells.push(Cell { calendar, fiscal, months: [month, month + 1] }),
        }
        cell_of.push(cells.len() - 1);
    }
    (cells, cell_of)
}
