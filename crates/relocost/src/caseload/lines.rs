//! The places of a table's rows, in little memory.

use std::sync::Arc;

use crate::error::{Error, Place};
use crate::room;

/// The places of rows.
#[derive(Clone, Default)]
pub(super) struct Lines {
    pub(super) numbers: Vec<u32>,
    /// The tables in which they stand, one after another, each with the number of rows up to its end.
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
        let end = end(self.numbers.len());
        match self.tables.last_mut() {
            Some((table, last)) if table == file => *last = end,
            _ => self.tables.push((Arc::clone(file), end)),
        }
        Ok(())
    }

    /// Adds the places of the rows that follow.
    ///
    /// # Errors
    /// There is no memory for so many rows.
    pub(super) fn append(&mut self, other: &Self) -> Result<(), Error> {
        room::more(&mut self.numbers, other.numbers.len())?;
        let first = end(self.numbers.len());
        self.numbers.extend(&other.numbers);
        self.tables.extend(other.tables.iter().map(|(file, end)| (Arc::clone(file), first.saturating_add(*end))));
        Ok(())
    }

    /// The place of a row.
    pub(super) fn place(&self, row: usize) -> Option<Place> {
        let (file, _) = self.tables.get(self.tables.partition_point(|(_, end)| *end as usize <= row))?;
        Some(Place { file: Arc::clone(file), line: *self.numbers.get(row)?, column: 0 })
    }
}

/// A number of rows: a result has memory for fewer than four billion.
fn end(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
