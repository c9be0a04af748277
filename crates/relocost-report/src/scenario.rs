//! A scenario for a reader: its solutions with what they grant, and its cost lines.
//!
//! Nothing of the household, no title and no date is shown.

use relocost::Scenario;
use relocost::names::SolutionKind;

use crate::assumptions::amount;
use crate::document::Document;
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative};

/// The parts of a scenario: its solutions with the entitlements that they grant, and its cost lines with their amounts
/// and sources.
///
/// ```
/// use relocost_report::{Style, scenario};
/// # let family = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let text = scenario(&family, Style::default());
/// assert!(text.starts_with("A scenario of 60 months, in EUR"));
/// assert!(text.lines().any(|line| line.starts_with("Rent, ordinary lease ") && line.contains("950")));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn scenario(scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title(lang, scenario.horizon_months(), scenario.currency().code()));
    out.notice(lang.internal_scenario());
    out.gap();
    let mut solutions = ReportTable::new(style, 3);
    solutions.heads([lang.solution(), "", lang.entitlements()]);
    for solution in scenario.solutions().values() {
        let kind = if solution.kind == SolutionKind::Permanent { lang.permanent() } else { lang.temporary() };
        let granted = scenario.entitlements().iter().filter(|each| solution.entitlements.contains(&each.id));
        let granted: Vec<&str> = granted.map(|each| lang.label(&each.label)).collect();
        solutions.row([lang.label(&solution.label).to_owned(), kind.to_owned(), granted.join(", ")]);
    }
    out.table(solutions);
    out.gap();
    let mut lines = ReportTable::new(style, 2);
    lines.heads([lang.line(), lang.category(), lang.amount(), ""]);
    lines.rows(scenario.lines().values(), |line| {
        let category = scenario.categories().iter().find(|category| line.category.as_ref() == Some(&category.id));
        vec![
            lang.label(&line.label).to_owned(),
            category.map_or("", |category| lang.label(&category.label)).to_owned(),
            amount(line, lang),
            line.priced().map_or("", |priced| priced.currency.code()).to_owned(),
        ]
    });
    out.table(lines);
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

fn title(lang: Lang, months: u32, currency: &str) -> String {
    match lang {
        Lang::En => format!("A scenario of {span}, in {currency}", span = span(months)),
        Lang::Fr => format!("Un scénario de {months} mois, en {currency}"),
    }
}
