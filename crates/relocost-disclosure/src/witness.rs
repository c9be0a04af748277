//! Witnesses: other figures of the same tables, in whole minor units, that would be published as exactly the same.
//!
//! A reader who knows nothing but what is published cannot tell them from the true ones. So a witness in which a cell is
//! so far from its true figure proves that the interval in which the reader can place the cell reaches that far.

use crate::cells::{Cells, Joined, MEASURES};
use crate::key::Set;
use crate::rounding::rounded;

/// A table laid out for summing: its finest cells, with the cells of which each is a part.
struct Layout {
    leaves: Vec<(usize, Vec<usize>)>,
    /// The finest cells in each cell that an earlier table has too; empty of the first table.
    shared: Vec<(usize, Vec<usize>)>,
}

/// What a reader knows of each cell, and the tables for which witnesses are made.
pub(crate) struct Witnesses<'c> {
    cells: &'c Cells,
    layouts: Vec<Layout>,
    /// Minor units of what figures are rounded to.
    pub(crate) unit: i128,
}

impl<'c> Witnesses<'c> {
    pub(crate) fn new(cells: &'c Cells, order: &[Joined], unit: i128) -> Self {
        let mut layouts = Vec::new();
        for (place, joined) in order.iter().enumerate() {
            let of = |at: usize, set: Set| cells.find(cells.keys[at].onto(set));
            let finest = (0..cells.keys.len()).filter(|at| cells.keys[*at].set() == joined.table);
            let leaves: Vec<(usize, Vec<usize>)> =
                finest.map(|at| (at, joined.table.subsets().filter_map(|set| of(at, set)).collect())).collect();
            let mut shared = std::collections::BTreeMap::<usize, Vec<usize>>::new();
            for (at, _) in leaves.iter().filter(|_| place > 0) {
                if let Some(whole) = of(*at, joined.shared) {
                    shared.entry(whole).or_default().push(*at);
                }
            }
            layouts.push(Layout { leaves, shared: shared.into_iter().collect() });
        }
        Self { cells, layouts, unit }
    }

    /// True if a figure in place of a cell's true one changes nothing that is published or known: of a published cell the
    /// rounded figure, of any cell its sign.
    fn unnoticed(&self, cell: usize, measure: usize, hidden: bool, minor: i128) -> bool {
        let value = self.cells.list[cell].values[measure];
        let same_sign = if value < 0 { minor <= 0 } else { minor >= 0 };
        same_sign && (hidden || rounded(minor, self.unit) == rounded(value, self.unit))
    }

    /// A witness near the true figures with some movements added, in units; none if it would be noticed.
    #[expect(
        clippy::float_arithmetic,
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "verified below"
    )]
    pub(crate) fn near(&self, measure: usize, hidden: &[bool], moves: &[f64], share: f64) -> Option<Vec<i128>> {
        let values = |cell: usize| self.cells.list[cell].values[measure];
        let mut figures: Vec<i128> = vec![0; self.cells.list.len()];
        for layout in &self.layouts {
            let mut own: std::collections::HashMap<usize, i128> = std::collections::HashMap::new();
            for (leaf, _) in &layout.leaves {
                let moved = (moves.get(*leaf)? * share * self.unit as f64).round();
                own.insert(*leaf, values(*leaf) + moved as i128);
            }
            // What rounding of movements to minor units leaves against the tables before.
            for (whole, leaves) in &layout.shared {
                let sum: i128 = leaves.iter().filter_map(|leaf| own.get(leaf)).sum();
                let most = leaves.iter().max_by_key(|leaf| (hidden[**leaf], values(**leaf).abs()))?;
                *own.get_mut(most)? += figures[*whole] - sum;
            }
            let mut sums: std::collections::HashMap<usize, i128> = std::collections::HashMap::new();
            for (leaf, wholes) in &layout.leaves {
                for whole in wholes {
                    *sums.entry(*whole).or_default() += own.get(leaf)?;
                }
            }
            for (cell, sum) in sums {
                figures[cell] = sum;
            }
        }
        self.holds(measure, hidden, &figures).then_some(figures)
    }

    /// True if every line adds up and nothing published would differ.
    fn holds(&self, measure: usize, hidden: &[bool], figures: &[i128]) -> bool {
        let adds_up = self
            .cells
            .lines
            .iter()
            .all(|line| figures[line.whole] == line.parts.iter().map(|part| figures[*part]).sum::<i128>());
        measure < MEASURES
            && adds_up
            && figures.iter().enumerate().all(|(cell, minor)| self.unnoticed(cell, measure, hidden[cell], *minor))
    }

    /// True if numbers of cases could be the true ones: those published are as they are, and every line allows the others.
    pub(crate) fn counts_hold(&self, hidden: &[bool], counts: &[u64]) -> bool {
        let lines = self.cells.lines.iter().all(|line| {
            let whole = counts[line.whole];
            let parts = line.parts.iter().map(|part| counts[*part]);
            let (sum, most) = (parts.clone().sum::<u64>(), parts.max().unwrap_or(0));
            if line.parted { whole == sum } else { most <= whole && whole <= sum }
        });
        let known = |(cell, count): (usize, &u64)| {
            if hidden[cell] { *count > 0 } else { *count == self.cells.list[cell].cases }
        };
        lines && counts.iter().enumerate().all(known)
    }
}
