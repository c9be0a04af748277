//! Latin hypercubes (`McKay`, Beckman and Conover 1979) in blocks of 256 points.
//!
//! The draws are 16 replicates, the draw n the point n / 16 of the replicate n mod 16. Each block of 256 points of a
//! replicate has one point in every interval of 1/256 of every parameter, in an order of its own.

#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]
#![expect(clippy::cast_possible_truncation, reason = "places are cut to the words of a counter on purpose")]
#![expect(clippy::cast_sign_loss, reason = "numbers of (0, 1) are positive")]

use super::philox::{Kind, Stream, unit};
use super::{Matrix, REPLICATES};

/// Points of a block, a power of two.
const BLOCK: usize = 256;
/// Draws of a block of all replicates.
const DRAWS: u64 = REPLICATES * BLOCK as u64;
/// Blocks of random words that are made side by side.
const LANES: usize = 16;
/// 2^52, the steps of the grid of random numbers.
const GRID: f64 = 4_503_599_627_370_496.0;

/// Fills the columns of consecutive draws; see [`super::Sampler::fill`]. Runs of whole blocks of 4096 draws are
/// the cheapest: every run makes the orders of the blocks it touches.
pub(super) fn fill(
    stream: &Stream,
    matrix: Matrix,
    dimensions: usize,
    first: u64,
    len: usize,
    stride: usize,
    columns: &mut [f64],
) {
    let len = len.min(stride);
    super::random(stream, matrix, dimensions, first, len, stride, columns);
    for (parameter, column) in columns.chunks_mut(stride.max(1)).take(dimensions).enumerate() {
        let end = len.min(column.len());
        let column = &mut column[..end];
        let mut at = 0;
        while at < column.len() {
            let draw = first.wrapping_add(at as u64);
            let take = ((DRAWS - draw % DRAWS) as usize).min(column.len() - at);
            stratify(stream, matrix, parameter, draw, &mut column[at..at + take]);
            at += take;
        }
    }
}

/// Moves random numbers of consecutive draws of one block into their intervals.
fn stratify(stream: &Stream, matrix: Matrix, parameter: usize, first: u64, numbers: &mut [f64]) {
    for offset in 0..numbers.len().min(REPLICATES as usize) {
        let draw = first.wrapping_add(offset as u64);
        let place = matrix.flag() | (parameter as u32) << 10 | ((draw % REPLICATES) as u32) << 6;
        let order = permutation(stream, draw / DRAWS, place);
        let start = (draw / REPLICATES) as usize % BLOCK;
        let own = numbers[offset..].iter_mut().step_by(REPLICATES as usize);
        for (number, interval) in own.zip(order.iter().skip(start)) {
            // The random number's 44 leading bits go below the interval's 8.
            let bits = ((*number * GRID) as u64) << 12;
            *number = unit(u64::from(*interval) << 56 | bits >> 8);
        }
    }
}

/// A random order of 0..256 (Fisher and Yates 1938; Durstenfeld 1964), of the 64 blocks of words from a place on.
///
/// A place from 0 to i is the upper half of a 32-bit word times i + 1, whose probability is off by less than 2^-24 of it.
fn permutation(stream: &Stream, block: u64, place: u32) -> [u8; BLOCK] {
    let mut order = [0; BLOCK];
    for (i, slot) in order.iter_mut().enumerate() {
        *slot = i as u8;
    }
    let mut last = BLOCK - 1;
    for group in (0..BLOCK / 4).step_by(LANES) {
        let words = stream.indices::<LANES>(Kind::Shuffle, block, place + group as u32);
        for word in words.iter().flatten() {
            let other = ((word * (last as u64 + 1)) >> 32) as usize;
            order.swap(last, other);
            last = last.saturating_sub(1);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_one_point_in_every_interval() {
        let stream = Stream::new(3);
        let (draws, dimensions) = (2 * DRAWS as usize, 3);
        let mut columns = vec![0.0; draws * dimensions];
        fill(&stream, Matrix::First, dimensions, DRAWS, draws, draws, &mut columns);
        let mut orders = std::collections::HashSet::new();
        for column in columns.chunks(draws) {
            assert!((column.iter().sum::<f64>() / 8192.0 - 0.5).abs() < 1e-4);
            for block in column.chunks(DRAWS as usize) {
                for replicate in 0..REPLICATES as usize {
                    let order: Vec<usize> =
                        block[replicate..].iter().step_by(16).map(|u| (u * 256.0) as usize).collect();
                    let mut sorted = order.clone();
                    sorted.sort_unstable();
                    assert!(sorted.into_iter().eq(0..BLOCK));
                    assert!(orders.insert(order), "two blocks of one order");
                }
            }
        }
    }

    #[test]
    fn jitter_is_the_parameters_own_number() {
        let stream = Stream::new(4);
        let mut column = [0.0; 40];
        fill(&stream, Matrix::Second, 1, 100, 40, 40, &mut column);
        for (draw, value) in (100..).zip(column) {
            let jitter = stream.uniform(Kind::SecondMatrix, draw, 0);
            let inside = value * 256.0 - libm::floor(value * 256.0);
            assert!((inside - jitter).abs() < libm::exp2(-44.0), "{inside} {jitter}");
            assert_eq!((value * GRID).fract().to_bits(), 0.5_f64.to_bits());
        }
    }

    #[test]
    fn every_value_is_equally_likely_at_every_place() {
        let stream = Stream::new(5);
        let mut counts = [[0_u32; 16]; 16];
        for block in 0..1000 {
            for (place, value) in permutation(&stream, block, 0).into_iter().enumerate() {
                counts[place / 16][usize::from(value) / 16] += 1;
            }
        }
        let square: f64 = counts.iter().flatten().map(|&n| (f64::from(n) - 1000.0) * (f64::from(n) - 1000.0)).sum();
        // Cells of a random permutation: the usual sum, times 255/256; 225 degrees of freedom.
        let square = square / 1000.0 * 255.0 / 256.0;
        assert!((square - 225.0).abs() < 4.0 * 21.2, "chi square {square}");
    }

    #[test]
    fn ends_stay_inside() {
        let stream = Stream::new(6);
        for (number, interval) in [(unit(0), 0), (unit(u64::MAX), 255)] {
            let order = permutation(&stream, 0, 0);
            let place = order.iter().position(|&value| value == interval).unwrap();
            let mut numbers = [number];
            stratify(&stream, Matrix::First, 0, place as u64 * REPLICATES, &mut numbers);
            assert!(0.0 < numbers[0] && numbers[0] < 1.0);
            assert_eq!(numbers[0].to_bits(), number.to_bits());
        }
    }
}
