//! Quantile functions that are found numerically, and the piecewise polynomials that stand in for them.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::PI;

use super::super::beta::Beta;
use super::super::gamma::Gamma;
use super::FARTHEST;

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

/// Distances from an end below this, in standard deviations, need not be distinguished.
const NEGLIGIBLE: f64 = 1e-30;

/// The least distance whose logarithm is taken.
const NEAREST: f64 = 1e-300;

/// Within a polynomial, logarithms do not differ by more than this.
const STEEP: f64 = 50.0;

/// Nearer to an end than this, in standard deviations, a table is of the logarithm of the distance.
const NEAR: f64 = 0.002;

/// A law that is inverted numerically, and its table.
#[derive(Clone, Debug)]
pub(super) struct Interpolated {
    pub(super) exact: NumericalInverse,
    pub(super) interpolant: Interpolant,
}

/// A law that is inverted numerically.
#[derive(Clone, Debug)]
pub(super) enum NumericalInverse {
    /// A gamma distribution times a scale.
    Gamma { law: Gamma, scale: f64 },
    /// A beta distribution between two ends.
    Beta { law: Beta, low: f64, high: f64 },
}

impl NumericalInverse {
    /// The quantile at Φ(z). `hint` is of a place close to it.
    pub(super) fn quantile(&self, z: f64, hint: Option<f64>) -> Place {
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
    pub(super) fn tails(&self, x: f64) -> (f64, f64) {
        match self {
            Self::Gamma { law, scale } => law.tails(x / scale),
            Self::Beta { law, low, high } => law.tails((x - low) / (high - low), (high - x) / (high - low)),
        }
    }
}

/// A quantile, how far it is from both ends, and where the law's own search ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) value: f64,
    above_low: f64,
    below_high: f64,
    hint: f64,
}

/// The quantity that the polynomials of a cell interpolate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ordinate {
    /// The value.
    Value,
    /// The logarithm of how far the value is above the lower end: where that is small, it keeps its digits.
    AboveLow,
    /// The logarithm of how far the value is below the upper end.
    BelowHigh,
}

impl Ordinate {
    /// The value that the polynomial interpolates at a place.
    fn ordinate(self, place: &Place) -> f64 {
        match self {
            Self::Value => place.value,
            Self::AboveLow => libm::log(place.above_low.max(NEAREST)),
            Self::BelowHigh => libm::log(place.below_high.max(NEAREST)),
        }
    }

    /// True if logarithms rise or fall so steeply that the places checked may miss an error.
    fn steep(self, one: f64, other: f64, sd: f64) -> bool {
        self != Self::Value && (one - other).abs() > STEEP && one.max(other) > libm::log(NEGLIGIBLE * sd)
    }

    /// True if the polynomial is accurate enough at a place.
    fn fits(self, found: f64, place: &Place, sd: f64) -> bool {
        match self {
            Self::Value => (found - place.value).abs() <= TOLERANCE * sd + 4.0 * f64::EPSILON * place.value.abs(),
            Self::AboveLow => close(libm::exp(found), place.above_low, sd),
            Self::BelowHigh => close(libm::exp(found), place.below_high, sd),
        }
    }
}

/// True if a distance from an end is accurate, relative to itself where it is not negligible.
fn close(found: f64, distance: f64, sd: f64) -> bool {
    (found - distance).abs() <= RELATIVE_TOLERANCE * distance + NEGLIGIBLE * sd
}

/// A cell of a table: its first polynomial and how many it has; 0 where only the exact quantile is good enough.
#[derive(Clone, Copy, Debug)]
struct Cell {
    first: usize,
    parts: f64,
    of: Ordinate,
}

/// Polynomials in a standard normal value, on cells of the same width that are halved where that is needed.
#[derive(Clone, Debug)]
pub(super) struct Interpolant {
    cells: Vec<Cell>,
    polynomials: Vec<Polynomial>,
    low: f64,
    high: f64,
}

impl Interpolant {
    /// The interpolant of a law with a standard deviation, whose values lie between `low` and `high`.
    pub(super) fn new(exact: &NumericalInverse, sd: f64, low: f64, high: f64) -> Self {
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
                Ordinate::AboveLow
            } else if end.below_high < NEAR * sd {
                Ordinate::BelowHigh
            } else {
                Ordinate::Value
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

    /// The ends between which the values lie.
    pub(super) fn ends(&self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// The value at a standard normal value, where the table has it.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole parts of what has been held between 0 and the number of cells"
    )]
    pub(super) fn get(&self, z: f64) -> Option<f64> {
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
            Ordinate::Value => found,
            Ordinate::AboveLow => self.low + libm::exp(found),
            Ordinate::BelowHigh => self.high - libm::exp(found),
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
