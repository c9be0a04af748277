//! Between exact numbers and binary floating point: the one place where a simulation crosses that border.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{FromPrimitive, ToPrimitive};

/// The nearest binary number; not a number beyond all of them.
#[expect(clippy::disallowed_methods, reason = "a simulation, unlike a ledger, is binary floating point")]
pub(crate) fn float(value: &BigRational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// The exact value of a finite binary number.
#[expect(clippy::disallowed_methods, reason = "every binary number is a rational one")]
pub(crate) fn rational(value: f64) -> Option<BigRational> {
    BigRational::from_f64(value)
}

/// A whole number that is kept as a binary one; 0 for what is not finite.
#[expect(clippy::disallowed_methods, reason = "every whole binary number is an integer")]
pub(crate) fn integer(whole: f64) -> BigInt {
    BigInt::from_f64(whole).unwrap_or_default()
}

/// A count, to the nearest binary number beyond 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of draws, to 16 digits")]
pub(crate) fn count(number: u64) -> f64 {
    number as f64
}

/// A length, likewise.
pub(crate) fn length<T>(list: &[T]) -> f64 {
    count(list.len() as u64)
}

/// Adding it rounds a number below 2^51 to a whole one, half to even, which then stands in the lower bits.
pub(crate) const WHOLE: f64 = 6_755_399_441_055_744.0;
