//! What is published, for a reader: tables with their margins, and what the audit found.

use relocost::message::counted;
use relocost::names::SolutionKind;
use relocost::{Money, Scenario};
use relocost_disclosure::{CellNames, Dimension, Publication};

use crate::document::Document;
use crate::number::{NONE, grouped, money, with_percent};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative, pathway_head};

/// In place of what is suppressed.
const SUPPRESSED: &str = "×";

/// Tables of many cases for publication, how they were made, and the audit of what is suppressed.
pub fn publication(it: &Publication, style: Style) -> String {
    let (lang, scenario) = (style.lang, it.about().scenario());
    let mut out = Document::new(style);
    out.title(title(it, lang));
    out.paragraph(preface(it, lang));
    out.notices(lang.budget_year(it.about().fiscal_year_start()));
    out.notices(illustrative(scenario, lang));
    for (place, dimensions) in it.tables.iter().enumerate() {
        out.gap();
        out.heading(&heading(dimensions, lang));
        let mut table = ReportTable::new(style, dimensions.len()).unnamed();
        let mut heads: Vec<String> = dimensions.iter().map(|dimension| dimension.label(lang).to_owned()).collect();
        heads.push(cases_head(lang).to_owned());
        match it.pair() {
            Some(pair) => {
                heads.extend([&pair.base, &pair.alternative].map(|name| pathway_head(scenario, name, lang)));
                heads.push(lang.premium().to_owned());
            }
            None => heads.push(cost_head(lang).to_owned()),
        }
        table.heads(heads);
        for cell in it.table_of(place).unwrap_or_default() {
            let named = |dimension: &Dimension| {
                cell.names
                    .get(dimension)
                    .map_or_else(|| lang.total().to_owned(), |name| label(scenario, *dimension, name, lang))
            };
            let mut cells: Vec<String> = dimensions.iter().map(named).collect();
            let hidden = || SUPPRESSED.to_owned();
            let figures = cell.figures.as_ref();
            cells.push(figures.map_or_else(hidden, |figures| grouped(&figures.cases.to_string(), lang)));
            cells.push(figures.map_or_else(hidden, |figures| thousands(figures.base, lang)));
            if it.pair().is_some() {
                let alternative = figures.and_then(|figures| figures.alternative);
                cells.push(alternative.map_or_else(hidden, |alternative| thousands(alternative, lang)));
                cells.push(figures.map_or_else(hidden, |figures| {
                    let premium = figures.premium_per_cent.map(|premium| with_percent(&premium.to_string(), lang));
                    premium.unwrap_or_else(|| NONE.to_owned())
                }));
            }
            table.row(cells);
        }
        out.table(table);
    }
    out.gap();
    out.heading(audit_head(lang));
    out.paragraph(audit(it, lang));
    if !it.audit.intervals.is_empty() {
        out.gap();
        let mut table = ReportTable::new(style, 2).unnamed();
        table.heads(interval_heads(lang));
        for interval in &it.audit.intervals {
            let figure = match (interval.figure, it.pair()) {
                ("base", Some(pair)) => pathway_head(scenario, &pair.base, lang),
                ("alternative", Some(pair)) => pathway_head(scenario, &pair.alternative, lang),
                _ => cost_head(lang).to_owned(),
            };
            let end = |end: Option<Money>| end.map_or_else(|| NONE.to_owned(), |end| thousands(end, lang));
            table.row([names(&interval.names, scenario, lang), figure, end(interval.low), end(interval.high)]);
        }
        out.table(table);
    }
    out.finish()
}

/// An amount without its minor units, which are none.
fn thousands(amount: Money, lang: Lang) -> String {
    let text = money(amount, lang);
    let point = if lang == Lang::Fr { ',' } else { '.' };
    if amount.currency().decimals() == 0 { text } else { text.split(point).next().unwrap_or_default().to_owned() }
}

fn label(scenario: &Scenario, dimension: Dimension, name: &str, lang: Lang) -> String {
    let declared = match dimension {
        Dimension::Category => scenario.categories(),
        Dimension::Fund => scenario.funds(),
        _ => &[],
    };
    let kind = |kind: SolutionKind| dimension == Dimension::Kind && name == kind.name();
    match declared.iter().find(|one| one.id.as_str() == name) {
        Some(one) => lang.label(&one.label).to_owned(),
        None if kind(SolutionKind::Permanent) => lang.either("permanent", "permanente").to_owned(),
        None if kind(SolutionKind::Temporary) => lang.either("temporary", "temporaire").to_owned(),
        None => name.to_owned(),
    }
}

fn names(names: &CellNames, scenario: &Scenario, lang: Lang) -> String {
    let all = names.iter().map(|(dimension, name)| label(scenario, *dimension, name, lang));
    all.collect::<Vec<_>>().join(", ")
}

/// A word or a sentence in a language.
trait Either {
    fn either<'t>(self, en: &'t str, fr: &'t str) -> &'t str;
}

impl Either for Lang {
    fn either<'t>(self, en: &'t str, fr: &'t str) -> &'t str {
        match self {
            Self::En => en,
            Self::Fr => fr,
        }
    }
}

fn cases_head(lang: Lang) -> &'static str {
    lang.either("cases", "dossiers")
}

fn cost_head(lang: Lang) -> &'static str {
    lang.either("cost", "coût")
}

fn audit_head(lang: Lang) -> &'static str {
    lang.either("Audit", "Vérification")
}

fn interval_heads(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::En => ["suppressed", "figure", "at least", "at most"],
        Lang::Fr => ["supprimé", "chiffre", "au moins", "au plus"],
    }
}

fn heading(dimensions: &[Dimension], lang: Lang) -> String {
    let all: Vec<&str> = dimensions.iter().map(|dimension| dimension.label(lang)).collect();
    match lang {
        Lang::En => format!("By {}", all.join(" and ")),
        Lang::Fr => format!("Par {}", all.join(" et ")),
    }
}

fn title(it: &Publication, lang: Lang) -> String {
    let cases = it.cells.first().and_then(|total| total.figures.as_ref()).map_or(0, |figures| figures.cases);
    let cases = counted(cases, ["case", "cases"], ["dossier", "dossiers"]);
    let (cases, code, prices) = (cases.text(lang), it.currency().code(), lang.prices(it.about().basis()));
    let months = it.about().horizon_months();
    match (it.pair(), lang) {
        (Some(_), Lang::En) => {
            format!("Relocation costs of {cases} over {}, for publication, in {code}, {prices}", span(months))
        }
        (Some(_), Lang::Fr) => {
            format!("Coûts de réinstallation de {cases} sur {months} mois, pour publication, en {code}, {prices}")
        }
        (None, Lang::En) => format!("Costs of a programme of {cases}, for publication, in {code}, {prices}"),
        (None, Lang::Fr) => format!("Coûts d'un programme de {cases}, pour publication, en {code}, {prices}"),
    }
}

fn preface(it: &Publication, lang: Lang) -> Vec<String> {
    let threshold = it.threshold;
    let mut lines = vec![match lang {
        Lang::En => format!(
            "Rounded to thousands. {SUPPRESSED}: suppressed, because it is of fewer than {threshold} cases or would help to derive what is."
        ),
        Lang::Fr => format!(
            "Arrondi au millier. {SUPPRESSED} : supprimé, parce qu'il porte sur moins de {threshold} dossiers ou aiderait à déduire ce qui l'est."
        ),
    }];
    if it.pair().is_some() {
        lines.push(
            lang.either(
                "Premiums are in whole per cent, of the figures as published.",
                "Les surcoûts relatifs sont en pour cent entiers, des chiffres tels que publiés.",
            )
            .to_owned(),
        );
    } else {
        lines.push(
            lang.either(
                "As planned, without the programme's own lines, which are no household's.",
                "Comme prévu, sans les postes propres au programme, qui ne sont d'aucun ménage.",
            )
            .to_owned(),
        );
    }
    let footing = thousands(it.footing, lang);
    lines.push(match (it.footing.is_zero(), lang) {
        (true, Lang::En) => "Published figures add up to their published sums.".to_owned(),
        (true, Lang::Fr) => "Les chiffres publiés s'additionnent exactement.".to_owned(),
        (false, Lang::En) => format!("Rounding leaves up to {footing} between a published sum and its parts."),
        (false, Lang::Fr) => format!("L'arrondi laisse jusqu'à {footing} entre une somme publiée et ses parties."),
    });
    let (digest, version) = (it.digest(), env!("CARGO_PKG_VERSION"));
    lines.push(format!("Relocost {version}, catalogue {digest}."));
    lines
}

fn audit(it: &Publication, lang: Lang) -> Vec<String> {
    let suppressed = counted(
        it.audit.suppressed as u64,
        ["suppressed cell", "suppressed cells"],
        ["cellule supprimée", "cellules supprimées"],
    );
    let suppressed = suppressed.text(lang);
    let mut lines = vec![match lang {
        Lang::En => format!(
            "{suppressed}. A reader who knows all tables and margins, every sign, which cells are empty and how figures are rounded can place no suppressed figure closer than 20% of it on either side."
        ),
        Lang::Fr => format!(
            "{suppressed}. Un lecteur qui connaît tous les tableaux et leurs marges, les signes, les cellules vides et la manière d'arrondir ne peut situer aucun chiffre supprimé à moins de 20\u{202f}% de lui, d'un côté ni de l'autre."
        ),
    }];
    if it.audit.suppressed > 0 {
        lines.push(
            lang.either(
                "Proven by other figures of the same tables, in whole minor units, that would be published as exactly the same.",
                "Prouvé par d'autres chiffres des mêmes tableaux, en unités mineures entières, qui seraient publiés exactement de même.",
            )
            .to_owned(),
        );
    }
    for (count, en, fr) in [
        (
            it.audit.jointly,
            "Earlier publications of the same cases, audited together with this one:",
            "Publications antérieures des mêmes dossiers, vérifiées avec celle-ci :",
        ),
        (
            it.audit.differences,
            "Earlier publications of other cases, from which no figure differs by too few cases:",
            "Publications antérieures d'autres dossiers, dont aucun chiffre ne diffère pour trop peu de dossiers :",
        ),
        (
            it.audit.incomparable,
            "Of these, on another catalogue, version, start or horizon, so that only numbers of cases could be compared:",
            "Dont, avec un autre catalogue, une autre version, un autre début ou un autre horizon, de sorte que seuls les nombres de dossiers ont pu être comparés :",
        ),
    ] {
        if count > 0 {
            lines.push(format!("{} {count}", lang.either(en, fr)));
        }
    }
    lines
}
