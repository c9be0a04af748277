//! Files that are checked, and expectations that are run.

use std::process::Command;

use serde_json::Value;

use crate::support::{err, family, golden, out, relocost, status};

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
