//! The cost of an item in each month, rounded once for all routes that charge it.
//!
//! On a basis, an amount depends on its month, the price level and the months of relief, and so on the route only through
//! the level of the stage and the month in which the clock of the relief started. Pathways and grants that share these
//! share the amounts.

use std::ops::Range;

use super::charges::{Charged, Months};
use super::engine::Engine;
use super::rounding::{PriceOfUnits, Rounding};
use super::route::{Grant, Leg, Route};
use super::spans::Terms;
use crate::error::Error;
use crate::names::Basis;
use crate::scenario::price_tables::Factors;
use crate::watch::Pulse;

/// The prices on one basis or on both.
#[derive(Clone, Copy)]
pub(crate) struct Prices<'e> {
    pub(crate) chosen: &'e Factors,
    /// Those that [`Costs::runs_on_both`] adds.
    pub(crate) other: Option<&'e Factors>,
}

impl<'e> From<&'e Factors> for Prices<'e> {
    fn from(chosen: &'e Factors) -> Self {
        Self { chosen, other: None }
    }
}

/// The rounded amounts of one item at a time.
pub(crate) struct Costs<'e> {
    engine: &'e Engine<'e>,
    prices: Prices<'e>,
    item: usize,
    strips: Strips,
    /// The months whose charges are asked for.
    window: Range<u32>,
    /// Sums of a refunded item by stage, on the basis chosen and on the other.
    by_stage: Vec<[Amount; 2]>,
    /// The first error on the other basis. It is reported after those on the basis chosen.
    other_error: Option<Error>,
}

/// The amounts of an item with a price.
struct Strips {
    item: usize,
    /// Those of the item come first; the others wait to be used again.
    all: Vec<Strip>,
    used: usize,
    /// Pieces that are used at once: those before the calendar cuts them, and those of a run of every so many months.
    room: Vec<Piece>,
    /// The most pieces of a strip before the calendar cuts them.
    most: usize,
}

/// The amounts while a relief runs from one start, at one price level.
struct Strip {
    relief_start: Option<u32>,
    level: u32,
    /// Those of the horizon, or from the start of the relief on, in the calendar months and dates of the schedule.
    pieces: Vec<Piece>,
    /// Months in a row whose pieces are all known, on the basis chosen and on the other.
    known: [Range<u32>; 2],
}

/// The amount of each of the months `first..end`, on the basis chosen and on the other.
#[derive(Clone, Copy, Debug)]
struct Piece {
    first: u32,
    end: u32,
    terms: Terms,
    amounts: [Amount; 2],
}

/// The place of the basis chosen, and of the other.
const CHOSEN: usize = 0;
const OTHER: usize = 1;

/// In minor units; below 2^96 but for one not asked for before.
type Amount = i128;

const UNKNOWN: Amount = Amount::MIN;

/// The amounts of an item in a stage, on the basis chosen unless said otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Run<'c> {
    pub(crate) stage: usize,
    /// Where the clock of the line's relief started.
    pub(crate) relief_start: Option<u32>,
    /// Each holds charged months only, as far as they are among `first..end`.
    pieces: &'c [Piece],
    first: u32,
    end: u32,
    basis: usize,
}

impl Run<'_> {
    /// The same on the other basis.
    pub(crate) fn on_other(self) -> Self {
        Self { basis: OTHER, ..self }
    }

    /// Visits months in a row, the first and the end, with the amount of each of them, where that is not nothing.
    #[inline]
    pub(crate) fn each_piece(&self, mut visit: impl FnMut(usize, usize, Amount)) {
        self.each_piece_on_terms(|first, end, amount, _| visit(first, end, amount));
    }

    /// As [`Run::each_piece`], with the terms of those months; of the months of relief they say only whether there are any.
    #[inline]
    pub(super) fn each_piece_on_terms(&self, visit: impl FnMut(usize, usize, Amount, Terms)) {
        self.each_piece_where(|amount, _| amount != 0, visit);
    }

    /// As [`Run::each_piece_on_terms`], of every charge, also one that rounds to nothing.
    pub(super) fn each_charge_on_terms(&self, is_refund: bool, visit: impl FnMut(usize, usize, Amount, Terms)) {
        self.each_piece_where(|_, terms| is_refund || terms.units != 0, visit);
    }

    #[inline]
    fn each_piece_where(
        &self,
        is_asked: impl Fn(Amount, Terms) -> bool,
        mut visit: impl FnMut(usize, usize, Amount, Terms),
    ) {
        for piece in self.pieces {
            let amount = piece.amounts[self.basis];
            if amount != UNKNOWN && is_asked(amount, piece.terms) {
                let (first, end) = (piece.first.max(self.first), piece.end.min(self.end));
                visit(first as usize, end as usize, amount, piece.terms);
            }
        }
    }

    /// Visits month and amount of every charge that does not round to nothing.
    pub(crate) fn each(&self, mut visit: impl FnMut(usize, Amount)) {
        self.each_piece(|first, end, amount| (first..end).for_each(|month| visit(month, amount)));
    }

    pub(crate) fn sum(&self) -> Amount {
        let mut sum = 0;
        self.each_piece(|first, end, amount| sum += times(amount, end - first));
        sum
    }
}

/// A number of equal amounts.
pub(crate) fn times(amount: Amount, count: usize) -> Amount {
    amount * i128::try_from(count).unwrap_or(0) // a horizon has fewer months
}

/// Visits every item of the engine's scenario, in order, with its rounded amounts in a window: the one loop over lines.
///
/// # Errors
/// Those of `visit`.
pub(crate) fn each_item<'e>(
    engine: &'e Engine<'e>,
    prices: impl Into<Prices<'e>>,
    window: Range<u32>,
    mut visit: impl FnMut(usize, &mut Costs<'e>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut costs = Costs::new(engine, prices).within(window);
    for item in 0..engine.items() {
        engine.pulse().beat()?;
        costs.begin(item);
        visit(item, &mut costs)?;
    }
    Ok(())
}

/// The totals of routes in minor units, where nothing else is asked of them; `step` gets the line of each item.
///
/// # Errors
/// As [`Costs::runs`], or those of `step`.
pub(crate) fn totals(
    engine: &Engine<'_>,
    basis: Basis,
    routes: &[Route],
    step: impl Fn(usize) -> Result<(), Error>,
) -> Result<Vec<i128>, Error> {
    let factors = engine.factors(basis)?;
    let mut totals = vec![0; routes.len()];
    each_item(engine, factors, 0..u32::MAX, |item, costs| {
        step(engine.item(item).line)?;
        routes.iter().zip(&mut totals).try_for_each(|(route, total)| {
            *total += costs.sum(route, Grant::NONE)?;
            Ok(())
        })
    })?;
    Ok(totals)
}

impl<'e> Costs<'e> {
    pub(crate) fn new(engine: &'e Engine<'e>, prices: impl Into<Prices<'e>>) -> Self {
        Self {
            engine,
            prices: prices.into(),
            item: 0,
            strips: Strips { item: 0, all: Vec::new(), used: 0, room: Vec::new(), most: engine.most_spans() },
            window: 0..u32::MAX,
            by_stage: Vec::new(),
            other_error: None,
        }
    }

    /// Leaves out charges in other months: they need no rates, but for those that a refund within the window returns.
    pub(crate) fn within(mut self, window: Range<u32>) -> Self {
        self.window = window;
        self
    }

    /// The pulse that every loop over many charges beats.
    pub(crate) fn pulse(&self) -> &'e Pulse<'e> {
        self.engine.pulse()
    }

    /// Goes on to another item.
    pub(crate) fn begin(&mut self, item: usize) {
        self.item = item;
        let priced = self.engine.refunded(item).unwrap_or(item);
        if self.strips.item != priced {
            (self.strips.item, self.strips.used) = (priced, 0);
        }
    }

    /// Visits the stages of a route in which the item is charged. `grant` is held in every stage beside what its
    /// solution grants.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, or the watch cancels it.
    pub(crate) fn runs(&mut self, route: &Route, grant: Grant, visit: impl FnMut(&Run<'_>)) -> Result<(), Error> {
        self.runs_of(self.prices.chosen.into(), (route, grant), visit)
    }

    /// The same of a route as it is, with the amounts on the other basis beside them, if there is one. An error on the
    /// other basis is kept for [`Costs::check_other`].
    ///
    /// # Errors
    /// As [`Costs::runs`].
    pub(crate) fn runs_on_both(&mut self, route: &Route, visit: impl FnMut(&Run<'_>)) -> Result<(), Error> {
        self.runs_of(self.prices, (route, Grant::NONE), visit)
    }

    /// # Errors
    /// The first error on the other basis since the last call.
    pub(crate) fn check_other(&mut self) -> Result<(), Error> {
        self.other_error.take().map_or(Ok(()), Err)
    }

    fn runs_of(
        &mut self,
        prices: Prices<'_>,
        (route, grant): (&Route, Grant),
        mut visit: impl FnMut(&Run<'_>),
    ) -> Result<(), Error> {
        let (engine, item) = (self.engine, self.item);
        engine.pulse().beat()?;
        let Self { strips, window, by_stage, other_error, .. } = self;
        let Some(of) = engine.refunded(item) else {
            return strips.runs((engine, prices), (route, grant), window, other_error, visit);
        };
        let timing = engine.timing(item);
        let is_asked = |leg: &Leg| window.contains(&(leg.end - 1)) && timing.returned_in(leg, grant);
        if !engine.timing(of).ends(route, grant).any(|(_, last)| is_asked(&route.legs[last])) {
            return Ok(());
        }
        by_stage.clear();
        by_stage.resize(route.legs.len(), [0; 2]);
        strips.runs((engine, prices), (route, grant), &(0..u32::MAX), other_error, |run| {
            let [chosen, other] = &mut by_stage[run.stage];
            *chosen += run.sum();
            if prices.other.is_some() {
                *other += run.on_other().sum();
            }
        })?;
        for (first, last) in engine.timing(of).ends(route, grant) {
            let leg = &route.legs[last];
            if is_asked(leg) {
                let stages = &by_stage[first..=last];
                let refund = |basis: usize| engine.refund(item, stages.iter().map(|sums| sums[basis]).sum());
                let chosen = refund(CHOSEN)?;
                let other = prices.other.map_or(Ok(None), |_| keep_first(other_error, refund(OTHER)))?;
                let other = other.unwrap_or(UNKNOWN);
                let (first, end) = (leg.end - 1, leg.end);
                let terms = Terms { period: 0, units: 0, relief_months: None };
                let pieces = &[Piece { first, end, terms, amounts: [chosen, other] }];
                visit(&Run { stage: last, relief_start: None, pieces, first, end, basis: CHOSEN });
            }
        }
        Ok(())
    }

    /// The item's total on a route.
    ///
    /// # Errors
    /// As [`Costs::runs`].
    pub(crate) fn sum(&mut self, route: &Route, grant: Grant) -> Result<i128, Error> {
        let mut sum = 0;
        self.runs(route, grant, |run| sum += run.sum())?;
        Ok(sum)
    }
}

/// What was computed; an error is kept if it is the first.
///
/// # Errors
/// The watch cancels it, which is no error of the other basis and waits for nothing.
fn keep_first<T>(first: &mut Option<Error>, computed: Result<T, Error>) -> Result<Option<T>, Error> {
    match computed {
        Err(error) if error.is_interruption() => Err(error),
        computed => Ok(computed.map_err(|error| first.get_or_insert(error)).ok()),
    }
}

impl Strips {
    fn runs(
        &mut self,
        (engine, prices): (&Engine<'_>, Prices<'_>),
        (route, grant): (&Route, Grant),
        window: &Range<u32>,
        other_error: &mut Option<Error>,
        mut visit: impl FnMut(&Run<'_>),
    ) -> Result<(), Error> {
        let item = self.item;
        for Charged { stage, months, relief_start, place } in engine.timing(item).charged(route, grant) {
            let months = months.within(window);
            if months.first >= months.end {
                continue;
            }
            let place = self.place_of_strip(engine, relief_start, engine.level(item, place));
            let (strip, room) = (&mut self.all[place], &mut self.room);
            let among = strip.among(months);
            let pieces = if months.step == 1 {
                strip.round(engine, (CHOSEN, prices.chosen), item, months, among.clone())?;
                if let Some(other) = prices.other.filter(|_| other_error.is_none()) {
                    keep_first(other_error, strip.round(engine, (OTHER, other), item, months, among.clone()))?;
                }
                &strip.pieces[among]
            } else {
                strip.cut(engine, prices, item, (months, among), other_error, room)?;
                room
            };
            visit(&Run { stage, relief_start, pieces, first: months.first, end: months.end, basis: CHOSEN });
        }
        Ok(())
    }

    fn place_of_strip(&mut self, engine: &Engine<'_>, relief_start: Option<u32>, level: u32) -> usize {
        let same = |strip: &Strip| strip.relief_start == relief_start && strip.level == level;
        let place = self.all.iter().take(self.used).position(same).unwrap_or(self.used);
        if place == self.used {
            self.used += 1;
            if place == self.all.len() {
                let pieces = Vec::with_capacity(self.most);
                self.all.push(Strip { relief_start, level, pieces, known: [0..0, 0..0] });
            }
            self.all[place].begin(engine, self.item, (relief_start, level), &mut self.room);
        }
        place
    }
}

impl Strip {
    /// Begins anew; `room` is for pieces that are to be cut.
    fn begin(
        &mut self,
        engine: &Engine<'_>,
        item: usize,
        (relief_start, level): (Option<u32>, u32),
        room: &mut Vec<Piece>,
    ) {
        (self.relief_start, self.level, self.known) = (relief_start, level, [0..0, 0..0]);
        self.pieces.clear();
        let timing = engine.timing(item);
        let every_month = timing.in_every_month();
        let pieces = if every_month { &mut self.pieces } else { &mut *room };
        pieces.clear();
        engine.each_span(item, relief_start, |first, end, terms| {
            let amount = if terms.units == 0 { 0 } else { UNKNOWN };
            pieces.push(Piece { first, end, terms, amounts: [amount; 2] });
        });
        if !every_month {
            for piece in room {
                timing.included(piece.first..piece.end).each_row(engine.first_calendar(), |first, end| {
                    self.pieces.push(Piece { first, end, ..*piece });
                });
            }
        }
    }

    /// The places of the pieces among which months lie.
    fn among(&self, months: Months<'_>) -> Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.end <= months.first);
        let count = self.pieces[first..].partition_point(|piece| piece.first < months.end);
        first..first + count
    }

    /// Rounds the pieces `among` which months in a row lie, as far as they were not asked for before.
    fn round(
        &mut self,
        engine: &Engine<'_>,
        (basis, factors): (usize, &Factors),
        item: usize,
        months: Months<'_>,
        among: Range<usize>,
    ) -> Result<(), Error> {
        let known = &mut self.known[basis];
        if known.start <= months.first && months.end <= known.end {
            return Ok(());
        }
        let rounding = engine.rounding(item, factors, self.level);
        // Pieces in a row mostly have the same units at the same price. Of no units it is nothing.
        let (mut of, mut price) = ((0, 0), PriceOfUnits::NOTHING);
        for piece in &mut self.pieces[among] {
            if piece.amounts[basis] == UNKNOWN {
                let Terms { period, units, .. } = piece.terms;
                let on = (rounding.priced_as(period), units);
                if on != of {
                    (of, price) = (on, rounding.price_of_units(period, units));
                }
                piece.amounts[basis] = rounding.amount_at(price, piece.terms)?;
            }
        }
        *known = months.first..months.end;
        Ok(())
    }

    /// Rounds the pieces `among` which every so many months lie, where they hold one, and copies them to `cut`: one for
    /// each of these months.
    fn cut(
        &mut self,
        engine: &Engine<'_>,
        prices: Prices<'_>,
        item: usize,
        (months, among): (Months<'_>, Range<usize>),
        other_error: &mut Option<Error>,
        cut: &mut Vec<Piece>,
    ) -> Result<(), Error> {
        let level = self.level;
        let (mut chosen, mut other): (Option<Rounding<'_>>, Option<Rounding<'_>>) = (None, None);
        cut.clear();
        let mut pieces = &mut self.pieces[among];
        for month in months.iter(engine.first_calendar()) {
            let before = pieces.iter().take_while(|piece| piece.end <= month).count();
            pieces = &mut pieces[before..];
            let Some(piece) = pieces.first_mut().filter(|piece| piece.first <= month) else { continue };
            let [known, on_other] = &mut piece.amounts;
            if *known == UNKNOWN {
                *known =
                    chosen.get_or_insert_with(|| engine.rounding(item, prices.chosen, level)).amount(piece.terms)?;
            }
            if let Some(factors) = prices.other.filter(|_| *on_other == UNKNOWN && other_error.is_none()) {
                let other = other.get_or_insert_with(|| engine.rounding(item, factors, level));
                *on_other = keep_first(other_error, other.amount(piece.terms))?.unwrap_or(UNKNOWN);
            }
            cut.push(Piece { first: month, end: month + 1, ..*piece });
        }
        Ok(())
    }
}
