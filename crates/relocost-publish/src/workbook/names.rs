//! The cells that formulas name: inputs, which can be changed, and rates, which follow from them.

use std::collections::{HashMap, HashSet};

/// A named cell, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(usize);

/// A kind of input; they stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Price,
    Event,
    Share,
    Exchange,
    Growth,
    Level,
    Relief,
    Fund,
    Discount,
}

/// An input: a cell that can be changed.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) kind: Kind,
    /// Where it stands among those of its kind, and of what it is a part of; then they stand by key.
    pub(super) order: (usize, usize),
    /// The key in the files.
    pub(super) path: String,
    pub(super) what: String,
    pub(super) unit: String,
    pub(super) source: Option<String>,
}

/// A kind of rate; they stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RateKind {
    Index,
    Need,
    Expectation,
    Discount,
}

/// A rate: a formula over inputs.
#[derive(Debug)]
pub(super) struct Rate {
    pub(super) kind: RateKind,
    /// What it is of, and where it stands among those of it.
    pub(super) order: (String, i32),
    pub(super) what: String,
    pub(super) formula: String,
}

/// What a named cell is.
#[derive(Debug)]
pub(super) enum Cell {
    Input(Input),
    Rate(Rate),
}

/// A named cell.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    /// The value as a decimal.
    pub(super) value: String,
    pub(super) cell: Cell,
}

/// All named cells.
#[derive(Debug, Default)]
pub(super) struct Names {
    cells: Vec<Named>,
    /// By the key of an input or the name of a rate, and the value.
    known: HashMap<(String, String), Name>,
    taken: HashSet<String>,
}

impl Names {
    /// A name that nothing else has: the one that is wished for, or that with a number. Names of spreadsheets have no
    /// hyphens and ignore case.
    pub(super) fn mint(&mut self, wish: &str) -> String {
        let wish = wish.replace('-', "_").to_lowercase();
        let mut name = wish.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{wish}_{number}");
        }
        name
    }

    /// The input of a key with a value, which is made if it is new. One key can have several values where a question
    /// scales the same share in several ways.
    pub(super) fn input(&mut self, wish: &str, value: &str, input: Input) -> Name {
        let key = (input.path.clone(), value.to_owned());
        self.cell(key, wish, |_| Cell::Input(input))
    }

    /// The rate of a name with a value, which is made if it is new.
    pub(super) fn rate(&mut self, wish: &str, value: &str, rate: impl FnOnce(&mut Self) -> Rate) -> Name {
        self.cell((wish.to_owned(), value.to_owned()), wish, |names| Cell::Rate(rate(names)))
    }

    fn cell(&mut self, key: (String, String), wish: &str, cell: impl FnOnce(&mut Self) -> Cell) -> Name {
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let cell = cell(self);
        let name = Name(self.cells.len());
        let text = self.mint(wish);
        self.cells.push(Named { name: text, value: key.1.clone(), cell });
        self.known.insert(key, name);
        name
    }

    pub(super) fn get(&self, name: Name) -> &Named {
        &self.cells[name.0]
    }

    /// The name as it stands in formulas.
    pub(super) fn text(&self, name: Name) -> &str {
        &self.get(name).name
    }

    /// The inputs in the order in which they stand.
    pub(super) fn inputs(&self) -> Vec<(&Named, &Input)> {
        let mut inputs: Vec<(&Named, &Input)> = self
            .cells
            .iter()
            .filter_map(|named| match &named.cell {
                Cell::Input(input) => Some((named, input)),
                Cell::Rate(_) => None,
            })
            .collect();
        inputs.sort_by(|(_, one), (_, other)| {
            (one.kind, one.order, &one.path).cmp(&(other.kind, other.order, &other.path))
        });
        inputs
    }

    /// The rates in the order in which they stand.
    pub(super) fn rates(&self) -> Vec<(&Named, &Rate)> {
        let mut rates: Vec<(&Named, &Rate)> = self
            .cells
            .iter()
            .filter_map(|named| match &named.cell {
                Cell::Rate(rate) => Some((named, rate)),
                Cell::Input(_) => None,
            })
            .collect();
        rates.sort_by(|(_, of_one), (_, of_other)| (of_one.kind, &of_one.order).cmp(&(of_other.kind, &of_other.order)));
        rates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_never_alike() {
        let mut names = Names::default();
        let minted = ["price_a-b", "price_a_b", "PRICE_A_B", "price_a"].map(|wish| names.mint(wish));
        assert_eq!(minted, ["price_a_b", "price_a_b_2", "price_a_b_3", "price_a"]);
    }

    #[test]
    fn inputs_of_different_keys_are_different_cells() {
        let mut names = Names::default();
        let mut input = |path: &str| {
            let path = path.to_owned();
            let (what, unit) = (String::new(), String::new());
            let input = Input { kind: Kind::Level, order: (0, 0), path, what, unit, source: None };
            names.input("level_a_b_c", "0.9", input)
        };
        let [one, other, again] = ["rates.level.a_b.c", "rates.level.a.b_c", "rates.level.a_b.c"].map(&mut input);
        assert!(one != other && one == again);
        assert_eq!((names.text(one), names.text(other)), ("level_a_b_c", "level_a_b_c_2"));
    }
}
