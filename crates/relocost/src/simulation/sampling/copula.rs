//! A Gaussian copula: rank correlations between parameters, by mixing standard normal numbers.

#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use crate::scenario::Correlation;

/// A pivot below this is 0, and the parameter a mixture of those before it.
const SMALLEST_PIVOT: f64 = 1e-12;

/// Parameters that are tied to each other, directly or through others.
#[derive(Clone, Debug)]
struct Group {
    /// Their indices, ascending.
    members: Vec<usize>,
    /// Row i: the weights of the members 0 to i in the member i; their squares sum to 1.
    rows: Vec<Vec<f64>>,
}

/// The map from independent standard normal numbers to correlated ones.
#[derive(Clone, Debug)]
pub(crate) struct Copula {
    /// The groups, by their first members.
    groups: Vec<Group>,
}

impl Copula {
    /// The copula of Spearman coefficients over so many parameters. Their matrix of normal correlations may be
    /// singular, or have an eigenvalue as far below 0 as its rounding explains.
    pub(crate) fn new(parameters: usize, correlations: &[Correlation]) -> Self {
        let ties: Vec<(usize, usize, f64)> = correlations
            .iter()
            .map(|correlation| (correlation.between[0], correlation.between[1], correlation.normal().clamp(-1.0, 1.0)))
            .filter(|&(a, b, r)| a != b && a.max(b) < parameters && r.abs() > 0.0)
            .collect();
        let mut roots: Vec<usize> = (0..parameters).collect();
        for &(a, b, _) in &ties {
            let (a, b) = (root(&roots, a), root(&roots, b));
            roots[a.max(b)] = a.min(b); // a root is the least of its group
        }
        let mut members = vec![Vec::new(); parameters];
        for parameter in 0..parameters {
            members[root(&roots, parameter)].push(parameter);
        }
        let groups = members.into_iter().filter(|members| members.len() > 1);
        Self { groups: groups.map(|members| Group { rows: factor(&members, &ties), members }).collect() }
    }

    /// The groups of tied parameters, each ascending, by their first members.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        self.groups.iter().map(|group| group.members.clone()).collect()
    }

    /// Turns independent standard normal columns of a group's members, in their order, into tied ones.
    pub(crate) fn apply(&self, group: usize, columns: &mut [&mut [f64]]) {
        let rows = self.groups.get(group).map(|group| group.rows.as_slice()).unwrap_or_default();
        // From the last member on, so that the members before it are still independent.
        for (i, row) in rows.iter().enumerate().take(columns.len()).rev() {
            let (before, rest) = columns.split_at_mut(i);
            let ([own, ..], [weights @ .., last]) = (rest, row.as_slice()) else { continue };
            for value in own.iter_mut() {
                *value *= last;
            }
            for (other, weight) in before.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
                for (value, other) in own.iter_mut().zip(other.iter()) {
                    *value += weight * other;
                }
            }
        }
    }
}

/// The least parameter known to be tied with one.
fn root(roots: &[usize], mut parameter: usize) -> usize {
    while roots[parameter] != parameter {
        parameter = roots[parameter];
    }
    parameter
}

/// The lower triangle whose product with its transpose is the matrix of correlations (Cholesky), with the columns of
/// vanishing pivots 0 and rows of unit length, so that every member stays standard normal.
fn factor(members: &[usize], ties: &[(usize, usize, f64)]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = (0..members.len()).map(|i| vec![0.0; i + 1]).collect();
    for (a, b, r) in ties {
        if let (Ok(a), Ok(b)) = (members.binary_search(a), members.binary_search(b)) {
            rows[a.max(b)][a.min(b)] = *r;
        }
    }
    for i in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(i);
        let Some(row) = rest.first_mut() else { continue };
        for (k, other) in before.iter().enumerate() {
            let known: f64 = row.iter().zip(other).take(k).map(|(a, b)| a * b).sum();
            row[k] = if other[k] > 0.0 { (row[k] - known) / other[k] } else { 0.0 };
        }
        let pivot = 1.0 - row.iter().map(|weight| weight * weight).sum::<f64>(); // its own weight is still 0
        row[i] = if pivot < SMALLEST_PIVOT { 0.0 } else { pivot.sqrt() };
        let length = row.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        for weight in row.iter_mut() {
            *weight /= length;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Stream};
    use super::*;
    use crate::types::Amount;

    fn tie(a: usize, b: usize, spearman: &str) -> Correlation {
        Correlation { between: [a, b], spearman: Amount::new(spearman.parse().unwrap()).unwrap() }
    }

    /// Independent standard normal columns (Box and Muller 1958).
    fn normals(columns: u32, len: u64) -> Vec<Vec<f64>> {
        let stream = Stream::new(8);
        let number = |p, n| {
            let radius = libm::sqrt(-2.0 * libm::log(stream.uniform(Kind::Parameter, n, 2 * p)));
            radius * libm::cos(std::f64::consts::TAU * stream.uniform(Kind::Parameter, n, 2 * p + 1))
        };
        (0..columns).map(|p| (0..len).map(|n| number(p, n)).collect()).collect()
    }

    fn tied(copula: &Copula, columns: u32, len: u64) -> Vec<Vec<f64>> {
        let mut all = normals(columns, len);
        for (i, group) in copula.groups().iter().enumerate() {
            let mut own: Vec<&mut [f64]> = all
                .iter_mut()
                .enumerate()
                .filter(|(p, _)| group.contains(p))
                .map(|(_, column)| column.as_mut_slice())
                .collect();
            copula.apply(i, &mut own);
        }
        all
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn pearson(x: &[f64], y: &[f64]) -> f64 {
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let (mx, my) = (mean(x), mean(y));
        let product =
            |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum() };
        product(x, mx, y, my) / libm::sqrt(product(x, mx, x, mx) * product(y, my, y, my))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn ranks(x: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
        let mut ranks = vec![0.0; x.len()];
        for (rank, place) in order.into_iter().enumerate() {
            ranks[place] = rank as f64;
        }
        ranks
    }

    #[test]
    fn only_tied_parameters_are_grouped() {
        let ties = [tie(6, 2, "0.5"), tie(4, 1, "-0.2"), tie(6, 5, "0.1"), tie(3, 0, "0"), tie(7, 99, "0.5")];
        assert_eq!(Copula::new(8, &ties).groups(), [vec![1, 4], vec![2, 5, 6]]);
        assert!(Copula::new(0, &[]).groups().is_empty());
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn correlations_are_reached() {
        let len = 200_000;
        let ties = [tie(0, 2, "0.7"), tie(0, 3, "-0.3"), tie(2, 3, "0.2")];
        let copula = Copula::new(4, &ties);
        let columns = tied(&copula, 4, len);
        for correlation in &ties {
            let [x, y] = correlation.between.map(|p| &columns[p]);
            let spearman: f64 = correlation.spearman.to_string().parse().unwrap();
            let error = (1.0 - spearman * spearman) / libm::sqrt(len as f64);
            assert!((pearson(x, y) - correlation.normal()).abs() < 4.0 * error);
            // The error of a rank correlation is at most this much larger (Kendall and Stuart).
            assert!((pearson(&ranks(x), &ranks(y)) - spearman).abs() < 4.0 * error * 1.1);
        }
        for column in &columns {
            let mean = column.iter().sum::<f64>() / len as f64;
            let variance = column.iter().map(|x| x * x).sum::<f64>() / len as f64;
            assert!(mean.abs() < 4.0 / libm::sqrt(len as f64), "mean {mean}");
            assert!((variance - 1.0).abs() < 4.0 * libm::sqrt(2.0 / len as f64), "variance {variance}");
        }
        assert_eq!(columns[1], normals(2, len)[1]);
    }

    #[test]
    fn singular_correlations_are_reached() {
        let same = tied(&Copula::new(2, &[tie(0, 1, "1")]), 2, 100);
        assert_eq!(same[0], same[1]);
        let opposite = tied(&Copula::new(2, &[tie(0, 1, "-1")]), 2, 100);
        assert!(opposite[0].iter().zip(&opposite[1]).all(|(a, b)| (a + b).to_bits() == 0));
        let ties = [tie(0, 1, "1"), tie(0, 2, "-1"), tie(1, 2, "-1")];
        let rank_one = tied(&Copula::new(3, &ties), 3, 100);
        assert_eq!(rank_one[0], rank_one[1]);
        assert!(rank_one[0].iter().zip(&rank_one[2]).all(|(a, b)| (a + b).to_bits() == 0));
    }

    #[test]
    fn a_matrix_that_is_singular_but_for_rounding_keeps_its_correlations() {
        // Normal correlations cos(t_i - t_j) of rank 2, as Spearman coefficients of 9 decimals.
        let angles = [0.0, 0.3, 1.1, 1.9, 2.6];
        let mut ties = Vec::new();
        for i in 0..5 {
            for j in 0..i {
                let r: f64 = libm::cos(angles[i] - angles[j]);
                ties.push(tie(j, i, &format!("{:.9}", 6.0 / std::f64::consts::PI * libm::asin(r / 2.0))));
            }
        }
        let copula = Copula::new(5, &ties);
        let rows = &copula.groups[0].rows;
        for correlation in &ties {
            let [a, b] = correlation.between.map(|p| &rows[p]);
            let reached: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
            assert!((reached - correlation.normal()).abs() < 1e-4, "{reached} {}", correlation.normal());
        }
        for row in rows {
            assert!((row.iter().map(|weight| weight * weight).sum::<f64>() - 1.0).abs() < 1e-15);
        }
    }
}
