//! The charges of a programme as planned, with each factor of their amounts: those of all cases, of which charges that are
//! alike are kept once, and those of its own lines.

use std::fmt;

use super::Programme;
use super::overhead::Overhead;
use crate::error::Error;
use crate::ledger::{Alike, AlikeCharges, Entry, Exact, Ledger, Leg, Row, allot_to_all};
use crate::scenario::{Line, Scenario, Shares};
use crate::types::{Id, Money};
use crate::watch::{Pulse, Watch};

/// The charges of a programme as planned, within its fiscal years.
#[derive(Clone)]
pub struct PlannedCharges {
    programme: Programme,
    cases: AlikeCharges,
    own: Ledger,
}

/// A charge of a programme as planned: of cases, or of one of its own lines.
#[derive(Clone)]
#[non_exhaustive]
pub struct PlannedCharge<'p> {
    /// The charge of one case, or of the line.
    pub entry: Entry<'p>,
    /// The number of charges that are alike: of one line and month, of the same quantity, place, relief and solution.
    pub times: u32,
    /// True of the programme's own lines.
    pub is_own: bool,
    /// Of a refund, the sum that it returns, with a minus.
    pub returned: Option<Exact>,
    /// The value of one before its rounding, in units of the programme's currency.
    pub unrounded: Exact,
    /// What each fund pays of one.
    pub funds: Vec<(&'p Id, Money)>,
}

impl fmt::Debug for PlannedCharge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlannedCharge({} alike)", self.times)
    }
}

impl Programme {
    /// The charges of the programme as planned, within its fiscal years. Those that round to nothing are left out.
    ///
    /// ```
    /// # use relocost::Programme;
    /// # let programme = Programme::parse(r#"
    /// #     schema = 1
    /// #     catalogue = "reference"
    /// #     programme = { first_fiscal_year = 2026, fiscal_years = 5 }
    /// #     cases = [{ members = [{ age = 34 }], arrives = "2026-01", count = 3 }]
    /// # "#)?;
    /// let charges = programme.planned_charges()?;
    /// let sum: i128 = charges.iter().map(|charge| charge.entry.amount().minor() * i128::from(charge.times)).sum();
    /// assert_eq!(sum, programme.run()?.lines["as_planned"].total.minor());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Programme::run`].
    pub fn planned_charges(&self) -> Result<PlannedCharges, Error> {
        self.planned_charges_under(None)
    }

    pub(crate) fn planned_charges_under(&self, watch: Option<&Watch<'_>>) -> Result<PlannedCharges, Error> {
        let (inner, setting) = (self.inner(), self.setting());
        let pulse = Pulse::of(watch, Some(inner.cases.len()));
        let first = self.start();
        let (mut alike, mut own) = (Alike::default(), Vec::new());
        let month = |entry: &Entry<'_>| u32::try_from(entry.month().months_since(first)).ok();
        self.each_planned(
            &pulse,
            |ledger, copies| {
                alike.add(ledger, copies, month);
                Ok(())
            },
            |line, charge| own.push((line, charge.month, charge.units, charge.minor)),
        )?;
        let within = u32::try_from(inner.months()).unwrap_or(0);
        let own = own.into_iter().filter(|&(_, month, ..)| month < within);
        let own = Overhead::new(inner, &pulse)?.ledger(own)?;
        Ok(PlannedCharges { programme: self.clone(), cases: alike.finish(setting)?, own })
    }
}

impl PlannedCharges {
    /// The charges of cases, then those of the programme's own lines.
    pub fn iter(&self) -> impl Iterator<Item = PlannedCharge<'_>> {
        let cases = self.cases.iter().map(|(entry, times, returned)| {
            let unrounded = returned.as_ref().map_or_else(|| entry.unrounded(), |returned| entry.share_of(returned));
            PlannedCharge { entry, times, is_own: false, returned, unrounded, funds: entry.funds() }
        });
        let own = self.own.entries().map(|entry| {
            let funds = self.own_funds(&entry);
            PlannedCharge { entry, times: 1, is_own: true, returned: None, unrounded: entry.unrounded(), funds }
        });
        cases.chain(own)
    }

    fn own_funds(&self, entry: &Entry<'_>) -> Vec<(&Id, Money)> {
        let (mut funds, inner) = (Vec::new(), self.programme.inner());
        let cost = inner.own.lines().get_index_of(&entry.line().id).and_then(|place| inner.lines.get(place));
        if let Some(cost) = cost {
            allot_to_all(entry.amount().minor(), &cost.payers, |fund, part| {
                let part = Money::from_minor(part, self.programme.currency());
                funds.extend(inner.setting.funds().get(fund).map(|fund| &fund.id).zip(part));
            });
        }
        funds
    }

    /// The setting of the cases, as [`Programme::setting`].
    pub fn setting(&self) -> &Scenario {
        self.programme.setting()
    }

    /// The lines of cases, then the programme's own.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.setting().lines().values().chain(self.own.scenario().lines().values())
    }

    /// The shares that funds pay of one of the programme's own lines; `None` where the first fund pays all.
    pub fn own_shares(&self, line: &Id) -> Option<&Shares> {
        let inner = self.programme.inner();
        let place = inner.own.lines().get_index_of(line)?;
        inner.lines.get(place)?.shares.as_ref()
    }
}

impl fmt::Debug for PlannedCharges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlannedCharges(not shown)")
    }
}

impl Overhead<'_> {
    /// Charges of lines, by line, month, units and minor units, as a ledger of the programme's own.
    ///
    /// # Errors
    /// The sum is too large to write.
    fn ledger(&self, charges: impl Iterator<Item = (usize, u32, u32, i128)>) -> Result<Ledger, Error> {
        let engine = self.engine();
        let row = |(line, month, units, minor)| Row {
            month,
            stage: 0,
            item: u32::try_from(engine.item_of(line)).unwrap_or(0),
            units: units * 10, // tenths, which the engine has checked
            relief_months: None,
            minor,
        };
        let rows: Vec<Row> = charges.map(row).collect();
        let total = rows.iter().map(|row| row.minor).sum();
        let items = (0..engine.items()).map(|item| engine.item(item).clone()).collect();
        let legs = vec![Leg::whole(u32::MAX)];
        Ledger::of_rows(engine.scenario(), (items, engine.decimals().clone()), legs, rows, total)
    }
}
