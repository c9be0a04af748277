//! Eurostat's tab-separated table.
//!
//! The first head names the dimensions, `freq,unit,coicop,geo\TIME_PERIOD` (before 2022 `\time`, periods as `2019M12`);
//! the others are periods. Cells are a level and mostly a blank and marks (`101.2 b`), or `:` for none.

use relocost::{Code, Error, message};

use super::sdmx::is_change;
use super::{Given, Take, not_this};
use crate::number::number;
use crate::period::Period;
use crate::text::{Rows, Text, shown};

pub(super) fn read(text: Text<'_>, take: &mut Take<'_>) -> Result<(), Error> {
    let expected = || {
        message!(
            "a first head such as freq,unit,coicop,geo\\TIME_PERIOD",
            "un premier en-tête tel que freq,unit,coicop,geo\\TIME_PERIOD"
        )
    };
    let mut rows = Rows::tabbed(text);
    let heads = rows.next_row()?.ok_or_else(|| not_this(text, &expected()))?;
    let names = heads.cell(0).split_once('\\').filter(|(_, time)| matches!(*time, "TIME_PERIOD" | "time"));
    let names: Vec<&str> = names.ok_or_else(|| not_this(text, &expected()))?.0.split(',').collect();
    take.check_filters(text, &names)?;
    let mut periods = Vec::new();
    for (at, head) in heads.cells().enumerate().skip(1) {
        periods.push(Period::parse(head).ok_or_else(|| {
            let head = shown(head);
            rows.fail(
                &heads,
                at,
                Code::WrongKind,
                message!(
                    "expected a year, a quarter or a month, found {head}",
                    "une année, un trimestre ou un mois est attendu, trouvé {head}"
                ),
            )
        })?);
    }
    while let Some(row) = rows.next_row()? {
        let values: Vec<&str> = row.cell(0).split(',').collect();
        if values.len() != names.len() || row.len() != heads.len() {
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!(
                    "has not the dimensions and periods of the heads",
                    "n'a pas les dimensions et les périodes des en-têtes"
                ),
            ));
        }
        let dimensions: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().copied()).collect();
        let key = values.join(".");
        if !take.wants(&dimensions) || !take.keeps(&key) {
            continue;
        }
        if let Some((_, what)) = dimensions.iter().find(|(dimension, value)| is_change(dimension, value)) {
            return Err(rows.fail(
                &row,
                0,
                Code::WrongKind,
                message!(
                    "{what} is a change and no level; take the index",
                    "{what} est une variation et non un niveau ; prendre l'indice"
                ),
            ));
        }
        let last = heads.cells().skip(1).max().unwrap_or_default();
        for (at, period) in (1..).zip(&periods) {
            let (level, mark) = row.cell(at).split_once(' ').unwrap_or((row.cell(at), ""));
            if matches!(level, "" | ":") {
                continue;
            }
            let level = number(level).ok_or_else(|| {
                rows.fail(
                    &row,
                    at,
                    Code::BadDecimal,
                    message!(
                        "expected a level, and marks after a blank",
                        "un niveau est attendu, et des marques après un espace"
                    ),
                )
            })?;
            let source = || format!("Eurostat, {key}, to {last}");
            take.level(
                &rows,
                &row,
                at,
                Given { key: &key, source: &source, period: *period, level, mark: mark.trim() },
            )?;
        }
    }
    Ok(())
}
