//! Between exact numbers and binary floating point: the one place where a simulation crosses that border.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{FromPrimitive, ToPrimitive};
use rust_decimal::Decimal;

use crate::exact::from_decimal;

/// The nearest binary number; not a number beyond all of them.
#[expect(clippy::disallowed_methods, reason = "a simulation, unlike a ledger, is binary floating point")]
pub(crate) fn float(value: &BigRational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// The nearest binary number of a decimal.
#[expect(clippy::float_arithmetic, reason = "the quotient of two exact numbers is the nearest to theirs")]
pub(crate) fn of_decimal(value: Decimal) -> f64 {
    // Nearly all decimals are such; of the others the quotient is found exactly, which takes long.
    match (i32::try_from(value.mantissa()), 10_u32.checked_pow(value.scale())) {
        (Ok(digits), Some(scale)) => f64::from(digits) / f64::from(scale),
        _ => float(&from_decimal(value)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_its_nearest_binary_number() {
        let whole = ["0", "5", "2147483647", "2147483648", "-999999999999999"];
        let parts = ["0.1", "-1.05", "0.333333333", "0.0000000001", "2147483.647", "214748.3648", "3.141592653589"];
        for text in whole.into_iter().chain(parts) {
            // The standard library reads a text to the nearest number by a way of its own.
            let (found, nearest) = (of_decimal(text.parse().unwrap()), text.parse::<f64>().unwrap());
            assert_eq!(found.to_bits(), nearest.to_bits(), "{text}");
        }
    }
}
