//! The estimates that a tally gives: mean, spread, quantiles, and their errors.
#![expect(clippy::float_arithmetic, reason = "whole numbers in binary floating point are exact")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::buckets::{bucket, ends};
use super::{LANES, Tally};
use crate::simulation::numbers::binary;

/// A bucket, and how many draws lie in it and below.
pub(in crate::simulation) type UpTo = (u32, u64);

/// The draws below the bucket at a place.
fn count_below(buckets: &[UpTo], place: usize) -> u64 {
    place.checked_sub(1).and_then(|before| buckets.get(before)).map_or(0, |(_, up_to)| *up_to)
}

impl Tally {
    pub(in crate::simulation) fn mean(&self) -> f64 {
        let sum: BigInt = (0..LANES).map(|lane| self.lane_sum(lane)).sum();
        self.within(quotient(&sum, &BigInt::from(self.draws())) * self.scale.fine)
    }

    /// A value moved between the smallest draw and the largest.
    pub(super) fn within(&self, value: f64) -> f64 {
        value.max(self.sums.least).min(self.sums.most)
    }

    fn lane_sum(&self, lane: usize) -> BigInt {
        let far = u8::try_from(lane).ok().and_then(|lane| self.sums.far_sum.get(&lane));
        far.cloned().unwrap_or_default() + self.sums.sum[lane]
    }

    /// The standard deviation, with N - 1; 0 of a single draw.
    pub(in crate::simulation) fn sd(&self) -> f64 {
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
    pub(in crate::simulation) fn se(&self) -> f64 {
        if self.replicated { standard_error(self.means()) } else { self.sd() / binary::count(self.draws()).sqrt() }
    }

    /// The value at a rank from 1, placed within its bucket by its rank there.
    fn at_rank(&self, buckets: &[UpTo], rank: f64) -> f64 {
        let place = buckets.partition_point(|(_, up_to)| binary::count(*up_to) < rank);
        let Some(&(bucket, up_to)) = buckets.get(place) else { return self.sums.most };
        let below = count_below(buckets, place);
        let [low, high] = ends(bucket);
        let within = (rank - binary::count(below) - 0.5) / binary::count(up_to - below);
        self.within(low + (high - low) * within.clamp(0.0, 1.0))
    }

    /// Buckets that hold a draw, ascending: of one randomisation or of all.
    pub(in crate::simulation) fn buckets(&self, lane: Option<usize>) -> Vec<UpTo> {
        let mut buckets: Vec<UpTo> = Vec::new();
        let mut up_to = 0;
        self.each_filled(|bucket, of, count| {
            if lane.is_some_and(|lane| lane != usize::from(of)) {
                return;
            }
            up_to += count;
            match buckets.last_mut() {
                Some((last, sum)) if *last == bucket => *sum = up_to,
                _ => buckets.push((bucket, up_to)),
            }
        });
        buckets
    }

    /// The smallest value at or below which a share of the draws lies, within the width of its bucket.
    pub(in crate::simulation) fn quantile(&self, buckets: &[UpTo], share: f64) -> f64 {
        self.at_rank(buckets, rank(count_below(buckets, buckets.len()), share))
    }

    /// The standard errors of quantiles: by ranks a standard deviation of the binomial apart, or from the
    /// randomisations.
    pub(in crate::simulation) fn quantile_errors(&self, buckets: &[UpTo], shares: &[f64]) -> Vec<f64> {
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
    pub(in crate::simulation) fn shortfall(&self, buckets: &[UpTo], share: f64) -> f64 {
        let worst = (1.0 - share) * binary::count(self.draws());
        let (mut left, mut sum) = (worst, 0.0);
        for (place, (bucket, up_to)) in buckets.iter().enumerate().rev() {
            let count = binary::count(up_to - count_below(buckets, place));
            let part = left.min(count);
            let [low, high] = ends(*bucket);
            // The upper draws of the border's bucket are among the worst.
            let middle = high - (high - low) * (part / count) / 2.0;
            sum += part * self.within(middle);
            left -= part;
            if left <= 0.0 {
                break;
            }
        }
        if worst > 0.0 { sum / worst } else { self.sums.most }
    }

    /// The share of the draws above a value, that of its own bucket in proportion.
    pub(in crate::simulation) fn exceedance(&self, value: f64) -> f64 {
        if value >= self.sums.most {
            return 0.0;
        }
        if value < self.sums.least {
            return 1.0;
        }
        let sought = bucket(value);
        let mut above = 0.0;
        self.each_filled(|bucket, _, count| {
            let count = binary::count(count);
            if bucket > sought {
                above += count;
            } else if bucket == sought {
                let [low, high] = ends(bucket);
                let width = high - low;
                above += if width > 0.0 { count * ((high - value) / width).clamp(0.0, 1.0) } else { 0.0 };
            }
        });
        above / binary::count(self.draws())
    }
}

/// The rank, from 1, of the smallest value at or below which a share of so many lie.
pub(in crate::simulation) fn rank(draws: u64, share: f64) -> f64 {
    // A product that a decimal share makes whole may come out a little above it.
    let exact = share * binary::count(draws);
    let nearest = exact.round_ties_even();
    let rank = if (exact - nearest).abs() <= 1e-12 * exact { nearest } else { exact.ceil() };
    rank.clamp(1.0, binary::count(draws.max(1)))
}

/// The standard error of the mean of independent values.
fn standard_error(values: impl Iterator<Item = f64>) -> f64 {
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
