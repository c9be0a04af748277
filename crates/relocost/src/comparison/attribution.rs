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
use crate::ledger::{Costs, Engine, Grant, Pattern, Route, Timing, Whereabouts, money};
use crate::limits;
use crate::message;
use crate::scenario::Scenario;
use crate::types::{Id, Money};
use crate::watch::Pulse;

/// The extra cost as the price of the missing entitlements.
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

    /// The part that no entitlement explains: timing, moves, lines that none controls.
    pub fn residual(&self) -> Money {
        self.residual
    }

    /// The saving of each entitlement if it were granted and no other.
    pub fn alone(&self) -> &IndexMap<Id, Money> {
        &self.alone
    }

    /// The saving of each entitlement if all others are granted already.
    pub fn last(&self) -> &IndexMap<Id, Money> {
        &self.last
    }

    /// The Shapley values of the games of all lines, where the extra cost is `extra`.
    pub(super) fn of(scenario: &Scenario, causes: &Causes<'_>, extra: i128) -> Result<Self, Error> {
        let currency = scenario.currency();
        let allotted = causes.shares();
        let residual = extra - allotted.iter().map(|(_, share)| share).sum::<i128>();
        let mut shares = IndexMap::with_capacity(allotted.len());
        for (place, share) in allotted {
            shares.insert(cause(scenario, place), money(share, currency)?);
        }
        let others = |values: &[i128]| {
            let mut map = shares.clone();
            for (saved, value) in map.values_mut().zip(values) {
                *saved = money(causes.sign * value, currency)?;
            }
            Ok::<_, Error>(map)
        };
        let (alone, last) = (others(&causes.games.alone)?, others(&causes.games.last)?);
        Ok(Self { shares, residual: money(residual, currency)?, alone, last })
    }
}

/// The missing entitlements, the pathway that lacks them, and the games of the lines about them.
pub(crate) struct Causes<'r> {
    /// The place of each entitlement in the scenario, with what it grants; the household's place comes after them.
    players: Vec<(usize, Grant)>,
    /// True if it is the base that lacks them.
    pub(crate) of_base: bool,
    route: &'r Route,
    sign: i128,
    games: Games,
    room: Room,
}

/// Lists that every line fills anew.
#[derive(Default)]
struct Room {
    /// The missing entitlements that the line names, by their places among the players.
    own: Vec<(usize, Grant)>,
    /// The line's totals by the places where it applies and is relieved.
    seen: Vec<(Pattern, i128)>,
    /// The line's totals by subset of `own`, as bits of places there.
    values: Vec<i128>,
}

impl<'r> Causes<'r> {
    /// The attribution of each entitlement by its place in the scenario, allotted, with the sign of the extra cost.
    pub(crate) fn shares(&self) -> Vec<(usize, i128)> {
        let shares = self.games.allotted();
        self.players.iter().zip(shares).map(|(&(place, _), share)| (place, self.sign * share)).collect()
    }

    /// Who shares, by what numerators over which denominator, and with which sign.
    pub(crate) fn sharing(&self) -> Sharing {
        let places = self.players.iter().map(|&(place, _)| place).collect();
        Sharing { places, denominator: self.games.denominator, sign: self.sign }
    }

    /// Those of the extra cost of one route over another, without any line yet.
    pub(crate) fn new(scenario: &Scenario, engine: &Engine<'_>, alternative: &'r Route, base: &'r Route) -> Self {
        let all = u64::MAX >> (64 - scenario.entitlements().len().clamp(1, 64));
        let missing = |a: &Route, b: &Route| b.held() & a.lacked(all);
        let of_base = missing(alternative, base) == 0 && missing(base, alternative) != 0;
        let (route, other, sign) = if of_base { (base, alternative, -1) } else { (alternative, base, 1) };
        let bits = missing(route, other);
        let entitlements = (0..64).filter(|place| bits >> place & 1 == 1);
        let entitlements =
            entitlements.map(|place| (place, Grant { entitlements: 1 << place, place: Whereabouts::AsWritten }));
        let elsewhere = |place: &Option<usize>| route.open().any(|leg| leg.place != *place);
        let place = other.one_place().filter(elsewhere);
        let place = place
            .map(|place| (scenario.entitlements().len(), Grant { entitlements: 0, place: Whereabouts::All(place) }));
        let players: Vec<(usize, Grant)> = entitlements.chain(place).collect();
        let own = |item: usize| players.iter().filter(|(_, grant)| matters(engine.timing(item), *grant)).count();
        let most = (0..engine.items()).map(own).max().unwrap_or(0);
        let most = u32::try_from(most).unwrap_or(u32::MAX).min(MOST);
        Self { games: Games::new(players.len(), most), players, of_base, route, sign, room: Room::default() }
    }

    /// Adds the game of a line, to which `costs` has come; `known` is its total as things are.
    pub(crate) fn add(&mut self, timing: &Timing<'_>, costs: &mut Costs<'_>, known: i128) -> Result<(), Error> {
        let Self { players, room, games, route, .. } = self;
        room.fill(players, timing)?;
        if !room.own.is_empty() {
            line_values(timing, costs, route, room, known)?;
            games.add(&room.own, &room.values, costs.pulse())?;
        }
        Ok(())
    }

    /// The game of a line as what it takes of the line's totals: they differ only under these grants, and the value of
    /// each of these players is the sum of the totals times its weights, over the denominator of [`Causes::sharing`].
    ///
    /// # Errors
    /// As [`Causes::add`], or the watch cancels it.
    pub(crate) fn weights(&mut self, timing: &Timing<'_>, pulse: &Pulse<'_>) -> Result<Vec<Weighted>, Error> {
        let Self { players, room, games, route, .. } = self;
        room.fill(players, timing)?;
        let own = &room.own;
        let weights = &games.weights[own.len()];
        let mut patterns: IndexMap<Pattern, Weighted> = IndexMap::new();
        for subset in (0_usize..1 << own.len()).filter(|_| !own.is_empty()) {
            pulse.beat()?;
            let grant = granted(own, subset);
            let pattern = timing.pattern(route, grant);
            if pattern.is_empty() {
                continue;
            }
            let known = || Weighted { grant, weights: own.iter().map(|&(player, _)| (player, 0)).collect() };
            let held = subset.count_ones() as usize;
            for (place, (_, weight)) in patterns.entry(pattern).or_insert_with(known).weights.iter_mut().enumerate() {
                *weight += if subset >> place & 1 == 0 { weights[held] } else { -weights[held - 1] };
            }
        }
        Ok(patterns.into_values().collect())
    }
}

/// Players who share an amount.
#[derive(Clone, Debug)]
pub(crate) struct Sharing {
    /// The place of each in the scenario.
    places: Vec<usize>,
    denominator: i128,
    sign: i128,
}

impl Sharing {
    /// The number of players.
    pub(crate) fn players(&self) -> usize {
        self.places.len()
    }

    /// The attribution of each by its place, allotted, from numerators whose sum fits in 128 bits.
    pub(crate) fn shares(&self, numerators: &[i128]) -> impl Iterator<Item = (usize, i128)> {
        let shares = exact::largest_remainder_in_128_bits(numerators, self.denominator);
        self.places.iter().zip(shares).map(|(&place, share)| (place, self.sign * share))
    }
}

/// The total of a line under a grant, with the weight of each player in it.
#[derive(Clone, Debug)]
pub(crate) struct Weighted {
    pub(crate) grant: Grant,
    pub(crate) weights: Vec<(usize, i128)>,
}

impl Room {
    /// Finds which players a line names.
    ///
    /// # Errors
    /// They are too many.
    fn fill(&mut self, players: &[(usize, Grant)], timing: &Timing<'_>) -> Result<(), Error> {
        let players = (0..).zip(players).map(|(player, &(_, grant))| (player, grant));
        self.own.clear();
        self.own.extend(players.filter(|(_, grant)| matters(timing, *grant)));
        if self.own.len() > limits::ENTITLEMENTS_OF_A_LINE {
            let message = message!(
                "a line names {named} of the missing entitlements; an exact attribution takes at most {most}",
                "un poste nomme {named} des droits manquants ; une attribution exacte en prend au plus {most}",
                named = self.own.len(),
                most = limits::ENTITLEMENTS_OF_A_LINE,
            );
            return Err(Error::single(Code::TooMany, "lines", message));
        }
        Ok(())
    }
}

/// All that is granted to a subset of players.
fn granted(own: &[(usize, Grant)], subset: usize) -> Grant {
    let granted = own.iter().enumerate().filter(|(place, _)| subset >> place & 1 == 1);
    granted.fold(Grant::NONE, |grant, (_, (_, more))| grant.with(*more))
}

/// The sum of the games of all lines, player by player.
struct Games {
    /// Shapley values as numerators over `denominator`, which add up to a whole number: the sum of both.
    shapley: Vec<i128>,
    beyond: Vec<BigInt>,
    denominator: i128,
    /// By the number of entitlements that a line names, and then by how many of them are held: |S|! (n - |S| - 1)! / n!,
    /// over the common denominator.
    weights: Vec<Vec<i128>>,
    alone: Vec<i128>,
    last: Vec<i128>,
}

impl Games {
    /// Games of so many players without any line, of which none will name more than `most` of them.
    fn new(players: usize, most: u32) -> Self {
        let weight =
            |size: u32, held: u32| factorial(most) / factorial(size) * factorial(held) * factorial(size - held - 1);
        let weights = (0..=most).map(|size| (0..size).map(|held| weight(size, held)).collect()).collect();
        Self {
            shapley: vec![0; players],
            beyond: vec![BigInt::zero(); players],
            denominator: factorial(most),
            weights,
            alone: vec![0; players],
            last: vec![0; players],
        }
    }

    /// Adds a line's game: `values[S]` is its total when the subset S of `own` is granted, as bits of places in `own`.
    ///
    /// # Errors
    /// The watch cancels it.
    fn add(&mut self, own: &[(usize, Grant)], values: &[i128], pulse: &Pulse<'_>) -> Result<(), Error> {
        let (weights, full) = (&self.weights[own.len()], values.len() - 1);
        for (place, &(player, _)) in own.iter().enumerate() {
            pulse.beat()?;
            let bit = 1 << place;
            self.alone[player] += values[0] - values[bit];
            self.last[player] += values[full ^ bit] - values[full];
            // Exact in 128 bits for usual amounts, and by big integers beyond.
            let (sum, beyond) = (&mut self.shapley[player], &mut self.beyond[player]);
            for subset in (0..values.len()).filter(|subset| subset & bit == 0) {
                let saved = values[subset] - values[subset | bit];
                if saved != 0 {
                    let weight = weights[subset.count_ones() as usize];
                    match weight.checked_mul(saved).and_then(|product| sum.checked_add(product)) {
                        Some(next) => *sum = next,
                        None => *beyond += BigInt::from(weight) * saved,
                    }
                }
            }
        }
        Ok(())
    }

    /// The Shapley values in minor units, by largest remainder, ties to the entitlement declared first.
    fn allotted(&self) -> Vec<i128> {
        if self.beyond.iter().all(Zero::is_zero) {
            return exact::largest_remainder_in_128_bits(&self.shapley, self.denominator);
        }
        let values: Vec<BigInt> = self.shapley.iter().zip(&self.beyond).map(|(sum, beyond)| beyond + sum).collect();
        let parts = exact::largest_remainder(&values, &self.denominator.into());
        parts.into_iter().map(|part| i128::try_from(part).unwrap_or(0)).collect()
    }
}

/// A line's totals for every subset of the entitlements that it names; `known` is the one without any.
fn line_values(
    timing: &Timing<'_>,
    costs: &mut Costs<'_>,
    route: &Route,
    room: &mut Room,
    known: i128,
) -> Result<(), Error> {
    let Room { own, seen, values } = room;
    // Most subsets make no difference to where the line applies and is relieved.
    seen.clear();
    seen.push((timing.pattern(route, Grant::NONE), known));
    values.clear();
    for subset in 0_usize..1 << own.len() {
        costs.pulse().beat()?;
        let grant = granted(own, subset);
        let pattern = timing.pattern(route, grant);
        let value = if pattern.is_empty() {
            0
        } else if let Some(&(_, value)) = seen.iter().find(|(known, _)| *known == pattern) {
            value
        } else {
            let sum = costs.sum(route, grant)?;
            seen.push((pattern, sum));
            sum
        };
        values.push(value);
    }
    if values.iter().any(|value| value.unsigned_abs() > 1 << 120) {
        let message = message!("a figure is too large to write", "un chiffre est trop grand pour être écrit");
        return Err(Error::single(Code::TooLargeFigure, "comparison.attribution", message));
    }
    Ok(())
}

/// The name of a cause by its place: an entitlement, or the household's place after them.
pub(crate) fn cause(scenario: &Scenario, place: usize) -> Id {
    scenario.entitlements().get(place).map_or_else(Id::place, |declared| declared.id.clone())
}

/// True if a grant can change what is charged.
fn matters(timing: &Timing<'_>, grant: Grant) -> bool {
    let charging = timing.charging;
    charging.named() & grant.entitlements != 0 || (grant.place != Whereabouts::AsWritten && charging.by_place)
}

/// More causes than that are refused for a line.
#[expect(clippy::cast_possible_truncation, reason = "16")]
const MOST: u32 = limits::ENTITLEMENTS_OF_A_LINE as u32;

/// n! for n up to 16, which is as many entitlements as a line may name here.
fn factorial(n: u32) -> i128 {
    (1..=i128::from(n)).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapley values of a cost game, in the order of the players; savings are costs with the sign changed.
    fn shapley(players: usize, cost: impl Fn(usize) -> i128) -> Vec<i128> {
        let own: Vec<(usize, Grant)> = (0..players).map(|place| (place, Grant::NONE)).collect();
        let values: Vec<i128> = (0..1 << players).map(|subset| -cost(subset)).collect();
        let most = u32::try_from(players).unwrap();
        let mut games = Games::new(players, most);
        games.add(&own, &values, &Pulse::unheard()).unwrap();
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
