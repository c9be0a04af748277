//! The differences between two budgets: what each cause adds, by fiscal year and fund.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use crate::about::{About, about_methods};
use crate::error::{Code, Error};
use crate::ledger::{money, too_large};
use crate::message;
use crate::names::BudgetCause;
use crate::types::{Currency, Id, Money, Month};
use crate::watch::Pulse;

/// The order in which causes are applied, for a reader.
pub const BUDGET_ORDER: &str = "cases gone, cases new, households, timing (arrivals, moves, ends), \
                                policy (agreements, queue, processing, support, solutions, pathways), lines and drivers, \
                                prices, indices, exchange rates and price levels, horizon";

/// The differences between two budgets, of programmes or of caseloads: each cause on top of those before it, so that the
/// older budget and all causes add up to the newer one, in every cell. All of it is internal: a cause of one case is almost
/// one household's cost.
///
/// [`Programme::diff`](crate::Programme::diff) and [`Scenario::diff_caseload`](crate::Scenario::diff_caseload) give it.
/// Its head is that of the newer budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetDiff {
    #[serde(skip)]
    about: About,
    /// The number of the form in which results are written.
    pub schema: u32,
    /// Always true: these figures are not for publication.
    pub internal: bool,
    /// The sort of the two budgets: `programmes` or `caseloads`.
    pub of: &'static str,
    /// The currency of every figure.
    pub currency: Currency,
    /// The order in which the causes are applied.
    pub order: &'static str,
    /// The older budget.
    pub old: BudgetSide,
    /// The newer budget.
    pub new: BudgetSide,
    /// The numbers of cases that changed.
    pub cases: BudgetCases,
    /// What else changed, by cause.
    pub changes: Vec<BudgetChange>,
    /// The lines of a programme (`as_signed`, `as_planned`, `all_settled`), or the two pathways of a caseload by their
    /// names.
    pub lines: IndexMap<String, BudgetLine>,
}

about_methods!(BudgetDiff);

/// A budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetSide {
    /// The first month.
    pub from: Month,
    /// The month after the last. Of a caseload those of its scenario; a row that has a start of its own goes on as long.
    pub until: Month,
    /// The number of cases, copies included.
    pub cases: u64,
}

/// The numbers of cases that changed, copies included. A case that changed in several ways is counted in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetCases {
    /// Cases of the older budget alone.
    pub gone: u64,
    /// Cases of the newer budget alone.
    pub new: u64,
    /// Cases whose members changed.
    pub households: u64,
    /// Cases whose arrival, move, end or course changed.
    pub timing: u64,
    /// Cases whose priority or agreements changed.
    pub policy: u64,
}

/// A value that changed. Its `Debug` form shows nothing but the cause: a key may name an agreement or a place.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetChange {
    /// The cause to which it belongs.
    pub cause: BudgetCause,
    /// Its path, such as `lines.rent.amount` or `agreements.a.until`.
    pub key: String,
    /// The old value; none where it is new.
    pub old: Option<String>,
    /// The new value; none where it is gone.
    pub new: Option<String>,
}

impl fmt::Debug for BudgetChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BudgetChange({})", self.cause)
    }
}

/// A line of two budgets, and what each cause adds to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetLine {
    /// The older budget.
    pub old: BudgetSums,
    /// The newer budget, which is the older one and all causes.
    pub new: BudgetSums,
    /// Every cause, in the order in which they are applied; one that changes nothing has a total of 0 and no cells.
    pub causes: IndexMap<BudgetCause, BudgetSums>,
}

/// Sums of a budget, or what a cause adds to them. A cell that is not there is zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BudgetSums {
    /// The total.
    pub total: Money,
    /// By fiscal year.
    pub by_fiscal_year: BTreeMap<i32, Money>,
    /// By fund.
    pub by_fund: IndexMap<Id, Money>,
    /// By fiscal year and fund.
    pub by_fiscal_year_and_fund: BTreeMap<i32, IndexMap<Id, Money>>,
}

impl BudgetDiff {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    pub(crate) fn new(about: About, head: Head, lines: IndexMap<String, BudgetLine>) -> Self {
        let Head { of, old, new, cases, changes } = head;
        let currency = about.currency();
        Self {
            about,
            schema: Self::SCHEMA,
            internal: true,
            of,
            currency,
            order: BUDGET_ORDER,
            old,
            new,
            cases,
            changes,
            lines,
        }
    }
}

/// What is told of two budgets beside their sums.
pub(crate) struct Head {
    pub(crate) of: &'static str,
    pub(crate) old: BudgetSide,
    pub(crate) new: BudgetSide,
    pub(crate) cases: BudgetCases,
    pub(crate) changes: Vec<BudgetChange>,
}

/// Minor units by fiscal year and fund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells(HashMap<(i32, Id), i128>);

impl Cells {
    /// # Errors
    /// The sum is too large.
    pub(crate) fn add(&mut self, year: i32, fund: &Id, minor: i128) -> Result<(), Error> {
        let sum = self.0.entry((year, fund.clone())).or_default();
        *sum = sum.checked_add(minor).ok_or_else(too_large)?;
        Ok(())
    }

    /// # Errors
    /// The sum is too large.
    pub(crate) fn add_times(&mut self, year: i32, fund: &Id, minor: i128, times: u32) -> Result<(), Error> {
        self.add(year, fund, minor.checked_mul(i128::from(times)).ok_or_else(too_large)?)
    }

    /// Adds the cells of others.
    ///
    /// # Errors
    /// A sum is too large.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        other.0.iter().try_for_each(|((year, fund), minor)| self.add(*year, fund, *minor))
    }

    /// The cells in which something is added to others, and how much.
    fn less(&self, other: &Self) -> Result<Self, Error> {
        let mut cells = HashMap::new();
        for key in self.0.keys().chain(other.0.keys()) {
            let of = |cells: &Self| cells.0.get(key).copied().unwrap_or(0);
            let minor = of(self).checked_sub(of(other)).ok_or_else(too_large)?;
            if minor != 0 {
                cells.insert(key.clone(), minor);
            }
        }
        Ok(Self(cells))
    }
}

/// The table of what each cause adds.
pub(crate) struct Footing {
    pub(crate) currency: Currency,
    /// Every fund, in order.
    pub(crate) funds: Vec<Id>,
    /// The names of the lines.
    pub(crate) names: Vec<String>,
}

impl Footing {
    /// What each cause adds to each line. `run` gives the cells of every line with the newer parts of all causes up to
    /// one; it is asked about the causes that change something, but not about the horizon.
    ///
    /// # Errors
    /// Those of `run`, or a sum is too large to write.
    pub(crate) fn lines(
        &self,
        (old, new): (Vec<Cells>, Vec<Cells>),
        differs: &[BudgetCause],
        pulse: &Pulse<'_>,
        mut run: impl FnMut(BudgetCause) -> Result<Vec<Cells>, Error>,
    ) -> Result<IndexMap<String, BudgetLine>, Error> {
        let line = |(old, new)| Ok(BudgetLine { old: self.sums(old)?, new: self.sums(new)?, causes: IndexMap::new() });
        let mut lines = old.iter().zip(&new).map(line).collect::<Result<Vec<_>, Error>>()?;
        let mut before = old;
        let mut done = 2;
        for &cause in BudgetCause::ALL {
            let after = match cause {
                BudgetCause::Horizon => Some(new.clone()),
                _ if differs.contains(&cause) => {
                    done += 1;
                    Some(run(cause)?)
                }
                _ => None,
            };
            for (place, line) in lines.iter_mut().enumerate() {
                let added = match (before.get(place), after.as_ref().and_then(|after| after.get(place))) {
                    (Some(before), Some(after)) => after.less(before)?,
                    _ => Cells::default(),
                };
                line.causes.insert(cause, self.sums(&added)?);
            }
            before = after.unwrap_or(before);
            pulse.step(done)?;
        }
        Ok(self.names.iter().cloned().zip(lines).collect())
    }

    fn sums(&self, cells: &Cells) -> Result<BudgetSums, Error> {
        let mut by_year = BTreeMap::<i32, Vec<Option<i128>>>::new();
        let mut by_fund = vec![None; self.funds.len()];
        let add = |sum: &mut Option<i128>, minor: i128| {
            *sum = Some(sum.unwrap_or(0).checked_add(minor).ok_or_else(too_large)?);
            Ok::<_, Error>(())
        };
        for ((year, fund), minor) in &cells.0 {
            let Some(place) = self.funds.iter().position(|known| known == fund) else { continue };
            add(&mut by_fund[place], *minor)?;
            add(&mut by_year.entry(*year).or_insert_with(|| vec![None; self.funds.len()])[place], *minor)?;
        }
        let total = |sums: &[Option<i128>]| {
            let mut total = None;
            for minor in sums.iter().flatten() {
                add(&mut total, *minor)?;
            }
            money(total.unwrap_or(0), self.currency)
        };
        let each = |sums: &[Option<i128>]| {
            let fed = self.funds.iter().zip(sums).filter_map(|(fund, sum)| Some((fund, (*sum)?)));
            fed.map(|(fund, sum)| Ok((fund.clone(), money(sum, self.currency)?))).collect::<Result<_, Error>>()
        };
        Ok(BudgetSums {
            total: total(&by_fund)?,
            by_fiscal_year: by_year
                .iter()
                .map(|(year, sums)| Ok((*year, total(sums)?)))
                .collect::<Result<_, Error>>()?,
            by_fund: each(&by_fund)?,
            by_fiscal_year_and_fund: by_year
                .iter()
                .map(|(year, sums)| Ok((*year, each(sums)?)))
                .collect::<Result<_, Error>>()?,
        })
    }
}

/// Refuses two currencies.
///
/// # Errors
/// They differ.
pub(crate) fn one_currency(old: Currency, new: Currency) -> Result<(), Error> {
    if old == new {
        return Ok(());
    }
    let message = message!(
        "a difference is that of two files in one currency; expected the same in both",
        "un écart est celui de deux fichiers dans une seule monnaie ; attendu : la même dans les deux"
    );
    Err(Error::single(Code::Conflict, "currency", message))
}
