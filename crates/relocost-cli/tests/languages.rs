//! Errors, warnings and tables in both languages, and when a budget year begins.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod support;

use std::path::PathBuf;

use support::{err, out, relocost, status};

/// A small scenario of two years whose budget years begin in another month than January.
const OCTOBER: &str = r#"
schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 24
fiscal_year_start = 10
household = { members = [{ age = 34 }, { age = 6 }] }
"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(text: &str) -> (Self, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("family.toml");
        std::fs::write(&file, text).unwrap();
        (Self(folder), file)
    }
}

/// Standard output and standard error of the command on a text.
fn told(command: &str, text: &str, more: &[&str]) -> (String, String) {
    let (folder, file) = Folder::with(text);
    let output = relocost(&[&[command, file.to_str().unwrap()], more].concat());
    drop(folder.0);
    (out(&output), err(&output))
}

#[test]
fn errors_are_told_in_the_language_asked_for() {
    let wrong = "schema = 1\ncatalogue = \"../x.toml\"\nstart = 2026-03-01\nhorizon_months = 60.0\nhousehold = { members = [{ age = 34 }] }\n[rates]\ndiscount = \"0,03\"\n";
    let (out, err) = told("check", wrong, &["--lang", "fr"]);
    assert_eq!(out, "family.toml : 4 erreurs\n");
    let said = [
        "erreur : family.toml:2:13: catalogue: inaccessible ; attendu : \"reference\", le catalogue intégré",
        "(--catalogues)",
        "trouvé : la date 2026-03-01 sans guillemets ; attendu : un mois tel que \"2026-03\"",
        "attendu : un nombre entier de 1 à 1200 ; écrire 60, sans point",
        "vouliez-vous dire \"0.03\" ?",
    ];
    assert!(said.iter().all(|said| err.contains(said)) && !err.contains("expected"), "{err}");
    let (out, err) = told("check", wrong, &[]);
    assert_eq!(out, "family.toml: 4 errors\n");
    assert!(err.starts_with("error: ") && err.contains("did you mean \"0.03\"?") && !err.contains("attendu"), "{err}");

    // A call that is wrong, too, and what is written in another form than TOML's.
    let (_, err) = told("ledger", OCTOBER, &["--pathway", "permanant", "--lang", "fr"]);
    assert!(err.contains("le scénario n'a pas de parcours « permanant »"), "{err}");
    assert!(err.contains("vouliez-vous dire « permanent » ?"), "{err}");
    let (_, err) = told("compare", "start = 2026-03", &["--lang", "fr"]);
    assert!(err.contains("pas du TOML : ni une date entière, ni entre guillemets"), "{err}");
}

#[test]
fn a_count_of_one_is_singular() {
    let (out, _) = told("check", "schema = 1", &[]);
    assert!(out.contains(" errors\n"), "{out}");
    let (out, _) = told("check", &OCTOBER.replace("horizon_months = 24", "horizon_months = 0"), &[]);
    assert_eq!(out, "family.toml: 1 error\n");
    let month = OCTOBER.replace("horizon_months = 24", "horizon_months = 1");
    let ones = |text: &str| {
        let words: Vec<&str> = text.split(|one: char| !one.is_alphanumeric()).collect();
        let one_of = |pair: &[&str]| pair[0] == "1" && pair[1].len() > 1 && pair[1].ends_with('s') && pair[1] != "mois";
        words.windows(2).filter(|pair| one_of(pair)).map(|pair| pair.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(ones("over (1 months)"), ["1 months"]);
    for (command, more) in [
        ("compare", &[][..]),
        ("ledger", &["--pathway", "permanent"]),
        ("explain", &["--pathway", "permanent"]),
        ("delay", &[]),
        ("simulate", &["--draws", "1"]),
        ("tornado", &[]),
        ("sobol", &["--draws", "2", "--resamples", "1"]),
    ] {
        for lang in ["en", "fr"] {
            let (out, err) = told(command, &month, &[more, &["--lang", lang]].concat());
            assert!(!out.is_empty() && ones(&out).is_empty(), "{command}: {:?}\n{out}{err}", ones(&out));
        }
    }
}

#[test]
fn a_fiscal_year_has_one_name_and_its_old_one_is_understood() {
    let explained = |name: &str| told("explain", OCTOBER, &["--pathway", "temporary", name, "2026"]).0;
    assert_eq!(explained("--fiscal-year"), explained("--year"));
    assert!(!explained("--fiscal-year").is_empty());
}

#[test]
fn tables_say_when_a_budget_year_begins_unless_it_is_in_january() {
    let en = "A budget year begins in October and has the number of the calendar year in which it begins.";
    let fr = "Un exercice budgétaire commence au mois d'octobre et porte le numéro de l'année civile où il commence.";
    let january = OCTOBER.replace("fiscal_year_start = 10\n", "");
    for (command, more) in [
        ("compare", &[][..]),
        ("ledger", &["--pathway", "temporary"]),
        ("explain", &["--pathway", "temporary", "--year", "2026"]),
        ("simulate", &["--draws", "100"]),
    ] {
        let told = |text: &str, lang: &str| told(command, text, &[more, &["--lang", lang]].concat()).0;
        assert!(told(OCTOBER, "en").contains(en), "{command}");
        assert!(told(OCTOBER, "fr").contains(fr), "{command}");
        assert!(!told(&january, "en").contains("begins in"), "{command}");
        let (json, _) = self::told(command, OCTOBER, &[more, &["--format", "json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["fiscal_year_start"], 10, "{command}");
    }
}

#[test]
fn results_without_years_have_the_first_month_of_a_budget_year_too() {
    let json = |command: &str, more: &[&str]| -> serde_json::Value {
        serde_json::from_str(&told(command, OCTOBER, &[more, &["--format", "json"]].concat()).0).unwrap()
    };
    for (command, more) in [
        ("delay", &["--months", "2"][..]),
        ("tornado", &[]),
        ("sobol", &["--draws", "64", "--resamples", "10"]),
        ("calibrate", &["--target", "0.60", "--lines", "short-let"]),
    ] {
        assert_eq!(json(command, more)["fiscal_year_start"], 10, "{command}");
    }
    let households = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(households.path(), "reference,members\nHH-1,34\n").unwrap();
    assert_eq!(json("caseload", &[households.path().to_str().unwrap()])["fiscal_year_start"], 10);
}

#[test]
fn a_number_written_another_way_and_a_missing_catalogue_are_told_with_what_to_write() {
    let rates = |discount: &str| format!("{OCTOBER}[rates]\ndiscount = \"{discount}\"\n");
    for (found, meant) in [("70%", "0.7"), ("0,03", "0.03"), ("85 000,00", "85000.00"), ("85.000,00", "85000.00")] {
        let (_, english) = told("check", &rates(found), &[]);
        assert!(english.contains("with a decimal point and without separators"), "{english}");
        assert!(english.contains(&format!("did you mean \"{meant}\"?")), "{english}");
        let (_, french) = told("check", &rates(found), &["--lang", "fr"]);
        assert!(french.contains("avec un point décimal, sans séparateurs ni signes"), "{french}");
        assert!(french.contains(&format!("vouliez-vous dire \"{meant}\" ?")), "{french}");
    }
    let none = OCTOBER.replace("catalogue = \"reference\"\n", "");
    let (_, english) = told("check", &none, &[]);
    assert!(english.contains("catalogue = \"reference\" is the one built in"), "{english}");
    let (_, french) = told("check", &none, &["--lang", "fr"]);
    assert!(french.contains("catalogue = \"reference\" est celui qui est intégré"), "{french}");
}

#[test]
fn published_rates_are_told_of_in_both_languages_and_a_wrong_call_is_one() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "Date,USD,\n2026-03-02,1.25,\n").unwrap();
    let told = |more: &[&str]| {
        let path = file.path().to_str().unwrap();
        let output = relocost(&[&["rates", "ecb", path], more].concat());
        (status(&output), out(&output), err(&output))
    };
    let (status, out, _) = told(&["--years", "2026", "--allow-gaps"]);
    assert!(status == 0 && out.contains("[rates.fx.USD]\n2026 = \"0.8\"\n"), "{out}");
    let (status, _, err) = told(&["--years", "2026", "--lang", "fr"]);
    assert!(status == 1 && err.starts_with("erreur : USD: 1 lacune dans ce qui est demandé"), "{err}");
    let (status, _, err) = told(&["--currency", "KES"]);
    assert!(status == 2 && err.starts_with("error: currency: \"KES\" is not quoted"), "{err}");
    let (status, _, err) = told(&["--years", "2030..2020", "--lang", "fr"]);
    assert!(status == 2 && err.starts_with("erreur : years: attendu : des années"), "{err}");
}
