//! Calls that are wrong, exit statuses, where output goes, and what is never repeated.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{err, family, golden, out, piped, relocost, status};

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
    let run = |text: &str| piped(&["compare", "-", "--format", "json"], text);
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
