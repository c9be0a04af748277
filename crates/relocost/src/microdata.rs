//! The amounts of single cases, for what adds them up into tables that may be published.
//!
//! In: a caseload in the setting of a scenario, or a programme. Out: a record for each case, with what it costs by fiscal
//! year, category, fund and kind of solution. No record has a place, a solution or a reference. All of it is internal.

use std::collections::BTreeMap;
use std::fmt;

use crate::about::{About, Pair, about_methods};
use crate::caseload::{Case, CaseloadOptions, pieces};
use crate::error::Error;
use crate::ledger::{Ledger, Payers, Route, money, too_large};
use crate::names::{Basis, SolutionKind};
use crate::programme::Programme;
use crate::room;
use crate::scenario::Scenario;
use crate::types::{Id, Month};
use crate::watch::{Pulse, Watch};

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
    /// # Errors
    /// The amounts are so large that a sum of some could not be written.
    fn new(about: About, pair: Option<Pair>, records: Vec<CaseRecord>) -> Result<Self, Error> {
        let mut all = 0_i128;
        for record in &records {
            for amount in &record.amounts {
                let size = amount.base.abs().max(amount.alternative.abs()).checked_mul(record.count.into());
                all = money(size.and_then(|size| size.checked_add(all)).ok_or_else(too_large)?, about.currency())?
                    .minor();
            }
        }
        Ok(Self { about, pair, records })
    }

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

/// Amounts by fiscal year, the places of category and fund, and the kind of solution, in minor units of both sides.
type Sums = BTreeMap<(i32, usize, usize, SolutionKind), [i128; 2]>;

/// Adds the entries of a ledger in the months that are wanted to the side of a pair.
fn add(
    sums: &mut Sums,
    ledger: &Ledger,
    payers: &Payers,
    side: usize,
    wanted: impl Fn(Month) -> bool,
) -> Result<(), Error> {
    let (solutions, begins) = (ledger.scenario().solutions(), ledger.scenario().fiscal_year_start());
    ledger.each_part(payers, |part| {
        if wanted(part.month) {
            let name = (part.month.fiscal_year(begins), part.category, part.fund, solutions[part.solution].kind);
            sums.entry(name).or_default()[side] += part.minor;
        }
        Ok(())
    })
}

/// The record of a case in a setting, whose categories and funds are those of all its cases.
fn record(setting: &Scenario, case: &Scenario, count: u32, sums: Sums) -> CaseRecord {
    let (categories, funds) = (setting.categories(), setting.funds());
    let persons = u32::try_from(case.household().members.len()).unwrap_or(u32::MAX);
    let mut amounts = Vec::with_capacity(sums.len());
    for ((fiscal_year, category, fund, kind), [base, alternative]) in sums {
        let (category, fund) = (categories[category].id.clone(), funds[fund].id.clone());
        amounts.push(CaseAmount { fiscal_year, category, fund, kind, base, alternative });
    }
    CaseRecord { count, persons, amounts }
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
        let route = |pathway: &str| Route::of(self, pathway, self.horizon_months());
        let sides = [route(&options.pair.base)?, route(&options.pair.alternative)?];
        let payers = Payers::new(self.inner(), &Pulse::of(watch, None))?;
        let mut records = Vec::new();
        let add = |records: &mut Vec<CaseRecord>, case: &Case, pulse: &Pulse<'_>| {
            let scenario = case.place_in(self)?;
            let mut sums = Sums::new();
            for (side, named) in sides.iter().enumerate() {
                let (named, months) = (named.clone(), 0..scenario.horizon_months());
                let ledger = Ledger::of_route(&scenario, named, months, options.basis, &pulse.part(), |_| pulse.beat());
                let ledger = ledger.map_err(|error| case.blame(error))?;
                add(&mut sums, &ledger, &payers, side, |_| true)?;
            }
            records.push(record(self, &scenario, case.count(), sums));
            Ok(())
        };
        let merge = |part: Vec<CaseRecord>| {
            room::more(&mut records, part.len())?;
            records.extend(part);
            Ok(())
        };
        pieces::each(cases, options.threads, watch, Vec::new, add, merge)?;
        Microdata::new(About::new(self, options.basis), Some(options.pair.clone()), records)
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
        let (setting, first, end) = (self.setting(), self.start(), self.until());
        let pulse = Pulse::of(watch, Some(self.inner().cases.len()));
        let payers = Payers::new(setting.inner(), &pulse)?;
        let mut records = Vec::new();
        let visit = |ledger: &Ledger, count: u32| {
            let mut sums = Sums::new();
            add(&mut sums, ledger, &payers, 0, |month| first <= month && month < end)?;
            room::more(&mut records, 1)?;
            records.push(record(setting, ledger.scenario(), count, sums));
            Ok(())
        };
        self.each_planned(&pulse, visit, |_, _| ())?;
        Microdata::new(About::new(setting, Basis::Nominal), None, records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::CaseTable;
    use crate::error::Code;

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
    fn what_is_wrong_with_the_table_or_the_pathways_is_said_once_for_each_place() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
        let scenario = Scenario::parse(text).unwrap();
        let asked = |table: &str, options: &CaseloadOptions| {
            scenario.microdata(CaseTable::new(table.as_bytes(), "table").unwrap(), options).unwrap_err()
        };
        let wrong = asked("reference,members\nHH-1,34 x\nHH-2,34\nHH-3,y\n", &CaseloadOptions::default());
        assert_eq!(wrong.findings().iter().filter_map(|it| Some(it.place.as_ref()?.line)).collect::<Vec<_>>(), [2, 4]);
        let none = asked(TABLE, &CaseloadOptions::default().pair(Pair::new("permanent", "none")));
        assert_eq!(
            (none.code(), none.findings().len(), none.findings()[0].place.is_none()),
            (Code::UnknownPathway, 1, true)
        );
    }

    #[test]
    fn amounts_whose_sum_could_not_be_written_are_refused() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 2\nhousehold = { members = [] }\n\
                    lines = [{ id = \"rent\", inherit = true, amount = \"999999999999999\", currency = \"USD\" }]\n\
                    rates = { fx = { USD = { default = \"1000000\" } } }";
        let (scenario, options) = (Scenario::parse(text).unwrap(), CaseloadOptions::default());
        let one = |count: u32| {
            let table = format!("reference,count,members\nHH-1,{count},34\n");
            scenario.microdata(CaseTable::new(table.as_bytes(), "table").unwrap(), &options).map(|it| it.cases())
        };
        assert_eq!((one(1), one(1_000_000).map_err(|error| error.code())), (Ok(1), Err(Code::TooLargeFigure)));
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
