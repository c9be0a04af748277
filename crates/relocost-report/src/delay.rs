//! The cost of delay for a reader.

use relocost::Scenario;
use relocost::delay::{Delay, DelayRow};

use crate::document::Document;
use crate::number::money;
use crate::table::{Bar, Cell, ReportTable};
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative, pathway_head};

/// The length of the plot's longest bar as text, in characters.
const BAR: usize = 30;

/// The cost of delay for a reader: the sentence for a committee, the table, and a plot of the extra cost.
pub fn delay(delay: &Delay, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    out.title(lang.title(delay.horizon_months(), &delay.start().to_string(), delay.currency().code(), delay.basis()));
    out.notice(lang.internal());
    out.gap();
    if let Some(last) = delay.rows().last().filter(|row| row.months > 0) {
        let currency = delay.currency().code();
        out.line(waiting_sentence(
            lang,
            &pathway_head(scenario, delay.alternative(), lang),
            &pathway_head(scenario, delay.base(), lang),
            last.months,
            &format!("{} {currency}", money_per_month(last, lang)),
            &format!("{} {currency}", money(last.full_course.extra, lang)),
        ));
        out.gap();
    }
    let mut table = ReportTable::new(style, 0);
    let side = |name: &str| [lang.titled(name, lang.total()), lang.extra().to_owned(), lang.month().to_owned()];
    let sides = [side(lang.within_horizon()), side(lang.full_course())];
    table.heads(std::iter::once(lang.months().to_owned()).chain(sides.into_iter().flatten()));
    table.rows(delay.rows().iter(), |row| {
        let figures = [row.within_horizon, row.full_course].map(|column| [column.total, column.extra, column.month]);
        std::iter::once(row.months.to_string())
            .chain(figures.into_iter().flatten().map(|figure| money(figure, lang)))
            .collect()
    });
    out.table(table);
    out.gap();
    out.heading(lang.plot_of_delay());
    out.table(plot(delay, style));
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// The mean cost of a month of the full course, for a sentence: rounded to the currency's unit of money.
fn money_per_month(last: &DelayRow, lang: Lang) -> String {
    let extra = last.full_course.extra;
    let mean = extra.minor() / i128::from(last.months.max(1));
    relocost::Money::from_minor(mean, extra.currency()).map_or(String::new(), |mean| money(mean, lang))
}

fn plot(delay: &Delay, style: Style) -> ReportTable {
    let lang = style.lang;
    let rows = delay.rows();
    let every = rows.len().div_ceil(20).max(1);
    let longest = rows.iter().map(|row| row.full_course.extra.minor().unsigned_abs()).max().unwrap_or(0);
    let mut table = ReportTable::new(style, 0);
    for row in rows.iter().filter(|row| (row.months as usize).is_multiple_of(every)) {
        let part = row.full_course.extra;
        let bar = Cell::Bar(Bar { part: part.minor(), longest, width: BAR });
        table.row([row.months.to_string().into(), money(part, lang).into(), bar]);
    }
    table
}

fn waiting_sentence(lang: Lang, alternative: &str, base: &str, months: u32, month: &str, whole: &str) -> String {
    match lang {
        Lang::En => format!(
            "Each further month of waiting for \"{base}\" in \"{alternative}\" costs {month} on average over {span}, {whole} in all (full course).",
            span = span(months)
        ),
        Lang::Fr => format!(
            "Chaque mois d'attente de plus de « {base} » en « {alternative} » coûte en moyenne {month} sur {months} mois, {whole} en tout (parcours entier)."
        ),
    }
}
