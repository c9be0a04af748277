//! Any table of levels: one column of periods, and levels in the columns that are asked for.
//!
//! Cells are separated by commas, semicolons or tabs; between semicolons and between tabs a comma may be the decimal
//! sign. Periods stand in the first column that is called `date`, `period`, `time_period`, `observation_date`, `time`,
//! `month`, `quarter` or `year`, or else in the first; a column `month` of numbers goes with a column `year`.

use relocost::message::counted;
use relocost::{Code, Error, message};

use super::{Given, Take, not_this};
use crate::number::{number, number_with_comma};
use crate::period::{Part, Period};
use crate::text::{Row, Rows, Text, shown};

const PERIODS: [&str; 8] = ["date", "period", "time_period", "observation_date", "time", "month", "quarter", "year"];

/// Where the period of a row is written.
struct Time {
    at: usize,
    /// A column of the month's number beside one of the year.
    month: Option<usize>,
}

impl Time {
    fn of(heads: &Row) -> Self {
        if let (Some(at), Some(month)) = (heads.find("year"), heads.find("month")) {
            return Self { at, month: Some(month) };
        }
        Self { at: PERIODS.iter().find_map(|name| heads.find(name)).unwrap_or(0), month: None }
    }

    fn read(&self, row: &Row) -> Option<Period> {
        let period = Period::parse(row.cell(self.at))?;
        match self.month {
            None => Some(period),
            Some(month) if period.part == Part::Year => {
                Period::new(period.year, Part::Month(row.cell(month).parse().ok()?))
            }
            Some(_) => None,
        }
    }
}

pub(super) fn read(text: Text<'_>, take: &mut Take<'_>) -> Result<(), Error> {
    let first = text.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let most = [',', ';', '\t'].into_iter().rev().max_by_key(|separator| first.matches(*separator).count());
    let separator = u8::try_from(most.unwrap_or(',')).unwrap_or(b',');
    let mut rows = Rows::quoted(text, separator);
    let expected = || {
        message!(
            "a table with a column of periods and one of levels",
            "un tableau avec une colonne de périodes et une de niveaux"
        )
    };
    let heads = rows.next_row()?.filter(|heads| heads.len() > 1).ok_or_else(|| not_this(text, &expected()))?;
    let time = Time::of(&heads);
    let names: Vec<&str> = heads.cells().collect();
    take.check_filters(text, &names)?;
    let columns: Vec<(usize, String)> = heads
        .cells()
        .enumerate()
        .filter(|(at, head)| {
            let is_time = *at == time.at || Some(*at) == time.month;
            let is_filter = take.options.filters.iter().any(|(name, _)| name.eq_ignore_ascii_case(head));
            !is_time && !is_filter && !head.is_empty()
        })
        .filter(|(_, head)| take.options.columns.is_empty() || take.options.columns.iter().any(|it| it.series == *head))
        .map(|(at, head)| (at, head.to_owned()))
        .collect();
    if columns.is_empty() {
        let known = names.join(", ");
        return Err(text.fail_whole(
            Code::UnknownName,
            message!(
                "has none of the columns that are asked for; it has {known}",
                "n'a aucune des colonnes demandées ; il a {known}"
            ),
        ));
    }
    while let Some(row) = rows.next_row()? {
        if row.len() > heads.len() {
            let (has, heads) = (counted(row.len(), ["cell", "cells"], ["cellule", "cellules"]), heads.len());
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has {has}, and the heads {heads}", "a {has}, et les en-têtes {heads}", has),
            ));
        }
        let dimensions: Vec<(&str, &str)> =
            names.iter().copied().enumerate().map(|(at, name)| (name, row.cell(at))).collect();
        if !take.wants(&dimensions) {
            continue;
        }
        let period = time.read(&row).ok_or_else(|| {
            let found = shown(row.cell(time.at));
            rows.fail(
                &row,
                time.at,
                Code::WrongKind,
                message!(
                    "expected a period such as 2026, 2026-03 or 2026-Q1, found {found}",
                    "une période telle que 2026, 2026-03 ou 2026-Q1 est attendue, trouvé {found}"
                ),
            )
        })?;
        for (at, key) in &columns {
            let cell = row.cell(*at);
            if matches!(cell, "" | "." | "-" | ":" | "NA" | "N/A") {
                continue;
            }
            let level = if separator == b',' { number(cell) } else { number_with_comma(cell) };
            let level = level.ok_or_else(|| {
                let found = shown(cell);
                rows.fail(
                    &row,
                    *at,
                    Code::BadDecimal,
                    message!(
                        "expected a level in this column, found {found}; choose the column of levels",
                        "un niveau est attendu dans cette colonne, trouvé {found} ; choisir la colonne des niveaux"
                    ),
                )
            })?;
            let source = || {
                let chosen: Vec<String> = take_filters(&take.options.filters);
                format!("{}, column {key}{}", text.name, chosen.concat())
            };
            let source = source();
            take.level(&rows, &row, *at, Given { key, source: &|| source.clone(), period, level, mark: "" })?;
        }
    }
    Ok(())
}

/// The filters on a table, as its source says them.
fn take_filters(filters: &[(String, String)]) -> Vec<String> {
    filters.iter().map(|(name, value)| format!(", {name} {value}")).collect()
}
