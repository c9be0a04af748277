//! The cost of the programme beside its cases: its own lines, paid for by the counts of a month.

use std::collections::HashMap;

use crate::error::Error;
use crate::ledger::{Engine, FundShares, Grant, Leg, Route, allot, numbered};
use crate::names::{Basis, ProgrammeCount, SolutionKind};
use crate::programme::Inner;
use crate::programme::charges::{ChargeKey, Charges, OWN};
use crate::programme::counts::Counts;
use crate::scenario::{Setting, Shares};
use crate::watch::Pulse;

/// A line of the programme: the count for which it is paid, and the funds that pay.
#[derive(Clone)]
pub(crate) struct ProgrammeCost {
    pub(crate) count: ProgrammeCount,
    pub(crate) kind: Option<SolutionKind>,
    /// The count that makes a unit.
    pub(crate) per: u32,
    /// The shares of funds as they are written.
    pub(crate) shares: Option<Shares>,
    /// The same by the places of funds.
    pub(crate) payers: FundShares,
}

/// A charge of one of the programme's own lines.
#[derive(Clone, Copy)]
pub(crate) struct OwnCharge<'c> {
    /// Months since the programme's first.
    pub(crate) month: u32,
    /// Units of the line.
    pub(crate) units: u32,
    /// The amount in minor units.
    pub(crate) minor: i128,
    /// What each fund pays, by its place.
    pub(crate) parts: &'c [(usize, i128)],
}

/// Shares of funds; the first fund pays all where none are given.
pub(crate) fn payers(setting: &Setting, shares: Option<&Shares>) -> FundShares {
    const ONE: i128 = 1_000_000_000_000;
    shares.map_or_else(|| vec![(0, ONE)], |shares| numbered(setting, shares))
}

/// The programme's own lines, with the months in which each is charged.
pub(crate) struct Overhead<'e> {
    inner: &'e Inner,
    engine: Engine<'e>,
    /// The months of each line, with the period of its prices.
    months: Vec<Vec<(u32, u32)>>,
    /// Amounts and their parts by line, period and units.
    known: HashMap<(usize, u32, u32), usize>,
    amounts: Vec<(i128, Vec<(usize, i128)>)>,
}

impl<'e> Overhead<'e> {
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(inner: &'e Inner, pulse: &'e Pulse<'e>) -> Result<Self, Error> {
        let horizon = u32::try_from(inner.horizon()).unwrap_or(0);
        let engine = Engine::new(&inner.own, horizon, pulse)?;
        let route = Route { legs: vec![Leg::whole(horizon)] };
        let mut months = Vec::with_capacity(inner.lines.len());
        for line in 0..inner.lines.len() {
            let item = engine.item_of(line);
            let charged = engine.timing(item).charged(&route, Grant::NONE);
            let charged = charged.flat_map(|charged| charged.months.iter(engine.first_calendar()));
            months.push(charged.map(|month| (month, engine.period(item, month))).collect());
        }
        Ok(Self { inner, engine, months, known: HashMap::new(), amounts: Vec::new() })
    }

    pub(crate) fn engine(&self) -> &Engine<'e> {
        &self.engine
    }

    fn units(&self, line: usize, counts: &Counts, month: u32) -> u32 {
        let cost = &self.inner.lines[line];
        counts.of(cost.count, cost.kind, month as usize).div_ceil(cost.per)
    }

    /// The place of an amount among those known.
    fn amount(&mut self, line: usize, (month, period): (u32, u32), units: u32) -> Result<usize, Error> {
        if let Some(&known) = self.known.get(&(line, period, units)) {
            return Ok(known);
        }
        let minor = self.engine.round_units(self.engine.item_of(line), Basis::Nominal, month, units)?;
        let mut parts = Vec::new();
        allot(minor, &self.inner.lines[line].payers, |fund, part| parts.push((fund, part)));
        self.amounts.push((minor, parts));
        self.known.insert((line, period, units), self.amounts.len() - 1);
        Ok(self.amounts.len() - 1)
    }

    /// Visits the charges of the lines by their places: month, units, minor units, and what each fund pays.
    ///
    /// # Errors
    /// As [`Overhead::add_to`].
    pub(crate) fn each(&mut self, counts: &Counts, mut visit: impl FnMut(usize, OwnCharge<'_>)) -> Result<(), Error> {
        for line in 0..self.months.len() {
            for place in 0..self.months[line].len() {
                let (month, period) = self.months[line][place];
                let units = self.units(line, counts, month);
                if units != 0 {
                    let known = self.amount(line, (month, period), units)?;
                    let (minor, parts) = &self.amounts[known];
                    visit(line, OwnCharge { month, units, minor: *minor, parts });
                }
            }
        }
        Ok(())
    }

    /// Adds what the lines cost to sums as `costs::sums` has them.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, or an amount is too large to write.
    pub(crate) fn add_to(&mut self, counts: &Counts, sums: &mut [i128]) -> Result<(), Error> {
        let within = u32::try_from(self.inner.months()).unwrap_or(0);
        let half = sums.len() / 2;
        for line in 0..self.months.len() {
            let mut last = None;
            for place in 0..self.months[line].len() {
                let (month, period) = self.months[line][place];
                let units = self.units(line, counts, month);
                if units == 0 {
                    continue;
                }
                let known = match last {
                    Some((terms, known)) if terms == (period, units) => known,
                    _ => self.amount(line, (month, period), units)?,
                };
                last = Some(((period, units), known));
                let (minor, parts) = &self.amounts[known];
                let sums = if month < within { &mut sums[..half] } else { &mut sums[half..] };
                sums[0] += minor;
                for (fund, part) in parts {
                    sums[1 + fund] += part;
                }
            }
        }
        Ok(())
    }

    /// Adds what the lines cost to charges, on both bases. Tells the total within the programme.
    ///
    /// # Errors
    /// As [`Overhead::add_to`].
    pub(crate) fn charge(&mut self, counts: &Counts, charges: &mut Charges) -> Result<i128, Error> {
        let solution = self.inner.setting.solutions().len();
        let within = u32::try_from(self.inner.months()).unwrap_or(0);
        let mut total = 0;
        for line in 0..self.months.len() {
            let item = self.engine.item_of(line);
            let of = ChargeKey { category: self.engine.category(item), solution, place: None, kind: OWN, origin: OWN };
            for place in 0..self.months[line].len() {
                let (month, period) = self.months[line][place];
                let units = self.units(line, counts, month);
                if units == 0 {
                    continue;
                }
                let known = self.amount(line, (month, period), units)?;
                let (minor, parts) = &self.amounts[known];
                let months = month as usize..month as usize + 1;
                if *minor != 0 {
                    charges.add(of, months.clone(), *minor, parts, 1);
                }
                if month < within {
                    total += minor;
                    let minor = self.engine.round_units(item, Basis::Constant, month, units)?;
                    if minor != 0 {
                        charges.add_constant(months, minor);
                    }
                }
            }
        }
        Ok(total)
    }
}
