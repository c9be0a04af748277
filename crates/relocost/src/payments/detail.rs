//! What a comparison of payments was made of: each payment with its worth, and each line's month with its parts.

use num_rational::BigRational;
use rust_decimal::Decimal;

use super::table::Paid;
use super::variance::{Met, Part, Variance, variance_of};
use super::{Payments, Subject};
use crate::error::Error;
use crate::ledger::{Exact, FundShares, allot_to_all, money};
use crate::postings::Owner;
use crate::programme::Programme;
use crate::scenario::{Declared, Line};
use crate::types::{Currency, Id, Money, Month};

/// The payments and the parts with the shares of funds, by their places.
pub(super) struct Detail {
    pub(super) read: Vec<Paid>,
    pub(super) cells: Vec<(Part, FundShares)>,
    /// The solution of each month of a pathway; empty of a programme.
    pub(super) solutions: Vec<usize>,
}

/// A payment, and what it is worth in the scenario's currency: its amount times its rate, rounded once, half to even.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PaymentWorth<'p> {
    /// The month.
    pub month: Month,
    /// The category.
    pub category: &'p Id,
    /// The line; `None` of a payment that names a category only.
    pub line: Option<&'p Line>,
    /// The amount, in the payment's currency.
    pub amount: Decimal,
    /// The currency of the payment.
    pub currency: Currency,
    /// The payment's own exchange rate, if it gives one.
    pub rate: Option<Decimal>,
    /// The scenario's exchange rate of the month, if there is one; 1 in the scenario's currency.
    pub model_rate: Option<Decimal>,
    /// Units of the line's driver, if it gives them.
    pub quantity: Option<Exact>,
    /// What it is worth.
    pub worth: Money,
    /// The part of that which comes from its own rate.
    pub exchange: Money,
}

/// How the model and the payments of a line meet in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meeting {
    /// Both have something in this month.
    Both,
    /// The model alone has; it was paid in another month.
    PaidIn(Month),
    /// Payments alone are here; the model has it in another month.
    ModelIn(Month),
    /// The model alone has, and nobody paid.
    NotPaid,
    /// Payments alone are here, and the model has nothing.
    NotPlanned,
}

/// A line in a month: what the model has, what was paid, and why they differ.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PaymentCell<'p> {
    /// The month.
    pub month: Month,
    /// The fiscal year.
    pub fiscal_year: i32,
    /// The category.
    pub category: &'p Id,
    /// The line; `None` of payments that name a category only.
    pub line: Option<&'p Line>,
    /// How the two sides meet.
    pub meeting: Meeting,
    /// Units that the model has, where those of the payments are compared with them.
    pub quantity: Option<Exact>,
    /// Units that the payments give, where they are compared.
    pub paid_quantity: Option<Exact>,
    /// The figures.
    pub variance: Variance,
    /// The solution in which the household is in this month; `None` of a programme, whose cases are in many.
    pub solution: Option<&'p Id>,
    shares: &'p FundShares,
    funds: &'p [Declared],
}

/// The decimals of a share.
const SHARE_DECIMALS: u32 = 12;

impl<'p> PaymentCell<'p> {
    /// What funds pay of each part of the difference, as shares that add up to 1.
    pub fn shares(&self) -> Vec<(&'p Id, Decimal)> {
        let share = |&(fund, share): &(usize, i128)| {
            let share = Decimal::try_from_i128_with_scale(share, SHARE_DECIMALS).ok()?;
            Some((&self.funds.get(fund)?.id, share.normalize()))
        };
        self.shares.iter().filter_map(share).collect()
    }

    /// A part of the difference divided among funds, by largest remainder; of equal remainders the first in the order of
    /// the shares gets the unit.
    pub fn divided(&self, part: Money) -> Vec<(&'p Id, Money)> {
        let mut funds = Vec::new();
        allot_to_all(part.minor(), self.shares, |fund, minor| {
            funds.extend(self.funds.get(fund).map(|fund| &fund.id).zip(Money::from_minor(minor, part.currency())));
        });
        funds
    }
}

impl Payments {
    /// The programme that is paid for as planned, where it is one.
    pub fn programme(&self) -> Option<&Programme> {
        self.subject.programme()
    }

    /// The payments, in the order in which they were read.
    ///
    /// # Errors
    /// A sum is too large to write.
    pub fn worths(&self) -> impl ExactSizeIterator<Item = Result<PaymentWorth<'_>, Error>> {
        self.detail.read.iter().map(|paid| {
            let currency = self.currency();
            let (category, line) = self.subject.named(Owner { category: paid.category, line: paid.line });
            Ok(PaymentWorth {
                month: self.subject.month(paid.month),
                category,
                line,
                amount: paid.given.amount,
                currency: paid.given.currency,
                rate: paid.given.rate,
                model_rate: paid.given.model_rate,
                quantity: paid.quantity.clone().map(Exact::new),
                worth: money(paid.minor, currency)?,
                exchange: money(paid.exchange, currency)?,
            })
        })
    }

    /// Each line's months in which the model or the payments have something, by line.
    ///
    /// # Errors
    /// A sum is too large to write.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Result<PaymentCell<'_>, Error>> {
        self.detail.cells.iter().map(move |(part, shares)| {
            let (category, line) = self.subject.named(part.owner);
            let month = |at| self.subject.month(at);
            let solution = self.detail.solutions.get(part.month as usize);
            let quantity = |of: fn(&(BigRational, BigRational)) -> &BigRational| {
                part.quantities.as_ref().map(|quantities| Exact::new(of(quantities).clone()))
            };
            let scenario = &self.subject.scenario;
            Ok(PaymentCell {
                month: month(part.month),
                fiscal_year: month(part.month).fiscal_year(scenario.fiscal_year_start()),
                category,
                line,
                meeting: match part.met {
                    Met::Both => Meeting::Both,
                    Met::PaidIn(at) => Meeting::PaidIn(month(at)),
                    Met::ModelIn(at) => Meeting::ModelIn(month(at)),
                    Met::NotPaid => Meeting::NotPaid,
                    Met::NotPlanned => Meeting::NotPlanned,
                },
                quantity: quantity(|(model, _)| model),
                paid_quantity: quantity(|(_, paid)| paid),
                variance: variance_of(part, self.currency())?,
                solution: solution.and_then(|place| scenario.solutions().get_index(*place)).map(|(id, _)| id),
                shares,
                funds: scenario.funds(),
            })
        })
    }
}

impl Subject {
    /// The category and the line of an owner.
    fn named(&self, owner: Owner) -> (&Id, Option<&Line>) {
        let line = owner.line.and_then(|place| self.line_at(place));
        (&self.scenario.categories()[owner.category].id, line)
    }
}
