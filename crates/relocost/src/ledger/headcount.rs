//! How many members count for what, in runs of months in which no count changes.

use std::ops::Range;

use super::exposure::Who;
use crate::names::{Driver, Role};
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

/// The runs of a horizon, by whom they count; none of those not asked for.
#[derive(Debug, Default)]
pub(super) struct Headcount([Vec<Run>; 3]);

/// One more or one less of a field from a month on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    month: u32,
    /// Sorted before what ends in the same month, so that no count falls below 0.
    ends: bool,
    field: usize,
}

impl Headcount {
    /// The counts of the months `0..horizon`.
    pub(super) fn new(scenario: &Inner, horizon: u32, asks: impl Fn(Who) -> bool) -> Self {
        let start = scenario.start;
        let offset = |month: Month| u32::try_from(month.months_since(start)).unwrap_or(0);
        let mut steps: [Vec<Step>; 3] = Default::default();
        steps[Who::All as usize].reserve(2 * (FIELDS + scenario.drivers.len()) * scenario.household.members.len());
        for member in &scenario.household.members {
            let end = member.leaves.map_or(horizon, |leaves| offset(leaves).min(horizon));
            let first = offset(member.joins.map_or(member.born, |joins| joins.max(member.born)));
            let month = |offset: u32| start.plus(i32::try_from(offset).unwrap_or(i32::MAX));
            let joins = (1..end).contains(&first) && member.joins_in(month(first));
            let last = end.checked_sub(1).filter(|&last| first <= last && member.leaves_after(month(last)));
            add(&mut steps[Who::All as usize], scenario, member, first..end);
            if joins {
                add(&mut steps[Who::Joining as usize], scenario, member, first..first + 1);
            }
            if let Some(last) = last {
                add(&mut steps[Who::Leaving as usize], scenario, member, last..last + 1);
            }
        }
        let own = scenario.drivers.len();
        let mut runs = Self::default();
        for who in [Who::All, Who::Joining, Who::Leaving] {
            if asks(who) {
                // Who joins or leaves is held against all, so that their runs end where a run of all does.
                let ends = runs.of(Who::All).iter().map(|run| run.months.end).collect();
                runs.0[who as usize] = runs_of(std::mem::take(&mut steps[who as usize]), ends, horizon, own);
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

/// Adds a member who counts in some months, as far as the ages go.
fn add(steps: &mut Vec<Step>, scenario: &Inner, member: &Member, months: Range<u32>) {
    let born = i64::from(member.born.months_since(scenario.start));
    let mut count = |field: usize, from: u32, below: Option<u32>| {
        let birthday = |age: u32| u32::try_from((born + 12 * i64::from(age)).max(0)).unwrap_or(u32::MAX);
        let first = months.start.max(birthday(from));
        let end = below.map_or(months.end, |age| months.end.min(birthday(age)));
        if first < end {
            steps.push(Step { month: first, ends: false, field });
            steps.push(Step { month: end, ends: true, field });
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

fn has_role(member: &Member, roles: &[Role]) -> bool {
    roles.is_empty() || member.role.is_some_and(|role| roles.contains(&role))
}

/// The runs of a horizon; one ends at each of `ends` too.
fn runs_of(mut steps: Vec<Step>, mut ends: Vec<u32>, horizon: u32, own: usize) -> Vec<Run> {
    steps.sort_unstable();
    ends.extend(steps.iter().map(|step| step.month));
    ends.push(horizon);
    ends.sort_unstable();
    ends.dedup();
    let (mut fields, mut steps) = (vec![0_u32; FIELDS + own], steps.into_iter().peekable());
    let (mut runs, mut first) = (Vec::with_capacity(ends.len()), 0);
    for end in ends.into_iter().filter(|&end| 0 < end && end <= horizon) {
        while let Some(step) = steps.next_if(|step| step.month <= first) {
            let field = &mut fields[step.field];
            if step.ends { *field -= 1 } else { *field += 1 }
        }
        runs.push(Run { months: first..end, count: Count::of(&fields), own: fields[FIELDS..].to_vec() });
        first = end;
    }
    runs
}
