//! The United Nations' operational rates of exchange.
//!
//! Read is the XML that the Treasury exports (`UN_OPERATIONAL_RATES_DATASET`, with its schema before the data): one
//! element for each country, with `f_curr_code`, `eff_date` (`01 Oct 2026`) and `rate`, units of the currency for one US
//! dollar. A currency stands there once for each country that has it.

use relocost::{Code, Error, message};

use super::xml::{self, Step};
use super::{is_code, not_this, quote};
use crate::number::number;
use crate::period::Day;
use crate::quotes::Quotes;
use crate::text::{Text, shown};

pub(super) fn read(text: Text<'_>) -> Result<Quotes, Error> {
    let expected = || {
        message!(
            "the Treasury's XML, which begins with UN_OPERATIONAL_RATES_DATASET",
            "le XML de la Trésorerie, qui commence par UN_OPERATIONAL_RATES_DATASET"
        )
    };
    if !text.text.trim_start().starts_with('<') {
        return Err(not_this(text, &expected()));
    }
    let mut quotes = Quotes::new("United Nations Treasury, operational rates of exchange", "USD");
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
            let day = Day::day_first(date).or_else(|| Day::iso(date)).ok_or_else(|| {
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
