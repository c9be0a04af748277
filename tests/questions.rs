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
use relocost::types::ParameterValue;
use relocost::{Basis, Code, CompareOptions, Pair, Parameter, Scenario};
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

/// The family with variants, over the catalogue that is built in.
fn with_variants(variants: &str) -> Result<Scenario, relocost::Error> {
    let text = include_str!("golden/family-of-five.toml").replace("\"reference-catalogue.toml\"", "\"reference\"");
    Scenario::parse(&format!("{text}\n{variants}"))
}

#[test]
fn a_variant_of_a_variant_leaves_out_the_same_members_as_far_as_they_are_there() {
    let variants =
        "[variants.few]\nhousehold = { leave_out = [0, 3] }\n[variants.fewer]\nhousehold = { leave_out = [3, 1, 4] }";
    let scenario = with_variants(variants).unwrap();
    let few = scenario.variant("few").unwrap();
    let people = scenario.household().members.clone();
    assert_eq!(few.household().members, [&people[1..3], &people[4..]].concat());
    assert_eq!(few.variant("few").unwrap().household(), few.household());
    assert_eq!(few.variant("fewer").unwrap().household().members, people[2..3]);
    assert_eq!(Scenario::parse(&few.to_toml().unwrap()).unwrap(), few);
}

#[test]
fn a_variant_makes_no_household_that_could_not_be_read() {
    let scenario = |added: usize| {
        let members = vec!["{ age = 30 }"; added].join(", ");
        with_variants(&format!("[variants.many]\nhousehold = {{ add = [{members}] }}")).unwrap()
    };
    let room = 200 - scenario(1).household().members.len();
    let full = scenario(room).variant("many").unwrap();
    assert_eq!(full.household().members.len(), 200);
    assert_eq!(Scenario::parse(&full.to_toml().unwrap()).unwrap(), full);
    let error = scenario(room + 1).variant("many").unwrap_err();
    assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::TooMany, "variants.many.household.add"));
}

#[test]
fn variants_change_what_they_name_and_nothing_else() {
    let scenario = with_variants(
        r#"
        [variants.dearer]
        "lines.rent.amount" = "1045"
        [variants.scaled]
        lines.rent.factor = "1.1"
        [variants.rates]
        rates.fx.USD.factor = "1.1"
        rates.index.medical.shift = "0.01"
        [variants.slower]
        profiles.integration.stretch = "1.5"
        [variants.category]
        categories.medical.factor = 0
        [variants.events]
        lines.hospital-uninsured.event = { per_year = "0.16" }
        [variants.severity]
        lines.hospital-uninsured.event.severity.factor = 2
        [variants.smaller]
        household = { leave_out = [4, 2], add = [{ age = 70 }] }
        [variants.nothing]
        "#,
    )
    .unwrap();
    assert_eq!(Scenario::parse(&scenario.to_toml().unwrap()).unwrap(), scenario, "variants are written and read again");
    let table = scenario.compare_variants(&CompareOptions::default()).unwrap();
    let total = |name: &str| table.variants[name].difference;
    assert_eq!(total("nothing"), table.as_it_stands);
    assert_eq!(total("dearer"), total("scaled"), "950 times 1.1 is 1045");
    assert_eq!(total("dearer").alternative, table.as_it_stands.alternative);
    assert_eq!(total("events"), total("severity"), "twice as many, or twice as dear");
    let medical = scenario.compare().unwrap().by_category()["medical"];
    assert_eq!(table.variants["category"].change_of_base, medical.base.negated());
    assert_eq!(table.variants["category"].change_of_extra, medical.extra.negated());
    assert!(table.variants["slower"].change_of_base.minor() > 0, "relief that comes later costs more");
    // A variant is the scenario that a file would say.
    let text = include_str!("golden/family-of-five.toml")
        .replace("\"reference-catalogue.toml\"", "\"reference\"")
        .replace("  { role = \"child\", born = \"2012-05\" },\n", "")
        .replace("{ role = \"child\", born = \"2021-02\" }", "{ age = 70 }");
    assert_eq!(Scenario::parse(&text).unwrap().compare().unwrap().difference(), &total("smaller"));
    let rates = Scenario::parse(&include_str!("golden/family-of-five.toml").replace(
        "catalogue = \"reference-catalogue.toml\"",
        "catalogue = \"reference\"\nrates = { fx = { USD = { default = \"0.99\" } }, index = { medical = { default = \"0.05\" } } }",
    ));
    assert_eq!(rates.unwrap().compare().unwrap().difference(), &total("rates"));
}

#[test]
fn variants_that_are_wrong_are_refused() {
    let refused = |variant: &str, key: &str, said: &str| {
        let error = with_variants(&format!("[variants.v]\n{variant}")).unwrap_err();
        assert_eq!(error.findings().len(), 1, "{error}");
        assert_eq!(error.findings()[0].key, key);
        assert!(error.to_string().contains(said), "{error}");
    };
    refused("lines.rent.price = 1", "variants.v.lines.rent.price", "no such parameter");
    refused("lines.rnt.amount = 1", "variants.v.lines.rnt.amount", "did you mean \"rent\"?");
    refused("rates.fx.USD.yearly = 1", "variants.v.rates.fx.USD.yearly", "is drawn anew for each year");
    refused("rates.index.housing = \"0.01\"", "variants.v.rates.index.housing", "now \"rates.index.housing.shift\"");
    refused("lines.rent.amount = 1.5", "variants.v.lines.rent.amount", "binary floating-point");
    refused("household = { leave_out = [5] }", "variants.v.household.leave_out[0]", "from 0 to 4");
    refused("household = { ad = [] }", "variants.v.household.ad", "did you mean \"add\"?");
    refused("household = { maria = [] }", "variants.v.household.(not shown)", "expected one of add, leave_out");
    refused(
        "household = { add = [{ age = 777 }] }",
        "variants.v.household.add[0].age",
        "found a whole number; expected",
    );
    for (variant, said) in [
        ("lines.rent.amount = -1", "0 or more"),
        ("rates.index.housing.shift = \"-2\"", "below -0.99"),
        ("rates.fx.USD.factor = 0", "0.000001"),
    ] {
        let scenario = with_variants(&format!("[variants.v]\n{variant}")).unwrap();
        let error = scenario.variant("v").unwrap_err();
        assert_eq!(error.code(), Code::OutOfRange);
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(scenario.check().unwrap_err(), error);
    }
    // All that is wrong with all of them, and where.
    let variants = "[variants.v]\nlines.rent.amount = -1\nhorizon_months = 0\n[variants.w]\nhorizon_months = 9999";
    let error = with_variants(variants).unwrap().check().unwrap_err();
    let told: Vec<(&str, bool)> = error
        .findings()
        .iter()
        .map(|finding| (finding.key.as_str(), finding.place.as_ref().is_some_and(|place| place.line > 0)))
        .collect();
    let keys = ["variants.v.lines.rent.amount", "variants.v.horizon_months", "variants.w.horizon_months"];
    assert_eq!(told, keys.map(|key| (key, true)));
    // What cannot be looked at before another is mended is not told, and each has its own line though a place is not shown.
    let later = "[variants.v]\npathways.delayed.0.months = 90\nhorizon_months = 2400";
    let error = with_variants(later).unwrap().check().unwrap_err();
    assert_eq!(error.findings().iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["variants.v.horizon_months"]);
    let lines = |text: &str| {
        let error = Scenario::parse(text).unwrap().check().unwrap_err();
        error.findings().iter().filter_map(|it| Some(it.place.as_ref()?.line)).collect::<Vec<_>>()
    };
    let text = format!("{BY_PLACE}\n[variants.v]\nrates.level.p1.factor = -1\nrates.level.p2.factor = 2");
    assert_eq!(lines(&text), [u32::try_from(text.lines().count()).unwrap() - 1]);
}

/// A scenario whose extra cost is that of a place.
const BY_PLACE: &str = r#"
    schema = 1
    currency = "EUR"
    price_base_year = 2026
    categories = ["c"]
    funds = ["f"]
    places = ["p1", "p2"]
    start = "2026-01"
    horizon_months = 12
    household = { members = [{ age = 30 }] }
    [solutions]
    temporary = { label = "t", kind = "temporary", entitlements = [], place = "p1" }
    permanent = { label = "p", kind = "permanent", entitlements = [], place = "p2" }
    [[lines]]
    id = "a"
    category = "c"
    label = "a"
    driver = "household"
    schedule = "monthly"
    amount = "100"
    currency = "EUR"
    places = ["p1"]
    source = "A test."
"#;

#[test]
fn an_expectation_can_be_of_the_place_as_a_cause() {
    for (figure, value, holds) in [
        ("comparison.attribution.place", "1200.00", true),
        ("comparison.alone.place", "1200.00", true),
        ("comparison.last.place", "1199.99", false),
    ] {
        let text = format!("{BY_PLACE}\n[[expect]]\nfigure = \"{figure}\"\nequals = \"{value}\"");
        let outcomes = Scenario::parse(&text).unwrap().run_expectations().unwrap();
        assert_eq!(outcomes.iter().map(|outcome| outcome.passed).collect::<Vec<_>>(), [holds], "{figure}");
    }
}

fn set(path: &str, value: &str) -> (Parameter, ParameterValue) {
    (path.parse().unwrap(), value.parse().unwrap())
}

#[test]
fn what_ifs_are_the_scenario_with_each_set_of_changes() {
    let family = family();
    let sets = [
        vec![set("lines.rent.amount", "1045"), set("rates.index.housing.shift", "0.01")],
        vec![],
        vec![set("profiles.integration.stretch", "1.5"), set("lines.rent.factor", "1.1")],
        vec![set("pathways.delayed.0.months", "6"), set("rates.fx.USD.factor", "1.1"), set("lines.rent.amount", "0")],
    ];
    for (base, basis) in [("permanent", Basis::Nominal), ("delayed", Basis::Constant)] {
        let options = CompareOptions::default().pair(Pair::new(base, "temporary")).basis(basis);
        let table = family.what_ifs(sets.clone(), &options).unwrap();
        assert_eq!(table.as_it_stands, *family.compare_with(&options).unwrap().difference());
        assert_eq!(table.rows.len(), sets.len());
        for (row, changes) in table.rows.iter().zip(&sets) {
            let by_hand = *family.with(changes).unwrap().compare_with(&options).unwrap().difference();
            assert_eq!((&row.changes, row.figures.difference), (changes, by_hand));
            let change = by_hand.extra.checked_sub(table.as_it_stands.extra);
            assert_eq!(Some(row.figures.change_of_extra), change);
        }
        let parameters: Vec<String> = table.parameters.iter().map(|(path, value)| format!("{path} {value}")).collect();
        let expected = [
            "lines.rent.amount 950",
            "rates.index.housing.shift 0",
            "profiles.integration.stretch 1",
            "lines.rent.factor 1",
            "pathways.delayed.0.months 18",
            "rates.fx.USD.factor 1",
        ];
        assert_eq!(parameters, expected, "in order of first appearance");
        let json = serde_json::to_value(&table).unwrap();
        assert_eq!(json["rows"][0]["changes"]["lines.rent.amount"], "1045");
        assert_eq!(json["rows"][0]["extra"], table.rows[0].figures.difference.extra.to_string());
        assert_eq!(json["parameters"]["pathways.delayed.0.months"], "18");
    }
    // The same function gives the figures of variants.
    let with = with_variants("[variants.v]\nlines.rent.amount = 1045").unwrap();
    let options = CompareOptions::default();
    let table = with.what_ifs([vec![set("lines.rent.amount", "1045")]], &options).unwrap();
    assert_eq!(table.rows[0].figures, with.compare_variants(&options).unwrap().variants["v"]);
}

#[test]
fn what_ifs_that_cannot_be_asked_for() {
    let (family, options) = (family(), CompareOptions::default());
    let refused = |changes: Vec<(Parameter, ParameterValue)>, code: Code| {
        let error = family.what_ifs([vec![], changes.clone()], &options).unwrap_err();
        assert_eq!((error.code(), error.findings()[0].key.as_str()), (code, changes[0].0.to_string().as_str()));
        assert_eq!(error, family.with(&changes).unwrap_err(), "as by hand");
    };
    refused(vec![set("lines.rnt.amount", "1")], Code::UnknownName);
    refused(vec![set("lines.rent.amount", "-1")], Code::OutOfRange);
    refused(vec![set("lines.rent.amount", "1"), set("lines.rent.amount", "2")], Code::Duplicate);
    refused(vec![set("lines.rent.event.per_year", "1")], Code::Conflict);
    refused(vec![set("pathways.delayed.1.months", "1")], Code::UnknownName);
    // The limit is held before anything is computed: none of these has a figure, and the sets are not all made.
    let mut made = 0;
    let endless = std::iter::repeat_with(|| {
        made += 1;
        vec![set("lines.none.amount", "1")]
    });
    assert_eq!(family.what_ifs(endless, &options).unwrap_err().code(), Code::TooMany);
    assert_eq!(made, relocost::limits::WHAT_IFS + 1);
    let axis = |path: &str, values: i64| -> (Parameter, Vec<ParameterValue>) {
        (path.parse().unwrap(), (0..values).map(|value| value.to_string().parse().unwrap()).collect())
    };
    let grid = |axes: &[(Parameter, Vec<ParameterValue>)]| family.grid(axes, &options).map(|table| table.rows.len());
    let large = [axis("lines.rent.amount", 1_000), axis("lines.rent.factor", 101)];
    assert_eq!(grid(&large).unwrap_err().code(), Code::TooMany);
    let overflow: Vec<_> = (0..7).map(|line| axis(&format!("lines.l{line}.factor"), 1_000)).collect();
    assert_eq!(grid(&overflow).unwrap_err().code(), Code::TooMany, "10^21 combinations");
    let twice = grid(&[axis("lines.rent.amount", 2), axis("rates.fx.USD.factor", 1), axis("lines.rent.amount", 3)])
        .unwrap_err();
    assert_eq!((twice.code(), twice.findings()[0].key.as_str()), (Code::Duplicate, "lines.rent.amount"));
    assert_eq!(grid(&[]), Ok(1), "the scenario as it stands");
    assert_eq!(grid(&[axis("lines.rent.amount", 2), axis("lines.rent.factor", 0)]), Ok(0));
}

#[test]
fn the_last_axis_of_a_grid_varies_fastest() {
    let values = |values: &[&str]| values.iter().map(|value| value.parse().unwrap()).collect::<Vec<ParameterValue>>();
    let axes = [
        ("lines.rent.amount".parse().unwrap(), values(&["950", "1045"])),
        ("rates.fx.USD.factor".parse().unwrap(), values(&["1"])),
        ("rates.index.housing.shift".parse().unwrap(), values(&["-0.01", "0", "0.01"])),
    ];
    let table = family().grid(&axes, &CompareOptions::default()).unwrap();
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| row.changes.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(rows, ["950 1 -0.01", "950 1 0", "950 1 0.01", "1045 1 -0.01", "1045 1 0", "1045 1 0.01"]);
    assert_eq!(table.rows[1].figures.difference, table.as_it_stands, "the one that changes nothing");
}

#[test]
fn a_parameter_is_what_setting_it_to_changes_nothing() {
    let family = family();
    let paths = [
        ("lines.rent.amount", "950", "1045"),
        ("lines.rent.factor", "1", "1.1"),
        ("categories.medical.factor", "1", "2"),
        ("lines.hospital-uninsured.event.per_year", "0.08", "0.1"),
        ("lines.hospital-uninsured.event.severity.factor", "1", "2"),
        ("rates.index.housing.shift", "0", "0.01"),
        ("rates.fx.USD.factor", "1", "1.1"),
        ("profiles.integration.stretch", "1", "1.5"),
        ("pathways.delayed.0.months", "18", "6"),
    ];
    let options = CompareOptions::default().pair(Pair::new("permanent", "delayed"));
    let pair = |scenario: &Scenario| {
        let temporary = scenario.compare().unwrap();
        (*scenario.compare_with(&options).unwrap().difference(), *temporary.difference())
    };
    for (path, standing, other) in paths {
        let parameter: Parameter = path.parse().unwrap();
        assert_eq!(family.parameter(&parameter).unwrap().to_string(), standing, "{path}");
        assert_eq!(pair(&family.with(&[set(path, standing)]).unwrap()), pair(&family), "{path}");
        // After a change too, whether it replaced, scaled or shifted.
        let changed = family.with(&[set(path, other)]).unwrap();
        assert_ne!(pair(&changed), pair(&family), "{path}");
        let now = changed.parameter(&parameter).unwrap();
        assert_eq!(pair(&changed.with(&[(parameter, now)]).unwrap()), pair(&changed), "{path}");
    }
    let factor = |value: &str| set("lines.rent.factor", value);
    let chained = family.with(&[factor("1.2")]).unwrap().with(&[factor("1.5")]).unwrap();
    assert_eq!(pair(&chained), pair(&family.with(&[factor("1.8")]).unwrap()), "factors multiply");
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
fn a_parameter_that_the_scenario_lacks_is_answered_with_the_nearest() {
    for (path, near) in [
        ("lines.shortlet.amount", Some("lines.short-let.amount")),
        ("lines.hospital-uninsurd.event.per_year", Some("lines.hospital-uninsured.event.per_year")),
        ("categories.housng.factor", Some("categories.housing.factor")),
        ("rates.index.medcal.shift", Some("rates.index.medical.shift")),
        ("profiles.intergation.stretch", Some("profiles.integration.stretch")),
        ("pathways.delaid.0.months", Some("pathways.delayed.0.months")),
        ("rates.fx.CHF.factor", None),
        ("lines.something-else-altogether.amount", None),
    ] {
        let parameter: Parameter = path.parse().unwrap();
        let set = family().with(&[(parameter.clone(), "1".parse().unwrap())]).unwrap_err();
        assert_eq!(set, family().parameter(&parameter).unwrap_err());
        assert_eq!((set.code(), set.findings()[0].key.as_str()), (Code::UnknownName, path));
        let hint = near.map_or("parameter".to_owned(), |near| format!("; did you mean \"{near}\"?"));
        assert!(set.to_string().ends_with(&hint), "{set}");
    }
}

/// A scenario in which everything that a what-if can set matters.
const SETTABLE: &str = r#"
    schema = 1
    currency = "EUR"
    price_base_year = 2025
    start = "2026-03"
    horizon_months = 30
    entitlements = ["work"]
    places = ["here", "there"]
    categories = ["housing", "tax"]
    funds = ["budget"]
    household = { members = [{ born = "1990-03" }, { born = "2012-05" }] }
    [rates.index.general]
    default = "0.02"
    2027 = "0.03"
    [rates.fx.USD]
    default = "0.9"
    2027 = "0.8"
    "2027-06" = "0.7"
    [rates.level.there]
    housing = "1.2"
    [solutions]
    permanent = { label = "P", kind = "permanent", entitlements = ["work"], place = "here" }
    temporary = { label = "T", kind = "temporary", entitlements = [], place = "there" }
    [[lines]]
    id = "rent"
    category = "housing"
    label = "Rent"
    driver = "person"
    schedule = "monthly"
    amount = "100"
    currency = "USD"
    index = "general"
    source = "test"
    [[lines]]
    id = "care"
    category = "housing"
    label = "Care"
    driver = "minor"
    schedule = "monthly"
    amounts = { "2026-01" = "10", "2027-04" = "12" }
    currency = "EUR"
    source = "test"
    [[lines]]
    id = "overhead"
    category = "tax"
    label = "Overhead"
    percentage = { share = "0.13" }
    source = "test"
"#;

#[test]
fn what_is_set_is_what_a_file_would_say() {
    let scenario = Scenario::parse(SETTABLE).unwrap();
    let figures = |scenario: &Scenario| *scenario.compare().unwrap().difference();
    let written = |from: &[&str], to: &[&str]| {
        let changed = from.iter().zip(to).fold(SETTABLE.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        Scenario::parse(&changed).unwrap()
    };
    let rates = "default = \"0.9\"\n    2027 = \"0.8\"\n    \"2027-06\" = \"0.7\"";
    let june = "\"2027-06\" = \"0.7\"";
    let cases = [
        (vec![("rates.fx.USD", "1.1")], written(&[rates], &["default = \"1.1\""])),
        (vec![("rates.fx.USD.2027", "1.1")], written(&["2027 = \"0.8\"", june], &["2027 = \"1.1\"", ""])),
        (vec![("rates.fx.USD.2028", "1.1")], written(&[june], &["\"2027-06\" = \"0.7\"\n2028 = \"1.1\""])),
        (vec![("rates.fx.USD.2027-06", "1.1")], written(&[june], &["\"2027-06\" = \"1.1\""])),
        // The narrower holds, in whatever order they are given.
        (
            vec![("rates.fx.USD.2027-07", "3"), ("rates.fx.USD.2027", "2"), ("rates.fx.USD", "1.1")],
            written(&[rates], &["default = \"1.1\"\n2027 = 2\n\"2027-07\" = 3"]),
        ),
        (vec![("rates.index.general.default", "0.05")], written(&["default = \"0.02\""], &["default = \"0.05\""])),
        (vec![("rates.index.general.2027", "0.05")], written(&["2027 = \"0.03\""], &["2027 = \"0.05\""])),
        // A shift comes after a value that is set.
        (
            vec![("rates.index.general.shift", "0.01"), ("rates.index.general.2027", "0.05")],
            written(&["default = \"0.02\"", "2027 = \"0.03\""], &["default = \"0.03\"", "2027 = \"0.06\""]),
        ),
        (vec![("rates.level.there.housing", "1.5")], written(&["housing = \"1.2\""], &["housing = \"1.5\""])),
        (vec![("rates.level.there.factor", "1.25")], written(&["housing = \"1.2\""], &["housing = \"1.5\""])),
        (vec![("rates.level.there.factor", "0")], scenario.with(&[set("rates.level.there.factor", "0")]).unwrap()),
        (vec![("lines.care.amounts.2027-04", "20")], written(&["\"2027-04\" = \"12\""], &["\"2027-04\" = \"20\""])),
        (vec![("lines.care.amounts.2026-09", "20")], written(&["\"2027-04\""], &["\"2026-09\" = \"20\", \"2027-04\""])),
        (vec![("lines.overhead.percentage.share", "0.2")], written(&["\"0.13\""], &["\"0.2\""])),
        (vec![("lines.overhead.factor", "2")], written(&["\"0.13\""], &["\"0.26\""])),
        (vec![("lines.rent.factor", "1.5")], written(&["\"100\""], &["\"150\""])),
        // The overhead goes with it, and is not scaled again.
        (
            vec![("categories.housing.factor", "2")],
            written(&["\"100\"", "\"10\"", "\"12\""], &["\"200\"", "\"20\"", "\"24\""]),
        ),
        (vec![("start", "2026-11")], written(&["start = \"2026-03\""], &["start = \"2026-11\""])),
        (vec![("horizon_months", "12")], written(&["horizon_months = 30"], &["horizon_months = 12"])),
    ];
    let options = CompareOptions::default();
    for (changes, written) in cases {
        let changes: Vec<_> = changes.iter().map(|(path, value)| set(path, value)).collect();
        let became = scenario.with(&changes).unwrap();
        assert_eq!(figures(&became), figures(&written), "{changes:?}");
        if changes[0].1.to_string() != "0" {
            assert_ne!(figures(&became), figures(&scenario), "{changes:?}");
        }
        let table = scenario.what_ifs([changes.clone()], &options).unwrap();
        assert_eq!(table.rows[0].figures.difference, figures(&became), "{changes:?}");
        // As a variant, which is written and read again.
        let quoted = |(path, value): &(Parameter, ParameterValue)| format!("\"{path}\" = \"{value}\"\n");
        let variant = changes.iter().map(quoted).collect::<String>();
        let with = Scenario::parse(&format!("{SETTABLE}[variants.v]\n{variant}")).unwrap();
        assert_eq!(figures(&with.variant("v").unwrap()), figures(&became), "{changes:?}");
        assert_eq!(Scenario::parse(&with.to_toml().unwrap()).unwrap(), with);
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

#[test]
fn what_is_set_to_per_cents_is_a_warning_wherever_it_is_set() {
    let scenario = Scenario::parse(SETTABLE).unwrap();
    let told = |warnings: &[relocost::error::Finding]| {
        let per_cents = warnings.iter().filter(|warning| warning.code == Code::PerCent);
        per_cents.map(|warning| format!("{}: {}", warning.key, warning.message.en())).collect::<Vec<_>>()
    };
    let options = CompareOptions::default();
    for (path, value, key, share) in [
        ("rates.index.general.shift", "2", "rates.index.general.", "0.02"),
        ("rates.index.general.2027", "2.5", "rates.index.general.2027: ", "0.025"),
        ("rates.index.general.default", "3", "rates.index.general.default: ", "0.03"),
        ("lines.overhead.percentage.share", "13", "lines.overhead.percentage.share: ", "0.13"),
        ("rates.level.there.housing", "110", "rates.level.(not shown).housing: ", "1.1"),
    ] {
        let change = vec![set(path, value)];
        let says = |found: Vec<String>, head: &str| {
            let is_said = |line: &String| {
                line.starts_with(head) && line.contains(key) && line.contains(&format!("write \"{share}\""))
            };
            assert!(found.iter().any(is_said), "{path} = {value}: {found:?}");
        };
        let table = scenario.what_ifs([vec![], change.clone(), change.clone()], &options).unwrap();
        assert_eq!(table.warnings.len(), 1, "{path}: each parameter once");
        says(told(&table.warnings), "");
        for lang in [relocost::Lang::En, relocost::Lang::Fr] {
            let report = relocost_report::what_ifs(&table, relocost_report::Style { lang, ..Default::default() });
            assert!(report.contains(&table.warnings[0].text(lang)), "{report}");
        }
        let grid = scenario.grid(&[(change[0].0.clone(), vec![change[0].1])], &options).unwrap();
        assert_eq!(grid.warnings, table.warnings);
        let with = Scenario::parse(&format!("{SETTABLE}[variants.v]\n\"{path}\" = \"{value}\"")).unwrap();
        says(told(&with.check().unwrap()), "variants.v.");
        let variants = with.compare_variants(&options).unwrap();
        says(told(&variants.warnings), "variants.v.");
        assert!(
            relocost_report::variants(&variants, relocost_report::Style::default())
                .contains(&format!("write \"{share}\""))
        );
        // A shift shows in the increases that it comes to.
        let changed = told(&scenario.with(&change).unwrap().check().unwrap());
        assert!(!changed.is_empty() && changed.iter().all(|line| line.starts_with(key)), "{path}: {changed:?}");
        assert!(told(&scenario.check().unwrap()).is_empty());
    }
    for (path, value) in
        [("rates.index.general.2027", "0.9"), ("rates.level.there.housing", "9"), ("lines.rent.factor", "12")]
    {
        let table = scenario.what_ifs([vec![set(path, value)]], &options).unwrap();
        assert!(table.warnings.is_empty(), "{path}: what is only unusual is not said");
    }
}

#[test]
fn what_cannot_be_set_is_refused_and_no_place_is_shown() {
    let scenario = Scenario::parse(SETTABLE).unwrap();
    for (path, value, said) in [
        ("rates.fx.USD.yearly", "1", "is drawn anew for each year"),
        ("rates.index.general.yearly", "0", "is drawn anew for each year"),
        ("rates.fx.USD", "0", "above 0"),
        ("rates.fx.GBP", "1", "no such parameter"),
        ("rates.index.general.2027", "-1", "above -1"),
        ("rates.level.there.housing", "0", "above 0"),
        ("rates.level.there.rent", "1", "no such parameter"),
        ("rates.level.elsewhere.factor", "1", "no such parameter"),
        ("rates.level.there.factor", "-1", "0 or more"),
        ("lines.rent.amounts.2027-01", "1", "no amounts by month"),
        ("lines.care.amount", "1", "instead of one amount"),
        ("lines.care.amounts.2027-01", "-1", "0 or more"),
        ("lines.rent.percentage.share", "1", "no percentage"),
        ("lines.overhead.percentage.share", "0", "above 0"),
        ("start", "1", "expected a month"),
        ("start", "2299-01", "older than 130 years"),
        ("horizon_months", "0", "from 1 to 1200"),
        ("horizon_months", "2027-01", "expected a number"),
    ] {
        let error = scenario.with(&[set(path, value)]).unwrap_err().to_string();
        assert!(error.contains(said), "{path}: {error}");
        assert!(!error.contains("there") && !error.contains("elsewhere"), "{error}");
        assert!(scenario.what_ifs([vec![set(path, value)]], &CompareOptions::default()).is_err(), "{path}");
    }
    for (path, now) in [("rates.index.general", "rates.index.general.shift"), ("rates.index.x", "rates.index.x.shift")]
    {
        let error = path.parse::<Parameter>().unwrap_err().to_string();
        assert!(error.contains(&format!("is now \"{now}\"")), "{error}");
    }
    let wide = "{ normal = { mean = \"0.1\", sd = \"1\" } }";
    let warned = format!("{SETTABLE}[[uncertain]]\nparameter = \"rates.level.there.factor\"\ndistribution = {wide}");
    let warnings = Scenario::parse(&warned).unwrap().warnings();
    assert!(warnings.iter().any(|warning| warning.code == Code::LeavesDomain), "{warnings:?}");
    assert!(warnings.iter().all(|warning| !format!("{warning:?}").contains("there")), "{warnings:?}");
    for path in
        ["rates.level.there.factor", "rates.level.nowhere.factor", "rates.levl.there.factor", "rates.level.there"]
    {
        let text =
            format!("{SETTABLE}[[uncertain]]\nparameter = \"{path}\"\ndistribution = {{ uniform = {{ low = 2 }} }}");
        let error = Scenario::parse(&text).unwrap_err().to_string();
        assert!(!error.contains("there") && !error.contains("nowhere"), "{error}");
        let variant = Scenario::parse(&format!("{SETTABLE}[variants.v]\n\"{path}\" = \"x\"")).unwrap_err().to_string();
        assert!(!variant.contains("there") && !variant.contains("nowhere"), "{variant}");
        let nested = Scenario::parse(&format!("{SETTABLE}[variants.v]\n{path} = \"x\"")).unwrap_err().to_string();
        assert!(!nested.contains("there") && !nested.contains("nowhere"), "{nested}");
    }
}
