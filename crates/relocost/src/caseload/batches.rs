//! Cases read in batches, each evaluated on several threads, in parts that are merged in the order of the cases.

use std::num::NonZeroUsize;

use super::table::Case;
use crate::error::{Code, Error};
use crate::limits;
use crate::reading::Findings;
use crate::room;
use crate::threads::{Next, on_threads_beside};
use crate::watch::{Pulse, Watch};

/// Rows that are read and then evaluated together, while the next are read: of the first batch, for which all threads
/// wait, and at most.
const FIRST_BATCH: usize = 128;
const BATCH: usize = 2_048;
/// Rows that a thread takes at a time.
pub(crate) const CHUNK: usize = 16;

/// A part: the sums of some cases, with what is wrong with others, by their places among these cases.
pub(crate) type PartOfCases<P> = (P, Vec<(usize, Error)>);

/// True if the watch cancelled it.
pub(crate) fn is_break(error: &Error) -> bool {
    error.code() == Code::Interrupted
}

/// An error as one of a case's row; a break is of none.
pub(crate) fn blame(case: &Case, error: Error) -> Error {
    if is_break(&error) { error } else { case.blame(&error) }
}

/// The part of some cases, each of which `add` adds. What is wrong with one is kept, and the others are added.
///
/// # Errors
/// The watch cancels it.
pub(crate) fn part<P>(
    cases: &[Case],
    mut part: P,
    mut add: impl FnMut(&mut P, &Case) -> Result<(), Error>,
) -> Result<PartOfCases<P>, Error> {
    let mut errors = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        match add(&mut part, case) {
            Err(error) if is_break(&error) => return Err(error),
            added => errors.extend(added.err().map(|error| (place, error))),
        }
    }
    Ok((part, errors))
}

/// Which rows there are: those of a table, or those of a part of one, whose batches begin and end elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// Reads cases, each of which `see` sees; `sum` makes parts of them, and `merge` gets these in order. Once a row is wrong,
/// the rest is read only for what else is wrong.
///
/// # Errors
/// Everything that is wrong with any row; the watch cancels it; there is no memory for a batch.
pub(crate) fn each<P: Send>(
    cases: impl IntoIterator<Item = Result<Case, Error>>,
    threads: Option<NonZeroUsize>,
    watch: Option<&Watch<'_>>,
    see: impl FnMut(&Case) -> Result<(), Error>,
    sum: impl Fn(&[Case], &Pulse<'_>) -> Result<PartOfCases<P>, Error> + Sync,
    merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(), Error> {
    each_of((cases, Extent::Whole), threads, watch, see, sum, merge)?.1.finish()
}

/// As [`each`]: how many rows there were, and what is wrong with them.
///
/// # Errors
/// The watch cancels it; there is no memory for a batch.
pub(super) fn each_of<P: Send>(
    (cases, extent): (impl IntoIterator<Item = Result<Case, Error>>, Extent),
    threads: Option<NonZeroUsize>,
    watch: Option<&Watch<'_>>,
    mut see: impl FnMut(&Case) -> Result<(), Error>,
    sum: impl Fn(&[Case], &Pulse<'_>) -> Result<PartOfCases<P>, Error> + Sync,
    mut merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(u64, Wrong), Error> {
    let mut wrong = Wrong::default();
    let mut cases = cases.into_iter();
    // Rows that say nothing are passed over, so that there may be fewer.
    let most = cases.size_hint().1;
    let (pulse, mut done) = (Pulse::of(watch, most), 0);
    let mut size = FIRST_BATCH;
    let mut read = || {
        let batch = Batch::read(&mut cases, size, &pulse, &mut see);
        size = (2 * size).min(BATCH);
        batch
    };
    let mut batch = read()?;
    while batch.rows > 0 {
        let first = done;
        let wanted = wrong.asks_for(&batch, first as u64, extent);
        for (place, error) in &batch.errors {
            wrong.unreadable((first + place) as u64, error);
        }
        done += batch.rows;
        batch = if wanted == 0 {
            read()?
        } else {
            // The next batch is read while this one is evaluated.
            let (parts, next) = evaluate(&batch.cases[..wanted], threads, (&pulse, first), &sum, &mut read)?;
            for (chunk, (part, errors)) in parts.into_iter().enumerate() {
                merge(part)?;
                for (place, error) in &errors {
                    wrong.uncomputed((first + chunk * CHUNK + place) as u64, error);
                }
            }
            next
        };
        pulse.step(done)?;
    }
    if let Some(most) = most {
        pulse.step(most.max(done))?;
    }
    Ok((done as u64, wrong))
}

/// What is wrong with the rows of a table, or of a part of it, by their places among those that say anything.
///
/// A table tells what is wrong with the rows that cannot be read, and of the first batch in which a row cannot be computed
/// what is wrong with such rows, if it has none that cannot be read and is before those.
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
    /// How many cases of a batch, which begins at a row, are to be evaluated. A table's batch is evaluated if nothing is
    /// wrong so far, and all rows can be read. A part's rows are evaluated as far as the batch of the table can reach.
    fn asks_for(&self, batch: &Batch, first: u64, extent: Extent) -> usize {
        let reaches = match (extent, self.uncomputed.first()) {
            (_, None) => true,
            (Extent::Whole, Some(_)) => false,
            (Extent::Part, Some((row, _))) => first < row + BATCH as u64,
        };
        match (extent, batch.errors.first()) {
            _ if self.first_unreadable.is_some() || !reaches => 0,
            (_, None) => batch.cases.len(),
            (Extent::Whole, Some(_)) => 0,
            (Extent::Part, Some((place, _))) => *place, // all before it are cases
        }
    }

    fn unreadable(&mut self, row: u64, error: &Error) {
        self.first_unreadable.get_or_insert(row);
        self.unreadable.keep_error(error);
    }

    fn uncomputed(&mut self, row: u64, error: &Error) {
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
        let Self { first_unreadable, unreadable, uncomputed } = self;
        let mut told = Findings::default();
        let first = uncomputed.first().map(|(row, _)| batch_of(*row));
        if first.is_some_and(|first| first_unreadable.is_none_or(|row| first < batch_of(row))) {
            let of_batch = uncomputed.into_iter().take_while(|(row, _)| Some(batch_of(*row)) == first);
            of_batch.for_each(|(_, findings)| told.merge(findings));
        }
        told.merge(unreadable);
        told.finish()
    }
}

/// The number of the batch of a table in which a row is.
fn batch_of(row: u64) -> u64 {
    let (mut number, mut size, mut left) = (0, FIRST_BATCH as u64, row);
    while left >= size && size < BATCH as u64 {
        (number, left, size) = (number + 1, left - size, 2 * size);
    }
    number + left / size
}

/// Rows that are read together.
struct Batch {
    /// How many were read, right or wrong.
    rows: usize,
    cases: Vec<Case>,
    /// What is wrong with the others, by their places among all of them.
    errors: Vec<(usize, Error)>,
}

impl Batch {
    fn read(
        cases: &mut impl Iterator<Item = Result<Case, Error>>,
        size: usize,
        pulse: &Pulse<'_>,
        see: &mut impl FnMut(&Case) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut batch = Self { rows: 0, cases: room::list(size)?, errors: Vec::new() };
        for case in cases.take(size) {
            pulse.beat()?;
            match case {
                Ok(case) => {
                    see(&case)?;
                    batch.cases.push(case);
                }
                Err(error) => batch.errors.push((batch.rows, error)),
            }
            batch.rows += 1;
        }
        Ok(batch)
    }
}

/// Cases evaluated on several threads, the caller's among them once it has done `beside`: the parts in the order of the
/// cases. So many rows are done before them.
fn evaluate<P: Send, B>(
    cases: &[Case],
    threads: Option<NonZeroUsize>,
    (pulse, done): (&Pulse<'_>, usize),
    sum: &(impl Fn(&[Case], &Pulse<'_>) -> Result<PartOfCases<P>, Error> + Sync),
    beside: impl FnOnce() -> Result<B, Error>,
) -> Result<(Vec<PartOfCases<P>>, B), Error> {
    let chunks = 0..cases.len().div_ceil(CHUNK) as u64;
    let told = |chunks: u64| {
        pulse.step(done + usize::try_from(chunks).unwrap_or(usize::MAX).saturating_mul(CHUNK).min(cases.len()))
    };
    let work = |pulse: &Pulse<'_>, next: Next<'_>| {
        let mut parts = Vec::new();
        while let Some(chunk) = next()? {
            let of_chunk = usize::try_from(chunk).ok().and_then(|place| cases.chunks(CHUNK).nth(place));
            parts.push((chunk, sum(of_chunk.unwrap_or_default(), pulse)?));
        }
        Ok(parts)
    };
    let (parts, beside) = on_threads_beside(threads, &chunks, pulse, told, work, beside)?;
    let mut parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|(chunk, _)| *chunk);
    Ok((parts.into_iter().map(|(_, part)| part).collect(), beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_batches_of_growing_sizes() {
        let ends = [128, 384, 896, 1_920, 3_968, 6_016];
        for (number, end) in (0..).zip(ends) {
            assert_eq!((batch_of(end - 1), batch_of(end)), (number, number + 1));
        }
        assert_eq!((batch_of(0), FIRST_BATCH << 4), (0, BATCH));
        assert_eq!(batch_of(u64::MAX), (u64::MAX - 1_920) / 2_048 + 4);
    }
}
