//! The amounts of an item with a price, rounded once: by a fast product that knows how wrong it can be, and where that
//! cannot tell, which is mostly a tie, by an exact one.

use num_rational::BigRational;

use super::exact_price;
use super::exposure::{Decimals, Units};
use super::missing;
use super::spans::Terms;
use crate::approx::{Approx, Factor, Fixed, Part};
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::names::Basis;
use crate::scenario::unit_price::UnitPrice;
use crate::scenario::{Line, Scenario};
use crate::types::{Money, Month};
use crate::watch::Pulse;

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

/// The price of several units before relief: months in a row mostly differ in relief alone.
#[derive(Clone, Copy)]
pub(super) struct PriceOfUnits {
    /// Unclear where a rate or an amount is missing.
    size: Fixed,
    is_credit: bool,
}

impl PriceOfUnits {
    pub(super) const NOTHING: Self = Self { size: Fixed::ZERO, is_credit: false };
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
    /// By period, the price of a tenth of a unit; a single one holds in all of them.
    pub(super) prices: &'e [UnitPrice],
    /// The first month of each period.
    pub(super) months: &'e [u32],
    /// By month of relief, the share that is still needed.
    pub(super) shares: &'e [Part],
    /// The same as quotients.
    pub(super) exact_shares: &'e [(i128, i128)],
    pub(super) scales: Scales<'e>,
    pub(super) decimals: &'e Decimals,
}

impl Rounding<'_> {
    /// The price of units in a period before relief.
    pub(super) fn price_of_units(&self, period: u32, units: Units) -> PriceOfUnits {
        let (tenth, is_credit) = match self.price(period) {
            UnitPrice::Missing => return PriceOfUnits { size: Fixed::UNCLEAR, is_credit: false },
            UnitPrice::Nothing => return PriceOfUnits::NOTHING,
            UnitPrice::Cost(tenth) => (tenth, false),
            UnitPrice::Credit(tenth) => (tenth, true),
        };
        let Some(tenths) = self.decimals.tenths(units).filter(|_| !self.scales.nothing) else {
            return PriceOfUnits::NOTHING;
        };
        PriceOfUnits { size: self.scaled(tenth).fixed_times(tenths), is_credit }
    }

    /// The price of a tenth at the price level, with the percentages.
    fn scaled(&self, tenth: Approx) -> Approx {
        self.scales.approx.map_or(tenth, |scale| tenth.times(scale))
    }

    /// The amount on the terms of a month, in minor units.
    ///
    /// # Errors
    /// A rate that the charge needs is missing, the amount is too large to write, or the watch cancels it.
    pub(super) fn amount(&self, terms: Terms) -> Result<i128, Error> {
        self.amount_at(self.price_of_units(terms.period, terms.units), terms)
    }

    /// The same of units whose price is known.
    ///
    /// # Errors
    /// As [`Rounding::amount`].
    #[inline]
    pub(super) fn amount_at(&self, price: PriceOfUnits, terms: Terms) -> Result<i128, Error> {
        let size = match terms.relief_months.and_then(|months| self.shares.get(months as usize)) {
            Some(share) => price.size.round_part(*share),
            None => price.size.round(),
        };
        match size {
            Some(size) if price.is_credit => Ok(-i128::from(size)),
            Some(size) => Ok(size.into()),
            None => self.exact(terms),
        }
    }

    /// The first period, where the price of all is that of the first.
    pub(super) fn priced_as(&self, period: u32) -> u32 {
        if self.prices.len() == 1 { 0 } else { period }
    }

    fn price(&self, period: u32) -> UnitPrice {
        self.prices.get(self.priced_as(period) as usize).copied().unwrap_or(UnitPrice::Missing)
    }

    #[cold]
    fn exact(&self, terms: Terms) -> Result<i128, Error> {
        let Some((_, line)) = self.scenario.lines().get_index(self.base) else { return Err(missing::no_rate()) };
        let month = self.month(terms);
        let (tenth, is_credit) = match self.price(terms.period) {
            UnitPrice::Missing => return Err(missing::missing_rate(self.scenario, line, self.basis, month)),
            UnitPrice::Nothing => return Ok(0),
            UnitPrice::Cost(tenth) => (tenth, false),
            UnitPrice::Credit(tenth) => (tenth, true),
        };
        self.pulse.beat()?; // the exact ways are slow
        if let Some(size) = self.of_exact_price(tenth, terms).or_else(|| self.in_128_bits(line, month, terms)) {
            return Ok(if is_credit { -size } else { size });
        }
        let value = self.unrounded(line, month, terms)?;
        let currency = self.scenario.currency();
        let minor = exact::to_minor(&value, currency.decimals()).and_then(|minor| Money::from_minor(minor, currency));
        minor.map(Money::minor).ok_or_else(|| too_large(self.scenario, self.line))
    }

    fn month(&self, terms: Terms) -> Month {
        let offset = self.months.get(terms.period as usize).copied().unwrap_or(0);
        self.scenario.inner().without_household().month(offset)
    }

    /// The share that is still needed, as a quotient.
    fn needed(&self, terms: Terms) -> (i128, i128) {
        let share = terms.relief_months.and_then(|months| self.exact_shares.get(months as usize));
        share.copied().unwrap_or((1, 1))
    }

    /// The size of an amount whose price has lost nothing; `None` where it has, or where it takes more than 128 bits.
    fn of_exact_price(&self, tenth: Approx, terms: Terms) -> Option<i128> {
        let (numerator, denominator) = self.scaled(tenth).exact_times(self.decimals.tenths(terms.units)?)?;
        let needed = self.needed(terms);
        exact::divide_half_even_u128(
            numerator.checked_mul(needed.0.unsigned_abs())?,
            denominator.checked_mul(needed.1.unsigned_abs())?,
        )
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
