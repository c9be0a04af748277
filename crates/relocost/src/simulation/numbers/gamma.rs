//! The gamma distribution of any shape: the incomplete gamma function and its inverse at a standard normal value, both
//! tails of which are known to full precision.
//!
//! The law is worked on in the logarithm of its variable, measured from its mean. There the density is log-concave, so
//! that the logarithms of both tails are concave.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]
#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]

use std::f64::consts::PI;

use super::inversion::{FARTHEST, Mass, invert};
use super::normal;
use super::special::{EPSILON, TERMS, TINY, ln_gamma_1p, not_zero, polynomial, stirling};

/// Shapes of gamma above this are inverted by their asymptotic expansion.
pub(super) const LARGE_GAMMA: f64 = 1000.0;

/// λ - 1 in powers of η from 1 on, where η²/2 = λ - 1 - ln λ. Temme (1979).
const LAMBDA: [f64; 16] = [
    1.0,
    0.333_333_333_333_333_3,
    0.027_777_777_777_777_776,
    -0.003_703_703_703_703_704,
    0.000_231_481_481_481_481_5,
    5.878_894_767_783_657e-5,
    -2.553_644_914_756_026e-5,
    4.899_078_973_153_047e-6,
    -2.428_276_122_977_769e-7,
    -1.854_062_210_715_16e-7,
    7.542_464_855_411_896e-8,
    -1.472_162_728_068_84e-8,
    5.159_887_341_078_076e-10,
    7.329_864_131_600_22e-10,
    -2.921_357_345_635_569e-10,
    5.717_312_238_897_994e-11,
];

/// The difference of η from its normal value, in powers of that: times 1/a, 1/a² and 1/a³. Temme (1992).
const EPSILON_1: [f64; 14] = [
    -0.333_333_333_333_333_3,
    0.027_777_777_777_777_776,
    0.000_617_283_950_617_283_9,
    -0.001_080_246_913_580_246_8,
    0.000_275_573_192_239_858_9,
    -2.874_126_330_916_454_3e-5,
    -6.185_087_203_605_722e-6,
    3.776_373_375_138_807e-6,
    -9.120_511_014_991_658e-7,
    7.735_470_535_130_866e-8,
    3.240_005_323_389_688_5e-8,
    -1.685_720_940_069_024e-8,
    3.931_682_661_516_204e-9,
    -2.813_428_951_043_474_4e-10,
];
/// Times 1/a².
const EPSILON_2: [f64; 10] = [
    -0.017_283_950_617_283_95,
    -0.002_700_617_283_950_617,
    0.002_611_209_092_690_574,
    -0.000_752_076_665_142_508_7,
    6.229_995_427_526_292e-5,
    4.055_292_003_251_537e-5,
    -2.126_463_062_293_718_4e-5,
    4.963_238_978_973_187e-6,
    -1.762_740_701_047_537e-7,
    -3.458_654_060_048_345e-7,
];
/// Times 1/a³.
const EPSILON_3: [f64; 6] = [
    0.004_399_372_917_891_437,
    -0.003_007_782_731_290_962,
    0.000_795_637_642_345_461_3,
    6.554_653_913_335_898e-5,
    -0.000_140_836_599_630_355_65,
    5.835_799_802_507_499e-5,
];

/// The gamma distribution of a shape and scale 1.
#[derive(Clone, Debug)]
pub(crate) struct Gamma {
    pub(super) shape: f64,
    /// Points are τ with x = unit × e^τ: the mean, or 1 where that is less.
    unit: f64,
    ln_unit: f64,
    ln_gamma_1p: f64,
}

impl Gamma {
    /// The distribution of a shape above 0.
    pub(crate) fn new(shape: f64) -> Self {
        let shape = shape.clamp(1e-100, 1e100);
        let unit = shape.max(1.0);
        Self { shape, unit, ln_unit: libm::log(unit), ln_gamma_1p: ln_gamma_1p(shape) }
    }

    /// The number of which e^τ is a multiple.
    pub(crate) fn unit(&self) -> f64 {
        self.unit
    }

    /// τ at a standard normal value: the quantile at Φ(z) is unit × e^τ. `hint` is a τ close to it.
    pub(crate) fn quantile(&self, z: f64, hint: Option<f64>) -> f64 {
        let z = z.clamp(-FARTHEST, FARTHEST);
        if self.shape > LARGE_GAMMA {
            return libm::log1p(self.expanded(z));
        }
        invert(|point| self.mass(point), z, hint.unwrap_or_else(|| self.guess(z)))
    }

    /// P(X <= x) and P(X > x).
    pub(crate) fn tails(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if self.shape > LARGE_GAMMA {
            let z = self.normal(x);
            return (normal::cdf(z), normal::cdf(-z));
        }
        let mass = self.mass(libm::log(x.min(1e300)) - self.ln_unit);
        (libm::exp(mass.ln_lower).min(1.0), libm::exp(mass.ln_upper).min(1.0))
    }

    /// τ near the quantile: the cube of a normal variable (Wilson and Hilferty 1931), or the first term of the tail.
    fn guess(&self, z: f64) -> f64 {
        let a = self.shape;
        if a >= 1.0 {
            let cube_root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
            if cube_root > 0.2 {
                return 3.0 * libm::log(cube_root);
            }
        } else if z > 0.0 {
            // The upper tail is below e^-x here.
            return libm::log(-libm::log(normal::cdf(-z)));
        }
        (libm::log(normal::cdf(z)) + self.ln_gamma_1p) / a - self.ln_unit
    }

    /// Both tails at τ: the series and the continued fraction (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
    fn mass(&self, point: f64) -> Mass {
        let a = self.shape;
        let x = self.unit * libm::exp(point);
        let slope = a - x;
        if a < 1.0 && x < 1.5 {
            // x^a / Γ(1 + a), and the alternating series: the upper tail keeps its digits where it is small.
            let ln_power = a * point - self.ln_gamma_1p;
            let (mut sum, mut term) = (0.0, 1.0);
            for n in 1..60 {
                let n = f64::from(n);
                term *= -x / n;
                let add = term / (a + n);
                sum += add;
                if add.abs() <= EPSILON * sum.abs() {
                    break;
                }
            }
            let upper = -libm::expm1(ln_power) - a * sum * libm::exp(ln_power);
            return Mass {
                ln_lower: ln_power + libm::log1p(a * sum),
                ln_upper: libm::log(upper.max(TINY)),
                ln_density: ln_power - x + libm::log(a),
                slope,
            };
        }
        let ln_front = if a >= 8.0 {
            a * (point - libm::expm1(point)) - 0.5 * libm::log(2.0 * PI * a) - stirling(a)
        } else {
            a * (point + self.ln_unit) - x - self.ln_gamma_1p
        };
        let ln_density = ln_front + libm::log(a);
        if x < a + 1.0 {
            let (mut sum, mut term) = (1.0, 1.0);
            for n in 1..TERMS {
                term *= x / (a + f64::from(n));
                sum += term;
                if term <= EPSILON * sum {
                    break;
                }
            }
            return Mass::of_lower(ln_front + libm::log(sum), ln_density, slope);
        }
        // The continued fraction by Lentz's method (1976).
        let mut b = x + 1.0 - a;
        let mut d = 1.0 / b;
        let mut c = 1.0 / TINY;
        let mut fraction = d;
        for n in 1..TERMS {
            let n = f64::from(n);
            let numerator = n * (a - n);
            b += 2.0;
            d = 1.0 / not_zero(numerator * d + b);
            c = not_zero(b + numerator / c);
            let factor = c * d;
            fraction *= factor;
            if (factor - 1.0).abs() <= 2e-16 {
                break;
            }
        }
        Mass::of_upper(ln_density + libm::log(fraction.max(TINY)), ln_density, slope)
    }

    /// λ - 1 = x / shape - 1 at a standard normal value, of a large shape. Temme (1992).
    fn expanded(&self, z: f64) -> f64 {
        let start = z / self.shape.sqrt();
        let eta = start + self.shift(start);
        // Beyond 1 the series no longer holds, and the tail is below 1e-200.
        let eta = eta.clamp(-0.9, 1.2);
        (eta * polynomial(&LAMBDA, eta)).max(-0.99)
    }

    /// The difference of η from its normal value. Temme (1992).
    fn shift(&self, start: f64) -> f64 {
        let start = start.clamp(-1.2, 1.2);
        let r = 1.0 / self.shape;
        r * (polynomial(&EPSILON_1, start) + r * (polynomial(&EPSILON_2, start) + r * polynomial(&EPSILON_3, start)))
    }

    /// The standard normal value of a point, of a large shape.
    fn normal(&self, x: f64) -> f64 {
        let off = (x - self.shape) / self.shape;
        let half = if off.abs() < 0.01 {
            // off - ln(1 + off) as a series: the difference would lose its digits.
            let mut sum = 0.0;
            for n in (2..12).rev() {
                sum = 1.0 / f64::from(n) - off * sum;
            }
            off * off * sum
        } else {
            off - libm::log1p(off.max(-1.0 + 1e-16))
        };
        let eta = (2.0 * half.max(0.0)).sqrt().min(1e100).copysign(off);
        let mut start = eta;
        for _ in 0..4 {
            start = eta - self.shift(start);
        }
        start * self.shape.sqrt()
    }
}
