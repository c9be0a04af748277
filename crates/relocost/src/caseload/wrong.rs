//! What is wrong with the rows of a table, or of a part of it.

use crate::error::Error;
use crate::limits;
use crate::reading::Findings;

/// The rows that are still computed, counted from the first that cannot be: a table that has no result need not take as long
/// as one that has.
const REACH: u64 = 2_048;

/// What is wrong with the rows of a table, or of a part of it, by their places among those that say anything.
///
/// A table tells what is wrong with all rows that cannot be read; and of the rows before the first of them, with those that
/// cannot be computed, as far as [`REACH`] rows from the first such row.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrong {
    /// The first row that cannot be read.
    pub(super) first_unreadable: Option<u64>,
    /// What is wrong with all of them.
    pub(super) unreadable: Findings,
    /// The rows that cannot be computed, each with what is wrong with it.
    pub(super) uncomputed: Vec<(u64, Findings)>,
}

impl Wrong {
    /// True if it can matter what a row, which can be read, comes to.
    pub(super) fn asks_for(&self, row: u64) -> bool {
        self.first_unreadable.is_none() && self.reaches(row)
    }

    fn reaches(&self, row: u64) -> bool {
        self.uncomputed.first().is_none_or(|(first, _)| row.saturating_sub(*first) < REACH)
    }

    pub(super) fn unreadable(&mut self, row: u64, error: &Error) {
        self.first_unreadable.get_or_insert(row);
        self.unreadable.keep_error(error);
    }

    /// A row that cannot be computed, after all such rows before it.
    pub(super) fn uncomputed(&mut self, row: u64, error: &Error) {
        if !self.reaches(row) {
            return; // some threads were further when another found the first
        }
        let mut findings = Findings::default();
        if self.uncomputed.len() < limits::FINDINGS {
            findings.keep_error(error);
        } else {
            findings.count_error(error); // as many are kept as are told
        }
        self.uncomputed.push((row, findings));
    }

    /// Adds what is wrong with the rows after so many rows.
    pub(super) fn append(&mut self, other: Self, rows: u64) {
        self.first_unreadable = self.first_unreadable.or(other.first_unreadable.map(|row| row.saturating_add(rows)));
        self.unreadable.merge(other.unreadable);
        let later = other.uncomputed.into_iter().map(|(row, findings)| (row.saturating_add(rows), findings));
        self.uncomputed.extend(later);
    }

    /// # Errors
    /// Something is wrong.
    pub(super) fn finish(self) -> Result<(), Error> {
        let until = self.first_unreadable.unwrap_or(u64::MAX);
        let first = self.uncomputed.first().map_or(0, |(row, _)| *row);
        let mut told = Findings::default();
        for (row, findings) in self.uncomputed {
            if row < until && row.saturating_sub(first) < REACH {
                told.merge(findings);
            }
        }
        told.merge(self.unreadable);
        told.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::message;

    fn error(key: &str) -> Error {
        Error::single(Code::OutOfRange, key, message!("is wrong", "est faux"))
    }

    /// The keys of what is told.
    fn told(wrong: Wrong) -> Vec<String> {
        let error = wrong.finish().unwrap_err();
        error.findings().iter().map(|finding| finding.key.clone()).collect()
    }

    #[test]
    fn rows_that_cannot_be_computed_are_told_as_far_as_the_table_is_computed() {
        let mut wrong = Wrong::default();
        for row in [7, 8, 6 + REACH, 7 + REACH, 8 + REACH] {
            wrong.uncomputed(row, &error(&row.to_string()));
        }
        assert!(wrong.asks_for(6 + REACH) && !wrong.asks_for(7 + REACH));
        assert_eq!(told(wrong), ["7", "8", &(6 + REACH).to_string()]);
    }

    #[test]
    fn rows_after_one_that_cannot_be_read_are_not_computed() {
        let mut wrong = Wrong::default();
        wrong.unreadable(20, &error("20"));
        assert!(!wrong.asks_for(21));
        wrong.unreadable(5_000, &error("5000"));
        wrong.uncomputed(19, &error("19"));
        assert_eq!(told(wrong), ["19", "20", "5000"]);
    }

    #[test]
    fn parts_append_to_what_the_whole_table_tells() {
        let part = |uncomputed: &[u64], unreadable: Option<u64>| {
            let mut wrong = Wrong::default();
            for &row in uncomputed {
                wrong.uncomputed(row, &error("uncomputed"));
            }
            if let Some(row) = unreadable {
                wrong.unreadable(row, &error("unreadable"));
            }
            wrong
        };
        let whole = |parts: [Wrong; 2]| {
            let mut whole = Wrong::default();
            for (part, rows) in parts.into_iter().zip([0, 100]) {
                whole.append(part, rows);
            }
            told(whole)
        };
        // The second part's row 2,000 is beyond the reach of the first's.
        assert_eq!(whole([part(&[50], None), part(&[1, 2_000], None)]), ["uncomputed"; 2]);
        assert_eq!(whole([part(&[], Some(50)), part(&[1], None)]), ["unreadable"]);
        // A part from elsewhere may have more than its rows.
        assert_eq!(whole([part(&[500], None), part(&[1], None)]), ["uncomputed"; 2]);
        assert_eq!(whole([part(&[], None), part(&[1], Some(3))]), ["uncomputed", "unreadable"]);
    }
}
