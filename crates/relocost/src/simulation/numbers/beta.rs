//! The beta distribution of any two shapes: the incomplete beta function and its inverse at a standard normal value, both
//! tails of which are known to full precision.
//!
//! The law is worked on in its log-odds, measured from those of its mean. There the density is log-concave, so that the
//! logarithms of both tails are concave.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]
#![expect(clippy::many_single_char_names, reason = "the letters of the formulas")]

use std::f64::consts::PI;

use super::gamma::Gamma;
use super::inversion::{FARTHEST, Mass, invert};
use super::normal;
use super::special::{EPSILON, TERMS, TINY, ln_gamma_1p, not_zero, stirling};

/// Shapes of beta above this are integrated numerically: their continued fraction converges slowly.
pub(super) const LARGE_BETA: f64 = 3000.0;

/// A beta of shapes this far apart, or further, is a gamma.
pub(super) const APART: f64 = 1e4;

/// A beta both of whose shapes are above this is nearly normal in its log-odds.
pub(super) const HUGE_BETA: f64 = 1e8;

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

/// The method that finds the tails of a beta distribution.
#[derive(Clone, Debug)]
enum Method {
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
    method: Method,
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
    /// The distribution of two shapes above 0.
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
        let method = if most >= APART * least.max(1.0) || (most > LARGE_BETA && least < 1.0) {
            Method::Gamma(Gamma::new(least), most + 0.5 * (least - 1.0))
        } else if least >= HUGE_BETA {
            nearly_normal(a, b)
        } else if most > LARGE_BETA {
            Method::Integral
        } else {
            Method::Fraction
        };
        Self { a, b, x0, y0, ln_front, ln_front_of_least, method }
    }

    /// The quantile at Φ(z). `hint` is the log-odds of a point close to it.
    pub(crate) fn quantile(&self, z: f64, hint: Option<f64>) -> Point {
        let z = z.clamp(-FARTHEST, FARTHEST);
        match &self.method {
            Method::Gamma(gamma, rate) => {
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
            Method::Normal { mean, sd, cumulants } => self.point(mean + sd * cornish_fisher(z, cumulants)),
            Method::Integral | Method::Fraction => {
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
        match &self.method {
            Method::Gamma(gamma, rate) => {
                let small_is_x = self.a < self.b;
                let small = if small_is_x { x } else { y };
                let u =
                    if small < 0.5 { -libm::log1p(-small) } else { -libm::log(if small_is_x { y } else { x }) } * rate;
                let v = u * (1.0 - (gamma.shape - 1.0) * (u + gamma.shape + 1.0) / (24.0 * rate * rate)).max(0.5);
                let (lower, upper) = gamma.tails(v);
                if small_is_x { (lower, upper) } else { (upper, lower) }
            }
            Method::Normal { mean, sd, cumulants } => {
                let target = ((log_odds - mean) / sd).clamp(-FARTHEST, FARTHEST);
                let mut z = target;
                for _ in 0..6 {
                    z += target - cornish_fisher(z, cumulants);
                }
                (normal::cdf(z), normal::cdf(-z))
            }
            Method::Integral | Method::Fraction => {
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
        if matches!(self.method, Method::Integral) {
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
fn nearly_normal(a: f64, b: f64) -> Method {
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
    Method::Normal { mean: of_a[0] - of_b[0], sd, cumulants: [third, fourth, fifth] }
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
