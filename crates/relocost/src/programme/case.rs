//! Cases: a household, its arrival, and how it is to be settled.

use std::fmt;
use std::sync::Arc;

use crate::programme::queue::{Queueing, Set};
use crate::programme::route::Planned;
use crate::scenario::{Household, Member};
use crate::types::{Id, Month};

/// The name by which a case of one file is found in another. Entries and rows of one name are one row of copies.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum CaseName {
    /// The id of its entry.
    Id(Id),
    /// The pseudonym of its household, which every row of a table has.
    Reference(String),
    /// It has neither: its place among those, from 0.
    Place(u32),
}

/// A case, or several that are alike in all. Its `Debug` form shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) name: CaseName,
    /// The number of the first of them among the cases as declared, from 1.
    pub(crate) number: u32,
    /// The number of copies.
    pub(crate) copies: u32,
    /// What names their random numbers, but for the number of the copy: `case/<entry>/<row>/`.
    pub(crate) numbers: Arc<str>,
    /// The number of the first copy among those of its entry and row, from 1.
    pub(crate) first_copy: u32,
    pub(crate) household: Household,
    pub(crate) arrives: Month,
    /// The month from which it has no support.
    pub(crate) ends: Option<Month>,
    pub(crate) course: CaseCourse,
}

/// The course of a case that its file gives.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum CaseCourse {
    /// It queues for a place.
    Queues { priority: i32, suits: Set },
    /// It moves to a solution, by its place in the setting, in a month.
    Placed { solution: usize, moves: Month },
    /// It follows the stages of a pathway or solution from its arrival on.
    Pathway { name: Id, stages: Vec<Planned> },
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Case(not shown)")
    }
}

impl Case {
    /// As the queue sees it, on the clock of a programme that begins in `first`; `None` if it does not queue.
    pub(crate) fn queueing(&self, first: Month) -> Option<Queueing> {
        let CaseCourse::Queues { priority, suits } = self.course else { return None };
        Some(Queueing {
            arrives: self.arrives.months_since(first),
            ends: self.ends.map(|ends| ends.months_since(first)),
            priority,
            suits,
            leaves: leaves(&self.household, first).into(),
        })
    }

    /// The persons who count in a month or will count later.
    pub(crate) fn persons(&self, month: Month) -> u32 {
        let first = self.arrives;
        let gone = |leaves: &&i32| **leaves > month.months_since(first);
        u32::try_from(leaves(&self.household, first).iter().filter(gone).count()).unwrap_or(u32::MAX)
    }

    /// The number of members who count in a month.
    pub(crate) fn members(&self, month: Month) -> u32 {
        u32::try_from(self.household.members.iter().filter(|member| member.counts(month)).count()).unwrap_or(u32::MAX)
    }
}

/// When those who ever count leave, ascending, on the clock of `first`.
fn leaves(household: &Household, first: Month) -> Vec<i32> {
    let begins = |member: &Member| member.joins.map_or(member.born, |joins| joins.max(member.born));
    let ever = household.members.iter().filter(|member| member.leaves.is_none_or(|leaves| begins(member) < leaves));
    let mut leaves: Vec<i32> =
        ever.map(|member| member.leaves.map_or(i32::MAX, |leaves| leaves.months_since(first))).collect();
    leaves.sort_unstable();
    leaves
}

/// A household all of whose months come later.
pub(crate) fn moved(household: &Household, months: i32) -> Household {
    let mut household = household.clone();
    for member in &mut household.members {
        member.born = member.born.plus(months);
        member.joins = member.joins.map(|joins| joins.plus(months));
        member.leaves = member.leaves.map(|leaves| leaves.plus(months));
    }
    household
}
