//! The price of one unit of a line in a month as a fast product: unit price, index factor and exchange rate, each with
//! a bound on its error.

use super::SettingFrom;
use super::line::Priced;
use super::rates::Index;
use super::timetable::Timetables;
use super::unit_price::{UnitPrice, in_force};
use crate::approx::Approx;
use crate::error::Error;
use crate::names::Basis;
use crate::types::{Currency, Month};
use crate::watch::Pulse;

/// For each line and period, the price of a tenth of a unit in minor units, before relief, level and percentages.
#[derive(Debug)]
pub(crate) struct Factors {
    pub(crate) basis: Basis,
    /// By line, then by period; one for all periods of a line whose price no rate changes.
    prices: Vec<UnitPrice>,
    /// Where a line's prices begin.
    firsts: Vec<usize>,
}

/// The exchange rates of a currency in the periods of a timetable; `None` where a rate is missing.
struct Exchange {
    currency: Currency,
    timetable: usize,
    rates: Vec<Option<Approx>>,
}

/// The factors of an index from a price base on in the periods of a timetable; `None` where a rate is missing.
struct Growth {
    index: usize,
    base: i32,
    timetable: usize,
    factors: Vec<Option<Approx>>,
}

/// The rates so far, each once for all lines.
struct Known<'s> {
    from: SettingFrom<'s>,
    timetables: &'s Timetables,
    exchange: Vec<Exchange>,
    growth: Vec<Growth>,
}

impl Known<'_> {
    /// The place of the rates of a currency in the periods of a timetable.
    fn exchange(&mut self, currency: Currency, timetable: usize) -> usize {
        let same = |known: &Exchange| (known.currency, known.timetable) == (currency, timetable);
        self.exchange.iter().position(same).unwrap_or_else(|| {
            let rates = exchange_rates(self.from, currency, &self.timetables.tables[timetable].firsts);
            self.exchange.push(Exchange { currency, timetable, rates });
            self.exchange.len() - 1
        })
    }

    /// The place of the factors of an index, by its place in the setting, from the price base of a line on, or of its
    /// amount since a month.
    fn growth_of(&mut self, index: usize, priced: &Priced, since: Option<Month>, timetable: usize) -> usize {
        let base = self.from.rates.index[index].base_year(priced, since);
        let same = |known: &Growth| (known.index, known.base, known.timetable) == (index, base, timetable);
        self.growth.iter().position(same).unwrap_or_else(|| {
            let periods = &self.timetables.tables[timetable].firsts;
            let factors = index_factors(self.from, &self.from.rates.index[index], base, periods);
            self.growth.push(Growth { index, base, timetable, factors });
            self.growth.len() - 1
        })
    }
}

impl Factors {
    /// The prices of a setting's lines in the periods of their timetables.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(super) fn new(
        from: SettingFrom<'_>,
        timetables: &Timetables,
        units: &[Option<UnitPrice>],
        basis: Basis,
        pulse: &Pulse<'_>,
    ) -> Result<Self, Error> {
        let periods = timetables.of_line.iter().map(|&table| timetables.tables[table].firsts.len());
        let (mut prices, mut firsts) = (Vec::with_capacity(periods.sum()), Vec::with_capacity(from.lines.len()));
        let mut known = Known { from, timetables, exchange: Vec::new(), growth: Vec::new() };
        for (place, line) in from.lines.values().enumerate() {
            pulse.beat()?;
            firsts.push(prices.len());
            let (Some(priced), timetable) = (line.priced(), timetables.of_line[place]) else { continue };
            let periods = &timetables.tables[timetable].firsts;
            let foreign = (priced.currency != from.currency).then_some(priced.currency);
            let exchange = foreign.map(|currency| known.exchange(currency, timetable));
            let grows = basis == Basis::Nominal && priced.index.is_some();
            if let Some(price) = units[place] {
                let growth = grows.then(|| timetables.index_of_line[place]);
                let growth = growth.map(|index| index.map(|index| known.growth_of(index, priced, None, timetable)));
                let rates = [
                    exchange.map(|place| Some(&known.exchange[place].rates)),
                    growth.map(|place| Some(&known.growth[place?].factors)),
                ];
                let changes = rates.iter().any(Option::is_some);
                prices.extend((0..if changes { periods.len() } else { 1 }).map(|period| {
                    let rates = rates.into_iter().flatten();
                    rates.fold(price, |price, rates| price.at(rates.and_then(|rates| rates[period])))
                }));
                continue;
            }
            // The month from which a dated amount holds, with its price and with its growth.
            let mut unit: Option<(Option<Month>, UnitPrice)> = None;
            let mut growth: Option<(Option<Month>, usize)> = None;
            for (period, &first) in periods.iter().enumerate() {
                let price = in_force(from, priced, basis, from.month(first));
                unit = price.map(|(amount, since)| match unit {
                    Some((known, tenth)) if known == since => (since, tenth),
                    _ => (since, UnitPrice::of(from.setting, line, priced, amount)),
                });
                let Some((since, mut price)) = unit else {
                    prices.push(UnitPrice::Missing);
                    continue;
                };
                if let Some(exchange) = exchange {
                    price = price.at(known.exchange[exchange].rates[period]);
                }
                if grows {
                    growth = growth.filter(|(known, _)| *known == since).or_else(|| {
                        let index = timetables.index_of_line[place]?;
                        Some((since, known.growth_of(index, priced, since, timetable)))
                    });
                    price = price.at(growth.and_then(|(_, growth)| known.growth[growth].factors[period]));
                }
                prices.push(price);
            }
        }
        Ok(Self { basis, prices, firsts })
    }

    /// The prices of a tenth of a unit of a line in minor units, by period; a single one holds in all of them.
    pub(crate) fn prices(&self, line: usize) -> &[UnitPrice] {
        let end = self.firsts.get(line + 1).copied().unwrap_or(self.prices.len());
        &self.prices[self.firsts[line]..end]
    }
}

/// Exchange rates of periods, where they are given.
fn exchange_rates(from: SettingFrom<'_>, currency: Currency, periods: &[u32]) -> Vec<Option<Approx>> {
    let table = from.rates.fx.get(&currency);
    let factor = from.rates.fx_factors.get(&currency).map_or(Approx::ONE, Approx::of_ratio);
    let rate = |&first| Some(Approx::of_decimal(table?.get(from.month(first))?.to_decimal()).times(factor));
    periods.iter().map(rate).collect()
}

/// The index factors of periods, where all their increases are given.
fn index_factors(from: SettingFrom<'_>, index: &Index, base: i32, periods: &[u32]) -> Vec<Option<Approx>> {
    // Numerator and denominator of 1 + r, both above 0: r has at most 15 digits before the point and 12 after.
    let growth = |year: i32| {
        let increase = index.increases.get(year)?.to_decimal();
        let one = 10_i128.pow(increase.scale());
        Some(((one + increase.mantissa()).unsigned_abs(), one.unsigned_abs()))
    };
    let year_of = |&period: &u32| index.year_of(from.month(period));
    let (first, last) = (periods.first().map_or(base, year_of), periods.last().map_or(base, year_of));
    let mut factors = vec![None; usize::try_from(last - first + 1).unwrap_or(0)];
    let place = |year: i32| usize::try_from(year - first).unwrap_or(usize::MAX);
    let mut keep = |year: i32, factor| {
        if let Some(kept) = factors.get_mut(place(year)) {
            *kept = factor;
        }
    };
    let mut factor = Some(Approx::ONE);
    keep(base, factor);
    for year in base + 1..=last {
        factor = factor.zip(growth(year)).map(|(factor, (n, d))| factor.times(Approx::quotient(n, d)));
        keep(year, factor);
    }
    factor = Some(Approx::ONE);
    for year in (first..base).rev() {
        factor = factor.zip(growth(year + 1)).map(|(factor, (n, d))| factor.times(Approx::quotient(d, n)));
        keep(year, factor);
    }
    periods.iter().map(|period| factors.get(place(year_of(period))).copied().flatten()).collect()
}
