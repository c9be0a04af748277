//! The floor of a simulation: the random numbers of its draws as normal values, and nothing else.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

use self::library::block::BLOCK;
use self::library::normal;
use self::library::philox::{Kind, Stream};

#[path = "library.rs"]
mod library;
// Where those sources look for it: two modules above.
#[path = "../../crates/relocost/src/simulation/wide.rs"]
mod wide;

/// Blocks that a thread takes at a time.
const TAKEN: u64 = 64;

/// Generates normal values alone, as many for each draw as asked for. Returns their sum, so that none can be left out.
pub(crate) fn normal_values(draws: u64, numbers_per_draw: u32, threads: NonZeroUsize) -> f64 {
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

/// Checks that the floor has every number once, on one thread and on several.
pub(crate) fn check() {
    let (draws, numbers) = (50_001_u64, 5);
    let stream = Stream::new(0);
    let all = (0..draws).flat_map(|draw| (0..numbers).map(move |number| (draw, number)));
    let expected: f64 = all.map(|(draw, number)| normal::quantile(stream.uniform(Kind::Parameter, draw, number))).sum();
    for threads in [1, 3] {
        let threads = NonZeroUsize::new(threads).expect("a thread");
        assert!((normal_values(draws, numbers, threads) - expected).abs() < 1e-7);
    }
}
