//! The differences between two caseloads: last year's households in last year's setting, and this year's in this year's.
//!
//! In: two scenarios in one currency, each with a table of households. Out: what each cause adds to both pathways, by
//! fiscal year and fund. Every cause evaluates the households once more, in a setting made of parts of both.

use std::sync::Arc;

use super::CaseloadOptions;
use super::table::Case;
use crate::about::About;
use crate::diff::{
    BudgetCases, BudgetChange, BudgetDiff, BudgetSide, Cells, Footing, Head, Mixing, Pairs, ages_changes,
    is_same_members, is_taken, one_currency, setting_changes,
};
use crate::error::Error;
use crate::ledger::{Engine, Grant, Payers, Route, allot, each_item};
use crate::names::{Basis, BudgetCause};
use crate::reading::Findings;
use crate::room;
use crate::scenario::{Household, Inner as Scene, Member, Scenario, tree_of};
use crate::threads::{Next, on_threads};
use crate::types::{Id, Month};
use crate::watch::{Pulse, Watch};

/// A row in its scenario: from when on, and who.
struct Settled {
    row: Case,
    start: Month,
    members: Vec<Member>,
}

/// A caseload: the scenario and the rows.
struct Side<'s> {
    scenario: &'s Scenario,
    rows: Vec<Settled>,
}

/// So many households alike, from a month on.
struct Placed<'s> {
    row: &'s Case,
    start: Month,
    members: &'s [Member],
    copies: u32,
}

impl Scenario {
    /// The differences between a caseload in this scenario's setting and a newer one: what each cause adds to the two
    /// pathways of the options, by fiscal year and fund.
    ///
    /// Households are the same if they have the same reference; rows of one reference are copies in a row, the first of
    /// which is the first of the other table. One whose members have the same ages at its start, or the same months of birth, is the same;
    /// where only its start changed, that is timing.
    ///
    /// ```
    /// use relocost::caseload::{CaseTable, CaseloadOptions};
    /// use relocost::names::BudgetCause;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [] }")?;
    /// let dearer = scenario.with(&[("lines.rent.amount".parse()?, "1000".parse()?)])?;
    /// let old = CaseTable::new("reference,members\nHH-1,34\nHH-2,41 9\n".as_bytes(), "old")?;
    /// let new = CaseTable::new("reference,members\nHH-2,41 9\n".as_bytes(), "new")?;
    /// let diff = scenario.diff_caseload(old, &dearer, new, &CaseloadOptions::default())?;
    /// let permanent = &diff.lines["permanent"];
    /// let of = |cause| permanent.causes[&cause].total.minor();
    /// let (gone, prices) = (of(BudgetCause::CasesGone), of(BudgetCause::Prices));
    /// assert_eq!(permanent.old.total.minor() + gone + prices, permanent.new.total.minor());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The currencies differ; everything that is wrong with the tables; a scenario lacks one of the pathways; a figure of a
    /// row cannot be computed, also in a setting on the way, where one side has no rate that the other needs.
    pub fn diff_caseload(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        new: &Self,
        new_cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<BudgetDiff, Error> {
        self.diff_caseload_under(cases, (new, new_cases), options, None)
    }

    pub(crate) fn diff_caseload_under(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        (new, new_cases): (&Self, impl IntoIterator<Item = Result<Case, Error>>),
        options: &CaseloadOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<BudgetDiff, Error> {
        one_currency(self.currency(), new.currency())?;
        let reading = Pulse::of(watch, None);
        let mut wrong = Findings::default();
        let old = Side::read(self, cases, &mut wrong, &reading)?;
        let newer = Side::read(new, new_cases, &mut wrong, &reading)?;
        wrong.finish()?;
        let hybrids = Hybrids::new(&old, &newer, options.basis);
        let differs: Vec<BudgetCause> =
            BudgetCause::ALL.iter().copied().filter(|cause| hybrids.differs(*cause)).collect();
        // Both sides are steps too.
        let pulse = Pulse::of(watch, Some(differs.len() + 2));
        let before = cells(self, &old.all(), options, &pulse)?;
        pulse.step(1)?;
        let after = cells(new, &newer.all(), options, &pulse)?;
        pulse.step(2)?;
        let declared = new.funds().iter().chain(self.funds()).map(|declared| declared.id.clone());
        let footing = Footing {
            currency: self.currency(),
            funds: declared.collect::<indexmap::IndexSet<_>>().into_iter().collect(),
            names: vec![options.pair.base.clone(), options.pair.alternative.clone()],
        };
        let lines = footing.lines((before, after), &differs, &pulse, |cause| {
            let (scenario, households) = hybrids.caseload(Some(cause));
            cells(&scenario, &households, options, &pulse)
        })?;
        let head = Head {
            of: "caseloads",
            old: old.told(),
            new: newer.told(),
            cases: hybrids.changed_cases(),
            changes: changes(self, new, &pulse)?,
        };
        pulse.end()?;
        Ok(BudgetDiff::new(About::new(new, options.basis), head, lines))
    }
}

impl<'s> Side<'s> {
    /// Reads rows and places them in a scenario. What is wrong with one is kept, and the others are read for what else is.
    ///
    /// # Errors
    /// There is no memory for so many rows, or the watch cancels it.
    fn read(
        scenario: &'s Scenario,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        wrong: &mut Findings,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let mut rows = Vec::new();
        for case in cases {
            pulse.beat()?;
            match case.and_then(|row| Settled::new(row, scenario)) {
                Ok(row) => {
                    room::more(&mut rows, 1)?;
                    rows.push(row);
                }
                Err(error) => wrong.keep_error(&error),
            }
        }
        Ok(Self { scenario, rows })
    }

    fn all(&self) -> Vec<Placed<'_>> {
        self.rows.iter().map(|row| row.placed(row.row.count())).collect()
    }

    /// The names of the rows, with the copies of each: rows of one reference are one row of copies.
    fn names(&self) -> Vec<(&str, u32)> {
        self.rows.iter().map(|row| (row.row.reference(), row.row.count())).collect()
    }

    fn told(&self) -> BudgetSide {
        let from = self.scenario.start();
        let until = from.plus(i32::try_from(self.scenario.horizon_months()).unwrap_or(0));
        BudgetSide { from, until, cases: self.rows.iter().map(|row| u64::from(row.row.count())).sum() }
    }
}

impl Settled {
    fn new(row: Case, scenario: &Scenario) -> Result<Self, Error> {
        let start = row.start().unwrap_or(scenario.start());
        let members = row.members(row.ages_at().unwrap_or(start)).ok_or_else(|| row.early())?;
        Ok(Self { row, start, members })
    }

    fn placed(&self, copies: u32) -> Placed<'_> {
        Placed { row: &self.row, start: self.start, members: &self.members, copies }
    }
}

/// Two caseloads, and caseloads made of parts of both.
struct Hybrids<'s> {
    old: &'s Side<'s>,
    new: &'s Side<'s>,
    pairs: Pairs,
    mixing: Mixing<'s>,
}

impl<'s> Hybrids<'s> {
    fn new(old: &'s Side<'s>, new: &'s Side<'s>, basis: Basis) -> Self {
        // On the constant basis an amount dates back by itself.
        let starts = old.rows.iter().chain(&new.rows).map(|row| row.start);
        let since = starts.min().filter(|_| basis == Basis::Nominal);
        let setting = |side: &'s Side<'s>| &*side.scenario.inner().setting;
        let pairs = Pairs::of(&old.names(), &new.names());
        Self { old, new, pairs, mixing: Mixing { old: setting(old), new: setting(new), since } }
    }

    fn households(&self) -> impl Iterator<Item = (Option<&'s Settled>, Option<&'s Settled>, u32)> {
        let at = |side: &'s Side<'s>, place: Option<usize>| place.and_then(|place| side.rows.get(place));
        self.pairs.all.iter().map(move |pair| (at(self.old, pair.old), at(self.new, pair.new), pair.copies))
    }

    /// The numbers of households that changed.
    fn changed_cases(&self) -> BudgetCases {
        let mut cases = BudgetCases::default();
        for (old, new, copies) in self.households() {
            let copies = u64::from(copies);
            match (old, new) {
                (Some(old), Some(new)) => {
                    cases.households += if is_same(old, new) { 0 } else { copies };
                    cases.timing += if old.start == new.start { 0 } else { copies };
                }
                (Some(_), None) => cases.gone += copies,
                _ => cases.new += copies,
            }
        }
        cases
    }

    /// True if the parts of a cause differ. The horizon is not asked about: it is what is left.
    fn differs(&self, cause: BudgetCause) -> bool {
        let cases = self.changed_cases();
        match cause {
            BudgetCause::CasesGone => cases.gone > 0,
            BudgetCause::CasesNew => cases.new > 0,
            BudgetCause::Households => cases.households > 0,
            BudgetCause::Timing => cases.timing > 0,
            BudgetCause::Lines => {
                let ages = |side: &Side<'_>| {
                    let household = side.scenario.household();
                    (household.school_age, household.working_age)
                };
                ages(self.old) != ages(self.new) || self.mixing.differs(cause)
            }
            _ => self.mixing.differs(cause),
        }
    }

    /// The caseload with the newer parts of all causes up to `through`, which is before the horizon.
    fn caseload(&self, through: Option<BudgetCause>) -> (Scenario, Vec<Placed<'s>>) {
        let taken = |cause| is_taken(cause, through);
        let of_lines = if taken(BudgetCause::Lines) { self.new } else { self.old };
        let scenario = Scenario::from_inner(Scene {
            start: self.old.scenario.start(),
            household: Household { members: Vec::new(), ..of_lines.scenario.household().clone() },
            setting: Arc::new(self.mixing.setting(through)),
        });
        let placed = self.households().filter_map(|(old, new, copies)| match (old, new) {
            (Some(old), Some(new)) => {
                let by = |cause| if taken(cause) { new } else { old };
                let timing = by(BudgetCause::Timing);
                let members = if is_same(old, new) { timing } else { by(BudgetCause::Households) };
                Some(Placed { members: &members.members, ..timing.placed(copies) })
            }
            (Some(old), None) => (!taken(BudgetCause::CasesGone)).then(|| old.placed(copies)),
            (None, new) => new.filter(|_| taken(BudgetCause::CasesNew)).map(|new| new.placed(copies)),
        });
        (scenario, placed.collect())
    }
}

fn is_same(old: &Settled, new: &Settled) -> bool {
    is_same_members(&old.members, &new.members, new.start.months_since(old.start))
}

/// What changed beside the households, in the order of the causes.
fn changes(old: &Scenario, new: &Scenario, pulse: &Pulse<'_>) -> Result<Vec<BudgetChange>, Error> {
    let mut changes = setting_changes(&tree_of(old, pulse)?, &tree_of(new, pulse)?);
    changes.extend(ages_changes(old.household(), new.household()));
    let mut tell = |cause, key: &str, old: String, new: String| {
        if old != new {
            changes.push(BudgetChange { cause, key: key.to_owned(), old: Some(old), new: Some(new) });
        }
    };
    tell(BudgetCause::Timing, "start", old.start().to_string(), new.start().to_string());
    let horizon = BudgetCause::Horizon;
    let months = |of: &Scenario| of.horizon_months().to_string();
    tell(horizon, "horizon_months", months(old), months(new));
    let begins = |of: &Scenario| of.fiscal_year_start().to_string();
    tell(horizon, "fiscal_year_start", begins(old), begins(new));
    changes.sort_by_key(|change| change.cause);
    Ok(changes)
}

/// The households that a thread takes at a time.
const CHUNK: usize = 16;

/// The cells of base and alternative, over households.
///
/// # Errors
/// The scenario lacks a pathway; a figure of a row cannot be computed; the watch cancels it.
fn cells(
    scenario: &Scenario,
    households: &[Placed<'_>],
    options: &CaseloadOptions,
    pulse: &Pulse<'_>,
) -> Result<Vec<Cells>, Error> {
    let horizon = scenario.horizon_months();
    let route = |name: &str| Ok::<_, Error>(Route::of(scenario, name, horizon)?.1);
    let routes = [route(&options.pair.base)?, route(&options.pair.alternative)?];
    let payers = Payers::new(scenario.inner(), pulse)?;
    let chunks = 0..households.len().div_ceil(CHUNK) as u64;
    let parts = on_threads(
        options.threads,
        &chunks,
        pulse,
        |_| pulse.beat(),
        |pulse: &Pulse<'_>, next: Next<'_>| {
            let mut sums = vec![Cells::default(); routes.len()];
            while let Some(chunk) = next()? {
                let of_chunk = usize::try_from(chunk).ok().and_then(|place| households.chunks(CHUNK).nth(place));
                for placed in of_chunk.unwrap_or_default() {
                    let added = add(scenario, placed, &routes, &payers, options.basis, &mut sums, pulse);
                    added.map_err(|error| placed.row.blame(error))?;
                }
            }
            Ok(sums)
        },
    )?;
    let mut sums = vec![Cells::default(); routes.len()];
    for (sum, part) in parts.iter().flat_map(|part| (0..).zip(part)) {
        if let Some(sum) = sums.get_mut::<usize>(sum) {
            sum.merge(part)?;
        }
    }
    Ok(sums)
}

/// Adds a household to the cells of each route.
fn add(
    scenario: &Scenario,
    placed: &Placed<'_>,
    routes: &[Route],
    payers: &Payers,
    basis: Basis,
    sums: &mut [Cells],
    pulse: &Pulse<'_>,
) -> Result<(), Error> {
    let household = Household { members: placed.members.to_vec(), ..scenario.household().clone() };
    let scenario = scenario.with_household(household, placed.start);
    let funds: Vec<&Id> = scenario.funds().iter().map(|declared| &declared.id).collect();
    let begins = scenario.fiscal_year_start();
    let first = placed.start.fiscal_year(begins);
    let engine = Engine::new(&scenario, scenario.horizon_months(), pulse)?;
    let factors = engine.factors(basis)?;
    // The months of the first fiscal year that lie before the start.
    let before = (placed.start.month() + 12 - begins) as usize % 12;
    let years = (before + engine.horizon()).div_ceil(12);
    let mut minor_of = vec![vec![None::<i128>; years * funds.len()]; routes.len()];
    each_item(&engine, factors, 0..scenario.horizon_months(), |item, costs| {
        let category = engine.category(item);
        for (route, sums) in routes.iter().zip(&mut minor_of) {
            costs.runs(route, Grant::NONE, |run| {
                let shares = payers.of(route.legs[run.stage].solution, category);
                run.each(|month, minor| {
                    let year = (before + month) / 12 * funds.len();
                    allot(minor, shares, |fund, part| {
                        let sum = &mut sums[year + fund];
                        *sum = Some(sum.unwrap_or(0) + part);
                    });
                });
            })?;
        }
        Ok(())
    })?;
    for (sums, minor_of) in sums.iter_mut().zip(minor_of) {
        for (place, minor) in minor_of.into_iter().enumerate() {
            let Some(minor) = minor else { continue };
            let year = first.saturating_add(i32::try_from(place / funds.len()).unwrap_or(0));
            sums.add_times(year, funds[place % funds.len()], minor, placed.copies)?;
        }
    }
    Ok(())
}
