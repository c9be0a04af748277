//! Evaluating a block of draws: from columns of parameters to a column for each output of each pathway.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::HashMap;
use std::ops::Range;

use super::block::{BLOCK, Column};
use super::events::{Event, EventNumbers};
use super::model::Model;
use super::relief::ReliefClock;
use super::table::{Group, WeightTable};
use crate::error::{Code, Error};
use crate::message;
use crate::names::{Basis, Figures};

/// The most numbers that the tables of a thread may hold together (64 MiB).
const TABLES: usize = 8 << 20;

/// The outputs of a pathway for the draws of a block.
pub(super) struct Outputs {
    pub(super) total: Column,
    /// By fiscal year.
    pub(super) years: Vec<Column>,
    /// By category of the model, if they are wanted.
    pub(super) categories: Vec<Column>,
    /// By fund of the model, if they are wanted and there are two or more: a fund that pays alone has the total.
    pub(super) funds: Vec<Column>,
}

/// The tables of a pathway: one where no stage is uncertain, otherwise those of months that came up.
#[derive(Default)]
struct Tables {
    /// Where one stage is uncertain, 1 + the place of the table of its months; 0 without.
    by_months: Vec<u32>,
    /// Where several are, the place.
    by_all_months: HashMap<Vec<u32>, usize>,
    all: Vec<WeightTable>,
}

impl Tables {
    fn place(&self, months: &[u32]) -> Option<usize> {
        match months {
            [months] => (self.by_months.get(*months as usize).copied().unwrap_or(0) as usize).checked_sub(1),
            months => self.by_all_months.get(months).copied(),
        }
    }

    fn keep(&mut self, months: &[u32], table: WeightTable) -> usize {
        let place = self.all.len();
        self.all.push(table);
        if let [months] = months {
            let months = *months as usize;
            self.by_months.resize(self.by_months.len().max(months + 1), 0);
            self.by_months[months] = u32::try_from(place + 1).unwrap_or(0);
        } else {
            self.by_all_months.insert(months.to_vec(), place);
        }
        place
    }
}

/// The draws of a block that have the same table.
trait Draws: Copy {
    fn each(self) -> impl Iterator<Item = usize>;
}

/// All of them: their columns are worked on as vectors.
#[derive(Clone, Copy)]
struct All;

impl Draws for All {
    fn each(self) -> impl Iterator<Item = usize> {
        0..BLOCK
    }
}

/// Some of them, by their places.
#[derive(Clone, Copy)]
struct Few<'d>(&'d [u8]);

impl Draws for Few<'_> {
    fn each(self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|draw| usize::from(*draw))
    }
}

/// What a group is summed in: its costs by draw, and where the rows of its relief begin.
struct Room {
    sum: Column,
    rows: [u32; BLOCK],
}

/// The state of a thread that evaluates blocks.
pub(super) struct Evaluator<'m> {
    model: &'m Model<'m>,
    basis: Basis,
    tables: Vec<Tables>,
    products: Vec<Column>,
    /// By growth, then by its years.
    growths: Vec<Column>,
    /// By uncertain stretch: the months of relief that reach its knots.
    reach: Vec<[u32; BLOCK]>,
    /// By uncertain stretch: its inverse.
    inverses: Vec<Column>,
    /// By pathway whose stages are uncertain: the place of each draw's table.
    places: Vec<[usize; BLOCK]>,
    numbers: EventNumbers,
    room: Room,
    pub(super) outputs: Vec<Outputs>,
}

impl<'m> Evaluator<'m> {
    /// # Errors
    /// A rate that a charge needs is missing, or the watch cancels it.
    pub(super) fn new(model: &'m Model<'m>, basis: Basis, figures: Figures) -> Result<Self, Error> {
        let categories = if figures.by_category() { model.categories.len() } else { 0 };
        let funds = if figures.by_fund() && model.funds.len() > 1 { model.funds.len() } else { 0 };
        let outputs = || Outputs {
            total: [0.0; BLOCK],
            years: vec![[0.0; BLOCK]; model.fiscal_years.len()],
            categories: vec![[0.0; BLOCK]; categories],
            funds: vec![[0.0; BLOCK]; funds],
        };
        let mut tables = Vec::with_capacity(model.ways.len());
        for way in &model.ways {
            let certain = if way.months.is_empty() { vec![model.table(way, &[], basis)?] } else { Vec::new() };
            tables.push(Tables { all: certain, ..Tables::default() });
        }
        Ok(Self {
            model,
            basis,
            tables,
            products: vec![[1.0; BLOCK]; model.products.len()],
            growths: vec![[1.0; BLOCK]; model.growth_columns()],
            reach: vec![[0; BLOCK]; model.stretches.len()],
            inverses: vec![[1.0; BLOCK]; model.stretches.len()],
            places: vec![[0; BLOCK]; model.ways.len()],
            numbers: EventNumbers::new(model),
            room: Room { sum: [0.0; BLOCK], rows: [0; BLOCK] },
            outputs: model.ways.iter().map(|_| outputs()).collect(),
        })
    }

    /// The table of a pathway where none of its stages is uncertain.
    pub(super) fn certain(&self, way: usize) -> Option<&WeightTable> {
        self.tables[way].all.first().filter(|_| self.model.ways[way].months.is_empty())
    }

    /// The number of lines with events that are drawn.
    pub(super) fn event_lines(&self) -> usize {
        self.model.events.len()
    }

    /// Looks at the draws of a block at these places: sums and ratios of figures below 10^300 are finite, but a figure need not
    /// be one.
    ///
    /// # Errors
    /// One is too large.
    pub(super) fn check(&self, range: Range<usize>) -> Result<(), Error> {
        let whole = |way: &Outputs| way.total[range.clone()].iter().all(|total| total.abs() < 1e300);
        if self.outputs.iter().all(whole) {
            return Ok(());
        }
        let message = message!(
            "a draw exceeds 10^300; check prices, rates and spreads",
            "un tirage dépasse 10^300 ; vérifier les prix, les taux et les dispersions"
        );
        Err(Error::single(Code::TooLargeFigure, "uncertain", message))
    }

    /// Evaluates every pathway at a block's parameters; the events are those of its draws.
    ///
    /// # Errors
    /// The watch cancels it, or more events are drawn than can be.
    pub(super) fn evaluate(&mut self, parameters: &[Column], draws: &super::events::Draws<'_>) -> Result<(), Error> {
        for (product, factors) in self.products.iter_mut().zip(&self.model.products).skip(1) {
            let Some((first, others)) = factors.split_first() else { continue };
            *product = parameters[*first];
            for factor in others {
                for (product, factor) in product.iter_mut().zip(&parameters[*factor]) {
                    *product *= factor;
                }
            }
        }
        for growth in &self.model.growths {
            growth.fill(parameters, &mut self.growths[growth.first..growth.first + growth.columns()]);
        }
        let stretches = self.reach.iter_mut().zip(&mut self.inverses);
        for (stretch, (reach, inverses)) in self.model.stretches.iter().zip(stretches) {
            stretch.fill(&parameters[stretch.parameter], self.model.horizon(), reach, inverses);
        }
        self.forget();
        for way in 0..self.model.ways.len() {
            if self.model.ways[way].months.is_empty() {
                self.columns(way, 0, parameters, All);
            } else {
                self.by_months(way, parameters)?;
            }
        }
        self.events(parameters, draws)?;
        for Outputs { total, years, .. } in &mut self.outputs {
            *total = [0.0; BLOCK];
            for year in years {
                for (total, year) in total.iter_mut().zip(year.iter()) {
                    *total += year;
                }
            }
        }
        Ok(())
    }

    /// Forgets tables, where they would hold too many numbers; they are made again when they are needed.
    fn forget(&mut self) {
        let size = |tables: &Tables| tables.all.iter().map(WeightTable::size).sum::<usize>();
        if self.tables.iter().map(size).sum::<usize>() <= TABLES {
            return;
        }
        for (tables, way) in self.tables.iter_mut().zip(&self.model.ways) {
            if way.months.is_empty() {
                tables.all.iter_mut().flat_map(|table| &mut table.clocks).for_each(ReliefClock::clear);
            } else {
                *tables = Tables::default();
            }
        }
    }

    /// Finds the table of each draw, by the months of its stages, and evaluates the pathway table by table.
    fn by_months(&mut self, way: usize, parameters: &[Column]) -> Result<(), Error> {
        let uncertain = &self.model.ways[way].months;
        let (mut months, mut places) = (vec![0; uncertain.len()], [0; BLOCK]);
        for (draw, place) in places.iter_mut().enumerate() {
            for (months, parameter) in months.iter_mut().zip(uncertain) {
                *months = super::assumptions::months(parameters[*parameter][draw]);
            }
            let tables = &mut self.tables[way];
            *place = if let Some(place) = tables.place(&months) {
                place
            } else {
                let table = self.model.table(&self.model.ways[way], &months, self.basis)?;
                tables.keep(&months, table)
            };
        }
        self.places[way] = places;
        let mut order: [u8; BLOCK] = std::array::from_fn(|draw| u8::try_from(draw).unwrap_or(u8::MAX));
        order.sort_unstable_by_key(|draw| (places[usize::from(*draw)], *draw));
        let mut rest = &order[..];
        while let Some(place) = rest.first().map(|draw| places[usize::from(*draw)]) {
            let same = rest.partition_point(|draw| places[usize::from(*draw)] == place);
            let (draws, others) = rest.split_at(same);
            self.columns(way, place, parameters, Few(draws));
            rest = others;
        }
        Ok(())
    }

    /// Evaluates a pathway at the draws that have a table, column by column.
    fn columns(&mut self, way: usize, place: usize, parameters: &[Column], draws: impl Draws) {
        let Self { model, tables, products, growths, reach, inverses, room, outputs, .. } = self;
        let Some(table) = tables[way].all.get_mut(place) else { return };
        let Outputs { years, categories, funds, .. } = &mut outputs[way];
        let Room { sum, rows } = room;
        for (columns, weights) in
            [(&mut *years, &table.years), (&mut *categories, &table.categories), (&mut *funds, &table.funds)]
        {
            for (column, weight) in columns.iter_mut().zip(weights) {
                draws.each().for_each(|draw| column[draw] = *weight);
            }
        }
        let mut add = |group: &Group, of: &Column, by: f64| {
            if let Some(category) = categories.get_mut(group.category) {
                draws.each().for_each(|draw| category[draw] += of[draw] * by);
            }
            if !funds.is_empty() {
                for (fund, share) in &model.fundings[group.funding] {
                    let (fund, by) = (&mut funds[*fund], by * share);
                    draws.each().for_each(|draw| fund[draw] += of[draw] * by);
                }
            }
        };
        for dense in &table.dense {
            let group = &model.groups[dense.group];
            let product = &products[group.product];
            let Some(growth) = group.growth else {
                add(group, product, dense.sum);
                for (year, weight) in &dense.weights {
                    let year = &mut years[*year];
                    draws.each().for_each(|draw| year[draw] += product[draw] * weight);
                }
                continue;
            };
            draws.each().for_each(|draw| sum[draw] = 0.0);
            for (cell, weight) in &dense.weights {
                let growth = &growths[model.growths[growth].column(*cell)];
                let year = &mut years[dense.booked.unwrap_or(model.cells[*cell].fiscal)];
                for draw in draws.each() {
                    let cost = product[draw] * growth[draw] * weight;
                    year[draw] += cost;
                    sum[draw] += cost;
                }
            }
            add(group, sum, 1.0);
        }
        for clock in &mut table.clocks {
            let stretch = &parameters[model.stretches[clock.stretch].parameter];
            let (reach, inverse) = (&reach[clock.stretch], &inverses[clock.stretch]);
            for draw in draws.each() {
                rows[draw] = clock.place((&model.stretches, &model.cells), reach[draw], stretch[draw]);
            }
            let (weights, cells) = (clock.weights(), &model.cells[clock.first..]);
            for (run, (group, booked)) in clock.groups().enumerate() {
                let group = &model.groups[group];
                let product = &products[group.product];
                draws.each().for_each(|draw| sum[draw] = 0.0);
                for (place, cell) in cells.iter().enumerate() {
                    let year = &mut years[booked.unwrap_or(cell.fiscal)];
                    let column = group.growth.map(|growth| model.growths[growth].column(clock.first + place));
                    let growth = column.map_or(&ONES, |column| &growths[column]);
                    let place = run * cells.len() + place;
                    for draw in draws.each() {
                        let [standing, stretched] = weights[rows[draw] as usize + place];
                        let cost = product[draw] * (standing + stretched * inverse[draw]) * growth[draw];
                        year[draw] += cost;
                        sum[draw] += cost;
                    }
                }
                add(group, sum, 1.0);
            }
        }
    }

    /// Adds what every pathway pays for the events of the draws.
    fn events(&mut self, parameters: &[Column], draws: &super::events::Draws<'_>) -> Result<(), Error> {
        let Self { model, tables, products, growths, places, numbers, outputs, .. } = self;
        let at = At { model, parameters, products, growths };
        numbers.draw(model, parameters, draws, |events| {
            model.beat()?;
            for (way, outputs) in outputs.iter_mut().enumerate() {
                let (tables, places) = (&tables[way].all, &places[way]);
                for event in events {
                    at.event(&tables[places[event.draw as usize]], event, outputs);
                }
            }
            Ok(())
        })
    }
}

/// The growth of what does not grow.
const ONES: Column = [1.0; BLOCK];

/// The values of a block that an event of a draw is paid with.
struct At<'a> {
    model: &'a Model<'a>,
    parameters: &'a [Column],
    products: &'a [Column],
    growths: &'a [Column],
}

impl At<'_> {
    /// Adds what a group costs to its category and to who pays.
    fn add(&self, group: &Group, draw: usize, cost: f64, outputs: &mut Outputs) {
        if let Some(category) = outputs.categories.get_mut(group.category) {
            category[draw] += cost;
        }
        if outputs.funds.is_empty() {
            return;
        }
        for (fund, share) in &self.model.fundings[group.funding] {
            outputs.funds[*fund][draw] += cost * share;
        }
    }

    /// Adds what a pathway pays for an event.
    fn event(&self, table: &WeightTable, event: &Event, outputs: &mut Outputs) {
        let (draw, month, cell) = (event.draw as usize, event.month as usize, self.model.cell(event.month));
        for paid in &table.events[event.line as usize] {
            let (price, group) = paid.prices[month];
            if price == 0.0 {
                continue;
            }
            let group = &self.model.groups[group];
            let mut cost = event.cost * self.products[group.product][draw] * price;
            if let Some(growth) = group.growth {
                cost *= self.growths[self.model.growths[growth].column(cell)][draw];
            }
            if let Some((stretch, months)) = paid.stretch.zip(paid.relief.get(month).copied().flatten()) {
                let stretch = &self.model.stretches[stretch];
                cost *= stretch.needed(months, self.parameters[stretch.parameter][draw]);
            }
            outputs.years[self.model.cells[cell].fiscal][draw] += cost;
            self.add(group, draw, cost, outputs);
        }
    }
}
