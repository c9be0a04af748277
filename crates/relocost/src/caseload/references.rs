//! Rows that share a reference.

use std::hash::BuildHasher;

use hashbrown::hash_table::{Entry, HashTable};
use hashbrown::{DefaultHashBuilder, TryReserveError};

use super::CaseResult;
use super::lines::Lines;
use crate::error::{Code, Error, Finding};
use crate::message;
use crate::room;

/// The rows so far, by their references, which the results of a caseload have: a table of references of its own would take
/// longer and more memory than all else about a row.
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
    /// The warning about a row, by its place among the results and their lines, if another before it has its reference.
    ///
    /// # Errors
    /// There is no memory for so many references.
    pub(super) fn again(
        &mut self,
        row: usize,
        results: &[CaseResult],
        lines: &Lines,
    ) -> Result<Option<Finding>, Error> {
        let Some(CaseResult { reference, .. }) = results.get(row) else { return Ok(None) };
        let hash = self.hasher.hash_one(reference.as_str());
        let lacking = |_: TryReserveError| room::lacking::<Seen>(row + 1);
        self.rows.try_reserve(1, |seen| seen.hash).map_err(lacking)?;
        let is_same = |seen: &Seen| {
            seen.hash == hash && results.get(seen.row as usize).is_some_and(|other| other.reference == *reference)
        };
        let first = match self.rows.entry(hash, is_same, |seen| seen.hash) {
            Entry::Occupied(first) => lines.place(first.get().row as usize),
            Entry::Vacant(place) => {
                place.insert(Seen { hash, row: u32::try_from(row).unwrap_or(u32::MAX) });
                None
            }
        };
        Ok(first.map(|first| {
            let message = message!(
                "is that of {first} too; the figures of both are in the sums",
                "est aussi celle de {first} ; les chiffres des deux sont dans les sommes",
            );
            Finding { code: Code::SameReference, place: lines.place(row), key: "reference".to_owned(), message }
        }))
    }
}
