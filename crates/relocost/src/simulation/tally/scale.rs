//! The steps in which an output is summed, from its first draws.
#![expect(clippy::float_arithmetic, reason = "whole numbers in binary floating point are exact")]

use serde::{Deserialize, Serialize};

use super::block::ends_of;
use super::buckets::{BUCKETS, bucket};

/// Binary digits of a usual value in fine steps.
const FINE: i32 = 38;
/// Binary digits of a usual deviation in coarse steps.
const COARSE: i32 = 18;

/// The steps of an output.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::simulation) struct Scale {
    pub(super) fine: f64,
    pub(super) coarse: f64,
    pub(super) centre: f64,
    /// The octaves, a first and one after the last, whose counts lie in one piece from the beginning.
    pub(super) octaves: [u16; 2],
}

/// Octaves that lie in one piece at most.
pub(super) const WINDOW: u16 = 8;

/// A power of two at or above a size.
fn power_above(size: f64) -> f64 {
    let mut power = f64::from_bits(size.to_bits() & 0x7ff0_0000_0000_0000);
    if power < size {
        power *= 2.0;
    }
    power.clamp(f64::MIN_POSITIVE / f64::EPSILON, f64::MAX / 16.0)
}

impl Scale {
    /// The steps for values such as these, and of at least `least`. They are set by what is usual, so that a rare value
    /// far out, which goes its own way, does not make them coarse.
    pub(in crate::simulation) fn of(mut pilot: Vec<f64>, least: f64) -> Self {
        pilot.retain(|value| value.is_finite());
        let usual = usual_size(pilot.iter().copied()).max(least);
        let centre = median(&mut pilot);
        let spread = usual_size(pilot.iter().map(|value| value - centre)).max(least);
        let (fine, coarse) =
            (power_above(usual) * libm::ldexp(1.0, -FINE), power_above(spread) * libm::ldexp(1.0, -COARSE));
        // Where values are of one sign and of like size, most of them fall into few octaves.
        let octave = |value: f64| u16::try_from(bucket(value) as usize / BUCKETS).unwrap_or(0);
        let [low, high] = ends_of(&pilot);
        let octaves = if low <= high { [octave(low), octave(high) + 1] } else { [0; 2] };
        let octaves = if octaves[1] - octaves[0] <= WINDOW { octaves } else { [0; 2] };
        Self { fine, coarse, centre: (centre / coarse).round_ties_even() * coarse, octaves }
    }
}

/// The median size of what is not 0; 0 where all is.
fn usual_size(values: impl Iterator<Item = f64>) -> f64 {
    median(&mut values.map(f64::abs).filter(|size| *size > 0.0).collect::<Vec<_>>())
}

/// The middle one of some values, the upper one of two; 0 of none.
fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}
