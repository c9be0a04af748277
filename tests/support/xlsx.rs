//! A workbook that was written, as a program reads it.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use relocost::Money;

/// The cells and names of a workbook.
pub(crate) struct Book {
    pub(crate) xlsx: Xlsx<Cursor<Vec<u8>>>,
    pub(crate) names: BTreeMap<String, String>,
}

impl Book {
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let xlsx = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = xlsx.defined_names().iter().cloned().collect();
        Self { xlsx, names }
    }

    /// The sheet, row and column of a reference to a cell.
    pub(crate) fn place(reference: &str) -> (String, u32, u32) {
        let (sheet, cell) = reference.rsplit_once("!$").unwrap_or_else(|| panic!("no cell: {reference}"));
        let (column, row) = cell.split_once('$').unwrap();
        let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
        (sheet.trim_matches('\'').to_owned(), row.parse::<u32>().unwrap() - 1, column)
    }

    pub(crate) fn value(&mut self, name: &str) -> Data {
        let (sheet, row, column) = Self::place(&self.names[name]);
        self.xlsx.worksheet_range(&sheet).unwrap().get_value((row, column)).cloned().unwrap_or_default()
    }

    pub(crate) fn number(&mut self, name: &str) -> f64 {
        match self.value(name) {
            Data::Float(number) => number,
            other => panic!("{name} is {other:?}"),
        }
    }

    pub(crate) fn cells(&mut self, sheet: &str) -> Vec<Vec<Data>> {
        self.xlsx.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
    }

    pub(crate) fn formulas(&mut self, sheet: &str) -> Vec<String> {
        let formulas = self.xlsx.worksheet_formula(sheet).unwrap();
        formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect()
    }

    /// True if a sheet has a text with these words.
    pub(crate) fn says(&mut self, sheet: &str, part: &str) -> bool {
        self.cells(sheet).concat().iter().any(|cell| matches!(cell, Data::String(text) if text.contains(part)))
    }
}

/// An amount as a cell has it.
pub(crate) fn number(money: Money) -> f64 {
    money.to_string().parse().unwrap()
}
