//! Cases read in batches, each evaluated on several threads, in parts that are merged in the order of the cases.

use std::num::NonZeroUsize;

use super::table::Case;
use crate::error::{Code, Error};
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

/// A part: the sums of some cases, with what is wrong with others.
pub(crate) type PartOfCases<P> = (P, Vec<Error>);

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
    for case in cases {
        match add(&mut part, case) {
            Err(error) if is_break(&error) => return Err(error),
            added => errors.extend(added.err()),
        }
    }
    Ok((part, errors))
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
    mut see: impl FnMut(&Case) -> Result<(), Error>,
    sum: impl Fn(&[Case], &Pulse<'_>) -> Result<PartOfCases<P>, Error> + Sync,
    mut merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut wrong = Findings::default();
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
        for error in &batch.errors {
            wrong.keep_error(error);
        }
        done += batch.rows;
        if wrong.is_empty() {
            // The next batch is read while this one is evaluated.
            let (parts, next) = evaluate(&batch.cases, threads, (&pulse, done - batch.rows), &sum, &mut read)?;
            for (part, errors) in parts {
                merge(part)?;
                for error in &errors {
                    wrong.keep_error(error);
                }
            }
            batch = next;
        } else {
            batch = read()?;
        }
        pulse.step(done)?;
    }
    if let Some(most) = most {
        pulse.step(most.max(done))?;
    }
    wrong.finish()
}

/// Rows that are read together.
struct Batch {
    /// How many were read, right or wrong.
    rows: usize,
    cases: Vec<Case>,
    errors: Vec<Error>,
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
            batch.rows += 1;
            match case {
                Ok(case) => {
                    see(&case)?;
                    batch.cases.push(case);
                }
                Err(error) => batch.errors.push(error),
            }
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
