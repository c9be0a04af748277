//! A ledger for a reader.

use relocost::{Entry, Ledger, Money};

use crate::document::Document;
use crate::number::{grouped, money};
use crate::table::Table;
use crate::words::{Sentences as _, Words as _};
use crate::{Style, pathway_head};

/// A ledger for a reader: every entry with its factors, and the total.
pub fn ledger(ledger: &Ledger, style: Style) -> String {
    let lang = style.lang;
    let scenario = ledger.scenario();
    let title =
        lang.title(scenario.horizon_months(), &scenario.start().to_string(), ledger.currency().code(), ledger.basis());
    let mut out = Document::new(style);
    let pathway = pathway_head(scenario, ledger.pathway().as_str(), lang);
    out.title(lang.titled(&title, &pathway));
    out.line(lang.internal());
    out.lines(lang.budget_year(scenario.fiscal_year_start()));
    out.gap();
    out.table(entries_table(ledger.entries().map(|entry| (entry, None)), false, style));
    out.gap();
    out.line(lang.entries(ledger.len(), &pathway, &money(ledger.total(), lang)) + ".");
    out.finish()
}

/// Entries as a table; if wanted with a last column for the part of an entry that a figure sums.
pub(crate) fn entries_table<'l>(
    entries: impl ExactSizeIterator<Item = (Entry<'l>, Option<Money>)>,
    with_parts: bool,
    style: Style,
) -> Table {
    let lang = style.lang;
    let mut table = Table::new(style, 3);
    let mut heads = vec![
        lang.month(),
        lang.solution(),
        lang.line(),
        lang.quantity(),
        lang.unit_price(),
        "",
        lang.index_factor(),
        lang.exchange_rate(),
        lang.relief(),
        lang.amount(),
    ];
    if with_parts {
        heads.push(lang.part());
    }
    table.heads(heads);
    // A refund has none of the factors.
    let shown = |number: Option<String>| number.map_or_else(String::new, |number| grouped(&number, lang));
    table.rows(entries, |(entry, part)| {
        let mut cells = vec![
            entry.month().to_string(),
            entry.solution().to_owned(),
            entry.line().id.to_string(),
            shown(entry.quantity().map(|quantity| quantity.to_string())),
            shown(entry.unit_price().map(|price| price.to_string())),
            entry.currency().map_or_else(String::new, |currency| currency.to_string()),
            shown(entry.index_factor().map(|factor| factor.to_fixed(6))),
            shown(entry.exchange_rate().map(|rate| rate.to_string())),
            shown(entry.relief().map(|relief| relief.to_fixed(4))),
            money(entry.amount(), lang),
        ];
        cells.extend(part.map(|part| money(part, lang)));
        cells
    });
    table
}
