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
//! [`Approx::round`] rounds only where the nearest tie is further away than this bound, and otherwise says that it
//! cannot tell: the caller then asks the exact rational.

use num_bigint::BigUint;

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

    /// The product.
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

    /// The nearest whole number, half to even, where the error cannot change it; `None` otherwise.
    #[inline]
    pub(crate) fn round(self) -> Option<u64> {
        // The error in units of 2^e: the value is below 2^64 × (1 + 2^-42) of them, times k × 2^-63.
        let bound = 2 * u64::from(self.error) + 1;
        match -self.exponent {
            shift @ 1..=63 if self.error < LARGEST_ERROR => {
                let half = 1_u64 << (shift - 1);
                let (whole, fraction) = (self.mantissa >> shift, self.mantissa & (half | (half - 1)));
                let is_clear = fraction.abs_diff(half) > bound;
                is_clear.then(|| whole + u64::from(fraction > half))
            }
            // Below 2^64 × 2^-66, a quarter, whatever the error.
            66.. => Some(0),
            // From a quarter to 1: half is 2^63, or beyond 64 bits.
            64 if self.error < LARGEST_ERROR => {
                let half = 1_u64 << 63;
                (self.mantissa - half > bound).then_some(1)
            }
            65 if self.error < LARGEST_ERROR => (u64::MAX - self.mantissa >= bound).then_some(0),
            _ => None,
        }
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
