//! Quantile functions of distributions, compiled for many draws.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

mod interpolation;
mod law;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::law::{Law, between, observed_tails, triangular};
use super::curve::Curve;
use super::{binary, normal};
use crate::scenario::Distribution;

/// No value is further from 0 than this.
const FARTHEST: f64 = 1e300;

/// Values that are converted together.
const CHUNK: usize = 64;

/// The quantile function of a distribution, compiled for many draws.
#[derive(Clone, Debug)]
pub(crate) struct Quantile {
    law: Law,
    mean: f64,
    /// The quantiles of uniform numbers, where that is worth its making.
    curve: Option<Arc<Curve>>,
}

impl Quantile {
    /// The quantile function of a distribution as it was read.
    pub(crate) fn new(distribution: &Distribution) -> Self {
        let law = Law::new(distribution);
        let mean = match (&law, distribution.mean()) {
            (Law::Constant(value), _) => *value,
            (_, Some(mean)) => binary::float(&mean),
            (Law::Lognormal { mu, sigma }, None) => libm::exp(mu + 0.5 * sigma * sigma).min(FARTHEST),
            _ => 0.0,
        };
        Self { law, mean, curve: None }
    }

    /// The same with polynomials in the uniform number, where there would be a normal number in between: they take longer
    /// to make than a few hundred draws, and then save most of the time of each.
    pub(crate) fn for_many(mut self) -> Self {
        if matches!(self.law, Law::Lognormal { .. } | Law::Interpolated(_)) {
            self.curve =
                Curve::checked(|tail, side| self.of_normal(normal::quantile_of_tail(tail, side))).map(Arc::new);
        }
        self
    }

    /// The value of a standard normal value.
    fn of_normal(&self, z: f64) -> f64 {
        let mut block = [z];
        self.of_normals(&mut block);
        block[0]
    }

    /// Replaces probabilities, each in (0, 1), by values.
    pub(crate) fn of_uniforms(&self, block: &mut [f64]) {
        if let Some(curve) = &self.curve {
            curve.of_uniforms(block, |u| self.of_normal(normal::quantile(u)));
            let [low, high] = self.ends();
            for value in block {
                *value = value.max(low).min(high);
            }
            return;
        }
        match &self.law {
            Law::Constant(value) => block.fill(*value),
            Law::Uniform { low, high } => {
                let width = high - low;
                for value in block {
                    *value = (low + width * *value).max(*low).min(*high);
                }
            }
            Law::Triangular { low, mode, high } => {
                for value in block {
                    *value = triangular(*low, *mode, *high, *value);
                }
            }
            Law::Discrete(steps) => {
                for value in block {
                    *value = steps.at(&steps.cumulated, *value);
                }
            }
            Law::Empirical(values) => {
                for value in block {
                    *value = between(values, *value);
                }
            }
            Law::Normal { .. } | Law::Lognormal { .. } | Law::Interpolated(_) => {
                for chunk in block.chunks_mut(CHUNK) {
                    normal::quantiles(chunk);
                    self.of_normals(chunk);
                }
            }
        }
    }

    /// Replaces standard normal values by values.
    pub(crate) fn of_normals(&self, block: &mut [f64]) {
        match &self.law {
            Law::Constant(value) => block.fill(*value),
            Law::Normal { mean, sd } => {
                for value in block {
                    *value = mean + sd * *value;
                }
            }
            Law::Lognormal { mu, sigma } => {
                for value in block {
                    *value = libm::exp(mu + sigma * *value).min(FARTHEST);
                }
            }
            Law::Interpolated(law) => {
                for value in block {
                    *value = match law.interpolant.get(*value) {
                        Some(found) => found,
                        None if value.is_nan() => self.mean,
                        None => law.exact.quantile(*value, None).value,
                    };
                }
            }
            Law::Discrete(steps) => {
                for value in block {
                    *value = steps.at(&steps.thresholds, *value);
                }
            }
            Law::Uniform { .. } | Law::Triangular { .. } | Law::Empirical(_) => {
                for chunk in block.chunks_mut(CHUNK) {
                    normal::probabilities(chunk);
                    self.of_uniforms(chunk);
                }
            }
        }
    }

    /// The ends of what has a curve.
    fn ends(&self) -> [f64; 2] {
        if let Law::Interpolated(law) = &self.law { law.interpolant.ends() } else { [0.0, FARTHEST] }
    }

    /// The value at a probability between 0 and 1, without polynomials.
    pub(crate) fn at(&self, p: f64) -> f64 {
        match &self.law {
            Law::Interpolated(law) => law.exact.quantile(normal::quantile(p), None).value,
            Law::Lognormal { .. } => self.of_normal(normal::quantile(p)),
            _ => {
                let mut block = [p];
                self.of_uniforms(&mut block);
                block[0]
            }
        }
    }

    /// The mean.
    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    /// P(X < x).
    pub(crate) fn below(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// P(X > x).
    pub(crate) fn above(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// The constant of one without spread.
    #[cfg(test)]
    fn constant(&self) -> Option<f64> {
        if let Law::Constant(value) = self.law { Some(value) } else { None }
    }

    /// P(X < x) and P(X > x).
    fn tails(&self, x: f64) -> (f64, f64) {
        let sides = |below: bool| if below { 1.0 } else { 0.0 };
        let of_normal = |z: f64| (normal::cdf(z), normal::cdf(-z));
        match &self.law {
            Law::Constant(value) => (sides(*value < x), sides(*value > x)),
            Law::Uniform { low, high } => {
                let width = high - low;
                (((x - low) / width).clamp(0.0, 1.0), ((high - x) / width).clamp(0.0, 1.0))
            }
            Law::Triangular { low, mode, high } => {
                let width = high - low;
                if x <= *low || x >= *high {
                    (sides(x >= *high), sides(x <= *low))
                } else if x < *mode {
                    let below = (x - low) / width * ((x - low) / (mode - low));
                    (below, 1.0 - below)
                } else {
                    let above = (high - x) / width * ((high - x) / (high - mode));
                    (1.0 - above, above)
                }
            }
            Law::Normal { mean, sd } => of_normal((x - mean) / sd),
            Law::Lognormal { .. } if x <= 0.0 => (0.0, 1.0),
            Law::Lognormal { mu, sigma } => of_normal((libm::log(x) - mu) / sigma),
            Law::Interpolated(law) => law.exact.tails(x),
            Law::Discrete(steps) => {
                let sum = |part: Option<&[f64]>| {
                    part.unwrap_or_default().iter().fold(0.0, |sum, weight| sum + weight).min(1.0)
                };
                let below = steps.values.partition_point(|value| *value < x);
                let up_to = steps.values.partition_point(|value| *value <= x);
                (sum(steps.weights.get(..below)), sum(steps.weights.get(up_to..)))
            }
            Law::Empirical(values) => observed_tails(values, x),
        }
    }
}
