//! Poisson numbers by inversion.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use super::block::{BLOCK, Column};
use super::numbers::exponential;
use super::wide::{Kernel, wide};

/// The largest mean that one uniform number is turned into a Poisson number of: its exponential does not underflow.
pub(super) const CHUNK: f64 = 500.0;
/// Probabilities from here down are lost in rounding, beyond the mean.
const NEGLIGIBLE: f64 = 1e-18;
/// Numbers that are found side by side.
const ABREAST: usize = 8;

/// A Poisson number, from one uniform number for each part of the mean.
pub(crate) fn poisson(mean: f64, mut uniform: impl FnMut(u32) -> f64) -> u32 {
    let (mut number, mut left, mut chunk) = (0, mean, 0);
    while left > 0.0 {
        let part = left.min(CHUNK);
        left -= part;
        number += side_by_side(&[part], &[uniform(chunk)])[0];
        chunk += 1;
    }
    number
}

/// The Poisson numbers of means up to [`CHUNK`], each from one uniform number; bit for bit as [`poisson`].
pub(super) fn poissons(means: &Column, uniforms: &Column) -> [u32; BLOCK] {
    wide(Poissons { means, uniforms })
}

/// Finds the numbers of a block: see [`poissons`].
struct Poissons<'a> {
    means: &'a Column,
    uniforms: &'a Column,
}

impl Kernel for Poissons<'_> {
    type Output = [u32; BLOCK];

    #[inline(always)]
    fn run(self) -> [u32; BLOCK] {
        let mut numbers = [0; BLOCK];
        let ((means, _), (uniforms, _)) = (self.means.as_chunks::<ABREAST>(), self.uniforms.as_chunks::<ABREAST>());
        let (chunks, _) = numbers.as_chunks_mut::<ABREAST>();
        for ((means, uniforms), numbers) in means.iter().zip(uniforms).zip(chunks) {
            *numbers = side_by_side(means, uniforms);
        }
        numbers
    }
}

/// Counts up from 0 until the probability of no more reaches the uniform number, without branches but for the end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers of a few hundreds")]
#[expect(clippy::needless_bitwise_bool, reason = "without branches, so that it runs in vectors")]
#[inline(always)]
fn side_by_side<const N: usize>(means: &[f64; N], uniforms: &[f64; N]) -> [u32; N] {
    let mut probability = means.map(|mean| exponential(-mean));
    let (mut below, mut counts, mut step) = (probability, [0.0; N], 0.0);
    loop {
        let mut more = 0.0;
        for lane in 0..N {
            // Where the rest is lost in rounding, it is beyond any uniform number.
            let is_lost = (probability[lane] <= NEGLIGIBLE) & (step >= means[lane]);
            let goes_on = if (below[lane] < uniforms[lane]) & !is_lost { 1.0 } else { 0.0 };
            counts[lane] += goes_on;
            more += goes_on;
        }
        if more == 0.0 {
            return counts.map(|count| count as i32 as u32);
        }
        step += 1.0;
        let share = 1.0 / step;
        for lane in 0..N {
            probability[lane] *= means[lane] * share;
            below[lane] += probability[lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_numbers_have_their_probabilities() {
        // P(N = 0) = e^-2, P(N <= 1) = 3 e^-2, P(N <= 2) = 5 e^-2.
        let zero = libm::exp(-2.0);
        for (u, number) in
            [(zero * 0.999, 0), (zero * 1.001, 1), (zero * 2.999, 1), (zero * 3.001, 2), (zero * 4.999, 2)]
        {
            assert_eq!(poisson(2.0, |_| u), number, "{u}");
        }
        assert_eq!(poisson(0.0, |_| 0.999_999), 0);
        // Parts of a large mean add up: the median of a Poisson number is its mean, within 1.
        let median = poisson(1_800.0, |_| 0.5);
        assert!((1_796..=1_800).contains(&median), "{median}");
        assert!((600..800).contains(&poisson(CHUNK, |_| 1.0 - f64::EPSILON / 2.0)));
    }

    #[test]
    fn a_block_is_as_one_by_one() {
        let mean = |draw: usize| [0.0, 1e-9, 0.3, 2.0, 17.5, CHUNK][draw % 6];
        let uniform = |draw: usize| [1e-16, 0.01, 0.5, 0.9, 0.999_999, 1.0 - f64::EPSILON / 2.0, 0.2][draw % 7];
        let numbers = poissons(&std::array::from_fn(mean), &std::array::from_fn(uniform));
        for (draw, number) in numbers.into_iter().enumerate() {
            assert_eq!(number, poisson(mean(draw), |_| uniform(draw)), "{} {}", mean(draw), uniform(draw));
        }
    }
}
