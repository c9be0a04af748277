//! Cases read in pieces of a table, each of which one of several threads evaluates; their sums, in the order of the cases.

use std::num::NonZeroUsize;

use super::table::Case;
use super::wrong::Wrong;
use crate::error::Error;
use crate::room;
use crate::threads::with_workers;
use crate::watch::{Pulse, Watch};

/// The cases of a piece: an eighth of the rows before it, but at least 4 and at most 128. A short table of households that
/// take long is then many pieces.
const LEAST: usize = 4;
const MOST: usize = 128;
const SHARE_OF_ROWS_BEFORE: usize = 8;

/// What the cases of a piece come to.
struct Sum<P> {
    sums: P,
    /// The first of the cases, by its place in the table.
    first: usize,
    /// They go back to the caller, which made them: two threads wait for each other where one frees the other's memory.
    cases: Vec<Case>,
    /// What is wrong with some of them, by their places in the table.
    wrong: Vec<(usize, Error)>,
}

/// Reads cases, adds each to sums by `add`, and gives `merge` the sums of consecutive cases, in order; `empty` makes those
/// of none. What is wrong with a case does not keep others from being looked at.
///
/// # Errors
/// Everything that is wrong with any row; the watch cancels it; there is no memory for a piece.
pub(crate) fn each<P: Send>(
    cases: impl IntoIterator<Item = Result<Case, Error>>,
    threads: Option<NonZeroUsize>,
    watch: Option<&Watch<'_>>,
    empty: impl Fn() -> P + Sync,
    add: impl Fn(&mut P, &Case, &Pulse<'_>) -> Result<(), Error> + Sync,
    mut merge: impl FnMut(P) -> Result<(), Error>,
) -> Result<(), Error> {
    let add = |(): &mut (), sums: &mut P, case: &mut Case, pulse: &Pulse<'_>| add(sums, case, pulse);
    each_with(cases, (threads, watch), (|| (), empty, add), |_, sums| merge(sums))?.1.finish()
}

/// As [`each`]: how many rows there are, and what is wrong with them. `add` also uses what its thread has for itself, which
/// `own` makes, and may take from a case what its sums keep; `merge` also gets the cases.
///
/// # Errors
/// The watch cancels it; there is no memory for a piece.
pub(super) fn each_with<S, P: Send>(
    cases: impl IntoIterator<Item = Result<Case, Error>>,
    (threads, watch): (Option<NonZeroUsize>, Option<&Watch<'_>>),
    (own, empty, add): (
        impl Fn() -> S + Sync,
        impl Fn() -> P + Sync,
        impl Fn(&mut S, &mut P, &mut Case, &Pulse<'_>) -> Result<(), Error> + Sync,
    ),
    mut merge: impl FnMut(&[Case], P) -> Result<(), Error>,
) -> Result<(u64, Wrong), Error> {
    let mut cases = cases.into_iter();
    // Rows that say nothing are passed over, so that there may be fewer.
    let most = cases.size_hint().1;
    let pulse = Pulse::of(watch, most);
    let work = |own: &mut S, (first, mut cases): (usize, Vec<Case>), pulse: &Pulse<'_>| {
        let (mut sums, mut wrong) = (empty(), Vec::new());
        for (row, case) in (first..).zip(&mut cases) {
            match add(own, &mut sums, case, pulse) {
                Err(error) if error.is_interruption() => return Err(error),
                Err(error) => wrong.push((row, error)),
                Ok(()) => {}
            }
        }
        Ok(Sum { sums, first, cases, wrong })
    };
    let (rows, wrong) = with_workers(threads, &pulse, own, work, |workers| {
        let (mut rows, mut wrong) = (0, Wrong::default());
        let mut merge = |wrong: &mut Wrong, sum: Sum<P>| {
            for (row, error) in &sum.wrong {
                wrong.uncomputed(*row as u64, error);
            }
            if wrong.uncomputed.is_empty() {
                merge(&sum.cases, sum.sums)?;
            }
            pulse.step(sum.first + sum.cases.len())
        };
        loop {
            let (first, mut piece) = (rows, Vec::new());
            let size = (rows / SHARE_OF_ROWS_BEFORE).clamp(LEAST, MOST);
            room::more(&mut piece, size)?;
            for case in cases.by_ref().take(size) {
                pulse.beat()?;
                match case {
                    Ok(case) if wrong.asks_for(rows as u64) => piece.push(case),
                    Ok(_) => {}
                    Err(error) => wrong.unreadable(rows as u64, &error),
                }
                rows += 1;
            }
            if rows == first {
                break;
            }
            if piece.is_empty() {
                workers.beat()?;
                pulse.step(rows)?;
            } else {
                workers.hand_over((first, piece))?;
            }
            while let Some(sum) = workers.next_done() {
                merge(&mut wrong, sum)?;
            }
        }
        while let Some(sum) = workers.wait_for_next()? {
            merge(&mut wrong, sum)?;
        }
        Ok((rows, wrong))
    })?;
    if let Some(most) = most {
        pulse.step(most.max(rows))?;
    }
    Ok((rows as u64, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::CaseTable;

    #[test]
    fn sums_come_in_the_order_of_the_rows_and_errors_with_their_rows() {
        let rows = || (0..5_000).map(|row| [format!("HH-{row}"), "34".to_owned()]);
        for threads in 1..4 {
            let cases = || CaseTable::of_rows(&["reference", "members"], rows(), "table").unwrap();
            let threads = NonZeroUsize::new(threads);
            let mut lines = Vec::new();
            let add = |part: &mut Vec<u32>, case: &Case, _: &Pulse<'_>| {
                part.push(case.place().line);
                Ok(())
            };
            let merge = |part: Vec<u32>| {
                assert!((1..=MOST).contains(&part.len()));
                lines.extend(part);
                Ok(())
            };
            each(cases(), threads, None, Vec::new, add, merge).unwrap();
            assert!(lines.iter().copied().eq(1..=5_000));
            // Every thousandth row is wrong.
            let refuse = |(): &mut (), (): &mut (), case: &mut Case, _: &Pulse<'_>| {
                if case.place().line % 1_000 == 100 { Err(case.early()) } else { Ok(()) }
            };
            let mut merged = 0;
            let merge = |cases: &[Case], ()| {
                merged += cases.len();
                Ok(())
            };
            let (rows, wrong) = each_with(cases(), (threads, None), (|| (), || (), refuse), merge).unwrap();
            let uncomputed: Vec<u64> = wrong.uncomputed.iter().map(|(row, _)| *row).collect();
            // Of the rows from the first of them on, as many as are computed; of the whole pieces before it, the sums.
            assert_eq!((rows, uncomputed), (5_000, vec![99, 1_099, 2_099]));
            assert!(merged <= 99 && 99 < merged + MOST, "{merged}");
        }
    }
}
