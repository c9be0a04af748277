//! Payments beside the model for a reader: what each line, category, budget year and fund was expected to cost, what was
//! paid, and why they differ.

use relocost::payments::{ENOUGH_PRICES, LineVariance, Payments, PriceEstimates, Variance};
use relocost::{Amount, Id, Money, Scenario};

use crate::document::Document;
use crate::number::{NONE, grouped, money};
use crate::table::{Bar, Cell, ReportTable};
use crate::words::{Lang, Sentences as _, Words as _};
use crate::{Style, declared_label, illustrative, pathway_head};

/// The length of the longest bar as text, in characters.
const BAR: usize = 24;

/// Payments beside the model for a reader.
///
/// ```
/// use relocost::payments::{PaymentOptions, PaymentTable};
/// use relocost_report::{Style, payments};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n";
/// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "paid")?, &PaymentOptions::new("temporary"))?;
/// let text = payments(&paid, Style::default());
/// assert!(text.starts_with("What was paid for \"Temporary (ad hoc) solution\" in 2026-03, in EUR"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn payments(payments: &Payments, style: Style) -> String {
    let (lang, scenario) = (style.lang, payments.about().scenario());
    let mut out = Document::new(style);
    out.title(title(payments, scenario, lang));
    out.notice(if payments.pathway().is_some() { lang.internal() } else { lang.internal_programme() });
    out.notices(lang.budget_year(payments.about().fiscal_year_start()));
    out.gap();
    out.table(sums(payments, scenario, style));
    out.gap();
    why(&mut out, payments.total(), style);
    let shown: Vec<&Kind> = kinds().iter().filter(|kind| any(payments, kind)).collect();
    if !shown.is_empty() {
        out.gap();
        out.heading(lang.difference_parts());
        let mut table = ReportTable::new(style, 1);
        let heads = shown.iter().map(|kind| (kind.name)(lang));
        table.heads(std::iter::once("").chain(heads).chain([lang.difference()]));
        each(&mut table, payments, scenario, lang, |variance| {
            let parts = shown.iter().map(|kind| (kind.of)(variance));
            parts.chain([variance.difference]).map(|part| money(part, lang)).collect()
        });
        out.table(table);
    }
    if let Some(line) = illustrative(scenario, lang) {
        out.gap();
        out.notice(line);
    }
    out.finish()
}

/// Prices that payments imply, for a reader: beside the catalogue's, and the amounts that follow.
///
/// ```
/// use relocost::payments::{PaymentOptions, PaymentTable, PriceEstimateOptions};
/// use relocost_report::{Style, price_estimates};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n";
/// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "paid")?, &PaymentOptions::new("temporary"))?;
/// let text = price_estimates(&paid.estimate(&PriceEstimateOptions::default())?, Style::default());
/// assert!(text.starts_with("Prices that payments of 2026-03 imply"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn price_estimates(estimates: &PriceEstimates, style: Style) -> String {
    let (lang, scenario) = (style.lang, estimates.about().scenario());
    let mut out = Document::new(style);
    out.title(title_of_prices(estimates, lang));
    out.notice(lang.internal_payments());
    out.gap();
    let mut table = ReportTable::new(style, 2);
    table.heads([
        lang.line(),
        "",
        lang.payments(),
        lang.mean(),
        lang.median(),
        lang.sd(),
        lang.least(),
        lang.most(),
        lang.in_catalogue(),
        lang.weight(),
        lang.new_amount(),
    ]);
    let some = |amount: Option<Amount>| amount.map_or_else(|| NONE.to_owned(), |amount| two(amount, lang));
    for row in &estimates.prices {
        let label = scenario
            .lines()
            .get(&row.line)
            .map_or_else(|| row.line.to_string(), |line| lang.label(&line.label).to_owned());
        table.row([
            label,
            row.currency.code().to_owned(),
            row.count.to_string(),
            two(row.mean, lang),
            two(row.median, lang),
            some(row.sd),
            two(row.least, lang),
            two(row.most, lang),
            two(row.catalogue, lang),
            two(row.weight, lang),
            two(row.amount, lang),
        ]);
    }
    out.table(table);
    out.gap();
    out.paragraph(about_prices(estimates, lang));
    let spread: Vec<String> = estimates
        .prices
        .iter()
        .filter_map(|row| {
            let (sd, amount) = (two(row.lognormal_sd?, lang), two(row.amount, lang));
            Some(format!("{}: lognormal {{ {amount}, {sd} }}", row.line))
        })
        .collect();
    if !spread.is_empty() {
        out.gap();
        out.heading(lang.for_uncertain());
        out.list(spread);
    }
    let events: Vec<_> = estimates.prices.iter().filter_map(|row| Some((row, row.event?))).collect();
    if !events.is_empty() {
        out.gap();
        out.heading(lang.how_often());
        let mut table = ReportTable::new(style, 1);
        table.heads([lang.line(), lang.events(), lang.years(), lang.in_catalogue(), lang.a_year()]);
        for (row, event) in events {
            let figures = [event.events, event.years, event.catalogue, event.per_year];
            let figures = figures.map(|figure| grouped(&figure.to_string(), lang));
            table.row(std::iter::once(row.line.to_string()).chain(figures));
        }
        out.table(table);
    }
    out.finish()
}

/// To two decimals, half to even.
fn two(amount: Amount, lang: Lang) -> String {
    grouped(&amount.to_fixed(2), lang)
}

fn title_of_prices(it: &PriceEstimates, lang: Lang) -> String {
    let (from, until) = (it.from, it.until);
    match lang {
        Lang::En if from == until => format!("Prices that payments of {from} imply"),
        Lang::En => format!("Prices that payments of {from} to {until} imply"),
        Lang::Fr if from == until => format!("Prix qui ressortent des paiements de {from}"),
        Lang::Fr => format!("Prix qui ressortent des paiements de {from} à {until}"),
    }
}

fn about_prices(it: &PriceEstimates, lang: Lang) -> Vec<String> {
    let k = it.credibility;
    let enough = ENOUGH_PRICES;
    match lang {
        Lang::En => vec![
            "Unit prices in the line's currency, at its price base: what was paid over quantity, price level, index, exchange rate and what is still needed.".to_owned(),
            format!("Weight: 1 from {enough} payments on, or else n / (n + {k}) (Bühlmann); the rest is the catalogue's amount."),
        ],
        Lang::Fr => vec![
            "Prix unitaires dans la monnaie du poste, à sa base de prix : ce qui a été payé divisé par quantité, niveau de prix, indice, taux de change et besoin restant.".to_owned(),
            format!("Poids : 1 à partir de {enough} paiements, sinon n / (n + {k}) (Bühlmann) ; le reste est le montant du catalogue."),
        ],
    }
}

/// The parts of a difference between payments and the model, by their names, in the order in which they are found.
///
/// ```
/// use relocost::payments::{PaymentOptions, PaymentTable};
/// use relocost_report::{Lang, payment_causes};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n";
/// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "paid")?, &PaymentOptions::new("temporary"))?;
/// let parts = payment_causes(paid.total(), Lang::En);
/// assert_eq!(parts.iter().map(|(_, part)| part.minor()).sum::<i128>(), paid.total().difference.minor());
/// assert_eq!(parts[0].0, "exchange");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn payment_causes(variance: &Variance, lang: Lang) -> Vec<(&'static str, Money)> {
    kinds().iter().map(|kind| ((kind.name)(lang), (kind.of)(variance))).collect()
}

/// A reason for a part of a difference.
struct Kind {
    name: fn(Lang) -> &'static str,
    of: fn(&Variance) -> Money,
}

fn kinds() -> &'static [Kind] {
    use crate::words::Words;
    &[
        Kind { name: Words::paid_exchange, of: |variance| variance.exchange },
        Kind { name: Words::paid_price, of: |variance| variance.price },
        Kind { name: Words::paid_volume, of: |variance| variance.volume },
        Kind { name: Words::paid_timing, of: |variance| variance.timing },
        Kind { name: Words::not_paid, of: |variance| variance.not_paid },
        Kind { name: Words::not_planned, of: |variance| variance.not_planned },
    ]
}

/// True if some row has a part of a kind.
fn any(payments: &Payments, kind: &Kind) -> bool {
    let years = payments.fiscal_years().map(|(_, variance)| variance);
    payments.lines().map(|line| &line.variance).chain(years).any(|variance| (kind.of)(variance).minor() != 0)
}

/// Model, paid and difference of each, and what is to come.
fn sums(payments: &Payments, scenario: &Scenario, style: Style) -> ReportTable {
    let lang = style.lang;
    let mut table = ReportTable::new(style, 1);
    table.heads(["", lang.model(), lang.paid(), lang.difference()]);
    each(&mut table, payments, scenario, lang, |variance| {
        [variance.model, variance.paid, variance.difference].map(|sum| money(sum, lang)).to_vec()
    });
    table.row([lang.rest().to_owned(), money(payments.rest(), lang)]);
    table.row([lang.forecast().to_owned(), String::new(), money(payments.forecast(), lang)]);
    table
}

/// A row for each line, category, budget year and fund, and the total.
fn each(
    table: &mut ReportTable,
    payments: &Payments,
    scenario: &Scenario,
    lang: Lang,
    cells: impl Fn(&Variance) -> Vec<String>,
) {
    let row = |name: String, variance: &Variance| std::iter::once(name).chain(cells(variance));
    let category = |id: &Id| declared_label(scenario.categories(), id, lang);
    table.group(lang.by_line());
    for line in payments.lines() {
        table.inner(row(name(line, payments, &category(&line.category), lang), &line.variance));
    }
    table.group(lang.by_category());
    for (id, variance) in payments.categories() {
        table.inner(row(category(id), variance));
    }
    table.group(lang.by_fiscal_year());
    for (year, variance) in payments.fiscal_years() {
        table.inner(row(year.to_string(), variance));
    }
    table.group(lang.by_fund());
    for (id, variance) in payments.funds() {
        table.inner(row(declared_label(scenario.funds(), id, lang), variance));
    }
    table.row(row(lang.total().to_owned(), payments.total()));
}

/// The label of a line; that of the category for payments that name no line.
fn name(line: &LineVariance, payments: &Payments, category: &str, lang: Lang) -> String {
    match line.line.as_ref().and_then(|id| payments.line_label(id)) {
        Some(label) => lang.label(label).to_owned(),
        None => format!("{category} ({})", lang.no_line()),
    }
}

/// The parts of the whole difference, each with a bar.
fn why(out: &mut Document, total: &Variance, style: Style) {
    let lang = style.lang;
    let parts = payment_causes(total, lang);
    let longest = parts.iter().map(|(_, part)| part.minor().unsigned_abs()).max().unwrap_or(0);
    out.heading(lang.why_paid());
    if longest == 0 {
        out.line(format!("  {}", lang.as_modelled()));
        return;
    }
    let mut table = ReportTable::new(style, 1).indented();
    for (name, part) in parts.into_iter().filter(|(_, part)| part.minor() != 0) {
        let bar = Cell::Bar(Bar { part: part.minor(), longest, width: BAR });
        table.row([name.to_owned().into(), money(part, lang).into(), bar]);
    }
    out.table(table);
}

fn title(payments: &Payments, scenario: &Scenario, lang: Lang) -> String {
    let of = payments.pathway().map(|pathway| pathway_head(scenario, pathway.as_str(), lang));
    let (from, until) = payments.months();
    let currency = payments.currency().code();
    let of = match (&of, lang) {
        (Some(pathway), Lang::En) => format!("\"{pathway}\""),
        (Some(pathway), Lang::Fr) => format!("« {pathway} »"),
        (None, Lang::En) => "the programme as planned".to_owned(),
        (None, Lang::Fr) => "le programme tel que prévu".to_owned(),
    };
    match lang {
        Lang::En if from == until => format!("What was paid for {of} in {from}, in {currency}"),
        Lang::En => format!("What was paid for {of} from {from} to {until}, in {currency}"),
        Lang::Fr if from == until => format!("Ce qui a été payé pour {of} en {from}, en {currency}"),
        Lang::Fr => format!("Ce qui a été payé pour {of} de {from} à {until}, en {currency}"),
    }
}
