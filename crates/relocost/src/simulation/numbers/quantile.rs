//! Quantile functions of distributions, compiled for many draws.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::PI;

use num_rational::BigRational;
use num_traits::{Pow, Zero};

use super::normal;
use super::special::{Beta, Gamma};
use crate::exact::from_decimal;
use crate::scenario::Distribution;
use crate::types::Amount;

/// No value is further from 0 than this.
const FARTHEST: f64 = 1e300;

/// The standard normal value at 95 per cent.
const Z95: f64 = 1.644_853_626_951_472_2;

/// Values that are converted together.
const CHUNK: usize = 64;

/// Degree of the polynomials of a table.
const DEGREE: usize = 7;

/// Coefficients of a polynomial, lowest power first.
type Polynomial = [f64; DEGREE + 1];

/// Chebyshev polynomials in powers.
const CHEBYSHEV: [Polynomial; DEGREE + 1] = [
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, -3.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0],
    [1.0, 0.0, -8.0, 0.0, 8.0, 0.0, 0.0, 0.0],
    [0.0, 5.0, 0.0, -20.0, 0.0, 16.0, 0.0, 0.0],
    [-1.0, 0.0, 18.0, 0.0, -48.0, 0.0, 32.0, 0.0],
    [0.0, -7.0, 0.0, 56.0, 0.0, -112.0, 0.0, 64.0],
];

/// A table reaches from minus this to this, in standard normal values.
const REACH: f64 = 8.5;

/// Cells of a table in a unit.
const CELLS_PER_UNIT: f64 = 4.0;

/// Cells of a table.
const CELLS: u32 = 68;

/// A cell is halved at most so often.
const HALVINGS: u32 = 6;

/// Exact quantiles that a table may cost.
const BUDGET: u32 = 12_000;

/// The error of a table, in standard deviations.
const TOLERANCE: f64 = 2e-12;

/// How the values of a distribution are drawn: by its quantile function, compiled for many draws.
#[derive(Clone, Debug)]
pub(crate) struct Quantile {
    law: Law,
    mean: f64,
}

/// The quantile function itself.
#[derive(Clone, Debug)]
enum Law {
    Constant(f64),
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Tabled(Box<Tabled>),
    Discrete(Steps),
    Empirical(Vec<f64>),
}

/// Values and up to where each reaches: in probabilities, and in standard normal values. The last reaches to the end.
#[derive(Clone, Debug)]
struct Steps {
    values: Vec<f64>,
    /// One less than values.
    cumulated: Vec<f64>,
    thresholds: Vec<f64>,
    /// The probability of each value.
    weights: Vec<f64>,
}

/// A law that is inverted numerically, and its table.
#[derive(Clone, Debug)]
struct Tabled {
    exact: Exact,
    table: Table,
}

/// A law that is inverted numerically.
#[derive(Clone, Debug)]
enum Exact {
    /// A gamma distribution times a scale.
    Gamma { law: Gamma, scale: f64 },
    /// A beta distribution between two ends.
    Beta { law: Beta, low: f64, high: f64 },
}

impl Exact {
    /// The quantile at Φ(z), and a hint for the next.
    fn quantile(&self, z: f64, hint: Option<f64>) -> (f64, f64) {
        match self {
            Self::Gamma { law, scale } => {
                let tau = law.quantile(z, hint);
                ((libm::exp(tau) * (law.unit() * scale)).min(FARTHEST), tau)
            }
            Self::Beta { law, low, high } => {
                let point = law.quantile(z, hint);
                let width = high - low;
                let value = if point.x < point.y { low + width * point.x } else { high - width * point.y };
                (value.clamp(*low, *high), point.log_odds)
            }
        }
    }

    /// P(X <= x) and P(X > x).
    fn tails(&self, x: f64) -> (f64, f64) {
        match self {
            Self::Gamma { law, scale } => law.tails(x / scale),
            Self::Beta { law, low, high } => law.tails((x - low) / (high - low), (high - x) / (high - low)),
        }
    }
}

/// Polynomials in a standard normal value, on cells of the same width that are halved where that is needed.
#[derive(Clone, Debug)]
struct Table {
    /// The first polynomial of a cell, and how many it has: 0 where only the exact quantile is good enough.
    cells: Vec<(usize, f64)>,
    polynomials: Vec<Polynomial>,
    low: f64,
    high: f64,
}

impl Table {
    /// Of a law with a standard deviation, whose values lie between `low` and `high`.
    fn new(exact: &Exact, sd: f64, low: f64, high: f64) -> Self {
        let mut table = Self { cells: Vec::new(), polynomials: Vec::new(), low, high };
        let nodes: Polynomial = std::array::from_fn(|j| cosine(j, 1));
        let mut left = BUDGET;
        let mut halvings = 0_u32;
        let mut hint = None;
        for cell in 0..CELLS {
            let from = f64::from(cell) / CELLS_PER_UNIT - REACH;
            let first = table.polynomials.len();
            let mut found = 0.0;
            for halving in halvings.saturating_sub(1)..=HALVINGS {
                let parts = 1_u32 << halving;
                let width = 1.0 / (CELLS_PER_UNIT * f64::from(parts));
                let mut fits = true;
                for part in 0..parts {
                    let middle = from + (f64::from(part) + 0.5) * width;
                    let mut at = |s: f64| {
                        let (value, next) = exact.quantile(middle + 0.5 * width * s, hint);
                        hint = Some(next);
                        left = left.saturating_sub(1);
                        value
                    };
                    // From the lowest on, so that each is close to the one before.
                    let mut values: Polynomial = std::array::from_fn(|j| at(nodes[DEGREE - j]));
                    values.reverse();
                    let polynomial = through(&values);
                    let most = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
                    let tolerance = TOLERANCE * sd + 4.0 * f64::EPSILON * most;
                    fits = [-0.975, 0.22, 0.975]
                        .into_iter()
                        .all(|s| (evaluate(&polynomial, s).clamp(low, high) - at(s)).abs() <= tolerance);
                    if !fits || left == 0 {
                        break;
                    }
                    table.polynomials.push(polynomial);
                }
                if fits && left > 0 {
                    (found, halvings) = (f64::from(parts), halving);
                    break;
                }
                table.polynomials.truncate(first);
                if left == 0 {
                    break;
                }
            }
            table.cells.push((first, found));
        }
        table
    }

    /// The value at a standard normal value, where the table has it.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole parts of what has been held between 0 and the number of cells"
    )]
    fn get(&self, z: f64) -> Option<f64> {
        let place = (z + REACH) * CELLS_PER_UNIT;
        if !(place >= 0.0 && place < f64::from(CELLS)) {
            return None;
        }
        let cell = place as u32;
        let &(first, parts) = self.cells.get(cell as usize)?;
        if parts == 0.0 {
            return None;
        }
        let place = (place - f64::from(cell)) * parts;
        let part = place as u32;
        let polynomial = self.polynomials.get(first + part as usize)?;
        Some(evaluate(polynomial, 2.0 * (place - f64::from(part)) - 1.0).max(self.low).min(self.high))
    }
}

/// cos(π j k / degree).
fn cosine(j: usize, k: usize) -> f64 {
    // Below twice the degree, which is a small whole number.
    let turn = u32::try_from(j * k % (2 * DEGREE)).unwrap_or(0);
    libm::cos(PI * f64::from(turn) / 7.0)
}

/// The polynomial through values at the extrema of the Chebyshev polynomial, the highest first. Clenshaw (1955).
fn through(values: &Polynomial) -> Polynomial {
    let mut powers = [0.0; DEGREE + 1];
    // Less the first value, so that no digit of small differences is lost.
    let base = values[0];
    for (k, chebyshev) in CHEBYSHEV.iter().enumerate() {
        let mut sum = 0.0;
        for (j, value) in values.iter().enumerate() {
            let ends = if j == 0 || j == DEGREE { 0.5 } else { 1.0 };
            sum += ends * (value - base) * cosine(j, k);
        }
        let ends = if k == 0 || k == DEGREE { 0.5 } else { 1.0 };
        let coefficient = sum * ends * 2.0 / 7.0;
        for (power, t) in powers.iter_mut().zip(chebyshev) {
            *power += coefficient * t;
        }
    }
    powers[0] += base;
    powers
}

/// A polynomial at `s`, by Horner's rule.
#[inline]
fn evaluate(c: &Polynomial, s: f64) -> f64 {
    ((((((c[7] * s + c[6]) * s + c[5]) * s + c[4]) * s + c[3]) * s + c[2]) * s + c[1]) * s + c[0]
}

/// The nearest binary number of an amount.
fn number(amount: &Amount) -> f64 {
    amount.to_decimal().to_string().parse().unwrap_or(0.0)
}

/// The nearest binary number of a rational, by its first decimals.
fn nearest(rational: &BigRational) -> f64 {
    const PLACES: u32 = 60;
    let scaled = rational.numer() * num_bigint::BigInt::from(10).pow(PLACES) / rational.denom();
    format!("{scaled}e-{PLACES}").parse().unwrap_or(0.0)
}

impl Quantile {
    /// Of a distribution as it has been read.
    pub(crate) fn new(distribution: &Distribution) -> Self {
        let law = Law::new(distribution);
        let mean = match (&law, distribution.mean()) {
            (Law::Constant(value), _) => *value,
            (_, Some(mean)) => nearest(&mean),
            (Law::Lognormal { mu, sigma }, None) => libm::exp(mu + 0.5 * sigma * sigma).min(FARTHEST),
            _ => 0.0,
        };
        Self { law, mean }
    }

    /// Whether a block is best given as probabilities (false) or as standard normal values (true).
    #[expect(clippy::wrong_self_convention, reason = "it says what is drawn from, and makes nothing")]
    pub(crate) fn from_normal(&self) -> bool {
        matches!(self.law, Law::Normal { .. } | Law::Lognormal { .. } | Law::Tabled(_))
    }

    /// Replaces probabilities, each in (0, 1), by values.
    pub(crate) fn of_uniforms(&self, block: &mut [f64]) {
        match &self.law {
            Law::Constant(value) => block.fill(*value),
            Law::Uniform { low, high } => {
                let width = high - low;
                for value in block {
                    *value = (low + width * *value).max(*low).min(*high);
                }
            }
            Law::Triangular { low, mode, high } => {
                for value in block {
                    *value = triangular(*low, *mode, *high, *value);
                }
            }
            Law::Discrete(steps) => {
                for value in block {
                    *value = steps.at(&steps.cumulated, *value);
                }
            }
            Law::Empirical(values) => {
                for value in block {
                    *value = between(values, *value);
                }
            }
            Law::Normal { .. } | Law::Lognormal { .. } | Law::Tabled(_) => {
                for chunk in block.chunks_mut(CHUNK) {
                    normal::quantiles(chunk);
                    self.of_normals(chunk);
                }
            }
        }
    }

    /// Replaces standard normal values by values.
    pub(crate) fn of_normals(&self, block: &mut [f64]) {
        match &self.law {
            Law::Constant(value) => block.fill(*value),
            Law::Normal { mean, sd } => {
                for value in block {
                    *value = mean + sd * *value;
                }
            }
            Law::Lognormal { mu, sigma } => {
                for value in block {
                    *value = libm::exp(mu + sigma * *value).min(FARTHEST);
                }
            }
            Law::Tabled(tabled) => {
                let mut hint = None;
                for value in block {
                    *value = if let Some(found) = tabled.table.get(*value) {
                        found
                    } else {
                        let (found, _) = tabled.exact.quantile(if value.is_nan() { 0.0 } else { *value }, hint.take());
                        found
                    };
                }
            }
            Law::Discrete(steps) => {
                for value in block {
                    *value = steps.at(&steps.thresholds, *value);
                }
            }
            Law::Uniform { .. } | Law::Triangular { .. } | Law::Empirical(_) => {
                for chunk in block.chunks_mut(CHUNK) {
                    for value in chunk.iter_mut() {
                        *value = normal::cdf(*value);
                    }
                    self.of_uniforms(chunk);
                }
            }
        }
    }

    /// The value at a probability between 0 and 1, without the table.
    pub(crate) fn at(&self, p: f64) -> f64 {
        if let Law::Tabled(tabled) = &self.law {
            return tabled.exact.quantile(normal::quantile(p), None).0;
        }
        let mut block = [p];
        self.of_uniforms(&mut block);
        block[0]
    }

    /// The mean.
    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    /// P(X < x).
    pub(crate) fn below(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// P(X > x).
    pub(crate) fn above(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// The constant of one without spread.
    pub(crate) fn constant(&self) -> Option<f64> {
        if let Law::Constant(value) = self.law { Some(value) } else { None }
    }

    /// P(X < x) and P(X > x).
    fn tails(&self, x: f64) -> (f64, f64) {
        let sides = |below: bool| if below { 1.0 } else { 0.0 };
        let of_normal = |z: f64| (normal::cdf(z), normal::cdf(-z));
        match &self.law {
            Law::Constant(value) => (sides(*value < x), sides(*value > x)),
            Law::Uniform { low, high } => {
                let width = high - low;
                (((x - low) / width).clamp(0.0, 1.0), ((high - x) / width).clamp(0.0, 1.0))
            }
            Law::Triangular { low, mode, high } => {
                let width = high - low;
                if x <= *low || x >= *high {
                    (sides(x >= *high), sides(x <= *low))
                } else if x < *mode {
                    let below = (x - low) / width * ((x - low) / (mode - low));
                    (below, 1.0 - below)
                } else {
                    let above = (high - x) / width * ((high - x) / (high - mode));
                    (1.0 - above, above)
                }
            }
            Law::Normal { mean, sd } => of_normal((x - mean) / sd),
            Law::Lognormal { .. } if x <= 0.0 => (0.0, 1.0),
            Law::Lognormal { mu, sigma } => of_normal((libm::log(x) - mu) / sigma),
            Law::Tabled(tabled) => tabled.exact.tails(x),
            Law::Discrete(steps) => {
                let sum = |part: Option<&[f64]>| part.unwrap_or_default().iter().sum::<f64>().min(1.0);
                let below = steps.values.partition_point(|value| *value < x);
                let up_to = steps.values.partition_point(|value| *value <= x);
                (sum(steps.weights.get(..below)), sum(steps.weights.get(up_to..)))
            }
            Law::Empirical(values) => observed_tails(values, x),
        }
    }
}

impl Law {
    fn new(distribution: &Distribution) -> Self {
        match distribution {
            Distribution::Uniform { low, high } => {
                let (low, high) = (number(low), number(high));
                if low < high { Self::Uniform { low, high } } else { Self::Constant(low) }
            }
            Distribution::Triangular { low, mode, high } => {
                let (low, mode, high) = (number(low), number(mode), number(high));
                if low < high { Self::Triangular { low, mode, high } } else { Self::Constant(low) }
            }
            Distribution::Pert { low, mode, high, shape } => {
                // As rationals: the mode may be close to an end.
                let exact = |amount: &Amount| from_decimal(amount.to_decimal());
                let width = exact(high) - exact(low);
                if width <= BigRational::zero() {
                    return Self::Constant(number(low));
                }
                let share = |part: BigRational| 1.0 + nearest(&(exact(shape) * part / &width));
                let alpha = share(exact(mode) - exact(low));
                let beta = share(exact(high) - exact(mode));
                Self::beta(alpha, beta, number(low), number(high))
            }
            Distribution::Normal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if sd > 0.0 { Self::Normal { mean, sd } } else { Self::Constant(mean) }
            }
            Distribution::Lognormal { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if !(sd > 0.0 && mean > 0.0) {
                    return Self::Constant(mean);
                }
                let variance = libm::log1p((sd / mean) * (sd / mean));
                Self::Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: variance.sqrt() }
            }
            Distribution::LognormalQuantiles { p5, p95 } => {
                let (low, high) = (number(p5), number(p95));
                if !(low > 0.0 && low < high) {
                    return Self::Constant(low);
                }
                let spread = libm::log1p((high - low) / low);
                Self::Lognormal { mu: libm::log(low) + 0.5 * spread, sigma: 0.5 * spread / Z95 }
            }
            Distribution::Gamma { mean, sd } => {
                let (mean, sd) = (number(mean), number(sd));
                if !(sd > 0.0 && mean > 0.0) {
                    return Self::Constant(mean);
                }
                let shape = (mean / sd) * (mean / sd);
                let exact = Exact::Gamma { law: Gamma::new(shape), scale: sd * (sd / mean) };
                let table = Table::new(&exact, sd, 0.0, FARTHEST);
                Self::Tabled(Box::new(Tabled { exact, table }))
            }
            Distribution::Beta { alpha, beta, low, high } => {
                let (low, high) = (number(low), number(high));
                if low < high { Self::beta(number(alpha), number(beta), low, high) } else { Self::Constant(low) }
            }
            Distribution::Discrete { values, weights } => Self::discrete(values, weights),
            Distribution::Empirical { values } => {
                let mut values: Vec<f64> = values.iter().map(number).collect();
                values.sort_by(f64::total_cmp);
                match (values.first(), values.last()) {
                    (Some(first), Some(last)) if first < last => Self::Empirical(values),
                    (first, _) => Self::Constant(first.copied().unwrap_or(0.0)),
                }
            }
        }
    }

    /// A beta distribution between two ends.
    fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Self {
        if !(alpha > 0.0 && beta > 0.0) {
            return Self::Constant(low);
        }
        let sum = alpha + beta;
        let sd = (high - low) * ((alpha / sum) * (beta / sum) / (sum + 1.0)).sqrt();
        let exact = Exact::Beta { law: Beta::new(alpha, beta), low, high };
        let table = Table::new(&exact, sd, low, high);
        Self::Tabled(Box::new(Tabled { exact, table }))
    }

    /// Sorted, equal values merged, without those of no weight.
    fn discrete(values: &[Amount], weights: &[Amount]) -> Self {
        let mut pairs: Vec<_> = values
            .iter()
            .zip(weights)
            .map(|(value, weight)| (value.to_decimal(), from_decimal(weight.to_decimal())))
            .filter(|(_, weight)| *weight > BigRational::zero())
            .collect();
        pairs.sort_by_key(|pair| pair.0);
        pairs.dedup_by(|next, kept| {
            let equal = next.0 == kept.0;
            if equal {
                kept.1 += &next.1;
            }
            equal
        });
        let total: BigRational = pairs.iter().map(|(_, weight)| weight).sum();
        let numbers: Vec<f64> = pairs.iter().map(|(value, _)| value.to_string().parse().unwrap_or(0.0)).collect();
        if numbers.len() < 2 {
            return Self::Constant(numbers.first().or(None).copied().unwrap_or(0.0));
        }
        let (mut cumulated, mut thresholds) = (Vec::new(), Vec::new());
        let mut sum = BigRational::zero();
        for (_, weight) in pairs.iter().take(pairs.len() - 1) {
            sum += weight;
            let below = nearest(&(&sum / &total));
            cumulated.push(below);
            // From the smaller side, which keeps its digits.
            thresholds.push(if below <= 0.5 {
                normal::quantile(below)
            } else {
                -normal::quantile(nearest(&((&total - &sum) / &total)))
            });
        }
        let weights = pairs.iter().map(|(_, weight)| nearest(&(weight / &total))).collect();
        Self::Discrete(Steps { values: numbers, cumulated, thresholds, weights })
    }
}

impl Steps {
    /// The smallest value that reaches up to `place`.
    fn at(&self, reaches: &[f64], place: f64) -> f64 {
        let index = reaches.partition_point(|reach| *reach < place);
        self.values.get(index).copied().unwrap_or(0.0)
    }
}

/// The quantile of a triangle.
fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    let value = if u * width < mode - low {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u).max(0.0) * width * (high - mode)).sqrt()
    };
    value.max(low).min(high)
}

/// The quantile of observed values, linear between them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "whole parts of what has been held between 0 and the number of values"
)]
fn between(values: &[f64], u: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    let place = (u * last as f64).max(0.0).min(last as f64);
    let index = (place as usize).min(last.saturating_sub(1));
    match (values.get(index), values.get(index + 1)) {
        (Some(low), Some(high)) => (low + (high - low) * (place - index as f64)).max(*low).min(*high),
        (Some(low), None) => *low,
        _ => 0.0,
    }
}

/// P(X < x) and P(X > x) of observed values.
#[expect(clippy::cast_precision_loss, reason = "no list has 2^53 values")]
fn observed_tails(values: &[f64], x: f64) -> (f64, f64) {
    let gaps = values.len().saturating_sub(1) as f64;
    // How far x lies from the value before `index` to that one.
    let part = |index: usize| match (index.checked_sub(1).and_then(|before| values.get(before)), values.get(index)) {
        (Some(low), Some(high)) if low < high => ((x - low) / (high - low)).clamp(0.0, 1.0),
        _ => 0.0,
    };
    let below = match values.partition_point(|value| *value < x) {
        0 => 0.0,
        all if all == values.len() => 1.0,
        index => ((index - 1) as f64 + part(index)) / gaps,
    };
    let above = match values.partition_point(|value| *value <= x) {
        0 => 1.0,
        all if all == values.len() => 0.0,
        index => ((values.len() - index) as f64 - part(index)) / gaps,
    };
    (below, above)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn grid() {
        let Ok(text) = std::fs::read_to_string("/tmp/grid.txt") else { return };
        let mut worst: std::collections::BTreeMap<String, (f64, f64, f64)> = std::collections::BTreeMap::new();
        let mut cache: std::collections::BTreeMap<String, Quantile> = std::collections::BTreeMap::new();
        for line in text.lines() {
            let f: Vec<&str> = line.split(' ').collect();
            let key = f[..5].join(" ");
            let q = cache.entry(key.clone()).or_insert_with(|| {
                let (a, b) = (amount(f[1]), amount(f[2]));
                let start = std::time::Instant::now();
                let q = Quantile::new(&match f[0] {
                    "gamma" => Distribution::Gamma { mean: a, sd: b },
                    "lognormal" => Distribution::Lognormal { mean: a, sd: b },
                    "beta" => Distribution::Beta { alpha: a, beta: b, low: amount(f[3]), high: amount(f[4]) },
                    _ => Distribution::Pert { low: a, mode: b, high: amount(f[3]), shape: amount(f[4]) },
                });
                let built = start.elapsed();
                if let Law::Tabled(t) = &q.law {
                    let n = 200_000;
                    let mut v: Vec<f64> = (0..n).map(|i| (f64::from(i) + 0.5) / f64::from(n)).collect();
                    for i in 0..n as usize {
                        let j = (i * 7919) % n as usize;
                        v.swap(i, j);
                    }
                    normal::quantiles(&mut v);
                    let start = std::time::Instant::now();
                    q.of_normals(&mut v);
                    println!(
                        "{key}: {} polynomials, {} cells without, built {built:?}, {:.2} ns a value",
                        t.table.polynomials.len(),
                        t.table.cells.iter().filter(|c| c.1 == 0.0).count(),
                        start.elapsed().as_secs_f64() * 1e9 / f64::from(n)
                    );
                }
                q
            });
            let (u, value, sd): (f64, f64, f64) = (f[5].parse().unwrap(), f[6].parse().unwrap(), f[7].parse().unwrap());
            let at = q.at(u);
            let mut block = [u];
            q.of_uniforms(&mut block);
            let e = worst.entry(key).or_default();
            let bump = |slot: &mut f64, v: f64| {
                if v > *slot || v.is_nan() {
                    *slot = v
                }
            };
            bump(&mut e.0, (at - value).abs() / sd);
            bump(&mut e.1, (block[0] - at).abs() / sd);
            bump(&mut e.2, (at - value).abs() / value.abs().max(1e-300));
        }
        for (key, e) in worst {
            println!("{key}: at-scipy {:.1e} sd, table-at {:.1e} sd, relative {:.1e}", e.0, e.1, e.2);
        }
    }
}
