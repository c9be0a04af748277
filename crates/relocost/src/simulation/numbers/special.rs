//! The special functions that the laws of gamma and beta need beyond those of `libm`.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

/// Terms of a series or of a continued fraction at most; what is summed up here has converged long before.
pub(super) const TERMS: u32 = 20_000;

/// Where a sum no longer changes.
pub(super) const EPSILON: f64 = 1e-17;

/// The least value that differs from 0 in a continued fraction.
pub(super) const TINY: f64 = 1e-290;

/// (ζ(k) - 1) (-1)^k / k from k = 2 on: the series of ln Γ. Abramowitz and Stegun (1964), 6.1.33.
const ZETA: [f64; 30] = [
    3.224_670_334_241_132e-1,
    -6.735_230_105_319_81e-2,
    2.058_080_842_778_454_6e-2,
    -7.385_551_028_673_986e-3,
    2.890_510_330_741_523_4e-3,
    -1.192_753_911_703_261e-3,
    5.096_695_247_430_425e-4,
    -2.231_547_584_535_793_9e-4,
    9.945_751_278_180_853e-5,
    -4.492_623_673_813_314e-5,
    2.050_721_277_567_069e-5,
    -9.439_488_275_268_397e-6,
    4.374_866_789_907_488e-6,
    -2.039_215_753_801_366e-6,
    9.551_412_130_407_42e-7,
    -4.492_469_198_764_566e-7,
    2.120_718_480_555_466_5e-7,
    -1.004_322_482_396_809_9e-7,
    4.769_810_169_363_980_4e-8,
    -2.271_109_460_894_316_4e-8,
    1.083_865_921_489_695_5e-8,
    -5.183_475_041_970_047e-9,
    2.483_674_543_802_478_5e-9,
    -1.192_140_140_586_091_2e-9,
    5.731_367_241_678_862e-10,
    -2.759_522_885_124_233_4e-10,
    1.330_476_437_424_449e-10,
    -6.422_964_563_838_1e-11,
    3.104_424_774_732_227_6e-11,
    -1.502_138_408_075_414_2e-11,
];

/// 1 - γ, Euler's constant.
const ONE_LESS_EULER: f64 = 0.422_784_335_098_467_13;

/// A polynomial, lowest power first.
pub(super) fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// ln Γ(1 + a) for `a` >= 0, to full relative precision also where `a` is small.
pub(super) fn ln_gamma_1p(a: f64) -> f64 {
    if a <= 0.5 { -libm::log1p(a) + a * (ONE_LESS_EULER + a * polynomial(&ZETA, a)) } else { libm::lgamma(1.0 + a) }
}

/// The remainder of Stirling's formula for ln Γ(a), for `a` >= 8. Abramowitz and Stegun (1964), 6.1.41.
pub(super) fn stirling(a: f64) -> f64 {
    let terms = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    polynomial(&terms, 1.0 / (a * a)) / a
}

/// ln(1 - e^`ln`), for a `ln` that is below 0 but for its rounding.
pub(super) fn ln_rest(ln: f64) -> f64 {
    libm::log((-libm::expm1(ln)).max(TINY))
}

/// A divisor of a continued fraction.
pub(super) fn not_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}
