//! The number of units of each driver in each month.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::approx::Approx;
use crate::error::Error;
use crate::names::Driver;
use crate::scenario::{DriverCount, DriverName, DriverQuantity, Household, Inner, Member, OwnDriver, Schedule};
use crate::types::Month;
use crate::watch::Pulse;

/// Over which members a driver is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// All who count.
    All,
    /// Those who join in the month.
    Joining,
    /// Those who leave with the next month.
    Leaving,
}

impl Who {
    pub(crate) fn of(schedule: &Schedule) -> Self {
        match schedule {
            Schedule::OnJoin => Self::Joining,
            Schedule::OnLeave => Self::Leaving,
            _ => Self::All,
        }
    }
}

/// A quantity as a number: tenths of a unit, or the place of a decimal that is no whole number of tenths. 0 is nothing.
pub(crate) type Units = u32;

/// The bit of a place among decimals.
const DECIMAL: Units = 1 << 31;

/// Quantities that are no whole number of tenths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decimals(Arc<Vec<(Decimal, Approx)>>);

/// Quantities by driver, then by month.
#[derive(Debug)]
pub(crate) struct Exposure {
    /// By whom they are evaluated over, then by driver.
    standard: [[Vec<Units>; DRIVERS]; 3],
    own: Vec<ByWho>,
    decimals: Decimals,
}

/// By whom a driver is evaluated over; empty for those that no line asks for.
type ByWho = [Vec<Units>; 3];

const DRIVERS: usize = Driver::ALL.len();

/// A driver of a scenario by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DriverPlace {
    Standard(Driver),
    Own(usize),
}

impl DriverPlace {
    /// The place of a driver that is declared.
    pub(crate) fn of(scenario: &Inner, name: &DriverName) -> Self {
        match name {
            DriverName::Standard(driver) => Self::Standard(*driver),
            DriverName::Own(id) => Self::Own(scenario.drivers.get_index_of(id).unwrap_or(usize::MAX)),
        }
    }
}

impl Exposure {
    /// The quantities of a scenario's months `0..horizon`.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(scenario: &Inner, horizon: u32, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let asks = |who: Who| {
            who == Who::All
                || scenario
                    .lines
                    .values()
                    .filter_map(|line| line.priced())
                    .any(|priced| Who::of(&priced.schedule) == who)
        };
        let mut counts = [Who::All, Who::Joining, Who::Leaving].map(|who| {
            let months = if asks(who) { horizon as usize } else { 0 };
            (vec![Count::default(); months], vec![vec![0_u32; months]; scenario.drivers.len()])
        });
        let (start, household) = (scenario.start, &scenario.household);
        let month = |offset: usize| start.plus(i32::try_from(offset).unwrap_or(i32::MAX));
        let offset = |month: Month| usize::try_from(month.months_since(start)).unwrap_or(0);
        for member in &household.members {
            pulse.beat()?;
            let end = member.leaves.map_or(horizon as usize, |leaves| offset(leaves).min(horizon as usize));
            let first = offset(member.joins.map_or(member.born, |joins| joins.max(member.born)));
            let joins = (1..end).contains(&first) && member.joins_in(month(first));
            let last = end.checked_sub(1).filter(|&last| first <= last && member.leaves_after(month(last)));
            let [all, joining, leaving] = &mut counts;
            let add = |(table, own): &mut (Vec<Count>, Vec<Vec<u32>>), place: usize| {
                let Some(count) = table.get_mut(place) else { return };
                count.add(member, household, month(place));
                for (counts, driver) in own.iter_mut().zip(scenario.drivers.values()) {
                    counts[place] += u32::from(driver.count.includes(member, month(place)));
                }
            };
            for place in first..end {
                add(all, place);
            }
            if joins {
                add(joining, first);
            }
            if let Some(last) = last {
                add(leaving, last);
            }
        }
        let mut decimals = Vec::new();
        let standard = counts.each_ref().map(|(table, _)| by_driver(table));
        let mut own = Vec::with_capacity(scenario.drivers.len());
        for (place, driver) in scenario.drivers.values().enumerate() {
            pulse.beat()?;
            own.push(own_driver(place, driver, &counts, &mut decimals));
        }
        Ok(Self { standard, own, decimals: Decimals(Arc::new(decimals)) })
    }

    /// The quantities of a driver by month.
    pub(crate) fn units(&self, driver: DriverPlace, who: Who) -> &[Units] {
        match driver {
            DriverPlace::Standard(driver) => &self.standard[who as usize][driver as usize],
            DriverPlace::Own(place) => self.own.get(place).map_or(&[], |tables| &tables[who as usize]),
        }
    }

    pub(crate) fn decimals(&self) -> &Decimals {
        &self.decimals
    }
}

impl Decimals {
    /// A quantity in units of the driver.
    pub(crate) fn value(&self, units: Units) -> Decimal {
        match self.place(units) {
            Some((decimal, _)) => *decimal,
            None => Decimal::try_from_i128_with_scale(i128::from(units), 1)
                .map(|tenths| tenths.normalize())
                .unwrap_or_default(),
        }
    }

    /// The tenths in a quantity: a whole number, or an approximation of it.
    pub(crate) fn tenths(&self, units: Units) -> Result<u32, Approx> {
        self.place(units).map_or(Ok(units), |(_, tenths)| Err(*tenths))
    }

    fn place(&self, units: Units) -> Option<&(Decimal, Approx)> {
        (units & DECIMAL != 0).then(|| self.0.get((units & !DECIMAL) as usize))?
    }
}

fn by_driver(counts: &[Count]) -> [Vec<Units>; DRIVERS] {
    let mut tables = std::array::from_fn(|_| Vec::with_capacity(counts.len()));
    for count in counts {
        for (table, tenths) in tables.iter_mut().zip(count.tenths()) {
            table.push(tenths);
        }
    }
    tables
}

/// The number of a quantity, which joins the decimals if it is new and no whole number of tenths.
fn number(quantity: Decimal, decimals: &mut Vec<(Decimal, Approx)>) -> Units {
    if quantity <= Decimal::ZERO {
        return 0;
    }
    let quantity = quantity.normalize();
    if quantity.scale() <= 1 {
        let tenths = quantity.mantissa() * 10_i128.pow(1 - quantity.scale());
        if let Some(tenths) = u32::try_from(tenths).ok().filter(|tenths| tenths & DECIMAL == 0) {
            return tenths;
        }
    }
    let place = decimals.iter().position(|(known, _)| *known == quantity).unwrap_or_else(|| {
        let size = quantity.mantissa().unsigned_abs().saturating_mul(10);
        decimals.push((quantity, Approx::quotient(size, 10_u128.pow(quantity.scale()))));
        decimals.len() - 1
    });
    DECIMAL | u32::try_from(place).unwrap_or(0)
}

/// The quantities of a driver that the scenario declares.
fn own_driver(
    place: usize,
    driver: &OwnDriver,
    counts: &[(Vec<Count>, Vec<Vec<u32>>); 3],
    decimals: &mut Vec<(Decimal, Approx)>,
) -> ByWho {
    let [(all, own), ..] = counts;
    // The number of members who count in a month, all or all but some.
    let count = |of: &Count, own: u32| match &driver.count {
        DriverCount::Of(driver) => of.tenths()[*driver as usize] / 10,
        DriverCount::Members { .. } => own,
    };
    counts.each_ref().map(|(some, some_own)| {
        let is_all = std::ptr::eq(some, all);
        let quantity = |month: usize| {
            let (part, part_own) = (&some[month], some_own[place][month]);
            if is_all || driver.quantity == DriverQuantity::Count {
                return driver.quantity.of(count(part, part_own));
            }
            // The quantity with those who are left out, and without them.
            let whole = driver.quantity.of(count(&all[month], own[place][month]));
            whole - driver.quantity.of(count(&all[month].without(part), own[place][month] - part_own))
        };
        (0..some.len()).map(|month| number(quantity(month), decimals)).collect()
    })
}

#[derive(Clone, Copy, Debug, Default)]
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

    /// All but some of those counted.
    fn without(&self, some: &Self) -> Self {
        Self {
            person: self.person - some.person,
            adult: self.adult - some.adult,
            school_age: self.school_age - some.school_age,
            working_age: self.working_age - some.working_age,
            fourteen: self.fourteen - some.fourteen,
        }
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
