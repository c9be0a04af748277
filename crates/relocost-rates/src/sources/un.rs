//! The United Nations' operational rates of exchange.
//!
//! Read are the two files that the Treasury exports of a month: the XML (`UN_OPERATIONAL_RATES_DATASET`, with its schema
//! before the data), one element for each country with `f_curr_code`, `eff_date` (`01 Oct 2026`) and `rate`; and the text
//! between tabs that is offered as a spreadsheet, in which rows of country, currency, code, date and rate follow a title,
//! and notes may follow them. The same columns between commas or semicolons are read too, for who saved them so. A rate is
//! units of the currency for one US dollar; a currency stands there once for each country that has it.

use relocost::{Code, Error, message};

use super::xml::{self, Step};
use super::{is_code, not_this, quote};
use crate::number::{number, number_with_thousands};
use crate::period::Day;
use crate::quotes::Quotes;
use crate::text::{Row, Rows, Text, shown};

const SOURCE: &str = "United Nations Treasury, operational rates of exchange";
/// Cells of a row: country, currency, code, date and rate.
const CELLS: usize = 5;
/// Rows of a title before the first rate.
const TITLE: usize = 20;

fn expected() -> relocost::Message {
    message!(
        "the Treasury's XML, which begins with UN_OPERATIONAL_RATES_DATASET, or rows of country, currency, code, date and rate",
        "le XML de la Trésorerie, qui commence par UN_OPERATIONAL_RATES_DATASET, ou des lignes de pays, monnaie, code, date et taux"
    )
}

fn day(text: &str) -> Option<Day> {
    Day::day_first(text).or_else(|| Day::iso(text))
}

/// The place of the code in a row of the text, behind which the day and the rate stand, with the day; a blank may stand
/// before the country.
fn rate_at(row: &Row) -> Option<(usize, Day)> {
    let at = CELLS - 3 + usize::from(row.cell(0).is_empty());
    Some(at).filter(|at| is_code(row.cell(*at))).zip(day(row.cell(at + 1)))
}

pub(super) fn read(text: Text<'_>) -> Result<Quotes, Error> {
    if text.text.trim_start().starts_with('<') { read_xml(text) } else { read_rows(text) }
}

fn read_rows(text: Text<'_>) -> Result<Quotes, Error> {
    let mut quotes = Quotes::new(SOURCE, "USD");
    let has = |separator: char| text.text.lines().take(TITLE).any(|line| line.split(separator).count() >= CELLS);
    let mut rows = match [has('\t'), has(';')] {
        [true, _] => Rows::tabbed(text),
        [false, true] => Rows::quoted(text, b';'),
        [false, false] => Rows::quoted(text, b','),
    };
    let mut first = None;
    for _ in 0..TITLE {
        let Some(row) = rows.next_row()? else { break };
        if rate_at(&row).is_some() {
            first = Some(row);
            break;
        }
    }
    let mut next = Some(first.ok_or_else(|| not_this(text, &expected()))?);
    while let Some(row) = next {
        let written = row.cells().filter(|cell| !cell.is_empty()).count();
        // A note has one cell, and stands behind the rates.
        if written > 1 {
            let (at, day) = rate_at(&row).ok_or_else(|| {
                let message = message!(
                    "expected the code of a currency, a day such as 01 Oct 2026 and a rate",
                    "le code d'une monnaie, un jour tel que 01 Oct 2026 et un taux sont attendus"
                );
                rows.fail(&row, CELLS - 3, Code::Syntax, message)
            })?;
            quote(
                &mut quotes,
                (row.cell(at), false, day),
                number_with_thousands(row.cell(at + 2)),
                |code, message| rows.fail(&row, at + 2, code, message),
            )?;
        }
        next = rows.next_row()?;
    }
    Ok(quotes)
}

fn read_xml(text: Text<'_>) -> Result<Quotes, Error> {
    let mut quotes = Quotes::new(SOURCE, "USD");
    let mut began = false;
    let mut record: Option<[String; 3]> = None;
    xml::read(text, |at, step| match step {
        Step::Open { name, .. } if !began => {
            began = name == "UN_OPERATIONAL_RATES_DATASET";
            if began { Ok(()) } else { Err(not_this(text, &expected())) }
        }
        Step::Open { name, .. } => {
            if name == "UN_OPERATIONAL_RATES" {
                record = Some(Default::default());
            }
            Ok(())
        }
        Step::Close { name, text: content } => {
            if name != "UN_OPERATIONAL_RATES" {
                if let Some([code, date, rate]) = &mut record {
                    match name.as_str() {
                        "f_curr_code" => *code = content,
                        "eff_date" => *date = content,
                        "rate" => *rate = content,
                        _ => {}
                    }
                }
                return Ok(());
            }
            let Some([code, date, rate]) = record.take() else { return Ok(()) };
            let (code, date, rate) = (code.trim(), date.trim(), rate.trim());
            let fail = |code, message| text.fail(at, code, message);
            if !is_code(code) {
                let code = shown(code);
                return Err(fail(
                    Code::Syntax,
                    message!(
                        "expected the code of a currency in f_curr_code, found {code}",
                        "le code d'une monnaie est attendu dans f_curr_code, trouvé {code}"
                    ),
                ));
            }
            let day = day(date).ok_or_else(|| {
                let date = shown(date);
                fail(
                    Code::WrongKind,
                    message!(
                        "expected a day such as 01 Oct 2026 in eff_date, found {date}",
                        "un jour tel que 01 Oct 2026 est attendu dans eff_date, trouvé {date}"
                    ),
                )
            })?;
            quote(&mut quotes, (code, false, day), number(rate), fail)
        }
    })?;
    if began { Ok(quotes) } else { Err(not_this(text, &expected())) }
}
