//! A comparison as text.

use relocost::{Comparison, Difference, Id, Label, Money, ReportedBand, Scenario};

use crate::Style;
use crate::number::{money, percent, premium, whole_percent};
use crate::table::Table;
use crate::words::Lang;

/// How many characters the longest bar has.
const BAR: usize = 24;

/// A comparison of two pathways for a reader: figures, verdict, causes, and the premium by horizon.
pub fn comparison(result: &Comparison, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = vec![
        style.heading(&lang.title(
            result.horizon_months(),
            &result.start().to_string(),
            result.currency().code(),
            result.basis(),
        )),
        lang.internal().to_owned(),
        String::new(),
    ];
    out.extend(figures(result, scenario, style));
    let compared = [result.base(), result.alternative()];
    let mut others = result.pathways().iter().filter(|(name, _)| !compared.contains(name)).peekable();
    if others.peek().is_some() {
        let totals: Vec<String> =
            others.map(|(name, figures)| format!("{name} {}", money(figures.total, lang))).collect();
        out.push(format!("{}: {}", lang.other_pathways(), totals.join(", ")));
    }
    out.push(String::new());
    out.extend(verdict(result, lang));
    out.push(String::new());
    out.push(style.heading(lang.causes()));
    out.extend(causes(result, scenario, lang));
    out.push(String::new());
    out.push(style.heading(lang.curve()));
    out.extend(curve(result, lang));
    let (all, marked) = result.illustrative_lines();
    if marked > 0 {
        out.extend([String::new(), lang.illustrative(all, marked)]);
    }
    out.join("\n") + "\n"
}

fn figures(result: &Comparison, scenario: &Scenario, style: Style) -> Vec<String> {
    let lang = style.lang;
    let mut table = Table::new(1);
    table.row([
        String::new(),
        result.base().to_string(),
        result.alternative().to_string(),
        lang.extra().into(),
        lang.premium().into(),
    ]);
    let row = |table: &mut Table, name: String, difference: &Difference| {
        table.row([
            name,
            money(difference.base, lang),
            money(difference.alternative, lang),
            money(difference.extra, lang),
            premium(difference.premium(), lang),
        ]);
    };
    table.row([style.heading(lang.by_category())]);
    for (id, difference) in result.by_category() {
        row(
            &mut table,
            format!("  {}", label_of(scenario.categories().iter().map(|c| (&c.id, &c.label)), id, lang)),
            difference,
        );
    }
    table.row([style.heading(lang.by_fiscal_year())]);
    for (year, difference) in result.by_fiscal_year() {
        row(&mut table, format!("  {year}"), difference);
    }
    table.row([style.heading(lang.by_fund())]);
    for (id, difference) in result.by_fund() {
        row(
            &mut table,
            format!("  {}", label_of(scenario.funds().iter().map(|f| (&f.id, &f.label)), id, lang)),
            difference,
        );
    }
    row(&mut table, lang.total().to_owned(), result.difference());
    let pathways = result.pathways();
    if let (Some(base), Some(alternative)) = (pathways.get(result.base()), pathways.get(result.alternative())) {
        let mut pair = |name: &str, base: Money, alternative: Money| {
            let extra = alternative.checked_sub(base).map_or(String::new(), |extra| money(extra, lang));
            table.row([name.to_owned(), money(base, lang), money(alternative, lang), extra]);
        };
        pair(lang.constant(), base.constant, alternative.constant);
        pair(lang.present_value(), base.present_value, alternative.present_value);
    }
    table.lines()
}

fn label_of<'s>(mut labels: impl Iterator<Item = (&'s Id, &'s Label)>, id: &Id, lang: Lang) -> String {
    labels.find(|(known, _)| *known == id).map_or_else(|| id.to_string(), |(_, label)| lang.label(label).to_owned())
}

fn verdict(result: &Comparison, lang: Lang) -> Vec<String> {
    let band = ReportedBand::COURT_2015;
    match (result.premium().ratio(), result.band()) {
        (Some(ratio), Some(verdict)) => {
            let (low, high) = (whole_percent(band.low, lang), whole_percent(band.high, lang));
            vec![
                lang.verdict(&percent(ratio, lang), result.horizon_months(), verdict, &low, &high),
                format!("{}.", lang.average()),
            ]
        }
        _ => vec![format!("{}.", lang.no_premium())],
    }
}

fn causes(result: &Comparison, scenario: &Scenario, lang: Lang) -> Vec<String> {
    let attribution = result.attribution();
    let mut parts: Vec<(String, Money)> = attribution
        .shares()
        .iter()
        .map(|(id, share)| (label_of(scenario.entitlements().iter().map(|e| (&e.id, &e.label)), id, lang), *share))
        .collect();
    parts.sort_by_key(|(_, share)| std::cmp::Reverse(share.minor().unsigned_abs()));
    parts.push((lang.residual().to_owned(), attribution.residual()));
    let longest = parts.iter().map(|(_, part)| part.minor().unsigned_abs()).max().unwrap_or(0);
    let mut table = Table::new(1);
    for (name, part) in &parts {
        table.row([format!("  {name}"), money(*part, lang), bar(*part, longest)]);
    }
    let mut lines: Vec<String> = table.lines();
    if attribution.shares().is_empty() {
        lines.push(format!("  {}", lang.nothing_missing()));
    }
    lines
}

/// A bar of blocks; hollow for what lowers the extra cost. Padded, since the column is aligned to the right.
fn bar(part: Money, longest: u128) -> String {
    let length = (part.minor().unsigned_abs() * BAR as u128 + longest / 2).checked_div(longest).unwrap_or(0);
    let length = usize::try_from(length).unwrap_or(BAR).min(BAR);
    let block = if part.minor() < 0 { "░" } else { "█" };
    format!("{}{}", block.repeat(length), " ".repeat(BAR - length))
}

fn curve(result: &Comparison, lang: Lang) -> Vec<String> {
    let curve = result.premium_curve();
    let last = curve.len();
    let mut horizons: Vec<usize> =
        [6, 12, 24, 36, 48, 60, 84, 120, 180, 240].into_iter().filter(|&months| months < last).collect();
    horizons.push(last);
    let mut table = Table::new(1);
    table.row(std::iter::once(format!("  {}", lang.months())).chain(horizons.iter().map(ToString::to_string)));
    let shown = |months: &usize| {
        months
            .checked_sub(1)
            .and_then(|place| curve.get(place))
            .map_or(String::new(), |difference| premium(difference.premium(), lang))
    };
    table.row(std::iter::once(format!("  {}", lang.premium())).chain(horizons.iter().map(shown)));
    table.lines()
}
