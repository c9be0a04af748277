//! Tables of a programme's futures: lines and savings, ceilings, waiting and places.

use relocost::programme::{SimulatedCeiling, SimulatedFigure, SimulatedLine, SimulatedSaving, WITHIN_MONTHS};
use relocost::{Error, Id, ProgrammeSimulation};

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const FUTURES: What = What::new("futures", "The budget over the futures", "Le budget sur les avenirs");
const FUTURE_CEILINGS: What =
    What::new("future_ceilings", "Futures against the ceilings", "Les avenirs face aux plafonds");
const FUTURE_WAITING: What =
    What::new("future_waiting", "Waiting and places over the futures", "L'attente et les places");
const MOVED: What = What::new("moved", "Draws moved into their domains", "Tirages ramenés dans leurs domaines");

/// A figure with what it is of.
struct Row<'r> {
    figure: String,
    agreement: Option<&'r Id>,
    fiscal_year: Option<i32>,
    fund: Option<&'r Id>,
    told: Option<&'r SimulatedFigure>,
}

impl Tables for ProgrammeSimulation {
    fn tables(&self) -> &'static [What] {
        &[FUTURES, FUTURE_CEILINGS, FUTURE_WAITING, MOVED]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), None).sampled_by(self.draws, self.seed, Some(self.sampling));
        Ok(Some(match name {
            "futures" => futures(self, head),
            "future_ceilings" => ceilings(self, head),
            "future_waiting" => waiting(self, head),
            "moved" => Table::new(MOVED, head, self.moved.len())
                .texts(&columns::PARAMETER, self.moved.iter().map(|moved| &moved.parameter))
                .counts(&columns::MOVED, self.moved.iter().map(|moved| moved.moved)),
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(FUTURES)
    }
}

fn of_line<'r>(figure: &str, line: &'r SimulatedLine, rows: &mut Vec<Row<'r>>) {
    let row = |fiscal_year, fund, told| Row { figure: figure.to_owned(), agreement: None, fiscal_year, fund, told };
    rows.push(row(None, None, Some(&line.total)));
    rows.extend(line.by_fund.iter().map(|(id, told)| row(None, Some(id), Some(told))));
    for (year, told) in &line.by_fiscal_year {
        rows.push(row(Some(*year), None, Some(told)));
        let funds = line.by_fiscal_year_and_fund.get(year).into_iter().flatten();
        rows.extend(funds.map(|(id, told)| row(Some(*year), Some(id), Some(told))));
    }
}

fn of_saving<'r>(figure: &str, agreement: Option<&'r Id>, saving: &'r SimulatedSaving, rows: &mut Vec<Row<'r>>) {
    let row =
        |fiscal_year, fund, told| Row { figure: figure.to_owned(), agreement, fiscal_year, fund, told: Some(told) };
    rows.push(row(None, None, &saving.total));
    rows.extend(saving.by_fund.iter().map(|(id, told)| row(None, Some(id), told)));
    rows.extend(saving.by_fiscal_year.iter().map(|(year, told)| row(Some(*year), None, told)));
}

fn futures(it: &ProgrammeSimulation, head: Head) -> Table {
    let mut rows = Vec::new();
    for (name, line) in &it.lines {
        of_line(name, line, &mut rows);
    }
    of_line("extra", &it.extra, &mut rows);
    of_saving("joint", None, &it.joint, &mut rows);
    for (id, saving) in &it.last {
        of_saving("last", Some(id), saving, &mut rows);
    }
    let table = Table::new(FUTURES, head, rows.len())
        .texts(&columns::FIGURE, rows.iter().map(|row| &row.figure))
        .some_ids(&columns::AGREEMENT, rows.iter().map(|row| row.agreement))
        .some_years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.fiscal_year))
        .some_ids(&columns::FUND, rows.iter().map(|row| row.fund));
    statistics(table, &rows)
}

fn statistics(table: Table, rows: &[Row<'_>]) -> Table {
    let told = |of: &dyn Fn(&SimulatedFigure) -> f64| -> Vec<Option<f64>> {
        rows.iter().map(|row| row.told.map(of)).collect()
    };
    table
        .counts(&columns::DRAWS, rows.iter().map(|row| row.told.map_or(0, |told| told.statistics().draws())))
        .binary(&columns::MEAN, told(&SimulatedFigure::mean))
        .binary(&columns::SD, told(&SimulatedFigure::sd))
        .binary(&columns::SE, told(&SimulatedFigure::se))
        .binary(&columns::P50, told(&|told| told.quantile(0.5)))
        .binary(&columns::P80, told(&|told| told.quantile(0.8)))
        .binary(&columns::P95, told(&|told| told.quantile(0.95)))
        .ratios(&columns::DETERMINISTIC, rows.iter().map(|row| row.told.and_then(SimulatedFigure::deterministic)))
}

fn ceilings(it: &ProgrammeSimulation, head: Head) -> Table {
    let each = |(fund, years): (_, &'_ std::collections::BTreeMap<i32, SimulatedCeiling>)| -> Vec<(Id, i32, SimulatedCeiling)> {
        let fund: &Id = fund;
        years.iter().map(|(year, row)| (fund.clone(), *year, row.clone())).collect()
    };
    let rows: Vec<_> = it.ceiling.iter().flat_map(each).collect();
    Table::new(FUTURE_CEILINGS, head, rows.len())
        .ids(&columns::FUND, rows.iter().map(|row| &row.0))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.1))
        .money(&columns::CEILING, rows.iter().map(|row| row.2.ceiling))
        .binary(&columns::ABOVE, rows.iter().map(|row| Some(row.2.above)))
        .binary(&columns::MEAN_EXCESS, rows.iter().map(|row| Some(row.2.excess.mean())))
        .binary(&columns::MEAN_EXCESS_ABOVE, rows.iter().map(|row| row.2.mean_excess_above))
        .ratios(&columns::DETERMINISTIC, rows.iter().map(|row| row.2.excess.deterministic()))
}

fn waiting(it: &ProgrammeSimulation, head: Head) -> Table {
    let mut rows = Vec::new();
    let row = |figure: String, agreement, told| Row { figure, agreement, fiscal_year: None, fund: None, told };
    for (months, told) in WITHIN_MONTHS.iter().zip(&it.waiting.given_within) {
        rows.push(row(format!("given_within.{months}"), None, told.as_ref()));
    }
    rows.push(row("still_waiting".to_owned(), None, Some(&it.waiting.still_waiting)));
    rows.push(row("lapsed".to_owned(), None, Some(&it.waiting.lapsed)));
    rows.push(row("refused".to_owned(), None, Some(&it.waiting.refused)));
    for (id, places) in &it.agreements {
        rows.push(row("lapsed".to_owned(), Some(id), Some(&places.lapsed)));
        rows.push(row("refused".to_owned(), Some(id), Some(&places.refused)));
    }
    let table = Table::new(FUTURE_WAITING, head, rows.len())
        .texts(&columns::FIGURE, rows.iter().map(|row| &row.figure))
        .some_ids(&columns::AGREEMENT, rows.iter().map(|row| row.agreement));
    statistics(table, &rows)
}
