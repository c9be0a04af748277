//! The household: members, and when they count.

use std::fmt;

use crate::names::Role;
use crate::types::Month;

/// One member, without a name. Its `Debug` form shows nothing that could identify.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The month of birth.
    pub born: Month,
    /// The role of the member in the household.
    pub role: Option<Role>,
    /// The first month in which the member counts, if not from birth or the start.
    pub joins: Option<Month>,
    /// The first month in which the member no longer counts.
    pub leaves: Option<Month>,
}

impl Member {
    /// True if the member counts in a month: `max(born, joins) <= month < leaves`.
    pub fn counts(&self, month: Month) -> bool {
        self.born <= month
            && self.joins.is_none_or(|joins| joins <= month)
            && self.leaves.is_none_or(|leaves| month < leaves)
    }

    /// True if the member counts in a month from `from` up to and without `until`.
    pub(crate) fn counts_within(&self, from: Month, until: Month) -> bool {
        let first = self.joins.map_or(self.born, |joins| joins.max(self.born)).max(from);
        first < self.leaves.map_or(until, |leaves| leaves.min(until))
    }

    /// Age in completed years; `None` before birth.
    pub fn age(&self, month: Month) -> Option<u32> {
        u32::try_from(month.months_since(self.born)).ok().map(|months| months / 12)
    }

    /// True if the member leaves after a month: counts in it, and `leaves` is the next.
    pub fn leaves_after(&self, month: Month) -> bool {
        self.counts(month) && self.leaves == Some(month.plus(1))
    }

    /// True if the member joins in a month: counts in it, did not the month before, and was not born in it.
    pub fn joins_in(&self, month: Month) -> bool {
        self.counts(month) && !self.counts(month.plus(-1)) && self.born != month
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Member(not shown)")
    }
}

/// Ages in completed years, both ends included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AgeRange {
    /// The lowest age.
    pub from: u32,
    /// The highest age.
    pub to: u32,
}

impl fmt::Debug for AgeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AgeRange(not shown)")
    }
}

impl AgeRange {
    /// True if an age lies in the range.
    pub fn contains(self, age: u32) -> bool {
        (self.from..=self.to).contains(&age)
    }
}

/// A household, whose ages are months of birth wherever they were given from. Its `Debug` form shows nothing that could identify.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Household {
    /// A pseudonym, never shown in an error.
    pub reference: Option<String>,
    /// The members, in any order.
    pub members: Vec<Member>,
    /// Who counts for the driver `school_age`.
    pub school_age: AgeRange,
    /// Who counts for the driver `working_age`.
    pub working_age: AgeRange,
}

impl Household {
    /// School age where a scenario gives none.
    pub const SCHOOL_AGE: AgeRange = AgeRange { from: 4, to: 17 };
    /// Working age where a scenario gives none.
    pub const WORKING_AGE: AgeRange = AgeRange { from: 18, to: 64 };
    /// The age from which a member is an adult.
    pub(crate) const ADULT: u32 = 18;

    /// True if one and the same adult counts in every month of `from..until`.
    pub(crate) fn has_adult_within(&self, from: Month, until: Month) -> bool {
        self.members.iter().any(|member| {
            member.counts(from)
                && member.age(from).is_some_and(|age| age >= Self::ADULT)
                && member.leaves.is_none_or(|leaves| until <= leaves)
        })
    }

    /// True if minors count in a month, and nobody else.
    pub(crate) fn has_minors_alone(&self, month: Month) -> bool {
        let mut ages = self.members.iter().filter(|member| member.counts(month)).map(|member| member.age(month));
        let is_minor = |age: Option<u32>| age.is_some_and(|age| age < Self::ADULT);
        ages.next().is_some_and(is_minor) && ages.all(is_minor)
    }
}

impl fmt::Debug for Household {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Household(not shown)")
    }
}
