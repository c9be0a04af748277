//! The values of agreements: alone, last, and by their Shapley values (MODEL.md, 11.6).
//!
//! The value of a set of agreements is what it saves, v(none) - v(S), where v(S) is the total with the agreements S. A
//! Shapley value is a sum over all subsets in which a subset's weight depends on its size alone (L. S. Shapley, 1953). So
//! totals are added up by the size of the subset, apart where the agreement is in it, and no subset's total is kept.

use num_bigint::BigInt;
use num_traits::Zero;

use super::costs::Ground;
use super::counts::Counts;
use super::overhead::Overhead;
use super::queue::{Run, Set};
use super::run::{CaseCosts, ProgrammeOptions, Runs, totals};
use crate::error::Error;
use crate::exact;
use crate::threads::{Next, on_threads};
use crate::watch::Pulse;

/// The most agreements of which Shapley values are computed, over all their subsets.
pub const VALUED_AGREEMENTS: usize = 16;

/// Subsets that a thread takes at a time.
const CHUNK: usize = 128;

/// The savings of agreements in one total, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Savings {
    /// All of them together.
    pub(crate) joint: i128,
    /// Each if it were the only one.
    pub(crate) alone: Vec<i128>,
    /// Each if all others are there.
    pub(crate) last: Vec<i128>,
    /// Shapley values, which add up to `joint`; none where there are too many agreements.
    pub(crate) value: Option<Vec<i128>>,
}

/// The savings of agreements in the total (first) and in the payments of each fund.
pub(super) struct Worth {
    pub(super) within: Vec<Savings>,
    pub(super) with_run_off: Vec<Savings>,
}

/// All of so many agreements.
pub(crate) fn all(agreements: usize) -> Set {
    Set::MAX.checked_shr(64 - u32::try_from(agreements).unwrap_or(64).min(64)).unwrap_or(0)
}

/// The sets from which `joint`, `alone` and `last` come: none, all, each alone, all but each.
pub(super) fn sets(agreements: usize) -> Vec<Set> {
    let all = all(agreements);
    let alone = (0..agreements).map(|place| 1 << place);
    let others = (0..agreements).map(|place| all & !(1 << place));
    [0, all].into_iter().chain(alone).chain(others).collect()
}

/// Totals of all subsets, added up by size.
struct BySize {
    agreements: usize,
    width: usize,
    /// The sums over all subsets of a size.
    all: Vec<i128>,
    /// The sums over the subsets that an agreement is in: by agreement, then by size.
    with: Vec<i128>,
}

impl BySize {
    fn new(agreements: usize, width: usize) -> Self {
        let sizes = (agreements + 1) * width;
        Self { agreements, width, all: vec![0; sizes], with: vec![0; agreements * sizes] }
    }

    /// Adds the totals of a subset. They are below 2^120 divided by the number of subsets.
    fn add(&mut self, subset: usize, totals: &[i128]) {
        let at = subset.count_ones() as usize * self.width;
        let sizes = (self.agreements + 1) * self.width;
        for (sum, total) in self.all[at..].iter_mut().zip(totals) {
            *sum += total;
        }
        for agreement in (0..self.agreements).filter(|agreement| subset >> agreement & 1 == 1) {
            for (sum, total) in self.with[agreement * sizes + at..].iter_mut().zip(totals) {
                *sum += total;
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        for (sum, other) in self.all.iter_mut().chain(&mut self.with).zip(other.all.iter().chain(&other.with)) {
            *sum += other;
        }
    }

    /// The value of each agreement in one of the totals, as numerators over `factorial(agreements)`.
    fn shapley(&self, total: usize) -> Vec<BigInt> {
        let size = |size: usize| size * self.width + total;
        let sizes = (self.agreements + 1) * self.width;
        let weight = |held: usize| BigInt::from(factorial(held) * factorial(self.agreements - held - 1));
        let value = |agreement: usize| {
            let mut value = BigInt::zero();
            for held in 0..self.agreements {
                let with = |held: usize| self.with[agreement * sizes + size(held)];
                // The subsets of a size that it is not in, less those one larger that it is in.
                let without = self.all[size(held)] - with(held);
                value += weight(held) * (BigInt::from(without) - with(held + 1));
            }
            value
        };
        (0..self.agreements).map(value).collect()
    }
}

/// n! for n up to 16.
fn factorial(n: usize) -> i128 {
    (1..=n as i128).product()
}

/// The value of every agreement.
///
/// # Errors
/// A rate that a charge needs is missing, an amount is too large to write, or the watch cancels it.
pub(super) fn worth(
    ground: &Ground<'_>,
    runs: &Runs<'_>,
    cases: &[CaseCosts],
    options: &ProgrammeOptions,
    pulse: &Pulse<'_>,
    done: usize,
) -> Result<Worth, Error> {
    let (inner, width) = (runs.inner, ground.width());
    let agreements = inner.agreements.len();
    let months = usize::try_from(inner.horizon()).unwrap_or(0);
    let mut few = Vec::with_capacity(runs.with.len());
    let mut overhead = Overhead::new(inner, pulse)?;
    let mut counts = Counts::new(months);
    for (set, courses) in &runs.with {
        pulse.beat()?;
        let mut sums = vec![0; width];
        let with = (&courses[..], &runs.queue.agreements[..], *set);
        totals(ground, runs, cases, with, (&mut overhead, &mut counts), &mut sums)?;
        few.push(sums);
    }
    let by_size = if agreements <= VALUED_AGREEMENTS {
        let subsets = 1_usize << agreements;
        let work = |pulse: &Pulse<'_>, next: Next<'_>| {
            let mut by_size = BySize::new(agreements, width);
            let (mut run, mut sums, mut counts) = (Run::default(), vec![0; width], Counts::new(months));
            let mut overhead = Overhead::new(inner, pulse)?;
            while let Some(chunk) = next()? {
                let from = usize::try_from(chunk).unwrap_or(0) * CHUNK;
                for subset in from..(from + CHUNK).min(subsets) {
                    pulse.beat()?;
                    runs.queue.run(&mut run, subset as Set);
                    let with = (&run.courses[..], &runs.queue.agreements[..], subset as Set);
                    totals(ground, runs, cases, with, (&mut overhead, &mut counts), &mut sums)?;
                    by_size.add(subset, &sums);
                }
            }
            Ok(by_size)
        };
        let told = |chunks: u64| pulse.step(done + (usize::try_from(chunks).unwrap_or(0) * CHUNK).min(subsets));
        let chunks = 0..subsets.div_ceil(CHUNK) as u64;
        let mut all = BySize::new(agreements, width);
        for part in on_threads(options.threads, &chunks, pulse, told, work)? {
            all.merge(&part);
        }
        Some(all)
    } else {
        None
    };
    let half = width / 2;
    // The first half, or the sum of both.
    let savings = |after: bool, total: usize| {
        let of = |place: usize| few[place][total] + if after { few[place][half + total] } else { 0 };
        let value = by_size.as_ref().map(|by_size| {
            let mut numerators = by_size.shapley(total);
            if after {
                for (sum, more) in numerators.iter_mut().zip(by_size.shapley(half + total)) {
                    *sum += more;
                }
            }
            let parts = exact::largest_remainder(&numerators, &factorial(agreements).into());
            parts.into_iter().map(|part| i128::try_from(part).unwrap_or(0)).collect()
        });
        Savings {
            joint: of(0) - of(1),
            alone: (0..agreements).map(|place| of(0) - of(2 + place)).collect(),
            last: (0..agreements).map(|place| of(2 + agreements + place) - of(1)).collect(),
            value,
        }
    };
    Ok(Worth {
        within: (0..half).map(|total| savings(false, total)).collect(),
        with_run_off: (0..half).map(|total| savings(true, total)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_game_of_three_add_up_to_what_all_save() {
        // Nobody saves anything alone; two save 6, all three 9: by symmetry each is worth 3.
        let mut by_size = BySize::new(3, 1);
        for subset in 0_usize..8 {
            let total = [100, 100, 94, 91][subset.count_ones() as usize];
            by_size.add(subset, &[total]);
        }
        let values = exact::largest_remainder(&by_size.shapley(0), &factorial(3).into());
        assert_eq!(values, [3.into(), 3.into(), 3.into()]);
    }

    #[test]
    fn the_sets_of_no_agreement_are_twice_the_empty_one() {
        assert_eq!(sets(0), [0, 0]);
        assert_eq!(sets(2), [0, 3, 1, 2, 2, 1]);
        assert_eq!(all(64), Set::MAX);
    }
}
