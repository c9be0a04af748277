//! Exact numbers: what a publisher writes, and what a file of rates can hold.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Significant digits of a rate as it is written.
const SIGNIFICANT: i64 = 12;
/// Decimals that a file of rates holds.
const DECIMALS: i64 = 12;
/// Characters of a number, so that none takes long.
const CHARACTERS: usize = 60;
/// The largest power of ten that a number may be multiplied by.
const LARGEST_EXPONENT: i32 = 30;

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10_u8).pow(exponent)
}

/// A decimal as publishers write it, also in scientific notation.
pub(crate) fn number(text: &str) -> Option<BigRational> {
    if text.len() > CHARACTERS {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    if exponent.abs() > LARGEST_EXPONENT {
        return None;
    }
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let value: BigInt = format!("{sign}{whole}{fraction}").parse().ok()?;
    let scale = i32::try_from(fraction.len()).ok()? - exponent;
    let power = power_of_ten(scale.unsigned_abs());
    Some(if scale < 0 { BigRational::from_integer(value * power) } else { BigRational::new(value, power) })
}

/// A decimal whose thousands may be separated by commas, as in `1,435.400000`.
pub(crate) fn number_with_thousands(text: &str) -> Option<BigRational> {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return None;
    }
    number(&text.replace(',', ""))
}

/// A decimal whose decimal sign is a comma.
pub(crate) fn number_with_comma(text: &str) -> Option<BigRational> {
    if text.contains('.') && text.contains(',') { None } else { number(&text.replace(',', ".")) }
}

/// The mean of values.
pub(crate) fn mean<'v>(values: impl IntoIterator<Item = &'v BigRational>) -> Option<BigRational> {
    let (mut sum, mut count) = (BigRational::zero(), 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / BigInt::from(count))
}

/// A value to 12 significant digits, half to even, or to the 12 decimals that a file holds if those are fewer.
pub(crate) fn written(value: &BigRational) -> String {
    let decimals = u32::try_from((SIGNIFICANT - 1 - magnitude(value)).clamp(0, DECIMALS)).unwrap_or(0);
    let scaled = half_even(&(value.numer() * power_of_ten(decimals)), value.denom());
    let digits = format!("{:0>width$}", scaled.magnitude().to_string(), width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let sign = if scaled.sign() == Sign::Minus { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The power of ten of a value's first digit.
fn magnitude(value: &BigRational) -> i64 {
    if value.is_zero() {
        return 0;
    }
    let length = |whole: &BigInt| i64::try_from(whole.magnitude().to_string().len()).unwrap_or(i64::MAX);
    let exponent = length(value.numer()) - length(value.denom());
    let power = power_of_ten(u32::try_from(exponent.unsigned_abs()).unwrap_or(u32::MAX));
    let numerator = value.numer().abs();
    let reached = if exponent >= 0 { numerator >= value.denom() * power } else { numerator * power >= *value.denom() };
    if reached { exponent } else { exponent - 1 }
}

/// `numerator / denominator` (above 0) as a whole number, half to even.
fn half_even(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let (floor, rest) = numerator.div_mod_floor(denominator);
    let up = match (rest * 2_u8).cmp(denominator) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => floor.is_odd(),
    };
    if up { floor + 1_u8 } else { floor }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> BigRational {
        BigRational::new(numerator.into(), denominator.into())
    }

    #[test]
    fn numbers_are_read_as_publishers_write_them() {
        for (text, value) in [
            ("1.1698", ratio(11_698, 10_000)),
            ("-0.5", ratio(-1, 2)),
            (".5", ratio(1, 2)),
            ("7", ratio(7, 1)),
            ("2.5E-02", ratio(25, 1000)),
            ("2.5e3", ratio(2500, 1)),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", ".", "-", "1,5", "1.2.3", "1e", "1e99", "NaN", "0x10", "+1", "１", &"1".repeat(99)] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number_with_thousands("1,435.400000"), Some(ratio(14_354, 10)));
        for text in ["1,4354", ",435", "1435,4", "1,43,500"] {
            assert_eq!(number_with_thousands(text), None, "{text}");
        }
        assert_eq!(number_with_comma("104,5"), Some(ratio(1045, 10)));
        assert_eq!(number_with_comma("1.104,5"), None);
    }

    #[test]
    fn a_rate_has_twelve_significant_digits_half_to_even_and_twelve_decimals_at_most() {
        for (value, text) in [
            (ratio(1, 3), "0.333333333333"),
            (ratio(200, 3), "66.6666666667"),
            (ratio(2, 30_000), "0.000066666667"),
            (ratio(-1, 3), "-0.333333333333"),
            (ratio(10_000_000_000_005, 10), "1000000000000"), // a tie, to the even digit
            (ratio(10_000_000_000_015, 10), "1000000000002"),
            (ratio(999_999_999_999_999, 1_000_000), "1000000000"),
            (ratio(0, 1), "0"),
            (ratio(25, 1000), "0.025"),
        ] {
            assert_eq!(written(&value), text);
        }
    }
}
