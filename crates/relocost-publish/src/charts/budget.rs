//! The charts of many cases: caseloads, programmes and their futures, and what was paid beside the model.

use indexmap::IndexMap;
use relocost::caseload::Caseload;
use relocost::message::counted;
use relocost::payments::Payments;
use relocost::postings::Postings;
use relocost::programme::{AgreementValue, MonthRow};
use relocost::{Currency, Error, Id, Lang, Money, Programme, ProgrammeRun, ProgrammeSimulation, Watch, message};
use relocost_report::number::money_in;
use relocost_report::{capital, declared_label, month_in_words, pathway_head};

use super::behind::ByLine;
use super::scenario::{likely, parts, stacked};
use super::waterfall::{titled, waterfall};
use super::words::{amount_axis, listed, sentence, units, whole_axis, word};
use super::{Bars, Chart, Colour, Curve, Curves, Kind, LESS, MORE, Mark, PALETTE, Row, Segment};

/// The charts of a caseload: its causes and its budget years.
pub fn caseload(result: &Caseload, lang: Lang) -> Vec<Chart> {
    vec![caseload_causes(result, lang), caseload_years(result, lang)]
}

/// The causes of the extra cost of all households together.
pub fn caseload_causes(caseload: &Caseload, lang: Lang) -> Chart {
    let scenario = caseload.about().scenario();
    let title =
        message!("What causes the extra cost of all households", "Ce qui explique le surcoût de tous les ménages");
    let shares = parts(&caseload.attribution, caseload.residual, scenario, lang);
    let [base, alternative] = [caseload.base(), caseload.alternative()].map(|name| pathway_head(scenario, name, lang));
    let difference = &caseload.difference;
    let kind = Kind { name: "causes", mark: "internal_rows", lang };
    let (base, alternative) = ((base, difference.base), (alternative, difference.alternative));
    waterfall(kind, title.text(lang).to_owned(), base, shares, alternative)
}

/// What each budget year costs all households, on both sides.
pub fn caseload_years(caseload: &Caseload, lang: Lang) -> Chart {
    let scenario = caseload.about().scenario();
    let title = message!("Cost of all households by budget year", "Coût de tous les ménages par exercice");
    let sides = [caseload.base(), caseload.alternative()].map(|name| pathway_head(scenario, name, lang));
    let years = caseload.by_fiscal_year.iter().map(|(year, it)| (year.to_string(), [it.base, it.alternative]));
    let kind = Kind { name: "fiscal_years", mark: "internal_rows", lang };
    pairs(kind, title.text(lang).to_owned(), &sides, years.collect(), caseload.currency())
}

/// Two amounts for each of some things, one over the other.
fn pairs(
    kind: Kind,
    title: String,
    sides: &[String; 2],
    things: Vec<(String, [Money; 2])>,
    currency: Currency,
) -> Chart {
    let lang = kind.lang;
    let colours = [LESS, MORE];
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    for (thing, amounts) in things {
        for ((amount, side), colour) in amounts.into_iter().zip(sides).zip(colours) {
            let (label, figure) = (format!("{thing} – {side}"), money_in(amount, lang));
            let title = titled(&label, &figure, lang);
            told.push(title.clone());
            rows.push(Row { label, figure, segments: vec![Segment { from: 0.0, to: units(amount), colour, title }] });
        }
    }
    let legend = colours.into_iter().zip(sides.iter().cloned()).collect();
    let text = sentence(&told, lang);
    Bars { kind, title, text, axis: amount_axis(currency, lang), legend, rows, standing: None, from_zero: true }.draw()
}

/// The mark of a programme.
const PROGRAMME: &str = "internal_programme";

/// The charts of a run of a programme: its budget years and categories, what could be avoided, its agreements, its queue.
///
/// # Errors
/// As [`Programme::postings_by_origin`], whose lines stand behind the bars; the watch cancels it.
pub fn programme_run(
    run: &ProgrammeRun,
    programme: &Programme,
    watch: &Watch<'_>,
    lang: Lang,
) -> Result<Vec<Chart>, Error> {
    let postings = programme.watched(watch).postings_by_origin()?;
    let years = [programme_years(run, &postings, lang), programme_categories(run, &postings, lang)];
    let values = [avoidable(run, lang), agreements(run, programme, lang)];
    Ok(years.into_iter().chain(values.into_iter().flatten()).chain([waiting(run, lang)]).collect())
}

/// The charts of a programme's futures: how likely a budget is to suffice, for all of it and for each budget year.
pub fn programme_simulation(result: &ProgrammeSimulation, lang: Lang) -> Vec<Chart> {
    vec![futures_total(result, lang), futures(result, lang)]
}

/// What a programme costs by budget year as planned: cases that arrived before, new ones, its own lines; with the lines of
/// its postings behind each.
pub fn programme_years(run: &ProgrammeRun, postings: &IndexMap<Id, Postings>, lang: Lang) -> Chart {
    let names = [("older", "older"), ("new", "newer"), ("programme", "own_costs")];
    let parts: Vec<(Id, String)> =
        names.into_iter().filter_map(|(id, name)| Some((id.parse().ok()?, capital(&word(name, lang))))).collect();
    let planned = run.lines.get("as_planned");
    let rows = run.programme.fiscal_years.iter().map(|year| {
        let sums = planned.and_then(|line| line.by_fiscal_year_and_origin.get(year));
        let sums = sums.map(|sums| sums.iter().map(|(id, sum)| (id.clone(), *sum)).collect());
        (year.to_string(), sums.unwrap_or_default())
    });
    let kind = Kind { name: "fiscal_years", mark: PROGRAMME, lang };
    let by_line = ByLine::by_origin(postings, run.about().scenario(), lang);
    let years = &run.programme.fiscal_years;
    let behind = |row: usize, origin: &Id| by_line.behind(*years.get(row)?, origin);
    stacked(kind, word("programme", lang), &rows.collect::<Vec<_>>(), &parts, behind, run.currency())
}

/// What a programme costs by budget year and category, as planned, with the lines of its postings behind each.
pub fn programme_categories(run: &ProgrammeRun, postings: &IndexMap<Id, Postings>, lang: Lang) -> Chart {
    let scenario = run.about().scenario();
    let parts: Vec<(Id, String)> =
        scenario.categories().iter().map(|it| (it.id.clone(), it.label.text(lang).to_owned())).collect();
    let planned = run.lines.get("as_planned");
    let rows = run.programme.fiscal_years.iter().map(|year| {
        let sums = planned.and_then(|line| line.by_fiscal_year_and_category.get(year));
        let sums = sums.map(|sums| sums.iter().map(|(id, sum)| (id.clone(), *sum)).collect());
        (year.to_string(), sums.unwrap_or_default())
    });
    let title = message!("Cost by budget year and category, as planned", "Coût par exercice et par catégorie, prévu");
    let kind = Kind { name: "categories", mark: PROGRAMME, lang };
    let (by_line, years) = (ByLine::by_category(postings, scenario, lang), &run.programme.fiscal_years);
    let behind = |row: usize, category: &Id| by_line.behind(*years.get(row)?, category);
    stacked(kind, title.text(lang).to_owned(), &rows.collect::<Vec<_>>(), &parts, behind, run.currency())
}

/// What could still be avoided: from all cases settled to the programme as planned, by what is missing.
pub fn avoidable(run: &ProgrammeRun, lang: Lang) -> Option<Chart> {
    let scenario = run.about().scenario();
    let (settled, planned) = (run.lines.get("all_settled")?, run.lines.get("as_planned")?);
    let mut shares = parts(&run.extra.attribution, run.extra.residual, scenario, lang);
    shares.push((word("own_costs_differ", lang), run.extra.programme));
    let [from, to] = ["all_settled", "as_planned"].map(|line| capital(&word(line, lang)));
    let kind = Kind { name: "avoidable", mark: PROGRAMME, lang };
    Some(waterfall(kind, word("avoidable_causes", lang), (from, settled.total), shares, (to, planned.total)))
}

/// What each agreement is worth within the programme; none where that was not asked or cannot be.
pub fn agreements(run: &ProgrammeRun, programme: &Programme, lang: Lang) -> Option<Chart> {
    let values = &run.values.as_ref()?.within;
    let mut told = Vec::new();
    let row = |(id, it, value): (&Id, &AgreementValue, Money)| {
        let label = programme.agreement_label(id).map_or_else(|| id.to_string(), |label| label.text(lang).to_owned());
        let figure = money_in(value, lang);
        let title = titled(&label, &figure, lang);
        told.push(title.clone());
        let title = format!("{title}\n{}", behind_agreement(run, id, it, lang));
        let colour = if value.minor() < 0 { MORE } else { LESS };
        Row { label, figure, segments: vec![Segment { from: 0.0, to: units(value), colour, title }] }
    };
    let rows: Vec<Row> = values.agreements.iter().filter_map(|(id, it)| Some((id, it, it.value?))).map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let title = word("worth", lang).replace("{joint}", &money_in(values.joint, lang));
    let text = sentence(&told, lang);
    let axis = amount_axis(run.currency(), lang);
    let kind = Kind { name: "agreements", mark: PROGRAMME, lang };
    Some(Bars { kind, title, text, axis, legend: Vec::new(), rows, standing: None, from_zero: true }.draw())
}

/// What an agreement saves alone and what is lost without it, and what its places were used for.
fn behind_agreement(run: &ProgrammeRun, id: &Id, value: &AgreementValue, lang: Lang) -> String {
    let saves = message!(
        "Alone: {alone}\nLost if it ends: {last}",
        "Seul : {alone}\nPerdu s'il cesse : {last}",
        alone = money_in(value.alone, lang),
        last = money_in(value.last, lang),
    );
    let Some(account) = run.agreements.get(id) else { return saves.text(lang).to_owned() };
    let cases = counted(account.total.cases, ["case", "cases"], ["dossier", "dossiers"]);
    let used = counted(account.total.used, ["place used", "places used"], ["place utilisée", "places utilisées"]);
    format!("{}\n{}, {}", saves.text(lang), cases.text(lang), used.text(lang))
}

/// A curve of cases: its word, their number in a month, its colour.
type Side = (&'static str, fn(&MonthRow) -> u32, Colour);

/// How many cases wait for a place, and how many have one and have not moved yet, by month.
pub fn waiting(run: &ProgrammeRun, lang: Lang) -> Chart {
    let from = run.programme.from;
    let sides: [Side; 2] =
        [("waiting_cases", |row| row.waiting, MORE), ("processing_cases", |row| row.processing, LESS)];
    let mut told = Vec::new();
    let curves = sides.map(|(name, of, colour)| {
        let name = capital(&word(name, lang));
        let points = run.months.iter().map(|row| (f64::from(row.month.months_since(from)), f64::from(of(row))));
        let points: Vec<(f64, f64)> = points.collect();
        let most = run.months.iter().rev().max_by_key(|row| of(row));
        let marks = most.filter(|row| of(row) > 0).map(|row| {
            let title = titled(&format!("{name}, {}", month_in_words(row.month, lang)), &of(row).to_string(), lang);
            told.push(title.clone());
            let at = (f64::from(row.month.months_since(from)), f64::from(of(row)));
            Mark { at, label: of(row).to_string(), title }
        });
        Curve { name, colour, points, marks: marks.into_iter().collect() }
    });
    let most = message!("At most: {told}.", "Au plus : {told}.", told = listed(&told, lang));
    let x = message!("Months since {begin}", "Mois depuis {begin}", begin = month_in_words(from, lang),);
    Curves {
        kind: Kind { name: "waiting", mark: PROGRAMME, lang },
        title: word("queue_by_month", lang),
        text: most.text(lang).to_owned(),
        x: whole_axis(x.text(lang).to_owned(), lang),
        y: whole_axis(word("cases_axis", lang), lang),
        band: None,
        lines: curves.into(),
    }
    .draw()
}

/// How likely a budget is to suffice for a whole programme, as planned and with the agreements that are signed.
pub fn futures_total(futures: &ProgrammeSimulation, lang: Lang) -> Chart {
    let figures = [("as_planned", LESS), ("as_signed", MORE)].into_iter().filter_map(|(line, colour)| {
        Some((capital(&word(line, lang)), colour, futures.lines.get(line)?.total.statistics()))
    });
    let title = message!(
        "How likely a budget is to suffice for the whole programme",
        "Probabilité qu'un budget suffise pour tout le programme"
    );
    let kind = Kind { name: "reserve", mark: PROGRAMME, lang };
    likely(kind, title.text(lang).to_owned(), figures.collect(), futures.currency())
}

/// How likely a budget is to suffice in each budget year of a programme, as planned.
pub fn futures(futures: &ProgrammeSimulation, lang: Lang) -> Chart {
    let years = futures.lines.get("as_planned").into_iter().flat_map(|line| &line.by_fiscal_year);
    let figures = years.zip(PALETTE.into_iter().cycle());
    let figures = figures.map(|((year, figure), colour)| (year.to_string(), colour, figure.statistics()));
    let kind = Kind { name: "reserve_by_year", mark: PROGRAMME, lang };
    likely(kind, word("futures", lang), figures.collect(), futures.currency())
}

/// The charts of payments: why they differ from the model, and both by category.
pub fn payments(result: &Payments, lang: Lang) -> Vec<Chart> {
    vec![payment_causes(result, lang), payment_categories(result, lang)]
}

fn payment_kind(name: &'static str, payments: &Payments, lang: Lang) -> Kind {
    Kind { name, mark: if payments.pathway().is_some() { "internal" } else { PROGRAMME }, lang }
}

/// Why what was paid differs from the model: from the model to the payments by the parts of the difference.
pub fn payment_causes(payments: &Payments, lang: Lang) -> Chart {
    let total = payments.total();
    let parts =
        relocost_report::payment_causes(total, lang).into_iter().map(|(name, part)| (capital(name), part)).collect();
    let [model, paid] = ["model", "paid"].map(|name| capital(&word(name, lang)));
    waterfall(
        payment_kind("causes", payments, lang),
        word("why_paid", lang),
        (model, total.model),
        parts,
        (paid, total.paid),
    )
}

/// The model and what was paid, by category.
pub fn payment_categories(payments: &Payments, lang: Lang) -> Chart {
    let scenario = payments.about().scenario();
    let things = payments
        .categories()
        .map(|(id, it)| (declared_label(scenario.categories(), id, lang), [it.model, it.paid]))
        .collect();
    let sides = ["model", "paid"].map(|name| capital(&word(name, lang)));
    let title = message!("Paid beside the model, by category", "Payé à côté du modèle, par catégorie");
    let kind = payment_kind("categories", payments, lang);
    pairs(kind, title.text(lang).to_owned(), &sides, things, payments.currency())
}
