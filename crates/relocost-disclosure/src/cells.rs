//! Cells of tables with all their margins, each with the cases behind it.
//!
//! In: records of cases, and the dimensions of the tables. Out: cells, of which those of two tables that mean the same are
//! one; and lines, each of a cell and the cells that it is the sum of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::key::{DIMENSIONS, Key, Set};

/// The figures of a cell: one, or those of a base and an alternative.
pub(crate) const MEASURES: usize = 2;

/// The amounts of a record, by all dimensions.
pub(crate) struct Record {
    pub(crate) count: u64,
    pub(crate) amounts: Vec<([u16; DIMENSIONS], [i128; MEASURES])>,
}

/// A cell in which some case has an amount, or several that cancel each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// The number of cases with an amount in it.
    pub(crate) cases: u64,
    /// The smallest number of cases behind a figure that it gives: of each measure, and of their difference.
    pub(crate) fewest: u64,
    /// In minor units.
    pub(crate) values: [i128; MEASURES],
    /// The records of its cases, each with what one case has in it.
    pub(crate) records: Vec<(u32, [i128; MEASURES])>,
}

/// A cell and the cells that it is the sum of.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) whole: usize,
    pub(crate) parts: Vec<usize>,
    /// The dimension over which they add up.
    pub(crate) dimension: usize,
    /// True if a case is in one part at most, so that numbers of cases add up too.
    pub(crate) parted: bool,
}

/// All cells of some tables. Cells without a case are in none of the lists: they are known to be empty.
#[derive(Debug)]
pub(crate) struct Cells {
    pub(crate) keys: Vec<Key>,
    pub(crate) list: Vec<Cell>,
    pub(crate) lines: Vec<Line>,
    /// The lines of which each cell is whole or part.
    pub(crate) lines_of: Vec<Vec<usize>>,
    /// The cases that each record stands for.
    pub(crate) counts: Vec<u64>,
    places: HashMap<Key, usize>,
}

impl Cells {
    /// `parting` are the dimensions on which a case has one place.
    pub(crate) fn new(records: &[Record], tables: &[Set], parting: Set) -> Self {
        let sets: BTreeSet<Set> = tables.iter().flat_map(|table| table.subsets()).collect();
        let mut found: BTreeMap<Key, Cell> = BTreeMap::new();
        for (place, record) in (0..).zip(records) {
            let mut own: HashMap<Key, [i128; MEASURES]> = HashMap::new();
            for (places, amounts) in record.amounts.iter().filter(|(_, amounts)| *amounts != [0; MEASURES]) {
                for set in &sets {
                    let sums = own.entry(Key::new(*places).onto(*set)).or_default();
                    for (sum, amount) in sums.iter_mut().zip(amounts) {
                        *sum += amount;
                    }
                }
            }
            for (key, sums) in own {
                let cell = found.entry(key).or_default();
                if sums == [0; MEASURES] {
                    continue; // amounts that cancel each other: the sum is known to be of nobody
                }
                cell.cases += record.count;
                cell.records.push((place, sums));
                for (value, sum) in cell.values.iter_mut().zip(sums) {
                    *value += sum * i128::from(record.count);
                }
            }
        }
        let counts: Vec<u64> = records.iter().map(|record| record.count).collect();
        for cell in found.values_mut() {
            cell.fewest = fewest(&counts, cell.records.iter().copied());
        }
        let (keys, list): (Vec<Key>, Vec<Cell>) = found.into_iter().unzip();
        let places: HashMap<Key, usize> = keys.iter().enumerate().map(|(place, key)| (*key, place)).collect();
        let mut lines: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (part, key) in keys.iter().enumerate() {
            for dimension in key.set().dimensions() {
                if let Some(whole) = places.get(&key.without(dimension)) {
                    lines.entry((*whole, dimension)).or_default().push(part);
                }
            }
        }
        let line = |((whole, dimension), parts)| Line { whole, parts, dimension, parted: parting.has(dimension) };
        let lines: Vec<Line> = lines.into_iter().map(line).collect();
        let mut lines_of = vec![Vec::new(); keys.len()];
        for (place, line) in lines.iter().enumerate() {
            for cell in line.parts.iter().chain([&line.whole]) {
                lines_of[*cell].push(place);
            }
        }
        Self { keys, list, lines, lines_of, counts, places }
    }

    pub(crate) fn find(&self, key: Key) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// The number of different cases in some cells.
    pub(crate) fn cases_in(&self, cells: impl Iterator<Item = usize>) -> u64 {
        let records: BTreeSet<u32> = cells.flat_map(|cell| self.list[cell].records.iter().map(|(at, _)| *at)).collect();
        records.into_iter().filter_map(|record| self.counts.get(record as usize)).sum()
    }

    /// The smallest number of cases behind a figure that the sum of some cells gives.
    pub(crate) fn fewest_in(&self, cells: impl Iterator<Item = usize>) -> u64 {
        let mut sums: BTreeMap<u32, [i128; MEASURES]> = BTreeMap::new();
        for (record, amounts) in cells.flat_map(|cell| &self.list[cell].records) {
            let sum = sums.entry(*record).or_default();
            for (sum, amount) in sum.iter_mut().zip(amounts) {
                *sum += amount;
            }
        }
        fewest(&self.counts, sums.into_iter())
    }
}

/// The smallest number of cases behind a figure that is of somebody: a measure, or the difference of the two.
fn fewest(counts: &[u64], records: impl Iterator<Item = (u32, [i128; MEASURES])>) -> u64 {
    let mut behind = [0; MEASURES + 1];
    for (record, [base, alternative]) in records {
        let count = counts.get(record as usize).copied().unwrap_or(0);
        for (sum, is_behind) in behind.iter_mut().zip([base != 0, alternative != 0, base != alternative]) {
            *sum += if is_behind { count } else { 0 };
        }
    }
    behind.into_iter().filter(|count| *count > 0).min().unwrap_or(0)
}

/// A table, with the dimensions that it shares with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) table: Set,
    pub(crate) shared: Set,
}

/// The largest tables, in an order in which what each shares with all before it lies within one of them. `None` if there is
/// no such order: then figures of single tables that agree with each other need not be figures of any cases, and intervals
/// could be narrower than those found table by table.
pub(crate) fn joined(tables: &[Set]) -> Option<Vec<Joined>> {
    let all: BTreeSet<Set> = tables.iter().copied().collect();
    let mut left: Vec<Set> =
        all.iter().copied().filter(|set| !all.iter().any(|other| other != set && set.within(*other))).collect();
    let (mut order, mut before): (Vec<Joined>, Set) = (Vec::new(), Set::default());
    while !left.is_empty() {
        // The table that shares most with one before it: if there is an order at all, this is one.
        let most = |set: &Set| order.iter().map(|joined| set.and(joined.table).len()).max().unwrap_or(0);
        let next = left.iter().enumerate().max_by_key(|(place, set)| (most(set), usize::MAX - place))?.0;
        let table = left.swap_remove(next);
        left.sort_unstable();
        let shared = table.and(before);
        if !order.is_empty() && !order.iter().any(|joined| shared.within(joined.table)) {
            return None;
        }
        before = before.or(table);
        order.push(Joined { table, shared });
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_that_share_a_dimension_can_be_joined_and_a_ring_cannot() {
        let set = |dimensions: &[usize]| Set::of(dimensions.iter().copied());
        let star = joined(&[set(&[0, 1]), set(&[0, 2]), set(&[0]), set(&[0, 3])]).unwrap();
        assert_eq!(star.len(), 3);
        assert!(star[1..].iter().all(|joined| joined.shared == set(&[0])));
        assert_eq!(joined(&[set(&[0, 1]), set(&[1, 2]), set(&[0, 2])]), None);
        assert_eq!(joined(&[set(&[0, 1]), set(&[1, 2]), set(&[0, 2]), set(&[0, 1, 2])]).unwrap().len(), 1);
    }

    #[test]
    fn a_case_in_several_cells_counts_once_in_their_sum() {
        let at = |year, category, amount| ([year, category, 0, 0, 0], [amount, 0]);
        let records = [
            Record { count: 2, amounts: vec![at(0, 0, 5), at(1, 0, 7)] },
            Record { count: 1, amounts: vec![at(0, 0, 3), at(0, 1, 4)] },
        ];
        let cells = Cells::new(&records, &[Set::of([0, 1])], Set::default());
        let cell = |key: Key| &cells.list[cells.find(key).unwrap()];
        let total = cell(Key::TOTAL);
        assert_eq!((total.cases, total.values, total.fewest), (3, [31, 0], 3));
        let first = cell(Key::TOTAL.with(0, 0));
        assert_eq!((first.cases, first.values), (3, [17, 0]));
        assert_eq!(cell(Key::TOTAL.with(0, 0).with(1, 1)).cases, 1);
        assert_eq!(cells.find(Key::TOTAL.with(0, 1).with(1, 1)), None);
        for line in &cells.lines {
            let sum: i128 = line.parts.iter().map(|part| cells.list[*part].values[0]).sum();
            assert_eq!(sum, cells.list[line.whole].values[0]);
        }
    }

    #[test]
    fn a_difference_of_few_cases_counts_as_few() {
        let same = Record { count: 9, amounts: vec![([0; DIMENSIONS], [5, 5])] };
        let other = Record { count: 1, amounts: vec![([0; DIMENSIONS], [5, 8])] };
        let cells = Cells::new(&[same, other], &[Set::of([0])], Set::default());
        assert!(cells.list.iter().all(|cell| (cell.cases, cell.fewest) == (10, 1)));
    }
}
