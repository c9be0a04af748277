//! The bookings that journals are written from.

use relocost::Error;
use relocost::postings::Postings;

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const POSTINGS: What = What::new("postings", "Bookings by month", "Écritures par mois");

impl Tables for Postings {
    fn tables(&self) -> &'static [What] {
        &[POSTINGS]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        if name != POSTINGS.name {
            return Ok(None);
        }
        let rows = self.iter();
        let table = Table::new(POSTINGS, Head::of(self.about(), None), rows.len())
            .months(&columns::MONTH, rows.clone().map(|row| row.month))
            .ids(&columns::CATEGORY, rows.clone().map(|row| row.category))
            .some_ids(&columns::LINE, rows.clone().map(|row| row.line))
            .ids(&columns::FUND, rows.clone().map(|row| row.fund))
            .texts(&columns::ACCOUNT, rows.clone().map(|row| row.account))
            .texts(&columns::FUND_ACCOUNT, rows.clone().map(|row| row.fund_account))
            .some_money(&columns::MODEL, rows.clone().map(|row| row.model))
            .some_money(&columns::PAID, rows.map(|row| row.paid));
        Ok(Some(table))
    }

    fn csv_table(&self) -> Option<What> {
        Some(POSTINGS)
    }
}
