//! A traced figure for a reader.

use relocost::{Entry, Explanation, Price, Provenance};

use crate::Style;
use crate::document::Document;
use crate::ledger::entries_table;
use crate::number::{grouped, money};
use crate::table::Table;
use crate::words::{Sentences as _, Words as _};

/// A figure for a doubter: its entries, one of them step by step, and the sources. `entry` is the place of the entry
/// to show step by step, from 1; one beyond the last shows none.
pub fn explanation(explanation: &Explanation<'_>, entry: usize, style: Style) -> String {
    let lang = style.lang;
    let ledger = explanation.ledger();
    let total = format!("{} {}", money(explanation.total(), lang), ledger.currency());
    let count = explanation.entries().len();
    let mut out = Document::new(style);
    out.title(lang.entries(count, ledger.pathway().as_str(), &total));
    out.line(lang.internal());
    out.lines(lang.budget_year(ledger.scenario().fiscal_year_start()));
    out.gap();
    if count == 0 {
        out.line(lang.nothing());
        return out.finish();
    }
    let with_parts = explanation.entries().iter().any(|(entry, part)| entry.amount() != *part);
    let rows = explanation.entries().iter().map(|(entry, part)| (*entry, with_parts.then_some(*part)));
    out.table(entries_table(rows, with_parts, style));
    if let Some((entry, _)) = entry.checked_sub(1).and_then(|place| explanation.entries().get(place)) {
        out.gap();
        out.heading(lang.steps());
        out.table(steps(entry, style));
    }
    out.gap();
    out.heading(lang.sources());
    let sources = explanation.sources().iter();
    let named =
        |source: &Provenance| format!("{}: {}", source.key, source.source.as_deref().unwrap_or(lang.no_source()));
    out.list(sources.map(named).collect());
    out.finish()
}

fn steps(entry: &Entry<'_>, style: Style) -> Table {
    let lang = style.lang;
    let line = entry.line();
    let mut table = Table::new(style, 2).indented().unnamed();
    let mut step = |sign: &str, value: String, why: String| table.row([format!("{sign} {value}"), why]);
    let written = |exact: relocost::Exact| {
        let shown = grouped(&exact.to_string(), lang);
        if exact.is_written_exactly() || exact.to_fraction().len() > 40 {
            shown
        } else {
            format!("{shown} ({})", exact.to_fraction())
        }
    };
    step(" ", format!("{} {}", entry.month(), line.id), lang.label(&line.label).to_owned());
    step(" ", grouped(&entry.quantity().to_string(), lang), format!("{} {}", lang.units_of(), line.driver));
    let price = match &line.price {
        Price::Event { per_year, .. } => {
            format!("{}, {}: {per_year} {}", lang.unit_price(), entry.currency(), lang.per_year_over_12())
        }
        _ => format!("{}, {}", lang.unit_price(), entry.currency()),
    };
    step("×", written(entry.unit_price()), price);
    if let Some(index) = &line.index {
        let years: Vec<String> = entry.index_years().map(|(year, increase)| format!("{year}: {increase}")).collect();
        let years = if years.is_empty() { String::new() } else { format!(" ({})", years.join(", ")) };
        let span = format!("{} -> {}", line.price_base_year, entry.month().year());
        step("×", written(entry.index_factor()), format!("{} {index}, {span}{years}", lang.index_factor()));
    }
    if entry.currency() != entry.amount().currency() {
        step(
            "×",
            grouped(&entry.exchange_rate().to_string(), lang),
            format!("{} {} -> {}", lang.exchange_rate(), entry.currency(), entry.amount().currency()),
        );
    }
    if let (Some(relief), Some(months)) = (&line.relief, entry.relief_months()) {
        step(
            "×",
            written(entry.needed()),
            format!("{} {months} {} ({})", lang.after_relief(), lang.months(), relief.profile),
        );
    }
    step("=", written(entry.unrounded()), String::new());
    step("≈", format!("{} {}", money(entry.amount(), lang), entry.amount().currency()), lang.rounded().to_owned());
    let funds = entry.funds();
    if funds.len() > 1 {
        let parts: Vec<String> = funds.iter().map(|(fund, part)| format!("{fund} {}", money(*part, lang))).collect();
        step(" ", String::new(), parts.join(", "));
    }
    table
}
