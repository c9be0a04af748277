//! What changed between two files.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::support::{err, golden, out, relocost, relocost_in, status};

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
    relocost_in(folder, &[&["diff"], arguments].concat())
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
