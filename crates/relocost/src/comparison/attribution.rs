//! The price of the missing entitlements: Shapley values of the extra cost, to the cent.
//!
//! v(S) is the total of the alternative when every stage also holds the entitlements S. A ledger is a sum over lines,
//! and the Shapley value of a sum of games is the sum of their values (L. S. Shapley, 1953); an entitlement that a
//! line does not name changes nothing in its game. So each line is a small game of its own over the entitlements that
//! it names, and the work grows with the lines instead of doubling with each entitlement. Nothing is estimated.

use indexmap::IndexMap;
use num_bigint::BigInt;
use num_traits::Zero;

use crate::error::{Code, Error};
use crate::exact;
use crate::ledger::{Engine, Factors, Route, Totals, money};
use crate::scenario::Scenario;
use crate::types::{Id, Money};

/// What the extra cost is the price of.
///
/// The attributions and the residual add up to the extra cost, exactly. Only entitlements that the base holds somewhere
/// and the alternative lacks somewhere are listed (or, where there is none, those the other way round).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    shares: IndexMap<Id, Money>,
    residual: Money,
    alone: IndexMap<Id, Money>,
    last: IndexMap<Id, Money>,
}

impl Attribution {
    /// The attribution of each entitlement, in the order declared.
    pub fn shares(&self) -> &IndexMap<Id, Money> {
        &self.shares
    }

    /// What no entitlement explains: timing, moves, lines that none controls.
    pub fn residual(&self) -> Money {
        self.residual
    }

    /// What each entitlement would save if it were granted and no other.
    pub fn alone(&self) -> &IndexMap<Id, Money> {
        &self.alone
    }

    /// What each entitlement saves if all others are granted already.
    pub fn last(&self) -> &IndexMap<Id, Money> {
        &self.last
    }

    /// The attribution of the extra cost of the first pathway over the second.
    pub(super) fn of(
        scenario: &Scenario,
        engine: &Engine<'_>,
        factors: &Factors,
        alternative: (&Route, &Totals),
        base: (&Route, &Totals),
    ) -> Result<Self, Error> {
        let all = u64::MAX >> (64 - scenario.entitlements().len().clamp(1, 64));
        let missing = |a: &Route, b: &Route| b.held() & a.lacked(all);
        let forth = missing(alternative.0, base.0);
        let back = missing(base.0, alternative.0);
        let extra = alternative.1.total - base.1.total;
        let (players, game, sign) = match (forth, back) {
            (0, 0) => (0, None, 1),
            (0, back) => (back, Some(Games::of(scenario, engine, factors, base, back)?), -1),
            (forth, _) => (forth, Some(Games::of(scenario, engine, factors, alternative, forth)?), 1),
        };
        let place_of = |bit: usize| (players >> bit & 1 == 1).then_some(bit);
        let ids: Vec<&Id> = (0..scenario.entitlements().len())
            .filter_map(place_of)
            .map(|bit| &scenario.entitlements()[bit].id)
            .collect();
        let games = game.unwrap_or_else(|| Games::none(0));
        let currency = scenario.currency();
        let map = |values: &[i128]| {
            ids.iter()
                .zip(values)
                .map(|(&id, &value)| Ok((id.clone(), money(sign * value, currency)?)))
                .collect::<Result<_, Error>>()
        };
        let shares = games.allotted();
        let residual = extra - sign * shares.iter().sum::<i128>();
        Ok(Self {
            shares: map(&shares)?,
            residual: money(residual, currency)?,
            alone: map(&games.alone)?,
            last: map(&games.last)?,
        })
    }
}

/// The sum of the games of all lines, player by player.
struct Games {
    /// Shapley values as numerators over `denominator`, which add up to a whole number.
    shapley: Vec<BigInt>,
    denominator: BigInt,
    alone: Vec<i128>,
    last: Vec<i128>,
}

impl Games {
    fn none(players: usize) -> Self {
        Self {
            shapley: vec![BigInt::zero(); players],
            denominator: BigInt::from(1),
            alone: vec![0; players],
            last: vec![0; players],
        }
    }

    /// The games of a route over the players, a set of entitlements.
    fn of(
        scenario: &Scenario,
        engine: &Engine<'_>,
        factors: &Factors,
        (route, totals): (&Route, &Totals),
        players: u64,
    ) -> Result<Self, Error> {
        let bits: Vec<u64> = (0..64).map(|bit| 1 << bit).filter(|bit| players & bit != 0).collect();
        let mut games = Self::none(bits.len());
        let named = |line: usize| {
            let timing = engine.timing(line);
            (timing.when | timing.unless | timing.requires.unwrap_or(0)) & players
        };
        let most = (0..scenario.lines().len()).map(|line| named(line).count_ones()).max().unwrap_or(0);
        games.denominator = factorial(most).into();
        for line in 0..scenario.lines().len() {
            let own: Vec<(usize, u64)> =
                bits.iter().copied().enumerate().filter(|(_, bit)| named(line) & bit != 0).collect();
            if !own.is_empty() {
                let known = totals.by_line.get(line).copied().flatten().unwrap_or(0);
                let values = line_values(engine, factors, route, line, &own, known)?;
                games.add(&own, &values, most);
            }
        }
        Ok(games)
    }

    /// Adds a line's game: `values[S]` is its total when the subset S of `own` is granted, as bits of places in `own`.
    fn add(&mut self, own: &[(usize, u64)], values: &[i128], most: u32) {
        let size = own.len() as u32;
        let full = values.len() - 1;
        // |S|! (n - |S| - 1)! / n!, over the common denominator.
        let scale = factorial(most) / factorial(size);
        let weights: Vec<i128> = (0..size).map(|held| scale * factorial(held) * factorial(size - held - 1)).collect();
        for (place, &(player, _)) in own.iter().enumerate() {
            let bit = 1 << place;
            self.alone[player] += values[0] - values[bit];
            self.last[player] += values[full ^ bit] - values[full];
            // Exact in i128 for any money of this world, and by big integers beyond.
            let (mut sum, mut beyond) = (0_i128, BigInt::zero());
            for subset in (0..values.len()).filter(|subset| subset & bit == 0) {
                let saved = values[subset] - values[subset | bit];
                if saved != 0 {
                    let weight = weights[subset.count_ones() as usize];
                    match weight.checked_mul(saved).and_then(|product| sum.checked_add(product)) {
                        Some(next) => sum = next,
                        None => beyond += BigInt::from(weight) * saved,
                    }
                }
            }
            if sum != 0 || !beyond.is_zero() {
                self.shapley[player] += beyond + sum;
            }
        }
    }

    /// The Shapley values in minor units, by largest remainder, ties to the entitlement declared first.
    fn allotted(&self) -> Vec<i128> {
        let parts = exact::largest_remainder(&self.shapley, &self.denominator);
        parts.into_iter().map(|part| i128::try_from(part).unwrap_or(0)).collect()
    }
}

/// A line's totals for every subset of the entitlements that it names; `known` is the one without any.
fn line_values(
    engine: &Engine<'_>,
    factors: &Factors,
    route: &Route,
    line: usize,
    own: &[(usize, u64)],
    known: i128,
) -> Result<Vec<i128>, Error> {
    let timing = engine.timing(line);
    // Most subsets make no difference to where the line applies and is relieved.
    let mut seen = vec![(timing.pattern(route, 0), known)];
    let mut values = Vec::with_capacity(1 << own.len());
    for subset in 0_usize..1 << own.len() {
        let grant = own
            .iter()
            .enumerate()
            .fold(0, |grant, (place, &(_, bit))| if subset >> place & 1 == 1 { grant | bit } else { grant });
        let pattern = timing.pattern(route, grant);
        let value = if pattern.0 == 0 {
            0
        } else if let Some(&(_, value)) = seen.iter().find(|(known, _)| *known == pattern) {
            value
        } else {
            let mut sum = 0;
            engine.charge(line, route, grant, factors, |row| sum += row.minor)?;
            seen.push((pattern, sum));
            sum
        };
        values.push(value);
    }
    if values.iter().any(|value| value.unsigned_abs() > 1 << 120) {
        return Err(Error::single(Code::TooLargeFigure, "comparison.attribution", "a figure is too large to write"));
    }
    Ok(values)
}

/// n! for n up to 12, which is as many entitlements as a line may name.
fn factorial(n: u32) -> i128 {
    (1..=i128::from(n)).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapley values of a cost game, in the order of the players; savings are costs with the sign changed.
    fn shapley(players: usize, cost: impl Fn(usize) -> i128) -> Vec<i128> {
        let own: Vec<(usize, u64)> = (0..players).map(|place| (place, 1 << place)).collect();
        let values: Vec<i128> = (0..1 << players).map(|subset| -cost(subset)).collect();
        let mut games = Games::none(players);
        games.denominator = factorial(players as u32).into();
        games.add(&own, &values, players as u32);
        games.allotted()
    }

    /// The airport game: a coalition costs its dearest member.
    fn airport(costs: &[i128]) -> Vec<i128> {
        let dearest = |subset: usize| {
            costs.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, &c)| c).max().unwrap_or(0)
        };
        shapley(costs.len(), dearest)
    }

    #[test]
    fn the_airport_game() {
        // S. Littlechild and G. Owen, "A simple expression for the Shapley value in a special case",
        // Management Science 20 (1973).
        assert_eq!(airport(&[8, 11, 13, 18]), [2, 3, 4, 9]);
        assert_eq!(airport(&[1500, 2200, 3000]), [500, 850, 1650]);
    }

    #[test]
    fn parts_of_a_cent_go_to_the_largest_remainder_and_then_to_the_first() {
        // Three alike share ten: 3 1/3 each, and the unit left goes to the one declared first.
        assert_eq!(shapley(3, |subset| if subset == 7 { 10 } else { 0 }), [4, 3, 3]);
        assert_eq!(shapley(3, |subset| if subset == 7 { -10 } else { 0 }), [-3, -3, -4]);
    }
}
