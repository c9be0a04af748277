//! A tally as it is written into a part of a simulation, and read from one.

use serde::{Deserialize, Serialize};

use super::buckets::{BUCKET_BITS, BUCKETS, OCTAVES};
use super::scale::{Scale, WINDOW};
use super::sums::Sums;
use super::{FAR_BITS, LANES, Tally};
use crate::limits;

/// A tally as it is written.
#[derive(Serialize, Deserialize)]
pub(in crate::simulation) struct Written {
    scale: Scale,
    replicated: bool,
    pub(super) sums: Sums,
    /// Bucket, randomisation, count.
    counts: Vec<(u32, u8, u64)>,
}

/// True if a sum can be that of `count` numbers of at most `bits` binary digits.
pub(super) fn is_sum_of(sum: i128, count: u64, bits: u32) -> bool {
    u128::from(count).checked_mul(1 << bits).is_some_and(|most| sum.unsigned_abs() <= most)
}

impl Tally {
    pub(in crate::simulation) fn write(&self) -> Written {
        let (Self { scale, replicated, sums, .. }, mut counts) = (self, Vec::new());
        self.each_filled(|bucket, lane, count| counts.push((bucket, lane, count)));
        Written { scale: *scale, replicated: *replicated, sums: sums.clone(), counts }
    }

    /// The number of counts for which there will be room when it is read.
    pub(in crate::simulation) fn room(written: &Written) -> u64 {
        let mut octaves: Vec<u32> = written.counts.iter().map(|(bucket, _, _)| bucket >> BUCKET_BITS).collect();
        octaves.dedup();
        let lanes = if written.replicated { LANES } else { 1 };
        (octaves.len() as u64 + u64::from(WINDOW)) * (BUCKETS * lanes) as u64
    }

    /// The tally of what was written; `None` where it does not hang together.
    pub(in crate::simulation) fn read(written: Written) -> Option<Self> {
        let Written { scale, replicated, sums, counts } = written;
        let total = counts.iter().try_fold(0_u64, |total, (_, _, count)| total.checked_add(*count))?;
        let counted = sums.count.iter().try_fold(0_u64, |total, count| total.checked_add(*count))?;
        let [first, end] = scale.octaves;
        if first > end || end - first > WINDOW || usize::from(end) > OCTAVES {
            return None;
        }
        let mut tally = Self { sums, ..Self::new(scale, replicated) };
        let fits = |(bucket, lane, _): &(u32, u8, u64)| {
            (*bucket as usize) < OCTAVES * BUCKETS && usize::from(*lane) < tally.lanes()
        };
        if total != counted || total > limits::DRAWS || !counts.iter().all(fits) {
            return None;
        }
        // The largest sums that so many draws can have, so that no sum of parts overflows, and a smallest and a largest
        // draw.
        let fine = tally.sums.sum.iter().zip(&tally.sums.count).all(|(sum, count)| is_sum_of(*sum, *count, FAR_BITS));
        let coarse =
            is_sum_of(tally.sums.deviations, total, FAR_BITS / 2) && is_sum_of(tally.sums.squares, total, FAR_BITS);
        let small = fine && coarse && tally.sums.squares >= 0;
        let ends = tally.sums.least <= tally.sums.most && tally.sums.least.is_finite() && tally.sums.most.is_finite();
        let whole = total == 0 || ends;
        if !small || !whole || scale.fine.is_nan() || scale.coarse.is_nan() || scale.centre.is_nan() {
            return None;
        }
        for (bucket, lane, count) in counts {
            tally.count_more(bucket, usize::from(lane), count);
        }
        tally.has_room().ok()?;
        Some(tally)
    }
}
