//! A slow ledger to hold the library's to: the model's text turned into loops, month by month and line by line, in
//! exact rationals. It asks the scenario what was written and computes everything from that by itself.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use relocost::{
    Basis, Clock, Distribution, Driver, Id, Line, Member, Month, Price, Profile, RateTable, Scenario, Schedule,
};

/// A rate that a charge needs is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MissingRate;

/// A charge: what is due in a month of a stage for a line, before and after its rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) month: u32,
    pub(crate) stage: usize,
    pub(crate) solution: String,
    pub(crate) line: String,
    /// In tenths of a unit of the driver.
    pub(crate) quantity: u32,
    /// In minor units, before the rounding.
    pub(crate) exact: BigRational,
    /// In minor units.
    pub(crate) amount: i128,
}

impl Charge {
    /// Whether the exact value lies half-way between two minor units.
    pub(crate) fn is_tie(&self) -> bool {
        *self.exact.denom() == BigInt::from(2)
    }
}

/// Stage i covers `from..to`.
struct Span {
    solution: String,
    from: u32,
    to: u32,
}

/// The ledger of a pathway whose every stage also holds `granted`.
pub(crate) struct Oracle<'s> {
    scenario: &'s Scenario,
    spans: Vec<Span>,
    basis: Basis,
    granted: Vec<String>,
}

impl<'s> Oracle<'s> {
    pub(crate) fn new(scenario: &'s Scenario, pathway: &str, basis: Basis, granted: &[String]) -> Self {
        let spans = spans(scenario, pathway);
        Self { scenario, spans, basis, granted: granted.to_vec() }
    }

    /// Every charge with a quantity above 0, those that round to zero too, by month and in the order of the lines.
    pub(crate) fn charges(&self) -> Result<Vec<Charge>, MissingRate> {
        let mut charges = Vec::new();
        for month in 0..self.scenario.horizon_months() {
            for (stage, span) in self.spans.iter().enumerate() {
                if month < span.from || month >= span.to {
                    continue;
                }
                for line in self.scenario.lines().values() {
                    if let Some(charge) = self.charge(month, stage, line)? {
                        charges.push(charge);
                    }
                }
            }
        }
        Ok(charges)
    }

    /// The entries: charges that do not round to zero.
    pub(crate) fn entries(&self) -> Result<Vec<Charge>, MissingRate> {
        Ok(self.charges()?.into_iter().filter(|charge| charge.amount != 0).collect())
    }

    /// v(S): the sum of the entries.
    pub(crate) fn total(&self) -> Result<i128, MissingRate> {
        Ok(self.entries()?.iter().map(|entry| entry.amount).sum())
    }

    fn charge(&self, month: u32, stage: usize, line: &Line) -> Result<Option<Charge>, MissingRate> {
        if !self.applies(line, stage) || !self.is_charged(line, month, stage) {
            return Ok(None);
        }
        let quantity = self.quantity(line, month);
        if quantity == 0 {
            return Ok(None);
        }
        let year = self.calendar(month).div_euclid(12);
        let value = fraction(quantity.into(), 10)
            * unit_price(line)
            * self.index_factor(line, year)?
            * self.exchange_rate(line, year)?
            * (BigRational::one() - self.relieved(line, month, stage));
        let minor = BigInt::from(10).pow(self.scenario.currency().decimals());
        let exact = value * BigRational::from_integer(minor);
        let amount = half_to_even(&exact);
        let solution = self.spans[stage].solution.clone();
        Ok(Some(Charge { month, stage, solution, line: line.id.to_string(), quantity, exact, amount }))
    }

    /// The calendar month as a count of months since the year 0.
    fn calendar(&self, month: u32) -> i32 {
        count(self.scenario.start()) + i32::try_from(month).unwrap()
    }

    fn holds(&self, stage: usize, entitlement: &Id) -> bool {
        let solution = &self.scenario.solutions()[self.spans[stage].solution.as_str()];
        solution.entitlements.contains(entitlement)
            || self.granted.iter().any(|granted| granted == entitlement.as_str())
    }

    fn applies(&self, line: &Line, stage: usize) -> bool {
        line.when.iter().all(|entitlement| self.holds(stage, entitlement))
            && !line.unless.iter().any(|entitlement| self.holds(stage, entitlement))
    }

    /// The start of the first of the consecutive stages, up to `stage`, of which something is true.
    fn since(&self, stage: usize, is_true: impl Fn(usize) -> bool) -> u32 {
        let mut first = stage;
        while first > 0 && is_true(first - 1) {
            first -= 1;
        }
        self.spans[first].from
    }

    fn is_charged(&self, line: &Line, month: u32, stage: usize) -> bool {
        let start = match line.clock {
            Clock::Entitled => self.since(stage, |stage| self.applies(line, stage)),
            Clock::Stage => self.spans[stage].from,
            Clock::Pathway => 0,
            other => panic!("a clock unknown to this test: {other}"),
        };
        let k = month - start;
        let within = |from: u32, until: Option<u32>| from <= k && until.is_none_or(|until| k < until);
        match &line.schedule {
            Schedule::Monthly { from, until } => within(*from, *until),
            Schedule::Once { at } => k == *at,
            Schedule::Every { months, from, until } => within(*from, *until) && (k - from).is_multiple_of(*months),
            Schedule::Calendar { months, from, until } => {
                let number = u32::try_from(self.calendar(month).rem_euclid(12)).unwrap() + 1;
                within(*from, *until) && months.contains(&number)
            }
            Schedule::OnExit => month + 1 == self.spans[stage].to && stage + 1 < self.spans.len(),
            Schedule::OnJoin => month > 0,
            other => panic!("a schedule unknown to this test: {other:?}"),
        }
    }

    fn quantity(&self, line: &Line, month: u32) -> u32 {
        let now = self.calendar(month);
        let members = &self.scenario.household().members;
        let concerned: Vec<&Member> = if line.schedule == Schedule::OnJoin {
            let joins = |member: &&Member| counts(member, now) && !counts(member, now - 1) && count(member.born) != now;
            members.iter().filter(joins).collect()
        } else {
            members.iter().filter(|member| counts(member, now)).collect()
        };
        self.driver(line.driver, &concerned, now)
    }

    /// A driver in tenths of a unit.
    fn driver(&self, driver: Driver, members: &[&Member], now: i32) -> u32 {
        let household = self.scenario.household();
        let mut ages = Vec::new();
        for member in members {
            ages.push(u32::try_from((now - count(member.born)).div_euclid(12)).unwrap());
        }
        let how_many = |from: u32, to: u32| ages.iter().filter(|age| from <= **age && **age <= to).map(|_| 10).sum();
        match driver {
            Driver::Household => 10 * u32::from(!ages.is_empty()),
            Driver::Person => how_many(0, u32::MAX),
            Driver::Adult => how_many(18, u32::MAX),
            Driver::Minor => how_many(0, 17),
            Driver::SchoolAge => how_many(household.school_age.from, household.school_age.to),
            Driver::WorkingAge => how_many(household.working_age.from, household.working_age.to),
            Driver::EquivalentAdult => {
                let (mut sum, mut older, mut anyone) = (0, false, false);
                for _ in ages.iter().filter(|age| **age >= 14) {
                    sum += if older { 5 } else { 10 };
                    (older, anyone) = (true, true);
                }
                for _ in ages.iter().filter(|age| **age < 14) {
                    sum += if anyone { 3 } else { 10 };
                    anyone = true;
                }
                sum
            }
            other => panic!("a driver unknown to this test: {other}"),
        }
    }

    /// The share that the household no longer needs.
    fn relieved(&self, line: &Line, month: u32, stage: usize) -> BigRational {
        let Some(relief) = &line.relief else { return BigRational::zero() };
        let held = |stage: usize| relief.requires.iter().all(|entitlement| self.holds(stage, entitlement));
        if !held(stage) {
            return BigRational::zero();
        }
        if let Some(needs) = relief.needs {
            let now = self.calendar(month);
            let all: Vec<&Member> =
                self.scenario.household().members.iter().filter(|member| counts(member, now)).collect();
            if self.driver(needs, &all, now) == 0 {
                return BigRational::zero();
            }
        }
        read_off(&self.scenario.profiles()[relief.profile.as_str()], month - self.since(stage, held))
    }

    fn index_factor(&self, line: &Line, year: i32) -> Result<BigRational, MissingRate> {
        let mut factor = BigRational::one();
        let (Some(index), Basis::Nominal) = (&line.index, self.basis) else { return Ok(factor) };
        let table = &self.scenario.rates().index[index.as_str()];
        for j in line.price_base_year + 1..=year {
            factor *= BigRational::one() + rate(table, j)?;
        }
        for j in year + 1..=line.price_base_year {
            factor /= BigRational::one() + rate(table, j)?;
        }
        Ok(factor)
    }

    fn exchange_rate(&self, line: &Line, year: i32) -> Result<BigRational, MissingRate> {
        if line.currency == self.scenario.currency() {
            return Ok(BigRational::one());
        }
        rate(self.scenario.rates().fx.get(&line.currency).ok_or(MissingRate)?, year)
    }
}

/// The stages of a pathway, or of a solution, as far as they have a month before the horizon.
fn spans(scenario: &Scenario, pathway: &str) -> Vec<Span> {
    let horizon = scenario.horizon_months();
    if scenario.solutions().contains_key(pathway) {
        return vec![Span { solution: pathway.to_owned(), from: 0, to: horizon }];
    }
    let (mut spans, mut from) = (Vec::new(), 0);
    for stage in &scenario.pathways()[pathway].stages {
        let to = stage.months.map_or(horizon, |months| from + months);
        if from < horizon {
            spans.push(Span { solution: stage.solution.to_string(), from, to: to.min(horizon) });
        }
        from = to;
    }
    spans
}

/// A month as a count of months since the year 0.
fn count(month: Month) -> i32 {
    month.year() * 12 + i32::try_from(month.month()).unwrap() - 1
}

/// max(born, joins) <= m < leaves.
fn counts(member: &Member, month: i32) -> bool {
    let born = count(member.born);
    let first = member.joins.map_or(born, |joins| count(joins).max(born));
    first <= month && member.leaves.is_none_or(|leaves| month < count(leaves))
}

/// Whether a member counts in a month of the scenario.
pub(crate) fn counts_in(scenario: &Scenario, member: &Member, month: u32) -> bool {
    counts(member, count(scenario.start()) + i32::try_from(month).unwrap())
}

/// A decimal of a file, read from its text.
pub(crate) fn decimal(value: &impl ToString) -> BigRational {
    let text = value.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits: BigInt = text.replace('.', "").parse().unwrap();
    BigRational::new(digits, BigInt::from(10).pow(u32::try_from(decimals).unwrap()))
}

fn fraction(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

fn rate<T: Copy + ToString>(table: &RateTable<T>, year: i32) -> Result<BigRational, MissingRate> {
    table.years.get(&year).copied().or(table.default).map(|rate| decimal(&rate)).ok_or(MissingRate)
}

fn unit_price(line: &Line) -> BigRational {
    match &line.price {
        Price::Amount(amount) => decimal(amount),
        Price::Event { per_year, severity } => decimal(per_year) / fraction(12, 1) * mean(severity),
        other => panic!("a price unknown to this test: {other:?}"),
    }
}

fn mean(severity: &Distribution) -> BigRational {
    match severity {
        Distribution::Uniform { low, high } => (decimal(low) + decimal(high)) / fraction(2, 1),
        Distribution::Triangular { low, mode, high } => (decimal(low) + decimal(mode) + decimal(high)) / fraction(3, 1),
        Distribution::Pert { low, mode, high, shape } => {
            (decimal(low) + decimal(shape) * decimal(mode) + decimal(high)) / (decimal(shape) + fraction(2, 1))
        }
        Distribution::Lognormal { mean, .. } | Distribution::Gamma { mean, .. } => decimal(mean),
        Distribution::Beta { alpha, beta, low, high } => {
            decimal(low) + (decimal(high) - decimal(low)) * decimal(alpha) / (decimal(alpha) + decimal(beta))
        }
        Distribution::Discrete { values, weights } => {
            let (mut sum, mut weight) = (BigRational::zero(), BigRational::zero());
            for (v, w) in values.iter().zip(weights) {
                sum += decimal(v) * decimal(w);
                weight += decimal(w);
            }
            sum / weight
        }
        Distribution::Empirical { values } => {
            let mut sorted: Vec<BigRational> = values.iter().map(decimal).collect();
            sorted.sort();
            // The mean of straight pieces between neighbours.
            let pieces: Vec<BigRational> =
                sorted.windows(2).map(|pair| (pair[0].clone() + &pair[1]) / fraction(2, 1)).collect();
            match i64::try_from(pieces.len()).unwrap() {
                0 => sorted[0].clone(),
                n => pieces.into_iter().sum::<BigRational>() / fraction(n, 1),
            }
        }
        other => panic!("no severity: {other:?}"),
    }
}

/// Linear between knots, constant outside.
fn read_off(profile: &Profile, r: u32) -> BigRational {
    let (first, last) = (profile.knots[0], profile.knots[profile.knots.len() - 1]);
    if r <= first.0 {
        return decimal(&first.1);
    }
    if r >= last.0 {
        return decimal(&last.1);
    }
    let pair = profile.knots.windows(2).find(|pair| pair[0].0 <= r && r <= pair[1].0).unwrap();
    let along = fraction((r - pair[0].0).into(), (pair[1].0 - pair[0].0).into());
    decimal(&pair[0].1) + (decimal(&pair[1].1) - decimal(&pair[0].1)) * along
}

/// The nearest whole number, half to even.
pub(crate) fn half_to_even(value: &BigRational) -> i128 {
    let below = value.floor().to_integer();
    let rest = value - BigRational::from_integer(below.clone());
    let half = fraction(1, 2);
    let up = rest > half || (rest == half && below.is_odd());
    i128::try_from(if up { below + 1 } else { below }).unwrap()
}

/// A whole number divided by largest remainder: floors, then one each to the largest remainders, the first one first.
pub(crate) fn largest_remainder(parts: &[BigRational]) -> Vec<i128> {
    let mut given: Vec<i128> = parts.iter().map(|part| i128::try_from(part.floor().to_integer()).unwrap()).collect();
    let mut rests: Vec<BigRational> = parts.iter().map(|part| part - part.floor()).collect();
    let mut left = rests.iter().sum::<BigRational>();
    while left >= BigRational::one() {
        let largest = rests.iter().max().unwrap().clone();
        let place = rests.iter().position(|rest| *rest == largest).unwrap();
        given[place] += 1;
        rests[place] = fraction(-1, 1);
        left -= BigRational::one();
    }
    given
}

/// What each fund pays of an entry, in the order of the table applied.
pub(crate) fn funds(scenario: &Scenario, entry: &Charge) -> Vec<(String, i128)> {
    let funding = &scenario.solutions()[entry.solution.as_str()].funding;
    let category = &scenario.lines()[entry.line.as_str()].category;
    let Some(shares) = funding.by_category.get(category).or(funding.shares.as_ref()) else {
        return vec![(scenario.funds()[0].id.to_string(), entry.amount)];
    };
    let whole = BigRational::from_integer(entry.amount.into());
    let parts: Vec<BigRational> = shares.values().map(|share| decimal(share) * &whole).collect();
    shares.keys().map(ToString::to_string).zip(largest_remainder(&parts)).collect()
}

/// The fiscal year of a month of the scenario.
pub(crate) fn fiscal_year(scenario: &Scenario, month: u32) -> i32 {
    let calendar = count(scenario.start()) + i32::try_from(month).unwrap();
    (calendar - (i32::try_from(scenario.fiscal_year_start()).unwrap() - 1)).div_euclid(12)
}

/// The nominal totals by fiscal year, discounted and rounded once.
pub(crate) fn present_value(scenario: &Scenario, nominal: &[Charge]) -> i128 {
    let growth = BigRational::one() + scenario.rates().discount.map_or_else(BigRational::zero, |rate| decimal(&rate));
    let mut sum = BigRational::zero();
    for entry in nominal {
        let years = fiscal_year(scenario, entry.month) - fiscal_year(scenario, 0);
        let factor = (0..years).fold(BigRational::one(), |factor, _| factor / &growth);
        sum += factor * BigRational::from_integer(entry.amount.into());
    }
    half_to_even(&sum)
}

/// What explains the extra cost, by every subset of the missing entitlements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attributed {
    /// The entitlements, in the order declared.
    pub(crate) players: Vec<String>,
    pub(crate) shares: Vec<i128>,
    pub(crate) alone: Vec<i128>,
    pub(crate) last: Vec<i128>,
    pub(crate) residual: i128,
}

/// The attribution of A against B.
pub(crate) fn attributed(scenario: &Scenario, a: &str, b: &str, basis: Basis) -> Result<Attributed, MissingRate> {
    let total = |pathway: &str| Oracle::new(scenario, pathway, basis, &[]).total();
    let extra = total(a)? - total(b)?;
    let forth = missing(scenario, a, b);
    let back = missing(scenario, b, a);
    let (players, of, sign) = if forth.is_empty() { (back, b, -1) } else { (forth, a, 1) };
    let n = players.len();
    let mut v = BTreeMap::new();
    for subset in 0_usize..1 << n {
        let granted: Vec<String> =
            (0..n).filter(|player| subset >> player & 1 == 1).map(|player| players[player].clone()).collect();
        v.insert(subset, Oracle::new(scenario, of, basis, &granted).total()?);
    }
    let everyone = (1 << n) - 1;
    let (mut exact, mut alone, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for player in 0..n {
        let one = 1 << player;
        let mut value = BigRational::zero();
        for subset in (0..1_usize << n).filter(|subset| subset & one == 0) {
            let size = u64::from(subset.count_ones());
            let orders = factorial(size) * factorial(n as u64 - size - 1);
            let saved = BigInt::from(v[&subset] - v[&(subset | one)]);
            value += BigRational::new(orders * saved, factorial(n as u64));
        }
        exact.push(value);
        alone.push(sign * (v[&0] - v[&one]));
        last.push(sign * (v[&(everyone & !one)] - v[&everyone]));
    }
    let shares: Vec<i128> = largest_remainder(&exact).into_iter().map(|share| sign * share).collect();
    let residual = extra - shares.iter().sum::<i128>();
    Ok(Attributed { players, shares, alone, last, residual })
}

/// The entitlements that some stage of `b` holds and some stage of `a` lacks.
pub(crate) fn missing(scenario: &Scenario, a: &str, b: &str) -> Vec<String> {
    let held = |pathway: &str, entitlement: &Id| -> Vec<bool> {
        let holds = |span: &Span| scenario.solutions()[span.solution.as_str()].entitlements.contains(entitlement);
        spans(scenario, pathway).iter().map(holds).collect()
    };
    let mut found = Vec::new();
    for declared in scenario.entitlements() {
        if held(b, &declared.id).contains(&true) && held(a, &declared.id).contains(&false) {
            found.push(declared.id.to_string());
        }
    }
    found
}

fn factorial(n: u64) -> BigInt {
    (1..=n).map(BigInt::from).product()
}
