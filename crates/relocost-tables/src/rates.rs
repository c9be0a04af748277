//! The table of published rates.

use relocost::Error;
use relocost_rates::{RateTables, Subject};

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const RATES: What = What::new("rates", "Published rates", "Taux publiés");

impl Tables for RateTables {
    fn tables(&self) -> &'static [What] {
        &[RATES]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let rows = || self.tables.iter().flat_map(|table| table.values.iter().map(move |value| (table, value)));
        let month = |subject: &Subject| match subject {
            Subject::Index(_, month) => Some(*month),
            _ => None,
        };
        let table = || {
            Table::new(RATES, Head::published(self.currency), rows().count())
                .texts(&columns::RATES_KEY, rows().map(|(table, _)| table.subject.key()))
                .texts(&columns::PERIOD, rows().map(|(_, (period, _))| period))
                .ratios(&columns::RATE, rows().map(|(_, (_, rate))| Some(rate)))
                .some_counts(&columns::INCREASE_MONTH, rows().map(|(table, _)| month(&table.subject)))
                .texts(&columns::SOURCE, rows().map(|(table, _)| &table.source))
        };
        Ok((name == RATES.name).then(table))
    }

    fn csv_table(&self) -> Option<What> {
        Some(RATES)
    }
}
