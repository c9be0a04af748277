//! Tables of a programme's run: the budget by fiscal year and fund, causes, ceilings, agreements, waiting, months, cases.

use std::collections::BTreeSet;

use relocost::programme::{
    AgreementYear, ById, CaseRow, CaseStageRow, ProgrammeLine, ProgrammeValues, Saving, WITHIN_MONTHS,
};
use relocost::{Error, Id, Money, Month, ProgrammeRun};

use crate::columns;
use crate::head::{Head, What};
use crate::{Table, Tables};

const BUDGET: What = What::new("budget", "The budget by year and fund", "Le budget par exercice et par fonds");
const BUDGET_YEARS: What = What::new("budget_years", "The budget by year", "Le budget par exercice");
const BUDGET_FUNDS: What = What::new("budget_funds", "The budget by fund", "Le budget par fonds");
const BUDGET_TOTALS: What = What::new("budget_totals", "The totals", "Les totaux");
const BUDGET_PARTS: What = What::new(
    "budget_parts",
    "The budget by category, kind, solution and place",
    "Le budget par catégorie, sorte, solution et lieu",
);
const BUDGET_YEARS_AND_PARTS: What = What::new(
    "budget_years_and_parts",
    "The budget years by category, kind and origin",
    "Les exercices par catégorie, sorte et origine",
);
const SUPPORTED: What = What::new("supported", "Months under support", "Mois de prise en charge");
const CAUSES: What = What::new("causes", "What causes the extra cost", "Ce qui cause le surcoût");
const RUN_OFF: What = What::new("run_off", "With the run-off", "Avec la suite");
const AFTER: What = What::new("after", "What cases in hand cost later", "Ce que les dossiers en cours coûtent ensuite");
const CEILINGS: What = What::new("ceilings", "Against the ceilings", "Face aux plafonds");
const VALUES: What = What::new("values", "What agreements are worth", "Ce que valent les accords");
const STEPS: What = What::new("steps", "What single steps would save", "Ce que chaque mesure économiserait");
const MONTHS: What = What::new("months", "Months", "Mois");
const MONTHS_AND_FUNDS: What = What::new("months_and_funds", "Months by fund and kind", "Mois par fonds et par sorte");
const WAITING: What = What::new("waiting", "Waiting", "L'attente");
const GIVEN_WITHIN: What =
    What::new("given_within", "Given a place within so many months", "Place attribuée en tant de mois");
const AGREEMENTS: What = What::new("agreements", "Places of agreements", "Places des accords");
const AGREEMENT_YEARS: What =
    What::new("agreement_years", "Places of agreements by year", "Places des accords par exercice");
const CASES: What = What::new("cases", "Cases", "Dossiers");
const CASE_STAGES: What = What::new("case_stages", "Stages of cases", "Étapes des dossiers");

impl Tables for ProgrammeRun {
    fn tables(&self) -> &'static [What] {
        &[
            BUDGET,
            BUDGET_YEARS,
            BUDGET_FUNDS,
            BUDGET_TOTALS,
            BUDGET_PARTS,
            BUDGET_YEARS_AND_PARTS,
            SUPPORTED,
            CAUSES,
            RUN_OFF,
            AFTER,
            CEILINGS,
            VALUES,
            STEPS,
            MONTHS,
            MONTHS_AND_FUNDS,
            WAITING,
            GIVEN_WITHIN,
            AGREEMENTS,
            AGREEMENT_YEARS,
            CASES,
            CASE_STAGES,
        ]
    }

    fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let head = Head::of(self.about(), None);
        Ok(Some(match name {
            "budget" => budget(self, head),
            "budget_years" => budget_years(self, head),
            "budget_funds" => budget_funds(self, head),
            "budget_totals" => budget_totals(self, head),
            "budget_parts" => budget_parts(self, head),
            "budget_years_and_parts" => budget_years_and_parts(self, head),
            "supported" => supported(self, head),
            "causes" => causes(self, head),
            "run_off" => run_off(self, head),
            "after" => Table::new(AFTER, head, self.after.len())
                .years(&columns::FISCAL_YEAR, self.after.keys().copied())
                .money(&columns::AMOUNT, self.after.values().copied()),
            "ceilings" => ceilings(self, head),
            "values" => values(self, head),
            "steps" => steps(self, head),
            "months" => months(self, head),
            "months_and_funds" => months_and_funds(self, head),
            "waiting" => waiting(self, head),
            "given_within" => Table::new(GIVEN_WITHIN, head, WITHIN_MONTHS.len())
                .counts(&columns::MONTHS, WITHIN_MONTHS)
                .ratios(&columns::GIVEN_WITHIN, self.waiting.given_within),
            "agreements" => {
                let all = self.agreements.iter().map(|(id, account)| (id, &account.total));
                let table = Table::new(AGREEMENTS, head, all.len());
                accounts(
                    table.ids(&columns::AGREEMENT, all.clone().map(|(id, _)| id)),
                    &all.map(|(_, account)| account),
                )
            }
            "agreement_years" => {
                let years = |(id, account)| each_year(id, account);
                let all: Vec<(&Id, i32, &AgreementYear)> = self.agreements.iter().flat_map(years).collect();
                let table = Table::new(AGREEMENT_YEARS, head, all.len())
                    .ids(&columns::AGREEMENT, all.iter().map(|row| row.0))
                    .years(&columns::FISCAL_YEAR, all.iter().map(|row| row.1));
                accounts(table, &all.iter().map(|row| row.2))
            }
            "cases" => cases(self.cases.as_deref().unwrap_or_default(), head),
            "case_stages" => case_stages(self.cases.as_deref().unwrap_or_default(), head),
            _ => return Ok(None),
        }))
    }
}

fn each_year<'r>(
    id: &'r Id,
    account: &'r relocost::programme::AgreementAccount,
) -> impl Iterator<Item = (&'r Id, i32, &'r AgreementYear)> {
    account.by_fiscal_year.iter().map(move |(year, row)| (id, *year, row))
}

/// A row of a table of the three lines: what it is of, and what each line comes to; what nothing feeds is zero.
struct Row<K> {
    key: K,
    lines: [Money; 3],
}

/// Rows of what some line has, each key once, in the order of the keys.
fn rows<K: Clone + PartialEq>(
    it: &ProgrammeRun,
    keys: impl IntoIterator<Item = K>,
    get: impl Fn(&ProgrammeLine, &K) -> Option<Money>,
) -> Vec<Row<K>> {
    let zero = Money::zero(it.currency());
    let row = |key: K| {
        let found: Vec<Option<Money>> = it.lines.values().map(|line| get(line, &key)).collect();
        let at = |place: usize| found.get(place).copied().flatten();
        let fed = found.iter().any(Option::is_some);
        fed.then(|| Row { lines: [0, 1, 2].map(|place| at(place).unwrap_or(zero)), key })
    };
    keys.into_iter().filter_map(row).collect()
}

/// The ids that tables of some line have, in the order in which they stand there.
fn ids<'r>(tables: impl IntoIterator<Item = &'r ById>) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    for table in tables {
        for id in table.keys() {
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
    }
    found
}

/// Adds the columns of the three lines.
fn three<K>(table: Table, rows: &[Row<K>]) -> Table {
    let line = |place: usize| rows.iter().map(move |row| row.lines[place]);
    table.money(&columns::AS_SIGNED, line(0)).money(&columns::AS_PLANNED, line(1)).money(&columns::ALL_SETTLED, line(2))
}

fn years(it: &ProgrammeRun) -> impl Iterator<Item = i32> {
    it.programme.fiscal_years.iter().copied()
}

/// The funds that pay something, in the order declared.
fn funds(it: &ProgrammeRun) -> Vec<Id> {
    let of = |line: &ProgrammeLine| line.by_fund.keys().cloned().collect::<BTreeSet<_>>();
    let paying: BTreeSet<Id> = it.lines.values().flat_map(of).collect();
    let declared = it.about().scenario().funds().iter().map(|fund| fund.id.clone());
    declared.filter(|fund| paying.contains(fund)).collect()
}

fn budget(it: &ProgrammeRun, head: Head) -> Table {
    let keys = years(it).flat_map(|year| funds(it).into_iter().map(move |fund| (year, fund)));
    let rows = rows(it, keys, |line, (year, fund)| line.by_fiscal_year_and_fund.get(year)?.get(fund).copied());
    let zero = Money::zero(it.currency());
    let extra = |(year, fund): &(i32, Id)| it.extra.by_fiscal_year_and_fund.get(year)?.get(fund).copied();
    let table = Table::new(BUDGET, head, rows.len())
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.key.0))
        .ids(&columns::FUND, rows.iter().map(|row| &row.key.1));
    three(table, &rows).money(&columns::EXTRA, rows.iter().map(|row| extra(&row.key).unwrap_or(zero)))
}

fn budget_years(it: &ProgrammeRun, head: Head) -> Table {
    let rows = rows(it, years(it), |line, year| {
        Some(line.by_fiscal_year.get(year).copied().unwrap_or(Money::zero(it.currency())))
    });
    let zero = Money::zero(it.currency());
    let table = Table::new(BUDGET_YEARS, head, rows.len()).years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.key));
    let extra = |year: i32| it.extra.by_fiscal_year.get(&year).copied().unwrap_or(zero);
    three(table, &rows).money(&columns::EXTRA, rows.iter().map(|row| extra(row.key)))
}

fn budget_funds(it: &ProgrammeRun, head: Head) -> Table {
    let rows = rows(it, funds(it), |line, fund| line.by_fund.get(fund).copied());
    let zero = Money::zero(it.currency());
    let table = Table::new(BUDGET_FUNDS, head, rows.len()).ids(&columns::FUND, rows.iter().map(|row| &row.key));
    let extra = |fund: &Id| it.extra.by_fund.get(fund).copied().unwrap_or(zero);
    three(table, &rows).money(&columns::EXTRA, rows.iter().map(|row| extra(&row.key)))
}

fn budget_totals(it: &ProgrammeRun, head: Head) -> Table {
    let keys = ["total", "constant", "present_value"];
    let rows = rows(it, keys, |line, key| {
        Some(match *key {
            "total" => line.total,
            "constant" => line.constant,
            _ => line.present_value,
        })
    });
    let table = Table::new(BUDGET_TOTALS, head, rows.len()).texts(&columns::KEY, keys);
    three(table, &rows)
}

/// A table of a line with the word for its keys.
type By = (&'static str, fn(&ProgrammeLine) -> &ById);

fn budget_parts(it: &ProgrammeRun, head: Head) -> Table {
    let tables: [By; 4] = [
        ("category", |line| &line.by_category),
        ("kind", |line| &line.by_kind),
        ("solution", |line| &line.by_solution),
        ("place", |line| &line.by_place),
    ];
    let part = |(by, table): By| {
        let keys = ids(it.lines.values().map(table)).into_iter().map(move |id| (by, id));
        rows(it, keys, move |line, (_, id)| table(line).get(id).copied())
    };
    let rows: Vec<Row<(&str, Id)>> = tables.into_iter().flat_map(part).collect();
    let table = Table::new(BUDGET_PARTS, head, rows.len())
        .texts(&columns::BY, rows.iter().map(|row| row.key.0))
        .texts(&columns::KEY, rows.iter().map(|row| &row.key.1));
    three(table, &rows)
}

fn budget_years_and_parts(it: &ProgrammeRun, head: Head) -> Table {
    let part = |year: i32| {
        let of = |line: &ProgrammeLine, by: &str, id: &str| match by {
            "category" => line.by_fiscal_year_and_category.get(&year)?.get(id).copied(),
            "kind" => line.by_fiscal_year_and_kind.get(&year)?.get(id).copied(),
            "origin" => line.by_fiscal_year_and_origin.get(&year)?.get(id).copied(),
            _ => line.constant_by_fiscal_year.get(&year).copied(),
        };
        let lines = || it.lines.values();
        let categories = ids(lines().filter_map(|line| line.by_fiscal_year_and_category.get(&year)));
        let kinds = ids(lines().filter_map(|line| line.by_fiscal_year_and_kind.get(&year)));
        let origins = ids(lines().filter_map(|line| line.by_fiscal_year_and_origin.get(&year)));
        let parts = [("category", categories), ("kind", kinds), ("origin", origins)];
        let keys = parts.into_iter().flat_map(|(by, ids)| ids.into_iter().map(move |id| (year, by, id.to_string())));
        let constant = (year, "constant", "constant".to_owned());
        rows(it, keys.chain([constant]), move |line, (_, by, id)| of(line, by, id))
    };
    let rows: Vec<Row<(i32, &str, String)>> = years(it).flat_map(part).collect();
    let table = Table::new(BUDGET_YEARS_AND_PARTS, head, rows.len())
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.key.0))
        .texts(&columns::BY, rows.iter().map(|row| row.key.1))
        .texts(&columns::KEY, rows.iter().map(|row| &row.key.2));
    three(table, &rows)
}

fn supported(it: &ProgrammeRun, head: Head) -> Table {
    let mut rows: Vec<(&str, i32, &Id, u64, u64)> = Vec::new();
    for (name, line) in &it.lines {
        for (year, kinds) in &line.case_months {
            for (kind, cases) in kinds {
                let persons = line.person_months.get(year).and_then(|kinds| kinds.get(kind));
                rows.push((name, *year, kind, *cases, persons.copied().unwrap_or(0)));
            }
        }
    }
    Table::new(SUPPORTED, head, rows.len())
        .texts(&columns::PROGRAMME_LINE, rows.iter().map(|row| row.0))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.1))
        .ids(&columns::KIND, rows.iter().map(|row| row.2))
        .counts(&columns::CASE_MONTHS, rows.iter().map(|row| row.3))
        .counts(&columns::PERSON_MONTHS, rows.iter().map(|row| row.4))
}

/// Rows that add up to the extra cost.
fn causes(it: &ProgrammeRun, head: Head) -> Table {
    let extra = &it.extra;
    let shares = extra.attribution.iter().map(|(id, share)| ("entitlement", id.as_str(), *share));
    let others = [("residual", "residual", extra.residual), ("programme", "programme", extra.programme)];
    let rows: Vec<(&str, &str, Money)> = shares.chain(others).collect();
    Table::new(CAUSES, head, rows.len())
        .texts(&columns::BY, rows.iter().map(|row| row.0))
        .texts(&columns::KEY, rows.iter().map(|row| row.1))
        .money(&columns::EXPLAINED, rows.iter().map(|row| row.2))
}

fn run_off(it: &ProgrammeRun, head: Head) -> Table {
    let zero = Money::zero(it.currency());
    let lines: Vec<_> = it.with_run_off.iter().flat_map(|it| it.lines.values()).collect();
    let years: BTreeSet<i32> = lines.iter().flat_map(|line| line.by_fiscal_year.keys().copied()).collect();
    let mut rows: Vec<Row<(&str, String)>> = Vec::new();
    let mut add =
        |by: &'static str, key: String, of: &dyn Fn(&relocost::programme::LineWithRunOff) -> Option<Money>| {
            let at = |place: usize| lines.get(place).and_then(|line| of(line)).unwrap_or(zero);
            rows.push(Row { key: (by, key), lines: [0, 1, 2].map(at) });
        };
    if !lines.is_empty() {
        add("total", "total".to_owned(), &|line| Some(line.total));
    }
    for year in years {
        add("fiscal_year", year.to_string(), &|line| line.by_fiscal_year.get(&year).copied());
    }
    for fund in ids(lines.iter().map(|line| &line.by_fund)) {
        add("fund", fund.to_string(), &|line| line.by_fund.get(&fund).copied());
    }
    let table = Table::new(RUN_OFF, head, rows.len())
        .texts(&columns::BY, rows.iter().map(|row| row.key.0))
        .texts(&columns::KEY, rows.iter().map(|row| &row.key.1));
    three(table, &rows)
}

fn ceilings(it: &ProgrammeRun, head: Head) -> Table {
    let rows: Vec<_> = it
        .ceiling
        .iter()
        .flat_map(|(fund, years)| years.iter().map(move |(year, ceiling)| (fund, *year, ceiling)))
        .collect();
    Table::new(CEILINGS, head, rows.len())
        .ids(&columns::FUND, rows.iter().map(|row| row.0))
        .years(&columns::FISCAL_YEAR, rows.iter().map(|row| row.1))
        .money(&columns::TOTAL, rows.iter().map(|row| row.2.total))
        .money(&columns::CEILING, rows.iter().map(|row| row.2.ceiling))
        .money(&columns::EXCESS, rows.iter().map(|row| row.2.excess))
}

/// The value of an agreement: window, fund, agreement, and the three figures.
type ValueRow<'r> = (&'static str, Option<Id>, Option<&'r Id>, [Option<Money>; 3]);

/// The values of all agreements and of all together, in each window, in total and by fund.
fn values(it: &ProgrammeRun, head: Head) -> Table {
    let windows = it.values.iter().flat_map(|values| {
        let after = values.with_run_off.as_ref().map(|values| ("with_run_off", values));
        [("within", &values.within)].into_iter().chain(after)
    });
    let rows: Vec<ValueRow<'_>> = windows.flat_map(|(window, values)| of_window(it, window, values)).collect();
    let figure = |place: usize| rows.iter().map(move |row| row.3[place]);
    Table::new(VALUES, head, rows.len())
        .texts(&columns::WINDOW, rows.iter().map(|row| row.0))
        .some_ids(&columns::FUND, rows.iter().map(|row| row.1.as_ref()))
        .some_ids(&columns::AGREEMENT, rows.iter().map(|row| row.2))
        .some_money(&columns::VALUE_ALONE, figure(0))
        .some_money(&columns::VALUE_LAST, figure(1))
        .some_money(&columns::WORTH, figure(2))
}

fn of_window<'r>(it: &'r ProgrammeRun, window: &'static str, values: &'r ProgrammeValues) -> Vec<ValueRow<'r>> {
    let zero = Money::zero(it.currency());
    let mut rows = Vec::new();
    for (id, row) in &values.agreements {
        rows.push((window, None, Some(id), [Some(row.alone), Some(row.last), row.value]));
    }
    rows.push((window, None, None, [None, None, Some(values.joint)]));
    let funds = values.agreements.values().flat_map(|row| [&row.alone_by_fund, &row.last_by_fund]);
    for fund in ids(funds.chain([&values.joint_by_fund])) {
        for (id, row) in &values.agreements {
            let of = |funds: &ById| funds.get(&fund).copied().unwrap_or(zero);
            let figures =
                [Some(of(&row.alone_by_fund)), Some(of(&row.last_by_fund)), row.value_by_fund.as_ref().map(of)];
            rows.push((window, Some(fund.clone()), Some(id), figures));
        }
        let joint = values.joint_by_fund.get(&fund).copied().unwrap_or(zero);
        rows.push((window, Some(fund), None, [None, None, Some(joint)]));
    }
    rows
}

/// A step: which, of which agreement or order, of how many places when, and what it saves.
struct Step<'r> {
    name: &'static str,
    agreement: Option<&'r Id>,
    order: Option<&'r str>,
    places: Option<(Month, u32)>,
    saving: Saving,
}

fn steps(it: &ProgrammeRun, head: Head) -> Table {
    let mut rows: Vec<Step<'_>> = Vec::new();
    if let Some(steps) = &it.steps {
        for (id, row) in &steps.agreements {
            let of = |name, places, saving| Step { name, agreement: Some(id), order: None, places, saving };
            rows.extend(row.one_more_place.map(|it| of("one_more_place", Some((it.month, it.places)), it.saving)));
            rows.push(of("month_later", None, row.month_later));
        }
        let step = Step { name: "processing", agreement: None, order: None, places: None, saving: steps.processing };
        rows.push(step);
        rows.extend(steps.queue.iter().map(|(order, saving)| Step {
            name: "queue",
            agreement: None,
            order: Some(order),
            places: None,
            saving: *saving,
        }));
    }
    Table::new(STEPS, head, rows.len())
        .texts(&columns::STEP, rows.iter().map(|row| row.name))
        .some_ids(&columns::AGREEMENT, rows.iter().map(|row| row.agreement))
        .some_texts(&columns::ORDER, rows.iter().map(|row| row.order))
        .some_months(&columns::GRANT_MONTH, rows.iter().map(|row| row.places.map(|(month, _)| month)))
        .some_counts(&columns::PLACES, rows.iter().map(|row| row.places.map(|(_, places)| places)))
        .money(&columns::SAVES_WITHIN, rows.iter().map(|row| row.saving.within))
        .some_money(&columns::SAVES_WITH_RUN_OFF, rows.iter().map(|row| row.saving.with_run_off))
}

fn months(it: &ProgrammeRun, head: Head) -> Table {
    let rows = it.months.iter();
    Table::new(MONTHS, head, rows.len())
        .months(&columns::MONTH, rows.clone().map(|row| row.month))
        .counts(&columns::ARRIVED, rows.clone().map(|row| row.arrived))
        .counts(&columns::GIVEN, rows.clone().map(|row| row.given))
        .counts(&columns::MOVED_CASES, rows.clone().map(|row| row.moved))
        .counts(&columns::ENDED, rows.clone().map(|row| row.ended))
        .counts(&columns::WAITING, rows.clone().map(|row| row.waiting))
        .counts(&columns::PROCESSING, rows.clone().map(|row| row.processing))
        .counts(&columns::PERMANENT_CASES, rows.clone().map(|row| row.cases.permanent))
        .counts(&columns::TEMPORARY_CASES, rows.clone().map(|row| row.cases.temporary))
        .counts(&columns::PERMANENT_PERSONS, rows.clone().map(|row| row.persons.permanent))
        .counts(&columns::TEMPORARY_PERSONS, rows.clone().map(|row| row.persons.temporary))
        .money(&columns::TOTAL, rows.clone().map(|row| row.total))
        .money(&columns::CUMULATIVE, rows.map(|row| row.cumulative))
}

fn months_and_funds(it: &ProgrammeRun, head: Head) -> Table {
    let rows = it.months_and_funds.iter();
    Table::new(MONTHS_AND_FUNDS, head, rows.len())
        .months(&columns::MONTH, rows.clone().map(|row| row.month))
        .ids(&columns::FUND, rows.clone().map(|row| &row.fund))
        .ids(&columns::KIND, rows.clone().map(|row| &row.kind))
        .money(&columns::AMOUNT, rows.map(|row| row.amount))
}

fn waiting(it: &ProgrammeRun, head: Head) -> Table {
    let waiting = &it.waiting;
    Table::new(WAITING, head, 1)
        .counts(&columns::QUEUED, [waiting.queued])
        .counts(&columns::GIVEN, [waiting.given])
        .some_counts(&columns::MEDIAN_WAIT, [waiting.median])
        .some_counts(&columns::P90_WAIT, [waiting.p90])
        .counts(&columns::STILL_WAITING, [waiting.still_waiting])
        .some_counts(&columns::LONGEST_WAIT, [waiting.longest_wait])
        .counts(&columns::LEFT_QUEUE, [waiting.left])
        .counts(&columns::WITHOUT_WAY, [waiting.without_way])
}

fn accounts<'r>(table: Table, rows: &(impl Iterator<Item = &'r AgreementYear> + Clone)) -> Table {
    let count = |of: fn(&AgreementYear) -> u64| rows.clone().map(of);
    table
        .counts(&columns::IN_HAND, count(|row| row.in_hand))
        .counts(&columns::GRANTED, count(|row| row.granted))
        .counts(&columns::USED, count(|row| row.used))
        .counts(&columns::LAPSED, count(|row| row.lapsed))
        .counts(&columns::PLACES_LEFT, count(|row| row.left))
        .counts(&columns::CASES, count(|row| row.cases))
        .counts(&columns::PERSONS, count(|row| row.persons))
}

fn cases(rows: &[CaseRow], head: Head) -> Table {
    let rows = rows.iter();
    Table::new(CASES, head, rows.len())
        .counts(&columns::NUMBER, rows.clone().map(|row| row.number))
        .some_texts(&columns::REFERENCE, rows.clone().map(|row| row.reference.as_ref()))
        .months(&columns::ARRIVES, rows.clone().map(|row| row.arrives))
        .counts(&columns::PERSONS, rows.clone().map(|row| row.persons))
        .texts(&columns::STATUS, rows.clone().map(|row| row.status))
        .some_months(&columns::GIVEN_IN, rows.clone().map(|row| row.given))
        .some_ids(&columns::AGREEMENT, rows.clone().map(|row| row.agreement.as_ref()))
        .counts(&columns::PLACES, rows.clone().map(|row| row.places))
        .some_months(&columns::MOVES, rows.clone().map(|row| row.moves))
        .some_months(&columns::ENDS, rows.clone().map(|row| row.ends))
        .money(&columns::TOTAL, rows.clone().map(|row| row.total))
        .money(&columns::SETTLED_TOTAL, rows.clone().map(|row| row.settled_total))
        .money(&columns::EXTRA, rows.map(|row| row.extra))
}

fn case_stages(rows: &[CaseRow], head: Head) -> Table {
    let stages = |row: &'_ CaseRow| row.stages.len();
    let count = rows.iter().map(stages).sum();
    let all = || rows.iter().flat_map(|row| row.stages.iter().map(move |stage: &CaseStageRow| (row.number, stage)));
    Table::new(CASE_STAGES, head, count)
        .counts(&columns::NUMBER, all().map(|row| row.0))
        .ids(&columns::SOLUTION, all().map(|row| &row.1.solution))
        .some_ids(&columns::PLACE, all().map(|row| row.1.place.as_ref()))
        .months(&columns::FROM, all().map(|row| row.1.from))
        .some_months(&columns::UNTIL, all().map(|row| row.1.until))
        .money(&columns::TOTAL, all().map(|row| row.1.total))
}
