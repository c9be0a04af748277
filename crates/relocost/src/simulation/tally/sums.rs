//! Exact sums over draws, which add up to the same in any order.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

use super::LANES;

/// Exact sums over draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sums {
    /// Draws by randomisation.
    pub(super) count: [u64; LANES],
    /// Fine steps by randomisation.
    pub(super) sum: [i128; LANES],
    /// Coarse steps from the centre, and their squares.
    pub(super) deviations: i128,
    pub(super) squares: i128,
    /// The same of what the fast way does not take.
    pub(super) far_sum: BTreeMap<u8, BigInt>,
    pub(super) far_deviations: BigInt,
    pub(super) far_squares: BigInt,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            count: [0; LANES],
            sum: [0; LANES],
            deviations: 0,
            squares: 0,
            far_sum: BTreeMap::new(),
            far_deviations: BigInt::ZERO,
            far_squares: BigInt::ZERO,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        for lane in 0..LANES {
            self.count[lane] += other.count[lane];
            self.sum[lane] += other.sum[lane];
        }
        self.deviations += other.deviations;
        self.squares += other.squares;
        for (lane, sum) in &other.far_sum {
            *self.far_sum.entry(*lane).or_default() += sum;
        }
        self.far_deviations += &other.far_deviations;
        self.far_squares += &other.far_squares;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }
}
