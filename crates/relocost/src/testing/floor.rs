//! What a simulation cannot do without, for the benchmark that holds the whole against it.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::simulation::block::BLOCK;
use crate::simulation::numbers::normal;
use crate::simulation::sampling::{Kind, Stream};

/// Blocks that a thread takes at a time.
const TAKEN: u64 = 64;

/// So many random numbers for each of so many draws, from the generator of simulations and made normal values, and nothing
/// else. Returns their sum, so that none can be left out.
pub fn simulation_floor(draws: u64, numbers_per_draw: u32, threads: NonZeroUsize) -> f64 {
    let next = AtomicU64::new(0);
    let work = || {
        let (stream, mut sums) = (Stream::new(0), [0.0; BLOCK]);
        loop {
            let first = next.fetch_add(TAKEN, Ordering::Relaxed).saturating_mul(BLOCK as u64);
            if first >= draws {
                return sums.iter().sum::<f64>();
            }
            let end = draws.min(first.saturating_add(TAKEN * BLOCK as u64));
            for block in (first..end).step_by(BLOCK) {
                let len = usize::try_from(end - block).unwrap_or(BLOCK).min(BLOCK);
                for pair in 0..numbers_per_draw.div_ceil(2) {
                    let (mut even, mut odd) = ([0.0; BLOCK], [0.0; BLOCK]);
                    let both = if 2 * pair + 1 < numbers_per_draw { len } else { 0 };
                    stream.pair(Kind::Parameter, block, pair, &mut even[..len], &mut odd[..both]);
                    for column in [&mut even[..len], &mut odd[..both]] {
                        normal::quantiles(column);
                        for (sum, value) in sums.iter_mut().zip(column) {
                            *sum += *value;
                        }
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
        // A thread that is lost gives what shows in the sum.
        work() + others.into_iter().map(|other| other.join().unwrap_or(f64::NAN)).sum::<f64>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_has_every_number_once() {
        let threads = |count: usize| NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN);
        let (draws, numbers) = (50_001_u64, 5);
        let stream = Stream::new(0);
        let mut expected = 0.0;
        for draw in 0..draws {
            for number in 0..numbers {
                expected += normal::quantile(stream.uniform(Kind::Parameter, draw, number));
            }
        }
        for count in [1, 3] {
            assert!((simulation_floor(draws, numbers, threads(count)) - expected).abs() < 1e-7);
        }
    }
}
