//! The analyst's other questions: delay, calibration, caseload and estimate, against published results and one another.

mod support;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use proptest::sample::Index;
use relocost::calibration::CalibrateOptions;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::comparison::ReportedBand;
use relocost::delay::{DelayOptions, DelayRow};
use relocost::estimate::{EstimateOptions, KnownCost};
use relocost::names::SolutionKind;
use relocost::scenario::build::{line, member, scenario, solution};
use relocost::syntax::Source;
use relocost::{Basis, Code, CompareOptions, Pair, Scenario};
use serde_json::Value;
use support::oracle::Oracle;
use support::{contains, expected, load, read};

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn family() -> Scenario {
    load(&golden("family-of-five.toml"))
}

/// The published object stands in what is found, key by key.
fn holds(found: &Value, name: &str) {
    let wrong = contains(found, &expected(&golden(&format!("questions/{name}.expected.json"))), "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn published_results() {
    holds(&serde_json::to_value(family().delay().unwrap()).unwrap(), "family-of-five.delay");
    let options =
        CalibrateOptions::new("0.60".parse().unwrap(), ["short-let", "international-school", "hospital-uninsured"]);
    holds(&serde_json::to_value(family().calibrate(&options).unwrap()).unwrap(), "family-of-five.calibrate");
    let table = std::fs::read(golden("questions/caseload-of-28.csv")).unwrap();
    let caseload = family().caseload(table.as_slice(), &CaseloadOptions::default()).unwrap();
    holds(&serde_json::to_value(&caseload).unwrap(), "caseload-of-28");
}

#[test]
fn a_wait_of_the_whole_horizon_is_the_alternative_alone_and_none_the_base() {
    for basis in [Basis::Nominal, Basis::Constant] {
        let family = family();
        let delay = family.delay_with(&DelayOptions::default().basis(basis)).unwrap();
        let total = |pathway| family.ledger_on(pathway, basis).unwrap().total();
        assert_eq!(delay.rows()[0].within_horizon.total, total("permanent"));
        assert_eq!(delay.rows()[0].full_course, delay.rows()[0].within_horizon);
        assert_eq!(delay.rows()[60].within_horizon.total, total("temporary"));
        assert_eq!(delay.rows()[18].within_horizon.total, total("delayed"), "the pathway that the file writes out");
        let months: i128 = delay.rows().iter().map(|row| row.full_course.month.minor()).sum();
        assert_eq!(months, delay.rows()[60].full_course.extra.minor(), "the months add up");
    }
}

#[test]
fn waits_that_cannot_be_asked_for() {
    let refused = |options: DelayOptions| family().delay_with(&options).unwrap_err();
    let long = refused(DelayOptions::default().months(61));
    assert_eq!(long.code(), Code::OutOfRange);
    let pathway = refused(DelayOptions::default().pair(Pair::new("permanent", "delayed")));
    assert!(pathway.to_string().contains("from one solution to another"), "{pathway}");
    assert_eq!(refused(DelayOptions::default().pair(Pair::new("nowhere", "temporary"))).code(), Code::UnknownPathway);
}

#[test]
fn calibrated_amounts_reach_the_target_and_can_be_written() {
    let options = CalibrateOptions::new("0.60".parse().unwrap(), ["short-let", "hospital-uninsured"]);
    let calibration = family().calibrate(&options).unwrap();
    let calibrated = family().calibrated(&calibration).unwrap();
    let again = Scenario::parse(&calibrated.to_toml().unwrap()).unwrap();
    assert_eq!(again, calibrated);
    // Rounding the amounts to 12 decimals moves the premium by less than a cent does.
    let premium = again.compare().unwrap().premium().to_string();
    assert_eq!(premium[..8], calibration.premium.to_string()[..8]);
    assert!(premium.starts_with("0.60000"), "{premium}");
}

#[test]
fn calibrations_without_a_solution() {
    let refused = |target: &str, lines: &[&str]| {
        family().calibrate(&CalibrateOptions::new(target.parse().unwrap(), lines.iter().copied())).unwrap_err()
    };
    let below = refused("-0.5", &["short-let"]);
    assert_eq!(below.code(), Code::NoSolution);
    assert!(below.to_string().contains("below 0"), "{below}");
    let alike = refused("0", &["security-monitoring"]);
    assert!(alike.to_string().contains("move both pathways alike"), "{alike}");
    for per_cent in ["60", "10.5"] {
        let options = CalibrateOptions::new(per_cent.parse().unwrap(), ["short-let"]);
        assert!(family().calibrate(&options).is_ok(), "published results have such targets");
        let error = options.no_per_cent().unwrap_err();
        assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::OutOfRange, "target"));
        assert!(error.to_string().contains(&format!("for {per_cent} per cent write 0.")), "{error}");
    }
    assert_eq!(refused("10", &["security-monitoring"]).code(), Code::NoSolution, "ten times as much is a premium");
    assert_eq!(refused("0.6", &["short-lett"]).code(), Code::UnknownName);
    assert_eq!(refused("0.6", &[]).code(), Code::UnknownName);
}

#[test]
fn a_caseload_is_the_sum_of_its_rows_on_any_number_of_threads() {
    let row = |row: usize| {
        let children = ["", " 7", " 7 12", " 2 2019-05 15"][row % 4];
        let (start, count) = (["", "2027-01"][row % 2], ["", "3"][row / 3 % 2]);
        format!("{} 4{}{children},R-{row},{start},{count}\n", 20 + row % 50, row % 10)
    };
    let table: String =
        std::iter::once("members,reference,start,count\n".to_owned()).chain((0..2_500).map(row)).collect();
    let run = |threads| {
        let options = CaseloadOptions::default().threads(NonZeroUsize::new(threads));
        family().caseload(table.as_bytes(), &options).unwrap()
    };
    let caseload = run(1);
    assert_eq!((caseload.clone(), caseload.clone()), (run(2), run(7)));
    let times = |figure: fn(&relocost::caseload::CaseResult) -> relocost::Money| -> i128 {
        caseload.households.iter().map(|row| figure(row).minor() * i128::from(row.count)).sum()
    };
    assert_eq!(times(|row| row.difference.base), caseload.difference.base.minor());
    assert_eq!(times(|row| row.difference.alternative), caseload.difference.alternative.minor());
    let attributed: i128 = caseload.attribution.values().map(|share| share.minor()).sum();
    assert_eq!(attributed + caseload.residual.minor(), caseload.difference.extra.minor());
    for table in [
        caseload.by_category.values().collect::<Vec<_>>(),
        caseload.by_fiscal_year.values().collect(),
        caseload.by_fund.values().collect(),
    ] {
        assert_eq!(table.iter().map(|each| each.extra.minor()).sum::<i128>(), caseload.difference.extra.minor());
    }
    // A row is the household alone.
    let (before, rest) = include_str!("golden/family-of-five.toml").split_once("members = [").unwrap();
    let (_, after) = rest.split_once("\n]").unwrap();
    let alone = format!("{before}members = [{{ age = 20 }}, {{ age = 40 }}]{after}");
    let alone = read(Source::toml("alone", &alone), &golden("")).unwrap();
    assert_eq!(alone.compare().unwrap().difference(), &caseload.households[0].difference);
}

#[test]
fn what_is_wrong_with_a_caseload_is_said_by_row_and_column_and_without_values() {
    let refused = |table: &str| family().caseload(table.as_bytes(), &CaseloadOptions::default()).unwrap_err();
    let all = refused(
        "reference,count,start,members\nA,1,,34\nSECRET X,0,2026-13,34 SECRET 131\nB,,,\nC,1,2026-01,1984-13\n",
    );
    let keys: Vec<String> =
        all.findings().iter().map(|finding| format!("{} {}", finding.place.as_ref().unwrap(), finding.key)).collect();
    let expected = [
        "caseload:3 reference",
        "caseload:3 members",
        "caseload:3 members",
        "caseload:3 count",
        "caseload:3 start",
        "caseload:4 members",
        "caseload:5 members",
    ];
    assert_eq!(keys, expected);
    assert!(
        !all.to_string().contains("SECRET") && !all.to_string().contains("131") && !all.to_string().contains("2026-13")
    );
    for (table, code) in [
        ("", Code::MissingKey),
        ("reference\nA\n", Code::MissingKey),
        ("reference,members,currency\nA,34,EUR\n", Code::UnknownKey),
        ("reference,members,members\nA,34,34\n", Code::Duplicate),
        ("reference,members\nA,34,1\n", Code::Syntax),
    ] {
        assert_eq!(refused(table).code(), code, "{table:?}");
    }
    let binary = family().caseload(&b"reference,members\nA,\xff\n"[..], &CaseloadOptions::default()).unwrap_err();
    assert_eq!(binary.code(), Code::NotUtf8);
    // A start for which a rate is missing is the row's fault.
    let dated = load(&golden("family-of-five.toml"))
        .to_toml()
        .unwrap()
        .replace("[rates.fx.USD]\ndefault = \"0.9\"", "[rates.fx.USD]\n2026 = \"0.9\"\n2028 = \"0.9\"\n2030 = \"0.9\"");
    let dated = Scenario::parse(&dated).unwrap();
    let error = dated
        .caseload("reference,members,start\nA,34,\nB,34,2035-01\n".as_bytes(), &CaseloadOptions::default())
        .unwrap_err();
    assert!(error.to_string().starts_with("caseload:3: ") && error.is_missing_rate(), "{error}");
}

#[test]
fn households_of_nobody_and_credits() {
    let s = scenario("EUR", "2026-01", 12)
        .price_base_year(2026)
        .categories(["c"])
        .funds(["f"])
        .entitlements(["e"])
        .solution("permanent", solution(SolutionKind::Permanent).entitlements(["e"]))
        .solution("temporary", solution(SolutionKind::Temporary))
        .line(line("cost", "c").amount(10, "EUR"))
        .line(line("credit", "c").amount(-4, "EUR").unless(["e"]))
        .member(member().age(30))
        .build()
        .unwrap();
    let caseload = s.caseload("reference,members\nA,30\nB,2040-01\n".as_bytes(), &CaseloadOptions::default()).unwrap();
    assert_eq!(caseload.households[1].difference.premium().ratio(), None, "nobody counts, so the base is 0");
    assert_eq!((caseload.difference.base.minor(), caseload.difference.alternative.minor()), (12_000, 7_200));
    assert_eq!(caseload.premium().to_string(), "-0.400000000000");
    let nobody = s.caseload("reference,members\nB,2040-01\n".as_bytes(), &CaseloadOptions::default()).unwrap();
    assert_eq!((nobody.premium().ratio(), nobody.band()), (None, None));
    let delay = s.delay().unwrap();
    assert_eq!(delay.rows()[1].within_horizon.extra.to_string(), "-4.00", "waiting pays here");
}

#[test]
fn an_estimate_inverts() {
    let estimate = |known| EstimateOptions::new(known, "EUR".parse().unwrap()).estimate().unwrap();
    let forth = estimate(KnownCost::Permanent("112000".parse().unwrap()));
    for point in &forth.points {
        let back = estimate(KnownCost::Temporary(point.temporary.to_string().parse().unwrap()));
        let same = back.points.iter().find(|other| other.premium == point.premium).unwrap();
        assert_eq!((same.permanent, same.temporary, same.extra), (point.permanent, point.temporary, point.extra));
    }
    // 45,000 dollars a year for one person (OIG report I-2001-002, appendix): 1.45, 1.60 and 1.75 times that.
    let one = estimate(KnownCost::Permanent("45000".parse().unwrap()));
    assert_eq!(one.points.each_ref().map(|point| point.temporary.to_string()), ["65250.00", "72000.00", "78750.00"]);
    let monthly =
        EstimateOptions::new(KnownCost::Permanent("3750".parse().unwrap()), "EUR".parse().unwrap()).months(12);
    assert_eq!(monthly.estimate().unwrap().points, one.points);
    let third = estimate(KnownCost::Temporary("1".parse().unwrap()));
    assert_eq!(
        third.points.each_ref().map(|point| point.permanent.to_string()),
        ["0.69", "0.62", "0.57"],
        "1/1.45, 1/1.6 (a tie, to even), 1/1.75"
    );
    assert!(
        EstimateOptions::new(KnownCost::Permanent("0".parse().unwrap()), "EUR".parse().unwrap()).estimate().is_err()
    );
    let band = ReportedBand::new("0.1".parse().unwrap(), "0.2".parse().unwrap()).unwrap();
    let given = EstimateOptions::new(KnownCost::Permanent("100".parse().unwrap()), "EUR".parse().unwrap()).band(band);
    assert_eq!(given.estimate().unwrap().points[1].temporary.to_string(), "115.00");
    assert!(given.estimate().unwrap().rests_on.text(relocost::Lang::En).contains("given by the caller"));
    // Rounded by itself, the extra cost would be 56,000.00 (a tie): it is the difference of what stands beside it.
    let half = ReportedBand::new("0.5".parse().unwrap(), "0.5".parse().unwrap()).unwrap();
    let odd =
        EstimateOptions::new(KnownCost::Permanent("112000.01".parse().unwrap()), "EUR".parse().unwrap()).band(half);
    let point = odd.estimate().unwrap().points[0].clone();
    assert_eq!([point.temporary, point.extra].map(|it| it.to_string()), ["168000.02", "56000.01"]);
    // A band of per cents.
    let per_cent = ReportedBand::new("45".parse().unwrap(), "75".parse().unwrap()).unwrap();
    let error = odd.band(per_cent).estimate().unwrap_err();
    assert!(error.to_string().contains("for 45 per cent write 0.45"), "{error}");
}

#[test]
fn a_pair_alone_and_among_all_pathways_is_the_same() {
    let comparison = family().compare_with(&CompareOptions::default().pair(Pair::new("permanent", "delayed"))).unwrap();
    let options = CaseloadOptions::default().pair(Pair::new("permanent", "delayed"));
    let caseload = family()
        .caseload("reference,members\nF,1984-03 1986-07 2012-05 2016-11 2021-02\n".as_bytes(), &options)
        .unwrap();
    assert_eq!(&caseload.difference, comparison.difference());
    assert_eq!(&caseload.attribution, comparison.attribution().shares());
    assert_eq!(&caseload.by_fiscal_year, comparison.by_fiscal_year());
}

#[test]
fn rows_from_code_give_what_the_same_rows_of_csv_give() {
    let texts = [
        "members, reference ,start,count\n34 6,A,,2\n41,B,2027-01,\n",
        "reference,count,start,members\nA,1,,34\nSECRET X,0,2026-13,34 SECRET 131\n B , 1 ,, 1984-03  20 \nC,,,\nD,1\n",
        "reference,member,count,count\n",
        "reference,members,members\nA,34,34\n",
        "",
    ];
    for text in texts {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines().map(cells);
        let heads = lines.next().unwrap_or_default();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let said = |error: &relocost::Error, heads: u32| {
            let finding = |finding: &relocost::error::Finding| {
                let place = finding.place.as_ref().unwrap();
                (finding.code, place.line - heads, finding.key.clone(), finding.message.clone())
            };
            error.findings().iter().map(finding).collect::<Vec<_>>()
        };
        match (CaseTable::new(text.as_bytes(), "t"), CaseTable::of_rows(&heads, lines, "t")) {
            (Ok(csv), Ok(rows)) => {
                assert_eq!(rows.size_hint().0, 0, "lines of a text are not counted beforehand");
                let (csv, rows): (Vec<_>, Vec<_>) = (csv.collect(), rows.collect());
                assert_eq!(csv.len(), rows.len());
                for (csv, row) in csv.iter().zip(&rows) {
                    match (csv, row) {
                        (Ok(csv), Ok(row)) => {
                            assert_eq!((csv.reference(), csv.count()), (row.reference(), row.count()));
                        }
                        (Err(csv), Err(row)) => assert_eq!(said(csv, 1), said(row, 0)),
                        other => panic!("{other:?}"),
                    }
                }
                if rows.iter().all(Result::is_ok) {
                    let options = CaseloadOptions::default();
                    let found = family().caseload_of(rows, &options);
                    assert_eq!(found, family().caseload(text.as_bytes(), &options));
                }
            }
            (Err(csv), Err(rows)) => assert_eq!(said(&csv, 1), said(&rows, 0)),
            (csv, rows) => panic!("{csv:?} and {rows:?}"),
        }
    }
    let mut rows = CaseTable::of_rows(&["reference", "members"], vec![["A", "34"]; 3], "t").unwrap();
    assert_eq!((rows.size_hint(), rows.next().is_some(), rows.size_hint()), ((0, Some(3)), true, (0, Some(2))));
    // A row that cannot be evaluated is named by its number too.
    let early = CaseTable::of_rows(&["reference", "members", "start"], [["A", "34", ""], ["B", "120", "1850-01"]], "t");
    let error = family().caseload_of(early.unwrap(), &CaseloadOptions::default()).unwrap_err();
    assert!(error.to_string().starts_with("t:2: members: an age means a birth before 1800"), "{error}");
}

#[test]
fn sums_by_fiscal_year_and_category_are_those_of_the_comparison() {
    let family = family();
    let comparison = family.compare().unwrap();
    for pathway in ["permanent", "temporary"] {
        let ledger = family.ledger(pathway).unwrap();
        let years = ledger.by_fiscal_year_and_category().unwrap();
        let declared: Vec<_> = family.categories().iter().map(|category| &category.id).collect();
        let side = |difference: &relocost::comparison::Difference| {
            if pathway == "permanent" { difference.base } else { difference.alternative }.minor()
        };
        assert!(years.keys().is_sorted());
        for (year, categories) in &years {
            let sum: i128 = categories.values().map(|sum| sum.minor()).sum();
            assert_eq!(sum, side(&comparison.by_fiscal_year()[year]), "{pathway} {year}");
            let places = categories.keys().map(|id| declared.iter().position(|declared| *declared == id).unwrap());
            assert!(places.is_sorted());
        }
        for (category, difference) in comparison.by_category() {
            let sums = years.values().filter_map(|year| year.get(category));
            assert_eq!(sums.map(|sum| sum.minor()).sum::<i128>(), side(difference), "{pathway} {category}");
        }
        for entry in ledger.entries() {
            assert!(years[&entry.fiscal_year()].contains_key(entry.category()));
        }
        assert!(years.values().any(|year| year.len() < declared.len()), "what no entry feeds is left out");
    }
}

#[test]
fn what_each_change_does_adds_up_to_the_difference() {
    let old = family();
    let text = old
        .to_toml()
        .unwrap()
        .replace("amount = \"950\"", "amount = \"1001\"")
        .replace("[rates.index.medical]\ndefault = \"0.04\"", "[rates.index.medical]\ndefault = \"0.05\"")
        .replace("start = \"2026-03\"", "start = \"2026-05\"")
        .replace("id = \"permits\"", "id = \"visas\"")
        .replace("months = 18", "months = 12")
        .replace("default = \"0.9\"", "2026 = \"0.9\"\ndefault = \"0.93\"")
        .replace("born = \"2021-02\"", "born = \"2019-02\"");
    let new = Scenario::parse(&text).unwrap();
    for (basis, old, new) in [(Basis::Nominal, &old, &new), (Basis::Constant, &new, &old), (Basis::Nominal, &old, &old)]
    {
        let diff = old.diff(new, basis).unwrap();
        for name in ["permanent", "temporary", "delayed"] {
            let effects: i128 =
                diff.changes.iter().filter_map(|change| change.effects.get(name)).map(|effect| effect.minor()).sum();
            assert_eq!(diff.old[name].minor() + effects, diff.new[name].minor(), "{name}");
            assert_eq!(diff.new[name], new.ledger_on(name, basis).unwrap().total());
        }
        assert_eq!(diff.changes.is_empty(), old == new);
    }
    let diff = old.diff(&new, Basis::Nominal).unwrap();
    let keys: Vec<&str> = diff.changes.iter().map(|change| change.key.as_str()).collect();
    let expected = [
        "start",
        "household",
        "rates.index.medical",
        "rates.fx.USD",
        "lines.rent",
        "lines.visas",
        "pathways.delayed",
        "lines.permits",
    ];
    assert_eq!(keys, expected);
    let household = &diff.changes[1].details[0];
    assert_eq!((household.old.as_deref(), household.new.as_deref()), (Some("(not shown)"), Some("(not shown)")));
    let dollars = Scenario::parse(
        &old.to_toml()
            .unwrap()
            .replace("currency = \"EUR\"\nstart", "currency = \"USD\"\nstart")
            .replace("[rates.fx.USD]\ndefault = \"0.9\"", "[rates.fx.EUR]\ndefault = \"1.1\"")
            .replace("parameter = \"rates.fx.USD.factor\"", "parameter = \"rates.fx.EUR.factor\""),
    )
    .unwrap();
    assert_eq!(old.diff(&dollars, Basis::Nominal).unwrap_err().code(), Code::Conflict);
}

/// Solutions of a random scenario by places.
fn solutions(scenario: &Scenario, pair: [Index; 2]) -> [String; 2] {
    let names: Vec<String> = scenario.solutions().keys().map(ToString::to_string).collect();
    pair.map(|index| index.get(&names).clone())
}

/// Exact sums of a pathway's charges in minor units: of the lines named, and of the rest.
fn unrounded(scenario: &Scenario, pathway: &str, lines: &[String]) -> (BigRational, BigRational) {
    let charges = Oracle::new(scenario, pathway, Basis::Nominal).charges().unwrap();
    let (scaled, rest): (Vec<_>, Vec<_>) = charges.into_iter().partition(|charge| lines.contains(&charge.line));
    let sum = |charges: Vec<support::oracle::Charge>| charges.into_iter().map(|charge| charge.exact).sum();
    (sum(scaled), sum(rest))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    /// No wait is the base alone, a wait of the whole horizon the alternative alone; months add up to the extra cost.
    #[test]
    fn delays_of_random_scenarios(draft in support::random::small(), pair in any::<[Index; 2]>()) {
        let scenario = Scenario::parse(&draft.toml()).unwrap();
        let [base, alternative] = solutions(&scenario, pair);
        let options = DelayOptions::default().pair(Pair::new(base.clone(), alternative.clone()));
        let delay = match scenario.delay_with(&options) {
            Ok(delay) => delay,
            Err(error) => {
                prop_assert!(error.is_missing_rate(), "{}", error); // beyond the horizon
                return Ok(());
            }
        };
        let rows = delay.rows();
        prop_assert_eq!(rows[0].within_horizon.total, scenario.ledger(&base).unwrap().total());
        prop_assert_eq!(rows[rows.len() - 1].within_horizon.total, scenario.ledger(&alternative).unwrap().total());
        for column in [|row: &DelayRow| row.within_horizon, |row: &DelayRow| row.full_course] {
            let months: i128 = rows.iter().map(|row| column(row).month.minor()).sum();
            prop_assert_eq!(months, column(&rows[rows.len() - 1]).extra.minor());
        }
    }

    /// The factor is that of the formula on the slow ledger's unrounded sums, and there is none where there is none.
    #[test]
    fn calibrations_of_random_scenarios(draft in support::random::small(), pair in any::<[Index; 2]>(), some in any::<[Index; 3]>(), percent in -90_i64..200) {
        let scenario = Scenario::parse(&draft.toml()).unwrap();
        prop_assume!(!scenario.lines().is_empty());
        let [base, alternative] = solutions(&scenario, pair);
        let ids: Vec<String> = scenario.lines().keys().map(ToString::to_string).collect();
        let lines: Vec<String> = some.iter().map(|index| index.get(&ids).clone()).collect();
        let target = format!("{}{}.{:02}", if percent < 0 { "-" } else { "" }, percent.abs() / 100, percent.abs() % 100);
        let mut options = CalibrateOptions::new(target.parse().unwrap(), lines.clone());
        options.pair = Pair::new(base.clone(), alternative.clone());
        let ((a1, a0), (b1, b0)) = (unrounded(&scenario, &alternative, &lines), unrounded(&scenario, &base, &lines));
        let growth = BigRational::new((100 + percent).into(), 100.into());
        let divisor = &a1 - &growth * &b1;
        let factor = (!divisor.is_zero()).then(|| (&growth * &b0 - &a0) / &divisor);
        let solved = factor.filter(|factor| !factor.is_negative() && (&b0 + factor * &b1).is_positive());
        match (scenario.calibrate(&options), solved) {
            (Ok(found), Some(factor)) => {
                let scaled = factor * BigRational::from_integer(10_i64.pow(12).into());
                let written: BigRational = support::oracle::decimal(&found.factor) * BigRational::from_integer(10_i64.pow(12).into());
                prop_assert_eq!(support::oracle::half_to_even(&scaled), support::oracle::half_to_even(&written));
            }
            (Err(error), None) => prop_assert_eq!(error.code(), Code::NoSolution),
            (Err(error), Some(factor)) => prop_assert!(factor > BigRational::from_integer(10_i64.pow(14).into()), "{}", error),
            (Ok(found), None) => prop_assert!(false, "{:?}", found),
        }
    }

    /// A change of one scenario into another adds up, pathway by pathway.
    #[test]
    fn differences_of_random_scenarios_add_up(old in support::rich::small(), new in support::rich::small()) {
        let (old, new) = (Scenario::parse(&old).unwrap(), Scenario::parse(&new).unwrap());
        let diff = match old.diff(&new, Basis::Nominal) {
            Ok(diff) => diff,
            Err(error) => {
                prop_assert!(matches!(error.code(), Code::Conflict | Code::MissingRate), "{}", error);
                return Ok(());
            }
        };
        for name in diff.old.keys().chain(diff.new.keys()) {
            let [before, after] = [&diff.old, &diff.new].map(|totals| totals.get(name).map_or(0, |total| total.minor()));
            let effects: i128 = diff.changes.iter().filter_map(|change| change.effects.get(name)).map(|effect| effect.minor()).sum();
            prop_assert_eq!(before + effects, after, "{}", name);
        }
    }
}

/// Places, what things cost there, drivers, tariffs, percentages and refunds have changes of their own.
#[test]
fn a_diff_has_places_levels_drivers_tariffs_percentages_and_refunds() {
    let read = |place: &str, [level, step, tariff, share, returned]: [&str; 5]| {
        Scenario::parse(&format!(
            r#"
            schema = 1
            catalogue = "reference"
            start = "2026-03"
            horizon_months = 24
            price_base_year = 2026
            places = ["first", "{place}"]
            household = {{ members = [{{ age = 41 }}, {{ age = 9 }}] }}
            drivers.flat = {{ of = "person", steps = [[1, "{step}"]] }}
            rates.level.first = {{ housing = "{level}" }}
            pathways.there = {{ stages = [{{ solution = "temporary", place = "first", months = 12 }}] }}
            lines = [
              {{ id = "short-let", inherit = true, driver = "flat" }},
              {{ id = "subsistence", inherit = true, amounts = {{ 2026-01 = "700", 2026-09 = "{tariff}" }} }},
              {{ id = "deposit-returned", inherit = true, refund = {{ of = "deposit", share = "{returned}" }} }},
              {{ id = "programme-support", inherit = true, valid = {{}}, percentage = {{ share = "{share}" }} }},
            ]
            "#
        ))
        .unwrap()
    };
    let old = read("second", ["0.5", "1", "720", "0.13", "1"]);
    let new = read("third", ["0.6", "1.2", "735.50", "0.10", "0.8"]);
    for (old, new) in [(&old, &new), (&new, &old)] {
        let diff = old.diff(new, Basis::Nominal).unwrap();
        let keys: Vec<&str> = diff.changes.iter().map(|change| change.key.as_str()).collect();
        for key in [
            "places",
            "drivers.flat",
            "rates.level.first",
            "lines.subsistence",
            "lines.programme-support",
            "lines.deposit-returned",
        ] {
            let change = diff.changes.iter().find(|change| change.key == key);
            assert!(change.is_some(), "{key} is not among {keys:?}");
            let moves = change.is_some_and(|change| change.effects.values().any(|effect| effect.minor() != 0));
            assert_eq!(moves, key != "places", "{key}");
        }
        for (name, total) in &diff.old {
            let effects = diff.changes.iter().filter_map(|change| change.effects.get(name));
            assert_eq!(total.minor() + effects.map(|effect| effect.minor()).sum::<i128>(), diff.new[name].minor());
        }
    }
}

/// A factor is no key of a file, and still makes another scenario.
#[test]
fn factors_count_in_equality_and_in_a_diff_and_are_never_lost_in_a_file() {
    let family = family();
    for path in [
        "lines.rent.factor",
        "categories.housing.factor",
        "lines.hospital-uninsured.event.severity.factor",
        "rates.fx.USD.factor",
        "profiles.integration.stretch",
    ] {
        let set = |value: &str| family.with(&[(path.parse().unwrap(), value.parse().unwrap())]).unwrap();
        assert!(set("1") == family, "{path}");
        let changed = set("1.25");
        assert!(changed != family, "{path}");
        let refused = changed.to_toml().unwrap_err();
        assert_eq!(refused.code(), Code::Conflict);
        assert_eq!(changed.to_json().unwrap_err(), refused);
        assert!(path.starts_with(&refused.findings()[0].key) || path.starts_with("categories"), "{refused}");
        for (old, new) in [(&family, &changed), (&changed, &family)] {
            let diff = old.diff(new, Basis::Nominal).unwrap();
            assert!(!diff.changes.is_empty(), "{path}");
            for (pathway, total) in &diff.old {
                let effects = diff.changes.iter().filter_map(|change| change.effects.get(pathway));
                let sum = effects.fold(*total, |sum, effect| sum.checked_add(*effect).unwrap());
                assert_eq!(sum, diff.new[pathway], "{path}, {pathway}");
            }
        }
    }
}

#[test]
fn what_lies_outside_the_horizon_is_no_figure_of_0() {
    let ledger = family().ledger("temporary").unwrap();
    let all = relocost::explanation::Selection::default;
    for selection in [all().fiscal_year(2035), all().fiscal_year(2025)] {
        let error = ledger.explain(&selection).unwrap_err();
        assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::OutOfRange, "fiscal_year"));
    }
    for month in ["2035-01", "2026-02"] {
        let error = ledger.explain(&all().month(month.parse().unwrap())).unwrap_err();
        assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::OutOfRange, "month"));
    }
    let explanation = ledger.explain(&all()).unwrap();
    let count = explanation.entries().len();
    for place in [0, count + 1, 999_999, usize::MAX] {
        assert_eq!(explanation.entry(place).unwrap_err().code(), Code::OutOfRange, "{place}");
    }
    assert_eq!(explanation.entry(count).unwrap().month(), explanation.entries()[count - 1].entry.month());
}
