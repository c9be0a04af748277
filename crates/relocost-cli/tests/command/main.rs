//! The command as a user runs it: what it prints, where, and with which exit status.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(name)
}

fn relocost(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relocost")).args(arguments).output().unwrap()
}

fn family(command: &str, more: &[&str]) -> Output {
    let file = golden("family-of-five.toml");
    relocost(&[&[command, file.to_str().unwrap()], more].concat())
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// True if every figure of `expected` stands in `found`.
fn contains(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, value)| found.get(key).is_some_and(|found| contains(found, value)))
        }
        _ => found == expected,
    }
}

#[test]
fn compare_prints_the_published_object_as_json() {
    for (more, expected) in [
        (vec![], "family-of-five.expected.json"),
        (vec!["--base", "permanent", "--alternative", "delayed"], "family-of-five.delayed.expected.json"),
    ] {
        let output = family("compare", &[more, vec!["--format", "json"]].concat());
        assert_eq!(status(&output), 0);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(golden(expected)).unwrap()).unwrap();
        assert!(contains(&found, &expected), "{found:#}");
        assert_eq!(found["schema"], 1);
    }
}

#[test]
fn compare_says_in_words_what_a_reader_needs() {
    let output = family("compare", &[]);
    let text = out(&output);
    for said in [
        "over 60 months from 2026-03, in EUR",
        "Internal",
        "                            Permanent relocation  Temporary (ad hoc) solution       extra  premium\n",
        "Total                                 242,251.42                   405,795.44  163,544.02    67.5%",
        "Premium: 67.5% over 60 months, within the 45% to 75% that the Court reported in 2015;",
        "an average over households, so for a single one the verdict only orients",
        "Public schooling                               62,623.20  ████████████████████████",
        "15 of the 15 lines charged have illustrative amounts",
        "Other pathways: delayed 313,434.19",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colour when not a terminal");
    assert!(!text.contains("CASE-A") && !text.contains("Family of five"));
    assert_eq!(err(&output), "", "what is odd tells of the household, and is left to `check`");
    let french = out(&family("compare", &["--lang", "fr"]));
    assert!(
        french.contains("405\u{202f}795,44")
            && french.contains("67,5\u{202f}%")
            && french.contains("Scolarité publique")
            && french.contains("  Réinstallation permanente  Solution temporaire (ad hoc)  "),
        "{french}"
    );
    let constant = out(&family("compare", &["--basis", "constant"]));
    assert!(
        constant.contains("constant prices")
            && constant.contains("231,418.51                   382,670.00  151,251.49"),
        "{constant}"
    );
}

#[test]
fn csv_has_figures_by_their_paths_and_entries_by_row() {
    let figures = out(&family("compare", &["--format", "csv"]));
    assert!(figures.starts_with("figure,value\n"));
    assert!(figures.contains("\npathways.temporary.by_category.education,79424.56\n"), "{figures}");
    assert!(figures.contains("\ncomparison.premium_curve.60.premium,0.675100356481\n"));
    let ledger = out(&family("ledger", &["--pathway", "permanent", "--format", "csv"]));
    assert_eq!(ledger.lines().count(), 371, "a head and 370 entries");
    assert_eq!(
        ledger.lines().nth(1),
        Some("2026-03,0,2026,0,permanent,,rent,,,housing,1,950,EUR,,1,1,1,0,950.00,950.00,0.00,0.00,illustrative,true")
    );
    let french = out(&family("ledger", &["--pathway", "permanent", "--format", "csv", "--lang", "fr"]));
    assert!(french.starts_with("\u{feff}month;month_index;fiscal_year;stage;"), "{french}");
    assert!(french.lines().nth(1).is_some_and(|row| row.contains(";950,00;950,00;0,00;")), "{french}");
}

#[test]
fn a_ledger_adds_up_in_json() {
    let ledger: Value =
        serde_json::from_slice(&family("ledger", &["--pathway", "delayed", "--format", "json"]).stdout).unwrap();
    let cents = |value: &Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let entries = ledger["entries"].as_array().unwrap();
    assert_eq!(entries.iter().map(|entry| cents(&entry["amount"])).sum::<i64>(), cents(&ledger["total"]));
    assert_eq!(ledger["total"], "313434.19");
}

#[test]
fn a_figure_is_traced_to_entries_steps_and_sources() {
    let output = family("explain", &["--pathway", "permanent", "--line", "rent", "--month", "2029-03"]);
    let text = out(&output);
    for said in [
        "639.40 EUR is the sum of 1 entry",
        "× 1.076890625",
        "2027: 0.025",
        "× 0.625",
        "after 36 months",
        "= 639.40380859375",
        "≈ 639.40 EUR",
        "1                quantity: household",
        "Rent, ordinary lease (lines.rent): illustrative",
        "of the ledger of \"Permanent relocation\"",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    let french = ["--lang", "fr"];
    let text = out(&family(
        "explain",
        &[&["--pathway", "permanent", "--line", "rent", "--month", "2029-03"][..], &french].concat(),
    ));
    for said in [
        "livre de « Réinstallation permanente »",
        "quantité : ménage (household)",
        "2027 : 0,025 ; 2028 : 0,025",
        "encore nécessaire, après 36 mois",
        "Sources, chacune avec sa clé dans les fichiers",
        "Loyer, bail ordinaire (lines.rent) : à titre d'illustration",
        "Profil «\u{a0}integration\u{a0}» (profiles.integration) : (aucune source indiquée)",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    let event = out(&family("explain", &["--pathway", "temporary", "--line", "hospital-uninsured", "--year", "2027"]));
    assert!(event.contains("× 40 ") && event.contains("0.08 a year / 12 × mean cost of an event"), "{event}");
    let none = family("explain", &["--pathway", "permanent", "--category", "legal"]);
    assert_eq!((status(&none), out(&none).contains("No entry")), (0, true));
    let json: Value = serde_json::from_slice(
        &family(
            "explain",
            &["--pathway", "temporary", "--category", "education", "--year", "2027", "--format", "json"],
        )
        .stdout,
    )
    .unwrap();
    assert_eq!(json["entries"][0]["unrounded"], "8073/5");
}

#[test]
fn exit_statuses() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let wrong = file("wrong.toml", b"schema = 1");
    let large = file("large.toml", &vec![b'['; 100 << 20]);
    let binary = file("binary.toml", b"\xff\xfe\x00");
    let none = folder.path().join("none.toml");
    for (arguments, expected) in [
        (vec!["compare", wrong.as_str()], 1),
        (vec!["compare", large.as_str()], 1),
        (vec!["compare", binary.as_str()], 1),
        (vec!["compare", folder.path().to_str().unwrap()], 1),
        (vec!["compare", none.to_str().unwrap()], 1),
        (vec!["check", wrong.as_str()], 1),
        (vec!["test", wrong.as_str()], 1),
        (vec!["compare"], 2),
        (vec!["compare", wrong.as_str(), "SECRET"], 2),
        (vec!["compute"], 2),
        (vec!["compare", wrong.as_str(), "--format", "xml"], 2),
        (vec!["schema"], 0),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
    ] {
        let output = relocost(&arguments);
        assert_eq!(status(&output), expected, "{arguments:?}: {}", err(&output));
        assert!(
            !err(&output).contains("SECRET") && !err(&output).contains(folder.path().to_str().unwrap()),
            "{}",
            err(&output)
        );
        assert!(!err(&output).contains("panicked"));
    }
    assert_eq!(status(&family("compare", &["--base", "nowhere"])), 2);
    assert_eq!(status(&family("ledger", &["--pathway", "nowhere"])), 2);
    assert_eq!(status(&family("explain", &["--pathway", "temporary", "--fund", "nowhere"])), 2);
    // A month outside the horizon, or an entry that does not exist, is not a figure of 0.
    for outside in [
        &["--year", "2035"][..],
        &["--year", "2025"],
        &["--month", "2035-01"],
        &["--month", "2026-02"],
        &["--entry", "0"],
        &["--entry", "999999"],
        &["--category", "education", "--month", "2026-07", "--entry", "100"],
    ] {
        let output = family("explain", &[&["--pathway", "temporary"][..], outside].concat());
        assert_eq!((status(&output), out(&output).as_str()), (2, ""), "{outside:?}: {}", err(&output));
    }
}

#[test]
fn standard_input_is_read_and_reaches_no_file() {
    let run = |text: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relocost"))
            .args(["compare", "-", "--format", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let json = r#"{ "schema": 1, "catalogue": "reference", "start": "2026-03", "horizon_months": 60, "household": { "members": [{ "age": 34 }] } }"#;
    let output = run(json);
    let comparison = relocost::Scenario::parse_json(json).unwrap().compare().unwrap();
    let premium = &serde_json::to_value(comparison).unwrap()["comparison"]["premium"];
    assert!(premium.is_string());
    assert!(out(&output).contains(&premium.to_string()), "{}", err(&output));
    let output = run(&json.replace("reference", "reference-catalogue.toml"));
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("standard input:1:29: catalogue:"), "{}", err(&output));
}

#[test]
fn check_lists_what_is_wrong_and_odd() {
    let output = family("check", &[]);
    assert_eq!((status(&output), out(&output).as_str()), (0, "family-of-five.toml: no errors, 1 warning\n"));
    assert!(err(&output).contains("reference-catalogue.toml:181:1: lines.joining-travel: this line is never charged"));
    let catalogue = golden("reference-catalogue.toml");
    assert_eq!(status(&relocost(&["check", "--catalogue", catalogue.to_str().unwrap()])), 0);
    let report: Value =
        serde_json::from_slice(&relocost(&["check", catalogue.to_str().unwrap(), "--format", "json"]).stdout).unwrap();
    assert_eq!((&report[0]["errors"][0]["key"], &report[0]["errors"][0]["code"]), (&"start".into(), &2002.into()));
}

#[test]
fn expectations_are_reported_as_a_test_runner_does() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("below");
    std::fs::create_dir(&below).unwrap();
    let text = std::fs::read_to_string(golden("family-of-five.toml")).unwrap();
    let text = text
        .replace("reference-catalogue.toml", "prices.toml")
        .replace("at_least = \"60000.00\"", "at_least = \"70000\"\nwhy = \"schools cost this much\"");
    std::fs::write(below.join("a.toml"), text).unwrap();
    std::fs::copy(golden("reference-catalogue.toml"), below.join("prices.toml")).unwrap();
    std::fs::write(folder.path().join("a.toml"), "schema = 1\nhousehold = {").unwrap();
    let junit = folder.path().join("report.xml");
    let output = relocost(&["test", folder.path().to_str().unwrap(), "--junit", junit.to_str().unwrap()]);
    assert_eq!(status(&output), 1);
    let text = out(&output);
    for said in [
        "test a.toml ... ERROR",
        "test a.toml (2) 1 comparison.premium ... ok",
        "test a.toml (2) 2 comparison.attribution.public_schooling ... FAILED",
        "expected at least 70000, found 62623.20; why: schools cost this much",
        "at a.toml:66:1",
        "passed over, being no scenarios and no programmes: 1 file",
        "result: FAILED. 1 passed; 1 failed; 1 file with errors",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    let xml = std::fs::read_to_string(junit).unwrap();
    assert!(xml.contains("tests=\"3\" skipped=\"0\" failures=\"1\" errors=\"1\""), "{xml}");
    assert_eq!(status(&relocost(&["test", golden("family-of-five.toml").to_str().unwrap()])), 0);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(status(&relocost(&["test", empty.path().to_str().unwrap()])), 2, "no test was run");
}

/// A catalogue is begun, checked, costed under a scenario, and brought up to date from a list; nothing is replaced unasked.
#[test]
fn a_catalogue_is_written_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [old, new, list, family] = ["prices.toml", "new.toml", "list.csv", "family.toml"].map(path);
    assert_eq!(out(&relocost(&["init", "--catalogue", &old])), "prices.toml is written\n");
    assert_eq!(out(&relocost(&["check", "--catalogue", &old])), "prices.toml: no errors, 0 warnings\n");
    std::fs::write(
        &family,
        "schema = 1\ncatalogue = \"prices.toml\"\nstart = \"2026-01\"\nhorizon_months = 24\n\
         household = { members = [{ age = 40 }, { age = 8 }] }\n",
    )
    .unwrap();
    assert_eq!(out(&relocost(&["check", &family])), "family.toml: no errors, 0 warnings\n");
    std::fs::write(&list, "id,amount,currency,from,source\nrent,1000,EUR,2027-01,list\nrend,1,EUR,,list\n").unwrap();
    let output = relocost(&["prices", &old, &list, "--write", &new]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("1 price changes") && text.contains("  rend (row 3)\n"), "{text}");
    let (before, after) = (std::fs::read_to_string(&old).unwrap(), std::fs::read_to_string(&new).unwrap());
    assert!(after.contains("amounts = { \"2026-01\" = \"950\", \"2027-01\" = \"1000\" }"), "{after}");
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(status(&relocost(&["prices", &old, &list, "--write", &new])), 2, "nothing is replaced");
    assert_eq!(status(&relocost(&["prices", &old, &list, "--write", &new, "--force"])), 0);
    assert_eq!(status(&relocost(&["prices", &old, &list, "--write", &path("new.json")])), 2, "it is TOML");
    let piped = piped(&["prices", &old, "-"], "id,amount,currency,source\nrent,-5,EUR,list\n");
    assert_eq!(status(&piped), 1);
    assert_eq!(err(&piped), "error: standard input:2: amount: is negative, but the line is a charge\n");
    assert_eq!(out(&relocost(&["catalogue"])), "reference\n");
    assert_eq!(out(&relocost(&["catalogue", "reference"])), relocost::Catalogue::reference().text());
    assert_eq!(status(&relocost(&["catalogue", "another"])), 2);
}

/// A programme is begun, checked, costed and tested; what its households are is in no message.
#[test]
fn a_programme_is_written_checked_costed_and_tested() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("budget.toml");
    let file = file.to_str().unwrap();
    let output = relocost(&["init", "--programme", file]);
    assert_eq!(out(&output), "budget.toml and programme-households.csv are written\n");
    assert_eq!(status(&relocost(&["init", "--programme", file])), 2, "nothing is replaced");
    assert_eq!(status(&relocost(&["init", "--programme", file, "--force"])), 0);
    assert_eq!(out(&relocost(&["check", file])), "budget.toml: no errors, 0 warnings\n");
    let text = out(&relocost(&["programme", file]));
    for said in [
        "The programme of 2026 to 2028, in EUR, prices of each year: 12 cases, 2 agreements\nInternal: ",
        "Against the ceilings, as planned",
        "First agreement (2026-03)",
        "Nobody arrives and no place is granted or given after the programme's last month.",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert!(!text.contains("HH-01") && !text.contains("2026-04"), "cases and months on request only: {text}");
    let all = out(&relocost(&["programme", file, "--cases", "--month", "--lang", "fr"]));
    assert!(all.contains("HH-01") && all.contains("2026-04") && all.contains("Dossiers un à un"), "{all}");
    let json = |more: &[&str]| -> Value {
        let output = relocost(&[&["programme", file, "--format", "json"], more].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let (run, cases) = (json(&[]), json(&["--cases", "--threads", "1", "--no-values"]));
    assert_eq!((&run["cases"], &run["internal"]), (&Value::Null, &true.into()));
    assert_eq!((cases["cases"].as_array().unwrap().len(), &cases["values"]), (12, &Value::Null));
    assert_eq!(run["lines"], cases["lines"]);
    let csv = |option: &str| out(&relocost(&["programme", file, "--format", "csv", option]));
    assert!(csv("--month").starts_with("month,arrived,given,"));
    assert!(csv("--cases").starts_with("number,reference,arrives,"));
    assert_eq!(status(&relocost(&["programme", file, "--format", "csv", "--cases", "--month"])), 2);
    let junit = folder.path().join("report.xml");
    let tested = relocost(&["test", folder.path().to_str().unwrap(), "--junit", junit.to_str().unwrap()]);
    assert!(out(&tested).starts_with("test budget.toml 1 waiting.without_way ... ok\n"), "{}", out(&tested));
    assert!(std::fs::read_to_string(junit).unwrap().contains("tests=\"1\" skipped=\"0\" failures=\"0\""));
    // From standard input it is a programme too, but can name no file.
    let text = std::fs::read_to_string(file).unwrap();
    let (head, tail) = text.split_once("[[cases]]\ncaseload").unwrap();
    let alone = format!("{head}{}", &tail[tail.find("\n# Cases to come").unwrap()..]);
    for arguments in [&["programme", "-"][..], &["check", "-"]] {
        let output = piped(arguments, &alone);
        assert_eq!(status(&output), 0, "{arguments:?}: {}", err(&output));
    }
    let output = piped(&["check", "-"], &text);
    assert_eq!(status(&output), 1);
    // An error in a household is shown without its values.
    let households = folder.path().join("programme-households.csv");
    std::fs::write(&households, "reference,members\nHH-77,34 x99\n").unwrap();
    for command in ["programme", "check", "test"] {
        let output = relocost(&[command, file]);
        let said = out(&output) + &err(&output);
        assert_eq!(status(&output), 1);
        assert!(said.contains("programme-households.csv:2"), "{said}");
        assert!(!said.contains("HH-77") && !said.contains("x99"), "{said}");
    }
    assert_eq!(status(&relocost(&["compare", file])), 1);
    let schema: Value = serde_json::from_slice(&relocost(&["schema", "--programme"]).stdout).unwrap();
    assert!(schema["properties"]["agreements"].is_object());
}

/// The command with a text on its standard input.
fn piped(arguments: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A reader who leaves, or never comes, changes nothing of what is done and of the status that says so.
#[test]
#[cfg(unix)]
fn a_reader_who_leaves_changes_neither_the_work_nor_the_status() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(golden("family-of-five.toml")).unwrap();
    let text = text.replace("reference-catalogue.toml", "reference").replace("at_least = \"60000.00\"", "at_most = 1");
    let (fails, junit, written) =
        ["fails.toml", "report.xml", "written.toml"].map(|name| folder.path().join(name)).into();
    std::fs::write(&fails, text).unwrap();
    let [fails, junit, written] = [&fails, &junit, &written].map(|path| path.to_str().unwrap());
    for (arguments, expected) in [
        (vec!["test", fails, "--junit", junit], 1),
        (vec!["check", fails], 0),
        (vec!["check", "none.toml", fails], 1),
        (vec!["compare", fails, "--format", "json"], 0),
        (vec!["calibrate", fails, "--target", "0.6", "--lines", "short-let", "--write", written], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
        let child = command.args(&arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), expected, "{arguments:?}: {}", err(&output));
    }
    assert!(std::fs::read_to_string(junit).unwrap().contains("failures=\"1\""));
    assert!(std::fs::read_to_string(written).unwrap().contains("[[lines]]"));
    // A report that cannot be printed is still written.
    std::fs::remove_file(junit).unwrap();
    let full = std::fs::File::options().write(true).open("/dev/full");
    if let Ok(full) = full {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
        let output = command.args(["test", fails, "--junit", junit]).stdout(full).output().unwrap();
        assert_eq!(status(&output), 1);
        assert!(Path::new(junit).exists());
    }
}

/// Nothing that may be a scenario is passed over in silence.
#[test]
#[cfg(unix)]
fn tests_pass_over_no_scenario() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::process::CommandExt as _;
    let text = std::fs::read_to_string(golden("family-of-five.toml"))
        .unwrap()
        .replace("reference-catalogue.toml", "reference");
    let good = tempfile::tempdir().unwrap();
    std::fs::write(good.path().join("good.toml"), &text).unwrap();
    let fails = text.replace("at_least = \"60000.00\"", "at_most = 1");
    let away = tempfile::tempdir().unwrap();
    std::fs::write(away.path().join("fails.toml"), fails).unwrap();
    let run = |name: &str| {
        let output = relocost(&["test", good.path().to_str().unwrap()]);
        assert_eq!(status(&output), 1, "{name}: {}{}", out(&output), err(&output));
        assert!((out(&output) + &err(&output)).contains(name), "{name}: {}", out(&output));
        std::fs::remove_file(good.path().join(name)).unwrap();
    };
    let fine = relocost(&["test", good.path().to_str().unwrap()]);
    assert_eq!(status(&fine), 0, "{}", err(&fine));
    symlink(away.path().join("fails.toml"), good.path().join("link.toml")).unwrap();
    run("link.toml");
    symlink("nowhere.toml", good.path().join("nowhere.toml")).unwrap();
    run("nowhere.toml");
    for (name, content) in
        [("cut.json", "{ \"schema\": 1,"), ("cut.TOML", "schema = "), ("CUT.JSON", "{ \"household\"")]
    {
        std::fs::write(good.path().join(name), content).unwrap();
        run(name);
    }
    // A large file that is no scenario is no error.
    let large = format!("[{}\"x\"]", "\"x\",".repeat(2 << 20));
    std::fs::write(good.path().join("large.json"), large).unwrap();
    assert_eq!(status(&relocost(&["test", good.path().to_str().unwrap()])), 0);
    // A folder that cannot be looked into, for a user who is not root.
    let closed = good.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    std::fs::set_permissions(good.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
    command.args(["test", good.path().to_str().unwrap()]);
    if std::fs::read_dir(&closed).is_ok() {
        command.uid(65_534).gid(65_534); // root reads everything
    }
    if let Ok(output) = command.output() {
        assert_eq!(status(&output), 1, "{}{}", out(&output), err(&output));
        assert!(err(&output).contains("closed: cannot be read: no permission"), "{}", err(&output));
    }
}

#[test]
fn a_scenario_to_start_from_is_right_and_is_not_written_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let mine = path.to_str().unwrap();
    assert_eq!(status(&relocost(&["init", mine])), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), out(&relocost(&["init"])));
    assert_eq!(out(&relocost(&["check", mine])), "mine.toml: no errors, 1 warning\n");
    assert_eq!(status(&relocost(&["test", mine])), 0);
    assert_eq!(status(&relocost(&["init", mine])), 2);
    assert_eq!(status(&relocost(&["init", mine, "--force"])), 0);
}

#[test]
fn completions_and_man_pages() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&relocost(&["completions", shell])).contains("relocost"), "{shell}");
    }
    assert!(out(&relocost(&["man"])).contains(".TH relocost"));
    assert!(out(&relocost(&["man", "explain"])).contains("Trace one figure"));
    assert_eq!(status(&relocost(&["man", "nothing"])), 2);
    let help = out(&relocost(&["compare", "--help"]));
    assert!(help.contains("Examples:") && help.contains("Shapley"), "{help}");
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios/family-of-five.toml");
    let printed = out(&relocost(&["compare", example.to_str().unwrap()]));
    for line in shown.lines().filter(|line| line.trim() != "...") {
        assert!(printed.lines().any(|printed| printed == line), "{line:?} is not printed");
    }
}

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
fn a_table_of_households_to_start_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("households.csv");
    assert_eq!(status(&relocost(&["init", "--caseload", path.to_str().unwrap()])), 0);
    assert_eq!(status(&family("caseload", &[path.to_str().unwrap()])), 0);
}

#[test]
fn payments_are_read_from_text_and_workbook_and_compared() {
    let workbooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workbooks");
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
    let programme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/programmes/random-01/programme.toml");
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

#[test]
fn variants_stand_beside_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("family.toml");
    let text = std::fs::read_to_string(golden("family-of-five.toml"))
        .unwrap()
        .replace("reference-catalogue.toml", "reference");
    std::fs::write(&path, format!("{text}\n[variants.dearer-rent]\nlines.rent.amount = 1045\n")).unwrap();
    let table = out(&relocost(&["compare", path.to_str().unwrap(), "--variants"]));
    assert!(table.contains("as it stands") && table.contains("dearer-rent") && table.contains("+4,213.4"), "{table}");
    assert_eq!(status(&family("compare", &["--variants"])), 2, "the family has none");
    let json: Value = serde_json::from_slice(
        &relocost(&["compare", path.to_str().unwrap(), "--variants", "--format", "json"]).stdout,
    )
    .unwrap();
    assert_eq!(json["variants"]["dearer-rent"]["change_of_alternative"], "0.00");
}

#[test]
fn a_years_update_of_prices_is_audited() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("prices-2027.toml");
    let text = std::fs::read_to_string(golden("reference-catalogue.toml")).unwrap();
    std::fs::write(&newer, text.replace("amount = \"950\"", "amount = \"980\"")).unwrap();
    let (older, newer, scenario) =
        (golden("reference-catalogue.toml"), newer.to_str().unwrap(), golden("family-of-five.toml"));
    let text = out(&relocost(&["diff", older.to_str().unwrap(), newer, "--scenario", scenario.to_str().unwrap()]));
    for said in
        ["before", "242,251.42", "lines.rent.amount: 950 -> 980", "one after another in this order: time, household"]
    {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    let alone = relocost(&["diff", older.to_str().unwrap(), newer]);
    assert_eq!(status(&alone), 0, "{}", err(&alone));
    assert!(out(&alone).contains("lines.rent.amount: 950 -> 980"), "{}", out(&alone));
    assert_eq!(
        status(&relocost(&["diff", older.to_str().unwrap(), scenario.to_str().unwrap()])),
        1,
        "a catalogue and a scenario"
    );
    let same = out(&relocost(&["diff", scenario.to_str().unwrap(), scenario.to_str().unwrap()]));
    assert!(same.contains("Nothing that a total depends on has changed"), "{same}");
}

/// The command's words for what changed between two files in a folder, as text.
fn changed(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relocost")).arg("diff").args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn two_programmes_are_compared_cause_by_cause() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let file = "schema = 1\ncatalogue = \"reference\"\nprogramme = { first_fiscal_year = 2026, fiscal_years = 2 }\n\
        cases = [{ id = \"a\", members = [{ age = 34 }], arrives = \"2026-01\" }]\n";
    write("old.toml", file);
    write("new.toml", &file.replace("2026-01", "2026-05"));
    write("family.toml", &file.replace("programme", "household"));
    let text = changed(folder.path(), &["old.toml", "new.toml"]);
    assert_eq!(status(&text), 0, "{}", err(&text));
    for said in ["As planned", "before", "timing", "after", "one after another in this order: cases gone"] {
        assert!(out(&text).contains(said), "{said} is not in\n{}", out(&text));
    }
    let csv = out(&changed(folder.path(), &["old.toml", "new.toml", "--format", "csv"]));
    assert!(csv.starts_with("line,cause,fiscal_year,fund,amount,internal\n"), "{csv}");
    let sum = |cause: &str| -> i64 {
        let rows = csv.lines().filter(|row| row.starts_with(&format!("as_planned,{cause},")));
        rows.map(|row| row.split(',').nth(4).unwrap().replace('.', "").parse::<i64>().unwrap()).sum()
    };
    assert_eq!(sum("old") + sum("timing"), sum("new"));
    assert!(sum("timing") < 0);
    let french = out(&changed(folder.path(), &["old.toml", "new.toml", "--lang", "fr"]));
    assert!(french.contains("calendrier") && french.contains("Interne"), "{french}");
    for (arguments, code) in [
        (&["old.toml", "family.toml"][..], 2),
        (&["old.toml", "new.toml", "--basis", "constant"], 2),
        (&["old.toml", "new.toml", "--scenario", "family.toml"], 2),
        (&["old.toml", "new.toml", "--households", "a.csv"], 2),
    ] {
        assert_eq!(status(&changed(folder.path(), arguments)), code, "{arguments:?}");
    }
}

#[test]
fn two_caseloads_are_compared_cause_by_cause() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let setting = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-01\"\nhorizon_months = 24\nhousehold = { members = [] }\n";
    write("old.toml", setting);
    write("new.toml", &setting.replace("24", "30"));
    write("old.csv", "reference,members\nHH-1,34 6\nHH-2,41\n");
    write("new.csv", "reference,members\nHH-2,41\nHH-3,70\n");
    let tables = ["--households", "old.csv", "new.csv"];
    let text = changed(folder.path(), &[&["old.toml", "new.toml"][..], &tables].concat());
    assert_eq!(status(&text), 0, "{}", err(&text));
    for said in ["Permanent relocation", "cases gone", "cases new", "horizon_months: 24 -> 30"] {
        assert!(out(&text).contains(said), "{said} is not in\n{}", out(&text));
    }
    let json = changed(folder.path(), &[&["old.toml", "new.toml", "--format", "json"][..], &tables].concat());
    let json: Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!((&json["of"], &json["cases"]["gone"]), (&"caseloads".into(), &1.into()));
    let chosen = changed(
        folder.path(),
        &[&["old.toml", "new.toml", "--pathways", "permanent", "nowhere"][..], &tables].concat(),
    );
    assert_eq!(status(&chosen), 2);
}

const LANGUAGES: [&str; 2] = ["en", "fr"];

/// Few draws, which are enough to see what is printed.
fn few(command: &str) -> Vec<&'static str> {
    match command {
        "simulate" => vec!["--draws", "2000"],
        "sobol" => vec!["--draws", "256", "--resamples", "20"],
        _ => vec![],
    }
}

#[test]
fn what_is_uncertain_is_printed_in_every_format_and_language() {
    for command in ["simulate", "tornado", "sobol"] {
        for (format, lang) in ["table", "text", "markdown", "html", "csv", "json"]
            .iter()
            .flat_map(|format| LANGUAGES.map(|lang| (*format, lang)))
        {
            let output = family(command, &[few(command), vec!["--format", format, "--lang", lang]].concat());
            assert_eq!(status(&output), 0, "{command} {format} {lang}: {}", err(&output));
            let text = out(&output);
            let begins = match format {
                "markdown" => "# ",
                "html" => "<div class=\"relocost\">",
                "csv" if lang == "fr" => "\u{feff}figure;value\n",
                "csv" => "figure,value\n",
                "json" => "{",
                _ => "W",
            };
            let french = lang == "fr" && ["table", "text"].contains(&format);
            assert!(french || text.starts_with(begins), "{command} {format} {lang}:\n{text}");
            if !["csv", "json"].contains(&format) {
                let internal = if lang == "fr" { "Ne pas publier." } else { "Not for publication." };
                assert!(text.contains(internal) && text.contains("60"), "{command} {format} {lang}:\n{text}");
            }
            assert!(!text.contains("CASE-A") && !text.contains("Family of five") && !text.contains('\u{1b}'));
        }
    }
}

#[test]
fn wide_vectors_and_narrow_ones_give_the_same_bits() {
    let file = golden("family-of-five.toml");
    let of = |arguments: &[&str], vectors: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relocost"));
        let output = command.args(arguments).env("RELOCOST_VECTORS", vectors).output().unwrap();
        assert_eq!(status(&output), 0, "{arguments:?}: {}", err(&output));
        out(&output)
    };
    for sampling in ["random", "latin_hypercube", "sobol"] {
        let arguments =
            ["simulate", file.to_str().unwrap(), "--draws", "4096", "--sampling", sampling, "--format", "json"];
        assert_eq!(of(&arguments, "wide"), of(&arguments, "narrow"), "{sampling}");
    }
    let indices = ["sobol", file.to_str().unwrap(), "--draws", "256", "--resamples", "20", "--format", "json"];
    assert_eq!(of(&indices, "wide"), of(&indices, "narrow"));
}

#[test]
fn a_simulation_says_what_to_set_aside_and_how_sure_the_premium_is() {
    let text = out(&family("simulate", &few("simulate")));
    for said in [
        "What relocation may cost over 60 months from 2026-03, in EUR, prices of each year",
        "To suffice in four cases out of five (P80) over 60 months, set aside ",
        "Premium: ",
        " on average over 60 months, from ",
        "P5      P10      P50      P80      P90      P95  worst 5%",
        "± standard error",
        "To set aside, by budget year",
        "within 45% to 75%, which the Court reported in 2015",
        "The band is an average over households, so for a single one the verdict only orients.",
        "because the assumptions are not centred on the scenario's values",
        "of curvature, more than chance explains",
        "2,000 draws, seed 0, sampling random, relocost ",
        "binary floating point and are not rounded",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
    assert!(
        text.lines().any(|line| line.starts_with("Temporary (ad hoc) solution  405,795.44  435,549.34  ")),
        "{text}"
    );
    assert!(!text.contains("Draws moved"), "none leaves its domain");
    let french = out(&family("simulate", &[few("simulate"), vec!["--lang", "fr"]].concat()));
    assert!(french.contains("Pour suffire dans quatre cas sur cinq (P80) sur 60 mois, provisionner "), "{french}");
}

#[test]
fn the_json_of_a_simulation_is_numbers_and_repeats_itself() {
    let run = |more: &[&str]| {
        let output = family("simulate", &[few("simulate"), vec!["--format", "json"], more.to_vec()].concat());
        assert_eq!(status(&output), 0, "{}", err(&output));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let json = run(&[]);
    assert_eq!((&json["draws"], &json["seed"], &json["schema"]), (&2000.into(), &0.into(), &1.into()));
    let total = &json["pathways"]["temporary"]["total"];
    assert!(total["mean"].is_f64() && total["quantiles"]["0.8"].as_f64() > total["quantiles"]["0.5"].as_f64());
    assert_eq!(total["ledger"], "405795.44");
    assert!(json["pathways"]["temporary"]["by_fiscal_year"]["2027"]["mean"].is_f64());
    assert!(json["pathways"]["temporary"]["by_category"]["education"]["mean"].is_f64());
    let band = &json["comparison"]["band"];
    let sum: f64 = ["below", "within", "above", "none"].iter().map(|place| band[place].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-12, "{band}");
    assert!(json["comparison"]["premium"]["mean"].is_f64() && json["comparison"]["extra"]["mean"].is_f64());
    assert_eq!(json, run(&["--threads", "1"]), "threads change nothing");
    assert_ne!(json["pathways"], run(&["--seed", "8"])["pathways"]);
    let constant = run(&["--basis", "constant", "--alternative", "delayed", "--sampling", "sobol"]);
    assert_eq!(
        (&constant["basis"], &constant["comparison"]["alternative"], &constant["sampling"]),
        (&"constant".into(), &"delayed".into(), &"sobol".into())
    );
}

#[test]
fn a_tornado_and_sobol_indices_rank_what_matters() {
    let tornado: Value = serde_json::from_slice(&family("tornado", &["--format", "json"]).stdout).unwrap();
    let bars = tornado["bars"].as_array().unwrap();
    assert_eq!((bars.len(), &bars[0]["parameter"]), (11, &"lines.international-school.amount".into()));
    let swing = |bar: &Value| bar["swing"].as_f64().unwrap().abs();
    assert!(bars.windows(2).all(|pair| swing(&pair[0]) >= swing(&pair[1])));
    let text = out(&family("tornado", &[]));
    assert!(
        text.contains("as it stands               242,251                      405,796  163,545                67.5%"),
        "{text}"
    );
    assert!(text.contains("premium (60 months)") && text.contains('█') && text.contains('░'), "{text}");
    let text = out(&family("sobol", &few("sobol")));
    for said in [
        "extra: ",
        "premium (60 months): ",
        "lines.short-let.amount + lines.international-school.amount",
        "lines.hospital-uninsured.events",
        "at stake alone",
        "Without any effect on it: pathways.delayed.0.months",
        "Rank correlation (Spearman)",
        "Two matrices of 256 draws, seed 0, 20 resamples",
    ] {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
}

#[test]
fn uncertainty_that_is_asked_for_wrongly() {
    for (command, more, said) in [
        ("simulate", vec!["--draws", "0"], "draws: asks for 0 draws; expected 1 to 2^36"),
        ("simulate", vec!["--sampling", "halton"], "[possible values: random, latin_hypercube, sobol]"),
        (
            "simulate",
            vec!["--alternative", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
        ("simulate", vec!["--precision", "-1"], "precision: expected a share above 0, at most 1"),
        ("simulate", vec!["--seed", "-1"], "invalid value '(not shown)' for '--seed <S>'"),
        (
            "tornado",
            vec!["--base", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
        ("sobol", vec!["--draws", "1"], "draws: asks for 1 draw; expected 2 to "),
        ("sobol", vec!["--resamples", "100001"], "resamples: asks for 100001; expected at most 100000"),
        (
            "sobol",
            vec!["--base", "nowhere"],
            "the scenario has no pathway \"nowhere\"; it has permanent, temporary, delayed",
        ),
    ] {
        let output = family(command, &more);
        assert_eq!(status(&output), 2, "{command} {more:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{command} {more:?}: {}", err(&output));
        assert!(out(&output).is_empty());
    }
}

#[test]
fn a_precision_ends_a_simulation_early_or_is_said_to_be_missed() {
    let few = family("simulate", &["--draws", "1000", "--precision", "0.0001"]);
    assert_eq!(status(&few), 0);
    assert!(err(&few).contains("warning: the precision was not reached within 1000 draws"), "{}", err(&few));
    let enough = family("simulate", &["--draws", "40000", "--precision", "0.05", "--format", "json"]);
    let json: Value = serde_json::from_slice(&enough.stdout).unwrap();
    assert_eq!(json["draws"], 1 << 14);
    assert!(!err(&enough).contains("precision"), "{}", err(&enough));
}

#[test]
fn a_scenario_without_assumptions_says_so_and_draws_that_are_moved_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let plain = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [{ age = 34 }] }\n";
    std::fs::write(&path, plain).unwrap();
    let mine = path.to_str().unwrap();
    let simulate = || out(&relocost(&["simulate", mine, "--draws", "1000"]));
    assert!(simulate().contains("no uncertain parameter: only events happen at random"), "{}", simulate());
    let tornado = relocost(&["tornado", mine]);
    assert!(status(&tornado) == 0 && out(&tornado).contains("nothing to turn"), "{}", out(&tornado));
    let rent = "[[uncertain]]\nparameter = \"lines.rent.amount\"\ndistribution = { normal = { mean = \"300\", sd = \"300\" } }\n";
    std::fs::write(&path, format!("{plain}{rent}")).unwrap();
    assert!(simulate().contains("Draws moved to the edge of what is possible"), "{}", simulate());
    assert!(simulate().lines().any(|line| line.trim_start().starts_with("lines.rent.amount")), "{}", simulate());
}

#[test]
fn every_report_is_markdown_and_html_too() {
    for (arguments, title) in [
        (vec!["compare"], "Relocation costs over 60 months"),
        (vec!["delay", "--months", "3"], "Relocation costs over 60 months"),
        (vec!["ledger", "--pathway", "permanent"], "Relocation costs over 60 months"),
    ] {
        let (command, more) = arguments.split_first().unwrap();
        let markdown = out(&family(command, &[more, &["--format", "markdown"]].concat()));
        assert!(markdown.starts_with(&format!("# {title}")) && markdown.contains("--: |"), "{markdown}");
        let html = out(&family(command, &[more, &["--format", "html"]].concat()));
        assert!(html.contains(&format!("<h4>{title}")), "{html}");
    }
    let estimate = out(&relocost(&["estimate", "--permanent", "112000", "--format", "markdown"]));
    assert!(estimate.contains("| 112,000.00 |"), "{estimate}");
}

#[test]
fn what_does_not_vary_is_not_explained_by_chance() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calm.toml");
    let calm = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }\n";
    std::fs::write(&path, calm).unwrap();
    let simulate = |draws: &str| out(&relocost(&["simulate", path.to_str().unwrap(), "--draws", draws]));
    let text = simulate("2000");
    let row = text.lines().find(|line| line.starts_with("Permanent relocation ") && line.ends_with("  –")).unwrap();
    let [ledger, at_means] = [2, 3].map(|column| row.split_whitespace().nth(column).unwrap());
    assert_eq!(ledger, at_means, "{row}");
    assert!(
        !text.contains("Permanent relocation: mean less ledger")
            && text.contains("  Temporary (ad hoc) solution: mean less ledger"),
        "{text}"
    );
    // A single draw says nothing of chance.
    let single = simulate("1");
    assert!(single.lines().any(|line| line.trim_start().starts_with("± standard error                 –")), "{single}");
}

#[test]
fn the_assumptions_in_the_scenario_to_start_from_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let (before, after) =
        out(&relocost(&["init"])).split_once("# [[uncertain]]").map(|(b, a)| (b.to_owned(), a.to_owned())).unwrap();
    let (comments, rest) = after.split_once("\n\n").unwrap();
    let block = format!("[[uncertain]]{comments}").replace("\n# ", "\n").replace("\n#", "\n");
    std::fs::write(&path, format!("{before}{block}\n\n{rest}")).unwrap();
    let mine = path.to_str().unwrap();
    assert_eq!(out(&relocost(&["check", mine])), "mine.toml: no errors, 1 warning\n");
    let tornado: Value = serde_json::from_slice(&relocost(&["tornado", mine, "--format", "json"]).stdout).unwrap();
    assert_eq!(tornado["bars"].as_array().unwrap().len(), 2);
}

/// A path says whom a file is about, and so may any other argument that is out of its place.
#[test]
fn no_argument_that_was_given_is_repeated() {
    const SECRET: &str = "/home/SECRET-1918-02/x.toml";
    let option = |name: &str| format!("--{name}={SECRET}");
    let (format, show, catalogues) = (option("format"), option("show-values"), option("SECRET"));
    for arguments in [
        vec![SECRET],
        vec!["compare"],
        vec!["compare", SECRET],
        vec!["compare", SECRET, SECRET],
        vec!["compare", "x.toml", SECRET],
        vec!["compare", "x.toml", &format],
        vec!["compare", "x.toml", &show],
        vec!["compare", "x.toml", &catalogues],
        vec!["compare", "x.toml", "--format", SECRET],
        vec!["compare", "x.toml", "--lang", SECRET],
        vec!["compare", "x.toml", "--basis", SECRET],
        vec!["ledger", "x.toml", "--pathway", SECRET, SECRET],
        vec!["explain", "x.toml", "--pathway", "p", "--year", SECRET],
        vec!["explain", "x.toml", "--pathway", "p", "--month", SECRET],
        vec!["explain", "x.toml", "--pathway", "p", "--entry", SECRET],
        vec!["delay", "x.toml", "--months", SECRET],
        vec!["calibrate", "x.toml", "--target", SECRET, "--lines", "a"],
        vec!["calibrate", "x.toml", "--target", "0.6", "--lines", SECRET, "--force"],
        vec!["caseload", "x.toml", "y.csv", "--threads", SECRET],
        vec!["caseload", SECRET, SECRET],
        vec!["simulate", "x.toml", "--draws", SECRET],
        vec!["simulate", "x.toml", "--sampling", SECRET],
        vec!["simulate", "x.toml", "--precision", SECRET],
        vec!["sobol", "x.toml", "--seed", SECRET],
        vec!["estimate", "--permanent", SECRET],
        vec!["estimate", "--permanent", "1", "--currency", SECRET],
        vec!["estimate", "--permanent", "1", "--band", SECRET],
        vec!["estimate", "--permanent", "1", "--temporary", SECRET],
        vec!["diff", SECRET, SECRET],
        vec!["diff", SECRET],
        vec!["check", SECRET, "--catalogue"],
        vec!["test", SECRET],
        vec!["test", SECRET, "--junit", SECRET],
        vec!["schema", SECRET],
        vec!["init", SECRET, SECRET],
        vec!["init", SECRET],
        vec!["completions", SECRET],
        vec!["man", SECRET],
        vec!["help", SECRET],
        vec!["compare", "--", SECRET, SECRET],
        vec!["compare", "x.toml", "-S/home/SECRET"],
    ] {
        let output = relocost(&arguments);
        let said = out(&output) + &err(&output);
        assert_ne!(status(&output), 0, "{arguments:?}: {said}");
        assert!(!said.contains("SECRET") && !said.contains("1918"), "{arguments:?}: {said}");
    }
}

/// Who is in a household shows in what is odd about its scenario, which `check` alone says.
#[test]
fn what_is_odd_is_left_to_check() {
    for (command, more) in
        [("compare", &[][..]), ("ledger", &["--pathway", "permanent"]), ("delay", &["--months", "2"]), ("tornado", &[])]
    {
        assert_eq!(err(&family(command, more)), "", "{command}");
    }
    assert!(err(&family("check", &[])).contains("never charged"));
}

/// A scenario that is written tells of a household: a new file is its owner's alone, and one that is replaced stays as it
/// was. A report can be read as the user's settings say.
#[test]
#[cfg(unix)]
fn what_is_written_has_the_permissions_that_it_should() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let [usual, written, report] = ["usual", "written.toml", "report.xml"].map(|name| home.path().join(name));
    std::fs::write(&usual, "").unwrap();
    let calibrate = |more: &[&str]| {
        let file = written.to_str().unwrap();
        let target = ["--target", "0.5", "--lines", "short-let,international-school", "--write", file];
        assert_eq!(status(&family("calibrate", &[&target, more].concat())), 0);
    };
    calibrate(&[]);
    assert_eq!(mode(&written), 0o600);
    std::fs::set_permissions(&written, PermissionsExt::from_mode(0o640)).unwrap();
    calibrate(&["--force"]);
    assert_eq!(mode(&written), 0o640);
    family("test", &["--junit", report.to_str().unwrap()]);
    assert_eq!(mode(&report), mode(&usual));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 3, "nothing else is left");
}

#[test]
fn a_journal_is_written_whole_for_its_owner_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("family.journal");
    let file = path.to_str().unwrap();
    let journal = |more: &[&str]| family("journal", &[&["--pathway", "temporary", "--for", "hledger"], more].concat());
    let printed = journal(&[]);
    assert_eq!(status(&printed), 0);
    assert_eq!(status(&journal(&["--write", file])), 0);
    assert_eq!(std::fs::read(&path).unwrap(), printed.stdout);
    let refused = journal(&["--write", file]);
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("--force"), "{}", err(&refused));
    assert_eq!(status(&journal(&["--write", file, "--force", "--lang", "fr"])), 0);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("; Interne : "));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    // A folder that is not there, and calls that ask for what there is not.
    let nowhere = folder.path().join("nowhere/family.journal");
    assert_eq!(status(&journal(&["--write", nowhere.to_str().unwrap()])), 1);
    for call in [
        vec!["--for", "hledger"],
        vec!["--for", "ledger-cli", "--pathway", "temporary"],
        vec!["--for", "hledger", "--pathway", "nowhere"],
        vec!["--for", "csv", "--pathway", "temporary", "--from", "2026-03"],
        vec!["--for", "csv", "--pathway", "temporary", "--households", "a.csv", "--payments", "b.csv"],
    ] {
        let refused = family("journal", &call);
        assert_eq!((status(&refused), out(&refused)), (2, String::new()), "{call:?}: {}", err(&refused));
    }
}

#[test]
fn a_workbook_is_written_whole_for_its_owner_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("audit.xlsx");
    let file = path.to_str().unwrap();
    let written = family("workbook", &["-o", file]);
    assert_eq!((status(&written), out(&written)), (0, String::new()), "{}", err(&written));
    let english = std::fs::read(&path).unwrap();
    assert!(english.starts_with(b"PK"));
    let refused = family("workbook", &["-o", file, "--lang", "fr"]);
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("--force"), "{}", err(&refused));
    assert_eq!(std::fs::read(&path).unwrap(), english);
    assert_eq!(status(&family("workbook", &["-o", file, "--force", "--lang", "fr"])), 0);
    assert_ne!(std::fs::read(&path).unwrap(), english);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let (paid, households) = (folder.path().join("paid.csv"), folder.path().join("households.csv"));
    std::fs::write(&paid, "month,line,amount,currency\n2026-03,rent,900,EUR\n").unwrap();
    std::fs::write(&households, "reference,members\nHH-1,34\n").unwrap();
    let (paid, households) = (paid.to_str().unwrap(), households.to_str().unwrap());
    for more in [vec!["--payments", paid, "--pathway", "permanent"], vec!["--households", households, "--threads", "1"]]
    {
        let written = family("workbook", &[&["-o", file, "--force"], more.as_slice()].concat());
        assert_eq!(status(&written), 0, "{more:?}: {}", err(&written));
        assert!(std::fs::read(&path).unwrap().starts_with(b"PK"));
    }
    for more in [
        vec!["--pathway", "permanent"],
        vec!["--payments", paid],
        vec!["--payments", paid, "--pathway", "permanent", "--base", "temporary"],
        vec!["--payments", paid, "--households", households],
    ] {
        let refused = family("workbook", &[&["-o", file, "--force"], more.as_slice()].concat());
        assert_eq!(status(&refused), 2, "{more:?}: {}", err(&refused));
    }
    for name in ["audit.xls", "audit.ods", "audit.XLSX.bak"] {
        let other = folder.path().join(name);
        let refused = family("workbook", &["-o", other.to_str().unwrap(), "--base", "nowhere"]);
        assert_eq!(status(&refused), 2, "{name}");
        assert!(err(&refused).contains("a workbook is an .xlsx file") && !other.exists(), "{}", err(&refused));
    }
    for name in ["audit", "audit.XLSX"] {
        assert_eq!(status(&family("workbook", &["-o", folder.path().join(name).to_str().unwrap()])), 0, "{name}");
    }
    let nowhere = folder.path().join("nowhere/audit.xlsx");
    assert_eq!(status(&family("workbook", &["-o", nowhere.to_str().unwrap()])), 1);
    assert_eq!(status(&family("workbook", &["-o", nowhere.to_str().unwrap(), "--base", "nowhere"])), 2);
}

#[test]
fn a_journal_of_a_programme_asks_for_no_pathway() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("budget.toml");
    let file = path.to_str().unwrap();
    assert_eq!(status(&relocost(&["init", "--programme", file])), 0);
    let written = relocost(&["journal", file, "--for", "beancount"]);
    assert_eq!(status(&written), 0, "{}", err(&written));
    let run = relocost(&["programme", file, "--no-values", "--format", "json"]);
    let run: Value = serde_json::from_slice(&run.stdout).unwrap();
    let total = run["lines"]["as_planned"]["total"].as_str().unwrap().to_owned();
    assert!(out(&written).contains(&format!(";; Control total: {total}\n")), "{}", out(&written));
    for more in [["--pathway", "temporary"], ["--households", "x.csv"], ["--variant", "x"]] {
        assert_eq!(status(&relocost(&[&["journal", file, "--for", "csv"], &more[..]].concat())), 2, "{more:?}");
    }
}

#[test]
fn a_report_is_written_whole_for_its_owner_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.html");
    let file = path.to_str().unwrap();
    let report = |more: &[&str]| family("report", &[&["--draws", "64"], more].concat());
    let printed = report(&[]);
    assert_eq!(status(&printed), 0, "{}", err(&printed));
    assert_eq!(status(&report(&["-o", file])), 0);
    assert_eq!(std::fs::read(&path).unwrap(), printed.stdout, "the same bytes");
    // Refused before anything is computed, and left as it is.
    let refused = report(&["-o", file, "--base", "nowhere"]);
    assert_eq!(status(&refused), 2);
    assert!(err(&refused).contains("--force"), "{}", err(&refused));
    assert_eq!(std::fs::read(&path).unwrap(), printed.stdout);
    assert_eq!(status(&report(&["-o", file, "--force", "--lang", "fr"])), 0);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    for name in ["paper.pdf", "paper.doc", "paper.html.odt"] {
        let other = folder.path().join(name);
        let refused = report(&["-o", other.to_str().unwrap(), "--base", "nowhere", "--lang", "fr"]);
        assert_eq!(status(&refused), 2, "{name}");
        assert!(err(&refused).contains("(.html, .htm)") && !other.exists(), "{}", err(&refused));
    }
    for name in ["paper", "paper.HTM"] {
        let other = folder.path().join(name);
        assert_eq!(status(&report(&["-o", other.to_str().unwrap()])), 0, "{name}");
        assert_eq!(std::fs::read(&other).unwrap(), printed.stdout, "{name}");
        std::fs::remove_file(other).unwrap();
    }
    let nowhere = folder.path().join("nowhere/paper.html");
    assert_eq!(status(&report(&["-o", nowhere.to_str().unwrap()])), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    for call in [
        vec!["--draws", "0"],
        vec!["--base", "nowhere"],
        vec!["--pathway", "temporary"],
        vec!["--payments", "paid.csv", "--pathway", "temporary", "--draws", "9"],
        vec!["--payments", "paid.csv", "--pathway", "temporary", "--basis", "constant"],
        vec!["--payments", "paid.csv", "--pathway", "temporary", "--base", "permanent"],
        vec!["--households", "a.csv", "--payments", "b.csv"],
        vec!["--households", "a.csv", "--seed", "3"],
    ] {
        let refused = family("report", &call);
        assert_eq!((status(&refused), out(&refused)), (2, String::new()), "{call:?}: {}", err(&refused));
    }
}

#[test]
fn reports_of_programmes_caseloads_and_payments_have_their_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (budget, paid) = (path("budget.toml"), path("paid.csv"));
    assert_eq!(status(&relocost(&["init", "--programme", &budget])), 0);
    let page = relocost(&["report", &budget, "--draws", "64"]);
    assert_eq!(status(&page), 0, "{}", err(&page));
    let run = relocost(&["programme", &budget, "--no-values", "--format", "markdown"]);
    let total = out(&run).lines().find_map(|line| line.strip_prefix("| Total | ").map(str::to_owned)).unwrap();
    for figure in total.split(" | ") {
        let figure = figure.trim_end_matches(" |");
        assert!(out(&page).contains(&format!("€{figure}")), "{figure}");
    }
    for more in [["--base", "permanent"], ["--basis", "constant"], ["--variant", "x"], ["--households", "x.csv"]] {
        assert_eq!(status(&relocost(&[&["report", &budget], &more[..]].concat())), 2, "{more:?}");
    }
    let households = golden("../../examples/scenarios/caseload-of-28.csv");
    let caseload = family("report", &["--households", households.to_str().unwrap()]);
    assert_eq!(status(&caseload), 0, "{}", err(&caseload));
    let told = family("caseload", &[households.to_str().unwrap(), "--format", "json"]);
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let extra = told["caseload"]["extra"].as_str().unwrap();
    let shown = format!("€{}", relocost_report::number::grouped(extra, relocost_report::Lang::En));
    assert!(out(&caseload).contains(&format!("{shown} more")), "{shown}");
    std::fs::write(&paid, "month,line,amount,currency\n2026-03,short-let,1500,EUR\n").unwrap();
    let payments = family("report", &["--payments", &paid, "--pathway", "temporary"]);
    assert!(out(&payments).contains("€1,500.00 was paid where the model has "), "{}", err(&payments));
}
