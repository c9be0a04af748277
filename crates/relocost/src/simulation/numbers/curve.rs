//! A function of a uniform number, by polynomials on parts of the octaves of its smaller tail. The part in which a number
//! lies is a shift of its bits, and a small tail has as many digits as a large one.

#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use std::f64::consts::PI;
use std::sync::LazyLock;

use super::super::wide::{Kernel, wide};

/// Numbers that are worked on together.
const CHUNK: usize = 64;
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
pub(super) type Polynomial = [f64; TERMS];

/// The error of a curve that is checked: relative to a value, and to the distance between the quartiles.
const TOLERANCE: f64 = 4e-12;
/// Where the polynomials of a checked curve are compared with the function.
const CHECKED: [f64; 3] = [-0.49, 0.11, 0.49];

/// The tail that is smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The number is its tail.
    Lower,
    /// The tail is what the number lacks of 1.
    Upper,
}

/// A function of uniform numbers.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// By part of an octave, from 1/2 down: that of the lower tail, then that of the upper one.
    parts: Vec<Polynomial>,
}

impl Curve {
    /// The curve of a function of the smaller tail.
    pub(super) fn new(of: impl Fn(f64, Side) -> f64) -> Self {
        let interpolated =
            |middle: f64, width: f64, side: Side| interpolated(|within| of(middle + width * within, side));
        Self { parts: places().flat_map(|[at, width]| SIDES.map(|side| interpolated(at, width, side))).collect() }
    }

    /// The curve, unless it differs from the function by more than [`TOLERANCE`] somewhere.
    pub(super) fn checked(of: impl Fn(f64, Side) -> f64) -> Option<Self> {
        let curve = Self::new(&of);
        let spread = (of(0.25, Side::Upper) - of(0.25, Side::Lower)).abs();
        let parts = places().flat_map(|place| SIDES.map(|side| (place, side)));
        let fits = |(([middle, width], side), part): (([f64; 2], Side), &Polynomial)| {
            CHECKED.iter().all(|within| {
                let (value, found) = (of(middle + width * within, side), at(part, *within));
                (found - value).abs() <= TOLERANCE * (value.abs() + spread)
            })
        };
        parts.zip(&curve.parts).all(fits).then_some(curve)
    }

    /// Replaces numbers of (0, 1) by the function's values; `far` gives those of numbers whose tail has no part.
    pub(super) fn of_uniforms(&self, block: &mut [f64], far: impl Fn(f64) -> f64) {
        wide(OfUniforms { curve: self, block, far });
    }
}

/// Replaces numbers: see [`Curve::of_uniforms`].
struct OfUniforms<'a, F> {
    curve: &'a Curve,
    block: &'a mut [f64],
    far: F,
}

impl<F: Fn(f64) -> f64> Kernel for OfUniforms<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { curve, block, far } = self;
        let (mut places, mut within) = ([0_u64; CHUNK], [0.0; CHUNK]);
        for chunk in block.chunks_mut(CHUNK) {
            // Without branches, so that it runs in vectors.
            for ((place, within), u) in places.iter_mut().zip(&mut within).zip(&*chunk) {
                (*place, *within) = part_of(*u);
            }
            for ((&place, &within), u) in places.iter().zip(&within).zip(chunk) {
                *u = match usize::try_from(place).ok().and_then(|place| curve.parts.get(place)) {
                    Some(part) => at(part, within),
                    None => far(*u),
                };
            }
        }
    }
}

/// Both tails, in the order of the parts.
const SIDES: [Side; 2] = [Side::Lower, Side::Upper];

/// The middle and the width of each part of a tail, from 1/2 down.
fn places() -> impl Iterator<Item = [f64; 2]> {
    let tops = std::iter::successors(Some(0.5), |top| Some(top / 2.0)).take(OCTAVES as usize);
    tops.flat_map(|top| {
        let width = top / f64::from(2 * PARTS);
        (0..PARTS).map(move |part| [top - width * (f64::from(part) + 0.5), width])
    })
}

/// The part in which the smaller tail of a number lies, and where it lies there, from -1/2 at its lower end to 1/2.
#[inline(always)]
fn part_of(u: f64) -> (u64, f64) {
    const FIRST: u64 = (0.5_f64.to_bits() >> (52 - DIGITS)) - 1;
    let tail = if u < 0.5 { u } else { 1.0 - u }.to_bits(); // both exact
    // The digits after those of the part, as a number from 1 to 2.
    let rest = f64::from_bits((tail << DIGITS & MANTISSA) | 1.0_f64.to_bits());
    let side = !(u - 0.5).to_bits() >> 63; // 1 from 1/2 on
    (FIRST.wrapping_sub(tail >> (52 - DIGITS)) << 1 | side, rest - 1.5)
}

/// A polynomial's value.
#[inline(always)]
pub(super) fn at(c: &Polynomial, x: f64) -> f64 {
    ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]
}

/// cos(k θ) of each node's angle θ, by node, then by degree k.
static COSINES: LazyLock<[Polynomial; TERMS]> = LazyLock::new(|| {
    std::array::from_fn(|node| {
        let angle = PI * (count(node) + 0.5) / count(TERMS);
        std::array::from_fn(|degree| libm::cos(count(degree) * angle))
    })
});

/// The polynomial through a function's values at Chebyshev's nodes of (-1/2, 1/2).
pub(super) fn interpolated(of: impl Fn(f64) -> f64) -> Polynomial {
    let cosines = &*COSINES;
    let values: [f64; TERMS] = std::array::from_fn(|node| of(cosines[node][1] / 2.0));
    // About a middle value, so that the digits of what is large are not lost.
    let about = values[TERMS / 2];
    let coefficient = |degree: usize| {
        let terms = (0..TERMS).map(|node| (values[node] - about) * cosines[node][degree]);
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
            [(0.49, 0, -0.14), (0.51, 1, -0.14), (0.25, 30, -0.5), (0.24, 34, 0.22), (0.76, 35, 0.22)]
        {
            let (found, at) = part_of(u);
            assert!(found == place && (at - within).abs() < 1e-9, "{u}: {found} {at}");
        }
    }

    #[test]
    fn what_has_no_part_is_left_to_the_other_way() {
        let curve = Curve::new(|tail, _| tail);
        for u in [0.5, 0.0, 1.0, -1.0, 2.0, 1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut block = [u];
            curve.of_uniforms(&mut block, |_| 7.0);
            assert_eq!(block.map(f64::to_bits), [7.0_f64.to_bits()], "{u}");
        }
    }

    #[test]
    fn a_function_with_a_kink_is_refused() {
        assert!(Curve::checked(|tail, _| libm::log(tail)).is_some());
        assert!(Curve::checked(|tail, side| if side == Side::Lower { (tail - 0.3).abs() } else { 1.0 }).is_none());
        assert!(Curve::checked(|_, _| f64::NAN).is_none());
    }
}
