//! Exact numbers: rationals, their one rounding (half to even), and how they are written.
//!
//! In: decimals and whole numbers. Out: exact values, or a whole number rounded once.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use rust_decimal::Decimal;

/// Decimals of a ratio as figures are written.
pub(crate) const RATIO_DECIMALS: u32 = 12;

/// Ten to a power.
pub(crate) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10_u8).pow(exponent)
}

/// The exact value of a decimal.
pub(crate) fn from_decimal(value: Decimal) -> BigRational {
    BigRational::new(value.mantissa().into(), power_of_ten(value.scale()))
}

/// A quotient of whole numbers; the divisor is not 0.
pub(crate) fn ratio(numerator: i128, denominator: i128) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

/// `numerator / denominator` (above 0) as a whole number, half to even.
pub(crate) fn divide_half_even(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (floor, rest) = numerator.div_mod_floor(denominator);
    let up = match (rest << 1_u8).cmp(denominator) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => floor.is_odd(),
    };
    if up { floor + 1_u8 } else { floor }
}

/// `numerator / denominator` (above 0) as a whole number, half to even, where it can be written as money.
pub(crate) fn divide_half_even_u128(numerator: u128, denominator: u128) -> Option<i128> {
    let floor = numerator / denominator;
    let rest = numerator - floor * denominator; // by a product: a second division of 128 bits is slow
    let up = match rest.cmp(&(denominator - rest)) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Equal => floor & 1,
    };
    // Up to 2^96, all that can be written.
    (floor < (1 << 96) - 1).then(|| i128::try_from(floor + up).ok())?
}

/// The product without reducing it, which for long fractions takes far longer than all else.
pub(crate) fn times(a: &BigRational, b: &BigRational) -> BigRational {
    BigRational::new_raw(a.numer() * b.numer(), a.denom() * b.denom())
}

/// The value times 10^`decimals` as a whole number, half to even.
pub(crate) fn scaled_half_even(value: &BigRational, decimals: u32) -> BigInt {
    divide_half_even(&(value.numer() * power_of_ten(decimals)), value.denom())
}

/// The value with so many decimals, half to even, never `-0.00`.
pub(crate) fn fixed(value: &BigRational, decimals: u32) -> String {
    write_fixed(&scaled_half_even(value, decimals), decimals)
}

/// The value in full where its decimals end within 12, and otherwise with 12, half to even.
pub(crate) fn shortest(value: &BigRational) -> String {
    let text = fixed(value, RATIO_DECIMALS);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `numerator / denominator` (above 0) with 12 decimals, half to even.
pub(crate) fn ratio_12(numerator: i128, denominator: i128) -> String {
    let scaled = BigInt::from(numerator) * power_of_ten(RATIO_DECIMALS);
    write_fixed(&divide_half_even(&scaled, &denominator.into()), RATIO_DECIMALS)
}

/// A whole number of minor units as a decimal.
pub(crate) fn fixed_point(minor: i128, decimals: u32) -> String {
    let decimals = decimals as usize;
    let mut text = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    if minor < 0 {
        text.insert(0, '-');
    }
    text
}

fn write_fixed(scaled: &BigInt, decimals: u32) -> String {
    let decimals = decimals as usize;
    let digits = format!("{:0>width$}", scaled.magnitude().to_string(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if scaled.sign() == Sign::Minus { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The exact value of a figure as it is written.
pub(crate) fn parse(text: &str) -> Option<BigRational> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
    Some(BigRational::new(digits, power_of_ten(u32::try_from(fraction.len()).ok()?)))
}

/// The value rounded half to even to a whole number of a currency's minor units, where it fits.
pub(crate) fn to_minor(value: &BigRational, decimals: u32) -> Option<i128> {
    i128::try_from(scaled_half_even(value, decimals)).ok()
}

/// Divides a whole number among shares that add up to 1, by largest remainder: each gets the floor of its exact part,
/// and the units left go to the largest remainders, ties to the share that stands first.
///
/// Parts are given exactly, as numerators over one positive denominator, and add up to a whole number.
pub(crate) fn largest_remainder(numerators: &[BigInt], denominator: &BigInt) -> Vec<BigInt> {
    let (mut floors, rests): (Vec<_>, Vec<_>) = numerators.iter().map(|n| n.div_mod_floor(denominator)).unzip();
    let left: BigInt = rests.iter().sum::<BigInt>() / denominator;
    let mut order: Vec<usize> = (0..rests.len()).collect();
    order.sort_by(|&a, &b| rests[b].cmp(&rests[a])); // stable: ties keep their order
    let left = usize::try_from(left).unwrap_or(0);
    for &index in order.iter().take(left) {
        floors[index] += 1_u8;
    }
    floors
}

/// The same in 128 bits, of numerators whose sum fits too.
pub(crate) fn largest_remainder_in_128_bits(numerators: &[i128], denominator: i128) -> Vec<i128> {
    let (mut floors, rests): (Vec<_>, Vec<_>) = numerators.iter().map(|n| n.div_mod_floor(&denominator)).unzip();
    let mut left: i128 = rests.iter().sum::<i128>() / denominator;
    let mut order: Vec<usize> = (0..rests.len()).collect();
    order.sort_by(|&a, &b| rests[b].cmp(&rests[a])); // stable: ties keep their order
    for index in order {
        if left > 0 {
            floors[index] += 1;
            left -= 1;
        }
    }
    floors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_even() {
        // IEEE 754, roundTiesToEven.
        let cases = [(5, 0), (15, 2), (25, 2), (35, 4), (-5, 0), (-15, -2), (-25, -2), (26, 3), (24, 2)];
        for (tenths, rounded) in cases {
            assert_eq!(
                divide_half_even(&BigInt::from(tenths), &BigInt::from(10)),
                BigInt::from(rounded),
                "{tenths}/10"
            );
        }
    }

    #[test]
    fn quotients_of_128_bits_round_alike() {
        for (n, d) in [(5, 10), (15, 10), (25, 10), (26, 10), (24, 10), (u128::MAX, u128::MAX), (1, u128::MAX)] {
            let expected = divide_half_even(&BigInt::from(n), &BigInt::from(d));
            assert_eq!(divide_half_even_u128(n, d).map(BigInt::from), Some(expected), "{n}/{d}");
        }
        assert_eq!(divide_half_even_u128(1 << 97, 1), None);
    }

    #[test]
    fn a_negative_nothing_has_no_sign() {
        assert_eq!(fixed(&ratio(-1, 1000), 2), "0.00");
        assert_eq!(fixed(&ratio(-5, 1000), 2), "0.00");
        assert_eq!(fixed(&ratio(-6, 1000), 2), "-0.01");
        assert_eq!(fixed_point(-5, 0), "-5");
        assert_eq!(shortest(&ratio(1, 3)), "0.333333333333");
        assert_eq!(shortest(&ratio(21, 10)), "2.1");
        assert_eq!(shortest(&ratio(100, 1)), "100");
    }
}
