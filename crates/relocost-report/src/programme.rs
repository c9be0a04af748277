//! A programme for a reader: the budget by year and fund, what could be avoided, what agreements are worth, who waits.

use relocost::message::counted;
use relocost::names::{Basis, QueueOrder};
use relocost::programme::{ProgrammeValues, Saving, WITHIN_MONTHS};
use relocost::types::Label;
use relocost::{Id, Money, Programme, ProgrammeRun, Watch};
use relocost_tables::Tables as _;

use crate::document::Document;
use crate::number::{NONE, money, percent};
use crate::pair::causes;
use crate::table::ReportTable;
use crate::typed::rows_of;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, declared_label, illustrative};

/// A programme for a reader. Rows of single cases are shown if the run has them, and those of months if asked for.
///
/// ```
/// use relocost_report::{Style, programme};
/// # let file = relocost::Programme::parse("schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\ncases = [{ members = [{ age = 34 }], arrives = \"2026-01\" }]")?;
/// let text = programme(&file.run()?, &file, false, Style::default());
/// assert!(text.starts_with("The programme of 2026 to 2027, in EUR, prices of each year: 1 case, 0 agreements\nInternal: "));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn programme(run: &ProgrammeRun, programme: &Programme, months: bool, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    let years = &run.programme.fiscal_years;
    let ends = [years.first(), years.last()].map(|year| year.copied().unwrap_or_default());
    let code = run.currency().code();
    out.title(title(lang, ends, run.programme.cases, run.agreements.len(), code));
    out.notice(lang.internal_programme());
    out.notices(lang.budget_year(programme.fiscal_year_start()));
    out.gap();
    budget_part(&mut out, run, programme, style);
    if !run.agreements.is_empty() {
        agreements_part(&mut out, run, programme, style);
    }
    out.gap();
    waiting_part(&mut out, run, style);
    run_off(&mut out, run, style);
    if months {
        typed(&mut out, run, "months", lang.months_as_planned(), style);
    }
    if run.cases.is_some() {
        typed(&mut out, run, "cases", lang.single_cases(), style);
        typed(&mut out, run, "case_stages", lang.stages_of_cases(), style);
    }
    if let Some(line) = illustrative(programme.setting(), lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// The budget of a programme by year and fund, ceilings, and what could be avoided: a part of [`programme`].
pub fn programme_budget(run: &ProgrammeRun, programme: &Programme, style: Style) -> String {
    let mut out = Document::new(style);
    budget_part(&mut out, run, programme, style);
    run_off(&mut out, run, style);
    out.finish()
}

/// What the agreements of a programme are worth, what single steps would save, and places: a part of [`programme`]; empty
/// where it has no agreements.
pub fn programme_agreements(run: &ProgrammeRun, programme: &Programme, style: Style) -> String {
    let mut out = Document::new(style);
    if !run.agreements.is_empty() {
        agreements_part(&mut out, run, programme, style);
    }
    out.finish()
}

/// How long cases wait: a part of [`programme`].
pub fn programme_waiting(run: &ProgrammeRun, style: Style) -> String {
    let mut out = Document::new(style);
    waiting_part(&mut out, run, style);
    out.finish()
}

fn budget_part(out: &mut Document, run: &ProgrammeRun, programme: &Programme, style: Style) {
    let lang = style.lang;
    out.heading(lang.by_year_and_fund());
    out.table(budget(run, style));
    out.line(lang.about_lines());
    out.gap();
    out.heading(lang.older_and_new());
    out.table(origins(run, style));
    if !run.ceiling.is_empty() {
        out.gap();
        out.heading(lang.ceilings());
        out.table(ceilings(run, style));
    }
    out.gap();
    let others = [(lang.residual(), run.extra.residual), (lang.own_costs_differ(), run.extra.programme)];
    causes(out, lang.avoidable_causes(), &run.extra.attribution, &others, programme.setting(), style);
    out.line(run.extra.note.text(lang));
}

fn agreements_part(out: &mut Document, run: &ProgrammeRun, programme: &Programme, style: Style) {
    let lang = style.lang;
    if let Some(values) = &run.values {
        out.gap();
        out.heading(lang.worth());
        out.table(worth(&values.within, values.with_run_off.as_ref(), programme, style));
        out.line(lang.only_values_add_up());
        out.lines(values.within.note.as_ref().map(|note| note.text(lang).to_owned()));
    }
    steps(out, run, programme, style);
    out.gap();
    out.heading(lang.places());
    out.table(places(run, programme, style));
}

fn waiting_part(out: &mut Document, run: &ProgrammeRun, style: Style) {
    let lang = style.lang;
    out.heading(lang.waiting_of_cases());
    out.table(waiting(run, style));
}

/// The label of a fund.
fn fund(run: &ProgrammeRun, id: &Id, lang: Lang) -> String {
    declared_label(run.about().scenario().funds(), id, lang)
}

/// The label of an agreement.
pub(crate) fn agreement(programme: &Programme, id: &Id, lang: Lang) -> String {
    programme.agreement_label(id).map_or_else(|| id.to_string(), |label: &Label| label.text(lang).to_owned())
}

fn budget(run: &ProgrammeRun, style: Style) -> ReportTable {
    let lang = style.lang;
    let zero = Money::zero(run.currency());
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.as_signed(), lang.as_planned(), lang.all_settled(), lang.avoidable()]);
    let row = |name: String, lines: Vec<Option<Money>>, extra: Option<Money>| {
        let figures = lines.into_iter().chain([extra]).map(|figure| money(figure.unwrap_or(zero), lang));
        std::iter::once(name).chain(figures).collect::<Vec<_>>()
    };
    let lines = || run.lines.values();
    let funds: Vec<&Id> = run.about().scenario().funds().iter().map(|fund| &fund.id).collect();
    for year in &run.programme.fiscal_years {
        let totals = lines().map(|line| line.by_fiscal_year.get(year).copied()).collect();
        table.row(row(year.to_string(), totals, run.extra.by_fiscal_year.get(year).copied()));
        for &id in &funds {
            let parts: Vec<Option<Money>> =
                lines().map(|line| line.by_fiscal_year_and_fund.get(year)?.get(id).copied()).collect();
            if parts.iter().any(Option::is_some) {
                let extra = run.extra.by_fiscal_year_and_fund.get(year).and_then(|funds| funds.get(id).copied());
                table.inner(row(fund(run, id, lang), parts, extra));
            }
        }
    }
    table.row(row(lang.total().to_owned(), lines().map(|line| Some(line.total)).collect(), Some(run.extra.total)));
    for &id in &funds {
        let parts: Vec<Option<Money>> = lines().map(|line| line.by_fund.get(id).copied()).collect();
        if parts.iter().any(Option::is_some) {
            table.inner(row(fund(run, id, lang), parts, run.extra.by_fund.get(id).copied()));
        }
    }
    let short = |name: &str, figures: Vec<Money>| {
        std::iter::once(name.to_owned()).chain(figures.into_iter().map(|figure| money(figure, lang)))
    };
    table.row(short(lang.constant(), lines().map(|line| line.constant).collect()));
    table.row(short(lang.present_value(), lines().map(|line| line.present_value).collect()));
    table
}

fn origins(run: &ProgrammeRun, style: Style) -> ReportTable {
    let lang = style.lang;
    let zero = Money::zero(run.currency());
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.older(), lang.newer(), lang.own_costs(), lang.total()]);
    let Some(planned) = run.lines.get("as_planned") else { return table };
    for year in &run.programme.fiscal_years {
        let origins = planned.by_fiscal_year_and_origin.get(year);
        let of = |origin: &str| origins.and_then(|origins| origins.get(origin).copied()).unwrap_or(zero);
        let total = planned.by_fiscal_year.get(year).copied().unwrap_or(zero);
        let figures = [of("older"), of("new"), of("programme"), total].map(|figure| money(figure, lang));
        table.row(std::iter::once(year.to_string()).chain(figures));
    }
    table
}

fn ceilings(run: &ProgrammeRun, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.total(), lang.ceiling(), lang.excess()]);
    for (id, years) in &run.ceiling {
        table.group(&fund(run, id, lang));
        for (year, row) in years {
            let figures = [row.total, row.ceiling, row.excess].map(|figure| money(figure, lang));
            table.inner(std::iter::once(year.to_string()).chain(figures));
        }
    }
    table
}

fn worth(
    within: &ProgrammeValues,
    with_run_off: Option<&ProgrammeValues>,
    programme: &Programme,
    style: Style,
) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let heads = [lang.agreement(), lang.alone(), lang.lost_if_it_ends(), lang.value()];
    table.heads(heads.into_iter().chain(with_run_off.map(|_| lang.value_with_run_off())));
    let figure = |figure: Option<Money>| figure.map_or_else(|| NONE.to_owned(), |figure| money(figure, lang));
    for (id, row) in &within.agreements {
        let after = with_run_off.map(|values| values.agreements.get(id).and_then(|row| row.value));
        let figures = [Some(row.alone), Some(row.last), row.value].into_iter().chain(after).map(figure);
        table.row(std::iter::once(agreement(programme, id, lang)).chain(figures));
    }
    let after = with_run_off.map(|values| money(values.joint, lang));
    let joint = [lang.all_agreements().to_owned(), String::new(), String::new(), money(within.joint, lang)];
    table.row(joint.into_iter().chain(after));
    table
}

fn steps(out: &mut Document, run: &ProgrammeRun, programme: &Programme, style: Style) {
    let Some(steps) = &run.steps else { return };
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let after = steps.processing.with_run_off.map(|_| lang.saves_with_run_off());
    table.heads(["", lang.saves()].into_iter().chain(after));
    let figures = |saving: &Saving| {
        let all = std::iter::once(saving.within).chain(saving.with_run_off);
        all.map(|figure| money(figure, lang)).collect::<Vec<_>>()
    };
    let row = |name: String, saving: &Saving| std::iter::once(name).chain(figures(saving));
    table.group(lang.one_more_place());
    for (id, it) in &steps.agreements {
        if let Some(step) = &it.one_more_place {
            table.inner(row(format!("{} ({})", agreement(programme, id, lang), step.month), &step.saving));
        }
    }
    table.group(lang.grants_month_later());
    for (id, it) in &steps.agreements {
        table.inner(row(agreement(programme, id, lang), &it.month_later));
    }
    table.row(row(lang.shorter_processing().to_owned(), &steps.processing));
    for (order, saving) in &steps.queue {
        if let Some(order) = QueueOrder::ALL.iter().find(|known| known.name() == order) {
            table.row(row(other_order(lang, *order), saving));
        }
    }
    out.gap();
    out.heading(lang.single_steps());
    out.table(table);
}

fn places(run: &ProgrammeRun, programme: &Programme, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let heads = [lang.in_hand(), lang.granted(), lang.used(), lang.lapsed(), lang.left(), lang.cases(), lang.persons()];
    table.heads(std::iter::once(lang.agreement()).chain(heads));
    for (id, account) in &run.agreements {
        let it = &account.total;
        let counts = [it.in_hand, it.granted, it.used, it.lapsed, it.left, it.cases, it.persons];
        let counts = counts.map(|count| count.to_string());
        table.row(std::iter::once(agreement(programme, id, lang)).chain(counts));
    }
    table
}

fn waiting(run: &ProgrammeRun, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let it = &run.waiting;
    let count = |count: u32| count.to_string();
    let some = |count: Option<u32>| count.map_or_else(|| NONE.to_owned(), |count| count.to_string());
    table.row([lang.queued().to_owned(), count(it.queued)]);
    table.row([lang.given_a_place().to_owned(), count(it.given)]);
    for (months, share) in WITHIN_MONTHS.into_iter().zip(it.given_within) {
        table.row([given_within(lang, months), share.map_or_else(|| NONE.to_owned(), |share| percent(share, lang))]);
    }
    table.row([lang.median_wait().to_owned(), some(it.median)]);
    table.row([lang.p90_wait().to_owned(), some(it.p90)]);
    table.row([lang.still_waiting().to_owned(), count(it.still_waiting)]);
    table.row([lang.longest_wait().to_owned(), some(it.longest_wait)]);
    table.row([lang.left_the_queue().to_owned(), count(it.left)]);
    table.row([lang.without_way().to_owned(), count(it.without_way)]);
    table
}

fn run_off(out: &mut Document, run: &ProgrammeRun, style: Style) {
    let Some(after) = &run.with_run_off else { return };
    let lang = style.lang;
    let zero = Money::zero(run.currency());
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.as_signed(), lang.as_planned(), lang.all_settled()]);
    let lines = || after.lines.values();
    let row = |name: String, figures: Vec<Option<Money>>| {
        std::iter::once(name).chain(figures.into_iter().map(|figure| money(figure.unwrap_or(zero), lang)))
    };
    let years: std::collections::BTreeSet<i32> = lines().flat_map(|line| line.by_fiscal_year.keys().copied()).collect();
    for year in years {
        table.row(row(year.to_string(), lines().map(|line| line.by_fiscal_year.get(&year).copied()).collect()));
    }
    table.row(row(lang.total().to_owned(), lines().map(|line| Some(line.total)).collect()));
    for each in run.about().scenario().funds() {
        let parts: Vec<Option<Money>> = lines().map(|line| line.by_fund.get(&each.id).copied()).collect();
        if parts.iter().any(Option::is_some) {
            table.inner(row(fund(run, &each.id, lang), parts));
        }
    }
    out.gap();
    out.heading(lang.with_run_off());
    out.table(table);
    out.line(after.note.text(lang));
    out.gap();
    out.heading(lang.later_costs());
    let mut table = ReportTable::new(style, 1);
    for (year, figure) in &run.after {
        table.row([year.to_string(), money(*figure, lang)]);
    }
    out.table(table);
}

/// One of the typed tables, with all its columns.
fn typed(out: &mut Document, run: &ProgrammeRun, name: &str, heading: &str, style: Style) {
    let table = run.table(name).ok().flatten();
    let rows = table.and_then(|table| rows_of(&table, style, &Watch::default()).ok()); // which never cancels
    if let Some(rows) = rows {
        out.gap();
        out.heading(heading);
        out.table(rows);
    }
}

fn title(lang: Lang, [first, last]: [i32; 2], cases: u32, agreements: usize, currency: &str) -> String {
    let cases = counted(cases, ["case", "cases"], ["dossier", "dossiers"]);
    let agreements = counted(agreements, ["agreement", "agreements"], ["accord", "accords"]);
    let (cases, agreements, prices) = (cases.text(lang), agreements.text(lang), lang.prices(Basis::Nominal));
    let years = match lang {
        _ if first == last => first.to_string(),
        Lang::En => format!("{first} to {last}"),
        Lang::Fr => format!("{first} à {last}"),
    };
    match lang {
        Lang::En => format!("The programme of {years}, in {currency}, {prices}: {cases}, {agreements}"),
        Lang::Fr => format!("Le programme de {years}, en {currency}, {prices} : {cases}, {agreements}"),
    }
}

pub(crate) fn given_within(lang: Lang, months: u32) -> String {
    match lang {
        Lang::En => format!("given a place within {}", span(months)),
        Lang::Fr => format!("ayant reçu une place en {months} mois"),
    }
}

fn other_order(lang: Lang, order: QueueOrder) -> String {
    let [english, french] = match order {
        QueueOrder::Priority => ["by priority", "par priorité"],
        QueueOrder::Smallest => ["the smallest first", "les plus petits d'abord"],
        QueueOrder::Largest => ["the largest first", "les plus grands d'abord"],
        _ => ["by arrival", "par ordre d'arrivée"],
    };
    lang.titled(lang.queue(), if lang == Lang::Fr { french } else { english })
}
