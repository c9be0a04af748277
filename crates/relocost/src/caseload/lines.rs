//! The places of a table's rows, in little memory.

use std::sync::Arc;

use crate::error::{Error, Place};
use crate::room;

/// The places of rows.
#[derive(Clone, Default)]
pub(super) struct Lines {
    pub(super) numbers: Vec<u32>,
    /// The table of so many of these, one after another.
    pub(super) tables: Vec<(Arc<str>, u32)>,
}

impl Lines {
    /// Adds the place of the next row.
    ///
    /// # Errors
    /// There is no memory for so many rows.
    pub(super) fn add(&mut self, Place { file, line, .. }: &Place) -> Result<(), Error> {
        room::more(&mut self.numbers, 1)?;
        self.numbers.push(*line);
        match self.tables.last_mut() {
            Some((table, lines)) if table == file => *lines += 1,
            _ => self.tables.push((Arc::clone(file), 1)),
        }
        Ok(())
    }

    /// Adds the places of the rows that follow.
    ///
    /// # Errors
    /// There is no memory for so many rows.
    pub(super) fn append(&mut self, other: &Self) -> Result<(), Error> {
        room::more(&mut self.numbers, other.numbers.len())?;
        self.numbers.extend(&other.numbers);
        self.tables.extend(other.tables.iter().cloned());
        Ok(())
    }

    /// The place of a row.
    pub(super) fn place(&self, row: usize) -> Option<Place> {
        let mut end = 0;
        let (file, _) = self.tables.iter().find(|(_, lines)| {
            end += *lines as usize;
            row < end
        })?;
        Some(Place { file: Arc::clone(file), line: *self.numbers.get(row)?, column: 0 })
    }
}
