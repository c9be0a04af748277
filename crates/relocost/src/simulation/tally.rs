//! What is kept of an output over many draws: exact sums and counts, which add up to the same bits in any order.
//!
//! A value enters the mean as a whole number of fine steps, and the spread as a whole number of coarse steps from a
//! centre. Steps and centre are powers of two and multiples of them, from the first [`PILOT`] draws, so that they are the
//! same for every part of a simulation. Sums of whole numbers are exact: within a block in binary floating point, below
//! 2^53; across blocks in 128 bits, which 2^64 draws of less than 2^44 steps cannot fill; and what lies further out
//! in integers of any size. Counts are by buckets of a relative width of 2^-10.
#![expect(clippy::float_arithmetic, reason = "whole numbers in binary floating point are exact")]

use std::collections::BTreeMap;
use std::ops::Range;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Serialize};

use super::block::{BLOCK, Column};
use super::numbers::binary;
use super::sampling::REPLICATES;
use crate::error::Error;
use crate::limits;
use crate::room;

/// Draws that set the steps.
pub(super) const PILOT: u64 = 1024;
/// Randomisations of a stratified method; the lanes in which sums are kept.
const LANES: usize = 16;
const _: () = assert!(REPLICATES == 16 && BLOCK == ROUND as usize);
/// Lanes that are summed side by side.
const ABREAST: usize = 4;
/// Binary digits of a usual value in fine steps.
const FINE: i32 = 38;
/// Binary digits of a usual deviation in coarse steps.
const COARSE: i32 = 18;
/// Fine steps that the fast way takes.
const MOST_FINE: f64 = 17_592_186_044_416.0;
/// Coarse steps that the fast way takes.
const MOST_COARSE: f64 = 16_777_216.0;
/// Fine steps, and coarse ones, that 128 bits take: the sum of 2^36 of the former, or of the squares of the latter, does not
/// fill them.
const MOST_FAR: [f64; 2] = [1_237_940_039_285_380_274_899_124_224.0, 35_184_372_088_832.0];
/// Binary digits of the most fine steps, and of the square of the most coarse ones, that a draw adds to 128 bits.
const FAR_BITS: u32 = 90;
const _: () = assert!(is_power(MOST_FAR[0], FAR_BITS) && is_power(MOST_FAR[1], FAR_BITS / 2));
const _: () = assert!(limits::DRAWS.ilog2() + FAR_BITS < i128::BITS - 1);
/// Adding and taking it away rounds a number below 2^51 to a whole one, half to even.
const WHOLE: f64 = 6_755_399_441_055_744.0;
/// Buckets of an octave.
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Bits of the mantissa that tell buckets apart.
const BUCKET_BITS: u32 = 10;
/// Draws of a block.
const ROUND: u32 = 256;
/// Bytes of the counts of an octave, by which a tally grows, of one randomisation.
const PAGE_BYTES: u64 = (BUCKETS * size_of::<u32>()) as u64;
/// Octaves of both signs.
const OCTAVES: usize = 1 << 12;

/// Whether a number is so high a power of two.
const fn is_power(number: f64, exponent: u32) -> bool {
    number.to_bits() == (1023 + exponent as u64) << 52
}

/// The steps of an output.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Scale {
    fine: f64,
    coarse: f64,
    centre: f64,
    /// The octaves, a first and one after the last, whose counts lie in one piece from the beginning.
    octaves: [u16; 2],
}

/// Octaves that lie in one piece at most.
const WINDOW: u16 = 8;

/// A power of two at or above a size.
fn power_above(size: f64) -> f64 {
    let mut power = f64::from_bits(size.to_bits() & 0x7ff0_0000_0000_0000);
    if power < size {
        power *= 2.0;
    }
    power.clamp(f64::MIN_POSITIVE / f64::EPSILON, f64::MAX / 16.0)
}

impl Scale {
    /// The steps for values such as these, and of at least `least`. They are set by what is usual, so that a rare value
    /// far out, which goes its own way, does not make them coarse.
    pub(super) fn of(mut pilot: Vec<f64>, least: f64) -> Self {
        pilot.retain(|value| value.is_finite());
        pilot.sort_unstable_by(f64::total_cmp);
        let usual = usual_size(pilot.iter().copied()).max(least);
        let centre = pilot.get(pilot.len() / 2).copied().unwrap_or(0.0);
        let spread = usual_size(pilot.iter().map(|value| value - centre)).max(least);
        let (fine, coarse) =
            (power_above(usual) * libm::ldexp(1.0, -FINE), power_above(spread) * libm::ldexp(1.0, -COARSE));
        // Where values are of one sign and of like size, most of them fall into few octaves.
        let octave = |value: f64| u16::try_from(bucket(value) as usize / BUCKETS).unwrap_or(0);
        let octaves = match (pilot.first(), pilot.last()) {
            (Some(low), Some(high)) => [octave(*low), octave(*high) + 1],
            _ => [0; 2],
        };
        let octaves = if octaves[1] - octaves[0] <= WINDOW { octaves } else { [0; 2] };
        Self { fine, coarse, centre: (centre / coarse).round_ties_even() * coarse, octaves }
    }
}

/// The median size of what is not 0; 0 where all is.
fn usual_size(values: impl Iterator<Item = f64>) -> f64 {
    let mut sizes: Vec<f64> = values.map(f64::abs).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// Exact sums over draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Sums {
    /// Draws by randomisation.
    count: [u64; LANES],
    /// Fine steps by randomisation.
    sum: [i128; LANES],
    /// Coarse steps from the centre, and their squares.
    deviations: i128,
    squares: i128,
    /// The same of what the fast way does not take.
    far_sum: BTreeMap<u8, BigInt>,
    far_deviations: BigInt,
    far_squares: BigInt,
    least: f64,
    most: f64,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            count: [0; LANES],
            sum: [0; LANES],
            deviations: 0,
            squares: 0,
            far_sum: BTreeMap::new(),
            far_deviations: BigInt::ZERO,
            far_squares: BigInt::ZERO,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        for lane in 0..LANES {
            self.count[lane] += other.count[lane];
            self.sum[lane] += other.sum[lane];
        }
        self.deviations += other.deviations;
        self.squares += other.squares;
        for (lane, sum) in &other.far_sum {
            *self.far_sum.entry(*lane).or_default() += sum;
        }
        self.far_deviations += &other.far_deviations;
        self.far_squares += &other.far_squares;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }
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
    /// What they held before they might have overflowed.
    carried: Vec<u64>,
    /// No count is above it.
    fresh: u32,
    /// There was no memory for a count.
    lacks_room: bool,
}

/// A tally as it is written.
#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    scale: Scale,
    replicated: bool,
    sums: Sums,
    /// Bucket, randomisation, count.
    counts: Vec<(u32, u8, u64)>,
}

/// The bucket of a value: ascending with it. A bucket holds its upper end and not its lower one, so that what is at most a
/// round number is told from what is above it.
fn bucket(value: f64) -> u32 {
    let bits = (value + 0.0).to_bits();
    let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    ((ordered - 1) >> 42) as u32
}

/// Whether a sum can be that of so many numbers of at most so many binary digits.
fn is_sum_of(sum: i128, count: u64, bits: u32) -> bool {
    u128::from(count).checked_mul(1 << bits).is_some_and(|most| sum.unsigned_abs() <= most)
}

/// The ends of a bucket; what is too small to be normal counts as 0.
fn ends(bucket: u32) -> [f64; 2] {
    let value = |ordered: u64| {
        let value = f64::from_bits(if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered });
        if value.abs() < f64::MIN_POSITIVE { 0.0 } else { value }
    };
    [value(u64::from(bucket) << 42), value((u64::from(bucket) + 1) << 42)]
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

    /// That of no draw.
    pub(super) fn nothing() -> Self {
        Self::new(Scale::of(Vec::new(), 1.0), false)
    }

    /// Adds the draws of a block whose place is in `range`; all are finite.
    pub(super) fn add(&mut self, values: &Column, range: Range<usize>) {
        if self.fresh > u32::MAX - 2 * ROUND {
            self.carry();
        }
        if self.lacks_room {
            return;
        }
        self.fresh += ROUND;
        if range == (0..BLOCK)
            && let Some(ends) = self.add_block(values)
        {
            if ends[0].to_bits() == ends[1].to_bits() && !self.replicated {
                self.count_in(ends[0], 0, 1, ROUND);
                return;
            }
        } else {
            for place in range.clone() {
                self.add_one(values[place], place % LANES);
            }
        }
        if self.replicated {
            for place in range {
                self.count_in(values[place], place % LANES, LANES, 1);
            }
        } else {
            self.count_each(&values[range]);
        }
    }

    /// Counts values that are all of one randomisation.
    fn count_each(&mut self, values: &[f64]) {
        let [first, end] = self.scale.octaves.map(|octave| u32::from(octave) << BUCKET_BITS);
        for value in values {
            let bucket = bucket(*value);
            let place = bucket.wrapping_sub(first);
            if place < end - first
                && let Some(count) = self.counts.get_mut(place as usize)
            {
                *count += 1;
            } else {
                self.count_in(*value, 0, 1, 1);
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
        self.add_one(value, place % LANES);
        if self.replicated {
            self.count_in(value, place % LANES, LANES, 1);
        } else {
            self.count_in(value, 0, 1, 1);
        }
    }

    /// The sums of a whole block, and its smallest and largest value, unless one is too far out.
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
    fn add_block(&mut self, values: &Column) -> Option<[f64; 2]> {
        let (per_fine, per_coarse, centre) = (1.0 / self.scale.fine, 1.0 / self.scale.coarse, self.scale.centre);
        let (mut sums, mut deviations, mut squares) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        let (mut widest, mut furthest) = ([0.0_f64; LANES], [0.0_f64; LANES]);
        let (chunks, _) = values.as_chunks::<LANES>();
        // Few lanes at a time, so that what is summed stays in registers.
        for lanes in (0..LANES).step_by(ABREAST) {
            let [mut sum, mut deviation, mut square, mut wide, mut far] = [[0.0_f64; ABREAST]; 5];
            let (mut low, mut high) = ([f64::INFINITY; ABREAST], [f64::NEG_INFINITY; ABREAST]);
            for chunk in chunks {
                for lane in 0..ABREAST {
                    let value = chunk[lanes + lane];
                    let fine = (value * per_fine + WHOLE) - WHOLE;
                    let coarse = ((value - centre) * per_coarse + WHOLE) - WHOLE;
                    sum[lane] += fine;
                    deviation[lane] += coarse;
                    square[lane] += coarse * coarse;
                    low[lane] = if value < low[lane] { value } else { low[lane] };
                    high[lane] = if value > high[lane] { value } else { high[lane] };
                    let (fine, coarse) = (fine.abs(), coarse.abs());
                    wide[lane] = if fine > wide[lane] { fine } else { wide[lane] };
                    far[lane] = if coarse > far[lane] { coarse } else { far[lane] };
                }
            }
            let place = lanes..lanes + ABREAST;
            sums[place.clone()].copy_from_slice(&sum);
            deviations[place.clone()].copy_from_slice(&deviation);
            squares[place.clone()].copy_from_slice(&square);
            least[place.clone()].copy_from_slice(&low);
            most[place.clone()].copy_from_slice(&high);
            widest[place.clone()].copy_from_slice(&wide);
            furthest[place].copy_from_slice(&far);
        }
        let largest = |list: &[f64; LANES]| list.iter().fold(0.0, |largest: f64, each| largest.max(*each));
        if largest(&widest) > MOST_FINE || largest(&furthest) > MOST_COARSE {
            return None;
        }
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
        for lane in 0..LANES {
            self.sums.sum[lane] += i128::from(sums[lane] as i64);
            self.sums.count[lane] += (BLOCK / LANES) as u64;
            ends = [ends[0].min(least[lane]), ends[1].max(most[lane])];
        }
        (self.sums.least, self.sums.most) = (self.sums.least.min(ends[0]), self.sums.most.max(ends[1]));
        for lane in 0..LANES {
            self.sums.deviations += i128::from(deviations[lane] as i64);
            self.sums.squares += i128::from(squares[lane] as i64);
        }
        Some(ends)
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

    #[inline]
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

    /// Whether there is room for what counts carry.
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
        for (bucket, lane, count) in other.filled() {
            self.count_more(bucket, usize::from(lane), count);
        }
        self.has_room()
    }

    /// How many counts it holds.
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

    /// Bucket, randomisation and count, ascending, without those that are 0.
    fn filled(&self) -> impl Iterator<Item = (u32, u8, u64)> {
        let lanes = self.lanes();
        self.octaves.iter().enumerate().filter(|(_, page)| **page > 0).flat_map(move |(octave, page)| {
            let first = (usize::from(*page) - 1) * BUCKETS * lanes;
            let count =
                move |place: usize| u64::from(self.counts[place]) + self.carried.get(place).copied().unwrap_or(0);
            let counts = (0..BUCKETS * lanes).map(move |place| (place, count(first + place)));
            counts.filter(|(_, count)| *count > 0).map(move |(place, count)| {
                let bucket = u32::try_from(octave * BUCKETS + place / lanes).unwrap_or(u32::MAX);
                (bucket, u8::try_from(place % lanes).unwrap_or(0), count)
            })
        })
    }

    pub(super) fn write(&self) -> Written {
        let Self { scale, replicated, sums, .. } = self;
        Written { scale: *scale, replicated: *replicated, sums: sums.clone(), counts: self.filled().collect() }
    }

    /// How many counts there will be room for when it is read.
    pub(super) fn room(written: &Written) -> u64 {
        let mut octaves: Vec<u32> = written.counts.iter().map(|(bucket, _, _)| bucket >> BUCKET_BITS).collect();
        octaves.dedup();
        let lanes = if written.replicated { LANES } else { 1 };
        (octaves.len() as u64 + u64::from(WINDOW)) * (BUCKETS * lanes) as u64
    }

    /// The tally of what was written; `None` where it does not hang together.
    pub(super) fn read(written: Written) -> Option<Self> {
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
        // What so many draws can come to, so that no sum of parts overflows, and a smallest and a largest draw.
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

    /// How many draws there are.
    pub(super) fn draws(&self) -> u64 {
        self.sums.count.iter().sum()
    }

    /// Whether every draw was 0.
    pub(super) fn is_nothing(&self) -> bool {
        self.sums.least.abs().max(self.sums.most.abs()) <= 0.0
    }

    pub(super) fn range(&self) -> [f64; 2] {
        [self.sums.least, self.sums.most]
    }

    pub(super) fn mean(&self) -> f64 {
        let sum: BigInt = (0..LANES).map(|lane| self.lane_sum(lane)).sum();
        self.within(quotient(&sum, &BigInt::from(self.draws())) * self.scale.fine)
    }

    /// A value moved between the smallest draw and the largest.
    fn within(&self, value: f64) -> f64 {
        value.max(self.sums.least).min(self.sums.most)
    }

    /// Whether it is one of a simulation with these steps.
    pub(super) fn has(&self, scale: &Scale, replicated: bool) -> bool {
        self.scale == *scale && self.replicated == replicated
    }

    /// Whether it and another one can be of the same simulation.
    pub(super) fn fits(&self, other: &Self) -> bool {
        other.has(&self.scale, self.replicated)
    }

    pub(super) fn is_replicated(&self) -> bool {
        self.replicated
    }

    fn lane_sum(&self, lane: usize) -> BigInt {
        let far = u8::try_from(lane).ok().and_then(|lane| self.sums.far_sum.get(&lane));
        far.cloned().unwrap_or_default() + self.sums.sum[lane]
    }

    /// The standard deviation, with N - 1; 0 of a single draw.
    pub(super) fn sd(&self) -> f64 {
        let draws = BigInt::from(self.draws());
        if draws <= BigInt::from(1_u8) || self.sums.least.to_bits() == self.sums.most.to_bits() {
            return 0.0;
        }
        let deviations = BigInt::from(self.sums.deviations) + &self.sums.far_deviations;
        let squares = BigInt::from(self.sums.squares) + &self.sums.far_squares;
        let spread = &draws * squares - &deviations * &deviations;
        quotient(&spread, &(&draws * (&draws - 1_u8))).max(0.0).sqrt() * self.scale.coarse
    }

    /// The means of the randomisations.
    fn means(&self) -> impl Iterator<Item = f64> {
        (0..LANES)
            .filter(|lane| self.sums.count[*lane] > 0)
            .map(|lane| quotient(&self.lane_sum(lane), &BigInt::from(self.sums.count[lane])) * self.scale.fine)
    }

    /// The standard error of the mean: from the spread of the draws, or of the randomisations.
    pub(super) fn se(&self) -> f64 {
        if self.replicated { standard_error(self.means()) } else { self.sd() / binary::count(self.draws()).sqrt() }
    }

    /// The value at a rank from 1, placed within its bucket by its rank there.
    fn at_rank(&self, buckets: &[(u32, u64)], rank: f64) -> f64 {
        let mut below = 0.0;
        for (bucket, count) in buckets {
            let count = binary::count(*count);
            if below + count >= rank {
                let [low, high] = ends(*bucket);
                let value = low + (high - low) * ((rank - below - 0.5) / count).clamp(0.0, 1.0);
                return self.within(value);
            }
            below += count;
        }
        self.sums.most
    }

    /// Counts by bucket, ascending: of one randomisation or of all.
    pub(super) fn buckets(&self, lane: Option<usize>) -> Vec<(u32, u64)> {
        let mut buckets: Vec<(u32, u64)> = Vec::new();
        for (bucket, of, count) in self.filled() {
            if lane.is_some_and(|lane| lane != usize::from(of)) {
                continue;
            }
            match buckets.last_mut() {
                Some((last, sum)) if *last == bucket => *sum += count,
                _ => buckets.push((bucket, count)),
            }
        }
        buckets
    }

    /// The smallest value at or below which a share of the draws lies, within the width of its bucket.
    pub(super) fn quantile(&self, buckets: &[(u32, u64)], share: f64) -> f64 {
        let draws: u64 = buckets.iter().map(|(_, count)| count).sum();
        self.at_rank(buckets, rank(draws, share))
    }

    /// The standard errors of quantiles: by ranks a standard deviation of the binomial apart, or from the
    /// randomisations.
    pub(super) fn quantile_errors(&self, buckets: &[(u32, u64)], shares: &[f64]) -> Vec<f64> {
        if self.replicated {
            let replicates: Vec<_> = (0..LANES).map(|lane| self.buckets(Some(lane))).collect();
            let replicates = || replicates.iter().filter(|buckets| !buckets.is_empty());
            let error = |share: &f64| standard_error(replicates().map(|buckets| self.quantile(buckets, *share)));
            return shares.iter().map(error).collect();
        }
        let draws = binary::count(self.draws());
        let error = |share: &f64| {
            let apart = (draws * share * (1.0 - share)).sqrt();
            let at = |rank: f64| self.at_rank(buckets, rank.clamp(1.0, draws));
            (at(draws * share + apart) - at(draws * share - apart)) / 2.0
        };
        shares.iter().map(error).collect()
    }

    /// The mean of the worst draws: those above a share, the draw at the border in part.
    pub(super) fn shortfall(&self, buckets: &[(u32, u64)], share: f64) -> f64 {
        let worst = (1.0 - share) * binary::count(self.draws());
        let (mut left, mut sum) = (worst, 0.0);
        for (bucket, count) in buckets.iter().rev() {
            let part = left.min(binary::count(*count));
            let [low, high] = ends(*bucket);
            // What lies in the border's bucket are its upper draws.
            let middle = high - (high - low) * (part / binary::count(*count)) / 2.0;
            sum += part * self.within(middle);
            left -= part;
            if left <= 0.0 {
                break;
            }
        }
        if worst > 0.0 { sum / worst } else { self.sums.most }
    }

    /// The share of the draws above a value, that of its own bucket in proportion.
    pub(super) fn exceedance(&self, value: f64) -> f64 {
        if value >= self.sums.most {
            return 0.0;
        }
        if value < self.sums.least {
            return 1.0;
        }
        let sought = bucket(value);
        let mut above = 0.0;
        for (bucket, count) in self.buckets(None) {
            let count = binary::count(count);
            if bucket > sought {
                above += count;
            } else if bucket == sought {
                let [low, high] = ends(bucket);
                let width = high - low;
                above += if width > 0.0 { count * ((high - value) / width).clamp(0.0, 1.0) } else { 0.0 };
            }
        }
        above / binary::count(self.draws())
    }
}

/// The rank, from 1, of the smallest value at or below which a share of so many lie.
pub(super) fn rank(draws: u64, share: f64) -> f64 {
    // A product that a decimal share makes whole may come out a little above it.
    let exact = share * binary::count(draws);
    let nearest = exact.round_ties_even();
    let rank = if (exact - nearest).abs() <= 1e-12 * exact { nearest } else { exact.ceil() };
    rank.clamp(1.0, binary::count(draws.max(1)))
}

/// The standard error of the mean of independent values.
pub(super) fn standard_error(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    let count = binary::length(&values);
    if values.len() < 2 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / (count - 1.0) / count).sqrt()
}

/// A quotient of whole numbers, to the nearest binary number or next to it.
fn quotient(numerator: &BigInt, denominator: &BigInt) -> f64 {
    if denominator.is_zero() {
        return 0.0;
    }
    binary::float(&BigRational::new(numerator.clone(), denominator.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random: of like size, but for a few that lie far out, and some of the other sign.
    fn values(count: usize) -> Vec<f64> {
        let mut state = 7_u64;
        let mut next = move || {
            state = state.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(1);
            binary::count(state >> 12) / libm::exp2(52.0)
        };
        let value = |place: usize| match place % 1_000 {
            17 => 1e9 * next(),
            18 => 1e120,
            19 => 0.0,
            20 => -300.0 * next(),
            _ => 100.0 + next(),
        };
        (0..count).map(value).collect()
    }

    fn tally(values: &[f64], from: usize, replicated: bool) -> Tally {
        let mut tally = Tally::new(Scale::of(vec![100.0, 101.0], 1.0), replicated);
        let mut place = from;
        while place < from + values.len() {
            let first = place / BLOCK * BLOCK;
            let end = (first + BLOCK).min(from + values.len());
            let mut column = [f64::NAN; BLOCK];
            column[place - first..end - first].copy_from_slice(&values[place - from..end - from]);
            tally.add(&column, place - first..end - first);
            place = end;
        }
        tally
    }

    fn written(tally: &Tally) -> Vec<u8> {
        postcard::to_stdvec(&tally.write()).unwrap()
    }

    #[test]
    fn parts_in_any_order_are_the_whole() {
        let values = values(5_000);
        for replicated in [false, true] {
            let whole = tally(&values, 0, replicated);
            let part = |from: usize, to: usize| tally(&values[from..to], from, replicated);
            let mut merged = part(3_001, 5_000);
            for other in [part(0, 700), part(1_024, 3_001), part(700, 1_024)] {
                merged.merge(&Tally::read(other.write()).unwrap()).unwrap();
            }
            assert_eq!(written(&merged), written(&whole));
            assert_eq!(merged.mean().to_bits(), whole.mean().to_bits());
        }
    }

    #[test]
    fn sums_are_exact_to_a_step_for_each_value() {
        let values = values(4_096);
        let tally = tally(&values, 0, false);
        let exact: BigRational = values.iter().map(|value| binary::rational(*value).unwrap()).sum();
        let mean = binary::float(&(exact / BigRational::from_integer(4_096.into())));
        assert!((tally.mean() / mean - 1.0).abs() < 1e-15, "{} {mean}", tally.mean());
        let like: Vec<f64> = values.into_iter().filter(|value| (99.0..102.0).contains(value)).take(3_840).collect();
        let count = binary::length(&like);
        let mean = like.iter().sum::<f64>() / count;
        let squares: f64 = like.iter().map(|value| (value - mean) * (value - mean)).sum();
        let found = self::tally(&like, 0, false);
        // A step is 2^-18: what rounding to it adds is far below what chance does, 1/100 here.
        assert!((found.sd() / (squares / (count - 1.0)).sqrt() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_bucket_holds_its_values_and_no_other() {
        for value in values(2_000).into_iter().chain([f64::MIN_POSITIVE, -1e-300, 1.0, 2.0 - f64::EPSILON]) {
            let [low, high] = ends(bucket(value));
            assert!((low < value || value.abs() < f64::MIN_POSITIVE) && value <= high, "{low} {value} {high}");
            assert!((high - low).abs() <= value.abs() / 1024.0 + f64::MIN_POSITIVE, "{low} {high}");
        }
        assert!(bucket(-1.0) < bucket(-0.5) && bucket(-0.5) < bucket(0.0) && bucket(0.0) < bucket(1e-300));
        assert!(bucket(100.0) < bucket(100.000_000_1) && ends(bucket(100.0))[1].to_bits() == 100.0_f64.to_bits());
        assert_eq!(ends(bucket(0.0)).map(f64::to_bits), [0.0, 0.0].map(f64::to_bits));
        assert_eq!(bucket(-0.0), bucket(0.0));
    }

    #[test]
    fn counts_are_carried_before_they_overflow() {
        let mut tally = Tally::new(Scale::of(vec![1.0], 1.0), false);
        tally.add(&[1.0; BLOCK], 0..BLOCK);
        tally.fresh = u32::MAX - ROUND;
        tally.add(&[1.0; BLOCK], 0..BLOCK);
        assert_eq!((tally.fresh, tally.counts.iter().sum::<u32>()), (ROUND, ROUND));
        assert_eq!(tally.buckets(None), [(bucket(1.0), 2 * BLOCK as u64)]);
    }

    #[test]
    fn sums_that_no_draws_come_to_are_refused() {
        let tally = tally(&values(2_000), 0, false);
        let most = |count: u64| i128::from(count) << FAR_BITS;
        let lies: [fn(&mut Sums, i128); 4] = [
            |sums, most| sums.sum[3] = most + 1,
            |sums, most| sums.deviations = -most,
            |sums, most| sums.squares = most + 1,
            |sums, _| sums.squares = -1,
        ];
        for lie in lies {
            let mut written = tally.write();
            let most = most(written.sums.count.iter().sum());
            lie(&mut written.sums, most);
            assert!(Tally::read(written).is_none());
        }
        // Honest sums of all draws that there may be do not overflow.
        assert!(is_sum_of(most(limits::DRAWS), limits::DRAWS, FAR_BITS));
    }

    #[test]
    fn without_room_nothing_is_counted_any_more() {
        let mut tally = tally(&values(500), 0, false);
        tally.lacks_room = true;
        let before = written(&tally);
        tally.add(&[7.0; BLOCK], 0..BLOCK);
        tally.add_value(7.0, 0);
        assert_eq!(written(&tally), before);
        assert_eq!(tally.has_room().unwrap_err().code(), crate::Code::OutOfMemory);
    }

    #[test]
    fn ranks_of_decimal_shares_are_not_pushed_up_by_rounding() {
        for (draws, share, expected) in
            [(10, 0.1, 1.0), (1_000, 0.95, 950.0), (20, 0.05, 1.0), (3, 0.5, 2.0), (7, 0.0, 1.0)]
        {
            assert_eq!(rank(draws, share).to_bits(), f64::to_bits(expected), "{draws} {share}");
        }
    }
}
