//! The reports of many cases: caseloads, programmes with their futures, and payments beside the budget.

use relocost::caseload::Caseload;
use relocost::message::counted;
use relocost::payments::Payments;
use relocost::{
    Error, Lang, Message, Money, Programme, ProgrammeOptions, ProgrammeRun, ProgrammeSimulateOptions,
    ProgrammeSimulation, Watch, message,
};
use relocost_report::number::money_in;
use relocost_report::{Form, between_months, budget_year, capital, declared_label, pathway_head, payment_causes};

use super::ReportOptions;
use super::html::html;
use super::page::Page;
use super::words::{Chance, illustrative, made, main_causes, more, prices, verdict};
use crate::charts::words::{about, span, word};
use crate::charts::{self, Chart};

fn texts(sentences: &[Message], lang: Lang) -> Vec<String> {
    sentences.iter().map(|sentence| sentence.text(lang).to_owned()).collect()
}

/// A caseload's report: all households together, the causes of their extra cost, budget years, and what the figures rest
/// on. Households are named by their references, as in the caseload's own table.
pub fn caseload(caseload: &Caseload, lang: Lang) -> String {
    html(&caseload_page(caseload, (lang, Form::Section)))
}

/// The page of a caseload in a form.
pub(super) fn caseload_page(caseload: &Caseload, (lang, form): (Lang, Form)) -> Page {
    let scenario = caseload.about().scenario();
    let [base, alternative] = [caseload.base(), caseload.alternative()].map(|name| pathway_head(scenario, name, lang));
    let households = counted(caseload.count, ["household", "households"], ["ménage", "ménages"]);
    let title = message!(
        "What the relocation of {households} costs",
        "Ce que coûte la réinstallation de {households}",
        households = households,
    );
    let about = message!(
        "{span} each, in {prices}. {years}",
        "{span} chacun, en {prices}. {years}",
        span = span(caseload.horizon_months()),
        prices = prices(caseload.currency(), caseload.basis(), lang),
        years = budget_year(scenario.fiscal_year_start(), lang).unwrap_or_default(),
    );
    let mark = word("internal_rows", lang);
    let mut page = Page::new((lang, form), &mark, &title, about.text(lang));
    let style = page.style();
    page.section("summary", &message!("Summary", "Résumé"));
    let difference = &caseload.difference;
    let [of_base, of_alternative] = [difference.base, difference.alternative].map(|total| money_in(total, lang));
    let main = message!(
        "{households} cost {of_alternative} in \"{alternative}\" and {of_base} in \"{base}\": {more}.",
        "{households} : {of_alternative} en « {alternative} » et {of_base} en « {base} », soit {more}.",
        households = households,
        base = base,
        alternative = alternative,
        of_base = of_base,
        of_alternative = of_alternative,
        more = more(difference, lang),
    );
    let mut told = vec![main, verdict(difference, lang)];
    told.extend(main_causes(&caseload.attribution, scenario, lang));
    told.extend(illustrative(scenario));
    page.list(texts(&told, lang));

    page.section("premium", &message!("The premium and its causes", "Le surcoût et ses causes"));
    page.figure(charts::caseload_causes(caseload, lang));
    page.section("years", &message!("Households, categories and budget years", "Ménages, catégories et exercices"));
    page.figure(charts::caseload_years(caseload, lang));
    page.fragment(relocost_report::caseload(caseload, scenario, style));
    page.section("assumptions", &message!("Assumptions and sources", "Hypothèses et sources"));
    page.fragment(relocost_report::assumptions(scenario, style));
    made(&mut page, scenario, None);
    page
}

/// A programme's report: its lines by budget year and fund, agreements, waiting, chance, and what the figures rest on. No
/// single case is shown.
///
/// # Errors
/// A rate that a charge needs is missing, the number of draws is none that a simulation takes, the watch cancels it.
pub fn programme(programme: &Programme, options: &ReportOptions, watch: &Watch<'_>) -> Result<String, Error> {
    Ok(html(&programme_page(programme, options, Form::Section, watch)?))
}

/// The charts of a programme's report, in its order: `fiscal_years`, `categories`, `avoidable`, `agreements`, `waiting`,
/// `reserve`, `reserve_by_year`, without those of which there is nothing to draw.
///
/// # Errors
/// As those of the [report](programme()).
pub fn programme_charts(
    programme: &Programme,
    options: &ReportOptions,
    watch: &Watch<'_>,
) -> Result<Vec<Chart>, Error> {
    let (run, futures) = programme_answers(programme, options, watch)?;
    let mut all = charts::programme_run(&run, programme, watch, options.lang)?;
    all.extend(charts::programme_simulation(&futures, options.lang));
    Ok(all)
}

fn programme_answers(
    programme: &Programme,
    options: &ReportOptions,
    watch: &Watch<'_>,
) -> Result<(ProgrammeRun, ProgrammeSimulation), Error> {
    let watched = programme.watched(watch);
    let run = watched.run_with(&ProgrammeOptions::default().threads(options.threads))?;
    let simulate = ProgrammeSimulateOptions::default().draws(options.draws).seed(options.seed);
    let futures = watched.simulate(&simulate.threads(options.threads))?;
    Ok((run, futures))
}

/// The page of a programme in a form.
pub(super) fn programme_page(
    programme: &Programme,
    options: &ReportOptions,
    form: Form,
    watch: &Watch<'_>,
) -> Result<Page, Error> {
    let lang = options.lang;
    let (run, futures) = programme_answers(programme, options, watch)?;
    let setting = programme.setting();
    let title = message!("The budget of a relocation programme", "Le budget d'un programme de réinstallation");
    let about = message!(
        "{months}, in {prices}: {cases}, {agreements}. {years}",
        "{months}, en {prices} : {cases}, {agreements}. {years}",
        months = between_months(run.programme.from, run.programme.until.plus(-1)),
        prices = prices(run.currency(), run.basis(), lang),
        cases = counted(run.programme.cases, ["case", "cases"], ["dossier", "dossiers"]),
        agreements = counted(run.agreements.len(), ["agreement", "agreements"], ["accord", "accords"]),
        years = budget_year(programme.fiscal_year_start(), lang).unwrap_or_default(),
    );
    let mark = word("internal_programme", lang);
    let mut page = Page::new((lang, form), &mark, &title, about.text(lang));
    let style = page.style();
    page.section("summary", &message!("Summary", "Résumé"));
    let told = programme_summary(&run, &futures, programme, lang);
    page.list(texts(&told, lang));

    page.section("lines", &message!("The budget by year and fund", "Le budget par exercice et par fonds"));
    let postings = programme.watched(watch).postings_by_origin()?;
    page.figures([charts::programme_years(&run, &postings, lang), charts::programme_categories(&run, &postings, lang)]);
    page.figures(charts::avoidable(&run, lang));
    page.fragment(relocost_report::programme_budget(&run, programme, style));
    if !run.agreements.is_empty() {
        page.section("agreements", &message!("Agreements", "Accords"));
        page.figures(charts::agreements(&run, programme, lang));
        page.fragment(relocost_report::programme_agreements(&run, programme, style));
    }
    page.section("waiting", &message!("Waiting", "Attente"));
    page.figure(charts::waiting(&run, lang));
    page.fragment(relocost_report::programme_waiting(&run, style));
    page.section("uncertainty", &message!("How certain the figures are", "À quel point les chiffres sont sûrs"));
    page.figures(charts::programme_simulation(&futures, lang));
    page.fragment(relocost_report::futures(&futures, programme, style));
    page.section("assumptions", &message!("Assumptions and sources", "Hypothèses et sources"));
    page.fragment(relocost_report::assumptions(setting, style));
    made(&mut page, setting, Some(&Chance { draws: futures.draws, seed: futures.seed }));
    Ok(page)
}

fn programme_summary(
    run: &ProgrammeRun,
    futures: &ProgrammeSimulation,
    programme: &Programme,
    lang: Lang,
) -> Vec<Message> {
    let total = |name: &str| run.lines.get(name).map(|line| money_in(line.total, lang)).unwrap_or_default();
    let mut told = vec![message!(
        "As planned, with all agreements, the programme costs {planned}; with those that are signed {signed}; if every case were settled from its arrival {settled}. What could still be avoided is {avoidable}.",
        "Comme prévu, avec tous les accords, le programme coûte {planned} ; avec ceux qui sont signés {signed} ; si chaque dossier était réinstallé dès son arrivée {settled}. Ce qui pourrait encore être évité est de {avoidable}.",
        planned = total("as_planned"),
        signed = total("as_signed"),
        settled = total("all_settled"),
        avoidable = money_in(run.extra.total, lang),
    )];
    told.extend(main_causes(&run.extra.attribution, programme.setting(), lang));
    if let Some(values) = run.values.as_ref().filter(|values| !values.within.agreements.is_empty()) {
        told.push(message!(
            "All agreements together are worth {joint} within the programme.",
            "Tous les accords ensemble valent {joint} dans le programme.",
            joint = money_in(values.within.joint, lang),
        ));
    }
    let queue = &run.waiting;
    told.push(message!(
        "{queued} queued for an agreement's place; {given} given one, {waiting} at the end.",
        "{queued} en file pour une place d'un accord ; {given}, {waiting} à la fin.",
        queued = counted(queue.queued, ["case", "cases"], ["dossier", "dossiers"]),
        given = counted(queue.given, ["was", "were"], ["en a reçu une", "en ont reçu une"]),
        waiting = counted(queue.still_waiting, ["still waits", "still wait"], ["attend encore", "attendent encore"]),
    ));
    for (fund, years) in &run.ceiling {
        for (year, row) in years.iter().filter(|(_, row)| row.excess.minor() > 0) {
            told.push(message!(
                "{fund} is {excess} above its ceiling in {year}.",
                "{fund} dépasse son plafond de {excess} en {year}.",
                fund = declared_label(programme.setting().funds(), fund, lang),
                excess = money_in(row.excess, lang),
            ));
        }
    }
    if let Some(line) = futures.lines.get("as_planned") {
        let shown = |share: f64| about(line.total.quantile(share), futures.currency(), lang);
        told.push(message!(
            "With chance, as planned: {p50} suffices in half of the futures (P50), {p80} in four out of five (P80), {p95} in nineteen out of twenty (P95).",
            "Avec le hasard, comme prévu : {p50} suffisent dans la moitié des avenirs (P50), {p80} dans quatre sur cinq (P80), {p95} dans dix-neuf sur vingt (P95).",
            p50 = shown(0.5),
            p80 = shown(0.8),
            p95 = shown(0.95),
        ));
    }
    told.extend(illustrative(programme.setting()));
    told
}

/// The report of payments beside the budget: what was expected, what was paid, why they differ, what is to come, and what
/// the model rests on.
pub fn payments(payments: &Payments, lang: Lang) -> String {
    html(&payments_page(payments, (lang, Form::Section)))
}

/// The page of payments in a form.
pub(super) fn payments_page(payments: &Payments, (lang, form): (Lang, Form)) -> Page {
    let scenario = payments.about().scenario();
    let (from, until) = payments.months();
    let of = match payments.pathway() {
        Some(pathway) => {
            let head = |lang| pathway_head(scenario, pathway.as_str(), lang);
            message!("\"{en}\"", "« {fr} »", en = head(Lang::En), fr = head(Lang::Fr))
        }
        None => message!("the programme as planned", "le programme tel que prévu"),
    };
    let title = message!("What was paid beside the budget: {of}", "Ce qui a été payé à côté du budget : {of}", of = of);
    let about = message!(
        "{months}, in {currency}. {years}",
        "{months}, en {currency}. {years}",
        months = between_months(from, until),
        currency = payments.currency().code(),
        years = budget_year(scenario.fiscal_year_start(), lang).unwrap_or_default(),
    );
    let mark = word(if payments.pathway().is_some() { "internal" } else { "internal_programme" }, lang);
    let mut page = Page::new((lang, form), &mark, &title, about.text(lang));
    let style = page.style();
    page.section("summary", &message!("Summary", "Résumé"));
    page.list(texts(&payments_summary(payments, lang), lang));
    page.section("variance", &message!("Budget and payments", "Budget et paiements"));
    page.figures(charts::payments(payments, lang));
    page.fragment(relocost_report::payments(payments, style));
    page.section("assumptions", &message!("Assumptions and sources", "Hypothèses et sources"));
    page.fragment(relocost_report::assumptions(scenario, style));
    made(&mut page, scenario, None);
    page
}

fn payments_summary(payments: &Payments, lang: Lang) -> Vec<Message> {
    let total = payments.total();
    let shown = |amount: Money| money_in(amount, lang);
    let mut told = vec![message!(
        "{paid} was paid where the model has {model}: a difference of {difference}.",
        "{paid} ont été payés là où le modèle prévoit {model} : une différence de {difference}.",
        paid = shown(total.paid),
        model = shown(total.model),
        difference = shown(total.difference),
    )];
    let named = payment_causes(total, lang).into_iter().filter(|(_, part)| part.minor() != 0);
    let named: Vec<String> = named.map(|(name, part)| format!("{name} {}", shown(part))).collect();
    if !named.is_empty() {
        let named = capital(&named.join(", "));
        told.push(message!("Its parts: {named}.", "Ses parts : {named}."));
    }
    told.push(message!(
        "Still to come, by the model, is {rest}; paid and still to come are {forecast}.",
        "Reste à venir, selon le modèle : {rest} ; payé et reste à venir : {forecast}.",
        rest = shown(payments.rest()),
        forecast = shown(payments.forecast()),
    ));
    told.extend(illustrative(payments.about().scenario()));
    told
}
