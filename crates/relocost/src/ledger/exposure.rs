//! The number of units of each driver in each month.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::headcount::{Count, Headcount, Run};
use crate::approx::Approx;
use crate::error::Error;
use crate::names::Driver;
use crate::scenario::charging::{DriverPlace, Drivers, Who};
use crate::scenario::{DriverCount, DriverName, DriverQuantity, Inner, OwnDriver};
use crate::watch::Pulse;

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
    /// The months of all drivers in a row.
    months: Vec<Units>,
    horizon: usize,
    /// Where the months of a driver begin, by whom it is evaluated over.
    standard: [[First; DRIVERS]; 3],
    own: Vec<[First; 3]>,
    decimals: Decimals,
    /// By whom, the months from which a quantity may be another, the first included.
    changes: [Vec<u32>; 3],
}

/// `None` of a driver that no line asks for.
type First = Option<usize>;

const DRIVERS: usize = Driver::ALL.len();

/// Units of a driver, and whether there is any unit of what a relief needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) units: Units,
    pub(crate) earns: bool,
}

/// The quantities of a household in runs of months in which none changes.
pub(crate) struct Quantities<'s> {
    scenario: &'s Inner,
    headcount: Headcount,
}

impl<'s> Quantities<'s> {
    /// Those of the months `0..horizon`, over the members whom `asks` names.
    pub(crate) fn new(scenario: &'s Inner, horizon: u32, asks: impl Fn(Who) -> bool) -> Self {
        Self { scenario, headcount: Headcount::new(scenario, horizon, asks) }
    }

    /// Visits the runs of months, the first and the end, each with its state. `None` where a quantity is no whole number
    /// of tenths.
    pub(crate) fn each(&self, drivers: Drivers, mut visit: impl FnMut(u32, u32, State)) -> Option<()> {
        let Drivers { driver, who, needs } = drivers;
        for run in self.headcount.of(who) {
            let units = self.units(driver, who, run)?;
            let earns = match needs.zip(self.headcount.all_at(run.months.start)) {
                Some((needs, all)) => self.units(needs, Who::All, all)? > 0,
                None => needs.is_none(),
            };
            visit(run.months.start, run.months.end, State { units, earns });
        }
        Some(())
    }

    fn units(&self, driver: DriverPlace, who: Who, run: &Run) -> Option<Units> {
        match driver {
            DriverPlace::Standard(driver) => Some(run.count.tenths(driver)),
            DriverPlace::Own(place) => {
                let (_, driver) = self.scenario.drivers.get_index(place)?;
                tenths(own_quantity(place, driver, who, &self.headcount, run))
            }
        }
    }
}

/// True of those over whom some line of a scenario evaluates its driver.
pub(crate) fn asks(scenario: &Inner) -> impl Fn(Who) -> bool {
    let mut asked = [true, false, false];
    for priced in scenario.lines.values().filter_map(|line| line.priced()) {
        asked[Who::of(&priced.schedule) as usize] = true;
    }
    move |who| asked[who as usize]
}

/// The drivers of the model for which some line asks, by whom they are evaluated over.
fn standard_drivers(scenario: &Inner) -> [[bool; DRIVERS]; 3] {
    let mut all = [[false; DRIVERS]; 3];
    for priced in scenario.lines.values().filter_map(|line| line.priced()) {
        let needs = priced.relief.as_ref().and_then(|relief| relief.needs.as_ref());
        let asked = [Some((&priced.driver, Who::of(&priced.schedule))), needs.map(|needs| (needs, Who::All))];
        for (name, who) in asked.into_iter().flatten() {
            if let DriverName::Standard(driver) = *name {
                all[who as usize][driver as usize] = true;
            }
        }
    }
    all
}

impl Exposure {
    /// The quantities of a scenario's months `0..horizon`.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(scenario: &Inner, horizon: u32, pulse: &Pulse<'_>) -> Result<Self, Error> {
        pulse.beat()?;
        let headcount = Headcount::new(scenario, horizon, asks(scenario));
        pulse.beat()?;
        let asked = standard_drivers(scenario);
        let counted = Who::EACH.into_iter().filter(|who| !headcount.of(*who).is_empty()).count();
        let tables = asked.iter().flatten().filter(|asked| **asked).count() + counted * scenario.drivers.len();
        let mut exposure = Self::empty(scenario, horizon, tables);
        for who in Who::EACH {
            for &driver in Driver::ALL.iter().filter(|driver| asked[who as usize][**driver as usize]) {
                exposure.standard[who as usize][driver as usize] =
                    exposure.add(headcount.of(who), |run| run.count.tenths(driver));
            }
        }
        let mut decimals = Vec::new();
        for (place, driver) in scenario.drivers.values().enumerate() {
            pulse.beat()?;
            for who in Who::EACH {
                let quantity = |run: &Run| number(own_quantity(place, driver, who, &headcount, run), &mut decimals);
                exposure.own[place][who as usize] = exposure.add(headcount.of(who), quantity);
            }
        }
        exposure.decimals = Decimals(Arc::new(decimals));
        exposure.changes = Who::EACH.map(|who| headcount.of(who).iter().map(|run| run.months.start).collect());
        Ok(exposure)
    }

    /// No quantities yet, with room for those of some drivers.
    fn empty(scenario: &Inner, horizon: u32, drivers: usize) -> Self {
        let horizon = horizon as usize;
        Self {
            months: Vec::with_capacity(drivers * horizon),
            horizon,
            standard: Default::default(),
            own: vec![[None; 3]; scenario.drivers.len()],
            decimals: Decimals::default(),
            changes: Default::default(),
        }
    }

    /// Adds what is the same in each month of a run, by month.
    fn add(&mut self, runs: &[Run], mut units: impl FnMut(&Run) -> Units) -> First {
        let first = self.months.len();
        for run in runs {
            self.months.resize(first + run.months.end as usize, units(run));
        }
        (!runs.is_empty()).then_some(first)
    }

    /// The same quantities in every month, and none of any other driver.
    pub(super) fn constant(scenario: &Inner, horizon: u32, drivers: Drivers, state: State) -> Self {
        let mut exposure = Self::empty(scenario, horizon, 2);
        exposure.changes = std::array::from_fn(|_| vec![0]);
        let mut set = |driver, who: Who, units| {
            let first = Some(exposure.months.len());
            exposure.months.resize(exposure.months.len() + exposure.horizon, units);
            match driver {
                DriverPlace::Standard(driver) => exposure.standard[who as usize][driver as usize] = first,
                DriverPlace::Own(place) => exposure.own[place][who as usize] = first,
            }
        };
        if let Some(needs) = drivers.needs {
            set(needs, Who::All, u32::from(state.earns));
        }
        set(drivers.driver, drivers.who, state.units);
        exposure
    }

    /// The quantities of a driver by month.
    pub(crate) fn units(&self, driver: DriverPlace, who: Who) -> &[Units] {
        let first = match driver {
            DriverPlace::Standard(driver) => self.standard[who as usize][driver as usize],
            DriverPlace::Own(place) => self.own.get(place).and_then(|firsts| firsts[who as usize]),
        };
        first.map_or(&[], |first| &self.months[first..first + self.horizon])
    }

    /// The months from which a quantity evaluated over some members may be another, the first included.
    pub(crate) fn changes(&self, who: Who) -> &[u32] {
        &self.changes[who as usize]
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

    /// A quantity of others among these.
    pub(super) fn merge(&mut self, others: &Self, units: Units) -> Units {
        if others.place(units).is_none() { units } else { number(others.value(units), Arc::make_mut(&mut self.0)) }
    }

    /// The tenths in a quantity; `None` in nothing.
    pub(super) fn tenths(&self, units: Units) -> Option<Approx> {
        match self.place(units) {
            Some((_, tenths)) => Some(*tenths),
            None => (units != 0).then(|| Approx::whole(units)),
        }
    }

    fn place(&self, units: Units) -> Option<&(Decimal, Approx)> {
        (units & DECIMAL != 0).then(|| self.0.get((units & !DECIMAL) as usize))?
    }
}

/// The number of a quantity that is a whole number of tenths; 0 of one below 0.
fn tenths(quantity: Decimal) -> Option<Units> {
    if quantity <= Decimal::ZERO {
        return Some(0);
    }
    let quantity = quantity.normalize();
    let tenths = quantity.mantissa() * 10_i128.pow(1_u32.checked_sub(quantity.scale())?);
    u32::try_from(tenths).ok().filter(|tenths| tenths & DECIMAL == 0)
}

/// The number of a quantity, which joins the decimals if it is new and no whole number of tenths.
fn number(quantity: Decimal, decimals: &mut Vec<(Decimal, Approx)>) -> Units {
    if let Some(tenths) = tenths(quantity) {
        return tenths;
    }
    let quantity = quantity.normalize();
    let place = decimals.iter().position(|(known, _)| *known == quantity).unwrap_or_else(|| {
        let size = quantity.mantissa().unsigned_abs().saturating_mul(10);
        decimals.push((quantity, Approx::quotient(size, 10_u128.pow(quantity.scale()))));
        decimals.len() - 1
    });
    DECIMAL | u32::try_from(place).unwrap_or(0)
}

/// The quantity of a driver that the scenario declares, in a run of months.
fn own_quantity(place: usize, driver: &OwnDriver, who: Who, headcount: &Headcount, run: &Run) -> Decimal {
    // The number of members who count, all or all but some.
    let count = |of: &Count, own: u32| match &driver.count {
        DriverCount::Of(driver) => of.tenths(*driver) / 10,
        DriverCount::Members { .. } => own,
    };
    let own = run.own[place];
    let all = headcount.all_at(run.months.start).filter(|_| who != Who::All);
    match all {
        // The quantity with those who join or leave, less that without them.
        Some(all) if driver.quantity != DriverQuantity::Count => {
            let without = count(&all.count.without(&run.count), all.own[place] - own);
            driver.quantity.of(count(&all.count, all.own[place])) - driver.quantity.of(without)
        }
        _ => driver.quantity.of(count(&run.count, own)),
    }
}
