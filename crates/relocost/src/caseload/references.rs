//! Rows that share a reference.

use std::hash::BuildHasher;

use hashbrown::hash_table::{Entry, HashTable};
use hashbrown::{DefaultHashBuilder, TryReserveError};

use super::CaseResult;
use super::lines::Lines;
use crate::error::{Code, Error, Finding};
use crate::message;
use crate::room;

/// The rows so far, by their references, which stand in the results of the caseload.
#[derive(Default)]
pub(super) struct References {
    rows: HashTable<Seen>,
    hasher: DefaultHashBuilder,
}

/// A row, and what its reference hashes to.
#[derive(Clone, Copy)]
struct Seen {
    hash: u64,
    row: u32,
}

impl References {
    /// Adds a row, by its place among the results: the first row, if there is one, that has its reference.
    ///
    /// # Errors
    /// There is no memory for so many references.
    pub(super) fn first(&mut self, row: usize, results: &[CaseResult]) -> Result<Option<usize>, Error> {
        let Some(CaseResult { reference, .. }) = results.get(row) else { return Ok(None) };
        let hash = self.hasher.hash_one(reference.as_str());
        let lacking = |_: TryReserveError| room::lacking::<Seen>(row + 1);
        self.rows.try_reserve(1, |seen| seen.hash).map_err(lacking)?;
        let is_same = |seen: &Seen| {
            seen.hash == hash && results.get(seen.row as usize).is_some_and(|other| other.reference == *reference)
        };
        Ok(match self.rows.entry(hash, is_same, |seen| seen.hash) {
            Entry::Occupied(first) => Some(first.get().row as usize),
            Entry::Vacant(place) => {
                place.insert(Seen { hash, row: u32::try_from(row).unwrap_or(u32::MAX) });
                None
            }
        })
    }
}

/// The warning about a row whose reference an earlier one has.
pub(super) fn again(row: usize, first: usize, lines: &Lines) -> Finding {
    let first = lines.place(first).map_or_else(String::new, |place| place.to_string());
    let message = message!(
        "is that of {first} too; the figures of both are in the sums",
        "est aussi celle de {first} ; les chiffres des deux sont dans les sommes",
    );
    Finding { code: Code::SameReference, place: lines.place(row), key: "reference".to_owned(), message }
}
