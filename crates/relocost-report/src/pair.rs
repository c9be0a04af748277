//! Two sides for a reader: their figures in one table, the verdict on the premium, and what causes it.

use indexmap::IndexMap;
use relocost::comparison::{Difference, ReportedBand};
use relocost::names::Band;
use relocost::{Id, Money, Scenario};

use crate::document::Document;
use crate::number::{money, percent, premium, whole_percent};
use crate::table::{Bar, Cell, ReportTable};
use crate::words::{Lang, Words as _, span};
use crate::{Style, declared_label, pathway_head};

/// The length of the longest bar as text, in characters.
const BAR: usize = 24;

/// The figures of two pathways, from a comparison or a caseload.
pub(crate) struct ComparedFigures<'p> {
    pub(crate) base: &'p str,
    pub(crate) alternative: &'p str,
    pub(crate) total: &'p Difference,
    pub(crate) by_category: &'p IndexMap<Id, Difference>,
    pub(crate) by_fiscal_year: &'p IndexMap<i32, Difference>,
    pub(crate) by_fund: &'p IndexMap<Id, Difference>,
}

/// The figures of both sides; `more` are further totals, each of the base and the alternative.
pub(crate) fn figures(
    pair: &ComparedFigures<'_>,
    more: &[(&str, Money, Money)],
    scenario: &Scenario,
    style: Style,
) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let [base, alternative] = [pair.base, pair.alternative].map(|name| pathway_head(scenario, name, lang));
    table.heads(["", &base, &alternative, lang.extra(), lang.premium()]);
    let row = |name: String, difference: &Difference| {
        [
            name,
            money(difference.base, lang),
            money(difference.alternative, lang),
            money(difference.extra, lang),
            premium(difference.premium(), lang),
        ]
    };
    table.group(lang.by_category());
    for (id, difference) in pair.by_category {
        let label = declared_label(scenario.categories(), id, lang);
        table.inner(row(label, difference));
    }
    table.group(lang.by_fiscal_year());
    for (year, difference) in pair.by_fiscal_year {
        table.inner(row(year.to_string(), difference));
    }
    table.group(lang.by_fund());
    for (id, difference) in pair.by_fund {
        let label = declared_label(scenario.funds(), id, lang);
        table.inner(row(label, difference));
    }
    table.row(row(lang.total().to_owned(), pair.total));
    for (name, base, alternative) in more {
        let extra = alternative.checked_sub(*base).map_or(String::new(), |extra| money(extra, lang));
        table.row([(*name).to_owned(), money(*base, lang), money(*alternative, lang), extra]);
    }
    table
}

/// The premium with its horizon and the verdict on it; `note` says what the verdict is worth.
pub(crate) fn verdict(difference: &Difference, months: u32, note: &str, lang: Lang) -> Vec<String> {
    let band = ReportedBand::COURT_2015;
    match (difference.premium().ratio(), difference.band()) {
        (Some(ratio), Some(verdict)) => {
            let (low, high) = (whole_percent(band.low, lang), whole_percent(band.high, lang));
            vec![verdict_sentence(lang, &percent(ratio, lang), months, verdict, &low, &high), format!("{note}.")]
        }
        _ => vec![format!("{}.", lang.no_premium())],
    }
}

/// The shares of an attribution under the labels of their entitlements, the largest first.
///
/// ```
/// use relocost_report::{Lang, shares_by_label};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let shares = shares_by_label(scenario.compare()?.attribution().shares(), &scenario, Lang::En);
/// assert!(shares.iter().any(|(label, _)| label == "Right to work"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn shares_by_label(shares: &IndexMap<Id, Money>, scenario: &Scenario, lang: Lang) -> Vec<(String, Money)> {
    let label = |id: &Id| match id.as_str() {
        "place" => lang.cause_place().to_owned(), // no entitlement is called so
        _ => declared_label(scenario.entitlements(), id, lang),
    };
    let mut parts: Vec<(String, Money)> = shares.iter().map(|(id, share)| (label(id), *share)).collect();
    parts.sort_by_key(|(_, share)| std::cmp::Reverse(share.minor().unsigned_abs()));
    parts
}

/// The causes of the extra cost, the largest first, each with a bar; `others` are the parts that no entitlement
/// explains.
pub(crate) fn causes(
    out: &mut Document,
    heading: &str,
    shares: &IndexMap<Id, Money>,
    others: &[(&str, Money)],
    scenario: &Scenario,
    style: Style,
) {
    let lang = style.lang;
    let mut parts = shares_by_label(shares, scenario, lang);
    parts.extend(others.iter().map(|(name, part)| ((*name).to_owned(), *part)));
    let longest = parts.iter().map(|(_, part)| part.minor().unsigned_abs()).max().unwrap_or(0);
    let mut table = ReportTable::new(style, 1).indented();
    for (name, part) in parts {
        table.row([name.into(), money(part, lang).into(), Cell::Bar(Bar { part: part.minor(), longest, width: BAR })]);
    }
    out.heading(heading);
    out.table(table);
    if shares.is_empty() {
        out.line(format!("  {}", lang.nothing_missing()));
    }
}

fn verdict_sentence(lang: Lang, premium: &str, months: u32, band: Band, low: &str, high: &str) -> String {
    match lang {
        Lang::En => {
            let place = match band {
                Band::Below => "below",
                Band::Above => "above",
                _ => "within",
            };
            format!(
                "Premium: {premium} over {span}, {place} the {low} to {high} that the Court reported in 2015;",
                span = span(months)
            )
        }
        Lang::Fr => {
            let place = match band {
                Band::Below => "au-dessous de",
                Band::Above => "au-dessus de",
                _ => "dans",
            };
            format!(
                "Surcoût relatif : {premium} sur {months} mois, {place} la fourchette de {low} à {high} indiquée par la Cour en 2015 ;"
            )
        }
    }
}
