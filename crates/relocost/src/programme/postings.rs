//! The bookings of a programme as planned: what each fund pays for each line by month, of cases and of its own lines.

use super::Programme;
use crate::error::Error;
use crate::ledger::Payers;
use crate::postings::{Owner, PostingSums, Postings, Side};
use crate::watch::{Pulse, Watch};

impl Programme {
    /// What each fund pays for each line by month, as planned, within the programme's fiscal years: its cases and its own
    /// lines.
    ///
    /// ```
    /// # use relocost::Programme;
    /// # let programme = Programme::parse(r#"
    /// #     schema = 1
    /// #     catalogue = "reference"
    /// #     programme = { first_fiscal_year = 2026, fiscal_years = 5 }
    /// #     cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
    /// #     agreements = [{ id = "a", label = "A", grants = [{ month = "2026-03", places = 1 }] }]
    /// # "#)?;
    /// assert_eq!(programme.postings()?.model(), programme.run()?.lines["as_planned"].total);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Programme::run`].
    pub fn postings(&self) -> Result<Postings, Error> {
        self.postings_under(None)
    }

    pub(crate) fn postings_under(&self, watch: Option<&Watch<'_>>) -> Result<Postings, Error> {
        let (inner, setting) = (self.inner(), self.setting());
        let pulse = Pulse::of(watch, Some(inner.cases.len()));
        let payers = Payers::new(setting.inner(), &pulse)?;
        let (first, end) = (self.start(), self.until());
        let (mut sums, mut own) = (PostingSums::default(), Vec::new());
        self.each_planned(
            &pulse,
            |ledger, copies| sums.add_ledger(ledger, &payers, copies, |month| first <= month && month < end),
            |line, charge| own.push((line, charge.month, charge.parts.to_vec())),
        )?;
        for (line, month, parts) in own {
            let month = first.plus(i32::try_from(month).unwrap_or(i32::MAX));
            let category = inner.own.lines().get_index(line).and_then(|(_, line)| line.category.as_ref());
            let category = setting.categories().iter().position(|declared| Some(&declared.id) == category);
            let Some(category) = category.filter(|_| month < end) else { continue };
            let owner = Owner { category, line: Some(setting.lines().len() + line) };
            for (fund, part) in parts {
                sums.add((month, owner, fund), Side::Model, part)?;
            }
        }
        Postings::new(&sums, setting, Some(&inner.own), None, false)
    }
}
