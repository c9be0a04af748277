//! Cost lines: what is paid, for whom, when, and what switches it on, off or lets it taper.

use std::collections::BTreeMap;

use num_rational::BigRational;

use crate::names::{Clock, ScheduleName};
use crate::scenario::distribution::Distribution;
use crate::scenario::driver::DriverName;
use crate::types::{Amount, Currency, Id, Label, Month, Text};

/// The months in which a line is charged, on the line's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Schedule {
    /// `from <= k < until`.
    Monthly {
        /// First month.
        from: u32,
        /// The month that is no longer charged.
        until: Option<u32>,
    },
    /// `k = at`.
    Once {
        /// The month.
        at: u32,
    },
    /// `from <= k < until`, every `months` months from `from` on.
    Every {
        /// The period, 1 or more.
        months: u32,
        /// First month.
        from: u32,
        /// The month that is no longer charged.
        until: Option<u32>,
    },
    /// Certain calendar months, `from <= k < until`.
    Calendar {
        /// Numbers of calendar months, 1 to 12, ascending.
        months: Vec<u32>,
        /// First month.
        from: u32,
        /// The month that is no longer charged.
        until: Option<u32>,
    },
    /// Certain months.
    Dates {
        /// The months, ascending.
        months: Vec<Month>,
    },
    /// The last month of a stage that another one follows within the horizon.
    OnExit,
    /// The last month of the run of stages that the line's clock counts, if another stage follows it within the horizon
    /// or support ends there before the horizon.
    OnEnd,
    /// Every month but the pathway's first, for the members who join in it.
    OnJoin,
    /// Every month, for the members who leave with the next.
    OnLeave,
}

impl Schedule {
    /// Every month from the first on.
    pub const MONTHLY: Self = Self::Monthly { from: 0, until: None };

    /// The name in files.
    pub const fn name(&self) -> ScheduleName {
        match self {
            Self::Monthly { .. } => ScheduleName::Monthly,
            Self::Once { .. } => ScheduleName::Once,
            Self::Every { .. } => ScheduleName::Every,
            Self::Calendar { .. } => ScheduleName::Calendar,
            Self::Dates { .. } => ScheduleName::Dates,
            Self::OnExit => ScheduleName::OnExit,
            Self::OnEnd => ScheduleName::OnEnd,
            Self::OnJoin => ScheduleName::OnJoin,
            Self::OnLeave => ScheduleName::OnLeave,
        }
    }
}

/// The price of one unit of the driver in a month in which the line is charged, in prices of the line's price base.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Price {
    /// A fixed amount; negative for a credit.
    Amount(Amount),
    /// Tariffs by the month from which they hold: all 0 or more, or all 0 or less. Each is in prices of its own month.
    Dated(BTreeMap<Month, Amount>),
    /// Something that happens at random, charged at its expectation: `per_year / 12 × mean(severity)`.
    Event {
        /// The number of events a year for each unit of the driver, 0 or more.
        per_year: Amount,
        /// The cost of one event; never below 0.
        severity: Distribution,
    },
}

impl Price {
    /// The tariff in force in a month, with the month from which it holds.
    pub(crate) fn tariff(&self, month: Month) -> Option<(Month, Amount)> {
        match self {
            Self::Dated(tariffs) => tariffs.range(..=month).next_back().map(|(&from, &amount)| (from, amount)),
            _ => None,
        }
    }

    /// True if it is a credit.
    pub(crate) fn is_credit(&self) -> bool {
        let negative = |amount: &Amount| amount.to_decimal().is_sign_negative();
        match self {
            Self::Amount(amount) => negative(amount),
            Self::Dated(tariffs) => tariffs.values().any(negative),
            Self::Event { .. } => false,
        }
    }
}

/// The relief of a cost once the household can earn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relief {
    /// The profile off which the share is read.
    pub profile: Id,
    /// The entitlements that must be held, without a break.
    pub requires: Vec<Id>,
    /// The driver that must not be 0.
    pub needs: Option<DriverName>,
}

/// The calendar months in which a line may be charged: `from <= month < until`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Valid {
    /// The first month.
    pub from: Option<Month>,
    /// The first month that is no longer one.
    pub until: Option<Month>,
}

impl Valid {
    /// True if a charge may fall in a month.
    pub fn contains(self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.until.is_none_or(|until| month < until)
    }

    /// The months in both.
    pub(crate) fn and(self, other: Self) -> Self {
        let until = [self.until, other.until].into_iter().flatten().min();
        Self { from: self.from.max(other.from), until }
    }
}

/// The charge of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charge {
    /// A price for each unit of a driver.
    Priced(Box<Priced>),
    /// A share of other lines' charges.
    Percentage(Percentage),
    /// A refund of another line's charges at the end.
    Refund(Refund),
}

/// A price for each unit of a driver, by a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Priced {
    /// For how many units it is paid.
    pub driver: DriverName,
    /// In which months.
    pub schedule: Schedule,
    /// At which price for each unit.
    pub price: Price,
    /// The currency of the price.
    pub currency: Currency,
    /// The index by which the price grows, if any.
    pub index: Option<Id>,
    /// The relief, if it has one.
    pub relief: Option<Relief>,
    /// The event from which its months are counted.
    pub clock: Clock,
    /// The calendar year of whose prices `price` is; none of dated amounts, each of which is of its own month.
    pub price_base_year: Option<i32>,
    /// True if it was read as a credit, also where a question sets its amount to 0.
    pub(crate) credit: bool,
}

/// A tax, a fee or an overhead: a share of each charge of other lines.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Percentage {
    /// The share, above 0; 13 per cent is 0.13.
    pub share: Amount,
    /// Lines that it is a percentage of.
    pub lines: Vec<Id>,
    /// Categories of whose lines it is a percentage. With neither it is one of all lines.
    pub categories: Vec<Id>,
    /// Lines that it is never a percentage of.
    pub except: Vec<Id>,
}

/// A deposit that comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refund {
    /// The line of which it is a refund.
    pub of: Id,
    /// The share that comes back, above 0 and at most 1.
    pub share: Amount,
}

/// A cost line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// The category in which it is counted; none only of a percentage line that is counted in those of its charges.
    pub category: Option<Id>,
    /// The label.
    pub label: Label,
    /// The charge.
    pub charge: Charge,
    /// Entitlements that a solution must hold for the line to apply.
    pub when: Vec<Id>,
    /// Entitlements of which a solution may hold none.
    pub unless: Vec<Id>,
    /// The solutions to which it applies; all where there are none.
    pub solutions: Vec<Id>,
    /// The places at which it applies, whose prices its amounts are; anywhere where there are none.
    pub places: Vec<Id>,
    /// The months in which it may be charged.
    pub valid: Valid,
    /// Where the price comes from.
    pub source: Text,
    /// The factor on the line, 1 unless a question sets another; 0 or more.
    pub(crate) factor: BigRational,
}

impl Line {
    /// True if the source says that the amount is only an illustration.
    pub fn is_illustrative(&self) -> bool {
        const MARK: &[u8] = b"illustrative";
        let head = self.source.as_str().trim_start().as_bytes().get(..MARK.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(MARK))
    }

    /// Its price, driver and schedule, unless it is a percentage or a refund.
    pub fn priced(&self) -> Option<&Priced> {
        match &self.charge {
            Charge::Priced(priced) => Some(priced),
            _ => None,
        }
    }

    pub(crate) fn priced_mut(&mut self) -> Option<&mut Priced> {
        match &mut self.charge {
            Charge::Priced(priced) => Some(priced),
            _ => None,
        }
    }

    /// Its price, unless it is a percentage or a refund.
    pub fn price(&self) -> Option<&Price> {
        self.priced().map(|priced| &priced.price)
    }

    /// The entitlements that the line names anywhere, some perhaps twice.
    pub fn entitlements(&self) -> impl Iterator<Item = &Id> {
        let relief = self.priced().and_then(|priced| priced.relief.as_ref());
        let requires = relief.into_iter().flat_map(|relief| &relief.requires);
        self.when.iter().chain(&self.unless).chain(requires)
    }
}
