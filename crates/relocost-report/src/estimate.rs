//! An estimate and a calibration as text.

use relocost::{Calibration, Estimate, Scenario};

use crate::number::{grouped, money, premium, whole_percent};
use crate::table::Table;
use crate::{Style, illustrative};

/// An estimate for a reader, labelled as what it rests on.
pub fn estimate(estimate: &Estimate, style: Style) -> String {
    let lang = style.lang;
    let mut table = Table::new(0);
    table.row([lang.premium(), lang.permanent(), lang.temporary(), lang.extra()].map(str::to_owned));
    for point in &estimate.points {
        table.row([
            point.premium.parse().map_or_else(|_| point.premium.clone(), |share| whole_percent(share, lang)),
            money(point.permanent, lang),
            money(point.temporary, lang),
            money(point.extra, lang),
        ]);
    }
    let mut out = vec![style.heading(
        &lang.title_of_estimate(estimate.known, &format!("{} {}", money(estimate.cost, lang), estimate.currency)),
    )];
    out.push(format!("{}.", lang.rests_on(estimate)));
    out.push(String::new());
    out.extend(table.lines());
    out.join("\n") + "\n"
}

/// A calibration for a reader.
pub fn calibration(calibration: &Calibration, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let lines: Vec<&str> = calibration.lines.iter().map(relocost::Id::as_str).collect();
    let factor = grouped(&calibration.factor.to_string(), lang);
    let reached = premium(calibration.premium, lang);
    let mut out = vec![lang.calibrated(&lines.join(", "), &factor, &reached, calibration.horizon_months)];
    out.extend(illustrative(scenario, lang));
    out.join("\n") + "\n"
}
