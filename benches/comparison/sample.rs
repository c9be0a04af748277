//! Times of repeated work: the median and the quartiles.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Sample {
    /// The one with the smaller median: other work on the computer only ever adds.
    pub(crate) fn better(self, other: Self) -> Self {
        if other.median < self.median { other } else { self }
    }
}

/// Runs some work so many times, after a warm-up of a tenth of that and at least 20 milliseconds.
pub(crate) fn sample<T>(samples: u32, mut work: impl FnMut() -> T) -> Sample {
    sample_of(samples, || (), |&()| work())
}

/// The same of work on what is made anew each time, which is not timed.
pub(crate) fn sample_of<I, T>(samples: u32, mut make: impl FnMut() -> I, mut work: impl FnMut(&I) -> T) -> Sample {
    let begin = Instant::now();
    let mut warm = 0;
    while warm < samples / 10 || begin.elapsed() < Duration::from_millis(20) {
        black_box(work(&make()));
        warm += 1;
    }
    let mut times: Vec<f64> = (0..samples.max(4))
        .map(|_| {
            let input = make();
            let begin = Instant::now();
            black_box(work(&input));
            begin.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Sample { median: times[times.len() / 2], low: times[times.len() / 4], high: times[times.len() * 3 / 4] }
}

/// A time with a unit that suits it.
pub(crate) fn time(seconds: f64) -> String {
    match seconds {
        s if s >= 1.0 => format!("{s:.2} s"),
        s if s >= 1e-3 => format!("{:.2} ms", s * 1e3),
        s if s >= 1e-6 => format!("{:.2} us", s * 1e6),
        s => format!("{:.1} ns", s * 1e9),
    }
}
