//! A fast product of positive rationals that knows how wrong it can be.
//!
//! A value is kept as a mantissa m of 64 bits and an exponent e, with an error count k that promises
//!
//! ```text
//! |value - m × 2^e| <= value × k × 2^-63        (k < 2^20)
//! ```
//!
//! Proof. *Conversion*: cutting a number to its 64 leading bits loses less than 2^-63 of it; a quotient of two such
//! numbers, itself cut, has lost at most 3 × 2^-63 and terms of second order below 2^-63 together: k = 4, or 0 where
//! nothing was cut. *Product*: m1 × m2 is exact in 128 bits and cutting it loses less than 2^-63; with
//! (1 + a)(1 + b)(1 + c) and |a| <= k1 × 2^-63, |b| <= k2 × 2^-63, |c| < 2^-63 the products of errors stay below
//! 2^-63 as long as k1 and k2 are below 2^20: k = k1 + k2 + 2.
//!
//! What is rounded is a [`Fixed`], a whole number of parts of a minor unit, or a [`Part`] of it. It is rounded only where
//! the nearest tie is further away than its bound; otherwise the caller asks the exact rational. Proof of the bound, in
//! parts. *Value*: a product of k1 and k2 is below 2^63 × (1 + 2^-42) parts, times (k1 + k2 + 1) × 2^-63: off by at most
//! k1 + k2 + 2, and by 2 more for the bits that are cut. *Part*: numerator and denominator have each lost at most 2^-63 of
//! themselves, which is less than 5 parts of 2^-64 of the whole once the quotient is cut too. *Part of a value*, which is
//! below 2^63 parts: off as the value is, by 3 for the part, and by 1 for what is cut: k1 + k2 + 8.

use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::Signed;
use rust_decimal::Decimal;

/// The error count beyond which the proof above no longer holds.
const LARGEST_ERROR: u32 = 1 << 20;

const LOWER_HALF: u128 = u64::MAX as u128;

/// A positive number and a bound on its relative error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Approx {
    mantissa: u64,
    exponent: i32,
    error: u32,
}

/// An exact factor not below 0, with the same as a fast one.
#[derive(Debug)]
pub(crate) struct Factor {
    pub(crate) exact: BigRational,
    /// `None` of 0.
    pub(crate) approx: Option<Approx>,
}

impl Factor {
    pub(crate) fn of(exact: BigRational) -> Self {
        let positive = exact.is_positive();
        let approx = positive.then(|| Approx::of_ratio(&exact));
        Self { exact, approx }
    }
}

impl Approx {
    pub(crate) const ONE: Self = Self { mantissa: 1 << 63, exponent: -63, error: 0 };

    /// `numerator / denominator`, both above 0.
    pub(crate) fn quotient(numerator: u128, denominator: u128) -> Self {
        let (n, n_exponent, n_cut) = leading_bits(numerator);
        let (d, d_exponent, d_cut) = leading_bits(denominator);
        // n and d lie in [2^63, 2^64), so (n << 64) / d lies in (2^63, 2^65).
        let wide = u128::from(n) << 64;
        let quotient = wide / u128::from(d);
        let rest = wide - quotient * u128::from(d); // by a product: a second division of 128 bits is slow
        let (mantissa, exponent, cut) = leading_bits(quotient);
        let exact = !(n_cut || d_cut || cut || rest != 0);
        Self { mantissa, exponent: n_exponent - d_exponent - 64 + exponent, error: if exact { 0 } else { 4 } }
    }

    /// `numerator / denominator`, both above 0, of any size.
    pub(crate) fn big_quotient(numerator: &BigUint, denominator: &BigUint) -> Self {
        let cut = |value: &BigUint| {
            let excess = value.bits().saturating_sub(128);
            (u128::try_from(value >> excess).unwrap_or(u128::MAX), i32::try_from(excess).unwrap_or(i32::MAX))
        };
        let ((n, n_excess), (d, d_excess)) = (cut(numerator), cut(denominator));
        let quotient = Self::quotient(n, d);
        // Cutting to 128 bits loses less than 2^-127 each, far below one unit of the error count.
        let error = if n_excess + d_excess > 0 { 6 } else { quotient.error };
        Self { exponent: quotient.exponent + n_excess - d_excess, error, ..quotient }
    }

    /// A decimal above 0.
    pub(crate) fn of_decimal(value: Decimal) -> Self {
        Self::quotient(value.mantissa().unsigned_abs(), 10_u128.pow(value.scale()))
    }

    /// A ratio above 0.
    pub(crate) fn of_ratio(value: &BigRational) -> Self {
        Self::big_quotient(value.numer().magnitude(), value.denom().magnitude())
    }

    /// The product.
    #[inline]
    pub(crate) fn times(self, other: Self) -> Self {
        let product = u128::from(self.mantissa) * u128::from(other.mantissa);
        // The product of two numbers in [2^63, 2^64) has 127 or 128 bits.
        let short = product >> 127 == 0;
        let top = if short { product << 1 } else { product };
        let (mantissa, cut) = ((top >> 64) as u64, top & LOWER_HALF != 0);
        let exponent = 64 - i32::from(short);
        let error = if cut || self.error != 0 || other.error != 0 { self.error + other.error + 2 } else { 0 };
        Self { mantissa, exponent: self.exponent + other.exponent + exponent, error: error.min(LARGEST_ERROR) }
    }

    /// A number above 0.
    pub(crate) fn whole(number: u32) -> Self {
        let zeros = number.leading_zeros().min(31) + 32;
        Self { mantissa: u64::from(number) << zeros, exponent: -zeros.cast_signed(), error: 0 }
    }

    /// The product as a quotient, where neither has lost anything and it takes no more than 128 bits.
    pub(crate) fn exact_times(self, other: Self) -> Option<(u128, u128)> {
        (self.error == 0 && other.error == 0).then_some(())?;
        let odd = |of: Self| {
            let zeros = of.mantissa.trailing_zeros();
            (u128::from(of.mantissa >> zeros), of.exponent + zeros.cast_signed())
        };
        let ((one, one_exponent), (two, two_exponent)) = (odd(self), odd(other));
        let (product, exponent) = (one * two, one_exponent + two_exponent);
        let power = 1_u128.checked_shl(exponent.unsigned_abs())?;
        if exponent < 0 { Some((product, power)) } else { Some((product.checked_mul(power)?, 1)) }
    }

    /// The product, ready to be rounded.
    #[inline]
    pub(crate) fn fixed_times(self, other: Self) -> Fixed {
        // 62 or 63 bits.
        let parts = ((u128::from(self.mantissa) * u128::from(other.mantissa)) >> 65) as u64;
        match u32::try_from(-(self.exponent + other.exponent + 65)) {
            Ok(bits @ 1..) if self.error + other.error < LARGEST_ERROR => {
                let shift = bits.min(62);
                let (half, bound) = (1 << (shift - 1), u64::from(self.error + other.error) + 8);
                let clear = (2 * half - 1_u64).saturating_sub(2 * bound);
                Fixed { parts: parts.checked_shr(bits - shift).unwrap_or(0), shift, half, bound, clear }
            }
            _ => Fixed::UNCLEAR,
        }
    }
}

/// `parts / 2^shift`, not below 0, and by how many parts it and any part of it are off at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fixed {
    /// Below 2^63.
    parts: u64,
    /// From 1 to 62.
    shift: u32,
    /// The parts in a half; as `clear`, which follows from it and the bound, at hand for every share of a price.
    half: u64,
    bound: u64,
    /// How many numbers of parts from one tie to the next are further than the bound from both.
    clear: u64,
}

impl Fixed {
    pub(crate) const ZERO: Self = Self { parts: 0, shift: 62, half: 1 << 61, bound: 0, clear: (1 << 62) - 1 };
    /// What no rounding can tell.
    pub(crate) const UNCLEAR: Self = Self { clear: 0, ..Self::ZERO };

    /// The nearest whole number, half to even, where the error cannot change it; `None` otherwise.
    #[inline]
    pub(crate) fn round(self) -> Option<u64> {
        // A half more, so that ties lie where a whole number ends and the next begins.
        let up = self.parts + self.half;
        let after_tie = up & (2 * self.half - 1);
        (after_tie.wrapping_sub(self.bound + 1) < self.clear).then(|| up >> self.shift)
    }

    /// The product with a part, rounded in the same way.
    #[inline]
    pub(crate) fn round_part(self, part: Part) -> Option<u64> {
        Self { parts: ((u128::from(self.parts) * u128::from(part.0)) >> 64) as u64, ..self }.round()
    }
}

/// A number from 0 to 1 in parts of 2^-64, off by at most 5 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part(u64);

impl Part {
    /// `numerator / denominator`, where that is no more than 1.
    pub(crate) fn quotient(numerator: u128, denominator: u128) -> Self {
        let excess = 64_u32.saturating_sub(numerator.leading_zeros());
        let quotient = ((numerator >> excess) << 64).checked_div(denominator >> excess).unwrap_or(u128::MAX);
        Self(u64::try_from(quotient).unwrap_or(u64::MAX))
    }
}

/// The 64 leading bits of a number above 0, the exponent that goes with them, and whether anything was cut off.
fn leading_bits(value: u128) -> (u64, i32, bool) {
    let zeros = value.leading_zeros().min(127);
    let top = value << zeros;
    let mantissa = (top >> 64) as u64; // exactly the upper half
    (mantissa, 64 - zeros.cast_signed(), top & LOWER_HALF != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact;
    use num_bigint::BigInt;

    impl Approx {
        fn round(self) -> Option<u64> {
            self.fixed_times(Approx::ONE).round()
        }
    }

    #[test]
    fn a_whole_and_nothing_are_parts_too() {
        let value = Approx::quotient(2001, 2).fixed_times(Approx::ONE);
        assert_eq!((value.round(), value.round_part(Part::quotient(0, 7))), (None, Some(0)));
        let value = Approx::quotient(4003, 4).fixed_times(Approx::ONE);
        assert_eq!((value.round(), value.round_part(Part::quotient(7, 7))), (Some(1001), Some(1001)));
        assert_eq!((Fixed::ZERO.round(), Fixed::UNCLEAR.round()), (Some(0), None));
        assert_eq!(Fixed::UNCLEAR.round_part(Part::quotient(1, 2)), None);
    }

    #[test]
    fn what_is_exact_stays_exact() {
        let value = Approx::quotient(950, 1).times(Approx::quotient(3, 1)).times(Approx::whole(2));
        assert_eq!((value.error, value.round()), (0, Some(5700)));
        assert_eq!(Approx::ONE.times(Approx::whole(7)).round(), Some(7));
    }

    #[test]
    fn a_tie_and_what_lies_next_to_it_are_left_to_the_exact_rational() {
        assert_eq!(Approx::quotient(5, 2).round(), None);
        assert_eq!(Approx::quotient(5 * 10_u128.pow(20), 2 * 10_u128.pow(20) - 1).round(), None);
        assert_eq!(Approx::quotient(51, 20).round(), Some(3));
        assert_eq!(Approx::quotient(49, 20).round(), Some(2));
    }

    proptest::proptest! {
        /// Whenever the fast way answers, it answers as the exact rational does.
        #[test]
        fn the_fast_way_is_never_wrong(factors in proptest::collection::vec((1_u128..1 << 90, 1_u128..1 << 90), 1..8), units in 1_u32..2000) {
            let mut approx = Approx::ONE;
            let (mut n, mut d) = (BigInt::from(units), BigInt::from(1));
            for &(a, b) in &factors {
                approx = approx.times(Approx::quotient(a, b));
                n *= a;
                d *= b;
            }
            if let Some(rounded) = approx.times(Approx::whole(units)).round() {
                proptest::prop_assert_eq!(BigInt::from(rounded), exact::divide_half_even(&n, &d));
            }
        }

        /// A product that has lost nothing is the exact quotient.
        #[test]
        fn exact_products_are_exact((a, b) in (1_u128..1 << 70, 0_u32..70), (c, d) in (1_u128..1 << 70, 0_u32..70), ten in 0_u32..4) {
            let (one, two) = (Approx::quotient(a, 10_u128.pow(ten) << b), Approx::quotient(c, 1 << d));
            let (n, m) = (BigInt::from(a) * c, BigInt::from(10_u128.pow(ten)) << (b + d));
            match one.exact_times(two) {
                Some((numerator, denominator)) => {
                    proptest::prop_assert_eq!(BigInt::from(numerator) * &m, n * denominator);
                }
                // Some of it was cut, or the quotient takes more.
                None => proptest::prop_assert!(a >> 64 > 0 || c >> 64 > 0 || ten > 0 || b + d > 60),
            }
        }

        /// Parts of a value too, at any size.
        #[test]
        fn parts_are_never_wrong(
            (a, b) in (1_u128..1 << 100, 1_u128..1 << 90),
            (c, d) in (0_u128..1 << 126, 1_u128..1 << 126),
            small in 0_u32..126,
            units in 1_u32..2000,
        ) {
            let (c, d) = ((c.min(d) >> small), (c.max(d) >> small).max(1));
            let value = Approx::quotient(a, b).fixed_times(Approx::whole(units));
            if let Some(rounded) = value.round_part(Part::quotient(c, d)) {
                let exact = exact::divide_half_even(&(BigInt::from(a) * units * c), &(BigInt::from(b) * d));
                proptest::prop_assert_eq!(BigInt::from(rounded), exact);
            }
        }

        /// Parts built so that the product lies on a tie, or one part in 10^17 beside it.
        #[test]
        fn parts_near_a_tie_are_never_wrong(whole in 0_u128..1_000_000, third in 1_u128..100, off in -1_i128..=1) {
            let d = 6 * third * 10_u128.pow(17);
            let n = ((2 * whole + 1) * 3 * third * 10_u128.pow(17)).saturating_add_signed(off);
            // n / d is what is left of 10^7 by the share n / (d × 10^7).
            let part = Part::quotient(n, d * 10_u128.pow(7));
            if let Some(rounded) = Approx::whole(10_000_000).fixed_times(Approx::ONE).round_part(part) {
                proptest::prop_assert_eq!(BigInt::from(rounded), exact::divide_half_even(&n.into(), &d.into()));
            }
        }

        /// Small prices too, whose amounts are a few minor units or none.
        #[test]
        fn small_prices_are_never_wrong(n in 1_u128..1000, d in 1_u128..1_000_000, units in 1_u32..200) {
            let rounded = Approx::quotient(n, d * 1000).times(Approx::whole(units)).round();
            if let Some(rounded) = rounded {
                let exact = exact::divide_half_even(&(BigInt::from(n) * units), &BigInt::from(d * 1000));
                proptest::prop_assert_eq!(BigInt::from(rounded), exact);
            } else {
                let doubled = BigInt::from(2 * n) * units;
                proptest::prop_assert_eq!(doubled % (d * 1000), BigInt::from(0), "only ties are left to the exact way");
            }
        }

        /// Values built to lie on a tie, or one part in 10^17 beside it.
        #[test]
        fn near_a_tie_it_is_never_wrong(whole in 0_u128..1_000_000, third in 1_u128..100, off in -1_i128..=1) {
            let d = 2 * third * 10_u128.pow(17);
            let n = ((2 * whole + 1) * third * 10_u128.pow(17)).saturating_add_signed(off);
            let approx = Approx::quotient(n, 3 * d).times(Approx::quotient(3, 1));
            if let Some(rounded) = approx.round() {
                proptest::prop_assert_eq!(BigInt::from(rounded), exact::divide_half_even(&n.into(), &d.into()));
            }
        }
    }
}
