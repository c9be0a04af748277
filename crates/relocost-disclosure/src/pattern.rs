//! Which cells are suppressed: those of few cases, and enough others that no suppressed cell can be placed too closely.
//!
//! Primary suppression is by the number of cases. Complementary suppression is a search: each suppressed cell must have
//! [witnesses](crate::witness) that reach far enough on both sides. Where one lacks, a linear programme names the cells that
//! must be suppressed too, at the least need of protection, and the search goes on. Suppressing more takes no witness away.

use crate::cells::{Cells, Joined, MEASURES};
use crate::difference::Compared;
use crate::key::Key;
use crate::lp::{self, Mover};
use crate::witness::Witnesses;

/// The part of a suppressed figure that its interval reaches on each side: one in so many.
pub(crate) const ONE_IN: i128 = 5;
/// The part of a unit by which proposals keep away from the edge of rounding, for the whole minor units of a witness.
const EDGE: f64 = 0.001;

/// What is known of cells before the search.
pub(crate) struct Rules {
    /// Cells of fewer cases are suppressed.
    pub(crate) threshold: u64,
    /// Cells that are suppressed for another reason.
    pub(crate) hidden: Vec<bool>,
    /// Cells that an earlier publication suppresses. They stay so, unless another one shows them.
    pub(crate) kept: Vec<bool>,
    /// Cells that an earlier publication shows, so that nobody can suppress them.
    pub(crate) fixed: Vec<bool>,
    /// The earlier publications of other cases.
    pub(crate) compared: Vec<Compared>,
    /// By how much the figures of a cell differ from those that one of them shows.
    pub(crate) differences: Vec<[i128; MEASURES]>,
}

impl Rules {
    pub(crate) fn new(threshold: u64, cells: usize) -> Self {
        Self {
            threshold,
            hidden: vec![false; cells],
            kept: vec![false; cells],
            fixed: vec![false; cells],
            compared: Vec::new(),
            differences: vec![[0; MEASURES]; cells],
        }
    }
}

/// Why no pattern of suppression will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stuck {
    /// The cases in all are too few, or differ from an earlier publication's by too few.
    Total,
    /// An earlier publication shows a cell that must be suppressed now.
    Earlier,
    /// Some cell cannot be protected.
    Cell,
}

/// The search.
pub(crate) struct Search<'c> {
    cells: &'c Cells,
    rules: &'c Rules,
    witnesses: Witnesses<'c>,
    pub(crate) hidden: Vec<bool>,
    /// True of each cell and measure, down and up, once a witness reaches far enough.
    proven: Vec<[[bool; 2]; MEASURES]>,
    counts_proven: Vec<bool>,
    /// No movement is farther, in units.
    most: f64,
}

impl<'c> Search<'c> {
    #[expect(clippy::float_arithmetic, reason = "no figure, but a bound that no proposal reaches")]
    pub(crate) fn new(cells: &'c Cells, order: &[Joined], unit: i128, rules: &'c Rules) -> Self {
        let largest = cells.list.iter().flat_map(|cell| cell.values).map(i128::abs).max().unwrap_or(0);
        let count = cells.list.len();
        Self {
            cells,
            rules,
            witnesses: Witnesses::new(cells, order, unit),
            hidden: vec![false; count],
            proven: vec![[[false; 2]; MEASURES]; count],
            counts_proven: vec![false; count],
            most: units(largest.saturating_mul(10), unit) + 1_000.0,
        }
    }

    /// Finds a pattern.
    pub(crate) fn run(&mut self) -> Result<(), Stuck> {
        let total = self.cells.find(Key::TOTAL).ok_or(Stuck::Total)?;
        for (at, cell) in self.cells.list.iter().enumerate() {
            let few = cell.fewest > 0 && cell.fewest < self.rules.threshold;
            let (must, fixed) = (few || self.rules.hidden[at], self.rules.fixed[at]);
            if must && fixed {
                return Err(Stuck::Earlier);
            }
            self.hidden[at] = must || (self.rules.kept[at] && !fixed && cell.cases > 0);
        }
        if self.hidden[total] || self.cells.list[total].cases < self.rules.threshold {
            return Err(Stuck::Total);
        }
        while self.few_together()? || self.too_close()? || self.counted()? {}
        Ok(())
    }

    fn may_hide(&self, cell: usize) -> bool {
        let is_known = self.hidden[cell] || self.rules.fixed[cell] || self.cells.keys[cell] == Key::TOTAL;
        !is_known && self.cells.list[cell].cases > 0
    }

    /// Suppresses one more of some cells: that which needs the least protection itself, since a large one among small ones
    /// would draw others after it.
    fn hide_one(&mut self, of: impl Iterator<Item = usize>) -> Result<bool, Stuck> {
        let least = of
            .filter(|cell| self.may_hide(*cell))
            .min_by_key(|cell| (self.most_needed(*cell), self.cells.list[*cell].cases, *cell));
        let cell = least.ok_or(Stuck::Cell)?;
        self.hidden[cell] = true;
        Ok(true)
    }

    /// The sum of the suppressed cells of a line is known by subtraction: it must be of enough cases, and so must its
    /// difference from an earlier publication.
    fn few_together(&mut self) -> Result<bool, Stuck> {
        let (cells, rules) = (self.cells, self.rules);
        for line in cells.lines.iter().filter(|line| !self.hidden[line.whole]) {
            let hidden = || line.parts.iter().copied().filter(|part| self.hidden[*part]);
            if hidden().next().is_none() {
                continue;
            }
            let few = cells.fewest_in(hidden());
            let gives_away = |it: &Compared| it.gives_away(cells, line, &self.hidden, rules.threshold);
            if (few > 0 && few < rules.threshold) || rules.compared.iter().any(gives_away) {
                let parts: Vec<usize> = line.parts.iter().copied().filter(|part| self.may_hide(*part)).collect();
                return if parts.is_empty() {
                    self.hide_one([line.whole].into_iter())
                } else {
                    self.hide_one(parts.into_iter())
                };
            }
        }
        Ok(false)
    }

    /// The distance from its true figure that a cell's witnesses must reach, in minor units.
    fn need(&self, cell: usize, measure: usize) -> i128 {
        let value = self.cells.list[cell].values[measure].abs();
        let difference = self.rules.differences[cell][measure].abs();
        let far = value.max(difference);
        far / ONE_IN + i128::from(far % ONE_IN != 0)
    }

    fn most_needed(&self, cell: usize) -> i128 {
        (0..MEASURES).map(|measure| self.need(cell, measure)).max().unwrap_or(0)
    }

    /// Suppresses what one suppressed cell still needs.
    fn too_close(&mut self) -> Result<bool, Stuck> {
        for cell in 0..self.hidden.len() {
            for measure in 0..MEASURES {
                for up in [false, true] {
                    if self.hidden[cell] && !self.reaches(cell, measure, up) {
                        return self.complement(cell, measure, up);
                    }
                }
            }
        }
        Ok(false)
    }

    #[expect(clippy::float_arithmetic, reason = "a proposal, which is then verified")]
    fn reaches(&mut self, cell: usize, measure: usize, up: bool) -> bool {
        let need = self.need(cell, measure);
        if need == 0 || self.proven[cell][measure][usize::from(up)] {
            return true;
        }
        let rooms = self.rooms(measure, EDGE);
        let Some(moves) = lp::farthest(&self.cells.lines, &rooms, cell, up) else { return false };
        let (reach, wanted) = (moves[cell].abs(), units(need, self.witnesses.unit));
        if reach < wanted * (1.0 - 1e-9) {
            return false;
        }
        let least = (wanted / reach).min(1.0);
        for share in [(least * 1.05).min(1.0), f64::midpoint(least, 1.0), 1.0] {
            if let Some(figures) = self.witnesses.near(measure, &self.hidden, &moves, share) {
                self.learn(measure, &figures);
                if self.proven[cell][measure][usize::from(up)] {
                    return true;
                }
            }
        }
        false
    }

    /// Marks all that a witness proves.
    fn learn(&mut self, measure: usize, figures: &[i128]) {
        for (cell, minor) in figures.iter().enumerate().filter(|(cell, _)| self.hidden[*cell]) {
            let moved = minor - self.cells.list[cell].values[measure];
            if moved.abs() >= self.need(cell, measure) && moved != 0 {
                self.proven[cell][measure][usize::from(moved > 0)] = true;
            }
        }
    }

    /// What a reader knows of each cell, as movements from its true figure in units.
    #[expect(clippy::float_arithmetic, reason = "a proposal, which is then verified")]
    fn rooms(&self, measure: usize, edge: f64) -> Vec<(f64, f64)> {
        (0..self.hidden.len())
            .map(|cell| {
                if self.hidden[cell] {
                    self.room(cell, measure)
                } else {
                    let (low, high) = self.rounding(cell, measure);
                    ((low + edge).min(0.0), (high - edge).max(0.0))
                }
            })
            .collect()
    }

    /// The room of a suppressed cell, of which the sign is known.
    #[expect(clippy::float_arithmetic, reason = "a proposal, which is then verified")]
    fn room(&self, cell: usize, measure: usize) -> (f64, f64) {
        let value = self.cells.list[cell].values[measure];
        let to_zero = units(-value, self.witnesses.unit);
        if value < 0 { (-self.most, to_zero) } else { (to_zero, self.most) }
    }

    /// The room of a published cell: that of its rounding, within its sign.
    #[expect(clippy::float_arithmetic, reason = "a proposal, which is then verified")]
    fn rounding(&self, cell: usize, measure: usize) -> (f64, f64) {
        let unit = self.witnesses.unit;
        let value = self.cells.list[cell].values[measure];
        if unit == 1 || self.cells.list[cell].cases == 0 {
            return (0.0, 0.0);
        }
        let shift = units(crate::rounding::rounded(value, unit) * unit - value, unit);
        let (low, high) = self.room(cell, measure);
        ((shift - 0.5).max(low), (shift + 0.5).min(high))
    }

    #[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a proposal, which is then verified")]
    fn complement(&mut self, cell: usize, measure: usize, up: bool) -> Result<bool, Stuck> {
        let by = units(self.need(cell, measure), self.witnesses.unit) * 1.05;
        let rooms = self.rooms(measure, EDGE);
        let mover = |at: usize| {
            let (low, high) = self.room(at, measure);
            let (own_low, own_high) = rooms[at];
            // What it would need itself, and its cases where that is little.
            let cost = units(self.need(at, measure), self.witnesses.unit) + self.cells.list[at].cases as f64;
            Mover { free: rooms[at], paid: self.may_hide(at).then_some((own_low - low, high - own_high, cost)) }
        };
        let movers: Vec<Mover> = (0..self.hidden.len()).map(mover).collect();
        let found = lp::cheapest(&self.cells.lines, &movers, cell, if up { by } else { -by }).unwrap_or_default();
        let more: Vec<usize> = found.into_iter().filter(|at| self.may_hide(*at)).collect();
        if more.is_empty() {
            return self.hide_beside(cell);
        }
        for at in more {
            self.hidden[at] = true;
        }
        Ok(true)
    }

    /// Suppresses one more cell of the lines in which a cell is.
    fn hide_beside(&mut self, cell: usize) -> Result<bool, Stuck> {
        let lines = self.cells.lines_of[cell].iter().map(|line| &self.cells.lines[*line]);
        let beside: Vec<usize> = lines.flat_map(|line| line.parts.iter().copied().chain([line.whole])).collect();
        self.hide_one(beside.into_iter())
    }

    /// Suppresses one more cell where the number of cases in one of too few can be told exactly.
    fn counted(&mut self) -> Result<bool, Stuck> {
        let known = |at: usize| (!self.hidden[at]).then_some(self.cells.list[at].cases);
        let known: Vec<Option<u64>> = (0..self.hidden.len()).map(known).collect();
        let most = self.cells.find(Key::TOTAL).map_or(0, |total| self.cells.list[total].cases);
        for cell in 0..self.hidden.len() {
            let few = self.cells.list[cell].cases < self.rules.threshold;
            if !few || !self.hidden[cell] || self.counts_proven[cell] {
                continue;
            }
            for up in [true, false] {
                let found = lp::farthest_counts(&self.cells.lines, &known, most, cell, up);
                let found = found.filter(|counts| self.witnesses.counts_hold(&self.hidden, counts));
                for (at, count) in found.iter().flatten().enumerate() {
                    self.counts_proven[at] |= self.hidden[at] && *count != self.cells.list[at].cases;
                }
            }
            if !self.counts_proven[cell] {
                return self.hide_beside(cell);
            }
        }
        Ok(false)
    }

    /// The interval in which a reader can place a suppressed cell, in units, rounded outwards. No end where there is none
    /// in sight. It follows from what is published alone.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "said as such"
    )]
    pub(crate) fn interval(&self, cell: usize, measure: usize) -> [Option<i128>; 2] {
        let rooms = self.rooms(measure, 0.0);
        let value = self.cells.list[cell].values[measure] as f64 / self.witnesses.unit as f64;
        let end = |up: bool| {
            let moved = lp::farthest(&self.cells.lines, &rooms, cell, up)?[cell];
            let end = value + moved;
            let outward = if up { (end - 1e-6).ceil() } else { (end + 1e-6).floor() };
            (moved.abs() < self.most * 0.99).then_some(outward as i128)
        };
        [end(false), end(true)]
    }
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a proposal, which is then verified")]
fn units(minor: i128, unit: i128) -> f64 {
    minor as f64 / unit as f64
}
