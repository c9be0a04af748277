//! Sobol' indices for a reader.

use indexmap::IndexMap;
use relocost::simulation::{FactorIndex, FigureIndices, Interval, SobolIndices};
use relocost::{Basis, Scenario};

use crate::charts::parameter_name;
use crate::document::Document;
use crate::number::{NONE, fixed, many, share, whole};
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative, pathway_head};

/// Sobol' indices for a reader: of the extra cost, the premium and every pathway, what each factor explains and what is
/// at stake; and how each parameter's rank goes with each figure's.
///
/// ```
/// use relocost::simulation::SobolOptions;
/// use relocost_report::{Style, sobol};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { uniform = { low = \"900\", high = \"1000\" } }")?;
/// let indices = scenario.sobol(&SobolOptions::default().draws(256).resamples(10))?;
/// let text = sobol(&indices, &scenario, Style::default());
/// assert!(text.lines().any(|line| line.starts_with("lines.rent.amount")));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn sobol(result: &SobolIndices, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let months = result.horizon_months();
    let mut out = Document::new(style);
    let start = scenario.start().to_string();
    out.title(title(lang, months, &start, result.currency().code(), result.basis()));
    out.notice(lang.internal_simulated());
    out.gap();
    out.line(lang.about_indices());
    if scenario.uncertain().is_empty() {
        out.line(lang.nothing_uncertain());
    }
    let figures = in_order(result, scenario, lang);
    for (name, is_share, told) in &figures {
        let shown = |value: f64| if *is_share { share(value, 1, lang) } else { whole(value, lang) };
        out.gap();
        out.heading(&mean_and_sd(lang, name, &shown(told.mean), &shown(told.sd)));
        if told.factors.is_empty() {
            out.line(lang.no_variance());
        } else {
            out.table(factors(told, scenario, &shown, style));
            let idle = told.factors.iter().filter(|each| is_idle(each));
            let idle: Vec<String> = idle.map(|each| parameter_name(scenario, &each.factor.name, style)).collect();
            if !idle.is_empty() {
                out.line(without_effect(lang, &idle.join(", ")));
            }
        }
    }
    if !result.figures().contains_key("premium") {
        out.gap();
        out.line(lang.no_premium_to_explain());
    }
    if !scenario.uncertain().is_empty() {
        out.gap();
        out.heading(lang.spearman());
        out.table(spearman(scenario, &figures, style));
        out.line(lang.about_spearman());
    }
    out.gap();
    let draws = many(result.draws(), ["draw", "draws"], ["tirage", "tirages"], lang);
    let resamples = ["rééchantillonnage", "rééchantillonnages"];
    let resamples = many(result.resamples().into(), ["resample", "resamples"], resamples, lang);
    out.line(repeatable(lang, &draws, result.seed(), &resamples, env!("CARGO_PKG_VERSION")));
    out.line(lang.not_rounded(result.currency().code()));
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// The extra cost and the premium first, which are asked about, then the pathways; and whether each is a share.
fn in_order<'r>(result: &'r SobolIndices, scenario: &Scenario, lang: Lang) -> Vec<(String, bool, &'r FigureIndices)> {
    let all: &IndexMap<String, FigureIndices> = result.figures();
    let first = [("extra", lang.extra().to_owned()), ("premium", lang.premium_over(result.horizon_months()))];
    let asked = first.into_iter().filter_map(|(key, name)| Some((name, key == "premium", all.get(key)?)));
    let pathways = all.iter().filter(|(key, _)| !["extra", "premium"].contains(&key.as_str()));
    asked.chain(pathways.map(|(key, told)| (pathway_head(scenario, key, lang), false, told))).collect()
}

/// True if a figure is the same to the bit whatever the factor is.
fn is_idle(index: &FactorIndex) -> bool {
    let ends = |each: Interval| [each.value, each.low, each.high].map(f64::to_bits);
    // A zero of either sign.
    [index.first_order, index.total].into_iter().flat_map(ends).all(|bits| bits << 1 == 0)
}

fn factors(told: &FigureIndices, scenario: &Scenario, shown: &dyn Fn(f64) -> String, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads([lang.factor(), lang.first_order(), lang.total_order(), lang.stake_alone(), lang.stake_total()]);
    let interval = |index: Interval| {
        let [value, low, high] = [index.value, index.low, index.high].map(|value| share(value, 1, lang));
        with_interval(lang, &value, &low, &high)
    };
    for each in told.factors.iter().filter(|each| !is_idle(each)) {
        table.row([
            parameter_name(scenario, &each.factor.name, style),
            interval(each.first_order),
            interval(each.total),
            shown(each.sd_first_order),
            shown(each.sd_total),
        ]);
    }
    table
}

fn spearman(scenario: &Scenario, figures: &[(String, bool, &FigureIndices)], style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(std::iter::once(lang.parameter().to_owned()).chain(figures.iter().map(|(name, ..)| name.clone())));
    for uncertain in scenario.uncertain() {
        let path = uncertain.parameter.to_string();
        let coefficient = |(_, _, told): &(String, bool, &FigureIndices)| {
            // The ranks of a figure that does not vary are those of what binary numbers lose.
            let found = told.spearman.get(&path).copied().flatten().filter(|_| !told.factors.is_empty());
            found.map_or_else(|| NONE.to_owned(), |rho| fixed(rho, 2, lang))
        };
        let cells: Vec<String> = figures.iter().map(coefficient).collect();
        table.row(std::iter::once(parameter_name(scenario, &path, style)).chain(cells));
    }
    table
}

fn title(lang: Lang, months: u32, start: &str, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => {
            format!("Which uncertainty matters, over {span} from {start}, in {currency}, {prices}", span = span(months))
        }
        Lang::Fr => {
            format!("Quelle incertitude compte, sur {months} mois à partir de {start}, en {currency}, {prices}")
        }
    }
}

fn repeatable(lang: Lang, draws: &str, seed: u64, resamples: &str, version: &str) -> String {
    match lang {
        Lang::En => format!(
            "Two matrices of {draws}, seed {seed}, {resamples}, relocost {version}: the same again from the same file, on any machine."
        ),
        Lang::Fr => format!(
            "Deux matrices de {draws}, graine {seed}, {resamples}, relocost {version} : les mêmes à nouveau avec le même fichier, sur toute machine."
        ),
    }
}

fn without_effect(lang: Lang, factors: &str) -> String {
    match lang {
        Lang::En => format!("Without any effect on it: {factors}"),
        Lang::Fr => format!("Sans aucun effet : {factors}"),
    }
}

fn mean_and_sd(lang: Lang, figure: &str, mean: &str, sd: &str) -> String {
    match lang {
        Lang::En => format!("{figure}: {mean} on average, standard deviation {sd}"),
        Lang::Fr => format!("{figure} : {mean} en moyenne, écart type {sd}"),
    }
}

/// An interval, as the language writes one.
fn with_interval(lang: Lang, value: &str, low: &str, high: &str) -> String {
    match lang {
        Lang::En => format!("{value} [{low}, {high}]"),
        Lang::Fr => format!("{value} [{low} ; {high}]"),
    }
}
