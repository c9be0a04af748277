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
mod shared;
mod strip;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use self::plan::{Group, Plan, Row};
pub(super) use self::shared::Shared;
use self::shared::{Found, OfPlan, OfStart};
use self::strip::Strip;
use super::sums::CaseSums;
use crate::error::Error;
use crate::ledger::{Engine, Quantities, Route, State};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::Month;
use crate::watch::Pulse;

/// What is asked about every household.
pub(super) struct Question<'r> {
    /// The pathways that are compared, and the basis of prices.
    pub(super) alternative: &'r Route,
    pub(super) base: &'r Route,
    pub(super) basis: Basis,
}

/// The strips that a thread knows, by the month in which households begin.
pub(super) struct Strips<'s> {
    shared: &'s Shared,
    known: HashMap<Month, Known>,
}

/// What a thread knows of the households that begin in a month.
enum Known {
    Made(Box<Made>),
    /// No strips can be made.
    Alone,
}

/// The strips of a plan that a thread knows.
struct Made {
    of_plan: Arc<OfPlan>,
    /// By group of the plan.
    strips: Vec<OfGroup>,
    room: Room,
}

/// What the sums of a household are added up in, and these sums: kept for the next household, as it takes long to ask for
/// memory and to give it back.
struct Room {
    row: Row,
    /// The months in which a group's state is the same.
    runs: Vec<(u32, u32, State)>,
    /// By column of a group.
    of_group: Vec<i64>,
    sums: CaseSums,
}

/// The strips of a group by their states; `None` where one could not be made.
type OfGroup = Vec<(State, Option<Arc<Strip>>)>;

impl<'s> Strips<'s> {
    pub(super) fn of(shared: &'s Shared) -> Self {
        Self { shared, known: HashMap::new() }
    }

    /// The sums of a household, by a scenario that has its members and start; `None` where it must be computed alone.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn sums(
        &mut self,
        scenario: &Scenario,
        question: &Question<'_>,
        pulse: &Pulse<'_>,
    ) -> Result<Option<&CaseSums>, Error> {
        pulse.beat()?;
        let known = match self.known.entry(scenario.start()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let plan = || Ok(unless_wrong(Plan::new(scenario, question, pulse))?.flatten());
                match self.shared.of_start(scenario.start(), plan)? {
                    OfStart::Few(_) => return Ok(None),
                    OfStart::Made(of_plan) => unknown.insert(Known::Made(Box::new(Made::new(of_plan)))),
                    OfStart::Alone => unknown.insert(Known::Alone),
                }
            }
        };
        match known {
            Known::Made(made) => made.sums(self.shared, scenario, question, pulse),
            Known::Alone => Ok(None),
        }
    }
}

impl Made {
    fn new(of_plan: Arc<OfPlan>) -> Self {
        let plan = &of_plan.plan;
        let sums = CaseSums::default();
        let room = Room { row: plan.nothing(), runs: Vec::new(), of_group: Vec::new(), sums };
        Self { strips: plan.groups.iter().map(|_| Vec::new()).collect(), of_plan, room }
    }

    fn sums(
        &mut self,
        shared: &Shared,
        scenario: &Scenario,
        question: &Question<'_>,
        pulse: &Pulse<'_>,
    ) -> Result<Option<&CaseSums>, Error> {
        let Self { of_plan, strips, room } = self;
        let plan = &of_plan.plan;
        let Room { row, runs, of_group, sums } = room;
        let quantities = Quantities::new(scenario.inner(), scenario.horizon_months(), |who| plan.asks[who as usize]);
        let mut maker = Maker { scenario, question, pulse, engine: None };
        row.clear();
        for ((place, group), strips) in plan.groups.iter().enumerate().zip(strips) {
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
                let known = match strips.iter().position(|(known, _)| *known == state) {
                    Some(known) => known,
                    None => match of_plan.strip(shared, place, state, |group| maker.strip(plan, group, state))? {
                        Found::Made(strip) => {
                            strips.push((state, strip));
                            strips.len() - 1
                        }
                        Found::NoRoom => return Ok(None),
                    },
                };
                let Some(strip) = &strips[known].1 else { return Ok(None) };
                strip.add(plan, first as usize..end as usize, of_group, row);
            }
            for (&column, &sum) in group.columns.iter().zip(of_group.iter()) {
                row.sums[column] += i128::from(sum);
            }
        }
        Ok(plan.finish(row, sums).map(|()| &*sums))
    }
}

/// Makes the strips that a household needs and no other needed before, with one engine for all of them.
struct Maker<'e> {
    scenario: &'e Scenario,
    question: &'e Question<'e>,
    pulse: &'e Pulse<'e>,
    engine: Option<Engine<'e>>,
}

impl Maker<'_> {
    /// `None` where one cannot be made.
    ///
    /// # Errors
    /// The watch cancels it.
    fn strip(&mut self, plan: &Plan, group: &Group, state: State) -> Result<Option<Strip>, Error> {
        Ok(unless_wrong(self.made(plan, group, state))?.flatten())
    }

    fn made(&mut self, plan: &Plan, group: &Group, state: State) -> Result<Option<Strip>, Error> {
        if self.engine.is_none() {
            self.engine = Some(Engine::new(self.scenario, self.scenario.horizon_months(), self.pulse)?);
        }
        let Some(engine) = &mut self.engine else { return Ok(None) };
        engine.hold(group.drivers, state)?;
        Strip::new(plan, group, engine, self.question)
    }
}

/// Nothing where something is wrong, which whoever computes the household alone will say, if it matters.
///
/// # Errors
/// The watch cancels it.
fn unless_wrong<T>(made: Result<T, Error>) -> Result<Option<T>, Error> {
    match made {
        Err(error) if error.is_interruption() => Err(error),
        made => Ok(made.ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::shared::ROWS;
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
        let (shared, pulse) = (Shared::default(), Pulse::unheard());
        let mut strips = Strips::of(&shared);
        for _ in 0..ROWS {
            assert!(strips.sums(&households[0], &question, &pulse).unwrap().is_none());
        }
        let both = households.iter().map(|household| {
            let alone = PairSums::of(household, &alternative, &base, Basis::Nominal, &pulse).unwrap();
            (strips.sums(household, &question, &pulse).unwrap().cloned(), CaseSums::of(alone))
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
    fn threads_share_strips_and_count_households_together() {
        let household = Scenario::parse(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 30\nhousehold = { members = [{ age = 40 }] }",
        )
        .unwrap();
        let route = |name: &str| Route::of(&household, name, 30).unwrap().1;
        let (alternative, base) = (route("temporary"), route("permanent"));
        let question = Question { alternative: &alternative, base: &base, basis: Basis::Nominal };
        let (shared, pulse) = (Shared::default(), Pulse::unheard());
        let mut threads = [Strips::of(&shared), Strips::of(&shared)];
        for row in 0..ROWS as usize {
            assert!(threads[row % 2].sums(&household, &question, &pulse).unwrap().is_none());
        }
        let [first, second] =
            threads.each_mut().map(|strips| strips.sums(&household, &question, &pulse).unwrap().cloned());
        assert!(first.is_some() && first == second);
        let strips = |thread: &Strips<'_>| match thread.known.get(&household.start()) {
            Some(Known::Made(made)) => made.strips.iter().flatten().filter_map(|(_, strip)| strip.clone()).collect(),
            _ => Vec::new(),
        };
        let [first, second] = threads.each_ref().map(strips);
        assert!(!first.is_empty() && first.len() == second.len());
        assert!(first.iter().zip(&second).all(|(one, other)| Arc::ptr_eq(one, other)));
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
