//! Cases read in batches, each evaluated on several threads, in parts that are merged in the order of the cases.

use std::num::NonZeroUsize;

use super::table::Case;
use crate::error::{Code, Error};
use crate::reading::Findings;
use crate::room;
use crate::threads::on_threads;
use crate::watch::{Pulse, Watch};

/// Rows that are read before they are evaluated together.
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
    let (mut cases, mut done) = (cases.into_iter(), 0);
    // Rows that say nothing are passed over, so that there may be fewer.
    let most = cases.size_hint().1;
    let pulse = Pulse::of(watch, most);
    loop {
        let (mut read, mut batch) = (0, room::list(BATCH)?);
        for case in cases.by_ref().take(BATCH) {
            pulse.beat()?;
            read += 1;
            match case {
                Ok(case) => {
                    see(&case)?;
                    batch.push(case);
                }
                Err(error) => wrong.keep_error(&error),
            }
        }
        if read == 0 {
            break;
        }
        if wrong.is_empty() {
            for (part, errors) in evaluate(&batch, threads, (&pulse, done), &sum)? {
                merge(part)?;
                for error in &errors {
                    wrong.keep_error(error);
                }
            }
        }
        done += read;
        pulse.step(done)?;
    }
    if let Some(most) = most {
        pulse.step(most.max(done))?;
    }
    wrong.finish()
}

/// Cases evaluated on several threads: the parts in the order of the cases. So many rows are done before them.
fn evaluate<P: Send>(
    cases: &[Case],
    threads: Option<NonZeroUsize>,
    (pulse, done): (&Pulse<'_>, usize),
    sum: &(impl Fn(&[Case], &Pulse<'_>) -> Result<PartOfCases<P>, Error> + Sync),
) -> Result<Vec<PartOfCases<P>>, Error> {
    let chunks = 0..cases.len().div_ceil(CHUNK) as u64;
    let told = |chunks: u64| {
        pulse.step(done + usize::try_from(chunks).unwrap_or(usize::MAX).saturating_mul(CHUNK).min(cases.len()))
    };
    let parts = on_threads(threads, &chunks, pulse, told, |pulse, next| {
        let mut parts = Vec::new();
        while let Some(chunk) = next()? {
            let of_chunk = usize::try_from(chunk).ok().and_then(|place| cases.chunks(CHUNK).nth(place));
            parts.push((chunk, sum(of_chunk.unwrap_or_default(), pulse)?));
        }
        Ok(parts)
    })?;
    let mut parts: Vec<_> = parts.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|(chunk, _)| *chunk);
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}
