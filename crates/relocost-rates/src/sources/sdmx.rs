//! SDMX-CSV, as Eurostat and the OECD give it.
//!
//! Version 1.0 begins with the head `DATAFLOW` (Eurostat adds `LAST UPDATE`), version 2.0 with `STRUCTURE`,
//! `STRUCTURE_ID` and mostly `ACTION`. Dimensions stand before `TIME_PERIOD`, attributes after `OBS_VALUE`; columns of
//! labels, whose heads are no identifiers, are passed over. A series' key is its dimensions, joined by points.

use relocost::message::counted;
use relocost::{Code, Error, message};

use super::{Given, Take, not_this};
use crate::number::number;
use crate::period::Period;
use crate::text::{Rows, Text, shown};

/// Whose file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Publisher {
    Eurostat,
    Oecd,
}

impl Publisher {
    /// The name, and how an id of its dataflows begins.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Eurostat => ("Eurostat", "ESTAT"),
            Self::Oecd => ("OECD", "OECD"),
        }
    }
}

/// Heads before the dimensions.
const LEADING: &[&str] = &["DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"];

pub(super) fn read(text: Text<'_>, publisher: Publisher, take: &mut Take<'_>) -> Result<(), Error> {
    let (name, agency) = publisher.names();
    let expected = || {
        message!(
            "SDMX-CSV with the heads DATAFLOW or STRUCTURE, TIME_PERIOD and OBS_VALUE",
            "du SDMX-CSV avec les en-têtes DATAFLOW ou STRUCTURE, TIME_PERIOD et OBS_VALUE"
        )
    };
    let separator = if text.text.lines().next().unwrap_or_default().contains(';') { b';' } else { b',' };
    let mut rows = Rows::quoted(text, separator);
    let heads = rows.next_row()?.ok_or_else(|| not_this(text, &expected()))?;
    let flow = heads.find("STRUCTURE_ID").or_else(|| heads.find("DATAFLOW"));
    let places = (flow, heads.find("TIME_PERIOD"), heads.find("OBS_VALUE"));
    let (Some(flow), Some(time), Some(value)) = places else { return Err(not_this(text, &expected())) };
    let update = heads.find("LAST UPDATE");
    let mark = heads.find("OBS_FLAG").or_else(|| heads.find("OBS_STATUS"));
    let is_identifier = |head: &str| {
        !head.is_empty()
            && head.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && (publisher == Publisher::Eurostat || !head.bytes().any(|byte| byte.is_ascii_lowercase()))
    };
    let dimensions: Vec<(usize, String)> = heads
        .cells()
        .enumerate()
        .take(time)
        .filter(|(_, head)| is_identifier(head) && !LEADING.contains(head))
        .map(|(at, head)| (at, head.to_owned()))
        .collect();
    let names: Vec<&str> = dimensions.iter().map(|(_, name)| name.as_str()).collect();
    take.check_filters(text, &names)?;
    while let Some(row) = rows.next_row()? {
        let id = row.cell(flow);
        if !id.starts_with(agency) {
            let id = shown(id);
            return Err(rows.fail(
                &row,
                flow,
                Code::Syntax,
                message!(
                    "expected a dataflow of {name}, found {id}",
                    "un flux de données de {name} est attendu, trouvé {id}"
                ),
            ));
        }
        if row.len() != heads.len() {
            let (has, heads) = (counted(row.len(), ["cell", "cells"], ["cellule", "cellules"]), heads.len());
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has {has}, and the heads {heads}", "a {has}, et les en-têtes {heads}", has),
            ));
        }
        // A label may follow its code, as in "M: Monthly".
        let code = |at: usize| row.cell(at).split(": ").next().unwrap_or_default().to_owned();
        let values: Vec<(&str, String)> = dimensions.iter().map(|(at, name)| (name.as_str(), code(*at))).collect();
        let borrowed: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if !take.wants(&borrowed) {
            continue;
        }
        let key = values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(".");
        if !take.keeps(&key) {
            continue;
        }
        if let Some((dimension, what)) = borrowed.iter().find(|(dimension, value)| is_change(dimension, value)) {
            let at = dimensions.iter().find(|(_, name)| name == dimension).map_or(0, |(at, _)| *at);
            return Err(rows.fail(
                &row,
                at,
                Code::WrongKind,
                message!(
                    "{what} is a change and no level; take the index",
                    "{what} est une variation et non un niveau ; prendre l'indice"
                ),
            ));
        }
        let cell = row.cell(value);
        if matches!(cell, "" | "NaN" | ":") {
            continue;
        }
        let period = Period::parse(row.cell(time)).ok_or_else(|| {
            let found = shown(row.cell(time));
            rows.fail(
                &row,
                time,
                Code::WrongKind,
                message!(
                    "expected a year, a quarter or a month, found {found}",
                    "une année, un trimestre ou un mois est attendu, trouvé {found}"
                ),
            )
        })?;
        let level = number(cell).ok_or_else(|| {
            rows.fail(&row, value, Code::BadDecimal, message!("expected a level", "un niveau est attendu"))
        })?;
        let mark = mark.map_or(String::new(), |at| code(at).to_lowercase());
        // "A", a normal value, is no mark.
        let mark = if mark == "a" { "" } else { mark.as_str() };
        let dataflow = || {
            let id = row.cell(flow).split(": ").next().unwrap_or_default();
            let updated = update.map(|at| row.cell(at)).filter(|update| !update.is_empty());
            let updated = updated.map_or(String::new(), |update| format!(", updated {update}"));
            format!("{name}, {id}, {key}{updated}")
        };
        take.level(&rows, &row, value, Given { key: &key, source: &dataflow, period, level, mark })?;
    }
    Ok(())
}

/// True if a series' dimension says that it gives changes.
pub(super) fn is_change(dimension: &str, value: &str) -> bool {
    match dimension.to_ascii_lowercase().as_str() {
        "unit" => value.starts_with("RCH") || value.starts_with("PCH"),
        "transformation" => value.starts_with('G'),
        _ => false,
    }
}
