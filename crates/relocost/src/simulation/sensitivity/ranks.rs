//! Spearman rank correlations.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use crate::simulation::numbers::binary::length;

/// The ranks of values, from 1; those of equal values are their mean rank.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let is_alike = |place: &&usize| values[**place].total_cmp(&values[order[first]]).is_eq();
        let alike = order[first..].iter().take_while(is_alike).count();
        let rank = length(&order[..first]) + f64::midpoint(length(&order[..alike]), 1.0);
        for place in &order[first..first + alike] {
            ranks[*place] = rank;
        }
        first += alike;
    }
    ranks
}

/// The correlation of two lists of equal length; none where one does not vary.
pub(super) fn correlation(one: &[f64], other: &[f64]) -> Option<f64> {
    let count = length(one);
    let [mean, other_mean] = [one, other].map(|list| list.iter().sum::<f64>() / count);
    let (mut product, mut squares, mut other_squares) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        let (a, b) = (a - mean, b - other_mean);
        product += a * b;
        squares += a * a;
        other_squares += b * b;
    }
    (squares > 0.0 && other_squares > 0.0).then(|| (product / (squares.sqrt() * other_squares.sqrt())).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_mean_rank() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 0.0, 5.0]), [4.0, 2.0, 4.0, 1.0, 4.0]);
        assert_eq!(ranks(&[]), [0.0; 0]);
    }

    #[test]
    fn a_monotone_relation_has_rank_correlation_one() {
        let x: Vec<f64> = (0..50).map(f64::from).collect();
        let up: Vec<f64> = x.iter().map(|x| x * x * x).collect();
        let down: Vec<f64> = x.iter().map(|x| 1.0 / (1.0 + x)).collect();
        let of = |y: &[f64]| correlation(&ranks(&x), &ranks(y)).unwrap();
        assert!((of(&up) - 1.0).abs() < 1e-12 && (of(&down) + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&x, &[3.0; 50]), None);
        // 1, 2, 3, 4 against 2, 1, 4, 3: 1 - 6 × 4 / (4 × 15) = 0.6.
        assert!(
            (correlation(&ranks(&[1.0, 2.0, 3.0, 4.0]), &ranks(&[2.0, 1.0, 4.0, 3.0])).unwrap() - 0.6).abs() < 1e-12
        );
    }
}
