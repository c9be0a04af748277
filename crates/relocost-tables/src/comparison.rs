//! Tables of comparisons.

use std::fmt::Display;

use relocost::comparison::{Difference, PathwayFigures};
use relocost::{Comparison, Error, Id, Money};

use crate::columns::{self, Def, of};
use crate::head::{Head, What};
use crate::{Table, Tables};

pub(crate) const DIFFERENCES: What = What::new("differences", "All differences", "Tous les écarts");
const PATHWAYS: What = What::new("pathways", "Pathways", "Parcours");
pub(crate) const BY_CATEGORY: What = What::new("by_category", "By category", "Par catégorie");
pub(crate) const BY_FISCAL_YEAR: What = What::new("by_fiscal_year", "By budget year", "Par exercice budgétaire");
pub(crate) const BY_FUND: What = What::new("by_fund", "By fund", "Par fonds");
const PREMIUM_CURVE: What = What::new("premium_curve", "The premium by horizon", "Le surcoût relatif selon l'horizon");
pub(crate) const ATTRIBUTION: What = What::new("attribution", "What causes the extra cost", "Ce qui cause le surcoût");
const PATHWAY_CATEGORIES: What = What::new("pathway_categories", "Pathways by category", "Parcours par catégorie");
const PATHWAY_FISCAL_YEARS: What =
    What::new("pathway_fiscal_years", "Pathways by budget year", "Parcours par exercice budgétaire");
const PATHWAY_FUNDS: What = What::new("pathway_funds", "Pathways by fund", "Parcours par fonds");
const PATHWAY_PLACES: What = What::new("pathway_places", "Pathways by place", "Parcours par lieu");
const PATHWAY_LINES: What = What::new("pathway_lines", "Pathways by line", "Parcours par poste");

impl Tables for Comparison {
    fn tables(&self) -> &'static [What] {
        &[
            DIFFERENCES,
            PATHWAYS,
            BY_CATEGORY,
            BY_FISCAL_YEAR,
            BY_FUND,
            PREMIUM_CURVE,
            ATTRIBUTION,
            PATHWAY_CATEGORIES,
            PATHWAY_FISCAL_YEARS,
            PATHWAY_FUNDS,
            PATHWAY_LINES,
            PATHWAY_PLACES,
        ]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), Some(self.pair()));
        Ok(Some(match name {
            "differences" => differences(self, head),
            "pathways" => pathways(self, head),
            "by_category" => by_id(BY_CATEGORY, &columns::CATEGORY, head, self.by_category()),
            "by_fiscal_year" => by_year(head, self.by_fiscal_year()),
            "by_fund" => by_id(BY_FUND, &columns::FUND, head, self.by_fund()),
            "premium_curve" => Table::new(PREMIUM_CURVE, head, self.premium_curve().len())
                .counts(&columns::MONTHS, (1_i64..).take(self.premium_curve().len()))
                .differences(self.premium_curve().iter()),
            "attribution" => {
                let attribution = self.attribution();
                amounts(ATTRIBUTION, &columns::ENTITLEMENT, head, attribution.shares().iter())
                    .money(&columns::ALONE, attribution.alone().values().copied())
                    .money(&columns::LAST, attribution.last().values().copied())
            }
            "pathway_categories" => {
                of_pathways(PATHWAY_CATEGORIES, &columns::CATEGORY, head, self, |figures| &figures.by_category)
            }
            "pathway_fiscal_years" => pathway_fiscal_years(self, head),
            "pathway_funds" => of_pathways(PATHWAY_FUNDS, &columns::FUND, head, self, |figures| &figures.by_fund),
            "pathway_lines" => of_pathways(PATHWAY_LINES, &columns::LINE, head, self, |figures| &figures.by_line),
            "pathway_places" => of_pathways(PATHWAY_PLACES, &columns::PLACE, head, self, |figures| &figures.by_place),
            _ => return Ok(None),
        }))
    }
}

/// The total, and by category, fiscal year and fund.
fn differences(it: &Comparison, head: Head) -> Table {
    let total = std::iter::once(("total", "total".to_owned(), it.difference()));
    let rows: Vec<_> = total.chain(parts(it.by_category(), it.by_fiscal_year(), it.by_fund())).collect();
    Table::new(DIFFERENCES, head, rows.len())
        .texts(&columns::BY, rows.iter().map(|row| row.0))
        .texts(&columns::KEY, rows.iter().map(|row| &row.1))
        .differences(rows.iter().map(|row| row.2))
}

/// Keys with their values, in order.
type Keyed<K, V> = indexmap::IndexMap<K, V>;

/// Differences by category, fiscal year and fund, each with by what it is and its key.
pub(crate) fn parts<'d>(
    by_category: &'d Keyed<Id, Difference>,
    by_fiscal_year: &'d Keyed<i32, Difference>,
    by_fund: &'d Keyed<Id, Difference>,
) -> impl Iterator<Item = (&'static str, String, &'d Difference)> {
    fn keyed<'d, K: Display>(
        by: &'static str,
        rows: &'d Keyed<K, Difference>,
    ) -> impl Iterator<Item = (&'static str, String, &'d Difference)> {
        rows.iter().map(move |(key, row)| (by, key.to_string(), row))
    }
    keyed("category", by_category).chain(keyed("fiscal_year", by_fiscal_year)).chain(keyed("fund", by_fund))
}

fn pathways(it: &Comparison, head: Head) -> Table {
    let figures = it.pathways().values();
    Table::new(PATHWAYS, head, it.pathways().len())
        .ids(&columns::PATHWAY, it.pathways().keys())
        .counts(&columns::ENTRIES, figures.clone().map(|figures| figures.entries))
        .money(&columns::TOTAL, figures.clone().map(|figures| figures.total))
        .money(&columns::CONSTANT, figures.clone().map(|figures| figures.constant))
        .money(&columns::PRESENT_VALUE, figures.map(|figures| figures.present_value))
}

pub(crate) fn by_id(what: What, column: &Def<of::Id>, head: Head, rows: &Keyed<Id, Difference>) -> Table {
    Table::new(what, head, rows.len()).ids(column, rows.keys()).differences(rows.values())
}

pub(crate) fn by_year(head: Head, rows: &Keyed<i32, Difference>) -> Table {
    Table::new(BY_FISCAL_YEAR, head, rows.len())
        .years(&columns::FISCAL_YEAR, rows.keys().copied())
        .differences(rows.values())
}

pub(crate) fn amounts<'m>(
    what: What,
    column: &Def<of::Id>,
    head: Head,
    rows: impl ExactSizeIterator<Item = (&'m Id, &'m Money)> + Clone,
) -> Table {
    Table::new(what, head, rows.len())
        .ids(column, rows.clone().map(|(id, _)| id))
        .money(&columns::EXPLAINED, rows.map(|(_, amount)| *amount))
}

/// The amounts of every pathway by something.
fn of_pathways<'c>(
    what: What,
    column: &Def<of::Id>,
    head: Head,
    it: &'c Comparison,
    amounts: impl Fn(&'c PathwayFigures) -> &'c Keyed<Id, Money>,
) -> Table {
    let of = |(pathway, figures): (&'c Id, &'c PathwayFigures)| {
        amounts(figures).iter().map(move |(key, amount)| (pathway, key, *amount))
    };
    let rows: Vec<(&Id, &Id, Money)> = it.pathways().iter().flat_map(of).collect();
    Table::new(what, head, rows.len())
        .ids(&columns::PATHWAY, rows.iter().map(|row| row.0))
        .ids(column, rows.iter().map(|row| row.1))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.2))
}

fn pathway_fiscal_years(it: &Comparison, head: Head) -> Table {
    let rows: Vec<(&Id, i32, Money)> = it
        .pathways()
        .iter()
        .flat_map(|(pathway, figures)| figures.by_fiscal_year.iter().map(move |(year, sum)| (pathway, *year, *sum)))
        .collect();
    Table::new(PATHWAY_FISCAL_YEARS, head, rows.len())
        .ids(&columns::PATHWAY, rows.iter().map(|row| row.0))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.1))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.2))
}
