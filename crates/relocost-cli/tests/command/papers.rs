//! Journals, workbooks and reports, and who may read what is written.

use std::path::Path;

use serde_json::Value;

use crate::support::{err, family, golden, out, relocost, status};

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
