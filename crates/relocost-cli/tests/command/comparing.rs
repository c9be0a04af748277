//! Two pathways, a ledger, and where a figure comes from.

use serde_json::Value;

use crate::support::{contains, err, family, golden, out, relocost, root, status};

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
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let example = root().join("examples/scenarios/family-of-five.toml");
    let printed = out(&relocost(&["compare", example.to_str().unwrap()]));
    for line in shown.lines().filter(|line| line.trim() != "...") {
        assert!(printed.lines().any(|printed| printed == line), "{line:?} is not printed");
    }
}
