//! The amounts of single cases, for what adds them up into tables that may be published.
//!
//! In: a caseload in the setting of a scenario, or a programme. Out: a record for each case, with what it costs by fiscal
//! year, category, fund and kind of solution. No record has a place, a solution or a reference. All of it is internal.

use std::collections::BTreeMap;
use std::fmt;

use crate::about::{About, Pair, about_methods};
use crate::caseload::{Case, CaseloadOptions};
use crate::error::{Code, Error};
use crate::ledger::Ledger;
use crate::names::{Basis, SolutionKind};
use crate::programme::Programme;
use crate::reading::Findings;
use crate::room;
use crate::scenario::{Declared, Scenario};
use crate::threads::on_threads;
use crate::types::{Id, Month};
use crate::watch::{Pulse, Watch};

/// Cases that are read before they are evaluated together.
const BATCH: usize = 2_048;
/// Cases that a thread takes at a time.
const CHUNK: usize = 16;

/// The records of all cases. The `Debug` form shows no figure.
///
/// ```
/// use relocost::caseload::{CaseTable, CaseloadOptions};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }")?;
/// let table = CaseTable::new("reference,count,members\nHH-1,3,34\nHH-2,,41 38 14\n".as_bytes(), "table")?;
/// let microdata = scenario.microdata(table, &CaseloadOptions::default())?;
/// assert_eq!((microdata.records().len(), microdata.cases()), (2, 4));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct Microdata {
    about: About,
    pair: Option<Pair>,
    records: Vec<CaseRecord>,
}

about_methods!(Microdata);

/// A case, or several that are alike. Its `Debug` form shows nothing.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseRecord {
    /// The number of such cases.
    pub count: u32,
    /// The persons of the household.
    pub persons: u32,
    /// What one of them costs. No two amounts have all names alike.
    pub amounts: Vec<CaseAmount>,
}

/// What a case costs in a fiscal year, of a category, to a fund, in solutions of a kind.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseAmount {
    /// The fiscal year.
    pub fiscal_year: i32,
    /// The category.
    pub category: Id,
    /// The fund that pays.
    pub fund: Id,
    /// The kind of solution.
    pub kind: SolutionKind,
    /// In minor units: of the base, or of the programme as planned.
    pub base: i128,
    /// In minor units: of the alternative; 0 of a programme.
    pub alternative: i128,
}

impl fmt::Debug for Microdata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Microdata({} records)", self.records.len())
    }
}

impl fmt::Debug for CaseRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseRecord(not shown)")
    }
}

impl fmt::Debug for CaseAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseAmount(not shown)")
    }
}

impl Microdata {
    /// The pathways of a caseload that are compared; `None` of a programme, whose cases are as planned.
    pub fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref()
    }

    /// The records, in the order of the cases.
    pub fn records(&self) -> &[CaseRecord] {
        &self.records
    }

    /// The number of cases.
    pub fn cases(&self) -> u64 {
        self.records.iter().map(|record| u64::from(record.count)).sum()
    }
}

/// Amounts by their names, in minor units of both sides.
type Sums = BTreeMap<(i32, usize, usize, usize), [i128; 2]>;

/// Adds the entries of a ledger to the side of a pair.
fn add(sums: &mut Sums, ledger: &Ledger, until: Option<Month>, side: usize) {
    let scenario = ledger.scenario();
    let place = |declared: &[Declared], id: &Id| declared.iter().position(|one| one.id == *id);
    for entry in ledger.entries().filter(|entry| until.is_none_or(|until| entry.month() < until)) {
        let Some(kind) = scenario.solutions().get(entry.solution()).map(|solution| solution.kind) else { continue };
        let kind = usize::from(kind == SolutionKind::Temporary);
        let Some(category) = place(scenario.categories(), entry.category()) else { continue };
        for (fund, amount) in entry.funds() {
            let Some(fund) = place(scenario.funds(), fund) else { continue };
            sums.entry((entry.fiscal_year(), category, fund, kind)).or_default()[side] += amount.minor();
        }
    }
}

fn amounts(sums: Sums, scenario: &Scenario) -> Vec<CaseAmount> {
    let named =
        |((fiscal_year, category, fund, kind), [base, alternative]): ((i32, usize, usize, usize), [i128; 2])| {
            let kind = if kind == 0 { SolutionKind::Permanent } else { SolutionKind::Temporary };
            let category = scenario.categories().get(category)?.id.clone();
            let fund = scenario.funds().get(fund)?.id.clone();
            Some(CaseAmount { fiscal_year, category, fund, kind, base, alternative })
        };
    sums.into_iter().filter_map(named).collect()
}

fn persons(scenario: &Scenario) -> u32 {
    u32::try_from(scenario.household().members.len()).unwrap_or(u32::MAX)
}

impl Scenario {
    /// What each household of a table costs in this scenario's setting, in the pathways compared. Of an amount the kind of
    /// solution is that of its own side.
    ///
    /// # Errors
    /// As [`Scenario::caseload`].
    pub fn microdata(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<Microdata, Error> {
        self.microdata_under(cases, options, None)
    }

    pub(crate) fn microdata_under(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Microdata, Error> {
        // All of a table is read before any of it is costed, so that everything wrong with it is said.
        let mut wrong = Findings::default();
        let mut rows = Vec::new();
        let pulse = Pulse::of(watch, None);
        for case in cases {
            match case {
                Ok(case) => {
                    room::more(&mut rows, 1)?;
                    rows.push(case);
                }
                Err(error) => wrong.keep_error(&error),
            }
        }
        wrong.finish()?;
        let (mut wrong, mut records) = (Findings::default(), room::list(rows.len())?);
        for (batch, cases) in rows.chunks(BATCH).enumerate() {
            let chunks = 0..cases.len().div_ceil(CHUNK) as u64;
            let told = |chunks: u64| {
                let done = usize::try_from(chunks).unwrap_or(usize::MAX).saturating_mul(CHUNK).min(cases.len());
                pulse.step(batch * BATCH + done)
            };
            let parts = on_threads(options.threads, &chunks, &pulse, told, |pulse, next| {
                let mut parts = Vec::new();
                while let Some(chunk) = next()? {
                    let of_chunk = usize::try_from(chunk).ok().and_then(|place| cases.chunks(CHUNK).nth(place));
                    for case in of_chunk.unwrap_or_default() {
                        let record = self.record(case, options, pulse);
                        if record.as_ref().is_err_and(|error| error.code() == Code::Interrupted) {
                            record.as_ref().map_err(Clone::clone)?;
                        }
                        parts.push((chunk, record.map_err(|error| case.blame(&error))));
                    }
                }
                Ok(parts)
            })?;
            let mut parts: Vec<_> = parts.into_iter().flatten().collect();
            parts.sort_by_key(|(chunk, _)| *chunk); // stable: those of a chunk as they stand
            for (_, record) in parts {
                match record {
                    Ok(record) => records.push(record),
                    Err(error) => wrong.keep_error(&error),
                }
            }
        }
        wrong.finish()?;
        Ok(Microdata { about: About::new(self, options.basis), pair: Some(options.pair.clone()), records })
    }

    fn record(&self, case: &Case, options: &CaseloadOptions, pulse: &Pulse<'_>) -> Result<CaseRecord, Error> {
        let scenario = case.place_in(self)?;
        let mut sums = Sums::new();
        for (side, pathway) in [&options.pair.base, &options.pair.alternative].into_iter().enumerate() {
            pulse.beat()?;
            add(&mut sums, &scenario.ledger_on(pathway, options.basis)?, None, side);
        }
        Ok(CaseRecord { count: case.count(), persons: persons(&scenario), amounts: amounts(sums, self) })
    }
}

impl Programme {
    /// What each case costs within the programme, as planned, in prices of each year. The programme's own lines, which are
    /// no household's, are left out.
    ///
    /// # Errors
    /// As [`Programme::run`].
    pub fn microdata(&self) -> Result<Microdata, Error> {
        self.microdata_under(None)
    }

    pub(crate) fn microdata_under(&self, watch: Option<&Watch<'_>>) -> Result<Microdata, Error> {
        let (first, end) = (self.start(), self.until());
        let mut records = Vec::new();
        let visit = |ledger: &Ledger, count: u32| {
            let mut sums = Sums::new();
            add(&mut sums, ledger, Some(end), 0);
            sums.retain(|(year, ..), _| *year >= first.fiscal_year(self.fiscal_year_start()));
            room::more(&mut records, 1)?;
            let amounts = amounts(sums, self.setting());
            records.push(CaseRecord { count, persons: persons(ledger.scenario()), amounts });
            Ok(())
        };
        self.each_planned(&Pulse::of(watch, None), visit, |_, _| ())?;
        Ok(Microdata { about: About::new(self.setting(), Basis::Nominal), pair: None, records })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::CaseTable;

    const TABLE: &str = "reference,count,members\nHH-1,3,34\nHH-2,,41 38 14\n";

    #[test]
    fn records_add_up_to_the_caseload() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
        let scenario = Scenario::parse(text).unwrap();
        let options = CaseloadOptions::default();
        let caseload = scenario.caseload(TABLE.as_bytes(), &options).unwrap();
        let microdata = scenario.microdata(CaseTable::new(TABLE.as_bytes(), "table").unwrap(), &options).unwrap();
        let sum = |of: &dyn Fn(&CaseAmount) -> i128| -> i128 {
            let records = microdata.records().iter();
            records.map(|record| i128::from(record.count) * record.amounts.iter().map(of).sum::<i128>()).sum()
        };
        assert_eq!(sum(&|amount| amount.base), caseload.difference.base.minor());
        assert_eq!(sum(&|amount| amount.alternative), caseload.difference.alternative.minor());
        for (fund, difference) in &caseload.by_fund {
            let of = |amount: &CaseAmount| if amount.fund == *fund { amount.alternative } else { 0 };
            assert_eq!(sum(&of), difference.alternative.minor());
        }
        assert_eq!(microdata.records().iter().map(|record| record.persons).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn records_add_up_to_the_programme_without_its_own_lines() {
        let programme = Programme::parse(
            r#"
            schema = 1
            catalogue = "reference"
            programme = { first_fiscal_year = 2026, fiscal_years = 3 }
            cases = [{ members = [{ age = 34 }], arrives = "2025-01", count = 2, every_months = 5 },
                     { members = [{ age = 44 }, { age = 7 }], arrives = "2026-04" }]
            agreements = [{ id = "a", label = "A", grants = [{ month = "2026-03", places = 1 }] }]
            "#,
        )
        .unwrap();
        let run = programme.run().unwrap();
        let microdata = programme.microdata().unwrap();
        assert_eq!(microdata.cases(), 3);
        let mut years: BTreeMap<i32, i128> = BTreeMap::new();
        for record in microdata.records() {
            for amount in &record.amounts {
                *years.entry(amount.fiscal_year).or_default() += i128::from(record.count) * amount.base;
            }
        }
        let line = &run.lines["as_planned"];
        let expected = line.by_fiscal_year.iter().map(|(year, money)| (*year, money.minor())).collect();
        assert_eq!(years, expected);
    }
}
