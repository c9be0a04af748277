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
    /// The side of the smaller shape is a gamma: its law, and the rate.
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
    /// ln(x0^a y0^b / B(a, b)).
    ln_front: f64,
    way: Way,
}

/// A point between 0 and 1: both distances to the ends, each to full precision, and its log-odds over those of the mean.
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
        let ln_front = if a >= 8.0 && b >= 8.0 {
            0.5 * (libm::log(x0) + libm::log(b) - libm::log(2.0 * PI)) + stirling(sum) - stirling(a) - stirling(b)
        } else {
            let ln_beta = ln_beta(a, b);
            -a * libm::log1p(b / a) - b * libm::log1p(a / b) - ln_beta
        };
        let (least, most) = (a.min(b), a.max(b));
        let way = if most >= APART * least.max(1.0) {
            Way::Gamma(Gamma::new(least), most + 0.5 * (least - 1.0))
        } else if least >= HUGE_BETA {
            nearly_normal(a, b)
        } else if most > LARGE_BETA {
            Way::Integral
        } else {
            Way::Fraction
        };
        Self { a, b, x0, y0, ln_front, way }
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
        let ln_x = ln_of_sum(self.y0, self.x0, -log_odds);
        let ln_y = ln_of_sum(self.x0, self.y0, log_odds);
        (-ln_x, -ln_y)
    }

    /// ln of the density of the log-odds.
    fn ln_density(&self, log_odds: f64) -> f64 {
        let (ln_x, ln_y) = self.ln_ratios(log_odds);
        self.a * ln_x + self.b * ln_y + self.ln_front
    }

    /// Both tails at log-odds over those of the mean.
    fn mass(&self, log_odds: f64) -> Mass {
        let (a, b) = (self.a, self.b);
        let Point { x, y, .. } = self.point(log_odds);
        let ln_density = self.ln_density(log_odds);
        let slope = a * y - b * x;
        if matches!(self.way, Way::Integral) {
            let ln_tail = ln_density + libm::log(self.integral(log_odds, slope, ln_density).max(TINY));
            return if log_odds < 0.0 {
                Mass::of_lower(ln_tail, ln_density, slope)
            } else {
                Mass::of_upper(ln_tail, ln_density, slope)
            };
        }
        if x * (a + b + 2.0) <= a + 1.0 {
            Mass::of_lower(ln_density + libm::log(fraction(a, b, x) / a), ln_density, slope)
        } else {
            Mass::of_upper(ln_density + libm::log(fraction(b, a, y) / b), ln_density, slope)
        }
    }

    /// The tail beyond a point, away from the mean, over the density there: Gauss-Legendre on widening panels.
    fn integral(&self, log_odds: f64, slope: f64, ln_density: f64) -> f64 {
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
                    sum += weight * libm::exp(self.ln_density(at) - ln_density);
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
    if t.abs() < 0.7 {
        libm::log1p(q * libm::expm1(t))
    } else if t < 0.0 {
        libm::log(p + q * libm::exp(t))
    } else {
        t + libm::log(q + p * libm::exp(-t))
    }
}

/// ln B(a, b), not both large.
fn ln_beta(a: f64, b: f64) -> f64 {
    let (least, most) = (a.min(b), a.max(b));
    if most >= 8.0 {
        // ln Γ(most) - ln Γ(most + least) by Stirling's formula.
        let sum = most + least;
        let off = -(most - 0.5) * libm::log1p(least / most) - least * libm::log(sum) + least;
        ln_gamma_1p(least) - libm::log(least) + off + stirling(most) - stirling(sum)
    } else {
        ln_gamma_1p(least) + ln_gamma_1p(most) - ln_gamma_1p(least + most) + libm::log((least + most) / most)
            - libm::log(least)
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun 1964, 26.5.8) by Lentz's method (1976).
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
