//! What the figures of a scenario rest on, for a reader: cost lines, rates, profiles and what is uncertain, each with its
//! source.
//!
//! Nothing of the household, no title and no date of it is shown.

use relocost::scenario::{Charge, Distribution, Line, Percentage, Price, RateTable, Refund};
use relocost::types::Text;
use relocost::{Lang, Scenario};

use crate::document::Document;
use crate::number::{NONE, grouped};
use crate::table::ReportTable;
use crate::words::{Sentences as _, Words as _};
use crate::{Style, axis_label, declared_label, illustrative};

/// What the figures of a scenario rest on: every cost line with its amount and its source, the rates, the profiles, and the
/// uncertain parameters with their distributions. What only illustrates says so.
///
/// ```
/// use relocost_report::{Style, assumptions};
/// # let family = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let text = assumptions(&family, Style::default());
/// let rent = text.lines().find(|line| line.starts_with("Rent, ordinary lease ")).unwrap_or_default();
/// assert!(rent.ends_with("illustrative"), "{rent}");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn assumptions(scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(lang.assumptions().to_owned());
    out.notice(lang.internal_scenario());
    if let Some(line) = illustrative(scenario, lang) {
        out.notice(line);
    }
    out.gap();
    out.heading(lang.lines_and_sources());
    out.table(lines(scenario, style));
    out.line(lang.about_prices_of());
    let rates = rates(scenario, style);
    if !rates.rows.is_empty() {
        out.gap();
        out.heading(lang.rates_and_sources());
        out.table(rates);
    }
    if !scenario.uncertain().is_empty() {
        out.gap();
        out.heading(lang.uncertain_parameters());
        out.table(uncertain(scenario, style));
    }
    out.finish()
}

/// A source as a reader sees it; what it says of itself as an illustration in the reader's language.
fn source(text: Option<&Text>, lang: Lang) -> String {
    match text.map(Text::as_str) {
        Some("illustrative") => lang.illustration().to_owned(),
        Some(source) => source.to_owned(),
        None => lang.no_source().to_owned(),
    }
}

/// The amount of a line, or what it is a share of.
pub(crate) fn amount(line: &Line, lang: Lang) -> String {
    match &line.charge {
        Charge::Percentage(Percentage { share, .. }) => format!("× {}", grouped(&share.to_string(), lang)),
        Charge::Refund(Refund { of, share, .. }) => format!("-{} × {of}", grouped(&share.to_string(), lang)),
        _ => match line.price() {
            Some(Price::Amount(amount)) => grouped(&amount.to_string(), lang),
            Some(Price::Dated(tariffs)) => {
                let amounts = tariffs
                    .iter()
                    .map(|(from, amount)| format!("{} ({} {from})", grouped(&amount.to_string(), lang), lang.tariff()));
                amounts.collect::<Vec<_>>().join(", ")
            }
            _ => lang.by_event().to_owned(),
        },
    }
}

fn lines(scenario: &Scenario, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 2);
    table.heads([lang.line(), lang.category(), lang.amount(), "", lang.prices_of(), lang.source()]);
    for line in scenario.lines().values() {
        let category = scenario.categories().iter().find(|category| line.category.as_ref() == Some(&category.id));
        let priced = line.priced();
        table.row([
            lang.label(&line.label).to_owned(),
            category.map_or("", |category| lang.label(&category.label)).to_owned(),
            amount(line, lang),
            priced.map_or("", |priced| priced.currency.code()).to_owned(),
            priced.and_then(|priced| priced.price_base_year).map_or_else(String::new, |year| year.to_string()),
            source(Some(&line.source), lang),
        ]);
    }
    table
}

/// Years with their rates in one cell: what holds otherwise stands last.
fn by_year<T: std::fmt::Display>(table: &RateTable<T>, lang: Lang) -> String {
    let years = table.years.iter().map(|(year, rate)| format!("{year} {}", grouped(&rate.to_string(), lang)));
    let others = table.default.iter().map(|rate| {
        let rate = grouped(&rate.to_string(), lang);
        if table.years.is_empty() { rate } else { format!("{} {rate}", lang.other_years()) }
    });
    let all: Vec<String> = years.chain(others).collect();
    if all.is_empty() { NONE.to_owned() } else { all.join(lang.between()) }
}

fn rates(scenario: &Scenario, style: Style) -> ReportTable {
    let lang = style.lang;
    let rates = scenario.rates();
    let mut table = ReportTable::new(style, 3);
    table.heads([lang.rate(), lang.value_of_rate(), lang.source()]);
    let label = |key: String| axis_label(scenario, &key, lang).map_or(key, |label| label.text);
    if let Some(discount) = rates.discount {
        let shown = grouped(&discount.to_string(), lang);
        table.row([label("rates.discount".to_owned()), shown, String::new()]);
    }
    for (name, index) in &rates.index {
        let shown = by_year(&index.increases, lang);
        table.row([label(format!("rates.index.{name}")), shown, source(index.increases.source.as_ref(), lang)]);
    }
    for (currency, given) in &rates.fx {
        let mut shown = by_year(&given.by_year, lang);
        if let (Some((first, _)), Some((last, _))) = (given.months.first_key_value(), given.months.last_key_value()) {
            let months = format!("{} {first} – {last}", lang.by_month());
            shown = if shown == NONE { months } else { format!("{shown}{}{months}", lang.between()) };
        }
        let name = format!("{} {currency} -> {}", lang.exchange_rate(), scenario.currency());
        table.row([name, shown, source(given.by_year.source.as_ref(), lang)]);
    }
    for (place, levels) in &rates.level {
        let named = declared_label(scenario.places(), place, lang);
        let levels_of = levels.by_category.iter().map(|(category, level)| {
            let label = declared_label(scenario.categories(), category, lang);
            format!("{label} {}", grouped(&level.to_string(), lang))
        });
        let shown = levels_of.collect::<Vec<_>>().join(lang.between());
        table.row([lang.titled(lang.price_level(), &named), shown, source(levels.source.as_ref(), lang)]);
    }
    for (name, profile) in scenario.profiles() {
        let knots = profile
            .knots
            .iter()
            .map(|(months, share)| format!("{months} {} {}", lang.months(), grouped(&share.to_string(), lang)));
        let shown = knots.collect::<Vec<_>>().join(lang.between());
        table.row([label(format!("profiles.{name}")), shown, source(profile.source.as_ref(), lang)]);
    }
    table
}

fn uncertain(scenario: &Scenario, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 2);
    table.heads([lang.parameter(), lang.distribution()]);
    for each in scenario.uncertain() {
        let path = each.parameter.to_string();
        let label = axis_label(scenario, &path, lang).map_or(path, |label| label.text);
        table.row([label, distribution(&each.distribution, lang)]);
    }
    table
}

/// A distribution with its parameters.
fn distribution(it: &Distribution, lang: Lang) -> String {
    let value = |amount: &dyn std::fmt::Display| grouped(&amount.to_string(), lang);
    let range = |name: &str, low: &dyn std::fmt::Display, high: &dyn std::fmt::Display| {
        format!("{name}, {} – {}", value(low), value(high))
    };
    let spread = |name: &str, mean: &dyn std::fmt::Display, sd: &dyn std::fmt::Display| {
        format!("{name}, {} {}{}{} {}", lang.mean(), value(mean), lang.between(), lang.sd(), value(sd))
    };
    let values = |name: &str, all: &[relocost::Amount]| {
        let all: Vec<String> = all.iter().map(|amount| value(amount)).collect();
        format!("{name}, {}", all.join(lang.between()))
    };
    match it {
        Distribution::Uniform { low, high } => range(lang.uniform(), low, high),
        Distribution::Triangular { low, mode, high } => {
            format!("{}{}{} {}", range(lang.triangular(), low, high), lang.between(), lang.mode(), value(mode))
        }
        Distribution::Pert { low, mode, high, .. } => {
            format!("{}{}{} {}", range("PERT", low, high), lang.between(), lang.mode(), value(mode))
        }
        Distribution::Normal { mean, sd } => spread(lang.normal(), mean, sd),
        Distribution::Lognormal { mean, sd } => spread(lang.lognormal(), mean, sd),
        Distribution::LognormalQuantiles { p5, p95 } => {
            format!("{}, P5 {}{}P95 {}", lang.lognormal(), value(p5), lang.between(), value(p95))
        }
        Distribution::Gamma { mean, sd } => spread("gamma", mean, sd),
        Distribution::Beta { low, high, .. } => range(lang.beta(), low, high),
        Distribution::Discrete { values: all, .. } => values(lang.discrete(), all),
        Distribution::Empirical { values: all } => values(lang.empirical(), all),
        _ => it.name().name().to_owned(),
    }
}
