//! A comparison as text.

use relocost::{Comparison, Scenario};

use crate::Style;
use crate::number::{money, premium};
use crate::pair::{Pair, causes, figures, verdict};
use crate::table::Table;
use crate::words::Lang;

/// A comparison of two pathways for a reader: figures, verdict, causes, and the premium by horizon.
pub fn comparison(result: &Comparison, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let start = result.start().to_string();
    let title = lang.title(result.horizon_months(), &start, result.currency().code(), result.basis());
    let mut out = vec![style.heading(&title), lang.internal().to_owned(), String::new()];
    let pair = Pair {
        base: result.base(),
        alternative: result.alternative(),
        total: result.difference(),
        by_category: result.by_category(),
        by_fiscal_year: result.by_fiscal_year(),
        by_fund: result.by_fund(),
    };
    let pathways = result.pathways();
    let more = match (pathways.get(result.base()), pathways.get(result.alternative())) {
        (Some(base), Some(alternative)) => vec![
            (lang.constant(), base.constant, alternative.constant),
            (lang.present_value(), base.present_value, alternative.present_value),
        ],
        _ => Vec::new(),
    };
    out.extend(figures(&pair, &more, scenario, style));
    let compared = [result.base(), result.alternative()];
    let others = pathways.iter().filter(|(name, _)| !compared.contains(name));
    let totals: Vec<String> = others.map(|(name, figures)| format!("{name} {}", money(figures.total, lang))).collect();
    if !totals.is_empty() {
        out.push(format!("{} {}", lang.other_pathways(), totals.join(", ")));
    }
    out.push(String::new());
    out.extend(verdict(result.premium(), result.horizon_months(), lang.average(), lang));
    out.push(String::new());
    out.push(style.heading(lang.causes()));
    out.extend(causes(result.attribution().shares(), result.attribution().residual(), scenario, lang));
    out.push(String::new());
    out.push(style.heading(lang.curve()));
    out.extend(curve(result, lang));
    let (all, marked) = result.illustrative_lines();
    if marked > 0 {
        out.extend([String::new(), lang.illustrative(all, marked)]);
    }
    out.join("\n") + "\n"
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
