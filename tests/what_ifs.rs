//! Variants, what-ifs and grids: a scenario with parameters set, and what cannot be set.

mod support;

use std::path::Path;

use relocost::types::ParameterValue;
use relocost::{Basis, Code, CompareOptions, Pair, Parameter, Scenario};
use support::load;

fn family() -> Scenario {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml"))
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
