//! The waits of cases for a place, over those that queued (MODEL.md, 11.7).

use serde::{Serialize, Serializer};

use crate::programme::queue::{Course, Queueing};
use crate::types::SignedRatio;

/// The months within which the share of cases that were given a place is told.
pub const WITHIN_MONTHS: [u32; 4] = [6, 12, 24, 36];

/// The waits of cases, counted from their arrival or, where that was earlier, from the programme's first month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Waiting {
    /// Cases that queued.
    pub queued: u32,
    /// Those that were given a place.
    pub given: u32,
    /// For each of [`WITHIN_MONTHS`] the share, of the cases that joined at least that long before the end, of those that
    /// were given a place after so many months or fewer; none if no case joined that early.
    #[serde(serialize_with = "by_months")]
    pub given_within: [Option<SignedRatio>; 4],
    /// The median of the months to the place; none if it falls on a case that had none by the end.
    pub median: Option<u32>,
    /// The ninth decile, likewise.
    pub p90: Option<u32>,
    /// Cases that wait at the end.
    pub still_waiting: u32,
    /// The longest wait among them, in months up to the end.
    pub longest_wait: Option<u32>,
    /// Cases that left the queue without a place.
    pub left: u32,
    /// Cases that would be given no place if they were alone.
    pub without_way: u32,
}

impl Waiting {
    /// The waits of a run of so many months. `without_way` counts the cases that no agreement could ever take.
    pub(crate) fn of(cases: &[Queueing], courses: &[Course], months: i32, without_way: u32) -> Self {
        let mut waits: Vec<Option<u32>> = Vec::with_capacity(cases.len());
        let within = within(cases, courses, months);
        let (mut left, mut still_waiting, mut longest_wait) = (0, 0, None);
        for (case, course) in cases.iter().zip(courses) {
            let joins = case.joins();
            waits.push(wait(case, *course));
            match course {
                Course::Left(_) => left += 1,
                Course::Waiting => {
                    still_waiting += 1;
                    longest_wait = longest_wait.max(u32::try_from(months - joins).ok());
                }
                Course::Given(_) => {}
            }
        }
        waits.sort_by_key(|wait| wait.unwrap_or(u32::MAX)); // without a place: longer than any
        let share = |place: usize| SignedRatio::new(within[place][0].into(), within[place][1].into());
        Self {
            queued: count(cases.len()),
            given: count(waits.iter().flatten().count()),
            given_within: [share(0), share(1), share(2), share(3)],
            median: quantile(&waits, 1, 2),
            p90: quantile(&waits, 9, 10),
            still_waiting,
            longest_wait,
            left,
            without_way,
        }
    }
}

/// The months that a case waited for its place; `None` without one.
fn wait(case: &Queueing, course: Course) -> Option<u32> {
    course.given().and_then(|given| u32::try_from(given.month - case.joins()).ok())
}

/// For each of [`WITHIN_MONTHS`] how many cases were given a place after so many months or fewer, of how many that joined at
/// least that long before the end.
pub(crate) fn within(cases: &[Queueing], courses: &[Course], months: i32) -> [[u32; 2]; 4] {
    WITHIN_MONTHS.map(|limit| {
        let early = |case: &Queueing| case.joins().saturating_add_unsigned(limit) <= months;
        let mut counts = [0; 2];
        for (case, course) in cases.iter().zip(courses).filter(|(case, _)| early(case)) {
            counts[0] += u32::from(wait(case, *course).is_some_and(|wait| wait <= limit));
            counts[1] += 1;
        }
        counts
    })
}

/// The smallest wait x of which the share of waits up to x is at least `numerator / denominator`.
fn quantile(ascending: &[Option<u32>], numerator: usize, denominator: usize) -> Option<u32> {
    let rank = (ascending.len() * numerator).div_ceil(denominator);
    rank.checked_sub(1).and_then(|place| ascending.get(place).copied()).flatten()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Shares by the number of months.
fn by_months<S: Serializer>(shares: &[Option<SignedRatio>; 4], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(WITHIN_MONTHS.iter().map(ToString::to_string).zip(shares))
}
