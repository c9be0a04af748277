//! The exponential function, in a form that runs in vectors.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::LOG2_E;

use super::binary::WHOLE;

/// The natural logarithm of 2: digits whose products with whole numbers below 2^11 are exact, and the rest.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// 1 / n! from 12 down: on half an octave, the next term is below the digits of a double.
const TERMS: [f64; 13] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0,
    1.0,
    1.0,
];

/// The exponential of a number between -700 and 700, to two units in the last digit.
#[inline(always)]
pub(crate) fn exponential(x: f64) -> f64 {
    let shifted = x * LOG2_E + WHOLE;
    let octave = shifted - WHOLE;
    let rest = (x - octave * LN_2[0]) - octave * LN_2[1];
    let value = TERMS.iter().fold(0.0, |sum, term| sum * rest + term);
    // The octave, a whole number in the lower bits, is added to the exponent.
    f64::from_bits(value.to_bits().wrapping_add(shifted.to_bits() << 52))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_libm() {
        for step in -70_000..=70_000 {
            let x = f64::from(step) * 0.01;
            let (found, exact) = (exponential(x), libm::exp(x));
            assert!((found - exact).abs() <= 2.0 * f64::EPSILON * exact, "{x}: {found} for {exact}");
        }
    }
}
