//! Tables of caseloads.

use relocost::caseload::{CaseResult, Caseload};
use relocost::comparison::Difference;
use relocost::{Error, Money};

use crate::columns;
use crate::comparison::{ATTRIBUTION, BY_CATEGORY, BY_FISCAL_YEAR, BY_FUND, amounts, by_id, by_year, parts};
use crate::head::{Head, What};
use crate::{Table, Tables};

const HOUSEHOLDS: What = What::new("households", "Households", "Ménages");
const FIGURES: What = What::new("figures", "Households and the whole", "Ménages et ensemble");

impl Tables for Caseload {
    fn tables(&self) -> &'static [What] {
        &[HOUSEHOLDS, FIGURES, BY_CATEGORY, BY_FISCAL_YEAR, BY_FUND, ATTRIBUTION]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), Some(self.pair()));
        Ok(Some(match name {
            "households" => households(self, head),
            "figures" => figures(self, head),
            "by_category" => by_id(BY_CATEGORY, &columns::CATEGORY, head, &self.by_category),
            "by_fiscal_year" => by_year(head, &self.by_fiscal_year),
            "by_fund" => by_id(BY_FUND, &columns::FUND, head, &self.by_fund),
            "attribution" => amounts(ATTRIBUTION, &columns::ENTITLEMENT, head, self.attribution.iter()),
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(FIGURES)
    }
}

fn households(it: &Caseload, head: Head) -> Table {
    let rows = it.households.iter();
    Table::new(HOUSEHOLDS, head, rows.len())
        .texts(&columns::REFERENCE, rows.clone().map(|row| &row.reference))
        .counts(&columns::COUNT, rows.clone().map(|row| row.count))
        .differences(rows.clone().map(|row| &row.difference))
        .some_texts(&columns::BAND, rows.map(|row| row.difference.band()))
}

/// A row of all figures.
struct Row<'c> {
    reference: Option<&'c str>,
    by: &'static str,
    key: String,
    count: Option<u64>,
    /// Both sides, where the figure has them.
    pair: Option<&'c Difference>,
    extra: Money,
}

impl<'c> Row<'c> {
    fn of_household(row: &'c CaseResult) -> Self {
        Self {
            reference: Some(&row.reference),
            count: Some(row.count.into()),
            ..Self::of_pair("total", "total".to_owned(), &row.difference)
        }
    }

    fn of_pair(by: &'static str, key: String, pair: &'c Difference) -> Self {
        Self { reference: None, by, key, count: None, pair: Some(pair), extra: pair.extra }
    }

    fn of_extra(by: &'static str, key: String, extra: Money) -> Self {
        Self { reference: None, by, key, count: None, pair: None, extra }
    }
}

/// Every figure: the households, each for one of its kind, and the whole in total, in parts and by its causes.
fn figures(it: &Caseload, head: Head) -> Table {
    let whole = Row { count: Some(it.count), ..Row::of_pair("total", "total".to_owned(), &it.difference) };
    let parts = parts(&it.by_category, &it.by_fiscal_year, &it.by_fund);
    let causes = it.attribution.iter().map(|(id, share)| Row::of_extra("entitlement", id.to_string(), *share));
    let rows: Vec<Row<'_>> = it
        .households
        .iter()
        .map(Row::of_household)
        .chain([whole])
        .chain(parts.map(|(by, key, pair)| Row::of_pair(by, key, pair)))
        .chain(causes)
        .chain([Row::of_extra("residual", "residual".to_owned(), it.residual)])
        .collect();
    let premium = |row: &Row<'_>| row.pair.and_then(|pair| pair.premium().ratio());
    Table::new(FIGURES, head, rows.len())
        .some_texts(&columns::REFERENCE, rows.iter().map(|row| row.reference))
        .texts(&columns::BY, rows.iter().map(|row| row.by))
        .texts(&columns::KEY, rows.iter().map(|row| &row.key))
        .some_counts(&columns::COUNT, rows.iter().map(|row| row.count))
        .some_money(&columns::BASE, rows.iter().map(|row| row.pair.map(|pair| pair.base)))
        .some_money(&columns::ALTERNATIVE, rows.iter().map(|row| row.pair.map(|pair| pair.alternative)))
        .money(&columns::EXTRA, rows.iter().map(|row| row.extra))
        .ratios(&columns::PREMIUM, rows.iter().map(premium))
        .some_texts(
            &columns::BAND,
            rows.iter().map(|row| row.pair.filter(|_| row.by == "total").and_then(Difference::band)),
        )
}
