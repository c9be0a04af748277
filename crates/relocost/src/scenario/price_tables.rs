//! What of a setting's prices and reliefs follows from the first month and the horizon, whatever the household: the periods
//! of its lines, their prices on each basis, and what its profiles leave. Each setting keeps them for its next questions.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, TryLockError};

use super::charging::Charging;
pub(crate) use super::factors::Factors;
use super::items::ChargedItems;
use super::rates::Profile;
use super::timetable::Timetable;
pub(crate) use super::timetable::Timetables;
use super::unit_price::UnitPrice;
use super::{Setting, SettingFrom};
use crate::approx::Part;
use crate::error::Error;
use crate::names::Basis;
use crate::types::Month;
use crate::watch::Pulse;

/// The share that is still needed after each number of months of relief.
#[derive(Debug, Default)]
pub(crate) struct Needed {
    pub(crate) shares: Vec<Part>,
    /// The same as quotients.
    pub(crate) exact: Vec<(i128, i128)>,
    /// The months of relief at which the share changes, the first included.
    pub(crate) changes: Vec<u32>,
}

impl Needed {
    /// What a profile leaves after 0, 1, 2, ... months of relief.
    fn of(profile: &Profile, horizon: u32) -> Self {
        let months = horizon as usize;
        let mut table = Self {
            shares: Vec::with_capacity(months),
            exact: Vec::with_capacity(months),
            changes: Vec::with_capacity(months),
        };
        for (month, exact) in (0..horizon).zip(profile.needed_by_month()) {
            let share = match (table.exact.last(), table.shares.last()) {
                (Some(last), Some(&share)) if *last == exact => share,
                _ => {
                    table.changes.push(month);
                    Part::quotient(exact.0.unsigned_abs(), exact.1.unsigned_abs())
                }
            };
            table.exact.push(exact);
            table.shares.push(share);
        }
        table
    }
}

/// The tables of a setting from a first month on, over a horizon.
#[derive(Debug)]
pub(crate) struct PriceTables {
    timetables: Timetables,
    /// By basis, once a question has needed them.
    factors: [OnceLock<Factors>; 2],
    /// By profile; empty for one that no line uses.
    needed: Vec<Needed>,
}

impl PriceTables {
    /// # Errors
    /// The watch cancels it.
    fn new(from: SettingFrom<'_>, horizon: u32, charged: &ChargedItems, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let mut used = vec![false; from.profiles.len()];
        for profile in charged.items.iter().filter_map(Charging::profile) {
            used[profile] = true;
        }
        let needed = from.profiles.values().zip(used).map(|(profile, used)| {
            pulse.beat()?;
            Ok(if used { Needed::of(profile, horizon) } else { Needed::default() })
        });
        Ok(Self {
            needed: needed.collect::<Result<_, Error>>()?,
            timetables: Timetables::new(from, horizon, pulse)?,
            factors: Default::default(),
        })
    }

    /// The bytes that they take, with the prices on both bases.
    fn size(&self) -> usize {
        let Timetables { tables, of_line, .. } = &self.timetables;
        let periods: usize = of_line.iter().map(|&table| tables[table].firsts.len()).sum();
        let prices = 2 * (periods * size_of::<UnitPrice>() + of_line.len() * size_of::<usize>());
        let of_lines = of_line.len() * (size_of::<usize>() + size_of::<Option<usize>>());
        let months = |table: &Timetable| (table.of_month.capacity() + table.firsts.capacity()) * size_of::<u32>();
        let tables: usize = tables.iter().map(|table| size_of::<Timetable>() + months(table)).sum();
        let month = size_of::<(i128, i128)>() + size_of::<Part>() + size_of::<u32>();
        let relief = |needed: &Needed| size_of::<Needed>() + needed.exact.capacity() * month;
        size_of::<Self>() + prices + of_lines + tables + self.needed.iter().map(relief).sum::<usize>()
    }

    pub(crate) fn timetables(&self) -> &Timetables {
        &self.timetables
    }

    /// What a profile leaves, by its place in the setting.
    pub(crate) fn needed(&self, profile: usize) -> Option<&Needed> {
        self.needed.get(profile)
    }

    /// The prices on a basis. `from` and `charged` are of the same setting and month as the tables.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn factors(
        &self,
        from: SettingFrom<'_>,
        charged: &ChargedItems,
        basis: Basis,
        pulse: &Pulse<'_>,
    ) -> Result<&Factors, Error> {
        let known = &self.factors[basis as usize];
        if let Some(factors) = known.get() {
            pulse.beat_again(from.lines.len())?;
            return Ok(factors);
        }
        let factors = Factors::new(from, &self.timetables, &charged.unit_prices, basis, pulse)?;
        Ok(known.get_or_init(|| factors))
    }
}

/// The tables that a setting keeps, by first month and horizon.
#[derive(Default)]
pub(super) struct KeptTables(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    tables: HashMap<(Month, u32), Arc<PriceTables>>,
    /// What is kept, the oldest first, with its bytes.
    order: VecDeque<((Month, u32), usize)>,
    /// The bytes that all take.
    size: usize,
}

/// The bytes that kept tables may take: those of the reference catalogue over five years take 10 thousand.
const MOST: usize = 16 << 20;

/// The bytes that a place among the kept takes, beside its tables.
const PLACE: usize = 128;

impl KeptTables {
    /// What is kept, unless another thread is looking at it: no thread waits for another.
    fn free(&self) -> Option<MutexGuard<'_, Kept>> {
        match self.0.try_lock() {
            Ok(kept) => Some(kept),
            Err(TryLockError::Poisoned(kept)) => Some(kept.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl Kept {
    /// Keeps tables that take so many bytes; those kept longest go where there is no room.
    fn keep(&mut self, key: (Month, u32), tables: &Arc<PriceTables>, size: usize) {
        if size > MOST || self.tables.contains_key(&key) {
            return;
        }
        while self.size + size > MOST {
            let Some((oldest, size)) = self.order.pop_front() else { break };
            self.tables.remove(&oldest);
            self.size -= size;
        }
        self.size += size;
        self.order.push_back((key, size));
        self.tables.insert(key, Arc::clone(tables));
    }
}

impl SettingFrom<'_> {
    /// The tables over a horizon, kept or made. `charged` are the setting's items.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn price_tables(
        self,
        horizon: u32,
        charged: &ChargedItems,
        pulse: &Pulse<'_>,
    ) -> Result<Arc<PriceTables>, Error> {
        let Setting { derived, profiles, lines, .. } = self.setting;
        let key = (self.start, horizon);
        let kept = derived.price_tables.free().and_then(|kept| kept.tables.get(&key).map(Arc::clone));
        if let Some(tables) = kept {
            pulse.beat_again(profiles.len() + lines.len())?;
            return Ok(tables);
        }
        let tables = Arc::new(PriceTables::new(self, horizon, charged, pulse)?);
        let size = tables.size() + PLACE;
        if let Some(mut kept) = derived.price_tables.free() {
            kept.keep(key, &tables, size);
        }
        Ok(tables)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::ops::ControlFlow;

    use super::*;
    use crate::Scenario;
    use crate::watch::Watch;

    fn scenario(horizon: u32) -> Scenario {
        Scenario::parse(&format!(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = {horizon}\nhousehold = {{ members = [] }}"
        ))
        .unwrap()
    }

    fn tables(scenario: &Scenario, start: Month) -> Arc<PriceTables> {
        let (inner, pulse) = (scenario.inner(), Pulse::unheard());
        let from = SettingFrom { start, setting: &inner.setting };
        from.price_tables(inner.horizon_months, inner.charged(&pulse).unwrap(), &pulse).unwrap()
    }

    #[test]
    fn tables_are_kept_by_first_month_and_horizon() {
        let (scenario, other) = (scenario(24), scenario(25));
        let (start, later) = (scenario.start(), scenario.start().plus(1));
        let first = tables(&scenario, start);
        assert!(Arc::ptr_eq(&first, &tables(&scenario, start)));
        assert!(!Arc::ptr_eq(&first, &tables(&scenario, later)));
        assert!(!Arc::ptr_eq(&first, &tables(&other, start)));
        assert_eq!(first.timetables().of(0).firsts, [0, 10, 22]);
        assert_eq!(tables(&scenario, later).timetables().of(0).firsts, [0, 9, 21]);
    }

    #[test]
    fn a_price_that_no_rate_changes_is_one_for_all_periods() {
        let scenario = scenario(24);
        let (inner, pulse) = (scenario.inner(), Pulse::unheard());
        let (tables, charged) = (tables(&scenario, scenario.start()), inner.charged(&pulse).unwrap());
        let prices = |basis: Basis, line: &str| {
            let factors = tables.factors(inner.without_household(), charged, basis, &pulse).unwrap();
            factors.prices(inner.lines.get_index_of(line).unwrap()).len()
        };
        // Rent in euros, with an index; travel in dollars, whose rate changes by year.
        assert_eq!((prices(Basis::Constant, "rent"), prices(Basis::Nominal, "rent")), (1, 3));
        assert_eq!((prices(Basis::Constant, "initial-travel"), prices(Basis::Nominal, "initial-travel")), (3, 3));
    }

    #[test]
    fn a_watch_is_called_for_each_line_whether_tables_are_kept_or_made() {
        let scenario = scenario(24);
        let (inner, called) = (scenario.inner(), Cell::new(0));
        let watch = Watch::new(|_| {
            called.set(called.get() + 1);
            ControlFlow::Continue(())
        });
        let calls = || {
            called.set(0);
            let (from, pulse) = (inner.without_household(), Pulse::of(Some(&watch), None));
            let charged = inner.charged(&pulse).unwrap();
            let tables = from.price_tables(inner.horizon_months, charged, &pulse).unwrap();
            for basis in [Basis::Nominal, Basis::Constant] {
                tables.factors(from, charged, basis, &pulse).unwrap();
            }
            called.get()
        };
        let (made, kept) = (calls(), calls());
        assert_eq!(made, kept);
        // While periods are found, and for the prices on each basis.
        assert_eq!(made, 3 * inner.lines.len() + inner.profiles.len());
    }

    #[test]
    fn a_changed_setting_keeps_its_own() {
        let scenario = scenario(24);
        let first = tables(&scenario, scenario.start());
        let dearer = scenario.with(&[("lines.rent.amount".parse().unwrap(), "1000".parse().unwrap())]).unwrap();
        assert!(!Arc::ptr_eq(&first, &tables(&dearer, scenario.start())));
    }

    #[test]
    fn the_memory_of_what_is_kept_is_bounded() {
        let scenario = scenario(600);
        let first = tables(&scenario, scenario.start());
        let most = MOST / (first.size() + PLACE);
        for month in 0..=most {
            tables(&scenario, scenario.start().plus(i32::try_from(month).unwrap()));
        }
        let kept = scenario.inner().derived.price_tables.free().unwrap();
        assert!(kept.size <= MOST && kept.size > MOST / 2);
        assert_eq!(kept.size, kept.tables.values().map(|tables| tables.size() + PLACE).sum::<usize>());
        assert_eq!(kept.order.len(), kept.tables.len());
        assert!(!kept.tables.contains_key(&(scenario.start(), 600)));
    }

    #[test]
    fn profiles_that_no_line_uses_count_too() {
        let profile = |number| format!("[profiles.p{number}]\nknots = [[0, 0]]\n");
        let profiles = (0..200).map(profile).collect::<Vec<_>>().concat();
        let text = |profiles: &str| {
            let scenario = format!(
                "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 1\nhousehold = {{ members = [] }}\n{profiles}"
            );
            Scenario::parse(&scenario).unwrap()
        };
        let size = |scenario: &Scenario| tables(scenario, scenario.start()).size();
        assert!(size(&text(&profiles)) >= size(&text("")) + 200 * size_of::<Needed>());
    }

    #[test]
    fn who_finds_the_kept_in_use_makes_the_same() {
        let scenario = scenario(24);
        let first = tables(&scenario, scenario.start());
        let in_use = scenario.inner().derived.price_tables.free().unwrap();
        let own = tables(&scenario, scenario.start());
        drop(in_use);
        assert!(!Arc::ptr_eq(&first, &own));
        assert_eq!(format!("{first:?}"), format!("{own:?}"));
        assert!(Arc::ptr_eq(&first, &tables(&scenario, scenario.start())));
    }
}
