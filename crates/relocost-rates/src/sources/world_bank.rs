//! The World Bank's indicators, as downloaded from data.worldbank.org (`API_FP.CPI.TOTL_DS2_en_csv_v2_….csv`).
//!
//! Two lines of heads come first, `Data Source` and `Last Updated Date`; then one row for each country, a column for each
//! year, and a comma at each line's end. A series' key is the country's code and the indicator's, `NLD.FP.CPI.TOTL`.

use relocost::{Code, Error, message};

use super::{Given, Take, not_this};
use crate::number::number;
use crate::period::{Part, Period};
use crate::text::{Rows, Text, shown};

const HEADS: [&str; 4] = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"];

pub(super) fn read(text: Text<'_>, take: &mut Take<'_>) -> Result<(), Error> {
    let expected = || {
        message!(
            "the heads Data Source, Last Updated Date, and Country Name, …",
            "les en-têtes Data Source, Last Updated Date, puis Country Name, …"
        )
    };
    let mut rows = Rows::quoted(text, b',');
    let (mut dataset, mut updated) = (None, None);
    let heads = loop {
        let row = rows.next_row()?.ok_or_else(|| not_this(text, &expected()))?;
        match row.cell(0) {
            "Data Source" if dataset.is_none() => dataset = Some(row.cell(1).to_owned()),
            "Last Updated Date" if updated.is_none() => updated = Some(row.cell(1).to_owned()),
            "Country Name" => break row,
            _ => {
                return Err(rows.fail(
                    &row,
                    0,
                    Code::Syntax,
                    message!("expected {expected}", "attendu : {expected}", expected = expected()),
                ));
            }
        }
    };
    let (Some(dataset), Some(updated)) = (dataset, updated) else { return Err(not_this(text, &expected())) };
    if !heads.cells().take(4).eq(HEADS) {
        return Err(not_this(text, &expected()));
    }
    take.check_filters(text, &HEADS)?;
    let mut years = Vec::new();
    for (at, head) in heads.cells().enumerate().skip(4) {
        let is_end = head.is_empty() && at + 1 == heads.len();
        let year = Period::parse(head).filter(|period| period.part == Part::Year);
        if year.is_none() && !is_end {
            let head = shown(head);
            return Err(rows.fail(
                &heads,
                at,
                Code::WrongKind,
                message!("expected a year, found {head}", "une année est attendue, trouvé {head}"),
            ));
        }
        years.extend(year);
    }
    while let Some(row) = rows.next_row()? {
        let [country, code, indicator, id] = [0, 1, 2, 3].map(|at| row.cell(at));
        if code.is_empty() || id.is_empty() || row.len() < heads.len() - 1 {
            return Err(rows.fail(
                &row,
                0,
                Code::Syntax,
                message!("has not the columns of the heads", "n'a pas les colonnes des en-têtes"),
            ));
        }
        let key = format!("{code}.{id}");
        let dimensions: Vec<(&str, &str)> = HEADS.into_iter().zip([country, code, indicator, id]).collect();
        if !take.wants(&dimensions) || !take.keeps(&key) {
            continue;
        }
        if id.rsplit('.').next() == Some("ZG") || indicator.contains("annual %") {
            return Err(rows.fail(
                &row,
                2,
                Code::WrongKind,
                message!(
                    "{id} is a change and no level; take the index",
                    "{id} est une variation et non un niveau ; prendre l'indice"
                ),
            ));
        }
        for (at, period) in (4..).zip(&years) {
            let cell = row.cell(at);
            if cell.is_empty() {
                continue;
            }
            let level = number(cell).ok_or_else(|| {
                rows.fail(&row, at, Code::BadDecimal, message!("expected a level", "un niveau est attendu"))
            })?;
            let source = || format!("World Bank, {dataset}, {key} ({indicator}), updated {updated}");
            take.level(&rows, &row, at, Given { key: &key, source: &source, period: *period, level, mark: "" })?;
        }
    }
    Ok(())
}
