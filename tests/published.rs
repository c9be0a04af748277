//! Results that others published, rebuilt through the public interface.

use relocost::names::{Driver, SolutionKind};
use relocost::scenario::Schedule;
use relocost::scenario::build::{ScenarioBuilder, line, member, scenario, solution, stage};
use relocost::{Basis, CompareOptions, Pair};

/// Two solutions that grant all of `entitlements` and nothing, for one adult.
fn setting(currency: &str, start: &str, months: u32) -> ScenarioBuilder {
    scenario(currency, start, months)
        .price_base_year(2026)
        .categories(["all"])
        .member(member().age(40))
        .solution("temporary", solution(SolutionKind::Temporary))
}

/// The parts by 12-digit shares that add up to 1 and stand nearest to a ratio: floors, then the largest remainders.
fn shares(ratio: &[u128]) -> Vec<String> {
    let (one, sum) = (10_u128.pow(12), ratio.iter().sum::<u128>());
    let mut parts: Vec<u128> = ratio.iter().map(|part| part * one / sum).collect();
    let mut order: Vec<usize> = (0..ratio.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(ratio[place] * one % sum));
    let left = usize::try_from(one - parts.iter().sum::<u128>()).unwrap();
    for &place in &order[..left] {
        parts[place] += 1;
    }
    assert_eq!(parts.iter().sum::<u128>(), one);
    parts.iter().map(|part| format!("{}.{:012}", part / one, part % one)).collect()
}

/// The payment of each fund of an amount, in the order of the ratio.
fn allotted(currency: &str, amount: &str, ratio: &[u128]) -> Vec<String> {
    let funds: Vec<String> = (0..ratio.len()).map(|number| format!("fund-{number}")).collect();
    let solution = funds
        .iter()
        .zip(shares(ratio))
        .fold(solution(SolutionKind::Permanent), |solution, (fund, share)| solution.funded_by(fund, share));
    let scenario = setting(currency, "2026-01", 1)
        .funds(funds.clone())
        .solution("permanent", solution)
        .line(line("bill", "all").amount(amount, currency))
        .build()
        .unwrap();
    let ledger = scenario.ledger("permanent").unwrap();
    assert_eq!(ledger.len(), 1);
    let parts = ledger.get(0).unwrap().funds();
    assert_eq!(parts.iter().map(|(fund, _)| fund.to_string()).collect::<Vec<_>>(), funds);
    let figures = scenario.compare().unwrap();
    let by_fund = &figures.pathways()["permanent"].by_fund;
    for (fund, part) in &parts {
        assert_eq!(by_fund.get(fund.as_str()).map_or(0, |money| money.minor()), part.minor());
    }
    parts.into_iter().map(|(_, part)| part.to_string()).collect()
}

/// Allotments by largest remainder, from the test suites of money libraries: brick/money, pull requests 62 and 111;
/// dinero, issue 776; moneyphp, issue 492; `rusty_money`, issue 103.
///
/// Shares of this model are decimals. Where a ratio has no finite ones within 12 digits, the nearest stand for it;
/// the results are those published.
#[test]
fn allotment_by_largest_remainder() {
    assert_eq!(allotted("EUR", "0.03", &[75, 25]), ["0.02", "0.01"]);
    assert_eq!(allotted("EUR", "220.00", &[445_455, 9_091, 545_455]), ["98.00", "2.00", "120.00"]);
    assert_eq!(allotted("JPY", "5", &[100, 101, 100, 100]), ["1", "2", "1", "1"]);
    assert_eq!(allotted("EUR", "99.99", &[75, 25]), ["74.99", "25.00"]);
}

/// All orders of some values.
fn permutations<T: Clone>(values: &[T]) -> Vec<Vec<T>> {
    if values.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for place in 0..values.len() {
        let mut rest = values.to_vec();
        let first = rest.remove(place);
        all.extend(permutations(&rest).into_iter().map(|rest| [vec![first.clone()], rest].concat()));
    }
    all
}

/// The same suites: 613 by 98 : 92 : 98 : 123 : 102 : 92, in any order of the funds. No two different parts have the
/// same remainder, so the order in which funds are written decides nothing.
#[test]
fn allotment_does_not_depend_on_the_order_of_the_funds() {
    let parts = [(98, "99"), (92, "93"), (98, "99"), (123, "125"), (102, "104"), (92, "93")];
    let orders = permutations(&parts);
    assert_eq!(orders.len(), 720);
    for order in orders {
        let ratio: Vec<u128> = order.iter().map(|(part, _)| *part).collect();
        let expected: Vec<&str> = order.iter().map(|(_, amount)| *amount).collect();
        assert_eq!(allotted("JPY", "613", &ratio), expected);
    }
}

/// Cents that are left go to the largest remainders also where an amount is a credit: its floors lie below it.
#[test]
fn allotment_of_a_credit() {
    // -2.25 and -0.75 have the floors -3 and -1; the unit left goes to the remainder of 0.75, the first.
    assert_eq!(allotted("EUR", "-0.03", &[75, 25]), ["-0.02", "-0.01"]);
    // -0.5 and -0.5: floors -1 and -1, and the tie goes to the fund written first.
    assert_eq!(allotted("EUR", "-0.01", &[1, 1]), ["0.00", "-0.01"]);
}

/// A table that foots: the Emergency Witness Assistance Program of the United States, 1997 to 17 May 2000. Office of
/// the Inspector General, report I-2001-002, table 1.
#[test]
fn the_emergency_witness_assistance_program() {
    const YEARS: [(i32, &str, u32); 4] =
        [(1997, "115463", 118), (1998, "592712", 262), (1999, "638461", 321), (2000, "398498", 171)];
    // Fiscal years of the United States begin in October and are named after the year in which they end; those of this
    // model are named after the year in which they begin, so the table is laid out by calendar years.
    let setting = || {
        setting("USD", "1997-01", 48)
            .categories(["assistance"])
            .funds(["witnesses"])
            .solution("permanent", solution(SolutionKind::Permanent))
    };
    let yearly = |amount: &dyn Fn(usize) -> String| {
        YEARS.iter().enumerate().fold(setting(), |scenario, (place, (year, ..))| {
            let schedule = in_may(12 * u32::try_from(place).unwrap());
            scenario.line(
                line(&format!("in-{year}"), "assistance")
                    .driver(Driver::Household)
                    .amount(amount(place), "USD")
                    .schedule(&schedule),
            )
        })
    };
    let dollars = yearly(&|place| YEARS[place].1.to_owned()).build().unwrap().compare().unwrap();
    let figures = &dollars.pathways()["permanent"];
    assert_eq!(figures.total.to_string(), "1745134.00");
    assert_eq!(figures.entries, 4);
    for (year, dollars, _) in YEARS {
        assert_eq!(figures.by_fiscal_year[&year].to_string(), format!("{dollars}.00"));
        assert_eq!(figures.by_line[format!("in-{year}").as_str()].to_string(), format!("{dollars}.00"));
    }
    // The witnesses, counted as a dollar each: 872, and 852 without the 20 who were counted twice, a credit.
    let witnesses = yearly(&|place| YEARS[place].2.to_string());
    let total = |scenario: ScenarioBuilder| scenario.build().unwrap().ledger("permanent").unwrap().total().to_string();
    assert_eq!(total(witnesses.clone()), "872.00");
    let twice = line("counted-twice", "assistance").driver(Driver::Household).amount(-20, "USD").schedule(&in_may(36));
    assert_eq!(total(witnesses.line(twice)), "852.00");
}

/// May of the twelve months from a month on.
fn in_may(from: u32) -> Schedule {
    Schedule::Calendar { months: vec![5], from, until: Some(from + 12) }
}

/// Rounding to the minor unit, half to even (IEEE 754, roundTiesToEven), in currencies of 0, 2 and 3 decimals
/// (ISO 4217).
#[test]
fn half_to_even_with_the_decimals_of_the_currency() {
    let rounded = |currency: &str, amount: &str| {
        let scenario = setting(currency, "2026-01", 1)
            .funds(["one"])
            .solution("permanent", solution(SolutionKind::Permanent))
            .line(line("bill", "all").amount(amount, currency))
            .build()
            .unwrap();
        scenario.ledger("permanent").unwrap().total().to_string()
    };
    let ties = [("0.5", "0"), ("1.5", "2"), ("2.5", "2"), ("3.5", "4"), ("-0.5", "0"), ("-1.5", "-2"), ("-2.5", "-2")];
    let near = [("0.4999", "0"), ("0.5001", "1"), ("2.4999", "2"), ("2.5001", "3"), ("-2.5001", "-3")];
    for (amount, yen) in ties.into_iter().chain(near) {
        assert_eq!(rounded("JPY", amount), yen, "{amount} JPY");
    }
    for (amount, euros) in [
        ("0.005", "0.00"),
        ("0.015", "0.02"),
        ("0.025", "0.02"),
        ("0.035", "0.04"),
        ("-0.005", "0.00"),
        ("-0.015", "-0.02"),
        ("-0.025", "-0.02"),
        ("0.0150000001", "0.02"),
        ("0.0250000001", "0.03"),
        ("0.0149999999", "0.01"),
        ("1234567.125", "1234567.12"),
    ] {
        assert_eq!(rounded("EUR", amount), euros, "{amount} EUR");
    }
    for (amount, dinars) in [
        ("0.0005", "0.000"),
        ("0.0015", "0.002"),
        ("0.0025", "0.002"),
        ("-0.0005", "0.000"),
        ("-0.0015", "-0.002"),
        ("-0.0025", "-0.002"),
        ("12.3455", "12.346"),
        ("12.3445", "12.344"),
    ] {
        assert_eq!(rounded("TND", amount), dinars, "{amount} TND");
    }
}

/// The way in which the lines of an airport game are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    /// Each step of the runway is paid unless one of those who need it is granted: what is granted saves it.
    Unless,
    /// All is paid, and each step is a credit unless one of those who need it is granted.
    Credits,
    /// Each step is paid for, by inclusion and exclusion, when all of a group are granted.
    When,
}

/// The attribution of a scenario in which a coalition of entitlements saves (or costs) its dearest member.
fn airport(costs: &[i64], written: Written) -> Vec<String> {
    let ids: Vec<String> = (0..costs.len()).map(|number| format!("e{number}")).collect();
    let mut scenario = setting("JPY", "2026-01", 1)
        .funds(["one"])
        .entitlements(ids.clone())
        .solution("permanent", solution(SolutionKind::Permanent).entitlements(ids.clone()));
    let step = |place: usize| costs[place] - if place == 0 { 0 } else { costs[place - 1] };
    for place in 0..costs.len() {
        // The step from the next smaller cost is needed by this member and all dearer ones.
        let id = format!("step-{place}");
        match written {
            Written::Unless => {
                scenario = scenario.line(line(&id, "all").amount(step(place), "JPY").unless(ids[place..].to_vec()));
            }
            Written::Credits => {
                scenario = scenario.line(line(&id, "all").amount(-step(place), "JPY").unless(ids[place..].to_vec()));
            }
            Written::When => {
                let who = &ids[place..];
                for group in 1_usize..1 << who.len() {
                    let members: Vec<String> =
                        (0..who.len()).filter(|one| group >> one & 1 == 1).map(|one| who[one].clone()).collect();
                    let amount = if members.len() % 2 == 1 { step(place) } else { -step(place) };
                    scenario = scenario.line(line(&format!("{id}-{group}"), "all").amount(amount, "JPY").when(members));
                }
            }
        }
    }
    if written == Written::Credits {
        scenario = scenario.line(line("runway", "all").amount(costs[costs.len() - 1], "JPY"));
    }
    let comparison = scenario.build().unwrap().compare().unwrap();
    let dearest = costs[costs.len() - 1];
    let extra = if written == Written::Unless { dearest } else { -dearest };
    assert_eq!(comparison.extra().to_string(), extra.to_string(), "{written:?}");
    let attribution = comparison.attribution();
    assert!(attribution.residual().is_zero());
    // Alone, each saves or costs its own; last, only the dearest adds anything.
    let alone: Vec<i128> = attribution.alone().values().map(|money| money.minor()).collect();
    let sign = if written == Written::Unless { 1 } else { -1 };
    assert_eq!(alone, costs.iter().map(|&cost| sign * i128::from(cost)).collect::<Vec<_>>());
    let last: Vec<i128> = attribution.last().values().map(|money| money.minor()).collect();
    let mut expected = vec![0; costs.len()];
    expected[costs.len() - 1] = sign * i128::from(step(costs.len() - 1));
    assert_eq!(last, expected);
    attribution.shares().values().map(ToString::to_string).collect()
}

/// The airport game, in which a coalition costs its dearest member. S. Littlechild and G. Owen, "A simple expression
/// for the Shapley value in a special case", Management Science 20 (1973).
#[test]
fn the_airport_game() {
    assert_eq!(airport(&[8, 11, 13, 18], Written::Unless), ["2", "3", "4", "9"]);
    assert_eq!(airport(&[1500, 2200, 3000], Written::Unless), ["500", "850", "1650"]);
    for written in [Written::Credits, Written::When] {
        assert_eq!(airport(&[8, 11, 13, 18], written), ["-2", "-3", "-4", "-9"]);
        assert_eq!(airport(&[1500, 2200, 3000], written), ["-500", "-850", "-1650"]);
    }
}

/// The same game looked at from the other side, and through a pathway that holds only some of the entitlements for a
/// time: the value of each month is the game of those who are missing in it.
#[test]
fn the_airport_game_from_both_sides() {
    let ids = ["e0", "e1", "e2"];
    let costs = [1500, 2200, 3000];
    let mut builder = setting("EUR", "2026-01", 2)
        .funds(["one"])
        .entitlements(ids)
        .solution("permanent", solution(SolutionKind::Permanent).entitlements(ids))
        .pathway("delayed", [stage("temporary").months(1), stage("permanent")]);
    for place in 0..3 {
        let step = costs[place] - if place == 0 { 0 } else { costs[place - 1] };
        builder = builder.line(line(&format!("step-{place}"), "all").amount(step, "EUR").unless(ids[place..].to_vec()));
    }
    let scenario = builder.build().unwrap();
    let shares = |base: &str, alternative: &str| -> Vec<String> {
        let options = CompareOptions::default().pair(Pair::new(base, alternative)).basis(Basis::Nominal);
        let comparison = scenario.compare_with(&options).unwrap();
        assert!(comparison.attribution().residual().is_zero());
        comparison.attribution().shares().values().map(ToString::to_string).collect()
    };
    assert_eq!(shares("permanent", "temporary"), ["1000.00", "1700.00", "3300.00"]);
    assert_eq!(shares("temporary", "permanent"), ["-1000.00", "-1700.00", "-3300.00"]);
    assert_eq!(shares("permanent", "delayed"), ["500.00", "850.00", "1650.00"]);
}
