//! Quantile functions of distributions, compiled for many draws.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::PI;

use num_rational::BigRational;
use num_traits::Zero;

use super::binary;
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
const BUDGET: u32 = 8_000;

/// The error of a table, in standard deviations.
const TOLERANCE: f64 = 1e-12;

/// The error of a table of logarithms, relative to the distance from the end.
const RELATIVE_TOLERANCE: f64 = 4e-12;

/// Distances from an end below this, in standard deviations, need not be told apart.
const NEGLIGIBLE: f64 = 1e-30;

/// The least distance whose logarithm is taken.
const NEAREST: f64 = 1e-300;

/// Within a polynomial, logarithms do not differ by more than this.
const STEEP: f64 = 50.0;

/// Nearer to an end than this, in standard deviations, a table is of the logarithm of the distance.
const NEAR: f64 = 0.002;

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
    /// The probability up to each value, but for the last.
    cumulated: Vec<f64>,
    /// Standard normal values of these.
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
    /// The quantile at Φ(z). `hint` is of a place close to it.
    fn quantile(&self, z: f64, hint: Option<f64>) -> Place {
        match self {
            Self::Gamma { law, scale } => {
                let hint = law.quantile(z, hint);
                let value = (libm::exp(hint) * (law.unit() * scale)).min(FARTHEST);
                Place { value, above_low: value, below_high: FARTHEST, hint }
            }
            Self::Beta { law, low, high } => {
                let point = law.quantile(z, hint);
                let (above_low, below_high) = ((high - low) * point.x, (high - low) * point.y);
                let value = if point.x < point.y { low + above_low } else { high - below_high };
                Place { value: value.clamp(*low, *high), above_low, below_high, hint: point.log_odds }
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

/// A quantile, how far it is from both ends, and where the law's own search ended.
#[derive(Clone, Copy, Debug)]
struct Place {
    value: f64,
    above_low: f64,
    below_high: f64,
    hint: f64,
}

/// What the polynomials of a cell are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The value.
    Value,
    /// The logarithm of how far the value is above the lower end: where that is small, it keeps its digits.
    AboveLow,
    /// The logarithm of how far the value is below the upper end.
    BelowHigh,
}

impl Of {
    /// What the polynomial goes through.
    fn ordinate(self, place: &Place) -> f64 {
        match self {
            Self::Value => place.value,
            Self::AboveLow => libm::log(place.above_low.max(NEAREST)),
            Self::BelowHigh => libm::log(place.below_high.max(NEAREST)),
        }
    }

    /// Whether logarithms rise or fall so much that the places looked at may miss it.
    fn steep(self, one: f64, other: f64, sd: f64) -> bool {
        self != Self::Value && (one - other).abs() > STEEP && one.max(other) > libm::log(NEGLIGIBLE * sd)
    }

    /// Whether the polynomial is good enough at a place.
    fn fits(self, found: f64, place: &Place, sd: f64) -> bool {
        match self {
            Self::Value => (found - place.value).abs() <= TOLERANCE * sd + 4.0 * f64::EPSILON * place.value.abs(),
            Self::AboveLow => close(libm::exp(found), place.above_low, sd),
            Self::BelowHigh => close(libm::exp(found), place.below_high, sd),
        }
    }
}

/// Whether a distance from an end is as it should be, relative to itself where it is not negligible.
fn close(found: f64, distance: f64, sd: f64) -> bool {
    (found - distance).abs() <= RELATIVE_TOLERANCE * distance + NEGLIGIBLE * sd
}

/// A cell of a table: its first polynomial and how many it has; 0 where only the exact quantile is good enough.
#[derive(Clone, Copy, Debug)]
struct Cell {
    first: usize,
    parts: f64,
    of: Of,
}

/// Polynomials in a standard normal value, on cells of the same width that are halved where that is needed.
#[derive(Clone, Debug)]
struct Table {
    cells: Vec<Cell>,
    polynomials: Vec<Polynomial>,
    low: f64,
    high: f64,
}

impl Table {
    /// Of a law with a standard deviation, whose values lie between `low` and `high`.
    fn new(exact: &Exact, sd: f64, low: f64, high: f64) -> Self {
        let mut table = Self { cells: Vec::new(), polynomials: Vec::new(), low, high };
        let nodes: Polynomial = std::array::from_fn(|j| cosine(j, 1));
        let left = std::cell::Cell::new(BUDGET);
        let mut halvings = 0_u32;
        let mut hint = None;
        for cell in 0..CELLS {
            let from = f64::from(cell) / CELLS_PER_UNIT - REACH;
            let first = table.polynomials.len();
            let mut at = |z: f64| {
                let place = exact.quantile(z, hint);
                hint = Some(place.hint);
                left.set(left.get().saturating_sub(1));
                place
            };
            let (start, end) = (at(from), at(from + 1.0 / CELLS_PER_UNIT));
            let of = if start.above_low < NEAR * sd {
                Of::AboveLow
            } else if end.below_high < NEAR * sd {
                Of::BelowHigh
            } else {
                Of::Value
            };
            let mut found = 0.0;
            for halving in halvings.saturating_sub(1)..=HALVINGS {
                let parts = 1_u32 << halving;
                let width = 1.0 / (CELLS_PER_UNIT * f64::from(parts));
                let fits = (0..parts).all(|part| {
                    let middle = from + (f64::from(part) + 0.5) * width;
                    let mut at = |s: f64| at(middle + 0.5 * width * s);
                    // From the lowest on, so that each is close to the one before.
                    let mut values: Polynomial = std::array::from_fn(|j| of.ordinate(&at(nodes[DEGREE - j])));
                    values.reverse();
                    if of.steep(values[0], values[DEGREE], sd) {
                        return false;
                    }
                    let polynomial = through(&values);
                    table.polynomials.push(polynomial);
                    [0.975, 0.22, -0.975].into_iter().all(|s| of.fits(evaluate(&polynomial, s), &at(s), sd))
                });
                if fits {
                    (found, halvings) = (f64::from(parts), halving);
                    break;
                }
                table.polynomials.truncate(first);
                if left.get() == 0 {
                    break;
                }
            }
            table.cells.push(Cell { first, parts: found, of });
            if left.get() == 0 {
                break;
            }
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
        let index = place as u32;
        let cell = self.cells.get(index as usize)?;
        if cell.parts == 0.0 {
            return None;
        }
        let place = (place - f64::from(index)) * cell.parts;
        let part = place as u32;
        let polynomial = self.polynomials.get(cell.first + part as usize)?;
        let found = evaluate(polynomial, 2.0 * (place - f64::from(part)) - 1.0);
        let value = match cell.of {
            Of::Value => found,
            Of::AboveLow => self.low + libm::exp(found),
            Of::BelowHigh => self.high - libm::exp(found),
        };
        Some(value.max(self.low).min(self.high))
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

impl Quantile {
    /// Of a distribution as it has been read.
    pub(crate) fn new(distribution: &Distribution) -> Self {
        let law = Law::new(distribution);
        let mean = match (&law, distribution.mean()) {
            (Law::Constant(value), _) => *value,
            (_, Some(mean)) => binary::float(&mean),
            (Law::Lognormal { mu, sigma }, None) => libm::exp(mu + 0.5 * sigma * sigma).min(FARTHEST),
            _ => 0.0,
        };
        Self { law, mean }
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
                for value in block {
                    *value = match tabled.table.get(*value) {
                        Some(found) => found,
                        None if value.is_nan() => self.mean,
                        None => tabled.exact.quantile(*value, None).value,
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
            return tabled.exact.quantile(normal::quantile(p), None).value;
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
    #[cfg(test)]
    fn constant(&self) -> Option<f64> {
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
                let sum = |part: Option<&[f64]>| {
                    part.unwrap_or_default().iter().fold(0.0, |sum, weight| sum + weight).min(1.0)
                };
                let below = steps.values.partition_point(|value| *value < x);
                let up_to = steps.values.partition_point(|value| *value <= x);
                (sum(steps.weights.get(..below)), sum(steps.weights.get(up_to..)))
            }
            Law::Empirical(values) => observed_tails(values, x),
        }
    }
}

impl Law {
    /// Of a distribution as it has been read.
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
                let share = |part: BigRational| 1.0 + binary::float(&(exact(shape) * part / &width));
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
        if !(alpha > 0.0 && beta > 0.0 && low < high) {
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
            let below = binary::float(&(&sum / &total));
            cumulated.push(below);
            // As of the probability itself, so that ties are the same; but a small rest keeps its digits.
            let rest = binary::float(&((&total - &sum) / &total));
            thresholds.push(if rest > 1e-9 { normal::quantile(below) } else { -normal::quantile(rest) });
        }
        let weights = pairs.iter().map(|(_, weight)| binary::float(&(weight / &total))).collect();
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

    /// Probabilities of both tails and of the middle.
    fn probabilities() -> Vec<f64> {
        let tails = [1e-16, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3];
        let mut all: Vec<f64> = tails.to_vec();
        all.extend((1..50).map(|i| f64::from(i) / 50.0));
        all.extend(tails.iter().rev().map(|tail| 1.0 - tail));
        all
    }

    /// `scale` is what errors are relative to, where no value is further from 0.
    fn values_are_numbers(distribution: &Distribution, scale: f64, low: f64, high: f64) {
        let quantile = Quantile::new(distribution);
        let (mut block, mut of_normals) = (probabilities(), probabilities());
        quantile.of_uniforms(&mut block);
        normal::quantiles(&mut of_normals);
        quantile.of_normals(&mut of_normals);
        // Between two ends that share all of the probability, a quantile hangs on its last digits.
        let noise = match distribution {
            Distribution::Beta { alpha, beta, .. } => 1e-14 / number(alpha.min(beta)),
            _ => 0.0,
        };
        let mut before = f64::NEG_INFINITY;
        let reach = block.iter().fold(scale, |most, value| most.max(value.abs()));
        for ((u, value), other) in probabilities().into_iter().zip(block).zip(of_normals) {
            let at = quantile.at(u);
            for value in [value, other, at] {
                assert!(value.is_finite() && value >= low && value <= high, "{distribution:?} at {u}: {value}");
            }
            assert!(value >= before - (1e-11 + noise) * reach, "{distribution:?} at {u}: {value} after {before}");
            assert!((value - at).abs() <= (1e-10 + noise) * reach, "{distribution:?} at {u}: {value} against {at}");
            before = value;
        }
        for x in [-1e15, -1.0, 0.0, 1e-12, 0.5, 1.0, 1e6, 1e15, quantile.mean()] {
            let (below, above) = (quantile.below(x), quantile.above(x));
            assert!((0.0..=1.0).contains(&below) && (0.0..=1.0).contains(&above), "{distribution:?}: {below} {above}");
            assert!(below + above <= 1.0 + 1e-9, "{distribution:?}: {below} {above}");
        }
        assert!(quantile.mean().is_finite());
    }

    #[test]
    fn extremes_give_numbers() {
        let extremes = ["0.000000000001", "0.0003", "0.7", "1", "1000", "30000000000", "999999999999999.999999999999"];
        for one in extremes {
            for two in extremes {
                let (first, second) = (amount(one), amount(two));
                let sd = number(&second);
                values_are_numbers(&Distribution::Gamma { mean: first, sd: second }, sd, 0.0, FARTHEST);
                values_are_numbers(&Distribution::Lognormal { mean: first, sd: second }, sd, 0.0, FARTHEST);
                let (low, high) = (amount("-2"), amount("5"));
                values_are_numbers(&Distribution::Beta { alpha: first, beta: second, low, high }, 0.0, -2.0, 5.0);
                let (low, high) = (amount("0"), amount("999999999999999.999999999999"));
                values_are_numbers(&Distribution::Pert { low, mode: first, high, shape: second }, 0.0, 0.0, 1e15);
                if number(&first) <= sd {
                    let quantiles = Distribution::LognormalQuantiles { p5: first, p95: second };
                    values_are_numbers(&quantiles, sd, 0.0, FARTHEST);
                    let (low, mode, high) = (first, second, second);
                    values_are_numbers(&Distribution::Triangular { low, mode, high }, 0.0, 0.0, 1e15);
                    values_are_numbers(&Distribution::Uniform { low, high }, 0.0, 0.0, 1e15);
                }
                values_are_numbers(&Distribution::Normal { mean: first, sd: second }, sd, -1e17, 1e17);
            }
        }
    }

    /// One of each kind, its standard deviation, and whether its quantile function has no kink.
    fn one_of_each() -> Vec<(Distribution, f64, bool)> {
        let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
        let (low, mode, high) = (amount("100"), amount("250"), amount("967"));
        let pert = |mode: Amount, shape: &str, sd: f64| {
            (Distribution::Pert { low, mode, high, shape: amount(shape) }, sd, true)
        };
        let beta = |alpha: &str, beta: &str| {
            let (a, b) = (amount(alpha), amount(beta));
            let (x, y) = (number(&a), number(&b));
            let sd = 867.0 * (x * y / (x + y + 1.0)).sqrt() / (x + y);
            (Distribution::Beta { alpha: a, beta: b, low, high }, sd, true)
        };
        let gamma = |mean: &str, sd: &str| {
            (Distribution::Gamma { mean: amount(mean), sd: amount(sd) }, number(&amount(sd)), true)
        };
        let pert_sd = |mode: f64, shape: f64| {
            let (a, b) = (1.0 + shape * (mode - 100.0) / 867.0, 1.0 + shape * (967.0 - mode) / 867.0);
            867.0 * (a * b / (a + b + 1.0)).sqrt() / (a + b)
        };
        let sigma = libm::log(800.0 / 90.0) / (2.0 * Z95);
        let by_quantiles = libm::exp(libm::log(800.0 * 90.0) / 2.0 + sigma * sigma / 2.0);
        vec![
            (Distribution::Uniform { low, high }, 867.0 / 12.0_f64.sqrt(), false),
            (Distribution::Triangular { low, mode, high }, (644_139.0_f64 / 18.0).sqrt(), false),
            (Distribution::Triangular { low, mode: low, high }, 867.0 / 18.0_f64.sqrt(), false),
            (Distribution::Triangular { low, mode: high, high }, 867.0 / 18.0_f64.sqrt(), false),
            pert(mode, "4", pert_sd(250.0, 4.0)),
            pert(low, "4", pert_sd(100.0, 4.0)),
            pert(high, "0.01", pert_sd(967.0, 0.01)),
            pert(mode, "3000", pert_sd(250.0, 3000.0)),
            (Distribution::Normal { mean: amount("-4"), sd: amount("2.5") }, 2.5, true),
            (Distribution::Lognormal { mean: amount("1200"), sd: amount("400") }, 400.0, true),
            (
                Distribution::LognormalQuantiles { p5: amount("90"), p95: amount("800") },
                by_quantiles * libm::expm1(sigma * sigma).sqrt(),
                true,
            ),
            gamma("1000", "1000"),
            gamma("1000", "30"),
            gamma("1000", "3000"),
            gamma("1000", "1"),
            beta("0.5", "0.5"),
            beta("2", "5"),
            beta("0.2", "3"),
            beta("700", "9"),
            (
                Distribution::Discrete { values: list(&["4", "1", "4"]), weights: list(&["1", "3", "1"]) },
                2.16_f64.sqrt(),
                false,
            ),
            // Three equal pieces between 1, 3, 3 and 9.
            (Distribution::Empirical { values: list(&["3", "9", "1", "3"]) }, 2.0, false),
        ]
    }

    #[test]
    fn means_and_spreads_are_those_of_the_closed_forms() {
        for (distribution, sd, smooth) in one_of_each() {
            let quantile = Quantile::new(&distribution);
            // Over standard normal values the trapezoidal rule is exact where nothing has a kink.
            let (mut block, weights): (Vec<f64>, Vec<f64>) = if smooth {
                let step = 1.0 / 32.0;
                let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
                (-272..=272).map(|i| f64::from(i) * step).map(|z| (z, step * density(z))).unzip()
            } else {
                (0..60_000).map(|i| ((f64::from(i) + 0.5) / 60_000.0, 1.0 / 60_000.0)).unzip()
            };
            if smooth {
                quantile.of_normals(&mut block);
            } else {
                quantile.of_uniforms(&mut block);
            }
            let mean: f64 = block.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let square = |value: &f64| (value - quantile.mean()) * (value - quantile.mean());
            let variance: f64 = block.iter().zip(&weights).map(|(value, weight)| square(value) * weight).sum();
            let tolerance = if smooth { 1e-9 } else { 1e-4 };
            assert!((mean - quantile.mean()).abs() <= tolerance * sd, "{distribution:?}: {mean} {}", quantile.mean());
            assert!((variance.sqrt() - sd).abs() <= tolerance * sd, "{distribution:?}: {} {sd}", variance.sqrt());
        }
    }

    #[test]
    fn draws_and_single_points_agree() {
        for (distribution, sd, _) in one_of_each() {
            let quantile = Quantile::new(&distribution);
            let u: Vec<f64> =
                probabilities().into_iter().chain((0..400).map(|i| (f64::from(i) + 0.37) / 400.0)).collect();
            let (mut uniforms, mut normals) = (u.clone(), u.clone());
            quantile.of_uniforms(&mut uniforms);
            normal::quantiles(&mut normals);
            quantile.of_normals(&mut normals);
            for ((u, one), other) in u.into_iter().zip(uniforms).zip(normals) {
                let at = quantile.at(u);
                assert!((one - at).abs() <= 1e-11 * sd.max(1e-3 * at.abs()), "{distribution:?} at {u}: {one} {at}");
                // A quantile function that is steep at its end shows the rounding of a probability.
                let rounding = if u > 0.999_999 { 1e-6 } else { 1e-10 };
                assert!((one - other).abs() <= rounding * sd, "{distribution:?} at {u}: {one} {other}");
            }
        }
    }

    #[test]
    fn draws_are_distributed_as_the_closed_forms_say() {
        const COUNT: u32 = 100_000;
        for (distribution, ..) in one_of_each() {
            let quantile = Quantile::new(&distribution);
            // One in each stratum, its place in it hashed.
            let mut block: Vec<f64> = (0..COUNT)
                .map(|i| {
                    (f64::from(i) + (f64::from(i.wrapping_mul(2_654_435_769) >> 8) + 0.5) / 16_777_216.0)
                        / f64::from(COUNT)
                })
                .collect();
            quantile.of_uniforms(&mut block);
            let mut before = f64::NEG_INFINITY;
            for (i, value) in (0..COUNT).zip(block) {
                assert!(value >= before - 1e-11 * value.abs().max(1.0), "{distribution:?}: {value} after {before}");
                before = value;
                if i % 199 != 0 {
                    continue;
                }
                let u = (f64::from(i) + 0.5) / f64::from(COUNT);
                let (below, up_to) = (quantile.below(value), 1.0 - quantile.above(value));
                let distance = (below - u).max(u - up_to);
                assert!(distance <= 0.51 / f64::from(COUNT), "{distribution:?} at {u}: {below} {up_to}");
            }
        }
    }

    #[test]
    fn a_tie_gives_the_smaller_value() {
        let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
        let values = list(&["30", "10", "20", "15"]);
        let quantile = Quantile::new(&Distribution::Discrete { values, weights: list(&["2", "1", "1", "0"]) });
        let mut block = [0.25, 0.250_000_1, 0.5, 0.500_000_1, 1.0 - 1e-16, 1e-300];
        quantile.of_uniforms(&mut block);
        assert_eq!(block.map(f64::to_bits), [10.0, 20.0, 20.0, 30.0, 30.0, 10.0].map(f64::to_bits));
        let mut block = [normal::quantile(0.25), 0.0, 1e-9, -8.3, 8.3];
        quantile.of_normals(&mut block);
        assert_eq!(block.map(f64::to_bits), [10.0, 20.0, 30.0, 10.0, 30.0].map(f64::to_bits));
        let tails = [quantile.below(20.0), quantile.above(20.0), quantile.below(15.0), quantile.above(30.0)];
        assert_eq!(tails.map(f64::to_bits), [0.25, 0.5, 0.25, 0.0].map(f64::to_bits));
    }

    #[test]
    fn one_without_spread_is_its_constant() {
        let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
        let (four, none) = (amount("4"), amount("0"));
        let cases = [
            (Distribution::Uniform { low: four, high: four }, 4.0),
            (Distribution::Triangular { low: four, mode: four, high: four }, 4.0),
            (Distribution::Pert { low: four, mode: four, high: four, shape: four }, 4.0),
            (Distribution::Normal { mean: four, sd: none }, 4.0),
            (Distribution::Lognormal { mean: four, sd: none }, 4.0),
            (Distribution::Lognormal { mean: none, sd: none }, 0.0),
            (Distribution::LognormalQuantiles { p5: four, p95: four }, 4.0),
            (Distribution::Gamma { mean: four, sd: none }, 4.0),
            (Distribution::Gamma { mean: none, sd: none }, 0.0),
            (Distribution::Beta { alpha: four, beta: four, low: four, high: four }, 4.0),
            (Distribution::Discrete { values: list(&["4", "7"]), weights: list(&["1", "0"]) }, 4.0),
            (Distribution::Discrete { values: list(&["4", "4"]), weights: list(&["1", "2"]) }, 4.0),
            (Distribution::Empirical { values: list(&["4"]) }, 4.0),
            (Distribution::Empirical { values: list(&["4", "4", "4"]) }, 4.0),
        ];
        for (distribution, constant) in cases {
            let quantile = Quantile::new(&distribution);
            assert_eq!(quantile.constant(), Some(constant), "{distribution:?}");
            let mut block = [0.1, 0.5];
            quantile.of_uniforms(&mut block);
            let found = [block[0], block[1], quantile.at(0.9), quantile.mean()];
            assert_eq!(found.map(f64::to_bits), [constant; 4].map(f64::to_bits), "{distribution:?}");
            let sides = [quantile.below(constant), quantile.above(constant), quantile.above(constant - 1.0)];
            assert_eq!(sides.map(f64::to_bits), [0.0, 0.0, 1.0].map(f64::to_bits), "{distribution:?}");
        }
    }

    #[test]
    fn quantiles_are_those_of_the_closed_forms() {
        type Closed = fn(f64) -> f64;
        let (low, high) = (amount("2"), amount("6"));
        let (one, shape) = (amount("1"), amount("4"));
        let cases: [(Distribution, Closed); 7] = [
            (Distribution::Gamma { mean: amount("3"), sd: amount("3") }, |u| -3.0 * libm::log1p(-u)),
            (Distribution::Beta { alpha: one, beta: one, low, high }, |u| 2.0 + 4.0 * u),
            (Distribution::Beta { alpha: shape, beta: one, low, high }, |u| 2.0 + 4.0 * libm::pow(u, 0.25)),
            (Distribution::Pert { low, mode: low, high, shape }, |u| 2.0 - 4.0 * libm::expm1(libm::log1p(-u) / 5.0)),
            (Distribution::Beta { alpha: amount("0.5"), beta: amount("0.5"), low, high }, |u| {
                let sine = libm::sin(0.5 * PI * u);
                2.0 + 4.0 * sine * sine
            }),
            (Distribution::Triangular { low, mode: high, high }, |u| 2.0 + 4.0 * u.sqrt()),
            (Distribution::LognormalQuantiles { p5: low, p95: high }, |u| {
                let share = 0.5 + 0.5 * normal::quantile(u) / Z95;
                2.0 * libm::pow(3.0, share)
            }),
        ];
        for (distribution, closed) in cases {
            let quantile = Quantile::new(&distribution);
            for u in probabilities().into_iter().filter(|u| *u <= 0.9999) {
                let mut block = [u];
                quantile.of_uniforms(&mut block);
                let expected = closed(u);
                let at = quantile.at(u);
                assert!((at - expected).abs() <= 1e-12 * expected, "{distribution:?} at {u}: {at} {expected}");
                assert!((block[0] - expected).abs() <= 1e-11, "{distribution:?} at {u}: {} {expected}", block[0]);
            }
        }
    }
}
