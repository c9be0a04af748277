//! The law of each distribution that a scenario can declare, with the parameters that its formula needs.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use num_rational::BigRational;
use num_traits::Zero;

use super::super::beta::Beta;
use super::super::gamma::Gamma;
use super::super::{binary, normal};
use super::FARTHEST;
use super::interpolation::{Interpolant, Interpolated, NumericalInverse};
use crate::exact::from_decimal;
use crate::scenario::Distribution;
use crate::types::Amount;

/// The standard normal value at 95 per cent.
pub(super) const Z95: f64 = 1.644_853_626_951_472_2;

/// A law by the form of its quantile function.
#[derive(Clone, Debug)]
pub(super) enum Law {
    Constant(f64),
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Interpolated(Box<Interpolated>),
    Discrete(Steps),
    Empirical(Vec<f64>),
}

/// Values and up to where each reaches: in probabilities, and in standard normal values. The last reaches to the end.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub(super) values: Vec<f64>,
    /// The probability up to each value, but for the last.
    pub(super) cumulated: Vec<f64>,
    /// Standard normal values of these.
    pub(super) thresholds: Vec<f64>,
    /// The probability of each value.
    pub(super) weights: Vec<f64>,
}

/// The nearest binary number of an amount.
pub(super) fn number(amount: &Amount) -> f64 {
    amount.to_decimal().to_string().parse().unwrap_or(0.0)
}

impl Law {
    /// The law of a distribution as it was read.
    pub(super) fn new(distribution: &Distribution) -> Self {
        match distribution {
            Distribution::Uniform { low, high } => {
                let (low, high) = (number(low), number(high));
                if low < high { Self::Uniform { low, high } } else { Self::Constant(low) }
            }
            Distribution::Triangular { low, mode, high } => {
                let (low, mode, high) = (number(low), number(mode), number(high));
                if low < high { Self::Triangular { low, mode, high } } else { Self::Constant(low) }
            }
            Distribution::Pert { low, mode, high, shape } => {
                // As rationals: the mode may be close to an end.
                let exact = |amount: &Amount| from_decimal(amount.to_decimal());
                let width = exact(high) - exact(low);
                if width <= BigRational::zero() {
                    return Self::Constant(number(low));
                }
                let share = |part: BigRational| 1.0 + binary::float(&(exact(shape) * part / &width));
                let alpha = share(exact(mode) - exact(low));
                let beta = share(exact(high) - exact(mode));
                Self::beta(alpha, beta, number(low), number(high))
            }
            Distribution::Normal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if sd > 0.0 { Self::Normal { mean, sd } } else { Self::Constant(mean) }
            }
            Distribution::Lognormal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if !(sd > 0.0 && mean > 0.0) {
                    return Self::Constant(mean);
                }
                let variance = libm::log1p((sd / mean) * (sd / mean));
                Self::Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: variance.sqrt() }
            }
            Distribution::LognormalQuantiles { p5, p95 } => {
                let (low, high) = (number(p5), number(p95));
                if !(low > 0.0 && low < high) {
                    return Self::Constant(low);
                }
                let spread = libm::log1p((high - low) / low);
                Self::Lognormal { mu: libm::log(low) + 0.5 * spread, sigma: 0.5 * spread / Z95 }
            }
            Distribution::Gamma { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if !(sd > 0.0 && mean > 0.0) {
                    return Self::Constant(mean);
                }
                let shape = (mean / sd) * (mean / sd);
                let exact = NumericalInverse::Gamma { law: Gamma::new(shape), scale: sd * (sd / mean) };
                let interpolant = Interpolant::new(&exact, sd, 0.0, FARTHEST);
                Self::Interpolated(Box::new(Interpolated { exact, interpolant }))
            }
            Distribution::Beta { alpha, beta, low, high } => {
                let (low, high) = (number(low), number(high));
                if low < high { Self::beta(number(alpha), number(beta), low, high) } else { Self::Constant(low) }
            }
            Distribution::Discrete { values, weights } => Self::discrete(values, weights),
            Distribution::Empirical { values } => {
                let mut values: Vec<f64> = values.iter().map(number).collect();
                values.sort_by(f64::total_cmp);
                match (values.first(), values.last()) {
                    (Some(first), Some(last)) if first < last => Self::Empirical(values),
                    (first, _) => Self::Constant(first.copied().unwrap_or(0.0)),
                }
            }
        }
    }

    /// A beta distribution between two ends.
    fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Self {
        if !(alpha > 0.0 && beta > 0.0 && low < high) {
            return Self::Constant(low);
        }
        let sum = alpha + beta;
        let sd = (high - low) * ((alpha / sum) * (beta / sum) / (sum + 1.0)).sqrt();
        let exact = NumericalInverse::Beta { law: Beta::new(alpha, beta), low, high };
        let interpolant = Interpolant::new(&exact, sd, low, high);
        Self::Interpolated(Box::new(Interpolated { exact, interpolant }))
    }

    /// Sorted, equal values merged, without those of no weight.
    fn discrete(values: &[Amount], weights: &[Amount]) -> Self {
        let mut pairs: Vec<_> = values
            .iter()
            .zip(weights)
            .map(|(value, weight)| (value.to_decimal(), from_decimal(weight.to_decimal())))
            .filter(|(_, weight)| *weight > BigRational::zero())
            .collect();
        pairs.sort_by_key(|pair| pair.0);
        pairs.dedup_by(|next, kept| {
            let equal = next.0 == kept.0;
            if equal {
                kept.1 += &next.1;
            }
            equal
        });
        let total: BigRational = pairs.iter().map(|(_, weight)| weight).sum();
        let numbers: Vec<f64> = pairs.iter().map(|(value, _)| value.to_string().parse().unwrap_or(0.0)).collect();
        if numbers.len() < 2 {
            return Self::Constant(numbers.first().or(None).copied().unwrap_or(0.0));
        }
        let (mut cumulated, mut thresholds) = (Vec::new(), Vec::new());
        let mut sum = BigRational::zero();
        for (_, weight) in pairs.iter().take(pairs.len() - 1) {
            sum += weight;
            let below = binary::float(&(&sum / &total));
            cumulated.push(below);
            // As of the probability itself, so that ties are the same; but a small rest keeps its digits.
            let rest = binary::float(&((&total - &sum) / &total));
            thresholds.push(if rest > 1e-9 { normal::quantile(below) } else { -normal::quantile(rest) });
        }
        let weights = pairs.iter().map(|(_, weight)| binary::float(&(weight / &total))).collect();
        Self::Discrete(Steps { values: numbers, cumulated, thresholds, weights })
    }
}

impl Steps {
    /// The smallest value that reaches up to `place`.
    pub(super) fn at(&self, reaches: &[f64], place: f64) -> f64 {
        let index = reaches.partition_point(|reach| *reach < place);
        self.values.get(index).copied().unwrap_or(0.0)
    }
}

/// The quantile of a triangle.
pub(super) fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    let value = if u * width < mode - low {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u).max(0.0) * width * (high - mode)).sqrt()
    };
    value.max(low).min(high)
}

/// The quantile of observed values, linear between them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "whole parts of what has been held between 0 and the number of values"
)]
pub(super) fn between(values: &[f64], u: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    let place = (u * last as f64).max(0.0).min(last as f64);
    let index = (place as usize).min(last.saturating_sub(1));
    match (values.get(index), values.get(index + 1)) {
        (Some(low), Some(high)) => (low + (high - low) * (place - index as f64)).max(*low).min(*high),
        (Some(low), None) => *low,
        _ => 0.0,
    }
}

/// P(X < x) and P(X > x) of observed values.
#[expect(clippy::cast_precision_loss, reason = "no list has 2^53 values")]
pub(super) fn observed_tails(values: &[f64], x: f64) -> (f64, f64) {
    let gaps = values.len().saturating_sub(1) as f64;
    // The distance of x from the value before `index`, as a share of the distance to that one.
    let part = |index: usize| match (index.checked_sub(1).and_then(|before| values.get(before)), values.get(index)) {
        (Some(low), Some(high)) if low < high => ((x - low) / (high - low)).clamp(0.0, 1.0),
        _ => 0.0,
    };
    let below = match values.partition_point(|value| *value < x) {
        0 => 0.0,
        all if all == values.len() => 1.0,
        index => ((index - 1) as f64 + part(index)) / gaps,
    };
    let above = match values.partition_point(|value| *value <= x) {
        0 => 1.0,
        all if all == values.len() => 0.0,
        index => ((values.len() - index) as f64 - part(index)) / gaps,
    };
    (below, above)
}
