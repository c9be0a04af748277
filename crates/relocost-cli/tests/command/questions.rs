//! The other questions: waiting, a target, many households, a known cost, and payments.

use serde_json::Value;

use crate::support::{contains, err, family, golden, out, piped, relocost, root, status};

/// The published object of a question.
fn published(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(golden(&format!("questions/{name}.expected.json"))).unwrap()).unwrap()
}

#[test]
fn the_other_questions_print_the_published_objects() {
    let table = golden("questions/caseload-of-28.csv");
    let lines = "short-let,international-school,hospital-uninsured";
    for (command, more, name) in [
        ("delay", vec![], "family-of-five.delay"),
        ("calibrate", vec!["--target", "0.60", "--lines", lines], "family-of-five.calibrate"),
        ("caseload", vec![table.to_str().unwrap()], "caseload-of-28"),
    ] {
        let output = family(command, &[more.clone(), vec!["--format", "json"]].concat());
        assert_eq!(status(&output), 0, "{}", err(&output));
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(contains(&found, &published(name)), "{name}: {found:#}");
        for format in ["text", "csv"] {
            let output = family(command, &[more.clone(), vec!["--format", format, "--lang", "fr"]].concat());
            assert!(status(&output) == 0 && !output.stdout.is_empty());
        }
    }
    let text = out(&family("delay", &["--months", "12"]));
    assert!(text.contains("costs 7,119.84 EUR on average over 12 months, 85,438.08 EUR in all"), "{text}");
}

#[test]
fn questions_that_are_asked_wrongly() {
    assert_eq!(status(&family("delay", &["--months", "61"])), 2);
    assert_eq!(status(&family("calibrate", &["--target", "0.6", "--lines", "nothing"])), 2);
    let per_cent = family("calibrate", &["--target", "60", "--lines", "short-let"]);
    assert_eq!(status(&per_cent), 2);
    assert!(err(&per_cent).contains("60 would be 6000 per cent") && err(&per_cent).contains("write 0.6"));
    let none = family("calibrate", &["--target", "0", "--lines", "security-monitoring"]);
    assert_eq!(status(&none), 1, "no solution is an input that is wrong");
    assert!(err(&none).contains("no factor on these lines meets the target"), "{}", err(&none));
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("SECRET.csv");
    std::fs::write(&table, "reference,members\nSECRET HOUSE,34\n").unwrap();
    let wrong = family("caseload", &[table.to_str().unwrap()]);
    assert_eq!(status(&wrong), 1);
    assert!(err(&wrong).contains("SECRET.csv:2: reference: ") && !err(&wrong).contains("HOUSE"), "{}", err(&wrong));
    assert_eq!(status(&family("caseload", &[folder.path().join("none.csv").to_str().unwrap()])), 1);
    assert_eq!(status(&family("caseload", &[folder.path().to_str().unwrap()])), 1);
}

#[test]
fn estimates() {
    let output = relocost(&["estimate", "--permanent", "112000", "--currency", "USD"]);
    assert!(out(&output).contains("112,000.00  179,200.00  67,200.00"), "{}", out(&output));
    assert!(
        out(&output).contains("The Court's reported average") && out(&output).contains("not a result of the model")
    );
    let json = relocost(&[
        "estimate",
        "--monthly",
        "3750",
        "--months",
        "12",
        "--of",
        "temporary",
        "--band",
        "0.5..0.5",
        "--format",
        "json",
    ]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (&json["points"][0]["permanent"], &json["points"][2]["extra"]),
        (&"30000.00".into(), &"15000.00".into())
    );
    for wrong in [
        vec!["estimate"],
        vec!["estimate", "--permanent", "1", "--temporary", "2"],
        vec!["estimate", "--permanent", "0"],
        vec!["estimate", "--monthly", "5"],
        vec!["estimate", "--permanent", "5", "--band", "0.75..0.45"],
        vec!["estimate", "--permanent", "112000", "--months", "60"],
        vec!["estimate", "--temporary", "112000", "--of", "permanent"],
        vec!["estimate", "--permanent", "5", "--band", "45..75"],
    ] {
        assert_eq!(status(&relocost(&wrong)), 2, "{wrong:?}");
    }
}

#[test]
fn a_calibrated_scenario_is_written_and_reaches_the_target() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calibrated.toml");
    let write = ["--target", "0.5", "--lines", "short-let,international-school", "--write", path.to_str().unwrap()];
    assert_eq!(status(&family("calibrate", &write)), 0);
    assert_eq!(status(&family("calibrate", &write)), 2, "not written over another");
    let figures = out(&relocost(&["compare", path.to_str().unwrap(), "--format", "csv"]));
    let premium = figures.lines().find_map(|line| line.strip_prefix("comparison.premium,")).unwrap();
    assert!(premium.starts_with("0.50000") || premium.starts_with("0.49999"), "{premium}");
}

#[test]
fn payments_are_read_from_text_and_workbook_and_compared() {
    let workbooks = root().join("tests/workbooks");
    let at = |name: &str| workbooks.join(name).to_str().unwrap().to_owned();
    let asked =
        |name: &str, more: &[&str]| family("payments", &[&[&at(name), "--pathway", "temporary"], more].concat());
    let [text, book] =
        ["payments.csv", "payments.xlsx"].map(|name| asked(name, &["--until", "2026-06", "--format", "json"]));
    assert_eq!(status(&text), 0, "{}", err(&text));
    assert_eq!(out(&text), out(&book), "a workbook and its text");
    let found: Value = serde_json::from_slice(&text.stdout).unwrap();
    let found = &found["payments"];
    assert_eq!((&found["from"], &found["until"], &found["window"]), (&"2026-03".into(), &"2026-06".into(), &2.into()));
    assert_eq!(found["lines"][0]["line"], "short-let");
    assert_eq!((&found["total"]["paid"], &found["total"]["exchange"]), (&"3864.60".into(), &"70.00".into()));
    assert!(!out(&asked("payments.csv", &[])).contains("credit note"));
    let total = asked("total.xlsx", &[]);
    assert_eq!(status(&total), 1);
    assert!(err(&total).contains("total.xlsx:4: month: expected a month") && !err(&total).contains("Total"));
    let calls = [
        ("--pathway temporary --until 2025-01", "until: "),
        ("--pathway temporary --from 2099-01", "from: "),
        ("--pathway none", "pathway"),
    ];
    for (call, said) in calls {
        let call =
            family("payments", &[&[at("payments.csv").as_str()], &call.split(' ').collect::<Vec<_>>()[..]].concat());
        assert_eq!(status(&call), 2, "{}", err(&call));
        assert!(err(&call).contains(said), "{}", err(&call));
    }
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("estimated.toml");
    let written = written.to_str().unwrap();
    let estimated = asked("payments.csv", &["--estimate", "--credibility", "2", "--write", written]);
    assert!(out(&estimated).contains("n / (n + 2)"), "{}{}", out(&estimated), err(&estimated));
    let text = std::fs::read_to_string(written).unwrap();
    assert!(text.contains("source = \"payments 2026-03 to 2026-05, 2\"") && !text.contains("CASE-A"), "{text}");
    assert_eq!(status(&relocost(&["check", "--catalogue", written])), 0, "{text}");
    assert_eq!(status(&asked("payments.csv", &["--estimate", "--write", written])), 2, "there is such a file");
    std::fs::write(written, text.replace("id = \"short-let\"", "id = \"short-let\" # as agreed")).unwrap();
    let again = asked("payments.csv", &["--estimate", "--credibility", "0", "--write", written, "--force"]);
    assert_eq!(status(&again), 0, "{}", err(&again));
    let changed = std::fs::read_to_string(written).unwrap();
    assert!(changed.contains("# as agreed") && changed != text, "{changed}");
    let programme = root().join("tests/programmes/random-01/programme.toml");
    let programme = programme.to_str().unwrap();
    let none = folder.path().join("none.csv");
    std::fs::write(&none, "month,line,amount,currency\n").unwrap();
    let none = none.to_str().unwrap();
    let paid = relocost(&["payments", programme, none]);
    assert!(out(&paid).starts_with("What was paid for the programme as planned in "), "{}", err(&paid));
    for wrong in [["--pathway", "temporary"], ["--variant", "x"]] {
        assert_eq!(status(&relocost(&[&["payments", programme, none][..], &wrong].concat())), 2, "{wrong:?}");
    }
    assert_eq!(status(&family("payments", &[none])), 2, "no pathway");
    let both = piped(&["payments", "-", "-", "--pathway", "temporary"], "");
    assert_eq!(status(&both), 2, "{}", err(&both));
}
