//! One entry of a ledger, with every factor of its amount.

use std::fmt;
use std::ops::RangeInclusive;

use num_rational::BigRational;
use num_traits::{One, Zero};
use serde::{Serialize, Serializer};

use rust_decimal::Decimal;

use super::exact_price;
use super::route::Leg;
use super::{Ledger, Row, funding};
use crate::exact;
use crate::scenario::items::{self, Item};
use crate::scenario::unit_price::factor_of;
use crate::scenario::{Charge, Line, Price, Priced, Solution};
use crate::types::{Amount, Currency, Id, Increase, Money, Month};

/// An exact rational number. Its `Display` form has as many decimals as it needs, at most 12 (then half to even).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    pub(crate) const fn new(value: BigRational) -> Self {
        Self(value)
    }

    /// With so many decimals, half to even.
    pub fn to_fixed(&self, decimals: u32) -> String {
        exact::fixed(&self.0, decimals)
    }

    /// As a fraction in lowest terms, such as `2/3`, or a whole number.
    pub fn to_fraction(&self) -> String {
        self.0.reduced().to_string()
    }

    /// True if the `Display` form is exact.
    pub fn is_written_exactly(&self) -> bool {
        (self.0.numer() * exact::power_of_ten(exact::RATIO_DECIMALS) % self.0.denom()).is_zero()
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&exact::shortest(&self.0))
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_fraction())
    }
}

/// Units of a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

impl Quantity {
    /// As a decimal.
    pub const fn to_decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.normalize().to_string())
    }
}

/// An entry of a ledger:
///
/// ```text
/// amount = round(quantity × unit price × price level × index factor × exchange rate × (1 - relief))
/// ```
///
/// rounded once, half to even, to the minor unit of the scenario's currency. Of a percentage it is the share of such a
/// product before its rounding, of a refund minus the share of a sum of entries, which has no quantity, price or rate.
#[derive(Clone, Copy)]
pub struct Entry<'l> {
    ledger: &'l Ledger,
    item: &'l Item,
    row: Row,
}

impl<'l> Entry<'l> {
    pub(super) fn new(ledger: &'l Ledger, row: Row) -> Self {
        Self { ledger, item: &ledger.items[row.item as usize], row }
    }

    /// The calendar month.
    pub fn month(&self) -> Month {
        self.ledger.about.scenario.start().plus(i32::try_from(self.row.month).unwrap_or(0))
    }

    /// Months since the start.
    pub fn month_index(&self) -> u32 {
        self.row.month
    }

    /// The fiscal year.
    pub fn fiscal_year(&self) -> i32 {
        self.month().fiscal_year(self.ledger.about.scenario.fiscal_year_start())
    }

    /// The place of the stage in the pathway, from 0, among the stages that have a month before the horizon.
    pub fn stage(&self) -> usize {
        self.row.stage as usize
    }

    fn leg(&self) -> Option<&'l Leg> {
        self.ledger.route().legs.get(self.stage())
    }

    fn solved(&self) -> Option<(&'l Id, &'l Solution)> {
        self.ledger.about.scenario.solutions().get_index(self.leg()?.solution)
    }

    /// The solution in which the household lives.
    pub fn solution(&self) -> &'l str {
        self.solved().map_or("", |(id, _)| id.as_str())
    }

    /// Where the household lives, if that is said.
    pub fn place(&self) -> Option<&'l Id> {
        self.ledger.about.scenario.places().get(self.leg()?.place?).map(|declared| &declared.id)
    }

    /// Where the household lives, by its place among those declared.
    pub(crate) fn place_index(&self) -> Option<usize> {
        self.leg()?.place
    }

    /// The place of the line in the scenario.
    pub(crate) fn line_index(&self) -> usize {
        self.item.line
    }

    /// The line.
    pub fn line(&self) -> &'l Line {
        &self.ledger.about.scenario.lines()[self.item.line]
    }

    /// The line with the price of which this is a charge: the line itself, or of a percentage the one at its root. Of a
    /// refund it has no price.
    fn base(&self) -> &'l Line {
        &self.ledger.about.scenario.lines()[self.item.base]
    }

    /// The price of which it is a charge or a percentage; none of a refund.
    pub fn priced(&self) -> Option<&'l Priced> {
        self.base().priced()
    }

    /// The line, and those of whose charges it is a percentage or a refund, back to the price.
    pub fn lines(&self) -> impl Iterator<Item = &'l Line> {
        let lines = self.ledger.about.scenario.lines();
        let places = self.item.over.iter().rev().copied().chain([self.item.base]);
        let refunded = match &self.base().charge {
            Charge::Refund(refund) => lines.get(&refund.of),
            _ => None,
        };
        places.filter_map(|place| lines.get_index(place).map(|(_, line)| line)).chain(refunded)
    }

    /// True if the prices at the household's place are given for the entry's line.
    pub fn has_level(&self) -> bool {
        self.given_level().is_some()
    }

    /// The line of whose charge it is a percentage or a refund, if it is one.
    pub fn of(&self) -> Option<&'l Line> {
        let lines = self.ledger.about.scenario.lines();
        match &self.line().charge {
            Charge::Priced(_) => None,
            Charge::Refund(refund) => lines.get(&refund.of),
            Charge::Percentage(_) => {
                let before = self.item.over.iter().rev().nth(1).unwrap_or(&self.item.base);
                lines.get_index(*before).map(|(_, line)| line)
            }
        }
    }

    /// The share of that charge, of a percentage or a refund.
    pub fn share(&self) -> Option<Exact> {
        items::shares(self.ledger.about.scenario.inner(), self.item).pop().map(Exact)
    }

    /// The steps from the price, or from the entries that a refund returns, to this entry: the share that each step
    /// takes of the charge before it, with the line of that charge.
    pub fn shares(&self) -> impl Iterator<Item = (Exact, &'l Line)> {
        let shares = items::shares(self.ledger.scenario().inner(), self.item);
        let mut of: Vec<&'l Line> = self.lines().skip(1).collect();
        of.reverse();
        shares.into_iter().map(Exact).zip(of)
    }

    /// The category in which it is counted.
    pub fn category(&self) -> &'l Id {
        &self.item.category
    }

    /// Units of the line's driver; none of a refund.
    pub fn quantity(&self) -> Option<Quantity> {
        self.priced().map(|_| Quantity(self.ledger.decimals.value(self.row.units)))
    }

    /// The price of one unit, in the line's currency and prices: the amount in force, or an event's expectation in a
    /// month. None of a refund.
    pub fn unit_price(&self) -> Option<Exact> {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        exact_price::unit_price(scenario.inner(), self.base(), basis, self.month()).map(Exact)
    }

    /// The month from which the unit price holds, of dated amounts.
    pub fn tariff_month(&self) -> Option<Month> {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        exact_price::tariff_month(scenario.inner(), self.priced()?, basis, self.month())
    }

    /// Of a line that is an event: how many there are a year for each unit, and what one costs on average, with the
    /// factors that a question sets. The unit price is their product over 12.
    pub fn event(&self) -> Option<(Amount, Exact)> {
        let Price::Event { per_year, severity } = &self.priced()?.price else { return None };
        let mean = severity.mean()?;
        let factor = factor_of(self.ledger.about.scenario.inner(), self.base());
        Some((*per_year, Exact(factor.map_or_else(|| mean.clone(), |factor| exact::times(&mean, &factor)))))
    }

    /// The currency of the unit price.
    pub fn currency(&self) -> Option<Currency> {
        self.priced().map(|priced| priced.currency)
    }

    /// The price level where the household is, as a share of the prices for which the amount stands.
    pub fn price_level(&self) -> Option<Exact> {
        self.priced().map(|_| Exact(self.given_level().unwrap_or_else(BigRational::one)))
    }

    fn given_level(&self) -> Option<BigRational> {
        self.priced()?;
        let (line, rates) = (self.base(), self.ledger.about.scenario.rates());
        line.places.is_empty().then_some(())?;
        rates.level_at(self.place()?, line.category.as_ref()?)
    }

    /// The growth of prices since the line's price base, as a factor.
    pub fn index_factor(&self) -> Option<Exact> {
        self.priced()?;
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        let factor = exact_price::index_factor(scenario.inner(), self.base(), basis, self.month());
        Some(Exact(factor.unwrap_or_else(|_| BigRational::one()))) // an entry's rates are all given
    }

    /// The index years of the line's prices and of the month; none where nothing grows.
    pub fn index_span(&self) -> Option<(i32, i32)> {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        let (_, base, year) = exact_price::growth_of(scenario.inner(), self.base(), basis, self.month())?;
        Some((base, year))
    }

    /// The increases whose product is the index factor (or whose inverse is, before the price base), by index year.
    pub fn index_years(&self) -> impl Iterator<Item = (i32, Increase)> {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        let growth = exact_price::growth_of(scenario.inner(), self.base(), basis, self.month());
        growth.into_iter().flat_map(|(table, base, year)| {
            (base.min(year) + 1..=base.max(year)).filter_map(|year| Some((year, table.increases.get(year)?)))
        })
    }

    /// Units of the scenario's currency for one unit of the line's; none of a refund.
    pub fn exchange_rate(&self) -> Option<Exact> {
        self.priced()?;
        let rate = exact_price::exchange_rate(self.ledger.about.scenario.inner(), self.base(), self.month());
        Some(Exact(rate.unwrap_or_else(BigRational::one))) // an entry's rates are all given
    }

    /// Months on the clock of the line's relief; `None` where nothing is relieved.
    pub fn relief_months(&self) -> Option<u32> {
        self.row.relief_months
    }

    /// The share of the cost that the household no longer needs, 0 to 1; none of a refund.
    pub fn relief(&self) -> Option<Exact> {
        self.needed().map(|needed| Exact(BigRational::one() - needed.0))
    }

    /// The share of the cost that the household still needs, 1 less the relief.
    pub fn needed(&self) -> Option<Exact> {
        let priced = self.priced()?;
        let needed = self.row.relief_months.and_then(|months| {
            let profile = self.ledger.about.scenario.profiles().get(&priced.relief.as_ref()?.profile)?;
            Some(profile.needed(months))
        });
        let (numerator, denominator) = needed.unwrap_or((1, 1));
        Some(Exact(exact::ratio(numerator, denominator)))
    }

    /// The value before its rounding, in units of the scenario's currency.
    pub fn unrounded(&self) -> Exact {
        let shares = items::shares(self.ledger.about.scenario.inner(), self.item);
        let value = self.priced_value().unwrap_or_else(|| self.sum_returned());
        Exact(shares.iter().fold(value, |value, share| exact::times(&value, share)))
    }

    /// What a refund, or a percentage of one, is of a sum that is returned, in units of the scenario's currency.
    pub(crate) fn share_of(&self, returned: &Exact) -> Exact {
        let shares = items::shares(self.ledger.about.scenario.inner(), self.item);
        Exact(shares.iter().fold(returned.0.clone(), |value, share| exact::times(&value, share)))
    }

    /// The share of the price that is charged for a unit: price level × (1 - relief), 1 of what has no price.
    pub(crate) fn share_of_price(&self) -> BigRational {
        let level = self.given_level().unwrap_or_else(BigRational::one);
        self.needed().map_or_else(|| level.clone(), |needed| &level * needed.0)
    }

    /// The charge of a line with a price.
    fn priced_value(&self) -> Option<BigRational> {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        let price = exact_price::exact_price(scenario, self.base(), basis, self.month()).ok();
        let price = price.unwrap_or_else(BigRational::zero); // an entry's rates are all given
        let level = self.given_level().unwrap_or_else(BigRational::one);
        let factors = [exact::from_decimal(self.quantity()?.0), level, self.needed()?.0];
        Some(factors.iter().fold(price, |product, factor| exact::times(&product, factor)))
    }

    /// Minus the sum of the entries of which it is a refund, or a percentage of one; 0 where it is of none.
    pub fn returned(&self) -> Exact {
        Exact(self.sum_returned())
    }

    /// The stages, first and last, of which a refund returns the entries of its line.
    pub fn stages_returned(&self) -> Option<RangeInclusive<usize>> {
        let Charge::Refund(refund) = &self.base().charge else { return None };
        let scenario = self.ledger.about.scenario.inner();
        let place = scenario.lines.get_index_of(&refund.of)?;
        Some(super::first_stage(scenario, self.ledger.route(), place, self.stage())..=self.stage())
    }

    pub(super) fn sum_returned(&self) -> BigRational {
        let Charge::Refund(refund) = &self.base().charge else { return BigRational::zero() };
        let place = self.ledger.about.scenario.inner().lines.get_index_of(&refund.of);
        let Some((place, stages)) = place.zip(self.stages_returned()) else { return BigRational::zero() };
        let returned = |row: &&Row| {
            let item = &self.ledger.items[row.item as usize];
            item.line == place && stages.contains(&(row.stage as usize))
        };
        let earlier = self.ledger.earlier.iter().find(|earlier| (earlier.line, earlier.last) == (place, self.stage()));
        let rows = self.ledger.rows.iter().filter(returned).map(|row| row.minor);
        let sum: i128 = rows.chain(earlier.map(|earlier| earlier.minor)).sum();
        BigRational::new((-sum).into(), exact::power_of_ten(self.ledger.currency().decimals()))
    }

    /// The amount.
    pub fn amount(&self) -> Money {
        Money::from_minor(self.row.minor, self.ledger.currency()).unwrap_or(Money::zero(self.ledger.currency()))
    }

    /// The part of each fund, in the order in which the solution's table gives them; the parts add up to the amount.
    pub fn funds(&self) -> Vec<(&'l Id, Money)> {
        let inner = self.ledger.about.scenario.inner();
        let Some((_, solution)) = self.solved() else { return Vec::new() };
        let mut parts = Vec::new();
        funding::allot_to_all(
            self.row.minor,
            &funding::shares_of(inner, solution, &self.item.category),
            |fund, part| {
                if let (Some(fund), Some(part)) = (inner.funds.get(fund), Money::from_minor(part, inner.currency)) {
                    parts.push((&fund.id, part));
                }
            },
        );
        parts
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.month(), self.line().id, self.amount())
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let fixed = |value: Option<Exact>| value.map(|value| value.to_fixed(exact::RATIO_DECIMALS));
        let mut out = serializer.serialize_struct("Entry", 17)?;
        out.serialize_field("month", &self.month())?;
        out.serialize_field("stage", &self.stage())?;
        out.serialize_field("solution", self.solution())?;
        out.serialize_field("place", &self.place())?;
        out.serialize_field("line", &self.line().id)?;
        out.serialize_field("of", &self.of().map(|line| &line.id))?;
        out.serialize_field("share", &self.share().map(|share| share.to_string()))?;
        out.serialize_field("category", self.category())?;
        out.serialize_field("quantity", &self.quantity().map(|quantity| quantity.to_string()))?;
        out.serialize_field("unit_price", &self.unit_price().map(|price| price.to_string()))?;
        out.serialize_field("currency", &self.currency())?;
        out.serialize_field("tariff", &self.tariff_month())?;
        out.serialize_field("price_level", &self.price_level().map(|level| level.to_string()))?;
        out.serialize_field("index_factor", &fixed(self.index_factor()))?;
        out.serialize_field("exchange_rate", &self.exchange_rate().map(|rate| rate.to_string()))?;
        out.serialize_field("relief", &fixed(self.relief()))?;
        out.serialize_field("amount", &self.amount())?;
        out.end()
    }
}
