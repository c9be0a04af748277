//! Payments beside the model's ledger: by line and month, and why they differ.
//!
//! In: a scenario's pathway and a table of payments (`table`). Out: the difference between the ledger and the payments
//! in six parts that add up to it, to the cent (`variance`), by line, category, fiscal year and fund.
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
//! fund pays of a part follows from the shares of the category in the solution of the month, by largest remainder; a
//! fund's payments are what the model has for it and its parts.

mod cells;
mod table;
mod variance;

use std::fmt;

use serde::{Serialize, Serializer};

use self::cells::Cells;
pub use self::table::{Payment, PaymentRows, PaymentTable};
pub use self::variance::{LineVariance, Variance};
use self::variance::{Part, Sums};
use crate::about::{About, about_methods};
use crate::error::{Code, Error};
use crate::ledger::{Ledger, allot, money, shares_of};
use crate::message;
use crate::names::Basis;
use crate::options::setters;
use crate::reading::Findings;
use crate::scenario::Scenario;
use crate::types::{Id, Money, Month};

/// The pathway that is paid for, and the months that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentOptions {
    /// The name of the pathway, or of a solution.
    pub pathway: String,
    /// The first month compared; the scenario's first if left out.
    pub from: Option<Month>,
    /// The last month compared; that of the latest payment if left out.
    pub until: Option<Month>,
    /// The greatest number of months between a charge and its payment; 2 unless set.
    pub window: u32,
}

impl PaymentOptions {
    /// Payments for a pathway, or a solution.
    pub fn new(pathway: impl Into<String>) -> Self {
        Self { pathway: pathway.into(), from: None, until: None, window: 2 }
    }
}

setters!(PaymentOptions {
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
        let ledger = self.ledger(&options.pathway)?;
        let read = table::checked(self, payments)?;
        let (from, until) = months(self, &read, options)?;
        let cells = Cells::new(&ledger, read.iter().map(|paid| &paid.paid), from..=until);
        let parts = cells.parts(options.window);
        Payments::new(self, &ledger, &parts, (from, until), options.window)
    }
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

/// Payments beside the model's ledger of a pathway.
#[derive(Clone, PartialEq, Eq)]
pub struct Payments {
    about: About,
    pathway: Id,
    from: Month,
    until: Month,
    window: u32,
    sums: Sums,
    /// The model's entries after the last month compared.
    rest: Money,
    /// What was paid, and the rest.
    forecast: Money,
}

about_methods!(Payments);

impl Payments {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    fn new(
        scenario: &Scenario,
        ledger: &Ledger,
        parts: &[Part],
        (from, until): (u32, u32),
        window: u32,
    ) -> Result<Self, Error> {
        let month = |at: u32| scenario.start().plus(i32::try_from(at).unwrap_or(i32::MAX));
        let inner = scenario.inner();
        let year = |at: u32| month(at).fiscal_year(scenario.fiscal_year_start());
        let mut sums = variance::Collector::default();
        for part in parts {
            sums.add(part, year(part.month));
            let solution = scenario.solutions().get_index(ledger.solution_at(part.month));
            let category = inner.categories.get(part.category).map(|declared| &declared.id);
            let (Some((_, solution)), Some(category)) = (solution, category) else { continue };
            let shares = shares_of(inner, solution, category);
            part.effects.each(|kind, minor| allot(minor, &shares, |fund, share| sums.add_to_fund(fund, kind, share)));
        }
        for entry in ledger.entries().filter(|entry| (from..=until).contains(&entry.month_index())) {
            for (fund, amount) in entry.funds() {
                let place = inner.funds.iter().position(|declared| declared.id == *fund);
                sums.add_model_to_fund(place.unwrap_or(0), amount.minor());
            }
        }
        let rest =
            ledger.entries().filter(|entry| entry.month_index() > until).map(|entry| entry.amount().minor()).sum();
        let (sums, rest) = (sums.finish(scenario)?, money(rest, scenario.currency())?);
        Ok(Self {
            about: About::new(scenario, Basis::Nominal),
            pathway: ledger.pathway().clone(),
            from: month(from),
            until: month(until),
            window,
            forecast: sums.total.paid.checked_add(rest).ok_or_else(crate::ledger::too_large)?,
            sums,
            rest,
        })
    }

    /// The pathway.
    pub fn pathway(&self) -> &Id {
        &self.pathway
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
