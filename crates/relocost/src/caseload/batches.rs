//! Cases read in batches, each evaluated on several threads, in parts that are merged in the order of the cases.

use std::num::NonZeroUsize;
use std::ops::Range;

use super::table::Case;
use crate::error::Error;
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

/// What is wrong with some of a few cases, by their places among these.
pub(crate) type WrongCases = Vec<(usize, Error)>;

/// An error as one of a case's row; an interruption is of none.
pub(crate) fn blame(case: &Case, error: Error) -> Error {
    if error.is_interruption() { error } else { case.blame(&error) }
}

/// Adds cases, each by `add`. What is wrong with one is kept, and the others are added.
///
/// # Errors
/// The watch cancels it.
pub(crate) fn add_each(cases: &[Case], mut add: impl FnMut(&Case) -> Result<(), Error>) -> Result<WrongCases, Error> {
    let mut errors = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        match add(case) {
            Err(error) if error.is_interruption() => return Err(error),
            added => errors.extend(added.err().map(|error| (place, error))),
        }
    }
    Ok(errors)
}

/// Which rows there are: those of a table, or those of a part of one, whose batches begin and end elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// Reads cases, each of which `see` sees; `empty` begins a part, to which `add` adds cases that follow those in it, and
/// `merge` gets the parts in order. Once a row is wrong, the rest is read only for what else is wrong.
///
/// # Errors
/// Everything that is wrong with any row; the watch cancels it; there is no memory for a batch.
pub(crate) fn each<P: Send>(
    cases: impl IntoIterator<Item = Result<Case, Error>>,
    threads: Option<NonZeroUsize>,
    watch: Option<&Watch<'_>>,
    see: impl FnMut(&Case) -> Result<(), Error>,
    empty: impl Fn() -> P + Sync,
    add: impl Fn(&mut P, &[Case], &Pulse<'_>) -> Result<WrongCases, Error> + Sync,
    merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(), Error> {
    each_of((cases, Extent::Whole), threads, watch, see, (empty, add), merge)?.1.finish()
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
    (empty, add): (impl Fn() -> P + Sync, impl Fn(&mut P, &[Case], &Pulse<'_>) -> Result<WrongCases, Error> + Sync),
    mut merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(u64, Wrong), Error> {
    let mut wrong = Wrong::default();
    let mut cases = cases.into_iter();
    // Rows that say nothing are passed over, so that there may be fewer.
    let most = cases.size_hint().1;
    let (pulse, mut done) = (Pulse::of(watch, most), 0);
    let mut size = FIRST_BATCH;
    let mut read = |list: Vec<Case>| {
        let batch = Batch::read((&mut cases, size), list, &pulse, &mut see);
        size = (2 * size).min(BATCH);
        batch
    };
    // The list of the batch before, for the next one: it takes long to ask for memory and to give it back.
    let mut spare = Vec::new();
    let mut batch = read(Vec::new())?;
    while batch.rows > 0 {
        let first = done;
        let wanted = wrong.asks_for(&batch, first as u64, extent);
        for (place, error) in &batch.errors {
            wrong.unreadable((first + place) as u64, error);
        }
        done += batch.rows;
        let next = if wanted == 0 {
            read(spare)?
        } else {
            // The next batch is read while this one is evaluated.
            let cases = &batch.cases[..wanted];
            let (parts, next) = evaluate(cases, threads, (&pulse, first), &empty, &add, || read(spare))?;
            for Part { sums, errors, .. } in parts {
                merge(sums)?;
                for (place, error) in &errors {
                    wrong.uncomputed((first + place) as u64, error);
                }
            }
            next
        };
        spare = std::mem::replace(&mut batch, next).cases;
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
    /// Reads so many rows into a list that is no longer used.
    fn read(
        (cases, size): (&mut impl Iterator<Item = Result<Case, Error>>, usize),
        mut list: Vec<Case>,
        pulse: &Pulse<'_>,
        see: &mut impl FnMut(&Case) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        list.clear();
        room::more(&mut list, size)?;
        let mut batch = Self { rows: 0, cases: list, errors: Vec::new() };
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

/// What consecutive chunks of a batch come to.
struct Part<P> {
    chunks: Range<u64>,
    sums: P,
    /// What is wrong with cases, by their places in the batch.
    errors: WrongCases,
}

/// Cases evaluated on several threads, the caller's among them once it has done `beside`: the parts in the order of the
/// cases. So many rows are done before them. A thread that gets the chunk after its last one goes on with its part.
fn evaluate<P: Send, B>(
    cases: &[Case],
    threads: Option<NonZeroUsize>,
    (pulse, done): (&Pulse<'_>, usize),
    empty: &(impl Fn() -> P + Sync),
    add: &(impl Fn(&mut P, &[Case], &Pulse<'_>) -> Result<WrongCases, Error> + Sync),
    beside: impl FnOnce() -> Result<B, Error>,
) -> Result<(Vec<Part<P>>, B), Error> {
    let chunks = 0..cases.len().div_ceil(CHUNK) as u64;
    let told = |chunks: u64| {
        pulse.step(done + usize::try_from(chunks).unwrap_or(usize::MAX).saturating_mul(CHUNK).min(cases.len()))
    };
    let work = |pulse: &Pulse<'_>, next: Next<'_>| {
        let mut parts: Vec<Part<P>> = Vec::new();
        while let Some(chunk) = next()? {
            let first = usize::try_from(chunk).unwrap_or(usize::MAX).saturating_mul(CHUNK).min(cases.len());
            let of_chunk = &cases[first..cases.len().min(first + CHUNK)];
            let mut part = parts.pop_if(|last| last.chunks.end == chunk).unwrap_or_else(|| Part {
                chunks: chunk..chunk,
                sums: empty(),
                errors: Vec::new(),
            });
            let errors = add(&mut part.sums, of_chunk, pulse)?;
            part.errors.extend(errors.into_iter().map(|(place, error)| (first + place, error)));
            part.chunks.end = chunk + 1;
            parts.push(part);
        }
        Ok(parts)
    };
    let (parts, beside) = on_threads_beside(threads, &chunks, pulse, told, work, beside)?;
    let mut parts: Vec<Part<P>> = parts.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|part| part.chunks.start);
    Ok((parts, beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_the_order_of_the_rows_and_errors_with_their_rows() {
        use crate::caseload::CaseTable;
        let rows = || (0..5_000).map(|row| [format!("HH-{row}"), "34".to_owned()]);
        for threads in 1..4 {
            let cases = || CaseTable::of_rows(&["reference", "members"], rows(), "table").unwrap();
            let threads = NonZeroUsize::new(threads);
            let mut lines = Vec::new();
            let add = |part: &mut Vec<u32>, cases: &[Case], _: &Pulse<'_>| {
                add_each(cases, |case| {
                    part.push(case.place().line);
                    Ok(())
                })
            };
            let merge = |part: Vec<u32>| {
                lines.extend(part);
                Ok(())
            };
            each(cases(), threads, None, |_| Ok(()), Vec::new, add, merge).unwrap();
            assert!(lines.iter().copied().eq(1..=5_000));
            let refuse = |(): &mut (), cases: &[Case], _: &Pulse<'_>| {
                add_each(cases, |case| if case.place().line % 1_000 == 100 { Err(case.early()) } else { Ok(()) })
            };
            let (see, merge) = (|_: &Case| Ok(()), |()| Ok(()));
            let (rows, wrong) = each_of((cases(), Extent::Part), threads, None, see, (|| (), refuse), merge).unwrap();
            let uncomputed: Vec<u64> = wrong.uncomputed.iter().map(|(row, _)| *row).collect();
            // As far as the batch of a table reaches that has the first of them.
            assert_eq!((rows, uncomputed), (5_000, vec![99, 1_099, 2_099, 3_099]));
        }
    }

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
