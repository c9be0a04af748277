//! What a price list does to a catalogue, for a reader.

use relocost::names::PriceStatus;
use relocost::prices::{PriceUpdate, UpdatedPrice};

use crate::Style;
use crate::document::Document;
use crate::number::{grouped, many, percent};
use crate::table::ReportTable;
use crate::words::{Lang, Words as _};

/// The prices that a list changes, each with its old amount and its source; those that it confirms, that it lacks, and
/// that the catalogue does not have.
pub fn prices(update: &PriceUpdate, style: Style) -> String {
    let lang = style.lang;
    let mut out = Document::new(style);
    let changed: Vec<&UpdatedPrice> = update.of(PriceStatus::Changed).collect();
    let of_base = changed.iter().any(|price| price.tariff.is_none());
    out.title(title(lang, changed.len()));
    out.notice(lang.internal_prices());
    if !changed.is_empty() {
        out.gap();
        let mut table = ReportTable::new(style, 4);
        table.heads([
            lang.line(),
            lang.price_from(),
            lang.source(),
            lang.currency(),
            lang.before(),
            lang.after(),
            lang.change(),
        ]);
        table.rows(changed.into_iter(), |price| {
            vec![
                price.line.to_string(),
                price.tariff.map_or_else(String::new, |month| month.to_string()),
                price.source.as_ref().map_or_else(String::new, ToString::to_string),
                price.currency.map_or_else(String::new, |currency| currency.to_string()),
                old(price, lang),
                price.new.map_or_else(String::new, |amount| grouped(&amount.to_string(), lang)),
                price.change.map_or_else(|| "–".to_owned(), |change| signed(percent(change, lang))),
            ]
        });
        out.table(table);
        out.lines(of_base.then(|| lang.prices_of_base().to_owned()));
    }
    let confirmed = update.of(PriceStatus::Confirmed).map(named);
    let missing = update.of(PriceStatus::Missing).map(named);
    let unknown_ones = update.of(PriceStatus::Unknown).map(|price| {
        unknown(lang, price.line.as_str(), price.row.unwrap_or(0), price.meant.as_ref().map(relocost::Id::as_str))
    });
    for (heading, items) in [
        (lang.confirmed_prices(), confirmed.collect::<Vec<_>>()),
        (lang.missing_prices(), missing.collect()),
        (lang.unknown_prices(), unknown_ones.collect()),
    ] {
        if !items.is_empty() {
            out.gap();
            out.heading(heading);
            out.list(items);
        }
    }
    out.finish()
}

/// The line, with the month of its tariff.
fn named(price: &UpdatedPrice) -> String {
    price.tariff.map_or_else(|| price.line.to_string(), |month| format!("{} {month}", price.line))
}

/// The old amount, with its currency where the new one has another.
fn old(price: &UpdatedPrice, lang: Lang) -> String {
    let Some(old) = price.old else { return "–".to_owned() };
    let amount = grouped(&old.to_string(), lang);
    match price.old_currency.filter(|currency| price.currency != Some(*currency)) {
        Some(currency) => format!("{amount} {currency}"),
        None => amount,
    }
}

/// A change with its sign.
fn signed(change: String) -> String {
    if change.starts_with(['-', '–']) || !change.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        change
    } else {
        format!("+{change}")
    }
}

fn title(lang: Lang, changed: usize) -> String {
    let changed = many(changed as u64, ["price changes", "prices change"], ["prix change", "prix changent"], lang);
    match lang {
        Lang::En => format!("What the list does to the catalogue: {changed}"),
        Lang::Fr => format!("Ce que la liste fait au catalogue : {changed}"),
    }
}

fn unknown(lang: Lang, id: &str, row: u32, meant: Option<&str>) -> String {
    match (lang, meant) {
        (Lang::En, None) => format!("{id} (row {row})"),
        (Lang::Fr, None) => format!("{id} (ligne {row})"),
        (Lang::En, Some(meant)) => format!("{id} (row {row}): is {meant} meant?"),
        (Lang::Fr, Some(meant)) => format!("{id} (ligne {row}) : est-ce {meant} ?"),
    }
}
