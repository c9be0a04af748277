//! The report of a scenario.

use relocost::delay::{Delay, DelayOptions};
use relocost::ledger::Ledger;
use relocost::simulation::{SobolIndices, SobolOptions, Tornado, TornadoBar};
use relocost::{
    Code, CompareOptions, Comparison, Error, Message, Scenario, SimulateOptions, Simulation, Watch, message,
};
use relocost_report::number::{money_in, percent};
use relocost_report::{Form, axis_label, budget_year, pathway_head, since};

use super::ReportOptions;
use super::html::html;
use super::page::Page;
use super::words::{Chance, dearer, illustrative, made, main_causes, more, prices, verdict};
use crate::charts::words::{about, span, word};
use crate::charts::{self, Chart};

/// The draws of each of the two matrices of the indices, at most: they cost the scenario once for each factor.
const MATRIX: u64 = 4_096;
/// The wait that a summary names, in months, where the horizon is as long.
const WAIT: u32 = 12;

/// The answers that a report is made of.
struct Answers {
    comparison: Comparison,
    ledgers: [Ledger; 2],
    /// None, with the reason, where the full course needs a rate that there is not.
    delay: Result<Delay, Error>,
    simulation: Simulation,
    tornado: Tornado,
}

impl Answers {
    fn new(scenario: &Scenario, options: &ReportOptions, watch: &Watch<'_>) -> Result<Self, Error> {
        let watched = scenario.watched(watch);
        let (pair, basis) = (options.pair.clone(), options.basis);
        let compare = CompareOptions::default().pair(pair.clone()).basis(basis);
        let comparison = watched.compare_with(&compare)?;
        let ledgers = [watched.ledger_on(&pair.base, basis)?, watched.ledger_on(&pair.alternative, basis)?];
        let delay = watched.delay_with(&DelayOptions::default().pair(pair.clone()).basis(basis));
        let delay = match delay {
            Err(error) if error.code() != Code::MissingRate => return Err(error),
            delay => delay,
        };
        let simulate = SimulateOptions::default().draws(options.draws).seed(options.seed);
        let simulate = simulate.pair(pair.clone()).basis(basis).threads(options.threads);
        let simulation = watched.simulate(&simulate)?;
        let tornado = watched.tornado(&compare)?;
        Ok(Self { comparison, ledgers, delay, simulation, tornado })
    }
}

fn sobol(scenario: &Scenario, options: &ReportOptions, watch: &Watch<'_>) -> Result<SobolIndices, Error> {
    let sobol = SobolOptions::default().draws(options.draws.clamp(2, MATRIX)).seed(options.seed);
    let sobol = sobol.pair(options.pair.clone()).basis(options.basis).threads(options.threads);
    scenario.watched(watch).sobol(&sobol)
}

/// The charts of a scenario's report, in its order: `causes`, `horizons`, `fiscal_years`, `delay`, `reserve`, `tornado`,
/// without those of which there is nothing to draw.
///
/// ```
/// use relocost::{Lang, Watch};
/// use relocost_publish::report::{self, ReportOptions};
/// # let family = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let charts = report::scenario_charts(&family, &ReportOptions::new(Lang::En).draws(200), &Watch::default())?;
/// assert!(charts.iter().map(|chart| chart.name).eq(["causes", "horizons", "fiscal_years", "delay", "reserve"]));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// As those of the [report](scenario()).
pub fn scenario_charts(scenario: &Scenario, options: &ReportOptions, watch: &Watch<'_>) -> Result<Vec<Chart>, Error> {
    let lang = options.lang;
    let answers = Answers::new(scenario, options, watch)?;
    let mut all = charts::comparison(&answers.comparison, lang);
    all.push(charts::fiscal_years(&answers.ledgers.each_ref(), lang)?);
    all.extend(answers.delay.as_ref().ok().map(|delay| charts::delay(delay, lang)));
    all.push(charts::reserve(&answers.simulation, lang));
    all.extend(charts::tornado(&answers.tornado, lang));
    Ok(all)
}

/// A scenario's report: the premium and its causes, the horizon, budget years and categories, delay, uncertainty, what
/// matters, and what the figures rest on.
///
/// # Errors
/// The scenario lacks a pathway of the options, a rate that a charge needs is missing, the number of draws is none that a
/// simulation takes, the watch cancels it.
pub fn scenario(scenario: &Scenario, options: &ReportOptions, watch: &Watch<'_>) -> Result<String, Error> {
    Ok(html(&page(scenario, options, Form::Section, watch)?))
}

/// The page of a scenario in a form.
pub(super) fn page(scenario: &Scenario, options: &ReportOptions, form: Form, watch: &Watch<'_>) -> Result<Page, Error> {
    let lang = options.lang;
    let answers = Answers::new(scenario, options, watch)?;
    let comparison = &answers.comparison;
    let [base, alternative] =
        [comparison.base(), comparison.alternative()].map(|name| pathway_head(scenario, name, lang));
    let title = message!(
        "What relocation costs: \"{alternative}\" beside \"{base}\"",
        "Ce que coûte la réinstallation : « {alternative} » à côté de « {base} »",
        base = base,
        alternative = alternative,
    );
    let about = message!(
        "{span} {start}, in {prices}. {years}",
        "{span} {start}, en {prices}. {years}",
        span = span(comparison.horizon_months()),
        start = since(comparison.start()),
        prices = prices(comparison.currency(), comparison.basis(), lang),
        years = budget_year(scenario.fiscal_year_start(), lang).unwrap_or_default(),
    );
    let mark = word("internal", lang);
    let mut page = Page::new((lang, form), &mark, &title, about.text(lang));
    let style = page.style();
    summary(&mut page, scenario, &answers, [&base, &alternative]);

    page.section("premium", &message!("The premium and its causes", "Le surcoût et ses causes"));
    page.figures(charts::comparison(comparison, lang));
    page.fragment(relocost_report::comparison(comparison, scenario, style));

    page.section("years", &message!("Cost by budget year and category", "Coût par exercice et par catégorie"));
    page.figure(charts::fiscal_years(&answers.ledgers.each_ref(), lang)?);
    for ledger in &answers.ledgers {
        if let Some(figures) = comparison.pathways().get(ledger.pathway()) {
            page.fragment(relocost_report::ledger_years(ledger, &figures.by_fiscal_year, style)?);
        }
    }

    page.section("delay", &message!("What waiting costs", "Ce que coûte l'attente"));
    match &answers.delay {
        Ok(delay) => {
            page.figure(charts::delay(delay, lang));
            page.fragment(relocost_report::delay(delay, scenario, style));
        }
        Err(error) => {
            let missing = message!(
                "Not computed: all months after the longest wait need rates that are not given. {why}",
                "Non calculé : tous les mois après la plus longue attente demandent des taux qui ne sont pas donnés. {why}",
                why = Message::from(error),
            );
            page.paragraph(missing.text(lang));
        }
    }

    page.section("uncertainty", &message!("How certain the figures are", "À quel point les chiffres sont sûrs"));
    page.figure(charts::reserve(&answers.simulation, lang));
    page.fragment(relocost_report::simulation(&answers.simulation, scenario, style));

    page.section("matters", &message!("What matters most", "Ce qui compte le plus"));
    page.figures(charts::tornado(&answers.tornado, lang));
    page.fragment(relocost_report::tornado(&answers.tornado, scenario, style));
    page.fragment(relocost_report::sobol(&sobol(scenario, options, watch)?, scenario, style));

    page.section("assumptions", &message!("Assumptions and sources", "Hypothèses et sources"));
    page.fragment(relocost_report::assumptions(scenario, style));
    let chance = Chance { draws: answers.simulation.draws(), seed: answers.simulation.seed() };
    made(&mut page, scenario, Some(&chance));
    Ok(page)
}

fn summary(page: &mut Page, scenario: &Scenario, answers: &Answers, [base, alternative]: [&str; 2]) {
    let lang = page.lang;
    let comparison = &answers.comparison;
    let difference = comparison.difference();
    page.section("summary", &message!("Summary", "Résumé"));
    let [of_base, of_alternative] = [difference.base, difference.alternative].map(|total| money_in(total, lang));
    let main = message!(
        "Over {span} {start}, \"{alternative}\" costs {of_alternative} and \"{base}\" {of_base}: {more}.",
        "Sur {span} {start}, « {alternative} » coûte {of_alternative} et « {base} » {of_base} : {more}.",
        span = span(comparison.horizon_months()),
        start = since(comparison.start()),
        base,
        alternative,
        of_base = of_base,
        of_alternative = of_alternative,
        more = more(difference, lang),
    );
    let mut told = vec![main, verdict(difference, lang)];
    told.extend(main_causes(comparison.attribution().shares(), scenario, lang));
    if let Ok(delay) = &answers.delay {
        told.extend(waiting(delay, [base, alternative], lang));
    }
    told.extend(reserve(&answers.simulation, [base, alternative], lang));
    told.extend(
        answers.tornado.bars().first().filter(|bar| bar.swing() != 0.0).map(|bar| widest(bar, scenario, answers, lang)),
    );
    told.extend(illustrative(scenario));
    let told: Vec<String> = told.iter().map(|sentence| sentence.text(lang).to_owned()).collect();
    page.list(told);
    let extra = message!("Extra cost", "Surcoût");
    let premium = message!("Premium", "Surcoût relatif");
    let mut rows = vec![
        (base.to_owned(), of_base.clone()),
        (alternative.to_owned(), of_alternative.clone()),
        (extra.text(lang).to_owned(), money_in(difference.extra, lang)),
    ];
    rows.extend(difference.premium().ratio().map(|ratio| (premium.text(lang).to_owned(), percent(ratio, lang))));
    page.key_figures(rows);
}

/// What a wait of a year, or of the horizon where that is shorter, costs over the full course.
fn waiting(delay: &Delay, [base, alternative]: [&str; 2], lang: relocost::Lang) -> Option<Message> {
    let row = delay.rows().iter().rfind(|row| row.months > 0 && row.months <= WAIT)?;
    Some(message!(
        "To wait {span} for \"{base}\" in \"{alternative}\" costs {dearer} over the full course.",
        "Attendre « {base} » pendant {span} en « {alternative} » coûte {dearer} sur le parcours entier.",
        span = span(row.months),
        base,
        alternative,
        dearer = dearer(row.full_course.extra, lang),
    ))
}

/// The amounts that suffice in four draws out of five, and in nineteen out of twenty.
fn reserve(result: &Simulation, [base, alternative]: [&str; 2], lang: relocost::Lang) -> Option<Message> {
    let shown = |name: &str, share: f64| {
        Some(about(result.pathways().get(name)?.total.quantile(share), result.currency(), lang))
    };
    let names = [result.base(), result.alternative()];
    Some(message!(
        "To suffice in four cases out of five (P80), set aside {alternative_80} for \"{alternative}\" and {base_80} for \"{base}\"; in nineteen out of twenty (P95), {alternative_95} and {base_95}.",
        "Pour que cela suffise dans quatre cas sur cinq (P80), prévoir {alternative_80} pour « {alternative} » et {base_80} pour « {base} » ; dans dix-neuf sur vingt (P95), {alternative_95} et {base_95}.",
        base,
        alternative,
        base_80 = shown(names[0], 0.8)?,
        alternative_80 = shown(names[1], 0.8)?,
        base_95 = shown(names[0], 0.95)?,
        alternative_95 = shown(names[1], 0.95)?,
    ))
}

/// The parameter on which the extra cost turns most.
fn widest(bar: &TornadoBar, scenario: &Scenario, answers: &Answers, lang: relocost::Lang) -> Message {
    let path = bar.parameter.to_string();
    let label = axis_label(scenario, &path, lang).map_or(path, |label| label.text);
    let currency = answers.tornado.currency();
    message!(
        "The extra cost turns most on \"{label}\": {low} at its 10 per cent quantile, {high} at its 90 per cent quantile.",
        "Le surcoût dépend le plus de « {label} » : {low} à son quantile de 10 pour cent, {high} à son quantile de 90 pour cent.",
        label,
        low = about(bar.low.extra, currency, lang),
        high = about(bar.high.extra, currency, lang),
    )
}
