//! A scenario's variants beside the scenario as it stands.
//!
//! In: a scenario with variants. Out: for each the figures of the pair, and what the variant changes in them.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::comparison::{CompareOptions, Difference, PairFigures};
use crate::error::Error;
use crate::ledger::Route;
use crate::names::Basis;
use crate::scenario::Scenario;
use crate::types::{Currency, Id, Money};

/// The figures of a variant, and their changes against the scenario as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VariantFigures {
    /// Both totals, the extra cost and the premium.
    pub difference: Difference,
    /// How much more the base costs than as it stands.
    pub change_of_base: Money,
    /// How much more the alternative costs than as it stands.
    pub change_of_alternative: Money,
    /// How much larger the extra cost is than as it stands.
    pub change_of_extra: Money,
}

impl Serialize for VariantFigures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("VariantFigures", 7)?;
        out.serialize_field("base", &self.difference.base)?;
        out.serialize_field("alternative", &self.difference.alternative)?;
        out.serialize_field("extra", &self.difference.extra)?;
        out.serialize_field("premium", &self.difference.premium())?;
        out.serialize_field("change_of_base", &self.change_of_base)?;
        out.serialize_field("change_of_alternative", &self.change_of_alternative)?;
        out.serialize_field("change_of_extra", &self.change_of_extra)?;
        out.end()
    }
}

/// A scenario as it stands and in its variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VariantTable {
    /// The number of the form in which results are written.
    pub schema: u32,
    /// The currency of every figure.
    pub currency: Currency,
    /// The horizon in months, without which no premium means anything.
    pub horizon_months: u32,
    /// The basis of prices.
    pub basis: Basis,
    /// The pathway to which the other is held.
    pub base: Id,
    /// The pathway whose extra cost is asked for.
    pub alternative: Id,
    /// The figures of the scenario as it stands.
    pub as_it_stands: Difference,
    /// The figures of each variant, in the order written.
    pub variants: IndexMap<Id, VariantFigures>,
}

impl Scenario {
    /// Compares two pathways in every variant of the scenario.
    ///
    /// # Errors
    /// A pathway or a rate is missing, or a variant sets a parameter outside its domain.
    pub fn compare_variants(&self, options: &CompareOptions) -> Result<VariantTable, Error> {
        let base = Route::of(self, &options.base, self.horizon_months())?.0;
        let alternative = Route::of(self, &options.alternative, self.horizon_months())?.0;
        let figures = |scenario: &Self| PairFigures::of(scenario, &options.alternative, &options.base, options.basis);
        let as_it_stands = figures(self)?.difference;
        let variants = self.variants().keys().map(|name| {
            let difference = figures(&self.variant(name.as_str())?)?.difference;
            let change =
                |changed: Money, standing: Money| changed.checked_sub(standing).ok_or_else(crate::ledger::too_large);
            Ok((
                name.clone(),
                VariantFigures {
                    difference,
                    change_of_base: change(difference.base, as_it_stands.base)?,
                    change_of_alternative: change(difference.alternative, as_it_stands.alternative)?,
                    change_of_extra: change(difference.extra, as_it_stands.extra)?,
                },
            ))
        });
        Ok(VariantTable {
            schema: 1,
            currency: self.currency(),
            horizon_months: self.horizon_months(),
            basis: options.basis,
            base,
            alternative,
            as_it_stands,
            variants: variants.collect::<Result<_, Error>>()?,
        })
    }
}
