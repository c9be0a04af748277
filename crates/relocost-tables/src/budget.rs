//! Tables of the difference of two budgets: what each cause adds, by fiscal year and fund, and what changed.

use relocost::diff::{BudgetDiff, BudgetLine, BudgetSums};
use relocost::{Error, Id, Money};

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const BUDGET_CAUSES: What = What::new("budget_causes", "What changed, in total", "Ce qui a changé, au total");
const BUDGET_CAUSE_YEARS: What =
    What::new("budget_cause_years", "What changed, by year", "Ce qui a changé, par exercice");
const BUDGET_CAUSE_FUNDS: What = What::new("budget_cause_funds", "What changed, by fund", "Ce qui a changé, par fonds");
const BUDGET_CAUSE_YEARS_AND_FUNDS: What = What::new(
    "budget_cause_years_and_funds",
    "What changed, by year and fund",
    "Ce qui a changé, par exercice et par fonds",
);
const BUDGET_CASES: What = What::new("budget_cases", "Cases that changed", "Dossiers qui ont changé");
const BUDGET_CHANGES: What = What::new("budget_changes", "Values that changed", "Valeurs qui ont changé");

impl Tables for BudgetDiff {
    fn tables(&self) -> &'static [What] {
        &[
            BUDGET_CAUSES,
            BUDGET_CAUSE_YEARS,
            BUDGET_CAUSE_FUNDS,
            BUDGET_CAUSE_YEARS_AND_FUNDS,
            BUDGET_CASES,
            BUDGET_CHANGES,
        ]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), None);
        Ok(Some(match name {
            "budget_causes" => causes(self, head),
            "budget_cause_years" => cause_years(self, head),
            "budget_cause_funds" => cause_funds(self, head),
            "budget_cause_years_and_funds" => cause_years_and_funds(self, head),
            "budget_cases" => {
                let it = &self.cases;
                let rows = [
                    ("cases_gone", it.gone),
                    ("cases_new", it.new),
                    ("households", it.households),
                    ("timing", it.timing),
                    ("policy", it.policy),
                ];
                Table::new(BUDGET_CASES, head, rows.len())
                    .texts(&columns::CAUSE, rows.iter().map(|row| row.0))
                    .counts(&columns::COUNT, rows.iter().map(|row| row.1))
            }
            "budget_changes" => {
                let rows = self.changes.iter();
                Table::new(BUDGET_CHANGES, head, rows.len())
                    .texts(&columns::CAUSE, rows.clone().map(|change| change.cause.name()))
                    .texts(&columns::CHANGED, rows.clone().map(|change| &change.key))
                    .some_texts(&columns::OLD, rows.clone().map(|change| change.old.as_ref()))
                    .some_texts(&columns::NEW, rows.map(|change| change.new.as_ref()))
            }
            _ => return Ok(None),
        }))
    }

    fn csv_table(&self) -> Option<What> {
        Some(BUDGET_CAUSE_YEARS_AND_FUNDS)
    }
}

/// The sums of a line from the older budget to the newer one.
fn steps(line: &BudgetLine) -> impl Iterator<Item = (&'static str, &BudgetSums)> {
    let causes = line.causes.iter().map(|(cause, sums)| (cause.name(), sums));
    std::iter::once(("old", &line.old)).chain(causes).chain([("new", &line.new)])
}

/// The sums of every line, each with the names of the line and of the cause.
fn all(it: &BudgetDiff) -> impl Iterator<Item = (&str, &'static str, &BudgetSums)> {
    it.lines.iter().flat_map(|(name, line)| steps(line).map(move |(cause, sums)| (name.as_str(), cause, sums)))
}

fn causes(it: &BudgetDiff, head: Head) -> Table {
    let rows: Vec<_> = all(it).collect();
    Table::new(BUDGET_CAUSES, head, rows.len())
        .texts(&columns::PROGRAMME_LINE, rows.iter().map(|row| row.0))
        .texts(&columns::CAUSE, rows.iter().map(|row| row.1))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.2.total))
}

fn cause_years(it: &BudgetDiff, head: Head) -> Table {
    let mut rows: Vec<(&str, &str, i32, Money)> = Vec::new();
    for (name, cause, sums) in all(it) {
        rows.extend(sums.by_fiscal_year.iter().map(|(year, amount)| (name, cause, *year, *amount)));
    }
    Table::new(BUDGET_CAUSE_YEARS, head, rows.len())
        .texts(&columns::PROGRAMME_LINE, rows.iter().map(|row| row.0))
        .texts(&columns::CAUSE, rows.iter().map(|row| row.1))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.2))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.3))
}

fn cause_funds(it: &BudgetDiff, head: Head) -> Table {
    let mut rows: Vec<(&str, &str, &Id, Money)> = Vec::new();
    for (name, cause, sums) in all(it) {
        rows.extend(sums.by_fund.iter().map(|(fund, amount)| (name, cause, fund, *amount)));
    }
    Table::new(BUDGET_CAUSE_FUNDS, head, rows.len())
        .texts(&columns::PROGRAMME_LINE, rows.iter().map(|row| row.0))
        .texts(&columns::CAUSE, rows.iter().map(|row| row.1))
        .ids(&columns::FUND, rows.iter().map(|row| row.2))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.3))
}

fn cause_years_and_funds(it: &BudgetDiff, head: Head) -> Table {
    let mut rows: Vec<(&str, &str, i32, &Id, Money)> = Vec::new();
    for (name, cause, sums) in all(it) {
        for (year, by_fund) in &sums.by_fiscal_year_and_fund {
            rows.extend(by_fund.iter().map(|(fund, amount)| (name, cause, *year, fund, *amount)));
        }
    }
    Table::new(BUDGET_CAUSE_YEARS_AND_FUNDS, head, rows.len())
        .texts(&columns::PROGRAMME_LINE, rows.iter().map(|row| row.0))
        .texts(&columns::CAUSE, rows.iter().map(|row| row.1))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.2))
        .ids(&columns::FUND, rows.iter().map(|row| row.3))
        .money(&columns::AMOUNT, rows.iter().map(|row| row.4))
}
