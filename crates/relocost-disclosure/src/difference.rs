//! What differs from an earlier publication of other cases.
//!
//! A reader subtracts: figures that both publications show, and in each line what is suppressed together, which is the
//! line's sum less what is shown of it. Neither difference may be of few cases.

use std::collections::HashMap;

use relocost::microdata::Microdata;

use crate::cells::{Cells, Line, MEASURES};
use crate::earlier::Earlier;
use crate::key::Set;
use crate::source::Names;
use crate::thousands;

/// The number of cases and the figures of a cell, in the units to which figures are rounded.
pub(crate) type Shown = (u64, [i128; MEASURES]);

/// Parts of a line that are empty now.
#[derive(Clone, Copy, Debug, Default)]
struct Gone {
    /// How many of them are shown, and their sum.
    shown: i128,
    cases: i128,
    figures: [i128; MEASURES],
}

/// An earlier publication, held against these cases.
#[derive(Debug)]
pub(crate) struct Compared {
    /// The tables with all their margins.
    tables: Vec<Set>,
    /// What it shows of each cell; of a cell that was empty that it was.
    shown: Vec<Option<Shown>>,
    /// The cells that it suppresses.
    pub(crate) suppressed: Vec<usize>,
    gone: HashMap<(usize, usize), Gone>,
    /// True if a case costs the same in both: the catalogue, version, start and horizon are the same, or some figure of as many
    /// cases is. Otherwise figures differ for all cases.
    pub(crate) is_comparable: bool,
    unit: i128,
}

impl Compared {
    pub(crate) fn new(earlier: &Earlier, cells: &Cells, names: &Names, microdata: &Microdata, unit: i128) -> Self {
        let about = microdata.about();
        let on_same_terms = earlier.catalogue == about.scenario().catalogue_digest()
            && earlier.version == env!("CARGO_PKG_VERSION")
            && earlier.horizon_months == about.horizon_months()
            && earlier.start == about.start().to_string();
        let tables = crate::sets(&earlier.tables);
        let has = |set: Set| tables.iter().any(|table| set.within(*table));
        let mut shown: Vec<Option<Shown>> =
            cells.keys.iter().map(|key| has(key.set()).then_some((0, [0; MEASURES]))).collect();
        let (mut suppressed, mut gone) = (Vec::new(), HashMap::<(usize, usize), Gone>::new());
        for cell in &earlier.cells {
            if let Some(found) = names.find(cells, &cell.names) {
                shown[found] = cell.shown;
                if cell.shown.is_none() {
                    suppressed.push(found);
                }
                continue;
            }
            for dimension in cell.names.keys() {
                let mut whole = cell.names.clone();
                whole.remove(dimension);
                let Some(whole) = names.find(cells, &whole) else { continue };
                let sums = gone.entry((whole, dimension.place())).or_default();
                let Some((cases, figures)) = cell.shown else { continue };
                sums.shown += 1;
                sums.cases += i128::from(cases);
                for (sum, figure) in sums.figures.iter_mut().zip(figures) {
                    *sum += figure;
                }
            }
        }
        // A household's change can leave one of the two measures as it was: either tells that costs are.
        let is_same = |(cell, shown): (usize, &Option<Shown>)| {
            let own = thousands(cells, cell, unit);
            shown.is_some_and(|(cases, figures)| {
                cases == cells.list[cell].cases && figures.iter().zip(own).any(|(then, now)| *then == now && now != 0)
            })
        };
        let is_comparable = on_same_terms || shown.iter().enumerate().any(is_same);
        Self { tables, shown, suppressed, gone, is_comparable, unit }
    }

    /// What it shows of a cell.
    pub(crate) fn shown(&self, cell: usize) -> Option<Shown> {
        self.shown[cell]
    }

    /// By how many cases a cell differs from what it shows of it. As many cases with other figures: at least one household has
    /// taken another's place.
    pub(crate) fn changed(&self, cell: usize, (cases, figures): Shown) -> Option<u64> {
        let (before, earlier) = self.shown[cell]?;
        Some(cases.abs_diff(before).max(u64::from(self.is_comparable && figures != earlier)))
    }

    /// True if what is suppressed in a line differs by fewer cases than the threshold from the same cells then, although
    /// a reader can tell both sums.
    ///
    /// Where a case can be in several cells of the line, the cases that they had then lie between two numbers. The difference
    /// counts as few where it can be.
    pub(crate) fn gives_away(&self, cells: &Cells, line: &Line, hidden: &[bool], threshold: u64) -> bool {
        let set = cells.keys[line.whole].set().or(Set::of([line.dimension]));
        let Some((whole, mut figures)) =
            self.shown[line.whole].filter(|_| self.tables.iter().any(|it| set.within(*it)))
        else {
            return false;
        };
        let gone = self.gone.get(&(line.whole, line.dimension)).copied().unwrap_or_default();
        let (mut known, mut cases) = (1 + gone.shown, i128::from(whole) - gone.cases);
        for (figure, gone) in figures.iter_mut().zip(gone.figures) {
            *figure -= gone;
        }
        for part in line.parts.iter().filter(|part| !hidden[**part]) {
            let Some((of_part, shown)) = self.shown[*part] else { return false };
            known += 1;
            cases -= i128::from(of_part);
            for (figure, shown) in figures.iter_mut().zip(shown) {
                *figure -= shown;
            }
        }
        let of_line = || line.parts.iter().copied().filter(|part| hidden[*part]);
        let own = i128::from(cells.cases_in(of_line()));
        let range = if line.parted { (cases, cases) } else { (cases.max(0), i128::from(whole)) };
        let changed = (own - range.1).max(range.0 - own).max(0);
        let is_noticed = (0..MEASURES).any(|measure| {
            let sum: i128 = of_line().map(|part| cells.list[part].values[measure]).sum();
            2 * (sum - figures[measure] * self.unit).abs() > known * self.unit
        });
        let changed = changed.max(i128::from(self.is_comparable && is_noticed));
        changed > 0 && changed < i128::from(threshold)
    }
}
