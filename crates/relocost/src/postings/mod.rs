//! What each fund pays for each line, by month: the bookings that a journal of accounts is written from.
//!
//! In: entries, the charges of a programme's own lines, and payments, as the ledger, the programme and the payments divide
//! them among funds (`sums`). Out: [`Postings`], each from the account of a line to that of a fund (`accounts`), whose sums
//! by category and by fund are those of the result that they come from.

mod accounts;
mod sums;

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use self::accounts::Accounts;
pub(crate) use self::accounts::declared_line;
pub(crate) use self::sums::{Owner, PostingSums, Side};
use crate::about::{About, about_methods};
use crate::error::Error;
use crate::ledger::{Ledger, Payers, money};
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::{Id, Label, Money, Month};
use crate::watch::Pulse;

/// What a booking is made of: the charges, or payments, of a line in a month for which a fund pays.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Posting<'p> {
    /// The month.
    pub month: Month,
    /// The category.
    pub category: &'p Id,
    /// The line; `None` of payments that name a category only.
    pub line: Option<&'p Id>,
    /// The label of the line, or of the category without one.
    pub label: &'p Label,
    /// The fund that pays.
    pub fund: &'p Id,
    /// The account of the line, such as `Expenses:Housing:Rent`, which is debited.
    pub account: &'p str,
    /// The account of the fund, such as `Equity:Funds:Regular-budget`, which is credited.
    pub fund_account: &'p str,
    /// What the model has; `None` where it has nothing.
    pub model: Option<Money>,
    /// What was paid; `None` where nothing was, and where there are no payments.
    pub paid: Option<Money>,
}

/// A booking by the places of its names.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    month: Month,
    owner: Owner,
    fund: usize,
    model: Option<Money>,
    paid: Option<Money>,
}

/// An account: its name, and the label of what it is of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Account<'p> {
    /// The name, such as `Expenses:Housing:Rent`.
    pub name: &'p str,
    /// The label of the category, the line or the fund.
    pub label: &'p Label,
    /// True of the account of a fund.
    pub is_fund: bool,
}

/// Bookings by month, category, line and fund: of a pathway, of a caseload, of a programme as planned, or of payments
/// beside either.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let ledger = scenario.ledger("permanent")?;
/// let postings = ledger.postings()?;
/// let sum: i128 = postings.iter().filter_map(|posting| posting.model).map(|money| money.minor()).sum();
/// assert_eq!(sum, ledger.total().minor());
/// let rent = postings.iter().find(|posting| posting.line.is_some_and(|line| line.as_str() == "rent"));
/// assert_eq!(rent.map(|rent| rent.account), Some("Expenses:Housing:Rent"));
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct Postings {
    about: About,
    pathway: Option<Id>,
    has_payments: bool,
    /// The programme's own lines, where it is of one, whose places follow those of the households' lines.
    own: Option<Scenario>,
    accounts: Accounts,
    rows: Vec<Row>,
    model: Money,
    paid: Money,
}

about_methods!(Postings);

impl PartialEq for Postings {
    fn eq(&self, other: &Self) -> bool {
        (self.has_payments, &self.pathway, &self.rows) == (other.has_payments, &other.pathway, &other.rows)
            && self.about == other.about
    }
}

impl Eq for Postings {}

impl Postings {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// # Errors
    /// A sum is too large to write.
    pub(crate) fn new(
        sums: &PostingSums,
        scenario: &Scenario,
        own: Option<&Scenario>,
        pathway: Option<Id>,
        has_payments: bool,
    ) -> Result<Self, Error> {
        let (currency, mut rows) = (scenario.currency(), Vec::new());
        let (mut model, mut paid) = (0, 0);
        sums.each(|month, owner, fund, [expected, given]| {
            model += expected.unwrap_or(0);
            paid += given.unwrap_or(0);
            let amount = |minor: Option<i128>| minor.map(|minor| money(minor, currency)).transpose();
            rows.push(Row { month, owner, fund, model: amount(expected)?, paid: amount(given)? });
            Ok(())
        })?;
        rows.sort_by_key(|row| (row.month, row.owner, row.fund));
        Ok(Self {
            accounts: Accounts::new(scenario, own, rows.iter().map(|row| row.owner)),
            about: About::new(scenario, Basis::Nominal),
            own: own.cloned(),
            pathway,
            has_payments,
            rows,
            model: money(model, currency)?,
            paid: money(paid, currency)?,
        })
    }

    /// The pathway; none of a programme.
    pub fn pathway(&self) -> Option<&Id> {
        self.pathway.as_ref()
    }

    /// True if payments stand beside the model.
    pub fn has_payments(&self) -> bool {
        self.has_payments
    }

    /// The sum of what the model has.
    pub fn model(&self) -> Money {
        self.model
    }

    /// The sum of what was paid.
    pub fn paid(&self) -> Money {
        self.paid
    }

    /// The number of bookings.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if nothing is booked.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The bookings by month; within it by category, line and fund, in the order declared.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Posting<'_>> + Clone {
        self.rows.iter().map(|row| self.posting(row))
    }

    /// The accounts that have bookings, and those of their categories: expenses, then funds, in the order declared.
    pub fn accounts(&self) -> impl Iterator<Item = Account<'_>> {
        self.accounts.used(self.about.scenario(), self.own.as_ref())
    }

    /// What the model has on each account by month: those of lines, then those of funds, which have the opposite sign.
    ///
    /// # Errors
    /// A sum is too large to write.
    pub fn model_by_account(&self) -> Result<IndexMap<&str, BTreeMap<Month, Money>>, Error> {
        let (mut lines, mut funds) = (BTreeMap::new(), BTreeMap::new());
        for row in &self.rows {
            let Some(model) = row.model else { continue };
            let sums = [
                lines.entry(row.owner).or_insert_with(BTreeMap::new),
                funds.entry(row.fund).or_insert_with(BTreeMap::new),
            ];
            for (months, minor) in sums.into_iter().zip([model.minor(), -model.minor()]) {
                *months.entry(row.month).or_insert(0_i128) += minor;
            }
        }
        let lines = lines.into_iter().map(|(owner, months)| (self.accounts.of_owner(owner), months));
        let funds = funds.into_iter().map(|(fund, months)| (self.accounts.of_fund(fund), months));
        let written = |months: BTreeMap<Month, i128>| {
            let months = months.into_iter().map(|(month, minor)| Ok((month, money(minor, self.currency())?)));
            months.collect::<Result<BTreeMap<Month, Money>, Error>>()
        };
        lines.chain(funds).map(|(account, months)| Ok((account, written(months)?))).collect()
    }

    fn posting<'p>(&'p self, row: &Row) -> Posting<'p> {
        let scenario = self.about.scenario();
        let category = &scenario.categories()[row.owner.category];
        let declared = row.owner.line.and_then(|place| declared_line(scenario, self.own.as_ref(), place));
        let line = declared.map(|(_, line)| line);
        Posting {
            month: row.month,
            category: &category.id,
            line: line.map(|line| &line.id),
            label: line.map_or(&category.label, |line| &line.label),
            fund: &scenario.funds()[row.fund].id,
            account: self.accounts.of_owner(row.owner),
            fund_account: self.accounts.of_fund(row.fund),
            model: row.model,
            paid: row.paid,
        }
    }
}

impl Ledger {
    /// What each fund pays for each line, by month.
    ///
    /// # Errors
    /// A sum is too large to write.
    pub fn postings(&self) -> Result<Postings, Error> {
        let scenario = self.scenario();
        let payers = Payers::new(scenario.inner(), &Pulse::of(None, None))?;
        let mut sums = PostingSums::default();
        sums.add_ledger(self, &payers, 1, |_| true)?;
        let mut postings = Postings::new(&sums, scenario, None, Some(self.pathway().clone()), false)?;
        postings.about = self.about().clone();
        Ok(postings)
    }
}

impl fmt::Debug for Postings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Postings({})", self.rows.len())
    }
}

impl Serialize for Posting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Posting", 8)?;
        out.serialize_field("month", &self.month)?;
        out.serialize_field("category", &self.category)?;
        out.serialize_field("line", &self.line)?;
        out.serialize_field("fund", &self.fund)?;
        out.serialize_field("account", &self.account)?;
        out.serialize_field("fund_account", &self.fund_account)?;
        out.serialize_field("model", &self.model)?;
        out.serialize_field("paid", &self.paid)?;
        out.end()
    }
}

impl Serialize for Postings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Postings", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("pathway", &self.pathway)?;
        out.serialize_field("model", &self.model)?;
        out.serialize_field("paid", &self.has_payments.then_some(self.paid))?;
        out.serialize_field("postings", &self.iter().collect::<Vec<_>>())?;
        out.end()
    }
}
