//! What-ifs for a reader.

use relocost::Basis;
use relocost::types::ParameterValue;
use relocost::variants::WhatIfs;

use crate::document::Document;
use crate::number::{grouped, money, premium};
use crate::table::ReportTable;
use crate::variants::signed;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, pathway_head};

/// What-ifs row by row: the value of each parameter, the figures, and the change of the extra cost. The first row is
/// the scenario as it stands; the others are counted from 1. Shares and rates that can only be per cents are named below.
///
/// ```
/// use relocost::CompareOptions;
/// use relocost_report::{Style, what_ifs};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let rents = ["950", "1045"].map(str::parse).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let table = scenario.grid(&[("lines.rent.amount".parse()?, rents)], &CompareOptions::default())?;
/// let text = what_ifs(&table, Style::default());
/// assert_eq!(text.lines().count(), 7); // title, notice, a gap, heads, as it stands, two rows
/// assert!(text.lines().last().is_some_and(|row| row.starts_with("2") && row.contains("1,045")));
/// let starts = ["2026-03", "2026-09"].map(str::parse).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let table = scenario.grid(&[("start".parse()?, starts)], &CompareOptions::default())?;
/// assert!(what_ifs(&table, Style::default()).lines().last().is_some_and(|row| row.contains(" 2026-09 ")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn what_ifs(table: &WhatIfs, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title(lang, table.horizon_months(), table.currency().code(), table.basis()));
    out.notice(lang.internal());
    out.gap();
    let mut rows = ReportTable::new(style, 1);
    let parameters = table.parameters.iter().map(|(parameter, _)| parameter.to_string());
    let sides = [table.base(), table.alternative()].map(|name| pathway_head(table.about().scenario(), name, lang));
    let figures = [lang.extra(), lang.premium(), lang.change_of_extra()].map(str::to_owned);
    rows.heads(std::iter::once(String::new()).chain(parameters).chain(sides).chain(figures));
    let difference = |difference: &relocost::comparison::Difference| {
        let figures = [difference.base, difference.alternative, difference.extra].map(|figure| money(figure, lang));
        figures.into_iter().chain([premium(difference.premium(), lang)])
    };
    let standing = table.parameters.iter().map(|(_, value)| shown(*value, lang));
    rows.row(std::iter::once(lang.as_it_stands().to_owned()).chain(standing).chain(difference(&table.as_it_stands)));
    rows.rows(table.rows.iter().enumerate(), |(place, what_if)| {
        // A parameter that a row leaves alone stands as it does in the first.
        let value = |(parameter, standing): &(relocost::Parameter, ParameterValue)| {
            let set = what_if.changes.iter().find(|(changed, _)| changed == parameter);
            shown(set.map_or(*standing, |(_, value)| *value), lang)
        };
        std::iter::once((place + 1).to_string())
            .chain(table.parameters.iter().map(value))
            .chain(difference(&what_if.figures.difference))
            .chain([signed(what_if.figures.change_of_extra, lang)])
            .collect()
    });
    out.table(rows);
    out.warnings(&table.warnings);
    out.finish()
}

fn shown(value: ParameterValue, lang: Lang) -> String {
    match value {
        ParameterValue::Number(number) => grouped(&number.to_string(), lang),
        _ => value.to_string(), // a month
    }
}

fn title(lang: Lang, months: u32, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => format!("What-ifs over {span}, in {currency}, {prices}", span = span(months)),
        Lang::Fr => format!("Hypothèses sur {months} mois, en {currency}, {prices}"),
    }
}
