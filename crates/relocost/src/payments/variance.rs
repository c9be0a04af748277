//! The difference between payments and the model, in parts that add up to it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use num_rational::BigRational;
use serde::{Serialize, Serializer};

use super::subject::Subject;
use crate::error::Error;
use crate::ledger::money;
use crate::postings::Owner;
use crate::types::{Currency, Id, Money};

/// The reason for a part of a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Exchange,
    Price,
    Volume,
    Timing,
    NotPaid,
    NotPlanned,
}

/// Minor units by reason.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Effects([i128; 6]);

const KINDS: [Kind; 6] = [Kind::Exchange, Kind::Price, Kind::Volume, Kind::Timing, Kind::NotPaid, Kind::NotPlanned];

impl Effects {
    pub(super) fn of<const N: usize>(parts: [(Kind, i128); N]) -> Self {
        let mut effects = Self::default();
        for (kind, minor) in parts {
            effects.add(kind, minor);
        }
        effects
    }

    fn add(&mut self, kind: Kind, minor: i128) {
        self.0[kind as usize] += minor;
    }

    /// Calls with each part that is not 0.
    pub(super) fn each(&self, mut take: impl FnMut(Kind, i128)) {
        for kind in KINDS {
            if self.0[kind as usize] != 0 {
                take(kind, self.0[kind as usize]);
            }
        }
    }

    fn sum(&self) -> i128 {
        self.0.iter().sum()
    }
}

/// How the model and the payments of a line meet in a month; other months are counted from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    Both,
    PaidIn(u32),
    ModelIn(u32),
    NotPaid,
    NotPlanned,
}

/// The model's sum of a line in a month, and why the payments differ from it: they are that sum and the effects.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The line, none of payments that name a category only, and the category.
    pub(super) owner: Owner,
    /// Months since the start.
    pub(super) month: u32,
    pub(super) model: i128,
    pub(super) met: Met,
    /// The model's quantity and that of the payments, where they are compared.
    pub(super) quantities: Option<(BigRational, BigRational)>,
    pub(super) effects: Effects,
}

/// Payments beside the model, in the scenario's currency:
///
/// ```text
/// paid - model = exchange + price + volume + timing + not_paid + not_planned
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Variance {
    /// The sum of the model's entries.
    pub model: Money,
    /// The sum of the payments.
    pub paid: Money,
    /// The payments less the model: the sum of the parts.
    pub difference: Money,
    /// The part that comes from the payments' own exchange rates.
    pub exchange: Money,
    /// The part that comes from prices, and from all else where no quantities are given.
    pub price: Money,
    /// The part that comes from quantities.
    pub volume: Money,
    /// The part paid in another month than the model's; 0 over all months.
    pub timing: Money,
    /// The part that the model expects and nobody paid: 0 or less, unless a credit was not received.
    pub not_paid: Money,
    /// The part that was paid and the model does not expect.
    pub not_planned: Money,
}

/// The variance of a line, or of payments that name a category only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineVariance {
    /// The line; `None` of payments that name a category only.
    pub line: Option<Id>,
    /// The category.
    pub category: Id,
    /// Its figures.
    pub variance: Variance,
}

impl Serialize for LineVariance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flat<'v> {
            line: Option<&'v Id>,
            category: &'v Id,
            #[serde(flatten)]
            variance: &'v Variance,
        }
        Flat { line: self.line.as_ref(), category: &self.category, variance: &self.variance }.serialize(serializer)
    }
}

/// The tables of a comparison.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) total: Variance,
    pub(super) lines: Vec<LineVariance>,
    pub(super) categories: IndexMap<Id, Variance>,
    pub(super) fiscal_years: BTreeMap<i32, Variance>,
    pub(super) funds: IndexMap<Id, Variance>,
}

/// A sum in minor units.
#[derive(Clone, Copy, Default)]
struct Sum {
    model: i128,
    effects: Effects,
}

/// The figures of a part.
///
/// # Errors
/// One is too large to write.
pub(super) fn variance_of(part: &Part, currency: Currency) -> Result<Variance, Error> {
    Sum { model: part.model, effects: part.effects }.finish(currency)
}

impl Sum {
    fn add(&mut self, part: &Part) {
        self.model += part.model;
        part.effects.each(|kind, minor| self.effects.add(kind, minor));
    }

    fn finish(&self, currency: Currency) -> Result<Variance, Error> {
        let of = |kind: Kind| money(self.effects.0[kind as usize], currency);
        Ok(Variance {
            model: money(self.model, currency)?,
            paid: money(self.model + self.effects.sum(), currency)?,
            difference: money(self.effects.sum(), currency)?,
            exchange: of(Kind::Exchange)?,
            price: of(Kind::Price)?,
            volume: of(Kind::Volume)?,
            timing: of(Kind::Timing)?,
            not_paid: of(Kind::NotPaid)?,
            not_planned: of(Kind::NotPlanned)?,
        })
    }
}

/// Sums parts into tables.
#[derive(Default)]
pub(super) struct Collector {
    total: Sum,
    /// By line, those without one last; then by category.
    lines: BTreeMap<(usize, usize), Sum>,
    categories: BTreeMap<usize, Sum>,
    fiscal_years: BTreeMap<i32, Sum>,
    funds: BTreeMap<usize, Sum>,
}

impl Collector {
    pub(super) fn add(&mut self, part: &Part, fiscal_year: i32) {
        self.total.add(part);
        let Owner { category, line } = part.owner;
        self.lines.entry((line.unwrap_or(usize::MAX), category)).or_default().add(part);
        self.categories.entry(category).or_default().add(part);
        self.fiscal_years.entry(fiscal_year).or_default().add(part);
    }

    pub(super) fn add_to_fund(&mut self, fund: usize, kind: Kind, minor: i128) {
        self.funds.entry(fund).or_default().effects.add(kind, minor);
    }

    pub(super) fn add_model_to_fund(&mut self, fund: usize, minor: i128) {
        self.funds.entry(fund).or_default().model += minor;
    }

    pub(super) fn finish(self, subject: &Subject) -> Result<Sums, Error> {
        let scenario = &subject.scenario;
        let currency = scenario.currency();
        let category = |place: usize| scenario.categories().get(place).map(|declared| declared.id.clone());
        let lines = self.lines.iter().filter_map(|(&(line, place), sum)| {
            let line = subject.line_at(line).map(|line| line.id.clone());
            let category = category(place)?;
            Some(sum.finish(currency).map(|variance| LineVariance { line, category, variance }))
        });
        let categories = self.categories.iter().filter_map(|(&place, sum)| Some((category(place)?, sum)));
        let funds = self.funds.iter().filter_map(|(&place, sum)| Some((scenario.funds().get(place)?.id.clone(), sum)));
        Ok(Sums {
            total: self.total.finish(currency)?,
            lines: lines.collect::<Result<_, Error>>()?,
            categories: categories.map(|(id, sum)| Ok((id, sum.finish(currency)?))).collect::<Result<_, Error>>()?,
            fiscal_years: (self.fiscal_years.iter())
                .map(|(&year, sum)| Ok((year, sum.finish(currency)?)))
                .collect::<Result<_, Error>>()?,
            funds: funds.map(|(id, sum)| Ok((id, sum.finish(currency)?))).collect::<Result<_, Error>>()?,
        })
    }
}
