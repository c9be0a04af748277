//! The charts of a scenario: what causes the premium, how it depends on the horizon, what each year costs, what waiting
//! costs, how sure the figures are and what they turn on.
#![expect(clippy::float_arithmetic, reason = "places in a picture")]

use std::collections::BTreeSet;

use indexmap::IndexMap;
use relocost::comparison::ReportedBand;
use relocost::delay::{Delay, DelayFigures};
use relocost::ledger::Ledger;
use relocost::simulation::{Statistics, Tornado, TornadoBar};
use relocost::{Comparison, Currency, Error, Id, Lang, Money, Premium, Scenario, Simulation, message};
use relocost_report::number::{money_in, premium, whole_percent};
use relocost_report::{HORIZONS, axis_label, capital, pathway_head, shares_by_label};

use super::behind::ByLine;
use super::waterfall::{titled, waterfall};
use super::words::{about, amount_axis, listed, sentence, share_axis, span, units, whole_axis, word};
use super::{Band, Bars, Chart, Colour, Curve, Curves, Kind, LESS, MORE, Mark, PALETTE, Row, Segment};

/// The shares of draws of a reserve: as likely as not, four cases out of five, nineteen out of twenty.
const RESERVE: [(f64, &str); 3] = [(0.5, "P50"), (0.8, "P80"), (0.95, "P95")];
/// The steps of a curve of quantiles.
const STEPS: u32 = 200;
/// The most bars of a tornado.
const BARS: usize = 15;

/// The causes of the extra cost between the totals of base and alternative, the largest first.
///
/// ```
/// use relocost::Lang;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let chart = relocost_publish::charts::causes(&scenario.compare()?, Lang::En);
/// assert_eq!(chart.title, "What causes the extra cost over 24 months");
/// assert!(chart.svg().starts_with("<svg") && chart.svg().contains("<title>Right to work"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn causes(result: &Comparison, lang: Lang) -> Chart {
    let scenario = result.about().scenario();
    let title = message!(
        "What causes the extra cost over {span}",
        "Ce qui explique le surcoût sur {span}",
        span = span(result.horizon_months()),
    );
    let shares = parts(result.attribution().shares(), result.attribution().residual(), scenario, lang);
    let difference = result.difference();
    let [base, alternative] = [result.base(), result.alternative()].map(|name| pathway_head(scenario, name, lang));
    let kind = Kind { name: "causes", mark: "internal", lang };
    let (base, alternative) = ((base, difference.base), (alternative, difference.alternative));
    waterfall(kind, title.text(lang).to_owned(), base, shares, alternative)
}

/// The charts of a comparison: its causes and, where there is a premium, its horizons.
pub fn comparison(result: &Comparison, lang: Lang) -> Vec<Chart> {
    [Some(causes(result, lang)), horizons(result, lang)].into_iter().flatten().collect()
}

/// Shares of entitlements under their labels, and what none of them explains.
pub(super) fn parts(
    shares: &IndexMap<Id, Money>,
    residual: Money,
    scenario: &Scenario,
    lang: Lang,
) -> Vec<(String, Money)> {
    let mut parts = shares_by_label(shares, scenario, lang);
    parts.push((word("residual", lang), residual));
    parts
}

/// A ratio as a number, for its place in a picture.
fn ratio(premium: Premium) -> Option<f64> {
    let percent: f64 = premium.ratio()?.to_percent(6)?.parse().ok()?;
    Some(percent / 100.0)
}

/// The premium by horizon, with the band that the Court reported behind it; none where there is no premium at any.
pub fn horizons(result: &Comparison, lang: Lang) -> Option<Chart> {
    let curve = result.premium_curve();
    let last = result.horizon_months();
    let mut points = Vec::new();
    let (mut marks, mut told) = (Vec::new(), Vec::new());
    for (months, difference) in (1..).zip(curve) {
        let Some(value) = ratio(difference.premium()) else { continue };
        let at = (f64::from(months), value);
        points.push(at);
        if HORIZONS.contains(&months) || months == last {
            let figure = premium(difference.premium(), lang);
            let title = titled(span(months).text(lang), &figure, lang);
            told.push(title.clone());
            marks.push(Mark { at, label: if months == last { figure } else { String::new() }, title });
        }
    }
    if points.is_empty() {
        return None;
    }
    let band = ReportedBand::COURT_2015;
    let [low, high] =
        [band.low, band.high].map(|share| (whole_percent(share, lang), share.to_string().parse().unwrap_or(0.0)));
    let name = word("band", lang).replace("{low}", &low.0).replace("{high}", &high.0);
    let text = message!(
        "Premium by horizon: {told}. The Court reported {low} to {high} on average.",
        "Surcoût relatif par horizon : {told}. La Cour a indiqué {low} à {high} en moyenne.",
        told = listed(&told, lang),
        low = low.0,
        high = high.0,
    );
    let premium = message!("Premium", "Surcoût relatif").text(lang).to_owned();
    let chart = Curves {
        kind: Kind { name: "horizons", mark: "internal", lang },
        title: word("curve", lang),
        text: text.text(lang).to_owned(),
        x: whole_axis(word("horizon", lang), lang),
        y: share_axis(premium.clone(), lang),
        band: Some(Band { low: low.1, high: high.1, name }),
        lines: vec![Curve { name: premium, colour: MORE, points, marks }],
    };
    Some(chart.draw())
}

/// What each budget year costs by category on each of some pathways.
///
/// # Errors
/// A sum is too large to write.
pub fn fiscal_years(ledgers: &[&Ledger], lang: Lang) -> Result<Chart, Error> {
    let kind = Kind { name: "fiscal_years", mark: "internal", lang };
    let Some(scenario) = ledgers.first().map(|ledger| ledger.scenario()) else {
        return Ok(stacked(kind, String::new(), &[], &[], |_, _| None, Currency::EUR));
    };
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    let by_line: Vec<ByLine> = ledgers.iter().map(|ledger| ByLine::of_ledger(ledger, lang)).collect();
    let sums: Vec<_> =
        ledgers.iter().map(|ledger| ledger.by_fiscal_year_and_category()).collect::<Result<_, Error>>()?;
    let years: BTreeSet<i32> = sums.iter().flat_map(|years| years.keys().copied()).collect();
    for year in years {
        for ((ledger, sums), by_line) in ledgers.iter().zip(&sums).zip(&by_line) {
            let Some(sums) = sums.get(&year) else { continue };
            let pathway = pathway_head(scenario, ledger.pathway().as_str(), lang);
            rows.push((format!("{year} – {pathway}"), sums.clone()));
            lines.push((year, by_line));
        }
    }
    let categories: Vec<(Id, String)> =
        scenario.categories().iter().map(|it| (it.id.clone(), it.label.text(lang).to_owned())).collect();
    let title = message!("Cost by budget year and category", "Coût par exercice et par catégorie");
    let behind = |row: usize, category: &Id| {
        let (year, by_line) = lines.get(row)?;
        by_line.behind(*year, category)
    };
    Ok(stacked(kind, title.text(lang).to_owned(), &rows, &categories, behind, scenario.currency()))
}

/// Rows of amounts that add up, each part in its colour; credits go to the left. `behind` says what lies behind a part of
/// a row, and is shown with its title.
pub(super) fn stacked(
    kind: Kind,
    title: String,
    rows: &[(String, IndexMap<Id, Money>)],
    parts: &[(Id, String)],
    behind: impl Fn(usize, &Id) -> Option<String>,
    currency: Currency,
) -> Chart {
    let lang = kind.lang;
    let colour = |place: usize| PALETTE[place % PALETTE.len()];
    let is_used = |id: &Id| rows.iter().any(|(_, sums)| sums.get(id).is_some_and(|sum| sum.minor() != 0));
    let legend: Vec<(Colour, String)> = (0..)
        .zip(parts)
        .filter(|(_, (id, _))| is_used(id))
        .map(|(place, (_, name))| (colour(place), name.clone()))
        .collect();
    let mut told = Vec::new();
    let drawn = |row: usize, (label, sums): &(String, IndexMap<Id, Money>)| {
        let (mut up, mut down, mut total) = (0.0, 0.0, Some(Money::zero(currency)));
        let mut segments = Vec::new();
        for (place, (id, name)) in (0..).zip(parts) {
            let Some(sum) = sums.get(id).filter(|sum| sum.minor() != 0) else { continue };
            total = total.and_then(|total| total.checked_add(*sum));
            let value = units(*sum);
            let from = if value < 0.0 { &mut down } else { &mut up };
            let mut title = titled(&format!("{label}, {name}"), &money_in(*sum, lang), lang);
            if let Some(behind) = behind(row, id) {
                title = format!("{title}\n{behind}");
            }
            segments.push(Segment { from: *from, to: *from + value, colour: colour(place), title });
            *from += value;
        }
        let figure = total.map_or(String::new(), |total| money_in(total, lang));
        (figure, segments)
    };
    let rows: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let (figure, segments) = drawn(place, row);
            told.push(titled(&row.0, &figure, lang));
            Row { label: row.0.clone(), figure, segments }
        })
        .collect();
    let text = sentence(&told, lang);
    Bars { kind, title, text, axis: amount_axis(currency, lang), legend, rows, standing: None, from_zero: true }.draw()
}

/// What each further month of waiting costs, within the horizon and over the full course.
pub fn delay(result: &Delay, lang: Lang) -> Chart {
    let span = span(result.horizon_months());
    let names = [
        word("wait_within_horizon", lang).replace("{span}", span.text(lang)),
        word("wait_full_course", lang).replace("{span}", span.text(lang)),
    ];
    let of: [fn(&relocost::delay::DelayRow) -> DelayFigures; 2] = [|row| row.within_horizon, |row| row.full_course];
    let last = result.rows().last().map_or(0, |row| row.months);
    let mut told = Vec::new();
    let curves = names.into_iter().zip(of).zip([LESS, MORE]).map(|((name, of), colour)| {
        let mut marks = Vec::new();
        let mut points = Vec::new();
        for row in result.rows() {
            let extra = of(row).extra;
            let at = (f64::from(row.months), units(extra));
            points.push(at);
            if row.months == last || (row.months > 0 && row.months.is_multiple_of(12)) {
                let figure = money_in(extra, lang);
                let months = self::span(row.months);
                let title = titled(&format!("{name}, {}", months.text(lang)), &figure, lang);
                if row.months == last {
                    told.push(title.clone());
                }
                marks.push(Mark { at, label: if row.months == last { figure } else { String::new() }, title });
            }
        }
        Curve { name, colour, points, marks }
    });
    let curves: Vec<Curve> = curves.collect();
    let waits = message!("Months of waiting", "Mois d'attente");
    Curves {
        kind: Kind { name: "delay", mark: "internal", lang },
        title: word("delay", lang),
        text: sentence(&told, lang),
        x: whole_axis(waits.text(lang).to_owned(), lang),
        y: amount_axis(result.currency(), lang),
        band: None,
        lines: curves,
    }
    .draw()
}

/// How likely a budget is to suffice for base and for alternative, with P50, P80 and P95.
pub fn reserve(result: &Simulation, lang: Lang) -> Chart {
    let scenario = result.about().scenario();
    let sides = [(result.base(), LESS), (result.alternative(), MORE)];
    let figures = sides.into_iter().filter_map(|(name, colour)| {
        Some((pathway_head(scenario, name, lang), colour, &result.pathways().get(name)?.total))
    });
    let title = message!(
        "How likely a budget is to suffice over {span}",
        "Probabilité qu'un budget suffise sur {span}",
        span = span(result.horizon_months()),
    );
    let kind = Kind { name: "reserve", mark: "internal_draws", lang };
    likely(kind, title.text(lang).to_owned(), figures.collect(), result.currency())
}

/// Shares of draws by amount. Marks of more than two curves have no labels, which would lie over each other.
pub(super) fn likely(
    kind: Kind,
    title: String,
    figures: Vec<(String, Colour, &Statistics)>,
    currency: Currency,
) -> Chart {
    let lang = kind.lang;
    let mut told = Vec::new();
    let has_room = figures.len() <= 2;
    let curve = |(name, colour, figure): (String, Colour, &Statistics)| {
        let steps = (1..STEPS).map(|step| f64::from(step) / f64::from(STEPS));
        let points = steps.map(|share| (figure.quantile(share), share)).collect();
        let mut labels = Vec::new();
        let marks = RESERVE.into_iter().map(|(share, percentile)| {
            let value = figure.quantile(share);
            let label = titled(percentile, &about(value, currency, lang), lang);
            labels.push(label.clone());
            let title = format!("{name}, {label}");
            Mark { at: (value, share), title, label: if has_room { label } else { String::new() } }
        });
        let marks: Vec<Mark> = marks.collect();
        told.push(format!("{name} – {}", listed(&labels, lang)));
        Curve { name, colour, points, marks }
    };
    let curves = figures.into_iter().map(curve).collect();
    Curves {
        kind,
        title,
        text: format!("{}.", told.join(". ")),
        x: amount_axis(currency, lang),
        y: share_axis(word("suffices", lang), lang),
        band: None,
        lines: curves,
    }
    .draw()
}

/// How the extra cost moves with each uncertain parameter, the widest swing first; none where it moves with none.
pub fn tornado(result: &Tornado, lang: Lang) -> Option<Chart> {
    let scenario = result.about().scenario();
    let currency = result.currency();
    let shown = |value: f64| about(value, currency, lang);
    let standing = result.standing().extra;
    let label = |bar: &TornadoBar| {
        let path = bar.parameter.to_string();
        axis_label(scenario, &path, lang).map_or(path, |label| label.text)
    };
    let [low, high] = ["at_low", "at_high"].map(|name| word(name, lang));
    let bars: Vec<&TornadoBar> = result.bars().iter().filter(|bar| bar.swing() != 0.0).take(BARS).collect();
    if bars.is_empty() {
        return None;
    }
    let rows = bars.iter().map(|bar| {
        let label = label(bar);
        let ends = [(&bar.low, LESS, &low), (&bar.high, MORE, &high)];
        let segment = |(point, colour, end): (&relocost::simulation::TornadoPoint, Colour, &String)| Segment {
            from: standing,
            to: point.extra,
            colour,
            title: titled(&format!("{label}, {end}"), &shown(point.extra), lang),
        };
        Row { figure: shown(bar.swing().abs()), segments: ends.map(segment).into(), label }
    });
    let rows: Vec<Row> = rows.collect();
    let told = bars.iter().take(3).map(|bar| {
        let (label, low, high) = (label(bar), shown(bar.low.extra), shown(bar.high.extra));
        message!("{label} from {low} to {high}", "{label} de {low} à {high}").text(lang).to_owned()
    });
    let told: Vec<String> = told.collect();
    let text = message!(
        "The extra cost is {standing} as the scenario stands. The widest swings, with a parameter at its P10 and its P90: {told}.",
        "Le surcoût est de {standing} pour le scénario tel quel. Les plus larges amplitudes, un paramètre à son P10 et à son P90 : {told}.",
        standing = shown(standing),
        told = listed(&told, lang),
    );
    let title = word("tornado_extra", lang).replace("{span}", span(result.horizon_months()).text(lang));
    let legend = vec![(LESS, capital(&low)), (MORE, capital(&high))];
    let mut axis = amount_axis(currency, lang);
    let name = message!(
        "Extra cost, {name}; at the right the swing",
        "Surcoût, {name} ; à droite l'amplitude",
        name = axis.name
    );
    name.text(lang).clone_into(&mut axis.name);
    let bars = Bars {
        kind: Kind { name: "tornado", mark: "internal_draws", lang },
        title,
        text: text.text(lang).to_owned(),
        axis,
        legend,
        rows,
        standing: Some(standing),
        from_zero: false,
    };
    Some(bars.draw())
}
