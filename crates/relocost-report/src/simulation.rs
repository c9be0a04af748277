//! A simulation for a reader.
#![expect(clippy::float_arithmetic, reason = "a simulation is binary floating point by design")]

use relocost::comparison::ReportedBand;
use relocost::names::Band;
use relocost::simulation::{LedgerFigure, SimulatedFigures, Statistics};
use relocost::{Basis, Id, Scenario, Simulation};

use crate::charts::parameter_name;
use crate::document::Document;
use crate::number::{
    NONE, error_of_share, fixed, grouped, many, probability, share, significant, whole, whole_percent, with_percent,
};
use crate::table::ReportTable;
use crate::typeset::capital;
use crate::words::{Lang, Sentences as _, Words as _, span};
use crate::{Style, illustrative, pathway_head};

/// The quantiles of a reserve: as likely as not, four cases out of five, nineteen out of twenty.
const RESERVE: [f64; 3] = [0.5, 0.8, 0.95];
/// A spread of no more than this share of the mean is what binary numbers lose.
const STEADY: f64 = 1e-12;

/// A figure of a simulation: an amount in units of the currency, or a share of the base.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Amount,
    Share,
}

impl Kind {
    fn shown(self, value: f64, lang: Lang) -> String {
        match self {
            Self::Amount => whole(value, lang),
            Self::Share => share(value, 1, lang),
        }
    }

    fn error(self, value: f64, lang: Lang) -> String {
        match self {
            Self::Amount => significant(value, 2, lang),
            Self::Share => error_of_share(value, lang),
        }
    }

    /// A difference of steps with its sign; of shares in points, since per cent of what would be asked.
    fn signed(self, steps: i128, decimals: usize, lang: Lang) -> String {
        let sign = if steps > 0 { "+" } else { "" };
        let text = format!("{sign}{}", grouped(&written(steps, decimals), lang));
        match self {
            Self::Amount => text,
            #[expect(clippy::cast_precision_loss, reason = "for the plural")]
            Self::Share => in_points(lang, &text, steps as f64 / 100.0),
        }
    }

    /// The decimals of the three figures: of the currency, or of per cents.
    fn decimals(self, result: &Simulation) -> usize {
        match self {
            Self::Amount => usize::try_from(result.currency().decimals()).unwrap_or(2),
            Self::Share => 2,
        }
    }
}

/// The ledger's figure, the ledger's at the means and the simulated mean in steps of their last decimal shown: what is
/// said of their differences is the difference of what is shown.
struct Three {
    ledger: Option<i128>,
    at_means: Option<i128>,
    mean: Option<i128>,
}

impl Three {
    fn of(kind: Kind, told: &Statistics, mean: f64, decimals: usize) -> Self {
        let rounded = |value: f64| match kind {
            Kind::Amount => steps(&format!("{value:.decimals$}")),
            Kind::Share => steps(&format!("{:.decimals$}", value * 100.0)),
        };
        let exact = |figure: Option<LedgerFigure>| match figure? {
            LedgerFigure::Amount(money) => Some(money.minor()),
            LedgerFigure::Ratio(ratio) => steps(&ratio.to_percent(u32::try_from(decimals).ok()?)?),
            LedgerFigure::Count(number) => Some(number.into()),
        };
        Self { ledger: exact(told.ledger()), at_means: exact(told.ledger_at_means()), mean: rounded(mean) }
    }
}

/// A number that is written with its decimals, in steps of the last one.
fn steps(text: &str) -> Option<i128> {
    text.replace('.', "").parse().ok()
}

/// A number of steps as it is written.
fn written(steps: i128, decimals: usize) -> String {
    let digits = format!("{:0>1$}", steps.unsigned_abs(), decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if steps < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A simulation for a reader: what to set aside, how sure the premium is, and why the mean is not the ledger's figure.
///
/// ```
/// use relocost::SimulateOptions;
/// use relocost_report::{Style, simulation};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }\n[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"950\", sd = \"100\" } }")?;
/// let result = scenario.simulate(&SimulateOptions::default().draws(1_000))?;
/// let text = simulation(&result, &scenario, Style::default());
/// assert!(text.contains("To suffice in four cases out of five (P80) over 24 months, set aside "));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn simulation(result: &Simulation, scenario: &Scenario, style: Style) -> String {
    let lang = style.lang;
    let months = result.horizon_months();
    let currency = result.currency();
    let mut out = Document::new(style);
    out.title(title(lang, months, &scenario.start().to_string(), currency.code(), result.basis()));
    out.notice(lang.internal_simulated());
    out.notices(lang.budget_year(result.about().fiscal_year_start()));
    out.gap();
    out.paragraph(answers(result, lang));
    if scenario.uncertain().is_empty() {
        out.line(lang.nothing_uncertain());
    }
    let figures = figures(result, lang);
    out.gap();
    out.heading(lang.what_it_may_cost());
    out.table(costs(result, &figures, style));
    if result.pathways().values().any(|told| !told.by_fiscal_year.is_empty()) {
        out.gap();
        out.heading(lang.reserve());
        out.table(reserve(result, style, by_year));
        out.line(lang.years_do_not_add());
    }
    // With one fund it pays the total.
    if result.pathways().values().any(|told| told.by_fund.len() > 1) {
        out.gap();
        out.heading(lang.reserve_by_fund());
        out.table(reserve(result, style, |told| by_fund(told, result.about().scenario(), lang)));
        out.line(lang.funds_do_not_add());
    }
    out.gap();
    out.heading(lang.how_sure());
    out.table(band(result, style));
    out.line(format!("{}.", capital(lang.average())));
    out.gap();
    out.heading(lang.three_figures());
    out.table(three(result, &figures, style));
    out.line(lang.about_at_means());
    out.list(figures.iter().filter_map(|figure| gap(result, figure, lang)).collect());
    out.line(lang.about_curvature());
    if result.moved().iter().any(|moved| moved.moved > 0) {
        out.gap();
        out.heading(lang.moved());
        out.table(moved(result, style));
    }
    out.gap();
    let draws = many(result.draws(), ["draw", "draws"], ["tirage", "tirages"], lang);
    out.line(repeatable(lang, &draws, result.seed(), result.sampling().name(), env!("CARGO_PKG_VERSION")));
    out.line(lang.not_rounded(currency.code()));
    if result.kept().is_empty() {
        out.line(lang.counted_quantiles());
    }
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// Pathways, the extra cost and the premium, each with its name; a premium that some draw lacks is left out.
fn figures(result: &Simulation, lang: Lang) -> Vec<(String, Kind, &Statistics)> {
    let called = |name| pathway_head(result.about().scenario(), name, lang);
    let pathways = result.pathways().iter().map(|(name, told)| (called(name.as_str()), Kind::Amount, &told.total));
    let extra = (lang.extra().to_owned(), Kind::Amount, &result.extra().total);
    let premium = result.premium().total.as_ref();
    let premium = premium.map(|told| (lang.premium_over(result.horizon_months()), Kind::Share, told));
    pathways.chain([extra]).chain(premium).collect()
}

/// The mean of a figure as it is shown with so many decimals: that of the extra cost is the difference of what stands
/// beside it.
fn mean(result: &Simulation, told: &Statistics, decimals: usize) -> f64 {
    if !std::ptr::eq(told, &raw const result.extra().total) {
        return told.mean();
    }
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let shown = |way: &str| result.pathways().get(way).map(|told| (told.total.mean() * scale).round_ties_even());
    match shown(result.alternative()).zip(shown(result.base())) {
        Some((alternative, base)) => (alternative - base) / scale,
        None => told.mean(),
    }
}

/// The answers to an analyst's first questions.
fn answers(result: &Simulation, lang: Lang) -> Vec<String> {
    let (base, alternative) = (result.base(), result.alternative());
    let suffices = |name: &str| {
        result.pathways().get(name).map_or_else(|| NONE.to_owned(), |told| whole(told.total.quantile(0.8), lang))
    };
    let [of_base, of_alternative] = [base, alternative].map(|name| pathway_head(result.about().scenario(), name, lang));
    let months = result.horizon_months();
    let (much, less) = (suffices(alternative), suffices(base));
    let dearer = probability(result.extra().total.exceedance(0.0), lang);
    vec![
        set_aside(lang, (&of_alternative, &much), (&of_base, &less), result.currency().code(), months),
        extra_is_above_0(lang, &of_alternative, &of_base, &dearer),
        match &result.premium().total {
            Some(told) => {
                let [mean, low, high] =
                    [told.mean(), told.quantile(0.05), told.quantile(0.95)].map(|value| share(value, 1, lang));
                premium_varies(lang, &mean, months, &low, &high)
            }
            None => premium_is_missing(lang, &probability(result.band().none, lang), months),
        },
    ]
}

/// The mean, the spread, quantiles and the worst cases, with the standard errors of the mean and of quantiles under them.
fn costs(result: &Simulation, figures: &[(String, Kind, &Statistics)], style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let percentiles = figures.first().map_or_else(Vec::new, |(_, _, told)| {
        told.quantiles().map(|it| format!("P{}", fixed(it.share * 100.0, 0, lang))).collect()
    });
    let heads = [String::new(), lang.mean().to_owned(), lang.sd().to_owned()].into_iter().chain(percentiles);
    table.heads(heads.chain([lang.worst().to_owned()]));
    for (name, kind, told) in figures {
        let shown = |value: f64| kind.shown(value, lang);
        let quantiles = told.quantiles().map(|it| shown(it.value));
        let row =
            [name.clone(), shown(mean(result, told, 0)), shown(known(told.sd(), told))].into_iter().chain(quantiles);
        table.row(row.chain([shown(told.expected_shortfall_95())]));
        let errors = told.quantiles().map(|it| kind.error(known(it.error, told), lang));
        let head = [lang.standard_error().to_owned(), kind.error(known(told.se(), told), lang), String::new()];
        table.inner(head.into_iter().chain(errors).chain([String::new()]));
    }
    table
}

/// A part of a pathway's figures: what it is called, and what the draws say of it.
type Part<'s> = (String, &'s Statistics);

fn by_year(figures: &SimulatedFigures<Statistics>) -> Vec<Part<'_>> {
    figures.by_fiscal_year.iter().map(|(year, told)| (year.to_string(), told)).collect()
}

fn by_fund<'s>(figures: &'s SimulatedFigures<Statistics>, scenario: &Scenario, lang: Lang) -> Vec<Part<'s>> {
    let called = |id: &Id| {
        let label = scenario.funds().iter().find(|fund| fund.id == *id).map(|fund| lang.label(&fund.label));
        label.unwrap_or(id.as_str()).to_owned()
    };
    figures.by_fund.iter().map(|(id, told)| (called(id), told)).collect()
}

/// The amount to set aside for each part (budget years, funds) of every pathway.
fn reserve<'s>(
    result: &'s Simulation,
    style: Style,
    parts: impl Fn(&'s SimulatedFigures<Statistics>) -> Vec<Part<'s>>,
) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    let percentiles = RESERVE.map(|share| format!("P{}", fixed(share * 100.0, 0, lang)));
    table.heads([String::new(), lang.mean().to_owned()].into_iter().chain(percentiles));
    for (name, told) in result.pathways() {
        table.group(&pathway_head(result.about().scenario(), name.as_str(), lang));
        for (part, told) in parts(told) {
            let quantiles = RESERVE.map(|share| whole(told.quantile(share), lang));
            table.inner([part, whole(told.mean(), lang)].into_iter().chain(quantiles));
        }
    }
    table
}

fn band(result: &Simulation, style: Style) -> ReportTable {
    let lang = style.lang;
    let band = ReportedBand::COURT_2015;
    let (low, high) = (whole_percent(band.low, lang), whole_percent(band.high, lang));
    let shares = result.band();
    let mut table = ReportTable::new(style, 1).indented();
    table.heads([lang.premium_over(result.horizon_months()), lang.probability().to_owned()]);
    for (place, chance) in [(Band::Below, shares.below), (Band::Within, shares.within), (Band::Above, shares.above)] {
        table.row([lang.band(place, &low, &high), probability(chance, lang)]);
    }
    if shares.none > 0.0 {
        table.row([lang.without_premium().to_owned(), probability(shares.none, lang)]);
    }
    table
}

/// The ledger's figure, the ledger's at the means, and the simulated mean.
fn three(result: &Simulation, figures: &[(String, Kind, &Statistics)], style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.as_ledger(), lang.at_means(), lang.mean(), lang.twice_the_error(), lang.up_to_ledger()]);
    for (name, kind, told) in figures {
        let decimals = kind.decimals(result);
        let three = Three::of(*kind, told, mean(result, told, decimals), decimals);
        let shown = |steps: Option<i128>| {
            let text = steps.map(|steps| grouped(&written(steps, decimals), lang));
            text.map_or_else(
                || NONE.to_owned(),
                |text| if *kind == Kind::Share { with_percent(&text, lang) } else { text },
            )
        };
        // A figure that is the same in every draw is the ledger's but for rounding: no share says anything of it.
        let ledger = told.ledger().filter(|_| told.sd() > told.mean().abs() * STEADY);
        let suffices =
            ledger.map_or_else(|| NONE.to_owned(), |ledger| probability(1.0 - told.exceedance(ledger.to_f64()), lang));
        let chance = kind.error(known(2.0 * told.se(), told), lang);
        let figures = [three.ledger, three.at_means, three.mean].map(shown);
        table.row([name.clone()].into_iter().chain(figures).chain([chance, suffices]));
    }
    table
}

/// The reasons for a mean that is not the ledger's figure.
fn gap(result: &Simulation, (name, kind, told): &(String, Kind, &Statistics), lang: Lang) -> Option<String> {
    let gap = told.gap()?;
    let chance = known(gap.chance, told);
    let decimals = kind.decimals(result);
    let three = Three::of(*kind, told, mean(result, told, decimals), decimals);
    let (ledger, at_means, mean) = (three.ledger?, three.at_means?, three.mean?);
    let signed = |steps: i128| kind.signed(steps, decimals, lang);
    let part = |steps: i128| (steps != 0).then(|| signed(steps));
    let (assumptions, curvature) = (part(at_means - ledger), part(mean - at_means));
    // Less than half a unit of the currency is what a ledger rounds.
    let least = if *kind == Kind::Amount { 10_i128.pow(u32::try_from(decimals).unwrap_or(0)) } else { 1 };
    if [at_means - ledger, mean - at_means].iter().all(|part| part.abs() * 2 < least) {
        return None;
    }
    let shown = ShownGap {
        whole: signed(mean - ledger),
        assumptions,
        curvature,
        chance: match kind {
            Kind::Amount => whole(chance, lang),
            Kind::Share => fixed(chance * 100.0, 2, lang),
        },
        by_chance: chance.is_nan() || gap.curvature.abs() <= chance,
    };
    Some(why_apart(lang, name, &shown))
}

/// A measure of chance, which a single draw does not have.
fn known(error: f64, told: &Statistics) -> f64 {
    if told.draws() < 2 { f64::NAN } else { error }
}

fn moved(result: &Simulation, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1).indented();
    table.heads([lang.parameter(), lang.draws(), ""]);
    for moved in result.moved().iter().filter(|moved| moved.moved > 0) {
        #[expect(clippy::cast_precision_loss, reason = "a share for the eye")]
        let part = moved.moved as f64 / result.draws().max(1) as f64;
        let count = grouped(&moved.moved.to_string(), lang);
        let name = parameter_name(result.about().scenario(), &moved.parameter.to_string(), style);
        table.row([name, count, error_of_share(part, lang)]);
    }
    table
}

fn title(lang: Lang, months: u32, start: &str, currency: &str, basis: Basis) -> String {
    let prices = lang.prices(basis);
    match lang {
        Lang::En => {
            format!("What relocation may cost over {span} from {start}, in {currency}, {prices}", span = span(months))
        }
        Lang::Fr => format!(
            "Ce que la réinstallation peut coûter sur {months} mois à partir de {start}, en {currency}, {prices}"
        ),
    }
}

fn set_aside(lang: Lang, alternative: (&str, &str), base: (&str, &str), currency: &str, months: u32) -> String {
    let ((alternative, much), (base, less)) = (alternative, base);
    match lang {
        Lang::En => format!(
            "To suffice in four cases out of five (P80) over {span}, set aside {much} {currency} for \"{alternative}\", {less} {currency} for \"{base}\".",
            span = span(months)
        ),
        Lang::Fr => format!(
            "Pour suffire dans quatre cas sur cinq (P80) sur {months} mois, provisionner {much} {currency} pour « {alternative} », {less} {currency} pour « {base} »."
        ),
    }
}

fn extra_is_above_0(lang: Lang, alternative: &str, base: &str, share: &str) -> String {
    match lang {
        Lang::En => format!("\"{alternative}\" costs more than \"{base}\" in {share} of the draws."),
        Lang::Fr => format!("« {alternative} » coûte plus que « {base} » dans {share} des tirages."),
    }
}

fn premium_varies(lang: Lang, mean: &str, months: u32, low: &str, high: &str) -> String {
    match lang {
        Lang::En => {
            format!(
                "Premium: {mean} on average over {span}, from {low} to {high} in nine draws out of ten.",
                span = span(months)
            )
        }
        Lang::Fr => format!(
            "Surcoût relatif : {mean} en moyenne sur {months} mois, de {low} à {high} dans neuf tirages sur dix."
        ),
    }
}

fn premium_is_missing(lang: Lang, share: &str, months: u32) -> String {
    match lang {
        Lang::En => format!(
            "Premium over {span}: none in {share} of the draws, the base being not above 0; so it has no mean and no quantiles.",
            span = span(months)
        ),
        Lang::Fr => format!(
            "Surcoût relatif sur {months} mois : aucun dans {share} des tirages, la base n'étant pas supérieure à 0 ; il n'a donc ni moyenne ni quantiles."
        ),
    }
}

/// Why the simulated mean of a figure is not the ledger's.
fn why_apart(lang: Lang, figure: &str, gap: &ShownGap) -> String {
    let ShownGap { whole, assumptions, curvature, chance, by_chance } = gap;
    let mut reasons = Vec::new();
    match (lang, assumptions) {
        (Lang::En, Some(part)) => {
            reasons.push(format!("{part} because the assumptions are not centred on the scenario's values"));
        }
        (Lang::Fr, Some(part)) => {
            reasons.push(format!("{part} parce que les hypothèses ne sont pas centrées sur les valeurs du scénario"));
        }
        (_, None) => {}
    }
    if let Some(part) = curvature {
        reasons.push(match (lang, by_chance) {
            (Lang::En, true) => format!("{part} that chance may explain (± {chance})"),
            (Lang::En, false) => format!("{part} of curvature, more than chance explains (± {chance})"),
            (Lang::Fr, true) => format!("{part} que le hasard peut expliquer (± {chance})"),
            (Lang::Fr, false) => format!("{part} de courbure, plus que le hasard n'explique (± {chance})"),
        });
    }
    match lang {
        Lang::En => format!("{figure}: mean less ledger {whole}, of which {}.", reasons.join("; ")),
        Lang::Fr => format!("{figure} : moyenne moins livre {whole}, dont {}.", reasons.join(" ; ")),
    }
}

/// A difference of shares, of so many hundredths; French has one below two.
fn in_points(lang: Lang, number: &str, hundredths: f64) -> String {
    match lang {
        Lang::En => format!("{number} points"),
        Lang::Fr if hundredths.abs() < 2.0 => format!("{number}\u{202f}point"),
        Lang::Fr => format!("{number}\u{202f}points"),
    }
}

pub(crate) fn repeatable(lang: Lang, draws: &str, seed: u64, sampling: &str, version: &str) -> String {
    match lang {
        Lang::En => format!(
            "{draws}, seed {seed}, sampling {sampling}, relocost {version}: the same again from the same file, on any machine."
        ),
        Lang::Fr => format!(
            "{draws}, graine {seed}, échantillonnage {sampling}, relocost {version} : les mêmes à nouveau avec le même fichier, sur toute machine."
        ),
    }
}

/// A gap as it is shown: each part with its sign.
struct ShownGap {
    /// The mean less the ledger.
    whole: String,
    /// The effect of the assumptions; `None` if they have none, and likewise for the curvature.
    assumptions: Option<String>,
    curvature: Option<String>,
    /// Twice the standard error of the mean.
    chance: String,
    /// True if chance may be all of the curvature.
    by_chance: bool,
}
