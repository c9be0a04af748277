//! The catalogue of published prices: each amount says where it comes from, and what was derived can be derived again.

use std::path::Path;

use num_rational::Ratio;
use relocost::Scenario;
use relocost::scenario::Price;
use relocost_files::LoadOptions;

fn scenario() -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/netherlands/the-hague.toml");
    relocost_files::load(&file, &LoadOptions::default()).unwrap()
}

/// The whole numbers between two words of a text, without the commas of thousands.
fn numbers_between(text: &str, from: &str, until: &str) -> Vec<i64> {
    let rest = text.split_once(from).unwrap().1;
    let rest = rest.split_once(until).unwrap().0.replace(',', "");
    rest.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).map(|n| n.parse().unwrap()).collect()
}

#[test]
fn every_amount_names_its_source_its_grade_and_its_address() {
    let scenario = scenario();
    assert!(scenario.lines().len() > 40);
    for (id, line) in scenario.lines() {
        let source = line.source.as_str();
        assert!(source.contains("(P") || source.contains("(T"), "{id}: no grade: {source}");
        assert!(source.contains("20") || source.contains("undated"), "{id}: no period: {source}");
        let same = source.contains("same survey");
        assert!(source.contains("https://") || same, "{id}: no address: {source}");
        assert!(!source.contains("illustrative"), "{id}");
    }
}

#[test]
fn the_cost_of_care_by_age_is_what_its_source_says() {
    let scenario = scenario();
    let lines: Vec<_> = scenario.lines().values().filter(|line| line.id.as_str().starts_with("uninsured-")).collect();
    assert_eq!(lines.len(), 13);
    for line in lines {
        let source = line.source.as_str();
        let [men, women] = numbers_between(source, "mean of", "(women)")[..] else { panic!("{}", line.id) };
        let [later, earlier] = numbers_between(source, ", x ", " to 2022")[..] else { panic!("{}", line.id) };
        let cents = (Ratio::new(men + women, 2) * Ratio::new(later, earlier) * 100 / 12).round().to_integer();
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        assert_eq!(line.price(), Some(&Price::Amount(amount.parse().unwrap())), "{}", line.id);
    }
}
