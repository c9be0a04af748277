#![expect(clippy::cast_sign_loss, reason = "numbers of (0, 1) are positive")]

use super::*;

/// The leading bits of unscrambled points in the order of Gray codes, as other programs list them.
fn listed(dimension: usize, points: u32, bits: u32) -> Vec<u32> {
    let directions = directions(TABLE, SET)[dimension];
    (0..points).map(|n| step(0, &directions, n ^ n >> 1).reverse_bits() >> (32 - bits)).collect()
}

#[test]
fn the_table_is_whole() {
    let all = directions(TABLE, SET);
    assert_eq!(all.len(), SET);
    assert_eq!(directions(TABLE, 0).len(), 1);
    for directions in all {
        // Each has its own leading digit: every 2^k points fill the intervals of 2^-k.
        assert!(directions.iter().enumerate().all(|(i, number)| number >> i == 1));
    }
    assert!(row("").is_none() && row("2 0 0").is_none() && row("2 40 0 1").is_none() && row("5 3 2 1 1").is_none());
}

/// Against scipy 1.x, `scipy.stats.qmc.Sobol(d, scramble=False, bits=32)`.
#[test]
fn points_are_those_of_joe_and_kuo() {
    assert_eq!(listed(0, 8, 3), [0, 4, 6, 2, 3, 7, 5, 1]);
    assert_eq!(listed(1, 8, 3), [0, 4, 2, 6, 3, 7, 1, 5]);
    assert_eq!(listed(2, 8, 3), [0, 4, 2, 6, 5, 1, 7, 3]);
    assert_eq!(listed(3, 8, 3), [0, 4, 2, 6, 7, 3, 5, 1]);
    assert_eq!(listed(4, 8, 3), [0, 4, 6, 2, 3, 7, 5, 1]);
    assert_eq!(listed(5, 16, 6), [0, 32, 48, 16, 8, 40, 56, 24, 20, 52, 36, 4, 28, 60, 44, 12]);
    assert_eq!(listed(50, 16, 6), [0, 32, 16, 48, 8, 40, 24, 56, 36, 4, 52, 20, 44, 12, 60, 28]);
    assert_eq!(listed(199, 16, 6), [0, 32, 16, 48, 56, 24, 40, 8, 4, 36, 20, 52, 60, 28, 44, 12]);
}

fn draws(seed: u64, matrix: Matrix, dimensions: usize, points: usize) -> Vec<f64> {
    let stream = Stream::new(seed);
    let len = points * WIDTH;
    let mut columns = vec![0.0; len * dimensions];
    Sobol::new(&stream, dimensions).fill(&stream, matrix, 0, len, len, &mut columns);
    columns
}

#[test]
fn scrambled_points_fill_space_evenly() {
    let (points, dimensions) = (256, 203);
    let len = points * WIDTH;
    for matrix in [Matrix::First, Matrix::Second] {
        let columns = draws(1, matrix, dimensions, points);
        for replicate in 0..WIDTH {
            let column = |p: usize| columns[p * len + replicate..(p + 1) * len].iter().step_by(WIDTH);
            for p in 0..dimensions {
                let mut found = [false; 256];
                column(p).for_each(|u| found[(u * 256.0) as usize] = true);
                assert_eq!(found, [true; 256], "dimension {p}");
            }
            let mut found = [false; 256];
            column(0).zip(column(1)).for_each(|(x, y)| found[(x * 16.0) as usize * 16 + (y * 16.0) as usize] = true);
            assert_eq!(found, [true; 256], "dimensions 0 and 1");
        }
    }
}

/// With a nested uniform scrambling, points are uniform in their intervals and independent of each other: the mean
/// of n points has the variance 1 / (12 n^3), however many there are.
#[test]
fn scrambling_has_the_variance_of_owen() {
    let seeds = 64;
    for (points, dimensions) in [(1, 4), (2, 4), (4, 4), (16, 4), (64, 4)] {
        let n = f64::from(u32::try_from(points).unwrap());
        let (mut square, mut sum, mut count) = (0.0, 0.0, 0.0);
        for seed in 0..seeds {
            let columns = draws(seed, Matrix::First, dimensions, points);
            for column in columns.chunks(points * WIDTH) {
                for replicate in 0..WIDTH {
                    let error = column[replicate..].iter().step_by(WIDTH).sum::<f64>() / n - 0.5;
                    (square, sum, count) = (square + error * error, sum + error, count + 1.0);
                }
            }
        }
        let expected = 1.0 / (12.0 * n * n * n);
        let ratio = square / count / expected;
        // The mean of 4096 squares, whose own deviation is at most sqrt(2) of their mean.
        assert!((ratio - 1.0).abs() < 4.0 * libm::sqrt(2.0 / count), "{points} points: {ratio}");
        assert!((sum / count).abs() < 4.0 * libm::sqrt(expected / count), "{points} points: mean {}", sum / count);
    }
}

/// The columns of draws of one replicate.
fn replicate(columns: &[f64], len: usize, p: usize, replicate: usize) -> Vec<f64> {
    columns[p * len + replicate..(p + 1) * len].iter().step_by(WIDTH).copied().collect()
}

/// Both matrices together are one sequence, of dimensions 0 and 1 for one parameter.
#[test]
fn matrices_fill_space_evenly_together() {
    let (first, second) = (draws(4, Matrix::First, 1, 256), draws(4, Matrix::Second, 1, 256));
    for r in 0..WIDTH {
        let (x, y) = (replicate(&first, 256 * WIDTH, 0, r), replicate(&second, 256 * WIDTH, 0, r));
        let mut found = [false; 256];
        x.iter().zip(y).for_each(|(x, y)| found[(x * 16.0) as usize * 16 + (y * 16.0) as usize] = true);
        assert_eq!(found, [true; 256]);
    }
}

/// Sets of dimensions are paired at random: no correlation beyond chance, and none that lacks chance.
#[test]
fn sets_are_independent() {
    let len = 64 * WIDTH;
    let (mut square, mut count) = (0.0, 0.0);
    for seed in 0..16 {
        // The table ends before the second matrix's parameter 99.
        let (first, second) = (draws(seed, Matrix::First, 101, 64), draws(seed, Matrix::Second, 101, 64));
        for (x, y) in [
            ((&first, 0), (&second, 99)),
            ((&first, 0), (&second, 100)),
            ((&first, 1), (&second, 100)),
            ((&second, 50), (&second, 100)),
        ] {
            for r in 0..WIDTH {
                let (x, y) = (replicate(x.0, len, x.1, r), replicate(y.0, len, y.1, r));
                let sum: f64 = x.iter().zip(&y).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
                (square, count) = (square + sum * sum * 144.0 / 64.0, count + 1.0);
            }
        }
    }
    // Squares of standard normal numbers if single points were paired at random. Points that share all digits of
    // their index but the last stay neighbours, which gives the leading digits twice the variance: 1.3 in all; the
    // replicates of a seed share their pairs, so the ratio's own deviation is about 0.2.
    let ratio: f64 = square / count;
    assert!(0.5 < ratio && ratio < 2.1, "{ratio}");
}
