//! Differences of two pathways: in total, by category, fiscal year and fund, and cumulative by month.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use super::premium::{Premium, ReportedBand};
use crate::error::Error;
use crate::ledger::{Totals, money};
use crate::names::Band;
use crate::scenario::{Declared, Scenario};
use crate::types::{Currency, Id, Money};

/// Two figures and what lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The base's figure.
    pub base: Money,
    /// The alternative's figure.
    pub alternative: Money,
    /// The alternative's less the base's.
    pub extra: Money,
}

impl Difference {
    pub(crate) fn of(alternative: i128, base: i128, currency: Currency) -> Result<Self, Error> {
        Ok(Self {
            base: money(base, currency)?,
            alternative: money(alternative, currency)?,
            extra: money(alternative - base, currency)?,
        })
    }

    /// The extra as a share of the base; none unless the base is above 0.
    pub fn premium(&self) -> Premium {
        Premium::of(self.alternative.minor(), self.base.minor())
    }

    /// The verdict on the premium against the band that the Court reported; none without a premium. The band is an
    /// average over households, so for a single one it only orients.
    pub fn band(&self) -> Option<Band> {
        self.premium().band(ReportedBand::COURT_2015)
    }
}

impl Serialize for Difference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Difference", 4)?;
        out.serialize_field("base", &self.base)?;
        out.serialize_field("alternative", &self.alternative)?;
        out.serialize_field("extra", &self.extra)?;
        out.serialize_field("premium", &self.premium())?;
        out.end()
    }
}

/// All differences of a pair.
pub(super) struct Differences {
    pub(super) total: Difference,
    pub(super) by_category: IndexMap<Id, Difference>,
    pub(super) by_fiscal_year: IndexMap<i32, Difference>,
    pub(super) by_fund: IndexMap<Id, Difference>,
    pub(super) cumulative: Vec<Difference>,
}

impl Differences {
    pub(super) fn of(scenario: &Scenario, a: &Totals, b: &Totals) -> Result<Self, Error> {
        let currency = scenario.currency();
        let between = |a: Option<i128>, b: Option<i128>| Difference::of(a.unwrap_or(0), b.unwrap_or(0), currency);
        let declared = |declared: &[Declared], a: &[Option<i128>], b: &[Option<i128>]| {
            let mut map = IndexMap::with_capacity(declared.len());
            for (declared, (&a, &b)) in declared.iter().zip(a.iter().zip(b)) {
                if a.is_some() || b.is_some() {
                    map.insert(declared.id.clone(), between(a, b)?);
                }
            }
            Ok::<_, Error>(map)
        };
        let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
        let get = |sums: &[Option<i128>], place: usize| sums.get(place).copied().flatten();
        let (a_years, b_years) = (&a.by_fiscal_year, &b.by_fiscal_year);
        let mut by_fiscal_year = IndexMap::with_capacity(a_years.len().max(b_years.len()));
        for (place, year) in (0..a_years.len().max(b_years.len())).zip(first..) {
            let (a, b) = (get(a_years, place), get(b_years, place));
            if a.is_some() || b.is_some() {
                by_fiscal_year.insert(year, between(a, b)?);
            }
        }
        let months = scenario.horizon_months() as usize;
        let mut cumulative = Vec::with_capacity(months);
        let (mut sum_a, mut sum_b) = (0, 0);
        for month in 0..months {
            sum_a += get(&a.by_month, month).unwrap_or(0);
            sum_b += get(&b.by_month, month).unwrap_or(0);
            cumulative.push(Difference::of(sum_a, sum_b, currency)?);
        }
        Ok(Self {
            total: Difference::of(a.total, b.total, currency)?,
            by_category: declared(scenario.categories(), &a.by_category, &b.by_category)?,
            by_fiscal_year,
            by_fund: declared(scenario.funds(), &a.by_fund, &b.by_fund)?,
            cumulative,
        })
    }
}
