//! Cost lines: what is paid, for whom, when, and what switches it on, off or lets it taper.

use num_rational::BigRational;

use crate::names::{Clock, Driver, ScheduleName};
use crate::scenario::distribution::Distribution;
use crate::types::{Amount, Currency, Id, Label, Text};

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
    /// The last month of a stage that another one follows within the horizon.
    OnExit,
    /// Every month but the pathway's first, for the members who join in it.
    OnJoin,
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
            Self::OnExit => ScheduleName::OnExit,
            Self::OnJoin => ScheduleName::OnJoin,
        }
    }
}

/// What one unit of the driver costs in a month in which the line is charged, in prices of the line's price base.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Price {
    /// A fixed amount; negative for a credit.
    Amount(Amount),
    /// Something that happens at random, charged at its expectation: `per_year / 12 × mean(severity)`.
    Event {
        /// How often a year for each unit of the driver, 0 or more.
        per_year: Amount,
        /// What one event costs; never below 0.
        severity: Distribution,
    },
}

/// How a cost tapers off once the household can earn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relief {
    /// The profile off which the share is read.
    pub profile: Id,
    /// The entitlements that must be held, without a break.
    pub requires: Vec<Id>,
    /// The driver that must not be 0.
    pub needs: Option<Driver>,
}

/// A cost line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// The category in which it is counted.
    pub category: Id,
    /// What it is called.
    pub label: Label,
    /// For how many units it is paid.
    pub driver: Driver,
    /// In which months.
    pub schedule: Schedule,
    /// At which price for each unit.
    pub price: Price,
    /// The currency of the price.
    pub currency: Currency,
    /// The index by which the price grows, if any.
    pub index: Option<Id>,
    /// Entitlements that a solution must hold for the line to apply.
    pub when: Vec<Id>,
    /// Entitlements of which a solution may hold none.
    pub unless: Vec<Id>,
    /// How it tapers off.
    pub relief: Option<Relief>,
    /// What its months are counted from.
    pub clock: Clock,
    /// The calendar year of whose prices `price` is.
    pub price_base_year: i32,
    /// Where the price comes from.
    pub source: Text,
    /// What the price is multiplied by, 1 unless a question asks for another; 0 or more.
    pub(crate) factor: BigRational,
    /// Whether it is a credit as it was read, also where a question sets its amount to 0.
    pub(crate) credit: bool,
}

impl Line {
    /// Whether the source says that the amount only illustrates.
    pub fn is_illustrative(&self) -> bool {
        self.source.as_str().trim_start().to_lowercase().starts_with("illustrative")
    }

    /// The entitlements that the line names anywhere, some perhaps twice.
    pub fn entitlements(&self) -> impl Iterator<Item = &Id> {
        let requires = self.relief.iter().flat_map(|relief| &relief.requires);
        self.when.iter().chain(&self.unless).chain(requires)
    }
}
