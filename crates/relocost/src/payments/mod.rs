//! Payments beside the model's ledger: by line and month, and why they differ.
//!
//! In: a scenario's pathway or a programme as planned (`subject`), and a table of payments (`table`). Out: the difference
//! between the ledger and the payments in six parts that add up to it, to the cent (`variance`), by line, category, fiscal
//! year and fund, and what they were made of (`detail`).
//!
//! A payment is its amount times its rate, rounded once, half to even. The model's entries and the payments are summed
//! by line and month, each sum a cell:
//!
//! | cells of a line | difference |
//! |---|---|
//! | model M and payments A in one month | `exchange`: what the payments' own rates make; `volume`: round((Q - q) × M / q), where every payment gives its quantity (Q their sum, q the model's); `price`: the rest |
//! | model M in one month, payments A in another at most `window` months away | `timing`: -M in the model's month and +M in the payments'; `exchange` and `price` in the payments' month |
//! | model M alone | `not_paid`: -M |
//! | payments A alone, or of a category without a line | `not_planned`: A |
//!
//! Cells of one side are paired in the order of their months, each with the earliest that is near enough. What each
//! fund pays of a part follows from the shares of the category in the solution of the month, by largest remainder; of a
//! programme, whose cases are in many solutions, from what each fund pays of the line in the model over the months
//! compared, or of the category where the model has nothing of the line. A fund's payments are what the model has for it and its parts.

mod cells;
mod detail;
mod estimate;
mod subject;
mod table;
mod variance;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use self::cells::Cells;
use self::detail::Detail;
pub use self::detail::{Meeting, PaymentCell, PaymentWorth};
use self::estimate::Samples;
pub use self::estimate::{ENOUGH_PRICES, EventRate, PriceEstimate, PriceEstimateOptions, PriceEstimates};
use self::subject::Subject;
pub use self::table::{Payment, PaymentRows, PaymentTable};
pub use self::variance::{LineVariance, Variance};
use self::variance::{Part, Sums};
use crate::about::{About, about_methods};
use crate::error::{Code, Error};
use crate::ledger::{Entry, FundShares, ONE_SHARE, allot, money, shares_of};
use crate::message;
use crate::names::Basis;
use crate::options::setters;
use crate::postings::{Owner, PostingSums, Postings, Side};
use crate::programme::Programme;
use crate::reading::Findings;
use crate::scenario::Scenario;
use crate::types::{Id, Label, Money, Month};
use crate::watch::{Pulse, Watch};

/// The pathway that is paid for, and the months that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentOptions {
    /// The name of the pathway, or of a solution; none of a programme, which is paid for as planned.
    pub pathway: Option<String>,
    /// The first month compared; the scenario's or the programme's first if left out.
    pub from: Option<Month>,
    /// The last month compared; that of the latest payment if left out.
    pub until: Option<Month>,
    /// The greatest number of months between a charge and its payment; 2 unless set.
    pub window: u32,
}

impl PaymentOptions {
    /// Payments for a pathway, or a solution.
    pub fn new(pathway: impl Into<String>) -> Self {
        Self { pathway: Some(pathway.into()), ..Self::default() }
    }
}

impl Default for PaymentOptions {
    fn default() -> Self {
        Self { pathway: None, from: None, until: None, window: 2 }
    }
}

setters!(PaymentOptions {
    /// Sets the pathway.
    pathway?: String,
    /// Sets the first month compared.
    from?: Month,
    /// Sets the last month compared.
    until?: Month,
    /// Sets the greatest number of months between a charge and its payment.
    window: u32,
});

impl Scenario {
    /// Compares payments with the ledger of a pathway.
    ///
    /// ```
    /// use relocost::payments::{PaymentOptions, PaymentTable};
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
    /// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n2026-04,short-let,875,EUR\n";
    /// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "payments.csv")?, &PaymentOptions::new("temporary"))?;
    /// let rent = paid.lines().find(|line| line.line.as_ref().is_some_and(|id| id.as_str() == "short-let"));
    /// assert_eq!(rent.map(|line| line.variance.price.to_string()).as_deref(), Some("50.00"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is no such pathway; a row is wrong, names no line or category of the scenario, falls outside the months
    /// compared, or is in a currency without a rate; the months compared are not in the horizon; a sum is too large to
    /// write.
    pub fn payments(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
    ) -> Result<Payments, Error> {
        self.payments_under(payments, options, None)
    }

    /// [`Self::payments`], under a watch or under none.
    pub(crate) fn payments_under(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Payments, Error> {
        let name = options.pathway.as_deref().ok_or_else(|| {
            let message = message!("expected the pathway that is paid for", "le parcours qui est payé est attendu");
            Error::single(Code::MissingKey, "pathway", message)
        })?;
        let pulse = Pulse::of(watch, None);
        // An unknown pathway is told before the rows are read.
        let ledger = self.ledger_as_part(name, Basis::Nominal, &pulse.part())?;
        let subject = Subject::of_scenario(self);
        let read = table::checked(&subject, payments, &pulse)?;
        let (from, until) = months(self, &read, options)?;
        let mut model = Model::new(subject, from..=until);
        for entry in ledger.entries() {
            pulse.beat()?;
            model.add(&entry, entry.month_index(), 1)?;
        }
        let solution = |month| self.solutions().get_index(ledger.solution_at(month)).map(|(_, solution)| solution);
        let solutions = (0..self.horizon_months()).map(|month| ledger.solution_at(month)).collect();
        let shares = |part: &Part| {
            let category = &self.categories().get(part.owner.category)?.id;
            solution(part.month).map(|of| shares_of(self.inner(), of, category))
        };
        model.compare(Some((ledger.pathway().clone(), solutions)), &read, options.window, &pulse, shares)
    }
}

impl Programme {
    /// Compares payments with what the programme costs as planned: its cases and its own lines, within its fiscal years.
    ///
    /// # Errors
    /// As [`Scenario::payments`], and as [`Programme::run`]; or the options name a pathway.
    pub fn payments(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
    ) -> Result<Payments, Error> {
        self.payments_under(payments, options, None)
    }

    /// [`Self::payments`], under a watch or under none.
    pub(crate) fn payments_under(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Payments, Error> {
        if options.pathway.is_some() {
            let message = message!(
                "expected none: a programme is paid for as planned",
                "aucun n'est attendu : un programme est payé comme prévu",
            );
            return Err(Error::single(Code::Conflict, "pathway", message));
        }
        let subject = Subject::of_programme(self);
        let pulse = Pulse::of(watch, None);
        let read = table::checked(&subject, payments, &pulse)?;
        let (from, until) = months(self.setting(), &read, options)?;
        let (mut model, first) = (Model::new(subject, from..=until), self.start());
        let mut own = Vec::new();
        self.each_planned(
            &pulse.onward(),
            |ledger, copies| {
                for entry in ledger.entries() {
                    if let Ok(month) = u32::try_from(entry.month().months_since(first)) {
                        model.add(&entry, month, copies)?;
                    }
                }
                Ok(())
            },
            |line, charge| {
                // What rounds to nothing is no entry.
                if charge.minor != 0 {
                    own.push((line, charge.month, charge.units, charge.minor, charge.parts.to_vec()));
                }
            },
        )?;
        for (line, month, units, minor, parts) in own {
            model.add_own(line, month, units, minor, &parts)?;
        }
        let shares = model.shares()?;
        let of = |part: &Part| shares.get(&part.owner).or_else(|| shares.get(&part.owner.of_category())).cloned();
        model.compare(None, &read, options.window, &pulse, of)
    }
}

/// The model's side, as it is gathered.
struct Model {
    subject: Subject,
    months: RangeInclusive<u32>,
    cells: Cells,
    /// What each fund pays of each line in each month.
    postings: PostingSums,
    /// The model's charges after the last month compared.
    rest: i128,
}

impl Model {
    fn new(subject: Subject, months: RangeInclusive<u32>) -> Self {
        Self { subject, months, cells: Cells::default(), postings: PostingSums::default(), rest: 0 }
    }

    /// Adds an entry, so many times.
    ///
    /// # Errors
    /// A sum is too large.
    fn add(&mut self, entry: &Entry<'_>, month: u32, times: u32) -> Result<(), Error> {
        let minor = entry.amount().minor() * i128::from(times);
        if !self.months.contains(&month) {
            self.rest += if month > *self.months.end() { minor } else { 0 };
            return Ok(());
        }
        let Some(category) = self.subject.category(entry.category()) else { return Ok(()) };
        let owner = Owner { category, line: Some(entry.line_index()) };
        self.cells.add_entry(owner, entry, month, times);
        for (fund, part) in entry.funds() {
            let place = self.subject.scenario.funds().iter().position(|declared| declared.id == *fund).unwrap_or(0);
            self.add_part(owner, month, place, part.minor() * i128::from(times))?;
        }
        Ok(())
    }

    /// Adds what a fund pays of a line in a month.
    fn add_part(&mut self, owner: Owner, month: u32, fund: usize, minor: i128) -> Result<(), Error> {
        self.postings.add((self.subject.month(month), owner, fund), Side::Model, minor)
    }

    /// Adds a charge of one of the programme's own lines.
    ///
    /// # Errors
    /// A sum is too large.
    fn add_own(
        &mut self,
        line: usize,
        month: u32,
        units: u32,
        minor: i128,
        parts: &[(usize, i128)],
    ) -> Result<(), Error> {
        let place = self.subject.own_place(line);
        let category = self.subject.line_at(place).and_then(|line| line.category.as_ref());
        let Some(category) = category.and_then(|category| self.subject.category(category)) else { return Ok(()) };
        if month >= self.subject.scenario.horizon_months() {
            return Ok(());
        }
        if !self.months.contains(&month) {
            self.rest += if month > *self.months.end() { minor } else { 0 };
            return Ok(());
        }
        let owner = Owner { category, line: Some(place) };
        self.cells.add_own(owner, month, units, minor);
        for (fund, part) in parts {
            self.add_part(owner, month, *fund, *part)?;
        }
        Ok(())
    }

    /// The shares that the funds pay in the model of each line, and of each category whatever the line.
    ///
    /// # Errors
    /// A sum is too large.
    fn shares(&self) -> Result<BTreeMap<Owner, FundShares>, Error> {
        let mut found: BTreeMap<Owner, BTreeMap<usize, i128>> = BTreeMap::new();
        self.postings.each(|_, owner, fund, [model, _]| {
            for owner in [owner, owner.of_category()] {
                *found.entry(owner).or_default().entry(fund).or_default() += model.unwrap_or(0);
            }
            Ok(())
        })?;
        Ok(found.into_iter().filter_map(|(owner, funds)| Some((owner, shares_as(&funds)?))).collect())
    }

    /// Compares the payments; `shares` are those of funds in a part, of which the first fund pays what has none.
    fn compare(
        mut self,
        pathway: Option<(Id, Vec<usize>)>,
        read: &[table::Checked],
        window: u32,
        pulse: &Pulse<'_>,
        shares: impl Fn(&Part) -> Option<FundShares>,
    ) -> Result<Payments, Error> {
        for checked in read {
            self.cells.add_paid(&checked.paid);
        }
        let (parts, implied) = self.cells.parts(&self.subject, window, pulse)?;
        let paid: Vec<&table::Paid> = read.iter().map(|checked| &checked.paid).collect();
        let samples = estimate::samples(&self.subject, &self.cells, implied, &paid, pulse)?;
        let scenario = self.subject.scenario.clone();
        let month = |at: u32| self.subject.month(at);
        let mut sums = variance::Collector::default();
        let mut cells = Vec::with_capacity(parts.len());
        for part in parts {
            pulse.beat()?;
            sums.add(&part, month(part.month).fiscal_year(scenario.fiscal_year_start()));
            let shares = shares(&part).unwrap_or_else(|| vec![(0, ONE_SHARE)]);
            let (owner, month) = (part.owner, month(part.month));
            let mut differs = Vec::new();
            part.effects.each(|kind, minor| {
                allot(minor, &shares, |fund, share| {
                    sums.add_to_fund(fund, kind, share);
                    differs.push((fund, share));
                });
            });
            for (fund, share) in differs {
                self.postings.add((month, owner, fund), Side::Paid, share)?;
            }
            cells.push((part, shares));
        }
        self.postings.pay_the_model()?;
        self.postings.each(|_, _, fund, [model, _]| {
            sums.add_model_to_fund(fund, model.unwrap_or(0));
            Ok(())
        })?;
        pulse.end()?;
        drop(paid);
        let read = read.iter().map(|checked| checked.paid.clone()).collect();
        let (pathway, solutions) = pathway.unzip();
        let solutions = solutions.unwrap_or_default();
        let (sums, rest) = (sums.finish(&self.subject)?, money(self.rest, scenario.currency())?);
        let postings = Postings::new(&self.postings, &scenario, self.subject.own(), pathway.clone(), true)?;
        Ok(Payments {
            about: About::new(&scenario, Basis::Nominal),
            pathway,
            from: self.subject.month(*self.months.start()),
            until: self.subject.month(*self.months.end()),
            window,
            forecast: sums.total.paid.checked_add(rest).ok_or_else(crate::ledger::too_large)?,
            subject: self.subject,
            samples,
            detail: Arc::new(Detail { read, cells, solutions }),
            sums,
            rest,
            postings,
        })
    }
}

/// The shares of what each fund pays; none where that is 0. What goes to a fund against the sign of the whole is no share.
fn shares_as(funds: &BTreeMap<usize, i128>) -> Option<FundShares> {
    let sign = funds.values().sum::<i128>().signum();
    let weights = || funds.iter().map(|(&fund, &minor)| (fund, (minor * sign).max(0)));
    let all: i128 = weights().map(|(_, weight)| weight).sum();
    let share = |weight: i128| weight.checked_mul(ONE_SHARE)?.checked_div(all);
    let mut shares = weights().map(|(fund, weight)| Some((fund, share(weight)?))).collect::<Option<FundShares>>()?;
    // What the divisions leave is the first fund's, so that the shares are the whole.
    let left = ONE_SHARE - shares.iter().map(|(_, share)| share).sum::<i128>();
    shares.first_mut()?.1 += left;
    Some(shares)
}

/// The first and the last month compared, as months since the start.
fn months(scenario: &Scenario, paid: &[table::Checked], options: &PaymentOptions) -> Result<(u32, u32), Error> {
    let place = |month: Month| u32::try_from(month.months_since(scenario.start())).ok();
    let horizon = scenario.horizon_months();
    let outside = |key: &str| {
        let message = message!("expected a month within the horizon", "un mois dans l'horizon est attendu");
        Error::single(Code::OutOfRange, key, message)
    };
    let within = |month: Month, key: &str| place(month).filter(|&at| at < horizon).ok_or_else(|| outside(key));
    let from = options.from.map_or(Ok(0), |month| within(month, "from"))?;
    let latest = paid.iter().map(|paid| paid.paid.month).max().unwrap_or(from);
    let until = options.until.map_or(Ok(latest), |month| within(month, "until"))?;
    if until < from {
        let message = message!(
            "expected a last month that is not before the first",
            "un dernier mois qui ne précède pas le premier est attendu"
        );
        return Err(Error::single(Code::OutOfRange, "until", message));
    }
    let mut findings = Findings::default();
    findings.keep(paid.iter().filter(|paid| !(from..=until).contains(&paid.paid.month)).map(table::Checked::outside));
    findings.finish().map(|()| (from, until))
}

/// Payments beside the model.
#[derive(Clone)]
pub struct Payments {
    about: About,
    subject: Subject,
    samples: BTreeMap<usize, Samples>,
    detail: Arc<Detail>,
    pathway: Option<Id>,
    from: Month,
    until: Month,
    window: u32,
    sums: Sums,
    postings: Postings,
    /// The model's entries after the last month compared.
    rest: Money,
    /// What was paid, and the rest.
    forecast: Money,
}

about_methods!(Payments);

impl PartialEq for Payments {
    fn eq(&self, other: &Self) -> bool {
        let told = |of: &Self| (of.from, of.until, of.window, of.rest, of.forecast);
        told(self) == told(other)
            && self.about == other.about
            && self.pathway == other.pathway
            && self.sums == other.sums
    }
}

impl Eq for Payments {}

impl Payments {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The pathway; none of a programme.
    pub fn pathway(&self) -> Option<&Id> {
        self.pathway.as_ref()
    }

    /// The label of a line that is compared; `None` if none has this id.
    pub fn line_label(&self, id: &Id) -> Option<&Label> {
        self.subject.line(id.as_str()).map(|(_, line)| &line.label)
    }

    /// The first and the last month compared.
    pub fn months(&self) -> (Month, Month) {
        (self.from, self.until)
    }

    /// The greatest number of months between a charge and its payment.
    pub fn window(&self) -> u32 {
        self.window
    }

    /// The whole: the sum of any of the tables.
    pub fn total(&self) -> &Variance {
        &self.sums.total
    }

    /// By line, in the order of the scenario, then by category of payments that name no line.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &LineVariance> {
        self.sums.lines.iter()
    }

    /// By category, in the order of the scenario.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = (&Id, &Variance)> {
        self.sums.categories.iter()
    }

    /// By fiscal year.
    pub fn fiscal_years(&self) -> impl ExactSizeIterator<Item = (i32, &Variance)> {
        self.sums.fiscal_years.iter().map(|(year, variance)| (*year, variance))
    }

    /// By fund, in the order of the scenario.
    pub fn funds(&self) -> impl ExactSizeIterator<Item = (&Id, &Variance)> {
        self.sums.funds.iter()
    }

    /// The model's entries after the last month compared.
    pub fn rest(&self) -> Money {
        self.rest
    }

    /// What each fund pays for each line by month: what the model has, and beside it what was paid. The sums of a category
    /// and of a fund are those of this comparison.
    pub fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The cost to expect: what was paid, and the model's entries after the last month compared.
    pub fn forecast(&self) -> Money {
        self.forecast
    }
}

impl Serialize for Payments {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Payments", 2 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("payments", &Compared(self))?;
        out.end()
    }
}

/// The part of the JSON that is about the payments.
struct Compared<'p>(&'p Payments);

impl Serialize for Compared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Self(payments) = self;
        let mut out = serializer.serialize_struct("Compared", 11)?;
        out.serialize_field("pathway", &payments.pathway)?;
        out.serialize_field("from", &payments.from)?;
        out.serialize_field("until", &payments.until)?;
        out.serialize_field("window", &payments.window)?;
        out.serialize_field("total", &payments.sums.total)?;
        out.serialize_field("rest", &payments.rest)?;
        out.serialize_field("forecast", &payments.forecast)?;
        out.serialize_field("lines", &payments.sums.lines)?;
        out.serialize_field("by_category", &payments.sums.categories)?;
        out.serialize_field("by_fiscal_year", &payments.sums.fiscal_years)?;
        out.serialize_field("by_fund", &payments.sums.funds)?;
        out.end()
    }
}

impl fmt::Debug for Payments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payments(of {} lines)", self.sums.lines.len())
    }
}
