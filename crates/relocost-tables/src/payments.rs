//! Tables of payments beside the model.

use relocost::payments::{LineVariance, Payments, PriceEstimates, Variance};
use relocost::{Error, Id, Money};

use crate::columns;
use crate::comparison::{BY_CATEGORY, BY_FISCAL_YEAR, BY_FUND};
use crate::head::{Head, What};
use crate::{Table, Tables};

const FIGURES: What = What::new("figures", "Model, payments and why they differ", "Modèle, paiements et leurs écarts");
const LINES: What = What::new("lines", "By line", "Par poste");

impl Tables for Payments {
    fn tables(&self) -> &'static [What] {
        &[FIGURES, LINES, BY_CATEGORY, BY_FISCAL_YEAR, BY_FUND]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), None);
        Ok(Some(match name {
            "figures" => figures(self, head),
            "lines" => {
                let table = Table::new(LINES, head, self.lines().len())
                    .some_ids(&columns::LINE, self.lines().map(|row| row.line.as_ref()))
                    .ids(&columns::CATEGORY, self.lines().map(|row| &row.category));
                parts(table, &self.lines().map(|row| &row.variance).collect::<Vec<_>>())
            }
            "by_category" => {
                let table = Table::new(BY_CATEGORY, head, self.categories().len())
                    .ids(&columns::CATEGORY, self.categories().map(|(id, _)| id));
                parts(table, &self.categories().map(|(_, variance)| variance).collect::<Vec<_>>())
            }
            "by_fiscal_year" => {
                let table = Table::new(BY_FISCAL_YEAR, head, self.fiscal_years().len())
                    .years(&columns::FISCAL_YEAR, self.fiscal_years().map(|(year, _)| year));
                parts(table, &self.fiscal_years().map(|(_, variance)| variance).collect::<Vec<_>>())
            }
            "by_fund" => {
                let table =
                    Table::new(BY_FUND, head, self.funds().len()).ids(&columns::FUND, self.funds().map(|(id, _)| id));
                parts(table, &self.funds().map(|(_, variance)| variance).collect::<Vec<_>>())
            }
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(FIGURES)
    }
}

const ESTIMATES: What = What::new("estimates", "Prices that payments imply", "Prix qui ressortent des paiements");

impl Tables for PriceEstimates {
    fn tables(&self) -> &'static [What] {
        &[ESTIMATES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        Ok((name == ESTIMATES.name).then(|| estimates(self)))
    }

    fn csv_table(&self) -> Option<What> {
        Some(ESTIMATES)
    }
}

fn estimates(it: &PriceEstimates) -> Table {
    let rows = it.prices.iter();
    let event = || it.prices.iter().map(|row| row.event);
    Table::new(ESTIMATES, Head::of(it.about(), None), rows.len())
        .ids(&columns::LINE, rows.clone().map(|row| &row.line))
        .texts(&columns::CURRENCY, rows.clone().map(|row| row.currency.code()))
        .some_years(&columns::PRICE_BASE_YEAR, rows.clone().map(|row| row.price_base_year))
        .some_months(&columns::TARIFF, rows.clone().map(|row| row.tariff))
        .counts(&columns::PRICES, rows.clone().map(|row| row.count))
        .ratios(&columns::MEAN_PRICE, rows.clone().map(|row| Some(row.mean)))
        .ratios(&columns::MEDIAN_PRICE, rows.clone().map(|row| Some(row.median)))
        .ratios(&columns::SD_OF_PRICES, rows.clone().map(|row| row.sd))
        .ratios(&columns::LEAST_PRICE, rows.clone().map(|row| Some(row.least)))
        .ratios(&columns::MOST_PRICE, rows.clone().map(|row| Some(row.most)))
        .ratios(&columns::CATALOGUE_AMOUNT, rows.clone().map(|row| Some(row.catalogue)))
        .ratios(&columns::WEIGHT, rows.clone().map(|row| Some(row.weight)))
        .ratios(&columns::ESTIMATED_AMOUNT, rows.clone().map(|row| Some(row.amount)))
        .ratios(&columns::LOGNORMAL_SD, rows.clone().map(|row| row.lognormal_sd))
        .ratios(&columns::EVENTS, event().map(|event| event.map(|event| event.events)))
        .ratios(&columns::EVENT_YEARS, event().map(|event| event.map(|event| event.years)))
        .ratios(&columns::PER_YEAR, event().map(|event| event.map(|event| event.per_year)))
        .texts(&columns::SOURCE, rows.map(|row| &row.source))
}

/// Adds the columns of a variance.
fn parts(table: Table, rows: &[&Variance]) -> Table {
    let of = |get: fn(&Variance) -> Money| rows.iter().map(move |row| get(row));
    table
        .money(&columns::MODEL, of(|row| row.model))
        .money(&columns::PAID, of(|row| row.paid))
        .money(&columns::DIFFERENCE, of(|row| row.difference))
        .money(&columns::EXCHANGE, of(|row| row.exchange))
        .money(&columns::PRICE, of(|row| row.price))
        .money(&columns::VOLUME, of(|row| row.volume))
        .money(&columns::TIMING, of(|row| row.timing))
        .money(&columns::NOT_PAID, of(|row| row.not_paid))
        .money(&columns::NOT_PLANNED, of(|row| row.not_planned))
}

/// A row of all figures.
struct Row<'p> {
    by: &'static str,
    key: String,
    category: Option<&'p Id>,
    variance: &'p Variance,
}

/// Every figure: the whole with what is still to come, then by line, category, fiscal year and fund.
fn figures(it: &Payments, head: Head) -> Table {
    let row = |by, key: String, variance| Row { by, key, category: None, variance };
    let line = |row: &LineVariance| row.line.as_ref().map_or_else(String::new, Id::to_string);
    let rows: Vec<Row<'_>> = std::iter::once(row("total", "total".to_owned(), it.total()))
        .chain(it.lines().map(|each| Row { category: Some(&each.category), ..row("line", line(each), &each.variance) }))
        .chain(it.categories().map(|(id, variance)| row("category", id.to_string(), variance)))
        .chain(it.fiscal_years().map(|(year, variance)| row("fiscal_year", year.to_string(), variance)))
        .chain(it.funds().map(|(id, variance)| row("fund", id.to_string(), variance)))
        .collect();
    let whole = |row: &Row<'_>, money: Money| (row.by == "total").then_some(money);
    let table = Table::new(FIGURES, head, rows.len())
        .texts(&columns::BY, rows.iter().map(|row| row.by))
        .texts(&columns::KEY, rows.iter().map(|row| &row.key))
        .some_ids(&columns::CATEGORY, rows.iter().map(|row| row.category));
    parts(table, &rows.iter().map(|row| row.variance).collect::<Vec<_>>())
        .some_money(&columns::REST, rows.iter().map(|row| whole(row, it.rest())))
        .some_money(&columns::FORECAST, rows.iter().map(|row| whole(row, it.forecast())))
}
