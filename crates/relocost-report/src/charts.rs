//! The words of charts, and the labels and units of what stands on their axes.
//!
//! In: a language and the names of the model. Out: texts for a library that draws; where a figure belongs in one, it has
//! a place such as `{months}`. What a report says too is taken from the table of the reports' words.

use std::borrow::Cow;

use relocost::names::BudgetCause;
use relocost::scenario::Declared;
use relocost::{Id, Parameter, Scenario};

use crate::Style;
use crate::budget::cause_name;
use crate::words::{Lang, Sentences as _, Words as _};

macro_rules! chart_words {
    ($($name:ident: $en:literal, $fr:literal;)*) => {
        /// The words that only charts have: a name, English, French.
        const WORDS: &[(&str, [&str; 2])] = &[$((stringify!($name), [$en, $fr]),)*];
    };
}

chart_words! {
    span: "{months} months", "{months} mois";
    span_of_one: "1 month", "1 mois";
    attribution: "What the premium pays for, over {span} from {start}",
        "Ce qui explique le surcoût, sur {span} à partir de {start}";
    attribution_premium: "What the premium pays for, over {span} from {start}: {premium}",
        "Ce qui explique le surcoût, sur {span} à partir de {start}\u{a0}: {premium}";
    amount_nominal: "{currency}, prices of each year", "{currency}, prix de chaque année";
    amount_constant: "{currency}, constant prices", "{currency}, prix constants";
    premium_of: "Premium, % of “{base}”", "Surcoût relatif, en\u{a0}% de «\u{a0}{base}\u{a0}»";
    extra_of: "Extra cost, {amount}", "Surcoût, {amount}";
    total_of: "Total of “{pathway}”, {amount}", "Total de «\u{a0}{pathway}\u{a0}», {amount}";
    horizon: "Horizon in months", "Horizon en mois";
    band: "{low} to {high}: the average that the Court reported in 2015",
        "{low} à {high}\u{a0}: la moyenne indiquée par la Cour en 2015";
    cumulative: "Cumulative cost from {start}", "Coût cumulé à partir de {start}";
    month: "Months since the start", "Mois écoulés depuis le début";
    delay: "What waiting costs more than not waiting", "Ce que l'attente coûte de plus que l'absence d'attente";
    waiting: "Months of waiting in “{alternative}” for “{base}”", "Mois d'attente en «\u{a0}{alternative}\u{a0}» avant «\u{a0}{base}\u{a0}»";
    wait_within_horizon: "within this budget of {span}", "dans ce budget de {span}";
    wait_full_course: "with all {span} after the wait", "avec {span} en entier après l'attente";
    fiscal_years: "Cost by budget year: {pathway}", "Coût par exercice\u{a0}: {pathway}";
    fiscal_year: "Budget year", "Exercice";
    fiscal_year_from: "Budget year, from month {month}", "Exercice, à partir du mois {month}";
    part_year: "{year}\n({months} months)", "{year}\n({months} mois)";
    part_year_of_one: "{year}\n(1 month)", "{year}\n(1 mois)";
    caseload: "Premium of each household and of all {count}, over {span}",
        "Surcoût relatif de chaque ménage et des {count} ensemble, sur {span}";
    households: "Households, in order of their premium", "Ménages, dans l'ordre de leur surcoût relatif";
    all_households: "all households together: {premium}", "tous les ménages ensemble\u{a0}: {premium}";
    row_of: "a row of {count} households", "une ligne de {count} ménages";
    row_of_one: "a row of 1 household", "une ligne de 1 ménage";
    simulation: "How likely a budget is to suffice, over {span} from {start}",
        "Probabilité qu'un budget suffise, sur {span} à partir de {start}";
    suffices: "Probability that the budget suffices", "Probabilité que le budget suffise";
    marked: "Marked: P50, P80 and P95, which suffice in 50%, 80% and 95% of the draws",
        "Marqués\u{a0}: P50, P80 et P95, qui suffisent dans 50\u{a0}%, 80\u{a0}% et 95\u{a0}% des tirages";
    premium_draws: "Premium over {span}: {below} of the draws below, {within} within, {above} above the band",
        "Surcoût relatif sur {span}\u{a0}: {below} des tirages au-dessous, {within} dans, {above} au-dessus de la fourchette";
    none_draws: "In {none} of the draws there is no premium: the base is not above 0",
        "Dans {none} des tirages il n'y a pas de surcoût relatif\u{a0}: la base n'est pas supérieure à 0";
    share_of_draws: "Share of the draws", "Part des tirages";
    within: "within the band", "dans la fourchette";
    outside: "below or above the band", "au-dessous ou au-dessus de la fourchette";
    median: "median: {premium}", "médiane\u{a0}: {premium}";
    ledger_premium: "ledger: {premium}", "livre\u{a0}: {premium}";
    tornado_extra: "Extra cost over {span}, one parameter at a time",
        "Surcoût sur {span}, un paramètre à la fois";
    tornado_pathway: "Total of “{pathway}” over {span}, one parameter at a time",
        "Total de «\u{a0}{pathway}\u{a0}» sur {span}, un paramètre à la fois";
    at_low: "at its 10% quantile", "à son quantile de 10\u{a0}%";
    at_high: "at its 90% quantile", "à son quantile de 90\u{a0}%";
    standing: "as the scenario stands: {figure}", "le scénario tel quel\u{a0}: {figure}";
    without_effect: "Without effect, and left out: {count}", "Sans effet, non affichés\u{a0}: {count}";
    no_effect: "Nothing has an effect on it", "Rien n'a d'effet";
    sobol: "What the uncertainty of {figure} comes from, over {span}",
        "D'où vient l'incertitude {figure}, sur {span}";
    figure_extra: "the extra cost", "du surcoût";
    figure_premium: "the premium", "du surcoût relatif";
    figure_pathway: "“{pathway}”", "de «\u{a0}{pathway}\u{a0}»";
    variance: "Share of the variance, with intervals of 95%", "Part de la variance, avec des intervalles à 95\u{a0}%";
    first_order: "alone: what better data would remove", "seul\u{a0}: ce que de meilleures données supprimeraient";
    total_order: "together with the others", "avec les autres";
    what_ifs_premium: "Premium over {span}, by assumption", "Surcoût relatif sur {span}, par hypothèse";
    what_ifs_amount: "What each assumption costs over {span}", "Ce que coûte chaque hypothèse sur {span}";
    variants: "Variants over {span}", "Variantes sur {span}";
    diff: "What each change adds to the totals", "Ce que chaque changement ajoute aux totaux";
    change_of_total: "Change of the total, {amount}", "Variation du total, {amount}";
    programme: "Cost by budget year, as planned", "Coût par exercice, prévu";
    ceiling_of: "ceiling: {fund}", "plafond\u{a0}: {fund}";
    futures: "How likely a budget is to suffice in each budget year, as planned",
        "Probabilité qu'un budget suffise pour chaque exercice, prévu";
    no_agreements: "The programme has no agreements", "Le programme n'a pas d'accords";
    no_values: "What agreements are worth was not asked, or there are too many of them",
        "La valeur des accords n'a pas été demandée, ou ils sont trop nombreux";
    places: "Places of agreements: used, lapsed and left", "Places des accords\u{a0}: utilisées, périmées et restantes";
    places_axis: "Places", "Places";
    queue_by_month: "Cases that wait, by month", "Dossiers en attente, par mois";
    waiting_cases: "waiting for a place", "en attente d'une place";
    processing_cases: "with a place, not yet moved", "avec une place, pas encore installés";
    cases_axis: "Cases", "Dossiers";
    month_axis: "Month", "Mois";
    worth: "What agreements are worth within the programme: {joint}", "Ce que valent les accords dans le programme\u{a0}: {joint}";
    worth_with_run_off: "with the run-off", "avec la suite";
    worth_within: "within the programme", "dans le programme";
    saved: "Saved, {amount}", "Économie, {amount}";
    budget_diff: "What changed from one budget to the next: {line}, {difference}",
        "Ce qui a changé d'un budget à l'autre\u{a0}: {line}, {difference}";
    payments: "Paid beside the model, {begin} to {end}: {difference}", "Payé à côté du modèle, de {begin} à {end}\u{a0}: {difference}";
    unit_money: "{value} {unit}", "{value} {unit}";
    unit_factor: "× {value}", "× {value}";
    unit_points: "{value} pp a year", "{value} pt par an";
    unit_per_year: "{value} a year", "{value} par an";
    unit_months: "{value} months", "{value} mois";
    unit_month: "{value} month", "{value} mois";
}

/// The words of charts in a language, each by its name.
///
/// ```
/// use relocost_report::{Lang, chart_words};
/// let words: std::collections::HashMap<_, _> = chart_words(Lang::Fr).collect();
/// assert_eq!(words["median"], "médiane\u{a0}: {premium}");
/// assert_eq!(words["internal"], "Interne : chiffres exacts d'un seul ménage. Ne pas publier.");
/// ```
pub fn chart_words(lang: Lang) -> impl Iterator<Item = (Cow<'static, str>, &'static str)> {
    let shared = [
        ("as_it_stands", lang.as_it_stands()),
        ("curve", lang.curve()),
        ("internal", lang.internal()),
        ("internal_draws", lang.internal_simulated()),
        ("internal_rows", lang.internal_rows()),
        ("internal_programme", lang.internal_programme()),
        ("older", lang.older()),
        ("newer", lang.newer()),
        ("own_costs", lang.own_costs()),
        ("used", lang.used()),
        ("lapsed", lang.lapsed()),
        ("left", lang.left()),
        ("residual", lang.residual()),
        ("cause_place", lang.cause_place()),
        ("model", lang.model()),
        ("paid", lang.paid()),
        ("why_paid", lang.why_paid()),
        ("as_signed", lang.as_signed()),
        ("as_planned", lang.as_planned()),
        ("all_settled", lang.all_settled()),
        ("avoidable_causes", lang.avoidable_causes()),
        ("own_costs_differ", lang.own_costs_differ()),
        ("cause_exchange", lang.paid_exchange()),
        ("cause_price", lang.paid_price()),
        ("cause_volume", lang.paid_volume()),
        ("cause_timing", lang.paid_timing()),
        ("cause_not_paid", lang.not_paid()),
        ("cause_not_planned", lang.not_planned()),
        ("before", lang.before()),
        ("after", lang.after()),
    ];
    // Payments have causes, too.
    let causes = BudgetCause::ALL.iter().map(move |cause| (format!("budget_{cause}").into(), cause_name(*cause, lang)));
    let shared = shared.into_iter().map(|(name, text)| (name.into(), text));
    let words = WORDS.iter().map(move |&(name, [english, french])| match lang {
        Lang::En => (name.into(), english),
        Lang::Fr => (name.into(), french),
    });
    shared.chain(causes).chain(words)
}

/// The label in a chart of a parameter, a line's events or an entry of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AxisLabel {
    /// The label.
    pub text: String,
    /// The unit of its values: `money`, `factor`, `points` (percentage points a year), `per_year` or `months`; `None`
    /// where it has no value of its own.
    pub unit: Option<&'static str>,
    /// The currency of values that are money, by its code; else empty.
    pub currency: &'static str,
}

/// The label of a path such as `lines.rent.amount` (a parameter), `lines.hospital.events` (a factor of a variance) or
/// `lines.rent` (a change between two scenarios); none where the scenario has nothing of that name.
///
/// ```
/// use relocost_report::{Lang, axis_label};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let label = axis_label(&scenario, "lines.rent.factor", Lang::En).unwrap();
/// assert_eq!((label.text.as_str(), label.unit), ("Rent, ordinary lease: cost", Some("factor")));
/// assert!(axis_label(&scenario, "lines.rnt.factor", Lang::En).is_none());
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn axis_label(scenario: &Scenario, path: &str, lang: Lang) -> Option<AxisLabel> {
    if let Ok(parameter) = path.parse::<Parameter>() {
        return if parameter.may_be_uncertain() {
            of_parameter(scenario, &parameter, lang)
        } else {
            of_setting(scenario, &parameter, lang)
        };
    }
    let named = |text: String| AxisLabel { text, unit: None, currency: "" };
    let parts: Vec<&str> = path.split('.').collect();
    Some(named(match parts[..] {
        ["lines", line] => line_label(scenario, line, lang)?,
        ["lines", line, "events"] => {
            said(lang, &line_label(scenario, line, lang)?, ["when events happen", "dates des événements"])
        }
        ["solutions", solution] => lang.label(&scenario.solutions().get(solution)?.label).to_owned(),
        ["pathways", pathway] => pathway_label(pathway, lang),
        ["rates", "index", index] => index_label(index, lang),
        ["rates", "discount"] => one_of(lang, ["Discount rate", "Taux d'actualisation"]),
        ["profiles", profile] => profile_label(profile, lang),
        ["household"] => one_of(lang, ["Household", "Ménage"]),
        ["fiscal_year_start"] => one_of(lang, ["First month of a budget year", "Premier mois de l'exercice"]),
        _ => return None,
    }))
}

/// A parameter, or parameters that are one factor, as a report names them: by their paths, as files have them, and on a page
/// by their labels.
pub(crate) fn parameter_name(scenario: &Scenario, path: &str, style: Style) -> String {
    if !style.form.is_section() {
        return path.to_owned();
    }
    let label = |path: &str| axis_label(scenario, path, style.lang).map_or_else(|| path.to_owned(), |label| label.text);
    path.split(" + ").map(label).collect::<Vec<_>>().join(" + ")
}

fn of_parameter(scenario: &Scenario, parameter: &Parameter, lang: Lang) -> Option<AxisLabel> {
    // An entry that the scenario lacks has no label.
    if !parameter.is_yearly() {
        scenario.parameter(parameter).ok()?;
    }
    let (text, unit, currency) = match parameter {
        Parameter::LineAmount(id) => {
            let currency = scenario.lines().get(id)?.priced()?.currency.code();
            (line_label(scenario, id.as_str(), lang)?, "money", currency)
        }
        Parameter::LineFactor(id) => {
            (said(lang, &line_label(scenario, id.as_str(), lang)?, ["cost", "coût"]), "factor", "")
        }
        Parameter::CategoryFactor(id) => {
            let category = scenario.categories().iter().find(|category| category.id == *id)?;
            (said(lang, lang.label(&category.label), ["all costs", "tous les coûts"]), "factor", "")
        }
        Parameter::EventRate(id) => {
            (said(lang, &line_label(scenario, id.as_str(), lang)?, ["events", "événements"]), "per_year", "")
        }
        Parameter::SeverityFactor(id) => {
            let words = ["cost of an event", "coût d'un événement"];
            (said(lang, &line_label(scenario, id.as_str(), lang)?, words), "factor", "")
        }
        Parameter::IndexShift(name) => (index_label(name.as_str(), lang), "points", ""),
        Parameter::IndexYearly(name) => {
            (said(lang, &index_label(name.as_str(), lang), ["year by year", "année par année"]), "points", "")
        }
        Parameter::ExchangeFactor(currency) => (exchange_label(currency.code(), lang), "factor", ""),
        Parameter::ExchangeYearly(currency) => {
            (said(lang, &exchange_label(currency.code(), lang), ["year by year", "année par année"]), "factor", "")
        }
        Parameter::LevelFactor(place) => {
            let place = scenario.places().iter().find(|known| known.id == *place)?;
            (said(lang, lang.label(&place.label), ["price level", "niveau de prix"]), "factor", "")
        }
        Parameter::ProfileStretch(name) => {
            (said(lang, &profile_label(name.as_str(), lang), ["duration", "durée"]), "factor", "")
        }
        Parameter::StageMonths(name, stage) => {
            let solution = &scenario.pathways().get(name)?.stages.get(*stage)?.solution;
            let solution = lang.label(&scenario.solutions().get(solution)?.label);
            let text = match lang {
                Lang::En => format!("{}, stage {}: {solution}", pathway_label(name.as_str(), lang), stage + 1),
                Lang::Fr => format!("{}, étape {}\u{a0}: {solution}", pathway_label(name.as_str(), lang), stage + 1),
            };
            (text, "months", "")
        }
        _ => return None,
    };
    Some(AxisLabel { text, unit: Some(unit), currency })
}

/// The label of what questions set and chance does not.
fn of_setting(scenario: &Scenario, parameter: &Parameter, lang: Lang) -> Option<AxisLabel> {
    let of = |thing: &str, what: &dyn std::fmt::Display| match lang {
        Lang::En => format!("{thing}: {what}"),
        Lang::Fr => format!("{thing}\u{a0}: {what}"),
    };
    let declared = |id: &Id, list: &[Declared]| {
        list.iter().find(|known| known.id == *id).map(|known| lang.label(&known.label).to_owned())
    };
    let text = match parameter {
        Parameter::ExchangeRate(currency) => exchange_label(currency.code(), lang),
        Parameter::ExchangeRateOfYear(currency, year) => of(&exchange_label(currency.code(), lang), year),
        Parameter::ExchangeRateOfMonth(currency, month) => of(&exchange_label(currency.code(), lang), month),
        Parameter::Increase(name, Some(year)) => of(&index_label(name.as_str(), lang), year),
        Parameter::Increase(name, None) => {
            said(lang, &index_label(name.as_str(), lang), ["other years", "autres années"])
        }
        Parameter::Level(place, category) => {
            of(&declared(place, scenario.places())?, &declared(category, scenario.categories())?)
        }
        Parameter::Tariff(line, month) => of(&line_label(scenario, line.as_str(), lang)?, month),
        Parameter::PercentageShare(line) => said(lang, &line_label(scenario, line.as_str(), lang)?, ["share", "part"]),
        Parameter::Start => one_of(lang, ["Start", "Début"]),
        Parameter::HorizonMonths => one_of(lang, ["Horizon", "Horizon"]),
        _ => return None,
    };
    Some(AxisLabel { text, unit: None, currency: "" })
}

fn one_of(lang: Lang, [english, french]: [&str; 2]) -> String {
    match lang {
        Lang::En => english.to_owned(),
        Lang::Fr => french.to_owned(),
    }
}

/// A thing and what is said of it, with the colon of the language.
fn said(lang: Lang, thing: &str, words: [&str; 2]) -> String {
    match lang {
        Lang::En => format!("{thing}: {}", words[0]),
        Lang::Fr => format!("{thing}\u{a0}: {}", words[1]),
    }
}

fn line_label(scenario: &Scenario, id: &str, lang: Lang) -> Option<String> {
    scenario.lines().get(id).map(|line| lang.label(&line.label).to_owned())
}

fn index_label(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Price index “{name}”"),
        Lang::Fr => format!("Indice de prix «\u{a0}{name}\u{a0}»"),
    }
}

fn exchange_label(currency: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Exchange rate of {currency}"),
        Lang::Fr => format!("Taux de change de {currency}"),
    }
}

fn profile_label(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("Profile “{name}”"),
        Lang::Fr => format!("Profil «\u{a0}{name}\u{a0}»"),
    }
}

fn pathway_label(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{name}”"),
        Lang::Fr => format!("«\u{a0}{name}\u{a0}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_the_same_places_in_both_languages() {
        let places = |text: &str| {
            let mut places: Vec<_> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            places.sort_unstable();
            places
        };
        for (name, [english, french]) in WORDS {
            assert_eq!(places(english), places(french), "{name}");
        }
    }
}
