//! Relief on a profile of uncertain stretch: what is paid in each cell, for every stretch, without walking the months.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::block::{BLOCK, Column};
use super::cells::Cell;
use super::numbers::binary::of_decimal;
use crate::scenario::Profile;

/// A profile of which the stretch is uncertain.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) parameter: usize,
    pub(super) profile: usize,
    /// Months, what is needed there, and by how much it changes a month up to the next knot.
    knots: Vec<[f64; 3]>,
    /// Level and slope up to each knot and after the last.
    pieces: Vec<[f64; 2]>,
}

impl Stretch {
    pub(super) fn new(parameter: usize, profile: usize, of: &Profile) -> Self {
        let needed = |place: usize| of.knots.get(place).map(|(_, share)| 1.0 - of_decimal(share.to_decimal()));
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

    /// The share still needed after months of relief, at a stretch.
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
    #[inline(always)]
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

    /// The share needed after months of relief, up to each knot in turn and after the last: `level + slope × months`,
    /// the slope at a stretch of 1.
    fn pieces(knots: &[[f64; 3]]) -> Vec<[f64; 2]> {
        let first = knots.first().map_or(1.0, |knot| knot[1]);
        let from = knots.iter().map(|[knot, needed, slope]| [needed - slope * knot, *slope]);
        std::iter::once([first, 0.0]).chain(from).collect()
    }
}

/// The first whole month at or after a moment, within the horizon.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and the horizon")]
#[expect(clippy::cast_sign_loss, reason = "neither is below 0")]
#[inline(always)]
fn reached(moment: f64, horizon: u32) -> u32 {
    // By conversion to a signed number: anything else would be a call, or slow, where processors are old.
    let below = moment.min(f64::from(horizon)) as i32;
    below as u32 + u32::from(f64::from(below) < moment && (below as u32) < horizon)
}

/// Relief that runs from a month, on a profile of uncertain stretch.
#[derive(Clone, Debug)]
pub(super) struct ReliefClock {
    pub(super) stretch: usize,
    start: u32,
    /// The first cell in which it runs.
    pub(super) first: usize,
    runs: Vec<Run>,
    rows: Rows,
}

/// The cost of a group without relief, as sums over the months of the horizon before each: of the cost, and of the cost
/// times the months of relief.
#[derive(Clone, Debug)]
struct Run {
    group: usize,
    /// The fiscal year in which it is booked, where that is not the charge's.
    booked: Option<usize>,
    sums: Vec<[f64; 2]>,
}

/// The amounts paid, for every group and cell, as long as the knots of the profile lie between the same months: one
/// part is constant, the other is divided by the stretch. Rows are made when they are first needed; their number
/// depends on the months of the knots, and not on the horizon.
#[derive(Clone, Debug, Default)]
struct Rows {
    /// By [reach](Stretch::fill), 1 + where the row begins; 0 without.
    places: Vec<u32>,
    weights: Vec<[f64; 2]>,
}

impl ReliefClock {
    /// The groups, and of each the weights by cell, from the first in which the relief runs, at a [reach](Stretch::fill)
    /// and a stretch.
    pub(super) fn row(
        &mut self,
        (stretches, cells): (&[Stretch], &[Cell]),
        reach: u32,
        stretch: f64,
    ) -> impl Iterator<Item = (usize, Option<usize>, &[[f64; 2]])> {
        let width = cells.len() - self.first;
        let row = self.place((stretches, cells), reach, stretch) as usize;
        let rows = self.runs.iter().zip(self.rows.weights[row..].chunks(width));
        rows.map(|(run, weights)| (run.group, run.booked, weights))
    }

    /// The weights of all rows: what stands, and what is divided by the stretch.
    pub(super) fn weights(&self) -> &[[f64; 2]] {
        &self.rows.weights
    }

    /// Where the row of a [reach](Stretch::fill) begins among the [weights](Self::weights); it is made if it is not there.
    #[inline]
    pub(super) fn place(&mut self, (stretches, cells): (&[Stretch], &[Cell]), reach: u32, stretch: f64) -> u32 {
        match self.rows.places.get(reach as usize) {
            Some(place @ 1..) => place - 1,
            _ => self.add_row(&stretches[self.stretch], cells, (reach, stretch)),
        }
    }

    #[cold]
    fn add_row(
        &mut self,
        Stretch { knots, pieces, .. }: &Stretch,
        cells: &[Cell],
        (reach, stretch): (u32, f64),
    ) -> u32 {
        let place = u32::try_from(self.rows.weights.len()).unwrap_or(u32::MAX);
        let horizon = cells.last().map_or(0, |cell| cell.months[1]);
        let ends: Vec<u32> = knots
            .iter()
            .map(|knot| (self.start + reached(knot[0] * stretch, horizon)).min(horizon))
            .chain([horizon])
            .collect();
        for run in &self.runs {
            for cell in &cells[self.first..] {
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
        let reach = reach as usize;
        if self.rows.places.len() <= reach {
            self.rows.places.resize(reach + 1, 0);
        }
        self.rows.places[reach] = place.saturating_add(1);
        place
    }

    /// The groups, each with the fiscal year in which it is booked, where that is not the charge's.
    pub(super) fn groups(&self) -> impl Iterator<Item = (usize, Option<usize>)> {
        self.runs.iter().map(|run| (run.group, run.booked))
    }

    /// The groups, each with the cells in which it is charged.
    pub(super) fn charged(&self, cells: &[Cell]) -> impl Iterator<Item = (usize, Option<usize>, Vec<Cell>)> {
        self.runs.iter().map(move |run| {
            let sum = |month: u32| run.sums[month as usize].map(f64::to_bits);
            let charged = cells.iter().filter(|cell| sum(cell.months[0]) != sum(cell.months[1]));
            (run.group, run.booked, charged.copied().collect())
        })
    }

    /// Makes sums of what was added month by month.
    pub(super) fn sum_up(&mut self) {
        for run in &mut self.runs {
            let mut sum = [0.0; 2];
            for each in &mut run.sums {
                sum = [sum[0] + each[0], sum[1] + each[1]];
                *each = sum;
            }
        }
    }

    /// The approximate count of numbers that it holds.
    pub(super) fn size(&self) -> usize {
        let sums = self.runs.iter().map(|run| 2 * run.sums.len()).sum::<usize>();
        sums + 2 * self.rows.weights.len() + self.rows.places.len() / 2
    }

    /// Forgets the rows.
    pub(super) fn clear(&mut self) {
        self.rows = Rows::default();
    }
}

/// Adds what a group costs in a month without relief, on the clock of a relief that started earlier; the cell is the
/// month's.
pub(super) fn add(
    clocks: &mut Vec<ReliefClock>,
    (stretch, start, group, booked): (usize, u32, usize, Option<usize>),
    (month, cell, horizon): (u32, usize, u32),
    cost: f64,
) {
    let place = clocks.iter().position(|clock| clock.stretch == stretch && clock.start == start);
    let place = place.unwrap_or_else(|| {
        clocks.push(ReliefClock { stretch, start, first: cell, runs: Vec::new(), rows: Rows::default() });
        clocks.len() - 1
    });
    let clock = &mut clocks[place];
    clock.first = clock.first.min(cell);
    let place = clock.runs.iter().position(|run| (run.group, run.booked) == (group, booked)).unwrap_or_else(|| {
        clock.runs.push(Run { group, booked, sums: vec![[0.0; 2]; horizon as usize + 1] });
        clock.runs.len() - 1
    });
    let sum = &mut clock.runs[place].sums[month as usize + 1];
    sum[0] += cost;
    sum[1] += cost * f64::from(month - start);
}
