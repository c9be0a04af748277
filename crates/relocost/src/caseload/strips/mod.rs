//! Rounded amounts that many households share: each is rounded once for all of them.
//!
//! An item's amount in a month depends on the household only through the units of its driver and whether anyone is there
//! whose presence its relief needs. So a strip has, for the items of the same drivers and for one such state, the sums of
//! the amounts of each month over all items, and from month to month their running total; a household's figures are
//! differences of these, taken where its state changes. Attributions are of the same kind, as a line's game is a weighted
//! sum of its totals. Only a refund is not, since it is rounded once over a whole stay: what it returns is summed, and it is
//! then computed for each household.
//!
//! In: the members and the start of a household, in a setting. Out: its sums, in minor units; or nothing where they must
//! be computed alone: they are too large, a rate is missing, which only matters if it is needed, or too few households
//! have begun in the same month.

mod plan;
mod strip;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use self::plan::{Group, Plan};
use self::strip::Strip;
use super::sums::CaseSums;
use crate::error::Error;
use crate::ledger::{Engine, Factors, Quantities, Route, State};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::Month;
use crate::watch::Pulse;

/// Households that are computed alone before strips are made for the month in which they begin: a table of a few dozen
/// households in each of many months would be slower with strips.
const ROWS: u32 = 16;
/// The most bytes of all strips together.
const BYTES: usize = 96 << 20;

/// What is asked about every household.
pub(super) struct Question<'r> {
    /// The pathways that are compared, and the basis of prices.
    pub(super) alternative: &'r Route,
    pub(super) base: &'r Route,
    pub(super) basis: Basis,
}

/// The strips of all threads. A thread takes what it knows of them, adds to it, and gives it back; what it makes itself,
/// all threads can have.
#[derive(Default)]
pub(super) struct Shelf {
    shared: Shared,
    known: Mutex<Vec<Known>>,
}

/// What threads share.
#[derive(Default)]
struct Shared {
    by_start: Mutex<HashMap<Month, Arc<OfStart>>>,
    bytes: AtomicUsize,
}

/// What threads share about the households that begin in a month.
#[derive(Default)]
struct OfStart {
    /// Those that were computed alone.
    rows: AtomicU32,
    /// Its plan, once it is made; `None` where no strips can be made.
    plan: OnceLock<Option<Plan>>,
    /// By group of the plan, the strips that some thread made.
    strips: Mutex<Vec<OfGroup>>,
}

/// The strips of a group by their states.
type OfGroup = Vec<(State, Tried)>;

/// What came of the making of a strip.
#[derive(Clone)]
enum Tried {
    Made(Arc<Strip>),
    /// Households in its state must be computed alone.
    Failed,
}

/// What one thread knows, by the month in which households begin: it need not ask other threads for it.
#[derive(Default)]
struct Known(HashMap<Month, (Arc<OfStart>, Vec<OfGroup>)>);

/// The strips as one thread uses them.
pub(super) struct Strips<'s> {
    shared: &'s Shared,
    known: Known,
}

impl Shelf {
    /// Lets `work` use the strips.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Strips<'_>) -> T) -> T {
        let known = self.known.lock().ok().and_then(|mut known| known.pop()).unwrap_or_default();
        let mut strips = Strips { shared: &self.shared, known };
        let done = work(&mut strips);
        if let Ok(mut known) = self.known.lock() {
            known.push(strips.known);
        }
        done
    }
}

impl Shared {
    /// What is shared about a month; what is of no other thread where one of them panicked.
    fn of(&self, start: Month) -> Arc<OfStart> {
        self.by_start.lock().map(|mut by_start| Arc::clone(by_start.entry(start).or_default())).unwrap_or_default()
    }

    /// Takes room for a strip, if there is any left.
    fn takes(&self, bytes: usize) -> bool {
        let taken = |before: usize| before.checked_add(bytes).filter(|bytes| *bytes <= BYTES);
        self.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }
}

impl OfStart {
    /// The plan, where strips can be made and enough households were computed alone.
    ///
    /// # Errors
    /// The watch cancels it.
    fn plan(&self, scenario: &Scenario, question: &Question<'_>, pulse: &Pulse<'_>) -> Result<Option<&Plan>, Error> {
        if self.plan.get().is_none() {
            if self.rows.fetch_add(1, Ordering::Relaxed) < ROWS {
                return Ok(None);
            }
            let plan = unless_wrong(Plan::new(scenario, question, pulse))?.flatten();
            // Another thread may have made the same meanwhile.
            let _ = self.plan.set(plan);
        }
        Ok(self.plan.get().and_then(Option::as_ref))
    }

    /// The strip of a group in a state, if some thread made it or tried to.
    fn strip(&self, group: usize, state: State) -> Option<Tried> {
        let strips = self.strips.lock().ok()?;
        strips.get(group)?.iter().find(|(known, _)| *known == state).map(|(_, strip)| strip.clone())
    }

    /// Gives all threads a strip, and returns theirs where another thread was first.
    fn share(&self, group: usize, state: State, strip: Tried) -> Tried {
        let Ok(mut strips) = self.strips.lock() else { return strip };
        if strips.len() <= group {
            strips.resize_with(group + 1, Vec::new);
        }
        let of_group = &mut strips[group];
        if let Some((_, first)) = of_group.iter().find(|(known, _)| *known == state) {
            return first.clone();
        }
        of_group.push((state, strip.clone()));
        strip
    }
}

impl Strips<'_> {
    /// The sums of a household, by a scenario that has its members and start; `None` where it must be computed alone.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn sums(
        &mut self,
        scenario: &Scenario,
        question: &Question<'_>,
        pulse: &Pulse<'_>,
    ) -> Result<Option<CaseSums>, Error> {
        pulse.beat()?;
        let Self { shared, known } = self;
        let start = scenario.start();
        let (of_start, known) = known.0.entry(start).or_insert_with(|| (shared.of(start), Vec::new()));
        let Some(plan) = of_start.plan(scenario, question, pulse)? else { return Ok(None) };
        known.resize_with(plan.groups.len(), Vec::new);
        let quantities = Quantities::new(scenario.inner(), scenario.horizon_months(), |who| plan.asks[who as usize]);
        let mut maker = Maker { scenario, question, pulse, shared, of_start, engine: None };
        let mut row = plan.nothing();
        let (mut runs, mut of_group): (Vec<(u32, u32, State)>, Vec<i64>) = (Vec::new(), Vec::new());
        for (place, (group, known)) in plan.groups.iter().zip(known).enumerate() {
            runs.clear();
            let all = quantities.each(group.drivers, |first, end, state| match runs.last_mut() {
                Some((_, last, same)) if *same == state => *last = end,
                _ => runs.push((first, end, state)),
            });
            if all.is_none() {
                return Ok(None);
            }
            of_group.clear();
            of_group.resize(group.columns.len(), 0);
            for &(first, end, state) in runs.iter().filter(|(_, _, state)| state.units > 0) {
                let of_state = known.iter().position(|(known, _)| *known == state);
                if of_state.is_none() {
                    let Some(tried) = maker.strip(plan, place, state)? else { return Ok(None) };
                    known.push((state, tried));
                }
                let Tried::Made(strip) = &known[of_state.unwrap_or(known.len() - 1)].1 else { return Ok(None) };
                strip.add(plan, first as usize..end as usize, &mut of_group, &mut row);
            }
            for (&column, &sum) in group.columns.iter().zip(&of_group) {
                row.sums[column] += i128::from(sum);
            }
        }
        Ok(plan.finish(row))
    }
}

/// Gets the strips that a household needs and the thread does not know, and makes those that no thread made, with one
/// engine for all of them.
struct Maker<'e> {
    scenario: &'e Scenario,
    question: &'e Question<'e>,
    pulse: &'e Pulse<'e>,
    shared: &'e Shared,
    of_start: &'e OfStart,
    engine: Option<(Engine<'e>, Factors)>,
}

impl Maker<'_> {
    /// The strip of a group in a state; nothing where there is no room left.
    ///
    /// # Errors
    /// The watch cancels it.
    fn strip(&mut self, plan: &Plan, group: usize, state: State) -> Result<Option<Tried>, Error> {
        if let Some(made) = self.of_start.strip(group, state) {
            return Ok(Some(made));
        }
        let of_group = &plan.groups[group];
        let bytes = plan.bytes_of_strip(of_group);
        if !self.shared.takes(bytes) {
            return Ok(None);
        }
        let made = unless_wrong(self.made(plan, of_group, state))?.flatten().map(Arc::new);
        let tried = self.of_start.share(group, state, made.clone().map_or(Tried::Failed, Tried::Made));
        // Room is kept for what is shared only.
        let is_shared = matches!((&made, &tried), (Some(made), Tried::Made(shared)) if Arc::ptr_eq(made, shared));
        if !is_shared {
            self.shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
        }
        Ok(Some(tried))
    }

    fn made(&mut self, plan: &Plan, group: &Group, state: State) -> Result<Option<Strip>, Error> {
        if self.engine.is_none() {
            let engine = Engine::new(self.scenario, self.scenario.horizon_months(), self.pulse)?;
            let factors = engine.factors(self.question.basis)?;
            self.engine = Some((engine, factors));
        }
        let Some((engine, factors)) = &mut self.engine else { return Ok(None) };
        engine.hold(group.drivers, state)?;
        Strip::new(plan, group, (engine, factors), self.question)
    }
}

/// Nothing where something is wrong, which whoever computes the household alone will say, if it matters.
///
/// # Errors
/// The watch cancels it.
fn unless_wrong<T>(made: Result<T, Error>) -> Result<Option<T>, Error> {
    match made {
        Err(error) if super::batches::is_break(&error) => Err(error),
        made => Ok(made.ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::PairSums;

    const MEMBERS: [&str; 3] = [
        "{ age = 40 }, { age = 38 }, { age = 13 }, { age = 3 }",
        "{ age = 63 }, { age = 17, leaves = \"2027-05\" }",
        "{ age = 29 }, { age = 27, joins = \"2026-11\" }, { born = \"2027-02\" }",
    ];

    /// The sums by strips and alone of households in a setting, once as many have been seen as are computed alone.
    fn both(setting: &str) -> Vec<(Option<CaseSums>, CaseSums)> {
        let households = MEMBERS.map(|members| {
            let start = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 30";
            Scenario::parse(&format!("{start}\nhousehold = {{ members = [{members}] }}\n{setting}")).unwrap()
        });
        let route = |name: &str| Route::of(&households[0], name, 30).unwrap().1;
        let (alternative, base) = (route("temporary"), route("permanent"));
        let question = Question { alternative: &alternative, base: &base, basis: Basis::Nominal };
        let (shelf, pulse) = (Shelf::default(), Pulse::unheard());
        let sums = |household: &Scenario| shelf.with(|strips| strips.sums(household, &question, &pulse).unwrap());
        for _ in 0..ROWS {
            assert!(sums(&households[0]).is_none());
        }
        let both = households.iter().map(|household| {
            let alone = PairSums::of(household, &alternative, &base, Basis::Nominal, &pulse).unwrap();
            (sums(household), CaseSums::of(household, alone))
        });
        both.collect()
    }

    #[test]
    fn strips_have_what_a_household_alone_has() {
        for (strips, alone) in both("") {
            assert_eq!(strips, Some(alone));
        }
    }

    #[test]
    fn what_strips_cannot_hold_is_left_to_households_alone() {
        let quantity = r#"
            [drivers.part]
            of = "person"
            steps = [[1, "0.125"]]
            [[lines]]
            id = "part"
            category = "housing"
            label = "Part"
            driver = "part"
            schedule = "monthly"
            amount = "7"
            currency = "EUR"
            source = "A test."
        "#;
        let large = quantity.replace("0.125", "1").replace("\"7\"", "\"99999999999999\"");
        let funds: Vec<String> = (0..40).map(|fund| format!("\"f{fund}\"")).collect();
        for setting in [quantity, &large, &format!("funds = [{}]", funds.join(", "))] {
            assert!(both(setting).iter().all(|(strips, _)| strips.is_none()), "{setting}");
        }
    }
}
