//! The European Central Bank's euro foreign exchange reference rates.
//!
//! Read are `eurofxref-hist.csv` (heads `Date` and codes, a comma at each line's end, ISO dates, `N/A` for no quote),
//! `eurofxref.csv` of one day (blanks after commas, `30 October 2026`), and the XML of either
//! (`http://www.ecb.int/vocabulary/2002-08-01/eurofxref`). Quotes are units of each currency for one euro.

use relocost::message::counted;
use relocost::{Code, Error, message};

use super::xml::{self, Step};
use super::{is_code, not_this, quote};
use crate::number::number;
use crate::period::Day;
use crate::quotes::Quotes;
use crate::text::{Rows, Text, shown};

const SOURCE: &str = "European Central Bank, euro foreign exchange reference rates";
const VOCABULARY: &str = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";

pub(super) fn read(text: Text<'_>) -> Result<Quotes, Error> {
    if text.text.trim_start().starts_with('<') { read_xml(text) } else { read_csv(text) }
}

fn read_csv(text: Text<'_>) -> Result<Quotes, Error> {
    let mut quotes = Quotes::new(SOURCE, "EUR");
    let mut rows = Rows::quoted(text, b',');
    let expected = || message!("the heads Date, USD, …", "les en-têtes Date, USD, …");
    let heads = rows.next_row()?.filter(|heads| heads.cell(0) == "Date").ok_or_else(|| not_this(text, &expected()))?;
    for (at, head) in heads.cells().enumerate().skip(1) {
        let is_end = head.is_empty() && at + 1 == heads.len();
        if !is_code(head) && !is_end {
            let head = shown(head);
            let message = message!(
                "expected the code of a currency, found {head}",
                "le code d'une monnaie est attendu, trouvé {head}"
            );
            return Err(rows.fail(&heads, at, Code::Syntax, message));
        }
    }
    while let Some(row) = rows.next_row()? {
        let date = row.cell(0);
        let day = Day::iso(date).or_else(|| Day::day_first(date)).ok_or_else(|| {
            let date = shown(date);
            let message = message!(
                "expected a day such as 2026-10-30, found {date}",
                "un jour tel que 2026-10-30 est attendu, trouvé {date}"
            );
            rows.fail(&row, 0, Code::WrongKind, message)
        })?;
        if row.len() != heads.len() {
            let (has, heads) = (counted(row.len(), ["cell", "cells"], ["cellule", "cellules"]), heads.len());
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has {has}, and the heads {heads}", "a {has}, et les en-têtes {heads}", has),
            ));
        }
        for (at, code) in heads.cells().enumerate().skip(1) {
            let cell = row.cell(at);
            if !code.is_empty() && !matches!(cell, "" | "N/A") {
                quote(&mut quotes, (code, false, day), number(cell), |code, message| {
                    rows.fail(&row, at, code, message)
                })?;
            }
        }
    }
    Ok(quotes)
}

fn read_xml(text: Text<'_>) -> Result<Quotes, Error> {
    let mut quotes = Quotes::new(SOURCE, "EUR");
    let mut day = None;
    let mut began = false;
    let expected = || message!("the XML of eurofxref ({VOCABULARY})", "le XML d'eurofxref ({VOCABULARY})");
    xml::read(text, |at, step| {
        let Step::Open { name, attributes } = step else { return Ok(()) };
        if !began {
            let has_it = attributes.iter().any(|(_, value)| value == VOCABULARY);
            began = name == "Envelope" && has_it;
            return if began { Ok(()) } else { Err(not_this(text, &expected())) };
        }
        if name != "Cube" {
            return Ok(());
        }
        let of = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        if let Some(time) = of("time") {
            let shown = shown(time);
            let message = || {
                message!(
                    "expected a day such as 2026-10-30, found {shown}",
                    "un jour tel que 2026-10-30 est attendu, trouvé {shown}"
                )
            };
            day = Some(Day::iso(time).ok_or_else(|| text.fail(at, Code::WrongKind, message()))?);
        }
        match (of("currency"), of("rate"), day) {
            (None, None, _) => Ok(()),
            (Some(code), Some(rate), Some(day)) if is_code(code) => {
                quote(&mut quotes, (code, false, day), number(rate), |code, message| text.fail(at, code, message))
            }
            _ => Err(text.fail(
                at,
                Code::Syntax,
                message!(
                    "expected a currency and its rate, below a day",
                    "une monnaie et son taux sont attendus, sous un jour"
                ),
            )),
        }
    })?;
    if began { Ok(quotes) } else { Err(not_this(text, &expected())) }
}
