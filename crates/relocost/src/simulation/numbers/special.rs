//! Incomplete gamma and beta functions of any shape, and their inverses at a standard normal value: both tails of it
//! are known to full precision.
//!
//! A law is worked on in the logarithm of what it is of (gamma) or in its log-odds (beta), measured from its mean.
//! There the densities are log-concave, so that the logarithms of both tails are concave.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]
#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]

use std::f64::consts::PI;

use super::normal;

/// Terms of a series or of a continued fraction at most; what is summed up here has converged long before.
const TERMS: u32 = 20_000;

/// Steps of an inversion at most.
const STEPS: u32 = 300;

/// Where a sum no longer changes.
const EPSILON: f64 = 1e-17;

/// The least value told from 0 in a continued fraction.
const TINY: f64 = 1e-290;

/// Standard normal values beyond this have tails that no longer are numbers.
const FARTHEST: f64 = 37.0;

/// Shapes of gamma above this are inverted by their asymptotic expansion.
const LARGE_GAMMA: f64 = 1000.0;

/// Shapes of beta above this are integrated numerically: their continued fraction converges slowly.
const LARGE_BETA: f64 = 3000.0;

/// A beta of shapes this far apart, or further, is a gamma.
const APART: f64 = 1e4;

/// A beta both of whose shapes are above this is nearly normal in its log-odds.
const HUGE_BETA: f64 = 1e8;

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

/// What η differs by from its normal value, in powers of that: times 1/a, 1/a² and 1/a³. Temme (1992).
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

/// Nodes above 0 and weights of the Gauss-Legendre rule of 16 points.
const GAUSS: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_64),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_64),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_5),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_7),
    (0.755_404_408_355_003, 0.124_628_971_255_534_07),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_6),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_456),
    (0.989_400_934_991_649_5, 0.027_152_459_411_754_176),
];

/// A polynomial, lowest power first.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// ln Γ(1 + a) for `a` >= 0, to full relative precision also where `a` is small.
fn ln_gamma_1p(a: f64) -> f64 {
    if a <= 0.5 { -libm::log1p(a) + a * (ONE_LESS_EULER + a * polynomial(&ZETA, a)) } else { libm::lgamma(1.0 + a) }
}

/// What Stirling's formula for ln Γ(a) leaves out, for `a` >= 8. Abramowitz and Stegun (1964), 6.1.41.
fn stirling(a: f64) -> f64 {
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

/// Logarithms of both tails at a point, of the density there, and the slope of the last.
#[derive(Clone, Copy, Debug)]
struct Mass {
    ln_lower: f64,
    ln_upper: f64,
    ln_density: f64,
    slope: f64,
}

impl Mass {
    /// Of which the lower tail is known.
    fn of_lower(ln_lower: f64, ln_density: f64, slope: f64) -> Self {
        Self { ln_lower, ln_upper: ln_rest(ln_lower), ln_density, slope }
    }

    /// Of which the upper tail is known.
    fn of_upper(ln_upper: f64, ln_density: f64, slope: f64) -> Self {
        Self { ln_lower: ln_rest(ln_upper), ln_upper, ln_density, slope }
    }
}

/// ln(1 - e^`ln`), for a `ln` that is below 0 but for its rounding.
fn ln_rest(ln: f64) -> f64 {
    libm::log((-libm::expm1(ln)).max(TINY))
}

/// The point whose tail is that of `z`: the root of the logarithm of the smaller tail, by Halley's method between
/// bounds that only come closer.
fn invert(mass: impl Fn(f64) -> Mass, z: f64, guess: f64) -> f64 {
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

/// The gamma distribution of a shape and scale 1.
#[derive(Clone, Debug)]
pub(crate) struct Gamma {
    shape: f64,
    /// Points are τ with x = unit × e^τ: the mean, or 1 where that is less.
    unit: f64,
    ln_unit: f64,
    ln_gamma_1p: f64,
}

impl Gamma {
    /// Of a shape above 0.
    pub(crate) fn new(shape: f64) -> Self {
        let shape = shape.clamp(1e-100, 1e100);
        let unit = shape.max(1.0);
        Self { shape, unit, ln_unit: libm::log(unit), ln_gamma_1p: ln_gamma_1p(shape) }
    }

    /// What e^τ is a multiple of.
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

    /// How much η is above its normal value. Temme (1992).
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

/// A divisor of a continued fraction.
fn not_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// How the tails of a beta distribution are found.
#[derive(Clone, Debug)]
enum Way {
    /// By the continued fraction.
    Fraction,
    /// By a numerical integral of the density.
    Integral,
    /// Minus the logarithm of the side of the larger shape is a gamma, but for terms of the second order: its law, and
    /// the rate.
    Gamma(Gamma, f64),
    /// The log-odds are nearly normal: their mean less the log-odds of the mean, standard deviation and the next three
    /// standardised cumulants.
    Normal { mean: f64, sd: f64, cumulants: [f64; 3] },
}

/// The beta distribution of two shapes.
#[derive(Clone, Debug)]
pub(crate) struct Beta {
    a: f64,
    b: f64,
    /// Means of x and of 1 - x.
    x0: f64,
    y0: f64,
    /// ln(x0^a y0^b / B(a, b)), and that without the logarithm of the smaller shape, which B has below it.
    ln_front: f64,
    ln_front_of_least: f64,
    way: Way,
}

/// A point between 0 and 1: its distances to both ends, each to full precision, and a hint for the next search: its
/// log-odds over those of the mean, or τ where the beta is a gamma.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) log_odds: f64,
}

impl Beta {
    /// Of two shapes above 0.
    pub(crate) fn new(a: f64, b: f64) -> Self {
        let (a, b) = (a.clamp(1e-60, 1e60), b.clamp(1e-60, 1e60));
        let sum = a + b;
        let (x0, y0) = (a / sum, b / sum);
        let (least, most) = (a.min(b), a.max(b));
        let ln_least = libm::log(least);
        let ln_front_of_least = if least >= 8.0 {
            0.5 * (libm::log(x0) + libm::log(b) - libm::log(2.0 * PI)) + stirling(sum)
                - stirling(a)
                - stirling(b)
                - ln_least
        } else {
            -a * libm::log1p(b / a) - b * libm::log1p(a / b) - ln_least_beta(least, most)
        };
        let ln_front = ln_front_of_least + ln_least;
        let way = if most >= APART * least.max(1.0) || (most > LARGE_BETA && least < 1.0) {
            Way::Gamma(Gamma::new(least), most + 0.5 * (least - 1.0))
        } else if least >= HUGE_BETA {
            nearly_normal(a, b)
        } else if most > LARGE_BETA {
            Way::Integral
        } else {
            Way::Fraction
        };
        Self { a, b, x0, y0, ln_front, ln_front_of_least, way }
    }

    /// The quantile at Φ(z). `hint` is the log-odds of a point close to it.
    pub(crate) fn quantile(&self, z: f64, hint: Option<f64>) -> Point {
        let z = z.clamp(-FARTHEST, FARTHEST);
        match &self.way {
            Way::Gamma(gamma, rate) => {
                let small_is_x = self.a < self.b;
                let tau = gamma.quantile(if small_is_x { z } else { -z }, hint);
                let v = gamma.unit() * libm::exp(tau);
                let c = (gamma.shape - 1.0) / (24.0 * rate * rate);
                let mut u = v;
                for _ in 0..4 {
                    u = v + c * u * (u + gamma.shape + 1.0);
                }
                let (small, rest) = (-libm::expm1(-u / rate), libm::exp(-u / rate));
                let (x, y) = if small_is_x { (small, rest) } else { (rest, small) };
                Point { x, y, log_odds: tau }
            }
            Way::Normal { mean, sd, cumulants } => self.point(mean + sd * cornish_fisher(z, cumulants)),
            Way::Integral | Way::Fraction => {
                let guess = hint.unwrap_or_else(|| z * (1.0 / self.a + 1.0 / self.b).sqrt());
                self.point(invert(|point| self.mass(point), z, guess))
            }
        }
    }

    /// P(X <= x) and P(X > x), where `y` = 1 - x.
    pub(crate) fn tails(&self, x: f64, y: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if y <= 0.0 {
            return (1.0, 0.0);
        }
        let log_odds = libm::log(x / self.x0) - libm::log(y / self.y0);
        match &self.way {
            Way::Gamma(gamma, rate) => {
                let small_is_x = self.a < self.b;
                let small = if small_is_x { x } else { y };
                let u =
                    if small < 0.5 { -libm::log1p(-small) } else { -libm::log(if small_is_x { y } else { x }) } * rate;
                let v = u * (1.0 - (gamma.shape - 1.0) * (u + gamma.shape + 1.0) / (24.0 * rate * rate)).max(0.5);
                let (lower, upper) = gamma.tails(v);
                if small_is_x { (lower, upper) } else { (upper, lower) }
            }
            Way::Normal { mean, sd, cumulants } => {
                let target = ((log_odds - mean) / sd).clamp(-FARTHEST, FARTHEST);
                let mut z = target;
                for _ in 0..6 {
                    z += target - cornish_fisher(z, cumulants);
                }
                (normal::cdf(z), normal::cdf(-z))
            }
            Way::Integral | Way::Fraction => {
                let mass = self.mass(log_odds);
                (libm::exp(mass.ln_lower).min(1.0), libm::exp(mass.ln_upper).min(1.0))
            }
        }
    }

    /// The point of log-odds over those of the mean.
    fn point(&self, log_odds: f64) -> Point {
        // Either power may overflow, but then only where 1 is divided by it.
        let x = self.x0 / (self.x0 + self.y0 * libm::exp(-log_odds));
        let y = self.y0 / (self.y0 + self.x0 * libm::exp(log_odds));
        Point { x, y, log_odds }
    }

    /// ln(x / x0) and ln(y / y0) at log-odds over those of the mean.
    fn ln_ratios(&self, log_odds: f64) -> (f64, f64) {
        let ln_x = ln_of_sum(self.x0, self.y0, -log_odds);
        let ln_y = ln_of_sum(self.y0, self.x0, log_odds);
        (-ln_x, -ln_y)
    }

    /// ln of the density of the log-odds over that at the mean.
    fn ln_fall(&self, log_odds: f64) -> f64 {
        let (ln_x, ln_y) = self.ln_ratios(log_odds);
        self.a * ln_x + self.b * ln_y
    }

    /// Both tails at log-odds over those of the mean.
    fn mass(&self, log_odds: f64) -> Mass {
        let (a, b) = (self.a, self.b);
        let Point { x, y, .. } = self.point(log_odds);
        let ln_fall = self.ln_fall(log_odds);
        let ln_density = ln_fall + self.ln_front;
        let slope = a * y - b * x;
        if matches!(self.way, Way::Integral) {
            let ln_tail = ln_density + libm::log(self.integral(log_odds, slope, ln_fall).max(TINY));
            return if log_odds < 0.0 {
                Mass::of_lower(ln_tail, ln_density, slope)
            } else {
                Mass::of_upper(ln_tail, ln_density, slope)
            };
        }
        // Over the shape whose side it is: a small one cancels.
        let ln_tail = |shape: f64, other: f64, part: f64| {
            let ln_fraction = libm::log(fraction(shape, other, part));
            if shape <= other {
                ln_fall + self.ln_front_of_least + ln_fraction
            } else {
                ln_density + ln_fraction - libm::log(shape)
            }
        };
        if x * (a + b + 2.0) <= a + 1.0 {
            Mass::of_lower(ln_tail(a, b, x), ln_density, slope)
        } else {
            Mass::of_upper(ln_tail(b, a, y), ln_density, slope)
        }
    }

    /// The tail beyond a point, away from the mean, over the density there: Gauss-Legendre on widening panels.
    fn integral(&self, log_odds: f64, slope: f64, ln_fall: f64) -> f64 {
        let away = if log_odds < 0.0 { -1.0 } else { 1.0 };
        let unit = (1.0 / self.a + 1.0 / self.b).sqrt().min(0.5).min(1.0 / slope.abs());
        let (mut total, mut from, mut to) = (0.0, 0.0, 2.0);
        for _ in 0..14 {
            let half = 0.5 * (to - from) * unit;
            let middle = 0.5 * (to + from) * unit;
            let mut sum = 0.0;
            for (node, weight) in GAUSS {
                for node in [-node, node] {
                    let at = log_odds + away * (middle + half * node);
                    sum += weight * libm::exp(self.ln_fall(at) - ln_fall);
                }
            }
            total += sum * half;
            if sum * half <= EPSILON * total {
                break;
            }
            (from, to) = (to, to * 2.0);
        }
        total
    }
}

/// ln(p + q e^t) with p + q = 1.
fn ln_of_sum(p: f64, q: f64, t: f64) -> f64 {
    let off = q * libm::expm1(t);
    if off.abs() <= 0.5 {
        libm::log1p(off)
    } else if t < 0.0 {
        libm::log(p + q * libm::exp(t))
    } else {
        t + libm::log(q + p * libm::exp(-t))
    }
}

/// ln(least × B(least, most)), not both large.
fn ln_least_beta(least: f64, most: f64) -> f64 {
    let sum = most + least;
    if most >= 8.0 {
        // ln Γ(most) - ln Γ(most + least) by Stirling's formula.
        let off = -(most - 0.5) * libm::log1p(least / most) - least * libm::log(sum) + least;
        ln_gamma_1p(least) + off + stirling(most) - stirling(sum)
    } else {
        ln_gamma_1p(least) + ln_gamma_1p(most) - ln_gamma_1p(sum) + libm::log1p(least / most)
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 1964, 26.5.8) by Lentz's method
/// (1976).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..TERMS {
        let m = f64::from(m);
        let at = a + 2.0 * m;
        let even = m * (b - m) * x / ((at - 1.0) * at);
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / (at * (at + 1.0));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        let factor = c * d;
        fraction *= factor;
        if (factor - 1.0).abs() <= 2e-16 {
            break;
        }
    }
    fraction.max(TINY)
}

/// Log-odds of a beta of huge shapes: the cumulants of the logarithms of two gammas.
fn nearly_normal(a: f64, b: f64) -> Way {
    // Abramowitz and Stegun (1964), 6.3.18 and 6.4.11, each cumulant to two terms.
    let cumulants = |s: f64| {
        let r = 1.0 / s;
        [
            -0.5 * r - r * r / 12.0,
            r + 0.5 * r * r,
            -r * r - r * r * r,
            2.0 * r * r * r + 3.0 * r * r * r * r,
            -6.0 * r * r * r * r,
        ]
    };
    let (of_a, of_b) = (cumulants(a), cumulants(b));
    let variance = of_a[1] + of_b[1];
    let sd = variance.sqrt();
    let third = (of_a[2] - of_b[2]) / (variance * sd);
    let fourth = (of_a[3] + of_b[3]) / (variance * variance);
    let fifth = (of_a[4] - of_b[4]) / (variance * variance * sd);
    Way::Normal { mean: of_a[0] - of_b[0], sd, cumulants: [third, fourth, fifth] }
}

/// A standardised value at a standard normal one. Cornish and Fisher (1938), to the third order.
fn cornish_fisher(z: f64, [third, fourth, fifth]: &[f64; 3]) -> f64 {
    let s = z * z;
    let (h2, h3, h4) = (s - 1.0, z * (s - 3.0), (s - 6.0) * s + 3.0);
    let first = third * h2 / 6.0;
    let second = fourth * h3 / 24.0 - third * third * (2.0 * h3 + z) / 36.0;
    let last = fifth * h4 / 120.0 - third * fourth * (h4 + h2) / 24.0
        + third * third * third * (12.0 * h4 + 19.0 * h2) / 324.0;
    z + first + second + last
}

#[cfg(test)]
#[expect(clippy::unreadable_literal, reason = "computed numbers")]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() <= tolerance * expected.abs() + 1e-280
    }

    #[test]
    fn tails_of_gamma_are_the_computed_ones() {
        // Shape, x, P(X <= x), P(X > x): computed with mpmath at 45 digits.
        let computed = [
            (1e-6, 1e-300, 0.9993100398190107, 0.0006899601809893741),
            (1e-6, 1e-12, 0.9999729465596774, 2.7053440322577834e-5),
            (1e-6, 0.1, 0.9999981770769747, 1.8229230253500977e-6),
            (1e-6, 1.0, 0.9999997806158412, 2.1938415887050922e-7),
            (1e-6, 2.0, 0.9999999510994129, 4.890058709430974e-8),
            (1e-6, 20.0, 0.9999999999999999, 9.835560882144273e-17),
            (0.01, 1e-300, 0.0010057065285003848, 0.9989942934714996),
            (0.01, 1e-12, 0.7629064195808333, 0.23709358041916676),
            (0.01, 0.1, 0.9818646839490126, 0.018135316050987345),
            (0.01, 1.0, 0.997783765376772, 0.00221623462322799),
            (0.01, 2.0, 0.9995033354627815, 0.0004966645372185268),
            (0.01, 20.0, 0.9999999999989803, 1.019712405164315e-12),
            (0.3, 1e-300, 1.1142425085473105e-90, 1.0),
            (0.3, 1e-12, 0.00027988506386305195, 0.999720114936137),
            (0.3, 0.1, 0.5459128495917965, 0.4540871504082035),
            (0.3, 1.0, 0.9156741562411088, 0.08432584375889124),
            (0.3, 2.0, 0.977974019172853, 0.022025980827147015),
            (0.3, 20.0, 0.9999999999181155, 8.18844528921027e-11),
            (1.0, 0.0024787521766663585, 0.002475682607247459, 0.9975243173927525),
            (1.0, 0.1353352832366127, 0.12657698150688337, 0.8734230184931167),
            (1.0, 0.7788007830714049, 0.5410439306923361, 0.4589560693076638),
            (1.0, std::f64::consts::E, 0.9340119641546875, 0.06598803584531254),
            (1.0, 20.085536923187668, 0.9999999981078213, 1.8921786948382924e-9),
            (1.0, 403.4287934927351, 1.0, 6.2101364865661445e-176),
            (2.5, 0.0562222630790941, 0.00021666316906018604, 0.9997833368309398),
            (2.5, 0.7056609961794716, 0.07692922645648032, 0.9230707735435196),
            (2.5, 2.1343813713082427, 0.4885954612158044, 0.5114045387841956),
            (2.5, 4.70556694370073, 0.9062529810024275, 0.09374701899757253),
            (2.5, 16.67077736043653, 0.9999967809115051, 3.2190884949173644e-6),
            (2.5, 111.16592712049727, 1.0, 4.7034811562792315e-46),
            (7.9, 0.9344086203345267, 7.874391871921736e-6, 0.9999921256081281),
            (7.9, 3.87790357739563, 0.048099901891002855, 0.9519000981089971),
            (7.9, 7.227670254397467, 0.449643005276261, 0.550356994723739),
            (7.9, 11.27566420237699, 0.8806448768856852, 0.11935512311431488),
            (7.9, 22.970593626415578, 0.9999116607344003, 8.83392655996541e-5),
            (7.9, 66.79090779112961, 1.0, 1.0351312502915857e-20),
            (50.0, 21.402224559511744, 9.489704500340937e-8, 0.999999905102955),
            (50.0, 37.68191582218824, 0.03131641985547507, 0.9686835801445249),
            (50.0, 48.26311799457725, 0.4202574445103704, 0.5797425554896296),
            (50.0, 57.595495508445445, 0.8578546154567526, 0.14214538454324743),
            (50.0, 76.4232580161589, 0.9994686654560381, 0.000531334543961915),
            (50.0, 116.81028731608792, 0.9999999999989427, 1.0573048608491169e-12),
            (999.0, 826.2713078841915, 3.2121961925322124e-9, 0.9999999967878038),
            (999.0, 937.7445516599357, 0.024503728565988977, 0.9754962714340111),
            (999.0, 991.1294274558393, 0.4055072473764969, 0.5944927526235031),
            (999.0, 1031.1122763322267, 0.8451423278714992, 0.15485767212850082),
            (999.0, 1098.4667010141623, 0.9988884268612983, 0.001111573138701747),
            (999.0, 1207.8369301671041, 0.9999999997288815, 2.711184516163808e-10),
            (1001.0, 828.0826075182399, 3.2085738938619487e-9, 0.9999999967914261),
            (1001.0, 939.6813469541672, 0.024501930159356144, 0.9754980698406438),
            (1001.0, 993.1215218427269, 0.4055030276377796, 0.5944969723622203),
            (1001.0, 1033.1438937581854, 0.8451385623149001, 0.15486143768509983),
            (1001.0, 1100.5614201070073, 0.9988882067083165, 0.0011117932916834827),
            (1001.0, 1210.0254140139386, 0.999999999728515, 2.7148493111825024e-10),
            (100000.0, 98120.52009986051, 1.1154797066600845e-9, 0.9999999988845203),
            (100000.0, 99369.54025825435, 0.022921316663400762, 0.9770786833365992),
            (100000.0, 99920.97430026231, 0.40171407760912065, 0.5982859223908793),
            (100000.0, 100316.72829348005, 0.8417270329631468, 0.15827296703685323),
            (100000.0, 100953.19756211412, 0.9986756024297156, 0.001324397570284337),
            (100000.0, 101915.48098015245, 0.9999999991283791, 8.716208448557614e-10),
            (10000000000.0, 9999400017.99964, 9.869725204980192e-10, 0.9999999990130275),
            (10000000000.0, 9999800001.999987, 0.022750671862333784, 0.9772493281376662),
            (10000000000.0, 9999975000.03125, 0.40129500348965136, 0.5987049965103487),
            (10000000000.0, 10000100000.500002, 0.8413459559197233, 0.15865404408027672),
            (10000000000.0, 10000300004.500046, 0.9986501832170196, 0.0013498167829803982),
            (10000000000.0, 10000600018.00036, 0.9999999990137971, 9.862029086556862e-10),
        ];
        for (shape, x, lower, upper) in computed {
            let (p, q) = Gamma::new(shape).tails(x);
            assert!(close(p, lower, 2e-12) && close(q, upper, 2e-12), "{shape} {x}: {p:e} {lower:e}, {q:e} {upper:e}");
        }
    }

    #[test]
    fn tails_of_beta_are_the_computed_ones() {
        // Shapes, x, 1 - x, P(X <= x), P(X > x): computed with mpmath at 45 digits.
        let computed = [
            (0.001, 0.001, 7.355979094907421e-30, 1.0, 0.467560008832846, 0.532439991167154),
            (0.001, 0.001, 1.944823358604677e-10, 0.9999999998055177, 0.48894453670987426, 0.5110554632901257),
            (0.001, 0.001, 0.9424096466437529, 0.05759035335624712, 0.5013948321746078, 0.49860516782539227),
            (0.001, 0.001, 0.9999999999992737, 7.262735076378797e-13, 0.5137811208009918, 0.4862188791990082),
            (0.001, 0.001, 1.0, 7.355979094907421e-30, 0.532439991167154, 0.467560008832846),
            (0.5, 0.5, 0.04742587317756678, 0.9525741268224333, 0.1397596792323407, 0.8602403207676593),
            (0.5, 0.5, 0.2689414213699951, 0.7310585786300049, 0.34708995337609605, 0.652910046623904),
            (0.5, 0.5, 0.5312093733737562, 0.46879062662624377, 0.519881428458225, 0.480118571541775),
            (0.5, 0.5, 0.7772998611746912, 0.22270013882530884, 0.6871286059843824, 0.3128713940156176),
            (0.5, 0.5, 0.9525741268224333, 0.04742587317756678, 0.8602403207676593, 0.1397596792323407),
            (1.0, 4.0, 0.00030512059661317106, 0.9996948794033869, 0.0012199239085983267, 0.9987800760914016),
            (1.0, 4.0, 0.02602413015312594, 0.973975869846874, 0.10010302976185813, 0.8998969702381419),
            (1.0, 4.0, 0.2484705883429147, 0.7515294116570853, 0.6810049626282999, 0.31899503737170015),
            (1.0, 4.0, 0.8035751211225437, 0.19642487887745624, 0.998511372711008, 0.0014886272889920408),
            (1.0, 4.0, 0.9951403123162704, 0.004859687683729539, 0.9999999994422579, 5.577421132749265e-10),
            (2.3, 3.7, 0.004015901991201325, 0.9959840980087987, 3.278695877172376e-5, 0.9999672130412283),
            (2.3, 3.7, 0.10388611702856332, 0.8961138829714367, 0.04795690854976219, 0.9520430914502378),
            (2.3, 3.7, 0.43401091025581, 0.5659890897441899, 0.6209380587681157, 0.3790619412318843),
            (2.3, 3.7, 0.8353132991983767, 0.1646867008016233, 0.9929669931230866, 0.00703300687691339),
            (2.3, 3.7, 0.9896730936161243, 0.010326906383875713, 0.999999704271299, 2.957287009552305e-7),
            (0.05, 12.0, 5.016346040989953e-6, 0.999994983653959, 0.6306221298839386, 0.3693778701160613),
            (0.05, 12.0, 0.0004430607375589006, 0.999556939262441, 0.7888118911093907, 0.21118810889060932),
            (0.05, 12.0, 0.00548330577452101, 0.994516694225479, 0.8922186400802872, 0.1077813599197128),
            (0.05, 12.0, 0.06417967589492421, 0.9358203241050758, 0.9827769963525053, 0.01722300364749477),
            (0.05, 12.0, 0.7758295086991458, 0.2241704913008542, 0.9999999999028838, 9.711617766182676e-11),
            (30.0, 400.0, 0.02352124738634784, 0.9764787526136521, 1.8919629886203225e-7, 0.9999998108037012),
            (30.0, 400.0, 0.04885261806987128, 0.9511473819301287, 0.032957584378158745, 0.9670424156218412),
            (30.0, 400.0, 0.07290201856181712, 0.9270979814381829, 0.6200914690180782, 0.37990853098192173),
            (30.0, 400.0, 0.10745307935089413, 0.8925469206491059, 0.9968207470503715, 0.003179252949628483),
            (30.0, 400.0, 0.1893122034940518, 0.8106877965059482, 0.999999999999485, 5.150164265023808e-13),
            (2500.0, 1200.0, 0.6279088356410041, 0.372091164358996, 6.255852683527516e-10, 0.9999999993744147),
            (2500.0, 1200.0, 0.6600981156208829, 0.33990188437911706, 0.022107553395663684, 0.9778924466043363),
            (2500.0, 1200.0, 0.6775966693407268, 0.3224033306592732, 0.5970582655222022, 0.4029417344777978),
            (2500.0, 1200.0, 0.6946111456989679, 0.3053888543010322, 0.9934781931557876, 0.006521806844212448),
            (2500.0, 1200.0, 0.7200444791261096, 0.2799555208738905, 0.9999999983676385, 1.6323614988955437e-9),
            (5000.0, 1.0, 0.9252969105783064, 0.07470308942169358, 2.5442550347520177e-169, 1.0),
            (5000.0, 1.0, 0.9985240747782931, 0.0014759252217069058, 0.0006204426636179329, 0.9993795573363821),
            (5000.0, 1.0, 0.9998442679933817, 0.00015573200661835854, 0.458992838916663, 0.541007161083337),
            (5000.0, 1.0, 0.9999835873731857, 1.6412626814237587e-5, 0.9212131764980132, 0.07878682350198683),
            (5000.0, 1.0, 0.9999995045471564, 4.954528436777701e-7, 0.9975258010562562, 0.0024741989437437363),
            (5000.0, 700.0, 0.8486407088213216, 0.1513592911786784, 2.922926173021577e-10, 0.9999999997077074),
            (5000.0, 700.0, 0.8682303493192189, 0.131769650680781, 0.021158495331535028, 0.978841504668465),
            (5000.0, 700.0, 0.878275683422752, 0.12172431657724804, 0.5946477580384767, 0.40535224196152336),
            (5000.0, 700.0, 0.8876543121659399, 0.11234568783406011, 0.993017237043111, 0.0069827629568890714),
            (5000.0, 700.0, 0.9009875849638459, 0.09901241503615411, 0.9999999968652277, 3.1347723037801205e-9),
            (200000.0, 50.0, 0.999416227605265, 0.0005837723947348962, 1.0619094005781279e-12, 0.9999999999989381),
            (200000.0, 50.0, 0.9996683741741921, 0.00033162582580789147, 0.01598318713351787, 0.9840168128664821),
            (200000.0, 50.0, 0.9997587436950827, 0.00024125630491729708, 0.579749591795324, 0.420250408204676),
            (200000.0, 50.0, 0.9998244914408339, 0.00017550855916617747, 0.9896270327185348, 0.01037296728146515),
            (200000.0, 50.0, 0.9998930116738616, 0.00010698832613840944, 0.9999999052059326, 9.479406736149176e-8),
            (1000000.0, 20.0, 0.9999234985288018, 7.650147119823624e-5, 3.989094119822601e-15, 0.999999999999996),
            (1000000.0, 20.0, 0.9999687218721498, 3.1278127850227896e-5, 0.012791120581603446, 0.9872088794183965),
            (1000000.0, 20.0, 0.9999810877265035, 1.8912273496471253e-5, 0.5685681006501716, 0.43143189934982834),
            (1000000.0, 20.0, 0.9999885647778584, 1.1435222141609813e-5, 0.986431881586325, 0.013568118413675024),
            (1000000.0, 20.0, 0.9999947717697187, 5.228230281257865e-6, 0.9999993196025555, 6.803974445442881e-7),
            (
                10000000.0,
                10000000.0,
                0.49932918000924204,
                0.5006708199907579,
                9.865935690398588e-10,
                0.9999999990134064,
            ),
            (10000000.0, 10000000.0, 0.49977639321715717, 0.5002236067828428, 0.02275013509766529, 0.9772498649023347),
            (10000000.0, 10000000.0, 0.5000279508496897, 0.49997204915031035, 0.5987063244494775, 0.40129367555052253),
            (10000000.0, 10000000.0, 0.500279508468072, 0.499720491531928, 0.9937903329852991, 0.006209667014700924),
            (
                10000000.0,
                10000000.0,
                0.5006708199907579,
                0.49932918000924204,
                0.9999999990134064,
                9.865935690398588e-10,
            ),
            (
                200000000.0,
                300000000.0,
                0.3998685537890904,
                0.6001314462109095,
                9.87290670359473e-10,
                0.9999999990127093,
            ),
            (
                200000000.0,
                300000000.0,
                0.39995618299550667,
                0.6000438170044933,
                0.022751117824778903,
                0.9772488821752211,
            ),
            (
                200000000.0,
                300000000.0,
                0.40000547723807484,
                0.5999945227619252,
                0.5987087523550446,
                0.40129124764495533,
            ),
            (
                200000000.0,
                300000000.0,
                0.4000547735055413,
                0.5999452264944587,
                0.9937907746245798,
                0.006209225375420281,
            ),
            (
                200000000.0,
                300000000.0,
                0.40013146061090893,
                0.599868539389091,
                0.9999999990141144,
                9.858855574329679e-10,
            ),
            (1000000000000.0, 2.5, 0.999999999888834, 1.1116592710866673e-10, 4.703481182119114e-46, 1.0),
            (1000000000000.0, 2.5, 0.9999999999911431, 8.85694410459517e-12, 0.003327205934702519, 0.9966727940652975),
            (1000000000000.0, 2.5, 0.9999999999978656, 2.1343813713032652e-12, 0.5114045387845005, 0.4885954612154994),
            (1000000000000.0, 2.5, 0.9999999999994856, 5.143516527082549e-13, 0.960217587647922, 0.03978241235207806),
            (
                1000000000000.0,
                2.5,
                0.9999999999999438,
                5.622226307882426e-14,
                0.999783336830942,
                0.00021666316905804265,
            ),
        ];
        for (a, b, x, y, lower, upper) in computed {
            let (p, q) = Beta::new(a, b).tails(x, y);
            let tolerance = if a.min(b) >= HUGE_BETA { 2e-11 } else { 2e-12 };
            let alike = close(p, lower, tolerance) && close(q, upper, tolerance);
            assert!(alike, "{a} {b} {x}: {p:e} {lower:e}, {q:e} {upper:e}");
        }
    }

    /// Numbers that look random, in (0, 1). Steele, Lea and Flood (2014).
    fn hashed(count: u64) -> impl Iterator<Item = f64> {
        (1..=count).map(|i| {
            let mut z = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            (f64::from(u32::try_from(z >> 32).unwrap()) + 0.5) / 4_294_967_296.0
        })
    }

    /// How far apart the logarithms of the smaller tails are: of a standard normal value, and of what was found.
    fn off(z: f64, (lower, upper): (f64, f64)) -> f64 {
        let found = if z > 0.0 { upper } else { lower };
        (libm::log(found) - libm::log(normal::cdf(-z.abs()))).abs()
    }

    #[test]
    fn quantiles_of_gamma_are_the_inverse() {
        let draws: Vec<f64> = hashed(1600).collect();
        for pair in draws.chunks(2) {
            let shape = libm::exp10(18.0 * pair[0] - 6.0);
            let z = 16.4 * pair[1] - 8.2;
            let gamma = Gamma::new(shape);
            let x = gamma.unit() * libm::exp(gamma.quantile(z, None));
            // What the rounding of x alone may do to its tail.
            let rounding = 3e-16 * shape.sqrt() * (z.abs() + 1.0);
            if x > 1e-290 {
                let off = off(z, gamma.tails(x));
                assert!(off <= 1e-11 + 10.0 * rounding, "{shape} {z}: {x} {off:e}");
            }
        }
    }

    #[test]
    fn quantiles_of_beta_are_the_inverse() {
        let draws: Vec<f64> = hashed(2400).collect();
        for triple in draws.chunks(3) {
            let (a, b) = (libm::exp10(18.0 * triple[0] - 6.0), libm::exp10(18.0 * triple[1] - 6.0));
            let z = 16.4 * triple[2] - 8.2;
            let beta = Beta::new(a, b);
            let Point { x, y, .. } = beta.quantile(z, None);
            assert!((x + y - 1.0).abs() <= 3e-16, "{a} {b} {z}: {x} {y}");
            // Of tiny shapes the tail beyond the middle is a small difference from 1.
            let rounding = 3e-16 * (a.min(b).sqrt() * (z.abs() + 1.0) + 1.0 / a.min(b));
            if x > 1e-290 && y > 1e-290 {
                let off = off(z, beta.tails(x, y));
                assert!(off <= 2e-11 + 10.0 * rounding, "{a} {b} {z}: {x} {y} {off:e}");
            }
        }
    }

    #[test]
    fn tails_hold_on_as_the_way_changes() {
        // Just below and just above a shape from which on another method is used.
        for z in [-7.0, -3.0, -0.5, 0.0, 1.0, 4.0, 8.0] {
            let at = |shape: f64| Gamma::new(shape).quantile(z, None);
            let (below, above) = (at(LARGE_GAMMA), at(LARGE_GAMMA * (1.0 + 1e-13)));
            assert!((below - above).abs() <= 1e-13, "{z}: {below} {above}");
            let pairs =
                [(LARGE_BETA, 7.0), (LARGE_BETA, 800.0), (2.0 * APART, 2.0), (30.0 * APART, 30.0), (LARGE_BETA, 0.5)];
            for (most, least) in pairs {
                let at = |factor: f64| {
                    let point = Beta::new(most * factor, least).quantile(z, None);
                    point.x.min(point.y)
                };
                let (below, above) = (at(1.0 - 1e-13), at(1.0 + 1e-13));
                assert!((below - above).abs() <= 2e-12 * below, "{most} {least} {z}: {below} {above}");
            }
        }
    }
}
