//! The flat files of the Bureau of Labor Statistics of the United States (`download.bls.gov/pub/time.series`).
//!
//! Tab-separated, padded with blanks: `series_id`, `year`, `period`, `value`, `footnote_codes`. Periods are `M01` to `M12`
//! and `M13`, the year's average; `Q01` to `Q04` and `Q05`; `A01`; half-years `S01` to `S03`, of which only the year's
//! average is taken. `-` stands for no value.

use relocost::{Code, Error, message};

use super::{Given, Take, not_this};
use crate::number::number;
use crate::period::{Part, Period};
use crate::text::{Rows, Text, shown};

const HEADS: [&str; 5] = ["series_id", "year", "period", "value", "footnote_codes"];

/// The period that a name stands for.
enum Named {
    Part(Part),
    /// A half-year, of which no yearly increase can be taken.
    HalfYear,
}

fn named(period: &str) -> Option<Named> {
    let (kind, number) = period.split_at_checked(1)?;
    let number: u32 = (number.len() == 2).then(|| number.parse().ok()).flatten()?;
    match (kind, number) {
        ("M", 1..=12) => Some(Named::Part(Part::Month(number))),
        ("Q", 1..=4) => Some(Named::Part(Part::Quarter(number))),
        ("M", 13) | ("Q", 5) | ("A", 1) | ("S", 3) => Some(Named::Part(Part::Year)),
        ("S", 1 | 2) => Some(Named::HalfYear),
        _ => None,
    }
}

pub(super) fn read(text: Text<'_>, take: &mut Take<'_>) -> Result<(), Error> {
    let mut rows = Rows::tabbed(text);
    let heads = rows.next_row()?.filter(|heads| heads.cells().take(5).eq(HEADS));
    heads.ok_or_else(|| {
        not_this(
            text,
            &message!(
                "the heads series_id, year, period, value, footnote_codes, between tabs",
                "les en-têtes series_id, year, period, value, footnote_codes, entre tabulations"
            ),
        )
    })?;
    take.check_filters(text, &HEADS[..1])?;
    while let Some(row) = rows.next_row()? {
        let [key, year, period, value] = [0, 1, 2, 3].map(|at| row.cell(at));
        if key.is_empty() || row.len() < 4 {
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has not the columns of the heads", "n'a pas les colonnes des en-têtes"),
            ));
        }
        if !take.wants(&[("series_id", key)]) || !take.keeps(key) {
            continue;
        }
        let year = Period::parse(year).filter(|period| period.part == Part::Year);
        let Some(year) = year else {
            return Err(rows.fail(&row, 1, Code::WrongKind, message!("expected a year", "une année est attendue")));
        };
        let Some(named) = named(period) else {
            let period = shown(period);
            return Err(rows.fail(
                &row,
                2,
                Code::WrongKind,
                message!(
                    "expected a period such as M01, found {period}",
                    "une période telle que M01 est attendue, trouvé {period}"
                ),
            ));
        };
        let Named::Part(part) = named else { continue };
        let Some(period) = Period::new(year.year, part) else { continue };
        if value == "-" {
            continue;
        }
        let level = number(value).ok_or_else(|| {
            rows.fail(&row, 3, Code::BadDecimal, message!("expected a level", "un niveau est attendu"))
        })?;
        let source = || format!("U.S. Bureau of Labor Statistics, {key}");
        take.level(&rows, &row, 3, Given { key, source: &source, period, level, mark: "" })?;
    }
    Ok(())
}
