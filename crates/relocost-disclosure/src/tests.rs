//! Worked cases, and an attacker who computes exactly and by other means than the audit.

use std::collections::VecDeque;

use crate::cells::{Cells, Record, joined};
use crate::key::{DIMENSIONS, Key, Set};
use crate::pattern::{ONE_IN, Rules, Search, Stuck};
use crate::rounding::rounded;

/// Records of a table of two dimensions, of which each cell has its cases and its figure.
fn table(cells: &[&[(u64, i128)]]) -> Vec<Record> {
    let mut records = Vec::new();
    for (row, of_row) in (0..).zip(cells) {
        for (column, &(count, value)) in (0..).zip(*of_row) {
            let mut places = [0; DIMENSIONS];
            (places[0], places[1]) = (row, column);
            // One case has all but the units of the others.
            for case in 0..count {
                let amount = if case == 0 { value - i128::from(count - 1) } else { 1 };
                records.push(Record { count: 1, amounts: vec![(places, [amount, 0])] });
            }
        }
    }
    records
}

fn key(row: Option<u16>, column: Option<u16>) -> Key {
    let with = |key: Key, dimension, place: Option<u16>| place.map_or(key, |place| key.with(dimension, place));
    with(with(Key::TOTAL, 0, row), 1, column)
}

const TABLE: [usize; 2] = [0, 1];

fn cells_of(records: &[Record]) -> Cells {
    Cells::new(records, &[Set::of(TABLE)], Set::of(TABLE))
}

fn search<'c>(cells: &'c Cells, rules: &'c Rules, unit: i128) -> Search<'c> {
    Search::new(cells, &joined(&[Set::of(TABLE)]).unwrap(), unit, rules)
}

fn hidden(cells: &Cells, search: &Search<'_>) -> Vec<Key> {
    (0..cells.keys.len()).filter(|at| search.hidden[*at]).map(|at| cells.keys[at]).collect()
}

/// By hand: the last cell of the second row is sensitive, and a rectangle of four cells is suppressed. Its rows add up to 30
/// and 29, its columns to 25 and 34: so a reader places the sensitive cell from 34 - 29 = 5 to 30.
#[test]
fn the_interval_in_a_rectangle_is_what_its_sums_leave() {
    let table = table(&[&[(9, 20), (9, 50), (9, 10)], &[(4, 8), (9, 19), (2, 22)], &[(4, 17), (9, 32), (4, 12)]]);
    let cells = cells_of(&table);
    assert_eq!(cells.list[cells.find(Key::TOTAL).unwrap()].values[0], 190);
    let mut rules = Rules::new(3, cells.keys.len());
    let rectangle = [(1, 0), (1, 2), (2, 0), (2, 2)].map(|(row, column)| key(Some(row), Some(column)));
    for cell in rectangle {
        rules.hidden[cells.find(cell).unwrap()] = true;
    }
    let mut search = search(&cells, &rules, 1);
    search.run().unwrap();
    assert_eq!(hidden(&cells, &search), rectangle); // which is enough
    let sensitive = cells.find(key(Some(1), Some(2))).unwrap();
    assert_eq!(search.interval(sensitive, 0), [Some(5), Some(30)]);
}

/// Two suppressed cells in every line are not enough: one that joins two blocks is what rows and columns leave over.
#[test]
fn a_bridge_between_blocks_is_found_although_every_line_has_two_suppressed_cells() {
    let row: &[(u64, i128)] = &[(9, 40), (9, 30), (9, 20), (9, 50)];
    let table = table(&[row, row, row, row]);
    let cells = cells_of(&table);
    let mut rules = Rules::new(3, cells.keys.len());
    for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)] {
        rules.hidden[cells.find(key(Some(row), Some(column))).unwrap()] = true;
    }
    let bridge = cells.find(key(Some(1), Some(2))).unwrap();
    let mut before = search(&cells, &rules, 1);
    before.hidden.clone_from(&rules.hidden);
    assert_eq!(before.interval(bridge, 0), [Some(20), Some(20)]);
    let mut after = search(&cells, &rules, 1);
    after.run().unwrap();
    let [low, high] = after.interval(bridge, 0).map(Option::unwrap);
    assert!(low <= 16 && high >= 24, "{low} {high}");
}

/// Two households alone in a row are not protected by one another: their sum would be known.
#[test]
fn suppressed_cells_of_a_line_are_of_enough_cases_together() {
    let table = table(&[&[(1, 40), (1, 60), (9, 90), (9, 80)], &[(9, 50), (9, 70), (9, 90), (9, 80)]]);
    let cells = cells_of(&table);
    let rules = Rules::new(3, cells.keys.len());
    let mut search = search(&cells, &rules, 1);
    search.run().unwrap();
    for line in cells.lines.iter().filter(|line| !search.hidden[line.whole]) {
        let of_line = || line.parts.iter().copied().filter(|part| search.hidden[*part]);
        assert!(of_line().next().is_none() || cells.cases_in(of_line()) >= 3);
    }
}

#[test]
fn few_cases_are_not_published_at_all() {
    let two = table(&[&[(2, 90)]]);
    let cells = cells_of(&two);
    let rules = Rules::new(3, cells.keys.len());
    assert_eq!(search(&cells, &rules, 1).run(), Err(Stuck::Total));
    // One case beside three: the three are suppressed with it, and only what is the total stays.
    let beside = table(&[&[(3, 90)], &[(1, 20)]]);
    let cells = cells_of(&beside);
    let rules = Rules::new(3, cells.keys.len());
    let mut search = search(&cells, &rules, 1);
    search.run().unwrap();
    assert!(cells.keys.iter().enumerate().all(|(at, key)| search.hidden[at] == key.get(0).is_some()));
}

/// Numbers that look random (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }
}

/// A table as a network: what flows from the total to rows, on to columns and back. Each arc has the room down and up that a
/// reader must leave it, from the true figure; a figure goes as far as flow can be pushed around.
struct Attacker {
    /// From, to, room up, room down, and the cell.
    arcs: Vec<(usize, usize, i128, i128, usize)>,
    nodes: usize,
}

impl Attacker {
    fn new(cells: &Cells, hidden: &[bool], unit: i128) -> Self {
        // Node 0 is where all comes from, 1 where all goes.
        let row = |place: u16| 2 + usize::from(place);
        let column = |place: u16| 100 + usize::from(place);
        let arc = |(at, key): (usize, &Key)| {
            let (from, to) = match (key.get(0), key.get(1)) {
                (Some(one), Some(other)) => (row(one), column(other)),
                (Some(one), None) => (0, row(one)),
                (None, Some(other)) => (column(other), 1),
                (None, None) => (1, 0),
            };
            let value = cells.list[at].values[0];
            let shown = rounded(value, unit) * unit;
            let (up, down) = if hidden[at] {
                (i128::MAX / 4, value)
            } else {
                (shown + unit / 2 - value, (value - shown + unit / 2).min(value))
            };
            (from, to, up, down, at)
        };
        Self { arcs: cells.keys.iter().enumerate().map(arc).collect(), nodes: 200 }
    }

    /// How far a cell can go up or down while everything adds up and stays within its room.
    fn reach(&self, cell: usize, up: bool) -> i128 {
        let mut arcs = self.arcs.clone();
        let own = arcs.iter().position(|arc| arc.4 == cell).unwrap();
        let (from, to, more, less, _) = arcs.remove(own);
        // More through the arc must come back from its end to its beginning; less must find another way.
        let (source, sink, most) = if up { (to, from, more) } else { (from, to, less) };
        let mut reached = 0;
        while reached < most {
            let mut by: Vec<Option<(usize, bool)>> = vec![None; self.nodes];
            let mut queue = VecDeque::from([source]);
            while let Some(node) = queue.pop_front() {
                for (place, (a, b, forth, back, _)) in arcs.iter().enumerate() {
                    for (here, there, room, is_forth) in [(*a, *b, *forth, true), (*b, *a, *back, false)] {
                        if here == node && room > 0 && there != source && by[there].is_none() {
                            by[there] = Some((place, is_forth));
                            queue.push_back(there);
                        }
                    }
                }
            }
            if by[sink].is_none() {
                break;
            }
            let (mut path, mut node) = (Vec::new(), sink);
            while node != source {
                let (place, is_forth) = by[node].unwrap();
                path.push((place, is_forth));
                node = if is_forth { arcs[place].0 } else { arcs[place].1 };
            }
            let room = |(place, is_forth): &(usize, bool)| if *is_forth { arcs[*place].2 } else { arcs[*place].3 };
            let pushed = path.iter().map(room).min().unwrap().min(most - reached);
            for (place, is_forth) in path {
                let sign = if is_forth { 1 } else { -1 };
                arcs[place].2 -= sign * pushed;
                arcs[place].3 += sign * pushed;
            }
            reached += pushed;
        }
        reached
    }
}

/// Thousands of tables of random cases are published, and the attacker, who knows all that a reader knows, places no
/// suppressed cell closer than a fifth of it.
#[test]
fn an_attacker_places_no_suppressed_cell_closer_than_a_fifth() {
    let mut numbers = Numbers(7);
    let (mut published, mut attacked, mut refused) = (0, 0, 0);
    for _ in 0..TABLES {
        let (rows, columns) = (2 + numbers.below(3), 2 + numbers.below(4));
        let unit = [1, 100_000][usize::try_from(numbers.below(2)).unwrap()];
        let scale = if unit == 1 { 60 } else { 20_000_000 };
        let of_row: Vec<Vec<(u64, i128)>> = (0..rows)
            .map(|_| {
                let mut one = || (numbers.below(12), i128::from(20 + numbers.below(scale)));
                (0..columns).map(|_| one()).collect()
            })
            .collect();
        let all: Vec<&[(u64, i128)]> = of_row.iter().map(Vec::as_slice).collect();
        let records = table(&all);
        let cells = cells_of(&records);
        let rules = Rules::new(3, cells.keys.len());
        let mut search = search(&cells, &rules, unit);
        if search.run().is_err() {
            refused += 1;
            continue;
        }
        published += 1;
        let attacker = Attacker::new(&cells, &search.hidden, unit);
        for cell in (0..cells.keys.len()).filter(|cell| search.hidden[*cell]) {
            let value = cells.list[cell].values[0];
            let need = value / ONE_IN + i128::from(value % ONE_IN != 0);
            for up in [false, true] {
                let reach = attacker.reach(cell, up);
                assert!(reach >= need, "{:?} of {value} within {reach}, up: {up}", cells.keys[cell]);
                attacked += 1;
            }
        }
        assert!(
            cells.list.iter().zip(&search.hidden).all(|(cell, hidden)| *hidden || cell.fewest >= 3 || cell.cases == 0)
        );
    }
    assert!(
        published > TABLES * 9 / 10 && attacked > published,
        "{published} published, {refused} refused, {attacked}"
    );
}

const TABLES: u32 = 2_000;

/// The attacker is no straw man: where nothing else is suppressed, a single cell is found to the unit.
#[test]
fn the_attacker_finds_what_is_suppressed_alone() {
    let records = table(&[&[(9, 40), (1, 60)], &[(9, 50), (9, 70)]]);
    let cells = cells_of(&records);
    let single = cells.find(key(Some(0), Some(1))).unwrap();
    let hidden: Vec<bool> = (0..cells.keys.len()).map(|at| at == single).collect();
    let attacker = Attacker::new(&cells, &hidden, 1);
    assert_eq!((attacker.reach(single, true), attacker.reach(single, false)), (0, 0));
}

/// Tables of three dimensions, with all margins: bounds are drawn tighter line by line until nothing moves any more.
#[test]
fn drawing_bounds_tighter_finds_nothing_in_tables_of_three_dimensions() {
    let mut numbers = Numbers(11);
    let tables = [Set::of([0, 1, 2])];
    let mut published = 0;
    for _ in 0..60 {
        let mut records = Vec::new();
        for place in 0..18_u16 {
            for _ in 0..numbers.below(9) {
                let amount = i128::from(1_000 + numbers.below(9_000));
                let places = [place % 3, place / 3 % 3, place / 9, 0, 0];
                records.push(Record { count: 1, amounts: vec![(places, [amount, 0])] });
            }
        }
        let cells = Cells::new(&records, &tables, Set::of([0, 1, 2]));
        let rules = Rules::new(3, cells.keys.len());
        let mut search = Search::new(&cells, &joined(&tables).unwrap(), 1, &rules);
        if search.run().is_err() {
            continue;
        }
        published += 1;
        let most = 10_000_000;
        let value = |at: usize| cells.list[at].values[0];
        let mut bounds: Vec<(i128, i128)> = (0..cells.keys.len())
            .map(|at| if search.hidden[at] { (0, most) } else { (value(at), value(at)) })
            .collect();
        loop {
            let before = bounds.clone();
            for line in &cells.lines {
                let sum = |bounds: &[(i128, i128)]| {
                    line.parts.iter().fold((0, 0), |(low, high), part| (low + bounds[*part].0, high + bounds[*part].1))
                };
                let (low, high) = sum(&bounds);
                let whole = &mut bounds[line.whole];
                *whole = (whole.0.max(low), whole.1.min(high));
                let whole = *whole;
                for part in &line.parts {
                    let (low, high) = sum(&bounds);
                    let own = bounds[*part];
                    bounds[*part] = (own.0.max(whole.0 - (high - own.1)), own.1.min(whole.1 - (low - own.0)));
                }
            }
            if bounds == before {
                break;
            }
        }
        for at in (0..cells.keys.len()).filter(|at| search.hidden[*at]) {
            let (low, high) = bounds[at];
            assert!(low * 5 <= value(at) * 4 && high * 5 >= value(at) * 6, "{:?}", cells.keys[at]);
        }
    }
    assert!(published > 40, "{published}");
}
