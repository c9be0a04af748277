//! A caseload as text.

use relocost::{Caseload, Scenario};

use crate::number::{money, premium};
use crate::pair::{Pair, causes, figures, verdict};
use crate::table::Table;
use crate::{Style, illustrative};

/// How many rows of households are shown.
const ROWS: usize = 40;

/// A caseload for a reader: its households, the whole against the band, and what causes the extra cost.
pub fn caseload(caseload: &Caseload, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let title =
        lang.title_of_caseload(caseload.count, caseload.horizon_months, caseload.currency.code(), caseload.basis);
    let mut out = vec![style.heading(&title), lang.internal_rows().to_owned(), String::new()];
    let mut table = Table::new(1);
    table.row(
        [
            lang.reference(),
            lang.count(),
            caseload.base.as_str(),
            caseload.alternative.as_str(),
            lang.extra(),
            lang.premium(),
        ]
        .map(str::to_owned),
    );
    for row in caseload.households.iter().take(ROWS) {
        table.row([
            row.reference.clone(),
            row.count.to_string(),
            money(row.difference.base, lang),
            money(row.difference.alternative, lang),
            money(row.difference.extra, lang),
            premium(row.difference.premium(), lang),
        ]);
    }
    out.extend(table.lines());
    if caseload.households.len() > ROWS {
        out.push(lang.more_rows(caseload.households.len() - ROWS));
    }
    out.push(String::new());
    let pair = Pair {
        base: &caseload.base,
        alternative: &caseload.alternative,
        total: &caseload.difference,
        by_category: &caseload.by_category,
        by_fiscal_year: &caseload.by_fiscal_year,
        by_fund: &caseload.by_fund,
    };
    out.extend(figures(&pair, &[], scenario, style));
    out.push(String::new());
    out.extend(verdict(caseload.premium(), caseload.horizon_months, lang.of_caseload(), lang));
    out.push(String::new());
    out.push(style.heading(lang.causes()));
    out.extend(causes(&caseload.attribution, caseload.residual, scenario, lang));
    out.extend(illustrative(scenario, lang).into_iter().flat_map(|line| [String::new(), line]));
    out.join("\n") + "\n"
}
