//! How many units of each driver a month has.

use crate::error::Error;
use crate::names::Driver;
use crate::scenario::{Household, Member};
use crate::types::Month;
use crate::watch::Pulse;

/// Tenths of a unit by driver, then by month: all drivers are whole or, for the scale, tenths.
#[derive(Debug)]
pub(crate) struct Exposure {
    all: [Vec<u32>; DRIVERS],
    joining: [Vec<u32>; DRIVERS],
}

const DRIVERS: usize = Driver::ALL.len();

impl Exposure {
    pub(crate) fn new(household: &Household, start: Month, horizon: u32, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let mut all = vec![Count::default(); horizon as usize];
        let mut joining = vec![Count::default(); horizon as usize];
        for member in &household.members {
            pulse.beat()?;
            let month = |offset: usize| start.plus(i32::try_from(offset).unwrap_or(i32::MAX));
            let offset = |month: Month| usize::try_from(month.months_since(start)).unwrap_or(0);
            let first = offset(member.joins.map_or(member.born, |joins| joins.max(member.born)));
            let end = member.leaves.map_or(all.len(), |leaves| offset(leaves).min(all.len()));
            for (index, count) in all.iter_mut().enumerate().take(end).skip(first) {
                count.add(member, household, month(index));
            }
            if (1..end).contains(&first) && member.joins_in(month(first)) {
                joining[first].add(member, household, month(first));
            }
        }
        Ok(Self { all: by_driver(&all), joining: by_driver(&joining) })
    }

    /// Tenths of a unit by month: of all members that count, or of those that join in it.
    pub(crate) fn tenths(&self, driver: Driver, joining: bool) -> &[u32] {
        let tables = if joining { &self.joining } else { &self.all };
        &tables[driver as usize]
    }
}

fn by_driver(counts: &[Count]) -> [Vec<u32>; DRIVERS] {
    let mut tables = std::array::from_fn(|_| Vec::with_capacity(counts.len()));
    for count in counts {
        for (table, tenths) in tables.iter_mut().zip(count.tenths()) {
            table.push(tenths);
        }
    }
    tables
}

#[derive(Clone, Copy, Default)]
struct Count {
    person: u32,
    adult: u32,
    school_age: u32,
    working_age: u32,
    fourteen: u32,
}

impl Count {
    fn add(&mut self, member: &Member, household: &Household, month: Month) {
        let Some(age) = member.age(month) else { return };
        self.person += 1;
        self.adult += u32::from(age >= 18);
        self.school_age += u32::from(household.school_age.contains(age));
        self.working_age += u32::from(household.working_age.contains(age));
        self.fourteen += u32::from(age >= 14);
    }

    /// Tenths by driver, in the order of `Driver::ALL`.
    fn tenths(&self) -> [u32; DRIVERS] {
        let &Self { person, adult, school_age, working_age, fourteen } = self;
        // OECD-modified scale (Hagenaars, de Vos, Zaidi 1994): 1.0 first, 0.5 for others of 14 or more, 0.3 for younger.
        let scale = match (person, fourteen) {
            (0, _) => 0,
            (_, 0) => 10 + 3 * (person - 1),
            _ => 10 + 5 * (fourteen - 1) + 3 * (person - fourteen),
        };
        let mut tenths = [0; DRIVERS];
        for (place, &driver) in tenths.iter_mut().zip(Driver::ALL) {
            *place = match driver {
                Driver::Household => 10 * u32::from(person > 0),
                Driver::Person => 10 * person,
                Driver::Adult => 10 * adult,
                Driver::Minor => 10 * (person - adult),
                Driver::SchoolAge => 10 * school_age,
                Driver::WorkingAge => 10 * working_age,
                Driver::EquivalentAdult => scale,
            };
        }
        tenths
    }
}
