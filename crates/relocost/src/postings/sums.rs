//! Sums by month, line, category and fund, in minor units and by places.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::ledger::{Ledger, Payers, too_large};
use crate::types::Month;

/// A line and the category in which it is counted, by their places; without a line after those with one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    pub(crate) category: usize,
    pub(crate) line: Option<usize>,
}

impl Owner {
    /// The category, whatever the line.
    pub(crate) fn of_category(self) -> Self {
        Self { line: None, ..self }
    }

    fn order(self) -> (usize, bool, Option<usize>) {
        (self.category, self.line.is_none(), self.line)
    }
}

impl PartialOrd for Owner {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Owner {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// What a sum is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    Model = 0,
    Paid = 1,
}

/// The two sums of a fund; `None` where nothing feeds them.
type Sides = [Option<i128>; 2];

/// Sums that can be merged, in whatever order.
#[derive(Default)]
pub(crate) struct PostingSums(BTreeMap<Owner, BTreeMap<Month, BTreeMap<usize, Sides>>>);

fn feed(sum: &mut Option<i128>, minor: i128) -> Result<(), Error> {
    *sum = Some(sum.unwrap_or(0).checked_add(minor).ok_or_else(too_large)?);
    Ok(())
}

impl PostingSums {
    /// Adds what a fund pays.
    ///
    /// # Errors
    /// The sum is too large.
    pub(crate) fn add(
        &mut self,
        (month, owner, fund): (Month, Owner, usize),
        side: Side,
        minor: i128,
    ) -> Result<(), Error> {
        if minor == 0 {
            return Ok(());
        }
        let sides = self.0.entry(owner).or_default().entry(month).or_default().entry(fund).or_default();
        feed(&mut sides[side as usize], minor)
    }

    /// Adds the entries of a ledger in the months that are wanted, so many times.
    ///
    /// # Errors
    /// A sum is too large.
    pub(crate) fn add_ledger(
        &mut self,
        ledger: &Ledger,
        payers: &Payers,
        times: u32,
        wanted: impl Fn(Month) -> bool,
    ) -> Result<(), Error> {
        ledger.each_part(payers, |part| {
            if !wanted(part.month) {
                return Ok(());
            }
            let owner = Owner { category: part.category, line: Some(part.line) };
            let minor = part.minor.checked_mul(i128::from(times)).ok_or_else(too_large)?;
            self.add((part.month, owner, part.fund), Side::Model, minor)
        })
    }

    /// Adds other sums.
    ///
    /// # Errors
    /// A sum is too large.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        other.each(|month, owner, fund, [model, paid]| {
            self.add((month, owner, fund), Side::Model, model.unwrap_or(0))?;
            self.add((month, owner, fund), Side::Paid, paid.unwrap_or(0))
        })
    }

    /// Takes what was paid for the sum of the model and of what differs from it, as the payments' parts have it.
    ///
    /// # Errors
    /// A sum is too large.
    pub(crate) fn pay_the_model(&mut self) -> Result<(), Error> {
        for [model, paid] in self.0.values_mut().flat_map(BTreeMap::values_mut).flat_map(BTreeMap::values_mut) {
            if let Some(minor) = *model {
                feed(paid, minor)?;
            }
        }
        Ok(())
    }

    /// Visits every sum that is not 0, by line and then month.
    ///
    /// # Errors
    /// What the visitor gives.
    pub(crate) fn each(
        &self,
        mut visit: impl FnMut(Month, Owner, usize, Sides) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for (owner, months) in &self.0 {
            for (month, funds) in months {
                for (fund, sides) in funds {
                    let sides = sides.map(|sum| sum.filter(|minor| *minor != 0));
                    if sides != [None; 2] {
                        visit(*month, *owner, *fund, sides)?;
                    }
                }
            }
        }
        Ok(())
    }
}
