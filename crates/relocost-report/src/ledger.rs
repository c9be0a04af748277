//! A ledger as text.

use relocost::{Entry, Ledger, Money};

use crate::Style;
use crate::number::{grouped, money};
use crate::table::Table;

/// A ledger for a reader: every entry with its factors, and the total.
pub fn ledger(ledger: &Ledger, style: Style) -> String {
    let lang = style.lang;
    let scenario = ledger.scenario();
    let title =
        lang.title(scenario.horizon_months(), &scenario.start().to_string(), ledger.currency().code(), ledger.basis());
    let mut out =
        vec![style.heading(&format!("{title}: {}", ledger.pathway())), lang.internal().to_owned(), String::new()];
    out.extend(entries_table(ledger.entries().map(|entry| (entry, None)), style));
    out.push(String::new());
    out.push(lang.entries(ledger.len(), ledger.pathway().as_str(), &money(ledger.total(), lang)) + ".");
    out.join("\n") + "\n"
}

/// Entries as a table; with a last column for the part of an entry that a figure sums, where there is one.
pub(crate) fn entries_table<'l>(
    entries: impl Iterator<Item = (Entry<'l>, Option<Money>)> + Clone,
    style: Style,
) -> Vec<String> {
    let lang = style.lang;
    let with_parts = entries.clone().any(|(_, part)| part.is_some());
    let mut table = Table::new(3);
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
    table.row(heads.into_iter().map(str::to_owned));
    for (entry, part) in entries {
        let mut cells = vec![
            entry.month().to_string(),
            entry.solution().to_owned(),
            entry.line().id.to_string(),
            grouped(&entry.quantity().to_string(), lang),
            grouped(&entry.unit_price().to_string(), lang),
            entry.currency().to_string(),
            grouped(&entry.index_factor().to_fixed(6), lang),
            grouped(&entry.exchange_rate().to_string(), lang),
            grouped(&entry.relief().to_fixed(4), lang),
            money(entry.amount(), lang),
        ];
        cells.extend(part.map(|part| money(part, lang)));
        table.row(cells);
    }
    table.lines()
}
