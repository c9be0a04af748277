//! The sums and counts of an output over many draws: exact, so that they add up to the same bits in any order.
//!
//! A value enters the mean as a whole number of fine steps, and the spread as a whole number of coarse steps from a
//! centre. Steps and centre are powers of two and multiples of them, from the first [`PILOT`] draws, so that they are the
//! same for every part of a simulation. Sums of whole numbers are exact: within a block in binary floating point, below
//! 2^53; across blocks in 128 bits, which 2^64 draws of less than 2^44 steps cannot fill; and what lies further out
//! in integers of any size. Counts are by buckets of a relative width of 2^-10.
#![expect(clippy::float_arithmetic, reason = "whole numbers in binary floating point are exact")]

mod block;
mod buckets;
mod estimates;
mod scale;
mod sums;
#[cfg(test)]
mod tests;
mod written;

use std::ops::Range;

pub(super) use self::block::ends_of;
use self::buckets::{BUCKET_BITS, BUCKETS, OCTAVES, bucket, buckets_of};
pub(super) use self::estimates::{UpTo, rank};
pub(super) use self::scale::Scale;
use self::sums::Sums;
pub(super) use self::written::Written;
use super::block::{BLOCK, Column};
use super::numbers::binary;
use super::sampling::REPLICATES;
use super::wide::{Kernel, wide};
use crate::error::Error;
use crate::limits;
use crate::room;

/// Draws that set the steps.
pub(super) const PILOT: u64 = 1024;
/// Randomisations of a stratified method; the lanes in which sums are kept.
const LANES: usize = 16;
const _: () = assert!(REPLICATES == 16 && BLOCK == ROUND as usize);
/// Fine steps, and coarse ones, that 128 bits take: the sum of 2^36 of the former, or of the squares of the latter, does not
/// fill them.
const MOST_FAR: [f64; 2] = [1_237_940_039_285_380_274_899_124_224.0, 35_184_372_088_832.0];
/// Binary digits of the most fine steps, and of the square of the most coarse ones, that a draw adds to 128 bits.
const FAR_BITS: u32 = 90;
const _: () = assert!(is_power(MOST_FAR[0], FAR_BITS) && is_power(MOST_FAR[1], FAR_BITS / 2));
const _: () = assert!(limits::DRAWS.ilog2() + FAR_BITS < i128::BITS - 1);
/// Draws of a block.
const ROUND: u32 = 512;
/// Bytes of the counts of an octave, by which a tally grows, of one randomisation.
const PAGE_BYTES: u64 = (BUCKETS * size_of::<u32>()) as u64;

/// True if a number is this power of two.
const fn is_power(number: f64, exponent: u32) -> bool {
    number.to_bits() == (1023 + exponent as u64) << 52
}

/// The sums and counts of one output.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    scale: Scale,
    replicated: bool,
    sums: Sums,
    /// By octave, 1 + the place of its page; 0 without.
    octaves: Box<[u16]>,
    /// Counts by page, then bucket, then randomisation.
    counts: Vec<u32>,
    /// The counts before they might have overflowed.
    carried: Vec<u64>,
    /// No count is above it.
    fresh: u32,
    /// There was no memory for a count.
    lacks_room: bool,
}

impl Tally {
    pub(super) fn new(scale: Scale, replicated: bool) -> Self {
        Self {
            scale,
            replicated,
            sums: Sums::default(),
            octaves: vec![0; OCTAVES].into_boxed_slice(),
            counts: Vec::new(),
            carried: Vec::new(),
            fresh: 0,
            lacks_room: false,
        }
    }

    /// Bytes that the tally of an output takes, as far as its first draws tell.
    pub(super) fn bytes(scale: &Scale, replicated: bool) -> u64 {
        let octaves = u64::from((scale.octaves[1] - scale.octaves[0]).max(1));
        let lanes = if replicated { LANES as u64 } else { 1 };
        (size_of::<Self>() + OCTAVES * size_of::<u16>()) as u64 + octaves * lanes * PAGE_BYTES
    }

    /// # Errors
    /// There was no memory for a count.
    pub(super) fn has_room(&self) -> Result<(), Error> {
        if self.lacks_room { Err(room::lacking::<u32>(self.counts.len())) } else { Ok(()) }
    }

    /// The tally of no draw.
    pub(super) fn nothing() -> Self {
        Self::new(Scale::of(Vec::new(), 1.0), false)
    }

    /// Adds the draws of a block whose place is in `range`; all are finite.
    pub(super) fn add(&mut self, values: &Column, range: Range<usize>) {
        wide(Add { tally: self, values, range });
    }

    /// The randomisation of the draw at a place of a block; independent draws are all of one.
    fn lane(&self, place: usize) -> usize {
        if self.replicated { place % LANES } else { 0 }
    }

    /// Counts values that are all of one randomisation and lie between these ends.
    #[inline(always)]
    fn count_each(&mut self, values: &[f64], ends: [f64; 2]) {
        let mut places = [0; BLOCK];
        let places = &mut places[..values.len()];
        buckets_of(values, ends[0] > 0.0, places);
        // Octaves of like values lie in one piece from the beginning.
        let [first, end] = self.scale.octaves.map(|octave| u32::from(octave) << BUCKET_BITS);
        let counts = self.counts.get_mut(..(end - first) as usize).unwrap_or_default();
        if !counts.is_empty() && bucket(ends[0]) >= first && bucket(ends[1]) < end {
            for place in places {
                if let Some(count) = counts.get_mut(place.wrapping_sub(first) as usize) {
                    *count += 1;
                }
            }
            return;
        }
        for (place, value) in places.iter().zip(values) {
            let (octave, within) = (*place as usize / BUCKETS, *place as usize % BUCKETS);
            let page = usize::from(self.octaves[octave]).checked_sub(1);
            match page.and_then(|page| self.counts.get_mut(page * BUCKETS + within)) {
                Some(count) => *count += 1,
                None => self.count_in(*value, 0, 1, 1),
            }
        }
    }

    /// Adds one value to the sums and counts.
    pub(super) fn add_value(&mut self, value: f64, place: usize) {
        if self.fresh > u32::MAX - 2 * ROUND {
            self.carry();
        }
        if self.lacks_room {
            return;
        }
        self.fresh += 1;
        let lane = self.lane(place);
        self.add_one(value, lane);
        self.count_in(value, lane, self.lanes(), 1);
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
    fn add_one(&mut self, value: f64, lane: usize) {
        let fine = (value * (1.0 / self.scale.fine)).round_ties_even();
        let coarse = ((value - self.scale.centre) * (1.0 / self.scale.coarse)).round_ties_even();
        if fine.abs() <= MOST_FAR[0] {
            self.sums.sum[lane] += fine as i128;
        } else {
            let sum = self.sums.far_sum.entry(u8::try_from(lane).unwrap_or(0)).or_default();
            *sum += binary::integer(fine);
        }
        if coarse.abs() <= MOST_FAR[1] {
            let coarse = coarse as i128;
            self.sums.deviations += coarse;
            self.sums.squares += coarse * coarse;
        } else {
            let far = binary::integer(coarse);
            self.sums.far_squares += &far * &far;
            self.sums.far_deviations += far;
        }
        self.sums.count[lane] += 1;
        self.sums.least = self.sums.least.min(value);
        self.sums.most = self.sums.most.max(value);
    }

    fn count_in(&mut self, value: f64, lane: usize, lanes: usize, times: u32) {
        let bucket = bucket(value) as usize;
        let mut page = usize::from(self.octaves[bucket / BUCKETS]);
        if page == 0 {
            page = self.page(bucket / BUCKETS, lanes);
        }
        if page == 0 {
            return; // without room
        }
        self.counts[((page - 1) * BUCKETS + bucket % BUCKETS) * lanes + lane] += times;
    }

    /// Makes room for more draws than a count of 32 bits can hold.
    fn carry(&mut self) {
        if !self.may_carry() {
            return;
        }
        for (carried, count) in self.carried.iter_mut().zip(&mut self.counts) {
            *carried += u64::from(std::mem::take(count));
        }
        self.fresh = 0;
    }

    /// True if there is memory for counts of 64 bits.
    fn may_carry(&mut self) -> bool {
        let more = self.counts.len().saturating_sub(self.carried.len());
        self.lacks_room |= self.carried.try_reserve_exact(more).is_err();
        if !self.lacks_room {
            self.carried.resize(self.counts.len(), 0);
        }
        !self.lacks_room
    }

    /// A page for an octave that has none; those of like values come first, in one piece. 0 if there is no room for it.
    #[cold]
    fn page(&mut self, octave: usize, lanes: usize) -> usize {
        let [first, end] = self.scale.octaves.map(usize::from);
        let like = if self.counts.is_empty() { first..end } else { 0..0 };
        for octave in like.chain([octave]) {
            if let Some(page @ 0) = self.octaves.get_mut(octave) {
                if self.counts.try_reserve(BUCKETS * lanes).is_err() {
                    self.lacks_room = true;
                    return 0;
                }
                self.counts.resize(self.counts.len() + BUCKETS * lanes, 0);
                let pages = self.counts.len() / (BUCKETS * lanes);
                *page = u16::try_from(pages).unwrap_or(u16::MAX); // octaves are fewer
            }
        }
        usize::from(self.octaves[octave])
    }

    /// Adds what another one of the same scale has counted.
    ///
    /// # Errors
    /// There is no memory for the counts of both.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.sums.add(&other.sums);
        let fresh = self.fresh.checked_add(other.fresh).filter(|fresh| *fresh < u32::MAX / 2);
        match fresh.filter(|_| other.carried.is_empty()) {
            Some(fresh) => {
                self.merge_pages(other);
                self.fresh = fresh;
            }
            None => other.each_filled(|bucket, lane, count| self.count_more(bucket, usize::from(lane), count)),
        }
        self.has_room()
    }

    /// Adds counts of 32 bits that have room for those of both, octave by octave.
    fn merge_pages(&mut self, other: &Self) {
        let lanes = self.lanes();
        for (octave, counts) in other.pages() {
            let mut page = usize::from(self.octaves[octave]);
            if page == 0 {
                page = self.page(octave, lanes);
            }
            if page == 0 {
                return; // without room
            }
            let own = &mut self.counts[(page - 1) * BUCKETS * lanes..page * BUCKETS * lanes];
            own.iter_mut().zip(&other.counts[counts]).for_each(|(count, more)| *count += more);
        }
    }

    /// The number of counts that it holds.
    pub(super) fn held(&self) -> u64 {
        self.counts.len() as u64
    }

    fn lanes(&self) -> usize {
        if self.replicated { LANES } else { 1 }
    }

    fn count_more(&mut self, bucket: u32, lane: usize, count: u64) {
        let (bucket, lanes) = (bucket as usize, self.lanes());
        let mut page = usize::from(self.octaves[bucket / BUCKETS]);
        if page == 0 {
            page = self.page(bucket / BUCKETS, lanes);
        }
        if page == 0 || !self.may_carry() {
            return; // without room
        }
        let place = ((page - 1) * BUCKETS + bucket % BUCKETS) * lanes + lane;
        if let Some(sum) = u32::try_from(count).ok().and_then(|count| self.counts[place].checked_add(count))
            && sum < u32::MAX / 2
        {
            self.counts[place] = sum;
            self.fresh = self.fresh.max(sum);
        } else {
            self.carried[place] += count;
        }
    }

    /// The octaves that have a page, ascending, each with the places of its counts.
    fn pages(&self) -> impl Iterator<Item = (usize, Range<usize>)> {
        let size = BUCKETS * self.lanes();
        let pages = self.octaves.iter().enumerate().filter(|(_, page)| **page > 0);
        pages.map(move |(octave, page)| (octave, (usize::from(*page) - 1) * size..usize::from(*page) * size))
    }

    /// Visits bucket, randomisation and count, ascending, without those that are 0.
    fn each_filled(&self, mut visit: impl FnMut(u32, u8, u64)) {
        let lanes = self.lanes();
        for (octave, page) in self.pages() {
            let carried = self.carried.get(page.clone()).unwrap_or_default();
            for (place, count) in self.counts[page].iter().enumerate() {
                let count = u64::from(*count) + carried.get(place).copied().unwrap_or(0);
                if count > 0 {
                    let bucket = u32::try_from(octave * BUCKETS + place / lanes).unwrap_or(u32::MAX);
                    visit(bucket, u8::try_from(place % lanes).unwrap_or(0), count);
                }
            }
        }
    }

    /// The number of draws.
    pub(super) fn draws(&self) -> u64 {
        self.sums.count.iter().sum()
    }

    /// True if every draw was 0.
    pub(super) fn is_nothing(&self) -> bool {
        self.sums.least.abs().max(self.sums.most.abs()) <= 0.0
    }

    pub(super) fn range(&self) -> [f64; 2] {
        [self.sums.least, self.sums.most]
    }

    /// True if it belongs to a simulation with these steps.
    pub(super) fn has(&self, scale: &Scale, replicated: bool) -> bool {
        self.scale == *scale && self.replicated == replicated
    }

    /// True if it and another one can be of the same simulation.
    pub(super) fn fits(&self, other: &Self) -> bool {
        other.has(&self.scale, self.replicated)
    }

    pub(super) fn is_replicated(&self) -> bool {
        self.replicated
    }
}

/// Adds draws to a tally: see [`Tally::add`].
struct Add<'a> {
    tally: &'a mut Tally,
    values: &'a Column,
    range: Range<usize>,
}

impl Kernel for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { tally, values, range } = self;
        if tally.fresh > u32::MAX - 2 * ROUND {
            tally.carry();
        }
        if tally.lacks_room || range.is_empty() {
            return;
        }
        tally.fresh += ROUND;
        let ends = ends_of(&values[range.clone()]);
        if range != (0..BLOCK) || !tally.sum_block(values, ends) {
            for place in range.clone() {
                tally.add_one(values[place], tally.lane(place));
            }
        }
        if tally.replicated {
            for place in range {
                tally.count_in(values[place], place % LANES, LANES, 1);
            }
        } else if ends[0].to_bits() == ends[1].to_bits() {
            tally.count_in(ends[0], 0, 1, u32::try_from(range.len()).unwrap_or(0));
        } else {
            tally.count_each(&values[range], ends);
        }
    }
}
