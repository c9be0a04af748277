//! A tornado for a reader.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use relocost::simulation::{Tornado, TornadoPoint};
use relocost::{Basis, Scenario};

use crate::charts::parameter_name;
use crate::document::Document;
use crate::number::{NONE, share, significant, whole};
use crate::table::{Bar, Cell, ReportTable};
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative, pathway_head};

/// The length of the longest bar as text, in characters.
const BAR: usize = 24;
/// Into how many steps the longest bar is divided.
const STEPS: u32 = 1_000_000;

/// A tornado for a reader: the totals as the scenario stands, and the parameters from the widest swing of the extra cost
/// to the narrowest.
///
/// ```
/// use relocost::CompareOptions;
/// use relocost_report::{Style, tornado};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { uniform = { low = \"900\", high = \"1000\" } }")?;
/// let text = tornado(&scenario.tornado(&CompareOptions::default())?, &scenario, Style::default());
/// assert!(text.lines().any(|line| line.starts_with("lines.rent.amount  910  990 ")));
/// let moved = text.lines().rfind(|line| line.contains("lines.rent.amount")).unwrap_or_default();
/// assert!(moved.ends_with("0")); // the temporary solution has no ordinary rent
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn tornado(result: &Tornado, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let months = result.horizon_months();
    let mut out = Document::new(style);
    let start = scenario.start().to_string();
    out.title(title(lang, months, &start, result.currency().code(), result.basis()));
    out.notice(lang.internal_simulated());
    out.gap();
    let premium = |point: &TornadoPoint| point.premium.map_or_else(|| NONE.to_owned(), |ratio| share(ratio, 1, lang));
    let total = |point: &TornadoPoint, name: &str| {
        point.pathways.get(name).map_or_else(|| NONE.to_owned(), |total| whole(*total, lang))
    };
    let (base, alternative) = (result.base(), result.alternative());
    // A difference is that of the figures shown beside it.
    let between = |point: &TornadoPoint| {
        let [a, b] =
            [alternative, base].map(|name| point.pathways.get(name).map_or(f64::NAN, |total| total.round_ties_even()));
        whole(a - b, lang)
    };
    let standing = result.standing();
    let mut totals = ReportTable::new(style, 1);
    let [of_base, of_alternative] = [base, alternative].map(|name| pathway_head(scenario, name, lang));
    totals.heads(["", &of_base, &of_alternative, lang.extra(), &lang.premium_over(months)]);
    totals.row([
        lang.as_it_stands().to_owned(),
        total(standing, base),
        total(standing, alternative),
        between(standing),
        premium(standing),
    ]);
    out.table(totals);
    out.gap();
    if result.bars().is_empty() {
        out.line(lang.no_bars());
        return out.finish();
    }
    let longest = result.bars().iter().map(|bar| bar.swing().abs()).fold(0.0, f64::max);
    let mut bars = ReportTable::new(style, 1);
    let extra = |end: &str| format!("{} ({end})", lang.extra());
    let premium_at = |end: &str| format!("{} ({end})", lang.premium());
    bars.heads([
        lang.parameter().to_owned(),
        "P10".to_owned(),
        "P90".to_owned(),
        extra("P10"),
        extra("P90"),
        premium_at("P10"),
        premium_at("P90"),
        lang.swing().to_owned(),
    ]);
    for bar in result.bars() {
        let value =
            |point: &TornadoPoint| point.value.map_or_else(|| NONE.to_owned(), |value| significant(value, 6, lang));
        let texts = [
            parameter_name(scenario, &bar.parameter.to_string(), style),
            value(&bar.low),
            value(&bar.high),
            whole(bar.low.extra, lang),
            whole(bar.high.extra, lang),
            premium(&bar.low),
            premium(&bar.high),
            whole(bar.high.extra.round_ties_even() - bar.low.extra.round_ties_even(), lang),
        ];
        let drawn = Cell::Bar(Bar { part: steps(bar.swing(), longest), longest: STEPS.into(), width: BAR });
        bars.row(texts.into_iter().map(Cell::from).chain([drawn]));
    }
    out.table(bars);
    out.gap();
    out.heading(lang.swings_of_totals());
    out.table(totals_of(result, style));
    out.gap();
    out.line(lang.about_tornado());
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// The swing of each pathway's total with each parameter, in the order of the bars: only here a parameter that moves
/// both pathways alike is seen.
fn totals_of(result: &Tornado, style: Style) -> ReportTable {
    let lang = style.lang;
    let pathways: Vec<&str> = result.standing().pathways.keys().map(relocost::Id::as_str).collect();
    let mut table = ReportTable::new(style, 1).indented();
    let heads = pathways.iter().map(|name| pathway_head(result.about().scenario(), name, lang));
    table.heads(std::iter::once(lang.parameter().to_owned()).chain(heads));
    for bar in result.bars() {
        let swing = |pathway: &&str| bar.swing_of(pathway).map_or_else(|| NONE.to_owned(), |swing| whole(swing, lang));
        let name = parameter_name(result.about().scenario(), &bar.parameter.to_string(), style);
        table.row(std::iter::once(name).chain(pathways.iter().map(swing)));
    }
    table
}

/// A swing in steps of the longest.
#[expect(clippy::cast_possible_truncation, reason = "at most the steps of the longest bar")]
fn steps(swing: f64, longest: f64) -> i128 {
    if longest > 0.0 { (swing / longest * f64::from(STEPS)).round() as i128 } else { 0 }
}

fn title(lang: Lang, months: u32, start: &str, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => {
            format!(
                "What the extra cost turns on, over {span} from {start}, in {currency}, {prices}",
                span = span(months)
            )
        }
        Lang::Fr => {
            format!("Ce dont dépend le surcoût, sur {months} mois à partir de {start}, en {currency}, {prices}")
        }
    }
}
