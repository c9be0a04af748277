//! Distributions, and their means as exact rationals.

use num_rational::BigRational;
use num_traits::Zero;

use crate::exact::{fixed, from_decimal};
use crate::names::DistributionName;
use crate::types::{Amount, parse_decimal};

/// A distribution of an uncertain parameter, or of the cost of an event.
///
/// Parameters are in the unit of what is drawn. Reading has checked them: ends and modes are in order, spreads are not
/// negative, weights add up to more than 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distribution {
    /// Alike everywhere between two ends.
    Uniform {
        /// Lower end.
        low: Amount,
        /// Upper end.
        high: Amount,
    },
    /// A triangle.
    Triangular {
        /// Lower end.
        low: Amount,
        /// Peak.
        mode: Amount,
        /// Upper end.
        high: Amount,
    },
    /// A beta distribution around a mode.
    Pert {
        /// Lower end.
        low: Amount,
        /// Peak.
        mode: Amount,
        /// Upper end.
        high: Amount,
        /// Weight of the mode, 4 by default.
        shape: Amount,
    },
    /// The normal distribution.
    Normal {
        /// Mean.
        mean: Amount,
        /// Standard deviation.
        sd: Amount,
    },
    /// The lognormal distribution by mean and standard deviation of the variable itself.
    Lognormal {
        /// Mean.
        mean: Amount,
        /// Standard deviation.
        sd: Amount,
    },
    /// The lognormal distribution by its quantiles at 5 and 95 per cent.
    LognormalQuantiles {
        /// The 5 per cent quantile.
        p5: Amount,
        /// The 95 per cent quantile.
        p95: Amount,
    },
    /// The gamma distribution.
    Gamma {
        /// Mean.
        mean: Amount,
        /// Standard deviation.
        sd: Amount,
    },
    /// The beta distribution between two ends.
    Beta {
        /// First shape.
        alpha: Amount,
        /// Second shape.
        beta: Amount,
        /// Lower end.
        low: Amount,
        /// Upper end.
        high: Amount,
    },
    /// A few values with weights.
    Discrete {
        /// Values.
        values: Vec<Amount>,
        /// A weight for each value.
        weights: Vec<Amount>,
    },
    /// Observed values; the quantile function is linear between them.
    Empirical {
        /// Values, in any order.
        values: Vec<Amount>,
    },
}

impl Distribution {
    /// The name in files.
    pub fn name(&self) -> DistributionName {
        match self {
            Self::Uniform { .. } => DistributionName::Uniform,
            Self::Triangular { .. } => DistributionName::Triangular,
            Self::Pert { .. } => DistributionName::Pert,
            Self::Normal { .. } => DistributionName::Normal,
            Self::Lognormal { .. } | Self::LognormalQuantiles { .. } => DistributionName::Lognormal,
            Self::Gamma { .. } => DistributionName::Gamma,
            Self::Beta { .. } => DistributionName::Beta,
            Self::Discrete { .. } => DistributionName::Discrete,
            Self::Empirical { .. } => DistributionName::Empirical,
        }
    }

    /// The distribution of a cost whose every amount is multiplied by a factor above 0, to 2 decimals, half to even; `None`
    /// where one is too large to write.
    pub(crate) fn scaled(&self, factor: &BigRational) -> Option<Self> {
        let times = |amount: &Amount| -> Option<Amount> {
            parse_decimal(&fixed(&(from_decimal(amount.to_decimal()) * factor), 2)).and_then(Amount::new).ok()
        };
        let all = |amounts: &[Amount]| amounts.iter().map(times).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::Uniform { low, high } => Self::Uniform { low: times(low)?, high: times(high)? },
            Self::Triangular { low, mode, high } => {
                Self::Triangular { low: times(low)?, mode: times(mode)?, high: times(high)? }
            }
            Self::Pert { low, mode, high, shape } => {
                Self::Pert { low: times(low)?, mode: times(mode)?, high: times(high)?, shape: *shape }
            }
            Self::Normal { mean, sd } => Self::Normal { mean: times(mean)?, sd: times(sd)? },
            Self::Lognormal { mean, sd } => Self::Lognormal { mean: times(mean)?, sd: times(sd)? },
            Self::LognormalQuantiles { p5, p95 } => Self::LognormalQuantiles { p5: times(p5)?, p95: times(p95)? },
            Self::Gamma { mean, sd } => Self::Gamma { mean: times(mean)?, sd: times(sd)? },
            Self::Beta { alpha, beta, low, high } => {
                Self::Beta { alpha: *alpha, beta: *beta, low: times(low)?, high: times(high)? }
            }
            Self::Discrete { values, weights } => Self::Discrete { values: all(values)?, weights: weights.clone() },
            Self::Empirical { values } => Self::Empirical { values: all(values)? },
        })
    }

    /// The exact mean; `None` where it is irrational (a lognormal distribution by quantiles).
    pub(crate) fn mean(&self) -> Option<BigRational> {
        let exact = |amount: &Amount| from_decimal(amount.to_decimal());
        let whole = |number: i64| BigRational::from_integer(number.into());
        Some(match self {
            Self::Uniform { low, high } => (exact(low) + exact(high)) / whole(2),
            Self::Triangular { low, mode, high } => (exact(low) + exact(mode) + exact(high)) / whole(3),
            Self::Pert { low, mode, high, shape } => {
                (exact(low) + exact(shape) * exact(mode) + exact(high)) / (exact(shape) + whole(2))
            }
            Self::Normal { mean, .. } | Self::Lognormal { mean, .. } | Self::Gamma { mean, .. } => exact(mean),
            Self::LognormalQuantiles { .. } => return None,
            Self::Beta { alpha, beta, low, high } => {
                exact(low) + (exact(high) - exact(low)) * exact(alpha) / (exact(alpha) + exact(beta))
            }
            Self::Discrete { values, weights } => {
                let weighted: BigRational = values.iter().zip(weights).map(|(v, w)| exact(v) * exact(w)).sum();
                weighted / weights.iter().map(exact).sum::<BigRational>()
            }
            Self::Empirical { values } => {
                let (Some(first), Some(last)) = (values.iter().min(), values.iter().max()) else {
                    return Some(BigRational::zero());
                };
                match i64::try_from(values.len()).unwrap_or(i64::MAX) {
                    1 => exact(first),
                    n => {
                        let sum: BigRational = values.iter().map(exact).sum();
                        (sum - (exact(first) + exact(last)) / whole(2)) / whole(n - 1)
                    }
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::shortest;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn means_are_those_of_the_model() {
        let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
        let cases = [
            (Distribution::Uniform { low: amount("100"), high: amount("967") }, "533.5"),
            (Distribution::Triangular { low: amount("1"), mode: amount("2"), high: amount("7") }, "3.333333333333"),
            (Distribution::Pert { low: amount("1"), mode: amount("2"), high: amount("9"), shape: amount("4") }, "3"),
            (Distribution::Beta { alpha: amount("1"), beta: amount("3"), low: amount("4"), high: amount("8") }, "5"),
            (Distribution::Discrete { values: list(&["1", "4"]), weights: list(&["3", "1"]) }, "1.75"),
            (Distribution::Empirical { values: list(&["8", "2", "4"]) }, "4.5"),
            (Distribution::Empirical { values: list(&["8"]) }, "8"),
            (Distribution::Gamma { mean: amount("5"), sd: amount("9") }, "5"),
        ];
        for (distribution, mean) in cases {
            assert_eq!(shortest(&distribution.mean().unwrap()), mean, "{distribution:?}");
            // Twice every amount is twice the mean, and no other law.
            let two = BigRational::from_integer(2.into());
            let twice = distribution.scaled(&two).unwrap();
            assert_eq!(twice.mean().unwrap(), distribution.mean().unwrap() * two);
            assert_eq!(twice.name(), distribution.name());
        }
    }
}
