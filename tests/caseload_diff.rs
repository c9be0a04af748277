//! Differences of caseloads: they foot in every cell, agree with the caseloads, and a change lands in its cause alone.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::diff::{BudgetCases, BudgetDiff, BudgetSums};
use relocost::names::BudgetCause;
use relocost::{Basis, Code, Error, Scenario, Watch};

const SETTING: &str = r#"
    schema = 1
    catalogue = "reference"
    start = "2026-03"
    horizon_months = 30
    fiscal_year_start = 7
    [household]
    members = []
    [solutions.temporary]
    label = "Temporary"
    kind = "temporary"
    entitlements = []
    funding = { regular_budget = "0.6", host_state = "0.4" }
    [[lines]]
    id = "calls"
    category = "housing"
    label = "Calls"
    driver = "person"
    schedule = "monthly"
    amount = "9"
    currency = "USD"
    source = "test"
"#;

const TABLE: &str = "reference,count,start,members\nHH-1,2,,34 9\nHH-2,,2026-09,41\nHH-3,3,,70 68\nHH-1,,,25\n";

fn diff(old: (&str, &str), new: (&str, &str), options: &CaseloadOptions) -> Result<BudgetDiff, Error> {
    let [(old, rows), (new, new_rows)] = [old, new].map(|(setting, rows)| (Scenario::parse(setting).unwrap(), rows));
    let table = |rows: &'static str| CaseTable::new(rows.as_bytes(), "table").unwrap();
    let leak = |rows: &str| -> &'static str { String::leak(rows.to_owned()) };
    let diff = old.diff_caseload(table(leak(rows)), &new, table(leak(new_rows)), options)?;
    for (scenario, rows, newer) in [(&old, rows, false), (&new, new_rows, true)] {
        let caseload = scenario.caseload(rows.as_bytes(), options).unwrap();
        assert_eq!(if newer { diff.new.cases } else { diff.old.cases }, caseload.count);
        for (pathway, base) in [(&options.pair.base, true), (&options.pair.alternative, false)] {
            let line = &diff.lines[pathway];
            let sums = if newer { &line.new } else { &line.old };
            let of = |it: &relocost::comparison::Difference| if base { it.base } else { it.alternative };
            assert_eq!(sums.total, of(&caseload.difference));
            for (year, amount) in &sums.by_fiscal_year {
                assert_eq!(*amount, of(&caseload.by_fiscal_year[year]), "{year}");
            }
            for (fund, amount) in &sums.by_fund {
                assert_eq!(*amount, of(&caseload.by_fund[fund]), "{fund}");
            }
        }
    }
    for line in diff.lines.values() {
        let mut sums = cells(&line.old);
        for cause in line.causes.values() {
            for (key, minor) in cells(cause) {
                *sums.entry(key).or_default() += minor;
            }
        }
        let mut found = cells(&line.new);
        for (key, minor) in sums {
            assert_eq!(found.remove(&key).unwrap_or(0), minor, "{key}");
        }
        assert!(found.is_empty(), "{found:?}");
    }
    Ok(diff)
}

fn cells(sums: &BudgetSums) -> BTreeMap<String, i128> {
    let mut cells = BTreeMap::from([("total".to_owned(), sums.total.minor())]);
    cells.extend(sums.by_fiscal_year.iter().map(|(year, sum)| (year.to_string(), sum.minor())));
    cells.extend(sums.by_fund.iter().map(|(fund, sum)| (fund.to_string(), sum.minor())));
    for (year, by_fund) in &sums.by_fiscal_year_and_fund {
        cells.extend(by_fund.iter().map(|(fund, sum)| (format!("{year} {fund}"), sum.minor())));
    }
    cells
}

fn causes(diff: &BudgetDiff) -> Vec<BudgetCause> {
    let moved =
        |cause: &BudgetCause| diff.lines.values().any(|line| !line.causes[cause].by_fiscal_year_and_fund.is_empty());
    BudgetCause::ALL.iter().copied().filter(moved).collect()
}

#[test]
fn each_kind_of_change_lands_in_its_cause_alone() {
    use BudgetCause::{
        CasesGone, CasesNew, ExchangeRates, Horizon, Households, Indices, Lines, Policy, Prices, Timing,
    };
    let line = "\n[[lines]]\nid = \"rent\"\ninherit = true\n";
    let setting = |more: &str| format!("{SETTING}{more}");
    let changes: Vec<(BudgetCause, String, String)> = vec![
        (CasesGone, SETTING.into(), TABLE.replace("HH-2,,2026-09,41\n", "")),
        (CasesGone, SETTING.into(), TABLE.replace("HH-3,3", "HH-3,1")),
        (CasesNew, SETTING.into(), TABLE.replace("HH-3,3", "HH-3,5")),
        (CasesNew, SETTING.into(), format!("{TABLE}HH-9,,,30\n")),
        (Households, SETTING.into(), TABLE.replace("34 9", "34 9 2")),
        (Households, SETTING.into(), TABLE.replace(",,,25", ",,,25 3")),
        (Timing, SETTING.into(), TABLE.replace("2026-09", "2026-11")),
        (Timing, SETTING.replace("2026-03", "2026-04"), TABLE.into()),
        (Policy, SETTING.replace("0.6", "0.7").replace("0.4", "0.3"), TABLE.into()),
        (Lines, setting(&format!("{line}unless = [\"work\"]\n")), TABLE.into()),
        (Lines, setting("\n[[lines]]\nid = \"rent\"\ndrop = true\n"), TABLE.into()),
        (Prices, setting(&format!("{line}amount = \"1234\"\n")), TABLE.into()),
        (Indices, setting("\n[rates.index.housing]\n2027 = \"0.09\"\n"), TABLE.into()),
        (ExchangeRates, setting("\n[rates.fx.USD]\n2027 = \"0.5\"\n"), TABLE.into()),
        (Horizon, SETTING.replace("= 30", "= 36"), TABLE.into()),
        (Horizon, SETTING.replace("= 7", "= 1"), TABLE.into()),
    ];
    for (cause, new, rows) in &changes {
        let options = CaseloadOptions::default();
        let found = diff((SETTING, TABLE), (new, rows), &options).unwrap_or_else(|error| panic!("{cause}: {error}"));
        assert_eq!(causes(&found), [*cause]);
        let told = found.changes.iter().filter(|change| change.cause != *cause).count();
        assert_eq!(told, 0, "{cause}");
        // And back.
        let cases = found.cases;
        let back = diff((new, rows), (SETTING, TABLE), &options).unwrap();
        assert_eq!((back.cases.gone, back.cases.new), (cases.new, cases.gone));
    }
}

#[test]
fn everything_at_once_foots_on_both_bases_and_any_number_of_threads() {
    let new = SETTING.replace("2026-03", "2027-03").replace("= 30", "= 40").replace("0.6", "0.5").replace("0.4", "0.5");
    let new = format!("{new}\n[[lines]]\nid = \"rent\"\ninherit = true\namount = \"1234\"\n");
    let rows = "reference,count,start,members\nHH-1,3,,34 9\nHH-4,,,50\nHH-3,2,2026-04,70 68 12\n";
    for basis in [Basis::Nominal, Basis::Constant] {
        let options = CaseloadOptions::default().basis(basis);
        let found = diff((SETTING, TABLE), (&new, rows), &options).unwrap();
        let one = options.threads(NonZeroUsize::new(1));
        assert_eq!(diff((SETTING, TABLE), (&new, rows), &one).unwrap(), found);
        let BudgetCases { gone, new, households, timing, policy, .. } = found.cases;
        assert_eq!((gone, new, households, timing, policy), (2, 1, 3, 5, 0));
    }
}

#[test]
fn a_caseload_does_not_differ_from_itself() {
    let found = diff((SETTING, TABLE), (SETTING, TABLE), &CaseloadOptions::default()).unwrap();
    assert_eq!((causes(&found), found.changes.len(), found.cases), (vec![], 0, BudgetCases::default()));
    let rotated = "reference,count,start,members\nHH-3,3,,70 68\nHH-1,2,,34 9\nHH-1,,,25\nHH-2,,2026-09,41\n";
    let found = diff((SETTING, TABLE), (SETTING, rotated), &CaseloadOptions::default()).unwrap();
    assert_eq!((causes(&found), found.cases), (vec![], BudgetCases::default()));
}

#[test]
fn what_is_wrong_with_either_table_is_told_and_currencies_must_agree() {
    let wrong = "reference,members\nHH 1,34\n";
    let scenario = Scenario::parse(SETTING).unwrap();
    let table = |rows: &'static str, name| CaseTable::new(rows.as_bytes(), name).unwrap();
    let options = CaseloadOptions::default();
    let error = scenario.diff_caseload(table(wrong, "old"), &scenario, table(wrong, "new"), &options).unwrap_err();
    let files: Vec<&str> =
        error.findings().iter().filter_map(|it| it.place.as_ref()).map(|it| it.file.as_ref()).collect();
    assert_eq!(files, ["old", "new"]);
    let dollars = Scenario::parse(&SETTING.replace("schema = 1", "schema = 1\ncurrency = \"USD\"")).unwrap();
    let error = scenario.diff_caseload(table(TABLE, "old"), &dollars, table(TABLE, "new"), &options).unwrap_err();
    assert_eq!(error.code(), Code::Conflict);
}

#[test]
fn a_difference_can_be_followed_and_stopped() {
    let scenario = Scenario::parse(SETTING).unwrap();
    let table = |rows: &'static str| CaseTable::new(rows.as_bytes(), "table").unwrap();
    let new = "reference,count,start,members\nHH-1,2,,34 9\n";
    let last = Cell::new((0, None));
    let follow = Watch::new(|progress| {
        assert!(last.get().1.is_none() || progress.done >= last.get().0);
        last.set((progress.done, progress.total));
        ControlFlow::Continue(())
    });
    let options = CaseloadOptions::default();
    let found = scenario.watched(&follow).diff_caseload(table(TABLE), &scenario, table(new), &options).unwrap();
    assert_eq!(found, scenario.diff_caseload(table(TABLE), &scenario, table(new), &options).unwrap());
    assert_eq!(last.get(), (3, Some(3)));
    let stop = Watch::new(|_| ControlFlow::Break(()));
    let stopped = scenario.watched(&stop).diff_caseload(table(TABLE), &scenario, table(new), &options);
    assert_eq!(stopped.unwrap_err().code(), Code::Interrupted);
}
