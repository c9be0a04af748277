//! A caseload: many households in the setting of one scenario, each evaluated and all of them summed.
//!
//! In: a scenario, and a table of households as CSV or from code. Out: a result for each row and for the whole, whose
//! premium can be held against the reported band, which is an average. Rows are read and evaluated piece by piece on
//! all cores; sums are of whole minor units, so that the result does not depend on the number of threads.

mod diff;
mod lines;
mod member;
mod part;
pub(crate) mod pieces;
mod postings;
mod references;
mod strips;
mod sums;
mod table;
mod wrong;

use std::io::Read;
use std::num::NonZeroUsize;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use self::lines::Lines;
pub use self::part::CaseloadPart;
use self::references::{References, again};
use self::strips::{Question, Shared, Strips};
use self::sums::{CaseSums, Sums};
pub use self::table::{Case, CaseRows, CaseTable};
pub(crate) use self::table::{HOUSEHOLD_COLUMNS, household};
use self::wrong::Wrong;
use crate::about::{About, Pair, about_methods, pair_methods};
use crate::comparison::{CompareOptions, Difference, PairSums, Premium};
use crate::error::{Code, Error, Finding};
use crate::ledger::Route;
use crate::message;
use crate::names::{Band, Basis};
use crate::options::setters;
use crate::reading::Findings;
use crate::review::{has_no_role, odd_members, without_roles};
use crate::scenario::Scenario;
use crate::types::{Id, Money};
use crate::watch::{Pulse, Watch};

/// The pathways to compare for each household, the basis, and the number of threads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseloadOptions {
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices.
    pub basis: Basis,
    /// Threads; all cores if left out. The result does not depend on it.
    pub threads: Option<NonZeroUsize>,
}

setters!(CaseloadOptions {
    /// Sets the pathways compared.
    pair: Pair,
    /// Sets the basis of prices.
    basis: Basis,
    /// Sets how many threads work; all cores by default.
    threads?: NonZeroUsize,
});

impl Default for CaseloadOptions {
    fn default() -> Self {
        let CompareOptions { pair, basis } = CompareOptions::default();
        Self { pair, basis, threads: None }
    }
}

/// The result of a row, for one such household. Its `Debug` form does not show the reference.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseResult {
    /// The row's pseudonym.
    pub reference: String,
    /// The number of such households.
    pub count: u32,
    /// Both totals, the extra cost and the premium, of one of them.
    pub difference: Difference,
}

impl std::fmt::Debug for CaseResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseResult({} of {:?})", self.count, self.difference)
    }
}

impl Serialize for CaseResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("CaseResult", 7)?;
        out.serialize_field("reference", &self.reference)?;
        out.serialize_field("count", &self.count)?;
        out.serialize_field("base", &self.difference.base)?;
        out.serialize_field("alternative", &self.difference.alternative)?;
        out.serialize_field("extra", &self.difference.extra)?;
        out.serialize_field("premium", &self.difference.premium())?;
        out.serialize_field("band", &self.difference.band())?;
        out.end()
    }
}

/// The results of a table of households.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caseload {
    about: About,
    pair: Pair,
    /// A result for each row, for one such household.
    pub households: Vec<CaseResult>,
    /// The number of households in all.
    pub count: u64,
    /// The whole: each row's figures times its count.
    pub difference: Difference,
    /// By category, in the order declared.
    pub by_category: IndexMap<Id, Difference>,
    /// By fiscal year, ascending.
    pub by_fiscal_year: IndexMap<i32, Difference>,
    /// By fund, in the order declared.
    pub by_fund: IndexMap<Id, Difference>,
    /// The sums of the rows' attributions, which with the residual add up to the extra cost.
    pub attribution: IndexMap<Id, Money>,
    /// The sum of the rows' residuals.
    pub residual: Money,
    /// Warnings about rows, by their lines: members who never count, minors who stay when no adult counts, a reference
    /// that two rows share. At most [`limits::FINDINGS`](crate::limits::FINDINGS).
    pub warnings: Vec<Finding>,
    /// The number of warnings beyond those kept.
    pub more_warnings: usize,
}

about_methods!(Caseload);
pair_methods!(Caseload);

impl Caseload {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The premium of the whole, ΣA / ΣB - 1.
    pub fn premium(&self) -> Premium {
        self.difference.premium()
    }

    /// The verdict on it against the band that the Court reported.
    pub fn band(&self) -> Option<Band> {
        self.difference.band()
    }
}

impl Scenario {
    /// Evaluates a table of households in this scenario's setting.
    ///
    /// ```
    /// use relocost::caseload::CaseloadOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [] }")?;
    /// let table = "reference,count,members\nHH-1,3,34\nHH-2,,41 38 14\n";
    /// let caseload = scenario.caseload(table.as_bytes(), &CaseloadOptions::default())?;
    /// assert_eq!((caseload.households.len(), caseload.count), (2, 4));
    /// let sum: i128 = caseload.households.iter().map(|row| row.difference.extra.minor() * i128::from(row.count)).sum();
    /// assert_eq!(caseload.difference.extra.minor(), sum);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// The memory that it takes is that of its result, some 200 bytes a row, for each thread that of some 2,000 rows that are
    /// under way, and up to 48 MiB of rounded amounts for all threads together.
    ///
    /// # Errors
    /// Everything that is wrong with the table, by row and column; a figure of a row cannot be computed; there is no
    /// memory for so many rows.
    pub fn caseload(&self, table: impl Read, options: &CaseloadOptions) -> Result<Caseload, Error> {
        self.caseload_of(CaseTable::new(table, "caseload")?, options)
    }

    /// Evaluates households, from a [`CaseTable`] or from code.
    ///
    /// # Errors
    /// As [`Scenario::caseload`].
    pub fn caseload_of(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<Caseload, Error> {
        self.caseload_under(cases, options, None)
    }

    pub(crate) fn caseload_under(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Caseload, Error> {
        let mut gathered = Gathered::new(self);
        let (_, wrong) = self.each_sum(cases, options, watch, |cases, sums| {
            cases.iter().try_for_each(|case| gathered.lines.add(case.place()))?;
            gathered.add(sums, || Ok(()))
        })?;
        wrong.finish()?;
        gathered.finish(self, options)
    }

    /// Reads cases, and gives some of them at a time to `merge`, with their sums, in order: how many rows there are, and
    /// what is wrong with them.
    fn each_sum(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
        watch: Option<&Watch<'_>>,
        merge: impl FnMut(&[Case], Sums) -> Result<(), Error>,
    ) -> Result<(u64, Wrong), Error> {
        let (_, base) = Route::of(self, &options.pair.base, self.horizon_months())?;
        let (_, alternative) = Route::of(self, &options.pair.alternative, self.horizon_months())?;
        let question = Question { alternative: &alternative, base: &base, basis: options.basis };
        let without_roles = without_roles(self);
        let shared = Shared::default();
        let own = || (self.clone(), Strips::of(&shared));
        let add = |(scenario, strips): &mut (Self, Strips<'_>), sums: &mut Sums, case: &mut Case, pulse: &Pulse<'_>| {
            case.move_into(scenario, self.start())?;
            if let Some(of_case) = strips.sums(scenario, &question, &pulse.part())? {
                sums.add(case, scenario, of_case)?;
            } else {
                let pair = PairSums::of(scenario, &alternative, &base, options.basis, &pulse.part());
                let of_case = CaseSums::of(pair.map_err(|error| case.blame(error))?);
                sums.add(case, scenario, &of_case)?;
            }
            if let Some(told) = without_roles.as_ref().filter(|_| has_no_role(scenario.household())) {
                sums.odd.keep_made(|| case.warning(Code::NeverUsed, "members", told.clone()));
            }
            for odd in odd_members(scenario) {
                let message = match odd.member.map(|member| member + 1) {
                    Some(number) => {
                        let told = odd.message;
                        message!("member {number}: {told}", "membre {number} : {told}", told)
                    }
                    None => odd.message,
                };
                sums.odd.keep([case.warning(odd.code, "members", message)]);
            }
            Ok(())
        };
        pieces::each_with(cases, (options.threads, watch), (own, || Sums::new(self), add), merge)
    }
}

/// The results of consecutive rows, with their lines, and the warnings about references that two of them share.
struct Gathered {
    sums: Sums,
    lines: Lines,
    references: References,
    odd: Findings,
}

impl Gathered {
    fn new(scenario: &Scenario) -> Self {
        Self {
            sums: Sums::new(scenario),
            lines: Lines::default(),
            references: References::default(),
            odd: Findings::default(),
        }
    }

    /// Adds the results of rows whose lines have been added; `told` hears of each.
    fn add(&mut self, sums: Sums, mut told: impl FnMut() -> Result<(), Error>) -> Result<(), Error> {
        let first = self.sums.households.len();
        self.sums.merge(sums)?;
        for row in first..self.sums.households.len() {
            told()?;
            if let Some(first) = self.references.first(row, &self.sums.households)? {
                self.odd.keep_made(|| again(row, first, &self.lines));
            }
        }
        Ok(())
    }

    fn finish(self, scenario: &Scenario, options: &CaseloadOptions) -> Result<Caseload, Error> {
        self.sums.finish(self.odd, scenario, options)
    }
}

impl Serialize for Caseload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Caseload", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("households", &self.households)?;
        out.serialize_field("caseload", &Whole(self))?;
        out.end()
    }
}

/// The part of a caseload's JSON that is about the whole.
struct Whole<'c>(&'c Caseload);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Self(caseload) = self;
        let mut out = serializer.serialize_struct("Whole", 11)?;
        out.serialize_field("count", &caseload.count)?;
        out.serialize_field("base", &caseload.difference.base)?;
        out.serialize_field("alternative", &caseload.difference.alternative)?;
        out.serialize_field("extra", &caseload.difference.extra)?;
        out.serialize_field("premium", &caseload.premium())?;
        out.serialize_field("band", &caseload.band())?;
        out.serialize_field("attribution", &caseload.attribution)?;
        out.serialize_field("residual", &caseload.residual)?;
        out.serialize_field("by_category", &caseload.by_category)?;
        out.serialize_field("by_fiscal_year", &caseload.by_fiscal_year)?;
        out.serialize_field("by_fund", &caseload.by_fund)?;
        out.end()
    }
}
