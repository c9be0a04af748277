//! A caseload for a reader.

use relocost::caseload::Caseload;
use relocost::message::counted;
use relocost::{Basis, Scenario};

use crate::document::Document;
use crate::number::{money, premium};
use crate::pair::{ComparedFigures, causes, figures, verdict};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Form, Style, illustrative, pathway_head};

/// The number of rows of households that are shown as text.
const ROWS: usize = 40;

/// A caseload for a reader: its households, the whole against the band, and what causes the extra cost.
pub fn caseload(caseload: &Caseload, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(title(lang, caseload.count, caseload.horizon_months(), caseload.currency().code(), caseload.basis()));
    out.notice(lang.internal_rows());
    out.notices(lang.budget_year(caseload.about().fiscal_year_start()));
    out.gap();
    let mut table = ReportTable::new(style, 1);
    let [base, alternative] = [caseload.base(), caseload.alternative()].map(|name| pathway_head(scenario, name, lang));
    table.heads([lang.reference(), lang.count(), &base, &alternative, lang.extra(), lang.premium()]);
    let shown = if style.form == Form::Html || style.form.is_section() { usize::MAX } else { ROWS };
    table.rows(caseload.households.iter().take(shown), |row| {
        vec![
            style.pseudonym(row.reference.clone()),
            row.count.to_string(),
            money(row.difference.base, lang),
            money(row.difference.alternative, lang),
            money(row.difference.extra, lang),
            premium(row.difference.premium(), lang),
        ]
    });
    out.table(table);
    if caseload.households.len() > shown {
        out.line(more_rows(lang, caseload.households.len() - shown));
    }
    out.gap();
    let pair = ComparedFigures {
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
    causes(&mut out, lang.causes(), &caseload.attribution, &[(lang.residual(), caseload.residual)], scenario, style);
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

fn title(lang: Lang, count: u64, months: u32, currency: &str, basis: Basis) -> String {
    let households = counted(count, ["household", "households"], ["ménage", "ménages"]);
    let households = households.text(lang);
    let prices = lang.prices(basis);
    match lang {
        Lang::En => {
            format!("Relocation costs of {households} over {span}, in {currency}, {prices}", span = span(months))
        }
        Lang::Fr => format!("Coûts de réinstallation de {households} sur {months} mois, en {currency}, {prices}"),
    }
}

fn more_rows(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En if count == 1 => "... and 1 more row, which CSV and JSON have".to_owned(),
        Lang::Fr if count == 1 => "... et 1 ligne de plus, que le CSV et le JSON donnent".to_owned(),
        Lang::En => format!("... and {count} more rows, which CSV and JSON have"),
        Lang::Fr => format!("... et {count} lignes de plus, que le CSV et le JSON donnent"),
    }
}
