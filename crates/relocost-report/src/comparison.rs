//! A comparison for a reader.

use relocost::{Comparison, Scenario};

use crate::document::Document;
use crate::number::{money, premium};
use crate::pair::{ComparedFigures, causes, figures, verdict};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _};
use crate::{Style, pathway_head};

/// The horizons, in months, that a report shows of a curve over them, where it is as long; and its last one.
pub const HORIZONS: [u32; 10] = [6, 12, 24, 36, 48, 60, 84, 120, 180, 240];

/// A comparison of two pathways for a reader: figures, verdict, causes, and the premium by horizon.
pub fn comparison(result: &Comparison, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let start = result.start().to_string();
    let mut out = Document::new(style);
    out.title(lang.title(result.horizon_months(), &start, result.currency().code(), result.basis()));
    out.notice(lang.internal());
    out.notices(lang.budget_year(result.about().fiscal_year_start()));
    out.gap();
    let pair = ComparedFigures {
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
    out.table(figures(&pair, &more, scenario, style));
    let compared = [result.base(), result.alternative()];
    let others = pathways.iter().filter(|(name, _)| !compared.contains(&name.as_str()));
    let totals: Vec<String> = others
        .map(|(name, figures)| {
            format!("{} {}", pathway_head(scenario, name.as_str(), lang), money(figures.total, lang))
        })
        .collect();
    if !totals.is_empty() {
        out.line(format!("{} {}", lang.other_pathways(), totals.join(", ")));
    }
    out.gap();
    out.paragraph(verdict(result.difference(), result.horizon_months(), lang.average(), lang));
    out.gap();
    let residual = (lang.residual(), result.attribution().residual());
    causes(&mut out, lang.causes(), result.attribution().shares(), &[residual], scenario, style);
    out.gap();
    out.heading(lang.curve());
    out.table(curve(result, style));
    let (all, marked) = (result.charged_lines(), result.illustrative_lines());
    if marked > 0 {
        out.gap();
        out.notice(illustrative_lines(lang, all, marked));
    }
    out.finish()
}

fn curve(result: &Comparison, style: Style) -> ReportTable {
    let lang = style.lang;
    let curve = result.premium_curve();
    let last = result.horizon_months();
    let mut horizons: Vec<u32> = HORIZONS.into_iter().filter(|&months| months < last).collect();
    horizons.push(last);
    let mut table = ReportTable::new(style, 1).indented();
    table.heads(std::iter::once(lang.months().to_owned()).chain(horizons.iter().map(ToString::to_string)));
    let shown = |months: &u32| {
        let place = months.checked_sub(1).and_then(|place| usize::try_from(place).ok());
        let difference = place.and_then(|place| curve.get(place));
        difference.map_or(String::new(), |difference| premium(difference.premium(), lang))
    };
    table.row(std::iter::once(lang.premium().to_owned()).chain(horizons.iter().map(shown)));
    table
}

fn illustrative_lines(lang: Lang, all: usize, marked: usize) -> String {
    match lang {
        Lang::En => format!(
            "{marked} of the {all} lines charged have illustrative amounts: these figures show the method and are no budget."
        ),
        Lang::Fr => format!(
            "{marked} des {all} postes imputés ont des montants illustratifs : ces chiffres montrent la méthode et ne sont pas un budget."
        ),
    }
}
