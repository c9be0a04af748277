//! A traced figure for a reader.

use relocost::explanation::{Explanation, Provenance};
use relocost::scenario::Price;
use relocost::{Entry, Error, Scenario, Watch};

use crate::document::Document;
use crate::ledger::entries_table;
use crate::number::{grouped, money};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, axis_label, declared_label, pathway_head};

/// A figure for a doubter: its entries, one of them step by step (the first, unless another is given), and the sources.
pub fn explanation(explanation: &Explanation<'_>, entry: Option<Entry<'_>>, style: Style) -> String {
    explanation_under(explanation, entry, style, &Watch::default()).unwrap_or_default() // which never cancels
}

/// As [`explanation`], with a watch that is called for each entry.
///
/// # Errors
/// The watch cancels it.
pub fn explanation_under(
    explanation: &Explanation<'_>,
    entry: Option<Entry<'_>>,
    style: Style,
    watch: &Watch<'_>,
) -> Result<String, Error> {
    let lang = style.lang;
    let ledger = explanation.ledger();
    let total = format!("{} {}", money(explanation.total(), lang), ledger.currency());
    let count = explanation.entries().len();
    let pathway = pathway_head(ledger.scenario(), ledger.pathway().as_str(), lang);
    let mut out = Document::new(style);
    out.title(lang.entries(count, &pathway, &total));
    out.notice(lang.internal());
    out.notices(lang.budget_year(ledger.scenario().fiscal_year_start()));
    out.gap();
    if count == 0 {
        out.line(lang.nothing());
        return Ok(out.finish());
    }
    let with_parts = explanation.entries().iter().any(|it| it.entry.amount() != it.part);
    let rows = || explanation.entries().iter().map(|it| (it.entry, with_parts.then_some(it.part)));
    out.table(entries_table(rows, with_parts, style, watch)?);
    if let Some(entry) = entry.or_else(|| explanation.entries().first().map(|it| it.entry)) {
        out.gap();
        out.heading(lang.steps());
        out.table(steps(&entry, ledger.scenario(), style));
    }
    out.gap();
    out.heading(lang.sources());
    let sources = explanation.sources().iter();
    let named = |source: &Provenance| {
        let label = axis_label(ledger.scenario(), &source.key, lang);
        let key = label.map_or_else(|| source.key.clone(), |label| format!("{} ({})", label.text, source.key));
        let source = match source.source.as_deref() {
            Some("illustrative") => lang.illustration(),
            Some(source) => source,
            None => lang.no_source(),
        };
        lang.titled(&key, source)
    };
    out.list(sources.map(named).collect());
    out.finish_under(watch)
}

fn steps(entry: &Entry<'_>, scenario: &Scenario, style: Style) -> ReportTable {
    let lang = style.lang;
    let line = entry.line();
    let mut table = ReportTable::new(style, 2).indented().unnamed();
    let mut step = |sign: &str, value: String, why: String| table.row([format!("{sign} {value}"), why]);
    let written = |exact: relocost::ledger::Exact| {
        let shown = grouped(&exact.to_string(), lang);
        if exact.is_written_exactly() || exact.to_fraction().len() > 40 {
            shown
        } else {
            format!("{shown} ({})", exact.to_fraction())
        }
    };
    step(" ", format!("{} {}", entry.month(), line.id), lang.label(&line.label).to_owned());
    let factors = (entry.priced(), entry.quantity(), entry.unit_price(), entry.needed());
    if let (Some(priced), Some(quantity), Some(unit_price), Some(needed)) = factors {
        let currency = priced.currency;
        step(" ", grouped(&quantity.to_string(), lang), units_of(lang, priced.driver.as_str()));
        let mut price = format!("{}, {currency}", lang.unit_price());
        if let Price::Event { per_year, .. } = &priced.price {
            let per_year = grouped(&per_year.to_string(), lang);
            price = lang.titled(&price, &format!("{per_year} {}", lang.per_year_over_12()));
        }
        if let Some(since) = entry.tariff_month() {
            price = format!("{price}, {} {since}", lang.tariff());
        }
        step("×", written(unit_price), price);
        if let (Some(level), Some(place), true) = (entry.price_level(), entry.place(), entry.has_level()) {
            step("×", written(level), format!("{} ({place})", lang.price_level()));
        }
        if let (Some(index), Some(factor)) = (&priced.index, entry.index_factor()) {
            let years: Vec<String> = entry
                .index_years()
                .map(|(year, increase)| lang.titled(&year.to_string(), &grouped(&increase.to_string(), lang)))
                .collect();
            let years = if years.is_empty() { String::new() } else { format!(" ({})", years.join(lang.between())) };
            let span = entry.index_span().map_or_else(String::new, |(base, year)| format!(", {base} -> {year}"));
            step("×", written(factor), format!("{} {index}{span}{years}", lang.index_factor()));
        }
        if let Some(rate) = entry.exchange_rate().filter(|_| currency != entry.amount().currency()) {
            step(
                "×",
                grouped(&rate.to_string(), lang),
                format!("{} {currency} -> {}", lang.exchange_rate(), entry.amount().currency()),
            );
        }
        if let (Some(relief), Some(months)) = (&priced.relief, entry.relief_months()) {
            step("×", written(needed), after_relief(lang, months, relief.profile.as_str()));
        }
    } else {
        step(" ", written(entry.returned()), lang.entries_returned().to_owned());
    }
    for (share, of) in entry.shares() {
        step("×", written(share), format!("{} {}", lang.share_of(), of.id));
    }
    step("=", written(entry.unrounded()), String::new());
    step("≈", format!("{} {}", money(entry.amount(), lang), entry.amount().currency()), lang.rounded().to_owned());
    let funds = entry.funds();
    if funds.len() > 1 {
        let parts: Vec<String> = funds
            .iter()
            .map(|(fund, part)| format!("{} {}", declared_label(scenario.funds(), fund, lang), money(*part, lang)))
            .collect();
        step(" ", String::new(), parts.join(lang.between()));
    }
    table
}

/// The unit for which a line's amount is paid, from the name of its driver.
fn units_of(lang: Lang, driver: &str) -> String {
    let [english, french] = match driver {
        "household" => ["household", "ménage"],
        "person" => ["persons", "personnes"],
        "adult" => ["adults", "adultes"],
        "minor" => ["minors", "mineurs"],
        "school_age" => ["persons of school age", "personnes d'âge scolaire"],
        "working_age" => ["persons of working age", "personnes en âge de travailler"],
        "equivalent_adult" => ["equivalent adults", "équivalents adultes"],
        own => [own, own],
    };
    let (word, shown) = match lang {
        Lang::En => ("quantity", english),
        Lang::Fr => ("quantité", french),
    };
    if shown == driver { lang.titled(word, shown) } else { lang.titled(word, &format!("{shown} ({driver})")) }
}

/// The share still needed after months of relief, in words.
fn after_relief(lang: Lang, months: u32, profile: &str) -> String {
    match lang {
        Lang::En => format!("still needed, after {} ({profile})", span(months)),
        Lang::Fr => format!("encore nécessaire, après {months} mois ({profile})"),
    }
}
