//! Tables of the analyst's other questions: delay, calibration, variants, what-ifs, differences, estimates, expectations.

use relocost::calibration::Calibration;
use relocost::comparison::Difference;
use relocost::delay::Delay;
use relocost::diff::Diff;
use relocost::estimate::Estimate;
use relocost::expectations::ExpectationOutcome;
use relocost::prices::PriceUpdate;
use relocost::types::ParameterValue;
use relocost::variants::{VariantFigures, Variants, WhatIfRow, WhatIfs};
use relocost::{Error, Id, Money, Parameter, Scenario};

use serde::{Serialize, Serializer};

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const WAITS: What = What::new("waits", "The cost of waiting", "Le coût de l'attente");
pub(crate) const LINES: What = What::new("lines", "Lines", "Postes");
pub(crate) const VARIANTS: What = What::new("variants", "Variants", "Variantes");
const WHAT_IFS: What = What::new("what_ifs", "What-ifs", "Hypothèses");
const EFFECTS: What = What::new("effects", "What each change does", "L'effet de chaque changement");
const TOTALS: What = What::new("totals", "Totals before and after", "Totaux avant et après");
const DETAILS: What = What::new("details", "What changed", "Ce qui a changé");
const POINTS: What = What::new("points", "What the band implies", "Ce qu'implique la fourchette");
const PRICES: What = What::new("prices", "Prices", "Prix");
const EXPECTATIONS: What = What::new("expectations", "Expectations", "Attentes");

impl Tables for Delay {
    fn tables(&self) -> &'static [What] {
        &[WAITS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let rows = self.rows().iter();
        let table = || {
            Table::new(WAITS, Head::of(self.about(), Some(self.pair())), rows.len())
                .counts(&columns::MONTHS, rows.clone().map(|row| row.months))
                .money(&columns::WITHIN_HORIZON_TOTAL, rows.clone().map(|row| row.within_horizon.total))
                .money(&columns::WITHIN_HORIZON_EXTRA, rows.clone().map(|row| row.within_horizon.extra))
                .money(&columns::WITHIN_HORIZON_MONTH, rows.clone().map(|row| row.within_horizon.month))
                .money(&columns::FULL_COURSE_TOTAL, rows.clone().map(|row| row.full_course.total))
                .money(&columns::FULL_COURSE_EXTRA, rows.clone().map(|row| row.full_course.extra))
                .money(&columns::FULL_COURSE_MONTH, rows.clone().map(|row| row.full_course.month))
        };
        Ok((name == WAITS.name).then(table))
    }

    fn csv_table(&self) -> Option<What> {
        Some(WAITS)
    }
}

impl Tables for Calibration {
    fn tables(&self) -> &'static [What] {
        &[LINES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let table = || {
            let head = Head::of(self.about(), Some(self.pair()));
            Table::new(LINES, head, self.lines.len()).ids(&columns::LINE, &self.lines)
        };
        Ok((name == LINES.name).then(table))
    }
}

/// The columns of changed scenarios, after a first row for the scenario as it stands.
fn changed<'v>(
    table: Table,
    standing: &'v Difference,
    changed: &(impl Iterator<Item = &'v VariantFigures> + Clone),
) -> Table {
    let zero = Money::zero(table.head().currency());
    let changes = |change: fn(&VariantFigures) -> Money| std::iter::once(zero).chain(changed.clone().map(change));
    table
        .differences(std::iter::once(standing).chain(changed.clone().map(|row| &row.difference)))
        .money(&columns::CHANGE_OF_BASE, changes(|row| row.change_of_base))
        .money(&columns::CHANGE_OF_ALTERNATIVE, changes(|row| row.change_of_alternative))
        .money(&columns::CHANGE_OF_EXTRA, changes(|row| row.change_of_extra))
}

impl Tables for Variants {
    fn tables(&self) -> &'static [What] {
        &[VARIANTS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let table = || {
            let names = std::iter::once(None).chain(self.variants.keys().map(Some));
            let table = Table::new(VARIANTS, Head::of(self.about(), Some(self.pair())), self.variants.len() + 1);
            changed(table.some_ids(&columns::VARIANT, names), &self.as_it_stands, &self.variants.values())
        };
        Ok((name == VARIANTS.name).then(table))
    }
}

impl Tables for WhatIfs {
    fn tables(&self) -> &'static [What] {
        &[WHAT_IFS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let table = || {
            let table = Table::new(WHAT_IFS, Head::of(self.about(), Some(self.pair())), self.rows.len() + 1);
            let table = self.parameters.iter().fold(table, |table, (parameter, standing)| {
                let path = parameter.to_string();
                // A parameter that a row leaves alone stands as it does in the first.
                let value = |row: &WhatIfRow| {
                    let set = row.changes.iter().find(|(changed, _)| changed == parameter);
                    set.map_or(*standing, |(_, value)| *value)
                };
                let values = std::iter::once(*standing).chain(self.rows.iter().map(value));
                if matches!(parameter, Parameter::Start) {
                    let months = values.filter_map(|value| match value {
                        ParameterValue::Month(month) => Some(month),
                        _ => None,
                    });
                    return table.months(&columns::PARAMETER_MONTH.named(path.clone(), [path.clone(), path]), months);
                }
                let values = values.map(ParameterValue::number);
                table.ratios(&columns::PARAMETER_VALUE.named(path.clone(), [path.clone(), path]), values)
            });
            changed(table, &self.as_it_stands, &self.rows.iter().map(|row| &row.figures))
        };
        Ok((name == WHAT_IFS.name).then(table))
    }
}

impl Tables for Diff {
    fn tables(&self) -> &'static [What] {
        &[EFFECTS, TOTALS, DETAILS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), None);
        let zero = Money::zero(self.currency());
        Ok(Some(match name {
            "effects" => {
                let each = || self.changes.iter().flat_map(|change| change.effects.iter().map(move |it| (change, it)));
                Table::new(EFFECTS, head, each().count())
                    .texts(&columns::CHANGED, each().map(|(change, _)| &change.key))
                    .ids(&columns::PATHWAY, each().map(|(_, (id, _))| id))
                    .money(&columns::EFFECT, each().map(|(_, (_, effect))| *effect))
            }
            "totals" => {
                let names = self.old.keys().chain(self.new.keys().filter(|id| !self.old.contains_key(*id)));
                let names: Vec<&Id> = names.collect();
                Table::new(TOTALS, head, names.len())
                    .ids(&columns::PATHWAY, &names)
                    .money(&columns::OLD_TOTAL, names.iter().map(|id| self.old.get(*id).copied().unwrap_or(zero)))
                    .money(&columns::NEW_TOTAL, names.iter().map(|id| self.new.get(*id).copied().unwrap_or(zero)))
            }
            "details" => {
                let each = || self.changes.iter().flat_map(|change| change.details.iter().map(move |it| (change, it)));
                Table::new(DETAILS, head, each().count())
                    .texts(&columns::CHANGED, each().map(|(change, _)| &change.key))
                    .texts(&columns::DETAIL, each().map(|(_, detail)| &detail.key))
                    .some_texts(&columns::OLD, each().map(|(_, detail)| detail.old.as_ref()))
                    .some_texts(&columns::NEW, each().map(|(_, detail)| detail.new.as_ref()))
            }
            _ => return Ok(None),
        }))
    }
}

impl Tables for Estimate {
    fn tables(&self) -> &'static [What] {
        &[POINTS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let points = self.points.iter();
        let table = || {
            Table::new(POINTS, Head::of_currency(self.currency()), points.len())
                .ratios(&columns::PREMIUM, points.clone().map(|point| Some(&point.premium)))
                .money(&columns::PERMANENT, points.clone().map(|point| point.permanent))
                .money(&columns::TEMPORARY, points.clone().map(|point| point.temporary))
                .money(&columns::EXTRA, points.clone().map(|point| point.extra))
        };
        Ok((name == POINTS.name).then(table))
    }
}

impl Tables for PriceUpdate {
    fn tables(&self) -> &'static [What] {
        &[PRICES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let prices = self.prices().iter();
        let table = || {
            Table::new(PRICES, Head::of_currency(self.currency()), prices.len())
                .ids(&columns::LINE, prices.clone().map(|price| &price.line))
                .texts(&columns::PRICE_STATUS, prices.clone().map(|price| price.status))
                .some_months(&columns::TARIFF, prices.clone().map(|price| price.tariff))
                .ratios(&columns::OLD_PRICE, prices.clone().map(|price| price.old))
                .some_texts(&columns::OLD_CURRENCY, prices.clone().map(|price| price.old_currency))
                .ratios(&columns::NEW_PRICE, prices.clone().map(|price| price.new))
                .some_texts(&columns::CURRENCY, prices.clone().map(|price| price.currency))
                .ratios(&columns::PRICE_CHANGE, prices.clone().map(|price| price.change))
                .some_texts(&columns::SOURCE, prices.clone().map(|price| price.source.as_ref()))
                .some_counts(&columns::LIST_ROW, prices.clone().map(|price| price.row))
                .some_ids(&columns::MEANT, prices.clone().map(|price| price.meant.as_ref()))
        };
        Ok((name == PRICES.name).then(table))
    }

    fn csv_table(&self) -> Option<What> {
        Some(PRICES)
    }
}

/// The outcomes of a scenario's expectations.
#[derive(Clone, Copy, Debug)]
pub struct Outcomes<'o> {
    /// The scenario.
    pub scenario: &'o Scenario,
    /// One for each expectation.
    pub outcomes: &'o [ExpectationOutcome],
}

impl Serialize for Outcomes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Outcomes", 3)?;
        out.serialize_field("schema", &1)?;
        out.serialize_field("internal", &true)?; // what is found are exact figures
        out.serialize_field("expectations", self.outcomes)?;
        out.end()
    }
}

impl Tables for Outcomes<'_> {
    fn tables(&self) -> &'static [What] {
        &[EXPECTATIONS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let rows = self.outcomes.iter();
        let table = || {
            Table::new(EXPECTATIONS, Head::of_currency(self.scenario.currency()), rows.len())
                .texts(&columns::FIGURE_PATH, rows.clone().map(|outcome| &outcome.figure))
                .texts(&columns::EXPECTED, rows.clone().map(|outcome| &outcome.expected))
                .some_texts(&columns::FOUND, rows.clone().map(|outcome| outcome.found.as_ref()))
                .counts(&columns::PASSED, rows.clone().map(|outcome| outcome.passed))
                .some_texts(&columns::WHY, rows.clone().map(|outcome| outcome.why.as_ref()))
                .some_counts(
                    &columns::FILE_LINE,
                    rows.clone().map(|outcome| outcome.place.as_ref().map(|place| place.line)),
                )
        };
        Ok((name == EXPECTATIONS.name).then(table))
    }
}
