//! A publication as typed tables.

use relocost::Error;
use relocost_tables::{Head, Table, Tables, What, columns};

use crate::dimension::Dimension;
use crate::publication::{CellNames, Publication};

const PUBLISHED: What = What::new("published", "Published figures", "Chiffres publiés");
const AUDIT: What = What::new("audit", "Intervals of suppressed figures", "Intervalles des chiffres supprimés");

impl Tables for Publication {
    fn tables(&self) -> &'static [What] {
        &[PUBLISHED, AUDIT]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::for_publication(&self.about, self.pair.as_ref());
        Ok(match name {
            "published" => Some(published(self, head)),
            "audit" => Some(audit(self, head)),
            _ => None,
        })
    }

    fn csv_table(&self) -> Option<What> {
        Some(PUBLISHED)
    }
}

fn named<'n>(table: Table, rows: &(impl Iterator<Item = &'n CellNames> + Clone)) -> Table {
    let of = |dimension: Dimension| rows.clone().map(move |names| names.get(&dimension));
    table
        .some_years(&columns::FISCAL_YEAR, of(Dimension::FiscalYear).map(|year| year?.parse().ok()))
        .some_ids(&columns::CATEGORY, of(Dimension::Category))
        .some_ids(&columns::FUND, of(Dimension::Fund))
        .some_ids(&columns::KIND, of(Dimension::Kind))
        .some_texts(&columns::SIZE, of(Dimension::Size))
}

fn published(it: &Publication, head: Head) -> Table {
    let rows = it.cells.iter();
    let figures = || rows.clone().map(|cell| cell.figures.as_ref());
    let is_pair = it.pair.is_some();
    let table = named(Table::new(PUBLISHED, head, rows.len()), &rows.clone().map(|cell| &cell.names));
    table
        .texts(
            &columns::PUBLICATION_STATUS,
            figures().map(|figures| if figures.is_some() { "published" } else { "suppressed" }),
        )
        .some_counts(&columns::CASES, figures().map(|figures| Some(figures?.cases)))
        .some_money(&columns::PUBLISHED_COST, figures().map(|figures| Some(figures?.base).filter(|_| !is_pair)))
        .some_money(&columns::BASE, figures().map(|figures| Some(figures?.base).filter(|_| is_pair)))
        .some_money(&columns::ALTERNATIVE, figures().map(|figures| figures?.alternative))
        .some_counts(&columns::PREMIUM_PER_CENT, figures().map(|figures| figures?.premium_per_cent))
}

fn audit(it: &Publication, head: Head) -> Table {
    let rows = it.audit.intervals.iter();
    let table = named(Table::new(AUDIT, head, rows.len()), &rows.clone().map(|interval| &interval.names));
    table
        .texts(&columns::SUPPRESSED_FIGURE, rows.clone().map(|interval| interval.figure))
        .some_money(&columns::LOW_END, rows.clone().map(|interval| interval.low))
        .some_money(&columns::HIGH_END, rows.clone().map(|interval| interval.high))
}
