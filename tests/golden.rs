//! Scenarios whose figures were worked out by hand, and the example families: every figure, to the cent. What a
//! scenario expects of itself holds too.

mod support;

use num_rational::BigRational;
use num_traits::Zero;
use relocost::scenario::Bound;
use serde_json::Value;
use support::oracle::decimal;
use support::{compare, contains, expected, files, load};

/// `NAME.expected.json`, or `NAME.WHAT.expected.json` for another pair, belongs to `NAME.toml`.
#[test]
fn figures_worked_out_by_hand() {
    let paths = files("golden", ".expected.json");
    assert!(paths.len() > 15);
    let mut wrong = Vec::new();
    for path in paths {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let name = file.split('.').next().unwrap();
        let scenario = load(&path.with_file_name(format!("{name}.toml")));
        let expected = expected(&path);
        let side = |key: &str, default: &str| expected["comparison"][key].as_str().unwrap_or(default).to_owned();
        let found = compare(&scenario, &side("base", "permanent"), &side("alternative", "temporary"));
        wrong.extend(contains(&found, &expected, &file));
    }
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// No scenario lies here without figures.
#[test]
fn every_scenario_has_figures() {
    let figures: Vec<String> =
        files("golden", ".expected.json").iter().map(|path| path.to_string_lossy().into_owned()).collect();
    for path in files("golden", ".toml") {
        let stem = path.with_extension("").to_string_lossy().into_owned();
        assert!(
            stem.ends_with("catalogue") || figures.contains(&format!("{stem}.expected.json")),
            "{stem} has no figures"
        );
    }
}

/// The figure at a path of the comparison's JSON; a key that no entry feeds counts as zero.
fn figure<'v>(found: &'v Value, path: &str) -> Option<&'v str> {
    path.split('.').try_fold(found, |value, key| value.get(key)).and_then(Value::as_str)
}

/// The expectations of the scenarios themselves.
#[test]
fn expectations_hold() {
    let mut checked = 0;
    for path in files("golden", ".toml") {
        if path.to_string_lossy().ends_with("catalogue.toml") {
            continue;
        }
        let scenario = load(&path);
        if scenario.expectations().is_empty() {
            continue;
        }
        let found = compare(&scenario, "permanent", "temporary");
        let outcomes = scenario.run_expectations().unwrap();
        assert_eq!(outcomes.len(), scenario.expectations().len());
        assert!(outcomes.iter().all(|outcome| outcome.passed), "{outcomes:?}");
        for expectation in scenario.expectations() {
            let text = figure(&found, &expectation.figure.to_string());
            let number = text.filter(|_| !matches!(expectation.bound, Bound::Is(_)));
            let number = number.map_or_else(BigRational::zero, |text| decimal(&text));
            let holds = match &expectation.bound {
                Bound::Is(expected) => text == Some(expected.as_str()),
                Bound::Equals(expected) => number == decimal(expected),
                Bound::Within(low, high) => decimal(low) <= number && number <= decimal(high),
                Bound::AtMost(most) => number <= decimal(most),
                Bound::AtLeast(least) => number >= decimal(least),
                other => panic!("a bound unknown to this test: {other:?}"),
            };
            let file = path.file_name().unwrap().to_string_lossy();
            assert!(holds, "{file}: {} is {text:?}, expected {}", expectation.figure, expectation.bound);
            checked += 1;
        }
    }
    assert!(checked >= 8, "only {checked} expectations");
}
