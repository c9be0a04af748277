//! Cases that arrive at random: how many in each month of a future, and which households.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use crate::programme::Inner;
use crate::programme::chance::naming;
use crate::simulation::numbers::binary::float;
use crate::simulation::poisson;
use crate::simulation::sampling::{Kind, Stream};

/// The arrivals of an entry.
pub(super) struct Arriving {
    /// By month from the first: the month on the programme's clock, and the numbers that say how many arrive.
    months: Vec<(i32, Stream)>,
    /// The mean number a month.
    mean: f64,
    /// The weights of the households, added up.
    weights: Vec<f64>,
    /// By month, the numbers of the cases that arrive in it, as far as some future had so many.
    cases: Vec<Vec<Stream>>,
}

/// A case that arrives in a future.
pub(super) struct Arrived {
    pub(super) entry: usize,
    pub(super) household: usize,
    pub(super) month: i32,
    pub(super) numbers: Stream,
}

/// Every entry of a programme.
pub(super) fn of_programme(inner: &Inner, stream: &Stream) -> Vec<Arriving> {
    let first = inner.first_month();
    let entry = |arrival: &crate::programme::Arrival| {
        let months = arrival.until.months_since(arrival.from).max(0);
        let month = |month: i32| {
            let month = arrival.from.plus(month);
            (month.months_since(first), stream.named(naming::of_month(&arrival.name, month)))
        };
        let mut sum = 0.0;
        let weights = arrival.households.iter().map(|(weight, _)| {
            sum += f64::from(*weight);
            sum
        });
        Arriving {
            months: (0..months).map(month).collect(),
            mean: float(&crate::exact::from_decimal(arrival.per_year.to_decimal())) / 12.0,
            weights: weights.collect(),
            cases: vec![Vec::new(); usize::try_from(months).unwrap_or(0)],
        }
    };
    inner.arrivals.iter().map(entry).collect()
}

impl Arriving {
    /// Draws the arrivals of an entry, by its place, in a future.
    pub(super) fn draw(
        &mut self,
        inner: &Inner,
        stream: &Stream,
        (entry, draw): (usize, u64),
        found: &mut Vec<Arrived>,
    ) {
        let total = self.weights.last().copied().unwrap_or(0.0);
        for ((month, counts), known) in self.months.iter().zip(&mut self.cases) {
            let number = poisson(self.mean, |part| counts.uniform(Kind::ArrivalCount, draw, part));
            for rank in 0..number {
                while known.len() <= rank as usize {
                    let next = u32::try_from(known.len()).unwrap_or(u32::MAX).saturating_add(1);
                    let at = inner.first_month().plus(*month);
                    known.push(stream.named(naming::of_arrival(&inner.arrivals[entry].name, at, next)));
                }
                let numbers = known[rank as usize].clone();
                let at = numbers.uniform(Kind::ArrivalRow, draw, 0) * total;
                let household = self.weights.partition_point(|weight| *weight <= at).min(self.weights.len() - 1);
                found.push(Arrived { entry, household, month: *month, numbers });
            }
        }
    }
}
