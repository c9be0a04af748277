//! The differences between two programmes: last year's budget and this year's.
//!
//! In: two programmes in one currency. Out: what each cause adds to each line, by fiscal year and fund. Every cause is a
//! run of a programme that is made of parts of both (`hybrid`), so that the causes add up to the difference, to the cent.

mod changes;
mod hybrid;

use self::hybrid::Hybrids;
use super::{Programme, ProgrammeOptions, ProgrammeRun};
use crate::about::About;
use crate::diff::{BudgetDiff, BudgetSide, Cells, Footing, Head, one_currency};
use crate::error::Error;
use crate::names::{Basis, BudgetCause};
use crate::types::Id;
use crate::watch::{Pulse, Watch};

impl Programme {
    /// The differences between this programme and a newer one: what each cause adds, by fiscal year and fund.
    ///
    /// Cases are the same if they have the same name: a row of a table its reference, any other case the id of its entry,
    /// else its reference, else its place among those that have neither; copies, and rows of one reference, in their order. A household whose members have the same ages on
    /// arrival, or the same months of birth, is the same; where only its arrival changed, that is timing.
    ///
    /// ```
    /// use relocost::Programme;
    /// let text = r#"
    ///     schema = 1
    ///     catalogue = "reference"
    ///     programme = { first_fiscal_year = 2026, fiscal_years = 3 }
    ///     cases = [{ id = "first", members = [{ age = 34 }], arrives = "2026-01" }]
    /// "#;
    /// let (old, new) = (Programme::parse(text)?, Programme::parse(&text.replace("2026-01", "2026-07"))?);
    /// let planned = &old.diff(&new)?.lines["as_planned"];
    /// let added: i128 = planned.causes.values().map(|cause| cause.total.minor()).sum();
    /// assert_eq!(planned.old.total.minor() + added, planned.new.total.minor());
    /// assert_eq!(planned.causes[&relocost::names::BudgetCause::Timing].total.minor(), added);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The currencies differ; as [`Programme::run`], also of a programme on the way, where one side has no rate that the
    /// other needs.
    pub fn diff(&self, new: &Self) -> Result<BudgetDiff, Error> {
        self.diff_with(new, &ProgrammeOptions::default())
    }

    /// The same with options, of which only `threads` matters.
    ///
    /// # Errors
    /// As [`Programme::diff`].
    pub fn diff_with(&self, new: &Self, options: &ProgrammeOptions) -> Result<BudgetDiff, Error> {
        self.diff_under(new, options, None)
    }

    pub(crate) fn diff_under(
        &self,
        new: &Self,
        options: &ProgrammeOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<BudgetDiff, Error> {
        one_currency(self.currency(), new.currency())?;
        let hybrids = Hybrids::new(self.inner(), new.inner());
        let differs: Vec<BudgetCause> =
            BudgetCause::ALL.iter().copied().filter(|cause| hybrids.differs(*cause)).collect();
        // The runs of both sides are steps too.
        let pulse = Pulse::of(watch, Some(differs.len() + 2));
        let options = ProgrammeOptions { values: false, cases: false, ..options.clone() };
        let cells = |programme: &Self| cells(&programme.run_as_part(&options, &pulse.part())?);
        let old = cells(self)?;
        pulse.step(1)?;
        let newer = cells(new)?;
        pulse.step(2)?;
        let footing = Footing {
            currency: self.currency(),
            funds: funds(self, new),
            names: super::result::LINES.map(str::to_owned).to_vec(),
        };
        let lines = footing.lines((old, newer), &differs, &pulse, |cause| cells(&hybrids.programme(Some(cause))))?;
        let head = Head {
            of: "programmes",
            old: side(self),
            new: side(new),
            cases: hybrids.changed_cases(),
            changes: changes::changes(self.inner(), new.inner(), &pulse)?,
        };
        pulse.end()?;
        Ok(BudgetDiff::new(About::new(new.setting(), Basis::Nominal), head, lines))
    }
}

fn side(programme: &Programme) -> BudgetSide {
    BudgetSide { from: programme.start(), until: programme.until(), cases: u64::from(programme.cases()) }
}

/// The funds of the newer programme, and after them those of the older one alone.
fn funds(old: &Programme, new: &Programme) -> Vec<Id> {
    let declared = new.setting().funds().iter().chain(old.setting().funds());
    declared.map(|declared| declared.id.clone()).collect::<indexmap::IndexSet<_>>().into_iter().collect()
}

/// The cells of each line of a run.
fn cells(run: &ProgrammeRun) -> Result<Vec<Cells>, Error> {
    let line = |line: &super::ProgrammeLine| {
        let mut cells = Cells::default();
        for (year, by_fund) in &line.by_fiscal_year_and_fund {
            for (fund, amount) in by_fund {
                cells.add(*year, fund, amount.minor())?;
            }
        }
        Ok(cells)
    };
    run.lines.values().map(line).collect()
}
