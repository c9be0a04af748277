//! The bookings of a caseload: what each fund pays for each line by month, over all households of a table.

use std::num::NonZeroUsize;

use super::pieces;
use super::table::Case;
use crate::error::Error;
use crate::ledger::{Ledger, Payers, Route};
use crate::names::Basis;
use crate::postings::{PostingSums, Postings};
use crate::scenario::Scenario;
use crate::watch::{Pulse, Watch};

impl Scenario {
    /// What each fund pays for each line by month, on a pathway, over all households of a table: each row in this
    /// scenario's setting, times its count. The result does not depend on the number of threads; all cores work if it is
    /// left out.
    ///
    /// ```
    /// use relocost::caseload::CaseTable;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [] }")?;
    /// let table = CaseTable::new("reference,count,members\nHH-1,3,34\n".as_bytes(), "caseload")?;
    /// let postings = scenario.caseload_postings(table, "temporary", None)?;
    /// let one = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// assert_eq!(postings.model().minor(), 3 * one.ledger("temporary")?.total().minor());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such pathway; everything that is wrong with the table; a figure of a row cannot be computed.
    pub fn caseload_postings(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        pathway: &str,
        threads: Option<NonZeroUsize>,
    ) -> Result<Postings, Error> {
        self.caseload_postings_under(cases, pathway, threads, None)
    }

    pub(crate) fn caseload_postings_under(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        pathway: &str,
        threads: Option<NonZeroUsize>,
        watch: Option<&Watch<'_>>,
    ) -> Result<Postings, Error> {
        let (name, route) = Route::of(self, pathway, self.horizon_months())?;
        let payers = Payers::new(self.inner(), &Pulse::of(watch, None))?;
        let mut sums = PostingSums::default();
        let add = |sums: &mut PostingSums, case: &Case, pulse: &Pulse<'_>| {
            let scenario = case.place_in(self)?;
            let (named, months) = ((name.clone(), route.clone()), 0..scenario.horizon_months());
            let ledger = Ledger::of_route(&scenario, named, months, Basis::Nominal, &pulse.part(), |_| pulse.beat());
            let ledger = ledger.map_err(|error| case.blame(error))?;
            sums.add_ledger(&ledger, &payers, case.count(), |_| true)
        };
        pieces::each(cases, threads, watch, PostingSums::default, add, |part| sums.merge(&part))?;
        Postings::new(&sums, self, None, Some(name), false)
    }
}
