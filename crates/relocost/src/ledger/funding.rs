//! Dividing an amount among funds.

use num_bigint::BigInt;

use crate::error::Error;
use crate::exact;
use crate::scenario::{Declared, Inner, Setting, Shares, Solution};
use crate::types::Id;
use crate::watch::Pulse;

/// Shares as whole numbers over 10^12, with the place of each fund in the scenario, in the order written.
pub(crate) type FundShares = Vec<(usize, i128)>;

/// The whole of an amount, in the parts of a share.
pub(crate) const ONE: i128 = 1_000_000_000_000;

/// Who pays for a category in a solution.
pub(crate) fn shares_of(scenario: &Inner, solution: &Solution, category: &Id) -> FundShares {
    let written = solution.funding.by_category.get(category);
    written.map_or_else(|| general(scenario, solution), |shares| numbered(scenario, shares))
}

/// Who pays, for every solution and category.
pub(crate) struct Payers(Vec<SolutionPayers>);

struct SolutionPayers {
    general: FundShares,
    /// By category, of those that are funded in another way; empty where none is.
    overrides: Vec<Option<FundShares>>,
}

impl Payers {
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn new(scenario: &Inner, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let payers = scenario.solutions.values().map(|solution| {
            let written = &solution.funding.by_category;
            let overridden = |category: &Declared| {
                pulse.beat()?;
                Ok(written.get(&category.id).map(|shares| numbered(scenario, shares)))
            };
            let categories = scenario.categories.iter().filter(|_| !written.is_empty());
            let overrides = categories.map(overridden).collect::<Result<_, Error>>()?;
            pulse.beat()?;
            Ok(SolutionPayers { general: general(scenario, solution), overrides })
        });
        payers.collect::<Result<_, Error>>().map(Self)
    }

    /// Who pays for a category in a solution.
    pub(crate) fn of(&self, solution: usize, category: usize) -> &FundShares {
        let payers = &self.0[solution];
        payers.overrides.get(category).and_then(Option::as_ref).unwrap_or(&payers.general)
    }
}

fn general(scenario: &Inner, solution: &Solution) -> FundShares {
    solution.funding.shares.as_ref().map_or_else(|| vec![(0, ONE)], |shares| numbered(scenario, shares))
}

pub(crate) fn numbered(scenario: &Setting, shares: &Shares) -> FundShares {
    let place = |fund: &Id| scenario.funds.iter().position(|declared| declared.id == *fund);
    let scaled = |share: rust_decimal::Decimal| share.mantissa() * 10_i128.pow(12 - share.scale().min(12));
    shares.iter().filter_map(|(fund, share)| Some((place(fund)?, scaled(share.to_decimal())))).collect()
}

/// Divides minor units by largest remainder, as [`allot_to_all`], and visits the parts that are not nothing.
pub(crate) fn allot(minor: i128, shares: &FundShares, mut pay: impl FnMut(usize, i128)) {
    allot_to_all(minor, shares, |fund, part| {
        if part != 0 {
            pay(fund, part);
        }
    });
}

/// Divides minor units by largest remainder: floors, then the largest remainders, ties to the fund written first.
/// The parts add up to the amount; every fund with a share has one.
pub(crate) fn allot_to_all(minor: i128, shares: &FundShares, mut pay: impl FnMut(usize, i128)) {
    if let [(fund, _)] = shares[..] {
        return pay(fund, minor);
    }
    let products: Option<Vec<i128>> = shares.iter().map(|(_, share)| minor.checked_mul(*share)).collect();
    let Some(products) = products else {
        // Beyond 10^26 minor units.
        let numerators: Vec<BigInt> = shares.iter().map(|(_, share)| BigInt::from(minor) * share).collect();
        let parts = exact::largest_remainder(&numerators, &BigInt::from(ONE));
        return shares.iter().zip(parts).for_each(|((fund, _), part)| pay(*fund, i128::try_from(part).unwrap_or(0)));
    };
    let parts = exact::largest_remainder_in_128_bits(&products, ONE);
    shares.iter().zip(parts).for_each(|((fund, _), part)| pay(*fund, part));
}
