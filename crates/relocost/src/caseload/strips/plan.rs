//! What is the same for all households that begin in a month: which items share their drivers, what an amount is added to,
//! and how the sums of a household become its figures.

use std::ops::Range;

use num_rational::BigRational;

use super::Question;
use crate::caseload::sums::{CaseSums, SideSums};
use crate::comparison::{Causes, Sharing, Weighted};
use crate::error::Error;
use crate::exact;
use crate::ledger::{Engine, FundShares, Grant, Payers, Route, allot, asks};
use crate::scenario::Scenario;
use crate::scenario::charging::{Drivers, Who};
use crate::watch::Pulse;

/// The most sums that an amount can feed: a month has one bit for each.
const MOST_FED: usize = 64;

/// The base and the alternative.
pub(super) const SIDES: usize = 2;

pub(super) struct Plan {
    pub(super) groups: Vec<Group>,
    pub(super) refunds: Vec<Refund>,
    /// By item, its totals that attribution asks for.
    pub(super) games: Vec<Vec<Weighted>>,
    /// True if the pathway that lacks entitlements is the base.
    pub(super) of_base: bool,
    /// By the places of all members, those who join, and those who leave.
    pub(super) asks: [bool; 3],
    pub(super) payers: Payers,
    pub(super) columns: Columns,
    /// By month, the place of its fiscal year among those of the horizon.
    pub(super) years: Vec<usize>,
    /// By fiscal year, the month after its last.
    pub(super) ends_of_years: Vec<usize>,
    sharing: Sharing,
}

/// Items whose amounts depend on the same drivers.
pub(super) struct Group {
    pub(super) drivers: Drivers,
    pub(super) items: Vec<usize>,
    /// The columns that its amounts can be added to, in order: the totals of both sides come first.
    pub(super) columns: Vec<usize>,
}

/// The charge of a refund at the end of a stay.
pub(super) struct Refund {
    /// The item of which it returns a part, and the stages of the stay.
    pub(super) of: usize,
    pub(super) stages: Range<usize>,
    pub(super) route: usize,
    pub(super) grant: Grant,
    /// The part that is returned, as a quotient.
    part: (u128, u128),
    feeds: Feeds,
}

/// What the amount of a refund is added to.
enum Feeds {
    /// The sums of a side.
    Side { category: usize, month: usize, shares: FundShares },
    /// The values of players, by their weights.
    Players(Vec<(usize, i128)>),
}

/// The places of sums in a row: first those of both sides that an amount can feed, then players, then what refunds return.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    categories: usize,
    funds: usize,
    players: usize,
    refunds: usize,
}

impl Columns {
    pub(super) fn total(side: usize) -> usize {
        side
    }

    pub(super) fn category(category: usize, side: usize) -> usize {
        SIDES * (1 + category) + side
    }

    pub(super) fn fund(&self, fund: usize, side: usize) -> usize {
        SIDES * (1 + self.categories + fund) + side
    }

    /// The sums that know whether any amount feeds them.
    pub(super) fn fed(&self) -> usize {
        SIDES * (1 + self.categories + self.funds)
    }

    pub(super) fn player(&self, player: usize) -> usize {
        self.fed() + player
    }

    pub(super) fn refund(&self, refund: usize) -> usize {
        self.fed() + self.players + refund
    }

    pub(super) fn all(&self) -> usize {
        self.fed() + self.players + self.refunds
    }
}

/// The sums of one household.
pub(super) struct Row {
    pub(super) sums: Vec<i128>,
    /// A bit for each sum that an amount feeds.
    pub(super) fed: u64,
    /// By fiscal year, the totals of both sides, and the bits of those that an amount feeds.
    pub(super) years: Vec<([i128; SIDES], u64)>,
}

impl Plan {
    /// `None` where households must be computed one by one.
    ///
    /// # Errors
    /// Of something that is wrong with the setting, or the watch cancels it.
    pub(super) fn new(scenario: &Scenario, question: &Question<'_>, pulse: &Pulse<'_>) -> Result<Option<Self>, Error> {
        let (inner, horizon) = (scenario.inner(), scenario.horizon_months());
        let engine = Engine::new(scenario, horizon, pulse)?;
        let payers = Payers::new(inner, pulse)?;
        let mut causes = Causes::new(scenario, &engine, question.alternative, question.base);
        let mut groups: Vec<Group> = Vec::new();
        let (mut games, mut refunds) = (Vec::with_capacity(engine.items()), Vec::new());
        for item in 0..engine.items() {
            let weighted = causes.weights(engine.timing(item), pulse)?;
            if let Some(drivers) = engine.drivers(item) {
                match groups.iter_mut().find(|group| group.drivers == drivers) {
                    Some(group) => group.items.push(item),
                    None => groups.push(Group { drivers, items: vec![item], columns: Vec::new() }),
                }
                games.push(weighted);
            } else {
                let Some(made) = refunds_of(&engine, item, question, &payers, (&weighted, causes.of_base)) else {
                    return Ok(None);
                };
                refunds.extend(made);
                games.push(Vec::new());
            }
        }
        let sharing = causes.sharing();
        let columns = Columns {
            categories: inner.categories.len(),
            funds: inner.funds.len(),
            players: sharing.players(),
            refunds: refunds.len(),
        };
        if columns.fed() > MOST_FED {
            return Ok(None);
        }
        for group in &mut groups {
            let feeds = |route: &Route, side: usize, category: usize, fed: &mut Vec<usize>| {
                fed.extend([Columns::total(side), Columns::category(category, side)]);
                let funds = route.legs.iter().flat_map(|leg| payers.of(leg.solution, category));
                fed.extend(funds.map(|&(fund, _)| columns.fund(fund, side)));
            };
            for &item in &group.items {
                for side in [BASE, ALTERNATIVE] {
                    feeds(question.route(side), side, engine.category(item), &mut group.columns);
                }
                let players = games[item].iter().flat_map(|weighted| &weighted.weights);
                group.columns.extend(players.map(|&(player, _)| columns.player(player)));
                let refunded = (0..).zip(&refunds).filter(|(_, refund)| refund.of == item);
                group.columns.extend(refunded.map(|(place, _)| columns.refund(place)));
            }
            group.columns.sort_unstable();
            group.columns.dedup();
        }
        let asks = asks(inner);
        let before = (inner.start.month() + 12 - inner.fiscal_year_start) % 12;
        let years: Vec<usize> = (0..horizon).map(|month| ((before + month) / 12) as usize).collect();
        let ends_of_years =
            (1..=years.last().map_or(0, |last| last + 1)).map(|year| 12 * year - before as usize).collect();
        Ok(Some(Self {
            groups,
            refunds,
            games,
            of_base: causes.of_base,
            asks: Who::EACH.map(asks),
            payers,
            columns,
            years,
            ends_of_years,
            sharing,
        }))
    }

    /// The months of the horizon.
    pub(super) fn months(&self) -> usize {
        self.years.len()
    }

    /// The memory of a strip of a group.
    pub(super) fn bytes_of_strip(&self, group: &Group) -> usize {
        (self.months() + 1) * size_of::<i64>() * (group.columns.len() + 1)
    }

    /// The sums before anything is added.
    pub(super) fn nothing(&self) -> Row {
        Row { sums: vec![0; self.columns.all()], fed: 0, years: vec![([0; SIDES], 0); self.ends_of_years.len()] }
    }

    /// Writes the figures of a household from its sums: refunds are computed, and the attribution is allotted. `None` where a
    /// refund is too large.
    pub(super) fn finish(&self, row: &mut Row, figures: &mut CaseSums) -> Option<()> {
        for (place, refund) in self.refunds.iter().enumerate() {
            let sum = row.sums[self.columns.refund(place)];
            if sum == 0 {
                continue;
            }
            let amount = refund.amount(sum)?;
            if amount == 0 {
                continue;
            }
            match &refund.feeds {
                Feeds::Side { category, month, shares } => {
                    self.feed(row, refund, (*category, *month, shares), amount);
                }
                Feeds::Players(weights) => {
                    for &(player, weight) in weights {
                        row.sums[self.columns.player(player)] += weight * amount;
                    }
                }
            }
        }
        let players = self.columns.player(0)..self.columns.refund(0);
        self.side(row, BASE, &mut figures.base);
        self.side(row, ALTERNATIVE, &mut figures.alternative);
        figures.shares.clear();
        figures.shares.extend(self.sharing.shares(&row.sums[players]));
        Some(())
    }

    fn feed(
        &self,
        row: &mut Row,
        refund: &Refund,
        (category, month, shares): (usize, usize, &FundShares),
        amount: i128,
    ) {
        let side = refund.route;
        let mut add = |column: usize, amount: i128| {
            row.sums[column] += amount;
            row.fed |= 1 << column;
        };
        add(Columns::total(side), amount);
        add(Columns::category(category, side), amount);
        allot(amount, shares, |fund, part| add(self.columns.fund(fund, side), part));
        let (totals, fed) = &mut row.years[self.years[month]];
        totals[side] += amount;
        *fed |= 1 << side;
    }

    fn side(&self, row: &Row, side: usize, figures: &mut SideSums) {
        let SideSums { total, by_category, by_fund, by_fiscal_year } = figures;
        let sum = |column: usize| (row.fed >> column & 1 == 1).then_some(row.sums[column]);
        *total = row.sums[Columns::total(side)];
        by_category.clear();
        by_category.extend((0..self.columns.categories).map(|place| sum(Columns::category(place, side))));
        by_fund.clear();
        by_fund.extend((0..self.columns.funds).map(|place| sum(self.columns.fund(place, side))));
        by_fiscal_year.clear();
        by_fiscal_year.extend(row.years.iter().map(|(totals, fed)| (fed >> side & 1 == 1).then_some(totals[side])));
    }
}

impl Row {
    /// As it was before anything was added.
    pub(super) fn clear(&mut self) {
        self.sums.fill(0);
        self.fed = 0;
        self.years.fill(([0; SIDES], 0));
    }
}

/// The places of the sides.
pub(super) const BASE: usize = 0;
pub(super) const ALTERNATIVE: usize = 1;

impl<'r> Question<'r> {
    /// The route of a side.
    pub(super) fn route(&self, side: usize) -> &'r Route {
        if side == BASE { self.base } else { self.alternative }
    }
}

impl Refund {
    /// The amount that a refund of a sum comes to.
    fn amount(&self, sum: i128) -> Option<i128> {
        let size = exact::divide_half_even_u128(sum.unsigned_abs().checked_mul(self.part.0)?, self.part.1)?;
        Some(-sum.signum() * size)
    }
}

/// Every charge of a refund: on both sides, and under the grants that attribution asks about. `None` where its part is no
/// quotient in 128 bits.
fn refunds_of(
    engine: &Engine<'_>,
    item: usize,
    question: &Question<'_>,
    payers: &Payers,
    (weighted, of_base): (&[Weighted], bool),
) -> Option<Vec<Refund>> {
    let (of, multiplier) = (engine.refunded(item)?, engine.multiplier(item)?);
    let part = quotient(multiplier)?;
    let mut refunds = Vec::new();
    let mut each = |side: usize, grant: Grant, feeds: &dyn Fn(usize) -> Feeds| {
        let route = question.route(side);
        for (first, last) in engine.timing(of).ends(route, grant) {
            if engine.timing(item).returned_in(&route.legs[last], grant) {
                refunds.push(Refund { of, stages: first..last + 1, route: side, grant, part, feeds: feeds(last) });
            }
        }
    };
    for side in [BASE, ALTERNATIVE] {
        each(side, Grant::NONE, &|last| {
            let (leg, category) = (&question.route(side).legs[last], engine.category(item));
            let shares = payers.of(leg.solution, category).clone();
            Feeds::Side { category, month: leg.end as usize - 1, shares }
        });
    }
    let side = if of_base { BASE } else { ALTERNATIVE };
    for Weighted { grant, weights } in weighted {
        each(side, *grant, &|_| Feeds::Players(weights.clone()));
    }
    Some(refunds)
}

fn quotient(value: &BigRational) -> Option<(u128, u128)> {
    Some((u128::try_from(value.numer()).ok()?, u128::try_from(value.denom()).ok()?))
}
