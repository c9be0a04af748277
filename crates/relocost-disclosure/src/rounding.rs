//! Rounding to thousands, and what it leaves.

/// Rounds to whole units of so many minor units, half to even.
pub(crate) fn rounded(minor: i128, unit: i128) -> i128 {
    let (whole, rest) = (minor.div_euclid(unit), minor.rem_euclid(unit));
    let up = match (2 * rest).cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => whole % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    whole + i128::from(up)
}

/// The ratio of two whole numbers less 1, in whole per cent, half to even; `None` unless the second is above 0.
pub(crate) fn per_cent_more(a: i128, b: i128) -> Option<i128> {
    if b <= 0 {
        return None;
    }
    Some(rounded((a - b).checked_mul(100)?, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_even() {
        for (minor, unit) in [(-1500, -2), (-1499, -1), (-500, 0), (499, 0), (500, 0), (501, 1), (1500, 2), (2500, 2)] {
            assert_eq!(rounded(minor, 1000), unit, "{minor}");
        }
    }

    #[test]
    fn a_premium_is_that_of_the_figures() {
        assert_eq!(per_cent_more(163, 100), Some(63));
        assert_eq!(per_cent_more(9, 12), Some(-25));
        assert_eq!((per_cent_more(1, 0), per_cent_more(1, -3)), (None, None));
    }
}
