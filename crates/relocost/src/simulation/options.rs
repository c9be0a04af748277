//! The options of a simulation.

use std::num::NonZeroUsize;

use crate::about::Pair;
use crate::names::{Basis, Figures, Keep, Sampling};
use crate::options::setters;

/// The options of a simulation. The default is 100,000 independent draws of `temporary` and `permanent`, in prices of
/// each year, all figures, only summarised.
///
/// ```
/// use relocost::SimulateOptions;
/// use relocost::names::Sampling;
/// let options = SimulateOptions::default().draws(1 << 14).sampling(Sampling::Sobol);
/// assert_eq!((options.seed, options.pair.base.as_str()), (0, "permanent"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimulateOptions {
    /// The number of draws, 1 or more; with a precision, the most draws. Summarised, they take no more memory than a
    /// few: some 20 MiB for a family's three pathways, for a thousand as for 10^8.
    pub draws: u64,
    /// The seed of the random numbers. What is simulated follows from the scenario, the seed and the version alone.
    pub seed: u64,
    /// The placement of the draws in the unit cube. Latin hypercubes need a multiple of 4,096 draws, Sobol' points 16
    /// times a power of two.
    pub sampling: Sampling,
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices.
    pub basis: Basis,
    /// The figures wanted. Parts that are not take no time, and change no bit of those that are.
    pub figures: Figures,
    /// The draws that are kept beside their summary, of the figures wanted.
    pub keep: Keep,
    /// Stops at the first of 2^14, 2^15, ... draws at which the standard errors of the mean, of the 50, 80 and 95 per cent
    /// quantiles of both pathways' totals are at most this share of them.
    pub precision: Option<f64>,
    /// Threads, by default one for each core; at most [`limits::THREADS`](crate::limits::THREADS). They change no bit.
    pub threads: Option<NonZeroUsize>,
}

setters!(SimulateOptions {
    /// Sets the number of draws; with a precision, the most there may be.
    draws: u64,
    /// Sets the seed of the random numbers.
    seed: u64,
    /// Sets how the draws lie in the unit cube.
    sampling: Sampling,
    /// Sets the pathways compared.
    pair: Pair,
    /// Sets the basis of prices.
    basis: Basis,
    /// Sets which figures are wanted.
    figures: Figures,
    /// Sets which draws are kept beside their summary.
    keep: Keep,
    /// Sets the relative standard error at which to stop.
    precision?: f64,
    /// Sets how many threads work; all cores by default.
    threads?: NonZeroUsize,
});

impl Default for SimulateOptions {
    fn default() -> Self {
        Self {
            draws: 100_000,
            seed: 0,
            sampling: Sampling::Random,
            pair: Pair::default(),
            basis: Basis::Nominal,
            figures: Figures::All,
            keep: Keep::Nothing,
            precision: None,
            threads: None,
        }
    }
}
