//! A scenario that is written is read as the same.

use proptest::prelude::*;
use relocost::Scenario;

use super::shared::{cases, parse, read};
use crate::support::{compare, files, load, random, rich};

proptest! {
    #![proptest_config(cases(150))]

    /// A scenario that is written is read as the same.
    #[test]
    fn the_whole_model_is_written_and_read_again(text in rich::small()) {
        let scenario = read(&text);
        prop_assert!(read(&scenario.to_toml().unwrap()) == scenario);
        prop_assert!(Scenario::parse_json(&scenario.to_json().unwrap()).unwrap() == scenario);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// A scenario that is written and read again is the same, in TOML and in JSON, and has the same figures.
    #[test]
    fn what_is_written_is_read_again(draft in random::small()) {
        let scenario = parse(&draft);
        let (toml, json) = (scenario.to_toml().unwrap(), scenario.to_json().unwrap());
        let from_toml = Scenario::parse(&toml).unwrap_or_else(|error| panic!("{error}\n\n{toml}"));
        let from_json = Scenario::parse_json(&json).unwrap_or_else(|error| panic!("{error}\n\n{json}"));
        prop_assert!(from_toml == scenario && from_json == scenario);
        prop_assert_eq!(from_json.to_toml().unwrap(), toml);
        prop_assert_eq!(from_toml.to_json().unwrap(), json);
        let [one, other] = [&scenario, &from_toml].map(|scenario| compare(scenario, "permanent", "temporary"));
        prop_assert_eq!(one, other);
    }
}

/// The same for the scenarios of files, which have catalogues, uncertain parameters and expectations too. What is
/// written stands by itself.
#[test]
fn files_are_written_and_read_again() {
    for folder in ["conformance", "golden"] {
        for path in files(folder, ".toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.contains("catalogue.toml") || name.contains(".catalogue-") {
                continue;
            }
            let scenario = load(&path);
            assert!(Scenario::parse(&scenario.to_toml().unwrap()).unwrap() == scenario, "{name}");
            assert!(Scenario::parse_json(&scenario.to_json().unwrap()).unwrap() == scenario, "{name}");
        }
    }
}

#[test]
fn scenarios_that_say_the_same_are_equal_however_their_decimals_are_written() {
    let text = include_str!("../golden/family-of-five.toml").replace("\"reference-catalogue.toml\"", "\"reference\"");
    let other = text.replace("low = \"900\"", "low = \"900.000\"").replace("high = \"2200\"", "high = 2200");
    assert_ne!(text, other);
    assert_eq!(Scenario::parse(&text).unwrap(), Scenario::parse(&other).unwrap());
}
