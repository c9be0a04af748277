//! The futures of a programme for a reader: what each budget year may cost, ceilings, agreements, waiting.

use relocost::programme::{SimulatedFigure, WITHIN_MONTHS};
use relocost::simulation::LedgerFigure;
use relocost::{Programme, ProgrammeSimulation};

use crate::Style;
use crate::document::Document;
use crate::number::{NONE, fixed, many, money, percent, probability, share, whole};
use crate::programme::{agreement, given_within};
use crate::simulation::repeatable;
use crate::table::ReportTable;
use crate::words::{Lang, Sentences as _, Words as _};

/// The futures of a programme for a reader: what to set aside for each budget year, and how sure the rest is.
///
/// ```
/// use relocost_report::{Style, futures};
/// # let file = relocost::Programme::parse("schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\narrivals = [{ members = [{ age = 34 }], per_year = 3 }]")?;
/// let simulation = file.simulate(&relocost::ProgrammeSimulateOptions::default().draws(100))?;
/// let text = futures(&simulation, &file, Style::default());
/// assert!(text.starts_with("What chance does to the programme, in EUR, over 100 futures\nInternal: "));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn futures(result: &ProgrammeSimulation, programme: &Programme, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    let draws = many(result.draws, ["future", "futures"], ["avenir", "avenirs"], lang);
    out.title(title(lang, result.currency().code(), &draws));
    out.notice(lang.internal_programme());
    out.gap();
    out.heading(lang.by_year_and_fund());
    out.table(budget(result, style));
    out.line(lang.years_do_not_add());
    if !result.ceiling.is_empty() {
        out.gap();
        out.heading(lang.ceilings());
        out.table(ceilings(result, style));
    }
    if !result.last.is_empty() {
        out.gap();
        out.heading(lang.worth());
        out.table(worth(result, programme, style));
    }
    out.gap();
    out.heading(lang.waiting_of_cases());
    out.table(waiting(result, style));
    out.gap();
    out.line(result.note.text(lang));
    let draws = many(result.draws, ["draw", "draws"], ["tirage", "tirages"], lang);
    out.line(repeatable(lang, &draws, result.seed, result.sampling.name(), env!("CARGO_PKG_VERSION")));
    out.line(lang.not_rounded(result.currency().code()));
    out.line(lang.counted_quantiles());
    out.finish()
}

fn title(lang: Lang, currency: &str, draws: &str) -> String {
    match lang {
        Lang::En => format!("What chance does to the programme, in {currency}, over {draws}"),
        Lang::Fr => format!("Ce que le hasard fait au programme, en {currency}, sur {draws}"),
    }
}

/// The figure without chance.
fn certain(figure: &SimulatedFigure, lang: Lang) -> String {
    match figure.deterministic() {
        Some(LedgerFigure::Amount(amount)) => money(amount, lang),
        Some(LedgerFigure::Ratio(ratio)) => percent(ratio, lang),
        Some(LedgerFigure::Count(number)) => number.to_string(),
        None => NONE.to_owned(),
    }
}

fn heads(lang: Lang) -> [&'static str; 8] {
    ["", lang.without_chance(), lang.mean(), lang.spread(), lang.error_of_mean(), "P50", "P80", "P95"]
}

fn amounts(name: String, figure: &SimulatedFigure, lang: Lang) -> Vec<String> {
    let told =
        [figure.mean(), figure.sd(), figure.se(), figure.quantile(0.5), figure.quantile(0.8), figure.quantile(0.95)];
    let told = told.map(|value| whole(value, lang));
    [name, certain(figure, lang)].into_iter().chain(told).collect()
}

fn budget(result: &ProgrammeSimulation, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(heads(lang));
    let names = [lang.as_signed(), lang.as_planned(), lang.all_settled(), lang.avoidable()];
    let funds = result.about().scenario().funds();
    for (name, line) in names.iter().zip(result.lines.values().chain([&result.extra])) {
        table.group(name);
        for (year, figure) in &line.by_fiscal_year {
            table.row(amounts(year.to_string(), figure, lang));
            for (id, figure) in line.by_fiscal_year_and_fund.get(year).into_iter().flatten() {
                let label = funds.iter().find(|fund| fund.id == *id);
                let label = label.map_or_else(|| id.to_string(), |fund| fund.label.text(lang).to_owned());
                table.inner(amounts(label, figure, lang));
            }
        }
        table.row(amounts(lang.total().to_owned(), &line.total, lang));
    }
    table
}

fn ceilings(result: &ProgrammeSimulation, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let heads =
        [lang.ceiling(), lang.futures_above(), lang.mean_excess(), lang.mean_excess_above(), lang.without_chance()];
    table.heads(std::iter::once("").chain(heads));
    let funds = result.about().scenario().funds();
    for (id, years) in &result.ceiling {
        let label = funds.iter().find(|fund| fund.id == *id);
        table.group(&label.map_or_else(|| id.to_string(), |fund| fund.label.text(lang).to_owned()));
        for (year, row) in years {
            let above = row.mean_excess_above.map_or_else(|| NONE.to_owned(), |mean| whole(mean, lang));
            table.inner([
                year.to_string(),
                money(row.ceiling, lang),
                probability(row.above, lang),
                whole(row.excess.mean(), lang),
                above,
                certain(&row.excess, lang),
            ]);
        }
    }
    table
}

fn worth(result: &ProgrammeSimulation, programme: &Programme, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(heads(lang));
    table.group(lang.lost_if_it_ends());
    for (id, saving) in &result.last {
        table.row(amounts(agreement(programme, id, lang), &saving.total, lang));
    }
    table.row(amounts(lang.all_agreements().to_owned(), &result.joint.total, lang));
    table
}

fn waiting(result: &ProgrammeSimulation, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.without_chance(), lang.mean(), "P80"]);
    for (months, told) in WITHIN_MONTHS.into_iter().zip(&result.waiting.given_within) {
        let mean = told.as_ref().map_or_else(|| NONE.to_owned(), |told| share(told.mean(), 1, lang));
        let without = told.as_ref().map_or_else(|| NONE.to_owned(), |told| certain(told, lang));
        table.row([given_within(lang, months), without, mean, String::new()]);
    }
    let it = &result.waiting;
    for (name, told) in [
        (lang.still_waiting(), &it.still_waiting),
        (lang.places_lapsed(), &it.lapsed),
        (lang.places_refused(), &it.refused),
    ] {
        let p80 = fixed(told.quantile(0.8), 0, lang);
        table.row([name.to_owned(), certain(told, lang), fixed(told.mean(), 2, lang), p80]);
    }
    table
}
