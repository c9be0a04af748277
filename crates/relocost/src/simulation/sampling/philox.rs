//! The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy
//! as 1, 2, 3"): every number is a function of the seed and of where it is used, so no draw depends on another.

#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]
#![expect(clippy::cast_possible_truncation, reason = "words are the halves of wider numbers, cut on purpose")]

use super::super::wide::{Kernel, wide};

/// Rounds of the bijection; the authors' recommendation, with a margin over what passes their tests.
const ROUNDS: usize = 10;
/// The multipliers of the words 0 and 2 (Salmon et al. 2011).
const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
/// The constants that each round adds to the key: the golden ratio and the square root of 3, less 1 (Salmon et al.
/// 2011).
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
/// The lower word of a 64-bit number.
const WORD: u64 = 0xffff_ffff;
/// Counters that are worked on side by side: as many as the oldest vector units hold in registers.
const LANES: usize = 4;
/// The keys of all rounds.
type Schedule = [[u64; 2]; ROUNDS];

/// One block of four random words of a counter and a key.
#[cfg(test)]
fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    rounds(counter.map(|word| [u64::from(word)]), &schedule(key)).map(|[word]| word as u32)
}

/// The keys of all rounds.
fn schedule(mut key: [u32; 2]) -> Schedule {
    let mut keys = [[0; 2]; ROUNDS];
    for round in &mut keys {
        *round = key.map(u64::from);
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    keys
}

/// All rounds on N counters side by side, each word in the lower half of 64 bits.
///
/// The upper halves collect the rest of the products on the way; only the lower halves enter the next product, and
/// that is the multiplication which even the oldest vector units have.
#[inline(always)]
fn rounds<const N: usize>(counter: [[u64; N]; 4], keys: &Schedule) -> [[u64; N]; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    for [first, second] in keys {
        for lane in 0..N {
            let product = (a[lane] & WORD) * MULTIPLIERS[0];
            let other = (c[lane] & WORD) * MULTIPLIERS[1];
            a[lane] = (other >> 32) ^ b[lane] ^ first;
            b[lane] = other;
            c[lane] = (product >> 32) ^ d[lane] ^ second;
            d[lane] = product;
        }
    }
    [a, b, c, d].map(|words| words.map(|word| word & WORD))
}

/// The number of (0, 1) of a 64-bit number: (k + 1/2) 2^-52 for its 52 leading bits k, exactly.
#[inline(always)]
pub(crate) fn unit(bits: u64) -> f64 {
    // 1 + k 2^-52 less 1 - 2^-53: both, and the difference (2k + 1) 2^-53, are doubles.
    f64::from_bits(0x3ff0_0000_0000_0000 | (bits >> 12)) - (1.0 - f64::EPSILON / 2.0)
}

/// The purpose of a random number: the last word of its counter, so that no two uses share numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 0: the uniform numbers of parameters; index p / 2 for the parameter p.
    Parameter,
    /// 1: as `Parameter`, for the second matrix of Sobol' indices.
    SecondMatrix,
    /// 2: permutations of Latin hypercubes.
    Shuffle,
    /// 3: the bits of a Sobol' point below its 32; index p / 4 for the parameter p.
    Jitter,
    /// 4: the keys of the scrambling of Sobol' points.
    Scramble,
    /// 5: resampling of draws.
    Bootstrap,
    /// 6: the key of what has numbers of its own, by its name in place of the draw.
    Named,
    /// 7: how many cases of a programme arrive; of the numbers of an entry of arrivals and a month.
    ArrivalCount,
    /// 8: which household arrives; of the numbers of a case.
    ArrivalRow,
    /// 9: whether an offer is refused, and how long it takes; of the numbers of a case and an agreement. The index is the
    /// number of the offer.
    Offer,
    /// 65536 + line: how many events a line has; the index is the caller's.
    EventCount(u16),
    /// 131072 + line: months and severities of a line's events; index: the number of the event.
    EventBody(u16),
}

impl Kind {
    /// The number of the kind.
    const fn number(self) -> u32 {
        match self {
            Self::Parameter => 0,
            Self::SecondMatrix => 1,
            Self::Shuffle => 2,
            Self::Jitter => 3,
            Self::Scramble => 4,
            Self::Bootstrap => 5,
            Self::Named => 6,
            Self::ArrivalCount => 7,
            Self::ArrivalRow => 8,
            Self::Offer => 9,
            Self::EventCount(line) => 0x1_0000 + line as u32,
            Self::EventBody(line) => 0x2_0000 + line as u32,
        }
    }
}

/// The random numbers of one seed.
///
/// Key: the seed, its lower word first. Counter: the draw, its lower word first; an index; the kind.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    /// The keys of all rounds.
    keys: Schedule,
}

impl Stream {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { keys: schedule([seed as u32, (seed >> 32) as u32]) }
    }

    /// The stream of something by its name: the numbers of one name tell nothing of another's.
    pub(crate) fn named(&self, name: u64) -> Self {
        let [low, high, ..] = self.block(Kind::Named, name, 0);
        Self { keys: schedule([low, high]) }
    }

    /// The four words of a place.
    pub(crate) fn block(&self, kind: Kind, draw: u64, index: u32) -> [u32; 4] {
        let counter = [draw & WORD, draw >> 32, u64::from(index), u64::from(kind.number())];
        rounds(counter.map(|word| [word]), &self.keys).map(|[word]| word as u32)
    }

    /// The four words of N consecutive draws, word by word, each in the lower half of 64 bits.
    #[inline(always)]
    pub(crate) fn draws<const N: usize>(&self, kind: Kind, first: u64, index: u32) -> [[u64; N]; 4] {
        let (mut draws, mut draw) = ([0; N], first);
        for slot in &mut draws {
            *slot = draw;
            draw = draw.wrapping_add(1);
        }
        let (low, high) = (draws.map(|draw| draw & WORD), draws.map(|draw| draw >> 32));
        rounds([low, high, [u64::from(index); N], [u64::from(kind.number()); N]], &self.keys)
    }

    /// The four words of N consecutive indices of one draw, word by word, each in the lower half of 64 bits.
    #[inline]
    pub(crate) fn indices<const N: usize>(&self, kind: Kind, draw: u64, first: u32) -> [[u64; N]; 4] {
        let mut counter = [[draw & WORD; N], [draw >> 32; N], [0; N], [u64::from(kind.number()); N]];
        let mut index = first;
        for slot in &mut counter[2] {
            *slot = u64::from(index);
            index = index.wrapping_add(1);
        }
        rounds(counter, &self.keys)
    }

    /// The number of (0, 1) of a draw's parameter, as [`Self::pair`] fills it.
    pub(crate) fn uniform(&self, kind: Kind, draw: u64, parameter: u32) -> f64 {
        let [a, b, c, d] = self.block(kind, draw, parameter / 2).map(u64::from);
        unit(if parameter & 1 == 0 { a | b << 32 } else { c | d << 32 })
    }

    /// Two numbers of (0, 1) of each of N places: a draw and an index.
    #[inline(always)]
    pub(crate) fn at<const N: usize>(&self, kind: Kind, places: &[(u64, u32); N]) -> [[f64; N]; 2] {
        let draws = places.map(|(draw, _)| draw);
        let (low, high) = (draws.map(|draw| draw & WORD), draws.map(|draw| draw >> 32));
        let indices = places.map(|(_, index)| u64::from(index));
        let [a, b, c, d] = rounds([low, high, indices, [u64::from(kind.number()); N]], &self.keys);
        let (mut first, mut second) = ([0.0; N], [0.0; N]);
        for lane in 0..N {
            first[lane] = unit(a[lane] | b[lane] << 32);
            second[lane] = unit(c[lane] | d[lane] << 32);
        }
        [first, second]
    }

    /// Fills the columns of the parameters 2 `pair` and 2 `pair` + 1 for consecutive draws; either may be empty.
    pub(crate) fn pair(&self, kind: Kind, first_draw: u64, pair: u32, even: &mut [f64], odd: &mut [f64]) {
        wide(Pair { stream: self, kind, first_draw, number: pair, even, odd });
    }
}

/// Fills two columns: see [`Stream::pair`].
struct Pair<'a> {
    stream: &'a Stream,
    kind: Kind,
    first_draw: u64,
    number: u32,
    even: &'a mut [f64],
    odd: &'a mut [f64],
}

impl Kernel for Pair<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { stream, kind, first_draw, number, even, odd } = self;
        let (mut draw, mut at) = (first_draw, 0);
        while at < even.len().max(odd.len()) {
            let [a, b, c, d] = stream.draws::<LANES>(kind, draw, number);
            let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                first[lane] = unit(a[lane] | b[lane] << 32);
                second[lane] = unit(c[lane] | d[lane] << 32);
            }
            put(even, at, &first);
            put(odd, at, &second);
            draw = draw.wrapping_add(LANES as u64);
            at += LANES;
        }
    }
}

/// Copies values into a column from a place on, as far as the column goes.
#[inline(always)]
fn put(column: &mut [f64], at: usize, values: &[f64; LANES]) {
    let rest = column.get_mut(at..).unwrap_or_default();
    if let Some(whole) = rest.first_chunk_mut::<LANES>() {
        *whole = *values;
    } else {
        for (slot, value) in rest.iter_mut().zip(values) {
            *slot = *value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(philox(pi, [0xa409_3822, 0x299f_31d0]), [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn a_place_is_a_counter() {
        let (seed, draw) = (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210);
        let stream = Stream::new(seed);
        let counter = [0x7654_3210, 0xfedc_ba98, 77, 0x2_0005];
        let expected = philox(counter, [0x89ab_cdef, 0x0123_4567]);
        assert_eq!(stream.block(Kind::EventBody(5), draw, 77), expected);
        assert_eq!(stream.draws::<3>(Kind::EventBody(5), draw - 2, 77).map(|words| words[2] as u32), expected);
        assert_eq!(stream.indices::<3>(Kind::EventBody(5), draw, 75).map(|words| words[2] as u32), expected);
    }

    #[test]
    fn kinds_share_no_number() {
        let plain = [Kind::Parameter, Kind::SecondMatrix, Kind::Shuffle, Kind::Jitter, Kind::Scramble, Kind::Bootstrap];
        assert_eq!(plain.map(Kind::number), [0, 1, 2, 3, 4, 5]);
        let named = [Kind::Named, Kind::ArrivalCount, Kind::ArrivalRow, Kind::Offer];
        assert_eq!(named.map(Kind::number), [6, 7, 8, 9]);
        assert!(Kind::EventCount(0).number() > 9);
        assert!(Kind::EventCount(u16::MAX).number() < Kind::EventBody(0).number());
    }

    #[test]
    fn the_grid_is_exact_to_its_ends() {
        assert_eq!(unit(0).to_bits(), libm::exp2(-53.0).to_bits());
        assert_eq!(unit(u64::MAX).to_bits(), (1.0 - libm::exp2(-53.0)).to_bits());
        for k in [0_u64, 1, 2, (1 << 51) - 1, 1 << 51, 0x000f_1234_5678_9abc, (1 << 52) - 2, (1 << 52) - 1] {
            // 2k + 1 is below 2^53, so its conversion and its scaling are exact.
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let expected = (2 * k + 1) as f64 * libm::exp2(-53.0);
            assert_eq!(unit(k << 12 | 0xabc).to_bits(), expected.to_bits());
        }
    }

    #[test]
    fn columns_are_the_uniforms_of_their_places() {
        let stream = Stream::new(9);
        let (mut even, mut odd) = ([0.0; 21], [0.0; 13]);
        let first = u64::from(u32::MAX) - 4;
        stream.pair(Kind::Parameter, first, 3, &mut even, &mut odd);
        for (draw, value) in (first..).zip(even) {
            assert_eq!(value.to_bits(), stream.uniform(Kind::Parameter, draw, 6).to_bits());
        }
        for (draw, value) in (first..).zip(odd) {
            assert_eq!(value.to_bits(), stream.uniform(Kind::Parameter, draw, 7).to_bits());
        }
        stream.pair(Kind::Parameter, u64::MAX, 3, &mut even, &mut []);
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    #[expect(clippy::cast_sign_loss, reason = "numbers of (0, 1) are positive")]
    fn uniforms_are_uniform() {
        let stream = Stream::new(20_260_101);
        let (mut even, mut odd) = (vec![0.0; 50_000], vec![0.0; 50_000]);
        stream.pair(Kind::Parameter, 0, 0, &mut even, &mut odd);
        let mut cells = [0_u32; 1024];
        for (a, b) in even.iter().zip(&odd) {
            cells[(a * 32.0) as usize * 32 + (b * 32.0) as usize] += 1;
        }
        let expected = 50_000.0 / 1024.0;
        let square: f64 = cells.iter().map(|&n| (f64::from(n) - expected) * (f64::from(n) - expected) / expected).sum();
        // 1023 degrees of freedom: standard deviation 45.2.
        assert!((square - 1023.0).abs() < 4.0 * 45.2, "chi square {square}");
        even.extend(odd);
        even.sort_by(f64::total_cmp);
        let far = even.iter().enumerate().map(|(i, u)| ((i as f64 + 0.5) / 100_000.0 - u).abs()).fold(0.0, f64::max);
        assert!(far * libm::sqrt(100_000.0) < 1.95, "Kolmogorov's distance {far}"); // the point of 0.1%
    }
}
