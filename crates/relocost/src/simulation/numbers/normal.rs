//! The standard normal distribution.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::FRAC_1_SQRT_2;
use std::sync::LazyLock;

use super::curve::{Curve, Polynomial, Side, at, interpolated};

/// |u - 1/2| up to here is the central region.
const CENTRAL: f64 = 0.425;

/// The least probability that differs from 0: smaller ones would give an infinite value.
const LEAST: f64 = f64::MIN_POSITIVE;

/// Coefficients of the numerator and of the denominator, lowest power first.
type Rational = ([f64; 8], [f64; 8]);

/// The rational function of the centre, in 0.425² - (u - 1/2)². Wichura (1988), AS 241, PPND16.
const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);

/// Coefficients for the near tails, in √(-ln p) - 1.6. Wichura (1988).
const NEAR: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

/// Coefficients for the far tails, in √(-ln p) - 5. Wichura (1988).
const FAR: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

/// Φ(z): the probability of a standard normal value up to `z`; accurate in the lower tail.
pub(crate) fn cdf(z: f64) -> f64 {
    libm::erfc(-z * FRAC_1_SQRT_2) / 2.0
}

/// Φ⁻¹(u) for `u` in (0, 1), to about 1e-16 of its value. Wichura (1988).
pub(crate) fn quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= CENTRAL { central(q) } else { tail(u) }
}

/// Φ⁻¹ of each of a block, in place: that of [`quantile`] to 5e-15 of the larger of its value and 1/2.
pub(crate) fn quantiles(u: &mut [f64]) {
    QUANTILE.of_uniforms(u, quantile);
}

/// Φ⁻¹.
static QUANTILE: LazyLock<Curve> = LazyLock::new(|| Curve::new(quantile_of_tail));

/// Φ⁻¹ of the number whose smaller tail this is.
pub(super) fn quantile_of_tail(tail: f64, side: Side) -> f64 {
    if side == Side::Lower { quantile(tail) } else { -quantile(tail) }
}

/// Φ of each of a block, in place: that of [`cdf`] to 5e-15 of the smaller tail.
#[expect(clippy::cast_possible_truncation, reason = "what is too large for a part has none either")]
pub(crate) fn probabilities(z: &mut [f64]) {
    let parts = TAILS.as_slice();
    for z in z {
        let place = z.abs() * PARTS_OF_ONE;
        // A conversion to a signed number is one instruction; what is not a number has no part.
        let part = place as i32;
        *z = match usize::try_from(part).ok().and_then(|part| parts.get(part)) {
            Some(polynomial) if !place.is_nan() => {
                let tail = at(polynomial, place - f64::from(part) - 0.5);
                if *z < 0.0 { tail } else { 1.0 - tail }
            }
            _ => cdf(*z),
        };
    }
}

/// Parts of a unit of standard normal values.
const PARTS_OF_ONE: f64 = 16.0;
/// Parts in which Φ is interpolated: up to four standard deviations.
const PARTS: u32 = 64;

/// Φ of the lower tail, by part of its distance from 0.
static TAILS: LazyLock<Vec<Polynomial>> = LazyLock::new(|| {
    (0..PARTS).map(|part| interpolated(|within| cdf(-(f64::from(part) + 0.5 + within) / PARTS_OF_ONE))).collect()
});

/// Φ⁻¹(1/2 + q) in the central region.
#[inline]
fn central(q: f64) -> f64 {
    let r = 0.180_625 - q * q;
    q * ratio(&CENTRE, r)
}

/// Φ⁻¹(u) in a tail.
fn tail(u: f64) -> f64 {
    let p = if u < 0.5 { u } else { 1.0 - u };
    let r = (-libm::log(p.max(LEAST))).sqrt();
    let z = if r <= 5.0 { ratio(&NEAR, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if u < 0.5 { -z } else { z }
}

/// A rational function at `r`.
#[inline]
fn ratio((above, below): &Rational, r: f64) -> f64 {
    let polynomial =
        |c: &[f64; 8]| ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
    polynomial(above) / polynomial(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_known_ones() {
        // Computed with mpmath at 30 digits.
        let known = [
            (0.975, 1.959_963_984_540_054_2),
            (0.95, 1.644_853_626_951_472_7),
            (0.5, 0.0),
            (0.1, -1.281_551_565_544_600_5),
            (0.075, -1.439_531_470_938_456),
            (1e-10, -6.361_340_902_404_056),
            (1e-15, -7.941_345_326_170_997),
            (1e-100, -21.273_453_560_965_324),
        ];
        for (u, z) in known {
            assert!((quantile(u) - z).abs() <= 1e-15 * z.abs(), "{u}: {} against {z}", quantile(u));
        }
    }

    #[test]
    fn the_quantile_is_the_inverse() {
        for step in 1..4000 {
            let z = f64::from(step) * -0.005;
            let back = quantile(cdf(z));
            assert!((back - z).abs() <= 1e-13 * z.abs().max(1.0), "{z}: {back}");
        }
    }

    #[test]
    fn a_block_is_as_one_by_one() {
        let u: Vec<f64> =
            (1..100_003).map(|i| f64::from(i) / 100_003.0).chain([1e-300, 1e-17, 1e-9, 0.075, 0.925]).collect();
        let mut block = u.clone();
        quantiles(&mut block);
        for (u, z) in u.iter().zip(block) {
            let exact = quantile(*u);
            assert!((z - exact).abs() <= 5e-15 * exact.abs().max(0.5), "{u}: {z} for {exact}");
        }
    }

    #[test]
    fn probabilities_of_a_block_are_those_one_by_one() {
        let z: Vec<f64> = (-90_000..90_000).map(|i| f64::from(i) * 1e-4).collect();
        let mut block = z.clone();
        probabilities(&mut block);
        for (z, p) in z.iter().zip(block) {
            let exact = cdf(*z);
            assert!((p - exact).abs() <= 5e-15 * exact.min(1.0 - exact) + f64::EPSILON, "{z}: {p} for {exact}");
        }
        let mut odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        probabilities(&mut odd);
        assert!(odd[0].is_nan() && odd[1..] == [1.0, 0.0], "{odd:?}");
    }

    #[test]
    fn nothing_is_infinite() {
        for u in [0.0, 1.0, -1.0, 2.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut block = [u];
            quantiles(&mut block);
            assert!(quantile(u).is_finite() && block[0].is_finite(), "{u}");
        }
    }
}
