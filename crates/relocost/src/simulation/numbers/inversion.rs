//! The search for the point of a law whose tail is that of a standard normal value.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use super::normal;
use super::special::ln_rest;

/// Steps of an inversion at most.
const STEPS: u32 = 300;

/// Standard normal values beyond this have tails that no longer are numbers.
pub(super) const FARTHEST: f64 = 37.0;

/// Logarithms of both tails at a point, of the density there, and the slope of the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mass {
    pub(super) ln_lower: f64,
    pub(super) ln_upper: f64,
    pub(super) ln_density: f64,
    pub(super) slope: f64,
}

impl Mass {
    /// Tails of which the lower one is known.
    pub(super) fn of_lower(ln_lower: f64, ln_density: f64, slope: f64) -> Self {
        Self { ln_lower, ln_upper: ln_rest(ln_lower), ln_density, slope }
    }

    /// Tails of which the upper one is known.
    pub(super) fn of_upper(ln_upper: f64, ln_density: f64, slope: f64) -> Self {
        Self { ln_lower: ln_rest(ln_upper), ln_upper, ln_density, slope }
    }
}

/// The point whose tail is that of `z`: the root of the logarithm of the smaller tail, by Halley's method between
/// bounds that only come closer.
pub(super) fn invert(mass: impl Fn(f64) -> Mass, z: f64, guess: f64) -> f64 {
    let upper = z > 0.0;
    let target = libm::log(normal::cdf(-z.abs()));
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut point = guess;
    let mut width = 1.0;
    for _ in 0..STEPS {
        let here = mass(point);
        let ln_tail = if upper { here.ln_upper } else { here.ln_lower };
        // Rises with the point in both cases.
        let value = if upper { target - ln_tail } else { ln_tail - target };
        if value.abs() <= 2e-16 * target.abs() {
            return point;
        }
        if value < 0.0 {
            low = point;
        } else {
            high = point;
        }
        let rate = libm::exp(here.ln_density - ln_tail);
        let bend = if upper { here.slope + rate } else { here.slope - rate };
        let newton = value / rate;
        let divisor = 1.0 - 0.5 * newton * bend;
        let step = if divisor > 0.5 && divisor < 2.0 { newton / divisor } else { newton };
        let mut next = point - step;
        if step == 0.0 {
            return point;
        }
        if next > low && next < high {
            // The error after a step of the third order is the cube of this.
            if step.abs() * (1.0 + rate + here.slope.abs()) < 1e-5 {
                return next;
            }
        } else if low.is_finite() && high.is_finite() {
            next = f64::midpoint(low, high);
            if next <= low || next >= high {
                return next;
            }
        } else {
            width *= 2.0;
            next = if low.is_finite() { low + width } else { high - width };
        }
        point = next;
    }
    point
}
