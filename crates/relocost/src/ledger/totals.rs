//! Sums of a ledger without the ledger: by line, category, fund, month and fiscal year.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::by_month::ByMonth;
use super::costs::{self, Costs, Prices, Run, times};
use super::engine::Engine;
use super::funding::{self, Payers};
use super::route::Route;
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::scenario::{Inner, Scenario};
use crate::types::{Currency, Money};

/// Sums in minor units; `None` where nothing feeds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) entries: usize,
    pub(crate) total: i128,
    pub(crate) by_line: Vec<Option<i128>>,
    pub(crate) by_place: Vec<Option<i128>>,
    pub(crate) by_category: Vec<Option<i128>>,
    pub(crate) by_fund: Vec<Option<i128>>,
    pub(crate) by_month: Vec<Option<i128>>,
    /// From the fiscal year of the start on.
    pub(crate) by_fiscal_year: Vec<Option<i128>>,
}

fn feed(sum: &mut Option<i128>, minor: i128) {
    *sum = Some(sum.unwrap_or(0) + minor);
}

impl Totals {
    /// The sums of nothing yet.
    fn new(scenario: &Inner) -> Self {
        Self {
            entries: 0,
            total: 0,
            by_line: vec![None; scenario.lines.len()],
            by_place: vec![None; scenario.places.len()],
            by_category: vec![None; scenario.categories.len()],
            by_fund: vec![None; scenario.funds.len()],
            // Once all items are added.
            by_month: Vec::new(),
            by_fiscal_year: Vec::new(),
        }
    }

    /// The sums of routes, item by item; `also` gets the route and the amounts on the other basis, if there is one, and
    /// `then` each item with its sums on the routes.
    ///
    /// # Errors
    /// A rate that a charge needs is missing, an amount is too large to write, the watch cancels it, or those of `then`.
    pub(crate) fn of<'e>(
        engine: &'e Engine<'e>,
        prices: impl Into<Prices<'e>>,
        routes: &[&Route],
        mut also: impl FnMut(usize, &Run<'_>),
        mut then: impl FnMut(usize, &mut Costs<'e>, &[i128]) -> Result<(), Error>,
    ) -> Result<Vec<Self>, Error> {
        let (scenario, prices) = (engine.scenario().inner(), prices.into());
        let payers = Payers::new(scenario, engine.pulse())?;
        let mut totals = vec![Self::new(scenario); routes.len()];
        let mut by_month = vec![ByMonth::new(engine.horizon()); routes.len()];
        let mut sums = vec![0; routes.len()];
        costs::each_item(engine, prices, 0..u32::MAX, |item, costs| {
            let of = (engine.item(item).line, engine.category(item));
            for (place, (route, totals)) in routes.iter().zip(&mut totals).enumerate() {
                sums[place] = totals.add(of, costs, route, (&payers, &mut by_month[place]), |run| {
                    if prices.other.is_some() {
                        also(place, &run.on_other());
                    }
                })?;
            }
            costs.check_other()?;
            then(item, costs, &sums)
        })?;
        for (totals, by_month) in totals.iter_mut().zip(&by_month) {
            totals.by_month = by_month.sums().collect();
            totals.by_fiscal_year = by_fiscal_year(scenario, &totals.by_month);
        }
        Ok(totals)
    }

    /// Adds an item, by its line and category, to which `costs` has come, on a route, and gives its sum. Amounts stay
    /// below 2^96 and there are fewer than 2^26 of them: no sum overflows.
    fn add(
        &mut self,
        (line, category): (usize, usize),
        costs: &mut Costs<'_>,
        route: &Route,
        (payers, by_month): (&Payers, &mut ByMonth),
        mut each: impl FnMut(&Run<'_>),
    ) -> Result<i128, Error> {
        let (mut sum, mut count) = (0, 0);
        let mut shares = route.legs.iter().map(|leg| payers.of(leg.solution, category));
        // All of one fund, the usual case: the sum goes to it at once.
        let single = match shares.next().map(Vec::as_slice) {
            Some(&[(fund, _)]) if shares.all(|other| matches!(other[..], [(same, _)] if same == fund)) => Some(fund),
            _ => None,
        };
        let Self { by_fund, by_place, .. } = self;
        let (pulse, mut going_on) = (costs.pulse(), Ok(()));
        costs.runs_on_both(route, |run| {
            each(run);
            let leg = &route.legs[run.stage];
            let shares = payers.of(leg.solution, category);
            let (before, mut in_stage) = (count, 0);
            run.each_piece(|first, end, minor| {
                in_stage += times(minor, end - first);
                count += end - first;
                by_month.add(first, end, minor);
            });
            if single.is_none() {
                run.each_piece(|first, end, minor| {
                    if going_on.is_ok() {
                        going_on = pulse.beat(); // there may be many funds
                        funding::allot(minor, shares, |fund, part| {
                            feed(&mut by_fund[fund], times(part, end - first));
                        });
                    }
                });
            }
            sum += in_stage;
            if let Some(place) = leg.place.filter(|_| count > before) {
                feed(&mut by_place[place], in_stage);
            }
        })?;
        going_on?;
        if count > 0 {
            self.entries += count;
            self.total += sum;
            feed(&mut self.by_line[line], sum);
            feed(&mut self.by_category[category], sum);
            if let Some(fund) = single {
                feed(&mut self.by_fund[fund], sum);
            }
        }
        Ok(sum)
    }
}

/// Sums by fiscal year, from that of the start, of the months that anything feeds.
pub(crate) fn by_fiscal_year(scenario: &Inner, by_month: &[Option<i128>]) -> Vec<Option<i128>> {
    // Months of the start's fiscal year that lie before the start.
    let before = (scenario.start.month() + 12 - scenario.fiscal_year_start) as usize % 12;
    let (first, later) = by_month.split_at(by_month.len().min(12 - before));
    let sum = |months: &[Option<i128>]| {
        let sum = months.iter().map(|minor| minor.unwrap_or(0)).sum();
        months.iter().any(Option::is_some).then_some(sum)
    };
    std::iter::once(first).chain(later.chunks(12)).map(sum).collect()
}

/// The present value of totals by fiscal year, rounded once.
pub(crate) fn present_value(scenario: &Scenario, by_year: &[Option<i128>]) -> Result<Money, Error> {
    let currency = scenario.currency();
    let Some(rate) = scenario.rates().discount.filter(|rate| !rate.to_decimal().is_zero()) else {
        return money(by_year.iter().flatten().sum(), currency);
    };
    let one = 10_i128.pow(rate.to_decimal().scale());
    let (unit, growth) = (one, one + rate.to_decimal().mantissa());
    let common = unit.gcd(&growth);
    let (unit, growth) = (unit / common, growth / common);
    let minor = discounted_in_128_bits(by_year, unit, growth).or_else(|| discounted(by_year, unit, growth));
    minor.and_then(|minor| Money::from_minor(minor, currency)).ok_or_else(|| {
        let place = scenario.place("rates.discount").cloned();
        let message = message!(
            "with this rate the present value of a pathway is too large to write (2^96 minor units)",
            "avec ce taux la valeur actualisée d'un parcours est trop grande pour être écrite (2^96 unités mineures)"
        );
        Error::at(Code::TooLargeFigure, place, "rates.discount", message)
    })
}

/// The sum of totals by year, each divided by (growth / unit)^year, rounded once: Horner's scheme in unit / growth, as a
/// fraction that is never reduced. `None` where it takes more than 128 bits.
fn discounted_in_128_bits(by_year: &[Option<i128>], unit: i128, growth: i128) -> Option<i128> {
    let (mut numerator, mut denominator) = (0_i128, 1_i128);
    for total in by_year.iter().rev() {
        // total + (unit / growth) × numerator / denominator
        denominator = denominator.checked_mul(growth)?;
        let total = denominator.checked_mul(total.unwrap_or(0))?;
        numerator = numerator.checked_mul(unit)?.checked_add(total)?;
    }
    let size = exact::divide_half_even_u128(numerator.unsigned_abs(), denominator.unsigned_abs())?;
    Some(size * numerator.signum())
}

/// The same with numbers of any size; `None` where the sum itself is too large.
fn discounted(by_year: &[Option<i128>], unit: i128, growth: i128) -> Option<i128> {
    let growth = BigInt::from(growth);
    let (mut numerator, mut denominator) = (BigInt::zero(), BigInt::one());
    for total in by_year.iter().rev() {
        denominator *= &growth;
        numerator = numerator * unit + &denominator * total.unwrap_or(0);
    }
    i128::try_from(exact::divide_half_even(&numerator, &denominator)).ok()
}

/// A sum as money.
pub(crate) fn money(minor: i128, currency: Currency) -> Result<Money, Error> {
    Money::from_minor(minor, currency).ok_or_else(too_large)
}

/// The error of a sum that cannot be written.
pub(crate) fn too_large() -> Error {
    Error::single(
        Code::TooLargeFigure,
        "",
        message!("a sum is too large to write", "une somme est trop grande pour être écrite"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// The way in 128 bits is that of numbers of any size, wherever it answers.
        #[test]
        fn discounting_in_128_bits_is_discounting(
            by_year in proptest::collection::vec(proptest::option::of(-(1_i128 << 90)..1 << 90), 0..12),
            unit in 1_i128..1_000_000,
            more in 1_i128..1_000_000,
        ) {
            if let Some(minor) = discounted_in_128_bits(&by_year, unit, unit + more) {
                proptest::prop_assert_eq!(Some(minor), discounted(&by_year, unit, unit + more));
            }
            // Amounts of a usual size never need more.
            let usual: Vec<_> = by_year.iter().map(|minor| minor.map(|minor| minor >> 60)).collect();
            proptest::prop_assert_eq!(discounted_in_128_bits(&usual[..usual.len().min(4)], unit, unit + more), discounted(&usual[..usual.len().min(4)], unit, unit + more));
        }
    }
}
