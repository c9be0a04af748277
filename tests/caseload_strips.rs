//! Households whose amounts come from strips that many share have the figures of households computed alone.

mod support;

use std::fmt::Write as _;
use std::num::NonZeroUsize;

use relocost::caseload::{Caseload, CaseloadOptions};
use relocost::{Basis, Code, Error, Pair, Scenario};
use support::{files, load};

/// Households computed alone before strips are made: the first rows of a table.
const ALONE: usize = 16;

/// Households of one to seven members: of all ages, with roles, who come and who leave.
fn households(scenario: &Scenario, pool: usize) -> Vec<String> {
    let (start, months) = (scenario.start(), i32::try_from(scenario.horizon_months()).unwrap());
    let later = |part: i32| start.plus(months * part / 7);
    let household = |row: usize| {
        let age = 19 + row * 7 % 60;
        let others = [
            String::new(),
            format!(" partner:{}", 40 + row % 50),
            format!(" 38 12 {}", row % 19),
            format!(" 63@..{} 36 7 3", later(4)),
            format!(" 38 14 9 child:5@{}..", later(2)),
            format!(" 45 17 15 {} 3 {}", later(3), later(5)),
            " 41 17 14 9 4 1".to_owned(),
        ];
        let first = if row.is_multiple_of(3) { format!("witness:{age}") } else { age.to_string() };
        format!("{first}{}", others[row % 7])
    };
    (pool * ALONE..).take(ALONE).map(household).collect()
}

fn table(households: &[String], rounds: usize, count: usize) -> String {
    let mut table = "reference,members,count\n".to_owned();
    for (row, members) in (0..rounds).flat_map(|_| households).enumerate() {
        writeln!(table, "HH-{row},{members},{count}").unwrap();
    }
    table
}

fn caseload(scenario: &Scenario, table: &str, basis: Basis) -> Result<Caseload, Error> {
    let names: Vec<String> = scenario.pathway_names().map(ToString::to_string).collect();
    let pair = Pair::new(names.first().unwrap(), names.last().unwrap());
    let options = CaseloadOptions::default().pair(pair).basis(basis).threads(NonZeroUsize::new(1));
    scenario.caseload(table.as_bytes(), &options)
}

/// The first round is computed alone, the second by strips; the same rows with a count of two are all computed alone.
fn check(name: &str, scenario: &Scenario, basis: Basis, pool: usize) -> bool {
    let households = households(scenario, pool);
    let alone = caseload(scenario, &table(&households, 1, 2), basis);
    let twice = caseload(scenario, &table(&households, 2, 1), basis);
    let (alone, twice) = match (alone, twice) {
        (Ok(alone), Ok(twice)) => (alone, twice),
        (Err(alone), Err(twice)) => {
            assert_eq!(alone.code(), twice.code(), "{name}");
            assert!(alone.code() == Code::MissingRate, "{name}: {alone}");
            return false;
        }
        (alone, twice) => panic!("{name}: {:?} {:?}", alone.err(), twice.err()),
    };
    for (first, second) in twice.households[..ALONE].iter().zip(&twice.households[ALONE..]) {
        assert_eq!(first.difference, second.difference, "{name}: {} {}", first.reference, second.reference);
    }
    assert_eq!(alone.count, twice.count);
    assert_eq!(alone.difference, twice.difference, "{name}");
    assert_eq!(alone.by_category, twice.by_category, "{name}");
    assert_eq!(alone.by_fiscal_year, twice.by_fiscal_year, "{name}");
    assert_eq!(alone.by_fund, twice.by_fund, "{name}");
    assert_eq!((alone.attribution, alone.residual), (twice.attribution, twice.residual), "{name}");
    true
}

#[test]
fn strips_give_the_cents_of_households_computed_alone() {
    let mut checked = 0;
    for (pool, path) in (0..).zip(files("golden", ".toml").into_iter().chain(files("conformance", ".toml"))) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if name.contains(".catalogue") || name == "reference-catalogue.toml" || text.contains("[[cases]]") {
            continue;
        }
        let scenario = load(&path);
        for basis in [Basis::Nominal, Basis::Constant] {
            checked += usize::from(check(&name, &scenario, basis, pool % 9));
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn rows_that_begin_in_other_months_have_strips_of_their_own() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    let rows = |starts: &[&str]| {
        let mut table = "reference,members,start\n".to_owned();
        for (row, start) in starts.iter().cycle().take(200).enumerate() {
            writeln!(table, "HH-{row},{} 38 12,{start}", 20 + row % 50).unwrap();
        }
        caseload(&scenario, &table, Basis::Nominal).unwrap()
    };
    let (mixed, early, late) = (rows(&["2026-03", "2027-11"]), rows(&["2026-03"]), rows(&["2027-11"]));
    for (row, household) in mixed.households.iter().enumerate() {
        let same = if row.is_multiple_of(2) { &early } else { &late };
        assert_eq!(household.difference, same.households[row].difference);
    }
    assert_ne!(early.difference, late.difference);
}

/// Amounts beyond what a strip adds up.
#[test]
fn what_no_strip_holds_is_computed_alone() {
    let scenario = load(&files("golden", "family-of-five.toml")[0]);
    let text = scenario.to_toml().unwrap();
    let large = Scenario::parse(&text.replacen("amount = \"", "amount = \"70000000000", 1)).unwrap();
    assert!(check("large", &large, Basis::Nominal, 0));
}
