//! A scenario's variants, and what-ifs of its parameters, beside the scenario as it stands.
//!
//! In: a scenario with variants, or sets of changes. Out: for each the figures of the pair, and what it changes in them.

use indexmap::{IndexMap, IndexSet};
use serde::{Serialize, Serializer};

use crate::about::{About, Pair, about_methods, pair_methods};
use crate::comparison::{CompareOptions, Difference};
use crate::error::{Code, Error, Finding};
use crate::ledger::{Engine, Route, totals};
use crate::limits;
use crate::message;
use crate::per_cent;
use crate::scenario::Scenario;
use crate::types::{Id, Money, Parameter, ParameterValue};
use crate::watch::{Pulse, Watch};

/// The figures of a variant, and their changes against the scenario as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VariantFigures {
    /// Both totals, the extra cost and the premium.
    pub difference: Difference,
    /// The change in the cost of the base.
    pub change_of_base: Money,
    /// The change in the cost of the alternative.
    pub change_of_alternative: Money,
    /// The change in the extra cost.
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variants {
    about: About,
    pair: Pair,
    /// The figures of the scenario as it stands.
    pub as_it_stands: Difference,
    /// The figures of each variant, in the order written.
    pub variants: IndexMap<Id, VariantFigures>,
    /// Shares and rates of a variant that can only be per cents.
    pub warnings: Vec<Finding>,
}

/// A set of changes, and the figures of the scenario with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WhatIfRow {
    /// The parameters set, and to what.
    #[serde(serialize_with = "by_path")]
    pub changes: Vec<(Parameter, ParameterValue)>,
    /// The figures, and their changes against the scenario as it stands.
    #[serde(flatten)]
    pub figures: VariantFigures,
}

/// A scenario as it stands and with each of several sets of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhatIfs {
    about: About,
    pair: Pair,
    /// Every parameter that is changed, in order of first appearance, with its value as the scenario stands.
    pub parameters: Vec<(Parameter, ParameterValue)>,
    /// The figures of the scenario as it stands.
    pub as_it_stands: Difference,
    /// The figures of each set of changes, in the order given.
    pub rows: Vec<WhatIfRow>,
    /// Parameters that are set to what can only be a number of per cents, each with its first such value.
    pub warnings: Vec<Finding>,
}

about_methods!(Variants);
pair_methods!(Variants);
about_methods!(WhatIfs);
pair_methods!(WhatIfs);

impl Variants {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;
}

impl WhatIfs {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;
}

impl Serialize for Variants {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Variants", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("as_it_stands", &self.as_it_stands)?;
        out.serialize_field("variants", &self.variants)?;
        out.end()
    }
}

impl Serialize for WhatIfs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        #[derive(Serialize)]
        struct ByPath<'t>(#[serde(serialize_with = "by_path")] &'t [(Parameter, ParameterValue)]);
        let mut out = serializer.serialize_struct("WhatIfs", 6 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        self.pair.write(&mut out)?;
        out.serialize_field("parameters", &ByPath(&self.parameters))?;
        out.serialize_field("as_it_stands", &self.as_it_stands)?;
        out.serialize_field("rows", &self.rows)?;
        out.end()
    }
}

/// Parameters and values as a table by path, as a variant is written.
fn by_path<S: Serializer>(values: &[(Parameter, ParameterValue)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(parameter, value)| (parameter.to_string(), value)))
}

/// Two pathways of a scenario as it stands, to which changed scenarios are held.
struct Standing<'o> {
    options: &'o CompareOptions,
    pulse: &'o Pulse<'o>,
    difference: Difference,
}

impl<'o> Standing<'o> {
    /// The first step of a computation that takes one for each changed scenario after it.
    fn of(scenario: &Scenario, options: &'o CompareOptions, pulse: &'o Pulse<'o>) -> Result<Self, Error> {
        let difference = difference(scenario, options, &pulse.part())?;
        pulse.step(1)?;
        Ok(Self { options, pulse, difference })
    }

    /// The figures of the changed scenario at a place, from 0.
    fn figures(&self, place: usize, changed: &Scenario) -> Result<VariantFigures, Error> {
        let (difference, standing) = (difference(changed, self.options, &self.pulse.part())?, self.difference);
        self.pulse.step(place + 2)?;
        let change = |changed: Money, standing| changed.checked_sub(standing).ok_or_else(crate::ledger::too_large);
        Ok(VariantFigures {
            difference,
            change_of_base: change(difference.base, standing.base)?,
            change_of_alternative: change(difference.alternative, standing.alternative)?,
            change_of_extra: change(difference.extra, standing.extra)?,
        })
    }
}

/// Both totals of a pair and no more: what a variant is asked for needs no attribution.
fn difference(scenario: &Scenario, options: &CompareOptions, pulse: &Pulse<'_>) -> Result<Difference, Error> {
    let horizon = scenario.horizon_months();
    let route = |name: &str| Ok::<Route, Error>(Route::of(scenario, name, horizon)?.1);
    let pair = [route(&options.pair.alternative)?, route(&options.pair.base)?];
    let engine = Engine::new(scenario, horizon, pulse)?;
    let sums = totals(&engine, options.basis, &pair, |_| Ok(()))?;
    let [alternative, base] = [0, 1].map(|place| sums.get(place).copied().unwrap_or(0));
    Difference::of(alternative, base, scenario.currency())
}

impl Scenario {
    /// Compares two pathways in every variant of the scenario.
    ///
    /// # Errors
    /// A pathway or a rate is missing, or a variant sets a parameter outside its domain.
    pub fn compare_variants(&self, options: &CompareOptions) -> Result<Variants, Error> {
        self.compare_variants_under(options, None)
    }

    pub(crate) fn compare_variants_under(
        &self,
        options: &CompareOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<Variants, Error> {
        let pulse = Pulse::of(watch, Some(self.variants().len() + 1));
        let standing = Standing::of(self, options, &pulse)?;
        let figures =
            |(place, name): (usize, &Id)| Ok((name.clone(), standing.figures(place, &self.variant(name.as_str())?)?));
        let variants = self.variants().keys().enumerate().map(figures).collect::<Result<_, Error>>()?;
        Ok(Variants {
            about: About::new(self, options.basis),
            pair: options.pair.clone(),
            as_it_stands: standing.difference,
            variants,
            warnings: per_cent::of_variants(self),
        })
    }

    /// Compares two pathways with each of several sets of changes, each set on the scenario as it stands.
    ///
    /// ```
    /// use relocost::CompareOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let rent = |amount: &str| Ok::<_, Box<dyn std::error::Error>>(("lines.rent.amount".parse()?, amount.parse()?));
    /// let table = scenario.what_ifs([vec![rent("1045")?], vec![]], &CompareOptions::default())?;
    /// assert_eq!(table.parameters[0].1.to_string(), "950"); // as it stands
    /// assert!(table.rows[0].figures.change_of_base.minor() > 0);
    /// assert!(table.rows[1].figures.change_of_base.is_zero()); // no change, no difference
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There are more than [`limits::WHAT_IFS`] sets, which is found before anything is computed; a pathway or a rate is
    /// missing; a set names a parameter that the scenario lacks, names one twice, or sets it outside its domain: the key
    /// is then the parameter's path.
    pub fn what_ifs(
        &self,
        changes: impl IntoIterator<Item = Vec<(Parameter, ParameterValue)>>,
        options: &CompareOptions,
    ) -> Result<WhatIfs, Error> {
        self.what_ifs_under(changes, options, None)
    }

    pub(crate) fn what_ifs_under(
        &self,
        changes: impl IntoIterator<Item = Vec<(Parameter, ParameterValue)>>,
        options: &CompareOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<WhatIfs, Error> {
        let changes: Vec<_> = changes.into_iter().take(limits::WHAT_IFS + 1).collect();
        if changes.len() > limits::WHAT_IFS {
            return Err(too_many());
        }
        let named: IndexSet<&Parameter> = changes.iter().flatten().map(|(parameter, _)| parameter).collect();
        let value = |parameter: &Parameter| Ok((parameter.clone(), self.parameter(parameter)?));
        let warnings = per_cent::of_changes(changes.iter().flatten());
        let parameters = named.into_iter().map(value).collect::<Result<_, Error>>()?;
        let pulse = Pulse::of(watch, Some(changes.len() + 1));
        let standing = Standing::of(self, options, &pulse)?;
        let what_if = |(place, changes): (usize, Vec<(Parameter, ParameterValue)>)| {
            let figures = standing.figures(place, &self.with(&changes)?)?;
            Ok(WhatIfRow { changes, figures })
        };
        let rows = changes.into_iter().enumerate().map(what_if).collect::<Result<_, Error>>()?;
        Ok(WhatIfs {
            about: About::new(self, options.basis),
            pair: options.pair.clone(),
            parameters,
            as_it_stands: standing.difference,
            rows,
            warnings,
        })
    }

    /// Compares two pathways with every combination of values; those of the last parameter vary fastest. An axis without
    /// values leaves no combination, and no axes leave the one that changes nothing.
    ///
    /// ```
    /// use relocost::CompareOptions;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let axes = [
    ///     ("lines.rent.amount".parse()?, vec!["950".parse()?, "1045".parse()?]),
    ///     ("rates.fx.USD.factor".parse()?, vec!["0.9".parse()?, "1".parse()?, "1.1".parse()?]),
    /// ];
    /// let table = scenario.grid(&axes, &CompareOptions::default())?;
    /// let values = |row: usize| table.rows[row].changes.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>();
    /// assert_eq!((table.rows.len(), values(1), values(3)), (6, vec!["950".into(), "1".into()], vec!["1045".into(), "0.9".into()]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Scenario::what_ifs`], of the number of combinations; two axes are of one parameter.
    pub fn grid(&self, axes: &[(Parameter, Vec<ParameterValue>)], options: &CompareOptions) -> Result<WhatIfs, Error> {
        self.grid_under(axes, options, None)
    }

    pub(crate) fn grid_under(
        &self,
        axes: &[(Parameter, Vec<ParameterValue>)],
        options: &CompareOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<WhatIfs, Error> {
        let mut parameters = IndexSet::new();
        if let Some((twice, _)) = axes.iter().find(|(parameter, _)| !parameters.insert(parameter)) {
            return Err(Error::single(
                Code::Duplicate,
                twice.shown(),
                message!("has two axes; expected one", "a deux axes ; attendu : un seul"),
            ));
        }
        let empty = axes.iter().any(|(_, values)| values.is_empty());
        let product =
            |product: usize, (_, values): &(Parameter, Vec<ParameterValue>)| product.checked_mul(values.len());
        let rows = if empty { Some(0) } else { axes.iter().try_fold(1, product) };
        let rows = rows.filter(|rows| *rows <= limits::WHAT_IFS).ok_or_else(too_many)?;
        let row = |row: usize| {
            // The digits of the row's number, each axis a place; the last axis counts ones.
            let mut rest = row;
            let digits = axes.iter().rev().filter_map(|(parameter, values)| {
                let value = values.get(rest % values.len().max(1));
                rest /= values.len().max(1);
                Some((parameter.clone(), *value?))
            });
            let mut changes: Vec<_> = digits.collect();
            changes.reverse();
            changes
        };
        self.what_ifs_under((0..rows).map(row), options, watch)
    }
}

fn too_many() -> Error {
    let message = message!(
        "has more rows than there may be; expected at most {most}",
        "a plus de lignes qu'il ne peut y en avoir ; au plus {most} sont admises",
        most = limits::WHAT_IFS,
    );
    Error::single(Code::TooMany, "what_ifs", message)
}
