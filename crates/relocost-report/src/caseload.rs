//! A caseload for a reader.

use relocost::Scenario;
use relocost::caseload::Caseload;

use crate::document::Document;
use crate::number::{money, premium};
use crate::pair::{Pair, causes, figures, verdict};
use crate::table::Table;
use crate::words::{Sentences as _, Words as _};
use crate::{Form, Style, illustrative, pathway_head};

/// How many rows of households are shown as text.
const ROWS: usize = 40;

/// A caseload for a reader: its households, the whole against the band, and what causes the extra cost.
pub fn caseload(caseload: &Caseload, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(lang.title_of_caseload(
        caseload.count,
        caseload.horizon_months(),
        caseload.currency().code(),
        caseload.basis(),
    ));
    out.line(lang.internal_rows());
    out.lines(lang.budget_year(caseload.about().fiscal_year_start()));
    out.gap();
    let mut table = Table::new(style, 1);
    let [base, alternative] = [caseload.base(), caseload.alternative()].map(|name| pathway_head(scenario, name, lang));
    table.heads([lang.reference(), lang.count(), &base, &alternative, lang.extra(), lang.premium()]);
    let shown = if style.form == Form::Html { usize::MAX } else { ROWS };
    table.rows(caseload.households.iter().take(shown), |row| {
        vec![
            row.reference.clone(),
            row.count.to_string(),
            money(row.difference.base, lang),
            money(row.difference.alternative, lang),
            money(row.difference.extra, lang),
            premium(row.difference.premium(), lang),
        ]
    });
    out.table(table);
    if caseload.households.len() > shown {
        out.line(lang.more_rows(caseload.households.len() - shown));
    }
    out.gap();
    let pair = Pair {
        base: caseload.base(),
        alternative: caseload.alternative(),
        total: &caseload.difference,
        by_category: &caseload.by_category,
        by_fiscal_year: &caseload.by_fiscal_year,
        by_fund: &caseload.by_fund,
    };
    out.table(figures(&pair, &[], scenario, style));
    out.gap();
    out.paragraph(verdict(&caseload.difference, caseload.horizon_months(), lang.of_caseload(), lang));
    out.gap();
    causes(&mut out, &caseload.attribution, caseload.residual, scenario, style);
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.line(line);
    }
    out.finish()
}
