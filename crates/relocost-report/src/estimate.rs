//! An estimate and a calibration for a reader.

use relocost::Scenario;
use relocost::calibration::Calibration;
use relocost::estimate::Estimate;
use relocost::names::SolutionKind;

use crate::document::Document;
use crate::number::{grouped, money, premium, whole_percent};
use crate::table::ReportTable;
use crate::words::{Lang, Words as _, span};
use crate::{Style, illustrative};

/// An estimate for a reader, labelled as what it rests on.
pub fn estimate(estimate: &Estimate, style: Style) -> String {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 0);
    table.heads([lang.premium(), lang.permanent(), lang.temporary(), lang.extra()]);
    for point in &estimate.points {
        table.row([
            point.premium.parse().map_or_else(|_| point.premium.clone(), |share| whole_percent(share, lang)),
            money(point.permanent, lang),
            money(point.temporary, lang),
            money(point.extra, lang),
        ]);
    }
    let mut out = Document::new(style);
    let cost = format!("{} {}", money(estimate.cost, lang), estimate.currency());
    out.title(title(lang, estimate.known, &cost));
    out.notice(lang.internal());
    out.line(format!("{}.", estimate.rests_on.text(lang)));
    out.gap();
    out.table(table);
    out.finish()
}

/// A calibration for a reader.
pub fn calibration(calibration: &Calibration, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let lines: Vec<&str> = calibration.lines.iter().map(relocost::Id::as_str).collect();
    let factor = grouped(&calibration.factor.to_string(), lang);
    let reached = premium(calibration.premium, lang);
    let mut out = Document::new(style);
    out.notice(lang.internal());
    out.line(calibrated(lang, &lines.join(", "), &factor, &reached, calibration.horizon_months()));
    if let Some(line) = illustrative(scenario, lang) {
        out.line(line);
    }
    out.finish()
}

fn title(lang: Lang, known: SolutionKind, cost: &str) -> String {
    match (lang, known) {
        (Lang::En, _) => format!("What a {known} cost of {cost} implies"),
        (Lang::Fr, SolutionKind::Permanent) => format!("Ce qu'implique un coût permanent de {cost}"),
        (Lang::Fr, _) => format!("Ce qu'implique un coût temporaire de {cost}"),
    }
}

fn calibrated(lang: Lang, lines: &str, factor: &str, premium: &str, months: u32) -> String {
    match lang {
        Lang::En => format!(
            "With the amounts of {lines} multiplied by {factor}, the premium is {premium} over {span}.",
            span = span(months)
        ),
        Lang::Fr => format!(
            "Avec les montants de {lines} multipliés par {factor}, le surcoût relatif est de {premium} sur {months} mois."
        ),
    }
}
