//! A function of the smaller tail of a uniform number, by polynomials on parts of the tail's octaves. The part in which a
//! number lies is a shift of its bits, and a small tail has as many digits as a large one.

#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::PI;

/// Numbers that are worked on together.
const CHUNK: usize = 64;
const SIGN: u64 = 1 << 63;
const MANTISSA: u64 = (1 << 52) - 1;
/// Octaves of tails that have parts: the first reaches down from 1/2.
const OCTAVES: u32 = 12;
/// Binary digits of the parts of an octave.
const DIGITS: u32 = 4;
/// Parts of an octave.
const PARTS: u32 = 1 << DIGITS;
/// Coefficients of a polynomial: on a sixteenth of an octave, seven degrees have the digits of a double.
const TERMS: usize = 8;

/// Coefficients of a polynomial on (-1/2, 1/2), lowest power first.
type Polynomial = [f64; TERMS];

/// A function of tails below 1/2.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// By part of an octave, from 1/2 down.
    parts: Vec<Polynomial>,
}

impl Curve {
    /// The curve of a function of the tail.
    pub(super) fn new(of: impl Fn(f64) -> f64) -> Self {
        let mut parts = Vec::with_capacity((OCTAVES * PARTS) as usize);
        let mut top = 0.5;
        for _ in 0..OCTAVES {
            let width = top / f64::from(2 * PARTS);
            for part in 0..PARTS {
                let middle = top - width * (f64::from(part) + 0.5);
                parts.push(interpolated(|within| of(middle + width * within)));
            }
            top /= 2.0;
        }
        Self { parts }
    }

    /// Replaces numbers of (0, 1) by the function of their tails, with the other sign above 1/2; `far` gives the values
    /// of numbers whose tail has no part.
    pub(super) fn odd(&self, block: &mut [f64], far: impl Fn(f64) -> f64) {
        let (mut places, mut within) = ([0_u64; CHUNK], [0.0; CHUNK]);
        for chunk in block.chunks_mut(CHUNK) {
            // Without branches, so that it runs in vectors.
            for ((place, within), u) in places.iter_mut().zip(&mut within).zip(&*chunk) {
                (*place, *within) = part_of(*u);
            }
            for ((&place, &within), u) in places.iter().zip(&within).zip(chunk) {
                let part = usize::try_from(place).ok().and_then(|place| self.parts.get(place));
                *u = match part {
                    Some(part) => {
                        let sign = (0.5 - *u).to_bits() & SIGN;
                        f64::from_bits(at(part, within).to_bits() ^ sign)
                    }
                    None => far(*u),
                };
            }
        }
    }
}

/// The part in which the smaller tail of a number lies, and where it lies there, from -1/2 at its lower end to 1/2.
#[inline]
fn part_of(u: f64) -> (u64, f64) {
    const FIRST: u64 = (0.5_f64.to_bits() >> (52 - DIGITS)) - 1;
    let tail = if u < 0.5 { u } else { 1.0 - u }.to_bits(); // both exact
    // The digits after those of the part, as a number from 1 to 2.
    let rest = f64::from_bits((tail << DIGITS & MANTISSA) | 1.0_f64.to_bits());
    (FIRST.wrapping_sub(tail >> (52 - DIGITS)), rest - 1.5)
}

/// A polynomial's value.
#[inline]
fn at(c: &Polynomial, x: f64) -> f64 {
    ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]
}

/// The polynomial through a function's values at Chebyshev's nodes of (-1/2, 1/2).
fn interpolated(of: impl Fn(f64) -> f64) -> Polynomial {
    let angle = |node: usize| PI * (count(node) + 0.5) / count(TERMS);
    let values: [f64; TERMS] = std::array::from_fn(|node| of(libm::cos(angle(node)) / 2.0));
    // About a middle value, so that the digits of what is large are not lost.
    let about = values[TERMS / 2];
    let coefficient = |degree: usize| {
        let terms = (0..TERMS).map(|node| (values[node] - about) * libm::cos(count(degree) * angle(node)));
        terms.sum::<f64>() * if degree == 0 { 1.0 } else { 2.0 } / count(TERMS)
    };
    // Chebyshev's polynomials by their recurrence, in powers of 2 x.
    let (mut before, mut now) = ([0.0; TERMS], [0.0; TERMS]);
    (before[0], now[1]) = (1.0, 1.0);
    let mut powers = [0.0; TERMS];
    for degree in 0..TERMS {
        let coefficient = coefficient(degree);
        powers.iter_mut().zip(before).for_each(|(power, of)| *power += coefficient * of);
        let next: Polynomial =
            std::array::from_fn(|power| power.checked_sub(1).map_or(0.0, |lower| 2.0 * now[lower]) - before[power]);
        (before, now) = (now, next);
    }
    powers[0] += about;
    let mut scale = 1.0;
    for power in &mut powers {
        *power *= scale;
        scale *= 2.0;
    }
    powers
}

#[expect(clippy::cast_precision_loss, reason = "at most the terms of a polynomial")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_is_its_own_interpolation() {
        let given = [0.5, -1.0, 2.0, 0.25, -3.0, 1.0, 4.0, -2.0];
        let found = interpolated(|x| at(&given, x));
        for step in -8..=8 {
            let x = f64::from(step) / 16.0;
            assert!((at(&found, x) - at(&given, x)).abs() < 1e-14, "at {x}");
        }
    }

    #[test]
    fn a_number_lies_in_the_part_of_its_tail() {
        for (u, place, within) in
            [(0.49, 0, -0.14), (0.51, 0, -0.14), (0.25, 15, -0.5), (0.24, 17, 0.22), (0.76, 17, 0.22)]
        {
            let (found, at) = part_of(u);
            assert!(found == place && (at - within).abs() < 1e-9, "{u}: {found} {at}");
        }
    }

    #[test]
    fn what_has_no_part_is_left_to_the_other_way() {
        let curve = Curve::new(|tail| tail);
        for u in [0.5, 0.0, 1.0, -1.0, 2.0, 1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut block = [u];
            curve.odd(&mut block, |_| 7.0);
            assert_eq!(block.map(f64::to_bits), [7.0_f64.to_bits()], "{u}");
        }
    }
}
