//! Estimators of Sobol' indices from two independent matrices of draws, and their bootstrap intervals.
//!
//! First order: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola 2010, table 2 (b). Total: Jansen 1999, table 2
//! (f) there. Intervals: percentiles of resampled draws (Archer, Saltelli and Sobol' 1997).
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use serde::Serialize;

use crate::error::Error;
use crate::simulation::numbers::binary::length;
use crate::simulation::sampling::{Kind, Stream};
use crate::watch::Pulse;

/// The probability that an interval should hold the index.
pub(super) const CONFIDENCE: f64 = 0.95;

/// An estimate, with its bootstrap interval of 95 per cent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interval {
    /// The estimate: a share of the variance. By chance it can lie somewhat outside 0 to 1.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The figure on the draws of both matrices, and on those of the first with one factor's columns from the second.
pub(super) struct Evaluations<'e> {
    pub(super) first: &'e [f64],
    pub(super) second: &'e [f64],
    pub(super) exchanged: &'e [Vec<f64>],
}

/// Mean, variance, and the first-order and total index of every factor; none where the figure does not vary.
pub(super) struct Indices {
    pub(super) mean: f64,
    pub(super) sd: f64,
    pub(super) factors: Vec<Option<[Interval; 2]>>,
}

/// Sums from which a factor's indices follow.
#[derive(Clone, Copy, Default)]
struct Sums {
    first_order: f64,
    total: f64,
}

impl Evaluations<'_> {
    /// # Errors
    /// The watch cancels it.
    pub(super) fn indices(&self, resamples: u32, stream: &Stream, pulse: &Pulse<'_>) -> Result<Indices, Error> {
        let draws = self.first.len();
        let both = || self.first.iter().chain(self.second);
        let count = 2.0 * length(self.first);
        let mean = both().sum::<f64>() / count;
        let squares: f64 = both().map(|value| (value - mean) * (value - mean)).sum();
        let variance = squares / (count - 1.0);
        let nothing = vec![None; self.exchanged.len()];
        if variance <= (mean * 1e-14) * (mean * 1e-14) {
            return Ok(Indices { mean, sd: 0.0, factors: nothing });
        }
        let estimates = self.estimate(mean, |place| place);
        let mut samples = vec![[Vec::new(), Vec::new()]; self.exchanged.len()];
        let mut places = vec![0; draws];
        for resample in 0..resamples {
            pulse.beat()?;
            fill(&mut places, stream, resample);
            for (sample, [first, total]) in samples.iter_mut().zip(self.estimate(mean, |place| places[place])) {
                sample[0].push(first);
                sample[1].push(total);
            }
        }
        let interval = |value: f64, sample: &mut Vec<f64>| {
            sample.sort_unstable_by(f64::total_cmp);
            let at = |share: f64| percentile(sample, share).unwrap_or(value);
            Interval { value, low: at((1.0 - CONFIDENCE) / 2.0), high: at(f64::midpoint(1.0, CONFIDENCE)) }
        };
        let factors = estimates
            .into_iter()
            .zip(&mut samples)
            .map(|([first, total], [firsts, totals])| Some([interval(first, firsts), interval(total, totals)]));
        Ok(Indices { mean, sd: variance.sqrt(), factors: factors.collect() })
    }

    /// Both indices of every factor, over the draws at `place` of each place.
    fn estimate(&self, centre: f64, place: impl Fn(usize) -> usize) -> Vec<[f64; 2]> {
        let mut sums = vec![Sums::default(); self.exchanged.len()];
        let (mut sum, mut squares) = (0.0, 0.0);
        for draw in (0..self.first.len()).map(&place) {
            // A centre near the mean takes away most of the noise, and changes no expectation.
            let (a, b) = (self.first[draw] - centre, self.second[draw] - centre);
            sum += a + b;
            squares += a * a + b * b;
            for (sums, exchanged) in sums.iter_mut().zip(self.exchanged) {
                let c = exchanged[draw] - centre;
                sums.first_order += b * (c - a);
                sums.total += (a - c) * (a - c);
            }
        }
        let count = length(self.first);
        let mean = sum / (2.0 * count);
        let variance = (squares / (2.0 * count) - mean * mean).max(f64::MIN_POSITIVE);
        sums.iter().map(|sums| [sums.first_order / count / variance, sums.total / (2.0 * count) / variance]).collect()
    }
}

/// A sample of places, drawn with replacement.
fn fill(places: &mut [usize], stream: &Stream, resample: u32) {
    let length = places.len() as u64;
    for (block, four) in (0..).zip(places.chunks_mut(4)) {
        for (place, word) in four.iter_mut().zip(stream.block(Kind::Bootstrap, block, resample)) {
            *place = usize::try_from((u64::from(word) * length) >> 32).unwrap_or(0); // below the length
        }
    }
}

/// A percentile of sorted values, linear between them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the length of a list")]
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = share * length(sorted.get(1..)?);
    let (below, along) = (at.floor() as usize, at - at.floor());
    let low = sorted.get(below)?;
    Some(low + (sorted.get(below + 1).unwrap_or(low) - low) * along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Sampling;
    use crate::simulation::numbers::normal;
    use crate::simulation::sampling::Sampler;
    use std::f64::consts::PI;

    /// Indices of a function of uniform numbers on (0, 1), one factor for each group of them.
    fn indices(dimensions: usize, groups: &[&[usize]], draws: usize, of: impl Fn(&[f64]) -> f64) -> Indices {
        let sampler = Sampler::new(17, Sampling::Random, dimensions);
        let (mut a, mut b) = (vec![0.0; dimensions * draws], vec![0.0; dimensions * draws]);
        sampler.fill(0, draws, draws, &mut a);
        sampler.second(0, draws, draws, &mut b);
        let evaluate = |from_second: &[usize], from_first: bool| {
            let row = |draw: usize| -> Vec<f64> {
                let matrix = |p: usize| if from_second.contains(&p) || !from_first { &b } else { &a };
                (0..dimensions).map(|p| matrix(p)[p * draws + draw]).collect()
            };
            (0..draws).map(|draw| of(&row(draw))).collect::<Vec<_>>()
        };
        let exchanged: Vec<_> = groups.iter().map(|group| evaluate(group, true)).collect();
        let evaluations =
            Evaluations { first: &evaluate(&[], true), second: &evaluate(&[], false), exchanged: &exchanged };
        evaluations.indices(200, &Stream::new(17), &Pulse::unheard()).unwrap()
    }

    fn holds(indices: &Indices, expected: &[[f64; 2]], within: f64) {
        for (found, expected) in indices.factors.iter().zip(expected) {
            for (found, expected) in found.unwrap().iter().zip(expected) {
                assert!((found.value - expected).abs() < within, "{found:?} for {expected}");
                assert!(found.low <= found.value && found.value <= found.high, "{found:?}");
                assert!(found.high - found.low < 4.0 * within, "{found:?}");
            }
        }
    }

    /// Ishigami and Homma 1990: a closed form.
    #[test]
    fn the_ishigami_function() {
        let of = |u: &[f64]| {
            let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
            let (sine, square) = (libm::sin(x[1]), x[2] * x[2]);
            libm::sin(x[0]) + 7.0 * sine * sine + 0.1 * square * square * libm::sin(x[0])
        };
        let found = indices(3, &[&[0], &[1], &[2]], 1 << 16, of);
        assert!((found.sd * found.sd - 13.844_588).abs() < 0.15, "{}", found.sd * found.sd);
        holds(&found, &[[0.313_905, 0.557_589], [0.442_411, 0.442_411], [0.0, 0.243_684]], 0.02);
    }

    /// The G function of Sobol': a closed form.
    #[test]
    fn the_g_function() {
        const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let of = |u: &[f64]| u.iter().zip(A).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product();
        let groups: [&[usize]; 8] = [&[0], &[1], &[2], &[3], &[4], &[5], &[6], &[7]];
        let found = indices(8, &groups, 1 << 16, of);
        let expected = [
            [0.716_192, 0.787_144],
            [0.179_048, 0.242_198],
            [0.023_676, 0.034_317],
            [0.007_162, 0.010_460],
            [0.000_071_6, 0.000_105],
        ];
        holds(&found, &expected, 0.02);
    }

    /// Y = X1 + X2 + 2 X3 of normal variables, the first two with correlation 0.5: together they have 3 of 7 parts of the
    /// variance, the third 4.
    #[test]
    fn correlated_terms_of_a_sum_are_one_factor() {
        let of = |u: &[f64]| {
            let z: Vec<f64> = u.iter().map(|u| normal::quantile(*u)).collect();
            let tied = 0.5 * z[0] + 0.75_f64.sqrt() * z[1];
            z[0] + tied + 2.0 * z[2]
        };
        let found = indices(3, &[&[0, 1], &[2]], 1 << 16, of);
        assert!((found.sd * found.sd - 7.0).abs() < 0.1);
        holds(&found, &[[3.0 / 7.0; 2], [4.0 / 7.0; 2]], 0.02);
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        let found = indices(1, &[&[0]], 64, |_| 1e9 / 3.0);
        assert!(found.sd == 0.0 && found.factors == [None]);
    }
}
