//! The charges of many ledgers of one setting, of which those that are alike are kept once, with their number.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use num_rational::BigRational;

use super::exposure::Decimals;
use super::rows::Row;
use super::{Entry, Exact, Ledger, Leg, Route, money};
use crate::about::About;
use crate::error::Error;
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::scenario::items::Item;
use crate::types::Id;

/// What a charge depends on beside the setting.
#[derive(PartialEq, Eq, Hash)]
struct Terms {
    month: u32,
    item: u32,
    leg: u32,
    units: u32,
    relief_months: Option<u32>,
    /// Of a refund, what it returns.
    returned: Option<BigRational>,
}

/// Charges that are alike, kept once.
#[derive(Default)]
pub(crate) struct Alike {
    items: Arc<[Item]>,
    decimals: Decimals,
    /// Solutions with places, as stages.
    legs: Vec<Leg>,
    rows: Vec<Row>,
    times: Vec<u32>,
    returned: Vec<Option<BigRational>>,
    known: HashMap<Terms, usize>,
    stages: HashMap<(usize, Option<usize>), u32>,
}

impl Alike {
    /// Adds the charges of a ledger in the months that are wanted, so many times; `month` counts its months from the
    /// setting's first.
    pub(crate) fn add(&mut self, ledger: &Ledger, times: u32, month: impl Fn(&Entry<'_>) -> Option<u32>) {
        // The items follow from the setting's lines.
        if self.items.is_empty() {
            self.items = Arc::clone(&ledger.items);
        }
        for (row, entry) in ledger.rows.iter().zip(ledger.entries()) {
            let Some((month, leg)) = month(&entry).zip(ledger.route.legs.get(row.stage as usize)) else { continue };
            let leg = self.leg(leg.solution, leg.place);
            let units = self.decimals.merge(&ledger.decimals, row.units);
            let returned = entry.priced().is_none().then(|| entry.sum_returned());
            let relief_months = row.relief_months;
            let terms = Terms { month, item: row.item, leg, units, relief_months, returned: returned.clone() };
            match self.known.entry(terms) {
                Slot::Occupied(known) => self.times[*known.get()] += times,
                Slot::Vacant(new) => {
                    new.insert(self.rows.len());
                    self.rows.push(Row { month, stage: leg, units, ..*row });
                    self.times.push(times);
                    self.returned.push(returned);
                }
            }
        }
    }

    fn leg(&mut self, solution: usize, place: Option<usize>) -> u32 {
        let (legs, next) = (&mut self.legs, u32::try_from(self.stages.len()).unwrap_or(u32::MAX));
        *self.stages.entry((solution, place)).or_insert_with(|| {
            legs.push(Leg { solution, place, ..Leg::whole(0) });
            next
        })
    }

    /// The charges as entries of one ledger of the setting, each with the number of those that are alike.
    ///
    /// # Errors
    /// The sum is too large to write.
    pub(crate) fn finish(self, setting: &Scenario) -> Result<AlikeCharges, Error> {
        let total = self.rows.iter().zip(&self.times).map(|(row, times)| row.minor * i128::from(*times)).sum();
        let ledger = Ledger::of_rows(setting, (self.items, self.decimals), self.legs, self.rows, total)?;
        Ok(AlikeCharges { ledger, times: self.times, returned: self.returned })
    }
}

/// Charges that are alike, each kept once with their number.
#[derive(Clone)]
pub(crate) struct AlikeCharges {
    ledger: Ledger,
    times: Vec<u32>,
    returned: Vec<Option<BigRational>>,
}

impl AlikeCharges {
    /// Each charge once, with the number of those that are alike, and of a refund what it returns, with a minus.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (Entry<'_>, u32, Option<Exact>)> {
        let counted = self.times.iter().zip(&self.returned);
        self.ledger
            .entries()
            .zip(counted)
            .map(|(entry, (times, returned))| (entry, *times, returned.clone().map(Exact::new)))
    }
}

impl Ledger {
    /// A ledger of rows that were found elsewhere.
    ///
    /// # Errors
    /// The total is too large to write.
    pub(crate) fn of_rows(
        scenario: &Scenario,
        (items, decimals): (Arc<[Item]>, Decimals),
        legs: Vec<Leg>,
        rows: Vec<Row>,
        total: i128,
    ) -> Result<Self, Error> {
        let (about, total) = (About::new(scenario, Basis::Nominal), money(total, scenario.currency())?);
        let route = Arc::new(Route { legs });
        Ok(Self { about, pathway: Id::programme(), route, items, decimals, rows, earlier: Vec::new(), total })
    }
}
