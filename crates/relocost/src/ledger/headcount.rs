//! How many members count for what, in runs of months in which no count changes.

use std::ops::Range;

use crate::names::{Driver, Role};
use crate::scenario::charging::Who;
use crate::scenario::{AgeRange, DriverCount, Household, Inner, Member};
use crate::types::Month;

/// The counts from which the quantities of the model's drivers follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    person: u32,
    adult: u32,
    school_age: u32,
    working_age: u32,
    fourteen: u32,
}

/// The fields of a count, and after them the own drivers that count members.
const FIELDS: usize = 5;

impl Count {
    fn of(fields: &[u32]) -> Self {
        let &[person, adult, school_age, working_age, fourteen, ..] = fields else { return Self::default() };
        Self { person, adult, school_age, working_age, fourteen }
    }

    /// All but some of those counted.
    pub(super) fn without(&self, some: &Self) -> Self {
        Self {
            person: self.person - some.person,
            adult: self.adult - some.adult,
            school_age: self.school_age - some.school_age,
            working_age: self.working_age - some.working_age,
            fourteen: self.fourteen - some.fourteen,
        }
    }

    /// Tenths of a unit of a driver.
    pub(super) fn tenths(&self, driver: Driver) -> u32 {
        let &Self { person, adult, school_age, working_age, fourteen } = self;
        match driver {
            Driver::Household => 10 * u32::from(person > 0),
            Driver::Person => 10 * person,
            Driver::Adult => 10 * adult,
            Driver::Minor => 10 * (person - adult),
            Driver::SchoolAge => 10 * school_age,
            Driver::WorkingAge => 10 * working_age,
            // OECD-modified scale (Hagenaars, de Vos, Zaidi 1994): 1.0 first, 0.5 for others of 14 or more, 0.3 for
            // younger.
            Driver::EquivalentAdult => match (person, fourteen) {
                (0, _) => 0,
                (_, 0) => 10 + 3 * (person - 1),
                _ => 10 + 5 * (fourteen - 1) + 3 * (person - fourteen),
            },
        }
    }
}

/// The counts of a run of months.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) months: Range<u32>,
    pub(super) count: Count,
    /// By own driver; 0 of those that count no members.
    pub(super) own: Vec<u32>,
}

impl Run {
    fn of(months: Range<u32>, fields: &[u32]) -> Self {
        Self { months, count: Count::of(fields), own: fields[FIELDS..].to_vec() }
    }
}

/// The runs of a horizon, by whom they count; none of those not asked for.
#[derive(Debug, Default)]
pub(super) struct Headcount([Vec<Run>; 3]);

/// The changes of counts within a horizon, however many months it has.
struct Changes {
    horizon: u32,
    /// The number of fields.
    width: usize,
    list: Vec<Change>,
}

/// How many more there are of a field from a month on; 0 where the month only ends a run.
struct Change {
    month: u32,
    field: usize,
    more: i32,
}

impl Headcount {
    /// The counts of the months `0..horizon`.
    pub(super) fn new(scenario: &Inner, horizon: u32, asks: impl Fn(Who) -> bool) -> Self {
        let start = scenario.start;
        let offset = |month: Month| u32::try_from(month.months_since(start)).unwrap_or(0);
        let own = scenario.drivers.len();
        // All that a member changes; few join or leave.
        let all = 2 * (FIELDS + own) * scenario.household.members.len();
        let mut changes = Who::EACH.map(|who| {
            let list = Vec::with_capacity(if who == Who::All { all } else { 0 });
            asks(who).then_some(Changes { horizon, width: FIELDS + own, list })
        });
        let mut change = |who: Who, member: &Member, months: Range<u32>| {
            if let Some(changes) = &mut changes[who as usize] {
                changes.add(scenario, member, months);
            }
        };
        for member in &scenario.household.members {
            let end = member.leaves.map_or(horizon, |leaves| offset(leaves).min(horizon));
            let first = offset(member.joins.map_or(member.born, |joins| joins.max(member.born)));
            let month = |offset: u32| scenario.without_household().month(offset);
            let joins = (1..end).contains(&first) && member.joins_in(month(first));
            let last = end.checked_sub(1).filter(|&last| first <= last && member.leaves_after(month(last)));
            change(Who::All, member, first..end);
            if joins {
                change(Who::Joining, member, first..first + 1);
            }
            if let Some(last) = last {
                change(Who::Leaving, member, last..last + 1);
            }
        }
        let mut runs = Self::default();
        for (who, changes) in Who::EACH.into_iter().zip(changes) {
            if let Some(mut changes) = changes {
                // Who joins or leaves is held against all, so that their runs end where a run of all does.
                runs.of(Who::All).iter().for_each(|run| changes.push(run.months.end, 0, 0));
                runs.0[who as usize] = changes.runs();
            }
        }
        runs
    }

    pub(super) fn of(&self, who: Who) -> &[Run] {
        &self.0[who as usize]
    }

    /// The run of all in which a month lies.
    pub(super) fn all_at(&self, month: u32) -> Option<&Run> {
        let runs = self.of(Who::All);
        runs.get(runs.partition_point(|run| run.months.end <= month))
    }
}

impl Changes {
    fn push(&mut self, month: u32, field: usize, more: i32) {
        if month < self.horizon {
            self.list.push(Change { month, field, more });
        }
    }

    /// Adds a member who counts in some months, as far as the ages go.
    fn add(&mut self, scenario: &Inner, member: &Member, months: Range<u32>) {
        let born = i64::from(member.born.months_since(scenario.start));
        let mut count = |field: usize, from: u32, below: Option<u32>| {
            let birthday = |age: u32| u32::try_from((born + 12 * i64::from(age)).max(0)).unwrap_or(u32::MAX);
            let first = months.start.max(birthday(from));
            let end = below.map_or(months.end, |age| months.end.min(birthday(age)));
            if first < end {
                self.push(first, field, 1);
                self.push(end, field, -1);
            }
        };
        let after = |ages: AgeRange| ages.to.checked_add(1);
        let &Household { school_age, working_age, .. } = &scenario.household;
        count(0, 0, None);
        count(1, Household::ADULT, None);
        count(2, school_age.from, after(school_age));
        count(3, working_age.from, after(working_age));
        count(4, 14, None);
        for (place, driver) in scenario.drivers.values().enumerate() {
            if let DriverCount::Members { roles, age } = &driver.count
                && has_role(member, roles)
            {
                count(FIELDS + place, age.from, after(*age));
            }
        }
    }

    fn runs(mut self) -> Vec<Run> {
        self.list.sort_unstable_by_key(|change| change.month);
        let (mut runs, mut fields) = (Vec::with_capacity(self.list.len() + 1), vec![0_u32; self.width]);
        let mut first = 0;
        for changes in self.list.chunk_by(|one, next| one.month == next.month) {
            let month = changes[0].month;
            if first < month {
                runs.push(Run::of(first..month, &fields));
                first = month;
            }
            for change in changes {
                fields[change.field] = fields[change.field].saturating_add_signed(change.more);
            }
        }
        if first < self.horizon {
            runs.push(Run::of(first..self.horizon, &fields));
        }
        runs
    }
}

fn has_role(member: &Member, roles: &[Role]) -> bool {
    roles.is_empty() || member.role.is_some_and(|role| roles.contains(&role))
}
