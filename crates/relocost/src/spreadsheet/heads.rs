//! The heads of a table: which column stands where.

use std::sync::Arc;

use super::cell::DecimalComma;
use super::place;
use super::rows::Row;
use crate::error::{Code, Error, Finding};
use crate::message;
use crate::message::counted;
use crate::names::closest;

/// A column that is read.
pub(crate) struct Column {
    /// Its name; capitals and blanks for underscores are read too.
    pub(crate) name: &'static str,
    /// True if the column must be present.
    pub(crate) needed: bool,
}

impl Column {
    /// True if a head is its name.
    pub(super) fn is_called(&self, head: &str) -> bool {
        let same = |(head, name): (u8, u8)| head.eq_ignore_ascii_case(&name) || (head == b' ' && name == b'_');
        head.len() == self.name.len() && head.bytes().zip(self.name.bytes()).all(same)
    }
}

/// Columns beside those that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OtherColumns {
    /// None may be there.
    Refused,
    /// They may say anything, and are not read. One whose head is close to a column's name is refused all the same,
    /// since it may be that column misspelt.
    Ignored,
}

/// The heads of a table.
pub(crate) struct Heads {
    columns: &'static [Column],
    /// For each column, its place in a row.
    places: Vec<Option<usize>>,
    /// Places of cells under no head, which say nothing.
    unnamed: Vec<usize>,
    /// The number of cells in a row, and the least number: empty heads at the end may be left out.
    width: usize,
    least: usize,
    file: Arc<str>,
    commas: DecimalComma,
}

impl Heads {
    /// # Errors
    /// A column is unknown, missing or given twice.
    pub(super) fn read(
        row: &Row,
        columns: &'static [Column],
        others: OtherColumns,
        file: Arc<str>,
        commas: DecimalComma,
    ) -> Result<Self, Error> {
        let mut heads = Self {
            columns,
            places: vec![None; columns.len()],
            unnamed: Vec::new(),
            width: row.len(),
            least: 0,
            file,
            commas,
        };
        let mut findings = Vec::new();
        let mut fail = |code, key: String, message| {
            findings.push(Finding { code, place: Some(place(&heads.file, row.line())), key, message });
        };
        let names = || columns.iter().map(|column| column.name);
        for (index, head) in row.cells().enumerate() {
            if head.is_empty() {
                heads.unnamed.push(index);
                continue;
            }
            heads.least = index + 1;
            let known = columns.iter().zip(&mut heads.places).find(|(column, _)| column.is_called(head));
            if let Some((column, place)) = known {
                if place.replace(index).is_some() {
                    let message = message!("this column stands twice", "cette colonne figure deux fois");
                    fail(Code::Duplicate, column.name.to_owned(), message);
                }
                continue;
            }
            let message = if let Some(name) = closest(&head.to_lowercase(), names()) {
                message!(
                    "unknown column; did you mean \"{name}\"?",
                    "colonne inconnue ; vouliez-vous dire « {name} » ?",
                )
            } else if others == OtherColumns::Ignored {
                continue;
            } else {
                let known = names().collect::<Vec<_>>().join(", ");
                message!("unknown column; expected only {known}", "colonne inconnue ; seules sont attendues {known}")
            };
            fail(Code::UnknownKey, format!("column {}", index + 1), message);
        }
        for (column, _) in columns.iter().zip(&heads.places).filter(|(column, place)| column.needed && place.is_none())
        {
            let message =
                message!("missing; expected a column of this name", "absente ; une colonne de ce nom est attendue");
            fail(Code::MissingKey, column.name.to_owned(), message);
        }
        if findings.is_empty() { Ok(heads) } else { Err(Error::new(findings, 0)) }
    }

    /// True if a row has as many cells as the heads, and nothing under an empty one.
    pub(super) fn fits(&self, row: &Row) -> Result<(), Error> {
        let fail =
            |key: String, message| Err(Error::at(Code::Syntax, Some(place(&self.file, row.line())), key, message));
        if !(self.least..=self.width).contains(&row.len()) {
            let (cells, heads) = (counted(row.len(), ["cell", "cells"], ["cellule", "cellules"]), self.width);
            let message = message!(
                "has {cells}; expected {heads}, as the heads have",
                "compte {cells} ; {heads} sont attendues, comme d'en-têtes",
                cells,
            );
            return fail(String::new(), message);
        }
        match self.unnamed.iter().find(|place| !row.cell(**place).is_empty()) {
            Some(place) => fail(
                format!("column {}", place + 1),
                message!(
                    "has a cell without a head; expected a head above it",
                    "a une cellule sans en-tête ; un en-tête est attendu au-dessus"
                ),
            ),
            None => Ok(()),
        }
    }

    pub(super) fn file(&self) -> &Arc<str> {
        &self.file
    }

    pub(super) fn commas(&self) -> DecimalComma {
        self.commas
    }

    /// The name of a column, by its place among those that are read.
    pub(super) fn name(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("", |column| column.name)
    }

    /// The cell of a row in a column; empty if there is none.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r str {
        let place = self.places.get(column).copied().flatten();
        place.map_or("", |place| row.cell(place))
    }
}
