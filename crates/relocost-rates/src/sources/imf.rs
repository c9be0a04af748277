//! The International Monetary Fund's representative exchange rates.
//!
//! Read are the tab-separated reports of a month (`rms_mth`, currency units per US dollar; those marked `(1)` are US
//! dollars per unit), in blocks of days with the heads repeated, and the reports in special drawing rights of a month or
//! of the last five days (`rms_five`), of which the first table, SDRs per currency unit, is taken. `NA` stands for no
//! rate. What follows the line `Notes:` is prose.

use relocost::{Code, Error, message};

use super::{not_this, quote};
use crate::number::number_with_thousands;
use crate::period::Day;
use crate::quotes::Quotes;
use crate::text::{Rows, Text, shown};

const PER_DOLLAR: &str = "representative exchange rates for selected currencies for";
const PER_UNIT: &str = "sdrs per currency unit";
const PER_SDR: &str = "currency units per sdr";

/// The names that the Fund gives to currencies, in small letters, and their codes.
const NAMES: &[(&str, &str)] = &[
    ("chinese yuan", "CNY"),
    ("euro", "EUR"),
    ("japanese yen", "JPY"),
    ("u.k. pound", "GBP"),
    ("u.k. pound sterling", "GBP"),
    ("u.s. dollar", "USD"),
    ("algerian dinar", "DZD"),
    ("australian dollar", "AUD"),
    ("bahrain dinar", "BHD"),
    ("bolivar fuerte", "VEF"),
    ("botswana pula", "BWP"),
    ("brazilian real", "BRL"),
    ("brunei dollar", "BND"),
    ("canadian dollar", "CAD"),
    ("chilean peso", "CLP"),
    ("colombian peso", "COP"),
    ("czech koruna", "CZK"),
    ("danish krone", "DKK"),
    ("hungarian forint", "HUF"),
    ("icelandic krona", "ISK"),
    ("indian rupee", "INR"),
    ("indonesian rupiah", "IDR"),
    ("iranian rial", "IRR"),
    ("israeli new shekel", "ILS"),
    ("kazakhstani tenge", "KZT"),
    ("korean won", "KRW"),
    ("kuwaiti dinar", "KWD"),
    ("libyan dinar", "LYD"),
    ("malaysian ringgit", "MYR"),
    ("mauritian rupee", "MUR"),
    ("mexican peso", "MXN"),
    ("nepalese rupee", "NPR"),
    ("new zealand dollar", "NZD"),
    ("norwegian krone", "NOK"),
    ("nuevo sol", "PEN"),
    ("omani rial", "OMR"),
    ("pakistani rupee", "PKR"),
    ("peruvian sol", "PEN"),
    ("peso uruguayo", "UYU"),
    ("philippine peso", "PHP"),
    ("polish zloty", "PLN"),
    ("qatar riyal", "QAR"),
    ("qatari riyal", "QAR"),
    ("rial omani", "OMR"),
    ("russian ruble", "RUB"),
    ("saudi arabian riyal", "SAR"),
    ("singapore dollar", "SGD"),
    ("south african rand", "ZAR"),
    ("sri lanka rupee", "LKR"),
    ("swedish krona", "SEK"),
    ("swiss franc", "CHF"),
    ("thai baht", "THB"),
    ("trinidad and tobago dollar", "TTD"),
    ("trinidadian dollar", "TTD"),
    ("tunisian dinar", "TND"),
    ("u.a.e. dirham", "AED"),
    ("uruguayan peso", "UYU"),
];

/// A currency of its name, and whether a mark `(1)` stands at it.
fn currency(cell: &str) -> Option<(&'static str, bool)> {
    let (name, marked) = match cell.strip_suffix("(1)") {
        Some(name) => (name.trim_end(), true),
        None => (cell, false),
    };
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| (*code, marked))
}

pub(super) fn read(text: Text<'_>) -> Result<Quotes, Error> {
    let expected = || {
        message!(
            "a tab-separated report that begins with \"Representative Exchange Rates for Selected Currencies\" or \"SDRs per Currency unit\"",
            "un rapport séparé par des tabulations qui commence par « Representative Exchange Rates for Selected Currencies » ou « SDRs per Currency unit »"
        )
    };
    let mut quotes: Option<Quotes> = None;
    let mut days: Vec<Day> = Vec::new();
    let mut rows = Rows::tabbed(text);
    while let Some(row) = rows.next_row()? {
        let first = row.cell(0);
        let title = first.to_lowercase();
        let is_dollar = title.starts_with(PER_DOLLAR);
        if is_dollar || title.starts_with(PER_UNIT) {
            let (hub, what) =
                if is_dollar { ("USD", "representative exchange rates") } else { ("XDR", "SDRs per currency unit") };
            if quotes.as_ref().is_some_and(|quotes| quotes.hub != hub) {
                return Err(rows.fail(
                    &row,
                    0,
                    Code::Conflict,
                    message!("begins a report of another kind", "commence un rapport d'une autre sorte"),
                ));
            }
            quotes.get_or_insert_with(|| Quotes::new(format!("International Monetary Fund, {what}"), hub));
            days.clear();
            continue;
        }
        let Some(quotes) = &mut quotes else { return Err(not_this(text, &expected())) };
        // The reverse of the table before it, and prose.
        if title.starts_with(PER_SDR) || title.starts_with("note") {
            break;
        }
        if first == "Currency" {
            days.clear();
            for (at, cell) in row.cells().enumerate().skip(1) {
                if cell.is_empty() && at + 1 == row.len() {
                    continue;
                }
                days.push(Day::month_first(cell).ok_or_else(|| {
                    let cell = shown(cell);
                    rows.fail(
                        &row,
                        at,
                        Code::WrongKind,
                        message!(
                            "expected a day such as March 02, 2026, found {cell}",
                            "un jour tel que March 02, 2026 est attendu, trouvé {cell}"
                        ),
                    )
                })?);
            }
            continue;
        }
        if days.is_empty() && row.len() == 1 {
            continue; // "last five days"
        }
        let Some((code, marked)) = currency(first) else {
            let first = shown(first);
            return Err(rows.fail(
                &row,
                0,
                Code::UnknownName,
                message!(
                    "{first} is no currency of the Fund's reports that is known here",
                    "{first} n'est pas une monnaie des rapports du Fonds connue ici"
                ),
            ));
        };
        if days.is_empty() || row.len() <= days.len() {
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has not one rate for each day of the heads", "n'a pas un taux par jour des en-têtes"),
            ));
        }
        let per_unit = marked || quotes.hub == "XDR";
        for (at, day) in (1..).zip(&days) {
            let cell = row.cell(at);
            if !matches!(cell, "" | "NA" | "n.a.") {
                quote(quotes, (code, per_unit, *day), number_with_thousands(cell), |code, message| {
                    rows.fail(&row, at, code, message)
                })?;
            }
        }
    }
    quotes.ok_or_else(|| not_this(text, &expected()))
}
