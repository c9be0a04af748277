//! Uncertain parameters and how they hang together. What they do is the simulation's; here they are only held.

use crate::scenario::distribution::Distribution;
use crate::types::{Amount, Parameter};

/// A parameter and how it may turn out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uncertain {
    /// The parameter.
    pub parameter: Parameter,
    /// Its distribution.
    pub distribution: Distribution,
}

/// A Spearman rank correlation of two uncertain parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correlation {
    /// The two parameters, by their places in [`crate::Scenario::uncertain`].
    pub between: [usize; 2],
    /// The coefficient, from -1 to 1.
    pub spearman: Amount,
}

impl Correlation {
    /// The correlation of normal numbers that have this rank correlation: 2 sin(π ρ / 6) (Pearson 1907).
    #[expect(
        clippy::float_arithmetic,
        reason = "correlations belong to the simulation, which is binary floating point"
    )]
    pub(crate) fn normal(&self) -> f64 {
        let spearman: f64 = self.spearman.to_string().parse().unwrap_or(f64::NAN);
        2.0 * libm::sin(std::f64::consts::PI * spearman / 6.0)
    }
}
