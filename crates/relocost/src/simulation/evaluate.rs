//! Evaluating a block of draws: from columns of parameters to a column for each output of each pathway.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::collections::HashMap;
use std::ops::Range;

use super::block::{BLOCK, Column};
use super::events::{Draws, Event, EventNumbers};
use super::model::Model;
use super::relief::ReliefClock;
use super::table::{Group, WeightTable};
use super::wide::{Kernel, wide};
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

/// The columns that pathways are evaluated from: what the parameters come to.
struct Factors {
    /// By product of parameters.
    products: Vec<Column>,
    /// By growth, then by its years.
    growths: Vec<Column>,
    /// By uncertain stretch.
    stretches: Vec<Column>,
    /// Likewise: the months of relief that reach its knots.
    reach: Vec<[u32; BLOCK]>,
    /// Likewise: its inverse.
    inverses: Vec<Column>,
}

impl Factors {
    fn new(model: &Model<'_>) -> Self {
        Self {
            products: vec![[1.0; BLOCK]; model.products.len()],
            growths: vec![[1.0; BLOCK]; model.growth_columns()],
            stretches: vec![[1.0; BLOCK]; model.stretches.len()],
            reach: vec![[0; BLOCK]; model.stretches.len()],
            inverses: vec![[1.0; BLOCK]; model.stretches.len()],
        }
    }

    /// Fills the columns with those of other ones, their draws in an order.
    fn sort(&mut self, of: &Self, order: &[u16; BLOCK]) {
        fn each<T: Copy>(columns: &mut [[T; BLOCK]], of: &[[T; BLOCK]], order: &[u16; BLOCK]) {
            for (column, of) in columns.iter_mut().zip(of) {
                *column = order.map(|draw| of[usize::from(draw)]);
            }
        }
        each(&mut self.products, &of.products, order);
        each(&mut self.growths, &of.growths, order);
        each(&mut self.stretches, &of.stretches, order);
        each(&mut self.reach, &of.reach, order);
        each(&mut self.inverses, &of.inverses, order);
    }
}

/// Fills the columns at a block's parameters.
struct Fill<'a> {
    factors: &'a mut Factors,
    model: &'a Model<'a>,
    parameters: &'a [Column],
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { factors, model, parameters } = self;
        for (product, of) in factors.products.iter_mut().zip(&model.products).skip(1) {
            let Some((first, others)) = of.split_first() else { continue };
            *product = parameters[*first];
            for factor in others {
                for (product, factor) in product.iter_mut().zip(&parameters[*factor]) {
                    *product *= factor;
                }
            }
        }
        for growth in &model.growths {
            growth.fill(parameters, &mut factors.growths[growth.first..growth.first + growth.columns()]);
        }
        let columns = factors.stretches.iter_mut().zip(&mut factors.reach).zip(&mut factors.inverses);
        for (stretch, ((drawn, reach), inverses)) in model.stretches.iter().zip(columns) {
            *drawn = parameters[stretch.parameter];
            stretch.fill(drawn, model.horizon(), reach, inverses);
        }
    }
}

impl Outputs {
    /// Puts the draws of an order back to their places.
    fn unsort(&mut self, order: &[u16; BLOCK]) {
        for column in self.years.iter_mut().chain(&mut self.categories).chain(&mut self.funds) {
            let sorted = *column;
            for (draw, value) in order.iter().zip(sorted) {
                column[usize::from(*draw)] = value;
            }
        }
    }
}

/// What a group is summed in: its costs by draw, where the rows of its relief begin, and their weights in a cell.
struct Room {
    sum: Column,
    rows: [u32; BLOCK],
    weighted: [[f64; 2]; BLOCK],
}

/// The state of a thread that evaluates blocks.
pub(super) struct Evaluator<'m> {
    model: &'m Model<'m>,
    basis: Basis,
    tables: Vec<Tables>,
    factors: Factors,
    /// The same in the order of the months of a pathway's stages, where some pathway has uncertain ones.
    sorted: Option<Factors>,
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
            sorted: model.ways.iter().any(|way| !way.months.is_empty()).then(|| Factors::new(model)),
            factors: Factors::new(model),
            places: vec![[0; BLOCK]; model.ways.len()],
            numbers: EventNumbers::new(model),
            room: Room { sum: [0.0; BLOCK], rows: [0; BLOCK], weighted: [[0.0; 2]; BLOCK] },
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
    pub(super) fn evaluate(&mut self, parameters: &[Column], draws: &Draws<'_>) -> Result<(), Error> {
        wide(Fill { factors: &mut self.factors, model: self.model, parameters });
        self.forget();
        for way in 0..self.model.ways.len() {
            if self.model.ways[way].months.is_empty() {
                let Some(table) = self.tables[way].all.first_mut() else { continue };
                let outputs = &mut self.outputs[way];
                let (factors, room) = (&self.factors, &mut self.room);
                wide(AddUp { model: self.model, factors, table, draws: 0..BLOCK, room, outputs });
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
        let tables = &mut self.tables[way].all;
        let (order, ends) = by_place(&places, tables.len());
        let Some(sorted) = &mut self.sorted else { return Ok(()) };
        sorted.sort(&self.factors, &order);
        let (outputs, mut first) = (&mut self.outputs[way], 0);
        for (table, end) in tables.iter_mut().zip(ends) {
            if first < end {
                let (draws, room) = (first..end, &mut self.room);
                wide(AddUp { model: self.model, factors: sorted, table, draws, room, outputs });
                first = end;
            }
        }
        outputs.unsort(&order);
        Ok(())
    }

    /// Adds what every pathway pays for the events of the draws.
    fn events(&mut self, parameters: &[Column], draws: &Draws<'_>) -> Result<(), Error> {
        let Self { model, tables, factors, places, numbers, outputs, .. } = self;
        let at = At { model, factors };
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

/// The draws in the order of the places of their tables, and where those of each table end.
fn by_place(places: &[usize; BLOCK], tables: usize) -> ([u16; BLOCK], Vec<usize>) {
    let (mut order, mut ends) = ([0; BLOCK], vec![0; tables]);
    for place in places {
        ends[*place] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end); // where they begin
    }
    for (draw, place) in (0..).zip(places) {
        order[ends[*place]] = draw;
        ends[*place] += 1;
    }
    (order, ends)
}

/// Sums up what a table comes to, column by column, at the draws in a range of the factors.
struct AddUp<'a> {
    model: &'a Model<'a>,
    factors: &'a Factors,
    table: &'a mut WeightTable,
    draws: Range<usize>,
    room: &'a mut Room,
    outputs: &'a mut Outputs,
}

impl Kernel for AddUp<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { model, factors, table, draws, room, outputs } = self;
        let Factors { products, growths, stretches, reach, inverses } = factors;
        let Outputs { years, categories, funds, .. } = outputs;
        let (sum, rows) = (&mut room.sum[draws.clone()], &mut room.rows[draws.clone()]);
        let weighted = &mut room.weighted[draws.clone()];
        for (columns, weights) in
            [(&mut *years, &table.years), (&mut *categories, &table.categories), (&mut *funds, &table.funds)]
        {
            for (column, weight) in columns.iter_mut().zip(weights) {
                column[draws.clone()].fill(*weight);
            }
        }
        let mut add = |group: &Group, of: &[f64], by: f64| {
            if let Some(category) = categories.get_mut(group.category) {
                add_times(&mut category[draws.clone()], of, by);
            }
            if !funds.is_empty() {
                for (fund, share) in &model.fundings[group.funding] {
                    add_times(&mut funds[*fund][draws.clone()], of, by * share);
                }
            }
        };
        for dense in &table.dense {
            let group = &model.groups[dense.group];
            let product = &products[group.product][draws.clone()];
            let Some(growth) = group.growth else {
                add(group, product, dense.sum);
                for (year, weight) in &dense.weights {
                    add_times(&mut years[*year][draws.clone()], product, *weight);
                }
                continue;
            };
            sum.fill(0.0);
            for (cell, weight) in &dense.weights {
                let growth = &growths[model.growths[growth].column(*cell)][draws.clone()];
                let year = &mut years[dense.booked.unwrap_or(model.cells[*cell].fiscal)][draws.clone()];
                for (((year, sum), product), growth) in year.iter_mut().zip(&mut *sum).zip(product).zip(growth) {
                    let cost = product * growth * weight;
                    *year += cost;
                    *sum += cost;
                }
            }
            add(group, sum, 1.0);
        }
        for clock in &mut table.clocks {
            let (reach, stretches) = (&reach[clock.stretch][draws.clone()], &stretches[clock.stretch][draws.clone()]);
            for ((row, reach), stretch) in rows.iter_mut().zip(reach).zip(stretches) {
                *row = clock.place((&model.stretches, &model.cells), *reach, *stretch);
            }
            let (weights, cells) = (clock.weights(), &model.cells[clock.first..]);
            let inverses = &inverses[clock.stretch][draws.clone()];
            for (run, (group, booked)) in clock.groups().enumerate() {
                let group = &model.groups[group];
                let product = &products[group.product][draws.clone()];
                sum.fill(0.0);
                for (place, cell) in cells.iter().enumerate() {
                    let year = &mut years[booked.unwrap_or(cell.fiscal)][draws.clone()];
                    let column = group.growth.map(|growth| model.growths[growth].column(clock.first + place));
                    let growth = &column.map_or(&ONES, |column| &growths[column])[draws.clone()];
                    let place = run * cells.len() + place;
                    for (weighted, row) in weighted.iter_mut().zip(&*rows) {
                        *weighted = weights[*row as usize + place];
                    }
                    let factors = product.iter().zip(growth).zip(inverses).zip(&*weighted);
                    for ((year, sum), (((product, growth), inverse), [standing, stretched])) in
                        year.iter_mut().zip(&mut *sum).zip(factors)
                    {
                        let cost = product * (standing + stretched * inverse) * growth;
                        *year += cost;
                        *sum += cost;
                    }
                }
                add(group, sum, 1.0);
            }
        }
    }
}

/// Adds values times a number to others.
#[inline(always)]
fn add_times(to: &mut [f64], of: &[f64], by: f64) {
    for (to, of) in to.iter_mut().zip(of) {
        *to += of * by;
    }
}

/// The growth of what does not grow.
const ONES: Column = [1.0; BLOCK];

/// The values of a block that an event of a draw is paid with.
struct At<'a> {
    model: &'a Model<'a>,
    factors: &'a Factors,
}

impl At<'_> {
    /// Adds what a pathway pays for an event.
    fn event(&self, table: &WeightTable, event: &Event, outputs: &mut Outputs) {
        let Factors { products, growths, stretches, .. } = self.factors;
        let draw = event.draw as usize;
        for paid in table.events[event.line as usize].at(event.month) {
            let mut cost = event.cost * products[paid.product][draw] * paid.price;
            if let Some(growth) = paid.growth {
                cost *= growths[growth][draw];
            }
            if let Some((stretch, months)) = paid.relief {
                cost *= self.model.stretches[stretch].needed(months, stretches[stretch][draw]);
            }
            outputs.years[paid.fiscal][draw] += cost;
            if let Some(category) = outputs.categories.get_mut(paid.category) {
                category[draw] += cost;
            }
            if !outputs.funds.is_empty() {
                for (fund, share) in &self.model.fundings[paid.funding] {
                    outputs.funds[*fund][draw] += cost * share;
                }
            }
        }
    }
}
