//! The bookings of a programme as planned: what each fund pays for each line by month, of cases and of its own lines.

use indexmap::IndexMap;

use super::Programme;
use super::result::ORIGINS;
use crate::error::Error;
use crate::ledger::Payers;
use crate::postings::{Owner, PostingSums, Postings, Side};
use crate::types::Id;
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
        let [mut all, new, programme] = self.sums_by_origin(watch)?;
        all.merge(&new)?;
        all.merge(&programme)?;
        self.postings_of(&all)
    }

    /// The bookings of [`Programme::postings`] by origin: of cases that arrived before the programme (`older`), of `new`
    /// ones, and of the `programme`'s own lines.
    ///
    /// ```
    /// # use relocost::Programme;
    /// # let programme = Programme::parse(r#"
    /// #     schema = 1
    /// #     catalogue = "reference"
    /// #     programme = { first_fiscal_year = 2026, fiscal_years = 1 }
    /// #     cases = [{ members = [{ age = 34 }], arrives = "2025-11" }, { members = [{ age = 9 }], arrives = "2026-02" }]
    /// # "#)?;
    /// let planned = &programme.run()?.lines["as_planned"].by_fiscal_year_and_origin[&2026];
    /// let postings = programme.postings_by_origin()?;
    /// assert_eq!(postings["older"].model(), planned["older"]);
    /// assert_eq!(postings["new"].model(), planned["new"]);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Programme::run`].
    pub fn postings_by_origin(&self) -> Result<IndexMap<Id, Postings>, Error> {
        self.postings_by_origin_under(None)
    }

    pub(crate) fn postings_by_origin_under(&self, watch: Option<&Watch<'_>>) -> Result<IndexMap<Id, Postings>, Error> {
        let origins = ORIGINS.iter().filter_map(|name| name.parse().ok());
        origins.zip(self.sums_by_origin(watch)?).map(|(id, sums)| Ok((id, self.postings_of(&sums)?))).collect()
    }

    fn postings_of(&self, sums: &PostingSums) -> Result<Postings, Error> {
        Postings::new(sums, self.setting(), Some(&self.inner().own), None, false)
    }

    /// In the order of [`ORIGINS`].
    fn sums_by_origin(&self, watch: Option<&Watch<'_>>) -> Result<[PostingSums; 3], Error> {
        let (inner, setting) = (self.inner(), self.setting());
        let pulse = Pulse::of(watch, Some(inner.cases.len()));
        let payers = Payers::new(setting.inner(), &pulse)?;
        let (first, end) = (self.start(), self.until());
        let ([mut older, mut new, mut programme], mut own): ([PostingSums; 3], _) = (Default::default(), Vec::new());
        self.each_planned(
            &pulse,
            |ledger, copies| {
                let sums = if ledger.scenario().start() < first { &mut older } else { &mut new };
                sums.add_ledger(ledger, &payers, copies, |month| first <= month && month < end)
            },
            |line, charge| own.push((line, charge.month, charge.parts.to_vec())),
        )?;
        for (line, month, parts) in own {
            let month = first.plus(i32::try_from(month).unwrap_or(i32::MAX));
            let category = inner.own.lines().get_index(line).and_then(|(_, line)| line.category.as_ref());
            let category = setting.categories().iter().position(|declared| Some(&declared.id) == category);
            let Some(category) = category.filter(|_| month < end) else { continue };
            let owner = Owner { category, line: Some(setting.lines().len() + line) };
            for (fund, part) in parts {
                programme.add((month, owner, fund), Side::Model, part)?;
            }
        }
        Ok([older, new, programme])
    }
}
