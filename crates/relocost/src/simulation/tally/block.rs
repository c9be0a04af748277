//! The sums of a whole block of draws: in loops without branches, which run in vectors, and exact.
#![expect(clippy::float_arithmetic, reason = "whole numbers in binary floating point are exact")]

use super::{LANES, ROUND, Tally};
use crate::simulation::block::{BLOCK, Column};
use crate::simulation::numbers::binary::WHOLE;

/// Sums that are kept side by side, few enough to stay in registers.
const ABREAST: usize = 4;
/// Fine steps that a value may have here, 2^44: those of a block stay below 2^53.
const MOST_FINE: f64 = 17_592_186_044_416.0;
/// Coarse steps that a value may have here, 2^23: the squares of 64 of them stay below 2^53.
const MOST_COARSE: f64 = 8_388_608.0;
const _: () = assert!(BLOCK / (2 * ABREAST) <= 64 && BLOCK / LANES <= 64);

/// The smallest and the largest of some values, none of which is not a number.
#[inline(always)]
pub(in crate::simulation) fn ends_of(values: &[f64]) -> [f64; 2] {
    let (mut least, mut most) = ([f64::INFINITY; 2 * ABREAST], [f64::NEG_INFINITY; 2 * ABREAST]);
    let (chunks, rest) = values.as_chunks::<{ 2 * ABREAST }>();
    for chunk in chunks {
        least = std::array::from_fn(|lane| if chunk[lane] < least[lane] { chunk[lane] } else { least[lane] });
    }
    for chunk in chunks {
        most = std::array::from_fn(|lane| if chunk[lane] > most[lane] { chunk[lane] } else { most[lane] });
    }
    for value in rest {
        (least[0], most[0]) = (least[0].min(*value), most[0].max(*value));
    }
    [least.into_iter().fold(f64::INFINITY, f64::min), most.into_iter().fold(f64::NEG_INFINITY, f64::max)]
}

/// What turns values into steps: fine steps per unit, coarse steps per unit, and the centre of these.
#[derive(Clone, Copy)]
struct Steps {
    per_fine: f64,
    per_coarse: f64,
    centre: f64,
}

impl Steps {
    /// A value in fine steps, as a whole number in the lower bits.
    #[inline(always)]
    fn fine(self, value: f64) -> f64 {
        value * self.per_fine + WHOLE
    }

    /// A value in coarse steps from the centre, likewise.
    #[inline(always)]
    fn coarse(self, value: f64) -> f64 {
        (value - self.centre) * self.per_coarse + WHOLE
    }
}

/// Sums of some lanes: whole numbers in lower bits, and squares.
struct LaneSums {
    fine: [u64; ABREAST],
    coarse: [u64; ABREAST],
    squares: [f64; ABREAST],
}

impl LaneSums {
    /// Of the lanes from one on.
    #[inline(always)]
    fn of<const N: usize>(chunks: &[[f64; N]], first: usize, steps: Steps) -> Self {
        let (mut fine, mut coarse, mut squares) = ([0_u64; ABREAST], [0_u64; ABREAST], [0.0; ABREAST]);
        for chunk in chunks {
            for lane in 0..ABREAST {
                let value = chunk[first + lane];
                fine[lane] = fine[lane].wrapping_add(steps.fine(value).to_bits());
                let shifted = steps.coarse(value);
                coarse[lane] = coarse[lane].wrapping_add(shifted.to_bits());
                let whole = shifted - WHOLE;
                squares[lane] += whole * whole;
            }
        }
        Self { fine, coarse, squares }
    }

    fn all_fine(&self) -> u64 {
        self.fine.iter().fold(0, |sum, lane| sum.wrapping_add(*lane))
    }

    fn all_coarse(&self) -> u64 {
        self.coarse.iter().fold(0, |sum, lane| sum.wrapping_add(*lane))
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole numbers of at most 2^53")]
    fn all_squares(&self) -> i128 {
        self.squares.iter().map(|square| i128::from(*square as i64)).sum()
    }
}

/// The sum of so many whole numbers, from that of the bits in which they stand.
fn whole(bits: u64, values: usize) -> i128 {
    i128::from(bits.wrapping_sub(WHOLE.to_bits().wrapping_mul(values as u64)).cast_signed())
}

impl Tally {
    /// Adds the values of a block, which lie between these ends, to the sums; false, and nothing done, if one is too
    /// far out.
    #[inline(always)]
    pub(super) fn sum_block(&mut self, values: &Column, ends: [f64; 2]) -> bool {
        let steps =
            Steps { per_fine: 1.0 / self.scale.fine, per_coarse: 1.0 / self.scale.coarse, centre: self.scale.centre };
        // Steps ascend with values, so no value is farther out than the ends.
        let is_far = |end: &f64| {
            (steps.fine(*end) - WHOLE).abs() > MOST_FINE || (steps.coarse(*end) - WHOLE).abs() > MOST_COARSE
        };
        if ends.iter().any(is_far) {
            return false;
        }
        (self.sums.least, self.sums.most) = (self.sums.least.min(ends[0]), self.sums.most.max(ends[1]));
        if self.replicated {
            self.sum_by_lane(values, steps);
        } else if ends[0].to_bits() == ends[1].to_bits() {
            self.sum_alike(ends[0], steps);
        } else {
            self.sum_together(values, steps);
        }
        true
    }

    /// Adds a block of one value.
    fn sum_alike(&mut self, value: f64, steps: Steps) {
        let [fine, coarse] = [steps.fine(value), steps.coarse(value)].map(|shifted| whole(shifted.to_bits(), 1));
        let times = i128::from(ROUND);
        self.sums.count[0] += u64::from(ROUND);
        self.sums.sum[0] += fine * times;
        self.sums.deviations += coarse * times;
        self.sums.squares += coarse * coarse * times;
    }

    /// Adds a block of independent draws.
    #[inline(always)]
    fn sum_together(&mut self, values: &Column, steps: Steps) {
        let (chunks, _) = values.as_chunks::<{ 2 * ABREAST }>();
        self.sums.count[0] += u64::from(ROUND);
        for half in [0, ABREAST] {
            let sums = LaneSums::of(chunks, half, steps);
            self.sums.sum[0] += whole(sums.all_fine(), BLOCK / 2);
            self.sums.deviations += whole(sums.all_coarse(), BLOCK / 2);
            self.sums.squares += sums.all_squares();
        }
    }

    /// Adds a block whose draws are of the randomisations in turn.
    #[inline(always)]
    fn sum_by_lane(&mut self, values: &Column, steps: Steps) {
        const EACH: usize = BLOCK / LANES;
        let (chunks, _) = values.as_chunks::<LANES>();
        for first in (0..LANES).step_by(ABREAST) {
            let sums = LaneSums::of(chunks, first, steps);
            for (lane, fine) in sums.fine.iter().enumerate() {
                self.sums.sum[first + lane] += whole(*fine, EACH);
                self.sums.count[first + lane] += EACH as u64;
            }
            self.sums.deviations += whole(sums.all_coarse(), EACH * ABREAST);
            self.sums.squares += sums.all_squares();
        }
    }
}
