//! Arrivals by chance: how many cases come in a month, and of which households (MODEL.md, 11.8).

use std::fmt;

use crate::programme::queue::Set;
use crate::scenario::{Household, Member};
use crate::types::{Amount, Month};

/// Cases that arrive at random. Its `Debug` form shows nothing of them.
#[derive(Clone)]
pub(crate) struct Arrival {
    /// The id, or the place among the entries from 1, which names the random numbers.
    pub(crate) name: String,
    /// The mean number a year.
    pub(crate) per_year: Amount,
    /// The first month, not before the programme's.
    pub(crate) from: Month,
    /// The month after the last, not after the programme's end.
    pub(crate) until: Month,
    /// The households of which one arrives, each with its weight.
    pub(crate) households: Vec<(u32, ArrivingHousehold)>,
    /// The lower, the earlier, where the queue asks for priorities.
    pub(crate) priority: i32,
    /// The agreements that suit the cases.
    pub(crate) suits: Set,
}

/// A household that may arrive in any month.
#[derive(Clone)]
pub(crate) struct ArrivingHousehold {
    /// As they are in the first month of arrivals.
    members: Vec<Member>,
    /// Whether an age is given of each, which is that of the month of arrival.
    aged: Vec<bool>,
    /// The first month of arrivals.
    first: Month,
}

impl ArrivingHousehold {
    /// A household that has these members if it arrives in `first`, and those of `next` if it arrives a month later.
    pub(crate) fn new(first: Month, members: Vec<Member>, next: &[Member]) -> Self {
        let aged = members.iter().zip(next).map(|(one, other)| one.born != other.born).collect();
        Self { members, aged, first }
    }

    /// The household that arrives in a month; all but the members is that of `nobody`.
    pub(crate) fn arriving(&self, month: Month, nobody: &Household) -> Household {
        let mut members = self.members.clone();
        for (member, _) in members.iter_mut().zip(&self.aged).filter(|(_, aged)| **aged) {
            member.born = member.born.plus(month.months_since(self.first));
        }
        Household { members, ..nobody.clone() }
    }
}

impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Arrival(not shown)")
    }
}
