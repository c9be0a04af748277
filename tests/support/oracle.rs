//! A slow ledger to hold the library's to: the model's text turned into loops, month by month and line by line, in
//! exact rationals. It asks the scenario what was written and computes everything from that by itself.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use relocost::names::{Clock, Driver};
use relocost::scenario::{
    Distribution, DriverCount, DriverName, DriverQuantity, Line, Member, Percentage, Price, Priced, Profile, RateTable,
    Schedule,
};
use relocost::{Basis, Id, Month, Scenario};

/// A rate or an amount that a charge needs is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MissingRate;

/// A charge: what is due in a month of a stage for a line, before and after its rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    pub(crate) month: u32,
    pub(crate) stage: usize,
    pub(crate) solution: String,
    pub(crate) line: String,
    pub(crate) category: String,
    /// Units of the driver; 0 of a refund.
    pub(crate) quantity: BigRational,
    /// In minor units, before the rounding.
    pub(crate) exact: BigRational,
    /// In minor units.
    pub(crate) amount: i128,
}

impl Charge {
    /// True if the exact value lies half-way between two minor units.
    pub(crate) fn is_tie(&self) -> bool {
        *self.exact.denom() == BigInt::from(2)
    }
}

/// Stage i covers `from..to`.
struct Span {
    solution: String,
    place: Option<String>,
    from: u32,
    to: u32,
}

/// The entitlements that every stage holds beside those of its solution.
#[derive(Clone, Debug, Default)]
pub(crate) struct Granted {
    pub(crate) entitlements: Vec<String>,
    /// Where every stage is, if not where it is written.
    #[expect(clippy::option_option, reason = "as written, at none, at one")]
    pub(crate) place: Option<Option<String>>,
}

/// The ledger of a pathway whose every stage also holds what is granted.
pub(crate) struct Oracle<'s> {
    scenario: &'s Scenario,
    spans: Vec<Span>,
    basis: Basis,
    granted: Granted,
}

impl<'s> Oracle<'s> {
    pub(crate) fn new(scenario: &'s Scenario, pathway: &str, basis: Basis) -> Self {
        Self::granting(scenario, pathway, basis, Granted::default())
    }

    fn granting(scenario: &'s Scenario, pathway: &str, basis: Basis, granted: Granted) -> Self {
        let mut spans = spans(scenario, pathway);
        if let Some(place) = &granted.place {
            for span in &mut spans {
                span.place.clone_from(place);
            }
        }
        Self { scenario, spans, basis, granted }
    }

    /// Every charge with a quantity above 0, those that round to zero too, by month and in the order of the lines; the
    /// charges of a percentage in the order of those that it is of.
    pub(crate) fn charges(&self) -> Result<Vec<Charge>, MissingRate> {
        let lines = self.scenario.lines();
        let mut by_line: Vec<Vec<Charge>> = vec![Vec::new(); lines.len()];
        for (place, line) in lines.values().enumerate() {
            let Some(priced) = line.priced() else { continue };
            for month in 0..self.scenario.horizon_months() {
                for stage in self.stages_of(month) {
                    by_line[place].extend(self.charge(month, stage, line, priced)?);
                }
            }
        }
        for (place, line) in lines.values().enumerate() {
            if let relocost::scenario::Charge::Refund(refund) = &line.charge {
                let of = lines.get_index_of(&refund.of).unwrap();
                by_line[place] = self.refunds(line, &decimal(&refund.share), &lines[of], &by_line[of]);
            }
        }
        for (place, line) in lines.values().enumerate() {
            let relocost::scenario::Charge::Percentage(percentage) = &line.charge else { continue };
            let mut own = Vec::new();
            for (other, other_line) in lines.values().enumerate().filter(|(other, _)| *other != place) {
                // A percentage that stands after this one has no charges yet.
                for charge in by_line[other].iter().filter(|charge| is_of(percentage, other_line, charge)) {
                    if self.applies(line, charge.stage)
                        && line.valid.contains(self.scenario.start().plus(to_i32(charge.month)))
                    {
                        let exact = &charge.exact * decimal(&percentage.share);
                        let category = line.category.as_ref().map_or(charge.category.clone(), ToString::to_string);
                        let amount = half_to_even(&exact);
                        let line = line.id.to_string();
                        own.push(Charge { line, category, exact, amount, ..charge.clone() });
                    }
                }
            }
            own.sort_by_key(|charge| charge.month); // stable
            by_line[place] = own;
        }
        let mut charges = by_line.concat();
        charges.sort_by_key(|charge| charge.month); // stable
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

    /// The place of the stage of an entry.
    pub(crate) fn place(&self, stage: usize) -> Option<String> {
        self.spans[stage].place.clone()
    }

    fn stages_of(&self, month: u32) -> Vec<usize> {
        (0..self.spans.len()).filter(|&stage| (self.spans[stage].from..self.spans[stage].to).contains(&month)).collect()
    }

    fn minor(&self) -> BigRational {
        BigRational::from_integer(BigInt::from(10).pow(self.scenario.currency().decimals()))
    }

    fn charge(&self, month: u32, stage: usize, line: &Line, priced: &Priced) -> Result<Option<Charge>, MissingRate> {
        let now = self.scenario.start().plus(to_i32(month));
        if !self.applies(line, stage) || !line.valid.contains(now) || !self.is_charged(line, priced, month, stage) {
            return Ok(None);
        }
        let quantity = self.quantity(priced, month);
        if quantity.is_zero() {
            return Ok(None);
        }
        let (price, base) = self.unit_price(priced, now)?;
        let value = &quantity
            * price
            * self.level(line, stage)
            * self.index_factor(priced, base, now)?
            * self.exchange_rate(priced, now)?
            * (BigRational::one() - self.relieved(priced, month, stage));
        let exact = value * self.minor();
        let amount = half_to_even(&exact);
        let solution = self.spans[stage].solution.clone();
        let category = line.category.as_ref().unwrap().to_string();
        Ok(Some(Charge { month, stage, solution, line: line.id.to_string(), category, quantity, exact, amount }))
    }

    /// The refunds of a line: at the end of each run of its clock.
    fn refunds(&self, refund: &Line, share: &BigRational, line: &Line, charges: &[Charge]) -> Vec<Charge> {
        let mut refunds = Vec::new();
        for last in 0..self.spans.len() {
            if !self.applies(line, last) || !self.ends(line, last) {
                continue;
            }
            let first = self.first_stage(line, line.priced().unwrap().clock, last);
            let sum: i128 = charges
                .iter()
                .filter(|charge| (first..=last).contains(&charge.stage))
                .map(|charge| charge.amount)
                .sum();
            let exact = -share * BigRational::from_integer(sum.into());
            refunds.push(Charge {
                month: self.spans[last].to - 1,
                stage: last,
                solution: self.spans[last].solution.clone(),
                line: refund.id.to_string(),
                category: refund.category.as_ref().unwrap().to_string(),
                quantity: BigRational::zero(),
                amount: half_to_even(&exact),
                exact,
            });
        }
        refunds
    }

    /// True if the run of stages that a line's clock counts ends with a stage, before the horizon.
    fn ends(&self, line: &Line, stage: usize) -> bool {
        if stage + 1 == self.spans.len() {
            return self.spans[stage].to < self.scenario.horizon_months();
        }
        match line.priced().unwrap().clock {
            Clock::Pathway => false,
            Clock::Stage => true,
            clock => self.first_stage(line, clock, stage + 1) > stage || !self.applies(line, stage + 1),
        }
    }

    /// The first stage of the run of a line's clock that goes on to a stage.
    fn first_stage(&self, line: &Line, clock: Clock, stage: usize) -> usize {
        let mut first = stage;
        match clock {
            Clock::Pathway => first = 0,
            Clock::Stage => {}
            Clock::Entitled | Clock::Place => {
                let stays = |a: usize, b: usize| clock == Clock::Entitled || self.spans[a].place == self.spans[b].place;
                while first > 0 && self.applies(line, first - 1) && stays(first - 1, first) {
                    first -= 1;
                }
            }
            other => panic!("a clock unknown to this test: {other}"),
        }
        first
    }

    /// The calendar month as a count of months since the year 0.
    fn calendar(&self, month: u32) -> i32 {
        count(self.scenario.start()) + to_i32(month)
    }

    fn holds(&self, stage: usize, entitlement: &Id) -> bool {
        let solution = &self.scenario.solutions()[self.spans[stage].solution.as_str()];
        solution.entitlements.contains(entitlement)
            || self.granted.entitlements.iter().any(|granted| granted == entitlement.as_str())
    }

    fn applies(&self, line: &Line, stage: usize) -> bool {
        let Span { solution, place, .. } = &self.spans[stage];
        line.when.iter().all(|entitlement| self.holds(stage, entitlement))
            && !line.unless.iter().any(|entitlement| self.holds(stage, entitlement))
            && (line.solutions.is_empty() || line.solutions.iter().any(|id| id.as_str() == solution))
            && (line.places.is_empty() || line.places.iter().any(|id| Some(id.as_str()) == place.as_deref()))
    }

    fn is_charged(&self, line: &Line, priced: &Priced, month: u32, stage: usize) -> bool {
        let start = if priced.clock == Clock::Pathway {
            0
        } else {
            self.spans[self.first_stage(line, priced.clock, stage)].from
        };
        let k = month - start;
        let within = |from: u32, until: Option<u32>| from <= k && until.is_none_or(|until| k < until);
        let last = month + 1 == self.spans[stage].to;
        match &priced.schedule {
            Schedule::Monthly { from, until } => within(*from, *until),
            Schedule::Once { at } => k == *at,
            Schedule::Every { months, from, until } => within(*from, *until) && (k - from).is_multiple_of(*months),
            Schedule::Calendar { months, from, until } => {
                let number = u32::try_from(self.calendar(month).rem_euclid(12)).unwrap() + 1;
                within(*from, *until) && months.contains(&number)
            }
            Schedule::Dates { months } => months.iter().any(|date| count(*date) == self.calendar(month)),
            Schedule::OnExit => last && stage + 1 < self.spans.len(),
            Schedule::OnEnd => last && self.ends(line, stage),
            Schedule::OnJoin => month > 0,
            Schedule::OnLeave => true,
            other => panic!("a schedule unknown to this test: {other:?}"),
        }
    }

    fn quantity(&self, priced: &Priced, month: u32) -> BigRational {
        let now = self.calendar(month);
        let members: Vec<&Member> = self.counting(month);
        let joins = |member: &&Member| !counts(member, now - 1) && count(member.born) != now;
        let leaves = |member: &&Member| member.leaves.is_some_and(|leaves| count(leaves) == now + 1);
        let some: Vec<&Member> = match priced.schedule {
            Schedule::OnJoin => members.iter().copied().filter(joins).collect(),
            Schedule::OnLeave => members.iter().copied().filter(leaves).collect(),
            _ => return self.driver(&priced.driver, &members, now),
        };
        if let DriverName::Own(name) = &priced.driver
            && self.scenario.drivers()[name].quantity != DriverQuantity::Count
        {
            // The members to whom it makes a difference.
            let others: Vec<&Member> =
                members.iter().copied().filter(|member| !some.iter().any(|one| std::ptr::eq(*one, *member))).collect();
            let difference = self.driver(&priced.driver, &members, now) - self.driver(&priced.driver, &others, now);
            return difference.max(BigRational::zero());
        }
        self.driver(&priced.driver, &some, now)
    }

    fn counting(&self, month: u32) -> Vec<&Member> {
        let now = self.calendar(month);
        self.scenario.household().members.iter().filter(|member| counts(member, now)).collect()
    }

    fn driver(&self, driver: &DriverName, members: &[&Member], now: i32) -> BigRational {
        let name = match driver {
            DriverName::Standard(driver) => return fraction(self.tenths(*driver, members, now).into(), 10),
            DriverName::Own(name) => name,
        };
        let own = &self.scenario.drivers()[name];
        let counted: u32 = match &own.count {
            DriverCount::Of(driver) => self.tenths(*driver, members, now) / 10,
            DriverCount::Members { roles, age } => {
                let one = |member: &&&Member| {
                    let years = (now - count(member.born)).div_euclid(12);
                    (roles.is_empty() || member.role.is_some_and(|role| roles.contains(&role)))
                        && (i64::from(age.from)..=i64::from(age.to)).contains(&i64::from(years))
                };
                u32::try_from(members.iter().filter(one).count()).unwrap()
            }
            other => panic!("a count unknown to this test: {other:?}"),
        };
        match &own.quantity {
            DriverQuantity::Count => fraction(counted.into(), 1),
            DriverQuantity::Per(per) => fraction(i64::from(counted), i64::from(*per)).ceil(),
            DriverQuantity::Steps(steps) => {
                let mut quantity = BigRational::zero();
                for (number, step) in steps {
                    if *number <= counted {
                        quantity = decimal(step);
                    }
                }
                quantity
            }
            other => panic!("a quantity unknown to this test: {other:?}"),
        }
    }

    /// A driver of the model in tenths of a unit.
    fn tenths(&self, driver: Driver, members: &[&Member], now: i32) -> u32 {
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
    fn relieved(&self, priced: &Priced, month: u32, stage: usize) -> BigRational {
        let Some(relief) = &priced.relief else { return BigRational::zero() };
        let held = |stage: usize| relief.requires.iter().all(|entitlement| self.holds(stage, entitlement));
        if !held(stage) {
            return BigRational::zero();
        }
        if let Some(needs) = &relief.needs
            && self.driver(needs, &self.counting(month), self.calendar(month)).is_zero()
        {
            return BigRational::zero();
        }
        let mut first = stage;
        while first > 0 && held(first - 1) {
            first -= 1;
        }
        read_off(&self.scenario.profiles()[relief.profile.as_str()], month - self.spans[first].from)
    }

    fn level(&self, line: &Line, stage: usize) -> BigRational {
        let given = || {
            let levels = self.scenario.rates().level.get(self.spans[stage].place.as_deref()?)?;
            levels.by_category.get(line.category.as_ref()?).map(decimal)
        };
        if line.places.is_empty() { given().unwrap_or_else(BigRational::one) } else { BigRational::one() }
    }

    /// The price of a unit in a month, and the month of whose prices it is, where it is dated.
    fn unit_price(&self, priced: &Priced, now: Month) -> Result<(BigRational, Option<Month>), MissingRate> {
        match &priced.price {
            Price::Amount(amount) => Ok((decimal(amount), None)),
            Price::Event { per_year, severity } => Ok((decimal(per_year) / fraction(12, 1) * mean(severity), None)),
            Price::Dated(tariffs) => {
                let at = if self.basis == Basis::Constant { self.scenario.start() } else { now };
                let mut found = None;
                for (from, amount) in tariffs {
                    if *from <= at {
                        found = Some((decimal(amount), Some(*from)));
                    }
                }
                if self.basis == Basis::Constant && found.is_none() {
                    found = tariffs.iter().next().map(|(from, amount)| (decimal(amount), Some(*from)));
                }
                found.ok_or(MissingRate)
            }
            other => panic!("a price unknown to this test: {other:?}"),
        }
    }

    fn index_factor(&self, priced: &Priced, tariff: Option<Month>, now: Month) -> Result<BigRational, MissingRate> {
        let mut factor = BigRational::one();
        let (Some(index), Basis::Nominal) = (&priced.index, self.basis) else { return Ok(factor) };
        let index = &self.scenario.rates().index[index.as_str()];
        let index_year = |month: Month| month.year() - i32::from(month.month() < index.month);
        let january = |year: i32| Month::new(year, 1).unwrap();
        let base = index_year(tariff.unwrap_or_else(|| january(priced.price_base_year.unwrap())));
        let year = index_year(now);
        for j in base + 1..=year {
            factor *= BigRational::one() + rate(&index.increases, j)?;
        }
        for j in year + 1..=base {
            factor /= BigRational::one() + rate(&index.increases, j)?;
        }
        Ok(factor)
    }

    fn exchange_rate(&self, priced: &Priced, now: Month) -> Result<BigRational, MissingRate> {
        if priced.currency == self.scenario.currency() {
            return Ok(BigRational::one());
        }
        let table = self.scenario.rates().fx.get(&priced.currency).ok_or(MissingRate)?;
        match table.months.get(&now) {
            Some(own) => Ok(decimal(own)),
            None => rate(&table.by_year, now.year()),
        }
    }
}

/// True if a charge is one of those of a percentage.
fn is_of(percentage: &Percentage, line: &Line, charge: &Charge) -> bool {
    let all = percentage.lines.is_empty() && percentage.categories.is_empty();
    let named = percentage.lines.contains(&line.id);
    let category = percentage.categories.iter().any(|category| category.as_str() == charge.category);
    (all || named || category) && !percentage.except.contains(&line.id)
}

fn to_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap()
}

/// The stages of a pathway, or of a solution, as far as they have a month before the horizon.
fn spans(scenario: &Scenario, pathway: &str) -> Vec<Span> {
    let horizon = scenario.horizon_months();
    let own = |solution: &str| scenario.solutions()[solution].place.as_ref().map(ToString::to_string);
    if scenario.solutions().contains_key(pathway) {
        return vec![Span { solution: pathway.to_owned(), place: own(pathway), from: 0, to: horizon }];
    }
    let (mut spans, mut from) = (Vec::new(), 0);
    for stage in &scenario.pathways()[pathway].stages {
        let to = stage.months.map_or(horizon, |months| from + months);
        if from < horizon {
            let place = stage.place.as_ref().map(ToString::to_string).or_else(|| own(stage.solution.as_str()));
            spans.push(Span { solution: stage.solution.to_string(), place, from, to: to.min(horizon) });
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

/// True if a member counts in a month of the scenario.
pub(crate) fn counts_in(scenario: &Scenario, member: &Member, month: u32) -> bool {
    counts(member, count(scenario.start()) + i32::try_from(month).unwrap())
}

/// True if minors count in a month in which no adult does.
pub(crate) fn minors_alone(scenario: &Scenario, month: u32) -> bool {
    let now = count(scenario.start()) + to_i32(month);
    let members = scenario.household().members.iter().filter(|member| counts(member, now));
    let ages: Vec<i32> = members.map(|member| (now - count(member.born)).div_euclid(12)).collect();
    !ages.is_empty() && ages.iter().all(|age| *age < 18)
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

/// The part of each fund in an entry, in the order of the table applied.
pub(crate) fn funds(scenario: &Scenario, entry: &Charge) -> Vec<(String, i128)> {
    let funding = &scenario.solutions()[entry.solution.as_str()].funding;
    let Some(shares) = funding.by_category.get(entry.category.as_str()).or(funding.shares.as_ref()) else {
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

/// The causes of the extra cost, by every subset of the missing entitlements.
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
    let total = |pathway: &str| Oracle::new(scenario, pathway, basis).total();
    let extra = total(a)? - total(b)?;
    let (forth, back) = (missing(scenario, a, b), missing(scenario, b, a));
    let (mut players, of, other, sign) =
        if forth.is_empty() && !back.is_empty() { (back, b, a, -1) } else { (forth, a, b, 1) };
    let entitlements = players.len();
    let at = spans(scenario, other)[0].place.clone();
    let one_place = spans(scenario, other).iter().all(|span| span.place == at);
    if one_place && spans(scenario, of).iter().any(|span| span.place != at) {
        players.push("place".to_owned());
    }
    let n = players.len();
    let mut v = BTreeMap::new();
    for subset in 0_usize..1 << n {
        let holds = |player: usize| subset >> player & 1 == 1;
        let granted = Granted {
            entitlements: (0..entitlements)
                .filter(|player| holds(*player))
                .map(|player| players[player].clone())
                .collect(),
            place: (n > entitlements && holds(entitlements)).then(|| at.clone()),
        };
        v.insert(subset, Oracle::granting(scenario, of, basis, granted).total()?);
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
