//! Files to start from: a scenario, a catalogue, a programme, a table of households.

use serde_json::Value;

use crate::support::{err, family, out, piped, relocost, status};

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

/// Of the two files neither is lost or left where the other cannot be written.
#[test]
fn a_programme_to_start_from_is_two_files_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let init = |name: &str, more: &[&str]| {
        let file = path(name);
        status(&relocost(&[&["init", "--programme", file.to_str().unwrap()], more].concat()))
    };
    let households = path("programme-households.csv");
    std::fs::write(&households, "reference,members\nMINE,40\n").unwrap();
    std::fs::create_dir(path("folder.toml")).unwrap();
    assert_eq!(init("folder.toml", &["--force"]), 1, "the programme is a folder");
    assert!(std::fs::read_to_string(&households).unwrap().contains("MINE"));
    assert_eq!(init("programme-households.csv", &["--force"]), 2, "both would be one file");
    assert!(std::fs::read_to_string(&households).unwrap().contains("MINE"));
    std::fs::remove_file(&households).unwrap();
    std::fs::create_dir(&households).unwrap();
    assert_eq!(init("budget.toml", &["--force"]), 1, "the table of households is a folder");
    assert!(!path("budget.toml").exists());
}

/// A report of tests may stand in a log: it names no place.
#[test]
fn a_report_of_tests_names_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let (file, junit) = (folder.path().join("s.toml"), folder.path().join("report.xml"));
    let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 12\nhousehold = { members = [] }\n\
        places = [{ id = \"malmo\", label = \"M\" }]\npathways.moved.stages = [{ solution = \"temporary\", place = \"malmo\" }]\n";
    for value in [0, 1] {
        let figure = "pathways.moved.by_place.malmo";
        std::fs::write(&file, format!("{text}expect = [{{ figure = \"{figure}\", equals = {value} }}]\n")).unwrap();
        let tested = relocost(&["test", file.to_str().unwrap(), "--junit", junit.to_str().unwrap()]);
        assert_eq!(status(&tested), value);
        let said = out(&tested) + &err(&tested) + &std::fs::read_to_string(&junit).unwrap();
        assert!(said.contains("by_place.(not shown)") && !said.contains("malmo"), "{said}");
    }
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

#[test]
fn a_table_of_households_to_start_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("households.csv");
    assert_eq!(status(&relocost(&["init", "--caseload", path.to_str().unwrap()])), 0);
    assert_eq!(status(&family("caseload", &[path.to_str().unwrap()])), 0);
}
