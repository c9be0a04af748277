//! One entry of a ledger, with every factor of its amount.

use std::fmt;

use num_rational::BigRational;
use num_traits::{One, Zero};
use serde::{Serialize, Serializer};

use super::{Ledger, Row, factors, funding};
use crate::exact;
use crate::names::Basis;
use crate::scenario::{Line, Solution};
use crate::types::{Currency, Id, Increase, Money, Month};

/// An exact rational number. Its `Display` form has as many decimals as it needs, at most 12 (then half to even).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// With so many decimals, half to even.
    pub fn to_fixed(&self, decimals: u32) -> String {
        exact::fixed(&self.0, decimals)
    }

    /// As a fraction in lowest terms, such as `2/3`, or a whole number.
    pub fn to_fraction(&self) -> String {
        self.0.reduced().to_string()
    }

    /// Whether the `Display` form is the whole truth.
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

/// Units of a driver: whole, or tenths for the equivalence scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

impl Quantity {
    /// In tenths of a unit.
    pub const fn tenths(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match (self.0 / 10, self.0 % 10) {
            (whole, 0) => whole.to_string(),
            (whole, tenth) => format!("{whole}.{tenth}"),
        })
    }
}

/// An entry of a ledger:
///
/// ```text
/// amount = round(quantity × unit price × index factor × exchange rate × (1 - relief))
/// ```
///
/// rounded once, half to even, to the minor unit of the scenario's currency.
#[derive(Clone, Copy)]
pub struct Entry<'l> {
    ledger: &'l Ledger,
    line: &'l Line,
    row: Row,
}

impl<'l> Entry<'l> {
    pub(super) fn new(ledger: &'l Ledger, row: Row) -> Self {
        Self { ledger, line: &ledger.about.scenario.lines()[row.line as usize], row }
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

    fn solved(&self) -> Option<(&'l Id, &'l Solution)> {
        let leg = self.ledger.route().legs.get(self.stage())?;
        self.ledger.about.scenario.solutions().get_index(leg.solution)
    }

    /// The solution in which the household lives.
    pub fn solution(&self) -> &'l str {
        self.solved().map_or("", |(id, _)| id.as_str())
    }

    /// The line.
    pub fn line(&self) -> &'l Line {
        self.line
    }

    /// The line's category.
    pub fn category(&self) -> &'l Id {
        &self.line.category
    }

    /// Units of the line's driver.
    pub fn quantity(&self) -> Quantity {
        Quantity(self.row.tenths)
    }

    /// The price of one unit, in the line's currency and prices: the amount, or an event's expectation in a month.
    pub fn unit_price(&self) -> Exact {
        Exact(factors::unit_price(self.line))
    }

    /// The currency of the unit price.
    pub fn currency(&self) -> Currency {
        self.line.currency
    }

    /// What prices have grown by since the line's price base.
    pub fn index_factor(&self) -> Exact {
        let factor = factors::index_factor(
            self.ledger.about.scenario.inner(),
            self.line,
            self.ledger.basis(),
            self.month().year(),
        );
        Exact(factor.unwrap_or_else(|_| BigRational::one())) // an entry's rates are all given
    }

    /// The increases whose product is the index factor (or whose inverse is, before the price base), by calendar year.
    pub fn index_years(&self) -> impl Iterator<Item = (i32, Increase)> {
        let table = self.line.index.as_ref().filter(|_| self.ledger.basis() == Basis::Nominal);
        let table = table.and_then(|index| self.ledger.about.scenario.rates().index.get(index));
        let (base, year) = (self.line.price_base_year, self.month().year());
        (base.min(year) + 1..=base.max(year)).filter_map(move |year| Some((year, table?.get(year)?)))
    }

    /// Units of the scenario's currency for one unit of the line's.
    pub fn exchange_rate(&self) -> Exact {
        let rate = factors::exchange_rate(self.ledger.about.scenario.inner(), self.line, self.month().year());
        Exact(rate.unwrap_or_else(BigRational::one)) // an entry's rates are all given
    }

    /// Months on the clock of the line's relief; `None` where nothing is relieved.
    pub fn relief_months(&self) -> Option<u32> {
        self.row.relief_months
    }

    /// The share of the cost that the household no longer needs, 0 to 1.
    pub fn relief(&self) -> Exact {
        Exact(BigRational::one() - self.needed().0)
    }

    /// The share of the cost that the household still needs, 1 less the relief.
    pub fn needed(&self) -> Exact {
        let needed = self.row.relief_months.and_then(|months| {
            let profile = self.ledger.about.scenario.profiles().get(&self.line.relief.as_ref()?.profile)?;
            Some(profile.needed(months))
        });
        let (numerator, denominator) = needed.unwrap_or((1, 1));
        Exact(exact::ratio(numerator, denominator))
    }

    /// The product before its rounding, in units of the scenario's currency.
    pub fn unrounded(&self) -> Exact {
        let (scenario, basis) = (self.ledger.scenario(), self.ledger.basis());
        let price = factors::exact_price(scenario, self.line, basis, self.month().year());
        let price = price.unwrap_or_else(|_| BigRational::zero()); // an entry's rates are all given
        let quantity = exact::ratio(i128::from(self.row.tenths), 10);
        Exact(exact::times(&exact::times(&quantity, &price), &self.needed().0))
    }

    /// The amount.
    pub fn amount(&self) -> Money {
        Money::from_minor(self.row.minor, self.ledger.currency()).unwrap_or(Money::zero(self.ledger.currency()))
    }

    /// What each fund pays of it, in the order in which the solution's table gives them; the parts add up to it.
    pub fn funds(&self) -> Vec<(&'l Id, Money)> {
        let inner = self.ledger.about.scenario.inner();
        let Some((_, solution)) = self.solved() else { return Vec::new() };
        let mut parts = Vec::new();
        funding::allot(self.row.minor, &funding::shares_of(inner, solution, &self.line.category), |fund, part| {
            if let (Some(fund), Some(part)) = (inner.funds.get(fund), Money::from_minor(part, inner.currency)) {
                parts.push((&fund.id, part));
            }
        });
        parts
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.month(), self.line.id, self.amount())
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Entry", 12)?;
        out.serialize_field("month", &self.month())?;
        out.serialize_field("stage", &self.stage())?;
        out.serialize_field("solution", self.solution())?;
        out.serialize_field("line", &self.line.id)?;
        out.serialize_field("category", self.category())?;
        out.serialize_field("quantity", &self.quantity().to_string())?;
        out.serialize_field("unit_price", &self.unit_price().to_string())?;
        out.serialize_field("currency", &self.currency())?;
        out.serialize_field("index_factor", &self.index_factor().to_fixed(exact::RATIO_DECIMALS))?;
        out.serialize_field("exchange_rate", &self.exchange_rate().to_string())?;
        out.serialize_field("relief", &self.relief().to_fixed(exact::RATIO_DECIMALS))?;
        out.serialize_field("amount", &self.amount())?;
        out.end()
    }
}
