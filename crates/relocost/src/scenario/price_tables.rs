//! What of a setting's prices and reliefs follows from the first month and the horizon, whatever the household: the periods
//! of its lines, their prices on each basis, and what its profiles leave. Each setting keeps them for its next questions.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use indexmap::IndexMap;

use super::charging::Charging;
pub(crate) use super::factors::Factors;
use super::items::{ChargedItems, beat_as_before};
use super::rates::Profile;
pub(crate) use super::timetable::{Timetable, Timetables};
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
            timetables: Timetables::new(from, horizon),
            factors: Default::default(),
        })
    }

    /// The bytes that they take, with the prices on both bases.
    fn size(&self) -> usize {
        let Timetables { tables, of_line, .. } = &self.timetables;
        let periods: usize = of_line.iter().map(|&table| tables[table].firsts.len()).sum();
        let months: usize = tables.iter().map(|table| table.of_month.len()).sum();
        let relief: usize = self.needed.iter().map(|needed| needed.exact.len()).sum();
        2 * periods * size_of::<UnitPrice>()
            + months * size_of::<u32>()
            + relief * (size_of::<(i128, i128)>() + size_of::<Part>())
    }

    pub(crate) fn timetables(&self) -> &Timetables {
        &self.timetables
    }

    /// The timetable of a line.
    pub(crate) fn timetable(&self, line: usize) -> &Timetable {
        self.timetables.of(line)
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
            beat_as_before(from.lines.len(), pulse)?;
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
    tables: IndexMap<(Month, u32), Arc<PriceTables>>,
    /// The bytes that they take.
    size: usize,
}

/// The bytes that kept tables may take: those of the reference catalogue over five years take 20 thousand.
const MOST: usize = 16 << 20;

impl KeptTables {
    fn locked(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Keeps tables; those kept longest go where there is no room.
    fn keep(&mut self, key: (Month, u32), tables: &Arc<PriceTables>) {
        let size = tables.size();
        if size > MOST || self.tables.contains_key(&key) {
            return;
        }
        while self.size + size > MOST {
            let Some((_, oldest)) = self.tables.shift_remove_index(0) else { break };
            self.size -= oldest.size();
        }
        self.size += size;
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
        let Setting { derived, profiles, .. } = self.setting;
        let key = (self.start, horizon);
        let known = derived.price_tables.locked().tables.get(&key).map(Arc::clone);
        if let Some(tables) = known {
            profiles.values().try_for_each(|_| pulse.beat())?;
            return Ok(tables);
        }
        // Made without the lock: no thread waits for another.
        let tables = Arc::new(PriceTables::new(self, horizon, charged, pulse)?);
        derived.price_tables.locked().keep(key, &tables);
        Ok(tables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

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
        assert_eq!(first.timetable(0).firsts, [0, 10, 22]);
        assert_eq!(tables(&scenario, later).timetable(0).firsts, [0, 9, 21]);
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
        let most = MOST / first.size();
        for month in 0..=most {
            tables(&scenario, scenario.start().plus(i32::try_from(month).unwrap()));
        }
        let kept = scenario.inner().derived.price_tables.locked();
        assert!(kept.size <= MOST && kept.tables.len() <= most && !kept.tables.is_empty());
        assert_eq!(kept.size, kept.tables.values().map(|tables| tables.size()).sum::<usize>());
        assert!(!kept.tables.contains_key(&(scenario.start(), 600)));
    }
}
