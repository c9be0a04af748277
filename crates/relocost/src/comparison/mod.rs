//! Comparing an alternative with a base: extra cost, premium and its curve, and what causes it.
//!
//! In: a checked scenario. Out: figures of every pathway, and of one pair of them the differences, the verdict against
//! the reported band, and the attribution of the extra cost to the entitlements that are missing.

mod attribution;
mod difference;
mod figures;
mod pair;
mod premium;

use std::fmt;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

pub use self::attribution::Attribution;
pub(crate) use self::attribution::{Causes, Sharing, Weighted, cause};
pub use self::difference::Difference;
pub use self::figures::PathwayFigures;
use self::figures::empty_years;
pub(crate) use self::pair::{PairFigures, PairSums};
pub use self::premium::{Premium, ReportedBand};
use crate::about::{About, Pair, about_methods, pair_methods};
use crate::error::Error;
use crate::ledger::{Engine, Route, missing_rates};
use crate::names::{Band, Basis};
use crate::options::setters;
use crate::scenario::Scenario;
use crate::types::{Id, Money};
use crate::watch::Pulse;

/// The pathways to compare, and the basis. The default is `temporary` with `permanent`, in prices of each year.
///
/// ```
/// use relocost::{Basis, CompareOptions, Pair};
/// let options = CompareOptions::default().pair(Pair::new("permanent", "delayed"));
/// assert_eq!((options.pair.base.as_str(), options.basis), ("permanent", Basis::Nominal));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompareOptions {
    /// The pathways compared.
    pub pair: Pair,
    /// The basis of prices of every figure but `constant`, which is always in constant prices, and `present_value`,
    /// which is always of nominal ones.
    pub basis: Basis,
}

setters!(CompareOptions {
    /// Sets the pathways compared.
    pair: Pair,
    /// Sets the basis of prices.
    basis: Basis,
});

impl Default for CompareOptions {
    fn default() -> Self {
        Self { pair: Pair::default(), basis: Basis::Nominal }
    }
}

/// A comparison of two pathways, with the figures of all.
///
/// ```
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let comparison = scenario.compare()?;
/// assert_eq!(comparison.extra().to_string(), "39806.27");
/// assert_eq!(comparison.premium().ratio().map(|ratio| ratio.to_string()).as_deref(), Some("0.332449918629"));
/// let attributed: i128 = comparison.attribution().shares().values().map(|share| share.minor()).sum();
/// assert_eq!(attributed + comparison.attribution().residual().minor(), comparison.extra().minor());
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Comparison {
    about: About,
    pair: Pair,
    illustrative_lines: usize,
    charged_lines: usize,
    pathways: IndexMap<Id, PathwayFigures>,
    figures: PairFigures,
}

impl Scenario {
    /// Compares `temporary` with `permanent`, in prices of each year.
    ///
    /// # Errors
    /// The scenario lacks one of the two, a rate that a charge needs, a figure is too large to write.
    pub fn compare(&self) -> Result<Comparison, Error> {
        self.compare_with(&CompareOptions::default())
    }

    /// Compares two pathways.
    ///
    /// # Errors
    /// As [`Scenario::compare`].
    pub fn compare_with(&self, options: &CompareOptions) -> Result<Comparison, Error> {
        self.compare_under(options, &Pulse::unheard())
    }

    /// The same as a part of a computation.
    pub(crate) fn compare_under(&self, options: &CompareOptions, pulse: &Pulse<'_>) -> Result<Comparison, Error> {
        let horizon = self.horizon_months();
        let route = |name: &Id| pulse.beat().and_then(|()| Route::of(self, name.as_str(), horizon));
        let routes = self.pathway_names().map(route).collect::<Result<Vec<_>, Error>>()?;
        let place = |name: &str| match routes.iter().position(|(id, _)| id.as_str() == name) {
            Some(place) => Ok(place),
            None => Route::of(self, name, horizon).map(|_| 0), // which says what there is
        };
        let (base, alternative) = (place(&options.pair.base)?, place(&options.pair.alternative)?);
        let engine = Engine::new(self, horizon, pulse)?;
        let constant = engine.factors(Basis::Constant)?;
        let nominal = engine.factors(Basis::Nominal)?;
        let (chosen, other) = match options.basis {
            Basis::Nominal => (nominal, constant),
            Basis::Constant => (constant, nominal),
        };
        let legs: Vec<&Route> = routes.iter().map(|(_, route)| route).collect();
        let compared = pair::compare(self, &engine, chosen, Some(other), &legs, (alternative, base));
        // Whoever mends the tables should hear of all that is missing.
        let (totals, figures) = compared.map_err(|error| {
            if !error.is_missing_rate() {
                return error;
            }
            missing_rates(self, &engine, &legs, Basis::Nominal).map_or_else(|broken| broken, |all| all.unwrap_or(error))
        })?;
        let (years, mut pathways) = (empty_years(self), IndexMap::with_capacity(routes.len()));
        for ((name, _), (chosen, other)) in routes.iter().zip(totals.chosen.iter().zip(&totals.other)) {
            pulse.beat()?;
            pathways.insert(name.clone(), PathwayFigures::of(self, &years, chosen, other)?);
        }
        let (a, b) = (&totals.chosen[alternative], &totals.chosen[base]);
        let charged = (0..).zip(a.by_line.iter().zip(&b.by_line)).filter(|(_, (a, b))| a.is_some() || b.is_some());
        let (charged_lines, illustrative_lines) = charged
            .fold((0, 0), |(all, marked), (line, _)| (all + 1, marked + usize::from(engine.is_illustrative(line))));
        Ok(Comparison {
            about: About::new(self, options.basis),
            pair: options.pair.clone(),
            illustrative_lines,
            charged_lines,
            pathways,
            figures,
        })
    }
}

about_methods!(Comparison);
pair_methods!(Comparison);

impl Comparison {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The number of lines that feed the two pathways.
    pub fn charged_lines(&self) -> usize {
        self.charged_lines
    }

    /// The number of charged lines whose amount is an illustration.
    pub fn illustrative_lines(&self) -> usize {
        self.illustrative_lines
    }

    /// Takes the figures of every pathway out of it.
    pub(crate) fn take_pathways(&mut self) -> IndexMap<Id, PathwayFigures> {
        std::mem::take(&mut self.pathways)
    }

    /// The figures of every pathway: the solutions, then the others.
    pub fn pathways(&self) -> &IndexMap<Id, PathwayFigures> {
        &self.pathways
    }

    /// Both totals, their difference and the premium.
    pub fn difference(&self) -> &Difference {
        &self.figures.difference
    }

    /// The alternative's total less the base's.
    pub fn extra(&self) -> Money {
        self.figures.difference.extra
    }

    /// The extra cost as a share of the base; none unless the base is above 0.
    pub fn premium(&self) -> Premium {
        self.figures.difference.premium()
    }

    /// The verdict on the premium against the reported band, which is an average over households.
    pub fn band(&self) -> Option<Band> {
        self.figures.difference.band()
    }

    /// By category, as far as either pathway has one.
    pub fn by_category(&self) -> &IndexMap<Id, Difference> {
        &self.figures.by_category
    }

    /// By fiscal year, ascending.
    pub fn by_fiscal_year(&self) -> &IndexMap<i32, Difference> {
        &self.figures.by_fiscal_year
    }

    /// By fund.
    pub fn by_fund(&self) -> &IndexMap<Id, Difference> {
        &self.figures.by_fund
    }

    /// The premium curve: differences of the first 1, 2, ... months of the horizon.
    pub fn premium_curve(&self) -> &[Difference] {
        &self.figures.premium_curve
    }

    /// The extra cost as the price of the missing entitlements.
    pub fn attribution(&self) -> &Attribution {
        &self.figures.attribution
    }
}

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Pair { base, alternative }, horizon_months) = (&self.pair, self.horizon_months());
        write!(
            f,
            "Comparison({alternative} with {base} over {horizon_months} months: extra {:?}, premium {})",
            self.extra(),
            self.premium()
        )
    }
}

impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Comparison", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("charged_lines", &self.charged_lines)?;
        out.serialize_field("illustrative_lines", &self.illustrative_lines)?;
        out.serialize_field("pathways", &self.pathways)?;
        out.serialize_field("comparison", &Compared(self))?;
        out.end()
    }
}

/// The part of a comparison's JSON that is about the pair.
struct Compared<'c>(&'c Comparison);

impl Serialize for Compared<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let Self(comparison) = self;
        let curve: IndexMap<usize, &Difference> = (1..).zip(&comparison.figures.premium_curve).collect();
        let mut out = serializer.serialize_struct("Compared", 13)?;
        comparison.pair.write(&mut out)?;
        out.serialize_field("extra", &comparison.extra())?;
        out.serialize_field("premium", &comparison.premium())?;
        out.serialize_field("band", &comparison.band())?;
        out.serialize_field("attribution", comparison.figures.attribution.shares())?;
        out.serialize_field("residual", &comparison.figures.attribution.residual())?;
        out.serialize_field("alone", comparison.figures.attribution.alone())?;
        out.serialize_field("last", comparison.figures.attribution.last())?;
        out.serialize_field("by_category", &comparison.figures.by_category)?;
        out.serialize_field("by_fiscal_year", &comparison.figures.by_fiscal_year)?;
        out.serialize_field("by_fund", &comparison.figures.by_fund)?;
        out.serialize_field("premium_curve", &curve)?;
        out.end()
    }
}
