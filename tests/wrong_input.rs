//! Wrong inputs: every error has its place, its key and the values accepted, and all come at once.
//!
//! Every case changes one thing of a scenario that is right, and names the key that must be reported and a part of
//! what must be said. The line reported must be one of those that were changed.

use relocost::caseload::CaseloadOptions;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Catalogue, Code, Loader, Parameter, Scenario, limits};

const FAMILY: &str = include_str!("golden/family-of-five.toml");

/// The family over the catalogue that is built in.
fn family() -> String {
    FAMILY.replace("\"reference-catalogue.toml\"", "\"reference\"")
}

/// A line that is right, with the keys of `change` replaced or added.
fn line(change: &[(&str, &str)]) -> String {
    let mut keys = vec![
        ("id", "\"extra\""),
        ("category", "\"housing\""),
        ("label", "\"Extra\""),
        ("driver", "\"person\""),
        ("schedule", "{ monthly = {} }"),
        ("amount", "\"10\""),
        ("currency", "\"EUR\""),
        ("source", "\"made up\""),
    ];
    for &(key, value) in change {
        match keys.iter_mut().find(|(known, _)| *known == key) {
            Some(known) => known.1 = value,
            None => keys.push((key, value)),
        }
    }
    let keys = keys.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("{key} = {value}\n"));
    format!("[[lines]]\n{}", keys.collect::<String>())
}

/// The findings of a text that must be wrong.
fn findings(text: &str) -> Vec<relocost::error::Finding> {
    let error = Scenario::parse(text).err().unwrap_or_else(|| panic!("accepted:\n{text}"));
    for relocost::error::Finding { message, .. } in error.findings() {
        // No English is left in the French, and no message is the same in both.
        assert!(message.en() != message.fr() && !message.fr().contains("expected"), "{message:?}");
        assert!(!message.en().is_empty() && !message.fr().is_empty(), "{message:?}");
    }
    error.findings().to_vec()
}

/// One finding, at the key, on one of the lines of `part`, that says `said`.
fn refused(text: &str, part: &str, key: &str, said: &str) {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].key, key, "{found:#?}");
    assert!(found[0].message.en().contains(said), "{:?} does not say {said:?}", found[0].message.en());
    let place = found[0].place.as_ref().unwrap_or_else(|| panic!("no place: {found:?}"));
    let first =
        text[..text.find(part).unwrap_or_else(|| panic!("{part:?} is not in the text"))].matches('\n').count() + 1;
    let last = first + part.trim_end().matches('\n').count();
    assert!((first..=last).contains(&(place.line as usize)), "line {} is not in {first}..={last}", place.line);
}

/// The family with one part replaced by another.
fn changed(old: &str, new: &str, key: &str, said: &str) {
    let family = family();
    assert!(family.contains(old), "{old:?} is not in the family's file");
    refused(&family.replacen(old, new, 1), new, key, said);
}

/// The family with something added.
fn added(part: &str, key: &str, said: &str) {
    refused(&format!("{}\n{part}", family()), part, key, said);
}

/// The family with a line of these changes.
fn with_line(change: &[(&str, &str)], key: &str, said: &str) {
    added(&line(change), key, said);
}

#[test]
fn what_is_right_is_accepted() {
    let lines = |text: &str| Scenario::parse(text).unwrap().lines().len();
    assert_eq!(lines(&format!("{}\n{}", family(), line(&[]))), lines(&family()) + 1);
}

#[test]
fn time() {
    for value in ["0", "-3", "1201", "10000000", "170141183460469231731687303715884105727"] {
        changed("horizon_months = 60", &format!("horizon_months = {value}"), "horizon_months", "from 1 to 1200");
    }
    for (value, how) in [("60.0", "write 60, without a point"), ("\"60\"", "write 60, without quotation marks")] {
        changed("horizon_months = 60", &format!("horizon_months = {value}"), "horizon_months", how);
    }
    let swiss = line(&[("amount", "\"85'000.00\"")]);
    refused(&format!("{}\n{swiss}", family()), &swiss, "lines.extra.amount", "found \"85'000.00\"");
    for value in ["60.0", "\"60\"", "[60]", "true", "2026-03-01"] {
        changed("horizon_months = 60", &format!("horizon_months = {value}"), "horizon_months", "a whole number");
    }
    for value in ["\"2026-13\"", "\"2026-00\"", "\"26-03\"", "\"2026-3\"", "\"\"", "202603", "2026-03-01"] {
        changed("start = \"2026-03\"", &format!("start = {value}"), "start", "a month such as \"2026-03\"");
    }
    changed("horizon_months = 60", "horizon_months = 60\nfiscal_year_start = 13", "fiscal_year_start", "from 1 to 12");
    changed("schema = 1", "schema = 2", "schema", "from 1 to 1");
    changed("currency = \"EUR\"", "currency = \"EURO\"", "currency", "ISO 4217");
    changed("currency = \"EUR\"", "currency = \"XAU\"", "currency", "with a minor unit");
}

#[test]
fn household() {
    let member = "{ role = \"child\", born = \"2021-02\" }";
    let changed = |new: &str, key: &str, said: &str| changed(member, new, &format!("household.members[4]{key}"), said);
    changed("{ born = \"2021-02\", joins = \"2027-01\", leaves = \"2026-12\" }", ".leaves", "comes before `joins`");
    changed("{ role = \"cousin\", born = \"2021-02\" }", ".role", "witness, partner, child");
    changed("{ born = \"2021-02\", age = 5 }", ".age", "`born` or `age`, not both");
    changed("{ role = \"child\" }", ".born", "the month of birth in `born`, or the `age`");
    changed("{ age = 131 }", ".age", "from 0 to 130");
    changed("{ age = \"5\" }", ".age", "a whole number");
    changed("\"somebody\"", "", "expected a table");
    let long_ago = family().replace("start = \"2026-03\"", "start = \"1900-03\"").replace(member, "{ age = 101 }");
    refused(&long_ago, "{ age = 101 }", "household.members[4].age", "a birth before 1800");
    changed("{ born = \"2021-02\", sex = 1 }", ".sex", "unknown key; expected one of role, born, age, joins, leaves");
    let found = findings(&family().replace("members =", "member ="));
    let keys: Vec<&str> = found.iter().map(|finding| finding.key.as_str()).collect();
    assert_eq!(keys, ["household.members", "household.member"], "the key that is missing, and the one written instead");
}

#[test]
fn lines() {
    let with = |key, value, path: &str, said| with_line(&[(key, value)], &format!("lines.extra{path}"), said);
    for amount in ["1e30", "0.025", "inf", "nan"] {
        with("amount", amount, ".amount", "a binary floating-point number has no exact value");
    }
    for amount in ["\"1e30\"", "\"1,5\"", "\"\"", "\".5\"", "\"5.\"", "\"+5\"", "\" 5\"", "\"0x10\"", "\"٣\""] {
        with("amount", amount, ".amount", "written like \"0.025\"");
    }
    for amount in ["\"1000000000000000\"", "\"0.0000000000001\"", "1000000000000000"] {
        with("amount", amount, ".amount", "at most 15 digits before the point and 12 after");
    }
    with("amount", "true", ".amount", "a decimal");
    with("amount", "", ".amount", "expected an `amount`, dated `amounts`, or an `event`");
    with("driver", "\"persn\"", ".driver", "did you mean \"person\"?");
    with("category", "\"housng\"", ".category", "did you mean \"housing\"?");
    with("index", "\"general-prices\"", ".index", "not declared as index");
    with("when", "[\"wrok\"]", ".when[0]", "did you mean \"work\"?");
    with("unless", "[\"work\", \"work\"]", ".unless[1]", "listed twice");
    with("when", "\"work\"", ".when", "a list of ids");
    with("clock", "\"entitlement\"", ".clock", "entitled, place, stage, pathway");
    with("currency", "\"eur\"", ".currency", "ISO 4217");
    with("label", "\"a\\u202eb\"", ".label", "control or bidirectional character");
    with("label", "\"a\\nb\"", ".label", "control or bidirectional character");
    with("source", "", ".source", "where the amount comes from");
    with("price_base_year", "26", ".price_base_year", "from 1800 to 2999");
    with("colour", "1", ".colour", "unknown key");
    with("drop", "true", ".category", "only `id` and `drop`");
    with("schedule", "", ".schedule", "missing");
    with("schedule", "{ every = { months = 0 } }", ".schedule.every.months", "from 1 to 100000");
    with("schedule", "{ every = {} }", ".schedule.every.months", "missing");
    with("schedule", "{ calendar = { months = [13] } }", ".schedule.calendar.months[0]", "from 1 to 12");
    with("schedule", "{ calendar = { months = [3, 3] } }", ".schedule.calendar.months[1]", "listed twice");
    with("schedule", "{ calendar = { months = [] } }", ".schedule.calendar.months", "is empty");
    with("schedule", "{ monthly = { from = 5, until = 4 } }", ".schedule.monthly.until", "comes before `from`");
    with("schedule", "{ monthly = {}, once = {} }", ".schedule", "has 2 keys");
    with(
        "schedule",
        "\"yearly\"",
        ".schedule",
        "monthly, once, every, calendar, dates, on_exit, on_end, on_join, on_leave",
    );
    with("schedule", "{ on_exit = { from = 3 } }", ".schedule.on_exit.from", "unknown key; expected no key here");
    with("relief", "{ profile = \"integraton\" }", ".relief.profile", "did you mean \"integration\"?");
    with("relief", "{ profile = \"integration\", needs = \"earner\" }", ".relief.needs", "working_age");
    with_line(&[("id", "\"Extra\"")], "lines[0].id", "small letters, digits");
    added(&format!("{}{}", line(&[]), line(&[])), "lines[1].id", "another line of this file");
    added("[[lines]]\nid = \"not-there\"\ndrop = true", "lines.not-there", "the catalogue does not have");
}

#[test]
fn events() {
    let with = |event: &str, key: &str, said: &str| {
        with_line(&[("amount", ""), ("schedule", ""), ("event", event)], &format!("lines.extra.event{key}"), said);
    };
    with("{ severity = { uniform = { low = 1, high = 2 } } }", ".per_year", "missing");
    with("{ per_year = -1, severity = { uniform = { low = 1, high = 2 } } }", ".per_year", "0 or more");
    with("{ per_year = 1, severity = { normal = { mean = 5, sd = 1 } } }", ".severity.normal", "can fall below 0");
    with("{ per_year = 1, severity = { uniform = { low = -1, high = 2 } } }", ".severity.uniform", "can fall below 0");
    with(
        "{ per_year = 1, severity = { uniform = { low = 3, high = 2 } } }",
        ".severity.uniform.high",
        "`high` is below `low`",
    );
    with(
        "{ per_year = 1, severity = { pert = { low = 1, mode = 5, high = 4 } } }",
        ".severity.pert.high",
        "low <= mode <= high",
    );
    with("{ per_year = 1, severity = { gamma = { mean = 0, sd = 4 } } }", ".severity.gamma.mean", "above 0");
    with("{ per_year = 1, severity = { beta = { alpha = 1, beta = 2, low = 0 } } }", ".severity.beta.high", "missing");
    with(
        "{ per_year = 1, severity = { discrete = { values = [1, 2], weights = [1] } } }",
        ".severity.discrete.weights",
        "one weight for each value",
    );
    with(
        "{ per_year = 1, severity = { discrete = { values = [1], weights = [0] } } }",
        ".severity.discrete.weights",
        "add up to 0",
    );
    with("{ per_year = 1, severity = { empirical = { values = [] } } }", ".severity.empirical.values", "is empty");
    with("{ per_year = 1, severity = { weibull = { mean = 1 } } }", ".severity.weibull", "no such distribution");
    // 5 and 95 per cent at 100 and 20,000: location ln(100 × 20000) / 2, scale ln(200) / (2 × 1.644854).
    with(
        "{ per_year = 1, severity = { lognormal = { p5 = 100, p95 = 20000 } } }",
        ".severity.lognormal",
        "lognormal = { mean = \"5173.49",
    );
    with_line(
        &[("event", "{ per_year = 1, severity = { uniform = { low = 1, high = 2 } } }")],
        "lines.extra.amount",
        "not both",
    );
    let monthly_only = [
        ("amount", ""),
        ("schedule", "{ once = {} }"),
        ("event", "{ per_year = 1, severity = { uniform = { low = 1, high = 2 } } }"),
    ];
    with_line(&monthly_only, "lines.extra.schedule", "an event line is charged monthly");
}

#[test]
fn solutions_and_pathways() {
    let solution = |funding: &str| {
        format!("[solutions.half]\nlabel = \"Half\"\nkind = \"permanent\"\nentitlements = []\nfunding = {funding}")
    };
    let with =
        |funding: &str, key: &str, said: &str| added(&solution(funding), &format!("solutions.half.funding{key}"), said);
    with("{ regular_budget = \"0.999\" }", "", "the shares add up to 0.999; expected exactly 1");
    with("{ regular_budget = \"1.5\" }", ".regular_budget", "a share from 0 to 1");
    with("{ regular_budget = \"-0.5\" }", ".regular_budget", "a share from 0 to 1");
    with("{ regular_budjet = 1 }", ".regular_budjet", "did you mean \"regular_budget\"?");
    with("{ by_category = { housing = {} } }", ".by_category.housing", "expected exactly 1");
    with("{ by_category = { hosing = { host_state = 1 } } }", ".by_category.hosing", "did you mean \"housing\"?");
    added(
        "[solutions.half]\nlabel = \"Half\"\nkind = \"partial\"\nentitlements = []",
        "solutions.half.kind",
        "permanent, temporary",
    );
    added("[solutions.half]\nkind = \"permanent\"\nentitlements = []", "solutions.half.label", "missing");
    let stages = |stages: &str, key: &str, said: &str| {
        added(&format!("[pathways.other]\nstages = {stages}"), &format!("pathways.other.stages{key}"), said);
    };
    stages("[]", "", "is empty");
    stages("[{ solution = \"tempory\" }]", "[0].solution", "did you mean \"temporary\"?");
    stages("[{ solution = \"temporary\" }, { solution = \"permanent\" }]", "[0].months", "only the last stage");
    stages("[{ solution = \"temporary\", months = 0 }]", "[0].months", "from 1");
    stages("[{ solution = \"delayed\" }]", "[0].solution", "not declared as solution");
    added(
        "[pathways.temporary]\nstages = [{ solution = \"permanent\" }]",
        "pathways.temporary",
        "a solution has this name",
    );
    added(
        "[pathways.\"Not a name\"]\nstages = [{ solution = \"permanent\" }]",
        "pathways.(not shown)",
        "small letters",
    );
}

#[test]
fn rates_and_profiles() {
    added("[rates.index.housing]\n2027 = \"-1\"", "rates.index.housing.2027", "above -1");
    added("[rates.index.housing]\n27 = \"0.1\"", "rates.index.housing.27", "a calendar year from 1800 to 2999");
    added("[rates.index.housing]\ndefault = 0.025", "rates.index.housing.default", "write it as a text: \"0.025\"");
    added("[rates.fx.USD]\ndefault = 0", "rates.fx.USD.default", "above 0");
    added("[rates.fx.EUR]\ndefault = 1", "rates.fx.EUR", "own currency, whose rate is 1");
    // Also where the currency is that of the catalogue.
    let inherited = family().replace("currency = \"EUR\"\n", "") + "[rates.fx.EUR]\ndefault = 2\n";
    refused(&inherited, "[rates.fx.EUR]", "rates.fx.EUR", "currency (its catalogue's), whose rate is 1");
    added("[rates.fx.DOLLAR]\ndefault = 1", "rates.fx.(not shown)", "ISO 4217");
    added("[rates]\ndiscount = \"-1\"", "rates.discount", "above -1");
    added("[rates.inflation]\ndefault = \"0\"", "rates.inflation", "discount, index, fx");
    let knots = |knots: &str, key: &str, said: &str| {
        added(&format!("[profiles.other]\nknots = {knots}"), &format!("profiles.other.knots{key}"), said);
    };
    knots("[]", "", "at least one");
    knots("[[0, \"0\"], [0, \"0.5\"]]", "[1]", "must increase");
    knots("[[5, \"0\"], [4, \"0.5\"]]", "[1]", "must increase");
    knots("[[0, \"1.1\"]]", "[0][1]", "a share from 0 to 1");
    knots("[[0]]", "[0]", "has 1 entry");
    knots("[[0, 1], 1]", "[1]", "[month, share]");
    knots("[[\"0\", \"0.5\"]]", "[0][0]", "a whole number");
}

#[test]
fn assumptions() {
    let uncertain = |parameter: &str, said: &str| {
        let part = format!(
            "[[uncertain]]\nparameter = \"{parameter}\"\ndistribution = {{ uniform = {{ low = 1, high = 2 }} }}"
        );
        added(&part, "uncertain[11].parameter", said);
    };
    uncertain("lines.rent.price", "lines.<id>.amount");
    uncertain("lines.rnt.amount", "did you mean \"rent\"?");
    uncertain("lines.hospital-uninsured.amount", "an event instead of an amount");
    uncertain("lines.rent.event.per_year", "an amount instead of an event");
    uncertain("categories.home.factor", "no category");
    uncertain("rates.fx.GBP.factor", "no exchange rates of that currency");
    uncertain("profiles.integraton.stretch", "did you mean");
    uncertain("pathways.delayed.1.months", "runs to the horizon");
    uncertain("pathways.delayed.2.months", "has 2 stages");
    uncertain("pathways.temporary.0.months", "a solution's own pathway");
    uncertain("pathways.delayed.00.months", "pathways.<name>.<stage>.months");
    uncertain("lines.rent.amount", "declared twice");
    let correlation = |between: &str, rho: &str, key: &str, said: &str| {
        added(&format!("[[correlations]]\nbetween = {between}\nspearman = {rho}"), &format!("correlations{key}"), said);
    };
    correlation("[\"lines.rent.amount\", \"lines.rent.amount\"]", "\"0.5\"", "[2].between", "one parameter twice");
    correlation(
        "[\"rates.index.medical.shift\", \"rates.index.housing.shift\"]",
        "\"0.5\"",
        "[2].between",
        "has a correlation already",
    );
    correlation(
        "[\"lines.rent.amount\", \"lines.permits.amount\"]",
        "\"0.5\"",
        "[2].between[1]",
        "declared under `uncertain`",
    );
    correlation("[\"lines.rent.amount\"]", "\"0.5\"", "[2].between", "has 1 entry");
    correlation("[\"lines.rent.amount\", \"rates.fx.USD.factor\"]", "\"1.01\"", "[2].spearman", "from -1 to 1");
}

#[test]
fn correlations_that_no_distribution_has_are_refused_with_the_eigenvalue() {
    let pair =
        |a: &str, b: &str, rho: &str| format!("[[correlations]]\nbetween = [\"{a}\", \"{b}\"]\nspearman = \"{rho}\"\n");
    let names = ["lines.rent.amount", "rates.fx.USD.factor", "lines.subsistence.amount"];
    let all =
        |rho: &str| pair(names[0], names[1], rho) + &pair(names[1], names[2], rho) + &pair(names[0], names[2], rho);
    let text = format!("{}\n{}", family(), all("-0.9"));
    let found = findings(&text);
    assert_eq!((found.len(), found[0].code, found[0].key.as_str()), (1, Code::NotPositive, "correlations"));
    // Three alike have the eigenvalue 1 + 2 r with r = 2 sin(-0.9 pi / 6) = -0.907981.
    assert!(found[0].message.en().contains("eigenvalue -0.815961"), "{}", found[0].message.en());
    assert!(Scenario::parse(&format!("{}\n{}", family(), all("-0.4"))).is_ok());
    assert!(Scenario::parse(&format!("{}\n{}", family(), all("1"))).is_ok(), "an eigenvalue of 0 is not below it");
}

#[test]
fn expectations() {
    let expect =
        |part: &str, key: &str, said: &str| added(&format!("[[expect]]\n{part}"), &format!("expect[2]{key}"), said);
    expect("figure = \"comparison.premum\"\nequals = 1", ".figure", "did you mean \"comparison.premium\"?");
    expect("figure = \"pathways.delaid.total\"\nequals = 1", ".figure", "did you mean \"delayed\"?");
    expect("figure = \"pathways.delayed.by_category.home\"\nequals = 1", ".figure", "no category");
    expect("figure = \"pathways.delayed.by_fiscal_year.27\"\nequals = 1", ".figure", "four digits");
    expect("figure = \"pathways.delayed.by_fiscal_year.2062\"\nequals = 0", ".figure", "has 2026 to 2031");
    expect("figure = \"comparison.by_fiscal_year.2025.premium\"\nat_most = 1", ".figure", "has 2026 to 2031");
    expect("figure = \"comparison.premium_curve.61.premium\"\nequals = 1", ".figure", "from 1 to 60");
    expect("figure = \"comparison.extra\"", "", "gives 0 of equals, within, at_most and at_least");
    expect("figure = \"comparison.extra\"\nequals = 1\nat_most = 2", "", "gives 2 of");
    expect("figure = \"comparison.extra\"\nwithin = [2, 1]", ".within", "below its first");
    expect("figure = \"comparison.extra\"\nwithin = [1]", ".within", "[low, high]");
    expect("figure = \"comparison.extra\"\nequals = \"much\"", ".equals", "a decimal");
    expect("figure = \"comparison.band\"\nat_least = 1", ".at_least", "is a text");
    expect("equals = 1", ".figure", "missing");
}

/// An amount that no entry feeds counts as 0; a ratio that does not exist meets no expectation.
#[test]
fn what_is_not_there_is_no_ratio() {
    let text = family()
        + "[[expect]]\nfigure = \"comparison.by_category.nothing.premium\"\nequals = 0\n\
           [[expect]]\nfigure = \"comparison.by_category.nothing.extra\"\nequals = 0\n\
           [[expect]]\nfigure = \"pathways.delayed.by_category.nothing\"\nequals = 0\n";
    let text = text.replacen("[household]", "categories = [\"nothing\"]\n[household]", 1);
    let outcomes = Scenario::parse(&text).unwrap().run_expectations().unwrap();
    let passed: Vec<bool> = outcomes.iter().skip(2).map(|outcome| outcome.passed).collect();
    assert_eq!(passed, [false, true, true], "{outcomes:#?}");
    assert_eq!(outcomes[2].found, None);
}

#[test]
fn all_errors_come_at_once_and_in_order() {
    let text = format!(
        "{}\n{}{}",
        family().replace("horizon_months = 60", "horizon_months = 0").replace("\"2016-11\"", "\"2016-14\""),
        line(&[("amount", "0.5"), ("driver", "\"x\"")]),
        line(&[("id", "\"more\""), ("category", "\"y\""), ("label", "5")]),
    );
    let found = findings(&text);
    let keys: Vec<&str> = found.iter().map(|finding| finding.key.as_str()).collect();
    let expected = [
        "horizon_months",
        "household.members[3].born",
        "lines.extra.driver",
        "lines.extra.amount",
        "lines.more.category",
        "lines.more.label",
    ];
    assert_eq!(keys, expected);
    let lines: Vec<u32> = found.iter().filter_map(|finding| finding.place.as_ref().map(|place| place.line)).collect();
    assert!(lines.is_sorted() && lines.len() == 6);
}

#[test]
fn a_flood_of_errors_is_cut_and_counted() {
    let lines: String = (0..300).map(|n| line(&[("id", &format!("\"l{n}\"")), ("amount", "0.5")])).collect();
    let error = Scenario::parse(&format!("{}\n{lines}", family())).unwrap_err();
    assert_eq!((error.findings().len(), error.more()), (limits::FINDINGS, 200));
}

#[test]
fn texts_that_are_no_files_of_ours() {
    let code = |text: &str| Scenario::parse(text).unwrap_err().code();
    assert_eq!(code(""), Code::MissingKey);
    assert_eq!(code("= ="), Code::Syntax);
    assert_eq!(code("schema = 1\nschema = 1"), Code::DuplicateKey);
    assert_eq!(code(&format!("a = {}{}", "[".repeat(30), "]".repeat(30))), Code::TooDeep);
    assert_eq!(code(&"[".repeat(limits::FILE_BYTES + 1)), Code::TooLarge);
    let json = |text: &str| Scenario::parse_json(text).unwrap_err().code();
    assert_eq!(json(""), Code::Syntax);
    assert_eq!(json("[]"), Code::WrongKind);
    assert_eq!(json("null"), Code::WrongKind);
    assert_eq!(json("{\"schema\": 1,}"), Code::Syntax);
    assert_eq!(json("{\"schema\": 1} // comment"), Code::Syntax);
    assert_eq!(json("{\"schema\": 1, \"schema\": 1}"), Code::DuplicateKey);
    assert_eq!(json(&"[".repeat(1_000_000)), Code::TooDeep);
}

/// A thread of a small C library has 128 KiB of stack.
#[test]
fn what_nests_too_deep_is_refused_on_a_small_stack() {
    let dotted = "a.".repeat(70);
    let toml = [
        "a = [".to_owned() + &"[".repeat(5_000),
        "a = ".to_owned() + &"{ a = ".repeat(5_000),
        "a = ".to_owned() + &"[{ a = ".repeat(5_000),
        format!("[{dotted}a]\n{dotted}a = 1"),
        format!("{dotted}a = {{ {dotted}a = {{ {dotted}a = 1 }} }}"),
    ];
    let json = [["[", "]"], ["{\"a\":", "}"], ["[{\"a\":", "}]"]];
    let json = json.map(|[open, close]| [open.repeat(5_000), open.repeat(500) + "1" + &close.repeat(500)]);
    let texts = toml.map(|text| Source { name: "t", text: text.leak(), format: Format::Toml });
    let texts = texts.into_iter().chain(json.into_iter().flatten().map(|text| Source::json("t", text.leak())));
    for source in texts {
        let read = move || Loader::new().load(source).unwrap_err().code();
        let thread = std::thread::Builder::new().stack_size(128 << 10).spawn(read).unwrap();
        assert_eq!(thread.join().unwrap(), Code::TooDeep, "{}", &source.text[..20]);
    }
}

#[test]
fn catalogues() {
    let refused = |text: &str| Catalogue::parse(text).unwrap_err().to_string();
    assert!(refused("schema = 1\ncatalogue = \"other.toml\"").contains("catalogue:2:1: catalogue: unknown key"));
    assert!(
        refused("schema = 1\n[rates.fx.USD]\ndefault = 1").contains("states the currency in which they are quoted")
    );
    assert!(refused("schema = 1\ncurrency = \"USD\"\n[rates.fx.USD]\ndefault = 1").contains("own currency"));
    assert!(refused(&format!("schema = 1\n{}", line(&[]))).contains("price_base_year: missing"));
    assert!(refused("schema = 1\nstart = \"2026-01\"").contains("start: unknown key"));
    let message = Scenario::parse(&family().replace("\"reference\"", "\"other.toml\"")).unwrap_err().to_string();
    assert!(message.contains("can name \"reference\" only") && !message.contains("other.toml"), "{message}");
    let loader = Loader::new().catalogues(|_| Err(relocost::message!("there is no such file", "fichier introuvable")));
    let error = loader.load(Source::toml("family", FAMILY)).unwrap_err();
    assert_eq!((error.findings().len(), error.findings()[0].key.as_str()), (1, "catalogue"), "{error}");
}

#[test]
fn rates_quoted_in_another_currency_are_said_to_be_not_inherited_once_for_each_currency() {
    let pounds = "schema = 1\ncatalogue = \"reference\"\ncurrency = \"GBP\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n[rates.fx.EUR]\ndefault = \"0.85\"";
    let error = Scenario::parse(pounds).unwrap().compare().unwrap_err();
    assert_eq!(error.findings().len(), 1, "{error}");
    assert_eq!((error.is_missing_rate(), error.findings()[0].key.as_str()), (true, "rates.fx.USD"));
    let message = &error.findings()[0].message;
    assert!(message.en().contains("are quoted in EUR and are not inherited"), "{error}");
    assert!(message.fr().contains("sont cotés en EUR et ne sont pas repris"), "{error}");
}

#[test]
fn a_rate_that_a_charge_needs_is_named_with_its_year() {
    let missing = |part: &str| {
        let error = Scenario::parse(&format!("{}\n{part}", family())).unwrap().compare().unwrap_err();
        assert!(error.is_missing_rate());
        assert!(error.findings()[0].place.is_some());
        error.to_string()
    };
    let in_pounds = line(&[("currency", "\"GBP\"")]);
    assert!(
        missing(&in_pounds).contains("rates.fx.GBP: missing; an exchange rate of GBP is needed and no year has one")
    );
    assert!(
        missing(&format!("{in_pounds}[rates.fx.GBP]\n2026 = \"1.2\"\n2027 = \"1.2\"")).contains("rates.fx.GBP.2028")
    );
    let indexed = line(&[("index", "\"new\""), ("price_base_year", "2024")]);
    assert!(missing(&format!("{indexed}[rates.index.new]\n2025 = \"0.1\"")).contains("rates.index.new.2026"));
    // A year in which nothing is charged needs nothing.
    let once = line(&[("currency", "\"GBP\""), ("schedule", "{ once = {} }")]);
    let fine = Scenario::parse(&format!("{}\n{once}[rates.fx.GBP]\n2026 = \"1.2\"", family())).unwrap();
    assert!(fine.compare().is_ok());
    // Nor does an index on the constant basis.
    let indexed = Scenario::parse(&format!("{}\n{indexed}[rates.index.new]\n2025 = \"0.1\"", family())).unwrap();
    assert!(indexed.ledger_on("permanent", relocost::Basis::Constant).is_ok());
}

#[test]
fn nothing_that_could_identify_is_shown() {
    let text = r#"
        schema = 1
        title = ["SECRET"]
        catalogue = "SECRET/SECRET.toml"
        start = "2026-03"
        horizon_months = 60
        household = { reference = "SECRET SECRET", "SECRET NAME" = 1, school_age = "SECRET", members = [
            { role = "SECRET", born = "SECRET", maria_secret = 1 }, "SECRET", { age = 777777 }, { age = 3.25 }, { joins = "SECRET", "SECRET" = 1 } ] }
    "#;
    let error = Scenario::parse(text).unwrap_err();
    assert!(error.findings().len() > 10, "{error}");
    for shown in [error.to_string(), format!("{error:?}"), serde_json::to_string(error.findings()).unwrap()] {
        assert!(
            !shown.contains("SECRET")
                && !shown.contains("maria")
                && !shown.contains("777777")
                && !shown.contains("3.25"),
            "{shown}"
        );
    }
    let shown = Loader::new().show_values(true).load(Source::toml("family", text)).unwrap_err().to_string();
    assert!(shown.contains("777777"), "the switch shows values: {shown}");

    let scenario = Scenario::parse(&family()).unwrap();
    for debug in [
        format!("{scenario:?}"),
        format!("{:?}", scenario.household()),
        format!("{:?}", scenario.household().members),
        format!("{:?}", scenario.ledger("delayed").unwrap()),
    ] {
        assert!(["CASE", "1984", "2012", "Family", "Witness"].iter().all(|value| !debug.contains(value)), "{debug}");
    }
}

#[test]
fn what_is_odd_is_a_warning_and_the_figures_come() {
    let text = family()
        .replace("{ role = \"child\", born = \"2021-02\" }", "{ born = \"2021-02\", leaves = \"2022-01\" }")
        .replace("months = 18 }, { solution = \"permanent\" }", "months = 60 }, { solution = \"permanent\" }");
    let text = format!(
        "{text}\n{}{}{}",
        line(&[("when", "[\"work\"]"), ("unless", "[\"work\"]")]),
        line(&[("id", "\"never\""), ("schedule", "{ once = { at = 60 } }")]),
        line(&[("id", "\"nowhere\""), ("when", "[\"work\"]"), ("unless", "[\"residence\"]")]),
    );
    let scenario = Scenario::parse(&text).unwrap();
    let keys: Vec<String> = scenario.warnings().into_iter().map(|warning| warning.key).collect();
    for key in
        ["household.members[4]", "pathways.delayed.stages[1]", "lines.extra.unless", "lines.never", "lines.nowhere"]
    {
        assert!(keys.iter().any(|known| known == key), "no warning of {key}: {keys:?}");
    }
    assert!(scenario.compare().is_ok());
}

#[test]
fn what_says_less_than_it_seems_is_a_warning() {
    let text = family().replace("[household]", "[drivers.staff]\nmembers = { roles = [\"witness\"] }\n[household]");
    let text = text.replace("schema = 1", "schema = 1\nplaces = [\"x1\"]")
        + &line(&[("id", "\"limited\""), ("solutions", "[\"temporary\"]"), ("driver", "\"staff\"")])
        + "[pathways.moved]\nstages = [{ solution = \"temporary\", place = \"x1\" }]\n";
    let scenario = Scenario::parse(&text).unwrap();
    let keys: Vec<String> = scenario.warnings().into_iter().map(|warning| warning.key).collect();
    for key in ["lines.limited.solutions", "solutions.permanent"] {
        assert!(keys.iter().any(|known| known == key), "no warning of {key}: {keys:?}");
    }
    let rows = "reference,members\nA,1984-03\nB,witness:1984-03\n";
    let caseload = scenario.caseload(rows.as_bytes(), &relocost::caseload::CaseloadOptions::default()).unwrap();
    let told: Vec<String> = caseload.warnings.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].contains("no member has a role"), "{told:?}");
}

#[test]
fn a_share_that_can_only_be_per_cents_is_a_warning() {
    let warned = |part: &str| {
        let text = family() + part;
        let warnings = Scenario::parse(&text).unwrap().warnings();
        let found = warnings.into_iter().filter(|warning| warning.code == Code::PerCent);
        found.map(|warning| format!("{}: {}", warning.key, warning.message.en())).collect::<Vec<_>>()
    };
    let one = |part: &str, key: &str, share: &str| {
        let found = warned(part);
        assert_eq!(found.len(), 1, "{part}: {found:?}");
        assert!(found[0].starts_with(key) && found[0].contains(&format!("write \"{share}\"")), "{found:?}");
    };
    one("[rates.index.housing]\n2027 = \"2.5\"\n", "rates.index.housing.2027: 2.5 is a share", "0.025");
    one("[rates.index.housing]\ndefault = 3\n", "rates.index.housing.default: ", "0.03");
    one("[rates]\ndiscount = \"3\"\n", "rates.discount: ", "0.03");
    one(
        "[[uncertain]]\nparameter = \"rates.index.education.shift\"\ndistribution = { normal = { mean = 0, sd = 1 } }\n",
        "uncertain[",
        "0.01",
    );
    one(
        "[variants.dear]\n\"rates.index.housing.shift\" = \"2\"\n",
        "variants.dear.rates.index.housing.shift: ",
        "0.02",
    );
    one("[[expect]]\nfigure = \"comparison.premium\"\nat_most = 75\n", "expect[2]: ", "0.75");
    one("[[expect]]\nfigure = \"comparison.by_fiscal_year.2027.premium\"\nwithin = [45, 75]\n", "expect[2]: ", "0.75");
    // A share that is only unusual is not.
    for part in [
        "[rates.index.housing]\n2027 = \"0.9\"\n",
        "[[expect]]\nfigure = \"comparison.premium\"\nat_most = 9\n",
        "[[expect]]\nfigure = \"comparison.extra\"\nat_most = 750000\n",
    ] {
        assert_eq!(warned(part), [""; 0], "{part}");
    }
}

#[test]
fn one_slip_does_not_cause_ten_errors() {
    changed("[household]", "entitlements = \"work\"\n[household]", "entitlements", "a list of ids");
    changed("[household]", "categories = [\"housing\", 3]\n[household]", "categories[1]", "an id, or { id");
    changed("[household]", "solutions = 5\n[household]", "solutions", "a table");
}

#[test]
fn everything_that_is_wrong_with_one_entry_is_said() {
    let all = |text: &str| findings(text).into_iter().map(|finding| finding.key).collect::<Vec<_>>();
    let schedule = line(&[("schedule", "{ every = { months = 0, from = 5, until = 3 } }")]);
    let keys = all(&format!("{}\n{schedule}", family()));
    assert_eq!(keys, ["lines.extra.schedule.every.months", "lines.extra.schedule.every.until"]);
    let calendar = line(&[("schedule", "{ calendar = { months = [13, 4, 0] } }")]);
    assert_eq!(all(&format!("{}\n{calendar}", family())).len(), 2);
    let expect = format!("{}\n[[expect]]\nfigure = \"comparison.premum\"\nat_most = 0.75", family());
    assert_eq!(all(&expect), ["expect[2].figure", "expect[2].at_most"]);
    let band = format!("{}\n[[expect]]\nfigure = \"comparison.band\"\nequals = \"withn\"", family());
    assert!(findings(&band)[0].message.en().contains("did you mean \"within\"?"));
    let blank = format!("{}\n{}", family(), line(&[("source", "\" \"")]));
    assert_eq!(all(&blank), ["lines.extra.source"]);
}

#[test]
fn duplicate_keys_are_named_if_they_are_ours() {
    let key = |error: relocost::Error| error.findings()[0].key.clone();
    assert_eq!(key(Scenario::parse_json("{\"schema\": 1, \"schema\": 1}").unwrap_err()), "schema");
    assert_eq!(key(Scenario::parse("schema = 1\nschema = 1").unwrap_err()), "schema");
    assert_eq!(key(Scenario::parse("maria = 1\nmaria = 1").unwrap_err()), "");
    assert_eq!(Scenario::parse_json("{\u{a0}\"schema\": 1}").unwrap_err().code(), Code::Syntax);
}

#[test]
fn all_tables_that_lack_a_rate_come_at_once() {
    let lines = line(&[("currency", "\"GBP\""), ("index", "\"new\"")]);
    let text = format!("{}\n{lines}[rates.index.new]\n2027 = \"0.1\"\n[rates.fx.GBP]\n2026 = \"1.2\"", family());
    let error = Scenario::parse(&text).unwrap().compare().unwrap_err();
    let keys: Vec<&str> = error.findings().iter().map(|finding| finding.key.as_str()).collect();
    assert_eq!(keys, ["rates.fx.GBP.2027", "rates.index.new.2028"]);
}

/// When somebody joins, is born or begins shows in no error: the year is the first that the table lacks.
#[test]
fn a_missing_rate_tells_nothing_of_who_needs_it() {
    let rates = "[rates.index.new]\n2027 = \"0.1\"\n[rates.fx.GBP]\n2027 = \"1.2\"";
    let joining = line(&[("schedule", "\"on_join\""), ("currency", "\"GBP\""), ("index", "\"new\"")]);
    let mut told = Vec::new();
    for joins in ["2029-04", "2030-10"] {
        let who = format!("{{ born = \"2021-02\", joins = \"{joins}\" }}");
        let text = family().replace("{ role = \"child\", born = \"2021-02\" }", &who) + &joining + rates;
        told.push(Scenario::parse(&text).unwrap().compare().unwrap_err().to_string());
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].contains("rates.index.new.2028") && told[0].contains("rates.fx.GBP.2028"), "{}", told[0]);
    assert!(!told[0].contains("extra"), "{}", told[0]);
    // A row's own start, before and after the years that are given.
    let scenario = Scenario::parse(&(family() + &line(&[("currency", "\"GBP\"")]) + rates)).unwrap();
    for (start, missing) in [("2019-05", "2026"), ("2041-05", "2028")] {
        let table = format!("reference,members,start\nA,34,{start}\n");
        let error = scenario
            .caseload(table.as_bytes(), &relocost::caseload::CaseloadOptions::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(&format!("rates.fx.GBP.{missing}")) && !error.contains(&start[..4]), "{error}");
    }
}

#[test]
fn a_catalogue_that_cannot_be_read_does_not_hide_the_scenarios_own_errors() {
    let broken = |_: &str| {
        Ok(relocost::scenario::CatalogueText {
            name: "prices".into(),
            text: "schema = = 1".into(),
            format: relocost::syntax::Format::Toml,
        })
    };
    let text = FAMILY.replace("horizon_months = 60", "horizon_months = 0");
    let error = Loader::new().catalogues(broken).load(Source::toml("family", &text)).unwrap_err();
    let places: Vec<String> =
        error.findings().iter().map(|finding| finding.place.as_ref().unwrap().to_string()).collect();
    assert_eq!(places, ["family:3:13", "family:6:18", "prices:1:10", "prices:1:12"], "{error}");
}

#[test]
fn a_present_value_that_cannot_be_written_says_which_rate_it_is() {
    let text = format!("{}\n[rates]\ndiscount = \"-0.999999999999\"", family());
    let error = Scenario::parse(&text).unwrap().compare().unwrap_err();
    assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::TooLargeFigure, "rates.discount"));
    assert!(error.findings()[0].place.is_some());
    assert!(Scenario::parse(&text).unwrap().ledger("permanent").is_ok());
}

/// Eleven centuries of an index, whose exact factor has tens of thousands of digits, and prices so small that every
/// amount lies near a tie or near nothing.
#[test]
fn a_small_file_does_not_take_long() {
    let text = r#"{ "schema": 1, "currency": "EUR", "start": "2900-01", "horizon_months": 120, "price_base_year": 1800,
        "household": { "members": [{ "age": 30 }] }, "categories": ["c"], "funds": ["f"], "entitlements": [],
        "rates": { "index": { "i": { "default": "0.000000000001" } } },
        "solutions": { "permanent": { "label": "p", "kind": "permanent", "entitlements": [] }, "temporary": { "label": "t", "kind": "temporary", "entitlements": [] } },
        "lines": [
            { "id": "a", "category": "c", "label": "a", "driver": "household", "schedule": { "monthly": {} }, "amount": "0.005", "currency": "EUR", "index": "i", "source": "s" },
            { "id": "b", "category": "c", "label": "b", "driver": "household", "schedule": { "monthly": {} }, "amount": 950, "currency": "EUR", "index": "i", "source": "s" }
        ] }"#;
    let scenario = Scenario::parse_json(text).unwrap();
    assert_eq!(scenario.compare().unwrap().pathways()["permanent"].total.to_string(), "114001.20");
    let written = serde_json::to_string(&scenario.ledger("permanent").unwrap()).unwrap();
    assert!(written.contains("1.000000001100"));
}

/// A small scenario with room for more.
const SMALL: &str = r#"
schema = 1
currency = "EUR"
start = "2026-01"
horizon_months = 12
price_base_year = 2026
categories = ["housing"]
funds = ["budget"]
places = ["aville"]
entitlements = ["work"]
household = { members = [{ age = 40 }] }
[solutions.permanent]
label = "p"
kind = "permanent"
entitlements = ["work"]
[[lines]]
id = "rent"
category = "housing"
label = "rent"
driver = "person"
schedule = "monthly"
amount = "100"
currency = "EUR"
source = "x"
"#;

fn more(keys: &str) -> String {
    format!("[[lines]]\nid = \"more\"\ncategory = \"housing\"\nlabel = \"more\"\nsource = \"x\"\n{keys}\n")
}

/// As `more`, with a driver, a schedule and a currency.
fn priced(keys: &str) -> String {
    more(&format!("driver = \"person\"\nschedule = \"monthly\"\ncurrency = \"EUR\"\n{keys}"))
}

/// The cases that Python and C are asked too, each a part of a file, the key reported, and what is said. `top` stands
/// before the rest of the file.
#[test]
fn places_drivers_tariffs_percentages_and_refunds() {
    let shared: serde_json::Value = serde_json::from_str(include_str!("wrong_input.json")).unwrap();
    assert_eq!(shared["scenario"].as_str(), Some(SMALL.trim_start()));
    for case in shared["cases"].as_array().unwrap() {
        let [part, key, says] = ["part", "key", "says"].map(|name| case[name].as_str().unwrap());
        let top = case["top"].as_str().unwrap_or_default();
        let error = Scenario::parse(&format!("{top}{SMALL}{part}")).expect_err(part);
        let told = error.findings().iter().any(|it| it.key.starts_with(key) && it.message.en().contains(says));
        assert!(told, "{part}\ndoes not tell at {key}: {says}\nbut {error}");
        assert!(!error.to_string().contains("ville"), "a place is shown: {error}");
        let is_given_in_french =
            |it: &relocost::error::Finding| !it.message.fr().is_empty() && it.message.fr() != it.message.en();
        assert!(error.findings().iter().all(is_given_in_french), "{error}");
    }
    for (id, what) in [("place", "entitlements"), ("factor", "categories")] {
        let list = if what == "entitlements" { "[\"work\"]" } else { "[\"housing\"]" };
        let text = SMALL.replacen(&format!("{what} = {list}"), &format!("{what} = [{id:?}, \"work\", \"housing\"]"), 1);
        let error = Scenario::parse(&text).unwrap_err();
        assert!(error.to_string().contains("word of the files"), "{error}");
    }
}

/// Errors that only a question finds, of the same file: a ledger, a what-if, a caseload.
#[test]
fn questions_that_python_and_c_are_asked_too() {
    let shared: serde_json::Value = serde_json::from_str(include_str!("wrong_input.json")).unwrap();
    for case in shared["questions"].as_array().unwrap() {
        let [part, key, says] = ["part", "key", "says"].map(|name| case[name].as_str().unwrap());
        let scenario = Scenario::parse(&format!("{SMALL}{part}")).unwrap();
        let error = if let Some(pathway) = case["ledger"].as_str() {
            scenario.ledger(pathway).map(|_| ()).unwrap_err()
        } else if let Some(members) = case["members"].as_str() {
            let table = format!("reference,members\nA,{members}\n");
            scenario.caseload(table.as_bytes(), &CaseloadOptions::default()).map(|_| ()).unwrap_err()
        } else {
            let [path, value] = [0, 1].map(|place| case["set"][place].as_str().unwrap());
            let changed = path.parse().and_then(|path: Parameter| Ok((path.value(value)?, path)));
            changed.and_then(|(value, path)| scenario.with(&[(path, value)])).map(|_| ()).unwrap_err()
        };
        let told = error.findings().iter().any(|it| it.key.starts_with(key) && it.message.en().contains(says));
        assert!(told, "{case}\nis not told, but {error}");
    }
}

/// A percentage or a refund of a line that a later file drops.
#[test]
fn a_percentage_or_a_refund_of_a_dropped_line() {
    for charge in ["percentage = { share = \"0.1\", lines = [\"rent\"] }", "refund = { of = \"rent\", share = 1 }"] {
        let below = format!("{SMALL}{}", more(charge));
        let below: String = below
            .split_inclusive('\n')
            .filter(|line| !["start", "horizon_months", "household"].iter().any(|key| line.starts_with(key)))
            .collect();
        let bring =
            |_: &str| Ok(CatalogueText { name: "below.toml".into(), text: below.clone(), format: Format::Toml });
        let text = "schema = 1\ncatalogue = \"below.toml\"\nstart = \"2026-01\"\nhorizon_months = 12\n\
                    household = { members = [{ age = 40 }] }\n[[lines]]\nid = \"rent\"\ndrop = true\n";
        let error = Loader::new().catalogues(bring).load(Source::toml("family", text)).unwrap_err();
        assert!(error.findings().iter().any(|it| it.key.starts_with("lines.more.")), "{error}");
    }
}

/// The builder gets the same errors, under the same keys.
#[test]
fn what_a_builder_is_told() {
    use relocost::Month;
    use relocost::names::{Driver, SolutionKind};
    use relocost::scenario::Schedule;
    use relocost::scenario::build::{
        LineBuilder, ScenarioBuilder, inherit, line, member, members, of, percentage, refund, scenario, solution, stage,
    };
    let base = || {
        scenario("EUR", "2026-01", 12)
            .price_base_year(2026)
            .categories(["housing"])
            .funds(["budget"])
            .places(["aville"])
            .entitlements(["work"])
            .member(member().age(40))
            .solution("permanent", solution(SolutionKind::Permanent))
            .line(line("rent", "housing").amount(100, "EUR"))
    };
    let with = |line: LineBuilder| base().line(line);
    let paid = || line("more", "housing").amount(1, "EUR");
    let month = |text: &str| text.parse::<Month>().unwrap();
    let [low, high] = ["1", "2"].map(|text| text.parse().unwrap());
    let uniform = relocost::scenario::Distribution::Uniform { low, high };
    let event = || line("ill", "housing").event(1, &uniform, "EUR");
    let refused: Vec<(ScenarioBuilder, &str, &str)> = vec![
        (base().driver("a", of(Driver::Person).roles([relocost::names::Role::Child])), "drivers.a.of", "not both"),
        (base().driver("a", of(Driver::Person).per(2).steps([(1, 1)])), "drivers.a.steps", "not both"),
        (base().driver("a", of(Driver::Person).steps([(2, 1), (2, 3)])), "drivers.a.steps[1]", "must increase"),
        (base().driver("a", of(Driver::Person).steps([(0, 1)])), "drivers.a.steps[0][0]", "from 1"),
        (base().driver("a", of("b")).driver("b", members()), "drivers.a.of", "expected one of household"),
        (base().driver("person", of(Driver::Adult)), "drivers.person", "another name"),
        (base().driver("a", members().roles([])), "drivers.a.members.roles", "empty"),
        (with(paid().driver("flat")), "lines.more.driver", "driver"),
        (
            with(paid().relief::<&str>("p", []).relief_needs("flat")).profile("p", [(0, "1")]),
            "lines.more.relief.needs",
            "",
        ),
        (with(paid().places(["bville"])), "lines.more.places[0]", "not declared as place"),
        (base().pathway("a", [stage("permanent").place("bville")]), "pathways.a.stages[0].place", "not declared"),
        (base().level("aville", "housing", 0), "rates.level.(not shown).housing", "above 0"),
        (base().level("aville", "hosing", 1), "rates.level.(not shown).hosing", "did you mean"),
        (with(paid().valid_from("2026-05").valid_until("2026-04")), "lines.more.valid.until", "comes before"),
        (
            with(line("more", "housing").amounts([(month("2026-01"), 1), (month("2026-02"), -1)], "EUR")),
            "lines.more.amounts.2026-02",
            "all 0 or more",
        ),
        (with(percentage("more", "0.1").of_lines(["more"]).line()), "lines.more.percentage.lines[0]", "of itself"),
        (with(percentage("more", 0).line()), "lines.more.percentage.share", "above 0"),
        (
            with(percentage("more", "0.1").of_lines(["later"]).line()).line(percentage("later", "0.1").line()),
            "lines.more.percentage.lines[0]",
            "stands after",
        ),
        (with(refund("more", "housing", "ill", 1)).line(event()), "lines.more.refund.of", "an event"),
        (
            with(refund("more", "housing", "tax", 1)).line(percentage("tax", 1).line()),
            "lines.more.refund.of",
            "a percentage",
        ),
        (
            with(refund("more", "housing", "back", 1)).line(refund("back", "housing", "rent", 1)),
            "lines.more.refund.of",
            "a refund",
        ),
        (base().index_month("a", 13).index("a", 0), "rates.index.a.month", "from 1 to 12"),
        (with(inherit("rnt").amount(2, "EUR")), "lines.rnt", "inherits from a line"),
        (with(paid().schedule(&Schedule::Dates { months: Vec::new() })), "lines.more.schedule.dates.months", "empty"),
    ];
    for (builder, key, says) in refused {
        let error = builder.build().map(|_| ()).expect_err(key);
        let told = error.findings().iter().any(|it| it.key.starts_with(key) && it.message.en().contains(says));
        assert!(told, "not told at {key}: {says}, but {error}");
    }
}

/// A charge before the first tariff is an error of the ledger, and on the constant basis is none.
#[test]
fn a_charge_before_the_first_amount() {
    let text = format!("{SMALL}{}", priced("amounts = { \"2026-03\" = 7 }"));
    let scenario = Scenario::parse(&text).unwrap();
    let error = scenario.ledger("permanent").unwrap_err();
    assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::MissingRate, "lines.more.amounts"));
    assert!(scenario.ledger_on("permanent", relocost::Basis::Constant).is_ok());
    let valid = text + "valid = { from = \"2026-03\" }\n";
    assert_eq!(Scenario::parse(&valid).unwrap().ledger("permanent").unwrap().total().to_string(), "1270.00");
}

#[test]
fn lists_of_catalogues() {
    let bring = |name: &str| {
        let text = match name {
            "a.toml" => "schema = 1\ncurrency = \"EUR\"\nprice_base_year = 2026\n[[lines]]\nid = \"fee\"\ndrop = true",
            "b.toml" => "schema = 1\n[[lines]]\nid = \"rent\"\ninherit = true\namount = \"x\"\n",
            _ => return Err(relocost::message!("there is no such file", "fichier introuvable")),
        };
        Ok(CatalogueText { name: name.to_owned(), text: text.to_owned(), format: Format::Toml })
    };
    let told = |list: &str| {
        let text = SMALL.replace("schema = 1", &format!("schema = 1\ncatalogue = {list}"));
        Loader::new().catalogues(bring).load(Source::toml("family", &text)).unwrap_err().to_string()
    };
    assert!(told("[]").contains("catalogue: is empty"));
    assert!(told("[\"a.toml\", \"a.toml\"]").contains("catalogue[1]: is listed twice"));
    assert!(told("[\"a.toml\", 1]").contains("catalogue[1]"));
    assert!(told("[\"a.toml\", \"c.toml\"]").contains("catalogue[1]: there is no such file"));
    // Each file's errors name that file; a line that inherits stands on those before it.
    let both = told("[\"a.toml\", \"b.toml\"]");
    assert!(both.contains("a.toml:4:1: lines.fee: drops a line"), "{both}");
    assert!(both.contains("b.toml:2:1: lines.rent: inherits from a line"), "{both}");
    assert!(both.contains("b.toml:5:10: lines.rent.amount: found"), "{both}");
}
