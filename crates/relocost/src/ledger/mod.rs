//! The ledger of one pathway: every charge, in its month, correctly rounded.
//!
//! In: a checked scenario. Out: entries that carry each factor of their amount, so that any figure in any table can be
//! traced to them. Data passes through the modules in this order: `exposure` says how many units of each driver a
//! month has, `route` lays the stages out in time, `charges` finds the months in which a line is charged, `spans` months
//! in a row with the same quantity at the same price, `engine` rounds (by `exact_price` what a fast product cannot tell;
//! `missing` has the errors of a rate that is not there), `costs` keeps what is rounded, `totals` sums, `funding`
//! divides. `alike` brings the charges of many ledgers together.

mod alike;
mod by_month;
mod charges;
mod costs;
mod engine;
mod entry;
mod exact_price;
mod exposure;
mod funding;
mod headcount;
mod missing;
mod needs;
mod rounding;
mod route;
mod rows;
mod spans;
mod totals;
mod unrounded;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use num_rational::BigRational;
use num_traits::{One, Pow, Zero};
use serde::{Serialize, Serializer};

pub(crate) use self::alike::{Alike, AlikeCharges};
pub(crate) use self::by_month::ByMonth;
pub(crate) use self::charges::{Charged, Pattern, Timing};
pub(crate) use self::costs::{Costs, Prices, Run, each_item, times, totals};
pub(crate) use self::engine::Engine;
pub use self::entry::{Entry, Exact, Quantity};
pub(crate) use self::exact_price::{exchange_rate, growth_of, index_factor, unit_price};
pub(crate) use self::exposure::{Decimals, Quantities, State, asks};
pub(crate) use self::funding::{FundShares, ONE as ONE_SHARE, Payers, allot, allot_to_all, numbered, shares_of};
pub(crate) use self::missing::missing_rate;
pub(crate) use self::needs::missing_rates;
pub(crate) use self::route::{Grant, Leg, Route, Staged, Whereabouts};
pub(crate) use self::rows::Row;
use self::rows::{Charges, MonthsCharged};
use self::spans::Terms;
pub(crate) use self::totals::{Totals, by_fiscal_year, money, present_value, too_large};
use crate::about::{About, about_methods};
use crate::error::Error;
use crate::exact;
use crate::names::Basis;
use crate::scenario::charging::Course;
use crate::scenario::items::Item;
use crate::scenario::price_tables::Factors;
use crate::scenario::{Inner, Scenario};
use crate::types::{Id, Money, Month};
use crate::watch::{Pulse, Watch};

/// The ledger of one pathway, entries by month and, within a month, in the order of the lines.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let ledger = scenario.ledger("temporary")?;
/// let Some(first) = ledger.entries().next() else { unreachable!() };
/// assert_eq!((first.line().id.as_str(), first.amount().to_string().as_str()), ("deposit", "1330.00"));
/// let sum: i128 = ledger.entries().map(|entry| entry.amount().minor()).sum();
/// assert_eq!(ledger.total().minor(), sum);
/// assert!(scenario.ledger("no-such-pathway").is_err());
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct Ledger {
    about: About,
    pathway: Id,
    route: Arc<Route>,
    items: Arc<[Item]>,
    decimals: Decimals,
    rows: Vec<Row>,
    /// What refunds return of charges that are no rows.
    earlier: Vec<Earlier>,
    total: Money,
}

impl Scenario {
    /// The ledger of a pathway, or of a solution, in prices of each year.
    ///
    /// # Errors
    /// There is no such pathway; a rate that a charge needs is not given; an amount is too large to write.
    pub fn ledger(&self, pathway: &str) -> Result<Ledger, Error> {
        self.ledger_on(pathway, Basis::Nominal)
    }

    /// The ledger of a pathway on either basis.
    ///
    /// # Errors
    /// As [`Scenario::ledger`].
    pub fn ledger_on(&self, pathway: &str, basis: Basis) -> Result<Ledger, Error> {
        self.ledger_under(pathway, basis, None)
    }

    /// Every charge of a pathway, also those that round to nothing, which a ledger leaves out: for who wants to change a
    /// price or a share afterwards. The total is that of the ledger.
    ///
    /// ```
    /// # use relocost::Basis;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 40 }] }\nlines = [{ id = \"rent\", inherit = true, amount = 0 }]")?;
    /// let (ledger, charges) = (scenario.ledger("permanent")?, scenario.charges_on("permanent", Basis::Nominal)?);
    /// assert_eq!(charges.total(), ledger.total());
    /// assert_eq!(charges.entries().filter(|charge| charge.amount().minor() != 0).count(), ledger.len());
    /// assert!(charges.len() > ledger.len());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Scenario::ledger`].
    pub fn charges_on(&self, pathway: &str, basis: Basis) -> Result<Ledger, Error> {
        let pulse = Pulse::unheard();
        let (pathway, route) = Route::of(self, pathway, self.horizon_months())?;
        let months = 0..self.horizon_months();
        Ledger::of_charges(self, (pathway, route), months, basis, &pulse, Kept::Every, |line| pulse.step(line))
    }

    /// The factor by which present value discounts a fiscal year: (1 + d)^-n, where n is the fiscal year less that of the
    /// start. `None` of a year in which no month lies.
    ///
    /// ```
    /// let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 40 }] }\nrates = { discount = \"0.25\" }")?;
    /// assert_eq!(scenario.discount_factor(2028).map(|factor| factor.to_string()).as_deref(), Some("0.64"));
    /// assert_eq!(scenario.discount_factor(i32::MAX), None);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn discount_factor(&self, fiscal_year: i32) -> Option<Exact> {
        // A fiscal year can begin in the calendar year before the first.
        (Month::FIRST_YEAR - 1..=Month::LAST_YEAR).contains(&fiscal_year).then_some(())?;
        let years = fiscal_year - self.start().fiscal_year(self.fiscal_year_start());
        let rate = self.rates().discount.map(|rate| exact::from_decimal(rate.to_decimal()));
        let growth = BigRational::one() + rate.unwrap_or_else(BigRational::zero);
        Some(Exact::new(growth.pow(-years)))
    }

    pub(crate) fn ledger_under(&self, pathway: &str, basis: Basis, watch: Option<&Watch<'_>>) -> Result<Ledger, Error> {
        self.ledger_as_part(pathway, basis, &Pulse::of(watch, Some(self.lines().len())))
    }

    /// [`Self::ledger_on`], as a part of another question or as one of its own.
    pub(crate) fn ledger_as_part(&self, pathway: &str, basis: Basis, pulse: &Pulse<'_>) -> Result<Ledger, Error> {
        let (pathway, route) = Route::of(self, pathway, self.horizon_months())?;
        Ledger::of_route(self, (pathway, route), 0..self.horizon_months(), basis, pulse, |line| pulse.step(line))
    }
}

/// Charges before the months that are wanted, of which a refund in these months returns a part.
#[derive(Clone, Debug)]
struct Earlier {
    /// The place of their line in the scenario.
    line: usize,
    /// The stage with which the refund's run ends.
    last: usize,
    /// Their sum.
    minor: i128,
}

impl Earlier {
    /// Those of an item, before a month, that refunds at the end of some stages return. Their rates are given, as the refunds
    /// have been computed.
    ///
    /// # Errors
    /// The watch cancels it.
    fn of(
        engine: &Engine<'_>,
        factors: &Factors,
        item: usize,
        (route, returned_in): (&Route, &[usize]),
        month: u32,
    ) -> Result<Vec<Self>, Error> {
        let mut by_stage = vec![0; route.legs.len()];
        let mut costs = Costs::new(engine, factors).within(0..month);
        costs.begin(item);
        costs.runs(route, Grant::NONE, |run| by_stage[run.stage] += run.sum())?;
        let line = engine.item(item).line;
        let ends = engine.timing(item).ends(route, Grant::NONE).filter(|(_, last)| returned_in.contains(last));
        Ok(ends.map(|(first, last)| Self { line, last, minor: by_stage[first..=last].iter().sum() }).collect())
    }
}

/// Which charges become rows.
#[derive(Clone, Copy)]
enum Kept {
    /// Those that do not round to nothing.
    Entries,
    Every,
}

/// What a fund pays of an entry, in minor units that add up to it: by the places of the names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) month: Month,
    pub(crate) line: usize,
    pub(crate) category: usize,
    pub(crate) solution: usize,
    pub(crate) fund: usize,
    pub(crate) minor: i128,
}

impl Ledger {
    /// The ledger of a route, of which only charges in some months are wanted; `step` gets the line of each item, and in
    /// the end the number of lines.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or the watch cancels it.
    pub(crate) fn of_route(
        scenario: &Scenario,
        named: (Id, Route),
        window: Range<u32>,
        basis: Basis,
        pulse: &Pulse<'_>,
        step: impl Fn(usize) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        Self::of_charges(scenario, named, window, basis, pulse, Kept::Entries, step)
    }

    fn of_charges(
        scenario: &Scenario,
        (pathway, route): (Id, Route),
        window: Range<u32>,
        basis: Basis,
        pulse: &Pulse<'_>,
        kept: Kept,
        step: impl Fn(usize) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        // A route may go on after the last month that is wanted, in which a move is then none to the horizon.
        let horizon = route.legs.last().map_or(0, |leg| leg.end).max(window.end);
        let engine = Engine::new(scenario, horizon, pulse)?;
        let factors = engine.factors(basis)?;
        let mut charges = Charges::new(engine.horizon());
        let (mut numbers, mut earlier) = (0.., Vec::new());
        each_item(&engine, factors, window.clone(), |item, costs| {
            step(engine.item(item).line)?;
            let number = numbers.next().unwrap_or(0);
            let refunded = engine.refunded(item);
            let mut returned_in = Vec::new();
            costs.runs(&route, Grant::NONE, |run| {
                let Ok(stage) = u32::try_from(run.stage) else { return };
                if refunded.is_some() {
                    returned_in.push(run.stage);
                }
                let add = |first: usize, end: usize, minor, terms: Terms| {
                    let (Ok(first), Ok(end)) = (u32::try_from(first), u32::try_from(end)) else { return };
                    let relief_start = run.relief_start.filter(|_| terms.relief_months.is_some());
                    charges.add(MonthsCharged {
                        first,
                        end,
                        stage,
                        item: number,
                        units: terms.units,
                        relief_start,
                        minor,
                    });
                };
                match kept {
                    Kept::Entries => run.each_piece_on_terms(add),
                    Kept::Every => run.each_charge_on_terms(refunded.is_some(), add),
                }
            })?;
            if let Some(of) = refunded.filter(|_| window.start > 0 && !returned_in.is_empty()) {
                earlier.extend(Earlier::of(&engine, factors, of, (&route, &returned_in), window.start)?);
            }
            Ok(())
        })?;
        step(scenario.lines().len())?;
        let (rows, total) = charges.by_month(pulse)?;
        let total = money(total, scenario.currency())?;
        let items = (0..engine.items()).map(|item| engine.item(item).clone()).collect();
        let (about, decimals) = (About::new(scenario, basis), engine.decimals().clone());
        Ok(Self { about, pathway, route: Arc::new(route), items, decimals, rows, earlier, total })
    }
}

/// The first stage of the run of a line's clock that ends with a stage.
fn first_stage(scenario: &Inner, route: &Route, line: usize, last: usize) -> usize {
    let Some((_, line)) = scenario.lines.get_index(line) else { return last };
    let Some(priced) = line.priced() else { return last };
    Course::new(scenario, line, priced.clock)
        .ends(route, Grant::NONE)
        .find(|&(_, end)| end == last)
        .map_or(last, |(first, _)| first)
}

about_methods!(Ledger);

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        // Rows name items and quantities by their places, which follow from the scenario.
        (&self.pathway, self.basis(), self.total, &self.rows)
            == (&other.pathway, other.basis(), other.total, &other.rows)
            && self.scenario() == other.scenario()
    }
}

impl Eq for Ledger {}

impl Ledger {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The pathway.
    pub fn pathway(&self) -> &Id {
        &self.pathway
    }

    /// The scenario that it is a ledger of.
    pub fn scenario(&self) -> &Scenario {
        &self.about.scenario
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if nothing is ever charged.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sum of the entries.
    pub fn total(&self) -> Money {
        self.total
    }

    /// The entries by month and, within a month, in the order of the lines.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> + Clone {
        self.rows.iter().map(|&row| Entry::new(self, row))
    }

    /// The entry at a place, from 0.
    pub fn get(&self, index: usize) -> Option<Entry<'_>> {
        self.rows.get(index).map(|&row| Entry::new(self, row))
    }

    /// The sums of the entries by fiscal year, ascending, and within it by category, in the order declared. What no entry
    /// feeds is left out.
    ///
    /// ```
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
    /// let ledger = scenario.ledger("permanent")?;
    /// let years = ledger.by_fiscal_year_and_category()?;
    /// assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2026, 2027, 2028]);
    /// let sum: i128 = years.values().flat_map(|year| year.values()).map(|sum| sum.minor()).sum();
    /// assert_eq!(sum, ledger.total().minor());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// A sum is too large to write, which only credits as large can keep the total from being.
    pub fn by_fiscal_year_and_category(&self) -> Result<IndexMap<i32, IndexMap<Id, Money>>, Error> {
        let categories = self.about.scenario.categories();
        let mut sums: IndexMap<i32, Vec<Option<i128>>> = IndexMap::new();
        let place = |item: &Item| categories.iter().position(|category| category.id == item.category).unwrap_or(0);
        let places: Vec<usize> = self.items.iter().map(place).collect();
        for (row, entry) in self.rows.iter().zip(self.entries()) {
            let year = sums.entry(entry.fiscal_year()).or_insert_with(|| vec![None; categories.len()]);
            let sum = &mut year[places[row.item as usize]];
            *sum = Some(sum.unwrap_or(0) + row.minor);
        }
        let written = |year: Vec<Option<i128>>| {
            let fed = categories.iter().zip(year).filter_map(|(category, sum)| Some((category, sum?)));
            fed.map(|(category, sum)| Ok((category.id.clone(), money(sum, self.currency())?)))
                .collect::<Result<_, Error>>()
        };
        sums.into_iter().map(|(year, sums)| Ok((year, written(sums)?))).collect()
    }

    /// Visits what each fund pays of each entry.
    ///
    /// # Errors
    /// What the visitor gives.
    pub(crate) fn each_part(
        &self,
        payers: &Payers,
        mut visit: impl FnMut(Part) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let scenario = &self.about.scenario;
        let place = |item: &Item| scenario.categories().iter().position(|category| category.id == item.category);
        let places: Vec<usize> = self.items.iter().map(|item| place(item).unwrap_or(0)).collect();
        let mut parts = Vec::new();
        for row in &self.rows {
            let (item, category) = (row.item as usize, places[row.item as usize]);
            parts.clear();
            let solution = self.route.legs[row.stage as usize].solution;
            allot_to_all(row.minor, payers.of(solution, category), |fund, part| parts.push((fund, part)));
            let month = scenario.start().plus(i32::try_from(row.month).unwrap_or(0));
            for &(fund, minor) in &parts {
                visit(Part { month, line: self.items[item].line, category, solution, fund, minor })?;
            }
        }
        Ok(())
    }

    /// The place of the solution in a month, that of the last stage after support ended.
    pub(crate) fn solution_at(&self, month: u32) -> usize {
        let legs = &self.route.legs;
        legs.iter().find(|leg| month < leg.end).or(legs.last()).map_or(0, |leg| leg.solution)
    }

    pub(crate) fn route(&self) -> &Route {
        &self.route
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ledger({}, {}, {} entries, {:?})", self.pathway, self.basis(), self.rows.len(), self.total)
    }
}

impl Serialize for Ledger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Ledger", 4 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("pathway", &self.pathway)?;
        out.serialize_field("total", &self.total)?;
        out.serialize_field("entries", &self.entries().collect::<Vec<_>>())?;
        out.end()
    }
}
