//! The amounts of an item with a price, rounded once: by a fast product that knows how wrong it can be, and where that
//! cannot tell, which is mostly a tie, by an exact one.

use num_rational::BigRational;
use num_traits::Signed;

use super::exact_price;
use super::exposure::{Decimals, Units};
use super::factors::UnitPrice;
use super::missing;
use super::spans::Terms;
use crate::approx::Approx;
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::names::Basis;
use crate::scenario::{Line, Scenario};
use crate::types::{Money, Month};
use crate::watch::Pulse;

/// A factor not below 0.
pub(super) struct Factor {
    pub(super) exact: BigRational,
    /// `None` of 0.
    approx: Option<Approx>,
}

impl Factor {
    pub(super) fn of(exact: BigRational) -> Self {
        let positive = exact.is_positive();
        let approx = positive.then(|| Approx::big_quotient(exact.numer().magnitude(), exact.denom().magnitude()));
        Self { exact, approx }
    }
}

/// A share from 0 to 1.
#[derive(Clone, Copy)]
pub(super) struct Share {
    /// As a quotient.
    pub(super) exact: (i128, i128),
    /// `None` of 0.
    approx: Option<Approx>,
}

impl Share {
    pub(super) fn of(exact: (i128, i128)) -> Self {
        let quotient = || Approx::quotient(exact.0.unsigned_abs(), exact.1.unsigned_abs());
        Self { exact, approx: (exact.0 != 0).then(quotient) }
    }
}

/// The price level and the factor of percentages, where they are not 1.
pub(super) struct Scales<'e> {
    exact: [Option<&'e Factor>; 2],
    approx: Option<Approx>,
    /// True if one of them is 0.
    nothing: bool,
}

impl<'e> Scales<'e> {
    pub(super) fn new(exact: [Option<&'e Factor>; 2]) -> Self {
        let approx = exact.into_iter().flatten().filter_map(|factor| factor.approx).reduce(Approx::times);
        Self { exact, approx, nothing: exact.into_iter().flatten().any(|factor| factor.approx.is_none()) }
    }

    fn exact(&self) -> impl Iterator<Item = &BigRational> {
        self.exact.into_iter().flatten().map(|factor| &factor.exact)
    }
}

/// The way to the amounts of an item on a basis and at a price level.
pub(super) struct Rounding<'e> {
    pub(super) scenario: &'e Scenario,
    pub(super) pulse: &'e Pulse<'e>,
    pub(super) basis: Basis,
    /// The line charged.
    pub(super) line: usize,
    /// The line with the price.
    pub(super) base: usize,
    /// By period, the price of a tenth of a unit.
    pub(super) prices: &'e [UnitPrice],
    /// The first month of each period.
    pub(super) months: &'e [u32],
    /// By month of relief, the share that is still needed.
    pub(super) shares: &'e [Share],
    pub(super) scales: Scales<'e>,
    pub(super) decimals: &'e Decimals,
    /// The last period and quantity with their price: months in a row mostly differ in relief alone.
    pub(super) last: Option<(u32, Units, UnitPrice)>,
}

impl Rounding<'_> {
    /// The amount on the terms of a month, in minor units.
    ///
    /// # Errors
    /// A rate that the charge needs is missing, the amount is too large to write, or the watch cancels it.
    #[inline]
    pub(super) fn amount(&mut self, terms: Terms) -> Result<i128, Error> {
        match self.quick(terms) {
            Some(amount) => Ok(amount.into()),
            None => self.exact(terms),
        }
    }

    /// The amount, where the fast product can tell it.
    #[inline]
    fn quick(&mut self, terms: Terms) -> Option<i64> {
        let (mut price, is_credit) = match self.price_of_units(terms) {
            UnitPrice::Cost(price) => (price, false),
            UnitPrice::Credit(price) => (price, true),
            UnitPrice::Nothing => return Some(0),
            UnitPrice::Missing => return None,
        };
        if let Some(share) = self.share(terms) {
            match share.approx {
                Some(share) => price = price.times(share),
                None => return Some(0),
            }
        }
        let size = i64::try_from(price.round()?).ok()?;
        Some(if is_credit { -size } else { size })
    }

    /// The price of all units of a month before relief.
    #[inline]
    fn price_of_units(&mut self, terms: Terms) -> UnitPrice {
        match self.last {
            Some((period, units, price)) if (period, units) == (terms.period, terms.units) => price,
            _ => {
                let price = self.price(terms);
                let tenths = self.decimals.tenths(terms.units).filter(|_| !self.scales.nothing);
                let price = match (price, tenths) {
                    (UnitPrice::Missing, _) => price,
                    (_, None) => UnitPrice::Nothing,
                    (price, Some(tenths)) => {
                        price.times(self.scales.approx.map_or(tenths, |scale| tenths.times(scale)))
                    }
                };
                self.last = Some((terms.period, terms.units, price));
                price
            }
        }
    }

    fn price(&self, terms: Terms) -> UnitPrice {
        self.prices.get(terms.period as usize).copied().unwrap_or(UnitPrice::Missing)
    }

    #[cold]
    fn exact(&self, terms: Terms) -> Result<i128, Error> {
        let Some((_, line)) = self.scenario.lines().get_index(self.base) else { return Err(missing::no_rate()) };
        let month = self.month(terms);
        let is_credit = match self.price(terms) {
            UnitPrice::Missing => return Err(missing::missing_rate(self.scenario, line, self.basis, month)),
            price => matches!(price, UnitPrice::Credit(_)),
        };
        self.pulse.beat()?; // the exact ways are slow
        if let Some(size) = self.in_128_bits(line, month, terms) {
            return Ok(if is_credit { -size } else { size });
        }
        let value = self.unrounded(line, month, terms)?;
        let currency = self.scenario.currency();
        let minor = exact::to_minor(&value, currency.decimals()).and_then(|minor| Money::from_minor(minor, currency));
        minor.map(Money::minor).ok_or_else(|| too_large(self.scenario, self.line))
    }

    fn month(&self, terms: Terms) -> Month {
        let offset = self.months.get(terms.period as usize).copied().unwrap_or(0);
        self.scenario.start().plus(i32::try_from(offset).unwrap_or(i32::MAX))
    }

    /// The share that is still needed, of what is relieved.
    fn share(&self, terms: Terms) -> Option<&Share> {
        self.shares.get(terms.relief_months? as usize)
    }

    fn needed(&self, terms: Terms) -> (i128, i128) {
        self.share(terms).map_or((1, 1), |share| share.exact)
    }

    /// The size of an amount by an exact quotient; `None` where that takes more than 128 bits.
    fn in_128_bits(&self, line: &Line, month: Month, terms: Terms) -> Option<i128> {
        let mut quotient = exact_price::quotient_of_price(self.scenario.inner(), line, self.basis, month)?;
        let mut times = |numerator: u128, denominator: u128| {
            quotient = (quotient.0.checked_mul(numerator)?, quotient.1.checked_mul(denominator)?);
            Some(())
        };
        let needed = self.needed(terms);
        times(needed.0.unsigned_abs(), needed.1.unsigned_abs())?;
        let units = self.decimals.value(terms.units);
        times(units.mantissa().unsigned_abs(), 10_u128.pow(units.scale()))?;
        for exact in self.scales.exact() {
            times(u128::try_from(exact.numer()).ok()?, u128::try_from(exact.denom()).ok()?)?;
        }
        exact::divide_half_even_u128(quotient.0, quotient.1)
    }

    /// An amount before its rounding by exact rationals, whatever their size, in units of the scenario's currency.
    fn unrounded(&self, line: &Line, month: Month, terms: Terms) -> Result<BigRational, Error> {
        let price = exact_price::exact_price(self.scenario, line, self.basis, month)?;
        let (numerator, denominator) = self.needed(terms);
        let mut value = exact::times(&price, &exact::ratio(numerator, denominator));
        value = exact::times(&value, &exact::from_decimal(self.decimals.value(terms.units)));
        Ok(self.scales.exact().fold(value, |value, scale| exact::times(&value, scale)))
    }
}

/// The error of an amount that cannot be written.
pub(super) fn too_large(scenario: &Scenario, line: usize) -> Error {
    let key = scenario.lines().get_index(line).map_or(String::new(), |(id, _)| format!("lines.{id}"));
    let message = message!(
        "an amount of this line is too large to write",
        "un montant de ce poste est trop grand pour être écrit"
    );
    Error::at(Code::TooLargeFigure, scenario.place(&key).cloned(), key, message)
}
