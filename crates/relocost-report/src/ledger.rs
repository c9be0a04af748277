//! A ledger for a reader.

use indexmap::IndexMap;
use relocost::{Entry, Error, Id, Ledger, Money, Watch};

use crate::document::Document;
use crate::number::{grouped, money};
use crate::table::ReportTable;
use crate::words::{Sentences as _, Words as _};
use crate::{Style, pathway_head};

/// A ledger for a reader: every entry with its factors, and the total.
pub fn ledger(ledger: &Ledger, style: Style) -> String {
    ledger_under(ledger, style, &Watch::default()).unwrap_or_default() // which never cancels
}

/// As [`ledger`], with a watch that is called for each entry.
///
/// # Errors
/// The watch cancels it.
pub fn ledger_under(ledger: &Ledger, style: Style, watch: &Watch<'_>) -> Result<String, Error> {
    let lang = style.lang;
    let scenario = ledger.scenario();
    let title =
        lang.title(scenario.horizon_months(), &scenario.start().to_string(), ledger.currency().code(), ledger.basis());
    let mut out = Document::new(style);
    let pathway = pathway_head(scenario, ledger.pathway().as_str(), lang);
    out.title(lang.titled(&title, &pathway));
    out.notice(lang.internal());
    out.notices(lang.budget_year(scenario.fiscal_year_start()));
    out.gap();
    out.table(entries_table(|| ledger.entries().map(|entry| (entry, None)), false, style, watch)?);
    out.gap();
    out.line(lang.entries(ledger.len(), &pathway, &money(ledger.total(), lang)) + ".");
    out.finish_under(watch)
}

/// What each category costs on a pathway in each budget year; `totals` are those of the years, as a comparison has them.
///
/// ```
/// use relocost_report::{Form, Style, ledger_years};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }")?;
/// let (ledger, compared) = (scenario.ledger("permanent")?, scenario.compare()?);
/// let years = &compared.pathways()["permanent"].by_fiscal_year;
/// let text = ledger_years(&ledger, years, Style { form: Form::Markdown, ..Style::default() })?;
/// assert!(text.starts_with("| Permanent relocation | 2026 | 2027 | 2028 |"), "{text}");
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// A sum is too large to write.
pub fn ledger_years(ledger: &Ledger, totals: &IndexMap<i32, Money>, style: Style) -> Result<String, Error> {
    let (lang, scenario) = (style.lang, ledger.scenario());
    let sums = ledger.by_fiscal_year_and_category()?;
    let pathway = pathway_head(scenario, ledger.pathway().as_str(), lang);
    let mut out = Document::new(style);
    if totals.is_empty() {
        out.line(lang.titled(&pathway, lang.nothing()));
        return Ok(out.finish());
    }
    let shown = |amount: Option<&Money>| amount.map_or(String::new(), |amount| money(*amount, lang));
    let mut table = ReportTable::new(style, 1);
    table.heads(std::iter::once(pathway).chain(totals.keys().map(ToString::to_string)));
    for category in scenario.categories() {
        if sums.values().any(|year| year.contains_key(&category.id)) {
            let cells = totals.keys().map(|year| shown(sums.get(year).and_then(|year| year.get(&category.id))));
            table.row(std::iter::once(lang.label(&category.label).to_owned()).chain(cells));
        }
    }
    table.row(std::iter::once(lang.total().to_owned()).chain(totals.values().map(|total| shown(Some(total)))));
    out.table(table);
    Ok(out.finish())
}

/// Columns that a table of entries has only where an entry has something in them.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column, and any of them may be shown")]
struct Shown {
    place: bool,
    tariff: bool,
    level: bool,
    /// The share of another line's charge, and which line.
    share: bool,
}

impl Shown {
    fn with(self, entry: &Entry<'_>) -> Self {
        Self {
            place: self.place || entry.place().is_some(),
            tariff: self.tariff || entry.tariff_month().is_some(),
            level: self.level || entry.has_level(),
            share: self.share || entry.of().is_some(),
        }
    }
}

/// Entries as a table; if wanted with a last column for the part of an entry that a figure sums.
pub(crate) fn entries_table<'l, E: ExactSizeIterator<Item = (Entry<'l>, Option<Money>)>>(
    entries: impl Fn() -> E,
    with_parts: bool,
    style: Style,
    watch: &Watch<'_>,
) -> Result<ReportTable, Error> {
    let lang = style.lang;
    let total = entries().len();
    let [first, last] = ReportTable::new(style, 0).shown(total);
    let mut has = Shown::default();
    for (row, (entry, _)) in entries().take(first.len()).chain(entries().skip(last.start)).enumerate() {
        watch.tell(row, total)?;
        has = has.with(&entry);
    }
    let mut table = ReportTable::new(style, 3 + usize::from(has.place) + usize::from(has.share));
    let heads = [
        Some(lang.month()),
        Some(lang.solution()),
        has.place.then(|| lang.place()),
        Some(lang.line()),
        has.share.then(|| lang.of()),
        has.share.then(|| lang.share()),
        Some(lang.quantity()),
        Some(lang.unit_price()),
        Some(""),
        has.tariff.then(|| lang.tariff()),
        has.level.then(|| lang.price_level()),
        Some(lang.index_factor()),
        Some(lang.exchange_rate()),
        Some(lang.relief()),
        Some(lang.amount()),
        with_parts.then(|| lang.part()),
    ];
    table.heads(heads.into_iter().flatten());
    // A refund has none of the factors.
    let shown = |number: Option<String>| number.map_or_else(String::new, |number| grouped(&number, lang));
    let named = |id: Option<&Id>| id.map_or_else(String::new, Id::to_string);
    let cells = |(entry, part): (Entry<'l>, Option<Money>)| {
        let cells = [
            Some(entry.month().to_string()),
            Some(entry.solution().to_owned()),
            has.place.then(|| named(entry.place())),
            Some(entry.line().id.to_string()),
            has.share.then(|| named(entry.of().map(|line| &line.id))),
            has.share.then(|| shown(entry.share().map(|share| share.to_string()))),
            Some(shown(entry.quantity().map(|quantity| quantity.to_string()))),
            Some(shown(entry.unit_price().map(|price| price.to_string()))),
            Some(entry.currency().map_or_else(String::new, |currency| currency.to_string())),
            has.tariff.then(|| entry.tariff_month().map_or_else(String::new, |month| month.to_string())),
            has.level.then(|| shown(entry.price_level().map(|level| level.to_string()))),
            Some(shown(entry.index_factor().map(|factor| factor.to_fixed(6)))),
            Some(shown(entry.exchange_rate().map(|rate| rate.to_string()))),
            Some(shown(entry.relief().map(|relief| relief.to_fixed(4)))),
            Some(money(entry.amount(), lang)),
            part.map(|part| money(part, lang)),
        ];
        cells.into_iter().flatten().collect::<Vec<_>>()
    };
    table.rows_under(entries(), cells, watch)?;
    Ok(table)
}
